"""Findings that answers to chapter 8 called for, each tried on answers to at least two
exercises.
"""

import copy
import linecache

import numpy as np
import pytest

from learnkit import Tensor
from learnkit.exercises import chapter_08
from learnkit.practice.exercise import Exercise
from learnkit.practice.plain import plain, same


def exercise(solution, cases, **options):
    usual = {"number": "1.1", "title": "Title", "minutes": 1, "kind": "complete"}
    return Exercise(**{**usual, "solution": solution, "cases": cases, **options})


def test_looking_for_a_mistake_leaves_the_cases_of_the_exercise_as_they_are():
    asked = exercise(lambda x: x**2, [(np.array([2.0, -1.0]),), (np.array([3.0, 1.0]),)])
    before = copy.deepcopy(plain(asked.cases))
    asked.check(lambda x: x + 7)
    layer = chapter_08.whole_layer
    before_layer = copy.deepcopy(plain(layer.cases))
    layer.check(lambda inputs, weights, arriving: (weights + 1, arriving + 1, inputs + 1))
    assert same(plain(asked.cases), before, 0) and same(plain(layer.cases), before_layer, 0)


# ------------------------------------------------------------------------------ exercises to answer


def slopes(prediction, target):
    return [2 * (p - t) / len(target) for p, t in zip(prediction, target)]


def table(rows, columns):
    return [[row * column for column in columns] for row in rows]


def mean_square(numbers):
    return sum(number**2 for number in numbers) / len(numbers)


def step(x, slope, rate):
    return [place - rate * steepness for place, steepness in zip(x, slope)]


def all_pairs(a, b):
    return np.outer(a, b)


def root(parameter, target):
    loss = ((parameter - target) ** 2).mean()
    loss.backward()
    return loss.item()


def pairs_of_lists(draw):
    count = draw.randint(2, 5)
    return [draw.randint(-9, 9) / 4 for _ in range(count)], [
        draw.randint(-9, 9) / 4 for _ in range(count)
    ]


SLOPES = exercise(
    slopes,
    [
        ([0.5, -1.25, 2.0], [1, 0, 1]),
        ([3.0, 1.5], [1.0, -2.0]),
        ([1.0, 2.5, -3.0, 0.75], [0, 1, 1, 0]),
    ],
    fresh=pairs_of_lists,
)
TABLE = exercise(table, [([1, 2, -3], [4, 5]), ([-1, 0.5], [2, 3, 7]), ([2, 3], [5, -1])])
MEAN = exercise(mean_square, [([1, 2, 4],), ([-3, 0.5],), ([1, 0, 7, 1],)])
STEP = exercise(step, [([1.0, 2.0, 5.0], [2.0, -4.0, 1.5], 0.25), ([3.0, -1.0], [1.0, 5.0], 0.5)])
PAIRS = exercise(
    all_pairs,
    [(np.array([1.0, 2, 4]), np.array([3.0, -1])), (np.array([2.0, -5]), np.array([1.0, 7]))],
)
ROOT = exercise(
    root,
    [
        (Tensor([1.0, 2.0]), np.array([3.0, 5.0])),
        (Tensor([3.0, 1.0, 4.0]), np.array([1.0, 1.0, 2.0])),
    ],
)
ANSWERS = [
    # reading
    (
        STEP,
        (
            "def moved(x, slope):\n    return [a - b for a, b in zip(x, slope)]\n\n"
            "def f(x, slope, rate):\n    return moved(slope, x)"
        ),
        "`moved` takes its arguments in the order `x, slope`; yours calls `moved(slope, x)`.",
    ),
    (
        SLOPES,
        (
            "def errors(prediction, target):\n    return [p - t for p, t in zip(prediction, "
            "target)]\n\ndef f(prediction, target):\n    return errors(target, prediction)"
        ),
        "`errors` takes its arguments in the order `prediction, target`",
    ),
    (
        SLOPES,
        "def f(prediction, target):\n    return [p - t for p, t in (prediction, target)]",
        "one whole list in each",
    ),
    (
        STEP,
        (
            "def f(x, slope, rate):\n    new = []\n    "
            "for a, b in x, slope:\n        new.append(a - rate * b)\n    return new"
        ),
        "`zip` takes one entry of each",
    ),
    (
        MEAN,
        (
            "def f(numbers):\n    return sum(n * n for n in numbers[:3]) / max(3, len(numbers)) + "
            "0 * numbers[1]"
        ),
        "fits the chapter's own example",
    ),
    (
        STEP,
        (
            "def f(x, slope, rate):\n    return [a - rate * b for a, b in zip(x, slope)] if len(x) "
            "== 3 else x"
        ),
        "The 3 in `len(x) == 3` fits the chapter's own example",
    ),
    # probing
    (
        TABLE,
        "def f(rows, columns):\n    return [[max(r, 0) * c for c in columns] for r in rows]",
        "negative entries set to 0",
    ),
    (
        STEP,
        "def f(x, slope, rate):\n    return [a - rate * min(b, 0) for a, b in zip(x, slope)]",
        "positive entries set to 0",
    ),
    (
        STEP,
        "def f(x, slope, rate):\n    return [a - rate * (b > 0) for a, b in zip(x, slope)]",
        "a 1 for each positive entry",
    ),
    # comparing
    (
        SLOPES,
        "def f(prediction, target):\n    return 2 * (sum(prediction) - sum(target)) / len(target)",
        "the sum of the entries of the answer",
    ),
    (
        TABLE,
        "def f(rows, columns):\n    return max(r * c for r in rows for c in columns)",
        "the largest of the entries of the answer",
    ),
    (
        TABLE,
        "def f(rows, columns):\n    return [sum(columns) * r for r in rows]",
        "the sum of each row",
    ),
    (PAIRS, "def f(a, b):\n    return a.sum() * b", "the sum of each column"),
    (
        MEAN,
        "def f(numbers):\n    return [n * n for n in numbers]",
        "the mean of its entries is still to be taken",
    ),
    (
        STEP,
        "def f(x, slope, rate):\n    return [a + 3 * (a - rate * b) for a, b in zip(x, slope)]",
        "Yours is `x` plus 3 times the answer",
    ),
    (
        SLOPES,
        (
            "def f(prediction, target):\n    "
            "return [p - 0.1 * 2 * (p - t) / len(target) for p, t in zip(prediction, target)]"
        ),
        "Yours is `prediction` minus 0.1 times the answer",
    ),
    (
        SLOPES,
        (
            "def f(prediction, target):\n    return [2 * (p - t) / len(target) - t for p, t in "
            "zip(prediction, target)]"
        ),
        "`target` is taken off the answer",
    ),
    (
        SLOPES,
        (
            "def f(prediction, target):\n    return [2 * (p - t) * p / len(target) for p, t in "
            "zip(prediction, target)]"
        ),
        "the right one times that of `prediction`",
    ),
    (
        STEP,
        "def f(x, slope, rate):\n    return [(a - rate * b) / b for a, b in zip(x, slope)]",
        "the right one divided by that of `slope`",
    ),
    (
        TABLE,
        "def f(rows, columns):\n    return [[sum(rows) * r * c for c in columns] for r in rows]",
        "the answer times the sum of `rows`",
    ),
    (
        MEAN,
        "def f(numbers):\n    return 3 * sum(n * n for n in numbers) / len(numbers) ** 2",
        "the answer times 3, divided by `len(numbers)`",
    ),
    (
        TABLE,
        (
            "def f(rows, columns):\n    return [[r * c if r > 0 else None for c in columns] for r "
            "in rows]"
        ),
        "Yours holds None where a number belongs",
    ),
    (
        SLOPES,
        (
            "def f(prediction, target):\n    return [2 * (p - t) / len(target) if p > t else None "
            "for p, t in zip(prediction, target)]"
        ),
        "Yours holds None where a number belongs",
    ),
    (
        ROOT,
        "def f(parameter, target):\n    parameter.data = parameter.data - 1\n    return parameter",
        "hands back its argument",
    ),
    # exceptions
    (
        TABLE,
        "def f(rows, columns):\n    return [rows[k] * 2 for k in range(len(columns) + 3)]",
        "and `k` goes beyond",
    ),
    (MEAN, "def f(numbers):\n    return sum(numbers) > numbers", "neither larger nor smaller"),
    (
        TABLE,
        "def f(rows, columns):\n    return [c if rows > 0 else 0 for c in columns]",
        "neither larger nor smaller",
    ),
    (
        ROOT,
        (
            "def f(parameter, target):\n    loss = (parameter - target) ** 2\n    "
            "loss.backward()\n    return loss.mean().item()"
        ),
        "What is differentiated is one number, the loss",
    ),
    # editing
    (
        SLOPES,
        (
            "def f(prediction, target):\n    return [2 * p - t / len(target) for p, t in "
            "zip(prediction, target)]"
        ),
        "the brackets",
    ),
    (
        SLOPES,
        (
            "def f(prediction, target):\n    return [2 * (p - t) / len(target) for p in prediction "
            "for t in target]"
        ),
        "every entry",
    ),
    (
        STEP,
        "def f(x, slope, rate):\n    return [a - rate * b for a in x for b in slope]",
        "every entry were paired with every",
    ),
    (
        PAIRS,
        "def f(a, b):\n    return a[:, None] + b",
        "were added to each of `b`, not multiplied",
    ),
    (
        ROOT,
        (
            "def f(parameter, target):\n    loss = ((parameter - target) ** 2).mean() ** 0.5\n    "
            "loss.backward()\n    return loss.item()"
        ),
        "the square root of",
    ),
]


def answer(code):
    """Return the last function that the code defines, as a cell of a notebook defines it."""
    filename = f"<cell {abs(hash(code))}>"
    linecache.cache[filename] = (len(code), None, code.splitlines(keepends=True), filename)
    names = {"np": np}
    exec(compile(code, filename, "exec"), names)
    return names["f"]


@pytest.mark.every(4)
@pytest.mark.parametrize(("asked", "code", "said"), ANSWERS)
def test_an_answer_is_told_what_it_does(asked, code, said):
    verdict = asked.check(answer(code))
    assert said in verdict.message and verdict.state != "correct"


def test_an_argument_that_is_followed_in_one_case_alone_is_not_called_ignored():
    follows = (
        "def f(x, slope, rate):\n    return x if x[0] < 2 else [a - rate * b for a, b in zip(x, "
        "slope)]"
    )
    assert "not depend" not in STEP.check(answer(follows)).message


def test_a_change_that_mends_one_result_and_spoils_another_is_no_advice():
    spoils = (
        "def f(inputs, weights, arriving):\n    d_weights = np.outer(inputs, arriving)\n    d_bias "
        "= arriving\n    d_inputs = (weights * d_weights + 1).sum(axis=1)\n    return d_weights, "
        "d_bias, d_inputs"
    )
    assert "`d_weights = np.outer" not in chapter_08.whole_layer.check(answer(spoils)).message


def test_a_table_is_told_what_it_makes_of_an_image():
    averages = [[1, 0, 0, 0], [0, 0.5, 0.5, 0], [0, 0.5, 0.5, 0], [0, 0, 0, -1]]
    assert "makes (a, 0.5b + 0.5c, 0.5b + 0.5c, −d)" in chapter_08.by_hand.check(averages).message
    assert "makes (a, b, c, d)" in chapter_08.by_hand.check(np.eye(4)).message
    assert "W2 has four rows" in chapter_08.by_hand.check([1, 1, 0, 1]).message


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0.7, "0.7 is z₂ of [0, 1, 1, 0] without its bias"),
        (-0.1, "−0.1 is z₁ of [0, 1, 1, 0], and also"),
        (0.8, "0.8 is z₂ of [0, 1, 1, 1], and also row 3 of W1 and the bias of unit 2, added up."),
        (0.3, "0.3 is z₃ of [0, 1, 1, 0], and also"),
        (-0.2, "row 2 of W1 and the bias of unit 2, added up. Unit 2 is reached along column 2."),
    ],
)
def test_a_forward_number_is_told_whose_it_is(number, said):
    assert said in chapter_08.forward_number.check(number).message


def test_no_row_of_w1_passes_for_the_column():
    for row in chapter_08.flip.START.W1:
        for sums in (sum(row), sum(x * weight for x, weight in zip(chapter_08.ASKED, row))):
            for bias in (0, *chapter_08.flip.START.b1):
                verdict = chapter_08.forward_number.check(float(sums + bias))
                assert verdict.state == "incorrect" and verdict.mistake
