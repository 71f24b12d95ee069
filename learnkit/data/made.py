"""Data made by code: points of the plane in classes that no straight line can tell apart.

Each call draws the numbers of its seed, the same ones every time, and returns x, an array (count,
2), and y, the classes, whole numbers (count,); the rows stand in a random order.
"""

from numbers import Integral, Real

import numpy as np


def moons(count=200, noise=0.1, seed=0):
    """Return two half circles of radius 1 that reach into each other: class 0 above, 1 below.

    noise: the standard deviation of what is added to either coordinate.
    Source: the shapes are those of `make_moons` in scikit-learn (Pedregosa et al. 2011, Journal of
    Machine Learning Research 12); the numbers are our own.
    """
    random, sizes = _begin(count, noise, seed, classes=2)
    above, below = (np.linspace(0, np.pi, size) for size in sizes)
    x = np.concatenate(
        [
            np.column_stack([np.cos(above), np.sin(above)]),
            np.column_stack([1 - np.cos(below), 0.5 - np.sin(below)]),
        ]
    )
    return _shuffled(x, sizes, noise, random)


def spirals(count=300, noise=0.05, seed=0, classes=3):
    """Return as many arms of a spiral as there are classes, from the middle out to radius 1.

    Each arm makes three quarters of a turn; the middle itself, where all meet, is left out.
    noise: the standard deviation of what is added to either coordinate.
    Source: after the spirals of Karpathy, Stanford's CS231n (2015), "Putting it together: minimal
    neural network case study"; the numbers are our own.
    """
    random, sizes = _begin(count, noise, seed, classes)
    arms = []
    for label, size in enumerate(sizes):
        radius = np.linspace(0.1, 1, size)
        angle = 1.5 * np.pi * radius + 2 * np.pi * label / classes
        arms.append(radius[:, None] * np.column_stack([np.cos(angle), np.sin(angle)]))
    return _shuffled(np.concatenate(arms), sizes, noise, random)


def _begin(count, noise, seed, classes):
    """Return a generator, and how many points each class has: as equal as can be."""
    if not all(isinstance(n, Integral) and n > 0 for n in (count, classes)):
        raise ValueError(
            f"Points and classes are counted in whole numbers from 1 on; these are {count!r} and "
            f"{classes!r}."
        )
    if not classes <= count:
        raise ValueError(f"{classes} classes need {classes} points or more; you asked for {count}.")
    if not (isinstance(noise, Real) and 0 <= noise < np.inf):
        raise ValueError(f"The noise is a number from 0 on; this is {noise!r}.")
    if not isinstance(seed, Integral) or seed < 0:
        raise ValueError(f"A seed is a whole number from 0 on; this is {seed!r}.")
    sizes = [count // classes + (label < count % classes) for label in range(classes)]
    return np.random.default_rng(seed), sizes


def _shuffled(x, sizes, noise, random):
    x = x + noise * random.normal(size=x.shape)
    order = random.permutation(len(x))
    return x[order], np.repeat(np.arange(len(sizes)), sizes)[order]
