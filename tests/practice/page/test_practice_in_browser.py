"""Exercises as a learner meets them in real JupyterLab. One page serves all tests, each its own
cell.
"""

import nbformat
import pytest
from browser import OpenNotebook

CELLS = {
    "setup": (
        """
from learnkit.practice.exercise import Exercise

def squared(x):
    return x * x

square = Exercise(number="1.1", title="Square", minutes=1, kind="complete", solution=squared,
                  cases=[(3,), (0.5,)], hints=("Look at $x^2$.", "b", "c"), seconds=0.5)
"""
    ),
    "endless": (
        """
import time
def endless(x):
    while True:
        try:
            time.sleep(0.01)
        except:
            pass
square.check(endless)
"""
    ),
    "raises": (
        """
def raises(x):
    numbers = [x]
    return numbers[3]
square.check(raises)
"""
    ),
    "correct": "square.check(lambda x: x * x)",
    "not attempted": "square.check(...)",
    "hint": "square.hint()",
    "solution": "square.solution()",
}


class Practice(OpenNotebook):
    """The notebook of these tests; a cell's output is asked for by the cell's name."""

    def cell(self, name):
        return self.page.locator(".jp-Notebook .jp-Cell").nth(list(CELLS).index(name))

    def output(self, name):
        return self.cell(name).locator(".jp-OutputArea-output")


@pytest.fixture(scope="module")
def practice(browser, lab):
    cells = [nbformat.v4.new_code_cell(source.strip()) for source in CELLS.values()]
    notebook = nbformat.v4.new_notebook(cells=cells)
    notebook.metadata.kernelspec = {
        "name": "python3",
        "display_name": "Python 3",
        "language": "python",
    }
    nbformat.write(notebook, lab.folder / "practice.ipynb")
    opened = Practice(
        browser.new_page(viewport={"width": 1000, "height": 900}), lab, "practice.ipynb"
    )
    opened.run_all()
    yield opened
    opened.close()


def says(locator, text):
    locator.get_by_text(text).first.wait_for()


def test_an_endless_loop_ends_and_the_kernel_lives_on(practice):
    says(
        practice.output("endless"),
        "Your code was still running after 0.5 seconds, so it was stopped",
    )
    says(practice.output("correct"), "Correct")


def test_an_error_names_the_line_of_the_learners_own_cell(practice):
    says(practice.output("raises"), "in line 3 of your code")
    says(practice.output("raises"), "return numbers[3]")


def test_a_solution_is_shown_as_highlighted_code(practice):
    assert practice.output("solution").locator("pre span").count() > 1


def test_mathematics_is_typeset_without_the_network(practice):
    practice.output("hint").scroll_into_view_if_needed()
    practice.output("hint").locator("mjx-container").first.wait_for()


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_nothing_violates_wcag_in_either_theme(practice, theme):
    practice.page.evaluate(
        f"jupyterapp.commands.execute('apputils:change-theme', {{theme: '{theme}'}})"
    )
    practice.page.locator(f"body[data-jp-theme-name='{theme}']").wait_for(state="attached")
    assert practice.accessibility_faults() == []


def test_nothing_went_wrong_and_nothing_left_the_machine(practice):
    assert practice.faults == []
