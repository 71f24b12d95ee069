"""Automatic differentiation: forward, numbers carry their slopes; reverse, one walk back finds
all.
"""

import math
from numbers import Real

import numpy as np

from learnkit.autograd import foreign
from learnkit.autograd.value import (
    Value,
    number,
    power,
    quotient,
    slope_along_base,
    slope_along_exponent,
)
from learnkit.differentiate.inputs import arranged, entries, gradient, output
from learnkit.differentiate.reading import refuse_lost_slopes


class Dual:
    """A number with its slope: value + slope · ε, where ε² = 0, computes both at once.

    value, slope: real numbers, else TypeError; fractions stay exact through + - * /, whole powers
    and relu. A slope of 0 on the way silences even an infinite one, as in `Value.backward`.
    >>> x = Dual(3.0, 1)
    >>> (x * x).slope
    6.0
    """

    __slots__ = ("value", "slope")

    def __init__(self, value, slope=0):
        self.value = _real(value)
        self.slope = _real(slope)

    def __add__(self, other):
        b, db = _parts(other)
        return Dual(self.value + b, self.slope + db)

    def __mul__(self, other):
        b, db = _parts(other)
        return Dual(self.value * b, _share(b, self.slope) + _share(self.value, db))

    def __truediv__(self, other):
        b, db = _parts(other)
        ratio = quotient(self.value, b)
        slope = self.slope - _share(ratio, db)
        return Dual(ratio, slope / b if slope else 0)

    def __pow__(self, other):
        n, dn = _parts(other)
        y = power(self.value, n)
        slope = _share(slope_along_base(self.value, n), self.slope)
        if dn:
            slope = slope + _share(slope_along_exponent(self.value, y), dn)
        return Dual(y, slope)

    __radd__ = __add__
    __rmul__ = __mul__

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        b, db = _parts(other)
        return Dual(self.value - b, self.slope - db)

    def __rsub__(self, other):
        return -self + other

    def __rtruediv__(self, other):
        return Dual(other) / self

    def __rpow__(self, other):
        return Dual(other) ** self

    def __abs__(self):
        sign = (self.value > 0) - (self.value < 0)
        return Dual(abs(self.value), _share(sign, self.slope))

    def exp(self):
        y = math.inf if self.value > 709.7827 else math.exp(self.value)  # a float ends there
        return Dual(y, _share(y, self.slope))

    def log(self):
        if self.value <= 0:
            raise ValueError(f"log needs a positive number; this is {self.value}.")
        return Dual(math.log(self.value), self.slope / self.value)

    def tanh(self):
        y = math.tanh(self.value)
        return Dual(y, _share(1 - y * y, self.slope))

    def sigmoid(self):
        small = math.exp(-abs(self.value))  # never above 1, so nothing can overflow
        y = (1 if self.value >= 0 else small) / (1 + small)
        return Dual(y, _share(small / (1 + small) ** 2, self.slope))

    def relu(self):
        if self.value <= 0:
            return Dual(type(self.value)(), type(self.slope)())
        return self

    def __repr__(self):
        return f"Dual({self.value}, slope={self.slope})"

    def __array_ufunc__(self, function, method, *inputs, **keywords):
        return foreign.elementwise(Dual, function, method, inputs, keywords)


def _share(along, slope):
    """Return along · slope; 0 if one of them is, even beside an infinite one: nothing moves."""
    return along * slope if along and slope else 0


def _real(x):
    if not isinstance(x, Real):
        raise TypeError(f"A Dual works with single real numbers, not with a {type(x).__name__}.")
    return number(x)


def _parts(x):
    return (x.value, x.slope) if isinstance(x, Dual) else (_real(x), 0)


def forward_mode(function, x):
    """Return the gradient by Duals: one pass for each input, which has slope 1, the others 0.

    Cost: n evaluations for n inputs. Exact up to rounding, and exact altogether on fractions.
    Raises TypeError if the function computes with plain numbers that it read, as by x.value.
    >>> forward_mode(lambda x: x[0] * x[1], [2.0, 3.0])
    array([3., 2.])
    """
    at = entries(x)
    slopes = []
    for i in range(at.size):
        y = _run_on_duals(function, at, i)
        slopes.append(y.slope if isinstance(y, Dual) else 0)
    found = gradient(slopes, at)
    refuse_lost_slopes(function, at, found, "forward_mode", lambda at: _dual_value(function, at))
    return found


def _run_on_duals(function, at, moving):
    """Return the function's output, for Duals of which the one at place `moving` has slope 1."""
    duals = [Dual(entry, int(place == moving)) for place, entry in enumerate(np.ravel(at))]
    return output(function, arranged(duals, np.shape(at)), Dual, "Duals")


def _dual_value(function, at):
    y = _run_on_duals(function, at, None)
    return float(y.value if isinstance(y, Dual) else y)


def reverse_mode(function, x):
    """Return the gradient by Values: one evaluation and one backward pass, however many inputs.

    Exact up to rounding, and exact altogether on fractions.
    Raises TypeError if the function computes with plain numbers that it read, as by x.data.
    >>> reverse_mode(lambda x: x[0] * x[1], [2.0, 3.0])
    array([3., 2.])
    """
    at = entries(x)
    values, y = _run_on_values(function, at)
    if isinstance(y, Value):
        y.backward()
    found = gradient([value.grad for value in values], at)
    refuse_lost_slopes(function, at, found, "reverse_mode", lambda at: _value(function, at))
    return found


def _run_on_values(function, at):
    """Return the Values that the function was run on, and its output."""
    values = [Value(entry) for entry in np.ravel(at)]
    return values, output(function, arranged(values, np.shape(at)), Value, "Values")


def _value(function, at):
    _, y = _run_on_values(function, at)
    return float(y.data if isinstance(y, Value) else y)
