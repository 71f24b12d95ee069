"""What may stand in the fields of a scene, and the classes that refuse everything else.

A `Part` is a dataclass whose fields are annotated with a `Kind`. Making one with an unknown field,
or with a value that is not of its kind, raises in one sentence that names the field.
"""

from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields
from difflib import get_close_matches
from numbers import Integral

import numpy as np

from learnkit.painter import expressions
from learnkit.painter.looks import COLOURS, MARKERS
from learnkit.painter.numbers import number_format


@dataclass(frozen=True)
class Kind:
    """What may stand in a field.

    what: the words for it. parse: a function that returns it in the form in which the page receives
    it, and raises ValueError for anything else.
    """

    what: str
    parse: Callable


class Part:
    """A part of a scene, which refuses unknown fields and values of the wrong kind."""

    def __new__(cls, *given, **named):
        known = [field.name for field in fields(cls)]
        for name in named:
            if name not in known:
                near = get_close_matches(name, known, 1)
                meant = f"did you mean {near[0]!r}? Its" if near else "its"
                raise TypeError(
                    f"{cls.__name__} has no field {name!r}; {meant} fields are {', '.join(known)}."
                )
        for field in fields(cls):
            if named and field.name not in named and _is_needed(field):
                raise TypeError(f"{cls.__name__} needs {field.name}: {field.type.what}.")
        return super().__new__(cls)

    def __post_init__(self):
        self.page()

    def page(self):
        """The fields that are given, in the form in which the page receives them.

        Raises ValueError for a value that is not of its field's kind.
        """
        found = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if value is None and field.default is None:
                continue
            try:
                found[field.name] = field.type.parse(value)
            except ValueError as error:
                raise ValueError(
                    f"The field {field.name} of {type(self).__name__} takes {field.type.what}; "
                    f"{error}."
                ) from None
        return found


def _is_needed(field):
    return field.default is MISSING and field.default_factory is MISSING


def one_of(*words):
    """The kind of a field in which one of a few words stands."""

    def parse(value):
        if not isinstance(value, str) or value not in words:
            raise ValueError(f"{value!r:.60} is not among them")
        return value

    return Kind(f"one of {', '.join(words)}", parse)


def parts(*kinds):
    """The kind of a field that lists parts of a scene."""
    names = ", ".join(kind.__name__ for kind in kinds)

    def parse(value):
        if not isinstance(value, list | tuple):
            raise ValueError(f"{value!r:.60} is no list")
        for entry in value:
            if not isinstance(entry, kinds):
                raise ValueError(f"{entry!r:.60} is none")
        return [entry.page() for entry in value]

    return Kind(f"a list of {names}", parse)


def part(kind):
    """The kind of a field that holds one part of a scene."""

    def parse(value):
        if not isinstance(value, kind):
            raise ValueError(f"{value!r:.60} is none")
        return value.page()

    return Kind(f"one {kind.__name__}", parse)


def list_of(kind, what, *counts):
    """The kind of a field that lists values of another kind, in one of these numbers if told."""

    def parse(value):
        if isinstance(value, str) or not isinstance(value, list | tuple | np.ndarray):
            raise ValueError(f"{value!r:.60} is no list")
        if counts and len(value) not in counts:
            raise ValueError(f"{value!r:.60} has {len(value)} entries")
        return [kind.parse(entry) for entry in value]

    return Kind(what, parse)


def either(*kinds):
    """The kind of a field in which values of one of several kinds may stand."""

    def parse(value):
        for kind in kinds[:-1]:
            try:
                return kind.parse(value)
            except ValueError:
                continue
        return kinds[-1].parse(value)

    return Kind(" or ".join(kind.what for kind in kinds), parse)


def by_name(kind, what):
    """The kind of a field that holds {name: value}."""

    def parse(value):
        if not isinstance(value, dict):
            raise ValueError(f"{value!r:.60} is no dictionary")
        return {str(name): kind.parse(entry) for name, entry in value.items()}

    return Kind(what, parse)


def _number(value):
    number = expressions.expression(value)
    if isinstance(number, str | dict | list):
        raise ValueError(f"{value!r:.60} is no number")
    return number


def _count(least):
    def parse(value):
        if isinstance(value, bool) or not isinstance(value, Integral) or value < least:
            raise ValueError(f"{value!r:.60} is none")
        return int(value)

    return Kind(f"a whole number from {least} on", parse)


def _stroke(value):
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise ValueError(f"{value!r:.60} is no pair of a tool's index and its points")
    tool, points = value
    return [Index.parse(tool), Points.parse(points)]


def _form(value):
    return number_format(_words(value))


def _reach(value):
    if isinstance(value, str):
        return expressions.expression(value)
    ends = [_number(end) for end in value] if isinstance(value, list | tuple | np.ndarray) else []
    if len(ends) != 2 or not ends[0] < ends[1]:
        raise ValueError(f"{value!r:.60} is neither")
    return ends


def _tick(value):
    if not isinstance(value, list | tuple):
        return _number(value)
    if len(value) != 2 or not isinstance(value[1], str):
        raise ValueError(f"{value!r:.60} is no pair of a place and its text")
    return [_number(value[0]), value[1]]


def _flag(value):
    if not isinstance(value, bool | np.bool_):
        raise ValueError(f"{value!r:.60} is neither")
    return bool(value)


def _words(value):
    if not isinstance(value, str):
        raise ValueError(f"{value!r:.60} is no text")
    return value


def _name(value):
    parsed = expressions.expression(value) if isinstance(value, str) else None
    if parsed is None or set(parsed) != {"name"}:
        raise ValueError(f"{value!r:.60} is no name")
    return value


def _nothing(value):
    if value is not None:
        raise ValueError(f"{value!r:.60} is not None")


Nothing = Kind("None", _nothing)
Number = Kind("a number", _number)
Index, Count = _count(0), _count(1)
Flag = Kind("True or False", _flag)
Words = Kind("a text", _words)
Name = Kind("a name such as rate", _name)
Colour = one_of(*COLOURS)
Shape = one_of(*MARKERS)
Align = one_of("left", "center", "right")
Format = Kind("a format such as .2f", _form)
Reach = Kind("two ends, [low, high], or an expression for them", _reach)
Expression = Kind("an expression, a number or a list of numbers", expressions.expression)
Place = Kind("a place, an expression or a list of columns", expressions.place)
Template = Kind("a text with {name} or {name:.2f} in it", expressions.template)
Tick = Kind("a place, or a pair of a place and its text", _tick)
Numbers = list_of(Number, "a list of numbers")
Points = list_of(list_of(Number, "x and y", 2), "a list of points")
Strokes = list_of(Kind("a tool's index and its points", _stroke), "a list of strokes")
Texts = list_of(Template, "a list of texts")
Choices = list_of(Words, "a list of texts")
