"""Descents in Chromium: each ball is dragged to another start, and earlier runs leave trails."""

import pytest

from learnkit.widgets import contour_descent, hard_places, roll_downhill


def places(page):
    """Where the handles stand."""
    page.said()
    return [handle.bounding_box() for handle in page.page.locator(".lk-handle").all()]


@pytest.mark.parametrize(
    "make, count", [(roll_downhill, 1), (contour_descent, 1), (hard_places, 5)]
)
def test_each_ball_is_dragged_to_another_start_and_the_run_begins_there(show, make, count):
    page = show(make())
    for number in range(count):
        page.set("frame", 3)
        before = places(page)
        assert len(before) == count
        middle = page.page.locator("canvas").nth(number).bounding_box()
        away = -1 if before[number]["x"] > middle["x"] + middle["width"] / 2 else 1
        page.drag(page.page.locator(".lk-handle").nth(number), (away * 90, 20))
        after = places(page)
        assert abs(after[number]["x"] - before[number]["x"]) > 25
        assert page.said()["{frame}"] == "0"


@pytest.mark.parametrize("make", [roll_downhill, contour_descent])
def test_throwing_the_ball_again_leaves_the_trail_of_the_run_before(show, make):
    page = show(make())
    clear = page.page.get_by_role("button", name="Clear trails")
    page.set("frame", 8)
    assert not clear.is_visible()
    page.page.locator(".lk-handle").press("ArrowLeft")
    page.said()
    assert clear.is_visible()
    once = page.pictures()
    clear.click()
    assert page.pictures() != once and not clear.is_visible()
