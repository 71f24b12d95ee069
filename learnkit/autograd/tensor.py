"""The engine on arrays: as in `value.py`, but what stands on an edge is a function that pulls a gradient back."""

import operator
from numbers import Real

import numpy as np

from learnkit.autograd import graph


def constant(x):
    """Return the numbers of x, a Tensor or what NumPy reads as an array, as float64 that nobody else can change."""
    if isinstance(x, Tensor):
        return x._data
    if isinstance(x, (float, int)):
        return np.float64(x)
    try:
        given = np.asarray(x)
    except ValueError:
        raise ValueError("A Tensor needs rows of equal length; these differ.") from None
    if given.dtype.kind not in "biuf" and not (given.dtype == object and all(isinstance(x, Real) for x in given.flat)):
        raise TypeError(f"A Tensor holds real numbers; {repr(x)[:60]} is something else.")
    return given.astype(np.float64)  # always a copy


def stable_sigmoid(x):
    """Return 1 / (1 + exp(-x)) of an array; no exponential in it is above 1, so none can overflow."""
    small = np.exp(-abs(x))
    return np.where(x >= 0, 1.0, small) / (1 + small)


def operation(data, op, *edges):
    """Return the Tensor an operation makes; its edges are pairs (input, pull), and constants get none."""
    inputs = [source for source, _ in edges if isinstance(source, Tensor)]
    pulls = [pull for source, pull in edges if isinstance(source, Tensor)]
    return Tensor(data, inputs, pulls, op)


def _unary(op, result, pull):
    """Return the method for z = result(x); pull(g, z, x) turns the gradient g along z into the one along x."""

    def method(self):
        x = self._data
        z = result(x)
        return Tensor(z, (self,), (lambda g: pull(g, z, x),), op)

    method.__doc__ = f"Return {op} of every entry."
    return method


_compared = lambda op: lambda left, right: op(left._data, constant(right))  # entry by entry: a plain array, a mask


def _binary(op, result, pull_x, pull_y):
    """Return the methods for z = result(x, y) with a Tensor on the left and on the right; the other may be constant."""

    def method(left, right):
        x, y = constant(left), constant(right)
        z = result(x, y)
        return operation(z, op, (left, lambda g: pull_x(g, z, x, y)), (right, lambda g: pull_y(g, z, x, y)))

    return method, lambda right, left: method(left, right)


def _sum_to(gradient, shape):
    """Undo broadcasting: an entry that was used many times receives the sum of what its copies received."""
    gradient = np.add.reduce(gradient, axis=tuple(range(gradient.ndim - len(shape))))
    stretched = tuple([axis for axis, length in enumerate(shape) if length == 1])
    return np.add.reduce(gradient, axis=stretched, keepdims=True) if stretched else gradient


class Tensor:
    """An array that remembers how it was computed, so that `backward()` can find the gradient of a number along it.

    data: real numbers of any shape, copied to float64 and read-only, so that no backward pass meets numbers it did not
    see: change a parameter by `p.data = p.data - learning_rate * p.grad` (`p -= …` would make another Tensor).
    grad: None, or an array of the same shape, added up over backward passes until you set it to None.
    Plain numbers and arrays in an operation are constants. Raises TypeError for what is not real numbers.
    >>> x = Tensor([1.0, 2.0]); (x * x).sum().backward(); x.grad
    array([2., 4.])
    """

    __slots__ = ("_data", "grad", "inputs", "pulls", "op")
    __array_ufunc__ = None  # so that `array * tensor` comes to us instead of becoming an array of Tensors

    def __init__(self, data, inputs=(), pulls=(), op=""):
        self._data, self.grad = data if inputs else constant(data), None
        self._data.setflags(write=False)
        self.inputs, self.pulls, self.op = inputs, pulls, op

    def _rebind(self, new):
        new = constant(new)
        if new.shape != self._data.shape:
            raise ValueError(f"This Tensor has shape {self.shape}; its new data must too, but has shape {new.shape}.")
        new.setflags(write=False)
        self._data = new

    data = property(lambda self: self._data, _rebind)
    shape = property(lambda self: self._data.shape)
    T = property(lambda self: self.transpose())
    item = lambda self: self._data.item()
    __len__ = lambda self: len(self._data)
    __iter__ = lambda self: (self[i] for i in range(len(self)))
    __reduce__ = lambda self: (Tensor, (self._data,))  # a copy is a leaf
    __format__ = lambda self, form: format(self.item() if self._data.size == 1 else str(self), form)
    __bool__, __hash__ = lambda self: bool(self._data), object.__hash__
    __eq__, __lt__, __gt__ = _compared(operator.eq), _compared(operator.lt), _compared(operator.gt)
    __repr__ = lambda self: f"Tensor({np.array2string(np.asarray(self._data), precision=4, separator=', ')})"

    # For one entry: an operation, its result z, and the gradient g along z pulled back to x and to y.
    __add__, __radd__ = _binary("+", operator.add, lambda g, z, x, y: g, lambda g, z, x, y: g)
    __sub__, __rsub__ = _binary("-", operator.sub, lambda g, z, x, y: g, lambda g, z, x, y: -g)
    __mul__, __rmul__ = _binary("*", operator.mul, lambda g, z, x, y: g * y, lambda g, z, x, y: g * x)
    __truediv__, __rtruediv__ = _binary("/", operator.truediv, lambda g, z, x, y: g / y, lambda g, z, x, y: -g * z / y)
    __pow__, __rpow__ = _binary(
        "**",
        operator.pow,
        lambda g, z, x, y: g * y * x ** (y - (y != 0)),  # x ** 0 is flat, even at 0
        lambda g, z, x, y: g * z * np.log(np.where((x == 0) & (y >= 0), 1.0, x)),  # and so is 0 ** y
    )
    __neg__ = _unary("-", operator.neg, lambda g, z, x: -g)
    __abs__ = _unary("abs", np.abs, lambda g, z, x: g * np.sign(x))
    exp = _unary("exp", np.exp, lambda g, z, x: g * z)
    log = _unary("log", np.log, lambda g, z, x: g / x)
    tanh = _unary("tanh", np.tanh, lambda g, z, x: g * (1 - z * z))
    sigmoid = _unary("sigmoid", stable_sigmoid, lambda g, z, x: g * z * stable_sigmoid(-x))
    relu = _unary("relu", lambda x: np.maximum(x, 0.0), lambda g, z, x: g * (z != 0))

    def __matmul__(left, right):
        x, y = constant(left), constant(right)
        try:
            rows = x if x.ndim > 1 else x[np.newaxis, :]  # a vector is one row on the left, one column on the right
            columns = y if y.ndim > 1 else y[:, np.newaxis]
            product = rows @ columns
        except (IndexError, ValueError):
            raise ValueError(f"{x.shape} @ {y.shape} does not fit: the two inner lengths must agree.") from None
        row, column = (-2,) * (x.ndim == 1), (-1,) * (y.ndim == 1)  # and that axis goes again afterwards
        along_x = lambda g: g.reshape(product.shape) @ columns.swapaxes(-1, -2)
        along_y = lambda g: (rows.swapaxes(-1, -2) @ g.reshape(product.shape)).squeeze(column)
        return operation(product.squeeze(row + column), "@", (left, along_x), (right, along_y))

    __rmatmul__ = lambda right, left: Tensor.__matmul__(left, right)

    def _reduced(self, op, result, share, axis, keepdims):
        """result: with its reduced axes at length 1; share: the part of its gradient that each entry receives."""
        data = result if keepdims else result.squeeze(axis)
        return Tensor(data, (self,), (lambda g: g.reshape(result.shape) * share,), op)

    def sum(self, axis=None, keepdims=False):
        """Return the sum along axis, a number or several; along all of them if it is None."""
        total = self._data.sum(axis=axis, keepdims=True)
        return self._reduced("sum", total, np.ones(self.shape), axis, keepdims)

    def mean(self, axis=None, keepdims=False):
        """Return the mean along axis, a number or several; along all of them if it is None."""
        total = self._data.sum(axis=axis, keepdims=True)
        count = np.float64(self._data.size) / total.size
        return self._reduced("mean", total / count, np.full(self.shape, 1 / count), axis, keepdims)

    def max(self, axis=None, keepdims=False):
        """Return the largest entries along axis; several equal ones share the gradient equally."""
        largest = self._data.max(axis=axis, keepdims=True)
        winners = self._data == largest
        return self._reduced("max", largest, winners / winners.sum(axis=axis, keepdims=True), axis, keepdims)

    def reshape(self, *shape):
        """Return the same entries in another shape, as in NumPy."""
        return Tensor(self._data.reshape(*shape), (self,), (lambda g: g.reshape(self.shape),), "reshape")

    def transpose(self, *axes):
        """Return the axes in another order, as in NumPy; reversed if none is given."""
        back = np.argsort(np.ravel(axes) % len(self.shape)) if axes else None
        return Tensor(self._data.transpose(*axes), (self,), (lambda g: g.transpose(back),), "transpose")

    def __getitem__(self, index):
        size, taken = self._data.size, np.arange(self._data.size).reshape(self.shape)[index].flatten()
        pull = lambda g: np.bincount(taken, g.ravel(), size).reshape(self.shape) * 1.0  # one taken twice receives twice
        return Tensor(self._data[index], (self,), (pull,), "[]")

    def _receive(self, g, sender):
        g = g if g.shape == self._data.shape else _sum_to(g, self._data.shape)
        if self.grad is not None:
            self.grad = self.grad + g
        else:  # a leaf's gradient shares its memory with nobody
            self.grad = g.copy() if not self.inputs and np.may_share_memory(g, sender.grad) else g

    def backward(self, gradient=None):
        """Add the gradient of this number along every Tensor it was computed from to their `grad`.

        gradient: where to start if this is not a single number, an array of this shape; else ValueError.
        """
        start = np.array(1.0 if gradient is None else constant(gradient), ndmin=self._data.ndim)
        if start.shape != self._data.shape:
            wrong = f"backward() starts from a single number; this has shape {self.shape}."
            raise ValueError(f"{wrong} Call .sum() or .mean() first, or give a gradient of this shape.")
        order = graph.reverse(self, None)
        self.grad = start if self.grad is None else self.grad + start
        for node in order:
            for source, pull in zip(node.inputs, node.pulls):
                source._receive(pull(node.grad), node)
