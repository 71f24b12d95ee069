"""The guessing game: find a hidden number by guesses that move by a fixed step, and see why that
cannot settle.
"""

import random
from itertools import islice
from pathlib import Path
from statistics import mean

from matplotlib.figure import Figure

from learnkit.painter.figure import BLUE, ORANGE, Picture
from learnkit.practice.page import Displayed, Verdict, embed, key_of, shortened_source

START, WITHIN, STEPS = 50, 2, (2, 10, 50)


def guesses(hidden, step, start=START):
    """Yield one guess after the other, for ever: each moves by `step` towards the hidden number.

    Raises ValueError unless the step is positive.
    """
    if not step > 0:
        raise ValueError(f"The step must be larger than 0, and you gave {step}.")
    guess = start
    while True:
        yield guess
        guess += step if guess < hidden else -step


def guesses_needed(hidden, step, start=START, within=WITHIN, limit=100):
    """Count the guesses, the first one included, until one is within `within` of the hidden number.

    Returns None if the first `limit` guesses never come that close. Raises ValueError unless the
    step is positive.

        guesses_needed(73, step=2)   # 12
        guesses_needed(75, step=10)  # None
    """
    tries = enumerate(islice(guesses(hidden, step, start), limit), 1)
    return next((count for count, guess in tries if abs(guess - hidden) <= within), None)


def by_step(steps, numbers=range(1, 101)):
    """Return for each step how many of the hidden numbers it finds and the mean guesses for
    those (nan if none).
    """
    rows = []
    for step in steps:
        found = [count for hidden in numbers if (count := guesses_needed(hidden, step))]
        rows.append((len(found), mean(found) if found else float("nan")))
    return rows


def plot_guesses(steps=range(1, 61)):
    """Return a Picture of how many of the numbers 1 to 100 each step finds, and in how many
    guesses.
    """
    steps = list(steps)
    found, needed = zip(*by_step(steps))
    safe = [step for step, count in zip(steps, found) if count == 100]
    title = (
        f"Up to a step of {max(safe)} every number is found"
        if safe
        else "No step finds every number"
    )
    figure = Figure(figsize=(9, 3.4), layout="constrained")
    left, right = figure.subplots(1, 2)
    left.plot(steps, found, "o-", color=BLUE, markersize=4)
    left.set(title=title, xlabel="step", ylabel="of 100 hidden numbers, found", ylim=(0, 105))
    right.plot(steps, needed, "s-", color=ORANGE, markersize=4)
    right.set(
        title="A large step is quick where it works at all",
        xlabel="step",
        ylabel="mean guesses, if found",
    )
    right.set_ylim(bottom=0)
    for axes in (left, right):
        axes.spines[["top", "right"]].set_visible(False)
    shown = [i for i, step in enumerate(steps) if step in (*STEPS, max(safe, default=0))]
    ends = "; ".join(
        f"step {steps[i]} finds {found[i]} of 100, in {needed[i]:.1f} guesses on average"
        for i in shown
    )
    return Picture(figure, f"{title}. {ends}.")


class GuessingGame(Displayed):
    """A number from 1 to 100 is hidden; you say higher or lower, and the guess moves by a fixed
    step.

    hidden: the number to find, drawn by lot if left out. It is played on the page, which needs no
    kernel for it; `higher()`, `lower()`, `use(step)` and `new()` do the same in a terminal.

        game = GuessingGame()
        game.higher()  # → 60 is too low. ...
    """

    def __init__(self, hidden=None):
        self.step, self._given = 10, hidden
        self.new(hidden)

    def __repr__(self):
        return (
            f"A number from 1 to 100 is hidden. The first guess is {START}, every guess moves by "
            f"the step you choose ({', '.join(map(str, STEPS))}), and you have found it when you "
            f"are within {WITHIN}."
        )

    def new(self, hidden=None):
        """Hide another number and begin again."""
        # not found by the first guess
        far = [number for number in range(1, 101) if abs(number - START) > WITHIN]
        self.hidden = random.choice(far) if hidden is None else hidden
        self.counts = {}
        return self.use(self.step)

    def use(self, step):
        """Begin again at the first guess, for the same hidden number, with another step."""
        self.step, self.trail = step, [START]
        return self._verdict()

    def higher(self):
        """Move the guess up by the step."""
        return self._move(self.step)

    def lower(self):
        """Move the guess down by the step."""
        return self._move(-self.step)

    @property
    def found(self):
        return abs(self.trail[-1] - self.hidden) <= WITHIN

    def _move(self, change):
        guess = self.trail[-1] + change
        if not self.found and not 0 <= guess <= 100:
            word = f"{self.trail[-1]} is still your guess"
            return Verdict(
                "hint", "The number lies between 1 and 100: go the other way.", word=word
            )
        if not self.found:
            self.trail.append(guess)
        return self._verdict()

    def _verdict(self):
        guess, count = self.trail[-1], len(self.trail)
        if self.found:
            self.counts[self.step] = count
            notes = tuple(f"Step {step}: {n} guesses." for step, n in sorted(self.counts.items()))
            said = f"{guess} is within {WITHIN} of the hidden {self.hidden}."
            return Verdict("correct", said, notes, word=f"Found with guess {count}")
        low = guess < self.hidden
        return Verdict(
            "hint",
            f"Guess {count}, step {self.step}. {self._advice()}".strip(),
            word=self._said(guess, low),
        )

    def _said(self, guess, low):
        return f"{guess} is too {'low' if low else 'high'}"

    def _advice(self):
        """Say so once the guesses jump to and fro over the hidden number."""
        if len(self.trail) < 3 or self.trail[-1] != self.trail[-3]:
            return ""
        one, other = sorted(self.trail[-2:])
        if not one < self.hidden < other:
            return ""
        return (
            f"It lies between {one} and {other}, and your step takes you from one to the other: "
            "try another step."
        )

    def _html(self):
        examples = "".join(
            f"<p>Hidden 73, step {step}: {', '.join(map(str, islice(guesses(73, step), 8)))}, …</p>"
            for step in STEPS
        )
        rules = {"start": START, "within": WITHIN, "steps": STEPS, "hidden": self._given}
        script = (Path(__file__).parent / "game.js").read_text(encoding="utf-8")
        return embed(
            "game",
            key_of(self),
            f"<p>{self!r}</p>{examples}",
            rules,
            kept=False,
            extra=shortened_source(script),
        )
