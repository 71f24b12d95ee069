"""Curves over steps, such as the losses of several runs: a still picture that follows the theme."""

import math
from collections.abc import Mapping

import numpy as np

from learnkit.painter.expressions import plain
from learnkit.painter.numbers import digits, power_ticks, whole_ticks
from learnkit.painter.player import Player
from learnkit.painter.scene import Arrow, Axis, Curve, Panel, Scene, Text
from learnkit.painter.shapes import PARTS, thinned

COLOURS = ("blue", "vermilion", "green", "purple", "orange")
# five colours and four dashes: of twenty curves no two look alike
DASHES = ([], [9, 5], [9, 4, 2, 4], [2, 4])
FEW = 20  # numbers: where there are fewer, each is marked
TALL, LINE, FRAME = 300, 18, 72  # pixels: of the picture, a name, and what surrounds the axes
RIGHT = 0.24  # of the picture's width is left for the names of the curves
MANY = 8  # curves: of more the still picture is coarser, to stay small
FEWEST = 12  # parts of a long curve, each with its peak and its dip, where there are many curves
LARGEST = 1e37  # of what a table of float32 holds
NEEDS = 'line_plot draws curves by name, such as {"loss": [3, 2, 1.5]}'


def line_plot(curves, title, xlabel, ylabel, log=False, level=None, start=0):
    """Return a still Player of curves with their names written beside them.

    curves: {name: numbers, one for each step from `start` on}, as many as you like; of a long one
        the peaks and the dips of each part are drawn.
    log: whether heights are powers of ten; what is not positive is then left out.
    level: (height, name) of a line to compare with.
    Raises TypeError for curves without names, ValueError for one without numbers.
    """
    rows = _numbers(curves)
    heights = {name: _heights(numbers, log) for name, numbers in rows.items()}
    mark = math.nan if level is None else float(_heights(np.array([float(level[0])]), log)[0])
    low, high = _ends([*heights.values(), [mark]])
    last = start + max(map(len, rows.values())) - 1
    ends = [start, last + (last - start or 1) * RIGHT / (1 - RIGHT)]
    tall = max(TALL, LINE * len(rows) + FRAME)
    table, layers = _curves(heights, start)
    if math.isfinite(mark):
        layers += _level(mark, level[1], start, last)
    layers += _names(heights, start, (high - low) * LINE / (tall - FRAME))
    panel = Panel(
        title=plain(title),
        x=Axis(label=xlabel, range=ends, ticks=whole_ticks(start, last)),
        y=Axis(label=ylabel, range=[low, high], ticks=power_ticks(low, high) if log else None),
        layers=layers,
        aspect=700 / tall,
        tall=tall,
    )
    description = f"{title}. {ylabel} over {xlabel}: {_told(rows)}."
    dpi = 100 if len(rows) <= MANY else 60
    return Player(Scene(panels=[panel], description=plain(description), dpi=dpi), table)


def _numbers(curves):
    """The curves as arrays of floats, refused where there is nothing to draw."""
    if not isinstance(curves, Mapping) or not curves:
        raise TypeError(f"{NEEDS}; this is {curves!r:.60}.")
    rows = {}
    for name, numbers in curves.items():
        try:
            rows[str(name)] = np.asarray(numbers, float)
        except (TypeError, ValueError):
            raise TypeError(f"{NEEDS}; {name!r} is {numbers!r:.60}.") from None
        if rows[str(name)].ndim != 1 or not len(rows[str(name)]):
            shape = rows[str(name)].shape
            raise ValueError(f"{NEEDS}, at least one number each; {name!r} has shape {shape}.")
    return rows


def _heights(numbers, log):
    """Where the numbers are drawn; NaN, a gap, for what cannot be."""
    known = np.isfinite(numbers) & (np.abs(numbers) < LARGEST) & ((numbers > 0) | (not log))
    numbers = np.where(known, numbers, np.nan)
    return np.log10(numbers) if log else numbers


def _ends(rows):
    """The ends of the vertical axis, with some room above and below."""
    known = np.concatenate(rows)
    known = known[np.isfinite(known)]
    if not len(known):
        return 0.0, 1.0
    room = 0.05 * np.ptp(known) or 0.5 * abs(known[0]) or 1.0
    return float(known.min() - room), float(known.max() + room)


def _look(i):
    return {"colour": COLOURS[i % len(COLOURS)], "dash": DASHES[i % len(DASHES)]}


def _curves(heights, start):
    """The arrays and the layers of the curves."""
    table, layers = {}, []
    parts = max(FEWEST, min(PARTS, 6 * PARTS // len(heights)))
    for i, row in enumerate(heights.values()):
        kept = thinned(row, parts)
        table[f"curve{i}"] = np.column_stack([start + kept, row[kept]])
        few = len(row) < FEW
        layers.append(Curve(at=f"curve{i}", dots=few, **_look(i)))
    return table, layers


def _level(height, name, start, last):
    line = {"head": False, "colour": "muted", "width": 1.5, "dash": [1, 3]}
    words = {"text": plain(name), "colour": "muted", "align": "center", "dy": 12}
    return [
        Arrow(start=[start, height], end=[last, height], **line),
        Text(at=[(start + last) / 2, height], **words),
    ]


def _names(heights, start, apart):
    """The names beside the last points of the curves, moved apart where these are close."""
    known = {name: np.flatnonzero(np.isfinite(row)) for name, row in heights.items()}
    shown = [name for name in heights if len(known[name])]
    order = sorted(shown, key=lambda name: heights[name][known[name][-1]])
    wanted = [float(heights[name][known[name][-1]]) for name in order]
    places = dict(zip(order, spread(wanted, apart)))
    layers = []
    for i, name in enumerate(heights):
        if name in places:
            at = [float(start + known[name][-1]), places[name]]
            layers.append(Text(at=at, text=plain(name), dx=9, colour=_look(i)["colour"]))
    return layers


def spread(wanted, apart):
    """The places nearest to ascending ones, by least squares, no two of them closer than
    `apart`.
    """
    groups = []  # of neighbours that touch: their mean place, less their distances, and how many
    for i, place in enumerate(wanted):
        groups.append([place - i * apart, 1])
        while len(groups) > 1 and groups[-1][0] < groups[-2][0]:
            (a, n), (b, m) = groups.pop(), groups.pop()
            groups.append([(a * n + b * m) / (n + m), n + m])
    moved = [place for place, count in groups for _ in range(count)]
    return [place + i * apart for i, place in enumerate(moved)]


def _told(rows):
    """From where to where each curve leads, and what of it cannot be drawn."""
    told = []
    for name, numbers in rows.items():
        first, last = (digits(float(end), ".4f") for end in numbers[[0, -1]])
        broken = int((~np.isfinite(numbers)).sum())
        gap = f", {broken} of {len(numbers)} not finite" if broken else ""
        told.append(f"{name} from {first} to {last}{gap}")
    return "; ".join(told)
