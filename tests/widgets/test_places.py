"""Hard places: every sentence under a panel holds for the run above it."""

import json
import math

import numpy as np
import pytest

from learnkit.landscapes import CURVES, SURFACES, Surface
from learnkit.widgets import Place, hard_places
from learnkit.widgets.descent.high_dimension import random_tries
from learnkit.widgets.descent.places import RATES

PLAYER = hard_places()
AT = {rate: row for row, rate in enumerate(RATES)}


def last(key, rate=0.1, what="height"):
    return PLAYER.arrays[f"{what}{key}"][AT[rate], -1]


def sentence(key, rate=0.1):
    return PLAYER.scene["values"][f"lesson{key}"]["words"][AT[rate]]


def test_a_run_is_what_a_plain_loop_computes():
    x, y = 1.8, 0.001
    for _ in range(25):
        x, y = x - 0.1 * 2 * x, y - 0.1 * (y**3 - 2 * y)
    assert PLAYER.arrays["path1"][AT[0.1], 25] == pytest.approx([x, y], abs=0.005)
    assert PLAYER.arrays["height1"][AT[0.1], 25] == pytest.approx(x**2 - y**2 + y**4 / 4, abs=1e-5)


def test_the_local_minimum_holds_the_ball_above_the_other_valley():
    assert last(0) == pytest.approx(-0.588, abs=0.001) and "height −0.59" in sentence(0)
    assert "−1.43" in sentence(0)


def test_the_saddle_costs_twenty_steps_and_then_lets_go():
    assert np.count_nonzero(np.abs(PLAYER.arrays["height1"][AT[0.1]]) < 0.05) == 20
    assert sentence(1).startswith("20 of 60 steps") and last(1) == pytest.approx(-1, abs=0.001)


def test_the_plateau_still_holds_the_ball_after_sixty_steps():
    x = -3.0
    for _ in range(60):
        x -= 0.1 * x * math.exp(-x * x / 2)
    assert sentence(2).startswith(f"After 60 steps still at height {1 - math.exp(-x * x / 2):.2f}.")
    assert last(2) == pytest.approx(0.975, abs=0.001)


@pytest.mark.parametrize(
    "rate, settles", [(0.02, True), (0.08, False), (0.1, False), (0.12, False)]
)
def test_the_sharp_valley_settles_only_below_a_learning_rate_of_one_twentieth(rate, settles):
    assert (last(3, rate) < 0.001) == settles == sentence(3, rate).startswith("The ball settles")


def test_the_ill_conditioned_valley_is_left_above_two_over_eighteen():
    assert last(4, 0.12) > 100 and "left the picture" in sentence(4, 0.12)
    assert last(4, 0.1) < 0.2 and "from −3.5 to −1.18" in sentence(4, 0.1)


def test_random_tries_work_with_two_numbers_and_fail_with_a_thousand():
    gradient, few, many = random_tries([0.1], 60)[0, :, -1]
    assert gradient == pytest.approx(0.9**120) and few < 0.05 and many > 0.95


def test_random_tries_are_the_same_each_time_and_never_climb():
    tries = random_tries(RATES, 60)
    assert (tries == random_tries(RATES, 60)).all() and (np.diff(tries, axis=-1) <= 0).all()


@pytest.mark.parametrize("name", CURVES | SURFACES)
def test_the_minima_of_every_landscape_are_minima(name):
    place = (CURVES | SURFACES)[name]
    low, high = place.range
    grid = np.linspace(low, high, 401)
    if isinstance(place, Surface):
        assert (
            place.function(*place.minimum) <= place.function(*np.meshgrid(grid, grid)).min() + 1e-3
        )
        assert np.allclose(place.gradient(*place.minimum), 0, atol=0.02)
    else:
        assert min(map(place.function, place.minima)) <= place.function(grid).min() + 1e-3
        assert np.allclose([place.derivative(x) for x in place.minima], 0, atol=0.02)


@pytest.mark.parametrize("name", CURVES | SURFACES)
def test_the_gradient_of_every_landscape_agrees_with_central_differences(name):
    place, step = (CURVES | SURFACES)[name], 1e-6
    x, y = 0.37 * place.range[1], 0.61 * place.range[0]
    if isinstance(place, Surface):
        across = (place.function(x + step, y) - place.function(x - step, y)) / (2 * step)
        up = (place.function(x, y + step) - place.function(x, y - step)) / (2 * step)
        assert place.gradient(x, y) == pytest.approx((across, up), rel=1e-5, abs=1e-6)
    else:
        slope = (place.function(x + step) - place.function(x - step)) / (2 * step)
        assert place.derivative(x) == pytest.approx(slope, rel=1e-5, abs=1e-6)


def test_a_learner_s_own_places_say_where_their_runs_end():
    own = hard_places(
        [
            Place("Mine", lambda x: abs(x), 2.05),
            Place("Bowl", lambda x, y: x * x + y * y, (1.0, 2.0)),
        ]
    )
    assert "Mine: After 60 steps: height 0.05, slope 1.00." in repr(own)
    assert "Bowl: After 60 steps: height 0.00, slope 0.00." in repr(own)


def test_the_sentence_of_text_names_all_six_places_with_their_numbers():
    text = repr(PLAYER)
    for word in (
        "Local minimum",
        "Saddle",
        "Plateau",
        "Sharp valley",
        "Ill-conditioned",
        "High dimension",
    ):
        assert f"{word}: " in text
    assert text == repr(hard_places()) and "learning rate 0.10" in text


def test_it_adds_less_than_150_kilobytes_to_a_notebook():
    assert len(json.dumps(PLAYER._repr_mimebundle_())) < 150_000


def test_a_place_is_looked_at_where_it_says():
    player = hard_places([Place("Wide", lambda x: x**2, 8.0, low=-10, high=10)])
    assert player.scene["panels"][0]["x"]["range"] == [-10, 10]
    assert (
        repr(player)
        == "Descent in 1 hard place at learning rate 0.10. Wide: After 60 steps: height 0.00,"
        " slope 0.00."
    )


def test_a_run_that_left_the_picture_is_told_as_high_as_it_is():
    player = hard_places([Place("Steep", lambda x: 10 * x**2, 2.0)], rates=[0.12, 0.2])
    assert player.arrays["height0"][1, 30] == pytest.approx(10 * (2 * 3.0**30) ** 2, rel=0.005)
    assert player.arrays["height0"][0, 5] == pytest.approx(10 * (2 * (-1.4) ** 5) ** 2, rel=1e-4)


@pytest.mark.parametrize(
    "options, words",
    [
        ({"places": []}, "takes Places, .* this is none"),
        ({"places": ["saddle"]}, "takes Places, .* this is 'saddle'"),
        ({"places": [Place("Lost", "bowl", (1, 2))]}, "x, one number; this is"),
        ({"places": [Place("Log", np.log, 1.0)]}, "must be finite"),
        ({"rates": []}, "at least one"),
        ({"rate": 3}, "from 0.01 to 0.12; this is 3"),
        ({"steps": 0}, "from 1 to 150"),
    ],
)
def test_what_cannot_be_shown_is_refused_in_a_sentence(options, words):
    with pytest.raises((TypeError, ValueError), match=words):
        hard_places(**options)


@pytest.mark.parametrize(
    "f, words",
    [(lambda x: -(x**2), "height −∞"), (lambda x: 1e-9 * x**2, "height 4.00e−9, slope 4.00e−9")],
)
def test_what_is_said_of_any_run_is_readable(f, words):
    assert words in repr(hard_places([Place("Mine", f, 2.0)], rates=[1.2]))
