"""Gradient checking: compare a gradient with slopes that were measured, and say where comparing means nothing."""

from dataclasses import dataclass

import numpy as np

from learnkit.autograd.tensor import Tensor
from learnkit.differentiate.inputs import entries
from learnkit.differentiate.numerical import evaluate, point, steps


@dataclass(frozen=True, eq=False, repr=False)
class GradientCheck:
    """What `check_gradient` found for every entry of x; print it to read it.

    names: what each entry is called. The arrays are flat, one number for each name:
    gradient: what was checked; behind, ahead: the slopes measured on the two sides; central: their mean;
    relative_error: of the gradient against the central difference; at_kink: True where the two sides differ;
    lost: True where round-off hides the slope.
    """

    names: tuple
    gradient: np.ndarray
    behind: np.ndarray
    ahead: np.ndarray
    central: np.ndarray
    relative_error: np.ndarray
    at_kink: np.ndarray
    lost: np.ndarray
    tolerance: float

    @property
    def kinks(self):
        """The names of the entries that sit on a kink, where a comparison means nothing."""
        return self._names_where(self.at_kink)

    @property
    def unmeasured(self):
        """The names of the entries whose slope is lost in round-off, where a comparison means nothing either."""
        return self._names_where(self.lost)

    @property
    def wrong(self):
        """The names of the other entries whose relative error is above the tolerance."""
        return self._names_where(self._disagrees)

    @property
    def worst(self):
        """The name of the entry with the largest relative error among those compared; None if there are none."""
        return self.names[self._worst] if self._compared.any() else None

    @property
    def passed(self):
        """True if at least one entry could be compared, and all that could agree."""
        return bool(self._compared.any() and not self._disagrees.any())

    @property
    def _compared(self):
        return ~(self.at_kink | self.lost)

    @property
    def _worst(self):
        return np.argmax(np.where(self._compared, self.relative_error.round(6), -1.0))  # round-off settles no tie

    @property
    def _disagrees(self):
        return self._compared & ~(self.relative_error <= self.tolerance)  # NaN disagrees

    def _names_where(self, condition):
        return tuple(self.names[i] for i in np.flatnonzero(condition))

    def __repr__(self):
        compared, wrong, kinks, lost = int(self._compared.sum()), len(self.wrong), len(self.kinks), int(self.lost.sum())
        verdict = f"Gradient check {'passed' if self.passed else 'failed'}: {compared - wrong} of {compared} compared"
        lines = [f"{verdict} entries agree to a relative error of {self.tolerance:g}."]
        if not compared:
            lines = ["Gradient check compared nothing."]
        if wrong:
            lines.append(f"The largest relative error is {self.relative_error[self._worst]:.3g}, at {self.worst}.")
        if kinks:
            sit = "1 entry sits" if kinks == 1 else f"{kinks} entries sit"
            lines.append(f"{sit} on a kink: the slopes on its two sides differ, a central difference reports")
            lines.append("their mean, and comparing with it means nothing.")
        if lost:
            are = "1 entry is" if lost == 1 else f"{lost} entries are"
            lines.append(f"{are} lost in round-off: the slope is too small beside the numbers that the function")
            lines.append("computes with, and could not be measured.")
        shown = (*np.flatnonzero(self._disagrees), *np.flatnonzero(self.at_kink), *np.flatnonzero(self.lost))
        return "\n".join(lines + self._table(shown))

    def _table(self, chosen, most=12):
        """Return lines of text with the numbers of the chosen entries, the first `most` of them."""
        if not chosen:
            return []
        table = [("entry", "gradient", "central", "behind", "ahead", "")]
        for i in chosen[:most]:
            numbers = np.array([self.gradient[i], self.central[i], self.behind[i], self.ahead[i]])
            numbers[abs(numbers) < 1e-6 * abs(numbers).max()] = 0  # what is left there is round-off
            word = "kink" if self.at_kink[i] else "lost" if self.lost[i] else "wrong"
            table.append((self.names[i], *(f"{n:.4g}" for n in numbers), word))
        widths = [max(map(len, column)) for column in zip(*table)]
        lines = ["  ".join(text.rjust(width) for text, width in zip(row, widths)).rstrip() for row in table]
        return lines + [f"and {len(chosen) - most} more"] * (len(chosen) > most)


def check_gradient(function, x, gradient=..., step=1e-5, names=None, tolerance=1e-5):
    """Return a GradientCheck that compares a gradient with central differences, entry by entry.

    gradient: an array of x's shape; left out, the function is run on a Tensor, and the array engine is checked.
    step: how far to move an entry, times its size if that is above 1.
    names: one for each entry of x, to stand in the report instead of x[0], x[1], …
    Relative error: |a - n| / max(|a|, |n|, floor); below the floor, what is measured is round-off and truncation.
    A kink is told from a bend by a ten times smaller step: the gap between the slopes on the two sides shrinks with it
    at a bend, and stays at a kink. Cost: 4n + 1 evaluations. Raises ValueError if shapes or names do not fit x, if
    the gradient is None, or if the step vanishes beside x.
    >>> check_gradient(lambda x: x[0] * x[1], [2.0, 3.0], gradient=[3.0, 2.0]).passed
    True
    """
    at = point(x, step)
    if gradient is ...:
        function, gradient = _by_array_engine(function, at)
    if gradient is None:
        raise ValueError("The gradient to check is None: has backward() been called?")
    gradient = entries(gradient, "gradient").astype(np.float64)
    if gradient.shape != at.shape:
        raise ValueError(f"The gradient has shape {gradient.shape}, but x has shape {at.shape}; they must be the same.")
    names = _names(at) if names is None else tuple(map(str, np.ravel(names)))
    if len(names) != at.size:
        raise ValueError(f"There are {len(names)} names for the {at.size} entries of x; each needs one.")

    here, widths = evaluate(function, at), step * np.maximum(1, abs(at.ravel()))
    if (abs(at.ravel()) + widths / 10 == abs(at.ravel())).any():
        raise ValueError(f"The step {step:g} vanishes beside these x, so nothing would be measured: take a larger one.")
    behind, ahead = _two_sides(function, at, here, widths)
    closer_behind, closer_ahead = _two_sides(function, at, here, widths / 10)
    steepest = np.maximum(abs(behind), abs(ahead))
    noise = np.finfo(float).eps * (abs(here) + abs(at.ravel()) * steepest) / widths
    gap, closer_gap = ahead - behind, closer_ahead - closer_behind
    at_kink = abs(closer_gap - gap / 10) > abs(gap) / 20 + 400 * noise

    gradient, central = gradient.ravel(), (behind + ahead) / 2
    largest = np.maximum(abs(gradient), abs(central))
    lost = (100 * noise > largest) & (noise > tolerance * max(1, *largest))
    truncation = abs(central - (closer_behind + closer_ahead) / 2)
    size = np.maximum.reduce([abs(gradient), abs(central), (100 * noise + 2 * truncation) / tolerance])
    relative_error = abs(gradient - central) / np.where(size == 0, 1, size)
    return GradientCheck(names, gradient, behind, ahead, central, relative_error, at_kink, lost & ~at_kink, tolerance)


def _by_array_engine(function, at):
    """Return the function made to run on Tensors, and its gradient by the array engine."""
    tensor, on_tensors = Tensor(at), lambda x: function(Tensor(x))
    try:
        y = function(tensor)
    except (TypeError, AttributeError) as error:
        raise TypeError(
            f"Your function does not run on a Tensor ({error}). "
            "Name the gradient to check, as in gradient=reverse_mode(function, x)."
        ) from error
    if isinstance(y, Tensor):
        y.backward()
    return on_tensors, np.zeros(at.shape) if tensor.grad is None else tensor.grad


def _two_sides(function, at, here, widths):
    """Return the slopes of the function, which is `here` at this point, so far behind and ahead of each entry."""
    moves = [width * unit for width, unit in zip(widths, steps(at, 1))]
    behind = np.array([here - evaluate(function, at - move) for move in moves]) / widths
    ahead = np.array([evaluate(function, at + move) - here for move in moves]) / widths
    return behind, ahead


def _names(at):
    """Return what an entry of x is called: x, x[2] or x[0, 1]."""
    return tuple(f"x{list(index) or ''}" for index in np.ndindex(at.shape))
