"""What the course remembers of a learner in `.learnkit/`: guesses, answers and verdicts.

    keep(item, answer="A number", correct=True)   # merged into what is kept of this item
    recall(item)                                  # {"answer": "A number", "correct": True, ...}
    everything()                                  # {"04": {"why_the_minus": {...}}}

There is one small JSON file for each chapter. Nothing needs them: where they cannot be written or
read, everything goes on in memory until the kernel stops, and one sentence says so, once.

Nothing is written where the environment says LEARNKIT_MEMORY=off, as the tests do, nor in the
course's own solutions/, whose stored outputs must not depend on who ran them: there a kernel
remembers for itself alone.
"""

import contextlib
import copy
import hashlib
import json
import os
import re
import sys
from datetime import UTC, datetime

from . import place, records

FOLDER = ".learnkit"
ELSEWHERE = "other"  # the file of items that no chapter has: a learner's own, an instructor's

_unsaved = {}  # {(folder, chapter): {name: entry}}, what could not be written
_troubles = {}  # {folder: {sentence: whether it was told}}


def keep(item, **entry):
    """Merge `entry` into what is kept of the item; return "" or a sentence about a new trouble.

    Values are numbers, text, True or False, None, and lists of these; anything else is not kept,
    and the sentence says so. Kept besides: `when`, the time in UTC; `cell` and `notebook`, where
    known, unless given (a click in the page has no running cell: give the one that displayed the
    item); and `solved`, True from the first state="correct" or correct=True on.
    """
    try:
        entry = json.loads(json.dumps({**_stamp(), **entry}))
    except (TypeError, ValueError, RecursionError):
        return "This is not kept: memory takes numbers, text, True or False, and lists of these."
    if entry.get("state") == "correct" or entry.get("correct") is True:
        entry["solved"] = True
    chapter, name = address(item)
    _write(chapter, name, entry)
    return _first_untold()


def recall(item):
    """Return what is kept of the item, a dictionary of the caller's own; empty if nothing is."""
    chapter, name = address(item)
    return _records(chapter).get(name, {})


def everything():
    """Return all that is kept, {chapter: {name: entry}}; items of no chapter are under ""."""
    if is_off():
        return {}
    chapters = _written() | {chapter for folder, chapter in _unsaved if folder == place.folder()}
    return {chapter: kept for chapter in sorted(chapters) if (kept := _records(chapter))}


def troubles():
    """Return a sentence for each thing that went wrong here since the kernel started."""
    return list(_troubles.get(place.folder(), {}))


def is_off():
    """Tell whether nothing is to be written here."""
    folder = place.folder()
    among_the_sources = folder.name == "solutions" and (folder.parent / "course.py").is_file()
    return among_the_sources or os.environ.get("LEARNKIT_MEMORY") == "off"


def address(item):
    """Return an item's chapter and name there, ("04", "why_the_minus"), else "" and a hash."""
    for module_name, module in list(sys.modules.items()):
        found = re.fullmatch(r"learnkit\.exercises\.chapter_(\d\d)", module_name)
        names = vars(module) if found and module else {}
        for name, value in names.items():
            if value is item:
                return found[1], name
    return "", hashlib.sha256(_asked(item).encode("utf-8", "replace")).hexdigest()[:16]


def _asked(item):
    """Return what an item asks: the same whatever was answered, and in every kernel."""
    parts = [getattr(item, name, "") for name in ("key", "number", "title", "question")]
    said = " ".join(part for part in parts if isinstance(part, str))
    return f"{type(item).__name__} {said.strip() or re.sub(r' at 0x[0-9a-fA-F]+', '', repr(item))}"


def _stamp():
    when = datetime.now(UTC).isoformat(timespec="milliseconds")
    return {"when": when, **place.cell_and_notebook()}


def _path(chapter):
    return place.folder() / FOLDER / f"{chapter or ELSEWHERE}.json"


def _written():
    """Return the chapters that have a file; files of other names are nobody's."""
    stems = set()
    with contextlib.suppress(OSError):
        stems = {path.stem for path in (place.folder() / FOLDER).glob("*.json")}
    chapters = {stem for stem in stems if re.fullmatch(r"\d\d", stem)}
    return chapters | ({""} if ELSEWHERE in stems else set())


def _write(chapter, name, entry):
    """Write what is new and what could not be written before; where that fails, keep it here."""
    waiting = _unsaved.setdefault((place.folder(), chapter), {})
    waiting[name] = {**waiting.get(name, {}), **entry}
    if is_off():
        return
    try:
        _tell_what_was_damaged(chapter, records.merge(_path(chapter), waiting))
        del _unsaved[place.folder(), chapter]
    except OSError as reason:
        why = reason.strerror or type(reason).__name__
        lost = "so what you do is kept only until the kernel stops"
        _trouble(f"`{FOLDER}` cannot be written ({why}), {lost}.")


def _records(chapter):
    """Return the records of a chapter, written or not; a damaged file is put aside first."""
    kept = {}
    try:
        kept = {} if is_off() else records.read(_path(chapter))
    except records.Damaged:
        _rescue(chapter)
    except OSError as reason:
        why = reason.strerror or type(reason).__name__
        _trouble(f"`{FOLDER}` cannot be read ({why}), so what was kept there is not shown.")
    for name, entry in _unsaved.get((place.folder(), chapter), {}).items():
        kept[name] = {**kept.get(name, {}), **copy.deepcopy(entry)}
    return kept


def _rescue(chapter):
    try:
        _tell_what_was_damaged(chapter, records.merge(_path(chapter), {}))
    except OSError:
        damaged = f"{FOLDER}/{_path(chapter).name}"
        _trouble(f"`{damaged}` is damaged, so what was kept there is not shown.")


def _tell_what_was_damaged(chapter, aside):
    if aside:
        damaged = f"{FOLDER}/{_path(chapter).name}"
        _trouble(f"`{damaged}` was damaged: it is kept as `{aside}`, and a new one is begun.")


def _trouble(sentence):
    _troubles.setdefault(place.folder(), {}).setdefault(sentence, False)


def _first_untold():
    told = _troubles.get(place.folder(), {})
    sentence = next((sentence for sentence, was_told in told.items() if not was_told), "")
    if sentence:
        told[sentence] = True
    return sentence
