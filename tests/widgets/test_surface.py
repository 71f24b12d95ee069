"""Loss surfaces: their slopes and minima are true, 0.02 crawls, 0.4 misbehaves, and the explorer's loss is the loss."""

import numpy as np
import pytest

from learnkit.landscapes import SURFACES
from learnkit.widgets import descend_landscape, explore_loss
from learnkit.widgets.descent import REGIMES
from learnkit.widgets.surface import LANDSCAPES, RATES


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
def test_a_learning_rate_of_04_and_more_bounces_on_every_landscape(rate):
    assert codes(rate) == ["bouncing"] * 4


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
    assert player.arrays["gradients"][2, 3] == pytest.approx(np.array(slopes) / (2 * step), abs=0.01)


def test_the_arrow_points_down_the_gradient_and_is_longer_where_it_is_steeper():
    weights, biases = np.linspace(-2, 4, 31), np.linspace(-2, 4, 31)
    player = explore_loss(*DATA, weights=weights, biases=biases)
    here = np.stack(np.meshgrid(weights, biases), axis=-1)
    arrows, slopes = player.arrays["tips"] - here, player.arrays["gradients"]
    assert ((arrows * slopes).sum(axis=-1) <= 1e-6).all()
    lengths, steepness = np.linalg.norm(arrows, axis=-1).ravel(), np.linalg.norm(slopes, axis=-1).ravel()
    order = np.argsort(steepness)[::60]
    assert (np.diff(lengths[order]) > 0).all()
