"""The course's data, as NumPy arrays: 321 real houses, and moons and spirals made by code.

Where the houses come from, and their licence, stands beside them in README.md.
"""

from learnkit.data.made import moons, spirals
from learnkit.data.tables import Houses, houses

__all__ = ["Houses", "houses", "moons", "spirals"]
