"""Third tier: the answer, called again with arguments changed one at a time, to see what follows.

Both the learner's function and the solution are asked: does the answer depend on each argument, as
it should? Is it the right answer to another question: with two arguments exchanged, one step more,
a constant in an argument's place?
"""

import ast
import copy
from collections.abc import Sequence
from contextlib import suppress

from ..plain import as_text, is_number, plain, same, shape
from ..wording import as_code

FEW = 3  # right answers, at the least, that show the rest to be the case not thought of
DRAWN = 20  # further cases, drawn anew


def ignored_argument(evidence):
    """Arguments that change the right answer and not this one; the value taken in the place of
    one, if it is found.
    """
    matter = {place for place in range(len(evidence.names)) if matters(evidence, place)}
    ignored = [place for place in sorted(matter) if _is_ignored(evidence, place)]
    read = [place for place in ignored if _is_read(evidence, place)]
    if not ignored:
        return ""
    if len(ignored) == len(matter) > 1 and not read:
        return "Yours gives the same whatever it is called with: it uses none of its arguments."
    if len(ignored) == len(matter) > 1:
        return (
            "Yours gives the same in all cases that were tried, whatever your code makes of them."
        )
    if len(ignored) == 1 and (value := _value_taken(evidence, ignored[0])):
        return (
            f"Yours does not depend on {evidence.named(ignored[0])}: it answers as if it were "
            f"always {value}."
        )
    if read and _is_right_as_far_as_it_goes(evidence):
        return ""
    names = " or ".join(evidence.named(place) for place in ignored)
    if read:
        them = "them" if len(ignored) > 1 else "it"
        return (
            f"Yours does not depend on {names} in any case that was tried, though your code reads "
            f"{them}."
        )
    return (
        f"Yours does not depend on {names}: whatever it is given there, the result stays the same."
    )


def _is_right_as_far_as_it_goes(evidence):
    """Tell whether lists of the answer only end too soon: what follows the argument is cut off."""
    both = [(m, r) for m, r in evidence.pairs if isinstance(m, list) and isinstance(r, list)]
    return bool(both) and all(evidence.same(m, r[: len(m)]) for m, r in both)


def _is_read(evidence, place):
    """Tell whether the learner's code names an argument, though its answer may not follow it."""
    if evidence.code is None or not evidence.exercise.hands_in_its_cases:
        return False
    mine = evidence.arguments[place : place + 1]
    return bool(mine) and mine[0] in evidence.names_in_code


def matters(evidence, place):
    """Tell whether the right answer follows an argument."""
    return any(_moves(evidence.truths(pair), evidence) for pair in _alike_but_for(evidence, place))


def _is_ignored(evidence, place):
    """Tell whether the learner's answer does not follow an argument."""
    cases = [case for pair in _alike_but_for(evidence, place) for case in pair]
    outcomes = evidence.calls(cases)
    if any(one.raised for one in outcomes):
        return False
    return not any(_moves(pair, evidence) for pair in zip(outcomes[::2], outcomes[1::2]))


def _moves(outcomes, evidence):
    before, after = outcomes
    return not before.raised and not after.raised and not before.agrees(after, evidence.tolerance)


def _alike_but_for(evidence, place):
    """Return pairs of cases, alike but for one argument: that of another case, or its numbers
    changed.
    """

    def ask():
        return list(_pairs_alike_but_for(evidence, place))

    return evidence.once(("alike but for", place), evidence.cases, ask)


def _pairs_alike_but_for(evidence, place):
    for case, other in zip(evidence.cases, evidence.cases[1:] + evidence.cases[:1], strict=True):
        for value in (other[place], _nudged(case[place])):
            changed = [*case[:place], value, *case[place + 1 :]]
            if (
                not same(plain(case), plain(changed), 0)
                and not evidence.truths([changed])[0].raised
            ):
                yield case, changed


def _nudged(value, by=1):
    """Return a value of the same shape with other numbers in it; anything but numbers stays."""
    if isinstance(value, (list, tuple)):
        return type(value)([_nudged(entry, by + place) for place, entry in enumerate(value)])
    return value + by if is_number(plain(value)) or hasattr(value, "tolist") else value


def _value_taken(evidence, place):
    """Return, as code, the value with which the answer is the right one when it stands in an
    argument's place.
    """
    for value in _constants(evidence, place):
        taken = ([*case[:place], value, *case[place + 1 :]] for case in evidence.cases)
        if _is_the_answer_to(evidence, taken):
            return as_code(as_text(plain(value), width=60))
    return ""


def _constants(evidence, place):
    """Yield values that may stand in an argument's place: those of the cases, and a few usual
    numbers.
    """
    for case in evidence.cases:
        yield case[place]
    if all(is_number(plain(case[place])) for case in evidence.cases):
        yield from (0, 1, 2, 3, 4, 5, 10, 20, 50, 100, 1000, 0.5, 0.1, 0.01, 0.001, 0.9)


def _is_the_answer_to(evidence, cases):
    """Tell whether the answer is, in every case, the right one to another case; most are out
    after the first.
    """
    cases = list(cases)
    for place in evidence.smallest_first:
        (truth,) = evidence.truths([cases[place]])
        if truth.raised or not evidence.mine[place].agrees(truth, evidence.tolerance):
            return False
    return True


def exchanged_arguments(evidence):
    """The right answer with two arguments exchanged."""
    names = evidence.names
    for i in range(len(names)):
        for j in range(i + 1, len(names)):
            swapped = [_swap(case, i, j) for case in evidence.cases]
            if _is_the_answer_to(evidence, swapped):
                return f"Yours gives the answer with `{names[i]}` and `{names[j]}` exchanged."
    return ""


def _swap(case, i, j):
    case = list(case)
    case[i], case[j] = case[j], case[i]
    return case


def one_for_another(evidence):
    """The right answer with one argument put where another belongs."""
    names = evidence.names
    for i, taken in enumerate(names):
        for j, missing in enumerate(names):
            if i == j:
                continue
            changed = [
                [*case[:j], copy.deepcopy(case[i]), *case[j + 1 :]] for case in evidence.cases
            ]
            if _is_the_answer_to(evidence, changed):
                return f"Yours gives the answer with `{taken}` in place of `{missing}`."
    return ""


def changed_argument(evidence):
    """The right answer to the same question with one argument changed: one more, its negative,
    its square, its end.
    """

    def ask():
        return list(_other_questions(evidence))

    for words, name, changed in evidence.once("changes", evidence.cases, ask):
        if _is_the_answer_to(evidence, changed):
            return f"Yours gives the right answer {words.format(name=as_code(name))}."
    return ""


def _other_questions(evidence):
    """Yield (words, name of the argument, changed cases) for each change that changes anything."""
    for place, name in enumerate(evidence.names):
        for words, change in (*_NUMBER_CHANGES, *_LIST_CHANGES):
            with suppress(Exception):  # a change for lists, and this is a number
                changed = [
                    [*case[:place], change(case[place]), *case[place + 1 :]]
                    for case in evidence.cases
                ]
                if not same(plain(changed), plain(evidence.cases), 0):
                    yield words, name, changed


def _only_numbers(change):
    def changed(value):
        if not is_number(plain(value)):
            raise TypeError("a change for numbers")
        return change(value)

    return changed


def _only_lists(change):
    def changed(value):
        if not isinstance(value, Sequence) and not hasattr(value, "tolist") or len(value) < 1:
            raise TypeError("a change for lists")
        return change(value)

    return changed


def _entry_by_entry(change):
    """Return a function that makes the change to every entry of a list, of a list of lists, or
    of an array.
    """

    def changed(a):
        return [changed(entry) for entry in a] if isinstance(a, (list, tuple)) else change(a)

    return changed


def _sorted(a):
    """Return a list or an array sorted by size, and leave the one given, which belongs to a
    case, as it is.
    """
    if isinstance(a, (list, tuple)):
        return sorted(a)
    a = a.copy()
    a.sort()
    return a


_NUMBER_CHANGES = [
    (words, _only_numbers(change))
    for words, change in (
        ("for one more than {name}", lambda a: a + 1),
        ("for one less than {name}", lambda a: a - 1),
        ("for minus {name}", lambda a: -a),
        ("for twice {name}", lambda a: 2 * a),
        ("for half of {name}", lambda a: a / 2),
        ("for the square of {name}", lambda a: a * a),
        ("for 1 divided by {name}", lambda a: 1 / a),
        ("for 1 minus {name}", lambda a: 1 - a),
        ("for {name} equal to 0", lambda a: a * 0),
        ("for {name} equal to 1", lambda a: a * 0 + 1),
        ("for a {name} without its sign", abs),
    )
]
_LIST_CHANGES = [
    (words, _only_lists(change))
    for words, change in (
        ("for {name} without its first entry", lambda a: a[1:]),
        ("for {name} without its last entry", lambda a: a[:-1]),
        ("for the first entry of {name} alone", lambda a: a[:1]),
        ("for the last entry of {name} alone", lambda a: a[-1:]),
        ("for the first two entries of {name} alone", lambda a: a[:2]),
        ("for {name} in reverse order", lambda a: a[::-1]),
        (
            "for minus {name}",
            lambda a: [-entry for entry in a] if isinstance(a, (list, tuple)) else -a,
        ),
        (
            "for {name} with all signs dropped",
            lambda a: [abs(e) for e in a] if isinstance(a, (list, tuple)) else abs(a),
        ),
        ("for {name} sorted by size", _sorted),
        (
            "for {name} with its negative entries set to 0",
            _entry_by_entry(lambda entry: (entry > 0) * entry),
        ),
        (
            "for {name} with its positive entries set to 0",
            _entry_by_entry(lambda entry: (entry < 0) * entry),
        ),
        (
            "for {name} with a 1 for each positive entry and a 0 for all others",
            _entry_by_entry(lambda entry: (entry > 0) * 1),
        ),
        ("for the transpose of {name}", lambda a: a.T),
    )
]


def ignored_entries(evidence):
    """Entries of a list that change the right answer and not this one, such as all behind the
    second.
    """
    answers = {as_text(mine) for mine, _ in evidence.pairs}
    if len(answers) < 2 or any(shape(mine) != shape(right) for mine, right in evidence.pairs):
        return ""
    for place, name in enumerate(evidence.names):
        if not all(_is_flat_list(plain(case[place])) for case in evidence.cases):
            continue
        for words, kept in _KEPT:
            changed = [
                [*case[:place], kept(case[place]), *case[place + 1 :]] for case in evidence.cases
            ]
            if _truth_moves(evidence, changed) and _is_unmoved(evidence, changed):
                return (
                    f"Yours takes no notice of {words.format(name=as_code(name))}: without them it "
                    "gives the same."
                )
    return ""


def _is_flat_list(x):
    return isinstance(x, list) and len(x) > 0 and all(map(is_number, x))


def _is_unmoved(evidence, changed):
    both = zip(evidence.mine, evidence.calls(changed), strict=True)
    return all(not now.raised and before.agrees(now, evidence.tolerance) for before, now in both)


def _truth_moves(evidence, changed):
    truths = evidence.truths(changed)
    both = zip(evidence.right, truths, strict=True)
    moves = any(not before.agrees(now, evidence.tolerance) for before, now in both)
    # else the list belongs to another argument
    return moves and not any(now.raised for now in truths)


_KEPT = [
    ("the entries of {name} behind the first", lambda a: a[:1]),
    ("the entries of {name} before the last", lambda a: a[-1:]),
    ("the entries of {name} behind the second", lambda a: a[:2]),
    (
        "the entries of {name} between its first and its last",
        lambda a: a if len(a) < 2 else a[:: len(a) - 1],
    ),
]


def right_for_one_length(evidence):
    """Right for lists as long as the example's and for no others: a number of entries is typed
    in.
    """
    right = {i for i in range(len(evidence.mine)) if evidence.is_right(i)}
    for place, name in enumerate(evidence.names):
        lengths = [
            len(case[place]) if hasattr(case[place], "__len__") else None for case in evidence.cases
        ]
        alike = {
            i for i, length in enumerate(lengths) if length is not None and length == lengths[0]
        }
        if right == alike and 0 < len(alike) < len(lengths) - 1:
            said = (
                f"Yours is right only where `{name}` has {lengths[0]} entries, as in the first "
                "example"
            )
            asked = ": is their number typed in?" if may_be_typed_in(evidence, lengths[0]) else "."
            return f"{said}{asked}"
    return ""


def may_be_typed_in(evidence, count):
    """Tell whether the code holds this number of entries or the place of the last, and the solution
    does not.
    """
    if evidence.code is None:
        return True
    # 1 stands in too much code, such as the -1 of a last entry, to tell anything
    numbers = {count, count - 1} - evidence.constants_of_solution - {1}
    return any(_fixes(node, count, numbers, evidence.function) for node in ast.walk(evidence.code))


def _fixes(node, count, numbers, function):
    """Tell whether a piece of code holds for so many entries alone: a number, `a, b = x`, a list of
    the notebook.
    """
    if isinstance(node, ast.Constant):
        return type(node.value) is int and node.value in numbers
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        outside = getattr(function, "__globals__", {}).get(node.id)
        return hasattr(outside, "__len__") and len(outside) == count
    if isinstance(node, ast.Assign) and isinstance(node.value, ast.Name):
        return len(getattr(node.targets[0], "elts", ())) == count
    return False


def right_for_the_example_alone(evidence):
    """Right in the first case, which the chapter shows, and wrong in all that differ from it."""
    right = [i for i in range(len(evidence.mine)) if evidence.is_right(i)]
    if right != [0] or len(evidence.mine) < 3:
        return ""
    if len({as_text(plain(one.value)) for one in evidence.mine}) == 1:
        return (
            "Yours is right for the chapter's own example, and gives the same for every other "
            "input."
        )
    return (
        "Yours is right for the chapter's own example and for no other input: is a number of the "
        "example typed in?"
    )


def wrong_only_where(evidence):
    """Right but where an argument is 0, empty, negative, of one entry, has ties: the case that was
    not thought of.

    Many cases are drawn for it: with a few, chance finds a condition that has nothing to do with
    the mistake.
    """
    if not any(map(evidence.is_right, range(len(evidence.mine)))) or not (
        drawn := evidence.exercise.drawn(DRAWN)
    ):
        return ""
    cases = [*evidence.cases, *drawn]
    mine = [*evidence.mine, *evidence.calls(drawn)]
    right = [*evidence.right, *evidence.truths(drawn)]
    wrong = {
        i
        for i, (m, r) in enumerate(zip(mine, right, strict=True))
        if not m.agrees(r, evidence.tolerance)
    }
    if len(cases) - len(wrong) < FEW:  # right by chance, or where there is nothing to do
        return ""
    for place, name in enumerate(evidence.names):
        arguments = [plain(case[place]) for case in cases]
        for words, holds in _CONDITIONS:
            if {i for i, argument in enumerate(arguments) if _safely(holds, argument)} == wrong:
                return f"Yours is right except where {words.format(name=as_code(name))}."
    return ""


def _safely(holds, argument):
    try:
        return bool(holds(argument))
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        return False


def _flat(argument):
    return [
        entry for part in argument for entry in (_flat(part) if isinstance(part, list) else [part])
    ]


_CONDITIONS = [
    ("{name} is 0", lambda a: is_number(a) and a == 0),
    ("{name} is 1", lambda a: is_number(a) and a == 1),
    ("{name} is negative", lambda a: is_number(a) and a < 0),
    ("{name} is empty", lambda a: len(a) == 0),
    ("{name} has one entry", lambda a: len(a) == 1),
    ("{name} has more than one entry", lambda a: len(a) > 1),
    ("{name} has more than two entries", lambda a: len(a) > 2),
    ("{name} contains a 0", lambda a: 0 in _flat(a)),
    ("all of {name} is 0", lambda a: a and set(_flat(a)) == {0}),
    ("{name} contains a negative number", lambda a: min(_flat(a)) < 0),
    ("{name} contains no negative number", lambda a: min(_flat(a)) >= 0),
    ("{name} contains the same number twice", lambda a: len(set(_flat(a))) < len(_flat(a))),
    ("all entries of {name} are equal", lambda a: len(a) > 1 and len(set(_flat(a))) == 1),
    ("{name} has both positive and negative numbers", lambda a: min(_flat(a)) < 0 < max(_flat(a))),
    ("{name} has as many rows as columns", lambda a: len(a) == len(a[0])),
    ("{name} has more rows than columns", lambda a: len(a) > len(a[0])),
    ("{name} has more columns than rows", lambda a: len(a) < len(a[0])),
]

FINDINGS = [ignored_argument, exchanged_arguments]
LATE = [
    changed_argument,
    one_for_another,
    right_for_one_length,
    ignored_entries,
    wrong_only_where,
    right_for_the_example_alone,
]
