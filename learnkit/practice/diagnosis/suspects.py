"""Functions that make known mistakes, and which of them does in every case what an answer does."""

from functools import cached_property

from ..plain import leaves, plain
from ..running import run_each

SECONDS = 2.0  # for one suspect in a few cases; a mistake that takes longer is not recognised


class Suspects:
    """Mistakes of one exercise, (function, sentence) each.

    They are run in the smallest case first, then in twice as many cases each time, and only as long
    as they do what the answer does; what they did is kept. An answer that raises agrees with a
    suspect that raises the same error in the same place.
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
        for cases in self._few_at_a_time:
            self._run_in(cases, suspects)
            suspects = [
                place
                for place in suspects
                if all(self._agrees(evidence, place, case) for case in cases)
            ]
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
    def _few_at_a_time(self):
        """The places of the cases: the smallest, the next two, the next four, and so on.

        Each time a copy of the process is made, which takes longer than most suspects do.
        """
        cases = self.exercise.cases
        waiting = sorted(range(len(cases)), key=lambda case: len(list(leaves(plain(cases[case])))))
        found = []
        while waiting:
            count = 2 ** len(found)
            found.append(waiting[:count])
            waiting = waiting[count:]
        return found

    def _run_in(self, cases, suspects):
        new = [place for place in suspects if (place, cases[0]) not in self._outcomes]
        found = self._run(new, [self.exercise.cases[case] for case in cases])
        for place, outcomes in zip(new, found, strict=True):
            stopped = [None] * len(cases)
            self._outcomes |= zip([(place, case) for case in cases], outcomes or stopped)

    def _run(self, suspects, cases):
        found = run_each([self.mistakes[place][0] for place in suspects], cases, SECONDS)
        return [
            outcomes if outcomes is None else self.exercise.results(outcomes) for outcomes in found
        ]
