"""Reads what a learner types: the letter of an option, or a number with or without its unit."""

import math
import re
from string import ascii_uppercase


def pick(texts, answer):
    """Return the index of the option named by its letter or its whole text.

    Raises ValueError with a sentence for the learner if there is none.
    """
    written = str(answer).strip()
    letters = ascii_uppercase[: len(texts)]
    if written in texts:
        return texts.index(written)
    if len(written) == 1 and written.upper() in letters:
        return letters.index(written.upper())
    raise ValueError(f'Answer with the letter of an option, "{letters[0]}" to "{letters[-1]}".')


def read_number(answer, unit=""):
    """Return the float that was typed as 0.5, 1/2, 1e-3, 2 000 000 or 2,000,000, its unit written or not.

    Raises ValueError with a sentence for the learner if it is no number.
    """
    written = "".join(str(answer).split()).replace("\N{MINUS SIGN}", "-")
    written = written.removesuffix("".join(unit.split()))
    if re.fullmatch(r"[+-]?\d{1,3}(,\d{3}){2,}", written):  # two commas cannot be a decimal one
        written = written.replace(",", "")
    if "," in written:
        raise ValueError("Write a decimal point instead of the comma, as in `0.5`, and large numbers without commas.")
    above, slash, below = written.partition("/")
    try:
        number = float(above) / float(below) if slash else float(above)
    except (ValueError, ZeroDivisionError):
        number = math.nan
    if not math.isfinite(number):
        in_unit = f" in {unit}" if unit else ""
        raise ValueError(f"Type one number{in_unit}, such as `0.5`, `1/2` or `1e-3`.")
    return number


def write_number(number, unit=""):
    """Return a number, to six significant digits unless it is whole, and its unit."""
    whole = float(number).is_integer() and abs(number) < 1e15
    group = "," if abs(number) >= 1e6 else ""  # as `read_number` takes it: one comma alone could be a decimal one
    written = f"{int(number):{group}}" if whole else f"{float(number):.6g}"
    return f"{written} {unit}".strip()
