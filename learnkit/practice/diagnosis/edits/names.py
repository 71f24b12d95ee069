"""Edits of names and orders: two arguments exchanged, one name for another, entries and loops
exchanged.
"""

import ast

from .tree import (
    COMPREHENSIONS,
    Change,
    is_call_of,
    is_loaded,
    is_read,
    names_read,
    renamed,
    same_tree,
)
from .wording import is_table, ordinal


def arguments_exchanged(node, scene, words):
    """f(a, b) → f(b, a)."""
    if not isinstance(node, ast.Call) or is_call_of(node, "min", "max", "range", "isinstance"):
        return
    for place in range(len(node.args) - 1):
        first, second = node.args[place : place + 2]
        arguments = [*node.args[:place], second, first, *node.args[place + 2 :]]
        claim = (
            f"{words.code(first)} and {words.code(second)} changed places in "
            f"`{ast.unparse(node.func)}(…)`"
        )
        yield Change(node, ast.Call(node.func, arguments, node.keywords), claim)


def entries_exchanged(node, scene, words):
    """return a, b → return b, a; a, b = c → b, a = c."""
    if not isinstance(node, (ast.Tuple, ast.List)) or len(node.elts) > 6:
        return
    returned = isinstance(scene.parent(node), ast.Return)
    if isinstance(scene.parent(node), ast.Subscript):
        return
    for place, first in enumerate(node.elts):
        for other in range(place + 1, len(node.elts)):
            second = node.elts[other]
            entries = [
                *node.elts[:place],
                second,
                *node.elts[place + 1 : other],
                first,
                *node.elts[other + 1 :],
            ]
            claim = (
                f"the {ordinal(place)} and the {ordinal(other)} {_entries(node, returned)} changed "
                "places"
            )
            yield Change(node, type(node)(entries, node.ctx), claim, placed=not returned)


def _entries(node, returned):
    if returned and not is_table(node):
        return "of the returned values"
    if isinstance(node.ctx, ast.Store):
        return "of `" + ast.unparse(node).strip("()") + "`"
    return "row" if all(isinstance(entry, ast.List) for entry in node.elts) else "entry"


def entry_like_its_neighbour(node, scene, words):
    """[a, b] → [b, b], [a, a]."""
    if not isinstance(node, (ast.Tuple, ast.List)) or not is_loaded(node):
        return
    if isinstance(scene.parent(node), ast.Subscript):
        return
    for place, entry in enumerate(node.elts):
        for other in (place - 1, place + 1):
            if 0 <= other < len(node.elts) and not isinstance(entry, ast.Constant):
                claim = f"the {ordinal(place)} entry were made as the {ordinal(other)} one"
                yield Change(entry, node.elts[other], claim, placed=False)


def value_like_its_neighbour(node, scene, words):
    """a = f(x); b = g(x) → a = f(x); b = f(x)."""
    for block in (getattr(node, "body", None), getattr(node, "orelse", None)):
        if not isinstance(block, list):
            continue
        assigned = [
            line
            for line in block
            if isinstance(line, ast.Assign) and hasattr(line.targets[0], "id")
        ]
        for first, second in zip(assigned, assigned[1:], strict=False):
            for mine, other in ((second, first), (first, second)):
                own, others = mine.targets[0].id, other.targets[0].id
                if own not in names_read(other.value) and others not in names_read(mine.value):
                    claim = f"`{own}` were computed as `{others}` is"
                    yield Change(mine.value, other.value, claim, placed=False)


def treated_like_its_neighbours(node, scene, words):
    """return a[i], b → return a[i], b[i]."""
    if not isinstance(node, ast.Tuple) or not is_loaded(node):
        return
    indexed = [
        each
        for each in node.elts
        if isinstance(each, ast.Subscript) and isinstance(each.slice, ast.Name)
    ]
    for plain in node.elts:
        if is_read(plain) and indexed:
            index = words.code(indexed[0].slice)
            claim = f"{words.code(plain)} were indexed with {index}, as the others are"
            yield Change(
                plain, ast.Subscript(plain, indexed[0].slice, ast.Load()), claim, placed=False
            )


def name_for_another(node, scene, words):
    """a → b, where both are arguments, both set by the function, or both run in one loop."""
    if not is_read(node):
        return
    parent = scene.parent(node)
    if isinstance(parent, ast.Call) and parent.func is node:
        return
    for other in _rivals(node, scene):
        if not _appends_to_itself(parent, scene, other):
            claim = f"{words.named(other)} stood in place of {words.code(node)}"
            yield Change(node, ast.Name(other, ast.Load()), claim, alike=None)


def _rivals(node, scene):
    """Return the names that one may write in place of this one by mistake, the nearest first."""
    called = {
        each.func.id
        for each in scene.nodes
        if isinstance(each, ast.Call) and isinstance(each.func, ast.Name)
    }
    together = _bound_with(node, scene)
    arguments = [name for name in scene.arguments if name not in called]
    own = scene.locals()
    if node.id not in own and node.id not in scene.arguments and not together:
        # a module or a function from outside, such as np, which nobody mistakes for a value
        return []
    inner = {
        name for each in scene.nodes if isinstance(each, COMPREHENSIONS) for name in _bound_by(each)
    }
    group = arguments if node.id in arguments else [name for name in own if name not in inner]
    candidates = [*together, *(group if node.id not in inner else []), *_collection(node, scene)]
    return [
        name
        for name in dict.fromkeys(candidates)
        if name not in (node.id, "_") and name not in called
    ]


def _bound_with(node, scene):
    """Return the names bound by the comprehensions around a node, if it is one of them."""
    around = [
        name
        for each in scene.ancestors(node)
        if isinstance(each, COMPREHENSIONS)
        for name in _bound_by(each)
    ]
    return around if node.id in around else []


def _bound_by(comprehension):
    targets = [generator.target for generator in comprehension.generators]
    return [
        each.id for target in targets for each in ast.walk(target) if isinstance(each, ast.Name)
    ]


def _collection(node, scene):
    collection = scene.collection_of(node.id)
    return [collection.id] if isinstance(collection, ast.Name) else []


def _appends_to_itself(parent, scene, other):
    appended = is_call_of(parent, "append", "extend")
    return appended and getattr(parent.func.value, "id", "") == other


def arguments_exchanged_throughout(node, scene, words):
    """def f(a, b) → the same with a and b exchanged everywhere."""
    if node is not scene.function:
        return
    names = scene.arguments
    for place, first in enumerate(names):
        for second in names[place + 1 :]:
            exchanged = renamed(node, {first: second, second: first})
            claim = f"`{first}` and `{second}` changed places everywhere"
            yield Change(node, exchanged, claim, placed=False)


def name_for_an_entry(node, scene, words):
    """a[i] → b, where both a and b are arguments: another argument in place of an indexed one."""
    if (
        isinstance(node, ast.Subscript)
        and getattr(node.value, "id", "") in scene.arguments
        and is_loaded(node)
    ):
        for other in scene.arguments:
            if other != node.value.id:
                claim = f"`{other}` stood in place of {words.code(node)}"
                yield Change(node, ast.Name(other, ast.Load()), claim, alike=None)


def attribute_for_another(node, scene, words):
    """p.data → p.grad, where the function uses both."""
    if not isinstance(node, ast.Attribute) or not is_loaded(node) or _is_called(node, scene):
        return
    used = [
        each
        for each in scene.nodes
        if isinstance(each, ast.Attribute) and not _is_called(each, scene)
    ]
    for other in dict.fromkeys(each.attr for each in used if same_tree(each.value, node.value)):
        if other != node.attr and not isinstance(node.value, ast.Attribute):
            claim = f"`.{other}` stood in place of {words.code(node)}"
            yield Change(node, ast.Attribute(node.value, other, ast.Load()), claim, alike=None)


def _is_called(node, scene):
    """Tell whether a node is the function of a call."""
    return getattr(scene.parent(node), "func", None) is node


def other_matrix_product(node, scene, words):
    """a @ b → c @ a, for another argument c: the product of the pass in the other direction."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult):
        for kept, gone in ((node.left, node.right), (node.right, node.left)):
            for other in scene.arguments:
                if not {other} & (names_read(kept) | names_read(gone)):
                    new = ast.BinOp(ast.Name(other, ast.Load()), ast.MatMult(), kept)
                    claim = (
                        f"`{other}` were multiplied with {words.code(kept)}, not {words.code(gone)}"
                    )
                    yield Change(node, new, claim)


def table_turned(node, scene, words):
    """[[a, b], [c, d]] → [a, b, c, d]; [[d, c], [b, a]]; [[a, c], [b, d]]."""
    if (
        not isinstance(node, ast.List)
        or not all(isinstance(row, ast.List) for row in node.elts)
        or not node.elts
    ):
        return
    entries = [entry for row in node.elts for entry in row.elts]
    flat = ast.List(entries, ast.Load())
    yield Change(node, flat, "all rows stood in one long list", placed=False)
    turned = [ast.List(row.elts[::-1], ast.Load()) for row in node.elts[::-1]]
    claim = "rows and columns both came in reverse order"
    yield Change(node, ast.List(turned, ast.Load()), claim, placed=False)
    columns = [
        ast.List(list(column), ast.Load())
        for column in zip(*(row.elts for row in node.elts), strict=False)
    ]
    claim = "rows and columns of the table changed places"
    yield Change(node, ast.List(columns, ast.Load()), claim, placed=False)


def loops_exchanged(node, scene, words):
    """[[f for a in b] for c in d] → rows and columns exchanged, one long list, pairs."""
    if not isinstance(node, ast.ListComp) or not isinstance(node.elt, ast.ListComp):
        return
    outer, inner = node.generators[0], node.elt.generators[0]
    rows, columns = words.code(outer.iter), words.code(inner.iter)
    exchanged = ast.ListComp(ast.ListComp(node.elt.elt, [outer]), [inner])
    yield Change(
        node,
        exchanged,
        f"rows and columns of the table changed places: a row for each entry of {columns}",
    )
    flat = ast.ListComp(node.elt.elt, [outer, inner])
    yield Change(node, flat, "all rows were joined into one long list")
    flat = ast.ListComp(node.elt.elt, [inner, outer])
    yield Change(node, flat, "all columns were joined into one long list")
    pair = ast.Tuple([inner.target, outer.target], ast.Store())
    both = ast.Call(ast.Name("zip", ast.Load()), [inner.iter, outer.iter], [])
    paired = ast.ListComp(node.elt.elt, [ast.comprehension(pair, both, [], 0)])
    claim = (
        f"the first of {columns} were paired with the first of {rows} and so on, not every one "
        "with every one"
    )
    yield Change(node, paired, claim)


EDITS = [
    arguments_exchanged,
    entries_exchanged,
    loops_exchanged,
    value_like_its_neighbour,
    entry_like_its_neighbour,
    name_for_another,
    treated_like_its_neighbours,
]
RARE = [
    arguments_exchanged_throughout,
    name_for_an_entry,
    attribute_for_another,
    other_matrix_product,
    table_turned,
]
