"""A handed-in notebook as text: its code, the chapter it is, the answers that it checks."""

import ast
import json
import re
from typing import NamedTuple

CHAPTER = re.compile(r"\bchapter_(\d\d)\b")
NAMED = re.compile(r"(\d\d)_\w+")  # as the file of a chapter is
# what leads from an exercise to its answer, and has no use in a notebook
SPOILERS = {"solution_source", "reference", "reference_outcomes", "function_of"}


class Checked(NamedTuple):
    """A call of `check` in a cell: the name of the exercise, and the answer as an expression."""

    name: str
    answer: ast.expr


def code_cells(path):
    """Return the sources of the code cells. Raises ValueError if the file is no notebook."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    try:
        cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
        return ["".join(cell["source"]) for cell in cells]
    except (KeyError, TypeError):
        raise ValueError("it has no cells") from None


def chapter_of(path, sources):
    """Return the number of the chapter that a notebook is, by its code, else by its name, else
    "".
    """
    found = [match[1] for source in sources if (match := CHAPTER.search(source))]
    found += [match[1] for match in [NAMED.match(path.stem)] if match]
    return found[0] if found else ""


def checked_in(source):
    """Return what a cell checks, as a list of Checked; none in a cell that is no Python."""
    return [
        Checked(_last_name(node.func.value), node.args[0])
        for node in _at_the_margin(source)
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", "") == "check"
        and len(node.args) == 1
    ]


def spoilers_in(source):
    """Return the names in a cell that lead to the answer of an exercise."""
    nodes = ast.walk(_tree(source))
    names = {getattr(node, "attr", getattr(node, "id", "")) for node in nodes}
    copied = {"getsource"} if {"getsource", "exec"} <= names else set()
    return sorted(names & SPOILERS | copied)


def _at_the_margin(source):
    """Yield all nodes of a cell but for those inside a function or a class."""
    waiting = [_tree(source)]
    while waiting:
        node = waiting.pop(0)
        yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            waiting += ast.iter_child_nodes(node)


def _tree(source):
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ast.Module([], [])


def _last_name(node):
    return getattr(node, "attr", getattr(node, "id", ""))
