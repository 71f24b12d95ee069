"""An exercise that knows its answer, its three hints, and the mistakes people make in it."""

import inspect
import textwrap
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

from .clock import TimeIsUp
from .diagnosis.comparing import finding, first_wrong_part, told_apart, where_wrong, wrong_entries
from .plain import leaves, plain, text
from .running import Raised, run
from .verdict import Code, Verdict, as_code

MANY = 6  # entries; of an answer with more, the first wrong one is shown alone


class Mistake(NamedTuple):
    """A classic mistake: a function that makes it, and the sentence for an answer that behaves like it."""

    function: Callable
    sentence: str


class Exercise:
    """One exercise of a chapter, with `check`, `hint` and `solution`.

    kind: trace, complete, mend or extend.
    solution: the reference function; its source is what `.solution()` shows.
    cases: inputs, one collection of arguments each. Without cases the answer is a value, and `solution` and
        the mistakes are functions of no arguments that return it.
    mistakes: a wrong answer that agrees with one of them in every case is told that one's sentence.
    returns: the names of the values that the solution returns together, if there are several; each is judged alone.
    given: the Mistake in the code handed out to be mended; an answer that still behaves like it is not attempted.
    tolerance: relative; a thousandth of it is allowed as an absolute difference.
    seconds: the time one check may take, all cases together.

    A solution that returns None is judged by what it does to its arguments, as a training step is.

        square = Exercise(number="1.1", title="Square", minutes=2, kind="complete", solution=lambda x: x * x,
                          cases=[(3,), (-0.5,)], hints=("What does squaring mean?", "x times what?", "x * x"))
        square.check(lambda x: 2 * x)  # ✗ Not yet. For `x = 3` yours gives `6`, expected `9`.
    """

    def __init__(
        self,
        *,
        number,
        title,
        minutes,
        kind,
        solution,
        cases=(),
        mistakes=(),
        hints=(),
        returns=(),
        given=None,
        tolerance=1e-6,
        seconds=5,
    ):
        self.number, self.title, self.minutes, self.kind = number, title, minutes, kind
        self.reference, self.cases, self.mistakes, self.hints = solution, cases, mistakes, hints
        self.returns, self.given, self.tolerance, self.seconds = returns, given, tolerance, seconds
        self._hints_shown = 0

    def __repr__(self):
        return f"Exercise {self.number} · {self.title} · {self.kind} · {self.minutes} min"

    def check(self, *answer):
        """Judge an answer, a function or a value as the exercise asks, and say what is wrong with it.

        Never raises: whatever the learner's code does, the result is a Verdict whose `state` is "correct",
        "incorrect", "raised an error" or "not attempted".
        """
        if misuse := self._misuse(answer):
            return Verdict("not attempted", misuse)
        function = answer[0] if self.cases else lambda: answer[0]
        try:
            outcomes, printed = run(function, self._inputs, self.seconds)
        except TimeIsUp as stopped:
            still = f"Your code was still running after {self.seconds:g} seconds, so it was stopped"
            ended = f"{still}{Raised.by(stopped).where}: look for a loop that never ends."
            return Verdict("incorrect", ended, notes=self._notes([], stopped.printed))
        return Verdict(*self._judge(outcomes), notes=self._notes(outcomes, printed))

    def hint(self):
        """Show the next of the hints."""
        shown, count = self._hints_shown, len(self.hints)
        if shown == count:
            return Verdict("hint", "That was the last one; `.solution()` shows one way to do it.", word="No more hints")
        self._hints_shown += 1
        return Verdict("hint", self.hints[shown], word=f"Hint {shown + 1} of {count}")

    def solution(self):
        """Show one way to do it."""
        return Code(f"Exercise {self.number}, one solution", textwrap.dedent(inspect.getsource(self.reference)))

    @property
    def _inputs(self):
        return self.cases or [()]

    def _misuse(self, answer):
        wanted = "my_function" if self.cases else "my_answer"
        if not answer:
            return f"Put your answer between the brackets: `check({wanted})`."
        if len(answer) > 1:
            return f"`check` takes one answer and you gave {len(answer)}; put several values in one list."
        if answer[0] is ...:
            return None
        if answer[0] is None and not self.cases:
            return "Your answer is None: `print` shows a value but hands nothing on, so give the value itself."
        if self.cases and not callable(answer[0]):
            return "`check` calls your function itself: give its name alone, `check(my_function)`, without calling it."
        if not self.cases and inspect.isroutine(answer[0]):
            return "`check` wants a value here and you gave a function: call it, `check(my_function(...))`."

    @cached_property
    def _right(self):
        return run(self.reference, self._inputs)[0]

    @cached_property
    def _mistaken(self):
        return [(run(mistake.function, self._inputs)[0], mistake.sentence) for mistake in self.mistakes]

    def _judge(self, outcomes):
        """Return the state and the message for the outcomes of all cases."""
        if any(outcome.is_untouched() for outcome in outcomes):
            return "not attempted", "Put your answer in place of each `...`, then run this cell again."
        if self._agree(outcomes, self._right):
            return "correct", ""
        if self.given and self._agree(outcomes, run(self.given.function, self._inputs)[0]):
            return "not attempted", f"This behaves like the code as it was given. {self.given.sentence}"
        said = next((sentence for theirs, sentence in self._mistaken if self._agree(outcomes, theirs)), None)
        for case, mine, right in zip(self._inputs, outcomes, self._right, strict=True):
            if mine.raised and not mine.agrees(right, self.tolerance):
                return "raised an error", f"{mine.raised} {said or self._called_with(case)}".rstrip()
        return "incorrect", said or self._explain(outcomes)

    def _agree(self, outcomes, others):
        pairs = zip(self._results(outcomes), self._results(others), strict=True)
        return all(mine.agrees(theirs, self.tolerance) for mine, theirs in pairs)

    def _results(self, outcomes):
        """Return the outcomes with what counts as their value: the changed arguments of a solution without return."""
        if all(right.value is None for right in self._right):
            return [replace(outcome, value=outcome.arguments) for outcome in outcomes]
        return outcomes

    def _explain(self, outcomes):
        mine, right = self._results(outcomes), self._results(self._right)
        said = ""
        if self.returns:
            said, place = first_wrong_part(self.returns, _values(mine, right), self.tolerance)
            if place is None:
                return said
            mine, right = ([replace(one, value=one.value[place]) for one in side] for side in (mine, right))
        return f"{said} {self._what_is_wrong(mine, right)}".lstrip()

    def _what_is_wrong(self, mine, right):
        pairs = _values(mine, right)
        refused = any(r.raised for r in right)
        if not refused and (sentence := finding(pairs, self.tolerance)):
            return sentence
        wrong = next(i for i, m in enumerate(mine) if not m.agrees(right[i], self.tolerance))
        if self.cases:
            return self._first_failure(self.cases[wrong], mine[wrong], right[wrong])
        return where_wrong(*pairs[wrong], self.tolerance)

    def _first_failure(self, case, mine, right):
        place, value, target = "", mine.value, right.value
        wrong = wrong_entries(value, target, self.tolerance)
        if wrong and len(list(leaves(target))) > MANY:  # a whole table says nothing at a glance
            place, value, target = wrong[0]
        gives, expected = told_apart(value, target)
        expected = right.raised.kind if right.raised else expected
        yours = f"entry {as_code(place)} of yours is" if place else "yours gives"
        parts = f"For {self._written(case)}", f"{yours} {as_code(gives)},", f"expected {as_code(expected)}."
        return ("\n" if sum(map(len, parts)) > 100 else " ").join(parts)

    def _written(self, case):
        arguments = zip(self._names, case, strict=False)
        return ", ".join(as_code(f"{name} = {text(plain(value), width=80)}") for name, value in arguments)

    def _called_with(self, case):
        return f"It was called with {self._written(case)}." if case else ""

    @property
    def _names(self):
        return list(inspect.signature(self.reference).parameters)

    def _notes(self, outcomes, printed):
        notes = [f"Your code printed: {as_code(printed)}"] if printed else []
        pairs = zip(outcomes, self._right)  # there are no outcomes of code that had to be stopped
        changed = set().union(*(set(mine.changed) - set(right.changed) for mine, right in pairs))
        for i in sorted(changed):
            notes.append(f"Your code changes its argument `{self._names[i]}` in place; work on a copy of it.")
        return tuple(notes)


def _values(mine, right):
    return [(m.value, r.value) for m, r in zip(mine, right, strict=True)]
