"""Notebooks as files: which are chapters, which only bear the name, what a run leaves in one."""

import json
import re

from tools.common import NOTEBOOKS, SOLUTIONS, Problem, say

CHAPTER = re.compile(r"\d\d_\w+\.ipynb")  # how a chapter's file is named
TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d")


def all_chapters():
    """Return the chapters in solutions/. One that cannot be read is still one if it was built
    before.
    """
    named = named_as_chapters(SOLUTIONS)
    return [path for path in named if not fault_of(path) or is_a_copy(NOTEBOOKS / path.name)]


def named_as_chapters(folder):
    """Return everything in a folder that has the name of a chapter, in the order of the names."""
    return sorted(path for path in folder.glob("*.ipynb") if CHAPTER.fullmatch(path.name))


def tell_of_strays():
    """Say what else in solutions/ and notebooks/ is called a notebook and ignored."""
    chapters = all_chapters()
    for path in sorted(SOLUTIONS.glob("*.ipynb")) + sorted(NOTEBOOKS.glob("*.ipynb")):
        reason = "" if path in chapters else reason_to_ignore(path)
        if reason:
            say(f"{path.parent.name}/{path.name} is ignored: {reason}.")


def reason_to_ignore(path):
    """Return why a file is none of the course's, or nothing for a copy of a chapter and a
    notebook of the learner's.
    """
    fault = fault_of(path)
    if fault:
        return f"it is no notebook ({fault})"
    if not CHAPTER.fullmatch(path.name) and (path.parent == SOLUTIONS or is_a_copy(path)):
        return "a chapter has a name such as 03_loss_surfaces.ipynb"
    return ""


def is_a_copy(path):
    """Whether `build` once wrote this notebook, whoever has typed in it or renamed it since."""
    return not fault_of(path) and "learnkit" in read_notebook(path)["metadata"]


def read_notebook(path):
    """Return what a notebook's file says; Problem if it is no notebook."""
    notebook, fault = examined(path)
    if fault:
        raise Problem(f"{path.parent.name}/{path.name} is no notebook ({fault}): restore it.")
    return notebook


def fault_of(path):
    """Return why a file is no notebook, or nothing if it is one."""
    return examined(path)[1]


def examined(path):
    """Return what a file holds and why it is no notebook: empty, torn, a folder, or something
    else.
    """
    if path.is_dir():
        return None, "it is a folder"
    try:
        text = path.read_text(encoding="utf-8")
        if not text.strip():
            return None, "it is empty"
        notebook = json.loads(text)
    except OSError as error:
        return None, error.strerror
    except (ValueError, RecursionError) as error:
        return None, str(error)
    return notebook, "" if is_notebook(notebook) else "it has no cells or no metadata"


def is_notebook(content):
    """Whether JSON read from a file has the parts that every notebook has."""
    if not isinstance(content, dict) or not isinstance(content.get("metadata"), dict):
        return False
    cells = content.get("cells")
    return isinstance(cells, list) and all(
        isinstance(cell, dict) and is_cell(cell) for cell in cells
    )


def is_cell(cell):
    source, outputs = cell.get("source"), cell.get("outputs", [])
    lines = [source] if isinstance(source, str) else source
    return (
        isinstance(cell.get("cell_type"), str)
        and isinstance(cell.get("metadata"), dict)
        and isinstance(lines, list)
        and all(isinstance(line, str) for line in lines)
        and isinstance(outputs, list)
        and all(isinstance(output, dict) for output in outputs)
    )


def without_traces_of_a_run(notebook):
    """Take out live widgets, which show only an error once their kernel is gone, and the times
    when cells ran; fold what was opened to reveal an outcome.
    """
    notebook["metadata"].pop("widgets", None)
    for output in (output for cell in notebook["cells"] for output in cell.get("outputs", [])):
        output.get("data", {}).pop("application/vnd.jupyter.widget-view+json", None)
    with_reveals_folded(notebook["cells"])
    for part in [notebook] + notebook["cells"]:
        entries = part["metadata"].items()
        part["metadata"] = {
            name: entry for name, entry in entries if not TIME.search(json.dumps(entry))
        }
    return notebook


def with_reveals_folded(cells):
    """Fold the code of each cell that reveals an outcome, which Jupyter shows as a line to open."""
    for cell in cells:
        if cell["cell_type"] == "code" and ".reveal(" in "".join(cell["source"]):
            cell["metadata"].setdefault("jupyter", {})["source_hidden"] = True
    return cells


def as_bytes(notebook):
    return (json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode(
        "utf-8"
    )
