"""Second tier: the learner's code, read as a syntax tree.

What a finding says is true of the code as it stands, whatever the inputs are; it is asked only of
wrong answers.
"""

import ast
import inspect
from functools import wraps
from types import ModuleType

from ..plain import plain, same
from ..wording import as_code, in_words
from .probing import matters

_METHODS = {
    "item",
    "backward",
    "mean",
    "sum",
    "copy",
    "relu",
    "append",
    "tolist",
    "max",
    "min",
    "argmin",
    "argmax",
}
# the methods of a list that change it and return None
_CHANGING = {"append", "extend", "insert", "remove", "reverse", "sort"}


def _read(finding):
    """Make a finding speak only where there is code to read."""

    @wraps(finding)
    def reads(evidence):
        return finding(evidence) if evidence.code is not None else ""

    return reads


def _read_each(*kinds):
    """Make a finding of what there is to say of one node: the first of these kinds that is at
    fault is told.
    """

    def of_the_code(finding):
        @_read
        @wraps(finding)
        def reads(evidence):
            said = (finding(evidence, node) for node in _walk(evidence, kinds))
            return next(filter(None, said), "")

        return reads

    return of_the_code


def _walk(evidence, kind):
    return [node for node in ast.walk(evidence.code) if isinstance(node, kind)]


def _at(evidence, node):
    """Return where a node stands: the text of its line."""
    return as_code(evidence.source.splitlines()[node.lineno - 1].strip())


# ---------------------------------------------------------------------- slips that are always wrong


@_read_each(ast.Constant)
def dots_left(evidence, node):
    """A `...` still in the code."""
    if node.value is ...:
        return f"There is still a `...` in line {node.lineno} of your function."
    return ""


@_read_each(ast.Call)
def call_turned_round(evidence, call):
    """A function called with its own arguments in another order: predict(x, parameters)."""
    outside = getattr(evidence.function, "__globals__", {})
    function = outside.get(getattr(call.func, "id", None))
    if not inspect.isfunction(function):
        return ""
    given = [getattr(argument, "id", None) for argument in call.args]
    wanted = list(inspect.signature(function).parameters)[: len(given)]
    if given != wanted and sorted(map(str, given)) == sorted(wanted):
        order, name = as_code(", ".join(wanted)), as_code(call.func.id)
        return (
            f"{name} takes its arguments in the order {order}; yours calls "
            f"{as_code(ast.unparse(call))}."
        )
    return ""


@_read_each(ast.For, ast.comprehension)
def loop_over_the_pair(evidence, loop):
    """`for p, t in (prediction, target)`, where `zip` was meant."""
    names, lists = loop.target, loop.iter
    if isinstance(names, ast.Tuple) and isinstance(lists, (ast.Tuple, ast.List)):
        if len(names.elts) == len(lists.elts) and all(
            isinstance(one, ast.Name) for one in lists.elts
        ):
            written = as_code(f"for {ast.unparse(names)} in {ast.unparse(lists)}")
            return f"{written} takes one whole list in each round; `zip` takes one entry of each."
    return ""


@_read_each(ast.Expr)
def comparison_for_assignment(evidence, node):
    """A line that compares with `==` and drops the result, where `=` was meant."""
    if isinstance(node.value, ast.Compare):
        return f"{_at(evidence, node)} only compares; a value is given with one `=`."
    return ""


@_read_each(ast.Assign, ast.Return)
def result_of_a_change(evidence, node):
    """`answers = answers.append(x)`, or the same returned: the method changes its list, and gives
    None.
    """
    call = node.value
    if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)):
        return ""
    changed, method = call.func.value, call.func.attr
    if method not in _CHANGING or not isinstance(changed, ast.Name):
        return ""
    name = as_code(changed.id)
    return (
        f"`.{method}` changes {name} itself and gives None back, which {_at(evidence, node)} "
        "keeps: call it in a line of its own."
    )


@_read_each(ast.Expr)
def value_dropped(evidence, node):
    """A line that computes something and keeps it nowhere."""
    if isinstance(node.value, (ast.BinOp, ast.Subscript, ast.ListComp)):
        return (
            f"{_at(evidence, node)} computes a value and keeps it nowhere: give it a name, or "
            "return it."
        )
    return ""


@_read
def method_not_called(evidence):
    """A method without its brackets, such as `loss.backward`."""
    called = {id(node.func) for node in _walk(evidence, ast.Call)}
    handed_on = {
        id(part) for node in _walk(evidence, ast.Call) for part in [*node.args, *node.keywords]
    }
    for node in _walk(evidence, ast.Attribute):
        is_method = (
            node.attr in _METHODS and isinstance(node.ctx, ast.Load) and id(node) not in called
        )
        module = isinstance(node.value, ast.Name) and node.value.id in ("np", "math", "numpy")
        if is_method and not (module and id(node) in handed_on):
            return f"`{ast.unparse(node)}` is only named there, not called: put brackets behind it."
    return ""


@_read_each(ast.BinOp)
def caret_for_power(evidence, node):
    """`^` where `**` was meant."""
    if isinstance(node.op, ast.BitXor):
        return f"In Python `^` is no power: write `**`, at {_at(evidence, node)}."
    return ""


@_read_each(ast.For, ast.While)
def return_in_loop(evidence, loop):
    """A `return` that ends a loop in its first round."""
    if isinstance(loop.body[-1], ast.Return):
        return (
            "Your `return` stands inside the loop, so the function ends in the first round: "
            "indent it less."
        )
    return ""


@_read_each(ast.For, ast.While)
def returns_in_every_branch(evidence, loop):
    """A loop whose `if`, in all its branches, returns: only the first entry is looked at."""
    last = loop.body[-1]
    if isinstance(last, ast.If) and _always_returns(last):
        return "Every branch inside your loop returns, so only the first entry is ever looked at."
    return ""


def _always_returns(statement):
    if isinstance(statement, ast.If):
        bodies = (statement.body, statement.orelse)
        return all(body and _always_returns(body[-1]) for body in bodies)
    return isinstance(statement, ast.Return)


@_read_each(ast.For, ast.While)
def made_anew_in_the_loop(evidence, loop):
    """A list that is emptied in each round of the loop that fills it."""
    emptied = {name for statement in loop.body for name in _names_emptied(statement)}
    inner = {
        id(node)
        for part in loop.body
        if isinstance(part, (ast.For, ast.While))
        for node in ast.walk(part)
    }
    for name in sorted(emptied):
        grown = [node for node in _appends(loop, name) if id(node) not in inner]
        handed_on = [node for node in ast.walk(loop) if _reads(node, name)]
        if grown and len(handed_on) == len(grown):
            return (
                f"`{name}` is made anew in each round of the loop, so it only keeps the last: "
                "make it before."
            )
    return ""


def _names_emptied(statement):
    is_empty = (
        isinstance(statement, ast.Assign)
        and isinstance(statement.value, ast.List)
        and not statement.value.elts
    )
    return (
        [target.id for target in statement.targets if isinstance(target, ast.Name)]
        if is_empty
        else []
    )


def _appends(tree, name):
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("append", "extend", "insert")
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == name
    ]


def _reads(node, name):
    return isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Load)


@_read_each(ast.Assign)
def nothing_appended(evidence, statement):
    """A list that is made empty and never filled."""
    for name in _names_emptied(statement):
        filled = _appends(evidence.code, name) or _assigned_again(evidence.code, name, statement)
        if not filled:
            return f"`{name}` is made as an empty list and nothing is ever put into it."
    return ""


def _assigned_again(code, name, first):
    for node in ast.walk(code):
        if node is first:
            continue
        if isinstance(node, (ast.Assign, ast.AugAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                if any(isinstance(part, ast.Name) and part.id == name for part in ast.walk(target)):
                    return True
    return False


@_read_each(ast.For)
def loop_variable_rebound(evidence, loop):
    """`for p in parameters: p = …`, which changes nothing in the list."""
    if not isinstance(loop.target, ast.Name) or not isinstance(loop.iter, ast.Name):
        return ""
    for node in loop.body:
        if isinstance(node, (ast.Assign, ast.AugAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(
                isinstance(target, ast.Name) and target.id == loop.target.id for target in targets
            ):
                name, things = loop.target.id, ast.unparse(loop.iter)
                return (
                    f"Giving `{name}` a new value inside the loop changes nothing in "
                    f"`{things}` itself."
                )
    return ""


@_read
def argument_overwritten(evidence):
    """An argument that gets another value before it was ever used."""
    for statement in evidence.code.body:
        if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
            target = statement.targets[0]
            used = {node.id for node in ast.walk(statement.value) if isinstance(node, ast.Name)}
            if (
                isinstance(target, ast.Name)
                and target.id in evidence.arguments
                and target.id not in used
            ):
                before = evidence.code.body[: evidence.code.body.index(statement)]
                if not any(_reads(node, target.id) for part in before for node in ast.walk(part)):
                    return (
                        f"Your code gives its argument `{target.id}` another value before it has "
                        "used it."
                    )
    return ""


# ------------------------------------------------------------------------ arguments and other names


@_read
def argument_never_used(evidence):
    """Arguments that the answer follows and the code never reads; what of the notebook stands in
    their place.
    """
    if not evidence.exercise.hands_in_its_cases:
        return ""
    read = _names_read(evidence)
    arguments = evidence.arguments[: len(evidence.names)]
    unused = [
        place
        for place, name in enumerate(arguments)
        if name not in read and matters(evidence, place)
    ]
    if not unused:
        return ""
    names = in_words([arguments[place] for place in unused])
    instead = _names_of_the_notebook(evidence, read, evidence.cases[0][unused[0]])
    also = f"; it uses `{instead[0]}` of the notebook" if instead else ""
    return f"Your code never uses its argument{'s' if len(unused) > 1 else ''} {names}{also}."


def _names_read(evidence):
    return {node.id for node in _walk(evidence, ast.Name) if isinstance(node.ctx, ast.Load)}


def _names_of_the_notebook(evidence, read, value):
    """Return the names outside the function that the code reads and that hold data of the kind
    of a value.
    """
    outside = getattr(evidence.function, "__globals__", {})
    local = {node.id for node in _walk(evidence, ast.Name) if isinstance(node.ctx, ast.Store)}
    data = {
        name
        for name in read - local - set(evidence.arguments)
        if name in outside
        and not callable(outside[name])
        and not isinstance(outside[name], ModuleType)
    }
    return sorted(name for name in data if isinstance(plain(outside[name]), type(plain(value))))


@_read
def data_of_the_notebook(evidence):
    """The chapter's own data read from the notebook, where the check hands other data in."""
    outside = getattr(evidence.function, "__globals__", {})
    for argument, value in zip(evidence.names, evidence.cases[0], strict=True):
        for name in _names_of_the_notebook(evidence, _names_read(evidence), value):
            if isinstance(plain(value), list) and same(plain(outside[name]), plain(value), 1e-9):
                return (
                    f"Your code reads `{name}` from the notebook: a check hands other data in, as "
                    f"`{argument}`."
                )
    return ""


@_read
def result_never_used(evidence):
    """A local name that is given a value which nothing ever reads."""
    read = _names_read(evidence)
    targets = [target for node in _walk(evidence, ast.Assign) for target in node.targets]
    for target in targets:
        if isinstance(target, ast.Name) and target.id not in read and target.id != "_":
            return (
                f"`{target.id}` is computed and then never used: is another name meant further "
                "down?"
            )
    return ""


@_read
def place_typed_in(evidence):
    """An index or a count that fits the chapter's own example, where the answer is right, and no
    other.
    """
    wrong = [i for i in range(len(evidence.mine)) if not evidence.is_right(i)]
    if 0 in wrong or not evidence.exercise.takes_function:
        return ""
    known = evidence.constants_of_solution
    for node in _walk(evidence, (ast.Compare, ast.Subscript, ast.Call)):
        number = _place(node)
        if type(number) is int and number > 0 and number not in known:
            return (
                f"The {number} in {as_code(ast.unparse(node))} fits the chapter's own example, and "
                "not every other."
            )
    return ""


def _place(node):
    """Return the number in `j == 2`, `hidden[2]` or `range(4)`, or None."""
    if isinstance(node, ast.Subscript):
        return getattr(node.slice, "value", None)
    if isinstance(node, ast.Compare):
        return (
            getattr(node.comparators[0], "value", None) if isinstance(node.ops[0], ast.Eq) else None
        )
    is_range = getattr(node.func, "id", "") == "range" and node.args
    return getattr(node.args[-1], "value", None) if is_range else None


FIRST = [
    dots_left,
    result_of_a_change,
    call_turned_round,
    loop_over_the_pair,
    method_not_called,
    loop_variable_rebound,
]
FINDINGS = [
    comparison_for_assignment,
    caret_for_power,
    return_in_loop,
    returns_in_every_branch,
    made_anew_in_the_loop,
    nothing_appended,
    argument_overwritten,
    argument_never_used,
    data_of_the_notebook,
    value_dropped,
]
LATE = [result_never_used, place_typed_in]
