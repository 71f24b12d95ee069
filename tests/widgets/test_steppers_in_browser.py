"""Graph viewer, network trace and learning loop in Chromium, from a file: stepped by keyboard,
read as a list.
"""

import pytest
from on_page import DARK, LIGHT

from learnkit import Value
from learnkit.painter.expressions import template
from learnkit.painter.lens import Lens
from learnkit.widgets import graph_viewer, learning_loop, network_trace, nudging_loop


def neuron():
    d, w, b = Value(2.0), Value(-0.5), Value(0.3)
    return graph_viewer((d * w + b).tanh(), {"d": d, "w": w, "b": b})


STEPPERS = {"graph viewer": neuron, "network trace": network_trace, "learning loop": learning_loop}


@pytest.fixture(params=STEPPERS.values(), ids=STEPPERS)
def player(request):
    return request.param()


def test_the_arrow_keys_step_forth_and_back(show, player):
    page = show(player)
    start = page.pictures()
    page.page.locator("[name=frame]").focus()
    assert page.changes(page.page.keyboard.press, "ArrowRight")
    page.page.keyboard.press("ArrowLeft")
    assert page.pictures() == start


def test_the_page_says_what_python_says_at_every_tenth_of_the_way(show, player):
    page = show(player)
    frames = player.scene["controls"][-1]["count"]
    for frame in sorted({round(part * (frames - 1) / 10) for part in range(11)}):
        page.set("frame", frame)
        state = {control["name"]: control["start"] for control in player.scene["controls"]} | {
            "frame": frame
        }
        lens = Lens(player.scene, player.arrays, state)
        assert page.said() == {text: lens.words(template(text)) for text in page.said()}


def test_every_step_is_told_to_screen_readers(show, player):
    page = show(player)
    page.press("Step")
    state = {control["name"]: control["start"] for control in player.scene["controls"]} | {
        "frame": 1
    }
    said = Lens(player.scene, player.arrays, state).words(player.scene["status"]).replace("\n", " ")
    page.page.get_by_role("status").get_by_text(said, exact=True).wait_for()


@pytest.mark.parametrize("make", [neuron, network_trace], ids=["graph viewer", "network trace"])
def test_the_buttons_jump_to_their_stage_by_keyboard(show, make):
    player = make()
    page = show(player)
    for name, frame in player.scene["controls"][0]["marks"].items():
        page.page.get_by_role("button", name=name, exact=True).focus()
        page.page.keyboard.press("Enter")
        page.page.wait_for_function(f"document.querySelector('[name=frame]').value === '{frame}'")


@pytest.mark.parametrize("make", [neuron, network_trace], ids=["graph viewer", "network trace"])
def test_all_steps_unfold_as_a_list_by_keyboard(show, make):
    player = make()
    page = show(player)
    assert page.page.locator("li:visible").count() == 0
    page.page.locator("summary").focus()
    page.page.keyboard.press("Enter")
    assert page.page.locator("li:visible").all_text_contents() == player.scene["steps"]


def test_another_batch_size_draws_another_batch(show):
    page = show(learning_loop())
    assert page.changes(page.page.locator("[name=size]").select_option, label="128")
    assert "draw 128 of the 256" in page.said()["{sentence}"]


def test_a_drawing_keeps_its_width_where_the_page_is_narrow(show):
    page = show(network_trace())
    page.page.set_viewport_size({"width": 400, "height": 900})
    assert page.page.locator("canvas").bounding_box()["width"] >= 680
    assert page.page.evaluate("document.documentElement.scrollWidth") <= 400
    page.page.locator(".lk-rolls").focus()
    page.page.keyboard.press("ArrowRight")
    page.page.wait_for_function("document.querySelector('.lk-rolls').scrollLeft > 0")


@pytest.mark.parametrize("width", [390, 800])
def test_on_a_narrow_page_the_step_being_told_is_in_view_and_the_title_stays(show, width):
    player = network_trace()
    page = show(player)
    page.page.set_viewport_size({"width": width, "height": 700})
    for frame in range(0, len(player.scene["steps"]), 7):
        page.set("frame", frame)
        page.said()
        low, high = player.scene["panels"][0]["x"]["range"]
        part = (float(player.arrays["focus"][frame]) - low) / (high - low)
        canvas = page.page.locator("canvas").bounding_box()
        assert 0 < canvas["x"] + part * canvas["width"] < width
        title = page.page.locator(".lk-title").bounding_box()
        assert 0 <= title["x"] and title["x"] + title["width"] <= width


def test_all_of_it_is_in_one_view_on_a_projector(show, player):
    page = show(player)
    page.page.set_viewport_size({"width": 1280, "height": 720})
    for frame in (0, player.scene["controls"][-1]["count"] // 2, 10**4):
        page.set("frame", frame)
        page.said()
        assert page.page.locator(".lk").bounding_box()["height"] <= 599


def test_it_adds_at_most_90_kilobytes_to_a_notebook(player):
    assert len(player.html.encode()) <= 90_000


@pytest.mark.every(4)
@pytest.mark.parametrize("style", [LIGHT, DARK], ids=["light", "dark"])
def test_axe_finds_nothing_to_complain_of(show, player, style):
    page = show(player, style=style)
    if page.page.locator("summary").count():
        page.page.locator("summary").click()
    assert page.accessibility_faults() == []


@pytest.mark.parametrize("make", [learning_loop, nudging_loop])
def test_the_slider_of_a_loop_does_not_tell_how_long_the_run_is_until_its_end(show, make):
    player = make()
    page = show(player)
    last = player.scene["controls"][-1]["count"] - 1
    slider = page.page.locator("[name=frame]")
    reach = lambda: int(slider.get_attribute("max"))  # noqa: E731
    assert reach() == 30 != last
    slider.press("End")
    page.said()
    assert slider.input_value() == "30" and reach() == 60
    page.press("Reset")
    page.said()
    assert reach() == 60  # what is known stays so
    page.press("End")
    page.said()
    assert reach() == int(slider.input_value()) == last


def test_the_slider_of_a_loop_does_not_run_away_from_a_hand_that_holds_it(show):
    page = show(learning_loop())
    slider, mouse = page.page.locator("[name=frame]"), page.page.mouse
    box = slider.bounding_box()
    x, y = box["x"] + box["width"], box["y"] + box["height"] / 2
    mouse.move(x - box["width"] / 2, y)
    mouse.down()
    for beyond in (-2, 5, 10):
        mouse.move(x + beyond, y)
        page.said()
    assert slider.input_value() == "30" == slider.get_attribute("max")
    mouse.up()
    page.said()
    assert slider.input_value() == "30" and slider.get_attribute("max") == "60"
