"""Contour descent: drop a ball anywhere on a contour plot, and see why its path curves."""

from dataclasses import replace

import numpy as np

from learnkit.landscapes import Surface
from learnkit.painter.expressions import plain
from learnkit.painter.live import LivePlayer
from learnkit.painter.scene import (
    Arrow,
    Axis,
    Coded,
    Curve,
    Dots,
    Handle,
    Panel,
    Readout,
    Scene,
    Slider,
    Trails,
)
from learnkit.painter.texts import spec
from learnkit.widgets.descent.ground import (
    as_landscape,
    ball,
    capped_and_rounded,
    formula_of,
    heights_and_slopes,
    landscape_layers,
    largest_height,
    nearest_value,
    number_of_steps,
    place_on,
    place_values,
    run_controls,
    runs_table,
    slider_values,
    step_axis,
    steps_in_words,
)
from learnkit.widgets.descent.runs import descend

RATES = (0.02, 0.1, 0.45, 0.52)
# up to so many steps, so many starts along each axis fit into a notebook
STARTS = ((24, 7), (45, 5), (60, 3))
LOOK = {"aspect": 1, "tall": 540, "basis": 280}  # of both panels
AIMS = [  # how a step points: codes of `aim`
    "… but here the ground is level: no way is down",
    "… and so points almost straight at the lowest point",
    "… and so points {angle_now:.0f}° away from the lowest point",
    "… and this ball has gone too far to tell",
]
TOLD = ["none: level ground", "{angle_now:.0f}°", "{angle_now:.0f}°", "–"]
NEXT = [
    "the ground is level",
    *["the next step points {angle_now:.0f}° away from the lowest point"] * 2,
    "it is gone",
]


def contour_descent(
    surface="long bowl", start=None, rates=RATES, rate=None, steps=20, low=-3.0, high=3.0
):
    """A ball dropped on a contour plot by hand, and its descent, step by step, across the contour
    lines.

    surface: a name from learnkit.landscapes.SURFACES, a Surface, or a function of x and y, looked
    at from `low` to `high`. start: (x, y) of the first drop, in the picture. rates: learning rates
    to choose from; rate: the first, 0.1 or what comes next to it if left out. steps: updates in a
    run, at most 60. Without a kernel the ball drops at the nearest of 7 × 7 starts, fewer for more
    than 24 steps. Raises ValueError if `surface` is a curve or not finite, or if start, rate or
    steps lie outside; TypeError if it is no function. `.arrays` holds, for these starts, place (x,
    y, rates, steps + 1, 2) and at each of their points height, steepness (length of the gradient),
    angle (degrees between the step and the way to the lowest point) and aim, a code of AIMS; a
    place is drawn four widths away where the truth stands in `beyond`.
    """
    landscape = as_landscape(surface, low, high)
    if not isinstance(landscape, Surface):
        raise ValueError(
            "contour_descent draws functions of x and y; for a function of x take roll_downhill."
        )
    rate = nearest_value(rates, 0.1) if rate is None else rate
    rates = slider_values("learning rate", rates, rate, most=20)
    grid = _grid(landscape, start, number_of_steps(steps, 60))
    first = place_on(landscape, landscape.start if start is None else start)
    ground, axes, layers = landscape_layers(landscape)
    starts = np.stack(np.meshgrid(*grid, indexing="ij"), axis=-1)[:, :, None]
    table = ground | _table(landscape, follow(landscape, starts, rates, steps))
    controls = _controls(grid, first, rates, rate, steps)
    panels = [_map_panel(axes, layers), _angle_panel(steps)]
    scene = _scene(table, panels, landscape, controls, steps)
    return LivePlayer(scene, table, _answer(landscape, steps))


def _grid(landscape, start, steps):
    """The starts along x and along y; the first drop, if it is asked for, replaces the one next
    to it.
    """
    count = next(count for most, count in STARTS if steps <= most)
    grid = np.linspace(*landscape.range, count + 2)[1:-1]
    if start is None:
        return grid, grid
    grids = []
    for axis, v in zip("xy", place_on(landscape, start), strict=True):
        slider_values(f"start's {axis}", landscape.range, v)
        grids.append(np.where(np.arange(count) == np.argmin(np.abs(grid - v)), v, grid))
    return grids


def _answer(landscape, steps):
    """What Python says to a change: the exact run from where a hand put the ball."""

    def answer(values, click):
        place = np.array(click or [values["x0"], values["y0"]])
        table = _table(landscape, follow(landscape, place, values["rate"], steps), exact=True)
        return {f"{name}_run": numbers for name, numbers in table.items()} | {
            "x0": place[0],
            "y0": place[1],
        }

    return answer


def follow(landscape, starts, rates, steps):
    """Runs of gradient descent with what the readouts say at each of their points; starts: (...,
    2).
    """
    runs = descend(landscape, starts, rates, steps)
    level = 1e-4 * min(1, largest_height(landscape) / np.ptp(landscape.range))
    with np.errstate(all="ignore"):
        height, slope = heights_and_slopes(landscape, runs)
        steepness, way = np.linalg.norm(slope, axis=-1), landscape.minimum - runs
        cosine = (-slope * way).sum(axis=-1) / (steepness * np.linalg.norm(way, axis=-1))
        angle = np.where(steepness > level, np.degrees(np.arccos(np.clip(cosine, -1, 1))), np.nan)
        gone = ~(np.abs(runs) < 1e5 * np.ptp(landscape.range)).all(axis=-1)
        aim = np.select([gone, steepness <= level, angle < 10, angle >= 10], [3, 0, 1, 2], 3)
    return {"place": runs, "height": height, "steepness": steepness, "angle": angle, "aim": aim}


def _table(landscape, run, exact=False):
    """What follow returns, in the digits that are shown, which pack well; what overflows is
    infinite.
    """
    large, width = largest_height(landscape), np.ptp(landscape.range)
    places = runs_table(landscape, run["place"], 1e9 if exact else 2000)
    return {
        "place": places["runs"],
        "outside": places["outside"],
        "beyond": places["beyond"],
        "height": capped_and_rounded(run["height"], large),
        "steepness": capped_and_rounded(run["steepness"], large / width),
        "angle": np.round(run["angle"]),
        "aim": run["aim"],
    }


def _controls(grid, first, rates, rate, steps):
    drops = [
        Slider(
            name=f"{axis}0",
            label=f"start at {axis}",
            values=values,
            start=v,
            format=spec(np.ptp(values)),
        )
        for axis, values, v in zip("xy", grid, first, strict=True)
    ]
    rate, frame = run_controls(rates, rate, steps, 3)
    return [rate, *drops, frame]


def _scene(table, panels, landscape, controls, steps):
    arrays, values = steps_in_words(steps)
    table |= arrays | {"steps": np.arange(steps + 1)}
    height, slope = (
        spec(largest_height(landscape)),
        spec(largest_height(landscape) / np.ptp(landscape.range)),
    )
    return Scene(
        values=values | _values(np.ptp(landscape.range)),
        controls=controls,
        complete=True,
        panels=panels,
        readouts=[
            Readout(label="position", text="({x}, {y})"),
            Readout(label="height f(x, y)", text=f"{{height_now:{height}}}"),
            Readout(label="slope: length of the gradient", text=f"{{steepness_now:{slope}}}"),
        ],
        status=(
            f"Step {{frame}}: ({{x}}, {{y}}), height {{height_now:{height}}}, slope "
            f"{{steepness_now:{slope}}}; angle to the lowest point: {{told_angle}}."
        ),
        description=(
            f"A ball dropped on {plain(formula_of(landscape))} at ({{x0}}, {{y0}}) with learning "
            f"rate {{rate}}: after {{after}} it is at ({{x}}, {{y}}), height "
            f"{{height_now:{height}}}, where the slope is {{steepness_now:{slope}}} and "
            "{what_next}."
        ),
    )


def _values(width):
    told = ("place", "outside", "beyond", "height", "steepness", "angle", "aim")
    words = {"aimed": AIMS, "told_angle": TOLD, "what_next": NEXT}
    return {
        **{f"{name}_run": f"{name}[x0, y0, rate]" for name in told},
        **{f"{name}_now": f"{name}_run[frame]" for name in ("height", "steepness", "angle")},
        **{name: Coded(words=texts, code="aim_run[frame]") for name, texts in words.items()},
        **place_values(*(f"{name}_run[frame]" for name in ("place", "outside", "beyond")), width),
    }


def _map_panel(axes, layers):
    *ground, star = layers
    way = Arrow(start="near", end="best", head=False, colour="orange", dash=[6, 4])
    trail = Curve(at="place_run[:frame+1]", colour="vermilion", dots=True)
    step = Arrow(start="near", end="place_run[frame+1]", colour="vermilion", width=3, gap=8)
    now = [f"place_run[~frame, {axis}]" for axis in (0, 1)]
    return Panel(
        title="Each step sets out at a right angle to its contour line",
        caption="Dashed: straight to the lowest point.",
        click=["x0", "y0"],
        handles=[Handle(at=now, sets=["x0", "y0"], label="the ball")],
        layers=[
            *ground,
            replace(star, label="lowest point"),
            Trails(at="place_run[:frame+1]", halo=True, alpha=0.8),
            way,
            trail,
            step,
            ball("place_run[~frame]"),
        ],
        **axes,
        **LOOK,
    )


def _angle_panel(steps):
    so_far = ["steps[:frame+1]", "angle_run[:frame+1]"]
    line = Curve(at=so_far, colour="vermilion", dots=True)
    here = Dots(at=["frame", "angle_now"], colour="vermilion", size=8)
    ticks = [0, 45, 90, 135, 180]
    return Panel(
        title="{aimed}",
        x=step_axis(steps),
        y=Axis(label="angle between step and dashed line, degrees", range=[-8, 184], ticks=ticks),
        layers=[Trails(at=so_far), line, here],
        **LOOK,
    )
