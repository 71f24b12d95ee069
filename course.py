#!/usr/bin/env python3
"""The front door of the course: it sets everything up, then does what you ask.

    python3 course.py                 open the course in JupyterLab (short for: course.py lab)
    python3 course.py test            run every check of the course
    python3 course.py build           write exercises into solutions/, and the learners' copies,
    notebooks/ python3 course.py build --check   write nothing, list the notebooks that are out of
    date

What follows lab or test is passed on: `course.py lab --no-browser --port 9000`, `course.py test -k
value`.
"""

# Standard library only, and nothing newer than Python 3.6 in its grammar: an old Python must be
# able to read this far to say that it is too old.

import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import namedtuple
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent
SOLUTIONS, NOTEBOOKS = ROOT / "solutions", ROOT / "notebooks"
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
# written last, so that nothing half-installed counts as installed
MARK = VENV / "course-is-installed"
NEEDED = (3, 11)
# what a command needs beyond the course itself, by pyproject.toml
EXTRAS = {"lab": ["lab"], "test": ["lab", "test"]}
MEGABYTES = {"lab": 100, "test": 72}  # to download for each, measured on Linux
PATIENCE = 30  # seconds for what a killed start left running to end

# what is noted of a finished .venv; see `mark`
Mark = namedtuple("Mark", "place wanted extras packages")


class Problem(Exception):
    """Something the user can mend, said in one sentence."""


def main(arguments):
    """Run one command and return its exit code."""
    commands = {"lab": lab, "test": test, "build": build}
    # lab and test pass --help on
    asked = arguments if arguments[:1] == ["build"] else arguments[:1]
    if {"-h", "--help", "help"}.intersection(asked):
        print(__doc__.strip())
        return 0
    if not arguments or arguments[0].startswith("-"):
        arguments = ["lab"] + arguments
    try:
        if sys.version_info < NEEDED:
            raise Problem(
                "The course needs Python 3.11 or newer and this is Python {}.{}: install a newer "
                "one from python.org or your package manager and start course.py with it.".format(
                    *sys.version_info
                )
            )
        if arguments[0] not in commands:
            raise Problem(
                f"course.py has no command {arguments[0]!r}: it knows {', '.join(commands)}."
            )
        return commands[arguments[0]](arguments[1:])
    except Problem as problem:
        print(problem, file=sys.stderr)
        return 1
    except OSError as error:
        print(
            f"A file could not be read or written ({error}): mend that, then try again.",
            file=sys.stderr,
        )
        return 1
    except KeyboardInterrupt:
        print("\nStopped. The same command starts again.", file=sys.stderr)
        return 130


def lab(arguments):
    """Open JupyterLab at the first chapter; saving a solution there rebuilds the learners' copy."""
    prepare(EXTRAS["lab"])
    tell_of_strays()
    say(
        "Opening JupyterLab in your browser takes a few seconds. To stop it, press Ctrl-C here "
        "twice."
    )
    os.environ.setdefault(
        "JUPYTERLAB_WORKSPACES_DIR", str(ROOT / ".jupyter" / "workspaces")
    )  # documents opened here only
    tell_about_missing_names()
    given = {argument.split("=")[0] for argument in arguments}  # JupyterLab takes no option twice
    ours = [option for option in lab_options() if option.split("=")[0] not in given]
    return run([str(PYTHON), "-m", "jupyterlab"] + ours + arguments)


def tell_about_missing_names():
    """Let every kernel run a file of ours first, which explains a NameError before anything is
    imported.
    """
    startup = str(ROOT / "learnkit" / "practice" / "names" / "startup.py")
    if os.environ.get("PYTHONSTARTUP", startup) != startup:
        os.environ["LEARNKIT_STARTUP_BEFORE"] = os.environ["PYTHONSTARTUP"]
    os.environ["PYTHONSTARTUP"] = startup


def lab_options():
    """Return JupyterLab's options."""
    first = start_page()
    return [
        f"--ServerApp.root_dir={ROOT}",
        f"--LabApp.app_settings_dir={ROOT / '.jupyter'}",  # turns the news pop-up off
        "--LabApp.default_url=/lab" + (f"/tree/notebooks/{first.name}" if first else ""),
        "--FileContentsManager.post_save_hook=course.build_on_save",
    ]


def start_page():
    """Return the first chapter that a learner can open, a notebook of their own only where there
    is no other.
    """
    copies = [path for path in named_as_chapters(NOTEBOOKS) if not fault_of(path)]
    return min(
        copies, key=lambda path: (not (SOLUTIONS / path.name).exists(), path.name), default=None
    )


def test(arguments):
    """Check that notebooks/ is up to date, then run the tests on two processor cores."""
    outdated = build(["--check"])
    if outdated:
        return outdated
    prepare(EXTRAS["test"])
    return run([str(PYTHON), "-m", "pytest", "-n", "2", "--dist", "worksteal"] + arguments)


def run(command):
    """Run a command in the course's folder and return its exit code."""
    # Ctrl-C reaches the command too, which ends in its own way
    signal.signal(signal.SIGINT, lambda *_: None)
    process = subprocess.Popen(command, cwd=str(ROOT))
    signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    code = process.wait()
    return code if code >= 0 else 128 - code


def say(sentence):
    print(sentence, flush=True)


# ---------------------------------------------------------------------------------- the environment


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
    extras = [extra for extra in EXTRAS["test"] if extra in extras or extra in had]
    pace = "under a minute with uv" if uv else "one to four minutes with pip"
    megabytes = sum(MEGABYTES[extra] for extra in extras if extra not in had)
    note = "unfinished"
    if is_ready([]):
        # killed half-way, it serves what it served
        note = as_text(before._replace(extras=had + ["unfinished"]))
        say(
            f"Installing into .venv what the tests need as well: about {megabytes} MB to download, "
            f"{pace}."
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


@contextmanager
def alone():
    """Wait until no other course.py works on .venv, and keep others waiting; the system unlocks
    when a process ends.
    """
    with open(str(ROOT / ".venv.lock"), "w") as lock:
        waiting = False
        while not locked(lock):
            if not waiting:
                say("Another course.py is setting up the course: waiting until it is done.")
            waiting = True
            time.sleep(0.2)
        yield lock


def locked(file):
    """Lock a file if nobody else has, and tell whether that worked."""
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    except OSError:
        return False


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


def holding(lock):
    """Return the options with which a process holds the lock too: should this one be killed, the
    next waits for it.
    """
    return {} if os.name == "nt" else {"pass_fds": [lock.fileno()]}


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


# ----------------------------------------------------------------------------- the learners' copies

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
MARKER = re.compile(r"\s*#+\s*(BEGIN|END)\s*SOLUTION", re.IGNORECASE)
STARTING_CODE = re.compile(r"^(\s*)#: ?")
CHAPTER = re.compile(r"\d\d_\w+\.ipynb")  # how a chapter's file is named
TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d")
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
COLAB = """import sys

try:
    from learnkit import Value
except ImportError:  # on Colab, which brings nothing of the course, or at best another learnkit
    %pip install -q git+{}
    sys.modules.pop("learnkit", None)
"""


def build(arguments):
    """Write the cells of exercises in solutions/ from learnkit/exercises/, then notebooks/ from
    solutions/.

    With --check only tell, and fail, if there is something to write.
    """
    if arguments not in ([], ["--check"]):
        raise Problem(f"course.py build takes --check or nothing, not {' '.join(arguments)!r}.")
    return max(write_exercises(arguments), write_copies(arguments))


def write_exercises(arguments):
    """Write or compare what solutions/ has of the exercises, which takes the course's own
    environment.
    """
    if not (ROOT / "tools").is_dir():  # notebooks alone, without exercises
        return 0
    if not is_ready(EXTRAS["lab"]):
        say(
            "The cells of exercises were left as they are: start course.py once, so that there is "
            "a .venv to do it."
        )
        return 0
    return subprocess.call([str(PYTHON), "-m", "tools.exercise_cells"] + arguments, cwd=str(ROOT))


def write_copies(arguments):
    """Write notebooks/ from solutions/, and solutions/ without what a run has left in them for
    nobody to read.
    """
    tell_of_strays()
    chapters = all_chapters()
    contents = {path: as_bytes(without_traces_of_a_run(read_notebook(path))) for path in chapters}
    contents.update((NOTEBOOKS / path.name, learners_copy(path)) for path in chapters)
    code = tell_of_copies_without_a_chapter(chapters)
    for path, content in contents.items():
        if content == (path.read_bytes() if path.is_file() else None):
            continue
        try:
            if arguments and is_in_use(path, content) and "CI" not in os.environ:
                say(
                    f"notebooks/{path.name} holds work of yours, so it is left alone and not "
                    "tested."
                )
                continue
            if arguments:
                raise Problem(
                    f"{path.relative_to(ROOT)} is not what `course.py build` writes: run it."
                )
            replace(path, content)
            say(f"{path.relative_to(ROOT)} written.")
        except Problem as problem:
            say(problem)
            code = 1
    return code


def tell_of_copies_without_a_chapter(chapters):
    """Say which learners' copies are left alone because solutions/ has no chapter of their name;
    return an exit code.

    None is deleted: a chapter may be missing by accident. It is a fault where no chapter is left at
    all, and in CI, where an author has renamed a chapter and forgotten its copy.
    """
    names = {path.name for path in chapters}
    left = [
        path for path in named_as_chapters(NOTEBOOKS) if path.name not in names and is_a_copy(path)
    ]
    if left and not chapters:
        raise Problem(
            "solutions/ holds no chapter to build from, so notebooks/ is left as it is: bring "
            "solutions/ back, with `git restore solutions` or from a new copy of the course, then "
            "try again."
        )
    forgotten = [path for path in left if is_untouched(path)]
    for path in left:
        remedy = "bring that back, or delete the copy if the chapter was renamed or given up"
        remedy = (
            remedy if path in forgotten else "it holds work of yours, so move it wherever you like"
        )
        say(
            f"notebooks/{path.name} is left alone, as there is no solutions/{path.name} to build "
            f"it from: {remedy}."
        )
    return 1 if forgotten and "CI" in os.environ else 0


def all_chapters():
    """Return the chapters in solutions/. One that cannot be read is still one if it was built
    before.
    """
    named = named_as_chapters(SOLUTIONS)
    return [path for path in named if not fault_of(path) or is_a_copy(NOTEBOOKS / path.name)]


def named_as_chapters(folder):
    """Return everything in a folder that has the name of a chapter, in the order of the names."""
    return sorted(path for path in folder.glob("*.ipynb") if CHAPTER.fullmatch(path.name))


def tell_of_strays():
    """Say what else in solutions/ and notebooks/ is called a notebook and ignored."""
    chapters = all_chapters()
    for path in sorted(SOLUTIONS.glob("*.ipynb")) + sorted(NOTEBOOKS.glob("*.ipynb")):
        reason = "" if path in chapters else reason_to_ignore(path)
        if reason:
            say(f"{path.parent.name}/{path.name} is ignored: {reason}.")


def reason_to_ignore(path):
    """Return why a file is none of the course's, or nothing for a copy of a chapter and a
    notebook of the learner's.
    """
    fault = fault_of(path)
    if fault:
        return f"it is no notebook ({fault})"
    if not CHAPTER.fullmatch(path.name) and (path.parent == SOLUTIONS or is_a_copy(path)):
        return "a chapter has a name such as 03_loss_surfaces.ipynb"
    return ""


def is_a_copy(path):
    """Whether `build` once wrote this notebook, whoever has typed in it or renamed it since."""
    return not fault_of(path) and "learnkit" in read_notebook(path)["metadata"]


def build_on_save(os_path, contents_manager, **_):
    """Rebuild the learners' copy of a chapter that JupyterLab saved; a fault is logged and
    breaks no save.
    """
    path = Path(os_path).resolve()
    if path.parent != SOLUTIONS or not CHAPTER.fullmatch(path.name):
        return
    try:
        replace(NOTEBOOKS / path.name, learners_copy(path))
        contents_manager.log.info(f"notebooks/{path.name} written from solutions/{path.name}.")
    except Exception as problem:
        contents_manager.log.warning(f"The learners' copy was not written. {problem}")


def without_traces_of_a_run(notebook):
    """Take out live widgets, which show only an error once their kernel is gone, and the times
    when cells ran.
    """
    notebook["metadata"].pop("widgets", None)
    for output in (output for cell in notebook["cells"] for output in cell.get("outputs", [])):
        output.get("data", {}).pop("application/vnd.jupyter.widget-view+json", None)
    for part in [notebook] + notebook["cells"]:
        entries = part["metadata"].items()
        part["metadata"] = {
            name: entry for name, entry in entries if not TIME.search(json.dumps(entry))
        }
    return notebook


def replace(path, content):
    """Write a notebook, unless that would lose a learner's work."""
    if path.parent == NOTEBOOKS and os.path.lexists(str(path)) and not is_untouched(path):
        raise Problem(
            f"notebooks/{path.name} holds work of yours and was left alone: rename it, then build."
        )
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)


def is_untouched(path):
    """Whether a notebook is as `build` wrote it; a learner has typed in all others, run them, or
    made them.
    """
    notebook = read_notebook(path)
    was_run = any(cell.get("outputs") for cell in notebook["cells"])
    return notebook["metadata"].get("learnkit") == content_hash(notebook["cells"]) and not was_run


def is_in_use(path, content):
    """Whether a learners' copy was changed by a learner, or is what `build` writes but for the
    traces of a run.
    """
    if path.parent != NOTEBOOKS or not os.path.lexists(str(path)):
        return False
    if fault_of(path):
        return True
    if path.read_bytes() == content:
        return False
    written = json.loads(content.decode("utf-8"))["metadata"]["learnkit"]
    return not is_untouched(path) or read_notebook(path)["metadata"]["learnkit"] == written


def content_hash(cells):
    """Return a short hash of what the cells are and say, whatever ran in them since."""
    parts = [
        [cell["cell_type"], "".join(cell["source"]), cell.get("attachments", {})] for cell in cells
    ]
    text = json.dumps(parts, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def read_notebook(path):
    """Return what a notebook's file says; Problem if it is no notebook."""
    notebook, fault = examined(path)
    if fault:
        raise Problem(f"{path.parent.name}/{path.name} is no notebook ({fault}): restore it.")
    return notebook


def fault_of(path):
    """Return why a file is no notebook, or nothing if it is one."""
    return examined(path)[1]


def examined(path):
    """Return what a file holds and why it is no notebook: empty, torn, a folder, or something
    else.
    """
    if path.is_dir():
        return None, "it is a folder"
    try:
        text = path.read_text(encoding="utf-8")
        if not text.strip():
            return None, "it is empty"
        notebook = json.loads(text)
    except OSError as error:
        return None, error.strerror
    except (ValueError, RecursionError) as error:
        return None, str(error)
    return notebook, "" if is_notebook(notebook) else "it has no cells or no metadata"


def is_notebook(content):
    """Whether JSON read from a file has the parts that every notebook has."""
    if not isinstance(content, dict) or not isinstance(content.get("metadata"), dict):
        return False
    cells = content.get("cells")
    return isinstance(cells, list) and all(
        isinstance(cell, dict) and is_cell(cell) for cell in cells
    )


def is_cell(cell):
    source, outputs = cell.get("source"), cell.get("outputs", [])
    lines = [source] if isinstance(source, str) else source
    return (
        isinstance(cell.get("cell_type"), str)
        and isinstance(cell.get("metadata"), dict)
        and isinstance(lines, list)
        and all(isinstance(line, str) for line in lines)
        and isinstance(outputs, list)
        and all(isinstance(output, dict) for output in outputs)
    )


def learners_copy(path):
    """Return a chapter's learners' copy as bytes: no outputs, no solutions, nothing for the
    instructor.
    """
    cells = []
    for number, cell in enumerate(read_notebook(path)["cells"], 1):
        tags = cell["metadata"].get("tags", [])
        if "solution" in tags or "instructor" in tags:
            continue
        source = "".join(cell["source"])
        if cell["cell_type"] == "code":
            source = learners_code(source, f"solutions/{path.name}, cell {number}")
        clean = {"cell_type": cell["cell_type"], "id": cell.get("id", f"cell-{number}")}
        clean["metadata"] = {"tags": tags} if tags else {}
        if cell["cell_type"] == "code":
            clean.update(execution_count=None, outputs=[])
        if "attachments" in cell:
            clean["attachments"] = cell["attachments"]
        cells.append(dict(clean, source=source.splitlines(keepends=True)))
    add_launch_links(cells, path.name)
    metadata = {
        "kernelspec": KERNEL,
        "language_info": {"name": "python"},
        "learnkit": content_hash(cells),
    }
    return as_bytes({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})


def as_bytes(notebook):
    return (json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode(
        "utf-8"
    )


def learners_code(source, where):
    """Return a code cell's source with every solution replaced by the starting code it holds
    behind `#:`.
    """
    kept, starting_code, indent = [], None, ""
    for line in source.splitlines():
        text = line.strip()
        if text == BEGIN and starting_code is None:
            starting_code, indent = [], line[: line.index("#")]
        elif text == END and starting_code is not None:
            kept += starting_code or [indent + "...  # your turn"]
            starting_code = None
        elif MARKER.match(line):
            raise Problem(
                f"{where}: `{text}` is out of turn or misspelt; each `{BEGIN}` needs one `{END}`."
            )
        elif starting_code is None:
            kept.append(line)
        elif text.startswith("#:"):
            starting_code.append(STARTING_CODE.sub(r"\1", line).rstrip())
    if starting_code is not None:
        raise Problem(f"{where}: `{BEGIN}` has no `{END}`.")
    return "\n".join(kept)


def add_launch_links(cells, name):
    """Add Binder and Colab links, and Colab's installation, if pyproject.toml says where the
    course lives.
    """
    import tomllib  # not at the top: Pythons before 3.11 do not have it

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    address = project.get("urls", {}).get("Repository", "").rstrip("/")
    if not address.startswith("https://github.com/"):
        return
    repository = address[len("https://github.com/") :]
    title = next((cell["source"] for cell in cells if cell["cell_type"] == "markdown"), [])
    binder = f"https://mybinder.org/v2/gh/{repository}/HEAD?urlpath=lab/tree/notebooks/{name}"
    colab = f"https://colab.research.google.com/github/{repository}/blob/main/notebooks/{name}"
    links = f"Run it with nothing installed: [on Binder]({binder}) or [on Colab]({colab})."
    title[:1] = [line.rstrip() + "\n" for line in title[:1]] + [
        "\n",
        links + ("\n" if title[1:] else ""),
    ]
    for cell in cells:
        if "setup" in cell["metadata"].get("tags", []):
            cell["source"] = COLAB.format(address).splitlines(keepends=True) + cell["source"]


if __name__ == "__main__":
    # whatever was begun is wound up first
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    sys.exit(main(sys.argv[1:]))
