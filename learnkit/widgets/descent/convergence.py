"""How fast gradient descent closes in on the bottom of a bowl: what was measured against what
theory says.
"""

import numpy as np
from matplotlib.figure import Figure

from learnkit.painter.figure import BLUE, GREEN, GREY, ORANGE, Picture

TITLE = "The measured factor lies on the larger of the two theoretical ones"


def convergence_factors(learning_rates, measured, curvatures):
    """Return a Picture of the factor by which a step multiplies the distance to go, measured beside
    max |1 − ηλ|.

    learning_rates, measured: arrays of one length. curvatures: the eigenvalues λ of the bowl's
        matrix.
    """
    low, high = min(curvatures), max(curvatures)
    limit, best, least = 2 / high, 2 / (low + high), (high - low) / (high + low)
    figure = Figure(figsize=(8, 3.9), layout="constrained")
    axes = figure.add_subplot()
    axes.axhline(1, color=GREY, linewidth=1)
    axes.axvline(limit, color=GREY, linewidth=1, linestyle=":")
    axes.annotate(f" limit 2/λmax = {limit:.3g}", (limit, 0.1), color="#555555", fontsize=10)
    arrow = {"arrowstyle": "-", "color": GREY}
    said = f"best η = {best:.3f}:\nfactor {least:.3f}"
    axes.annotate(said, (best, least), (limit / 2, 0.4), ha="center", arrowprops=arrow)
    _lines(axes, learning_rates, measured, low, high)
    axes.set(title=TITLE, xlabel="learning rate η", ylabel="factor per step")
    axes.set(ylim=(0, max(measured) * 1.05), xlim=(0, None))
    axes.spines[["top", "right"]].set_visible(False)
    off = np.abs(measured - _theory(learning_rates, low, high).max(axis=1)).max()
    return Picture(
        figure,
        f"{TITLE}: at most {off:.3f} apart at {len(measured)} learning rates from "
        f"{min(learning_rates):.3g} to {max(learning_rates):.3g}. The factor is least, "
        f"{least:.3f}, at η = {best:.3f}, and passes 1 at {limit:.3f}.",
    )


def _theory(learning_rates, low, high):
    return np.abs(1 - np.outer(learning_rates, [low, high]))


def _lines(axes, learning_rates, measured, low, high):
    """Draw both theoretical factors and the measured ones, each with its name beside it."""
    fine, label_at = np.linspace(0, max(learning_rates), 400), 1.24 / high
    looks = (low, GREEN, "--"), (high, ORANGE, "-.")
    for line, (curvature, colour, dash) in zip(_theory(fine, low, high).T, looks):
        axes.plot(fine, line, dash, color=colour, linewidth=1.5)
        place = label_at, abs(1 - label_at * curvature) - 0.06
        axes.annotate(f"|1 − {curvature:.3g}η|", place, color=colour, va="top", fontsize=11)
    axes.plot(learning_rates, measured, "o", color=BLUE, markersize=6)
    last = learning_rates[-1], measured[-1]
    axes.annotate("measured", last, (-8, 0), textcoords="offset points", color=BLUE, ha="right")
