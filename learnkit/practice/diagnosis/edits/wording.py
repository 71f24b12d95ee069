"""Words for edits: code as a learner can read it, where it stands, and what a name they have not
seen means.
"""

import ast
import re
from functools import cache

from .tree import (
    COMPREHENSIONS,
    is_call_of,
    is_number,
    is_read,
    last_name,
    names_read,
    replaced,
    with_values,
)

MADE_NAMES = {"list_": "the list", "row_": "each row", "total_": "the sum"}  # by long_form
LONGEST = 44  # characters of one piece of code in a sentence
_SENTENCE = 160
_MOST_STEPS = 5  # operations and calls in one piece of code; with more it is read by its ends
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")


def is_table(node):
    """Tell whether code is a list of rows written out, one thing and not several values."""
    return isinstance(node, ast.List) and all(isinstance(row, ast.List) for row in node.elts)


def ordinal(place):
    """Return "first" for 0, "second" for 1 and so on."""
    return _ORDINALS[place] if place < len(_ORDINALS) else f"{place + 1}th"


def written(node):
    """Return a tree as code without redundant brackets."""
    text = ast.unparse(node)
    if isinstance(node, ast.Tuple) and text.startswith("("):
        text = text[1:-1]
    return _without_double_brackets(text)


def _without_double_brackets(text):
    """Write sum((a for a in b)), as ast.unparse does, sum(a for a in b)."""
    start = text.find("((")
    while start >= 0:
        inner_end = _closing(text, start + 1)
        inner = text[start + 2 : inner_end]
        if text[inner_end + 1 : inner_end + 2] == ")" and " for " in inner:
            text = text[: start + 1] + inner + text[inner_end + 1 :]
        start = text.find("((", start + 1)
    return text


def _closing(text, opening):
    depth = 0
    for place in range(opening, len(text)):
        depth += (text[place] == "(") - (text[place] == ")")
        if depth == 0:
            return place
    return len(text)


def short(node):
    """Return code of at most LONGEST characters: what is too long has its innermost parts as
    `…`.
    """
    text = written(node)
    if len(text) > LONGEST:
        text = written(_folded(node))
    return text if len(text) <= LONGEST else text[: LONGEST - 2].rstrip() + " …"


def _in_plain_words(text):
    """Write numbers as people do and the names that long_form makes as what they are."""
    for name, meaning in MADE_NAMES.items():
        text = text.replace(f"`{name}`", meaning)
    return re.sub(r"e-0(\d)", r"e-\1", text)


def _folded(node):
    changes = {}
    for each in ast.walk(node):
        if isinstance(each, ast.Call) and each is not node and each.args:
            changes[id(each)] = ast.Call(each.func, [ast.Name("…", ast.Load())], [])
        elif isinstance(each, COMPREHENSIONS):
            changes[id(each)] = ast.Name("…", ast.Load())
    return replaced(node, changes)


def _may_stand_for_its_name(value):
    """Tell whether an expression reads well in the place of its name: it is short and no mere
    number or list.
    """
    plain = (*COMPREHENSIONS, ast.Constant, ast.UnaryOp, ast.List, ast.Tuple)
    fits = value is not None and len(written(value)) <= 30 and not _is_telling(value)
    return fits and not isinstance(value, plain)


def _lines(scene):
    """Yield what each line of the solution computes, entry by entry, with what it is called; ""
    for a result.
    """
    for node in scene.nodes:
        if isinstance(node, ast.ListComp):
            yield node.elt, ""
        elif isinstance(node, ast.Return) and node.value is not None:
            yield from ((entry, "") for entry in (node.value, *getattr(node.value, "elts", ())))
        elif isinstance(node, ast.Assign):
            yield from _computed_names(node)


def _computed_names(assignment):
    target, value = assignment.targets[0], assignment.value
    if not isinstance(target, ast.Tuple):
        yield value, written(target)
        return
    pairs = zip(target.elts, getattr(value, "elts", ()), strict=False)
    yield from ((entry, written(name)) for name, entry in pairs)


def _is(names):
    return "is" if len(names) == 1 else "are each"


def _is_telling(node):
    """Tell whether an expression says more than one step of the way."""
    return sum(isinstance(each, (ast.BinOp, ast.IfExp)) for each in ast.walk(node)) > 1


def _ends(node):
    """Return the first and the last operand of an expression: "`w … y`"."""
    first = last = node
    while isinstance(first, ast.BinOp):
        first = first.left
    while isinstance(last, ast.BinOp):
        last = last.right
    return f"`{_outline(first)} … {_outline(last)}`"


def _outline(node):
    """Return an operand without what stands in its brackets."""
    if isinstance(node, ast.Call):
        return (
            f"{written(node.func)}(…)"
            if isinstance(node.func, ast.Name)
            else f"….{last_name(node.func)}(…)"
        )
    return (
        written(node)
        if isinstance(node, (ast.Name, ast.Constant, ast.Attribute, ast.Subscript))
        else "…"
    )


class Wording:
    """Puts the code of one scene into words that a learner understands."""

    def __init__(self, scene):
        self._scene = scene
        lines = [
            (node, name) for node, name in _lines(scene) if _is_telling(self._written_out(node))
        ]
        self._lines = {ast.dump(node): name for node, name in lines}
        self._meaning = cache(self._meaning)
        self.code = cache(self.code)

    def code(self, node):
        """Return a piece of code in backticks; a name of the solution alone is written out where
        that is short.

        What a whole line computes would give the solution away: it has the name it is given there,
        or its two ends.
        """
        if name := self._lines.get(ast.dump(node)):
            return f"`{name}`"
        steps = [part for part in ast.walk(node) if isinstance(part, (ast.BinOp, ast.Call))]
        if len(steps) > _MOST_STEPS or any(ast.dump(part) in self._lines for part in steps):
            return _ends(node)
        full = self._written_out(node)
        return f"`{short(full if len(written(full)) <= LONGEST else node)}`"

    def _written_out(self, node):
        """Return a tree with the expression behind each name of the solution alone, where that
        is short.
        """
        values = {name: self._scene.value_of(name) for name in names_read(node) - self._scene.known}
        return with_values(
            node, {name: value for name, value in values.items() if _may_stand_for_its_name(value)}
        )

    def named(self, name):
        """Return a name in backticks, or the expression behind it."""
        return self.code(ast.Name(name, ast.Load()))

    def sentence(self, claim, place, advice):
        """Return the whole sentence: where it is true, the claim, what its names mean, and the
        advice.
        """
        advice = f" {advice}" if advice else ""
        explained, of_claim = self._explained(claim + advice), self._explained(claim)
        tries = [
            f"{self._begun(claim, place)}.{explained}{advice}",
            f"{self._begun(claim, place)}.{of_claim}",
            f"{self._begun(claim, '')}.{of_claim}",
            f"{self._begun(claim, place)}.",
        ]
        text = next(
            (text for text in tries if len(text) <= _SENTENCE), f"{self._begun(claim, '')}."
        )
        return _in_plain_words(text)

    def _begun(self, claim, place):
        verb = "behaves" if self._scene.arguments else "comes out"
        yours = f"ours {verb} as if {claim}"
        return f"{place}, y{yours}" if place else f"Y{yours}"

    def _explained(self, text):
        """Return what the names mean that stand in the text and that the learner has not seen."""
        found = re.findall(r"`([^`]*)`", text)
        names = dict.fromkeys(
            name for code in found for name in re.findall(r"(?<![.\w])[A-Za-z_]\w*", code)
        )
        unknown = [
            name for name in names if name not in self._scene.known and name not in MADE_NAMES
        ]
        said = {}
        for name in unknown:
            if meaning := self._meaning(name):
                said.setdefault(meaning, []).append(f"`{name}`")
        parts = [f"{' and '.join(names)} {_is(names)} {meaning}" for meaning, names in said.items()]
        return f" Here {' and '.join(parts[:2])}." if parts else ""

    def _meaning(self, name):
        if collection := self._scene.collection_of(name):
            if is_call_of(collection, "range"):
                return (
                    "a count"
                    if is_number(collection.args[-1])
                    else f"an index up to `{short(collection.args[-1])}`"
                )
            return f"an entry of `{short(collection)}`"
        value = self._scene.value_of(name)
        if value is not None:
            return self._meaning_of_value(value)
        setting = self._scene.assignments(name)
        if len(setting) == 1 and isinstance(setting[0], ast.Assign):
            return f"taken from `{short(setting[0].value)}`"
        return (
            "what is updated in each round"
            if any(self._scene.loop_of(each) for each in setting)
            else ""
        )

    def _meaning_of_value(self, value):
        if isinstance(value, COMPREHENSIONS):
            return f"a list, one entry for each of `{short(value.generators[0].iter)}`"
        if isinstance(value, (ast.List, ast.Dict)):
            return "a list"
        if not _is_telling(value) and not names_read(value) & set(MADE_NAMES):
            return f"`{short(value)}`"
        sources = [f"`{name}`" for name in sorted(names_read(value) & self._scene.known)]
        return f"computed from {', '.join(sources)}" if sources else ""

    def where(self, node):
        """Return where a node stands, as the beginning of a sentence: "Where `b` is set"; "" if
        that cannot be said.
        """
        statement = self._scene.statement_of(node)
        if isinstance(statement, ast.Return):
            return self._in_the_answer(node, statement.value)
        if isinstance(statement, ast.Assign):
            return self._where_set(node, statement)
        if isinstance(statement, ast.Expr) and is_call_of(statement.value, "append"):
            return f"In what is appended to {self.code(statement.value.func.value)}"
        return ""

    def _in_the_answer(self, node, answer):
        place = self._place_in(node, answer)
        if place is not None and is_table(answer):
            return f"In the {ordinal(place)} row"
        return "" if place is None else f"In the {ordinal(place)} of the returned values"

    def _place_in(self, node, collection):
        """Return the place of the entry of a tuple or list that a node stands in, or None."""
        around = [node, *self._scene.ancestors(node)]
        entries = getattr(collection, "elts", [])
        if len(entries) < 2 or node is collection:
            return None
        return next(
            (place for place, entry in enumerate(entries) if any(each is entry for each in around)),
            None,
        )

    def _where_set(self, node, statement):
        target = statement.targets[0]
        if (place := self._place_in(node, statement.value)) is not None and hasattr(target, "elts"):
            target = target.elts[place]
        name = getattr(target, "id", None)
        if name is None or name in self._scene.known:
            return f"Where `{written(target)}` is set" if not hasattr(target, "elts") else ""
        return self._on_the_way(name)

    def _on_the_way(self, name):
        """Say which known name a name of the solution alone is for: "On the way to `w`"."""
        reading = [node for node in self._scene.nodes if is_read(node) and node.id == name]
        ends = {self._end(node) for node in reading}
        return ends.pop() if len(ends) == 1 else ""

    def _end(self, node):
        statement = self._scene.statement_of(node)
        if isinstance(statement, ast.Return):
            return self._in_the_answer(node, statement.value)
        if not isinstance(statement, ast.Assign):
            return ""
        target = statement.targets[0]
        if (place := self._place_in(node, statement.value)) is not None and hasattr(target, "elts"):
            target = target.elts[place]
        return (
            f"On the way to `{target.id}`" if getattr(target, "id", "") in self._scene.known else ""
        )

    def line(self, statement):
        """Return what a statement does, in words."""
        if isinstance(statement, ast.Return):
            return "the `return`"
        if isinstance(statement, (ast.For, ast.While)):
            return "the loop"
        if isinstance(statement, (ast.Break, ast.Continue)):
            return f"`{written(statement)}`"
        if isinstance(statement, ast.If):
            return f"the question `if {short(statement.test)}`"
        if isinstance(statement, ast.Expr) and is_call_of(statement.value, "append", "extend"):
            return f"the line that appends to {self.code(statement.value.func.value)}"
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
            return f"the call of `{last_name(statement.value.func)}`"
        target = (
            statement.targets[0]
            if isinstance(statement, ast.Assign)
            else getattr(statement, "target", None)
        )
        begins = isinstance(getattr(statement, "value", None), (ast.List, ast.Constant))
        verb = "begins" if begins and isinstance(target, ast.Name) else "sets"
        return f"the line that {verb} `{written(target)}`" if target is not None else "a line"

    def result(self, node):
        """Return what a number is that the function hands on: "the first of the returned
        values", "each entry".
        """
        parent = self._scene.parent(node)
        if isinstance(parent, COMPREHENSIONS):
            return "each entry"
        if isinstance(parent, ast.Return):
            return "the result"
        statement = self._scene.statement_of(node)
        if (
            isinstance(statement, ast.Return)
            and (place := self._place_in(node, statement.value)) is not None
        ):
            return f"the {ordinal(place)} of the returned values"
        return self.code(node)
