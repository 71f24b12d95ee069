"""The gate for a learner's own function: what passes is a landscape; what does not is told why,
in a sentence.
"""

from functools import partial
from inspect import Parameter, signature

import numpy as np

from learnkit.landscapes import Curve, Surface
from learnkit.painter.texts import short

BY_PLACE = (Parameter.POSITIONAL_ONLY, Parameter.POSITIONAL_OR_KEYWORD)


def own_landscape(f, low, high):
    """A Curve for a function that needs x, a Surface for one that needs x and y, looked at from low
    to high.

    f: for numbers or for arrays; returns real numbers, Values or Tensors of one number. Slopes are
    central differences, the lowest point comes from a grid. Raises TypeError if f is no such
    function, ValueError if it is not finite everywhere from low to high.
    """
    if not (np.isfinite([low, high]).all() and low < high):
        raise ValueError(
            f"A function is looked at from low to high, so low is the smaller; they are {low:g}, "
            f"{high:g}."
        )
    inputs = _inputs(f)
    f = _for_arrays(f, inputs, low, high)
    best, spread = _survey(f, inputs, low, high)
    slope = partial(_slope, width=high - low, steep=100 * spread / (high - low))
    if inputs == 1:
        return Curve("f(x)", f, lambda x: slope(f, x), (low, high), (best[0],))

    def gradient(x, y):
        return slope(lambda x: f(x, y), x), slope(lambda y: f(x, y), y)

    start = (low + 0.1 * (high - low), high - 0.2 * (high - low))
    return Surface("f(x, y)", f, gradient, (low, high), tuple(best), start)


def _inputs(f):
    """How many numbers f needs: one or two."""
    if isinstance(f, np.ufunc):
        needed = f.nargs - f.nout
    else:
        try:
            parameters = signature(f).parameters.values()
        except (TypeError, ValueError):
            raise TypeError(
                f"A landscape is a name, or a function of x or of x and y; this is {f!r}."
            ) from None
        needed = sum(p.default is p.empty and p.kind in BY_PLACE for p in parameters)
    if needed not in (1, 2):
        raise TypeError(
            f"A landscape is a function that needs x, or x and y; this one needs {needed} numbers."
        )
    return needed


def _for_arrays(f, inputs, low, high):
    """f for arrays, element by element, even if it was written for numbers; NaN where it fails."""
    probes = low + (high - low) * np.array([0.21, 0.47, 0.83])
    places = [probes, probes[::-1]][:inputs]
    one_by_one = np.vectorize(partial(_height, f), otypes=[float])
    with np.errstate(all="ignore"):
        heights = one_by_one(*places)
        # a function that sums over what it is given takes arrays too, but not element by element
        try:
            together = np.allclose(_heights(f, *places), heights, equal_nan=True)
        except Exception:  # it has just shown that it takes numbers
            together = False

    def g(*places):
        with np.errstate(all="ignore"):
            try:
                return _heights(f, *places) if together else one_by_one(*places)
            except (ValueError, ArithmeticError):
                return one_by_one(*places)

    return g


def _height(f, *place):
    """f at one place as a float; NaN where it fails."""
    try:
        height = _plain(f(*map(np.float64, place)))
    except (ValueError, ArithmeticError):
        return np.nan
    try:
        single = np.asarray(height)
        if single.size == 1 and single.dtype.kind in "biufO":
            return float(single.item())
    except (TypeError, ValueError):
        pass
    raise TypeError(
        f"The function must return one real number; at {_said(place)} it returned {height!r}."
    )


def _heights(f, *places):
    heights = np.asarray(_plain(f(*places)))
    if heights.dtype.kind not in "biuf":
        raise ValueError("not real numbers")
    return np.broadcast_to(heights.astype(float), np.shape(places[0]))


def _plain(height):
    """The number or array in a Value or Tensor; anything else as it is."""
    return height.data if hasattr(height, "backward") else height


def _said(place):
    return ", ".join(f"{name} = {short(v)}" for name, v in zip("xy", place))


def _survey(f, inputs, low, high):
    """The lowest point of a grid, looked at again on a finer one around it, and the spread of
    the heights.
    """
    middle, reach, spread = [(low + high) / 2] * inputs, (high - low) / 2, None
    for points in (2001 if inputs == 1 else 201, 41):
        axes = [np.clip(np.linspace(m - reach, m + reach, points), low, high) for m in middle]
        grid = np.meshgrid(*axes)
        heights = finite(f(*grid), low, high, *grid)
        spread = np.ptp(heights) if spread is None else spread
        middle = [float(part.flat[np.argmin(heights)]) for part in grid]
        reach *= 2 / (points - 1)
    return middle, spread


def finite(heights, low, high, *places):
    """The heights at places, which are all finite. Raises ValueError with the first place where
    they are not.
    """
    heights = np.broadcast_to(heights, places[0].shape)
    if np.isfinite(heights).all():
        return heights
    first = np.argmin(np.isfinite(heights))
    at, what = _said([part.flat[first] for part in places]), heights.flat[first]
    what = "not a number" if np.isnan(what) else "infinite"
    raise ValueError(
        f"The function must be finite everywhere from {low:g} to {high:g}; at {at} it is {what}. "
        "Choose low and high where it is finite."
    )


def _slope(f, x, width, steep):
    """The slope of f at x by central differences; where f jumps, that of the gentler side."""
    with np.errstate(all="ignore"):
        step = 2e-6 * np.maximum(width, np.abs(x))
        below, here, above = f(x - step), f(x), f(x + step)
        left, right = (here - below) / step, (above - here) / step
        slope = (above - below) / (2 * step)
        jumps = (np.abs(slope) > steep) & (np.abs(right - left) > np.abs(slope))
        return np.where(jumps, np.where(np.abs(left) < np.abs(right), left, right), slope)
