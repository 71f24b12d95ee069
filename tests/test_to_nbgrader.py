"""A chapter as an nbgrader assignment: starting code kept, one locked cell an exercise that raises."""

import ast
import subprocess
import sys

import pytest
from browser import CHAPTERS, ROOT

from learnkit import training
from learnkit.exercises import chapter_04
from learnkit.verdicts import require
from tools.to_nbgrader import assignment, main


@pytest.fixture(scope="module")
def cells():
    return assignment(next(path for path in CHAPTERS if path.name.startswith("04")))["cells"]


def marked(cells, what):
    return [cell for cell in cells if cell["metadata"].get("nbgrader", {}).get(what)]


def test_each_exercise_keeps_its_starting_code_and_has_a_locked_cell_behind_it(cells):
    answers, tests = marked(cells, "solution"), marked(cells, "grade")
    assert len(answers) == len(tests) == 7
    for answer, test in zip(answers, tests):
        assert cells[cells.index(answer) + 1] is test and test["metadata"]["nbgrader"]["locked"]
        assert "..." in "".join(answer["source"]) or ".mend_" in "".join(answer["source"])
        assert "require(practice." in test["source"] and ast.parse(test["source"])
    assert not any("BEGIN SOLUTION" in "".join(cell["source"]) for cell in cells)


def test_every_mark_has_a_name_of_its_own(cells):
    names = [cell["metadata"]["nbgrader"]["grade_id"] for cell in marked(cells, "grade_id")]
    ids = [cell["id"] for cell in cells]
    assert len(set(names)) == len(names) == 15 and len(set(ids)) == len(ids)
    assert all(len(identity) <= 64 for identity in ids)


def test_every_chapter_with_exercises_can_be_taken():
    for path in CHAPTERS[:-1]:
        made = assignment(path)["cells"]
        assert len(marked(made, "grade")) == len(marked(made, "solution")) > 0, path.name


def test_what_is_there_already_is_left_alone(tmp_path, capsys):
    assert main(["04", str(tmp_path)]) == 0
    (tmp_path / "nbgrader_config.py").write_text("mine")
    assert main(["04", str(tmp_path)]) == 1
    assert "is there already" in capsys.readouterr().err
    assert main(["05", str(tmp_path)]) == 0
    assert (tmp_path / "nbgrader_config.py").read_text() == "mine"


def test_the_locked_cell_raises_unless_the_answer_is_right_and_the_learners_own():
    exercise = chapter_04.gradient_descent

    def descend(slope, x, learning_rate, steps):
        path = [x]
        for _ in range(steps):
            path.append(path[-1] - learning_rate * slope(path[-1]))
        return path

    require(exercise, descend)
    with pytest.raises(AssertionError, match="Exercise 4.2: incorrect. "):
        require(exercise, lambda slope, x, learning_rate, steps: [x])
    with pytest.raises(AssertionError, match="the course's own function handed in"):
        require(exercise, training.descend)
    with pytest.raises(AssertionError, match="not attempted"):
        require(chapter_04.trace_one_step, ...)


def test_a_check_of_the_notebooks_own_changes_nothing(monkeypatch):
    monkeypatch.setitem(vars(chapter_04.trace_one_step), "check", print)
    with pytest.raises(AssertionError, match="incorrect"):
        require(chapter_04.trace_one_step, [1, -2])


def test_the_command_says_in_one_sentence_what_it_needs(tmp_path):
    command = [sys.executable, "-m", "tools.to_nbgrader", "77", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1 and "There is no chapter '77'" in done.stderr
