"""What kind of thing the answer is: None, text, a function, a list where something else belongs;
its shape.
"""

import math

from ...plain import Thing, is_number, leaves, same, shape

_LAZY = {
    "a generator",
    "a map",
    "a zip",
    "a filter",
    "a dict_keys",
    "a dict_values",
    "a dict_items",
}
_WORDS = {bool: "True or False", str: "text", dict: "a dictionary", type(None): "None"}


def kind(x):
    """Return in words what a plain answer is."""
    if is_number(x):
        return "a number"
    if isinstance(x, list):
        return "a list"
    return f"a {x.kind}" if isinstance(x, Thing) else _WORDS.get(type(x), "a `...`")


def nothing(evidence):
    """Always None: printed instead of returned, or no `return` at all."""
    if not all(mine is None and right is not None for mine, right in evidence.pairs):
        return ""
    if any(outcome.printed for outcome in evidence.mine):
        return (
            "Yours prints its result and hands nothing on: end with `return` in place of `print`."
        )
    return "Yours is None: does your function end with `return`?"


def sometimes_nothing(evidence):
    """None in some cases: one way through the function returns nothing."""
    missing = [
        i for i, (mine, right) in enumerate(evidence.pairs) if mine is None and right is not None
    ]
    if 0 < len(missing) < len(evidence.pairs) and all(
        evidence.is_right(i) for i in range(len(evidence.mine)) if i not in missing
    ):
        return (
            "Where yours gives an answer it is right, but one way through your function ends "
            "without a `return` of something."
        )
    return ""


def dots(evidence):
    """A `...` left somewhere in the answer."""
    for mine, _ in evidence.pairs:
        places = [path for path, leaf in leaves(mine) if leaf is ...]
        if places:
            return f"There is still a `...` in place of entry `{places[0]}`."
    return ""


def other_kind(evidence):
    """A function, a generator, text, a dictionary where something else belongs."""
    kinds = {(kind(mine), kind(right)) for mine, right in evidence.pairs if mine is not None}
    if not kinds:
        return ""
    mine, right = kinds.pop()
    # those two are told by their shapes
    if kinds or mine == right or {mine, right} == {"a number", "a list"}:
        return ""
    wanted = "several values together" if evidence.exercise.returns and right == "a list" else right
    return f"Yours is {mine}; the answer is {wanted}.{_advice(mine)}"


def _advice(mine):
    if mine in _LAZY:
        return " Put `list(...)` around it."
    if mine == "a function":
        return " Did you forget the brackets that call it?"
    return ""


def uncalled_inside(evidence):
    """Functions or methods among the entries: `loss.item` without its brackets."""
    for mine, right in evidence.pairs:
        ours = dict(leaves(mine))
        for path, _ in leaves(right):
            entry = ours.get(path)
            if isinstance(entry, Thing) and entry.kind == "function":
                return (
                    f"Yours holds a function, `{entry.name}`, where a number belongs: call it, "
                    "with brackets behind."
                )
    return ""


def text_for_numbers(evidence):
    """Numbers in quotation marks."""

    def is_text_for_a_number(mine, right):
        ours = dict(leaves(mine))
        return any(
            isinstance(ours.get(path), str) and is_number(entry) for path, entry in leaves(right)
        )

    if all(is_text_for_a_number(mine, right) for mine, right in evidence.pairs):
        return "Yours holds text where a number belongs: leave out the quotation marks."
    return ""


def wrapped(evidence):
    """The right number inside a list."""

    def is_wrapped(mine, right):
        inside = [leaf for _, leaf in leaves(mine)]
        return (
            isinstance(mine, list)
            and is_number(right)
            and len(inside) == 1
            and same(inside[0], right, 1e-6)
        )

    if all(is_wrapped(mine, right) for mine, right in evidence.pairs):
        return (
            "Yours is the right number inside a list or an array: take it out, as `.item()` does "
            "from an array."
        )
    return ""


def nothing_inside(evidence):
    """None among the entries, where a number belongs."""
    for mine, right in evidence.pairs:
        ours = dict(leaves(mine))
        for path, entry in leaves(right):
            if path and is_number(entry) and path in ours and ours[path] is None:
                return (
                    f"Yours holds None where a number belongs, as in entry `{path}`: None is no "
                    "number, not even 0."
                )
    return ""


def not_finite(evidence):
    """nan or infinity where every right number is finite."""

    def odd(x):
        return [
            leaf for _, leaf in leaves(x) if isinstance(leaf, float) and not math.isfinite(leaf)
        ]

    found = [odd(mine) for mine, right in evidence.pairs if not odd(right)]
    if all(found) and found:
        return (
            f"Yours contains {found[0][0]}: look for a division by zero, a log of 0, or an "
            "overflow."
        )
    return ""


# ------------------------------------------------------------------------------------------- shapes


def lists_for_numbers(evidence):
    """Lists where single numbers belong."""

    def has_lists_for_numbers(mine, right):
        if not isinstance(mine, list) or not isinstance(right, list) or len(mine) != len(right):
            return False
        return any(isinstance(m, list) and is_number(r) for m, r in _entries(mine, right))

    wrong = evidence.wrong_pairs
    if wrong and all(has_lists_for_numbers(mine, right) for mine, right in wrong):
        return "Some entries of yours are lists where one number belongs."
    return ""


def _entries(mine, right):
    """Yield the entries of two lists side by side, those of inner lists of equal length too."""
    for m, r in zip(mine, right, strict=True):
        if isinstance(m, list) and isinstance(r, list) and len(m) == len(r):
            yield from _entries(m, r)
        else:
            yield m, r


def ragged(evidence):
    """Rows of different lengths where the right rows are alike."""
    for mine, right in evidence.pairs:
        if None in shape(mine) and None not in shape(right) and len(shape(right)) > 1:
            differ = "The rows of yours differ in length, and they should not"
            if not evidence.exercise.takes_function:
                return f"{differ}."
            return f"{differ}: is each row made anew, from an empty list?"
    return ""


def extra_dimension(evidence):
    """The right answer inside one more list, or without its outer list."""
    if all(
        isinstance(mine, list) and len(mine) == 1 and same(mine[0], right, 1e-6)
        for mine, right in evidence.pairs
    ):
        return "Yours is the right answer inside one list too many: take it out."
    return ""


def other_shape(evidence):
    """Another shape or length in every case that is wrong."""
    wrong = evidence.wrong_pairs
    if not wrong or any(shape(mine) == shape(right) for mine, right in wrong):
        return ""
    mine, right = (shape(x) for x in wrong[0])
    if len(mine) == len(right) == 1:
        return f"Yours has {_count(mine[0])}; the answer has {right[0]}."
    return f"Yours {_in_words(mine)}; the answer {_in_words(right)}."


def _in_words(shape):
    if not shape:
        return "is a single number"
    if None in shape:
        return "is a list whose entries differ in length"
    return f"has shape {shape}" if len(shape) > 1 else f"is a list of {_count(shape[0])}"


def _count(n):
    return "1 entry" if n == 1 else f"{n} entries"


FINDINGS = [
    nothing,
    sometimes_nothing,
    dots,
    uncalled_inside,
    other_kind,
    text_for_numbers,
    nothing_inside,
    wrapped,
    not_finite,
]
SHAPES = [
    lists_for_numbers,
    ragged,
    extra_dimension,
    other_shape,
]
