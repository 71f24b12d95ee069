"""Numbers as text: the digits that a template writes, and the labels of ticks and levels.

`written` follows the same rules as `digits` in script/numbers.js, so that picture, page and
sentence say one number in one way; tests/painter/expressions.json holds the cases of both.
"""

import math
import re
from decimal import ROUND_HALF_UP, Context, Decimal

SPEC = re.compile(r"(\+?)(?:(d)|(?:\.(\d{1,2}))?([fe]?))")
# holds every digit of every float, so that rounding sees the number itself
EXACT = Context(prec=1200, rounding=ROUND_HALF_UP)
# from here on decimals, and then units, are not worth reading: powers of ten are
LARGE, HUGE = 1e7, 1e15
MOST = 3e38  # about where float32 ends: what is more, and yet finite, is told as more than this


def number_format(spec):
    """A format such as ".2f", "+.1e" or "d" as {"plus", "places", "kind"}, or {} for "".

    Raises ValueError for any other format.
    """
    match = SPEC.fullmatch(spec)
    if not match:
        raise ValueError(f"{spec!r} is no format; write one such as .2f, .1e or d, or + before it")
    plus, whole, places, kind = match.groups()
    form = {}
    if plus:
        form["plus"] = True
    if whole or places:
        form["places"] = int(places or 0)
    if kind:
        form["kind"] = kind
    return form


def digits(number, spec=""):
    """A number as text in a format such as ".2f": see `written`."""
    return written(number, **number_format(spec))


def written(number, plus=False, places=None, kind="f"):
    """A number as text, with a true minus sign and no minus before a zero; halves are rounded up.

    plus: whether a positive number has a sign. places: decimals; none for whole numbers and three
    for others unless told. kind: "f" for decimals, "e" for powers of ten, in which large numbers
    are written anyway. NaN is "–", and only infinity is "∞".
    """
    if not math.isfinite(number):
        return "–" if math.isnan(number) else "∞" if number > 0 else "−∞"
    if abs(number) >= MOST:
        return "over 3e38" if number > 0 else "under −3e38"
    if places is None:
        places = 0 if float(number).is_integer() else 3
    if kind == "f" and abs(number) >= (LARGE if places else HUGE):
        kind, places = "e", 2
    text = _rounded(number, places, kind).replace("-", "−")
    if not re.search("[1-9]", text):  # a zero has no sign
        return text.replace("−", "")
    return "+" + text if plus and number > 0 else text


def _rounded(number, places, kind):
    exact = Decimal(float(number))
    last = exact.adjusted() - places if kind == "e" else -places
    return format(exact.quantize(Decimal(1).scaleb(last), context=EXACT), f".{places}{kind}")


def tick_text(number):
    """The label of a tick: up to six significant figures, with a true minus sign."""
    return re.sub(r"e([+-])0", r"e\1", f"{number:.6g}").replace("-", "−")


def level_texts(levels, least=2):
    """The levels of a colour scale as texts: so many significant figures, more where they are
    needed to tell one level from the next; what is nothing beside the whole scale is 0.
    """
    span = max(levels) - min(levels)
    levels = [0.0 if abs(level) < 1e-6 * span else float(level) for level in levels]
    for figures in range(least, 7):
        # a hair larger, so that halves are rounded up, as everywhere else
        texts = [tick_text(float(f"{level * (1 + 1e-12):.{figures}g}")) for level in levels]
        if len(set(texts)) == len(set(levels)):
            break
    return texts


def nice_ticks(low, high, wanted=6):
    """About `wanted` round numbers between low and high; the one number if they are the same."""
    if not low < high:
        return [float(low)]
    rough = (high - low) / wanted
    unit = 10.0 ** math.floor(math.log10(rough))
    step = next(m * unit for m in (1, 2, 5, 10) if m * unit >= rough * 0.999)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [float(f"{k * step:.9g}") for k in range(first, last + 1)]


def whole_ticks(low, high, wanted=6):
    """Those of about `wanted` round numbers between low and high that are whole: there is no half a
    step.
    """
    return [tick for tick in nice_ticks(low, high, wanted) if tick == int(tick)]


def power_ticks(low, high):
    """Ticks of a scale of powers of ten, from 10**low to 10**high, as [power, text]: round numbers
    within a power or two, else powers, some of them left out where there are many.
    """
    first, last = math.ceil(low), math.floor(high)
    if last - first < 1:
        round_numbers = nice_ticks(10.0**low, 10.0**high)
        return [[math.log10(v), tick_text(v)] for v in round_numbers if v > 0]
    every = -(-(last - first) // 8)
    return [[power, tick_text(10.0**power)] for power in range(first, last + 1, every)]
