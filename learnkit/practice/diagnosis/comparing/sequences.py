"""Answers that are lists: reversed, sorted, flattened, transposed, shifted, cut short, right up
to some place.
"""

import ast

from ...plain import is_number, leaves, same, shape


def _lists(evidence):
    """Return the pairs if all of them are lists, else nothing."""
    if all(isinstance(mine, list) and isinstance(right, list) for mine, right in evidence.pairs):
        return evidence.pairs
    return []


def _always(evidence, changed):
    """Tell whether a change of the right list makes mine, in every case and not by being no
    change at all.
    """
    pairs = _lists(evidence)
    if not pairs or all(same(changed(right), right, evidence.tolerance) for _, right in pairs):
        return False
    return all(same(mine, changed(right), evidence.tolerance) for mine, right in pairs)


def transposed(evidence):
    """Rows for columns."""

    def columns(right):
        matrix = right and all(isinstance(row, list) and len(row) == len(right[0]) for row in right)
        return [list(column) for column in zip(*right, strict=True)] if matrix else right

    if _always(evidence, columns):
        return "Yours is the transpose of the answer: its rows are the answer's columns."
    return ""


def flattened(evidence):
    """All the right numbers in one long list."""
    if _always(evidence, lambda right: [leaf for _, leaf in leaves(right)]):
        return "Yours holds the right numbers in one flat list: group them into rows."
    if _always(evidence, _by_columns):
        return (
            "Yours holds the right numbers in one flat list, column by column: group them into "
            "rows."
        )
    return ""


def _by_columns(right):
    matrix = right and all(isinstance(row, list) and len(row) == len(right[0]) for row in right)
    return [entry for column in zip(*right, strict=True) for entry in column] if matrix else right


def reversed_order(evidence):
    """From the end to the start."""
    if _always(evidence, lambda right: right[::-1]):
        return "Yours is the right list the other way round, from its end to its start."
    if _always(
        evidence, lambda right: [row[::-1] if isinstance(row, list) else row for row in right]
    ):
        return "Each row of yours is the right one the other way round."
    return ""


def sorted_order(evidence):
    """The right numbers sorted by size."""

    def by_size(right):
        return sorted(right) if all(map(is_number, right)) else right

    if _always(evidence, by_size):
        return (
            "Yours holds the right numbers sorted by size; keep them in the order in which they "
            "come."
        )
    return ""


def other_order(evidence):
    """The right entries in an order that is none of the above."""
    pairs = _lists(evidence)

    def is_reordered(mine, right):
        rest = list(right)
        for entry in mine:
            match = next(
                (i for i, other in enumerate(rest) if same(entry, other, evidence.tolerance)), None
            )
            if match is None:
                return False
            del rest[match]
        return not rest

    wrong = [(mine, right) for mine, right in pairs if not evidence.same(mine, right)]
    if not wrong or any(len(mine) >= 50 for mine, _ in wrong):
        return ""
    rows = (
        "rows" if all(isinstance(row, list) for _, right in wrong for row in right) else "entries"
    )
    if all(is_reordered(mine, right) for mine, right in wrong):
        return f"Yours holds the right {rows} in another order."
    if all(_is_table(table) for pair in wrong for table in pair):
        turned = [[list(zip(*table, strict=True)) for table in pair] for pair in wrong]
        if all(is_reordered(mine, right) for mine, right in turned):
            return "Yours holds the right columns in another order."
    return ""


def _is_table(table):
    return bool(table) and all(isinstance(row, list) and len(row) == len(table[0]) for row in table)


def reduced(evidence):
    """Rows or columns of the answer, or all of it, run together into single numbers."""
    for words, one in (
        ("sum", sum),
        ("mean", lambda x: sum(x) / len(x)),
        ("largest", max),
        ("smallest", min),
    ):
        if _always(
            evidence,
            lambda right, one=one: [one(row) for row in right] if _is_table(right) else right,
        ):
            return f"Yours has the {words} of each row in place of the row."
        if _always(
            evidence,
            lambda right, one=one: [one(c) for c in _columns(right)] if _is_table(right) else right,
        ):
            return f"Yours has the {words} of each column in place of the column."
        if _is_one_number(evidence, one):
            what = "the" if words in ("largest", "smallest") else f"the {words} of the"
            of_all = f"{what} {words} of the entries" if what == "the" else f"{what} entries"
            return f"Yours is one number, {of_all} of the answer; the whole list is asked for."
    return ""


def _columns(table):
    return list(zip(*table, strict=True))


def _is_one_number(evidence, one):
    """Tell whether mine is, in every case, one number made from all the numbers of the list or
    table that is right.
    """
    pairs = evidence.pairs
    if not evidence.exercise.takes_function or not all(
        isinstance(right, list) for _, right in pairs
    ):
        return False  # a value may be any of them by chance
    numbers = [[leaf for _, leaf in leaves(right)] for _, right in pairs]
    if max(map(len, numbers), default=0) < 2 or not all(
        row and all(map(is_number, row)) for row in numbers
    ):
        return False
    return all(
        is_number(mine) and evidence.same(mine, one(row))
        for (mine, _), row in zip(pairs, numbers, strict=True)
    )


def rows_too_long(evidence):
    """Each row right but for an entry more in front of it or behind it."""
    pairs = [(mine, right) for mine, right in _lists(evidence) if _is_table(right)]
    if (
        not pairs
        or len(pairs) < len(evidence.pairs)
        or not all(_is_table(mine) for mine, _ in pairs)
    ):
        return ""
    if all(evidence.same([row[1:] for row in mine], right) for mine, right in pairs):
        return "Each row of yours has one entry too many in front; the rest of it is right."
    if all(evidence.same([row[:-1] for row in mine], right) for mine, right in pairs):
        return "Each row of yours has one entry too many at its end; the rest of it is right."
    return ""


def regrouped(evidence):
    """The right numbers in the right order, in rows of another length."""
    pairs = _lists(evidence)

    def numbers(x):
        return [leaf for _, leaf in leaves(x)]

    wrong = [(mine, right) for mine, right in pairs if not evidence.same(mine, right)]
    if any(len(shape(right)) < 2 for _, right in wrong):  # numbers, not rows, are asked for
        return ""
    if wrong and all(evidence.same(numbers(mine), numbers(right)) for mine, right in wrong):
        return (
            "Yours holds the right numbers in the right order, but in other rows: when does a new "
            "row begin?"
        )
    return ""


def cut(evidence):
    """The right list without its first or last entries, or with some added."""
    cuts = {
        "The entries of yours are right, but the first one is missing.": lambda right: right[1:],
        "The entries of yours are right, but the last one is missing.": lambda right: right[:-1],
        "Yours has the right last entry alone; the whole list is asked for.": lambda right: right[
            -1:
        ],
        "Yours has the right first entry alone; the whole list is asked for.": lambda right: right[
            :1
        ],
        "The first entry of yours stands there twice, and the last is missing.": lambda right: (
            right[:1] + right[:-1]
        ),
        "The last entry of yours stands there twice, and the first is missing.": lambda right: (
            right[1:] + right[-1:]
        ),
        "Yours has every second entry of the answer.": lambda right: right[::2],
    }
    return next((sentence for sentence, change in cuts.items() if _always(evidence, change)), "")


def one_entry_alone(evidence):
    """The first or last entry itself, not a list."""

    def entry(place):
        return all(
            isinstance(right, list) and right and evidence.same(mine, right[place])
            for mine, right in pairs
        )

    pairs = [(mine, right) for mine, right in evidence.pairs]
    if entry(-1):
        return "Yours is the last entry of the answer alone; the whole list is asked for."
    if entry(0):
        return "Yours is the first entry of the answer alone; the whole list is asked for."
    return ""


def too_many(evidence):
    """The right list with one or more entries behind or before it."""
    pairs = _lists(evidence)
    longer = [len(mine) - len(right) for mine, right in pairs]
    if not pairs or min(longer) < 1:
        return ""
    extra = "one entry" if set(longer) == {1} else "entries"
    if all(evidence.same(mine[: len(right)], right) for mine, right in pairs):
        begins = f"Yours begins as it should, and then has {extra} too many"
        if not evidence.exercise.takes_function:
            return f"{begins}."
        return f"{begins}: it goes on after it should have stopped."
    if all(evidence.same(mine[-len(right) :], right) for mine, right in pairs if right):
        return f"Yours ends as it should, and has {extra} too many in front."
    return ""


def too_few(evidence):
    """Right as far as it goes, but shorter in some case."""
    pairs = _lists(evidence)
    begins = all(evidence.same(mine, right[: len(mine)]) for mine, right in pairs)
    if pairs and begins and any(len(mine) < len(right) for mine, right in pairs):
        if all(not mine for mine, _ in pairs):
            if not evidence.exercise.takes_function:
                return "Yours is an empty list: type its entries between the brackets."
            return "Yours is an empty list: nothing is ever appended to it."
        return "Yours is right as far as it goes, and ends too soon."
    return ""


def shifted(evidence):
    """Every entry one place too early or too late."""
    pairs = _lists(evidence)
    alike = all(len(mine) == len(right) for mine, right in pairs)
    # of two entries, chance makes one fit
    alike = alike and any(len(right) > 2 for _, right in pairs)
    if alike and all(evidence.same(mine[:-1], right[1:]) for mine, right in pairs):
        return "Each entry of yours is the one that belongs a place later: you are one step ahead."
    if alike and all(evidence.same(mine[1:], right[:-1]) for mine, right in pairs):
        return (
            "Each entry of yours is the one that belongs a place earlier: you are one step behind."
        )
    return ""


def rows_alike(evidence):
    """Rows that are one and the same where the right ones differ, as rows that are one object
    are.
    """

    def are_alike(rows):
        return len(rows) > 1 and all(
            isinstance(row, list) and evidence.same(row, rows[0]) for row in rows
        )

    pairs = [
        (mine, right) for mine, right in _lists(evidence) if len(right) > 1 and not are_alike(right)
    ]
    if pairs and all(are_alike(mine) for mine, _ in pairs):
        last = all(
            shape(mine) == shape(right) and evidence.same(mine[-1], right[-1])
            for mine, right in pairs
        )
        said = "All rows of yours are the same"
        return (
            f"{said}, the right last one: make a new list for each row."
            if last
            else f"{said}; they should differ."
        )
    return ""


def right_up_to_a_place(evidence):
    """The first entries right, the next one wrong, in every case that is wrong; not of mere
    pairs.
    """
    pairs = [(mine, right) for mine, right in _lists(evidence) if not evidence.same(mine, right)]
    if not _is_a_walk(evidence) or any(len(mine) != len(right) for mine, right in pairs):
        return ""
    if all(len(right) < 3 for _, right in pairs):  # two entries are no walk with a first step
        return ""
    counts = {_right_in_front(evidence, mine, right) for mine, right in pairs}
    if len(counts) != 1 or not 0 < (count := counts.pop()) < 4:
        return ""
    if count == 1:
        return (
            "The first entry of yours is right and the second is not: look at what happens in the "
            "first step."
        )
    first, next_one = {2: ("two", "third"), 3: ("three", "fourth")}[count]
    return (
        f"The first {first} entries of yours are right and the {next_one} is not: what differs "
        "from then on?"
    )


def _is_a_walk(evidence):
    """Tell whether the solution goes step by step: else its answer has no first step to look at."""
    return any(isinstance(node, (ast.For, ast.While)) for node in ast.walk(evidence.solution))


def _right_in_front(evidence, mine, right):
    count = 0
    for m, r in zip(mine, right, strict=False):
        if not evidence.same(m, r):
            return count
        count += 1
    return count


FINDINGS = [
    one_entry_alone,
    cut,
    rows_alike,
    transposed,
    flattened,
    reversed_order,
    sorted_order,
    shifted,
    too_many,
    too_few,
    reduced,
    other_order,
    rows_too_long,
    regrouped,
]
LATE = [right_up_to_a_place]
