"""Roll downhill: a ball on a curve, a learning rate, and what becomes of the two."""

import numpy as np

from learnkit.landscapes import CURVES
from learnkit.widgets.player import Player

REGIMES = ["crawling", "converging", "bouncing", "diverging", "still rolling"]
VERDICTS = [
    "steps so small that the ball crawls",
    "the ball settles in a valley",
    "the ball bounces and cannot settle",
    "every step overshoots more, and the ball is gone",
    "the ball is still on its way",
]
RATES = np.array([0.01, *np.arange(1, 41) * 0.03])


def central_difference(f, x, step=1e-5):
    """The slope of f at x from one step to either side; x: number or array."""
    return (f(x + step) - f(x - step)) / (2 * step)


def descend(derivative, starts, rates, steps):
    """Every run of x ← x − η f′(x): an array of shape (starts, rates, steps + 1)."""
    x = np.broadcast_to(np.asarray(starts, float)[:, None], (len(starts), len(rates)))
    runs = [x]
    with np.errstate(all="ignore"):
        for _ in range(steps):
            x = x - np.asarray(rates) * derivative(x)
            runs.append(x)
    return np.stack(runs, axis=-1)


def regime(paths, low, high):
    """What each run does, as an index into REGIMES. paths: (..., steps + 1, d), in a picture from low to high.

    Lengths are parts of the picture's width. Diverging: it ends more than 1.5 from the middle, or overflows.
    Bouncing: it turned back among its last ten steps, by more than 0.003. Converging: its last step is below 0.002
    and a third of its longest, or below 0.0003. Crawling: its steps average less than 0.006. Else still rolling.
    """
    steps = np.diff(paths, axis=-2) / (high - low)
    sizes = np.linalg.norm(steps, axis=-1)
    late, last = steps[..., -10:, :], sizes[..., -1]
    with np.errstate(invalid="ignore"):
        gone = ~(np.abs(paths[..., -1, :] - (low + high) / 2) < 1.5 * (high - low)).all(axis=-1)
        back = ((late[..., 1:, :] * late[..., :-1, :]).sum(axis=-1) < 0) & (sizes[..., -9:] > 0.003)
        settled = (last < 0.002) & (last < sizes.max(axis=-1) / 3) | (last < 0.0003)
        slow = sizes.mean(axis=-1) < 0.006
    return np.select([gone, back.any(axis=-1), settled, slow], [3, 2, 1, 0], 4)


def roll_downhill(f=None, derivative=None, domain=None, start=3.0, rate=0.06, steps=24, name="f(x)"):
    """A ball that rolls down a curve by gradient descent, step by step, at the learning rate you choose.

    f: function of a NumPy array, element by element; the course's own curve if left out.
    derivative: its derivative; central differences if left out. domain: (low, high), the part shown.
    start: where the ball starts. rate: learning rate η. steps: updates in a run.
    `.arrays` holds curve (n, 2), slope (n, 2), runs (starts, rates, steps + 1) and codes of REGIMES.
    """
    if f is None:
        hills = CURVES["hills"]
        f, derivative, domain = hills.function, hills.derivative, domain or hills.range
        name = f"f(x) = {hills.formula}"
    low, high = domain or (-3.0, 3.0)
    derivative = derivative or (lambda x: central_difference(f, x))
    starts = np.linspace(low, high, 21)
    table = _table(f, derivative, low, high, descend(derivative, starts, RATES, steps))
    return Player(_scene(table, starts, start, rate, low, high, name), table)


def _table(f, derivative, low, high, runs):
    x = np.linspace(low - (high - low) / 4, high + (high - low) / 4, 601)
    far = 4 * (high - low)
    seen = np.nan_to_num(np.clip(runs, -far, far), nan=far)
    return {
        "curve": np.column_stack([x, f(x)]),
        "slope": np.column_stack([x, derivative(x)]),
        "runs": np.round(seen * 1024) / 1024,  # as exact as the eye, at half the bytes
        "codes": regime(runs[..., None], low, high),
    }


def _scene(table, starts, start, rate, low, high, name):
    x, y = table["curve"].T
    y = y[(x >= low) & (x <= high)]
    room = 0.12 * (y.max() - y.min())
    ball = ["ball", "curve(ball)"]
    return {
        "values": {
            "run": "runs[start, rate]",
            "x": "run[frame]",
            "next": "run[frame+1]",
            "ball": "run[~frame]",
            "trail": "run[:frame+1]",
            "height": "curve(x)",
            "steepness": "slope(x)",
            "regime": {"words": REGIMES, "code": "codes[start, rate]"},
            "verdict": {"words": VERDICTS, "code": "codes[start, rate]"},
        },
        "controls": [
            {"name": "rate", "label": "learning rate η", "values": RATES, "start": rate},
            {"name": "start", "label": "start at x", "values": starts, "start": start, "format": ".1f"},
            {"name": "frame", "label": "step", "frames": table["runs"].shape[-1], "fps": 3},
        ],
        "panels": [
            {
                "title": "η = {rate}: {verdict}",
                "x": {"label": "x", "range": [low, high]},
                "y": {"label": name, "range": [y.min() - room, y.max() + room]},
                "aspect": 2.3,
                "click": ["start", None],
                "layers": [
                    {"draw": "curve", "at": "curve", "width": 2.2},
                    {
                        "draw": "curve",
                        "at": ["trail", "curve(trail)"],
                        "colour": "blue",
                        "width": 1,
                        "alpha": 0.5,
                    },
                    {
                        "draw": "dots",
                        "at": ["trail", "curve(trail)"],
                        "colour": "blue",
                        "size": 4,
                        "hollow": True,
                    },
                    {
                        "draw": "tangent",
                        "at": ["x", "height"],
                        "slope": "steepness",
                        "colour": "green",
                        "dash": [6, 4],
                    },
                    {
                        "draw": "arrow",
                        "from": ["x", "height"],
                        "to": ["next", "height"],
                        "colour": "blue",
                        "width": 2.5,
                        "label": "next step",
                        "dy": -12,
                    },
                    {
                        "draw": "arrow",
                        "from": ["next", "height"],
                        "to": ["next", "curve(next)"],
                        "head": False,
                        "colour": "blue",
                        "width": 1.2,
                        "dash": [2, 4],
                    },
                    {
                        "draw": "dots",
                        "at": ball,
                        "colour": "vermilion",
                        "size": 9,
                        "off": "out of the picture",
                    },
                ],
            }
        ],
        "readouts": [
            {"label": "step", "text": "{frame}"},
            {"label": "x", "text": "{x:.2f}"},
            {"label": "f(x)", "text": "{height:.2f}"},
            {"label": "f′(x), the slope", "text": "{steepness:+.2f}"},
            {"label": "this run is", "text": "{regime}"},
        ],
        "status": "Step {frame}: x = {x:.2f}, f(x) = {height:.2f}, slope {steepness:+.2f}; a {regime} run.",
        "description": f"{name} rolled down from x = {{start}} with learning rate {{rate}}: after {{frame}} "
        "steps x = {x:.2f}, f(x) = {height:.2f} and the slope is {steepness:+.2f}; the run is {regime}.",
        "picture": {"frame": table["runs"].shape[-1] - 1},
    }
