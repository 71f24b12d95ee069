"""Loss surfaces: their slopes and minima are true, 0.02 crawls, 0.4 misbehaves, and the
explorer's loss is the loss.
"""

import numpy as np
import pytest

from learnkit.landscapes import SURFACES
from learnkit.painter.axes import LEFT, NEAR
from learnkit.painter.expressions import expression, template
from learnkit.widgets import descend_landscape, explore_loss
from learnkit.widgets.descent.roll import REGIMES
from learnkit.widgets.descent.surface import LANDSCAPES, RATES


def codes(rate):
    player = descend_landscape()
    return [REGIMES[int(code)] for code in player.arrays["codes"][:, np.argmin(abs(RATES - rate))]]


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


def test_a_learning_rate_of_002_crawls_on_every_landscape():
    assert codes(0.02) == ["crawling"] * 4


@pytest.mark.parametrize("rate", [0.4, 0.5, 0.6])
def test_a_learning_rate_of_04_and_more_misbehaves_on_every_landscape(rate):
    assert set(codes(rate)) <= {"bouncing", "chaotic"} and codes(rate)[0] == "bouncing"


def test_a_learning_rate_in_between_settles_on_most_landscapes():
    assert codes(0.2).count("converging") >= 3


def test_the_runs_are_gradient_descent():
    surface = SURFACES["three wells"]
    place, rate = np.array(surface.start), 10
    run = descend_landscape().arrays["runs"][LANDSCAPES.index("three wells"), rate]
    for found in run:
        assert found == pytest.approx(place, abs=0.01)
        place = place - RATES[rate] * np.array(surface.gradient(*place))


def test_a_learner_s_own_surface_is_descended_too():
    player = descend_landscape(lambda x, y: (x - 1) ** 2 + y**2, low=-2, high=2, rate=0.2)
    assert player.arrays["runs"][0, 10, -1] == pytest.approx([1, 0], abs=0.01)
    assert "landscape" not in player.lens.controls


def test_a_curve_is_refused_with_the_visual_to_take():
    with pytest.raises(ValueError, match="roll_downhill"):
        descend_landscape(lambda x: x**2)


DATA = np.array([0.0, 1.0, 2.0]), np.array([1.0, 2.0, 4.0])


def test_the_explorer_s_loss_is_the_mean_squared_error_of_its_line():
    player = explore_loss(*DATA, weights=[0.0, 1.0, 2.0], biases=[0.5, 1.5])
    for i, bias in enumerate([0.5, 1.5]):
        for j, weight in enumerate([0.0, 1.0, 2.0]):
            loss = np.mean((weight * DATA[0] + bias - DATA[1]) ** 2)
            assert player.arrays["losses"][i, j] == pytest.approx(loss)


def test_the_explorer_s_gradient_agrees_with_finite_differences_of_its_loss():
    weights, biases = np.linspace(0, 2, 5), np.linspace(-1, 2, 7)
    player = explore_loss(*DATA, weights=weights, biases=biases)
    loss = lambda w, b: np.mean((w * DATA[0] + b - DATA[1]) ** 2)  # noqa: E731
    w, b, step = weights[3], biases[2], 1e-5
    slopes = (loss(w + step, b) - loss(w - step, b), loss(w, b + step) - loss(w, b - step))
    assert player.arrays["gradients"][2, 3] == pytest.approx(
        np.array(slopes) / (2 * step), abs=0.01
    )


def test_the_arrow_points_down_the_gradient_and_is_longer_where_it_is_steeper():
    weights, biases = np.linspace(-2, 4, 31), np.linspace(-2, 4, 31)
    player = explore_loss(*DATA, weights=weights, biases=biases)
    here = np.stack(np.meshgrid(weights, biases), axis=-1)
    arrows, slopes = player.arrays["tips"] - here, player.arrays["gradients"]
    assert ((arrows * slopes).sum(axis=-1) <= 1e-6).all()
    lengths, steepness = (
        np.linalg.norm(arrows, axis=-1).ravel(),
        np.linalg.norm(slopes, axis=-1).ravel(),
    )
    order = np.argsort(steepness)[::60]
    assert (np.diff(lengths[order]) > 0).all()


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
    assert "the loss is over 3e38; the run is diverging" in repr(player)


@pytest.mark.parametrize("f", [lambda x, y: 0 * x + 1, lambda x, y: np.floor(x) + 0 * y])
def test_a_level_landscape_has_levels_that_rise(f):
    table = descend_landscape(f).arrays
    assert (np.diff(table["levels"][0]) > 0).all() and np.ptp(table["span"][0]) > 0


def test_tiny_and_huge_heights_are_told_in_powers_of_ten():
    assert "the loss is 5.76e−9;" in repr(descend_landscape(lambda x, y: 1e-9 * x**2 + 0 * y))
    assert "the loss is 1.00e+9;" in repr(descend_landscape(lambda x, y: 1e9 + 0 * y))


@pytest.mark.parametrize(
    "options, words",
    [({"rate": 5}, "from 0.01 to 0.6; this is 5"), ({"steps": 0}, "from 1 to 80")],
)
def test_a_landscape_refuses_what_it_cannot_show(options, words):
    with pytest.raises(ValueError, match=words):
        descend_landscape(np.hypot, **options)


def test_after_one_step_it_says_step():
    assert "after 1 step x" in repr(descend_landscape(np.hypot, steps=1))


HOUSES = np.linspace(60, 200, 9), 40 + 1.4 * np.linspace(60, 200, 9) + 20 * np.sin(np.arange(9))


def test_the_explorer_tells_the_gradient_to_the_last_digit_it_shows():
    player = explore_loss(*HOUSES)
    weights, biases = (control["values"] for control in player.scene["controls"])
    errors = weights[7] * HOUSES[0] + biases[3] - HOUSES[1]
    slopes = 2 * (errors * HOUSES[0]).mean(), 2 * errors.mean()
    assert player.arrays["gradients"][3, 7] == pytest.approx(slopes, rel=1e-6)


def test_weight_and_bias_matter_alike_whatever_the_units():
    player = explore_loss(*HOUSES)
    losses = player.arrays["losses"]
    middle = len(losses) // 2
    along_weights, along_biases = np.ptp(losses[middle]), np.ptp(losses[:, middle])
    assert 1 / 3 < along_weights / along_biases < 3


@pytest.mark.parametrize(
    "data, words",
    [
        (([1, 1, 1], [1, 2, 3]), "these all stand at one"),
        (([1], [1]), "two places"),
        (([1, np.nan], [1, 2]), "leave out"),
        (([1, 2, 3], [1, 2]), r"shapes \(3,\) and \(2,\)"),
        (("ab", "cd"), "two arrays of numbers"),
        (([1, 2], None), "one length"),
    ],
)
def test_data_without_a_line_are_refused(data, words):
    with pytest.raises(ValueError, match=words):
        explore_loss(*data)


@pytest.mark.parametrize(
    "data",
    [([1, 2, 3], [5, 5, 5]), ([1, 2], [0, 0]), (1e3 * np.arange(5), 1e-3 * np.arange(5) ** 2)],
)
def test_level_tiny_and_huge_data_are_explored_too(data):
    player = explore_loss(*data)
    assert (
        len(set(player.scene["controls"][0]["values"])) == 41
        and np.isfinite(player.arrays["losses"]).all()
    )


@pytest.mark.parametrize("weights", [[1.0], [2.0, 1.0, 0.0], [0.0, 1.0, 5.0], []])
def test_weights_rise_evenly(weights):
    with pytest.raises(ValueError, match="weights rise evenly"):
        explore_loss(*DATA, weights=weights)


def test_the_title_writes_the_line_as_one_writes_it():
    player = explore_loss(*DATA, weights=[0.0, 1.0, 2.0], biases=[-0.5, 0.5, 1.5])
    title = player.scene["panels"][0]["title"]
    assert player.lens.words(title) == "The line ŷ = 0.00·x − 0.50 on the data"
    player.lens.state["bias"] = 2
    assert player.lens.words(title) == "The line ŷ = 0.00·x + 1.50 on the data"


def test_the_landscape_names_its_axes_and_its_colours_in_numbers_for_each_landscape():
    player = descend_landscape()
    turning, losses = player.scene["panels"]
    [scale] = [layer["scale"] for layer in turning["layers"] if "scale" in layer]
    assert [scale[0][0], scale[-1][0]] == [0, 1]
    for place in range(len(LANDSCAPES)):
        player.lens.state["landscape"] = place
        heights = player.arrays["heights"][place]
        said = [
            float(player.lens.words(text).replace("−", "-")) for _, text in (scale[0], scale[-1])
        ]
        assert said == pytest.approx([heights.min(), heights.max()], abs=0.05)
        for axis in (turning["z"], losses["y"]):
            marks = player.lens.evaluate(axis["moving"])
            marks = marks[np.isfinite(marks)]
            assert (
                3 <= len(marks) <= 9
                and heights.min() - 0.15 <= marks.min()
                and marks.max() <= heights.max() + 0.1
            )
    assert "low<" not in player.scene["markup"]


def test_the_title_of_the_loss_says_where_it_began_and_where_it_is():
    player = descend_landscape(lambda x, y: x**2 + y**2, rate=0.1, steps=3)
    first, last = (player.arrays["losses"][0, 5, step] for step in (0, 3))
    player.lens.state["frame"] = 3
    title = player.lens.words(player.scene["panels"][1]["title"])
    assert title == f"Loss {first:.2f} at first, {last:.2f} after 3 steps"


def test_all_three_axes_of_the_landscape_have_names_and_numbers_where_the_eye_is_near():
    panel = descend_landscape().scene["panels"][0]
    texts = [layer for layer in panel["layers"] if layer["draw"] == "text" and layer.get("frame")]
    assert [layer["text"] for layer in texts if layer["size"] == 13] == [
        "x",
        "y",
        "loss",
    ]
    assert sum(layer.get("size") == 11 for layer in texts) == 3
    assert all(NEAR in layer["at"] or LEFT in layer["at"] for layer in texts)
