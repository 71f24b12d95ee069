"""The command `learnkit`, which the installed package brings; also named `learnkit-course`.

It lays the chapters into a folder and opens JupyterLab there; in a later start it brings new
editions, and leaves alone what a learner has worked in.
"""

import argparse
import json
import re
import signal
import sys
from importlib import metadata
from pathlib import Path

from learnkit.launch import lab
from learnkit.launch.common import Problem, ended, say
from learnkit.launch.environment import Environment
from learnkit.launch.installing import prepare
from learnkit.launch.laying import is_a_course, lay

DISTRIBUTION = "learnkit-course"
OWN_FOLDER = (
    "{} is the course's own folder, where its chapters are written: start it there with "
    "`python3 course.py`, or name another folder."
)
FULL = "{} holds other files: name a new folder, or an empty one."


def main():
    """Do what the command line says and return an exit code."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    return ended(open_course, *understood(sys.argv[1:]))


def understood(arguments):
    """Return (options, what is JupyterLab's to understand)."""
    parser = argparse.ArgumentParser(
        prog="learnkit",
        description="Lays the chapters of the course into a folder and opens them in JupyterLab. "
        "Start it again to go on: chapters you have worked in stay as they are, and what is new in "
        "them is laid beside them.",
        epilog="Further options are JupyterLab's: --no-browser, --port 9000, …",
        allow_abbrev=False,
    )
    parser.add_argument(
        "folder",
        nargs="?",
        type=Path,
        help="where the chapters are or are to be; if none is named, this folder if it has them, "
        "else learnkit-course in it",
    )
    parser.add_argument("--solutions", action="store_true", help="lay the solutions there as well")
    parser.add_argument("--port", help="where JupyterLab is to answer: else 8888, or the next free")
    options, passed_on = parser.parse_known_args(arguments)
    return options, passed_on + [f"--port={options.port}"] * bool(options.port)


def open_course(options, passed_on):
    """Lay the chapters and open JupyterLab at the first; return its exit code."""
    here = Path.cwd()
    folder = options.folder or (here if is_a_course(here) else here / DISTRIBUTION)
    folder = folder.expanduser().resolve()
    refuse_what_is_no_place_for(folder)
    for sentence in lay(folder, options.solutions):
        say(sentence)
    say(f"The chapters are in {folder}.")
    return lab.start(folder, python_with_jupyterlab(folder), lab.options(folder), passed_on)


def refuse_what_is_no_place_for(folder):
    """Raise Problem for the course's own folder, a file, and a folder with something else in it."""
    if (folder / "course.py").is_file():
        raise Problem(OWN_FOLDER.format(folder))
    if folder.exists() and not folder.is_dir():
        raise Problem(f"{folder} is a file: name a folder.")
    if not is_a_course(folder) and folder.is_dir() and any(folder.iterdir()):
        raise Problem(FULL.format(folder))


def python_with_jupyterlab(folder):
    """Return this Python if it has what the extra `lab` asks for, else that of a .venv in the
    folder, made at the first start.
    """
    if not missing("lab"):
        return sys.executable
    environment = Environment(folder, (requirement(),))
    prepare(environment, ["lab"])
    return environment.python


def missing(extra):
    """Return which packages of an extra are not installed here, or too old for it."""
    asked = [one for one in metadata.requires(DISTRIBUTION) or [] if f"extra == '{extra}'" in one]
    bounds = (re.match(r"([\w.-]+)>=(\d+)", one).groups() for one in asked)
    return [name for name, least in bounds if major(name) < int(least)]


def major(name):
    """Return the first number of a package's version, or -1 if it is not installed."""
    try:
        return int(metadata.version(name).partition(".")[0])
    except metadata.PackageNotFoundError:
        return -1


def requirement():
    """Return what an installer is to be told to install this very course: from where it came, if
    that was a file or a repository, else by its version; {} stands for the extras.
    """
    course = metadata.distribution(DISTRIBUTION)
    origin = json.loads(course.read_text("direct_url.json") or "{}")
    if not origin:
        return f"{DISTRIBUTION}[{{}}]=={course.version}"
    version = origin.get("vcs_info", {})
    address = (
        f"{version['vcs']}+{origin['url']}@{version['commit_id']}" if version else origin["url"]
    )
    return f"{DISTRIBUTION}[{{}}] @ {address}"
