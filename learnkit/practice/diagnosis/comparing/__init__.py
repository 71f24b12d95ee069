"""Fourth tier: the answer laid beside the right one, as plain data.

Findings here look at `evidence.pairs`, (mine, right) for each case, and speak only of what is true
of all of them.

    kinds       None, text, a function or a list where something else belongs; another shape
    texts       words that are nearly the right ones, or are never said
    sequences   lists that are shifted, reversed, sorted, cut short, right up to some place
    numbers     a constant factor, an offset, a power, a root, a rounding of the right numbers
    entries     tables of which only some rows, columns or entries are wrong
    on_the_way  values that the solution meets before it has the answer
    totals      a list whose sum, mean or one entry is the answer
    with_arguments  the answer and an argument, added or multiplied entry by entry
    difference  the last resort: where the answer differs
"""

from . import entries, kinds, numbers, on_the_way, sequences, texts, totals, with_arguments

FIRST = [*kinds.FINDINGS, *on_the_way.FIRST]
FINDINGS = [
    *texts.FINDINGS,
    *sequences.FINDINGS,
    *on_the_way.FINDINGS,
    *totals.FINDINGS,
    *numbers.FINDINGS,
    *with_arguments.FINDINGS,
    *entries.FINDINGS,
]
LATE = kinds.SHAPES  # what says less comes after the edits made by machine
LAST = [*sequences.LATE, *entries.LATE]  # and what says only where it differs at the very end
