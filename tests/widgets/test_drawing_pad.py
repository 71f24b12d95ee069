"""The drawing pad in Python: which networks it takes, what they read, and what it says."""

from pathlib import Path

import numpy as np
import pytest

from learnkit import Tensor, nn, widgets
from learnkit.data import digits
from learnkit.widgets.digits import pad

RANDOM = np.random.default_rng(0)
SIZES = {"shallow": (64, 10), "one hidden layer": (64, 16, 10), "two": (64, 12, 8, 10)}


def layers(*sizes):
    """Layers (W, b) of these sizes, drawn by lot."""
    return [
        (RANDOM.normal(size=(a, b)) / np.sqrt(a), RANDOM.normal(size=b))
        for a, b in zip(sizes, sizes[1:])
    ]


def sequential(made):
    """The network with these layers and tanh between them, as a Sequential."""
    parts = []
    for W, b in made:
        parts += [nn.Linear(*W.shape), nn.Tanh()]
        parts[-2].load_state_dict({"weight": W.T, "bias": b})
    return nn.Sequential(*parts[:-1])


@pytest.mark.parametrize("sizes", SIZES.values(), ids=SIZES)
def test_a_sequential_and_its_layers_give_the_probabilities_of_the_network_itself(sizes):
    made, images = layers(*sizes), digits().images[:20]
    model = sequential(made)
    scores = model(images).data
    expected = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    for shown in (widgets.drawing_pad(made, "tanh"), widgets.drawing_pad(model)):
        assert shown.probabilities(images) == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize("activation", ["relu", "tanh", "sigmoid"])
def test_the_map_is_the_slope_of_the_winning_score_along_each_pixel(activation):
    made, image = layers(64, 16, 10), digits().images[3]
    bend = {
        "relu": lambda x: np.maximum(x, 0),
        "tanh": np.tanh,
        "sigmoid": lambda x: 1 / (1 + np.exp(-x)),
    }
    (W1, b1), (W2, b2) = made

    def scores(x):
        return bend[activation](x @ W1 + b1) @ W2 + b2

    digit, slopes = widgets.drawing_pad(made, activation).slopes(image)
    nudged = 1e-6 * np.eye(64)
    measured = (scores(image + nudged) - scores(image - nudged))[:, digit] / 2e-6
    assert digit == scores(image).argmax()
    assert slopes == pytest.approx(measured, abs=1e-5)


def test_layers_may_be_tensors_and_a_bias_may_be_a_row():
    made, images = layers(64, 16, 10), digits().images[:5]
    tensors = [(Tensor(W), Tensor(b[None])) for W, b in made]
    expected = widgets.drawing_pad(made).probabilities(images)
    assert (widgets.drawing_pad(tensors).probabilities(images) == expected).all()


def test_its_sentence_names_the_sizes_and_what_the_first_example_is_read_as():
    W, b = np.zeros((64, 10)), np.zeros(10)
    b[7] = 1
    assert repr(widgets.drawing_pad([(W, b)])) == (
        "A drawing pad: the network 64 → 10 reads what you write. It reads the first example as 7."
    )


def test_it_is_a_small_part_of_a_notebook_with_a_picture_and_its_sentence():
    made = widgets.drawing_pad(layers(64, 64, 10))
    bundle = made._repr_mimebundle_()
    assert bundle["text/plain"] == made.description and made.description in bundle["text/html"]
    assert made.png.startswith(b"\x89PNG") and len(bundle["text/html"]) < 90_000
    assert "data-learnkit-player" in bundle["text/html"]  # what the checks leave out


def test_ten_examples_of_the_ten_digits_stand_on_it_unless_others_are_given():
    usual = widgets.drawing_pad(layers(64, 10))
    assert usual.arrays["examples"].shape == (10, 64)
    own = widgets.drawing_pad(layers(64, 10), examples=digits().images[5])
    assert (own.arrays["examples"] == 16 * digits().images[5]).all()


def test_the_pen_makes_as_much_ink_as_a_digit_of_the_data_has():
    ink = round(16 * digits().images.sum(axis=1).mean())
    script = (Path(pad.__file__).parent / "bitmap.js").read_text(encoding="utf-8")
    assert f"const INK = {ink};" in script
    assert f"{ink} of the 1,024 dots are ink" in pad.MARKUP.replace("\n", " ")


WRONG = {
    "no layers": ([], "relu", "from 64 pixels to 10 digits"),
    "outputs before inputs": ([(np.zeros((10, 64)), np.zeros(10))], "relu", r"\(10, 64\)"),
    "nine digits": ([(np.zeros((64, 9)), np.zeros(9))], "relu", "10 digits"),
    "layers that do not meet": (layers(64, 16) + layers(12, 10), "relu", r"\(12, 10\)"),
    "an unknown activation": (layers(64, 10), "step", "relu, tanh, sigmoid"),
    "a training that broke down": ([(np.full((64, 10), np.nan), np.zeros(10))], "relu", "missing"),
    "an activation at the end": (nn.Sequential(nn.Linear(64, 10), nn.ReLU()), "relu", "at the end"),
    "a network within": (nn.Sequential(nn.Sequential(nn.Linear(64, 10))), "relu", "Sequential"),
}


@pytest.mark.parametrize("network, activation, part", WRONG.values(), ids=WRONG)
def test_a_network_that_does_not_fit_is_refused_in_words(network, activation, part):
    with pytest.raises(ValueError, match=part):
        widgets.drawing_pad(network, activation)


def test_what_is_no_network_is_refused_in_words():
    for wrong in (None, 3, ["a", "b"], lambda x: x):
        with pytest.raises(TypeError, match=r"pairs \(W, b\)"):
            widgets.drawing_pad(wrong)


def test_examples_that_are_no_images_are_refused_in_words():
    with pytest.raises(ValueError, match=r"of shape \(n, 64\)"):
        widgets.drawing_pad(layers(64, 10), examples=np.zeros((3, 28, 28)))
    with pytest.raises(ValueError, match="between 0, paper, and 1, ink"):
        widgets.drawing_pad(layers(64, 10), examples=16 * digits().images[:2])
