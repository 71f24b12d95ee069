"""What became of one call of a checked function: an Outcome, in it the exception Raised, if any."""

import linecache
import re
import sys
from dataclasses import dataclass

from ..plain import leaves, same
from ..wording import as_code
from .clock import TimeIsUp, is_learners

GROWS = "look for a list, a number or a chain of calls that grows without an end."


class ComesFirst(Exception):
    """Raised by the trial of an answer that needs an earlier step; its text says which."""


@dataclass(frozen=True)
class Raised:
    """An exception in the learner's words: its type, its message, the line of their code.

    expression: the part of the line that Python was at.
    sentence: what to say instead of type and message, where the course itself knows better.
    """

    kind: str
    message: str = ""
    line: str = ""
    line_number: int = 0
    expression: str = ""
    sentence: str = ""

    @classmethod
    def by(cls, error):
        """Return what is known of an exception that was caught."""
        if isinstance(error, TimeIsUp) and error.raised:
            return error.raised
        place = _learners_place(reversed(list(_steps_of(error.__traceback__))))
        greedy = isinstance(error, MemoryError)
        sentence = f"Your code asked for more memory than there is: {GROWS}" if greedy else ""
        return cls(type(error).__name__, _message(error), *place, sentence)

    @classmethod
    def at_this_line(cls, kind, sentence):
        """Return what is said where the learner's code has come to something it must not do."""
        place = _learners_place(_steps_from(sys._getframe(1)))
        return cls(kind, sentence, *place, sentence)

    def is_fault_of(self, other):
        """Tell whether another exception is the same fault: type, message, and what it happened
        to.
        """
        return self._fault == other._fault

    @property
    def _fault(self):
        return self.kind, self.message, _touched(self.expression)

    @property
    def where(self):
        if not self.line:
            return ""
        return f" in line {self.line_number} of your code, {as_code(self.line)}"

    def __str__(self):
        if self.sentence:
            return f"{self.sentence} It happened{self.where}." if self.line else self.sentence
        what = f"{self.kind}: {self.message}" if self.message else self.kind
        return f"{as_code(what)}{self.where}."


def _steps_of(traceback):
    """Yield the code, line and instruction of each call that an exception passed, from the
    outside.
    """
    while traceback:
        yield traceback.tb_frame.f_code, traceback.tb_lineno, traceback.tb_lasti
        traceback = traceback.tb_next


def _steps_from(frame):
    """Yield the code, line and instruction of each call that is going on, from the inside."""
    while frame:
        yield frame.f_code, frame.f_lineno, frame.f_lasti
        frame = frame.f_back


def _learners_place(steps):
    """Return the first line that the learner wrote, its number, and the expression in it."""
    for code, number, instruction in steps:
        written = linecache.getline(code.co_filename, number)
        if written.strip() and is_learners(code.co_filename):
            return (
                _shortened(written.strip(), 100),
                number,
                _expression(code, instruction, written),
            )
    return "", 0, ""


def _expression(code, instruction, line):
    """Return the part of a line that an instruction was made from."""
    for index, (start, end, left, right) in enumerate(code.co_positions()):
        if index == instruction // 2 and start == end and None not in (left, right):
            return line.encode()[left:right].decode(errors="replace")
    return ""


def _touched(expression):
    """Return the attributes and functions that an expression speaks of; other names may differ."""
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
    """What one call did: the plain value it returned, its arguments afterwards, or what it raised.

    changed: positions of the arguments changed in place.  printed: the first of what it printed.
    holds: the kinds of number with a graph behind them, Tensor and Value, that it returned.
    """

    value: object = None
    arguments: list | None = None
    changed: tuple = ()
    raised: Raised | None = None
    printed: str = ""
    holds: frozenset = frozenset()

    def is_untouched(self):
        """Tell whether there is still a `...` where the learner's answer belongs."""
        if self.raised:
            about_dots = "ellipsis" in self.raised.message
            return about_dots and self.raised.kind in ("TypeError", "AttributeError")
        return any(leaf is ... for _, leaf in leaves(self.value))

    def agrees(self, other, tolerance):
        """Tell whether two calls did the same: equal values, or exceptions of one type."""
        if self.raised or other.raised:
            return bool(self.raised and other.raised) and self.raised.kind == other.raised.kind
        return same(self.value, other.value, tolerance)
