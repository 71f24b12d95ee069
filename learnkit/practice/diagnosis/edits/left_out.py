"""Edits that leave something out: a factor, a term, a divisor, a power, a call, an index, an
entry.
"""

import ast

from .tree import (
    Change,
    formed,
    is_call_of,
    is_loaded,
    is_number,
    is_operation,
    is_question,
    is_read,
)
from .wording import is_table, ordinal

_NEVER_ALONE = ("range", "zip", "enumerate", "append", "extend", "len", "print")


def factor(node, scene, words):
    """a * b → a, or b."""
    if not is_operation(node, ast.Mult, ast.MatMult):
        return
    for gone, left in ((node.left, node.right), (node.right, node.left)):
        yield Change(node, left, f"the factor {words.code(gone)} were missing")
    if isinstance(scene.parent(node), (ast.Tuple, ast.List)):
        yield Change(node, ast.Constant(1), f"the factor {words.code(node)} were missing")


def matrix_product(node, scene, words):
    """a @ b → a added up along its rows, without b."""
    if is_operation(node, ast.MatMult):
        claim = f"{words.code(node.left)} were added up alone, without {words.code(node.right)}"
        yield Change(node, formed("it.sum(axis=1)", it=node.left), claim)


def divisor(node, scene, words):
    """a / b → a."""
    if is_operation(node, ast.Div, ast.FloorDiv):
        code = words.code(node.right).strip("`")
        bracketed = f"({code})" if isinstance(node.right, ast.BinOp) else code
        yield Change(node, node.left, f"`/ {bracketed}` were missing")


def term(node, scene, words):
    """a + b → a, or b; a - b → a, or -b, or b."""
    if not is_operation(node, ast.Add, ast.Sub):
        return
    sign = "+" if isinstance(node.op, ast.Add) else "-"
    code = words.code(node.right).strip("`")
    yield Change(node, node.left, f"`{sign} {code}` were missing")
    first = words.code(node.left)
    first_term = (
        f"{first}, with which the {'difference' if sign == '-' else 'sum'} begins, were missing"
    )
    alike = "what each difference begins with were missing"
    if sign == "-":
        yield Change(node, formed("-it", it=node.right), first_term, alike=alike)
        claim = f"{first} and the minus after it were missing"
        yield Change(
            node,
            node.right,
            claim,
            alike="what each difference begins with, and the minus, were missing",
        )
    else:
        yield Change(node, node.right, first_term)


def power(node, scene, words):
    """a ** 2 → a, 2 * a, abs(a)."""
    if not is_operation(node, ast.Pow):
        return
    base = words.code(node.left)
    yield Change(node, node.left, f"{base} were not raised to a power")
    doubled = ast.BinOp(node.right, ast.Mult(), node.left)
    yield Change(
        node, doubled, f"{base} were multiplied by the exponent: a power multiplies by itself"
    )
    yield Change(
        node,
        formed("abs(it)", it=node.left),
        f"only the size of {base} counted, without the power",
    )


def call(node, scene, words):
    """f(a) → a; a.f() → a."""
    if not isinstance(node, ast.Call) or node.keywords or is_call_of(node, *_NEVER_ALONE):
        return
    if isinstance(node.func, ast.Attribute) and not node.args:
        yield Change(node, node.func.value, f"`.{node.func.attr}()` were missing")
    if len(node.args) == 1 and not isinstance(node.args[0], (ast.GeneratorExp, ast.Starred)):
        name = ast.unparse(node.func)
        yield Change(
            node,
            node.args[0],
            f"{words.code(node.args[0])} stood alone, without `{name}(…)` around it",
        )


def arguments_alone(node, scene, words):
    """f(a, b) → (a, b), for a function that the learner is given."""
    if (
        isinstance(node, ast.Call)
        and len(node.args) > 1
        and getattr(node.func, "id", "") in scene.arguments
    ):
        claim = f"`{node.func.id}` were never called and only its arguments were kept"
        yield Change(node, ast.Tuple(node.args, ast.Load()), claim)


def index(node, scene, words):
    """a[i] → a."""
    if isinstance(node, ast.Subscript) and is_loaded(node):
        claim = f"the index of {words.code(node.value)} were missing, so that all of it is used"
        yield Change(node, node.value, claim, alike="the indices were missing")


def keyword(node, scene, words):
    """f(a, axis=0) → f(a)."""
    if not isinstance(node, ast.Call):
        return
    for gone in node.keywords:
        others = [each for each in node.keywords if each is not gone]
        yield Change(node, ast.Call(node.func, node.args, others), f"`{gone.arg}=…` were missing")


def entry(node, scene, words):
    """return a, b → return a; [a, b] → [b]."""
    if not isinstance(node, (ast.Tuple, ast.List)) or len(node.elts) < 2 or not is_loaded(node):
        return
    if isinstance(scene.parent(node), (ast.Subscript, ast.Assign)) and not isinstance(
        node, ast.List
    ):
        return  # an index, or one of several values set at once
    returned = isinstance(scene.parent(node), ast.Return)
    for place, gone in enumerate(node.elts):
        rest = [each for each in node.elts if each is not gone]
        whole = "the returned values" if returned else "the entries"
        whole = "the rows" if is_table(node) else whole
        code = "" if is_number(gone) else f", {words.code(gone)},"
        claim = f"the {ordinal(place)} of {whole}{code} were missing"
        yield Change(node, type(node)(rest, node.ctx), claim, placed=not returned)
        if len(rest) == 1:
            yield Change(node, rest[0], f"{claim}, and the other stood alone", placed=not returned)


def entry_to_zero(node, scene, words):
    """[a, b] → [a, 0]; x = a → x = 0, where a is computed."""
    if isinstance(node, (ast.Tuple, ast.List)) and is_loaded(node):
        for place, gone in enumerate(node.elts):
            if not is_number(gone) and not isinstance(gone, ast.List):
                claim = f"the {ordinal(place)} entry were always 0"
                yield Change(
                    gone,
                    ast.Constant(0),
                    claim,
                    placed=not isinstance(scene.parent(node), ast.Return),
                )
    if isinstance(node, ast.Assign) and is_question(node.value):
        yield Change(node.value, ast.Constant(False), f"{words.code(node.value)} were never true")
    elif isinstance(node, ast.Assign) and isinstance(node.value, (ast.BinOp, ast.Call)):
        yield Change(node.value, ast.Constant(0), f"{words.code(node.value)} were always 0")


def minus(node, scene, words):
    """-a → a."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield Change(
            node, node.operand, f"the minus before {words.code(node.operand)} were missing"
        )


def all_but_a_part(node, scene, words):
    """return 2 * (p - t) / n → return p - t: a part of what is computed, for the whole."""
    if not isinstance(node, ast.BinOp) or isinstance(scene.parent(node), ast.BinOp):
        return
    children = [child for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr)]
    seen = {id(child) for child in children} | {id(node)}
    for part in ast.walk(node):
        if isinstance(part, (ast.BinOp, ast.Call)) or is_read(part):
            if id(part) not in seen and _stands_alone(part, node, scene):
                yield Change(
                    node, part, f"only {words.code(part)} were left of the whole expression"
                )


def _stands_alone(part, whole, scene):
    """Tell whether a part of an expression is one of its values: no name of a function, nothing
    of a loop's own.
    """
    inner = part
    for around in scene.ancestors(part):
        if around is whole:
            return True
        values = (
            [around.left, around.right]
            if isinstance(around, ast.BinOp)
            else getattr(around, "args", [])
        )
        if not any(value is inner for value in values):
            return False
        inner = around
    return False


EDITS = [
    divisor,
    factor,
    matrix_product,
    term,
    power,
    index,
    call,
    entry,
    minus,
    keyword,
    arguments_alone,
]
RARE = [entry_to_zero, all_but_a_part]
