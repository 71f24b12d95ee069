"""Reads what a learner types: the letter of an option, or a number with or without its unit."""

import math
import re
from dataclasses import dataclass
from string import ascii_uppercase

ONE_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)(e[+-]?[0-9]+)?", re.IGNORECASE)


def lettered(texts):
    """Return one line of plain text for each option."""
    return [f"  {letter}  {text}" for letter, text in zip(ascii_uppercase, texts, strict=False)]


def chosen_option(texts, answer):
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


@dataclass(frozen=True)
class NumberRules:
    """What may be typed where a number is asked for: its unit, bounds, and whether it must be
    whole.

    script/numbers.js has the same rules and takes the sentences from here; one table of cases is
    tried on both.
    """

    unit: str = ""
    least: float | None = None
    most: float | None = None
    whole: bool = False

    def read(self, answer):
        """Return the float that was typed as 0.5, 1/2, 1e-3, 2 000 000 or 2,000,000, its unit
        written or not.

        Raises ValueError with a sentence for the learner if it is no number, or one that cannot be.
        """
        number = self._number(str(answer))
        if number is None:
            raise ValueError(self.sentences()["unreadable"])
        if not self._lowest <= number <= self._highest:
            raise ValueError(self.sentences()["outside"])
        if self.whole and not number.is_integer():
            raise ValueError(self.sentences()["broken"])
        return number

    def sentences(self):
        """Return what is said to that which cannot be judged, by the names that the page uses."""
        in_unit = f" in {self.unit}" if self.unit else ""
        such_as = "`12`" if self.whole else "`0.5`, `1/2` or `1e-3`"
        return {
            "comma": (
                "Write a decimal point instead of the comma, as in `0.5`, and large numbers "
                "without commas."
            ),
            "unreadable": f"Type one number{in_unit}, such as {such_as}.",
            "outside": f"It cannot be {self._beyond()}: type a number that is possible.",
            "broken": f"It is a whole number: type one{in_unit} without a fraction.",
        }

    @property
    def _lowest(self):
        return -math.inf if self.least is None else self.least

    @property
    def _highest(self):
        return math.inf if self.most is None else self.most

    def _beyond(self):
        parts = []
        if self.least is not None:
            parts.append(f"less than {write_number(self.least, self.unit)}")
        if self.most is not None:
            parts.append(f"more than {write_number(self.most, self.unit)}")
        return " or ".join(parts)

    def _number(self, typed):
        written = "".join(typed.split()).replace("\N{MINUS SIGN}", "-")
        written = written.removesuffix("".join(self.unit.split()))
        written = re.sub(r"([0-9])_(?=[0-9])", r"\1", written)
        # two commas cannot be a decimal one
        if re.fullmatch(r"[+-]?[0-9]{1,3}(,[0-9]{3}){2,}", written):
            written = written.replace(",", "")
        if "," in written:
            raise ValueError(self.sentences()["comma"])
        parts = written.split("/")
        if len(parts) > 2 or not all(ONE_NUMBER.fullmatch(part) for part in parts):
            return None
        above, below = float(parts[0]), float(parts[1]) if len(parts) == 2 else 1.0
        number = above / below if below else math.nan
        return number if math.isfinite(number) else None


def write_number(number, unit=""):
    """Return a number, to six significant digits unless it is whole, and its unit."""
    whole = float(number).is_integer() and abs(number) < 1e15
    # as `NumberRules` reads it: one comma alone could be a decimal one
    group = "," if abs(number) >= 1e6 else ""
    written = f"{int(number):{group}}" if whole else f"{float(number):.6g}"
    return f"{written} {unit}".strip()
