"""What is asked: one file of exercises, quick checks, cards and predictions for each chapter.

CHAPTERS is the course's table of contents: number, file and title of each chapter, in their order;
PLANNED are those still to come, of which the map says so until they stand in CHAPTERS.
"""

from typing import NamedTuple

from learnkit.practice.names import watch


class Chapter(NamedTuple):
    """A chapter: its number as in the file's name, the file without its ending, and its title."""

    number: str
    file: str
    title: str


CHAPTERS = (
    Chapter("00", "00_start_here", "Start here"),
    Chapter("01", "01_what_learning_means", "What learning means"),
    Chapter("02", "02_loss_functions", "Loss functions"),
    Chapter("03", "03_loss_surfaces", "Loss surfaces"),
    Chapter("04", "04_gradient_descent", "Gradient descent"),
    Chapter("05", "05_batches_and_optimizers", "Batches and optimizers"),
    Chapter("06", "06_three_ways_to_differentiate", "Three ways to differentiate"),
    Chapter("07", "07_build_autograd", "Build autograd"),
    Chapter("08", "08_thirty_one_parameters", "Thirty-one parameters"),
    Chapter("09", "09_from_numbers_to_arrays", "From numbers to arrays"),
    Chapter("10", "10_does_it_generalise", "Does it generalise?"),
    Chapter("11", "11_what_you_can_do", "What you can do"),
)

PLANNED = ()

watch()  # in a notebook, a name that is not there yet is told where it is made
