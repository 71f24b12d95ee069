"""What chapter 1 says of learning beyond the numbers that its own cells print."""

import numpy as np
import pytest

from learnkit import Tensor
from learnkit.data import houses
from learnkit.exercises import chapter_01 as practice
from learnkit.losses import mse_loss
from learnkit.optim import SGD
from learnkit.widgets.loop.training import train_by_nudging

SIZE, PRICE = practice.the_houses()
POINTS, HEIGHTS = np.arange(-2, 3), np.abs(np.arange(-2, 3))


def layers_of(theta):
    """The sums of both hidden units at the five points, and the network's answers there."""
    w1, b1, w2, b2, v1, v2, c = theta
    sums = np.array([w1 * POINTS + b1, w2 * POINTS + b2])
    first, second = np.maximum(0, sums)
    return sums, v1 * first + v2 * second + c


def tiny_loss(theta):
    return np.mean((layers_of(theta)[1] - HEIGHTS) ** 2)


def train(theta, steps=1000, rate=0.05, nudge=0.001):
    """The chapter's loop on its tiny network."""
    for _ in range(steps):
        here, found = tiny_loss(theta), []
        for i in range(len(theta)):
            moved = list(theta)
            moved[i] = moved[i] + nudge
            found.append((tiny_loss(moved) - here) / nudge)
        theta = [t - rate * slope for t, slope in zip(theta, found)]
    return theta


def test_the_exercises_know_the_chapter_s_houses():
    sold = houses()
    assert np.array_equal(SIZE, sold.area / 1000 - 2) and np.array_equal(PRICE, sold.price / 1000)


def test_nudged_slopes_are_nearly_those_of_the_formula():
    errors = 20 * SIZE + 70 - PRICE
    formula = [2 * np.mean(errors * SIZE), 2 * np.mean(errors)]
    measured = practice.nudged_slopes(practice.houses_loss, 20.0, 70.0, 0.001)
    assert measured == pytest.approx(formula, abs=0.002)


def test_no_line_has_a_loss_below_that_of_the_loop_s_end():
    w, b, losses = practice.learn(practice.houses_loss, 0.0, 0.0, 0.3, 60)
    assert losses[-1] == pytest.approx(practice.houses_loss(*np.polyfit(SIZE, PRICE, 1)), abs=1e-4)
    assert np.sqrt(losses[-1]) == pytest.approx(24.5, abs=0.05)


def test_the_goal_set_for_the_hand_can_be_met_in_many_places_of_the_picture_and_not_at_its_start():
    reached = [practice.houses_loss(w, b) < 605 for w in range(0, 61, 2) for b in range(40, 121, 2)]
    assert 5 <= sum(reached) <= 30
    assert practice.houses_loss(6, 50) > 2000


@pytest.mark.parametrize(("rate", "iterations"), [(0.1, 22), (0.3, 10)])
def test_the_loop_of_the_visual_and_that_of_the_text_stop_at_the_same_iteration(rate, iterations):
    *_, losses = practice.learn(practice.houses_loss, 0.0, 0.0, rate, 40)
    settled = [now >= 0.99 * before for before, now in zip(losses, losses[5:])]
    assert 5 + settled.index(True) == iterations
    assert len(train_by_nudging(SIZE, PRICE, rate)) == iterations


def test_units_that_start_alike_stay_alike_to_the_last_digit_and_reach_what_one_unit_can():
    w1, b1, w2, b2, v1, v2, _ = theta = train([0.5] * 7)
    assert (w1, b1, v1) == (w2, b2, v2)
    assert tiny_loss(theta) == pytest.approx(0.4, abs=0.001)


def test_one_unit_alone_gets_no_lower_than_0_4():
    losses = []
    for kink in np.linspace(-3, 3, 1201):
        for side in (1, -1):
            answers = np.stack([np.maximum(0, side * (POINTS - kink)), np.ones(5)], axis=1)
            best = np.linalg.lstsq(answers, HEIGHTS, rcond=None)[0]
            losses.append(np.mean((answers @ best - HEIGHTS) ** 2))
    assert min(losses) == pytest.approx(0.4)


def test_from_all_zero_only_the_last_bias_moves_to_the_mean():
    theta = train([0.0] * 7)
    assert theta[:6] == [0.0] * 6
    assert theta[6] == pytest.approx(HEIGHTS.mean(), abs=0.001)


@pytest.mark.slow
def test_of_twenty_random_starts_ten_find_the_v_and_the_others_have_units_that_do_not_bend_it():
    draw, found = np.random.default_rng(0), 0
    for _ in range(20):
        theta = train(list(draw.uniform(-1, 1, size=7)))
        if tiny_loss(theta) < 0.01:
            found += 1
            continue
        assert tiny_loss(theta) == pytest.approx(0.4, abs=0.01) or tiny_loss(
            theta
        ) == pytest.approx(0.56, abs=0.01)
        sums, _ = layers_of(theta)
        straight = (sums > -0.01).all(axis=1) | (sums < 0.01).all(axis=1)
        bends = -np.array([theta[1] / theta[0], theta[3] / theta[2]])
        assert straight.any() or bends[0] == pytest.approx(bends[1], abs=0.01)
    assert found == 10


def test_without_activations_two_layers_are_one_line():
    random = np.random.default_rng(0)
    W1, b1, W2, b2 = (random.normal(size=shape) for shape in [(4, 3), 3, 3, 1])
    x = random.normal(size=(5, 4))
    assert (x @ W1 + b1) @ W2 + b2 == pytest.approx(x @ (W1 @ W2) + (b1 @ W2 + b2))


def test_the_five_lines_take_the_steps_that_the_nudges_take():
    w, b = Tensor(0.0), Tensor(0.0)
    optimizer = SGD([w, b], lr=0.3)
    for record in train_by_nudging(SIZE, PRICE, 0.3):
        loss = mse_loss(w * SIZE + b, PRICE)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        assert [w.item(), b.item()] == pytest.approx([record["new_w"], record["new_b"]], abs=0.001)
