"""Runs code that is to be judged, so that nothing it does can hurt the notebook.

runs          a function on copies of its cases, and what became of it: Outcomes
apart         in a copy of the process, which may crash, hang or eat its memory
calling       each call: its arguments copied, what it prints caught
clock         the end of code that would never end
outcome       what became of a call, in plain data
refusing      input, a check inside a check, `exit`: what code that is checked must not do
pristine      Python, NumPy and the course as they were before a notebook changed them
putting_back  random numbers, folder, environment as they were before
"""

from .clock import TimeIsUp
from .outcome import ComesFirst, Outcome, Raised
from .pristine import remember
from .refusing import refuse
from .runs import run, run_each

__all__ = ["ComesFirst", "Outcome", "Raised", "TimeIsUp", "refuse", "remember", "run", "run_each"]
