import json

import pytest

from learnkit.practice import memory
from learnkit.practice.mixed import (
    NEW,
    RIGHT,
    WRONG,
    Mixed,
    asked_again,
    cell_showing,
    drawn,
    state,
)
from learnkit.practice.predict import Prediction
from learnkit.practice.quiz import Choice, NumberAnswer, Option


def choice(name):
    return Choice(f"Question {name}?", [Option("yes", "So it is.", True), Option("no", "It is.")])


BANK = [(f"{i % 4:02}", choice(i)) for i in range(20)]
GUESS = Prediction("mixed-test", "How many will be right?", number=True)


def answered(entries):
    """What is kept, by the number of the question in BANK."""
    numbers = {id(question): i for i, (_, question) in enumerate(BANK)}
    return lambda question: entries.get(numbers[id(question)], {})


def numbers(pairs):
    return [BANK.index(pair) for pair in pairs]


def right(when):
    return {"answer": "yes", "correct": True, "solved": True, "when": when}


def wrong(when):
    return {"answer": "no", "correct": False, "solved": True, "when": when}


def test_with_nothing_kept_the_draw_is_always_the_same_and_covers_every_chapter():
    draws = [drawn(BANK, 8, kept=answered({})) for _ in range(2)]
    assert draws[0] == draws[1]
    assert {chapter for chapter, _ in draws[0]} == {"00", "01", "02", "03"}
    assert len(set(numbers(draws[0]))) == 8


def test_a_question_answered_wrongly_is_drawn_before_any_other():
    kept = answered({i: wrong("2026-01-02") for i in (4, 8, 12, 5, 6)})
    assert {4, 8, 12, 5, 6} < set(numbers(drawn(BANK, 8, kept)))


def test_of_right_answers_the_oldest_come_back_first():
    kept = answered({i: right(f"2026-01-{i + 1:02}") for i in range(20)})
    assert set(numbers(drawn(BANK, 8, kept))) == set(range(8))


def test_what_was_answered_rightly_makes_way_for_what_was_not():
    first = numbers(drawn(BANK, 8, answered({})))
    kept = answered({i: right("2026-01-01") for i in first})
    assert not set(first) & set(numbers(drawn(BANK, 8, kept)))


def test_even_if_one_chapter_has_all_the_wrong_answers_every_chapter_is_asked():
    kept = answered({i: wrong("2026-01-01") for i in range(0, 20, 4)})
    assert {chapter for chapter, _ in drawn(BANK, 4, kept)} == {"00", "01", "02", "03"}


def test_a_small_bank_is_drawn_whole():
    assert sorted(numbers(drawn(BANK, 50, answered({})))) == list(range(20))
    assert drawn([], 30) == []


@pytest.mark.parametrize("entry, known", [({}, NEW), (right(""), RIGHT), (wrong(""), WRONG)])
def test_the_last_answer_counts_even_where_an_earlier_one_was_right(entry, known):
    assert state(entry) == known


@pytest.fixture
def learners_folder(tmp_path, monkeypatch):
    monkeypatch.delenv("LEARNKIT_MEMORY", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("question", [choice("again"), NumberAnswer("How many?", 3)])
def test_asked_again_it_begins_unanswered_and_its_answer_counts_for_the_question(
    question, learners_folder
):
    right_one = "yes" if isinstance(question, Choice) else 3
    question.check("no" if right_one == "yes" else 4)
    again = asked_again(question)
    assert again.kept() == {} and state(memory.recall(question)) == WRONG
    assert again.check(right_one).state == "correct"
    assert state(memory.recall(question)) == RIGHT and again.kept()["correct"] is True
    assert asked_again(question).kept() == {}


def test_what_the_page_says_counts_for_the_question_too(learners_folder):
    question = choice("page")
    asked_again(question).hear_from_page({"answer": "no"})
    assert state(memory.recall(question)) == WRONG


def test_the_chapter_that_asks_remembers_when_one_answered_last(learners_folder):
    question = choice("stop")
    asked_again(question, keeper=GUESS).check("yes")
    assert memory.recall(GUESS)["when"] >= memory.recall(question)["when"]


def test_a_round_says_how_it_was_drawn_and_the_next_one_differs(learners_folder):
    mixed = Mixed(BANK, 8)
    assert repr(mixed) == "8 questions from 4 chapters: 8 not answered yet."
    for question in mixed.questions:
        question.check("no" if question is mixed[0] else "yes")
    following = Mixed(BANK, 8)
    assert repr(following) == (
        "8 questions from 4 chapters: 1 answered wrongly, 7 not answered yet."
    )
    both = {q.original for q in following.questions} & {q.original for q in mixed.questions}
    assert both == {mixed[0].original}


def test_a_result_is_told_once_every_question_is_answered(learners_folder):
    mixed = Mixed(BANK, 4)
    assert "0 of 4 answered" in str(mixed.result(GUESS))
    for question in mixed.questions:
        question.check("no" if question is mixed[1] else "yes")
    said = str(mixed.result(GUESS))
    assert "Outcome: 3" in said and f": {int(mixed.chapters[1])}." in said


def test_some_are_shown_as_text_with_number_and_chapter():
    mixed = Mixed(BANK, 8)
    said = repr(mixed[2:4])
    assert said.startswith(f"Question 3, chapter {int(mixed.chapters[2])}. Question")
    assert "Question 4, chapter" in said and "Question 5, chapter" not in said


def test_a_question_leads_to_its_cell_in_its_chapter(tmp_path):
    cells = [
        {"source": "practice.other", "id": "a"},
        {"source": ["practice.mine", "\n"], "id": "b"},
    ]
    (tmp_path / "x.ipynb").write_text(json.dumps({"cells": cells}))
    assert cell_showing(tmp_path / "x.ipynb", "mine") == "b"
    assert cell_showing(tmp_path / "x.ipynb", "none") == ""
    assert cell_showing(tmp_path / "gone.ipynb", "mine") == ""
    (tmp_path / "broken.ipynb").write_text("{")
    assert cell_showing(tmp_path / "broken.ipynb", "mine") == ""
