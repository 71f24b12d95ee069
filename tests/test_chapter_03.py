"""What chapter 3 says of loss surfaces beyond the numbers that its own cells print."""

import math
from statistics import NormalDist

import numpy as np
import pytest

from learnkit import Tensor, flip, training
from learnkit.exercises import chapter_03 as practice
from learnkit.landscapes import CURVES, SURFACES
from learnkit.widgets import descend_landscape, hard_places
from learnkit.widgets import runs as descents
from learnkit.widgets.descent import REGIMES, regime
from learnkit.widgets.maps import heat_map
from learnkit.widgets.places import RATES
from learnkit.widgets.surface import RATES as LANDSCAPE_RATES

DISTANCE = np.array([1, 2, 3, 4])
IMAGES = np.array(flip.IMAGES, dtype=float)
TARGETS = np.array([flip.flip(image) for image in flip.IMAGES], dtype=float)


def network_loss(W1, b1, W2, b2):
    return ((np.maximum(IMAGES @ W1 + b1, 0) @ W2 + b2 - TARGETS) ** 2).mean(axis=(-2, -1))


@pytest.fixture(scope="module")
def twenty():
    """The chapter's twenty networks of four hidden units, trained: W1, b1, W2, b2."""
    networks = training.random_networks(4, count=20)
    training.train(networks, IMAGES, TARGETS, learning_rate=4, steps=4000)
    return [block.data for block in networks]


def highest_sums(blocks):
    """The largest sum of each hidden unit over the images: (20, 4); a unit is dead if it is not above 0."""
    return (IMAGES @ blocks[0] + blocks[1]).max(axis=1)


def losses_of(fare, weights, biases):
    return np.array(practice.loss_table(lambda w, b: np.mean((w * DISTANCE + b - fare) ** 2), weights, biases))


def test_the_best_line_stands_in_the_darkest_square_of_a_fine_map():
    weights, biases = np.linspace(0, 3, 31), np.linspace(-1, 4, 51)
    place = practice.darkest(losses_of([3, 4, 6, 7], weights, biases), weights, biases)
    assert place == pytest.approx(np.polyfit(DISTANCE, [3, 4, 6, 7], 1)) == (1.4, 1.5)


def test_moving_a_point_moves_the_bowl_and_keeps_its_shape():
    weights, biases = np.linspace(0, 3, 7), np.linspace(-1, 4, 6)
    before = losses_of([3, 4, 6, 7], weights + 1.4, biases + 1.5)
    after = losses_of([3, 4, 6, 9], weights + 2.0, biases + 0.5)
    assert np.ptp(after - before) == pytest.approx(0, abs=1e-9)


def test_the_heat_map_says_where_its_lowest_square_is_and_refuses_a_table_lying_on_its_side():
    table = np.array([[4.0, 3.0, 5.0], [2.0, 1.0, 6.0]])
    assert "the lowest, 1.0, at w = 0.5, b = 9" in heat_map(table, [0, 0.5, 1], [8, 9]).description
    with pytest.raises(ValueError, match="one row for each of 2 biases"):
        heat_map(table.T, [0, 0.5, 1], [8, 9])


def test_on_the_landscape_a_rate_of_0_02_crawls_and_one_of_0_4_or_more_bounces():
    basins = SURFACES["two basins"]
    rates = [0.02, 0.1, 0.4, 0.5, 0.6]
    runs = descents.descend(basins, basins.start, rates, 40)
    words = [REGIMES[code] for code in regime(runs, *basins.range)]
    assert words[1:] == ["converging", "bouncing", "bouncing", "bouncing"]
    losses = basins.function(*np.moveaxis(runs, -1, 0))
    assert losses[0, -1] > 0.9 and losses[1, -1] == pytest.approx(-0.40, abs=0.005)


def test_in_the_hard_places_a_smaller_rate_tames_the_sharp_valley_and_a_larger_one_helps_where_it_is_flat():
    def ends(landscape, start):
        return descents.descend(landscape, start, [0.02, 0.1], 60)[:, -1]

    slow, fast = np.abs(ends(CURVES["sharp valley"], 1.3))
    assert slow < 0.01 < 0.1 < fast
    slow, fast = np.abs(ends(CURVES["plateau"], -3.0))
    assert fast < slow
    slow, fast = np.abs(ends(SURFACES["ill-conditioned"], (-3.5, 1.2)))[:, 0]
    assert fast < slow / 2


def test_near_the_saddle_a_larger_rate_helps_and_for_guessing_in_a_thousand_dimensions_none_does():
    arrays = hard_places().arrays
    near = np.count_nonzero(np.abs(arrays["height1"]) < 0.05, axis=1)
    assert dict(zip(RATES, near.tolist())) == {0.01: 0, 0.02: 9, 0.04: 35, 0.08: 25, 0.1: 20, 0.12: 18}
    assert (arrays["tries"][:, 2, -1] > 0.95).all()


def test_no_curvature_of_a_trained_network_leads_down_and_a_dead_unit_brings_nine_that_are_0(twenty):
    curvatures = training.curvatures([Tensor(block) for block in twenty], IMAGES, TARGETS)
    level, dead = np.abs(curvatures) < 1e-6, (highest_sums(twenty) <= 0).sum(axis=1)
    assert (level | (curvatures > 0.01)).all()
    assert (level.sum(axis=1)[dead > 0] >= 20).all() and (level.sum(axis=1) >= 9 * dead).all()
    assert network_loss(*twenty) == pytest.approx(dead / 16, abs=1e-4)


def test_a_level_way_leads_off_the_plateau_and_only_one_of_fourteen_stands_at_a_way_down(twenty):
    at_a_way_down = set()
    for network, unit in np.argwhere(highest_sums(twenty) <= 0):
        W1, b1, W2, b2 = (block[network].copy() for block in twenty)
        stuck = network_loss(W1, b1, W2, b2)
        at_a_way_down |= {network} if network_loss(W1, b1 + 1e-5 * (np.arange(4) == unit), W2, b2) < stuck else set()
        W2[unit] = 0
        assert network_loss(W1, b1, W2, b2) == pytest.approx(stuck)
        W1[:, unit], b1[0, unit] = [1, -2, 0.5, -1], 0.3
        assert network_loss(W1, b1, W2, b2) == pytest.approx(stuck)
        moved = [Tensor(block) for block in (W1, b1, W2, b2)]
        ((training.predict(moved, IMAGES) - TARGETS) ** 2).mean().backward()
        assert np.abs(moved[2].grad[unit]).max() > 0.001
    assert len(at_a_way_down) == 1


def test_on_the_slice_there_is_one_hollow_and_a_rate_of_0_3_throws_the_ball_out(twenty):
    theta = [twenty[0][0], twenty[1][0, 0], twenty[2][0], twenty[3][0, 0]]
    surface = training.slice_through(network_loss, theta)
    heights = surface(*np.meshgrid(*[np.linspace(-0.4, 0.4, 81)] * 2))
    walled = np.pad(heights, 1, constant_values=np.inf)
    around = [walled[i : i + 81, j : j + 81] for i in range(3) for j in range(3) if (i, j) != (1, 1)]
    assert np.argwhere(heights <= np.min(around, axis=0)).tolist() == [[40, 40]]
    assert heights[40, 40] == pytest.approx(0, abs=1e-6)
    runs = descend_landscape(surface, low=-0.4, high=0.4).arrays["runs"][0]
    settles, leaves = (runs[np.argmin(np.abs(LANDSCAPE_RATES - rate)), -1] for rate in (0.1, 0.3))
    assert np.abs(settles).max() < 0.005 and np.abs(leaves).min() > 3


def test_a_surface_of_ten_parameters_has_a_minimum_at_less_than_one_critical_point_in_a_million_million():
    random, normal, count = np.random.default_rng(0), NormalDist(), 2000
    tables, chances = np.abs(random.normal(size=(count, 1, 1))), [1.0, 0.5]
    for n in range(1, 10):  # a table is positive if its first n rows are and the new corner exceeds v·A⁻¹·v
        v = random.normal(size=(count, n)) / np.sqrt(2)
        least = np.einsum("ni,ni->n", v, np.linalg.solve(tables, v[..., None])[..., 0])
        passes = np.array([math.erfc(q / math.sqrt(2)) / 2 for q in least])
        chances.append(chances[-1] * passes.mean())
        kept = random.choice(count, count, p=passes / passes.sum())
        corner = [-normal.inv_cdf(u * p) for u, p in zip(1 - random.random(count), passes[kept])]
        grown = np.empty((count, n + 1, n + 1))
        grown[:, :n, :n], grown[:, n, n] = tables[kept], corner
        grown[:, n, :n] = grown[:, :n, n] = v[kept]
        tables = grown
    assert chances[2] == pytest.approx((2 - math.sqrt(2)) / 4, rel=0.05)  # exact for two parameters
    assert (chances[5], chances[6]) == (pytest.approx(1 / 7_000, rel=0.1), pytest.approx(1 / 200_000, rel=0.2))
    assert chances[10] < 1e-12 and all(chances[n] < 3 ** (-(n**2) / 4) for n in range(1, 11))
