"""Chapter 11 in JupyterLab: a question is answered in the page, and the next draw knows."""

import json

import pytest
from browser import OpenNotebook

from learnkit.exercises import chapter_11 as practice

NAME = "11_what_you_can_do.ipynb"


@pytest.fixture
def chapter(browser, lab):
    page = browser.new_page(viewport={"width": 1000, "height": 900})
    opened = OpenNotebook(page, lab, f"notebooks/{NAME}", "lab/tree")
    opened.run_all()
    yield opened
    opened.close()


def kept(lab, chapter):
    path = lab.folder / "notebooks" / ".learnkit" / f"{chapter}.json"
    return json.loads(path.read_text()) if path.is_file() else {}


def test_an_answer_in_the_page_counts_for_the_question_and_the_draw_knows(chapter, lab):
    page, first = chapter.page, practice.draw()
    question = first[0].original
    asked = page.locator(".lkq[data-kind=choice]").filter(has_text=question.question[:40])
    wrong = next(option for option in question.options if not option.correct)
    asked.get_by_text(wrong.text).click()
    asked.get_by_role("button", name="Check").click()
    for _ in range(50):  # what the page tells takes a moment to arrive
        answers = [entry.get("answer") for entry in kept(lab, first.chapters[0]).values()]
        if answers:
            break
        page.wait_for_timeout(100)
    assert answers == [wrong.text]
    page.evaluate("jupyterapp.commands.execute('notebook:run-all-cells')")
    page.get_by_text("1 answered wrongly, 29 not answered yet").wait_for()
    stopped = page.locator("p").filter(has_text="Go on where you stopped")
    stopped.filter(has_text="11 · What you can do").wait_for()


def test_nothing_violates_wcag_in_either_theme(chapter):
    for theme in ("JupyterLab Light", "JupyterLab Dark"):
        chapter.page.evaluate(
            f"jupyterapp.commands.execute('apputils:change-theme', {{theme: '{theme}'}})"
        )
        chapter.page.locator(f"body[data-jp-theme-name='{theme}']").wait_for(state="attached")
        chapter.page.evaluate(
            "document.querySelectorAll('.jp-OutputArea details').forEach(one => one.open = true)"
        )
        assert chapter.accessibility_faults() == []
