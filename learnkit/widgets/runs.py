"""Runs over a landscape: gradient descent from many starts at many rates, and any other rule of update."""

import numpy as np

from learnkit.landscapes import Surface
from learnkit.widgets.ground import as_landscape, measure


def descend(landscape, starts, rates, steps):
    """Runs of gradient descent, θ ← θ − η∇f(θ), one for each start and rate that are broadcast together.

    starts: (...) on a curve, (..., 2) on a surface. rates: (...).
    Returns (..., steps + 1) or (..., steps + 1, 2); a run that overflows ends in infinity or NaN.
    """
    flat = isinstance(landscape, Surface)
    rates = np.asarray(rates, float)[..., None] if flat else np.asarray(rates, float)
    position = np.asarray(starts, float) + 0 * rates
    runs = [position]
    with np.errstate(all="ignore"):
        for _ in range(steps):
            position = position - rates * measure(landscape, position)[1]
            runs.append(position)
    return np.stack(runs, axis=-2 if flat else -1)


def make_runs(updates, landscape="hills", start=None, steps=60, low=-3.0, high=3.0):
    """Descend one landscape in several ways: returns {name: positions}, as compare_runs takes them.

    updates: learning rates, or {name: a learning rate, or a function update(position, gradient, memory) that
    returns the next position; memory is a dictionary that lasts for the run}.
    landscape: as for compare_runs. start: x or (x, y). steps: updates in a run.
    Positions: (steps + 1,) on a curve, (steps + 1, 2) on a surface; a run that overflows ends in infinity or NaN.

    >>> make_runs({"sign": lambda x, gradient, memory: x - 0.1 * np.sign(gradient)}, "bowl", start=0.3, steps=2)
    {'sign': array([0.3, 0.2, 0.1])}
    """
    ground = as_landscape(landscape, low, high)
    if not hasattr(updates, "items"):
        updates = {f"η = {rate:g}": rate for rate in updates}
    if start is None:
        start = ground.start if isinstance(ground, Surface) else 0.9 * ground.range[1]
    return {name: _run(update, ground, start, steps) for name, update in updates.items()}


def _run(update, ground, start, steps):
    if not callable(update):
        rate = float(update)
        update = lambda position, gradient, memory: position - rate * gradient
    positions, memory = [np.array(start, float)], {}
    with np.errstate(all="ignore"):
        for _ in range(steps):
            gradient = measure(ground, positions[-1])[1]
            positions.append(np.asarray(update(positions[-1].copy(), gradient, memory), float))
    return np.stack(positions)
