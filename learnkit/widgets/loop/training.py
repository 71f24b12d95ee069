"""A small model that really learns, for the learning loop to show: a straight line by mini-batch
gradient descent.
"""

import numpy as np

from learnkit.autograd.tensor import Tensor

# iterations: over which the loss must still fall, and after which to stop in any case
PATIENCE, MOST = 5, 60
VERDICTS = ["too early", "no: go on", "yes: stop", "no, but stop", "it diverged"]
GOES_ON = VERDICTS[:2]


def houses(count=256, seed=0):
    """Return floor areas in m² and prices in 1000 $ that follow price = 40 + 1.4·area + noise,
    (count,) each.

    Areas are uniform from 60 to 200, the noise is normal with standard deviation 25.
    """
    random = np.random.default_rng(seed)
    area = random.uniform(60, 200, count)
    return area, 40 + 1.4 * area + random.normal(0, 25, count)


def checked_examples(x, y):
    """The learner's own arrays, refused unless a line can be learned from them."""
    needed = "x and y must be equally many finite numbers, x not all the same"
    if x is None or y is None:
        raise ValueError(f"{needed}; {'x' if x is None else 'y'} is missing.")
    try:
        x, y = np.asarray(x, float), np.asarray(y, float)
    except (TypeError, ValueError):
        raise ValueError(f"{needed}; these are {x!r:.40} and {y!r:.40}.") from None
    if (
        x.ndim != 1
        or x.shape != y.shape
        or not len(x)
        or not np.isfinite(x + y).all()
        or np.ptp(x) == 0
    ):
        raise ValueError(f"{needed}; yours have shapes {x.shape} and {y.shape}.")
    return x, y


def train(x, y, size, learning_rate=0.1, tolerance=0.01, seed=0):
    """Fit ŷ = w·x + b by mini-batch gradient descent on the mean squared error, and return a record
    of each iteration.

    x, y: arrays (n,). size: examples in a batch; every example has its turn before one comes again.
    It stops when the loss of all examples has fallen by no more than `tolerance` of itself in 5
    iterations, after 60 iterations, or when the loss grows a millionfold. A record is a dictionary
    of batch (indices), w, b, loss, slope_w, slope_b, new_w, new_b, before and whole (the loss of
    all examples before and after the update), fall (in per cent) and verdict, an index into
    VERDICTS.
    """
    random, waiting, records = np.random.default_rng(seed), np.empty(0, int), []
    w, b, wholes = Tensor(0.0), Tensor(0.0), [np.mean(y**2)]
    while not records or VERDICTS[records[-1]["verdict"]] in GOES_ON:
        waiting = waiting if len(waiting) >= size else random.permutation(len(x))
        batch, waiting = waiting[:size], waiting[size:]
        record = {"batch": batch, "w": w.item(), "b": b.item(), "before": wholes[-1]}
        loss = ((w * x[batch] + b - y[batch]) ** 2).mean()
        w.grad = b.grad = None
        loss.backward()
        record |= {"loss": loss.item(), "slope_w": w.grad.item(), "slope_b": b.grad.item()}
        w.data, b.data = w.data - learning_rate * w.grad, b.data - learning_rate * b.grad
        wholes.append(np.mean((w.data * x + b.data - y) ** 2))
        record |= {"new_w": w.item(), "new_b": b.item(), "whole": wholes[-1]}
        records.append(record | convergence(wholes, tolerance))
    return records


def train_by_nudging(x, y, learning_rate, nudge=0.001, tolerance=0.01):
    """Fit ŷ = w·x + b from w = b = 0 on, with all examples at every iteration and slopes measured
    by a nudge, and return a record of each iteration.

    x, y: arrays (n,). nudge: by how much a parameter is moved to measure its slope. It stops as
    `train` does. A record is a dictionary of w, b, loss, change_w, change_b (of the loss, by the
    nudge), slope_w, slope_b, new_w, new_b, fall (in per cent) and verdict, an index into VERDICTS.
    """

    def loss(w, b):
        return np.mean((w * x + b - y) ** 2)

    w, b, records, losses = 0.0, 0.0, [], [loss(0.0, 0.0)]
    while not records or VERDICTS[records[-1]["verdict"]] in GOES_ON:
        here = losses[-1]
        changes = loss(w + nudge, b) - here, loss(w, b + nudge) - here
        slopes = [change / nudge for change in changes]
        record = {"w": w, "b": b, "loss": here, "change_w": changes[0], "change_b": changes[1]}
        w, b = w - learning_rate * slopes[0], b - learning_rate * slopes[1]
        losses.append(loss(w, b))
        record |= {"slope_w": slopes[0], "slope_b": slopes[1], "new_w": w, "new_b": b}
        records.append(record | convergence(losses, tolerance))
    return records


def convergence(wholes, tolerance):
    """Return how far the loss has fallen of late and whether to stop.

    wholes: the loss of all examples before the first iteration and after each one since.
    """
    done, earlier, now = len(wholes) - 1, wholes[-1 - PATIENCE :][0], wholes[-1]
    fall = (earlier - now) / earlier if earlier else 0.0
    if not now < 1e6 * (wholes[0] + 1):
        verdict = "it diverged"
    elif done < PATIENCE:
        verdict = "too early"
    # above the first loss it is not settling but growing
    elif fall <= tolerance and now <= wholes[0]:
        verdict = "yes: stop"
    else:
        verdict = "no: go on" if done < MOST else "no, but stop"
    return {"fall": 100 * fall, "verdict": VERDICTS.index(verdict)}
