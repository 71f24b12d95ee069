"""The command `build`: exercises into solutions/, notebooks/ from solutions/, and the printable
summary and what the guide to teaching says of the chapters into docs/, the launch links into
README.md.

No learner's work is ever overwritten. JupyterLab calls `build_on_save` after each save.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

from tools.common import NOTEBOOKS, PYTHON, ROOT, SOLUTIONS, Problem, say
from tools.copies import learners_copy
from tools.environment import EXTRAS, is_ready
from tools.notebooks import (
    CHAPTER,
    all_chapters,
    as_bytes,
    fault_of,
    is_a_copy,
    is_untouched,
    named_as_chapters,
    read_notebook,
    tell_of_strays,
    without_traces_of_a_run,
)
from tools.readme import write_readme


def build(arguments):
    """Write the cells of exercises in solutions/ from learnkit/exercises/, then notebooks/ from
    solutions/; the printable summary, and the launch links of README.md.

    With --check only tell, and fail, if there is something to write.
    """
    if arguments not in ([], ["--check"]):
        raise Problem(f"course.py build takes --check or nothing, not {' '.join(arguments)!r}.")
    steps = (write_exercises, write_copies, write_summary, write_readme)
    return max([step(arguments) for step in steps])


def write_exercises(arguments):
    """Write or compare what solutions/ has of the exercises, and what the guide to teaching has of
    both, which takes the course's own environment.
    """
    if not (ROOT / "learnkit" / "exercises").is_dir():  # notebooks alone, without exercises
        return 0
    if not is_ready(EXTRAS["lab"]):
        say(
            "The cells of exercises were left as they are: start course.py once, so that there is "
            "a .venv to do it."
        )
        return 0
    commands = ([str(PYTHON), "-m", f"tools.{name}"] for name in ("exercise_cells", "teaching"))
    return max(subprocess.call(command + arguments, cwd=str(ROOT)) for command in commands)


def write_copies(arguments):
    """Write notebooks/ from solutions/, and solutions/ without what a run has left in them for
    nobody to read.
    """
    tell_of_strays()
    chapters = all_chapters()
    contents = {path: as_bytes(without_traces_of_a_run(read_notebook(path))) for path in chapters}
    contents.update((NOTEBOOKS / path.name, learners_copy(path)) for path in chapters)
    code = tell_of_copies_without_a_chapter(chapters)
    for path, content in contents.items():
        if content == (path.read_bytes() if path.is_file() else None):
            continue
        try:
            if arguments and is_in_use(path, content) and "CI" not in os.environ:
                say(
                    f"notebooks/{path.name} holds work of yours, so it is left alone and not "
                    "tested."
                )
                continue
            if arguments:
                raise Problem(
                    f"{path.relative_to(ROOT)} is not what `course.py build` writes: run it."
                )
            replace(path, content)
            say(f"{path.relative_to(ROOT)} written.")
        except Problem as problem:
            say(problem)
            code = 1
    return code


def write_summary(arguments):
    """Write or compare docs/summary.html, for which any Python will do that the course runs on."""
    if not (ROOT / "learnkit" / "summary.py").is_file():
        return 0
    command = [sys.executable, "-m", "tools.summary_page"]
    return subprocess.call(command + arguments, cwd=str(ROOT))


def tell_of_copies_without_a_chapter(chapters):
    """Say which learners' copies are left alone because solutions/ has no chapter of their name;
    return an exit code.

    None is deleted: a chapter may be missing by accident. It is a fault where no chapter is left at
    all, and in CI, where an author has renamed a chapter and forgotten its copy.
    """
    names = {path.name for path in chapters}
    left = [
        path for path in named_as_chapters(NOTEBOOKS) if path.name not in names and is_a_copy(path)
    ]
    if left and not chapters:
        raise Problem(
            "solutions/ holds no chapter to build from, so notebooks/ is left as it is: bring "
            "solutions/ back, with `git restore solutions` or from a new copy of the course, then "
            "try again."
        )
    forgotten = [path for path in left if is_untouched(path)]
    for path in left:
        remedy = "bring that back, or delete the copy if the chapter was renamed or given up"
        remedy = (
            remedy if path in forgotten else "it holds work of yours, so move it wherever you like"
        )
        say(
            f"notebooks/{path.name} is left alone, as there is no solutions/{path.name} to build "
            f"it from: {remedy}."
        )
    return 1 if forgotten and "CI" in os.environ else 0


def build_on_save(os_path, contents_manager, **_):
    """Rebuild the learners' copy of a chapter that JupyterLab saved; a fault is logged and
    breaks no save.
    """
    path = Path(os_path).resolve()
    if path.parent != SOLUTIONS or not CHAPTER.fullmatch(path.name):
        return
    try:
        replace(NOTEBOOKS / path.name, learners_copy(path))
        contents_manager.log.info(f"notebooks/{path.name} written from solutions/{path.name}.")
    except Exception as problem:
        contents_manager.log.warning(f"The learners' copy was not written. {problem}")


def replace(path, content):
    """Write a notebook, unless that would lose a learner's work."""
    if path.parent == NOTEBOOKS and os.path.lexists(str(path)) and not is_untouched(path):
        raise Problem(
            f"notebooks/{path.name} holds work of yours and was left alone: rename it, then build."
        )
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)


def is_in_use(path, content):
    """Whether a learners' copy was changed by a learner, or is what `build` writes but for the
    traces of a run.
    """
    if path.parent != NOTEBOOKS or not os.path.lexists(str(path)):
        return False
    if fault_of(path):
        return True
    if path.read_bytes() == content:
        return False
    written = json.loads(content.decode("utf-8"))["metadata"]["learnkit"]
    return not is_untouched(path) or read_notebook(path)["metadata"]["learnkit"] == written
