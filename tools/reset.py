"""The command `reset`: a clean copy of a chapter; what was done in it is kept beside it."""

from learnkit.launch.files import fault_of, is_untouched
from learnkit.launch.laying import put_aside
from tools.common import NOTEBOOKS, SOLUTIONS, Problem, say
from tools.copies import learners_copy
from tools.notebooks import all_chapters, named_as_chapters
from tools.run_chapter import chapter_of
from tools.update import published


def reset(arguments):
    """Write the learners' copy of this chapter anew, and keep the one there was under a name with
    the date; return 0.
    """
    path = NOTEBOOKS / chapter_of(arguments, "reset", chapters()).name
    clean = clean_copy(path.name)
    if path.exists() and not fault_of(path) and is_untouched(path):
        say(f"notebooks/{path.name} is untouched: there is nothing of yours in it.")
    elif path.exists():
        say(f"What you did is kept in notebooks/{put_aside(path).name}.")
    path.write_bytes(clean)
    say(f"notebooks/{path.name} is as it was at first.")
    return 0


def chapters():
    """Return the chapters there are; in a class's folder some have no solutions yet."""
    names = {path.name for path in all_chapters() + named_as_chapters(NOTEBOOKS)}
    return [NOTEBOOKS / name for name in sorted(names)]


def clean_copy(name):
    """Return a chapter's learners' copy as bytes, from its solutions or as git has it.

    Raises Problem where neither has one.
    """
    if (SOLUTIONS / name).is_file():
        return learners_copy(SOLUTIONS / name)
    copy = published(f"notebooks/{name}")
    if copy is None:
        raise Problem(
            f"There is no solutions/{name} to make a clean copy from, and git knows none: get it "
            "from a new copy of the course."
        )
    return copy
