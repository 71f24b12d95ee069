"""An exercise: what is asked, its solution, its cases, its hints and the mistakes people make in
it.
"""

import ast
import copy
import inspect
import random
import textwrap
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

from . import curtain, memory, sharing
from .diagnosis import Edit, Suspects, function_of, machine_edits
from .judging import judge, misuse, still_running
from .page import Code, Verdict
from .running import TimeIsUp, remember, run
from .sources import as_value, compiled, edited, source_of

FRESH = 3  # cases drawn anew at each check, where an exercise can draw them


class Mistake(NamedTuple):
    """A classic mistake: a function that makes it, and the sentence for an answer that behaves
    like it.
    """

    function: Callable
    sentence: str


class Exercise:
    """One exercise of a chapter, with `check`, `hint` and `solution`.

    number, title, minutes, kind: as in its heading; kind is trace, complete, mend or extend.
    task: what is asked, in Markdown; `course.py build` puts it into the chapter under the heading.
    solution: the reference function. Without cases the answer is a value, and `solution` a function
        of no arguments that returns it, named as the learner's variable.
    start: the code the learner starts from, as text; its signature and `return ...` if left out. Of
        an exercise of kind mend it is the faulty code, and `given` says what is wrong with it.
    cases: inputs, one collection of arguments each.
    fresh: function of a `random.Random` that draws the arguments of one further case.
    mistakes: {what is different: sentence}. What is different is an edit of the solution, "old →
        new", a tuple of edits, a wrong value, or a function. A wrong answer that agrees with it in
        every case is told the sentence.
    explain: function of a wrong value that returns what is to be said of it, or "", where no list
        could hold them all.
    returns: the names of the values that the solution returns together, if there are several; each
        is judged alone.
    trial: function of an answer and a case that tries the answer out and returns plain values,
        which are compared. So an answer may be part of something larger, such as a class that
        the learner is building. The cases are the arguments after the first. It raises ComesFirst
        where something that the answer needs is missing.
    called: {name of what a case of the trial holds: in words}, where learners do not know the name.
    equivalent: {name of an edit made by machine: why it gives the right answer after all}.
    tolerance: relative; a thousandth of it is allowed as an absolute difference.
    seconds: the time one check may take, all cases together.

    A solution that returns None is judged by what it does to its arguments, as a training step is.

        def double(x):
            return 2 * x

        doubling = Exercise(number="1.1", title="Double", minutes=1, kind="complete",
                            solution=double, cases=[(3,), (-0.5,)],
                            mistakes={"2 * x → x * x": "That is the square."},
                            hints=("Twice x is x + x.", "What times x?", "2 * x"))
        doubling.check(lambda x: x * x)  # ✗ Not yet. That is the square.
    """

    def __init__(
        self,
        *,
        number,
        title,
        minutes,
        kind,
        solution,
        task="",
        start="",
        given="",
        cases=(),
        fresh=None,
        mistakes=(),
        explain=None,
        hints=(),
        returns=(),
        trial=None,
        called=(),
        equivalent=(),
        tolerance=1e-6,
        seconds=5,
    ):
        remember(solution)
        self.number, self.title, self.minutes, self.kind, self.task = (
            number,
            title,
            minutes,
            kind,
            task,
        )
        self.reference, self.hints, self.returns = solution, hints, returns
        self.start, self.given, self.mistakes, self.equivalent = (
            start,
            given,
            dict(mistakes),
            dict(equivalent),
        )
        self.explain, self.tolerance, self.seconds = explain, tolerance, seconds
        self.trial, self.called = trial, dict(called)
        self.takes_function = bool(cases)
        # a copy: a chapter's notebook can change its own
        self.cases = copy.deepcopy(list(cases)) if cases else [()]
        self._fresh, self.draws, self._hints_shown = fresh, 0, 0

    def __repr__(self):
        return f"Exercise {self.number} · {self.title} · {self.kind} · {self.minutes} min"

    # ----------------------------------------------------------------------- what the learner calls

    def check(self, *answer):
        """Judge an answer, a function or a value as the exercise asks, and say what is wrong with
        it.

        Never raises: whatever the learner's code does, the result is a Verdict whose `state` is
        "correct", "incorrect", "raised an error" or "not attempted".
        """
        verdict = self._judged(answer)
        notes = self._keep(verdict) if verdict.state != "not attempted" else ()
        is_open = curtain.is_open(self.number)
        return replace(
            verdict,
            notes=(*verdict.notes, *notes),
            hints=self.hints,
            solution=self.solution_source if is_open else "",
            instead="" if is_open else curtain.AFTER_THE_CLASS,
            item=self,
        )

    def _keep(self, verdict):
        """Remember a verdict, share it with a class that asks for it, and return what there is to
        tell of both.
        """
        attempts = memory.recall(self).get("attempts", 0) + 1
        mistake = verdict.said_of_it or verdict.mistake
        named = {"mistake": mistake} if mistake else {}
        lost = memory.keep(self, state=verdict.state, attempts=attempts, **named)
        return (*((lost,) if lost else ()), *sharing.checked(self, verdict, attempts))

    def _judged(self, answer):
        if sentence := misuse(self, answer):
            return Verdict("not attempted", sentence, mistake="judging.misuse")
        function = answer[0] if self.takes_function else lambda: answer[0]
        cases = [*self.cases, *self.drawn(FRESH)]
        # before the answer runs, which may change what it likes
        right = self.reference_outcomes(cases)
        try:
            outcomes, printed = run(self.tried(function), cases, self.seconds)
        except TimeIsUp as error:
            return still_running(self, error)
        return judge(self, function, cases, outcomes, right, printed)

    def hint(self):
        """Show the next of the hints."""
        shown, count = self._hints_shown, len(self.hints)
        if shown == count:
            return Verdict(
                "hint",
                "That was the last one; `.solution()` shows one way to do it.",
                word="No more hints",
            )
        self._hints_shown += 1
        return Verdict("hint", self.hints[shown], word=f"Hint {shown + 1} of {count}")

    def solution(self):
        """Show one way to do it, once it is released where a class has a curtain."""
        if not curtain.is_open(self.number):
            return Verdict("hint", curtain.AFTER_THE_CLASS, word="Solution")
        return Code(f"Exercise {self.number}, one solution", self.solution_source)

    # ----------------------------------------------------------------------------- its code as text

    @property
    def name(self):
        """The name of the function, or of the variable, that the learner hands to `check`."""
        return self.reference.__name__

    @cached_property
    def solution_source(self):
        """The solution as it stands in a cell."""
        source = source_of(self.reference)
        return source if self.takes_function or not source else as_value(source, self.name)

    @cached_property
    def starting_code(self):
        """The code the learner starts from."""
        if self.start:
            return textwrap.dedent(self.start).strip() + "\n"
        if not self.takes_function:
            return f"{self.name} = ...\n"
        return f"def {self.name}({', '.join(self.parameters)}):\n    return ...\n"

    @property
    def names(self):
        """The names of what a case holds: the arguments, or those of the trial."""
        if self.trial:
            return list(inspect.signature(self.trial).parameters)[1:]
        return self.parameters

    @property
    def parameters(self):
        """The names of the solution's own arguments."""
        return list(inspect.signature(self.reference).parameters)

    @property
    def hands_in_its_cases(self):
        """Tell whether a case holds the arguments of the answer, one for one."""
        return self.names == self.parameters

    # ------------------------------------------------------------------------- what it is judged by

    def reference_outcomes(self, cases):
        """Return the right Outcomes for some cases, computed on what nobody can have changed."""
        return run(self.tried(self.reference), cases)[0]

    def tried(self, function):
        """Return what is called with a case: the function itself, or the trial of it."""
        if self.trial is None:
            return function

        def attempt(*case):
            return self.trial(function, *case)

        attempt.__module__ = getattr(function, "__module__", None)
        return attempt

    def results(self, outcomes):
        """Return the outcomes with what counts as their value: the changed arguments of a
        solution without return.
        """
        if not self._returns_nothing:
            return outcomes
        return [one if one.raised else replace(one, value=one.arguments) for one in outcomes]

    @cached_property
    def listed(self):
        """The author's mistakes as Suspects."""
        return Suspects(
            self,
            (
                Mistake(self.tried(self.function_of(key)), said)
                for key, said in self.mistakes.items()
            ),
        )

    @cached_property
    def edits(self):
        """The edits made by machine as Suspects."""
        return Suspects(
            self,
            ((self.tried(self.function_of(edit)), edit.sentence) for edit in self.machine_edits()),
        )

    def machine_edits(self):
        """Return the edits made by machine, a list of Edit; none where the solution's source is
        not to be had.
        """
        source = source_of(self.reference)
        return machine_edits(source, frozenset(self.known_names)) if source else []

    def function_of(self, mistake):
        """Return the function that makes a mistake: an edit of the solution, a wrong value, or a
        function already.
        """
        if callable(mistake):
            return mistake
        if isinstance(mistake, Edit):
            return function_of(mistake.source, self.name, self.reference.__globals__)
        texts = mistake if isinstance(mistake, tuple) else (mistake,)
        if all(isinstance(text, str) and "→" in text for text in texts):
            return self._compiled(edited(source_of(self.reference), mistake), str(mistake))
        return lambda: mistake

    @cached_property
    def faulty(self):
        """The code handed out to be mended, as a function; None for other kinds."""
        return self._compiled(self.starting_code, "start") if self.given else None

    def _compiled(self, source, what):
        filename = f"<exercise {self.number}: {what}>"
        return compiled(source, self.reference.__name__, self.reference.__globals__, filename)

    def drawn(self, count):
        """Return so many cases drawn anew, other ones each time; none where the exercise cannot
        draw any.
        """
        self.draws += 1
        draw = random.Random(f"{self.number} {self.draws}")
        return [self._fresh(draw) for _ in range(count)] if self._fresh else []

    @cached_property
    def _returns_nothing(self):
        return all(right.value is None for right in self.reference_outcomes(self.cases))

    @cached_property
    def known_names(self):
        """The names that a learner has seen: arguments, results, and what stands in the starting
        code.
        """
        tree = ast.parse(self.starting_code)
        return {
            *self.parameters,
            *self.returns,
            *(node.id for node in ast.walk(tree) if isinstance(node, ast.Name)),
        }
