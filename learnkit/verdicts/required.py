"""For a locked cell of a notebook that is graded by what raises: `check` itself never does."""

import secrets

from learnkit.practice.exercise import Exercise

from .borrowed import borrowed


def require(exercise, answer):
    """Raise AssertionError, with what is wrong, unless the answer is right and the learner's own.

    The verdict is that of `check`, on inputs drawn anew.
    """
    exercise.draws = secrets.randbelow(10**12)
    verdict = Exercise.check(exercise, answer)  # whatever the notebook calls `check`
    if verdict.state != "correct":
        raise AssertionError(f"Exercise {exercise.number}: {verdict.state}. {verdict.message}")
    if said := borrowed(answer, exercise):
        raise AssertionError(f"Exercise {exercise.number}: {said}.")
