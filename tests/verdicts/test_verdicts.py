"""Verdicts on what was handed in: what is right passes, and ways round the check are found."""

import csv
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib import import_module

import pytest
from browser import CHAPTERS

from learnkit.exercises import CHAPTERS as ALL
from learnkit.exercises import chapter_04
from learnkit.practice.exercise import Exercise
from learnkit.practice.sources import compiled
from learnkit.verdicts.__main__ import main, rows_of
from learnkit.verdicts.borrowed import IS, borrowed
from learnkit.verdicts.reading import chapter_of, checked_in, spoilers_in
from learnkit.verdicts.watching import Watch

START = "from learnkit import training\nfrom learnkit.exercises import chapter_04 as practice"
RIGHT = """def descend(slope, x, learning_rate, steps):
    path = [x]
    for _ in range(steps):
        path.append(path[-1] - learning_rate * slope(path[-1]))
    return path"""
WRONG = "def descend(slope, x, learning_rate, steps):\n    return [x]"
CHECK = "practice.gradient_descent.check(descend)"
MINE = "learnkit.practice"

# name: (cells after START, the state of exercise 4.2, part of a flag)
CHEATS = {
    "a stored output says Correct": ([WRONG, f"{CHECK}  # ✓ Correct."], "incorrect", ""),
    "its own check on the exercise": (
        [WRONG, f"practice.gradient_descent.check = lambda *a: 'Correct'\n{CHECK}"],
        "incorrect",
        "exercise 4.2.check",
    ),
    "its own check for all exercises": (
        [f"import {MINE}.exercise as e\ne.Exercise._judged = lambda *a: a", WRONG, CHECK],
        "incorrect",
        "Exercise._judged",
    ),
    "its own practice module": (
        [WRONG, f"class practice:\n    class gradient_descent:\n        check = print\n{CHECK}"],
        "incorrect",
        "",
    ),
    "the course's own function": (
        [f"descend = training.descend\n{CHECK}"],
        "correct",
        "the course's own function handed in",
    ),
    "a function around the course's own": (
        [f"def descend(*a):\n    return training.descend(*a)\n{CHECK}"],
        "correct",
        "calls the course's own function",
    ),
    "the reference": (
        ["practice.gradient_descent.check(practice.gradient_descent.reference)"],
        "correct",
        "reads the course's solution",
    ),
    "the solution's source, executed": (
        [f"exec(practice.gradient_descent.solution_source)\n{CHECK}"],
        "correct",
        "reads the course's solution",
    ),
    "the source of the course's own, executed": (
        [f"import inspect\nexec(inspect.getsource(training.descend))\n{CHECK}"],
        "correct",
        "reads the course's solution (getsource)",
    ),
    "answers learned by heart": (
        [
            "known = practice.gradient_descent.cases",
            "table = [training.descend(*case) for case in known]",
            "def descend(slope, x, learning_rate, steps):\n"
            "    for case, path in zip(known, table):\n"
            "        if tuple(case[1:]) == (x, learning_rate, steps):\n"
            "            return path\n"
            "    return [x]",
            CHECK,
        ],
        "incorrect",
        "",
    ),
    "a comparison that is always true": (
        [f"import {MINE}.plain as p\np.same = lambda *a: True", WRONG, CHECK],
        "incorrect",
        "plain.same",
    ),
    "another code in the same comparison": (
        [f"import {MINE}.plain as p\np.same.__code__ = (lambda *a: True).__code__", WRONG, CHECK],
        "incorrect",
        "plain.same",
    ),
    "Python's own all": (
        ["import builtins\nbuiltins.all = lambda *a: True", WRONG, CHECK],
        "incorrect",
        "builtins.all",
    ),
    "an all of the comparison's own": (
        [f"import {MINE}.plain as p\np.all = lambda *a: True", WRONG, CHECK],
        "incorrect",
        "plain.all",
    ),
    "no cases and any tolerance": (
        [
            "practice.gradient_descent.cases.clear()\n"
            "practice.gradient_descent._fresh = None\n"
            "practice.gradient_descent.tolerance = 1e9",
            WRONG,
            CHECK,
        ],
        "incorrect",
        "exercise 4.2.cases",
    ),
    "a solution that returns nothing": (
        ["vars(practice.gradient_descent)['_returns_nothing'] = True", WRONG, CHECK],
        "incorrect",
        "",
    ),
    "a verdict printed and the end": (
        [
            'import os\nprint(\'{"exercise": "4.2", "state": "correct"}\', flush=True)\n'
            "for fd in range(20):\n"
            "    try:\n"
            '        os.write(fd, b\'{"exercise": "4.2", "state": "correct"}\\n\')\n'
            "    except OSError:\n"
            "        pass\n"
            "os._exit(0)"
        ],
        "not handed in",
        "ended itself before its last cell",
    ),
    "an answer equal to everything": (
        ["class Any(list):\n    __eq__ = lambda *a: True", f"descend = lambda *a: Any()\n{CHECK}"],
        "incorrect",
        "",
    ),
}


def notebook(path, cells):
    """Write a notebook whose stored outputs say that all is right."""
    said = {"output_type": "execute_result", "execution_count": 1, "metadata": {}}
    said["data"] = {"text/plain": "✓ Correct."}
    code = {"cell_type": "code", "id": "a", "metadata": {}, "outputs": [said], "execution_count": 1}
    cells = [dict(code, source=source) for source in (START, *cells)]
    path.write_text(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4}))
    return path


def told(path, seconds=120, megabytes=4000):
    """Return {exercise: (passed, state, flags)} of a notebook."""
    rows = rows_of(path, path.name, seconds, megabytes)
    return {row[2]: (row[3], row[4], row[6]) for row in rows}


@pytest.fixture(scope="module")
def all_told(tmp_path_factory):
    """What is told of each notebook that cheats, {name: what `told` returns}; two run at a time."""
    folder = tmp_path_factory.mktemp("handed in")
    paths = {
        name: notebook(folder / f"04_{n}.ipynb", cells)
        for n, (name, (cells, *_)) in enumerate(CHEATS.items())
    }
    with ThreadPoolExecutor(2) as pool:
        return dict(zip(paths, pool.map(told, paths.values())))


@pytest.mark.slow
@pytest.mark.parametrize("name", CHEATS)
def test_a_way_round_the_check_fails_or_is_flagged(all_told, name):
    _, state, flag = CHEATS[name]
    passed, found, flags = all_told[name]["4.2"]
    assert found == state, flags
    assert flag in flags and (passed == "yes") == (state == "correct")


@pytest.mark.slow
def test_an_honest_notebook_passes_without_a_flag_whatever_else_is_in_it(tmp_path):
    path = notebook(
        tmp_path / "mine.ipynb",
        [
            WRONG,
            CHECK,
            "this is no Python",
            "raise ValueError",
            "%matplotlib inline",
            "import numpy as np\nnp.seterr(all='ignore')\nmax = 3",
            RIGHT,
            CHECK,
            WRONG,
            CHECK,
            "after_one_step = [0.8, -0.8]\npractice.trace_one_step.check(after_one_step)",
            "practice.mend_the_descent.check(not_there)",
        ],
    )
    found = told(path)
    assert found["4.2"] == ("yes", "correct", "") and found["4.1"] == ("yes", "correct", "")
    assert found["4.3"][1] == "raised an error" and found["4.4"][1] == "not handed in"


@pytest.mark.slow
def test_time_and_memory_are_limited_and_what_was_judged_before_counts(tmp_path):
    endless = notebook(tmp_path / "04_a.ipynb", [RIGHT, CHECK, "while True:\n    pass"])
    greedy = notebook(
        tmp_path / "04_b.ipynb", [RIGHT, CHECK, "hold = bytearray(3_000_000_000)", f"{CHECK};hold"]
    )
    passed, _, flags = told(endless, seconds=25)["4.2"]
    assert passed == "yes" and "not run to its end: stopped" in flags
    assert told(greedy, megabytes=2500)["4.2"][0] == "yes"


@pytest.mark.slow
def test_the_command_writes_a_table_and_what_is_no_notebook_does_not_stop_it(tmp_path):
    notebook(tmp_path / "=04_sum.ipynb", [RIGHT, CHECK])
    (tmp_path / "torn.ipynb").write_text("{")
    (tmp_path / ".ipynb_checkpoints").mkdir()
    notebook(tmp_path / ".ipynb_checkpoints" / "04.ipynb", [])
    command = [sys.executable, "-m", "learnkit.verdicts", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=200)
    assert done.returncode == 0 and "2 notebooks, 1 with something to look at" in done.stdout
    rows = list(csv.DictReader((tmp_path / "verdicts.csv").open(encoding="utf-8")))
    assert {row["notebook"] for row in rows} == {"'=04_sum.ipynb", "torn.ipynb"}
    assert [row["passed"] for row in rows if row["exercise"] == "4.2"] == ["yes"]


@pytest.mark.slow
@pytest.mark.parametrize("number", [chapter.number for chapter in ALL])
def test_no_honest_solution_is_taken_for_the_courses_own(number):
    module = import_module(f"learnkit.exercises.chapter_{number}")
    for exercise in (item for item in vars(module).values() if isinstance(item, Exercise)):
        if exercise.takes_function:
            names = exercise.reference.__globals__
            mine = compiled(exercise.solution_source, exercise.name, names, f"<cell {number}>")
            assert (exercise.number, borrowed(mine, exercise)) == (exercise.number, "")
            assert borrowed(exercise.reference, exercise) == IS


def test_an_empty_folder_is_told_in_a_sentence(tmp_path, capsys):
    assert main([str(tmp_path)]) == 1
    assert "holds no notebook" in capsys.readouterr().out


@cache
def sources():
    cells = [json.loads(path.read_text(encoding="utf-8"))["cells"] for path in CHAPTERS]
    return [
        ["".join(cell["source"]) for cell in each if cell["cell_type"] == "code"] for each in cells
    ]


def test_every_exercise_of_the_course_is_found_in_its_chapter():
    for path, cells in zip(CHAPTERS, sources()):
        number = chapter_of(path, cells)
        module = import_module(f"learnkit.exercises.chapter_{number}")
        names = {name for name, item in vars(module).items() if isinstance(item, Exercise)}
        assert number == path.name[:2]
        assert names <= {each.name for cell in cells for each in checked_in(cell)}


def test_no_chapter_reads_what_leads_to_an_answer():
    assert [name for cells in sources() for cell in cells for name in spoilers_in(cell)] == []


def test_a_check_inside_a_function_or_of_nothing_is_none_that_was_handed_in():
    assert checked_in("def f():\n    practice.a.check(b)") == checked_in("practice.a.check()") == []
    assert [each.name for each in checked_in("if 1:\n    x = practice.a.check(b)")] == ["a"]


def test_a_course_that_nobody_changed_is_as_it_was():
    watch = Watch()
    chapter_04.trace_one_step.check([1, -2])
    assert watch.restore() == []


def test_what_was_changed_is_named_and_put_back(monkeypatch):
    watch, exercise = Watch(), chapter_04.gradient_descent
    before = len(exercise.cases)
    exercise.cases.clear()
    exercise.check = print
    Exercise.__getattribute__ = object.__getattribute__
    changed = watch.restore()
    assert changed == ["Exercise.__getattribute__", "exercise 4.2.cases", "exercise 4.2.check"]
    assert len(exercise.cases) == before and "check" not in vars(exercise)
    assert watch.restore() == []
