"""Landscapes: their slopes and minima are true, 0.01 crawls, 0.4 misbehaves, a hand puts the ball
anywhere, and nothing tells the end before the run has come to it.
"""

import json
import re

import numpy as np
import pytest

from learnkit.landscapes import SURFACES
from learnkit.painter.axes import LEFT, NEAR
from learnkit.painter.expressions import expression, template
from learnkit.widgets import descend_landscape
from learnkit.widgets.descent.landscape import LANDSCAPES, NAMES, RATES, START
from learnkit.widgets.descent.roll import REGIMES, VERDICTS
from learnkit.widgets.descent.runs import descend

FIRST = (1, 2)  # of the 3 x 3 starts, START


def at(player, **state):
    """What the player's texts say with its controls at these indices."""
    player.lens.state |= state
    return lambda text: player.lens.words(template(text) if isinstance(text, str) else text)


def codes(rate):
    player = descend_landscape()
    found = player.arrays["codes"][(slice(None), *FIRST, np.argmin(abs(RATES - rate)))]
    return [REGIMES[int(code)] for code in found]


@pytest.mark.parametrize("name", SURFACES)
def test_the_gradient_of_a_surface_agrees_with_finite_differences(name):
    surface, step = SURFACES[name], 1e-6
    low, high = surface.range
    x, y = np.random.default_rng(3).uniform(low, high, (2, 50))
    across = (surface.function(x + step, y) - surface.function(x - step, y)) / (2 * step)
    up = (surface.function(x, y + step) - surface.function(x, y - step)) / (2 * step)
    slopes = np.broadcast_arrays(*surface.gradient(x, y))
    assert slopes[0] == pytest.approx(across, abs=1e-5) and slopes[1] == pytest.approx(up, abs=1e-5)


@pytest.mark.parametrize("name", SURFACES)
def test_the_lowest_point_of_a_surface_is_its_lowest_point(name):
    surface = SURFACES[name]
    x, y = np.meshgrid(*[np.linspace(*surface.range, 401)] * 2)
    assert surface.function(*surface.minimum) <= surface.function(x, y).min() + 1e-3
    assert np.abs(surface.gradient(*surface.minimum)) == pytest.approx(0, abs=0.02)


@pytest.mark.parametrize("name", LANDSCAPES)
def test_every_landscape_has_more_than_one_minimum(name):
    surface = SURFACES[name]
    x, y = np.meshgrid(*[np.linspace(*surface.range, 201)] * 2)
    z = surface.function(x, y)
    around = np.stack([np.roll(z, shift, (0, 1)) for shift in ((0, 1), (1, 0), (0, -1), (-1, 0))])
    assert (z < around.min(axis=0))[1:-1, 1:-1].sum() >= 2


def test_a_learning_rate_of_001_crawls_on_every_landscape_and_002_on_the_first():
    assert codes(0.01) == ["crawling"] * 4 and codes(0.02)[0] == "crawling"


@pytest.mark.parametrize("rate", [0.4, 0.5, 0.6])
def test_a_learning_rate_of_04_and_more_misbehaves_on_every_landscape(rate):
    assert set(codes(rate)) <= {"bouncing", "chaotic"} and codes(rate)[0] == "bouncing"


def test_a_learning_rate_in_between_settles_on_most_landscapes():
    assert codes(0.2).count("converging") >= 3


def test_the_runs_are_gradient_descent():
    surface = SURFACES["three wells"]
    place, rate = np.array(START), 4
    run = descend_landscape().arrays["runs"][(LANDSCAPES.index("three wells"), *FIRST, rate)]
    for found in run:
        assert found == pytest.approx(place, abs=0.01)
        place = place - RATES[rate] * np.array(surface.gradient(*place))


def test_a_learner_s_own_surface_is_descended_too():
    player = descend_landscape(lambda x, y: (x - 1) ** 2 + y**2, low=-2, high=2, rate=0.2)
    assert player.arrays["runs"][0, 0, 4, 4, -1] == pytest.approx([1, 0], abs=0.01)
    assert "landscape" not in player.lens.controls


def test_a_curve_is_refused_with_the_visual_to_take():
    with pytest.raises(ValueError, match="roll_downhill"):
        descend_landscape(lambda x: x**2)


def test_what_is_told_of_a_run_is_the_truth_however_far_away():
    player = descend_landscape(lambda x, y: x**2 + 5 * y**2, rate=0.6)
    x, y = -2.4, 1.8
    for step in range(41):
        player.lens.state["frame"] = step
        assert player.lens.words(template("{x}")) == f"{x:.2f}".replace("-", "−").replace(
            "−0.00", "0.00"
        )
        loss = player.lens.evaluate(expression("loss"))
        if abs(y) < 1e6:
            assert float(player.lens.words(template("{y}")).replace("−", "-")) == pytest.approx(
                y, rel=1e-6, abs=0.006
            )
        truth = x**2 + 5 * y**2
        # a table of float32 ends at 3e38
        assert loss == pytest.approx(min(truth, 3.2e38), rel=0.005, abs=0.006)
        x, y = x - 0.6 * 2 * x, y - 0.6 * 10 * y
    assert "over 3e38; the run is diverging" in player.lens.words(player.scene["description"])


@pytest.mark.parametrize("f", [lambda x, y: 0 * x + 1, lambda x, y: np.floor(x) + 0 * y])
def test_a_level_landscape_has_levels_that_rise(f):
    table = descend_landscape(f).arrays
    assert (np.diff(table["levels"][0]) > 0).all() and np.ptp(table["span"][0]) > 0


def test_tiny_and_huge_heights_are_told_in_powers_of_ten():
    assert "height f(x, y) = 5.76e−9;" in repr(descend_landscape(lambda x, y: 1e-9 * x**2 + 0 * y))
    assert "height f(x, y) = 1.00e+9;" in repr(descend_landscape(lambda x, y: 1e9 + 0 * y))


@pytest.mark.parametrize(
    "options, words",
    [({"rate": 5}, "from 0.01 to 0.6; this is 5"), ({"steps": 0}, "from 1 to 80")],
)
def test_a_landscape_refuses_what_it_cannot_show(options, words):
    with pytest.raises(ValueError, match=words):
        descend_landscape(np.hypot, **options)


def test_after_one_step_it_says_step():
    player = descend_landscape(np.hypot, steps=1)
    assert "after 1 step position x" in at(player, frame=1)(player.scene["description"])


def test_the_landscape_names_its_colours_and_its_heights_in_numbers_for_each_landscape():
    player = descend_landscape()
    turning, flat = player.scene["panels"]
    [scale] = [layer["scale"] for layer in flat["layers"] if "scale" in layer]
    assert [scale[0][0], scale[-1][0]] == [0, 1]
    for place in range(len(LANDSCAPES)):
        say = at(player, landscape=place)
        heights = player.arrays["heights"][place]
        said = [float(say(text).replace("−", "-")) for _, text in (scale[0], scale[-1])]
        assert said == pytest.approx([heights.min(), heights.max()], abs=0.05)
        marks = player.lens.evaluate(turning["z"]["moving"])
        marks = marks[np.isfinite(marks)]
        assert 3 <= len(marks) <= 9
        assert heights.min() - 0.15 <= marks.min() and marks.max() <= heights.max() + 0.1
    assert "low<" not in player.scene["markup"]


@pytest.mark.parametrize("rate", RATES)
def test_nothing_tells_what_becomes_of_a_run_before_its_last_step(rate):
    player = descend_landscape(rate=rate)
    texts = [panel["title"] for panel in player.scene["panels"]]
    texts += [*player.scene["texts"], player.scene["status"], player.scene["description"]]
    ends = re.compile("|".join(set(REGIMES) | set(VERDICTS)))
    for frame in range(41):
        say = at(player, frame=frame)
        told = [say(text) for text in texts if ends.search(say(text).replace("not over yet", ""))]
        assert bool(told) == (frame == 40)


def test_the_still_picture_and_the_sentence_stand_where_the_visual_opens():
    player = descend_landscape()
    assert player.scene["picture"] == {} and "after 0 steps position x = 0.45" in repr(player)


def test_picture_readouts_status_and_sentence_say_one_number_in_every_frame():
    player = descend_landscape(lambda x, y: x**2 + 3 * y**2, rate=0.3, low=-2, high=2)
    for frame in range(41):
        say = at(player, frame=frame)
        x, y, height = (say(text) for text in ("{x}", "{y}", "{loss:.2f}"))
        place = player.lens.evaluate(expression("ball"))
        if abs(place).max() < 2:
            shown = [f"{v:.2f}".replace("-", "−").replace("−0.00", "0.00") for v in place]
            assert [x, y] == shown
        names = zip(NAMES, (x, y, height), strict=True)
        assert ", ".join(f"{name} {number}" for name, number in names) in say(
            player.scene["status"]
        )
        assert f"{NAMES[0]} = {x}, {NAMES[1]} = {y} and {NAMES[2]} = {height};" in say(
            player.scene["description"]
        )


def test_the_axes_are_named_as_the_learner_names_them():
    player = descend_landscape(np.hypot, names=("weight", "bias", "loss"))
    turning, flat = player.scene["panels"]
    assert [turning[axis]["label"] for axis in "xyz"] == ["weight", "bias", "loss"]
    assert [flat[axis]["label"] for axis in "xy"] == ["weight", "bias"]
    assert "after 0 steps weight = −2.40" in repr(player)
    with pytest.raises(ValueError, match="names are three"):
        descend_landscape(np.hypot, names="xy")


def test_a_ball_put_anywhere_by_hand_runs_from_exactly_there():
    player = descend_landscape()
    values = {"landscape": 3, "rate": 0.3, "x0": 0.45, "y0": 2.3, "frame": 0}
    news = player._on_change(values, [1.234, -0.777])
    run = descend(SURFACES["three wells"], (1.234, -0.777), 0.3, 40)
    assert news["runs_now"] == pytest.approx(run, abs=1e-5)
    assert (news["x0"], news["y0"]) == (1.234, -0.777)
    assert set(news) - {"x0", "y0"} == {name for name in player.scene["values"] if "_now" in name}
    assert player._on_change(values, None) == {}  # the table knows it


def test_the_ball_may_start_where_the_learner_says():
    runs = descend_landscape(np.hypot, start=(1.7, -0.3)).arrays["runs"][0]
    starts = runs[:, :, 0, 0].reshape(-1, 2)
    assert np.abs(starts - (1.7, -0.3)).max(axis=1).min() < 0.005
    with pytest.raises(ValueError, match="two numbers"):
        descend_landscape(np.hypot, start=3)


def test_all_three_axes_of_the_landscape_have_names_and_numbers_where_the_eye_is_near():
    panel = descend_landscape().scene["panels"][0]
    names = [layer for layer in panel["layers"] if layer.get("frame") == "name"]
    numbers = [layer for layer in panel["layers"] if layer.get("frame") == "number"]
    assert sorted(layer["text"] for layer in names) == sorted(NAMES)
    assert len(numbers) == 3
    assert all(NEAR in layer["at"] or LEFT in layer["at"] for layer in names + numbers)


@pytest.mark.every(4)
@pytest.mark.parametrize("name", [None, *SURFACES])
def test_every_named_landscape_adds_less_than_90_kilobytes_to_a_notebook(name):
    assert len(json.dumps(descend_landscape(name)._repr_mimebundle_())) < 90_000
