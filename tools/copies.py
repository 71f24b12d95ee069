"""Learners' copies of chapters: no outputs, no solutions, nothing for the instructor."""

import re

from tools.common import ROOT, Problem
from tools.home import home_of
from tools.notebooks import as_bytes, content_hash, read_notebook, with_reveals_folded

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
MARKER = re.compile(r"\s*#+\s*(BEGIN|END)\s*SOLUTION", re.IGNORECASE)
STARTING_CODE = re.compile(r"^(\s*)#: ?")
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
# Each copy ends in these two, always the same, and nothing is ever appended behind them. What a
# learner and an author both add in one place cannot be merged; so learners have a place of their
# own. The text keeps it apart from what is added before: git compares lines, and would take the
# beginning of a code cell behind another for that of the added one.
SCRATCH = (
    {
        "cell_type": "markdown",
        "id": "scratch-note",
        "metadata": {},
        "source": [
            "*Yours from here on: try things out below, in as many cells as you like. A new "
            "edition of this chapter leaves them alone.*"
        ],
    },
    {
        "cell_type": "code",
        "execution_count": None,
        "id": "scratch",
        "metadata": {},
        "outputs": [],
        "source": [],
    },
)
COLAB = """import sys

try:
    from learnkit import Value
except ImportError:  # on Colab, which brings nothing of the course, or at best another learnkit
    # --no-deps: Colab has all that the course needs, and keeps it as it is
    %pip install -q --no-deps {}
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
    with_reveals_folded(cells)
    cells += SCRATCH
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
    """Add the links that open this chapter elsewhere, and what installs the course on Colab, if
    pyproject.toml says where the course lives.
    """
    home = home_of(ROOT)
    links = home.links(name.removesuffix(".ipynb"))
    title = next((cell["source"] for cell in cells if cell["cell_type"] == "markdown"), None)
    if links and title:
        more = title[1:]
        title[:] = [title[0].rstrip() + "\n", "\n", links + ("\n" if more else ""), *more]
    for cell in cells:
        if home.repository and "setup" in cell["metadata"].get("tags", []):
            install = COLAB.format(home.install())
            cell["source"] = install.splitlines(keepends=True) + cell["source"]
