"""An exercise is written once: a chapter's cells that say anything else are named and rewritten."""

import json
from copy import deepcopy

import pytest
from browser import ROOT

from learnkit.exercises import CHAPTERS, chapter_04
from tools.exercise_cells import exercises_of, place_of, write_exercises

STEM = next(stem for number, stem, _ in CHAPTERS if number == "04")
CHAPTER = json.loads((ROOT / "solutions" / f"{STEM}.ipynb").read_text(encoding="utf-8"))
EXERCISES = exercises_of(chapter_04)
TASK, CELL = -1, 0  # from the cell that checks an exercise to the one in question


@pytest.fixture
def chapter():
    return deepcopy(CHAPTER)


def test_the_chapter_says_what_its_exercises_say(chapter):
    assert write_exercises(chapter, EXERCISES) == [] and chapter == CHAPTER


@pytest.mark.parametrize(
    "cell, before, after",
    [
        (TASK, "4.2", "4.9"),
        (TASK, "· complete ·", "· trace ·"),
        (TASK, "3 min", "7 min"),
        (TASK, "Return the whole path", "Return the end of the path"),
        (CELL, "x - learning_rate", "x + learning_rate"),
        (CELL, "#:     path = [x]", "#:     path = []"),
    ],
    ids=["number", "kind", "minutes", "task", "solution", "starting code"],
)
def test_a_cell_that_disagrees_is_named_and_rewritten(chapter, cell, before, after):
    changed = chapter["cells"][place_of(chapter, "gradient_descent") + cell]
    source = "".join(changed["source"])
    assert before in source
    changed["source"] = [source.replace(before, after, 1)]
    assert write_exercises(chapter, EXERCISES) == [changed["id"]]
    assert changed["source"] == source.splitlines(keepends=True)
    assert write_exercises(chapter, EXERCISES) == []


def test_an_exercise_without_cells_gets_them_behind_the_one_before(chapter):
    place = place_of(chapter, "gradient_descent")
    del chapter["cells"][place - 1 : place + 1]
    assert len(write_exercises(chapter, EXERCISES)) == 2
    assert place_of(chapter, "gradient_descent") == place_of(chapter, "trace_one_step") + 2
