"""Learners' copies of chapters: no outputs, no solutions, nothing for the instructor."""

import re
import tomllib

from tools.common import ROOT, Problem
from tools.notebooks import as_bytes, content_hash, read_notebook

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
MARKER = re.compile(r"\s*#+\s*(BEGIN|END)\s*SOLUTION", re.IGNORECASE)
STARTING_CODE = re.compile(r"^(\s*)#: ?")
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
COLAB = """import sys

try:
    from learnkit import Value
except ImportError:  # on Colab, which brings nothing of the course, or at best another learnkit
    %pip install -q git+{}
    sys.modules.pop("learnkit", None)
"""


def learners_copy(path):
    """Return a chapter's learners' copy as bytes: no outputs, no solutions, nothing for the
    instructor.
    """
    cells = []
    for number, cell in enumerate(read_notebook(path)["cells"], 1):
        tags = cell["metadata"].get("tags", [])
        if "solution" in tags or "instructor" in tags:
            continue
        source = "".join(cell["source"])
        if cell["cell_type"] == "code":
            source = learners_code(source, f"solutions/{path.name}, cell {number}")
        clean = {"cell_type": cell["cell_type"], "id": cell.get("id", f"cell-{number}")}
        clean["metadata"] = {"tags": tags} if tags else {}
        if cell["cell_type"] == "code":
            clean.update(execution_count=None, outputs=[])
        if "attachments" in cell:
            clean["attachments"] = cell["attachments"]
        cells.append(dict(clean, source=source.splitlines(keepends=True)))
    add_launch_links(cells, path.name)
    metadata = {
        "kernelspec": KERNEL,
        "language_info": {"name": "python"},
        "learnkit": content_hash(cells),
    }
    return as_bytes({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})


def learners_code(source, where):
    """Return a code cell's source with every solution replaced by the starting code it holds
    behind `#:`.
    """
    kept, starting_code, indent = [], None, ""
    for line in source.splitlines():
        text = line.strip()
        if text == BEGIN and starting_code is None:
            starting_code, indent = [], line[: line.index("#")]
        elif text == END and starting_code is not None:
            kept += starting_code or [indent + "...  # your turn"]
            starting_code = None
        elif MARKER.match(line):
            raise Problem(
                f"{where}: `{text}` is out of turn or misspelt; each `{BEGIN}` needs one `{END}`."
            )
        elif starting_code is None:
            kept.append(line)
        elif text.startswith("#:"):
            starting_code.append(STARTING_CODE.sub(r"\1", line).rstrip())
    if starting_code is not None:
        raise Problem(f"{where}: `{BEGIN}` has no `{END}`.")
    return "\n".join(kept)


def add_launch_links(cells, name):
    """Add Binder and Colab links, and Colab's installation, if pyproject.toml says where the
    course lives.
    """
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    address = project.get("urls", {}).get("Repository", "").rstrip("/")
    if not address.startswith("https://github.com/"):
        return
    repository = address[len("https://github.com/") :]
    title = next((cell["source"] for cell in cells if cell["cell_type"] == "markdown"), [])
    binder = f"https://mybinder.org/v2/gh/{repository}/HEAD?urlpath=lab/tree/notebooks/{name}"
    colab = f"https://colab.research.google.com/github/{repository}/blob/main/notebooks/{name}"
    links = f"Run it with nothing installed: [on Binder]({binder}) or [on Colab]({colab})."
    title[:1] = [line.rstrip() + "\n" for line in title[:1]] + [
        "\n",
        links + ("\n" if title[1:] else ""),
    ]
    for cell in cells:
        if "setup" in cell["metadata"].get("tags", []):
            cell["source"] = COLAB.format(address).splitlines(keepends=True) + cell["source"]
