"""The right answers, in a notebook that has changed Python, NumPy and the course."""

import builtins
import math
import sys
from types import ModuleType

import numpy as np
import pytest

from learnkit import landscapes
from learnkit.autograd.value import Value
from learnkit.practice.exercise import Exercise
from learnkit.practice.running import run
from learnkit.practice.running.pristine import pristine, remember

SOURCE = """
import numpy as np

AREAS = [1.0, 2.0]
TABLE = np.array([3.0, 4.0])
NAMES = {"a": [1, 2]}

def helper(x):
    return 2 * x

def solution():
    return [helper(sum(AREAS)), TABLE.sum(), sum(NAMES["a"]), np.argmin(TABLE)]
"""
RIGHT = [6.0, 7.0, 3, 0]


@pytest.fixture
def chapter(monkeypatch):
    """A module of exercises that has just been imported."""
    module = ModuleType("learnkit.exercises.chapter_of_a_test")
    monkeypatch.setitem(sys.modules, module.__name__, module)
    exec(SOURCE, vars(module))
    remember(module.solution)
    return module


def answer_of(function):
    (outcome,), _ = run(function, [()])
    return outcome.raised or outcome.value


def test_what_shadows_a_function_of_python_or_numpy_is_put_aside_and_put_back(chapter, monkeypatch):
    def wrong(*arguments):
        return 99

    for owner, name in [(builtins, "sum"), (np, "argmin"), (math, "exp"), (np.linalg, "norm")]:
        monkeypatch.setattr(owner, name, wrong)
    answer, found = answer_of(chapter.solution), (builtins.sum, np.argmin, math.exp, np.linalg.norm)
    monkeypatch.undo()  # before anything else needs the sum
    assert answer == RIGHT and found == (wrong,) * 4


def test_a_deleted_function_is_there_while_the_reference_runs(chapter, monkeypatch):
    monkeypatch.delattr(np, "argmin")
    assert answer_of(chapter.solution) == RIGHT
    assert not hasattr(np, "argmin")


def test_data_changed_in_place_is_as_it_was_and_stays_changed_for_the_notebook(chapter):
    areas, table = chapter.AREAS, chapter.TABLE
    areas.append(1.5)
    table[0] = 100
    chapter.NAMES["a"].append(7)
    assert answer_of(chapter.solution) == RIGHT
    assert chapter.AREAS is areas and areas == [1.0, 2.0, 1.5]
    assert chapter.TABLE is table and table[0] == 100


def test_names_of_the_chapter_set_anew_are_as_they_were(chapter):
    chapter.AREAS, chapter.helper = [5.0], None
    assert answer_of(chapter.solution) == RIGHT
    assert chapter.AREAS == [5.0] and chapter.helper is None


def test_a_reference_that_changes_the_data_of_its_chapter_does_not_spoil_the_next(chapter):
    def changing():
        chapter.AREAS.append(9.0)
        return list(chapter.AREAS)

    changing.__module__ = chapter.__name__
    assert answer_of(changing) == answer_of(changing) == [1.0, 2.0, 9.0]
    assert chapter.AREAS == [1.0, 2.0]


def test_methods_of_the_engine_and_functions_of_the_course_are_as_they_were(monkeypatch):
    def wrong(*arguments):
        return 99

    def product():
        return (Value(3.0) * Value(2.0)).data

    names = [name for name, value in vars(landscapes).items() if callable(value) and name[0] != "_"]
    right = getattr(landscapes, names[0])
    monkeypatch.setattr(Value, "__mul__", wrong)
    monkeypatch.setattr(landscapes, names[0], wrong)
    assert answer_of(product) == 6.0
    with pristine(product):
        assert getattr(landscapes, names[0]) is right
    assert Value.__mul__ is wrong and getattr(landscapes, names[0]) is wrong


def test_a_check_after_all_that_judges_as_before(chapter):
    options = {"number": "1", "title": "t", "minutes": 1, "kind": "trace"}
    exercise = Exercise(solution=chapter.solution, **options)
    chapter.AREAS.append(1.5)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(np, "argmin", lambda table: 1)
        wrong, right = exercise.check([9.0, 7.0, 3, 1]), exercise.check(RIGHT)
    assert (wrong.state, right.state) == ("incorrect", "correct")


def test_everything_is_put_back_after_an_error(monkeypatch):
    def wrong(*arguments):
        return 99

    monkeypatch.setattr(np, "argmin", wrong)
    with pytest.raises(ValueError), pristine(answer_of):
        assert np.argmin([1, 0]) == 1
        raise ValueError
    assert np.argmin is wrong


def test_the_learners_code_runs_with_what_the_notebook_has(monkeypatch):
    monkeypatch.setattr(np, "argmin", lambda a: 99)
    (outcome,), _ = run(lambda: np.argmin([1, 0]), [()], 2)
    assert outcome.value == 99
