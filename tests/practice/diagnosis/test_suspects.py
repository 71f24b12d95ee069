"""Known mistakes are laid beside an answer: in all cases, in few copies of the process."""

import pytest

from learnkit.practice.exercise import Exercise, Mistake
from learnkit.practice.running import apart

CASES = [(number,) for number in range(15)]


def double(x):
    return 2 * x


def endless_at_nine(x):
    while x == 9:
        pass
    return x * x


def exercise(*mistakes):
    return Exercise(
        number="1.1",
        title="Double",
        minutes=1,
        kind="complete",
        solution=double,
        cases=CASES,
        mistakes=[Mistake(*one) for one in mistakes],
        hints=("a", "b", "c"),
    )


@pytest.fixture
def copies(monkeypatch):
    """A list that grows by one with each copy of the process."""
    if not apart.is_possible():
        pytest.skip("this system cannot run code apart")
    made, work_apart = [], apart.work_apart
    monkeypatch.setattr(apart, "work_apart", lambda *work: made.append(1) or work_apart(*work))
    return made


def test_a_mistake_is_run_in_fifteen_cases_in_four_copies_and_what_it_did_is_kept(copies):
    asked = exercise((lambda x: x * x, "That is the square."))
    for count in (1 + 4, 1):  # one for the answer
        copies.clear()
        assert "That is the square." in asked.check(lambda x: x * x).message
        assert len(copies) == count


def test_a_mistake_that_is_another_in_the_smallest_case_is_not_run_in_the_others(copies):
    asked = exercise((lambda x: x + 1, "That is one more."))
    assert "one more" not in asked.check(lambda x: 3 if x == 0 else x + 1).message
    assert not any(place for _, place in asked.listed._outcomes)


def test_a_mistake_without_an_end_in_one_case_leaves_the_next_one_to_be_told():
    asked = exercise((endless_at_nine, "It hangs."), (lambda x: x * x, "That is the square."))
    assert "That is the square." in asked.check(lambda x: x * x).message
