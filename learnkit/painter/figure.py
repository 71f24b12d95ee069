"""A still figure that carries one sentence saying what it shows."""

import base64
import html
import io

from matplotlib.figure import Figure
from PIL import Image

# Okabe and Ito's, dark enough on white
BLUE, ORANGE, GREEN, GREY = "#0072b2", "#d55e00", "#007a5a", "#767676"


def png(figure):
    """Return a Figure as the bytes of a PNG of 128 colours, a quarter of the size with all of
    them.
    """
    drawn, packed = io.BytesIO(), io.BytesIO()
    figure.savefig(drawn, dpi=150, format="png")
    Image.open(drawn).convert("RGB").quantize(128).save(packed, "PNG", optimize=True)
    return packed.getvalue()


class Picture:
    """A matplotlib Figure as an image with a description, for screen readers and for terminals.

    description: one sentence with the figure's numbers, computed from the same data.
    """

    def __init__(self, figure, description):
        self.figure, self.description = figure, description

    def __repr__(self):
        return self.description

    def _repr_mimebundle_(self, include=None, exclude=None):
        encoded = base64.b64encode(png(self.figure)).decode()
        width = round(self.figure.get_figwidth() * 88)
        image = (
            f'<img data-learnkit-picture src="data:image/png;base64,{encoded}" '
            f'alt="{html.escape(self.description)}" width="{width}" '
            'style="max-width:100%;height:auto">'
        )
        return {"text/html": image, "text/plain": self.description}


def line_plot(curves, title, xlabel, ylabel, log=False, level=None, start=0):
    """Return a Picture of curves with their names written beside them.

    curves: {name: numbers, one for each step from `start` on}.
    level: (height, name) of a dotted line to compare with.
    """
    figure = Figure(figsize=(8, 3.6), layout="constrained")
    axes = figure.add_subplot()
    for (name, numbers), colour, dash in zip(
        curves.items(), (BLUE, ORANGE, GREEN), ("-", "--", "-.")
    ):
        marker = "o" if len(numbers) < 20 else None  # where there are few, show what was measured
        axes.plot(
            range(start, start + len(numbers)),
            numbers,
            dash,
            color=colour,
            linewidth=2,
            marker=marker,
        )
        axes.annotate(
            f" {name}",
            (start + len(numbers) - 1, numbers[-1]),
            color=colour,
            va="center",
            fontsize=11,
        )
    if level:
        axes.axhline(level[0], color=GREY, linewidth=1, linestyle=":")
        middle = max(map(len, curves.values())) / 2
        below = {"xytext": (0, -4), "textcoords": "offset points", "va": "top", "ha": "center"}
        axes.annotate(level[1], (middle, level[0]), color="#555555", fontsize=10, **below)
    axes.set_yscale("log" if log else "linear")
    axes.set(title=title, xlabel=xlabel, ylabel=ylabel)
    axes.margins(x=0.02)
    axes.xaxis.get_major_locator().set_params(integer=True)  # there is no half a step
    axes.spines[["top", "right"]].set_visible(False)
    ends = "; ".join(f"{name} from {n[0]:.4f} to {n[-1]:.4f}" for name, n in curves.items())
    return Picture(figure, f"{title}. {ylabel} over {xlabel}: {ends}.")
