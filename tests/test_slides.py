"""course.py slides: a chapter in one file, each of its slides within the screen."""

import re

import pytest
from browser import CHAPTERS, accessibility_faults, copy_front_door, course_of, pages_of_their_own
from on_page import Visual

from tools import slides
from tools.notebooks import read_notebook
from tools.pages import slides as pages
from tools.pages.printed import as_soup

SAMPLE = CHAPTERS[4]
SCREEN = {"width": 1280, "height": 720}
# walks through all slides, as somebody who waits for each picture, and tells of those that overflow
OVERFLOWING = """async () => {
    const found = [];
    const frame = () => new Promise(requestAnimationFrame);
    for (const slide of all()) {
        show(slide);
        const visual = slide.querySelector("[data-learnkit-player]");
        for (let i = 0; visual && i < 600 && !visual.querySelector(".lk canvas"); i++) await frame();
        for (let i = 0; i < 3; i++) await frame();
        const over = [slide.scrollHeight - slide.clientHeight, slide.scrollWidth - slide.clientWidth];
        const size = Number(slide.style.getPropertyValue("--size"));
        if (Math.max(...over) > 1 || size < 0.6) found.push([where.textContent, ...over, size]);
    }
    return found;
}"""
WHERE = "document.getElementById('where').textContent.split(' ')[0]"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The slides of the sample, as the command writes them."""
    folder = tmp_path_factory.mktemp("slides")
    assert slides.main([str(folder), SAMPLE.stem]) == 0
    return folder


@pytest.fixture
def deck(browser, folder):
    """A function that opens slides from disk, the network off; in the end nothing went wrong."""
    with pages_of_their_own(browser) as open_page:

        def open_slides(path=SAMPLE, place="", **options):
            if not (folder / f"{path.stem}.html").is_file():
                slides.main([str(folder), path.stem])
            options = {"viewport": SCREEN, "offline": True} | options
            return open_page(f"{(folder / path.stem).as_uri()}.html{place}", **options)

        yield open_slides


def test_each_heading_begins_a_column_and_each_cell_is_a_slide(folder):
    deck = as_soup((folder / f"{SAMPLE.stem}.html").read_text("utf-8"))
    columns = deck.select(".column")
    headings = deck.select(".slide > h1, .slide > h2, .slide > h3")
    assert len(columns) == len(headings) > 10
    assert all(column.select_one(".slide > *").name in ("h1", "h2", "h3") for column in columns)
    code = [cell for cell in read_notebook(SAMPLE)["cells"] if cell["cell_type"] == "code"]
    assert len(deck.select(".slide.code")) >= len(code) - 3  # set-up, and where the learner stands


def test_solutions_are_hidden_and_the_instructor_s_cells_are_notes(folder):
    text = (folder / f"{SAMPLE.stem}.html").read_text("utf-8")
    deck = as_soup(text)
    assert deck.select(".exercise details") and not deck.select("details.solution")
    told = ["".join(cell["source"]) for cell in cells_of_the_instructor()]
    notes = deck.select("aside.notes")
    assert len(notes) == len(told) > 0
    assert notes[0].get_text()[:30].split() == told[0].replace("*", "")[:30].split()
    assert all(note.parent["class"][0] == "slide" for note in notes)


def cells_of_the_instructor():
    cells = read_notebook(SAMPLE)["cells"]
    return [cell for cell in cells if "instructor" in cell["metadata"].get("tags", [])]


def test_the_file_needs_no_other_and_its_formulas_are_mathml(folder):
    text = (folder / f"{SAMPLE.stem}.html").read_text("utf-8")
    deck = as_soup(text)
    assert deck.select("math") and not deck.select("link[rel=stylesheet], script[src]")
    assert {image["src"][:5] for image in deck.select("img[src]")} == {"data:"}
    assert not [a for a in deck.select("a[href]") if re.match(r"\w+\.html", a["href"])]
    assert len(text.encode()) < 1_200_000


def test_a_cell_is_cut_before_each_of_its_headings():
    html = (
        '<section id="cell-id=x" class="text"><h2 id="a">A</h2><p>1</p><h3 id="b">B</h3></section>'
    )
    assert pages.slides_of(html) == [
        '<article class="slide text" id="cell-id=x"><h2 id="a">A</h2><p>1</p></article>',
        '<article class="slide text"><h3 id="b">B</h3></article>',
    ]
    assert pages.slides_of("") == []


def test_the_command_needs_a_chapter_and_writes_where_it_was_told(tmp_path, monkeypatch, capsys):
    done = []
    monkeypatch.setattr(slides, "prepare", done.append)
    monkeypatch.setattr(slides, "run", lambda command: done.append(command[1:]))
    slides.slides(["4", str(tmp_path)])
    assert done == [["lab", "site"], ["-m", "tools.slides", str(tmp_path), SAMPLE.stem]]
    copy_front_door(tmp_path)
    assert course_of(tmp_path).main(["slides"]) == 1
    assert "course.py slides takes the number of one chapter" in capsys.readouterr().err


def test_in_a_browser_keys_lead_through_the_slides_both_ways(deck):
    page = deck()
    steps = [
        ("ArrowRight", "2.1"),
        ("ArrowRight", "3.1"),
        ("ArrowDown", "3.2"),
        ("Space", "3.3"),
        ("Shift+Space", "3.2"),
        ("ArrowUp", "3.1"),
        ("PageUp", "2."),
        ("PageDown", "3.1"),
        ("ArrowLeft", "2.1"),
        ("Home", "1.1"),
        ("ArrowLeft", "1.1"),
    ]
    for key, place in steps:
        page.keyboard.press(key)
        assert page.evaluate(WHERE).startswith(place), key
    page.keyboard.press("End")
    last = page.evaluate(WHERE)
    page.keyboard.press("Space")
    assert page.evaluate(WHERE) == last and page.url.endswith(f"#{last}")


def test_in_a_browser_the_overview_leads_to_any_slide_by_keyboard_and_by_mouse(deck):
    page = deck()
    page.keyboard.press("o")
    assert page.locator("#overview button").count() == page.locator(".slide").count()
    assert accessibility_faults(page) == []
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("all().indexOf(at)") == 1
    page.get_by_role("button", name="Overview").click()
    page.locator("#overview button", has_text="How large a step?").first.click()
    assert "How large a step?" in page.locator(".slide.now").inner_text()


def test_in_a_browser_the_speaker_s_window_shows_the_notes_that_hold_here(deck):
    page = deck()
    with page.expect_popup() as opened:
        page.keyboard.press("n")
    speaker = opened.value
    speaker.get_by_text("Instructor.").first.wait_for()
    page.keyboard.press("Space")
    speaker.get_by_text(f"Now: {page.evaluate('label(at)')}").wait_for()
    assert not page.locator(".notes").first.is_visible()


def test_in_a_browser_a_finger_turns_the_slides_and_an_address_opens_one(deck):
    page = deck(place="#2.1", has_touch=True)
    assert page.evaluate(WHERE) == "2.1"
    session = page.context.new_cdp_session(page)
    for start, end, place in [((900, 300), (500, 310), "3.1"), ((400, 60), (900, 70), "2.1")]:
        swipe(session, start, end)
        assert page.evaluate(WHERE) == place


def swipe(session, start, end):
    for kind, point in (("touchStart", start), ("touchMove", end), ("touchEnd", None)):
        points = [{"x": point[0], "y": point[1]}] if point else []
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)])
def test_in_a_browser_pictures_and_questions_of_slides_are_alive(deck, size):
    page = deck(viewport={"width": size[0], "height": size[1]})
    page.evaluate("show(document.querySelector('[data-learnkit-player]').closest('.slide'))")
    visual = Visual(page.locator(".slide.now [data-learnkit-player]").first)
    assert visual.is_painted()
    page.evaluate("show(document.querySelector('[data-kind=choice]').closest('.slide'))")
    question = page.locator(".slide.now [data-kind=choice]")
    place = page.evaluate(WHERE)
    question.locator("li[data-right] button").click()
    question.get_by_role("button", name="Check").press("Enter")
    question.get_by_text("Correct").first.wait_for()
    page.keyboard.press("ArrowRight")
    assert page.evaluate(WHERE) == place  # the key was the question's


@pytest.mark.slow
def test_in_a_browser_no_slide_of_a_chapter_is_larger_than_the_screen(deck):
    page = deck()
    assert page.evaluate(OVERFLOWING) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "path", [path for path in CHAPTERS if path != SAMPLE], ids=lambda p: p.stem
)
def test_in_a_browser_no_slide_of_any_chapter_is_larger_than_the_screen(deck, path):
    page = deck(path)
    assert page.evaluate(OVERFLOWING) == []
