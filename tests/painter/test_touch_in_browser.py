"""Fingers on a Player in Chromium: a tap sets, a drag of a handle moves, a swipe scrolls."""

import pytest
from small import ball

from learnkit.widgets import contour_descent, descend_landscape, roll_downhill

PHONE = {"has_touch": True, "is_mobile": True}


@pytest.fixture
def show(show):
    def on_a_phone(player):
        page = show(player, **PHONE)
        page.page.set_viewport_size({"width": 390, "height": 700})
        page.page.evaluate("document.body.style.paddingBottom = '2000px'")
        page.said()
        return page

    return on_a_phone


def swipe(page, start, by):
    """Put one finger down, move it and lift it, as the touch screen reports it."""
    screen = page.context.new_cdp_session(page.page)

    def touch(kind, *points):
        screen.send(
            "Input.dispatchTouchEvent",
            {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]},
        )

    touch("touchStart", start)
    for part in (0.1, 0.25, 0.5, 0.75, 1):
        touch("touchMove", (start[0] + part * by[0], start[1] + part * by[1]))
    touch("touchEnd")
    page.said()


def inside(page, across=0.6, down=0.5, part="canvas"):
    box = page.page.locator(part).first.bounding_box()
    return box["x"] + across * box["width"], box["y"] + down * box["height"]


@pytest.mark.parametrize("make", [roll_downhill, contour_descent, descend_landscape, ball])
def test_a_swipe_that_starts_on_a_picture_scrolls_the_page_and_changes_nothing(show, make):
    page = show(make())
    before = page.pictures(), page.said()
    swipe(page, inside(page, down=0.8), (4, -150))
    page.page.wait_for_function("scrollY > 0")
    assert (page.pictures(), page.said()) == before


@pytest.mark.parametrize("make", [roll_downhill, contour_descent, ball])
def test_a_tap_sets_what_a_click_sets(show, make):
    page = show(make())
    before = page.said()
    page.page.touchscreen.tap(*inside(page, 0.7, 0.3))
    assert page.said() != before


def test_a_finger_moves_a_handle_and_the_page_stays(show):
    page = show(ball())
    start = inside(page, 0.5, 0.5, ".lk-handle")
    swipe(page, start, (60, -80))
    said = page.said()
    assert float(said["{across}"]) > 1 and float(said["{up}"]) > 1
    assert page.page.evaluate("scrollY") == 0


def test_a_finger_that_moves_sideways_turns_a_landscape(show):
    page = show(descend_landscape())
    before = page.pictures()
    swipe(page, inside(page), (-120, 3))
    turned, other = page.pictures()
    assert turned != before[0] and other == before[1]
    assert page.page.evaluate("scrollY") == 0


@pytest.mark.parametrize("make", [roll_downhill, ball])
def test_everything_a_thumb_presses_is_44_pixels_tall(show, make):
    page = show(make())
    sizes = page.page.locator(".lk :is(button, select, input):not([hidden])").evaluate_all(
        "(nodes) => nodes.map((node) => node.getBoundingClientRect().height)"
    )
    assert min(sizes) >= 44


def test_a_handle_is_taken_hold_of_within_44_pixels(show):
    page = show(ball())
    x, y = inside(page, 0.5, 0.5, ".lk-handle")
    hit = "([x, y]) => document.elementFromPoint(x, y).className"
    for dx, dy in ((21, 0), (-21, 0), (0, 21), (0, -21)):
        assert page.page.evaluate(hit, [x + dx, y + dy]) == "lk-handle"
