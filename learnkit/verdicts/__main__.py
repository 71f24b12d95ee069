"""The command `python -m learnkit.verdicts`, and the table that it writes."""

import argparse
import csv
import sys
from importlib import import_module
from pathlib import Path

from learnkit.practice.classroom import harmless
from learnkit.practice.exercise import Exercise

from .process import heard_from
from .reading import chapter_of, code_cells

COLUMNS = ("notebook", "chapter", "exercise", "passed", "state", "mistake", "flags")
STATES = ("not handed in", "not attempted", "raised an error", "incorrect", "correct")
CLOSING = (
    "{} is written: {} notebooks, {} with something to look at. A verdict is what `check` says; "
    "what is flagged is for you to judge."
)


def main(arguments):
    """Write the verdicts on all notebooks of a folder; return an exit code."""
    asked = _options(arguments)
    folder = Path(asked.folder)
    paths = [path for path in sorted(folder.rglob("*.ipynb")) if not _is_hidden(path, folder)]
    if not paths:
        print(f"{folder} holds no notebook: give the folder of what was handed in.")
        return 1
    table, flagged = Path(asked.csv) if asked.csv else folder / "verdicts.csv", 0
    try:
        with open(table, "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(COLUMNS)
            for path in paths:
                rows = rows_of(path, path.relative_to(folder), asked.seconds, asked.memory)
                writer.writerows([[harmless(str(cell)) for cell in row] for row in rows])
                flagged += any(row[-1] for row in rows)
                passed = sum(row[3] == "yes" for row in rows)
                print(f"{path.relative_to(folder)}: {passed} of {len(rows)} passed", flush=True)
    except OSError as error:
        print(f"{table} cannot be written ({error.strerror}): give another with --csv.")
        return 1
    print(CLOSING.format(table, len(paths), flagged))
    return 0


def _options(arguments):
    parser = argparse.ArgumentParser("python -m learnkit.verdicts")
    parser.add_argument("folder", help="of handed-in notebooks, at any depth")
    parser.add_argument("--csv", help="the table to write, by default verdicts.csv in the folder")
    parser.add_argument("--seconds", type=int, default=300, help="for one notebook")
    parser.add_argument("--memory", type=int, default=4000, help="for one notebook, in MB")
    return parser.parse_args(arguments)


def _is_hidden(path, folder):
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def rows_of(path, name, seconds, megabytes):
    """Return the rows of one notebook: one for each exercise of its chapter."""
    try:
        chapter = chapter_of(path, code_cells(path))
        numbers = numbers_of(chapter)
    except (OSError, ValueError, ImportError):
        return [(name, "", "", "no", STATES[0], "", "no notebook of a chapter of the course")]
    said, ending = heard_from(path, seconds, megabytes)
    about_all = [entry["flag"] for entry in said if "exercise" not in entry and "flag" in entry]
    about_all += [f"not run to its end: {ending}"] if ending else []
    best = {number: {"state": STATES[0], "mistake": "", "flag": ""} for number in numbers}
    for entry in said:
        number = entry.get("exercise")
        if number in best and _rank(entry) > _rank(best[number]):
            best[number] = entry
    return [(name, chapter, number, *_told(best[number], about_all)) for number in numbers]


def numbers_of(chapter):
    """Return the numbers of a chapter's exercises. Raises ImportError if there is no chapter."""
    module = import_module(f"learnkit.exercises.chapter_{chapter}")
    numbers = [item.number for item in vars(module).values() if isinstance(item, Exercise)]
    return sorted(numbers, key=lambda number: [int(part) for part in number.split(".")])


def _rank(entry):
    """Return what answers to one exercise are compared by: an honest right one counts most."""
    return STATES.index(entry["state"]), not entry["flag"]


def _told(entry, about_all):
    flags = [flag for flag in (entry["flag"], *dict.fromkeys(about_all)) if flag]
    passed = "yes" if entry["state"] == "correct" else "no"
    return passed, entry["state"], entry["mistake"], "; ".join(flags)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
