"""The course's own environment: what each command needs in it, and whether that is there."""

from tools.common import COURSE

# what a command needs beyond the course itself, by pyproject.toml
EXTRAS = {
    "lab": ["lab"],
    "test": ["lab", "test"],
    "site": ["lab", "site"],
    "lite": ["legs"],
    "bench": ["lab", "bench"],
    "legs": ["legs"],
    "wheels": ["lab", "wheels"],
}


def is_ready(extras):
    """Whether .venv is whole and holds these extras."""
    return COURSE.is_ready(extras)
