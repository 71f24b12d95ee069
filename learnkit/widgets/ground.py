"""What a run goes over, made ready to draw: a curve as a line, a surface as a contour plot."""

from inspect import signature

import numpy as np

from learnkit.landscapes import CURVES, SURFACES, Curve, Surface
from learnkit.widgets.shapes import contour_lines

CELLS = 40


def as_landscape(ground, low=-3.0, high=3.0):
    """A Curve or Surface: given as such, by its name in the course's collection, or as a function of x or (x, y).

    A function is looked at from `low` to `high`; its slopes come from central differences, its lowest point from a
    grid.
    Raises ValueError for an unknown name.
    """
    known = CURVES | SURFACES
    if isinstance(ground, str):
        if ground not in known:
            raise ValueError(f"There is no landscape {ground!r}; choose one of {', '.join(known)}.")
        return known[ground]
    if isinstance(ground, Curve | Surface):
        return ground
    return (_curve if len(signature(ground).parameters) == 1 else _surface)(_for_arrays(ground), low, high)


def _for_arrays(f):
    """f for arrays, element by element, even if it was written for numbers; NaN where it fails."""

    def one_by_one(*place):
        try:
            return f(*place)
        except (ValueError, ArithmeticError):
            return np.nan

    def g(*places):
        with np.errstate(all="ignore"):
            try:
                return np.broadcast_to(f(*places), np.shape(places[0]))
            except (TypeError, ValueError, ArithmeticError):
                return np.vectorize(one_by_one, otypes=[float])(*places)

    return g


def _curve(f, low, high, step=1e-5):
    x = np.linspace(low, high, 2001)
    best = float(x[np.argmin(f(x))])
    return Curve("f(x)", f, lambda x: (f(x + step) - f(x - step)) / (2 * step), (low, high), (best,))


def _surface(f, low, high, step=1e-5):
    x, y = np.meshgrid(*[np.linspace(low, high, 401)] * 2)
    best = np.argmin(f(x, y))

    def gradient(x, y):
        across, up = f(x + step, y) - f(x - step, y), f(x, y + step) - f(x, y - step)
        return across / (2 * step), up / (2 * step)

    start = (low + 0.1 * (high - low), high - 0.2 * (high - low))
    return Surface("f(x, y)", f, gradient, (low, high), (float(x.flat[best]), float(y.flat[best])), start)


def named(landscape):
    """The landscape as text, "f(x) = x²", or just "f(x)" where its formula is not known."""
    place = "f(x, y)" if isinstance(landscape, Surface) else "f(x)"
    return place if landscape.formula == place else f"{place} = {landscape.formula}"


def measure(landscape, positions):
    """Heights and slopes at positions: (...) on a curve; (..., 2) on a surface, where slopes are gradients."""
    if isinstance(landscape, Curve):
        return landscape.function(positions), landscape.derivative(positions)
    places = np.moveaxis(positions, -1, 0)
    return landscape.function(*places), np.stack(np.broadcast_arrays(*landscape.gradient(*places)), axis=-1)


def lowest(landscape):
    """Where the landscape is lowest: x, or (x, y)."""
    if isinstance(landscape, Surface):
        return landscape.minimum
    return min(landscape.minima, key=landscape.function)


def seen(landscape, positions, parts=600):
    """The positions as a table needs them: what is far outside the picture is put four widths away."""
    low, high = landscape.range
    far = (low + high) / 2 + 4 * (high - low) * np.array([-1, 1])
    return fine(np.nan_to_num(np.clip(positions, *far), nan=far[1]), high - low, parts)


def fine(numbers, span, parts=600):
    """Numbers rounded to a binary fraction below a `parts`-th of the span: as fine as the eye, and they pack well."""
    unit = 2.0 ** np.floor(np.log2(span / parts))
    return np.round(np.asarray(numbers) / unit) * unit


def on(landscape, at, key=""):
    """The place in a scene of positions `at`, an expression: themselves on a surface, on the line of a curve."""
    return at if isinstance(landscape, Surface) else [at, f"curve{key}({at})"]


def draw(landscape, key=""):
    """The landscape as (table, panel): a curve as a line, a surface as colours and contour lines.

    key: goes into the names of the arrays, so that several landscapes fit into one table.
    Raises ValueError where the landscape has no height.
    """
    star = {"draw": "dots", "at": on(landscape, f"best{key}", key), "shape": "star", "colour": "green", "size": 6}
    arrays, panel = (_contour_plot if isinstance(landscape, Surface) else _line)(landscape, key)
    return arrays | {f"best{key}": np.atleast_1d(lowest(landscape))}, panel | {"layers": [*panel["layers"], star]}


def _line(landscape, key):
    low, high = landscape.range
    x = np.linspace(low, high, 151)
    y = _heights(landscape, x)
    room = 0.12 * np.ptp(y) or 1
    return {f"curve{key}": np.column_stack([x, y])}, {
        "x": {"label": "x", "range": [low, high]},
        "y": {"label": named(landscape), "range": [y.min() - room, y.max() + room]},
        "layers": [{"draw": "curve", "at": f"curve{key}", "width": 2}],
    }


def _contour_plot(landscape, key):
    low, high = landscape.range
    x = np.linspace(low, high, 4 * CELLS + 1)
    z = _heights(landscape, *np.meshgrid(x, x))
    levels = sorted({float(f"{v:.2g}") for v in np.quantile(z, np.linspace(0, 1, 10))})  # a ninth of the picture each
    levels = levels if len(levels) > 1 else [levels[0] - 1, levels[0] + 1]
    lines = fine(contour_lines(x, x, z, levels[1:-1], 0.02), high - low)
    thin = {"width": 0.8, "colour": "paper", "alpha": 0.5, "halo": False}
    return {f"heat{key}": fine(z[::4, ::4], np.ptp(z) or 1), f"lines{key}": lines}, {
        "x": {"label": "x", "range": [low, high]},
        "y": {"label": "y", "range": [low, high]},
        "layers": [
            {"draw": "heat", "z": f"heat{key}", "levels": levels},
            {"draw": "curve", "at": f"lines{key}", **thin},
        ],
    }


def _heights(landscape, *places):
    heights = np.broadcast_to(landscape.function(*places), places[0].shape)
    if not np.isfinite(heights).all():
        low, high = landscape.range
        raise ValueError(f"The function is not a number everywhere from {low:g} to {high:g}; look where it is one.")
    return heights
