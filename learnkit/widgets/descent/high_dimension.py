"""What a thousand dimensions do to a search without a gradient: a race of three runs."""

import numpy as np

from learnkit.painter.numbers import whole_ticks
from learnkit.painter.scene import GROUPS, Axis, Coded, Curve, Dots, Panel, Text

RACES = ("gradient", "2 numbers", "1,000")
WAITING = "Each try is a step in a random direction, kept if it lowers the loss."


def random_tries(rates, steps, dimensions=(2, 1000)):
    """The loss ½‖θ‖² that is left, as a part of the first: (rates, 1 + dimensions, steps + 1).

    First for gradient steps, which need not know the dimension, then for each dimension for tries
    as long as a gradient step in random directions, kept if they lower the loss.
    """
    random = np.random.default_rng(0)
    rates = np.asarray(rates)
    left = [(1 - rates[:, None]) ** (2 * np.arange(steps + 1))]
    for dimension in dimensions:
        directions = random.normal(size=(steps, dimension))
        along = directions[:, 0] / np.linalg.norm(directions, axis=1)
        tried = 1 + 2 * rates[:, None] * along + rates[:, None] ** 2
        left.append(
            np.cumprod(np.column_stack([np.ones(len(rates)), np.minimum(tried, 1)]), axis=1)
        )
    return np.stack(left, axis=1)


def what_is_left(run):
    """A sentence on the ends of the three runs: (3, steps + 1)."""
    gradient, few, many = run[:, -1]
    return (
        f"{run.shape[1] - 1} random tries leave {100 * few:.0f} % of the loss with 2 numbers, "
        f"{100 * many:.0f} % with 1,000. Gradient steps leave {100 * gradient:.0f} %."
    )


def race(rates, steps, look):
    """The race as (arrays, values, panel) of a scene that has steps; look: fields of the panel."""
    tries = random_tries(rates, steps)
    over = np.zeros((len(rates), steps + 1))
    over[:, -1] = 1 + np.arange(len(rates))
    words = [WAITING, *(what_is_left(run) for run in tries)]
    values = {"lesson": Coded(words=words, code="race_over[rate, frame]")}
    return {"tries": np.round(tries, 3), "race_over": over}, values, _panel(steps, look)


def _panel(steps, look):
    layers = []
    for row, name in enumerate(RACES):
        colour, shape = GROUPS[row].colour, GROUPS[row].shape
        line = ["steps[:frame+1]", f"tries[rate, {row}, :frame+1]"]
        now = ["steps[~frame]", f"tries[rate, {row}, ~frame]"]
        layers.append(Curve(at=line, colour=colour, width=1.5))
        layers.append(Dots(at=now, size=6, colour=colour, shape=shape))
        layers.append(Text(at=now, text=name, colour=colour, dx=12, weight=600, size=12))
    return Panel(
        title="High dimension: random tries",
        caption="{lesson}",
        description="High dimension. {lesson}",
        x=Axis(label="step", range=[-steps / 40, 2 * steps], ticks=whole_ticks(0, steps, 4)),
        y=Axis(label="part of the loss that is left", range=[-0.12, 1.1]),
        layers=layers,
        **look,
    )
