"""The data that a line is fitted to, and its mean squared error for any number of lines at once."""

import numpy as np

MOST = 150  # points that can be told apart in a picture


def made_up():
    """Eight points near a line, as (x, y)."""
    x = np.array([0.2, 0.6, 0.9, 1.4, 1.7, 2.1, 2.6, 2.9])
    return x, 1.1 * x + 0.6 + np.array([0.25, -0.3, 0.1, 0.35, -0.4, -0.1, 0.3, -0.2])


def checked(x, y):
    """Data as two arrays. Raises ValueError if they are no points at two or more places x."""
    try:
        x, y = np.asarray(x, float), np.asarray(y, float)
    except (TypeError, ValueError):
        raise ValueError("explore_loss takes data x and y, two arrays of numbers.") from None
    if x.ndim != 1 or x.shape != y.shape:
        raise ValueError(
            f"x and y are arrays of one length; these have shapes {x.shape} and {y.shape}."
        )
    if not np.isfinite([x, y]).all():
        raise ValueError(
            "x and y must be finite numbers; leave out the points where one is missing."
        )
    if len(x) < 2 or np.ptp(x) == 0:
        raise ValueError("A line needs points at two places x at least; these all stand at one.")
    return x, y


def drawn(x, y):
    """The points to draw: all of a few, evenly chosen ones of many."""
    if len(x) <= MOST:
        return x, y
    order = np.lexsort((y, x))[np.linspace(0, len(x) - 1, MOST).round().astype(int)]
    return x[order], y[order]


def losses_of_lines(x, y, w, b):
    """The mean squared errors of the lines w·x + b, and their gradients on a last axis.

    w, b: arrays of one shape. The data are read once, for their means, variances and covariance,
    which say all that the loss depends on: a million points cost no more than ten.
    """
    middle_x, middle_y = x.mean(), y.mean()
    var_x, var_y = x.var(), y.var()
    together = ((x - middle_x) * (y - middle_y)).mean()
    error = w * middle_x + b - middle_y
    spread = np.maximum(w * w * var_x - 2 * w * together + var_y, 0)
    slope_w = 2 * (error * middle_x + w * var_x - together)
    return error**2 + spread, np.stack([slope_w, 2 * error], axis=-1)


def best_line(x, y):
    """Weight and bias of the line with the smallest mean squared error."""
    var = x.var()
    weight = ((x - x.mean()) * (y - y.mean())).mean() / var if var else 0.0
    return np.array([weight, y.mean() - weight * x.mean()])
