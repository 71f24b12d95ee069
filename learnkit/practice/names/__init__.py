"""Names that a notebook lacks, and the cell to run first.

missing  a NameError is followed by the cell that makes the name, or the name that was meant
cells    the code cells of a notebook's file and the names they make
startup  what a kernel runs first, so that even a set-up cell left out is named
"""

from .missing import explain, watch

__all__ = ["explain", "watch"]
