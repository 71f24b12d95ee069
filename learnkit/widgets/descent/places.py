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
from learnkit.painter.scene import Coded, Curve, Panel, Scene
from learnkit.painter.texts import counted, spec
from learnkit.widgets.descent.ground import (
    as_landscape,
    ball,
    capped,
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
from learnkit.widgets.descent.high_dimension import race_panel, random_tries, what_is_left
from learnkit.widgets.descent.runs import descend

RATES = (0.01, 0.02, 0.04, 0.08, 0.1, 0.12)


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
        f"{report(run, height, slope, rate)} The other valley lies at "
        f"{valleys.function(other):.2f}, but no slope over here points to it."
    )


def _saddle(run, height, slope, rate):
    near = np.count_nonzero(np.abs(height) < 0.05)
    return (
        f"{near} of {len(run) - 1} steps pass within 0.05 of the saddle's height, 0, where the "
        f"slope nearly vanishes. In the end: height {height[-1]:.2f}; the way down, at right "
        "angles, leads to -1."
    )


def _plateau(run, height, slope, rate):
    return (
        f"After {counted(len(run) - 1, 'step')} still at height {height[-1]:.2f}. A step is η "
        f"times the slope: {rate:g} × {slope[-1]:.3f} = {rate * slope[-1]:.4f}."
    )


def _sharp_valley(run, height, slope, rate):
    limit = "The floor's curvature is 40, so only η below 2/40 = 0.05 settles."
    if height[-1] < 0.001:
        return f"The ball settles at height 0. {limit}"
    return (
        f"From x = {run[-2]:.2f} to {run[-1]:.2f} and back, for ever {height[-1]:.2f} above the "
        f"floor. {limit}"
    )


def _ill_conditioned(run, height, slope, rate):
    limit = "The curvature across the valley is 18, so η must stay below 2/18 = 0.11."
    outside = (np.abs(run) > 4).any(axis=-1)
    if outside.any():
        return f"{limit} This run has left the picture after {counted(outside.argmax(), 'step')}."
    return (
        f"{limit} So along it, {len(run) - 1} steps take x only from {run[0, 0]:.1f} to "
        f"{run[-1, 0]:.2f}."
    )


PLACES = (
    Place("Local minimum: not the lowest", "two valleys", 2.2, _local_minimum),
    Place("Saddle: level, yet no valley", "saddle", (1.8, 0.001), _saddle),
    Place("Plateau: no slope to follow", "plateau", -3.0, _plateau),
    Place("Sharp valley: only short steps settle", "sharp valley", 1.3, _sharp_valley),
    Place("Ill-conditioned: a long ravine", "ill-conditioned", (-3.5, 1.2), _ill_conditioned),
)


def hard_places(places=PLACES, rates=RATES, rate=None, steps=60):
    """Small landscapes side by side, each with a ball in trouble, and under each a sentence that
    says which.

    places: Places; the course's own five, and what a thousand dimensions do, if left out.
    rates: learning rates to choose from. rate: the one to begin with, 0.1 or what comes next to it
        if left out.
    steps: updates in a run, at most 150.
    Raises ValueError or TypeError if there are no Places, or if one has no finite landscape or no
    start on it. `.arrays` holds for place i path{i} (rates, steps + 1) or (rates, steps + 1, 2) and
    height{i}, and for the last panel tries (rates, 3, steps + 1): see random_tries.
    """
    rate = nearest_value(rates, 0.1) if rate is None else rate
    rates, steps = slider_values("learning rate", rates, rate), number_of_steps(steps, 150)
    row = int(np.argmin(np.abs(rates - rate)))
    table, panels, values = {"which": np.arange(len(rates))}, [], {}
    for key, place in enumerate(_checked(places)):
        arrays, panel, sentences = _place(key, place, rates, steps, row)
        table |= arrays
        panels.append(panel)
        values[f"lesson{key}"] = Coded(words=sentences, code="which[rate]")
        values[f"now{key}"] = f"height{key}[rate, frame]"
    if places is PLACES:
        table["tries"] = random_tries(rates, steps)
        lessons = [what_is_left(run) for run in table["tries"]]
        values["lesson"] = Coded(words=lessons, code="which[rate]")
        panels.append(race_panel(steps))
    return Player(_scene(panels, values, run_controls(rates, rate, steps, 10), steps), table)


def _checked(places):
    places = list(places) if isinstance(places, list | tuple) else [places]
    strangers = [place for place in places if not isinstance(place, Place)]
    if strangers or not places:
        found = repr(strangers[0]) if strangers else "none"
        raise TypeError(
            "hard_places takes Places, such as Place('Mine', lambda x: x**4, 2.0); this is "
            f"{found}."
        )
    return places


def _scene(panels, values, controls, steps):
    lessons = [re.search(r"{lesson\d*}", panel.caption)[0] for panel in panels]
    said = [
        f"{panel.title.split(':')[0]}: {lesson}"
        for panel, lesson in zip(panels, lessons, strict=True)
    ]
    return Scene(
        values=values,
        panels=panels,
        controls=controls,
        status="Step {frame} at learning rate {rate}; ★ marks the lowest point.",
        description=(
            f"Descent in {counted(len(panels), 'hard place')} at learning rate {{rate}}. "
            f"{' '.join(said)}"
        ),
        picture={"frame": steps},
    )


def _place(key, place, rates, steps, row):
    """The arrays of one place, its panel, and a sentence for each learning rate, of which the
    panel's description tells that in `row`.
    """
    landscape = as_landscape(place.ground, place.low, place.high)
    runs = descend(landscape, place_on(landscape, place.start), rates, steps)
    with np.errstate(all="ignore"):
        heights, slopes = heights_and_slopes(landscape, runs)
        lengths = (
            np.linalg.norm(slopes, axis=-1) if isinstance(landscape, Surface) else np.abs(slopes)
        )
    heights, lengths = capped(heights), capped(lengths)
    table, axes, layers = landscape_layers(landscape, key)
    table |= {f"path{key}": drawable_positions(landscape, runs), f"height{key}": heights}
    trail, here = (
        scene_place(landscape, f"path{key}[rate, {part}]", key) for part in (":frame+1", "~frame")
    )
    sentences = [place.lesson(*run) for run in zip(runs, heights, lengths, rates, strict=True)]
    sentences = [plain(re.sub(r"-(?=\d)", "−", sentence)) for sentence in sentences]
    title = plain(place.title)
    panel = Panel(
        title=title,
        caption=f"Now at height {{now{key}:{spec(largest_height(landscape))}}}. {{lesson{key}}}",
        description=f"{title}. {sentences[row]}",
        layers=[
            *layers,
            Curve(at=trail, colour="vermilion", width=1.5, dots=True),
            ball(here),
        ],
        aspect=1.45,
        basis=280,
        **axes,
    )
    return table, panel, sentences
