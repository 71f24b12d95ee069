"""Functions that make known mistakes, and which of them does in every case what an answer does."""

from functools import cached_property

from ..plain import leaves, plain
from ..running import run_each

SECONDS = 2.0  # for one suspect and one case; a mistake that takes longer is not recognised


class Suspects:
    """Mistakes of one exercise, (function, sentence) each.

    They are run case by case, the smallest case first, and only as long as they do what the answer
    does; what they did is kept. An answer that raises agrees with a suspect that raises the same
    error in the same place.
    """

    def __init__(self, exercise, mistakes):
        self.exercise, self.mistakes = exercise, list(mistakes)
        # (place of the suspect, place of the case): Outcome, or None if it had to be stopped
        self._outcomes = {}

    def agreeing(self, evidence):
        """Yield the sentence of each suspect that does in every case, fixed and fresh, what the
        answer does.
        """
        suspects = range(len(self.mistakes))
        for case in self._smallest_first:
            self._run_in_a_case(suspects, case)
            suspects = [place for place in suspects if self._agrees(evidence, place, case)]
        for place in suspects:
            if self._agrees_in_fresh_cases(evidence, place):
                yield self.mistakes[place][1]

    def _agrees(self, evidence, place, case):
        outcome = self._outcomes[place, case]
        return outcome is not None and evidence.agrees_in(slice(case, case + 1), [outcome])

    def _agrees_in_fresh_cases(self, evidence, place):
        count = len(self.exercise.cases)
        (fresh,) = self._run([place], evidence.cases[count:])
        return fresh is not None and evidence.agrees_in(slice(count, None), fresh)

    @cached_property
    def _smallest_first(self):
        cases = self.exercise.cases
        return sorted(range(len(cases)), key=lambda case: len(list(leaves(plain(cases[case])))))

    def _run_in_a_case(self, suspects, case):
        new = [place for place in suspects if (place, case) not in self._outcomes]
        for place, outcomes in zip(new, self._run(new, [self.exercise.cases[case]]), strict=True):
            self._outcomes[place, case] = outcomes and outcomes[0]

    def _run(self, suspects, cases):
        found = run_each([self.mistakes[place][0] for place in suspects], cases, SECONDS)
        return [
            outcomes if outcomes is None else self.exercise.results(outcomes) for outcomes in found
        ]
