"""The course's own training loops and what is measured on their networks; chapters call them
before you write them.
"""

import numpy as np


def descend(slope, x, learning_rate, steps):
    """Return the path of gradient descent: the start, then the place after each step.

    slope: function of a place, a number or an array. x: the start.
    """
    path = [x]
    for _ in range(steps):
        x = x - learning_rate * slope(x)
        path.append(x)
    return path


def descend_with_momentum(slope, x, learning_rate, momentum, steps):
    """Return the path of gradient descent with a velocity that keeps a part, `momentum`, of earlier
    slopes.

    Source: Polyak (1964), USSR Computational Mathematics and Mathematical Physics 4(5), in the form
    PyTorch uses.
    """
    path, velocity = [x], 0.0
    for _ in range(steps):
        velocity = momentum * velocity + slope(x)
        x = x - learning_rate * velocity
        path.append(x)
    return path


def predict(parameters, x):
    """Return the network's outputs. parameters: Tensors W1, b1, W2, b2; x: images (count, 4)."""
    W1, b1, W2, b2 = parameters
    return (x @ W1 + b1).relu() @ W2 + b2


def train(parameters, x, y, learning_rate, steps):
    """Train the network of `predict` by gradient descent, in place; return the loss before each
    step.

    parameters: Tensors W1, b1, W2, b2. x, y: images and targets, arrays (count, 4). The loss is the
        mean squared error.
    """
    losses = []
    for _ in range(steps):
        loss = ((predict(parameters, x) - y) ** 2).mean()
        loss.backward()
        for p in parameters:
            p.data = p.data - learning_rate * p.grad
            p.grad = None
        losses.append(loss.item())
    return losses


def random_networks(hidden, count):
    """Return `count` networks 4–hidden–4 from random starts, side by side in four Tensors W1,
    b1, W2, b2.
    """
    from learnkit import Tensor, flip

    starts = [flip.random_parameters(hidden, seed) for seed in range(count)]
    W1, b1, W2, b2 = (np.array(block) for block in zip(*starts))
    return [Tensor(block) for block in (W1, b1[:, None], W2, b2[:, None])]


def curvatures(networks, x, y, h=1e-3):
    """Return the curvatures of each network's loss at its place, ascending: (count, parameters).

    networks: `count` of them side by side, as random_networks returns them. x, y: images and
    targets. Each unit goes on answering the images that it answers now: on the kink of a ReLU
    itself there is no curvature.
    """
    blocks = [block.data for block in networks]
    answers = x @ blocks[0] + blocks[1] > 0
    theta = np.concatenate([block.reshape(len(block), -1) for block in blocks], axis=1)
    ends = np.cumsum([block[0].size for block in blocks])[:-1]

    def loss(theta):
        parts = zip(np.split(theta, ends, axis=-1), blocks)
        W1, b1, W2, b2 = (part.reshape(*part.shape[:-1], *block.shape[1:]) for part, block in parts)
        return np.mean((answers * (x @ W1 + b1) @ W2 + b2 - y) ** 2, axis=(-2, -1))

    steps = h * np.eye(theta.shape[1])
    one, other = steps[:, None, None], steps[None, :, None]
    rise = loss(theta + one + other) + loss(theta - one - other)
    fall = loss(theta + one - other) + loss(theta - one + other)
    return np.linalg.eigvalsh(np.moveaxis(rise - fall, -1, 0) / (4 * h**2))


def slice_through(loss, theta, seed=0):
    """Return the loss over a flat slice through theta as a function of x and y, steps along two
    random directions.

    loss: function of the blocks of parameters, which may have more axes in front. theta: the
    blocks. Each block of a direction is as long as the block that it changes, nearly as Li et al.
    (2018) propose.
    """
    random = np.random.default_rng(seed)

    def direction():
        blocks = [random.normal(size=block.shape) for block in theta]
        return [d * np.linalg.norm(block) / np.linalg.norm(d) for d, block in zip(blocks, theta)]

    first, second = direction(), direction()

    def over_the_slice(x, y):
        x, y = np.asarray(x)[..., None, None], np.asarray(y)[..., None, None]
        return loss(*[here + x * d + y * e for here, d, e in zip(theta, first, second)])

    return over_the_slice
