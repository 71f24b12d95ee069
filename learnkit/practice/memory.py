"""Keeps guesses in `my_predictions.json` in the learner's own folder, or in memory where that cannot be."""

import contextlib
import json
import os
import tempfile

FILE = "my_predictions.json"
_UNSAVED = {}  # guesses that could not be written, kept until the kernel stops


def recall(key):
    """Return what was kept under the key, or None."""
    with contextlib.suppress(OSError, ValueError, RecursionError):
        return {**_read(), **_UNSAVED}.get(key)
    return _UNSAVED.get(key)


def keep(key, guess):
    """Keep the guess under the key; return a sentence if it will be lost when the kernel stops."""
    try:
        _write({**_read(), key: guess})
    except OSError:
        reason = f"`{FILE}` could not be written"
    except (ValueError, RecursionError):
        reason = f"`{FILE}` is damaged and was left as it is (delete or rename it to start afresh)"
    else:
        _UNSAVED.pop(key, None)
        return ""
    _UNSAVED[key] = guess
    return f"{reason}, so your guess is kept only until the kernel stops."


def _read():
    try:
        with open(FILE, encoding="utf-8") as file:
            guesses = json.load(file)
    except FileNotFoundError:
        return {}
    if not isinstance(guesses, dict):
        raise ValueError("not a table of guesses")
    return guesses


def _write(guesses):
    """Write the file whole or not at all: first beside it, then in its place."""
    number, beside = tempfile.mkstemp(prefix=f".{FILE}.", dir=".")
    try:
        with open(number, "w", encoding="utf-8") as file:
            json.dump(guesses, file, ensure_ascii=False, indent=1)
        os.replace(beside, FILE)
    except BaseException:
        os.unlink(beside)
        raise
