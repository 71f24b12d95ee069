"""The figures that chapter 6 states in its text."""

import math
from fractions import Fraction

import numpy as np
import pytest

from learnkit import differentiate
from learnkit.exercises import chapter_06 as practice

STEPS = [float(f"1e-{k}") for k in range(1, 17)]


def cube(x):
    return x * x * x


def in_steps(x):
    a = 3 * x
    b = x**2
    return a * b + a


def best(way):
    errors = [abs(way(h) - 12) for h in STEPS]
    return STEPS[errors.index(min(errors))], min(errors)


def test_three_paths_of_12_24_and_3_make_the_slope_39():
    assert practice.slope_over_paths([[3, 4, 1], [4, 6, 1], [3, 1]]) == 39
    assert differentiate.reverse_mode(in_steps, Fraction(2)) == 39
    assert differentiate.forward_mode(in_steps, Fraction(2)) == 39


def test_exercise_1_asks_for_three_products_that_add_up_to_the_slope():
    def loss(x):
        a, b = x**2, 5 * x
        return a * b + b

    assert sum(practice.path_products()) == differentiate.reverse_mode(loss, 3.0) == 140


def test_exercise_7_asks_for_the_slopes_that_reverse_mode_finds():
    def loss(p):
        return (p[0] * p[1] + p[1]) ** 2

    assert practice.walked_back()[2:] == differentiate.reverse_mode(loss, [1.0, 3.0]).tolist()


def test_the_truncation_errors_of_x_cubed_at_2_are_6h_and_h_squared():
    h = Fraction(1, 1000)
    assert (cube(2 + h) - 8) / h - 12 == 6 * h + h**2
    assert practice.central_slope(cube, Fraction(2), h) - 12 == h**2
    assert cube(complex(2, 0.5)).imag / 0.5 - 12 == -(0.5**2)


def test_the_best_steps_predicted_are_met_at_1e_8_and_1e_5():
    step, error = best(lambda h: (cube(2 + h) - cube(2.0)) / h)
    assert step == 1e-8 and error < 1e-7
    step, error = best(lambda h: practice.central_slope(cube, 2.0, h))
    assert step == 1e-5 and error < 5e-10
    eps = np.finfo(float).eps
    assert math.sqrt(8 * eps / 6) == pytest.approx(1.7e-8, rel=0.03)
    assert 6e-6 < (4 * eps) ** (1 / 3) < 1e-5 * 1.1


@pytest.mark.parametrize("function", [math.exp, math.sin, math.atan, lambda x: 1 / (1 + x * x)])
def test_on_other_curves_the_rules_of_thumb_come_within_thirty_times_the_best_error(function):
    slope = {math.exp: math.e, math.sin: math.cos(1), math.atan: 0.5}.get(function, -0.5)
    forward = [abs((function(1 + h) - function(1)) / h - slope) for h in STEPS]
    central = [abs(practice.central_slope(function, 1.0, h) - slope) for h in STEPS]
    assert forward[7] <= 30 * min(forward) + 1e-8  # a lucky zero may be lower
    assert central[4] <= 30 * min(central) + 1e-10


def test_the_step_that_vanishes_measures_the_slope_0():
    assert 2 + 1e-16 == 2
    assert (cube(2 + 1e-16) - cube(2.0)) / 1e-16 == 0
    wrong_from_the_17th_decimal, from_the_15th = 2 + 1e-12, cube(2 + 1e-12)
    assert f"{wrong_from_the_17th_decimal:.17f}" == "2.00000000000100009"
    assert f"{from_the_15th:.15f}" == "8.000000000012001"
    assert np.spacing(2.0) == pytest.approx(4.4e-16, rel=0.02)


@pytest.mark.parametrize("n", [1, 31, 100])
def test_differences_need_n_plus_1_and_2n_evaluations_and_complex_steps_n(n):
    counted = differentiate.count_calls(lambda theta: (theta**2).sum())
    ways = {"forward_difference": n + 1, "central_difference": 2 * n, "complex_step": n}
    for way, calls in ways.items():
        counted.calls = 0
        getattr(differentiate, way)(counted, np.ones(n))
        assert counted.calls == calls
    assert practice.passes_for_31.answer == 62


def width_two(depth):
    sympy = pytest.importorskip("sympy")
    x = sympy.Symbol("x")
    first, second = x, x
    weights = iter(sympy.symbols("w0:28"))
    for _ in range(depth):
        p, q, r, s = [next(weights) for _ in range(4)]
        one, two = p * first + q * second, r * first + s * second
        first, second = sympy.tanh(one), sympy.tanh(two)
    return x, first + second


@pytest.mark.slow
def test_written_out_the_derivative_swells_to_7421_operations_and_sharing_leaves_137():
    x, network = width_two(7)
    assert differentiate.count_operations(network.diff(x)) == (7421, 137)
    assert differentiate.count_operations(network) == (1017, 7 * 8 + 1)


def test_written_out_it_more_than_doubles_with_each_layer_and_sharing_adds_20():
    counts = []
    for depth in range(1, 7):
        x, network = width_two(depth)
        counts.append(differentiate.count_operations(network.diff(x)))
    written, shared = np.array(counts).T
    assert (written[1:] > 2 * written[:-1]).all()
    assert set(np.diff(shared)) == {20}


@pytest.mark.slow
def test_what_is_shared_gives_the_same_number():
    sympy = pytest.importorskip("sympy")
    x, network = width_two(4)
    derivative = network.diff(x)
    parts, [short] = sympy.cse([derivative])
    numbers = {symbol: sympy.Rational(1 + i % 3, 4) for i, symbol in enumerate(sorted(
        network.free_symbols, key=str))}  # fmt: skip
    known = dict(numbers)
    for symbol, part in parts:
        known[symbol] = part.subs(known).evalf(30)
    assert abs(short.subs(known).evalf(20) - derivative.subs(numbers).evalf(20)) < 1e-12


def test_the_paths_through_two_units_a_layer_double_and_the_edges_grow_by_4():
    for depth in (1, 2, 3):
        x, network = width_two(depth)
        assert str(network).count(str(x)) == 2 ** (depth + 1), "each path is an x in the formula"
    for depth, paths, edges in ((2, 8, 10), (7, 256, 30), (20, 2_097_152, 82)):
        assert 2 ** (depth + 1) == paths and 4 * depth + 2 == edges


def test_forward_mode_needs_a_pass_for_each_input_and_reverse_mode_one():
    def smallest_network(p):
        hidden = differentiate.tanh(p[0] * 0.5 + p[1])
        return (p[2] * hidden - 1) ** 2

    start = [0.4, -0.8, 1.5]
    counted = differentiate.count_calls(smallest_network)
    forward = differentiate.forward_mode(counted, start)
    assert counted.calls == 3
    counted.calls = 0
    reverse = differentiate.reverse_mode(counted, start)
    assert counted.calls == 1
    assert forward == pytest.approx(reverse, rel=1e-12)
    assert practice.gradient_by_duals(smallest_network, start) == pytest.approx(reverse, rel=1e-12)
    measured = differentiate.central_difference(smallest_network, start, step=1e-5)
    assert all(practice.relative_error(a, b) < 1e-9 for a, b in zip(reverse, measured))
    assert practice.relative_error(-reverse[1], measured[1]) == pytest.approx(2, abs=1e-3)


def test_a_check_of_abs_at_0_finds_a_kink_whatever_gradient_it_is_given():
    for gradient in (1.0, -1.0, 0.0):
        check = differentiate.check_gradient(abs, 0.0, gradient=gradient)
        assert check.kinks == ("x",) and not check.passed and not check.wrong
    assert practice.central_slope(abs, 0.0, 1e-5) == 0
