"""What is known of an answer when its mistake is looked for: its code, what it gave in each
case, what is right.
"""

import ast
import pickle
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property

from ..plain import leaves, lone_numbers_out, plain, same, shape
from ..running import run
from ..sources import source_of
from ..wording import as_code, listed_cases


@dataclass(frozen=True)
class Evidence:
    """An answer, judged wrong, and all that a finding may look at.

    exercise: the Exercise. function: the learner's; of a value exercise a function of no arguments
        that returns it.
    cases: the arguments of each call, fixed and fresh. mine, right: the Outcome of each case.
    part: of several results returned together the place of the one that is looked at; None for all
        of them.
    whole: the Evidence about all of them, where one is looked at.
    asked: what has been found out already, by question; all parts of an answer share it.
    """

    exercise: object
    function: object
    cases: list
    mine: list
    right: list
    part: int | None = None
    whole: object = None
    asked: dict = field(default_factory=dict, compare=False, repr=False)

    @property
    def tolerance(self):
        return self.exercise.tolerance

    @property
    def names(self):
        """The names of the arguments, as the exercise gives them."""
        return self.exercise.names

    def named(self, place):
        """Return what learners know an argument by: its name as code, or words."""
        name = self.names[place]
        return self.exercise.called.get(name, as_code(name))

    def called_with(self, index):
        """Return a sentence that lists the arguments of a case, or "" where there are none."""
        case = listed_cases(self.names, self.cases[index], self.exercise.called)
        return f"It was called with {case}." if case else ""

    @cached_property
    def pairs(self):
        """(my answer, the right one) as plain data for each case; an answer that raised is not
        there. Arrays of one number are that number, as when they are judged, if then all is in
        shape.
        """
        both = zip(self.mine, self.right, strict=True)
        values = [(m.value, r.value) for m, r in both if not m.raised and not r.raised]
        taken_out = [(lone_numbers_out(mine, right), right) for mine, right in values]
        in_shape = all(shape(mine) == shape(right) for mine, right in taken_out)
        return taken_out if in_shape else values

    @cached_property
    def smallest_first(self):
        """The places of the cases, those with the least data first: most questions are settled
        by them.
        """
        sizes = [len(list(leaves(plain(case)))) for case in self.cases]
        return sorted(range(len(sizes)), key=sizes.__getitem__)

    @property
    def wrong_pairs(self):
        """The pairs that differ: in an edge case, such as no steps at all, a wrong answer may be
        right.
        """
        return [(mine, right) for mine, right in self.pairs if not self.same(mine, right)]

    @cached_property
    def fault(self):
        """The exception, a Raised, of the first case in which the answer should not have raised;
        None without one.
        """
        wrong = (one for i, one in enumerate(self.mine) if one.raised and not self.is_right(i))
        return next((one.raised for one in wrong), None)

    @property
    def source(self):
        """The learner's code as text, "" where there is none: a value, a lambda, a function of
        C.
        """
        return source_of(self.function) if self.exercise.takes_function else ""

    @cached_property
    def code(self):
        """The syntax tree of the learner's function, or None."""
        with suppress(SyntaxError, IndexError):
            return ast.parse(self.source).body[0]
        return None

    @property
    def arguments(self):
        """The names that the learner's own function gives its arguments."""
        return [argument.arg for argument in (*self.code.args.posonlyargs, *self.code.args.args)]

    @cached_property
    def solution(self):
        """The syntax tree of the exercise's solution; of a bare 0 where it has no source."""
        return ast.parse(source_of(self.exercise.reference) or "0")

    @cached_property
    def constants_of_solution(self):
        """The numbers and texts that stand in the solution."""
        return {node.value for node in ast.walk(self.solution) if isinstance(node, ast.Constant)}

    @cached_property
    def names_in_code(self):
        """The names that the learner's own code uses."""
        return (
            {node.id for node in ast.walk(self.code) if isinstance(node, ast.Name)}
            if self.code
            else set()
        )

    def calls(self, cases):
        """Return the learner's Outcomes for other arguments; raises TimeIsUp if that takes too
        long.
        """

        def ask():
            outcomes, _ = run(self.exercise.tried(self.function), cases, self.exercise.seconds / 5)
            return self.exercise.results(outcomes)

        return self.looked_at(self.once("mine", cases, ask))

    def truths(self, cases):
        """Return the right Outcomes for other arguments."""

        def ask():
            return self.exercise.results(self.exercise.reference_outcomes(cases))

        return self.looked_at(self.once("right", cases, ask))

    def once(self, question, cases, ask):
        """Return what `ask()` found of these cases; asked again, the same without another run."""
        try:
            known_by = question, pickle.dumps(cases)
        except Exception:  # functions made on the spot cannot be written down
            return ask()
        if known_by not in self.asked:
            self.asked[known_by] = ask()
        return self.asked[known_by]

    def agrees_in(self, which, outcomes):
        """Tell whether the answer did in a slice of the cases what these outcomes of a whole answer
        did.

        Where one of several results is looked at, a mistake that shows in another one too must show
        in the learner's.
        """
        pairs = zip(self.mine[which], self.looked_at(outcomes), strict=True)
        alike = all(self._is_alike(mine, theirs) for mine, theirs in pairs)
        return alike and self.others_fit(which, outcomes)

    def others_fit(self, which, outcomes):
        """Tell whether in a slice of the cases all results but the one looked at are right, or
        as the learner's are.
        """
        if self.whole is None:
            return True
        others = [
            self.whole.of_part(place)
            for place in range(len(self.exercise.returns))
            if place != self.part
        ]
        return all(other.fits(which, outcomes) for other in others)

    def fits(self, which, outcomes):
        """Tell whether the outcomes of a whole answer are right in this part, or wrong as the
        learner's are.

        A part that is still open fits whatever they are.
        """
        if self.is_open:
            return True
        theirs = self.looked_at(outcomes)
        right = all(
            one.agrees(truth, self.tolerance)
            for one, truth in zip(theirs, self.right[which], strict=True)
        )
        return right or all(map(self._is_alike, self.mine[which], theirs))

    @property
    def is_open(self):
        """Tell whether the learner has not filled in this part: it is `...`, None or not there."""
        return all(mine in (..., None) and right is not None for mine, right in self.pairs)

    def _is_alike(self, mine, theirs):
        if mine.raised and theirs.raised:
            return mine.raised.is_fault_of(theirs.raised)
        return mine.agrees(theirs, self.tolerance)

    def is_right(self, index):
        return self.mine[index].agrees(self.right[index], self.tolerance)

    def without_exceptions(self):
        """Return the evidence of those cases alone in which nothing was raised."""
        kept = [
            i
            for i, (m, r) in enumerate(zip(self.mine, self.right, strict=True))
            if not (m.raised or r.raised)
        ]
        cases, mine, right = (
            [each[i] for i in kept] for each in (self.cases, self.mine, self.right)
        )
        return replace(self, cases=cases, mine=mine, right=right)

    def of_part(self, part):
        """Return the evidence about one of several results."""
        mine, right = (_at(part, outcomes) for outcomes in (self.mine, self.right))
        return replace(self, mine=mine, right=right, part=part, whole=self)

    def looked_at(self, outcomes):
        """Return the outcomes of whole answers, or of the part that is looked at."""
        return outcomes if self.part is None else _at(self.part, outcomes)

    def same(self, mine, right):
        return same(mine, right, self.tolerance)


def _at(part, outcomes):
    """Return the outcomes with one entry of each value in its place; a value without that entry
    becomes None.
    """
    return [one if one.raised else replace(one, value=_entry(one.value, part)) for one in outcomes]


def _entry(value, part):
    return value[part] if isinstance(value, list) and part < len(value) else None
