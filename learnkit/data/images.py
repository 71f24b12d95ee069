"""1,797 digits written by hand, as small pictures."""

from importlib.resources import files
from typing import NamedTuple

import numpy as np


class Digits(NamedTuple):
    """Pictures of digits and what each shows: `images, labels = digits()`.

    images: (1797, 64), floats from 0, paper, to 1, ink, in sixteenths: the 8 rows of 8 pixels one
    after the other, from the top. labels: (1797,), the digits 0 to 9, whole numbers.
    """

    images: np.ndarray
    labels: np.ndarray

    def __repr__(self):
        return f"{len(self.labels):,} digits written by hand: images, labels"


def digits():
    """Return 1,797 digits that 13 people wrote by hand, as Digits; each call makes new arrays.

    A pixel is how many of 4 × 4 dots of a scanned digit are ink, divided by 16.
    Source: Alpaydin and Kaynak (1998), Optical Recognition of Handwritten Digits, UCI Machine
    Learning Repository (CC BY 4.0), the part for testing, by way of scikit-learn (BSD 3-Clause; see
    README.md beside this file).
    """
    with (files("learnkit.data") / "digits.npz").open("rb") as file, np.load(file) as kept:
        return Digits(kept["images"] / 16, kept["labels"].astype(np.int64))
