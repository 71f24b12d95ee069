"""What every chapter owes its readers beyond correct outputs. Each check yields one sentence for
each fault.
"""

import json
import re
import unicodedata
from pathlib import Path
from urllib.parse import unquote

import mistune
import nbformat

from learnkit import widgets

MARKERS = ("### BEGIN SOLUTION", "### END SOLUTION")
TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d")
PICTURES = {"image/png", "image/jpeg", "image/svg+xml"}
parse_markdown = mistune.create_markdown(renderer=None, plugins=["math", "table"])


def read(path):
    return nbformat.read(path, as_version=4)


def numbered(notebook, kind):
    return [
        (number, cell) for number, cell in enumerate(notebook.cells, 1) if cell.cell_type == kind
    ]


def outputs(notebook):
    return [
        (number, output) for number, cell in numbered(notebook, "code") for output in cell.outputs
    ]


def tokens(cell):
    """Return all Markdown tokens of a cell, those within others too."""
    found, waiting = [], parse_markdown(cell.source)
    while waiting:
        found.append(waiting.pop(0))
        waiting = found[-1].get("children", []) + waiting
    return found


def text_of(token):
    return token.get("raw", "") + "".join(text_of(child) for child in token.get("children", []))


def verdicts(notebook):
    """Return (cell number, what the check said) for each exercise's cell."""
    said = {number: "" for number, cell in numbered(notebook, "code") if ".check(" in cell.source}
    for number, output in outputs(notebook):
        if number in said:
            said[number] += output.get("data", {}).get("text/plain", "")
    return said.items()


# ------------------------------------------------------------ the checks of a chapter in solutions/


def was_run_from_first_to_last(notebook, path):
    for count, (number, cell) in enumerate(numbered(notebook, "code"), 1):
        if cell.execution_count != count:
            yield f"cell {number} has run as number {cell.execution_count}, not {count}"
    if not outputs(notebook):
        yield "no cell has an output"


def stored_no_error_and_no_warning(notebook, path):
    for number, output in outputs(notebook):
        if output.output_type == "error":
            yield f"cell {number} ended in {output.ename}"
        elif output.get("name") == "stderr":
            yield f"cell {number} wrote to stderr: {output.text[:80]!r}"


def has_headings_in_order(notebook, path):
    cells = numbered(notebook, "markdown")
    levels = [
        (n, t["attrs"]["level"])
        for n, cell in cells
        for t in tokens(cell)
        if t["type"] == "heading"
    ]
    if not levels or levels[0] != (1, 1) or [level for _, level in levels].count(1) != 1:
        yield "there is not exactly one title, in the first cell"
    for (_, above), (number, level) in zip(levels, levels[1:]):
        if level > above + 1:
            yield f"cell {number} jumps from a heading of level {above} to one of level {level}"


def describes_every_figure(notebook, path):
    for number, output in outputs(notebook):
        data = output.get("data", {})
        description, page = data.get("text/plain", ""), data.get("text/html", "")
        draws = PICTURES & set(data) or re.search(r"<(img|canvas|svg)\b|data-learnkit-player", page)
        if draws and (
            len(description) < 30 or " " not in description or description.startswith("<")
        ):
            yield (
                f"cell {number} shows a figure whose text form, {description[:60]!r}, describes "
                "nothing"
            )
        for image in re.findall(r"<img\b[^>]*>", page):
            if not re.search(r"""\balt=["'][^"']""", image):
                yield f"cell {number} shows an image without alternative text"


def has_alternative_text_for_every_image(notebook, path):
    for number, cell in numbered(notebook, "markdown"):
        for token in tokens(cell):
            if token["type"] == "image" and not text_of(token).strip():
                yield (
                    f"cell {number} has an image without alternative text: {token['attrs']['url']}"
                )
            elif "<img" in token.get("raw", "") and token["type"].endswith("html"):
                yield f"cell {number} has an image in HTML: write it as ![description](file)"


def anchors(notebook):
    """Return what a link can point at: each heading as JupyterLab names it, and ids given by
    hand.
    """
    found = set()
    for _, cell in numbered(notebook, "markdown"):
        for token in tokens(cell):
            if token["type"] == "heading":
                found.add(text_of(token).replace(" ", "-"))
            found.update(re.findall(r"""\b(?:id|name)=["']([^"']+)""", token.get("raw", "")))
    return found


def has_only_living_local_links(notebook, path):
    for number, cell in numbered(notebook, "markdown"):
        urls = [t["attrs"]["url"] for t in tokens(cell) if t["type"] in ("link", "image")]
        for url in urls:
            if not re.match(r"[a-z]+://|mailto:", url) and not lives(url, notebook, path, cell):
                yield f"cell {number} links to {url}, which is not there"


def lives(url, notebook, path, cell):
    if url.startswith("attachment:"):
        return unquote(url.removeprefix("attachment:")) in cell.get("attachments", {})
    file, _, anchor = unquote(url).partition("#")
    if not file:
        return anchor in anchors(notebook)
    target = Path(path).parent / file
    if anchor and target.suffix == ".ipynb":
        return target.exists() and anchor in anchors(read(target))
    return target.exists()


def spells_accents_out_in_formulas(notebook, path):
    for number, cell in numbered(notebook, "markdown"):
        formulas = [
            token for token in tokens(cell) if token["type"] in ("inline_math", "block_math")
        ]
        for letter in {letter for formula in formulas for letter in formula["raw"]}:
            if unicodedata.combining(unicodedata.normalize("NFD", letter)[-1]):
                yield f"cell {number} has a {letter} in a formula, in no font of formulas: \\hat …"


def keeps_no_times(notebook, path):
    parts = [("the notebook", notebook)]
    for number, cell in enumerate(notebook.cells, 1):
        parts += [(f"cell {number}", part) for part in (cell, *cell.get("outputs", []))]
    for name, part in parts:
        found = TIME.search(json.dumps(part.get("metadata", {})))
        if found:
            yield f"{name} says when it was run, {found.group()}: run `course.py build`"


def holds_a_picture_once(notebook, path):
    for number, output in outputs(notebook):
        data = output.get("data", {})
        if "data:image/" in data.get("text/html", "") and PICTURES & set(data):
            yield f"cell {number} holds its picture in its HTML and once more beside it"


def has_code_cells_of_at_most_twelve_lines(notebook, path):
    for number, cell in numbered(notebook, "code"):
        lines = [line.strip() for line in cell.source.splitlines()]
        count = sum(
            1 for line in lines if line and line not in MARKERS and not line.startswith("#:")
        )
        if count > 12:
            yield f"cell {number} has {count} lines"


def has_no_cell_that_hides_its_value(notebook, path):
    for number, cell in numbered(notebook, "code"):
        if cell.source.rstrip().endswith(";"):
            yield f"cell {number} ends in a semicolon"


def has_no_cell_that_escapes_the_checks(notebook, path):
    for number, cell in enumerate(notebook.cells, 1):
        unknown = set(cell.metadata.get("tags", [])) - {"setup", "solution", "instructor"}
        if unknown or "NBVAL" in cell.source or not cell.source.strip():
            yield (
                f"cell {number} is empty, or bears a mark other than setup, solution or "
                f"instructor: {unknown}"
            )


def solves_its_exercises(notebook, path):
    for number, verdict in verdicts(notebook):
        if not verdict.startswith("✓"):
            yield f"cell {number} should solve an exercise, but is told: {verdict[:80]}"


def calls_visuals_in_its_text_as_its_code_does(notebook, path):
    code = "\n".join(cell.source for _, cell in numbered(notebook, "code"))
    for number, cell in numbered(notebook, "markdown"):
        for name in re.findall(r"`(\w+)\(", cell.source):
            if name in widgets.__all__ and not re.search(rf"(import|def) .*\b{name}\b", code):
                yield f"cell {number} says `{name}(…)`; the chapter's code knows `widgets.{name}`"


CHAPTER_CHECKS = [
    was_run_from_first_to_last,
    stored_no_error_and_no_warning,
    has_headings_in_order,
    describes_every_figure,
    has_alternative_text_for_every_image,
    has_only_living_local_links,
    spells_accents_out_in_formulas,
    keeps_no_times,
    holds_a_picture_once,
    has_code_cells_of_at_most_twelve_lines,
    has_no_cell_that_hides_its_value,
    has_no_cell_that_escapes_the_checks,
    solves_its_exercises,
    calls_visuals_in_its_text_as_its_code_does,
]


# ---------------------------------------------------------------- the check of a learners' copy


def solution_lines(cell):
    """Return the lines of a chapter's cell that learners must not see: in a solution, and
    nowhere else in the cell.
    """
    secret, shown, inside = set(), set(), False
    for line in cell.source.splitlines():
        text = line.strip()
        if text in MARKERS:
            inside = text == MARKERS[0]
        elif inside and not text.startswith("#:"):
            secret.add(text)
        else:
            shown.add(text.removeprefix("#:").strip())
    return secret - shown - {""}


def leaks(copy, chapter):
    """Yield a sentence for everything in a learners' copy that belongs to the chapter alone."""
    sources = {cell.id: cell for cell in chapter.cells}
    sources |= {cell.id: cell for cell in copy.cells[-2:] if cell.id in ("scratch-note", "scratch")}
    for number, cell in enumerate(copy.cells, 1):
        source = sources.get(cell.id)
        if cell.get("outputs") or cell.get("execution_count"):
            yield f"cell {number} holds an output"
        if "### BEGIN" in cell.source or "### END" in cell.source:
            yield f"cell {number} holds a solution's marker"
        for tag in {"solution", "instructor"} & set(cell.metadata.get("tags", [])):
            yield f"cell {number} is tagged {tag}"
        if source is None or {"solution", "instructor"} & set(source.metadata.get("tags", [])):
            yield f"cell {number} is not one for learners"
        elif {line.strip() for line in cell.source.splitlines()} & solution_lines(source):
            yield f"cell {number} holds a line of its solution"
