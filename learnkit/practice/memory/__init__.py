"""What the course remembers of a learner, in `.learnkit/` beside the notebooks.

kept     guesses, answers and verdicts, by exercise and question
place    where the learner is: folder, notebook, running cell
records  the files: written whole or not at all, shared by several kernels
"""

from . import place
from .kept import address, everything, is_off, keep, recall, troubles

__all__ = ["address", "everything", "is_off", "keep", "place", "recall", "troubles"]
