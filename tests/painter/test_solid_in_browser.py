"""Three dimensions on a page: what lies outside the box, and behind the eye."""

import numpy as np
import pytest
from on_page import WRITTEN, touching
from small import FRAMES, scene

from learnkit.painter.player import Player
from learnkit.painter.scene import Axis, Camera, Curve, Dots, Surface
from learnkit.widgets import descend_landscape

PLACES = [[2, 2, 1], [2, -40, 1], [-40, 2, 0], [2, 2, 90], [1e9, -1e9, 1e9]]


def ball_on_a_surface(elevation):
    x = np.linspace(0, 4, 9)
    heights = (x - 2) ** 2 + (x[:, None] - 2) ** 2
    layers = [
        Surface(z="heights", levels=[0, 2, 4, 8]),
        Curve(at="places[:frame+1]"),
        Dots(at="places[frame]", size=9, off="it left the picture"),
    ]
    panel = {"z": Axis(label="z", range=[0, 8]), "camera": Camera(azimuth=0.6, elevation=elevation)}
    return Player(scene(layers, [FRAMES], **panel), {"heights": heights, "places": PLACES})


@pytest.mark.parametrize("elevation", [0.1, 0.6, 1.4])
def test_a_ball_that_flies_past_the_eye_waits_at_the_edge_and_throws_nothing(show, elevation):
    page = show(ball_on_a_surface(elevation))
    inside = page.pictures()
    for frame in range(1, 5):
        page.set("frame", frame)
        assert page.pictures() != inside
    page.set("frame", 0)
    assert page.pictures() == inside


@pytest.mark.parametrize("size", [(1000, 800), (390, 844)], ids=["page", "phone"])
def test_from_no_side_do_names_and_numbers_of_axes_touch_or_leave_the_picture(show, size):
    page = show(descend_landscape())
    page.page.set_viewport_size({"width": size[0], "height": size[1]})
    page.page.evaluate(WRITTEN, 0)
    canvas = page.page.locator("canvas").first
    box = canvas.bounding_box()
    for key in ["ArrowUp", "ArrowUp", "ArrowDown", "ArrowDown", "ArrowDown"] * 2:
        for arrow in ["ArrowRight"] * 13 + [key] * 9:
            canvas.press(arrow)
        page.said()
        words = page.page.evaluate("written")
        assert {text for text, *_ in words} >= {"position x", "position y", "height f(x, y)"}
        for text, left, right, top, bottom in words:
            assert 0 <= left and right <= box["width"], text
            assert 0 <= top and bottom <= box["height"], text
        assert not touching(words)
