"""Puts what is printed together: the book of all chapters, and one chapter as a handout."""

import re
from html import escape, unescape
from io import BytesIO
from pathlib import Path
from string import Template
from urllib.parse import unquote

from tools.chromium import printed
from tools.common import ROOT
from tools.pages.markup import markdown, words

HERE = Path(__file__).parent
WAY = re.compile(r'(<a class="way" href="#([^"]+)">)(.*?)</a>')
UNKNOWN = {}  # pages, before they have been counted
FOREWORD = """
This is the whole course on paper, made from the notebooks themselves: text, code, what the code
showed, exercises and questions. Hints, solutions and answers stand at the end; each exercise says
on which page. Pictures that move in the notebooks stand still here. To run the code, to have
your answers checked and to move the pictures, start the course on a computer; its README says how.
"""
PAGE = """<!doctype html>
<html lang="en-GB">
<head><meta charset="utf-8"><title>$title</title><style>$style</style></head>
<body>$body</body>
</html>
"""
RUNNING_HEAD = (
    '@page {name} {{ @top-left {{ content: "{title}"; }} }}\n.{name} {{ page: {name}; }}\n'
)


def book(chapters):
    """Return Chapters as PDF, as bytes, with a table of contents and an appendix of answers."""
    html = whole_book(chapters)
    counted = pages_of_places(printed(with_page_numbers(html, UNKNOWN), is_draft=True))
    return printed(with_page_numbers(html, counted))


def handout(chapter):
    """Return one Chapter as PDF, as bytes, without its answers."""
    body = WAY.sub("", chapter.body)
    return printed(filled(words(chapter.title), f"<main>{in_its_frame(chapter, body)}</main>"))


def whole_book(chapters):
    """Return the book as HTML: title, contents, chapters, answers."""
    rows = "".join(map(contents_of, chapters))
    rows += f'<li class="chapter">{entry("answers", "Hints, solutions and answers")}</li>'
    answers = "".join(
        f'<h2 id="{chapter.number}-answers">{chapter.title}</h2>{chapter.answers}'
        for chapter in chapters
        if chapter.answers
    )
    return filled(
        "How a neural network learns",
        f'<header class="cover">{cover()}</header>'
        f'<nav class="contents"><h1>Contents</h1><ol>{rows}</ol></nav>'
        f"<main>{''.join(in_its_frame(chapter, chapter.body) for chapter in chapters)}"
        '<section class="chapter answers">'
        f'<h1 id="answers">Hints, solutions and answers</h1>{answers}</section></main>',
        chapters,
    )


def cover():
    """Return what stands on the first page."""
    readme = (ROOT / "README.md").read_text("utf-8")
    introduction = readme.split("\n\n")[1]
    return (
        "<p class='title'>How a neural network learns</p>"
        f"{markdown(introduction)}{markdown(FOREWORD)}"
    )


def contents_of(chapter):
    rows = "".join(f"<li>{entry(place, text)}</li>" for place, text in chapter.headings)
    title = entry(chapter.number, chapter.title)
    return f'<li class="chapter">{title}<ol>{rows}</ol></li>'


def entry(place, text):
    place = escape(place)
    return f'<a href="#{place}">{text}</a><a class="way" href="#{place}"></a>'


def in_its_frame(chapter, body):
    """Return a chapter's HTML with the place that its number names."""
    name = f"chapter-{chapter.number}"
    return f'<section class="chapter {name}" id="{chapter.number}">{body}</section>'


def filled(title, body, chapters=()):
    """Return a page to be printed; each of the chapters gets its title at the head of its pages."""
    heads = "".join(
        RUNNING_HEAD.format(name=f"chapter-{chapter.number}", title=words(chapter.title))
        for chapter in chapters
    )
    style = (HERE / "paper.css").read_text("utf-8") + heads
    return Template(PAGE).substitute(title=escape(title), style=style, body=body)


def with_page_numbers(html, pages):
    """Return the page with "page 7" in every link that leads somewhere on paper."""

    def numbered(match):
        opening, place, text = match.groups()
        number = f"page {pages.get(unescape(place), 0)}"
        return f"{opening}{text}{', ' if text else ''}{number}</a>"

    return WAY.sub(numbered, html)


def pages_of_places(pdf):
    """Return {name of a place: number of its page, from 1} of all places that links lead to."""
    from pypdf import PdfReader

    reader = PdfReader(BytesIO(pdf))
    return {
        unquote(name.removeprefix("/")): reader.get_destination_page_number(place) + 1
        for name, place in reader.named_destinations.items()
    }
