"""What the benchmarks race: the same training steps on this engine, micrograd, HIPS autograd,
PyTorch, JAX and plain NumPy.

Each contender is a function that returns a Trainer. Libraries are imported by the contender that
races them, so that no other process has to carry their objects.
"""

import math
import random
from collections.abc import Callable
from typing import NamedTuple

RATE = 0.1


class Trainer(NamedTuple):
    """What a contender trains with.

    step: takes one step of gradient descent and returns the loss before it. parameters: returns all
    parameters as they are now, a flat list of numbers.
    """

    step: Callable
    parameters: Callable


def flat(arrays):
    """Return all entries of some arrays in one list."""
    return [float(number) for array in arrays for number in array.reshape(-1)]


# ------------------------------------------------------------------------------- single numbers


def on_single_numbers(loss, parameters):
    """Return a Trainer for Values: the loss, its slopes, the update."""

    def step():
        for p in parameters:
            p.grad = 0
        output = loss()
        output.backward()
        for p in parameters:
            p.data = p.data - RATE * p.grad
        return output.data

    return Trainer(step, lambda: [p.data for p in parameters])


def two_moons():
    """Return micrograd's demo data: 100 noisy points on two moons, each with a label -1 or 1."""
    draw, points = random.Random(0), []
    for i in range(100):
        angle, upper = math.pi * (i // 2) / 50, i % 2
        x, y = math.cos(angle), math.sin(angle)
        if not upper:
            x, y = 1 - x, 0.5 - y
        points.append(([x + draw.gauss(0, 0.1), y + draw.gauss(0, 0.1)], 1 if upper else -1))
    return points


def demo(Value, take_in, neuron, objective):
    """Train micrograd's demo, a 2-16-16-1 network with hinge loss and weight decay.

    take_in: makes the network's input of a point. neuron: the weighted sum of weights, signal and
    bias. objective: the loss of all margins and parameters.
    """
    draw, points = random.Random(1), two_moons()

    def new_neuron(inputs):
        return [Value(draw.uniform(-1, 1)) for _ in range(inputs)], Value(0)

    sizes = ((2, 16), (16, 16), (16, 1))
    layers = [[new_neuron(inputs) for _ in range(outputs)] for inputs, outputs in sizes]
    parameters = [p for layer in layers for weights, bias in layer for p in (*weights, bias)]

    def score(point):
        signal = take_in(point)
        for layer in layers[:-1]:
            signal = [neuron(weights, signal, bias).relu() for weights, bias in layer]
        weights, bias = layers[-1][0]
        return neuron(weights, signal, bias)

    def loss():
        margins = [(1 + -label * score(point)).relu() for point, label in points]
        return objective(margins, parameters)

    return on_single_numbers(loss, parameters)


def demo_op_for_op(Value):
    """Train the demo with one node for each operation, as micrograd does."""

    def take_in(point):
        return [Value(x) for x in point]

    def neuron(weights, signal, bias):
        return sum((w * x for w, x in zip(weights, signal)), bias)

    def objective(margins, parameters):
        return sum(margins) * (1.0 / 100) + 1e-4 * sum(p * p for p in parameters)

    return demo(Value, take_in, neuron, objective)


def demo_micrograd():
    from micrograd.engine import Value

    return demo_op_for_op(Value)


def demo_value():
    from learnkit import Value

    return demo_op_for_op(Value)


def demo_dot():
    from learnkit import Value

    def take_in(point):
        return point

    def neuron(weights, signal, bias):
        return Value.dot(weights, signal) + bias

    def objective(margins, parameters):
        return Value.dot(margins, [0.01] * 100) + 1e-4 * Value.dot(parameters, parameters)

    return demo(Value, take_in, neuron, objective)


def chain_value():
    from learnkit import Value

    def step(length=1_000_000):
        x = total = Value(0.0)
        for _ in range(length):
            total = total + 1
        total.backward()
        return total.data + x.grad

    return Trainer(step, list)


def flip_start():
    """Return W1, b1, W2, b2 of the 31-parameter network, its first hidden unit moved off the kink.

    At the kink rounding would decide whether it has a slope; a little below it is silent, as it is
    by hand, and the loss and all slopes are those of chapter 8.
    """
    from learnkit import flip

    W1, (_, *others), W2, b2 = flip.START
    return W1, [0, *others], W2, b2


def flip_value():
    from learnkit import Value, flip

    W1, b1, W2, b2 = flip_start()
    columns = [[[Value(float(w)) for w in column] for column in zip(*W)] for W in (W1, W2)]
    biases = [[Value(float(b)) for b in bs] for bs in (b1, b2)]

    def loss():
        hidden = [(Value.dot(w, flip.IMAGE) + b).relu() for w, b in zip(columns[0], biases[0])]
        outputs = [Value.dot(w, hidden) + b for w, b in zip(columns[1], biases[1])]
        errors = [output - y for output, y in zip(outputs, flip.TARGET)]
        return Value.dot(errors, errors) / 4

    # in the order of the arrays: rows of W1, b1, rows of W2, b2
    blocks = [(*zip(*columns[0]), biases[0]), (*zip(*columns[1]), biases[1])]
    return on_single_numbers(loss, [p for rows in blocks for row in rows for p in row])


# --------------------------------------------------------------------------------------- arrays
# Each task is its numbers and its loss; each library is its way to take a step on a loss.


def flip_numbers():
    import numpy as np

    from learnkit import flip

    arrays = [np.array(table, dtype=float) for table in flip_start()]
    return arrays, np.array(flip.IMAGE, dtype=float), np.array(flip.TARGET, dtype=float)


def digits_numbers():
    """Return a 64-128-10 network and a batch of 64 for it."""
    import numpy as np

    draw = np.random.default_rng(0)
    W1, b1 = draw.normal(size=(64, 128)) / 8, np.zeros(128)
    W2, b2 = draw.normal(size=(128, 10)) / 8, np.zeros(10)
    return [W1, b1, W2, b2], draw.normal(size=(64, 64)), draw.integers(0, 10, 64)


def hinge_numbers():
    """Return a 2-16-16-1 network and 100 points for it, with labels -1 and 1."""
    import numpy as np

    draw, arrays = np.random.default_rng(0), []
    for inputs, outputs in ((2, 16), (16, 16), (16, 1)):
        arrays += [draw.normal(size=(inputs, outputs)), np.zeros(outputs)]
    x = draw.normal(size=(100, 2))
    return arrays, x, np.sign(x[:, :1] * x[:, 1:])


def flip_loss(relu, mean, _):
    def loss(x, y, W1, b1, W2, b2):
        return mean((relu(x @ W1 + b1) @ W2 + b2 - y) ** 2)

    return loss


def digits_loss(relu, _, cross_entropy):
    def loss(x, y, W1, b1, W2, b2):
        return cross_entropy(relu(x @ W1 + b1) @ W2 + b2, y)

    return loss


def hinge_loss(relu, mean, _):
    def loss(x, y, W1, b1, W2, b2, W3, b3):
        score = relu(relu(x @ W1 + b1) @ W2 + b2) @ W3 + b3
        return mean(relu(1 - y * score))

    return loss


def with_tensor(numbers, loss_with):
    from learnkit import Tensor
    from learnkit.losses import cross_entropy

    arrays, x, y = numbers()
    loss = loss_with(Tensor.relu, Tensor.mean, cross_entropy)
    parameters = [Tensor(a) for a in arrays]

    def step():
        output = loss(x, y, *parameters)
        output.backward()
        for p in parameters:
            p.data = p.data - RATE * p.grad
            p.grad = None
        return output.item()

    return Trainer(step, lambda: flat(p.data for p in parameters))


def with_torch(numbers, loss_with, precision="float64"):
    import torch

    torch.set_num_threads(1)
    arrays, x, y = numbers()
    kind = getattr(torch, precision)
    x = torch.tensor(x, dtype=kind)
    y = torch.tensor(y) if y.dtype.kind == "i" else torch.tensor(y, dtype=kind)
    parameters = [torch.tensor(a, dtype=kind, requires_grad=True) for a in arrays]
    loss = loss_with(torch.relu, torch.mean, torch.nn.functional.cross_entropy)

    def step():
        output = loss(x, y, *parameters)
        output.backward()
        with torch.no_grad():
            for p in parameters:
                p -= RATE * p.grad
                p.grad = None
        return output.item()

    return Trainer(step, lambda: flat(p.detach().numpy() for p in parameters))


def with_torch32(numbers, loss_with):
    return with_torch(numbers, loss_with, "float32")


def cross_entropy_with(np):
    """Return the cross-entropy of logits and classes, written with a library like NumPy."""

    def cross_entropy(logits, y):
        shifted = logits - np.max(logits, axis=1, keepdims=True)
        return np.mean(np.log(np.sum(np.exp(shifted), axis=1)) - shifted[np.arange(len(y)), y])

    return cross_entropy


def loss_by(np, loss_with):
    """Return a loss written with a library like NumPy."""

    def relu(z):
        return np.maximum(z, 0.0)

    return loss_with(relu, np.mean, cross_entropy_with(np))


def with_autograd(numbers, loss_with):
    import autograd.numpy as np
    from autograd import value_and_grad

    parameters, x, y = numbers()
    which = tuple(range(2, 2 + len(parameters)))
    value_and_slopes = value_and_grad(loss_by(np, loss_with), argnum=which)

    def step():
        output, gradients = value_and_slopes(x, y, *parameters)
        parameters[:] = [p - RATE * g for p, g in zip(parameters, gradients)]
        return output

    return Trainer(step, lambda: flat(parameters))


def with_jax(numbers, loss_with, compiled=False):
    import jax

    jax.config.update("jax_enable_x64", True)
    arrays, x, y = numbers()
    parameters = [jax.numpy.asarray(a) for a in arrays]
    which = tuple(range(2, 2 + len(parameters)))
    value_and_slopes = jax.value_and_grad(loss_by(jax.numpy, loss_with), argnums=which)

    def stepped(x, y, *parameters):
        output, gradients = value_and_slopes(x, y, *parameters)
        return output, [p - RATE * g for p, g in zip(parameters, gradients)]

    if compiled:
        stepped = jax.jit(stepped)

    def step():
        output, parameters[:] = stepped(x, y, *parameters)
        return float(output)  # waits until it is computed

    return Trainer(step, lambda: flat(parameters))


def with_jit(numbers, loss_with):
    return with_jax(numbers, loss_with, compiled=True)


def digits_numpy():
    import numpy as np

    (W1, b1, W2, b2), x, y = digits_numbers()
    rows = np.arange(len(y))

    def step():
        nonlocal W1, b1, W2, b2
        z = x @ W1 + b1
        h = np.maximum(z, 0)
        logits = h @ W2 + b2
        exps = np.exp(logits - logits.max(axis=1, keepdims=True))
        g = exps / exps.sum(axis=1, keepdims=True)
        output = -np.log(g[rows, y]).mean()
        g[rows, y] -= 1
        g /= len(y)
        gz = (g @ W2.T) * (z > 0)
        W2, b2 = W2 - RATE * (h.T @ g), b2 - RATE * g.sum(axis=0)
        W1, b1 = W1 - RATE * (x.T @ gz), b1 - RATE * gz.sum(axis=0)
        return output

    return Trainer(step, lambda: flat((W1, b1, W2, b2)))


def hinge_numpy():
    import numpy as np

    (W1, b1, W2, b2, W3, b3), x, y = hinge_numbers()

    def step():
        nonlocal W1, b1, W2, b2, W3, b3
        z1 = x @ W1 + b1
        h1 = np.maximum(z1, 0)
        z2 = h1 @ W2 + b2
        h2 = np.maximum(z2, 0)
        margin = 1 - y * (h2 @ W3 + b3)
        g = -y * (margin > 0) / len(y)
        g2 = (g @ W3.T) * (z2 > 0)
        g1 = (g2 @ W2.T) * (z1 > 0)
        W3, b3 = W3 - RATE * (h2.T @ g), b3 - RATE * g.sum(axis=0)
        W2, b2 = W2 - RATE * (h1.T @ g2), b2 - RATE * g2.sum(axis=0)
        W1, b1 = W1 - RATE * (x.T @ g1), b1 - RATE * g1.sum(axis=0)
        return np.maximum(margin, 0).mean()

    return Trainer(step, lambda: flat((W1, b1, W2, b2, W3, b3)))


TASKS = {
    "flip": (flip_numbers, flip_loss),
    "digits": (digits_numbers, digits_loss),
    "hinge": (hinge_numbers, hinge_loss),
}
LIBRARIES = {
    "tensor": with_tensor,
    "torch": with_torch,
    "torch32": with_torch32,
    "autograd": with_autograd,
    "jax": with_jax,
    "jit": with_jit,
}


def contender(name):
    """Return the Trainer of a contender, such as "digits torch" or "demo micrograd"."""
    task, library = name.split()
    if library in LIBRARIES:
        return LIBRARIES[library](*TASKS[task])
    return globals()[f"{task}_{library}"]()
