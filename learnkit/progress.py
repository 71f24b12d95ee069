"""How far a learner came, and where a class is stuck.

    learnkit.progress()            # the map of the course; learnkit.progress("04") of one chapter
    learnkit.progress.handin()     # one small file to hand in, without name or code
    learnkit.progress.off()        # share nothing with the class any more; on() shares again

An instructor sees what a class shares, or what was handed in, as a page that refreshes itself:

    python -m learnkit.progress FOLDER
    python -m learnkit.progress FOLDER --participation TABLE.csv

The module can be called, so that one name serves the learner and `python -m`.
"""

import argparse
import sys
from types import ModuleType

from .practice.handin import handin
from .practice.progress import progress
from .practice.sharing import off, on

__all__ = ["handin", "off", "on", "progress"]


class _Callable(ModuleType):
    """A module that can be called: `learnkit.progress()` is `learnkit.progress.progress()`."""

    def __call__(self, chapter=None):
        return progress(chapter)


sys.modules[__name__].__class__ = _Callable


def main(arguments):
    """Show the page of a class until Ctrl-C, or write who took part; return an exit code."""
    parser = argparse.ArgumentParser("python -m learnkit.progress")
    parser.add_argument(
        "folder", help="that LEARNKIT_PROGRESS_DIR names, or one of handed-in files"
    )
    parser.add_argument("--port", type=int, default=0, help="by default any that is free")
    parser.add_argument("--no-browser", dest="browser", action="store_false")
    parser.add_argument(
        "--participation", metavar="TABLE", help="write who took part, not a grade, as CSV instead"
    )
    asked = parser.parse_args(arguments)
    from .practice.classroom import serve  # only here: no learner needs a server

    try:
        if asked.participation:
            write_participation(asked.folder, asked.participation)
        else:
            serve(asked.folder, asked.port, asked.browser)
    except OSError as error:
        print(f"{error.filename or 'The port'} cannot be used: {error.strerror}.", file=sys.stderr)
        return 1
    return 0


def write_participation(folder, table):
    """Write the table of who took part. Raises OSError if a file cannot be read or written."""
    from .practice.classroom import participation

    with open(table, "w", encoding="utf-8", newline="") as file:
        participation(folder, file)
    print(f"{table} is written: participation, not a grade.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
