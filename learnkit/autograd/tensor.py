"""The engine on arrays: as in `value.py`, but what stands on an edge is a function that pulls a gradient back."""

from numbers import Real

import numpy as np

from learnkit.autograd import graph


def _array(x):
    """Return the numbers of x, a Tensor or a constant, so that nobody can change them before the backward pass."""
    if isinstance(x, Tensor):
        return x._data
    if isinstance(x, (float, int)):
        return float(x)
    return _frozen(x)


def _frozen(x):
    """Return a read-only float64 copy of x; a single number comes back as a NumPy scalar."""
    try:
        given = np.asarray(x)
    except ValueError:
        raise ValueError("A Tensor needs rows of equal length; these differ.") from None
    if given.dtype.kind not in "biuf" and not all(isinstance(entry, Real) for entry in given.flat):
        raise TypeError(f"A Tensor holds real numbers; {repr(x)[:60]} is something else.")
    return _read_only(np.array(given, dtype=np.float64))


def _read_only(array):
    array.flags.writeable = False
    return array if array.ndim else array[()]


def _node(data, op, *edges):
    """Return the Tensor an operation makes; its edges are pairs (input, pull), and constants get none."""
    inputs, pulls = [], []
    for source, pull in edges:
        if isinstance(source, Tensor):
            inputs.append(source)
            pulls.append(pull)
    return Tensor(data, inputs, pulls, op)


def _sum_to(gradient, shape):
    """Undo broadcasting: an entry that was used many times receives the sum of what its copies received."""
    added = gradient.ndim - len(shape)
    stretched = [added + i for i, n in enumerate(shape) if n == 1]
    return gradient.sum(axis=(*range(added), *stretched)).reshape(shape)


def _reflected(operation):
    return lambda self, other: operation(other, self)


def where(condition, x, y):
    """Return x where the condition holds and y elsewhere; each entry's gradient goes to the one it came from."""
    chosen = np.array(condition, dtype=bool)
    pulls = (x, lambda g: np.where(chosen, g, 0.0)), (y, lambda g: np.where(chosen, 0.0, g))
    return _node(np.where(chosen, _array(x), _array(y)), "where", *pulls)


class Tensor:
    """An array that remembers how it was computed, so that `backward()` can find the gradient of a number along it.

    data: real numbers of any shape, copied to float64 and read-only: change a parameter by rebinding it,
    `p.data = p.data - learning_rate * p.grad`, so that no backward pass can meet numbers it did not see.
    grad: None, or an array of the same shape, added up over backward passes until you set it to None.
    Plain numbers and arrays in an operation are constants. Raises TypeError for what is not real numbers.
    >>> x = Tensor([1.0, 2.0]); (x * x).sum().backward(); x.grad
    array([2., 4.])
    """

    __slots__ = ("_data", "grad", "inputs", "pulls", "op")
    __array_ufunc__ = None  # so that `array * tensor` comes to us instead of becoming an array of Tensors

    def __init__(self, data, inputs=(), pulls=(), op=""):
        if not inputs:
            data = _frozen(data)
        elif isinstance(data, np.ndarray):
            data = _read_only(data)
        self._data, self.grad = data, None
        self.inputs, self.pulls, self.op = inputs, pulls, op

    @property
    def data(self):
        return self._data

    @data.setter
    def data(self, new):
        fresh = type(new) is np.ndarray and new.dtype == np.float64 and new.flags.owndata
        new = _read_only(new) if fresh else _frozen(new)  # copying every updated parameter would cost 10 % of a step
        if new.shape != self._data.shape:
            raise ValueError(f"This Tensor has shape {self.shape}; its new data must too, but has shape {new.shape}.")
        self._data = new

    shape = property(lambda self: self._data.shape)
    T = property(lambda self: self.transpose())
    __repr__ = lambda self: f"Tensor({np.array2string(np.asarray(self._data), precision=4, separator=', ')})"

    def __add__(x, y):
        return _node(_array(x) + _array(y), "+", (x, lambda g: g), (y, lambda g: g))

    def __sub__(x, y):
        return _node(_array(x) - _array(y), "-", (x, lambda g: g), (y, lambda g: -g))

    def __mul__(x, y):
        a, b = _array(x), _array(y)
        return _node(a * b, "*", (x, lambda g: g * b), (y, lambda g: g * a))

    def __truediv__(x, y):
        a, b = _array(x), _array(y)
        return _node(a / b, "/", (x, lambda g: g / b), (y, lambda g: -g * a / b / b))

    def __pow__(x, y):
        a, n = _array(x), _array(y)
        power = a**n
        along_a = lambda g: g * n * a ** (n - 1 + (n == 0))  # x⁰ is flat, even at 0
        along_n = lambda g: g * power * np.log(np.where(power == 0, 1.0, a))  # and so is 0ⁿ
        return _node(power, "**", (x, along_a), (y, along_n))

    def __matmul__(x, y):
        a, b = _array(x), _array(y)
        rows = a[np.newaxis, :] if a.ndim == 1 else a  # a vector on the left is a row, on the right a column
        columns = b[:, np.newaxis] if b.ndim == 1 else b

        def whole(g):
            g = g[..., np.newaxis] if b.ndim == 1 else g
            return g[..., np.newaxis, :] if a.ndim == 1 else g

        def along_a(g):
            pulled = whole(g) @ columns.swapaxes(-1, -2)
            return pulled[..., 0, :] if a.ndim == 1 else pulled

        def along_b(g):
            pulled = rows.swapaxes(-1, -2) @ whole(g)
            return pulled[..., 0] if b.ndim == 1 else pulled

        return _node(a @ b, "@", (x, along_a), (y, along_b))

    __radd__, __rsub__, __rmul__ = _reflected(__add__), _reflected(__sub__), _reflected(__mul__)
    __rtruediv__, __rpow__, __rmatmul__ = _reflected(__truediv__), _reflected(__pow__), _reflected(__matmul__)
    __neg__ = lambda self: self * -1.0

    def __abs__(self):
        sign = np.sign(self._data)
        return _node(abs(self._data), "abs", (self, lambda g: g * sign))

    def exp(self):
        y = np.exp(self._data)
        return _node(y, "exp", (self, lambda g: g * y))

    def log(self):
        x = self._data
        return _node(np.log(x), "log", (self, lambda g: g / x))

    def tanh(self):
        y = np.tanh(self._data)
        return _node(y, "tanh", (self, lambda g: g * (1 - y * y)))

    def sigmoid(self):
        small = np.exp(-abs(self._data))  # never above 1, so nothing can overflow
        y = np.where(self._data >= 0, 1.0, small) / (1 + small)
        return _node(y, "sigmoid", (self, lambda g: g * small / (1 + small) ** 2))

    def relu(self):
        y = np.maximum(self._data, 0.0)
        return _node(y, "relu", (self, lambda g: g * (y != 0)))

    def sum(self, axis=None, keepdims=False):
        shape = self.shape

        def pull(g):
            g = g if axis is None or keepdims else np.expand_dims(g, axis)
            return np.broadcast_to(g, shape)

        return _node(self._data.sum(axis=axis, keepdims=keepdims), "sum", (self, pull))

    def mean(self, axis=None, keepdims=False):
        total = self.sum(axis, keepdims)
        return total * (total._data.size / self._data.size)

    def max(self, axis=None, keepdims=False):
        """Return the largest entries along axis; several equal ones share the gradient equally."""
        largest = self._data.max(axis=axis, keepdims=True)
        winners = self._data == largest
        share = winners / winners.sum(axis=axis, keepdims=True)
        data = largest if keepdims else self._data.max(axis=axis)
        return _node(data, "max", (self, lambda g: share * (g if keepdims else g.reshape(largest.shape))))

    def reshape(self, *shape):
        before = self.shape
        return _node(self._data.reshape(*shape), "reshape", (self, lambda g: g.reshape(before)))

    def transpose(self, *axes):
        back = np.argsort(np.ravel(axes) % len(self.shape)) if axes else None
        return _node(self._data.transpose(*axes), "transpose", (self, lambda g: g.transpose(back)))

    def __getitem__(self, index):
        shape = self.shape

        def pull(g):
            spread = np.zeros(shape)
            np.add.at(spread, index, g)  # unlike spread[index] = g, an entry taken twice receives twice
            return spread

        return _node(self._data[index], "[]", (self, pull))

    def item(self):
        return self._data.item()

    def _receive(self, g, flowing=None):
        if g.shape != self._data.shape:
            g = _sum_to(g, self._data.shape)
        if self.grad is not None:
            self.grad = self.grad + g
        elif not self.inputs and (g is flowing or g.base is not None):
            self.grad = g.copy()  # a leaf's gradient shares its memory with nobody
        else:
            self.grad = g

    def backward(self, gradient=None):
        """Add the gradient of this number along every Tensor it was computed from to their `grad`.

        gradient: where to start if this is not a single number, an array of this shape.
        Raises ValueError without it for more than one number, or if its shape is another.
        """
        if gradient is None and self._data.size != 1:
            raise ValueError(
                f"backward() starts from a single number; this has shape {self.shape}. Call .sum() or .mean() first."
            )
        start = np.ones(self.shape) if gradient is None else np.array(gradient, dtype=np.float64)
        if start.shape != self.shape:
            raise ValueError(f"The gradient to start from has shape {start.shape}; this Tensor has {self.shape}.")
        order = graph.reverse(self, None)
        self._receive(start)
        for node in order:
            for source, pull in zip(node.inputs, node.pulls):
                source._receive(pull(node.grad), node.grad)
