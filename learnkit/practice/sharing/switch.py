"""Whether anything is shared, under which random number, and what the learner is told of it.

LEARNKIT_PROGRESS_DIR is the folder of the class, LEARNKIT_PROGRESS_NAME the learner's name where a
school wants names. The number, and whether the learner has been told or has said no, are kept in
`.learnkit/` like all that is remembered; where that is off, as in solutions/, nothing is shared.
"""

import contextlib
import os
import secrets
from pathlib import Path

from .. import memory
from .lines import ENDING, append, written

NOTICE = (
    "Your class shares its progress: each check and each prediction adds one line to your "
    "instructor's page, with the time, the exercise, whether it passed and which mistake was "
    "named. {name} none of your code. To stop this and take back what was added, run "
    "`import learnkit; learnkit.progress.off()`."
)
NO_NAME = "In place of your name it holds a random number, and"
WITH_NAME = "It holds your name, {}, and"
STOPPED = "Nothing is shared from now on, and what was shared before is taken back."
NOT_TAKEN_BACK = (
    "Nothing is shared from now on. What was shared before could not be taken back: ask your "
    "instructor to delete `{}`."
)
NOT_HERE = "Nothing is shared here: your class has not set it up, and now it never will be."
SHARED = "Your progress is shared with your class again. `learnkit.progress.off()` stops it."


class _Sharing:
    """Under which memory keeps what the learner has been told and has chosen."""

    key = "sharing with the class"


_SHARING = _Sharing()


def checked(exercise, verdict, attempt):
    """Share a verdict on an exercise; return what the learner is to be told, a tuple of notes."""
    mistake = verdict.said_of_it or verdict.mistake
    passed = verdict.state == "correct"
    entry = {"exercise": exercise.number, "passed": passed, "attempt": attempt, "mistake": mistake}
    return _share(entry)


def guessed(prediction, guess):
    """Share a guess, the text of an option or a number; return notes for the learner."""
    return _share({"prediction": prediction.key, "guess": guess})


def notice():
    """Return what the learner is to be told before anything is shared, once; then ""."""
    told = "with a name" if _name() else "without a name"
    if not _folder() or memory.recall(_SHARING).get("told") in (told, "with a name"):
        return ""
    memory.keep(_SHARING, told=told)
    return NOTICE.format(name=WITH_NAME.format(_name()) if _name() else NO_NAME)


def number():
    """Return the learner's random number, the same in every kernel of theirs."""
    kept = memory.recall(_SHARING).get("number")
    if not kept:
        kept = secrets.token_hex(8)
        memory.keep(_SHARING, number=kept)
    return kept


def off():
    """Stop sharing and take back what was shared; return a sentence that says so."""
    memory.keep(_SHARING, off=True)
    if not _shared_folder():
        return NOT_HERE
    name = f"{number()}{ENDING}"
    try:
        (Path(_shared_folder()) / name).unlink(missing_ok=True)
    except OSError:
        return NOT_TAKEN_BACK.format(name)
    return STOPPED


def on():
    """Share again; return a sentence that says so."""
    memory.keep(_SHARING, off=False, told="")
    return SHARED if _folder() else "Your class has not set up anything to share with."


def _share(entry):
    folder = _folder()
    if not folder:
        return ()
    named = {"name": _name()} if _name() else {}
    with contextlib.suppress(OSError, ValueError):  # a check is never disturbed by this
        append(Path(folder) / f"{number()}{ENDING}", written(number(), {**entry, **named}))
    note = notice()
    return (note,) if note else ()


def _folder():
    """Return the folder of the class, "" where the learner has said no or nothing is remembered."""
    folder = _shared_folder()
    refused = folder and (memory.is_off() or memory.recall(_SHARING).get("off") is True)
    return "" if refused else folder


def _shared_folder():
    return os.environ.get("LEARNKIT_PROGRESS_DIR", "")


def _name():
    return os.environ.get("LEARNKIT_PROGRESS_NAME", "")
