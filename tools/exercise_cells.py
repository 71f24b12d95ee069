"""Writes the cells of exercises in solutions/ from learnkit/exercises/, so that an exercise is
written once.

    python -m tools.exercise_cells           write what has changed, and run those chapters
    python -m tools.exercise_cells --check   write nothing; name each cell that is out of date

A chapter whose exercise has no cells yet gets them behind the exercise before it.
"""

import json
import sys
from importlib import import_module

from learnkit.exercises import CHAPTERS
from learnkit.practice.exercise import Exercise
from tools.chapters import run, store
from tools.common import ROOT

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"


def main(arguments):
    """Write or compare all chapters; return 1 if a comparison found something."""
    found = 0
    for number, stem, _ in CHAPTERS:
        path = ROOT / "solutions" / f"{stem}.ipynb"
        if not path.is_file():  # not released yet
            continue
        notebook = json.loads(path.read_text(encoding="utf-8"))
        changed = write_exercises(
            notebook, exercises_of(import_module(f"learnkit.exercises.chapter_{number}"))
        )
        if not changed:
            continue
        found = 1
        if arguments == ["--check"]:
            for cell in changed:
                print(
                    f"solutions/{path.name}, cell {cell}: not what its exercise says; run "
                    "`course.py build`."
                )
        else:
            print(
                f"solutions/{path.name}: {', '.join(changed)} written; running the chapter.",
                flush=True,
            )
            store(run(notebook, path.parent), path)
    return found if arguments == ["--check"] else 0


def exercises_of(module):
    """Return {name: Exercise} of a chapter, in the order of their numbers."""
    found = {name: value for name, value in vars(module).items() if isinstance(value, Exercise)}
    return dict(
        sorted(found.items(), key=lambda item: [int(part) for part in item[1].number.split(".")])
    )


def write_exercises(notebook, exercises):
    """Bring the cells of all exercises up to date; return the ids of the cells that were changed
    or added.
    """
    changed, last = [], len(notebook["cells"])
    for name, exercise in exercises.items():
        place = place_of(notebook, name)
        if place is None:
            place = add_cells(notebook, name, exercise, last)
        task, answer = notebook["cells"][place - 1], notebook["cells"][place]
        for cell, source in ((task, heading(exercise)), (answer, with_solution(answer, exercise))):
            if "".join(cell["source"]) != source:
                cell["source"] = source.splitlines(keepends=True)
                changed.append(cell["id"])
        last = place + 1
    return changed


def place_of(notebook, name):
    """Return the index of the cell that checks an exercise, or None; its task stands in the cell
    before.
    """
    for index, cell in enumerate(notebook["cells"]):
        if cell["cell_type"] == "code" and f"practice.{name}.check(" in "".join(cell["source"]):
            return index
    return None


def add_cells(notebook, name, exercise, place):
    """Put an empty task and the cell that checks it into a chapter, and return the place of the
    latter.
    """
    identity = f"exercise-{exercise.number.replace('.', '-')}"
    task = {"cell_type": "markdown", "id": identity, "metadata": {}, "source": []}
    answer = {
        "cell_type": "code",
        "id": f"{identity}-check",
        "metadata": {},
        "execution_count": None,
        "outputs": [],
    }
    answer["source"] = [f"{BEGIN}\n", f"{END}\n", f"practice.{name}.check({exercise.name})"]
    notebook["cells"][place:place] = [task, answer]
    return place + 1


def heading(exercise):
    """Return the Markdown of an exercise: number, kind, minutes and task, as a quotation."""
    first = (
        f"**Exercise {exercise.number} · {exercise.kind} · {exercise.minutes} min.** "
        f"{exercise.task.strip()}"
    )
    return "\n".join(f"> {line}".rstrip() for line in first.splitlines())


def with_solution(cell, exercise):
    """Return the source of a cell with solution and starting code between its two marks."""
    before, _, rest = "".join(cell["source"]).partition(BEGIN)
    _, _, after = rest.partition(END)
    start = "\n".join(
        f"#: {line}".rstrip() for line in exercise.starting_code.rstrip().splitlines()
    )
    space = "\n\n\n" if exercise.takes_function else "\n"
    return f"{before}{BEGIN}\n{exercise.solution_source.rstrip()}{space}{start}\n{END}{after}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
