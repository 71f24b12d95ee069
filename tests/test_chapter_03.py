"""What chapter 3 says of loss surfaces beyond the numbers that its own cells print."""

import math
from statistics import NormalDist

import numpy as np
import pytest

from learnkit.landscapes import CURVES, SURFACES
from learnkit.practice import chapter_03 as practice
from learnkit.widgets import runs as descents
from learnkit.widgets.descent import REGIMES, regime
from learnkit.widgets.maps import heat_map

DISTANCE = np.array([1, 2, 3, 4])


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
    assert chances[10] < 1e-12 and all(chances[n] < 3 ** (-(n**2) / 4) for n in range(1, 11))
