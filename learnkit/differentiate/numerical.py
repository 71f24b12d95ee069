"""Numerical differentiation: move one input a little and look how far the output moves."""

import warnings
from numbers import Real

import numpy as np

from learnkit.differentiate.inputs import entries, gradient, output
from learnkit.differentiate.reading import refuse_lost_slopes

EPSILON = np.finfo(np.float64).eps


def forward_difference(function, x, step=1e-8):
    """Return the gradient from a step ahead along every input, (f(x + step) - f(x)) / step.

    Cost: n + 1 evaluations for n inputs. Error: truncation grows like step, round-off like
    1e-16 / step, so the best step is near the square root of 1e-16.
    Raises ValueError where rounding swallows the step or the slope, or a value is not finite.
    >>> print(round(forward_difference(lambda x: x**2, 3.0), 6))
    6.0
    """
    at = point(x, step)
    refuse_swallowed(at, step)
    here = evaluate(function, at)
    measured = []
    for h in steps(at, step):
        width = np.max((at + h) - at)  # what is left of the step beside x
        measured.append((here, evaluate(function, at + h), width))
    return gradient(slopes_between(measured, step), at)


def central_difference(function, x, step=1e-5):
    """Return the gradient from a step to both sides, (f(x + step) - f(x - step)) / (2 · step).

    Cost: 2n evaluations for n inputs. Error: truncation grows like step², round-off like
    1e-16 / step, so the best step is near the cube root of 1e-16.
    Raises ValueError where rounding swallows the step or the slope, or a value is not finite.
    >>> print(round(central_difference(lambda x: x**2, 3.0), 6))
    6.0
    """
    at = point(x, step)
    refuse_swallowed(at, step)
    measured = []
    for h in steps(at, step):
        width = np.max((at + h) - (at - h))
        measured.append((evaluate(function, at - h), evaluate(function, at + h), width))
    return gradient(slopes_between(measured, step), at)


def complex_step(function, x, step=1e-20):
    """Return the gradient from a step in the imaginary direction, Im f(x + i · step) / step.

    Cost: n evaluations for n inputs. Error: truncation grows like step²; no two nearly equal
    numbers are subtracted, so a tiny step gives every digit; beside an x below 1 it is as much
    smaller as x is.
    The function must do without abs, comparisons, conj, float() and `math`, which drop the
    imaginary part: TypeError where that shows. It must also be real at x: a fractional power of a
    negative number has another imaginary part, which is taken for a slope. Source: Squire & Trapp
    (1998), SIAM Review 40(1).
    >>> print(complex_step(lambda x: x**2, 3.0))
    6.0
    """
    at = point(x, step)
    if step < 1e-200:
        raise ValueError(f"A step of {step:g} vanishes in products: take one from 1e-200 up.")
    slopes = []
    for h in steps(at, 1.0):
        size = abs(at[h == 1.0]).item() if at.ndim else abs(at.item())
        width = max(step * size, 1e-250) if 0 < size < 1 else step
        slopes.append(evaluate_complex(function, at + 1j * width * h).imag / width)
    found = gradient(slopes, at)
    refuse_lost_slopes(function, at, found, "complex_step", lambda at: _real_value(function, at))
    return found


def point(x, step):
    """Return x as an array of floats, after a look at the step."""
    at = entries(x).astype(np.float64)
    is_number = isinstance(step, Real) and not isinstance(step, bool)
    if not (is_number and 0 < step <= max([1, *abs(at[np.isfinite(at)])])):
        rule = "a small positive number such as 1e-5"
        raise ValueError(f"The step must be {rule}; this is {step!r}.")
    return at


def refuse_swallowed(at, step):
    """Raise ValueError where the step is lost in the rounding of x.

    That is where x + step is x; and, as an x above 100 is not what a step was chosen for, where the
    step is less than a thousand times the gap between the floats there.
    """
    if not np.isfinite(at).all():
        raise ValueError("No step can be taken from an x that is inf or nan: take a finite one.")
    gap = np.spacing(abs(at))
    lost = (at + step == at) | (at - step == at) | ((abs(at) > 100) & (step < 1000 * gap))
    if lost.any():
        worst = abs(at[lost]).max()
        raise ValueError(
            f"A step of {step:g} is lost in rounding beside x = {worst:g}, where floats lie "
            f"{np.spacing(worst):.1g} apart: take a larger one, such as {1e-5 * worst:.0e}."
        )


def slopes_between(measured, step):
    """Return the slopes of triples (low value, high value, width), if they can be trusted."""
    low, high, width = np.array(measured, dtype=np.float64).reshape(-1, 3).T
    if not np.isfinite([low, high]).all():
        wrong = low[~np.isfinite(low)] if not np.isfinite(low).all() else high[~np.isfinite(high)]
        raise ValueError(
            f"Your function gives {wrong[0]} within a step of {step:g} around x, so no slope can "
            "be measured: take a smaller step, or another x."
        )
    slopes = (high - low) / width
    rounding = EPSILON * np.maximum(abs(low), abs(high)) / width
    if (rounding > max([1, *abs(slopes)])).any():
        raise ValueError(
            f"Your function is about {abs(high).max():.0e} there, and rounding alone could make "
            f"a slope of {rounding.max():.1g} of it at a step of {step:g}: take a larger step."
        )
    return slopes.tolist()


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
    """Return the function's value as a complex number; TypeError if the imaginary part got lost."""
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


def _real_value(function, at):
    return evaluate_complex(function, np.asarray(at) + 0j).real
