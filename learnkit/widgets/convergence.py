"""How fast gradient descent closes in on the bottom of a bowl: what was measured against what theory says."""

import numpy as np
from matplotlib.figure import Figure

from learnkit.widgets.figure import BLUE, GREEN, GREY, ORANGE, Picture


def factors(learning_rates, measured, curvatures):
    """Return a Picture of the factor by which a step multiplies the error, measured beside max |1 − ηλ|.

    learning_rates, measured: arrays of one length. curvatures: the eigenvalues λ of the bowl's matrix.
    """
    low, high = min(curvatures), max(curvatures)
    limit, best, least = 2 / high, 2 / (low + high), (high - low) / (high + low)
    fine = np.linspace(0, max(learning_rates), 400)
    theory = np.abs(1 - np.outer(fine, [low, high]))
    figure = Figure(figsize=(8, 3.9), layout="constrained")
    axes = figure.add_subplot()
    for line, curvature, colour, dash, at in zip(theory.T, (low, high), (GREEN, ORANGE), ("--", "-."), (0.62, 0.62)):
        axes.plot(fine, line, dash, color=colour, linewidth=1.5)
        place = at * limit, abs(1 - at * limit * curvature) - 0.06
        axes.annotate(f"|1 − {curvature:.3g}η|", place, color=colour, ha="left", va="top", fontsize=11)
    axes.plot(learning_rates, measured, "o", color=BLUE, markersize=6)
    axes.annotate(
        "measured", (learning_rates[-1], measured[-1]), (-8, 0), textcoords="offset points", color=BLUE, ha="right"
    )
    axes.axhline(1, color=GREY, linewidth=1)
    axes.axvline(limit, color=GREY, linewidth=1, linestyle=":")
    axes.annotate(f" limit 2/λmax = {limit:.3g}", (limit, 0.1), color="#555555", fontsize=10)
    arrow = {"arrowstyle": "-", "color": GREY}
    axes.annotate(
        f"best η = {best:.3f}:\nfactor {least:.3f}", (best, least), (limit / 2, 0.4), ha="center", arrowprops=arrow
    )
    axes.set(xlabel="learning rate η", ylabel="factor per step", ylim=(0, max(measured) * 1.05), xlim=(0, None))
    title = "The measured factor lies on the larger of the two theoretical ones"
    axes.set_title(title)
    axes.spines[["top", "right"]].set_visible(False)
    off = np.abs(measured - np.abs(1 - np.outer(learning_rates, [low, high])).max(axis=1)).max()
    description = (
        f"{title}: at most {off:.3f} apart at {len(measured)} learning rates from {min(learning_rates):.3g} to "
        f"{max(learning_rates):.3g}. The factor is least, {least:.3f}, at η = {best:.3f}, and passes 1 at {limit:.3f}."
    )
    return Picture(figure, description)
