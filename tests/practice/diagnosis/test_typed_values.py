"""Answers that are a value, typed in: what is wrong with one, without giving it away and without
the words for functions.
"""

import importlib

import pytest

from learnkit.practice.exercise import Exercise
from learnkit.practice.plain import is_number, plain

CHAPTERS = [importlib.import_module(f"learnkit.exercises.chapter_{n:02d}") for n in range(12)]
TYPED = [
    pytest.param(each, id=each.number)
    for chapter in CHAPTERS
    for each in vars(chapter).values()
    if isinstance(each, Exercise) and not each.takes_function
]


def numbers_of(asked):
    """Return the right answer as plain data if it is a list of numbers, else nothing."""
    right = plain(asked.reference())
    flat = isinstance(right, list) and all(map(is_number, right))
    return right if flat else []


LISTS = [param for param in TYPED if numbers_of(param.values[0])]


@pytest.mark.parametrize(
    "slip",
    [
        lambda right: -right,
        lambda right: 1 / right,
        lambda right: right / 2,
        lambda right: right * 2,
        lambda right: right**2,
        lambda right: right**0.5,
        lambda right: right * 100,
        lambda right: right / 100,
        lambda right: right * 10,
        lambda right: right / 10,
        lambda right: right + 1,
        lambda right: right - 1,
        lambda right: right * 1.004,
    ],
)
@pytest.mark.parametrize("right", [0.6, 5.5, 38.0])
def test_a_typed_number_is_not_told_how_far_from_the_answer_it_is(right, slip):
    asked = Exercise(
        number="1.1", title="T", minutes=1, kind="trace", solution=lambda: right, hints=("",) * 3
    )
    said = asked.check(slip(right)).message
    assert said and "the answer" not in said.replace("not the answer", "")
    assert "right" not in said.split()


@pytest.mark.parametrize("asked", LISTS)
def test_text_and_none_in_a_list_are_told_before_the_author_explains_a_number(asked):
    right = numbers_of(asked)
    in_quotation_marks = asked.check([str(number) for number in right])
    assert "leave out the quotation marks" in in_quotation_marks.message
    assert "holds None where a number belongs" in asked.check([*right[:-1], None]).message


@pytest.mark.parametrize("asked", LISTS)
def test_lists_in_place_of_numbers_are_not_told_of_another_mistake(asked):
    rows = asked.check([[number] for number in numbers_of(asked)]).message
    assert "lists where one number belongs" in rows or "Multiply them" in rows


def test_the_slopes_of_each_path_are_still_to_be_multiplied():
    three_paths = CHAPTERS[6].three_paths
    assert "Multiply them" in three_paths.check([[6, 15, 1], [5, 9, 1], [5, 1]]).message


@pytest.mark.parametrize("asked", LISTS)
def test_a_typed_list_is_not_said_to_append_or_to_go_on(asked):
    right = numbers_of(asked)
    assert "type its entries" in asked.check([]).message
    too_long = asked.check([*right, 977]).message
    assert "one entry too many." in too_long and "goes on" not in too_long


def test_a_table_has_rows_and_is_not_several_values():
    by_hand = CHAPTERS[8].by_hand
    short_row = by_hand.check([[1, 0, 0], [0, 0, 1, 0], [0, 1, 0, 0], [0, 0, 0, 1]]).message
    assert "Row 1 has 3 entries" in short_row
