"""The network trace: its numbers are those of flip, every step is there, and what is zero looks
dead.
"""

import json
import re
from fractions import Fraction

import numpy as np
import pytest

from learnkit import flip
from learnkit.painter.expressions import template
from learnkit.widgets.network.board import CARRYING, DEAD, WORKED
from learnkit.widgets.network.view import network_trace


@pytest.fixture(scope="module")
def player():
    return network_trace()


def texts(player, name, frame):
    """What the items of a layer say at a frame."""
    codes = np.atleast_1d(player.arrays[f"{name}_codes"][frame]).astype(int)
    return [player.scene["values"][name]["words"][code] for code in codes]


def test_its_arrays_are_the_numbers_of_flip(player):
    gradients = flip.gradients()
    assert player.arrays["parameters"] == pytest.approx([float(v) for v in flip.START.flat()])
    assert player.arrays["gradients"] == pytest.approx([float(v) for v in gradients.flat()])
    assert player.arrays["updated"] == pytest.approx(
        [float(v) for v in flip.update(gradient=gradients).flat()]
    )
    assert player.arrays["losses"] == pytest.approx([0.89625, 58060211557 / 80000000000])
    assert player.arrays["outputs"][1] == pytest.approx([0.11709, 0.03431, -0.064695, -0.089375])


def test_every_step_of_both_passes_stands_in_the_list_with_its_formula_and_numbers(player):
    told = [sentence.partition(": ")[2] for sentence in player.scene["steps"]]
    for step in flip.forward() + flip.backward():
        assert str(step) in told
    assert player.scene["steps"][65].startswith("Update: b2₁ = 0 − 0.1·(−0.45) = 0.045; b2₂ = ")
    assert player.scene["steps"][-1].endswith("≈ 0.725753")


def test_the_buttons_lead_to_the_first_step_of_each_stage(player):
    marks = player.scene["controls"][0]["marks"]
    assert marks == {"Forward pass": 1, "Backward pass": 16, "Update": 57, "Forward again": 66}
    assert player.scene["steps"][marks["Backward pass"]].startswith("Backward pass: ∂L/∂ŷ₁")


def test_zero_inputs_units_and_gradients_look_dead(player):
    assert player.arrays["input_units_looks"][1].tolist().index(DEAD) == 1  # the second pixel is 0
    after_forward = player.arrays["hidden_units_looks"][15]
    assert [look == DEAD for look in after_forward] == [True, True, False]
    after_backward = player.arrays["weights_looks"][56][:24]
    gradients = [
        float(slope) for row in (*flip.gradients().W1, *flip.gradients().W2) for slope in row
    ]
    alive = [look in (CARRYING, WORKED) for look in after_backward]
    assert alive == [slope != 0 for slope in gradients]


def test_the_edges_that_take_part_stand_out_but_not_those_that_carry_a_zero(player):
    z3 = [look == WORKED for look in player.arrays["weights_looks"][3]]
    # W1₁₃, W1₃₃, W1₄₃: the second pixel is 0
    assert [i for i, worked in enumerate(z3) if worked] == [2, 8, 11]
    backward_to_h1 = player.arrays["weights_looks"][36]
    assert [i for i, look in enumerate(backward_to_h1) if look == WORKED] == [12, 13, 14, 15]


def test_an_edge_shows_its_weight_then_its_gradient_then_its_new_weight(player):
    assert [texts(player, "weights", frame)[2] for frame in (0, 56, 57)] == [
        "0.1",
        "∂ 0.44",
        "0.056",
    ]
    # needed once more for ∂L/∂h₁
    assert texts(player, "weights", 36)[12:16] == ["0.7", "−0.2", "0.1", "−0.4"]
    assert [texts(player, "biases", frame)[3] for frame in (0, 56, 70)] == [
        "b2₁ = 0",
        "∂L/∂b2₁ = −0.45",
        "b2₁ = 0.045",
    ]


def test_the_last_picture_holds_the_new_outputs_and_both_losses(player):
    assert texts(player, "output_units", -1)[3].startswith("ŷ₄ = −0.089375")
    assert texts(player, "loss", -1) == ["0.89625 → ≈0.725753"]


def test_the_sentence_for_screen_readers_has_the_numbers(player):
    assert (
        repr(player) == "The network with its 31 parameters, 12 of whose gradients are not zero; "
        "one update takes the loss from 0.89625 to 0.725753."
    )


@pytest.mark.parametrize("hidden", [1, 2, 4])
def test_other_numbers_of_hidden_units_are_drawn_too(hidden):
    parameters = flip.random_parameters(hidden, seed=1)
    player = network_trace(parameters, learning_rate=0.05)
    assert len(player.arrays["gradients"]) == 9 * hidden + 4
    assert player.arrays["losses"][0] == pytest.approx(float(flip.loss(parameters)))
    # floats are cut to six decimals
    assert not re.search(r"\.\d{7}", " ".join(player.scene["steps"]))


def test_the_learning_rate_is_the_learners(player):
    faster = network_trace(learning_rate=Fraction(1, 5))
    step = player.arrays["updated"] - player.arrays["parameters"]
    assert faster.arrays["updated"] - faster.arrays["parameters"] == pytest.approx(
        2 * step, abs=1e-6
    )


def test_what_cannot_be_drawn_is_refused_in_one_sentence():
    with pytest.raises(ValueError, match="4 pixels each; yours have 2 and 4"):
        network_trace(x=(1, 0))
    with pytest.raises(ValueError, match="room for 4 hidden units; yours has 5"):
        network_trace(flip.random_parameters(5))


def test_it_adds_at_most_150_kilobytes_to_a_notebook(player):
    assert len(json.dumps(player._repr_mimebundle_())) <= 150_000


def test_the_title_tells_the_finding_of_each_stage(player):
    lens, title = player.lens, player.scene["panels"][0]["title"]
    said = []
    for frame in (0, 1, 15, 16, 56, 57, 65, 66, 70):
        lens.state["frame"] = frame
        said.append(lens.words(title))
    assert said[0].startswith("Before the forward pass")
    assert said[1] == said[2] == "Forward pass: from the image to a loss of 0.89625"
    gradients = sum(slope != 0 for slope in flip.gradients().flat())
    assert said[3] == said[4] == f"Backward pass: {gradients} of 31 gradients are not zero"
    assert said[5] == said[6] == f"Update: {gradients} of 31 parameters have a slope to move down"
    assert said[7] == said[8] == "Forward again: the loss falls, from 0.89625 to 0.725753"


def test_a_step_that_is_too_long_is_not_said_to_lower_the_loss():
    player = network_trace(learning_rate=20)
    player.lens.state["frame"] = 70
    assert "the loss rises" in player.lens.words(player.scene["panels"][0]["title"])


@pytest.mark.parametrize(
    "arguments, error, words",
    [
        (
            {"parameters": 3},
            TypeError,
            r"parameters must be flip.Parameters; this is 3: make them with",
        ),
        ({"x": 1}, ValueError, r"x must be 4 pixels in a list, such as \(1, 0, 0, 1\); this is 1"),
        ({"y": None}, ValueError, "y must be 4 pixels in a list"),
        (
            {"learning_rate": "fast"},
            TypeError,
            "learning_rate must be a number, such as 0.1; this is 'fast'",
        ),
        (
            {"parameters": flip.START._replace(b2=(1, 2))},
            ValueError,
            r"yours have the shapes .*\(2,\)\.",
        ),
    ],
)
def test_arguments_of_another_kind_are_refused_by_name(arguments, error, words):
    with pytest.raises(error, match=words):
        network_trace(**arguments)


@pytest.mark.parametrize("hidden", [1, 3, 4])
def test_every_number_of_an_edge_stands_on_its_own_line_and_clear_of_the_others(hidden):
    layers = network_trace(flip.random_parameters(hidden, seed=1)).scene["panels"][0]["layers"]
    level, slanted = (layer for layer in layers if layer["draw"] == "arrow")
    numbers = next(layer for layer in layers if layer.get("text") == template("{weights}"))
    starts, bends, places = (
        np.transpose(ends) for ends in (level["from"], level["to"], numbers["at"])
    )
    assert np.allclose(bends, np.transpose(slanted["from"]))
    assert np.allclose(places[:, 1], starts[:, 1]) and np.allclose(bends[:, 1], starts[:, 1])
    weights = places[: 8 * hidden]  # the edges to the loss carry no number
    for column in np.unique(weights[:, 0]):
        heights = np.sort(weights[weights[:, 0] == column, 1])
        assert np.diff(heights).min(initial=1) >= 0.19
