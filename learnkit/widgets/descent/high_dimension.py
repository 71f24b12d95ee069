"""What a thousand dimensions do to a search without a gradient: a race of three runs."""

import numpy as np

from learnkit.painter.scene import GROUPS, Axis, Curve, Dots, Panel, Text
from learnkit.widgets.descent.ground import step_axis

RACES = (  # each with where its name stands: part of the way, pixels from the line
    ("gradient steps", 0.4, 0, 11),
    ("random tries, 2 numbers", 0.33, 8, -10),
    ("random tries, 1,000 numbers", 0.33, 0, 16),
)


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
        f"{run.shape[1] - 1} tries in random directions leave {100 * few:.0f} % of the loss with 2 "
        f"numbers, but {100 * many:.0f} % with 1,000. Gradient steps leave {100 * gradient:.0f} % "
        "with any."
    )


def race_panel(steps):
    """The panel that draws them, for a table with `tries` and a sentence `lesson`."""
    layers = []
    for row, (name, part, dx, dy) in enumerate(RACES):
        look, step = GROUPS[row], round(part * steps)
        line = [list(range(steps + 1)), f"tries[rate, {row}]"]
        now, middle = (
            ["frame", f"tries[rate, {row}, ~frame]"],
            [step, f"tries[rate, {row}, {step}]"],
        )
        layers.append(Curve(at=line, colour=look.colour, alpha=0.6, width=1.5))
        layers.append(Dots(at=now, size=6, colour=look.colour, shape=look.shape))
        layers.append(Text(at=middle, text=name, dx=dx, dy=dy))
    return Panel(
        title="High dimension: guessing fails",
        caption="{lesson}",
        x=step_axis(steps),
        y=Axis(label="part of the loss that is left", range=[-0.12, 1.1]),
        aspect=1.45,
        basis=280,
        layers=layers,
    )
