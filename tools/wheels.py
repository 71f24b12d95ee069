"""A room without a network: the command `wheels` gathers all packages into a folder, on a stick
say, and `lab` and `test` install from it where they are told `--wheels FOLDER`.
"""

import os
import tempfile
import tomllib
from pathlib import Path

from tools.common import PYTHON, ROOT, Problem, run, say
from tools.environment import EXTRAS
from tools.installing import prepare

PYTHONS = ["3.11", "3.12", "3.13", "3.14"]
# what uv calls a system, and the newest of its kind of wheels, as pip calls them, that is gathered
SYSTEMS = {
    "linux-x86_64": ("x86_64-manylinux_2_28", "manylinux_2_28_x86_64"),
    "linux-aarch64": ("aarch64-manylinux_2_28", "manylinux_2_28_aarch64"),
    "macos-arm64": ("aarch64-apple-darwin", "macosx_13_0_arm64"),
    "macos-x86_64": ("x86_64-apple-darwin", "macosx_13_0_x86_64"),
    "windows": ("x86_64-pc-windows-msvc", "win_amd64"),
}
USAGE = (
    f"course.py wheels takes a folder, and after it what to gather only: of {', '.join(SYSTEMS)}, "
    f"of {', '.join(PYTHONS)}, and `test` for what the checks need as well."
)


def wheels(arguments):
    """Gather into a folder what each system and Python needs to install the course."""
    if not arguments or arguments[0].startswith("-"):
        raise Problem(USAGE)
    folder, words = Path(arguments[0]).absolute(), arguments[1:]
    if not set(words) <= {*SYSTEMS, *PYTHONS, "test"}:
        raise Problem(USAGE)
    prepare(EXTRAS["wheels"])
    extras = EXTRAS["test" if "test" in words else "lab"]
    folder.mkdir(parents=True, exist_ok=True)
    for system in [word for word in words if word in SYSTEMS] or SYSTEMS:
        for python in [word for word in words if word in PYTHONS] or PYTHONS:
            say(f"{system}, Python {python}:")
            gather(folder, system, python, extras)
    size = sum(file.stat().st_size for file in folder.glob("*.whl"))
    say(f"{size / 1e6:.0f} MB in {folder}; `course.py --wheels FOLDER` installs from there.")
    return 0


def gather(folder, system, python, extras):
    """Download the wheels for one system and one Python.

    uv chooses them, for the oldest patch of this Python and by what the other system needs; pip
    alone would choose by the Python and the system it runs on.
    """
    platform, tag = SYSTEMS[system]
    with tempfile.TemporaryDirectory() as scratch:
        wanted, chosen = Path(scratch, "wanted.in"), Path(scratch, "chosen.txt")
        wanted.write_text("\n".join(requirements(extras)))
        choose = [PYTHON, "-m", "uv", "pip", "compile", "--quiet", "--no-header", wanted]
        choose += ["--python-version", python, "--python-platform", platform]
        choose += ["--only-binary", ":all:", "--output-file", chosen]
        fetch = [PYTHON, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
        fetch += ["--no-deps", "--only-binary", ":all:", "--dest", folder, "--requirement", chosen]
        fetch += ["--python-version", python]
        fetch += [f"--platform={tag}" for tag in older_than(tag)]
        if run(list(map(str, choose))) or run(list(map(str, fetch))):
            raise Problem("Not everything could be had, for the reason above; try again.")


def requirements(extras):
    """Return what the course needs with these extras, and what builds it while it is installed."""
    content = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    project = content["project"]
    further = [line for extra in extras for line in project["optional-dependencies"][extra]]
    return [*content["build-system"]["requires"], "editables", *project["dependencies"], *further]


def older_than(tag):
    """Return a tag and those of older wheels that run there too; pip knows macOS's by itself."""
    if not tag.startswith("manylinux"):
        return [tag]
    machine = tag.removeprefix("manylinux_2_28_")
    return [f"manylinux_2_{minor}_{machine}" for minor in range(28, 4, -1)]


def install_from_wheels(arguments):
    """Return the arguments without `--wheels FOLDER`, having told pip and uv to install from it.

    Raises Problem if there is no such folder, or no wheel in it.
    """
    if "--wheels" not in arguments:
        return arguments
    at = arguments.index("--wheels")
    folder = Path(*arguments[at + 1 : at + 2]).absolute()
    if not any(folder.glob("*.whl")):
        raise Problem(
            f"{folder} holds no wheels: name the folder that `course.py wheels FOLDER` has filled."
        )
    place = folder.as_uri()  # a path with a space in it would count as two
    os.environ.update(PIP_NO_INDEX="1", PIP_FIND_LINKS=place)
    os.environ.update(UV_NO_INDEX="1", UV_OFFLINE="1", UV_FIND_LINKS=place)
    return arguments[:at] + arguments[at + 2 :]
