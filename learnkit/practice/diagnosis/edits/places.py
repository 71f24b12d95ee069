"""Edits of places: indices, axes, slices, the bounds of a count, and which entries of a
collection take part.
"""

import ast

from .tree import Change, formed, is_call_of, is_loaded, is_number, is_operation, number_of

_PARTS = {
    "[:-1]": "the last entry of {} were left out",
    "[1:]": "the first entry of {} were left out",
    "[:1]": "only the first entry of {} took part",
    "[-1:]": "only the last entry of {} took part",
    "[::-1]": "the entries of {} came in reverse order",
}


def indices_exchanged(node, scene, words):
    """a[i][j] → a[j][i]; a[i, j] → a[j, i]; a[:, i] → a[i], a[i, :]; a[i] → a[:, i]."""
    if not isinstance(node, ast.Subscript) or not is_loaded(node):
        return
    inner = node.value
    if isinstance(inner, ast.Subscript):
        swapped = ast.Subscript(
            ast.Subscript(inner.value, node.slice, node.ctx), inner.slice, node.ctx
        )
        yield Change(node, swapped, f"rows and columns of {words.code(inner.value)} changed places")
    if isinstance(node.slice, ast.Tuple) and len(node.slice.elts) == 2:
        yield from _axes_exchanged(node, words)


def _axes_exchanged(node, words):
    first, second = node.slice.elts
    swapped = ast.Subscript(node.value, ast.Tuple([second, first], ast.Load()), node.ctx)
    yield Change(
        node, swapped, f"the indices of {words.code(node.value)} changed places: rows for columns"
    )
    if isinstance(first, ast.Slice) and not _is_none(second):
        claim = f"rows of {words.code(node.value)} were chosen where columns are asked for"
        yield Change(node, ast.Subscript(node.value, second, node.ctx), claim)


def columns_chosen(node, scene, words):
    """a[i] → a[:, i], for an index that also chooses columns elsewhere."""
    if not isinstance(node, ast.Subscript) or isinstance(
        node.slice, (ast.Tuple, ast.Slice, ast.Constant)
    ):
        return
    beside = [
        each
        for each in scene.nodes
        if isinstance(each, ast.Subscript) and isinstance(each.slice, ast.Tuple)
    ]
    if beside and is_loaded(node):
        claim = f"columns of {words.code(node.value)} were chosen where rows are asked for"
        yield Change(node, formed("it[:, index]", it=node.value, index=node.slice), claim)


def order_undone(node, scene, words):
    """a[order] → a[np.argsort(order)], for an index that is a name and stands elsewhere too."""
    if isinstance(node, ast.Name) and _is_order(node, scene):
        inverse = formed("sorted(range(len(it)), key=list(it).__getitem__)", it=node)
        claim = f"{words.code(node)} were undone and not applied"
        yield Change(node, inverse, claim)


def _is_order(node, scene):
    """Tell whether a name is an index into several collections at once, as an order of rows is."""
    places = [each for each in scene.nodes if isinstance(each, ast.Subscript)]
    indices = [index for each in places for index in getattr(each.slice, "elts", [each.slice])]
    using = [
        index
        for index in indices
        if getattr(index, "id", "") == node.id and node.id in scene.arguments
    ]
    return len(using) > 1 and any(index is node for index in using)


def index_one_off(node, scene, words):
    """a[i] → a[i - 1], a[i + 1]; a[0] → a[1], a[-1]."""
    if not isinstance(node, ast.Subscript) or not is_loaded(node):
        return
    index, code = node.slice, words.code(node.value)
    if (place := number_of(index)) is not None:
        for other in dict.fromkeys((place + 1, place - 1, -1, 0)):
            if other != place:
                claim = f"it took entry {other} of {code}, not the one asked for"
                yield Change(node, ast.Subscript(node.value, ast.Constant(other), node.ctx), claim)
    elif isinstance(index, (ast.Name, ast.BinOp)):
        for step, which in (("- 1", "the one before"), ("+ 1", "the one after")):
            new = formed(f"it[index {step}]", it=node.value, index=index)
            claim = f"the entry of {code} were {which}, not the one asked for"
            yield Change(node, new, claim, alike=f"each entry were {which}, not the one asked for")


def slice_moved(node, scene, words):
    """a[1:] → a, a[:-1]; a[1:n] → a[2:n], a[1:n - 1]."""
    if not isinstance(node, ast.Slice):
        return
    for bound, words_for in (("lower", "beginning"), ("upper", "end")):
        value = getattr(node, bound)
        if value is None:
            continue
        for step in ("+ 1", "- 1"):
            moved = {
                "lower": node.lower,
                "upper": node.upper,
                bound: formed(f"it {step}", it=value),
            }
            claim = f"the {words_for} of the slice were one entry off"
            yield Change(node, ast.Slice(moved["lower"], moved["upper"], node.step), claim)


def transposed(node, scene, words):
    """a @ b → a.T @ b; a.T → a."""
    if is_operation(node, ast.MatMult):
        for side in (node.left, node.right):
            yield Change(side, formed("it.T", it=side), f"{words.code(side)} were transposed")
    if isinstance(node, ast.Attribute) and node.attr == "T":
        yield Change(node, node.value, f"{words.code(node.value)} were not transposed")


def axis_exchanged(node, scene, words):
    """f(a, axis=0) → f(a, axis=1)."""
    if isinstance(node, ast.keyword) and node.arg == "axis" and is_number(node.value):
        claim = "it went along the other axis"
        yield Change(node, ast.keyword("axis", ast.Constant(1 - node.value.value)), claim)


def rounds_one_off(node, scene, words):
    """range(n) → range(1, n), range(n - 1), range(n + 1)."""
    if not is_call_of(node, "range"):
        return
    start = node.args[0] if len(node.args) > 1 else ast.Constant(0)
    stop, code = node.args[-1 if len(node.args) < 3 else 1], words.code(node)
    counted = getattr(scene.parent(node), "target", None)
    fewer, more = "one round too few were made", "one round too many were made"
    if getattr(counted, "id", "_") != "_":
        fewer, more = f"{code} ended one too early", f"{code} ended one too late"
        new = formed("range(start + 1, stop)", start=start, stop=stop)
        yield Change(node, new, f"{code} began one too late", placed=False)
        new = formed("range(start + 1, stop + 1)", start=start, stop=stop)
        yield Change(node, new, f"{code} counted from one higher", placed=False)
    yield Change(
        node, formed("range(start, stop - 1)", start=start, stop=stop), fewer, placed=False
    )
    yield Change(node, formed("range(start, stop + 1)", start=start, stop=stop), more, placed=False)


def some_entries_only(node, scene, words):
    """for a in b → for a in b[1:], b[:-1], b[:1], b[-1:], b[::-1]."""
    if not isinstance(node, (ast.For, ast.comprehension)) or is_call_of(node.iter, "range"):
        return
    code = words.code(_walked(node.iter))
    for part, claim in _PARTS.items():
        if part == "[::-1]" and isinstance(scene.parent(node), ast.GeneratorExp):
            continue  # a sum, or any of them, is the same in every order
        new = formed(f"list(it){part}", it=node.iter)
        yield Change(node.iter, new, claim.format(code), alike=claim.format("each collection"))


def some_entries_counted(node, scene, words):
    """min(a) → min(a[1:]); np.argmin(a) → np.argmin(a[:1]); and so on."""
    total = ("min", "max", "sum", "mean", "argmin", "argmax", "any", "all")
    if is_call_of(node, *total) and node.args and isinstance(node.args[0], ast.Name):
        for part, claim in list(_PARTS.items())[:4]:
            entries = formed(f"it{part}", it=node.args[0])
            yield Change(node.args[0], entries, claim.format(words.code(node.args[0])))


def _walked(iterable):
    """Return what a loop walks through for the learner: the first argument of zip and enumerate."""
    return (
        iterable.args[0] if is_call_of(iterable, "zip", "enumerate") and iterable.args else iterable
    )


def places_for_entries(node, scene, words):
    """for a in b → for a in range(len(b)): the numbers 0, 1, 2 for the entries."""
    if isinstance(node, (ast.For, ast.comprehension)) and isinstance(node.iter, ast.Name):
        claim = "it used the places 0, 1, 2 … and not the entries themselves"
        yield Change(node.iter, formed("range(len(it))", it=node.iter), claim)


def zeros_skipped(node, scene, words):
    """for a in b → for a in b if a."""
    listed = isinstance(scene.parent(node), ast.ListComp)
    if (
        isinstance(node, ast.comprehension)
        and listed
        and isinstance(node.target, ast.Name)
        and not node.ifs
    ):
        if not is_call_of(node.iter, "range"):
            claim = f"entries of {words.code(node.iter)} that are 0 were skipped"
            asked = formed("it != 0", it=ast.Name(node.target.id, ast.Load()))
            yield Change(node, ast.comprehension(node.target, node.iter, [asked], 0), claim)


def _is_none(node):
    """Tell whether a node is the word None."""
    return isinstance(node, ast.Constant) and node.value is None


EDITS = [
    indices_exchanged,
    columns_chosen,
    axis_exchanged,
    transposed,
    rounds_one_off,
    index_one_off,
]
RARE = [
    slice_moved,
    some_entries_only,
    some_entries_counted,
    places_for_entries,
    zeros_skipped,
    order_undone,
]
