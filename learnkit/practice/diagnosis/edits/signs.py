"""Edits of operators: signs and orders turned, operators exchanged, brackets left out or put in."""

import ast
import re

from .tree import (
    COMPREHENSIONS,
    Change,
    formed,
    is_number,
    is_operation,
    is_question,
    is_read,
    last_name,
)

_LISTS = ("list", "zip", "range", "sorted", "enumerate", "map")
_OTHERS = {
    ast.Add: ((ast.Mult, "multiplied {a} by {b}, which are to be added"),),
    ast.Sub: (),
    ast.Mult: (
        (ast.Div, "divided {a} by {b}"),
        (ast.Add, "added {a} and {b}"),
    ),
    ast.Div: (
        (ast.Mult, "multiplied {a} by {b}"),
        (ast.FloorDiv, "divided {a} by {b} without the remainder"),
    ),
    ast.FloorDiv: ((ast.Div, "kept the remainder of {a} divided by {b}"),),
    ast.MatMult: ((ast.Mult, "multiplied {a} and {b} entry by entry, without adding up"),),
}


def added(node, scene, words):
    """a - b → a + b."""
    if is_operation(node, ast.Sub):
        advice = f"Look at the sign before {words.code(node.right)}."
        new = ast.BinOp(node.left, ast.Add(), node.right)
        yield Change(node, new, "it added where a difference belongs", advice)


def subtracted(node, scene, words):
    """a + b → a - b."""
    if is_operation(node, ast.Add):
        advice = f"Look at the sign before {words.code(node.right)}."
        new = ast.BinOp(node.left, ast.Sub(), node.right)
        yield Change(node, new, "it subtracted where a sum belongs", advice)


def update_turned(node, scene, words):
    """a += b → a -= b; a *= b → a /= b."""
    turned = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult}
    if isinstance(node, ast.AugAssign) and type(node.op) in turned:
        claim = f"`{ast.unparse(node.target)}` moved the other way in each update"
        yield Change(
            node,
            ast.AugAssign(node.target, turned[type(node.op)](), node.value),
            claim,
            placed=False,
        )


def order_turned(node, scene, words):
    """a - b → b - a; a / b → b / a; a @ b → b @ a."""
    turned = {
        ast.Sub: "were subtracted the other way round",
        ast.Div: "changed places in the fraction",
        ast.MatMult: "changed places around `@`",
        ast.Pow: "changed places: the exponent stood below",
    }
    if isinstance(node, ast.BinOp) and type(node.op) in turned:
        claim = f"{words.code(node.left)} and {words.code(node.right)} {turned[type(node.op)]}"
        yield Change(node, ast.BinOp(node.right, node.op, node.left), claim)


def operator_exchanged(node, scene, words):
    """a * b → a / b, a + b; a / b → a * b; and so on."""
    if not isinstance(node, ast.BinOp):
        return
    for other, claim in _OTHERS.get(type(node.op), ()):
        said = claim.format(a=words.code(node.left), b=words.code(node.right))
        yield Change(node, ast.BinOp(node.left, other(), node.right), f"it {said}")
    if isinstance(node.op, ast.Mult) and scene.has_arrays:
        claim = f"{words.code(node.left)} and {words.code(node.right)} were multiplied with `@`"
        yield Change(node, ast.BinOp(node.left, ast.MatMult(), node.right), claim)
    if isinstance(node.op, ast.Mult):
        claim = f"it divided {words.code(node.right)} by {words.code(node.left)}"
        yield Change(node, ast.BinOp(node.right, ast.Div(), node.left), claim)


def _left_opened(node):
    """Return x ∗ c as a ∘ (b ∗ c), where x is a ∘ b."""
    inner = node.left
    return ast.BinOp(inner.left, inner.op, ast.BinOp(inner.right, node.op, node.right))


def _right_opened(node):
    """Return c ∗ x as (c ∗ a) ∘ b, where x is a ∘ b."""
    inner = node.right
    return ast.BinOp(ast.BinOp(node.left, node.op, inner.left), inner.op, inner.right)


def brackets_missing(node, scene, words):
    """(a + b) * c → a + b * c; c * (a + b) → c * a + b."""
    if not is_operation(node, ast.Mult, ast.Div, ast.MatMult, ast.Pow):
        return
    if is_operation(node.left, ast.Add, ast.Sub):
        claim = f"the brackets around {words.code(node.left)} were missing"
        yield Change(node, _left_opened(node), claim)
    if is_operation(node.right, ast.Add, ast.Sub):
        claim = f"the brackets around {words.code(node.right)} were missing"
        yield Change(node, _right_opened(node), claim)


def brackets_missing_in_a_product(node, scene, words):
    """2 * (a - b) / c → 2 * a - b / c, as the line reads without its brackets."""
    if not is_operation(node, ast.Mult, ast.Div) or isinstance(scene.parent(node), ast.BinOp):
        return
    text = ast.unparse(node)
    for inner in ast.walk(node):
        bracketed = rf"(?<![\w\])])\({re.escape(ast.unparse(inner))}\)"  # not those of a call
        if is_operation(inner, ast.Add, ast.Sub) and len(re.findall(bracketed, text)) == 1:
            without = re.sub(bracketed, lambda _, inner=inner: ast.unparse(inner), text)
            claim = f"the brackets around {words.code(inner)} were missing"
            yield Change(node, ast.parse(without, mode="eval").body, claim)


def divisor_brackets_missing(node, scene, words):
    """a / (b * c) → a / b * c."""
    if is_operation(node, ast.Div) and is_operation(node.right, ast.Mult):
        inner = node.right
        first = ast.BinOp(node.left, ast.Div(), inner.left)
        claim = f"only {words.code(inner.left)} stood below the fraction line"
        yield Change(node, ast.BinOp(first, ast.Mult(), inner.right), claim)


def brackets_added(node, scene, words):
    """a * b + c → a * (b + c); c + a * b → (c + a) * b."""
    if not is_operation(node, ast.Add, ast.Sub):
        return
    if is_operation(node.left, ast.Mult, ast.Div):
        claim = f"{words.code(node.left.left)} also applied to {words.code(node.right)}"
        yield Change(node, _left_opened(node), claim)
    if is_operation(node.right, ast.Mult, ast.Div):
        claim = f"{words.code(node.right.right)} also applied to {words.code(node.left)}"
        yield Change(node, _right_opened(node), claim)


def factor_on_the_other_term(node, scene, words):
    """a * b + c → b + a * c: a factor moved to the neighbouring term."""
    if is_operation(node, ast.Add, ast.Sub) and is_operation(node.left, ast.Mult):
        inner = node.left
        moved = ast.BinOp(inner.left, ast.Mult(), node.right)
        claim = (
            f"the factor {words.code(inner.left)} belonged to {words.code(node.right)}, not to its "
            "neighbour"
        )
        yield Change(node, ast.BinOp(inner.right, node.op, moved), claim)


def factor_twice(node, scene, words):
    """a * b → a * a * b; what is in a product or a sum of squares comes in twice."""
    if not is_operation(node, ast.Mult):
        return
    for twice in (node.left, node.right):
        if is_read(twice):
            claim = f"{words.code(twice)} came into the product twice"
            yield Change(twice, formed("it ** 2", it=twice), claim)


def factor_in_both_terms(node, scene, words):
    """a * b + c → a * b + a * c, for two terms of one sum."""
    if not is_operation(node, ast.Add, ast.Sub):
        return
    for mine, other in ((node.left, node.right), (node.right, node.left)):
        if is_operation(mine, ast.Mult) and is_read(mine.left):
            claim = f"the factor {words.code(mine.left)} also stood before {words.code(other)}"
            yield Change(other, formed("factor * it", factor=mine.left, it=other), claim)


def squared_for_doubled(node, scene, words):
    """2 * a → a ** 2."""
    if is_operation(node, ast.Mult) and is_number(node.left) and node.left.value == 2:
        base = words.code(node.right)
        yield Change(
            node,
            formed("it ** 2", it=node.right),
            f"{base} were squared where it is to be doubled",
        )


def squared(node, scene, words):
    """a - b → (a - b) ** 2."""
    if is_operation(node, ast.Sub) and not is_operation(scene.parent(node), ast.Pow):
        claim = f"{words.code(node)} were squared"
        yield Change(node, formed("it ** 2", it=node), claim)


def size_only(node, scene, words):
    """a - b → abs(a - b); f(a) → abs(f(a)); a → abs(a) as a factor that is computed."""
    parent = scene.parent(node)
    difference = is_operation(node, ast.Sub)
    given = isinstance(node, ast.Call) and getattr(node.func, "id", "") in scene.arguments
    multiplied = is_read(node) and is_operation(parent, ast.Mult) and node.id not in scene.arguments
    if difference or given or multiplied:
        yield Change(node, formed("abs(it)", it=node), f"{words.code(node)} had lost its sign")


def sign_of_result_turned(node, scene, words):
    """return a → return -a; [a for …] → [-a for …]; x = a → x = -a."""
    for result in results(node, scene):
        claim = f"the sign of {words.result(result)} were turned"
        yield Change(result, formed("-it", it=result), claim, placed=False)


def result_scaled(node, scene, words):
    """return a → return 2 * a, a / 2; and the same for what is set on the way."""
    for result in results(node, scene):
        said = words.result(result)
        yield Change(result, formed("2 * it", it=result), f"{said} were doubled", placed=False)
        yield Change(result, formed("it / 2", it=result), f"{said} were halved", placed=False)


def results(node, scene):
    """Return the numbers that a node hands on: what is returned or set by computing, entry by
    entry.
    """
    value = getattr(node, "value", None) if isinstance(node, (ast.Return, ast.Assign)) else None
    if isinstance(node, (ast.ListComp, ast.GeneratorExp)):
        value = node.elt
    entries = value.elts if isinstance(value, (ast.Tuple, ast.List)) else [value]
    return [entry for entry in entries if _is_computed(entry, scene)]


def _is_computed(node, scene):
    """Tell whether a node is a number, or an array, that the function computes: no list, no
    word, no yes or no.
    """
    if is_question(node) or isinstance(node, ast.Call) and last_name(node.func) in _LISTS:
        return False
    if node is not None and is_read(node):
        return not isinstance(
            scene.value_of(node.id), (ast.List, *COMPREHENSIONS)
        ) and not scene.fills(node.id)
    return isinstance(node, (ast.BinOp, ast.Call, ast.UnaryOp, ast.Subscript))


EDITS = [
    added,
    subtracted,
    update_turned,
    order_turned,
    brackets_missing,
    brackets_missing_in_a_product,
    divisor_brackets_missing,
    brackets_added,
    operator_exchanged,
]
RARE = [
    sign_of_result_turned,
    squared_for_doubled,
    size_only,
    factor_on_the_other_term,
    factor_in_both_terms,
    factor_twice,
    squared,
    result_scaled,
]
