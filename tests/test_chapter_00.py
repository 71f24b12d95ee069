"""The figures that chapter 0 states in its text."""

import re
import shutil
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from browser import ROOT
from nbclient import NotebookClient
from notebook_checks import read

import learnkit
from learnkit.exercises import chapter_00 as practice
from learnkit.widgets import throw
from learnkit.widgets.hoop import WITHIN


def test_the_first_misses_are_those_of_the_text_and_of_the_exercises():
    assert [round(throw(angle)) for angle in (30, 35, 63)] == [-57, -30, -15]
    assert 0.1 * -throw(30) == pytest.approx(5.7, abs=0.05)


def test_41_and_62_degrees_go_in_and_41_is_next_to_the_middle():
    assert abs(throw(41)) < 1 and abs(throw(62)) < 2


def test_005_crawls_01_halves_the_miss_02_needs_two_throws_and_05_overshoots_every_time():
    assert [practice.throws_until_in(factor) for factor in (0.05, 0.1, 0.2)] == [10, 5, 2]
    misses = practice.misses_with(0.1)
    assert all(abs(later) <= abs(miss) / 2 + 1 for miss, later in zip(misses, misses[1:]))
    with pytest.raises(ValueError, match="0.5 none of the first 100 throws goes in"):
        practice.throws_until_in(0.5)
    angles = practice.keep_throwing(throw, 30, 0.5, 40)
    assert all((early - 41) * (late - 41) < 0 for early, late in zip(angles[3:], angles[4:]))


@pytest.mark.parametrize("factor", [0.05, 0.1, 0.2, 0.5])
def test_from_63_degrees_the_next_throw_is_worse_with_every_factor_and_most_with_the_largest(
    factor,
):
    misses = [throw(angle) for angle in practice.keep_throwing(throw, 63, factor, 1)]
    assert misses[0] > misses[1]
    assert factor == 0.05 or misses[1] < throw(63 - 0.05 * throw(63))


def test_one_degree_more_lifts_the_ball_below_54_degrees_and_drops_it_above():
    assert [round(throw(angle + 1) - throw(angle)) for angle in (35, 63)] == [5, -17]
    sizes = [round(abs(throw(angle + 1)) - abs(throw(angle))) for angle in (35, 63)]
    assert sizes == [-5, 17]
    angles = np.arange(30, 75, 0.01)
    assert angles[throw(angles).argmax()] == pytest.approx(54, abs=0.25)


def test_62_is_the_nearest_angle_to_63_that_goes_in_and_41_is_another():
    near = [angle for angle in range(55, 71) if abs(throw(angle)) <= WITHIN]
    assert near == [62]


def test_halving_32_three_times_leaves_4():
    assert 32 / 2**practice.throws_to_go.answer == 4


def test_the_mistake_to_make_on_purpose_is_told_that_it_goes_the_wrong_way():
    verdict = practice.adjust_by_hand.check(32)
    assert verdict.state == "incorrect" and "wrong way" in verdict.message


@pytest.mark.parametrize(
    "angle, said", [(33, "lowers the angle"), (36, "raises the angle, as it should"), (105, "")]
)
def test_any_other_angle_is_told_which_way_it_goes(angle, said):
    assert said in practice.adjust_by_hand.check(angle).message


def test_the_code_to_mend_adds_the_same_every_time():
    angles = practice.mend_the_loop.faulty(throw, 30, 0.1, 4)
    assert np.diff(angles) == pytest.approx([5.7] * 4, abs=0.05) and angles[2] > 41


def test_from_63_degrees_each_throw_is_worse_than_the_one_before():
    misses = [throw(angle) for angle in practice.keep_throwing(throw, 63, 0.1, 2)]
    assert [round(miss) for miss in misses] == [-15, -43, -190]


def test_the_error_to_make_on_purpose_is_followed_by_the_name_that_was_meant(tmp_path):
    copy = read(shutil.copy(ROOT / "notebooks" / "00_start_here.ipynb", tmp_path))
    commented = next(cell for cell in copy.cells if cell.id == "make-an-error")
    commented.source = commented.source.replace("# print", "print")
    copy.cells = [cell for cell in copy.cells if cell.id in ("setup", "make-an-error")]
    resources = {"metadata": {"path": str(tmp_path)}}
    client = NotebookClient(copy, kernel_name="python3", allow_errors=True, resources=resources)
    with ThreadPoolExecutor(1) as thread:  # Playwright's event loop may be running in this one
        thread.submit(client.execute).result()
    outputs = commented.outputs
    assert next(one.ename for one in outputs if one.output_type == "error") == "NameError"
    assert "Did you mean `steps`?" in outputs[-1].data["text/plain"]


def chapters_in(shown):
    """The chapters of a map, each with whether it is still to come."""
    lines = [line for line in shown.splitlines() if re.match(r"\d+ · ", line)]
    return [(line.partition(":")[0], line.endswith("in preparation")) for line in lines]


def test_the_stored_map_has_the_chapters_there_are():
    chapter = read(ROOT / "solutions" / "00_start_here.ipynb")
    setup = next(cell for cell in chapter.cells if cell.id == "setup")
    stored, today = setup.outputs[-1].data["text/plain"], repr(learnkit.progress())
    grown = "The course has grown: run `python3 course.py run 00`."
    assert chapters_in(stored) == chapters_in(today) != [], grown
