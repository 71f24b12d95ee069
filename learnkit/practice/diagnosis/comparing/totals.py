"""A list where one number belongs, which is made from its entries: still to be added up,
averaged, or chosen.
"""

from ...plain import is_number, leaves


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


def _mean(numbers):
    return sum(numbers) / len(numbers)


_OF_A_VALUE = [
    ("its entries are still to be added up", sum),
    ("the mean of its entries is still to be taken", _mean),
]
_STILL_TO_DO = [
    *_OF_A_VALUE,
    ("the first of its entries is the one", lambda entries: entries[0]),
    ("the last of its entries is the one", lambda entries: entries[-1]),
    ("the largest of its entries is the one", max),
    ("the smallest of its entries is the one", min),
]
FINDINGS = [not_totalled]
