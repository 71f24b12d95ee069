"""A line that is moved by hand: the values to choose from, where a hand takes hold of it, and what
is said of it and of the goal.
"""

import numpy as np

from learnkit.painter.scene import Coded, Handle, Slider
from learnkit.painter.texts import spec
from learnkit.widgets.descent.ground import rounded_for_drawing
from learnkit.widgets.loss.data import MOST, best_line

NEARLY = 2.2  # so many times as long may one axis of a map be whose units are of one length


def axis_names(names):
    """The names of the data's two axes as texts. Raises ValueError if they are not two."""
    if len(names) != 2 or isinstance(names, str):
        raise ValueError(
            f"names are the names of the two axes, such as ('km', 'euros'); these are {names!r}."
        )
    return [str(name) for name in names]


def goal_number(goal):
    """The goal as a number, or None. Raises ValueError for anything else."""
    try:
        number = None if goal is None else float(goal)
    except (TypeError, ValueError):
        number = np.nan
    if number is not None and not np.isfinite(number):
        raise ValueError(f"goal is a loss to get below, one number; this is {goal!r}.")
    return number


def choices(x, y, weights, biases):
    """The weights and biases to choose from: around the best line where none are given.

    Raises ValueError for values that do not rise evenly.
    """
    best, intercept = best_line(x, y)
    # of the bias; a weight that does as much is smaller by the size of x
    reach = np.std(y) or np.abs(y).max() or 1.0
    of_weight = reach / np.sqrt(np.mean(x**2))
    if max(reach, of_weight) <= NEARLY * min(reach, of_weight):
        reach = of_weight = max(reach, of_weight)  # a square map
    weights = _around(best, of_weight) if weights is None else _rising("weights", weights)
    biases = _around(intercept, reach) if biases is None else _rising("biases", biases)
    return weights, biases


def _rising(name, values):
    values = np.asarray(values, float)
    gaps = np.diff(values) if values.ndim == 1 else []
    if not len(gaps) or not gaps[0] > 0 or not np.allclose(gaps, gaps[0], rtol=1e-3, atol=0):
        raise ValueError(
            f"{name} rise evenly, as np.linspace(0, 3, 41) does, and are two at least."
        )
    return values


def _around(middle, reach, count=41):
    """Evenly spaced values around the middle, cut to the digits that matter."""
    unit = 10.0 ** (np.floor(np.log10(reach)) - 3)
    return np.round(np.linspace(middle - 1.8 * reach, middle + 1.8 * reach, count) / unit) * unit


def lines(x, y, weights, biases):
    """The two ends of each line, and how to write its bias."""
    w, b = np.meshgrid(weights, biases)
    across = rounded_for_drawing(ends(x), np.ptp(x), 300)
    heights = rounded_for_drawing(w[..., None] * across + b[..., None], np.ptp(y) or 1, 300)
    return {
        "fits": np.stack(np.broadcast_arrays(across, heights), axis=-1),
        "minus": biases < 0,
        "sizes": np.abs(biases),
    }


def ends(x):
    """From where to where a line is drawn: a little farther than the data on both sides."""
    return np.array([x.min(), x.max()]) + 0.06 * np.ptp(x) * np.array([-1, 1])


def line_values(x, biases, goal, loss):
    """What a scene knows of the line that is chosen, by the tables of `lines`, `losses` and
    `reached`.

    loss: the format of losses.
    """
    bias = f"{{size:{spec(np.ptp(biases))}}}"
    return {
        "loss": "losses[bias, weight]",
        "line": "fits[bias, weight]",
        "predicted": "line(x)",
        "size": "sizes[bias]",
        "plus_bias": Coded(words=[f"+ {bias}", f"− {bias}"], code="minus[bias]"),
        "met": Coded(words=_goal_words(goal, loss), code="reached[bias, weight]"),
    } | _grips(x)


def _goal_words(goal, loss):
    """What is said of the goal: not yet met, and met."""
    if goal is None:
        return ["the lowest loss to be had here", "reached: none to be had here is lower"]
    below = f"a loss below {goal:g}"
    return [below, f"reached: {below}"]


def slider(name, label, values, start):
    """A slider of the line that starts at the value of this index."""
    return Slider(
        name=name, label=label, values=values, start=values[start], format=spec(np.ptp(values))
    )


def _grips(x):
    """Where a hand takes hold of the line: its middle, and the ends that the weight moves."""
    first, last = ends(x)
    farthest = max(abs(first), abs(last))
    grips = {"middle": (first + last) / 2}
    sides = {"left_end": first, "right_end": last}
    grips |= {name: end for name, end in sides.items() if abs(end) > 0.5 * farthest}
    heights = {f"{name}_height": f"line({name})" for name in grips}
    return {name: float(place) for name, place in grips.items()} | heights


def line_handles(x):
    """The handles of the line: its middle moves the bias, its ends the weight."""
    return [
        Handle(
            at=[name, f"{name}_height"],
            sets=["bias" if name == "middle" else "weight"],
            label=f"the line, at its {name.replace('_', ' ')}",
        )
        for name in _grips(x)
        if not name.endswith("_height")
    ]


def line_caption(count):
    """How to move the line, and how many of so many points are drawn."""
    line = "Drag the line: its middle moves the bias, its end the weight."
    if count > MOST:
        return f"{line} {MOST} of {count:,} points are drawn; the loss is of them all."
    return line
