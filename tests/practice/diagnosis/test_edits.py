"""Edits made by machine: each family on a small function, and what must be true of all of them."""

import ast
import importlib
import re
from functools import cache

import pytest

from learnkit.practice.diagnosis.edits import function_of, machine_edits
from learnkit.practice.diagnosis.edits.making import LIKELY, OF_VALUES, RARE
from learnkit.practice.exercise import Exercise
from learnkit.practice.sources import source_of

FUNCTIONS = {
    "slope": (
        """\
def slope(x, y):
    return 2 * sum(x) / len(y)
"""
    ),
    "line": (
        """\
def line(w, b, x):
    return (w * x + b) ** 2
"""
    ),
    "sizes": (
        """\
def sizes(x):
    return abs(x[0]), -x[1]
"""
    ),
    "rows": (
        """\
def rows(x):
    return np.sum(x, axis=0), np.mean(x)
"""
    ),
    "layer": (
        """\
def layer(h, W, d):
    e = W @ d
    return h[:, None] * d, e, d.T
"""
    ),
    "table": (
        """\
def table(f, a, b):
    return [[f(x, y) for x in a] for y in b]
"""
    ),
    "descend": (
        """\
def descend(slope, x, rate, steps):
    path, v = [x], 0.0
    for _ in range(steps):
        v = rate * v + slope(x)
        x = x - v
        path.append(x)
    return path
"""
    ),
    "last": (
        """\
def last(x, rate, steps):
    for _ in range(steps):
        x = x - rate * x
    return x
"""
    ),
    "train": (
        """\
def train(parameters, rate):
    for p in parameters:
        p.data = p.data - rate * p.grad
        p.grad = None
"""
    ),
    "pair": (
        """\
def pair(w, b, steps):
    for _ in range(steps):
        w, b = w - b, b - w
    return w, b
"""
    ),
    "gate": (
        """\
def gate(z, p):
    out = []
    for j in range(len(z)):
        out.append(p[j] if z[j] > 0 else 0)
    return out
"""
    ),
    "kind": (
        """\
def kind(c):
    if min(c) > 0 and not max(c) == 0:
        return "up"
    return "down"
"""
    ),
    "some": (
        """\
def some(xs):
    return [x for x in xs if x > 1]
"""
    ),
    "two": (
        """\
def two(x):
    first = sum(x)
    second = len(x)
    return [first - 1, second]
"""
    ),
    "mat": (
        """\
def mat(a, b):
    return [[a, b], [b * 3, a + b]]
"""
    ),
    "perm": (
        """\
def perm(W, b, c, order):
    return W[:, order], b[order], c
"""
    ),
    "total": (
        """\
def total(xs):
    total = 0
    for x in xs:
        total += x * 3
    return total
"""
    ),
    "sq": (
        """\
def sq(xs):
    return sum(x ** 2 for x in xs), np.mean(xs * xs), xs.mean(), xs[1:]
"""
    ),
    "value": (
        """\
def value():
    return (3 + -1) / 4
"""
    ),
    "mean": (
        """\
def mean(xs):
    return sum(xs) / len(xs)
"""
    ),
    "clip": (
        """\
def clip(p, z):
    q = p + z
    return q if z > 0 else 0
"""
    ),
    "begin": (
        """\
def begin(xs):
    table = []
    for x in xs:
        row = []
        row.append(x)
        table.append(row)
    return table
"""
    ),
    "path": (
        """\
def path(f, x, steps):
    way = []
    for _ in range(steps):
        x = f(x)
        way.append(x)
    return way
"""
    ),
    "far": (
        """\
def far(x, f, steps):
    for _ in range(steps):
        e = f(2)
        x = x - e
    return x
"""
    ),
    "pairs": (
        "def pairs(p, t):\n    "
        "return [2 * (a - b) / len(t) for a, b in zip(p, t)], np.outer(p, t), (p**2).mean()\n"
    ),
    "off": (
        """\
def off(W, i, j):
    return W[i][j] - W[0, j] / (i * j)
"""
    ),
}
EXAMPLES = [
    (
        "mean",
        "line 2: divisor: sum(xs) / len(xs) → sum(xs)",
        "Yours behaves as if `/ len(xs)` were missing.",
    ),
    (
        "slope",
        "line 2: factor: 2 * sum(x) → sum(x)",
        "Yours behaves as if the factor `2` were missing.",
    ),
    (
        "layer",
        "line 2: matrix product: W @ d → W.sum(axis=1)",
        (
            "In the second of the returned values, yours behaves as if `W` were added up alone, "
            "without `d`."
        ),
    ),
    (
        "clip",
        "line 2: term: p + z → p",
        "Yours behaves as if `+ z` were missing.",
    ),
    (
        "line",
        "line 2: power: (w * x + b) ** 2 → w * x + b",
        "Yours behaves as if `w * x + b` were not raised to a power.",
    ),
    (
        "off",
        "everywhere: index: W[i][j] → W[i]",
        "Throughout, yours behaves as if the indices were missing.",
    ),
    (
        "mean",
        "line 2: call: sum(xs) → xs",
        "Yours behaves as if `xs` stood alone, without `sum(…)` around it.",
    ),
    (
        "sizes",
        "line 2: entry: abs(x[0]), -x[1] → -x[1],",
        "Yours behaves as if the first of the returned values, `abs(x[0])`, were missing.",
    ),
    (
        "value",
        "line 2: minus: -1 → 1",
        "Yours comes out as if the minus before `1` were missing.",
    ),
    (
        "rows",
        "line 2: keyword: np.sum(x, axis=0) → np.sum(x)",
        "In the first of the returned values, yours behaves as if `axis=…` were missing.",
    ),
    (
        "table",
        "line 2: arguments alone: f(x, y) → x, y",
        "Yours behaves as if `f` were never called and only its arguments were kept.",
    ),
    (
        "descend",
        "line 5: added: x - v → x + v",
        (
            "Where `x` is set, yours behaves as if it added where a difference belongs. Here `v` "
            "is what is updated in each round. Look at the sign before `v`."
        ),
    ),
    (
        "clip",
        "line 2: subtracted: p + z → p - z",
        "Yours behaves as if it subtracted where a sum belongs. Look at the sign before `z`.",
    ),
    (
        "total",
        "line 4: update turned: total += x * 3",
        "Yours behaves as if `total` moved the other way in each update.",
    ),
    (
        "mean",
        "line 2: order turned: sum(xs) / len(xs) → len(xs) / sum(xs)",
        "Yours behaves as if `sum(xs)` and `len(xs)` changed places in the fraction.",
    ),
    (
        "line",
        "line 2: brackets missing: (w * x + b) ** 2 → w * x + b ** 2",
        "Yours behaves as if the brackets around `w * x + b` were missing.",
    ),
    (
        "off",
        "line 2: divisor brackets missing: W[0, j] / (i * j) → W[0, j] / i * j",
        "Yours behaves as if only `i` stood below the fraction line.",
    ),
    (
        "line",
        "line 2: brackets added: w * x + b → w * (x + b)",
        "Yours behaves as if `w` also applied to `b`.",
    ),
    (
        "mean",
        "line 2: operator exchanged: sum(xs) / len(xs) → sum(xs) * len(xs)",
        "Yours behaves as if it multiplied `sum(xs)` by `len(xs)`.",
    ),
    (
        "clip",
        "line 3: equality turned: z > 0 → z >= 0",
        "Yours behaves as if the case in which `z` equals `0` went the other way.",
    ),
    (
        "clip",
        "line 3: comparison turned: z > 0 → z < 0",
        "Yours behaves as if the comparison of `z` with `0` were turned round.",
    ),
    (
        "kind",
        (
            "line 2: and or exchanged: min(c) > 0 and (not max(c) == 0) → min(c) > 0 or not max(c) "
            "== 0"
        ),
        (
            "Yours behaves as if one of the conditions were enough. Look at `min(c) > 0` and `not "
            "max(c) == 0`."
        ),
    ),
    (
        "kind",
        "line 2: part dropped: min(c) > 0 and (not max(c) == 0) → not max(c) == 0",
        "Yours behaves as if it never asked for `min(c) > 0`.",
    ),
    (
        "kind",
        "line 2: not dropped: not max(c) == 0 → max(c) == 0",
        "Yours behaves as if `not` before `max(c) == 0` were missing.",
    ),
    (
        "clip",
        "line 3: condition ignored: q if z > 0 else 0 → q",
        "Yours behaves as if it did not ask `if z > 0` and always took the first way.",
    ),
    (
        "some",
        "line 2: filter ignored:  for x in xs if x > 1",
        "Yours behaves as if it did not ask `if x > 1`. Here `x` is an entry of `xs`.",
    ),
    (
        "kind",
        "line 2: case dropped: if min(c) > 0 and (not max(c) == 0):",
        (
            "Yours behaves as if `if min(c) > 0 and (not max(c) == 0)` were missing, with what "
            "follows from it."
        ),
    ),
    (
        "rows",
        "line 2: sum for mean: np.mean(x) → np.sum(x)",
        (
            "In the second of the returned values, yours behaves as if it added up without "
            "dividing by the count."
        ),
    ),
    (
        "mean",
        "line 2: function exchanged: sum(xs) → max(xs)",
        "Yours behaves as if it took the largest of `xs`.",
    ),
    (
        "slope",
        "line 2: mean for sum: sum(x) → sum(x) / len(list(x))",
        "Yours behaves as if it took a mean where everything is to be added up.",
    ),
    (
        "mean",
        "line 2: one term only: sum(xs) → list(xs)[-1]",
        "Yours behaves as if only the last of the terms counted, without adding up.",
    ),
    (
        "off",
        "line 2: indices exchanged: W[i][j] → W[j][i]",
        "Yours behaves as if rows and columns of `W` changed places.",
    ),
    (
        "perm",
        "line 2: columns chosen: b[order] → b[:, order]",
        (
            "In the second of the returned values, yours behaves as if columns of `b` were chosen "
            "where rows are asked for."
        ),
    ),
    (
        "rows",
        "line 2: axis exchanged: axis=0",
        "In the first of the returned values, yours behaves as if it went along the other axis.",
    ),
    (
        "layer",
        "line 2: transposed: W → W.T",
        "In the second of the returned values, yours behaves as if `W` were transposed.",
    ),
    (
        "path",
        "line 3: rounds one off: range(steps) → range(0, steps - 1)",
        "Yours behaves as if one round too few were made.",
    ),
    (
        "sizes",
        "everywhere: index one off: x[0] → x[-1]",
        "Throughout, yours behaves as if it took entry -1 of `x`, not the one asked for.",
    ),
    (
        "begin",
        "line 3: return in the loop: for x in xs:",
        "Yours behaves as if `return` stood inside the loop: it ends after the first round.",
    ),
    (
        "begin",
        "line 3: line after the loop: for x in xs:",
        (
            "Yours behaves as if the line that begins `row` stood after the loop: it runs only "
            "once. Here `row` is a list."
        ),
    ),
    (
        "mean",
        "line 2: line left out: return sum(xs) / len(xs)",
        "Yours behaves as if there were no `return` at the end.",
    ),
    (
        "begin",
        "line 5: lines exchanged: row.append(x)",
        (
            "Yours behaves as if the line that appends to `table` came before the line that "
            "appends to `row`. Here `table` and `row` are each a list."
        ),
    ),
    (
        "begin",
        "line 3: begun only once: for x in xs:",
        (
            "Yours behaves as if the line that begins `row` stood before the loop: it is never "
            "begun anew. Here `row` is a list."
        ),
    ),
    (
        "far",
        "line 2: line before the loop: for _ in range(steps):",
        (
            "Yours behaves as if the line that sets `e` stood before the loop: it runs only once. "
            "Here `e` is `f(2)`."
        ),
    ),
    (
        "begin",
        "line 3: begun in the loop: for x in xs:",
        (
            "Yours behaves as if the line that begins `table` also stood in the loop: it begins "
            "anew in each round. Here `table` is a list."
        ),
    ),
    (
        "table",
        "line 1: line in the inner loop: for x in a:",
        (
            "Yours behaves as if the line that appends to the list stood inside the loop before "
            "it: it runs in each round."
        ),
    ),
    (
        "pair",
        "line 3: one after the other: w, b = (w - b, b - w)",
        "Yours behaves as if `w` were already new when the new `b` is computed.",
    ),
    (
        "train",
        "line 2: worked on copies: for p in parameters:",
        (
            "Yours behaves as if it worked on copies: the `parameters` of the caller stay as they "
            "were."
        ),
    ),
    (
        "path",
        "line 3: update from the start: for _ in range(steps):",
        "Yours behaves as if each round began at the first `x` again.",
    ),
    (
        "total",
        "line 4: set not added: total += x * 3",
        "Yours behaves as if each round replaced `total` and nothing were added up.",
    ),
    (
        "begin",
        "line 7: list or entry: table → table[-1]",
        "Yours behaves as if only the last entry were returned, not the list.",
    ),
    (
        "gate",
        "line 4: only where true: out.append(p[j] if z[j] > 0 else 0)",
        (
            "Yours behaves as if entries for which `z[j] > 0` is false were left out, so that the "
            "list is too short. Here `j` is an index up to `len(z)`."
        ),
    ),
    (
        "table",
        "line 2: arguments exchanged: f(x, y) → f(y, x)",
        (
            "Yours behaves as if `x` and `y` changed places in `f(…)`. Here `x` is an entry of `a` "
            "and `y` is an entry of `b`."
        ),
    ),
    (
        "sizes",
        "line 2: entries exchanged: abs(x[0]), -x[1] → -x[1], abs(x[0])",
        "Yours behaves as if the first and the second of the returned values changed places.",
    ),
    (
        "table",
        (
            "line 2: loops exchanged: [[f(x, y) for x in a] for y in b] → [[f(x, y) for y in b] "
            "for x in a]"
        ),
        (
            "Yours behaves as if rows and columns of the table changed places: a row for each "
            "entry of `a`."
        ),
    ),
    (
        "two",
        "line 3: value like its neighbour: len(x) → sum(x)",
        (
            "Yours behaves as if `second` were computed as `first` is. Here `second` is `len(x)` "
            "and `first` is `sum(x)`."
        ),
    ),
    (
        "sizes",
        "line 2: entry like its neighbour: abs(x[0]) → -x[1]",
        "Yours behaves as if the first entry were made as the second one.",
    ),
    (
        "begin",
        "line 5: name for another: row → table",
        (
            "In what is appended to `row`, yours behaves as if `table` stood in place of `row`. "
            "Here `table` and `row` are each a list."
        ),
    ),
    (
        "perm",
        "line 2: treated like its neighbours: c → c[order]",
        "Yours behaves as if `c` were indexed with `order`, as the others are.",
    ),
    (
        "descend",
        "line 2: begun with the update: 0.0 → slope(x)",
        (
            "Yours behaves as if `v` began with `slope(x)`. Here `v` is what is updated in each "
            "round."
        ),
    ),
    (
        "layer",
        "line 2: totalled: W @ d → (W @ d).sum()",
        (
            "In the second of the returned values, yours behaves as if `W @ d` were added up to "
            "one number."
        ),
    ),
    (
        "path",
        "line 5: another recorded: x → f(x)",
        "In what is appended to `way`, yours behaves as if `f(x)` were recorded, not `x`.",
    ),
    (
        "last",
        "line 2: all on the way: for _ in range(steps):",
        (
            "Yours behaves as if it returned every `x` on the way, with the first, not the last "
            "one alone."
        ),
    ),
    (
        "path",
        "line 6: another returned: way → way, x",
        "Yours behaves as if `x` were returned as well.",
    ),
    (
        "clip",
        "line 3: looks at the result: q if z > 0 else 0 → q if q > 0 else 0",
        "Yours behaves as if it compared `p + z` and not `z`.",
    ),
    (
        "clip",
        "line 3: mask misread: q if z > 0 else 0 → 1 if z > 0 else 0",
        "Yours behaves as if only 1 or 0 came out and never `p + z`.",
    ),
    (
        "clip",
        "line 3: size compared: z > 0 → abs(z) > 0",
        "Yours behaves as if only the size of `z` were compared, not its sign.",
    ),
    (
        "clip",
        "line 3: small counts as zero: z > 0 → z > 0.01",
        "Yours behaves as if numbers close to 0 counted as 0.",
    ),
    (
        "mean",
        "line 2: mean left out: sum(xs) / len(xs) → xs",
        "Yours behaves as if `xs` were not averaged.",
    ),
    (
        "sq",
        "line 2: mean of rows only: xs.mean() → xs.sum() / len(xs.data)",
        (
            "In the third of the returned values, yours behaves as if it divided by the number of "
            "rows alone."
        ),
    ),
    (
        "sq",
        "line 2: split over a product: np.mean(xs * xs) → np.mean(xs) * np.mean(xs)",
        (
            "In the second of the returned values, yours behaves as if `xs` and `xs` were totalled "
            "one by one before they are combined."
        ),
    ),
    (
        "sq",
        "line 2: power outside: sum(x ** 2 for x in xs) → sum(x for x in xs) ** 2",
        (
            "In the first of the returned values, yours behaves as if the power were taken after "
            "the `sum`, not before."
        ),
    ),
    (
        "mean",
        "line 2: count one off: len(xs) → len(xs) + 1",
        "Yours behaves as if `len(xs)` were one larger.",
    ),
    (
        "pairs",
        "line 2: brackets missing in a product: 2 * (a - b) / len(t) → 2 * a - b / len(t)",
        (
            "In the first of the returned values, yours behaves as if the brackets around `a - b` "
            "were missing. Here `a` is an entry of `p` and `b` is an entry of `t`."
        ),
    ),
    (
        "pairs",
        "line 2: outer sum: np.outer(p, t) → p[:, None] + t",
        (
            "In the second of the returned values, yours behaves as if "
            "each entry of `p` were added to each of `t`, not multiplied."
        ),
    ),
    (
        "pairs",
        (
            "line 2: every with every: [2 * (a - b) / len(t) for a, b in zip(p… → [2 * (a - b) / "
            "len(t) for a in p for b …"
        ),
        (
            "In the first of the returned values, yours behaves as if every entry were paired with "
            "every other of `p` and `t`, not each with the one in its place."
        ),
    ),
    (
        "pairs",
        "line 2: root of the mean: (p ** 2).mean() → (p ** 2).mean() ** 0.5",
        (
            "In the third of the returned values, yours behaves as if the square root of the mean "
            "were taken."
        ),
    ),
    (
        "table",
        "line 2: cut to whole numbers: f(x, y) → int(f(x, y))",
        "Yours behaves as if the decimals of each entry were cut off.",
    ),
    (
        "path",
        "line 4: entry to zero: f(x) → 0",
        "Where `x` is set, yours behaves as if `f(x)` were always 0.",
    ),
    (
        "slope",
        "line 2: all but a part: 2 * sum(x) / len(y) → sum(x)",
        "Yours behaves as if only `sum(x)` were left of the whole expression.",
    ),
    (
        "path",
        "line 1: arguments exchanged throughout: def path(f, x, steps):",
        "Yours behaves as if `f` and `x` changed places everywhere.",
    ),
    (
        "layer",
        "line 3: name for an entry: h[:, None] → W",
        (
            "In the first of the returned values, yours behaves as if `W` stood in place of `h[:, "
            "None]`."
        ),
    ),
    (
        "train",
        "line 3: attribute for another: p.data → p.grad",
        (
            "Where `p.data` is set, yours behaves as if `.grad` stood in place of `p.data`. Here "
            "`p` is an entry of `parameters`."
        ),
    ),
    (
        "layer",
        "line 2: other matrix product: W @ d → h @ W",
        (
            "In the second of the returned values, yours behaves as if `h` were multiplied with "
            "`W`, not `d`."
        ),
    ),
    (
        "mat",
        "line 2: table turned: [[a, b], [b * 3, a + b]] → [a, b, b * 3, a + b]",
        "Yours behaves as if all rows stood in one long list.",
    ),
    (
        "sq",
        "line 2: slice moved: 1: → 1 + 1:",
        (
            "In the fourth of the returned values, yours behaves as if the beginning of the slice "
            "were one entry off."
        ),
    ),
    (
        "begin",
        "line 3: some entries only: xs → list(xs)[:-1]",
        "Yours behaves as if the last entry of `xs` were left out.",
    ),
    (
        "mean",
        "line 2: some entries counted: xs → xs[:-1]",
        "Yours behaves as if the last entry of `xs` were left out.",
    ),
    (
        "begin",
        "line 3: places for entries: xs → range(len(xs))",
        "Yours behaves as if it used the places 0, 1, 2 … and not the entries themselves.",
    ),
    (
        "table",
        "line 2: zeros skipped:  for x in a",
        "Yours behaves as if entries of `a` that are 0 were skipped.",
    ),
    (
        "perm",
        "everywhere: order undone: order → sorted(range(len(order)), key=list(orde…",
        "Throughout, yours behaves as if `order` were undone and not applied.",
    ),
    (
        "slope",
        "line 2: number changed: 2 → 1",
        "Yours behaves as if `2` were 1.",
    ),
    (
        "mean",
        "line 2: sign of result turned: sum(xs) / len(xs) → -(sum(xs) / len(xs))",
        "Yours behaves as if the sign of the result were turned.",
    ),
    (
        "slope",
        "line 2: squared for doubled: 2 * sum(x) → sum(x) ** 2",
        "Yours behaves as if `sum(x)` were squared where it is to be doubled.",
    ),
    (
        "path",
        "line 4: size only: f(x) → abs(f(x))",
        "Where `x` is set, yours behaves as if `f(x)` had lost its sign.",
    ),
    (
        "line",
        "line 2: factor on the other term: w * x + b → x + w * b",
        "Yours behaves as if the factor `w` belonged to `b`, not to its neighbour.",
    ),
    (
        "line",
        "line 2: factor in both terms: b → w * b",
        "Yours behaves as if the factor `w` also stood before `b`.",
    ),
    (
        "line",
        "line 2: factor twice: w → w ** 2",
        "Yours behaves as if `w` came into the product twice.",
    ),
    (
        "descend",
        "line 5: squared: x - v → (x - v) ** 2",
        (
            "Where `x` is set, yours behaves as if `x - v` were squared. Here `v` is what is "
            "updated in each round."
        ),
    ),
    (
        "mean",
        "line 2: result scaled: sum(xs) / len(xs) → 2 * (sum(xs) / len(xs))",
        "Yours behaves as if the result were doubled.",
    ),
    (
        "kind",
        "line 1: words exchanged: def kind(c):",
        'Yours behaves as if "up" and "down" changed places.',
    ),
    (
        "kind",
        "line 3: word for another: 'up' → 'down'",
        'Yours behaves as if it answered "down" where "up" belongs.',
    ),
    (
        "mean",
        "line 2: fraction halved: sum(xs) / len(xs) → sum(xs) / (2 * len(xs))",
        "Yours behaves as if it divided by twice `len(xs)`.",
    ),
    (
        "descend",
        "line 5: changed in place: x = x - v",
        "Yours behaves as if `x` were changed in place, together with all that is the same array.",
    ),
]
CHAPTERS = ("chapter_03", "chapter_04", "chapter_08")


def exercises():
    modules = [importlib.import_module(f"learnkit.exercises.{name}") for name in CHAPTERS]
    found = [
        value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, Exercise)
    ]
    return [exercise for exercise in found if source_of(exercise.reference)]


def family(edit):
    return edit.name.split(": ")[1]


@cache
def edits_of(source, known=frozenset()):
    return {edit.name: edit for edit in machine_edits(source, known)}


@pytest.fixture(params=exercises(), ids=lambda exercise: exercise.number)
def exercise(request):
    return request.param


@pytest.fixture
def edits(exercise):
    return list(edits_of(source_of(exercise.reference), frozenset(exercise.returns)).values())


# ---------------------------------------------------------------------------------- each family


@pytest.mark.parametrize(
    "function, name, sentence", EXAMPLES, ids=[name for _, name, _ in EXAMPLES]
)
def test_a_family_makes_its_edit_and_says_what_it_does(function, name, sentence):
    assert edits_of(FUNCTIONS[function])[name].sentence == sentence


def test_every_family_has_an_example_here():
    families = {rule.__name__.replace("_", " ") for rule in [*LIKELY, *RARE, *OF_VALUES]}
    assert {name.split(": ")[1] for _, name, _ in EXAMPLES} == families


@pytest.mark.parametrize("function", FUNCTIONS)
def test_no_edit_of_a_small_function_is_the_function_itself(function):
    right = ast.unparse(ast.parse(FUNCTIONS[function]))
    assert all(edit.source != right for edit in edits_of(FUNCTIONS[function]).values())


# ---------------------------------------------------------------------------------- what they do


def test_a_factor_left_out_changes_the_value():
    edit = edits_of("def double(x):\n    return 2 * x\n")["line 2: factor: 2 * x → x"]
    assert function_of(edit.source, "double", {})(3) == 3


def test_the_same_mistake_is_also_made_in_every_place_at_once():
    source = "def both(x, y):\n    return [2 * x, 2 * y]\n"
    edit = edits_of(source)["everywhere: factor: 2 * x → x"]
    assert function_of(edit.source, "both", {})(3, 4) == [3, 4]
    assert edit.sentence == "Throughout, yours behaves as if the factor `2` were missing."


def test_a_list_in_one_line_is_also_taken_as_the_loop_a_beginner_writes():
    source = "def rows(a, b):\n    return [[x * y for x in a] for y in b]\n"
    grown = [edit for edit in machine_edits(source) if family(edit) == "begun only once"]
    assert function_of(grown[0].source, "rows", {})([1, 2], [3, 4]) == [[3, 6, 4, 8], [3, 6, 4, 8]]


def test_a_pair_is_set_one_after_the_other_with_what_was_computed_before_written_out():
    source = (
        "def fit(w, b, steps):\n    for _ in range(steps):\n        error = w + b\n        "
        "w, b = w - error, b - error\n    return w, b\n"
    )
    first = next(edit for edit in machine_edits(source) if family(edit) == "one after the other")
    assert function_of(first.source, "fit", {})(1, 2, 1) == (-2, 2)


@pytest.mark.parametrize(
    "source",
    [
        "def f(d):\n    return f\"{d['w']}: {d['b'] + 1:.2f}\"\n",
        "def f(d, k):\n    return {f'{k} {n}': d[f'{n}.x'] * 2 for n in k}\n",
        "def f(d):\n    return f'{d} is {len(d)}'\n",
    ],
)
def test_a_function_with_f_strings_is_edited(source):
    edits = machine_edits(source)
    assert edits
    for edit in edits:
        function_of(edit.source, "f", {})


def test_an_expression_in_an_f_string_is_edited():
    source = "def f(x, y):\n    return f'{x - y}'\n"
    turned = edits_of(source)["line 2: order turned: x - y → y - x"]
    assert function_of(turned.source, "f", {})(1, 3) == "2"


def test_an_edit_that_would_loop_for_ever_ends_by_itself():
    source = "def halve(x):\n    while x > 1:\n        x = x / 2\n    return x\n"
    endless = edits_of(source)["line 3: line left out: x = x / 2"]
    with pytest.raises(StopIteration):
        function_of(endless.source, "halve", {})(8)


def test_an_edited_function_has_globals_of_its_own():
    namespace = {"scale": 3}
    function = function_of("def f(x):\n    return scale * x\n", "f", namespace)
    namespace["scale"] = 5
    assert function(2) == 6
    assert "f" not in namespace


# ---------------------------------------------------------------------------------- what they say


def test_a_name_of_the_solution_alone_is_written_out_where_it_is_short():
    source = "def mean(x):\n    count = len(x)\n    return sum(x) / count\n"
    assert edits_of(source)["line 3: divisor: sum(x) / count → sum(x)"].sentence.endswith(
        "`/ len(x)` were missing."
    )


def test_a_name_that_the_learner_has_seen_stays_as_it_is():
    source = "def mean(x):\n    count = len(x)\n    return sum(x) / count\n"
    edit = edits_of(source, frozenset({"count"}))["line 3: divisor: sum(x) / count → sum(x)"]
    assert edit.sentence.endswith("`/ count` were missing.")


def test_a_longer_expression_behind_a_name_is_described_and_not_shown():
    source = "def slope(w, b, x, y):\n    e = w * x + b - y\n    return 2 * e\n"
    edit = edits_of(source)["line 3: factor: 2 * e → 2"]
    assert edit.sentence.endswith("Here `e` is computed from `b`, `w`, `x`, `y`.")


def test_a_value_without_arguments_comes_out_and_does_not_behave():
    edit = edits_of("def mean():\n    return (3 + 5) / 2\n")["line 2: divisor: (3 + 5) / 2 → 3 + 5"]
    assert edit.sentence == "Yours comes out as if `/ 2` were missing."


def test_sentences_are_short_and_whole(edits):
    for edit in edits:
        assert len(edit.sentence) <= 160
        assert edit.sentence[0].isupper() and edit.sentence.endswith(".")
        assert edit.sentence.count("`") % 2 == 0
        assert "  " not in edit.sentence and "_ " not in edit.sentence


def test_no_sentence_shows_a_line_of_the_solution(exercise, edits):
    lines = [
        line.strip() for line in ast.unparse(ast.parse(source_of(exercise.reference))).splitlines()
    ]
    values = [
        re.sub(r"^(return |[\w, .]+ = )", "", line)
        for line in lines
        if "(" in line or " * " in line
    ]
    telling = {
        text for text in [*lines, *values] if len(re.findall(r" (?:[-+*/@]|\*\*) ", text)) > 1
    }
    for edit in edits:
        shown = re.findall(r"`([^`]*)`", edit.sentence)
        assert not telling & set(shown), edit


# ------------------------------------------------------------------------------ what is true of all


def test_they_come_in_the_same_order_each_time(exercise, edits):
    assert machine_edits(source_of(exercise.reference), frozenset(exercise.returns)) == edits


def test_names_and_functions_are_unique(edits):
    assert len({edit.name for edit in edits}) == len(edits)
    assert len({ast.dump(ast.parse(edit.source)) for edit in edits}) == len(edits)


def test_they_compile_without_a_warning(exercise, edits, recwarn):
    for edit in edits:
        assert callable(
            function_of(edit.source, exercise.reference.__name__, exercise.reference.__globals__)
        )
    assert not recwarn.list


def test_there_are_enough_and_not_too_many(edits):
    assert 20 <= len(edits) <= 320


def test_a_source_without_a_function_is_refused():
    with pytest.raises(ValueError, match="no function"):
        machine_edits("x = 1\n")
