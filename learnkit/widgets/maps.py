"""A table of losses as coloured squares: the step from numbers to a heat map, and from there to
contour lines.
"""

import numpy as np

from learnkit.painter.expressions import plain
from learnkit.painter.numbers import digits as written
from learnkit.painter.player import Player
from learnkit.painter.scene import (
    Axis,
    Curve,
    Heat,
    Look,
    Panel,
    Readout,
    Scene,
    Slider,
    Text,
)
from learnkit.painter.texts import spec

ROOM = 72  # characters of a row that can be read side by side on a screen
ROWS = 16  # that can be read one above the other


def heat_map(
    table, weights, biases, digits=1, title="Each number is a height: the darker, the lower"
):
    """A table as coloured squares with the numbers written in them, the smallest in bold; a click
    or the arrow keys choose a square and tell its weight, bias and loss.

    table: (biases, weights), finite numbers, one row for each bias, drawn from the bottom up as an
    axis counts. weights, biases: the evenly spaced values along the two axes, at least two of each.
    digits: decimals written. Where the squares are too small for their numbers, the picture says
    that these are left out. Raises ValueError if the table does not have that shape.
    """
    table, weights, biases = _checked(table, weights, biases)
    count = len(biases), len(weights)
    texts = [written(number, f".{digits}f") for number in table.ravel().tolist()]
    fits = count[0] <= ROWS and count[1] * (max(map(len, texts)) + 1) <= ROOM
    row, column = np.unravel_index(table.argmin(), table.shape)
    arrays = {
        "losses": table,
        "x": np.tile(weights, len(biases)),
        "y": np.repeat(biases, len(weights)),
        "lowest": np.arange(table.size) == table.argmin(),
        "around_x": weights[:, None] + _half(weights) * np.array([-1, 1, 1, -1, -1]),
        "around_y": biases[:, None] + _half(biases) * np.array([-1, -1, 1, 1, -1]),
    }
    numbers = [_numbers(texts, weights, biases)] if fits else []
    caption = "" if fits else f"{table.size:,} numbers are too many to write: choose a square."
    lowest = f"the lowest, {texts[table.argmin()]}, at w = {weights[column]:g}, b = {biases[row]:g}"
    scene = Scene(
        panels=[_panel(title, caption, table, weights, biases, numbers)],
        controls=[_choice("weight", "weight w", weights), _choice("bias", "bias b", biases)],
        values={"loss": "losses[bias, weight]"},
        readouts=[
            Readout(label="the chosen square: weight w", text="{weight}"),
            Readout(label="bias b", text="{bias}"),
            Readout(label="loss", text=f"{{loss:.{digits}f}}"),
        ],
        status=f"Weight {{weight}}, bias {{bias}}: the loss is {{loss:.{digits}f}}.",
        description=(
            f"{plain(title)}. {count[0]} rows and {count[1]} columns of losses; {lowest}; the "
            f"highest {texts[table.argmax()]}."
        ),
    )
    return Player(scene, arrays)


def _checked(table, weights, biases):
    """Table, weights and biases as arrays in the precision that is drawn."""
    table = np.asarray(table, dtype=np.float32)
    weights, biases = np.asarray(weights, float), np.asarray(biases, float)
    if table.shape != (len(biases), len(weights)):
        wanted = (
            f"one row for each of {len(biases)} biases and one column for each of {len(weights)} "
            "weights"
        )
        raise ValueError(f"heat_map needs {wanted}; this table has shape {table.shape}.")
    if min(table.shape) < 2:
        raise ValueError("heat_map needs at least two weights and two biases.")
    if not np.isfinite(table).all():
        raise ValueError(
            "heat_map needs finite numbers; this table holds infinite or missing ones."
        )
    return table, weights, biases


def _choice(name, label, values):
    """A control without a slider: it is moved on the picture."""
    form = ".3f" if np.abs(values).max() < 1000 else spec(np.ptp(values))
    for places in range(3):
        if np.allclose(values, np.round(values, places), atol=1e-9):
            form = f".{places}f"
            break
    return Slider(name=name, label=label, values=values, format=form, hidden=True)


def _half(values):
    """Half the side of a square."""
    return np.ptp(values) / (2 * len(values) - 2)


def _panel(title, caption, table, weights, biases, numbers):
    ends = [[values[0] - _half(values), values[-1] + _half(values)] for values in (weights, biases)]
    few = [values if len(values) <= 16 else None for values in (weights, biases)]
    spread = np.ptp(table) or 1.0
    # the loss spans several powers of ten: its root spreads the colours, and keeps their order
    levels = table.min() + spread * np.linspace(0, 1, 11) ** 2
    return Panel(
        title=plain(title),
        caption=caption,
        x=Axis(label="weight w", range=ends[0], ticks=few[0]),
        y=Axis(label="bias b", range=ends[1], ticks=few[1]),
        aspect=1.9,
        tall=420,
        click=["weight", "bias"],
        layers=[
            Heat(z="losses", levels=levels, label="colour: loss", squares=True),
            *numbers,
            Curve(
                at=["around_x[weight]", "around_y[bias]"], colour="vermilion", width=3, halo=True
            ),
        ],
    )


def _numbers(texts, weights, biases):
    return Text(
        at=["x", "y"],
        texts=texts,
        align="center",
        size=13,
        extent=[2 * _half(weights), 2 * _half(biases)],
        styles=[Look(weight=400), Look(weight=700)],
        style="lowest",
    )
