"""The picture of a training run: one panel for each measure, whose scale grows with the numbers."""

import math

import numpy as np

from learnkit.widgets.scene import GROUPS, nice_ticks

POINTS = 400  # drawn of a run, however long it is


def panel(i, name, numbers, total):
    """The panel of the i-th measure of a run of `total` steps, whose first numbers are known."""
    look, places = GROUPS[i], _places(name, numbers)
    spec = f".{places + 1}f"
    line = {"draw": "arrow", "head": False, "width": 1, "colour": "faint", "halo": False}
    return {
        "title": f"{name}: {{first{i}:{spec}}} at first, {{now{i}:{spec}}} after {{step}} of {total} steps",
        "description": f"The {name} at each step of a training run.",
        "x": {"label": "step", "range": [0, total]},
        "y": {"label": name, "range": [0, 1], "ticks": []},
        "aspect": 1.5,
        "basis": 280,
        "layers": [
            {**line, "from": [0, f"lines{i}"], "to": [total, f"lines{i}"]},
            {"draw": "text", "at": [0, f"lines{i}"], "text": f"{{ticks{i}:.{places}f}}", "align": "right", "dx": -8,
             "colour": "muted", "size": 12},
            {"draw": "curve", "at": f"curve{i}", **look},
            {"draw": "dots", "at": f"end{i}", "size": 6, **look},
        ],
    }  # fmt: skip


def _places(name, numbers):
    """How many decimal places tell apart the numbers of a measure that begins like this."""
    size = next((abs(number) for number in numbers if number and math.isfinite(number)), 1.0)
    return 2 if name == "accuracy" else min(max(2 - math.floor(math.log10(size)), 0), 6)


def drawn(i, name, steps, numbers):
    """What the picture shows of one measure: heights are parts of a panel whose scale grows with the numbers."""
    every = max(1, -(-len(steps) // POINTS))
    x, y = (np.array([*row[::every], *row[-1:]], float) for row in (steps, numbers))
    good = y[np.isfinite(y)]
    most = good.max(initial=1.0 if name == "accuracy" else 0.0)
    usual = 20 * np.median(good) if len(good) else 0.0
    low, high = good.min(initial=0.0), min(most, usual) if usual > 0 else most  # outliers leave the picture
    reach = 1.05 * (high - low) or 1.0
    ticks = np.array(nice_ticks(low, low + reach))
    curve = np.column_stack([x, (y - low) / reach])
    known = y if len(y) else np.array([np.nan])
    return {
        f"curve{i}": curve,
        f"end{i}": curve[-1] if len(curve) else np.full(2, np.nan),
        f"first{i}": known[:1],
        f"now{i}": known[-1:],
        f"ticks{i}": ticks,
        f"lines{i}": (ticks - low) / reach,
    }
