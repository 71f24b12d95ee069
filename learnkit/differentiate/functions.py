"""Functions for every kind of number: floats, complex numbers, fractions, arrays, Values, Duals, Tensors, formulas."""

import functools

import numpy as np


def relu(z):
    """Return z where it is positive and 0 elsewhere; the slope at 0 is 0. Complex z: by the sign of the real part."""
    plain = lambda z: np.where(z.real <= 0, 0, z) if np.ndim(z) else type(z)(0) if z.real <= 0 else z
    return _on_any_number("relu", z, plain, lambda sympy, z: sympy.Piecewise((z, z > 0), (0, True)))


def exp(z):
    """Return e to the power z."""
    return _on_any_number("exp", z, lambda z: np.exp(1.0 * z), lambda sympy, z: sympy.exp(z))


def log(z):
    """Return the natural logarithm of z. Raises ValueError where z, or its real part, is not positive."""

    def plain(z):
        if np.any(np.real(z) <= 0):
            raise ValueError(f"log needs positive numbers; this is {z}.")
        return np.log(1.0 * z)

    return _on_any_number("log", z, plain, lambda sympy, z: sympy.log(z))


def tanh(z):
    """Return the hyperbolic tangent of z, between -1 and 1."""
    return _on_any_number("tanh", z, lambda z: np.tanh(1.0 * z), lambda sympy, z: sympy.tanh(z))


def sigmoid(z):
    """Return 1 / (1 + e^-z), between 0 and 1."""

    def plain(z):
        z = 1.0 * z
        small = np.exp(np.where(z.real >= 0, -z, z))  # never above 1, so nothing can overflow
        return (np.where(z.real >= 0, 1, small) / (1 + small))[()]

    return _on_any_number("sigmoid", z, plain, lambda sympy, z: 1 / (1 + sympy.exp(-z)))


def _on_any_number(name, z, plain, symbolic):
    """Return the function of that name at z: Values, Duals and Tensors have it as a method, formulas need SymPy.

    plain: for all other numbers; NumPy refuses fractions, so 1.0 * z there makes them floats.
    """
    if hasattr(z, "free_symbols"):
        import sympy

        return symbolic(sympy, z)
    if isinstance(z, np.ndarray) and z.dtype.kind == "O":
        return np.frompyfunc(lambda entry: _on_any_number(name, entry, plain, symbolic), 1, 1)(z)
    return getattr(z, name)() if hasattr(z, name) else plain(z)


def count_calls(function):
    """Return the same function with a count: `.calls` says how often it ran."""

    @functools.wraps(function)
    def counted(*arguments):
        counted.calls += 1
        return function(*arguments)

    counted.calls = 0
    return counted
