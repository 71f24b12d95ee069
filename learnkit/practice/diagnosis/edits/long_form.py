"""Writes lists and sums in one line as the loops a beginner writes, so that the edits of lines
apply to them too.
"""

import ast

from .tree import blocks, replaced, statements


def long_form(function):
    """Return a copy of a function whose first comprehension in each line is a loop; None if
    there is none.
    """
    longer = _expanded(function, ast.get_docstring(function) is not None)
    return None if longer is function else longer


def _expanded(node, skip_first=False):
    changes = {}
    for block in blocks(node):
        lines = block[:1] if skip_first else []
        for line in block[len(lines) :]:
            lines += _lines_for(line)
        if any(new is not old for new, old in zip(lines, block, strict=False)) or len(lines) != len(
            block
        ):
            changes[id(block)] = lines
    return replaced(node, changes) if changes else node


def _lines_for(line):
    """Return the lines that stand for one: those of a loop, then the line itself with its
    result.
    """
    if not isinstance(line, (ast.Assign, ast.Return, ast.Expr)):
        return [_expanded(line)]
    for node in ast.walk(line):
        if isinstance(node, ast.ListComp) and len(node.generators) == 1:
            name = "row_" if isinstance(line, ast.Expr) else "list_"
            return [*_filling(node, name), replaced(line, {id(node): ast.Name(name, ast.Load())})]
        if _is_sum(node):
            return [
                *_adding(node.args[0]),
                replaced(line, {id(node): ast.Name("total_", ast.Load())}),
            ]
        if isinstance(node, (ast.GeneratorExp, ast.Lambda, ast.ListComp)):
            return [line]
    return [line]


def _is_sum(node):
    called = (
        isinstance(node, ast.Call) and getattr(node.func, "id", "") == "sum" and len(node.args) == 1
    )
    return (
        called
        and isinstance(node.args[0], (ast.GeneratorExp, ast.ListComp))
        and len(node.args[0].generators) == 1
    )


def _filling(comprehension, name):
    append = statements(f"{name}.append(entry)", entry=comprehension.elt)
    inner = [line for each in append for line in _lines_for(each)]
    return [*statements(f"{name} = []"), _loop(comprehension.generators[0], inner)]


def _adding(comprehension):
    adding = statements("total_ += it", it=comprehension.elt)
    return [*statements("total_ = 0"), _loop(comprehension.generators[0], adding)]


def _loop(generator, body):
    for condition in reversed(generator.ifs):
        body = [ast.If(condition, body, [])]
    return ast.For(generator.target, generator.iter, body, [])
