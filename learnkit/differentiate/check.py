"""Gradient checking: compare a gradient with measured slopes, and say where that means nothing."""

from dataclasses import dataclass
from numbers import Real

import numpy as np

from learnkit.autograd.tensor import Tensor
from learnkit.differentiate.inputs import entries
from learnkit.differentiate.numerical import EPSILON, evaluate, point, steps
from learnkit.differentiate.report import GradientCheck

SURE = 100  # a slope is told from round-off if it is this many times as large


def check_gradient(function, x, gradient=..., step=1e-5, names=None, tolerance=1e-5):
    """Return a GradientCheck that compares a gradient with central differences, entry by entry.

    gradient: an array of x's shape; left out, the function is run on a Tensor, and the array engine
    is checked.
    step: how far to move an entry, times its size if that is above 1.
    names: one for each entry of x, to stand in the report instead of x[0], x[1], …
    tolerance: the relative error |a - n| / max(|a|, |n|) that is allowed, besides what round-off
    and truncation make uncertain in the measurement.
    A kink is told from a bend by a ten times smaller step: the gap between the slopes on the two
    sides shrinks with it at a bend, and stays at a kink. Cost: 4n + 14 evaluations.
    Raises ValueError if shapes or names do not fit x, if the gradient is None, if the tolerance is
    no number from 0 to 1, or if the step vanishes beside x; TypeError if the function computed with
    plain numbers such as x.data, so that a Tensor knows nothing of it.
    >>> check_gradient(lambda x: x[0] * x[1], [2.0, 3.0], gradient=[3.0, 2.0]).passed
    True
    """
    at = point(x, step)
    if not (isinstance(tolerance, Real) and not isinstance(tolerance, bool) and 0 <= tolerance < 1):
        allowed = "a number from 0 up to 1, such as 1e-5"
        raise ValueError(f"A tolerance is {allowed}; this is {tolerance!r}.")
    names = _names(at) if names is None else tuple(map(str, np.ravel(names)))
    if len(names) != at.size:
        counts = f"{len(names)} names for the {at.size} entries of x"
        raise ValueError(f"There are {counts}; each needs one.")
    by_engine = gradient is ...
    if by_engine:
        function, gradient, is_reached = _by_array_engine(function, at)
    gradient = _flat(gradient, at)
    sides = _measured(function, at, step)
    if by_engine and not is_reached:
        _refuse_lost_graph(sides)
    return _judged(names, gradient, sides, tolerance, step)


def _flat(gradient, at):
    """Return the gradient to check as a flat array."""
    if gradient is None:
        raise ValueError("The gradient to check is None: has backward() been called?")
    gradient = entries(gradient, "gradient").astype(np.float64)
    if gradient.shape != at.shape:
        shapes = f"The gradient has shape {gradient.shape}, but x has shape {at.shape}"
        raise ValueError(f"{shapes}; they must be the same.")
    return gradient.ravel()


@dataclass(frozen=True)
class _Sides:
    """The slopes measured on the two sides of every entry, a step away and a tenth of it."""

    behind: np.ndarray
    ahead: np.ndarray
    closer_behind: np.ndarray
    closer_ahead: np.ndarray
    noise: np.ndarray  # by how much rounding may have changed a slope

    @property
    def central(self):
        return (self.behind + self.ahead) / 2

    @property
    def truncation(self):
        """By how much the central difference moves when the step becomes a tenth of it."""
        return abs(self.central - (self.closer_behind + self.closer_ahead) / 2)

    @property
    def at_kink(self):
        gap = self.ahead - self.behind
        closer_gap = self.closer_ahead - self.closer_behind
        return abs(closer_gap - gap / 10) > abs(gap) / 20 + 400 * self.noise


def _measured(function, at, step):
    """Return the _Sides of the function at this point."""
    sizes = abs(at.ravel())
    widths = step * np.maximum(1, sizes)
    if (sizes + widths / 10 == sizes).any():
        reason = "vanishes beside these x, so nothing would be measured"
        raise ValueError(f"The step {step:g} {reason}: take a larger one.")
    here = evaluate(function, at)
    behind, ahead = _two_sides(function, at, here, widths)
    closer_behind, closer_ahead = _two_sides(function, at, here, widths / 10)
    steepest = np.maximum(abs(behind), abs(ahead))
    rounding = EPSILON * (abs(here) + sizes * np.where(np.isfinite(steepest), steepest, 0))
    noise = np.maximum(rounding, _scatter(function, at, widths / 10)) / widths
    return _Sides(behind, ahead, closer_behind, closer_ahead, noise)


def _two_sides(function, at, here, widths):
    """Return the slopes of the function, which is `here` at this point, behind and ahead of it."""
    moves = [width * unit for width, unit in zip(widths, steps(at, 1))]
    behind = np.array([here - _value(function, at - move) for move in moves]) / widths
    ahead = np.array([_value(function, at + move) - here for move in moves]) / widths
    return behind, ahead


def _value(function, at):
    """Return the function's value, NaN where it has none."""
    try:
        with np.errstate(all="ignore"):
            return evaluate(function, at)
    except (ValueError, ArithmeticError):
        return np.nan


def _scatter(function, at, widths):
    """Return how far the function's values lie from a smooth curve, whatever it computes with.

    Along a short line through x the third differences of a smooth function vanish, and what is left
    is its rounding: that of float32, say, or of large numbers that cancel. The median looks past a
    kink, which touches few of them.
    """
    signs = np.where(np.arange(at.size) % 2, -1.0, 1.0)
    line = (signs * widths).reshape(at.shape)
    values = np.array([_value(function, at + place * line) for place in range(-6, 7)])
    with np.errstate(invalid="ignore"):
        thirds = abs(np.diff(values, 3))
    thirds = thirds[np.isfinite(thirds)]
    return np.median(thirds) if thirds.size else 0.0


def _judged(names, gradient, sides, tolerance, step):
    """Return the GradientCheck of a gradient beside measured slopes."""
    with np.errstate(invalid="ignore"):
        central, noise, truncation = sides.central, sides.noise, sides.truncation
        is_finite = np.isfinite(central) & np.isfinite(truncation)
        at_kink = is_finite & sides.at_kink
        largest = np.maximum(abs(gradient), abs(central))
        matters = 1e-5 * max([1, *largest[is_finite & np.isfinite(largest)]])
        lost = is_finite & (SURE * noise > largest / 10) & (noise > matters)
        bends = (2 * truncation > largest / 10) & (truncation > matters)
        coarse = ~is_finite | bends
        error = abs(gradient - central)
        is_explained = error <= SURE * noise + 2 * truncation
        relative_error = np.where(is_explained, 0, error / np.where(largest == 0, 1, largest))
    return GradientCheck(
        names=names,
        gradient=gradient,
        behind=sides.behind,
        ahead=sides.ahead,
        central=central,
        relative_error=relative_error,
        at_kink=at_kink,
        lost=lost & ~at_kink,
        coarse=coarse & ~at_kink & ~lost,
        tolerance=tolerance,
        step=step,
    )


def _by_array_engine(function, at):
    """Return the function made to run on Tensors, its gradient, and whether that reached x."""

    def on_tensors(x):
        return function(Tensor(x))

    tensor = Tensor(at)
    try:
        y = function(tensor)
    except (TypeError, AttributeError) as error:
        raise TypeError(
            f"Your function does not run on a Tensor ({str(error).rstrip('.')}). "
            "Name the gradient to check, as in gradient=reverse_mode(function, x)."
        ) from error
    if isinstance(y, Tensor):
        y.backward()
    is_reached = tensor.grad is not None
    return on_tensors, tensor.grad if is_reached else np.zeros(at.shape), is_reached


def _refuse_lost_graph(sides):
    """Raise TypeError if a function changes with x, though no gradient reached the Tensor."""
    changes = np.isfinite(sides.central) & (abs(sides.central) > SURE * sides.noise)
    if changes.any() and not sides.at_kink.all():
        raise TypeError(
            "Your function does not run on a Tensor from end to end: x.data, x.item(), float(x) "
            "and `math` give plain numbers, which carry no slope. Compute with x itself, or name "
            "the gradient to check, as in gradient=reverse_mode(function, x)."
        )


def _names(at):
    """Return what an entry of x is called: x, x[2] or x[0, 1]."""
    return tuple(f"x{list(index) or ''}" for index in np.ndindex(at.shape))
