"""What is left of a chapter once it is saved: opened again without running, untrusted, as HTML,
and in Notebook 7.
"""

import shutil

import nbformat
import pytest
from browser import CHAPTERS, OpenNotebook, listen
from nbconvert import HTMLExporter
from nbformat import v4
from on_page import VISUALS, by_keyboard, visuals

KERNEL = {
    "kernelspec": {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
}
CELLS = [
    (
        "from learnkit.practice.quiz import Choice, Option\nfrom learnkit.widgets import "
        "explore_loss, roll_downhill"
    ),
    "explore_loss()",
    "roll_downhill()",
    'Choice("Which is it?", [Option("One", "Yes.", correct=True), Option("Two", "No.")])',
]


def descriptions(notebook):
    """Return the sentences of the visuals that a notebook holds."""
    data = [o.data for cell in notebook.cells for o in cell.get("outputs", []) if "data" in o]
    return [
        output["text/plain"]
        for output in data
        if "data-learnkit-player" in output.get("text/html", "")
    ]


def question(page):
    return page.get_by_text("Which is it?", exact=True)


def answer(page):
    """Answer the question, which is judged wherever the page is."""
    page.locator(".lkq-option").filter(has_text="One").click()
    page.locator(".lkq").get_by_role("button", name="Check").click()
    page.locator(".lkq").get_by_text("Correct").locator("visible=true").wait_for()


def unanswered(page):
    """Return what does not answer to the keyboard; the mouse is tried elsewhere."""
    return [fault for visual in visuals(page) for fault in visual.faults([by_keyboard])]


@pytest.fixture(scope="module")
def fresh(browser, lab):
    """A function that writes a notebook of two visuals and a quiz, and opens and runs it in an
    application.
    """
    opened = []

    def run_in(app, name):
        cells = [v4.new_code_cell(source) for source in CELLS]
        nbformat.write(v4.new_notebook(cells=cells, metadata=KERNEL), lab.folder / name)
        opened.append(
            OpenNotebook(
                browser.new_page(viewport={"width": 1200, "height": 900}), lab, name, app=app
            )
        )
        # Notebook 7.6 complains of a missing schema while it starts, whatever it opens
        opened[-1].faults.clear()
        opened[-1].run_all()
        return opened[-1]

    yield run_in
    for notebook in opened:
        notebook.close()


@pytest.fixture(scope="module")
def in_session(fresh):
    """The notebook open in JupyterLab after it was saved."""
    notebook = fresh("lab/tree", "saved.ipynb")
    notebook.page.evaluate("jupyterapp.commands.execute('docmanager:save')")
    return notebook


@pytest.fixture(scope="module")
def saved(in_session, lab):
    """The path of the saved notebook."""
    return lab.folder / "saved.ipynb"


def test_a_quiz_goes_on_answering_after_its_notebook_was_saved(in_session):
    question(in_session.page).scroll_into_view_if_needed()
    answer(in_session.page)
    assert in_session.faults == []


def test_a_saved_notebook_shows_everything_when_it_is_opened_again_and_nothing_has_run(
    open_notebook, saved
):
    shutil.copy(saved, saved.with_name("again.ipynb"))
    page = (notebook := open_notebook("again.ipynb")).page
    assert len(visuals(page)) == 2 and unanswered(page) == []
    question(page).scroll_into_view_if_needed()
    answer(page)
    assert page.get_by_text("Error displaying widget").count() == 0
    assert notebook.faults == []


def test_an_untrusted_notebook_shows_the_pictures_with_their_sentences_and_runs_no_script(
    open_notebook, saved
):
    notebook = nbformat.read(saved, as_version=4)
    notebook.cells.append(v4.new_markdown_cell("Edited elsewhere, and so not trusted."))
    nbformat.write(notebook, saved.with_name("untrusted.ipynb"))
    page = open_notebook("untrusted.ipynb").page
    for sentence in descriptions(notebook):
        picture = page.get_by_role("img", name=sentence, exact=True)
        picture.scroll_into_view_if_needed()
        assert (
            picture.is_visible()
            and picture.evaluate("(img) => img.complete && img.naturalWidth") > 300
        )
    assert len(descriptions(notebook)) == 2
    assert (
        page.evaluate("typeof learnkitPainters") == "undefined" and page.locator(".lk").count() == 0
    )


def test_notebook_7_runs_it_all_and_its_visuals_answer(fresh):
    notebook = fresh("notebooks", "in_notebook_7.ipynb")
    assert notebook.page.evaluate("jupyterapp.name") == "Jupyter Notebook"
    assert len(visuals(notebook.page)) == 2 and unanswered(notebook.page) == []
    answer(notebook.page)
    assert notebook.faults == []


def open_exported(browser, notebook, file):
    """Export a notebook to HTML as anybody would, and open it from disk; return the page and
    what it complained of.
    """
    file.write_text(HTMLExporter().from_notebook_node(notebook)[0], encoding="utf-8")
    page = browser.new_page(viewport={"width": 1200, "height": 900})
    faults = listen(page)
    page.goto(file.as_uri(), wait_until="networkidle")
    return page, faults


def test_an_exported_notebook_is_alive_with_the_network_off(browser, saved, tmp_path):
    page, _ = open_exported(browser, nbformat.read(saved, as_version=4), tmp_path / "page.html")
    assert len(visuals(page)) == 2 and unanswered(page) == []
    answer(page)
    page.close()


@pytest.fixture(scope="module")
def asked_by_the_template(browser, tmp_path_factory):
    """What the page of any exported notebook asks the network for and complains of."""
    notebook = v4.new_notebook(cells=[v4.new_markdown_cell("$x$"), v4.new_code_cell("1")])
    page, asked = open_exported(browser, notebook, tmp_path_factory.mktemp("bare") / "page.html")
    page.close()
    return set(asked)


@pytest.mark.slow
@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_an_exported_chapter_is_alive_and_its_outputs_ask_the_network_for_nothing(
    browser, path, tmp_path, asked_by_the_template
):
    notebook = nbformat.read(path, as_version=4)
    page, asked = open_exported(browser, notebook, tmp_path / "page.html")
    assert len(visuals(page)) == page.locator(VISUALS).count() == len(descriptions(notebook))
    assert all(visual.is_painted() for visual in visuals(page))
    assert set(asked) == asked_by_the_template
    page.close()
