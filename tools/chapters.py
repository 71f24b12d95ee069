"""Runs a chapter of solutions/ in a kernel of its own and stores what it shows."""

import json

from tools.notebooks import as_bytes, without_traces_of_a_run


def run(notebook, folder):
    """Return the notebook with the outputs of a fresh run in that folder.

    Raises nbclient's CellExecutionError at the first cell that fails.
    """
    import nbformat
    from nbclient import NotebookClient

    fresh = nbformat.reads(json.dumps(notebook), as_version=4)
    resources = {"metadata": {"path": str(folder)}}
    options = {
        "timeout": 300,
        "kernel_name": "python3",
        "record_timing": False,
        "coalesce_streams": True,
    }
    NotebookClient(fresh, resources=resources, **options).execute()
    return without_traces_of_a_run(json.loads(nbformat.writes(fresh)))


def store(notebook, path):
    """Write a notebook as `build` would leave it."""
    path.write_bytes(as_bytes(notebook))
