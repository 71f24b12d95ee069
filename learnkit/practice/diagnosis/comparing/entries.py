"""Answers of which only some entries are wrong: which row, column or entry it is, and what is
wrong with it.
"""

from ...plain import close, is_number, leaves, shape
from .numbers import times_in_words

NUMBERS_IN_WORDS = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth"}


def some_entries(evidence):
    """Name the wrong entries where they lie together, and say what they have in common."""
    patterns = None
    wrong_pairs = []
    if not any(_some_are_right(evidence, mine, right) for mine, right in evidence.pairs):
        return ""
    for mine, right in evidence.pairs:
        wrong = _wrong_places(evidence, mine, right)
        if wrong is None:
            return ""
        if not wrong:
            continue
        wrong_pairs += [(m, r) for _, m, r in wrong]
        here = set(_patterns([place for place, _, _ in wrong], shape(right)))
        patterns = here if patterns is None else patterns & here
    if not patterns:
        return ""
    where = (
        next(words for words in _ORDER if words in patterns)
        if patterns & set(_ORDER)
        else sorted(patterns)[0]
    )
    how = _common(wrong_pairs, evidence.tolerance)
    if where.startswith("all but"):
        said = f"Of yours {where.removeprefix('all but ')} is right and all that follows is wrong"
        return f"{said}: each entry there is {how}." if how else f"{said}."
    several = "entries" in where or "row" in where or "column" in where
    said = f"Only {where} of yours {'are' if 'entries' in where else 'is'} wrong"
    return (
        f"{said}: {'each' if several else 'it'} is {how}." if how else f"{said}; the rest is right."
    )


def _wrong_places(evidence, mine, right):
    """Return (place, mine, right) for each wrong entry; None where the answers differ in shape."""
    if len(shape(right)) not in (1, 2) or None in shape(right) or shape(mine) != shape(right):
        return None
    both = zip(leaves(mine), leaves(right), strict=True)
    return [(_place(path), m, r) for (path, m), (_, r) in both if not evidence.same(m, r)]


def _some_are_right(evidence, mine, right):
    wrong = _wrong_places(evidence, mine, right)
    return bool(wrong) and len(wrong) < len(list(leaves(right)))


def _place(path):
    return tuple(int(index) for index in path.strip("[]").split("]["))


_ORDER = [
    "the first entry",
    "the last entry",
    "the first row",
    "the last row",
    "the first column",
    "the last column",
    "the entries on the diagonal",
    "the entries off the diagonal",
    "the upper right entries",
    "the lower left entries",
    "all but the first entry",
    "all but the first row",
    "all but the first column",
]


def _patterns(places, size):
    """Yield in words each pattern that the wrong places fill exactly."""
    every = {(i,) for i in range(size[0])} if len(size) == 1 else _grid(size)
    wanted = set(places)
    for words, members in _shapes(size):
        if {place for place in every if members(place)} == wanted:
            yield words


def _grid(size):
    return {(i, j) for i in range(size[0]) for j in range(size[1])}


def _shapes(size):
    """Yield (words, test of a place) for all patterns of a list or a table of this size."""
    last = [n - 1 for n in size]
    if len(size) == 1:
        yield "the first entry", lambda p: p[0] == 0
        yield "the last entry", lambda p: p[0] == last[0]
        yield "all but the first entry", lambda p: p[0] > 0
        for i in range(min(size[0], 5)):
            yield f"the {NUMBERS_IN_WORDS[i + 1]} entry", lambda p, i=i: p[0] == i
        return
    yield "the first row", lambda p: p[0] == 0
    yield "the last row", lambda p: p[0] == last[0]
    yield "the first column", lambda p: p[1] == 0
    yield "the last column", lambda p: p[1] == last[1]
    yield "the entries on the diagonal", lambda p: p[0] == p[1]
    yield "the entries off the diagonal", lambda p: p[0] != p[1]
    yield "the upper right entries", lambda p: p[0] < p[1]
    yield "the lower left entries", lambda p: p[0] > p[1]
    yield "all but the first row", lambda p: p[0] > 0
    yield "all but the first column", lambda p: p[1] > 0
    yield "the first entry", lambda p: p == (0, 0)
    yield "the last entry", lambda p: p == (last[0], last[1])


def _common(pairs, tolerance):
    """Say what all wrong entries have in common with the right ones, or ""."""
    if not all(is_number(m) and is_number(r) for m, r in pairs):
        return ""
    if all(m == 0 for m, _ in pairs):
        return "0"
    nonzero = [(m, r) for m, r in pairs if r]
    if len(nonzero) < max(2, len(pairs)):
        return ""
    factor = nonzero[0][0] / nonzero[0][1]
    if not all(close(m, factor * r, tolerance) for m, r in nonzero):
        return ""
    if close(factor, -1, tolerance):
        return "the negative of what it should be"
    return f"{times_in_words(factor, tolerance)} what it should be"


def wrong_where_something_holds(evidence):
    """Say where the wrong entries are, if that follows from the right answer: where it is 0,
    negative, positive.
    """
    entries = [pair for mine, right in evidence.pairs for pair in _entry_pairs(mine, right)]
    if not entries or not all(is_number(m) and is_number(r) for m, r in entries):
        return ""
    for words, holds in _CONDITIONS:
        wrong = [(m, r) for m, r in entries if holds(r)]
        rest = [(m, r) for m, r in entries if not holds(r)]
        if len(wrong) < 2 or len(rest) < 2:
            continue
        if all(evidence.same(m, r) for m, r in rest) and not any(
            evidence.same(m, r) for m, r in wrong
        ):
            how = _common(wrong, evidence.tolerance)
            # so is nearly every wrong answer where the right one may be 0
            if not how and words != "0" and all(r == 0 for _, r in rest):
                return ""
            return f"Yours is wrong exactly where the answer is {words}" + (
                f": there it is {how}." if how else "."
            )
    return ""


def _entry_pairs(mine, right):
    ours, theirs = list(leaves(mine)), list(leaves(right))
    if [path for path, _ in ours] != [path for path, _ in theirs]:
        return []
    return [(m, r) for (_, m), (_, r) in zip(ours, theirs, strict=True)]


_CONDITIONS = [
    ("0", lambda r: r == 0),
    ("negative", lambda r: r < 0),
    ("positive", lambda r: r > 0),
    ("not 0", lambda r: r != 0),
]


def some_entries_alike(evidence):
    """The same, spoken of only if the wrong entries have something in common that says what is
    wrong with them.
    """
    sentence = some_entries(evidence)
    return sentence if ": " in sentence else ""


FINDINGS = [some_entries_alike, wrong_where_something_holds]
LATE = [some_entries]
