"""Every operation and every loss, on numbers that lie in memory in every order: what they are is
all that counts.

NumPy hands out transposed, reversed and sliced arrays as views of other memory, and rows that are
one row. Code that writes into a flattened copy, or trusts that rows follow each other, computes
something else there without a word.
"""

from collections import namedtuple

import numpy as np
import pytest

from learnkit import Tensor, losses
from learnkit.losses import where

SHAPE = (4, 3)
X, Y, CONSTANT = np.random.default_rng(0).uniform(0.5, 2.0, (3, *SHAPE))
CONSTANT = np.asfortranarray(CONSTANT)
CLASSES = np.array([2, 0, 0, 1])


# ---- the layouts: what a leaf is made of, and the view of it that holds the numbers in their order

Layout = namedtuple("Layout", "memory view", defaults=[lambda leaf: leaf])
LAYOUTS = {
    "columns one after the other": Layout(np.asfortranarray),
    "a transposed array": Layout(lambda a: a.T.copy().T),
    "a reversed array": Layout(lambda a: a[::-1, ::-1].copy()[::-1, ::-1]),
    "a sliced array": Layout(lambda a: a.repeat(2, axis=0).repeat(3, axis=1)[::2, ::3]),
    "another byte order": Layout(lambda a: a.astype(">f8")),
    "transposed": Layout(lambda a: a.T.copy(), lambda leaf: leaf.T),
    "a transposed product": Layout(lambda a: a.T.copy(), lambda leaf: (np.eye(3) @ leaf).T),
    "reversed": Layout(lambda a: a[::-1, ::-1], lambda leaf: leaf[::-1, ::-1]),
    "columns reordered": Layout(lambda a: a[:, [1, 0, 2]], lambda leaf: leaf[:, [1, 0, 2]]),
    "rows reordered": Layout(lambda a: a[[3, 1, 2, 0]], lambda leaf: leaf[[3, 1, 2, 0]]),
    "every second row": Layout(lambda a: a.repeat(2, axis=0), lambda leaf: leaf[::2]),
    "every second column": Layout(lambda a: a.repeat(2, axis=1), lambda leaf: leaf[:, ::2]),
    "transposed, then reshaped": Layout(
        lambda a: a.reshape(6, 2).T.copy(), lambda leaf: leaf.T.reshape(SHAPE)
    ),
}
BROADCAST = {
    "one row four times": lambda a: np.broadcast_to(a[0], SHAPE),
    "one column three times": lambda a: np.broadcast_to(a[:, :1], SHAPE),
    "one number twelve times": lambda a: np.broadcast_to(a[0, 0], SHAPE),
}
every_layout = pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS.keys())
every_broadcast = pytest.mark.parametrize("broadcast", BROADCAST.values(), ids=BROADCAST.keys())

# ---- the operations: `ours` of two Tensors of SHAPE, of which it may leave one out, and what PyTorch calls the same

Row = namedtuple("Row", "ours theirs", defaults=[None])


def torch():
    return pytest.importorskip("torch")


def as_torch(array):
    return torch().tensor(np.array(array, order="C"))


OPERATIONS = {
    "__add__": Row(lambda x, y: x + y),
    "__radd__": Row(lambda x, y: CONSTANT + x, lambda x, y: as_torch(CONSTANT) + x),
    "__sub__": Row(lambda x, y: x - y),
    "__rsub__": Row(lambda x, y: CONSTANT - x, lambda x, y: as_torch(CONSTANT) - x),
    "__mul__": Row(lambda x, y: x * y),
    "__rmul__": Row(lambda x, y: CONSTANT * x, lambda x, y: as_torch(CONSTANT) * x),
    "__truediv__": Row(lambda x, y: x / y),
    "__rtruediv__": Row(lambda x, y: CONSTANT / x, lambda x, y: as_torch(CONSTANT) / x),
    "__pow__": Row(lambda x, y: x**y),
    "__rpow__": Row(lambda x, y: CONSTANT**x, lambda x, y: as_torch(CONSTANT) ** x),
    "__matmul__": Row(lambda x, y: x @ y.T),
    "__rmatmul__": Row(lambda x, y: CONSTANT.T @ x, lambda x, y: as_torch(CONSTANT).T @ x),
    "__neg__": Row(lambda x, y: -x),
    "__abs__": Row(lambda x, y: abs(x - 1)),
    "__eq__": Row(lambda x, y: where(x == y, x, y), lambda x, y: torch().where(x == y, x, y)),
    "__lt__": Row(lambda x, y: where(x < y, x, y), lambda x, y: torch().where(x < y, x, y)),
    "__gt__": Row(lambda x, y: where(x > y, x, y), lambda x, y: torch().where(x > y, x, y)),
    "__ne__": Row(lambda x, y: where(x != y, x, y), lambda x, y: torch().where(x != y, x, y)),
    "__le__": Row(lambda x, y: where(x <= y, x, y), lambda x, y: torch().where(x <= y, x, y)),
    "__ge__": Row(lambda x, y: where(x >= y, x, y), lambda x, y: torch().where(x >= y, x, y)),
    "__getitem__": Row(lambda x, y: x[[0, 2, 2], 1:] * y[1, 1:]),
    "__iter__": Row(lambda x, y: sum(row * row for row in x)),
    "T": Row(lambda x, y: x.T * 2),
    "transpose": Row(lambda x, y: x.transpose(1, 0) * 2),
    "reshape": Row(lambda x, y: x.reshape(2, 6) ** 2),
    "sum": Row(lambda x, y: (x * y).sum(axis=0)),
    "mean": Row(lambda x, y: (x * y).mean(axis=1)),
    "max": Row(lambda x, y: x.max(axis=1), lambda x, y: x.amax(1)),
    "exp": Row(lambda x, y: x.exp()),
    "log": Row(lambda x, y: x.log()),
    "tanh": Row(lambda x, y: x.tanh()),
    "sigmoid": Row(lambda x, y: x.sigmoid()),
    "relu": Row(lambda x, y: (x - 1).relu()),
}
NO_OPERATIONS = {
    "data",
    "shape",
    "item",
    "backward",
    "__init__",
    "__len__",
    "__bool__",
    "__hash__",
}
NO_OPERATIONS |= {
    "__repr__",
    "__format__",
    "__reduce__",
    "__float__",
    "__int__",
    "__round__",
    "__contains__",
}
# they refuse, or pass it on
NO_OPERATIONS |= {"__setitem__", "__array__", "__array_function__", "__array_ufunc__"}


def of_torch(name):
    """Return torch.nn.functional's loss of two Tensors."""
    return lambda x, y: getattr(torch().nn.functional, name)(x, y)


LOSSES = {
    "mse_loss": Row(losses.mse_loss, of_torch("mse_loss")),
    "l1_loss": Row(losses.l1_loss, of_torch("l1_loss")),
    "huber_loss": Row(
        lambda x, y: losses.huber_loss(x, y, delta=0.3),
        lambda x, y: torch().nn.functional.huber_loss(x, y, delta=0.3),
    ),
    "where": Row(
        lambda x, y: where(CONSTANT > 1, x, y),
        lambda x, y: torch().where(as_torch(CONSTANT) > 1, x, y),
    ),
    "logsumexp": Row(lambda x, y: losses.logsumexp(x), lambda x, y: torch().logsumexp(x, -1)),
    "log_softmax": Row(
        lambda x, y: losses.log_softmax(x, axis=0) * y, lambda x, y: torch().log_softmax(x, 0) * y
    ),
    "cross_entropy": Row(
        lambda x, y: losses.cross_entropy(x, CLASSES),
        lambda x, y: torch().nn.functional.cross_entropy(x, torch().tensor(CLASSES)),
    ),
    "softmax": Row(
        lambda x, y: losses.softmax(x, axis=0) * y, lambda x, y: torch().softmax(x, 0) * y
    ),
    "nll_loss": Row(
        lambda x, y: losses.nll_loss(x, CLASSES),
        lambda x, y: torch().nn.functional.nll_loss(x, torch().tensor(CLASSES)),
    ),
    "binary_cross_entropy": Row(
        lambda x, y: losses.binary_cross_entropy(x.sigmoid(), CONSTANT / 2),
        lambda x, y: torch().nn.functional.binary_cross_entropy(
            x.sigmoid(), as_torch(CONSTANT) / 2
        ),
    ),
    "binary_cross_entropy_with_logits": Row(
        lambda x, y: losses.binary_cross_entropy_with_logits(x, CONSTANT / 2),
        lambda x, y: torch().nn.functional.binary_cross_entropy_with_logits(
            x, as_torch(CONSTANT) / 2
        ),
    ),
}
TABLE = OPERATIONS | LOSSES
every_row = pytest.mark.parametrize("row", TABLE.values(), ids=TABLE.keys())


def weights(shape):
    """Return what each entry of an output counts for, so that no two of them can stand in for
    each other.
    """
    return np.random.default_rng(3).uniform(0.5, 2.0, shape)


def value_and_gradients(function, x, y, arrange=np.asarray):
    """Return function(x, y) and the gradients of its weighted sum along x and y, zeros along
    what it leaves out.
    """
    output = function(x, y)
    output.backward(arrange(weights(output.shape)))
    return output.data, gradient_of(x), gradient_of(y)


def gradient_of(x):
    return np.zeros(x.shape) if x.grad is None else np.asarray(x.grad)


def of_plain_arrays(function, x, y):
    return value_and_gradients(
        function, Tensor(np.array(x, order="C")), Tensor(np.array(y, order="C"))
    )


def assert_equal(ours, theirs, rtol=1e-12, atol=1e-15):
    for our, their in zip(ours, theirs, strict=True):
        assert np.shape(our) == np.shape(their)
        np.testing.assert_allclose(our, their, rtol=rtol, atol=atol)


@every_row
@every_layout
def test_value_and_gradient_are_those_of_the_same_numbers_in_a_plain_array(row, layout):
    leaves = [Tensor(layout.memory(numbers)) for numbers in (X, Y)]
    x, y = (layout.view(leaf) for leaf in leaves)
    assert np.array_equal(x.data, X) and np.array_equal(y.data, Y)
    expected = of_plain_arrays(row.ours, X, Y)
    assert_equal(value_and_gradients(row.ours, x, y), expected)
    assert_equal([layout.view(Tensor(gradient_of(leaf))).data for leaf in leaves], expected[1:])


@every_row
@every_layout
def test_a_constant_may_lie_in_memory_as_it_likes(row, layout):
    constant = layout.view(Tensor(layout.memory(Y))).data
    output = row.ours(Tensor(X), constant)
    assert_equal([output.data], of_plain_arrays(row.ours, X, Y)[:1])


@every_row
@every_broadcast
def test_an_array_whose_rows_or_columns_are_one_in_memory_is_an_array_like_any_other(
    row, broadcast
):
    x, y = broadcast(X), broadcast(Y)
    expected = of_plain_arrays(row.ours, x, y)
    assert_equal(value_and_gradients(row.ours, Tensor(x), Tensor(y)), expected)
    leaf = Tensor(X)
    assert_equal([row.ours(leaf, y).data], [of_plain_arrays(row.ours, X, y)[0]])


@every_row
@pytest.mark.parametrize(
    "arrange",
    [lambda g: np.array(g, order="F"), lambda g: np.flip(np.flip(g).copy())],
    ids=["F", "reversed"],
)
def test_the_gradient_to_start_from_may_lie_in_memory_as_it_likes(row, arrange):
    assert_equal(
        value_and_gradients(row.ours, Tensor(X), Tensor(Y), arrange),
        of_plain_arrays(row.ours, X, Y),
    )


@every_row
def test_a_gradient_to_start_from_may_be_one_number_in_every_place(row):
    x, y, one = Tensor(X), Tensor(Y), Tensor(X)
    output = row.ours(x, y)
    output.backward(np.broadcast_to(2.0, output.shape))
    row.ours(one, y).sum().backward()
    assert_equal([gradient_of(x)], [2 * gradient_of(one)])


@every_row
def test_the_gradients_are_those_of_finite_differences(row):
    def total(x, y):
        output = row.ours(Tensor(x), Tensor(y)).data
        return np.sum(output * weights(output.shape))

    def slope(place, along):
        step = np.zeros((2, *SHAPE))
        step[(along, *place)] = 1e-6
        return (total(*(np.array([X, Y]) + step)) - total(*(np.array([X, Y]) - step))) / 2e-6

    slopes = [
        np.reshape([slope(place, along) for place in np.ndindex(SHAPE)], SHAPE) for along in (0, 1)
    ]
    assert_equal(of_plain_arrays(row.ours, X, Y)[1:], slopes, rtol=1e-6, atol=1e-7)


@every_row
def test_value_and_gradients_are_those_of_pytorch(row):
    x, y = as_torch(X).requires_grad_(), as_torch(Y).requires_grad_()
    output = (row.theirs or row.ours)(x, y)
    output.backward(as_torch(weights(tuple(output.shape))))
    theirs = [np.zeros(SHAPE) if t.grad is None else t.grad.numpy() for t in (x, y)]
    assert_equal(of_plain_arrays(row.ours, X, Y), [output.detach().numpy(), *theirs])


# ---- the classes of cross_entropy, which are an array too


@pytest.mark.parametrize(
    "classes", [np.repeat(CLASSES, 2)[::2], CLASSES[::-1].copy()[::-1], CLASSES.astype(">i4")]
)
def test_the_right_classes_may_lie_in_memory_as_they_like(classes):
    def loss(x, y):
        return losses.cross_entropy(x, classes)

    assert_equal(
        value_and_gradients(loss, Tensor(X), Tensor(Y)),
        of_plain_arrays(TABLE["cross_entropy"].ours, X, Y),
    )


# ---- the table is whole


def test_every_operation_of_a_tensor_stands_in_the_table():
    found = {
        name
        for name, member in vars(Tensor).items()
        if callable(member) or isinstance(member, property)
    }
    private = {name for name in found if name.startswith("_") and not name.startswith("__")}
    assert found - private - NO_OPERATIONS == set(OPERATIONS), (
        "add a row to OPERATIONS, or a name to NO_OPERATIONS"
    )


def test_every_loss_stands_in_the_table():
    found = {
        name
        for name, loss in vars(losses).items()
        if getattr(loss, "__module__", "") == losses.__name__
    }
    # which is defined beside Tensor
    found = {name for name in found if not name.startswith("_")} | {"where"}
    assert found == set(LOSSES), "add a row to LOSSES"
