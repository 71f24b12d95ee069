"""Practice for chapter 4, gradient descent: its exercises, quick checks, cards and predictions."""

import math

import numpy as np

from learnkit.practice.exercise import Exercise, Mistake
from learnkit.practice.predict import Prediction
from learnkit.practice.quiz import Cards, Choice, NumberAnswer, Option
from learnkit.training import descend, descend_with_momentum


# 4.1
def one_step():
    w, b = 1, -2
    gradient = [2 * w, 6 * b]
    learning_rate = 0.1
    return [w - learning_rate * gradient[0], b - learning_rate * gradient[1]]


trace_one_step = Exercise(
    number="4.1",
    title="One step by hand",
    minutes=2,
    kind="trace",
    solution=one_step,
    mistakes=[
        Mistake(lambda: [0.8, -1.4], "w is right. The slope of 3b² is 6b, at b = −2 that is −12: yours is half of it."),
        Mistake(lambda: [0.8, -1.6], "w is right. The slope of 3b² is 6b, at b = −2 that is −12: the 3 is missing."),
        Mistake(lambda: [1.2, -3.2], "You stepped along the gradient, uphill. The update subtracts η times the slope."),
        Mistake(lambda: [0.8, -3.2], "w is right. For b you lost a sign: subtracting 0.1 times −12 adds 1.2."),
        Mistake(lambda: [2, -12], "That is the gradient at (1, −2). Now take the step: θ − 0.1 times the slope."),
        Mistake(lambda: [-0.2, 1.2], "Those are the two moves. Add them to where you stand, w = 1 and b = −2."),
        Mistake(lambda: [-1, 10], "You subtracted the whole gradient: the learning rate 0.1 is missing."),
        Mistake(lambda: [0.9, -1.4], "Half as far as it should be: the derivative of w² is 2w, that of 3b² is 6b."),
        Mistake(lambda: [-0.8, 0.8], "The numbers are right and their order or signs are not: w goes from 1 to 0.8."),
    ],
    hints=(
        "Two slopes first: how fast does w² + 3b² change with w alone, and how fast with b alone?",
        "The gradient is [2w, 6b] = [2, −12]. Each parameter moves by −0.1 times its own slope.",
        "w: 1 − 0.1·2. b: −2 − 0.1·(−12).",
    ),
)


# 4.2
def _descending(move, path_of=lambda path: path):
    """Return a descent that takes its steps by `move(slope, x, start, learning_rate)`."""

    def faulty(slope, x, learning_rate, steps):
        path = [x]
        for _ in range(steps):
            path.append(move(slope, path[-1], x, learning_rate))
        return path_of(path)

    return faulty


def _downhill(slope, x, start, learning_rate):
    return x - learning_rate * slope(x)


def slope_of_a_bowl(x):
    return 2 * (x - 4)


def slope_of_a_wave(x):
    return 1 + 2 * math.cos(x)


gradient_descent = Exercise(
    number="4.2",
    title="Descend any function",
    minutes=3,
    kind="complete",
    solution=descend,
    cases=[(slope_of_a_bowl, 1.0, 0.1, 5), (slope_of_a_wave, 0.5, 0.3, 4), (slope_of_a_bowl, 9.0, 0.8, 3)],
    mistakes=[
        Mistake(
            _descending(lambda slope, x, start, learning_rate: x + learning_rate * slope(x)),
            "Yours climbs: the slope points uphill, so subtract it.",
        ),
        Mistake(
            _descending(lambda slope, x, start, learning_rate: x - learning_rate * slope(start)),
            "Your first step is right, the others repeat it. Ask for the slope where you stand now, at every step.",
        ),
        Mistake(
            _descending(lambda slope, x, start, learning_rate: x - slope(x)),
            "Your steps are as long as the slope. Multiply it by `learning_rate`.",
        ),
        Mistake(
            _descending(lambda slope, x, start, learning_rate: x - math.copysign(learning_rate, slope(x))),
            "Each of your steps has the same length. A gradient step is the learning rate times the slope, not its sign.",
        ),
        Mistake(
            _descending(lambda slope, x, start, learning_rate: x * learning_rate - slope(x)),
            "You multiplied the position by the learning rate; it belongs to the slope.",
        ),
        Mistake(
            _descending(_downhill, lambda path: path[1:]),
            "The steps are right, but the list begins after the first one. Put the start in front.",
        ),
        Mistake(
            _descending(_downhill, lambda path: path[:-1]),
            "The steps are right, but the last position is missing: start and `steps` updates make steps + 1 numbers.",
        ),
        Mistake(
            _descending(_downhill, lambda path: path[-1]),
            "You return where the ball ends. Return the whole path, a list that begins with the start.",
        ),
        Mistake(
            _descending(_downhill, lambda path: path[:2]),
            "Yours stops after one step: is `return` indented into the loop?",
        ),
        Mistake(
            _descending(lambda slope, x, start, learning_rate: x),
            "Your ball never moves: assign the new position, `x = x - …`, inside the loop.",
        ),
        Mistake(
            _descending(lambda slope, x, start, learning_rate: start - learning_rate * slope(start)),
            "x itself never changes, so every step sets out from the start again: assign, `x = x - …`, then append x.",
        ),
        Mistake(
            _descending(_downhill, lambda path: [path[0], *path[:-1]]),
            "The start stands there twice and the last position is missing: move first, then append.",
        ),
    ],
    hints=(
        "One round of the loop is one line of arithmetic: the update rule with `slope(x)` for the slope.",
        "`x = x - learning_rate * slope(x)`, and then x must be added to the path.",
        "`path.append(x)` stands inside the loop, `return path` after it.",
    ),
)


# 4.3
def fit_price(areas, prices, learning_rate, steps):
    w = 0.0
    for _ in range(steps):
        errors = [w * area - price for area, price in zip(areas, prices)]
        slope = sum(2 * error * area for error, area in zip(errors, areas)) / len(areas)
        w = w - learning_rate * slope
    return w


def _fitting(factor=2, sign=-1, count=len, times_area=True, rate=lambda given: given, rounds=lambda given: given):
    """Return the descent of `fit_price` with one thing different; count(areas) is what the sum is divided by."""

    def faulty(areas, prices, learning_rate, steps):
        w = 0.0
        for _ in range(rounds(steps)):
            slope = sum(factor * (w * a - p) * (a if times_area else 1) for a, p in zip(areas, prices))
            w = w + sign * rate(learning_rate) * slope / count(areas)
        return w

    return faulty


AREAS = [0.6, 0.8, 0.9, 1.0, 1.1]
PRICES = [2.0, 2.3, 2.9, 2.9, 3.4]

mend_the_descent = Exercise(
    number="4.3",
    title="A sign and a factor",
    minutes=3,
    kind="mend",
    solution=fit_price,
    start="""
        def fit_price(areas, prices, learning_rate, steps):
            w = 0.0
            for _ in range(steps):
                errors = [w * area - price for area, price in zip(areas, prices)]
                slope = sum(error * area for error, area in zip(errors, areas)) / len(areas)
                w = w + learning_rate * slope
            return w
    """,
    given="Its loss rises at every step, and its slope has lost a factor.",
    cases=[(AREAS, PRICES, 0.1, 3), (AREAS, PRICES, 0.5, 10), ([1.0, 2.0], [3.0, 5.0], 0.05, 4)],
    mistakes=[
        Mistake(
            _fitting(factor=1),
            "It goes downhill now, but every slope is half of what it should be: the derivative of e² is 2e. "
            "A lost factor hides in the learning rate, which is why nothing looks wrong.",
        ),
        Mistake(_fitting(sign=1), "The factor is right now. The loss still rises: which way does the update go?"),
        Mistake(
            _fitting(count=lambda areas: 1),
            "Your slope is that of the sum of the squared errors. The loss is their mean: keep the division.",
        ),
        Mistake(
            _fitting(times_area=False),
            "Your slope lost its area: moving w by a little moves each prediction by area times as much.",
        ),
        Mistake(
            _fitting(count=lambda areas: 5),
            "You divide by 5 for every data set: divide by `len(areas)`.",
        ),
        Mistake(_fitting(rate=lambda given: 1), "Your step is the whole slope: multiply it by `learning_rate`."),
        Mistake(_fitting(rounds=lambda given: 1), "Yours stops after one step: is `return` indented into the loop?"),
    ],
    hints=(
        "There are two faults. Print the losses of the first steps: do they fall? That finds one of them.",
        "For the other, differentiate (w·area − price)² with respect to w on paper and compare it with the line.",
        "The slope of one house is `2 * error * area`, and the update is `w - learning_rate * slope`.",
    ),
)


# 4.4
def line_gradient(w, b, x, y):
    error = w * x + b - y
    return [2 * error * x, 2 * error]


gradient_at_one_point = Exercise(
    number="4.4",
    title="The gradient at one data point",
    minutes=3,
    kind="complete",
    solution=line_gradient,
    cases=[(1.0, 0.0, 2.0, 3.0), (0.5, -1.0, 3.0, 2.0), (2.0, 0.5, -1.5, 1.0)],
    mistakes=[
        Mistake(
            lambda w, b, x, y: [(w * x + b - y) * x, w * x + b - y],
            "Yours is half the gradient everywhere. The derivative of e² is 2e: where did the 2 go?",
        ),
        Mistake(
            lambda w, b, x, y: [2 * (y - w * x - b) * x, 2 * (y - w * x - b)],
            "Every sign is flipped: the error is prediction − target, w·x + b − y.",
        ),
        Mistake(
            lambda w, b, x, y: [2 * (w * x + b - y), 2 * (w * x + b - y)],
            "The slope along b is right. Along w the prediction moves x times as fast: multiply by x.",
        ),
        Mistake(
            lambda w, b, x, y: [2 * (w * x + b - y) * x, 2 * (w * x + b - y) * x],
            "The slope along w is right. b is multiplied by 1, not by x.",
        ),
        Mistake(
            lambda w, b, x, y: [2 * (w * x + b - y) * x, 2 * (w * x + b - y) * b],
            "The slope along w is right. Along b the inner derivative is 1, not b.",
        ),
        Mistake(
            lambda w, b, x, y: [2 * (w * x + b - y) * w, 2 * (w * x + b - y)],
            "The inner derivative of w·x + b along w is x, and you took w.",
        ),
        Mistake(
            lambda w, b, x, y: [2 * (w * x + b - y), 2 * (w * x + b - y) * x],
            "The right two numbers in the other order: first the slope along w, then that along b.",
        ),
        Mistake(
            lambda w, b, x, y: [2 * (w * x - y) * x, 2 * (w * x - y)],
            "Your prediction is w·x alone. Add b to it.",
        ),
        Mistake(
            lambda w, b, x, y: [-4, -2],
            "That is the gradient of the example, and you return it for every input: write it with w, b, x and y.",
        ),
        Mistake(
            lambda w, b, x, y: [(w * x + b - y) * x, 2 * (w * x + b - y)],
            "The slope along b is right. Along w the 2 of 2e is missing.",
        ),
        Mistake(
            lambda w, b, x, y: [2 * (w * x + b - y) * x, w * x + b - y],
            "The slope along w is right. Along b the 2 of 2e is missing.",
        ),
        Mistake(
            lambda w, b, x, y: (w * x + b - y) ** 2,
            "That is the loss itself. The gradient says how fast it changes, along w and along b.",
        ),
    ],
    hints=(
        "Write e = w·x + b − y and L = e². How fast does L change with e, and how fast does e change with w and with b?",
        "∂L/∂e = 2e, ∂e/∂w = x, ∂e/∂b = 1. The slopes multiply.",
        "`return [2 * error * x, 2 * error]` with `error = w * x + b - y`",
    ),
)


# 4.5
def fit_line(x, y, learning_rate, steps):
    w, b = 0.0, 0.0
    for _ in range(steps):
        error = w * x + b - y
        slope_w = 2 * np.mean(error * x)
        slope_b = 2 * np.mean(error)
        w, b = w - learning_rate * slope_w, b - learning_rate * slope_b
    return w, b


def noisy_line():
    """Return x and y, arrays of shape (100, 1): y = 2x + 0.5 and a little noise, the same numbers every time."""
    random = np.random.RandomState(42)  # the generator behind np.random.seed(42)
    x = random.randn(100, 1)
    return x, 2 * x + 0.5 + 0.1 * random.randn(100, 1)


def _line_fit(
    slopes, sign=-1, learn=(True, True), finish=lambda w, b: (w, b), rounds=None, line=lambda w, b, x: w * x + b
):
    """Return a fit that differs from `fit_line` in one place; slopes(error, x) gives both slopes."""

    def faulty(x, y, learning_rate, steps):
        w, b = 0.0, 0.0
        for _ in range(rounds or steps):
            slope_w, slope_b = slopes(line(w, b, x) - y, x)
            w, b = w + sign * learning_rate * slope_w * learn[0], b + sign * learning_rate * slope_b * learn[1]
        return finish(w, b)

    return faulty


def _slopes(error, x):
    return 2 * np.mean(error * x), 2 * np.mean(error)


def _one_after_the_other(x, y, learning_rate, steps):
    w, b = 0.0, 0.0
    for _ in range(steps):
        w = w - learning_rate * 2 * np.mean((w * x + b - y) * x)
        b = b - learning_rate * 2 * np.mean(w * x + b - y)
    return w, b


_X, _Y = noisy_line()

linear_regression = Exercise(
    number="4.5",
    title="Linear regression from scratch",
    minutes=6,
    kind="complete",
    solution=fit_line,
    returns=("w", "b"),
    cases=[
        (np.array([[0.0], [1.0], [2.0]]), np.array([[1.0], [3.0], [4.0]]), 0.1, 2),
        (_X, _Y, 0.1, 100),
        (_X[:7], _Y[:7], 0.05, 3),
    ],
    mistakes=[
        Mistake(
            _line_fit(lambda error, x: (np.mean(error * x), np.mean(error))),
            "Both slopes are half of what they should be. The derivative of e² is 2e.",
        ),
        Mistake(_line_fit(_slopes, sign=1), "Yours climbs: subtract the learning rate times the slope."),
        Mistake(
            _line_fit(lambda error, x: (2 * np.sum(error * x), 2 * np.sum(error))),
            "You added up the errors of all points. The loss is their mean, and so are its slopes: "
            "with the sum, 100 points make the step 100 times as long.",
        ),
        Mistake(
            _line_fit(lambda error, x: (2 * error * x, 2 * error)),
            "Your slopes are still one number for each point, and so become w and b: take the mean over the points.",
        ),
        Mistake(
            _line_fit(lambda error, x: (2 * np.mean(error), 2 * np.mean(error))),
            "The slope along w lost its x: each error counts in proportion to its input.",
        ),
        Mistake(
            _line_fit(lambda error, x: (2 * np.mean(error) * np.mean(x), 2 * np.mean(error))),
            "The mean of a product is not the product of the means: multiply error by x point by point, then average.",
        ),
        Mistake(_line_fit(_slopes, line=lambda w, b, x: w * x), "Your prediction is w·x alone. Add b to it."),
        Mistake(_line_fit(_slopes, learn=(False, False)), "Your w and b never move: assign both anew inside the loop."),
        Mistake(_line_fit(_slopes, learn=(True, False)), "Your b never moves. Update both parameters in the loop."),
        Mistake(_line_fit(_slopes, learn=(False, True)), "Your w never moves. Update both parameters in the loop."),
        Mistake(
            _one_after_the_other,
            "Close, but b's slope was computed with the new w. Compute both slopes first, then update both.",
        ),
        Mistake(
            _line_fit(_slopes, finish=lambda w, b: (b, w)),
            "The right two numbers in the other order: return `w, b`.",
        ),
        Mistake(
            _line_fit(_slopes, rounds=1),
            "Yours stops after one step: is `return` indented into the loop?",
        ),
    ],
    hints=(
        "It is 4.3 with two parameters, or 4.4 averaged over all points: `error = w * x + b - y` does all points at once.",
        "The slopes are `2 * np.mean(error * x)` and `2 * np.mean(error)`.",
        "`w, b = w - learning_rate * slope_w, b - learning_rate * slope_b` updates both at once.",
    ),
)


# 4.6
def convergence_of(curvatures):
    low, high = min(curvatures), max(curvatures)
    limit = 2 / high
    best = 2 / (low + high)
    factor = (high - low) / (high + low)
    steps = math.ceil(math.log(1e-6) / math.log(factor)) if factor else 1
    return limit, best, factor, steps


def _count(factor):
    return math.ceil(math.log(1e-6) / math.log(factor))


def _converging(limit=None, best=None, factor=None, steps=None):
    """Return `convergence_of` with other formulas; each takes (low, high), that for the steps takes the factor."""
    ours = {
        "limit": limit or (lambda low, high: 2 / high),
        "best": best or (lambda low, high: 2 / (low + high)),
        "factor": factor or (lambda low, high: (high - low) / (high + low)),
    }
    count = steps or _count

    def faulty(curvatures):
        low, high = min(curvatures), max(curvatures)
        values = [formula(low, high) for formula in ours.values()]
        return *values, count(values[-1])

    return faulty


prove_convergence = Exercise(
    number="4.6",
    title="How fast it must be",
    minutes=9,
    kind="extend",
    solution=convergence_of,
    returns=("limit", "best", "factor", "steps"),
    cases=[([1, 10],), ([2.0, 5.0, 3.0],), ([0.5, 100.0],)],
    mistakes=[
        Mistake(
            _converging(limit=lambda low, high: 1 / high),
            "Only the limit is off. At η = 1/λmax the steepest part is gone in one step; it grows beyond twice that.",
        ),
        Mistake(
            _converging(limit=lambda low, high: 2 / low),
            "Only the limit is off: *every* |1 − ηλ| must be below 1. Which λ breaks that first as η grows?",
        ),
        Mistake(
            _converging(best=lambda low, high: 1 / high),
            "Only the best η is off. At 1/λmax the factor of the flattest direction is still large: a longer step helps it.",
        ),
        Mistake(
            _converging(best=lambda low, high: 1 / (low + high)),
            "Only the best η is off, by a factor 2. Solve 1 − ηλmin = −(1 − ηλmax) once more.",
        ),
        Mistake(
            _converging(best=lambda low, high: 2 / high),
            "Only the best η is off. At the limit the steepest part does not shrink at all: the best lies below it.",
        ),
        Mistake(
            _converging(best=lambda low, high: 1 / (low + high), factor=lambda low, high: high / (low + high)),
            "Your factor belongs to your best η, and that is half of the best. Solve 1 − ηλmin = −(1 − ηλmax) once more.",
        ),
        Mistake(
            _converging(factor=lambda low, high: 1 - low / high, best=lambda low, high: 1 / high),
            "That is the factor at η = 1/λmax. The best η makes the two extreme factors equal in size.",
        ),
        Mistake(
            _converging(factor=lambda low, high: (low - high) / (high + low)),
            "`math.log` takes positive numbers only. Is your factor negative? Take its size, |1 − ηλ|.",
        ),
        Mistake(
            _converging(factor=lambda low, high: (low - high) / (high + low), steps=lambda factor: _count(-factor)),
            "Only the factor's sign is off: take its size, |1 − ηλ|, with `abs`.",
        ),
        Mistake(
            _converging(steps=lambda factor: math.ceil(math.log(1e6) / math.log(factor))),
            "Only the steps are off, and negative: factorⁿ must fall to a millionth, which is 1e-6 and not 1e6.",
        ),
        Mistake(
            _converging(steps=lambda factor: math.log(1e-6) / math.log(factor)),
            "Only the steps are off: there are no fractions of a step. Round up with `math.ceil`.",
        ),
        Mistake(
            _converging(steps=lambda factor: math.floor(math.log(1e-6) / math.log(factor))),
            "Only the steps are off, by one: rounded down, the last step is missing. Round up with `math.ceil`.",
        ),
        Mistake(
            _converging(steps=lambda factor: math.ceil(math.log(1e-6) / math.log(factor**2))),
            "Only the steps are off: you shrank the loss, which goes with factor², and the question is about δ.",
        ),
        Mistake(
            _converging(steps=lambda factor: math.ceil(1e-6 / factor)),
            "Only the steps are off: δ is multiplied by the factor at each step, so factorⁿ must fall to 10⁻⁶.",
        ),
    ],
    hints=(
        "Every part of δ shrinks if |1 − ηλ| < 1 for each λ. Which λ allows the smallest η?",
        "As η grows, the flattest direction improves and the steepest gets worse. "
        "The best η is where 1 − ηλmin = −(1 − ηλmax).",
        "limit 2/λmax, best 2/(λmin + λmax), factor (λmax − λmin)/(λmax + λmin), "
        "steps `math.ceil(math.log(1e-6) / math.log(factor))`",
    ),
)


# 4.7
def _usual(velocity, slope, momentum):
    return momentum * velocity + slope


def _rolling(
    speed_up=_usual,
    move=lambda x, velocity, learning_rate: x - learning_rate * velocity,
    path_of=lambda path: path,
    keep=True,
):
    """Return a descent with momentum whose velocity is speed_up(velocity, slope, momentum); keep=False: x stays."""

    def faulty(slope, x, learning_rate, momentum, steps):
        path, velocity = [x], 0.0
        for _ in range(steps):
            velocity = speed_up(velocity, slope(x), momentum)
            path.append(move(x, velocity, learning_rate))
            x = path[-1] if keep else x
        return path_of(path)

    return faulty


momentum = Exercise(
    number="4.7",
    title="Two lines of momentum",
    minutes=5,
    kind="extend",
    solution=descend_with_momentum,
    cases=[
        (slope_of_a_bowl, 1.0, 0.1, 0.9, 5),
        (slope_of_a_wave, 0.5, 0.2, 0.5, 4),
        (slope_of_a_bowl, 9.0, 0.05, 0.0, 3),
    ],
    mistakes=[
        Mistake(
            _rolling(lambda velocity, slope, momentum: slope),
            "Yours forgets its velocity at every step: that is plain gradient descent. Start from `momentum * velocity`.",
        ),
        Mistake(
            _rolling(lambda velocity, slope, momentum: velocity + slope),
            "Your velocity never wears off: multiply the old one by `momentum`.",
        ),
        Mistake(
            _rolling(lambda velocity, slope, momentum: momentum * velocity + (1 - momentum) * slope),
            "You averaged old velocity and slope. Here, as in PyTorch, the slope is added whole.",
        ),
        Mistake(
            _rolling(lambda velocity, slope, momentum: momentum * (velocity + slope)),
            "Your momentum also shrinks the new slope. Only the old velocity is multiplied by it.",
        ),
        Mistake(
            _rolling(move=lambda x, velocity, learning_rate: x + learning_rate * velocity),
            "Yours climbs: the velocity is made of slopes, which point uphill, so subtract it.",
        ),
        Mistake(
            _rolling(move=lambda x, velocity, learning_rate: x - velocity),
            "Your step is the whole velocity. Multiply it by `learning_rate`.",
        ),
        Mistake(
            _rolling(move=lambda x, velocity, learning_rate: x - learning_rate**2 * velocity),
            "You multiply by the learning rate twice. The velocity adds up slopes alone; η belongs to the move.",
        ),
        Mistake(
            _rolling(keep=False),
            "You never leave the start: x stays as it was, so every slope is the one there. Assign it, `x = x - …`.",
        ),
        Mistake(
            _rolling(path_of=lambda path: path[:1] + path[:-1]),
            "The start stands twice in your list: first the velocity, then the move, then append.",
        ),
        Mistake(
            _rolling(path_of=lambda path: path[1:]),
            "The steps are right, but the list begins after the first one. Put the start in front.",
        ),
        Mistake(
            _rolling(path_of=lambda path: path[:2]),
            "Yours stops after one step: is `return` indented into the loop?",
        ),
        Mistake(
            _rolling(path_of=lambda path: path[-1]),
            "You return where the ball ends. Return the whole path, a list that begins with the start.",
        ),
    ],
    hints=(
        "The velocity remembers: it is a part of the old velocity plus the slope where you stand.",
        "`velocity = momentum * velocity + slope(x)`",
        "`x = x - learning_rate * velocity`, in place of the slope alone.",
    ),
)


how_many_found = Prediction(
    "04-how-many-found",
    "One of the numbers 1 to 100 is hidden. You start at 50, move by 10 towards it, and win when you are within 2. "
    "How many of the 100 numbers can you ever find in this way?",
    number=True,
)

WHY_SO_MANY_FOUND = "The guesses are 50, 60, 70 and so on: 55 lies 5 away from the nearest."

what_is_left = Prediction(
    "04-what-is-left",
    "After the best straight walk against the gradient from (2, 0.25): which part of the loss is left?",
    number=True,
    unit="%",
)

WHY_SO_MUCH_IS_LEFT = "Minus the gradient points past the minimum, and no place on its line is near."

which_stands_lowest = Prediction(
    "04-which-stands-lowest",
    "Three balls start at x = 3 on this curve and take ten steps each, with η = 0.01, 0.09 and 0.3. "
    "Which one stands lowest at the end?",
    options=[
        "η = 0.01: small steps lose nothing on the way.",
        "η = 0.09: the one in the middle.",
        "η = 0.3: the largest steps go furthest down.",
    ],
)

WHY_IT_STANDS_LOWEST = "0.01 has hardly left, 0.09 is at the bottom, 0.3 bounces between two walls for ever."

largest_safe_step = NumberAnswer(
    "What is the largest whole step with which every hidden number from 1 to 100 is found, if within 2 is enough?",
    5,
    feedback={
        5: "The guesses stand 5 apart, and each one covers 5 numbers: itself and two on either side.",
        1: "1 works, but it is not the largest: each guess covers itself and two numbers on either side.",
        2: "2 works, but it is not the largest: each guess covers itself and two numbers on either side.",
        3: "3 works, but it is not the largest: each guess covers itself and two numbers on either side.",
        4: "4 works, but it is not the largest: each guess covers itself and two numbers on either side.",
        6: "With 6 the guesses are 50, 56, …: 53 is 3 away from both.",
        7: "With 7 the guesses are 50, 57, …: 53 is 3 away from one and 4 from the other.",
        8: "With 8 the guesses are 50, 58, …: 54 is 4 away from both.",
        9: "With 9 the guesses are 50, 59, …: 54 is 4 away from one and 5 from the other.",
        10: "With 10 the guesses are 50, 60, 70, …: 55 is 5 away from the nearest of them.",
        50: "With 50 the only guesses are 0, 50 and 100: 25 is 25 away from the nearest of them.",
        -5: "The size is right. A step is a length, and the direction is chosen anew for every guess.",
    },
)

why_the_minus = Choice(
    "What would θ ← θ + η∇L do, with a plus?",
    [
        Option(
            "The same, only that the minimum is reached from the other side.",
            "The sign decides the direction: a plus follows the steepest ascent.",
        ),
        Option(
            "Climb: the loss would rise at every small step.",
            "The gradient points where L rises fastest. That is what you want if L is a reward instead of a loss.",
            correct=True,
        ),
        Option(
            "Stay where it is, because up and down cancel each other.",
            "It would stay only where every slope is 0.",
        ),
    ],
)

why_a_scalar = Choice(
    "Why must the loss be one number, and not one for each house?",
    [
        Option(
            "Because a computer is much faster with one number than with one for each house.",
            "Speed is not the reason: the single number is computed from all the others anyway.",
        ),
        Option(
            "Because downhill needs an order: of two losses one must be smaller.",
            "With five separate errors, a step that helps three houses and hurts two is neither down nor up. "
            "The mean decides how to weigh them.",
            correct=True,
        ),
        Option(
            "Because the model has only one parameter, and each parameter needs one loss.",
            "There may be millions of parameters. Each has its slope, and all are slopes of the same single number.",
        ),
    ],
)

first_remedy = Choice(
    "The loss of a run jumps up and down and does not settle. What do you try first?",
    [
        Option(
            "A smaller learning rate.",
            "Each step overshoots the minimum. With a small enough η it does not, or it overshoots less and less.",
            correct=True,
        ),
        Option(
            "More steps.",
            "A run that bounces between two walls bounces for ever. Watch η = 0.3 on the curve.",
        ),
        Option(
            "A larger learning rate, to get out of it.",
            "The steps overshoot already, and larger ones overshoot more: of 601 balls with η = 0.6 none settled.",
        ),
    ],
)

why_so_small = Choice(
    "People often begin with a learning rate such as 0.001, and never with 10. Why?",
    [
        Option(
            "Because with 10 the run takes far too long to come to an end.",
            "The trouble is the opposite: the steps are so long that each ends further away than it began.",
        ),
        Option(
            "Too small costs only time; too large destroys the run.",
            "And how large is too large? That is decided where the slope changes fastest, and in a large model it "
            "changes very fast in some directions.",
            correct=True,
        ),
        Option(
            "Because η times the gradient must always be smaller than 1.",
            "No rule says so. What counts is how fast the slope changes along the step.",
        ),
    ],
)

what_a_level_curve_says = Choice(
    "A loss curve has been level for 200 steps. What do you know?",
    [
        Option(
            "The run has reached a minimum.",
            "Perhaps. The run in the well was level for 50 steps at its worst place, and fell after that.",
        ),
        Option(
            "The slope is small where the run is now.",
            "So it may be at a minimum, or on a plateau. A run from another start, or with a larger η, may tell.",
            correct=True,
        ),
        Option(
            "The learning rate is too large.",
            "A rate that is too large makes the curve jump or rise. Level means that the steps hardly move it.",
        ),
    ],
)

why_it_curves = Choice(
    "Why does the path of small steps curve, instead of leading straight to the minimum?",
    [
        Option(
            "Rounding errors push it a little to the side at every single step.",
            "In exact arithmetic the path is the same.",
        ),
        Option(
            "The learning rate changes on the way: it is smaller near the minimum.",
            "η stays the same throughout. What changes is the gradient.",
        ),
        Option(
            "A step sets out at a right angle to its contour: on an oval, not to the middle.",
            "The steep direction is served first, the flat one is left over for the end. Only on circles both agree.",
            correct=True,
        ),
    ],
)

steps_for_kappa = Choice(
    "You measure the flat coordinate in millimetres instead of metres. A curvature goes with the square of the unit, so κ "
    "grows from 10 to 10,000,000. What becomes of the steps?",
    [
        Option(
            "About a million times as many.",
            "The number of steps grows in proportion to κ. That is why inputs are brought to a common scale first.",
            correct=True,
        ),
        Option(
            "About six more, since log₁₀ of a million is 6.",
            "The logarithm belongs to the accuracy: ten times as accurate costs a fixed number of steps. κ multiplies.",
        ),
        Option(
            "As many as before, once η is chosen anew.",
            "The steep direction is what it was and keeps η where it was. Along the flat one each step now does less.",
        ),
    ],
)

cards = Cards(
    [
        ("parameter θ", "A number in the model that learning may change, such as a weight or a bias."),
        ("loss L", "One number that says how wrong the model is; learning makes it small."),
        ("gradient", "The list of all partial derivatives of the loss; it points where the loss rises fastest."),
        ("gradient descent", "Repeat θ ← θ − η∇L: every parameter moves against its own slope."),
        (
            "learning rate η",
            "The number that turns a slope into a step: too small a rate crawls, too large a one bounces or diverges.",
        ),
        ("divergence", "The run gets further and further from the minimum, because η is above its limit."),
        ("loss curve", "The loss at each step of a run: falling, converged, noisy, diverging, or level on a plateau."),
        ("plateau", "A level stretch that is no minimum: the slope is so small that the steps are small as well."),
        ("local minimum", "Lower than everything nearby. The slope is 0 there, so plain descent stays."),
        ("global minimum", "The lowest point of all. Plain descent finds it only from a start in its basin."),
        ("basin", "All starting points from which descent ends in the same minimum."),
        ("contour line", "All points with the same loss. The gradient crosses it at a right angle."),
        ("curvature λ", "How fast the slope changes along a direction; an eigenvalue of A for ½θᵀAθ − cᵀθ."),
        ("condition number κ", "Largest curvature divided by smallest. The number of steps grows in proportion to it."),
        ("momentum", "A velocity that keeps part of the earlier slopes, so that a ball can roll over a small hill."),
        ("random restart", "Descend from several random starts and keep the lowest end."),
    ]
)
