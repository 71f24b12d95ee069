"""Chapters laid into a learner's folder. No work is ever overwritten: the new edition of a chapter
that somebody has worked in is laid beside it.
"""

import hashlib
import json
from datetime import date
from itertools import count
from pathlib import Path

from learnkit.launch.files import fault_of, is_untouched

CARRIED = Path(__file__).parent / "course"  # where the installed package has the chapters
SOURCE = Path(__file__).resolve().parents[2]  # where the course's own folder has them
PARTS = ("notebooks/[0-9]*.ipynb", "docs/summary.html", ".jupyter/overrides.json")
SOLUTIONS = "solutions/[0-9]*.ipynb"
LAID = Path(".learnkit", "laid.json")  # notes which edition of each file was laid last


def is_a_course(folder):
    """Whether chapters were laid into a folder before."""
    return (folder / LAID).is_file()


def lay(folder, with_solutions=False):
    """Lay the chapters into a folder, once more or for the first time, the solutions if asked to or
    if they are there; return a sentence on each chapter that stays as the learner has it.
    """
    source = CARRIED if CARRIED.is_dir() else SOURCE
    parts = (*PARTS, SOLUTIONS) if with_solutions or (folder / "solutions").is_dir() else PARTS
    laid, told = noted(folder), []
    for part in parts:
        for file in sorted(source.glob(part)):
            name = file.relative_to(source).as_posix()
            told += lay_file(file.read_bytes(), folder / name, laid.get(name))
            laid[name] = digest(file)
    note(folder, laid)
    return told


def lay_file(content, target, last):
    """Write a file, unless it is there with work in it: then beside it, if this edition is another
    than the last that was laid. Return sentences on what stays.
    """
    mine, edition = digest(target), hashlib.sha256(content).hexdigest()
    if mine in (None, last) or is_chapter_without_work(target):
        if mine != edition:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
    elif edition not in (mine, last):
        beside = free_name(target, "new")
        beside.write_bytes(content)
        return [f"{target.name} holds work of yours and stays; beside it is the new {beside.name}."]
    return []


def is_chapter_without_work(path):
    return path.suffix == ".ipynb" and not fault_of(path) and is_untouched(path)


def put_aside(path):
    """Rename a learner's chapter, so that a clean one has room; return its new name."""
    return path.rename(free_name(path, "mine"))


def free_name(path, word):
    """Return a path beside this one that nothing has: "04_loss (new 2026-11-30).ipynb"."""
    for number in count(1):
        again = f", {number}" if number > 1 else ""
        beside = path.with_name(f"{path.stem} ({word} {date.today()}{again}){path.suffix}")
        if not beside.exists():
            return beside


def digest(path):
    """Return a hash of what a file holds, or None where there is none."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None


def noted(folder):
    """Return {name: hash} of what was laid last; what cannot be read counts as never laid."""
    try:
        laid = json.loads((folder / LAID).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return laid if isinstance(laid, dict) else {}


def note(folder, laid):
    path = folder / LAID
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(laid, indent=1), encoding="utf-8")
