"""Landscape and loss explorer in Chromium: what is dragged on one picture moves on the other."""

import numpy as np
import pytest

from learnkit.widgets import descend_landscape, explore_loss

WEIGHTS, BIASES = np.linspace(0, 2, 21), np.linspace(0, 2, 21)


def drag(page, name, by):
    """Drag the first handle of that name by so many pixels."""
    page.drag(page.page.get_by_role("slider", name=name, exact=True).first, by)
    page.said()


def place(page, name):
    return page.page.get_by_role("slider", name=name, exact=True).last.bounding_box()


def standing(page):
    return [float(page.page.locator(f"[name={name}]").input_value()) for name in ("weight", "bias")]


@pytest.fixture
def explorer(show):
    return show(explore_loss([0, 1, 2], [1, 1.5, 2.5], weights=WEIGHTS, biases=BIASES))


def test_the_middle_of_the_line_moves_the_bias_and_with_it_the_place_on_the_map(explorer):
    spot, before = place(explorer, "the line's place on the surface"), standing(explorer)
    drag(explorer, "the line, at its middle", (0, -40))
    after = standing(explorer)
    assert after[0] == before[0] and after[1] > before[1]
    assert place(explorer, "the line's place on the surface")["y"] < spot["y"] - 5


def test_an_end_of_the_line_tilts_it(explorer):
    before = standing(explorer)
    drag(explorer, "the line, at its right end", (0, -40))
    after = standing(explorer)
    assert after[0] > before[0] and after[1] == before[1]


def test_the_place_on_the_map_moves_the_line(explorer):
    line = place(explorer, "the line, at its right end")
    drag(explorer, "the line's place on the surface", (60, -40))
    assert place(explorer, "the line, at its right end")["y"] < line["y"] - 10


@pytest.mark.parametrize("which", [0, 1], ids=["surface", "map"])
def test_the_ball_is_dragged_on_the_surface_and_on_its_map(show, which):
    page = show(descend_landscape(np.hypot))
    page.page.evaluate(
        """() => { window.asked = [];
        document.addEventListener("learnkit-change", ({ detail }) => asked.push(detail.click)) }"""
    )
    handle = page.page.get_by_role("slider", name="the ball").nth(which)
    box = handle.bounding_box()
    to = page.page.locator("canvas").nth(which).bounding_box()
    page.page.mouse.move(box["x"] + 14, box["y"] + 14)
    page.page.mouse.down()
    page.page.mouse.move(to["x"] + to["width"] / 2, to["y"] + 0.5 * to["height"], steps=4)
    page.page.mouse.up()
    said = page.said()
    assert said["{frame}"] == "0" and said["{x}"] != "−2.40"
    x, y = page.page.evaluate("asked.at(-1)")
    assert abs(x) < 1.5 and abs(y) < 1.5  # exactly where the hand is, not at the nearest start
    assert float(said["{x}"].replace("−", "-")) == pytest.approx(x, abs=0.8)


def test_a_ball_thrown_down_again_leaves_its_trail_on_its_own_landscape_until_it_is_cleared(show):
    page = show(descend_landscape(steps=5))
    clear = page.page.get_by_role("button", name="Clear trails")
    before = page.pictures()
    page.set("frame", 5)
    page.said()
    assert not clear.is_visible()
    page.page.get_by_role("slider", name="the ball").last.press("ArrowRight")
    page.page.get_by_role("slider", name="the ball").last.press("ArrowLeft")
    surface, flat = page.pictures()
    assert surface != before[0] and flat != before[1] and clear.is_visible()
    page.set("landscape", 1)
    page.said()
    assert not clear.is_visible()
    page.set("landscape", 0)
    assert page.pictures()[1] == flat and clear.is_visible()
    clear.click()
    page.page.mouse.move(0, 0)
    assert not clear.is_visible() and page.pictures()[1] == before[1]
