"""Hard places: what makes descent hard, each on a small landscape of its own, all running at
once.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from learnkit import landscapes
from learnkit.landscapes import CURVES, Surface
from learnkit.painter.expressions import plain
from learnkit.painter.numbers import digits
from learnkit.painter.player import Player
from learnkit.painter.scene import Coded, Curve, Handle, Heat, Panel, Scene, Slider, Trails
from learnkit.painter.texts import counted, spec
from learnkit.widgets.descent.ground import (
    as_landscape,
    ball,
    capped_and_rounded,
    drawable_positions,
    heights_and_slopes,
    landscape_layers,
    largest_height,
    lowest_place,
    nearest_value,
    number_of_steps,
    place_on,
    run_controls,
    scene_place,
    slider_values,
)
from learnkit.widgets.descent.high_dimension import race
from learnkit.widgets.descent.runs import descend

RATES = (0.01, 0.02, 0.04, 0.08, 0.1, 0.12)
MOST = 9  # places side by side
ROOM = 5000  # steps of all places at all rates that a notebook has room for
# starts to drag the ball to: along a curve, and along each axis of a map
ON_CURVES, ON_MAPS = 9, 4
LOOK = {"aspect": 1.45, "basis": 160, "tall": 200}  # of small pictures, two or three in a row


def report(run, height, slope, rate):
    """What can be said of any run."""
    ends = (
        f"height {digits(height[-1], spec(height[0]))}, slope {digits(slope[-1], spec(slope[0]))}"
    )
    return f"After {counted(len(run) - 1, 'step')}: {ends}."


@dataclass(frozen=True)
class Place:
    """A landscape to descend: its title, where the ball starts, and what a run there shows, in a
    sentence.

    ground: a Curve, a Surface, the name of one, or a function of x or of (x, y), looked at from
        `low` to `high`.
    lesson: function of a run's positions, heights and slope lengths and its learning rate; returns
        a sentence.
    """

    title: str
    ground: str | landscapes.Curve | Surface | Callable
    start: float | tuple[float, float]
    lesson: Callable = report
    low: float = -3.0
    high: float = 3.0


def _local_minimum(run, height, slope, rate):
    other = lowest_place(valleys := CURVES["two valleys"])
    return (
        f"{report(run, height, slope, rate)} The other valley's {valleys.function(other):.2f} is "
        "out of reach: no slope leads there."
    )


def _saddle(run, height, slope, rate):
    near = np.count_nonzero(np.abs(height) < 0.05)
    return (
        f"{near} of {len(run) - 1} steps hang within 0.05 of the saddle's height, 0. In the end: "
        f"height {height[-1]:.2f}."
    )


def _plateau(run, height, slope, rate):
    return (
        f"After {counted(len(run) - 1, 'step')} still at height {height[-1]:.2f}. A step is η "
        f"times the slope: {rate:g} × {slope[-1]:.3f} = {rate * slope[-1]:.4f}."
    )


def _sharp_valley(run, height, slope, rate):
    limit = "Curvature 40: only η < 2/40 = 0.05 settles."
    if height[-1] < 0.001:
        return f"The ball settles at height 0. {limit}"
    return (
        f"From x = {run[-2]:.2f} to {run[-1]:.2f} and back, {height[-1]:.2f} above the floor. "
        f"{limit}"
    )


def _ill_conditioned(run, height, slope, rate):
    limit = "Across it the curvature is 18: only η < 2/18 = 0.11 settles."
    outside = (np.abs(run) > 4).any(axis=-1)
    if outside.any():
        return f"{limit} This run has left the picture after {counted(outside.argmax(), 'step')}."
    return f"{limit} So x comes only from {run[0, 0]:.1f} to {run[-1, 0]:.2f}."


PLACES = (
    Place("Local minimum: not the lowest", "two valleys", 2.2, _local_minimum),
    Place("Saddle: level, yet no valley", "saddle", (1.8, 0.001), _saddle),
    Place("Plateau: no slope to follow", "plateau", -3.0, _plateau),
    Place("Sharp valley: steep walls", "sharp valley", 1.3, _sharp_valley),
    Place("Ill-conditioned: a long ravine", "ill-conditioned", (-3.5, 1.2), _ill_conditioned),
)


def hard_places(places=PLACES, rates=RATES, rate=None, steps=60):
    """Small landscapes side by side, each with a ball in trouble, and under each a sentence that
    says which, once the run is over. Each ball can be dragged to another start.

    places: Places, at most nine; the course's own five, and what a thousand dimensions do, if left
        out.
    rates: learning rates to choose from. rate: the one to begin with, 0.1 or what comes next to it
        if left out.
    steps: updates in a run, at most 150.
    Raises ValueError or TypeError if there are no Places, or if one has no finite landscape or no
    start on it. `.arrays` holds for place i starts{i}, of which own{i} is the place's own, path{i}
    (starts, rates, steps + 1) or (starts, rates, steps + 1, 2) and height{i}, and for the last
    panel tries (rates, 3, steps + 1): see random_tries.
    """
    rate = nearest_value(rates, 0.1) if rate is None else rate
    rates, steps = slider_values("learning rate", rates, rate), number_of_steps(steps, 150)
    places = _checked(places, len(rates) * (steps + 1))
    table, values, panels, starts = {"steps": np.arange(steps + 1)}, {}, [], []
    for key, place in enumerate(places):
        arrays, said, panel, start = _place(key, place, rates, steps)
        table |= arrays
        values |= said
        panels.append(panel)
        starts.append(start)
    if places is PLACES:
        arrays, said, panel = race(rates, steps, LOOK)
        table |= arrays
        values |= said
        panels.append(panel)
    controls = run_controls(rates, rate, steps, 10) + starts
    return Player(_scene(panels, values, controls), table)


def _checked(places, each):
    places = places if isinstance(places, list | tuple) else [places]
    strangers = [place for place in places if not isinstance(place, Place)]
    if strangers or not places:
        found = repr(strangers[0]) if strangers else "none"
        raise TypeError(
            "hard_places takes Places, such as Place('Mine', lambda x: x**4, 2.0); this is "
            f"{found}."
        )
    if len(places) > MOST:
        raise ValueError(f"hard_places shows up to {MOST} places; these are {len(places)}.")
    if len(places) * each > ROOM:
        raise ValueError(
            f"hard_places has room for {ROOM:,} steps of all places at all learning rates; these "
            f"are {len(places) * each:,}: take fewer places, rates or steps."
        )
    return places


def _scene(panels, values, controls):
    said = [f"{panel.title.split(':')[0]}: {panel.caption}" for panel in panels]
    return Scene(
        values=values,
        panels=panels,
        controls=controls,
        status=(
            "Step {frame}. ★ marks the lowest point; on the maps dark is low. Drag any ball to "
            "another start."
        ),
        description=(
            f"Descent in {counted(len(panels), 'hard place')} at learning rate {{rate}}. "
            f"{' '.join(said)}"
        ),
        columns=3,
        dpi=75,
    )


def _starts(landscape, own):
    """Places to drag a ball to, all over the landscape, and which of them is its own start."""
    surface = isinstance(landscape, Surface)
    count = ON_MAPS if surface else ON_CURVES
    axis = np.linspace(*landscape.range, count + 2)[1:-1]
    if not surface:
        chosen = int(np.argmin(np.abs(axis - own)))
        axis[chosen] = own
        return axis, chosen
    grid = np.stack(np.meshgrid(axis, axis, indexing="ij"), axis=-1).reshape(-1, 2)
    chosen = int(np.argmin(np.linalg.norm(grid - own, axis=-1)))
    grid[chosen] = own
    return grid, chosen


def _place(key, place, rates, steps):
    """The arrays of one place, what is said of it, its panel and the control of its start."""
    landscape = as_landscape(place.ground, place.low, place.high)
    starts, own = _starts(landscape, place_on(landscape, place.start))
    runs = descend(landscape, starts[:, None], rates, steps)
    with np.errstate(all="ignore"):
        heights, slopes = heights_and_slopes(landscape, runs)
        flat = isinstance(landscape, Surface)
        slopes = np.linalg.norm(slopes, axis=-1) if flat else np.abs(slopes)
    sentences = [place.lesson(*run) for run in zip(runs[own], heights[own], slopes[own], rates)]
    table, axes, layers = landscape_layers(landscape, key)
    table |= {
        f"path{key}": drawable_positions(landscape, runs, 300),
        f"height{key}": capped_and_rounded(heights, largest_height(landscape)),
        f"slope{key}": capped_and_rounded(
            slopes[..., -1], largest_height(landscape) / np.ptp(landscape.range)
        ),
        f"said{key}": _codes(runs.shape[:2], steps, own),
        f"starts{key}": starts,
        f"own{key}": np.array([own]),
    }
    panel = _panel(key, landscape, plain(place.title), axes, layers)
    start = Slider(
        name=f"start{key}",
        label=f"start {key + 1}",
        values=list(range(len(starts))),
        start=own,
        format="d",
        hidden=True,
    )
    return table, _said(key, landscape, steps, sentences), panel, start


def _codes(shape, steps, own):
    """What is said of each start and rate at each step: 0, the height; in the end 1, the report,
    and of the place's own start its lesson for the rate, from 2 on.
    """
    codes = np.zeros((*shape, steps + 1))
    codes[..., -1] = 1
    codes[own, :, -1] = 2 + np.arange(shape[1])
    return codes


def _said(key, landscape, steps, sentences):
    """The values of the scene for one place."""
    now = f"{{now{key}:{spec(largest_height(landscape))}}}"
    slope = f"{{end{key}:{spec(largest_height(landscape) / np.ptp(landscape.range))}}}"
    lessons = [plain(re.sub(r"-(?=\d)", "−", sentence)) for sentence in sentences]
    report = f"After {counted(steps, 'step')}: height {now}, slope {slope}."
    here = f"start{key}, rate"
    return {
        f"now{key}": f"height{key}[{here}, frame]",
        f"end{key}": f"slope{key}[{here}]",
        f"lesson{key}": Coded(
            words=[f"Height {now}.", report, *lessons], code=f"said{key}[{here}, frame]"
        ),
    }


def _panel(key, landscape, title, axes, layers):
    """The picture of one place; on its maps the colours need no scale to be read."""
    flat = isinstance(landscape, Surface)
    path = f"path{key}[start{key}, rate, "
    trail, here = (scene_place(landscape, f"{path}{part}]", key) for part in (":frame+1", "~frame"))
    knob = [f"{path}~frame, {i}]" for i in (0, 1)] if flat else here
    for layer in layers:
        if isinstance(layer, Heat):
            layer.label = None
    return Panel(
        title=title,
        caption=f"{{lesson{key}}}",
        description=f"{title}. {{lesson{key}}}",
        handles=[Handle(at=knob, sets=[f"start{key}"], label=f"the ball, {title}")],
        layers=[
            *layers,
            Trails(at=trail, halo=flat),
            Curve(at=trail, colour="vermilion", width=1.5, dots=True),
            ball(here),
        ],
        **axes,
        **LOOK,
    )
