"""Notebooks as files: which are chapters, whether one is as the course wrote it or holds work."""

import hashlib
import json
import re

from learnkit.launch.common import Problem

CHAPTER = re.compile(r"\d\d_\w+\.ipynb")  # how a chapter's file is named


def named_as_chapters(folder):
    """Return everything in a folder that has the name of a chapter, in the order of the names."""
    return sorted(path for path in folder.glob("*.ipynb") if CHAPTER.fullmatch(path.name))


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


def is_untouched(path):
    """Whether a learners' copy is as it was written; a learner has typed in all others, run them,
    or made them.
    """
    notebook = read_notebook(path)
    was_run = any(cell.get("outputs") for cell in notebook["cells"])
    return notebook["metadata"].get("learnkit") == content_hash(notebook["cells"]) and not was_run


def content_hash(cells):
    """Return a short hash of what the cells are and say, whatever ran in them since."""
    parts = [
        [cell["cell_type"], "".join(cell["source"]), cell.get("attachments", {})] for cell in cells
    ]
    text = json.dumps(parts, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def as_bytes(notebook):
    return (json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode(
        "utf-8"
    )
