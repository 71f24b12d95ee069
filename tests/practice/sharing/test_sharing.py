"""What a class shares: one line for a check, no name, no code, and never a check disturbed."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import learnkit
from learnkit.practice import sharing
from learnkit.practice.exercise import Exercise
from learnkit.practice.predict import Prediction

SCRIPT = Path(__file__).with_name("share_from_a_process.py")
FIELDS = {"version", "time", "learner", "exercise", "passed", "attempt", "mistake"}


def double(x):
    return 2 * x


def doubling():
    return Exercise(
        number="4.1",
        title="Double",
        minutes=1,
        kind="complete",
        solution=double,
        cases=[(3,), (-0.5,), (7,)],
        mistakes={"2 * x → x * x": "That is the square."},
    )


def where():
    return Prediction("04-where", "Where?", options=["At 0.", "Above 0."])


@pytest.fixture
def shared(learners_folder, monkeypatch):
    """The folder of a class; the learner works in another."""
    folder = learners_folder / "class"
    folder.mkdir()
    monkeypatch.setenv("LEARNKIT_PROGRESS_DIR", str(folder))
    return folder


def lines(folder):
    return [json.loads(line) for path in folder.glob("*") for line in path.read_text().splitlines()]


def test_a_check_adds_one_line_without_name_or_code(shared):
    exercise = doubling()
    exercise.check(lambda secret_name: secret_name * secret_name)
    exercise.check(double)
    first, second = lines(shared)
    assert set(first) == set(second) == FIELDS
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", first["time"])
    assert (first["exercise"], first["passed"], first["attempt"]) == ("4.1", False, 1)
    assert first["mistake"] == "That is the square."
    assert (second["passed"], second["attempt"], second["mistake"]) == (True, 2, "")
    assert first["learner"] == second["learner"] and len(list(shared.iterdir())) == 1


def test_what_a_finding_says_of_the_learners_own_code_is_not_shared(shared):
    def answer(secret_name):
        for secret in [secret_name]:
            return secret + secret_name * undefined_secret  # noqa: F821

    verdict = doubling().check(answer)
    assert "undefined_secret" in verdict.message
    assert lines(shared)[0]["mistake"] == verdict.mistake != ""
    assert "secret" not in json.dumps(lines(shared))


def test_an_edit_made_by_machine_is_shared_as_a_sentence(shared):
    verdict = doubling().check(lambda x: -2 * x)
    assert lines(shared)[0]["mistake"] in (verdict.said_of_it, verdict.mistake)


def test_a_verdict_carries_the_number_of_its_exercise_and_the_name_of_the_mistake():
    verdict = doubling().check(lambda x: x * x)
    assert (verdict.number, verdict.mistake) == ("4.1", "authors.listed")
    assert verdict.said_of_it == "That is the square."


def test_what_was_not_attempted_is_not_shared(shared):
    doubling().check(...)
    doubling().check()
    assert lines(shared) == []


def test_the_learner_is_told_once_and_clearly(shared):
    exercise = doubling()
    first, second = exercise.check(lambda x: x), exercise.check(lambda x: x)
    assert "Your class shares its progress" in first.notes[-1]
    assert (
        "In place of your name" in first.notes[-1] and "learnkit.progress.off()" in first.notes[-1]
    )
    assert not any("class" in note for note in second.notes)


def test_the_switch_stops_it_takes_back_what_was_shared_and_can_be_turned_on_again(shared):
    exercise = doubling()
    exercise.check(double)
    assert "taken back" in learnkit.progress.off()
    assert list(shared.iterdir()) == []
    exercise.check(double)
    assert list(shared.iterdir()) == []
    assert "shared with your class again" in learnkit.progress.on()
    told = exercise.check(double).notes
    assert len(lines(shared)) == 1 and "Your class shares" in told[-1]


def test_where_no_class_asks_nothing_is_written_or_said(learners_folder):
    assert doubling().check(double).notes == ()
    assert [path.name for path in learners_folder.iterdir()] == [".learnkit"]
    assert "has not set it up" in learnkit.progress.off()


def test_a_guess_is_shared_with_the_option_and_not_once_the_outcome_is_known(shared):
    prediction = where()
    assert "Your class shares" in prediction.commit("A").notes[-1]
    prediction.hear_from_page({"guess": "Above 0."})
    prediction.hear_from_page({"guess": "Above 0."})
    prediction.reveal("B")
    prediction.commit("A", change=True)
    late = where()
    late.key = "04-late"
    late.reveal("A")
    late.commit("B")
    assert [(one["prediction"], one["guess"]) for one in lines(shared)] == [
        ("04-where", "At 0."),
        ("04-where", "Above 0."),
    ]


def test_a_name_is_shared_only_where_the_hub_sets_it_and_the_learner_is_told_that(
    shared, monkeypatch
):
    exercise = doubling()
    exercise.check(double)
    monkeypatch.setenv("LEARNKIT_PROGRESS_NAME", "Ada L.")
    told = exercise.check(double).notes
    assert [one.get("name") for one in lines(shared)] == [None, "Ada L."]
    assert "It holds your name, Ada L.," in told[-1]


@pytest.mark.parametrize("fault", ["missing", "a file", "read-only", "a pipe", "odd"])
def test_a_failed_write_never_disturbs_a_check(shared, monkeypatch, fault):
    folder = shared
    if fault == "missing":
        folder = shared / "gone"
    elif fault == "a file":
        (folder := shared / "file").write_text("")
    elif fault == "read-only":
        (shared / f"{sharing.number()}.jsonl").mkdir()
    elif fault == "a pipe":
        if not hasattr(os, "mkfifo"):
            pytest.skip("this system has no named pipes")
        os.mkfifo(shared / f"{sharing.number()}.jsonl")
    else:
        folder = "no\udcffsuch\n"
    monkeypatch.setenv("LEARNKIT_PROGRESS_DIR", str(folder))
    assert doubling().check(double).state == "correct"
    assert where().commit("A").state == "committed"


@pytest.mark.slow
def test_forty_learners_write_at_once_and_no_line_is_torn(tmp_path):
    """All of them under one number, so that all write into one file: the worst that can happen."""
    shared, work = tmp_path / "class", tmp_path / "work"
    for folder in (shared, work / ".learnkit"):
        folder.mkdir(parents=True)
    environment = dict(os.environ, LEARNKIT_PROGRESS_DIR=str(shared))
    del environment["LEARNKIT_MEMORY"]
    command = [sys.executable, "-c", FORK, str(SCRIPT), "40", "5"]
    done = subprocess.run(command, cwd=work, env=environment, capture_output=True, timeout=120)
    assert done.returncode == 0, done.stderr.decode()
    (path,) = shared.iterdir()
    entries = sharing.lines_of(path.read_text())
    assert len(entries) == len(path.read_text().splitlines()) == 40 * 5 * 2
    assert {entry["learner"] for entry in entries} == {path.stem}


# Forty processes that have imported everything before they begin together.
FORK = """
import os, runpy, sys
from multiprocessing import get_context
from learnkit.practice import exercise, predict, sharing
script, many, times = sys.argv[1:]
sys.argv = [script, times]
sharing.number(), sharing.notice()
together = get_context("fork")
gate = together.Barrier(int(many))
def one():
    gate.wait(60)
    runpy.run_path(script)
all = [together.Process(target=one) for _ in range(int(many))]
for each in all: each.start()
for each in all: each.join(100)
sys.exit(any(each.exitcode for each in all))
"""


def test_a_torn_line_and_what_is_no_line_are_left_out():
    good = sharing.written("a1", {"prediction": "04-where", "guess": 3})
    odd = ['{"version": 1', "[]", "null", '{"version": 2}', "x", '{"version": 1, "time": 3}']
    assert len(sharing.lines_of("\n".join([*odd, good.strip(), *odd]))) == 1
    assert sharing.lines_of("[" * 100_000) == []


def test_a_line_stays_short_whatever_is_said():
    entry = {"exercise": "4.1", "passed": False, "attempt": 1, "mistake": "é" * 10_000}
    assert len(sharing.written("a1", entry).encode()) < 4096
