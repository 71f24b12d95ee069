"""Every chapter in real JupyterLab: it runs, complains of nothing, stays on this machine, and
all of it answers.
"""

import shutil

import pytest
from browser import CHAPTERS, TOKEN, course_of
from nbformat import v4
from on_page import CONTROLS, visuals

KERNEL = {
    "kernelspec": {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
}

IS_IN_THE_ACTIVE_CELL = "(root) => root.closest('.jp-Cell').matches('.jp-mod-active')"


@pytest.mark.slow
@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_a_chapter_runs_its_visuals_answer_and_its_outputs_are_accessible(open_notebook, path):
    notebook = open_notebook(f"solutions/{path.name}")
    notebook.run_all()
    for visual in visuals(notebook.page):
        assert visual.faults() == []
        if visual.root.locator(CONTROLS).count():  # a still has nothing to press
            assert visual.root.evaluate(IS_IN_THE_ACTIVE_CELL), (
                "a key pressed in a visual moved on to another cell"
            )
    assert notebook.accessibility_faults() == [] and notebook.faults == []


def test_jupyterlab_starts_at_the_first_chapter_and_asks_nothing_about_news(browser, lab):
    page = browser.new_page()
    page.goto(f"{lab.url}/?token={TOKEN}")
    page.wait_for_function("window.jupyterapp?.restored.then(() => true)")
    assert page.url.removeprefix(lab.url) == f"/lab/tree/notebooks/{CHAPTERS[0].name}"
    fetch = (
        "jupyterapp.serviceManager.settings.fetch('@jupyterlab/apputils-extension:notification')"
    )
    assert (
        page.evaluate(f"{fetch}.then(found => found.schema.properties.fetchNews.default)")
        == "false"
    )
    page.wait_for_load_state("networkidle")
    assert page.get_by_text("Jupyter news").count() == 0
    page.close()


def test_jupyterlab_opens_with_the_contents_of_the_chapter_beside_it(browser, lab):
    workspaces = lab.log.parent / "workspaces"
    shutil.rmtree(workspaces, ignore_errors=True)  # as others have left it
    course_of(lab.folder).jupyterlab.arrange(workspaces)
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.goto(f"{lab.url}/?token={TOKEN}")
    page.wait_for_function("window.jupyterapp?.restored.then(() => true)")
    contents = page.locator(".jp-TableOfContents")
    contents.get_by_text("One loop for the whole course").wait_for()
    contents.get_by_text("Free throws", exact=True).click()
    page.get_by_role("heading", name="Free throws").wait_for()
    notebook = page.locator(".jp-NotebookPanel:visible").bounding_box()
    assert 200 < contents.bounding_box()["width"] < notebook["width"] / 2
    page.locator(".jp-SideBar [data-id=filebrowser]").click()
    names = page.locator(".jp-DirListing-itemText", has_text=".ipynb")
    names.first.wait_for()
    too_long = "names => names.filter(name => name.scrollWidth > name.clientWidth + 1).length"
    assert names.count() >= len(CHAPTERS) and names.evaluate_all(too_long) == 0
    page.close()


FAULTY_CELLS = """
Javascript('console.error("broken")')

HTML('<script>setTimeout(() => gone())</script>')

HTML('<img alt="a dot" src="http://example.org/dot.png">')

HTML('<button></button><input>')

1 / 0

"never reached"
"""


def test_everything_that_goes_wrong_in_the_browser_is_heard(open_notebook, lab):
    cells = [v4.new_code_cell(source) for source in FAULTY_CELLS.strip().split("\n\n")]
    cells[0].source = "from IPython.display import HTML, Javascript\n" + cells[0].source
    (lab.folder / "faulty.ipynb").write_text(
        v4.writes(v4.new_notebook(cells=cells, metadata=KERNEL))
    )
    notebook = open_notebook("faulty.ipynb")
    with pytest.raises(AssertionError) as heard:
        notebook.run_all()
    for fault in (
        "console error: broken",
        "page error: gone is not defined",
        "request to the outside: http://example.org/dot.png",
        "cell 5: ZeroDivisionError: division by zero",
        "cell 6 did not run",
    ):
        assert fault in str(heard.value)
    assert {fault.split(":")[0] for fault in notebook.accessibility_faults()} == {
        "button-name",
        "label",
    }
