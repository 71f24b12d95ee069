"""Answers that are one number where a list belongs, or a list where one number belongs: a sum, a mean, an entry."""

from ...plain import is_number, leaves


def totalled(evidence):
    """One number made of all the right ones: their sum, their mean, the largest of them."""
    if not evidence.exercise.takes_function:  # a single number may be any of them by chance
        return ""
    if not all(is_number(mine) and isinstance(right, list) for mine, right in evidence.pairs):
        return ""
    if all(len(right) < 2 for _, right in evidence.pairs):
        return ""
    for words, total in _TOTALS:
        if all(_is(evidence, mine, total, right) for mine, right in evidence.pairs):
            return f"Yours is {words} all entries of the answer: hand back the entries themselves, not one number."
    return ""


def rows_totalled(evidence):
    """One number for each row, or for each column, of the right table."""
    if not all(_is_table(right) and isinstance(mine, list) for mine, right in evidence.pairs):
        return ""
    for line, lines_of in (("row", _rows), ("column", _columns)):
        for words, total in _TOTALS:
            if all(_are(evidence, mine, total, lines_of(right)) for mine, right in evidence.pairs):
                return f"Each entry of yours is {words} one {line} of the answer: a whole table is asked for."
    return ""


def not_totalled(evidence):
    """A list whose sum, mean or one entry is the right number."""
    if not all(isinstance(mine, list) and is_number(right) for mine, right in evidence.pairs):
        return ""
    for advice, total in _STILL_TO_DO if evidence.exercise.takes_function else _OF_A_VALUE:
        if all(_is(evidence, right, total, mine) for mine, right in evidence.pairs):
            return f"Yours is a list, and one number is asked for: {advice}."
    return ""


def _is(evidence, number, total, entries):
    numbers = [leaf for _, leaf in leaves(entries)]
    return bool(numbers) and all(map(is_number, numbers)) and evidence.same(number, total(numbers))


def _are(evidence, mine, total, lines):
    return len(mine) == len(lines) and evidence.same(mine, [total(line) for line in lines])


def _is_table(right):
    is_list = isinstance(right, list) and len(right) > 0
    return is_list and all(isinstance(row, list) and len(row) == len(right[0]) > 0 for row in right)


def _rows(table):
    return table


def _columns(table):
    return list(zip(*table))


def _mean(numbers):
    return sum(numbers) / len(numbers)


def _sum_of_squares(numbers):
    return sum(number * number for number in numbers)


_TOTALS = [
    ("the sum of", sum),
    ("the mean of", _mean),
    ("the sum of the squares of", _sum_of_squares),
    ("the largest of", max),
    ("the smallest of", min),
]
_STILL_TO_DO = [
    ("its entries are still to be added up", sum),
    ("the mean of its entries is still to be taken", _mean),
    ("the first of its entries is the one", lambda entries: entries[0]),
    ("the last of its entries is the one", lambda entries: entries[-1]),
    ("the largest of its entries is the one", max),
    ("the smallest of its entries is the one", min),
]
_OF_A_VALUE = [
    ("its entries are still to be added up", sum),
    ("the mean of its entries is still to be taken", _mean),
]
FINDINGS = [totalled, rows_totalled, not_totalled]
