"""The drawing pad in Chromium, from a file and without Python: it reads as Python reads, and is
written on by mouse, finger and keys.
"""

import math

import numpy as np
import pytest
from on_page import DARK

from learnkit import widgets
from learnkit.data import digits
from tools.visuals import a_reader

READ = """() => {
    const { inputs, digit, probabilities, slopes } = document.querySelector(".lk").reading;
    return { inputs, digit, probabilities: [...probabilities], slopes: [...slopes] };
}"""
PAD = ".lkd-pad"
# strokes of digits as a hand draws them, from 0 to 1
ARCS = {
    0: [(0.5, 0.5, 0.22, 0.4, -90, 270)],
    3: [(0.45, 0.3, 0.2, 0.18, -150, 90), (0.45, 0.67, 0.24, 0.2, -90, 140)],
}
LINES = {
    1: [[(0.35, 0.25), (0.5, 0.1), (0.5, 0.9)]],
    7: [[(0.25, 0.15), (0.75, 0.15), (0.42, 0.9)]],
    5: [[(0.7, 0.1), (0.35, 0.1), (0.33, 0.42)]],
}


@pytest.fixture(scope="module")
def model():
    return a_reader()


@pytest.fixture
def pad(model):
    return widgets.drawing_pad(model)


def reading(page):
    """What the page has read last, once all is painted."""
    page.said()
    return page.page.evaluate(READ)


def arc(x, y, across, down, start, end):
    angles = np.radians(np.linspace(start, end, 20))
    return list(zip(x + across * np.cos(angles), y + down * np.sin(angles)))


def strokes_of(digit):
    if digit == 5:
        [first] = LINES[5]
        return [first + arc(0.46, 0.65, 0.25, 0.24, -110, 140)]
    return LINES.get(digit) or [sum((arc(*numbers) for numbers in ARCS[digit]), [])]


def on_the_pad(page, place):
    box = page.page.locator(PAD).bounding_box()
    return box["x"] + place[0] * box["width"], box["y"] + place[1] * box["height"]


def draw(page, strokes):
    mouse = page.page.mouse
    for first, *rest in strokes:
        mouse.move(*on_the_pad(page, first))
        mouse.down()
        for place in rest:
            mouse.move(*on_the_pad(page, place))
        mouse.up()


def finger(page, stroke):
    screen = page.context.new_cdp_session(page.page)
    kinds = ["touchStart", *["touchMove"] * (len(stroke) - 1)]
    for kind, place in zip(kinds, stroke):
        x, y = on_the_pad(page, place)
        screen.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
    screen.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


@pytest.mark.parametrize("activation", ["relu", "tanh", "sigmoid"])
def test_every_example_is_read_on_the_page_as_python_reads_it(show, activation):
    random = np.random.default_rng(1)
    sizes = [(64, 24), (24, 12), (12, 10)]
    layers = [(random.normal(size=size) / 4, random.normal(size=size[1])) for size in sizes]
    images = digits().images[40:52]
    made = widgets.drawing_pad(layers, activation, examples=images)
    page = show(made)
    for image in images:
        seen, (digit, slopes) = reading(page), made.slopes(image)
        assert seen["inputs"] == (16 * image).tolist()
        assert seen["digit"] == digit
        assert seen["probabilities"] == pytest.approx(made.probabilities(image), rel=1e-6)
        assert seen["slopes"] == pytest.approx(slopes, rel=1e-5, abs=1e-9)
        page.press("Next example")
    assert reading(page)["inputs"] == (16 * images[0]).tolist()  # and round again


@pytest.mark.every(4)
@pytest.mark.parametrize("digit", [0, 1, 3, 5, 7])
@pytest.mark.parametrize("size, corner", [(1, 0), (0.4, 0.5)], ids=["large", "small, in a corner"])
def test_a_digit_drawn_by_mouse_is_read_rightly_at_any_size_and_place(
    show, pad, digit, size, corner
):
    page = show(pad)
    page.press("Clear")
    draw(page, [[(corner + size * x, corner + size * y) for x, y in s] for s in strokes_of(digit)])
    seen = reading(page)
    assert seen["digit"] == digit
    image = np.array(seen["inputs"]) / 16
    assert pad.probabilities(image) == pytest.approx(seen["probabilities"], rel=1e-6)
    assert 200 < sum(seen["inputs"]) < 400
    bars = page.page.locator(".lkd-bar b").all_inner_texts()
    assert len(bars) == 10 and bars[digit].endswith(" %")
    page.page.get_by_role("status").get_by_text(f"Your drawing is read as {digit}").wait_for()


def test_a_reading_changes_while_a_stroke_is_being_drawn(show, pad):
    page, [stroke] = show(pad), strokes_of(3)
    page.press("Clear")
    mouse, seen = page.page.mouse, []
    mouse.move(*on_the_pad(page, stroke[0]))
    mouse.down()
    for place in stroke[1:]:
        mouse.move(*on_the_pad(page, place))
        seen.append(reading(page)["inputs"])
    mouse.up()
    assert len({tuple(inputs) for inputs in seen}) > len(seen) / 2


def test_undo_takes_back_a_stroke_and_clear_all_of_them_and_an_example_comes_back(show, pad):
    page = show(pad)
    example = reading(page)["inputs"]
    draw(page, [[(0.2, 0.2), (0.8, 0.2)], [(0.2, 0.8), (0.8, 0.8)]])
    both = reading(page)["inputs"]
    assert all(b >= e for b, e in zip(both, example)) and both != example  # ink on the example
    page.press("Undo")
    assert example != reading(page)["inputs"] != both
    page.press("Undo")
    assert reading(page)["inputs"] == example
    page.press("Clear")
    assert sum(reading(page)["inputs"]) == 0
    page.page.get_by_role("status").get_by_text("The paper is empty").wait_for()
    page.press("Undo")
    assert reading(page)["inputs"] == example
    page.press("Undo")  # there is nothing left to take back
    assert reading(page)["inputs"] == example


def test_a_digit_is_written_by_keys_alone(show, pad):
    page = show(pad)
    page.page.get_by_role("button", name="Clear").press("Enter")
    page.page.locator(PAD).focus()
    keys = page.page.keyboard
    moves = ["ArrowUp"] * 6 + ["ArrowLeft"] * 3 + [" "] + ["ArrowRight"] * 7
    for key in moves + ["ArrowDown", "ArrowDown", "ArrowLeft"] * 5 + ["Enter"]:
        keys.press(key)
    seen = reading(page)
    assert seen["digit"] == 7
    keys.press("ArrowLeft")  # the pen is lifted
    assert reading(page)["inputs"] == seen["inputs"]
    page.page.get_by_role("status").get_by_text("row 13, pen up").wait_for()
    keys.press("Backspace")
    assert sum(reading(page)["inputs"]) == 0


def test_a_finger_writes_and_does_not_scroll_the_page(show, pad):
    page = show(pad, has_touch=True, is_mobile=True)
    page.page.set_viewport_size({"width": 390, "height": 700})
    page.page.evaluate("document.body.style.paddingBottom = '2000px'")
    page.press("Clear")
    finger(page, strokes_of(3)[0])
    assert reading(page)["digit"] == 3
    assert page.page.evaluate("scrollY") == 0


def test_twins_on_a_page_are_independent(show, pad):
    page = show(pad, pad)
    page.page.locator("[value=clear]").first.click()
    page.said()
    empty = page.page.evaluate(
        "[...document.querySelectorAll('.lk')].map((root) => root.reading.inputs.every((n) => !n))"
    )
    assert empty == [True, False]


def test_the_pad_is_accessible_in_both_themes_and_fits_the_screen(show, pad):
    page = show(pad)
    for theme, width in (("", 1280), ("", 390), (DARK, 800)):
        page.page.set_viewport_size({"width": width, "height": 800})
        if theme:
            page.page.evaluate(f"document.body.style.cssText = '{theme}'")
            page.page.locator(".lk-dark").wait_for()
        page.said()
        assert page.accessibility_faults() == []
        box = page.page.locator(".lk").bounding_box()
        assert page.page.evaluate("document.documentElement.scrollWidth") <= width
        assert width < 700 or box["height"] < 600


def test_the_map_is_told_in_words(show, pad):
    page = show(pad)
    seen = reading(page)
    most = int(np.argmax(seen["slopes"]))
    place = f"row {most // 8 + 1}, column {most % 8 + 1}"
    told = page.page.locator(".lkd-map").get_attribute("aria-label")
    assert f"raises it most at {place}, slope +{max(seen['slopes']):.2f}" in told
    assert math.isclose(sum(seen["probabilities"]), 1)
