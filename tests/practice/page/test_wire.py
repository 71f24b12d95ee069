"""The wire between page and Python, and what a verdict offers beneath it."""

import sys

import pytest

from learnkit.practice.page import Verdict, wire
from learnkit.practice.quiz import Choice, Option


class Sent:
    """Stands for the page's end of the wire."""

    def __init__(self):
        self.messages = []

    def send(self, message):
        self.messages.append(message)


class Exercise:
    key = "an exercise of these tests"


@pytest.fixture
def page(monkeypatch):
    sent = Sent()
    monkeypatch.setattr(wire, "_listeners", {})
    monkeypatch.setattr(wire, "_wire", sent)
    return sent


@pytest.fixture
def question():
    return Choice("Is it heard?", [Option("Yes", "", correct=True), Option("No", "")])


def hear(**message):
    wire._hear(None, message, [])


def test_what_the_page_tells_is_kept_and_answered_with_its_own_time(page, question):
    wire.listen("a", question)
    hear(key="a", at=5, entry={"answer": "Yes", "tried": ["No", "Yes"]})
    assert page.messages[-1] == {"key": "a", "at": 5, "entry": {"answer": "Yes", "correct": True}}


def test_a_page_that_only_asks_changes_nothing(page, question):
    wire.listen("a", question)
    hear(key="a", at=0, entry=None)
    assert page.messages == [{"key": "a", "at": 0, "entry": {}}]


@pytest.mark.parametrize(
    "message", [{}, {"key": "unknown"}, {"key": None}, {"entry": {"answer": "Yes"}}]
)
def test_a_question_of_another_kernel_is_left_unanswered(page, message):
    hear(**message)
    assert page.messages == []


def test_what_python_is_told_in_text_shows_on_the_page(page, question):
    from learnkit.practice.page import key_of

    wire.listen(key_of(question), question)
    question.check("B")
    assert page.messages[-1] == {
        "key": key_of(question),
        "entry": {"answer": "No", "correct": False},
    }


@pytest.mark.parametrize(("sign", "needed"), [("colab", True), ("vscode", True), ("", False)])
def test_a_view_is_displayed_only_where_the_page_makes_no_wire_without(monkeypatch, sign, needed):
    monkeypatch.delenv("VSCODE_PID", raising=False)
    if sign == "vscode":
        monkeypatch.setenv("VSCODE_PID", "1")
    if sign == "colab":
        monkeypatch.setitem(sys.modules, "google.colab", sys)
    assert wire.needs_a_view() is needed


def verdict(state="incorrect"):
    return Verdict(
        state, "So.", hints=("First.", "Use `x`."), solution="x = 1 < 2\n", item=Exercise()
    )


def test_hints_and_solution_are_folded_beneath_a_verdict():
    html = verdict().html()
    assert (
        html.count("<details") == 3 and "Hint 2 of 2" in html and "<code" in html and "&lt;" in html
    )
    assert str(verdict()) == "✗ Not yet. So."


def test_a_correct_answer_may_be_compared_with_the_solution_and_needs_no_hint():
    html = verdict("correct").html()
    assert html.count("<details") == 1 and "Solution" in html


def test_a_verdict_without_help_carries_no_script():
    assert "<script" not in Verdict("correct", "So.").html()


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ([{"hints": 1}], {"hints": 1, "solution_seen": False}),
        ([{"hints": 2}, {"hints": 1}], {"hints": 2, "solution_seen": False}),
        ([{"solution_seen": True}, {"hints": 1}], {"hints": 1, "solution_seen": True}),
        (
            [{"hints": 99}, {"hints": "2"}, {"hints": True}, {}],
            {"hints": 0, "solution_seen": False},
        ),
    ],
)
def test_what_was_opened_is_kept_and_stays_opened(told, kept):
    shown = verdict()
    for entry in told:
        shown.hear_from_page(entry)
    assert verdict().kept() == kept
