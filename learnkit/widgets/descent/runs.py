"""Runs over a landscape: gradient descent from many starts at many rates, and any other rule of
update.
"""

import numpy as np

from learnkit.landscapes import Surface
from learnkit.widgets.descent.ground import (
    as_landscape,
    heights_and_slopes,
    number_of_steps,
    place_on,
)

MOST = 50  # runs at once


def descend(landscape, starts, rates, steps):
    """Runs of gradient descent, θ ← θ − η∇f(θ), one for each start and rate that are broadcast
    together.

    starts: (...) on a curve, (..., 2) on a surface. rates: (...).
    Returns (..., steps + 1) or (..., steps + 1, 2); a run that overflows ends in infinity or NaN.
    """
    flat = isinstance(landscape, Surface)
    rates = np.asarray(rates, float)[..., None] if flat else np.asarray(rates, float)
    first = np.asarray(starts, float) + 0 * rates
    runs = _walk(landscape, first, lambda position, gradient: position - rates * gradient, steps)
    return np.stack(runs, axis=-2 if flat else -1)


def _walk(landscape, first, update, steps):
    """The positions of a run, or of many at once, from the first on; update(position, gradient)
    gives the next.
    """
    positions = [first]
    with np.errstate(all="ignore"):
        for _ in range(steps):
            gradient = heights_and_slopes(landscape, positions[-1])[1]
            positions.append(_position(update(positions[-1].copy(), gradient), first.shape))
    return positions


def _position(found, shape):
    """What an update returned, as an array of that shape. Raises ValueError for anything else."""
    if found is None:
        raise ValueError("An update returned None; end it with `return` and the next position.")
    try:
        position = np.asarray(found, float)
    except (TypeError, ValueError):
        raise ValueError(f"An update returns numbers, the next position; not {found!r}.") from None
    if position.shape != shape:
        raise ValueError(f"An update returns a position of shape {shape}, not {position.shape}.")
    return position


def make_runs(updates, landscape="hills", start=None, steps=60, low=-3.0, high=3.0):
    """Descend one landscape in several ways: returns {name: positions}, as compare_runs takes them.

    updates: learning rates, or {name: a learning rate, or a function update(position, gradient,
    memory) that returns the next position; memory is a dictionary that lasts for the run}.
    landscape: as for compare_runs. start: x or (x, y). steps: updates in a run.
    Positions: (steps + 1,) on a curve, (steps + 1, 2) on a surface; a run that overflows ends in
    infinity or NaN. Raises ValueError if `start` is no place on the landscape, or a rule returns
    none.

    >>> def by_sign(x, gradient, memory):
    ...     return x - 0.1 * np.sign(gradient)
    >>> make_runs({"sign": by_sign}, "bowl", start=0.3, steps=2)
    {'sign': array([0.3, 0.2, 0.1])}
    """
    ground, steps = as_landscape(landscape, low, high), number_of_steps(steps, 1000)
    if not hasattr(updates, "items"):
        updates = _named(_rates(updates))
    if len(updates) > MOST:
        raise ValueError(f"make_runs makes up to {MOST} runs at once; these are {len(updates)}.")
    if start is None:
        start = ground.start if isinstance(ground, Surface) else 0.9 * ground.range[1]
    start = place_on(ground, start)
    return {
        name: np.stack(_walk(ground, start, _rule(update), steps))
        for name, update in updates.items()
    }


def _named(rates):
    """{"η = 0.1": rate}, with as many figures as tell the rates apart."""
    twice = [rate for i, rate in enumerate(rates) if rate in rates[:i]]
    if twice:
        raise ValueError(f"make_runs takes different learning rates; {twice[0]:g} is there twice.")
    for figures in range(6, 18):
        named = {f"η = {rate:.{figures}g}": rate for rate in rates}
        if len(named) == len(rates):
            break
    return named


def _rates(updates):
    try:
        return np.ravel(np.asarray(updates, float)).tolist()
    except (TypeError, ValueError):
        raise TypeError(
            f"make_runs takes learning rates, or {{name: rate or rule}}; this is {updates!r}."
        ) from None


def _rule(update):
    """A function of position and gradient: for a learning rate a step of gradient descent."""
    if callable(update):
        memory = {}
        return lambda position, gradient: update(position, gradient, memory)
    rate = float(update)
    return lambda position, gradient: position - rate * gradient
