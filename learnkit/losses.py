"""Losses: one number that says how wrong a prediction is, with names and signatures as in PyTorch."""

import numpy as np

from learnkit.autograd.tensor import Tensor


def mse_loss(prediction, target):
    """Return the mean of the squared errors.

    prediction: a Tensor; target: an array of the same shape, in the same unit.
    Raises ValueError if the shapes differ, where broadcasting would compare every entry with every other.
    """
    if prediction.shape != np.shape(target):
        raise ValueError(f"mse_loss pairs predictions of shape {prediction.shape} with targets of {np.shape(target)}.")
    error = prediction - target
    return (error * error).mean()


def logsumexp(x, axis=-1, keepdims=False):
    """Return log Σ exp(x) along an axis as one node; the largest entry is taken out first, so nothing overflows.

    x: a Tensor. The slope of the result along x is the softmax of x.
    """
    softmax, total = _softmax(x.data, axis)
    data = total if keepdims else total.squeeze(axis)
    return Tensor(data, (x,), (lambda g: softmax * g.reshape(total.shape),), "logsumexp")


def log_softmax(x, axis=-1):
    """Return the logarithm of the probabilities softmax(x), finite for a Tensor x of any size."""
    return x - logsumexp(x, axis, keepdims=True)


def cross_entropy(logits, target):
    """Return the mean surprise, -log of the probability that softmax(logits) gives to the right class, as one node.

    logits: a Tensor (batch, classes), scores before any softmax; finite results for scores of any size.
    target: whole numbers (batch,), the right classes. Raises ValueError if they do not fit the logits.
    """
    target, (batch, classes) = np.array(target), logits.shape
    if target.shape != (batch,) or target.dtype.kind not in "iu" or target.min() < 0 or target.max() >= classes:
        raise ValueError(
            f"cross_entropy needs one class from 0 to {classes - 1} for each of the {batch} rows of logits."
        )
    rows = np.arange(batch)
    softmax, total = _softmax(logits.data, axis=1)

    def pull(g):
        gradient = softmax * (g / batch)
        gradient[rows, target] -= g / batch
        return gradient

    return Tensor((total[:, 0] - logits.data[rows, target]).mean(), (logits,), (pull,), "cross_entropy")


def binary_cross_entropy_with_logits(logits, target):
    """Return the mean surprise, -log of the probability that sigmoid(logits) gives to the right answer, as one node.

    logits: a Tensor, scores before any sigmoid; target: an array of the same shape with entries 0 to 1.
    Raises ValueError if the shapes differ. Finite for scores of any size: max(z, 0) - z·y + log(1 + exp(-|z|)).
    """
    z, y = logits.data, np.array(target, dtype=np.float64)
    if z.shape != y.shape:
        raise ValueError(f"The logits have shape {z.shape}, the targets {y.shape}; each score needs its own target.")
    small = np.exp(-abs(z))
    probability = np.where(z >= 0, 1.0, small) / (1 + small)
    surprise = np.maximum(z, 0) - z * y + np.log1p(small)
    pull = lambda g: (probability - y) * (g / z.size)
    return Tensor(surprise.mean(), (logits,), (pull,), "binary_cross_entropy_with_logits")


def _softmax(x, axis):
    """Return the softmax of an array and the log Σ exp it was divided by, both along axis, which is kept."""
    top = x.max(axis=axis, keepdims=True)
    exps = np.exp(x - top)
    total = exps.sum(axis=axis, keepdims=True)
    return exps / total, np.log(total) + top
