"""Quick checks between the lines of a chapter: choose an option, type a number, turn a card."""

import math
from dataclasses import asdict
from typing import NamedTuple

from .page import Displayed, Verdict, badge, embed, folded, key_of, marked_up, options_html
from .typed import NumberRules, chosen_option, lettered, write_number

CHECKED = "This question is judged at once: write `.check(...)` with your answer in the brackets."
NO_HELP = "A quick check has no hints; each wrong answer is told why, so try one."
ELSEWHERE = {"commit": CHECKED, "reveal": CHECKED, "hint": NO_HELP, "solution": NO_HELP}


class Option(NamedTuple):
    """One option of a Choice, with what to say to whoever chooses it."""

    text: str
    feedback: str
    correct: bool = False


class Choice(Displayed):
    """A question with options, one of them correct, and feedback for each.

    Texts may hold `code` and $mathematics$. The page shows the options in an order of the learner's
    own. Raises ValueError unless exactly one option is correct and no two have the same text.

        Choice("What does a loss return?", [Option("A number", "One, to be made small.",
        correct=True), ...])
    """

    elsewhere = ELSEWHERE
    remembered = ("answer", "correct")

    def __init__(self, question, options):
        if sum(option.correct for option in options) != 1:
            raise ValueError(f"A Choice needs exactly one correct option; look at {question!r}.")
        self.question, self.options = question, options
        self._texts = [option.text for option in options]
        if len(set(self._texts)) < len(self._texts):
            raise ValueError(f"The options of a Choice must differ; look at {question!r}.")

    def __repr__(self):
        return "\n".join([self.question, *lettered(self._texts), 'Answer with .check("A").'])

    def check(self, answer=None):
        """Judge an answer, the letter or the text of an option."""
        try:
            index = chosen_option(self._texts, answer)
        except ValueError as what_to_do:
            return Verdict("not attempted", str(what_to_do))
        verdict = self._judge(index)
        notes = self._keep(answer=self._texts[index], correct=verdict.state == "correct")
        return Verdict(verdict.state, verdict.message, notes)

    def hear_from_page(self, entry):
        """Keep what was answered on the page."""
        if entry.get("answer") in self._texts:
            self.check(entry["answer"])

    def _judge(self, index):
        option = self.options[index]
        return Verdict("correct" if option.correct else "incorrect", option.feedback)

    def _html(self):
        rights = [index for index, option in enumerate(self.options) if option.correct]
        feedback = [
            _still(badge(self._judge(i).state), option.feedback)
            for i, option in enumerate(self.options)
        ]
        question = f"<p>{marked_up(self.question)}</p>"
        return embed("choice", key_of(self), question + options_html(self._texts, rights, feedback))

    def _answer(self):
        kept = self.kept()
        if kept.get("answer") not in self._texts:
            return ""
        return (
            f"{badge('correct' if kept.get('correct') else 'incorrect')} You chose: "
            f"{marked_up(kept['answer'])}"
        )


class NumberAnswer(Displayed):
    """A question whose answer is a number, perhaps with a unit.

    tolerance: how far off an answer may be, in the unit; by default a thousandth, and nothing if it
        is whole.
    feedback: a sentence for each number worth one, the right one included.
    least, most, whole: which numbers are possible at all; others are refused, not judged.

        likely = {24: "Those are the weights alone."}
        NumberAnswer("How many parameters has the network?", 31, feedback=likely)
    """

    elsewhere = ELSEWHERE
    remembered = ("answer", "correct")

    def __init__(
        self,
        question,
        answer,
        unit="",
        tolerance=None,
        feedback=None,
        least=None,
        most=None,
        whole=False,
    ):
        self.question, self.answer, self.unit, self.feedback = (
            question,
            answer,
            unit,
            feedback or {},
        )
        self.tolerance = _usual_tolerance(answer) if tolerance is None else tolerance
        self.rules = NumberRules(unit, least, most, whole)

    def __repr__(self):
        return (
            f"{self.question}\nAnswer with a number{f' in {self.unit}' if self.unit else ''}: "
            ".check(number)."
        )

    def check(self, answer=None):
        """Judge an answer, a number or text such as "0.5", "1/2" or "1e-3", with or without the
        unit.
        """
        try:
            number = self.rules.read(answer)
        except ValueError as what_to_do:
            return Verdict("not attempted", str(what_to_do))
        right = abs(number - self.answer) <= self.tolerance
        notes = self._keep(answer=number, correct=right)
        return Verdict(
            "correct" if right else "incorrect",
            self._right if right else self._reason(number),
            notes,
        )

    def hear_from_page(self, entry):
        """Keep what was answered on the page."""
        self.check(entry.get("answer"))

    @property
    def _right(self):
        return self.feedback.get(self.answer, f"{write_number(self.answer, self.unit)}.")

    @property
    def _wrong(self):
        return {
            float(number): said for number, said in self.feedback.items() if number != self.answer
        }

    def _reason(self, number):
        """Return the sentence for the nearest number worth one, or a word on what is off."""
        near = [wrong for wrong in self._wrong if abs(number - wrong) <= _usual_tolerance(wrong)]
        if near:
            return self._wrong[min(near, key=lambda wrong: abs(number - wrong))]
        return OFF[what_is_off(number, self.answer, self.tolerance, self._is_a_share)]

    @property
    def _is_a_share(self):
        return self.unit == "%" or 0 < abs(self.answer) <= 1

    def _html(self):
        wrong = "".join(
            f"<li>{marked_up(write_number(number, self.unit))}: <span "
            f"data-feedback>{marked_up(said)}</span></li>"
            for number, said in self._wrong.items()
        )
        right = f"{badge('correct')} <span data-right>{marked_up(self._right)}</span>"
        answer = folded("Answer", right + (f"<ul>{wrong}</ul>" if wrong else ""))
        unit = f" (in {marked_up(self.unit)})" if self.unit else ""
        question = f'<p>{marked_up(self.question)}<span class="lkq-still">{unit}</span></p>'
        return embed("number", key_of(self), question + answer, self._page_rules())

    def _page_rules(self):
        say = {
            name: ("not attempted", marked_up(said))
            for name, said in self.rules.sentences().items()
        }
        say |= {name: ("incorrect", marked_up(said)) for name, said in OFF.items()}
        judged = {
            "answer": float(self.answer),
            "tolerance": self.tolerance,
            "percent": self._is_a_share,
        }
        return asdict(self.rules) | judged | {"feedback": list(self._wrong), "say": say}

    def _answer(self):
        kept = self.kept()
        if not isinstance(kept.get("answer"), int | float):
            return ""
        mark = badge("correct" if kept.get("correct") else "incorrect")
        return f"{mark} Your answer: {marked_up(write_number(kept['answer'], self.unit))}"


# What may be said of a wrong number that has no sentence of its own: true, and no help in guessing
# on.
OFF = {
    "sign": "The size is right and the sign is not: which way does it go?",
    "reciprocal": "That is the quotient the other way up: what is divided by what?",
    "percent": (
        "That is a hundred times too much or too little: is a fraction asked for, or per cent?"
    ),
    "ten": "The digits are right, and the decimal point stands in another place.",
    "other": "That is not the number; look again and try another.",
}


def what_is_off(number, answer, tolerance, is_a_share=False):
    """Return the name in OFF of the way in which a wrong number misses the answer."""
    if not answer or not number:
        return "other"
    share = max(min(tolerance / abs(answer), 1e-3), 1e-9)
    if math.isclose(number, -answer, rel_tol=share):
        return "sign"
    if math.isclose(number, 1 / answer, rel_tol=share):
        return "reciprocal"
    power = round(math.log10(abs(number / answer)))
    if not power or not math.isclose(number, answer * 10.0**power, rel_tol=share):
        return "other"
    return "percent" if is_a_share and abs(power) == 2 else "ten"


def _usual_tolerance(number):
    return 0 if float(number).is_integer() else abs(number) / 1000


class Cards(Displayed):
    """A stack of cards to turn: a term in front, its meaning behind.

    Cards([("epoch", "One pass over all training examples."), ...])
    """

    elsewhere = dict.fromkeys(
        ELSEWHERE | {"check": ""}, "Cards are there to be turned; nothing on them is judged."
    )

    def __init__(self, cards):
        self.cards = list(cards)

    def __repr__(self):
        return f"{len(self.cards)} cards: {', '.join(term for term, _ in self.cards)}."

    def _html(self):
        folds = "".join(folded(marked_up(term), marked_up(meaning)) for term, meaning in self.cards)
        return embed("cards", key_of(self), folds, kept=False)


def _still(sign, text):
    """Return feedback whose sign stands only where no script puts a sign of its own."""
    return f'<span class="lkq-still">{sign} </span>{marked_up(text)}'
