"""Figures of a class from the lines that it shares; none of them is one learner's.

A count below FEW is not given: it could be found out whose it is.
"""

import statistics
from collections import Counter, defaultdict
from dataclasses import dataclass

from . import catalogue

FEW = 3  # learners; fewer are not singled out
TRIES = 3  # after which somebody whose last try failed is stuck
BARS = 6  # of a histogram of numbers


@dataclass(frozen=True)
class Figures:
    """One exercise: how many learners tried it, passed, are stuck now; each mistake with the
    number of learners it was named to, the most frequent first.

    attempts: the median number of attempts of those who passed; None where they are too few.
    """

    number: str
    tried: int
    passed: int
    stuck: int
    attempts: float | None
    mistakes: tuple = ()


@dataclass(frozen=True)
class Guesses:
    """One prediction: its bars, (label, number of learners), in the order of its options."""

    key: str
    bars: tuple

    @property
    def total(self):
        """The number of learners who have committed to a guess."""
        return sum(count for _, count in self.bars)


def figures(entries):
    """Return the Figures of all exercises that were tried, in the order of their numbers."""
    tries = defaultdict(lambda: defaultdict(list))  # number → learner → entries
    for entry in entries:
        if "exercise" in entry:
            tries[entry["exercise"]][entry["learner"]].append(entry)
    return [_figures(number, tries[number]) for number in sorted(tries, key=catalogue.in_order)]


def _figures(number, by_learner):
    passed = [first for own in by_learner.values() if (first := _first_pass(own))]
    stuck = [
        own for own in by_learner.values() if own[-1]["attempt"] >= TRIES and not _first_pass(own)
    ]
    named = Counter(mistake for own in by_learner.values() for mistake in _mistakes(own))
    return Figures(
        number,
        tried=len(by_learner),
        passed=len(passed),
        stuck=len(stuck),
        attempts=statistics.median(passed) if len(passed) >= FEW else None,
        mistakes=tuple(named.most_common()),
    )


def _first_pass(own):
    """Return the attempt with which a learner passed, 0 if they have not."""
    return next((max(1, entry["attempt"]) for entry in own if entry["passed"]), 0)


def _mistakes(own):
    return {entry["mistake"] for entry in own if entry["mistake"]}


def guesses(entries):
    """Return the Guesses of all predictions, the one last guessed at first."""
    last = defaultdict(dict)  # key → learner → guess
    for entry in entries:
        if "prediction" in entry:
            own = last.pop(entry["prediction"], {})
            last[entry["prediction"]] = own | {entry["learner"]: entry["guess"]}
    return [Guesses(key, _bars(key, list(last[key].values()))) for key in reversed(last)]


def _bars(key, values):
    prediction = catalogue.predictions().get(key)
    if prediction and prediction.options:
        return tuple((option, values.count(option)) for option in prediction.options)
    numbers = [value for value in values if not isinstance(value, str)]
    if len(numbers) < len(values):
        return tuple(Counter(map(str, values)).most_common())
    if len(set(numbers)) <= BARS:
        return tuple((f"{number:g}", count) for number, count in sorted(Counter(numbers).items()))
    return _binned(sorted(numbers))


def _binned(numbers):
    """Return bars of equal width over the middle of the numbers; what lies outside has a bar at
    each end.
    """
    low, high = numbers[len(numbers) // 8], numbers[-1 - len(numbers) // 8]
    width = (high - low) / (BARS - 2) or 1
    edges = [low + width * place for place in range(BARS - 1)]
    below = sum(number < low for number in numbers)
    above = sum(number > high for number in numbers)
    inside = Counter(
        min(int((number - low) / width), BARS - 3) for number in numbers if low <= number <= high
    )
    middle = [
        (f"{edges[place]:.4g} to {edges[place + 1]:.4g}", inside[place])
        for place in range(BARS - 2)
    ]
    return (f"below {low:.4g}", below), *middle, (f"above {high:.4g}", above)


def latest(entries):
    """Return the time of the last line, "" without any."""
    return max((entry["time"] for entry in entries), default="")


def learners(entries):
    """Return how many learners have shared something."""
    return len({entry["learner"] for entry in entries})
