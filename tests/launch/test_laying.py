"""Chapters laid into a learner's folder: what was worked in stays, what is new comes all the same."""

import hashlib
import json
from datetime import date

import pytest

from learnkit.launch import laying
from learnkit.launch.files import as_bytes, content_hash
from learnkit.launch.laying import LAID, lay

CHAPTER = "notebooks/04_descent.ipynb"
SOLUTION = "solutions/04_descent.ipynb"
NEW = f"04_descent (new {date.today()}).ipynb"


def notebook(text, outputs=()):
    """A learners' copy of one cell, as bytes."""
    cell = {"cell_type": "code", "id": "a", "metadata": {}, "execution_count": None}
    cells = [cell | {"outputs": list(outputs), "source": [text]}]
    metadata = {"learnkit": content_hash(cells)}
    return as_bytes({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})


@pytest.fixture
def edition(tmp_path, monkeypatch):
    """A function that brings out an edition of a course with one chapter, by what its cell says."""
    source = tmp_path / "package"
    monkeypatch.setattr(laying, "CARRIED", source)

    def bring_out(text):
        for name in (CHAPTER, SOLUTION, "docs/summary.html", ".jupyter/overrides.json"):
            path = source / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(notebook(text) if path.suffix == ".ipynb" else text.encode())

    bring_out("first")
    return bring_out


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "my course"


def chapters(folder):
    """Return {name: what its cell says} of the notebooks in a folder."""
    return {
        path.name: json.loads(path.read_bytes())["cells"][0]["source"][0]
        for path in (folder / "notebooks").glob("*.ipynb")
    }


def test_the_first_start_lays_everything_but_the_solutions(edition, folder):
    assert lay(folder) == []
    laid = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    assert sorted(laid) == [
        ".jupyter/overrides.json",
        ".learnkit/laid.json",
        "docs/summary.html",
        CHAPTER,
    ]


def test_solutions_are_laid_when_asked_for_and_kept_up_to_date_from_then_on(edition, folder):
    lay(folder, with_solutions=True)
    edition("second")
    lay(folder)
    assert (folder / SOLUTION).read_bytes() == notebook("second")


def test_a_chapter_that_nobody_worked_in_is_replaced(edition, folder):
    lay(folder)
    edition("second")
    assert lay(folder) == [] and chapters(folder) == {"04_descent.ipynb": "second"}


@pytest.mark.parametrize(
    "outputs", [(), [{"output_type": "stream", "name": "stdout", "text": "1"}]]
)
def test_beside_a_chapter_with_work_in_it_the_new_edition_is_laid_once(edition, folder, outputs):
    lay(folder)
    mine = notebook("first", outputs) if outputs else notebook("first").replace(b"first", b"mine")
    (folder / CHAPTER).write_bytes(mine)
    assert lay(folder) == []
    edition("second")
    [told] = lay(folder)
    assert told == f"04_descent.ipynb holds work of yours and stays; beside it is the new {NEW}."
    assert (folder / CHAPTER).read_bytes() == mine and chapters(folder)[NEW] == "second"
    (folder / "notebooks" / NEW).unlink()  # not wanted, and not brought again
    assert lay(folder) == [] and len(chapters(folder)) == 1


def test_two_new_editions_on_one_day_have_two_names(edition, folder):
    lay(folder)
    (folder / CHAPTER).write_bytes(notebook("first").replace(b"first", b"mine"))
    for text in ("second", "third"):
        edition(text)
        lay(folder)
    assert sorted(chapters(folder).values()) == ["mine", "second", "third"]


def test_a_chapter_that_was_deleted_or_renamed_comes_again(edition, folder):
    lay(folder)
    (folder / CHAPTER).rename(folder / "notebooks" / "mine.ipynb")
    lay(folder)
    assert chapters(folder) == {"mine.ipynb": "first", "04_descent.ipynb": "first"}


def test_a_learner_who_took_over_the_new_edition_is_not_given_it_again(edition, folder):
    lay(folder)
    (folder / CHAPTER).write_bytes(notebook("first").replace(b"first", b"mine"))
    edition("second")
    lay(folder)
    (folder / "notebooks" / NEW).replace(folder / CHAPTER)
    edition("third")
    assert lay(folder) == [] and chapters(folder) == {"04_descent.ipynb": "third"}


@pytest.mark.parametrize("torn", [b"", b'{"cells": [', b"\xff\xfe"])
def test_what_is_no_notebook_any_more_is_not_overwritten_either(edition, folder, torn):
    lay(folder)
    (folder / CHAPTER).write_bytes(torn)
    edition("second")
    assert len(lay(folder)) == 1 and (folder / CHAPTER).read_bytes() == torn


@pytest.mark.parametrize("note", ["", "[]", "torn"])
def test_without_its_note_it_still_overwrites_no_work(edition, folder, note):
    lay(folder)
    mine = notebook("first").replace(b"first", b"mine")
    (folder / CHAPTER).write_bytes(mine)
    (folder / LAID).write_text(note)
    assert len(lay(folder)) == 1 and (folder / CHAPTER).read_bytes() == mine


def test_what_is_up_to_date_is_not_written_again(edition, folder):
    lay(folder)
    (folder / CHAPTER).chmod(0o400)
    before = (folder / CHAPTER).stat().st_mtime_ns
    lay(folder)
    assert (folder / CHAPTER).stat().st_mtime_ns == before


def test_the_note_names_what_was_laid(edition, folder):
    lay(folder)
    laid = json.loads((folder / LAID).read_text())
    assert laid[CHAPTER] == hashlib.sha256(notebook("first")).hexdigest()
