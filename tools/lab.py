"""The command `lab`: JupyterLab, opened at the first chapter, its contents beside it."""

from learnkit.launch import lab as jupyterlab
from tools.common import PYTHON, ROOT
from tools.environment import EXTRAS
from tools.installing import prepare
from tools.notebooks import tell_of_strays


def lab(arguments):
    """Open JupyterLab at the first chapter; saving a solution there rebuilds the learners' copy."""
    prepare(EXTRAS["lab"])
    tell_of_strays()
    return jupyterlab.start(ROOT, PYTHON, lab_options(), arguments)


def lab_options():
    """Return JupyterLab's options, with what happens when a chapter of solutions/ is saved."""
    return [
        *jupyterlab.options(ROOT),
        "--FileContentsManager.pre_save_hook=tools.presenting.keep_what_was_only_presented",
        "--FileContentsManager.post_save_hook=tools.build.build_on_save",
    ]
