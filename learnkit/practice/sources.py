"""Source code as text: that of a function, an edit of it such as "2 * x → x", and the function
an edited text makes.
"""

import ast
import inspect
import linecache
import textwrap
from functools import cache

ARROW = " →"


class EditError(ValueError):
    """An author's edit that does not fit the text it edits."""


@cache
def source_of(function):
    """Return the source of a function without its docstring; "" where there is none to be had.

    A lambda has no source of its own: what stands around it belongs to others.
    """
    try:
        source = textwrap.dedent(inspect.getsource(function))
        definition = ast.parse(source).body[0]
    except (OSError, TypeError, SyntaxError, ValueError, IndexError):
        return ""
    if not isinstance(definition, ast.FunctionDef):
        return ""
    lines = source.splitlines()
    if ast.get_docstring(definition) is not None:
        written = definition.body[0]
        del lines[written.lineno - 1 : written.end_lineno]
    return "\n".join(lines).rstrip() + "\n"


def edited(source, edit):
    """Return the source after an edit, "old → new"; a tuple of edits is made one after the other.

    The old text must stand in the source exactly once; without new text it is left out.
    Raises EditError with what is wrong with the edit.
    """
    if isinstance(edit, tuple):
        for one in edit:
            source = edited(source, one)
        return source
    old, arrow, new = edit.partition(ARROW)
    if not arrow:
        raise EditError(f"The edit {edit!r} has no arrow: write it as 'old → new'.")
    if (count := source.count(old)) != 1:
        raise EditError(
            f"The edit {edit!r} needs its old text once in the source, and it is there {count} "
            "times."
        )
    return source.replace(old, new.removeprefix(" "))


def compiled(source, name, namespace, filename):
    """Return the function `name` that the source defines, with a copy of the namespace as its
    globals.

    The source is told to `linecache`, so that a traceback can show its lines under the file name.
    Raises SyntaxError if the source is no Python.
    """
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    own = dict(namespace)
    exec(compile(source, filename, "exec"), own)
    return own[name]


def as_value(source, name):
    """Return the body of a function of no arguments as the lines of a cell, its `return` as an
    assignment to `name`.
    """
    body = textwrap.dedent("\n".join(source.splitlines()[1:]))
    last = ast.parse(body).body[-1]
    lines = body.splitlines()
    lines[last.lineno - 1] = lines[last.lineno - 1].replace("return", f"{name} =", 1)
    return "\n".join(lines) + "\n"


def written_out(text, source, known):
    """Return an expression with each unknown name that the source assigns once replaced by what
    it is assigned.
    """
    values = _assigned_once(source)

    class WrittenOut(ast.NodeTransformer):
        def visit_Name(self, node):
            if node.id in known or node.id not in values:
                return node
            return WrittenOut().visit(ast.parse(values[node.id], mode="eval").body)

    return ast.unparse(WrittenOut().visit(ast.parse(text, mode="eval").body))


def _assigned_once(source):
    """Return {name: expression as text} for the names that a source assigns once, and not to a
    value of themselves.
    """
    found, often = {}, set()
    for node in ast.walk(ast.parse(source)):
        for target in node.targets if isinstance(node, ast.Assign) else []:
            if isinstance(target, ast.Name):
                often |= {target.id} & (found.keys() | _names(node.value))
                found[target.id] = ast.unparse(node.value)
    return {name: value for name, value in found.items() if name not in often}


def _names(tree):
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
