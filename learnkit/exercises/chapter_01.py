"""Practice for chapter 1, what learning means: its exercises, quick checks, cards and predictions."""

import numpy as np

from learnkit.data import houses
from learnkit.practice.exercise import Exercise
from learnkit.practice.predict import Prediction
from learnkit.practice.quiz import Cards, Choice, NumberAnswer, Option

# ------------------------------------------------------------------ 1.1 The loss of two houses


def loss_of_two():
    errors = [20 * -0.5 + 80 - 75, 20 * 0.5 + 80 - 80]
    return (errors[0] ** 2 + errors[1] ** 2) / 2


def below_nothing(number):
    """Say of a negative number that no loss is one."""
    is_number = isinstance(number, (int, float))
    return (
        "A mean of squares is never negative: look at your signs."
        if is_number and number < 0
        else ""
    )


two_houses = Exercise(
    number="1.1",
    title="The loss of two houses",
    minutes=3,
    kind="trace",
    task="The model is price = 20 · size + 80. A house of 1,500 square feet, size −0.5, was sold for 75 (thousand "
    "dollars), one of 2,500 square feet, size 0.5, for 80. What is the loss of the model on these two, the mean of the "
    "squared errors? Work it out on paper.",
    solution=loss_of_two,
    tolerance=1e-3,
    mistakes={
        125: "125 is the sum of the squared errors. The loss is their mean: divide by the two houses.",
        2.5: "2.5 is the mean of the errors themselves, −5 and 10. Square each of them first.",
        6.25: "6.25 is the square of the mean error. Square each error first, then take the mean.",
        7.5: "7.5 is the mean of the errors' sizes. Square each of them first.",
        5: "5 is the sum of the errors, −5 + 10. Square each of them first, then take the mean.",
        15: "15 is the sum of the errors' sizes. Square each of them, then take the mean.",
        10: "10 is the error of the second house. The loss takes both errors, squared.",
        -5: "−5 is the error of the first house. The loss takes both errors, squared.",
        37.5: "37.5 comes out if the square of −5 is taken as −25. A square is never negative.",
        125
        ** 0.5: "That is the square root of the sum of the squares. Divide that sum by 2, and take no root.",
        62.5
        ** 0.5: "That is the square root of the loss. The mean of the squared errors is not rooted.",
        25: "25 is the squared error of the first house alone. Take the mean over both.",
        100: "100 is the squared error of the second house alone. Take the mean over both.",
        31.25: "31.25 is the sum of the squares divided by 4. There are two houses.",
        112.5: "112.5 is the square of 15, halved. Square each error by itself, then add.",
        12.5: "12.5 comes out if 20 · size is left out, and also if the errors are added before they are squared.",
        17.5: "17.5 comes out if only one of the errors, −5, is squared. Square the other as well.",
        62500: "62500 is a thousand times too much. The prices are in thousands of dollars, and stay so.",
        15.625: "15.625 is 62.5 divided by 4: the mean of two numbers divides their sum by 2 once.",
        4712.5: "4712.5 comes out if w and b are exchanged: 20 is what multiplies the size, 80 is added.",
        1862.5: "1862.5 comes out with the sizes 1.5 and 2.5. Size is counted from 2,000 square feet: −0.5 and 0.5.",
        162.5: "162.5 comes out if both houses have the size 0.5. The first one's is −0.5, so 20 · size is −10.",
        6062.5: "6062.5 comes out if the bias is left out: add 80 to both products.",
        6500: "6500 is the mean of the squared predictions. Subtract the price from each before you square it.",
        80: "80 is the mean of the predictions. Subtract the price from each, and square, before you take the mean.",
        62: "62 is what whole-number division `//` leaves: the mean of 25 and 100 is no whole number.",
        250: "250 comes out if the errors are squared, added and doubled. A mean divides by 2.",
    },
    explain=below_nothing,
    hints=(
        "Two predictions first: 20 · (−0.5) + 80 and 20 · 0.5 + 80.",
        "They are 70 and 90. Error is prediction minus price: −5 and 10.",
        "The squares are 25 and 100. What is their mean?",
    ),
)

# ------------------------------------------------------------------ 1.2 Loss as a function


def mean_squared_error(w, b, size, price):
    prediction = w * size + b
    error = prediction - price
    return np.mean(error**2)


def the_houses():
    """Return the chapter's own size and price: 321 houses, in thousands of square feet above 2
    thousand, and in thousands of dollars.
    """
    sold = houses()
    return sold.area / 1000 - 2, sold.price / 1000


SIZE, PRICE = the_houses()


def any_line_and_houses(draw):
    count = draw.randint(2, 6)
    size = np.array([draw.randint(-13, 20) / 10 for _ in range(count)])
    price = np.array([draw.randint(300, 1500) / 10 for _ in range(count)])
    return draw.randint(-20, 60) / 2, draw.randint(20, 100), size, price


write_the_loss = Exercise(
    number="1.2",
    title="The loss as a function",
    minutes=4,
    kind="complete",
    task="Write the loss of the model price = w · size + b. `size` and `price` are arrays with one entry for each house. "
    "Return the mean of the squared errors; `np.mean` takes the mean of an array, and `**2` squares each entry.",
    solution=mean_squared_error,
    start="""
        def mean_squared_error(w, b, size, price):
            prediction = ...
            error = ...
            return ...
    """,
    cases=[
        (20, 80, SIZE, PRICE),
        (20.0, 80.0, np.array([-0.5, 0.5]), np.array([75.0, 80.0])),
        (0.0, 50.0, np.array([-1.0, 0.0, 2.0]), np.array([40.0, 50.0, 70.0])),
        (10.0, 60.0, np.array([1.0, -2.0]), np.array([70.0, 40.0])),  # both met: a loss of 0
        (-3.0, 7.5, np.array([1.5]), np.array([1.0])),
        (2.5, -4.0, np.array([3.0, 1.0, -1.0, 0.5]), np.array([1.0, -2.0, 0.0, 8.0])),
    ],
    fresh=any_line_and_houses,
    equivalent={
        "line 3: order turned: prediction - price → price - prediction": "The square forgets the sign.",
        "line 3: sign of result turned: prediction - price → -(prediction - price)": "The square forgets it.",
        "line 3: size only: prediction - price → abs(prediction - price)": "The square forgets the sign.",
        "line 1: arguments exchanged throughout: def mean_squared_error(w, b, size, pric…, 2": "A product has no order.",
    },
    mistakes={
        (
            "prediction - price → price - prediction",
            "np.mean(error**2) → np.mean(error)",
        ): "You took the mean of the "
        "differences themselves, so that those up and down cancel. Square each of them first.",
        "np.mean(error**2) → np.mean(error)": "You took the mean of the errors themselves, so that errors up and down "
        "cancel. Square each of them first.",
        "np.mean(error**2) → np.mean(error) ** 2": "You squared the mean. Square every error first, then take the mean.",
        "np.mean(error**2) → np.sum(error**2)": "That is the sum of the squared errors, which grows with the number of "
        "houses. The loss is their mean.",
        "np.mean(error**2) → np.mean(np.abs(error))": "That is the mean of the errors' sizes. The loss squares each error.",
        "np.mean(error**2) → np.sqrt(np.mean(error**2))": "That is the square root of the loss. Leave the root out.",
        "np.mean(error**2) → error**2": "That is one squared error for each house. A loss is one number: take the mean.",
        "np.mean(error**2) → error": "That is one error for each house. Square them, and take the mean.",
        "np.mean(error**2) → prediction": "Those are the predictions. How far are they from the prices?",
        "w * size + b → b * size + w": "`w` and `b` have changed places: the weight is what multiplies the size.",
        "w * size + b → w * size": "Your prediction leaves out the bias `b`.",
        "w * size + b → w * (size + b)": "Your weight multiplies the bias too: in w · size + b only the size is multiplied.",
        "w * size + b → (w + b) * size": "Your bias multiplies the size too: in w · size + b it is added to the product.",
        "w * size + b → w + size + b": "The weight multiplies the size; yours adds it.",
        "np.mean(error**2) → np.mean(error * 2)": "`* 2` doubles. The square of an error is the error times itself, `**2`.",
        "np.mean(error**2) → np.mean(error**2) / 2": "Yours is half the mean of the squared errors.",
        "np.mean(error**2) → np.median(error**2)": "That is the median. The loss is the mean, `np.mean`.",
        "prediction - price → prediction + price": "An error is the difference of prediction and price, not their sum.",
        "np.mean(error**2) → np.mean(prediction**2 - price**2)": "You square first and subtract then. An error is a "
        "difference, and it is the error that is squared.",
        "np.mean(error**2) → error[-1] ** 2 / len(error)": "Only the last house counts in yours. Add up the squares of all.",
        "prediction - price → price": "You squared the prices. An error is prediction minus price.",
        "np.mean(error**2) → np.sum(error**2) / 321": "You divide by 321 whatever the number of houses. `np.mean` divides "
        "by the number that there are.",
    },
    hints=(
        "Line by line as in the text: the prediction of each house, its error, then one number for all.",
        "An array can be multiplied by a number, and another array can be subtracted: `w * size + b`, then `- price`.",
        "The last line is `np.mean` of the squares of `error`.",
    ),
)

# ------------------------------------------------------------------ 1.3 Slopes by nudging


def nudged_slopes(loss, w, b, nudge):
    here = loss(w, b)
    along_w = (loss(w + nudge, b) - here) / nudge
    along_b = (loss(w, b + nudge) - here) / nudge
    return [along_w, along_b]


def houses_loss(w, b):
    """The chapter's own loss."""
    return mean_squared_error(w, b, SIZE, PRICE)


def long_bowl(w, b):
    return (w - 3) ** 2 + 4 * (b + 1) ** 2 + w * b


def a_plane(w, b):
    return 2 * w - 5 * b + 1


def a_wave(w, b):
    return np.sin(w) * b + 0.5 * w


def any_bowl(draw):
    """Return a bowl drawn at random, as a loss of w and b."""
    across, up, slant = draw.randint(1, 5), draw.randint(1, 5), draw.randint(-2, 2)
    lowest_w, lowest_b = draw.randint(-5, 5), draw.randint(-5, 5)

    def random_bowl(w, b):
        return across * (w - lowest_w) ** 2 + up * (b - lowest_b) ** 2 + slant * w * b / 2

    return random_bowl


def any_nudge(draw):
    place = draw.randint(-9, 9) / 2, draw.randint(-9, 9) / 2
    return any_bowl(draw), *place, draw.choice([0.5, 0.1, 0.01])


nudge_each = Exercise(
    number="1.3",
    title="Both slopes, by nudging",
    minutes=5,
    kind="complete",
    task="Write a function that measures both slopes. `loss` is a function of w and b. Nudge w alone by `nudge`, and "
    "divide the change of the loss by `nudge`; then do so with b alone, from the same place. Return the list of the "
    "slope along w and the slope along b.",
    solution=nudged_slopes,
    start="""
        def nudged_slopes(loss, w, b, nudge):
            here = loss(w, b)
            along_w = ...
            along_b = ...
            return [along_w, along_b]
    """,
    cases=[
        (houses_loss, 20.0, 70.0, 0.001),
        (long_bowl, 1.0, 2.0, 0.5),
        (long_bowl, -2.0, 0.5, -0.25),
        (a_plane, 0.0, 0.0, 0.1),
        (a_plane, -4.0, 1.0, 0.1),  # a loss below 0
        (a_wave, 2.0, 3.0, 0.01),
    ],
    fresh=any_nudge,
    mistakes={
        "[along_w, along_b] → [along_b, along_w]": "The right two slopes in the other order: w first, then b.",
        (
            "(loss(w + nudge, b) - here) / nudge → loss(w + nudge, b) - here",
            "(loss(w, b + nudge) - here) / nudge → loss(w, b + nudge) - here",
        ): "Those are the changes of the loss. A slope is the change for each unit of w or b: divide by the nudge.",
        (
            "(loss(w + nudge, b) - here) / nudge → loss(w + nudge, b)",
            "(loss(w, b + nudge) - here) / nudge → loss(w, b + nudge)",
        ): "Those are the two losses after a nudge. By how much do they differ from `here`, for each unit of the nudge?",
        (
            "(loss(w + nudge, b) - here) → (here - loss(w + nudge, b))",
            "(loss(w, b + nudge) - here) → (here - loss(w, b + nudge))",
        ): "Both signs are turned: the change is the loss after the nudge, minus the loss before it.",
        (
            "(loss(w + nudge, b) - here) / nudge → loss(w + nudge, b) - here / nudge",
            "(loss(w, b + nudge) - here) / nudge → loss(w, b + nudge) - here / nudge",
        ): "Division binds before subtraction: put the difference of the two losses in brackets.",
        (
            "(loss(w + nudge, b) - here) / nudge → (loss(w + nudge, b) - here) * nudge",
            "(loss(w, b + nudge) - here) / nudge → (loss(w, b + nudge) - here) * nudge",
        ): "You multiply the changes by the nudge. A change for each unit is a quotient: divide.",
        (
            "loss(w + nudge, b) → loss(w + nudge, b + nudge)",
            "loss(w, b + nudge) → loss(w + nudge, b + nudge)",
        ): "You nudge both parameters at once, so nobody can tell whose change it was. Nudge one, leave the other.",
        "loss(w, b + nudge) - here → loss(w + nudge, b + nudge) - loss(w + nudge, b)": "The slope along w is right. Along "
        "b you measure from the nudged w: put w back first.",
        "loss(w, b + nudge) - here → loss(w + nudge, b + nudge) - here": "The slope along w is right. For b both are "
        "nudged: put w back first.",
        (
            "(loss(w + nudge, b) - here) → abs(loss(w + nudge, b) - here)",
            "(loss(w, b + nudge) - here) → abs(loss(w, b + nudge) - here)",
        ): "Your slopes have lost their signs, which say which way is down.",
        (
            "(loss(w + nudge, b) - here) / nudge → (loss(w + nudge, b) - loss(w - nudge, b)) / (2 * nudge)",
            "(loss(w, b + nudge) - here) / nudge → (loss(w, b + nudge) - loss(w, b - nudge)) / (2 * nudge)",
        ): "You nudge to both sides, which is more accurate and is what chapter 6 does. Here: once, by `nudge`, and "
        "compared with `here`.",
        (
            "(loss(w + nudge, b) - here) / nudge → (loss(w + nudge, b) - here) / w",
            "(loss(w, b + nudge) - here) / nudge → (loss(w, b + nudge) - here) / b",
        ): "Divide by how far the parameter moved, `nudge`, not by where it stands.",
        (
            "(loss(w + nudge, b) - here) / nudge → (loss(w + nudge, b) - here) / here",
            "(loss(w, b + nudge) - here) / nudge → (loss(w, b + nudge) - here) / here",
        ): "You divide by the loss. Divide by how far the parameter moved, `nudge`.",
        (
            "(loss(w + nudge, b) - here) / nudge → (loss(w + 0.001, b) - here) / 0.001",
            "(loss(w, b + nudge) - here) / nudge → (loss(w, b + 0.001) - here) / 0.001",
        ): "Your nudge is always 0.001. Use the one that is handed over as `nudge`.",
        (
            "(loss(w + nudge, b) - here) / nudge → (loss(w * nudge, b) - here) / nudge",
            "(loss(w, b + nudge) - here) / nudge → (loss(w, b * nudge) - here) / nudge",
        ): "A nudge is added to the parameter, not multiplied with it.",
        (
            "here = loss(w, b) → here = loss(b, w)",
            "loss(w + nudge, b) → loss(b, w + nudge)",
            "loss(w, b + nudge) → loss(b + nudge, w)",
        ): "Your calls of `loss` hand over b first, then w. It takes w first.",
        (
            "(loss(w + nudge, b) - here) / nudge → (loss(w + nudge, b) - here) / (w + nudge)",
            "(loss(w, b + nudge) - here) / nudge → (loss(w, b + nudge) - here) / (b + nudge)",
        ): "Divide by how far the parameter moved, `nudge`, not by where it has come to.",
        "[along_w, along_b] → along_w + along_b": "You add the two slopes. Each parameter needs its own: return both in a "
        "list.",
    },
    hints=(
        "Two more calls of `loss`: one with a nudged w, one with a nudged b.",
        "After the first nudge the loss is `loss(w + nudge, b)`. How much more is that than `here`?",
        "Put the difference in brackets and divide it by `nudge`; the same for b.",
    ),
)

# ------------------------------------------------------------------ 1.4 A step that goes astray


def step(loss, w, b, rate):
    slope_w = (loss(w + 0.001, b) - loss(w, b)) / 0.001
    slope_b = (loss(w, b + 0.001) - loss(w, b)) / 0.001
    return w - rate * slope_w, b - rate * slope_b


def two_steps(loss, w, b, rate):
    return step(loss, *step(loss, w, b, rate), rate)


def any_step(draw):
    place = draw.randint(-9, 9) / 2, draw.randint(-9, 9) / 2
    return any_bowl(draw), *place, draw.choice([0.05, 0.1, 0.2])


mend_the_step = Exercise(
    number="1.4",
    title="A step that goes astray",
    minutes=4,
    kind="mend",
    task="This step is to move w and b downhill, each against the slope at the place where you stand. Two things are "
    "wrong. One of them sends you uphill. For the other, ask at which place each slope is measured.",
    solution=step,
    returns=("w", "b"),
    start="""
        def step(loss, w, b, rate):
            slope_w = (loss(w + 0.001, b) - loss(w, b)) / 0.001
            w = w + rate * slope_w
            slope_b = (loss(w, b + 0.001) - loss(w, b)) / 0.001
            b = b + rate * slope_b
            return w, b
    """,
    given="Uphill is only the first of its two faults.",
    cases=[
        (houses_loss, 20.0, 70.0, 0.1),
        (houses_loss, 0.0, 0.0, 0.3),
        (long_bowl, 1.0, 2.0, 0.1),
        (long_bowl, -2.0, 0.5, 0.05),
        (a_wave, 2.0, 3.0, 0.2),
        (a_plane, 1.0, 1.0, 0.1),
        (long_bowl, 4.0, -3.0, 0.0),  # a rate of 0 stays where it is
    ],
    fresh=any_step,
    mistakes={
        (
            "slope_b = (loss(w, b + 0.001) - loss(w, b)) / 0.001 → "
            "w = w - rate * slope_w; slope_b = (loss(w, b + 0.001) - loss(w, b)) / 0.001",
            "return w - rate * slope_w, b - rate * slope_b → return w, b - rate * slope_b",
        ): "It goes downhill now. But the slope along b is measured after w has moved, at another place: measure both "
        "first, then move both.",
        (
            "slope_b = (loss(w, b + 0.001) - loss(w, b)) / 0.001 → "
            "moved = b - rate * (loss(w, b + 0.001) - loss(w, b)) / 0.001; "
            "slope_w = (loss(w + 0.001, moved) - loss(w, moved)) / 0.001",
            "return w - rate * slope_w, b - rate * slope_b → return w - rate * slope_w, moved",
        ): "Now w is the one measured after the other has moved: measure both slopes first, then move both.",
        (
            "w - rate → w + rate",
            "b - rate → b + rate",
        ): "Both slopes are measured at one place now, but the step still goes uphill: a positive slope says that more "
        "of the parameter is more loss.",
        (
            "slope_b = (loss(w, b + 0.001) - loss(w, b)) / 0.001 → "
            "w = w - rate * slope_w; slope_b = (loss(w, b + 0.001) - loss(w, b)) / 0.001",
            "return w - rate * slope_w, b - rate * slope_b → return w, b + rate * slope_b",
        ): "w is right now. b still goes uphill, and its slope is measured after w has moved.",
        "return w - rate * slope_w, b - rate * slope_b → return w - rate * slope_b, b - rate * slope_w": "Each parameter "
        "moves by the other one's slope.",
        "return w - rate * slope_w, b - rate * slope_b → return w - rate * slope_w, b": "Your b does not move.",
        "return w - rate * slope_w, b - rate * slope_b → return w, b - rate * slope_b": "Your w does not move.",
        (
            "loss(w + 0.001, b) → loss(w + 0.001, b + 0.001)",
            "loss(w, b + 0.001) → loss(w + 0.001, b + 0.001)",
        ): "You nudge both parameters at once, so nobody can tell whose change it was. Nudge one, leave the other.",
        "w - rate → w + rate": "Now b goes downhill and w still goes up.",
        "b - rate → b + rate": "Now w goes downhill and b still goes up.",
        "return w - rate * slope_w, b - rate * slope_b → return b - rate * slope_b, w - rate * slope_w": "The right two "
        "places in the other order: return w first, then b.",
        "return w - rate * slope_w, b - rate * slope_b → return slope_w, slope_b": "Those are the two slopes. Return where "
        "the step leads.",
        "return w - rate * slope_w, b - rate * slope_b → return -rate * slope_w, -rate * slope_b": "That is how far each "
        "moves. Return where they are then: add it to w and b.",
        "return w - rate * slope_w, b - rate * slope_b → return w - slope_w, b - slope_b": "Your step is as long as the "
        "slopes themselves: the learning rate is missing.",
        (
            "return w - rate * slope_w, b - rate * slope_b → "
            "return w - rate * abs(slope_w), b - rate * abs(slope_b)"
        ): "Yours makes w and b smaller wherever it stands: the slopes have lost their signs.",
        (
            "return w - rate * slope_w, b - rate * slope_b → "
            "return w - rate * np.sign(slope_w), b - rate * np.sign(slope_b)"
        ): "Every step of yours is as long as the rate. Where the ground is steep it is to be longer: rate times slope.",
        (
            "return w - rate * slope_w, b - rate * slope_b → "
            "return w - rate / 2 * slope_w, b - rate / 2 * slope_b"
        ): "The direction is right, and each step is half as long as it is to be.",
        (
            "return w - rate * slope_w, b - rate * slope_b → "
            "return w - rate * loss(w + 0.001, b), b - rate * loss(w, b + 0.001)"
        ): "Your step follows the loss itself. What says which way is down is its slope.",
        two_steps: "Yours takes two steps. One is asked for.",
    },
    hints=(
        "Which sign makes w smaller where the slope along w is positive?",
        "For the second fault: when `slope_b` is measured, which w does `loss(w, …)` get?",
        "Measure both slopes before you change w or b.",
    ),
)

# ------------------------------------------------------------------ 1.5 The learning loop


def learn(loss, w, b, rate, steps):
    losses = [loss(w, b)]
    for _ in range(steps):
        slope_w, slope_b = nudged_slopes(loss, w, b, 0.001)
        w, b = w - rate * slope_w, b - rate * slope_b
        losses.append(loss(w, b))
    return w, b, losses


def level_ground(w, b):
    return 0 * w + 0 * b + 4


def any_run(draw):
    place = draw.randint(-9, 9) / 2, draw.randint(-9, 9) / 2
    return any_bowl(draw), *place, draw.choice([0.02, 0.05, 0.08]), draw.randint(1, 6)


write_the_loop = Exercise(
    number="1.5",
    title="The learning loop",
    minutes=6,
    kind="extend",
    task="Write the whole loop. At every step measure both slopes (with your `nudged_slopes`, or with "
    "`practice.nudged_slopes`, and the nudge 0.001), then move both parameters. Return three things, `w, b, losses`: the "
    "parameters at the end, and the list of losses, one at the start and one after each step.",
    solution=learn,
    start="""
        def learn(loss, w, b, rate, steps):
            losses = [loss(w, b)]
            for _ in range(steps):
                ...
            return ...
    """,
    returns=("w", "b", "losses"),
    equivalent={
        "line 5: one after the other: w, b = (w - rate * slope_w, b - rate * …": "Both slopes are known before.",
        "line 5: one after the other: w, b = (w - rate * slope_w, b - rate * …, 2": "Both slopes are known before.",
    },
    cases=[
        (houses_loss, 0.0, 0.0, 0.3, 8),
        (long_bowl, 1.0, 2.0, 0.1, 3),
        (long_bowl, -2.0, 0.5, 0.05, 5),
        (a_plane, 0.0, 1.0, 0.1, 2),
        (a_wave, 2.0, 3.0, 0.2, 1),
        (long_bowl, 1.0, 2.0, 0.3, 4),  # too long a step: the losses rise, and the loop goes on
        (level_ground, 1.0, 2.0, 0.1, 3),
        (long_bowl, 4.0, -3.0, 0.1, 0),  # no step: the loss at the start alone
    ],
    fresh=any_run,
    mistakes={
        (
            "w - rate → w + rate",
            "b - rate → b + rate",
        ): "Yours climbs: the losses rise. A step goes against the slope.",
        "w, b = w - rate * slope_w, b - rate * slope_b → w = w - rate * slope_w": "Your b never moves. Both parameters "
        "take a step.",
        "w, b = w - rate * slope_w, b - rate * slope_b → b = b - rate * slope_b": "Your w never moves. Both parameters "
        "take a step.",
        (
            "slope_w, slope_b = nudged_slopes(loss, w, b, 0.001)\n → w = w - rate * nudged_slopes(loss, w, b, 0.001)[0]\n",
            "w, b = w - rate * slope_w, b - rate * slope_b → b = b - rate * nudged_slopes(loss, w, b, 0.001)[1]",
        ): "The slope along b is measured after w has moved. Measure both at one place, then move both.",
        (
            "losses = [loss(w, b)]\n → losses = [loss(w, b)]\n    slope_w, slope_b = nudged_slopes(loss, w, b, 0.001)\n",
            "    for _ in range(steps):\n        slope_w, slope_b = nudged_slopes(loss, w, b, 0.001)\n → "
            "    for _ in range(steps):\n",
        ): "Your first step is right, the later ones repeat it. Measure the slopes anew at every step, where you stand.",
        "        losses.append(loss(w, b))\n → "
        "        losses.append(loss(w, b))\n        if losses[-1] >= losses[-2]:\n            break\n": "Yours stops where the "
        "loss falls no further. It is to make all its `steps`, also where the loss rises.",
        "nudged_slopes(loss, w, b, 0.001) → nudged_slopes(loss, w, b, 1)": "You nudge by 1. For a slope at the place where "
        "you stand that is too far: the nudge is to be 0.001.",
        "losses.append(loss(w, b)) → losses.append(losses[0])": "Your list has the loss at the start again and again. After "
        "each step it is to have the loss at the new place.",
        "nudged_slopes(loss, w, b, 0.001) → nudged_slopes(loss, w, b, rate)": "You nudge by the learning rate. The nudge "
        "that measures a slope is 0.001; the rate belongs to the step.",
        "losses = [loss(w, b)] → losses = []": "The loss at the start is missing from your list: it has one entry more "
        "than there are steps.",
        "w - rate * slope_w, b - rate * slope_b → w - slope_w, b - slope_b": "Your steps are as long as the slopes "
        "themselves: multiply each by the learning rate.",
        "w - rate * slope_w, b - rate * slope_b → w - rate * slope_b, b - rate * slope_w": "Each parameter moves by the "
        "other one's slope.",
        "w - rate * slope_w, b - rate * slope_b → w - rate * loss(w, b), b - rate * loss(w, b)": "Your steps follow the "
        "loss itself. What says which way is down is its slope.",
        "return w, b, losses → return w, b, losses[-1]": "You return the last loss alone. Return the list of all of them.",
        "        losses.append(loss(w, b))\n → ": "Nothing is added to your list of losses: append the loss after each step.",
    },
    hints=(
        "One round: measure the two slopes, move the two parameters, append the loss.",
        "`slope_w, slope_b = nudged_slopes(loss, w, b, 0.001)` gives both slopes at one place.",
        "Each parameter becomes itself minus `rate` times its slope; then `losses.append(loss(w, b))`.",
    ),
)

# ------------------------------------------------------------------ 1.6 What one neuron answers


def answer():
    z = 1.0 * 0.5 + 0.5 * 1.0 - 1.0 * 2.0 + 0.1 * 4.0 + 0.2
    return max(0, z)


def beyond_a_slip(number):
    """Say of a wrong number what is certain of it, whatever led to it."""
    if isinstance(number, bool) or not isinstance(number, (int, float)):
        return ""
    if number < 0:
        return "ReLU never answers with a number below 0. It comes last, after the bias."
    return (
        "ReLU answers with a number above 0 only where the sum itself is above 0. Is it? Add the four products and the "
        "bias again, each with its sign."
    )


one_neuron = Exercise(
    number="1.6",
    title="What one neuron answers",
    minutes=3,
    kind="trace",
    task="Another neuron looks at the same four numbers, x = [0.5, 1, 2, 4]. Its weights are [1, 0.5, −1, 0.1] and its "
    "bias is 0.2. What does it answer, after the activation? Work it out on paper.",
    solution=answer,
    tolerance=1e-3,
    mistakes={
        -0.4: "−0.4 is the weighted sum with the bias. The activation comes after it: what does ReLU make of a number "
        "below 0?",
        0.4: "The weighted sum is −0.4, and ReLU does not drop the sign: it answers the larger of 0 and z.",
        -0.6: "−0.6 is the weighted sum without the bias, and before the activation.",
        0.6: "0.6 is the size of the weighted sum without the bias. Keep its sign, add the bias, then apply ReLU.",
        3.6: "3.6 comes out if −1 · 2 is taken as +2. The third weight is negative.",
        3.4: "3.4 comes out if −1 · 2 is taken as +2, and the bias is left out.",
        1.6: "1.6 comes out if the third product, −1 · 2, is left out, as if ReLU were applied to each product. It is "
        "applied once, to the sum with the bias.",
        1.4: "1.4 comes out if the third product and the bias are left out.",
        -0.8: "−0.8 comes out if the bias is subtracted, or the fourth product left out; and the activation comes last.",
        -1.0: "−1 comes out if the fourth product and the bias are left out; and the activation comes last.",
        -0.9: "−0.9 comes out if one of the products of 0.5 is left out; and the activation comes last.",
        0.8: "0.8 is a sum of weights and bias, not of weights times numbers: multiply each number by its weight first.",
        0.2: "0.2 is the bias alone. It belongs to the sum, and ReLU comes after that.",
        3.2: "3.2 comes out if the last number, 4, is not multiplied by its weight.",
        0.3: "0.3 is the answer of the neuron above. This one has weights of its own.",
        7.7: "7.7 is the sum of the four numbers, and the bias. Each number is multiplied by its weight first.",
        8.3: "8.3 comes out if numbers and weights are added. Each number is multiplied by its weight.",
        4.25: "4.25 comes out with the weights from last to first. The first weight goes with the first number.",
        7.5: "7.5 is the sum of the four numbers. Each is multiplied by its weight first.",
        1.0: "ReLU is no switch between 0 and 1: it answers the larger of 0 and z. What is z?",
    },
    explain=beyond_a_slip,
    hints=(
        "Four products: 1 · 0.5, 0.5 · 1, −1 · 2, 0.1 · 4.",
        "They are 0.5, 0.5, −2 and 0.4. Add them up, and the bias 0.2.",
        "The sum is −0.4. ReLU answers the larger of 0 and that.",
    ),
)

# ------------------------------------------------------------------ 1.7 A layer


def weighted_sum(x, weights, bias):
    z = bias
    for number, weight in zip(x, weights):
        z = z + weight * number
    return z


def relu(z):
    return max(0.0, z)


def layer(x, weights, biases):
    answers = []
    for row, bias in zip(weights, biases):
        answers.append(relu(weighted_sum(x, row, bias)))
    return answers


HOUSE = [0.5, 1, 2, 4]
WEIGHTS = [[0.4, 0.3, 0.2, -0.1], [1, 0.5, -1, 0.1], [-0.2, 0.1, 0.5, 0.05]]
BIASES = [-0.2, 0.2, 0.3]


def any_layer(draw):
    inputs, neurons = draw.randint(1, 4), draw.randint(1, 4)
    x = [draw.randint(-20, 20) / 10 for _ in range(inputs)]
    weights = [[draw.randint(-9, 9) / 10 for _ in range(inputs)] for _ in range(neurons)]
    return x, weights, [draw.randint(-9, 9) / 10 for _ in range(neurons)]


write_the_layer = Exercise(
    number="1.7",
    title="A layer",
    minutes=5,
    kind="extend",
    task="Write a layer: `weights` holds one list of weights for each neuron, `biases` one bias for each, and every neuron "
    "looks at the same `x`. Return the list of their answers, after ReLU. Use `weighted_sum` and `relu` from above; "
    "`zip(weights, biases)` pairs what belongs to one neuron.",
    solution=layer,
    start="""
        def layer(x, weights, biases):
            answers = []
            ...
            return ...
    """,
    cases=[
        (HOUSE, WEIGHTS, BIASES),
        ([1.0, -2.0], [[0.5, 0.25], [-1.0, 2.0], [3.0, 1.0]], [0.1, 6.0, 0.0]),
        ([1.0, 0.5, -1.0, 2.0], [[0.5, -1.0, 0.5, 1.0], [0.0, 2.0, 1.0, -0.5]], [-0.5, 0.25]),
        ([2.0], [[1.5]], [-1.0]),
        ([1.0, 2.0, 3.0], [[0.0, 0.0, 0.0], [1.0, 0.0, -1.0]], [0.5, 2.5]),
        ([-1.0, 0.5, 2.0], [[1.0, 2.0, -0.5], [-0.5, 0.5, 1.0]], [0.0, -0.25]),
    ],
    fresh=any_layer,
    equivalent={
        "line 4: arguments exchanged: weighted_sum(x, row, bias) → weighted_sum(row, x, bias)": "A product has no order.",
    },
    mistakes={
        "relu(weighted_sum(x, row, bias)) → weighted_sum(x, row, bias)": "The activation is missing: hand each weighted "
        "sum to `relu`.",
        "weighted_sum(x, row, bias) → weighted_sum(x, row, 0)": "The biases are left out: hand each neuron its own.",
        "relu(weighted_sum(x, row, bias)) → relu(weighted_sum(x, row, 0)) + bias": "The bias belongs to the weighted sum: it is "
        "added before the activation.",
        "weighted_sum(x, row, bias) → weighted_sum(x, weights[0], bias)": "Every neuron of yours has the first one's "
        "weights: each has its own `row`.",
        "weighted_sum(x, row, bias) → weighted_sum(x, row, biases[0])": "Every neuron of yours has the first one's bias.",
        "weighted_sum(x, row, bias) → weighted_sum(x, row, sum(biases))": "Every neuron of yours gets all the biases "
        "added up. Each has one of its own.",
        "zip(weights, biases) → zip(zip(*weights), biases)": "You take the columns of `weights`. The weights of one neuron "
        "are a list in it, a row.",
        "relu(weighted_sum(x, row, bias)) → weighted_sum([relu(number) for number in x], row, bias)": "You bend the "
        "inputs. The activation is for the weighted sum.",
        "        answers.append(relu(weighted_sum(x, row, bias)))\n → "
        "        answers.append(relu(weighted_sum(x, row, bias)))\n        x = answers\n": "From the second neuron on, "
        "yours looks at the answers of the neurons before. All are to look at `x`.",
        "relu(weighted_sum(x, row, bias)) → bias + sum(relu(number * weight) for number, weight in zip(x, row))": "You bend "
        "each product. The activation is for their sum, bias included.",
        "return answers → return [answer for answer in answers if answer > 0]": "You leave the silent neurons out. The "
        "next layer needs their 0 in its place.",
        "relu(weighted_sum(x, row, bias)) → abs(weighted_sum(x, row, bias))": "Below 0, ReLU answers 0; yours drops the "
        "sign.",
        "return answers → return sum(answers)": "You add the answers up. A layer returns one for each neuron, in a list.",
        "return answers → return max(answers, default=0)": "You return the largest answer alone. Return all of them.",
        "        answers.append(relu(weighted_sum(x, row, bias)))\n → "
        "        answers = [relu(weighted_sum(x, row, bias))]\n": "Your list starts anew with every neuron, so that only "
        "the last answer is left: append to it.",
        "answers.append(relu(weighted_sum(x, row, bias)))\n → "
        "x = [relu(weighted_sum(x, row, bias))] + list(x)[1:]\n        answers.append(x[0])\n": "The second neuron of "
        "yours no longer sees the same `x` as the first.",
    },
    hints=(
        "Inside the loop: the answer of one neuron, with its own `row` and its own `bias`.",
        "The weighted sum of one neuron is `weighted_sum(x, row, bias)`. What comes after it?",
        "`answers.append(...)` with `relu` of that sum.",
    ),
)

# ----------------------------------------------------------------- predictions

how_many_steps = Prediction(
    "01-how-many-steps",
    "The loop starts from w = 0 and b = 0, at a loss of 8,103, with the learning rate 0.3. You got below 605 by hand. "
    "After how many steps will the loop be there?",
    number=True,
    unit="steps",
    least=0,
    whole=True,
    why="Far from the bottom the slopes are large, so the first steps are long.",
)
farther_out = Prediction(
    "01-farther-out",
    "Two houses of the same size, one a mile farther from the centre of the town. What will the trained model say of "
    "the price of that one?",
    options=["Lower.", "About the same.", "Higher."],
    why="The model has learned what goes with what in this town. It says nothing of causes: far out the lots are larger "
    "and the houses newer.",
)
two_alike = Prediction(
    "01-two-alike",
    "A tiny network has two hidden units. Every one of its parameters starts at 0.5. After 1,000 steps of training, how "
    "different are the weights of the two units?",
    options=[
        "Equal to the last digit.",
        "A little different: rounding drives them apart.",
        "As different as the data need.",
    ],
    why="Units that start alike get the same slopes, so they take the same steps.",
)

# ----------------------------------------------------------------- quick checks

what_changes = Choice(
    "A model is trained. What does training change?",
    [
        Option("The prices of the houses.", "The data are what happened. They stay as they are."),
        Option("The floor areas.", "Inputs are data, too: they stay as they are."),
        Option(
            "The numbers w and b.",
            "The parameters, and nothing else. The form of the model, w · size + b, stays as well.",
            correct=True,
        ),
        Option(
            "The formula of the loss.",
            "The loss says what we want; training only tries to make it small.",
        ),
    ],
)
what_a_loss_returns = Choice(
    "The model predicts the prices of 321 houses. What does the loss return?",
    [
        Option("321 errors.", "Those go into it. A loss makes one number of them."),
        Option(
            "One number, the smaller the better.",
            "So that of any two settings one can be called better.",
            correct=True,
        ),
        Option(
            "The best w and b.",
            "It judges one pair at a time. To find the best is the work of the loop.",
        ),
        Option("A price.", "That is what the model returns."),
    ],
)
which_way = Choice(
    "At some place the slope along w is +30 and the slope along b is −4. Which step goes downhill along both?",
    [
        Option("More w, more b.", "A positive slope along w says: more w, more loss."),
        Option("More w, less b.", "That goes uphill along both."),
        Option("Less w, more b.", "Each parameter moves against its own slope.", correct=True),
        Option("Less w, less b.", "A negative slope along b says: less b, more loss."),
    ],
)
one_step_by_hand = NumberAnswer(
    "w is 12, its slope is −30, and the learning rate η is 0.1. Where is w after one step?",
    15,
    feedback={
        9: "w − 0.1 · (−30): the two minus signs make a plus.",
        42: "The learning rate is missing: the step is 0.1 times the slope.",
        -18: "The learning rate is missing, and a sign: the step is 0.1 times the slope, against it.",
        12.1: "The step is η times the slope, not η alone.",
        11.9: "The step is η times the slope, not η alone.",
        3: "That is how far w moves. It starts from 12.",
        -3: "That is η times the slope. Subtract it from 12.",
        12: "That is where w stands before the step.",
        13.2: "That is 12 + 0.1 · 12. The step is η times the slope.",
        12.3: "That is η = 0.01. Here it is 0.1.",
        15: "12 − 0.1 · (−30) = 15: the slope is negative, so more w is less loss.",
    },
)
the_argument = NumberAnswer(
    "A model with one parameter was tried at θ = 1, 2, 3 and 4, and its losses were 7, 3, 2 and 5. Of these four, which "
    "number is argmin L(θ)?",
    3,
    feedback={
        2: "2 is the smallest loss, min L(θ). The argmin is the θ at which it is reached.",
        5: "That is a loss. The argmin is a place, a value of θ.",
        7: "That is the largest loss. The argmin is a value of θ.",
        1: "At θ = 1 the loss is 7, the largest of the four.",
        4: "At θ = 4 the loss is 5. Where is it smallest?",
        3: "At θ = 3 the loss is smallest: 3 is the place, 2 the loss there.",
    },
)
forward_passes = NumberAnswer(
    "A model has 10 parameters. How many times must you compute the loss to measure all slopes at one place, each by one "
    "nudge?",
    11,
    least=0,
    whole=True,
    feedback={
        10: "One for each nudge, and one without any, to compare with.",
        20: "The loss without a nudge is the same for all parameters: compute it once.",
        2: "That is enough for one parameter. Each of the ten needs a nudge of its own.",
        1: "One loss says how high you stand, and not which way is down.",
        100: "Each parameter is nudged once, while the others stay.",
        9: "One for each of the ten nudges, and one without any.",
        12: "One for each of the ten nudges, and one without any: that is one fewer.",
        11: "One without a nudge, and one for each parameter. With a million parameters that is a million and one.",
    },
)
count_the_parameters = NumberAnswer(
    "A network has 4 inputs, a layer of 5 neurons, and one output neuron. How many parameters has it?",
    31,
    least=0,
    whole=True,
    feedback={
        25: "Those are the weights, 4·5 + 5·1. Each neuron has a bias as well.",
        20: "That is the weights of the first layer alone.",
        26: "26 counts one bias. Each of the six neurons has one.",
        30: "Nearly: the output neuron has a bias as well.",
        24: "The first layer has 4 weights for each of 5 neurons, 20, and 5 biases. Then comes the output neuron.",
        6: "Those are the biases. The weights are missing.",
        10: "Those are the neurons and inputs. A parameter is a weight or a bias.",
        35: "The inputs are no neurons: they have no biases.",
        31: "4·5 + 5 in the layer, 5 + 1 in the output neuron.",
    },
)
in_the_fog = Choice(
    "You stand in the fog on a hillside and feel that the ground is level in every direction. What do you know?",
    [
        Option(
            "That you are at the lowest place of all.",
            "Another valley may lie deeper. In the fog you know the ground under your feet.",
        ),
        Option(
            "That a small step changes your height by almost nothing.",
            "That is all a slope of 0 says: you may be at a bottom, on a top, or on a plain.",
            correct=True,
        ),
        Option("That you have gone too far.", "Too far shows as a slope that points back."),
        Option(
            "Nothing.",
            "You know the slopes here, and they are 0: no small step is better than another.",
        ),
    ],
)

cards = Cards(
    [
        ("model", "A function with numbers in it that can be changed: ŷ = f(x; θ)."),
        (
            "parameters θ",
            "The numbers in a model that training may change: its weights and biases.",
        ),
        ("prediction ŷ", "What the model says for an input x."),
        ("error", "Prediction minus target, ŷ − y."),
        (
            "loss L",
            "One number that says how wrong a model is on all its data: the smaller the better.",
        ),
        ("to learn", "To move the parameters so that the loss becomes small."),
        (
            "slope along w",
            "How fast the loss changes when w alone moves: the change for each unit of w.",
        ),
        ("gradient", "The list of the slopes along all parameters."),
        ("learning rate η", "What a slope is multiplied with to make a step: θ ← θ − η · slope."),
        ("argmin", "Not the smallest loss, but the place where it is reached: θ* = argmin L(θ)."),
        ("neuron", "A weighted sum of its inputs, plus a bias, through an activation."),
        ("ReLU", "An activation: the larger of 0 and z."),
        (
            "layer",
            "Neurons that look at the same inputs; their answers are the inputs of the next layer.",
        ),
        ("forward pass", "From the inputs layer by layer to the prediction."),
        ("iteration", "One round of the learning loop: forward pass, loss, slopes, update."),
    ]
)
