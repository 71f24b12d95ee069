"""Edits of questions: comparisons, `and`, `or`, `not`, and what happens where the answer is no."""

import ast

from .tree import Change, blocks, formed, is_number
from .wording import short

_TURNED = {
    ast.Gt: ast.Lt, ast.Lt: ast.Gt, ast.GtE: ast.LtE, ast.LtE: ast.GtE, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
_AT_EQUALITY = {ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Lt: ast.LtE, ast.LtE: ast.Lt}
_SMALL = 0.01


def equality_turned(node, scene, words):
    """a > b → a >= b."""
    if _is_simple_comparison(node) and type(node.ops[0]) in _AT_EQUALITY:
        left, right = words.code(node.left), words.code(node.comparators[0])
        claim = f"the case in which {left} equals {right} went the other way"
        yield Change(node, _with(node, op=_AT_EQUALITY[type(node.ops[0])]()), claim)


def comparison_turned(node, scene, words):
    """a > b → a < b; a == b → a != b."""
    if _is_simple_comparison(node):
        left, right = words.code(node.left), words.code(node.comparators[0])
        claim = f"the comparison of {left} with {right} were turned round"
        yield Change(node, _with(node, op=_TURNED[type(node.ops[0])]()), claim)


def size_compared(node, scene, words):
    """a > 0 → abs(a) > 0."""
    if (
        _is_simple_comparison(node)
        and not is_number(node.left)
        and type(node.ops[0]) in _AT_EQUALITY
    ):
        claim = f"only the size of {words.code(node.left)} were compared, not its sign"
        yield Change(node, _with(node, left=formed("abs(it)", it=node.left)), claim)


def small_counts_as_zero(node, scene, words):
    """a > 0 → a > 0.01; a == 0 → abs(a) < 0.01."""
    if not _is_simple_comparison(node) or not _is_zero(node.comparators[0]):
        return
    claim = "numbers close to 0 counted as 0"
    op = node.ops[0]
    if isinstance(op, ast.Eq):
        yield Change(
            node, formed("abs(it) < small", it=node.left, small=ast.Constant(_SMALL)), claim
        )
    elif type(op) in _AT_EQUALITY:
        bound = _SMALL if isinstance(op, (ast.Gt, ast.GtE)) else -_SMALL
        yield Change(node, _with(node, right=ast.Constant(bound)), claim)


def and_or_exchanged(node, scene, words):
    """a and b → a or b."""
    if isinstance(node, ast.BoolOp):
        both = isinstance(node.op, ast.And)
        claim = "one of the conditions were enough" if both else "all of the conditions had to hold"
        parts = " and ".join(words.code(value) for value in node.values)
        yield Change(
            node,
            ast.BoolOp(ast.Or() if both else ast.And(), node.values),
            claim,
            f"Look at {parts}.",
        )


def part_dropped(node, scene, words):
    """a and b → a."""
    if isinstance(node, ast.BoolOp):
        for gone in node.values:
            rest = [value for value in node.values if value is not gone]
            new = rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest)
            yield Change(node, new, f"it never asked for {words.code(gone)}")


def not_dropped(node, scene, words):
    """not a → a."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield Change(node, node.operand, f"`not` before {words.code(node.operand)} were missing")


def condition_ignored(node, scene, words):
    """a if c else b → a, or b, or the two exchanged."""
    if isinstance(node, ast.IfExp):
        asked = f"`if {short(node.test)}`"
        yield Change(node, node.body, f"it did not ask {asked} and always took the first way")
        yield Change(node, node.orelse, f"{asked} were never true")
        turned = ast.IfExp(node.test, node.orelse, node.body)
        yield Change(node, turned, f"the two ways after {asked} changed places")


def filter_ignored(node, scene, words):
    """[a for a in b if c] → [a for a in b]."""
    if isinstance(node, ast.comprehension) and node.ifs:
        claim = f"it did not ask `if {short(node.ifs[0])}`"
        yield Change(node, ast.comprehension(node.target, node.iter, [], 0), claim)


def looks_at_the_result(node, scene, words):
    """p if z > 0 else 0 → p if p > 0 else 0."""
    if isinstance(node, ast.IfExp) and _is_simple_comparison(node.test):
        test = _with(node.test, left=node.body)
        claim = f"it compared {words.code(node.body)} and not {words.code(node.test.left)}"
        yield Change(node, ast.IfExp(test, node.body, node.orelse), claim)


def mask_misread(node, scene, words):
    """p if z > 0 else 0 → 1 if …, p * z, p or -p, p * max(z, 0)."""
    if (
        not isinstance(node, ast.IfExp)
        or not _is_simple_comparison(node.test)
        or not is_number(node.orelse)
    ):
        return
    asked, value = words.code(node.test.left), words.code(node.body)
    parts = {"p": node.body, "z": node.test.left, "asked": node.test}
    yield Change(
        node, formed("1 if asked else 0", **parts), f"only 1 or 0 came out and never {value}"
    )
    yield Change(node, formed("p * z", **parts), f"{value} were multiplied by {asked} itself")
    claim = f"{value} were multiplied by {asked} itself where that is positive"
    yield Change(node, formed("p * max(z, 0)", **parts), claim)
    claim = f"{value} turned its sign where {asked} is on the other side"
    yield Change(node, formed("p if asked else -p", **parts), claim)
    claim = f"{value} were multiplied by the sign of {asked}, −1, 0 or 1"
    yield Change(node, formed("p * ((z > 0) - (z < 0))", **parts), claim)


def case_dropped(node, scene, words):
    """if c: … → nothing; if c: a → a."""
    for block in blocks(node):
        for place, statement in enumerate(block):
            if not isinstance(statement, ast.If):
                continue
            rest = [*block[:place], *statement.orelse, *block[place + 1 :]]
            asked = f"`if {short(statement.test)}`"
            if rest:
                yield Change(block, rest, f"{asked} were missing, with what follows from it")
            always = [*block[:place], *statement.body, *block[place + 1 :]]
            yield Change(block, always, f"{asked} were always true")


def _is_simple_comparison(node):
    return isinstance(node, ast.Compare) and len(node.ops) == 1


def _is_zero(node):
    return is_number(node) and node.value == 0


def _with(comparison, left=None, op=None, right=None):
    ops = [op or comparison.ops[0]]
    return ast.Compare(left or comparison.left, ops, [right or comparison.comparators[0]])


EDITS = [
    equality_turned,
    comparison_turned,
    and_or_exchanged,
    part_dropped,
    not_dropped,
    condition_ignored,
    filter_ignored,
    case_dropped,
]
RARE = [looks_at_the_result, mask_misread, size_compared, small_counts_as_zero]
