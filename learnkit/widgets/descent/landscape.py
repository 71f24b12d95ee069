"""A landscape in 3-D to turn, beside its contour map, and a ball that descends on both."""

import numpy as np

from learnkit import landscapes
from learnkit.painter.expressions import plain
from learnkit.painter.live import LivePlayer
from learnkit.painter.scene import (
    Axis,
    Camera,
    Choice,
    Coded,
    Curve,
    Dots,
    Handle,
    Panel,
    Readout,
    Scene,
    Slider,
    Surface,
    Trails,
)
from learnkit.painter.shapes import contour_lines, holding
from learnkit.painter.texts import spec
from learnkit.widgets.descent.ground import (
    as_landscape,
    ball,
    capped_and_rounded,
    contours,
    heights_at,
    number_of_steps,
    place_on,
    place_values,
    rounded_for_drawing,
    run_controls,
    runs_table,
    slider_values,
    steps_in_words,
)
from learnkit.widgets.descent.roll import REGIMES, VERDICTS, regime
from learnkit.widgets.descent.runs import descend

LANDSCAPES = ("two basins", "winding valley", "dimples", "three wells")
RATES = np.array([0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6])
START = (0.45, 2.3)  # on all four landscapes
# values along each axis from which the table knows the runs, on four landscapes and on one
FEW, MORE = 3, 5
NAMES = ("position x", "position y", "height f(x, y)")
CELLS = 33
FINER = 4  # pieces of a cell for contour lines
PLACES = 10_000_000  # parts of the width to which Python's runs are drawn


def descend_landscape(f=None, low=-3.0, high=3.0, rate=0.1, steps=40, start=None, names=NAMES):
    """A ball that descends a loss landscape in 3-D, which you turn by dragging or with the arrow
    keys, and on its contour map, where you drag the ball to start elsewhere.

    f: a function of x and y, looked at from `low` to `high`, a name from
    learnkit.landscapes.SURFACES or a Surface; if left out, four landscapes to choose from. rate:
    learning rate η, from 0.01 to 0.6. steps: updates in a run, at most 80. start: (x, y) of the
    ball, in the picture. names: of the two positions and of the height, as the axes say them.
    Without a kernel the ball starts at the nearest of 3 × 3 places, of 5 × 5 on one landscape.
    Raises ValueError if f is a curve or not finite, or if rate, steps or start lie outside;
    TypeError if f is no function. `.arrays` holds heights (landscapes, ny, nx), runs (landscapes,
    x, y, rates, steps + 1, 2), which stay four widths away where the truth stands in `beyond`,
    their losses, codes of REGIMES, and the lowest points.
    """
    options = list(LANDSCAPES) if f is None else [f if isinstance(f, str) else "yours"]
    grounds = (
        [as_landscape(name) for name in options] if f is None else [as_landscape(f, low, high)]
    )
    if isinstance(grounds[0], landscapes.Curve):
        raise ValueError(
            "descend_landscape draws functions of x and y; for a function of x take roll_downhill."
        )
    rates, steps = slider_values("learning rate", RATES, rate), number_of_steps(steps, 80)
    names = _three(names)
    first = place_on(grounds[0], _usual(grounds, start))
    grid = _grid(grounds, first, steps)
    rows = [_ground_table(ground, grid, rates, steps) for ground in grounds]
    table = _together(rows) | {"over": np.arange(steps + 1) == steps}
    controls = _controls(options, grid, first, names, run_controls(rates, rate, steps, 5))
    scene = _scene(table, grounds[0].range, controls, names)
    return LivePlayer(scene, table, _answer(grounds, table, steps))


def _three(names):
    if isinstance(names, str) or len(names) != 3:
        raise ValueError(
            "names are three, of the two positions and of the height, such as "
            f"{NAMES!r}; these are {names!r}."
        )
    return [str(name) for name in names]


def _usual(grounds, start):
    if start is not None:
        return start
    return START if len(grounds) > 1 else grounds[0].start


def _grid(grounds, first, steps):
    """Places along x and along y from which the table knows the runs, the first among them: fewer
    where runs are long or landscapes are many.
    """
    low, high = grounds[0].range
    count = FEW if len(grounds) > 1 or steps > 40 else MORE
    even = np.linspace(low, high, count + 2)[1:-1]
    return [
        slider_values(f"start at {axis}", holding(even, place), place)
        for axis, place in zip("xy", first, strict=True)
    ]


# ---------------------------------------------------------------- the table


def _ground_table(ground, grid, rates, steps):
    low, high = ground.range
    axis = np.linspace(low, high, FINER * (CELLS - 1) + 1)
    finest = heights_at(ground, *np.meshgrid(axis, axis))
    heights = finest[::FINER, ::FINER]
    starts = np.stack(np.meshgrid(*grid, indexing="ij"), axis=-1)[:, :, None]
    spread = np.ptp(heights)
    levels = np.unique(np.quantile(heights, np.linspace(0, 1, 12)).astype(np.float32))
    levels = levels if len(levels) > 1 else levels[0] + np.array([-1, 0, 1])
    return {
        "heights": rounded_for_drawing(heights, spread or 1, 200),
        "lines": rounded_for_drawing(
            contour_lines(axis, axis, finest, levels[1:-1], 0.045), high - low, 200
        ),
        "lowest": np.array(ground.minimum),
        "span": np.array([heights.min() - (0.02 * spread or 1), heights.max() + (not spread)]),
        "levels": levels,
        **_run_table(ground, starts, rates, steps, np.abs(heights).max()),
    }


def _run_table(ground, starts, rates, steps, size, parts=None):
    """Runs from each start at each rate, their losses, and what becomes of them.

    size: of the heights. parts: of the width to which positions are rounded; to the digits that
    are told if left out.
    """
    runs = descend(ground, starts, rates, steps)
    with np.errstate(all="ignore"):
        losses = ground.function(*np.moveaxis(runs, -1, 0))
    codes = regime(runs, *ground.range)
    return {
        **runs_table(ground, runs, parts),
        "losses": capped_and_rounded(losses, size),
        "codes": codes,
    }


def _together(rows):
    """The tables of all landscapes as one; rows of different lengths end in NaN."""
    longest = max(len(row["lines"]) for row in rows)
    for row in rows:
        missing = np.full((longest - len(row["lines"]), 2), np.nan)
        row["lines"] = np.concatenate([row["lines"], missing])
    return {name: np.stack([row[name] for row in rows]) for name in rows[0]}


def _answer(grounds, table, steps):
    """What Python says to a change: the exact run from where a hand put the ball."""
    sizes = np.abs(table["heights"]).max(axis=(1, 2))

    def answer(values, click):
        if click is None:
            return {}  # the table knows it
        place = np.array(click, float)
        which = values.get("landscape", 0)
        ground, size = grounds[which], sizes[which]
        found = _run_table(ground, place, values["rate"], steps, size, PLACES)
        now = {f"{name}_now": found[name] for name in found}
        return now | {"x0": place[0], "y0": place[1]}

    return answer


# ---------------------------------------------------------------- the scene


def _controls(options, grid, first, names, run):
    rate, frames = run
    starts = [
        Slider(
            name=f"{axis}0",
            label=f"start at {name}",
            values=values,
            start=place,
            format=spec(np.ptp(values)),
            hidden=True,
        )
        for axis, name, values, place in zip("xy", names[:2], grid, first, strict=True)
    ]
    choice = Choice(name="landscape", label="landscape", options=options)
    return [choice] * (len(options) > 1) + [rate, *starts, frames]


def _scene(table, reach, controls, names):
    steps = len(table["over"]) - 1
    choice = len(table["heights"]) > 1
    which = "landscape" if choice else "0"
    arrays, values = steps_in_words(steps)
    table |= arrays
    loss = spec(np.abs(table["heights"]).max())
    x, y, height = (plain(name) for name in names)
    of = ", {landscape}" if choice else ""
    return Scene(
        values=values | _values(which, reach[1] - reach[0]),
        controls=controls,
        complete=True,
        panels=[_turning_panel(which, reach, names), _map_panel(which, reach, names)],
        readouts=[
            Readout(label="step", text="{frame}"),
            Readout(label=names[0], text="{x}"),
            Readout(label=names[1], text="{y}"),
            Readout(label=names[2], text=f"{{loss:{loss}}}"),
        ],
        status=(
            f"Step {{frame}}: {x} {{x}}, {y} {{y}}, {height} {{loss:{loss}}}; "
            "the run is {regime}."
        ),
        description=(
            f"Gradient descent with learning rate {{rate}} on a loss landscape{of}: after "
            f"{{after}} {x} = {{x}}, {y} = {{y}} and {height} = {{loss:{loss}}}; the run is "
            "{regime}."
        ),
        dpi=66,
    )


def _values(which, width):
    run = {
        f"{name}_now": f"{name}[{which}, x0, y0, rate]"
        for name in ("runs", "outside", "beyond", "losses", "codes")
    }
    return {
        **run,
        **place_values(*(f"{name}_now[frame]" for name in ("runs", "outside", "beyond")), width),
        "ball": "runs_now[~frame]",
        "ball_x": "ball[0]",
        "ball_y": "ball[1]",
        "loss": "losses_now[frame]",
        "bottom": f"span[{which}, 0]",
        "tall": f"span[{which}]",
        "end": Coded(words=REGIMES, code="codes_now"),
        "ending": Coded(words=VERDICTS, code="codes_now"),
        "regime": Coded(words=["not over yet", "{end}"], code="over[frame]"),
        "verdict": Coded(words=["where will the ball end?", "{ending}"], code="over[frame]"),
    }


def _turning_panel(which, reach, names):
    x, y, height = names
    return Panel(
        title="η = {rate}: {verdict}",
        x=Axis(label=x, range=list(reach)),
        y=Axis(label=y, range=list(reach)),
        z=Axis(label=height, range="tall"),
        aspect=1.35,
        basis=400,
        camera=Camera(azimuth=0.5, elevation=0.7),
        layers=[
            Surface(z=f"heights[{which}]", levels=f"levels[{which}]"),
            *_marks(which),
        ],
        handles=[_grip(quiet=True)],
    )


def _map_panel(which, reach, names):
    x, y, height = names
    field = contours(
        f"heights[{which}]", f"levels[{which}]", f"lines[{which}]", f"colour: {height}"
    )
    return Panel(
        title="From above: drag the ball",
        caption="Star: the lowest point.",
        description="The ball after {after}: ({x}, {y}). Star: the lowest point.",
        x=Axis(label=x, range=list(reach)),
        y=Axis(label=y, range=list(reach)),
        aspect=1,
        basis=270,
        click=["x0", "y0"],
        handles=[_grip(quiet=False)],
        layers=[*field, *_marks(which)],
    )


def _marks(which):
    """The lowest point, the ways gone and the ball: the same on the surface and on its map."""
    return [
        Dots(at=f"lowest[{which}]", shape="star", colour="green", size=11),
        Trails(at="runs_now[:frame+1]", halo=True, alpha=0.8, ground=0 if which == "0" else which),
        Curve(at="runs_now[:frame+1]", colour="vermilion", width=2.2, dots=True),
        ball("ball"),
    ]


def _grip(quiet):
    return Handle(at=["ball_x", "ball_y"], sets=["x0", "y0"], label="the ball", quiet=quiet)
