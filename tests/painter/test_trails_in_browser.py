"""Trails in Chromium: a run leaves its path when its settings change, until it is cleared; and
arrows too short to be seen are drawn out.
"""

import numpy as np
from small import FRAMES, scene, slider

from learnkit.painter.scene import Arrow, Dots, Handle, Trails
from learnkit.widgets import Player


def runs():
    """Five steps across from (0, height), at the height that a slider and a handle set."""
    path = ["xs[:frame+1]", "heights[height, :frame+1]"]
    layers = [Trails(at=path), Dots(at=["frame", "height"])]
    handle = Handle(at=["frame", "height"], sets=["height"], label="the ball")
    heights = np.repeat(np.arange(9)[:, None] / 2, 5, axis=1)
    table = {"xs": np.arange(5), "heights": heights}
    return Player(scene(layers, [slider("height"), FRAMES], handles=[handle]), table)


def clear(page):
    return page.page.get_by_role("button", name="Clear trails")


def play_to(page, frame):
    page.set("frame", frame)
    page.said()


def test_a_run_leaves_its_path_when_the_next_begins_elsewhere(show):
    page = show(runs())
    assert not clear(page).is_visible()
    play_to(page, 3)
    page.page.locator(".lk-handle").press("ArrowRight")
    page.said()
    assert clear(page).is_visible() and page.said()["{frame}"] == "0"
    with_trail = page.pictures()
    clear(page).click()
    assert page.pictures() != with_trail and not clear(page).is_visible()
    assert page.page.evaluate("document.activeElement.value") == "play"


def test_looking_at_settings_without_playing_leaves_nothing(show):
    page = show(runs())
    for height in (3, 5, 7):
        page.set("height", height)
        page.said()
    assert not clear(page).is_visible()


def test_a_control_dragged_in_the_middle_of_a_run_leaves_one_path(show):
    page = show(runs())
    before = page.pictures()
    play_to(page, 2)
    for height in (3, 5, 7, 2):
        page.set("height", height)
        page.said()
    page.press("Reset")
    once = page.pictures()
    assert once != before
    page.press("Step")
    page.press("Reset")
    assert page.pictures() == once  # the same run again leaves none


def test_a_run_goes_on_leaving_paths_after_they_were_cleared(show):
    page = show(runs())
    for height in (5, 2):
        play_to(page, 4)
        page.set("height", height)
        page.said()
        clear(page).click()
    assert not clear(page).is_visible()


def arrow_of(length):
    """A page with one arrow of so many units, from (1, 1) to the right."""
    return Player(scene([Arrow(start=[1, 1], end=[1 + length, 1], least=40)], []), {})


def test_an_arrow_too_short_to_see_is_drawn_out_and_says_how_many_times(show):
    empty, short, long = (show(arrow_of(length)).pictures() for length in (0, 0.01, 1))
    assert empty != short != long != empty


def test_an_arrow_of_no_length_is_left_out(show):
    arrow = Arrow(start=[1, 1], end=[1, 1], least=40)
    missing = show(Player(scene([], []), {})).pictures()
    assert show(Player(scene([arrow], []), {})).pictures() == missing


def test_a_hidden_control_is_set_by_its_handle(show):
    across = slider("across")
    across.hidden = True
    dot = ["across", 1]
    player = scene([Dots(at=dot)], [across], handles=[Handle(at=dot, sets=["across"], label="it")])
    page = show(Player(player, {}))
    assert page.page.locator("[name=across]").count() == 0
    page.page.locator(".lk-handle").press("ArrowRight")
    assert page.said()["{across}"] == "1.5"
