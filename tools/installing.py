"""Makes .venv and installs the course into it, so that a start killed half-way spoils nothing."""

import re
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from importlib.util import find_spec

from tools.common import PYTHON, ROOT, VENV, Problem, say
from tools.environment import (
    MARK,
    Mark,
    as_text,
    can_be_completed,
    is_ready,
    mark,
    packages,
    venv_place,
    wanted,
)
from tools.locking import alone, holding

# to download for each, measured on Linux
MEGABYTES = {"lab": 100, "test": 72, "site": 1, "bench": 1, "wheels": 26}
PATIENCE = 30  # seconds for what a killed start left running to end


def prepare(extras):
    """Make .venv what pyproject.toml asks for, with these of its extras, unless it is so
    already.
    """
    if is_ready(extras):
        return
    with alone() as lock:
        if is_ready(extras):  # another course.py, the one we waited for, has made it so
            return
        started = time.monotonic()
        uv = shutil.which("uv")
        if not can_be_completed() or not (uv or succeeds([str(PYTHON), "-m", "pip", "--version"])):
            make_venv(uv, lock)
        complete(extras, uv, lock)
        if not is_ready(extras):
            raise Problem(
                f"The installation left no working environment: delete {VENV}, then try again."
            )
        say(
            f"Ready after {time.monotonic() - started:.0f} seconds; from now on the course starts "
            "at once."
        )


def complete(extras, uv, lock):
    """Install into .venv what it lacks of the course, of these extras, and of those it had
    before.
    """
    before = mark()
    had = before.extras if before else []
    extras = [extra for extra in MEGABYTES if extra in extras or extra in had]
    pace = "under a minute with uv" if uv else "one to four minutes with pip"
    megabytes = sum(MEGABYTES[extra] for extra in extras if extra not in had)
    note = "unfinished"
    if is_ready([]):
        # killed half-way, it serves what it served
        note = as_text(before._replace(extras=had + ["unfinished"]))
        say(
            f"Installing into .venv what this command needs as well: about {megabytes} MB to "
            f"download, {pace}."
        )
    elif had:
        say(f"Bringing .venv up to date: only what is new is downloaded, {pace}.")
    else:
        say(f"Installing the course into .venv, once: about {megabytes} MB to download, {pace}.")
    with noted(note):
        install(extras, uv, lock)
    MARK.write_text(as_text(Mark(venv_place() or "", wanted(), extras, packages())))


@contextmanager
def noted(note):
    """Leave this note in .venv while something is installed; where that could not be had, the
    former note again.
    """
    former = MARK.read_text() if MARK.is_file() else None
    MARK.write_text(note)
    try:
        yield
    except Problem:
        if former is None:
            MARK.unlink()
        else:
            MARK.write_text(former)
        raise


def make_venv(uv, lock):
    """Put a new virtual environment in .venv, in place of whatever was there."""
    remedy = "on Debian or Ubuntu run `sudo apt install python{}.{}-venv`, ".format(
        *sys.version_info
    )
    remedy += "elsewhere install Python from python.org; then start again."
    for module in ["venv"] if uv else ["venv", "ensurepip"]:
        if not find_spec(module):
            raise Problem(f"This Python comes without its module {module}: {remedy}")
    if VENV.is_symlink() or VENV.is_file():
        VENV.unlink()
    elif VENV.exists():
        say("The environment in .venv is broken or unfinished: making a new one.")
        remove(VENV)
    VENV.mkdir()
    MARK.write_text("unfinished")
    # .venv's own Python cannot replace itself
    base = getattr(sys, "_base_executable", sys.executable)
    command = [base, "-m", "venv", str(VENV)] + (["--without-pip"] if uv else [])
    if not succeeds(command, **holding(lock)):
        raise Problem(
            f"This Python could not make an environment (`{base} -m venv {VENV}` says why): "
            f"{remedy}"
        )


def remove(folder):
    """Delete a folder, though what a killed start left running may still write into it for a
    while.
    """
    deadline = time.monotonic() + PATIENCE
    while folder.exists():
        try:
            shutil.rmtree(str(folder))
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def install(extras, uv, lock):
    """Install the course with these extras into .venv, with uv where it is at hand and pip
    otherwise.
    """
    if uv:
        command = [uv, "pip", "install", "--python", str(PYTHON), "--compile-bytecode"]
    else:
        command = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check"]
    said = show_progress(command + ["--editable", f".[{','.join(extras)}]"], lock)
    if said:
        raise Problem(
            f"{said}\nThe packages could not be installed, for the reason above: check the "
            "internet connection, and the proxy if you have one, then run the same command "
            "again."
        )


def show_progress(command, lock):
    """Run an installer, naming each package as it comes; return the last it said if it failed,
    else None.
    """
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "cwd": str(ROOT)}
    process = subprocess.Popen(
        command, universal_newlines=True, errors="replace", **options, **holding(lock)
    )
    said = []
    try:
        for line in process.stdout:
            said.append(line)
            package = re.match(r"(?:Collecting|Downloading) ([\w.-]+)", line)
            if package:
                print(package.group(1), end=" ", flush=True)
        print()
        return "".join(said[-12:]) if process.wait() else None
    finally:
        process.terminate()  # does nothing to a process that has ended
        process.wait()


def succeeds(command, **options):
    return (
        subprocess.call(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)
        == 0
    )
