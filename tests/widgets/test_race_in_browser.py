"""A surface to draw on in Chromium, where Python answers: the optimizers race over what is drawn."""

import numpy as np
import pytest
from on_page import DARK
from wired import wired

from learnkit.landscapes import SURFACES
from learnkit.widgets import race_optimizers
from learnkit.widgets.descent.race import RACERS, mounds, race

BOWL = SURFACES["long bowl"]
ANSWERING = """() => setInterval(async () => {
    const question = asked.shift();
    if (question) kernel.tells(await python(question));
}, 5)"""


@pytest.fixture
def raced(show):
    """A page with the surface, and the player whose Python answers it."""
    player, news = race_optimizers("long bowl", steps=20, draw=True), []
    player._wire.send = news.append
    page = show(player)

    def python(question):
        player._answer(None, question, [])
        return news.pop()

    page.page.expose_function("python", python)
    wired(page).page.evaluate(ANSWERING)
    return page, player


def spot(page, player, place):
    """Where a place of the map is on the screen."""
    box = page.page.locator("canvas").first.bounding_box()
    left, top, right, bottom = player.scene["panels"][0]["margins"]
    low, high = BOWL.range
    x, y = ((v - low) / (high - low) for v in place)
    wide, tall = box["width"] - left - right, box["height"] - top - bottom
    return box["x"] + left + x * wide, box["y"] + top + (1 - y) * tall


def heights_at_the_end(player):
    """How high each optimizer ends over what is drawn, by a race of our own."""
    values = player.values
    places = [(values[f"{kind}_x"], values[f"{kind}_y"]) for kind in ("hill", "pit")]
    ground = mounds(BOWL, *places, values["drawn"])
    start = np.array([values["x0"], values["y0"]])
    ends = race(ground, start, RACERS, 20)[:, -1]
    return ground.function(*ends.T) - ground.function(*ground.minimum)


def told_at_the_end(page):
    page.set("frame", 20)
    said = page.said()
    return [float(said[f"{{now{i}}}"]) for i in range(len(RACERS))]


def test_hills_and_pits_are_drawn_by_mouse_and_the_race_runs_over_them(raced):
    page, player = raced
    mouse, smooth = page.page.mouse, told_at_the_end(page)
    page.press("hill")
    mouse.click(*spot(page, player, (-2, 0.4)))
    page.page.get_by_text("2 hills, 1 pit").wait_for()
    page.page.get_by_role("button", name="Pause").wait_for()  # the race has begun
    page.press("pit")
    mouse.move(*spot(page, player, (0, -2)))
    mouse.down()
    mouse.move(*spot(page, player, (2, -2)))
    mouse.up()
    page.page.get_by_text("2 hills, 4 pits").wait_for()
    told = told_at_the_end(page)
    assert told == pytest.approx(heights_at_the_end(player), abs=0.01) and told != smooth
    page.page.locator("canvas[aria-label*='with 2 hills and 4 pits']").wait_for()
    page.press("Clear")
    page.page.get_by_text("1 hill, 1 pit").wait_for()
    assert told_at_the_end(page) == smooth


def test_a_hill_is_put_down_by_keys_and_taken_back(raced):
    page, player = raced
    page.page.get_by_role("button", name="hill", exact=True).press("Enter")
    keys = page.page.keyboard
    for key in ["ArrowLeft"] * 8 + ["ArrowUp"] * 2 + ["Enter"]:
        keys.press(key)
    page.page.get_by_text("2 hills, 1 pit").wait_for()
    [(kind, [place])] = player.values["drawn"]
    assert kind == "hill" and place == pytest.approx([-2, 0.5], abs=0.01)
    assert told_at_the_end(page) == pytest.approx(heights_at_the_end(player), abs=0.01)
    keys.press("Backspace")
    page.page.get_by_text("1 hill, 1 pit").wait_for()


@pytest.mark.slow
def test_the_surface_is_in_one_view_with_a_tool_in_hand_and_accessible_in_both_themes(raced):
    page, _ = raced
    for size in ((1280, 720), (390, 844)):
        page.page.set_viewport_size(dict(zip(("width", "height"), size)))
        if size[0] == 390:
            page.page.evaluate(f"document.body.style.cssText = '{DARK}'")
            page.page.locator(".lk-dark").wait_for()
        else:
            page.press("hill")
        page.said()
        room = 599 if size[0] == 1280 else 844
        assert page.page.locator(".lk").bounding_box()["height"] <= room
        assert page.page.evaluate("document.documentElement.scrollWidth") <= size[0]
        assert page.accessibility_faults() == []
