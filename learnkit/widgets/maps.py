"""A table of losses as coloured squares: the step from numbers to a heat map, and from there to
contour lines.
"""

import numpy as np
from matplotlib.figure import Figure

from learnkit.painter.figure import Picture


def heat_map(
    table, weights, biases, digits=1, title="Each number is a height: the darker, the lower"
):
    """Return a Picture of a table as coloured squares with the numbers written in them, the
    smallest in bold.

    table: (biases, weights), one row for each bias, drawn from the bottom up as an axis counts.
    weights, biases: the evenly spaced values along the two axes. digits: decimals written.
    Raises ValueError if the table does not have that shape.
    """
    table = np.asarray(table, dtype=float)
    if table.shape != (len(biases), len(weights)):
        wanted = (
            f"one row for each of {len(biases)} biases and one column for each of {len(weights)} "
            "weights"
        )
        raise ValueError(f"heat_map needs {wanted}; this table has shape {table.shape}.")
    figure = Figure(figsize=(7.5, 4.3), layout="constrained")
    axes = figure.add_subplot()
    # The loss spans several powers of ten: its root spreads the colours, and keeps their order.
    shade = np.sqrt((table - table.min()) / (np.ptp(table) or 1))
    axes.pcolormesh(weights, biases, shade, cmap="viridis", edgecolors="white", linewidth=0.5)
    row, column = np.unravel_index(table.argmin(), table.shape)
    for (i, j), number in np.ndenumerate(table):
        look = {
            "color": "black" if shade[i, j] > 0.55 else "white",
            "weight": "bold" if (i, j) == (row, column) else None,
        }
        axes.text(weights[j], biases[i], f"{number:.{digits}f}", ha="center", va="center", **look)
    axes.set(title=title, xlabel="weight w", ylabel="bias b", xticks=weights, yticks=biases)
    lowest = (
        f"the lowest, {table.min():.{digits}f}, at w = {weights[column]:g}, b = {biases[row]:g}"
    )
    size = f"{len(biases)} rows and {len(weights)} columns"
    return Picture(
        figure, f"{title}. {size} of losses; {lowest}; the highest {table.max():.{digits}f}."
    )
