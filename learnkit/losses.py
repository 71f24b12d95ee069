"""Losses: one number that says how wrong a prediction is, with names and signatures as in PyTorch.

Each takes `reduction`: "mean" over all entries (the rows, for cross_entropy and nll_loss), "sum",
or "none" for the loss of every entry by itself.
"""

from numbers import Real

import numpy as np

from learnkit.autograd.tensor import (
    Tensor,
    along,
    constant,
    operation,
    stable_sigmoid,
    where,
)

__all__ = [
    "binary_cross_entropy",
    "binary_cross_entropy_with_logits",
    "cross_entropy",
    "huber_loss",
    "l1_loss",
    "log_softmax",
    "logsumexp",
    "mse_loss",
    "nll_loss",
    "softmax",
    "where",
]

LEAST_LOG = -100.0  # what PyTorch takes for the logarithm of a probability of 0
LEAST_SPREAD = float(np.float32(1e-12))  # and for p(1 - p) where that would be 0


def mse_loss(prediction, target, *, reduction="mean"):
    """Return the mean of the squared errors.

    prediction, target: Tensors or arrays of one shape, in the same unit.
    Raises ValueError if the shapes differ or there is nothing to take a mean of.
    """
    error = _error(prediction, target)
    return _reduced(error * error, reduction)


def l1_loss(prediction, target, *, reduction="mean"):
    """Return the mean of the errors without their signs, which outliers pull less than squares.

    prediction, target: Tensors or arrays of one shape, in the same unit.
    Raises ValueError if the shapes differ or there is nothing to take a mean of.
    """
    return _reduced(abs(_error(prediction, target)), reduction)


def huber_loss(prediction, target, reduction="mean", delta=1.0):
    """Return the mean Huber loss: half the squared error up to delta, straight beyond it.

    prediction, target: Tensors or arrays of one shape; delta: a positive number; all in one unit.
    Raises ValueError if the shapes differ, delta is not positive, or there is no mean to take.
    Source: Huber (1964), Annals of Mathematical Statistics 35(1).
    """
    if not (isinstance(delta, Real) and delta > 0):
        where_it_ends = "is where the square ends, a positive number"
        raise ValueError(f"The delta of huber_loss {where_it_ends}; this is {delta}.")
    size = abs(_error(prediction, target))
    capped = where(size.data <= delta, size, delta)
    # size²/2 up to delta, delta · (size - delta/2) beyond
    return _reduced(capped * (size - capped / 2), reduction)


def logsumexp(x, axis=-1, keepdims=False):
    """Return log Σ exp(x) along an axis as one node, with the largest entry taken out first.

    x: a Tensor or an array, of entries of any size. The slope along x is the softmax of x.
    """
    x = _tensor(x)
    exps, above_one, top = _exps(x.data, axis)
    data = np.log1p(above_one) + top

    def pull(g):
        return exps * (g.reshape(above_one.shape) / (1 + above_one))

    return Tensor(data if keepdims else data.squeeze(axis), (x,), (pull,), "logsumexp")


def log_softmax(x, axis=-1):
    """Return the logarithm of the probabilities softmax(x) along an axis as one node.

    x: a Tensor or an array, of entries of any size: a large one hides no small difference.
    """
    x = _tensor(x)
    exps, above_one, top = _exps(x.data, axis)
    data = (x.data - top) - np.log1p(above_one)

    def pull(g):
        return g - exps * (g.sum(axis=axis, keepdims=True) / (1 + above_one))

    return Tensor(data, (x,), (pull,), "log_softmax")


def softmax(x, axis=-1):
    """Return probabilities along an axis, exp(x) / Σ exp(x): positive, and their sum is 1.

    x: a Tensor or an array, of entries of any size.
    """
    return log_softmax(x, axis).exp()


def nll_loss(log_probabilities, target, *, reduction="mean"):
    """Return the mean surprise: minus the logarithm given for the right class.

    log_probabilities: a Tensor or an array (batch, classes), as log_softmax gives them.
    target: whole numbers (batch,), the right classes.
    Raises ValueError if they do not fit each other, or there is nothing to take a mean of.
    """
    log_probabilities = _tensor(log_probabilities)
    right = _places(log_probabilities.shape, target, "nll_loss needs log_probabilities")
    return _reduced(-log_probabilities[right], reduction)


def cross_entropy(logits, target, *, reduction="mean"):
    """Return the mean surprise: -log of the probability softmax(logits) gives to the right class.

    logits: a Tensor or an array (batch, classes), scores before any softmax, of any size.
    target: whole numbers (batch,), the right classes. One node; with "none" its shape is (batch,).
    Raises ValueError if they do not fit each other, or there is nothing to take a mean of.
    """
    logits = _tensor(logits)
    right = _places(logits.shape, target, "cross_entropy needs logits")
    top = _largest(logits.data, axis=1)
    behind = top[:, 0] - logits.data[right]
    exps = np.exp(logits.data - top)
    exps[right] = 0.0
    wrong = exps.sum(axis=1)
    sure = np.exp(-behind)
    surprise = behind + np.log1p(wrong + (sure - 1))  # what is tiny beside sure stays if sure is 1
    data, count = _total(surprise, reduction)

    def pull(g):
        gradient = exps * (g / count / (wrong + sure))[:, np.newaxis]
        gradient[right] = -gradient.sum(axis=1)  # its probability less 1, without a difference
        return gradient

    return Tensor(data, (logits,), (pull,), "cross_entropy")


def binary_cross_entropy_with_logits(logits, target, *, reduction="mean"):
    """Return the mean surprise: -log of the probability sigmoid(logits) gives to the right answer.

    logits: a Tensor or an array, scores before any sigmoid, of any size.
    target: a Tensor or an array of the same shape with entries 0 to 1. One node.
    Raises ValueError if the shapes differ or a target is not from 0 to 1.
    """
    logits = _tensor(logits)
    z = logits.data
    y = constant(target)
    if z.shape != y.shape:
        shapes = f"The logits have shape {z.shape}, the targets {y.shape}"
        raise ValueError(f"{shapes}; each score needs its own target.")
    if not ((y >= 0) & (y <= 1)).all():
        raise ValueError(
            "A target of binary_cross_entropy_with_logits is a probability, 0 to 1; a label -1 "
            "is 0."
        )
    # log(1 + exp(-|z|)), and |z| for the part of the target on the other side of 0
    surprise = np.where(z >= 0, z * (1 - y), -z * y) + np.log1p(np.exp(-abs(z)))
    data, count = _total(surprise, reduction)

    def along_logits(g):
        return ((1 - y) * stable_sigmoid(z) - y * stable_sigmoid(-z)) * (g / count)

    def along_target(g):
        return -z * (g / count)

    edges = (logits, along_logits), (target, along_target)
    return operation(data, "binary_cross_entropy_with_logits", *edges)


def binary_cross_entropy(prediction, target, *, reduction="mean"):
    """Return the mean surprise: -log of the probability that was given to the right answer.

    prediction: a Tensor or an array of probabilities, 0 to 1. target: the same shape, 0 to 1.
    A surprise is 100 at most, as in PyTorch. From scores, binary_cross_entropy_with_logits is
    exact. One node. Raises ValueError if the shapes differ or a number is not from 0 to 1.
    """
    prediction = _tensor(prediction)
    p, y = prediction.data, constant(target)
    if p.shape != y.shape:
        shapes = f"The predictions have shape {p.shape}, the targets {y.shape}"
        raise ValueError(f"{shapes}; each needs its own target.")
    if not ((p >= 0) & (p <= 1) & (y >= 0) & (y <= 1)).all():
        raise ValueError(
            "binary_cross_entropy takes probabilities, 0 to 1, and targets 0 to 1; for scores "
            "take binary_cross_entropy_with_logits."
        )
    with np.errstate(divide="ignore"):
        yes, no = (np.maximum(np.log(chance), LEAST_LOG) for chance in (p, 1 - p))
    data, count = _total(-(y * yes + (1 - y) * no), reduction)

    def along_prediction(g):
        return (p - y) / np.maximum(p * (1 - p), LEAST_SPREAD) * (g / count)

    def along_target(g):
        return (no - yes) * (g / count)

    edges = (prediction, along_prediction), (target, along_target)
    return operation(data, "binary_cross_entropy", *edges)


def _tensor(x):
    return x if isinstance(x, Tensor) else Tensor(x)


def _reduced(losses, reduction):
    """Return a Tensor of losses as `reduction` says."""
    _check(losses.data, reduction)
    return losses if reduction == "none" else getattr(losses, reduction)()


def _total(losses, reduction):
    """Return an array of losses as `reduction` says, and by how much each of them is divided."""
    _check(losses, reduction)
    if reduction == "none":
        return losses, 1
    count = losses.size if reduction == "mean" else 1
    return losses.sum() / count, count


def _check(losses, reduction):
    if reduction not in ("mean", "sum", "none"):
        raise ValueError(f'A reduction is "mean", "sum" or "none"; this is {reduction!r}.')
    if reduction == "mean" and not losses.size:
        raise ValueError(f"There is no data to take the mean loss of: its shape is {losses.shape}.")


def _error(prediction, target):
    """Return prediction - target of one shape, or every entry would be compared with all others."""
    prediction = _tensor(prediction)
    target = target if isinstance(target, Tensor) else constant(target)
    if prediction.shape != target.shape:
        shapes = f"The predictions have shape {prediction.shape}, the targets {target.shape}"
        raise ValueError(f"{shapes}; they must agree.")
    return prediction - target


def _places(shape, target, needed):
    """Return the rows and columns where the right classes stand in an array of this shape.

    needed: the beginning of the sentence that refuses what does not fit.
    """
    wrong = _misfit(shape, target)
    if wrong:
        raise ValueError(
            f"{needed} (batch, classes), here {shape}, and for every row its class, a whole "
            f"number; {wrong}."
        )
    # a copy, as the target may change before the backward pass; True is class 1
    return np.arange(shape[0]), np.array(target, dtype=np.intp)


def _misfit(shape, target):
    """Return in words what is wrong with a target for logits of this shape; "" if nothing is."""
    if len(shape) != 2:
        return "give each example a row of its own"
    if isinstance(target, Tensor):
        return "a Tensor holds floats: write target.data.astype(int)"
    try:
        target = np.asarray(target)
    except ValueError:
        return "the rows of this target differ in length"
    if target.size and target.shape == shape:
        return "the target has a row for each example: write target.argmax(axis=1)"
    if target.size and target.dtype.kind == "f":
        return "the target is floats: write target.astype(int)"
    if target.size and target.dtype.kind not in "iub":
        return f"the target is {target.ravel()[0]!r}"
    if target.shape != shape[:1]:
        return f"the target has shape {target.shape}, and should have {shape[:1]}"
    if target.size and not 0 <= target.min() <= target.max() < shape[1]:
        last = shape[1] - 1
        return f"those are 0 to {last}, and the target goes from {target.min()} to {target.max()}"
    return ""


def _largest(x, axis):
    """Return the largest entries along an axis, which is kept; finite even where all are -inf."""
    return along(_max_of_any, x, axis)


def _max_of_any(x, axis, keepdims):
    return x.max(axis=axis, keepdims=keepdims, initial=np.finfo(np.float64).min)


def _exps(x, axis):
    """Return exp(x - top), by how much their sum along axis is above 1, and top, the largest.

    The axis is kept. The largest is exp(0) = 1: added to the others, it would swallow the tiny.
    """
    top = _largest(x, axis)
    exps = np.exp(x - top)
    is_one = exps == 1.0
    below_one = np.where(is_one, 0.0, exps).sum(axis=axis, keepdims=True)
    return exps, below_one + (is_one.sum(axis=axis, keepdims=True) - 1), top
