"""The code cells of a notebook file: the heading each stands under, and the names it makes.

for cell in code_cells("04_gradient_descent.ipynb"):
    print(cell.heading, "|", cell.first_line, "|", cell.names)
"""

import ast
import json
import re
from functools import cached_property
from pathlib import Path

MARKERS = ("### BEGIN SOLUTION", "### END SOLUTION", "#:")


class CodeCell:
    """One code cell: its id, its source, and the text of the heading it stands under."""

    def __init__(self, id, source, heading):
        self.id, self.source, self.heading = id, source, heading

    @property
    def first_line(self):
        """The first line that a learner sees in it."""
        lines = [line.strip() for line in self.source.splitlines()]
        return next((line for line in lines if line and not line.startswith(MARKERS)), "")

    @cached_property
    def names(self):
        """The names that running it makes."""
        return names_made(self.source)


def code_cells(path):
    """Return the CodeCells of a notebook, from first to last.

    Raises OSError if the file cannot be read; ValueError, KeyError, TypeError or AttributeError if
    it is no notebook.
    """
    cells, heading = [], ""
    for cell in json.loads(Path(path).read_bytes())["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "code":
            cells.append(CodeCell(cell.get("id", ""), source, heading))
        elif cell["cell_type"] == "markdown":
            heading = _last_heading(source) or heading
    return cells


def _last_heading(text):
    outside_of_code = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    headings = re.findall(r"^#{1,6}\s+(.+?)\s*#*$", outside_of_code, re.MULTILINE)
    return re.sub(r"[`*]", "", headings[-1]) if headings else ""


def names_made(source):
    """Return the names that code leaves behind in the notebook; none if it is not Python."""
    lines = source.splitlines()
    lines = [re.sub(r"^(\s*)[%!].*", r"\1pass", line) for line in lines]  # commands of IPython
    try:
        tree = ast.parse("\n".join(lines))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()
    found = _Names()
    found.visit(tree)
    return found.made


class _Names(ast.NodeVisitor):
    """Collects the names made outside of functions and classes: those within nobody else sees."""

    def __init__(self):
        self.made = set()
        self._inside = 0  # how many functions and classes deep

    def visit_Name(self, node):
        if isinstance(node.ctx, ast.Store) and not self._inside:
            self.made.add(node.id)

    def visit_AugAssign(self, node):
        self.visit(node.value)  # x += 1 makes no x: it needs one

    def visit_AnnAssign(self, node):
        if node.value:  # x: float alone makes none
            self.generic_visit(node)

    def visit_FunctionDef(self, node):
        self._add(node.name)
        for outside in [*node.decorator_list, node.args]:
            self.visit(outside)
        self._enter(node.body)

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_ClassDef(self, node):
        self._add(node.name)
        self._enter(node.body)

    def visit_Lambda(self, node):
        self._enter([node.body])

    def visit_Global(self, node):
        self.made.update(node.names)

    def visit_alias(self, node):
        self._add(node.asname or node.name.partition(".")[0])

    def visit_comprehension(self, node):
        self.visit(node.iter)  # its own variable is gone when it ends; := in it is not
        for condition in node.ifs:
            self.visit(condition)

    def visit_MatchAs(self, node):
        self._add(node.name)
        self.generic_visit(node)

    def visit_MatchStar(self, node):
        self._add(node.name)

    def visit_MatchMapping(self, node):
        self._add(node.rest)
        self.generic_visit(node)

    def _add(self, name):
        if name and name != "*" and not self._inside:
            self.made.add(name)

    def _enter(self, body):
        self._inside += 1
        for node in body:
            self.visit(node)
        self._inside -= 1
