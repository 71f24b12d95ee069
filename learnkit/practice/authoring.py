"""For authors of exercises: `faults` says what is wrong with an exercise before a learner finds out."""

from .sources import EditError

KINDS = ("trace", "complete", "mend", "extend")


def faults(exercise):
    """Return a list of sentences, one for each thing wrong with the exercise; an empty list if all is well.

    The solution must pass, the untouched stub must read as not attempted, and every listed mistake must be
    told its own sentence and no other's.

        assert faults(chapter_08.w2_block) == []
    """
    return [*_faults_of_its_text(exercise), *_faults_of_its_checks(exercise)]


def _faults_of_its_text(exercise):
    if not (exercise.number and exercise.title and exercise.minutes > 0):
        yield "It needs a number, a title and the minutes it takes."
    if exercise.kind not in KINDS:
        yield f"Its kind is {exercise.kind!r}; it must be one of {', '.join(KINDS)}."
    if len(exercise.hints) != 3 or not all(hint.strip() for hint in exercise.hints):
        yield "It needs exactly three hints, none of them empty."
    if not exercise.solution().source.strip():
        yield "Its solution has no source to show."


def _faults_of_its_checks(exercise):
    def verdict(function):
        return exercise.check(function if exercise.takes_function else function())

    if (judged := verdict(exercise.reference)).state != "correct":
        yield f"Its solution does not pass: {judged}"
    if (judged := verdict(lambda *arguments: ...)).state != "not attempted":
        yield f"Its untouched stub does not read as not attempted: {judged}"
    if exercise.given and (judged := verdict(exercise.faulty)).state != "not attempted":
        yield f"Its code as given does not read as not attempted: {judged}"
    if exercise.kind == "mend" and not exercise.given:
        yield "Code to mend needs `given`, so that it reads as not attempted until somebody mends it."
    for key, sentence in exercise.mistakes.items():
        try:
            judged = verdict(exercise.function_of(key))
        except (EditError, SyntaxError, NameError) as error:
            yield f"The mistake {_called(key)} cannot be made: {error}"
            continue
        if judged.state == "correct" or sentence not in judged.message:
            yield f"The mistake {_called(key)} is told something else than its own sentence: {judged}"


def _called(mistake):
    return mistake.__name__ if callable(mistake) else repr(mistake)
