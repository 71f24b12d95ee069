"""A mixed round: questions of many chapters, drawn by what a learner got wrong or has not seen
for longest.

    questions = Mixed([("04", why_the_minus), ("06", which_mode), ...], 30)
    questions          # how they were drawn
    questions[0:5]     # shows the first five
    questions[0].check("A")

It knows no chapter: it is given the questions, each with the number of its own.
"""

import html
import json
import random
from copy import copy
from urllib.parse import quote

from . import memory
from .memory import place
from .page import Verdict, marked_up, wire
from .quiz import Choice, NumberAnswer

WRONG, NEW, RIGHT = "answered wrongly", "not answered yet", "answered rightly longest ago"
SEED = 11  # of the order among questions that are equally urgent


def drawn(bank, count, kept=memory.recall):
    """Return `count` of the pairs (chapter, question), in a mixed order.

    Every chapter gives its most urgent question, and the rest go to whatever is most urgent: last
    answered wrongly, then never answered, then answered rightly, each the longest ago first.
    kept: what is remembered of a question, a dictionary. Equal memories give equal draws.
    """
    chance = random.Random(SEED)
    shuffled = chance.sample(list(bank), len(bank))
    by_urgency = sorted(shuffled, key=lambda pair: urgency(kept(pair[1])))
    first = {chapter: index for index, (chapter, _) in reversed(list(enumerate(by_urgency)))}
    rest = [index for index in range(len(by_urgency)) if index not in first.values()]
    chosen = [*sorted(first.values()), *rest][:count]
    return [by_urgency[index] for index in chance.sample(chosen, len(chosen))]


def state(entry):
    """Return what is known of a question: WRONG, NEW or RIGHT."""
    if "answer" not in entry:
        return NEW
    return RIGHT if entry.get("correct") is True else WRONG


def urgency(entry):
    """Return what questions are sorted by: the most urgent is the smallest."""
    return [WRONG, NEW, RIGHT].index(state(entry)), str(entry.get("when", ""))


class _Again:
    """A question asked once more: it begins unanswered, and what is answered counts for the
    question itself.
    """

    def _keep(self, **entry):
        where = {} if place.cell() else self._shown_in
        notes = [memory.keep(self.original, **where, **entry), *super()._keep(**entry)]
        if self.keeper is not None:
            notes.append(memory.keep(self.keeper, **where))  # the latest: here is where one stopped
        return tuple(note for note in notes if note)


class ChoiceAgain(_Again, Choice):
    """A Choice asked once more."""


class NumberAgain(_Again, NumberAnswer):
    """A NumberAnswer asked once more."""


def asked_again(question, keeper=None):
    """Return a copy of the question that begins unanswered; its answer counts for both.

    The copy has a memory of its own, a new one after each answer to the question.
    keeper: an item of the chapter that asks, which remembers where one answered last.
    """
    again = copy(question)
    again.__class__ = ChoiceAgain if isinstance(question, Choice) else NumberAgain
    again.original, again.keeper = question, keeper
    again.key = str(memory.recall(question).get("when", ""))
    again._shown_in = {}
    return again


class Mixed:
    """A round of questions, drawn when it is made: make another for a new draw.

    bank: pairs (chapter's number, question). files: each chapter's notebook without its ending, by
    number; a question says which chapter it is from, and leads to its place there. keeper: an item
    of the chapter that asks, which remembers where one answered last.
    """

    def __init__(self, bank, count, files=None, keeper=None):
        pairs = drawn(bank, count)
        self.states = [state(memory.recall(question)) for _, question in pairs]
        self.chapters = [chapter for chapter, _ in pairs]
        self.questions = [asked_again(question, keeper) for _, question in pairs]
        self.files = files or {}

    def __len__(self):
        return len(self.questions)

    def __getitem__(self, which):
        """Return one question, or some to be shown: `[0:5]`."""
        if not isinstance(which, slice):
            return self.questions[which]
        return Some(self, range(len(self))[which])

    def __repr__(self):
        counted = [(self.states.count(each), each) for each in (WRONG, NEW, RIGHT)]
        said = ", ".join(f"{count} {each}" for count, each in counted if count)
        return f"{len(self)} questions from {len(set(self.chapters))} chapters: {said}."

    def result(self, guess):
        """Return how the round went: beside the guess, a Prediction, once all is answered."""
        states = [state(question.kept()) for question in self.questions]
        if NEW in states:
            return Verdict("not attempted", self._so_far(states))
        again = sorted({int(c) for c, each in zip(self.chapters, states) if each == WRONG})
        listed = ", ".join(map(str, again))
        where = f"Look once more into the chapters of the others: {listed}." if again else ""
        return guess.reveal(states.count(RIGHT), where or "None is left over.")

    def _so_far(self, states):
        answered = len(states) - states.count(NEW)
        return f"{answered} of {len(states)} answered. Answer them all, then run this cell again."

    def link(self, index):
        """Return a link to the cell of a question in its chapter, to the chapter where that is
        not found, or "".
        """
        chapter, question = self.chapters[index], self.questions[index].original
        if chapter not in self.files:
            return ""
        name = f"{self.files[chapter]}.ipynb"
        cell = cell_showing(place.folder() / name, memory.address(question)[1])
        return quote(name) + (f"#cell-id={quote(cell)}" if cell else "")


class Some:
    """Some questions of a round, one below the other, each with its number and chapter."""

    def __init__(self, mixed, indices):
        self.mixed, self.indices = mixed, indices

    def __repr__(self):
        parts = [f"{self._title(i)}. {self.mixed.questions[i]!r}" for i in self.indices]
        return "\n\n".join(parts)

    def _ipython_display_(self):
        from IPython.display import display

        if not wire.in_kernel():
            print(self)
            return
        for index in self.indices:
            told = {"text/plain": self._title(index), "text/html": self._title_html(index)}
            display(told, raw=True)
            display(self.mixed.questions[index])

    def _title(self, index):
        return f"Question {index + 1}, chapter {int(self.mixed.chapters[index])}"

    def _title_html(self, index):
        address, of = self.mixed.link(index), f"chapter {int(self.mixed.chapters[index])}"
        linked = f'<a href="{html.escape(address)}">{of}</a>' if address else of
        return f"<p><strong>{marked_up(f'Question {index + 1}')}</strong>, from {linked}</p>"


def cell_showing(path, name):
    """Return the id of the first cell of a notebook that shows `practice.name`, or ""."""
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        found = [cell for cell in cells if "".join(cell["source"]).strip() == f"practice.{name}"]
        return str(found[0].get("id", "")) if found else ""
    except (OSError, ValueError, KeyError, TypeError):
        return ""
