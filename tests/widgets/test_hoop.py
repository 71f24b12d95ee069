"""Free throws: the flight is that of a ball, and each frame tells what is known by then."""

import math

import numpy as np
import pytest

from learnkit import widgets
from learnkit.painter.lens import Lens
from learnkit.widgets import hoop

PLAYER = widgets.free_throws()
ANGLES = PLAYER.scene["controls"][0]["values"]
FACTORS = PLAYER.scene["controls"][1]["values"]


def seen(angle, factor, frame, player=PLAYER):
    """A lens on the player with its controls at these values."""
    state = {"angle": ANGLES.index(angle), "factor": FACTORS.index(factor), "frame": frame}
    return Lens(player.scene, player.arrays, state)


def status(*where, **options):
    lens = seen(*where, **options)
    return lens.words(lens.scene["status"])


def flown(angle, step=1e-5):
    """The height at the ring of a ball moved on in small steps of time, in metres."""
    x, y = 0.0, hoop.HAND
    across, up = (hoop.SPEED * part for part in (math.cos(angle), math.sin(angle)))
    while x < hoop.DISTANCE:
        x, y, up = x + across * step, y + up * step, up - hoop.GRAVITY * step
    return y


@pytest.mark.parametrize("angle", [30, 41, 53.8, 62, 70])
def test_the_miss_is_that_of_a_ball_that_falls_as_things_fall(angle):
    miss = 100 * (flown(math.radians(angle)) - hoop.RING)
    assert widgets.throw(angle) == pytest.approx(miss, abs=0.1)


def test_the_ring_hangs_and_the_player_stands_as_in_basketball():
    assert hoop.RING == 3.05 and hoop.DISTANCE == pytest.approx(4.6 - 0.375, abs=0.05)


def test_each_angle_is_what_the_rule_makes_of_the_miss_before_until_the_ball_is_in():
    angles, misses = PLAYER.arrays["runs"], PLAYER.arrays["misses"]
    for i, first in enumerate(ANGLES):
        for j, factor in enumerate(FACTORS):
            angle, is_in = first, False
            for k in range(hoop.THROWS):
                assert angles[i, j, k] == pytest.approx(angle, abs=0.051)
                assert misses[i, j, k] == pytest.approx(widgets.throw(angle), abs=0.051)
                is_in = is_in or abs(widgets.throw(angle)) <= 5
                wanted = angle - factor * widgets.throw(angle)
                angle = angle if is_in else min(max(wanted, 10), 80)


def test_every_flight_starts_at_the_hand_and_passes_the_ring_where_the_miss_says():
    flight, across = PLAYER.arrays["flight"], PLAYER.arrays["across"]
    assert np.nanmax(abs(flight[..., 0] - hoop.HAND)) < 0.01
    for angle in (30, 41, 62, 70):
        heights = flight[ANGLES.index(angle), 0, 1]
        lowest = np.interp(hoop.DISTANCE, across, heights)  # below the arc between two points
        assert -0.005 <= hoop.RING + widgets.throw(angle) / 100 - lowest < 0.03


def test_a_throw_is_told_step_by_step_and_nothing_before_its_step():
    told = [status(35, 0.1, frame) for frame in range(6)]
    assert told == [
        "Throw 1, angle 35.0°. Aim: drag the arrow, or move the first angle, and press Step to throw.",
        "Throw 1, angle 35.0°. Throw: forward from the angle to the ball, which passes the ring.",
        "Throw 1, angle 35.0°. Miss: it passes 30 cm too low.",
        "Throw 1, angle 35.0°. Which way? The rule raises the angle.",
        "Throw 1, angle 38.0°. Adjust: the next throw is at 38.0°.",
        "Throw 2, angle 38.0°. Throw: forward from the angle to the ball, which passes the ring.",
    ]


def test_a_box_of_the_loop_is_filled_in_at_its_step():
    boxes = [layer["text"] for layer in PLAYER.scene["panels"][1]["layers"] if "text" in layer]
    filled = [seen(35, 0.1, frame).lines(box)[2] for frame, box in enumerate(boxes[:4], 1)]
    assert filled == ["at 35.0°", "30 cm too low", "raise it", "to 38.0°"]
    before = [seen(35, 0.1, frame).lines(box)[2] for frame, box in enumerate(boxes[:4])]
    assert before == [None] * 4


def test_before_the_first_throw_nothing_flies():
    flight = PLAYER.arrays["flight"]
    assert np.isnan(flight[:, :, 0]).all() and np.isfinite(flight[:, :, 1:]).all()


def test_a_ball_that_is_in_is_said_to_be_and_ends_the_run():
    assert "It is in, with throw 2" in status(35, 0.2, 6)
    assert {status(35, 0.2, frame) for frame in range(6, 25)} == {status(35, 0.2, 6)}


def test_with_the_factor_0_the_angle_stays_the_learners():
    assert "it is for you to aim anew" in status(35, 0, 3)
    assert (PLAYER.arrays["runs"][:, 0] == np.array(ANGLES)[:, None]).all()


def test_both_angles_that_go_in_can_be_set_by_hand():
    good = [angle for angle in ANGLES if abs(widgets.throw(angle)) <= hoop.WITHIN]
    assert good == [40, 41, 62]


def test_a_rule_of_the_learners_own_throws():
    steps = widgets.free_throws(lambda angle, miss, factor: angle + (1 if miss < 0 else -1))
    assert "the next throw is at 36.0°" in status(35, 0.5, 4, player=steps)


@pytest.mark.parametrize("wild", [1e9, -1e9, math.inf, -math.inf])
def test_a_rule_that_runs_away_is_held_within_an_arms_reach(wild):
    angles = widgets.free_throws(lambda angle, miss, factor: wild).arrays["runs"]
    assert 10 <= angles.min() and angles.max() <= 80


@pytest.mark.parametrize("returned", [None, ..., "38", math.nan, True, [38]])
def test_a_rule_that_returns_no_angle_is_refused_with_what_it_returned(returned):
    with pytest.raises(TypeError, match="The rule returns the next angle, a number of degrees"):
        widgets.free_throws(lambda angle, miss, factor: returned)


def test_a_rule_that_was_called_instead_of_given_is_refused():
    with pytest.raises(TypeError, match="give its name without brackets"):
        widgets.free_throws(38.0)


@pytest.mark.parametrize("options", [{"angle": 10}, {"angle": 90}, {"factor": 2}, {"factor": -1}])
def test_what_no_slider_reaches_is_refused(options):
    with pytest.raises(ValueError, match="cannot start at"):
        widgets.free_throws(**options)


def test_it_takes_no_more_room_than_a_visual_may():
    assert len(PLAYER.html) < 90_000


def test_on_a_page_a_throw_by_hand_is_told_and_the_next_aim_leaves_it_as_a_trail(show):
    page = show(PLAYER).page
    title = page.locator(".lk").get_by_text("30 cm too low", exact=True)
    assert title.count() == 0
    for _ in range(2):
        page.locator("button[value=step]").click()
    title.first.wait_for()
    page.locator(".lk-handle").focus()
    for _ in range(6):
        page.keyboard.press("ArrowUp")
    page.get_by_text("Aim: drag the arrow").locator("visible=true").first.wait_for()
    page.locator(".lk-clear").wait_for(state="visible")
    for _ in range(2):
        page.locator("button[value=step]").click()
    page.get_by_text("It is in, with throw 1").locator("visible=true").first.wait_for()
