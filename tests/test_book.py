"""course.py book and handout: the course, its workbook and a chapter on paper."""

import re
from io import BytesIO

import pytest
from browser import CHAPTERS, CHROMIUM, copy_front_door, course_of

from learnkit import exercises, flip
from tools import book, chromium
from tools.common import Problem
from tools.notebooks import read_notebook
from tools.pages import paper
from tools.pages.printed import as_soup, chapter_on_paper
from tools.pages.workbook import workbook

NO_CHROMIUM = "Chromium is not installed, so nothing was printed (on Debian: apt install chromium)"
needs_chromium = pytest.mark.skipif(not CHROMIUM, reason=NO_CHROMIUM)
A4 = (595, 842)  # points
ROOM = 658  # CSS pixels between the margins of an A4 page: 210 mm less 18 mm on each side
TOO_WIDE = """() => [...document.querySelectorAll("main *, .sheet *")]
    .filter((part) => part.getBoundingClientRect().right > innerWidth + 1)
    .map((part) => part.outerHTML.slice(0, 200))"""


def boxes(html):
    """Return {name: what stands in it} of the boxes of a workbook."""
    found = as_soup(html).select("[data-box]")
    assert len({box["data-box"] for box in found}) == len(found)
    return {box["data-box"]: box.get_text() for box in found}


def test_the_workbook_has_an_empty_box_for_every_number_of_both_passes_and_the_update():
    passes = {"forward": flip.forward(), "backward": flip.backward()}
    names = {f"{part}/{step.name}" for part, steps in passes.items() for step in steps}
    names |= {f"update/{name}" for name in flip.names()}
    names |= {f"again/{step.name}" for step in flip.forward(flip.update())}
    empty = boxes(workbook(is_filled=False))
    assert set(empty) == names | {"loss/before", "loss/after"} and len(names) == 15 + 41 + 31 + 15
    assert set(empty.values()) == {""}


def test_the_solutions_of_the_workbook_are_what_flip_computes():
    filled = boxes(workbook(is_filled=True))
    assert set(filled) == set(boxes(workbook(is_filled=False)))
    after = flip.update()
    for part, steps in {
        "forward": flip.forward(),
        "backward": flip.backward(),
        "again": flip.forward(after),
    }.items():
        for step in steps:
            assert filled[f"{part}/{step.name}"] == flip.decimal(step.value)
    for name, number in zip(flip.names(), after.flat()):
        assert filled[f"update/{name}"] == flip.decimal(number)
    assert filled["loss/before"] == "0.89625" and filled["loss/after"] == "≈0.725753"


def test_the_workbook_gives_what_is_known_and_no_more():
    empty = as_soup(workbook(is_filled=False))
    given = [number.get_text() for number in empty.select(".given b")]
    pixels = [str(pixel) for pixel in (*flip.IMAGE, *flip.TARGET)]
    assert given == [*pixels, *map(flip.decimal, flip.START.flat())]
    assert {line.get_text() for line in empty.select(".line")} == {""}


@pytest.fixture(scope="module")
def chapters():
    """All chapters on paper."""
    return [chapter_on_paper(path) for path in CHAPTERS]


@pytest.fixture(scope="module")
def chapter():
    """Chapter 8 on paper, and its page as soup."""
    chapter = chapter_on_paper(CHAPTERS[8])
    return chapter, as_soup(chapter.body)


def test_every_exercise_on_paper_has_its_start_and_a_way_to_its_solution_at_the_end(chapter):
    chapter, page = chapter
    answers = as_soup(chapter.answers)
    exercises = page.select("section.exercise")
    assert len(exercises) == 7
    for exercise in exercises:
        way = exercise.select_one("a.way")["href"].removeprefix("#")
        assert answers.find(id=way).select_one("a.way")["href"] == f"#{exercise['id']}"
        assert not exercise.select("details") and ".check(" in exercise.get_text()
    assert chapter.answers.count("Hints") >= 6


def test_questions_on_paper_are_numbered_and_answered_at_the_end_alone(chapter):
    chapter, page = chapter
    answers = as_soup(chapter.answers)
    asked = page.select("[data-kind=choice], [data-kind=number]")
    assert len(asked) >= 5
    for number, question in enumerate(asked, 1):
        assert question.get_text().startswith(f"Question {number}")
        assert "Correct" not in question.get_text() and "Feedback" not in question.get_text()
        told = answers.find(id=f"08-question-{number}-answer").parent.get_text()
        assert re.match(rf"Question {number}: *([A-F]|[−\d.]+.*)\. \S", told)


def test_nothing_on_paper_is_folded_moves_or_tells_of_the_run_that_is_stored(chapter):
    chapter, page = chapter
    assert not page.select("script, details, button, canvas")
    assert page.select("[data-learnkit-player] img") and page.select("dl.cards dt")
    assert "Where you stand" not in chapter.body and "had not committed" not in chapter.body
    assert "Instructor" not in page.get_text()


def test_places_have_one_name_in_the_book_and_links_between_chapters_stay_inside(chapter):
    soup = as_soup(paper.whole_book([chapter_on_paper(CHAPTERS[0]), chapter[0]]))
    names = [place["id"] for place in soup.select("[id]")]
    assert len(set(names)) == len(names)
    for link in soup.select("a[href]"):
        inside = re.fullmatch(r"#((00|08|answers|question).*|\d\d.*)", link["href"])
        assert inside or ":" in link["href"], link
        assert not inside or not inside[2] or inside[1] in names, link


def test_references_get_the_numbers_of_their_pages():
    html = f'{paper.entry("08", "Eight")} <a class="way" href="#08-x">Answer</a>'
    numbered = paper.with_page_numbers(html, {"08": 7, "08-x": 250})
    assert ">Eight</a>" in numbered and ">page 7</a>" in numbered
    assert ">Answer, page 250</a>" in numbered


def test_without_a_browser_to_print_with_one_sentence_says_what_to_install(monkeypatch):
    monkeypatch.setattr(chromium, "PROGRAMS", ())
    monkeypatch.setattr(chromium, "ELSEWHERE", ())
    with pytest.raises(Problem, match="install one .on Debian: apt install chromium.") as raised:
        book.book([])
    assert str(raised.value).count(". ") == 0


@pytest.mark.parametrize(
    "arguments, told",
    [
        (["book", "--fast"], "takes the name of one folder, or nothing for book/"),
        (["handout"], "takes the number of one chapter"),
        (["handout", "44"], "no chapter '44'"),
        (["handout", "4", "here", "there"], "after the chapter the name of one folder"),
    ],
)
def test_a_wrong_command_is_told_what_is_right(tmp_path, capsys, arguments, told):
    copy_front_door(tmp_path)
    solutions = tmp_path / "solutions"
    solutions.mkdir(exist_ok=True)
    (solutions / CHAPTERS[4].name).write_bytes(CHAPTERS[4].read_bytes())
    assert course_of(tmp_path).main(arguments) == 1
    assert told in capsys.readouterr().err


def test_the_commands_install_what_printing_needs_and_write_where_they_were_told(
    tmp_path, monkeypatch
):
    done = []
    monkeypatch.setattr(book, "found", lambda: None)
    monkeypatch.setattr(book, "prepare", done.append)
    monkeypatch.setattr(book, "run", lambda command: done.append(command[1:]))
    monkeypatch.chdir(tmp_path)
    book.book(["here"])
    book.handout(["8"])
    folder, default = str(tmp_path / "here"), str(book.ROOT / "handout")
    assert done[0] == done[2] == ["lab", "site"]
    assert done[1] == ["-m", "tools.book", folder]
    assert done[3] == ["-m", "tools.book", default, CHAPTERS[8].stem]


def read(pdf):
    from pypdf import PdfReader

    reader = PdfReader(BytesIO(pdf))
    for page in reader.pages:
        width, height = page.mediabox[2:]
        assert abs(width - A4[0]) < 2 and abs(height - A4[1]) < 2
    return reader


@pytest.mark.slow
@needs_chromium
def test_a_browser_prints_the_workbook_on_seven_pages_at_most():
    reader = read(chromium.printed(workbook(is_filled=True)))
    assert 5 <= len(reader.pages) <= 7
    text = "".join(page.extract_text() for page in reader.pages)
    assert "0.89625" in text and "−0.3125" in text


@pytest.mark.slow
@needs_chromium
def test_a_handout_printed_by_a_browser_has_its_exercises_and_no_solution(tmp_path):
    assert book.main([str(tmp_path), CHAPTERS[0].stem]) == 0
    reader = read((tmp_path / f"{CHAPTERS[0].stem}.pdf").read_bytes())
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert "Exercise 0.3" in text and "next_angle = ..." in text
    assert "35 - 0.1 * -30" not in text and "Hints" not in text and "Instructor" not in text


@pytest.mark.slow
@needs_chromium
def test_a_browser_prints_the_whole_course_with_contents_and_links_that_name_the_right_page(
    chapters,
):
    reader = read(paper.book(chapters))
    places = reader.named_destinations
    links = [led_to(reader, places, page) for page in reader.pages]
    assert 200 < len(links) < 350 and sum(map(len, links)) > 700
    contents = range(1, 5)
    text = "\n".join(reader.pages[i].extract_text() for i in contents)
    told = [int(number) for number in re.findall(r"page (\d+)", text)]
    assert told == [page for i in contents for page in links[i][1::2]]  # a title, then its page
    assert len(told) > 120 and told == sorted(told)
    for chapter in exercises.CHAPTERS:
        begun = reader.get_destination_page_number(places[f"/{chapter.number}"])
        assert f"{int(chapter.number)} · {chapter.title}" in reader.pages[begun].extract_text()
    titles = [entry["/Title"] for entry in reader.outline if not isinstance(entry, list)]
    assert titles[0] == "Contents" and len(titles) == 2 + len(CHAPTERS)


def led_to(reader, places, page):
    """Return the numbers of the pages to which the links inside the book on a page lead."""
    links = [note.get_object() for note in page.get("/Annots") or ()]
    inside = [places[link["/Dest"]] for link in links if "/Dest" in link]
    return [reader.get_destination_page_number(place) + 1 for place in inside]


@pytest.mark.slow
def test_the_book_holds_the_text_of_every_chapter_and_a_solution_of_every_exercise(chapters):
    for path, chapter in zip(CHAPTERS, chapters):
        page = as_soup(chapter.body)
        text, tasks = page.get_text(), page.select("section.exercise")
        assert [words for words in beginnings(path) if words not in text] == []
        assert len(as_soup(chapter.answers).select("h3")) == len(tasks)


def beginnings(path):
    """Return the first words of every paragraph of a chapter that begins with plain words."""
    found = []
    for cell in read_notebook(path)["cells"]:
        text, tags = "".join(cell["source"]), cell["metadata"].get("tags", [])
        left_out = "instructor" in tags or text.startswith("## Where you stand")
        if cell["cell_type"] == "markdown" and not left_out:
            found += re.findall(r"^[A-Z][a-z]+(?: [a-z]+)+(?= )", text, re.M)
    return found


@pytest.mark.slow
def test_in_a_browser_nothing_is_wider_than_a_page(browser, chapters):
    page = browser.new_page(viewport={"width": ROOM, "height": 900})
    page.emulate_media(media="print")
    for html in (paper.whole_book(chapters), workbook(True)):
        page.set_content(html)
        assert page.evaluate(TOO_WIDE) == []
    page.close()
