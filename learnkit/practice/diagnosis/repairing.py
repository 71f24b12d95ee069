"""Asked last: is the learner's own code one small change away from being right? If so, where is it?

The same edits that make mistakes of a solution mend some mistakes of an answer. What is said is the place, not the
change. Source of the idea: Kaleeswaran et al. (2016), Semi-supervised verified feedback generation, FSE.
"""

import re
import time

from ..plain import leaves, plain
from ..running import run, run_each
from ..verdict import as_code
from . import edits

SECONDS = 0.25  # for one repaired function and one case
TOTAL = 1.0  # for all of them on one case; a slow answer of which many repairs are left is not repaired
PLACE = re.compile(r"(?:line (\d+)|everywhere): [^:]+: (.*?)(?: → .*)?", re.DOTALL)


def one_change_away(evidence):
    """Name the place where one small change of the learner's code makes it right in every case."""
    if evidence.code is None:
        return ""
    repairs = edits.machine_edits(evidence.source, frozenset(evidence.names_in_code))
    for case in _hardest_first(evidence):
        if _seconds_for(evidence, case) * len(repairs) > TOTAL:
            return ""
        repairs = _that_mend(evidence, repairs, case)
    return _where(evidence, repairs[0].name) if repairs else ""


def _hardest_first(evidence):
    """Return the places of the cases, the wrong ones first, which sort out most repairs, and of those the small."""

    def right_and_large(case):
        return evidence.is_right(case), len(list(leaves(plain(evidence.cases[case]))))

    return sorted(range(len(evidence.cases)), key=right_and_large)


def _seconds_for(evidence, case):
    """Return how long the answer as it stands takes in a case; 0 if it raises there."""

    def measured(*arguments):
        started = time.perf_counter()
        evidence.function(*arguments)
        return time.perf_counter() - started

    outcomes, _ = run(measured, [evidence.cases[case]], evidence.exercise.seconds)
    return outcomes[0].value or 0


def _that_mend(evidence, repairs, case):
    """Return those of the repairs that give the right answer in one case."""
    name, names = evidence.code.name, evidence.function.__globals__
    functions = [edits.function_of(repair.source, name, names) for repair in repairs]
    found = run_each(functions, [evidence.cases[case]], SECONDS)
    return [repair for repair, outcomes in zip(repairs, found, strict=True) if _is_right(evidence, outcomes, case)]


def _is_right(evidence, outcomes, case):
    if not outcomes:
        return False
    wholes = evidence.exercise.results(outcomes)
    (outcome,) = evidence.looked_at(wholes)
    return outcome.agrees(evidence.right[case], evidence.tolerance) and evidence.others_fit(
        slice(case, case + 1), wholes
    )


def _where(evidence, name):
    line, piece = PLACE.fullmatch(name).groups()
    if line is None:
        return f"Yours is one small change away from right: look at `{piece}`, wherever it stands."
    text = evidence.source.splitlines()[int(line) - 1].strip()
    if piece and piece in text and piece != text:
        return f"Yours is one small change away from right: look at {as_code(piece)} in line {line}, {as_code(text)}."
    return f"Yours is one small change away from right: look at line {line}, {as_code(text)}."


LATE = [one_change_away]
