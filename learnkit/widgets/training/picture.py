"""The picture of a training run: one panel for each measure, whose scale and formats grow with
the numbers.
"""

import math

import numpy as np

from learnkit.painter.expressions import plain
from learnkit.painter.numbers import nice_ticks
from learnkit.painter.scene import GROUPS, Arrow, Axis, Coded, Curve, Dots, Panel, Text
from learnkit.painter.texts import counted, spec

# of a run, however long it is: each keeps its lowest, its highest and its first broken number
BUCKETS = 130
FORMATS = [".0f", ".1f", ".2f", ".3f", ".4f", ".5f", ".1e", ".2e"]
LARGEST = 1e37  # of what a table of float32 holds; beyond it numbers are ∞
BROKEN = ["not a number since step {%s}", "∞ since step {%s}", "−∞ since step {%s}"]


def panel(i, name, total):
    """The panel of the i-th measure of a run of `total` steps."""
    look, said = GROUPS[i], plain(name)
    line = {"head": False, "width": 1, "colour": "faint", "halo": False}
    number = {"align": "right", "dx": -8, "colour": "muted", "size": 12}
    return Panel(
        title=f"{said}: {{begin{i}}} at first, {{close{i}}}",
        description=f"The {said} at each step of a training run.",
        x=Axis(label="step", range=[0, total]),
        y=Axis(label=name, range=[0, 1], ticks=[]),
        aspect=1.5,
        basis=280,
        layers=[
            Arrow(start=[0, f"lines{i}"], end=[total, f"lines{i}"], **line),
            Text(at=[0, f"lines{i}"], text=f"{{tick{i}}}", **number),
            Curve(at=f"curve{i}", colour=look.colour),
            Dots(at=f"end{i}", size=6, colour=look.colour, shape=look.shape),
        ],
    )


def words(i, total):
    """The texts of the i-th panel as values of a scene: which format suits a number is in the
    table.
    """

    def formatted(name):
        return [f"{{{name}{i}:{form}}}" for form in FORMATS]

    closes = [
        f"{{latest{i}}} after {{step}} of {counted(total, 'step')}",
        *(end % f"since{i}" for end in BROKEN),
    ]
    return {
        f"tick{i}": Coded(words=formatted("ticks"), code=f"tick_format{i}"),
        f"begin{i}": Coded(words=formatted("first"), code=f"first_format{i}"),
        f"latest{i}": Coded(words=formatted("now"), code=f"now_format{i}"),
        f"close{i}": Coded(words=closes, code=f"broken{i}"),
    }


def drawn(i, name, steps, numbers):
    """What the picture shows of one measure: heights are parts of a panel whose scale grows with
    the numbers.
    """
    x, y = (np.array(row, float) for row in (steps, numbers))
    y = np.where(np.abs(y) > LARGEST, np.copysign(np.inf, y), y)
    good = y[np.isfinite(y)]
    most = good.max(initial=1.0 if name == "accuracy" else 0.0)
    usual = 20 * np.median(good) if len(good) else 0.0
    # outliers leave the picture
    low, high = good.min(initial=0.0), min(most, usual) if usual > 0 else most
    reach = 1.05 * (high - low) or 1.0
    kept, known = _thinned(y), y if len(y) else np.array([np.nan])
    curve = np.column_stack([x, (y - low) / reach])
    ticks = _ticks(low, reach)
    table = {
        "curve": curve[kept],
        "end": curve[np.isfinite(y)][-1] if len(good) else np.full(2, np.nan),
        "ticks": ticks,
        "tick_format": _tick_formats(ticks),
        "lines": (ticks - low) / reach,
        **_told(name, "first", known[0]),
        **_told(name, "now", known[-1]),
        **_broken(x, y),
    }
    return {f"{key}{i}": array for key, array in table.items()}


def _thinned(y):
    """Which numbers of a long run are drawn: of each bucket the lowest, the highest and the
    first broken one.
    """
    n, size = len(y), -(-len(y) // BUCKETS)
    if n <= 3 * BUCKETS:
        return np.arange(n)
    rows = np.pad(y, (0, -n % size), mode="edge").reshape(-1, size)
    broken = ~np.isfinite(rows)
    picks = [
        np.where(broken, np.inf, rows).argmin(axis=1),
        np.where(broken, -np.inf, rows).argmax(axis=1),
    ]
    picks.append(broken.argmax(axis=1)[broken.any(axis=1)])
    starts = size * np.arange(len(rows))
    starts = [starts, starts, starts[broken.any(axis=1)]]
    return np.unique(np.concatenate([[0, n - 1], *map(np.add, picks, starts)]).clip(0, n - 1))


def _ticks(low, reach):
    scale = 10.0 ** math.floor(math.log10(reach))
    return scale * np.array(nice_ticks(low / scale, (low + reach) / scale))


def _tick_formats(ticks):
    """The format of each tick, so that none is longer than the margin is wide."""
    step, most = ticks[1] - ticks[0], np.abs(ticks).max()
    places = max(0, -math.floor(math.log10(step) + 1e-9))
    plain = most < 1e5 and places <= 4
    return [FORMATS.index(f".{places}f" if plain else ".1e" if tick else ".0f") for tick in ticks]


def _told(name, key, number):
    """A number for the title and its format."""
    form = ".3f" if name == "accuracy" or not math.isfinite(number) else spec(number, usual=3)
    return {key: np.array([number]), f"{key}_format": np.array([FORMATS.index(form)])}


def _broken(x, y):
    """What a run that ends without a finite number has come to, counted in BROKEN from 1, and
    since which step.
    """
    if not len(y) or np.isfinite(y[-1]):
        return {"broken": np.zeros(1), "since": np.full(1, np.nan)}
    kind = 1 if np.isnan(y[-1]) else 2 if y[-1] > 0 else 3
    alike = np.isnan(y) if kind == 1 else y == y[-1]
    return {
        "broken": np.array([kind]),
        "since": x[len(y) - np.append(alike[::-1], False).argmin()][None],
    }
