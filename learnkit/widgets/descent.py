"""Roll downhill: a ball on a curve, a learning rate, and what becomes of the two."""

import numpy as np

from learnkit.landscapes import Surface
from learnkit.widgets.ground import as_landscape, named, seen
from learnkit.widgets.live import LivePlayer
from learnkit.widgets.runs import descend

REGIMES = ["crawling", "converging", "bouncing", "diverging", "still rolling", "chaotic", "not over yet"]
VERDICTS = [
    "steps so small that the ball crawls",
    "the ball settles in a valley",
    "the ball bounces and cannot settle",
    "every step overshoots more, and the ball is gone",
    "the ball is still on its way",
    "the ball jumps about without a pattern",
    "what will the ball do?",
]
CHAOTIC, UNDER_WAY = 5, 6
RATES = np.array([0.01, *np.arange(1, 41) * 0.03])


def regime(paths, low, high):
    """What each run does, as an index into REGIMES. paths: (..., steps + 1, d), seen from low to high.

    Lengths are parts of the picture's width. Diverging: it ends more than 1.5 from the middle, or overflows.
    Bouncing: it turned back among its last ten steps, by more than 0.003. Chaotic: it did so more than once, went
    on in the same direction in between, and does not come back to the same two, three or four places.
    Converging: its last step is below 0.002 and an eighth of its longest, or below 0.0003. Crawling: its steps
    average less than 0.008. Still rolling: otherwise.
    """
    steps = np.diff(paths, axis=-2) / (high - low)
    sizes = np.linalg.norm(steps, axis=-1)
    late, last = steps[..., -10:, :], sizes[..., -1]
    with np.errstate(invalid="ignore"):
        gone = ~(np.abs(paths[..., -1, :] - (low + high) / 2) < 1.5 * (high - low)).all(axis=-1)
        turned = (late[..., 1:, :] * late[..., :-1, :]).sum(axis=-1) < 0
        back = (turned & (sizes[..., -9:] > 0.003)).any(axis=-1)
        went_on = (turned[..., :-1] & ~turned[..., 1:]).any(axis=-1) & (turned.sum(axis=-1) > 1)
        chaotic = back & went_on & ~_returns(paths / (high - low))
        settled = (last < 0.002) & (last < sizes.max(axis=-1) / 8) | (last < 0.0003)
        slow = sizes.mean(axis=-1) < 0.008
    return np.select([gone, chaotic, back, settled, slow], [3, CHAOTIC, 2, 1, 0], 4)


def _returns(places):
    """Whether each run ends on a round of two, three or four places, again and again."""
    apart = [np.abs(places[..., -6:, :] - places[..., -6 - k : -k, :]).max(axis=(-2, -1)) for k in (2, 3, 4)]
    return np.min(apart, axis=0) < 0.005


def _told(codes, steps):
    """The codes of REGIMES for each frame of a run: what becomes of the ball is not told before its last step."""
    return np.where(np.arange(steps + 1) < steps, UNDER_WAY, np.asarray(codes)[..., None])


def roll_downhill(f="hills", low=-3.0, high=3.0, start=3.0, rate=0.06, steps=24):
    """A ball that rolls down a curve by gradient descent, step by step, at the learning rate you choose.

    f: a name from learnkit.landscapes.CURVES, a Curve, or a function of x, looked at from `low` to `high`.
    start: where the ball starts; a click drops it elsewhere. rate: learning rate η. steps: in a run.
    Raises ValueError if f is a surface.
    Without a kernel the ball starts at the nearest of 21 places.
    `.arrays` holds curve (n, 2), slope (n, 2), runs (starts, rates, steps + 1) and codes of REGIMES, one a frame:
    the last one names the run.
    """
    ground = as_landscape(f, low, high)
    if isinstance(ground, Surface):
        raise ValueError("roll_downhill draws functions of x; for a function of x and y take descend_landscape.")
    starts = np.linspace(*ground.range, 21)
    table = _table(ground, descend(ground, starts[:, None], RATES, steps))

    clicked = {}  # the exact place, for the slider's value that stands for it

    def answer(values, click):
        if click or values["start"] not in clicked:
            clicked.clear()
            clicked[values["start"]] = click[0] if click else values["start"]
        place = clicked[values["start"]]
        run = descend(ground, place, values["rate"], steps)
        return {
            "start": place,
            "run": seen(ground, run, parts=1e9),
            "told": _told(regime(run[:, None], *ground.range), steps),
        }

    return LivePlayer(_scene(table, starts, start, rate, ground), table, answer)


def _table(ground, runs):
    low, high = ground.range
    x = np.linspace(low - (high - low) / 4, high + (high - low) / 4, 601)
    return {
        "curve": np.column_stack([x, ground.function(x)]),
        "slope": np.column_stack([x, ground.derivative(x)]),
        "runs": seen(ground, runs, parts=10_000),
        "codes": _told(regime(runs[..., None], low, high), runs.shape[-1] - 1),
    }


def _scene(table, starts, start, rate, ground):
    (low, high), (x, y) = ground.range, table["curve"].T
    y = y[(x >= low) & (x <= high)]
    room = 0.12 * (y.max() - y.min())
    here, level = ["x", "height"], ["next", "height"]
    trail = {"at": ["trail", "curve(trail)"], "colour": "blue"}
    ball = {"at": ["ball", "curve(ball)"], "colour": "vermilion", "size": 9, "off": "out of the picture"}
    return {
        "values": {
            "run": "runs[start, rate]",
            "x": "run[frame]",
            "next": "run[frame+1]",
            "ball": "run[~frame]",
            "trail": "run[:frame+1]",
            "height": "curve(x)",
            "steepness": "slope(x)",
            "told": "codes[start, rate]",
            "code": "told[frame]",
            "regime": {"words": REGIMES, "code": "code"},
            "verdict": {"words": VERDICTS, "code": "code"},
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
                "y": {"label": named(ground), "range": [y.min() - room, y.max() + room]},
                "aspect": 2.3,
                "click": ["start", None],
                "caption": "Dashed: the slope at the ball. Arrow: the step about to be taken, −η f′(x).",
                "layers": [
                    {"draw": "curve", "at": "curve", "width": 2.2},
                    {"draw": "curve", "width": 1, "alpha": 0.5} | trail,
                    {"draw": "dots", "size": 4, "hollow": True} | trail,
                    {"draw": "tangent", "at": here, "slope": "steepness", "colour": "green", "dash": [6, 4]},
                    {"draw": "arrow", "from": level, "to": ["next", "curve(next)"], "head": False, "dash": [2, 4]},
                    {"draw": "dots"} | ball,
                    {"draw": "arrow", "from": here, "to": level, "width": 2.5},  # over the ball: it may be short
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
        "status": "Step {frame}: x = {x:.2f}, f(x) = {height:.2f}, slope {steepness:+.2f}; the run is {regime}.",
        "description": f"{named(ground)} rolled down from x = {{start}} with learning rate {{rate}}: after "
        "{frame} steps x = {x:.2f}, f(x) = {height:.2f}, the slope is {steepness:+.2f}; the run is {regime}.",
        "picture": {"frame": table["runs"].shape[-1] - 1},
    }
