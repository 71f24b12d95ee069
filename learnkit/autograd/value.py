"""Reverse-mode differentiation of single numbers: an operation states its result and its slopes, nothing else."""

import math
from fractions import Fraction
from numbers import Integral, Real
from operator import mul

from learnkit.autograd import graph


def _number(x):
    """Return a plain number fit to compute with; an int stays an int, so that 2 · 1/3 stays exact."""
    if not isinstance(x, (float, int, Real)):  # Real covers the other two, but takes longer to ask
        raise TypeError(f"A Value works with single real numbers, not with a {type(x).__name__}; arrays need a Tensor.")
    return x if type(x) in (float, int, Fraction) else int(x) if isinstance(x, Integral) else float(x)


def power(x, n):
    try:
        return x**n
    except OverflowError:  # too large for a float, so infinite, as in PyTorch
        return -math.inf if x < 0 and n % 2 else math.inf


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
        self.data, self.grad = data if type(data) is float or type(data) is Fraction else float(_number(data)), 0
        self.inputs, self.slopes, self.op = inputs, slopes, op

    def __add__(x, y):
        if isinstance(y, Value):
            return Value(x.data + y.data, (x, y), (1, 1), "+")
        return Value(x.data + _number(y), (x,), (1,), "+")

    def __mul__(x, y):
        if isinstance(y, Value):
            return Value(x.data * y.data, (x, y), (y.data, x.data), "*")
        return Value(x.data * _number(y), (x,), (_number(y),), "*")

    def __truediv__(x, y):
        if isinstance(y, Value):
            return Value(x.data / y.data, (x, y), (1 / y.data, -x.data / y.data / y.data), "/")
        return Value(x.data / _number(y), (x,), (type(x.data)(1) / _number(y),), "/")

    def __pow__(x, n):
        a, k = x.data, n.data if isinstance(n, Value) else _number(n)
        if a < 0 and k % 1:
            raise ValueError(f"({a}) ** {k} is no real number: a negative base needs a whole number as exponent.")
        y, along_x = power(a, k), 0 if k == 0 else math.inf if a == 0 and k < 1 else k * power(a, k - 1)
        if isinstance(n, Value):
            return Value(y, (x, n), (along_x, y * x.log().data), "**")
        return Value(y, (x,), (along_x,), "**")

    relu = lambda self: Value(max(self.data, type(self.data)()), (self,), (int(not self.data <= 0),), "relu")
    __repr__, __format__ = lambda x: f"Value({x.data}, grad={x.grad})", lambda x, form: format(x.data, form)
    __eq__, __hash__ = lambda x, y: x.data == (y.data if isinstance(y, Value) else y), object.__hash__
    __radd__, __rmul__, __neg__, __bool__ = __add__, __mul__, lambda x: x * -1, lambda x: bool(x.data)
    __sub__, __rsub__, __rpow__ = lambda x, y: x + -y, lambda x, y: -x + y, lambda x, y: Value(y) ** x
    __rtruediv__ = lambda x, y: Value(_number(y) / x.data, (x,), (-_number(y) / x.data / x.data,), "/")

    def exp(self):
        y = math.inf if self.data > 709.7827 else math.exp(self.data)  # beyond e^709.7827 a float has no room
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

    @staticmethod
    def dot(left, right):
        """Return the sum of left[i] * right[i] as one node, a neuron's weighted sum; both are equally long."""
        if len(left) != len(right):
            raise ValueError(f"dot pairs every entry with one other; here are {len(left)} and {len(right)}.")
        x = [a.data if isinstance(a, Value) else _number(a) for a in left]
        y = [b.data if isinstance(b, Value) else _number(b) for b in right]
        inputs, slopes = (*left, *right), (*y, *x)
        if {*map(type, inputs)} != {Value}:  # constants get no edge
            slopes = [slope for factor, slope in zip(inputs, slopes) if isinstance(factor, Value)]
            inputs = [factor for factor in inputs if isinstance(factor, Value)]
        return Value(sum(map(mul, x, y)), inputs, slopes, "dot")

    def backward(self):
        """Add the slope of this Value along every Value it was computed from to their `grad`."""
        order = graph.reverse(self, 0)
        self.grad += 1
        for node in order:
            if node.grad:  # an inactive ReLU, say, has nothing to pass on
                for source, slope in zip(node.inputs, node.slopes):
                    source.grad += slope * node.grad
