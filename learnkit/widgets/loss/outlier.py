"""An outlier to drag: the line that each of three losses fits, and what each makes of its error."""

import numpy as np

from learnkit.painter.player import Player
from learnkit.painter.scene import Axis, Curve, Dots, Handle, Panel, Readout, Scene, Slider, Text
from learnkit.painter.shapes import holding
from learnkit.painter.texts import spec
from learnkit.widgets.loss.data import checked, made_up
from learnkit.widgets.loss.fits import LOSSES, fitted_line, loss_of_errors, pull_of_errors

LOOKS = (
    {"colour": "blue", "width": 3},
    {"colour": "vermilion", "width": 3, "dash": [9, 5]},
    {"colour": "green", "width": 3, "dash": [2, 4]},
)
SHAPES = ("circle", "square", "triangle")
MOST = 60  # points, of which every pair is tried


def drag_outlier(
    x=None, y=None, which=-1, delta=1.0, low=None, high=None, names=("x", "y"), places=51
):
    """The lines that three losses fit to points, one of which is dragged up and down.

    x, y: data, arrays of one length, 3 to 60 points; eight made-up ones if left out.
    which: the index of the point to drag.
    delta: of the Huber loss, in units of y. low, high: between which heights the point is dragged.
    names: of the data's two axes. places: how many heights it can take.
    Raises ValueError for data that no line can be fitted to, or a `which` that is not there.
    `.arrays` holds heights (places,), lines (places, 3, 2): weight and bias for each of LOSSES,
    errors, costs and pulls (places, 3) of the dragged point, and the fits' two ends.
    """
    x, y = made_up() if x is None and y is None else checked(x, y)
    if not 3 <= len(x) <= MOST:
        raise ValueError(f"drag_outlier takes 3 to {MOST} points; these are {len(x)}.")
    if not -len(x) <= which < len(x):
        raise ValueError(f"which is the index of one of {len(x)} points; this is {which}.")
    if not delta > 0:
        raise ValueError(f"delta is where Huber's square ends, a positive number; this is {delta}.")
    room = np.ptp(y) or 1.0
    low = min(y[which], y.min() - room if low is None else low)
    high = max(y[which], y.max() + room if high is None else high)
    heights = holding(np.linspace(low, high, places), y[which])
    table = _table(x, y, which, delta, heights)
    return Player(_scene(x, table, which, y[which], names), table)


def _table(x, y, which, delta, heights):
    """Every line for every height of the dragged point, and what that point costs there."""
    moved = np.repeat(y[None], len(heights), axis=0)
    moved[:, which] = heights
    lines = np.array([[fitted_line(x, row, loss, delta) for loss in LOSSES] for row in moved])
    ends = np.array([x.min(), x.max()]) + 0.06 * np.ptp(x) * np.array([-1, 1])
    fits = lines[..., :1] * ends + lines[..., 1:]
    errors = lines[..., 0] * x[which] + lines[..., 1] - heights[:, None]
    rows = list(zip(errors.T, LOSSES, strict=True))
    costs = np.stack([loss_of_errors(row, loss, delta) for row, loss in rows], axis=1)
    pulls = np.stack([pull_of_errors(row, loss, delta) for row, loss in rows], axis=1)
    reach = 1.1 * np.abs(errors).max()
    over = np.linspace(-reach, reach, 241)
    others = np.arange(len(x)) != which % len(x)
    return {
        "heights": heights,
        "lines": lines,
        "fits": np.stack(np.broadcast_arrays(ends, fits), axis=-1),
        "errors": errors,
        "costs": costs,
        "pulls": np.abs(pulls),
        "over": over,
        "curves": np.stack([loss_of_errors(over, loss, delta) for loss in LOSSES]),
        "others": np.stack([x[others], y[others]], axis=1),
    }


def _scene(x, table, which, start, names):
    form = spec(np.ptp(table["heights"]))
    weight = spec(np.abs(table["lines"][..., 0]).max())
    values = {f"weight{i}": f"lines[height, {i}, 0]" for i in range(3)}
    values |= {f"error{i}": f"errors[height, {i}]" for i in range(3)}
    values |= {f"cost{i}": f"costs[height, {i}]" for i in range(3)}
    values |= {f"pull{i}": f"pulls[height, {i}]" for i in range(3)}
    pull = spec(table["pulls"].max())
    told = ", ".join(f"{loss} {{weight{i}:{weight}}}" for i, loss in enumerate(LOSSES))
    return Scene(
        values=values,
        controls=[
            Slider(
                name="height", label=f"{names[1]} of the movable point", values=table["heights"],
                start=start, format=form,
            )
        ],
        panels=[_data_panel(x, table, which, names, form), _loss_panel(table)],
        readouts=[
            Readout(
                label=f"{loss} {'loss' if loss == 'Huber' else 'error'}",
                text=f"w = {{weight{i}:{weight}}}, pull {{pull{i}:{pull}}}",
            )
            for i, loss in enumerate(LOSSES)
        ],
        status=f"With the point at {{height}} the weights are: {told}.",
        description=(
            f"{len(x)} points and the line that each of three losses fits to them: with the "
            f"movable point at {{height}} the weights are {told}."
        ),
    )  # fmt: skip


def _data_panel(x, table, which, names, form):
    ends = table["fits"][0, 0, :, 0]
    room = 0.04 * np.ptp(table["heights"])
    here = [float(x[which]), "height"]
    return Panel(
        title="The movable point at {height}",
        caption="Solid: squared. Dashed: absolute. Dotted: Huber. Pull: the slope of that loss.",
        x=Axis(label=names[0], range=ends.tolist()),
        y=Axis(
            label=names[1], range=[table["heights"][0] - room, table["heights"][-1] + room]
        ),
        aspect=1.25,
        basis=270,
        click=[None, "height"],
        handles=[Handle(at=here, sets=["height"], label="the movable point")],
        layers=[
            *[Curve(at=f"fits[height, {i}]", **look) for i, look in enumerate(LOOKS)],
            Dots(at="others", size=5),
            Dots(at=here, size=9, colour="purple", shape="diamond"),
        ],
    )  # fmt: skip


def _loss_panel(table):
    reach, top = float(table["over"][-1]), 1.15 * float(table["costs"].max())
    layers = []
    for i, look in enumerate(LOOKS):
        layers += [
            Curve(at=["over", f"curves[{i}]"], **look),
            Dots(
                at=[f"error{i}", f"cost{i}"],
                shape=SHAPES[i],
                colour=look["colour"],
                size=7,
            ),
        ]
    return Panel(
        title="What each loss makes of that point's error",
        x=Axis(label="its error, prediction − target", range=[-reach, reach]),
        y=Axis(label="loss of that error", range=[0, top]),
        aspect=1.25,
        basis=270,
        layers=[*layers, *_names(table, reach, top)],
    )  # fmt: skip


def _names(table, reach, top):
    """The name of each loss, at a place of its curve where the three lie apart."""
    over, layers = table["over"], []
    for i, loss in enumerate(LOSSES):
        near = np.abs(over - 0.97 * reach).argmin()
        height = float(table["curves"][i][near])
        if height > 0.93 * top:
            near = np.flatnonzero((over > 0) & (table["curves"][i] < 0.93 * top))[-1]
            height = float(table["curves"][i][near])
        side = {"align": "right", "dx": -9 if i == 0 else -4, "dy": (0, -15, 17)[i]}
        at = [float(over[near]), height]
        layers.append(Text(at=at, text=loss, colour=LOOKS[i]["colour"], weight=600, **side))
    return layers
