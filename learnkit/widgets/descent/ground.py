"""What a run goes over, made ready to draw: a curve as a line, a surface as a contour plot."""

import numpy as np

from learnkit import landscapes
from learnkit.landscapes import CURVES, SURFACES, Surface
from learnkit.painter.numbers import LARGE, MOST
from learnkit.painter.scene import Axis, Coded, Curve, Dots, Frames, Heat, Slider
from learnkit.painter.shapes import contour_lines
from learnkit.painter.texts import decimals, spec
from learnkit.widgets.descent.own import finite, own_landscape

CELLS = 40
FULL = 3.2e38  # stands in a table of float32 for what is finite and larger than all it holds


def ball(at, size=8):
    """The layer of a ball; where it has left the picture, it waits at the edge and says so."""
    return Dots(at=at, colour="vermilion", size=size, off="out of the picture")


def as_landscape(ground, low=-3.0, high=3.0):
    """A Curve or Surface: given as such, by its name in the course's collection, or as a function
    of x or (x, y).

    low, high: where a function is looked at; see own_landscape.
    Raises ValueError for an unknown name or a function that is not finite there, TypeError for
    anything else.
    """
    known = CURVES | SURFACES
    if isinstance(ground, str):
        if ground not in known:
            raise ValueError(f"There is no landscape {ground!r}; choose one of {', '.join(known)}.")
        return known[ground]
    if isinstance(ground, landscapes.Curve | Surface):
        return ground
    return own_landscape(ground, low, high)


def number_of_steps(steps, most):
    """Return the steps of a run as a whole number. Raises ValueError unless it is from 1 to
    `most`.
    """
    if not isinstance(steps, int | np.integer) or not 1 <= steps <= most:
        raise ValueError(f"steps is a whole number from 1 to {most}; this is {steps!r}.")
    return int(steps)


def slider_values(name, values, wanted, most=50):
    """The values of a slider in rising order, with `wanted` among them; rounded as the slider does,
    for chaos' sake.

    Raises ValueError if there are none or more than `most`, if they are no finite numbers, or if
    `wanted` lies outside them.
    """
    if np.size(values) > most:
        raise ValueError(
            f"The {name} is chosen from at most {most} numbers; these are {np.size(values)}."
        )
    try:
        values, wanted = np.unique(np.round(np.asarray(values, float), 9)), round(float(wanted), 9)
    except (TypeError, ValueError):
        raise ValueError(
            f"The {name} is a number among numbers; this is {wanted!r} among {values!r}."
        ) from None
    if not len(values) or not np.isfinite(values).all():
        raise ValueError(
            f"The {name} is chosen from finite numbers, at least one; these are {values.tolist()}."
        )
    if not values[0] - 1e-9 <= wanted <= values[-1] + 1e-9:
        raise ValueError(
            f"The {name} goes from {values[0]:g} to {values[-1]:g}; this is {wanted:g}."
        )
    return (
        values
        if np.isclose(values, wanted, atol=1e-12).any()
        else np.sort(np.append(values, wanted))
    )


def nearest_value(values, wanted):
    """The entry of `values` nearest to `wanted`; `wanted` itself where there are none."""
    return min(np.ravel(values), key=lambda value: abs(value - wanted), default=wanted)


def place_on(landscape, place):
    """A place as an array: () on a curve, (2,) on a surface. Raises ValueError if it is anything
    else.
    """
    wanted = "(x, y), two numbers" if isinstance(landscape, Surface) else "x, one number"
    try:
        array = np.array(place, float)
    except (TypeError, ValueError):
        array = np.array(np.nan)
    if array.shape != (2,) * isinstance(landscape, Surface) or not np.isfinite(array).all():
        raise ValueError(f"A place on this landscape is {wanted}; this is {place!r}.")
    return array


def run_controls(rates, rate, steps, fps):
    """The controls of every descent: its learning rate and its step."""
    return [
        Slider(name="rate", label="learning rate η", values=rates, start=rate),
        Frames(name="frame", label="step", frames=steps + 1, fps=fps),
    ]


def step_axis(steps):
    """An axis of steps with room for a marker at either end."""
    return Axis(label="step", range=[-steps / 40, steps * 41 / 40])


def steps_in_words(steps):
    """What "{after}" needs in a scene, "1 step" or "2 steps", as (arrays, values)."""
    words = ["{frame} steps", "{frame} step"]
    return {"one": np.arange(steps + 1) == 1}, {"after": Coded(words=words, code="one[frame]")}


def formula_of(landscape):
    """The landscape as text, "f(x) = x²", or just "f(x)" where its formula is not known."""
    place = "f(x, y)" if isinstance(landscape, Surface) else "f(x)"
    return place if landscape.formula == place else f"{place} = {landscape.formula}"


def heights_and_slopes(landscape, positions):
    """Heights and slopes at positions: (...) on a curve; (..., 2) on a surface, where slopes are
    gradients.
    """
    if isinstance(landscape, landscapes.Curve):
        return landscape.function(positions), landscape.derivative(positions)
    places = np.moveaxis(positions, -1, 0)
    return landscape.function(*places), np.stack(
        np.broadcast_arrays(*landscape.gradient(*places)), axis=-1
    )


def lowest_place(landscape):
    """Where the landscape is lowest: x, or (x, y)."""
    if isinstance(landscape, Surface):
        return landscape.minimum
    return min(landscape.minima, key=landscape.function)


def drawable_positions(landscape, positions, parts=600):
    """The positions as a table needs them: what is far outside the picture is put four widths
    away.
    """
    low, high = landscape.range
    far = (low + high) / 2 + 4 * (high - low) * np.array([-1, 1])
    return rounded_for_drawing(
        np.nan_to_num(np.clip(positions, *far), nan=far[1]), high - low, parts
    )


def largest_height(landscape):
    """The largest height in the picture, up or down, by which the digits of what is told are
    chosen.
    """
    axis = np.linspace(*landscape.range, 101)
    return np.abs(
        landscape.function(*(np.meshgrid(axis, axis) if isinstance(landscape, Surface) else [axis]))
    ).max()


def capped(numbers):
    """Numbers as a table of float32 holds them: large ones in the three figures that are told of
    them, which pack well, and what is larger than all it holds as FULL, told as more than MOST.
    """
    numbers = np.asarray(numbers, float)
    with np.errstate(all="ignore"):
        unit = 10.0 ** (np.floor(np.log10(np.abs(numbers))) - 2)
        numbers = np.where(np.abs(numbers) >= LARGE, np.round(numbers / unit) * unit, numbers)
    full = (np.abs(numbers) >= MOST) & np.isfinite(numbers)
    return np.where(full, np.copysign(FULL, numbers), numbers)


def capped_and_rounded(numbers, size):
    """Capped numbers that a visual shows in decimals, as binary fractions that pack well.

    A unit below that of the last decimal moves a rounded number by less than half of it, so that
    the same digits are shown.
    """
    places = decimals(size)
    if not places:
        return capped(numbers if places is None else np.round(numbers))
    unit = 2.0 ** np.floor(np.log2(10.0**-places))
    return capped(np.round(np.round(numbers, places) / unit) * unit)


def runs_table(landscape, runs, parts=None):
    """Positions of runs for a table: `runs` to draw, `outside`, 1 where that is not the truth, and
    `beyond`, the truth.

    What lies up to four widths away is drawn where it is, rounded to a part of the width or to the
    decimals told. The rest is put there, and what is told of it stands in `beyond`, which is 0
    elsewhere and so packs to nothing.
    """
    drawn, width = drawable_positions(landscape, runs, parts or 600), np.ptp(landscape.range)
    outside = ~(np.abs(runs - np.mean(landscape.range)) < 4 * width)
    drawn = drawn if parts else np.where(outside, drawn, capped_and_rounded(runs, width))
    if isinstance(landscape, Surface):
        outside = outside.any(axis=-1)
    far = np.where(
        outside[..., None] if runs.ndim > outside.ndim else outside,
        capped_and_rounded(runs, width),
        0,
    )
    return {"runs": drawn, "outside": outside, "beyond": far}


def place_values(near, outside, far, width):
    """The values {x} and {y} of a scene, from expressions for what `runs_table` returned."""
    x = spec(width)
    ends = [(f"{{near_{axis}:{x}}}", f"{{far_{axis}:{x}}}") for axis in "xy"]
    parts = {
        f"{side}_{axis}": f"{side}[{i}]" for side in ("near", "far") for i, axis in enumerate("xy")
    }
    said = {axis: Coded(words=words, code=outside) for axis, words in zip("xy", ends, strict=True)}
    return {"near": near, "far": far} | parts | said


def rounded_for_drawing(numbers, span, parts=600):
    """Numbers rounded to a binary fraction below a `parts`-th of the span: as fine as the eye,
    and they pack well.
    """
    unit = 2.0 ** np.floor(np.log2(span / parts))
    return np.round(np.asarray(numbers) / unit) * unit


def scene_place(landscape, at, key=""):
    """The place in a scene of positions `at`, an expression: themselves on a surface, on the
    line of a curve.
    """
    return at if isinstance(landscape, Surface) else [at, f"curve{key}({at})"]


def landscape_layers(landscape, key=""):
    """The landscape as (table, axes, layers): a curve as a line, a surface as colours and contour
    lines, and a star where it is lowest. axes: {"x": Axis, "y": Axis}.

    key: goes into the names of the arrays, so that several landscapes fit into one table.
    Raises ValueError where the landscape has no height.
    """
    surface = isinstance(landscape, Surface)
    table, axes, layers = (_contour_plot if surface else _line)(landscape, key)
    at = scene_place(landscape, f"best{key}", key)
    star = Dots(at=at, shape="star", colour="green", size=6)
    return table | {f"best{key}": np.atleast_1d(lowest_place(landscape))}, axes, [*layers, star]


def heights_at(landscape, *places):
    """The landscape's heights at places. Raises ValueError where they are not finite."""
    return finite(landscape.function(*places), *landscape.range, *places)


def _line(landscape, key):
    low, high = landscape.range
    x = np.linspace(low, high, 151)
    y = heights_at(landscape, x)
    room = 0.12 * np.ptp(y) or 1
    axes = {
        "x": Axis(label="position x", range=[low, high]),
        "y": Axis(label=formula_of(landscape), range=[y.min() - room, y.max() + room]),
    }
    return {f"curve{key}": np.column_stack([x, y])}, axes, [Curve(at=f"curve{key}")]


def _contour_plot(landscape, key):
    low, high = landscape.range
    x = np.linspace(low, high, 4 * CELLS + 1)
    z = heights_at(landscape, *np.meshgrid(x, x))
    levels = spread_levels(z)
    lines = rounded_for_drawing(contour_lines(x, x, z, levels[1:-1], 0.02), high - low)
    table = {f"heat{key}": rounded_for_drawing(z[::4, ::4], np.ptp(z) or 1), f"lines{key}": lines}
    axes = {axis: Axis(label=f"position {axis}", range=[low, high]) for axis in "xy"}
    label = "colour: height f(x, y)"
    return table, axes, contours(f"heat{key}", levels, f"lines{key}", label)


def spread_levels(heights, count=11):
    """Levels, each with as much of the picture as the next; an odd number, as every other one is
    named.
    """
    levels = sorted({float(f"{v:.2g}") for v in np.quantile(heights, np.linspace(0, 1, count))})
    if len(levels) == 1:
        return [levels[0] - 1, levels[0], levels[0] + 1]
    return levels if len(levels) % 2 else [levels[0], (levels[0] + levels[1]) / 2, *levels[1:]]


def contours(heat, levels, lines, label, alpha=0.5):
    """The layers of a contour plot: colours with a scale, and lines."""
    return [
        Heat(z=heat, levels=levels, label=label),
        Curve(at=lines, width=0.8, colour="paper", alpha=alpha, halo=False),
    ]
