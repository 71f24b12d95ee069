"""How far a learner came: `learnkit.progress()`.

overview    what is solved, what is worth another look, where they stopped
course_map  the same as text and as HTML
"""

from .overview import progress, summary

__all__ = ["progress", "summary"]
