"""A line fitted by hand: its bar is the loss of the line that is drawn, and a goal is acknowledged."""

import numpy as np
import pytest

from learnkit.painter.expressions import template
from learnkit.widgets import fit_by_hand

DATA = np.array([0.0, 1.0, 2.0]), np.array([1.0, 2.0, 4.0])


def said(player, text, **state):
    player.lens.state.update(state)
    return player.lens.words(template(text))


def test_the_bar_is_as_long_as_the_mean_squared_error_of_the_line():
    player = fit_by_hand(*DATA, weights=[0.0, 1.0, 2.0], biases=[0.5, 1.5])
    for i, bias in enumerate([0.5, 1.5]):
        for j, weight in enumerate([0.0, 1.0, 2.0]):
            loss = np.mean((weight * DATA[0] + bias - DATA[1]) ** 2)
            assert said(player, "{loss:.4f}", weight=j, bias=i) == f"{loss:.4f}"
            ends, heights = player.arrays["fits"][i, j].T
            assert heights == pytest.approx(weight * ends + bias, abs=0.01)


def test_a_goal_is_said_to_be_reached_when_it_is_and_not_before():
    player = fit_by_hand(*DATA, weights=[0.0, 1.5, 3.0], biases=[0.8, 1.8], goal=0.2)
    assert said(player, "{met}", weight=0, bias=0) == "a loss below 0.2"
    assert said(player, "{met}", weight=1, bias=0) == "reached: a loss below 0.2"


def test_it_starts_where_the_line_fits_badly_and_tells_no_slope_and_no_best_line():
    player = fit_by_hand(*DATA, goal=0.1)
    worst, lowest = player.arrays["losses"].max(), player.arrays["losses"].min()
    start = float(said(player, "{loss:.4f}"))
    assert lowest + 0.1 * (worst - lowest) < start
    shown = [label["label"] for label in player.scene["readouts"]]
    assert shown == ["loss, the mean squared error", "goal"]
    assert {"gradients", "tips", "stars", "contours"}.isdisjoint(player.arrays)


def test_of_many_points_150_are_drawn_and_the_loss_is_of_all():
    random = np.random.default_rng(0)
    x = random.uniform(size=1000)
    y = 2 * x + random.normal(size=1000)
    player = fit_by_hand(x, y, weights=[0.0, 2.0], biases=[0.0, 1.0])
    assert len(player.arrays["x"]) == 150
    assert player.arrays["losses"][0, 1] == pytest.approx(np.mean((2 * x - y) ** 2), rel=1e-5)
    assert "150 of 1,000 points are drawn" in player.scene["panels"][0]["caption"]


def test_in_fog_no_point_is_drawn_and_the_bar_stays():
    player = fit_by_hand(*DATA, weights=[0.0, 1.0], biases=[0.5, 1.5])
    assert np.isnan(player.arrays["y"][1]).all() and player.arrays["y"][0].tolist() == [1, 2, 4]
    loss = said(player, "{loss:.4f}", weight=1, bias=0, fog=0)
    assert said(player, "{loss:.4f} {what}", fog=1) == f"{loss} the data lie in fog"


def test_data_without_a_line_and_names_for_one_axis_are_refused():
    with pytest.raises(ValueError, match="these all stand at one"):
        fit_by_hand([1, 1], [2, 3])
    with pytest.raises(ValueError, match="two axes"):
        fit_by_hand(*DATA, names="km")


@pytest.mark.parametrize("data", [(), ([1, 2, 3], [50, 60, 75]), ([1, 2, 3], [-5, -9, -14])])
def test_the_line_starts_where_it_can_be_seen_and_taken_hold_of(data):
    player = fit_by_hand(*data)
    weight, bias = (control["start"] for control in player.scene["controls"][:2])
    heights = player.arrays["fits"][bias, weight][:, 1]
    low, high = player.scene["panels"][0]["y"]["range"]
    assert low < heights.mean() < high


def test_a_bar_that_is_longer_than_its_picture_says_so():
    player = fit_by_hand(*DATA, weights=[-6.0, 1.5, 9.0], biases=[0.8, 1.8])
    assert said(player, "Its loss{whole}", weight=1, bias=0) == "Its loss"
    assert said(player, "Its loss{whole}", weight=2, bias=0) == "Its loss, longer than the picture"
