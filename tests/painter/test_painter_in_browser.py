"""The painter in Chromium, from a file, with the network off: how it plays, turns, listens and
speaks.

That every control of every visual moves its picture is shown by tests/test_visuals_in_browser.py.
"""

import pytest
from on_page import DARK

from learnkit.painter.complete import start
from learnkit.painter.expressions import template
from learnkit.painter.lens import Lens
from learnkit.painter.scene import Axis, Dots, Frames, Panel, Scene
from learnkit.widgets import (
    Player,
    compare_runs,
    contour_descent,
    descend_landscape,
    explore_loss,
    hard_places,
    make_runs,
    roll_downhill,
)

VISUALS = {
    "roll downhill": roll_downhill,
    "loss explorer": explore_loss,
    "landscape": descend_landscape,
}
VISUALS |= {"hard places": hard_places, "contour descent": contour_descent}
VISUALS |= {"compared runs": lambda: compare_runs(make_runs([0.01, 0.06, 0.3], start=3.2))}


def dot():
    """A small Player: a dot that moves along a line, one place each frame."""
    panel = Panel(
        x=Axis(label="x", range=[0, 4]),
        y=Axis(label="y", range=[0, 2]),
        layers=[Dots(at=["places[frame]", 1], size=9)],
    )
    scene = Scene(
        panels=[panel],
        controls=[Frames(name="frame", label="step", frames=5, fps=20)],
        status="At {frame}.",
        description="A dot.",
    )
    return Player(scene, {"places": [0, 1, 2, 3, 4]})


def test_playing_runs_to_the_end_and_stops_there(show):
    page = show(dot())
    page.press("Play")
    page.page.get_by_text("At 4.").wait_for()
    page.page.get_by_role("button", name="Play", exact=True).wait_for()
    before = page.pictures()
    assert page.pictures() == before


def test_playing_can_be_paused(show):
    page = show(descend_landscape())
    page.press("Play")
    page.press("Pause")
    before = page.pictures()
    assert page.pictures() == before


def test_who_asks_for_less_motion_gets_one_step_for_each_play(show):
    page = show(dot(), reduced_motion="reduce")
    for frame in ("1", "2"):
        page.press("Play")
        assert page.said()["{frame}"] == frame


@pytest.mark.parametrize("key", ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"])
def test_arrow_keys_turn_a_landscape(show, key):
    page = show(descend_landscape())
    page.page.locator("canvas").first.focus()
    assert page.changes(page.page.keyboard.press, key)


def test_dragging_turns_a_landscape_and_leaves_the_other_panel_alone(show):
    page = show(descend_landscape())
    box = page.page.locator("canvas").first.bounding_box()
    before = page.pictures()
    page.page.mouse.move(box["x"] + 200, box["y"] + 200)
    page.page.mouse.down()
    page.page.mouse.move(box["x"] + 260, box["y"] + 180, steps=3)
    page.page.mouse.up()
    turned, other = page.pictures()
    assert turned != before[0] and other == before[1]


def test_a_held_arrow_key_keeps_turning_until_it_is_let_go(show):
    page = show(descend_landscape())
    page.page.locator("canvas").first.focus()
    page.page.keyboard.down("ArrowRight")
    assert page.pictures() != page.pictures()
    page.page.keyboard.up("ArrowRight")
    before = page.pictures()
    assert page.pictures() == before


def test_a_click_on_the_curve_drops_the_ball_there_and_starts_anew(show):
    page = show(roll_downhill())
    page.set("frame", 9)
    canvas = page.page.locator("canvas")
    box = canvas.bounding_box()
    canvas.click(position={"x": box["width"] * 0.5, "y": 100})
    said = page.said()
    assert said["{frame}"] == "0"
    assert abs(float(said["{x}"].replace("−", "-"))) < 0.6


def test_a_click_on_the_loss_surface_sets_both_sliders(show):
    player = explore_loss()
    page = show(player)
    canvas = page.page.locator("canvas").nth(1)
    box = canvas.bounding_box()
    before = page.said()
    canvas.click(position={"x": box["width"] * 0.6, "y": box["height"] * 0.3})
    after = page.said()
    assert after["{weight}"] != before["{weight}"] and after["{bias}"] != before["{bias}"]


def test_arrow_keys_on_the_loss_surface_move_its_point(show):
    page = show(explore_loss())
    page.page.locator("canvas").nth(1).focus()
    for key in ("ArrowRight", "ArrowUp"):
        assert page.changes(page.page.keyboard.press, key)


def test_keys_pressed_in_a_player_never_reach_the_host(show):
    page = show(roll_downhill())
    page.page.evaluate("document.addEventListener('keydown', () => { window.heard = true })")
    page.page.locator("[name=rate]").focus()
    page.page.keyboard.press("ArrowRight")
    assert page.page.evaluate("window.heard") is None


@pytest.mark.every(3)
@pytest.mark.parametrize("make", VISUALS.values(), ids=VISUALS)
def test_the_page_says_the_same_numbers_as_python(show, make):
    player = make()
    page = show(player)
    for part in (0, 0.3, 0.8, 1):
        controls = [c for c in player.scene["controls"] if not c.get("hidden")]
        state = {c["name"]: round(part * (c["count"] - 1)) for c in controls}
        for name, index in state.items():
            page.set(name, index)
        lens = Lens(player.scene, player.arrays, start(player.scene) | state)
        assert page.said() == {text: lens.words(template(text)) for text in page.said()}


def test_a_change_of_the_theme_repaints_at_once(show):
    page = show(roll_downhill())
    before = page.pictures()
    page.page.evaluate(f"document.body.style.cssText = '{DARK}'")
    page.page.wait_for_selector(".lk-dark")
    assert page.pictures() != before


def test_the_same_player_twice_on_a_page_plays_twice(show):
    player = explore_loss()
    page = show(player, player)
    assert page.page.locator(".lk").count() == 2
    page.page.locator("[name=weight]").nth(1).focus()
    before = page.pictures()
    page.page.keyboard.press("ArrowRight")
    after = page.pictures()
    assert after[:2] == before[:2] and after[2:] != before[2:]


def test_without_scripts_the_picture_and_its_description_stay(show):
    player = explore_loss()
    picture = show(player, java_script_enabled=False).page.get_by_role(
        "img", name=player.description
    )
    assert picture.is_visible()


def test_the_status_is_said_once_things_have_come_to_rest(show):
    page = show(dot())
    page.set("frame", 2)
    page.page.get_by_role("status").get_by_text("At 2.").wait_for()


def test_a_player_out_of_sight_paints_nothing_until_it_is_seen(show):
    page = show(*[explore_loss()] * 4)
    far = page.page.locator(".lk").nth(3)
    move = (
        "(node) => { node.value = 30; node.dispatchEvent(new Event('input', { bubbles: true })) }"
    )
    assert not page.changes(far.locator("[name=weight]").evaluate, move)
    assert page.changes(far.scroll_into_view_if_needed)


def test_a_narrow_page_puts_panels_one_below_the_other(show):
    page = show(explore_loss())
    page.page.set_viewport_size({"width": 400, "height": 900})
    first, second = (page.page.locator("canvas").nth(i).bounding_box() for i in (0, 1))
    assert second["y"] > first["y"] + first["height"]
    assert page.page.evaluate("document.documentElement.scrollWidth") <= 400
