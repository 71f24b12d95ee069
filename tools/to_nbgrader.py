"""Takes a chapter into nbgrader, where a school grades with it; docs/grading.md is the recipe.

    python -m tools.to_nbgrader 04 FOLDER

It writes FOLDER/source/04/04_gradient_descent.ipynb from the learners' copy, and a configuration
if FOLDER has none. Each exercise keeps its cell, with the starting code and `check`; behind it
stands a locked cell that raises unless the answer is right.
"""

import ast
import json
import sys
from importlib import import_module
from pathlib import Path

from tools.common import Problem, say
from tools.copies import learners_copy
from tools.exercise_cells import exercises_of
from tools.notebooks import as_bytes
from tools.run_chapter import chapter_of

# nbgrader's own list but for ClearSolutions, which would put one stub in place of all starting code
CONFIGURATION = """c = get_config()
c.CourseDirectory.course_id = "learnkit"
c.GenerateAssignment.preprocessors = [
    "nbgrader.preprocessors.IncludeHeaderFooter",
    "nbgrader.preprocessors.LockCells",
    "nbgrader.preprocessors.CheckCellMetadata",
    "nbgrader.preprocessors.ClearOutput",
    "nbgrader.preprocessors.ComputeChecksums",
    "nbgrader.preprocessors.SaveCells",
]
c.ExecutePreprocessor.timeout = 300
"""
LOCKED = "from learnkit.verdicts import require\n\nrequire(practice.{}, {})"


def main(arguments):
    """Write the source of one assignment; return an exit code."""
    try:
        if len(arguments) != 2:
            raise Problem("Give a chapter and the folder of the course: 04 FOLDER.")
        path, folder = chapter_of(arguments[:1]), Path(arguments[1])
        target = folder / "source" / path.name[:2] / path.name
        if target.exists():
            raise Problem(f"{target} is there already: move it away first.")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(as_bytes(assignment(path)))
    except Problem as problem:
        print(problem, file=sys.stderr)
        return 1
    configuration = folder / "nbgrader_config.py"
    if not configuration.exists():
        configuration.write_text(CONFIGURATION, encoding="utf-8")
    say(f"{target} is written: nbgrader generate_assignment {path.name[:2]} comes next.")
    return 0


def assignment(path):
    """Return the learners' copy with nbgrader's marks, and a locked cell for each exercise."""
    notebook = json.loads(learners_copy(path))
    exercises = exercises_of(import_module(f"learnkit.exercises.chapter_{path.name[:2]}"))
    cells = []
    for cell in notebook["cells"]:
        cells.append(cell)
        if "setup" in cell["metadata"].get("tags", []):
            mark(cell, "setup", locked=True)
        for name, answer in checks_of(cell, exercises):
            mark(cell, f"{name}-answer", solution=True)
            cells.append(locked_cell(name, answer))
    return dict(notebook, cells=cells)


def checks_of(cell, exercises):
    """Return (name, answer) of each exercise that a cell checks, both as text."""
    if cell["cell_type"] != "code":
        return []
    calls = [node for node in ast.walk(ast.parse("".join(cell["source"])))]
    checks = [node for node in calls if getattr(getattr(node, "func", 0), "attr", "") == "check"]
    named = [(node.func.value.attr, ast.unparse(node.args[0])) for node in checks]
    return [(name, answer) for name, answer in named if name in exercises]


def locked_cell(name, answer):
    """Return the cell that is graded: one point, and nobody may edit it."""
    cell = {"cell_type": "code", "id": f"{name.replace('_', '-')[:50]}-test", "metadata": {}}
    cell.update(execution_count=None, outputs=[], source=LOCKED.format(name, answer))
    return mark(cell, f"{name}-test", grade=True, locked=True, points=1)


def mark(cell, identity, **what):
    """Give a cell nbgrader's metadata, and return it."""
    usual = {"grade": False, "solution": False, "locked": False, "task": False}
    cell["metadata"]["nbgrader"] = usual | what | {"grade_id": identity, "schema_version": 3}
    return cell


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
