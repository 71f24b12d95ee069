"""Chapters in solutions/ and notebooks/: which there are, which only bear the name, and what a run
leaves in one.
"""

import json
import re

from learnkit.launch.files import (
    CHAPTER,
    as_bytes,
    content_hash,
    fault_of,
    is_a_copy,
    is_untouched,
    named_as_chapters,
    read_notebook,
)
from tools.common import NOTEBOOKS, SOLUTIONS, say

__all__ = [
    "CHAPTER",
    "all_chapters",
    "as_bytes",
    "content_hash",
    "fault_of",
    "is_a_copy",
    "is_untouched",
    "named_as_chapters",
    "read_notebook",
    "tell_of_strays",
    "with_reveals_folded",
    "without_traces_of_a_run",
]
TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d")


def all_chapters():
    """Return the chapters in solutions/. One that cannot be read is still one if it was built
    before.
    """
    named = named_as_chapters(SOLUTIONS)
    return [path for path in named if not fault_of(path) or is_a_copy(NOTEBOOKS / path.name)]


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
