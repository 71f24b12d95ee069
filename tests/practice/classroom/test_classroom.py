"""The page of a class: what it counts, whom it never singles out, and that it stays alive."""

import csv
import io
import json
import re
import subprocess
import sys
import threading
import urllib.request
from contextlib import contextmanager
from urllib.error import HTTPError

import pytest
from browser import accessibility_faults, listen

import learnkit
from learnkit.exercises import chapter_04
from learnkit.practice import memory, sharing
from learnkit.practice.classroom import board, participation, tally
from learnkit.practice.classroom.serving import Server

SQUARE = "That is where two steps lead; one is asked for."


def tries(learner, *passed, exercise="4.1", mistake=SQUARE):
    """Return the lines of a learner's tries, in their order."""
    return [
        entry(learner, exercise=exercise, passed=each, attempt=n, mistake="" if each else mistake)
        for n, each in enumerate(passed, 1)
    ]


def entry(learner, **said):
    return json.loads(sharing.written(learner, said, "2026-03-02T10:15:00Z"))


def guesses(key, *values):
    return [entry(f"learner {n}", prediction=key, guess=value) for n, value in enumerate(values)]


def room(*learners):
    return [one for number, passed in enumerate(learners) for one in tries(f"l{number}", *passed)]


def text_of(html):
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def test_figures_count_learners_and_not_tries():
    (figures,) = tally.figures(
        room([False, True], [True], [False] * 3 + [True], [False] * 3, [False] * 5, [False])
    )
    assert (figures.number, figures.tried, figures.passed, figures.stuck) == ("4.1", 6, 3, 2)
    assert figures.attempts == 2 and figures.mistakes == ((SQUARE, 5),)


def test_whoever_has_passed_is_not_stuck_whatever_they_try_afterwards():
    (figures,) = tally.figures(tries("a", False, False, True, False))
    assert (figures.passed, figures.stuck) == (1, 0)


def test_exercises_stand_in_the_order_of_the_course():
    lines = [one for number in ("4.10", "10.1", "4.9") for one in tries("a", True, exercise=number)]
    assert [figures.number for figures in tally.figures(lines)] == ["4.9", "4.10", "10.1"]


def test_nobody_is_singled_out_in_a_group_under_three():
    said = text_of(board.room(room([False] * 3, [True])))
    assert "under 3 learners" in said and "4.1 One step by hand under 3 – – –" in said
    assert SQUARE not in said
    said = text_of(board.room(room(*[[True]] * 6, [False] * 4)))
    assert "7 6 1 ⚑ under 3 1 other mistake was named, each to fewer than 3 learners." in said
    assert SQUARE not in said


def test_the_mistakes_most_often_named_are_told_in_words():
    lines = room(*[[False]] * 4)
    lines += [one for n in range(3) for one in tries(f"r{n}", False, mistake="reading.dots_left")]
    said = text_of(board.room(lines))
    assert f"4× {SQUARE} 3× A ... still in the code." in said


def test_every_mistake_without_a_sentence_of_its_own_has_words_on_the_page():
    from learnkit.practice.diagnosis import described

    assert described("comparing.shifted") == "Every entry one place too early or too late."
    assert described("judging.endless") == "" and board.JUDGED["judging.endless"]


def test_the_last_guess_of_each_learner_counts_in_the_order_of_the_options():
    options = chapter_04.which_stands_lowest.options
    key = chapter_04.which_stands_lowest.key
    lines = guesses(key, options[0], options[2], options[2]) + guesses(key, options[1])
    (found,) = tally.guesses(lines)
    assert [count for _, count in found.bars] == [0, 1, 2] and found.total == 3
    assert [label for label, _ in found.bars] == options


@pytest.mark.parametrize("numbers", [[5] * 20, [1, 2, 3], list(range(40)), [1, 2, 3, 4, 5, 6, 1e9]])
def test_every_number_guessed_is_in_one_bar(numbers):
    (found,) = tally.guesses(guesses("04-what-is-left", *numbers))
    assert found.total == len(numbers) and len(found.bars) <= 6


def test_the_page_tells_no_outcome_and_shows_no_histogram_of_two():
    prediction = chapter_04.which_stands_lowest
    said = board.room(guesses(prediction.key, *prediction.options[:2]))
    assert "Too few to show." in said and prediction.options[0] not in text_of(said)
    assert "<details" in said and "<details open" not in said


def test_what_learners_and_files_say_is_shown_as_text_and_never_as_code():
    evil = "<script>alert(1)</script>"
    lines = room(*[[False]] * 3)
    for n in range(3):
        lines += tries(f"x{n}", False, exercise=evil, mistake=evil)
        lines += [entry(f"x{n}", prediction=evil, guess=evil)]
    assert "<script>alert" not in board.room(lines) and "&lt;script" in board.room(lines)


@contextmanager
def serving(folder):
    with Server(folder) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join(20)


def read(address):
    with urllib.request.urlopen(address, timeout=20) as answer:
        return answer.read().decode()


def write(folder, lines):
    for one in lines:
        with open(folder / f"{one['learner']}.jsonl", "a") as file:
            file.write(json.dumps(one) + "\n")


def test_the_page_follows_the_folder_and_forgets_what_is_taken_back(tmp_path):
    with serving(tmp_path) as server:
        assert "Nobody has shared anything yet" in read(server.url)
        write(tmp_path, room(*[[True]] * 4))
        (tmp_path / "l0.jsonl").open("a").write('{"version": 1, "tor')
        assert "4 learners" in read(f"{server.url}room")
        (tmp_path / "l3.jsonl").unlink()
        assert "3 learners" in read(f"{server.url}room?chapter=04")
        with pytest.raises(HTTPError, match="404"):
            read(f"{server.url}../../etc/passwd")
        assert server.server_address[0] == "127.0.0.1"


def test_one_small_file_is_handed_in_and_counts_like_what_is_shared(learners_folder):
    assert "Nothing is kept here yet" in learnkit.progress.handin()
    chapter_04.trace_one_step.check([0.8, -1.6])
    chapter_04.trace_one_step.check([0.8, -0.8])
    chapter_04.which_stands_lowest.commit("A")
    memory.keep(chapter_04.gradient_descent, hints=1)
    said = learnkit.progress.handin()
    (path,) = learners_folder.glob("handin-*.jsonl")
    assert path.name in said and "tried (1)" in said and "predictions (1)" in said
    exercise, guess = sharing.lines_of(path.read_text())
    assert (exercise["exercise"], exercise["passed"], exercise["attempt"]) == ("4.1", True, 2)
    assert exercise["mistake"].startswith("w is right.")
    assert guess["guess"] == chapter_04.which_stands_lowest.options[0]
    assert path.stat().st_size < 1000


def test_progress_can_be_called_after_its_module_was_imported():
    import learnkit.progress

    assert repr(learnkit.progress("04")) == repr(learnkit.progress.progress("04"))


def test_a_table_of_who_took_part_says_that_it_is_no_grade(tmp_path):
    lines = room([False, True], [False])
    lines += [one | {"name": "=cmd|' /C calc'!A0"} for one in tries("l2", True)]
    write(tmp_path, lines)
    participation(tmp_path, table := io.StringIO())
    rows = list(csv.DictReader(io.StringIO(table.getvalue())))
    assert {row["this is"] for row in rows} == {"participation, not a grade"}
    assert [row["exercises passed"] for row in rows] == ["1", "1", "0"]
    assert [row["learner"][:2] for row in rows] == ["'=", "l0", "l1"]


def test_the_command_says_in_one_sentence_what_is_wrong(tmp_path):
    command = [sys.executable, "-m", "learnkit.progress", str(tmp_path / "gone"), "--no-browser"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1 and "gone cannot be used: No such file" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_in_a_browser_the_page_refreshes_itself_and_leaves_open_what_is_open(browser, tmp_path):
    write(tmp_path, room(*[[True]] * 3, [False] * 3))
    key = chapter_04.which_stands_lowest.key
    write(tmp_path, guesses(key, *chapter_04.which_stands_lowest.options))
    with serving(tmp_path) as server:
        page = browser.new_page(viewport={"width": 390, "height": 800}, color_scheme="dark")
        faults = listen(page)
        page.goto(server.url)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_url("**/?chapter=")
        page.locator("summary").focus()
        page.keyboard.press("Enter")
        write(tmp_path, tries("late", True))
        page.get_by_text("8 learners").wait_for(timeout=20_000)
        assert page.locator("details").evaluate("each => each.open")
        assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert accessibility_faults(page) == [] and faults == []
        page.close()
