"""The curtain before the solutions: closed until a class releases them, never there for one alone."""

import pytest

from learnkit.exercises import chapter_04
from learnkit.practice import curtain, memory

LATER = "After the class"
SOLUTION = "def descend("


@pytest.fixture(autouse=True)
def own_folder(learners_folder, monkeypatch):
    monkeypatch.delenv("LEARNKIT_RELEASE", raising=False)
    return learners_folder


def checked():
    return chapter_04.gradient_descent.check(chapter_04.gradient_descent.reference)


def shown():
    """Return what the solution and its button say, together."""
    return f"{chapter_04.gradient_descent.solution()} {checked().html()}"


def test_alone_everything_is_open():
    assert SOLUTION in str(chapter_04.gradient_descent.solution())
    assert "data-solution" in checked().html() and LATER not in shown()


def test_until_the_release_the_solution_and_its_button_say_after_the_class(own_folder):
    (own_folder / "release.txt").write_text("00 01  # the first week\n")
    assert str(chapter_04.gradient_descent.solution()).startswith("→ Solution. After the class")
    assert "data-solution" in checked().html() and LATER in checked().html()
    assert SOLUTION not in shown() and checked().solution == ""


@pytest.mark.parametrize("words", ["4", "04", "4.2", "all", "1, 04", "00 01 # x\n4.2 # y"])
def test_a_release_opens_a_chapter_or_one_exercise_at_once(own_folder, words):
    (own_folder / "release.txt").write_text("# nothing yet")
    assert LATER in shown()
    (own_folder / "release.txt").write_text(words)
    assert LATER not in shown() and SOLUTION in str(chapter_04.gradient_descent.solution())


@pytest.mark.parametrize("words", ["", "5", "4.1", "4.20", "# 4", "40", "04.2.1"])
def test_a_release_of_something_else_opens_nothing_here(own_folder, words):
    (own_folder / "release.txt").write_text(words)
    assert LATER in shown()


def test_chapter_zero_is_released_by_either_of_its_names(own_folder):
    for words in ("0", "00"):
        (own_folder / "release.txt").write_text(words)
        assert curtain.is_open("0.1") and not curtain.is_open("1.1")


def test_a_hub_names_one_file_for_all_and_before_it_is_there_nothing_is_open(
    own_folder, monkeypatch
):
    (own_folder / "release.txt").write_text("all")
    monkeypatch.setenv("LEARNKIT_RELEASE", str(own_folder / "shared.txt"))
    assert LATER in shown()
    (own_folder / "shared.txt").write_text("04")
    assert LATER not in shown()
    (own_folder / "shared.txt").write_bytes(b"\xff\xfe all")
    assert LATER in shown()


def test_pressing_the_button_before_the_release_is_not_kept_as_having_seen_it(own_folder):
    (own_folder / "release.txt").write_text("")
    checked().hear_from_page({"hints": 0, "solution_seen": True})
    assert memory.recall(chapter_04.gradient_descent)["solution_seen"] is False
    (own_folder / "release.txt").write_text("4")
    checked().hear_from_page({"hints": 0, "solution_seen": True})
    assert memory.recall(chapter_04.gradient_descent)["solution_seen"] is True
