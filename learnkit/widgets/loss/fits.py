"""The line through points that each loss prefers: mean squared, mean absolute and Huber."""

from itertools import combinations

import numpy as np

LOSSES = ("squared", "absolute", "Huber")


def loss_of_errors(errors, loss, delta=1.0):
    """The loss of each error by itself, of the same shape. loss: one of LOSSES."""
    size = np.abs(errors)
    if loss == "squared":
        return size**2
    if loss == "absolute":
        return size
    return np.where(size <= delta, size**2 / 2, delta * (size - delta / 2))


def pull_of_errors(errors, loss, delta=1.0):
    """The slope of each error's own loss along its prediction, of the same shape; 0 at a kink."""
    if loss == "squared":
        return 2 * np.asarray(errors)
    if loss == "absolute":
        return np.sign(errors)
    return np.clip(errors, -delta, delta)


def fitted_line(x, y, loss, delta=1.0):
    """Weight and bias of the line with the smallest mean loss. loss: one of LOSSES.

    x, y: arrays of one length, at two places x or more. delta: of the Huber loss, in units of y.
    """
    if loss == "squared":
        return np.polyfit(x, y, 1)
    if loss == "absolute":
        return _least_absolute(x, y)
    return _least_huber(x, y, delta)


def _least_absolute(x, y):
    """A best line goes through two of the points, so the best of all such lines is it."""
    first, second = np.array(list(combinations(range(len(x)), 2))).T
    apart = x[first] != x[second]
    first, second = first[apart], second[apart]
    weights = (y[second] - y[first]) / (x[second] - x[first])
    biases = y[first] - weights * x[first]
    losses = np.abs(weights[:, None] * x + biases[:, None] - y).mean(axis=1)
    # of several equally good ones always the same, whatever the rounding
    best = np.flatnonzero(losses <= losses.min() + 1e-9)
    chosen = best[np.argsort(weights[best], kind="stable")[(len(best) - 1) // 2]]
    return np.array([weights[chosen], biases[chosen]])


def _least_huber(x, y, delta, rounds=200):
    """Least squares again and again, in which an error beyond delta counts for less each time."""
    columns = np.stack([x, np.ones_like(x)], axis=1)
    line = np.polyfit(x, y, 1)
    for _ in range(rounds):
        size = np.abs(columns @ line - y)
        counts = np.minimum(1, delta / np.maximum(size, 1e-12))
        weighted = columns * counts[:, None]
        line = np.linalg.solve(columns.T @ weighted, weighted.T @ y)
    return line
