"""The learning loop before there is a backward pass: all examples at every iteration, and slopes
measured by a nudge.
"""

import numpy as np

from learnkit.data import houses
from learnkit.painter.expressions import plain
from learnkit.painter.player import Player
from learnkit.painter.scene import Axis, Coded, Dots, Panel, Readout, Scene
from learnkit.widgets.loop.ring import (
    BASIS,
    ENDINGS,
    controls,
    drawn,
    fit,
    frames_of,
    lines,
    number_format,
    ring,
    values,
)
from learnkit.widgets.loop.training import PATIENCE, checked_examples, train_by_nudging

TITLES = ["forward pass", "loss", "nudge w", "nudge b", "update", "converged?"]
LAST = len(TITLES) - 1
KNOWN_AT = {"loss": "loss", "slope_w": "nudge w", "change_w": "nudge w"}
KNOWN_AT |= {"slope_b": "nudge b", "change_b": "nudge b"}
KNOWN_AT |= {"new_w": "update", "new_b": "update", "fall": "converged?"}
FALL = f"over {PATIENCE} iterations the loss fell by {{the_fall:.1f}} %,"
CHECKS = [  # one for each of VERDICTS
    f"Check: the first {PATIENCE} iterations always go on. Back to the forward pass.",
    f"Check: {FALL} more than {{tolerance}} %. Back to the forward pass.",
    (
        f"Check: {FALL} not more than {{tolerance}} %: converged after {{the_iteration}} "
        "{iterations}."
    ),
    "Check: stopped after {the_iteration} {iterations} without convergence; try a larger η.",
    "Check: the loss grows beyond all bounds, so stop; the learning rate is too large.",
]
HOUSE_NAMES = ("size (1,000 sq ft)", "price (1,000 $)")
MOST_RATES = 4  # learning rates: each is a run of its own


def nudging_loop(
    x=None,
    y=None,
    learning_rates=(0.1, 0.3),
    nudge=0.001,
    tolerance=0.01,
    names=("x", "y"),
):
    """Return a Player of the learning loop with all examples and nudged slopes: forward pass, loss,
    a nudge of w, a nudge of b, update, until converged.

    x, y: arrays (n,) to learn y from x by ŷ = w·x + b, from w = b = 0 on; without them, price from
    size of the houses of learnkit.data. learning_rates: one run for each. nudge: by how much a
    parameter is moved to measure its slope, (L(w + nudge, b) − L(w, b)) / nudge. tolerance: stop
    when the loss has fallen by no more than this part of itself in 5 iterations. names: of the
    data's two axes. `.arrays` holds, for each rate and frame (six an iteration), w, b, loss,
    change_w, change_b, slope_w, slope_b, new_w, new_b; NaN before a number is known. Raises
    ValueError for data that make no line, for a nudge or a rate that is not positive, and for more
    than four rates.
    """
    if x is None and y is None:
        x, y, names = *_houses(), HOUSE_NAMES
    x, y = checked_examples(x, y)
    rates = [float(rate) for rate in np.atleast_1d(learning_rates)]
    if not 1 <= len(rates) <= MOST_RATES or not all(number > 0 for number in (*rates, nudge)):
        raise ValueError(
            f"nudging_loop takes a positive nudge and one to {MOST_RATES} positive learning rates; "
            f"these are {nudge!r:.20} and {learning_rates!r:.60}."
        )
    with np.errstate(all="ignore"):  # a learning rate that is too large overflows, and says so
        runs = [train_by_nudging(x, y, rate, nudge, tolerance) for rate in rates]
    table = _table(x, y, runs)
    return Player(_scene(table, len(x), rates, nudge, tolerance, names), table)


def _houses():
    """Floor areas above 2,000 square feet, in thousands, and prices in thousands of dollars."""
    sold = houses()
    return sold.area / 1000 - 2, sold.price / 1000


def stations(number, nudge):
    """What stands in each station, and what is said of it.

    number: the format of parameters and slopes. nudge: as text.
    """
    the = {
        name: f"{{the_{name}:{number}}}"
        for name in ("w", "b", "loss", "slope_w", "slope_b", "new_w", "new_b")
    }
    told = {
        "forward pass": (
            ["ŷ = w·x + b"],
            f"Forward: predict all {{examples}} examples, ŷ = w·x + b with w = {the['w']} and "
            f"b = {the['b']}.",
        ),
        "loss": (
            [f"L = {the['loss']}"],
            f"Loss: the mean of the {{examples}} squared errors ŷ − y is {the['loss']}.",
        ),
    }
    for name, other in ("wb", "bw"):
        told[f"nudge {name}"] = (
            [f"∂L/∂{name} ≈ {the[f'slope_{name}']}"],
            f"Nudge {name} by {nudge} and leave {other}: a second forward pass, and the loss has "
            f"changed by {{the_change_{name}:+.5f}}. Divided by {nudge} that is the slope along "
            f"{name}, {the[f'slope_{name}']}. Put {name} back.",
        )
    told["update"] = (
        [f"w = {the['new_w']}", f"b = {the['new_b']}"],
        f"Update: both at once, against their slopes, w ← {the['w']} − {{eta}}·({the['slope_w']}) "
        f"= {the['new_w']} and b ← {the['b']} − {{eta}}·({the['slope_b']}) = {the['new_b']}.",
    )
    return told | {"converged?": (["{the_verdict}"], "Check: ")}


# ---------------------------------------------------------------- the table


def _table(x, y, runs):
    """Every array for every rate and frame."""
    table, shown = frames_of(runs, _frame), drawn(len(x))
    return table | {
        "line": lines(x, table["now_w"], table["now_b"]),
        "x": x[shown],
        "y": y[shown],
        "rates": np.arange(len(runs)),
    }


def _frame(run, f):
    """The numbers at one step of a run; what is not yet known in this iteration is NaN."""
    i, station = divmod(f, len(TITLES))
    record = run[i]
    row = {
        name: record[name] if station >= TITLES.index(at) else np.nan
        for name, at in KNOWN_AT.items()
    }
    before = "" if station < TITLES.index("update") else "new_"
    checked = station == LAST
    return row | {
        "w": record["w"],
        "b": record["b"],
        "now_w": record[f"{before}w"],
        "now_b": record[f"{before}b"],
        "station": station,
        "iteration": i + 1,
        "verdict": record["verdict"] if checked else np.nan,
        "ended": checked * (1 + record["verdict"]),
        "said": station + checked * record["verdict"],
    }


# ---------------------------------------------------------------- the scene


def _scene(table, examples, rates, nudge, tolerance, names):
    number = number_format(table)
    told = stations(number, f"{nudge:g}")
    sentences = [sentence for _, sentence in told.values()][:LAST] + CHECKS
    endings = [f"η = {{eta}}: {words}" for words in ENDINGS]
    names, options = [str(name) for name in names], [f"{rate:g}" for rate in rates]
    title, dots = "The model on all examples", {"colour": "blue", "size": 2.5}
    known = {
        "examples": examples,
        "eta": Coded(words=options, code="rates[rate]"),
        "tolerance": Coded(words=[f"{100 * tolerance:g}"], code=0),
    }
    return Scene(
        values=values(table, "rate", TITLES, sentences, endings) | known,
        controls=controls("rate", "learning rate η", options, table["w"].shape[1]),
        panels=[ring(told, "rate"), fit(table, names, title, "rate", **dots), _losses(table)],
        readouts=[
            Readout(label="w", text=f"{{the_now_w:{number}}}"),
            Readout(label="b", text=f"{{the_now_b:{number}}}"),
            Readout(label="loss", text=f"{{the_loss:{number}}}"),
            Readout(label="this station", text="{sentence}", wide=True),
        ],
        status="Iteration {the_iteration}. {sentence}",
        description=(
            f"A straight line learns {plain(names[1])} from {plain(names[0])}, all {examples} "
            "examples at every iteration, its slopes measured by a nudge; learning rate {eta}. "
            "Iteration {the_iteration}. {sentence}"
        ),
    )


def _losses(table):
    """The loss of each iteration, as it becomes known."""
    seen = table["loss"][np.isfinite(table["loss"])]
    at = ["iteration[rate, :frame+1]", "loss[rate, :frame+1]"]
    return Panel(
        title="The loss at each iteration",
        x=Axis(label="iteration", range="reach[rate, frame]"),
        y=Axis(label="mean squared error", range=[0, 1.05 * min(seen.max(), 2 * seen[0])]),
        basis=BASIS,
        aspect=1.15,
        tall=300,
        layers=[Dots(at=at, colour="vermilion", size=3.5)],
    )
