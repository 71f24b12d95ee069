"""Expressions and templates, parsed: what the strings of a scene mean, as the page receives it.

An expression names numbers. It is a number, a list of numbers, or a string:

    losses                an array of the table, a value, or what a control stands at
    losses[rate, frame]   indexed by the positions of controls; [frame+1] and [-1] end at the ends
    path[rate, :frame+1]  the rows before that index; [:-1] all but the last, [:] all of them
    path[rate, ~frame]    glides between the rows while playing
    height(x)             a curve, rows (x, y) with evenly spaced x, read off at x

Parsed, a string is {"name", "take", "at"}: take lists its indices, each with its kind (at, before,
all, end or glide), the name of a control and a shift; at is the expression in round brackets.

A template is text with {name} or {name:.3f} in it: an array, a value or a control, in Python's
formats f, e and d. {{ and }} are brackets themselves. Parsed, it is a string, where it is nothing
but text, or a list of strings and of {"value": expression, "format"}.
"""

import re
from numbers import Real

import numpy as np

from learnkit.painter.numbers import number_format

NAME = r"[^\W\d]\w*"
EXPRESSION = re.compile(rf"({NAME})(?:\[([^\[\]]*)\])?(?:\((.*)\))?")
INDEX = re.compile(rf"([:~]?)\s*(?:({NAME})\s*([+-]\d+)?|([+-]?\d+))?")
PART = re.compile(rf"\{{\{{|\}}\}}|\{{({NAME})(?::([^{{}}]*))?\}}|[{{}}]")
GRAMMAR = "write name, name[index, :index] or name(expression)"


def expression(source):
    """An expression in the form in which the page receives it.

    Raises ValueError for what is none.
    """
    if isinstance(source, dict):  # parsed already
        return source
    if isinstance(source, str):
        return _named(source)
    if isinstance(source, list | tuple | np.ndarray):
        return [_number(entry) for entry in source]
    return _number(source)


def place(source):
    """A place: an expression for points, or a list of expressions, one for each coordinate."""
    if isinstance(source, str | dict):
        return expression(source)
    columns = source.tolist() if isinstance(source, np.ndarray) else source
    if not isinstance(columns, list | tuple) or len(columns) not in (2, 3):
        raise ValueError(f"{source!r:.60} is no place; write an expression, or [x, y] or [x, y, z]")
    return [expression(column) for column in columns]


def _number(value):
    if isinstance(value, bool | np.bool_) or not isinstance(value, Real) or not np.isfinite(value):
        raise ValueError(f"{value!r:.60} is no finite number")
    return value.item() if isinstance(value, np.generic) else value


def _named(source):
    match = EXPRESSION.fullmatch(source.strip())
    if not match:
        raise ValueError(f"{source!r} is no expression; {GRAMMAR}")
    name, indices, argument = match.groups()
    parsed = {"name": name}
    if indices is not None:
        parsed["take"] = [_index(index, source) for index in indices.split(",")]
    if argument is not None:
        parsed["at"] = expression(argument)
    return parsed


def _index(text, source):
    match = INDEX.fullmatch(text.strip())
    sign, name, shift, alone = match.groups() if match else [None] * 4
    if not (sign == ":" or name or (alone and not sign)):
        raise ValueError(
            f"{text.strip()!r} in {source!r} is no index; write frame, frame+1, 0, -1, :frame or "
            "~frame"
        )
    number = int(shift or alone or 0)
    if sign == ":":
        kind = "before" if name or alone else "all"
    elif sign == "~":
        kind = "glide"
    else:
        kind = "end" if number < 0 and not name else "at"
    return {"kind": kind} | ({"name": name} if name else {}) | {"shift": number}


def template(text):
    """A template in the form in which the page receives it.

    Raises ValueError for brackets without a name or with a format that is none.
    """
    if not isinstance(text, str):
        raise ValueError(f"{text!r:.60} is no text")
    parts, end = [""], 0
    for match in PART.finditer(text):
        parts[-1] += text[end : match.start()]
        end = match.end()
        name, spec = match.groups()
        if name:
            parts += [_filled(name, spec), ""]
        elif len(match[0]) == 2:
            parts[-1] += match[0][0]
        else:
            raise ValueError(
                f"{text!r:.200} has a bracket alone; write {{name}}, {{name:.2f}}, or {{{{ for {{"
            )
    parts[-1] += text[end:]
    parts = [part for part in parts if part]
    return "".join(parts) if all(isinstance(part, str) for part in parts) else parts


def _filled(name, spec):
    try:
        form = number_format(spec or "")
    except ValueError as error:
        raise ValueError(f"In {{{name}:{spec}}} {error}") from None
    return {"value": {"name": name}} | ({"format": form} if form else {})


def plain(text):
    """A learner's own words as a template that says just them."""
    return text.replace("{", "{{").replace("}", "}}")


def last(parsed):
    """The parsed expression for the last row of what a parsed expression names."""
    if isinstance(parsed, list):
        return parsed[-1]
    if not isinstance(parsed, dict):
        return parsed
    if "at" in parsed:
        return parsed | {"at": last(parsed["at"])}
    *leading, index = parsed.get("take", [{"kind": "all"}])
    if index["kind"] == "all":
        leading.append({"kind": "end", "shift": -1})
    elif index["kind"] == "before":
        from_end = "name" not in index and index["shift"] < 0
        kind = "end" if from_end else "at"
        leading.append(index | {"kind": kind, "shift": index["shift"] - 1})
    else:
        leading += [index, {"kind": "end", "shift": -1}]
    return parsed | {"take": leading}


def expressions_in(parsed):
    """Every parsed expression in a parsed part of a scene, those in brackets of others too."""
    if isinstance(parsed, dict):
        if "name" in parsed:
            yield parsed
        for part in parsed.values():
            yield from expressions_in(part)
    elif isinstance(parsed, list):
        for part in parsed:
            yield from expressions_in(part)
