"""Prints the oldest versions that pyproject.toml allows, one a line, for pip to install exactly
these.

python -m tools.least_versions         of what the package needs: numpy==2.0 …
python -m tools.least_versions lab     of that and of an extra, whose bounds count where they are
higher
"""

import re
import sys
import tomllib
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent / "pyproject.toml"
BOUND = re.compile(r"([\w.-]+)>=([\d.]+)")


def main(extras):
    """Print the versions, and return 0."""
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    print("\n".join(least_versions(project, extras)))
    return 0


def least_versions(project, extras=()):
    """Return ["numpy==2.0", …] for what a project and these of its extras need.

    Raises ValueError for a dependency without a lower bound: what nobody has tried is not promised.
    """
    requirements = list(project["dependencies"])
    for extra in extras:
        requirements += project["optional-dependencies"][extra]
    versions = {}
    for requirement in requirements:
        match = BOUND.fullmatch(requirement)
        if not match:
            raise ValueError(f"{requirement!r} names no oldest version: write it as name>=version.")
        name, version = match.groups()
        versions[name] = max(versions.get(name, "0"), version, key=as_numbers)
    return [f"{name}=={version}" for name, version in versions.items()]


def as_numbers(version):
    return [int(part) for part in version.split(".")]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
