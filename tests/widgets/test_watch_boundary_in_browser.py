"""The boundary in Chromium: a film without Python, and points that train anew where there is one."""

import numpy as np
import pytest

from learnkit import widgets
from learnkit.painter.player import pack

HEAR = """(answers) => {
    const root = document.querySelector(".lk");
    globalThis.asked = [];
    root.addEventListener("learnkit-change", ({ detail }) => asked.push(detail));
    root.dispatchEvent(new CustomEvent("learnkit-python", { detail: { answers } }));
}"""
TELL = """(news) => document.querySelector(".lk").dispatchEvent(
    new CustomEvent("learnkit-news", { detail: news }))"""
X, Y = np.array([[0, 0], [1, 0], [0, 1], [1, 1.0]]), np.array([0, 0, 1, 1])


def nearest_mean(x, y):
    """Frames of an ever steeper slope between the means of the two classes."""
    low, high = (x[y == label].mean(axis=0) for label in (0, 1))
    middle, way = (low + high) / 2, high - low
    return [lambda points, k=k: 1 / (1 + np.exp(-k * (points - middle) @ way)) for k in range(5)]


@pytest.fixture
def boundary():
    return widgets.watch_boundary(nearest_mean, X, Y)


def answer(page, player):
    """Answer the newest question of the page as Python would."""
    page.said()
    question = page.page.evaluate("asked.at(-1)")
    arrays = player._on_change(player._values(question), question.get("click"))
    packed = {name: pack(np.asarray(array, np.float32)) for name, array in arrays.items()}
    page.page.evaluate(TELL, {"arrays": packed, "keep": False, "number": question["number"]})
    page.said()


def test_without_python_it_is_a_film_and_no_point_can_be_dragged(show, boundary):
    page = show(boundary)
    assert page.page.locator(".lk-handle:visible").count() == 0
    assert page.changes(page.press, "Step")
    assert page.said()["{step:.0f}"] == "1"
    page.set("frame", 4)
    assert page.said()["{right_now:.0f} of {count:.0f}"] == "4 of 4"


def test_a_point_that_is_dragged_goes_with_the_hand_and_the_boundary_follows(show, boundary):
    page = show(boundary)
    page.page.evaluate(HEAR, True)
    page.set("frame", 4)
    handles = page.page.locator(".lk-handle:visible")
    assert handles.count() == 4 + 6
    assert page.changes(page.drag, handles.nth(0), (150, -40))  # at once
    before = page.pictures()
    answer(page, boundary)
    assert page.pictures()[0] != before[0]
    assert page.said()["{step:.0f}"] == "4"  # the frame stays


def test_what_python_said_last_stays_until_it_says_something_new(show, boundary):
    page = show(boundary)
    page.page.evaluate(HEAR, True)
    page.set("frame", 4)
    handle = page.page.locator(".lk-handle:visible").nth(0)
    page.drag(handle, (150, -40))
    answer(page, boundary)
    loss = page.said()["{loss_now:.3f}"]
    page.drag(handle, (60, 0))
    assert page.said()["{loss_now:.3f}"] == loss
    answer(page, boundary)
    assert page.said()["{loss_now:.3f}"] != loss


def test_a_spare_point_is_added_by_keys_alone(show, boundary):
    page = show(boundary)
    page.page.evaluate(HEAR, True)
    page.said()
    assert page.accessibility_faults() == []
    spare = page.page.locator(".lk-handle:visible").nth(4)
    assert "spare point 5, ●" in spare.get_attribute("aria-label")
    for _ in range(12):
        spare.press("ArrowLeft")
    answer(page, boundary)
    assert page.said()["{right_now:.0f} of {count:.0f}"].endswith("of 5")
