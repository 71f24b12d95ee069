"""What the process of one notebook does: it runs the cells and checks the answers.

    python -m learnkit.verdicts.inside NOTEBOOK SECONDS MEGABYTES

The first line of its input is a word that only whoever started it knows; each line of its output
is JSON and begins with that word, so that nothing the notebook prints is taken for a verdict.
"""

import ast
import contextlib
import json
import os
import secrets
import sys
from importlib import import_module
from pathlib import Path

try:
    import resource
except ImportError:  # Windows
    resource = None

from learnkit.practice.exercise import Exercise

from .borrowed import borrowed
from .reading import chapter_of, checked_in, code_cells, spoilers_in
from .watching import Watch

LARGEST = 50_000_000  # bytes of a file that a notebook writes


def main(arguments):
    """Run a notebook and say what is to be said of its exercises; return an exit code."""
    path, (seconds, megabytes) = Path(arguments[0]), map(int, arguments[1:])
    say = _sayer(sys.stdin.readline().strip())
    _limit(seconds, megabytes)
    sources = code_cells(path)
    exercises = _exercises(chapter_of(path, sources))
    run_all(sources, exercises, say)
    say({"finished": True})
    return 0


def run_all(sources, exercises, say):
    """Run the cells and say each verdict as soon as it is there."""
    from IPython.core.interactiveshell import InteractiveShell

    shell, restore = InteractiveShell.instance(), Watch().restore
    for source in sources:
        if spoilers := spoilers_in(source):
            say({"flag": f"reads the course's solution ({', '.join(spoilers)})"})
        with contextlib.suppress(BaseException):
            shell.run_cell(source, store_history=True)
        changed = restore()
        if changed:
            say({"flag": f"the course was changed ({', '.join(changed[:4])})"})
        for checked in checked_in(source):
            if checked.name in exercises:
                say(judged(exercises[checked.name], checked.answer, shell.user_ns))


def judged(exercise, expression, names):
    """Return what is to be said of one answer: the verdict of `check` on inputs drawn anew."""
    said = {"exercise": exercise.number, "mistake": "", "flag": ""}
    try:
        answer = eval(compile(_whole(expression), "<answer>", "eval"), names)
    except BaseException as error:
        return said | {"state": "raised an error", "mistake": type(error).__name__}
    exercise.draws = secrets.randbelow(10**12)
    verdict = exercise.check(answer)
    said |= {"state": verdict.state, "mistake": verdict.said_of_it or verdict.mistake}
    if verdict.state == "correct":
        said["flag"] = borrowed(answer, exercise)
    return said


def _whole(expression):
    return ast.fix_missing_locations(ast.Expression(expression))


def _exercises(chapter):
    """Return {name: Exercise} of a chapter. Raises ImportError if there is no such chapter."""
    module = import_module(f"learnkit.exercises.chapter_{chapter}")
    return {name: item for name, item in vars(module).items() if isinstance(item, Exercise)}


def _sayer(word):
    """Return a function that says something to whoever started this; what the notebook prints goes
    nowhere.
    """
    channel = os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)

    def say(entry):
        os.write(channel, f"{word} {json.dumps(entry)}\n".encode())

    return say


def _limit(seconds, megabytes):
    """Limit this process and all that it starts, where the system can."""
    if resource:
        bytes_ = megabytes * 1_000_000
        for kind, most in (
            (resource.RLIMIT_AS, bytes_),
            (resource.RLIMIT_CPU, seconds),
            (resource.RLIMIT_FSIZE, LARGEST),
            (resource.RLIMIT_CORE, 0),
        ):
            with contextlib.suppress(ValueError, OSError):
                resource.setrlimit(kind, (most, most))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
