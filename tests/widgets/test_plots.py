"""The style for what learners plot themselves: readable on any notebook, undone after its block."""

import io

import matplotlib
import numpy as np
import pytest
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from PIL import Image

from learnkit import widgets
from learnkit.widgets.plots import LINES, STYLE


def contrast(one, other):
    """The contrast ratio of two colours, as WCAG 2 defines it."""

    def light(colour):
        parts = [
            v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in to_rgb(colour)
        ]
        return np.dot([0.2126, 0.7152, 0.0722], parts) + 0.05

    dark, bright = sorted([light(one), light(other)])
    return bright / dark


@pytest.fixture(autouse=True)
def untouched():
    with matplotlib.rc_context():
        yield


WRITTEN = ["text.color", "axes.labelcolor", "xtick.color", "ytick.color"]


@pytest.mark.parametrize("ink", [STYLE[name] for name in WRITTEN] + list(LINES))
@pytest.mark.parametrize("notebook", ["#ffffff", "#111111"])
def test_text_and_lines_have_contrast_in_a_light_and_in_a_dark_notebook(ink, notebook):
    with widgets.style():
        figure = Figure()
        figure.add_subplot()
        drawn = io.BytesIO()
        figure.savefig(drawn, format="png")
    page = Image.new("RGBA", Image.open(drawn).size, notebook)
    page.alpha_composite(Image.open(drawn).convert("RGBA"))
    ground = [part / 255 for part in page.getpixel((0, 0))[:3]]
    assert contrast(ink, ground) >= 4.5


def test_lines_differ_by_colour_and_by_dash():
    with widgets.style():
        axes = Figure().add_subplot()
        lines = [axes.plot([0, 1])[0] for _ in LINES]
    assert len({line.get_color() for line in lines}) == len(lines) == 6
    assert len({str(line._unscaled_dash_pattern) for line in lines}) == len(lines)


def test_after_its_block_matplotlib_draws_as_before_even_after_an_error():
    before = dict(matplotlib.rcParams)
    with pytest.raises(ZeroDivisionError), widgets.style():
        assert matplotlib.rcParams["axes.facecolor"] == STYLE["axes.facecolor"]
        raise ZeroDivisionError
    assert dict(matplotlib.rcParams) == before


def test_blocks_inside_one_another_are_undone_one_by_one():
    with widgets.style():
        with widgets.style():
            pass
        assert matplotlib.rcParams["axes.grid"] is True


def test_once_in_a_notebook_it_stays_and_says_so_in_a_sentence():
    said = repr(widgets.style())
    assert matplotlib.rcParams["axes.grid"] is True
    assert said == "matplotlib draws in the style of the course."
