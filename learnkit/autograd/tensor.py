"""Reverse-mode differentiation of arrays: as in `value.py`, but an edge pulls a gradient back.

An operation states its result and, for each input, a function from the gradient along the result to
the gradient along that input.
>>> x = Tensor([1.0, 2.0])
>>> (x * x).sum().backward()
>>> x.grad
array([2., 4.])
"""

import operator
from numbers import Real

import numpy as np

from learnkit.autograd import foreign, graph


class Tensor:
    """An array that remembers how it was computed, so that `backward()` can find its gradient.

    data: real numbers of any shape, copied to float64 and read-only, so that no backward pass meets
    numbers it did not see: change a parameter by `p.data = p.data - learning_rate * p.grad`
    (`p -= …` would make another Tensor).
    grad: None, or an array of the same shape, added up over backward passes until you set it back.
    Plain numbers and arrays in an operation are constants. Other things raise TypeError.
    """

    __slots__ = ("_data", "grad", "inputs", "pulls", "op")

    def __init__(self, data, inputs=(), pulls=(), op=""):
        self._data = data if inputs else constant(data)
        self._data.setflags(write=False)
        self.grad = None
        self.inputs = inputs
        self.pulls = pulls
        self.op = op

    @property
    def data(self):
        return self._data

    @data.setter
    def data(self, new):
        new = constant(new)
        if new.shape != self._data.shape:
            raise ValueError(
                f"This Tensor has shape {self.shape}; its new data must too, but has shape "
                f"{new.shape}: make another Tensor."
            )
        new.setflags(write=False)
        self._data = new

    @property
    def shape(self):
        return self._data.shape

    @property
    def T(self):
        """The axes in reversed order."""
        return self.transpose()

    # Entry by entry

    def __add__(self, other):
        return _total(self, other)

    def __mul__(self, other):
        return _product(self, other)

    def __sub__(self, other):
        return _difference(self, other)

    def __truediv__(self, other):
        return _quotient(self, other)

    def __pow__(self, other):
        return _power(self, other)

    __radd__ = __add__
    __rmul__ = __mul__

    def __rsub__(self, other):
        return _difference(other, self)

    def __rtruediv__(self, other):
        return _quotient(other, self)

    def __rpow__(self, other):
        return _power(other, self)

    def __neg__(self):
        return Tensor(-self._data, (self,), (lambda g: -g,), "-")

    def __abs__(self):
        x = self._data
        return Tensor(abs(x), (self,), (lambda g: g * np.sign(x),), "abs")

    def exp(self):
        """Return exp of every entry."""
        y = np.exp(self._data)
        return Tensor(y, (self,), (lambda g: g * y,), "exp")

    def log(self):
        """Return log of every entry; that of 0 is -inf."""
        x = self._data
        return Tensor(np.log(x), (self,), (lambda g: g / x,), "log")

    def tanh(self):
        """Return tanh of every entry."""
        y = np.tanh(self._data)
        return Tensor(y, (self,), (lambda g: g * (1 - y * y),), "tanh")

    def sigmoid(self):
        """Return 1 / (1 + exp(-x)) of every entry x."""
        x = self._data
        y = stable_sigmoid(x)
        return Tensor(y, (self,), (lambda g: g * y * stable_sigmoid(-x),), "sigmoid")

    def relu(self):
        """Return max(x, 0) of every entry x; the slope at 0 is 0."""
        y = np.maximum(self._data, 0.0)
        return Tensor(y, (self,), (lambda g: g * (y != 0),), "relu")

    # Products of matrices

    def __matmul__(self, other):
        return _matrix_product(self, other)

    def __rmatmul__(self, other):
        return _matrix_product(other, self)

    # Along axes

    def sum(self, axis=None, keepdims=False):
        """Return the sum along axis, a number or several; along all of them if it is None."""
        total = along(np.add.reduce, self._data, axis)
        return self._reduced("sum", total, np.ones(self.shape), axis, keepdims)

    def mean(self, axis=None, keepdims=False):
        """Return the mean along axis, a number or several; along all of them if it is None."""
        total = along(np.add.reduce, self._data, axis)
        count = np.float64(self._data.size) / total.size
        share = np.full(self.shape, 1 / count)
        return self._reduced("mean", total / count, share, axis, keepdims)

    def max(self, axis=None, keepdims=False):
        """Return the largest entries along axis; several equal ones share the gradient equally."""
        largest = along(np.maximum.reduce, self._data, axis)
        winners = self._data == largest
        share = winners / winners.sum(axis=axis, keepdims=True)
        return self._reduced("max", largest, share, axis, keepdims)

    def _reduced(self, op, result, share, axis, keepdims):
        """Return the node of a reduction.

        result: with its reduced axes at length 1; share: the part of its gradient for each entry.
        """
        data = result if keepdims else result.squeeze(axis)
        return Tensor(data, (self,), (lambda g: g.reshape(result.shape) * share,), op)

    # The same entries, arranged anew

    def reshape(self, *shape):
        """Return the same entries in another shape, as in NumPy."""
        try:
            data = self._data.reshape(*shape)
        except (TypeError, ValueError):
            wanted = shape[0] if len(shape) == 1 else shape
            raise ValueError(
                f"The {self._data.size} entries of shape {self.shape} do not fill {wanted!r}; a "
                "shape is whole numbers, and one of them may be -1 to stand for what is left."
            ) from None
        return Tensor(data, (self,), (lambda g: g.reshape(self.shape),), "reshape")

    def transpose(self, *axes):
        """Return the axes in another order, as in NumPy; reversed if none is given."""
        try:
            data = self._data.transpose(*axes)
        except ValueError:
            raise ValueError(
                f"transpose() names each axis of shape {self.shape} once, as in x.transpose(1, 0); "
                "without an axis it reverses them."
            ) from None
        back = np.argsort(np.ravel(axes) % len(self.shape)) if axes else None
        return Tensor(data, (self,), (lambda g: g.transpose(back),), "transpose")

    def __getitem__(self, index):
        if isinstance(index, Tensor):
            raise IndexError("An index is whole numbers or a mask: write x[i.data.astype(int)].")
        shape = self.shape
        size = self._data.size
        try:
            taken = np.arange(size).reshape(shape)[index].flatten()
        except IndexError as error:
            many = str(error).split(":")[0] if "indices for" in str(error) else str(error)
            own = "an index is whole numbers, slices or a mask of True and False"
            reason = own if "integer" in many else many
            raise IndexError(f"This Tensor has shape {shape}; {reason}.") from None

        def pull(g):
            received = np.bincount(taken, g.ravel(), size)  # an entry taken twice receives twice
            return received.reshape(shape) * 1.0

        return Tensor(self._data[index], (self,), (pull,), "[]")

    # The way back

    def backward(self, gradient=None):
        """Add the gradient of this number along every Tensor it was computed from to their `grad`.

        gradient: where to start if this is not a single number, an array of this shape.
        Raises ValueError if the shape of a gradient does not fit.
        """
        start = np.array(1.0 if gradient is None else constant(gradient), ndmin=self._data.ndim)
        if start.shape != self._data.shape:
            raise ValueError(
                f"backward() starts from a single number; this has shape {self.shape}. "
                "Call .sum() or .mean() first, or give a gradient of this shape."
            )
        order = graph.reverse(self, None)
        self.grad = start if self.grad is None else self._added(start)
        for node in order:
            for source, pull in zip(node.inputs, node.pulls):
                source._receive(pull(node.grad), node)

    def _receive(self, g, sender):
        if g.shape != self._data.shape:
            g = _sum_to(g, self._data.shape)
        if self.grad is not None:
            self.grad = self._added(g)
        elif self.inputs or not np.may_share_memory(g, sender.grad):
            self.grad = g
        else:
            self.grad = g.copy()  # a leaf's gradient shares its memory with nobody

    def _added(self, g):
        """Return the gradient so far plus g."""
        try:
            total = self.grad + g
        except (TypeError, ValueError):
            total = None
        if type(total) not in (np.ndarray, np.float64) or total.shape != self._data.shape:
            raise ValueError(
                f"A grad that does not fit a Tensor of shape {self.shape} stood in the way; "
                "set it to None before backward()."
            )
        return total

    # What Python and NumPy ask of an array

    def item(self):
        """Return the number of a Tensor that holds a single one, as a float."""
        if self._data.size != 1:
            raise ValueError(
                f"Only a single number becomes a float; this Tensor has shape {self.shape}. "
                "Take .sum() or .mean(), or .data for all of its numbers."
            )
        return self._data.item()

    def __float__(self):
        return self.item()

    def __int__(self):
        return int(self.item())

    def __round__(self, digits=None):
        return round(self.item(), digits)

    def __bool__(self):
        if self._data.size != 1:
            raise ValueError(
                f"Whether {self._data.size} numbers are true is ambiguous; compare them and say "
                "which you mean, as in (x.data > 0).all() or (x.data > 0).any()."
            )
        return bool(self._data)

    def __len__(self):
        if not self.shape:
            raise TypeError("This Tensor is a single number: it has no len() and no rows.")
        return len(self._data)

    def __iter__(self):
        return (self[i] for i in range(len(self)))

    def __contains__(self, number):
        return bool((self == number).any())

    def __setitem__(self, index, new):
        raise TypeError(
            "The entries of a Tensor cannot be changed one by one, or gradients would be wrong: "
            "change a copy, as in new = x.data.copy(), and then set x.data = new."
        )

    def __repr__(self):
        numbers = np.array2string(np.asarray(self._data), precision=4, separator=", ")
        return f"Tensor({numbers})"

    def __format__(self, form):
        return format(self.item() if self._data.size == 1 or form else str(self), form)

    __hash__ = object.__hash__  # two Tensors of the same numbers are two nodes of a graph

    # Comparisons go entry by entry and give a plain array of True and False, a mask

    def __eq__(self, other):
        return _mask(operator.eq, self, other) if _is_numeric(other) else False

    def __ne__(self, other):
        return _mask(operator.ne, self, other) if _is_numeric(other) else True

    def __lt__(self, other):
        return _mask(operator.lt, self, other)

    def __le__(self, other):
        return _mask(operator.le, self, other)

    def __gt__(self, other):
        return _mask(operator.gt, self, other)

    def __ge__(self, other):
        return _mask(operator.ge, self, other)

    def __reduce__(self):  # a copy is a leaf
        grad = None if self.grad is None else np.array(self.grad)
        return Tensor, (self._data,), (None, {"grad": grad})

    def __array_ufunc__(self, function, method, *inputs, **keywords):
        if function in RULES and method == "__call__" and not keywords:
            return RULES[function](*inputs)
        return foreign.elementwise(Tensor, function, method, inputs, keywords)

    def __array_function__(self, function, types, arguments, keywords):
        if function is np.where and len(arguments) == 3:
            return where(*arguments)
        return foreign.by_name(Tensor, function, arguments, keywords)

    def __array__(self, dtype=None, copy=None):
        if self.shape:
            raise TypeError("NumPy would forget how this Tensor was computed: give it x.data.")
        single = np.empty((), dtype=object)  # so that a list of losses becomes an array of Tensors
        single[()] = self
        return single


def where(condition, x, y):
    """Return x where the condition holds, else y; a gradient goes where its entry came from.

    condition: truth values; x, y: Tensors, arrays or numbers; the shapes broadcast together.
    """
    chosen = np.array(condition.data if isinstance(condition, Tensor) else condition, dtype=bool)
    x_data = constant(x)
    y_data = constant(y)
    try:
        data = np.where(chosen, x_data, y_data)
    except ValueError:
        shapes = f"{chosen.shape}, {x_data.shape} and {y_data.shape}"
        raise ValueError(f"where takes shapes that broadcast together, not {shapes}.") from None
    along_x = (x, lambda g: np.where(chosen, g, 0.0))
    along_y = (y, lambda g: np.where(chosen, 0.0, g))
    return operation(data, "where", along_x, along_y)


# The rules of the operators: x is on the left, y on the right, and one of them may be constant


def _total(left, right):
    data = fitted(operator.add, constant(left), constant(right))
    return operation(data, "+", (left, lambda g: g), (right, lambda g: g))


def _product(left, right):
    x = constant(left)
    y = constant(right)
    data = fitted(operator.mul, x, y)
    return operation(data, "*", (left, lambda g: g * y), (right, lambda g: g * x))


def _difference(left, right):
    data = fitted(operator.sub, constant(left), constant(right))
    return operation(data, "-", (left, lambda g: g), (right, lambda g: -g))


def _quotient(left, right):
    y = constant(right)
    z = fitted(operator.truediv, constant(left), y)
    return operation(z, "/", (left, lambda g: g / y), (right, lambda g: -g * z / y))


def _power(left, right):
    x = constant(left)
    y = constant(right)
    z = fitted(operator.pow, x, y)

    def along_base(g):
        return g * y * x ** (y - (y != 0))  # x ** 0 is flat, even at 0

    def along_exponent(g):
        return g * z * np.log(np.where((x == 0) & (y >= 0), 1.0, x))  # and so is 0 ** y

    return operation(z, "**", (left, along_base), (right, along_exponent))


def _matrix_product(left, right):
    x = constant(left)
    y = constant(right)
    try:
        rows = x if x.ndim > 1 else x[np.newaxis, :]  # a vector on the left is one row
        columns = y if y.ndim > 1 else y[:, np.newaxis]  # and on the right one column
        product = rows @ columns
    except (IndexError, ValueError):
        reason = "the two inner lengths must agree"
        raise ValueError(f"{x.shape} @ {y.shape} does not fit: {reason}.") from None
    added_row = (-2,) * (x.ndim == 1)
    added_column = (-1,) * (y.ndim == 1)

    def along_x(g):
        return g.reshape(product.shape) @ columns.swapaxes(-1, -2)

    def along_y(g):
        return (rows.swapaxes(-1, -2) @ g.reshape(product.shape)).squeeze(added_column)

    data = product.squeeze(added_row + added_column)
    return operation(data, "@", (left, along_x), (right, along_y))


RULES = {  # by what NumPy calls them, where an array on the left leaves the operation to us
    np.add: _total,
    np.multiply: _product,
    np.subtract: _difference,
    np.divide: _quotient,
    np.power: _power,
    np.matmul: _matrix_product,
}


# What the operations are made of


def constant(x):
    """Return the numbers of x as float64 that nobody else can change.

    x: a Tensor, or what NumPy reads as an array of real numbers; else TypeError or ValueError.
    """
    if isinstance(x, Tensor):
        return x._data
    try:
        if isinstance(x, (float, int)):
            return np.float64(x)
        given = np.asarray(x)
        if given.dtype.kind in "biuf":
            return given.astype(np.float64)  # always a copy
        return _from_objects(x, given)
    except OverflowError:
        raise OverflowError(
            "This number is beyond 1.8e308, the largest that a float can hold: scale it down first."
        ) from None
    except ValueError:
        raise ValueError("A Tensor needs rows of equal length; these differ.") from None


def _from_objects(x, given):
    """Return an array of Fractions, say, as float64; `given` is what NumPy made of x."""
    kinds = {type(x).__name__, *(type(n).__name__ for n in given.flat)}
    if "Value" in kinds:
        raise TypeError("A Tensor holds real numbers; of a Value it takes the .data, say.")
    if given.dtype.kind != "O" or not all(isinstance(n, Real) for n in given.flat):
        raise TypeError(
            f"A Tensor holds real numbers; {repr(x)[:60]} is something else: "
            "write one number, or numbers in a list or an array."
        )
    return given.astype(np.float64)


def stable_sigmoid(x):
    """Return 1 / (1 + exp(-x)) of an array; no exponential in it is above 1, so none overflows."""
    small = np.exp(-abs(x))
    return np.where(x >= 0, 1.0, small) / (1 + small)


def operation(data, op, *edges):
    """Return the Tensor that an operation makes.

    data: its result, an array; edges: pairs (input, pull), of which constants get none.
    """
    inputs = [source for source, _ in edges if isinstance(source, Tensor)]
    pulls = [pull for source, pull in edges if isinstance(source, Tensor)]
    return Tensor(data, inputs, pulls, op)


def fitted(operate, x, y):
    """Return operate(x, y) of two arrays, or raise ValueError if their shapes do not broadcast."""
    try:
        return operate(x, y)
    except ValueError:
        raise ValueError(
            f"Shapes {x.shape} and {y.shape} could not be broadcast together: counted from the "
            "last axis, two lengths must be equal or one of them 1."
        ) from None


def along(reduce, x, axis):
    """Return an array reduced along axis, which stays at length 1.

    Raises ValueError if there is no such axis, or nothing along it; TypeError if it is no axis.
    """
    try:
        return reduce(x, axis=axis, keepdims=True)
    except np.exceptions.AxisError:
        raise ValueError(f"Shape {x.shape} has no axis {axis}; they count from 0.") from None
    except TypeError:
        raise TypeError(
            f"An axis is a whole number, or several in brackets, or None for all; this is {axis!r}."
        ) from None
    except ValueError:
        if 0 in x.shape:
            raise ValueError(f"There is nothing to take a max of in shape {x.shape}.") from None
        raise ValueError(f"The axes {axis} name one axis twice.") from None


def _sum_to(gradient, shape):
    """Undo broadcasting: an entry used many times receives the sum of what its copies received."""
    new_axes = tuple(range(gradient.ndim - len(shape)))
    gradient = np.add.reduce(gradient, axis=new_axes)
    stretched = tuple([axis for axis, length in enumerate(shape) if length == 1])
    return np.add.reduce(gradient, axis=stretched, keepdims=True) if stretched else gradient


def _mask(compare, tensor, other):
    return fitted(compare, tensor._data, constant(other))


def _is_numeric(x):
    """Tell whether x can be compared with numbers; None and text are equal to none of them."""
    try:
        constant(x)
    except TypeError:
        return False
    return True
