"""Calls a function with copies of the cases, in this process, and tells what each call did.

`call_all` is what stands between the learner's code and the rest: clock, refusals, what it prints.
"""

import contextlib
import copy
import io
import warnings

from ..plain import graph_kinds, plain, same
from .clock import Interrupted, TimeIsUp, interruptible, time_limit
from .outcome import Outcome, Raised
from .refusing import refusing


def call_all(function, cases, tell, seconds=None, leave=None, clock=time_limit):
    """Call `function` with a copy of each case and `tell` each Outcome, or TimeIsUp as the last.

    After something that is refused no further case is called. Interrupt, and nothing else, passes.
    leave: ends this process once a refusal is told, where it is a copy that may be ended.
    clock: what ends it after so many seconds.
    """
    printed = Printed()

    def tell_and_leave(raised):
        tell(Outcome(raised=raised))
        leave()

    with contextlib.ExitStack() as stack:
        stack.enter_context(warnings.catch_warnings())
        warnings.simplefilter("ignore")  # what they warn of shows in the verdict, as nan or inf
        stack.enter_context(contextlib.redirect_stdout(printed))
        stack.enter_context(contextlib.redirect_stderr(printed))
        watch = stack.enter_context(refusing(leave and tell_and_leave))
        try:
            with clock(seconds):
                for case in cases:
                    printed.clear()
                    tell(_call(function, case, printed, watch))
                    if watch.raised:
                        break
        except TimeIsUp as rung:
            if watch.raised:
                tell(Outcome(raised=watch.raised))
            else:
                tell(stopped_at(Raised.by(rung), printed.text()))


def call_here(function, cases, seconds=None, clock=time_limit):
    """Return what `call_all` tells, as a list; Interrupt ends it whatever the code swallows."""
    told = []
    with interruptible():
        call_all(function, cases, told.append, seconds, clock=clock)
    return told


def stopped_at(raised, printed):
    """Return the TimeIsUp that says where code was stopped and what it had printed."""
    error = TimeIsUp()
    error.raised, error.printed = raised, printed
    return error


def _call(function, case, printed, watch):
    arguments = _copied(case)
    before = plain(arguments)
    try:
        returned = function(*arguments)
        value, holds = plain(returned), graph_kinds(returned)
        after = plain(arguments)
    except (TimeIsUp, Interrupted):
        raise
    except BaseException as error:  # SystemExit and KeyboardInterrupt too, as any other error
        raised = Raised.by(error)  # asks for its message: code in which something may be refused
        return Outcome(raised=watch.raised or raised, printed=printed.text())
    if watch.raised:
        return Outcome(raised=watch.raised, printed=printed.text())
    places = range(len(arguments))
    changed = tuple(i for i in places if not _as_it_was(before[i], after[i], case[i], arguments[i]))
    return Outcome(value, after, changed, printed=printed.text(), holds=holds)


def _as_it_was(before, after, old, new):
    """Tell whether an argument is what it was: its numbers, their shape, and whether they are
    Tensors. `same` takes an array of one number for that number, so it is asked both ways.
    """
    both_ways = same(before, after, 0) and same(after, before, 0)
    return both_ways and graph_kinds(old) == graph_kinds(new)


def _copied(case):
    try:
        return copy.deepcopy(tuple(case))
    except Exception:  # one of them cannot be copied, as a generator cannot; the others are
        return tuple(_copied_alone(argument) for argument in case)


def _copied_alone(argument):
    try:
        return copy.deepcopy(argument)
    except Exception:
        return argument


class Printed(io.TextIOBase):
    """Keeps the first of what is printed and forgets the rest: an endless loop fills no memory."""

    KEPT = 200

    def __init__(self):
        self.clear()

    def clear(self):
        self._kept = ""
        self._cut = False

    def write(self, written):
        room = self.KEPT - len(self._kept)
        self._cut = self._cut or len(written) > room
        self._kept += written[:room]
        return len(written)

    def text(self):
        return self._kept + "…" * self._cut
