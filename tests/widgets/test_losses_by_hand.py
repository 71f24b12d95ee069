"""An outlier, a forecast and a box, moved by hand: what is shown is what the losses say."""

import numpy as np
import pytest

from learnkit import losses
from learnkit.widgets import drag_box, drag_outlier, explore_surprise
from learnkit.widgets.loss.fits import LOSSES, fitted_line, loss_of_errors, pull_of_errors

X = np.array([0.0, 1.0, 2.0, 3.0, 4.0])
Y = np.array([1.0, 2.2, 2.9, 4.1, 5.0])
OURS = {
    "squared": losses.mse_loss,
    "absolute": losses.l1_loss,
    "Huber": lambda p, y, **more: losses.huber_loss(p, y, delta=0.5, **more),
}


@pytest.mark.parametrize("loss", LOSSES)
def test_no_line_near_the_fitted_one_has_a_smaller_loss(loss):
    draw = np.random.default_rng(0)
    for _ in range(10):
        x, y = draw.normal(size=8), 3 * draw.normal(size=8)
        w, b = fitted_line(x, y, loss, 0.5)
        least = OURS[loss](w * x + b, y).item()
        for nudge in 0.01 * draw.normal(size=(50, 2)):
            assert OURS[loss]((w + nudge[0]) * x + b + nudge[1], y).item() >= least - 1e-9


@pytest.mark.parametrize("loss", LOSSES)
def test_losses_and_pulls_of_errors_are_those_of_the_course_and_their_slopes(loss):
    errors = np.array([-3.0, -0.4, 0.1, 0.45, 2.0])
    expected = OURS[loss](errors, np.zeros(5), reduction="none").data
    assert loss_of_errors(errors, loss, 0.5) == pytest.approx(expected)
    ahead, behind = (loss_of_errors(errors + h, loss, 0.5) for h in (1e-6, -1e-6))
    assert pull_of_errors(errors, loss, 0.5) == pytest.approx((ahead - behind) / 2e-6, abs=1e-5)


def test_of_many_equally_good_lines_of_absolute_errors_one_is_taken_whatever_the_rounding():
    x, square = np.array([0.0, 0.0, 1.0, 1.0]), np.array([0.0, 1.0, 0.0, 1.0])
    line = fitted_line(x, square, "absolute")  # every line between the corners is off by 1/2
    assert np.abs(line[0] * x + line[1] - square).mean() == pytest.approx(0.5)
    shaken = square + np.array([1e-12, -1e-12, 1e-12, 0])
    assert fitted_line(x, shaken, "absolute") == pytest.approx(line, abs=1e-9)


def test_the_dragged_point_starts_where_it_is_and_its_error_is_measured_from_each_line():
    player = drag_outlier(X, Y, which=1, delta=0.5, low=-5, high=9, places=8)
    shown = player.arrays
    start = np.flatnonzero(shown["heights"] == np.float32(2.2))
    assert len(start) == 1 and "at 2.20" in player.description
    for place, height in enumerate(shown["heights"]):
        moved = np.where(np.arange(5) == 1, height, Y)
        for i, loss in enumerate(LOSSES):
            w, b = fitted_line(X, moved, loss, 0.5)
            assert shown["lines"][place, i] == pytest.approx([w, b], abs=1e-5)
            error = w * X[1] + b - height
            assert shown["errors"][place, i] == pytest.approx(error, abs=1e-5)
            cost = loss_of_errors(error, loss, 0.5)
            assert shown["costs"][place, i] == pytest.approx(cost, abs=1e-5)


def test_a_point_beyond_the_heights_given_is_still_among_them_and_level_data_have_room():
    heights = drag_outlier(X, Y, low=0, high=2).arrays["heights"]
    assert (heights[0], heights[-1]) == (0, 5) and (np.diff(heights) > 0).all()
    assert np.ptp(drag_outlier(X, np.ones(5)).arrays["heights"]) == 2


@pytest.mark.parametrize(
    "arguments, words",
    [
        ({"x": [1, 2], "y": [1, 2]}, "3 to 60 points"),
        ({"x": X, "y": Y, "which": 5}, "index of one of 5 points"),
        ({"x": X, "y": Y, "delta": 0}, "a positive number"),
        ({"x": [1, 1, 1], "y": [1, 2, 3]}, "all stand at one"),
    ],
)
def test_what_cannot_be_dragged_is_refused(arguments, words):
    with pytest.raises(ValueError, match=words):
        drag_outlier(**arguments)


def test_the_forecast_shows_the_losses_of_the_course_and_their_slopes():
    shown = explore_surprise().arrays
    for i, target in enumerate((1.0, 0.0)):
        for j, p in enumerate(np.arange(1, 100) / 100):
            surprise = losses.binary_cross_entropy([p], [target]).item()
            assert shown["surprises"][i, j] == pytest.approx(surprise, rel=1e-5)
            assert shown["squares"][i, j] == pytest.approx((p - target) ** 2, rel=1e-4)
        middle, beside = np.array([0.5]), 1e-6
        ahead, behind = (
            losses.binary_cross_entropy(middle + h, [target]).item() for h in (beside, -beside)
        )
        assert shown["surprise_slopes"][i, 49] == pytest.approx((ahead - behind) / 2e-6, rel=1e-4)
        assert shown["square_slopes"][i, 49] == pytest.approx(2 * (0.5 - target))


@pytest.mark.parametrize(
    "p, surprise, square", [(0.95, "0.051", "0.0025"), (0.05, "2.996", "0.9025")]
)
def test_the_forecast_says_its_figures(p, surprise, square):
    said = explore_surprise(p).description
    assert f"cross-entropy is {surprise}" in said and f"squared error {square}" in said


@pytest.mark.parametrize("start", [0, 1, -0.3, 7])
def test_a_forecast_that_is_no_probability_is_refused(start):
    with pytest.raises(ValueError, match="a probability"):
        explore_surprise(start)


def test_the_box_shows_the_loss_that_the_exercise_asks_for():
    from learnkit.exercises.chapter_02 import detection_loss

    shown, truth = drag_box().arrays, np.array([3.0, 2.0, 7.0, 5.0])
    chances, weights = [0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95], [0.2, 0.5, 1.0, 2.0]
    for i, j, k, m in np.random.default_rng(0).integers((17, 11, 9, 4), size=(40, 4)):
        left, bottom = shown["boxes"][i, j, 0]
        right, top = shown["boxes"][i, j, 2]
        box, p = np.array([left, bottom, right, top]), np.array([chances[k], 1 - chances[k]])
        expected = detection_loss(box, truth, p, 0, weights[m])
        assert shown["loss"][i, j, k, m] == pytest.approx(expected, rel=1e-5)
        assert shown["weighted"][i, j, m] == pytest.approx(weights[m] * shown["place"][i, j])
    assert shown["place"].min() == 0
