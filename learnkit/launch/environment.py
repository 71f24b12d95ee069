"""What .venv is: whether it works, what was installed into it, and whether all of that is there."""

import hashlib
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

NEEDED = (3, 11)  # the oldest Python the course runs on; pyproject.toml and tools/ say the same


class Mark(NamedTuple):
    """What is noted of a finished .venv; see `Environment.mark`."""

    place: str
    wanted: str
    extras: list
    packages: list


@dataclass(frozen=True)
class Environment:
    """The .venv in a folder, and what belongs into it."""

    folder: Path
    requirement: tuple  # as an installer is told it, {} standing for the extras
    listing: Path = None  # the file that lists its dependencies; where that changes, so does .venv

    @property
    def venv(self):
        return self.folder / ".venv"

    @property
    def python(self):
        return self.venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    @property
    def mark_file(self):
        """The file that is written last, so that nothing half-installed counts as installed."""
        return self.venv / "course-is-installed"

    def is_ready(self, extras):
        """Whether .venv works, was finished for this list of dependencies with these extras, and
        has lost no package.
        """
        found = self.mark()
        if not found or (found.place, found.wanted) != (self.place(), self.wanted()):
            return False
        return set(extras) <= set(found.extras) and set(found.packages) <= set(self.packages())

    def can_be_completed(self):
        """Whether .venv works and is whole but for newer dependencies or further extras, or was
        made by hand.
        """
        place, found = self.place(), self.mark()
        if not place or not found:
            return bool(place)
        return (
            found.place == place
            and "unfinished" not in found.extras
            and set(found.packages) <= set(self.packages())
        )

    def mark(self):
        """Return the Mark left in .venv when it was finished, one of place "unfinished" before
        that, None without one.
        """
        if not self.mark_file.is_file():
            return None
        place, wanted, extras, *names = (self.mark_file.read_text() + "\n\n\n").split("\n")
        return Mark(place, wanted, extras.split(), [name for name in names if name])

    def wanted(self):
        """Return a hash of what belongs into .venv."""
        listed = self.listing.read_bytes() if self.listing else repr(self.requirement).encode()
        return hashlib.sha256(listed).hexdigest()

    def packages(self):
        """Return the names of the packages in .venv of which no file is missing, whatever their
        versions.
        """
        records = [
            record
            for lib in ("lib/python*", "Lib")
            for record in self.venv.glob(lib + "/site-packages/*.dist-info/RECORD")
        ]
        return sorted(record.parent.name.split("-")[0] for record in records if is_whole(record))

    def place(self):
        """Return the version and folder that .venv's Python reports, or None if it is absent,
        broken, old or no venv.
        """
        report = (
            "import sys; print(ascii([sys.version_info[:2], sys.prefix])); assert sys.prefix != "
            "sys.base_prefix"
        )
        report += f" and sys.version_info >= {NEEDED}"
        try:
            command = [str(self.python), "-c", report]
            return subprocess.check_output(command, stderr=subprocess.DEVNULL).decode().strip()
        except (OSError, subprocess.CalledProcessError):
            return None


def as_text(mark):
    return "\n".join([mark.place, mark.wanted, " ".join(mark.extras), *mark.packages])


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
