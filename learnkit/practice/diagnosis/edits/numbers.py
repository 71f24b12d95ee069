"""Edits of what is typed in: a number one more or less, doubled, halved, its sign turned; a word
for another.
"""

import ast

from .tree import Change, formed, is_number, is_operation, replaced


def number_changed(node, scene, words):
    """2 → 1, 4, 3, -2, 1 / 2."""
    if not is_number(node) or _is_index(node, scene) or _is_data(node, scene):
        return
    if is_operation(scene.parent(node), ast.Pow):
        yield from _other_exponents(node, scene, words)
    else:
        yield from _zero_or_start(node, scene) if node.value == 0 else _other_numbers(node)


def _is_index(node, scene):
    around = scene.parent(node)
    return isinstance(
        scene.parent(around) if isinstance(around, ast.UnaryOp) else around,
        (ast.Slice, ast.Subscript),
    )


def _is_data(node, scene):
    """Tell whether a number is one of a list of numbers that is only handed on to the rest."""
    collection = scene.parent(node)
    typed = isinstance(collection, ast.List) and all(is_number(each) for each in collection.elts)
    return typed and not isinstance(scene.statement_of(node), ast.Return)


def _other_exponents(node, scene, words):
    power = scene.parent(node)
    if power.right is node and isinstance(node.value, int):
        claim = f"the power of {words.code(power.left)} were one higher"
        yield Change(node, ast.Constant(node.value + 1), claim)


def _zero_or_start(node, scene):
    target = getattr(scene.parent(node), "targets", [None])[0] or _paired_target(node, scene)
    what = (
        f"`{target.id}` started at 1" if isinstance(target, ast.Name) else f"`{node.value}` were 1"
    )
    yield Change(node, ast.Constant(type(node.value)(1)), what, placed=False)


def _paired_target(node, scene):
    """Return the target that a number in `w, b = 0.0, 0.0` goes to, or None."""
    values = scene.parent(node)
    assignment = scene.parent(values)
    if not isinstance(values, ast.Tuple) or not isinstance(assignment, ast.Assign):
        return None
    targets = getattr(assignment.targets[0], "elts", ())
    return next(
        (target for target, value in zip(targets, values.elts, strict=False) if value is node),
        None,
    )


def _other_numbers(node):
    code, value = f"`{node.value}`", node.value
    if value != 2:
        yield Change(node, ast.Constant(value / 2), f"{code} were halved")
    else:
        yield Change(node, ast.Constant(1), f"{code} were 1")
        yield Change(node, ast.Constant(0.5), f"it divided by {code}, not multiplied")
    yield Change(node, ast.Constant(value * 2), f"{code} were doubled")
    yield Change(node, formed("-it", it=node), f"the sign of {code} were turned")
    if value not in (1, 2):
        yield Change(node, ast.Constant(1 / value), f"{code} were upside down")
    if value == int(value) and abs(value) <= 100:
        yield Change(node, ast.Constant(value + 1), f"{code} were one more")
        if value != 2:
            yield Change(node, ast.Constant(value - 1), f"{code} were one less")
    if value in (1, -1) or abs(value) < 1:
        yield Change(node, ast.Constant(type(value)(0)), f"{code} were 0")


def word_for_another(node, scene, words):
    """return "a" → return "b", where the function knows both words."""
    if not _is_word(node):
        return
    known = dict.fromkeys(each.value for each in scene.nodes if _is_word(each))
    for other in known:
        if other != node.value:
            claim = f'it answered "{other}" where "{node.value}" belongs'
            yield Change(node, ast.Constant(other), claim, placed=False)
    claim = f'nothing were returned where "{node.value}" belongs'
    yield Change(node, ast.Constant(None), claim, placed=False)


def words_exchanged(node, scene, words):
    """return "a" … return "b" → return "b" … return "a"."""
    if node is not scene.function:
        return
    found = [each for each in scene.nodes if _is_word(each)]
    known = list(dict.fromkeys(each.value for each in found))
    for place, first in enumerate(known):
        for second in known[place + 1 :]:
            other = {first: second, second: first}
            body = _with_words(scene.function, other)
            yield Change(node, body, f'"{first}" and "{second}" changed places', placed=False)


def _with_words(tree, other):
    found = [each for each in ast.walk(tree) if _is_word(each)]
    return replaced(
        tree, {id(each): ast.Constant(other.get(each.value, each.value)) for each in found}
    )


def _is_word(node):
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def fraction_halved(node, scene, words):
    """a / b → a / (2 * b)."""
    if is_operation(node, ast.Div):
        claim = f"it divided by twice {words.code(node.right)}"
        yield Change(node, formed("top / (2 * bottom)", top=node.left, bottom=node.right), claim)


EDITS = [number_changed]
RARE = [words_exchanged, word_for_another, fraction_halved]
