"""Makes the course's own environment."""

from learnkit.launch import installing
from tools.common import COURSE


def prepare(extras):
    """Make .venv what pyproject.toml asks for, with these of its extras, unless it is so."""
    installing.prepare(COURSE, extras)
