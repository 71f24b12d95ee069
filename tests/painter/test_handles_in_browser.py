"""Handles in Chromium: what is taken hold of follows the mouse, the finger and the arrow keys."""

import pytest
from on_page import DARK
from small import ball, dot


def middle(locator):
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page, by):
    """Drag the only handle by so many pixels."""
    page.drag(page.page.locator(".lk-handle"), by)


def unit(page):
    """Pixels of one unit of the axes, whose picture is 4 units wide."""
    return page.page.locator("canvas").bounding_box()["width"] / 5


def test_a_handle_dragged_by_mouse_sets_both_its_controls_to_what_is_nearest(show):
    page = show(ball())
    one = unit(page)
    drag(page, (1.6 * one, -1.1 * one))
    said = page.said()
    assert float(said["{across}"]) > 2 and float(said["{up}"]) > 1


def test_a_handle_stands_where_its_place_is_after_every_change(show):
    page = show(ball())
    before = middle(page.page.locator(".lk-handle"))
    page.set("across", 6)
    page.said()
    after = middle(page.page.locator(".lk-handle"))
    assert after[0] > before[0] + 50 and after[1] == pytest.approx(before[1])


@pytest.mark.parametrize(
    "key, name, value",
    [
        ("ArrowRight", "across", "1.5"),
        ("ArrowLeft", "across", "0.5"),
        ("ArrowUp", "up", "1.5"),
        ("ArrowDown", "up", "0.5"),
    ],
)
def test_an_arrow_key_moves_a_handle_by_one_value(show, key, name, value):
    page = show(ball())
    page.page.locator(".lk-handle").press(key)
    assert page.said()[f"{{{name}}}"] == value


def test_a_handle_says_what_it_is_and_where_it_stands(show):
    page = show(ball())
    handle = page.page.get_by_role("slider", name="the ball")
    handle.press("ArrowRight")
    page.said()
    assert handle.get_attribute("aria-valuetext") == "across 1.5, up 1.0"
    assert handle.get_attribute("data-lm-suppress-shortcuts") == "true"


@pytest.mark.parametrize("act", [lambda p: drag(p, (90, 0)), lambda p: None], ids=["drag", "key"])
def test_moving_a_handle_starts_the_run_anew(show, act):
    page = show(ball())
    page.set("frame", 3)
    act(page)
    page.page.locator(".lk-handle").press("ArrowRight")
    assert page.said()["{frame}"] == "0"


def test_a_dragged_handle_tells_python_the_exact_place(show):
    page = show(ball())
    page.page.evaluate(
        """() => { window.asked = [];
        document.addEventListener("learnkit-change", ({ detail }) => asked.push(detail.click)) }"""
    )
    drag(page, (37, -23))
    x, y = page.page.evaluate("asked.at(-1)")
    assert 1 < x < 3 and 1 < y < 3 and x % 0.5 > 0.001
    page.set("rate", 3)
    assert page.page.evaluate("asked.at(-1)") == [x, y]  # it is still the ball's place
    page.set("across", 3)
    assert page.page.evaluate("asked.at(-1)") is None


@pytest.mark.parametrize("style", [{}, {"style": DARK}], ids=["light", "dark"])
def test_a_handle_is_accessible_and_large_enough(show, style):
    page = show(ball(), **style)
    assert page.accessibility_faults() == []
    box = page.page.locator(".lk-handle").bounding_box()
    assert min(box["width"], box["height"]) >= 24


def test_a_scene_without_handles_has_none(show):
    assert show(dot()).page.locator(".lk-handle").count() == 0
