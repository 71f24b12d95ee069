"""Roll downhill: its runs are gradient descent, its words fit them, and it takes the learner's own function."""

import math

import numpy as np
import pytest

from learnkit.landscapes import CURVES
from learnkit.widgets import roll_downhill
from learnkit.widgets.descent import RATES, REGIMES, regime

PLAYER = roll_downhill()


def plain_run(x, rate, steps, slope):
    places = [x]
    for _ in range(steps):
        x = x - rate * slope(x)
        places.append(x)
    return places


@pytest.mark.parametrize("start, rate", [(0, 0), (7, 2), (15, 20), (20, 40)])
def test_the_table_holds_what_a_plain_loop_computes(start, rate):
    slope = lambda x: 0.24 * x + 2.4 * math.cos(2.4 * x) - 1.5 * math.sin(5 * x)  # noqa: E731
    expected = plain_run(np.linspace(-6, 6, 21)[start], RATES[rate], 24, slope)
    assert PLAYER.arrays["runs"][start, rate] == pytest.approx(expected, abs=0.001)


def test_the_learning_rate_goes_from_a_crawl_to_chaos_in_even_steps():
    assert RATES[0] == 0.01 and RATES[-1] == pytest.approx(1.2) and 0.6 in RATES.round(9)
    assert np.diff(RATES)[1:] == pytest.approx(0.03)


def word(run, low=-6, high=6):
    return REGIMES[int(regime(np.asarray(run)[:, None], low, high))]


@pytest.mark.parametrize(
    "rate, expected", [(0.003, "crawling"), (0.1, "converging"), (0.97, "bouncing"), (1.2, "diverging")]
)
def test_a_regime_is_named_by_what_the_run_does(rate, expected):
    assert word(plain_run(4, rate, 40, lambda x: 2 * x)) == expected


def test_a_run_that_overflows_diverges():
    assert word([1.0] * 10 + [np.nan]) == word([1.0] * 10 + [np.inf]) == "diverging"


def test_a_ball_that_starts_at_the_bottom_has_settled():
    assert word(np.zeros(25)) == "converging"


def test_all_regimes_of_the_course_s_curve_can_be_reached():
    found = {REGIMES[int(code)] for code in np.unique(PLAYER.arrays["codes"][..., -1])}
    assert {"crawling", "converging", "bouncing", "chaotic"} <= found


def test_from_3_the_ball_bounces_from_015_to_030_and_jumps_about_without_a_pattern_beyond():
    words = [REGIMES[int(code)] for code in PLAYER.arrays["codes"][15, :, -1]]
    assert words[:11] == ["crawling"] + ["converging"] * 4 + ["bouncing"] * 6
    assert set(words[11:]) == {"chaotic"}


def test_a_ball_that_goes_round_three_places_bounces():
    assert word([0.0] + [1.0, 2.0, 3.5] * 8) == "bouncing"


def test_what_becomes_of_the_ball_is_not_told_before_the_last_step():
    codes = PLAYER.arrays["codes"]
    assert {REGIMES[int(code)] for code in np.unique(codes[..., :-1])} == {"not over yet"}
    assert PLAYER._on_change({"start": 3.0, "rate": 0.3}, None)["told"].tolist() == codes[15, 10].tolist()


def test_a_learner_s_own_function_for_numbers_is_rolled_down_too():
    player = roll_downhill(lambda x: math.cosh(x) - 1, low=-2, high=2, start=1.4, rate=0.3)
    assert player.arrays["runs"][:, 10, -1] == pytest.approx(0, abs=0.01)


def test_a_ball_that_leaves_is_kept_far_outside_the_picture():
    player = roll_downhill(lambda x: 2 * x**2, low=-1, high=1)
    assert np.isfinite(player.arrays["runs"]).all()
    assert np.abs(player.arrays["runs"][0, -1, -1]) > 4
    assert REGIMES[int(player.arrays["codes"][0, -1, -1])] == "diverging"


def test_a_surface_is_refused_with_the_visual_to_take():
    with pytest.raises(ValueError, match="descend_landscape"):
        roll_downhill(lambda x, y: x + y)


def test_the_minima_of_the_curves_are_minima():
    for curve in CURVES.values():
        for x in curve.minima:
            assert curve.derivative(x) == pytest.approx(0, abs=0.02)
            assert curve.function(x) < min(curve.function(x - 0.05), curve.function(x + 0.05))
