"""Contour descent: its table is gradient descent, its angles are angles, and a click is answered exactly."""

import json
import math

import numpy as np
import pytest

from learnkit.landscapes import SURFACES
from learnkit.widgets import contour_descent
from learnkit.widgets.contour import RATES

PLAYER = contour_descent()


def plain_run(x, y, rate, steps):
    for _ in range(steps):
        x, y = x - rate * x / 2, y - rate * 4 * y
    return x, y


@pytest.mark.parametrize("i, j, rate, step", [(0, 0, 0, 20), (2, 6, 1, 9), (5, 1, 2, 5)])
def test_the_table_holds_what_a_plain_loop_computes(i, j, rate, step):
    grid = np.linspace(-3, 3, 9)[1:-1]
    x, y = plain_run(grid[i], grid[j], RATES[rate], step)
    at = i, j, rate, step
    assert PLAYER.arrays["place"][at] == pytest.approx([x, y], abs=0.002)
    assert PLAYER.arrays["height"][at] == pytest.approx(x * x / 4 + 2 * y * y, abs=0.005)
    assert PLAYER.arrays["steepness"][at] == pytest.approx(math.hypot(x / 2, 4 * y), abs=0.005)
    between = math.atan2(-4 * y, -x / 2) - math.atan2(-y, -x)
    assert PLAYER.arrays["angle"][at] == pytest.approx(abs(math.degrees(between)), abs=0.6)


def test_the_ball_starts_exactly_where_the_landscape_says_and_not_at_the_nearest_place():
    run = PLAYER.arrays["place"][0, 5, 1]
    assert tuple(run[0]) == SURFACES["long bowl"].start == (-2.25, 1.5)


def test_at_the_lowest_point_there_is_no_angle():
    assert np.isnan(PLAYER.arrays["angle"][3, 3]).all()


def test_each_learning_rate_shows_another_regime():
    ends = PLAYER.arrays["place"][0, 5, :, -1]
    crawling, smooth, zigzag, diverging = np.hypot(*ends.T)
    assert smooth < crawling and zigzag < 0.1 and diverging > 3


def answer(player, click=None, **values):
    return player._on_change({"rate": 0.1, "x0": -2.25, "y0": 1.5} | values, click)


def test_a_click_is_answered_with_the_exact_run_from_there():
    run = answer(contour_descent(), click=[1.23, -0.77])
    assert run["place_run"][3] == pytest.approx(plain_run(1.23, -0.77, 0.1, 3))
    assert (run["x0"], run["y0"]) == (1.23, -0.77)


def test_another_learning_rate_keeps_the_place_of_the_click_and_another_start_gives_it_up():
    player = contour_descent()
    answer(player, click=[1.23, -0.77])
    assert answer(player, rate=0.45)["place_run"][0] == pytest.approx([1.23, -0.77])
    assert answer(player, x0=0.6)["place_run"][0] == pytest.approx([0.6, 1.5])


def test_a_learner_s_own_function_with_math_in_it_is_descended():
    player = contour_descent(lambda x, y: math.cosh(x) + y * y, start=(1, 1), low=-2, high=2)
    assert repr(player).startswith("A ball dropped on f(x, y) at (")
    assert player.arrays["height"][5, 5, 1, 0] == pytest.approx(math.cosh(1) + 1, abs=0.005)


def test_a_curve_is_refused_with_what_to_take_instead():
    with pytest.raises(ValueError, match="take roll_downhill"):
        contour_descent("bowl")


def test_a_function_without_a_value_somewhere_is_refused():
    with pytest.raises(ValueError, match="from -3 to 3"):
        contour_descent(lambda x, y: math.log(x) + y)


def test_the_sentence_of_text_has_the_numbers_of_the_third_step():
    x, y = plain_run(-2.25, 1.5, 0.1, 3)
    assert f"after 3 steps it is at (−{-x:.2f}, {y:.2f}), height 1.14, where the slope is 1.62" in repr(PLAYER)


@pytest.mark.parametrize("name", SURFACES)
def test_it_adds_less_than_150_kilobytes_to_a_notebook(name):
    assert len(json.dumps(contour_descent(name)._repr_mimebundle_())) < 150_000
