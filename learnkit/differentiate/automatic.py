"""Automatic differentiation: forward, each number carries its slope along; reverse, one walk back finds them all."""

import math
from fractions import Fraction
from numbers import Integral, Real

from learnkit.autograd.value import Value, power
from learnkit.differentiate.inputs import arranged, entries, gradient, output


class Dual:
    """A number with its slope: value + slope · ε, where ε² = 0, computes both at once.

    value, slope: real numbers, else TypeError; fractions stay exact through + - * /, whole powers and relu.
    >>> x = Dual(3.0, 1); (x * x).slope
    6.0
    """

    __slots__ = ("value", "slope")
    __array_ufunc__ = None  # a NumPy number on the left leaves the operation to us

    def __init__(self, value, slope=0):
        self.value, self.slope = _real(value), _real(slope)

    def __add__(self, other):
        b, db = _parts(other)
        return Dual(self.value + b, self.slope + db)

    def __mul__(self, other):
        b, db = _parts(other)
        return Dual(self.value * b, self.slope * b + (self.value * db if db else 0))

    def __truediv__(self, other):
        b, db = _parts(other)
        ratio = self.value / b
        return Dual(ratio, (self.slope - ratio * db) / b)

    def __pow__(self, other):
        x, (n, dn) = self.value, _parts(other)
        if x < 0 and n % 1 or (isinstance(other, Dual) and x <= 0):
            raise ValueError(f"({x}) ** {n}: a base that is not positive needs a plain whole number as exponent.")
        y, along_x = power(x, n), 0 if n == 0 else math.inf if x == 0 and n < 1 else n * power(x, n - 1)
        return Dual(y, along_x * self.slope + (y * math.log(x) * dn if dn else 0))

    __repr__ = lambda self: f"Dual({self.value}, slope={self.slope})"
    __radd__, __rmul__ = __add__, __mul__
    __neg__ = lambda self: self * -1
    __sub__ = lambda self, other: self + -other
    __rsub__ = lambda self, other: -self + other
    __rtruediv__ = lambda self, other: Dual(other) / self
    __rpow__ = lambda self, other: Dual(other) ** self

    def exp(self):
        y = math.inf if self.value > 709.7827 else math.exp(self.value)  # beyond, a float has no room
        return Dual(y, y * self.slope)

    def log(self):
        if self.value <= 0:
            raise ValueError(f"log needs a positive number; this is {self.value}.")
        return Dual(math.log(self.value), self.slope / self.value)

    def tanh(self):
        y = math.tanh(self.value)
        return Dual(y, (1 - y * y) * self.slope)

    def sigmoid(self):
        small = math.exp(-abs(self.value))  # never above 1, so nothing can overflow
        y = (1 if self.value >= 0 else small) / (1 + small)
        return Dual(y, small / (1 + small) ** 2 * self.slope)

    def relu(self):
        return self if not self.value <= 0 else Dual(type(self.value)(), type(self.slope)())


def _real(x):
    if not isinstance(x, Real):
        raise TypeError(f"A Dual works with single real numbers, not with a {type(x).__name__}.")
    return x if isinstance(x, (float, Fraction)) else int(x) if isinstance(x, Integral) else float(x)


def _parts(x):
    return (x.value, x.slope) if isinstance(x, Dual) else (_real(x), 0)


def forward_mode(function, x):
    """Return the gradient by Duals: one pass for each input, in which that input has slope 1 and the others 0.

    Cost: n evaluations for n inputs. Exact up to rounding, and exact altogether on fractions.
    >>> forward_mode(lambda x: x[0] * x[1], [2.0, 3.0])
    array([3., 2.])
    """
    at, slopes = entries(x), []
    for i in range(at.size):
        duals = [Dual(number, int(i == j)) for j, number in enumerate(at.flat)]
        y = output(function, arranged(duals, at.shape), Dual, "Duals")
        slopes.append(y.slope if isinstance(y, Dual) else 0)
    return gradient(slopes, at)


def reverse_mode(function, x):
    """Return the gradient by Values: one evaluation and one backward pass, for any number of inputs.

    Exact up to rounding, and exact altogether on fractions.
    >>> reverse_mode(lambda x: x[0] * x[1], [2.0, 3.0])
    array([3., 2.])
    """
    at = entries(x)
    values = [Value(number) for number in at.flat]
    y = output(function, arranged(values, at.shape), Value, "Values")
    if isinstance(y, Value):
        y.backward()
    return gradient([value.grad for value in values], at)
