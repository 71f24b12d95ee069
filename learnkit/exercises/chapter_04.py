"""Practice for chapter 4, gradient descent: its exercises, quick checks, cards and predictions."""

import math

import numpy as np

from learnkit import landscapes
from learnkit.practice.exercise import Exercise
from learnkit.practice.predict import Prediction
from learnkit.practice.quiz import Cards, Choice, NumberAnswer, Option
from learnkit.training import descend, descend_with_momentum


# 4.1
def after_one_step():
    w, b = 1, -2
    slope_w, slope_b = 2 * w, 6 * b
    return [w - 0.1 * slope_w, b - 0.1 * slope_b]


trace_one_step = Exercise(
    number="4.1",
    title="One step by hand",
    minutes=2,
    kind="trace",
    solution=after_one_step,
    task=(
        "L(w, b) = w² + 3b². You stand at w = 1, b = −2, and η = 0.1. Where are you after one step? Work it out on "
        "paper and type the list `[w, b]`."
    ),
    mistakes={
        (
            0.8,
            -1.4,
        ): "w is right. The slope of 3b² is 6b, at b = −2 that is −12: yours is half of it.",
        (0.8, -1.6): "w is right. The slope of 3b² is 6b, at b = −2 that is −12: the 3 is missing.",
        (
            0.8,
            -3.2,
        ): "w is right. For b you lost a sign: the slope there is −12, and a step is minus 0.1 times it.",
        (0.8, 0.8): "w is right. For b you lost a sign: b starts from −2.",
        (
            1.2,
            -3.2,
        ): "You stepped along the gradient, uphill. The update subtracts η times the slope.",
        (0.9, -1.4): "Half as far as it should be: the derivative of w² is 2w, that of 3b² is 6b.",
        (
            0.9,
            -1.9,
        ): "Both moved by 0.1 itself. A step is 0.1 times the slope, so a steep parameter moves far.",
        (0.98, -1.88): "That is the step with a learning rate of 0.01. Here it is 0.1.",
        (1, -2): "That is where you stand before the step.",
        (
            0.9,
            -3.2,
        ): "You took the two parts of the loss, 1 and 12, for the slopes. How fast does each part change?",
        (
            -0.3,
            -3.3,
        ): "You subtracted 0.1 times the loss, 13, twice. The step takes the slopes in place of the loss.",
        (0.64, -0.32): "That is where two steps lead; one is asked for.",
        (2, -12): "That is the gradient at (1, −2). Now take the step: θ − 0.1 times the slope.",
        (-0.2, 1.2): "Those are the two moves. Add them to where you stand, w = 1 and b = −2.",
        (
            0.2,
            -1.2,
        ): "That is 0.1 times the gradient. Subtract it from where you stand, w = 1 and b = −2.",
        (-1, 10): "You subtracted the whole gradient: the learning rate 0.1 is missing.",
    },
    hints=(
        "Two slopes first: how fast does w² + 3b² change with w alone, and how fast with b alone?",
        "The gradient is [2w, 6b] = [2, −12]. Each parameter moves by −0.1 times its own slope.",
        "w: 1 − 0.1·2. b: −2 − 0.1·(−12).",
    ),
)


# 4.2
def slope_of_a_bowl(x):
    return 2 * (x - 4)


def slope_of_a_wave(x):
    return 1 + 2 * math.cos(x)


slope_of_the_hills = landscapes.CURVES["hills"].derivative


def any_slope(draw):
    """Return the slope of a bowl drawn at random."""
    curvature, lowest = round(draw.uniform(0.5, 3), 1), round(draw.uniform(-3, 3), 1)

    def slope_of_a_random_bowl(x):
        return curvature * (x - lowest)

    return slope_of_a_random_bowl


def any_descent(draw):
    start, learning_rate = round(draw.uniform(-5, 5), 1), round(draw.uniform(0.05, 0.9), 2)
    return any_slope(draw), start, learning_rate, draw.randint(1, 6)


gradient_descent = Exercise(
    number="4.2",
    title="Descend any function",
    minutes=3,
    kind="complete",
    solution=descend,
    task=(
        "Write the loop for any function. `slope` is a function that returns the slope at x. Return the whole path: a "
        "list with the start and the position after each step."
    ),
    start="""
        def descend(slope, x, learning_rate, steps):
            path = [x]
            for _ in range(steps):
                ...
            return ...
    """,
    cases=[
        (slope_of_the_hills, 3.0, 0.09, 10),
        (slope_of_a_bowl, 1.0, 0.1, 5),
        (slope_of_a_bowl, 9.0, 0.8, 3),
        (slope_of_a_bowl, 4.0, 0.3, 2),  # the slope is exactly 0
        (slope_of_a_wave, -0.5, 0.3, 4),
        (slope_of_a_wave, 0.5, 0.2, 0),  # no step: the start alone
    ],
    fresh=any_descent,
    equivalent={
        "line 4: changed in place: x = x - learning_rate * slope(x)": "x is a number, which stays as it is.",
    },
    mistakes={
        "x - learning_rate → x + learning_rate": "Yours climbs: count the minus signs on the way from slope to x.",
        ("learning_rate * slope(x) → learning_rate * first", "[x] → [x]; first = slope(x)"): (
            "Your first step is right, the others repeat it. Ask for the slope where you stand now, at every step."
        ),
        "slope(x) → np.sign(slope(x))": (
            "Each of your steps has the same length. A gradient step is the learning rate times the "
            "slope, not times its sign."
        ),
    },
    hints=(
        "One round of the loop is one line of arithmetic: the update rule with `slope(x)` for the slope.",
        "The new x is the old one minus `learning_rate` times the slope there; then it joins the path.",
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


AREAS = (0.6, 0.8, 0.9, 1.0, 1.1)
PRICES = (2.0, 2.3, 2.9, 2.9, 3.4)


def any_houses(draw):
    count = draw.randint(2, 4)
    areas = [round(draw.uniform(0.5, 2), 1) for _ in range(count)]
    prices = [round(draw.uniform(-1, 4), 1) for _ in range(count)]
    return areas, prices, round(draw.uniform(0.05, 0.4), 2), draw.randint(1, 4)


def one_house_at_a_time(areas, prices, learning_rate, steps):
    w = 0.0
    for _ in range(steps):
        for area, price in zip(areas, prices):
            w = w - learning_rate * 2 * (w * area - price) * area / len(areas)
    return w


mend_the_descent = Exercise(
    number="4.3",
    title="A descent that climbs",
    minutes=3,
    kind="mend",
    solution=fit_price,
    task=(
        "This descent ought to find w, and its loss rises. Two things are wrong. Find both; why would nobody notice "
        "the second?"
    ),
    start="""
        def fit_price(areas, prices, learning_rate, steps):
            w = 0.0
            for _ in range(steps):
                errors = [w * area - price for area, price in zip(areas, prices)]
                slope = sum(error * area for error, area in zip(errors, areas)) / len(areas)
                w = w + learning_rate * slope
            return w
    """,
    given="Its loss rises at every step, and that is only the first of two faults.",
    cases=[
        (list(AREAS), list(PRICES), 0.1, 3),
        (list(AREAS), list(PRICES), 0.3, 4),
        ([1.0, 2.0], [3.0, 5.0], 0.05, 4),
        # measured from a middle value, so negative too
        ([1.0, 2.0, -3.0], [-4.0, 1.0, 5.0], 0.3, 4),
        ([1.5], [3.0], 0.2, 2),
        ([1.0, 2.0], [3.0, 5.0], 0.05, 0),
        ([1.0, 2.0], [0.0003, 0.0005], 0.1, 3),  # slopes so small that some would stop
    ],
    fresh=any_houses,
    equivalent={
        "line 5: arguments exchanged: zip(errors, areas) → zip(areas, errors)": "A product has no order.",
        "line 5: entries exchanged: error, area → area, error": "A product has no order.",
        "line 5: name for another: areas → prices, 2": "There are as many prices as areas.",
        "line 3: lines exchanged: for area, price in zip(areas, prices):": "It is the same list, filled later.",
        "everywhere: sign of result turned: w * area - price → -(w * area - price)": "So is the slope's.",
        "line 6: changed in place: w = w - learning_rate * slope": "w is a number, which stays as it is.",
    },
    mistakes={
        "2 * error * area → error * area": (
            "It goes downhill now, but every slope is half of what it should be: the derivative of e² "
            "is 2e. A lost factor hides in the learning rate, which is why nothing looks wrong."
        ),
        "w - learning_rate → w + learning_rate": (
            "The factor is right now, but every step goes uphill: count the minus signs on the way from error to w."
        ),
        " / len(areas) → ": (
            "Your slope is that of the sum of the squared errors. The loss is their mean: keep the division."
        ),
        "2 * error * area → 2 * error": (
            "Your slope lost its area: moving w by a little moves each prediction by area times as much."
        ),
        "2 * error * area → 2 * error**2 * area": (
            "Your slope squares the error. The loss does that; the derivative of e² is 2e."
        ),
        (
            "slope = sum(2 * error * area for error, area in zip(errors, areas)) / len(areas)\n → "
            "for area, price in zip(areas, prices):\n",
            "w = w - learning_rate * slope →     w = w - learning_rate * 2 * (w * area - price) * area",
        ): "Your w moves after every house. One step moves it once, by the mean of the slopes over all houses.",
        "len(areas) → 5": "You divide by 5 for every data set: divide by `len(areas)`.",
        one_house_at_a_time: (
            "Yours moves w after each house. A step asks all houses first: add up their slopes, then move once."
        ),
    },
    hints=(
        "There are two faults. Print the losses of the first steps: do they fall? That finds one of them.",
        "For the other, differentiate (w·area − price)² with respect to w on paper and compare it with the line.",
        "The slope of one house is `2 * error * area`, and the update subtracts.",
    ),
)


# 4.4
def line_gradient(w, b, x, y):
    error = w * x + b - y
    return [2 * error * x, 2 * error]


def any_point(draw):
    return tuple(round(draw.uniform(-3, 3), 1) for _ in range(4))


gradient_at_one_point = Exercise(
    number="4.4",
    title="The gradient at one data point",
    minutes=3,
    kind="complete",
    solution=line_gradient,
    task=(
        "Derive both slopes, first for those numbers, then for any: with e = wx + b − y, the slope of e² is 2e times "
        r"the slope of e. Return the list $[\partial L/\partial w,\ \partial L/\partial b]$."
    ),
    cases=[
        (1.0, 0.0, 2.0, 3.0),
        (0.5, -1.0, 3.0, 2.0),
        (2.0, 0.5, -1.5, 1.0),
        (2.0, 1.5, 0.5, -1.0),
        (-1.0, 2.0, 0.0, 0.5),  # x = 0
        (2.0, -1.0, 3.0, 5.0),  # on the line: no error
    ],
    fresh=any_point,
    mistakes={
        "2 * error * x, 2 * error → error * x, error": (
            "Yours is half the gradient everywhere. The derivative of e² is 2e: where did the 2 go?"
        ),
        "w * x + b - y → y - (w * x + b)": (
            "Both signs are turned. With e = wx + b − y, the prediction minus the target, the slopes carry no minus."
        ),
        "2 * error * x → 2 * error": (
            "The slope along b is right. Along w the prediction moves x times as fast: multiply by x."
        ),
        "2 * error] → 2 * error * x]": "The slope along w is right. b is multiplied by 1, not by x.",
        "2 * error] → 0]": (
            "The slope along w is right. b is a parameter too: move it a little, and e moves just as much."
        ),
        "2 * error] → 2 * error * b]": "The slope along w is right. Along b the inner derivative is 1, not b.",
        "2 * error * x, 2 * error → 2 * error * w, -2 * error": (
            "Those are the slopes along x and y. The data stay as they are; learning may move w and b."
        ),
        "2 * error * x, 2 * error → x, 1": (
            "Those are the slopes of e alone. The loss is e²: by what are they multiplied?"
        ),
        "2 * error * x, 2 * error → 2 * error**2 * x, 2 * error**2": (
            "Your slopes square the error. The loss does that; the derivative of e² is 2e."
        ),
        "[2 * error * x, 2 * error] → error**2": (
            "That is the loss itself. The gradient says how fast it changes, along w and along b."
        ),
    },
    hints=(
        "Write e = w·x + b − y and L = e². How fast does L change with e, and e with w and with b?",
        "∂L/∂e = 2e, ∂e/∂w = x, ∂e/∂b = 1. The slopes multiply.",
        "Compute `error = w * x + b - y` first. Each of the two slopes is `2 * error` times one number.",
    ),
)


# 4.5
def fit_line(x, y, learning_rate, steps):
    w, b, losses = 0.0, 0.0, []
    for _ in range(steps):
        error = w * x + b - y
        losses.append(np.mean(error**2))
        slope_w = 2 * np.mean(error * x)
        slope_b = 2 * np.mean(error)
        w, b = w - learning_rate * slope_w, b - learning_rate * slope_b
    return w, b, losses


def noisy_line():
    """Return x and y, arrays of shape (100, 1): y = 2x + 0.5 and a little noise, the same
    numbers every time.
    """
    random = np.random.RandomState(42)  # the generator behind np.random.seed(42)
    x = random.randn(100, 1)
    return x, 2 * x + 0.5 + 0.1 * random.randn(100, 1)


def column(*numbers):
    """Return numbers as an array of shape (n, 1)."""
    return np.array(numbers)[:, None]


def any_points(draw):
    count = draw.randint(2, 5)
    x, y = ([round(draw.uniform(-2, 2), 1) for _ in range(count)] for _ in range(2))
    return column(*x), column(*y), round(draw.uniform(0.05, 0.2), 2), draw.randint(1, 4)


def _point_by_point(factor):
    """Return the edits of the solution that move the line after every point."""
    return (
        "slope_w = 2 * np.mean(error * x)\n → for x_i, y_i in zip(x.ravel(), y.ravel()):\n",
        "slope_b = 2 * np.mean(error)\n →     error = w * x_i + b - y_i\n",
        "w, b = w - learning_rate * slope_w, b - learning_rate * slope_b → "
        f"    w, b = w - learning_rate * {factor} * error * x_i, b - learning_rate * {factor} * error",
    )


linear_regression = Exercise(
    number="4.5",
    title="Linear regression from scratch",
    minutes=7,
    kind="complete",
    solution=fit_line,
    task=(
        "Write linear regression from scratch. `x` and `y` are arrays of shape (n, 1), one row for each point. Start "
        "from w = 0 and b = 0 and use the mean squared error. Return three things, `w, b, losses`: the line at the end, "
        "and the list of the losses, one before each step."
    ),
    start="""
        def fit_line(x, y, learning_rate, steps):
            w, b, losses = 0.0, 0.0, []
            for _ in range(steps):
                ...
            return ...
    """,
    returns=("w", "b", "losses"),
    cases=[
        (*noisy_line(), 0.1, 100),
        (column(0.0, 1.0, 2.0), column(1.0, 3.0, 4.0), 0.1, 2),
        (column(1.0, 2.0, 3.0), column(-1.0, -4.0, -6.0), 0.05, 3),
        (column(-1.5), column(2.0), 0.2, 2),
        (column(0.0, 1.0, 2.0), column(1.0, 3.0, 4.0), 0.1, 0),
        (column(1.0, 2.0), column(0.0, 0.0), 0.1, 3),  # nothing to learn: every loss is 0
    ],
    fresh=any_points,
    equivalent={
        "line 5: lines exchanged: losses.append(np.mean(error ** 2))": "The slopes do not change the loss.",
        "line 2: entries exchanged: w, b, losses → b, w, losses": "Both start from 0.",
    },
    mistakes={
        ("slope_w = 2 * → slope_w =", "slope_b = 2 * → slope_b ="): (
            "Both slopes are half of what they should be. The derivative of e² is 2e."
        ),
        ("w - learning_rate → w + learning_rate", "b - learning_rate → b + learning_rate"): (
            "Yours climbs: count the minus signs on the way from error to w and b."
        ),
        (
            *("slope_w = 2 * → slope_w =", "slope_b = 2 * → slope_b ="),
            *("w - learning_rate → w + learning_rate", "b - learning_rate → b + learning_rate"),
        ): (
            "Yours climbs, with half of each slope: count the minus signs on the way from error to w and b, "
            "and look for the 2."
        ),
        **dict.fromkeys(
            (_point_by_point("2"), _point_by_point("2 / len(x)")),
            "Your line moves after every point. One step moves it once, by the mean of the slopes over all points.",
        ),
        ("np.mean(error * x) → np.sum(error * x)", "np.mean(error)\n → np.sum(error)\n"): (
            "Your slopes add up the errors of all points. The loss is a mean, and so are its slopes: "
            "with the sum, 100 points make the step 100 times as long."
        ),
        (
            "np.mean(error * x) → np.sum(error * x) / 100",
            "np.mean(error)\n → np.sum(error) / 100\n",
        ): ("Your slopes divide by 100 for every data set: divide by the number of points."),
        ("np.mean(error * x) → (error * x)", "np.mean(error)\n → error\n"): (
            "Your slopes are still one number for each point, and so become w and b: take the mean over the points."
        ),
        "error * x → error": (
            "The slope along w lost its x: each error counts in proportion to its input."
        ),
        "np.mean(error * x) → np.mean(error) * np.mean(x)": (
            "Your slope along w is the mean error times the mean of x, and the mean of a product is "
            "another number: multiply point by point, then average."
        ),
        "np.mean(error)\n → np.mean(error * x)\n": (
            "Your slope along b is the one along w. If b moves a little, every prediction moves just "
            "as much, whatever its x."
        ),
        "2 * np.mean(error)\n → 0\n": "Your b stays at 0: is its slope 0, or is it never updated?",
        "2 * np.mean(error * x) → 0": "Your w stays at 0: is its slope 0, or is it never updated?",
        ("error * x → error**2 * x", "np.mean(error)\n → np.mean(error**2)\n"): (
            "Your slopes square the errors. The loss does that; its slope along an error is twice the error itself."
        ),
        "np.mean(error**2) → np.mean(error)": (
            "Your losses are mean errors, in which errors of different sign cancel. Square each error first."
        ),
        (
            "error = w * x + b - y → error = (w * x + b - y)[:1]",
            "np.mean(error * x) → np.mean(error * x[:1])",
        ): "Yours looks at the first point alone. The loss is the mean over all of them, and so are its slopes.",
    },
    hints=(
        "It is 4.3 with two parameters, or 4.4 averaged over all points: `error = w * x + b - y` does "
        "all points at once.",
        "The slopes are `2 * np.mean(error * x)` and `2 * np.mean(error)`; the loss is the mean of `error**2`.",
        "In each round: the error, the loss into the list, both slopes, and only then both updates.",
    ),
)


# 4.6
def convergence_of(curvatures):
    low, high = min(curvatures), max(curvatures)
    limit = 2 / high
    best = 2 / (low + high)
    factor = (high - low) / (high + low)
    steps = math.ceil(math.log(1e-6) / math.log(factor))
    return limit, best, factor, steps


def any_curvatures(draw):
    flattest = round(draw.uniform(0.2, 1.5), 1)
    steeper = [round(flattest * draw.uniform(4, 20), 1) for _ in range(draw.randint(1, 3))]
    curvatures = [flattest, *steeper]
    draw.shuffle(curvatures)
    return (curvatures,)


BEST_MISTAKEN = {
    "1 / high": (
        "At your `best` η the steepest part is gone at once and the flattest hardly shrinks: "
        "a longer step helps it."
    ),
    "len(curvatures) / sum(curvatures)": (
        "Your `best` η takes the mean of all curvatures. Those between the flattest and the steepest do not matter."
    ),
    "1 / (low + high)": (
        "Your `best` η is half of the best. Solve 1 − ηλmin = −(1 − ηλmax) once more."
    ),
    "2 / high": (
        "Your `best` η is the limit itself, where the steepest part does not shrink at all: the best lies below it."
    ),
    "1 / low + 1 / high": (
        "Your `best` η lies halfway between 2/λmin and 2/λmax. That is above the limit, so the steepest part grows."
    ),
}
FROM_THE_BEST = (  # ways to compute the factor from the best η, so that one mistake makes two
    "abs(1 - best * low)",
    "max(abs(1 - best * low), abs(1 - best * high))",
    "abs(1 - best * high)",
)


def mistaken_best():
    """Return {edits: sentence} for a wrong best η alone, and for one that the factor comes from."""
    mistakes = {}
    for value, sentence in BEST_MISTAKEN.items():
        best = f"best = 2 / (low + high) → best = {value}"
        # with these the part of the steepest is 0 or 1, and no steps follow from its logarithm
        ways = FROM_THE_BEST[:1] if value in ("1 / high", "2 / high") else FROM_THE_BEST
        factors = [f"(high - low) / (high + low) → {factor}" for factor in ways]
        mistakes |= dict.fromkeys([best, *((best, factor) for factor in factors)], sentence)
    return mistakes


prove_convergence = Exercise(
    number="4.6",
    title="How fast it must be",
    minutes=9,
    kind="extend",
    solution=convergence_of,
    task=(
        "Finish the proof on paper, then let numbers check it. Given the list of curvatures λ, not all of them equal, "
        "return four numbers: the `limit` below which η must stay if every part of δ is to shrink; the `best` η, for "
        "which the slowest part shrinks fastest; the `factor`, the size |1 − ηλ| by which that slowest part shrinks at "
        "each step of the best η; and the number of `steps` of the best η until δ, from the least favourable start, is "
        "at most a millionth of what it was (`math.ceil` rounds up). The check tells you about each of the four."
    ),
    start="""
        def convergence_of(curvatures):
            low, high = min(curvatures), max(curvatures)
            limit = ...
            best = ...
            factor = ...
            steps = ...
            return limit, best, factor, steps
    """,
    returns=("limit", "best", "factor", "steps"),
    cases=[([1, 10],), ([4.0, 1.0, 0.5],), ([2.0, 5.0, 3.0],), ([0.5, 100.0],)],
    fresh=any_curvatures,
    equivalent={"line 5: size only: high - low → abs(high - low)": "It is never negative."},
    mistakes={
        "limit = 2 / high → limit = 1 / high": (
            "Your `limit` is where the steepest part is gone in one step. A longer step "
            "overshoots and may still shrink it."
        ),
        "limit = 2 / high → limit = 2 / low": (
            "Your `limit` suits the flattest part; *every* |1 − ηλ| must be below 1. Which λ "
            "breaks that first as η grows?"
        ),
        **mistaken_best(),
        "(high - low) / (high + low) → 1 - low / high": (
            "Your `factor` belongs to η = 1/λmax. The best η makes the two extreme factors equal in size."
        ),
        "best, factor → best, high / low": (
            "Your `factor` comes out as λmax/λmin. That is more than 1, so nothing would shrink by it. "
            "If you computed it from your `best` η, look there first."
        ),
        "(high - low) / (high + low) → high / (low + high)": (
            "Your `factor` belongs to a step half as long as the best: put the best η into |1 − ηλ| once more."
        ),
        "math.ceil(math.log → math.floor(math.log": (
            "Your `steps` are one too few: δ is then still above a millionth. Round up."
        ),
        "math.log(factor) → math.log(factor**2)": (
            "Your `steps` are enough for the loss, which shrinks with factor²; they leave a thousandth of δ itself."
        ),
        "math.log(1e-6) / math.log(factor) → 1e-6 / factor": (
            "Your `steps` come out as 1 whatever the curvatures. δ is multiplied by the factor at each "
            "step: after how many is factorⁿ a millionth?"
        ),
        "math.log(1e-6) / math.log(factor) → high / low * math.log(1e6) / 2": (
            "Your `steps` are the rule of thumb for a large κ, and can be one off: the exact number "
            "comes from the factor."
        ),
    },
    hints=(
        "Every part of δ shrinks if |1 − ηλ| < 1 for each λ. Which λ allows the smallest η?",
        "As η grows, the flattest direction improves and the steepest gets worse. "
        "The best η is where 1 − ηλmin = −(1 − ηλmax).",
        "limit 2/λmax, best 2/(λmin + λmax); put the best η into |1 − ηλ|. For the steps take the logarithm of both "
        "sides of factorⁿ = 10⁻⁶.",
    ),
)


# 4.7
def any_roll(draw):
    slope, start, learning_rate, steps = any_descent(draw)
    return slope, start, learning_rate / 2, round(draw.uniform(0.2, 0.95), 2), steps


momentum = Exercise(
    number="4.7",
    title="Two lines of momentum",
    minutes=5,
    kind="extend",
    solution=descend_with_momentum,
    task=(
        "For home: momentum is two lines. Keep a velocity, at first 0. At each step multiply it by `momentum` and add "
        "the slope, then move x by the learning rate times the velocity, downhill. Return the path."
    ),
    start="""
        def descend_with_momentum(slope, x, learning_rate, momentum, steps):
            path, velocity = [x], 0.0
            for _ in range(steps):
                ...
            return ...
    """,
    cases=[
        (slope_of_the_hills, 3.0, 0.05, 0.9, 10),
        (slope_of_a_bowl, 1.0, 0.1, 0.9, 5),
        (slope_of_a_wave, -0.5, 0.2, 0.5, 4),
        (slope_of_a_bowl, 9.0, 0.05, 0.0, 3),  # no momentum: plain descent
        (slope_of_a_bowl, 4.0, 0.1, 0.9, 2),  # the slope is exactly 0
        (slope_of_a_bowl, 4.5, 0.5, 0.5, 3),  # passes the minimum: there the velocity moves it on
        (slope_of_a_wave, 0.5, 0.2, 0.5, 0),
    ],
    fresh=any_roll,
    equivalent={
        "line 5: changed in place: x = x - learning_rate * velocity": "x is a number, which stays as it is.",
    },
    mistakes={
        "momentum * velocity + slope(x) → slope(x)": (
            "Yours forgets its velocity at every step: that is plain gradient descent. What is kept of "
            "the old velocity?"
        ),
        "momentum * velocity + slope(x) → velocity + slope(x)": (
            "Your velocity never wears off: multiply the old one by `momentum`."
        ),
        " + slope(x) → + (1 - momentum) * slope(x)": (
            "You averaged old velocity and slope. Here, as in PyTorch, the slope is added whole."
        ),
        "x - learning_rate → x + learning_rate": (
            "Yours climbs: count the minus signs on the way from slope to velocity and from there to x."
        ),
        "slope(x) → slope(x - learning_rate * momentum * velocity)": (
            "You ask for the slope ahead of x, as Nesterov's method does. Here it is the slope where you stand."
        ),
    },
    hints=(
        "The velocity remembers: it is a part of the old velocity plus the slope where you stand.",
        "The first line: `momentum` times the old velocity, plus the slope at x, is the new velocity.",
        "The second is the update of plain descent with the velocity in place of the slope alone.",
    ),
)


how_many_found = Prediction(
    "04-how-many-found",
    "One of the numbers 1 to 100 is hidden. You start at 50, move by 10 towards it, and win when you are within 2. "
    "How many of the 100 numbers can you ever find in this way?",
    number=True,
    why="The guesses are 50, 60, 70 and so on: 55 lies 5 away from the nearest.",
    least=0,
    most=100,
    whole=True,
)

what_is_left = Prediction(
    "04-what-is-left",
    "After the best straight walk against the gradient from (2, 0.25): which part of the loss is left?",
    number=True,
    unit="%",
    why="Minus the gradient points past the minimum, and no place on its line is near.",
    least=0,
    most=100,
)

which_stands_lowest = Prediction(
    "04-which-stands-lowest",
    "Three balls start at x = 3 on this curve and take ten steps each, with η = 0.01, 0.09 and 0.3. "
    "Which one stands lowest at the end?",
    options=[
        "η = 0.01: small steps lose nothing on the way.",
        "η = 0.09: the one in the middle.",
        "η = 0.3: the largest steps go furthest down.",
    ],
    why="0.01 has hardly left, 0.09 is at the bottom, 0.3 bounces between two walls for ever.",
)

_TOO_SHORT = (
    "{} works, but it is not the largest: a guess covers itself and two numbers on either side."
)


def _jumps_past(step):
    """Say which number a step jumps past: the one in the middle between two guesses."""
    near, far = step // 2, step - step // 2
    away = (
        f"{near} away from both"
        if near == far
        else f"{near} away from one and {far} from the other"
    )
    return f"With {step} the guesses are 50, {50 + step}, …: {50 + near} is {away}."


largest_safe_step = NumberAnswer(
    "What is the largest whole step with which every hidden number from 1 to 100 is found, if within 2 is enough?",
    5,
    feedback={
        5: "The guesses stand 5 apart, and each one covers 5 numbers: itself and two on either side.",
        **{step: _TOO_SHORT.format(step) for step in (1, 2, 3, 4)},
        **{step: _jumps_past(step) for step in (6, 7, 8, 9, 10, 11, 12, 15, 20, 25, 50)},
        100: "With 100 the first move leaves the numbers: of all guesses only 50 lies among them.",
    },
    least=1,
    most=100,
    whole=True,
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
    "Why must the loss be one number (a scalar), and not one for each house?",
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
    "A loss curve, with a small η, has been level for 200 steps. What do you know?",
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
            "A rate that is too large mostly makes the curve jump or rise. This one is small, so level means a small slope.",
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
        (
            "parameter θ",
            "A number in the model that learning may change, such as a weight or a bias.",
        ),
        ("loss L", "One number that says how wrong the model is; learning makes it small."),
        (
            "gradient",
            "The list of all partial derivatives of the loss; it points where the loss rises fastest.",
        ),
        ("gradient descent", "Repeat θ ← θ − η∇L: every parameter moves against its own slope."),
        (
            "learning rate η",
            "The number that turns a slope into a step: too small a rate crawls, too large a one bounces or diverges.",
        ),
        (
            "divergence",
            "The run gets further and further from the minimum, because η is above its limit.",
        ),
        (
            "loss curve",
            "The loss at each step of a run: falling, converged, noisy, diverging, or level on a plateau.",
        ),
        (
            "plateau",
            "A level stretch that is no minimum: the slope is so small that the steps are small as well.",
        ),
        (
            "local minimum",
            "Lower than everything nearby. The slope is 0 there, so plain descent stays.",
        ),
        (
            "global minimum",
            "The lowest point of all. Plain descent finds it only from a start in its basin.",
        ),
        (
            "basin",
            "All starting points from which descent with very small steps ends in the same minimum.",
        ),
        (
            "contour line",
            "All points with the same loss. The gradient crosses it at a right angle.",
        ),
        (
            "curvature λ",
            "How fast the slope changes along a direction; an eigenvalue of A for ½θᵀAθ − cᵀθ.",
        ),
        (
            "condition number κ",
            "Largest curvature divided by smallest. The number of steps grows in proportion to it.",
        ),
        (
            "momentum",
            "A velocity that keeps part of the earlier slopes, so that a ball can roll over a small hill.",
        ),
        ("random restart", "Descend from several random starts and keep the lowest end."),
    ]
)
