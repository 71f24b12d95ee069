"""Edits of what is handed back: a list for its last entry, an entry for the list, something else
recorded.
"""

import ast

from .tree import (
    LOOPS,
    Change,
    formed,
    is_call_of,
    is_operation,
    is_read,
    names_read,
    names_set,
    statements,
)


def list_or_entry(node, scene, words):
    """return path → path[-1], path[0], path[1:], path[:-1], path[::-1], for a list that the
    function fills.
    """
    value = node.value if isinstance(node, ast.Return) else None
    if value is None or not (_is_filled(value, scene) or isinstance(value, ast.ListComp)):
        return
    for part, claim in (
        ("[-1]", "only the last entry were returned, not the list"),
        ("[0]", "only the first entry were returned, not the list"),
        ("[1:]", "the first entry of the list were missing"),
        ("[:-1]", "the last entry of the list were missing"),
        ("[::-1]", "the list were returned in reverse order"),
    ):
        yield Change(value, formed(f"it{part}", it=value), claim, placed=False)
    yield Change(
        value, ast.List([value], ast.Load()), "the list stood in another list", placed=False
    )


def _is_filled(value, scene):
    return is_read(value) and scene.fills(value.id)


def all_on_the_way(node, scene, words):
    """return w → return the list of every w, with the first or without it."""
    if node is not scene.function or not node.body or not isinstance(node.body[-1], ast.Return):
        return
    *before, last = node.body
    loops = [line for line in before if isinstance(line, LOOPS)]
    value = last.value
    if not loops or not is_read(value) or value.id not in names_set(loops[-1]):
        return
    place = next(place for place, line in enumerate(before) if line is loops[-1])
    recorded = statements("way_.append(it)", it=value)
    loop = type(loops[-1])(
        **{**dict(ast.iter_fields(loops[-1])), "body": [*loops[-1].body, *recorded]}
    )
    for begin, claim in (("[it]", "with the first"), ("[]", "without the first")):
        begun = statements(f"way_ = {begin}", it=value)
        returned = ast.Return(ast.Name("way_", ast.Load()))
        body = [*before[:place], *begun, loop, *before[place + 1 :], returned]
        said = f"it returned every `{value.id}` on the way, {claim}, not the last one alone"
        yield Change(node.body, body, said, placed=False)


def another_returned(node, scene, words):
    """return path → return path, velocity; return velocity."""
    if not isinstance(node, ast.Return) or not is_read(node.value):
        return
    for name in scene.locals():
        if name != node.value.id and name in scene.known | _changing(scene):
            other = ast.Name(name, ast.Load())
            claim = f"{words.named(name)} were returned as well"
            yield Change(
                node.value, ast.Tuple([node.value, other], ast.Load()), claim, placed=False
            )


def _changing(scene):
    """Return the names that a loop updates from their own last value."""
    lines = [each for each in scene.nodes if isinstance(each, ast.Assign)]
    return {name for line in lines for name in names_set(line) & names_read(line.value)}


def another_recorded(node, scene, words):
    """path.append(x) → path.append(slope(x)): something on the way to x, or after it."""
    if not is_call_of(node, "append") or not node.args or not is_read(node.args[0]):
        return
    appended = node.args[0]
    for line in scene.assignments(appended.id):
        for part in ast.walk(line.value if isinstance(line, ast.Assign) else ast.Pass()):
            if isinstance(part, ast.Call) or is_operation(part, ast.Mult):
                yield Change(
                    appended, part, f"{words.code(part)} were recorded, not {words.code(appended)}"
                )


def only_where_true(node, scene, words):
    """a.append(b if c else 0) → if c: a.append(b)."""
    if (
        not isinstance(node, ast.Expr)
        or not is_call_of(node.value, "append")
        or not node.value.args
    ):
        return
    choice = node.value.args[0]
    if isinstance(choice, ast.IfExp):
        append = ast.Expr(ast.Call(node.value.func, [choice.body], []))
        claim = (
            f"entries for which {words.code(choice.test)} is false were left out, so that the list "
            "is too short"
        )
        yield Change(node, ast.If(choice.test, [append], []), claim, placed=False)
        also = ast.Expr(ast.Call(node.value.func, [choice.orelse], []))
        both = ast.If(ast.UnaryOp(ast.Not(), choice.test), [also], [])
        claim = (
            f"both {words.code(choice.body)} and {words.code(choice.orelse)} were appended where "
            "one belongs"
        )
        yield Change(node, ast.If(ast.Constant(True), [append, both], []), claim, placed=False)


def begun_with_the_update(node, scene, words):
    """v = 0.0; … v = m * v + slope(x) → v = slope(x) at the beginning."""
    if not isinstance(node, ast.Constant) or scene.loop_of(node) is not None:
        return
    name = _begun_name(node, scene)
    updates = [
        line
        for line in scene.assignments(name)
        if scene.loop_of(line) and isinstance(line, ast.Assign)
    ]
    for part in (
        each for line in updates for each in ast.walk(line.value) if isinstance(each, ast.Call)
    ):
        if names_read(part) <= set(scene.arguments):
            yield Change(node, part, f"`{name}` began with {words.code(part)}", placed=False)


def _begun_name(node, scene):
    """Return the name that begins with a number, alone or in `a, b = c, 0.0`; "" if there is
    none.
    """
    assignment = scene.statement_of(node)
    if not isinstance(assignment, ast.Assign):
        return ""
    target, value = assignment.targets[0], assignment.value
    pairs = zip(getattr(target, "elts", [target]), getattr(value, "elts", [value]), strict=False)
    return next((getattr(each, "id", "") for each, begun in pairs if begun is node), "")


def _is_a_total(value):
    return any(is_call_of(each, "sum", "mean") for each in ast.walk(value))


def totalled(node, scene, words):
    """d = a → d = a.sum(), a.mean(), where arrays are computed with."""
    if (
        isinstance(node, ast.Assign)
        and scene.has_arrays
        and not _is_a_total(node.value)
        and not isinstance(node.value, ast.Call)
    ):
        for method, claim in (
            ("sum", "added up to one number"),
            ("mean", "averaged to one number"),
        ):
            said = f"{words.code(node.value)} were {claim}"
            yield Change(node.value, formed(f"it.{method}()", it=node.value), said)


EDITS = [list_or_entry, only_where_true]
RARE = [begun_with_the_update, totalled, another_recorded, all_on_the_way, another_returned]
