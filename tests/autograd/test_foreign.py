"""NumPy's functions, Python's own and matplotlib, given a Value or a Tensor."""

import itertools
import math

import numpy as np
import pytest

from learnkit import Tensor, Value
from learnkit.autograd import foreign

NUMBERS = np.array([[0.5, 1.0, 1.5], [2.0, 0.7, 1.2]])


def torch():
    return pytest.importorskip("torch")


@pytest.mark.parametrize("name", [*"exp log tanh sqrt square negative absolute reciprocal".split()])
def test_a_function_of_one_array_is_our_own_operation_and_passes_gradients_as_in_pytorch(name):
    x = Tensor(NUMBERS)
    y = getattr(np, name)(x)
    y.sum().backward()
    twin = torch().tensor(NUMBERS, requires_grad=True)
    expected = getattr(torch(), name)(twin)
    expected.sum().backward()
    np.testing.assert_allclose(y.data, expected.detach().numpy(), rtol=1e-12)
    np.testing.assert_allclose(x.grad, twin.grad.numpy(), rtol=1e-12)


@pytest.mark.parametrize(
    "axis, keepdims", list(itertools.product([None, 0, (0, 1)], [False, True]))
)
@pytest.mark.parametrize("name", ["sum", "mean", "max", "amax"])
def test_sums_means_and_maxima_by_numpy_are_our_own(name, axis, keepdims):
    y = getattr(np, name)(Tensor(NUMBERS), axis=axis, keepdims=keepdims)
    assert isinstance(y, Tensor) and y.inputs
    np.testing.assert_allclose(y.data, getattr(np, name)(NUMBERS, axis=axis, keepdims=keepdims))


@pytest.mark.parametrize(
    "call",
    [
        lambda x: np.reshape(x, (3, 2)),
        lambda x: np.ravel(x),
        lambda x: np.transpose(x),
        lambda x: np.transpose(x, (1, 0)),
        lambda x: np.where(NUMBERS > 1, x, 0),
        lambda x: np.where(NUMBERS > 1, 2.0, x),
        lambda x: np.maximum(x, 0),
        lambda x: np.maximum(0.0, x),
        lambda x: np.multiply(NUMBERS, x),
        lambda x: np.add(x, NUMBERS),
        lambda x: np.subtract(NUMBERS, x),
        lambda x: np.divide(NUMBERS, x),
        lambda x: np.power(x, 2),
        lambda x: np.matmul(NUMBERS.T, x),
    ],
)
def test_a_function_that_we_have_too_gives_a_tensor_with_a_graph(call):
    y = call(Tensor(NUMBERS))
    assert isinstance(y, Tensor) and y.inputs
    np.testing.assert_allclose(y.data, call(NUMBERS))


@pytest.mark.parametrize("name", sorted(foreign.OF_THE_NUMBERS & set("""all any argmax argmin argsort around ceil
    count_nonzero fix flatnonzero floor isfinite isinf isnan ndim nonzero ones_like rint round shape sign size trunc
    zeros_like""".split())))  # fmt: skip
def test_a_function_without_a_slope_reads_the_numbers(name):
    ours, theirs = getattr(np, name)(Tensor(NUMBERS)), getattr(np, name)(NUMBERS)
    assert type(ours) is type(theirs)
    np.testing.assert_array_equal(ours, theirs)


def test_tensors_are_compared_with_arrays_by_numpy():
    x = Tensor(NUMBERS)
    assert np.allclose(x, NUMBERS) and np.allclose(NUMBERS, x) and not np.allclose(x, NUMBERS + 1)
    assert np.array_equal(x, NUMBERS) and np.isclose(x, NUMBERS).all()


@pytest.mark.parametrize(
    "compare", [np.less, np.less_equal, np.greater, np.greater_equal, np.equal, np.not_equal]
)
def test_comparisons_give_masks_whichever_side_the_tensor_stands_on(compare):
    other = np.array([0.5, 0.9, 2.0])
    for left, right in (
        (Tensor(NUMBERS), other),
        (other, Tensor(NUMBERS)),
        (Tensor(NUMBERS), 1),
        (1, Tensor(NUMBERS)),
    ):
        plain = [side.data if isinstance(side, Tensor) else side for side in (left, right)]
        mask = compare(left, right)
        assert type(mask) is np.ndarray and mask.dtype == bool
        np.testing.assert_array_equal(mask, compare(*plain))


def test_python_s_comparisons_are_masks_and_none_is_unequal():
    x = Tensor([1.0, 0.0, -1.0])
    assert [(x >= 0).tolist(), (x <= 0).tolist(), (x != 0).tolist()] == [
        [True, True, False],
        [False, True, True],
        [True, False, True],
    ]
    for nothing in (None, "a", object()):
        assert (x == nothing) is False and (x != nothing) is True and (nothing == x) is False
    assert x in [x] and None not in [x, x] and 0.0 in x and 7 not in x


def test_the_numbers_of_values_compare_and_sort():
    one, two = Value(1.0), Value(2.0)
    assert one < two and one <= 1 and two >= one and two > 1.5 and np.float64(3) > two and 0 < one
    assert max([one, two]) is two and sorted([two, one])[0] is one
    assert (one == None) is False and (one != None) is True  # noqa: E711 - that is the question


@pytest.mark.parametrize("x", [Tensor(2.75), Tensor([2.75]), Tensor([[2.75]])])
def test_a_single_number_converts(x):
    assert (float(x), int(x), round(x), round(x, 1), math.sqrt(x)) == (
        2.75,
        2,
        3,
        2.8,
        math.sqrt(2.75),
    )


def test_a_value_is_rounded_and_written_exactly_or_in_decimals():
    from fractions import Fraction

    third = Value(Fraction(1, 3))
    assert round(Value(2.345), 1) == 2.3 and f"{third}" == "1/3" and f"{third:.2f}" == "0.33"


def test_a_list_of_losses_becomes_an_array_of_tensors_that_keep_their_graphs():
    x = Tensor(3.0)
    losses = [x * 1, x * 2]
    assert np.asarray(losses, dtype=float).tolist() == [3, 6]
    np.mean(losses).backward()
    assert x.grad == 1.5


def test_losses_are_plotted_as_the_numbers_they_are():
    matplotlib = pytest.importorskip("matplotlib.figure")
    axes = matplotlib.Figure().subplots()
    (line,) = axes.plot([Tensor(1.0), Tensor(1.0) * 2])
    assert line.get_ydata(orig=False).tolist() == [1, 2]


@pytest.mark.parametrize(
    "name", ["exp", "log", "tanh", "sqrt", "square", "negative", "absolute", "reciprocal"]
)
def test_a_function_of_numpy_on_a_value_is_its_own_operation(name):
    x = Value(1.75)
    y = getattr(np, name)(x)
    y.backward()
    assert isinstance(y, Value) and y.data == pytest.approx(getattr(np, name)(1.75))
    ahead, behind = getattr(np, name)(1.75 + 1e-6), getattr(np, name)(1.75 - 1e-6)
    assert x.grad == pytest.approx((ahead - behind) / 2e-6, rel=1e-6)


def test_an_array_without_axes_on_the_left_is_a_number():
    assert (np.array(2.0) * Value(3.0)).data == 6 and (np.float64(2) < Value(3.0)) is True
