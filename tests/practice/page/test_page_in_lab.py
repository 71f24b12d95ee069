"""Practice in JupyterLab: it answers at once, while a cell runs, after Restart, and when the
notebook is reopened.

JupyterLab runs without any option of the course's, as `jupyter lab` starts it. One notebook holds
all kinds.
"""

import re

import nbformat
import pytest
from browser import OpenNotebook, jupyterlab
from questions import CELLS, Questions

ASKED = ["choice", "number", "prediction", "number predicted"]
KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}


class Notebook(OpenNotebook):
    """The notebook of these tests, open in an application."""

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        # Notebook 7.6 complains of a missing schema while it starts, whatever it opens
        self.faults.clear()
        self.questions = Questions(self.page)

    def cell(self, name):
        return self.page.locator(".jp-Notebook .jp-Cell").nth([*CELLS].index(name))

    def run(self, *names):
        for name in names:
            self.start(name)
            self.cell(name).locator(".jp-InputPrompt").get_by_text(re.compile(r"\d")).wait_for()
            self.page.wait_for_function(IDLE)

    def start(self, name):
        self.page.evaluate(SELECT, [*CELLS].index(name))
        self.page.evaluate("void jupyterapp.commands.execute('notebook:run-cell')")

    def python_remembers(self, *parts):
        """Whether Python comes to remember these parts; what the page tells takes a moment to
        arrive.
        """
        for _ in range(20):
            self.run("remembered")
            told = self.cell("remembered").locator(".jp-OutputArea-output").inner_text()
            if all(part in told for part in parts):
                return True
        return False

    def save(self):
        self.page.evaluate("jupyterapp.commands.execute('docmanager:save')")

    def sources(self):
        return self.page.evaluate(SOURCES)

    def restart(self):
        self.page.evaluate("jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()")
        self.page.wait_for_function(IDLE)


SOURCES = """() =>
    jupyterapp.shell.currentWidget.model.toJSON().cells.map((cell) => cell.cell_type + cell.source)"""
SELECT = "index => { jupyterapp.shell.currentWidget.content.activeCellIndex = index; }"
# Jupyter Server keeps one path for each name of a static file, so that after JupyterLab has had a
# font of its mathematics, Notebook 7 is refused its own of that name
MISSING_FONT = re.compile(r"^console error: .* 403 .*/static/notebook/\w+\.woff\)$")
IDLE = "() => jupyterapp.shell.currentWidget.sessionContext.session.kernel.status === 'idle'"


@pytest.fixture(scope="module")
def plain_lab(tmp_path_factory):
    """JupyterLab as `jupyter lab` starts it, in a folder that holds the notebook of these tests."""
    folder, private = tmp_path_factory.mktemp("folder"), tmp_path_factory.mktemp("private")
    cells = [nbformat.v4.new_code_cell(source.strip()) for source in CELLS.values()]
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=KERNEL), folder / "page.ipynb")
    with jupyterlab(folder, private, plain=True) as running:
        yield running


@pytest.fixture(scope="module")
def learner(browser):
    """A browser of one learner, whose memory lasts from page to page."""
    context = browser.new_context(viewport={"width": 1000, "height": 900})
    yield context
    context.close()


@pytest.fixture(scope="module")
def notebook(learner, plain_lab):
    opened = Notebook(learner.new_page(), plain_lab, "page.ipynb")
    opened.run(*[name for name in CELLS if not name.startswith("reveal")])
    yield opened
    if not opened.page.is_closed():
        opened.close()


def test_every_kind_answers_and_python_hears_of_it(notebook):
    notebook.questions.answer_all()
    assert notebook.python_remembers("'correct': True", "'answer': 31.0", "'guess': 'At 0.'")


def test_mathematics_is_typeset_in_question_option_feedback_and_hint(notebook):
    for name, count in (("choice", 3), ("verdict", 1)):
        formulas = notebook.questions.root(name).locator("mjx-container")
        formulas.nth(count - 1).wait_for(state="attached")


def test_a_question_shown_twice_shows_the_same_answer(notebook):
    notebook.questions.says("twin", "Correct")


def test_every_kind_answers_while_a_cell_runs_and_python_hears_afterwards(notebook, plain_lab):
    (plain_lab.folder / "wait").touch()
    notebook.start("wait")
    notebook.questions.answer_all()
    notebook.questions.answer_prediction("Above 0.")
    assert notebook.cell("wait").locator(".jp-InputPrompt").inner_text() == "[*]:"
    (plain_lab.folder / "wait").unlink()
    notebook.page.wait_for_function(IDLE)
    assert notebook.python_remembers("'guess': 'Above 0.'")


def test_keys_stay_in_the_question(notebook):
    before = notebook.sources()
    press_all_keys(notebook)
    assert notebook.sources() == before


def test_a_key_with_ctrl_goes_on_to_jupyterlab_which_saves_the_notebook_or_runs_the_cell(notebook):
    notebook.questions.answer_all()
    for place in (".lkq-option", ".lkq-field", ".lkq-card", "[data-kind=verdict] button"):
        notebook.page.locator(place).first.focus()
        assert notebook.is_saved_by("Control+s"), place
    for name, place in (("choice", ".lkq-option"), ("cards", ".lkq-card")):
        notebook.run_by("Control+Enter", [*CELLS].index(name), place)
    notebook.questions.says("choice", "Correct")


def press_all_keys(notebook):
    for element in notebook.page.locator(".lkq button:visible, .lkq input").all():
        element.focus()
        for key in ["a", "b", "m", "x", "d", "d", "Escape", "c", "v", "z", "ArrowDown"]:
            notebook.page.keyboard.press(key)


def test_a_saved_notebook_shows_what_was_answered(notebook, plain_lab):
    notebook.questions.answer_all()
    assert notebook.python_remembers("'correct': True", "'answer': 31.0", "'guess': 'At 0.'")
    notebook.save()
    saved = nbformat.read(plain_lab.folder / "page.ipynb", as_version=4)
    held = [
        output.data["text/html"]
        for cell in saved.cells
        for output in cell.outputs[1:]
        if "data" in output
    ]
    for said in (
        "You chose: Mean",
        "Your answer: 31 parameters",
        "Your guess: At 0.",
        "Your guess: 7 slopes",
    ):
        assert any(said in html for html in held)
    assert "application/vnd.jupyter.widget-view+json" not in str(saved.cells)


def test_every_kind_answers_after_restart_and_python_hears_once_it_is_shown_again(notebook):
    notebook.restart()
    notebook.questions.answer_all()
    notebook.questions.answer_prediction("Above 0.")
    notebook.run("setup", "prediction", "number")
    assert notebook.python_remembers("'guess': 'Above 0.'", "'answer': 31.0")
    notebook.questions.answer_prediction()


def test_a_guess_made_after_restart_is_found_by_its_outcome(notebook):
    notebook.restart()
    notebook.questions.choose("late", "Down")
    notebook.questions.press("late", "Commit")
    notebook.run("setup", "reveal")
    notebook.cell("reveal").get_by_text("You predicted it.").wait_for()
    notebook.questions.is_committed("late", "Down")
    assert (
        not notebook.questions.root("late")
        .get_by_role("button", name="Change my guess")
        .is_visible()
    )


def test_nothing_went_wrong_so_far(notebook):
    assert notebook.faults == []


def open_again(learner, lab, app="lab/tree"):
    opened = Notebook(learner.new_page(), lab, "page.ipynb", app=app)
    opened.page.locator(".lkq[data-awake]").first.wait_for()
    return opened


@pytest.fixture(scope="module")
def saved(notebook, plain_lab):
    """The notebook with all kinds answered, saved and closed; its kernel runs on."""
    notebook.run("setup", *ASKED)
    notebook.questions.answer_all()
    assert notebook.python_remembers("'correct': True", "'answer': 31.0", "'guess': 'At 0.'")
    notebook.save()
    notebook.page.close()
    return plain_lab.folder / "page.ipynb"


@pytest.mark.parametrize("kernel", [True, False])
def test_reopened_every_kind_shows_what_was_answered_and_answers(learner, plain_lab, saved, kernel):
    opened = open_again(learner, plain_lab)
    if not kernel:
        opened.page.evaluate("jupyterapp.shell.currentWidget.sessionContext.shutdown()")
    opened.questions.show_what_was_answered()
    opened.questions.answer_all()
    if kernel:
        assert opened.python_remembers("'correct': True")
    assert opened.page.get_by_text("Error displaying widget").count() == 0
    # which misses a kernel that has gone
    assert [fault for fault in opened.faults if "debugger" not in fault] == []
    opened.page.close()


def test_in_another_browser_the_saved_notebook_shows_what_was_answered(browser, plain_lab, saved):
    stranger = browser.new_context()
    opened = open_again(stranger, plain_lab)
    opened.questions.show_what_was_answered()
    stranger.close()


def test_in_notebook_7_every_kind_answers_and_keys_stay_in_the_question(learner, plain_lab, saved):
    opened = open_again(learner, plain_lab, app="notebooks")
    opened.run("setup", "choice", "prediction")
    opened.questions.answer_all()
    assert opened.python_remembers("'correct': True", "'guess': 'At 0.'")
    before = opened.sources()
    press_all_keys(opened)
    assert opened.sources() == before
    assert [fault for fault in opened.faults if not MISSING_FONT.search(fault)] == []
    opened.page.close()


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_nothing_violates_wcag_in_either_theme_before_and_after_answering(
    browser, plain_lab, saved, theme
):
    context = browser.new_context(viewport={"width": 1000, "height": 900})
    opened = open_again(context, plain_lab)
    opened.page.evaluate(
        f"jupyterapp.commands.execute('apputils:change-theme', {{theme: '{theme}'}})"
    )
    opened.page.locator(f"body[data-jp-theme-name='{theme}']").wait_for(state="attached")
    opened.questions.answer_choice()
    opened.questions.open_help()
    assert opened.accessibility_faults() == []
    context.close()
