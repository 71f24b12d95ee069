"""Loss surfaces: a landscape in 3-D to turn and descend, and the surface behind the fit of a
line.
"""

import numpy as np

from learnkit import landscapes
from learnkit.painter.numbers import digits
from learnkit.painter.player import Player
from learnkit.painter.scene import (
    Arrow,
    Axis,
    Camera,
    Choice,
    Coded,
    Curve,
    Dots,
    Panel,
    Readout,
    Scene,
    Slider,
    Surface,
)
from learnkit.painter.shapes import contour_lines
from learnkit.painter.texts import counted, spec
from learnkit.widgets.descent.ground import (
    as_landscape,
    ball,
    capped_and_rounded,
    contours,
    heights_at,
    number_of_steps,
    place_values,
    rounded_for_drawing,
    run_controls,
    runs_table,
    slider_values,
    step_axis,
    steps_in_words,
)
from learnkit.widgets.descent.roll import REGIMES, VERDICTS, regime
from learnkit.widgets.descent.runs import descend

LANDSCAPES = ("two basins", "winding valley", "dimples", "three wells")
RATES = np.array([0.01, *np.arange(1, 31) * 0.02])
CELLS = 37


def descend_landscape(f=None, low=-3.0, high=3.0, rate=0.1, steps=40):
    """A ball that descends a loss landscape in 3-D, which you turn by dragging or with the arrow
    keys.

    f: a function of x and y, looked at from `low` to `high`, a name from
    learnkit.landscapes.SURFACES or a Surface; if left out, four landscapes to choose from. rate:
    learning rate η, from 0.01 to 0.6. steps: updates in a run, at most 80. Raises ValueError if f
    is a curve or not finite, or if rate or steps lie outside; TypeError if f is no function.
    `.arrays` holds heights (landscapes, ny, nx), runs (landscapes, rates, steps + 1, 2), which stay
    four widths away where the truth stands in `beyond`, their losses, codes of REGIMES, and the
    lowest points.
    """
    names = list(LANDSCAPES) if f is None else [f if isinstance(f, str) else "yours"]
    grounds = [as_landscape(name) for name in names] if f is None else [as_landscape(f, low, high)]
    if isinstance(grounds[0], landscapes.Curve):
        raise ValueError(
            "descend_landscape draws functions of x and y; for a function of x take roll_downhill."
        )
    rates, steps = slider_values("learning rate", RATES, rate), number_of_steps(steps, 80)
    rows = [_ground_table(ground, rates, steps) for ground in grounds]
    table = {key: np.stack([row[key] for row in rows]) for key in rows[0]} | {
        "steps": np.arange(steps + 1)
    }
    return Player(
        _landscape_scene(table, names, grounds[0].range, run_controls(rates, rate, steps, 5)),
        table,
    )


def _ground_table(ground, rates, steps):
    low, high = ground.range
    heights = heights_at(ground, *np.meshgrid(*[np.linspace(low, high, CELLS)] * 2))
    runs = descend(ground, ground.start, rates, steps)
    with np.errstate(all="ignore"):
        losses = ground.function(*np.moveaxis(runs, -1, 0))
    levels = np.unique(np.quantile(heights, np.linspace(0, 1, 12)).astype(np.float32))
    spread = np.ptp(heights)
    return {
        "heights": rounded_for_drawing(heights, spread or 1),
        **runs_table(ground, runs),
        "losses": capped_and_rounded(losses, np.abs(heights).max()),
        "codes": regime(runs, low, high),
        "lowest": np.array(ground.minimum),
        "span": np.array([heights.min() - (0.02 * spread or 1), heights.max() + (not spread)]),
        "levels": levels if len(levels) > 1 else levels[0] + np.array([-1, 0, 1]),
    }


def _landscape_scene(table, names, reach, controls):
    which = "landscape" if len(names) > 1 else "0"
    steps = len(table["steps"]) - 1
    choice = [Choice(name="landscape", label="landscape", options=names)] if len(names) > 1 else []
    arrays, values = steps_in_words(steps)
    table |= arrays
    loss = spec(np.abs(table["heights"]).max())
    of = ", {landscape}" if choice else ""
    return Scene(
        values=values | _landscape_values(which, reach[1] - reach[0]),
        controls=choice + controls,
        panels=[_turning_panel(which, reach), _loss_panel(which, steps, loss)],
        readouts=[
            Readout(label="step", text="{frame}"),
            Readout(label="x", text="{x}"),
            Readout(label="y", text="{y}"),
            Readout(label="loss f(x, y)", text=f"{{loss:{loss}}}"),
            Readout(label="this run is", text="{regime}"),
        ],
        status=(
            f"Step {{frame}}: x = {{x}}, y = {{y}}, loss {{loss:{loss}}}; the run is {{regime}}."
        ),
        description=(
            f"Gradient descent with learning rate {{rate}} on a loss landscape{of}: after "
            f"{{after}} x = {{x}}, y = {{y}} and the loss is {{loss:{loss}}}; the run is "
            "{regime}."
        ),
        picture={"frame": steps},
    )


def _landscape_values(which, width):
    code = f"codes[{which}, rate]"
    return {
        **place_values(
            *(f"{name}[{which}, rate, frame]" for name in ("runs", "outside", "beyond")), width
        ),
        "loss": f"losses[{which}, rate, frame]",
        "bottom": f"span[{which}, 0]",
        "tall": f"span[{which}]",
        "first": f"losses[{which}, rate, 0]",
        "regime": Coded(words=REGIMES, code=code),
        "verdict": Coded(words=VERDICTS, code=code),
    }


def _turning_panel(which, reach):
    trail = f"runs[{which}, rate, :frame+1]"
    return Panel(
        title="η = {rate}: {verdict}",
        x=Axis(label="x", range=list(reach)),
        y=Axis(label="y", range=list(reach)),
        z=Axis(label="loss", range="tall"),
        aspect=1.35,
        basis=310,
        camera=Camera(azimuth=0.5, elevation=0.75),
        layers=[
            Surface(z=f"heights[{which}]", levels=f"levels[{which}]", label="loss"),
            _star(f"lowest[{which}]", "lowest point"),
            Curve(at=trail, colour="vermilion", width=2.2, dots=True),
            ball(f"runs[{which}, rate, ~frame]"),
        ],
    )


def _star(at, label):
    return Dots(at=at, shape="star", colour="green", size=8, label=label)


def _loss_panel(which, steps, loss):
    gone = ["steps[:frame+1]", f"losses[{which}, rate, :frame+1]"]
    return Panel(
        title=f"Loss {{first:{loss}}} at first, {{loss:{loss}}} after {{after}}",
        x=step_axis(steps),
        y=Axis(label="loss", range="tall"),
        aspect=1.35,
        basis=250,
        layers=[
            Curve(at=["steps", f"losses[{which}, rate]"], colour="faint", width=1.5),
            Curve(at=gone, colour="vermilion", dots=True),
            Dots(at=["frame", "loss"], colour="vermilion", size=6),
        ],
    )


def explore_loss(x=None, y=None, weights=None, biases=None, names=("x", "y")):
    """The fit of a line beside the surface of its loss: move weight and bias, or click the surface.

    x, y: data, arrays of one length; eight made-up points if left out. weights, biases: evenly
    spaced values to choose from; around the best fit if left out. names: of the data's two axes.
    Raises ValueError if the data are no points at two or more places x, or the values do not rise
    evenly. `.arrays` holds losses (biases, weights), which are mean squared errors, their gradients
    (biases, weights, 2), the lines fits (biases, weights, 2, 2) and the data.
    """
    x, y = _made_up() if x is None and y is None else _data(x, y)
    if len(names) != 2 or isinstance(names, str):
        raise ValueError(
            f"names are the names of the two axes, such as ('km', 'euros'); these are {names!r}."
        )
    best, intercept = np.polyfit(x, y, 1)
    # of the bias; a weight that does as much is smaller by the size of x
    reach = np.std(y) or np.abs(y).max() or 1.0
    weights = (
        _around(best, reach / np.sqrt(np.mean(x**2)))
        if weights is None
        else _rising("weights", weights)
    )
    biases = _around(intercept, reach) if biases is None else _rising("biases", biases)
    table = _fits(x, y, weights, biases) | {"best": np.array([best, intercept])}
    return Player(_fit_scene(table, weights, biases, names), table)


def _made_up():
    x = np.array([0.2, 0.6, 0.9, 1.4, 1.7, 2.1, 2.6, 2.9])
    return x, 1.1 * x + 0.6 + np.array([0.25, -0.3, 0.1, 0.35, -0.4, -0.1, 0.3, -0.2])


def _data(x, y):
    try:
        x, y = np.asarray(x, float), np.asarray(y, float)
    except (TypeError, ValueError):
        raise ValueError("explore_loss takes data x and y, two arrays of numbers.") from None
    if x.ndim != 1 or x.shape != y.shape:
        raise ValueError(
            f"x and y are arrays of one length; these have shapes {x.shape} and {y.shape}."
        )
    if not np.isfinite([x, y]).all():
        raise ValueError(
            "x and y must be finite numbers; leave out the points where one is missing."
        )
    if len(x) < 2 or np.ptp(x) == 0:
        raise ValueError("A line needs points at two places x at least; these all stand at one.")
    return x, y


def _rising(name, values):
    values = np.asarray(values, float)
    gaps = np.diff(values) if values.ndim == 1 else []
    if not len(gaps) or not gaps[0] > 0 or not np.allclose(gaps, gaps[0], rtol=1e-3, atol=0):
        raise ValueError(
            f"{name} rise evenly, as np.linspace(0, 3, 41) does, and are two at least."
        )
    return values


def _around(middle, reach, count=41):
    """Evenly spaced values around the middle, cut to the digits that matter."""
    unit = 10.0 ** (np.floor(np.log10(reach)) - 3)
    return np.round(np.linspace(middle - 1.8 * reach, middle + 1.8 * reach, count) / unit) * unit


def _fits(x, y, weights, biases):
    """On the grid of biases and weights: the loss, the tip of an arrow down its gradient, and
    the line.
    """
    w, b = np.meshgrid(weights, biases)
    errors = w[..., None] * x + b[..., None] - y
    losses = (errors**2).mean(axis=-1)
    gradients = np.stack([2 * (errors * x).mean(axis=-1), 2 * errors.mean(axis=-1)], axis=-1)
    steep = np.linalg.norm(gradients, axis=-1, keepdims=True)
    reach = min(np.ptp(weights), np.ptp(biases))
    # longer where it is steeper
    arrows = -0.25 * reach * gradients / (steep + np.median(steep) / 2)
    ends = rounded_for_drawing(
        np.array([x.min(), x.max()]) + 0.06 * np.ptp(x) * np.array([-1, 1]), np.ptp(x), 1000
    )
    lines = rounded_for_drawing(w[..., None] * ends + b[..., None], np.ptp(y) or 1, 1000)
    levels = losses.min() + np.ptp(losses) * np.linspace(0, 1, 11) ** 2
    return {
        "losses": losses,
        "gradients": gradients,
        "tips": rounded_for_drawing(np.stack([w, b], axis=-1) + arrows, reach),
        "fits": np.stack(np.broadcast_arrays(ends, lines), axis=-1),
        "x": x,
        "y": y,
        "levels": levels,
        "contours": contour_lines(weights, biases, losses, levels[1:-1]),
        "minus": biases < 0,
        "sizes": np.abs(biases),
    }


def _fit_scene(table, weights, biases, names):
    loss = spec(table["losses"].max(), usual=3)
    slopes = [spec(np.abs(table["gradients"][..., axis]).max()) for axis in (0, 1)]
    ends = [np.ptp(weights), np.ptp(biases)]
    best = [digits(place, spec(width)) for place, width in zip(table["best"], ends, strict=True)]
    lowest = f"{digits(table['losses'].min(), loss)} at weight {best[0]} and bias {best[1]}"
    bias = f"{{size:{spec(np.ptp(biases))}}}"
    return Scene(
        values={
            "loss": "losses[bias, weight]",
            "line": "fits[bias, weight]",
            "predicted": "line(x)",
            "slope_w": "gradients[bias, weight, 0]",
            "slope_b": "gradients[bias, weight, 1]",
            "size": "sizes[bias]",
            "plus_bias": Coded(words=[f"+ {bias}", f"− {bias}"], code="minus[bias]"),
        },
        controls=[_low("weight", "weight w", weights, 4), _low("bias", "bias b", biases, 5)],
        panels=[
            _data_panel(table["x"], table["y"], names),
            _bowl_panel(table, weights, biases, loss),
        ],
        readouts=[
            Readout(label="loss (mean squared error)", text=f"{{loss:{loss}}}"),
            Readout(label="∂loss/∂w", text=f"{{slope_w:+{slopes[0]}}}"),
            Readout(label="∂loss/∂b", text=f"{{slope_b:+{slopes[1]}}}"),
        ],
        status=f"Weight {{weight}}, bias {{bias}}: the loss is {{loss:{loss}}}.",
        description=(
            f"A line through {counted(len(table['x']), 'point')} beside the surface of its loss: "
            f"at weight {{weight}} and bias {{bias}} the mean squared error is {{loss:{loss}}}; "
            f"the lowest is {lowest}."
        ),
    )


def _low(name, label, values, part):
    """A slider that starts low: with both below the best the surface is steep, and its arrow
    long.
    """
    start, form = values[len(values) // part], spec(np.ptp(values))
    return Slider(name=name, label=label, values=values, start=start, format=form)


def _data_panel(x, y, names):
    room, aside = 0.5 * np.ptp(y) or 1, 0.06 * np.ptp(x)
    errors = {"head": False, "colour": "orange", "width": 1.6}
    return Panel(
        title="The line ŷ = {weight}·x {plus_bias} on the data",
        x=Axis(label=str(names[0]), range=[x.min() - aside, x.max() + aside]),
        y=Axis(label=str(names[1]), range=[y.min() - room, y.max() + room]),
        aspect=1.15,
        basis=270,
        layers=[
            Arrow(start=["x", "y"], end=["x", "predicted"], **errors),
            Curve(at="line", colour="blue", width=3),
            Dots(at=["x", "y"]),
        ],
    )


def _bowl_panel(table, weights, biases, loss):
    here = ["weight", "bias"]
    downhill = {"colour": "vermilion", "width": 3, "gap": 8, "label": "steepest descent"}
    label = "colour: height of the loss, the mean squared error"
    return Panel(
        title=f"Its loss is {{loss:{loss}}}: the height of the surface here",
        x=Axis(label="weight w", range=[weights[0], weights[-1]]),
        y=Axis(label="bias b", range=[biases[0], biases[-1]]),
        aspect=1.15,
        basis=270,
        click=["weight", "bias"],
        layers=[
            *contours("losses", table["levels"].tolist(), "contours", label, alpha=0.7),
            _star("best", "lowest"),
            Arrow(start=here, end="tips[bias, weight]", **downhill),
            Dots(at=here, colour="vermilion", size=8),
        ],
    )
