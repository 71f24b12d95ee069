"""Losses: one number that says how wrong a prediction is, with names and signatures as in PyTorch."""

import numpy as np

from learnkit.autograd.tensor import Tensor, constant, fitted, operation, stable_sigmoid, where


def mse_loss(prediction, target):
    """Return the mean of the squared errors.

    prediction, target: Tensors or arrays of one shape, in the same unit. Raises ValueError if the shapes differ.
    """
    error = _error(prediction, target)
    return (error * error).mean()


def l1_loss(prediction, target):
    """Return the mean of the errors without their signs, which one outlier pulls less than it pulls their squares.

    prediction, target: Tensors or arrays of one shape, in the same unit. Raises ValueError if the shapes differ.
    """
    return abs(_error(prediction, target)).mean()


def huber_loss(prediction, target, delta=1.0):
    """Return the mean Huber loss: half the squared error up to delta, straight beyond it, so that outliers pull less.

    prediction, target: Tensors or arrays of one shape; delta: a positive number; all in the same unit.
    Raises ValueError if the shapes differ or delta is not positive.
    Source: Huber (1964), Annals of Mathematical Statistics 35(1).
    """
    if not delta > 0:
        raise ValueError(f"The delta of huber_loss is where the square ends, a positive number; this is {delta}.")
    size = abs(_error(prediction, target))
    capped = where(size.data <= delta, size, delta)
    return (capped * (size - capped / 2)).mean()  # size²/2 up to delta, delta · (size - delta/2) beyond


def logsumexp(x, axis=-1, keepdims=False):
    """Return log Σ exp(x) along an axis as one node; the largest entry is taken out first, so nothing overflows.

    x: a Tensor or an array. The slope of the result along x is the softmax of x.
    """
    x = _tensor(x)
    exps, above_one, top = _exps(x.data, axis)
    data = np.log1p(above_one) + top
    pull = lambda g: exps * (g.reshape(above_one.shape) / (1 + above_one))
    return Tensor(data if keepdims else data.squeeze(axis), (x,), (pull,), "logsumexp")


def log_softmax(x, axis=-1):
    """Return the logarithm of the probabilities softmax(x) along an axis as one node, for entries of any size.

    x: a Tensor or an array. The largest entry is taken out first, so that a large x hides no small difference.
    """
    x = _tensor(x)
    exps, above_one, top = _exps(x.data, axis)
    data = (x.data - top) - np.log1p(above_one)
    pull = lambda g: g - exps * (g.sum(axis=axis, keepdims=True) / (1 + above_one))
    return Tensor(data, (x,), (pull,), "log_softmax")


def cross_entropy(logits, target):
    """Return the mean surprise, -log of the probability that softmax(logits) gives to the right class, as one node.

    logits: a Tensor or an array (batch, classes), scores before any softmax; exact for scores of any size.
    target: whole numbers (batch,), the right classes. Raises ValueError if they do not fit the logits.
    """
    logits = _tensor(logits)
    right = _places(logits.shape, target)
    batch = len(target)
    top = _largest(logits.data, axis=1)
    behind = top[:, 0] - logits.data[right]
    exps = np.exp(logits.data - top)
    exps[right] = 0.0
    wrong, sure = exps.sum(axis=1), np.exp(-behind)
    surprise = behind + np.log1p(wrong + (sure - 1))  # what is tiny beside sure stays, where sure is 1

    def pull(g):
        gradient = exps * (g / batch / (wrong + sure))[:, np.newaxis]
        gradient[right] = -gradient.sum(axis=1)  # its probability less 1, without the rounding of a difference
        return gradient

    return Tensor(surprise.sum() / batch, (logits,), (pull,), "cross_entropy")


def binary_cross_entropy_with_logits(logits, target):
    """Return the mean surprise, -log of the probability that sigmoid(logits) gives to the right answer, as one node.

    logits: a Tensor or an array, scores before any sigmoid; target: an array of the same shape with entries 0 to 1.
    Raises ValueError if the shapes differ or a target is not from 0 to 1.
    Exact for scores of any size: log(1 + exp(-|z|)), and |z| for the part of the target on the other side of 0.
    """
    logits = _tensor(logits)
    z, y = logits.data, constant(target)
    if z.shape != y.shape:
        raise ValueError(f"The logits have shape {z.shape}, the targets {y.shape}; each score needs its own target.")
    if not ((y >= 0) & (y <= 1)).all():
        raise ValueError("A target of binary_cross_entropy_with_logits is a probability, 0 to 1; a label -1 is 0.")
    surprise = np.where(z >= 0, z * (1 - y), -z * y) + np.log1p(np.exp(-abs(z)))
    pull = lambda g: ((1 - y) * stable_sigmoid(z) - y * stable_sigmoid(-z)) * (g / z.size)
    return Tensor(surprise.mean(), (logits,), (pull,), "binary_cross_entropy_with_logits")


def _tensor(x):
    return x if isinstance(x, Tensor) else Tensor(x)


def _error(prediction, target):
    """Return prediction - target of one shape; broadcasting would compare every entry with every other."""
    prediction = _tensor(prediction)
    shapes = prediction.shape, np.shape(target)
    if shapes[0] != shapes[1]:
        raise ValueError("The predictions have shape {}, the targets {}; they must agree.".format(*shapes))
    return prediction - target


def _places(shape, target):
    """Return the rows and columns where the right classes stand in a (batch, classes) array."""
    try:
        rows = np.arange(shape[0])
        fit = np.ravel_multi_index((rows, target), shape).shape == np.shape(target)
    except (IndexError, TypeError, ValueError):
        fit = False
    if not fit:
        raise ValueError(
            f"cross_entropy needs logits (batch, classes), here {shape}, and for every row its class, a whole number "
            f"from 0 up to the number of classes less 1; the target has shape {np.shape(target)}."
        )
    return rows, np.array(target, dtype=np.intp)  # a copy, as it may change before the backward pass; True is class 1


def _largest(x, axis):
    """Return the largest entries along an axis, which is kept; a finite number even for a row that is all -inf."""
    return x.max(axis=axis, keepdims=True, initial=np.finfo(np.float64).min)


def _exps(x, axis):
    """Return exp(x - top) of an array, by how much their sum along axis is above 1, and top, the largest entries.

    The axis is kept. The largest is exp(0) = 1: added up with the others, it would swallow those below 1e-16.
    """
    top = _largest(x, axis)
    exps = np.exp(x - top)
    is_one = exps == 1.0
    below_one = np.where(is_one, 0.0, exps).sum(axis=axis, keepdims=True)
    return exps, below_one + (is_one.sum(axis=axis, keepdims=True) - 1), top
