"""Chapter 11: the questions of all chapters once more.

It is the one module here that looks at the others, and only when it is asked to draw.
"""

from importlib import import_module

from learnkit.practice.mixed import Mixed
from learnkit.practice.predict import Prediction
from learnkit.practice.quiz import Choice, NumberAnswer

from . import CHAPTERS

QUESTIONS = 30

# What hangs on a cell above it in its chapter, and so cannot be asked out of its place.
HANGING = {
    "00": ("which_is_the_loss", "who_knew_the_way"),
    "03": ("same_colour",),
    "04": ("largest_safe_step",),
    "05": ("what_changes",),
    "08": ("what_passes_on", "why_row_two_is_zero", "what_the_four_share"),
    "09": ("all_alike",),
}

# What another chapter asks as well, with other words or numbers; one of the two is enough here.
TWINS = {
    "04": ("what_a_level_curve_says", "why_a_scalar"),  # chapter 3's level loss, chapter 2's sum
    "08": ("cost_of_differences",),  # chapter 6's central differences
}

how_many_right = Prediction(
    "11-how-many-right",
    "Thirty questions from the whole course, mixed. Of how many will your last answer be right?",
    number=True,
    least=0,
    most=QUESTIONS,
    whole=True,
)


def bank():
    """Return all questions that stand alone, each once, as pairs (chapter's number, question)."""
    pairs = []
    for chapter in CHAPTERS:
        if chapter.number == "11":
            continue
        asked = vars(import_module(f"learnkit.exercises.chapter_{chapter.number}"))
        left_out = HANGING.get(chapter.number, ()) + TWINS.get(chapter.number, ())
        pairs += [
            (chapter.number, item)
            for name, item in asked.items()
            if isinstance(item, (Choice, NumberAnswer)) and name not in left_out
        ]
    return pairs


def draw():
    """Return a new round of thirty questions, by what was answered before."""
    files = {chapter.number: chapter.file for chapter in CHAPTERS}
    return Mixed(bank(), QUESTIONS, files, keeper=how_many_right)
