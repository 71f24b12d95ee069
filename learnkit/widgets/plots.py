"""A style for what you plot with matplotlib, readable in a light and in a dark notebook."""

import matplotlib
from cycler import cycler

PAPER, INK, QUIET, GRID = "#fbfbf9", "#1b1b1b", "#595959", "#d6d6d6"
# Okabe and Ito's colours, darkened until they read on paper, each with a dash of its own
LINES = {
    "#0072b2": "-",
    "#c04a00": "--",
    "#007a57": "-.",
    "#a9487f": ":",
    "#8f5a00": (0, (9, 3)),
    "#595959": (0, (5, 1, 1, 1, 1, 1)),
}
STYLE = {
    # a page of its own, so that a dark notebook does not swallow dark letters
    "figure.facecolor": PAPER,
    "savefig.facecolor": PAPER,
    "axes.facecolor": PAPER,
    "legend.facecolor": PAPER,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": QUIET,
    "xtick.color": QUIET,
    "ytick.color": QUIET,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": GRID,
    "grid.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlelocation": "left",
    "axes.titleweight": "bold",
    "axes.prop_cycle": cycler(color=list(LINES), linestyle=list(LINES.values())),
    "lines.linewidth": 2,
    "image.cmap": "viridis",
    "font.size": 11,
    "figure.figsize": (8, 4),
    "figure.constrained_layout.use": True,
}


class _Chosen:
    """Undoes the style at the end of a `with` block."""

    def __init__(self, before):
        self._before = before

    def __repr__(self):
        return "matplotlib draws in the style of the course."

    def __enter__(self):
        return self

    def __exit__(self, *error):
        matplotlib.rcParams.update(self._before)


def style():
    """Have matplotlib draw in the style of the course from now on, or in one block.

    Text reads on its paper, whatever the notebook's theme, and lines differ by colour and by dash.

        widgets.style()        # once, for the whole notebook
        with widgets.style():  # or for these lines only
            plt.plot(losses)
    """
    before = {name: matplotlib.rcParams[name] for name in STYLE}
    matplotlib.rcParams.update(STYLE)
    return _Chosen(before)
