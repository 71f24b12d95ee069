"""Hard places: every sentence under a panel holds for the run above it."""

import json
import math

import numpy as np
import pytest
from steps import told_at, told_at_the_end

from learnkit.landscapes import CURVES, SURFACES, Surface
from learnkit.painter.numbers import digits
from learnkit.widgets import Place, hard_places
from learnkit.widgets.descent.high_dimension import random_tries
from learnkit.widgets.descent.places import PLACES, RATES

PLAYER = hard_places()
AT = {rate: row for row, rate in enumerate(RATES)}


def own(key, what):
    """What the table holds of the run from a place's own start, for every learning rate."""
    return PLAYER.arrays[f"{what}{key}"][int(PLAYER.arrays[f"own{key}"][0])]


def last(key, rate=0.1, what="height"):
    return own(key, what)[AT[rate], -1]


def sentence(key, rate=0.1):
    return PLAYER.scene["values"][f"lesson{key}"]["words"][2 + AT[rate]]


def test_a_run_is_what_a_plain_loop_computes():
    x, y = 1.8, 0.001
    for _ in range(25):
        x, y = x - 0.1 * 2 * x, y - 0.1 * (y**3 - 2 * y)
    assert own(1, "path")[AT[0.1], 25] == pytest.approx([x, y], abs=0.01)
    assert own(1, "height")[AT[0.1], 25] == pytest.approx(x**2 - y**2 + y**4 / 4, abs=0.005)


def test_the_local_minimum_holds_the_ball_above_the_other_valley():
    assert round(float(last(0)), 2) == -0.59 and "height −0.59" in sentence(0)
    assert "−1.43" in sentence(0)


def test_the_saddle_costs_twenty_steps_and_then_lets_go():
    assert sentence(1).startswith("20 of 60 steps") and last(1) == pytest.approx(-1, abs=0.001)


def test_the_plateau_still_holds_the_ball_after_sixty_steps():
    x = -3.0
    for _ in range(60):
        x -= 0.1 * x * math.exp(-x * x / 2)
    assert sentence(2).startswith(f"After 60 steps still at height {1 - math.exp(-x * x / 2):.2f}.")
    assert last(2) == pytest.approx(0.975, abs=0.005)


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
    assert "Mine: After 60 steps: height 0.05, slope 1.00." in told_at_the_end(own)
    assert "Bowl: After 60 steps: height 0.00, slope 0.00." in told_at_the_end(own)


def test_the_sentence_of_text_names_all_six_places_with_their_numbers():
    text = told_at_the_end(PLAYER)
    for word in (
        "Local minimum",
        "Saddle",
        "Plateau",
        "Sharp valley",
        "Ill-conditioned",
        "High dimension",
    ):
        assert f"{word}: " in text
    assert text == told_at_the_end(hard_places()) and "learning rate 0.10" in text


def test_it_adds_less_than_90_kilobytes_to_a_notebook():
    assert len(json.dumps(PLAYER._repr_mimebundle_())) < 90_000


def test_a_place_is_looked_at_where_it_says():
    player = hard_places([Place("Wide", lambda x: x**2, 8.0, low=-10, high=10)])
    assert player.scene["panels"][0]["x"]["range"] == [-10, 10]
    assert (
        told_at_the_end(player)
        == "Descent in 1 hard place at learning rate 0.10. Wide: After 60 steps: height 0.00,"
        " slope 0.00."
    )


def test_a_run_that_left_the_picture_is_told_as_high_as_it_is():
    player = hard_places([Place("Steep", lambda x: 10 * x**2, 2.0)], rates=[0.12, 0.2])
    heights = player.arrays["height0"][int(player.arrays["own0"][0])]
    assert heights[1, 30] == pytest.approx(10 * (2 * 3.0**30) ** 2, rel=0.005)
    assert heights[0, 5] == pytest.approx(10 * (2 * (-1.4) ** 5) ** 2, rel=1e-4)


@pytest.mark.parametrize(
    "options, words",
    [
        ({"places": [Place("Bowl", "bowl", 1.0)] * 10}, "up to 9 places; these are 10"),
        ({"places": []}, "takes Places, .* this is none"),
        ({"places": ["saddle"]}, "takes Places, .* this is 'saddle'"),
        ({"places": [Place("Lost", "bowl", (1, 2))]}, "x, one number; this is"),
        ({"places": [Place("Log", np.log, 1.0)]}, "must be finite"),
        ({"rates": []}, "at least one"),
        ({"rates": np.arange(1, 51) / 100, "steps": 150}, "these are 37,750: take fewer"),
        ({"rate": 3}, "from 0.01 to 0.12; this is 3"),
        ({"steps": 0}, "from 1 to 150"),
    ],
)
def test_what_cannot_be_shown_is_refused_in_a_sentence(options, words):
    with pytest.raises((TypeError, ValueError), match=words):
        hard_places(**options)


@pytest.mark.parametrize(
    "f, words",
    [
        (lambda x: -(x**2), "height under −3e38"),
        (lambda x: 1e-9 * x**2, "height 4.00e−9, slope 4.00e−9"),
    ],
)
def test_what_is_said_of_any_run_is_readable(f, words):
    assert words in told_at_the_end(hard_places([Place("Mine", f, 2.0)], rates=[1.2]))


def test_before_a_run_is_over_only_the_height_is_told():
    assert repr(PLAYER) == told_at(PLAYER, 0)
    for frame in (0, 30, 59):
        said = told_at(PLAYER, frame)
        assert "steps" not in said and "Local minimum: Height " in said
    for panel in PLAYER.scene["panels"]:
        title = PLAYER.lens.words(panel["title"])
        assert "fail" not in title and "settle" not in title


def test_every_place_has_a_ball_to_drag_and_stands_at_first_at_its_own_start():
    for key, place in enumerate(PLACES):
        [handle] = PLAYER.scene["panels"][key]["handles"]
        [control] = [c for c in PLAYER.scene["controls"] if c["name"] == handle["sets"][0]]
        starts = PLAYER.arrays[f"starts{key}"]
        assert starts[control["start"]] == pytest.approx(np.array(place.start))
        assert control["count"] == len(starts) >= 9 and control["hidden"]


def test_from_another_start_the_end_is_told_without_the_lesson_of_the_first():
    player = hard_places()
    player.lens.state["start0"] = 0
    said = told_at_the_end(player)
    height, slope = player.arrays["height0"][0, AT[0.1], -1], player.arrays["slope0"][0, AT[0.1]]
    assert height == pytest.approx(-1.43, abs=0.01)
    words = f"After 60 steps: height {height:.2f}, slope {slope:.2f}. Saddle".replace("-", "−")
    assert words in said and "out of reach" not in said


def test_captions_tell_what_picture_and_table_hold_at_every_step():
    player = hard_places()
    for key, decimals in enumerate((2, 2, 2, 2, 2)):
        heights = own(key, "height")[AT[0.1]]
        for frame in range(60):
            player.lens.state["frame"] = frame
            caption = player.lens.words(player.scene["values"][f"lesson{key}"]["words"][0])
            assert caption == f"Height {digits(heights[frame], f'.{decimals}f')}."
