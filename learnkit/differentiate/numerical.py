"""Numerical differentiation: move one input a little and look how far the output moves."""

import math
import warnings
from numbers import Real

import numpy as np

from learnkit.differentiate.inputs import entries, gradient, output


def forward_difference(function, x, step=1e-8):
    """Return the gradient from a step ahead along every input, (f(x + step) - f(x)) / step.

    Cost: n + 1 evaluations for n inputs. Error: truncation grows like step, round-off like 1e-16 / step,
    so the best step is near the square root of 1e-16.
    >>> print(round(forward_difference(lambda x: x**2, 3.0), 6))
    6.0
    """
    at = point(x, step)
    here = evaluate(function, at)
    return gradient([(evaluate(function, at + h) - here) / step for h in steps(at, step)], at)


def central_difference(function, x, step=1e-5):
    """Return the gradient from a step to both sides of every input, (f(x + step) - f(x - step)) / (2 · step).

    Cost: 2n evaluations for n inputs. Error: truncation grows like step², round-off like 1e-16 / step,
    so the best step is near the cube root of 1e-16.
    >>> print(round(central_difference(lambda x: x**2, 3.0), 6))
    6.0
    """
    at = point(x, step)
    differences = [evaluate(function, at + h) - evaluate(function, at - h) for h in steps(at, step)]
    return gradient([difference / (2 * step) for difference in differences], at)


def complex_step(function, x, step=1e-20):
    """Return the gradient from a step in the imaginary direction, Im f(x + i · step) / step.

    Cost: n evaluations for n inputs. Error: truncation grows like step², and nothing is subtracted, so a tiny step
    gives every digit. The function must do without abs, comparisons, conj, float() and `math`, which drop the
    imaginary part: TypeError where that shows, a wrong slope where it hides in a sum. It must also be real at x: a
    fractional power of a negative number has another imaginary part, which is taken for a slope.
    Source: Squire & Trapp (1998), SIAM Review 40(1).
    >>> print(complex_step(lambda x: x**2, 3.0))
    6.0
    """
    at = point(x, step)
    return gradient([evaluate_complex(function, at + 1j * h).imag / step for h in steps(at, step)], at)


def point(x, step):
    """Return x as an array of floats, after a look at the step."""
    if not (isinstance(step, Real) and 0 < step < math.inf):
        raise ValueError(f"The step must be a small positive number such as 1e-5; this is {step!r}.")
    return entries(x).astype(np.float64)


def steps(at, step):
    """Yield for each entry in turn an array of zeros with the step in that entry."""
    for i in range(at.size):
        h = np.zeros(at.size)
        h[i] = step
        yield h.reshape(at.shape)


def evaluate(function, at):
    """Return the function's value as a float, computed from a copy of the numbers."""
    return float(output(function, at.copy() if np.ndim(at) else at.item(), float, "floats"))


def evaluate_complex(function, at):
    """Return the function's value as a complex number, or TypeError if the imaginary part got lost on the way."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", np.exceptions.ComplexWarning)
        try:
            y = output(function, at if np.ndim(at) else at.item(), complex, "complex numbers")
        except np.exceptions.ComplexWarning:
            y = None
    if not isinstance(y, complex):
        raise TypeError(
            "Your function lost the imaginary part that complex_step reads: "
            "do without abs, comparisons, conj, float() and math, or take central_difference."
        )
    return y
