"""Verdicts for a school that needs them: handed-in notebooks are run again and checked anew.

    python -m learnkit.verdicts FOLDER                 # writes FOLDER/verdicts.csv
    python -m learnkit.verdicts FOLDER --csv week3.csv --seconds 120

Each notebook runs in a process of its own with limits of time and memory, far from what it had
stored. A verdict is what `check` says of the answer, on inputs drawn anew. What looks like a way
round the check is flagged for somebody to look at; against somebody who knows Python well and
means to cheat there is no sure way, and the processes run as whoever starts them: use a machine
that has nothing to lose.

In a notebook that something else grades, such as nbgrader, a locked cell says

    require(practice.gradient_descent, descend)

__main__  the command and its table
process   one notebook in a process of its own: started, limited, listened to, ended
inside    what that process does: run the cells, check the answers
reading   a notebook as text: its code, which answers are checked, what it reads that it should not
watching  the course as it was before the notebook ran, and what was changed in it
required  `require`, which raises where `check` would only say so
borrowed  answers that are the course's own functions, or call them
"""

from .required import require

__all__ = ["require"]
