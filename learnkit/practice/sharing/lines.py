"""A line of a class's log: JSON, whole or not at all.

    {"version": 1, "time": "2026-03-02T10:15:42Z", "learner": "9f86d081884c7d65",
     "exercise": "4.1", "passed": false, "attempt": 2, "mistake": "That is the square."}

A prediction has `prediction`, its key, and `guess` in place of the last four. A mistake is the
course's own sentence for it, or the name of the finding that knew it, "reading.return_in_loop".
"""

import json
import os
from datetime import UTC, datetime

VERSION = 1
ENDING = ".jsonl"
LONGEST = 400  # characters of a text; a line then fits one write of any file system
EXERCISE = {"exercise": str, "passed": bool, "attempt": int, "mistake": str}
PREDICTION = {"prediction": str, "guess": str | int | float}


def written(learner, entry, time=None):
    """Return a line: the entry with its version, the time in UTC and the learner's number."""
    now = time or datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    stamped = {"version": VERSION, "time": now, "learner": learner}
    short = {
        name: text[:LONGEST] if isinstance(text, str) else text for name, text in entry.items()
    }
    return json.dumps({**stamped, **short}, ensure_ascii=False) + "\n"


def append(path, line):
    """Add a line to a file in a single write, so that lines of several kernels never mix.

    Raises OSError if that fails.
    """
    how = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)
    # a pipe put in the file's place is refused rather than waited for
    file = os.open(path, how | getattr(os, "O_NONBLOCK", 0), 0o644)
    try:
        os.write(file, line.encode("utf-8"))
    finally:
        os.close(file)


def lines_of(text):
    """Return the entries of a log as dictionaries; a line that is torn or no entry is left out."""
    return [entry for line in text.splitlines() if (entry := _entry(line))]


def _entry(line):
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(entry, dict) or entry.get("version") != VERSION:
        return None
    stamped = {"time": str, "learner": str}
    fits = any(_has(entry, stamped | fields) for fields in (EXERCISE, PREDICTION))
    return entry if fits else None


def _has(entry, fields):
    return all(isinstance(entry.get(name), kind) for name, kind in fields.items())
