"""Findings that the exercises of chapter 3 asked for, each by answers to two exercises."""

import linecache

import numpy as np
import pytest

from learnkit.exercises import chapter_03
from learnkit.practice.exercise import Exercise


def trend(changes):
    """Say where a row of changes leads: up, down or back."""
    if sum(changes) > 0:
        return "up"
    return "down" if sum(changes) < 0 else "back"


def mean_of_squares(numbers):
    return sum(number**2 for number in numbers) / len(numbers)


ABOUT = {"minutes": 1, "kind": "complete", "hints": ("a", "b", "c")}
TREND = Exercise(
    number="1.1",
    title="Trend",
    solution=trend,
    cases=[([1, -3],), ([2, -2, 1],), ([-1, 2, -1],), ([3],), ([-1, 2],), ([0, -1],), ([1, -1],)],
    **ABOUT,
)
MEAN = Exercise(
    number="1.2",
    title="Mean",
    solution=mean_of_squares,
    cases=[([1, 2, 4],), ([3, 0.5],), ([2],), ([-1, 0.5, 3, 1],)],
    **ABOUT,
)


def by_the_sign_of(number, words):
    return lambda numbers: words[int(np.sign(number(numbers)))]


@pytest.mark.parametrize(
    ("exercise", "number", "words", "told"),
    [
        (TREND, lambda numbers: numbers[0], ["back", "up", "down"], "the first entry of `changes`"),
        (TREND, lambda numbers: numbers[-1], ["back", "up", "down"], "the last entry of `changes`"),
        (chapter_03.classify, sum, ["undecided", "minimum", "maximum"], "the sum of `curvatures`"),
        (
            chapter_03.classify,
            max,
            ["undecided", "minimum", "maximum"],
            "the largest entry of `curvatures`",
        ),
        (
            chapter_03.classify,
            np.prod,
            ["undecided", "minimum", "saddle"],
            "the product of `curvatures`",
        ),
    ],
)
def test_words_that_follow_one_number_made_from_a_list_are_told_which(
    exercise, number, words, told
):
    verdict = exercise.check(by_the_sign_of(number, words))
    assert verdict.message == f"Yours is decided by the sign of {told} alone."


def test_where_one_number_is_what_decides_its_words_are_told_to_be_exchanged():
    verdict = TREND.check(by_the_sign_of(sum, ["back", "down", "up"]))
    assert "the wrong way round" in verdict.message


def test_looking_for_a_mistake_leaves_the_cases_of_the_exercise_as_they_are():
    before = repr(chapter_03.reorder.cases)
    verdict = chapter_03.reorder.check(
        lambda W1, b1, W2, b2, order: (np.sin(W1), np.cos(b1), W2[order], b2)
    )
    assert verdict.state == "incorrect" and repr(chapter_03.reorder.cases) == before


def function(code):
    """Return the function that the code defines, its lines at hand as in a cell."""
    filename, scope = "<answer>", {"np": np}
    linecache.cache[filename] = (len(code), None, code.splitlines(keepends=True), filename)
    exec(compile(code, filename, "exec"), scope)
    return scope[code.split("(")[0].removeprefix("def ")]


BOTH_BY_ROW = """def darkest(table, weights, biases):
    row, column = np.unravel_index(np.argmin(table), np.shape(table))
    return weights[row], biases[row]
"""
ONE_LESS = """def mean_of_squares(numbers):
    n = len(numbers) - 1
    return sum(number**2 for number in numbers) / n
"""
RAISES_ALONE = """def mean_of_squares(numbers):
    if len(numbers) == 1:
        return 1 / 0
    return sum(number**2 for number in numbers) / len(numbers)
"""


@pytest.mark.parametrize(
    ("exercise", "code", "error", "told"),
    [
        (
            chapter_03.find_the_lowest,
            BOTH_BY_ROW,
            "IndexError",
            "as if `row` stood in place of `column`",
        ),
        (MEAN, ONE_LESS, "ZeroDivisionError", "divides by `len(numbers)` − 1"),
        (MEAN, RAISES_ALONE, "ZeroDivisionError", "become 0"),
    ],
)
def test_an_answer_that_raises_at_times_is_told_the_mistake_that_its_other_cases_show(
    exercise, code, error, told
):
    verdict = exercise.check(function(code))
    assert verdict.state == "raised an error"
    assert error in verdict.message and told in verdict.message
