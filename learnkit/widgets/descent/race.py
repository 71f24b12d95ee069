"""A race of optimizers: one surface, one start, the same slopes, and five ways to use them."""

from typing import NamedTuple

import numpy as np

from learnkit import optim
from learnkit.autograd.tensor import Tensor
from learnkit.landscapes import Surface
from learnkit.painter.expressions import plain
from learnkit.painter.live import LivePlayer
from learnkit.painter.numbers import tick_text
from learnkit.painter.scene import (
    GROUPS,
    Axis,
    Coded,
    Curve,
    Dots,
    Drawing,
    Frames,
    Handle,
    Panel,
    Readout,
    Scene,
    Slider,
    Text,
)
from learnkit.painter.shapes import holding
from learnkit.painter.texts import counted
from learnkit.widgets.descent.compare import SIGNS, step_axis
from learnkit.widgets.descent.ground import (
    as_landscape,
    capped,
    drawable_positions,
    formula_of,
    heights_and_slopes,
    landscape_layers,
    number_of_steps,
    place_on,
    steps_in_words,
)

RACERS = {
    "SGD": lambda params: optim.SGD(params, lr=0.05),
    "momentum": lambda params: optim.SGD(params, lr=0.05, momentum=0.9),
    "Nesterov": lambda params: optim.SGD(params, lr=0.05, momentum=0.9, nesterov=True),
    "RMSprop": lambda params: optim.RMSprop(params, lr=0.1, alpha=0.9),
    "Adam": lambda params: optim.Adam(params, lr=0.3),
}
TIMES = (0.5, 1.0, 2.0)  # by which every learning rate can be multiplied
STARTS = 3  # along each axis, where no Python answers
PLACES = 33  # along each axis, to which hands move things where Python answers
DECADES = 5  # of heights, below which nothing is told apart
LOOK = {"aspect": 1.15, "tall": 400, "basis": 280}  # of both panels
MOUND, WIDTH = 0.3, 0.13  # of a hill or a pit, as parts of the heights' spread and of the width
KINDS = ("hill", "pit")
MOST = 30  # hills and pits that a hand draws besides the first two


def race_optimizers(
    landscape="ill-conditioned",
    start=None,
    optimizers=None,
    steps=50,
    draw=False,
    low=-3.0,
    high=3.0,
):
    """Up to five optimizers from one start over one surface, side by side, with one Play; drag the
    start, and multiply all learning rates by a half or by two.

    landscape: a name from learnkit.landscapes.SURFACES, a Surface, or a function of x and y, looked
        at from `low` to `high`. start: (x, y), in the picture.
    optimizers: {name: function that takes a list of parameters and returns an optimizer of
        learnkit.optim}; SGD, momentum, Nesterov, RMSprop and Adam if left out.
    steps: updates in a run, at most 100.
    draw: True adds a hill and a pit, which hands move over the surface while Python runs, and lets
        hands draw up to 30 more; or what is drawn from the start, strokes such as ("hill", [(1, 0),
        (1, 0.5)]), a word and points (n, 2). `.values["drawn"]` is what a hand has drawn, as such
        strokes.
    Raises ValueError or TypeError for a curve, more than five optimizers, a start or strokes
    outside.
    Without a kernel the race starts at the nearest of 3 × 3 places. `.arrays` holds paths (starts
    along x, along y, times, optimizers, steps + 1, 2) and told, the heights above the lowest point,
    without the last axis. With `draw`, both have no axes of starts, and hills and pits (n, 2) hold
    the places of all, first the one that hands move.
    """
    ground = as_landscape(landscape, low, high)
    if not isinstance(ground, Surface):
        raise ValueError("race_optimizers takes a function of x and y; this is a curve.")
    racers = _checked(RACERS if optimizers is None else optimizers)
    steps = number_of_steps(steps, 100)
    start = _inside(ground, ground.start if start is None else start)
    drawn, draw = _strokes(ground, draw), draw is not False
    grid = [holding(_places(ground, PLACES if draw else STARTS), number) for number in start]
    starts = start if draw else np.stack(np.meshgrid(*grid, indexing="ij"), axis=-1)
    places = _first_mounds(ground) if draw else []
    first = mounds(ground, *places, drawn) if draw else ground
    arrays, *layers = landscape_layers(first)
    words, values = steps_in_words(steps)
    table = arrays | words | {"steps": np.arange(steps + 1)}
    table |= _told_of(*places, drawn) if draw else {}
    rules = Rules(racers, steps, _reach(ground))
    table |= _all_runs(first, starts, rules)
    controls = _mound_controls(ground, places) + _controls(grid, start, steps)
    controls += [_drawing(ground, drawn)] if draw else []
    values |= _values(rules, draw)
    scene = _scene(ground, rules, draw, layers, values, controls)
    return LivePlayer(scene, table, _answer(ground, rules, draw))


def race(ground, start, optimizers, steps, times=1.0):
    """Return the paths of the optimizers over a Surface: (optimizers, ..., steps + 1, 2).

    start: (..., 2), as many starts as you like. times: by what each learning rate is multiplied.
    """
    paths = []
    with np.errstate(all="ignore"):
        for make in optimizers.values():
            place = Tensor(start)
            optimizer = make([place])
            optimizer.lr *= times
            path = [place.data]
            for _ in range(steps):
                place.grad = heights_and_slopes(ground, place.data)[1]
                optimizer.step()
                path.append(place.data)
            paths.append(np.stack(path, axis=-2))
    return np.stack(paths)


def mounds(ground, hill, pit, drawn=()):
    """Return the Surface with a hill and a pit at two places, and with what a hand draws on it.

    drawn: strokes, pairs of "hill" or "pit" and points (n, 2).
    Each is a Gaussian, as high as 0.3 times the spread of the surface's heights; the first two are
    0.13 of the picture wide, what is drawn half of that. The lowest point is that of a grid.
    """
    low, high = ground.range
    axis = np.linspace(low, high, 121)
    heights = ground.function(*np.meshgrid(axis, axis))
    size, wide = MOUND * np.std(heights), WIDTH * (high - low)
    bumps = [(*hill, size, wide), (*pit, -size, wide)]
    for kind, points in drawn:
        bumps += [(x, y, size if kind == "hill" else -size, wide / 2) for x, y in points]
    x0, y0, size, wide = np.array(bumps).T

    def parts(x, y):
        """How far a place is from the middle of each, and how high each is there."""
        across, up = np.asarray(x)[..., None] - x0, np.asarray(y)[..., None] - y0
        return across, up, size * np.exp(-(across**2 + up**2) / (2 * wide**2))

    def function(x, y):
        return ground.function(x, y) + parts(x, y)[2].sum(axis=-1)

    def gradient(x, y):
        across, up, height = parts(x, y)
        along_x, along_y = ground.gradient(x, y)
        pull = height / wide**2
        return along_x - (pull * across).sum(axis=-1), along_y - (pull * up).sum(axis=-1)

    formula = f"{ground.formula}, with hills and pits"
    lowest = _lowest(function, low, high)
    return Surface(formula, function, gradient, ground.range, lowest, ground.start)


def _lowest(function, low, high):
    """The lowest point of a grid, and of finer and finer ones around it."""
    place, reach = np.full(2, (low + high) / 2), (high - low) / 2
    for count in (61, 21, 21):
        axes = np.clip(place[:, None] + reach * np.linspace(-1, 1, count), low, high)
        x, y = np.meshgrid(*axes)
        best = np.argmin(function(x, y))
        place, reach = np.array([x.flat[best], y.flat[best]]), 2 * reach / (count - 1)
    return tuple(place.tolist())


def _checked(optimizers):
    if not hasattr(optimizers, "items"):
        raise TypeError(
            "race_optimizers takes {name: function of the parameters}, such as {'Adam': lambda p: "
            f"optim.Adam(p, lr=0.1)}}; this is {optimizers!r:.60}."
        )
    if not 1 <= len(optimizers) <= len(GROUPS):
        raise ValueError(
            f"race_optimizers has room for one to {len(GROUPS)}; these are {len(optimizers)}."
        )
    for name, make in optimizers.items():
        made = make([Tensor([0.0])]) if callable(make) else make
        if not (callable(make) and hasattr(made, "step") and hasattr(made, "lr")):
            raise TypeError(
                f"{name!r} is a function that takes the parameters and returns an optimizer, such "
                "as lambda p: optim.Adam(p, lr=0.1)."
            )
    return {str(name): make for name, make in optimizers.items()}


def _inside(ground, start):
    start, (low, high) = place_on(ground, start), ground.range
    if not (low <= start.min() and start.max() <= high):
        raise ValueError(f"The start lies in the picture, from {low:g} to {high:g}, on both axes.")
    return start


def _places(ground, count):
    return np.linspace(*ground.range, count + 2)[1:-1]


def _strokes(ground, draw):
    """What is drawn from the start: pairs of a word and an array of points (n, 2)."""
    if isinstance(draw, bool):
        return []
    try:
        strokes = [(kind, np.array(points, float).reshape(-1, 2)) for kind, points in draw]
    except (TypeError, ValueError):
        raise TypeError(
            "draw is True, or strokes such as [('hill', [(0, 1)])], each a word and points; this "
            f"is {draw!r:.60}."
        ) from None
    (low, high), count = ground.range, sum(len(points) for _, points in strokes)
    if not all(kind in KINDS for kind, _ in strokes):
        raise ValueError(f"A stroke draws a 'hill' or a 'pit'; these are {draw!r:.60}.")
    if not all(((low <= points) & (points <= high)).all() for _, points in strokes):
        raise ValueError(f"What is drawn lies in the picture, from {low:g} to {high:g}.")
    if count > MOST:
        raise ValueError(f"There is room for {MOST} drawn hills and pits; these are {count}.")
    return strokes


def _first_mounds(ground):
    """Where the hill and the pit stand before a hand moves them."""
    places, parts = _places(ground, PLACES), ((0.33, 0.5), (0.73, 0.45))
    return [tuple(places[round(part * (PLACES - 1))] for part in pair) for pair in parts]


# ---------------------------------------------------------------- the table


class Rules(NamedTuple):
    """What stays the same in a race: {name: what makes an optimizer}, how many steps, and the ends
    of the axis of heights.
    """

    racers: dict
    steps: int
    reach: tuple[float, float]


def _all_runs(ground, starts, rules):
    """The runs from every start, with every learning rate: their axis follows those of starts."""
    runs = [_runs(ground, starts, rules, times) for times in TIMES]
    axis = starts.ndim - 1
    return {name: np.stack([run[name] for run in runs], axis=axis) for name in runs[0]}


def _runs(ground, starts, rules, times):
    """Paths and heights of the race from some starts, in the digits that are shown.

    told: heights above the lowest point; curves: their logarithms, where the axis ends at the end.
    first: which optimizer is lowest, or how many there are where two are. past: whether a line has
    left the picture.
    """
    paths = np.moveaxis(race(ground, starts, rules.racers, rules.steps, times), 0, -3)
    least, most = rules.reach
    with np.errstate(all="ignore"):
        floor = heights_and_slopes(ground, np.array(ground.minimum))[0]
        above = np.nan_to_num(heights_and_slopes(ground, paths)[0] - floor, nan=np.inf)
    told = capped(_in_digits(above, least))
    lowest = told == told.min(axis=-2, keepdims=True)
    first = np.where(lowest.sum(axis=-2) > 1, len(rules.racers), told.argmin(axis=-2))
    lines = np.log10(np.clip(told, least, most))
    return {
        "paths": drawable_positions(ground, paths, 250),
        "told": told,
        "form": told < 1000 * least,
        "curves": np.round(32 * lines) / 32,
        "first": first,
        "past": told > most,
    }


def _reach(ground):
    """The ends of the axis of heights, powers of ten: half of the surface is below the upper."""
    axis = np.linspace(*ground.range, 41)
    heights = ground.function(*np.meshgrid(axis, axis))
    usual = np.median(heights) - heights.min()
    top = np.ceil(np.log10(usual or 1.0))
    return 10.0 ** (top - DECADES), 10.0**top


def _in_digits(heights, least):
    """Heights as they are told: two decimals fewer of those far up, and 0 for what is below."""
    unit = np.where(heights >= 1000 * least, 100 * least, least)
    return np.where(heights < least, 0, np.round(heights / unit) * unit)


def _told_of(hill, pit, drawn):
    """Where hills and pits are, how many of each, and whether their nouns are plural."""
    hills, pits = (
        np.array([first, *(place for what, points in drawn if what == kind for place in points)])
        for kind, first in zip(KINDS, (hill, pit))
    )
    counts = np.array([len(hills), len(pits)])
    return {"hills": hills, "pits": pits, "counts": counts, "many": counts > 1}


def _answer(ground, rules, draw):
    """What Python says to a change: the runs from where a hand put the start, or over the surface
    that it drew.
    """

    def answer(values, click):
        start, times = np.array([values["x0"], values["y0"]]), values["times"]
        if draw:
            places = [(values[f"{what}_x"], values[f"{what}_y"]) for what in KINDS]
            drawn = mounds(ground, *places, values["drawn"])
            told = landscape_layers(drawn)[0] | _told_of(*places, values["drawn"])
            return told | named(_runs(drawn, start, rules, times))
        start = np.clip(click, *ground.range) if click else start
        return named(_runs(ground, start, rules, times)) | {"x0": start[0], "y0": start[1]}

    def named(runs):
        return {f"{name}_run": run for name, run in runs.items()}

    return answer


# ---------------------------------------------------------------- the scene


def _controls(grid, start, steps):
    """The start is set on the picture alone; the learning rates and the step have their own."""
    starts = [
        Slider(name=f"{axis}0", label=f"start at {axis}", values=places, start=here, hidden=True)
        for axis, places, here in zip("xy", grid, start)
    ]
    times = Slider(
        name="times", label="learning rates times", values=TIMES, start=1.0, format=".1f"
    )
    return [times, *starts, Frames(name="frame", label="step", frames=steps + 1, fps=8)]


def _mound_controls(ground, places):
    """Where the hill and the pit stand: controls without sliders, for Python to answer."""
    values = _places(ground, PLACES)
    return [
        Slider(
            name=f"{what}_{axis}",
            label=f"the {what}'s {axis}",
            values=values,
            start=here,
            hidden=True,
        )
        for what, place in zip(KINDS, places)
        for axis, here in zip("xy", place)
    ]


def _drawing(ground, drawn):
    """The pen: its points are as far apart as makes a row of hills an even ridge."""
    return Drawing(
        name="drawn",
        label="draw a",
        tools=KINDS,
        most=MOST,
        apart=WIDTH * np.ptp(ground.range),
        strokes=[(KINDS.index(kind), points.tolist()) for kind, points in drawn],
    )


def _scene(ground, rules, draw, layers, values, controls):
    names = list(rules.racers)
    said = ", ".join(f"{{now{i}}} for {plain(name)}" for i, name in enumerate(names))
    return Scene(
        values=values,
        controls=controls,
        panels=[_map_panel(names, draw, *layers), _height_panel(rules)],
        readouts=[
            Readout(label=f"{SIGNS[i]} {plain(name)}", text=f"{{now{i}}}")
            for i, name in enumerate(names)
        ]
        + ([Readout(label="on the map", text="{hills_said}, {pits_said}")] if draw else []),
        status=(
            f"Step {{frame}}{', {hills_said} and {pits_said}' if draw else ''}, height above the "
            f"lowest point: {said}."
        ),
        description=(
            f"{counted(len(names), 'optimizer')} from ({{x0}}, {{y0}}) on "
            f"{plain(formula_of(ground))}{', with {hills_said} and {pits_said}' if draw else ''}; "
            f"height above the lowest point after {{after}}: {said}."
        ),
        asks=[control.name for control in controls if control.name != "frame"],
        keeps=True if draw else None,
    )


def _values(rules, draw):
    """The runs that are shown, and for each its height as it is told and who is lowest."""
    names, (least, _) = list(rules.racers), rules.reach
    places = max(0, int(round(-np.log10(least))))
    parts = ("paths", "told", "form", "curves", "first", "past")
    here = "[times]" if draw else "[x0, y0, times]"
    values = {f"{name}_run": f"{name}{here}" for name in parts}
    for i, kind in enumerate(KINDS if draw else ()):
        values[f"{kind}_count"] = f"counts[{i}]"
        words = [f"{{{kind}_count}} {kind}{more}" for more in ("", "s")]
        values[f"{kind}s_said"] = Coded(words=words, code=f"many[{i}]")
    for i, name in enumerate(map(plain, names)):
        values[f"height{i}"] = f"told_run[{i}, frame]"
        values[f"now{i}"] = Coded(
            words=[f"{{height{i}:.{max(places - 2, 0)}f}}", f"{{height{i}:.{places}f}}"],
            code=f"form_run[{i}, frame]",
        )
        values[f"name{i}"] = Coded(
            words=[f"{SIGNS[i]} {name}", f"{SIGNS[i]} {name} ↑"], code=f"past_run[{i}, frame]"
        )
    first = [f"{name} is lowest" for name in map(plain, names)] + ["Nobody is ahead"]
    return values | {"leader": Coded(words=first, code="first_run[frame]")}


def _map_panel(names, draw, axes, layers):
    """The surface with every path on it, the start, and what a hand can move."""
    *below, star = layers
    trails, balls = [], []
    for i, name in enumerate(names):
        group, large = GROUPS[i], 1.2 * (len(names) - 1 - i)
        path, now = f"paths_run[{i}, :frame+1]", f"paths_run[{i}, ~frame]"
        trails.append(Curve(at=path, colour=group.colour, width=1.6, dots=True))
        balls.append(
            Dots(at=now, colour=group.colour, shape=group.shape, size=5 + large, off=plain(name))
        )
    handles = [Handle(at=["x0", "y0"], sets=["x0", "y0"], label="the start", live=draw)]
    marks = [_cross(star.at)]
    for what, sign in zip(KINDS, "+−") if draw else ():
        at = [f"{what}_x", f"{what}_y"]
        handles.append(Handle(at=at, sets=at, label=f"the {what}", live=True))
        marks.append(Text(at=at, text=what, align="center", dy=29, weight=600))
        marks.append(Text(at=f"{what}s", text=sign, align="center", size=15))
    return Panel(
        title="{leader}",
        caption=_caption(draw),
        handles=handles,
        layers=[*below, *marks, *trails, *balls],
        **axes,
        **LOOK,
    )


def _caption(draw):
    if draw:
        return "×: the lowest point. Drag the start, the hill and the pit, or draw more of them."
    return "×: the lowest point. Drag the start."


def _cross(at):
    """The lowest point: a cross, since a star and the colours stand for runs."""
    return Text(at=at, text="×", align="center", size=22)


def _height_panel(rules):
    """Heights so far; names go along at the right, where no line has come yet."""
    (low, high), steps, names = np.log10(rules.reach), rules.steps, list(rules.racers)
    layers = []
    for i in range(len(names)):
        group, large = GROUPS[i], 1.2 * (len(names) - 1 - i)
        now = ["steps[~frame]", f"curves_run[{i}, ~frame]"]
        so_far = ["steps[:frame+1]", f"curves_run[{i}, :frame+1]"]
        layers += [
            Curve(at=so_far, width=1.6, colour=group.colour),
            Dots(at=now, colour=group.colour, shape=group.shape, size=5 + large),
            Text(at=now, text=f"{{name{i}}}", colour=group.colour, dx=13, weight=600),
        ]
    ticks = [[power, tick_text(10.0**power)] for power in np.arange(low, high + 1)]
    return Panel(
        title="How high each stands so far",
        x=step_axis(steps, names),
        y=Axis(label="height above the lowest point", range=[low - 0.2, high + 0.2], ticks=ticks),
        layers=layers,
        **LOOK,
    )
