"""Reverse-mode differentiation of single numbers: build a formula, call `backward()`, read slopes.

An operation states its result and its slope along each input, nothing else.
>>> x = Value(3.0)
>>> (x * x).backward()
>>> x.grad
6.0
"""

import math
from fractions import Fraction
from numbers import Integral, Real
from operator import mul

from learnkit.autograd import foreign, graph


class Value:
    """A number that remembers how it was computed, so that `backward()` can find its slopes.

    data: a real number, else TypeError. A Fraction stays exact through + - * /, whole powers, relu.
    grad: the slope of the output along this number, added up over backward passes until you set it
    to 0 or None.
    """

    __slots__ = ("data", "grad", "inputs", "slopes", "op")

    def __init__(self, data, inputs=(), slopes=(), op=""):
        if type(data) is not float:
            data = number(data)
            data = data if type(data) is Fraction else float(data)
        self.data = data
        self.grad = 0
        self.inputs = inputs
        self.slopes = slopes
        self.op = op

    def __add__(self, other):
        if isinstance(other, Value):
            return Value(self.data + other.data, (self, other), (1, 1), "+")
        return Value(self.data + number(other), (self,), (1,), "+")

    def __mul__(self, other):
        if isinstance(other, Value):
            return Value(self.data * other.data, (self, other), (other.data, self.data), "*")
        factor = number(other)
        return Value(self.data * factor, (self,), (factor,), "*")

    def __truediv__(self, other):
        if isinstance(other, Value):
            y = quotient(self.data, other.data)
            return Value(y, (self, other), (1 / other.data, -y / other.data), "/")
        divisor = number(other)
        y = quotient(self.data, divisor)
        return Value(y, (self,), (type(self.data)(1) / divisor,), "/")

    def __rtruediv__(self, other):
        y = quotient(number(other), self.data)
        return Value(y, (self,), (-y / self.data,), "/")

    def __pow__(self, other):
        exponent = other.data if isinstance(other, Value) else number(other)
        y = power(self.data, exponent)
        along_base = slope_along_base(self.data, exponent)
        if isinstance(other, Value):
            slopes = (along_base, slope_along_exponent(self.data, y))
            return Value(y, (self, other), slopes, "**")
        return Value(y, (self,), (along_base,), "**")

    def exp(self):
        y = math.inf if self.data > 709.7827 else math.exp(self.data)  # a float ends at e^709.7827
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
        is_active = not self.data <= 0  # NaN is let through
        zero = type(self.data)()
        return Value(self.data if is_active else zero, (self,), (int(is_active),), "relu")

    @staticmethod
    def dot(left, right):
        """Return the sum of left[i] * right[i] as one node, a neuron's weighted sum.

        left, right: lists of Values and plain numbers, equally long; else ValueError.
        """
        if not (hasattr(left, "__len__") and hasattr(right, "__len__")):
            raise TypeError("dot takes two lists of numbers, as in Value.dot(weights, inputs).")
        if len(left) != len(right):
            sizes = f"{len(left)} and {len(right)}"
            raise ValueError(f"dot pairs every entry with one other; here are {sizes}.")
        x = [a.data if isinstance(a, Value) else number(a) for a in left]
        y = [b.data if isinstance(b, Value) else number(b) for b in right]
        inputs = (*left, *right)
        slopes = (*y, *x)
        if set(map(type, inputs)) != {Value}:  # constants get no edge
            slopes = [slope for node, slope in zip(inputs, slopes) if isinstance(node, Value)]
            inputs = [node for node in inputs if isinstance(node, Value)]
        return Value(sum(map(mul, x, y)), inputs, slopes, "dot")

    def backward(self):
        """Add the slope of this Value along every Value it was computed from to their `grad`."""
        order = graph.reverse(self, 0)
        try:
            self.grad += 1
            for node in order:
                if node.grad:  # an inactive ReLU, say, has nothing to pass on
                    for source, slope in zip(node.inputs, node.slopes):
                        source.grad += slope * node.grad
        except TypeError:
            raise TypeError("A grad that is no number stood in the way; set it to 0.") from None

    # The rest is spelled with what stands above, or is what Python asks of a number.

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + (-other if isinstance(other, Value) else -number(other))

    __radd__ = __add__
    __rmul__ = __mul__

    def __rsub__(self, other):
        return -self + other

    def __rpow__(self, other):
        return Value(other) ** self

    def __abs__(self):
        sign = (self.data > 0) - (self.data < 0)  # the slope at 0 is 0
        return Value(abs(self.data), (self,), (sign,), "abs")

    def __eq__(self, other):
        return self.data == (other.data if isinstance(other, Value) else other)

    def __lt__(self, other):
        return self.data < (other.data if isinstance(other, Value) else number(other))

    def __le__(self, other):
        return self.data <= (other.data if isinstance(other, Value) else number(other))

    def __gt__(self, other):
        return self.data > (other.data if isinstance(other, Value) else number(other))

    def __ge__(self, other):
        return self.data >= (other.data if isinstance(other, Value) else number(other))

    def __bool__(self):
        return bool(self.data)

    __hash__ = object.__hash__  # two Values of the same number are two nodes of a graph

    def __repr__(self):
        return f"Value({self.data}, grad={self.grad})"

    def __format__(self, form):
        return format(float(self.data) if form else self.data, form)

    def __round__(self, digits=None):
        return round(self.data, digits)

    def __float__(self):  # which `math` asks for, and math.exp(x) would lose the slope in silence
        raise TypeError("x.data is the plain number of a Value; x.exp(), say, keeps its slope.")

    def __int__(self):
        return int(float(self))

    def __array_ufunc__(self, function, method, *inputs, **keywords):
        return foreign.elementwise(Value, function, method, inputs, keywords)

    def __deepcopy__(self, memo):
        for node in graph.history(self):  # one by one: a long chain is too deep to follow
            if id(node) not in memo:
                inputs = tuple(memo[id(source)] for source in node.inputs)
                twin = memo[id(node)] = Value(node.data, inputs, node.slopes, node.op)
                twin.grad = node.grad
        return memo[id(self)]

    def __reduce__(self):
        if self.inputs:
            raise TypeError(
                "A Value that was computed is copied by copy.deepcopy, with its graph, "
                "and in no other way; Value(x.data) is its number alone."
            )
        return Value, (self.data,), (None, {"grad": self.grad})


# What the operations are made of


def number(x):
    """Return x as a plain float, int or Fraction; an int stays one, so that 2 · 1/3 stays exact.

    Raises TypeError for what is no real number, OverflowError for what no float can hold.
    """
    if type(x) is float:
        return x
    if not isinstance(x, (int, Real)):  # Real covers both, but takes longer to ask
        kind = type(x).__name__
        if kind == "Tensor":
            raise TypeError("A Value works with no Tensor: make Tensors of all of them.")
        numbers = f"single real numbers, not with a {kind}"
        raise TypeError(f"A Value works with {numbers}; arrays need a Tensor.")
    try:
        rounded = float(x)
    except OverflowError:
        raise OverflowError(
            "This number is beyond 1.8e308, the largest that a float can hold: scale it down first."
        ) from None
    if type(x) is int or type(x) is Fraction:
        return x
    return int(x) if isinstance(x, Integral) else rounded


def quotient(x, y):
    """Return x / y, or raise ZeroDivisionError in words that name both."""
    try:
        return x / y
    except ZeroDivisionError:
        raise ZeroDivisionError(f"{x} / {y} has no value: nothing can be divided by 0.") from None


def power(base, exponent):
    """Return base ** exponent, infinite where it is too large for a float, as in PyTorch.

    Raises ValueError where it is no real number, ZeroDivisionError for 0 to a negative exponent.
    """
    if base < 0 and exponent % 1:
        reason = "a negative base needs a whole number as exponent"
        raise ValueError(f"({base}) ** {exponent} is no real number: {reason}.")
    if base == 0 and exponent < 0:
        raise ZeroDivisionError(f"{base} ** {exponent} has no value: it would divide by 0.")
    if type(base) is Fraction and abs(exponent) > 10_000:  # exact, it would take minutes
        base = float(base)
    try:
        return base**exponent
    except OverflowError:
        return -math.inf if base < 0 and exponent % 2 else math.inf


def slope_along_base(base, exponent):
    """Return the slope of base ** exponent along the base."""
    if exponent == 0:
        return 0  # base ** 0 is flat, even at 0
    if base == 0 and exponent < 1:
        return math.inf
    return exponent * power(base, exponent - 1)


def slope_along_exponent(base, result):
    """Return the slope of base ** exponent, which is `result`, along the exponent."""
    if base == 0:
        return 0  # so is 0 ** exponent
    return math.nan if base < 0 else result * math.log(base)
