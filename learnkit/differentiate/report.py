"""What a gradient check found, entry by entry, and the report of it that one prints."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, eq=False, repr=False)
class GradientCheck:
    """What `check_gradient` found for every entry of x; print it to read it.

    names: what each entry is called. The arrays are flat, one number for each name:
    gradient: what was checked; behind, ahead: the slopes measured on the two sides; central: their
    mean;
    relative_error: of the gradient against the central difference, 0 where the measurement itself
    leaves that much room; at_kink: True where the two sides differ; lost: True where round-off
    hides the slope; coarse: True where the function bends, or ends, within a step.
    """

    names: tuple
    gradient: np.ndarray
    behind: np.ndarray
    ahead: np.ndarray
    central: np.ndarray
    relative_error: np.ndarray
    at_kink: np.ndarray
    lost: np.ndarray
    coarse: np.ndarray
    tolerance: float
    step: float

    @property
    def kinks(self):
        """The names of the entries that sit on a kink, where a comparison means nothing."""
        return self._names_where(self.at_kink)

    @property
    def unmeasured(self):
        """The names of the entries whose slope could not be measured, so that nothing is judged."""
        return self._names_where(self.lost | self.coarse)

    @property
    def wrong(self):
        """The names of the other entries whose relative error is above the tolerance."""
        return self._names_where(self._disagrees)

    @property
    def worst(self):
        """The name of the compared entry with the largest relative error; None without any."""
        return self.names[self._worst] if self._compared.any() else None

    @property
    def passed(self):
        """True if at least one entry could be compared, and all that could agree."""
        return bool(self._compared.any() and not self._disagrees.any())

    @property
    def _compared(self):
        return ~(self.at_kink | self.lost | self.coarse)

    @property
    def _worst(self):
        errors = self.relative_error.round(6)  # so that round-off settles no tie
        return np.argmax(np.where(self._compared, errors, -1.0))

    @property
    def _disagrees(self):
        return self._compared & ~(self.relative_error <= self.tolerance)  # NaN disagrees

    def _names_where(self, condition):
        return tuple(self.names[i] for i in np.flatnonzero(condition))

    def __repr__(self):
        shown = (self._disagrees, self.at_kink, self.lost, self.coarse)
        chosen = [place for condition in shown for place in np.flatnonzero(condition)]
        return "\n".join([*self._verdict(), *self._not_compared(), *self._table(chosen)])

    def _verdict(self):
        """Return the lines about the entries that were compared."""
        compared = int(self._compared.sum())
        if not compared:
            return ["Gradient check compared nothing."]
        wrong = len(self.wrong)
        word = "passed" if self.passed else "failed"
        lines = [
            f"Gradient check {word}: {compared - wrong} of {compared} compared entries agree "
            f"to a relative error of {self.tolerance:g}."
        ]
        if wrong:
            largest = self.relative_error[self._worst]
            lines.append(f"The largest relative error is {largest:.3g}, at {self.worst}.")
        return lines

    def _not_compared(self):
        """Return the lines about the entries that no comparison can judge, with the reason."""
        lines = []
        if self.at_kink.any():
            sit = _counted(self.at_kink, "sits", "sit")
            lines += [
                (
                    f"{sit} on a kink: the slopes on its two sides differ, a central difference "
                    "reports"
                ),
                "their mean, and comparing with it means nothing.",
            ]
        if self.lost.any():
            are = _counted(self.lost, "is", "are")
            lines += [
                (
                    f"{are} lost in round-off: the slope is too small beside the numbers that the "
                    "function"
                ),
                "computes with, or these have too few digits: take a larger step.",
            ]
        if self.coarse.any():
            cannot = _counted(self.coarse, "cannot", "cannot")
            lines.append(f"{cannot} be judged: within a step of {self.step:g} the function bends")
            lines.append("too much, or ends; take a smaller step.")
        return lines

    def _table(self, chosen, most=12):
        """Return lines of text with the numbers of the chosen entries, the first `most` of them."""
        if not chosen:
            return []
        table = [("entry", "gradient", "central", "behind", "ahead", "")]
        table += [self._row(place) for place in chosen[:most]]
        widths = [max(map(len, column)) for column in zip(*table)]
        lines = [_aligned(row, widths) for row in table]
        return lines + [f"and {len(chosen) - most} more"] * (len(chosen) > most)

    def _row(self, place):
        columns = (self.gradient, self.central, self.behind, self.ahead)
        numbers = np.array([column[place] for column in columns])
        largest = max(abs(numbers[np.isfinite(numbers)]), default=0)
        numbers[abs(numbers) < 1e-6 * largest] = 0  # what is left there is round-off
        words = {"kink": self.at_kink, "lost": self.lost, "coarse": self.coarse}
        word = next((word for word, is_so in words.items() if is_so[place]), "wrong")
        return (self.names[place], *(f"{number:.4g}" for number in numbers), word)


def _aligned(row, widths):
    return "  ".join(text.rjust(width) for text, width in zip(row, widths)).rstrip()


def _counted(condition, verb, verb_of_many):
    """Return "1 entry sits" or "4 entries sit"."""
    count = int(condition.sum())
    return f"1 entry {verb}" if count == 1 else f"{count} entries {verb_of_many}"
