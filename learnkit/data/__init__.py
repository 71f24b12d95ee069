"""The course's data, as NumPy arrays: 321 real houses.

Where they come from, and their licence, stands beside them in README.md.
"""

from learnkit.data.tables import Houses, houses

__all__ = ["Houses", "houses"]
