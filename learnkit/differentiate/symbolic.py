"""Symbolic differentiation: run the function on symbols, differentiate, put the numbers in."""

from fractions import Fraction
from numbers import Rational

import numpy as np

from learnkit.differentiate.inputs import arranged, entries, gradient, output


def symbolic_formulas(function, x):
    """Return SymPy's derivative along every entry of x, as formulas in x0, x1, … in its shape.

    For a single number the formula is in x.

    >>> symbolic_formulas(lambda x: x[0] * x[1] ** 2, [2.0, 3.0])
    array([x1**2, 2*x0*x1], dtype=object)
    """
    import sympy

    at = entries(x)
    symbols = _symbols(at)
    formula = sympy.sympify(output(function, arranged(symbols, at.shape), sympy.Expr, "symbols"))
    return arranged([sympy.diff(formula, symbol) for symbol in symbols], at.shape)


def symbolic_gradient(function, x):
    """Return the gradient by SymPy's formulas with the numbers of x put in.

    Cost: one evaluation, and formulas that grow much faster than the function. Exact on fractions.
    Raises ValueError where a formula has no real value.
    >>> symbolic_gradient(lambda x: x[0] * x[1], [2.0, 3.0])
    array([3., 2.])
    """
    at = entries(x)
    values = dict(zip(_symbols(at), map(_for_sympy, at.flat)))
    formulas = np.ravel(symbolic_formulas(function, x))
    return gradient([_from_sympy(formula.xreplace(values)) for formula in formulas], at)


def _symbols(at):
    import sympy

    return [sympy.Symbol(f"x{i}" if at.ndim else "x", real=True) for i in range(at.size)]


def _for_sympy(number):
    import sympy

    if isinstance(number, Rational):
        return sympy.Rational(int(number.numerator), int(number.denominator))
    return sympy.Float(float(number))


def _from_sympy(number):
    if number.is_Rational:
        return Fraction(number.p, number.q)
    if not number.is_extended_real:
        raise ValueError(f"The derivative has no real value at this x: SymPy finds {number}.")
    return float(number)
