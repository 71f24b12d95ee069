"""Answers that hold the right one mixed with an argument: added to it, multiplied by it entry by
entry.
"""

from ...plain import close, plain
from ...wording import as_code
from .numbers import FEW, paired_numbers


def argument_and_answer(evidence):
    """An argument plus or minus some multiple of the answer, such as a step already taken."""
    for place, name in enumerate(evidence.names):
        added = _numbers_beside(evidence, place)
        factor = _steady_factor(
            [(mine - given, right) for mine, given, right in added], evidence.tolerance
        )
        if factor:
            sign = "plus" if factor > 0 else "minus"
            share = "" if close(abs(factor), 1, evidence.tolerance) else f"{abs(factor):.4g} times "
            return f"Yours is {as_code(name)} {sign} {share}the answer, not the answer alone."
    return ""


def answer_and_argument(evidence):
    """The answer plus or minus an argument, entry by entry."""
    for place, name in enumerate(evidence.names):
        added = _numbers_beside(evidence, place)
        factor = _steady_factor(
            [(mine - right, given) for mine, given, right in added], evidence.tolerance
        )
        if factor and close(abs(factor), 1, evidence.tolerance):
            sign = "added to the answer" if factor > 0 else "taken off the answer"
            return f"Everywhere in yours {as_code(name)} is {sign}: that term is one too many."
    return ""


def argument_as_factor(evidence):
    """The answer with each entry multiplied, or divided, by the entry of an argument in the same
    place.
    """
    for place, name in enumerate(evidence.names):
        beside = _numbers_beside(evidence, place)
        if len({given for _, given, _ in beside}) < 2:
            continue
        if all(close(mine, right * given, evidence.tolerance) for mine, given, right in beside):
            return (
                f"Each entry of yours is the right one times that of {as_code(name)}: one factor "
                "too many."
            )
        if all(
            given and close(mine, right / given, evidence.tolerance)
            for mine, given, right in beside
        ):
            return f"Each entry of yours is the right one divided by that of {as_code(name)}."
    return ""


def _numbers_beside(evidence, place):
    """Return (mine, the argument's, the right one) for each number; nothing where an argument is
    of another shape.
    """
    beside = []
    for (mine, right), case in zip(evidence.pairs, evidence.cases):
        ours, given = paired_numbers([(mine, right)]), paired_numbers([(plain(case[place]), right)])
        if len(ours) != len(given) or not ours:
            return []
        beside += [(m, g, r) for (m, r), (g, _) in zip(ours, given)]
    return beside if len(evidence.pairs) == len(evidence.cases) else []


def _steady_factor(pairs, tolerance):
    """Return the one number that turns the second of each pair into the first, or 0."""
    if len({second for _, second in pairs}) < FEW:
        return 0
    first, second = max(pairs, key=lambda pair: abs(pair[1]))
    factor = first / second if second else 0
    return factor if all(close(m, factor * r, tolerance) for m, r in pairs) else 0


FINDINGS = [argument_and_answer, answer_and_argument, argument_as_factor]
