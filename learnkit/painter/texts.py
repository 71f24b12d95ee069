"""Numbers as short texts, and texts as a scene wants them: the words once, their codes in the
table.
"""

import math

import numpy as np

from learnkit.painter.expressions import plain
from learnkit.painter.scene import Coded


def short(number, figures=4):
    """A number to so many significant figures, with a true minus sign."""
    return f"{float(number):.{figures}g}".replace("-", "−")


def decimals(size, usual=2):
    """How many decimals suit numbers of about this size: as usual for ordinary ones; None for
    powers of ten.
    """
    size = abs(float(size)) or 1.0
    if not 1e-3 <= size < 1e6:
        return None
    power = math.floor(math.log10(size))
    return max(min(usual, 4 - power), usual - 1 - power, 0)


def spec(size, usual=2):
    """The format of a template for numbers of about this size: ".2f", ".0f", ".2e"."""
    places = decimals(size, usual)
    return ".2e" if places is None else f".{places}f"


def counted(number, noun):
    """A number and its noun: "1 step", "2 steps"."""
    return f"{number} {noun if number == 1 else noun + 's'}"


def summary(data, figures=4):
    """A number as it is; of an array the smallest and the largest entry."""
    ends = [np.ravel(data)[0]] if np.size(data) == 1 else [np.min(data), np.max(data)]
    return " … ".join(short(end, figures) for end in ends)


def bracketed(text):
    """A negative number in brackets, as it stands inside a sum or a product."""
    return f"({text})" if text.startswith("−") else text


def write_texts(values, table, name, texts, index="frame"):
    """Add to a scene's values and table what `name` says at each frame: a text, or one for each
    item of a layer; None is a text that is not known yet.

    index: the names of the controls, one for each axis of the texts in front of the items.
    """
    texts = np.array(texts, dtype=object)
    known = np.not_equal(texts, None)
    words, codes = np.unique(texts[known].astype(str), return_inverse=True)
    values[name] = Coded(
        words=[plain(text) for text in words.tolist()], code=f"{name}_codes[{index}]"
    )
    table[f"{name}_codes"] = np.full(texts.shape, np.nan)
    table[f"{name}_codes"][known] = codes
