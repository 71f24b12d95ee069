"""Answers as plain data: whatever a learner passes becomes numbers, text, lists and dicts, and only
those are compared.

The conversion runs any code a learner's objects bring along, so it belongs under the clock of
`running`; everything after it works on harmless data of bounded size.
"""

import contextlib
import math
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from numbers import Complex, Integral, Rational, Real

LARGEST = 200_000  # entries, and characters of a text
_LONGEST = 10_000  # bits of a fraction's two numbers; of longer ones every operation takes a while
_NUMBERS = ((Integral, int), (Rational, Fraction), (Real, float), (Complex, complex))


class TooLarge(Exception):
    """More entries than any exercise asks for."""


@dataclass(frozen=True)
class Thing:
    """Stands for an object that is no plain data: a generator, a function, a class of the
    learner's own.
    """

    kind: str
    name: str


class Lone(list):
    """An array of one number, such as a weight of shape (1, 1): as good as the number itself."""


def plain(answer):
    """Return `answer` built of None, ..., bool, str, numbers, list and dict only; anything else is
    a Thing.

    Tuples, ranges and arrays become lists; a Value or a Tensor becomes its `data`.
    """
    try:
        return _plain(answer, iter(range(LARGEST)))
    except TooLarge:
        return Thing(f"collection of more than {LARGEST:,} entries", "a very large collection")
    except RecursionError:
        return Thing("collection that contains itself", "a collection that contains itself")


def _plain(x, room):
    if next(room, None) is None:
        raise TooLarge
    # most are plain numbers already
    if type(x) is float or x is None or x is ... or isinstance(x, bool):
        return x
    if isinstance(x, Enum):
        return _plain(x.value, room)
    if isinstance(x, str):
        return _plain_text(x)
    for kind, convert in _NUMBERS:
        if isinstance(x, kind):
            return _within_reach(convert(x))
    if isinstance(x, dict):
        return {str(key): _plain(value, room) for key, value in x.items()}
    if isinstance(x, (list, tuple, range)):
        if len(x) > LARGEST:
            raise TooLarge
        return [_plain(entry, room) for entry in x]
    return _plain_object(x, room)


def _plain_text(x):
    if len(x) > LARGEST:
        return Thing(f"text of more than {LARGEST:,} characters", "a very long text")
    return str.__str__(x)  # of NumPy's texts and of a class of the learner's too


def _within_reach(number):
    try:
        complex(number)
    except OverflowError:  # no answer is that large, and arithmetic with it could take forever
        return Thing("number of hundreds of digits", "a number of hundreds of digits")
    if isinstance(number, Fraction) and _bits(number) > _LONGEST:
        return Thing("fraction of thousands of digits", "a fraction of thousands of digits")
    return number


def _bits(fraction):
    return fraction.numerator.bit_length() + fraction.denominator.bit_length()


def _plain_object(x, room):
    if isinstance(x, type) or callable(x) and hasattr(x, "__name__"):
        return Thing("class" if isinstance(x, type) else "function", str(x.__name__)[:60])
    if hasattr(x, "tolist"):
        if math.prod(getattr(x, "shape", ())) > LARGEST:
            raise TooLarge
        return _with_lone_numbers(_plain(x.tolist(), room))
    if hasattr(x, "data"):
        return _plain(x.data, room)
    # a symbol of SymPy has __float__, and cannot use it
    with contextlib.suppress(TypeError, ValueError):
        if hasattr(x, "__float__"):
            return float(x)
    return Thing(type(x).__name__, f"a {type(x).__name__}")


def graph_kinds(answer, depth=4):
    """Return the names of the kinds of number with a graph behind them (Tensor, Value) that an
    answer is made of; a network, of its parameters.
    """
    if hasattr(answer, "named_parameters"):
        answer = list(answer.parameters())
    if isinstance(answer, (list, tuple, dict)) and depth:
        entries = answer.values() if isinstance(answer, dict) else answer
        return frozenset().union(*(graph_kinds(entry, depth - 1) for entry in list(entries)[:1000]))
    has_graph = hasattr(answer, "data") and hasattr(answer, "backward")
    return frozenset({type(answer).__name__}) if has_graph else frozenset()


def _with_lone_numbers(entries):
    """Return the lists of an array with every list that holds one number alone as a Lone."""
    if not isinstance(entries, list):
        return entries
    inside = [_with_lone_numbers(entry) for entry in entries]
    return Lone(inside) if len(inside) == 1 and type(inside[0]) is not list else inside


def is_number(x):
    if type(x) is float:
        return True
    return isinstance(x, (int, float, Fraction, complex)) and not isinstance(x, bool)


def leaves(x, path=""):
    """Yield (path, entry) for every entry of nested lists and dicts, the path as it is written
    in Python.
    """
    if not isinstance(x, (list, dict)):
        yield path, x
        return
    for key, entry in x.items() if isinstance(x, dict) else enumerate(x):
        yield from leaves(entry, f"{path}[{key!r}]")


def close(a, b, tolerance):
    """Tell whether two numbers agree: relative tolerance, a thousandth of it absolute, NaN like
    NaN.
    """
    if a == b or (a != a and b != b):
        return True
    return abs(a - b) <= max(tolerance * max(abs(a), abs(b)), tolerance / 1000) < math.inf


def same(a, b, tolerance):
    """Tell whether a plain answer, `a`, agrees with the right one, `b`, in structure and in every
    entry.

    Where a number is asked for, True counts as 1 and False as 0, and an array of one number as that
    number.
    """
    if is_number(b) and isinstance(a, Lone):
        a = next(leaf for _, leaf in leaves(a))
    if is_number(b) and isinstance(a, bool):
        a = int(a)
    if is_number(a) and is_number(b):
        return close(a, b, tolerance)
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(same(x, y, tolerance) for x, y in zip(a, b, strict=True))
    if type(a) is not type(b):
        return False
    if isinstance(a, dict):
        return a.keys() == b.keys() and all(same(a[key], b[key], tolerance) for key in a)
    return a == b


def lone_numbers_out(mine, right):
    """Return a plain answer with each array of one number as that number, where a number is asked
    for.
    """
    if is_number(right) and isinstance(mine, Lone):
        return next(leaf for _, leaf in leaves(mine))
    both_lists = isinstance(mine, list) and isinstance(right, list)
    if not both_lists or isinstance(mine, Lone) or len(mine) != len(right):
        return mine
    return [lone_numbers_out(m, r) for m, r in zip(mine, right, strict=True)]


def shape(x):
    """Return the shape of nested lists as NumPy would; None stands where entries differ in
    length.
    """
    if not isinstance(x, list):
        return ()
    inner = {shape(entry) for entry in x}
    if len(inner) > 1:
        return (len(x), None)
    return (len(x), *(inner.pop() if inner else ()))


def as_text(x, digits=6, width=160):
    """Return plain data as short text, numbers to so many significant digits."""
    written = _text(x, digits)
    return written if len(written) <= width else written[: width - 2].rstrip(" ,") + " …"


def _text(x, digits):
    if isinstance(x, (float, complex)):
        return f"{x + 0:.{digits}g}"  # + 0 turns -0.0 into 0
    if isinstance(x, (int, Fraction)) and abs(x.numerator) + x.denominator > 10**30:
        return f"about {float(x):.{digits}g}"
    if isinstance(x, str):
        return repr(x if len(x) <= 60 else x[:59] + "…")
    if isinstance(x, (list, dict)):
        keys = [f"{key!r}: " for key in x] if isinstance(x, dict) else [""] * len(x)
        entries = x.values() if isinstance(x, dict) else x
        parts = [key + _text(entry, digits) for key, entry in zip(keys[:8], entries, strict=False)]
        more = [f"… {len(x) - 8} more"] if len(x) > 8 else []
        brackets = "{}" if isinstance(x, dict) else "[]"
        return brackets[0] + ", ".join(parts + more) + brackets[1]
    return x.name if isinstance(x, Thing) else "..." if x is ... else str(x)
