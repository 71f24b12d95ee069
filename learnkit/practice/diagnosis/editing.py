"""Fifth tier: edits of the solution made by machine, for mistakes that nobody listed."""

import re


def edited(evidence):
    """Tell the sentence of the first edit of the solution that does in every case what the
    answer does.
    """
    sentence = next(evidence.exercise.edits.agreeing(evidence), "")
    if evidence.exercise.takes_function:
        return sentence
    # typed by hand, nothing returns it
    return re.sub(r"(\w+) of the returned values", r"\1 entry", sentence)


FINDINGS = [edited]
