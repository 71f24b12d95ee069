"""Practice for chapter 2, loss functions: its exercises, quick checks, cards and predictions."""

import numpy as np

from learnkit.practice.exercise import Exercise
from learnkit.practice.predict import Prediction
from learnkit.practice.quiz import Cards, Choice, NumberAnswer, Option


def part_by_part(rights, slips):
    """Return a function that says of a list of wrong numbers what is wrong with each of them.

    rights: the right numbers. slips: {wrong number: what it is} for each.
    """

    def explain(value):
        try:
            parts = [float(part) for part in value]
        except (TypeError, ValueError):
            return ""
        if len(parts) != len(rights):
            return ""
        said = [
            "right" if np.isclose(part, right, rtol=2e-3) else slip_of(part, known)
            for part, right, known in zip(parts, rights, slips, strict=True)
        ]
        if not any(said) or set(said) <= {"", "right"}:
            return ""
        ends = [words or "not right yet" for words in said]
        return " ".join(f"The {place} is {end}." for place, end in zip(PLACES, ends, strict=True))

    return explain


PLACES = "first", "second"


def slip_of(part, known):
    near = [words for slip, words in known.items() if np.isclose(part, slip, rtol=3e-3)]
    return near[0] if near else ""


# ------------------------------------------------------------------ 2.1 Two losses by hand
def answer():
    errors = np.array([3 - 4, 5 - 3, 4 - 4, 9 - 5])
    return [np.mean(errors**2), np.mean(abs(errors))]


two_losses = Exercise(
    number="2.1",
    title="Two losses by hand",
    minutes=2,
    kind="trace",
    task="A model predicts 3, 5, 4 and 9; the targets are 4, 3, 4 and 5. What are the mean squared error and the mean "
    "absolute error? Work them out on paper and type the list `[squared, absolute]`.",
    solution=answer,
    tolerance=1e-3,
    mistakes={
        (
            6.25,
            1.25,
        ): "You added up the errors with their signs before anything else. Square each error, and drop each sign, first.",
        (
            25,
            5,
        ): "You added up the errors first. Square each error, and drop each sign, before you add; then take means.",
        (
            1.25,
            1.25,
        ): "1.25 is the mean of the errors with their signs. Square each first for one loss, drop each sign for the other.",
        (
            7,
            2.33,
        ): "You divided by 3. There are four predictions; one without an error counts as well.",
        (
            21,
            7,
        ): "Those are the two sums. Both losses are means: divide by the number of predictions.",
        (
            7,
            7 / 3,
        ): "You divided by 3. There are four predictions; one without an error counts as well.",
        (
            1.75,
            5.25,
        ): "The right two numbers in the other order: the squared error first, then the absolute one.",
        (
            4.75,
            1.25,
        ): "You kept the minus of the error −1 in both. Its square is +1, and its absolute value is 1.",
        (
            1.5625,
            1.25,
        ): "You took the mean first and squared it afterwards. Square each error first, then take the mean.",
    },
    explain=part_by_part(
        [5.25, 1.75],
        [
            {
                21: "the sum of the squares: divide by the number of predictions",
                7: "the sum of the squares over 3: there are four predictions, one of them without an error",
                10.5: "twice too large: divide the sum of the squares by four",
                2.625: "halved: the mean squared error has no half in it",
                4.75: "what comes out if the square of −1 is taken as −1: it is +1",
                3.0625: "the square of the second: square each error first, then take the mean",
                1.5625: "the square of the mean error: square each error first, then take the mean",
                12.25: "what comes out if the sizes are added before squaring: square each one by itself",
                6.25: "what comes out if the errors are added before squaring: square each one by itself",
                49: "the square of the sum: square each error by itself, then take the mean",
                25: "the square of the sum: square each error by itself, then take the mean",
                3.5: "what comes out if errors are doubled: the square of 4 is 4 times 4",
                21**0.5: "the root of the sum: divide by four, and take no root",
                5.25**0.5: "rooted: the mean squared error takes no root",
                5: "close, and not exact: keep the fraction of the mean",
                2.5: "what comes out if errors are doubled: a square is an error times itself, and never negative",
                16.25: "the squares of the predictions less those of the targets: subtract before you square",
                16: "the largest square alone: take the mean of all four",
                1.75: "the mean of the sizes: square them first",
                4.25: "what comes out if the error 2 counts as 0: its square belongs in",
            },
            {
                7: "the sum of the sizes: divide by the number of predictions",
                7
                / 3: "the sum of the sizes over 3: there are four predictions, one of them without an error",
                3.5: "twice too large: divide the sum of the sizes by four",
                0.875: "halved: the mean absolute error has no half in it",
                1.25: "the mean of the errors with their signs, in which −1 and 2 cancel in part: drop each sign first",
                -1.25: "the mean of target − prediction, signs and all: drop each sign first",
                5 / 3: "the sum with the signs, over 3: drop each sign first, and divide by four",
                5: "the sum of the errors with their signs: drop each sign first, and divide by four",
                5.25: "the mean of the squares: for this one take the sizes as they are",
                2: "a little too large: look at each error again, and keep the fraction of the mean",
                1.5: "a little too small: look at each error again",
                4: "the largest size alone: take the mean of all four",
            },
        ],
    ),
    hints=(
        "Four errors first, prediction minus target: 3 − 4, 5 − 3, 4 − 4, 9 − 5.",
        "They are −1, 2, 0 and 4. For one loss square each of them, for the other drop its sign.",
        "The squares are 1, 4, 0, 16 and the sizes 1, 2, 0, 4. Take the mean of four numbers each time.",
    ),
)


# ---------------------------------------------------------------- 2.2 The slopes of the squared error
def mse_slopes(prediction, target):
    return 2 * (prediction - target) / len(prediction)


def any_predictions(draw):
    count = draw.randint(1, 5)
    prediction, target = (
        np.array([draw.randint(-40, 40) / 7 for _ in range(count)]) for _ in range(2)
    )
    return prediction, target


slopes_of_squares = Exercise(
    number="2.2",
    title="The slopes of the squared error",
    minutes=4,
    kind="complete",
    task="Now for any number of predictions. Write a function that returns the slopes of the mean squared error along "
    "all predictions, as an array. `prediction` and `target` are arrays of one length.",
    solution=mse_slopes,
    cases=[
        (np.array([3.0, 5.0, 4.0, 9.0]), np.array([4.0, 3.0, 4.0, 5.0])),
        (np.array([1.5, -2.0]), np.array([-1.0, 0.25])),
        (np.array([0.5]), np.array([2.0])),
        (np.array([0.0, 0.0, 3.0]), np.array([1.0, -2.5, 3.0])),
        (np.array([2.0, 4.0, 1.0, 7.0, -3.0]), np.array([5.0, 1.0, 1.5, 2.0, 4.0])),
    ],
    fresh=any_predictions,
    mistakes={
        "2 * (prediction - target) → (prediction - target)": "Half of what it should be everywhere: when an error e is "
        "nudged, e² changes 2e times as much.",
        " / len(prediction) → ": "Those are the slopes of the sum of the squared errors. Of the mean, each prediction "
        "has only its share.",
        "2 * (prediction - target) / len(prediction) → (prediction - target)": "Those are the errors themselves. By "
        "what number does the nudge multiply them, and what does the mean do?",
        "prediction - target → target - prediction": "Every sign is turned. A prediction that is too high has a "
        "positive slope: the error is prediction − target.",
        "(prediction - target) → (prediction - target)**2": "You squared the errors. The loss does that; its slope "
        "grows as the error does.",
        "(prediction - target) → abs(prediction - target)": "The sizes are right, and the signs are lost: a prediction "
        "below its target has a negative slope.",
        "(prediction - target) → np.sign(prediction - target)": "All your slopes are of one size. With squares a "
        "larger error has a larger slope.",
        "return 2 * (prediction - target) / len(prediction) → return np.mean(2 * (prediction - target))": "That is one "
        "number for all. Each prediction has a slope of its own.",
        "return 2 * (prediction - target) / len(prediction) → return np.mean((prediction - target)**2)": "That is the "
        "loss itself. Its slopes say how fast it changes with each prediction.",
        "2 * (prediction - target) → 2 * (prediction - target) * prediction": "You multiplied by the predictions as "
        "well. A nudge of a prediction moves its error by just as much, not by the prediction times as much.",
        "len(prediction) → 4": "You divide by 4 for every data set: divide by how many predictions there are.",
        "2 * (prediction - target) / len(prediction) → (prediction - target) / (2 * len(prediction))": "A quarter of "
        "what it should be: the 2 belongs above the line.",
        "2 * (prediction - target) → np.sign(prediction - target)": "Those are the slopes of the mean absolute error, "
        "all of one size. With squares a larger error has a larger slope.",
        "2 * (prediction - target) → (prediction - target)**2": "That is what each prediction adds to the loss. How "
        "fast does it change when the prediction is nudged?",
        "2 * (prediction - target) / len(prediction) → 2 * abs(prediction - target)": "Two things: a prediction below its "
        "target has a negative slope, and of the mean each prediction has only its share.",
        "return 2 * (prediction - target) / len(prediction) → return np.sum(2 * (prediction - target))": "You added "
        "everything up: one number for all. Each prediction has a slope of its own.",
    },
    equivalent={
        "line 2: name for another: prediction → target, 2": "There are as many targets as predictions.",
    },
    hints=(
        "Take one prediction alone. Nudged by h, its squared error changes by 2e·h. What does the mean make of it?",
        "Slope along one prediction: 2 times its error, divided by the number of predictions.",
        "Arrays subtract entry by entry, so no loop is needed; `len(prediction)` counts the predictions.",
    ),
)


# ------------------------------------------------------------------------------ 2.3 The Huber loss
def huber(error, delta):
    if abs(error) <= delta:
        return error**2 / 2
    return delta * (abs(error) - delta / 2)


def any_error(draw):
    return draw.randint(-400, 400) / 70, draw.choice([0.3, 0.5, 1.0, 1.7, 3.0])


the_huber_loss = Exercise(
    number="2.3",
    title="The Huber loss",
    minutes=5,
    kind="complete",
    task="Write the Huber loss of one error. Up to `delta`, on either side of 0, it is half the square of the error; "
    "beyond, it is `delta` times the size of the error, less `delta` times half of `delta`.",
    solution=huber,
    start="""
        def huber(error, delta):
            if ...:
                return ...
            return ...
    """,
    cases=[
        (0.4, 1.0),
        (0.9, 1.0),
        (0.6, 0.5),
        (3.0, 1.0),
        (-3.0, 1.0),
        (-0.4, 1.0),
        (0.0, 0.5),
        (1.0, 1.0),
        (2.0, 3.0),
        (-2.0, 3.0),
        (5.0, 0.5),
        (-0.75, 0.5),
        (5.0, 2.0),
    ],
    fresh=any_error,
    mistakes={
        "if abs(error) <= delta → if error <= delta": "Every negative error counts as small for you, however far off. "
        "Compare its size.",
        "delta * (abs(error) → delta * (error": "A large negative error gets a negative loss: the straight part needs "
        "the size of the error.",
        "if abs(error) <= delta → if abs(error) <= 1": "The bend lies at 1 in yours, whatever delta is.",
        "if abs(error) <= delta → if abs(error) <= delta / 2": "The bend lies at half of delta in yours. It belongs at "
        "delta.",
        "if abs(error) <= delta → if error >= -delta": "Every positive error counts as small for you, however far off. "
        "Compare its size.",
        "if abs(error) <= delta → if 0 <= error <= delta": "Small negative errors get the straight part in yours. "
        "Compare the size of the error.",
        "delta * (abs(error) - delta / 2) → delta * abs(error - delta / 2)": "For negative errors the straight part is "
        "too high: take the size of the error first, then take off half of delta.",
        "delta * (abs(error) - delta / 2) → delta * abs(error) / 2": "The straight part has half its slope: half of "
        "delta is taken off the size, it does not divide it.",
        "error**2 / 2 → delta * error**2 / 2": "The curved part is half the square, without delta.",
        "error**2 / 2 → error**2": "Small errors get twice their loss: the curved part is half the square.",
        "abs(error) - delta / 2 → abs(error)": "There is a jump where the two parts meet: at an error of delta the "
        "straight part has to begin where the curved one ends. What is taken off?",
        "abs(error) - delta / 2 → abs(error) - delta": "The straight part is too low: what is taken off is delta times "
        "half of delta.",
        "delta * (abs(error) - delta / 2) → abs(error) - delta / 2": "The straight part has the slope 1 for you. Its "
        "slope is delta, the slope with which the curved part ends.",
        "delta * (abs(error) - delta / 2) → delta * abs(error) - delta / 2": "delta/2 is taken off, and it should be "
        "delta times delta/2.",
        "delta * (abs(error) - delta / 2) → abs(error)": "Beyond delta that is the plain absolute error: it has "
        "another slope, and does not meet the curved part.",
        "abs(error) <= delta → abs(error) >= delta": "The two parts are exchanged: the square is for errors up to "
        "delta.",
        "if abs(error) <= delta → if error**2 <= delta": "You compare the square of the error with delta. Compare its "
        "size.",
        "delta * (abs(error) - delta / 2) → delta * (abs(error) + delta / 2)": "The straight part lies too high: half "
        "of delta is taken off, not added.",
        "error**2 / 2 → error / 2": "The curved part is half the square of the error, and not half the error.",
        "delta * (abs(error) - delta / 2) → error**2 / 2": "That is half the square everywhere. Beyond delta the loss "
        "goes on straight.",
        (
            "error**2 / 2 → error",
            "delta * (abs(error) - delta / 2) → np.sign(error) * delta",
        ): "That is how hard the error pulls, the slope of the loss. The loss itself is asked for.",
        "delta * (abs(error) - delta / 2) → delta * abs(error) - 0.5": "You took a half off the straight part. It is half "
        "of delta, and that delta times.",
        "error**2 / 2 → 0": "Errors up to delta cost nothing in yours. Only an error of 0 does; the others have the "
        "curved part.",
        "error**2 / 2 → (error / 2)**2": "Small errors get half their loss: you halved the error first and squared the "
        "half as well.",
        "delta * (abs(error) - delta / 2) → -delta * (abs(error) - delta / 2)": "Beyond delta your loss is below 0, the "
        "lower the farther off the error is. A loss grows with the error.",
        "delta * (abs(error) - delta / 2) → delta * (abs(error) - error / 2)": "What is taken off the size in the "
        "straight part is half of delta, not half of the error.",
        "delta * (abs(error) - delta / 2) → delta**2 / 2": "Beyond delta your loss is level: no outlier would be "
        "felt at all. It goes on rising, straight.",
    },
    equivalent={
        "line 2: equality turned: abs(error) <= delta → abs(error) < delta": "At delta itself the two parts agree.",
        "line 2: size compared: abs(error) <= delta → abs(abs(error)) <= delta": "A size has no sign to lose.",
        "line 4: size only: abs(error) - delta / 2 → abs(abs(error) - delta / 2)": "It is positive beyond delta.",
    },
    hints=(
        "Two cases: the size of the error, `abs(error)`, is at most delta, or it is more.",
        "Small: `error**2 / 2`. Large: delta times the size, less delta times half of delta.",
        "The large case, with delta before a bracket: `delta * (abs(error) - …)`.",
    ),
)


# ------------------------------------------------------------ 2.4 The gradient at one data point
def gradient():
    error = 2 * 3 - 1 - 9
    return [2 * error * 3, 2 * error]


one_data_point = Exercise(
    number="2.4",
    title="The gradient at one data point",
    minutes=3,
    kind="trace",
    task="A line ŷ = w·x + b has one data point, x = 3 and y = 9, and its loss is the squared error (ŷ − y)². You stand "
    "at w = 2, b = −1. What are the slopes of the loss along w and along b? Type the list `[along w, along b]`.",
    solution=gradient,
    mistakes={
        (
            24,
            8,
        ): "Both signs are turned: the prediction, 5, is below the target, so the error is −4.",
        (
            -12,
            -4,
        ): "Half of what they should be. Is your error −4, and the slope of its square twice the error?",
        (
            -4,
            -4,
        ): "−4 is the error. The slope of its square is 2e, and along w the prediction moves x times as fast.",
        (
            12,
            4,
        ): "Half, and with the sign turned: the error is prediction − target, 5 − 9, and the slope of e² is 2e.",
        (-8, -24): "The right two numbers in the other order: w first, then b.",
        (
            48,
            16,
        ): "16 is the squared error, and 48 is x times that. What multiplies a nudge is the slope of e², which is 2e.",
        (
            -30,
            -10,
        ): "That is for an error of −5. Only x is multiplied by w: the prediction is 2·3 − 1.",
        (
            -16,
            -16,
        ): "16 is the loss, and the minus turns its sign. Slopes say how fast it changes when w or b moves.",
        (
            8,
            24,
        ): "Order and signs are both turned: w comes first, and the error, 5 − 9, is negative.",
        (
            -36,
            -12,
        ): "That is for an error of −6. The prediction is 2·3 − 1, and the target 9.",
        (252, 28): "x and y are exchanged: the line is asked at x = 3, and should say 9.",
        (
            -15,
            -7,
        ): "You nudged by a whole 1. A slope is what the quotient settles at when the nudge is small; the rule is 2e.",
        (
            -3,
            -1,
        ): "Those are the slopes of the absolute error. This loss is the square, which pulls harder the larger the error.",
        (
            26,
            7,
        ): "That is where a step of the whole slope would end. The slopes themselves are asked for.",
        (
            96,
            32,
        ): "You took the squared error, 16, for the error. The loss squares it; the slope is 2e.",
        (-18, -6): "That is for a prediction of 6: the bias −1 is left out.",
        (16, 16): "16 is the loss. Its slopes say how fast it changes when w or b moves.",
        (
            3,
            1,
        ): "Those are the slopes of the prediction. How fast does the squared error change with the prediction?",
        (
            0,
            0,
        ): "Slopes of 0 would say that the line meets the point. It predicts 5, and the target is 9.",
    },
    explain=part_by_part(
        [-24, -8],
        [
            {
                24: "of the right size with the sign lost: the error is 5 − 9, so it is negative",
                -12: "half of what it should be: the slope of e² is 2e",
                12: "half, with the sign lost: the error is 5 − 9, and the slope of e² is 2e",
                -8: "2e alone: when w moves by 1, the prediction moves by x = 3",
                -4: "the error alone: the slope of e² is 2e, and the prediction moves x times as fast as w",
                -16: "2e times w: it is x = 3 that w is multiplied by",
                -72: "2e times 9: it is x = 3 that w is multiplied by, and once",
                -48: "twice what it should be: a factor 2 too many",
                32: "twice the loss: the slope of e² is 2e, with e = −4",
                16: "the loss: its slope says how fast it changes when w moves",
                96: "made of the squared error: the slope of e² is 2e",
                -18: "made of an error of −3: the bias −1 belongs to the prediction, 2·3 − 1",
                -40: "2e times 5, the prediction: it is x = 3 that w is multiplied by",
                -6: "made of an error of −3, and without x: the prediction is 2·3 − 1",
            },
            {
                8: "of the right size with the sign lost: the error is 5 − 9, so it is negative",
                -4: "the error alone: the slope of e² is 2e",
                4: "half, with the sign lost: the error is 5 − 9, and the slope of e² is 2e",
                -24: "multiplied by x: when b moves by 1, the prediction moves by 1",
                0: "not 0: b is a parameter too, and nudging it moves the error just as much",
                1: "how fast the prediction moves: the loss moves 2e times as fast",
                16: "the loss: its slope says how fast it changes when b moves",
                -16: "twice what it should be: a factor 2 too many",
                32: "made of the squared error: the slope of e² is 2e",
                -6: "made of an error of −3: the bias −1 belongs to the prediction, 2·3 − 1",
                -12: "made with x, and without the 2 of 2e: x belongs to w",
            },
        ],
    ),
    hints=(
        "Prediction first: 2·3 − 1. Then the error, prediction − target.",
        "The error is −4, and the slope of e² along the prediction is 2e. How far does the prediction move when w, or b, "
        "moves by 1?",
        "Along w: 2·(−4) times x. Along b: 2·(−4) times 1.",
    ),
)


# ------------------------------------------------------------------- 2.5 Binary cross-entropy
def mean_surprise(p, y):
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


def any_forecasts(draw):
    count = draw.randint(1, 5)
    p = np.array([draw.randint(2, 98) / 100 for _ in range(count)])
    return p, np.array([draw.randint(0, 1) for _ in range(count)])


binary_surprise = Exercise(
    number="2.5",
    title="Binary cross-entropy",
    minutes=5,
    kind="complete",
    task="Write the mean surprise of forecasts. `p` is an array of probabilities, `y` an array of ones (it rained) and "
    "zeros (it did not). Where it rained, the surprise is −ln p; where it did not, −ln(1 − p). Use `np.log`.",
    solution=mean_surprise,
    cases=[
        (np.array([0.9, 0.8, 0.3, 0.6]), np.array([1, 1, 0, 0])),
        (np.array([0.3]), np.array([1])),
        (np.array([0.3]), np.array([0])),
        (np.array([0.95, 0.05, 0.5]), np.array([1, 0, 1])),
        (np.array([0.01, 0.99]), np.array([1, 0])),
        (np.array([0.2, 0.7, 0.6, 0.1, 0.4]), np.array([0, 0, 1, 1, 1])),
    ],
    fresh=any_forecasts,
    mistakes={
        "-np.mean → np.mean": "Every number is right but for its sign: the logarithm of a probability is negative, a "
        "surprise is not.",
        "y * np.log(p) + (1 - y) * np.log(1 - p) → y * np.log(p)": "Days without rain cost nothing in yours, whatever "
        "was forecast. There the surprise is that of 1 − p.",
        "y * np.log(p) + (1 - y) * np.log(1 - p) → np.log(p)": "You take −ln p every day. On days without rain the "
        "probability of what happened is 1 − p.",
        "y * np.log(p) + (1 - y) * np.log(1 - p) → p * np.log(y) + (1 - p) * np.log(1 - y)": "You took the logarithm "
        "of the targets, and that of 0 is infinite. The logarithm belongs to the probabilities.",
        "np.log(1 - p) → np.log(p - 1)": "p − 1 is negative, and has no logarithm. Without rain the probability of "
        "what happened is 1 − p.",
        "-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)) → "
        "-(np.mean(np.log(p[y == 1])) + np.mean(np.log(1 - p[y == 0])))": "You took a mean over the days of rain and "
        "one over the others, and added them. Take one mean, over all days.",
        "-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)) → "
        "-(np.mean(np.log(p[y == 1])) + np.mean(np.log(1 - p[y == 0]))) / 2": "You took a mean over the days of rain "
        "and one over the others, and then the mean of the two: where one kind is rare, its days count for more.",
        "-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)) → -np.mean(np.log(p[y == 1]))": "You took the mean over the "
        "days of rain alone. The other days count as well, with the surprise of 1 − p.",
        "-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)) → "
        "-np.mean(y * np.log(p)) * np.mean((1 - y) * np.log(1 - p))": "You multiplied the part of the rainy days by that "
        "of the others. Surprises add.",
        "-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)) → np.mean(-y * np.log(p) - 1 - y * np.log(1 - p))": "`1 - y "
        "* …` multiplies y alone by what follows. Put brackets round 1 − y.",
        (
            "np.log(p) → np.exp(p)",
            "np.log(1 - p) → np.exp(1 - p)",
        ): "You raised e to the probabilities. A surprise takes their logarithm, which undoes that.",
        "-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)) → "
        "np.mean(-np.log(p)) if y.any() else np.mean(-np.log(1 - p))": "One question for all days: each has "
        "a y of its own. Let y choose between the two logarithms day by day.",
        "-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)) → "
        "np.mean(-np.log(p)) if y.all() else np.mean(-np.log(1 - p))": "One question for all days: each has "
        "a y of its own. Let y choose between the two logarithms day by day.",
        "(1 - y) * np.log(1 - p) → 1 - y * np.log(1 - p)": "`1 - y * …` multiplies y alone by what follows. Put "
        "brackets round 1 − y.",
        "np.mean → np.sum": "That is the sum of the surprises. The loss is their mean.",
        (
            "y * np.log(p) → y * np.log(1 - p)",
            "(1 - y) * np.log(1 - p) → (1 - y) * np.log(p)",
        ): "Rain and no rain are exchanged: where y is 1, the probability of what happened is p.",
        "-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)) → np.mean((p - y)**2)": "That is the mean squared error of "
        "the forecasts. Take logarithms.",
        "-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)) → np.mean(abs(p - y))": "That is the mean distance from "
        "the target. Take the logarithm of the probability of what happened.",
        (
            "np.log(p) → np.log2(p)",
            "np.log(1 - p) → np.log2(1 - p)",
        ): "That counts in halvings (bits): the logarithm to the base 2. Take `np.log`.",
        (
            "np.log(p) → np.log10(p)",
            "np.log(1 - p) → np.log10(1 - p)",
        ): "That is the logarithm to the base 10. Take `np.log`.",
        "+ (1 - y) → - (1 - y)": "Days of rain count with one sign, the others with the opposite one: a surprise is "
        "never negative.",
        "-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)) → -(y * np.log(p) + (1 - y) * np.log(1 - p))": "That is "
        "the surprise of each day. The loss is one number: their mean.",
        "-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)) → -np.log(np.mean(y * p + (1 - y) * (1 - p)))": "You took "
        "the mean of the probabilities and then one logarithm. Take the logarithm of each day first.",
        "np.log(1 - p) → (1 - np.log(p))": "You wrote 1 − ln p, and it should be the logarithm of 1 − p.",
        "-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)) → "
        "-np.mean(p * np.log(p) + (1 - p) * np.log(1 - p))": "Yours never asks whether it rained: `y` says which of "
        "the two logarithms counts.",
    },
    equivalent={
        "line 2: factor twice: y → y ** 2": "0 and 1 are their own squares.",
        "line 2: squared: 1 - y → (1 - y) ** 2": "0 and 1 are their own squares.",
        "line 2: size only: 1 - p → abs(1 - p)": "A probability is 1 at most.",
        "line 2: size only: 1 - y → abs(1 - y)": "A target is 0 or 1.",
        "line 2: split over a product: np.mean(y * np.log(p) + (1 - y) * np.lo… → np.mean(y * np.log(p)) + np.mean((1 - y…": "The mean of a sum is the sum of the means.",
    },
    hints=(
        "For one day: −ln p if y is 1, −ln(1 − p) if y is 0. How can y, itself 1 or 0, choose between them?",
        "`y * np.log(p)` is 0 on a day without rain, and `(1 - y) * np.log(1 - p)` is 0 on a day of rain.",
        "Add the two, take the mean of all days, and turn the sign.",
    ),
)


# --------------------------------------------------------------------------------- 2.6 Softmax
def softmax(scores):
    exps = np.exp(scores)
    return exps / np.sum(exps)


def any_scores(draw):
    return (np.array([draw.randint(-30, 30) / 10 for _ in range(draw.randint(1, 5))]),)


scores_to_probabilities = Exercise(
    number="2.6",
    title="Softmax",
    minutes=3,
    kind="complete",
    task="Write softmax: raise e to each score (`np.exp`), then divide by the sum. `scores` is an array; return an "
    "array of the same length.",
    solution=softmax,
    cases=[
        (np.array([2.0, 1.0, 0.1]),),
        (np.array([0.0, 0.0]),),
        (np.array([-1.0, 3.0, 0.5, -2.0]),),
        (np.array([1.7]),),
        (np.array([5.0, 4.0, -3.0]),),
    ],
    fresh=any_scores,
    mistakes={
        (
            "np.exp(scores) → scores",
        ): "You divided the scores themselves by their sum. Negative scores would get negative probabilities: take "
        "`np.exp` first.",
        "exps / np.sum(exps) → exps": "All are positive, but they do not add up to 1.",
        "np.sum(exps) → len(exps)": "You divided by the number of scores: that does not make the sum 1.",
        "np.sum(exps) → np.mean(exps)": "Yours add up to the number of scores: divide by the sum, not by the mean.",
        "np.sum(exps) → np.max(exps)": "The largest of yours is always 1. Divide by the sum.",
        "return exps / np.sum(exps) → return np.exp(scores / np.sum(scores))": "You divided by the sum of the scores "
        "inside the power. Raise e to each score, and divide the results by their sum.",
        "np.sum(exps) → np.exp(np.sum(scores))": "You divided by e raised to the sum of the scores. Raise e to each, "
        "and add up afterwards.",
        "np.sum(exps) → exps": "You divided each by itself. Divide each by the sum of all.",
        "np.exp(scores) → scores - np.max(scores)": "You took the largest score off, and then divided the scores "
        "themselves: `np.exp` is missing.",
        "np.sum(exps) → np.sum(scores)": "You divided by the sum of the scores. Divide by the sum of what e was raised "
        "to them.",
        "np.exp(scores) → np.exp(-scores)": "The highest score gets the smallest probability in yours: a sign too "
        "many.",
        "np.exp(scores) → 1 / (1 + np.exp(-scores))": "You took the sigmoid of each score. Softmax takes `np.exp` of "
        "each.",
        "return exps / np.sum(exps) → return 1 / (1 + np.exp(-scores))": "That is the sigmoid of each score by itself: "
        "the results do not add up to 1.",
        "np.exp(scores) → abs(scores)": "You dropped the signs of the scores: −2 and 2 would be equally probable. Take "
        "`np.exp`.",
        "np.exp(scores) → scores**2": "You squared the scores: −2 and 2 would be equally probable. Take `np.exp`.",
        "np.exp(scores) → 10.0**scores": "You raised 10 to the scores. Softmax raises e: `np.exp`.",
        "return exps / np.sum(exps) → return np.exp(scores / np.sum(exps))": "You divided inside the power. Raise e to each "
        "score, and divide the results by their sum.",
        "np.exp(scores) → 2**scores": "You raised 2 to the scores. Softmax raises e: `np.exp`.",
        "return exps / np.sum(exps) → return np.log(exps / np.sum(exps))": "Those are the logarithms of the "
        "probabilities. Return the probabilities.",
        "np.exp(scores) → np.exp(scores / np.sum(scores))": "You divided by the sum of the scores before raising e. "
        "Raise first, divide afterwards.",
        "return exps / np.sum(exps) → return np.max(exps) / np.sum(exps)": "That is one probability. Return one for "
        "each score.",
        "return exps / np.sum(exps) → return scores / np.sum(exps)": "Above the line stand the scores themselves, which "
        "may be negative. Raise e to them there as well.",
        "exps / np.sum(exps) → exps - np.sum(exps)": "You took the sum off. Divide by it.",
        "np.sum(exps) → scores": "You divided each power of e by its own score. Divide by the sum of all powers.",
        "return exps / np.sum(exps) → return np.argmax(scores)": "That is the number of the likeliest class. Return a "
        "probability for each.",
        "return exps / np.sum(exps) → return (scores == np.max(scores)) * 1.0": "You gave a 1 to the largest score and "
        "nothing to the others. A smaller score gets a share too.",
        "np.exp(scores) → abs(scores)**np.e": "You raised the scores to the power e. It is e that is raised to each "
        "score: `np.exp`.",
        "np.exp(scores) → scores**np.e": "You raised the scores to the power e, which negative ones do not allow. It is "
        "e that is raised to each score: `np.exp`.",
    },
    equivalent={
        "line 2: result scaled: np.exp(scores) → 2 * np.exp(scores)": "The sum is scaled as well.",
        "line 2: result scaled: np.exp(scores) → np.exp(scores) / 2": "The sum is scaled as well.",
        "line 2: sign of result turned: np.exp(scores) → -np.exp(scores)": "So is the sign of the sum.",
    },
    hints=(
        "Two lines: all the exponentials, then each of them divided by their sum.",
        "`np.exp(scores)` works on every entry of an array at once.",
        "Divide the array of exponentials by `np.sum` of it.",
    ),
)


# -------------------------------------------------------------------------- 2.7 Scores of a thousand
def surprise(scores, right):
    shifted = scores - np.max(scores)
    return np.log(np.sum(np.exp(shifted))) - shifted[right]


def any_scores_and_class(draw):
    count, far = draw.randint(1, 4), draw.choice([1, 1000])
    scores = np.array([draw.randint(-30, 30) / 10 * far for _ in range(count)])
    return scores, draw.randrange(count)


mend_the_surprise = Exercise(
    number="2.7",
    title="Scores of a thousand",
    minutes=6,
    kind="mend",
    task="This function returns the surprise −ln p of the class number `right`. For scores of ±1000 it returns nan or "
    "inf. Mend it: take the largest score off all of them first, and never take the logarithm of a probability.",
    solution=surprise,
    start="""
        def surprise(scores, right):
            exps = np.exp(scores)
            return -np.log(exps[right] / np.sum(exps))
    """,
    given="For small scores it is right. What does `np.exp(1000)` give, and what the logarithm of a quotient that has "
    "become 0?",
    cases=[
        (np.array([2.0, 1.0, 0.1]), 0),
        (np.array([2.0, 1.0, 0.1]), 2),
        (np.array([1000.0, -1000.0]), 0),
        (np.array([1000.0, -1000.0]), 1),
        (np.array([-1000.0, -1000.0]), 1),
        (np.array([1000.0, 1000.0, 999.0]), 2),
        (np.array([1300.0, 500.0, 900.0]), 0),  # 800 above the least, 400 above the mean
        (np.array([720.0, 0.0]), 1),  # exp overflows from 710 on, and is 0 below -745
        (np.array([-1000.0, 1000.0]), 0),
        (np.array([-5.0]), 0),
        (np.array([0.0, -3.0, 3.0]), 1),
    ],
    fresh=any_scores_and_class,
    mistakes={
        "return np.log(np.sum(np.exp(shifted))) - shifted[right] → "
        "return -np.log(np.exp(shifted[right]) / np.sum(np.exp(shifted)))": "Nothing overflows any more, but where the "
        "right class is far behind its probability becomes 0, and the logarithm of 0 is infinite. Write the logarithm "
        "of the quotient as a difference.",
        "shifted[right] → scores[right]": "The largest score was taken off in one part and not in the other: both "
        "need the shifted scores.",
        "np.log(np.sum(np.exp(shifted))) - shifted[right] → shifted[right] - np.log(np.sum(np.exp(shifted)))": "That "
        "is ln p. The surprise is −ln p: exchange the two parts of the difference.",
        "scores - np.max(scores) → scores": "The logarithm is a difference now, but `np.exp` of a large score is still "
        "infinite. Take the largest score itself off first.",
        "np.max(scores) → np.min(scores)": "You took off the smallest score: the largest is then larger still, and "
        "overflows.",
        "np.max(scores) → np.mean(scores)": "You took off the mean: in [1000, −1000] it is 0, and the overflow stays.",
        "scores - np.max(scores) → scores / np.max(scores)": "You divided by the largest score: that changes the "
        "probabilities. Taking the same number off all scores does not.",
        "np.max(scores) → scores[right]": "You took off the score of the right class. If another one is 2000 higher, "
        "`np.exp` overflows: take off the largest.",
        "np.sum(np.exp(shifted)) → np.sum(np.exp(scores))": "The largest score was taken off in one part and not in the "
        "other: both need the shifted scores.",
        "return np.log(np.sum(np.exp(shifted))) - shifted[right] → "
        "return -shifted[right] - np.log(np.sum(np.exp(shifted)))": "A quotient's logarithm is a difference, and the minus "
        "before it turns both signs: look at that of the sum.",
        "return np.log(np.sum(np.exp(shifted))) - shifted[right] → "
        "return -np.log(np.exp(shifted[right])) - np.log(np.sum(np.exp(shifted)))": "A quotient's logarithm is a difference, "
        "and the minus before it turns both signs. Nor does a power of e that has become 0 have a logarithm.",
        "return np.log(np.sum(np.exp(shifted))) - shifted[right] → "
        "return -shifted[right] / np.log(np.sum(np.exp(shifted)))": "The logarithm of a quotient is not the quotient of two "
        "logarithms: it is their difference.",
        "return np.log(np.sum(np.exp(shifted))) - shifted[right] → "
        "return -np.log(np.exp(shifted[right])) / np.log(np.sum(np.exp(shifted)))": "The logarithm of a quotient is not the "
        "quotient of two logarithms: it is their difference.",
        "return np.log(np.sum(np.exp(shifted))) - shifted[right] → "
        "return 1 - np.exp(shifted[right]) / np.sum(np.exp(shifted))": "That is 1 − p, which is 1 at most. The surprise is "
        "−ln p.",
        "scores - np.max(scores) → scores / np.sum(scores)": "You divided by the sum of the scores: that changes the "
        "probabilities. Taking the same number off all scores does not.",
        "return np.log(np.sum(np.exp(shifted))) - shifted[right] → "
        "return np.exp(shifted[right]) / np.sum(np.exp(shifted))": "That is the probability of the right class. The "
        "surprise is minus its logarithm.",
        "return np.log(np.sum(np.exp(shifted))) - shifted[right] → "
        "return np.log(np.exp(shifted[right]) / np.sum(np.exp(shifted)))": "That is ln p, not −ln p. And where the right "
        "class is far behind, its probability has become 0 before you take the logarithm.",
        "return np.log(np.sum(np.exp(shifted))) - shifted[right] → "
        "return np.nan_to_num(-np.log(np.exp(shifted[right]) / np.sum(np.exp(shifted))))": "You replace the infinity "
        "once it is there, by the largest number a float holds. What it stands for is lost by then: avoid it.",
        "scores - np.max(scores) → np.clip(scores, -300, 300)": "Clipped "
        "scores give finite numbers, and wrong ones: [1000, −1000] differ by 2000, and yours by 600.",
        "np.max(scores) → 1000": "You took off 1000 whatever the scores are: small scores then all become 0. Take off "
        "the largest of them.",
        "return np.log(np.sum(np.exp(shifted))) - shifted[right] → return -shifted[right]": "That is how far the right "
        "class lies behind the best one; the other classes, and the logarithm of their sum, are missing.",
        "return np.log(np.sum(np.exp(shifted))) - shifted[right] → "
        "return -np.log(np.exp(shifted[right]) / np.sum(np.exp(shifted)) + 1e-7)": "A small number added inside the "
        "logarithm hides the fault: a surprise of 2000 becomes 16, and the surprise of the others is a little off.",
        "scores - np.max(scores) → scores / 1000": "You made all scores smaller, which changes the probabilities. "
        "Taking the same number off all of them does not.",
        (
            "scores - np.max(scores) → np.minimum(scores, 700)",
            "return np.log(np.sum(np.exp(shifted))) - shifted[right] → "
            "return -np.log(np.exp(shifted[right]) / np.sum(np.exp(shifted)))",
        ): "Cutting the scores off changes them, and the logarithm of a probability that became 0 is still infinite.",
        "return np.log(np.sum(np.exp(shifted))) - shifted[right] → "
        "return -np.log(max(np.exp(shifted[right]) / np.sum(np.exp(shifted)), 1e-12))": "A floor under the probability "
        "hides the fault: a surprise of 2000 becomes 28.",
        (
            "scores - np.max(scores) → scores",
            "return np.log(np.sum(np.exp(shifted))) - shifted[right] → "
            "return np.nan_to_num(-np.log(np.exp(shifted[right]) / np.sum(np.exp(shifted))))",
        ): "You replace nan and inf once they are there. What they stand for is lost by then: avoid them.",
        "- shifted[right] → - np.exp(shifted[right])": "From the logarithm of the sum you took e to the shifted score. "
        "What belongs there is the logarithm of that, the shifted score itself.",
        "scores - np.max(scores) → np.clip(scores, -500, 500)": "Clipped scores give finite numbers, and wrong ones: "
        "[1000, −1000] differ by 2000, and yours by 1000.",
    },
    equivalent={
        "line 3: size only: np.log(np.sum(np.exp(shifted))) - shift… → abs(np.log(np.sum(np.exp(shifted))) - s…": "A surprise is never negative.",
    },
    hints=(
        "Softmax does not change when the same number is taken off all scores. Which number keeps `np.exp` from "
        "overflowing?",
        "With `shifted = scores - np.max(scores)` the largest is 0. Then −ln(a / b) is ln b − ln a.",
        "ln a is the logarithm of `np.exp(shifted[right])`: the two undo each other.",
    ),
)


# ---------------------------------------------------------------------------- 2.8 A box and a class
def detection_loss(box, true_box, p, right, weight):
    location = np.mean(abs(box - true_box))
    classification = -np.log(p[right])
    return classification + weight * location


def any_detection(draw):
    box, true_box = (np.array([draw.randint(0, 80) / 10 for _ in range(4)]) for _ in range(2))
    shares = [draw.randint(1, 9) for _ in range(draw.randint(2, 4))]
    p = np.array(shares) / sum(shares)
    return box, true_box, p, draw.randrange(len(p)), draw.choice([0.5, 2.0, 3.0])


OFF, TRUE = np.array([1.0, 1.0, 4.0, 3.0]), np.array([2.0, 1.0, 5.0, 4.0])

box_and_class = Exercise(
    number="2.8",
    title="A box and a class",
    minutes=6,
    kind="extend",
    task="Write the loss of one detection. `box` and `true_box` are arrays of four numbers (left, bottom, right, top), "
    "`p` the probabilities of the classes, `right` the number of the right class. Return the cross-entropy of the class "
    "plus `weight` times the mean absolute error of the four numbers.",
    solution=detection_loss,
    cases=[
        (OFF, TRUE, np.array([0.7, 0.2, 0.1]), 0, 2.0),
        (OFF, TRUE, np.array([0.7, 0.2, 0.1]), 2, 5.0),
        (TRUE, TRUE, np.array([0.5, 0.5]), 1, 2.0),
        (np.array([0.0, 0.0, 2.0, 2.0]), TRUE, np.array([0.9, 0.1]), 0, 0.5),
        (np.array([3.0, -1.0, 6.5, 2.0]), TRUE, np.array([0.05, 0.95]), 1, 0.0),
        (np.array([3.0, 2.0, 6.5, 2.0]), TRUE, np.array([0.25, 0.6, 0.15]), 1, 3.0),
    ],
    fresh=any_detection,
    mistakes={
        "weight * location → location": "The weight is never used: it multiplies the part for the place.",
        "classification + weight * location → weight * (classification + location)": "You multiplied both parts by the "
        "weight. It belongs to the part for the place alone.",
        "classification + weight * location → weight * classification + location": "The weight is at the wrong part: "
        "it multiplies the error of the place, not the cross-entropy.",
        "np.mean(abs(box - true_box)) → np.sum(abs(box - true_box))": "You added up the four errors of the box. The "
        "part for the place is their mean.",
        "abs(box - true_box) → (box - true_box)": "Errors to the left and to the right cancel in yours: drop the sign "
        "of each before you take the mean.",
        "abs(box - true_box) → (box - true_box)**2": "You squared the errors of the box. The mean absolute error is "
        "asked for.",
        "-np.log(p[right]) → np.log(p[right])": "A surprise is −ln p: as you have it, a surer right answer makes the "
        "loss larger.",
        "-np.log(p[right]) → -p[right] + np.log(np.sum(np.exp(p)))": "The part for the class is what a function of scores "
        "makes of `p`: it takes softmax of what it is given, and `p` holds probabilities already.",
        "-np.log(p[right]) → 1 - p[right]": "The part for the class should be the cross-entropy, −ln of the right "
        "class's probability, and not 1 − p.",
        "-np.log(p[right]) → p[right]": "You added the probability itself. The part for the class is minus its "
        "logarithm.",
        "-np.log(p[right]) → -np.log(1 - p[right])": "That is the surprise at the right class being wrong. The "
        "probability of what is there is `p[right]`.",
        "-np.log(p[right]) → -p[right] * np.log(p[right])": "You weighed the surprise by the probability. The right "
        "class counts once: −ln of its probability.",
        "np.mean(abs(box - true_box)) → abs(np.mean(box - true_box))": "You took the mean first and the size "
        "afterwards, so that errors to the left and to the right cancel. Drop each sign first.",
        "classification + weight * location → weight * classification + (1 - weight) * location": "You shared the "
        "weight between the two parts. It multiplies the part for the place; the other one counts once.",
        "classification + weight * location → (1 - weight) * classification + weight * location": "You shared the "
        "weight between the two parts. It multiplies the part for the place; the other one counts once.",
        "np.mean(abs(box - true_box)) → np.mean((box - true_box)**2)**0.5": "That is the root of the mean square. The mean "
        "absolute error is asked for.",
        "np.mean(abs(box - true_box)) → abs(box[3] - true_box[3]) / 4": "Of the four edges only the last counts in yours: "
        "every one belongs in the sum.",
        "classification + weight * location → -np.log(p[right] * weight) + location": "The weight has got inside the "
        "logarithm. It multiplies the part for the place.",
        "-np.log(p[right]) → -np.log(p[right]) / len(p)": "You divided the surprise by the number of classes, as a "
        "mean over them does. There is one example here, and one right class.",
        "classification + weight * location → -np.log(p[right] + weight * location)": "The part for the place has got "
        "inside the logarithm: close its bracket after the probability.",
        "classification + weight * location → classification + weight + location": "You added the weight to the part for "
        "the place. It says what one unit of it is worth: multiply.",
        "classification + weight * location → classification - weight * location": "You subtracted the part for the "
        "place: a box further off would make the loss smaller.",
        "-np.log(p[right]) → -np.log(p[0])": "You take the first class every time. The right one has the number "
        "`right`.",
        "-np.log(p[right]) → -np.log(np.max(p))": "You take the class with the largest probability. The surprise is "
        "about the right one, which has the number `right`.",
        "-np.log(p[right]) → -np.mean(np.log(p + 1e-300))": "You took the mean over all classes. Only the probability "
        "of the right class counts.",
        "classification + weight * location → classification, weight * location": "Those are two numbers. A loss is "
        "one: add them.",
        "classification + weight * location → classification * weight * location": "You multiplied the two parts: a "
        "box in the right place would make every class right. Add them.",
        "classification + weight * location → weight * location": "The part for the class is missing.",
        "classification + weight * location → classification": "The part for the place is missing.",
        "classification + weight * location → (classification + weight * location) / 2": "Half of what is asked for: "
        "a sum, and not a mean, of the two parts.",
    },
    equivalent={
        "line 2: order turned: box - true_box → true_box - box": "The size of a difference is the same either way.",
        "line 2: size only: box - true_box → abs(box - true_box)": "It is taken anyway.",
        "line 3: totalled: -np.log(p[right]) → (-np.log(p[right])).mean()": "It is one number.",
        "line 3: totalled: -np.log(p[right]) → (-np.log(p[right])).sum()": "It is one number.",
        "line 4: size only: location → abs(location)": "A mean of sizes has no sign.",
    },
    hints=(
        "Two parts, each a number you have computed in this chapter: a mean absolute error, and a surprise.",
        "The place: `np.mean(abs(box - true_box))`. The class: minus the logarithm of `p[right]`.",
        "Add them, the first multiplied by `weight`.",
    ),
)

# --------------------------------------------------------------------------------------- predictions

better_model = Prediction(
    "02-better-model",
    "Two models predict four prices. The errors of A are 2, −2, 2 and −2; those of B are 0, 0, 0 and 6. One judge takes "
    "the mean of the errors' sizes, the other the mean of their squares. Which model is better?",
    options=[
        "A, for both judges.",
        "B, for both judges.",
        "A for the judge of sizes, B for the judge of squares.",
        "B for the judge of sizes, A for the judge of squares.",
    ],
    outcome="B for the judge of sizes, A for the judge of squares.",
    why="Sizes: 2 against 1.5. Squares: 4 against 9, as a square makes much of one large error.",
)

best_number = Prediction(
    "02-best-number",
    "You are to foretell the way to school by one number. Which number has the smallest mean absolute error on the five "
    "mornings?",
    number=True,
    unit="minutes",
    least=0,
    outcome=14,
    why="The middle one of the five: whichever way you leave it, you go away from more mornings than you approach.",
)

how_far = Prediction(
    "02-how-far",
    "The score starts at −8, where the sigmoid says 0.0003, and the target is 1. What does the sigmoid say after 1,000 "
    "steps with η = 1?",
    options=[
        "More than 0.9 with either loss.",
        "More than 0.9 with the squared error, less than 0.1 with cross-entropy.",
        "Less than 0.1 with the squared error, more than 0.9 with cross-entropy.",
        "Less than 0.1 with either loss.",
    ],
    outcome="Less than 0.1 with the squared error, more than 0.9 with cross-entropy.",
    why="Where the sigmoid is level the squared error has next to no slope, although the answer is as wrong as can be.",
)

which_guess = Prediction(
    "02-which-guess",
    "Twenty-five measurements of one length are to give one guess: their mean (the squared error's choice) or their "
    "median (the absolute error's). Which comes closer to the truth?",
    options=[
        "The mean, for either kind of noise.",
        "The median, for either kind of noise.",
        "The mean for Gaussian noise, the median for Laplace noise.",
        "The median for Gaussian noise, the mean for Laplace noise.",
    ],
    outcome="The mean for Gaussian noise, the median for Laplace noise.",
    why="Each loss is the surprise of one kind of noise, and does best where it meets that kind.",
)

# -------------------------------------------------------------------------------------- quick checks

mean_error_of_0 = Choice(
    "The errors of a model on 500 prices have the mean 0. What do you know of the model?",
    [
        Option(
            "It is right on all 500.",
            "It may be, and need not: 2, −2, 2 and −2 have the mean 0 as well.",
        ),
        Option(
            "Its errors upwards and downwards cancel; how large they are, you do not know.",
            "That is why a loss drops the signs before it takes the mean.",
            correct=True,
        ),
        Option(
            "Its mean squared error is 0 as well.",
            "Squares have no sign and cannot cancel: their mean is 0 only where every error is 0.",
        ),
        Option(
            "No model is better on these prices.",
            "One that is right on all 500 has the mean error 0, too, and is better.",
        ),
    ],
)

ten_times = NumberAnswer(
    "One prediction is off by 1, another by 10. How many times as large is the second one's slope in the mean squared "
    "error?",
    10,
    least=0,
    feedback={
        100: "That is how many times as large its squared error is. The slope is 2e/n, which grows as e does.",
        20: "Both slopes have the factor 2: it cancels.",
        1: "That holds for the mean absolute error, where every error has a slope of one size.",
        99: "That is by how much its squared error is larger. The slope is 2e/n.",
        9: "That is by how much its error is larger. How many times as large is it?",
        5: "Both slopes are 2e/n. Divide one by the other.",
        0.1: "The other way round: the larger error has the larger slope.",
        10: "The slope is 2e/n: ten times the error, ten times the slope, and a hundred times the loss.",
    },
)

three_halvings = NumberAnswer(
    "A forecast of ½ that comes true has the surprise 0.693. What is the surprise of one of ⅛?",
    round(3 * float(np.log(2)), 3),
    tolerance=0.002,
    least=0,
    feedback={
        2.772: "That is for a sixteenth: ⅛ is ½·½·½.",
        5.544: "Surprises do not multiply: halving the probability adds 0.693 each time.",
        0.087: "That is 0.693 divided by 8. A smaller probability is a larger surprise.",
        0.333: "That is 0.693 times itself three times. The probabilities multiply, the surprises add.",
        1.386: "That is for a quarter, two halvings. ⅛ is three.",
        0.231: "That is a third of 0.693. A smaller probability is a larger surprise.",
        0.875: "That is 1 − ⅛. The surprise is −ln ⅛.",
        3: "That counts the halvings. Each of them adds 0.693.",
        0.134: "That is the surprise of ⅞, of what the forecaster thought likely.",
        0.903: "That is the logarithm to the base 10. Each halving adds 0.693.",
        2.079: "⅛ = ½·½·½, and each halving adds 0.693.",
    },
)

one_hot_surprise = NumberAnswer(
    "Softmax gives the classes 0.2, 0.5 and 0.3, and the one-hot label is (0, 0, 1). What is the cross-entropy?",
    1.204,
    tolerance=0.002,
    feedback={
        0.693: "That is the surprise about the second class, the likeliest one. The label says the third.",
        1.609: "That is the surprise about the first class. The label says the third.",
        0.3: "That is the probability of the right class. The surprise is −ln of it.",
        0.7: "That is 1 − 0.3. The surprise is −ln 0.3.",
        -1.204: "A surprise is positive: −ln 0.3.",
        0.357: "That is −ln(1 − 0.3). With three classes only the right one counts.",
        1.169: "That is the mean of all three surprises. Only the right class counts.",
        3.507: "That is the sum of all three surprises. The label multiplies two of them by 0.",
        0.401: "That is a third of it. It is one example: its label has a single 1, so nothing is divided by 3.",
        0.49: "That is the squared error of 0.3 against 1. The cross-entropy is −ln 0.3.",
        0.523: "That is the logarithm to the base 10. The surprise is −ln 0.3, `-np.log(0.3)`.",
        1.03: "That weighs the surprises by the probabilities themselves. The label weighs them: 0, 0 and 1.",
        1.204: "The zeros leave out the first two, and −ln 0.3 = 1.204 is what remains.",
    },
)

same_shift = Choice(
    "You add 5 to every score. What happens to the probabilities that softmax gives?",
    [
        Option(
            "All grow.",
            "They add up to 1 before and after, so they cannot all grow.",
        ),
        Option(
            "The largest grows, the others shrink.",
            "That happens when all scores are multiplied. Adding 5 multiplies every exponential by the same e⁵.",
        ),
        Option(
            "Nothing.",
            "Every exponential is multiplied by e⁵, and so is their sum: only differences of scores count.",
            correct=True,
        ),
    ],
)

cat_and_dog = Choice(
    "A photograph may show a cat, a dog, both or neither. The network gives two scores. Which loss?",
    [
        Option(
            "Cross-entropy of the softmax over the two scores.",
            "Softmax makes them share one whole: it cannot say that both are there, or neither.",
        ),
        Option(
            "Two binary cross-entropies, one for each score, added up.",
            "Two questions with a yes or no each, so two sigmoids and two surprises.",
            correct=True,
        ),
        Option(
            "The mean squared error of the two scores.",
            "A score may be any number, and the targets are yes or no: probabilities and surprises fit.",
        ),
        Option(
            "The Huber loss, as some photographs are outliers.",
            "Huber measures distances between numbers. Here the targets are yes or no.",
        ),
    ],
)

why_one_number = Choice(
    "A colleague proposes a loss that returns two numbers, one for the place of the box and one for its class, without "
    "a weight between them. Why does training need one number?",
    [
        Option(
            "Python cannot compute slopes of two numbers.",
            "It can: there would be a slope of each number along each parameter.",
        ),
        Option(
            "A change that lowers one number and raises the other is neither better nor worse until somebody says what "
            "one is worth in the other.",
            "Saying so is a weight, and with a weight the two have become one number.",
            correct=True,
        ),
        Option(
            "Two numbers would take twice the time.",
            "They nearly would not, as both come from the same forward pass. Time is not the point.",
        ),
        Option(
            "The two numbers would have different units.",
            "They may, and a weight converts between them. The trouble is deeper: without a weight there is no order.",
        ),
    ],
)

cards = Cards(
    [
        (
            "loss function",
            "It takes predictions and targets and returns one number, smaller where they agree better.",
        ),
        (
            "mean squared error (MSE)",
            "The mean of (ŷ − y)². Its slope along one prediction is 2(ŷ − y)/n, so large errors pull hardest.",
        ),
        (
            "mean absolute error (MAE)",
            "The mean of |ŷ − y|. Every error pulls with the same force, 1/n, however large it is.",
        ),
        (
            "Huber loss",
            "Half the square up to δ, straight beyond it: the pull grows with the error as far as δ, and no further.",
        ),
        ("outlier", "A data point far from where the others would have it."),
        (
            "surprise",
            "−ln p, where p is the probability that was given to what happened. Sure and right: 0.",
        ),
        (
            "binary cross-entropy",
            "The mean surprise of yes-or-no forecasts: −ln p where the answer is yes, −ln(1 − p) where it is no.",
        ),
        ("sigmoid", "1/(1 + e⁻ᶻ): turns any score z into a probability."),
        (
            "saturated",
            "Said of a sigmoid far from 0, where it is nearly level: a nudge of the score changes next to nothing.",
        ),
        (
            "softmax",
            "e raised to each score, divided by the sum: positive numbers that add up to 1.",
        ),
        ("one-hot label", "One entry for each class: 1 for the right one, 0 for the others."),
        (
            "categorical cross-entropy",
            "−Σ y ln p over the classes: with a one-hot label, the surprise about the right class.",
        ),
        ("logits", "Scores before any sigmoid or softmax."),
        (
            "log-sum-exp",
            "ln Σ eᶻ, computed with the largest score taken out first, so that nothing overflows.",
        ),
        (
            "likelihood",
            "The probability that a model gives to the data as they are. Minus its logarithm is a loss.",
        ),
    ]
)
