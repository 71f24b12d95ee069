"""The command `reset`: a clean copy of a chapter; what was done in it is kept beside it."""

from learnkit.launch.files import fault_of, is_untouched
from learnkit.launch.laying import put_aside
from tools.common import NOTEBOOKS, say
from tools.copies import learners_copy
from tools.run_chapter import chapter_of


def reset(arguments):
    """Write the learners' copy of this chapter anew, and keep the one there was under a name with
    the date; return 0.
    """
    chapter = chapter_of(arguments, "reset")
    path = NOTEBOOKS / chapter.name
    clean = learners_copy(chapter)
    if path.exists() and not fault_of(path) and is_untouched(path):
        say(f"notebooks/{path.name} is untouched: there is nothing of yours in it.")
    elif path.exists():
        say(f"What you did is kept in notebooks/{put_aside(path).name}.")
    path.write_bytes(clean)
    say(f"notebooks/{path.name} is as it was at first.")
    return 0
