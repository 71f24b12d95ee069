"""Writes what the guide to teaching and the instructor cells say of minutes and exercises.

    python -m tools.teaching           write what has changed
    python -m tools.teaching --check   write nothing; name each file that is out of date

The table in each instructor cell of solutions/ comes from the chapter itself; docs/teaching.md
holds these cells, and the schedules of tools/schedules.py, between marks such as
`<!-- chapter 4 -->` and `<!-- end -->`; docs/mistakes.md is written whole. What stands outside the
marks is its author's.
"""

import json
import re
import sys
from importlib import import_module

from learnkit.exercises import CHAPTERS
from tools import mistakes
from tools.common import ROOT, Problem, say
from tools.exercise_cells import exercises_of
from tools.minutes import parts
from tools.notebooks import as_bytes
from tools.schedules import SCHEDULES

GUIDE, MISTAKES = ROOT / "docs" / "teaching.md", ROOT / "docs" / "mistakes.md"
MARKED = re.compile(r"(<!-- (?:chapter|schedule) ([\w-]+) -->\n)(.*?)(<!-- end -->)", re.DOTALL)
TABLE = re.compile(r"^\| minutes \|.*?(?=\n\n|\Z)", re.DOTALL | re.MULTILINE)
SITTINGS = "First sitting", "Second sitting", "Third sitting"


def main(arguments):
    """Write or compare; return 1 if a comparison found something."""
    try:
        contents = written()
    except Problem as problem:
        say(problem)
        return 1
    outdated = [path for path, content in contents.items() if path.read_bytes() != content]
    for path in outdated:
        name = path.relative_to(ROOT).as_posix()
        if arguments == ["--check"]:
            say(f"{name} is not what `course.py build` writes about teaching: run it.")
        else:
            path.write_bytes(contents[path])
            say(f"{name} written.")
    return 1 if outdated and arguments == ["--check"] else 0


def written():
    """Return {path: bytes} of all that is written here. Raises Problem where that cannot be."""
    exercises = {
        chapter.number: exercises_of(import_module(f"learnkit.exercises.chapter_{chapter.number}"))
        for chapter in CHAPTERS
    }
    contents, by_heading, cells = {}, {}, {}
    for number, file, _ in CHAPTERS:
        path = ROOT / "solutions" / f"{file}.ipynb"
        notebook = json.loads(path.read_text(encoding="utf-8"))
        found = parts(notebook["cells"], exercises[number])
        cell = instructor_cell(notebook, path)
        source = with_table("".join(cell["source"]), table_of_minutes(found), path)
        cell["source"] = source.splitlines(keepends=True)
        contents[path] = as_bytes(notebook)
        by_heading[int(number)] = found
        cells[str(int(number))] = source.partition("\n\n")[2]  # without "For the instructor."
    sections = cells | {one.name: about_schedule(one, by_heading) for one in SCHEDULES}
    contents[GUIDE] = guide_with(sections).encode("utf-8")
    contents[MISTAKES] = mistakes.page(exercises).encode("utf-8")
    return contents


def instructor_cell(notebook, path):
    """Return the one cell of a chapter that speaks to the instructor."""
    tagged = [
        cell for cell in notebook["cells"] if "instructor" in cell["metadata"].get("tags", [])
    ]
    if not tagged:
        raise Problem(f"solutions/{path.name} has no cell tagged instructor: add one.")
    return tagged[0]


def with_table(source, table, path):
    """Return an instructor cell with this table in place of the one it has."""
    if not TABLE.search(source):
        raise Problem(
            f"The instructor cell of solutions/{path.name} has no table that begins with "
            "`| minutes |`: put that line where the minutes are to stand."
        )
    return TABLE.sub(lambda _: table, source, count=1)


def table_of_minutes(found):
    """Return the minutes of a chapter by heading, a bold line for each sitting."""
    lines = ["| minutes | heading | exercises, with their minutes |", "|---:|---|---|"]
    for number in sorted({part.sitting for part in found}):
        sitting = [part for part in found if part.sitting == number]
        total = sum(part.minutes for part in sitting)
        lines.append(f"| **{total}** | **{SITTINGS[number - 1]}** | |")
        for part in sitting:
            asked = ", ".join(f"{name} ({minutes})" for name, minutes in part.exercises.items())
            lines.append(f"| {part.minutes} | {part.heading} | {asked} |")
    return "\n".join(lines)


def guide_with(sections):
    """Return the guide with these texts, {name: Markdown}, between its marks."""
    guide = GUIDE.read_text(encoding="utf-8")
    named = [match[2] for match in MARKED.finditer(guide)]
    missing = [name for name in sections if name not in named]
    strange = [name for name in named if name not in sections]
    if missing or strange:
        raise Problem(
            f"docs/teaching.md has no marks for {missing} and knows nothing to put between those "
            f"for {strange}: each chapter and schedule needs `<!-- chapter … -->` and "
            "`<!-- end -->`."
        )
    return MARKED.sub(lambda match: f"{match[1]}{sections[match[2]]}\n{match[4]}", guide)


def about_schedule(schedule, by_heading):
    """Return a schedule as tables, one for each block. Raises Problem where one is too full."""
    return "\n\n".join(about_block(schedule, block, by_heading) for block in schedule.blocks)


def about_block(schedule, block, by_heading):
    """Return the table of a block, and what is done at home after it."""
    rows = [(minutes_of(item, schedule, by_heading), item) for item in block.in_class]
    total = sum(minutes for minutes, _ in rows)
    if total > block.minutes:
        raise Problem(
            f"In the schedule {schedule.name} “{block.title}” has {total} minutes for "
            f"{block.minutes}: leave something out in tools/schedules.py."
        )
    lines = [
        f"**{block.title}: {total} of {block.minutes} minutes**",
        "",
        "| minutes | chapter · heading | leave out | how |",
        "|---:|---|---|---|",
        *(
            f"| {minutes} | {item.chapter} · {item.heading} | {', '.join(item.leave_out)} "
            f"| {how(item, before, by_heading)} |"
            for (minutes, item), (_, before) in zip(rows, [(0, None), *rows], strict=False)
        ),
    ]
    home = [(minutes_of(item, schedule, by_heading), item) for item in block.at_home]
    if home:
        total = sum(minutes for minutes, _ in home)
        names = "; ".join(f"{item.chapter} · {item.heading} ({minutes})" for minutes, item in home)
        lines += ["", f"At home, {total} minutes: {names}."]
    return "\n".join(lines)


def how(item, before, by_heading):
    """Return how an item is done; where it does not follow the one before, what to run first."""
    headings = [part.heading for part in by_heading[item.chapter]]
    above = headings[: headings.index(item.heading)][-1:]
    follows = before and [before.heading] == above and before.chapter == item.chapter
    notes = ["run all above"] if above and not follows else []
    return "; ".join(notes + [item.how] * bool(item.how))


def minutes_of(item, schedule, by_heading):
    """Return the minutes of an item: those of its heading, less the exercises left out."""
    where = f"The schedule {schedule.name} names “{item.heading}” in chapter {item.chapter}"
    found = [part for part in by_heading[item.chapter] if part.heading == item.heading]
    if not found:
        raise Problem(f"{where}, which has no such heading: mend tools/schedules.py.")
    stray = [name for name in item.leave_out if name not in found[0].exercises]
    if stray:
        raise Problem(f"{where} without {', '.join(stray)}, which stands elsewhere: mend it.")
    return found[0].minutes - sum(found[0].exercises[name] for name in item.leave_out)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
