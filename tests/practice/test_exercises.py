"""Every exercise of every chapter, judged by its own list of mistakes."""

import importlib
import json
import pkgutil
import re

import pytest
from browser import CHAPTERS
from small_process import in_a_small_process

from learnkit import exercises
from learnkit.practice.authoring import (
    faults,
    faults_of_its_cases,
    faults_of_its_words,
    survivors,
)
from learnkit.practice.exercise import Exercise, Mistake


def all_exercises():
    for module in pkgutil.iter_modules(exercises.__path__, f"{exercises.__name__}."):
        chapter = module.name.rpartition(".")[2]
        if chapter.startswith("chapter_"):
            for name, found in vars(importlib.import_module(module.name)).items():
                if isinstance(found, Exercise):
                    yield pytest.param(chapter, name, id=f"{chapter}.{name}")


every_exercise = pytest.mark.parametrize("chapter, name", list(all_exercises()))


@pytest.mark.every(4)
@every_exercise
def test_each_exercise_judges_its_solution_stub_and_listed_mistakes_as_it_should(chapter, name):
    assert in_a_small_process(found_by, faults_of_its_words, chapter, name) == []


@pytest.mark.every(8)
@every_exercise
def test_each_edit_of_a_solution_made_by_machine_is_judged_wrong_or_excused(chapter, name):
    assert in_a_small_process(found_by, faults_of_its_cases, chapter, name) == []


@every_exercise
def test_what_a_trial_is_given_is_called_by_what_the_learner_knows(chapter, name):
    exercise = getattr(importlib.import_module(f"{exercises.__name__}.{chapter}"), name)
    known = set(re.findall(r"\w+", exercise.task + exercise.starting_code))
    assert set(exercise.names) - known - {"self"} <= set(exercise.called)


def found_by(look, chapter, name):
    module = importlib.import_module(f"{exercises.__name__}.{chapter}")
    return list(look(getattr(module, name)))


def checked_functions():
    """Yield each function that a chapter hands to an exercise, with the exercise."""
    for path in CHAPTERS:
        module = importlib.import_module(f"{exercises.__name__}.chapter_{path.name[:2]}")
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            for name, answer in re.findall(
                r"^practice\.(\w+)\.check\((\w+)\)", "".join(cell["source"]), re.M
            ):
                if getattr(module, name).takes_function:
                    yield pytest.param(getattr(module, name), answer, id=f"{path.stem[:2]}.{name}")


@pytest.mark.parametrize("exercise, answer", list(checked_functions()))
def test_the_solution_shown_defines_the_function_that_the_chapter_checks(exercise, answer):
    assert f"def {answer}(" in exercise.solution().source


@pytest.mark.parametrize("path", CHAPTERS[6:11], ids=lambda path: path.stem[:2])
def test_a_chapter_says_that_it_calls_the_courses_copies_before_it_does(path):
    module = importlib.import_module(f"{exercises.__name__}.chapter_{path.name[:2]}")
    mine = {one.name for one in vars(module).values() if isinstance(one, Exercise)}
    said = ""
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        source = "".join(cell["source"])
        said += source if cell["cell_type"] == "markdown" else ""
        for name in mine.intersection(re.findall(r"practice\.(\w+)\(", source)):
            assert re.search("course's own cop(y|ies)", said) or f"`practice.{name}`" in said


def double(x):
    return 2 * x


def three():
    return 3


def four():
    return 2 * 2


def square(x):
    return x * x


def same_as_double(x):
    return x + x


RIGHT = "def double(x):\n    return x + x"


def exercise(**options):
    usual = {
        "number": "1.1",
        "title": "Double",
        "minutes": 1,
        "kind": "complete",
        "hints": ("a", "b", "c"),
    }
    return Exercise(**{**usual, "solution": double, "cases": [(2,), (3,)], **options})


def test_a_sound_exercise_has_no_faults():
    assert faults(exercise(mistakes=[Mistake(square, "That is the square.")])) == []


def test_a_sound_exercise_about_a_value_has_no_faults():
    sound = exercise(solution=three, cases=(), mistakes={-3: "Look at the sign."})
    assert faults(sound) == []


def test_code_to_mend_reads_as_not_attempted_until_somebody_mends_it():
    mend = exercise(kind="mend", given="It squares.", start="def double(x):\n    return x * x")
    assert faults(mend) == []
    assert (
        mend.check(square).state == "not attempted" and "It squares." in mend.check(square).message
    )


TWICE = "line 2: squared for doubled: 2 * x → x ** 2"  # right for 0 and 2, and for no other number


def test_an_edit_made_by_machine_that_the_cases_let_pass_is_a_fault():
    too_few = exercise(cases=[(2,), (0,)])
    assert TWICE in survivors(too_few)
    assert any(f"Its cases let the edit {TWICE!r} pass" in fault for fault in faults(too_few))


def test_an_edit_that_changes_an_argument_of_the_caller_does_not_pass():
    def last_added(numbers):
        numbers = numbers + [1]
        return numbers

    adding = exercise(solution=last_added, cases=[([2],), ([3, 4],)])
    assert any("changed in place" in edit.name for edit in adding.machine_edits())
    assert not any("changed in place" in name for name in survivors(adding))


def test_a_value_needs_no_excuses_since_a_right_one_is_right_whatever_led_to_it():
    assert faults(exercise(solution=four, cases=())) == []


@pytest.mark.parametrize(
    ("excused", "fault"),
    [
        ("line 9: no such edit", "It excuses 'line 9: no such edit', an edit that nobody makes."),
        (TWICE, f"It excuses {TWICE!r}, which is wrong in a case drawn anew: add such a case."),
    ],
)
def test_an_excuse_that_does_not_hold_is_a_fault(excused, fault):
    sound = exercise(
        cases=[(2,), (0,)],
        fresh=lambda draw: (draw.randint(3, 9),),
        equivalent={excused: "It is not."},
    )
    assert fault in faults(sound)


def test_an_excuse_for_an_edit_that_the_cases_judge_wrong_is_a_fault():
    assert f"It excuses {TWICE!r}, which its cases judge wrong." in faults(
        exercise(equivalent={TWICE: "Is it?"})
    )


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
        (
            {"cases": [(2,), (0,)], "mistakes": [Mistake(square, "s")]},
            "The mistake square is told something else",
        ),
        (
            {"mistakes": [Mistake(same_as_double, "s")]},
            "The mistake same_as_double is told something else",
        ),
        (
            {"mistakes": [Mistake(square, "first"), Mistake(lambda x: x**2, "second")]},
            "The mistake <lambda> is told something else than its own sentence: ✗ Not yet. first",
        ),
        ({"solution": lambda x: ...}, "Its solution does not pass"),
    ],
)
def test_each_fault_of_an_exercise_is_named(options, fault):
    assert any(fault in sentence for sentence in faults(exercise(**options))), faults(
        exercise(**options)
    )


def test_a_name_of_the_trial_alone_is_put_into_words():
    sentence = "the size of the step"
    of_trial = exercise(
        solution=double,
        trial=lambda answer, step, x: answer(x) * step,
        cases=[(2, 3), (3, 4)],
        called={"step": sentence},
    )
    said = str(of_trial.check(lambda x: {}["lost"]))
    assert f"It was called with {sentence}: `2`, `x = 3`." in said
