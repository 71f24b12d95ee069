"""Fifth tier: edits of the solution made by machine, for mistakes that nobody listed."""


def edited(evidence):
    """Tell the sentence of the first edit of the solution that does in every case what the
    answer does.
    """
    return next(evidence.exercise.edits.agreeing(evidence), "")


FINDINGS = [edited]
