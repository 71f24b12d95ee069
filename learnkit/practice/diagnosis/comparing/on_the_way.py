"""Answers that are a value which the solution meets on its way: a sum before its division, a slope
before its step.

The solution is run once more with each of its expressions recorded, and its values are laid beside
the answer.
"""

import ast
import copy
from functools import lru_cache

from ...plain import plain
from ...sources import compiled, source_of, written_out
from ...wording import as_code

# values kept of one expression in one case; of one that is met more often, the last alone
RECORDS = 200
LONGEST = 80  # characters of an expression that are still read at a glance


def argument_unchanged(evidence):
    """One of the arguments, handed back as it came."""
    if not evidence.exercise.takes_function or evidence.exercise.trial:
        return ""
    if all(
        evidence.same(mine, plain(case)) for (mine, _), case in zip(evidence.pairs, evidence.cases)
    ):
        return "Your code leaves what it is given as it was: nothing has been done with it yet."
    for place, name in enumerate(evidence.names):
        given = [plain(case[place]) for case in evidence.cases]
        truths = [right.value for right in evidence.right]
        unchanged = all(map(evidence.same, (one.value for one in evidence.mine), given))
        if unchanged and not all(map(evidence.same, given, truths)):
            return f"Yours hands back `{name}` as it came: nothing has been done with it yet."
        after = [one.arguments[place] if one.arguments else ... for one in evidence.mine]
        if evidence.part is None and all(
            map(evidence.same, (one.value for one in evidence.mine), after)
        ):
            return f"Yours hands back its argument `{name}`, changed; something else is asked for."
    return ""


def value_on_the_way(evidence):
    """The last value of one of the solution's expressions."""
    for text, seen in _expressions(evidence):
        last = [values[-1:] for values in seen]
        if all(last) and _are(evidence, [plain(value) for (value,) in last]):
            if words := _in_words(evidence, text):
                return f"Yours is {words}: a value on the way to the answer, not the answer itself."
    return ""


def values_on_the_way(evidence):
    """All values of one of the solution's expressions, collected in a list, perhaps behind the
    right first entry.
    """
    if not all(
        isinstance(mine, list) and isinstance(right, list) for mine, right in evidence.pairs
    ):
        return ""
    for text, seen in _expressions(evidence):
        for first in (0, 1):
            counts = zip(evidence.pairs, seen, strict=True)
            if (
                any(len(mine) != len(values) + first for (mine, _), values in counts)
                or max(map(len, seen)) < 2
            ):
                continue
            both = zip(evidence.pairs, seen, strict=True)
            collected = [
                right[:first] + [plain(value) for value in values] for (_, right), values in both
            ]
            if _are(evidence, collected) and (words := _in_words(evidence, text)):
                return f"Yours collects {words} at each step, not what is asked for."
    return ""


def _are(evidence, values):
    """Tell whether the answers are these values, which are not the right ones."""
    mine = all(
        evidence.same(mine, value) for (mine, _), value in zip(evidence.pairs, values, strict=True)
    )
    return mine and not all(
        evidence.same(value, right)
        for (_, right), value in zip(evidence.pairs, values, strict=True)
    )


def _expressions(evidence):
    """Yield each expression of the solution as text, and its values in each case."""
    source = source_of(evidence.exercise.reference)
    if not source or evidence.exercise.trial or len(evidence.pairs) < len(evidence.cases):
        return
    texts, seen = _record(evidence.exercise, source, evidence.cases)
    for index, text in enumerate(texts):
        yield text, [one.get(index, []) for one in seen]


def _in_words(evidence, text):
    """Return an expression as code, names that the learner does not know written out; "" if that
    gets too long.
    """
    known = evidence.exercise.known_names | evidence.names_in_code
    written = written_out(text, source_of(evidence.exercise.reference), known)
    return as_code(written) if len(written) <= LONGEST else ""


def _record(exercise, source, cases):
    """Run the solution with its expressions recorded; return their texts, and {index: values}
    for each case.
    """
    tree, texts = _instrumented(source)
    seen = []

    def note(index, value):
        kept = seen[-1].setdefault(index, [])
        if len(kept) < RECORDS:
            kept.append(value)
        else:
            kept[-1] = value
        return value

    namespace = {**exercise.reference.__globals__, "_note_": note}
    function = compiled(
        ast.unparse(tree), exercise.name, namespace, f"<exercise {exercise.number}: recorded>"
    )
    for case in cases:
        seen.append({})
        function(*copy.deepcopy(tuple(case)))
    return texts, seen


@lru_cache(maxsize=32)
def _instrumented(source):
    """Return the syntax tree of a solution in which each expression worth it is noted, and the
    texts of those.
    """
    texts = []

    class Noting(ast.NodeTransformer):
        def generic_visit(self, node):
            text = ast.unparse(node) if isinstance(node, _WORTH_NOTING) else ""
            node = super().generic_visit(node)
            if not text or not isinstance(getattr(node, "ctx", ast.Load()), ast.Load):
                return node
            texts.append(text)
            noted = ast.Call(
                ast.Name("_note_", ast.Load()), [ast.Constant(len(texts) - 1), node], []
            )
            return ast.copy_location(noted, node)

        def visit_Call(self, node):
            """Note a call's value, and its arguments, but not the function that is called."""
            text = ast.unparse(node)
            node.args = [self.visit(argument) for argument in node.args]
            texts.append(text)
            return ast.Call(
                ast.Name("_note_", ast.Load()), [ast.Constant(len(texts) - 1), node], []
            )

    tree = Noting().visit(ast.parse(source))
    return ast.fix_missing_locations(tree), texts


_WORTH_NOTING = (ast.BinOp, ast.Compare, ast.Subscript, ast.ListComp, ast.IfExp, ast.Attribute)


FIRST = [argument_unchanged]
FINDINGS = [value_on_the_way, values_on_the_way]
