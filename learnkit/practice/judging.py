"""From what an answer did in each case to a Verdict: its state, and the sentence the learner is
told.
"""

import ast
import inspect
from itertools import permutations

from . import diagnosis
from .diagnosis import Evidence, Finding, first_difference, multiple
from .page import Verdict
from .plain import graph_kinds, is_number, same
from .running import ComesFirst, Raised, run
from .wording import as_code, in_words

UNTOUCHED = "Put your answer in place of each `...`, then run this cell again."
YES_OR_NO = (
    "Yours is True or False, which is what a comparison such as `z > 0` gives; the answer is a "
    "number."
)
# what there is to say of an exception
RAISED = (diagnosis.authors, diagnosis.exceptions, diagnosis.reading)
WHOLE = (
    diagnosis.reading,
    diagnosis.probing,
    diagnosis.editing,
)  # what may explain several results at once


# ----------------------------------------------------------------------------- before anything runs


def misuse(exercise, answer):
    """Return what is wrong with the call of `check` itself, or ""."""
    wanted = "my_function" if exercise.takes_function else "my_answer"
    if not answer:
        return f"Put your answer between the brackets: `check({wanted})`."
    if len(answer) > 1:
        return (
            f"`check` takes one answer and you gave {len(answer)}; put several values in one list."
        )
    if answer[0] is ...:
        return ""
    if answer[0] is None and not exercise.takes_function:
        return (
            "Your answer is None: `print` shows a value but hands nothing on, so give the value "
            "itself."
        )
    if exercise.takes_function and not callable(answer[0]):
        return (
            "`check` calls your function itself: give its name alone, `check(my_function)`, "
            "without calling it."
        )
    if not exercise.takes_function and inspect.isroutine(answer[0]):
        name = answer[0].__name__
        call = f"{name if name.isidentifier() else 'my_function'}(...)"
        return (
            "`check` wants a value here and you gave a function: if it returns just what the "
            f"exercise asks for, call it, `check({call})`; if not, give that instead."
        )
    return ""


def still_running(exercise, error):
    """Return the verdict on code that was still running when its time was up."""
    still = f"Your code was still running after {exercise.seconds:g} seconds, so it was stopped"
    message = (
        f"{still}{Raised.by(error).where}: look for a loop that never ends. {error.advice}".rstrip()
    )
    return Verdict("incorrect", message, notes=_printed(error.printed), mistake="judging.endless")


# ---------------------------------------------------------------------------------- the verdict


def judge(exercise, function, cases, outcomes, right, printed):
    """Return the Verdict on the outcomes of an answer, given the right ones."""
    notes = _printed(printed)
    if any(outcome.is_untouched() for outcome in outcomes) and not _some_parts_are_there(
        exercise, outcomes
    ):
        return Verdict("not attempted", UNTOUCHED, notes, mistake="judging.untouched")
    if earlier := _what_comes_first(outcomes):
        return Verdict("not attempted", earlier, notes, mistake="judging.comes_first")
    mine, truths = exercise.results(outcomes), exercise.results(right)
    if said := _a_yes_or_no(exercise, mine, truths):
        return Verdict("incorrect", said, notes, mistake="judging.yes_or_no")
    evidence = Evidence(exercise, function, cases, mine, truths)
    if exercise.trial and not exercise.given and evidence.code and _is_as_given(evidence):
        return Verdict("not attempted", UNTOUCHED, notes, mistake="judging.untouched")
    if all(map(evidence.is_right, range(len(cases)))):
        return _with_right_values(exercise, cases, outcomes, right, notes)
    if exercise.faulty and evidence.agrees_in(slice(None), _as_given(exercise, cases)):
        said = f"This behaves like the code as it was given. {exercise.given}"
        state = "incorrect" if evidence.code and not _is_as_given(evidence) else "not attempted"
        return Verdict(state, said, notes, mistake="judging.as_given")
    said = _about_the_error(evidence) if evidence.fault else _explained(evidence)
    return Verdict(
        "raised an error" if evidence.fault else "incorrect",
        said.sentence,
        notes,
        mistake=said.mistake,
        said_of_it=said.own,
    )


def _a_yes_or_no(exercise, mine, truths):
    """Say of True or False, given as a value, that one number is asked for; else ""."""
    if exercise.takes_function or not isinstance(mine[0].value, bool):
        return ""
    return YES_OR_NO if is_number(truths[0].value) else ""


def _what_comes_first(outcomes):
    """Return what the trial of an answer says of an earlier step that is missing, or ""."""
    said = (one.raised.message for one in outcomes if one.raised and _is_early(one.raised))
    return next(said, "")


def _is_early(raised):
    return raised.kind == ComesFirst.__name__


def _is_as_given(evidence):
    """Tell whether the code is still what was handed out to be mended, but for its name, spaces
    and comments.
    """
    given = ast.parse(evidence.exercise.starting_code).body[0]
    both = (given, evidence.code)
    one, other = ([ast.dump(part) for part in (function.args, *function.body)] for function in both)
    return one == other


def _with_right_values(exercise, cases, outcomes, right, notes):
    """Return the verdict on an answer whose values are right: a caller's object must be as it
    was, too.
    """
    said = _about_the_caller(exercise, cases, outcomes, right)
    return Verdict(
        "incorrect" if said else "correct", said, notes, mistake="judging.caller" if said else ""
    )


def _about_the_caller(exercise, cases, outcomes, right):
    """Say what is wrong for the caller with an answer whose values are right, or ""."""
    for case, mine, theirs in zip(cases, outcomes, right, strict=True):
        for place in sorted(set(mine.changed) - set(theirs.changed)):
            name = as_code(exercise.names[place])
            return (
                f"The result is right, but your code changes its argument {name} in place: work on "
                "a copy of it."
            )
        for place in sorted(set(theirs.changed)):
            if not same(mine.arguments[place], theirs.arguments[place], exercise.tolerance):
                name = as_code(exercise.names[place])
                said = (
                    f"The result is right, but the caller's {name} is not as it should be "
                    "afterwards: "
                )
                return said + "change that object itself, not a copy of it."
        given = mine.holds if exercise.trial else graph_kinds(case)
        if extra := sorted((mine.holds - theirs.holds) & given):
            said = (
                f"The numbers are right, but yours holds a {extra[0]} where plain numbers belong: "
            )
            return said + "take them out, `.data` for all of them, `.item()` for one alone."
    return ""


def _as_given(exercise, cases):
    return exercise.results(run(exercise.tried(exercise.faulty), cases, exercise.seconds)[0])


def _about_the_error(evidence):
    """Return as a Finding what to say of an answer that raises: Python's words, the line, and
    what it means.
    """
    if evidence.fault.sentence:
        return Finding(str(evidence.fault), "judging", "refused")
    index = next(
        i for i, one in enumerate(evidence.mine) if one.raised and not evidence.is_right(i)
    )
    found = _explained_elsewhere(evidence)
    found = found if found.sentence else diagnosis.first(evidence, RAISED)
    said = found.sentence or evidence.called_with(index)
    return found._replace(sentence=f"{evidence.fault} {said}".rstrip())


def _explained_elsewhere(evidence):
    """Return the mistake that shows in the cases without an exception, if several of them are
    wrong.
    """
    others = evidence.without_exceptions()
    if sum(not others.is_right(i) for i in range(len(others.mine))) < 2:
        return Finding("")
    found = diagnosis.first(evidence, (diagnosis.authors, diagnosis.editing))
    if found.sentence:
        return found
    if evidence.exercise.returns:
        return _of_the_one_wrong_part(others)
    # LATE says less than the exception
    return diagnosis.first(others, (diagnosis.comparing,), ("FIRST", "FINDINGS"))


def _of_the_one_wrong_part(evidence):
    """Return the mistake of that one of several results which alone is wrong."""
    parts = [(name, evidence.of_part(i)) for i, name in enumerate(evidence.exercise.returns)]
    wrong = [(name, part) for name, part in parts if not _is_right(part)]
    if len(wrong) != 1 or _is_open(wrong[0][1]):
        return Finding("")
    ((name, part),) = wrong
    found = diagnosis.first(part, (diagnosis.comparing,), ("FIRST", "FINDINGS"))
    said = found.sentence and f"Apart from that, {as_code(name)} is not right. {found.sentence}"
    return found._replace(sentence=said)


def _printed(text):
    return (f"Your code printed: {as_code(text)}",) if text else ()


# ---------------------------------------------------------------------------- what is wrong with it


def _explained(evidence):
    """Return the Finding that says most; one without a name says only where the answer differs."""
    if any(
        right.raised and not mine.raised
        for mine, right in zip(evidence.mine, evidence.right, strict=True)
    ):
        return Finding(first_difference(evidence))
    if evidence.exercise.returns:
        return _about_its_parts(evidence)
    return _first_or_difference(evidence)


def _first_or_difference(evidence):
    found = diagnosis.first(evidence)
    return found if found.sentence else Finding(first_difference(evidence))


def _about_its_parts(evidence):
    """Judge several results returned together: all at once where one mistake explains them, else
    one by one.
    """
    names = evidence.exercise.returns
    parts = [(name, evidence.of_part(place)) for place, name in enumerate(names)]
    open_ones = [name for name, part in parts if _is_open(part)]
    if all(mine is None for mine, _ in evidence.pairs):
        return diagnosis.first(evidence)
    found = _about_their_count(evidence, names)
    if found.name == "count" and _is_wrong_besides(evidence, names):
        besides = _one_by_one(parts, open_ones)
        return besides._replace(sentence=f"{found.sentence} {besides.sentence}")
    if not found.sentence and not open_ones:
        found = _about_all(evidence, names)
    if not found.sentence and not open_ones:
        found = Finding(_now_more_now_fewer(evidence, names), "judging", "count")
    return found if found.sentence else _one_by_one(parts, open_ones)


def _is_wrong_besides(evidence, names):
    """Tell whether of too few values returned together some are wrong as well."""
    counts = set(map(len, _returned(evidence)))
    return 1 < min(counts) < len(names) and len(_missing(evidence, names)) > len(names) - min(
        counts
    )


def _one_by_one(parts, open_ones):
    """Return what is right, what is wrong with each of the others, and what is still open, as
    one Finding.
    """
    right = [name for name, part in parts if _is_right(part)]
    wrong = [
        (name, _first_or_difference(part)) for name, part in parts if name not in open_ones + right
    ]
    about = _grouped((name, found.sentence) for name, found in wrong)
    said = [f"{in_words(right)} {'is' if len(right) == 1 else 'are'} right."] if right else []
    said += [
        f"{in_words(group)} {'is' if len(group) == 1 else 'are'} not right. {sentence}"
        for sentence, group in about
    ]
    said += [f"Still open: {in_words(open_ones)}."] if open_ones else []
    open_is_all = Finding("", "judging", "open") if open_ones else Finding("")
    named = next((found for _, found in wrong if found.mistake), open_is_all)
    return named._replace(sentence=("\n" if len(about) > 1 else " ").join(said))


def _about_all(evidence, names):
    """Return as a Finding what explains several results at once, or an empty one."""
    # the authors have been asked: see _about_their_count
    found = diagnosis.first(evidence, (diagnosis.repairing,), ("FIRST",))
    found = found if found.sentence else diagnosis.first(evidence, WHOLE)
    if found.sentence:
        return found
    if sentence := _order_is_wrong(evidence, names):
        return Finding(sentence, "judging", "order")
    nothing_right = not any(_is_right(evidence.of_part(place)) for place in range(len(names)))
    if nothing_right and (sentence := multiple(evidence)):
        return Finding(sentence, "comparing", "multiple")
    return Finding("")


def _grouped(named):
    """Return (sentence, names) for each sentence, in the order of the first name."""
    groups = {}
    for name, sentence in named:
        groups.setdefault(sentence, []).append(name)
    return list(groups.items())


def _about_their_count(evidence, names):
    """Return as a Finding how many values are to be returned, where it is always another number."""
    found = diagnosis.first(evidence, (diagnosis.authors,))
    if found.sentence:
        return found
    if place := _one_of_its_own(evidence):
        side_by_side = f"Return {len(names)} values side by side, {as_code(', '.join(names))}"
        said = f"the {place} of those that yours returns holds several in brackets of its own."
        return Finding(f"{side_by_side}: {said}", "judging", "nested")
    return Finding(_count_is_wrong(evidence, names), "judging", "count")


def _count_is_wrong(evidence, names):
    """Say how many values are to be returned, and which are missing, where it is always another
    number.
    """
    counts = set(map(len, _returned(evidence)))
    if len(counts) != 1:
        return _one_alone(evidence, names)
    if counts == {len(names)}:
        return ""
    # Where some are wrong as well, which of them is missing follows from what is said of each.
    missing = [] if _is_wrong_besides(evidence, names) else _missing(evidence, names)
    returns = (
        "a dictionary"
        if all(isinstance(mine, dict) for mine, _ in evidence.pairs)
        else counts.pop()
    )
    said = _wanted(names, returns)
    return f"{said} Missing: {in_words(missing)}." if 0 < len(missing) < len(names) else said


def _one_alone(evidence, names):
    """Say that one result, a list of now more and now fewer entries, was returned for several."""
    alone = [
        name
        for place, name in enumerate(names)
        if all(evidence.same(mine, right[place]) for mine, right in evidence.pairs)
    ]
    return _wanted(names, f"{as_code(alone[0])} alone") if alone else ""


def _now_more_now_fewer(evidence, names):
    """Say that the answer is a list of numbers, now longer and now shorter, for several results."""
    lengths = [len(mine) for mine, _ in evidence.pairs if _is_of_numbers(mine)]
    other = [length for length in lengths if length != lengths[0]]
    if len(lengths) < len(evidence.pairs) or not other:
        return ""
    return _wanted(names, f"{lengths[0]} in one case, {other[0]} in another")


def _is_of_numbers(mine):
    return isinstance(mine, list) and all(map(is_number, mine))


def _wanted(names, returns):
    return f"Return {len(names)} values, {as_code(', '.join(names))}; yours returns {returns}."


def _one_of_its_own(evidence):
    """Return "first" or "last" if that one of the values holds several of those asked for, as a
    tuple inside a tuple does; else "".
    """
    if not all(isinstance(mine, list) and len(mine) > 1 for mine, _ in evidence.pairs):
        return ""
    opened = {
        "first": lambda mine: [*mine[0], *mine[1:]],
        "last": lambda mine: [*mine[:-1], *mine[-1]],
    }
    for place, end in (("first", 0), ("last", -1)):
        if all(
            isinstance(mine[end], list) and evidence.same(opened[place](mine), right)
            for mine, right in evidence.pairs
        ):
            return place
    return ""


def _missing(evidence, names):
    """Return the names of the values that are nowhere among those returned."""
    returned = _returned(evidence)
    return [name for place, name in enumerate(names) if not _is_among(evidence, place, returned)]


def _returned(evidence):
    """Return the values that the answer returned in each case, as a list; a value alone is a
    list of one.
    """
    return [mine if isinstance(mine, list) else [mine] for mine, _ in evidence.pairs]


def _is_among(evidence, place, returned):
    both = zip(evidence.pairs, returned, strict=True)
    return all(
        any(evidence.same(value, right[place]) for value in values) for (_, right), values in both
    )


def _order_is_wrong(evidence, names):
    values = [
        (mine, right)
        for mine, right in evidence.pairs
        if isinstance(mine, list) and len(mine) == len(names)
    ]
    if len(values) < len(evidence.cases):
        return ""
    for order in permutations(range(len(names))):
        if all(evidence.same([mine[i] for i in order], right) for mine, right in values):
            return f"The right values in another order: return {as_code(', '.join(names))}."
    return ""


def _some_parts_are_there(exercise, outcomes):
    """Tell whether of several results some are filled in and others still open."""
    if not exercise.returns or any(
        one.raised or not isinstance(one.value, list) for one in outcomes
    ):
        return False
    return any(entry not in (..., None) for one in outcomes for entry in one.value)


def _is_open(part):
    return all(mine in (..., None) and right is not None for mine, right in part.pairs)


def _is_right(part):
    return all(map(part.is_right, range(len(part.mine))))
