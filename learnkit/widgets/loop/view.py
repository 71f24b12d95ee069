"""The learning loop: a ring of stations, stepped round with the live numbers of a small model
that really learns.
"""

import math
from numbers import Real
from operator import index

import numpy as np

from learnkit.painter.expressions import plain
from learnkit.painter.numbers import power_ticks
from learnkit.painter.player import Player
from learnkit.painter.scene import (
    STATES,
    Axis,
    Choice,
    Coded,
    Curve,
    Dots,
    Frames,
    Look,
    Nodes,
    Panel,
    Readout,
    Scene,
    Text,
)
from learnkit.painter.shapes import edges
from learnkit.painter.texts import spec
from learnkit.widgets.loop.training import PATIENCE, VERDICTS, houses, train

KNOWN, WORKED = 1, 2  # codes of STATES


def stations(loss, number):
    """What stands in each station, and what is said of it.

    loss, number: the formats of losses, and of parameters and slopes, the same wherever they stand.
    """
    now, slope = f"{{the_w:{number}}}", f"{{the_slope_w:{number}}}"
    now_b, slope_b = f"{{the_b:{number}}}", f"{{the_slope_b:{number}}}"
    new, new_b = f"{{the_new_w:{number}}}", f"{{the_new_b:{number}}}"
    return {
        "sample a batch": (
            ["{size} of {examples}"],
            "Sample: draw {size} of the {examples} examples at random; none comes again before "
            "all have had their turn.",
        ),
        "forward pass": (
            ["ŷ = w·x′ + b"],
            f"Forward: predict every example of the batch, ŷ = w·x′ + b with w = {now} and "
            f"b = {now_b}.",
        ),
        "loss": (
            [f"L = {{the_loss:{loss}}}"],
            f"Loss: the mean of the squared errors ŷ − y of the batch is {{the_loss:{loss}}}.",
        ),
        "backward pass": (
            [f"∂L/∂w = {slope}", f"∂L/∂b = {slope_b}"],
            f"Backward: back through the loss, its slopes are ∂L/∂w = {slope} and "
            f"∂L/∂b = {slope_b}.",
        ),
        "update": (
            [f"w = {new}", f"b = {new_b}"],
            f"Update: a step against the slopes, w ← {now} − {{eta}}·({slope}) = {new} and "
            f"b ← {now_b} − {{eta}}·({slope_b}) = {new_b}.",
        ),
        "converged?": (["{the_verdict}"], "Check: "),
    }


TITLES = list(stations("", ""))
LAST = len(TITLES) - 1
FALL = f"over {PATIENCE} iterations the loss of all examples fell by {{the_fall:.1f}} %,"
CHECKS = [  # one for each of VERDICTS
    f"Check: the first {PATIENCE} iterations always go on. Back to the next batch.",
    f"Check: {FALL} more than {{tolerance}} %. Back to the next batch.",
    (
        f"Check: {FALL} not more than {{tolerance}} %: converged after {{the_iteration}} "
        "{iterations}."
    ),
    (
        "Check: stopped after {the_iteration} {iterations} without convergence; try another "
        "learning rate."
    ),
    "Check: the loss grows beyond all bounds, so stop; the learning rate is too large.",
]
ENDINGS = ["repeat until\nconverged"] * 3
ENDINGS += [
    f"{what} after\n{{the_iteration}} {{iterations}}"
    for what in ("converged", "stopped", "diverged")
]
RING = [[-1.0, 1.05], [1.0, 1.05], [1.75, 0.0], [1.0, -1.05], [-1.0, -1.05], [-1.75, 0.0]]
SIZE = (1.42, 0.8)
LOWEST = 1e-9  # a loss below is drawn there
LARGEST = 1e37  # of what a table of float32 holds; beyond it numbers are ∞
MOST_SIZES = 6  # of batches: each is a run of its own
FIRST_REACH = 5  # iterations: the axis of losses at first, then twice as many, and again
MOST_DRAWN = 300  # examples: more fill the picture, and the notebook


def learning_loop(
    x=None,
    y=None,
    learning_rate=0.1,
    tolerance=0.01,
    batch_sizes=(32, 64, 128),
    seed=0,
    x_name="floor area x (m²)",
    y_name="price y (1000 $)",
):
    """Return a Player of the loop that all training is: batch, forward, loss, backward, update,
    until converged.

    x, y: arrays (n,) to learn y from x; without them, the floor areas and prices of `houses()`. The
    model is ŷ = w·x′ + b with x′ = (x − mean) / standard deviation. tolerance: stop when the loss
    of all examples has fallen by no more than this part of itself in 5 iterations; such a check
    takes a crawl for an arrival, so try 0.0001 as learning rate. batch_sizes: those above n are
    left out. `.arrays` holds x, y of the examples that are drawn, at most 300, and, for each batch
    size and frame (six frames an iteration), w, b, loss, slope_w, slope_b, new_w, new_b and whole,
    the loss of all examples; NaN before a number is known. Raises ValueError for arrays of other
    shapes, for an x that is one number throughout, if no batch size fits; TypeError for batch sizes
    that are no list of whole numbers or a rate or tolerance that is no number.
    >>> learning_loop(learning_rate=0.3)
    """
    x, y = houses() if x is None and y is None else checked_examples(x, y)
    sizes = _sizes(batch_sizes, len(x))
    for name, number in (("learning_rate", learning_rate), ("tolerance", tolerance)):
        if not isinstance(number, Real) or not np.isfinite(number) or number < 0:
            raise TypeError(
                f"{name} must be a number that is not negative, such as 0.1; this is "
                f"{number!r:.60}."
            )
    with np.errstate(all="ignore"):  # a learning rate that is too large overflows, and says so
        runs = [
            train((x - x.mean()) / x.std(), y, size, learning_rate, tolerance, seed)
            for size in sizes
        ]
    table = _table(x, y, runs)
    description = (
        f"A straight line learns {plain(y_name)} from {plain(x_name)} by mini-batch gradient "
        f"descent with learning rate {learning_rate:.4g} and batches of {{size}}. Iteration "
        "{the_iteration}. {sentence}"
    )
    told = stations(_loss_format(table), number_format(table))
    panels = [ring(told), _fit(table, x_name, y_name), _losses(table)]
    settings = {"eta": learning_rate, "tolerance": 100 * tolerance}
    return Player(_scene(table, len(x), sizes, settings, told, panels, description), table)


def checked_examples(x, y):
    """The learner's own arrays, refused unless a line can be learned from them."""
    needed = "x and y must be equally many finite numbers, x not all the same"
    if x is None or y is None:
        raise ValueError(f"{needed}; {'x' if x is None else 'y'} is missing.")
    try:
        x, y = np.asarray(x, float), np.asarray(y, float)
    except (TypeError, ValueError):
        raise ValueError(f"{needed}; these are {x!r:.40} and {y!r:.40}.") from None
    if (
        x.ndim != 1
        or x.shape != y.shape
        or not len(x)
        or not np.isfinite(x + y).all()
        or np.ptp(x) == 0
    ):
        raise ValueError(f"{needed}; yours have shapes {x.shape} and {y.shape}.")
    return x, y


def _sizes(batch_sizes, examples):
    """The batch sizes that fit, refused unless they are whole numbers from 1 on."""
    try:
        sizes = [index(size) for size in batch_sizes]
    except TypeError:
        sizes = []
    if not sizes or min(sizes) < 1:
        raise TypeError(
            "batch_sizes is a list of whole numbers from 1 on, such as (32, 64); this is "
            f"{batch_sizes!r}."
        )
    if len(sizes) > MOST_SIZES:
        raise ValueError(
            f"The learning loop compares up to {MOST_SIZES} batch sizes; you gave {len(sizes)}."
        )
    if min(sizes) > examples:
        raise ValueError(
            f"{examples} examples make no batch of {min(sizes)}; give smaller batch_sizes."
        )
    return [size for size in sizes if size <= examples]


def _table(x, y, runs):
    """Every array for every batch size and frame; a run that ends earlier than others stays at
    its last frame.
    """
    frames = len(TITLES) * max(map(len, runs))
    rows = [
        [_frame(run, min(f, len(TITLES) * len(run) - 1)) for f in range(frames)] for run in runs
    ]
    table = {
        name: np.array([[row[name] for row in run] for run in rows], float) for name in rows[0][0]
    }
    for array in table.values():
        beyond = np.abs(array) > LARGEST
        array[beyond] = np.copysign(np.inf, array[beyond])
    drawn = np.unique(np.linspace(0, len(x) - 1, min(len(x), MOST_DRAWN)).round().astype(int))
    table["members"] = np.array([_members(run, drawn, len(x), frames) for run in runs])
    ends = np.array([x.min(), x.max()])
    slopes, middles = table["now_w"][..., None] / x.std(), table["now_b"][..., None]
    with np.errstate(invalid="ignore"):  # ∞ − ∞ is no height, and is not drawn
        heights = slopes * (ends - x.mean()) + middles
    table["line"] = np.stack(np.broadcast_arrays(ends, heights), axis=-1)
    here = table["station"][..., None] == np.arange(len(TITLES))
    table["station_looks"] = np.where(here, WORKED, KNOWN)
    # the way that leads to the station
    table["way_looks"] = np.roll(table["station_looks"], -1, axis=-1)
    table |= {"x": x[drawn], "y": y[drawn], "many": table["iteration"] != 1}
    return table | {"reach": reach(table["iteration"])}


def reach(iterations):
    """The ends of an axis that is always longer than the run so far, and does not tell its end."""
    ends = FIRST_REACH * 2.0 ** np.ceil(np.log2(np.maximum(1, (iterations + 1) / FIRST_REACH)))
    return np.stack([np.zeros_like(ends), ends], axis=-1)


def _members(run, drawn, examples, frames):
    """Which of the examples that are drawn are in the batch of each frame: (frames, drawn)."""
    rows = []
    for record in run:
        inside = np.zeros(examples, bool)
        inside[record["batch"]] = True
        rows.append(inside[drawn])
    last = frames // len(TITLES) - len(rows)  # a shorter run stays at its last batch
    return np.repeat(rows + rows[-1:] * last, len(TITLES), axis=0)


def _frame(run, f):
    """The numbers at one step of a run; what is not yet known in this iteration is NaN."""
    i, station = divmod(f, len(TITLES))
    record, updated, checked = run[i], station >= TITLES.index("update"), station == LAST
    first_known = {"loss": "loss", "slope_w": "backward pass", "slope_b": "backward pass"}
    first_known |= {"new_w": "update", "new_b": "update", "fall": "converged?"}
    row = {
        name: record[name] if station >= TITLES.index(at) else np.nan
        for name, at in first_known.items()
    }
    row |= {name: record[name] for name in ("w", "b")}
    row |= {
        "now_w": record["new_w"] if updated else record["w"],
        "now_b": record["new_b"] if updated else record["b"],
    }
    row |= {
        "station": station,
        "iteration": i + 1,
        "checked": i + checked,
        "verdict": record["verdict"] if checked else np.nan,
        "ended": checked * (1 + record["verdict"]),
    }
    row |= {
        "whole": record["whole"] if checked else record["before"] if i else np.nan,
        "said": station + checked * record["verdict"],
    }
    row["height"] = np.log10(np.clip(row["whole"], LOWEST, LARGEST))
    row["batch_height"] = (
        np.log10(np.clip(record["loss"], LOWEST, LARGEST)) if TITLES[station] == "loss" else np.nan
    )
    return row


def _loss_format(table):
    """The format of every loss of the visual, so that the smallest has two figures."""
    losses = np.concatenate([table["loss"].ravel(), table["whole"].ravel()])
    losses = losses[losses > 0]
    low, high = losses.min(initial=1e-3 if len(losses) == 0 else np.inf), losses.max(initial=0)
    if high >= 1e7 or low < 1e-3:
        return ".2e"
    return f".{max(0, 1 - math.floor(math.log10(low)))}f"


def number_format(table):
    """The format of parameters and of slopes, which suits the largest parameter met."""
    most = np.abs([table["new_w"], table["new_b"]])
    return spec(np.nanmax(most, initial=0))


def _scene(table, examples, sizes, settings, told, panels, description):
    values = {
        f"the_{name}": f"{name}[size, frame]" for name, array in table.items() if array.ndim > 1
    }
    for name, number in settings.items():
        values[name] = Coded(words=[f"{number:.4g}"], code=0)
    sentences = [sentence for _, sentence in told.values()]
    loss, number = _loss_format(table), number_format(table)
    values |= {
        "examples": examples,
        "title": Coded(words=TITLES, code="station[size, frame]"),
        "the_verdict": Coded(words=VERDICTS, code="verdict[size, frame]"),
        "iterations": Coded(words=["iteration", "iterations"], code="many[size, frame]"),
        "ending": Coded(words=ENDINGS, code="ended[size, frame]"),
        "sentence": Coded(words=sentences[:LAST] + CHECKS, code="said[size, frame]"),
    }
    frames, options = table["w"].shape[1], [str(size) for size in sizes]
    return Scene(
        values=values,
        controls=[
            Choice(name="size", label="batch size", options=options),
            Frames(
                name="frame", label="station", frames=frames, fps=2, marks=iteration_marks(frames)
            ),
        ],
        panels=panels,
        readouts=[
            Readout(label="w", text=f"{{the_now_w:{number}}}"),
            Readout(label="b", text=f"{{the_now_b:{number}}}"),
            Readout(label="loss of all examples", text=f"{{the_whole:{loss}}}"),
            Readout(label="this station", text="{sentence}", wide=True),
        ],
        status="Iteration {the_iteration}. {sentence}",
        description=description,
    )


def iteration_marks(frames):
    """Buttons that jump to the beginning of some iterations, and to the end."""
    starts = {f"Iteration {i}": (i - 1) * len(TITLES) for i in (2, 10)}
    return {text: frame for text, frame in starts.items() if frame < frames} | {"End": frames - 1}


def ring(told, choice="size"):
    """The stations and the ways between them; the last way closes the loop.

    told: what `stations` returns. choice: the control that chooses among the runs.
    """
    pairs = [(i, (i + 1) % len(RING)) for i in range(len(RING))]
    layers = [edges(RING, pairs, SIZE, styles=STATES, style=f"way_looks[{choice}, frame]")]
    for i, (place, (title, (lines, _))) in enumerate(zip(RING, told.items())):
        looks = {"styles": STATES, "style": f"station_looks[{choice}, frame, {i}]"}
        layers.append(Nodes(at=place, size=SIZE, lines=[title, *lines], **looks))
    middle = {"at": [0, 0], "align": "center"}
    layers.append(Text(text="iteration {the_iteration}", size=16, weight=600, dy=-14, **middle))
    layers.append(Text(text="{ending}", dy=20, **middle))
    return Panel(
        title="The loop: {title}",
        x=Axis(range=[-2.5, 2.5]),
        y=Axis(range=[-1.6, 1.6]),
        bare=True,
        aspect=1.45,
        basis=310,
        layers=layers,
    )


def _fit(table, x_name, y_name):
    x, y = table["x"], table["y"]
    aside, above = 0.05 * np.ptp(x), 0.05 * (np.ptp(y) or 1)
    looks = [Look(colour="muted", size=2), Look(colour="blue", size=4.5)]
    return Panel(
        title="The model, and the batch in blue",
        x=Axis(label=x_name, range=[x.min() - aside, x.max() + aside]),
        y=Axis(label=y_name, range=[min(0, y.min() - above), max(0, y.max() + above)]),
        basis=200,
        aspect=1.15,
        layers=[
            Dots(at=["x", "y"], styles=looks, style="members[size, frame]"),
            Curve(at="line[size, ~frame]", colour="vermilion", width=3),
        ],
    )


def _losses(table):
    """The loss on a scale of powers of ten."""
    seen = np.concatenate([table["batch_height"].ravel(), table["height"].ravel()])
    low, high = np.nanmin(seen) - 0.2, np.nanmax(seen) + 0.2
    batches = ["iteration[size, :frame+1]", "batch_height[size, :frame+1]"]
    whole = ["checked[size, :frame+1]", "height[size, :frame+1]"]
    return Panel(
        title="Loss of each batch (dots) and of all examples (line)",
        x=Axis(label="iteration", range="reach[size, frame]"),
        y=Axis(label="mean squared error", range=[low, high], ticks=power_ticks(low, high)),
        basis=200,
        aspect=1.15,
        tall=300,
        layers=[
            Curve(at=whole, colour="vermilion", width=3),
            Dots(at=batches, colour="blue", size=3.5),
        ],
    )
