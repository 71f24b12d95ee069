"""The player of a training run, whose still picture is drawn in a few milliseconds, so that the
loop need not wait.
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


def _paint(draw, corner, i, panel, lens):
    table, (left, top), (right, bottom) = (
        lens.table,
        corner + MARGINS[:2],
        corner + SIZE - MARGINS[2:],
    )
    total = panel["x"]["range"][1]
    place = lambda x, y: (
        float(left + x / total * (right - left)),
        float(bottom - y * (bottom - top)),
    )
    write = lambda at, text, anchor, ink="ink", size=12: draw.text(
        at, text, INK[ink], _font(size), anchor
    )
    title = lens.words(panel["title"])
    write(corner + [8 * FINE, 20 * FINE], title, "lm", size=_fitting(title, SIZE[0] - 16 * FINE))
    write(corner + [8 * FINE, 48 * FINE], panel["y"]["label"], "lm")
    write((right, bottom + 32 * FINE), panel["x"]["label"], "rm")
    for tick, text in panel["x"]["ticks"]:
        draw.line([place(tick, 0), place(tick, 1)], INK["faint"], FINE)
        write((place(tick, 0)[0], bottom + 14 * FINE), text, "mm", "muted", 11)
    for item, height in enumerate(table[f"lines{i}"]):
        draw.line([place(0, height), place(total, height)], INK["faint"], FINE)
        write(
            (left - 8 * FINE, place(0, height)[1]),
            lens.words(template(f"{{tick{i}}}"), item),
            "rm",
            "muted",
            11,
        )
    _curve(draw, table, i, panel["layers"][-1], place)


def _curve(draw, table, i, look, place):
    """The line, broken where numbers are not finite and cut at the top, and the marker at its
    end.
    """
    rows = table[f"curve{i}"]
    for (x, y), (u, v) in zip(rows, rows[1:]):
        if np.isfinite([y, v]).all() and min(y, v) < 1.03:
            draw.line(
                [place(x, min(y, 1.03)), place(u, min(v, 1.03))],
                INK[look["colour"]],
                2 * FINE,
                joint="curve",
            )
    x, y = table[f"end{i}"]
    if np.isfinite(y) and y <= 1.03:
        sides, turned = SIDES[look["shape"]]
        draw.regular_polygon((*place(x, y), 6 * FINE), sides, turned, INK[look["colour"]], "white")
