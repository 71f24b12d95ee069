"""What all the ways share: how x goes into a function, what may come out, and how the slopes become a gradient."""

from fractions import Fraction
from numbers import Rational, Real

import numpy as np

from learnkit.autograd.tensor import Tensor


def entries(x, called="x"):
    """Return the numbers of x as an array of objects, in which fractions stay fractions; TypeError for others."""
    array = np.array(x.data if isinstance(x, Tensor) else x, dtype=object)
    for number in array.flat:
        if not isinstance(number, Real):
            raise TypeError(
                f"{called} must hold real numbers, in rows of equal length; it holds a {type(number).__name__}."
            )
    return array


def arranged(numbers, shape):
    """Return numbers of any kind as an array of that shape, or the one number itself if the shape is ()."""
    array = np.empty(len(numbers), dtype=object)
    array[:] = numbers
    return array.reshape(shape)[()]


def output(function, x, kind, called):
    """Return the one number that the function gives for x: of that kind, or a plain one if x plays no part in it.

    Raises TypeError if the function cannot compute with this kind of number, or returns anything else.
    """
    try:
        y = function(x)
    except (TypeError, AttributeError) as error:
        raise TypeError(
            f"Your function does not run on {called} ({str(error).rstrip('.')}). Let it compute with + - * / ** "
            "and with relu, exp, log, tanh and sigmoid from learnkit.differentiate."
        ) from error
    y = y.data if isinstance(y, Tensor) else y
    y = y[()] if isinstance(y, np.ndarray) else y
    if isinstance(y, (kind, Real)):
        return y
    if y is None:
        raise TypeError("Your function returned None; does it end in a return?")
    shape = f" of shape {np.shape(y)}; take its sum or mean first" if np.ndim(y) else ""
    raise TypeError(f"A gradient needs a function that returns one real number, not a {type(y).__name__}{shape}.")


def gradient(slopes, at):
    """Return slopes in the shape of x: fractions if x holds fractions and all slopes stayed exact, else floats."""
    if any(isinstance(number, Fraction) for number in at.flat) and all(isinstance(s, Rational) for s in slopes):
        return arranged([Fraction(slope) for slope in slopes], at.shape)
    array = np.array(slopes, dtype=np.float64).reshape(at.shape)
    return array if at.ndim else array.item()
