"""A line to be fitted by hand: dragged over the data, with its loss as a bar beside it. The data
can be hidden in fog, so that the bar alone leads.
"""

import numpy as np

from learnkit.painter.player import Player
from learnkit.painter.scene import (
    Arrow,
    Axis,
    Choice,
    Coded,
    Curve,
    Dots,
    Panel,
    Readout,
    Scene,
)
from learnkit.painter.texts import counted, spec
from learnkit.widgets.loss.data import checked, drawn, losses_of_lines, made_up
from learnkit.widgets.loss.line import (
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

MOST_BARS = 3  # times the lowest loss of a flat line: a longer bar leaves the picture


def fit_by_hand(x=None, y=None, weights=None, biases=None, names=("x", "y"), goal=None):
    """Return a Player of a line to drag over data, with its loss, the mean squared error, as a bar.

    x, y: data, arrays of one length; eight made-up points if left out. weights, biases: evenly
    spaced values to choose from; around the best fit if left out. names: of the data's two axes.
    goal: a loss to get below, acknowledged when it is met; if left out, the lowest there is to
    choose. Nothing tells which way is down: that is what the hand finds out, also with the data in
    fog. Of more than 150 points 150 are drawn; the loss is of them all. `.arrays` holds losses
    (biases, weights) and the lines fits (biases, weights, 2, 2). Raises ValueError as explore_loss
    does.
    >>> fit_by_hand([1, 2, 3, 4], [3, 4, 6, 7], names=("km", "euros"), goal=0.06)
    """
    x, y = made_up() if x is None and y is None else checked(x, y)
    names, goal = axis_names(names), goal_number(goal)
    weights, biases = choices(x, y, weights, biases)
    table = _table(x, y, weights, biases, goal)
    return Player(_scene(x, y, table, weights, biases, names, goal), table)


def _table(x, y, weights, biases, goal):
    losses, _ = losses_of_lines(x, y, *np.meshgrid(weights, biases))
    reached = losses < goal if goal is not None else losses <= losses.min()
    table = {"losses": np.float32(losses), "reached": reached, "fogs": np.arange(2)}
    table["x"], heights = drawn(x, y)
    table["y"] = np.stack([heights, np.full_like(heights, np.nan)])  # in sight, and in fog
    return table | lines(x, y, weights, biases)


def _scene(x, y, table, weights, biases, names, goal):
    longest = min(table["losses"].max(), MOST_BARS * y.var())
    table["cut"] = table["losses"] > longest
    loss = spec(longest, usual=3)
    return Scene(
        values=line_values(x, biases, goal, loss)
        | {
            "what": Coded(words=["orange: its errors", "the data lie in fog"], code="fogs[fog]"),
            "whole": Coded(words=["", ", longer than the picture"], code="cut[bias, weight]"),
            "seen": Coded(words=["its errors are orange", "the data lie in fog"], code="fogs[fog]"),
        },
        controls=[
            # both start low, where the line fits badly
            slider("weight", "weight w", weights, len(weights) // 8),
            slider("bias", "bias b", biases, _low_bias(x, y, weights[len(weights) // 8], biases)),
            Choice(name="fog", label="data", options=["in sight", "in fog"]),
        ],
        panels=[_data(x, y, names), _bar(longest, goal)],
        readouts=[
            Readout(label="loss, the mean squared error", text=f"{{loss:{loss}}}"),
            Readout(label="goal", text="{met}"),
        ],
        status=f"Weight {{weight}}, bias {{bias}}: the loss is {{loss:{loss}}}. Goal: {{met}}.",
        description=(
            f"A line through {counted(len(x), 'point')}, and its loss as a bar: at weight "
            f"{{weight}} and bias {{bias}} the mean squared error is {{loss:{loss}}}; {{seen}}."
        ),
        dpi=90,
    )


def _low_bias(x, y, weight, biases):
    """The index of a low bias for which the middle of the line can still be seen."""
    low, high = _heights(y)
    middle = weight * np.mean(ends(x)) + np.array(biases)
    seen = np.flatnonzero((middle > low + (high - low) / 10) & (middle < high))
    seen = seen[seen >= len(biases) // 8]
    return seen[0] if len(seen) else len(biases) // 8


def _heights(y):
    """The ends of the axis of the data."""
    room = 0.06 * np.ptp(y) or 1
    return [min(0, y.min() - room), y.max() + room]


def _data(x, y, names):
    """The data and the line, with handles at its middle and at its ends."""
    return Panel(
        title="The line ŷ = {weight}·x {plus_bias}; {what}",
        caption=line_caption(len(x)),
        x=Axis(label=names[0], range=ends(x)),
        y=Axis(label=names[1], range=_heights(y)),
        aspect=1.7,
        basis=420,
        tall=330,
        handles=line_handles(x),
        layers=[
            Arrow(
                start=["x", "y[fog]"],
                end=["x", "predicted"],
                head=False,
                colour="orange",
                width=1.2 if len(x) > 30 else 2,
                alpha=0.6,
            ),
            Curve(at="line", colour="blue", width=3),
            Dots(at=["x", "y[fog]"], size=3 if len(x) > 30 else 5),
        ],
    )


def _bar(longest, goal):
    """The loss as a bar that grows upwards, with a mark at the goal."""
    marks = [Curve(at=[[0, 1], [goal, goal]], dash=[5, 4], width=1.6)] if goal is not None else []
    return Panel(
        title="Its loss{whole}",
        x=Axis(range=[0, 1], ticks=[]),
        y=Axis(label="mean squared error", range=[0, longest]),
        aspect=0.62,
        basis=130,
        tall=330,
        layers=[
            Arrow(start=[0.5, 0], end=[0.5, "loss"], head=False, colour="orange", width=44),
            *marks,
        ],
    )
