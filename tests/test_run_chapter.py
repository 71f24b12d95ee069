"""course.py run: a chapter run in place and stored as `build` leaves it."""

import json
import re
import subprocess
import sys

import nbformat
import pytest
from browser import copy_front_door
from nbformat import v4


@pytest.fixture
def course(tmp_path):
    """A copy of the front door with one chapter that was never run."""
    copy_front_door(tmp_path)
    (tmp_path / "solutions").mkdir()
    save(tmp_path, "print(6 * 7)")
    return tmp_path


def save(folder, *sources):
    notebook = v4.new_notebook(cells=[v4.new_code_cell(source) for source in sources])
    nbformat.write(notebook, folder / "solutions" / "04_small.ipynb")


def run(folder, *arguments):
    command = [sys.executable, "-m", "tools.run_chapter", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120)


def test_a_chapter_is_run_in_place_and_its_outputs_hold_no_time(course):
    result = run(course, "04")
    assert result.returncode == 0, result.stderr
    assert "solutions/04_small.ipynb run and stored." in result.stdout
    text = (course / "solutions" / "04_small.ipynb").read_text()
    (cell,) = json.loads(text)["cells"]
    assert (cell["execution_count"], cell["outputs"][0]["text"]) == (1, ["42\n"])
    assert not re.search(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d", text)
    assert json.loads((course / "notebooks" / "04_small.ipynb").read_text())["cells"]


@pytest.mark.slow
def test_running_twice_stores_the_same_bytes(course):
    path = course / "solutions" / "04_small.ipynb"
    run(course, "04")
    once = path.read_bytes()
    run(course, "04")
    assert path.read_bytes() == once


@pytest.mark.slow
def test_a_cell_that_fails_is_shown_and_the_chapter_stays_as_it_was(course):
    save(course, "x = 1", "print(nowhere)")
    before = (course / "solutions" / "04_small.ipynb").read_bytes()
    result = run(course, "4")
    assert result.returncode == 1 and "name 'nowhere' is not defined" in result.stdout
    assert "is left as it was" in result.stdout and "Traceback" not in result.stderr
    assert (course / "solutions" / "04_small.ipynb").read_bytes() == before


@pytest.mark.parametrize("arguments", [[], ["5"], ["04", "05"], ["small"]])
def test_a_chapter_that_is_not_there_is_told_with_those_there_are(course, arguments):
    command = [sys.executable, course / "course.py", "run", *arguments]
    result = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert result.returncode == 1 and result.stderr.count("\n") == 1 and "04" in result.stderr
