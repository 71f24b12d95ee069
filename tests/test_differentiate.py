import doctest
import importlib
import math
import random
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from learnkit import Tensor, Value, differentiate
from learnkit.differentiate import (
    Dual,
    central_difference,
    check_gradient,
    complex_step,
    count_calls,
    exp,
    forward_difference,
    forward_mode,
    log,
    relu,
    reverse_mode,
    sigmoid,
    symbolic_formulas,
    symbolic_gradient,
    tanh,
)

NUMERICAL = [forward_difference, central_difference, complex_step]
EXACT = [forward_mode, reverse_mode, symbolic_gradient]
WAYS = NUMERICAL + EXACT
by_name = pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)


def curved(x):
    return (
        sigmoid(x[0]) * tanh(x[1])
        + exp(x[0] * x[1]) / log(x[1] + 3)
        - 2 ** x[0]
        + (x**3).sum()
        + relu(x).sum()
    )


PIXELS, TARGET = [1, 0, 1, 1], [1, 1, 0, 1]
START = [Fraction(tenths, 10) for tenths in (
    2, -5, 1, -3, 4, -2, 1, 3, 5, -4, 2, -1,  # W1, a row for each pixel
    1, -1, 0,  # b1
    7, -2, 1, -4, 3, 5, -6, -3, 2, -4, 1, -5,  # W2, a row for each hidden unit
    0, 1, -1, 0,  # b2
)]  # fmt: skip
ON_THE_KINK = ("x[0]", "x[6]", "x[9]", "x[12]")


def flip_loss(p):
    """The loss of the 31-parameter network whose first hidden unit sits exactly on the kink of
    its ReLU.
    """
    hidden = [relu(p[12 + j] + sum(p[3 * i + j] * PIXELS[i] for i in range(4))) for j in range(3)]
    output = [p[27 + k] + sum(p[15 + 4 * j + k] * hidden[j] for j in range(3)) for k in range(4)]
    return sum((o - y) ** 2 for o, y in zip(output, TARGET)) / 4


# The six ways, one interface


@by_name
def test_every_way_finds_the_same_gradient(way):
    expected = central_difference(curved, [0.3, -0.7])
    assert way(curved, [0.3, -0.7]) == pytest.approx(expected, rel=1e-6)


@by_name
def test_every_way_finds_the_slope_of_a_function_of_one_number(way):
    slope = way(lambda x: x**3 - 2 / x, 2)
    assert type(slope) is float
    assert slope == pytest.approx(12.5, rel=1e-6)


@by_name
def test_the_gradient_has_the_shape_of_x(way):
    gradient = way(lambda w: (w @ w).sum(), [[1.0, 2.0], [3.0, 4.0]])
    assert gradient == pytest.approx(np.array([[7.0, 11.0], [9.0, 13.0]]), rel=1e-6)


@by_name
def test_an_input_that_plays_no_part_has_slope_zero(way):
    assert way(lambda x: x[0] ** 2, [3.0, 5.0]) == pytest.approx(np.array([6.0, 0.0]), rel=1e-6)


@by_name
def test_the_point_is_left_as_it_was(way):
    x = np.array([1.0, 2.0])

    def careless(x):
        result = x[0] * x[1]
        x[0] = x[1]
        return result

    assert way(careless, x) == pytest.approx(np.array([2.0, 1.0]), rel=1e-6)
    assert x.tolist() == [1.0, 2.0]


@pytest.mark.parametrize(
    "way", [way for way in WAYS if way is not complex_step], ids=lambda way: way.__name__
)
def test_a_function_without_x_has_gradient_zero(way):
    assert way(lambda x: 3.0, [1.0, 2.0]).tolist() == [0.0, 0.0]


@pytest.mark.parametrize("way", EXACT, ids=lambda way: way.__name__)
def test_fractions_stay_fractions(way):
    rational = lambda x: (x[0] / x[1] - 3) ** 2 / 7 + relu(x[1] - x[0]) - x[0] ** -2
    a, b = Fraction(1, 3), Fraction(2, 5)
    inner = a / b - 3
    expected = [2 * inner / b / 7 - 1 + 2 / a**3, -2 * inner * a / b**2 / 7 + 1]
    gradient = way(rational, [a, b])
    assert gradient.tolist() == expected
    assert all(type(slope) is Fraction for slope in gradient)


# The evaluations each way needs


@pytest.mark.parametrize(
    "way, calls",
    list(zip(WAYS, [32, 62, 31, 31, 1, 1])),
    ids=lambda case: getattr(case, "__name__", str(case)),
)
def test_31_parameters_cost_each_way_its_own_number_of_evaluations(way, calls):
    counted = count_calls(flip_loss)
    way(counted, START)
    assert counted.calls == calls


# Numerical: truncation against round-off


def errors_of(way, steps):
    """The median over many points, since at a single one an error may be small by luck."""
    points = np.linspace(0.5, 1.5, 41)
    return np.array(
        [np.median([abs(way(np.exp, x, step) - math.exp(x)) for x in points]) for step in steps]
    )


@pytest.mark.parametrize(
    "way, best, order", [(forward_difference, 1e-8, 1), (central_difference, 1e-5, 2)]
)
def test_the_error_over_the_step_is_a_v(way, best, order):
    steps = 10.0 ** -np.arange(1, 15)
    errors = errors_of(way, steps)
    assert best / 30 < steps[errors.argmin()] < best * 30
    assert errors[0] > 1e4 * errors.min() and errors[-1] > 1e4 * errors.min()
    # truncation: a tenth of the step
    assert errors[0] / errors[1] == pytest.approx(10**order, rel=0.1)


def test_two_sides_reach_more_digits_than_one():
    steps = 10.0 ** -np.arange(1, 15)
    assert (
        errors_of(central_difference, steps).min() < errors_of(forward_difference, steps).min() / 10
    )


def test_a_complex_step_of_any_small_size_gives_every_digit():
    assert (errors_of(complex_step, [1e-10, 1e-20, 1e-100, 1e-200]) <= 2 * math.ulp(math.e)).all()


# Dual


OPERATIONS = [
    lambda a, b: a + b,
    lambda a, b: a - b,
    lambda a, b: a * b,
    lambda a, b: a / (b * b + 1),
    lambda a, b: 2 - a,
    lambda a, b: 1 / (a * a + 2),
    lambda a, b: -a,
    lambda a, b: a**3,
    lambda a, b: a.relu() + b,
]
CURVED = [
    lambda a, b: a.tanh().exp(),
    lambda a, b: a.sigmoid() * b,
    lambda a, b: (a * a + 1).log(),
    lambda a, b: (a * a + 1) ** b.tanh(),
    lambda a, b: 2 ** a.tanh(),
    lambda a, b: (a * a + 1) ** 0.5,
]


def random_expression(seed, operations):
    def function(x):
        chance, numbers = random.Random(seed), list(x)
        for _ in range(8):
            numbers.append(
                chance.choice(operations)(chance.choice(numbers), chance.choice(numbers))
            )
        return numbers[-1] * numbers[-2] + numbers[-3]

    return function


@pytest.mark.parametrize("seed", range(25))
def test_duals_and_values_agree_on_random_expressions(seed):
    function = random_expression(seed, OPERATIONS + CURVED)
    x = [random.Random(seed).uniform(-1.5, 1.5) for _ in range(3)]
    assert forward_mode(function, x) == pytest.approx(
        reverse_mode(function, x), rel=1e-9, abs=1e-12
    )


@pytest.mark.parametrize("seed", range(25))
def test_duals_and_values_agree_exactly_on_random_fractions(seed):
    function = random_expression(seed, OPERATIONS)
    x = [Fraction(random.Random(seed + i).randint(-9, 9), 7) for i in range(3)]
    assert forward_mode(function, x).tolist() == reverse_mode(function, x).tolist()


def test_a_dual_carries_its_slope_through_every_operator_from_both_sides():
    x = Dual(3.0, 1)
    results = [
        x + 2,
        2 + x,
        x - 2,
        2 - x,
        2 * x,
        x / 2,
        6 / x,
        x**2,
        2**x,
        -x,
        np.float64(2) * x,
        np.int64(6) / x,
    ]
    assert [r.value for r in results] == [5, 5, 1, -1, 6, 1.5, 2, 9, 8, -3, 6, 2]
    slopes = [1, 1, 1, -1, 2, 0.5, -2 / 3, 6, 8 * math.log(2), -1, 2, -2 / 3]
    assert [r.slope for r in results] == pytest.approx(slopes)


@pytest.mark.parametrize("x", [-1000.0, -2.0, 0.0, 2.0, 1000.0])
@pytest.mark.parametrize("name", ["exp", "tanh", "sigmoid", "relu"])
def test_a_dual_has_the_same_slope_as_a_value_everywhere(name, x):
    dual, value = getattr(Dual(x, 1), name)(), Value(x)
    result = getattr(value, name)()
    result.backward()
    assert (dual.value, dual.slope) == (result.data, value.grad)


def test_powers_of_zero_have_the_slopes_of_the_limit():
    zero = Dual(0.0, 1)
    assert [(zero**n).slope for n in (0, 1, 2, 0.5)] == [0, 1, 0, math.inf]


# Symbolic


def test_formulas_are_in_the_symbols_of_the_entries():
    assert [str(formula) for formula in symbolic_formulas(lambda x: x[0] * x[1] ** 2, [1, 2])] == [
        "x1**2",
        "2*x0*x1",
    ]
    assert str(symbolic_formulas(lambda x: x**3, 1)) == "3*x**2"


def test_symbols_and_values_agree_exactly_on_the_31_parameters():
    gradient = symbolic_gradient(flip_loss, START)
    assert (
        gradient.tolist()
        == reverse_mode(flip_loss, START).tolist()
        == forward_mode(flip_loss, START).tolist()
    )
    assert np.count_nonzero(gradient) == 12


def test_sympy_is_loaded_only_when_a_formula_is_asked_for():
    code = "import sys, learnkit.differentiate; print('sympy' in sys.modules)"
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=240
    )
    assert result.stdout == "False\n"


# Functions for every kind of number


@pytest.mark.parametrize("z", [-2.5, 0.0, 1.5])
@pytest.mark.parametrize(
    "function", [relu, exp, tanh, sigmoid], ids=lambda function: function.__name__
)
def test_a_function_gives_the_same_for_every_kind_of_number(function, z):
    expected = function(z)
    assert function(Value(z)).data == pytest.approx(expected)
    assert function(Dual(z, 1)).value == pytest.approx(expected)
    assert function(Tensor(z)).item() == pytest.approx(expected)
    assert function(complex(z)) == pytest.approx(complex(expected))
    assert float(function(Fraction(z))) == pytest.approx(expected)
    assert function(np.array([z, 1.0]))[0] == pytest.approx(expected)
    assert function(np.array([Value(z), 1.0], dtype=object))[0].data == pytest.approx(expected)
    assert float(function(pytest.importorskip("sympy").Float(z))) == pytest.approx(expected)


def test_relu_keeps_fractions_exact_and_nan_visible():
    assert relu(Fraction(-1, 3)) == 0 and relu(Fraction(1, 3)) == Fraction(1, 3)
    assert math.isnan(relu(math.nan)) and np.isnan(relu(np.array([math.nan]))).all()


def test_relu_of_complex_numbers_goes_by_the_real_part():
    assert relu(np.array([1 + 2j, -1 + 2j])).tolist() == [1 + 2j, 0]


def test_the_sigmoid_of_huge_numbers_overflows_nowhere():
    with np.errstate(all="raise", under="ignore"):
        assert sigmoid(np.array([-1000.0, 1000.0])).tolist() == [0.0, 1.0]


# Gradient checking


def test_a_right_gradient_passes_and_a_halved_one_is_named():
    squares = lambda x: (x * x).sum()
    assert check_gradient(squares, [1.0, 2.0]).passed
    check = check_gradient(
        squares, [1.0, 2.0, 0.0], gradient=[2.0, 2.0, 0.0], names=["a", "b", "c"]
    )
    assert not check.passed
    assert (check.wrong, check.worst) == (("b",), "b")
    assert (
        str(check)
        == "Gradient check failed: 2 of 3 compared entries agree to a relative error of 1e-05.\n"
        "The largest relative error is 0.5, at b.\n"
        "entry  gradient  central  behind  ahead\n    "
        "b         2        4       4      4  wrong"
    )


@pytest.mark.parametrize("rounding", [0.0, 2.8e-17, -2.8e-17])
def test_a_central_difference_at_the_kink_reports_the_mean_of_the_two_sides(rounding):
    x = np.array(START, dtype=float)
    x[12] = rounding - (x[0] + x[6] + x[9])  # now the first hidden unit sits there
    check = check_gradient(flip_loss, x, gradient=reverse_mode(flip_loss, START))
    assert check.kinks == ON_THE_KINK
    assert check.gradient[check.at_kink].tolist() == [0, 0, 0, 0]
    assert check.behind[check.at_kink] == pytest.approx(0, abs=1e-9)
    assert check.ahead[check.at_kink] == pytest.approx(0.0425, rel=1e-3)
    assert check.central[check.at_kink] == pytest.approx(0.02125, rel=1e-3)
    assert check.passed and check.wrong == ()


def test_the_report_shows_both_sides_of_a_kink():
    check = check_gradient(flip_loss, START, gradient=reverse_mode(flip_loss, START))
    assert (
        str(check)
        == "Gradient check passed: 27 of 27 compared entries agree to a relative error of"
        " 1e-05.\n4 entries sit on a kink: the slopes on its two sides differ, a central "
        "difference reports\ntheir mean, and comparing with it means nothing.\nentry  gradient  "
        "central  behind   ahead\n x[0]         0  0.02125       0  0.0425  kink\n x[6]         "
        "0  0.02125       0  0.0425  kink\n x[9]         0  0.02125       0  0.0425  "
        "kink\nx[12]         0  0.02125       0  0.0425  kink"
    )


def test_a_kink_does_not_hide_a_wrong_entry():
    gradient = 2 * reverse_mode(flip_loss, START)
    check = check_gradient(flip_loss, START, gradient=gradient)
    assert len(check.kinks) == 4 and len(check.wrong) == 12 and not check.passed
    assert str(check).endswith("and 4 more")


def test_the_array_engine_is_checked_when_no_gradient_is_named():
    check = check_gradient(
        lambda w: ((w @ [[1.0], [2.0]] - 3).tanh() ** 2).mean(), [[0.5, 0.2], [-0.3, 0.8]]
    )
    assert check.passed and check.names == ("x[0, 0]", "x[0, 1]", "x[1, 0]", "x[1, 1]")


def test_where_nothing_can_be_compared_the_check_does_not_pass():
    check = check_gradient(relu, 0.0)
    assert (check.passed, check.kinks, check.worst) == (False, ("x",), None)
    assert str(check).startswith("Gradient check compared nothing.\n1 entry sits on a kink")


def test_a_gradient_that_is_not_a_number_is_wrong():
    check = check_gradient(lambda x: (x * x).sum(), [1.0, 2.0], gradient=[math.nan, 4.0])
    assert check.wrong == ("x[0]",) and check.worst == "x[0]"
    assert "relative error is nan, at x[0]" in str(check)


@pytest.mark.parametrize("distance", [0.0, 1e-9, 3e-7, 2e-6, 9e-6])
def test_a_kink_within_a_step_is_found_on_any_curve(distance):
    assert check_gradient(lambda x: relu(x) + exp(x), distance).kinks == ("x",)


@pytest.mark.parametrize(
    "smooth",
    [
        lambda x: exp(20 * x).sum(),
        lambda x: (x**4).sum() + 1e3,
        lambda x: sigmoid(30 * x).sum(),
        lambda x: 1e6 * tanh(x).sum(),
        lambda x: 1e-6 * (x**3).sum(),
        lambda x: ((x - 1) ** 2).sum(),
        lambda x: 0 * x.sum() + 5,
    ],
)
@pytest.mark.parametrize("scale", [0.0, 1e-3, 1.0, 5.0])
def test_a_smooth_function_passes_and_has_no_kinks_however_curved(smooth, scale):
    x = 1 + scale * np.random.default_rng(7).normal(size=8)
    check = check_gradient(smooth, x)
    assert check.passed and check.kinks == ()


def test_inputs_in_the_millions_do_not_look_like_kinks():
    assert check_gradient(lambda x: (x * x).sum(), [3e6, -1e7, 2.0]).passed


# What is refused, and how


@pytest.mark.parametrize(
    "attempt, error, sentence",
    [
        (
            lambda: central_difference(lambda x: x * 2, [1.0, 2.0]),
            TypeError,
            r"one real number, not a ndarray of shape",
        ),
        (
            lambda: reverse_mode(lambda x: list(x), [1.0, 2.0]),
            TypeError,
            r"list of shape \(2,\); take its sum or mean",
        ),
        (
            lambda: forward_mode(lambda x: None, 1.0),
            TypeError,
            "returned None; does it end in a return",
        ),
        (
            lambda: central_difference(lambda x: 1j * x, 1.0),
            TypeError,
            "one real number, not a complex",
        ),
        (
            lambda: central_difference(lambda x: x, 1.0, step=0),
            ValueError,
            "step must be a small positive.*this is 0",
        ),
        (
            lambda: complex_step(lambda x: x, 1.0, step=-1e-5),
            ValueError,
            "step must be a small positive",
        ),
        (
            lambda: forward_difference(lambda x: x, 1.0, "1e-5"),
            ValueError,
            "step must be a small positive",
        ),
        (
            lambda: check_gradient(lambda x: x, 1.0, step=math.nan),
            ValueError,
            "step must be a small positive",
        ),
        (
            lambda: central_difference(lambda x: x, "3"),
            TypeError,
            "x must hold real numbers.*a str",
        ),
        (
            lambda: central_difference(lambda x: x, 1j),
            TypeError,
            "x must hold real numbers.*a complex",
        ),
        (
            lambda: reverse_mode(lambda x: x[0][0], [[1.0, 2.0], [3.0]]),
            TypeError,
            "rows of equal length.*a list",
        ),
        (
            lambda: reverse_mode(lambda x: x, Value(1.0)),
            TypeError,
            "x must hold real numbers.*a Value",
        ),
        (
            lambda: complex_step(abs, 1.0),
            TypeError,
            "lost the imaginary part.*take central_difference",
        ),
        (
            lambda: complex_step(lambda x: math.exp(x[0]), [1.0]),
            TypeError,
            "lost the imaginary part",
        ),
        (
            lambda: complex_step(lambda x: max(x, 0), 1.0),
            TypeError,
            "does not run on complex numbers.*with relu",
        ),
        (
            lambda: reverse_mode(math.exp, 1.0),
            TypeError,
            "does not run on Values.*learnkit.differentiate",
        ),
        (
            lambda: forward_mode(lambda x: max(x, 0), 1.0),
            TypeError,
            "does not run on Duals.*with relu",
        ),
        (
            lambda: symbolic_gradient(lambda x: max(x, 0), 1.0),
            TypeError,
            "does not run on symbols.*with relu",
        ),
        (
            lambda: central_difference(lambda x: x.tanh(), 1.0),
            TypeError,
            "does not run on floats.*tanh",
        ),
        (
            lambda: symbolic_gradient(lambda x: x ** Fraction(1, 2), -1),
            ValueError,
            "no real value at this x",
        ),
        (lambda: Dual("3"), TypeError, "single real numbers, not with a str"),
        (lambda: Dual(1.0) * np.ones(2), TypeError, "single real numbers, not with a ndarray"),
        (lambda: Dual(-1.0) ** 0.5, ValueError, "negative base needs a whole number"),
        (lambda: Dual(-1.0) ** Dual(2.5), ValueError, "negative base needs a whole number"),
        (lambda: Dual(0.0).log(), ValueError, "log needs a positive number; this is 0.0"),
        (
            lambda: check_gradient(math.exp, 1.0),
            TypeError,
            r"does not run on a Tensor.*gradient=reverse_mode",
        ),
        (
            lambda: check_gradient(lambda x: x * 2, [1.0, 2.0]),
            ValueError,
            "backward.. starts from a single number",
        ),
        (
            lambda: check_gradient(np.sum, [1.0, 2.0], [1.0]),
            ValueError,
            r"shape \(1,\), but x has shape \(2,\)",
        ),
        (
            lambda: check_gradient(np.sum, [1.0], np.sum),
            TypeError,
            "gradient must hold real numbers",
        ),
        (
            lambda: check_gradient(np.sum, [1.0], [1.0], names=["a", "b"]),
            ValueError,
            "2 names for the 1 entries",
        ),
    ],
)
def test_what_cannot_work_is_refused_in_one_sentence(attempt, error, sentence):
    with pytest.raises(error, match=sentence):
        attempt()


def test_the_examples_in_the_docstrings_are_true():
    folder = Path(differentiate.__file__).parent
    modules = [
        importlib.import_module(f"learnkit.differentiate.{file.stem}")
        for file in folder.glob("[a-z]*.py")
    ]
    results = [doctest.testmod(module) for module in (differentiate, *modules)]
    assert sum(result.attempted for result in results) >= 9
    assert sum(result.failed for result in results) == 0


def test_a_wrong_gradient_of_large_numbers_is_found_by_steps_as_large():
    assert not check_gradient(lambda x: (x * x).sum(), [1e10], gradient=[4e10]).passed
    assert not check_gradient(lambda x: (x * x).sum(), [1e12, 2.0], gradient=[0, 0]).passed
    assert check_gradient(lambda x: (x * x).sum(), [1e10], gradient=[2e10]).passed


def test_a_slope_that_round_off_hides_is_called_lost_and_not_right():
    check = check_gradient(lambda x: (x * x).sum() + 1e20, [1.0], gradient=[77.0])
    assert (
        not check.passed
        and check.unmeasured == ("x[0]",)
        and check.wrong == ()
        and check.worst is None
    )
    assert "1 entry is lost in round-off" in repr(check) and "compared nothing" in repr(check)


def test_a_step_that_vanishes_beside_x_and_a_gradient_that_is_none_are_refused():
    with pytest.raises(ValueError, match="vanishes beside these x"):
        check_gradient(lambda x: (x**3).sum(), [1.0], step=1e-20, gradient=[77.0])
    with pytest.raises(ValueError, match="has backward.. been called"):
        check_gradient(lambda x: x.sum(), [1.0], gradient=Tensor([1.0]).grad)


def test_tensors_will_do_as_point_and_as_gradient():
    assert check_gradient(
        lambda x: (x * x).sum(), Tensor([1.0, 2.0]), gradient=Tensor([2.0, 4.0])
    ).passed


@pytest.mark.parametrize(
    "function, x",
    [
        (lambda x: x**2, 1e200),
        (lambda x: x**3, 1e-120),
        (lambda x: exp(x), 709.781),
        (lambda x: x * 2, math.inf),
        (lambda x: relu(x), math.inf),
        (lambda x: relu(x), -math.inf),
    ],
)
def test_forward_and_reverse_mode_agree_at_the_edges_of_what_a_float_can_hold(function, x):
    assert forward_mode(function, x) == reverse_mode(function, x)


def test_a_logarithm_without_a_real_value_is_refused_on_every_kind_of_number():
    for way in (central_difference, complex_step, forward_mode, reverse_mode):
        with pytest.raises(ValueError, match="log needs (a )?positive number"):
            way(log, -1.0)


def test_a_forward_difference_looks_ahead():
    assert forward_difference(relu, 0.0) == pytest.approx(1.0)


@by_name
@pytest.mark.parametrize(
    "arrange",
    [np.asfortranarray, lambda a: a[::-1].copy()[::-1], lambda a: a.repeat(2, 1)[:, ::2]],
)
def test_how_the_numbers_lie_in_memory_changes_nothing(way, arrange):
    x = np.array([[0.5, 1.0, 1.5], [2.0, 0.7, 1.2]])

    def function(x):
        return (x[0] * x[1] * x[1]).sum() + x[1, 2] ** 3

    np.testing.assert_array_equal(way(function, arrange(x)), way(function, x))


# Steps that vanish, slopes that got lost, measurements that cannot judge


@pytest.mark.parametrize("x", [1.0, 99.0, 1e3, 1e4, 6e4])
def test_a_forward_difference_is_right_or_refused_however_large_x_is(x):
    assert forward_difference(lambda x: 3 * x, x) == pytest.approx(3, rel=5e-3)
    with pytest.raises(ValueError, match="is lost in rounding beside x = .*take a larger one"):
        forward_difference(lambda x: 3 * x, x * 1e5)


@pytest.mark.parametrize("x", [1.0, 1e3, 1e5, 6e7])
def test_a_central_difference_is_right_or_refused_however_large_x_is(x):
    assert central_difference(lambda x: 3 * x, x) == pytest.approx(3, rel=5e-3)
    with pytest.raises(ValueError, match="is lost in rounding"):
        central_difference(lambda x: 3 * x, x * 1e12)
    assert central_difference(lambda x: 3 * x, x * 1e12, step=1e7 * x) == pytest.approx(3, rel=1e-3)


@pytest.mark.parametrize("size", [1e9, 1e17, 1e300])
def test_a_slope_that_the_function_s_own_size_hides_is_refused_and_not_zero(size):
    with pytest.raises(ValueError, match="rounding alone could make"):
        forward_difference(lambda x: x + size, 1.0)


@pytest.mark.parametrize("way", [forward_difference, central_difference])
@pytest.mark.parametrize(
    "x, step", [(1.0, 1e-17), (0.75, 1e-17), (1e20, 1e-5), (math.inf, 1e-5), (math.nan, 1e-5)]
)
def test_a_step_that_vanishes_is_refused(way, x, step):
    with pytest.raises(ValueError, match="lost in rounding|No step can be taken"):
        way(lambda x: x**2, x, step=step)


@pytest.mark.parametrize("way", NUMERICAL, ids=lambda way: way.__name__)
@pytest.mark.parametrize("step", [1e20, 2.0, True])
def test_a_step_larger_than_x_is_refused(way, step):
    with pytest.raises(ValueError, match="small positive number"):
        way(lambda x: x**2, 1.0, step=step)


@pytest.mark.filterwarnings("ignore:divide by zero")
def test_a_function_that_ends_within_a_step_has_no_difference():
    with pytest.raises(ValueError, match="gives -inf within a step"):
        central_difference(np.log, 1e-5)


@pytest.mark.parametrize("x", [1e-3, 1e-25, -1e-200])
def test_a_complex_step_is_right_beside_the_smallest_x(x):
    assert complex_step(lambda x: x * x * x + x * x, x) == pytest.approx(
        3 * x * x + 2 * x, rel=1e-12
    )


@pytest.mark.parametrize("way", EXACT, ids=lambda way: way.__name__)
def test_an_infinite_slope_times_zero_is_zero_in_every_way(way):
    assert way(lambda x: x * x**0.5, 0.0) == 0


@pytest.mark.parametrize("way", [forward_mode, reverse_mode])
def test_an_infinite_slope_along_one_input_leaves_the_other_alone(way):
    assert way(lambda x: x[0] ** 0.5 + x[1], [0.0, 1.0]).tolist() == [math.inf, 1.0]


@pytest.mark.parametrize(
    "base, exponent", [(0.0, 2.0), (0.0, 0.0), (0.0, 1.0), (-2.0, 3.0), (-2.0, 2.0), (-2.0, -1.0)]
)
def test_duals_and_values_agree_on_powers_at_zero_and_below(base, exponent):
    ways = [way(lambda x: x[0] ** x[1], [base, exponent]) for way in (forward_mode, reverse_mode)]
    np.testing.assert_array_equal(*ways)


def outside(x):
    return x.data**2


READING = [
    (reverse_mode, lambda x: x.data**2),
    (reverse_mode, lambda x: x.data * x),
    (reverse_mode, lambda x: (2 * x).data ** 2 + x),
    (reverse_mode, lambda x: outside(x) + x),
    (reverse_mode, count_calls(lambda x: sum(entry.data for entry in [x, x]) ** 2)),
    (forward_mode, lambda x: x.value**2),
    (forward_mode, lambda x: x * (3 * x).value),
    (complex_step, lambda x: x.real**2 + 0 * x),
    (complex_step, lambda x: (x * x.conjugate()) * x),
    (complex_step, lambda x: abs(x) ** 2 + x),
]


@pytest.mark.parametrize("way, function", READING)
def test_a_function_that_computes_with_a_plain_number_is_refused_and_not_given_slope_zero(
    way, function
):
    with pytest.raises(
        TypeError, match="a plain number without a slope: along x .* finds .*Compute with x itself"
    ):
        way(function, 3.0)


def test_a_plain_number_may_be_read_to_decide():
    assert reverse_mode(lambda x: x * x if x.data > 0 else -x, 3.0) == 6
    assert forward_mode(lambda x: x * x if x.value > 0 else -x, -3.0) == -1


def test_something_else_of_the_learner_s_may_have_a_value():
    class Settings:
        value, data = 2.0, [1.0]

    assert reverse_mode(lambda x: x * Settings.value + Settings.data[0], 3.0) == 2


@pytest.mark.parametrize(
    "function",
    [
        lambda x: (x.data**2).sum(),
        lambda x: Tensor(x.data**2).sum(),
        lambda x: sum(float(row) ** 2 for row in x),
    ],
)
def test_a_gradient_check_refuses_a_function_that_leaves_the_tensor(function):
    with pytest.raises(TypeError, match="does not run on a Tensor from end to end"):
        check_gradient(function, [1.0, 2.0])


@pytest.mark.parametrize("x", [1e-6, 1e-5, 1.05e-5, 1.5e-5])
@pytest.mark.parametrize("function", [np.log, log])
@pytest.mark.parametrize("factor", [1, 0.5])
def test_a_slope_that_a_step_is_too_coarse_for_is_not_judged(function, x, factor):
    check = check_gradient(function, x, factor / x)
    assert (check.passed, check.wrong, check.unmeasured) == (False, (), ("x",))
    assert "cannot be judged: within a step of 1e-05 the function bends" in str(check)
    assert f"{factor / x:.4g}" in str(check)


def test_a_finer_step_judges_it():
    assert check_gradient(np.log, 1e-5, 1e5, step=1e-8).passed
    assert check_gradient(np.log, 1e-5, 5e4, step=1e-8).wrong == ("x",)


SINGLE = [
    lambda x: np.float32(x) ** 2,
    lambda x: float(np.float32(x) ** 2),
    lambda x: float(np.asarray(x, dtype=np.float32) ** 2 * np.float32(1)),
]


@pytest.mark.parametrize("function", SINGLE)
@pytest.mark.parametrize("x", [1.3, -0.7, 2.0, 11.1])
def test_a_function_of_few_digits_has_no_kink_and_is_judged_by_a_larger_step(function, x):
    for gradient in (2 * x, x):
        check = check_gradient(function, x, gradient)
        assert check.kinks == () and check.wrong == () and check.unmeasured == ("x",)
    assert check_gradient(function, x, 2 * x, step=1e-2, tolerance=1e-3).passed
    assert check_gradient(function, x, x, step=1e-2, tolerance=1e-3).wrong == ("x",)


def test_a_tolerance_of_zero_allows_only_what_measuring_leaves_open():
    assert check_gradient(lambda x: x * x, 2.0, 4.0, tolerance=0).passed
    assert check_gradient(lambda x: x * x, 2.0, 3.999, tolerance=0).wrong == ("x",)


@pytest.mark.parametrize("tolerance", [-1e-5, math.nan, math.inf, 1.0, "small", None, True])
def test_a_tolerance_that_is_no_part_of_the_slope_is_refused(tolerance):
    with pytest.raises(ValueError, match="A tolerance is a number from 0 up to 1"):
        check_gradient(lambda x: x * x, 2.0, 4.0, tolerance=tolerance)


@pytest.mark.parametrize("scale", [1e-9, 1e-3, 1.0, 1e6, 1e9])
def test_the_scale_of_a_function_changes_no_verdict(scale):
    at = [1e-3, 1.0, -2.0]
    right = 2 * scale * np.array(at)
    assert check_gradient(lambda x: scale * (x * x).sum(), at, right).passed
    assert check_gradient(lambda x: scale * (x * x).sum(), at, right / 2).wrong == (
        "x[0]",
        "x[1]",
        "x[2]",
    )
