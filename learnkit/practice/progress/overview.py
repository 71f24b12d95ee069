"""How far a learner came: what is solved, what is worth another look, where they stopped.

    learnkit.progress()       # the whole course
    learnkit.progress("04")   # chapter 4

It is computed when it is asked for, from the chapters' modules and from what memory keeps.
`summary` gives it as plain data; course_map.py shows it.
"""

import contextlib
from dataclasses import dataclass
from importlib import import_module
from urllib.parse import quote

from .. import memory
from ..exercise import Exercise
from ..memory import place
from ..predict import Prediction
from ..quiz import Choice, NumberAnswer
from .course_map import OPEN, SOLVED, TRIED, Map


@dataclass(frozen=True)
class Task:
    """One exercise, how far the learner came with it, and a link to its cell, or ""."""

    number: str
    title: str
    state: str
    link: str


@dataclass(frozen=True)
class Look:
    """A prediction that came out differently: its question, and where it is, as a link or ""."""

    question: str
    link: str


@dataclass(frozen=True)
class Part:
    """One chapter as far as the learner came; `trouble` says why it could not be loaded.

    planned: whether it is still to come, and there is nothing to be done in it.
    """

    title: str
    link: str
    tasks: tuple = ()
    answered: int = 0
    checks: int = 0
    committed: int = 0
    predictions: int = 0
    looks: tuple = ()
    trouble: str = ""
    planned: bool = False

    @property
    def solved(self):
        """The number of exercises solved."""
        return sum(task.state == SOLVED for task in self.tasks)

    @property
    def is_begun(self):
        """Whether anything of this chapter is kept."""
        return any(task.state != OPEN for task in self.tasks) or self.answered + self.committed > 0

    @property
    def is_solved(self):
        """Whether every exercise is solved, and there is one."""
        return 0 < self.solved == len(self.tasks)

    def counts(self):
        """Return "3 of 8 exercises solved" and the like, as far as the chapter has such things."""
        if self.planned:
            return ["in preparation"]
        counted = [
            (self.solved, len(self.tasks), "exercise", "solved"),
            (self.answered, self.checks, "quick check", "answered"),
            (self.committed, self.predictions, "prediction", "made"),
        ]
        return [f"{done} of {_many(all, thing)} {how}" for done, all, thing, how in counted if all]


@dataclass(frozen=True)
class Stop:
    """Where the learner stopped: in words, and as a link; and the title of that chapter."""

    title: str
    link: str
    chapter: str


def progress(chapter=None):
    """Return the map of the course, or of one chapter: "04" or 4.

    Raises ValueError if there is no such chapter.
    """
    return Map(*summary(chapter), whole=chapter is None)


def summary(chapter=None):
    """Return the Parts asked for, the Stop (or None), and a sentence for each trouble."""
    listed, kept = _chapters(chapter), memory.everything()
    parts = [_part(each, kept.get(each.number, {})) for each in listed]
    if chapter is None:
        parts = _with_those_to_come(listed, parts)
    return tuple(parts), _stop(listed, kept), tuple(memory.troubles())


def _chapters(wanted):
    table = import_module("learnkit.exercises").CHAPTERS  # not above: chapters stand on practice
    if wanted is None:
        return table
    found = [each for each in table if each.number == str(wanted).strip().zfill(2)]
    if not found:
        there = ", ".join(f'"{each.number}"' for each in table)
        raise ValueError(
            f"There is no chapter {wanted!r}: ask for one of {there}, or leave it out."
        )
    return found


def _with_those_to_come(written, parts):
    """Put the planned chapters between the Parts of those that are written, by their numbers."""
    there = {each.number: part for each, part in zip(written, parts)}
    planned = import_module("learnkit.exercises").PLANNED
    to_come = {each.number: Part(_title(each), "", planned=True) for each in planned}
    return [part for _, part in sorted((to_come | there).items(), key=lambda one: one[0])]


def _title(chapter):
    return f"{int(chapter.number)} · {chapter.title}"


def _part(chapter, kept):
    title = _title(chapter)
    try:
        items = _items(chapter)
    except Exception as error:  # whatever it is, the other chapters are still to be shown
        trouble = f"The practice of this chapter could not be loaded ({type(error).__name__})."
        return Part(title, _elsewhere(chapter), trouble=trouble)

    def of(*kinds):
        named = [name for name, item in items.items() if isinstance(item, kinds)]
        return [(items[name], kept.get(name, {})) for name in named]

    exercises, checks, predictions = of(Exercise), of(Choice, NumberAnswer), of(Prediction)
    differently = [(item, entry) for item, entry in predictions if entry.get("differently") is True]
    return Part(
        title,
        _elsewhere(chapter),
        tasks=tuple(_task(item, entry, _cell(chapter, entry)) for item, entry in exercises),
        answered=sum("answer" in entry for _, entry in checks),
        checks=len(checks),
        committed=sum("guess" in entry for _, entry in predictions),
        predictions=len(predictions),
        looks=tuple(Look(item.question, _cell(chapter, entry)) for item, entry in differently),
    )


def _task(exercise, entry, link):
    return Task(exercise.number, exercise.title, _state(entry), link)


def _items(chapter):
    """Return what a chapter asks, by name; whatever error its module has is raised."""
    module = import_module(f"learnkit.exercises.chapter_{chapter.number}")
    return {name: value for name, value in vars(module).items() if not name.startswith("_")}


def _state(entry):
    if entry.get("solved") is True:
        return SOLVED
    return TRIED if entry.get("state") in ("incorrect", "raised an error") else OPEN


def _stop(chapters, kept):
    """Return where the latest thing was done in the chapters, if that is a place one can go to."""
    entries = [(each, *one) for each in chapters for one in kept.get(each.number, {}).items()]
    if not entries:
        return None
    chapter, name, entry = max(entries, key=lambda one: str(one[2].get("when", "")))
    link = _cell(chapter, entry) or _file(f"{chapter.file}.ipynb")
    item = None
    with contextlib.suppress(Exception):  # a chapter that cannot be loaded still has its file
        item = _items(chapter).get(name)
    exercise = f", Exercise {item.number}" if isinstance(item, Exercise) else ""
    return Stop(_title(chapter) + exercise, link, _title(chapter)) if link else None


def _elsewhere(chapter):
    """Return a link to a chapter, "" within its own notebook."""
    here, name = place.notebook(), f"{chapter.file}.ipynb"
    return "" if here and here.name == name else _file(name)


def _file(name):
    """Return a link to a notebook of the learner's folder, "" if it is not there."""
    if memory.is_off():
        return quote(name)  # what the course stores must not depend on which files lie beside it
    with contextlib.suppress(OSError, ValueError):
        return quote(name) if (place.folder() / name).is_file() else ""
    return ""


def _cell(chapter, entry):
    """Return a link to the cell in which something was done, else to its notebook, else "".

    JupyterLab and Notebook 7 follow `#cell-id=…` within a notebook, and JupyterLab into another
    one; Notebook 7 opens the other one at its beginning.
    """
    here, name, cell = place.notebook(), entry.get("notebook"), entry.get("cell")
    at_cell = f"#cell-id={quote(cell)}" if isinstance(cell, str) and cell else ""
    if at_cell and here and here.name == name:
        return at_cell
    named = _file(name) if isinstance(name, str) and not set("/\\") & set(name) else ""
    file = named or _file(f"{chapter.file}.ipynb")  # the one it was done in may be gone
    return file + at_cell if entry and file else ""


def _many(count, thing):
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"
