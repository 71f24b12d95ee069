"""Syntax trees to edit: `formed` builds one from a template, `replaced` copies one with other
parts.

Trees are never changed in place here: an edited tree shares every part that stayed the same.
"""

import ast
from dataclasses import dataclass
from functools import cached_property

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
LOOPS = (ast.For, ast.While)
_SETTING = (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.For, ast.comprehension, ast.NamedExpr)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.DictComp)


@dataclass(frozen=True)
class Change:
    """One change of a tree: `new` in the place of `old`, a node or a list of statements.

    claim: completes "Yours behaves as if …". advice: a sentence on where to look, or nothing.
    placed: whether the sentence says where it is.
    alike: the claim for several of them together; changes of one rule alike in it are also made all
        at once. "" takes the claim for that, None makes each alone.
    """

    old: object
    new: object
    claim: str
    advice: str = ""
    placed: bool = True
    alike: str | None = ""


def replaced(node, changes, within=None):
    """Return a copy of a tree in which each old part, given by its id, has its new one.

    within: the ids of the nodes that hold the old parts, where they are known; nothing else is
    searched.
    """
    if id(node) in changes:
        return changes[id(node)]
    if isinstance(node, list):
        entries = [replaced(entry, changes, within) for entry in node]
        return (
            entries if any(new is not old for new, old in zip(entries, node, strict=True)) else node
        )
    if not isinstance(node, ast.AST) or within is not None and id(node) not in within:
        return node
    fields = {name: replaced(value, changes, within) for name, value in ast.iter_fields(node)}
    if all(value is getattr(node, name) for name, value in fields.items()):
        return node
    return ast.copy_location(type(node)(**fields), node)


def source_of(function):
    """Return the source of a function's tree; statements without a line take that of what is
    around them.
    """
    _give_lines(function)
    return ast.unparse(function)


def _give_lines(statement):
    """Give each statement a line, without which it cannot be written; expressions need none."""
    for block in blocks(statement):
        for line in block:
            if not hasattr(line, "lineno"):
                line.lineno = statement.lineno
            _give_lines(line)


class _Fill(ast.NodeTransformer):
    def __init__(self, parts):
        self._parts = parts

    def visit_Name(self, node):
        """Return the part that stands for a name, or the name."""
        return self._parts.get(node.id, node)


def formed(template, **parts):
    """Return the expression written in `template`, each name of `parts` replaced by its tree.

    formed("abs(it)", it=node)
    """
    return _Fill(parts).visit(ast.parse(template, mode="eval").body)


def statements(template, **parts):
    """Return the statements written in `template`, filled in as `formed` does; targets are
    names, as text.
    """
    trees = {name: part for name, part in parts.items() if isinstance(part, ast.AST)}
    names = {name: part for name, part in parts.items() if isinstance(part, str)}
    body = ast.parse(template).body
    for statement in body:
        for node in ast.walk(statement):
            if isinstance(node, ast.Name):
                node.id = names.get(node.id, node.id)
    return [_Fill(trees).visit(statement) for statement in body]


def renamed(node, names):
    """Return a copy of a tree with other names; `names` maps old to new."""
    found = [each for each in ast.walk(node) if isinstance(each, ast.Name) and each.id in names]
    return replaced(node, {id(each): ast.Name(names[each.id], each.ctx) for each in found})


def with_values(node, values):
    """Return a copy of a tree in which each name that is read has its value, an expression,
    written out.
    """
    found = [each for each in ast.walk(node) if is_read(each) and each.id in values]
    return replaced(node, {id(each): values[each.id] for each in found})


def is_read(node):
    """Tell whether a node is a name whose value is read."""
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)


def is_loaded(node):
    """Tell whether the value of a name, an entry, an attribute or a tuple is read, not set."""
    return isinstance(getattr(node, "ctx", None), ast.Load)


def is_number(node):
    """Tell whether a node is a number typed in."""
    typed = isinstance(node, ast.Constant) and isinstance(node.value, (int, float))
    return typed and not isinstance(node.value, bool)


def number_of(node):
    """Return the number that a node is, with a minus before it or without; None if it is no
    number.
    """
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) and is_number(node.operand):
        return -node.operand.value
    return node.value if is_number(node) else None


def is_operation(node, *operators):
    """Tell whether a node is an operation on two values with one of these operators."""
    return isinstance(node, ast.BinOp) and isinstance(node.op, operators)


def is_question(node):
    """Tell whether a node is answered by True or False."""
    asked = isinstance(node, (ast.Compare, ast.BoolOp)) or is_call_of(
        node, "any", "all", "isinstance"
    )
    return asked or isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)


def is_call_of(node, *names):
    """Tell whether a node is a call of a function or method with one of these last names."""
    return isinstance(node, ast.Call) and last_name(node.func) in names


def last_name(function):
    """Return the last name of what is called: `mean` of `np.mean`; "" if there is none."""
    return getattr(function, "attr", "") or getattr(function, "id", "")


def same_tree(a, b):
    """Tell whether two trees are written alike."""
    return ast.dump(a) == ast.dump(b)


def names_read(node):
    """Return the names whose value a tree reads, those of its loops included."""
    return {each.id for each in ast.walk(node) if is_read(each)}


def names_set(node):
    """Return the names that a tree sets outside its comprehensions."""
    return {each.id for each in inside(node) if isinstance(each, ast.Name) and not is_read(each)}


def inside(node):
    """Yield a node and all below it as they are written, without what is in comprehensions."""
    yield node
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, COMPREHENSIONS):
            yield from inside(child)


def in_order(node):
    """Yield a node and all below it as they are written; of an f-string only its expressions."""
    yield node
    for child in _parts(node):
        yield from in_order(child)


def _parts(node):
    if isinstance(node, ast.JoinedStr):
        return [part.value for part in node.values if isinstance(part, ast.FormattedValue)]
    return ast.iter_child_nodes(node)


def blocks(node):
    """Return the lists of statements that belong to a node: a body, and what follows `else`."""
    found = (getattr(node, name, None) for name in ("body", "orelse", "finalbody"))
    return [block for block in found if isinstance(block, list) and block]


class Scene:
    """A function to edit, and what its edits need to know of it.

    function: its tree. arguments: their names. known: the names that a learner has seen.
    """

    def __init__(self, function, known=frozenset()):
        self.function = function
        self.arguments = [
            argument.arg for argument in ast.walk(function.args) if hasattr(argument, "arg")
        ]
        self.known = frozenset(known) | set(self.arguments) | {function.name}
        self.body = function.body[1:] if ast.get_docstring(function) else function.body
        self.nodes = [function, *(node for statement in self.body for node in in_order(statement))]
        self._setting = {}
        for node in self.nodes:
            if isinstance(node, _SETTING):
                for name in _targets(node):
                    self._setting.setdefault(name, []).append(node)
        self._parents = {
            id(child): node for node in ast.walk(function) for child in ast.iter_child_nodes(node)
        }

    def parent(self, node):
        """Return the node that holds this one."""
        return self._parents.get(id(node))

    def ancestors(self, node):
        """Yield the nodes around this one, from the inside."""
        while (node := self.parent(node)) is not None:
            yield node

    def around(self, part):
        """Return the ids of the nodes that hold a part: a node, or the statements of a block."""
        inner = part[0] if isinstance(part, list) else part
        return {id(node) for node in self.ancestors(inner)}

    def statement_of(self, node):
        """Return the statement that a node stands in."""
        return next(
            (each for each in (node, *self.ancestors(node)) if isinstance(each, ast.stmt)), None
        )

    def loop_of(self, node):
        """Return the innermost loop that a node stands in, or None."""
        return next((each for each in self.ancestors(node) if isinstance(each, LOOPS)), None)

    def assignments(self, name):
        """Return the statements and loops that set a name, as they are written."""
        return self._setting.get(name, [])

    def collection_of(self, name):
        """Return what a loop variable runs through: `weights` for w in `for w in weights`; None
        if it is no such.
        """
        loops = (
            node
            for node in self.assignments(name)
            if isinstance(node, (ast.For, ast.comprehension))
        )
        return next((_source(loop.target, loop.iter, name) for loop in loops), None)

    def value_of(self, name):
        """Return the expression behind a name that is set once, in no loop's head; None for
        every other name.
        """
        setting = self.assignments(name)
        if len(setting) != 1 or not isinstance(setting[0], ast.Assign) or name in self.arguments:
            return None
        target, value = setting[0].targets[0], setting[0].value
        if isinstance(target, ast.Name):
            return value
        if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
            pairs = zip(target.elts, value.elts, strict=False)
            return next((part for each, part in pairs if getattr(each, "id", "") == name), None)
        return None

    def fills(self, name):
        """Tell whether the function appends to a name."""
        appending = (each for each in self.nodes if is_call_of(each, "append", "extend"))
        return any(getattr(each.func.value, "id", "") == name for each in appending)

    @cached_property
    def has_arrays(self):
        """Whether the function computes with arrays, as far as one can see."""
        return any(
            is_operation(node, ast.MatMult)
            or isinstance(node, ast.Name)
            and node.id == "np"
            or isinstance(node, ast.Subscript)
            and isinstance(node.slice, ast.Tuple)
            for node in self.nodes
        )

    def locals(self):
        """Return the names that the function sets itself, outside comprehensions, as they are
        written.
        """
        found = (each.id for each in self.nodes if isinstance(each, ast.Name) and not is_read(each))
        return [name for name in dict.fromkeys(found) if name != "_"]


def _targets(node):
    targets = getattr(node, "targets", None) or [node.target]
    return {
        each.id for target in targets for each in ast.walk(target) if isinstance(each, ast.Name)
    }


def _source(target, iterable, name):
    if isinstance(target, ast.Name):
        return iterable
    if is_call_of(iterable, "enumerate") and len(target.elts) == 2:
        index, entry = target.elts
        return (
            formed("range(len(it))", it=iterable.args[0])
            if getattr(index, "id", "") == name
            else iterable.args[0]
        )
    if is_call_of(iterable, "zip"):
        pairs = zip(target.elts, iterable.args, strict=False)
        return next((part for each, part in pairs if getattr(each, "id", "") == name), iterable)
    return iterable
