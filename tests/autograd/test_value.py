import copy
import gc
import math
import operator
import pickle
import random
import subprocess
import sys
from fractions import Fraction

import numpy as np
import pytest

from learnkit import Value

OPERATORS = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "**": operator.pow,
}
FUNCTIONS = ("exp", "log", "tanh", "sigmoid", "relu")


def gradients(function, *numbers):
    """Return the output of function at these numbers and its slope along each of them."""
    inputs = [Value(number) for number in numbers]
    output = function(*inputs)
    output.backward()
    return output.data, [x.grad for x in inputs]


def torch_gradients(function, *numbers):
    torch = pytest.importorskip("torch")
    inputs = [
        torch.tensor(float(number), dtype=torch.float64, requires_grad=True) for number in numbers
    ]
    output = function(*inputs)
    output.backward()
    return output.item(), [0.0 if x.grad is None else x.grad.item() for x in inputs]


def agrees_with_torch(function, *numbers):
    ours, theirs = gradients(function, *numbers), torch_gradients(function, *numbers)
    assert [ours[0], *ours[1]] == pytest.approx(
        [theirs[0], *theirs[1]], rel=1e-12, abs=1e-15, nan_ok=True
    )


@pytest.mark.parametrize("op", OPERATORS)
@pytest.mark.parametrize("x, y", [(1.5, 2.25), (0.3, -1.75), (4.0, 0.5)])
def test_every_operator_has_the_slopes_pytorch_has(op, x, y):
    agrees_with_torch(OPERATORS[op], x, y)


@pytest.mark.parametrize("op", OPERATORS)
def test_a_number_may_stand_on_either_side_of_every_operator(op):
    agrees_with_torch(lambda x: OPERATORS[op](x, 3), 1.5)
    agrees_with_torch(lambda x: OPERATORS[op](3, x), 1.5)
    agrees_with_torch(lambda x: OPERATORS[op](x, 2.5), 1.5)
    agrees_with_torch(lambda x: OPERATORS[op](2.5, x), 1.5)


@pytest.mark.parametrize("op", OPERATORS)
@pytest.mark.parametrize("kind", [np.float64, np.float32, np.int64])
def test_a_numpy_number_on_the_left_leaves_the_operation_to_the_value(op, kind):
    x = Value(1.5)
    result = OPERATORS[op](kind(2), x)
    assert isinstance(result, Value) and type(result.data) is float
    assert result.data == OPERATORS[op](2, Value(1.5)).data


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("x", [0.7, 3.0, 30.0])
def test_every_function_has_the_slope_pytorch_has(name, x):
    agrees_with_torch(lambda x: getattr(x, name)(), x)


@pytest.mark.parametrize("name", ["exp", "tanh", "sigmoid", "relu"])
@pytest.mark.parametrize("x", [-30.0, -1.2, 0.0, 1000.0, -1000.0, math.nan, math.inf, -math.inf])
def test_functions_of_extreme_numbers_are_what_pytorch_finds(name, x):
    agrees_with_torch(lambda x: getattr(x, name)(), x)


def test_the_slope_of_sigmoid_keeps_its_digits_where_y_times_one_minus_y_has_none():
    assert gradients(Value.sigmoid, 40.0)[1] == pytest.approx([math.exp(-40)], rel=1e-12, abs=0)


@pytest.mark.parametrize(
    "function, slope",
    [
        (lambda x: x * x, 6),
        (lambda x: x + x, 2),
        (lambda x: x - x, 0),
        (lambda x: x / x, 0),
        (lambda x: x * x * x, 27),
        (lambda x: Value.dot([x, x], [x, 2]), 8),
    ],
)
def test_a_number_used_twice_receives_the_sum_of_both_slopes(function, slope):
    assert gradients(function, Fraction(3))[1] == [slope]


def test_sixty_doublings_multiply_the_slope_by_two_to_the_sixty():
    def double(x):
        for _ in range(60):
            x = x + x
        return x

    assert gradients(double, 1.0) == (2.0**60, [2.0**60])


def test_a_random_graph_with_much_sharing_agrees_with_pytorch():
    def graph(*nodes):
        generator, nodes = random.Random(7), list(nodes)
        for _ in range(80):
            a, b = generator.choice(nodes), generator.choice(nodes)
            op = generator.choice(["add", "sub", "mul", "div", "tanh", "sigmoid", "relu"])
            made = {
                "add": lambda a=a, b=b: a + b,
                "sub": lambda a=a, b=b: a - b,
                "mul": lambda a=a, b=b: (a * b).tanh(),
                "div": lambda a=a, b=b: a / (b * b + 1),
            }
            nodes.append(made[op]() if op in made else getattr(a, op)())
        return sum(nodes)

    agrees_with_torch(graph, 0.3, -1.1, 2.0)


def test_a_second_backward_pass_adds_the_same_slope_once_more():
    x = Value(3.0)
    middle = x * x
    output = middle * 2
    output.backward()
    output.backward()
    assert x.grad == 24 and middle.grad == 2


def test_two_losses_on_one_trunk_add_up_at_the_leaves():
    x = Value(Fraction(2))
    trunk = x * x
    (trunk * 3).backward()
    (trunk + x).backward()
    assert x.grad == 3 * 4 + 4 + 1


def test_backward_on_a_leaf_adds_one_to_its_own_slope():
    x = Value(5.0)
    x.backward()
    x.backward()
    assert x.grad == 2


def test_relu_is_flat_at_zero_and_lets_nan_through():
    assert gradients(Value.relu, 0.0) == (0.0, [0])
    assert gradients(Value.relu, -0.0)[1] == [0]
    data, slopes = gradients(Value.relu, math.nan)
    assert math.isnan(data) and slopes == [1]


@pytest.mark.parametrize(
    "exponent, slope", [(0, 0), (1, 1), (2, 0), (3, 0), (0.5, math.inf), (1.5, 0)]
)
def test_powers_of_zero_have_the_slopes_pytorch_has(exponent, slope):
    assert gradients(lambda x: x**exponent, 0.0)[1] == [slope]
    agrees_with_torch(lambda x: x**exponent, 0.0)


@pytest.mark.parametrize("exponent", [-3, -2, -1, 0, 1, 2, 3, 2.0])
def test_a_negative_base_takes_whole_exponents(exponent):
    agrees_with_torch(lambda x: x**exponent, -1.7)


@pytest.mark.parametrize(
    "base, exponent",
    [(1e200, 2), (-1e200, 3), (-1e200, 2), (1e-200, -2), (1e-200, 2), (1e-200, -1)],
)
def test_a_power_too_large_for_a_float_is_infinite(base, exponent):
    agrees_with_torch(lambda x: x**exponent, base)


def test_a_value_as_exponent_has_a_slope_too():
    agrees_with_torch(lambda x, n: x**n, 2.5, -1.5)
    agrees_with_torch(lambda n: 2**n, 10.0)


@pytest.mark.parametrize(
    "base, exponent", [(-8.0, 1 / 3), (-8.0, Value(1 / 3)), (Fraction(-1, 4), Fraction(1, 2))]
)
def test_a_negative_base_with_a_fractional_exponent_is_refused(base, exponent):
    with pytest.raises(ValueError, match="negative base needs a whole number"):
        Value(base) ** exponent


@pytest.mark.parametrize(
    "base, exponent", [(0.0, 2.0), (0.0, 0.0), (0.0, 0.5), (-2.0, 3.0), (-2.0, 2.0), (-2.0, -1.0)]
)
def test_a_value_as_exponent_has_the_slopes_pytorch_has_at_base_zero_and_below(base, exponent):
    agrees_with_torch(lambda x, n: x**n, base, exponent)


@pytest.mark.parametrize("x", [0.0, -1.0])
def test_the_logarithm_of_what_is_not_positive_is_refused_by_name(x):
    with pytest.raises(ValueError, match=f"log needs a positive number; this is {x}"):
        Value(x).log()


@pytest.mark.parametrize(
    "divide", [lambda: Value(1.0) / 0, lambda: 1 / Value(0.0), lambda: Value(1.0) / Value(0.0)]
)
def test_division_by_zero_is_the_error_python_has_for_it(divide):
    with pytest.raises(ZeroDivisionError):
        divide()


def test_fractions_stay_exact_through_arithmetic_powers_relu_and_dot():
    def function(x, y):
        line = 2 * x - y / 3 + 1 - (-x) * 5 + 7 / x + y**3 - x**-2 + (4 - y) / 9
        return line.relu() + Value.dot([x, y, line], [y, 2, Fraction(1, 7)])

    def exact_slope(index):
        step, numbers = Fraction(1, 10**30), [Fraction(3, 7), Fraction(5, 11)]
        numbers[index] += step
        ahead = gradients(function, *numbers)[0]
        numbers[index] -= 2 * step
        return (ahead - gradients(function, *numbers)[0]) / (2 * step)

    output, slopes = gradients(function, Fraction(3, 7), Fraction(5, 11))
    assert type(output) is Fraction and all(type(slope) is Fraction for slope in slopes)
    assert all(abs(slopes[i] - exact_slope(i)) < Fraction(1, 10**50) for i in range(2))


def test_fractions_divide_by_each_other_without_a_rounding_error():
    assert gradients(lambda x, y: x / y, Fraction(2, 3), Fraction(5, 7)) == (
        Fraction(14, 15),
        [Fraction(7, 5), Fraction(-98, 75)],
    )


@pytest.mark.parametrize("op", OPERATORS)
def test_an_int_beside_a_fraction_keeps_it_exact(op):
    third = Fraction(4, 3)
    for number in (2, np.int64(2), True):
        assert OPERATORS[op](Value(third), number).data == OPERATORS[op](third, int(number))
    if op != "**":
        assert OPERATORS[op](2, Value(third)).data == OPERATORS[op](2, third)


def test_a_value_made_of_an_int_or_a_numpy_number_is_a_plain_float():
    assert [
        type(Value(number).data) for number in (3, True, np.float64(3), np.int8(3), np.float32(3))
    ] == [float] * 5


@pytest.mark.parametrize(
    "intruder", ["2", None, 1j, [1.0], [[1.0], [1.0, 2.0]], np.ones(3), object()]
)
def test_what_is_no_real_number_is_refused_by_its_name(intruder):
    name = type(intruder).__name__
    for attempt in (
        lambda: Value(intruder),
        lambda: Value(1.0) + intruder,
        lambda: intruder + Value(1.0),
        lambda: Value(1.0) * intruder,
        lambda: intruder * Value(1.0),
        lambda: Value(1.0) / intruder,
        lambda: intruder / Value(1.0),
        lambda: Value(1.0) ** intruder,
        lambda: intruder ** Value(1.0),
        lambda: intruder - Value(1.0),
        lambda: Value.dot([Value(1.0)], [intruder]),
    ):
        with pytest.raises(
            TypeError, match=f"single real numbers, not with a {name}; arrays need a Tensor"
        ):
            attempt()


def test_dot_is_one_node_with_the_slopes_of_the_sum_it_stands_for():
    numbers = [0.5, -1.5, 2.0, 3.0, 0.25, -4.0]
    one_node = gradients(lambda *x: Value.dot(x[:3], x[3:]), *numbers)
    spelled = gradients(lambda *x: sum(a * b for a, b in zip(x[:3], x[3:], strict=True)), *numbers)
    assert one_node == spelled


def test_dot_takes_constants_anywhere_and_gives_them_no_edge():
    x, y = Value(2.0), Value(3.0)
    total = Value.dot([x, 5, np.float64(2)], [7, y, 1])
    total.backward()
    assert total.data == 31 and list(total.inputs) == [x, y] and (x.grad, y.grad) == (7, 5)
    assert Value.dot([1, 2], [3, 4]).data == 11
    assert Value.dot([], []).data == 0


def test_dot_of_unequal_lengths_names_both():
    with pytest.raises(ValueError, match="here are 2 and 1"):
        Value.dot([Value(1.0), Value(2.0)], [Value(1.0)])


@pytest.mark.parametrize("changed", ["leaf", "interior"])
def test_numbers_changed_after_the_forward_pass_leave_its_gradient_as_it_was(changed):
    def slope(change):
        x = Value(3.0)
        square = x * x
        output = square * square.tanh() / x
        if change:
            {"leaf": x, "interior": square}[changed].data -= 100
        output.backward()
        return x.grad

    assert slope(change=True) == slope(change=False)


def test_a_node_that_receives_nothing_passes_nothing_on_even_along_an_infinite_slope():
    x = Value(0.0)
    (x**0.5 * 0).backward()
    assert x.grad == 0


def test_a_training_step_leaves_no_cyclic_garbage():
    def step():
        weights = [Value(w / 10) for w in range(-5, 5)]
        hidden = [Value.dot(weights, range(10)).tanh(), sum(w * w for w in weights).sigmoid()]
        ((hidden[0] - 1) ** 2 + hidden[1].exp() / 2).backward()

    gc.collect()
    gc.disable()
    try:
        step()
        assert gc.collect() == 0
    finally:
        gc.enable()


def test_a_chain_of_200_000_additions_goes_forward_and_backward_and_is_freed():
    x = total = Value(0.0)
    for _ in range(200_000):
        total = total + 1
    total.backward()
    assert total.data == 200_000 and x.grad == 1
    del total


def test_value_works_where_numpy_is_not_installed():
    code = (
        "import sys; sys.modules['numpy'] = None; from learnkit import Value; print((Value(2) * "
        "3).data)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=240
    )
    assert result.stdout == "6.0\n"


def test_the_representation_shows_number_and_slope():
    assert repr(Value(2)) == "Value(2.0, grad=0)"


def test_a_number_divided_by_a_value_is_one_division():
    assert (49 / Value(49.0)).data == 1.0
    assert (1e-5 / Value(1e-309)).data == 1e-5 / 1e-309
    x = Value(Fraction(4))
    y = 3 / x
    y.backward()
    assert (y.data, x.grad, y.op) == (Fraction(3, 4), Fraction(-3, 16), "/")
    with pytest.raises(ZeroDivisionError):
        1 / Value(0.0)


def test_the_slope_of_a_division_does_not_vanish_where_the_square_of_the_divisor_does():
    x, y = Value(1e-300), Value(1e-200)
    (x / y).backward()
    assert y.grad == pytest.approx(-1e100)


@pytest.mark.parametrize("wrong", [Value(3.0), np.array([3.0])])
def test_data_that_is_no_number_is_refused_by_the_next_operation(wrong):
    w = Value(5.0)
    w.data = wrong
    with pytest.raises(TypeError, match="single real numbers"):
        w * 2


def test_a_value_compares_and_is_written_as_its_number_and_is_itself_in_a_set():
    x = Value(0.125)
    assert x == 0.125 and x == Value(0.125) and x != 1 and not Value(0.0) and f"{x:.2f}" == "0.12"
    assert len({x, Value(0.125)}) == 2


def test_exp_goes_as_far_as_a_float_and_is_infinite_beyond():
    assert (
        Value(705.0).exp().data == pytest.approx(math.exp(705))
        and Value(750.0).exp().data == math.inf
    )


@pytest.mark.parametrize("empty", [None, 0, 0.0])
def test_a_slope_that_is_none_begins_again(empty):
    x = Value(3.0)
    x.grad = empty
    (x * x).backward()
    assert x.grad == 6


def test_a_long_chain_can_be_copied_with_its_graph_and_the_copy_is_independent():
    x = total = Value(0.5)
    for _ in range(5_000):
        total = total + 0.25
    twin, start = copy.deepcopy([total, x])
    twin.backward()
    assert (twin.data, start.grad, x.grad, start is x) == (total.data, 1, 0, False)


@pytest.mark.parametrize(
    "duplicate", [copy.copy, copy.deepcopy, lambda x: pickle.loads(pickle.dumps(x))]
)
def test_a_copy_of_a_leaf_has_its_number_and_slope(duplicate):
    x = Value(Fraction(1, 3))
    x.grad = 7
    twin = duplicate(x)
    assert (twin.data, twin.grad, twin.inputs, twin is x) == (Fraction(1, 3), 7, (), False)


def test_a_power_of_a_fraction_that_would_take_minutes_becomes_a_float():
    assert (Value(Fraction(3, 2)) ** 10**7).data == math.inf
    assert (Value(Fraction(1, 2)) ** 10**7).data == 0


def test_the_slope_of_abs_is_its_sign_and_zero_at_zero():
    assert [gradients(abs, x) for x in (-2.0, 0.0, 3.0)] == [(2.0, [-1]), (0.0, [0]), (3.0, [1])]
