"""Losses: one number that says how wrong a prediction is, with names and signatures as in PyTorch."""

import numpy as np

from learnkit.autograd.tensor import Tensor, constant, operation, stable_sigmoid


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


def where(condition, x, y):
    """Return x where the condition holds and y elsewhere; each entry's gradient goes to the one it came from.

    condition: truth values; x, y: Tensors, arrays or numbers; all of shapes that broadcast together.
    """
    chosen = np.array(constant(condition) if isinstance(condition, Tensor) else condition, dtype=bool)
    edges = (x, lambda g: np.where(chosen, g, 0.0)), (y, lambda g: np.where(chosen, 0.0, g))
    return operation(np.where(chosen, constant(x), constant(y)), "where", *edges)


def logsumexp(x, axis=-1, keepdims=False):
    """Return log Σ exp(x) along an axis as one node; the largest entry is taken out first, so nothing overflows.

    x: a Tensor or an array. The slope of the result along x is the softmax of x.
    """
    x = _tensor(x)
    exps, total, top = _exps(x.data, axis)
    data = np.log(total) + top
    pull = lambda g: exps * (g.reshape(total.shape) / total)
    return Tensor(data if keepdims else data.squeeze(axis), (x,), (pull,), "logsumexp")


def log_softmax(x, axis=-1):
    """Return the logarithm of the probabilities softmax(x) along an axis, finite for entries of any size."""
    return x - logsumexp(x, axis, keepdims=True)


def cross_entropy(logits, target):
    """Return the mean surprise, -log of the probability that softmax(logits) gives to the right class, as one node.

    logits: a Tensor or an array (batch, classes), scores before any softmax; finite for scores of any size.
    target: whole numbers (batch,), the right classes. Raises ValueError if they do not fit the logits.
    """
    logits = _tensor(logits)
    right, batch = _places(logits.shape, target), len(target)
    exps, total, top = _exps(logits.data, axis=1)
    surprise = (np.log(total) + top).sum() - logits.data.take(right).sum()

    def pull(g):
        gradient = exps * (g / batch / total)
        gradient.ravel()[right] -= g / batch
        return gradient

    return Tensor(surprise / batch, (logits,), (pull,), "cross_entropy")


def binary_cross_entropy_with_logits(logits, target):
    """Return the mean surprise, -log of the probability that sigmoid(logits) gives to the right answer, as one node.

    logits: a Tensor or an array, scores before any sigmoid; target: an array of the same shape with entries 0 to 1.
    Raises ValueError if the shapes differ or a target is not from 0 to 1.
    Finite for scores of any size: max(z, 0) - z·y + log(1 + exp(-|z|)).
    """
    logits = _tensor(logits)
    z, y = logits.data, constant(target)
    if z.shape != y.shape:
        raise ValueError(f"The logits have shape {z.shape}, the targets {y.shape}; each score needs its own target.")
    if not ((y >= 0) & (y <= 1)).all():
        raise ValueError("A target of binary_cross_entropy_with_logits is a probability, 0 to 1; a label -1 is 0.")
    surprise = np.maximum(z, 0) - z * y + np.log1p(np.exp(-abs(z)))
    pull = lambda g: (stable_sigmoid(z) - y) * (g / z.size)
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
    """Return where the right classes stand among the entries of a (batch, classes) array, counted row by row."""
    try:
        places = np.ravel_multi_index((np.arange(shape[0]), target), shape)
    except (IndexError, TypeError, ValueError):
        places = None
    if places is None or np.shape(target) != places.shape:
        raise ValueError(
            f"cross_entropy needs logits (batch, classes), here {shape}, and for every row its class, a whole number "
            f"from 0 up to the number of classes less 1; the target has shape {np.shape(target)}."
        )
    return places


def _exps(x, axis):
    """Return exp(x - top) of an array, its sum along axis, and top, the largest entries along axis, which is kept."""
    top = x.max(axis=axis, keepdims=True, initial=np.finfo(np.float64).min)  # finite even if a row is all -inf
    exps = np.exp(x - top)
    return exps, exps.sum(axis=axis, keepdims=True), top
