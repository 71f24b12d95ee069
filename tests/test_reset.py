"""`course.py reset`: a clean copy of a chapter, and the learner's own kept beside it."""

from datetime import date

import nbformat
import pytest
from browser import copy_front_door, course_of
from nbformat import v4
from test_presenting import commit_all


@pytest.fixture
def course(tmp_path):
    """A course with one built chapter; `copy` is where the learner works."""
    copy_front_door(tmp_path)
    for name in ("solutions", "notebooks"):
        (tmp_path / name).mkdir()
    nbformat.write(
        v4.new_notebook(cells=[v4.new_code_cell("1")]), tmp_path / "solutions" / "04_descent.ipynb"
    )
    module = course_of(tmp_path)
    assert module.main(["build"]) == 0
    module.copy = tmp_path / "notebooks" / "04_descent.ipynb"
    module.clean = module.copy.read_bytes()
    return module


@pytest.mark.parametrize("name", ["4", "04", "04_descent"])
def test_a_clean_copy_comes_and_the_learners_is_kept_under_the_date(course, capsys, name):
    course.copy.write_text("mine")
    assert course.main(["reset", name]) == 0
    assert course.copy.read_bytes() == course.clean
    kept = course.copy.with_name(f"04_descent (mine {date.today()}).ipynb")
    assert kept.read_text() == "mine" and kept.name in capsys.readouterr().out


def test_two_on_one_day_are_both_kept(course):
    for text in ("first", "second"):
        course.copy.write_text(text)
        course.main(["reset", "04"])
    kept = [path.read_text() for path in course.copy.parent.glob("04_descent (mine*")]
    assert sorted(kept) == ["first", "second"]


def test_of_an_untouched_copy_nothing_is_kept(course):
    assert course.main(["reset", "04"]) == 0
    assert [path.name for path in course.copy.parent.iterdir()] == ["04_descent.ipynb"]


def test_a_chapter_that_was_deleted_comes_again(course):
    course.copy.unlink()
    assert course.main(["reset", "04"]) == 0 and course.copy.read_bytes() == course.clean


def test_without_its_solutions_the_clean_copy_is_the_one_that_git_has(course, capsys):
    (course.common.SOLUTIONS / "04_descent.ipynb").unlink()
    course.copy.write_text("mine")
    assert course.main(["reset", "04"]) == 1 and course.copy.read_text() == "mine"
    assert "to make a clean copy from, and git knows none" in capsys.readouterr().err
    course.copy.write_bytes(course.clean)
    commit_all(course.common.ROOT)
    course.copy.write_text("mine")
    assert course.main(["reset", "04"]) == 0 and course.copy.read_bytes() == course.clean


@pytest.mark.parametrize("arguments", [[], ["05"], ["04", "05"]])
def test_no_chapter_or_an_unknown_one_is_told_which_there_are(course, capsys, arguments):
    assert course.main(["reset", *arguments]) == 1
    error = capsys.readouterr().err
    assert error.count("\n") == 1 and "04" in error
