"""Hands on a Player in Chromium: what keys, pointer and an answer of Python do, and what they
leave to the host.
"""

import numpy as np
import pytest
from small import live_ball
from wired import wired

from learnkit.painter.player import pack
from learnkit.widgets import contour_descent, descend_landscape, roll_downhill

LISTEN = """() => { window.heard = []; document.addEventListener("keydown", (event) => {
    heard.push([event.key, event.target.closest("[data-lm-suppress-shortcuts]") !== null]);
    if (event.key === "s") event.preventDefault(); // as a host does that has a plan for it
}) }"""


def drag(page, canvas, start, end, button="left"):
    box, mouse = canvas.bounding_box(), page.page.mouse
    mouse.move(box["x"] + start[0], box["y"] + start[1])
    mouse.down(button=button)
    mouse.move(box["x"] + end[0], box["y"] + end[1], steps=3)
    mouse.up(button=button)


@pytest.mark.every(4)
@pytest.mark.parametrize(
    "keys, heard", [("Control+s", "s"), ("Shift+Enter", "Enter"), ("Meta+b", "b")]
)
@pytest.mark.parametrize("part", ["[name=rate]", "canvas", "[value=step]"])
def test_shortcuts_of_the_host_reach_it_wherever_the_focus_is(show, part, keys, heard):
    page = show(roll_downhill())
    page.page.evaluate(LISTEN)
    page.page.locator(part).focus()
    page.page.keyboard.press(keys)
    assert [key for key in page.page.evaluate("heard") if key[0] == heard] == [[heard, False]]


def test_what_the_host_does_with_a_shortcut_the_browser_leaves_undone(show):
    page = show(roll_downhill())
    page.page.evaluate(LISTEN)
    undone = (
        "() => { addEventListener('keydown', (event) => { window.undone = event.defaultPrevented "
        "}) }"
    )
    page.page.evaluate(undone)
    page.page.locator("[name=rate]").focus()
    page.page.keyboard.press("Control+s")
    assert page.page.evaluate("undone") is True


def test_a_key_tapped_while_another_is_held_does_not_stop_it(show):
    page = show(descend_landscape())
    keyboard = page.page.keyboard
    page.page.locator("canvas").first.focus()
    keyboard.down("ArrowRight")
    keyboard.press("ArrowUp")
    assert page.pictures() != page.pictures()
    keyboard.up("ArrowRight")
    assert page.pictures() == page.pictures()


@pytest.mark.parametrize("make", [descend_landscape, contour_descent])
def test_the_right_button_neither_turns_nor_chooses(show, make):
    page = show(make())
    canvas = page.page.locator("canvas").first
    assert not page.changes(drag, page, canvas, (200, 200), (260, 150), button="right")
    assert page.changes(drag, page, canvas, (200, 200), (260, 150))


def test_a_click_on_the_numbers_beside_a_picture_chooses_nothing(show):
    page = show(roll_downhill())
    canvas = page.page.locator("canvas")
    height = canvas.bounding_box()["height"]
    for place in ((8, 100), (300, height - 8)):
        assert not page.changes(canvas.click, position={"x": place[0], "y": place[1]})
    assert page.changes(canvas.click, position={"x": 300, "y": 100})


def test_another_start_begins_a_run_anew_by_slider_and_by_key_as_by_click(show):
    page = show(roll_downhill())
    canvas = page.page.locator("canvas")
    for act in (
        lambda: page.set("start", 3),
        lambda: canvas.press("ArrowLeft"),
        lambda: canvas.click(position={"x": 300, "y": 100}),
    ):
        page.set("frame", 5)
        act()
        assert page.said()["{frame}"] == "0"
    page.set("frame", 5)
    page.set("rate", 9)
    assert page.said()["{frame}"] == "5"


def test_each_picture_is_called_what_it_shows_once_things_have_come_to_rest(show):
    page = show(descend_landscape())
    labels = "[...document.querySelectorAll('canvas')].map((canvas) => canvas.ariaLabel)"
    for frame in (7, 9):
        page.set("frame", frame)
        page.page.wait_for_function(f"{labels}[0].includes('after {frame} steps position x = ')")
        assert f"after {frame} steps" in page.page.evaluate(labels)[1]
    assert len(set(page.page.evaluate(labels))) == 2


def test_an_error_in_python_is_told_below_the_picture_until_it_answers(show):
    page = wired(show(roll_downhill()))
    page.page.evaluate(
        "kernel.tells({ arrays: {}, keep: false, fault: 'Python could not answer: 1 <b>/ 0' })"
    )
    assert page.page.get_by_role("alert").text_content() == "Python could not answer: 1 <b>/ 0"
    assert page.accessibility_faults() == []
    page.page.evaluate("kernel.tells({ arrays: {}, keep: false })")
    assert page.page.get_by_role("alert").count() == 0


def test_a_kernel_that_is_gone_is_asked_once_and_the_picture_goes_on(show):
    page = wired(show(live_ball()))
    page.page.evaluate("kernel.on = false")
    for index in (3, 4, 5):
        assert page.changes(page.set, "across", index)
        page.page.wait_for_timeout(150)
    assert len(page.page.evaluate("asked")) == 1


@pytest.mark.parametrize(
    "make, canvas", [(roll_downhill, 0), (contour_descent, 0), (descend_landscape, 1)]
)
def test_a_table_that_knows_every_run_asks_python_only_about_a_place_chosen_by_hand(
    show, make, canvas
):
    page = wired(show(make()))
    page.set("frame", 5)
    assert page.changes(page.set, "rate", 3)
    page.page.wait_for_timeout(100)
    assert page.page.evaluate("asked") == []
    page.page.locator("canvas").nth(canvas).click(position={"x": 200, "y": 120})
    page.page.wait_for_function("asked.length === 1")
    page.page.evaluate("kernel.tells({ arrays: {}, keep: false })")
    page.set("rate", 4)
    page.page.wait_for_function("asked.length === 2")
    assert all(page.page.evaluate("asked.map(({ click }) => click.length === 2)"))


def test_what_python_says_late_does_not_move_a_ball_that_stands_on_the_table_again(show):
    page = wired(show(roll_downhill()))
    page.page.locator("canvas").click(position={"x": 200, "y": 120})
    page.page.wait_for_function("asked.length === 1")
    page.set("start", 3)
    there = page.pictures()
    page.page.evaluate(
        """(start) => { const [{ view, number }] = asked;
        kernel.tells({ arrays: { start }, keep: false, view, number }) }""",
        pack(np.float32(2)),
    )
    assert page.pictures() == there


@pytest.mark.parametrize(
    "colour, dark",
    [
        ("color(srgb 0.9 0.9 0.9)", True),
        ("color(srgb 0.1 0.1 0.1)", False),
        ("rgb(20, 20, 20)", False),
    ],
)
def test_the_theme_is_told_by_the_colour_of_the_hosts_text_however_it_is_written(
    show, colour, dark
):
    page = show(roll_downhill(), style=f"background: #777777; color: {colour}")
    assert page.page.locator(".lk-dark").count() == dark
