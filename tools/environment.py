"""What .venv is: whether it works, what was installed into it, and whether all of that is there."""

import hashlib
import os
import subprocess
from collections import namedtuple

from tools import NEEDED
from tools.common import PYTHON, ROOT, VENV

# written last, so that nothing half-installed counts as installed
MARK = VENV / "course-is-installed"
# what a command needs beyond the course itself, by pyproject.toml
EXTRAS = {
    "lab": ["lab"],
    "test": ["lab", "test"],
    "site": ["lab", "site"],
    "bench": ["lab", "bench"],
    "wheels": ["lab", "wheels"],
}

# what is noted of a finished .venv; see `mark`
Mark = namedtuple("Mark", "place wanted extras packages")


def is_ready(extras):
    """Whether .venv works, was finished for this list of dependencies with these extras, and has
    lost no package.
    """
    found = mark()
    if not found or (found.place, found.wanted) != (venv_place(), wanted()):
        return False
    return set(extras) <= set(found.extras) and set(found.packages) <= set(packages())


def can_be_completed():
    """Whether .venv works and is whole but for newer dependencies or further extras, or was made
    by hand.
    """
    place, found = venv_place(), mark()
    if not place or not found:
        return bool(place)
    return (
        found.place == place
        and "unfinished" not in found.extras
        and set(found.packages) <= set(packages())
    )


def mark():
    """Return the Mark left in .venv when it was finished, one of place "unfinished" before that,
    None without one.
    """
    if not MARK.is_file():
        return None
    place, list_of_dependencies, extras, *names = (MARK.read_text() + "\n\n\n").split("\n")
    return Mark(place, list_of_dependencies, extras.split(), [name for name in names if name])


def as_text(mark):
    return "\n".join([mark.place, mark.wanted, " ".join(mark.extras), *mark.packages])


def wanted():
    return hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()


def packages():
    """Return the names of the packages in .venv of which no file is missing, whatever their
    versions.
    """
    records = [
        record
        for lib in ("lib/python*", "Lib")
        for record in VENV.glob(lib + "/site-packages/*.dist-info/RECORD")
    ]
    return sorted(record.parent.name.split("-")[0] for record in records if is_whole(record))


def is_whole(record):
    """Whether every file in a package's list is there, but for the compiled ones, which Python
    makes anew.
    """
    folder = str(record.parent.parent)
    files = (
        line.rsplit(",", 2)[0].strip('"')
        for line in record.read_text(encoding="utf-8").splitlines()
    )
    return all(
        os.path.exists(os.path.join(folder, name)) for name in files if not name.endswith(".pyc")
    )


def venv_place():
    """Return the version and folder that .venv's Python reports, or None if it is absent,
    broken, old or no venv.
    """
    report = (
        "import sys; print(ascii([sys.version_info[:2], sys.prefix])); assert sys.prefix != "
        "sys.base_prefix"
    )
    report += f" and sys.version_info >= {NEEDED}"
    try:
        output = subprocess.check_output([str(PYTHON), "-c", report], stderr=subprocess.DEVNULL)
        return output.decode().strip()
    except (OSError, subprocess.CalledProcessError):
        return None
