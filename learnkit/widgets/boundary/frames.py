"""A training run as frames: the probability over the plane, and how well it tells the points."""

from typing import NamedTuple

import numpy as np

GRID, MOST = 32, 30  # points along either side, frames
SURE = 1e-7  # a probability is taken no closer to 0 and 1, as the loss is infinite there


class BoundaryFrames(NamedTuple):
    """What a training run shows of itself, one entry for each frame.

    steps: (f,), of training. maps: (f, 32, 32), the probability of class 1, its first row at the
    lowest x₂. loss: (f,), the mean cross-entropy in nats. right: (f,), the share of points told
    rightly, from 0 to 1. window: ((low, high) of x₁, (low, high) of x₂), the ends of the maps.
    """

    steps: np.ndarray
    maps: np.ndarray
    loss: np.ndarray
    right: np.ndarray
    window: tuple


def boundary_frames(train, x, y, window=None):
    """Return the frames of one training run, as BoundaryFrames.

    train: called as train(x, y), and yields (or returns a list of) up to 30 pairs (step, predict),
    or predict alone, where predict is called at once with points (n, 2) and gives the probability
    of class 1 for each. x: points (n, 2). y: their classes (n,), 0 and 1. window: the ends of the
    maps; a quarter more than the points need if left out.
    Raises ValueError for data or predictions that are none, TypeError if train yields none.
    """
    x, y = points_and_classes(x, y)
    window = window or around(x)
    x1, x2 = (np.linspace(*ends, GRID) for ends in window)
    plane = np.stack(np.meshgrid(x1, x2), axis=-1).reshape(-1, 2)
    steps, maps, loss, right = [], [], [], []
    for step, predict in _yielded(train, x.copy(), y.copy()):
        found = _probabilities(predict, np.concatenate([plane, x]))
        here = found[len(plane) :]
        sure = np.clip(np.where(y == 1, here, 1 - here), SURE, 1)
        steps.append(step)
        maps.append(found[: len(plane)].reshape(GRID, GRID))
        loss.append(-np.log(sure).mean())
        right.append(((here >= 0.5) == y).mean())
    if not steps:
        raise ValueError("train(x, y) has yielded nothing: `yield step, predict` shows a frame.")
    return BoundaryFrames(*map(np.array, (steps, maps, loss, right)), window)


def points_and_classes(x, y):
    """Points (n, 2) and their classes (n,) as arrays, checked."""
    x, y = np.asarray(x, float), np.asarray(y).ravel()
    if x.ndim != 2 or x.shape[1] != 2 or len(x) != len(y) or not len(x):
        raise ValueError(
            "A boundary lies between points x of shape (n, 2) with a class each, y of shape (n,); "
            f"these have the shapes {x.shape} and {np.shape(y)}."
        )
    if not np.isin(y, (0, 1)).all() or not np.isfinite(x).all():
        raise ValueError("The classes are 0 and 1, and the points finite numbers.")
    return x, y.astype(int)


def around(x):
    """The ends of either axis: a quarter more than the points need on each side."""
    low, high = x.min(axis=0), x.max(axis=0)
    more = np.maximum((high - low) / 4, 0.25)
    return tuple(zip((low - more).tolist(), (high + more).tolist()))


def _yielded(train, x, y):
    """Yield (step, predict) of a training run as it goes on."""
    run = train(x, y)
    if not hasattr(run, "__iter__"):
        raise TypeError(
            "train(x, y) yields (step, predict) while it trains, predict a function of points; "
            f"yours returned a {type(run).__name__}."
        )
    for frame, shown in enumerate(run):
        if frame == MOST:
            raise ValueError(
                f"train(x, y) has yielded more than {MOST} frames: yield at fewer of its steps."
            )
        step, predict = shown if isinstance(shown, tuple) else (frame, shown)
        if not callable(predict):
            raise TypeError(
                "train(x, y) yields (step, predict), predict a function of points (n, 2); a "
                f"{type(predict).__name__} is none."
            )
        yield step, predict


def _probabilities(predict, points):
    found = predict(points)
    found = np.asarray(found if isinstance(found, np.ndarray) else getattr(found, "data", found))
    if found.size != len(points):
        raise ValueError(
            f"predict returns one probability for each of {len(points)} points; yours has shape "
            f"{found.shape}."
        )
    found = found.astype(float).ravel()
    if not ((found >= 0) & (found <= 1)).all():
        raise ValueError(
            "predict returns probabilities, from 0 to 1; yours go from "
            f"{np.nanmin(found):.3g} to {np.nanmax(found):.3g}. Is a sigmoid missing?"
            if np.isfinite(found).any()
            else "predict returns probabilities, from 0 to 1; yours are no numbers."
        )
    return found
