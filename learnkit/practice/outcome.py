"""What became of one call of a checked function: an Outcome, and in it the exception Raised, if any."""

import linecache
import sys
import traceback
from dataclasses import dataclass

from .clock import TimeIsUp, is_learners
from .plain import leaves, same
from .verdict import as_code

_ADVICE = {
    "read-only": "An array inside a Tensor cannot be changed in place; rebind it: "
    "`p.data = p.data - learning_rate * p.grad`.",
    "maximum recursion depth": "A function that calls itself needs a case in which it stops.",
}
GROWS = "look for a list, a number or a chain of calls that grows without an end."


@dataclass(frozen=True)
class Raised:
    """An exception in the learner's words: its type, its message, the line of their code it came from.

    sentence: what to say instead of type and message, where the course itself knows better.
    """

    kind: str
    message: str = ""
    line: str = ""
    line_number: int = 0
    sentence: str = ""

    @classmethod
    def by(cls, error):
        """Return what is known of an exception that was caught."""
        if isinstance(error, TimeIsUp) and error.raised:
            return error.raised
        line, number = _learners_line(reversed(list(traceback.walk_tb(error.__traceback__))))
        greedy = isinstance(error, MemoryError)
        sentence = f"Your code asked for more memory than there is: {GROWS}" if greedy else ""
        return cls(type(error).__name__, _message(error), line, number, sentence)

    @classmethod
    def here(cls, kind, sentence):
        """Return what is said where the learner's code has come to something it must not do."""
        line, number = _learners_line(traceback.walk_stack(sys._getframe(1)))
        return cls(kind, sentence, line, number, sentence)

    @property
    def where(self):
        return f" in line {self.line_number} of your code, {as_code(self.line)}" if self.line else ""

    def __str__(self):
        if self.sentence:
            return f"{self.sentence} It happened{self.where}." if self.line else self.sentence
        what = f"{self.kind}: {self.message}" if self.message else self.kind
        advice = [sentence for sign, sentence in _ADVICE.items() if sign in self.message]
        return " ".join([f"{as_code(what)}{self.where}.", *advice])


def _learners_line(frames):
    """Return the first line that the learner wrote, shortened, and its number.

    frames: pairs of a frame and the number of its line, from the inside outwards.
    """
    for frame, number in frames:
        written = linecache.getline(frame.f_code.co_filename, number).strip()
        if written and is_learners(frame.f_code.co_filename):
            return _shortened(written, 100), number
    return "", 0


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
    """

    value: object = None
    arguments: list | None = None
    changed: tuple = ()
    raised: Raised | None = None
    printed: str = ""

    def is_untouched(self):
        """Tell whether there is still a `...` where the learner's answer belongs."""
        if self.raised:
            return self.raised.kind in ("TypeError", "AttributeError") and "ellipsis" in self.raised.message
        return any(leaf is ... for _, leaf in leaves(self.value))

    def agrees(self, other, tolerance):
        """Tell whether two calls did the same: equal values, or exceptions of one type."""
        if self.raised or other.raised:
            return bool(self.raised and other.raised) and self.raised.kind == other.raised.kind
        return same(self.value, other.value, tolerance)
