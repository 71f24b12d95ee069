"""How fast gradient descent closes in on the bottom of a bowl: what was measured against what
theory says.
"""

import numpy as np

from learnkit.painter.player import Player
from learnkit.painter.scene import Arrow, Axis, Curve, Dots, Panel, Scene, Text

TITLE = "The measured factor lies on the larger of the two theoretical ones"


def convergence_factors(learning_rates, measured, curvatures):
    """Return a Player without controls: the factor by which a step multiplies the distance to go,
    measured beside max |1 − ηλ|.

    learning_rates, measured: arrays of one length. curvatures: the eigenvalues λ of the bowl's
        matrix, all above 0.
    Raises ValueError if the lengths differ, or if a curvature is not positive.
    """
    rates, measured = np.asarray(learning_rates, float), np.asarray(measured, float)
    if rates.ndim != 1 or rates.shape != measured.shape or not rates.size:
        raise ValueError(
            f"Each learning rate has one measured factor; these have shapes {rates.shape} and "
            f"{measured.shape}."
        )
    low, high = float(min(curvatures)), float(max(curvatures))
    if not low > 0:
        raise ValueError(f"The curvatures of a bowl are positive; the least of these is {low:g}.")
    off = np.abs(measured - _theory(rates, low, high).max(axis=1)).max()
    limit, best, least = 2 / high, 2 / (low + high), (high - low) / (high + low)
    description = (
        f"{TITLE}: at most {off:.3f} apart at {len(measured)} learning rates from "
        f"{min(rates):.3g} to {max(rates):.3g}. The factor is least, {least:.3f}, at η = "
        f"{best:.3f}, and passes 1 at {limit:.3f}."
    )
    ends = [0, 1.08 * max(*rates, limit)], [0, 1.05 * max(*measured, 1.3)]
    fine = np.linspace(0, ends[0][1], 201)
    table = {"measured": np.column_stack([rates, measured])}
    for name, factors in zip(("flat", "steep"), _theory(fine, low, high).T, strict=True):
        table[name] = np.column_stack([fine, factors])
    panel = Panel(
        title=TITLE,
        x=Axis(label="learning rate η", range=ends[0]),
        y=Axis(label="factor by which a step multiplies the distance to go", range=ends[1]),
        layers=[*_marks(limit, best, least, ends), *_lines(low, high, ends[0][1])],
        aspect=2.2,
        description=description,
    )
    return Player(Scene(panels=[panel], description=description), table)


def _theory(learning_rates, low, high):
    return np.abs(1 - np.outer(learning_rates, [low, high]))


def _marks(limit, best, least, ends):
    """Where a step leaves all of the distance, the limit beyond which it adds, and the best."""
    (_, right), (_, top) = ends
    above = [0.45 * limit, 1.14]  # where no line comes
    said = f"best η = {best:.3f}: factor {least:.3f}"
    return [
        Arrow(start=[0, 1], end=[right, 1], head=False, colour="muted", width=1),
        Arrow(start=[limit, 0], end=[limit, top], head=False, colour="muted", dash=[2, 4]),
        Text(at=[limit, 0], text=f"limit 2/λmax = {limit:.3g}", align="right", dx=-6, dy=-12),
        Arrow(start=above, end=[best, least], head=False, colour="muted", width=1),
        Text(at=above, text=said, align="center", dy=-8),
    ]


def _lines(low, high, right):
    """Both theoretical factors and the measured ones, each with its name beside it."""
    early = 0.5 / high  # where the steep line is still far below the other
    looks = [
        ("flat", low, "green", [9, 5], right, {"dx": -4, "dy": 16}),
        ("steep", high, "orange", [9, 4, 2, 4], early, {"dx": -8, "dy": 6}),
    ]
    layers = []
    for name, curvature, colour, dash, at, shift in looks:
        place, text = [at, abs(1 - at * curvature)], f"|1 − {curvature:.3g}η|"
        layers.append(Curve(at=name, colour=colour, dash=dash))
        layers.append(Text(at=place, text=text, colour=colour, align="right", weight=600, **shift))
    last = {"at": "measured[-1]", "text": "measured", "colour": "blue"}
    layers.append(Dots(at="measured", colour="blue", size=5, width=1))
    layers.append(Text(**last, align="right", dx=-8, dy=-14, weight=600))
    return layers
