"""The loop with nudged slopes: each station tells true numbers, and none before its time."""

import numpy as np
import pytest

from learnkit.painter.expressions import template
from learnkit.widgets.loop.nudging import TITLES, nudging_loop
from learnkit.widgets.loop.training import PATIENCE, VERDICTS, train_by_nudging

X, Y = np.array([-1.0, 0.0, 0.5, 2.0]), np.array([1.0, 3.0, 3.0, 7.0])


@pytest.fixture(scope="module")
def player():
    return nudging_loop(X, Y, learning_rates=(0.05, 0.2))


def said_at(player, rate, frame):
    player.lens.state.update(rate=rate, frame=frame)
    return player.lens.words(template("{sentence}"))


def test_its_slopes_are_those_of_the_mean_squared_error_and_its_steps_go_against_them():
    for record in train_by_nudging(X, Y, 0.1, nudge=1e-5):
        error = record["w"] * X + record["b"] - Y
        assert record["loss"] == pytest.approx(np.mean(error**2))
        slopes = [record["slope_w"], record["slope_b"]]
        assert slopes == pytest.approx([2 * np.mean(error * X), 2 * np.mean(error)], abs=1e-4)
        moves = record["new_w"] - record["w"], record["new_b"] - record["b"]
        assert moves == pytest.approx([-0.1 * slope for slope in slopes])


def test_it_stops_when_five_iterations_lower_the_loss_by_no_more_than_the_tolerance():
    records = train_by_nudging(X, Y, 0.1, tolerance=0.01)
    end = records[-1]
    losses = [record["loss"] for record in records]
    losses.append(np.mean((end["new_w"] * X + end["new_b"] - Y) ** 2))
    falls = [1 - now / before for before, now in zip(losses, losses[PATIENCE:])]
    assert falls[-1] <= 0.01 and all(fall > 0.01 for fall in falls[:-1])
    assert VERDICTS[end["verdict"]] == "yes: stop"


def test_the_stations_are_those_of_a_loop_without_a_backward_pass():
    assert TITLES == ["forward pass", "loss", "nudge w", "nudge b", "update", "converged?"]


def test_a_number_is_unknown_until_its_station_is_reached(player):
    first = {name: ~np.isnan(player.arrays[name][0, :6]) for name in ("loss", "slope_b", "new_w")}
    assert first["loss"].tolist() == [False] + [True] * 5
    assert first["slope_b"].tolist() == [False] * 3 + [True] * 3
    assert first["new_w"].tolist() == [False] * 4 + [True] * 2


def test_each_station_says_what_happens_with_live_numbers(player):
    first, second = train_by_nudging(X, Y, 0.2)[:2]
    assert said_at(player, 1, 0) == (
        "Forward: predict all 4 examples, ŷ = w·x + b with w = 0.00 and b = 0.00."
    )
    assert said_at(player, 1, 1).endswith(f"squared errors ŷ − y is {first['loss']:.2f}.")
    nudged = said_at(player, 1, 2)
    assert f"the slope along w, −{-first['slope_w']:.2f}." in nudged
    assert f"changed by −{-first['change_w']:.5f}" in nudged
    assert f"= {first['new_w']:.2f} and b ← 0.00 − 0.2·(" in said_at(player, 1, 4)
    assert f"w = {second['w']:.2f} and b = {second['b']:.2f}." in said_at(player, 1, 6)


def test_the_change_that_is_told_is_the_slope_that_is_told_times_the_nudge(player):
    for record in train_by_nudging(X, Y, 0.2):
        assert record["change_w"] / 0.001 == record["slope_w"]


def test_the_loop_closes_with_the_number_of_iterations(player):
    for i, rate in enumerate((0.05, 0.2)):
        count = len(train_by_nudging(X, Y, rate))
        assert said_at(player, i, 10**6).endswith(f"converged after {count} iterations.")


def test_a_rate_that_is_too_large_is_told_so():
    assert said_at(nudging_loop(X, Y, learning_rates=5.0), 0, 10**6).startswith(
        "Check: the loss grows beyond all bounds"
    )


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"nudge": 0}, "a positive nudge"),
        ({"learning_rates": (0.1, -0.1)}, "positive learning rates"),
        ({"learning_rates": (0.1,) * 5}, "one to 4"),
    ],
)
def test_what_is_no_nudge_and_no_rate_is_refused(wrong, words):
    with pytest.raises(ValueError, match=words):
        nudging_loop(X, Y, **wrong)


def test_data_that_make_no_line_are_refused():
    with pytest.raises(ValueError, match="x not all the same"):
        nudging_loop([1, 1], [2, 3])


def test_without_data_it_learns_the_price_of_the_houses():
    loop = nudging_loop()
    assert "price (1,000 $)" in loop.description and "all 321 examples" in loop.description
    line = loop.arrays["w"][1, -1], loop.arrays["b"][1, -1]
    assert line == pytest.approx((32, 80), abs=1)
