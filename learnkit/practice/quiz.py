"""Quick checks between the lines of a chapter: choose an option, type a number, turn a card."""

from typing import NamedTuple

from .plain import close
from .typed import pick, read_number, write_number
from .verdict import Displayed, Verdict, fold, lettered, marked_up, sign, still


class Option(NamedTuple):
    """One option of a Choice, with what to say to whoever chooses it."""

    text: str
    feedback: str
    correct: bool = False


class Choice(Displayed):
    """A question with options, one of them correct, and feedback for each.

    Texts may hold `code` and $mathematics$. Raises ValueError unless exactly one option is correct.

        Choice("What does a loss return?", [Option("A number", "One, to be made small.", correct=True), ...])
    """

    def __init__(self, question, options):
        if sum(option.correct for option in options) != 1:
            raise ValueError(f"A Choice needs exactly one correct option; look at {question!r}.")
        self.question, self.options = question, options
        self._texts = [option.text for option in options]

    def __repr__(self):
        return "\n".join([self.question, *lettered(self._texts), 'Answer with .check("A").'])

    def check(self, answer=None):
        """Judge an answer, the letter or the text of an option."""
        try:
            return self._judge(pick(self._texts, answer))
        except ValueError as what_to_do:
            return Verdict("not attempted", str(what_to_do))

    def _judge(self, index):
        option = self.options[index]
        return Verdict("correct" if option.correct else "incorrect", option.feedback)

    def _widget(self, widgets):
        def choose(index):
            verdict = self._judge(index)
            choices.mark(index, sign(verdict.state))
            status.show(verdict)

        choices, status = widgets.Choices(self._texts, choose), widgets.Status()
        return widgets.panel(widgets.paragraph(self.question), choices, status)

    def _html(self):
        feedback = [fold("Feedback", self._judge(index).inner_html()) for index in range(len(self.options))]
        return still(self.question, listed=[marked_up(t) + f for t, f in zip(self._texts, feedback, strict=True)])


class NumberAnswer(Displayed):
    """A question whose answer is a number, perhaps with a unit.

    tolerance: how far off an answer may be, in the unit; by default a thousandth, and nothing if it is whole.
    feedback: a sentence for each number worth one, the right one included.

        NumberAnswer("How many parameters has the network?", 31, feedback={24: "Those are the weights alone."})
    """

    def __init__(self, question, answer, unit="", tolerance=None, feedback=None):
        self.question, self.answer, self.unit, self.feedback = question, answer, unit, feedback or {}
        usual = 0 if float(answer).is_integer() else abs(answer) / 1000
        self.tolerance = usual if tolerance is None else tolerance

    def __repr__(self):
        return f"{self.question}\nAnswer with a number{f' in {self.unit}' if self.unit else ''}: .check(number)."

    def check(self, answer=None):
        """Judge an answer, a number or text such as "0.5", "1/2" or "1e-3", with or without the unit."""
        try:
            number = read_number(answer, self.unit)
        except ValueError as what_to_do:
            return Verdict("not attempted", str(what_to_do))
        if abs(number - self.answer) <= self.tolerance:
            right = f"{write_number(self.answer, self.unit)}."
            return Verdict("correct", self.feedback.get(self.answer, right))
        said = (sentence for wrong, sentence in self.feedback.items() if close(number, float(wrong), 1e-3))
        return Verdict("incorrect", next(said, "That is not the number; look again and try another."))

    def _widget(self, widgets):
        def judge(typed):
            status.show(self.check(typed))

        field, status = widgets.NumberField("Your answer", self.unit, "Check", judge, judge), widgets.Status()
        return widgets.panel(widgets.paragraph(self.question), field, status)

    def _html(self):
        return still(self.question, fold("Answer", self.check(self.answer).inner_html()))


class Cards(Displayed):
    """A stack of cards to turn: a term in front, its meaning behind.

    Cards([("epoch", "One pass over all training examples."), ...])
    """

    def __init__(self, cards):
        self.cards = list(cards)

    def __repr__(self):
        return f"{len(self.cards)} cards: {', '.join(term for term, _ in self.cards)}."

    def _widget(self, widgets):
        at, turned = 0, False

        def go(steps):
            nonlocal at, turned
            at, turned = (at + steps) % len(self.cards), False
            show()

        def flip():
            nonlocal turned
            turned = not turned
            show()

        def show():
            card.value = widgets.card(*self.cards[at], turned, f"Card {at + 1} of {len(self.cards)}")

        card = widgets.Status()
        show()
        buttons = {"Flip": flip, "Previous": lambda: go(-1), "Next": lambda: go(1)}
        return widgets.panel(card, widgets.row(*(widgets.button(name, act) for name, act in buttons.items())))

    def _html(self):
        return still("Cards", *(fold(marked_up(term), marked_up(meaning)) for term, meaning in self.cards))
