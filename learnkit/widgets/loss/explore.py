"""The loss explorer: the fit of a line beside the surface of its loss, both moved by hand."""

import numpy as np

from learnkit.painter.live import LivePlayer
from learnkit.painter.player import Player
from learnkit.painter.scene import (
    Arrow,
    Axis,
    Curve,
    Dots,
    Handle,
    Panel,
    Readout,
    Scene,
    Slider,
)
from learnkit.painter.shapes import contour_lines, holding
from learnkit.painter.texts import counted, spec
from learnkit.widgets.descent.ground import contours, rounded_for_drawing
from learnkit.widgets.loss.data import best_line, checked, drawn, losses_of_lines, made_up
from learnkit.widgets.loss.line import (
    NEARLY,
    axis_names,
    choices,
    ends,
    goal_number,
    line_caption,
    line_handles,
    line_values,
    lines,
    slider,
)

MOVABLE = 12  # data points that a hand can tell apart
PLACES = 33  # along each axis, to which a point is moved


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
    names, goal = axis_names(names), goal_number(goal)
    weights, biases = choices(x, y, weights, biases)
    levels = _levels(x, y, weights, biases)
    table = _surface(x, y, weights, biases, levels, goal) | lines(x, y, weights, biases)
    table["x"], table["y"] = drawn(x, y)
    scene = _scene(x, y, table, weights, biases, levels, names, goal)
    if len(x) > MOVABLE:
        return Player(scene, table)
    return LivePlayer(scene, table, _answer(len(x), weights, biases, levels, goal))


def _answer(count, weights, biases, levels, goal):
    """What Python says once a data point was moved: the surface of the loss for the new data."""

    def answer(values, click):
        x, y = (np.array([values[f"{axis}{i}"] for i in range(count)]) for axis in "xy")
        return {"x": x, "y": y} | _surface(x, y, weights, biases, levels, goal)

    return answer


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


# ---------------------------------------------------------------- the scene


def _scene(x, y, table, weights, biases, levels, names, goal):
    loss = spec(table["losses"].max(), usual=3)
    slopes = [spec(np.abs(table["gradients"][..., axis]).max()) for axis in (0, 1)]
    room = 0.5 * np.ptp(y) or 1
    axes = {
        "x": Axis(label=names[0], range=ends(x)),
        "y": Axis(label=names[1], range=[y.min() - room, y.max() + room]),
    }
    points = _points(x, y, axes) if len(x) <= MOVABLE else []
    return Scene(
        values=line_values(x, biases, goal, loss)
        | {
            "slope_w": "gradients[bias, weight, 0]",
            "slope_b": "gradients[bias, weight, 1]",
        },
        controls=[
            # with both below the best the surface is steep, and its arrow long
            slider("weight", "weight w", weights, len(weights) // 4),
            slider("bias", "bias b", biases, len(biases) // 5),
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


def _points(x, y, axes):
    """Where each data point stands: two controls without a slider, for Python to answer."""
    found = []
    for i, place in enumerate(zip(x, y, strict=True)):
        for axis, here in zip("xy", place, strict=True):
            values = holding(np.linspace(*axes[axis].range, PLACES), here)
            form = spec(np.ptp(values))
            label = f"{axis} of point {i + 1}"
            found.append(
                Slider(
                    name=f"{axis}{i}", label=label, values=values, start=here, format=form,
                    hidden=True,
                )
            )  # fmt: skip
    return found


def _data_panel(x, axes, movable):
    errors = {"head": False, "colour": "orange", "width": 1.6}
    handles = line_handles(x)
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
        caption=line_caption(len(x)) + " While Python runs, drag the points too." * movable,
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
