"""Asked last: is the learner's own code one small change away from being right? If so, where is it?

Some slips are known by name: taken back wherever they stand, they are told if that mends all. Of
the rest, the same edits that make mistakes of a solution mend some mistakes of an answer. What is
said is the place, not the change. Source of the idea: Kaleeswaran et al. (2016), Semi-supervised
verified feedback generation, FSE.
"""

import ast
import re
import time
from functools import lru_cache

from ..running import run, run_each
from ..wording import as_code
from . import edits

SECONDS = 1.0  # for one repaired function and one case
# for all of them on one case; a slow answer of which many repairs are left is not repaired
TOTAL = 3.0
PLACE = re.compile(r"(?:line (\d+)|everywhere): [^:]+: (.*?)(?: → .*)?", re.DOTALL)


# --------------------------------------------------------------------------- slips known by name


def known_slip(evidence):
    """All that is wrong is a slip that people make: `//` for `/`, `is` for `==`, a `break`."""
    if evidence.code is None:
        return ""
    said = ((_mended_by(evidence, take_back), sentence) for take_back, sentence in _SLIPS)
    return next((sentence for mended, sentence in said if mended), "")


def _mended_by(evidence, take_back):
    """Tell whether the learner's code is right in every case once a slip is taken back."""
    taking = _TakingBack(take_back)
    tree = taking.visit(ast.parse(evidence.source))
    if not taking.found:
        return False
    source = ast.unparse(ast.fix_missing_locations(tree))
    name = evidence.code.name
    mended = (source, edits.function_of(source, name, evidence.function.__globals__))
    return all(_that_mend(evidence, [mended], case) for case in evidence.smallest_first)


class _TakingBack(ast.NodeTransformer):
    """Puts in place of each node what `take_back` returns of it, if that is not None."""

    def __init__(self, take_back):
        self.take_back, self.found = take_back, False

    def visit(self, node):
        self.generic_visit(node)
        instead = self.take_back(node)
        self.found = self.found or instead is not None
        return node if instead is None else instead


def _no_break(node):
    return ast.Pass() if isinstance(node, ast.Break) else None


def _true_division(node):
    return ast.Div() if isinstance(node, ast.FloorDiv) else None


def _equality(node):
    return ast.Eq() if isinstance(node, ast.Is) else None


def _no_ddof(node):
    if not isinstance(node, ast.Call) or all(one.arg != "ddof" for one in node.keywords):
        return None
    return ast.Call(node.func, node.args, [one for one in node.keywords if one.arg != "ddof"])


def _sum_for_mean(node):
    if isinstance(node, ast.Attribute) and node.attr == "mean":
        return ast.Attribute(node.value, "sum", node.ctx)
    return None


_SLIPS = [
    (_no_break, "Your `break` ends the loop before all of its rounds are done."),
    (_true_division, "`//` drops what follows the point: 3 // 4 is 0."),
    (
        _equality,
        "`is` asks whether two things are one and the same object, and two equal numbers need not "
        "be: `==` compares them.",
    ),
    (_no_ddof, "With `ddof=1` yours divides by one less than how many there are."),
    (_sum_for_mean, "`mean` divides by how many there are, and here nothing is to be divided."),
]


# -------------------------------------------------------------------------------- any other change


def one_change_away(evidence):
    """Name the place where one small change of the learner's code makes it right in every case."""
    if evidence.code is None:
        return ""
    repairs = _repairs(evidence.function, evidence.source, frozenset(evidence.names_in_code))
    for case in evidence.smallest_first:  # which sort out nearly all
        if _seconds_for(evidence, case) * len(repairs) > TOTAL:
            return ""
        repairs = _that_mend(evidence, repairs, case)
    return _where(evidence, repairs[0][0]) if repairs else ""


@lru_cache(maxsize=4)
def _repairs(function, source, known):
    """Return (name, repaired function) for each edit of the learner's code; kept for its other
    results.
    """
    name = ast.parse(source).body[0].name
    found = edits.machine_edits(source, known)
    return [
        (edit.name, edits.function_of(edit.source, name, function.__globals__)) for edit in found
    ]


def _seconds_for(evidence, case):
    """Return how much computing the answer as it stands needs in a case; 0 if it raises there."""

    def measured(*arguments):
        started = time.process_time()
        evidence.exercise.tried(evidence.function)(*arguments)
        return time.process_time() - started

    def measure():
        outcomes, _ = run(measured, [evidence.cases[case]], evidence.exercise.seconds)
        return outcomes[0].value or 0

    return evidence.once("seconds", evidence.cases[case], measure)


def _that_mend(evidence, repairs, case):
    """Return those of the repairs that give the right answer in one case, and of several results
    spoil no other.
    """
    done = evidence.once("repaired", evidence.cases[case], dict)  # for all parts of an answer
    new = [repair for repair in repairs if repair not in done]
    functions = [evidence.exercise.tried(function) for _, function in new]
    done.update(zip(new, run_each(functions, [evidence.cases[case]], SECONDS), strict=True))
    return [repair for repair in repairs if _is_right(evidence, done[repair], case)]


def _is_right(evidence, outcomes, case):
    if not outcomes:
        return False
    results = evidence.exercise.results(outcomes)
    (outcome,) = evidence.looked_at(results)
    is_mended = outcome.agrees(evidence.right[case], evidence.tolerance)
    return is_mended and evidence.others_fit(slice(case, case + 1), results)


def _where(evidence, name):
    line, piece = PLACE.fullmatch(name).groups()
    if line is None:
        return f"Yours is one small change away from right: look at `{piece}`, wherever it stands."
    text = evidence.source.splitlines()[int(line) - 1].strip()
    if piece and piece in text and piece != text:
        return (
            f"Yours is one small change away from right: look at {as_code(piece)} in line {line}, "
            f"{as_code(text)}."
        )
    return f"Yours is one small change away from right: look at line {line}, {as_code(text)}."


FIRST = [known_slip]
LATE = [one_change_away]
