"""The gate for own functions: what is one becomes a landscape, what is none is told why in one
sentence.
"""

import math

import numpy as np
import pytest

from learnkit.autograd.tensor import Tensor
from learnkit.autograd.value import Value
from learnkit.landscapes import Curve, Surface
from learnkit.widgets.descent.ground import as_landscape, number_of_steps, place_on, slider_values


@pytest.mark.parametrize(
    "f, slope",
    [
        (np.sin, math.cos(0.7)),
        (lambda x, a=2: a * x, 2),
        (lambda x: math.cosh(x), math.sinh(0.7)),
        (lambda x: (Value(x) - 1) ** 2, -0.6),
        (lambda x: (Tensor(x) - 1) ** 2, -0.6),
        (lambda w: np.mean((w * np.array([1.0, 2.0, 3.0]) - 2) ** 2), (28 * 0.7 - 24) / 3),
        (lambda x: 1.0, 0),
        (lambda x: 1 if x > 1 else 0, 0),
        (lambda x: 1e-9 * x**2, 1.4e-9),
    ],
)
def test_any_function_that_needs_one_number_is_a_curve(f, slope):
    curve = as_landscape(f)
    assert isinstance(curve, Curve)
    assert curve.derivative(np.array([0.7])) == pytest.approx([slope], rel=1e-5)


@pytest.mark.parametrize(
    "f", [np.hypot, lambda x, y: Value(x) * y, lambda x, y, a=3: a * x + y, lambda x, y: 0 * x + 1]
)
def test_any_function_that_needs_two_numbers_is_a_surface(f):
    surface = as_landscape(f)
    assert isinstance(surface, Surface)
    assert np.isfinite(surface.gradient(np.array([1.0]), np.array([2.0]))).all()


@pytest.mark.parametrize(
    "f, words",
    [
        (lambda x: x**0.5, "from -3 to 3; at x = −3 it is not a number"),
        (lambda x: math.log(x), "at x = −3 it is not a number"),
        (lambda x: 1 / x, "at x = 0 it is infinite"),
        (lambda x, y: np.log(x) + y, "at x = −3, y = −3 it is not a number"),
        (lambda x: x + 1j, "one real number; at x = −1.74 it returned"),
        (lambda x: "high", "one real number; at x = −1.74 it returned 'high'"),
        (lambda x: None, "it returned None"),
        (lambda x: [x, x], "one real number"),
        (lambda x, y, z: 0.0, "needs x, or x and y; this one needs 3"),
        (lambda: 0.0, "this one needs 0"),
        (3, "this is 3"),
    ],
)
def test_what_is_no_landscape_is_refused_in_a_sentence_that_says_why(f, words):
    with pytest.raises((TypeError, ValueError), match=words):
        as_landscape(f)


def test_an_error_of_the_function_itself_is_not_hidden():
    with pytest.raises(NameError):
        as_landscape(lambda x: wait * x)  # noqa: F821  a slip of the pen


@pytest.mark.parametrize("low, high", [(1, 1), (3, -3), (0, np.inf), (np.nan, 1)])
def test_low_lies_below_high(low, high):
    with pytest.raises(ValueError, match="low is the smaller"):
        as_landscape(np.sin, low, high)


def test_a_function_that_jumps_has_the_slope_beside_the_jump():
    stairs = as_landscape(np.floor)
    assert stairs.derivative(np.array([-3.0, 1.0, 2.0, 2.5])).tolist() == [0, 0, 0, 0]
    ramp = as_landscape(lambda x: x + (x > 1))
    assert ramp.derivative(np.array([1.0, 2.0])) == pytest.approx([1, 1])


def test_far_away_a_slope_is_still_a_slope():
    bowl = as_landscape(lambda x: x**2)
    assert bowl.derivative(np.array([1e6, 1e12])) == pytest.approx([2e6, 2e12], rel=1e-6)


def test_the_lowest_point_of_an_own_function_is_found_to_a_thousandth_of_the_picture():
    assert as_landscape(lambda x: (x - 0.777) ** 2).minima == pytest.approx([0.777], abs=0.001)
    assert as_landscape(lambda x, y: (x - 0.777) ** 2 + (y + 1.2345) ** 2).minimum == pytest.approx(
        (0.777, -1.2345), abs=0.003
    )


@pytest.mark.parametrize("steps", [0, -1, 2.5, 101, "ten", None])
def test_steps_are_a_whole_number(steps):
    with pytest.raises(ValueError, match="steps is a whole number from 1 to 100"):
        number_of_steps(steps, 100)


def test_a_value_that_is_asked_for_is_among_the_choices():
    assert slider_values("rate", [0.1, 0.3], 0.2).tolist() == [0.1, 0.2, 0.3]
    assert slider_values("rate", [0.1, 0.3], 0.3).tolist() == [0.1, 0.3]


@pytest.mark.parametrize(
    "values, wanted, words",
    [
        ([0.01, 1.2], 5, "The rate goes from 0.01 to 1.2; this is 5"),
        ([], 1, "at least one"),
        ([0.1, np.nan], 0.1, "finite"),
        (["a"], 0.1, "is a number among numbers"),
    ],
)
def test_a_choice_that_there_is_not_is_refused(values, wanted, words):
    with pytest.raises(ValueError, match=words):
        slider_values("rate", values, wanted)


@pytest.mark.parametrize(
    "ground, place", [("bowl", (1, 2)), ("saddle", 1.0), ("bowl", "here"), ("bowl", np.nan)]
)
def test_a_place_that_is_not_on_the_landscape_is_refused(ground, place):
    with pytest.raises(ValueError, match="A place on this landscape is"):
        place_on(as_landscape(ground), place)
