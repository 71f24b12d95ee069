"""What chapter 8 says of the 31-parameter network beyond the numbers that its own cells print."""

import numpy as np
import pytest

from learnkit import Tensor, Value, flip, training
from learnkit.exercises import chapter_04
from learnkit.exercises import chapter_08 as practice
from learnkit.widgets.network import units as network

IMAGES = np.array(flip.IMAGES, float)
TARGETS = np.array([flip.flip(image) for image in flip.IMAGES], float)


def trained(hidden, seed):
    """Return the parameters after the chapter's training on all sixteen images, and the losses."""
    parameters = [Tensor(p) for p in flip.random_parameters(hidden, seed)]
    return parameters, training.train(parameters, IMAGES, TARGETS, learning_rate=0.2, steps=6000)


def before_relu(parameters):
    return IMAGES @ parameters[0].data + parameters[1].data


@pytest.fixture(scope="module", params=[3, 4])
def run(request):
    return request.param, *trained(request.param, seed=5)


def test_the_trace_ends_with_the_numbers_of_the_text():
    steps = flip.forward(flip.update())
    assert [float(step.value) for step in flip.stage(steps, "z")] == [0, -0.1, 0.324]
    assert round(float(steps[-1].value), 5) == 0.72575


def test_exercise_1_asks_for_a_number_of_the_network():
    z = flip.stage(flip.forward(x=practice.ASKED), "z")
    # the others are mistakes it names
    assert [float(step.value) for step in z] == pytest.approx([-0.1, 0.6, 0.3])
    assert practice.z2() == pytest.approx(0.6)


def test_one_path_of_four_brings_0_22_to_the_third_hidden_unit():
    h, weight, bias = Value(0.5), Value(-0.4), Value(0.1)
    ((h * weight + bias - 1) ** 2 / 4).backward()
    assert [h.grad, weight.grad, bias.grad] == pytest.approx([0.22, -0.275, -0.55])
    assert float(flip.stage(flip.backward(), "∂L/∂h")[2].value) == 0.44


def trained_on_one_image(steps):
    """Return the exact parameters after some updates with the chapter's learning rate."""
    now = flip.START
    for _ in range(steps):
        now = flip.update(now, flip.gradients(now))
    return now


def values(steps, stage):
    return [float(step.value) for step in flip.stage(steps, stage)]


def test_from_the_fourth_update_on_no_hidden_unit_speaks_and_four_slopes_are_left():
    before, after = trained_on_one_image(3), trained_on_one_image(4)
    assert values(flip.forward(before), "h")[2] > 0
    assert values(flip.forward(after), "z") == pytest.approx([0, -0.1, -0.0045], abs=5e-5)
    assert values(flip.forward(after), "h") == [0, 0, 0]
    slopes = flip.gradients(after)
    assert [slope for slope in slopes.flat() if slope] == list(slopes.b2)


def test_after_the_fourth_update_the_hidden_layer_stands_still_and_units_1_and_2_never_moved():
    fourth, last = trained_on_one_image(4), trained_on_one_image(100)
    assert (last.W1, last.b1, last.W2) == (fourth.W1, fourth.b1, fourth.W2)
    for unit in (0, 1):
        assert [row[unit] for row in last.W1] == [row[unit] for row in flip.START.W1]
        assert (last.b1[unit], last.W2[unit]) == (flip.START.b1[unit], flip.START.W2[unit])


def test_trained_on_one_image_it_says_the_same_to_all_sixteen_and_to_four_its_biases_alone():
    learned = trained_on_one_image(100)
    answers = [values(flip.forward(learned, image), "ŷ") for image in flip.IMAGES]
    assert (np.array(answers) > 0.5).astype(int).tolist() == [list(flip.TARGET)] * 16
    assert answers.count([float(bias) for bias in learned.b2]) == 4


@pytest.mark.parametrize("rate, first", [(0.001, 428), (0.01, 43), (0.1, 4)])
def test_a_smaller_learning_rate_only_puts_off_the_silence(rate, first):
    parameters = [Tensor(p) for p in flip.START]
    x, y = np.array(flip.IMAGE), np.array(flip.TARGET)
    training.train(parameters, x, y, rate, steps=first - 1)
    speaks = []
    for _ in range(2):
        speaks.append((x @ parameters[0].data + parameters[1].data > 0)[2])
        training.train(parameters, x, y, rate, steps=1)
    assert speaks == [True, False]


@pytest.mark.parametrize("side", [-1e-12, 1e-12])
@pytest.mark.parametrize("rate, kept", [(0.1, 0.95), (1, 0.5), (1.5, 0.25), (4, 1), (10, 4)])
def test_with_silent_units_each_step_keeps_the_same_share_of_the_errors(rate, kept, side):
    parameters = [Tensor(p) for p in flip.START]
    parameters[1].data = parameters[1].data + [side, 0, 0]
    losses = training.train(parameters, np.array(flip.IMAGE), np.array(flip.TARGET), rate, steps=40)
    assert kept == abs(1 - rate / 2)
    assert (losses[-1] / losses[-2]) ** 0.5 == pytest.approx(kept, abs=5e-4)


def test_a_rate_of_001_needs_the_thousand_steps_of_chapter_4_and_15_diverges_only_there():
    parameters = [Tensor(p) for p in flip.START]
    losses = training.train(parameters, np.array(flip.IMAGE), np.array(flip.TARGET), 0.01, 1000)
    assert losses[100] > 0.2 and losses[-1] < 1e-4
    areas, prices = np.array(chapter_04.AREAS), np.array(chapter_04.PRICES)
    best = areas @ prices / (areas @ areas)

    def missing(rate, steps):
        path = training.descend(lambda w: 2 * np.mean((w * areas - prices) * areas), 0, rate, steps)
        return abs(path[-1] / best - 1)

    assert missing(0.01, 100) == pytest.approx(0.2, abs=5e-3)
    assert max(missing(rate, 1000) for rate in (0.01, 0.1, 1.0)) < 1e-3 < missing(1.5, 1000)


def test_the_prediction_about_the_rates_offers_the_one_that_its_table_finds():
    assert "η = 1.5" in practice.best_rate.options
    assert practice.can_it_learn_all.outcome in practice.can_it_learn_all.options


def test_what_the_four_that_disagree_share_is_shared_by_no_other_parameter():
    def first_sum(theta):
        return values(flip.forward(flip.Parameters.from_flat(theta)), "z")[0]

    moves = []
    for place, name in enumerate(flip.names()):
        theta = flip.START.flat()
        theta[place] += 1
        moves += [name] * (first_sum(theta) != 0)
    assert moves == ["W1₁₁", "W1₃₁", "W1₄₁", "b1₁"]
    assert sum(slope == 0 for slope in flip.gradients().flat()) == 4 + 15


def test_three_units_flatten_onto_one_sixteenth_and_four_cross_it(run):
    hidden, _, losses = run
    if hidden == 3:
        assert losses[1499] == pytest.approx(1 / 16, rel=0.01)
    else:
        assert 105 < next(step for step, loss in enumerate(losses, 1) if loss < 1 / 16) < 125
        assert losses[1499] == pytest.approx(1e-9, rel=0.2)


def test_the_trained_units_cut_off_nothing_and_three_answers_rest_at_the_kink(run):
    hidden, parameters, _ = run
    z = before_relu(parameters)
    assert z.min() > -1e-5
    assert (z < 0.005).sum() == 3
    shown = repr(network.hidden_units(flip.Parameters(*[p.data for p in parameters])))
    assert shown.startswith(f"Answers of {hidden} hidden units to the 16 images")


def test_the_one_end_that_is_no_sixteenth_has_a_dead_unit_and_one_that_is_mostly_silent():
    parameters, losses = trained(hidden=3, seed=7)
    assert round(losses[-1], 4) == 0.1458
    assert sorted((before_relu(parameters) <= 0).sum(axis=0)) == [1, 12, 16]


def test_a_rate_of_two_removes_every_error_once_no_unit_speaks():
    parameters = [Tensor(p) for p in flip.START]
    losses = training.train(
        parameters, np.array(flip.IMAGE), np.array(flip.TARGET), learning_rate=2, steps=4
    )
    assert losses[-1] < 1e-25
