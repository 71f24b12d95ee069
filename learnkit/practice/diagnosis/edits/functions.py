"""Edits of calls: another function of the same kind, a sum for a mean, a power or a call in the
wrong place.
"""

import ast

from .tree import (
    COMPREHENSIONS,
    Change,
    formed,
    is_call_of,
    is_operation,
    is_question,
    last_name,
    with_values,
)

_PAIRS = [
    ("min", "max"), ("argmin", "argmax"), ("any", "all"), ("floor", "ceil"), ("ceil", "round"),
    ("floor", "round"), ("log", "exp"), ("log", "log10"), ("log", "log2"), ("sin", "cos"),
    ("zeros", "ones"), ("append", "extend"), ("sum", "max"), ("abs", "float"), ("sqrt", "abs"),
    ("relu", "tanh"), ("mean", "max"), ("mean", "median"),
]  # fmt: skip
_DOES = {
    "min": "took the smallest", "max": "took the largest",
    "argmin": "took the place of the smallest",
    "argmax": "took the place of the largest", "floor": "took the whole number below",
    "ceil": "took the whole number above", "round": "took the nearest whole number",
    "log": "took the natural logarithm", "log10": "took the logarithm to base 10",
    "log2": "took the logarithm to base 2", "exp": "took the exponential", "sum": "took the sum",
    "mean": "took the mean", "median": "took the median", "abs": "took the size",
    "any": "had to be true only once", "all": "had to be true of every entry",
    "sqrt": "took the square root", "sin": "took the sine", "cos": "took the cosine",
}  # fmt: skip
_BUILT_IN = {"min", "max", "any", "all", "round", "sum", "abs", "float"}
# module.name does not exist
_OF_A_MODULE = {"round": {"math"}, "abs": {"math"}, "float": {"np", "math"}}


def function_exchanged(node, scene, words):
    """min(a) → max(a); np.argmin(a) → np.argmax(a)."""
    if not isinstance(node, ast.Call):
        return
    name = last_name(node.func)
    pairs = [pair for pair in _PAIRS if name in pair]
    for other in (each for pair in pairs for each in pair if each != name):
        if (function := _renamed(node.func, other)) is not None:
            new = ast.Call(function, node.args, node.keywords)
            yield Change(node, new, _claim(node, other, words))


def _claim(node, other, words):
    does = _DOES.get(other, f"called `{other}`")
    if isinstance(node.args[0] if node.args else None, COMPREHENSIONS):
        asked = words.code(node.args[0].elt)
        return f"it {does} of all {asked}" if other not in ("any", "all") else f"{asked} {does}"
    what = node.args[0] if node.args else node.func.value
    return (
        f"it {does} of {words.code(what)}"
        if other in _DOES
        else f"it {does} with {words.code(what)}"
    )


def _renamed(function, name):
    if isinstance(function, ast.Name):
        return ast.Name(name, ast.Load()) if name in _BUILT_IN | {"log", "exp"} else None
    module = getattr(function.value, "id", "")
    if module in _OF_A_MODULE.get(name, ()) or (
        module == "math" and name in ("min", "max", "sum", "any", "all")
    ):
        return ast.Name(name, ast.Load())
    return ast.Attribute(function.value, name, ast.Load())


def sum_for_mean(node, scene, words):
    """np.mean(a) → np.sum(a); a.mean() → a.sum()."""
    if is_call_of(node, "mean") and isinstance(node.func, ast.Attribute):
        claim = "it added up without dividing by the count"
        yield Change(node, ast.Call(_renamed(node.func, "sum"), node.args, node.keywords), claim)


def root_of_the_mean(node, scene, words):
    """np.mean(a ** 2) → np.mean(a ** 2) ** 0.5: the root of the mean square for the mean square."""
    if (
        is_call_of(node, "mean")
        and isinstance(node.func, ast.Attribute)
        and is_operation(_inside_of(node)[0], ast.Pow)
    ):
        yield Change(node, formed("it ** 0.5", it=node), "the square root of the mean were taken")


def outer_sum(node, scene, words):
    """np.outer(a, b) → a[:, None] + b."""
    if is_call_of(node, "outer") and len(node.args) == 2:
        left, right = (words.code(argument) for argument in node.args)
        new = formed("left[:, None] + right", left=node.args[0], right=node.args[1])
        yield Change(
            node, new, f"each entry of {left} were added to each of {right}, not multiplied"
        )


def mean_left_out(node, scene, words):
    """sum(a) / n → a; sum(f(b) for b in a) / n → f(a): arrays where their mean belongs."""
    if not is_operation(node, ast.Div) or not is_call_of(node.left, "sum") or not node.left.args:
        return
    terms = node.left.args[0]
    if isinstance(terms, COMPREHENSIONS):
        loop = terms.generators[0]
        if len(terms.generators) > 1 or not isinstance(loop.target, ast.Name):
            return
        terms = with_values(terms.elt, {loop.target.id: loop.iter})
    claim = f"{words.code(terms)} were not averaged"
    yield Change(node, terms, claim, alike="nothing were averaged")


def mean_for_sum(node, scene, words):
    """sum(a) → sum(a) / len(a); np.sum(a) → np.mean(a)."""
    if not is_call_of(node, "sum") or is_operation(scene.parent(node), ast.Div):
        return
    claim = "it took a mean where everything is to be added up"
    if isinstance(node.func, ast.Attribute):
        yield Change(node, ast.Call(_renamed(node.func, "mean"), node.args, node.keywords), claim)
    elif len(node.args) == 1:
        yield Change(node, formed("total / len(list(it))", total=node, it=node.args[0]), claim)


def mean_of_rows_only(node, scene, words):
    """np.mean(a) → np.sum(a) / len(a); a.mean() → a.sum() / 4 is another matter."""
    if is_call_of(node, "mean") and isinstance(node.func, ast.Attribute) and not node.args:
        parts = {"it": node.func.value}
        template = "it.sum() / len(it.data)"
        yield Change(node, formed(template, **parts), "it divided by the number of rows alone")


def one_term_only(node, scene, words):
    """sum(a) → the first, or the last of what is added."""
    if is_call_of(node, "sum") and isinstance(node.func, ast.Name) and len(node.args) == 1:
        for place, which in ((-1, "last"), (0, "first")):
            claim = f"only the {which} of the terms counted, without adding up"
            yield Change(node, formed(f"list(it)[{place}]", it=node.args[0]), claim)
        yield Change(
            node, formed("list(it)", it=node.args[0]), "the terms were listed and not added up"
        )


def split_over_a_product(node, scene, words):
    """mean(a * b) → mean(a) * mean(b)."""
    if not _is_total(node):
        return
    inner, rebuild = _inside_of(node)
    if is_operation(inner, ast.Mult, ast.Sub, ast.Add):
        product = ast.BinOp(rebuild(inner.left), inner.op, rebuild(inner.right))
        left, right = words.code(inner.left), words.code(inner.right)
        claim = f"{left} and {right} were totalled one by one before they are combined"
        yield Change(node, product, claim)


def power_outside(node, scene, words):
    """sum(a ** 2) → sum(a) ** 2; mean likewise."""
    if not _is_total(node):
        return
    inner, rebuild = _inside_of(node)
    if is_operation(inner, ast.Pow):
        claim = f"the power were taken after the `{last_name(node.func)}`, not before"
        yield Change(node, ast.BinOp(rebuild(inner.left), ast.Pow(), inner.right), claim)


def _is_total(node):
    return is_call_of(node, "sum", "mean") and (node.args or isinstance(node.func, ast.Attribute))


def _inside_of(node):
    """Return what a total adds up, term by term, and a function that makes the same total of
    something else.
    """
    if not node.args:
        return node.func.value, lambda it: ast.Call(
            ast.Attribute(it, node.func.attr, ast.Load()), [], node.keywords
        )
    first = node.args[0]
    if isinstance(first, (ast.GeneratorExp, ast.ListComp)):
        return first.elt, lambda it: ast.Call(
            node.func, [type(first)(it, first.generators)], node.keywords
        )
    return first, lambda it: ast.Call(node.func, [it, *node.args[1:]], node.keywords)


def count_one_off(node, scene, words):
    """len(a) → len(a) - 1, len(a) + 1; the same for math.ceil and int."""
    if is_call_of(node, "len", "ceil", "floor", "int") and not is_call_of(
        scene.parent(node), "range"
    ):
        code = words.code(node)
        yield Change(node, formed("it + 1", it=node), f"{code} were one larger")
        yield Change(node, formed("it - 1", it=node), f"{code} were one smaller")


def cut_to_whole_numbers(node, scene, words):
    """[a for …] → [int(a) for …]: decimals lost."""
    if (
        isinstance(node, ast.ListComp)
        and not isinstance(node.elt, COMPREHENSIONS)
        and not is_question(node.elt)
    ):
        claim = "the decimals of each entry were cut off"
        yield Change(node.elt, formed("int(it)", it=node.elt), claim)


EDITS = [sum_for_mean, function_exchanged, mean_for_sum, one_term_only]
RARE = [
    mean_left_out,
    root_of_the_mean,
    outer_sum,
    mean_of_rows_only,
    split_over_a_product,
    power_outside,
    count_one_off,
    cut_to_whole_numbers,
]
