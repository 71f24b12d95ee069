"""Functions for every kind of number.

They take floats, complex numbers, fractions, arrays, Values, Duals, Tensors and formulas of SymPy.
"""

import functools

import numpy as np


def relu(z):
    """Return z where it is positive and 0 elsewhere; the slope at 0 is 0.

    A complex z goes by the sign of its real part.
    """

    def plain(z):
        if np.ndim(z):
            return np.where(z.real <= 0, 0, z)
        return type(z)(0) if z.real <= 0 else z

    def symbolic(sympy, z):
        return sympy.Piecewise((z, z > 0), (0, True))

    return _on_any_number("relu", z, plain, symbolic)


def exp(z):
    """Return e to the power z."""

    def plain(z):
        return np.exp(1.0 * z)

    def symbolic(sympy, z):
        return sympy.exp(z)

    return _on_any_number("exp", z, plain, symbolic)


def log(z):
    """Return the natural logarithm of z; ValueError where z, or its real part, is not positive."""

    def plain(z):
        if np.any(np.real(z) <= 0):
            raise ValueError(f"log needs positive numbers; this is {z}.")
        return np.log(1.0 * z)

    def symbolic(sympy, z):
        return sympy.log(z)

    return _on_any_number("log", z, plain, symbolic)


def tanh(z):
    """Return the hyperbolic tangent of z, between -1 and 1."""

    def plain(z):
        return np.tanh(1.0 * z)

    def symbolic(sympy, z):
        return sympy.tanh(z)

    return _on_any_number("tanh", z, plain, symbolic)


def sigmoid(z):
    """Return 1 / (1 + e^-z), between 0 and 1."""

    def plain(z):
        z = 1.0 * z
        small = np.exp(np.where(z.real >= 0, -z, z))  # never above 1, so nothing can overflow
        return (np.where(z.real >= 0, 1, small) / (1 + small))[()]

    def symbolic(sympy, z):
        return 1 / (1 + sympy.exp(-z))

    return _on_any_number("sigmoid", z, plain, symbolic)


def _on_any_number(name, z, plain, symbolic):
    """Return the function of that name at z: Values, Duals and Tensors have it as a method.

    symbolic: for formulas, given SymPy and z. plain: for all other numbers; NumPy refuses
    fractions, so 1.0 * z there makes them floats.
    """
    if hasattr(z, "free_symbols"):
        import sympy

        return symbolic(sympy, z)
    if isinstance(z, np.ndarray) and z.dtype.kind == "O":
        each = functools.partial(_on_any_number, name, plain=plain, symbolic=symbolic)
        return np.frompyfunc(each, 1, 1)(z)
    return getattr(z, name)() if hasattr(z, name) else plain(z)


def count_calls(function):
    """Return the same function with a count: `.calls` says how often it ran."""

    @functools.wraps(function)
    def counted(*arguments):
        counted.calls += 1
        return function(*arguments)

    counted.calls = 0
    return counted
