"""What the expressions and templates of a scene stand for while its controls stand somewhere.

script/numbers.js does the same on the page, by the same rules, so that still picture, sentence and
moving picture come from the same numbers.
"""

import math

import numpy as np

from learnkit.painter.numbers import written

UNKNOWN = "\0"  # stands for an unknown number until a text is shown


def take(array, index, state):
    """One entry of the leading axis of an array, or the rows before one: see expressions.py."""
    kind = index["kind"]
    if np.ndim(array) == 0:
        raise ValueError("a single number is asked for one of its entries; leave out an index")
    if kind == "all":
        return array
    name, shift, rows = index.get("name"), index["shift"], len(array)
    at = shift + (state[name] if name else rows if shift < 0 else 0)
    if kind == "before":
        return array[: min(max(math.floor(at), 0), rows)]
    at = min(max(at, 0), rows - 1)
    low = math.floor(at)
    if kind != "glide" or at == low:
        return array[low]
    here, there = (np.asarray(row, float) for row in array[low : low + 2])
    return here + (at - low) * (there - here)


def along(curve, x):
    """The height of a curve of evenly spaced rows (x, y) at x; its end pieces go on beyond the
    ends.
    """
    curve, x = np.asarray(curve, float), np.asarray(x, float)
    at = (x - curve[0, 0]) / (curve[1, 0] - curve[0, 0])
    low = np.clip(np.nan_to_num(np.floor(at)), 0, len(curve) - 2).astype(int)
    return curve[low, 1] + (at - low) * (curve[low + 1, 1] - curve[low, 1])


class Lens:
    """What the names of a completed scene stand for.

    table: {name: array}. state: {name of a control: its index}, which may be changed.
    """

    def __init__(self, scene, table, state):
        self.scene, self.table, self.state = scene, table, state
        self.controls = {control["name"]: control for control in scene["controls"]}

    def evaluate(self, parsed):
        """The number or array that a parsed expression means."""
        if isinstance(parsed, list):
            return np.asarray(parsed, dtype=float)
        if not isinstance(parsed, dict):
            return parsed
        value = self._known(parsed["name"])
        for index in parsed.get("take", ()):
            value = take(value, index, self.state)
        return along(value, self.evaluate(parsed["at"])) if "at" in parsed else value

    def _known(self, name):
        if name in self.table:
            return self.table[name]
        if name in self.controls:
            values, index = self.controls[name].get("values"), math.floor(self.state[name])
            return values[index] if values else index
        value = self.scene["values"][name]
        coded = isinstance(value, dict) and "code" in value
        return self.evaluate(value["code"] if coded else value)

    def words(self, template, item=0):
        """What a parsed template says of an item of a layer; an unknown number, NaN, is "–"."""
        return self._written(template, item).replace(UNKNOWN, "–")

    def lines(self, template, item=0):
        """The same line by line, with None for a line in which a number is unknown."""
        lines = self._written(template, item).split("\n")
        return [None if UNKNOWN in line else line for line in lines]

    def _written(self, template, item):
        if isinstance(template, str):
            return template
        return "".join(
            part if isinstance(part, str) else self._filled(part, item) for part in template
        )

    def _filled(self, part, item):
        name = part["value"]["name"]
        entries = np.ravel(self.evaluate(part["value"]))
        number = float(entries[item if item < len(entries) else 0])
        if math.isnan(number):
            return UNKNOWN
        words = self._choice(name)
        if words:
            return self._written(words[int(number)], item)
        usual = self.controls.get(name, {}).get("format", {})
        return written(number, **part.get("format", usual))

    def _choice(self, name):
        """The texts that a name chooses from, if its number is a code."""
        if name in self.table:
            return None
        if name in self.controls:
            return self.controls[name].get("options")
        value = self.scene["values"].get(name)
        return value.get("words") if isinstance(value, dict) else None
