"""One small file of a learner's, where a class has no folder to share: laptops."""

import contextlib
from importlib import import_module

from . import memory, sharing
from .exercise import Exercise
from .memory import place
from .predict import Prediction

NOTHING = "Nothing is kept here yet, so there is nothing to hand in: check an exercise first."
WRITTEN = (
    "`{}` is written beside your notebooks. It holds, of each exercise you have tried ({}), the "
    "number of attempts, whether it passed and the last mistake that was named, and your "
    "predictions ({}): no name and none of your code. Hand this file in."
)


def handin():
    """Write what is kept of exercises and predictions into one file, and say where it is.

    Raises OSError if the folder of the notebooks cannot be written.
    """
    tried, guessed = _of(Exercise, _exercise), _of(Prediction, _guess)
    if not tried and not guessed:
        return NOTHING
    lines = [sharing.written(sharing.number(), entry, when) for entry, when in (*tried, *guessed)]
    path = place.folder() / f"handin-{sharing.number()[:6]}{sharing.ENDING}"
    path.write_text("".join(lines), encoding="utf-8")
    return WRITTEN.format(path.name, len(tried), len(guessed))


def _of(kind, line):
    """Return (entry, time) for each item of the chapters of this kind that something is kept of."""
    found = []
    for chapter, kept in memory.everything().items():
        items = _items(chapter)
        for name, entry in kept.items():
            item = items.get(name)
            made = line(item, entry) if isinstance(item, kind) else None
            if made:
                found.append((made, _in_seconds(entry.get("when"))))
    return found


def _items(chapter):
    """Return what a chapter asks, by name; nothing of one that is not there or cannot be loaded."""
    with contextlib.suppress(Exception):
        return vars(import_module(f"learnkit.exercises.chapter_{chapter}"))
    return {}


def _exercise(exercise, kept):
    """Return what is said of an exercise, None if it was not tried."""
    attempts = kept.get("attempts")
    if not isinstance(attempts, int) or not attempts:
        return None
    passed, mistake = kept.get("solved") is True, str(kept.get("mistake", ""))
    return {"exercise": exercise.number, "passed": passed, "attempt": attempts, "mistake": mistake}


def _guess(prediction, kept):
    guess = kept.get("guess")
    return None if guess is None else {"prediction": prediction.key, "guess": guess}


def _in_seconds(when):
    return f"{str(when)[:19]}Z" if when else None
