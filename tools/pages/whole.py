"""Puts the pages of the site together: chapters, the front page, the words for search."""

import json
import re
from html import escape
from pathlib import Path
from string import Template
from typing import NamedTuple

from tools.common import ROOT
from tools.home import home_of
from tools.notebooks import read_notebook
from tools.pages.alive import as_script
from tools.pages.cells import as_html, output
from tools.pages.markup import SUMMARY, markdown, sentence, words
from tools.readme import with_links

HERE = Path(__file__).parent
HEADING = re.compile(r'<h([1-3]) id="([^"]*)">(.*?)</h\1>')
ROW = re.compile(r"^\| \[\d+ · [^]]+\]\(notebooks/(\w+)\.ipynb\) \| (.+) \|$", re.M)
LIVE = "widgets.roll_downhill()"  # the visual of the front page
WORD = re.compile(r"\w[\w.]*\w|\w")
NOTE = (
    "Pictures, questions, cards and predictions work on this page. To run the code and have your "
    'exercises checked, <a href="index.html#Start">start the course</a> on your own computer.'
)
RUN = (
    'Or <a href="lite/notebooks/index.html?path={}.ipynb">run this chapter here</a>: Python '
    "itself is loaded into the browser, and nothing is installed."
)
INVITATION = (
    "<p>Press Play, then give the ball another learning rate: when does it crawl, settle, bounce? "
    'Chapter <a href="{}">{}</a> says why.</p>'
)


class Page(NamedTuple):
    """A chapter as a page: its file's name without ending, its title, its HTML, the HTML of its
    live visual for the front page, if it has that.
    """

    name: str
    title: str
    body: str
    live: str = ""

    @property
    def file(self):
        return f"{self.name}.html"

    def headings(self):
        """Return (level, anchor, HTML) of each."""
        return HEADING.findall(self.body)


def chapter_page(path, modules):
    """Return a chapter as a Page; modules: what outputs share, see alive.py; it grows."""
    cells = read_notebook(path)["cells"]
    body = "".join(as_html(cell, path.stem[:2], modules) for cell in cells)
    _, _, title = HEADING.search(body).groups()
    live = [
        output(shown, modules)
        for cell in cells
        for shown in cell.get("outputs", [])
        if "".join(cell["source"]).strip() == LIVE
    ]
    return Page(path.stem, title, body, "".join(live))


def all_files(paths, runs=False):
    """Return the whole site, {name of a file: its text}; runs: whether JupyterLite is beside it."""
    modules, home = {}, home_of(ROOT)._replace(site="")  # no page links to itself
    pages = [chapter_page(path, modules) for path in paths]
    files = {f"assets/{path.name}": path.read_text("utf-8") for path in HERE.glob("site.*s")}
    files["assets/alive.js"] = as_script(modules)
    files["assets/words.js"] = list_for_search(pages)
    files["index.html"] = front_page(pages, home)
    files[SUMMARY] = (ROOT / "docs" / SUMMARY).read_text("utf-8")
    for before, page, after in zip([None, *pages], pages, [*pages[1:], None]):
        files[page.file] = with_contents(page, before, after, note(page, home, runs))
    return files


def note(page, home, runs):
    """Return what stands below a chapter's title: what works on the page, and where code runs."""
    ways = [NOTE, sentence(home.links(page.name)), RUN.format(page.name) if runs else ""]
    return f'<p class="note">{" ".join(filter(None, ways))}</p>'


def with_contents(page, before, after, said):
    """Return a chapter's page with what is said below its title, its column of contents and the
    ways on.
    """
    rows = [
        f'<li class="level{level}"><a href="#{anchor}">{text}</a></li>'
        for level, anchor, text in page.headings()
        if level != "1"
    ]
    ways = "".join(
        f'<a rel="{word}" href="{other.file}"><span>{label}</span> {other.title}</a>'
        for word, label, other in (("prev", "Before", before), ("next", "Next", after))
        if other
    )
    title = f"{words(page.title)} · learnkit"
    body = re.sub(r"(?<=</h1>)", lambda _: said, page.body, count=1)
    return filled(
        title=escape(title),
        contents=f"<ol>{''.join(rows)}</ol>",
        body=body,
        ways=f'<nav class="ways" aria-label="Chapters before and after">{ways}</nav>',
    )


def front_page(pages, home):
    """Return the page with what the course is, a live visual, the map and how to start."""
    readme = with_links((ROOT / "README.md").read_text("utf-8"), home)
    told = dict(ROW.findall(readme))
    rows = "".join(
        f'<li><a href="{page.file}">{page.title}</a>{markdown(told.get(page.name, ""))}</li>'
        for page in pages
    )
    # the README's heading and its first paragraph say what the course is
    introduction = markdown("\n\n".join(readme.split("\n\n")[:2]))
    live = "".join(
        INVITATION.format(page.file, page.title) + page.live for page in pages if page.live
    )
    shown = '<h2 id="Chapters">Chapters</h2>\n<ol class="map">' + rows + "</ol>"
    start = f'<h2 id="Start">Start</h2>\n{markdown(section("Start", readme))}'
    listed = "".join(f'<li><a href="{page.file}">{page.title}</a></li>' for page in pages)
    return filled(
        title="learnkit: how a neural network learns",
        contents=f"<ol>{listed}</ol>",
        body=f"{introduction}{live}{shown}{start}",
        ways="",
    )


def section(heading, text):
    """Return what stands under a heading of the second level."""
    return re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", text, re.M | re.S)[1]


def filled(**parts):
    return Template((HERE / "page.html").read_text("utf-8")).substitute(parts)


def list_for_search(pages):
    """Return the script that holds [page, anchor, title, heading, words] of every section."""
    rows = []
    for page in pages:
        _, *parts = HEADING.split(page.body)
        for anchor, heading, text in zip(parts[1::4], parts[2::4], parts[3::4]):
            said = re.sub(r"<(script|style|pre|math)\b.*?</\1>", " ", text, flags=re.S)
            found = sorted(set(WORD.findall(words(heading + " " + said).lower())))
            rows.append([page.file, anchor, words(page.title), words(heading), " ".join(found)])
    return f"globalThis.learnkitWords = {json.dumps(rows, ensure_ascii=False)};\n"
