"""Runs code that is to be judged on copies of its inputs, and brings back harmless plain data.

`run(function, cases, seconds)` is for the learner's code: where the system can, it runs in a copy
of this process (`apart`), and nothing it does, endless, greedy or deadly, reaches the notebook.
`run(function, cases)` is for the author's: it runs here, with Python, NumPy and the course as they
were before anybody changed them (`pristine`).
"""

import contextlib
import time

from . import apart
from .calling import call_all, call_here, stopped_at
from .clock import TimeIsUp, processor_limit, time_limit
from .outcome import GROWS, Outcome, Raised
from .pristine import pristine
from .putting_back import as_before
from .refusing import refuse_inside_a_run

_MEGABYTES = apart.MEMORY // 1_000_000
_ENDINGS = {
    apart.STORAGE: Raised(
        kind="MemoryError",
        sentence=f"Your code asked for more memory than the {_MEGABYTES} MB it may use: {GROWS}",
    ),
    apart.LEFT: Raised(
        kind="SystemExit",
        sentence="Your code ended Python itself, as `os._exit` does: end a function with `return`.",
    ),
    apart.CRASHED: Raised(
        kind="Crash",
        sentence="Your code made Python itself crash: look for a function that calls itself "
        "without an end, or for a process that it ends.",
    ),
}
_PATIENCE = 10.0  # seconds for a function that sleeps, or is inside one call without an end
_LATE = 1.0  # seconds after which a clock has come late
_ONE_LONG_CALL = (
    "It was inside one long call, which cannot be stopped on this system: "
    "if such a call never ends, restart the kernel."
)
_LINES = 5  # of what was printed, in all cases together


def run(function, cases, seconds=None):
    """Call `function` with a copy of each case; return the Outcomes, a list, and what was printed.

    seconds: the time for all cases together, for the learner's code; without it the code is the
        author's.
    Whatever the code raises is in the Outcome, and so is what was refused: waiting for input, a
    check inside the function that is checked, too much memory. From there on all cases have that
    Outcome.
    Raises TimeIsUp if it takes longer than `seconds`, with what was `printed`; with `raised`, which
    knows the line unless the code was inside one endless call; and with `advice`, if that call came
    to its end in this process. KeyboardInterrupt, from Interrupt, passes at once.
    """
    refuse_inside_a_run()
    cases = list(cases)
    if seconds is None:
        with as_before(), pristine(function):
            told = call_here(function, cases)
    else:
        told = _run_the_learners(function, cases, seconds)
    outcomes = [one for one in told if isinstance(one, Outcome)]
    printed = _together(outcomes)
    if _was_stopped(told):
        told[-1].printed = _shortened(printed + told[-1].printed)
        raise told[-1]
    return outcomes + outcomes[-1:] * (len(cases) - len(outcomes)), _shortened(printed)


def run_each(functions, cases, seconds):
    """Run several functions of the author's, each at most so many seconds of computing.

    Return a list of Outcomes for each, or None for one that had to be stopped.
    """
    refuse_inside_a_run()
    if not cases:
        return [[] for _ in functions]
    found = []
    while len(found) < len(functions):
        found += _each_until_one_fails(functions[len(found) :], cases, seconds)
    return found


def _each_until_one_fails(functions, cases, seconds):
    """Return what the functions did; the last is None if its copy had to be ended from outside."""

    def work(send):
        for function in functions:
            send(_finished(function, cases, seconds, processor_limit))

    # out here: a copy that looked through all of it would have to copy that memory
    with pristine(functions[0]):
        if apart.is_possible():
            with contextlib.suppress(OSError):
                told, ending = apart.work_apart(work, _PATIENCE)
                return told if ending == apart.FINISHED else [*told, None]
        with as_before():
            return [_finished(function, cases, seconds, time_limit) for function in functions]


def _finished(function, cases, seconds, clock):
    told = call_here(function, cases, seconds, clock)
    return None if _was_stopped(told) else told


def _was_stopped(told):
    return bool(told) and isinstance(told[-1], TimeIsUp)


def _run_the_learners(function, cases, seconds):
    if apart.is_possible():
        with contextlib.suppress(OSError):  # no memory or no number left for a copy
            return _run_apart(function, cases, seconds)
    started = time.monotonic()
    with as_before():
        told = call_here(function, cases, seconds)
    if _was_stopped(told) and time.monotonic() - started > seconds + _LATE:
        told[-1].advice = _ONE_LONG_CALL
    return told


def _run_apart(function, cases, seconds):
    def work(send):
        call_all(function, cases, send, seconds, apart.leave)

    told, ending = apart.work_apart(work, seconds)
    if ending == apart.TIME:
        return [*told, stopped_at(Raised("TimeIsUp"), "")]
    return told if ending == apart.FINISHED else [*told, Outcome(raised=_ENDINGS[ending])]


def _together(outcomes):
    return "".join(outcome.printed for outcome in outcomes)


def _shortened(printed):
    lines = printed.strip().splitlines()
    return "\n".join(lines[:_LINES] + ["…"] * (len(lines) > _LINES))
