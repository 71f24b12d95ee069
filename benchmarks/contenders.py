"""What the benchmarks race: the same training steps on this engine, micrograd, HIPS autograd,
PyTorch and plain NumPy.

Each contender is a function that returns its step, and each step returns its loss. Libraries are
imported by the contender that races them, so that no other process has to carry their objects.
"""

import math
import random

RATE = 0.1


# Single numbers: micrograd's demo, 100 points on two moons, a 2-16-16-1 network, hinge loss and
# weight decay


def scalar_step(loss, parameters):
    """Return a training step on single numbers: the loss, its slopes, the update."""

    def step():
        for p in parameters:
            p.grad = 0
        output = loss()
        output.backward()
        for p in parameters:
            p.data = p.data - RATE * p.grad
        return output.data

    return step


def demo(Value, take_in, neuron, objective):
    draw, points = random.Random(0), []
    for i in range(100):
        angle, upper = math.pi * (i // 2) / 50, i % 2
        x, y = (
            (math.cos(angle), math.sin(angle))
            if upper
            else (1 - math.cos(angle), 0.5 - math.sin(angle))
        )
        points.append(([x + draw.gauss(0, 0.1), y + draw.gauss(0, 0.1)], 1 if upper else -1))
    new_neuron = lambda inputs: ([Value(draw.uniform(-1, 1)) for _ in range(inputs)], Value(0))
    layers = [
        [new_neuron(inputs) for _ in range(outputs)]
        for inputs, outputs in ((2, 16), (16, 16), (16, 1))
    ]
    parameters = [p for layer in layers for weights, bias in layer for p in (*weights, bias)]

    def loss():
        margins = []
        for point, label in points:
            signal = take_in(point)
            for layer in layers[:-1]:
                signal = [neuron(weights, signal, bias).relu() for weights, bias in layer]
            weights, bias = layers[-1][0]
            margins.append((1 + -label * neuron(weights, signal, bias)).relu())
        return objective(margins, parameters)

    return scalar_step(loss, parameters)


def demo_op_for_op(Value):
    take_in = lambda point: list(map(Value, point))
    neuron = lambda weights, signal, bias: sum((w * x for w, x in zip(weights, signal)), bias)
    objective = lambda margins, parameters: (
        sum(margins) * (1.0 / 100) + 1e-4 * sum(p * p for p in parameters)
    )
    return demo(Value, take_in, neuron, objective)


def demo_micrograd():
    from micrograd.engine import Value

    return demo_op_for_op(Value)


def demo_value():
    from learnkit import Value

    return demo_op_for_op(Value)


def demo_dot():
    from learnkit import Value

    neuron = lambda weights, signal, bias: Value.dot(weights, signal) + bias
    objective = lambda margins, parameters: (
        Value.dot(margins, [0.01] * 100) + 1e-4 * Value.dot(parameters, parameters)
    )
    return demo(Value, lambda point: point, neuron, objective)


def chain_value():
    from learnkit import Value

    def step(length=1_000_000):
        x = total = Value(0.0)
        for _ in range(length):
            total = total + 1
        total.backward()
        return total.data + x.grad

    return step


def flip_value():
    from learnkit import Value, flip

    W1, b1, W2, b2 = flip.START
    W1, W2 = ([[Value(float(w)) for w in column] for column in zip(*table)] for table in (W1, W2))
    b1, b2 = ([Value(float(b)) for b in biases] for biases in (b1, b2))

    def loss():
        hidden = [(Value.dot(w, flip.IMAGE) + b).relu() for w, b in zip(W1, b1)]
        errors = [Value.dot(w, hidden) + b - y for w, b, y in zip(W2, b2, flip.TARGET)]
        return Value.dot(errors, errors) / 4

    return scalar_step(loss, [p for group in (*W1, b1, *W2, b2) for p in group])


# Arrays: each task is its numbers and its loss; each library is its way to take a step on a loss


def flip_numbers():
    import numpy as np

    from learnkit import flip

    arrays = [np.array(table, dtype=float) for table in flip.START]
    return arrays, np.array(flip.IMAGE, dtype=float), np.array(flip.TARGET, dtype=float)


def digits_numbers():
    """A 64-128-10 network and a batch of 64 for it."""
    import numpy as np

    draw = np.random.default_rng(0)
    arrays = [
        draw.normal(size=(64, 128)) / 8,
        np.zeros(128),
        draw.normal(size=(128, 10)) / 8,
        np.zeros(10),
    ]
    return arrays, draw.normal(size=(64, 64)), draw.integers(0, 10, 64)


def hinge_numbers():
    """A 2-16-16-1 network and 100 points for it, with labels -1 and 1."""
    import numpy as np

    draw = np.random.default_rng(0)
    arrays = [
        a for n, m in ((2, 16), (16, 16), (16, 1)) for a in (draw.normal(size=(n, m)), np.zeros(m))
    ]
    x = draw.normal(size=(100, 2))
    return arrays, x, np.sign(x[:, :1] * x[:, 1:])


def flip_loss(relu, mean, _):
    return lambda x, y, W1, b1, W2, b2: mean((relu(x @ W1 + b1) @ W2 + b2 - y) ** 2)


def digits_loss(relu, _, cross_entropy):
    return lambda x, y, W1, b1, W2, b2: cross_entropy(relu(x @ W1 + b1) @ W2 + b2, y)


def hinge_loss(relu, mean, _):
    score = lambda x, W1, b1, W2, b2, W3, b3: relu(relu(x @ W1 + b1) @ W2 + b2) @ W3 + b3
    return lambda x, y, *parameters: mean(relu(1 - y * score(x, *parameters)))


def tensor_step(numbers, loss):
    from learnkit import Tensor
    from learnkit.losses import cross_entropy

    arrays, x, y = numbers()
    parameters, loss = [Tensor(a) for a in arrays], loss(Tensor.relu, Tensor.mean, cross_entropy)

    def step():
        output = loss(x, y, *parameters)
        output.backward()
        for p in parameters:
            p.data = p.data - RATE * p.grad
            p.grad = None
        return output.item()

    return step


def torch_step(numbers, loss):
    import torch

    torch.set_num_threads(1)
    arrays, x, y = numbers()
    x, y, parameters = (
        torch.tensor(x),
        torch.tensor(y),
        [torch.tensor(a, requires_grad=True) for a in arrays],
    )
    loss = loss(torch.relu, torch.mean, torch.nn.functional.cross_entropy)

    def step():
        output = loss(x, y, *parameters)
        output.backward()
        with torch.no_grad():
            for p in parameters:
                p -= RATE * p.grad
                p.grad = None
        return output.item()

    return step


def autograd_step(numbers, loss):
    import autograd.numpy as np
    from autograd import value_and_grad

    def cross_entropy(logits, y):
        shifted = logits - np.max(logits, axis=1, keepdims=True)
        return np.mean(np.log(np.sum(np.exp(shifted), axis=1)) - shifted[np.arange(len(y)), y])

    parameters, x, y = numbers()
    loss = loss(lambda z: np.maximum(z, 0.0), np.mean, cross_entropy)
    slopes = value_and_grad(loss, argnum=tuple(range(2, 2 + len(parameters))))

    def step():
        output, gradients = slopes(x, y, *parameters)
        parameters[:] = [p - RATE * g for p, g in zip(parameters, gradients)]
        return output

    return step


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

    return step


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

    return step


TASKS = {
    "flip": (flip_numbers, flip_loss),
    "digits": (digits_numbers, digits_loss),
    "hinge": (hinge_numbers, hinge_loss),
}
LIBRARIES = {"tensor": tensor_step, "torch": torch_step, "autograd": autograd_step}


def contender(name):
    """Return the training step of a contender, such as "digits torch" or "demo micrograd"."""
    task, library = name.split()
    return (
        LIBRARIES[library](*TASKS[task])
        if library in LIBRARIES
        else globals()[f"{task}_{library}"]()
    )
