"""The command `run`: a chapter of solutions/ run in place, its outputs stored without times."""

import sys

from tools.build import write_copies
from tools.chapters import run, store
from tools.common import PYTHON, SOLUTIONS, Problem
from tools.common import run as run_program
from tools.environment import EXTRAS
from tools.installing import prepare
from tools.notebooks import all_chapters, read_notebook


def run_chapter(arguments):
    """Run the chapter of this number in the course's own environment."""
    path = chapter_of(arguments)
    prepare(EXTRAS["lab"])
    return run_program([str(PYTHON), "-m", "tools.run_chapter", path.name[:2]])


def chapter_of(arguments, command="run"):
    """Return the chapter that the one argument names, "4", "04" or "04_gradient_descent".

    Raises Problem with the numbers there are.
    """
    chapters = {path.stem: path for path in all_chapters()}
    there = ", ".join(stem[:2] for stem in chapters)
    if len(arguments) != 1:
        raise Problem(f"course.py {command} takes the number of one chapter: one of {there}.")
    wanted = arguments[0].zfill(2)
    for stem, path in chapters.items():
        if wanted in (stem, stem[:2]):
            return path
    raise Problem(f"There is no chapter {arguments[0]!r} in {SOLUTIONS.name}/: it has {there}.")


def main(arguments):
    """Run a chapter, store it and write its learners' copy; return an exit code."""
    from nbclient.exceptions import CellExecutionError

    path = chapter_of(arguments)
    try:
        store(run(read_notebook(path), path.parent), path)
    except CellExecutionError as error:
        print(f"{error}\nsolutions/{path.name} is left as it was: mend this cell, then run again.")
        return 1
    print(f"solutions/{path.name} run and stored.")
    return write_copies([])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
