"""Contour descent: its table is gradient descent, its angles are angles, and a click is answered
exactly.
"""

import json
import math

import numpy as np
import pytest
from steps import told_at

from learnkit.landscapes import SURFACES
from learnkit.painter.expressions import expression, template
from learnkit.painter.numbers import digits
from learnkit.widgets import contour_descent
from learnkit.widgets.descent.contour import RATES

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
    truth = {"height": x * x / 4 + 2 * y * y, "steepness": math.hypot(x / 2, 4 * y)}
    for name, number in truth.items():
        assert digits(PLAYER.arrays[name][at], ".2f") == digits(number, ".2f")
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


def test_an_answer_remembers_no_place_of_another_view():
    player = contour_descent()
    answer(player, click=[1.23, -0.77])
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
    assert (
        f"after 3 steps it is at (−{-x:.2f}, {y:.2f}), height 1.14, where the slope is 1.62"
        in told_at(contour_descent(), 3)
    )


@pytest.mark.every(4)
@pytest.mark.parametrize("name", SURFACES)
def test_every_named_surface_adds_less_than_90_kilobytes_to_a_notebook(name):
    assert len(json.dumps(contour_descent(name)._repr_mimebundle_())) < 90_000


def at_step(player, step, text):
    player.lens.state["frame"] = step
    return player.lens.words(template(text))


def test_a_ball_that_left_the_map_is_told_where_it_is():
    player = contour_descent(lambda x, y: x**2 + 5 * y**2, start=(-2.4, 1.8), rates=[0.6])
    for step in range(7):
        x = -2.4 * (-0.2) ** step
        assert float(at_step(player, step, "{x}").replace("−", "-")) == pytest.approx(x, abs=0.006)
        y = 1.8 * (-5.0) ** step
        assert float(at_step(player, step, "{y}").replace("−", "-")) == pytest.approx(y, rel=1e-6)
        if step < 4:
            assert float(player.lens.evaluate(expression("height_now"))) == pytest.approx(
                x * x + 5 * y * y, rel=1e-3
            )
    assert at_step(player, 20, "{y}, {height_now}; {told_angle}") == "1.72e+14, 1.47e+29; –"


def test_where_it_is_level_no_angle_is_told_and_where_it_points_straight_it_says_so():
    level = contour_descent(lambda x, y: 0 * x + 1)
    assert "and the ground is level." in repr(level) and "ground is level" in level.lens.words(
        template("{aimed}")
    )
    round_bowl = contour_descent(lambda x, y: x**2 + y**2)
    assert "points almost straight at the lowest point" in at_step(round_bowl, 0, "{aimed}")
    assert "points 46° away" in at_step(contour_descent(), 0, "{aimed}")


def test_the_answer_of_python_tells_the_exact_place():
    run = answer(contour_descent(), click=[1.23, -0.77])
    assert run["outside_run"].tolist() == [0] * 21 and run["place_run"][0] == pytest.approx(
        [1.23, -0.77]
    )
    assert run["aim_run"].shape == (21,)


@pytest.mark.parametrize(
    "options, words",
    [
        ({"start": (9, 9)}, "start's x goes from -3 to 3; this is 9"),
        ({"start": 3}, "two numbers; this is 3"),
        ({"rate": 0.9}, "from 0.02 to 0.52; this is 0.9"),
        ({"rates": []}, "at least one"),
        ({"rates": np.linspace(0, 1, 10_000)}, "at most 20 numbers; these are 10000"),
        ({"steps": 61}, "from 1 to 60"),
    ],
)
def test_what_it_cannot_show_is_refused(options, words):
    with pytest.raises(ValueError, match=words):
        contour_descent(**options)


def test_a_start_and_a_rate_between_the_sliders_values_are_taken_as_they_are():
    player = contour_descent(start=(0.3, 0.7), rate=0.2, steps=1)
    assert "at (0.30, 0.70) with learning rate 0.20: after 0 steps" in repr(player)


@pytest.mark.parametrize("steps", [24, 45, 60])
def test_long_runs_fit_into_a_notebook_too(steps):
    made = contour_descent("winding valley", start=(0.3, 0.7), steps=steps)
    assert len(json.dumps(made._repr_mimebundle_())) < 150_000


def test_nothing_is_told_of_the_run_before_it_has_come_there():
    player = contour_descent()
    assert repr(player) == told_at(player, 0) and "after 0 steps" in repr(player)
    for frame in (0, 5, 20):
        player.lens.state["frame"] = frame
        lines = [
            layer["at"]
            for panel in player.scene["panels"]
            for layer in panel["layers"]
            if layer["draw"] in ("curve", "trails") and "frame" in str(layer["at"])
        ]
        assert len(lines) == 4
        for at in lines:
            columns = at if isinstance(at, list) else [at]
            assert {len(player.lens.evaluate(column)) for column in columns} == {frame + 1}


def test_the_ball_is_a_handle_that_sets_both_starts():
    [handle] = contour_descent().scene["panels"][0]["handles"]
    assert handle["sets"] == ["x0", "y0"]


def test_status_readouts_and_sentence_tell_the_same_numbers_at_every_step():
    player = contour_descent()
    for frame in range(21):
        said, status = told_at(player, frame), player.lens.words(player.scene["status"])
        for text in ("({x}, {y})", "height {height_now:.2f}", "slope {steepness_now:.2f}"):
            assert player.lens.words(template(text)) in status
        height = player.lens.words(template("height {height_now:.2f}"))
        assert height in said
