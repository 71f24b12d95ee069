"""Answers in words: nearly the right word, a word that is never said, one word said for another."""

import math

from ...plain import is_number, plain
from ...wording import as_code


def _words(evidence):
    """Return the pairs of an answer in words, or nothing where it is no words."""
    if all(isinstance(mine, str) and isinstance(right, str) for mine, right in evidence.pairs):
        return evidence.pairs
    return []


def spelt_otherwise(evidence):
    """The right words but for capitals, spaces or full stops, or with something added to them."""
    pairs = _words(evidence)
    wrong = [(mine, right) for mine, right in pairs if mine != right]
    if wrong and all(_bare(mine) == _bare(right) != "" for mine, right in wrong):
        return (
            f"Your words are right, but spelt otherwise: yours says `{wrong[0][0]!r}`. Copy them "
            "from the task."
        )
    if wrong and all(right in _bare(mine) for mine, right in wrong):
        return (
            f"Your words are right, but yours says more than the word asked for: `{wrong[0][0]!r}`."
        )
    return ""


def _bare(words):
    return "".join(letter for letter in words.lower() if letter.isalnum())


def unknown_word(evidence):
    """A word that no case asks for."""
    pairs = _words(evidence)
    asked = {right for _, right in pairs}
    strange = sorted({mine for mine, _ in pairs} - asked)
    if strange and len(asked) > 1:
        return (
            f"Yours says `{strange[0]!r}`, a word that is never the answer here: look at the words "
            "in the task."
        )
    return ""


def never_said(evidence):
    """One of the words asked for never comes out."""
    pairs = _words(evidence)
    missing = sorted({right for _, right in pairs} - {mine for mine, _ in pairs})
    if len(missing) != 1 or len({mine for mine, _ in pairs}) < 2:
        return ""
    instead = sorted({mine for mine, right in pairs if right == missing[0]})
    others_right = all(mine == right for mine, right in pairs if right != missing[0])
    where = " and ".join(f"`{word!r}`" for word in instead)
    said = f"Yours never says `{missing[0]!r}`; it says {where} instead."
    return f"{said} Everything else is right." if others_right else said


def always_the_same(evidence):
    """One and the same word for every input."""
    pairs = _words(evidence)
    if len({mine for mine, _ in pairs}) == 1 < len({right for _, right in pairs}):
        return f"Yours says `{pairs[0][0]!r}` whatever the input is."
    return ""


def one_for_another(evidence):
    """Two words exchanged, or one said where another is right, and nothing else wrong."""
    pairs = _words(evidence)
    mixed = sorted({(mine, right) for mine, right in pairs if mine != right})
    if (
        len(mixed) == 2
        and mixed[0] == mixed[1][::-1]
        and all(m != r for m, r in pairs if r in mixed[0])
    ):
        return f"Yours says `{mixed[0][0]!r}` and `{mixed[0][1]!r}` the wrong way round."
    if len(mixed) == 1:
        mine, right = mixed[0]
        every = all(m == mine for m, r in pairs if r == right)
        return (
            f"Yours {'always' if every else 'sometimes'} says `{mine!r}` where `{right!r}` is "
            "right."
        )
    return ""


def decided_by_one_number(evidence):
    """A word that follows the sign of one number made from a list, where the whole list decides."""
    if (
        len(_words(evidence)) < len(evidence.cases)
        or len({mine for mine, _ in evidence.pairs}) == 1
    ):
        return ""
    for place, name in enumerate(evidence.names):
        lists = [plain(case[place]) for case in evidence.cases]
        if not all(
            isinstance(numbers, list) and numbers and all(map(is_number, numbers))
            for numbers in lists
        ):
            continue
        for words, number in _DECIDING:
            if _follows([_sign(number(numbers)) for numbers in lists], evidence.pairs):
                return f"Yours is decided by the sign of {words.format(name=as_code(name))} alone."
    return ""


def _follows(signs, pairs):
    """Tell whether my words, and not the right ones too, are the same wherever the sign is the
    same.
    """
    mine, right = (
        {(sign, pair[i]) for sign, pair in zip(signs, pairs, strict=True)} for i in (0, 1)
    )
    return len(mine) == len(set(signs)) < len(right)


def _sign(number):
    return (number > 0) - (number < 0)


_DECIDING = [
    ("the first entry of {name}", lambda numbers: numbers[0]),
    ("the last entry of {name}", lambda numbers: numbers[-1]),
    ("the largest entry of {name}", max),
    ("the smallest entry of {name}", min),
    ("the sum of {name}", sum),
    ("the product of {name}", math.prod),
]

FINDINGS = [
    spelt_otherwise,
    unknown_word,
    always_the_same,
    decided_by_one_number,
    one_for_another,
    never_said,
]
