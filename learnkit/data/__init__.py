"""The course's data, as NumPy arrays: 321 real houses, 1,797 digits written by hand, and moons and
spirals made by code.

Where the houses and the digits come from, and their licences, stands beside them in README.md.
"""

from learnkit.data.images import Digits, digits
from learnkit.data.made import moons, spirals
from learnkit.data.tables import Houses, houses

__all__ = ["Digits", "Houses", "digits", "houses", "moons", "spirals"]
