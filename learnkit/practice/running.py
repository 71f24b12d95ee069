"""Runs the learner's code on copies of the inputs, within a time limit, and brings back harmless plain data."""

import contextlib
import copy
import io
import linecache
import re
import sys
import warnings
from dataclasses import dataclass

from .clock import TimeIsUp, is_learners, time_limit
from .plain import graph_kinds, leaves, plain, same
from .verdict import as_code

_ADVICE = {
    "read-only": "An array inside a Tensor cannot be changed in place; rebind it: "
    "`p.data = p.data - learning_rate * p.grad`.",
    "maximum recursion depth": "A function that calls itself needs a case in which it stops.",
}


@dataclass(frozen=True)
class Raised:
    """An exception in the learner's words: its type, its message, and the line of their code it came from."""

    kind: str
    message: str
    line: str
    line_number: int
    expression: str = ""  # the part of the line that Python was at

    @classmethod
    def by(cls, error):
        line, number, expression = "", 0, ""
        at = error.__traceback__
        while at:
            code = at.tb_frame.f_code
            written = linecache.getline(code.co_filename, at.tb_lineno)
            if written.strip() and is_learners(code.co_filename):
                line, number, expression = written.strip(), at.tb_lineno, _expression(code, at.tb_lasti, written)
            at = at.tb_next
        return cls(type(error).__name__, _message(error), _shortened(line, 100), number, expression)

    def is_fault_of(self, other):
        """Tell whether another exception is the same fault: its type, its message, and what it happened to."""
        return (self.kind, self.message, _touched(self.expression)) == (
            other.kind,
            other.message,
            _touched(other.expression),
        )

    @property
    def where(self):
        return f" in line {self.line_number} of your code, {as_code(self.line)}" if self.line else ""

    def __str__(self):
        what = f"{self.kind}: {self.message}" if self.message else self.kind
        advice = [sentence for sign, sentence in _ADVICE.items() if sign in self.message]
        return " ".join([f"{as_code(what)}{self.where}.", *advice])


def _expression(code, instruction, line):
    """Return the part of a line that an instruction was made from, as Python 3.11 and newer know it."""
    for index, (start, end, left, right) in enumerate(code.co_positions()):
        if index == instruction // 2 and start == end and None not in (left, right):
            return line.encode()[left:right].decode(errors="replace")
    return ""


def _touched(expression):
    """Return the attributes and functions that an expression speaks of; the learner's own names may differ."""
    return set(re.findall(r"\.\s*([A-Za-z_]\w*)|([A-Za-z_]\w*)\s*\(", expression))


def _message(error):
    try:
        lines = str(error).strip().splitlines() or [""]
    except BaseException:
        return "its message could not be shown"
    return _shortened(lines[0], 200)


def _shortened(line, length):
    return line if len(line) <= length else line[: length - 1] + "…"


@dataclass(frozen=True)
class Outcome:
    """What one call did: the plain value it returned, its arguments afterwards, or the exception it raised."""

    value: object = None
    arguments: list | None = None
    changed: tuple = ()  # positions of the arguments changed in place
    raised: Raised | None = None
    holds: frozenset = frozenset()  # the kinds of number with a graph behind them: Tensor, Value

    def is_untouched(self):
        """Tell whether there is still a `...` where the learner's answer belongs."""
        if self.raised:
            return self.raised.kind in ("TypeError", "AttributeError") and "ellipsis" in self.raised.message
        return any(leaf is ... for _, leaf in leaves(self.value))

    def agrees(self, other, tolerance):
        if self.raised or other.raised:
            return bool(self.raised and other.raised) and self.raised.kind == other.raised.kind
        return same(self.value, other.value, tolerance)


def run(function, cases, seconds=None):
    """Call `function` with a copy of each case; return the list of Outcomes and what was printed, shortened.

    Raises TimeIsUp if that takes longer than `seconds`, with what was `printed`; whatever else the code raises is
    in the Outcome.
    """
    printed = _Printed()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what they warn of shows in the verdict, as nan or inf
        try:
            with _exit_raises(), time_limit(seconds):
                outcomes = [_call(function, case) for case in cases]
        except TimeIsUp as stopped:
            stopped.printed = printed.text()
            raise
    return outcomes, printed.text()


def run_each(functions, cases, seconds):
    """Run several functions of ours, each at most so many seconds; return a list of Outcomes for each, or None."""
    found = []
    for function in functions:
        try:
            found.append(run(function, cases, seconds)[0])
        except TimeIsUp:
            found.append(None)
    return found


@contextlib.contextmanager
def _exit_raises():
    """Let exit() raise SystemExit, as in plain Python; in a notebook it would end the kernel and lose all work."""

    def leave():
        raise SystemExit

    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    if shell is None:
        yield
        return
    shell.ask_exit = leave
    try:
        yield
    finally:
        del shell.ask_exit  # the class's own is there again


def _call(function, case):
    arguments = copy.deepcopy(tuple(case))
    before = plain(arguments)
    try:
        returned = function(*arguments)
        value, holds = plain(returned), graph_kinds(returned)
        after = plain(arguments)
    except TimeIsUp:
        raise
    except BaseException as error:  # SystemExit and KeyboardInterrupt too: nothing here may stop the notebook
        return Outcome(raised=Raised.by(error))
    changed = tuple(i for i, (old, new) in enumerate(zip(before, after, strict=True)) if not same(old, new, 0))
    return Outcome(value, after, changed, holds=holds)


class _Printed(io.TextIOBase):
    """Keeps the first lines of what is printed and forgets the rest, so that an endless loop fills no memory."""

    KEPT = 400

    def __init__(self):
        self._kept = ""
        self._cut = False

    def write(self, written):
        room = self.KEPT - len(self._kept)
        self._cut = self._cut or len(written) > room
        self._kept += written[:room]
        return len(written)

    def text(self):
        lines = self._kept.strip().splitlines()
        return "\n".join(lines[:5] + ["…"] * (self._cut or len(lines) > 5))
