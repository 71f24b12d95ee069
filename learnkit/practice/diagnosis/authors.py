"""First tier: the mistakes that the author of an exercise listed, each with a sentence of its
own.
"""


def listed(evidence):
    """Tell the sentence of the first listed mistake that does in every case what the answer
    does.
    """
    return next(evidence.exercise.listed.agreeing(evidence), "")


def explained(evidence):
    """Tell what the author's own function says of a wrong value."""
    explain = evidence.exercise.explain
    wrong = evidence.wrong_pairs  # none where all there is to see is an exception
    return explain(wrong[0][0]) if explain and wrong else ""


FIRST = [listed, explained]
