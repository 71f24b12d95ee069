"""Roll downhill: a ball on a curve, a learning rate, and what becomes of the two."""

import numpy as np

from learnkit.landscapes import Surface
from learnkit.painter.expressions import plain
from learnkit.painter.live import LivePlayer
from learnkit.painter.scene import (
    Arrow,
    Axis,
    Coded,
    Curve,
    Dots,
    Handle,
    Panel,
    Readout,
    Scene,
    Slider,
    Tangent,
    Trails,
)
from learnkit.painter.texts import decimals, spec
from learnkit.widgets.descent.ground import (
    as_landscape,
    ball,
    capped,
    drawable_positions,
    formula_of,
    heights_and_slopes,
    largest_height,
    number_of_steps,
    run_controls,
    slider_values,
    steps_in_words,
)
from learnkit.widgets.descent.runs import descend

REGIMES = [
    "crawling",
    "converging",
    "bouncing",
    "diverging",
    "still rolling",
    "chaotic",
    "not over yet",
]
VERDICTS = [
    "steps so small that the ball crawls",
    "the ball settles in a valley",
    "the ball bounces and cannot settle",
    "every step overshoots more, and the ball is gone",
    "the ball is still on its way",
    "the ball jumps about without a pattern",
    "what will the ball do?",
]
# turns in which it shows: in fewer, rounding errors decide whether a chaotic run happens to go on
CHAOS = 15
CHAOTIC, UNDER_WAY = 5, 6
RATES = np.array([0.01, *np.arange(1, 41) * 0.03])


@np.errstate(all="ignore")
def regime(paths, low, high):
    """What each run does, as an index into REGIMES. paths: (..., steps + 1, d), seen from low to
    high.

    Lengths are parts of the picture's width. Diverging: it ends more than 1.5 from the middle, or
    overflows. Bouncing: it turned back among its last ten steps, by more than 0.003. Chaotic: in
    its last sixteen it turned more than once, went on in between, and does not come back to the
    same two, three or four places. Converging: its last step is below 0.002 and an eighth of its
    longest, or below 0.0003. Crawling: its steps average less than 0.008. Still rolling: otherwise.
    """
    steps = np.diff(paths, axis=-2) / (high - low)
    sizes = np.linalg.norm(steps, axis=-1)
    last = sizes[..., -1]
    gone = ~(np.abs(paths[..., -1, :] - (low + high) / 2) < 1.5 * (high - low)).all(axis=-1)
    turned = (steps[..., 1:, :] * steps[..., :-1, :]).sum(axis=-1) < 0
    back = (turned & (sizes[..., 1:] > 0.003))[..., -9:].any(axis=-1)
    turned = turned[..., -CHAOS:]
    went_on = (turned[..., :-1] & ~turned[..., 1:]).any(axis=-1) & (turned.sum(axis=-1) > 1)
    chaotic = back & went_on & ~_returns(paths / (high - low))
    settled = (last < 0.002) & (last < sizes.max(axis=-1) / 8) | (last < 0.0003)
    slow = sizes.mean(axis=-1) < 0.008
    return np.select([gone, chaotic, back, settled, slow], [3, CHAOTIC, 2, 1, 0], 4)


def _returns(places):
    """Whether each run ends on a round of two, three or four places, again and again."""
    moves = [np.abs(places[..., k:, :] - places[..., :-k, :])[..., -6:, :] for k in (2, 3, 4)]
    # a run too short for a round counts as one
    apart = [move.max(axis=(-2, -1), initial=0) for move in moves]
    return np.min(apart, axis=0) < 0.005


def _told(codes, steps):
    """The codes of REGIMES for each frame of a run: what becomes of the ball is not told before
    its last step.
    """
    return np.where(np.arange(steps + 1) < steps, UNDER_WAY, np.asarray(codes)[..., None])


def roll_downhill(f="hills", low=-3.0, high=3.0, start=None, rate=0.06, steps=24):
    """A ball that rolls down a curve by gradient descent, step by step, at the learning rate you
    choose.

    f: a name from learnkit.landscapes.CURVES, a Curve, or a function of x, looked at from `low` to
        `high`.
    start: where the ball starts, in the picture, at 3 or next to it if left out; a hand drops it
        elsewhere.
    rate: learning rate η, from 0.01 to 1.2. steps: in a run, at most 100.
    Raises ValueError if f is a surface or not finite, or if start, rate or steps lie outside;
    TypeError if f is no function. Without a kernel the ball starts at the nearest of 17 places,
    fewer for more than 24 steps. `.arrays` holds curve (n, 2), slope (n, 2), runs (starts, rates,
    steps + 1), codes of REGIMES, one a frame, the last of which names the run, and where a ball is
    `outside` the drawn curve the truth `beyond`, (starts, rates, steps + 1, 3): x, f(x), f′(x).
    """
    ground = as_landscape(f, low, high)
    if isinstance(ground, Surface):
        raise ValueError(
            "roll_downhill draws functions of x; for a function of x and y take descend_landscape."
        )
    rates, steps = slider_values("learning rate", RATES, rate), number_of_steps(steps, 100)
    # as many as fit into a notebook, and the middle among them
    count = max(5, min(17, 425 // (steps + 1) | 1))
    start = np.clip(3.0, *ground.range) if start is None else start
    starts = slider_values("start", np.linspace(*ground.range, count), start)
    table = _table(ground, descend(ground, starts[:, None], rates, steps))
    scene = _scene(table, _controls(starts, start, rates, rate, steps), ground)
    return LivePlayer(scene, table, _answer(ground, steps))


def _answer(ground, steps):
    """What Python says to a change: the exact run from where a hand put the ball."""

    def answer(values, click):
        place = click[0] if click else values["start"]
        run = descend(ground, place, values["rate"], steps)
        return {
            "start": place,
            "run": drawable_positions(ground, run, parts=1e9),
            "told": _told(regime(run[:, None], *ground.range), steps),
            "outside_run": np.ones(steps + 1),
            "beyond_run": _truth(ground, run),
        }

    return answer


def _truth(ground, runs):
    """Position, height and slope at each point of runs: (..., 3)."""
    with np.errstate(all="ignore"):
        heights, slopes = heights_and_slopes(ground, runs)
    return capped(np.stack(np.broadcast_arrays(runs, heights, slopes), axis=-1))


def _table(ground, runs):
    """Where a ball is on the drawn curve, its height and slope are read off there; the rest is
    in `beyond`.
    """
    low, high = ground.range
    x = np.linspace(low - (high - low) / 4, high + (high - low) / 4, 601)
    outside = ~(np.abs(runs - (low + high) / 2) < 0.74 * (high - low))
    with np.errstate(all="ignore"):
        curve, slope = (
            np.column_stack([x, _rounded(numbers)]) for numbers in heights_and_slopes(ground, x)
        )
    return {
        "curve": curve,
        "slope": slope,
        "runs": drawable_positions(ground, runs, parts=20_000),
        "codes": _told(regime(runs[..., None], low, high), runs.shape[-1] - 1),
        "outside": outside,
        "beyond": np.where(outside[..., None], _truth(ground, runs), 0),
    }


def _rounded(numbers):
    """Numbers in two decimals more than are told of them, which pack well."""
    places = decimals(np.nanmax(np.abs(numbers)))
    return numbers if places is None else np.round(numbers, places + 2)


def _controls(starts, start, rates, rate, steps):
    tenths = np.allclose(10 * starts, np.round(10 * starts))
    form = ".1f" if tenths else spec(np.ptp(starts))
    places = Slider(name="start", label="start at x", values=starts, start=start, format=form)
    rate, frame = run_controls(rates, rate, steps, 3)
    return [rate, places, frame]


def _scene(table, controls, ground):
    steps = table["runs"].shape[-1] - 1
    arrays, values = steps_in_words(steps)
    table |= arrays
    return Scene(
        values=values | _values(table, ground),
        controls=controls,
        complete=True,
        panels=[_panel(table, ground)],
        readouts=[
            Readout(label="position x", text="{x}"),
            Readout(label="height f(x)", text="{height}"),
            Readout(label="f′(x), the slope", text="{steepness}"),
            Readout(label="this run is", text="{regime}"),
        ],
        status="Step {frame}: x = {x}, f(x) = {height}, slope {steepness}; the run is {regime}.",
        description=(
            f"A ball on {plain(formula_of(ground))} from x = {{start}} with learning rate "
            "{rate}: after {after} x = {x}, f(x) = {height}, the slope is {steepness}; the run is "
            "{regime}."
        ),
    )


def _values(table, ground):
    """What the scene draws, near, and what it tells: the same on the curve, the truth beyond it."""
    x, y, slope = (
        spec(np.ptp(ground.range)),
        spec(largest_height(ground)),
        spec(np.nanmax(np.abs(table["slope"][:, 1]))),
    )
    told = {"x": ("x", x), "height": ("y", y), "steepness": ("slope", "+" + slope)}
    words = {
        name: [f"{{near_{part}:{form}}}", f"{{far_{part}:{form}}}"]
        for name, (part, form) in told.items()
    }
    return {
        "run": "runs[start, rate]",
        "outside_run": "outside[start, rate]",
        "beyond_run": "beyond[start, rate]",
        "near_x": "run[frame]",
        "near_y": "curve(near_x)",
        "near_slope": "slope(near_x)",
        "far": "beyond_run[frame]",
        **{f"far_{part}": f"far[{i}]" for i, part in enumerate(("x", "y", "slope"))},
        **{name: Coded(words=pair, code="outside_run[frame]") for name, pair in words.items()},
        "next": "run[frame+1]",
        "ball": "run[~frame]",
        "trail": "run[:frame+1]",
        "told": "codes[start, rate]",
        "code": "told[frame]",
        "regime": Coded(words=REGIMES, code="code"),
        "verdict": Coded(words=VERDICTS, code="code"),
    }


def _panel(table, ground):
    (low, high), (x, y) = ground.range, table["curve"].T
    y = y[(x >= low) & (x <= high)]
    room = 0.14 * np.ptp(y) or 1
    here, level = ["near_x", "near_y"], ["next", "near_y"]
    trail, now = ["trail", "curve(trail)"], ["ball", "curve(ball)"]
    return Panel(
        title="η = {rate}: {verdict}",
        x=Axis(label="position x", range=[low, high]),
        y=Axis(label=formula_of(ground), range=[y.min() - room, y.max() + room]),
        aspect=2.3,
        click=["start", None],
        handles=[Handle(at=now, sets=["start"], label="the ball")],
        caption=(
            "Dashed: the slope. Arrow: the next step, −η f′(x); 10×: drawn ten times as long."
        ),
        layers=[
            Curve(at="curve", width=2.2),
            Trails(at=trail),
            Curve(at=trail, colour="blue", width=1, alpha=0.5),
            Dots(at=trail, colour="blue", size=4, hollow=True),
            Tangent(at=here, slope="near_slope", colour="green", dash=[6, 4]),
            Arrow(start=level, end=["next", "curve(next)"], head=False, dash=[2, 4]),
            ball(now, size=9),
            # below the ball, which would hide a short one
            Arrow(start=here, end=level, width=2.5, down=19, least=30),
        ],
    )
