"""Practice for chapter 5, batches and optimizers: its exercises, checks, cards and predictions."""

import math

import numpy as np

from learnkit.data import houses
from learnkit.practice.exercise import Exercise
from learnkit.practice.predict import Prediction
from learnkit.practice.quiz import Cards, Choice, NumberAnswer, Option


# 5.1
def standardise(x):
    return (x - np.mean(x, axis=0)) / np.std(x, axis=0)


def some_houses(count):
    """Return floor area and distance of the first houses: (count, 2)."""
    table = houses()
    return np.column_stack([table.area, table.distance])[:count]


def any_table(draw):
    rows, columns = draw.randint(3, 6), draw.randint(2, 3)
    scale = [10 ** draw.randint(-2, 3) for _ in range(columns)]
    return (np.array([[round(draw.uniform(1, 5), 2) * s for s in scale] for _ in range(rows)]),)


bring_to_one_scale = Exercise(
    number="5.1",
    title="Bring to one scale",
    minutes=3,
    kind="complete",
    solution=standardise,
    task=(
        "Standardise every column of `x`, an array with a row for each house and any number of columns: subtract the column's mean, then divide by "
        "its standard deviation, `np.std`. Return the new array."
    ),
    cases=[
        (np.array([[1.0, 200.0], [2.0, 500.0], [4.0, 100.0]]),),
        (some_houses(6),),
        (some_houses(321),),
        (np.array([[-1.0, 0.5, 3.0], [1.0, 0.25, 1.0]]),),
        (np.array([[7.0], [1.0], [4.0], [2.0]]),),
    ],
    fresh=any_table,
    mistakes={
        ("np.mean(x, axis=0) → np.mean(x)", "np.std(x, axis=0) → np.std(x)"): (
            "You took one mean and one standard deviation of the whole table, feet and square feet mixed. Each column "
            "has its own: `axis=0`."
        ),
        "np.std(x, axis=0) → np.std(x)": (
            "Each column has its own mean, but all are divided by one number. `np.std` needs `axis=0` too."
        ),
        "np.mean(x, axis=0) → np.mean(x)": (
            "You divide each column by its own spread, but subtract one mean from all. `np.mean` needs `axis=0` too."
        ),
        (
            "np.mean(x, axis=0) → np.mean(x, axis=1, keepdims=True)",
            "np.std(x, axis=0) → np.std(x, axis=1, keepdims=True)",
        ): "You went along the rows, so each house was compared with itself. Down the columns is `axis=0`.",
        "/ np.std(x, axis=0) → / np.var(x, axis=0)": (
            "You divided by the variance, in square feet squared. The standard deviation is its root, `np.std`."
        ),
        "np.std(x, axis=0) → np.std(x, axis=0, ddof=1)": (
            "You divided by the standard deviation for samples (`ddof=1`). `np.std(x, axis=0)` is asked for."
        ),
        "(x - np.mean(x, axis=0)) / np.std(x, axis=0) → x - np.mean(x, axis=0)": (
            "The columns have mean 0 now, but their spreads still differ: divide as well."
        ),
        "(x - np.mean(x, axis=0)) / np.std(x, axis=0) → x / np.std(x, axis=0)": (
            "The columns have spread 1 now, but their means are not 0: subtract them first."
        ),
        "(x - np.mean(x, axis=0)) / np.std(x, axis=0) → x - np.mean(x, axis=0) / np.std(x, axis=0)": (
            "A division goes before a subtraction: put the difference in brackets."
        ),
        "(x - np.mean(x, axis=0)) / np.std(x, axis=0) → (x - x.min(axis=0)) / (x.max(axis=0) - x.min(axis=0))": (
            "You brought every column to the range from 0 to 1. Standardising uses mean and standard deviation."
        ),
        "(x - np.mean(x, axis=0)) / np.std(x, axis=0) → x / np.max(x, axis=0)": (
            "You divided by the largest entry. Standardising subtracts the mean and divides by the standard deviation."
        ),
        "(x - np.mean(x, axis=0)) / np.std(x, axis=0) → (x - np.mean(x, axis=0)) * np.std(x, axis=0)": (
            "You multiplied by the standard deviation, which makes wide columns wider. Divide by it."
        ),
        "x - np.mean(x, axis=0) → np.mean(x, axis=0) - x": (
            "Every sign is turned: the mean is subtracted from the entry, not the entry from the mean."
        ),
        "(x - np.mean(x, axis=0)) / np.std(x, axis=0) → x / np.max(x)": (
            "You divided everything by one number. Each column has a mean and a standard deviation of its own."
        ),
        "(x - np.mean(x, axis=0)) / np.std(x, axis=0) → x - np.mean(x)": (
            "You subtracted one mean from the whole table, and divided by nothing. Each column has a mean and a standard "
            "deviation of its own."
        ),
        "(x - np.mean(x, axis=0)) / np.std(x, axis=0) → (x - np.std(x, axis=0)) / np.mean(x, axis=0)": (
            "Mean and standard deviation are exchanged: the mean is subtracted, the standard deviation divides."
        ),
        "np.std(x, axis=0) → np.std(x - np.mean(x, axis=0))": (
            "Each column has its own mean, but all are divided by one number. The standard deviation needs `axis=0` too."
        ),
        "/ np.std(x, axis=0) → / (x.max(axis=0) - x.min(axis=0))": (
            "You divided by the distance from the smallest entry to the largest. The standard deviation is asked for."
        ),
        "/ np.std(x, axis=0) → / np.mean(np.abs(x - np.mean(x, axis=0)), axis=0)": (
            "You divided by the mean distance from the mean. The standard deviation is the root of the mean square."
        ),
        "(x - np.mean(x, axis=0)) / np.std(x, axis=0) → np.mean(x, axis=0), np.std(x, axis=0)": (
            "You returned the means and the standard deviations. The table made with them is asked for."
        ),
        "(x - np.mean(x, axis=0)) / np.std(x, axis=0) → (x - np.mean(x, axis=0)) / np.mean(x, axis=0)": (
            "You divided by the mean. The standard deviation is asked for."
        ),
        "np.mean(x, axis=0) → np.median(x, axis=0)": "You subtracted the median. The mean is asked for.",
    },
    hints=(
        "Two numbers for each column: its mean and its standard deviation. `axis=0` goes down the columns.",
        "`np.mean(x, axis=0)` has one entry for each column, and is subtracted from every row.",
        "Subtract first, in brackets, then divide by `np.std(x, axis=0)`.",
    ),
)


# 5.2
def counts():
    in_an_epoch = 321 // 32 + 1
    in_the_last = 321 - 32 * (in_an_epoch - 1)
    return [in_an_epoch, in_the_last, 20 * in_an_epoch]


def broken_counts(answer):
    """Say of counts that are no whole numbers, rounded or not, that they should be."""
    try:
        numbers = [float(number) for number in answer]
    except (TypeError, ValueError):
        return ""
    return "" if all(number.is_integer() for number in numbers) else WHOLE


WHOLE = "A mini-batch that is not full is an iteration all the same: these are whole numbers."

count_the_steps = Exercise(
    number="5.2",
    title="Count the steps",
    minutes=2,
    kind="trace",
    solution=counts,
    task=(
        "321 houses are looked at in mini-batches of 32, each house once an epoch; the last mini-batch takes what is left. "
        "How many iterations has an epoch, how many houses has its last mini-batch, and how many iterations have 20 "
        "epochs? Type the list of the three numbers."
    ),
    mistakes={
        (
            10,
            1,
            200,
        ): "Ten mini-batches of 32 are 320 houses. The one that is left has its turn too.",
        (
            10,
            32,
            200,
        ): "Ten mini-batches of 32 are 320 houses. The one that is left has its turn too.",
        (10, 0, 200): "Ten mini-batches of 32 are 320 houses, and there are 321.",
        (
            12,
            1,
            240,
        ): "Ten mini-batches of 32 are full, and one more takes what is left: that is no twelfth.",
        (
            11,
            1,
            240,
        ): "The first two are right. Twenty epochs of 11 iterations each are fewer than 240.",
        (11, 1, 7040): "The first two are right. 7,040 is 220 times 32: examples, not iterations.",
        (
            11,
            29.2,
            220,
        ): "The last mini-batch takes what the ten full ones leave; the houses are not shared out evenly.",
        (
            11,
            11,
            220,
        ): "The second number is that of houses in the last mini-batch: what do ten full ones leave?",
        (11, 1, 20): "The first two are right. 20 is the number of epochs; each has 11 iterations.",
        (
            11,
            1,
            31,
        ): "The first two are right. Twenty epochs have 20 times as many iterations as one.",
        (
            11,
            1,
            200,
        ): "The first two are right. With 11 iterations an epoch, 20 epochs have more than 200.",
        (
            11,
            1,
            6420,
        ): "The first two are right. 6,420 houses are looked at; iterations are fewer, as each takes up to 32.",
        (
            11,
            1,
            640,
        ): "The first two are right. 640 is 20 · 32. An iteration is one step, and an epoch has 11 of them.",
        (
            11,
            32,
            220,
        ): "Ten mini-batches of 32 have used up 320 houses. How many are left for the eleventh?",
        (
            11,
            31,
            220,
        ): "31 is what the last mini-batch lacks to be full. How many houses does it have?",
        (
            11,
            29,
            220,
        ): "The last mini-batch takes what the ten full ones leave; the houses are not shared out evenly.",
        (11, 2, 220): "10 · 32 = 320. How many of 321 are left?",
        (
            1,
            321,
            20,
        ): "That is batch gradient descent, all houses in one step. Here a step looks at 32.",
        (321, 1, 6420): "That is a step after every single house. Here a step looks at 32.",
        (
            32,
            1,
            640,
        ): "32 is the number of houses in a mini-batch. How many mini-batches do 321 houses make?",
        (
            10,
            1,
            201,
        ): "Every epoch has a last mini-batch of its own: one house is left 20 times, not once.",
        (
            11,
            1,
            201,
        ): "The first two are right. Every epoch has a last mini-batch of its own, so there are 20 of them, not one.",
        (
            11,
            320,
            220,
        ): "320 houses are what ten full mini-batches take. The last one takes what is left.",
        (
            10.03125,
            1,
            200.625,
        ): WHOLE,
    },
    explain=broken_counts,
    hints=(
        "An iteration is one step, and a step looks at one mini-batch. How many mini-batches do 321 houses make?",
        "10 · 32 = 320: ten full ones, and what is left makes an eleventh.",
        "The third number is 20 times the first.",
    ),
)


# 5.3
def one_epoch(theta, slope, order, size, learning_rate):
    for first in range(0, len(order), size):
        rows = order[first : first + size]
        theta = theta - learning_rate * slope(theta, rows)
    return theta


TARGETS = (3.0, -1.0, 4.0, 1.0, -5.0, 9.0, 2.0)


def slope_of_targets(theta, rows):
    """Return the slope of the mean of (θ − y)² over some of seven targets y."""
    return sum(2 * (theta - TARGETS[row]) for row in rows) / len(rows)


def any_epoch(draw):
    order = list(range(7))
    draw.shuffle(order)
    return round(draw.uniform(-2, 2), 1), slope_of_targets, order, draw.choice([2, 3, 4]), 0.1


mend_the_epoch = Exercise(
    number="5.3",
    title="An epoch that misses some",
    minutes=4,
    kind="mend",
    solution=one_epoch,
    task=(
        "`order` is a list of row numbers, shuffled. One epoch should take a step for each mini-batch of `size` rows, in "
        "that order, so that every row has its turn. `slope(theta, rows)` returns the slope over some rows. The loss "
        "falls with the code below, and yet two things are wrong. Find both."
    ),
    start="""
        def one_epoch(theta, slope, order, size, learning_rate):
            for first in range(0, len(order) - size, size):
                rows = order[0:size]
                theta = theta - learning_rate * slope(theta, rows)
            return theta
    """,
    given="It looks at the first rows again and again, and that is only one of two faults.",
    cases=[
        (0.0, slope_of_targets, [0, 1, 2, 3, 4, 5, 6], 3, 0.1),
        (1.0, slope_of_targets, [4, 2, 6, 0, 5, 1, 3], 2, 0.1),
        (1.0, slope_of_targets, [4, 2, 6, 0, 5, 1], 2, 0.2),  # no rest
        (2.0, slope_of_targets, [6, 1, 3], 7, 0.1),  # fewer rows than a mini-batch holds
        (-1.0, slope_of_targets, [5, 0, 2, 6], 1, 0.1),  # stochastic
        (-20.0, slope_of_targets, [5, 0, 2, 6, 1], 2, 0.01),
        (np.array([1.0, -2.0]), slope_of_targets, [5, 0, 2, 6, 1], 2, 0.1),
    ],
    fresh=any_epoch,
    equivalent={
        "line 3: result scaled: order[first:first + size] → 2 * order[first:first + size]": (
            "Of a list that is every row twice, and the mean is the same."
        ),
    },
    mistakes={
        "range(0, len(order), size) → range(0, len(order) - size, size)": (
            "Each step has rows of its own now, but the last mini-batch never has its turn: look at where `range` ends."
        ),
        "range(0, len(order), size) → range(size, len(order), size)": (
            "Yours begins with the second mini-batch: the first one begins at 0."
        ),
        "range(0, len(order), size) → range(0, len(order) - len(order) % size, size)": (
            "What is left over after the full mini-batches never has its turn."
        ),
        "order[first : first + size] → order[0:size]": (
            "There are enough steps now, but each of them looks at the same rows, the first ones."
        ),
        "range(0, len(order), size) → range(0, len(order) + size, size)": (
            "One of your mini-batches is empty, the first or the last, and a slope over no rows divides by 0. Print `rows`."
        ),
        (
            "range(0, len(order), size) → range(len(order) // size + 1)",
            "order[first : first + size] → order[first * size : (first + 1) * size]",
        ): "Where the full mini-batches use up all rows, your last one is empty, and a slope over no rows divides by 0.",
        "order[first : first + size] → order[first:size]": (
            "From the second mini-batch on there are no rows, since `order[first:size]` ends before it begins."
        ),
        "range(0, len(order), size) → range(0, len(order))": (
            "You take a step at every row, with mini-batches that overlap. Go on by `size` rows at a time."
        ),
        ("range(0, len(order), size) → range(len(order) // size)",): (
            "`range(len(order) // size)` counts the mini-batches, and leaves out one that is not full. `first` is the "
            "place where a mini-batch begins."
        ),
        "order[first : first + size] → range(first, min(first + size, len(order)))": (
            "You take the rows in their own order, 0, 1, 2, … The shuffled numbers stand in `order`."
        ),
        "order[first : first + size] → order[first : first + size + 1]": (
            "Your mini-batches overlap by one row: a slice ends before its second number."
        ),
        "order[first : first + size] → order[first : first + size - 1]": (
            "Your mini-batches are one row short: a slice ends before its second number already."
        ),
        "order[first : first + size] → [order[first]]": (
            "Each step looks at one row only, the first of its mini-batch."
        ),
        "theta = theta - learning_rate * slope(theta, rows)\n → theta = theta - learning_rate * slope(theta, order)\n": (
            "Each step looks at all rows. Its slope is that of the mini-batch, `rows`."
        ),
        "slope(theta, rows)\n → slope(theta, rows) * len(rows)\n": (
            "Your step grows with the number of rows. `slope` hands back what the step is to take."
        ),
        "slope(theta, rows)\n → slope(theta, rows) * len(rows) / size\n": (
            "Your last step is shorter where its mini-batch is not full. `slope` hands back what the step is to take."
        ),
        "theta - learning_rate → theta + learning_rate": "Yours climbs: the step goes against the slope.",
        "rows)\n    return theta → rows)\n        return theta": "You return inside the loop, after the first mini-batch.",
    },
    hints=(
        "Print `rows` in each round, for ten rows and a size of 4. Which rows never come?",
        "`range(0, len(order), size)` gives the place where each mini-batch begins. Where does one end?",
        "`order[first : first + size]`; a slice that reaches beyond the end takes what is there.",
    ),
)


# 5.4
def logistic_slopes(theta, X, y):
    p = 1 / (1 + np.exp(-X @ theta))
    return X.T @ (p - y) / len(y)


def messages(count=50_000):
    """Return the chapter's messages: inputs X (count, 4), labels y (count,), 1 for spam.

    The columns: a 1, exclamation marks and length, both standardised, and whether a rare word is
    there, which 1 of 100 messages has.
    """
    random = np.random.default_rng(5)
    X = np.ones((count, 4))
    X[:, 1:3] = random.normal(size=(count, 2))
    X[:, 3] = random.random(count) < 0.01
    chance = 1 / (1 + np.exp(-X @ [-1.0, 1.5, -0.8, 3.0]))
    return X, (random.random(count) < chance).astype(float)


def any_messages(draw):
    rows, columns = draw.randint(2, 5), draw.randint(2, 3)
    X = np.array([[round(draw.uniform(-2, 2), 1) for _ in range(columns)] for _ in range(rows)])
    theta = np.array([round(draw.uniform(-1, 1), 1) for _ in range(columns)])
    return theta, X, np.array([float(draw.randint(0, 1)) for _ in range(rows)])


derive_the_slopes = Exercise(
    number="5.4",
    title="The slopes of a logistic model",
    minutes=5,
    kind="complete",
    solution=logistic_slopes,
    task=(
        "Write the slopes of the mean loss for any messages. `X` has shape (n, k), a row for each message; `y` has n "
        "labels, 0 or 1; `theta` has k parameters. Return the k slopes."
    ),
    cases=[
        (
            np.array([0.5, -1.0]),
            np.array([[1.0, 2.0], [1.0, -1.0], [1.0, 0.5]]),
            np.array([1.0, 0.0, 1.0]),
        ),
        (np.array([1.0]), np.array([[2.0]]), np.array([0.0])),
        (np.array([0.0, 0.0]), np.array([[1.0, 3.0], [1.0, -3.0]]), np.array([1.0, 1.0])),
        (np.zeros(4), *messages(200)),
        (np.array([-1.0, 1.5, -0.8, 3.0]), *messages(200)),
    ],
    fresh=any_messages,
    equivalent={
        "line 2: transposed: theta → theta.T": "A single axis has nothing to turn.",
        "line 3: transposed: p - y → (p - y).T": "A single axis has nothing to turn.",
        "line 3: name for another: y → X, 2": "There are as many rows as labels.",
    },
    mistakes={
        "/ len(y) → ": "Your slopes add up those of all messages. The loss is a mean, and so are its slopes.",
        "p - y → y - p": "Every sign is turned: each message's slope is x times p − y, probability minus label.",
        "p = 1 / (1 + np.exp(-X @ theta)) → p = X @ theta": (
            "You compared the score with the label. First turn the score into a probability, 1/(1 + e⁻ᶻ)."
        ),
        "np.exp(-X @ theta) → np.exp(X @ theta)": (
            "Your p falls as the score rises: in 1/(1 + e⁻ᶻ) the exponent carries a minus."
        ),
        "(p - y) / len(y) → ((p - y) * p * (1 - p)) / len(y)": (
            "You multiplied by p(1 − p), the slope of the probability. In the slope of this loss it has cancelled."
        ),
        "(p - y) / len(y) → (2 * (p - y)) / len(y)": (
            "Yours is twice as large: there is a 2 in the slope of a square, and this loss is none."
        ),
        "(p - y) / len(y) → (2 * (p - y) * p * (1 - p)) / len(y)": (
            "Those are the slopes of the squared error. The loss here is the cross-entropy."
        ),
        "X.T @ (p - y) / len(y) → np.mean(p - y)": (
            "That is one number, the mean of p − y. Each parameter's slope weighs p − y by its own column of X."
        ),
        "X.T @ (p - y) / len(y) → np.mean(p - y) * np.mean(X, axis=0)": (
            "You multiplied two means, and the mean of products is another number: x times p − y for each message first."
        ),
        (
            "p = 1 / (1 + np.exp(-X @ theta)) → p = X @ theta",
            "X.T @ (p - y) / len(y) → 2 * X.T @ (p - y) / len(y)",
        ): "Those are the slopes of the squared error of a straight line. Here the score becomes a probability first.",
        "X.T @ (p - y) / len(y) → X.T @ (p * (1 - p)) / len(y)": (
            "p(1 − p) is the slope of the probability along the score. The slope of the loss is p − y."
        ),
        "X.T @ (p - y) / len(y) → X.T @ ((p > 0.5) - y) / len(y)": (
            "You rounded the probabilities to 0 or 1. The slope takes them as they are."
        ),
        "X.T @ (p - y) / len(y) → X.T @ p / len(y)": "The labels are missing: a slope is x times p − y.",
        "X.T @ (p - y) / len(y) → X.T @ (p - y) / len(theta)": (
            "You divided by the number of parameters. A mean over messages is divided by their number."
        ),
        "X.T @ (p - y) / len(y) → X.T @ (p - y) / X.size": (
            "You divided by the number of entries of X. A mean over messages is divided by their number."
        ),
        "X.T @ (p - y) / len(y) → X.T @ (p - y) ** 2 / len(y)": (
            "You squared p − y. The slope is x times p − y itself."
        ),
        "X.T @ (p - y) / len(y) → X.T @ np.abs(p - y) / len(y)": (
            "You dropped the sign of p − y, which says whether the probability is too high or too low."
        ),
        "X.T @ (p - y) / len(y) → X.T @ (np.round(p) - y) / len(y)": (
            "You rounded the probabilities to 0 or 1. The slope takes them as they are."
        ),
        "p = 1 / (1 + np.exp(-X @ theta)) → p = np.exp(X @ theta) / np.sum(np.exp(X @ theta))": (
            "Your probabilities add up to 1 over all messages. Each message is spam or not whatever the others are: its p "
            "depends on its own score alone."
        ),
        "p = 1 / (1 + np.exp(-X @ theta)) → p = 1 + np.exp(-X @ theta)": (
            "Your p is more than 1. The whole sum 1 + e⁻ᶻ is below the line of the fraction: it needs brackets."
        ),
        "X.T @ (p - y) / len(y) → theta * np.mean(p - y)": (
            "You multiplied by the parameters. The slope of z along a parameter is the input that it is multiplied by."
        ),
        "X.T @ (p - y) / len(y) → -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))": (
            "That is the loss itself. Its slopes are asked for, one for each parameter."
        ),
    },
    hints=(
        "Scores first: `X @ theta` has one for each message. Then probabilities, then p − y.",
        "One message's slopes are its row of X times its p − y. `X.T @ (p - y)` adds them up over the messages.",
        "Divide by the number of messages, `len(y)`.",
    ),
)


# 5.5
def nesterov(slope, x, learning_rate, momentum, steps):
    path, velocity = [x], 0.0
    for _ in range(steps):
        g = slope(x)
        velocity = momentum * velocity + g
        x = x - learning_rate * (g + momentum * velocity)
        path.append(x)
    return path


def slope_of_a_bowl(x):
    return 2 * (x - 4)


def slope_of_a_ravine(x):
    """Return the slopes of ½ · 0.1 · x₁² + ½ · 10 · x₂², an array of two."""
    return np.array([0.1, 10.0]) * x


def slope_of_a_plain(x):
    """Return the slope of a bowl so flat that 10⁻⁸ counts beside it."""
    return 2e-8 * (x - 4)


def slope_of_a_wave(x):
    return 1 + 2 * math.cos(x)


def any_slope(draw):
    """Return the slope of a bowl drawn at random."""
    curvature, lowest = round(draw.uniform(0.5, 3), 1), round(draw.uniform(-3, 3), 1)

    def slope_of_a_random_bowl(x):
        return curvature * (x - lowest)

    return slope_of_a_random_bowl


def any_run(draw):
    return any_slope(draw), round(draw.uniform(-5, 5), 1), round(draw.uniform(0.05, 0.3), 2)


def any_roll(draw):
    return *any_run(draw), round(draw.uniform(0.2, 0.9), 2), draw.randint(1, 5)


look_ahead = Exercise(
    number="5.5",
    title="Nesterov's look ahead",
    minutes=3,
    kind="complete",
    solution=nesterov,
    task=(
        "Two lines and the `return` are missing: the velocity as before, and the step by g + μ·velocity, with the new velocity. Here x may "
        "be a number or an array, and μ is `momentum`. Return the path."
    ),
    start="""
        def nesterov(slope, x, learning_rate, momentum, steps):
            path, velocity = [x], 0.0
            for _ in range(steps):
                g = slope(x)
                ...
                path.append(x)
            return ...
    """,
    cases=[
        (slope_of_a_bowl, 1.0, 0.1, 0.9, 5),
        (slope_of_a_ravine, np.array([2.0, 1.0]), 0.05, 0.9, 4),
        (slope_of_a_wave, -0.5, 0.2, 0.5, 4),
        (slope_of_a_bowl, 9.0, 0.05, 0.0, 3),  # no momentum: plain descent
        (slope_of_a_wave, 0.5, 0.2, 0.5, 0),
    ],
    fresh=any_roll,
    equivalent={
        "everywhere: subtracted: momentum * velocity + g → momentum * velocity - g": (
            "The velocity points the other way, and is subtracted where it was added."
        ),
    },
    mistakes={
        "g + momentum * velocity) → velocity)": (
            "That is momentum as in chapter 4, a step by the velocity. Nesterov steps by the slope and a part of the new "
            "velocity; with the old one, g + μ·velocity is the velocity of plain momentum."
        ),
        "momentum * velocity + g\n → g\n": (
            "Your velocity forgets what it was at every step: a part of the old one is kept."
        ),
        "(g + momentum * velocity) → (g + velocity)": (
            "Your step adds the whole velocity. Only the part that will be kept, μ times it, is added."
        ),
        "(g + momentum * velocity) → (momentum * velocity)": (
            "The slope itself is missing in your step: it is g and μ times the velocity."
        ),
        "(g + momentum * velocity) → g + momentum * velocity": (
            "Without brackets the learning rate multiplies g alone. It multiplies the whole step."
        ),
        (
            "momentum * velocity + g\n → 0.9 * velocity + g\n",
            "g + momentum * velocity → g + 0.9 * velocity",
        ): ("You typed 0.9. The part that is kept is the argument `momentum`."),
        "g + momentum * velocity) → g + 0.9 * velocity)": (
            "You typed 0.9 in the step. The part that is kept is the argument `momentum`."
        ),
        "x - learning_rate * (g + momentum * velocity) → x - learning_rate * slope(x - learning_rate * momentum * velocity)": (
            "You step by the slope at a place ahead. The step is by g and μ times the velocity, and g is known already."
        ),
        "x - learning_rate * (g + momentum * velocity) → x - learning_rate * slope(x + momentum * velocity)": (
            "You step by the slope at another place. The step is by g and μ times the velocity, and g is known already."
        ),
        "momentum * velocity + g\n → momentum + velocity * g\n": (
            "Plus and times are exchanged in your velocity: μ times the old one, plus g."
        ),
        "momentum * velocity + g\n → momentum * velocity + (1 - momentum) * g\n": (
            "You averaged old velocity and slope. Here, as in PyTorch, the slope is added whole."
        ),
        "momentum * velocity + g\n → momentum * velocity + learning_rate * g\n": (
            "The learning rate has slipped into your velocity; it belongs to the step alone."
        ),
        "momentum * velocity + g\n → momentum * velocity - g\n": (
            "Slope and velocity work against each other in your step: one is added where the other is subtracted. The "
            "velocity adds the slope, and the step subtracts both."
        ),
        (
            "path, velocity = [x], 0.0 → x = np.array(x, dtype=float)\n    path, velocity = [x], 0.0",
            "x = x - learning_rate * (g + momentum * velocity) → x -= learning_rate * (g + momentum * velocity)",
        ): "All entries of your path are one array, which each step overwrites: `x = x - …` makes a new one.",
        "x - learning_rate → x + learning_rate": "Yours climbs: the step goes against slope and velocity.",
        "g = slope(x) → g = slope(x - learning_rate * momentum * velocity)": (
            "You ask for the slope ahead of x, as Nesterov first wrote it. Here the slope is taken where you stand, and "
            "the step looks ahead."
        ),
        "g = slope(x)\n        velocity = momentum * velocity + g\n        x = x - learning_rate * (g + momentum * velocity) → x = x - learning_rate * slope(x)": (
            "That is plain gradient descent: nothing of the velocity is used."
        ),
    },
    hints=(
        "The first line is that of exercise 4.7, with g for the slope.",
        "In the second, the velocity of plain momentum is replaced by g plus μ times the new velocity.",
        "`x = x - learning_rate * (… + momentum * …)`",
    ),
)


# 5.6
def rmsprop(slope, x, learning_rate, alpha, steps):
    path, s = [x], 0.0
    for _ in range(steps):
        g = slope(x)
        s = alpha * s + (1 - alpha) * g**2
        x = x - learning_rate * g / (np.sqrt(s) + 1e-8)
        path.append(x)
    return path


own_step_lengths = Exercise(
    number="5.6",
    title="Steps of one's own length",
    minutes=4,
    kind="complete",
    solution=rmsprop,
    task=(
        "Write both lines, and the `return`: s keeps the part `alpha` of its old value and takes the part 1 − `alpha` from g²; the step "
        "is η times g, divided by √s + 10⁻⁸ (in code `1e-8`). Return the path."
    ),
    start="""
        def rmsprop(slope, x, learning_rate, alpha, steps):
            path, s = [x], 0.0
            for _ in range(steps):
                g = slope(x)
                ...
                path.append(x)
            return ...
    """,
    cases=[
        (slope_of_a_bowl, 1.0, 0.1, 0.9, 5),
        (slope_of_a_ravine, np.array([2.0, 1.0]), 0.05, 0.9, 4),
        (slope_of_a_wave, -0.5, 0.2, 0.5, 4),
        (slope_of_a_bowl, 4.0, 0.1, 0.9, 2),  # the slope is exactly 0
        (slope_of_a_plain, 4.5, 0.1, 0.9, 3),  # the slope is nearly 0
        (slope_of_a_bowl, 9.0, 0.05, 0.0, 3),  # no memory: steps of one length
        (slope_of_a_wave, 0.5, 0.2, 0.5, 0),
    ],
    fresh=any_roll,
    equivalent={
        "line 5: size only: 1 - alpha → abs(1 - alpha)": "A part is never more than 1.",
        "line 5: size only: s → abs(s)": "A mean of squares is never negative.",
    },
    mistakes={
        "np.sqrt(s) + 1e-8 → np.sqrt(s + 1e-8)": (
            "The 10⁻⁸ stands under your root, where it counts as 10⁻⁴. It is added to the root."
        ),
        "alpha * s + (1 - alpha) * g**2 → (alpha * s + (1 - alpha) * g) ** 2": (
            "You square the whole mean. Only g is squared; s is a mean of squares already."
        ),
        "np.sqrt(s) → s": (
            "You divide by s, the mean of squares. Its root has the size of a slope; s has that of a slope squared."
        ),
        "* g**2 → * g": "Your s is a mean of slopes, in which signs cancel. Square g first.",
        "* g**2 → * np.abs(g)": "The root is taken of a mean of g or of its size. It is g² that enters the mean.",
        "alpha * s + (1 - alpha) * g**2 → (1 - alpha) * s + alpha * g**2": (
            "The two parts are exchanged: `alpha` is the part of the old s that is kept."
        ),
        "alpha * s + (1 - alpha) * g**2 → alpha * s + g**2": (
            "The root is taken of a sum, larger than any g² in it. In a mean the new square has the part 1 − `alpha`."
        ),
        "alpha * s + (1 - alpha) * g**2 → s + g**2": (
            "Your s never forgets, so the steps shrink for ever; that is Adagrad, an older method."
        ),
        "alpha * s + (1 - alpha) * g**2 → g**2": (
            "Your s remembers nothing, so every step has the length η: a part of the old s is kept."
        ),
        "alpha * s + (1 - alpha) * g**2 → alpha * g**2": (
            "Your s remembers nothing: `alpha` is the part of the old s that is kept."
        ),
        "* g / (np.sqrt(s) + 1e-8) → / (np.sqrt(s) + 1e-8)": (
            "Your step has no direction: it is g that is divided by √s."
        ),
        "* g / (np.sqrt(s) + 1e-8) → * g * (np.sqrt(s) + 1e-8)": (
            "You multiply by √s, which makes steep steps longer still. Divide."
        ),
        "g / (np.sqrt(s) + 1e-8) → g / np.sqrt(s)": (
            "Where the slope is exactly 0, yours divides 0 by 0. g is divided by √s + 10⁻⁸, in brackets."
        ),
        "+ 1e-8 → + 1e8": "Yours stays where it was, or next to it: x is to move by η · g, divided by √s + 10⁻⁸, in code `1e-8`.",
        "* g**2 → * np.mean(g**2)": "Your s is one number for all parameters. Each has an s of its own, from its own g².",
        "* g**2 → * np.sum(g**2)": "Your s is one number for all parameters. Each has an s of its own, from its own g².",
        "x - learning_rate * g → x - g": "The learning rate is missing in your step.",
        "x - learning_rate → x + learning_rate": "Yours climbs: the step goes against g.",
        (
            "s = alpha * s + (1 - alpha) * g**2\n        x = x - learning_rate * g / (np.sqrt(s) + 1e-8) → "
            "x = x - learning_rate * g / (np.sqrt(s) + 1e-8)\n        s = alpha * s + (1 - alpha) * g**2"
        ): "Your step uses the s of the step before, which is 0 at first: bring s up to date before you step.",
    },
    hints=(
        "s is a running mean of g²: a part of the old one and a part of the new square.",
        "`s = alpha * s + (1 - alpha) * g**2`",
        "The step is that of gradient descent with g divided by `np.sqrt(s) + 1e-8`, in brackets.",
    ),
)


# 5.7
def adam(slope, x, learning_rate, steps, beta1=0.9, beta2=0.999):
    path, m, s = [x], 0.0, 0.0
    for t in range(1, steps + 1):
        g = slope(x)
        m = beta1 * m + (1 - beta1) * g
        s = beta2 * s + (1 - beta2) * g**2
        mean, square = m / (1 - beta1**t), s / (1 - beta2**t)
        x = x - learning_rate * mean / (np.sqrt(square) + 1e-8)
        path.append(x)
    return path


def any_adaptive_run(draw):
    beta1, beta2 = round(draw.uniform(0.5, 0.9), 2), round(draw.uniform(0.6, 0.99), 2)
    return *any_run(draw), draw.randint(1, 5), beta1, beta2


mend_adam = Exercise(
    number="5.7",
    title="Two means that start at 0",
    minutes=6,
    kind="mend",
    solution=adam,
    task=(
        "This is Adam but for its start: `mean` and `square` should be the two running means divided by the weight that "
        "they have gathered after t steps, 1 − β₁ᵗ and 1 − β₂ᵗ. Mend them."
    ),
    start="""
        def adam(slope, x, learning_rate, steps, beta1=0.9, beta2=0.999):
            path, m, s = [x], 0.0, 0.0
            for t in range(1, steps + 1):
                g = slope(x)
                m = beta1 * m + (1 - beta1) * g
                s = beta2 * s + (1 - beta2) * g**2
                mean, square = m, s
                x = x - learning_rate * mean / (np.sqrt(square) + 1e-8)
                path.append(x)
            return path
    """,
    given="Its first step is still 0.1 / √0.001 = 3.16 times as long as η: neither mean is divided by its weight.",
    cases=[
        (slope_of_a_bowl, 1.0, 0.1, 5),
        (slope_of_a_ravine, np.array([2.0, 1.0]), 0.05, 4),
        (slope_of_a_wave, -0.5, 0.2, 4, 0.5, 0.75),
        (slope_of_a_bowl, 4.0, 0.1, 2),  # the slope is exactly 0
        (slope_of_a_plain, 4.5, 0.1, 3),  # the slope is nearly 0
        (slope_of_a_bowl, 9.0, 0.05, 3, 0.0, 0.9),
        (slope_of_a_wave, 0.5, 0.2, 0),
    ],
    fresh=any_adaptive_run,
    equivalent={
        "line 2: entries exchanged: path, m, s → path, s, m": "Both start from 0.",
        "line 5: size only: 1 - beta1 → abs(1 - beta1)": "A part is never more than 1.",
        "line 6: size only: 1 - beta2 → abs(1 - beta2)": "A part is never more than 1.",
        "line 6: size only: s → abs(s)": "A mean of squares is never negative.",
        "line 7: size only: 1 - beta1 ** t → abs(1 - beta1 ** t)": "A part is never more than 1.",
        "line 7: size only: 1 - beta2 ** t → abs(1 - beta2 ** t)": "A part is never more than 1.",
    },
    mistakes={
        "range(1, steps + 1) → range(steps)": (
            "Your t counts from 0, where no step has been taken and 1 − β⁰ is 0. After the first step t is 1."
        ),
        "m / (1 - beta1**t), s / (1 - beta2**t) → m / (1 - beta1**t), s": (
            "The mean of the slopes is right now. The mean of the squares starts at 0 as well."
        ),
        "m / (1 - beta1**t), s / (1 - beta2**t) → m / 1 - beta1**t, s / 1 - beta2**t": (
            "Yours subtracts βᵗ from the mean. Each mean is divided by 1 − βᵗ, in brackets."
        ),
        "m / (1 - beta1**t), s / (1 - beta2**t) → m / (1 - 0.9**t), s / (1 - 0.999**t)": (
            "You typed 0.9 and 0.999. The parts that are kept are the arguments `beta1` and `beta2`."
        ),
        "m / (1 - beta1**t), s / (1 - beta2**t) → m / np.sqrt(1 - beta1**t), s / np.sqrt(1 - beta2**t)": (
            "You divided by the root of the weights. Each mean is divided by its weight itself."
        ),
        "m / (1 - beta1**t), s / (1 - beta2**t) → m / (1 - beta1**2), s / (1 - beta2**2)": (
            "You squared β. The power is t, the number of steps so far."
        ),
        "m / (1 - beta1**t), s / (1 - beta2**t) → m / (1 - beta1**t), s / (1 - beta2**2)": (
            "The mean of the slopes is right now. In the other the power is t, not 2."
        ),
        "m / (1 - beta1**t), s / (1 - beta2**t) → g, g**2": (
            "You left m and s out: the step has no memory. Divide each of them by its weight."
        ),
        "m / (1 - beta1**t), s / (1 - beta2**t) → m, s / (1 - beta2**t)": (
            "The mean of the squares is right now. The mean of the slopes starts at 0 as well."
        ),
        "m / (1 - beta1**t), s / (1 - beta2**t) → m / (1 - beta1), s / (1 - beta2)": (
            "That is right for the first step alone. After t steps the weight is 1 − βᵗ."
        ),
        "m / (1 - beta1**t), s / (1 - beta2**t) → m / (1 - beta1 * t), s / (1 - beta2 * t)": (
            "You multiplied β by t. It is a power, βᵗ, in Python `beta1**t`."
        ),
        "m / (1 - beta1**t), s / (1 - beta2**t) → m / (1 - beta1) ** t, s / (1 - beta2) ** t": (
            "You raised 1 − β to the power t. It is 1 minus βᵗ."
        ),
        "m / (1 - beta1**t), s / (1 - beta2**t) → m * (1 - beta1**t), s * (1 - beta2**t)": (
            "You multiplied by the weight, which makes the means smaller still. Divide by it."
        ),
        "m / (1 - beta1**t), s / (1 - beta2**t) → m / beta1**t, s / beta2**t": (
            "You divided by βᵗ, the weight of what was there before the first step. The slopes have the rest, 1 − βᵗ."
        ),
        "m / (1 - beta1**t), s / (1 - beta2**t) → m / (1 - beta2**t), s / (1 - beta1**t)": (
            "The two weights are exchanged: β₁ belongs to the slopes, β₂ to their squares."
        ),
        "m / (1 - beta1**t), s / (1 - beta2**t) → m / (1 - beta1**t), s / (1 - beta1**t)": (
            "The mean of the slopes is right now. The squares are averaged with β₂."
        ),
        "mean, square = m / (1 - beta1**t), s / (1 - beta2**t) → m, s = m / (1 - beta1**t), s / (1 - beta2**t); mean, square = m, s": (
            "You changed m and s themselves, and the next step averages what is corrected already. Only `mean` and "
            "`square` are divided."
        ),
        "m / (1 - beta1**t), s / (1 - beta2**t) → m / (1 - beta1 ** (t + 1)), s / (1 - beta2 ** (t + 1))": (
            "Your t is one too large: it counts from 1 already."
        ),
        "m / (1 - beta1**t), s / (1 - beta2**t) → m / (1 - beta1**steps), s / (1 - beta2**steps)": (
            "You used the number of all steps. The weight is that of the steps so far, t."
        ),
        "m / (1 - beta1**t), s / (1 - beta2**t) → m / t, s / t": (
            "You divided by t, as for a mean in which all steps weigh the same. Here their weights add up to 1 − βᵗ."
        ),
        "m / (1 - beta1**t), s / (1 - beta2**t) → m / (1 + beta1**t), s / (1 + beta2**t)": (
            "You divided by 1 + βᵗ. The weights gathered add up to 1 − βᵗ."
        ),
    },
    hints=(
        "After one step m is 0.1·g: a mean that should be g has only a tenth of its weight. By what is it to be divided?",
        "After t steps the slopes in m have the weight 1 − β₁ᵗ, the squares in s have 1 − β₂ᵗ.",
        "`m / (1 - beta1**t)` for the first, the same with s and beta2 for the second.",
    ),
)


# 5.8
def adamw(slope, x, learning_rate, decay, steps, beta1=0.9, beta2=0.999):
    path, m, s = [x], 0.0, 0.0
    for t in range(1, steps + 1):
        g = slope(x)
        x = x - learning_rate * decay * x
        m = beta1 * m + (1 - beta1) * g
        s = beta2 * s + (1 - beta2) * g**2
        mean, square = m / (1 - beta1**t), s / (1 - beta2**t)
        x = x - learning_rate * mean / (np.sqrt(square) + 1e-8)
        path.append(x)
    return path


def any_decaying_run(draw):
    slope, x, learning_rate, steps, beta1, beta2 = any_adaptive_run(draw)
    return slope, x, learning_rate, round(draw.uniform(0.1, 2), 1), steps, beta1, beta2


decouple_the_decay = Exercise(
    number="5.8",
    title="Decay on its own",
    minutes=6,
    kind="extend",
    solution=adamw,
    task=(
        "Extend your Adam to AdamW: at each step x also shrinks by η · `decay` · x, with the x from before the step, and "
        "neither m nor s hears of it. Return the path."
    ),
    start="""
        def adamw(slope, x, learning_rate, decay, steps, beta1=0.9, beta2=0.999):
            path, m, s = [x], 0.0, 0.0
            for t in range(1, steps + 1):
                g = slope(x)
                ...
                path.append(x)
            return ...
    """,
    cases=[
        (slope_of_a_bowl, 1.0, 0.1, 0.5, 5),
        (slope_of_a_ravine, np.array([2.0, 1.0]), 0.05, 2.0, 4),
        (slope_of_a_wave, -0.5, 0.2, 0.1, 4, 0.5, 0.75),
        (slope_of_a_bowl, 4.0, 0.1, 1.0, 2),  # the slope is exactly 0 at first
        (slope_of_a_plain, 4.5, 0.1, 0.5, 3),  # the slope is nearly 0
        (slope_of_a_bowl, 9.0, 0.05, 0.0, 3),  # no decay: Adam
        (slope_of_a_wave, 0.5, 0.2, 0.3, 0),
    ],
    fresh=any_decaying_run,
    equivalent={
        "line 2: entries exchanged: path, m, s → path, s, m": "Both start from 0.",
        "line 6: size only: 1 - beta1 → abs(1 - beta1)": "A part is never more than 1.",
        "line 7: size only: 1 - beta2 → abs(1 - beta2)": "A part is never more than 1.",
        "line 7: size only: s → abs(s)": "A mean of squares is never negative.",
        "line 8: size only: 1 - beta1 ** t → abs(1 - beta1 ** t)": "A part is never more than 1.",
        "line 8: size only: 1 - beta2 ** t → abs(1 - beta2 ** t)": "A part is never more than 1.",
        "line 9: changed in place: x = x - learning_rate * mean / (np.sqrt…": "That x is a new one already.",
    },
    mistakes={
        (
            "x = x - learning_rate * decay * x\n        m → m",
            "g = slope(x) → g = slope(x) + decay * x",
        ): (
            "You added the decay to the slope: that is Adam with L2, where √s divides it away. Shrink x by itself."
        ),
        (
            "x = x - learning_rate * decay * x\n        m → m",
            "g = slope(x) → x = x - learning_rate * decay * x; g = slope(x)",
        ): (
            "You shrink x first and ask for the slope there. The slope is that of the place before the step."
        ),
        "x = x - learning_rate * decay * x\n → x = x - decay * x\n": (
            "Yours shrinks by `decay` times x; the learning rate is missing there."
        ),
        (
            "x = x - learning_rate * decay * x\n        m → m",
            "g = slope(x) → g = slope(x) + learning_rate * decay * x",
        ): "You added the decay to the slope, and m and s hear of it. Shrink x by itself.",
        (
            "x = x - learning_rate * decay * x\n        m → m",
            "x = x - learning_rate * mean / (np.sqrt(square) + 1e-8) → x = x - learning_rate * mean / (np.sqrt(square) + 1e-8); x = x - decay * x",
        ): "You shrink the x that the step has reached already, and without the learning rate. What shrinks is the x before.",
        (
            "x = x - learning_rate * decay * x\n        m → m",
            "learning_rate * mean / → learning_rate * decay * mean /",
        ): "You made the step shorter. The step stays as it is, and x shrinks besides.",
        (
            "x = x - learning_rate * decay * x\n        m → m",
            "g = slope(x) → g = slope(x); learning_rate = learning_rate * (1 - decay)",
        ): "You made the learning rate shrink. It is x that shrinks, by the part η · `decay`.",
        "x = x - learning_rate * decay * x\n → x = x + learning_rate * decay * x\n": (
            "Your x grows: decay is subtracted."
        ),
        "x = x - learning_rate * decay * x\n        m → m": "Nothing decays: that is Adam, whatever `decay` is.",
        "x = x - learning_rate * decay * x\n → x = x - learning_rate * decay\n": (
            "You subtract the same from every x. What is taken away is a part of x itself."
        ),
        "x = x - learning_rate * decay * x\n → x = x - learning_rate * decay * x**2\n": (
            "You shrink by x². The decay takes away a part of x itself."
        ),
        "x = x - learning_rate * decay * x\n → x = decay * x\n": (
            "You multiply x by `decay`. It shrinks by the part η · `decay`, so 1 − η · `decay` is left."
        ),
        "x = x - learning_rate * decay * x\n → x = x - learning_rate * decay * g\n": (
            "You took the decay from the slope. It takes away a part of x."
        ),
        "mean, square = m / (1 - beta1**t), s / (1 - beta2**t) → mean, square = m, s": (
            "The start is not set right: divide m and s by 1 − βᵗ, as in 5.7."
        ),
        (
            "x = x - learning_rate * decay * x\n        m → m",
            "x = x - learning_rate * mean / (np.sqrt(square) + 1e-8) → x = x - learning_rate * mean / (np.sqrt(square) + 1e-8); x = x - learning_rate * decay * x",
        ): "You shrink the x that the step has reached already. What shrinks is the x from before the step.",
        (
            "x = x - learning_rate * decay * x\n        m → m",
            "mean / (np.sqrt(square) + 1e-8) → (mean + decay * x) / (np.sqrt(square) + 1e-8)",
        ): "Your decay is still divided by √s, so a steep parameter hardly decays. Keep it out of the fraction.",
        "learning_rate * mean / (np.sqrt(square) + 1e-8) → learning_rate * g": (
            "That is plain descent with decay. Take the step of Adam, with m and s."
        ),
        "x = x - learning_rate * mean / (np.sqrt(square) + 1e-8)\n → x = x\n": (
            "Yours shrinks and does nothing else: the step of Adam is missing."
        ),
        "mean / (np.sqrt(square) + 1e-8) → mean": (
            "Your step is not divided by √s: that is momentum with decay."
        ),
        "x = x - learning_rate * mean / → x = x + learning_rate * mean /": (
            "Yours climbs: the step goes against the mean of the slopes."
        ),
    },
    hints=(
        "It is Adam with one line more. That line knows x, `learning_rate` and `decay`, and nothing else.",
        "The line stands after `g = slope(x)` and before the step: `x = x - …`.",
        "What is taken away is `learning_rate * decay * x`; the rest is 5.7.",
    ),
)


# 5.9
def learning_rate_at(step, highest, warm_up, total):
    if step < warm_up:
        return highest * (step + 1) / warm_up
    done = (step - warm_up) / (total - warm_up)
    return highest * (1 + math.cos(math.pi * done)) / 2


def any_step(draw):
    warm_up = draw.randint(2, 5)
    total = warm_up + draw.randint(5, 15)
    return draw.randint(0, total), round(draw.uniform(0.1, 2), 1), warm_up, total


write_a_schedule = Exercise(
    number="5.9",
    title="Warm up, then a cosine",
    minutes=4,
    kind="complete",
    solution=learning_rate_at,
    task=(
        "Return η at a step. In the first `warm_up` steps, numbered from 0, it climbs in equal parts, the first of them "
        "at step 0, and is `highest` at the last. From step `warm_up` on it is `highest` times (1 + cos(π · done))/2, where `done` is 0 at step "
        "`warm_up` and 1 at step `total`. `math.cos` and `math.pi` are there."
    ),
    start="""
        def learning_rate_at(step, highest, warm_up, total):
            if step < warm_up:
                return ...
            done = ...
            return ...
    """,
    cases=[
        (0, 1.0, 5, 25),
        (3, 1.0, 5, 25),
        (4, 0.4, 5, 25),  # the last step of the warm-up
        (5, 0.4, 5, 25),  # the first after it
        (15, 0.4, 5, 25),
        (20, 2.0, 5, 25),
        (25, 2.0, 5, 25),  # the end: 0
        (7, 2.0, 0, 20),  # no warm-up
    ],
    fresh=any_step,
    equivalent={
        "line 2: lines exchanged: if step < warm_up:": "`done` is not used before the other return.",
        "line 2: size compared: step < warm_up → abs(step) < warm_up": "Steps are not negative.",
        "line 4: order turned: step - warm_up → warm_up - step": "A cosine is the same on both sides of 0.",
        "line 4: order turned: total - warm_up → warm_up - total": "A cosine is the same on both sides of 0.",
        "line 4: sign of result turned: (step - warm_up) / (total - warm_up) → -((step - warm_up) / (total - warm_up))": (
            "A cosine is the same on both sides of 0."
        ),
        "line 4: size only: step - warm_up → abs(step - warm_up)": "It is not negative there.",
        "line 4: size only: total - warm_up → abs(total - warm_up)": "It is not negative.",
        "line 5: size only: done → abs(done)": "It is not negative.",
    },
    mistakes={
        "highest * (step + 1) / warm_up → highest * step / warm_up": (
            "Your warm-up begins with η = 0, a step that goes nowhere, and never reaches `highest`. Steps count from 0."
        ),
        "highest * (step + 1) / warm_up → highest * step / max(1, warm_up - 1)": (
            "Your warm-up begins with η = 0, a step that goes nowhere. Its first step has the first of warm_up equal parts."
        ),
        "highest * (step + 1) / warm_up → 0.3 * (step + 1) / 20": (
            "Your warm-up has the numbers of the run above. They are the arguments `highest` and `warm_up`."
        ),
        "highest * (step + 1) / warm_up → highest * (step + 1) / total": (
            "Your warm-up climbs too slowly: it lasts `warm_up` steps, not `total`."
        ),
        "highest * (step + 1) / warm_up → (step + 1) / warm_up": "Your warm-up climbs to 1 instead of `highest`.",
        "highest * (step + 1) / warm_up → highest * warm_up / (step + 1)": (
            "Your warm-up falls from warm_up times `highest`: the fraction is upside down."
        ),
        "(1 + math.cos(math.pi * done)) / 2 → (1 + math.cos(math.pi) * done) / 2": (
            "`done` stands outside of your cosine: it is the cosine of π times `done`."
        ),
        "math.pi * done → 180 * done": "`math.cos` takes radians: half a turn is π, not 180.",
        "highest * (step + 1) / warm_up → highest": "Yours does not warm up: it starts with `highest`.",
        "highest * (step + 1) / warm_up → highest * (1 - step / warm_up)": "Your warm-up falls instead of climbing.",
        "highest * (step + 1) / warm_up → highest * (step + 1) / (warm_up + 1)": (
            "Your warm-up stops a little short: at its last step, warm_up − 1, it should be `highest`."
        ),
        "(step - warm_up) / (total - warm_up) → step / total": (
            "Your `done` counts the warm-up as well: it is 0 at step `warm_up`."
        ),
        "(step - warm_up) / (total - warm_up) → (step - warm_up) / total": (
            "Your `done` is not yet 1 at step `total`: from `warm_up` on there are total − warm_up steps."
        ),
        "(step - warm_up) / (total - warm_up) → step / (total - warm_up)": (
            "Your `done` is more than 0 at step `warm_up`: count the steps from there."
        ),
        "(step - warm_up) / (total - warm_up) → step - warm_up / total - warm_up": (
            "A division goes before a subtraction: both differences need brackets."
        ),
        "(1 + math.cos(math.pi * done)) / 2 → math.cos(math.pi * done)": (
            "Your cosine goes from 1 to −1, and a negative η climbs. Add 1 and halve it."
        ),
        "(1 + math.cos(math.pi * done)) / 2 → (1 + math.cos(done)) / 2": (
            "π is missing: the cosine is to go from 0 to π, half a wave."
        ),
        "(1 + math.cos(math.pi * done)) / 2 → (1 + math.cos(math.pi * done))": (
            "Yours starts from twice `highest`: halve it."
        ),
        "(1 + math.cos(math.pi * done)) / 2 → (1 - math.cos(math.pi * done)) / 2": (
            "After its warm-up yours climbs from 0. Where `done` is 0 the cosine is 1, and η is to be `highest`."
        ),
        "(1 + math.cos(math.pi * done)) / 2 → (1 - done)": (
            "Yours falls along a straight line. Half a wave of the cosine is asked for."
        ),
        "highest * (1 + math.cos(math.pi * done)) / 2 → (1 + math.cos(math.pi * done)) / 2": (
            "Yours falls from 1: `highest` is missing after the warm-up."
        ),
        "(1 + math.cos(math.pi * done)) / 2 → (1 + math.cos(math.radians(done))) / 2": (
            "`math.radians` turns degrees into radians; π times `done` is in radians already."
        ),
        "(1 + math.cos(math.pi * done)) / 2 → 1 + math.cos(math.pi * done) / 2": (
            "A division goes before an addition: put 1 + cos in brackets."
        ),
    },
    hints=(
        "Warm-up of 4 steps to 1: 0.25, 0.5, 0.75, 1 at the steps 0, 1, 2, 3.",
        "`done` is the part of the steps after the warm-up that lies behind: (step − warm_up) of (total − warm_up).",
        "The last line is the formula of the task: `highest * (1 + math.cos(math.pi * done)) / 2`.",
    ),
)


# 5.10
def five_runs(house_curve, curve_of_16, tone_curve):
    """Return the losses of the five runs of exercise 5.10 by their letters, divided by the first.

    Which letter is which run, the exercise asks. Each argument: a function of the chapter that
    takes a learning rate, the last one a start before it, and returns the losses of 60 steps.
    """
    runs = [
        curve_of_16(0.2),
        house_curve(0.87),
        tone_curve(0.785, 0.1),
        house_curve(0.3),
        house_curve(0.005),
    ]
    return {letter: np.array(run) / run[0] for letter, run in zip("ABCDE", runs, strict=True)}


def verdicts():
    return ["noisy", "diverging", "plateau", "converged", "falling"]


SHAPES = ("falling", "converged", "plateau", "noisy", "diverging")


def said_of(answer):
    """Say what is wrong with a list of words for the five curves."""
    if not isinstance(answer, list | tuple) or len(answer) != 5:
        return "Type a list of five words, one for each curve, A to E."
    strangers = [word for word in answer if word not in SHAPES]
    if strangers:
        return f"Use the five words as they stand: {', '.join(SHAPES)}."
    about = {
        "A": "goes up and down about one level from early on",
        "B": "rises in the end, above where it began",
        "C": "is level twice: it falls again after its long first stretch",
        "D": "has fallen and stays where it is, without going up and down",
        "E": "still comes down, at the last step as before",
    }
    wrong = [name for name, word, right in zip("ABCDE", answer, verdicts()) if word != right]
    return " ".join(f"{name} {about[name]}." for name in wrong[:2]) + " Which word says that?"


read_five_curves = Exercise(
    number="5.10",
    title="Read five curves",
    minutes=3,
    kind="trace",
    solution=verdicts,
    task=(
        "Look at the curves A to E above. Which word says best what each is about? Type a list of the five words, each "
        'used once, in the order A to E: `"falling"`, `"converged"`, `"plateau"`, `"noisy"`, `"diverging"`.'
    ),
    explain=said_of,
    hints=(
        "Look at the last third of each curve first: does it fall, rise, stay, or go up and down?",
        "Two curves are level for a long time. One of them falls again.",
        "One rises steadily in its second half, far above where it began.",
    ),
)


how_many_steps = Prediction(
    "05-how-many-steps",
    "Floor areas in square feet, distances in feet, and the learning rate that chapter 4 found best for a bowl. After how "
    "many steps is the loss within one per cent of its lowest value?",
    options=["Some hundreds.", "Some hundred thousands.", "Some thousand millions."],
    why="The number of steps grows in proportion to κ, and κ is nearly four thousand millions.",
)

which_batch = Prediction(
    "05-which-batch",
    "You may look at 50,000 messages in all. Three ways to spend them, from the same start: one step with the exact "
    "slope; 500 steps with 100 messages each; 50,000 steps with one message each. Which is worst off in the end?",
    options=[
        "One step with all 50,000: the exact slope.",
        "500 steps with 100 each.",
        "50,000 steps with one each: the roughest slopes.",
    ],
    why="One step is one step, however exact its direction: it cannot know what the ground is like where it lands.",
)

which_shrinks = Prediction(
    "05-which-shrinks",
    "Three groups of parameters, all 1 at the start, about which the data say nothing: their slopes are noise of size "
    "0.1, 1 and 10. Adam gets the penalty ½ · 0.5 · θ² added to the loss. Which group shrinks most?",
    options=[
        "The one with slopes of size 0.1.",
        "The one with slopes of size 1.",
        "The one with slopes of size 10.",
        "All shrink alike: the penalty is the same.",
    ],
    why="Adam divides the slope of the penalty by the size of all slopes: where these are small, it counts for more.",
)

what_changes = Choice(
    "You standardise the inputs and train to the very bottom. What is different from training on feet, to the very "
    "bottom?",
    [
        Option(
            "The predictions are better.",
            "Every line in feet is a line in standardised inputs, and the other way round: the best one is the same line.",
        ),
        Option(
            "The numbers in θ, and the way there; the predictions are the same.",
            "The weight is now the price of one standard deviation. What was won is time.",
            correct=True,
        ),
        Option(
            "Nothing at all, not even θ.",
            "A weight is a price for one unit of its input. The unit has changed, so the weight has.",
        ),
    ],
)

half_the_error = NumberAnswer(
    "The slope over 100 examples, drawn at random, is off by about 12 degrees. How many examples halve that?",
    400,
    feedback={
        400: "The error falls with the root of the number: half the error costs four times the examples.",
        200: "That would halve it if the error fell in proportion. Averages are slower: look at the table's tenfold steps.",
        10_000: "From 100 to 10,000 the error falls to a tenth. To halve it takes less.",
        1_000: "Ten times as many examples divide it by about three.",
        150: "More examples for half the error, but more than that: it falls with the root of their number.",
        50: "Fewer examples make the slope rougher.",
    },
    least=1,
    most=50_000,
    whole=True,
)

batch_or_not = Choice(
    "Somebody says: 'With a mini-batch the step goes in a wrong direction, so batch gradient descent needs less "
    "computing.' What do you answer?",
    [
        Option(
            "True, whenever the computer is fast enough.",
            "However fast it is, a step on all 50,000 costs 500 times the arithmetic of a step on 100.",
        ),
        Option(
            "The direction is rougher, but for the price of one exact step there are hundreds of rough ones.",
            "And early on a rough direction is good enough. Near the bottom, where slopes are small, the roughness shows.",
            correct=True,
        ),
        Option(
            "False: on average a mini-batch has the wrong direction, but the errors help.",
            "On average its direction is the right one. Each single step is off, to one side or another.",
        ),
    ],
)

first_step_of_adam = Choice(
    "At the first step of Adam, with η = 0.1, one parameter has the slope 0.001 and another the slope −1000. How do they "
    "move?",
    [
        Option(
            "The first by −0.0001, the second by +100.",
            "That is gradient descent, η times the slope. Adam divides by the size of the slope.",
        ),
        Option(
            "Both by about 0.1: the first down, the second up.",
            "After one step mean/√square is the slope divided by its own size: only the sign is left.",
            correct=True,
        ),
        Option(
            "The first by −0.1, the second hardly, since it is so steep.",
            "A steep parameter is not punished: slope and size cancel, and both steps have the length η.",
        ),
    ],
)

why_decouple = Choice(
    "Weight decay is to hold every parameter down by the same part of itself. Why does AdamW keep it out of the slope?",
    [
        Option(
            "Because it saves the time for computing the slope of the penalty.",
            "That slope is one multiplication. What matters is what Adam does to it.",
        ),
        Option(
            "Because in the slope it is divided by √s: a parameter with large slopes would hardly decay.",
            "In the run with three groups, the one with slopes of size 10 kept 0.90 of itself under Adam, and 0.37 under AdamW.",
            correct=True,
        ),
        Option(
            "Because a penalty in the loss would make the loss curve wrong.",
            "The penalty can be left out of what is drawn. What matters is where the parameters go.",
        ),
    ],
)

lower_the_floor = Choice(
    "A run on mini-batches has come down and goes up and down about one level. What lowers that level?",
    [
        Option(
            "More epochs of the same.",
            "The steps no longer bring it down: what the slopes gain, their noise loses again.",
        ),
        Option(
            "A smaller learning rate from now on, or larger mini-batches.",
            "The level is in proportion to η and to 1/m: half the rate or twice the batch, half the level.",
            correct=True,
        ),
        Option(
            "A larger learning rate, to get on faster.",
            "The level is in proportion to η: it would rise.",
        ),
    ],
)

stop_when = Choice(
    "The loss of mini-batches jumps between 0.3 and 0.6 from step to step. How do you see whether the run still learns?",
    [
        Option(
            "Compare the last step with the first.",
            "Both are single jumps. One lucky mini-batch would decide.",
        ),
        Option(
            "Compare the means of some hundred steps, or the loss of the same many examples.",
            "Means of many steps forget the jumps, and so does a loss that looks at the same examples every time.",
            correct=True,
        ),
        Option(
            "Stop as soon as a step has a higher loss than the one before.",
            "That is so at nearly every second step, from the beginning on.",
        ),
    ],
)

cards = Cards(
    [
        ("epoch", "As many steps as it takes to look at every example once."),
        ("iteration", "One step: slopes of one mini-batch, one update."),
        (
            "batch gradient descent",
            "Each step looks at all examples: exact slopes, at their full price.",
        ),
        (
            "stochastic gradient descent",
            "Each step looks at one example drawn at random; in the names of libraries, SGD, at as many as it is given.",
        ),
        ("mini-batch", "The few examples, say 32 or 100, that one step looks at."),
        (
            "standardise",
            "Subtract the mean and divide by the standard deviation, so that all inputs have one scale.",
        ),
        (
            "noise floor",
            "The level about which a run on mini-batches goes up and down in the end: in proportion to η and to 1/m.",
        ),
        ("momentum", "A velocity v ← μv + g; the step follows v instead of g."),
        ("Nesterov momentum", "The step looks ahead: g + μv in place of v."),
        (
            "RMSprop",
            "Each slope is divided by its own usual size, √s, where s is a running mean of its squares.",
        ),
        (
            "Adam",
            "A running mean of the slopes over the root of a running mean of their squares, both set right for their start.",
        ),
        (
            "weight decay",
            "Every parameter loses the part η · decay of itself at each step, unless the data hold it up.",
        ),
        (
            "AdamW",
            "Adam with the weight decay outside its fraction, so that all parameters decay alike.",
        ),
        (
            "schedule",
            "A plan by which η changes during a run: in steps, exponentially, along a cosine.",
        ),
        (
            "warm-up",
            "The first steps take a small η that grows, while the slopes are steep or little known.",
        ),
    ]
)
