"""The curtain before the solutions of a class: which exercises are released.

A class releases solutions by one text file, read whenever a solution is asked for: the path in
LEARNKIT_RELEASE, else `release.txt` beside the notebooks. It holds numbers of chapters and of
single exercises, or `all`; a line may end with a remark:

    00 01 02     # the first two weeks
    3.4

Where neither is there, as for a learner alone, everything is open. It is a curtain and no lock:
the solutions can be read in the package.
"""

import os
from pathlib import Path

from .memory import place

FILE = "release.txt"
AFTER_THE_CLASS = (
    "After the class: your instructor opens the solutions when it is time. Check once more then, "
    "and it stands here."
)


def is_open(number):
    """Tell whether the solution of an exercise, "4.1", may be shown."""
    named = os.environ.get("LEARNKIT_RELEASE")
    path = Path(named) if named else place.folder() / FILE
    try:
        words = _words(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return not named  # the class has not begun, or there is none
    except (OSError, ValueError):
        return False
    chapter = number.partition(".")[0].lstrip("0")
    return "all" in words or number in words or chapter in {word.lstrip("0") for word in words}


def _words(text):
    """Return what a release holds, without remarks."""
    lines = (line.partition("#")[0] for line in text.splitlines())
    return {word.lower() for line in lines for word in line.replace(",", " ").split()}
