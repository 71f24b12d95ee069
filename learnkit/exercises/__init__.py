"""What is asked: one file of exercises, quick checks, cards and predictions for each chapter.

CHAPTERS is the course's table of contents: number, file and title of each chapter, in their order.
"""

from typing import NamedTuple

from learnkit.practice.names import watch


class Chapter(NamedTuple):
    """A chapter: its number as in the file's name, the file without its ending, and its title."""

    number: str
    file: str
    title: str


CHAPTERS = (
    Chapter("03", "03_loss_surfaces", "Loss surfaces"),
    Chapter("04", "04_gradient_descent", "Gradient descent"),
    Chapter("05", "05_batches_and_optimizers", "Batches and optimizers"),
    Chapter("08", "08_thirty_one_parameters", "Thirty-one parameters"),
)

watch()  # in a notebook, a name that is not there yet is told where it is made
