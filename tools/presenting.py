"""Presenting from solutions/ changes no file: a chapter that was run and not edited is saved as it
was.
"""

import json
import subprocess
from pathlib import Path

from tools.common import SOLUTIONS
from tools.notebooks import CHAPTER, read_notebook, without_traces_of_a_run


def keep_what_was_only_presented(model, path, contents_manager, **_):
    """Before JupyterLab saves a chapter of solutions/, put back the outputs it was stored with, if
    no cell is other than in the last commit; else take out when it was run.

    JupyterLab logs a fault in here, and saves.
    """
    file = Path(contents_manager.root_dir, path).resolve()
    if model["type"] != "notebook" or file.parent != SOLUTIONS or not CHAPTER.fullmatch(file.name):
        return
    opened = without_traces_of_a_run(model["content"])
    if file.is_file():
        stored = read_notebook(file)
        if written(opened) == written(stored) == written(committed(file)):
            model["content"] = stored


def committed(file):
    """Return a chapter as it is in the last commit, or None where there is none."""
    command = ["git", "show", f"HEAD:./{file.name}"]
    try:
        shown = subprocess.run(command, cwd=file.parent, capture_output=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return json.loads(shown.stdout) if shown.returncode == 0 else None


def written(notebook):
    """Return what an author writes in a notebook: its cells without what running them has left."""
    return notebook and [
        [cell["cell_type"], cell.get("id"), "".join(cell["source"]), noted(cell["metadata"])]
        for cell in notebook["cells"]
    ]


def noted(metadata):
    """Return a cell's metadata without the trust that JupyterLab notes in it while it is open."""
    return {name: entry for name, entry in metadata.items() if name != "trusted"}
