"""The map of the course: what is solved, what is worth another look, and the way back to where one stopped.

    learnkit.progress()       # the whole course
    learnkit.progress("04")   # chapter 4

It is computed when it is asked for, from the chapters' modules and from what memory keeps. `summary` gives the
same as plain data, `Map` shows it: as text (the same each time), and as HTML that needs no script.
"""

import contextlib
from dataclasses import dataclass
from importlib import import_module
from urllib.parse import quote

from . import memory, place
from .exercise import Exercise
from .predict import Prediction
from .quiz import Choice, NumberAnswer
from .verdict import marked_up

SOLVED, TRIED, OPEN = "solved", "tried", "open"
SIGNS = {SOLVED: "✓", TRIED: "◐", OPEN: "○"}
COLOURS = {SOLVED: "#00714f", TRIED: "#b34700"}  # those of verdicts; white on them has a contrast of at least 4.5:1


@dataclass(frozen=True)
class Task:
    """One exercise: its number, its title, how far the learner came, and where it is, as a link or ""."""

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
    """One chapter as far as the learner came; `trouble` says why its practice could not be loaded."""

    title: str
    link: str
    tasks: tuple = ()
    answered: int = 0
    checks: int = 0
    committed: int = 0
    predictions: int = 0
    looks: tuple = ()
    trouble: str = ""

    @property
    def solved(self):
        """The number of exercises solved."""
        return sum(task.state == SOLVED for task in self.tasks)

    @property
    def is_begun(self):
        """Whether anything of this chapter is kept."""
        return any(task.state != OPEN for task in self.tasks) or self.answered + self.committed > 0

    def counts(self):
        """Return "3 of 8 exercises solved" and the like, as far as the chapter has such things."""
        counted = [
            (self.solved, len(self.tasks), "exercise", "solved"),
            (self.answered, self.checks, "quick check", "answered"),
            (self.committed, self.predictions, "prediction", "made"),
        ]
        return [f"{done} of {_many(all, thing)} {how}" for done, all, thing, how in counted if all]


@dataclass(frozen=True)
class Stop:
    """Where the learner stopped: in words, and as a link."""

    title: str
    link: str


def progress(chapter=None):
    """Return the map of the course, or of one chapter: "04" or 4.

    Raises ValueError if there is no such chapter.
    """
    return Map(*summary(chapter), whole=chapter is None)


def summary(chapter=None):
    """Return the Parts asked for, the Stop where the learner stopped (or None), and a sentence for each trouble."""
    listed, kept = _chapters(chapter), memory.everything()
    parts = tuple(_part(each, kept.get(each.number, {})) for each in listed)
    return parts, _stop(listed, kept), tuple(memory.troubles())


def _chapters(wanted):
    table = import_module("learnkit.exercises").CHAPTERS  # not above: the chapters stand on practice
    if wanted is None:
        return table
    found = [each for each in table if each.number == str(wanted).strip().zfill(2)]
    if not found:
        there = ", ".join(f'"{each.number}"' for each in table)
        raise ValueError(f"There is no chapter {wanted!r}: ask for one of {there}, or for none to see them all.")
    return found


def _part(chapter, kept):
    title = f"{int(chapter.number)} · {chapter.title}"
    try:
        items = _items(chapter)
    except Exception as error:  # whatever it is, the other chapters are still to be shown
        trouble = f"The practice of this chapter could not be loaded ({type(error).__name__})."
        return Part(title, _file(f"{chapter.file}.ipynb"), trouble=trouble)

    def of(*kinds):
        return [(item, kept.get(name, {})) for name, item in items.items() if isinstance(item, kinds)]

    checks, predictions = of(Choice, NumberAnswer), of(Prediction)
    differently = [(item, entry) for item, entry in predictions if entry.get("differently") is True]
    return Part(
        title,
        _file(f"{chapter.file}.ipynb"),
        tasks=tuple(Task(i.number, i.title, _state(entry), _cell(chapter, entry)) for i, entry in of(Exercise)),
        answered=sum("answer" in entry for _, entry in checks),
        checks=len(checks),
        committed=sum("guess" in entry for _, entry in predictions),
        predictions=len(predictions),
        looks=tuple(Look(item.question, _cell(chapter, entry)) for item, entry in differently),
    )


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
    return Stop(f"{int(chapter.number)} · {chapter.title}{exercise}", link) if link else None


def _file(name):
    """Return a link to a notebook of the learner's folder, "" if it is not there."""
    if memory.is_off():
        return quote(name)  # what the course stores must not depend on which files lie beside it
    with contextlib.suppress(OSError, ValueError):
        return quote(name) if (place.folder() / name).is_file() else ""
    return ""


def _cell(chapter, entry):
    """Return a link to the cell in which something was done, to its notebook where the cell is not known, or "".

    JupyterLab and Notebook 7 follow `#cell-id=…` within a notebook, and JupyterLab into another one;
    Notebook 7 opens the other one at its beginning.
    """
    here, name, cell = place.notebook(), entry.get("notebook"), entry.get("cell")
    at_cell = f"#cell-id={quote(cell)}" if isinstance(cell, str) and cell else ""
    if at_cell and here and here.name == name:
        return at_cell
    named = _file(name) if isinstance(name, str) and not set("/\\") & set(name) else ""
    file = named or (_file(f"{chapter.file}.ipynb") if entry else "")  # a copy or renamed notebook may be gone
    return file + at_cell if file else ""


def _many(count, thing):
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


class Map:
    """The map of the course as it is shown: `str` of it for terminals, HTML for notebooks and pages."""

    def __init__(self, parts, stop, troubles, whole):
        self.parts, self.stop, self.troubles, self.whole = parts, stop, troubles, whole

    def __repr__(self):
        return "\n".join(line for part in self.parts for line in _lines(part)) + "\n" + "\n".join(self._last_words())

    def _last_words(self):
        """Return how to begin or where to go on, and what went wrong."""
        if self.stop:
            where = f"You stopped in {self.stop.title}."
        elif any(part.is_begun for part in self.parts):
            where = "Go on with whatever is open above."
        elif self.whole:
            where = f"Nothing is kept yet. Begin with {self.parts[0].title}: Shift+Enter runs a cell and goes on."
        else:
            where = "Nothing of this chapter is kept yet. What you solve, answer and predict appears here."
        return [where, *self.troubles]

    def _repr_html_(self):
        first = next((part.link for part in self.parts if part.link), "")
        words = [f"<p style='{_LINE}'>{marked_up(sentence)}</p>" for sentence in self._last_words()]
        if self.stop:
            there = f"{_link('Go on where you stopped', self.stop.link)}: {marked_up(self.stop.title)}"
            words[0] = f"<p style='{_LINE}'>{there}</p>"
        elif self.whole and first and not any(part.is_begun for part in self.parts):
            words[0] += f"<p style='{_LINE}'>{_link('Open the first chapter', first)}</p>"
        listed = "".join(_chapter_html(part, unfolded=not self.whole) for part in self.parts)
        name = "The map of the course" if self.whole else "This chapter so far"
        return (
            f"<section aria-label='{name}' style='{_PANEL}'>{''.join(words)}"
            f"<ul style='list-style:none;margin:0;padding:0'>{listed}</ul></section>"
        )


def _lines(part):
    yield ": ".join([part.title, part.trouble or ", ".join(part.counts())])
    for task in part.tasks:
        yield f"  {SIGNS[task.state]} {task.number} {task.title} ({task.state})"
    for look in part.looks:
        yield f"  → Worth another look: {look.question}"


# ---------------------------------------------------------------- as HTML, with no style but its own

_RULE = "1px solid var(--jp-border-color1, #767676)"
_PANEL = "max-width:46rem;line-height:1.5;overflow-wrap:anywhere;color:var(--jp-content-font-color1, inherit)"
_LINE = "margin:6px 0"
_LINK = "color:var(--jp-content-link-color, inherit);text-decoration:underline"
_BADGE = "display:inline-block;min-width:5.6em;box-sizing:border-box;border-radius:3px;padding:0 6px;font-weight:600"


def _chapter_html(part, unfolded):
    """Return a chapter: its title, its counts, a bar beside them, and its exercises in a fold or at once."""
    title = marked_up(part.title) if unfolded else _link(marked_up(part.title), part.link)
    tasks = "".join(_task_html(task) for task in part.tasks)
    tasks = f"<ul style='list-style:none;margin:4px 0;padding:0'>{tasks}</ul>" if tasks else ""
    if tasks and not unfolded:
        tasks = f"<details><summary style='cursor:pointer'>Exercises</summary>{tasks}</details>"
    return (
        f"<li style='border-top:{_RULE};padding:8px 0;margin:0'>"
        f"<div style='font-weight:600'>{title}</div>{_bar(part)}"
        f"<div>{marked_up(part.trouble or ' · '.join(part.counts()))}</div>{_looks_html(part.looks)}{tasks}</li>"
    )


def _bar(part):
    """Return a bar as long as the share of exercises solved; the words below it say the same."""
    if not part.tasks:
        return ""
    share = 100 * part.solved / len(part.tasks)
    return (
        f"<div aria-hidden='true' style='height:6px;border:{_RULE};border-radius:4px;max-width:20rem;margin:4px 0;"
        f"overflow:hidden'><div style='height:100%;width:{share:.0f}%;background:{COLOURS[SOLVED]}'></div></div>"
    )


def _task_html(task):
    look = (
        f"background:{COLOURS[task.state]};color:#fff"
        if task.state in COLOURS
        else f"outline:{_RULE};outline-offset:-1px"
    )
    state = f"<span style='{_BADGE};{look}'>{SIGNS[task.state]} {task.state}</span>"
    title = _link(marked_up(f"{task.number} {task.title}"), task.link)
    return f"<li style='display:flex;gap:8px;align-items:baseline;margin:3px 0'>{state}<span>{title}</span></li>"


def _looks_html(looks):
    if not looks:
        return ""
    listed = "".join(f"<li style='margin:3px 0'>{_link(marked_up(look.question), look.link)}</li>" for look in looks)
    said = "<div style='margin-top:4px'>→ Came out differently, worth another look:</div>"
    return f"{said}<ul style='margin:0'>{listed}</ul>"


def _link(inner, address):
    """Return a link, or the text alone where there is nothing to go to."""
    return f"<a href='{address}' style='{_LINK}'>{inner}</a>" if address else inner
