"""How practice looks and reads: one table of signs and colours, one small panel, its plain-text twin."""

import html
import re
from dataclasses import dataclass
from string import ascii_uppercase

from .plain import plain, text

# Okabe-Ito hues, darkened until white text on them has a contrast of at least 4.5:1; each has its own sign and word.
SIGNS = {
    "correct": ("✓", "Correct", "#00714f"),
    "incorrect": ("✗", "Not yet", "#b34700"),
    "not attempted": ("○", "Not attempted", "#0067a3"),
    "raised an error": ("⚠", "Your code raised an error", "#9c3f77"),
    "hint": ("→", "Hint", "#0067a3"),
    "committed": ("●", "Committed", "#0067a3"),
    "revealed": ("◆", "Revealed", "#0067a3"),
}


def marked_up(text):
    """Return text as HTML: `code` between backticks, lines kept, all else escaped; $...$ is for the typesetter."""
    code = r'<code style="white-space:pre-wrap">\1</code>'
    return re.sub(r"`([^`]+)`", code, html.escape(text, quote=False)).replace("\n", "<br>")


def as_code(text):
    """Return text, the learner's included, between backticks; backticks of its own become quotes."""
    sendable = text.encode("utf-8", "replace").decode()  # half a surrogate pair would break the kernel's messages
    return "`" + sendable.replace("`", "'") + "`"


def in_words(names):
    """Return names as code in a row: `a`, `b` and `c`."""
    *rest, last = [as_code(name) for name in names]
    return f"{', '.join(rest)} and {last}" if rest else last


def listed_cases(names, case):
    """Return the arguments of one call as code: `x = 3`, `rate = 0.1`."""
    arguments = zip(names, case, strict=False)
    return ", ".join(as_code(f"{name} = {text(plain(value), width=80)}") for name, value in arguments)


def badge(state, word=""):
    """Return the sign and word of a state as white text on the state's own colour, readable in any theme."""
    sign, usual_word, colour = SIGNS[state]
    style = f"background:{colour};color:#fff;border-radius:3px;padding:1px 8px;font-weight:600;white-space:nowrap"
    return f'<span style="{style}">{sign}\N{VARIATION SELECTOR-15} {word or usual_word}</span>'


def sign(state):
    """Return the sign of a state alone."""
    return SIGNS[state][0]


def fold(summary, inner):
    """Return HTML that opens on a click or on Enter, without a script."""
    return f'<details style="margin:2px 0 6px"><summary>{summary}</summary>{inner}</details>'


def still(question, *items, listed=()):
    """Return the HTML of a question for pages where no kernel answers: paragraphs, and options listed A, B, C."""
    options = "".join(f"<li>{item}</li>" for item in listed)
    options = f'<ol style="list-style:upper-alpha">{options}</ol>' if listed else ""
    return f'<div style="max-width:46rem"><p>{marked_up(question)}</p>{options}{"".join(items)}</div>'


def lettered(texts):
    """Return one line of plain text for each option."""
    return [f"  {letter}  {text}" for letter, text in zip(ascii_uppercase, texts, strict=False)]


class Displayed:
    """Something to answer: live widgets where a kernel answers, a still page elsewhere, text in a terminal.

    A subclass has `_widget(widgets)`, `_html()` and `__repr__`. Widgets are made anew for each display.
    """

    def _repr_mimebundle_(self, include=None, exclude=None):
        from . import _widgets

        return _widgets.mimebundle(self._widget(_widgets), repr(self), self._html())


@dataclass(frozen=True)
class Verdict:
    """What the learner is told: a state, a message, and notes that do not change the state."""

    state: str
    message: str
    notes: tuple = ()
    word: str = ""  # in place of the state's own word

    def __str__(self):
        sign, word, _ = SIGNS[self.state]
        return "\n".join([f"{sign} {self.word or word}. {self.message}".rstrip(), *self.notes])

    __repr__ = __str__

    def html(self):
        """Return the panel that JupyterLab, Colab or a page shows: inline styles only, announced when it appears."""
        colour = SIGNS[self.state][2]
        style = f"border-left:4px solid {colour};padding:6px 12px;margin:4px 0;max-width:46rem;line-height:1.5"
        return f'<div role="status" style="{style}">{self.inner_html()}</div>'

    def inner_html(self):
        """Return what stands in the panel: sign and word, message, notes."""
        notes = "".join(f'<div style="margin-top:4px">{marked_up(note)}</div>' for note in self.notes)
        return f"{badge(self.state, self.word)} {marked_up(self.message)}{notes}"

    def _repr_mimebundle_(self, include=None, exclude=None):
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
        return {"text/plain": str(self), "text/markdown": f"**{self.title}**\n\n```python\n{self.source}```"}
