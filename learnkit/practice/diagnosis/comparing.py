"""Fourth tier: the answer laid beside the right one, as plain data.

Most findings here look at `evidence.pairs`, (mine, right) for each case, and speak only if it is true of all of them.
"""

import math
from fractions import Fraction
from numbers import Real

from ..plain import Thing, close, is_number, leaves, same, shape, text
from ..verdict import as_code, listed_cases

MANY = 6  # entries; of an answer with more, the first wrong one is shown alone

_FACTORS = {2: "twice", 0.5: "half", -2: "minus twice", -0.5: "minus half"}
_LAZY = {"a generator", "a map", "a zip", "a filter", "a dict_keys", "a dict_values", "a dict_items"}


def kind(x):
    """Return in words what a plain answer is."""
    if is_number(x):
        return "a number"
    words = {bool: "True or False", str: "text", list: "a list", dict: "a dictionary", type(None): "None"}
    return f"a {x.kind}" if isinstance(x, Thing) else words.get(type(x), "a `...`")


def nothing(evidence):
    pairs = evidence.pairs
    if all(mine is None and right is not None for mine, right in pairs):
        return "Yours is None: does your function end with `return`?"


def other_kind(evidence):
    pairs = evidence.pairs
    kinds = {(kind(mine), kind(right)) for mine, right in pairs}
    mine, right = kinds.pop()
    if kinds or mine == right or {mine, right} == {"a number", "a list"}:  # those two are told by their shapes
        return None
    advice = " Put `list(...)` around it." if mine in _LAZY else ""
    advice = " Did you forget the brackets that call it?" if mine == "a function" else advice
    return f"Yours is {mine}; the answer is {right}.{advice}"


def text_for_numbers(evidence):
    pairs = evidence.pairs

    def is_text_for_a_number(mine, right):
        ours = dict(leaves(mine))
        return any(isinstance(ours.get(path), str) and is_number(entry) for path, entry in leaves(right))

    if all(is_text_for_a_number(mine, right) for mine, right in pairs):
        return "Yours holds text where a number belongs: leave out the quotation marks."


def transposed(evidence):
    pairs = evidence.pairs

    def columns(x):
        return [list(column) for column in zip(*x, strict=True)]

    matrices = all(len(shape(mine)) == len(shape(right)) == 2 and None not in shape(mine) for mine, right in pairs)
    if matrices and all(same(columns(mine), right, 1e-6) for mine, right in pairs):
        return "Yours is the transpose of the answer: its rows are the answer's columns."


def wrapped(evidence):
    pairs = evidence.pairs

    def is_wrapped(mine, right):
        inside = [leaf for _, leaf in leaves(mine)]
        return isinstance(mine, list) and is_number(right) and len(inside) == 1 and same(inside[0], right, 1e-6)

    if all(is_wrapped(mine, right) for mine, right in pairs):
        return "Yours is the right number inside a list or an array: take it out, as `.item()` does from an array."


def other_shape(evidence):
    pairs = evidence.pairs
    if any(shape(mine) == shape(right) for mine, right in pairs):
        return None
    mine, right = (shape(x) for x in pairs[0])
    if None in mine:
        return "The rows of yours differ in length; those of the answer do not."
    if len(mine) == len(right) == 1:
        return f"Yours has {_count(mine[0])}; the answer has {right[0]}."
    return f"Yours {_in_words(mine)}; the answer {_in_words(right)}."


def _in_words(shape):
    return f"has shape {shape}" if shape else "is a single number"


def _count(n):
    return "1 entry" if n == 1 else f"{n} entries"


def not_finite(evidence):
    pairs = evidence.pairs

    def odd(x):
        return [leaf for _, leaf in leaves(x) if isinstance(leaf, float) and not math.isfinite(leaf)]

    if all(odd(mine) and not odd(right) for mine, right in pairs):
        return f"Yours contains {odd(pairs[0][0])[0]}: look for a division by zero, a log of 0, or an overflow."


def multiple(evidence):
    pairs, tolerance = evidence.pairs, evidence.tolerance
    numbers = _paired_numbers(pairs)
    if not numbers or not any(right for _, right in numbers):
        return None
    mine, right = max(numbers, key=lambda pair: abs(pair[1]))
    factor = mine / right
    if not factor or not all(close(m, factor * r, tolerance) for m, r in numbers):
        return None
    if close(factor, -1, tolerance):
        return "Every sign is flipped: yours is the negative of the answer."
    if sum(right != 0 for _, right in numbers) > 1:  # a single number is some multiple of any other
        return f"Everywhere yours is {_times(factor, tolerance)} the answer."


def _paired_numbers(pairs):
    """Return the numbers of all pairs side by side, or nothing where the two differ in more than their numbers."""
    numbers = []
    for mine, right in pairs:
        ours, theirs = list(leaves(mine)), list(leaves(right))
        if [path for path, _ in ours] != [path for path, _ in theirs]:
            return []
        numbers += [(m, r) for (_, m), (_, r) in zip(ours, theirs, strict=True)]
    real = all(isinstance(x, Real) and is_number(x) and math.isfinite(x) for pair in numbers for x in pair)
    return numbers if real else []


def _times(factor, tolerance):
    simple = Fraction(factor).limit_denominator(100)
    if not close(factor, simple, tolerance):
        return f"{float(factor):.4g} times"
    if simple in _FACTORS:
        return _FACTORS[simple]
    return f"{simple} times" if simple.denominator == 1 else f"{simple} of"


def nearly(evidence):
    pairs = evidence.pairs
    if all(same(mine, right, 0.01) for mine, right in pairs):
        return "Yours is within 1 % of the answer, but not equal: was a number rounded on the way?"


FINDINGS = [
    nothing,
    other_kind,
    text_for_numbers,
    wrapped,
    transposed,
    other_shape,
    not_finite,
    nearly,
    multiple,
]


# ---------------------------------------------------------------------------------- where nothing else is known


def first_difference(evidence):
    """Say where the answer differs: for the first case that is wrong, or, of a value, in which entry."""
    wrong = next(i for i in range(len(evidence.mine)) if not evidence.is_right(i))
    mine, right = evidence.mine[wrong], evidence.right[wrong]
    if not evidence.exercise.takes_function:
        return _wrong_entry(mine.value, right.value, evidence.tolerance)
    return _first_failure(evidence, evidence.cases[wrong], mine, right)


def _first_failure(evidence, case, mine, right):
    place, value, target = "", mine.value, right.value
    wrong = wrong_entries(value, target, evidence.tolerance)
    if wrong and len(list(leaves(target))) > MANY:  # a whole table says nothing at a glance
        place, value, target = wrong[0]
    gives, expected = told_apart(value, target)
    expected = right.raised.kind if right.raised else expected
    yours = f"entry {as_code(place)} of yours is" if place else "yours gives"
    parts = (
        f"For {listed_cases(evidence.names, case)}",
        f"{yours} {as_code(gives)},",
        f"expected {as_code(expected)}.",
    )
    return ("\n" if sum(map(len, parts)) > 100 else " ").join(parts)


def told_apart(mine, right):
    """Return both as short text, with more digits where six would make them look alike."""
    written = text(mine), text(right)
    return written if written[0] != written[1] else (text(mine, 16), text(right, 16))


def wrong_entries(mine, right, tolerance):
    """Return (path, my entry, the right one) for each that differs; nothing where the answers differ in shape."""
    ours, theirs = list(leaves(mine)), list(leaves(right))
    if len(theirs) < 2 or [path for path, _ in ours] != [path for path, _ in theirs]:
        return []
    pairs = zip(ours, theirs, strict=True)
    return [(path, m, r) for (path, m), (_, r) in pairs if not same(m, r, tolerance)]


def _wrong_entry(mine, right, tolerance):
    """Say which entry is wrong without showing the right one."""
    wrong = wrong_entries(mine, right, tolerance)
    if not wrong:
        return "That is not the answer; the hints give a nudge."
    count = len(list(leaves(right)))
    return f"{count - len(wrong)} of {count} entries are right; the first that is not is `{wrong[0][0]}`."
