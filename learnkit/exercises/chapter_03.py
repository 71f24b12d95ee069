"""Practice for chapter 3, loss surfaces: its exercises, quick checks, cards and predictions."""

from itertools import product
from random import Random

import numpy as np

from learnkit.practice.exercise import Exercise
from learnkit.practice.predict import Prediction
from learnkit.practice.quiz import Cards, Choice, NumberAnswer, Option

# ------------------------------------------------------------------ 3.1 One height of the surface


def answer():
    errors = np.array([3 - 1 - 3, 6 - 1 - 4, 9 - 1 - 6, 12 - 1 - 7])
    return np.mean(errors**2)


ONE_ERROR_OFF = "{} comes out if one of the errors is 1 too small or too large: work out each 3·x − 1 − fare again."

one_loss = Exercise(
    number="3.1",
    title="One height of the surface",
    minutes=2,
    kind="trace",
    task="What is the loss of the line with $w = 3$ and $b = -1$? Work it out on paper.",
    solution=answer,
    tolerance=1e-3,  # who divides 22 by 3 may write 7.33
    mistakes={
        22: "22 is the sum of the squared errors. The loss is their mean: divide by the four rides.",
        22
        / 3: "That is the sum of the squared errors, 22, divided by 3. The mean over four rides divides by 4.",
        2.75: "That is the sum of the squared errors, 22, divided by 8. The mean over four rides divides by 4.",
        6: "6 is the sum of the errors, −1 + 1 + 2 + 4. Square each of them first, then take the mean.",
        1.5: "1.5 is the mean of the errors themselves. Square each of them first, then take the mean.",
        2.25: "2.25 is the square of the mean error. Square each error first, then take the mean.",
        2: "2 is the mean of the errors' sizes. The squared error of −1 is 1, of 4 it is 16.",
        3: "3 comes out if the errors are doubled. A square is the error times itself: of 4 it is 16.",
        5: "5 comes out if the square of −1 is taken as −1, or if `//` cuts the mean to a whole number.",
        9: "9 is the square of the sum of the errors, divided by 4. Square each error first, then add up.",
        16: "16 is the squared error of the last ride. The loss is the mean over all four.",
        4.5: "4.5 comes out if the third ride is left out of the sum.",
        53.5: "53.5 is the mean of the squared predictions. Subtract the fare from each before you square it.",
        22
        ** 0.5: "That is the square root of the sum of the squared errors. Divide that sum by 4, and take no root.",
        5.5**0.5: "That is the square root of the loss. The mean squared error is not rooted.",
        9.5: "9.5 comes out if the bias −1 is left out: the predictions are then 3, 6, 9, 12.",
        15.5: "15.5 comes out if 1 is added instead of −1: the predictions are then 4, 7, 10, 13.",
        27.5: "27.5 comes out if weight and bias are exchanged: the weight, 3, is what multiplies the kilometres.",
        0.5: "0.5 is the loss of the line above, w = 1 and b = 2. Take w = 3 and b = −1.",
        6.5: "6.5 is the mean of the predictions. Subtract the fare from each, and square, before you take the mean.",
        **{slip: ONE_ERROR_OFF.format(slip) for slip in (5.25, 6.25, 4.75, 6.75, 3.75, 7.75)},
    },
    hints=(
        "Four predictions first: 3·1 − 1, 3·2 − 1, 3·3 − 1, 3·4 − 1.",
        "The errors are prediction − fare: −1, 1, 2, 4. Square them.",
        "The squares are 1, 1, 4 and 16. What is their mean?",
    ),
)

# ------------------------------------------------------------------ 3.2 A table of losses


def loss_table(loss, weights, biases):
    return [[loss(w, b) for w in weights] for b in biases]


WEIGHTS, BIASES = np.arange(0, 3.5, 0.5), np.arange(-1, 5)  # the chapter's own


def taxi_loss(w, b):
    """The chapter's own loss."""
    return np.mean((w * np.array([1, 2, 3, 4]) + b - np.array([3, 4, 6, 7])) ** 2)


def tilted(w, b):
    return (w + 2 * b - 3) ** 2 + b * b


def below_zero(w, b):
    return 0.3 * w - 2 * b * b


def any_loss_table(draw):
    # sevenths: rounded losses differ
    weights = [draw.randint(-20, 20) / 7 for _ in range(draw.randint(1, 4))]
    biases = [draw.randint(-20, 20) / 7 for _ in range(draw.randint(1, 4))]
    return draw.choice([taxi_loss, tilted, below_zero]), np.array(weights), np.array(biases)


fill_the_table = Exercise(
    number="3.2",
    title="A table of losses",
    minutes=3,
    kind="complete",
    task="Write a function that returns the table of losses: one row for each bias, one column for each weight. "
    "`loss` is a function of a weight and a bias, as above.",
    solution=loss_table,
    cases=[
        (taxi_loss, WEIGHTS, BIASES),
        (tilted, np.array([0.0, 1.0, 2.0]), np.array([-1.0, 0.5])),
        (below_zero, np.array([0.5, 1.5]), np.array([0.0, 1.0, 2.0, 4.0])),
        (tilted, np.array([2.0]), np.array([1.0, 3.0])),
        (below_zero, np.array([2.0, 0.5, -1.0]), np.array([0.5, 0.25, 2.0])),
    ],
    fresh=any_loss_table,
    mistakes={
        "loss(w, b) → loss(b, w)": "The shape is right, the entries are not: `loss` takes the weight first, then the "
        "bias.",
        **dict.fromkeys(
            (
                "[[loss(w, b) for w in weights] for b in biases] → loss(weights, biases)",
                "return [[loss(w, b) for w in weights] for b in biases] → "
                "weights, biases = np.meshgrid(weights, biases)\n    return loss(weights, biases)",
            ),
            "You gave `loss` all weights and all biases at once. It takes one weight and one bias: call it for each pair.",
        ),
        "[[loss(w, b) for w in weights] for b in biases] → [[loss(w, b)] for w, b in zip(weights, biases)]": "You pair the first weight with the first bias, the second with the second. Every weight is to meet every bias.",
    },
    equivalent={
        "line 1: lines exchanged: for w in weights:": "A row may be put into the table before it is filled.",
    },
    hints=(
        "Write one row first: the losses of all weights for one fixed bias.",
        "One row is `[loss(w, b) for w in weights]`, and the table is a list of such rows.",
        "Put the row in brackets of its own, and `for b in biases` behind it.",
    ),
)

# ----------------------------------------------------------------- 3.3 Where is the darkest square?


def darkest(table, weights, biases):
    row, column = np.unravel_index(np.argmin(table), np.shape(table))
    return weights[column], biases[row]


def any_table_to_search(draw):
    rows, columns = draw.randint(1, 4), draw.randint(1, 4)
    # no ties: then two answers would be right
    heights = draw.sample(range(-50, 200), rows * columns)
    weights, biases = draw.sample(range(-30, 30), columns), draw.sample(range(-30, 30), rows)
    return np.reshape(heights, (rows, columns)) / 10, np.array(weights) / 7, np.array(biases) / 7


find_the_lowest = Exercise(
    number="3.3",
    title="Where is the darkest square?",
    minutes=3,
    kind="mend",
    task="This function is to return the weight and the bias of the smallest entry. One line is at fault.",
    solution=darkest,
    returns=("weight", "bias"),
    cases=[
        # each with the smallest entry at another place: by the chapter's loss, in a corner, below
        # 0, in the only row the smallest entry stands at another place in each, and not always
        # where the mean is smallest
        (np.array(loss_table(taxi_loss, WEIGHTS, BIASES)), WEIGHTS, BIASES),
        (
            np.array([[4.0, 3.0], [2.0, 0.5], [7.0, 6.0]]),
            np.array([0.3, -1.2]),
            np.array([5.0, 2.5, 0.0]),
        ),
        (
            np.array([[1.0, -0.5, 2.0], [0.0, 3.0, -4.0]]),
            np.array([0.1, 0.2, 0.7]),
            np.array([-1.0, 1.5]),
        ),
        (
            np.array([[0.2, 9.0, 8.0], [4.0, 3.0, 5.0]]),
            np.array([-2.5, 1.0, 0.0]),
            np.array([2.0, 4.0]),
        ),
        (
            np.array([[9.0, 2.0], [9.0, 1.0], [0.2, 9.0]]),
            np.array([0.5, 1.0]),
            np.array([2.0, 4.0, 2.5]),
        ),
        (np.array([[3.0, 2.0, 4.0]]), np.array([1.5, -0.5, 0.0]), np.array([0.25])),
        (np.array([[3.0], [2.0], [1.0]]), np.array([0.75]), np.array([1.0, 3.0, 2.0])),
    ],
    fresh=any_table_to_search,
    start="""
        def darkest(table, weights, biases):
            row, column = np.unravel_index(np.argmin(table), np.shape(table))
            return weights[row], biases[column]
    """,
    given="Which way does the bias change in the table: from left to right, or from row to row?",
    mistakes={
        "weights[column], biases[row] → biases[row], weights[column]": "The right two numbers in the other order: "
        "return the weight first, then the bias.",
        "np.argmin → np.argmax": "That is the brightest square, the largest loss of the table. `np.argmin` finds the "
        "smallest.",
        "weights[column], biases[row] → column, row": "Those are the numbers of the column and the row. Look up the "
        "weight and the bias that stand there.",
        "weights[column], biases[row] → row, column": "Those are the numbers of the row and the column. Look up the "
        "weight and the bias that stand there.",
        "weights[column], biases[row] → table.min()": "That is how low the surface gets. The question is where: "
        "return a weight and a bias.",
        "np.shape(table) → np.shape(table)[::-1]": "Row and column are counted as if the table lay on its side: how many numbers stand in one of its rows?",
        "row, column = np.unravel_index(np.argmin(table), np.shape(table)) → column, row = np.unravel_index(np.argmin(table), np.shape(table)[::-1])": "Row and column are counted as if the table lay on its side: how many numbers stand in one of its rows?",
        "np.argmin(table) → np.argmin(np.transpose(table))": "You count through the table turned on its side, and read the number off one that stands upright.",
    },
    hints=(
        "The table has one row for each bias. So which list does the number of the row belong to?",
        "Going down the table changes b, going right changes w.",
        "The number of the column belongs to `weights`, that of the row to `biases`.",
    ),
)

# ----------------------------------------------------------------- 3.4 The Hessian of a line's loss


def line_hessian(x):
    return [[2 * np.mean(x**2), 2 * np.mean(x)], [2 * np.mean(x), 2]]


def any_inputs(draw):
    return (np.array([draw.randint(-40, 40) / 7 for _ in range(draw.randint(2, 5))]),)


curvatures_of_the_line = Exercise(
    number="3.4",
    title="The Hessian of a line's loss",
    minutes=8,
    kind="complete",
    task="For a line you can have it exactly. The loss of $\\hat y = wx + b$ has the slopes "
    r"$\frac2n\sum_i e_i x_i$ along $w$ and $\frac2n\sum_i e_i$ along $b$, with $e_i = w x_i + b - y_i$. "
    "Differentiate both once more, and write the Hessian as a function of the inputs `x`, an array: "
    "`[[along w twice, mixed], [mixed, along b twice]]`.",
    solution=line_hessian,
    start="""
        def line_hessian(x):
            return [[..., ...], [..., ...]]
    """,
    cases=[
        (np.array([1, 2, 3, 4]),),
        (np.array([-1.0, 0.5, 2.0]),),
        (np.array([10.0, 30.0]),),
        (np.array([-2.5, 0.5, -1.0, 0.0, -3.0]),),
    ],
    fresh=any_inputs,
    mistakes={
        (
            "[[2 * np.mean(x**2), 2 * np.mean(x)] → [[np.mean(x**2), np.mean(x)]",
            "[2 * np.mean(x), 2] → [np.mean(x), 1]",
        ): "Everywhere half the answer: the derivative of e² is 2e, and that 2 stays in the second derivative.",
        (
            "2 * np.mean(x**2), 2 * np.mean(x) → 2 * np.sum(x**2), 2 * np.sum(x)",
            "[2 * np.mean(x), 2] → [2 * np.sum(x), 2 * len(x)]",
        ): "Those are the curvatures of the sum of the squared errors. The loss is their mean: divide by n.",
        (
            "2 * np.mean(x**2), 2 * np.mean(x) → 2 * x**2, 2 * x",
            "[2 * np.mean(x), 2] → [2 * x, 2]",
        ): "Three of your entries are lists, one value for each ride. The loss is a mean: take the mean of each.",
        (
            "2 * np.mean(x)], → 0],",
            "[2 * np.mean(x), 2] → [0, 2]",
        ): "Your mixed entries are 0: but when b changes, every error changes, and so does the slope along w.",
        (
            "2 * np.mean(x)], → 4 * np.mean(x)],",
            "[2 * np.mean(x), 2] → [4 * np.mean(x), 2]",
        ): "The diagonal is right. The mixed entries are twice too large: each of the two orders, w then b and b then "
        "w, has an entry of its own.",
        (
            "[[2 * np.mean(x**2), → [[2,",
            "[2 * np.mean(x), 2] → [2 * np.mean(x), 2 * np.mean(x**2)]",
        ): "The right entries in the order (b, w). Put w first: the mean of x² belongs to the first row and column.",
        ", 2] → , 1]": "Only the last entry is wrong. It is how fast (2/n)Σe changes with b, and each e changes by 1.",
        ", 2] → , 2 / len(x)]": "Only the last entry is wrong: (2/n)Σ1 is a sum of n ones, and not 2/n alone.",
    },
    hints=(
        "Take the slope along w, (2/n)Σ e·x, and ask how fast it changes with w, then with b. Each e = w·x + b − y.",
        "When w moves by 1, an error e moves by x, so (2/n)Σ e·x moves by (2/n)Σ x·x. When b moves by 1, e moves by 1.",
        "(2/n)Σ x·x is 2·mean(x²). The same way (2/n)Σ x gives the mixed entry, and (2/n)Σ 1 the last.",
    ),
)

# ---------------------------------------------------------------- 3.5 Which kind of critical point?


def kind_of_point(curvatures):
    some_up = any(c > 0 for c in curvatures)
    some_down = any(c < 0 for c in curvatures)
    if some_up and some_down:
        return "saddle"
    if any(c == 0 for c in curvatures):
        return "undecided"
    return "minimum" if some_up else "maximum"


def with_signs(signs):
    return ([sign * size for sign, size in zip(signs, (1.5, 0.25, 4.0))],)


def any_curvatures(draw):
    signs = draw.choice([(1,), (-1,), (1, -1), (1, 0), (-1, 0), (1, -1, 0), (0,)])
    drawn = [*signs, *draw.choices(signs, k=draw.randint(0, 3))]
    draw.shuffle(drawn)
    return ([sign * draw.choice([0.2, 0.5, 1.5, 4.0]) for sign in drawn],)


classify = Exercise(
    number="3.5",
    title="Which kind of critical point?",
    minutes=4,
    kind="complete",
    task='Write the test. `curvatures` is a list of at least one number. Return `"minimum"` if all are positive, `"maximum"` '
    'if all are negative, `"saddle"` if there are both, and `"undecided"` in all other cases (somewhere it is exactly '
    "0, and the rest agree).",
    solution=kind_of_point,
    cases=[
        ([-2.0, 2.0],),
        ([2.0, 4.0],),
        ([-1.0, -3.0],),
        ([3.0, 0.0],),
        *map(with_signs, product((1, -1, 0), repeat=3)),
        ([3.0],),
        ([-3.0],),
        ([0.0],),
        ([5.0, 1.0, 2.0, -0.1],),
        ([-5.0, -1.0, -2.0, 0.0, -3.0],),
        ([1e-9, 2.0],),
        ([-1.0, -1e-9],),
        ([1e-9, -1e-9],),
        ([-1e-9, 0.0],),
    ],
    fresh=any_curvatures,
    mistakes={
        **dict.fromkeys(
            (
                "any(c == 0 for c in curvatures) → False",
                "any(c == 0 for c in curvatures) → all(c == 0 for c in curvatures)",
                (
                    "any(c == 0 for c in curvatures) → False",
                    "if some_up else → if not some_down else",
                ),
            ),
            "A curvature of 0 is flat to this order and may bend either way further out: say 'undecided'.",
        ),
        '"undecided" → "saddle"': "Everything that is neither minimum nor maximum is a saddle for you. With 3 and 0 "
        "nothing points down: say 'undecided'.",
        (
            "if some_up and some_down → if np.prod(curvatures) < 0",
            "if some_up else → if curvatures[0] > 0 else",
        ): "The sign of the product settles two curvatures. With three, two negative ones multiply to a plus.",
        **dict.fromkeys(
            (
                (
                    "some_up and some_down → False",
                    'return "minimum" if some_up else "maximum" → return "minimum"',
                ),
                (
                    "some_up and some_down → some_up and some_down and 0 in curvatures",
                    'return "minimum" if some_up else "maximum" → return "minimum"',
                ),
                (
                    "some_up and some_down → 0 in curvatures",
                    'return "minimum" if some_up else "maximum" → return "minimum"',
                ),
            ),
            "Any list without a 0 is a minimum for you. `all(curvatures) > 0` has that effect: it asks whether no "
            "curvature is 0. Put the comparison inside: `all(c > 0 for c in curvatures)`.",
        ),
        "some_up and some_down → some_up and some_down and 0 not in curvatures": "One direction up and one down make a "
        "saddle, whatever a third does: look for that before you look for 0.",
    },
    hints=(
        "Ask two questions first: does any direction curve upwards? Does any curve downwards?",
        "Both: a saddle. Otherwise, if one is exactly 0, undecided. Otherwise all are up or all are down.",
        "`any(c > 0 for c in curvatures)` answers the first question, and the second in the same way.",
    ),
)

# ------------------------------------------------------------ 3.6 The same network in another order


def exchange(W1, b1, W2, b2, order):
    return W1[:, order], b1[order], W2[order], b2


def overwriting(W1, b1, W2, b2, order):
    for new, old in enumerate(order):
        W1[:, new], b1[new], W2[new] = W1[:, old], b1[old], W2[old]
    return W1, b1, W2, b2


def network_and_order(draw, order):
    """Return the four blocks of a network with a hidden unit for each entry of `order`, and that
    order.
    """

    def block(*shape):
        return np.array([draw.randint(-99, 99) / 7 for _ in range(int(np.prod(shape)))]).reshape(
            shape
        )

    units = len(order)
    return block(4, units), block(units), block(units, 4), block(4), order


def any_order(draw):
    units = draw.randint(2, 4)  # not more than pixels, so that no wrong axis raises
    return network_and_order(draw, draw.sample(range(units), units))


reorder = Exercise(
    number="3.6",
    title="The same network in another order",
    minutes=4,
    kind="extend",
    task="Write the exchange. `order` says which old unit stands in each new place: `[1, 0, 2, 3]` exchanges the first "
    "two. Return all four blocks.",
    solution=exchange,
    returns=("W1", "b1", "W2", "b2"),
    cases=[
        network_and_order(Random(3), order)
        for order in ([1, 0, 2, 3], [2, 0, 1], [3, 1, 0, 2], [1, 2, 3, 0])
    ],
    fresh=any_order,
    mistakes={
        (
            "W1[:, order] → W1[:, np.argsort(order)]",
            "b1[order] → b1[np.argsort(order)]",
            "W2[order] → W2[np.argsort(order)]",
        ): "That has the same loss, but undoes `order`: new unit j is to be the old unit `order[j]`.",
        "return → order = [1, 0, *range(2, len(order))]\n    return": "You exchange the first two units, whatever "
        "`order` says. It may ask for any order: use it as an index.",
        overwriting: "Some columns and rows were overwritten before they were read. Take all at once, with `order` as "
        "an index, or work on copies.",
    },
    hints=(
        "Three of the four blocks have something for each hidden unit: which rows, columns or entries?",
        "A hidden unit is a column of W1, an entry of b1 and a row of W2. An array takes a list of positions as index.",
        "`W1[:, order]` reorders the columns of W1. What do the rows of W2 and the entries of b1 need?",
    ),
)

# ----------------------------------------------------------------- predictions, quick checks, cards

where_does_it_go = Prediction(
    "03-where-does-it-go",
    "Taxi rides of 1, 2, 3 and 4 km cost 3, 4, 6 and 7 euros, and a line is fitted to them. The last fare turns out "
    "to be 9 euros, not 7. Where does the best pair of weight w (price of a kilometre) and bias b (base fare) go?",
    options=[
        "To a larger w and a larger b.",
        "To a larger w and the same b.",
        "To a larger w and a smaller b.",
        "Nowhere: the best pair stays, only its loss gets larger.",
    ],
    outcome="To a larger w and a smaller b.",
    why="From (1.4, 1.5) to (2, 0.5): up at the right, so down at the left.",
)
chance_in_ten = Prediction(
    "03-chance-in-ten",
    "A random surface of ten parameters, a place on it where all ten slopes are 0. How likely is this place a minimum?",
    options=[
        "About 1 in 3: there are minima, maxima and saddles.",
        "About 1 in 20.",
        "About 1 in 1,000: ten directions must curve upwards, each with chance ½.",
        "Less than 1 in a million.",
    ],
    outcome="Less than 1 in a million.",
    why="On a random surface nearly every critical point is a saddle.",
)
stuck_places = Prediction(
    "03-stuck-places",
    "Fourteen of twenty networks have stopped at a loss above 0. What will the 40 curvatures of such a place say?",
    options=[
        "Some are clearly positive, others clearly negative: a saddle, with a way down.",
        "Some are clearly positive, the others 0 or nearly: none leads down.",
        "Some are clearly negative, the others 0 or nearly: a plateau with an edge.",
        "All 40 are clearly positive: the bottom of a bowl.",
        "All 40 are 0, or nearly: a plateau.",
    ],
    outcome="Some are clearly positive, the others 0 or nearly: none leads down.",
    why="That fits the perfect networks just as well: curvatures do not tell the two apart.",
)
same_colour = Choice(
    "Two squares of the heat map have the same colour. What do you know about their two lines?",
    [
        Option(
            "They have the same weight.",
            "The weight is read on the horizontal axis; colour says nothing about it.",
        ),
        Option(
            "They have the same loss: measured by the mean squared error, they fit the four points equally badly.",
            "Colour is height, and height is loss. The two lines may look quite different.",
            correct=True,
        ),
        Option(
            "They have the same gradient.",
            "The gradient is how fast the colour changes, and in which direction.",
        ),
        Option(
            "They are the same line.",
            "One square is one line. Other squares may have the same loss.",
        ),
    ],
)

crowded_lines = Choice(
    "Between two places of a map the contour lines, drawn at fixed steps of the loss, lie very close together. "
    "What does that say?",
    [
        Option(
            "The loss is large there.", "Colour says how large. Lines may be crowded at any height."
        ),
        Option(
            "The loss changes fast there: the surface is steep.",
            "A step of the loss from line to line within a short way: a large gradient, at right angles to the lines.",
            correct=True,
        ),
        Option(
            "A minimum lies between them.",
            "Around a minimum the surface is level, so the lines lie far apart.",
        ),
    ],
)

condition_number = NumberAnswer(
    "A bowl has curvature 12 in its steepest direction and 0.3 in its flattest. What is its condition number?",
    40,
    least=0,
    feedback={
        0.025: "Divide the largest by the smallest, not the other way round.",
        3.6: "That is their product. The condition number is the largest divided by the smallest.",
        11.7: "That is their difference. The condition number is the largest divided by the smallest.",
        4: "A decimal point has moved: 0.3 goes into 12 more often than that.",
        400: "A decimal point has moved: 0.3 goes into 12 less often than that.",
        12.3: "That is their sum. The condition number is the largest divided by the smallest.",
        6.325: "That is the root. How much longer than wide the valley is; the condition number is not rooted.",
        1600: "That is the square. The condition number is the largest divided by the smallest, once.",
        12: "That is the largest curvature alone. Compare it with the smallest.",
        0.3: "That is the smallest curvature alone. Compare the largest with it.",
        36: "That is 12 · 3. Divide by 0.3, which makes it larger.",
        40: "12 / 0.3: one direction curves forty times as strongly as the other.",
    },
)

stands_still = Choice(
    "The loss of a network has not changed for a hundred steps, and every slope is about 0.00001. What is certain?",
    [
        Option(
            "Training has found the global minimum.",
            "All you know is that the ground is level where you stand.",
        ),
        Option(
            "Training has found a local minimum.",
            "A saddle and a plateau are level too; the curvatures decide.",
        ),
        Option(
            "Only that the surface is nearly level here.",
            "Minimum, saddle or plateau: ask the curvatures, or walk on from a place nearby.",
            correct=True,
        ),
        Option(
            "The learning rate is too large.", "With a step that is too large the loss jumps about."
        ),
    ],
)

tiny_curvature = Choice(
    "You measure six curvatures: 3.1, 0.8, 0.02, 0.00000001, −0.00000002, −0.00000003. What kind of place is it?",
    [
        Option(
            "A saddle.",
            "Three zeros, blurred by rounding, would look the same. Their signs say nothing.",
        ),
        Option(
            "A minimum.",
            "Three curve upwards. Along the other three nothing has been measured but about 0.",
        ),
        Option(
            "Undecided: three curve upwards, three cannot be told from 0.",
            "Any noise level between 0.0000001 and 0.01 separates the two groups. Walk the surface itself to learn more.",
            correct=True,
        ),
        Option(
            "A plateau.",
            "On a plateau all curvatures are nearly 0; here three are clearly positive.",
        ),
    ],
)

equal_minima = NumberAnswer(
    "A network has ten hidden units in one layer. In how many orders can they stand, each giving the same loss?",
    3_628_800,
    least=1,
    whole=True,
    feedback={
        10: "Ten units can take the first place; nine are left for the second, and so on. Multiply.",
        100: "Ten units can take the first place; nine are left for the second, and so on. Multiply.",
        55: "The choices multiply: for each unit in the first place there are nine for the second.",
        1024: "That would be two choices for each unit. Here ten can take the first place, nine the second, and so on.",
        45: "That counts pairs. An order places all ten units, one after the other.",
        20: "Ten units can take the first place; nine are left for the second, and so on. Multiply.",
        24: "That is 4!, the orders of four units. Here there are ten.",
        90: "That places two of them, 10·9. Go on until all ten have a place.",
        720: "That places three of them, 10·9·8. Go on until all ten have a place.",
        362_880: "That is 9!. There are ten units, so one more factor.",
        39_916_800: "That is 11!. There are ten units, so one factor too many.",
        10_000_000_000: "That lets every place be taken by any of the ten. A unit that has its place is gone.",
        1_000: "Ten units can take the first place; nine are left for the second, and so on. Multiply.",
        3_628_799: "Nearly: the order they stand in now counts as well.",
        3_628_800: "10! = 10·9·8· … ·1 = 3,628,800 copies of every minimum.",
    },
)

cards = Cards(
    [
        (
            "loss surface",
            "The loss as a height above the space of the parameters, the data held fixed.",
        ),
        ("heat map", "A table drawn as coloured squares: here the colour is the loss."),
        ("contour line", "All places with one and the same loss. Crowded lines mean steep ground."),
        (
            "gradient",
            "The slopes along all parameters. It points straight uphill, at right angles to the contour line.",
        ),
        (
            "critical point",
            "A place where every slope is 0: a minimum, a maximum or a saddle; a plateau comes near.",
        ),
        (
            "local minimum",
            "A place with nothing lower near it. Global: with nothing lower anywhere.",
        ),
        (
            "flat-bottomed minimum",
            "Nothing near it is lower, and in some directions nothing is higher either.",
        ),
        ("saddle point", "Level, with a way up in some direction and a way down in another."),
        (
            "plateau",
            "A wide stretch where all slopes are nearly 0: steps get tiny, and training seems to have ended.",
        ),
        (
            "curvature",
            "How fast the slope changes along a direction: positive in a valley, negative on a ridge.",
        ),
        (
            "Hessian",
            "The table of all second derivatives. Its eigenvalues are the curvatures in its main directions.",
        ),
        (
            "noise level",
            "The size below which a measured number counts as 0, because its sign may be chance.",
        ),
        (
            "condition number",
            "The largest curvature divided by the smallest: how much longer than wide a valley is, squared.",
        ),
        (
            "dead unit",
            "A hidden unit that answers 0 to every input: all slopes of its bias and its weights, in and out, are 0.",
        ),
        (
            "permutation symmetry",
            "k hidden units can stand in k! orders with the same loss: every minimum has copies.",
        ),
    ]
)
