"""Computes how long the sittings of a chapter take, and compares that with what its title says.

python -m tools.minutes           print the minutes of every sitting
python -m tools.minutes --check   name each chapter whose title says something else
"""

import json
import math
import re
import sys
from importlib import import_module

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
    minutes = [0.0]
    for cell in cells:
        if "instructor" in cell["metadata"].get("tags", []):
            continue
        source = "".join(cell["source"])
        minutes[-1] += minutes_of(cell["cell_type"], source, exercises)
        if BREAK in source:
            minutes.append(0.0)
    return [math.ceil(total / 5) * 5 for total in minutes]


def minutes_of(kind, source, exercises):
    """Return the minutes that one cell takes."""
    if kind == "markdown":
        return len(source.split()) / WORDS_A_MINUTE
    checked = re.findall(r"practice\.(\w+)\.check\(", source)
    exercise = sum(
        EXERCISES_TAKE * exercises[name].minutes for name in checked if name in exercises
    )
    mixed = sum(QUESTION * (int(end) - int(start)) for start, end in MIXED.findall(source))
    return CODE_CELL + VISUAL * len(VISUALS.findall(source)) + mixed + exercise


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
