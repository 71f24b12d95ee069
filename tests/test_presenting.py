"""Presenting from solutions/, run and saved, leaves git clean; what an author edits is saved."""

import shutil
import subprocess
from types import SimpleNamespace

import nbformat
import pytest
from browser import ROOT, copy_front_door, course_of
from nbformat import v4


def git(folder, *arguments):
    names = ["-c", "user.name=a", "-c", "user.email=a@localhost", "-c", "commit.gpgsign=false"]
    command = ["git", *names, *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


def commit_all(folder):
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "as it is")


@pytest.fixture
def course(tmp_path):
    """A committed course of one chapter: `path` of it, and `save(change)` as JupyterLab does."""
    copy_front_door(tmp_path)
    (tmp_path / "solutions").mkdir()
    course = course_of(tmp_path)
    course.path = tmp_path / "solutions" / "01_chapter.ipynb"
    shown = [v4.new_output("stream", text="1\n")]
    cells = [v4.new_code_cell("print(1)", id="a", execution_count=1, outputs=shown)]
    nbformat.write(v4.new_notebook(cells=cells), course.path)
    assert course.main(["build"]) == 0
    commit_all(tmp_path)
    manager = SimpleNamespace(root_dir=str(tmp_path))

    def save(change):
        content = nbformat.read(course.path, as_version=4)
        change(content)
        model = {"type": "notebook", "content": content}
        course.presenting.keep_what_was_only_presented(
            model=model, path="solutions/01_chapter.ipynb", contents_manager=manager
        )
        nbformat.write(nbformat.from_dict(model["content"]), course.path)

    course.save = save
    return course


def run_elsewhere(notebook):
    """What a run on another machine changes: counts, outputs, times, the version of Python."""
    notebook.metadata.language_info = {"name": "python", "version": "3.14.0"}
    cell = notebook.cells[0]
    cell.update(execution_count=7, outputs=[v4.new_output("stream", text="another\n")])
    cell.metadata["trusted"] = True  # as JupyterLab sends it
    cell.metadata["execution"] = {"iopub.status.busy": "2026-01-01T10:00:00Z"}


def edit(notebook):
    run_elsewhere(notebook)
    notebook.cells[0].source = "print('another')"


def collapse(notebook):
    run_elsewhere(notebook)
    notebook.cells[0].metadata["jupyter"] = {"source_hidden": True}


def test_a_chapter_that_was_run_and_not_edited_is_saved_as_it_was(course):
    course.save(run_elsewhere)
    assert git(course.path.parent, "status", "--porcelain") == ""


@pytest.mark.parametrize("change", [edit, collapse], ids=lambda change: change.__name__)
def test_what_an_author_edits_is_saved_with_its_outputs_and_without_times(course, change):
    course.save(change)
    cell = nbformat.read(course.path, as_version=4).cells[0]
    assert cell.outputs[0].text == "another\n" and "2026" not in course.path.read_text()


def test_while_an_edit_is_not_committed_its_outputs_are_saved_at_every_run(course):
    course.save(edit)
    edited = nbformat.read(course.path, as_version=4)
    edited.cells[0].outputs = []
    nbformat.write(edited, course.path)
    course.save(run_elsewhere)
    assert nbformat.read(course.path, as_version=4).cells[0].outputs[0].text == "another\n"


def test_what_was_run_and_stored_by_course_py_is_not_put_back(course):
    stored = course.path.read_text().replace("1\\n", "stored\\n")
    course.path.write_text(stored)
    course.save(run_elsewhere)
    assert course.path.read_text() == stored


def test_without_git_a_chapter_is_saved_as_it_is(course):
    (course.path.parent.parent / ".git").rename(course.path.parent.parent / "no git")
    course.save(run_elsewhere)
    assert nbformat.read(course.path, as_version=4).cells[0].outputs[0].text == "another\n"


def test_a_learners_copy_is_saved_as_it_is(course):
    model = {"type": "notebook", "content": {"cells": [], "metadata": {"at": "2026-01-01 10:00"}}}
    manager = SimpleNamespace(root_dir=str(course.path.parent.parent))
    before = dict(model["content"])
    course.presenting.keep_what_was_only_presented(
        model=model, path="notebooks/01_chapter.ipynb", contents_manager=manager
    )
    assert model["content"] == before


@pytest.mark.slow
def test_in_lab_a_chapter_presented_from_solutions_leaves_git_clean(open_notebook, lab):
    shutil.copy(ROOT / ".gitignore", lab.folder)
    commit_all(lab.folder)
    path = "solutions/00_start_here.ipynb"  # its map and its check of the machine are other here
    notebook = open_notebook(path)
    notebook.run_all()
    before = (lab.folder / path).stat().st_mtime_ns
    notebook.page.evaluate("jupyterapp.commands.execute('docmanager:save')")
    assert (lab.folder / path).stat().st_mtime_ns > before
    assert git(lab.folder, "status", "--porcelain", "--", "solutions", "notebooks") == ""
