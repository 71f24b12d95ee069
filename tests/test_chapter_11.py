"""What chapter 11 promises: its questions stand alone and lead to their places, and what it and
the printed page state is so.
"""

import itertools
import math
import re
import subprocess
import sys
from importlib import import_module

import numpy as np
import pytest
from browser import CHAPTERS, ROOT, accessibility_faults, listen
from notebook_checks import read

from learnkit import Value, summary
from learnkit.exercises import CHAPTERS as TABLE
from learnkit.exercises import chapter_06, chapter_08
from learnkit.exercises import chapter_11 as practice
from learnkit.practice.quiz import Choice, NumberAnswer

OTHERS = [chapter for chapter in TABLE if chapter.number != "11"]
STANDS_ALONE = ["Below h = 1e-8 the forward difference gets worse again. Why?"]
POINTING = re.compile(r"\b(above|below|the picture|the cell|this cell|just|here|you saw)\b", re.I)


def test_every_chapter_is_in_the_draw_and_no_question_twice():
    questions = practice.draw()
    assert len(questions) == 30 == len({id(one.original) for one in questions.questions})
    assert set(questions.chapters) == {chapter.number for chapter in OTHERS}


def test_two_draws_with_nothing_in_between_are_equal():
    assert repr(practice.draw()[0:30]) == repr(practice.draw()[0:30])


def test_what_hangs_on_its_place_is_named_rightly_and_left_out():
    asked = {id(item) for _, item in practice.bank()}
    left_out = [*practice.HANGING.items(), *practice.TWINS.items()]
    for number, names in left_out:
        module = import_module(f"learnkit.exercises.chapter_{number}")
        for name in names:
            item = getattr(module, name)
            assert isinstance(item, (Choice, NumberAnswer)) and id(item) not in asked


def test_no_question_points_at_something_beside_it():
    pointing = [item.question for _, item in practice.bank() if POINTING.search(item.question)]
    assert [said for said in pointing if said not in STANDS_ALONE] == []


def words_of(question):
    """Return the longer words of a question and of its right answer."""
    right = [one.text for one in getattr(question, "options", ()) if one.correct]
    return set(re.findall(r"[a-z]{4,}", " ".join([question.question, *right]).lower()))


def test_no_two_questions_ask_the_same():
    words = [words_of(item) for _, item in practice.bank()]
    shared = [len(a & b) / len(a | b) for a, b in itertools.combinations(words, 2)]
    assert max(shared) < 0.4
    twins = chapter_06.passes_for_31, chapter_08.cost_of_differences
    a, b = map(words_of, twins)
    assert len(a & b) / len(a | b) > 0.4, "those two are one question"


def test_every_question_leads_to_a_cell_of_its_chapter(monkeypatch):
    monkeypatch.chdir(ROOT / "solutions")
    cells = {path.name: {cell.id for cell in read(path).cells} for path in CHAPTERS}
    questions = practice.Mixed(practice.bank(), 999, {one.number: one.file for one in TABLE})
    for index in range(len(questions)):
        file, _, cell = questions.link(index).partition("#cell-id=")
        assert file.startswith(questions.chapters[index]) and cell in cells[file]


def test_the_objectives_name_every_chapter():
    chapter = read(ROOT / "solutions" / "11_what_you_can_do.ipynb")
    listed = next(cell.source for cell in chapter.cells if cell.id == "can-do")
    assert re.findall(r"\]\((\w+)\.ipynb\)", listed) == [one.file for one in OTHERS]


# ------------------------------------------------------------------ what the formulas say


def slope(f, x, h=1e-6):
    return (f(x + h) - f(x - h)) / (2 * h)


def softmax(z):
    return [math.exp(one) / sum(map(math.exp, z)) for one in z]


def huber(e, delta=2.0):
    return 0.5 * e**2 if abs(e) <= delta else delta * (abs(e) - 0.5 * delta)


def cross_entropy(z, right=1):
    return -math.log(softmax(z)[right])


HOLDS = {
    "mean squared error": lambda: (
        slope(lambda p: ((p - 1) ** 2 + (2 - 5) ** 2) / 2, 4),
        2 * (4 - 1) / 2,
    ),
    "mean absolute error": lambda: (slope(lambda p: (abs(p - 1) + abs(2 - 5)) / 2, 4), 1 / 2),
    "Huber": lambda: (huber(2.0 + 1e-12), 0.5 * 2.0**2),
    "surprise": lambda: (-math.log(0.05), 2.995732),
    "sigmoid": lambda: (softmax([0.7, 0])[0], 1 / (1 + math.exp(-0.7))),
    "softmax": lambda: (sum(softmax([1.0, 2.0, -1.0])), 1),
    "binary cross-entropy": lambda: (
        slope(lambda z: math.log(1 + math.exp(-z)), 0.3),
        1 / (1 + math.exp(-0.3)) - 1,
    ),
    "cross-entropy": lambda: (
        slope(lambda z: cross_entropy([0.5, z, 1.0]), 2.0),
        softmax([0.5, 2.0, 1.0])[1] - 1,
    ),
    "best on a bowl": lambda: (abs(1 - 2 / (1 + 9) * 1), abs(1 - 2 / (1 + 9) * 9)),
    "limit on a bowl": lambda: (abs(1 - 2 / 9 * 9), 1),
    "one step": lambda: (3 - 0.1 * slope(lambda x: x**2 / 2 * 4, 3), 3 * (1 - 0.1 * 4)),
    "sum": lambda: (slope(lambda a: a + 5, 3), 1),
    "product": lambda: (slope(lambda a: a * 5, 3), 5),
    "ReLU": lambda: (slope(lambda z: max(0, z), 3) + slope(lambda z: max(0, z), -3), 1),
    "tanh": lambda: (slope(math.tanh, 0.4), 1 - math.tanh(0.4) ** 2),
}
SHOWN_ELSEWHERE = {  # by the chapter that the page names, and its tests
    "condition number",
    "momentum",
    "Adam",
    "RMSprop",
    "weight decay",
    "standardise",
    "forward difference",
    "central difference",
    "gradient check",
    "z = xW",
    "cost of a gradient",
}


@pytest.mark.parametrize("name", HOLDS)
def test_a_rule_of_the_page_holds(name):
    left, right = HOLDS[name]()
    assert left == pytest.approx(right, rel=1e-5)


def test_every_rule_is_tested_here_or_named_with_its_chapter():
    rules = {rule.name for group in summary.RULES.values() for rule in group}
    assert rules == HOLDS.keys() | SHOWN_ELSEWHERE


def slopes_along(f, table):
    """The slope of f along each entry of an array, measured."""
    slopes = np.zeros_like(table)
    for place in np.ndindex(*table.shape):
        one = np.zeros_like(table)
        one[place] = 1e-6
        slopes[place] = (f(table + one) - f(table - one)) / 2e-6
    return slopes


def test_the_rule_of_the_matrix_product_holds():
    sizes = {"x": (2, 3), "w": (3, 4), "g": (2, 4)}
    x, w, g = (np.arange(a * b, dtype=float).reshape(a, b) for a, b in sizes.values())
    assert np.allclose(slopes_along(lambda w: np.sum(g * (x @ w)), w), x.T @ g, rtol=1e-5)
    assert np.allclose(slopes_along(lambda x: np.sum(g * (x @ w)), x), g @ w.T, rtol=1e-5)


def test_the_promise_of_a_small_step_holds_for_small_steps():
    theta, eta = Value(3.0), 1e-4
    loss = (theta * theta - 2 * theta) ** 2
    loss.backward()
    after = float(theta.data - eta * theta.grad)
    gain = loss.data - (after * after - 2 * after) ** 2
    assert gain == pytest.approx(eta * theta.grad**2, rel=0.01)


# ------------------------------------------------------------------ the printed page


def test_there_are_the_seven_key_concepts_and_each_names_a_chapter():
    names = [concept.name for concept in summary.KEY_CONCEPTS]
    assert names == [
        "learning",
        "loss function",
        "gradient",
        "gradient descent",
        "learning rate",
        "forward pass",
        "backward pass",
    ]
    numbers = {int(chapter.number) for chapter in TABLE}
    rules = [rule for group in summary.RULES.values() for rule in group]
    assert {one.chapter for one in (*summary.KEY_CONCEPTS, *rules)} <= numbers


def test_the_page_shows_what_the_chapter_shows_and_asks_nothing_from_outside():
    page = summary.page()
    assert all(one.sentence in page for one in summary.KEY_CONCEPTS)
    assert summary.key_concepts()._repr_html_().count("<tr>") == 8
    assert not re.search(r"https?:|src=|url\(|@import|<script", page)


def test_the_stored_page_is_what_build_writes():
    command = [sys.executable, "-m", "tools.summary_page", "--check"]
    assert subprocess.run(command, cwd=ROOT, timeout=60).returncode == 0


def test_equations_are_written_as_html_and_as_text():
    assert summary.as_html("p_{k} < e^{−z}") == "p<sub>k</sub> &lt; e<sup>−z</sup>"
    assert summary.as_text("p_{k} = e^{−z}") == "p_k = e^−z"


def test_it_prints_on_one_page_and_nothing_violates_wcag(browser):
    page = browser.new_page()
    faults = listen(page)
    page.goto((ROOT / "docs" / "summary.html").as_uri())
    printed = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
    assert accessibility_faults(page) == [] == faults
    page.set_viewport_size({"width": 360, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.close()
