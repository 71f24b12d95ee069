"""A box to drag and a class to name: the two parts of a loss for finding things in a picture."""

import numpy as np

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
    Text,
)

WIDE, TALL = 12, 8  # of the picture
BOX = np.array([4.0, 3.0])  # width and height of either box
TRUE = np.array([3.0, 2.0])  # left and bottom of the true one
LEFTS, BOTTOMS = np.arange(0, 8.5, 0.5), np.arange(0, 5.5, 0.5)
CHANCES = np.array([0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95])
WEIGHTS = np.array([0.2, 0.5, 1.0, 2.0])
BAR = {"head": False, "width": 14, "halo": False}


def drag_box():
    """A predicted box to drag over the true one, and the probability of its class: the loss is the
    surprise of the class plus a weight times the mean absolute error of the box's four numbers.

    `.arrays` holds place (lefts, bottoms), surprise (chances,), weighted (lefts, bottoms, weights)
    and loss (lefts, bottoms, chances, weights).
    """
    aside, up = (np.abs(values - true) for values, true in zip((LEFTS, BOTTOMS), TRUE, strict=True))
    # left and right are equally far off, and so are bottom and top
    place = (2 * aside[:, None] + 2 * up) / 4
    surprise, weighted = -np.log(CHANCES), place[..., None] * WEIGHTS
    corners = np.array([[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]) * BOX
    here = np.stack(np.meshgrid(LEFTS, BOTTOMS, indexing="ij"), axis=-1)
    table = {
        "place": place,
        "surprise": surprise,
        "weighted": weighted,
        "loss": surprise[:, None] + weighted[:, :, None, :],
        "boxes": here[:, :, None, :] + corners,
        "truth": TRUE + corners,
        "across": LEFTS + BOX[0] / 2,
        "above": BOTTOMS + BOX[1] / 2,
    }
    return Player(_scene(), table)


def _scene():
    return Scene(
        values={
            "off": "place[left, bottom]",
            "named": "surprise[chance]",
            "placed": "weighted[left, bottom, weight]",
            "total": "loss[left, bottom, chance, weight]",
        },
        controls=[
            _hidden("left", "left edge of the box", LEFTS, 5.5),
            _hidden("bottom", "lower edge of the box", BOTTOMS, 3.5),
            Slider(name="chance", label="probability of “cat”", values=CHANCES, start=0.3),
            Slider(
                name="weight", label="weight λ of the place", values=WEIGHTS, start=1.0,
                format=".1f",
            ),
        ],
        panels=[_picture(), _bars()],
        readouts=[
            Readout(label="class: −ln p", text="{named:.3f}"),
            Readout(label="place: mean |error|", text="{off:.2f}"),
            Readout(label="λ · place", text="{placed:.3f}"),
            Readout(label="loss", text="{total:.3f}"),
        ],
        status="Class {named:.3f} plus {weight} times {off:.2f} for the place: loss {total:.3f}.",
        description=(
            "A predicted box beside the true box of a cat: the surprise of the class is "
            "{named:.3f}, the mean absolute error of the four edges {off:.2f}, and with a weight "
            "of {weight} the loss is {total:.3f}."
        ),
    )  # fmt: skip


def _hidden(name, label, values, start):
    return Slider(name=name, label=label, values=values, start=start, format=".1f", hidden=True)


def _picture():
    middle = ["across[left]", "above[bottom]"]
    return Panel(
        title="Dashed: the true box. Solid: predicted",
        caption="Drag the predicted box at its middle.",
        x=Axis(label="from the left", range=[0, WIDE]),
        y=Axis(label="from below", range=[0, TALL]),
        aspect=1.4,
        basis=270,
        handles=[Handle(at=middle, sets=["left", "bottom"], label="the predicted box")],
        layers=[
            Curve(at="truth", colour="green", width=3, dash=[8, 5]),
            Curve(at="boxes[left, bottom]", colour="blue", width=3),
            Dots(at=middle, colour="blue", size=7),
        ],
    )


def _bars():
    return Panel(
        title="Loss {total:.3f} = class {named:.3f} + place {placed:.3f}",
        x=Axis(label="loss", range=[0, 11.5]),
        y=Axis(range=[0.5, 3.8], ticks=[]),
        aspect=1.4,
        basis=270,
        layers=[
            Arrow(start=[0, 3], end=["named", 3], colour="vermilion", **BAR),
            Text(at=[0, 3], text="class", dy=-17, colour="vermilion", weight=600),
            Arrow(start=[0, 1.9], end=["placed", 1.9], colour="blue", **BAR),
            Text(at=[0, 1.9], text="λ · place", dy=-17, colour="blue", weight=600),
            Arrow(start=[0, 0.8], end=["named", 0.8], colour="vermilion", **BAR),
            Arrow(start=["named", 0.8], end=["total", 0.8], colour="blue", **BAR),
            Text(at=[0, 0.8], text="loss, the two end to end", dy=-17, weight=600),
        ],
    )
