"""What a learner is shown: the verdict on an answer with hints and solution, and code to read."""

from dataclasses import dataclass

from .. import memory
from . import wire
from .embedding import embed, key_of
from .markup import folded, highlighted, marked_up
from .signs import SIGNS, badge


@dataclass(frozen=True)
class Verdict:
    """What the learner is told: a state, a message, and notes that do not change the state.

    hints: texts, opened one after the other beneath the verdict. solution: source text, opened
        there too; `instead` stands in its place until it is released.
    item: the exercise they belong to, under which it is remembered what was opened.
    """

    state: str
    message: str
    notes: tuple = ()
    word: str = ""  # in place of the state's own word
    hints: tuple = ()
    solution: str = ""
    instead: str = ""
    item: object = None
    mistake: str = ""  # tier and name of the finding that knew the mistake; empty if none did
    said_of_it: str = ""  # the course's own sentence for it, where it has one

    @property
    def number(self):
        """The number of the exercise that was checked, "4.1"; "" where there is none."""
        return getattr(self.item, "number", "")

    def __str__(self):
        sign, word, _ = SIGNS[self.state]
        return "\n".join([f"{sign} {self.word or word}. {self.message}".rstrip(), *self.notes])

    __repr__ = __str__

    def html(self):
        """Return the panel that JupyterLab, Colab or a page shows, announced when it appears."""
        colour = SIGNS[self.state][2]
        style = (
            f"border-left:4px solid {colour};padding:6px 12px;margin:4px "
            "0;max-width:46rem;line-height:1.5"
        )
        panel = f'<div role="status" style="{style}">{self.inner_html()}</div>'
        help_html = self._help_html()
        return embed("verdict", key_of(self.item), panel + help_html) if help_html else panel

    def inner_html(self):
        """Return what stands in the panel: sign and word, message, notes."""
        notes = "".join(
            f'<div style="margin-top:4px">{marked_up(note)}</div>' for note in self.notes
        )
        return f"{badge(self.state, self.word)} {marked_up(self.message)}{notes}"

    def hear_from_page(self, entry):
        """Keep what the page says was opened."""
        before = self.kept()
        hints = entry.get("hints", 0)
        opened = hints if type(hints) is int and 0 <= hints <= len(self.hints) else 0
        shown = bool(self.solution) and entry.get("solution_seen") is True
        seen = before.get("solution_seen", False) or shown
        memory.keep(self.item, hints=max(opened, before.get("hints", 0)), solution_seen=seen)

    def kept(self):
        """Return what is remembered of the exercise."""
        entry = memory.recall(self.item)
        return {name: entry[name] for name in ("hints", "solution_seen") if name in entry}

    def _help_html(self):
        # a correct answer needs no hint; it may be compared
        hints = () if self.state == "correct" else self.hints
        folds = [
            folded(f"Hint {number} of {len(hints)}", marked_up(hint), " data-hint")
            for number, hint in enumerate(hints, start=1)
        ]
        if self.solution or self.instead:
            shown = highlighted(self.solution) if self.solution else marked_up(self.instead)
            folds.append(folded("Solution", shown, " data-solution"))
        return "".join(folds)

    def _repr_mimebundle_(self, include=None, exclude=None):
        if self.hints or self.solution or self.instead:
            wire.listen(key_of(self.item), self)
        return {"text/plain": str(self), "text/html": self.html()}


@dataclass(frozen=True)
class Code:
    """Source text with a title; the page highlights it in its own colours."""

    title: str
    source: str

    def __str__(self):
        return f"{self.title}\n\n{self.source}"

    __repr__ = __str__

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {
            "text/plain": str(self),
            "text/markdown": f"**{self.title}**\n\n```python\n{self.source}```",
        }
