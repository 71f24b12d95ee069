"""Computes how long the sittings of a chapter take, and compares that with what its title says.

python -m tools.minutes           print the minutes of every sitting
python -m tools.minutes --check   name each chapter whose title says something else

`parts` says how many of them each heading takes, for the guide to teaching (tools/teaching).
"""

import json
import math
import re
import sys
from importlib import import_module
from typing import NamedTuple

from learnkit.exercises import CHAPTERS
from tools.common import ROOT
from tools.exercise_cells import exercises_of

WORDS_A_MINUTE = 150
CODE_CELL, VISUAL, QUESTION = 0.5, 3, 0.5  # minutes
EXERCISES_TAKE = 1.3  # times the minutes they state, as readers were measured
LONGEST = 60  # minutes of one sitting
BREAK = "**This is the break**"
STATED = re.compile(r"\*\*[^*]*?\b(?:sittings?,? of )?([\d, and]+) minutes\*\*")
MIXED = re.compile(r"^questions\[(\d+):(\d+)\]$", re.MULTILINE)  # questions of a mixed round
STILLS = "line_plot", "heat_map", "images", "hidden_units", "plot_guesses", "convergence_factors"
HEADING = re.compile(r"^#{2,3} (.+)$", re.MULTILINE)
OPENING, CLOSING = (
    "What this chapter answers",
    "Key points",
)  # what belongs to the first and last part
WITH_CLOSING = "Cards", "Further reading", "What comes next", "Where you stand"
VISUALS = re.compile(rf"^widgets\.(?!(?:{'|'.join(STILLS)})\()\w+\(", re.MULTILINE)  # to be moved


def main(arguments):
    """Print or compare the minutes of all chapters; return 1 if a comparison found something."""
    code = 0
    for number, stem, _ in CHAPTERS:
        cells = json.loads((ROOT / "solutions" / f"{stem}.ipynb").read_text(encoding="utf-8"))[
            "cells"
        ]
        exercises = exercises_of(import_module(f"learnkit.exercises.chapter_{number}"))
        computed, said = sittings(cells, exercises), stated(cells)
        print(f"{stem}: {computed} minutes")
        for fault in faults(computed, said) if arguments == ["--check"] else []:
            print(f"  {fault}")
            code = 1
    return code


def faults(computed, said):
    """Yield a sentence for each thing wrong with the minutes that a title states."""
    if computed != said:
        yield (
            f"The title says {said} minutes, and by words, cells, visuals and exercises it is "
            f"{computed}."
        )
    for minutes in computed:
        if minutes > LONGEST:
            yield f"A sitting of {minutes} minutes is longer than {LONGEST}: mark another break."


def stated(cells):
    """Return the minutes of each sitting as the title says them."""
    match = STATED.search("".join(cells[0]["source"]))
    return [int(number) for number in re.findall(r"\d+", match[1])] if match else []


def sittings(cells, exercises):
    """Return the minutes of each sitting, rounded up to five."""
    totals = {}
    for piece in pieces(cells, exercises):
        totals[piece.sitting] = totals.get(piece.sitting, 0) + piece.minutes
    return [math.ceil(total / 5) * 5 for total in totals.values()]


class Part(NamedTuple):
    """What stands under one heading: in which sitting, its minutes, {exercise's number: minutes}.

    The minutes of an exercise are among those of its part.
    """

    sitting: int
    heading: str
    minutes: int
    exercises: dict


def parts(cells, exercises):
    """Return the Parts of a chapter, in whole minutes that add up to those of its sittings."""
    found = {}
    for piece in pieces(cells, exercises):
        key = piece.sitting, piece.heading
        minutes, asked = found.get(key, (0, {}))
        found[key] = minutes + piece.minutes, asked | piece.exercises
    whole = []
    for number, total in enumerate(sittings(cells, exercises), 1):
        these = {key: value for key, value in found.items() if key[0] == number}
        shared = share_out(total, [minutes for minutes, _ in these.values()])
        whole += [
            Part(*key, minutes, asked)
            for (key, (_, asked)), minutes in zip(these.items(), shared, strict=True)
        ]
    return whole


def share_out(total, sizes):
    """Return whole numbers in proportion to `sizes` that add up to `total`, each 1 at least.

    Where rounding would leave too many or too few, those that it treated worst or best give way.
    """
    exact = [total * size / sum(sizes) for size in sizes]
    whole = [max(1, round(size)) for size in exact]
    while sum(whole) != total:
        step = 1 if sum(whole) < total else -1
        able = [at for at, number in enumerate(whole) if number + step >= 1]
        whole[max(able, key=lambda at: step * (exact[at] - whole[at]))] += step
    return whole


def pieces(cells, exercises):
    """Yield a Part, its minutes not rounded, for each stretch of cell under one heading."""
    sitting, heading = 1, OPENING
    for cell in cells:
        if "instructor" in cell["metadata"].get("tags", []):
            continue
        source, kind = "".join(cell["source"]), cell["cell_type"]
        for title, text in under_headings(source) if kind == "markdown" else [(None, source)]:
            heading = heading if title is None or title in WITH_CLOSING else title
            asked = {
                exercise.number: in_class(exercise) for exercise in checked_in(text, exercises)
            }
            yield Part(sitting, heading, minutes_of(kind, text, exercises), asked)
        sitting += BREAK in source


def under_headings(text):
    """Return the (heading or None, text) of each stretch of a cell, the heading with its text."""
    starts = [0, *(match.start() for match in HEADING.finditer(text))]
    stretches = (text[a:b] for a, b in zip(starts, [*starts[1:], len(text)], strict=True))
    matches = ((HEADING.match(stretch), stretch) for stretch in stretches if stretch.strip())
    return [(match and match[1].strip(), stretch) for match, stretch in matches]


def in_class(exercise):
    """Return the whole minutes that an exercise takes."""
    return max(1, round(EXERCISES_TAKE * exercise.minutes))


def checked_in(source, exercises):
    """Return the exercises that a cell checks."""
    names = re.findall(r"practice\.(\w+)\.check\(", source)
    return [exercises[name] for name in names if name in exercises]


def minutes_of(kind, source, exercises):
    """Return the minutes that one cell takes."""
    if kind == "markdown":
        return len(source.split()) / WORDS_A_MINUTE
    exercise = sum(EXERCISES_TAKE * one.minutes for one in checked_in(source, exercises))
    mixed = sum(QUESTION * (int(end) - int(start)) for start, end in MIXED.findall(source))
    return CODE_CELL + VISUAL * len(VISUALS.findall(source)) + mixed + exercise


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
