"""Starts one learner's server, under the learner's account; jupyterhub_config.py runs it.

It brings the chapters the learner lacks into ~/learnkit, limits memory, and becomes the server.
"""

import os
import resource
import shutil
import sys
import tempfile
from pathlib import Path

CHAPTERS = Path(__file__).resolve().parent.parent / "notebooks"


def main(arguments):
    """Prepare, then run JupyterHub's server for one user with these arguments."""
    bring_chapters(Path.home() / "learnkit")
    limit_memory(int(os.environ["MEM_LIMIT"]))
    # kernels' sockets lie here: their paths may have 107 characters, and a home can take as many
    os.environ["JUPYTER_RUNTIME_DIR"] = tempfile.mkdtemp(prefix="learnkit-")
    os.execv(sys.executable, [sys.executable, "-m", "jupyterhub.singleuser", *arguments])


def bring_chapters(folder):
    """Copy the chapters that are not there yet: a learner's work is never touched."""
    folder.mkdir(exist_ok=True)
    for chapter in sorted(CHAPTERS.glob("*.ipynb")):
        if not (folder / chapter.name).exists():
            shutil.copyfile(chapter, folder / chapter.name)


def limit_memory(most):
    """Let the server, and each kernel of its own, have at most so many bytes of data."""
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))


if __name__ == "__main__":
    main(sys.argv[1:])
