"""Writes docs/mistakes.md: for each exercise the first three mistakes of its own list, with what
learners are told.
"""

from learnkit.exercises import CHAPTERS

SHOWN = 3
LONGEST = 60  # characters of an edit that says more than it hides
# where an exercise looks at the answer instead of keeping a list: what it is asked about here
WRONG_ANSWERS = {
    "5.10": (
        ["noisy", "diverging", "converged", "plateau", "falling"],
        ["diverging", "noisy", "plateau", "converged", "falling"],
        ["noisy", "diverging", "plateau", "falling", "converged"],
    ),
    "7.5": ([4, 4, 8, 12], [2, 2, 6, 4], [4, -4, 12, 8]),
    "8.1": (0.9, -0.1, 0.3),
    "8.7": (
        [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0]],
        [[1, 0, 0, 0], [0, 0, 1, 0], [0, 1, 0, 0]],
        [[0, 0, 0, 1], [0, 1, 0, 0], [0, 0, 1, 0], [1, 0, 0, 0]],
    ),
}
HEAD = """# What learners get wrong

For each exercise up to three mistakes to expect: what is handed in, and the sentence that the check
answers with. They are the first three of the exercise's own list, in the order in which its author
put them down; nobody has counted them. What your class gets wrong,
`python -m learnkit.progress DIR` counts. The guide is [teaching.md](teaching.md).

Written by `course.py build` from `learnkit/exercises/`: do not edit it.
"""


def page(exercises):
    """Return the page; exercises: {chapter's number: {name: Exercise}}."""
    chapters = [about_chapter(chapter, exercises[chapter.number]) for chapter in CHAPTERS]
    return "\n".join([HEAD, *filter(None, chapters)])


def about_chapter(chapter, exercises):
    """Return the section of a chapter, empty if it has no exercises."""
    if not exercises:
        return ""
    title = f"## {int(chapter.number)} · {chapter.title}\n"
    return "\n".join([title, *(about(exercise) for exercise in exercises.values())])


def about(exercise):
    """Return the paragraph of an exercise."""
    title = f"**{exercise.number} · {exercise.title}** · {exercise.kind}\n"
    return "\n".join([title, *(f"- {line}" for line in expected(exercise)), ""])


def expected(exercise):
    """Return a line for each of the mistakes that are shown, no sentence twice."""
    found = {}
    for handed_in, said in known(exercise):
        found.setdefault(said, handed_in)
    return [
        f"{handed_in}: {said}" if handed_in else said
        for said, handed_in in list(found.items())[:SHOWN]
    ]


def known(exercise):
    """Return pairs of what is handed in, as Markdown or "", and what the check says of it."""
    if exercise.mistakes:
        return [(in_short(key), said) for key, said in exercise.mistakes.items()]
    answers = WRONG_ANSWERS[exercise.number]
    return [(f"`{as_typed(answer)}`", exercise.explain(answer)) for answer in answers]


def in_short(mistake):
    """Return a mistake as Markdown: a wrong value, or one short edit of the solution; else ""."""
    if callable(mistake):
        return ""
    if not isinstance(mistake, str):
        is_edit = isinstance(mistake, tuple) and any("→" in str(part) for part in mistake)
        return "" if is_edit else f"`{as_typed(mistake)}`"
    old, arrow, new = (part.strip() for part in mistake.partition("→"))
    if not arrow:
        return f"`{mistake!r}`"
    if "\n" in mistake or "`" in mistake or len(mistake) > LONGEST or not old:
        return ""
    return f"`{new}` for `{old}`" if new else f"without `{old}`"


def as_typed(value):
    """Return a wrong value as a learner may have typed it: lists, and no more than four digits."""
    if isinstance(value, tuple | list):
        return f"[{', '.join(as_typed(part) for part in value)}]"
    return f"{value:.4g}" if isinstance(value, float) else repr(value)
