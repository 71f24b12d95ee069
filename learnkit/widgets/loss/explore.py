"""The loss explorer: the fit of a line beside the surface of its loss, both moved by hand."""

import numpy as np

from learnkit.painter.live import LivePlayer
from learnkit.painter.player import Player
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
)
from learnkit.painter.shapes import contour_lines
from learnkit.painter.texts import counted, spec
from learnkit.widgets.descent.ground import contours, rounded_for_drawing
from learnkit.widgets.loss.data import MOST, best_line, checked, drawn, losses_of_lines, made_up

MOVABLE = 12  # data points that a hand can tell apart
PLACES = 33  # along each axis, to which a point is moved
NEARLY = 2.2  # so many times as long may one axis of a map be whose units are of one length


def explore_loss(x=None, y=None, weights=None, biases=None, names=("x", "y"), goal=None):
    """The fit of a line beside the surface of its loss: drag the line, its place on the surface,
    or, while Python runs, one of up to 12 data points, and the others follow.

    x, y: data, arrays of one length; eight made-up points if left out. weights, biases: evenly
    spaced values to choose from; around the best fit if left out. names: of the data's two axes.
    goal: a loss to get below, acknowledged when it is met; if left out, the lowest of the map.
    Raises ValueError if the data are no points at two or more places x, or the values do not rise
    evenly. Of more than 150 points 150 are drawn; the loss is of them all. `.arrays` holds losses
    (biases, weights), which are mean squared errors, their gradients (biases, weights, 2), the
    lines fits (biases, weights, 2, 2) and the data drawn.
    """
    x, y = made_up() if x is None and y is None else checked(x, y)
    if len(names) != 2 or isinstance(names, str):
        raise ValueError(
            f"names are the names of the two axes, such as ('km', 'euros'); these are {names!r}."
        )
    goal = _number(goal)
    weights, biases = _choices(x, y, weights, biases)
    levels = _levels(x, y, weights, biases)
    table = _surface(x, y, weights, biases, levels, goal) | _lines(x, y, weights, biases)
    table["x"], table["y"] = drawn(x, y)
    scene = _scene(x, y, table, weights, biases, levels, [str(name) for name in names], goal)
    if len(x) > MOVABLE:
        return Player(scene, table)
    return LivePlayer(scene, table, _answer(len(x), weights, biases, levels, goal))


def _number(goal):
    """The goal as a number, or None. Raises ValueError for anything else."""
    try:
        number = None if goal is None else float(goal)
    except (TypeError, ValueError):
        number = np.nan
    if number is not None and not np.isfinite(number):
        raise ValueError(f"goal is a loss to get below, one number; this is {goal!r}.")
    return number


def _answer(count, weights, biases, levels, goal):
    """What Python says once a data point was moved: the surface of the loss for the new data."""

    def answer(values, click):
        x, y = (np.array([values[f"{axis}{i}"] for i in range(count)]) for axis in "xy")
        return {"x": x, "y": y} | _surface(x, y, weights, biases, levels, goal)

    return answer


# ---------------------------------------------------------------- values to choose from


def _choices(x, y, weights, biases):
    best, intercept = best_line(x, y)
    # of the bias; a weight that does as much is smaller by the size of x
    reach = np.std(y) or np.abs(y).max() or 1.0
    of_weight = reach / np.sqrt(np.mean(x**2))
    if max(reach, of_weight) <= NEARLY * min(reach, of_weight):
        reach = of_weight = max(reach, of_weight)  # a square map
    weights = _around(best, of_weight) if weights is None else _rising("weights", weights)
    biases = _around(intercept, reach) if biases is None else _rising("biases", biases)
    return weights, biases


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


# ---------------------------------------------------------------- the table


def _levels(x, y, weights, biases):
    losses, _ = losses_of_lines(x, y, *np.meshgrid(weights, biases))
    return losses.min() + (np.ptp(losses) or 1.0) * np.linspace(0, 1, 11) ** 2


def _surface(x, y, weights, biases, levels, goal):
    """On the grid of biases and weights: the loss, its gradient, the tip of an arrow down it, and
    where it is as low as asked for.
    """
    w, b = np.meshgrid(weights, biases)
    losses, gradients = losses_of_lines(x, y, w, b)
    steep = np.linalg.norm(gradients, axis=-1, keepdims=True)
    reach = min(np.ptp(weights), np.ptp(biases))
    # longer where it is steeper
    arrows = -0.4 * reach * gradients / (steep + (np.median(steep) / 2 or 1.0))
    reached = losses < goal if goal is not None else losses <= losses.min()
    return {
        "losses": np.float32(losses),
        "gradients": np.float32(gradients),
        "tips": rounded_for_drawing(np.stack([w, b], axis=-1) + arrows, reach, 300),
        "contours": rounded_for_drawing(
            contour_lines(weights, biases, losses, levels[1:-1], 0.02), reach
        ),
        "reached": reached,
        "stars": np.where(reached, 0, np.nan)[..., None] + best_line(x, y),
    }


def _lines(x, y, weights, biases):
    """The two ends of each line, and how to write its bias."""
    w, b = np.meshgrid(weights, biases)
    ends = rounded_for_drawing(_ends(x), np.ptp(x), 300)
    lines = rounded_for_drawing(w[..., None] * ends + b[..., None], np.ptp(y) or 1, 300)
    return {
        "fits": np.stack(np.broadcast_arrays(ends, lines), axis=-1),
        "minus": biases < 0,
        "sizes": np.abs(biases),
    }


def _ends(x):
    return np.array([x.min(), x.max()]) + 0.06 * np.ptp(x) * np.array([-1, 1])


# ---------------------------------------------------------------- the scene


def _scene(x, y, table, weights, biases, levels, names, goal):
    loss = spec(table["losses"].max(), usual=3)
    slopes = [spec(np.abs(table["gradients"][..., axis]).max()) for axis in (0, 1)]
    bias = f"{{size:{spec(np.ptp(biases))}}}"
    room = 0.5 * np.ptp(y) or 1
    axes = {
        "x": Axis(label=names[0], range=_ends(x)),
        "y": Axis(label=names[1], range=[y.min() - room, y.max() + room]),
    }
    points = _points(x, y, axes) if len(x) <= MOVABLE else []
    return Scene(
        values={
            "loss": "losses[bias, weight]",
            "line": "fits[bias, weight]",
            "predicted": "line(x)",
            "slope_w": "gradients[bias, weight, 0]",
            "slope_b": "gradients[bias, weight, 1]",
            "size": "sizes[bias]",
            "plus_bias": Coded(words=[f"+ {bias}", f"− {bias}"], code="minus[bias]"),
            "met": Coded(words=_goal(goal, loss), code="reached[bias, weight]"),
        }
        | _grips(x),
        controls=[
            _low("weight", "weight w", weights, 4),
            _low("bias", "bias b", biases, 5),
            *points,
        ],
        panels=[
            _data_panel(x, axes, bool(points)),
            _map_panel(weights, biases, levels),
        ],
        readouts=[
            Readout(label="loss, the mean squared error", text=f"{{loss:{loss}}}"),
            Readout(label="∂loss/∂w", text=f"{{slope_w:+{slopes[0]}}}"),
            Readout(label="∂loss/∂b", text=f"{{slope_b:+{slopes[1]}}}"),
            Readout(label="goal", text="{met}"),
        ],
        status=f"Weight {{weight}}, bias {{bias}}: the loss is {{loss:{loss}}}. Goal: {{met}}.",
        description=(
            f"A line through {counted(len(x), 'point')} beside the surface of its loss: "
            f"at weight {{weight}} and bias {{bias}} the mean squared error is {{loss:{loss}}}, "
            f"its slopes are {{slope_w:+{slopes[0]}}} along the weight and "
            f"{{slope_b:+{slopes[1]}}} along the bias."
        ),
        asks=[point.name for point in points],
        dpi=90,
    )


def _goal(goal, loss):
    """What is said of the goal: not yet met, and met."""
    if goal is None:
        return ["the lowest loss of this map", "reached: no place of this map is lower"]
    below = f"a loss below {goal:g}"
    return [below, f"reached: {below}"]


def _low(name, label, values, part):
    """A slider that starts low: with both below the best the surface is steep, and its arrow
    long.
    """
    start, form = values[len(values) // part], spec(np.ptp(values))
    return Slider(name=name, label=label, values=values, start=start, format=form)


def _points(x, y, axes):
    """Where each data point stands: two controls without a slider, for Python to answer."""
    found = []
    for i, place in enumerate(zip(x, y, strict=True)):
        for axis, here in zip("xy", place, strict=True):
            values = np.linspace(*axes[axis].range, PLACES)
            near = np.abs(values - here).argmin()
            values[near] = here  # it starts exactly where it is
            form = spec(np.ptp(values))
            label = f"{axis} of point {i + 1}"
            found.append(
                Slider(
                    name=f"{axis}{i}", label=label, values=values, start=here, format=form,
                    hidden=True,
                )
            )  # fmt: skip
    return found


def _grips(x):
    """Where a hand takes hold of the line: its middle, and the ends that the weight moves."""
    first, last = _ends(x)
    farthest = max(abs(first), abs(last))
    ends = {"left_end": first, "right_end": last}
    grips = {"middle": (first + last) / 2}
    grips |= {name: end for name, end in ends.items() if abs(end) > 0.5 * farthest}
    heights = {f"{name}_height": f"line({name})" for name in grips}
    return {name: float(place) for name, place in grips.items()} | heights


def _data_panel(x, axes, movable):
    errors = {"head": False, "colour": "orange", "width": 1.6}
    grips = [name for name in _grips(x) if not name.endswith("_height")]
    handles = [
        Handle(
            at=[name, f"{name}_height"],
            sets=["bias" if name == "middle" else "weight"],
            label=f"the line, at its {name.replace('_', ' ')}",
        )
        for name in grips
    ]
    if movable:
        handles += [
            Handle(
                at=[f"x{i}", f"y{i}"],
                sets=[f"x{i}", f"y{i}"],
                label=f"data point {i + 1}",
                quiet=True,
                live=True,
            )
            for i in range(len(x))
        ]
    return Panel(
        title="The line ŷ = {weight}·x {plus_bias}; orange: its errors",
        caption=_said(len(x), movable),
        aspect=1.3,
        basis=270,
        handles=handles,
        layers=[
            Arrow(start=["x", "y"], end=["x", "predicted"], **errors),
            Curve(at="line", colour="blue", width=3),
            Dots(at=["x", "y"], size=6 if movable else 3),
        ],
        **axes,
    )


def _said(count, movable):
    line = "Drag the line: its middle moves the bias, its end the weight."
    if count > MOST:
        return f"{line} {MOST} of {count:,} points are drawn; the loss is of them all."
    return line + (" While Python runs, drag the points too." if movable else "")


def _map_panel(weights, biases, levels):
    here = ["weight", "bias"]
    spans = np.ptp(weights), np.ptp(biases)
    alike = max(spans) <= NEARLY * min(spans)
    scales = "Weight and bias have different scales: right angles look slanted."
    return Panel(
        title="The loss of every line; arrow: steepest descent",
        caption="" if alike else scales,
        x=Axis(label="weight w", range=[weights[0], weights[-1]]),
        y=Axis(label="bias b", range=[biases[0], biases[-1]]),
        aspect=1 if alike else 1.3,
        basis=270,
        click=here,
        handles=[Handle(at=here, sets=here, label="the line's place on the surface", quiet=True)],
        layers=[
            *contours("losses", levels.tolist(), "contours", "colour: loss", alpha=0.7),
            Dots(at="stars[bias, weight]", shape="star", colour="green", size=13, label="lowest"),
            Arrow(start=here, end="tips[bias, weight]", colour="vermilion", width=3, gap=8),
            Dots(at=here, colour="vermilion", size=8),
        ],
    )
