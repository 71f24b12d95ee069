"""Practice for chapter 3, loss surfaces: its exercises, quick checks, cards and predictions."""

from itertools import product

import numpy as np

from learnkit.practice.exercise import Exercise, Mistake
from learnkit.practice.predict import Prediction
from learnkit.practice.quiz import Cards, Choice, NumberAnswer, Option


# 3.1
def one_height():
    distance, fare = [1, 2, 3, 4], [3, 4, 6, 7]
    w, b = 3, -1
    squares = [(w * x + b - y) ** 2 for x, y in zip(distance, fare)]
    return sum(squares) / len(squares)


one_loss = Exercise(
    number="3.1",
    title="One height of the surface",
    minutes=2,
    kind="trace",
    solution=one_height,
    mistakes=[
        Mistake(lambda: 22, "22 is the sum of the squared errors. The loss is their mean: divide by the four rides."),
        Mistake(lambda: 1.5, "You averaged the errors themselves. Square each of them first, then take the mean."),
        Mistake(
            lambda: 6, "6 is the sum of the errors, −1 + 1 + 2 + 4. Square each of them first, then take the mean."
        ),
        Mistake(lambda: 2, "You averaged the sizes of the errors. The squared error of −1 is 1, of 4 it is 16."),
        Mistake(lambda: 9.5, "Those predictions are 3, 6, 9, 12: the bias −1 is missing from every one."),
        Mistake(lambda: 27.5, "Weight and bias are exchanged: the weight, 3, is what multiplies the kilometres."),
        Mistake(lambda: 15.5, "You added 1 instead of −1: the predictions are 2, 5, 8, 11."),
        Mistake(lambda: 5.5**0.5, "That is the square root of the loss. The mean squared error is not rooted."),
    ],
    hints=(
        "Four predictions first: 3·1 − 1, 3·2 − 1, 3·3 − 1, 3·4 − 1.",
        "The errors are prediction − fare: −1, 1, 2, 4. Square them.",
        "(1 + 1 + 4 + 16) / 4",
    ),
)


# 3.2
def loss_table(loss, weights, biases):
    return [[loss(w, b) for w in weights] for b in biases]


def tilted(w, b):
    return (w + 2 * b - 3) ** 2 + b * b


def line_loss(w, b):
    return ((w * 1 + b - 3) ** 2 + (w * 4 + b - 7) ** 2) / 2


def taxi_loss(w, b):
    return np.mean((w * np.array([1, 2, 3, 4]) + b - np.array([3, 4, 6, 7])) ** 2)


fill_the_table = Exercise(
    number="3.2",
    title="A table of losses",
    minutes=3,
    kind="complete",
    solution=loss_table,
    cases=[
        (tilted, np.array([0.0, 1.0, 2.0]), np.array([-1.0, 0.5])),
        (line_loss, np.array([0.5, 1.5]), np.array([0.0, 1.0, 2.0, 4.0])),
        (tilted, np.array([2.0]), np.array([1.0, 3.0])),
    ],
    mistakes=[
        Mistake(
            lambda loss, weights, biases: [[loss(w, b) for b in biases] for w in weights],
            "Yours has a row for each weight. The weight is to run from left to right: one row for each bias.",
        ),
        Mistake(
            lambda loss, weights, biases: [[loss(b, w) for w in weights] for b in biases],
            "The shape is right, the entries are not: `loss` takes the weight first, then the bias.",
        ),
        Mistake(
            lambda loss, weights, biases: [loss(w, b) for b in biases for w in weights],
            "All the right losses in one long list. Make one list for each bias: brackets within brackets.",
        ),
        Mistake(
            lambda loss, weights, biases: [loss(w, b) for w in weights for b in biases],
            "The right losses in one long list, weight by weight. Make one list for each bias, with all weights in it.",
        ),
        Mistake(
            lambda loss, weights, biases: [loss(w, b) for w, b in zip(weights, biases)],
            "You paired the first weight with the first bias, and so on. The table needs every weight with every bias.",
        ),
        Mistake(
            lambda loss, weights, biases: [[loss(w, b) for w in weights] for b in biases[::-1]],
            "Your rows are upside down: the first row belongs to the first bias.",
        ),
        Mistake(
            lambda loss, weights, biases: loss(weights, biases),
            "You gave `loss` all weights and all biases at once. It takes one weight and one bias: call it for each pair.",
        ),
        Mistake(
            lambda loss, weights, biases: [loss(w, biases[0]) for w in weights],
            "That is the row of the first bias alone. Make one such row for each bias.",
        ),
        Mistake(
            lambda loss, weights, biases: [[loss(w, biases[0]) for w in weights]],
            "One row only, that of the first bias. If you wrote a loop, `return` stands inside and ends it: indent it less.",
        ),
        Mistake(
            lambda loss, weights, biases: [[loss(w, biases[-1]) for w in weights]],
            "One row only, that of the last bias. If you wrote a loop, `append` stands after it: indent it more.",
        ),
        Mistake(
            lambda loss, weights, biases: [[taxi_loss(w, b) for w in weights] for b in biases],
            "You used the taxi's data. Call the function `loss` that you are given: the check brings other ones.",
        ),
    ],
    hints=(
        "Write one row first: the losses of all weights for one fixed bias.",
        "One row is `[loss(w, b) for w in weights]`. The table is a list of such rows, one for each b.",
        "`[[loss(w, b) for w in weights] for b in biases]`",
    ),
)


# 3.3
def darkest(table, weights, biases):
    row, column = np.unravel_index(np.argmin(table), np.shape(table))
    return weights[column], biases[row]


def _entry(table):
    return np.unravel_index(np.argmin(table), np.shape(table))


def _table_cases():
    grids = [np.linspace(0, 3, 4), np.linspace(-1, 4, 6)], [np.arange(5.0), np.arange(2.0, 5.0)], [np.arange(3.0)] * 2
    return [(np.array(loss_table(loss, *grid)), *grid) for loss, grid in zip((line_loss, tilted, line_loss), grids)]


find_the_lowest = Exercise(
    number="3.3",
    title="Where is the darkest square?",
    minutes=3,
    kind="mend",
    solution=darkest,
    cases=_table_cases(),
    start="""
        def darkest(table, weights, biases):
            row, column = np.unravel_index(np.argmin(table), np.shape(table))
            return weights[row], biases[column]
    """,
    given="Which way does the bias change in the table: from left to right, or from row to row?",
    mistakes=[
        Mistake(
            lambda table, weights, biases: (biases[_entry(table)[0]], weights[_entry(table)[1]]),
            "The right two numbers in the other order: return the weight first, then the bias.",
        ),
        Mistake(
            lambda table, weights, biases: (weights[_entry(-table)[1]], biases[_entry(-table)[0]]),
            "That is the brightest square, the largest loss of the table. `np.argmin` finds the smallest.",
        ),
        Mistake(
            lambda table, weights, biases: _entry(table)[::-1],
            "Those are the numbers of the column and the row. Look up the weight and the bias that stand there.",
        ),
        Mistake(
            lambda table, weights, biases: _entry(table),
            "Those are the numbers of the row and the column. Look up the weight and the bias that stand there.",
        ),
        Mistake(
            lambda table, weights, biases: table.min(),
            "That is how low the surface gets. The question is where: return a weight and a bias.",
        ),
    ],
    hints=(
        "The table has one row for each bias. So which list does the number of the row belong to?",
        "Going down the table changes b, going right changes w.",
        "`return weights[column], biases[row]`",
    ),
)


# 3.4
def line_hessian(x):
    n = len(x)
    mean_x = sum(x) / n
    mean_square = sum(x_i**2 for x_i in x) / n
    return [[2 * mean_square, 2 * mean_x], [2 * mean_x, 2]]


def _hessian_of(corner, beside, last):
    """Return a faulty Hessian [[corner, beside], [beside, last]], each a function of the array x."""
    return lambda x: [[corner(x), beside(x)], [beside(x), last(x)]]


def _mean_square(x):
    return np.mean(np.square(x))


curvatures_of_the_line = Exercise(
    number="3.4",
    title="The Hessian of a line's loss",
    minutes=8,
    kind="complete",
    solution=line_hessian,
    cases=[(np.array([1.0, 2.0, 3.0, 4.0]),), (np.array([-1.0, 0.5, 2.0]),), (np.array([10.0, 30.0]),)],
    mistakes=[
        Mistake(
            _hessian_of(_mean_square, np.mean, lambda x: 1),
            "Everywhere half the answer: the derivative of e² is 2e, and that 2 stays in the second derivative.",
        ),
        Mistake(
            _hessian_of(lambda x: 2 * np.sum(np.square(x)), lambda x: 2 * np.sum(x), lambda x: 2 * len(x)),
            "Those are the curvatures of the sum of the squared errors. The loss is their mean: divide by n.",
        ),
        Mistake(
            _hessian_of(lambda x: 2 * np.mean(x) ** 2, lambda x: 2 * np.mean(x), lambda x: 2),
            "The first entry holds the square of the mean. It needs the mean of the squares: square each x first.",
        ),
        Mistake(
            _hessian_of(lambda x: 2 * _mean_square(x), lambda x: 2 * np.mean(x), lambda x: 1),
            "Three entries are right. The last is the slope of (2/n)Σe along b: each e changes by 1, so it is 2.",
        ),
        Mistake(
            _hessian_of(lambda x: 2 * _mean_square(x), lambda x: 0, lambda x: 2),
            "You left the mixed entries 0: but when b changes, every error changes, and so does the slope along w.",
        ),
        Mistake(
            _hessian_of(lambda x: 2 * np.square(x), lambda x: 2 * x, lambda x: 2),
            "Three of your entries are lists, one value for each ride. The loss is a mean over the rides: take the "
            "mean of each.",
        ),
        Mistake(
            _hessian_of(lambda x: 2 * np.sum(np.square(x)), lambda x: 2 * np.sum(x), lambda x: 2),
            "The last entry is right, the others are sums over the rides. The loss is a mean: divide them by n.",
        ),
        Mistake(
            _hessian_of(lambda x: 2 * _mean_square(x), lambda x: 2 * np.mean(x), lambda x: 2 / len(x)),
            "Three entries are right. In the last you divide by n without a sum: n twos, divided by n, are 2.",
        ),
        Mistake(
            _hessian_of(lambda x: 2 * _mean_square(x), np.mean, lambda x: 2),
            "The diagonal is right. The mixed entries are half of what they should be: the 2 of 2e belongs to them too.",
        ),
        Mistake(
            _hessian_of(lambda x: 2 * _mean_square(x), lambda x: 4 * np.mean(x), lambda x: 2),
            "The diagonal is right. The mixed entries are twice too large: each stands in the table by itself, so do "
            "not add the two orders, w then b and b then w.",
        ),
        Mistake(
            _hessian_of(lambda x: 2, lambda x: 2 * np.mean(x), lambda x: 2 * _mean_square(x)),
            "The right entries in the order (b, w). Put w first: the mean of x² belongs to the first row and column.",
        ),
    ],
    hints=(
        "Take the slope along w, (2/n)Σ e·x, and ask how fast it changes with w, then with b. Each e = w·x + b − y.",
        "When w moves by 1, an error e moves by x, so (2/n)Σ e·x moves by (2/n)Σ x·x. When b moves by 1, e moves by 1.",
        "[[2·mean(x²), 2·mean(x)], [2·mean(x), 2]]",
    ),
)


# 3.5
def kind_of_point(curvatures):
    some_up = any(c > 0 for c in curvatures)
    some_down = any(c < 0 for c in curvatures)
    if some_up and some_down:
        return "saddle"
    if any(c == 0 for c in curvatures):
        return "undecided"
    return "minimum" if some_up else "maximum"


def _by_one_number(number, undecided="undecided"):
    """Return a faulty test that looks at the sign of one number made from all the curvatures."""

    def faulty(curvatures):
        sign = np.sign(number(curvatures))
        return {1: "minimum", -1: "maximum", 0: undecided}[sign]

    return faulty


def _zero_counts_as_up(curvatures):
    if all(c >= 0 for c in curvatures):
        return "minimum"
    return "maximum" if all(c <= 0 for c in curvatures) else "saddle"


def _any_zero_is_undecided(curvatures):
    return "undecided" if 0 in list(curvatures) else kind_of_point(curvatures)


def _by_product(curvatures):
    product = np.prod(curvatures)
    if product < 0:
        return "saddle"
    return "undecided" if product == 0 else "minimum" if curvatures[0] > 0 else "maximum"


def _saddle_before_all(curvatures):
    if all(c > 0 for c in curvatures):
        return "minimum"
    return "maximum" if all(c < 0 for c in curvatures) else "saddle"


classify = Exercise(
    number="3.5",
    title="Which kind of critical point?",
    minutes=4,
    kind="complete",
    solution=kind_of_point,
    cases=[
        ([2.0, 0.5],),
        ([-1.0, -3.0],),
        ([2.0, -0.1],),
        ([-0.5, 4.0],),
        ([3.0, 0.0],),
        ([0.0, -2.0],),
        ([1.0, 5.0, 2.0],),
        ([3.0, -1.0, -2.0],),
        ([1.0, 2.0, -0.5],),
        ([0.0, 1.0, -1.0],),
    ],
    mistakes=[
        Mistake(
            lambda curvatures: kind_of_point(curvatures[:2]),
            "Only the first two curvatures count for you; the list may be longer.",
        ),
        Mistake(
            _by_one_number(sum),
            "You decide by the sum of the curvatures. One strong curvature upwards hides a weak one downwards.",
        ),
        Mistake(
            _by_one_number(max),
            "One direction that curves upwards does not make a minimum: all of them must.",
        ),
        Mistake(
            _by_one_number(lambda curvatures: curvatures[0]),
            "You look at the first curvature alone. The others decide as well.",
        ),
        Mistake(
            _by_product,
            "The sign of the product settles two parameters. With three, two downward curvatures multiply to a plus.",
        ),
        Mistake(
            _zero_counts_as_up,
            "A curvature of 0 is flat to this order and may bend either way further out: say 'undecided'.",
        ),
        Mistake(
            _saddle_before_all,
            "Everything that is neither minimum nor maximum is a saddle for you. With 3 and 0 nothing points down: "
            "say 'undecided'.",
        ),
        Mistake(
            _any_zero_is_undecided,
            "One direction up and one down make a saddle, whatever a third does: look for that before you look for 0.",
        ),
        Mistake(
            lambda curvatures: {"minimum": "maximum", "maximum": "minimum"}.get(
                kind_of_point(curvatures), kind_of_point(curvatures)
            ),
            "The wrong way round: where the surface curves upwards in every direction you stand at the bottom.",
        ),
    ],
    hints=(
        "Ask two questions first: does any direction curve upwards? Does any curve downwards?",
        "Both: a saddle. Otherwise, if one is exactly 0, undecided. Otherwise all are up or all are down.",
        '`if any(c > 0 for c in curvatures) and any(c < 0 for c in curvatures): return "saddle"`',
    ),
)


# 3.6
def exchange(W1, b1, W2, b2, order):
    return W1[:, order], b1[order], W2[order], b2


def _network_cases():
    random = np.random.default_rng(3)
    orders = [[1, 0, 2], [2, 0, 1], [3, 1, 0, 2]]
    shapes = [((4, n), (n,), (n, 4), (4,)) for n in map(len, orders)]
    blocks = [[random.normal(size=shape).round(2) for shape in network] for network in shapes]
    return [(*network, np.array(order)) for network, order in zip(blocks, orders)]


# What people do to each block, and what they are told of it; first comes what is right.
_WAYS = {
    "W1": [
        (lambda W1, order: W1[:, order], ""),
        (
            lambda W1, order: W1[order],
            "W1: you reordered its rows, one for each pixel; a hidden unit is a column, `W1[:, …]`.",
        ),
        (
            lambda W1, order: W1[order][:, order],
            "W1: you reordered its rows as well; they belong to the pixels, only the columns are to move.",
        ),
        (
            lambda W1, order: W1[order, order],
            "W1: two lists as index pick single entries; for whole columns write a colon in place of the first.",
        ),
        (lambda W1, order: W1, "W1: it is unchanged, and its columns, one for each hidden unit, have to move."),
    ],
    "b1": [
        (lambda b1, order: b1[order], ""),
        (lambda b1, order: b1, "b1: it stayed behind, and each hidden unit brings its bias along."),
    ],
    "W2": [
        (lambda W2, order: W2[order], ""),
        (
            lambda W2, order: W2[:, order],
            "W2: you reordered its columns, one for each output; a hidden unit is a row.",
        ),
        (
            lambda W2, order: W2[order][:, order],
            "W2: you reordered its columns as well; they belong to the outputs, only the rows are to move.",
        ),
        (lambda W2, order: W2[order, order], "W2: two lists as index pick single entries; one list picks whole rows."),
        (lambda W2, order: W2, "W2: it is unchanged, so the outputs still listen to the units in the old order."),
    ],
    "b2": [
        (lambda b2, order: b2, ""),
        (lambda b2, order: b2[order], "b2: it belongs to the outputs, which stay where they are."),
    ],
}


def _mixed_up():
    """Yield a Mistake for each mixture of ways but the right one."""
    for ways in product(*_WAYS.values()):
        said = [sentence for _, sentence in ways if sentence]
        right = [name for name, (_, sentence) in zip(_WAYS, ways) if not sentence]
        if said:
            praise = [f"{_in_a_row(right)} {'is' if len(right) == 1 else 'are'} right."] if right else []
            yield Mistake(_taking([way for way, _ in ways]), " ".join(praise + said))


def _in_a_row(names):
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def _taking(ways):
    def faulty(W1, b1, W2, b2, order):
        return tuple(way(block, order) for way, block in zip(ways, (W1, b1, W2, b2)))

    return faulty


def _overwriting(W1, b1, W2, b2, order):
    for new, old in enumerate(order):
        W1[:, new], b1[new], W2[new] = W1[:, old], b1[old], W2[old]
    return W1, b1, W2, b2


def _overwritten(order):
    """Return where the first two units come from if the first is overwritten before it is read."""
    return [1, 1, *range(2, len(order))]


reorder = Exercise(
    number="3.6",
    title="The same network in another order",
    minutes=4,
    kind="extend",
    solution=exchange,
    returns=("W1", "b1", "W2", "b2"),
    cases=_network_cases(),
    mistakes=[
        *_mixed_up(),
        Mistake(
            lambda W1, b1, W2, b2, order: exchange(W1, b1, W2, b2, np.argsort(order)),
            "That has the same loss, but undoes `order`: new unit j is to be the old unit `order[j]`.",
        ),
        Mistake(
            lambda W1, b1, W2, b2, order: exchange(W1, b1, W2, b2, [1, 0, *range(2, len(order))]),
            "You exchange the first two units, whatever `order` says. It may ask for any order: use it as an index.",
        ),
        Mistake(
            _overwriting,
            "Some columns and rows were overwritten before they were read. Take all at once, with `order` as an index, "
            "or work on copies.",
        ),
        Mistake(
            lambda W1, b1, W2, b2, order: exchange(W1, b1, W2, b2, _overwritten(order)),
            "The first unit was overwritten before it was read, so now you have the second one twice. Take all at once, "
            "with `order` as an index.",
        ),
        Mistake(
            lambda W1, b1, W2, b2, order: (
                W1[:, _overwritten(order)],
                b1[[1, 0, *range(2, len(order))]],
                W2[_overwritten(order)],
                b2,
            ),
            "The first column of W1 and the first row of W2 were overwritten before they were read: a slice of an array "
            "is no copy. Take all at once, with `order` as an index.",
        ),
        Mistake(
            lambda W1, b1, W2, b2, order: W1[:, order],
            "That is W1 alone, and it is right. Return all four blocks, b1, W2 and b2 as well.",
        ),
    ],
    hints=(
        "Three of the four blocks have something for each hidden unit: which rows, columns or entries?",
        "A hidden unit is a column of W1, an entry of b1 and a row of W2. An array takes a list of positions as index.",
        "`W1[:, order]`, `b1[order]`, `W2[order]`, and b2 as it is.",
    ),
)


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
)
BEST_PAIR_GOES = "C", "From (1.4, 1.5) to (2, 0.5): up at the right, so down at the left."

chance_in_ten = Prediction(
    "03-chance-in-ten",
    "A random surface of ten parameters, a place on it where all ten slopes are 0. How likely is this place a minimum?",
    options=[
        "About 1 in 3: there are minima, maxima and saddles.",
        "About 1 in 20.",
        "About 1 in 1,000: ten directions must curve upwards, each with chance ½.",
        "Less than 1 in a million.",
    ],
)
CHANCE_IN_TEN = "D", "On a random surface nearly every critical point is a saddle."

stuck_places = Prediction(
    "03-stuck-places",
    "Fourteen of twenty networks have stopped at a loss above 0. What will the 40 curvatures of such a place say?",
    options=[
        "A saddle: some are clearly negative, so there is a way down.",
        "The bottom of a bowl: all 40 are clearly positive.",
        "A plateau: all 40 are 0, or nearly.",
        "Some are clearly positive, the others 0 or nearly, and none leads down.",
    ],
)
STUCK_PLACES = "D", "That fits the perfect networks just as well: curvatures do not tell the two apart."

same_colour = Choice(
    "Two squares of the heat map have the same colour. What do you know about their two lines?",
    [
        Option(
            "They have the same weight.", "The weight is read on the horizontal axis; colour says nothing about it."
        ),
        Option(
            "They have the same loss: measured by the mean squared error, they fit the four points equally badly.",
            "Colour is height, and height is loss. The two lines may look quite different.",
            correct=True,
        ),
        Option("They have the same gradient.", "The gradient is how fast the colour changes, and in which direction."),
        Option("They are the same line.", "One square is one line. Other squares may have the same loss."),
    ],
)

crowded_lines = Choice(
    "Between two places of a map the contour lines, drawn at fixed steps of the loss, lie very close together. "
    "What does that say?",
    [
        Option("The loss is large there.", "Colour says how large. Lines may be crowded at any height."),
        Option(
            "The loss changes fast there: the surface is steep.",
            "A step of the loss from line to line within a short way: a large gradient, at right angles to the lines.",
            correct=True,
        ),
        Option("A minimum lies between them.", "Around a minimum the surface is level, so the lines lie far apart."),
    ],
)

condition_number = NumberAnswer(
    "A bowl has curvature 12 in its steepest direction and 0.3 in its flattest. What is its condition number?",
    40,
    feedback={
        0.025: "Divide the largest by the smallest, not the other way round.",
        3.6: "That is their product. The condition number is the largest divided by the smallest.",
        11.7: "That is their difference. The condition number is the largest divided by the smallest.",
        40: "12 / 0.3: one direction curves forty times as strongly as the other.",
    },
)

stands_still = Choice(
    "The loss of a network has not changed for a hundred steps, and every slope is about 0.00001. What is certain?",
    [
        Option("Training has found the global minimum.", "All you know is that the ground is level where you stand."),
        Option("Training has found a local minimum.", "A saddle and a plateau are level too; the curvatures decide."),
        Option(
            "Only that the surface is nearly level here.",
            "Minimum, saddle or plateau: ask the curvatures, or walk on from a place nearby.",
            correct=True,
        ),
        Option("The learning rate is too large.", "With a step that is too large the loss jumps about."),
    ],
)

tiny_curvature = Choice(
    "You measure six curvatures: 3.1, 0.8, 0.02, 0.00000001, −0.00000002, −0.00000003. What kind of place is it?",
    [
        Option("A saddle.", "Three zeros, blurred by rounding, would look the same. Their signs say nothing."),
        Option("A minimum.", "Three curve upwards. Along the other three nothing has been measured but about 0."),
        Option(
            "Undecided: three curve upwards, three cannot be told from 0.",
            "Any noise level between 0.0000001 and 0.01 separates the two groups. Walk the surface itself to learn more.",
            correct=True,
        ),
        Option("A plateau.", "On a plateau all curvatures are nearly 0; here three are clearly positive."),
    ],
)

equal_minima = NumberAnswer(
    "A network has ten hidden units in one layer. In how many orders can they stand, each giving the same loss?",
    3_628_800,
    feedback={
        10: "Ten units can take the first place; nine are left for the second, and so on. Multiply.",
        100: "Ten units can take the first place; nine are left for the second, and so on. Multiply.",
        55: "The choices multiply: for each unit in the first place there are nine for the second.",
        1024: "That would be two choices for each unit. Here ten can take the first place, nine the second, and so on.",
        3_628_800: "10! = 10·9·8· … ·1 = 3,628,800 copies of every minimum.",
    },
)

cards = Cards(
    [
        ("loss surface", "The loss as a height above the space of the parameters, the data held fixed."),
        ("heat map", "A table drawn as coloured squares: here the colour is the loss."),
        ("contour line", "All places with one and the same loss. Crowded lines mean steep ground."),
        (
            "gradient",
            "The slopes along all parameters. It points straight uphill, at right angles to the contour line.",
        ),
        ("critical point", "A place where every slope is 0: a minimum, a maximum or a saddle; a plateau comes near."),
        ("local minimum", "A place with nothing lower near it. Global: with nothing lower anywhere."),
        ("flat-bottomed minimum", "Nothing near it is lower, and in some directions nothing is higher either."),
        ("saddle point", "Level, with a way up in some direction and a way down in another."),
        ("plateau", "A wide stretch where all slopes are nearly 0: steps get tiny, and training seems to have ended."),
        ("curvature", "How fast the slope changes along a direction: positive in a valley, negative on a ridge."),
        ("Hessian", "The table of all second derivatives. Its eigenvalues are the curvatures in its main directions."),
        ("noise level", "The size below which a measured number counts as 0, because its sign may be chance."),
        (
            "condition number",
            "The largest curvature divided by the smallest: how much longer than wide a valley is, squared.",
        ),
        (
            "dead unit",
            "A hidden unit that answers 0 to every input: all slopes of its bias and its weights, in and out, are 0.",
        ),
        ("permutation symmetry", "k hidden units can stand in k! orders with the same loss: every minimum has copies."),
    ]
)
