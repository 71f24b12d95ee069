"""course.py site: every chapter as a page that is alive with the network off."""

import re
import threading
import time
from functools import partial
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote

import pytest
from browser import (
    CHAPTERS,
    ROOT,
    accessibility_faults,
    copy_front_door,
    course_of,
    pages_of_their_own,
)
from on_page import by_keyboard, visuals

from learnkit import exercises
from tools import site
from tools.common import Problem
from tools.home import Home
from tools.notebooks import read_notebook
from tools.pages import markup, whole
from tools.pages.alive import MODULE

LARGEST = 1_200_000  # bytes of a page with all it loads
SAMPLE = ("04_gradient_descent", "07_build_autograd")  # driven control by control
LAUNCH = (
    "https://mybinder.org/v2/gh/some/course/spring?urlpath=lab/tree/notebooks/{}.ipynb",
    "https://colab.research.google.com/github/some/course/blob/spring/notebooks/{}.ipynb",
)
NAMES = ["index", *(path.stem for path in CHAPTERS)]
WIDTH = "document.documentElement.scrollWidth - innerWidth"
UNANSWERED = """async () => { // choose the right option of each question and a card's other side
    const frame = () => new Promise(requestAnimationFrame);
    const press = (root, word) =>
        [...root.querySelectorAll("button")].find((b) => b.textContent === word).click();
    const told = (root) => root.querySelector(".lkq-shown")?.textContent ?? "";
    const silent = [];
    const roots = [...document.querySelectorAll("[data-kind=choice], [data-kind=number]")];
    for (const root of roots) {
        if (root.dataset.kind === "choice") {
            root.querySelector("li[data-right] button").click();
        } else root.querySelector("input").value = "123456";
        press(root, "Check");
        await frame();
        const right = root.dataset.kind === "choice" ? /Correct/ : /Not yet|Not attempted|Correct/;
        if (!right.test(told(root))) silent.push(root.dataset.learnkit);
    }
    return [roots.length, silent];
}"""


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    """The site as the command writes it."""
    folder = tmp_path_factory.mktemp("site")
    assert site.main([str(folder)]) == 0
    return folder


class Quiet(SimpleHTTPRequestHandler):
    """Serves files without a word; with ?slowly it pauses in the middle of the last question."""

    def copyfile(self, source, outputfile):
        content = source.read()
        last = content.rindex(b'data-kind="choice"') if "?slowly" in self.path else 0
        at = content.index(b"<ol", last) if last else 0
        outputfile.write(content[:at])
        outputfile.flush()
        time.sleep(0.5 if at else 0)
        outputfile.write(content[at:])

    def log_message(self, *_):
        pass


@pytest.fixture(scope="session")
def address(folder):
    """Where a server on this machine offers the site."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def visit(browser, folder, address):
    """A function that opens a page of the site, served or from disk; in the end nothing has gone
    wrong and nothing outside was asked for anything.
    """
    with pages_of_their_own(browser) as open_page:

        def open_named(name, width=1280, from_disk=False, query="", **options):
            size = {"width": width, "height": 900}
            place = folder.as_uri() if from_disk else address
            options |= {"viewport": size, "offline": from_disk}
            return open_page(f"{place}/{name}.html{query}", **options)

        yield open_named


class Links(HTMLParser):
    """What a page points to, what it loads, and the names of its places."""

    def __init__(self, text):
        super().__init__()
        self.links, self.loaded, self.places = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if tag == "a":
            self.links.append(found["href"])
        elif "src" in found or tag == "link":
            self.loaded.append(found.get("src") or found["href"])
        if "id" in found:
            self.places.append(found["id"])


@pytest.fixture(scope="session")
def pages(folder):
    """{name: (text, Links)} of every page."""
    texts = {path.name: path.read_text("utf-8") for path in folder.glob("*.html")}
    return {name: (text, Links(text)) for name, text in texts.items()}


def test_the_front_page_lists_every_chapter_in_order_with_what_it_teaches(pages):
    assert set(pages) == {f"{name}.html" for name in [*NAMES, "summary"]}
    text, _ = pages["index.html"]
    shown = re.findall(r'<li><a href="(\w+)\.html">\d+ · ([^<]+)</a><p>\w', text)
    assert shown == [(chapter.file, chapter.title) for chapter in exercises.CHAPTERS]
    assert text.count("<div data-learnkit-player=") == 1


def test_the_page_to_print_is_there_and_linked_by_the_last_chapter(pages, folder):
    assert (folder / "summary.html").read_bytes() == (ROOT / "docs/summary.html").read_bytes()
    assert "summary.html" in pages[f"{CHAPTERS[-1].stem}.html"][1].links


@pytest.mark.parametrize(
    "repository, wanted", [("https://github.com/some/course", LAUNCH), ("", ())]
)
@pytest.mark.parametrize("address", ["", "https://some.org/course"])
def test_each_page_has_one_link_to_binder_and_one_to_colab_where_the_setting_says_so_and_none_else(
    monkeypatch, repository, wanted, address
):
    monkeypatch.setattr(whole, "home_of", lambda root: Home(repository, "spring", address))
    files = whole.all_files(CHAPTERS[:2])
    for page, chapter in [("index", 0), (CHAPTERS[0].stem, 0), (CHAPTERS[1].stem, 1)]:
        found = Links(files[f"{page}.html"]).links
        launch = [link for link in found if re.search("binder|colab|some.org", link)]
        assert launch == [link.format(CHAPTERS[chapter].stem) for link in wanted], page


def test_every_link_leads_to_a_page_and_a_place_that_are_there(pages):
    for name, (_, found) in pages.items():
        for link in found.links:
            if not re.match(r"[a-z]+:", link):
                file, _, place = unquote(link).partition("#")
                assert not place or place in pages[file or name][1].places, (name, link)
                assert file in ("", *pages), (name, link)
        assert len(set(found.places)) == len(found.places), name


def test_a_page_loads_nothing_but_files_of_the_site_and_is_light(pages, folder):
    for name, (text, found) in pages.items():
        files = {part for part in found.loaded if not part.startswith("data:")}
        weight = sum((folder / part).stat().st_size for part in files)
        assert len(text.encode()) + weight < LARGEST, name
        assert not MODULE.search(text)  # painter and practice are loaded once


def test_the_instructor_is_left_out_and_every_exercise_has_its_start_and_folded_answer(pages):
    assert sum(text.count("<summary>Solution</summary>") for text, _ in pages.values()) > 80
    for path in CHAPTERS:
        text, _ = pages[f"{path.stem}.html"]
        cells = read_notebook(path)["cells"]
        tasks = sum("### BEGIN SOLUTION" in "".join(cell["source"]) for cell in cells)
        assert "<strong>Instructor.</strong>" not in text and "BEGIN SOLUTION" not in text
        assert text.count("<summary>Solution</summary>") == tasks
        assert text.count("<summary>Set-up of the notebook</summary>") == 1


def test_every_cell_of_a_page_is_found_by_the_links_of_jupyterlab(pages):
    for path in CHAPTERS:
        _, found = pages[f"{path.stem}.html"]
        cells = read_notebook(path)["cells"]
        left_out = {f"cell-id={cell['id']}" for cell in cells} - set(found.places)
        assert len(left_out) <= 2  # for the instructor, and where the learner stands
    link = "[there](02_loss_functions.ipynb#cell-id=check-1)"
    assert 'href="02_loss_functions.html#cell-id=check-1"' in markup.markdown(link)


def test_no_formula_is_left_as_it_was_typed(pages):
    for name, (text, _) in pages.items():
        assert not re.search(r"\$[^$]+\$", markup.words(re.sub(CODE, " ", text))), name


CODE = re.compile(r"<(script|style|pre|code)\b.*?</\1>", re.S)


def test_text_is_set_as_a_page_needs_it():
    assert '<math xmlns="http://www.w3.org/1998/Math/MathML" display="block">' in markup.markdown(
        "$$\\frac{a_1*b*c}{2}$$"
    )
    assert "<em>" not in markup.markdown("$a_1 b_2$ and $x*y*z$") and "$5" in markup.markdown("$5")
    assert 'href="03_loss_surfaces.html#a-place"' in markup.markdown(
        "[3](03_loss_surfaces.ipynb#a-place)"
    )
    assert markup.markdown("[there](../docs/there.md)") == "<p>there</p>\n"


def test_room_between_the_rows_of_a_formula_is_not_shown_as_text():
    assert "2pt" not in markup.mathml(r"\begin{cases} a & b\\[2pt] c & d\end{cases}")


def test_a_folder_with_something_else_is_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(Problem, match="holds something else"):
        site.chosen([str(tmp_path)])
    with pytest.raises(Problem, match="is a file"):
        site.chosen([str(tmp_path / "thesis.txt")])
    with pytest.raises(Problem, match="the name of one folder"):
        site.chosen(["--help-me"])
    assert site.chosen([]) == ROOT / "site"


def test_pages_of_chapters_that_are_gone_go_and_other_files_stay(tmp_path, monkeypatch):
    (tmp_path / "assets").mkdir()
    for name in ("99_gone.html", "CNAME", "assets/alive.js"):
        (tmp_path / name).write_text("old")
    monkeypatch.setattr(site, "all_chapters", lambda: CHAPTERS[:1])
    site.main([str(tmp_path)])
    files = {path.name for path in tmp_path.iterdir()}
    assert files == {"CNAME", "assets", "index.html", "summary.html", "00_start_here.html"}


def test_the_command_installs_what_the_site_needs_and_writes_where_it_was_told(
    tmp_path, monkeypatch
):
    done = []
    monkeypatch.setattr(site, "prepare", done.append)
    monkeypatch.setattr(site, "run", done.append)
    monkeypatch.chdir(tmp_path)
    site.site(["here"])
    extras, command = done
    assert extras == ["lab", "site"]
    assert command[1:] == ["-m", "tools.site", str(tmp_path / "here")]


def test_the_command_is_known_before_anything_is_installed(tmp_path, capsys):
    copy_front_door(tmp_path)
    assert course_of(tmp_path).main(["site", "--fast"]) == 1
    assert "takes the name of one folder" in capsys.readouterr().err


@pytest.mark.every(4)
@pytest.mark.parametrize("name", NAMES)
def test_in_a_browser_each_page_is_alive_and_fits_a_phone(visit, name):
    page = visit(name, width=390, from_disk=True)
    for visual in visuals(page):
        assert visual.is_painted()
        if visual.button("step").count():
            assert visual.picture("reset") != visual.picture("step")
    assert page.evaluate(WIDTH) <= 0
    questions, silent = page.evaluate(UNANSWERED)
    assert silent == [] and (questions >= 3 or name == "index")


def test_in_a_browser_a_page_that_comes_slowly_wakes_no_half_question(visit):
    page = visit("00_start_here", query="?slowly")
    questions, silent = page.evaluate(UNANSWERED)
    assert questions >= 3 and silent == []


def test_in_a_browser_a_guess_made_on_the_page_stands_beside_the_outcome(visit):
    page = visit(SAMPLE[0])
    asked, outcome = (
        page.locator(f"[data-learnkit='04/how_many_found'][data-kind={kind}]")
        for kind in ("prediction", "outcome")
    )
    assert "none yet" in outcome.text_content() and "had not" not in outcome.text_content()
    asked.get_by_role("textbox").fill("40")
    asked.get_by_role("button", name="Commit").click()
    outcome.get_by_text("40", exact=True).wait_for()
    page.reload()
    outcome.get_by_text("40", exact=True).wait_for()


@pytest.mark.slow
@pytest.mark.parametrize("name", SAMPLE)
def test_in_a_browser_each_visual_of_a_page_moves_by_keyboard(visit, name):
    page = visit(name)
    assert [fault for visual in visuals(page) for fault in visual.faults([by_keyboard])] == []


@pytest.mark.parametrize(
    "name, scheme",
    [("index", "light"), ("index", "dark"), ("00_start_here", "dark")],
)
def test_in_a_browser_a_page_has_no_accessibility_fault(visit, name, scheme):
    page = visit(name, color_scheme=scheme)
    visuals(page)
    page.locator("summary", has_text="Solution").evaluate_all("(all) => all.map((s) => s.click())")
    assert accessibility_faults(page) == []
    dark = page.evaluate("document.querySelector('.lk').classList.contains('lk-dark')")
    assert dark == (scheme == "dark")


def test_in_a_browser_search_goes_by_keyboard_to_a_place(visit):
    page = visit("index")
    page.keyboard.press("/")
    page.keyboard.type("steepest asc")
    page.locator("#found a").first.wait_for()
    assert "place" in page.locator("#count").text_content()
    assert accessibility_faults(page) == []
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/04_gradient_descent.html#*")
    page.wait_for_load_state()
    page.keyboard.press("/")
    page.keyboard.type("xyzzy")
    page.get_by_text("0 places").wait_for()
    page.keyboard.press("Escape")
    assert not page.locator("#finder").is_visible()


def test_in_a_browser_search_works_from_a_disk_and_by_mouse(visit):
    page = visit("index", from_disk=True)
    page.get_by_role("button", name="Search").click()
    page.keyboard.type("autograd")
    page.locator("#found a", has_text="Build autograd").first.click()
    page.wait_for_url("**/07_build_autograd.html#*")


def test_in_a_browser_a_page_prints_without_its_frame(visit):
    page = visit(SAMPLE[0])
    visuals(page)
    page.emulate_media(media="print")
    assert not page.locator(".bar").is_visible() and not page.locator(".contents").is_visible()
    assert page.get_by_text("The minus does all the work").is_visible()


def test_in_a_browser_a_page_without_scripts_shows_text_and_still_pictures(visit):
    page = visit(SAMPLE[0], java_script_enabled=False)
    assert page.locator("[data-learnkit-player] img").first.is_visible()
    assert page.get_by_text("The minus does all the work").is_visible()
