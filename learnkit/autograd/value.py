"""Reverse-mode differentiation of single numbers: an operation states its result and its slopes, nothing else."""

import math
from fractions import Fraction
from numbers import Integral, Real

from learnkit.autograd import graph


def _number(x):
    """Return a plain number fit to compute with; an int stays an int, so that 2 · 1/3 stays exact."""
    if isinstance(x, Real):
        return x if isinstance(x, (float, Fraction)) else int(x) if isinstance(x, Integral) else float(x)
    raise TypeError(f"A Value works with single real numbers, not with a {type(x).__name__}; arrays need a Tensor.")


class Value:
    """A number that remembers how it was computed, so that `backward()` can find its slope along every input.

    data: a real number, else TypeError; a Fraction stays exact through + - * /, whole powers and relu.
    grad: the slope of the output along this number, added up over backward passes until you set it to 0.
    >>> x = Value(3.0); (x * x).backward(); x.grad
    6.0
    """

    __slots__ = ("data", "grad", "inputs", "slopes", "op")
    __array_ufunc__ = None  # a NumPy number on the left leaves the operation to us

    def __init__(self, data, inputs=(), slopes=(), op=""):
        if not inputs and not isinstance(data, (float, Fraction)):
            data = float(_number(data))
        self.data, self.grad = data, 0
        self.inputs, self.slopes, self.op = inputs, slopes, op

    def __add__(self, other):
        if isinstance(other, Value):
            return Value(self.data + other.data, (self, other), (1, 1), "+")
        return Value(self.data + _number(other), (self,), (1,), "+")

    def __mul__(self, other):
        if isinstance(other, Value):
            return Value(self.data * other.data, (self, other), (other.data, self.data), "*")
        return Value(self.data * _number(other), (self,), (_number(other),), "*")

    def __truediv__(self, other):
        if isinstance(other, Value):
            ratio = self.data / other.data
            return Value(ratio, (self, other), (1 / other.data, -ratio / other.data), "/")
        return Value(self.data / _number(other), (self,), (type(self.data)(1) / _number(other),), "/")

    def __pow__(self, other):
        x, n = self.data, other.data if isinstance(other, Value) else _number(other)
        y = x**n
        if isinstance(y, complex) or (isinstance(other, Value) and x <= 0):
            raise ValueError(f"({x}) ** {n}: a base that is not positive needs a plain whole number as exponent.")
        along_x = n * y / x if x else math.inf if 0 < n < 1 else int(n == 1)
        if isinstance(other, Value):
            return Value(y, (self, other), (along_x, y * math.log(x)), "**")
        return Value(y, (self,), (along_x,), "**")

    __repr__ = lambda self: f"Value({self.data}, grad={self.grad})"
    __radd__, __rmul__ = __add__, __mul__
    __rtruediv__ = lambda self, other: self**-1 * other
    __rpow__ = lambda self, other: Value(other) ** self
    __neg__ = lambda self: self * -1
    __sub__ = lambda self, other: self + -other
    __rsub__ = lambda self, other: -self + other

    def exp(self):
        y = math.inf if self.data > 709.78 else math.exp(self.data)
        return Value(y, (self,), (y,), "exp")

    def log(self):
        if self.data <= 0:
            raise ValueError(f"log needs a positive number; this is {self.data}.")
        return Value(math.log(self.data), (self,), (1 / self.data,), "log")

    def tanh(self):
        y = math.tanh(self.data)
        return Value(y, (self,), (1 - y * y,), "tanh")

    def sigmoid(self):
        small = math.exp(-abs(self.data))  # never above 1, so nothing can overflow
        y = (1 if self.data >= 0 else small) / (1 + small)
        return Value(y, (self,), (small / (1 + small) ** 2,), "sigmoid")

    def relu(self):
        return Value(max(self.data, type(self.data)(0)), (self,), (int(not self.data <= 0),), "relu")

    @staticmethod
    def dot(left, right):
        """Return the sum of left[i] * right[i] as one node, a neuron's weighted sum; both are equally long."""
        total, inputs, slopes = 0, [], []
        for a, b in zip(left, right, strict=True):
            x = a.data if isinstance(a, Value) else _number(a)
            y = b.data if isinstance(b, Value) else _number(b)
            total += x * y
            for factor, slope in ((a, y), (b, x)):
                if isinstance(factor, Value):
                    inputs.append(factor)
                    slopes.append(slope)
        return Value(total, tuple(inputs), tuple(slopes), "dot")

    def backward(self):
        """Add the slope of this Value along every Value it was computed from to their `grad`."""
        order = graph.reverse(self, 0)
        self.grad += 1
        for node in order:
            for source, slope in zip(node.inputs, node.slopes):
                source.grad += slope * node.grad
