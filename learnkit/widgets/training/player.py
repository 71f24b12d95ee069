"""The player of a training run, whose still picture is drawn in a few milliseconds, so that the
loop need not wait: matplotlib would take ten times as long, after half a second of loading it.
"""

import io
from functools import cache, cached_property
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from learnkit.painter.expressions import template
from learnkit.painter.live import LivePlayer

INK = {  # of picture.INK, which brings matplotlib with it
    "ink": "#1b1b1b", "muted": "#595959", "faint": "#d6d6d6",
    "blue": "#0072b2", "vermilion": "#c94f00", "green": "#00805c", "purple": "#a9487f",
}  # fmt: skip
# and degrees turned
SIDES = {"circle": (24, 0), "triangle": (3, 0), "square": (4, 0), "diamond": (4, 45)}
TOP = 1.03  # of the panel's height: lines end there
FINE = 2  # it is drawn larger, then shrunk, for smooth lines
# left, top, right, bottom
SIZE, MARGINS = np.array([420, 300]) * FINE, np.array([62, 66, 20, 44]) * FINE


class TrainingPlayer(LivePlayer):
    """A LivePlayer of panels as `training_picture.panel` makes them."""

    @cached_property
    def png(self):
        """The still picture as bytes of a PNG."""
        panels = self.scene["panels"]
        columns = min(2, len(panels))
        size = SIZE * [columns, -(-len(panels) // columns)]
        picture = Image.new("RGB", tuple(size.tolist()), "white")
        for i, panel in enumerate(panels):
            _paint(ImageDraw.Draw(picture), SIZE * [i % columns, i // columns], i, panel, self.lens)
        raw = io.BytesIO()
        picture.reduce(FINE).quantize(32, dither=Image.Dither.NONE).save(raw, format="png")
        return raw.getvalue()


@cache
def _font(size):
    fonts = Path(find_spec("matplotlib").origin).parent / "mpl-data/fonts/ttf"
    return ImageFont.truetype(fonts / "DejaVuSans.ttf", size * FINE)


def _fitting(title, width):
    return next((size for size in range(13, 7, -1) if _font(size).getlength(title) <= width), 7)


class _Sheet:
    """The room of one panel, in which the run goes from the left to the right."""

    def __init__(self, draw, corner, total):
        self.draw, self.corner, self.total = draw, corner, total
        self.left, self.top = corner + MARGINS[:2]
        self.right, self.bottom = corner + SIZE - MARGINS[2:]

    def place(self, x, y):
        """The pixel of a step and of a height from 0 to 1."""
        across = self.left + x / self.total * (self.right - self.left)
        return float(across), float(self.bottom - y * (self.bottom - self.top))

    def write(self, at, text, anchor, ink="ink", size=12):
        self.draw.text(at, text, INK[ink], _font(size), anchor)

    def line(self, start, end):
        self.draw.line([self.place(*start), self.place(*end)], INK["faint"], FINE)


def _paint(draw, corner, i, panel, lens):
    """Draw the i-th panel with its title, its frame and its run."""
    sheet = _Sheet(draw, corner, panel["x"]["range"][1])
    title = lens.words(panel["title"])
    size = _fitting(title, SIZE[0] - 16 * FINE)
    sheet.write(corner + [8 * FINE, 20 * FINE], title, "lm", size=size)
    sheet.write(corner + [8 * FINE, 48 * FINE], panel["y"]["label"], "lm")
    sheet.write((sheet.right, sheet.bottom + 32 * FINE), panel["x"]["label"], "rm")
    for tick, text in panel["x"]["ticks"]:
        sheet.line((tick, 0), (tick, 1))
        below = sheet.place(tick, 0)[0], sheet.bottom + 14 * FINE
        sheet.write(below, text, "mm", "muted", 11)
    for item, height in enumerate(lens.table[f"lines{i}"]):
        sheet.line((0, height), (sheet.total, height))
        beside = sheet.left - 8 * FINE, sheet.place(0, height)[1]
        words = lens.words(template(f"{{tick{i}}}"), item)
        sheet.write(beside, words, "rm", "muted", 11)
    _curve(sheet, lens.table, i, panel["layers"][-1])


def _curve(sheet, table, i, look):
    """The line, broken where numbers are not finite and cut at the top, and the marker at its
    end.
    """
    rows, colour = table[f"curve{i}"], INK[look["colour"]]
    for (x, y), (u, v) in zip(rows, rows[1:]):
        if np.isfinite([y, v]).all() and min(y, v) < TOP:
            ends = [sheet.place(x, min(y, TOP)), sheet.place(u, min(v, TOP))]
            sheet.draw.line(ends, colour, 2 * FINE, joint="curve")
    x, y = table[f"end{i}"]
    if np.isfinite(y) and y <= TOP:
        sides, turned = SIDES[look["shape"]]
        sheet.draw.regular_polygon((*sheet.place(x, y), 6 * FINE), sides, turned, colour, "white")
