"""What a class shares of its progress: one line for each check and each prediction, opt-in.

Where LEARNKIT_PROGRESS_DIR names a folder, `checked` and `guessed` add a line to a file of the
learner's own in it: no name, no code. Where it does not, nothing here does anything.

switch  whether anything is shared, under which random number, and what the learner is told
lines   a line as it is written and read
"""

from .lines import ENDING, lines_of, written
from .switch import checked, guessed, notice, number, off, on

__all__ = [
    "ENDING",
    "checked",
    "guessed",
    "lines_of",
    "notice",
    "number",
    "off",
    "on",
    "written",
]
