"""What chapter 3 says of loss surfaces beyond the numbers that its own cells print."""

import math
from statistics import NormalDist

import numpy as np
import pytest

from learnkit import Tensor, flip, training
from learnkit.exercises import chapter_03 as practice
from learnkit.landscapes import CURVES, SURFACES
from learnkit.widgets import descend_landscape, hard_places
from learnkit.widgets.descent import runs as descents
from learnkit.widgets.descent.landscape import RATES as LANDSCAPE_RATES
from learnkit.widgets.descent.places import RATES
from learnkit.widgets.descent.roll import REGIMES, regime
from learnkit.widgets.maps import heat_map

DISTANCE = np.array([1, 2, 3, 4])
IMAGES = np.array(flip.IMAGES, dtype=float)
TARGETS = np.array([flip.flip(image) for image in flip.IMAGES], dtype=float)


def network_loss(W1, b1, W2, b2):
    return ((np.maximum(IMAGES @ W1 + b1, 0) @ W2 + b2 - TARGETS) ** 2).mean(axis=(-2, -1))


def trained(hidden):
    """The chapter's twenty networks with so many hidden units, trained: arrays W1, b1, W2, b2."""
    networks = training.random_networks(hidden, count=20)
    training.train(networks, IMAGES, TARGETS, learning_rate=4, steps=4000)
    return [block.data for block in networks]


@pytest.fixture(scope="module")
def twenty():
    """Those of four hidden units."""
    return trained(4)


def highest_sums(blocks):
    """The largest sum of each hidden unit over the images: (20, hidden)."""
    return (IMAGES @ blocks[0] + blocks[1]).max(axis=1)


def dead_units(blocks):
    """Which hidden units answer 0 to every image: (20, hidden)."""
    return highest_sums(blocks) <= 0


def losses_of(fare, weights, biases):
    return np.array(
        practice.loss_table(lambda w, b: np.mean((w * DISTANCE + b - fare) ** 2), weights, biases)
    )


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


def own_heights(player, key):
    """The heights of the run from a place's own start, for every learning rate."""
    return player.arrays[f"height{key}"][int(player.arrays[f"own{key}"][0])]


def test_in_the_hard_places_no_rate_leaves_the_local_minimum_and_0_12_throws_the_ball_out_of_the_long_valley():
    stuck, thrown = (own_heights(hard_places(), key) for key in (0, 4))
    assert (stuck[:, -1] > -0.6).all()  # the other valley lies at -1.43
    lower = thrown[:, -1] < thrown[:, 0]
    assert dict(zip(RATES, lower.tolist())) == {rate: rate < 0.12 for rate in RATES}


def test_near_the_saddle_a_larger_rate_helps_and_for_guessing_in_a_thousand_dimensions_none_does():
    arrays = hard_places().arrays
    heights = SURFACES["saddle"].function(
        *np.moveaxis(descents.descend(SURFACES["saddle"], (1.8, 0.001), RATES, 60), -1, 0)
    )
    near = np.count_nonzero(np.abs(heights) < 0.05, axis=1)
    assert dict(zip(RATES, near.tolist())) == {
        0.01: 0,
        0.02: 9,
        0.04: 35,
        0.08: 25,
        0.1: 20,
        0.12: 18,
    }
    assert (arrays["tries"][:, 2, -1] > 0.95).all()


def minimum_whatever_the_signs(curvatures):
    if all(curvatures) > 0:
        return "minimum"
    if all(curvatures) < 0:
        return "maximum"
    return "undecided" if 0 in curvatures else "saddle"


def minimum_unless_there_is_a_0(curvatures):
    if all(curvatures) > 0:
        return "minimum"
    if any(c > 0 for c in curvatures) and any(c < 0 for c in curvatures):
        return "saddle"
    return "undecided"


@pytest.mark.parametrize("answer", [minimum_whatever_the_signs, minimum_unless_there_is_a_0])
def test_a_condition_outside_all_is_told_to_go_inside(answer):
    assert "Put the comparison inside" in practice.classify.check(answer).message


def rounded(value):
    if isinstance(value, (tuple, list)):
        return [rounded(part) for part in value]
    return np.round(value, 3)


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["fill_the_table", "find_the_lowest", "curvatures_of_the_line", "reorder"]
)
def test_answers_rounded_to_three_decimals_are_not_enough(name):
    exercise = getattr(practice, name)
    verdict = exercise.check(lambda *arguments: rounded(exercise.reference(*arguments)))
    assert verdict.state == "incorrect" and "round" in verdict.message


def test_measured_curvatures_fall_into_zeros_of_both_signs_and_clearly_positive_ones(twenty):
    curvatures = training.curvatures([Tensor(block) for block in twenty], IMAGES, TARGETS)
    zero = np.abs(curvatures) < 1e-6
    assert (zero | (curvatures > 0.01)).all()
    assert [practice.kind_of_point(row) for row in curvatures] == ["saddle"] * 20
    for noise_level in (1e-5, 1e-3):
        clear = np.where(np.abs(curvatures) < noise_level, 0, curvatures)
        assert [practice.kind_of_point(row) for row in clear] == ["undecided"] * 20


def test_zeros_do_not_mark_the_stuck_networks_for_the_perfect_ones_have_many_too(twenty):
    curvatures = training.curvatures([Tensor(block) for block in twenty], IMAGES, TARGETS)
    zeros, dead = np.sum(np.abs(curvatures) < 1e-6, axis=1), dead_units(twenty).sum(axis=1)
    assert (zeros >= 9 * dead).all()
    assert (zeros[dead == 0].min(), zeros[dead == 0].max()) == (17, 19)
    assert (40 - zeros[dead > 0]).min() == 9 and (40 - zeros[dead > 0]).max() == 20


def test_doubling_what_enters_a_living_unit_and_halving_what_leaves_it_changes_nothing(twenty):
    W1, b1, W2, b2 = (block.copy() for block in twenty)
    W1[:, :, 2], b1[:, :, 2], W2[:, 2] = 2 * W1[:, :, 2], 2 * b1[:, :, 2], W2[:, 2] / 2
    assert network_loss(W1, b1, W2, b2) == pytest.approx(network_loss(*twenty))


def test_every_stuck_network_does_as_well_as_its_living_units_can(twenty):
    living = 4 - dead_units(twenty).sum(axis=1)
    # what a flat sheet can leave out, direction by direction
    spread = np.linalg.eigvalsh(np.cov(TARGETS.T, bias=True))
    least = np.array([spread[: 4 - units].sum() / 4 for units in range(5)])
    assert least == pytest.approx([4 / 16, 3 / 16, 2 / 16, 1 / 16, 0])
    assert network_loss(*twenty) == pytest.approx(least[living], abs=1e-6)


def test_all_but_two_dead_units_were_alive_at_the_start_and_all_lie_just_behind_the_edge(twenty):
    start = [block.data for block in training.random_networks(4, count=20)]
    dead, dead_at_start = dead_units(twenty), dead_units(start)
    assert (dead.sum(), dead_at_start.sum(), (dead & dead_at_start).sum()) == (22, 2, 2)
    assert highest_sums(twenty)[dead].min() == pytest.approx(-0.016, abs=0.0005)


def test_for_19_of_22_dead_units_the_first_image_they_would_answer_again_adds_to_the_loss(twenty):
    W1, b1, W2, b2 = twenty
    sums = IMAGES @ W1 + b1
    errors = np.maximum(sums, 0) @ W2 + b2 - TARGETS
    # half the slope of an image's loss along a unit's answer
    rise = np.einsum("nik,njk->nij", errors, W2)
    first = sums.argmax(axis=1)
    rises = [
        rise[network, first[network, unit], unit] > 0
        for network, unit in np.argwhere(dead_units(twenty))
    ]
    assert (sum(rises), len(rises)) == (19, 22)


def test_waking_the_unit_that_lies_at_exactly_0_costs_one_network_and_pays_the_other(twenty):
    W1, b1, W2, b2 = twenty
    edges, here = np.where(dead_units(twenty), highest_sums(twenty), -np.inf), network_loss(*twenty)
    assert np.argwhere(edges == 0).tolist() == [[4, 1], [14, 0]]
    awake = b1 + 1e-5 * (edges == 0)[:, None, :]
    change = network_loss(W1, awake, W2, b2) - here
    assert change[4] > 1e-9 and change[14] < -1e-9


def test_no_unit_of_a_perfect_network_ends_below_its_kink_and_13_of_24_end_on_it_though_all_began_below(
    twenty,
):
    start = [block.data for block in training.random_networks(4, count=20)]
    perfect = network_loss(*twenty) < 0.001
    before, after = ((IMAGES @ W1 + b1).min(axis=1)[perfect] for W1, b1, *_ in (start, twenty))
    on_its_kink = np.abs(after) < 1e-5
    assert after.min() > -1e-5 and (on_its_kink.sum(), after.size) == (13, 24)
    assert (before[on_its_kink] < 0).all()


@pytest.mark.parametrize("size", [0.0001, 0.001, 0.01, 0.03])
def test_nudges_find_lower_ground_only_beside_the_two_networks_with_an_edge_near_by(twenty, size):
    random, here = np.random.default_rng(0), network_loss(*twenty)
    lowest = here
    for _ in range(300):
        nudged = network_loss(*(block + size * random.normal(size=block.shape) for block in twenty))
        lowest = np.minimum(lowest, nudged)
    assert set(np.flatnonzero(lowest < here - 1e-8)) <= {7, 14}


def test_the_two_with_lower_ground_near_by_have_an_edge_at_0_and_at_0_0002(twenty):
    W1, b1, W2, b2 = twenty
    sums, here = highest_sums(twenty), network_loss(*twenty)
    assert (sums[14, 0], sums[7, 2]) == (0, pytest.approx(-0.0002, abs=0.00005))
    for network, unit, shift in [(14, 0, 1e-5), (7, 2, 0.0003)]:
        awake = b1.copy()
        awake[network, 0, unit] += shift
        assert network_loss(W1, awake, W2, b2)[network] < here[network] - 1e-9
    asleep = b1.copy()
    asleep[7, 0, 2] += 0.0002
    assert network_loss(W1, asleep, W2, b2)[7] == here[7]


def test_a_level_way_leads_from_every_stuck_network_to_a_place_where_training_goes_on(twenty):
    W1, b1, W2, b2 = twenty
    dead, stuck = dead_units(twenty), network_loss(*twenty) > 0.001
    for part in (0.5, 0):
        quiet = np.where(dead[:, :, None], part * W2, W2)
        assert network_loss(W1, b1, quiet, b2) == pytest.approx(network_loss(*twenty))
    fresh = np.random.default_rng(5).normal(size=W1.shape)
    moved = np.where(dead[:, None, :], fresh, W1), np.where(dead[:, None, :], 0.5, b1), quiet, b2
    assert network_loss(*moved) == pytest.approx(network_loss(*twenty))
    revived = [Tensor(block) for block in moved]
    training.train(revived, IMAGES, TARGETS, learning_rate=4, steps=2000)
    assert (
        network_loss(*(block.data for block in revived))[stuck]
        < network_loss(*twenty)[stuck] - 0.03
    ).all()


@pytest.mark.slow
def test_the_one_failure_with_eight_units_has_three_of_them_alive_and_sixteen_leave_at_least_eight():
    blocks = trained(8)
    loss, dead = network_loss(*blocks), dead_units(blocks).sum(axis=1)
    assert (loss > 0.001).sum() == 1
    assert (8 - dead[loss.argmax()], loss.max()) == (3, pytest.approx(1 / 16, abs=1e-6))
    blocks = trained(16)
    assert (16 - dead_units(blocks).sum(axis=1)).min() == 8 and (
        network_loss(*blocks) < 0.001
    ).all()


def test_on_the_slice_there_is_one_hollow_and_a_rate_of_0_3_throws_the_ball_out(twenty):
    theta = [twenty[0][0], twenty[1][0, 0], twenty[2][0], twenty[3][0, 0]]
    surface = training.slice_through(network_loss, theta)
    heights = surface(*np.meshgrid(*[np.linspace(-0.4, 0.4, 81)] * 2))
    walled = np.pad(heights, 1, constant_values=np.inf)
    around = [
        walled[i : i + 81, j : j + 81] for i in range(3) for j in range(3) if (i, j) != (1, 1)
    ]
    assert np.argwhere(heights <= np.min(around, axis=0)).tolist() == [[40, 40]]
    assert heights[40, 40] == pytest.approx(0, abs=1e-6)
    runs = descend_landscape(surface, low=-0.4, high=0.4).arrays["runs"][0, 0, 4]
    settles, leaves = (runs[np.argmin(np.abs(LANDSCAPE_RATES - rate)), -1] for rate in (0.1, 0.3))
    assert np.abs(settles).max() < 0.005 and np.abs(leaves).min() > 3


def test_a_surface_of_ten_parameters_has_a_minimum_at_less_than_one_critical_point_in_a_million_million():
    random, normal, count = np.random.default_rng(0), NormalDist(), 2000
    tables, chances = np.abs(random.normal(size=(count, 1, 1))), [1.0, 0.5]
    # a table is positive if its first n rows are and the new corner exceeds v·A⁻¹·v
    for n in range(1, 10):
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
    assert (chances[5], chances[6]) == (
        pytest.approx(1 / 7_000, rel=0.1),
        pytest.approx(1 / 200_000, rel=0.2),
    )
    assert chances[10] < 1e-12 and all(chances[n] < 3 ** (-(n**2) / 4) for n in range(1, 11))
