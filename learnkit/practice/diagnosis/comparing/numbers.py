"""Numbers that are the right ones but for a factor, an offset, a power, a root, a sign, a
rounding.
"""

import math
from fractions import Fraction
from numbers import Real

from ...plain import close, is_number, leaves, plain, same

_FACTORS = {2: "twice", 0.5: "half", -2: "minus twice", -0.5: "minus half"}
FEW = 3  # numbers; a relation that fewer bear out may be chance


def paired_numbers(pairs):
    """Return the numbers of all pairs side by side, or nothing where the two differ in more than
    their numbers.
    """
    numbers = []
    for mine, right in pairs:
        ours, theirs = list(leaves(mine)), list(leaves(right))
        if [path for path, _ in ours] != [path for path, _ in theirs]:
            return []
        numbers += [(m, r) for (_, m), (_, r) in zip(ours, theirs, strict=True)]
    real = all(
        isinstance(x, Real) and is_number(x) and math.isfinite(x) for pair in numbers for x in pair
    )
    return numbers if real else []


def _is_typed_number(evidence):
    """Tell whether the answer is one number that was typed: how far off it is would be the
    answer.
    """
    return not evidence.exercise.takes_function and all(
        is_number(right) for _, right in evidence.pairs
    )


def nearly(evidence):
    """Within 1 %, as after rounding."""
    if all(same(mine, right, 0.01) for mine, right in evidence.pairs):
        if _is_typed_number(evidence):
            return "Was a number rounded on the way? Keep all its digits."
        return "Yours is within 1 % of the answer, but not equal: was a number rounded on the way?"
    return ""


def rounded(evidence):
    """Whole numbers where fractions belong."""
    numbers = paired_numbers(evidence.pairs)
    if len(numbers) < FEW or all(float(right).is_integer() for _, right in numbers):
        return ""
    if not all(float(mine).is_integer() for mine, _ in numbers):
        return ""
    if all(mine == math.trunc(right) for mine, right in numbers):
        return (
            "Yours is the answer cut to whole numbers: `int` or an array of whole numbers drops "
            "what follows the point."
        )
    if all(mine == math.floor(right) for mine, right in numbers):
        return "Yours is the answer rounded down to whole numbers."
    if all(abs(mine - right) <= 0.5 for mine, right in numbers):
        return "Yours is the answer rounded to whole numbers."
    return ""


def few_decimals(evidence):
    """All numbers end after one, two or three decimals, near right ones that go on."""
    numbers = [
        (mine, right) for mine, right in paired_numbers(evidence.wrong_pairs) if mine != right
    ]
    for decimals in (1, 2, 3):
        unit = 10.0**-decimals
        if len(numbers) < FEW or not all(
            close(mine, round(mine, decimals), 1e-12) for mine, _ in numbers
        ):
            continue
        going_on = [
            abs(mine - right) < 5 * unit
            for mine, right in numbers
            if not close(right, round(right, 3), 1e-12)
        ]
        if sum(going_on) > len(numbers) / 2:
            return (
                f"Every number of yours ends after {_DECIMALS[decimals]}, and those of the answer "
                "go on: do not round."
            )
        return ""
    return ""


_DECIMALS = {1: "one decimal", 2: "two decimals", 3: "three decimals"}


def multiple(evidence):
    """Everywhere the same multiple of the answer."""
    numbers = paired_numbers(evidence.pairs)
    if _is_typed_number(evidence) or not any(right for _, right in numbers):
        return ""
    mine, right = max(numbers, key=lambda pair: abs(pair[1]))
    factor = mine / right
    if not factor or not all(close(m, factor * r, evidence.tolerance) for m, r in numbers):
        return ""
    if close(factor, -1, evidence.tolerance):
        return "Every sign is flipped: yours is the negative of the answer."
    if sum(right != 0 for _, right in numbers) > 1:  # a single number is some multiple of any other
        return f"Everywhere yours is {times_in_words(factor, evidence.tolerance)} the answer."
    return ""


def times_in_words(factor, tolerance):
    simple = Fraction(factor).limit_denominator(100)
    if not close(factor, simple, tolerance):
        return f"{float(factor):.4g} times"
    if simple in _FACTORS:
        return _FACTORS[simple]
    return f"{simple} times" if simple.denominator == 1 else f"{simple} of"


def one_number_turned(evidence):
    """A single number whose relation to the answer is one that people make: sign, reciprocal,
    percent, root, square.
    """
    numbers = paired_numbers(evidence.pairs)
    if len(numbers) != 1:
        return ""
    ((mine, right),) = numbers
    typed = _is_typed_number(evidence)
    return next(
        (
            asked if typed else told
            for turn, told, asked in _TURNS
            if _gives(turn, right, mine, evidence.tolerance)
        ),
        "",
    )


def _gives(turn, right, mine, tolerance):
    try:
        turned = turn(right)
    except (ArithmeticError, ValueError):
        return False
    return not close(turned, right, tolerance) and close(mine, turned, tolerance)


# What people make of a number; what is said of one that a function returned; and of one that was
# typed, where to look and not how far off it is: of a typed one more or less nothing is said.
_SIGNS = "Look at the signs, those of the numbers and of the result."
_QUOTIENTS = "Look at the quotients: what is divided by what?"
_FACTOR = "Is a factor lost on the way, or taken twice?"
_SQUARE = "Is a square lost on the way, or taken once too often?"
_PERCENT = "Are percent and fraction mixed up?"
_POINT = "Has a decimal point moved on the way?"
_MIXED_UP = "percent and fraction are mixed up."
_MOVED = "a decimal point has moved."
_TURNS = [
    (lambda right: -right, "Yours has the right size and the wrong sign.", _SIGNS),
    (lambda right: 1 / right, "Yours is upside down: one divided by the answer.", _QUOTIENTS),
    (lambda right: right / 2, "Yours is half the answer.", _FACTOR),
    (lambda right: right * 2, "Yours is twice the answer.", _FACTOR),
    (lambda right: right**2, "Yours is the square of the answer.", _SQUARE),
    (lambda right: math.sqrt(right), "Yours is the square root of the answer.", _SQUARE),
    (lambda right: right * 100, f"Yours is a hundred times the answer: {_MIXED_UP}", _PERCENT),
    (lambda right: right / 100, f"Yours is a hundredth of the answer: {_MIXED_UP}", _PERCENT),
    (lambda right: right * 10, f"Yours is ten times the answer: {_MOVED}", _POINT),
    (lambda right: right / 10, f"Yours is a tenth of the answer: {_MOVED}", _POINT),
    (lambda right: right + 1, "Yours is one more than the answer.", ""),
    (lambda right: right - 1, "Yours is one less than the answer.", ""),
]


def offset(evidence):
    """Everywhere the same amount too large or too small."""
    numbers = paired_numbers(evidence.pairs)
    if len(numbers) < 2 or len({right for _, right in numbers}) < 2:
        return ""
    difference = numbers[0][0] - numbers[0][1]
    if not difference or not all(close(m - difference, r, evidence.tolerance) for m, r in numbers):
        return ""
    amount = f"{abs(float(difference)):.6g}"
    return f"Everywhere yours is {amount} too {'large' if difference > 0 else 'small'}."


def function_of_the_answer(evidence):
    """The absolute value, square, root, reciprocal, logarithm or exponential of the right
    numbers.
    """
    numbers = paired_numbers(evidence.pairs)
    if len({right for _, right in numbers}) < FEW:
        return ""
    for said, turn in _FUNCTIONS:
        turned = [_safely(turn, right) for _, right in numbers]
        if all(
            t is not None and close(m, t, evidence.tolerance)
            for (m, _), t in zip(numbers, turned, strict=True)
        ):
            return f"Everywhere yours is {said}."
    return ""


def _safely(turn, number):
    try:
        return turn(number)
    except (ArithmeticError, ValueError):
        return None


_FUNCTIONS = [
    ("the size of the answer without its sign", abs),
    ("the answer where that is positive, and 0 elsewhere", lambda x: max(x, 0)),
    ("the answer where that is negative, and 0 elsewhere", lambda x: min(x, 0)),
    ("minus the size of the answer", lambda x: -abs(x)),
    ("the sign of the answer alone, without its size", lambda x: (x > 0) - (x < 0)),
    ("the square of the answer", lambda x: x * x),
    ("the square root of the answer", math.sqrt),
    ("1 divided by the answer", lambda x: 1 / x),
    ("minus 1 divided by the answer", lambda x: -1 / x),
    ("1 minus the answer", lambda x: 1 - x),
    ("the natural logarithm of the answer", math.log),
    ("the exponential of the answer", math.exp),
]


def factor_from_an_argument(evidence):
    """The answer multiplied or divided once too often by one of the arguments, or by how many
    there are.
    """
    if evidence.exercise.returns and evidence.part is None:
        return ""
    pairs = [
        (place, mine, right)
        for place, (mine, right) in enumerate(evidence.pairs)
        if not _are_zero(mine, right)
    ]
    found = [_factor(mine, right, evidence.tolerance) for _, mine, right in pairs]
    if None in found or len(found) < 2 or all(close(f, 1, evidence.tolerance) for f in found):
        return ""
    for words, all_values in _candidates(evidence):
        values = [all_values[place] for place, _, _ in pairs]
        if len(set(values)) < 2:
            continue
        if all(close(f, v, evidence.tolerance) for f, v in zip(found, values, strict=True)):
            return f"Yours is the answer times {words}: that factor is one too many."
        if all(
            v and close(f, 1 / v, evidence.tolerance) for f, v in zip(found, values, strict=True)
        ):
            return (
                f"Yours is the answer divided by {words}: you divide once too often, or a factor "
                "is missing."
            )
        if all(
            v > 1 and close(f, v / (v - 1), evidence.tolerance)
            for f, v in zip(found, values, strict=True)
        ):
            return f"Yours divides by {words} − 1 where it should divide by {words}."
        if len(found) >= FEW and (
            share := _steady([f / v for f, v in zip(found, values) if v], evidence.tolerance)
        ):
            return (
                f"Yours is the answer times {share:.4g} times {words}: where does that factor come "
                "from?"
            )
        if len(found) >= FEW and (
            share := _steady([f * v for f, v in zip(found, values)], evidence.tolerance)
        ):
            return (
                f"Yours is the answer times {share:.4g}, divided by {words}: where does that "
                "factor come from?"
            )
    return ""


def _are_zero(mine, right):
    """Tell whether both hold no number but 0, so that one is any multiple of the other."""
    numbers = paired_numbers([(mine, right)])
    return bool(numbers) and not any(m or r for m, r in numbers)


def _steady(numbers, tolerance):
    """Return the number that all of them are, or 0."""
    alike = numbers and all(close(number, numbers[0], tolerance) for number in numbers)
    return numbers[0] if alike else 0


def _factor(mine, right, tolerance):
    """Return the number that all of one right answer was multiplied by, or None."""
    numbers = [(m, r) for m, r in paired_numbers([(mine, right)])]
    if not numbers or not any(r for _, r in numbers):
        return None
    largest = max(numbers, key=lambda pair: abs(pair[1]))
    factor = largest[0] / largest[1]
    return factor if all(close(m, factor * r, tolerance) for m, r in numbers) else None


def _candidates(evidence):
    """Yield (words, its value in each case) for numbers found in the arguments; only those that
    vary tell anything.
    """
    for place, name in enumerate(evidence.names):
        arguments = [case[place] for case in evidence.cases]
        if all(is_number(a) for a in arguments):
            values = arguments
            words = f"`{name}`"
        elif all(hasattr(a, "__len__") for a in arguments):
            values = [len(a) for a in arguments]
            words = f"`len({name})`"
        else:
            continue
        yield words, values
        yield f"{words} squared", [v * v for v in values]
        if all(_is_flat(a) for a in arguments):
            yield f"the sum of `{name}`", [sum(plain(a)) for a in arguments]


def _is_flat(argument):
    return hasattr(argument, "__len__") and all(map(is_number, plain(argument)))


FINDINGS = [
    few_decimals,
    nearly,
    rounded,
    multiple,
    one_number_turned,
    factor_from_an_argument,
    offset,
    function_of_the_answer,
]
