"""What learners get before and after a class: no later solution, no old history, no spoiled outcome."""

import ast
import json
import shutil
import subprocess

import pytest
from browser import CHAPTERS, COPIES, copy_front_door, course_of

from learnkit.practice import curtain


@pytest.fixture
def course(tmp_path):
    """What stands behind course.py in a clone of a small course with three chapters."""
    folder = tmp_path / "course"
    folder.mkdir()
    copy_front_door(folder)
    for name in ("solutions", "notebooks", "tests", "docs"):
        (folder / name).mkdir()
    for number in (1, 2, 3):
        write_chapter(folder, number, f"secret {number}")
    (folder / "tests" / "answers.json").write_text("{}")
    (folder / "docs" / "results.md").write_text("Fast.")
    (folder / "untracked.txt").write_text("private")
    git(folder, "init", "-q")
    git(folder, "add", ":!untracked.txt")
    git(folder, "commit", "-qm", "all solutions")
    module = course_of(folder)
    module.folder = folder
    return module


def write_chapter(folder, number, secret):
    source = f"### BEGIN SOLUTION\n#: a = ...\na = '{secret}'\n### END SOLUTION"
    cell = {"cell_type": "code", "id": "a", "metadata": {}, "outputs": [], "execution_count": 1}
    told = {"cell_type": "markdown", "id": "b", "metadata": {"tags": ["instructor"]}}
    cells = [dict(cell, source=source), dict(told, source="Ask them first.")]
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (folder / "solutions" / f"0{number}_chapter.ipynb").write_text(json.dumps(notebook))


def git(folder, *arguments):
    who = ["-c", "user.name=A", "-c", "user.email=a@example.invalid"]
    command = ["git", "-C", str(folder), *who, *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout


def whole_history(folder):
    return git(folder, "log", "-p", "--all", "--format=%an %s")


def test_a_release_holds_no_later_solution_and_no_older_history(course, tmp_path):
    assert course.main(["release", "--until", "1", str(tmp_path / "learners")]) == 0
    folder = tmp_path / "learners"
    names = git(folder, "ls-files").split()
    assert {"course.py", "docs/results.md", "solutions/01_chapter.ipynb"} <= set(names)
    assert {f"notebooks/0{n}_chapter.ipynb" for n in (1, 2, 3)} <= set(names)
    for absent in ("solutions/02_chapter.ipynb", "tests/answers.json", "untracked.txt"):
        assert absent not in names
    said = whole_history(folder)
    assert "secret 1" in said and "secret 2" not in said and "secret 3" not in said
    assert "Ask them first" not in said and "all solutions" not in said
    assert said.startswith("The course Solutions up to chapter 1")
    assert git(folder, "rev-list", "--count", "HEAD").strip() == "1"


def test_the_next_release_is_one_commit_more_that_learners_pull(course, tmp_path):
    folder, learner = tmp_path / "learners", tmp_path / "learner"
    course.main(["release", "--until", "01", str(folder)])
    git(tmp_path, "clone", "-q", str(folder), str(learner))
    (learner / "mine.txt").write_text("my work")
    write_chapter(course.folder, 1, "better secret")
    (course.folder / "docs" / "results.md").unlink()
    assert course.main(["release", "--until", "2", str(folder)]) == 0
    git(learner, "pull", "-q")
    assert (learner / "solutions" / "02_chapter.ipynb").is_file()
    assert "better secret" in (learner / "solutions" / "01_chapter.ipynb").read_text()
    assert not (learner / "docs" / "results.md").exists() and (learner / "mine.txt").is_file()
    assert git(folder, "rev-list", "--count", "HEAD").strip() == "2"
    course.main(["release", "--until", "2", str(folder)])
    assert git(folder, "rev-list", "--count", "HEAD").strip() == "2"


def test_a_release_opens_the_curtain_up_to_its_chapter(course, tmp_path, monkeypatch):
    course.main(["release", "--until", "2", str(tmp_path / "learners")])
    monkeypatch.delenv("LEARNKIT_RELEASE", raising=False)
    monkeypatch.chdir(tmp_path / "learners" / "notebooks")
    assert curtain.is_open("1.1") and curtain.is_open("2.3") and not curtain.is_open("3.1")


@pytest.mark.parametrize("asked", ["something else", "inside", "a file", "chapter", "no git"])
def test_what_cannot_be_released_is_said_in_one_sentence(course, tmp_path, capsys, asked):
    folder, until = tmp_path / "learners", "1"
    if asked == "something else":
        folder.mkdir()
        (folder / "thesis.txt").write_text("mine")
    elif asked == "inside":
        folder = course.folder / "learners"
    elif asked == "a file":
        folder.write_text("mine")
    elif asked == "chapter":
        until = "7"
    else:
        shutil.rmtree(course.folder / ".git")
    assert course.main(["release", "--until", until, str(folder)]) == 1
    said = capsys.readouterr().err
    assert len(said.strip().splitlines()) == 1 and "Traceback" not in said
    assert asked != "something else" or (folder / "thesis.txt").read_text() == "mine"


# ---------------------------------------------------------------- cells that reveal


def revealing(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    return [cell for cell in code if ".reveal(" in "".join(cell["source"])]


def outcomes_in(source):
    """Return what a cell that reveals tells of the outcome: a value or one option, written down."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "reveal":
            found += [ast.unparse(each) for each in node.args if isinstance(each, ast.Constant)]
        is_option = isinstance(node, ast.Subscript) and ast.unparse(node.value).endswith("options")
        if is_option and isinstance(node.slice, ast.Constant):
            found.append(ast.unparse(node))
    return found


def test_cells_that_reveal_are_folded_in_chapters_and_copies():
    cells = [cell for path in CHAPTERS + COPIES for cell in revealing(path)]
    assert len(cells) > 60
    assert [cell["id"] for cell in cells if not cell["metadata"]["jupyter"]["source_hidden"]] == []


def test_cells_that_reveal_hold_no_outcome():
    told = {
        f"{path.name} {cell['id']}": outcomes_in("".join(cell["source"]))
        for path in CHAPTERS
        for cell in revealing(path)
    }
    assert {where: found for where, found in told.items() if found} == {}


def test_an_outcome_that_is_written_down_is_found():
    assert outcomes_in("a.b.reveal(60)") == ["60"]
    assert outcomes_in("a.reveal(a.options[1] if flat else None)") == ["a.options[1]"]
    assert outcomes_in("a.reveal(a.options[np.argmin(losses)])\nb.reveal()") == []


def test_a_cell_that_comes_to_reveal_is_folded_when_the_chapter_is_built(course):
    path = course.folder / "solutions" / "01_chapter.ipynb"
    notebook = json.loads(path.read_text())
    notebook["cells"][0]["source"] = "guess.reveal()"
    path.write_text(json.dumps(notebook))
    assert course.main(["build"]) == 0
    for each in (path, course.folder / "notebooks" / path.name):
        assert revealing(each)[0]["metadata"]["jupyter"] == {"source_hidden": True}
