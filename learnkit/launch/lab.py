"""JupyterLab, opened at the first chapter of a course's folder, its contents beside it."""

import contextlib
import json
import os
from pathlib import Path

from learnkit.launch.common import run, say
from learnkit.launch.files import fault_of, is_a_copy, named_as_chapters

ARRANGEMENT = "default-37a8.jupyterlab-workspace"  # the file of the workspace named default
CONTENTS = "@jupyterlab/toc:plugin"  # as the layout names the panel
LEFT_PANELS = ("filebrowser", "running-sessions", CONTENTS, "extensionmanager.main-view")
# what each kernel runs first
STARTUP = Path(__file__).resolve().parent.parent / "practice" / "names" / "startup.py"


def start(folder, python, ours, arguments):
    """Open the course in a folder with the JupyterLab of this Python, and return its exit code.

    ours: the course's own options; arguments: the user's, which take the place of those.
    """
    say(
        "Opening JupyterLab in your browser takes a few seconds. To stop it, press Ctrl-C here "
        "twice."
    )
    workspaces = folder / ".jupyter" / "workspaces"  # where JupyterLab notes which panels are open
    # documents opened here only
    if os.environ.setdefault("JUPYTERLAB_WORKSPACES_DIR", str(workspaces)) == str(workspaces):
        arrange(workspaces)
    tell_about_missing_names()
    given = {argument.split("=")[0] for argument in arguments}  # JupyterLab takes no option twice
    ours = [option for option in ours if option.split("=")[0] not in given]
    return run([str(python), "-m", "jupyterlab", *ours, *arguments], folder)


def arrange(folder):
    """Let JupyterLab open with the contents of the chapter beside it, where nobody has arranged
    anything yet; without leave to write there it opens as usual.
    """
    left = {"visible": True, "collapsed": False, "current": CONTENTS}
    layout = {
        "left": left | {"widgets": list(LEFT_PANELS)},
        "right": {"visible": True, "collapsed": True, "widgets": []},
        "relativeSizes": [0.24, 0.76, 0],
    }
    workspace = {"data": {"layout-restorer:data": layout}, "metadata": {"id": "default"}}
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        with open(folder / ARRANGEMENT, "x", encoding="utf-8") as file:
            json.dump(workspace, file)


def tell_about_missing_names():
    """Let every kernel run a file of ours first, which explains a NameError before anything is
    imported.
    """
    startup = str(STARTUP)
    if os.environ.get("PYTHONSTARTUP", startup) != startup:
        os.environ["LEARNKIT_STARTUP_BEFORE"] = os.environ["PYTHONSTARTUP"]
    os.environ["PYTHONSTARTUP"] = startup


def options(folder):
    """Return JupyterLab's options."""
    first = start_page(folder / "notebooks")
    return [
        f"--ServerApp.root_dir={folder}",
        f"--LabApp.app_settings_dir={folder / '.jupyter'}",  # turns the news pop-up off
        "--LabApp.default_url=/lab" + (f"/tree/notebooks/{first.name}" if first else ""),
    ]


def start_page(notebooks):
    """Return the first chapter that a learner can open, a notebook of their own only where there
    is no other.
    """
    chapters = [path for path in named_as_chapters(notebooks) if not fault_of(path)]
    return min(chapters, key=lambda path: (not is_a_copy(path), path.name), default=None)
