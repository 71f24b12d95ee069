"""Predictions: the learner commits to a guess before the outcome is shown, and then sees both side by side."""

import math
from dataclasses import dataclass

from .memory import keep, recall
from .plain import close
from .typed import pick, read_number, write_number
from .verdict import Displayed, Verdict, as_code, badge, lettered, marked_up, sign, still


class Prediction(Displayed):
    """A question to commit to before its outcome is revealed.

    key: unique in the course. The guess is kept in `.learnkit/` in the learner's folder.
    options: the texts to choose from; or number=True for a number, in `unit` if there is one.
    Raises ValueError unless it is one of the two.

        steps = Prediction("04-steps", "How many steps will it take?", number=True)
        steps.commit(20)
        steps.reveal(37, "Each step covers a tenth of what remains.")
    """

    def __init__(self, key, question, options=(), number=False, unit=""):
        if bool(options) == number:
            raise ValueError(f"A Prediction takes either options or number=True; look at {key!r}.")
        self.key, self.question, self.options, self.unit = key, question, list(options), unit
        self._revealed = False

    def __repr__(self):
        how = '.commit("A")' if self.options else ".commit(number)"
        guess = self.guess
        last = f"Commit to a guess: {how}." if guess is None else f"Your guess: {self._written(guess)}"
        return "\n".join([self.question, *lettered(self.options), last])

    @property
    def guess(self):
        """The guess committed to, the text of an option or a number; None before that."""
        guess = recall(self).get("guess")
        fits = guess in self.options if self.options else type(guess) in (int, float) and math.isfinite(guess)
        return guess if fits else None

    def commit(self, guess=None, change=False):
        """Commit to a guess: the letter or text of an option, or a number.

        A guess once made stays, unless `change=True` says otherwise before the outcome is revealed.
        """
        try:
            guess = self._read(guess)
        except ValueError as what_to_do:
            return Verdict("not attempted", str(what_to_do))
        note, before = "", self.guess
        if before is None or change and not self._revealed:
            note = keep(self, guess=guess)
        elif guess != before:
            note = "Press Change my guess, or pass `change=True`, to replace it."
            note = "The outcome has been revealed, so it stays." if self._revealed else note
        return Verdict("committed", f"Your guess: {self._written(self.guess)}", (note,) if note else ())

    def reveal(self, outcome, explanation=""):
        """Show the guess and the outcome side by side, the outcome given as a guess would be."""
        self._revealed = True
        outcome, guess = self._read(outcome), self.guess
        if guess is None:
            return Revelation("", self._written(outcome), "You had not committed to a guess.", explanation)
        return Revelation(self._written(guess), self._written(outcome), self._compared(guess, outcome), explanation)

    def _read(self, guess):
        return self.options[pick(self.options, guess)] if self.options else read_number(guess, self.unit)

    def _written(self, guess):
        return guess if self.options else write_number(guess, self.unit)

    def _compared(self, guess, outcome):
        if guess == outcome or not self.options and close(guess, outcome, 1e-6):
            return "You predicted it."
        if self.options:
            return "It came out differently: what did your guess take for granted?"
        off = write_number(abs(guess - outcome), self.unit)
        return f"Your guess was {off} too {'low' if guess < outcome else 'high'}."

    def _widget(self, widgets):
        changing = False

        def commit(guess):
            nonlocal changing
            verdict, changing = self.commit(guess, change=changing), False
            show(verdict)

        def ask(typed):
            status.show(Verdict("hint", f"It counts once you press Commit: {as_code(typed)}", word="Ready"))

        def change():
            nonlocal changing
            changing = True
            status.show(Verdict("hint", "Until then the first one stays.", word="Make another guess"))

        def show(verdict):
            made = self.guess
            again.layout.display = "none" if made is None else None
            for index, option in enumerate(self.options):
                entry.mark(index, sign("committed") if option == made else "")
            status.show(verdict)

        if self.options:
            entry = widgets.Choices(self.options, lambda index: commit(self.options[index]))
        else:
            entry = widgets.NumberField("Your guess", self.unit, "Commit", commit, ask)
        again, status = widgets.button("Change my guess", change), widgets.Status()
        again.layout.display = "none"
        if self.guess is not None:
            show(self.commit(self.guess))
        return widgets.panel(widgets.paragraph(self.question), entry, status, widgets.row(again))

    def _html(self):
        made = [] if self.guess is None else [f"<p>Your guess: {marked_up(self._written(self.guess))}</p>"]
        return still(self.question, *made, listed=[marked_up(option) for option in self.options])


@dataclass(frozen=True)
class Revelation:
    """A guess beside the outcome; `guess` is empty if there was none."""

    guess: str
    outcome: str
    comparison: str
    explanation: str

    def __str__(self):
        guess = f"Your guess: {self.guess}\n" if self.guess else ""
        return f"{guess}Outcome: {self.outcome}\n{self.comparison} {self.explanation}".rstrip()

    __repr__ = __str__

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/plain": str(self), "text/html": self._html()}

    def _html(self):
        side_by_side = "".join(
            '<div style="flex:1 1 14rem;border:1px solid #767676;border-radius:4px;padding:8px 12px">'
            f'<div>{name}</div><div style="font-size:1.15em;font-weight:600">{marked_up(text)}</div></div>'
            for name, text in (("Your guess", self.guess or "none"), ("Outcome", self.outcome))
        )
        return (
            f'<div role="status" style="max-width:46rem;line-height:1.5">{badge("revealed")} '
            f'<div style="display:flex;flex-wrap:wrap;gap:8px;margin:6px 0">{side_by_side}</div>'
            f"{marked_up(self.comparison)} {marked_up(self.explanation)}</div>"
        )
