"""Rows N1 to N9: every figure of the hand-traced network, exact where it is rational."""

from fractions import Fraction as F
from math import comb

import numpy as np
import pytest

from learnkit import Value, flip

X, Y = np.array(flip.IMAGES, float), np.array([flip.flip(image) for image in flip.IMAGES], float)


def exact(*decimals):
    return tuple(F(d) for d in decimals)


def stage(steps, name):
    return tuple(step.value for step in steps if step.stage == name)


def test_the_task_transposes_all_sixteen_images():
    assert len(set(flip.IMAGES)) == 16
    for image in flip.IMAGES:
        assert np.array_equal(np.reshape(flip.flip(image), (2, 2)), np.reshape(image, (2, 2)).T)
    assert flip.IMAGE == (1, 0, 1, 1) and flip.TARGET == (1, 1, 0, 1)


def test_the_network_has_31_parameters_and_one_hidden_unit_more_makes_40():
    assert len(flip.START.flat()) == 31
    assert len(flip.random_parameters(hidden=4).flat()) == 40


def test_a_list_of_parameters_finds_back_to_its_shape():
    assert flip.Parameters.from_flat(flip.START.flat()) == flip.START
    with pytest.raises(ValueError, match="31 for h = 3; you gave 32"):
        flip.Parameters.from_flat([0] * 32)


SHORT, LONG = flip.START.b1[:2], (*flip.START.b1, F(1))


@pytest.mark.parametrize(
    "wrong",
    [
        {"W1": flip.START.W1[:3]},
        {"W1": (*flip.START.W1, SHORT)},
        {"W1": (*flip.START.W1[:3], LONG)},
        {"b1": SHORT},
        {"b1": LONG},
        {"W2": flip.START.W2[:2]},
        {"W2": (*flip.START.W2, flip.START.b2)},
        {"W2": tuple((*row, 0) for row in flip.START.W2)},
        {"b2": flip.START.b2[:3]},
        {"b2": (*flip.START.b2, 0)},
        {"b2": ()},
    ],
    ids=lambda wrong: f"{next(iter(wrong))} of another size",
)
def test_tables_of_another_size_are_refused_by_every_pass(wrong):
    parameters = flip.START._replace(**wrong)
    for run in (flip.forward, flip.backward, flip.loss, flip.gradients, flip.update):
        with pytest.raises(ValueError, match=r"hidden units \(the length of b1\), (W1|W2|b2) is"):
            run(parameters)
    with pytest.raises(ValueError, match="hidden units"):
        flip.update(flip.START, parameters)


@pytest.mark.parametrize("pixels", [(1, 0, 1), (1, 0, 1, 1, 0), (), np.ones(5)])
def test_images_of_another_size_are_refused(pixels):
    for run in (flip.flip, lambda x: flip.forward(x=x), lambda y: flip.gradients(y=y)):
        with pytest.raises(ValueError, match="has four pixels; this has"):
            run(pixels)


def test_numbers_that_are_no_tables_and_units_that_are_no_number_are_refused():
    with pytest.raises(TypeError, match=r"flip.Parameters.from_flat\(numbers\)"):
        flip.loss(flip.START.flat())
    with pytest.raises(ValueError, match="The parameters have 3 hidden units and the gradient 4"):
        flip.update(flip.START, flip.random_parameters(4))
    for hidden in (0, -1, 2.5, "3"):
        with pytest.raises(ValueError, match="whole number of hidden units"):
            flip.random_parameters(hidden)


def test_the_forward_pass_gives_the_figures_of_the_text():
    steps = flip.forward()
    assert stage(steps, "z") == exact("0", "-0.1", "0.5")
    assert stage(steps, "h") == exact("0", "0", "0.5")
    assert stage(steps, "ŷ") == exact("0.1", "-0.1", "-0.05", "-0.25")
    assert flip.loss() == F(717, 800) == F("0.89625")


def test_the_backward_pass_gives_the_figures_of_the_text():
    steps = flip.backward()
    assert stage(steps, "∂L/∂ŷ") == exact("-0.45", "-0.55", "-0.025", "-0.625")
    assert stage(steps, "∂L/∂h") == exact("0.0425", "-0.2075", "0.44")
    assert stage(steps, "∂L/∂z") == exact("0", "0", "0.44")


def test_the_gradients_have_the_shape_of_the_parameters_and_twelve_are_not_zero():
    W1, b1, W2, b2 = flip.gradients()
    assert W2 == ((0,) * 4, (0,) * 4, exact("-0.225", "-0.275", "-0.0125", "-0.3125"))
    assert W1 == tuple((0, 0, F("0.44") if row in (0, 2, 3) else 0) for row in range(4))
    assert b1 == exact("0", "0", "0.44") and b2 == exact("-0.45", "-0.55", "-0.025", "-0.625")
    assert sum(g != 0 for g in flip.gradients().flat()) == 12


def test_one_update_lowers_the_loss_to_its_exact_figure():
    after = flip.update()
    assert stage(flip.forward(after), "ŷ") == exact("0.11709", "0.03431", "-0.064695", "-0.089375")
    assert flip.loss(after) == F(58060211557, 80000000000)


def test_a_step_states_its_formula_in_names_and_in_numbers():
    assert (
        str(flip.forward()[2])
        == "z₃ = x₁·W1₁₃ + x₂·W1₂₃ + x₃·W1₃₃ + x₄·W1₄₃ + b1₃ = 1·0.1 + 0·(−0.2) + 1·0.5 + 1·(−0.1)"
        " + 0 = 0.5"
    )
    assert flip.forward()[-1].exact == "717/800" and flip.forward()[-1].decimal == "0.89625"
    assert flip.decimal(F(1, 3)) == "≈0.333333"


def test_every_step_states_arithmetic_that_python_agrees_with():
    for step in flip.forward() + flip.backward():
        arithmetic = step.numbers.replace("−", "-").replace("·", "*").replace("²", "**2")
        assert eval(arithmetic, {"max": max}) == pytest.approx(float(step.value)), step


def test_every_gradient_is_the_slope_that_exact_differences_see_away_from_the_kink():
    theta, gradient = flip.START.flat(), flip.gradients().flat()
    kinked = {0, 6, 9, 12}  # W1₁₁, W1₃₁, W1₄₁ and b1₁, all of which move z₁
    for i in set(range(31)) - kinked:
        nudge = lambda step, i=i: flip.loss(
            flip.Parameters.from_flat([*theta[:i], theta[i] + step, *theta[i + 1 :]])
        )
        assert (nudge(F(1, 10**6)) - nudge(F(-1, 10**6))) * 10**6 / 2 == gradient[i]


def test_at_the_kink_a_central_difference_reports_half_the_one_sided_slope():
    def loss(b):
        return flip.loss(flip.START._replace(b1=(flip.START.b1[0] + b, *flip.START.b1[1:])))

    h = F(1, 10**9)
    right, left = (loss(h) - loss(F(0))) / h, (loss(F(0)) - loss(-h)) / h
    assert float(right) == pytest.approx(0.0425, abs=1e-8) and left == 0
    assert float((right + left) / 2) == pytest.approx(0.02125, abs=1e-8)
    assert flip.gradients().b1[0] == 0


def test_binary_floating_point_misses_the_kink_that_exact_numbers_hit():
    assert abs(1 * 0.2 + 0 * -0.3 + 1 * 0.1 + 1 * -0.4 + 0.1) == pytest.approx(2.8e-17, rel=0.01)
    assert flip.forward()[0].value == 0


def test_no_three_hidden_units_can_bring_the_error_below_one_sixteenth():
    centred = Y - Y.mean(axis=0)
    # uncorrelated, each of variance ¼
    assert np.array_equal(centred.T @ centred / 16, np.eye(4) / 4)
    singular = np.linalg.svd(centred, compute_uv=False)
    # best fit by a 3-dimensional affine space (Eckart and Young, 1936)
    left_out = singular[3] ** 2 / 64
    assert left_out == pytest.approx(0.0625)


def test_four_planes_cut_space_into_at_most_fifteen_regions():
    assert sum(comb(4, k) for k in range(4)) == 15


def test_random_parameters_are_the_same_for_the_same_seed():
    assert (
        flip.random_parameters(seed=5)
        == flip.random_parameters(seed=5)
        != flip.random_parameters(seed=6)
    )
    assert flip.random_parameters(seed=5).W1[0][0] == pytest.approx(0.24580, abs=1e-5)


def test_the_module_needs_no_numpy():
    import subprocess
    import sys

    code = (
        "import sys; from learnkit import flip; flip.backward(); sys.exit('numpy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], timeout=240).returncode == 0


def test_as_graph_gives_the_loss_and_all_31_slopes_exactly_in_fractions():
    parameters = [Value(number) for number in flip.START.flat()]
    loss = flip.as_graph(flip.Parameters.from_flat(parameters))
    loss.backward()
    assert loss.data == flip.loss()
    assert [p.grad for p in parameters] == flip.gradients().flat()
