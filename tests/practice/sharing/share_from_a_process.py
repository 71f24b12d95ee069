"""One learner among many: checks and guesses as fast as it can, from a process of its own."""

import sys

from learnkit.practice import sharing
from learnkit.practice.exercise import Exercise
from learnkit.practice.page import Verdict
from learnkit.practice.predict import Prediction

exercise = Exercise(number="4.1", title="", minutes=1, kind="trace", solution=lambda: 1)
guess = Prediction("04-steps", "How many?", number=True)
for attempt in range(1, int(sys.argv[1]) + 1):
    wrong = Verdict("incorrect", "No.", said_of_it="Wrong, für mich. " * 20)
    sharing.checked(exercise, wrong, attempt)
    sharing.guessed(guess, attempt)
