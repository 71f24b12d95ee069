"""A chapter's cells as HTML: text, code with what it showed, exercises with folded answers."""

import re
from html import escape
from importlib import import_module

from tools.copies import BEGIN, END, learners_code
from tools.pages.alive import taken_out
from tools.pages.markup import CHAPTER_LINK, markdown, plain, python

LINK = re.compile(r"(?<=href=['\"])[^'\"]+\.ipynb[^'\"]*")
PROGRESS = re.compile(r'progress\("\d\d"\)')
CHECKED = re.compile(r"practice\.(\w+)\.check\(")
ASKED = re.compile(r"practice\.\w+")
GUESS = re.compile(r"(<div>Your guess</div><div [^>]*)>none<")
NOT_GUESSED = "You had not committed to a guess. "
VERDICT = re.compile(r'data-kind="verdict"|^<div role="status"')


def as_html(cell, chapter, modules):
    """Return a cell of chapter "NN" as HTML, nothing for what is of no use on a page.

    modules: what outputs share, see alive.py; it grows.
    """
    source, tags = "".join(cell["source"]), cell["metadata"].get("tags", [])
    if "instructor" in tags or PROGRESS.fullmatch(source.strip()):
        return ""
    if cell["cell_type"] != "code":
        return section(cell, "text", markdown(source))
    if BEGIN in source:
        return exercise(cell, source, chapter, modules)
    shown = "".join(output(each, modules) for each in cell["outputs"])
    if "setup" in tags:
        return section(cell, "", folded("Set-up of the notebook", python(source) + shown))
    # where a question or cards alone are called for, their own text says more
    code = "" if ASKED.fullmatch(source.strip()) else python(source)
    return section(cell, "code", code + shown)


def section(cell, kind, inner):
    """Return a part of the page under the name by which JupyterLab's links find the cell."""
    return f'<section id="cell-id={cell.get("id", "")}" class="{kind}">\n{inner}</section>\n'


def exercise(cell, source, chapter, modules):
    """Return an exercise: what the learner starts from, its hints, and the solution, folded."""
    start = learners_code(source, f"chapter {chapter}")
    shown = [output(each, modules) for each in cell["outputs"] if not is_verdict(each)]
    answer = python(solution(source)) + "".join(shown)
    folds = [
        folded(f"Hint {i}", markdown(hint)) for i, hint in enumerate(hints(source, chapter), 1)
    ]
    folds.append(folded("Solution", answer, "solution"))
    return section(cell, "code exercise", python(start) + "".join(folds))


def solution(source):
    """Return the lines of a cell that stand where the learner's code goes."""
    kept, inside = [], False
    for line in source.splitlines():
        if line.strip() in (BEGIN, END):
            inside = line.strip() == BEGIN
        elif inside and not line.strip().startswith("#:"):
            kept.append(line)
    return "\n".join(kept)


def hints(source, chapter):
    """Return the hints of the exercise that a cell checks."""
    name = CHECKED.search(source)
    practice = import_module(f"learnkit.exercises.chapter_{chapter}")
    return getattr(getattr(practice, name[1], None), "hints", ()) if name else ()


def folded(summary, inner, kind=""):
    return f'<details class="{kind}"><summary>{summary}</summary>\n{inner}</details>\n'


def is_verdict(result):
    """Whether an output says only that the course's own answer is right."""
    return bool(VERDICT.search("".join(result.get("data", {}).get("text/html", ""))))


def output(result, modules):
    """Return what a cell showed, in the richest form that a page can show."""
    if result["output_type"] == "stream":
        return plain("".join(result["text"]))
    if result["output_type"] == "error":
        return plain("\n".join(result["traceback"]))
    data = {kind: "".join(text) for kind, text in result["data"].items()}
    said = escape(data.get("text/plain", ""))
    if "text/html" in data:
        shown = LINK.sub(lambda link: on_site(link[0]), taken_out(data["text/html"], modules))
        return f'<div class="shown">{with_a_place_for_the_guess(shown)}</div>\n'
    if "image/png" in data:
        return f'<img alt="{said}" src="data:image/png;base64,{data["image/png"]}">\n'
    if "text/markdown" in data:
        return markdown(data["text/markdown"])
    return plain(data.get("text/plain", ""))


def with_a_place_for_the_guess(shown):
    """Return a prediction's outcome so that site.js can write there what was guessed on the page.

    What is stored is the run of somebody who had guessed nothing.
    """
    if 'data-kind="outcome"' not in shown:
        return shown
    return GUESS.sub(r"\1 data-guess>none yet<", shown.replace(NOT_GUESSED, ""))


def on_site(link):
    chapter = CHAPTER_LINK.fullmatch(link)
    return f"{chapter[1]}.html{chapter[2] or ''}" if chapter else link
