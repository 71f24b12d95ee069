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
    Axis,
    Coded,
    Curve,
    Dots,
    Look,
    Panel,
    Readout,
    Scene,
)
from learnkit.widgets.loop.ring import (
    BASIS,
    LARGEST,
    controls,
    drawn,
    fit,
    frames_of,
    lines,
    number_format,
    ring,
    values,
)
from learnkit.widgets.loop.training import PATIENCE, checked_examples, houses, train


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
LOWEST = 1e-9  # a loss below is drawn there
MOST_SIZES = 6  # of batches: each is a run of its own


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
    panels = [ring(told, "size"), _fit(table, (x_name, y_name)), _losses(table)]
    settings = {"eta": learning_rate, "tolerance": 100 * tolerance}
    return Player(_scene(table, len(x), sizes, settings, told, panels, description), table)


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
    """Every array for every batch size and frame."""
    table, shown = frames_of(runs, _frame), drawn(len(x))
    frames = table["w"].shape[1]
    return table | {
        "members": np.array([_members(run, shown, len(x), frames) for run in runs]),
        "line": lines(x, table["now_w"] / x.std(), table["now_b"], x.mean()),
        "x": x[shown],
        "y": y[shown],
    }


def _members(run, shown, examples, frames):
    """Which of the examples that are drawn are in the batch of each frame: (frames, drawn)."""
    rows = []
    for record in run:
        inside = np.zeros(examples, bool)
        inside[record["batch"]] = True
        rows.append(inside[shown])
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


def _scene(table, examples, sizes, settings, told, panels, description):
    loss, number = _loss_format(table), number_format(table)
    sentences = [sentence for _, sentence in told.values()][:LAST] + CHECKS
    known = {name: Coded(words=[f"{each:.4g}"], code=0) for name, each in settings.items()}
    options, frames = [str(size) for size in sizes], table["w"].shape[1]
    return Scene(
        values=values(table, "size", TITLES, sentences) | known | {"examples": examples},
        controls=controls("size", "batch size", options, frames),
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


def _fit(table, names):
    """The examples, those of the batch larger and in blue, and the line."""
    looks = [Look(colour="muted", size=2), Look(colour="blue", size=4.5)]
    dots = {"styles": looks, "style": "members[size, frame]"}
    return fit(table, names, "The model, and the batch in blue", "size", **dots)


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
        basis=BASIS,
        aspect=1.15,
        tall=300,
        layers=[
            Curve(at=whole, colour="vermilion", width=3),
            Dots(at=batches, colour="blue", size=3.5),
        ],
    )
