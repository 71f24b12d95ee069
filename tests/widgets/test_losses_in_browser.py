"""An outlier, a forecast and a box in Chromium: dragged by hand, told at once, and in one view."""

import numpy as np
import pytest

from learnkit.widgets import drag_box, drag_outlier, explore_surprise

SCREENS = [  # a projector, a narrow notebook, a phone, and how high a visual may be there
    ({"width": 1280, "height": 720}, 599),
    ({"width": 800, "height": 720}, 720),
    ({"width": 390, "height": 844}, 844),
]


@pytest.mark.parametrize("make", [drag_outlier, explore_surprise, drag_box])
def test_picture_controls_and_readouts_are_in_one_view(show, make):
    page = show(make())
    for screen, room in SCREENS:
        page.page.set_viewport_size(screen)
        page.said()
        assert page.page.locator(".lk").bounding_box()["height"] <= room
        assert page.page.evaluate("document.documentElement.scrollWidth") <= screen["width"]


def test_an_outlier_dragged_down_takes_the_squared_errors_line_with_it(show):
    page = show(drag_outlier())
    before = weights(page)
    page.drag(page.page.locator(".lk-handle"), (0, 120))
    after = weights(page)
    assert before[0] - after[0] > 0.3
    assert before[0] - after[0] > 2 * max(before[1] - after[1], before[2] - after[2])


def weights(page):
    """The three weights that the readouts tell."""
    told = [text for key, text in page.said().items() if key.startswith("w = ")]
    return [float(text.split()[2].strip(",").replace("−", "-")) for text in told]


def test_a_forecast_set_to_0_05_surprises_by_2_996_when_it_rains_and_by_0_051_when_it_does_not(
    show,
):
    page = show(explore_surprise())
    page.set("forecast", 4)
    assert page.said()["{surprise:.3f}"] == "2.996"
    page.set("happened", 1)
    assert page.said()["{surprise:.3f}"] == "0.051"


def test_a_box_dragged_onto_the_true_one_leaves_the_surprise_of_its_class(show):
    page = show(drag_box())
    handle = page.page.locator(".lk-handle").first
    page.drag(handle, (-40, 30))
    assert float(page.said()["{total:.3f}"]) < 3.204
    handle.focus()
    for key in ["ArrowLeft"] * 12 + ["ArrowDown"] * 12:
        page.page.keyboard.press(key)
    for key in ["ArrowRight"] * 6 + ["ArrowUp"] * 4:  # the corner, then three and two units
        page.page.keyboard.press(key)
    assert page.said()["{total:.3f}"] == f"{-np.log(0.3):.3f}"
