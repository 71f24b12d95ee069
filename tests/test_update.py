"""New editions by git: on a laptop by `course.py update`, on a hub by nbgitpuller. Both keep what a
learner did and bring what is new beside it.
"""

import json
import os
import shutil
import subprocess
import sys
from types import SimpleNamespace

import nbformat
import pytest
from browser import copy_front_door, course_of
from nbformat import v4

CELLS = ["# A chapter", "import learnkit", "x = 1", "y = 2", "The end. On to the next."]
QUIET = [
    "-c",
    "user.name=teacher",
    "-c",
    "user.email=teacher@localhost",
    "-c",
    "commit.gpgsign=false",
]


def git(folder, *arguments):
    command = ["git", *QUIET, *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


class Teacher:
    """The repository the course comes from."""

    def __init__(self, folder):
        self.folder = folder
        (folder / "solutions").mkdir(parents=True)
        (folder / "notebooks").mkdir()
        copy_front_door(folder)
        (folder / ".gitignore").write_text("__pycache__/\n.venv*\n")
        self.course = course_of(folder)
        cells = [v4.new_code_cell(text, id=f"cell-{i}") for i, text in enumerate(CELLS)]
        cells[0] = v4.new_markdown_cell(CELLS[0], id="cell-0")
        self.chapter = v4.new_notebook(cells=cells)
        git(folder, "init", "-q", "-b", "main")
        self.publish()

    def publish(self, name="01_chapter.ipynb"):
        nbformat.write(self.chapter, self.folder / "solutions" / name)
        assert self.course.main(["build"]) == 0
        git(self.folder, "add", "-A")
        git(self.folder, "commit", "-q", "-m", "An edition")

    def add(self, text, kind):
        """Append a cell to the chapter, as an author does."""
        new_cell = {"code": v4.new_code_cell, "markdown": v4.new_markdown_cell}[kind]
        self.chapter.cells.append(new_cell(text, id="added"))


def by_course_py(teacher, folder):
    command = [sys.executable, "course.py", "update"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120)


def by_nbgitpuller(teacher, folder):
    command = [sys.executable, "-m", "nbgitpuller.pull", f"file://{teacher.folder}", "main", folder]
    environment = dict(os.environ, NBGITPULLER_DEPTH="0")
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)


@pytest.fixture
def teacher(tmp_path):
    return Teacher(tmp_path / "teacher")


WAYS = [by_course_py, pytest.param(by_nbgitpuller, marks=pytest.mark.slow)]


@pytest.fixture(params=WAYS, ids=lambda way: way.__name__)
def learner(request, teacher, tmp_path):
    """A learner's clone: `folder`, `chapter` with its path, `update()` by either way, `read` and
    `edit` the chapter's cells.
    """
    folder = tmp_path / "learner"
    git(tmp_path, "clone", "-q", teacher.folder, folder)
    chapter = folder / "notebooks" / "01_chapter.ipynb"

    def update():
        done = request.param(teacher, folder)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def read():
        notebook = nbformat.read(chapter, as_version=4)
        nbformat.validate(notebook)
        return {cell.id: cell.source for cell in notebook.cells}

    def edit(change):
        """Change the notebook, with what JupyterLab writes when it is run and saved."""
        notebook = nbformat.read(chapter, as_version=4)
        code = [cell for cell in notebook.cells if cell.cell_type == "code"]
        for count, cell in enumerate(code, 1):
            cell.update(execution_count=count, outputs=[v4.new_output("stream", text=f"{count}\n")])
        notebook.metadata.language_info = {"name": "python", "version": "3.13.1"}
        change(notebook.cells)
        nbformat.write(notebook, chapter)

    return SimpleNamespace(folder=folder, chapter=chapter, update=update, read=read, edit=edit)


def solve(cells):
    cells[2].source = "x = 'mine'"


def scribble(cells):
    assert cells[-1].id == "scratch"
    cells[-1].source = "print('tried')"
    cells.append(v4.new_code_cell("my own cell", id="my-own"))


def test_edits_to_different_cells_are_merged(teacher, learner):
    learner.edit(solve)
    teacher.chapter.cells[3].source = "y = 'newer'"
    teacher.publish()
    learner.update()
    assert learner.read()["cell-2"] == "x = 'mine'" and learner.read()["cell-3"] == "y = 'newer'"


def test_where_both_changed_one_cell_the_learners_stays(teacher, learner):
    learner.edit(solve)
    teacher.chapter.cells[2].source = "x = 'newer'"
    teacher.publish()
    learner.update()
    assert learner.read()["cell-2"] == "x = 'mine'"


@pytest.mark.parametrize("kind", ["code", "markdown"])
def test_what_both_add_at_the_end_is_kept_on_either_side_of_the_scratch_cell(
    teacher, learner, kind
):
    text = "a new question"
    learner.edit(scribble)
    teacher.add(text, kind)
    teacher.publish()
    learner.update()
    cells = learner.read()
    assert list(cells)[-4:] == ["added", "scratch-note", "scratch", "my-own"]
    assert cells["added"] == text and cells["scratch"] == "print('tried')"


def test_a_second_update_after_a_merge_brings_what_is_newer_still(teacher, learner):
    learner.edit(solve)
    for text in ("y = 'newer'", "y = 'newest'"):
        teacher.chapter.cells[3].source = text
        teacher.publish()
        learner.update()
        learner.edit(solve)
    assert learner.read()["cell-2"] == "x = 'mine'" and learner.read()["cell-3"] == "y = 'newest'"


def test_a_chapter_the_learner_deleted_comes_again(teacher, learner):
    learner.chapter.unlink()
    teacher.chapter.cells[3].source = "y = 'newer'"
    teacher.publish()
    learner.update()
    assert learner.read()["cell-3"] == "y = 'newer'"


def test_a_file_in_the_way_of_a_new_chapter_is_renamed(teacher, learner):
    (learner.folder / "notebooks" / "02_next.ipynb").write_text("mine")
    teacher.publish("02_next.ipynb")
    learner.update()
    names = {path.name for path in learner.chapter.parent.iterdir()}
    [renamed] = names - {"01_chapter.ipynb", "02_next.ipynb"}
    assert (learner.chapter.parent / renamed).read_text() == "mine"
    assert "cells" in (learner.chapter.parent / "02_next.ipynb").read_text()


def test_a_chapter_that_was_given_up_stays_if_it_holds_work(teacher, learner):
    teacher.publish("02_next.ipynb")
    learner.update()
    learner.edit(solve)
    teacher.chapter.cells[3].source = "y = 'newer'"
    for folder in ("solutions", "notebooks"):
        (teacher.folder / folder / "01_chapter.ipynb").unlink()
    teacher.publish("02_next.ipynb")
    learner.update()
    assert learner.read()["cell-2"] == "x = 'mine'"


# ------------------------------------------------------------ course.py update alone


@pytest.fixture
def clone(teacher, tmp_path):
    folder = tmp_path / "clone"
    git(tmp_path, "clone", "-q", teacher.folder, folder)
    return folder


def test_without_anything_new_it_says_so_and_commits_nothing(teacher, clone):
    before = git(clone, "rev-parse", "HEAD")
    done = by_course_py(teacher, clone)
    assert done.returncode == 0 and done.stdout == "You have the newest edition.\n"
    assert git(clone, "rev-parse", "HEAD") == before


def has_no_git(folder, environment):
    environment["PATH"] = str(folder)
    return "needs git, which is not installed"


def is_no_clone(folder, environment):
    shutil.rmtree(folder / ".git")
    return "is no clone by git"


def lies_in_another_repository(folder, environment):
    shutil.rmtree(folder / ".git")
    git(folder.parent, "init", "-q")
    git(folder.parent, "commit", "-q", "--allow-empty", "-m", "mine")
    return "is no clone by git"


def has_no_remote(folder, environment):
    git(folder, "remote", "remove", "origin")
    return "knows no address to update this folder from"


def has_a_remote_that_is_gone(folder, environment):
    git(folder, "remote", "set-url", "origin", str(folder.parent / "gone"))
    return "could not be fetched"


@pytest.mark.parametrize(
    "fault",
    [has_no_git, is_no_clone, lies_in_another_repository, has_no_remote, has_a_remote_that_is_gone],
    ids=lambda fault: fault.__name__,
)
def test_where_nothing_can_be_fetched_one_sentence_says_why(teacher, clone, fault):
    environment = dict(os.environ)
    said = fault(clone, environment)
    command = [sys.executable, clone / "course.py", "update"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1 and said in done.stderr.splitlines()[-1], done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("committed", [False, True])
def test_who_changed_the_course_itself_is_sent_to_git(teacher, clone, committed):
    (clone / "course.py").write_text((clone / "course.py").read_text() + "# mine\n")
    if committed:
        git(clone, "commit", "-qam", "Mine")
    teacher.publish("02_next.ipynb")
    done = by_course_py(teacher, clone)
    assert done.returncode == 1 and "(course.py)" in done.stderr and "`git pull`" in done.stderr
    assert not (clone / "notebooks" / "02_next.ipynb").exists()


def test_where_merged_lines_are_no_notebook_the_learners_stays_and_the_new_one_lies_beside(
    teacher, clone
):
    chapter = clone / "notebooks" / "01_chapter.ipynb"
    mine = (
        chapter.read_text().replace('"x = 1"', "\"x = 'mine'\"") + "{"
    )  # as a torn disk leaves it
    chapter.write_text(mine)
    teacher.chapter.cells[3].source = "y = 'newer'"
    teacher.publish()
    done = by_course_py(teacher, clone)
    assert done.returncode == 0 and "01_chapter.ipynb is as you left it" in done.stdout
    assert chapter.read_text() == mine
    [beside] = clone.glob("notebooks/01_chapter (new *).ipynb")
    assert json.loads(beside.read_text())["cells"][3]["source"] == ["y = 'newer'"]
