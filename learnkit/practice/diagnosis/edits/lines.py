"""Edits of whole lines: one left out, moved before its neighbour, into a loop or out of it."""

import ast

from .tree import (
    LOOPS,
    Change,
    blocks,
    is_call_of,
    is_read,
    names_read,
    names_set,
    replaced,
    statements,
    with_values,
)


def line_left_out(node, scene, words):
    """A line fewer: nothing appended, nothing updated, nothing returned."""
    for block in blocks(node):
        for place, line in enumerate(block):
            rest = [*block[:place], *block[place + 1 :]] or [ast.Pass()]
            if not isinstance(line, ast.If) and not _begins(line, scene):
                last = line is scene.function.body[-1]
                yield Change(block, rest, _missing(line, last, words), placed=False, alike=None)


def _missing(line, last, words):
    if isinstance(line, ast.Return):
        return "there were no `return` at the end" if last else "one `return` were missing"
    if isinstance(line, LOOPS):
        return "the loop were missing"
    return f"{words.line(line)} were missing"


def _begins(line, scene):
    """Tell whether a line is the first that sets a name: without it there is only a NameError."""
    first = {
        name: scene.assignments(name)[0] for name in names_set(line) if scene.assignments(name)
    }
    return any(setting is line and name not in scene.arguments for name, setting in first.items())


def lines_exchanged(node, scene, words):
    """a; b → b; a, where the second can do without the first."""
    for block in blocks(node):
        for place, (first, second) in enumerate(zip(block, block[1:], strict=False)):
            if isinstance(second, (ast.Return, ast.FunctionDef)) or _are_independent(first, second):
                continue
            if not _needs(second, first, scene):
                exchanged = [*block[:place], second, first, *block[place + 2 :]]
                claim = f"{words.line(second)} came before {words.line(first)}"
                yield Change(block, exchanged, claim, placed=False)


def _are_independent(first, second):
    """Tell whether two lines each set a name that the other does not know, so that their order
    is all the same.
    """
    plain = all(
        isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name)
        for line in (first, second)
    )
    return plain and not (
        names_set(first) & names_read(second) or names_set(second) & names_read(first)
    )


def _needs(second, first, scene):
    return bool(names_read(second) & names_set(first)) and _begins(first, scene)


def return_in_the_loop(node, scene, words):
    """for …: …; return a → for …: …, return a."""
    for block in blocks(node):
        for place, line in enumerate(block[:-1]):
            after = block[place + 1]
            if isinstance(line, LOOPS) and isinstance(after, ast.Return):
                for loop, inner in _loops_inside(line):
                    longer = replaced(line, {id(loop): _with_body(loop, [*loop.body, after])})
                    claim = "`return` stood inside the loop: it ends after the first round"
                    if inner:
                        claim = (
                            "`return` stood inside the inner loop: it ends after the first round"
                        )
                    yield Change(block, [*block[:place], longer, after], claim, placed=False)


def _loops_inside(loop):
    yield loop, False
    for line in loop.body:
        if isinstance(line, LOOPS):
            yield line, True


def _with_body(loop, body):
    return replaced(loop, {id(loop.body): body})


def line_after_the_loop(node, scene, words):
    """for …: a, b → for …: a; b."""
    for block in blocks(node):
        for place, loop in enumerate(block):
            if not isinstance(loop, LOOPS) or len(loop.body) < 2:
                continue
            for gone, line in enumerate(loop.body):
                if isinstance(line, (*LOOPS, ast.If)) and gone < len(loop.body) - 1:
                    continue
                body = [*loop.body[:gone], *loop.body[gone + 1 :]]
                after = [*block[:place], _with_body(loop, body), line, *block[place + 1 :]]
                claim = f"{words.line(line)} stood after the loop: it runs only once"
                yield Change(block, after, claim, placed=False)


def line_before_the_loop(node, scene, words):
    """for …: a, b → a; for …: b."""
    for block in blocks(node):
        for place, loop in enumerate(block):
            if (
                isinstance(loop, ast.For)
                and len(loop.body) > 1
                and not _needs(loop.body[0], loop, scene)
            ):
                first = loop.body[0]
                before = [
                    *block[:place],
                    first,
                    _with_body(loop, loop.body[1:]),
                    *block[place + 1 :],
                ]
                claim = f"{words.line(first)} stood before the loop: it runs only once"
                yield Change(block, before, claim, placed=False)


def begun_in_the_loop(node, scene, words):
    """a = []; for …: … → for …: a = []; …"""
    for block in blocks(node):
        for place, loop in enumerate(block):
            for before, line in enumerate(block[:place]):
                if (
                    isinstance(loop, LOOPS)
                    and isinstance(line, ast.Assign)
                    and names_set(line) & _changed(loop, scene)
                ):
                    body = _with_body(loop, [line, *loop.body])
                    moved = [
                        *block[:before],
                        line,
                        *block[before + 1 : place],
                        body,
                        *block[place + 1 :],
                    ]
                    claim = (
                        f"{words.line(line)} also stood in the loop: it begins anew in each round"
                    )
                    yield Change(block, moved, claim, placed=False)


def _changed(loop, scene):
    """Return the names that a loop sets or fills."""
    return names_set(loop) | {name for name in names_read(loop) if scene.fills(name)}


def begun_only_once(node, scene, words):
    """for …: row = []; … → row = []; for …: …"""
    for block in blocks(node):
        for place, loop in enumerate(block):
            if (
                isinstance(loop, LOOPS)
                and len(loop.body) > 1
                and isinstance(loop.body[0], ast.Assign)
            ):
                first = loop.body[0]
                if isinstance(first.value, (ast.List, ast.Constant)):
                    rest = _with_body(loop, loop.body[1:])
                    moved = [*block[:place], first, rest, *block[place + 1 :]]
                    claim = f"{words.line(first)} stood before the loop: it is never begun anew"
                    yield Change(block, moved, claim, placed=False)


def line_in_the_inner_loop(node, scene, words):
    """for …: (for …: a), b → for …: (for …: a, b)."""
    for block in blocks(node):
        for place, loop in enumerate(block[:-1]):
            line = block[place + 1]
            if isinstance(loop, LOOPS) and isinstance(line, ast.Expr):
                moved = [*block[:place], _with_body(loop, [*loop.body, line]), *block[place + 2 :]]
                claim = f"{words.line(line)} stood inside the loop before it: it runs in each round"
                yield Change(block, moved, claim, placed=False)


def one_after_the_other(node, scene, words):
    """a, b = f(a, b), g(a, b) → a = f(a, b); b = g(a, b)."""
    for block in blocks(node):
        for place, line in enumerate(block):
            if _is_parallel(line) and scene.loop_of(line) is not None:
                yield from _in_sequence(block, place, words)


def _is_parallel(line):
    if not isinstance(line, ast.Assign) or not isinstance(line.value, ast.Tuple):
        return False
    target = line.targets[0]
    return isinstance(target, ast.Tuple) and all(isinstance(each, ast.Name) for each in target.elts)


def _in_sequence(block, place, words):
    """Yield the two orders of a parallel assignment, with what was computed just before it
    written out.
    """
    line = block[place]
    values = _computed(block[:place])
    pairs = list(
        zip(
            line.targets[0].elts,
            (with_values(value, values) for value in line.value.elts),
            strict=False,
        )
    )
    for ordered in (pairs, pairs[::-1]):
        lines = [ast.Assign([target], value) for target, value in ordered]
        first, last = ordered[0][0].id, ordered[-1][0].id
        claim = f"`{first}` were already new when the new `{last}` is computed"
        yield Change(block, [*block[:place], *lines, *block[place + 1 :]], claim, placed=False)


def _computed(lines):
    """Return the values that lines give to single names, each written out with those before it."""
    values = {}
    for line in lines:
        if isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name):
            values[line.targets[0].id] = with_values(line.value, values)
    return values


def every_with_every(node, scene, words):
    """[… for a, b in zip(c, d)] → [… for a in c for b in d]."""
    if not isinstance(node, (ast.ListComp, ast.GeneratorExp)) or len(node.generators) != 1:
        return
    (loop,) = node.generators
    if not is_call_of(loop.iter, "zip") or not isinstance(loop.target, ast.Tuple) or loop.ifs:
        return
    pairs = zip(loop.target.elts, loop.iter.args)
    loops = [ast.comprehension(target, entries, [], 0) for target, entries in pairs]
    names = " and ".join(words.code(entries) for entries in loop.iter.args)
    claim = (
        f"every entry were paired with every other of {names}, not each with the one in its place"
    )
    yield Change(node, type(node)(node.elt, loops), claim)


def update_from_the_start(node, scene, words):
    """x = f(x) in a loop → each round begins at the first x again."""
    for block in blocks(node):
        for place, loop in enumerate(block):
            if isinstance(loop, LOOPS):
                for name in _carried(loop):
                    kept = statements(
                        "start = it", start=f"first_{name}", it=ast.Name(name, ast.Load())
                    )
                    begin = statements("it = start", it=name, start=f"first_{name}")
                    body = _with_body(loop, [*begin, *loop.body])
                    claim = f"each round began at the first `{name}` again"
                    yield Change(
                        block,
                        [*block[:place], *kept, body, *block[place + 1 :]],
                        claim,
                        placed=False,
                    )


def _carried(loop):
    """Return the names that a loop computes from their own last value."""
    lines = [line for line in loop.body if isinstance(line, ast.Assign)]
    return [
        name
        for line in lines
        for name in sorted(names_set(line) & names_read(line.value))
        if isinstance(line.targets[0], (ast.Name, ast.Tuple))
    ]


def changed_in_place(node, scene, words):
    """x = x - a → x -= a: an array of the caller's is overwritten."""
    if not isinstance(node, ast.Assign) or not isinstance(node.value, ast.BinOp):
        return
    target, value = node.targets[0], node.value
    if isinstance(target, ast.Name) and is_read(value.left) and value.left.id == target.id:
        in_place = ast.AugAssign(target, value.op, value.right)
        claim = f"`{target.id}` were changed in place, together with all that is the same array"
        yield Change(node, in_place, claim, placed=False)


def worked_on_copies(node, scene, words):
    """p.data = … for what the caller gave → the same on a copy."""
    if node is not scene.function:
        return
    for name in scene.arguments:
        if _is_changed(name, scene):
            copied = statements("it = __import__('copy').deepcopy(it)", it=name)
            claim = f"it worked on copies: the `{name}` of the caller stay as they were"
            yield Change(node.body, [*copied, *node.body], claim, placed=False)


def _is_changed(name, scene):
    """Tell whether the function sets an attribute or an entry of an argument, or of one of its
    entries.
    """
    owners = [
        each.value.id
        for each in scene.nodes
        if isinstance(each, (ast.Attribute, ast.Subscript))
        and isinstance(each.ctx, ast.Store)
        and isinstance(each.value, ast.Name)
    ]
    sources = [getattr(scene.collection_of(owner), "id", owner) for owner in owners]
    return name in sources


def set_not_added(node, scene, words):
    """a += b → a = b."""
    if isinstance(node, ast.AugAssign):
        claim = f"each round replaced `{ast.unparse(node.target)}` and nothing were added up"
        yield Change(node, ast.Assign([node.target], node.value), claim, placed=False)


EDITS = [
    return_in_the_loop,
    line_after_the_loop,
    line_left_out,
    lines_exchanged,
    begun_only_once,
    line_before_the_loop,
    begun_in_the_loop,
    line_in_the_inner_loop,
    one_after_the_other,
    worked_on_copies,
    update_from_the_start,
    set_not_added,
]
RARE = [changed_in_place, every_with_every]
