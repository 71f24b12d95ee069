"""First tier: the mistakes that the author of an exercise listed, each with a sentence of its
own.
"""

from ..plain import is_number, leaves


def listed(evidence):
    """Tell the sentence of the first listed mistake that does in every case what the answer
    does.
    """
    return next(evidence.exercise.listed.agreeing(evidence), "")


def explained(evidence):
    """Tell what the author's own function says of a wrong value; text, None or a truth value among
    numbers is left to those who know what to say of it.
    """
    explain = evidence.exercise.explain
    wrong = evidence.wrong_pairs  # none where all there is to see is an exception
    if not explain or not wrong or _only_numbers(wrong[0][1]) > _only_numbers(wrong[0][0]):
        return ""
    return explain(wrong[0][0])


def _only_numbers(value):
    return all(is_number(entry) for _, entry in leaves(value))


FIRST = [listed, explained]
