"""Roll downhill: its runs are gradient descent, its words fit them, and it takes the learner's
own function.
"""

import json
import math

import numpy as np
import pytest
from steps import told_at, told_at_the_end

from learnkit.landscapes import CURVES
from learnkit.painter.expressions import expression, template
from learnkit.painter.lens import along
from learnkit.widgets import roll_downhill
from learnkit.widgets.descent.ground import capped, heights_and_slopes
from learnkit.widgets.descent.roll import RATES, REGIMES, regime
from learnkit.widgets.descent.runs import descend

PLAYER = roll_downhill()


def plain_run(x, rate, steps, slope):
    places = [x]
    for _ in range(steps):
        x = x - rate * slope(x)
        places.append(x)
    return places


@pytest.mark.parametrize("start, rate", [(0, 0), (5, 2), (12, 20), (16, 40)])
def test_the_table_holds_what_a_plain_loop_computes(start, rate):
    slope = lambda x: 0.24 * x + 2.4 * math.cos(2.4 * x) - 1.5 * math.sin(5 * x)  # noqa: E731
    expected = plain_run(np.linspace(-6, 6, 17)[start], RATES[rate], 24, slope)
    assert PLAYER.arrays["runs"][start, rate] == pytest.approx(expected, abs=0.001)


def test_the_learning_rate_goes_from_a_crawl_to_chaos_in_even_steps():
    assert RATES[0] == 0.01 and RATES[-1] == pytest.approx(1.2) and 0.6 in RATES.round(9)
    assert np.diff(RATES)[1:] == pytest.approx(0.03)


def word(run, low=-6, high=6):
    return REGIMES[int(regime(np.asarray(run)[:, None], low, high))]


@pytest.mark.parametrize(
    "rate, expected",
    [(0.003, "crawling"), (0.1, "converging"), (0.97, "bouncing"), (1.2, "diverging")],
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
    words = [REGIMES[int(code)] for code in PLAYER.arrays["codes"][12, :, -1]]
    assert words[:11] == ["crawling"] + ["converging"] * 4 + ["bouncing"] * 6
    assert set(words[11:]) == {"chaotic"}


def test_chaos_is_chaos_whatever_the_rounding_errors():
    random, rates = np.random.default_rng(0), RATES[11:]
    for _ in range(50):
        run = descend(
            CURVES["hills"], 3.0, rates * (1 + 1e-15 * random.normal(size=rates.shape)), 24
        )
        assert all(REGIMES[code] == "chaotic" for code in regime(run[..., None], -6, 6))


def test_a_run_of_one_step_has_a_regime_too():
    assert word([2.0, 1.0]) == "still rolling" and word([1.0, 1.0]) == "converging"


def test_a_ball_that_goes_round_three_places_bounces():
    assert word([0.0] + [1.0, 2.0, 3.5] * 8) == "bouncing"


def test_what_becomes_of_the_ball_is_not_told_before_the_last_step():
    codes = PLAYER.arrays["codes"]
    assert {REGIMES[int(code)] for code in np.unique(codes[..., :-1])} == {"not over yet"}
    assert (
        PLAYER._on_change({"start": 3.0, "rate": 0.3}, None)["told"].tolist()
        == codes[12, 10].tolist()
    )


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


def told_of(player):
    """What the page can read of every state: position, height and slope, (3, starts, rates,
    steps + 1).
    """
    table = player.arrays
    x = table["runs"].astype(float)
    near = np.stack(
        [x, along(table["curve"].astype(float), x), along(table["slope"].astype(float), x)]
    )
    return np.where(table["outside"] > 0, np.moveaxis(table["beyond"], -1, 0), near)


@pytest.mark.parametrize("name", CURVES)
def test_in_every_state_position_height_and_slope_are_told_truly(name):
    curve, player = CURVES[name], roll_downhill(name, start=0.0)
    rates, starts = (np.array(control["values"]) for control in player.scene["controls"][:2])
    x = descend(curve, starts[:, None], rates, 24)
    with np.errstate(all="ignore"):
        truth = np.stack([x, *heights_and_slopes(curve, x)])
    truth = capped(truth)
    said, outside = told_of(player), player.arrays["outside"] > 0
    assert said[:, outside] == pytest.approx(truth[:, outside], rel=1e-5, nan_ok=True)
    assert said[:, ~outside] == pytest.approx(truth[:, ~outside], abs=0.01)


def test_a_ball_beyond_the_drawn_curve_is_told_its_true_height():
    player = roll_downhill(start=4.2, rate=1.14)
    player.lens.state["frame"] = 3
    x = float(player.lens.evaluate(expression("far_x")))
    assert x > 9 and player.lens.words(template("{height}")) == f"{CURVES['hills'].function(x):.2f}"
    assert player.lens.words(template("{steepness}")) == f"{CURVES['hills'].derivative(x):+.2f}"
    bowl = roll_downhill("bowl", rate=1.2)
    bowl.lens.state["frame"] = 3
    assert (
        bowl.lens.words(template("{x}, {height}")) == f"−{3 * 1.4**3:.2f}, {(3 * 1.4**3) ** 2:.2f}"
    )
    bowl.lens.state["frame"] = 24
    assert bowl.lens.words(template("{x}")) == f"{3 * 1.4**24:.2f}"


def test_the_answer_of_python_is_exact():
    answer = PLAYER._on_change({"start": 3.0, "rate": 0.06}, [1.2345, 0.0])
    PLAYER._on_change({"start": 0.0, "rate": 0.06}, None)
    truth = plain_run(1.2345, 0.06, 24, CURVES["hills"].derivative)
    assert answer["beyond_run"][:, 0] == pytest.approx(truth)
    assert answer["beyond_run"][:, 1] == pytest.approx(CURVES["hills"].function(np.array(truth)))


@pytest.mark.parametrize(
    "f, words",
    [
        (lambda x: 1.0, "f(x) = 1.00, the slope is 0.00; the run is converging."),
        (lambda x: 1e-9 * x**2, "f(x) = 9.00e−9, the slope is +6.00e−9"),
        (lambda x: 1e9 * x**2, "the run is diverging."),
        (np.floor, "f(x) = 3.00, the slope is 0.00; the run is converging."),
    ],
)
def test_level_tiny_huge_and_jumping_curves_are_rolled_down(f, words):
    assert words in told_at_the_end(roll_downhill(f))


@pytest.mark.parametrize(
    "options, words",
    [
        ({"rate": 5}, "learning rate goes from 0.01 to 1.2; this is 5"),
        ({"start": 99}, "start goes from -6 to 6; this is 99"),
        ({"steps": 0}, "from 1 to 100"),
        ({"f": lambda x: x**0.5}, "must be finite everywhere"),
    ],
)
def test_what_it_cannot_show_is_refused(options, words):
    with pytest.raises(ValueError, match=words):
        roll_downhill(**options)


def test_a_start_and_a_rate_between_the_sliders_values_are_taken_as_they_are():
    player = roll_downhill(start=1.23, rate=0.07, steps=1)
    assert "from x = 1.23 with learning rate 0.07: after 0 steps x = 1.23" in repr(player)
    assert "after 1 step x = " in told_at(player, 1)


@pytest.mark.parametrize("steps", [24, 40, 74, 100])
def test_long_runs_fit_into_a_notebook_too(steps):
    assert len(json.dumps(roll_downhill(steps=steps)._repr_mimebundle_())) < 150_000


@pytest.mark.parametrize("f", ["hills", "bowl"])
@pytest.mark.parametrize("rate", [0.06, 1.2])
def test_readouts_status_and_sentence_tell_the_same_numbers_at_every_step(f, rate):
    player = roll_downhill(f, rate=rate)
    for frame in range(25):
        said = told_at(player, frame), player.lens.words(player.scene["status"])
        for readout in player.scene["readouts"]:
            assert all(player.lens.words(readout["text"]) in text for text in said)


def test_it_opens_before_the_first_step_and_tells_nothing_of_the_run():
    assert repr(PLAYER).endswith(
        "after 0 steps x = 3.00, f(x) = 1.65, the slope is +1.20; the run is not over yet."
    )


def test_the_ball_is_a_handle_that_sets_its_start():
    [handle] = PLAYER.scene["panels"][0]["handles"]
    assert handle["sets"] == ["start"]


def test_only_what_is_infinite_is_told_as_infinite():
    steep = roll_downhill(lambda x: 1e3 * x**2, rate=0.3)
    told = told_at_the_end(steep)
    assert "f(x) = over 3e38" in told and "∞" not in told
    endless = roll_downhill(lambda x: 1e3 * x**2, rate=1.2, steps=100)
    assert "x = ∞" in told_at_the_end(endless) or "x = –" in told_at_the_end(endless)


@pytest.mark.parametrize("name", CURVES)
def test_every_named_curve_adds_less_than_90_kilobytes_to_a_notebook(name):
    assert len(json.dumps(roll_downhill(name)._repr_mimebundle_())) < 90_000
