"""What all commands of course.py share: where things are, and what learnkit.launch lends them."""

from pathlib import Path

from learnkit.launch import common
from learnkit.launch.common import Problem, say
from learnkit.launch.environment import Environment

__all__ = ["COURSE", "NOTEBOOKS", "PYTHON", "ROOT", "SOLUTIONS", "VENV", "Problem", "run", "say"]

ROOT = Path(__file__).resolve().parent.parent
SOLUTIONS, NOTEBOOKS = ROOT / "solutions", ROOT / "notebooks"
COURSE = Environment(ROOT, ("--editable", ".[{}]"), ROOT / "pyproject.toml")
VENV, PYTHON = COURSE.venv, COURSE.python


def run(command):
    """Run a program in the course's folder and return its exit code."""
    return common.run(command, ROOT)
