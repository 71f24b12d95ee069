"""Every exercise of every chapter, judged by its own list of mistakes."""

import importlib
import json
import pkgutil
import re

import pytest
from browser import CHAPTERS

from learnkit import exercises
from learnkit.practice.authoring import faults
from learnkit.practice.exercise import Exercise, Mistake


def all_exercises():
    for module in pkgutil.iter_modules(exercises.__path__, f"{exercises.__name__}."):
        if module.name.rpartition(".")[2].startswith("chapter_"):
            for name, found in vars(importlib.import_module(module.name)).items():
                if isinstance(found, Exercise):
                    yield pytest.param(found, id=f"{module.name.rpartition('.')[2]}.{name}")


@pytest.mark.parametrize("exercise", list(all_exercises()))
def test_the_solution_passes_the_stub_is_not_attempted_and_every_mistake_gets_its_own_sentence(exercise):
    assert faults(exercise) == []


def checked_functions():
    """Yield each function that a chapter hands to an exercise, with the exercise."""
    for path in CHAPTERS:
        module = importlib.import_module(f"{exercises.__name__}.chapter_{path.name[:2]}")
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            for name, answer in re.findall(r"^practice\.(\w+)\.check\((\w+)\)", "".join(cell["source"]), re.M):
                if getattr(module, name).takes_function:
                    yield pytest.param(getattr(module, name), answer, id=f"{path.stem[:2]}.{name}")


@pytest.mark.parametrize("exercise, answer", list(checked_functions()))
def test_the_solution_shown_defines_the_function_that_the_chapter_checks(exercise, answer):
    assert f"def {answer}(" in exercise.solution().source


def double(x):
    return 2 * x


def three():
    return 3


def square(x):
    return x * x


def same_as_double(x):
    return x + x


RIGHT = "def double(x):\n    return x + x"


def exercise(**options):
    usual = {"number": "1.1", "title": "Double", "minutes": 1, "kind": "complete", "hints": ("a", "b", "c")}
    return Exercise(**{**usual, "solution": double, "cases": [(2,), (3,)], **options})


def test_a_sound_exercise_has_no_faults():
    assert faults(exercise(mistakes=[Mistake(square, "That is the square.")])) == []


def test_a_sound_exercise_about_a_value_has_no_faults():
    sound = exercise(solution=three, cases=(), mistakes={-3: "Look at the sign."})
    assert faults(sound) == []


def test_code_to_mend_reads_as_not_attempted_until_somebody_mends_it():
    mend = exercise(kind="mend", given="It squares.", start="def double(x):\n    return x * x")
    assert faults(mend) == []
    assert mend.check(square).state == "not attempted" and "It squares." in mend.check(square).message


@pytest.mark.parametrize(
    ("options", "fault"),
    [
        ({"title": ""}, "a number, a title and the minutes"),
        ({"kind": "essay"}, "'essay'; it must be one of trace, complete, mend, extend"),
        ({"kind": "mend"}, "needs `given`"),
        (
            {"kind": "mend", "given": "s", "start": "def double(x):\n    return x + x"},
            "Its code as given does not read as not attempted",
        ),
        ({"hints": ("a", "b")}, "exactly three hints"),
        ({"hints": ("a", " ", "c")}, "exactly three hints"),
        ({"cases": [(2,), (0,)], "mistakes": [Mistake(square, "s")]}, "The mistake square is told something else"),
        ({"mistakes": [Mistake(same_as_double, "s")]}, "The mistake same_as_double is told something else"),
        (
            {"mistakes": [Mistake(square, "first"), Mistake(lambda x: x**2, "second")]},
            "The mistake <lambda> is told something else than its own sentence: ✗ Not yet. first",
        ),
        ({"solution": lambda x: ...}, "Its solution does not pass"),
    ],
)
def test_each_fault_of_an_exercise_is_named(options, fault):
    assert any(fault in sentence for sentence in faults(exercise(**options))), faults(exercise(**options))
