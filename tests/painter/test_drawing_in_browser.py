"""A drawing in Chromium: points put down by mouse, by finger and by keys, and what Python hears."""

import pytest
from wired import wired

from learnkit.painter.scene import Axis, Dots, Drawing, Frames, Panel, Readout, Scene
from learnkit.widgets import LivePlayer

ASKED = "asked.at(-1)?.drawn"
NODDING = """() => { // every question is answered, and nothing told
    let answered = 0;
    setInterval(() => {
        if (answered === asked.length) return;
        answered = asked.length;
        kernel.tells({ arrays: {} });
    }, 5);
}"""
NEWEST = "(count) => asked.length && asked.at(-1).state.drawn === count"


def paper(strokes=()):
    """An empty map of 8 by 8, on which rings and crosses can be drawn, five in all."""
    return LivePlayer(
        Scene(
            panels=[
                Panel(
                    x=Axis(label="x", range=[0, 8]),
                    y=Axis(label="y", range=[0, 8]),
                    layers=[Dots(at=["frame", 4])],
                )
            ],
            controls=[
                Frames(name="frame", label="step", frames=9, fps=0.1),
                Drawing(
                    name="drawn",
                    label="draw",
                    tools=["ring", "cross"],
                    most=5,
                    apart=2,
                    strokes=strokes,
                ),
            ],
            readouts=[Readout(label="drawn", text="{drawn}")],
            asks=["drawn"],
            keeps=True,
            description="A map.",
        ),
        {},
    )


class Paper:
    """A page with the map, wired to a kernel that only nods."""

    def __init__(self, page, margins):
        self.on_page, self.page, self.margins = wired(page), page.page, margins
        self.page.evaluate(NODDING)

    def spot(self, x, y):
        """Where a place of the map is on the screen."""
        box = self.page.locator("canvas").bounding_box()
        left, top, right, bottom = self.margins
        wide, tall = box["width"] - left - right, box["height"] - top - bottom
        return box["x"] + left + x / 8 * wide, box["y"] + top + (1 - y / 8) * tall

    def stroke(self, *places):
        first, *rest = places
        self.page.mouse.move(*self.spot(*first))
        self.page.mouse.down()
        for place in rest:
            self.page.mouse.move(*self.spot(*place))
        self.page.mouse.up()

    def heard(self, count):
        """The strokes of which Python has heard, once they have so many points."""
        self.page.wait_for_function(NEWEST, arg=count)
        return self.page.evaluate(ASKED)


@pytest.fixture
def draw(show):
    def on_paper(strokes=(), **options):
        player = paper(strokes)
        return Paper(show(player, **options), player.scene["panels"][0]["margins"])

    return on_paper


def near(place):
    return pytest.approx(place, abs=0.1)


def test_without_python_it_says_in_one_sentence_that_nothing_can_be_drawn(show):
    page = show(paper()).page
    assert page.locator(".lk-note").inner_text().startswith("Only while Python runs can you draw")
    assert not page.get_by_role("button", name="ring").is_visible()
    assert page.locator("canvas").get_attribute("tabindex") is None


def test_without_a_tool_in_hand_a_press_draws_nothing(draw):
    page = draw()
    page.stroke((2, 2), (6, 2))
    page.on_page.press("ring")
    page.on_page.press("ring")  # and laid down again
    page.stroke((2, 2), (6, 2))
    page.on_page.said()
    assert page.page.evaluate("asked") == []


def test_a_press_puts_down_a_point_and_a_stroke_a_row_however_fast(draw):
    page = draw()
    page.on_page.press("cross")
    page.stroke((3, 6))
    assert page.heard(1) == [[1, [near([3, 6])]]]
    page.on_page.press("ring")
    page.stroke((1, 2), (6, 2))
    assert page.heard(4)[1] == [0, [near([1, 2]), near([3, 2]), near([5, 2])]]


def test_lifting_the_pen_starts_the_run(draw):
    page = draw()
    page.on_page.set("frame", 5)
    page.on_page.press("ring")
    page.stroke((3, 6))
    page.page.get_by_role("button", name="Pause").wait_for()
    assert page.on_page.said()["{frame}"] == "0"


def test_undo_takes_back_a_stroke_and_clear_them_all(draw):
    page = draw([[0, [[1, 1]]]])
    page.on_page.press("cross")
    page.stroke((1, 2), (6, 2))
    page.heard(4)
    page.on_page.press("Undo")
    assert page.heard(1) == [[0, [[1, 1]]]]
    page.stroke((3, 6))
    page.heard(2)
    page.on_page.press("Clear")
    assert page.heard(0) == []
    assert not page.page.get_by_role("button", name="Undo").is_visible()
    assert page.page.evaluate("document.activeElement.textContent") == "ring"


def test_when_there_is_no_more_room_it_says_so_and_draws_no_more(draw):
    page = draw()
    page.on_page.press("ring")
    page.stroke((0.5, 2), (7.5, 2), (7.5, 7))
    assert len(page.heard(5)[0][1]) == 5
    note = page.page.locator(".lk-note")
    assert note.inner_text() == "All 5 that there is room for are drawn: Undo or Clear makes room."
    page.stroke((3, 6))
    assert page.page.evaluate("asked.at(-1).state.drawn") == 5


def test_it_is_drawn_by_keys_alone(draw):
    page = draw()
    keys = page.page.keyboard
    page.page.get_by_role("button", name="cross").press("Enter")  # the ring is in the middle
    for key in ["ArrowLeft"] * 3 + ["Enter"]:
        keys.press(key)
    assert page.heard(1) == [[1, [near([3, 4])]]]
    for key in ["ArrowUp", " "] + ["ArrowRight"] * 7 + [" ", "ArrowDown"]:
        keys.press(key)
    assert page.heard(3)[1] == [1, [near([3, 4.33]), near([5, 4.33])]]
    page.page.get_by_role("status").get_by_text("The ring is at (5.33, 4.00).").wait_for()
    keys.press("Backspace")
    assert len(page.heard(1)) == 1


def test_a_finger_draws_with_a_tool_in_hand_and_scrolls_without(draw):
    page = draw(has_touch=True)
    touch = "getComputedStyle(document.querySelector('canvas')).touchAction"
    assert page.page.evaluate(touch) == "auto"
    page.page.get_by_role("button", name="ring").tap()
    assert page.page.evaluate(touch) == "none"
    page.page.touchscreen.tap(*page.spot(3, 6))
    assert page.heard(1) == [[0, [near([3, 6])]]]


def test_when_python_goes_the_drawing_goes_with_it(draw):
    page = draw()
    page.on_page.press("ring")
    page.stroke((3, 6))
    page.heard(1)
    page.page.evaluate("kernel.on = false")
    page.stroke((5, 6))
    page.page.get_by_text("Only while Python runs").wait_for()
    assert page.on_page.said()["{drawn}"] == "0"
