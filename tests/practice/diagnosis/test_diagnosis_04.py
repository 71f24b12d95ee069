"""Findings about lists, rounded numbers and several results, each tried on exercises that no
chapter has.
"""

import pytest

from learnkit.practice.exercise import Exercise


def doublings(start, steps):
    path = [start]
    for _ in range(steps):
        path.append(2 * path[-1])
    return path


def thirds(numbers):
    return [number / 3 for number in numbers]


def sum_and_mean(numbers):
    return sum(numbers), sum(numbers) / len(numbers), max(numbers)


def exercise(**options):
    usual = {
        "number": "1.1",
        "title": "Try",
        "minutes": 1,
        "kind": "complete",
        "hints": ("a", "b", "c"),
    }
    return Exercise(**usual, **options)


DOUBLING = exercise(solution=doublings, cases=[(1.5, 4), (0.25, 2), (3.0, 1), (2.0, 0)])
DIVIDING = exercise(solution=thirds, cases=[([1.0, 2.0, 4.0],), ([5.0, 7.0],), ([],)])
TOGETHER = exercise(
    solution=sum_and_mean,
    returns=("total", "mean", "largest"),
    cases=[([1, 2, 6],), ([4, 5],), ([7, 1, 2, 3],)],
)


def in_lists_of_one(start, steps):
    return [start, *([2**step * start] for step in range(1, steps + 1))]


def thirds_in_lists(numbers):
    return [[number / 3] for number in numbers]


@pytest.mark.parametrize(
    ("asked", "answer"), [(DOUBLING, in_lists_of_one), (DIVIDING, thirds_in_lists)]
)
def test_lists_for_numbers_are_told_though_a_case_without_steps_is_right(asked, answer):
    assert "lists where one number belongs" in asked.check(answer).message


def rounded_thirds(numbers):
    return [round(number / 3, 2) for number in numbers]


def sevenths(numbers):
    return [number / 7 for number in numbers]


def rounded_sevenths(numbers):
    return [round(number / 7, 1) for number in numbers]


def test_numbers_rounded_on_the_way_are_told_with_the_count_of_their_decimals():
    dividing = exercise(solution=sevenths, cases=DIVIDING.cases)
    assert "ends after two decimals" in DIVIDING.check(rounded_thirds).message
    assert "ends after one decimal," in dividing.check(rounded_sevenths).message


def test_numbers_that_are_short_by_themselves_are_not_called_rounded():
    assert (
        "decimals" not in DIVIDING.check(lambda numbers: [number / 2 for number in numbers]).message
    )


def one_ahead(start, steps):
    return [2 ** (step + 1) * start for step in range(steps + 1)]


def test_a_list_one_step_ahead_is_told_though_some_lists_are_short():
    shifting = exercise(solution=doublings, cases=[(0.1, 4), (0.3, 1), (0.7, 0)])
    assert "you are one step ahead" in shifting.check(one_ahead).message


def total_and_half_the_mean(numbers):
    return sum(numbers), sum(numbers) / len(numbers) / 2


def total_and_mean(numbers):
    return sum(numbers), sum(numbers) / len(numbers)


def test_of_too_few_values_returned_together_the_wrong_ones_are_told_too():
    said = TOGETHER.check(total_and_half_the_mean).message
    assert said.startswith(
        "Return 3 values, `total, mean, largest`; yours returns 2. `total` is right. `mean` is not"
    )
    assert "half" in said and said.endswith("Still open: `largest`.") and "Missing" not in said


def test_of_too_few_values_that_are_all_right_only_the_missing_one_is_named():
    said = TOGETHER.check(total_and_mean).message
    assert said.endswith("yours returns 2. Missing: `largest`.")


def largest_spoilt_by_the_mean(numbers):
    total = sum(numbers)
    largest = max(numbers)
    mean = total / largest
    return total, mean, largest


def test_a_repair_that_would_spoil_another_result_is_not_proposed():
    said = TOGETHER.check(largest_spoilt_by_the_mean).message
    assert "look at `max(numbers)`" not in said and "largest = max" not in said
