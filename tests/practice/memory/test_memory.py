"""What is kept of a learner, on good disks and bad ones, by one kernel and by several."""

import errno
import json
import math
import multiprocessing
import os
import signal
import sys
import time
from contextlib import contextmanager
from types import SimpleNamespace

import pytest

from learnkit.exercises import chapter_04
from learnkit.practice import memory
from learnkit.practice.memory import kept, place, records
from learnkit.practice.quiz import Cards, Choice, Option

pytestmark = pytest.mark.usefixtures("learners_folder")
OPTIONS = [Option("A number", "One.", correct=True), Option("A list", "Why?")]
EXERCISE = chapter_04.trace_one_step


def question(text="What does a loss return?"):
    return Choice(text, OPTIONS)


def kept_files(folder):
    return sorted(path.name for path in (folder / ".learnkit").glob("*.*"))


def forget_all_but_the_disk(monkeypatch):
    """Do to memory what a restarted kernel does."""
    monkeypatch.setattr(kept, "_unsaved", {})
    monkeypatch.setattr(kept, "_troubles", {})


# ---------------------------------------------------------------- what is kept


def test_an_item_is_known_by_its_chapter_and_its_name_there():
    assert memory.address(EXERCISE) == ("04", "trace_one_step")


def test_an_item_of_no_chapter_is_known_by_what_it_asks():
    assert memory.address(question()) == memory.address(question())
    assert memory.address(question()) != memory.address(question("What else?"))
    assert memory.address(question())[0] == ""


def test_things_without_a_question_have_an_address_that_a_restart_does_not_change():
    first, second = Cards([("epoch", "all")]), Cards([("epoch", "all")])
    assert memory.address(first) == memory.address(second)
    assert memory.address(object()) == memory.address(object())


def test_what_is_kept_is_merged_and_survives_a_restart(monkeypatch, learners_folder):
    assert memory.keep(EXERCISE, attempts=1, state="incorrect") == ""
    assert memory.keep(EXERCISE, attempts=2) == ""
    forget_all_but_the_disk(monkeypatch)
    entry = memory.recall(EXERCISE)
    assert (entry["attempts"], entry["state"]) == (2, "incorrect")
    assert entry["when"].startswith("20") and entry["when"].endswith("+00:00")
    assert kept_files(learners_folder) == ["04.json"]
    assert os.listdir(learners_folder) == [".learnkit"]


def test_everything_is_told_by_chapter():
    memory.keep(EXERCISE, attempts=1)
    memory.keep(question(), answer="A list")
    remembered = memory.everything()
    assert list(remembered) == ["", "04"]
    assert remembered["04"]["trace_one_step"]["attempts"] == 1


def test_nothing_kept_is_nothing_recalled():
    assert memory.recall(question()) == {} and memory.everything() == {} and memory.troubles() == []


def test_what_is_recalled_is_the_callers_own():
    memory.keep(EXERCISE, parts=[1, 2])
    memory.recall(EXERCISE)["parts"].append(3)
    memory.everything()["04"].clear()
    assert memory.recall(EXERCISE)["parts"] == [1, 2]


def test_what_was_once_right_stays_solved():
    memory.keep(EXERCISE, state="correct")
    memory.keep(EXERCISE, state="raised an error")
    assert memory.recall(EXERCISE)["solved"] is True
    memory.keep(question(), correct=False)
    assert "solved" not in memory.recall(question())


@pytest.mark.parametrize(
    "value", [math.inf, -math.inf, 0.1, 10**40, "∂L/∂ŷ", "\udc80", True, None, [1, [2.5, "x"]]]
)
def test_numbers_text_and_lists_come_back_as_they_were(value):
    assert memory.keep(question(), answer=value) == ""
    assert memory.recall(question())["answer"] == value


def test_not_a_number_comes_back_too():
    memory.keep(question(), answer=math.nan)
    assert math.isnan(memory.recall(question())["answer"])


@pytest.mark.parametrize(
    "value", [object(), {1, 2}, 1j, 10**5000], ids=["object", "set", "complex", "huge"]
)
def test_what_no_file_can_hold_is_refused_in_a_sentence(value):
    memory.keep(question(), answer="A list")
    assert memory.keep(question(), answer=value).startswith("This is not kept")
    assert memory.recall(question())["answer"] == "A list"


def test_a_list_that_holds_itself_is_refused():
    endless = []
    endless.append(endless)
    assert memory.keep(question(), answer=endless).startswith("This is not kept")


# ---------------------------------------------------------------- where the learner was


def running(monkeypatch, folder=None, parent=None):
    shell = SimpleNamespace(starting_dir=str(folder or ""), get_parent=lambda: parent)
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: shell))


def test_the_cell_and_the_notebook_are_kept_where_jupyter_tells_them(monkeypatch):
    running(monkeypatch, parent={"metadata": {"cellId": "2e1eef25"}})
    monkeypatch.setenv("JPY_SESSION_NAME", "/home/me/course/notebooks/04_gradient_descent.ipynb")
    memory.keep(EXERCISE, attempts=1)
    running(monkeypatch, parent={"metadata": {}})  # the click of a button
    memory.keep(EXERCISE, hints=1)
    entry = memory.recall(EXERCISE)
    assert (entry["cell"], entry["notebook"]) == ("2e1eef25", "04_gradient_descent.ipynb")
    memory.keep(EXERCISE, cell="given")
    assert memory.recall(EXERCISE)["cell"] == "given"


@pytest.mark.parametrize(
    "parent", [None, {}, {"metadata": None}, {"metadata": {"cellId": 3}}, {"metadata": {}}]
)
def test_without_a_cell_nothing_is_said_of_it(monkeypatch, parent):
    running(monkeypatch, parent=parent)
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    memory.keep(EXERCISE, attempts=1)
    assert not {"cell", "notebook"} & set(memory.recall(EXERCISE))


def test_changing_the_folder_in_a_cell_moves_nothing(monkeypatch, tmp_path):
    running(monkeypatch, folder=tmp_path)
    memory.keep(EXERCISE, attempts=1)
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert memory.recall(EXERCISE)["attempts"] == 1
    assert os.listdir(tmp_path / "elsewhere") == []


# ---------------------------------------------------------------- where nothing may be written


def test_switched_off_a_kernel_remembers_for_itself_alone(monkeypatch, learners_folder):
    monkeypatch.setenv("LEARNKIT_MEMORY", "off")
    assert memory.keep(EXERCISE, state="correct") == ""
    assert memory.recall(EXERCISE)["solved"] is True
    assert memory.everything() == {}
    assert os.listdir(learners_folder) == []


def test_among_the_sources_nothing_is_written_nor_read(monkeypatch, learners_folder):
    solutions = learners_folder / "solutions"
    solutions.mkdir()
    monkeypatch.chdir(solutions)
    memory.keep(question(), answer="A list")
    assert kept_files(solutions) == ["other.json"]  # a folder that only has the name
    (learners_folder / "course.py").touch()
    assert memory.recall(question()) == {} and memory.everything() == {}
    memory.keep(EXERCISE, attempts=1)
    assert kept_files(solutions) == ["other.json"]


# ---------------------------------------------------------------- bad disks


def goes_on_in_memory():
    """Tell whether everything works although nothing can be written, and is told once."""
    first, second = memory.keep(EXERCISE, attempts=1), memory.keep(EXERCISE, state="correct")
    entry = memory.recall(EXERCISE)
    kept = (entry["attempts"], entry["state"]) == (1, "correct") and memory.everything()["04"]
    return bool(kept) and "kept only until the kernel stops" in first and second == ""


def test_a_file_in_the_place_of_the_folder(learners_folder):
    (learners_folder / ".learnkit").write_text("mine")
    assert goes_on_in_memory()
    assert (learners_folder / ".learnkit").read_text() == "mine"


def test_a_deleted_folder(monkeypatch, tmp_path):
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    assert goes_on_in_memory()
    assert not (tmp_path / "gone").exists()


def test_a_folder_in_the_place_of_the_file(learners_folder):
    (learners_folder / ".learnkit" / "04.json").mkdir(parents=True)
    assert memory.recall(EXERCISE) == {}
    assert "cannot be read" in memory.keep(EXERCISE, attempts=1)
    assert goes_on_in_memory()


@pytest.mark.parametrize("step", ["mkdir", "open", "mkstemp", "replace"])
@pytest.mark.parametrize("error", [errno.EROFS, errno.ENOSPC, errno.EACCES])
def test_a_step_of_writing_that_fails(monkeypatch, learners_folder, step, error):
    memory.keep(question(), answer="A number")

    def refuse(*arguments, **options):
        raise OSError(error, os.strerror(error))

    homes = {
        "mkdir": type(learners_folder),
        "open": records,
        "mkstemp": records.tempfile,
        "replace": records.os,
    }
    with monkeypatch.context() as patch:
        patch.setattr(homes[step], step, refuse, raising=False)
        assert goes_on_in_memory()
        assert memory.troubles() == [
            f"`.learnkit` cannot be written ({os.strerror(error)}), so what you do is kept only "
            "until the kernel stops."
        ]
    assert kept_files(learners_folder) == ["other.json"]
    assert memory.recall(question())["answer"] == "A number"


def test_a_disk_that_fills_up_in_mid_write_leaves_the_old_file_whole(monkeypatch, learners_folder):
    memory.keep(EXERCISE, attempts=1)

    def half(table, file, **options):
        file.write('{"trace')
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(records.json, "dump", half)
        assert "No space left" in memory.keep(EXERCISE, attempts=2)
    assert kept_files(learners_folder) == ["04.json"]
    forgetful = json.loads((learners_folder / ".learnkit" / "04.json").read_text())
    assert forgetful["trace_one_step"]["attempts"] == 1
    assert memory.recall(EXERCISE)["attempts"] == 2


def test_what_could_not_be_written_is_written_as_soon_as_it_can(monkeypatch, learners_folder):
    (learners_folder / ".learnkit").write_text("")
    memory.keep(EXERCISE, attempts=1)
    (learners_folder / ".learnkit").unlink()
    memory.keep(chapter_04.gradient_descent, attempts=3)
    forget_all_but_the_disk(monkeypatch)
    assert memory.recall(EXERCISE)["attempts"] == 1
    assert memory.recall(chapter_04.gradient_descent)["attempts"] == 3


DAMAGE = [
    b"",
    b"{",
    b"[1]",
    b"null",
    b'{"trace_one_step": 3}',
    b"\xff\xfe\x00",
    b"\x00" * 40,
    b"[" * 100_000,
]


@pytest.mark.parametrize("content", DAMAGE, ids=range(len(DAMAGE)))
@pytest.mark.parametrize("first", ["recall", "keep", "everything"])
def test_a_damaged_file_is_kept_aside_and_told_of_once(learners_folder, content, first):
    file = learners_folder / ".learnkit" / "04.json"
    file.parent.mkdir()
    file.write_bytes(content)
    if first == "recall":
        assert memory.recall(EXERCISE) == {}
    elif first == "everything":
        assert memory.everything() == {}
    said = memory.keep(EXERCISE, attempts=1)
    assert said.startswith("`.learnkit/04.json` was damaged") and "`04.damaged-1.json`" in said
    assert memory.keep(EXERCISE, attempts=2) == ""
    assert (file.parent / "04.damaged-1.json").read_bytes() == content
    assert memory.recall(EXERCISE)["attempts"] == 2


def test_a_second_damaged_file_does_not_replace_the_first(learners_folder):
    for content in ("one", "two"):
        (learners_folder / ".learnkit").mkdir(exist_ok=True)
        (learners_folder / ".learnkit" / "04.json").write_text(content)
        memory.keep(EXERCISE, attempts=1)
    assert kept_files(learners_folder) == ["04.damaged-1.json", "04.damaged-2.json", "04.json"]


def test_files_of_other_names_are_nobodys(learners_folder):
    (learners_folder / ".learnkit").mkdir()
    (learners_folder / ".learnkit" / "notes.json").write_text("mine")
    assert memory.everything() == {}
    assert kept_files(learners_folder) == ["notes.json"]


def test_half_written_files_of_killed_kernels_are_swept_and_fresh_ones_left(learners_folder):
    memory.keep(EXERCISE, attempts=1)
    old, fresh = (learners_folder / ".learnkit" / name for name in ("04.old.new", "04.fresh.new"))
    old.write_text("{")
    fresh.write_text("{")
    os.utime(old, (0, 0))
    memory.keep(EXERCISE, attempts=2)
    assert kept_files(learners_folder) == ["04.fresh.new", "04.json"]


# ---------------------------------------------------------------- several kernels

SPAWN = multiprocessing.get_context("spawn")  # as kernels are: nothing shared
WRITES = 20
PATIENCE = 60  # seconds, for a slow machine; nothing is judged by it


def write_many(folder, writer):
    os.environ.pop("LEARNKIT_MEMORY", None)
    os.chdir(folder)
    records.PATIENCE = PATIENCE
    for number in range(WRITES):
        memory.keep(question(f"{writer}: {number}"), answer=number)
        memory.keep(question("shared"), **{writer: number})


def write_for_ever(folder, begun):
    os.environ.pop("LEARNKIT_MEMORY", None)
    os.chdir(folder)
    number = 0
    while True:
        number += 1
        memory.keep(question("killed"), number=number, ballast="x" * 200_000)
        begun.set()


def hold_the_lock(folder, held, release):
    os.chdir(folder)
    with records._alone(place.folder() / ".learnkit"):
        held.set()
        release.wait(PATIENCE)


@contextmanager
def another_kernel(function, *arguments):
    process = SPAWN.Process(target=function, args=arguments, daemon=True)
    process.start()
    try:
        yield process
    finally:
        process.kill()
        process.join(PATIENCE)


def test_kernels_that_write_at_once_lose_nothing(learners_folder):
    writers = "one", "two"
    with another_kernel(write_many, learners_folder, "one") as one:
        with another_kernel(write_many, learners_folder, "two") as two:
            one.join(PATIENCE)
            two.join(PATIENCE)
            assert (one.exitcode, two.exitcode) == (0, 0)
    for writer in writers:
        answers = [
            memory.recall(question(f"{writer}: {number}")).get("answer") for number in range(WRITES)
        ]
        assert answers == list(range(WRITES))
    assert [memory.recall(question("shared"))[writer] for writer in writers] == [WRITES - 1] * 2


def test_where_files_cannot_be_locked_no_file_is_ever_torn(monkeypatch, learners_folder):
    fcntl = pytest.importorskip("fcntl", reason="this system locks files in another way")

    def refuse(*arguments):
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refuse)
    assert memory.keep(EXERCISE, attempts=1) == ""
    assert kept_files(learners_folder) == ["04.json"]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system kills in another way")
def test_a_kernel_killed_in_mid_write_leaves_whole_records(learners_folder):
    begun = SPAWN.Event()
    with another_kernel(write_for_ever, learners_folder, begun):
        assert begun.wait(PATIENCE)
        time.sleep(0.05)
    assert memory.recall(question("killed"))["number"] >= 1
    assert memory.keep(question("killed"), number=0) == ""  # the dead hold no lock
    assert not list(learners_folder.glob(".learnkit/*damaged*"))


def test_a_kernel_that_hangs_with_the_lock_stops_nobody_for_long(monkeypatch, learners_folder):
    memory.keep(EXERCISE, attempts=1)
    monkeypatch.setattr(records, "PATIENCE", 0.1)
    held, release = SPAWN.Event(), SPAWN.Event()
    with another_kernel(hold_the_lock, learners_folder, held, release) as other:
        assert held.wait(PATIENCE)
        assert "another program keeps it locked" in memory.keep(EXERCISE, attempts=2)
        assert memory.recall(EXERCISE)["attempts"] == 2
        release.set()
        other.join(PATIENCE)
    assert memory.keep(EXERCISE, hints=1) == ""
    assert memory.recall(EXERCISE)["attempts"] == 2
