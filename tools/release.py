"""The command `release`: a folder for learners without the solutions of later chapters.

It has a history of its own, so that nothing can be found in an older commit. Written again into
the same folder, it adds one commit, which learners pull.
"""

import argparse
import subprocess
from pathlib import Path

from tools.build import learners_copy
from tools.common import ROOT, Problem, say
from tools.notebooks import all_chapters, as_bytes, read_notebook
from tools.run_chapter import chapter_of

RELEASE = Path("notebooks") / "release.txt"  # read by learnkit.practice.curtain, and our mark
KEPT_BACK = ("tests/", "benchmarks/", ".ci/", "solutions/", "notebooks/")  # from what is tracked
GIT = ["git", "-c", "user.name=The course", "-c", "user.email=course@example.invalid"]
GIT += ["-c", "commit.gpgsign=false", "-c", "core.hooksPath=/dev/null", "-c", "core.autocrlf=false"]


def release(arguments):
    """Write or renew a learners' folder with the solutions up to a chapter; return 0."""
    until, folder = chosen(arguments)
    files = released_files(until)
    begin(folder)
    for name in git(folder, "ls-files", "-z").split("\0"):
        if name and name not in files:
            (folder / name).unlink(missing_ok=True)
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    git(folder, "add", "--all")
    if git(folder, "status", "--porcelain"):
        git(folder, "commit", "-q", "-m", f"Solutions up to chapter {int(until.name[:2])}")
    say(f"{folder} holds the course with the solutions up to {until.stem}.")
    return 0


def chosen(arguments):
    """Return the last chapter to release, as a path, and the folder to write.

    Raises Problem for a chapter there is not, and for a folder that holds something else.
    """
    parser = argparse.ArgumentParser("course.py release")
    parser.add_argument("--until", metavar="CHAPTER", required=True)
    parser.add_argument("folder", metavar="DEST")
    asked = parser.parse_args(arguments)
    folder = Path(asked.folder).resolve()
    if folder == ROOT or ROOT in folder.parents:
        raise Problem(f"{folder} is inside the course itself: give a folder beside it.")
    if folder.is_file() or folder.is_dir() and any(folder.iterdir()) and not is_ours(folder):
        raise Problem(f"{folder} holds something else: give the name of a new or empty folder.")
    return chapter_of([asked.until]), folder


def is_ours(folder):
    return (folder / RELEASE).is_file() and (folder / ".git").is_dir()


def released_files(until):
    """Return {name in the folder: content} of all that learners get."""
    tracked = [name for name in git(ROOT, "ls-files", "-z").split("\0") if (ROOT / name).is_file()]
    ours = [name for name in tracked if not name.startswith(KEPT_BACK)]
    files = {name: (ROOT / name).read_bytes() for name in ours}
    numbers = []
    for path in all_chapters():
        files[f"notebooks/{path.name}"] = learners_copy(path)
        if path.name <= until.name:
            files[f"solutions/{path.name}"] = for_learners(path)
            numbers.append(path.name[:2])
    files[RELEASE.as_posix()] = (
        f"{' '.join(numbers)}  # chapters whose solutions are open\n".encode()
    )
    return files


def for_learners(path):
    """Return a chapter of solutions/ as bytes, without what stands there for the instructor."""
    notebook = read_notebook(path)
    tagged = [(cell, cell["metadata"].get("tags", [])) for cell in notebook["cells"]]
    return as_bytes(
        dict(notebook, cells=[cell for cell, tags in tagged if "instructor" not in tags])
    )


def begin(folder):
    """Make the folder and an empty history in it, unless both are there."""
    folder.mkdir(parents=True, exist_ok=True)
    if not is_ours(folder):
        git(folder, "-c", "init.defaultBranch=main", "init", "-q")


def git(folder, *arguments):
    """Return what git says in a folder. Raises Problem where it cannot do it."""
    command = [*GIT, "-C", str(folder), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, timeout=120)
    except FileNotFoundError:
        raise Problem("course.py release needs git: install it, then try again.") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines() or [""]
        raise Problem(f"git cannot do this in {folder} ({said[-1]}): release from a clone.")
    return done.stdout.decode("utf-8", "replace")
