"""Chapters laid into a learner's folder. No work is ever overwritten: a new edition of a chapter
that somebody has worked in is laid beside it.
"""

import hashlib
import json
from datetime import date
from itertools import count
from pathlib import Path

from learnkit.launch.common import Problem
from learnkit.launch.files import fault_of, is_a_copy, is_untouched

CARRIED = Path(__file__).parent / "course"  # where the installed package has the chapters
SOURCE = Path(__file__).resolve().parents[2]  # where they are in the course's own folder
PARTS = ("notebooks/*.ipynb", "docs/summary.html", ".jupyter/overrides.json")
LAID = Path(".learnkit") / "laid.json"  # notes the last edition of each file that was laid here


def lay(folder, with_solutions=False):
    """Lay the chapters into a folder, and return what to tell the learner, a sentence a matter.

    A file that is as an earlier edition laid it is replaced; one that was worked in stays, with the
    new edition beside it. Raises Problem if the folder holds something else than the course.
    """
    laid = noted(folder)
    parts = PARTS + ("solutions/*.ipynb",) * (with_solutions or (folder / "solutions").is_dir())
    files, told = carried(parts), []
    for path in files:
        content = files[path].read_bytes()
        edition = hashlib.sha256(content).hexdigest()
        target = folder / path
        if not target.exists() or may_be_replaced(target, laid.get(path)):
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        elif edition not in (laid.get(path), digest(target)):
            beside = free_name(target, "new")
            beside.write_bytes(content)
            told.append(f"{path} holds work of yours and stays; its new edition is {beside.name}.")
        laid[path] = edition
    note(folder, laid)
    return told


def carried(parts):
    """Return {path in a course's folder: the file} of what there is to lay."""
    source = CARRIED if CARRIED.is_dir() else SOURCE
    found = {
        path.relative_to(source).as_posix(): path
        for part in parts
        for path in sorted(source.glob(part))
    }
    return {name: path for name, path in found.items() if not fault_of_chapter(path)}
