"""Every visual of learnkit.widgets as a page opened from disk, with no network: all of it answers, to everyone."""

import pytest
from browser import accessibility_faults, listen
from visuals import by_keyboard, visuals

from learnkit import Value, widgets

NO_VISUALS = {"contour_lines", "edges", "make_runs"}
FUNCTIONS = [name for name in widgets.__all__ if name.islower() and name not in NO_VISUALS]
LIGHT, DARK = "background: #ffffff; color: #1b1b1b", "background: #111111; color: #eeeeee"


def expression():
    """Arguments for the graph viewer."""
    d, w, b = Value(2.0), Value(-0.5), Value(0.3)
    return (d * w + b).tanh(), {"d": d, "w": w, "b": b}


EXAMPLES = {  # the arguments of visuals that have no example of their own
    "graph_viewer": expression,
    "compare_runs": lambda: [widgets.make_runs([0.02, 0.1, 0.3])],
}


@pytest.fixture
def show(browser, tmp_path):
    """A function that opens the HTML of a Player as a page from disk; nothing may go wrong there."""
    page = browser.new_page(viewport={"width": 1000, "height": 900})
    faults = listen(page)

    def from_disk(player):
        head = '<!doctype html><html lang="en"><meta charset="utf-8"><title>A visual</title>'
        (tmp_path / "page.html").write_text(f'{head}<body style="{LIGHT}"><main>{player.html}</main>', encoding="utf-8")
        page.goto((tmp_path / "page.html").as_uri())
        [visual] = visuals(page)
        return visual

    yield from_disk
    page.close()
    assert faults == []


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_visual_answers_to_mouse_and_keyboard_and_is_accessible_in_both_themes(show, name):
    visual = show(getattr(widgets, name)(*EXAMPLES.get(name, list)()))
    assert visual.faults() == []
    page = visual.root.page
    assert accessibility_faults(page) == []
    page.evaluate(f"document.body.style.cssText = '{DARK}'")
    page.locator(".lk-dark").wait_for()
    assert accessibility_faults(page) == []


DEAF = "addEventListener('keydown', (event) => { event.preventDefault(); event.stopImmediatePropagation() }, true)"
BLIND = "() => { CanvasRenderingContext2D.prototype.save = function () { this.clip(new Path2D()) } }"
SILENT = {f"{control} does not answer" for control in ("canvas", "select landscape", "input rate", "input frame")}
SILENT |= {"Step changes nothing", "Play changes nothing"}


@pytest.mark.parametrize("sabotage, more", [(DEAF, set()), (BLIND, {"a canvas is empty"})], ids=["deaf", "blind"])
def test_a_visual_that_does_not_answer_is_found_out(show, sabotage, more):
    visual = show(widgets.descend_landscape())
    visual.root.page.evaluate(sabotage)
    visual.button("step").click()
    assert {fault.removesuffix(" by_keyboard") for fault in visual.faults([by_keyboard])} == SILENT | more
