"""The map of the course: what it says, what it links to, and that it stands whatever is kept."""

import json
import re
import sys
from types import ModuleType

import pytest
from browser import CHAPTERS, KERNEL_IS_IDLE, OpenNotebook
from nbformat import v4

import learnkit
from learnkit import exercises
from learnkit.exercises import chapter_04
from learnkit.practice import memory
from learnkit.practice.exercise import Exercise
from learnkit.practice.predict import Prediction
from learnkit.practice.quiz import Choice, NumberAnswer, Option

CHECK = Choice(
    "What does a loss return?",
    [Option("A number", "One.", correct=True), Option("A list", "Why?")],
)


def small(number):
    return Exercise(number=number, title="Add & go", minutes=1, kind="trace", solution=lambda: 1)


@pytest.fixture
def chapters(monkeypatch, learners_folder):
    """A course of two small chapters, their notebooks in the learner's folder; gives the first
    one's module.
    """
    first, second = (ModuleType(f"learnkit.exercises.chapter_{number}") for number in ("71", "72"))
    first.one, first.two, first.three = small("71.1"), small("71.2"), small("71.3")
    first.check, first.number = CHECK, NumberAnswer("How many?", 3)
    first.guess = Prediction("guess", "Is it <big>?", options=["Yes", "No"])
    second.one = small("72.1")
    for module in (first, second):
        monkeypatch.setitem(sys.modules, module.__name__, module)
    table = (
        exercises.Chapter("71", "71_first", "First"),
        exercises.Chapter("72", "72_second", "Second"),
    )
    monkeypatch.setattr(exercises, "CHAPTERS", table)
    monkeypatch.setattr(exercises, "PLANNED", ())
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    for chapter in table:
        (learners_folder / f"{chapter.file}.ipynb").write_text("{}")
    return first


def links(shown):
    return re.findall(r"<a href='([^']*)'[^>]*>(.*?)</a>", shown._repr_html_())


# ---------------------------------------------------------------- the chapters that exist


def test_every_chapter_is_in_the_table_with_its_own_title():
    files = {path.stem: json.loads(path.read_text())["cells"][0] for path in CHAPTERS}
    assert sorted(files) == [chapter.file for chapter in exercises.CHAPTERS]
    for number, file, title in exercises.CHAPTERS:
        assert "".join(files[file]["source"]).splitlines()[0] == f"# {int(number)} · {title}"
        assert file.startswith(number + "_")


def test_switched_off_every_run_shows_the_same_and_all_is_open():
    text, page = repr(learnkit.progress("04")), learnkit.progress()._repr_html_()
    memory.keep(chapter_04.trace_one_step, state="correct")
    assert repr(learnkit.progress("04")) == text and "○ 4.1 One step by hand (open)" in text
    assert learnkit.progress()._repr_html_() == page


def test_what_is_kept_of_a_chapter_is_shown(learners_folder):
    memory.keep(chapter_04.trace_one_step, state="correct")
    said = repr(learnkit.progress(4))
    assert (
        said.startswith("4 · Gradient descent: 1 of ") and "✓ 4.1 One step by hand (solved)" in said
    )


# ---------------------------------------------------------------- as text


def test_with_nothing_kept_it_says_how_to_begin(chapters):
    assert (
        repr(learnkit.progress())
        == "The map of the course:\n71 · First: 0 of 3 exercises solved, 0 of 2 quick checks answered, 0 of 1 prediction"
        " made\n  ○ 71.1 Add & go (open)\n  ○ 71.2 Add & go (open)\n  ○ 71.3 Add & go "
        "(open)\n72 · Second: 0 of 1 exercise solved\n  ○ 72.1 Add & go (open)\nNothing is "
        "kept yet. Begin with 71 · First: Shift+Enter runs a cell and goes on."
    )
    assert ("71_first.ipynb", "Open the first chapter") in links(learnkit.progress())
    assert "Nothing of this chapter is kept yet." in repr(learnkit.progress("72"))


def test_a_chapter_still_to_come_stands_in_its_place_until_it_is_written(chapters, monkeypatch):
    to_come = [
        exercises.Chapter(number, f"{number}_file", title)
        for number, title in (("70", "Zeroth"), ("72", "Second"), ("73", "Third"))
    ]
    monkeypatch.setattr(exercises, "PLANNED", to_come)
    said = [line for line in repr(learnkit.progress()).splitlines() if line.startswith("7")]
    assert [line.partition(":")[0] for line in said] == [
        *("70 · Zeroth", "71 · First", "72 · Second", "73 · Third")
    ]
    assert said[0] == "70 · Zeroth: in preparation" and "in preparation" not in said[2]
    assert "Begin with 71 · First" in repr(learnkit.progress())
    assert "Zeroth" in learnkit.progress()._repr_html_() and len(links(learnkit.progress())) == 3


def test_no_planned_chapter_has_the_number_of_another():
    numbers = [chapter.number for chapter in exercises.PLANNED]
    assert numbers == sorted(set(numbers)) and all(len(number) == 2 for number in numbers)


def test_once_every_exercise_of_a_chapter_is_solved_the_next_open_one_is_named(chapters):
    for exercise in (chapters.one, chapters.two):
        memory.keep(exercise, state="correct", notebook="71_first.ipynb", cell="abc")
    assert "next is" not in repr(learnkit.progress())
    memory.keep(chapters.three, state="correct", notebook="71_first.ipynb", cell="abc")
    assert "You stopped in 71 · First, Exercise 71.3. Every exercise there is solved; " in repr(
        learnkit.progress()
    )
    assert repr(learnkit.progress()).endswith("next is 72 · Second.")
    assert links(learnkit.progress())[1] == ("72_second.ipynb", "72 · Second")
    assert "next is" not in repr(learnkit.progress("71"))


def test_a_chapter_links_to_itself_nowhere(chapters, monkeypatch):
    monkeypatch.setenv("JPY_SESSION_NAME", "/somewhere/71_first.ipynb")
    assert [href for href, _ in links(learnkit.progress())] == ["72_second.ipynb"]


def test_solved_tried_and_open_are_told_apart_and_what_was_solved_stays_so(chapters):
    memory.keep(chapters.one, state="correct")
    memory.keep(chapters.one, state="incorrect")
    memory.keep(chapters.two, state="raised an error")
    memory.keep(chapters.three, state="not attempted", hints=1)
    memory.keep(chapters.check, answer="A list", correct=False)
    said = repr(learnkit.progress("71"))
    assert "1 of 3 exercises solved, 1 of 2 quick checks answered" in said
    assert "✓ 71.1 Add & go (solved)\n  ◐ 71.2 Add & go (tried)\n  ○ 71.3 Add & go (open)" in said


def test_a_prediction_that_came_out_differently_is_worth_another_look(chapters):
    memory.keep(chapters.guess, guess="No")
    assert "another look" not in repr(learnkit.progress())
    memory.keep(chapters.guess, outcome="Yes", differently=True)
    assert "  → Worth another look: Is it <big>?" in repr(learnkit.progress())
    assert "Is it &lt;big&gt;?" in learnkit.progress()._repr_html_()
    memory.keep(chapters.guess, differently=False)
    assert "another look" not in repr(learnkit.progress())


@pytest.mark.parametrize("asked", ["71", 71, " 71 "])
def test_one_chapter_is_asked_for_by_its_number(chapters, asked):
    said = repr(learnkit.progress(asked))
    assert said.startswith("71 · First") and "72" not in said


@pytest.mark.parametrize("asked", ["", "1", 7.5, "gradient descent", ["71"]])
def test_a_chapter_that_is_not_there_is_refused_with_those_that_are(chapters, asked):
    with pytest.raises(ValueError, match='ask for one of "71", "72"'):
        learnkit.progress(asked)


def test_a_chapter_that_cannot_be_loaded_hides_no_other(chapters, monkeypatch):
    memory.keep(chapters.one, state="correct")
    monkeypatch.setitem(sys.modules, "learnkit.exercises.chapter_71", None)
    said = repr(learnkit.progress())
    assert (
        "71 · First: The practice of this chapter could not be loaded (ModuleNotFoundError)."
        in said
    )
    assert "72 · Second: 0 of 1 exercise solved" in said
    assert (
        "You stopped in 71 · First." in said
        and "could not be loaded" in learnkit.progress()._repr_html_()
    )


@pytest.mark.parametrize(
    "entry", [{"solved": 1}, {"state": 3, "when": 5}, {"cell": [], "notebook": 7}, {"guess": None}]
)
def test_odd_entries_disturb_nothing(chapters, learners_folder, entry):
    (learners_folder / ".learnkit").mkdir()
    (learners_folder / ".learnkit" / "71.json").write_text(
        json.dumps({"one": entry, "gone": entry})
    )
    assert "○ 71.1 Add & go (open)" in repr(learnkit.progress())
    assert learnkit.progress()._repr_html_()


def test_what_went_wrong_with_the_records_is_told(chapters, learners_folder):
    (learners_folder / ".learnkit").write_text("")
    memory.keep(chapters.one, state="correct")
    assert "✓ 71.1" in repr(learnkit.progress())
    assert "kept only until the kernel stops" in repr(learnkit.progress())
    assert "kept only until the kernel stops" in learnkit.progress()._repr_html_()


# ---------------------------------------------------------------- links


def test_the_latest_cell_is_where_one_goes_on(chapters):
    memory.keep(
        chapters.two,
        state="incorrect",
        notebook="72_second.ipynb",
        cell="later",
        when="2026-01-02",
    )
    memory.keep(
        chapters.one, state="correct", notebook="71_first.ipynb", cell="earlier", when="2026-01-01"
    )
    assert links(learnkit.progress())[0] == (
        "72_second.ipynb#cell-id=later",
        "Go on where you stopped",
    )
    assert "You stopped in 71 · First, Exercise 71.2." in repr(learnkit.progress())
    assert ("71_first.ipynb#cell-id=earlier", "71.1 Add &amp; go") in links(learnkit.progress())


def test_within_the_running_notebook_a_link_is_the_cell_alone_even_if_it_was_renamed(
    chapters, monkeypatch
):
    monkeypatch.setenv("JPY_SESSION_NAME", "/somewhere/old name.ipynb")
    memory.keep(chapters.one, state="correct", cell="here")
    assert ("#cell-id=here", "71.1 Add &amp; go") in links(learnkit.progress())


def test_without_a_cell_the_file_is_linked_and_without_its_file_the_chapters(
    chapters, learners_folder
):
    (learners_folder / "my copy.ipynb").write_text("{}")
    memory.keep(chapters.one, state="correct", notebook="my copy.ipynb")
    memory.keep(chapters.two, state="correct", notebook="gone.ipynb", cell="abc")
    found = links(learnkit.progress("71"))
    assert ("my%20copy.ipynb", "71.1 Add &amp; go") in found
    assert ("71_first.ipynb#cell-id=abc", "71.2 Add &amp; go") in found


def test_where_no_notebook_lies_nothing_is_linked(chapters, learners_folder):
    for path in learners_folder.glob("*.ipynb"):
        path.unlink()
    memory.keep(chapters.one, state="correct", cell="abc")
    assert links(learnkit.progress()) == [] and "Go on with whatever is open above." in repr(
        learnkit.progress()
    )


@pytest.mark.parametrize(
    "name", ["javascript:alert(1)", "../../secret.ipynb", "x' onclick='y", "a\\b.ipynb", "\0"]
)
def test_a_link_leads_to_notebooks_of_the_folder_alone(chapters, name):
    memory.keep(chapters.one, state="correct", notebook=name, cell="' onclick='y")
    hrefs = [href for href, _ in links(learnkit.progress("71"))]
    assert hrefs and all(href.startswith("71_first.ipynb#cell-id=%27") for href in hrefs)
    assert "onclick='" not in learnkit.progress()._repr_html_()


# ---------------------------------------------------------------- in a browser

WORK = """from learnkit.exercises import chapter_03, chapter_04
from learnkit.practice import memory
memory.keep(chapter_04.trace_one_step, state="incorrect")
elsewhere = dict(notebook="03_loss_surfaces.ipynb", cell="76b4c51d")
chapters_3_first = next(v for v in vars(chapter_03).values() if getattr(v, "number", "") == "3.1")
memory.keep(chapters_3_first, state="correct", **elsewhere, when="2000")
chapters_3_guess = next(v for v in vars(chapter_03).values() if type(v).__name__ == "Prediction")
memory.keep(chapters_3_guess, guess="A", differently=True, **elsewhere, when="2000")"""
IN_VIEW = """([path, id]) => {
    const shown = jupyterapp.shell.currentWidget;
    if (!shown.context.path.endsWith(path)) return false;
    const cell = shown.content.widgets.find(cell => cell.model.id === id);
    if (!cell) return false;  // the notebook is still being opened
    const { top, bottom } = cell.node.getBoundingClientRect();
    return cell.node.isConnected && bottom > 0 && top < window.innerHeight;
}"""


@pytest.fixture(params=["lab/tree", "notebooks"], ids=["JupyterLab", "Notebook 7"])
def map_of_the_course(browser, lab, request):
    """The map in a notebook that is long enough to lose one's place in."""
    long = [v4.new_markdown_cell("text\n\n" * 60) for _ in range(5)]
    cells = [
        v4.new_code_cell(WORK, id="work"),
        *long,
        v4.new_code_cell("import learnkit\nlearnkit.progress()", id="map"),
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    (lab.folder / "notebooks" / "my map.ipynb").write_text(v4.writes(notebook))
    page = browser.new_page(viewport={"width": 1000, "height": 900})
    opened = OpenNotebook(page, lab, "notebooks/my map.ipynb", request.param)
    page.evaluate("jupyterapp.commands.execute('notebook:run-all-cells')")
    page.wait_for_function(KERNEL_IS_IDLE)
    page.get_by_role("link", name="Go on where you stopped").wait_for()
    yield opened
    opened.close()


@pytest.mark.parametrize("map_of_the_course", ["lab/tree"], indirect=True)
def test_nothing_violates_wcag_in_either_theme_and_nothing_overflows(map_of_the_course):
    page = map_of_the_course.page
    for theme in ("JupyterLab Light", "JupyterLab Dark"):
        page.evaluate(f"jupyterapp.commands.execute('apputils:change-theme', {{theme: '{theme}'}})")
        page.locator(f"body[data-jp-theme-name='{theme}']").wait_for(state="attached")
        page.evaluate(
            "document.querySelectorAll('details').forEach(details => details.open = true)"
        )
        assert map_of_the_course.accessibility_faults() == []
    page.evaluate("jupyterapp.shell.collapseLeft()")
    for width in (390, 1400):
        page.set_viewport_size({"width": width, "height": 900})
        too_wide = "section => section.scrollWidth > section.parentElement.clientWidth + 1"
        assert not page.locator("section[aria-label='The map of the course']").evaluate(too_wide)


def test_a_link_leads_back_to_the_cell(map_of_the_course):
    page = map_of_the_course.page
    page.get_by_role("link", name="Go on where you stopped").click()
    page.wait_for_function(IN_VIEW, arg=["my map.ipynb", "work"])


@pytest.mark.parametrize("map_of_the_course", ["lab/tree"], indirect=True)
def test_a_link_leads_to_the_cell_of_another_notebook(map_of_the_course):
    page = map_of_the_course.page
    page.get_by_role("listitem").filter(has_text="Loss surfaces").get_by_role(
        "listitem"
    ).get_by_role("link").first.click()
    page.wait_for_function(IN_VIEW, arg=["03_loss_surfaces.ipynb", "76b4c51d"])
