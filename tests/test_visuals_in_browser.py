"""Every visual of learnkit.widgets as a page opened from disk, with no network: all of it
answers, to everyone.
"""

import numpy as np
import pytest
from browser import accessibility_faults
from on_page import DARK, by_keyboard, by_mouse, visuals

from learnkit import Value, flip, widgets

NO_VISUALS = {"contour_lines", "edges", "make_runs", "boundary_frames"}  # parts of scenes and runs
NO_VISUALS |= {"guesses_needed", "by_step", "style", "throw"}  # numbers, and how matplotlib draws
FUNCTIONS = [name for name in widgets.__all__ if name.islower() and name not in NO_VISUALS]


def cube(x):
    return x * x * x


def turning(x, y):
    """Frames of a boundary that turns, made without training."""
    return [lambda points, k=k: 1 / (1 + np.exp(points @ [k, 3 - k])) for k in range(4)]


def expression():
    """Arguments for the graph viewer."""
    d, w, b = Value(2.0), Value(-0.5), Value(0.3)
    return (d * w + b).tanh(), {"d": d, "w": w, "b": b}


EXAMPLES = {  # the arguments of visuals that have no example of their own
    "graph_viewer": expression,
    "switch_paths": expression,
    "shrink_step": lambda: [cube, 2.0, 12.0],
    "line_plot": lambda: [{"a": [3, 2, 1], "b": [3, 1, 0]}, "Two runs", "step", "loss"],
    "images": lambda: [{"input x": flip.IMAGE, "target y": flip.TARGET}],
    "hidden_units": lambda: [flip.START],
    "heat_map": lambda: [[[4, 3, 5], [2, 1, 6]], [0, 0.5, 1], [8, 9]],
    "compare_runs": lambda: [widgets.make_runs([0.02, 0.1, 0.3])],
    "watch_boundary": lambda: [turning, [[0, 0], [1, 1], [0, 1]], [0, 1, 1]],
    "drawing_pad": lambda: [
        [([[0.1 * ((i + j) % 3) for j in range(10)] for i in range(64)], [0] * 10)]
    ],
    "convergence_factors": lambda: [[0.1, 0.3, 0.5], [0.95, 0.85, 1.0], [0.5, 4.0]],
}


@pytest.fixture
def show(show):
    """A function that opens a Player as a page from disk, and returns its Visual."""
    return lambda player: visuals(show(player).page)[0]


def example(name):
    return getattr(widgets, name)(*EXAMPLES.get(name, list)())


@pytest.mark.every(4)
@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_visual_answers_to_the_mouse_and_is_accessible(show, name):
    visual = show(example(name))
    assert visual.faults([by_mouse]) == []
    if visual.button("play").count():
        assert visual.faults_of_the_run() == []
    assert accessibility_faults(visual.root.page) == []


@pytest.mark.slow  # keys are tried on fewer visuals in tests/painter, and so is the dark
@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_visual_answers_to_the_keyboard_and_is_accessible_in_the_dark(show, name):
    visual = show(example(name))
    assert visual.faults([by_keyboard]) == []
    page = visual.root.page
    page.evaluate(f"document.body.style.cssText = '{DARK}'")
    page.locator(".lk-dark").wait_for()
    assert accessibility_faults(page) == []


DEAF = (
    "addEventListener('keydown', (event) => { event.preventDefault(); "
    "event.stopImmediatePropagation() }, true)"
)
BLIND = (
    "() => { CanvasRenderingContext2D.prototype.save = function () { this.clip(new Path2D()) } }"
)
RESTLESS = """() => addEventListener("click", (event) => {
    if (event.target.value === "reset" || event.target.textContent === "Pause") event.stopImmediatePropagation();
}, true)"""


@pytest.mark.slow
def test_a_control_that_does_not_answer_is_found_out(show):
    visual = show(widgets.explore_loss())
    visual.root.page.evaluate(DEAF)
    assert set(visual.faults([by_keyboard])) == {
        f"{control} does not answer by_keyboard"
        for control in ("canvas", "div", "input weight", "input bias")
    }


def test_a_canvas_that_is_empty_is_found_out(show):
    visual = show(widgets.explore_loss())
    visual.root.page.evaluate(BLIND)
    visual.root.locator("input").first.fill("1")  # paints once more
    assert visual.faults([]) == ["a canvas is empty"]


def test_a_run_that_does_not_stop_and_cannot_be_reset_is_found_out(show):
    visual = show(widgets.descend_landscape())
    visual.root.page.evaluate(RESTLESS)
    assert visual.faults_of_the_run() == [
        "Play does not stop",
        "Reset does not bring the first picture back",
    ]


def test_a_ball_dropped_by_a_click_stays_there_when_the_run_is_stepped(show):
    visual = show(widgets.roll_downhill())
    page = visual.root.page
    page.evaluate(
        """() => { window.asked = [];
        document.addEventListener("learnkit-change", ({ detail }) => asked.push(detail.click)) }"""
    )
    visual.root.locator("canvas").click()
    for word in ("step", "play", "play", "reset"):
        visual.button(word).click()
    asked = page.evaluate("asked")
    # a step must not ask Python for the slider's place
    assert asked[0] and asked == [asked[0]] * len(asked)
