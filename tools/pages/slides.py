"""A chapter as slides: one file that needs no other, its visuals and questions alive.

A heading begins a column of slides, every cell is a slide, and what is tagged `instructor` becomes
notes for the speaker. slides.js leads through them and makes each fit the screen.
"""

import re
from html import escape
from pathlib import Path
from string import Template

from bs4 import BeautifulSoup

from tools.notebooks import read_notebook
from tools.pages.alive import as_script
from tools.pages.cells import as_html
from tools.pages.markup import markdown, words

HERE = Path(__file__).parent
BEGINS = re.compile(r"<article[^>]*>\s*<h[1-3]")
HEADING = re.compile(r"(?=<h[1-3] id=)")
THE_MAP = "[aria-label='The map of the course']"  # of the run that is stored
ELSEWHERE = re.compile(r"\w+\.html(#.*)?")


def slides(path):
    """Return the slides of the chapter in this notebook as HTML."""
    modules = {}
    columns = columns_of(read_notebook(path)["cells"], path.stem[:2], modules)
    deck = "".join(f'<section class="column">{"".join(column)}</section>' for column in columns)
    title = words(re.search(r"<h1[^>]*>(.*?)</h1>", deck)[1])
    return Template((HERE / "slides.html").read_text("utf-8")).substitute(
        title=escape(title),
        style=read("site.css") + read("slides.css"),
        modules=as_script(modules),
        script=read("slides.js"),
        deck=deck,
    )


def read(name):
    return (HERE / name).read_text("utf-8")


def columns_of(cells, chapter, modules):
    """Return the slides of each column, as HTML; modules: what outputs share, see alive.py."""
    columns = [[]]
    for cell in cells:
        if "instructor" in cell["metadata"].get("tags", []):
            notes = f'<aside class="notes">{markdown("".join(cell["source"]))}</aside>'
            columns[-1][-1] = columns[-1][-1].replace("</article>", f"{notes}</article>")
            continue
        for part in slides_of(as_html(cell, chapter, modules)):
            if BEGINS.match(part) and columns[-1]:
                columns.append([])
            columns[-1].append(part)
    return columns


def slides_of(html):
    """Return what a cell shows as slides, cut before each of its headings; none if it is empty."""
    cell = BeautifulSoup(html, "html.parser").section
    if not cell:
        return []
    for part in cell.select(f"details.solution, {THE_MAP}"):
        part.decompose()
    for link in cell.select("a[href]"):
        if ELSEWHERE.fullmatch(link["href"]):
            link.unwrap()
    kind, parts = " ".join(["slide", *cell["class"]]).strip(), [cell.decode_contents()]
    if "text" in cell["class"]:
        parts = [part for part in HEADING.split(parts[0]) if part.strip()]
    names = [f' id="{cell["id"]}"'] + [""] * len(parts)
    return [f'<article class="{kind}"{name}>{part}</article>' for name, part in zip(names, parts)]
