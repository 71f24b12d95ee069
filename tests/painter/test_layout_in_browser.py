"""Where things stand in Chromium: picture, controls and readouts in one view on a projector, in
a narrow notebook and on a phone.
"""

import pytest
from on_page import WRITTEN, touching
from small import ball

from learnkit.painter.scene import Axis, Dots, Frames, Panel, Scene
from learnkit.widgets import (
    Player,
    compare_runs,
    contour_descent,
    descend_landscape,
    explore_loss,
    hard_places,
    learning_loop,
    make_runs,
    nudging_loop,
    race_optimizers,
    roll_downhill,
)

SCREENS = {
    "projector": ({"width": 1280, "height": 720}, 599),
    "narrow notebook": ({"width": 800, "height": 720}, 720),
    "phone": ({"width": 390, "height": 844}, 844),
}


def five_runs():
    return compare_runs(make_runs([0.01, 0.02, 0.05, 0.1, 0.3], "long bowl"), "long bowl")


VISUALS = [roll_downhill, descend_landscape, explore_loss, contour_descent, five_runs]


@pytest.mark.every(4)
@pytest.mark.parametrize("make", VISUALS)
@pytest.mark.parametrize("screen, room", SCREENS.values(), ids=SCREENS)
def test_picture_controls_and_readouts_are_in_one_view(show, make, screen, room):
    page = show(make())
    page.page.set_viewport_size(screen)
    page.said()
    assert page.page.locator(".lk").bounding_box()["height"] <= room
    assert page.page.evaluate("document.documentElement.scrollWidth") <= screen["width"]


@pytest.mark.parametrize("screen", ["projector", "narrow notebook"])
def test_six_places_are_in_one_view_when_their_lessons_are_told_too(show, screen):
    size, room = SCREENS[screen]
    page = show(hard_places())
    page.page.set_viewport_size(size)
    page.set("frame", 60)
    assert "60 random tries" in page.said()["{lesson}"]
    assert page.page.locator(".lk").bounding_box()["height"] <= room


@pytest.mark.parametrize("size", [(853, 480), (390, 844)], ids=["large type", "phone"])
def test_six_places_run_in_one_view_where_there_is_little_room(show, size):
    page = show(hard_places())
    page.page.set_viewport_size({"width": size[0], "height": size[1]})
    page.set("frame", 30)
    page.said()
    assert page.page.locator(".lk").bounding_box()["height"] <= size[1]
    assert page.page.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_numbers_of_an_axis_that_would_touch_are_left_out(show):
    page = show(roll_downhill(lambda x: x**2, low=-1e6, high=1e6))
    page.page.evaluate(WRITTEN, 0)
    found = []
    for width in (1200, 200):
        page.page.set_viewport_size({"width": width, "height": 700})
        page.said()
        found.append(page.page.evaluate("written"))
    wide, narrow = ({text for text, *_ in words} for words in found)
    assert narrow < wide and not touching(found[1])


@pytest.mark.parametrize("size", [(853, 480), (390, 760)], ids=["large type", "phone"])
@pytest.mark.parametrize("frame", [0, 25, 50])
def test_names_of_runs_that_end_close_together_are_written_apart(show, size, frame):
    page = show(race_optimizers())
    page.page.set_viewport_size({"width": size[0], "height": size[1]})
    page.page.evaluate(WRITTEN, 1)
    page.set("frame", frame)
    page.said()
    names = [row for row in page.page.evaluate("written") if "step" not in row[0]]
    assert len(names) > 8 and not touching(names)


@pytest.mark.parametrize("make", [learning_loop, nudging_loop])
def test_a_loop_is_in_one_view_on_a_phone(show, make):
    page = show(make())
    page.page.set_viewport_size({"width": 390, "height": 844})
    page.set("frame", 15)
    page.said()
    assert page.page.locator(".lk").bounding_box()["height"] <= 844


def test_the_controls_stand_above_the_picture_for_eye_and_keyboard_alike(show):
    page = show(roll_downhill())
    play = page.page.get_by_role("button", name="Play").bounding_box()
    assert play["y"] + play["height"] <= page.page.locator("canvas").bounding_box()["y"]
    order = "(node) => node.compareDocumentPosition(document.querySelector('canvas')) & 4"
    assert page.page.locator("[value=play]").evaluate(order)


def test_words_and_buttons_grow_with_the_notebooks_font(show):
    page = show(roll_downhill())
    button = page.page.get_by_role("button", name="Play")
    before, picture = button.bounding_box()["height"], page.pictures()
    page.page.evaluate(
        "document.documentElement.style.setProperty('--jp-content-font-size1', '21px')"
    )
    assert page.pictures() != picture
    assert button.bounding_box()["height"] == pytest.approx(1.5 * before, rel=0.05)


def test_a_drawing_too_wide_for_its_frame_is_moved_to_where_the_step_is_told(show):
    page = show(
        Player(
            Scene(
                panels=[
                    Panel(
                        x=Axis(range=[0, 4]),
                        y=Axis(range=[0, 1]),
                        layers=[Dots(at=["frame", 0.5])],
                        aspect=4,
                        least=1600,
                        follow="frame",
                    )
                ],
                controls=[Frames(name="frame", label="step", frames=5)],
                description="A dot.",
            ),
            {},
        )
    )
    moved = "document.querySelector('.lk-rolls').scrollLeft"
    assert page.page.evaluate(moved) == 0
    page.set("frame", 4)
    page.said()
    assert page.page.evaluate(moved) > 500
    page.set("frame", 0)
    page.said()
    assert page.page.evaluate(moved) < 100


def test_a_picture_with_a_handle_fits_a_phone(show):
    page = show(ball())
    page.page.set_viewport_size({"width": 390, "height": 700})
    assert page.page.evaluate("document.documentElement.scrollWidth") <= 390
