"""The guide to teaching: what it names exists, its minutes are the chapters', its sums are right."""

import json
import re
from importlib import import_module
from importlib.util import find_spec

import pytest
from browser import ROOT

from learnkit import widgets
from learnkit.exercises import CHAPTERS
from tools import mistakes, schedules, teaching
from tools.commands import COMMANDS
from tools.common import Problem
from tools.exercise_cells import exercises_of
from tools.minutes import OPENING, parts, share_out, sittings, stated
from tools.schedules import SCHEDULES, Block, Item, Schedule

GUIDE = (ROOT / "docs" / "teaching.md").read_text(encoding="utf-8")
MISTAKES = (ROOT / "docs" / "mistakes.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
AUTHORS = re.sub(r"<!-- (?:chapter|schedule) .*?<!-- end -->", "", GUIDE, flags=re.DOTALL)
EXERCISES = {
    chapter.number: exercises_of(import_module(f"learnkit.exercises.chapter_{chapter.number}"))
    for chapter in CHAPTERS
}
NUMBERS = {one.number for exercises in EXERCISES.values() for one in exercises.values()}
BOLD, ROW = re.compile(r"\*\*(.+?)\*\*"), re.compile(r"^\| (\d+) \| (.+?) \|(.*)\|$", re.MULTILINE)
each_chapter = pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.number)
each_schedule = pytest.mark.parametrize("schedule", SCHEDULES, ids=lambda schedule: schedule.name)


def cells_of(chapter):
    path = ROOT / "solutions" / f"{chapter.file}.ipynb"
    return json.loads(path.read_text(encoding="utf-8"))["cells"]


def told_to_the_instructor(chapter):
    """The text of a chapter's instructor cell."""
    (cell,) = (one for one in cells_of(chapter) if "instructor" in one["metadata"].get("tags", []))
    return "".join(cell["source"])


def headings_told(chapter):
    """The rows of an instructor cell: {heading: (minutes, {exercise: minutes})}."""
    return {
        heading: (
            int(minutes),
            {name: int(m) for name, m in re.findall(r"([\d.]+) \((\d+)\)", rest)},
        )
        for minutes, heading, rest in ROW.findall(told_to_the_instructor(chapter))
    }


def section(number):
    """What the guide's author says of a chapter."""
    return re.search(rf"^### {number} · .*?(?=^##|\Z)", AUTHORS, re.MULTILINE | re.DOTALL)[0]


def slanted(text):
    """What is printed slanted in a Markdown text, outside of code."""
    return re.findall(r"\*([^*]+)\*", re.sub(r"`[^`]*`", "", BOLD.sub("", text)).replace("\n", " "))


def marked(name):
    """What stands between two marks of the guide."""
    return re.search(rf"<!-- \w+ {name} -->\n(.*?)<!-- end -->", GUIDE, re.DOTALL)[1]


# ---------------------------------------------------------------- minutes by heading


@each_chapter
def test_the_minutes_by_heading_add_up_to_what_the_title_says(chapter):
    cells, exercises = cells_of(chapter), EXERCISES[chapter.number]
    found = parts(cells, exercises)
    numbers = sorted({part.sitting for part in found})
    totals = [sum(part.minutes for part in found if part.sitting == number) for number in numbers]
    assert totals == sittings(cells, exercises) == stated(cells)
    assert all(part.minutes >= max(1, sum(part.exercises.values())) for part in found)
    assert sorted(name for part in found for name in part.exercises) == sorted(
        one.number for one in exercises.values()
    )


@each_chapter
def test_an_instructor_cell_has_the_minutes_what_to_protect_and_what_to_skip(chapter):
    text = told_to_the_instructor(chapter)
    found = parts(cells_of(chapter), EXERCISES[chapter.number])
    assert headings_told(chapter) == {one.heading: (one.minutes, one.exercises) for one in found}
    sums = [int(total) for total in re.findall(r"^\| \*\*(\d+)\*\* \|", text, re.MULTILINE)]
    assert sums == stated(cells_of(chapter))
    assert "**Protect**\n\n- " in text and "**If time is short**, " in text
    assert set(re.findall(r"\b\d{1,2}\.\d{1,2}\b(?= (?:and|to|home|as|\())", text)) <= NUMBERS


def test_minutes_are_shared_out_in_whole_numbers_none_below_one():
    assert share_out(10, [1, 1, 1]) in ([4, 3, 3], [3, 4, 3], [3, 3, 4])
    assert share_out(20, [0.1, 9, 9]) == [1, 10, 9] or share_out(20, [0.1, 9, 9]) == [1, 9, 10]
    assert share_out(5, [3.2, 0.4]) == [4, 1]


def test_two_headings_in_one_cell_are_told_apart_and_a_break_ends_the_sitting():
    texts = ["# 1 · A chapter", "word " * 300 + "\n\n## First\n\n" + "word " * 600]
    texts += ["**This is the break** after it.", "## Second\n\n" + "word " * 700 + "\n## Cards\n"]
    cells = [{"cell_type": "markdown", "metadata": {}, "source": [text]} for text in texts]
    found = [(part.sitting, part.heading, part.minutes) for part in parts(cells, {})]
    assert found == [(1, OPENING, 3), (1, "First", 7), (2, "Second", 5)]


# ---------------------------------------------------------------- what build writes


def test_guide_mistakes_and_instructor_cells_are_what_build_writes():
    outdated = [
        path for path, content in teaching.written().items() if path.read_bytes() != content
    ]
    assert not outdated, "run `python -m tools.teaching`"


@each_schedule
def test_the_sums_of_a_schedule_are_those_of_the_instructor_cells(schedule):
    told = {int(chapter.number): headings_told(chapter) for chapter in CHAPTERS}
    blocks = re.findall(
        r"\*\*([^*\n]+): (\d+) of (\d+) minutes\*\*\n\n(.+?)(?=\n\n|\Z)",
        marked(schedule.name),
        re.DOTALL,
    )
    assert len(blocks) == len(schedule.blocks)
    for (title, total, there, table), block in zip(blocks, schedule.blocks, strict=True):
        rows = ROW.findall(table)
        assert sum(int(minutes) for minutes, *_ in rows) == int(total) <= int(there), title
        assert int(there) == block.minutes and len(rows) == len(block.in_class)
        for minutes, place, rest in rows:
            number, _, heading = place.partition(" · ")
            whole, asked = told[int(number)][heading]
            left_out = re.findall(r"\d+\.\d+", rest.split("|")[0])
            assert int(minutes) == whole - sum(asked[name] for name in left_out), place


def test_the_schedules_fill_three_hours_a_day_and_eight_hours_with_time_left_for_questions():
    three, day, eight = SCHEDULES
    assert sum(block.minutes for block in three.blocks) == 180 - 2 * 10  # two breaks
    assert [block.minutes for block in day.blocks] == [90] * 4
    assert [block.minutes for block in eight.blocks] == [60] * 8
    for schedule in SCHEDULES:
        for total, there in re.findall(r": (\d+) of (\d+) minutes\*\*", marked(schedule.name)):
            assert int(there) * 0.75 <= int(total) <= int(there) - 4, "four minutes for questions"


@pytest.mark.parametrize(
    "item, words",
    [
        (Item(4, "Roll uphill"), "“Roll uphill” in chapter 4, which has no such heading"),
        (Item(4, "Roll downhill", ("4.1",)), "without 4.1, which stands elsewhere"),
        (Item(4, "How fast, exactly?"), "has 24 minutes for 20"),
    ],
)
def test_a_schedule_that_cannot_be_kept_is_refused_in_a_sentence(monkeypatch, item, words):
    broken = Schedule("three-hours", (Block("First hour", 20, (item,)),))
    monkeypatch.setattr(teaching, "SCHEDULES", (broken, *schedules.SCHEDULES[1:]))
    with pytest.raises(Problem, match=re.escape(words)):
        teaching.written()


def test_a_guide_without_the_marks_of_a_chapter_is_refused(monkeypatch, tmp_path, capsys):
    (tmp_path / "teaching.md").write_text(GUIDE.replace("<!-- chapter 4 -->", ""), encoding="utf-8")
    monkeypatch.setattr(teaching, "GUIDE", tmp_path / "teaching.md")
    assert teaching.main(["--check"]) == 1
    assert "has no marks for ['4']" in capsys.readouterr().out


def test_an_instructor_cell_without_a_place_for_the_minutes_is_refused():
    with pytest.raises(Problem, match="begins with `| minutes |`"):
        teaching.with_table("**For the instructor.**", "", ROOT / "solutions" / "04_x.ipynb")


# ---------------------------------------------------------------- mistakes


def test_every_exercise_has_up_to_three_mistakes_with_what_the_check_says():
    for exercises in EXERCISES.values():
        for exercise in exercises.values():
            about = mistakes.about(exercise)
            assert about in MISTAKES
            assert 2 <= about.count("\n- ") <= mistakes.SHOWN, exercise.number


@pytest.mark.parametrize("number", mistakes.WRONG_ANSWERS)
def test_where_there_is_no_list_the_sentences_are_those_of_the_check(number):
    (exercise,) = (
        one for each in EXERCISES.values() for one in each.values() if one.number == number
    )
    for answer in mistakes.WRONG_ANSWERS[number]:
        said = exercise.explain(answer)
        assert said and said in str(exercise.check(answer)) and said in MISTAKES


# ---------------------------------------------------------------- what the author says


@each_chapter
def test_each_chapter_has_a_goal_an_opening_questions_a_place_to_stop_and_a_release(chapter):
    text = section(int(chapter.number))
    assert text.startswith(f"### {int(chapter.number)} · {chapter.title}\n")
    named = [
        name
        for name in BOLD.findall(text)
        if name in ("Goal.", "Open.", "Ask", "When late", "Release")
    ]
    assert named == ["Goal.", "Open.", "Ask", "When late", "Release"]
    assert text.count("\n- ") >= 3 and "?" in text.partition("**Ask**")[2]


@each_chapter
def test_the_headings_and_exercises_that_a_chapters_page_names_are_the_chapters(chapter):
    number, exercises = int(chapter.number), EXERCISES[chapter.number]
    text = section(number).replace("\n", " ")
    named = slanted(text)
    headings = {part.heading for part in parts(cells_of(chapter), exercises)}
    assert set(named) <= headings and (named or number == 11)
    lists = re.findall(r"Exercises? ((?:\d+\.\d+(?:, | and | to )?)+)", text)
    asked = set(re.findall(r"\d+\.\d+", " ".join(lists)))
    assert asked <= {one.number for one in exercises.values()}


def test_whatever_is_slanted_anywhere_in_the_guide_is_a_heading():
    headings = {
        part.heading for one in CHAPTERS for part in parts(cells_of(one), EXERCISES[one.number])
    }
    named = slanted(AUTHORS)
    assert len(named) > 30 and set(named) <= headings


def test_every_command_of_the_guide_exists():
    commands = set(re.findall(r"course\.py ([\w-]+)", GUIDE))
    assert commands - set(COMMANDS) == {"--wheels"}  # an option of two of them
    modules = set(re.findall(r"python -m ([\w.]+)", GUIDE + MISTAKES))
    assert modules and all(find_spec(name) for name in modules)


def test_every_link_of_the_guide_leads_somewhere():
    anchors = {
        re.sub(r"[^\w -]", "", line.lower()).strip().replace(" ", "-")
        for line in re.findall(r"^#+ (.+)$", GUIDE, re.MULTILINE)
    }
    for link in re.findall(r"\]\(([^)]+)\)", GUIDE):
        path, _, anchor = link.partition("#")
        assert (ROOT / "docs" / path).exists(), link
        assert path or anchor in anchors, link


def test_the_board_of_the_guessing_game_is_what_the_game_counts():
    board = re.findall(r"^\| (\d+) \| (\d+) \| ([\d.]+) \|$", AUTHORS, re.MULTILINE)
    steps = tuple(int(step) for step, *_ in board)
    counted = [(str(found), f"{needed:.1f}") for found, needed in widgets.by_step(steps)]
    assert [(found, needed) for _, found, needed in board] == counted
    assert widgets.guesses_needed(55, 10) is None
    assert widgets.guesses_needed(99, 2) - 1 == 24 and "They need 24 steps" in AUTHORS


def test_the_readme_says_where_to_begin_and_which_address_to_give():
    about = README.partition("## Teach it")[2].partition("\n## ")[0]
    assert "docs/teaching.md" in about and "docs/teaching.md#the-address-to-give" in about
