"""Practice for chapter 10, generalisation: exercises, quick checks, cards and predictions, and the
engine on which its last network runs.
"""

from importlib import import_module

import numpy as np

from learnkit import losses, nn
from learnkit.autograd.tensor import Tensor
from learnkit.data import moons
from learnkit.practice.exercise import Exercise
from learnkit.practice.predict import Prediction
from learnkit.practice.quiz import Cards, Choice, NumberAnswer, Option
from learnkit.practice.running import refuse

# --------------------------------------------------------------------- the learner's own engine


class Edge:
    """A pull in the place of a slope: multiplied by a gradient, it hands that on.

    So an engine that computes `slope * grad`, such as the one of chapter 7, carries arrays.
    """

    __array_ufunc__ = None  # so that an array on the left leaves the product to this class

    def __init__(self, pull):
        self.pull = pull

    def __mul__(self, gradient):
        return self.pull(gradient)

    __rmul__ = __mul__


def engine(name="my_engine"):
    """Return (node, sentence): what makes a node of a graph of arrays, and whose it is.

    node(data, inputs, pulls, op) is a Number of the learner's own file `my_engine.py`, kept at the
    end of chapter 7, where there is one that carries arrays; else it is the course's Tensor.
    """
    try:
        file = import_module(name)
        node = _node_of(file.Number)
        _check_arrays(node)
    except ModuleNotFoundError as error:
        if error.name == name:
            return Tensor, f"the course's Tensor; there is no {name}.py in this folder"
        return Tensor, f"the course's Tensor; {name}.py cannot be used: {error!r}"
    except Exception as error:
        return Tensor, f"the course's Tensor; {name}.py cannot be used: {error!r}"
    if lent := ", ".join(getattr(file, "LENT", ())):
        return node, f"{name}.py, with functions lent by the course: {lent}"
    return node, f"your own, {name}.py"


def _node_of(kind):
    def node(data, inputs=(), pulls=(), op=""):
        return kind(data, tuple(inputs), tuple(map(Edge, pulls)), op)

    return node


def _check_arrays(node):
    """Raise an error unless the gradient of the sum of (2w)² comes out, with w used twice."""
    w = node(np.array([1.0, 2.0]))
    twice = node(w.data + w.data, (w, w), (lambda g: g * 1.0, lambda g: g * 1.0), "+")
    both = (lambda g: g * 2 * twice.data,)
    node((twice.data**2).sum(), (twice,), both, "sum of squares").backward()
    if not np.array_equal(w.grad, [8.0, 16.0]):
        raise ValueError(f"for the sum of (2w)² at w = [1, 2] its grad is {w.grad}, not [8, 16]")


# ------------------------------------------------------------------- what the first sitting uses


def twenty_networks(x, y, goal=0.02, hidden=30, seed=0):
    """Return twenty networks 1-hidden-1 with tanh, each trained until its loss is below `goal`.

    x, y: the training set, (count, 1). The first weights of the last network are twelve times as
    large as those of the first. Returns arrays W1, b1, W2, b2 with an axis of 20 in front, and the
    losses. Raises RuntimeError if a network does not get there.
    """
    random = np.random.default_rng(seed)
    sizes = np.geomspace(1, 12, 20)[:, None, None]
    starts = [random.normal(size=(20, 1, hidden)) * sizes for _ in range(2)]
    starts += [random.normal(size=(20, hidden, 1)) / hidden**0.5, np.zeros((20, 1, 1))]
    theta = [Tensor(start) for start in starts]
    kept, waiting = [start.copy() for start in starts], np.ones(20, bool)
    optimizer = _adam(theta)
    for _ in range(6000):
        error = (x @ theta[0] + theta[1]).tanh() @ theta[2] + theta[3] - y
        there = waiting & ((error.data**2).mean(axis=(1, 2)) < goal)
        for block, parameter in zip(kept, theta):
            block[there] = parameter.data[there]
        waiting &= ~there
        if not waiting.any():
            return kept, _loss_of(kept, x, y)
        optimizer.zero_grad()
        (error * error).sum().backward()
        optimizer.step()
    raise RuntimeError(f"{waiting.sum()} of 20 networks did not get below {goal}.")


def _adam(theta):
    from learnkit import optim

    return optim.Adam(theta, lr=0.01)


def _loss_of(theta, x, y):
    W1, b1, W2, b2 = theta
    return ((np.tanh(x @ W1 + b1) @ W2 + b2 - y) ** 2).mean(axis=(-2, -1))


# ------------------------------------------------------------------------------- the exercises


# 10.1
def risks_by_hand():
    return [0.05, 0.25, 0.20]


trace_the_gap = Exercise(
    number="10.1",
    title="A gap by hand",
    minutes=2,
    kind="trace",
    solution=risks_by_hand,
    task=(
        "A model errs by 0.1, −0.1, 0.3 and −0.3 on its four training examples, and by 0.5, −0.5, 0.1 and 0.7 on "
        "four new ones. The loss is the mean squared error. Type the list `[empirical risk, estimate of the expected "
        "risk, gap]`."
    ),
    mistakes={
        (
            0.05,
            0.25,
            -0.2,
        ): "The gap is the second less the first: how much more the model errs on what is new.",
        (
            0.25,
            0.05,
            0.2,
        ): "The first two are exchanged: the empirical risk is that of the training examples.",
        (
            0.25,
            0.05,
            -0.2,
        ): "The first two are exchanged: the empirical risk is that of the training examples.",
        (0.2, 1.0, 0.8): "Those are sums of squares. The risk is their mean: four examples each.",
        (
            0.2,
            0.45,
            0.25,
        ): "Those are mean sizes of errors. The loss asked for squares each error first.",
        (
            0.0,
            0.2,
            0.2,
        ): "Those are means of the errors themselves, in which +0.3 and −0.3 cancel. Square first.",
        (0.05, 0.25, 0.3): "You added the two risks. A gap is a difference.",
        (0.05, 0.25, 5): "You divided the two risks. A gap is a difference.",
        (
            0.05,
            0.15,
            0.1,
        ): "The second is the mean over all eight. New examples alone tell of the expected risk.",
        (
            0.2236,
            0.5,
            0.2764,
        ): "Those are roots of the risks. The mean squared error is asked for, without a root.",
        (0.0, 0.125, 0.125): "A square has no minus: (−0.1)² is +0.01. So no two squares cancel.",
        (
            0.224,
            0.5,
            0.276,
        ): "Those are roots of the risks. The mean squared error is asked for, without a root.",
        (
            0.22,
            0.5,
            0.28,
        ): "Those are roots of the risks. The mean squared error is asked for, without a root.",
        (0.1, 0.5, 0.4): "You divided the sum of four squares by 2; there are four examples.",
        (0.025, 0.125, 0.1): "Half of each: four examples, so divide the sum of the squares by 4.",
    },
    hints=(
        "Square the four training errors and take their mean; then the same for the four new ones.",
        "Training: 0.01, 0.01, 0.09 and 0.09. New: 0.25, 0.25, 0.01 and 0.49.",
        "The sums are 0.20 and 1.00. Divide each by 4; the gap is the second less the first.",
    ),
)


# 10.2
def split(x, y, held_out, seed):
    order = np.random.default_rng(seed).permutation(len(x))
    test, train = order[:held_out], order[held_out:]
    return x[train], y[train], x[test], y[test]


def table(count, columns=2):
    """Return x (count, columns) and y (count,), in which each row has numbers of its own."""
    x = np.arange(count * columns, dtype=float).reshape(count, columns)
    return x, 100 + np.arange(count)


def any_table(draw):
    count = draw.randint(4, 9)
    return *table(count, draw.randint(1, 3)), draw.randint(1, count - 2), draw.randint(0, 99)


split_the_rows = Exercise(
    number="10.2",
    title="A split done right",
    minutes=4,
    kind="complete",
    solution=split,
    task=(
        "Split a data set. `order` is the numbers of all rows in an order drawn by lot, the same for the same seed. "
        "Hold out the rows that come first in it, as many as `held_out` says; train on the others, in the order of "
        "`order`. Each x keeps its y. Return four arrays: x and y to train on, x and y held out."
    ),
    start="""
        def split(x, y, held_out, seed):
            order = np.random.default_rng(seed).permutation(len(x))
            ...
            return ...
    """,
    returns=("x_train", "y_train", "x_test", "y_test"),
    cases=[
        (*table(8), 3, 0),
        (*table(5), 1, 1),
        (*table(7, 1), 4, 2),
        (*table(5), 0, 3),  # nothing is held out
        (*table(6, 3), 6, 4),  # everything is
    ],
    fresh=any_table,
    equivalent={
        "line 2: name for another: x → y": "There are as many rows of y as of x.",
    },
    mistakes={
        ".permutation(len(x)) → .permutation(len(x)); order = np.arange(len(x))": (
            "Your rows stay in the order of the table. A table is often sorted, and then its end is another world."
        ),
        ("y[train] → y[held_out:]", "y[test] → y[:held_out]"): (
            "x is shuffled and y is not: the pairs are torn apart. Take the same rows of both."
        ),
        ("x[train] → x[held_out:]", "x[test] → x[:held_out]"): (
            "y is shuffled and x is not: the pairs are torn apart. Take the same rows of both."
        ),
        "order[held_out:] → order": "Your training set holds every row, the held-out ones too. Then they are not new.",
        "order[:held_out], order[held_out:] → order[held_out:], order[:held_out]": (
            "The two parts are exchanged: `held_out` says how many rows the test gets."
        ),
        "order[:held_out], order[held_out:] → order[len(x) - held_out:], order[:len(x) - held_out]": (
            "You hold out the last rows of `order`. The task says the first."
        ),
        "order[:held_out], order[held_out:] → order[-held_out:], order[:-held_out]": (
            "You hold out the last rows of `order`. The task says the first."
        ),
        "return x[train], y[train], x[test], y[test] → return x[train], x[test], y[train], y[test]": (
            "The arrays come in another order than asked: x and y of the training set, then x and y of the test."
        ),
        "return x[train], y[train], x[test], y[test] → return x[test], y[test], x[train], y[train]": (
            "The two parts are exchanged: `held_out` says how many rows the test gets."
        ),
        "x[train], y[train], x[test], y[test] → x[np.sort(train)], y[np.sort(train)], x[np.sort(test)], y[np.sort(test)]": (
            "The right rows, in another order than asked: keep them as they come in `order`."
        ),
    },
    hints=(
        "`order` is an array of row numbers. Its first `held_out` entries are one part, the rest the other.",
        "`order[:held_out]` are the rows of the test. An array takes such a list of rows in brackets: `x[rows]`.",
        "With `test, train = order[:held_out], order[held_out:]` the training set is `x[train]` and `y[train]`.",
    ),
)


# 10.3
def standardised(train, test):
    mean, spread = train.mean(axis=0), train.std(axis=0)
    return (train - mean) / spread, (test - mean) / spread


def columns(*rows):
    return np.array(rows, dtype=float)


def any_columns(draw):
    def rows(count):
        return columns(*[[round(draw.uniform(-5, 5), 1) for _ in range(2)] for _ in range(count)])

    return rows(draw.randint(3, 5)), rows(draw.randint(2, 4))


def zero_to_one(train, test):
    low, high = train.min(axis=0), train.max(axis=0)
    return (train - low) / (high - low), (test - low) / (high - low)


mend_the_leak = Exercise(
    number="10.3",
    title="A leak",
    minutes=3,
    kind="mend",
    solution=standardised,
    task=(
        "Inputs are brought to mean 0 and spread 1 before training, column by column. This function lets the held-out "
        "rows tell the training set something. Mend it, so that the test rows could come in a year from now, one at a "
        "time, and change nothing."
    ),
    start="""
        def standardised(train, test):
            rows = np.concatenate([train, test])
            mean, spread = rows.mean(axis=0), rows.std(axis=0)
            return (train - mean) / spread, (test - mean) / spread
    """,
    given="The training rows it returns still change with the rows of the test.",
    returns=("train", "test"),
    cases=[
        (columns([1, 10], [2, 30], [6, 20]), columns([4, 0], [0, 50])),
        (columns([0, 1], [2, 5]), columns([100, -100])),  # one row to test, far away
        (columns([3], [5], [7], [9]), columns([6], [1])),
    ],
    fresh=any_columns,
    mistakes={
        "(test - mean) / spread → (test - test.mean(axis=0)) / (test.std(axis=0) + 1e-300)": (
            "Your test rows are measured by themselves. A model meets them one at a time, in the units it was "
            "trained in: take the training set's mean and spread."
        ),
        "(test - mean) / spread → (test - test.mean(axis=0)) / test.std(axis=0)": (
            "Your test rows are measured by themselves. A model meets them one at a time, in the units it was "
            "trained in: take the training set's mean and spread."
        ),
        "train.mean(axis=0), train.std(axis=0) → test.mean(axis=0), test.std(axis=0)": (
            "Mean and spread come from the test alone now: the wrong half of the rows."
        ),
        "train.std(axis=0) → train.var(axis=0)": (
            "You divide by the variance. The spread is its square root, `std`."
        ),
        "(test - mean) / spread → test": "Your test rows keep their old units, which the model was not trained in.",
        "(test - mean) / spread → (test - mean)": "The test rows have lost their division by the spread.",
        "train.mean(axis=0), train.std(axis=0) → test.mean(axis=0), test.std(axis=0) + 1e-300": (
            "Mean and spread come from the test alone now: the wrong half of the rows."
        ),
        "train.mean(axis=0), train.std(axis=0) → train.mean(), train.std()": (
            "One mean for all columns together: keep `axis=0`, so that each column has its own."
        ),
        "train.mean(axis=0), train.std(axis=0) → train.mean(axis=0), np.concatenate([train, test]).std(axis=0)": (
            "The mean is mended, the spread still sees the rows of the test."
        ),
        "train.mean(axis=0), train.std(axis=0) → np.concatenate([train, test]).mean(axis=0), train.std(axis=0)": (
            "The spread is mended, the mean still sees the rows of the test."
        ),
        zero_to_one: (
            "You bring each column to 0 … 1 by its smallest and its largest number. Asked for are mean 0 and spread 1."
        ),
    },
    hints=(
        "Which rows go into `mean` and `spread`? Which of them may the training set know of?",
        "Only training rows may be asked for their mean and spread; both sets are then measured with these.",
        "Compute both from `train`. The last line stays as it is.",
    ),
)


# 10.4
def step_to_keep(losses, patience):
    best = 0
    for step, loss in enumerate(losses):
        if loss < losses[best]:
            best = step
        elif step - best >= patience:
            break
    return best


def counting_the_first_step(losses, patience):
    best, waited = 0, 0
    for step, loss in enumerate(losses):
        if loss < losses[best]:
            best, waited = step, 0
        else:
            waited += 1
        if waited == patience:
            break
    return best


def never_renewing(losses, patience):
    best, waited = 0, 0
    for step, loss in list(enumerate(losses))[1:]:
        if loss < losses[best]:
            best = step
        else:
            waited += 1
        if waited == patience:
            break
    return best


def any_losses(draw):
    count = draw.randint(4, 12)
    return [round(draw.uniform(0.1, 1), 1) for _ in range(count)], draw.randint(1, 4)


def first_few(losses, patience):
    return int(np.argmin(losses[:patience]))


early_stopping = Exercise(
    number="10.4",
    title="When to stop",
    minutes=5,
    kind="complete",
    solution=step_to_keep,
    task=(
        "`losses` are validation losses, one a step. Walk through them as training would, without looking ahead: "
        "remember the step with the lowest so far, and stop once `patience` steps in a row have brought nothing lower. "
        "Return the step to keep: the lowest until then, the first of equals."
    ),
    start="""
        def step_to_keep(losses, patience):
            best = 0
            for step, loss in enumerate(losses):
                ...
            return ...
    """,
    cases=[
        ([0.9, 0.5, 0.4, 0.6, 0.7, 0.3], 2),  # stops before the lowest of all
        ([0.9, 0.5, 0.4, 0.6, 0.7, 0.3], 3),  # waits long enough for it
        ([0.9, 0.5, 0.5, 0.4, 0.8, 0.9], 2),  # equals bring nothing lower
        ([0.5, 0.5, 0.5, 0.1], 2),
        ([0.3, 0.4, 0.2, 0.1], 1),
        ([0.8, 0.7, 0.6], 5),  # ends before the patience does
        ([0.4], 1),
        ([0.9, 0.95, 0.8, 0.85, 0.7, 0.75, 0.6], 2),  # bumps in between, never two in a row
        ([0.1, 0.5, 0.4, 0.3, 0.05], 3),  # falling, and still not lower than the best
        ([0.6, 0.3, 0.5, 0.7, 0.4, 0.2], 2),  # two steps more before the lowest of all
        ([0.9, 0.5, 0.7, 0.4, 0.6, 0.8, 0.3], 3),  # a bump, then two steps of waiting
    ],
    fresh=any_losses,
    equivalent={
        "line 3: some entries only: enumerate(losses) → list(enumerate(losses))[1:]": "The first step is the best at the start.",
        "line 4: size compared: loss < losses[best] → abs(loss) < losses[best]": "Losses here are not negative.",
        "line 6: size compared: step - best >= patience → abs(step - best) >= patience": "No step comes before the best.",
    },
    mistakes={
        (
            "elif step - best >= patience: → elif step < 0:"
        ): "Yours looks through to the end: it never loses patience.",
        "return best → return step": "Yours returns the step at which it stops, not the one to keep.",
        "loss < losses[best] → loss <= losses[best]": (
            "A loss that equals the lowest brings nothing lower: it does not renew the patience."
        ),
        "loss < losses[best] → loss > losses[best]": "Yours keeps the highest loss. The lowest is wanted.",
        "step - best >= patience → step - best > patience": (
            "Yours waits one step too long: `patience` steps without a new lowest are enough to stop."
        ),
        "step - best >= patience → step - best >= patience - 1": (
            "Yours gives up one step too early."
        ),
        "step - best >= patience → step - best >= 1": (
            "Yours stops at the first step that brings nothing lower, whatever `patience` says."
        ),
        "step - best >= patience → step >= patience and all(losses[k] > losses[k - 1] for k in range(step - patience + 1, step + 1))": (
            "Yours waits for rises in a row. A step that is not a rise, and not a new lowest either, counts as well."
        ),
        "elif step - best >= patience → elif step >= patience": (
            "Yours counts the patience from the first step. It begins anew with each new lowest loss."
        ),
        "loss < losses[best] → step > 0 and loss < losses[step - 1]": (
            "Yours compares with the step before. A loss is a new lowest only if it is below all earlier ones."
        ),
        counting_the_first_step: (
            "Yours counts the first step as one that brought nothing lower. It is the lowest so far, and the patience "
            "begins after it."
        ),
        never_renewing: (
            "Yours counts all steps without a new lowest loss. They have to come in a row: with each new lowest the "
            "count begins anew."
        ),
        "return best → return losses[best]": "That is the loss. Return the number of its step.",
        first_few: (
            "You look at the first `patience` losses alone. Patience begins anew with each new lowest."
        ),
    },
    hints=(
        "Two things can happen at a step: the loss is lower than `losses[best]`, or it is not.",
        "If it is lower, this step is the new `best`. If not, `step - best` steps have passed since the best.",
        "`elif step - best >= patience: break` ends the loop.",
    ),
)


# 10.5
def bias_and_variance(predictions, truth):
    mean = predictions.mean(axis=0)
    squared_bias = np.mean((mean - truth) ** 2)
    variance = np.mean((predictions - mean) ** 2)
    return squared_bias, variance


def any_predictions(draw):
    sets, places = draw.randint(2, 4), draw.randint(2, 4)
    rows = [[round(draw.uniform(-2, 2), 1) for _ in range(places)] for _ in range(sets)]
    return columns(*rows), np.array([round(draw.uniform(-2, 2), 1) for _ in range(places)])


def over_the_places(predictions, truth):
    mean = predictions.mean(axis=1)
    squared_bias = np.mean((mean - truth.mean()) ** 2)
    return squared_bias, np.mean((predictions - mean[:, None]) ** 2)


measure_bias_and_variance = Exercise(
    number="10.5",
    title="Bias and variance, measured",
    minutes=4,
    kind="complete",
    solution=bias_and_variance,
    task=(
        "`predictions` has a row for each training set and a column for each place x; `truth` has one number for each "
        "place. Return two numbers: the squared bias, (mean prediction − truth)², and the variance, (prediction − "
        "mean prediction)². Both are taken at each place and then averaged."
    ),
    start="""
        def bias_and_variance(predictions, truth):
            mean = ...
            squared_bias = ...
            variance = ...
            return squared_bias, variance
    """,
    returns=("squared_bias", "variance"),
    cases=[
        (columns([1, 2, 3], [3, 2, 7]), np.array([1.0, 2.0, 5.0])),
        (columns([1, 5], [3, 1], [2, 0]), np.array([0.0, 4.0])),
        (columns([2, 2], [2, 2]), np.array([1.0, 4.0])),  # no variance
        (columns([0, 3], [2, 1]), np.array([1.0, 2.0])),  # no bias
        (columns([0.5, -1.0]), np.array([0.0, 1.0])),  # a single training set
    ],
    fresh=any_predictions,
    equivalent={
        "line 3: order turned: mean - truth → truth - mean": "A square has no sign.",
        "line 3: size only: mean - truth → abs(mean - truth)": "A square has no sign.",
        "line 4: order turned: predictions - mean → mean - predictions": "A square has no sign.",
        "line 4: size only: predictions - mean → abs(predictions - mean)": "A square has no sign.",
    },
    mistakes={
        "predictions.mean(axis=0) → predictions.mean()": (
            "Your mean runs over the places too. At each place it is taken over the training sets: `axis=0`."
        ),
        "np.mean((mean - truth) ** 2) → np.mean(mean - truth) ** 2": (
            "You averaged the bias over the places before squaring, where plus and minus cancel."
        ),
        "np.mean((mean - truth) ** 2) → np.mean(mean - truth)": (
            "That bias is not squared, so plus and minus cancel."
        ),
        "np.mean((mean - truth) ** 2) → np.mean((predictions - truth) ** 2)": (
            "Your first number is the whole error. The bias is that of the mean prediction."
        ),
        "np.mean((predictions - mean) ** 2) → np.mean((predictions - truth) ** 2)": (
            "Your variance is measured from the truth. It is measured from the mean prediction."
        ),
        "np.mean((predictions - mean) ** 2) → np.var(predictions)": (
            "Your variance mixes in how the places differ from each other. Compare each place with its own mean."
        ),
        "np.mean((predictions - mean) ** 2) → np.std(predictions, axis=0).mean()": (
            "Those are standard deviations. The variance is their square, place by place."
        ),
        "np.mean((predictions - mean) ** 2) → np.mean(abs(predictions - mean))": (
            "Those are sizes of the deviations. The variance squares them."
        ),
        "squared_bias, variance\n → variance, squared_bias\n": "The two numbers are exchanged: bias first.",
        "np.mean((mean - truth) ** 2) → np.sum((mean - truth) ** 2)": (
            "The squared bias is a sum over the places; take the mean."
        ),
        (
            "np.mean((mean - truth) ** 2) → np.sum((mean - truth) ** 2)",
            "np.mean((predictions - mean) ** 2) → np.sum((predictions - mean) ** 2)",
        ): "Both of yours are sums. Means are asked for.",
        "np.mean((predictions - mean) ** 2) → np.sum((predictions - mean) ** 2)": (
            "Your variance is a sum of squares; take the mean."
        ),
        over_the_places: (
            "Your mean runs along the rows, over the places. At each place it is taken over the training sets: `axis=0`."
        ),
    },
    hints=(
        "First the mean prediction at each place, over all training sets: one number for each column.",
        "The bias compares that mean with the truth, the variance compares each row with that mean.",
        "`mean = predictions.mean(axis=0)`; both results are `np.mean((… - …) ** 2)`.",
    ),
)


# 10.6
def xor_parameters():
    W1 = [[1.0, 1.0], [1.0, 1.0]]
    b1 = [0.0, -1.0]
    w2 = [1.0, -2.0]
    b2 = 0.0
    return W1, b1, w2, b2


def answers_of(parameters, x):
    """Return the answers of a network of two inputs, a hidden layer with ReLU, and one output."""
    W1, b1, w2, b2 = parameters
    return np.maximum(x @ W1 + b1, 0) @ w2 + b2


def try_parameters(answer, x):
    parameters = answer()
    if parameters is ... or any(part is ... for part in parameters):
        return ...
    return answers_of(map(np.array, parameters), x)


CORNERS = columns([0, 0], [0, 1], [1, 0], [1, 1])

xor_by_a_hidden_layer = Exercise(
    number="10.6",
    title="XOR by a hidden layer",
    minutes=4,
    kind="complete",
    solution=xor_parameters,
    task=(
        "Choose the numbers of a network that answers XOR, by hand: 0, 1, 1, 0 at the corners (0, 0), (0, 1), (1, 0), "
        "(1, 1). It computes `np.maximum(x @ W1 + b1, 0) @ w2 + b2`. Both hidden units get x₁ + x₂, the sum of the inputs; what "
        "is missing are a bias for each, b1, and a weight for each, w2, both as lists of two numbers, and the last bias, b2, "
        "one number."
    ),
    start="""
        def xor_parameters():
            W1 = [[1.0, 1.0], [1.0, 1.0]]
            b1 = ...
            w2 = ...
            b2 = ...
            return W1, b1, w2, b2
    """,
    trial=try_parameters,
    cases=[(CORNERS,)],
    equivalent={
        "everywhere: entries exchanged: [1.0, 1.0] → [1.0, 1.0]": "They are equal.",
        "everywhere: entry: [1.0, 1.0] → [1.0]": "NumPy broadcasts the one column to both units.",
        "line 6: result scaled: b2 → 2 * b2": "b2 is 0.",
        "line 6: result scaled: b2 → b2 / 2": "b2 is 0.",
        "line 6: sign of result turned: b2 → -b2": "b2 is 0.",
    },
    mistakes={
        "w2 = [1.0, -2.0] → w2 = [1.0, -1.0]": (
            "At (1, 1) your network says 1: its answer rises to 1 and stays there, that is OR. Subtract the second unit twice."
        ),
        "b1 = [0.0, -1.0] → b1 = [0.0, 0.0]": (
            "Both hidden units are equal, so the network bends in one place only. Let one begin later than the other."
        ),
        "w2 = [1.0, -2.0] → w2 = [1.0, 0.0]": (
            "Your network answers x₁ + x₂, which is 2 at (1, 1). The second unit has to bring it down again."
        ),
        "w2 = [1.0, -2.0] → w2 = [0.0, 1.0]": ("Your network answers AND: only at (1, 1) is it 1."),
        "b1 = [0.0, -1.0] → b1 = [0.0, -0.5]": (
            "Your answers are 0, 0, 0 and −1. At x₁ + x₂ = 1 the first unit should give 1 and the second nothing."
        ),
        "b2 = 0.0 → b2 = 0.5": "All four answers are 0.5 too high. Look at the last bias.",
        ("w2 = [1.0, -2.0] → w2 = [-1.0, 2.0]", "b2 = 0.0 → b2 = 1.0"): (
            "That is the opposite of XOR: 1 where the inputs are equal."
        ),
        "w2 = [1.0, -2.0] → w2 = [-1.0, 2.0]": (
            "All signs are turned: your answers are 0, −1, −1, 0."
        ),
    },
    hints=(
        "x₁ + x₂ is 0, 1, 1 and 2 at the corners. The answer should rise from 0 to 1 and come down to 0 again.",
        "One unit gives x₁ + x₂ as it is. Let the other be 0 up to x₁ + x₂ = 1, and 1 at 2: which bias does that?",
        "Biases 0 and −1. Then first unit minus twice the second.",
    ),
)


# 10.7
def train(model, x, y, learning_rate, steps):
    seen = []
    for _ in range(steps):
        loss = losses.binary_cross_entropy_with_logits(model(x), y)
        model.zero_grad()
        loss.backward()
        for p in model.parameters():
            p.data = p.data - learning_rate * p.grad
        seen.append(loss.item())
    return seen


def small_network(seed, hidden=3):
    """Return a network 2-hidden-1 with tanh, from the first weights that belong to a seed."""
    nn.manual_seed(seed)
    return nn.Sequential(nn.Linear(2, hidden), nn.Tanh(), nn.Linear(hidden, 1))


def try_training(answer, seed, learning_rate, steps, last_bias):
    """Train a small network on twelve moons; return the losses and the scores it then gives.

    last_bias: where it is not 0, the network begins with it, and every point is of class 1.
    """
    x, y = moons(12, seed=seed)
    model = small_network(seed)
    if last_bias:
        y = np.ones_like(y)
        model[2].bias.data = np.array([float(last_bias)])
    seen = answer(model, x, y[:, None].astype(float), learning_rate, steps)
    if seen is ...:
        return ...
    return seen, model(x).data.ravel()


def any_training(draw):
    return draw.randint(0, 99), round(draw.uniform(0.1, 1), 1), draw.randint(2, 4), 0


training_loop = Exercise(
    number="10.7",
    title="Train a classifier",
    minutes=7,
    kind="complete",
    solution=train,
    task=(
        "Write the training loop of a binary classifier. `model(x)` gives scores, `y` has the same shape, 0 or 1. "
        "At each step: the loss, `losses.binary_cross_entropy_with_logits(scores, y)`; empty the slopes, then `backward()`; move every one of "
        "`model.parameters()`. Return the list of the losses, one before each step, as plain numbers (`loss.item()`)."
    ),
    start="""
        def train(model, x, y, learning_rate, steps):
            seen = []
            for _ in range(steps):
                ...
            return ...
    """,
    trial=try_training,
    called={
        "seed": "the data and the first weights",
        "last_bias": "the last bias at the start",
    },
    returns=("the losses", "scores after training"),
    # the last knows its points from the start: every loss is nearly 0
    cases=[(0, 0.5, 3, 0), (1, 1.0, 4, 0), (2, 0.1, 2, 0), (3, 0.5, 1, 0), (4, 0.5, 3, 40)],
    fresh=any_training,
    equivalent={
        "line 4: lines exchanged: loss = losses.binary_cross_entropy_with…": "Slopes are emptied before the walk back all the same.",
        "line 7: lines exchanged: for p in model.parameters():": "The loss was computed before the parameters moved.",
        "line 7: some entries only: model.parameters() → list(model.parameters())[::-1]": "Each moves by its own slope.",
    },
    mistakes={
        "        model.zero_grad()\n → ": (
            "The first step is right, the later ones are not: slopes of earlier steps are still in `p.grad`. Empty them."
        ),
        "p.data - learning_rate → p.data + learning_rate": "Your loss rises: a step goes against the slope.",
        "seen.append(loss.item()) → seen.append(losses.binary_cross_entropy_with_logits(model(x), y).item())": (
            "Your losses are those after each step; the ones before each step are asked for."
        ),
        "learning_rate * p.grad → p.grad": "Your step is the slope itself: the learning rate is missing.",
        "learning_rate * p.grad → learning_rate * np.sign(p.grad)": (
            "Each of your steps has the same length. Take the slope, not its sign."
        ),
        "losses.binary_cross_entropy_with_logits(model(x), y) → losses.mse_loss(model(x), y)": (
            "That is the mean squared error of the scores. The task names another loss."
        ),
        "losses.binary_cross_entropy_with_logits(model(x), y) → losses.binary_cross_entropy_with_logits(model(x).sigmoid(), y)": (
            "This loss makes the sigmoid itself; yours makes it twice. Hand it the scores."
        ),
        "losses.binary_cross_entropy_with_logits(model(x), y) → losses.binary_cross_entropy_with_logits(y, model(x))": (
            "The two arguments of the loss are exchanged: the scores come first."
        ),
        "        for p in model.parameters():\n            p.data = p.data - learning_rate * p.grad\n → ": (
            "The parameters never move."
        ),
        "seen.append(loss.item()) → seen = [loss.item()]": "Your list holds one loss. Add one at every step.",
    },
    hints=(
        "Four things at each step, as in chapter 9: loss, empty the slopes, walk back, move each parameter.",
        "`model.zero_grad()` empties, `loss.backward()` fills, `model.parameters()` are what is to be moved.",
        "For each p: `p.data = p.data - learning_rate * p.grad`. Append `loss.item()` at every step.",
    ),
)


# 10.8
def film(predict, step, points, frames, between):
    maps = [predict(points)]
    for _ in range(frames - 1):
        for _ in range(between):
            step()
        maps.append(predict(points))
    return np.array(maps)


def try_filming(answer, start, points, frames, between):
    """Film a model of one number, which a step makes half as large and one larger."""
    state = {"level": start, "steps": 0}

    def predict(points):
        return points[:, 0] * state["level"] + points[:, 1]

    def step():
        state["level"] = state["level"] / 2 + 1
        state["steps"] += 1

    maps = answer(predict, step, np.array(points), frames, between)
    if maps is ... or maps is None:
        return maps
    return maps, state["steps"]


def any_film(draw):
    points = [[draw.randint(1, 4), draw.randint(-3, 3)] for _ in range(draw.randint(1, 3))]
    return draw.randint(4, 9), points, draw.randint(2, 4), draw.randint(1, 3)


film_the_boundary = Exercise(
    number="10.8",
    title="A boundary over time",
    minutes=5,
    kind="complete",
    solution=film,
    task=(
        "Film a training. `predict(points)` returns an array with one prediction for each point, `step()` takes one step of training. "
        "The first frame shows the model before any step, each later one after `between` more steps. Return an array, "
        "or a list, with one row for each of the `frames`, and take no step that no frame shows."
    ),
    trial=try_filming,
    called={"start": "the model at the start"},
    returns=("the frames", "steps taken"),
    cases=[
        (5, [[1, 0], [2, 1]], 3, 2),
        (8, [[1, -9], [1, -5]], 4, 1),
        (3, [[2, 2], [1, 0], [4, 1]], 1, 5),  # one frame: no step
        (6, [[3, 1], [1, 1]], 2, 4),
    ],
    fresh=any_film,
    equivalent={
        "line 3: size only: frames - 1 → abs(frames - 1)": "There is at least one frame.",
        "line 7: call: np.array(maps) → maps": "A list of rows is compared as an array.",
    },
    mistakes={
        "range(frames - 1) → range(frames)": "Yours shows one frame more than asked: the first one counts too.",
        (
            "[predict(points)] → []",
            "range(frames - 1) → range(frames)",
        ): "Your first frame comes after some steps. It should show the model before any.",
        "range(between) → range(1)": "Yours takes one step between two frames, whatever `between` says.",
        "        for _ in range(between):\n            step()\n → ": "The model never takes a step: all frames are equal.",
        (
            "[predict(points)] → []",
            "range(frames - 1) → range(frames)",
            "        for _ in range(between):\n            step()\n        maps.append(predict(points))\n → "
            "        maps.append(predict(points))\n        for _ in range(between):\n            step()\n",
        ): "The frames are right, and after the last one the model goes on for steps that no frame shows.",
        "np.array(maps) → maps[-1]": "That is the last frame alone. Return all of them.",
        "range(frames - 1) → range(frames - 2)": "One frame is missing.",
    },
    hints=(
        "The first frame comes before the loop: `maps = [predict(points)]`.",
        "Then `frames - 1` times: take `between` steps, and append a frame.",
        "Two loops, one in the other; `np.array(maps)` makes one array of the list.",
    ),
)


# 10.9
def tune(settings, budget, validation_loss, test_loss):
    tried = settings[:budget]
    best = min(tried, key=validation_loss)
    return best, test_loss(best)


def try_tuning(answer, settings, budget, validation, test):
    """Let an answer choose, and count how often it looks at each of the two sets."""
    looks = {"validation": 0, "test": 0}

    def validation_loss(setting):
        looks["validation"] += 1
        return validation[_place_of("validation_loss", setting, settings)]

    def test_loss(setting):
        looks["test"] += 1
        return test[_place_of("test_loss", setting, settings)]

    chosen = answer(list(settings), budget, validation_loss, test_loss)
    if chosen is ... or chosen is None:
        return chosen
    if not (isinstance(chosen, (tuple, list)) and len(chosen) == 2):
        raise ValueError(
            f"Two things are wanted, the setting and its test loss; yours is {chosen!r}."
        )
    return *chosen, looks["validation"], looks["test"]


def _place_of(function, setting, settings):
    if setting not in settings:
        refuse(
            "ValueError",
            f"`{function}` was called with {setting!r}, which is none of the settings {settings}.",
        )
    return settings.index(setting)


def looking_twice(settings, budget, validation_loss, test_loss):
    best = settings[0]
    for setting in settings[:budget]:
        if validation_loss(setting) < validation_loss(best):
            best = setting
    return best, test_loss(best)


def any_tuning(draw):
    count = draw.randint(3, 6)
    settings = draw.sample(range(1, 100), count)
    both = [draw.sample(range(1, 100), count) for _ in range(2)]
    return settings, draw.randint(2, count), *[[n / 100 for n in row] for row in both]


tune_under_a_budget = Exercise(
    number="10.9",
    title="Tuning under a budget",
    minutes=5,
    kind="complete",
    solution=tune,
    task=(
        "`validation_loss(setting)` trains a model with this setting and returns its validation loss; you can pay for `budget` such calls, one for each of the first settings "
        "in the list. `test_loss(setting)` returns the loss on the test set, and may be called once. "
        "Return the setting you choose and its test loss."
    ),
    trial=try_tuning,
    called={"validation": "what `validation_loss` returns", "test": "what `test_loss` returns"},
    returns=("the setting", "its test loss", "looks at validation", "looks at the test"),
    cases=[
        ([8, 16, 32, 64], 3, [0.5, 0.2, 0.4, 0.1], [0.3, 0.6, 0.2, 0.1]),
        ([0.1, 0.01, 0.001], 3, [0.3, 0.2, 0.5], [0.4, 0.5, 0.1]),
        ([5, 7], 1, [0.9, 0.1], [0.7, 0.2]),
        ([3, 2, 1], 9, [0.3, 0.1, 0.2], [0.2, 0.4, 0.1]),  # more budget than settings
        ([1, 2, 4, 8, 9], 4, [0.4, 0.6, 0.2, 0.5, 0.1], [0.6, 0.3, 0.5, 0.4, 0.2]),  # not at a dip
        ([6, 5, 4, 3], 4, [0.5, 0.2, 0.6, 0.3], [0.2, 0.7, 0.4, 0.1]),  # falls twice
    ],
    fresh=any_tuning,
    equivalent={
        "line 4: size only: test_loss(best) → abs(test_loss(best))": "Losses here are not negative.",
    },
    mistakes={
        "key=validation_loss → key=test_loss": (
            "You chose by the test set. What it says of the chosen setting is then no longer news."
        ),
        "settings[:budget] → settings": "You overspent: more settings were tried than the budget allows.",
        "test_loss(best) → validation_loss(best)": (
            "You report the validation loss of the winner, which was chosen for being low."
        ),
        "min( → max(": "You chose the largest validation loss.",
        "    best = min(tried, key=validation_loss)\n    return best, test_loss(best)\n → "
        "    found = [validation_loss(one) for one in tried]\n"
        "    return tried[found.index(min(found))], min(found)\n": (
            "You report the validation loss of the winner, which was chosen for being low."
        ),
        "return best, test_loss(best) → return tried.index(best), test_loss(best)": (
            "You return the place of the setting in the list. Return the setting itself."
        ),
        "    best = min(tried, key=validation_loss)\n → "
        "    best, lowest = tried[0], validation_loss(tried[0])\n"
        "    for one in tried[1:]:\n"
        "        loss = validation_loss(one)\n"
        "        if loss > lowest:\n"
        "            break\n"
        "        best, lowest = one, loss\n": (
            "Yours stops at the first setting that is worse. A later one may be better, and it is paid for."
        ),
        "    best = min(tried, key=validation_loss)\n → "
        "    found = [validation_loss(one) for one in tried]\n"
        "    best = [one for one, now, before in zip(tried, found, [9, *found]) if now < before][-1]\n": (
            "Yours compares each setting with the one before. Compare with the lowest of all before."
        ),
        "return best, test_loss(best) → return best, min(map(test_loss, tried))": (
            "The test set was asked about every setting, and the best answer reported. Ask it once, about your choice."
        ),
        "return best, test_loss(best) → return best, [test_loss(one) for one in tried][tried.index(best)]": (
            "The test set was asked about every setting. It may be called once, for the one you choose."
        ),
        "return best, test_loss(best) → return min(map(validation_loss, [best])), test_loss(best)": (
            "You return the lowest validation loss in place of the setting that has it."
        ),
        "best = min(tried, key=validation_loss) → best = min(tried); [validation_loss(one) for one in tried]": (
            "You chose the smallest of the settings themselves. What counts is the validation loss of each."
        ),
        looking_twice: (
            "The choice is right, and you paid twice: each comparison called `validation_loss` for the best one again. "
            "Remember its number."
        ),
        "return best, test_loss(best) → return test_loss(best), best": "The two are exchanged: first the setting.",
        "return best, test_loss(best) → return best": "That is the setting alone. Its test loss is missing.",
        "return best, test_loss(best) → return test_loss(best)": (
            "That is the test loss alone. The setting that it belongs to is missing."
        ),
        "settings[:budget] → settings[-budget:]": "You tried the last settings; the task says the first.",
        "best = min(tried, key=validation_loss) → best = tried[0]; [validation_loss(one) for one in tried]": (
            "You chose the first setting whatever the validation loss said."
        ),
    },
    hints=(
        "Which settings can you pay for? Which of them has the lowest validation loss?",
        "`settings[:budget]` are the ones to try; call `validation_loss` once for each, and remember the best.",
        "`min(tried, key=validation_loss)` finds it. Then one call of `test_loss`.",
    ),
)


# ------------------------------------------------------------------------ predictions and questions

through_all_points = Prediction(
    "10-through-all-points",
    "A polynomial of degree 11 goes exactly through 12 noisy points: its training loss is 0. What is its mean squared "
    "error on new points of the same world, where the noise alone makes 0.09?",
    options=[
        "About 0.09: it has learned the points, and new ones differ by their noise only.",
        "A little more, below 0.2.",
        "More than ten times the noise.",
    ],
    why="It bends as far as it must to meet the noise of twelve points, and between them nobody holds it.",
)


def between_the_points(risk):
    """Return the option that the mean risk of degree 11 came to; None where it is small."""
    return through_all_points.options[2] if risk > 10 * 0.09 else None


tossed_coins = Prediction(
    "10-tossed-coins",
    "100 coins are tossed, and 1,000 columns of random numbers written beside them. A colleague keeps the ten "
    "columns that go best with the coins, splits the rows into 50 and 50, trains on the first half and tests on the "
    "second. What share of the second half is answered correctly?",
    number=True,
    unit="%",
    why="The ten columns were chosen with the test rows in sight, so the test rows had trained the model already.",
    least=0,
    most=100,
)

the_last_rows = Prediction(
    "10-the-last-rows",
    "The same network, as many images to train on, as many held out; but this time the held-out ones are the last 297 "
    "rows of the file instead of 300 drawn by lot. What share of them does it read?",
    options=[
        "More than before.",
        "As many, give or take one per cent.",
        "Some six per cent fewer.",
    ],
    why="By lot, neighbours in the file land on both sides of the split, and neighbours look alike; and these rows are harder anyway.",
)


def how_many_fewer(on_test, on_last):
    """Return the option that the shares read by lot and at the end came to; None for another."""
    fewer = np.mean(on_test) - np.mean(on_last)
    return the_last_rows.options[2] if 0.04 < fewer < 0.08 else None


what_a_low_loss_says = Choice(
    "A model's training loss is 0.01. What do you know about new data?",
    [
        Option(
            "That its loss there is about 0.01 as well.",
            "The parameters were chosen to make this number small on these very examples.",
        ),
        Option(
            "Almost nothing, until you measure it on examples that training did not see.",
            "The polynomial of degree 11 had a training loss of 0, and missed new points by far.",
            correct=True,
        ),
        Option(
            "That its loss there is high: the model has overfitted.",
            "It may have, or the task may be easy. A training loss alone cannot tell the two apart.",
        ),
    ],
)

which_one_leaks = Choice(
    "Which of these lets the test set into training?",
    [
        Option(
            "Filling gaps in the training rows with the mean of the training rows.",
            "Nothing of the test is used there.",
        ),
        Option(
            "Removing copies of a row first, and splitting the rows afterwards.",
            "That closes a leak: a row and its copy could have landed on the two sides.",
        ),
        Option(
            "Choosing columns by all rows, and splitting the rows afterwards.",
            "The choice is a part of training, and it saw the test rows: coins were foretold in that way.",
            correct=True,
        ),
    ],
)

the_lowest_validation = Choice(
    "You stop at the lowest of 600 validation losses, 0.101. May you report 0.101 as the expected loss?",
    [
        Option(
            "Yes: validation examples were not trained on.",
            "They chose the step. Of 600 numbers that fluctuate the lowest is a little lower than it deserves.",
        ),
        Option(
            "No: it was chosen for being low. A test set that chose nothing says more.",
            "That is why there are three parts: one to train, one to choose, one to report.",
            correct=True,
        ),
        Option(
            "No: the training loss at that step is the honest number.",
            "It is lower still, and was made low on purpose.",
        ),
    ],
)

which_cure = Choice(
    "Training loss 0.32, loss on new data 0.33, noise 0.09. What helps?",
    [
        Option(
            "More examples of the same kind.",
            "They close the gap between the two, and it is 0.01 already.",
        ),
        Option(
            "Weight decay.",
            "It makes a model less flexible. This one is too stiff: it cannot even fit its training set.",
        ),
        Option(
            "A more flexible model.",
            "A high loss on both sides is bias: no choice of its parameters comes near the truth.",
            correct=True,
        ),
    ],
)

how_many_by_luck = NumberAnswer(
    "A test set has 4 questions with two answers each. 16 models that know nothing guess. How many of them do you expect to have all "
    "four right?",
    1,
    feedback={
        1: "Each has (1/2)⁴ = 1/16. Choose the best of 16 by this test, and you report 100 % for a model that knows nothing.",
        0: "Each one has a chance of 1 in 16, and there are 16 of them.",
        4: "The chance of four right guesses is 1/2 · 1/2 · 1/2 · 1/2.",
        8: "Half of them have the first question right. Go on to the fourth.",
        16: "Then each would know all the answers.",
        2: "The chance of four right guesses is 1/2 · 1/2 · 1/2 · 1/2.",
    },
    least=0,
    most=16,
    whole=True,
)

cards = Cards(
    [
        ("empirical risk", "The mean loss on the training set: what training makes small."),
        (
            "expected risk",
            "The mean loss over all the examples the world can send: what you want to be small.",
        ),
        (
            "generalisation gap",
            "Expected risk less empirical risk: how much worse a model is on what is new.",
        ),
        ("overfitting", "The loss on the training set still falls while that on new data rises."),
        (
            "validation set",
            "Held-out examples by which you choose: when to stop, how large, which setting.",
        ),
        ("test set", "Held-out examples that chose nothing, looked at once, at the end."),
        ("leak", "Any way by which held-out examples get a say in training or in choosing."),
        (
            "early stopping",
            "Keep the parameters of the step with the lowest validation loss; patience says when to stop looking.",
        ),
        ("bias", "How far the mean prediction, over many training sets, is from the truth."),
        ("variance", "How far the predictions of single training sets are from their mean."),
        (
            "weight decay",
            "A penalty on the squares of the parameters: they shrink a little at every step.",
        ),
        (
            "inductive bias",
            "What a model takes for granted before it has seen data, such as equal weights at every place.",
        ),
        (
            "sharpness",
            "How fast the loss rises around a minimum; it depends on how the parameters are scaled.",
        ),
    ]
)
