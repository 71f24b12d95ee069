"""What chapter 8 says of the 31-parameter network beyond the numbers that its own cells print."""

import numpy as np
import pytest

from learnkit import Tensor, Value, differentiate, flip, training
from learnkit.exercises import chapter_08 as practice
from learnkit.widgets import network

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
    z = flip.stage(flip.forward(x=(0, 1, 1, 1)), "z")
    assert [float(step.value) for step in z] == pytest.approx([-0.5, 0.8, 0.2])  # the others are mistakes it names
    assert practice.second_hidden_unit() == pytest.approx(0.8)


def test_one_path_of_four_brings_0_22_to_the_third_hidden_unit():
    h, weight, bias = Value(0.5), Value(-0.4), Value(0.1)
    ((h * weight + bias - 1) ** 2 / 4).backward()
    assert [h.grad, weight.grad, bias.grad] == pytest.approx([0.22, -0.275, -0.55])
    assert float(flip.stage(flip.backward(), "∂L/∂h")[2].value) == 0.44


def test_the_symbolic_formulas_repeat_themselves_in_more_than_1500_operations():
    def loss(theta):
        W1, b1, W2, b2 = flip.Parameters.from_flat(theta)
        z = [sum(x * row[j] for x, row in zip(flip.IMAGE, W1)) + b1[j] for j in range(3)]
        h = [differentiate.relu(number) for number in z]
        outputs = [sum(h[j] * W2[j][k] for j in range(3)) + b2[k] for k in range(4)]
        return sum((output - y) ** 2 for output, y in zip(outputs, flip.TARGET)) / 4

    formulas = differentiate.symbolic_formulas(loss, flip.START.flat())
    assert sum(formula.count_ops() for formula in formulas) > 1500


def test_trained_on_one_image_it_gives_that_answer_to_another():
    parameters = [Tensor(p) for p in flip.START]
    training.train(parameters, np.array(flip.IMAGE), np.array(flip.TARGET), learning_rate=0.1, steps=100)
    answer = training.predict(parameters, np.array((0, 1, 1, 0))).data
    assert answer == pytest.approx([1.19, 1.28, -0.36, 0.79], abs=0.005)
    assert np.linalg.norm(answer - flip.TARGET) < np.linalg.norm(answer - (0, 1, 1, 0)) / 3


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
