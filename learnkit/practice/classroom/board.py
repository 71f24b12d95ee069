"""The figures of a class as a page to project: what the room is stuck over, and what it predicts.

A count that would single somebody out is given as "under 3".
"""

import html
from importlib import import_module
from pathlib import Path

from ..diagnosis import described
from ..page import marked_up
from . import catalogue, tally

HERE = Path(__file__).parent
MISTAKES = 5  # listed for each exercise
TITLE = "Where the class is"
NOBODY = (
    "Nobody has shared anything yet. The page looks again every few seconds: leave it open, and "
    "see that `LEARNKIT_PROGRESS_DIR` names this folder where the learners work."
)
# what the judge says by itself, in the instructor's words
JUDGED = {
    "judging.endless": "A loop that never ends.",
    "judging.as_given": "The code as it was handed out, or code that behaves like it.",
    "judging.order": "The right values, returned in another order.",
    "judging.count": "Too many or too few values returned.",
    "judging.caller": "The right result, but what happens to an argument is not right.",
    "judging.refused": "`input()`, `exit()`, a check inside the function, or too much memory.",
    "judging.open": "Only a part of it is filled in.",
    "comparing.multiple": "Everywhere the same multiple of the answer.",
}


def page(entries, chapter=""):
    """Return the whole page, for one chapter or for all."""
    css, js = ((HERE / name).read_text(encoding="utf-8") for name in ("board.css", "board.js"))
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{TITLE}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<link rel="icon" href="data:,"><noscript><meta http-equiv="refresh" content="10">'
        f"</noscript><style>{css}</style></head><body><main><h1>{TITLE}</h1>"
        f'<div id="room">{room(entries, chapter)}</div></main><script>{js}</script></body></html>'
    )


def room(entries, chapter=""):
    """Return the part of the page that changes."""
    if not entries:
        return f"<p>{marked_up(NOBODY)}</p>"
    chapters = sorted({catalogue.chapter_of(_name(entry)) for entry in entries} - {""})
    if chapter:
        entries = [entry for entry in entries if catalogue.chapter_of(_name(entry)) == chapter]
    return (
        f"{_now(entries)}{_chapters(chapters, chapter)}"
        f"<section><h2>Exercises</h2>{_exercises(tally.figures(entries))}</section>"
        f"<section><h2>Predictions</h2>{_predictions(tally.guesses(entries))}</section>"
    )


def _name(entry):
    return entry.get("exercise") or entry.get("prediction", "")


def _now(entries):
    count, time = tally.learners(entries), tally.latest(entries)
    when = f'last line <time datetime="{time}">{time[11:16]} UTC</time>' if time else "no line yet"
    return f"<p>{_said(count)} {'learner' if count == 1 else 'learners'} · {when}</p>"


def _chapters(there, chosen):
    """Return links to the chapters that somebody has begun."""
    titles = {each.number: each.title for each in import_module("learnkit.exercises").CHAPTERS}
    named = [("", "All chapters")] + [
        (number, f"{int(number)} · {titles.get(number, '')}".rstrip(" ·")) for number in there
    ]
    links = "".join(_chapter(*each, each[0] == chosen) for each in named)
    return f'<nav aria-label="Chapters"><ul>{links}</ul></nav>'


def _chapter(number, title, is_chosen):
    here = ' aria-current="page"' if is_chosen else ""
    link = f'id="to-{number or "all"}" href="?chapter={number}"'
    return f"<li><a {link}{here}>{html.escape(title)}</a></li>"


# --------------------------------------------------------------------------------- exercises


def _exercises(listed):
    if not listed:
        return "<p>No exercise was checked yet.</p>"
    heads = ("Exercise", "tried", "passed", "median attempts", "stuck now")
    head = "".join(f'<th scope="col">{each}</th>' for each in heads)
    rows = "".join(map(_row, listed))
    return (
        f"<table><thead><tr>{head}</tr></thead>{rows}</table>"
        f"<p>Stuck now: {tally.TRIES} tries or more, and not passed. Counts of one or two are "
        "given as “under 3”, so that nobody is singled out.</p>"
    )


def _row(figures):
    """Return the rows of an exercise: its figures, and below them what was named most often."""
    exercise = catalogue.exercises().get(figures.number)
    title = f"{figures.number} {exercise.title if exercise else ''}".rstrip()
    head = f'<th scope="row">{marked_up(title)}</th>'
    if figures.tried < tally.FEW:
        cells = [_said(figures.tried), "–", "–", "–"]
    else:
        median = "–" if figures.attempts is None else f"{figures.attempts:g}"
        cells = [_said(figures.tried), _passed(figures), median, _stuck(figures)]
    labels = ("tried", "passed", "median attempts", "stuck now")
    told = "".join(f'<td data-label="{label}">{cell}</td>' for label, cell in zip(labels, cells))
    return f"<tbody><tr>{head}{told}</tr>{_mistakes(figures)}</tbody>"


def _passed(figures):
    share = 100 * figures.passed // figures.tried if figures.passed >= tally.FEW else 0
    return f'{_said(figures.passed)} <span class="bar"><i style="width:{share}%"></i></span>'


def _stuck(figures):
    said = _said(figures.stuck)
    return f"<strong>⚑ {said}</strong>" if figures.stuck else said


def _mistakes(figures):
    many = [(name, count) for name, count in figures.mistakes if count >= tally.FEW]
    few = len(figures.mistakes) - len(many)
    items = [f"<li><b>{count}×</b> {_mistake(name)}</li>" for name, count in many[:MISTAKES]]
    if few and figures.tried >= tally.FEW:
        what = "mistake was" if few == 1 else "mistakes were"
        items.append(f"<li>{few} other {what} named, each to fewer than 3 learners.</li>")
    if not items:
        return ""
    return f'<tr><td class="mistakes" colspan="5"><ul>{"".join(items)}</ul></td></tr>'


def _mistake(name):
    """Return the course's own sentence for a mistake, or what the finding of its name looks for."""
    return marked_up(JUDGED.get(name) or described(name) or name)


# ------------------------------------------------------------------------------- predictions


def _predictions(listed):
    if not listed:
        return "<p>Nobody has committed to a guess yet.</p>"
    said = "<p>Open one to show it to the room; what comes out is not told here.</p>"
    return said + "".join(map(_histogram, listed))


def _histogram(guesses):
    prediction = catalogue.predictions().get(guesses.key)
    question = prediction.question if prediction else guesses.key
    many = f"{_said(guesses.total)} have guessed"
    if guesses.total < tally.FEW:
        inside = "<p>Too few to show.</p>"
    else:
        most = max(count for _, count in guesses.bars)
        inside = f"<dl>{''.join(_bar(label, count, most) for label, count in guesses.bars)}</dl>"
    return (
        f'<details id="{html.escape(guesses.key)}"><summary>{marked_up(question)} '
        f"<small>{many}</small></summary>{inside}</details>"
    )


def _bar(label, count, most):
    """Return a bar of a histogram; those of one and two are of one length."""
    length = 100 * (count if count >= tally.FEW else min(count, 1)) / most
    bar = f'<span class="bar"><i style="width:{length:.0f}%"></i></span>'
    return f"<dt>{marked_up(str(label))}</dt><dd>{bar} {_said(count)}</dd>"


def _said(count):
    return f"under {tally.FEW}" if 0 < count < tally.FEW else str(count)
