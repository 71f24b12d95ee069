"""What all the ways share: how x goes in, what may come out, how slopes become a gradient."""

from fractions import Fraction
from numbers import Rational, Real

import numpy as np

from learnkit.autograd.tensor import Tensor


def entries(x, called="x"):
    """Return the numbers of x as an array of objects, in which fractions stay what they are.

    Raises TypeError for what is no real number.
    """
    array = np.array(x.data if isinstance(x, Tensor) else x, dtype=object)
    for number in array.flat:
        if not isinstance(number, Real):
            kind = type(number).__name__
            raise TypeError(
                f"{called} must hold real numbers, in rows of equal length; it holds a {kind}: "
                "write them as a list, an array or one number."
            )
    return array


def arranged(numbers, shape):
    """Return numbers of any kind as an array of that shape; the one number itself for ()."""
    array = np.empty(len(numbers), dtype=object)
    array[:] = numbers
    return array.reshape(shape)[()]


def output(function, x, kind, called):
    """Return the number that the function gives for x: of that kind, or plain if x plays no part.

    Raises TypeError if the function cannot compute with that kind, or returns anything else.
    """
    try:
        y = function(x)
    except (TypeError, AttributeError) as error:
        raise TypeError(
            f"Your function does not run on {called} ({str(error).rstrip('.')}). Let it compute "
            "with + - * / ** and with relu, exp, log, tanh and sigmoid from "
            "learnkit.differentiate."
        ) from error
    y = y.data if isinstance(y, Tensor) else y
    y = y[()] if isinstance(y, np.ndarray) else y
    if isinstance(y, (kind, Real)):
        return y
    if y is None:
        raise TypeError("Your function returned None; does it end in a return?")
    shape = f" of shape {np.shape(y)}; take its sum or mean first" if np.ndim(y) else ""
    wrong = f"{type(y).__name__}{shape}"
    raise TypeError(f"A gradient needs a function that returns one real number, not a {wrong}.")


def gradient(slopes, at):
    """Return slopes in the shape of x: fractions if x holds some and all stayed exact, else
    floats.
    """
    from_fractions = any(isinstance(number, Fraction) for number in at.flat)
    if from_fractions and all(isinstance(slope, Rational) for slope in slopes):
        return arranged([Fraction(slope) for slope in slopes], at.shape)
    array = np.array(slopes, dtype=np.float64).reshape(at.shape)
    return array if at.ndim else array.item()
