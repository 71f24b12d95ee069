"""The command `lab`: JupyterLab, opened at the first chapter, its contents beside it."""

import contextlib
import json
import os

from tools.common import NOTEBOOKS, PYTHON, ROOT, SOLUTIONS, run, say
from tools.environment import EXTRAS
from tools.installing import prepare
from tools.notebooks import fault_of, named_as_chapters, tell_of_strays

WORKSPACES = ROOT / ".jupyter" / "workspaces"  # where JupyterLab notes which panels are open
ARRANGEMENT = "default-37a8.jupyterlab-workspace"  # the file of the workspace named default
CONTENTS = "@jupyterlab/toc:plugin"  # as the layout names the panel
LEFT_PANELS = ("filebrowser", "running-sessions", CONTENTS, "extensionmanager.main-view")
STARTUP = ROOT / "learnkit" / "practice" / "names" / "startup.py"  # what each kernel runs first


def lab(arguments):
    """Open JupyterLab at the first chapter; saving a solution there rebuilds the learners' copy."""
    prepare(EXTRAS["lab"])
    tell_of_strays()
    say(
        "Opening JupyterLab in your browser takes a few seconds. To stop it, press Ctrl-C here "
        "twice."
    )
    # documents opened here only
    if os.environ.setdefault("JUPYTERLAB_WORKSPACES_DIR", str(WORKSPACES)) == str(WORKSPACES):
        arrange(WORKSPACES)
    tell_about_missing_names()
    given = {argument.split("=")[0] for argument in arguments}  # JupyterLab takes no option twice
    ours = [option for option in lab_options() if option.split("=")[0] not in given]
    return run([str(PYTHON), "-m", "jupyterlab"] + ours + arguments)


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


def lab_options():
    """Return JupyterLab's options."""
    first = start_page()
    return [
        f"--ServerApp.root_dir={ROOT}",
        f"--LabApp.app_settings_dir={ROOT / '.jupyter'}",  # turns the news pop-up off
        "--LabApp.default_url=/lab" + (f"/tree/notebooks/{first.name}" if first else ""),
        "--FileContentsManager.post_save_hook=tools.build.build_on_save",
    ]


def start_page():
    """Return the first chapter that a learner can open, a notebook of their own only where there
    is no other.
    """
    copies = [path for path in named_as_chapters(NOTEBOOKS) if not fault_of(path)]
    return min(
        copies, key=lambda path: (not (SOLUTIONS / path.name).exists(), path.name), default=None
    )
