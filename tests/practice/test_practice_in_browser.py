"""Practice as a learner meets it: real JupyterLab, mouse and keyboard. One page serves all tests, each its own cell."""

import json

import nbformat
import pytest
from browser import OpenNotebook

CELLS = {
    "setup": """
from learnkit.practice.exercise import Exercise
from learnkit.practice.predict import Prediction
from learnkit.practice.quiz import Cards, Choice, NumberAnswer, Option
square = Exercise(number="1.1", title="Square", minutes=1, kind="complete", solution=lambda x: x * x,
                  cases=[(3,), (0.5,)], hints=("Look at $x^2$.", "b", "c"), seconds=0.5)
options = [Option(r"$\\frac{2}{n}(\\hat y - y)$", "The derivative of $e^2$ is $2e$.", correct=True),
           Option(r"$\\hat y - y$", "Where did `2/n` go?"), Option("Neither", "One of them is.")]
""",
    "endless": """
import time
def endless(x):
    while True:
        try:
            time.sleep(0.01)
        except:
            pass
square.check(endless)
""",
    "raises": """
def raises(x):
    numbers = [x]
    return numbers[3]
square.check(raises)
""",
    "correct": "square.check(lambda x: x * x)",
    "not attempted": "square.check(...)",
    "hint": "square.hint()",
    "solution": "square.solution()",
    "choice": r'Choice(r"Which is $\partial L/\partial \hat y$?", options)',
    "choice by keyboard": 'Choice("Which is it?", options)',
    "number": 'NumberAnswer("How many?", 31, unit="parameters", feedback={24: "Those are the weights."})',
    "cards": 'Cards([("epoch", "One pass over all."), ("batch", "Examples of one step.")])',
    "prediction": 'Prediction("1-where", "Where does it end?", options=["At 0.", "Above 0."])',
    "number predicted": 'Prediction("1-many", "How many?", number=True)',
    "revealed": 'Prediction("1-where", "Where does it end?", options=["At 0.", "Above 0."]).reveal("B", "$1/16$.")',
}


class Practice(OpenNotebook):
    """The notebook of these tests; a cell's output is asked for by the cell's name."""

    def cell(self, name):
        return self.page.locator(".jp-Notebook .jp-Cell").nth(list(CELLS).index(name))

    def output(self, name):
        return self.cell(name).locator(".jp-OutputArea-output")

    def run_again(self, name):
        self.cell(name).locator(".jp-InputPrompt").click()
        self.page.keyboard.press("Control+Enter")

    def press_tab_until(self, name):
        """Move on by keyboard alone until the focus is on the button of that name."""
        for _ in range(20):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("document.activeElement.textContent") == name:
                return
        raise AssertionError(f"Tab never came to {name!r}")


@pytest.fixture(scope="module")
def practice(browser, lab):
    cells = [nbformat.v4.new_code_cell(source.strip()) for source in CELLS.values()]
    notebook = nbformat.v4.new_notebook(cells=cells)
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, lab.folder / "practice.ipynb")
    opened = Practice(browser.new_page(viewport={"width": 1000, "height": 900}), lab, "practice.ipynb")
    opened.run_all()
    yield opened
    opened.close()


def says(locator, text):
    locator.get_by_text(text).first.wait_for()


def test_an_endless_loop_ends_and_the_kernel_lives_on(practice):
    says(practice.output("endless"), "Your code was still running after 0.5 seconds, so it was stopped")
    says(practice.output("correct"), "Correct")


def test_an_error_names_the_line_of_the_learners_own_cell(practice):
    says(practice.output("raises"), "in line 3 of your code")
    says(practice.output("raises"), "return numbers[3]")


def test_a_solution_is_shown_as_highlighted_code(practice):
    assert practice.output("solution").locator("pre span").count() > 1


@pytest.mark.parametrize("name", ["hint", "choice", "revealed"])
def test_mathematics_is_typeset_without_the_network(practice, name):
    practice.output(name).scroll_into_view_if_needed()
    practice.output(name).locator("mjx-container").first.wait_for()


def test_an_option_is_chosen_with_a_click_anywhere_in_its_row(practice):
    rows = practice.output("choice").locator(".learnkit-option")
    box = rows.nth(1).bounding_box()
    rows.nth(1).click(position={"x": box["width"] - 8, "y": box["height"] / 2})
    status = practice.output("choice").get_by_role("status")
    says(status, "Not yet")
    says(practice.output("choice"), "✗ B")
    rows.first.click()
    says(status, "Correct")
    status.locator("mjx-container").first.wait_for()


def test_an_option_is_chosen_by_keyboard_alone(practice):
    choice = practice.output("choice by keyboard")
    choice.get_by_role("button", name="A").focus()
    practice.press_tab_until("B")
    practice.page.keyboard.press("Enter")
    says(choice.get_by_role("status"), "Where did")
    practice.press_tab_until("C")
    practice.page.keyboard.press("Space")
    says(choice.get_by_role("status"), "One of them is.")


def test_a_number_is_typed_and_judged_by_keyboard_alone(practice):
    number = practice.output("number")
    number.get_by_label("Your answer").focus()
    practice.page.keyboard.type("24")
    practice.page.keyboard.press("Enter")
    says(number.get_by_role("status"), "Those are the weights.")
    practice.page.keyboard.press("Control+A")
    practice.page.keyboard.type("31 parameters")
    practice.press_tab_until("Check")
    practice.page.keyboard.press("Enter")
    says(number.get_by_role("status"), "Correct")


def test_cards_are_turned_by_mouse_and_by_keyboard(practice):
    cards = practice.output("cards")
    says(cards, "Card 1 of 2")
    cards.get_by_role("button", name="Flip").click()
    says(cards.get_by_role("status"), "One pass over all.")
    practice.press_tab_until("Next")
    practice.page.keyboard.press("Space")
    says(cards.get_by_role("status"), "batch")
    assert not cards.get_by_text("Examples of one step.").count()
    cards.get_by_role("button", name="Flip").focus()
    practice.page.keyboard.press("Enter")
    says(cards, "Examples of one step.")


def test_a_guess_stays_until_it_is_changed_on_purpose_and_outlives_its_cell(practice, lab):
    prediction = practice.output("prediction")
    prediction.locator(".learnkit-option").nth(0).click()
    says(prediction.get_by_role("status"), "Your guess: At 0.")
    prediction.locator(".learnkit-option").nth(1).click()
    says(prediction.get_by_role("status"), "Press Change my guess")
    practice.press_tab_until("Change my guess")
    practice.page.keyboard.press("Enter")
    says(prediction.get_by_role("status"), "Make another guess")
    prediction.get_by_role("button", name="B").focus()
    practice.page.keyboard.press("Enter")
    says(prediction.get_by_role("status"), "Your guess: Above 0.")
    practice.run_again("revealed")
    says(practice.output("revealed"), "You predicted it.")
    practice.run_again("prediction")
    says(prediction.get_by_role("status"), "Your guess: Above 0.")
    kept = json.loads((lab.folder / ".learnkit" / "other.json").read_text())
    assert "Above 0." in [entry.get("guess") for entry in kept.values()]


def test_a_guessed_number_counts_once_commit_is_pressed(practice):
    prediction = practice.output("number predicted")
    prediction.get_by_label("Your guess").fill("7")
    practice.page.keyboard.press("Enter")
    says(prediction.get_by_role("status"), "It counts once you press Commit")
    prediction.get_by_role("button", name="Commit").click()
    says(prediction.get_by_role("status"), "Your guess: 7")


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_nothing_violates_wcag_in_either_theme(practice, theme):
    practice.page.evaluate(f"jupyterapp.commands.execute('apputils:change-theme', {{theme: '{theme}'}})")
    practice.page.locator(f"body[data-jp-theme-name='{theme}']").wait_for(state="attached")
    assert practice.accessibility_faults() == []


def test_nothing_went_wrong_and_nothing_left_the_machine(practice):
    assert practice.faults == []
