"""Where the learner is, as far as it can be known: the folder, the notebook, the running cell."""

import os
import re
import sys
from pathlib import Path

CELL_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")  # as the notebook format has it


def shell():
    """Return the IPython shell that runs this code, or None in plain Python."""
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if hasattr(ipython, "get_ipython") else None


def folder():
    """Return the folder the kernel was started in: a later `%cd` does not move what is kept."""
    try:
        return Path(getattr(shell(), "starting_dir", "") or os.getcwd())
    except OSError:  # the folder was deleted
        return Path(".")


def notebook():
    """Return the path of the notebook this kernel was started for, or None if that is not known.

    Jupyter's server tells it to the kernel at its start: a notebook renamed since has its old name
    here.
    """
    name = os.environ.get("JPY_SESSION_NAME", "")
    return Path(name) if name.endswith(".ipynb") else None


def cell():
    """Return the id of the cell that is running, or "" if it is not told (a click runs none)."""
    found = _request().get("metadata", {}).get("cellId", "")
    return found if isinstance(found, str) and CELL_ID.fullmatch(found) else ""


def cell_and_notebook():
    """Return the running cell and its notebook as memory keeps them, without what is not known."""
    path = notebook()
    known = {"cell": cell(), "notebook": path.name if path else ""}
    return {name: value for name, value in known.items() if value}


def code():
    """Return the text of the cell that is running, or "" if that is not known."""
    found = _request().get("content", {}).get("code", "")
    return found if isinstance(found, str) else ""


def _request():
    """Return the parts of the message that the kernel is answering; none if there is no message."""
    try:
        request = shell().get_parent()
        return {name: part for name, part in request.items() if isinstance(part, dict)}
    except (AttributeError, LookupError):
        return {}
