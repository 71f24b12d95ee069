"""A trained network of layers as arrays: checked, read forwards, and one pass back to its input."""

import numpy as np

from learnkit import nn

BENDS = {
    "relu": (lambda sums: np.maximum(sums, 0), lambda sums: (sums > 0) * 1.0),
    "tanh": (np.tanh, lambda sums: 1 - np.tanh(sums) ** 2),
    "sigmoid": (
        lambda sums: 1 / (1 + np.exp(-sums)),
        lambda sums: np.exp(-np.abs(sums)) / (1 + np.exp(-np.abs(sums))) ** 2,
    ),
}
MODULES = {nn.ReLU: "relu", nn.Tanh: "tanh", nn.Sigmoid: "sigmoid"}
PIXELS, CLASSES = 64, 10


def layers_of(network, activation):
    """Return [(W, b), …] with W (in, out), and the name of what stands between the layers.

    network: such pairs, of arrays or Tensors, or a Sequential. Raises ValueError for what is no
    network from 64 pixels to 10 digits, TypeError for what is none at all.
    """
    if isinstance(network, nn.Sequential):
        network, activation = _taken_apart(network, activation)
    if activation not in BENDS:
        raise ValueError(f"The activation is one of {', '.join(BENDS)}; you gave {activation!r}.")
    try:
        layers = [(_array(W), _array(b).ravel()) for W, b in network]
    except (TypeError, ValueError):
        raise TypeError(
            "A drawing pad takes layers as a list of pairs (W, b) of numbers, or an nn.Sequential; "
            f"this is a {type(network).__name__} of something else."
        ) from None
    _check(layers)
    return layers, activation


def _array(numbers):
    """An array in the precision in which a page carries it. numbers: an array, or a Tensor of any
    engine that keeps its numbers as `data`.
    """
    if not isinstance(numbers, np.ndarray):
        numbers = getattr(numbers, "data", numbers)
    return np.asarray(numbers, dtype=np.float32)


def _taken_apart(network, activation):
    layers, bends = [], set()
    for part in network:
        if isinstance(part, nn.Linear):
            bias = 0 * part.weight.data[:, 0] if part.bias is None else part.bias.data
            layers.append((part.weight.data.T, bias))
        elif type(part) in MODULES:
            bends.add(MODULES[type(part)])
        else:
            raise ValueError(
                "A drawing pad reads networks of Linear, ReLU, Tanh and Sigmoid; this one has a "
                f"{type(part).__name__}."
            )
    kinds = [isinstance(part, nn.Linear) for part in network]
    if len(bends) > 1 or kinds != [i % 2 == 0 for i in range(len(kinds))] or not kinds[-1:] == [1]:
        raise ValueError(
            "A drawing pad reads networks of Linear layers with one kind of activation between "
            "each two of them, and none at the end."
        )
    return layers, bends.pop() if bends else activation


def _check(layers):
    """Refuse layers that do not lead from 64 numbers to 10, or that hold no numbers."""
    shapes = [W.shape for W, _ in layers]
    sizes = [PIXELS, *(len(b) for _, b in layers)]
    wanted = list(zip(sizes, sizes[1:]))
    if not layers or shapes != wanted or sizes[-1] != CLASSES:
        raise ValueError(
            f"The layers lead from {PIXELS} pixels to {CLASSES} digits, each W of shape (inputs, "
            f"outputs) and each b of shape (outputs,); these W have the shapes {shapes}."
        )
    if not all(np.isfinite(part).all() for layer in layers for part in layer):
        raise ValueError("These layers hold infinite or missing numbers: training broke down.")


def read(layers, activation, images):
    """Return the probabilities (n, 10) of the digits on images (n, 64)."""
    scores = _sums(layers, activation, images)[-1]
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def slopes(layers, activation, image):
    """Return the digit that is read on an image (64,), and the slope of its score along each pixel.

    The score is what the last layer returns, before the softmax; the slopes come by one pass back.
    """
    sums = _sums(layers, activation, image)
    digit = int(sums[-1].argmax())
    received = np.eye(CLASSES)[digit]
    for i, (W, _) in reversed(list(enumerate(layers))):
        received = W.astype(float) @ received
        if i:
            received = received * BENDS[activation][1](sums[i - 1])
    return digit, received


def _sums(layers, activation, x):
    found = []
    for W, b in layers:
        inputs = BENDS[activation][0](found[-1]) if found else np.asarray(x, float)
        found.append(inputs @ W.astype(float) + b)
    return found
