"""For authors of exercises: `faults` says what is wrong with an exercise before a learner finds
out.
"""

from .judging import judge
from .running import run_each
from .sources import EditError

KINDS = ("trace", "complete", "mend", "extend")
DRAWN = 20  # cases drawn anew, on which an edit that is called equivalent has to be right
SECONDS = 1  # for one edit on all of them


def faults(exercise):
    """Return a list of sentences, one for each thing wrong with the exercise; an empty list if all
    is well.

    The solution must pass, the untouched stub must read as not attempted, every listed mistake must
    be told its own sentence and no other's, and the cases must judge every edit made by machine
    wrong that `equivalent` does not excuse.

        assert faults(chapter_08.w2_block) == []
    """
    return [*faults_of_its_words(exercise), *faults_of_its_cases(exercise)]


def faults_of_its_words(exercise):
    """Return the faults of what its author wrote: text, solution, stub and listed mistakes."""
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
        yield (
            "Code to mend needs `given`, so that it reads as not attempted until somebody mends it."
        )
    for key, sentence in exercise.mistakes.items():
        try:
            judged = verdict(exercise.function_of(key))
        except (EditError, SyntaxError, NameError) as error:
            yield f"The mistake {_called(key)} cannot be made: {error}"
            continue
        if judged.state == "correct" or sentence not in judged.message:
            yield (
                f"The mistake {_called(key)} is told something else than its own sentence: {judged}"
            )


def faults_of_its_cases(exercise):
    """Yield each edit made by machine that the cases judge otherwise than `equivalent` says.

    Of an exercise about a value there is nothing to say: a right value is right, whatever led to
    it.
    """
    if not exercise.takes_function:
        return
    edits, excused = _edits(exercise), exercise.equivalent
    passing = _right_ones(exercise, edits, exercise.cases)
    for name in sorted(passing - excused.keys()):
        said = f"Its cases let the edit {name!r} pass"
        yield f"{said}: add a case that it gets wrong, or excuse it with the reason."
    for name in sorted(excused.keys() - edits.keys()):
        yield f"It excuses {name!r}, an edit that nobody makes."
    for name in sorted(excused.keys() & edits.keys() - passing):
        yield f"It excuses {name!r}, which its cases judge wrong."
    known = {name: edits[name] for name in sorted(excused.keys() & passing)}
    for name in known.keys() - _right_ones(exercise, known, exercise.drawn(DRAWN)):
        yield f"It excuses {name!r}, which is wrong in a case drawn anew: add such a case."


def survivors(exercise):
    """Return the names of the edits made by machine that are right in each of the fixed cases.

    Cases drawn anew are left out: what they find, they find by chance.
    """
    return _right_ones(exercise, _edits(exercise), exercise.cases)


def _edits(exercise):
    return {edit.name: exercise.function_of(edit) for edit in exercise.machine_edits()}


def _right_ones(exercise, functions, cases):
    """Return those of the names of functions whose functions are right in each of the cases."""
    right = exercise.reference_outcomes(cases)
    found = run_each([exercise.tried(one) for one in functions.values()], cases, SECONDS)
    named = zip(functions, found, strict=True)
    return {name for name, outcomes in named if _are_right(exercise, cases, outcomes, right)}


def _are_right(exercise, cases, outcomes, right):
    """Tell whether outcomes are right, the caller's objects included; None was stopped, so is
    not.
    """
    if outcomes is None:
        return False
    both = zip(exercise.results(outcomes), exercise.results(right), strict=True)
    if not all(mine.agrees(theirs, exercise.tolerance) for mine, theirs in both):
        return False
    return judge(exercise, exercise.reference, cases, outcomes, right, "").state == "correct"


def _called(mistake):
    return mistake.__name__ if callable(mistake) else repr(mistake)
