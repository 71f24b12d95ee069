"""Edits made by machine: every small change of a solution that stands for a mistake a beginner
makes.

    for edit in machine_edits(inspect.getsource(solution), known={"path"}):
        wrong = function_of(edit.source, solution.__name__, solution.__globals__)

A family of edits is a generator of Changes in one of the files here; a new one goes into that
file's list EDITS (likely mistakes) or RARE, and is tried on every node of every solution.
"""

from .making import Edit, function_of, machine_edits

__all__ = ["Edit", "function_of", "machine_edits"]
