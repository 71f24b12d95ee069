"""Makes .venv and installs the course into it, so that a start killed half-way spoils nothing."""

import os
import re
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from importlib.util import find_spec

from learnkit.launch.common import Problem, say
from learnkit.launch.environment import Mark, as_text
from learnkit.launch.locking import alone, holding

# to download for each, measured on Linux
MEGABYTES = {"lab": 100, "test": 72, "site": 1, "bench": 1, "legs": 25, "wheels": 26}
PATIENCE = 30  # seconds for what a killed start left running to end


def prepare(environment, extras):
    """Make an Environment what it is to be, with these extras, unless it is so already."""
    if environment.is_ready(extras):
        return
    with alone(environment.folder) as lock:
        if environment.is_ready(extras):  # another start, the one we waited for, has made it so
            return
        started = time.monotonic()
        uv = os.environ.get("UV") or shutil.which("uv")  # uvx tells in UV where it is
        if not (environment.can_be_completed() and (uv or has_pip(environment))):
            make_venv(environment, uv, lock)
        complete(environment, extras, uv, lock)
        if not environment.is_ready(extras):
            raise Problem(
                f"The installation left no working environment: delete {environment.venv}, then "
                "try again."
            )
        say(
            f"Ready after {time.monotonic() - started:.0f} seconds; from now on the course starts "
            "at once."
        )


def complete(environment, extras, uv, lock):
    """Install into .venv what it lacks of the course, of these extras, and of those it had
    before.
    """
    before = environment.mark()
    had = before.extras if before else []
    extras = [extra for extra in MEGABYTES if extra in extras or extra in had]
    pace = "under a minute with uv" if uv else "one to four minutes with pip"
    megabytes = sum(MEGABYTES[extra] for extra in extras if extra not in had)
    note = "unfinished"
    if environment.is_ready([]):
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
    with noted(environment, note):
        install(environment, extras, uv, lock)
    place, wanted = environment.place() or "", environment.wanted()
    environment.mark_file.write_text(as_text(Mark(place, wanted, extras, environment.packages())))


@contextmanager
def noted(environment, note):
    """Leave this note in .venv while something is installed; where that could not be had, the
    former note again.
    """
    file = environment.mark_file
    former = file.read_text() if file.is_file() else None
    file.write_text(note)
    try:
        yield
    except Problem:
        if former is None:
            file.unlink()
        else:
            file.write_text(former)
        raise


def make_venv(environment, uv, lock):
    """Put a new virtual environment in .venv, in place of whatever was there."""
    venv = environment.venv
    remedy = "on Debian or Ubuntu run `sudo apt install python{}.{}-venv`, ".format(
        *sys.version_info
    )
    remedy += "elsewhere install Python from python.org; then start again."
    for module in ["venv"] if uv else ["venv", "ensurepip"]:
        if not find_spec(module):
            raise Problem(f"This Python comes without its module {module}: {remedy}")
    if venv.is_symlink() or venv.is_file():
        venv.unlink()
    elif venv.exists():
        say("The environment in .venv is broken or unfinished: making a new one.")
        remove(venv)
    venv.mkdir()
    environment.mark_file.write_text("unfinished")
    # .venv's own Python cannot replace itself
    base = getattr(sys, "_base_executable", sys.executable)
    command = [base, "-m", "venv", str(venv)] + (["--without-pip"] if uv else [])
    if not succeeds(command, **holding(lock)):
        raise Problem(
            f"This Python could not make an environment (`{base} -m venv {venv}` says why): "
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


def install(environment, extras, uv, lock):
    """Install the course with these extras into .venv, with uv where it is at hand and pip
    otherwise.
    """
    if uv:
        command = [uv, "pip", "install", "--python", str(environment.python), "--compile-bytecode"]
    else:
        command = [str(environment.python), "-m", "pip", "install", "--disable-pip-version-check"]
    extras = ",".join(extras)
    what = [part.format(extras) for part in environment.requirement]
    said = show_progress(environment, command + what, lock)
    if said:
        raise Problem(
            f"{said}\nThe packages could not be installed, for the reason above: check the "
            "internet connection, and the proxy if you have one, then run the same command "
            "again."
        )


def show_progress(environment, command, lock):
    """Run an installer, naming each package as it comes; return the last it said if it failed,
    else None.
    """
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    options["cwd"] = str(environment.folder)
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


def has_pip(environment):
    return succeeds([str(environment.python), "-m", "pip", "--version"])


def succeeds(command, **options):
    return (
        subprocess.call(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)
        == 0
    )
