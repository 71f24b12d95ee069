"""Predictions: the learner commits to a guess before the outcome is shown, and then sees both
side by side.
"""

import math
from dataclasses import asdict, dataclass

from . import sharing
from .page import Displayed, Verdict, badge, embed, key_of, marked_up, options_html, wire
from .plain import close
from .typed import NumberRules, chosen_option, lettered, write_number

GUESSED = (
    "A prediction is not judged: commit to a guess with `.commit(...)` and run on until its "
    "outcome is shown."
)
NO_HELP = "A prediction has no hints: any guess will do, and its outcome is shown further down."


class Prediction(Displayed):
    """A question to commit to before its outcome is revealed.

    key: unique in the course; the guess is kept under it.
    options: the texts to choose from; or number=True for a number, in `unit` if there is one.
    outcome, why: what comes out and the reason, kept here so that they do not stand beside the
        question.
    least, most, whole: which numbers are possible at all; others are refused.
    Raises ValueError unless it is one of the two.

        steps = Prediction("04-steps", "How many steps will it take?", number=True, outcome=37)
        steps.commit(20)
        steps.reveal()
    """

    elsewhere = {"check": GUESSED, "hint": NO_HELP, "solution": NO_HELP}
    remembered = ("guess", "outcome", "differently")

    def __init__(
        self,
        key,
        question,
        options=(),
        number=False,
        unit="",
        outcome=None,
        why="",
        least=None,
        most=None,
        whole=False,
    ):
        if bool(options) == number:
            raise ValueError(f"A Prediction takes either options or number=True; look at {key!r}.")
        self.key, self.question, self.options, self.unit = key, question, list(options), unit
        self.outcome, self.why = outcome, why
        self.rules = NumberRules(unit, least, most, whole)
        self._revealed = None  # the outcome shown last in this kernel, with its explanation

    def __repr__(self):
        how = (
            '.commit("A")'
            if self.options
            else f".commit(number){f' in {self.unit}' if self.unit else ''}"
        )
        guess = self.guess
        last = (
            f"Commit to a guess: {how}." if guess is None else f"Your guess: {self._written(guess)}"
        )
        return "\n".join([self.question, *lettered(self.options), last])

    @property
    def guess(self):
        """The guess committed to, the text of an option or a number; None before that."""
        guess = self.kept().get("guess")
        fits = (
            guess in self.options
            if self.options
            else type(guess) in (int, float) and math.isfinite(guess)
        )
        return guess if fits else None

    def commit(self, guess=None, change=False):
        """Commit to a guess: the letter or text of an option, or a number.

        A guess once made stays, unless `change=True` says otherwise before the outcome is revealed.
        """
        try:
            guess = self._read(guess)
        except ValueError as what_to_do:
            return Verdict("not attempted", str(what_to_do))
        notes, before = (), self.guess
        if before is None or change and not self._is_revealed:
            late = ("The outcome had been shown before.",) if self._is_revealed else ()
            first = guess != before and not self._is_revealed
            shared = sharing.guessed(self, guess) if first else ()
            notes = (*self._keep(guess=guess), *late, *shared)
        elif guess != before:
            notes = ("Press Change my guess, or pass `change=True`, to replace it.",)
            notes = ("The outcome has been revealed, so it stays.",) if self._is_revealed else notes
        return Verdict("committed", f"Your guess: {self._written(self.guess)}", notes)

    def reveal(self, outcome=None, explanation=""):
        """Show the guess and the outcome side by side.

        outcome: given as a guess would be, where the notebook has computed it; otherwise the one
        kept with the question.
        """
        outcome = self.outcome if outcome is None else outcome
        if outcome is None:
            return Verdict(
                "not attempted",
                "This outcome is computed: put it in the brackets, `.reveal(outcome)`.",
            )
        self._revealed = (self._read_outcome(outcome), explanation or self.why)
        self._keep_comparison()
        return self._revelation()

    def hear_from_page(self, entry):
        """Keep the guess that was made on the page; if its outcome is shown already, show both."""
        self.commit(entry.get("guess"), change=True)
        if self._revealed and self.guess is not None:
            self._keep_comparison()
            self._revelation().update()

    def _ipython_display_(self):
        if told := sharing.notice():  # before a click on the page, which could not be told
            print(told)
        super()._ipython_display_()

    @property
    def _is_revealed(self):
        return self._revealed is not None or "outcome" in self.kept()

    def _keep_comparison(self):
        if self.guess is not None:
            outcome = self._revealed[0]
            self._keep(outcome=outcome, differently=not self._same(self.guess, outcome))

    def _revelation(self):
        (outcome, explanation), guess = self._revealed, self.guess
        if guess is None:
            said, written = "You had not committed to a guess.", ""
        else:
            said, written = self._compared(guess, outcome), self._written(guess)
        return Revelation(written, self._written(outcome), said, explanation, self)

    def _read(self, guess):
        if not self.options:
            return self.rules.read(guess)
        return self.options[chosen_option(self.options, guess)]

    def _read_outcome(self, outcome):
        return (
            self.options[chosen_option(self.options, outcome)]
            if self.options
            else NumberRules(self.unit).read(outcome)
        )

    def _written(self, guess):
        return guess if self.options else write_number(guess, self.unit)

    def _same(self, guess, outcome):
        return guess == outcome or not self.options and close(guess, outcome, 1e-6)

    def _compared(self, guess, outcome):
        if self._same(guess, outcome):
            return "You predicted it."
        if self.options:
            return "It came out differently: what did your guess take for granted?"
        off = write_number(abs(guess - outcome), self.unit)
        return f"Your guess was {off} too {'low' if guess < outcome else 'high'}."

    def _html(self):
        rules = {"say": {}} if self.options else self._number_rules()
        listed = options_html(self.options) if self.options else ""
        return embed(
            "prediction", key_of(self), f"<p>{marked_up(self.question)}</p>{listed}", rules
        )

    def _number_rules(self):
        say = {
            name: ("not attempted", marked_up(said))
            for name, said in self.rules.sentences().items()
        }
        return asdict(self.rules) | {"say": say}

    def _answer(self):
        guess = self.guess
        return (
            ""
            if guess is None
            else f"{badge('committed')} Your guess: {marked_up(self._written(guess))}"
        )


@dataclass(frozen=True)
class Revelation:
    """A guess beside the outcome; `guess` is empty if there was none."""

    guess: str
    outcome: str
    comparison: str
    explanation: str
    prediction: Prediction

    def __str__(self):
        guess = f"Your guess: {self.guess}\n" if self.guess else ""
        return f"{guess}Outcome: {self.outcome}\n{self.comparison} {self.explanation}".rstrip()

    __repr__ = __str__

    def update(self):
        """Show this one where the prediction was revealed before."""
        from IPython.display import update_display

        update_display(self._mimebundle(), raw=True, display_id=self._display_id)

    @property
    def _display_id(self):
        return f"learnkit-outcome-{key_of(self.prediction)}"

    def _ipython_display_(self):
        from IPython.display import display

        display(self._mimebundle(), raw=True, display_id=self._display_id)
        wire.listen(key_of(self.prediction), self.prediction)

    def _mimebundle(self):
        return {"text/plain": str(self), "text/html": self._html()}

    def _html(self):
        side_by_side = "".join(
            '<div style="flex:1 1 14rem;border:1px solid #767676;border-radius:5px;padding:8px '
            f'12px"><div>{name}</div><div '
            f'style="font-size:1.15em;font-weight:600">{marked_up(text)}</div></div>'
            for name, text in (("Your guess", self.guess or "none"), ("Outcome", self.outcome))
        )
        shown = (
            f'<div role="status" style="line-height:1.5">{badge("revealed")} '
            f'<div style="display:flex;flex-wrap:wrap;gap:8px;margin:6px 0">{side_by_side}</div>'
            f"{marked_up(self.comparison)} {marked_up(self.explanation)}</div>"
        )
        return embed("outcome", key_of(self.prediction), shown)
