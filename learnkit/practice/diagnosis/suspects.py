"""Functions that make known mistakes, and which of them does in every case what an answer does."""

from functools import cached_property

from ..running import run_each

SECONDS = 0.25  # for one suspect and all cases; a mistake that takes longer is not recognised


class Suspects:
    """Mistakes of one exercise, (function, sentence) each; they are run when the first wrong answer comes, once.

    An answer that raises agrees with a suspect that raises the same error in the same place.
    """

    def __init__(self, exercise, mistakes):
        self.exercise, self.mistakes = exercise, list(mistakes)

    @cached_property
    def outcomes(self):
        """The Outcomes of each suspect in the exercise's own cases, None for one that had to be stopped."""
        return self._run([function for function, _ in self.mistakes], self.exercise.cases)

    def agreeing(self, evidence):
        """Yield the sentence of each suspect that does in every case, fixed and fresh, what the answer does."""
        count = len(self.exercise.cases)
        for (function, sentence), outcomes in zip(self.mistakes, self.outcomes, strict=True):
            if outcomes and evidence.agrees_in(slice(0, count), outcomes):
                (fresh,) = self._run([function], evidence.cases[count:])
                if fresh is not None and evidence.agrees_in(slice(count, None), fresh):
                    yield sentence

    def _run(self, functions, cases):
        outcomes = run_each(functions, cases, SECONDS)
        return [one and self.exercise.results(one) for one in outcomes]
