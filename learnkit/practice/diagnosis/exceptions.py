"""Sixth tier: what Python said of an answer that raises, in plain words.

A finding takes the Evidence and looks at `evidence.fault`, the exception that the verdict shows.
"""

import ast
import difflib
import re
import sys
from contextlib import suppress

from ..names import explain
from ..plain import is_number, plain, shape
from ..wording import as_code
from .probing import may_be_typed_in


def _message(evidence):
    """Return Python's words with the names of NumPy's kinds as short as those of Python's own."""
    return evidence.fault.message.replace("'numpy.", "'")


_LIST_METHODS = {
    "mean": "`sum(…) / len(…)`, or `np.mean(…)`,",
    "sum": "`sum(…)`, or `np.sum(…)`,",
    "T": "an array made by `np.array(…)`",
    "shape": "an array made by `np.array(…)`",
    "relu": "a Tensor",
    "backward": "a Tensor or a Value",
}


def in_some_cases_only(evidence):
    """It runs for the first case and fails for inputs of another size, which is typed in."""
    good = [i for i in range(len(evidence.mine)) if evidence.is_right(i)]
    if 0 not in good or evidence.fault.kind not in ("IndexError", "ValueError", "KeyError"):
        return ""
    failed = next(i for i, one in enumerate(evidence.mine) if one.raised)
    sizes = []  # in words, each list of another length which the code fixes
    for name, first, other in zip(
        evidence.names, evidence.cases[0], evidence.cases[failed], strict=True
    ):
        if hasattr(first, "__len__") and hasattr(other, "__len__") and len(first) != len(other):
            if may_be_typed_in(evidence, len(first)):
                sizes.append(f"`{name}` has {len(first)} entries, and here it has {len(other)}")
    return f"It works where {sizes[0]}: is a number of entries typed in?" if sizes else ""


def nothing_left_to_pop(evidence):
    """`pop` from a list in which nothing is left."""
    if not re.search(r"pop from (an )?empty", evidence.fault.message):
        return ""
    return (
        "`pop` finds the list empty there. Follow it on paper for one short input: what was put "
        "in, in which order, and what has been taken out by then?"
    )


def no_such_key(evidence):
    """A dictionary that does not have the key in this case."""
    fault = evidence.fault
    if fault.kind != "KeyError" or "pop from" in fault.message:
        return ""
    said = f"A dictionary is asked there for the key {as_code(fault.message)}, which it lacks."
    return f"{said} {evidence.called_with(_first_raised(evidence))}".rstrip()


def for_other_columns(evidence):
    """It runs for all tables with as many columns as the chapter's own, and for no others."""
    if evidence.fault.kind not in ("IndexError", "ValueError"):
        return ""
    failed = _first_raised(evidence)
    good = [evidence.is_right(i) for i in range(len(evidence.mine))]
    for place, name in enumerate(evidence.names):
        sizes = [shape(plain(case[place])) for case in evidence.cases]
        if any(len(size) != 2 or None in size for size in sizes):
            continue
        alike = [size[1] == sizes[0][1] for size in sizes]
        # of other numbers of rows it makes the right table
        if good == alike and len({size[0] for size in sizes if size[1] == sizes[0][1]}) > 1:
            return (
                f"It works for the chapter's own example, where `{name}` has "
                f"{_columns(sizes[0])}, and for no other number of columns; here it has "
                f"{_columns(sizes[failed])}."
            )
    return ""


def _columns(size):
    return "1 column" if size[1] == 1 else f"{size[1]} columns"


def raised_by_its_own_code(evidence):
    """A `raise` or an `assert` of the learner's own, for an input that has an answer."""
    line = evidence.fault.line.strip()
    word = line.split(" ")[0]
    if word not in ("raise", "assert"):
        return ""
    return f"Your own `{word}` ends it there, for arguments that are allowed and have an answer."


def none_in_arithmetic(evidence):
    """None in arithmetic: a gradient that is not there, a function without return."""
    fault = evidence.fault
    if fault.kind != "TypeError" or "NoneType" not in fault.message:
        return ""
    if said := _about_grad(fault, _sets_grad_to_none(evidence.code)):
        return said
    if (
        "not subscriptable" in fault.message
        or "not iterable" in fault.message
        or "unpack" in fault.message
    ):
        return (
            "What stands there is None: a function without `return` hands back None, and so does "
            "`append`."
        )
    return (
        "One of the two sides is None: a function without `return` hands back None, and so does "
        "`append`."
    )


def _about_grad(fault, emptied):
    """Say of a `grad` that is None how it came to be that, or "" of anything else.

    emptied: whether the code itself sets one to None.
    """
    if emptied and "+=" in fault.message:
        return (
            "Your code sets `grad` to None, and `backward()` adds to what stands there: which "
            "number is an empty `grad`?"
        )
    if ".grad" not in fault.expression:
        return ""
    by = "only `backward()` fills it" + (", and your code sets it to None" if emptied else "")
    return f"There `.grad` is None: {by}."


def _sets_grad_to_none(code):
    """Tell whether code has a line such as `p.grad = None`."""
    return any(
        isinstance(part, ast.Assign)
        and ast.unparse(part.value) == "None"
        and any(ast.unparse(target).endswith(".grad") for target in part.targets)
        for part in (ast.walk(code) if code else ())
    )


def operands(evidence):
    """Arithmetic between things that do not go together: lists, text, a list and a number."""
    match = re.search(
        r"unsupported operand type\(s\) for (.+): '(.+)' and '(.+)'", _message(evidence)
    )
    if not match:
        return ""
    sign, left, right = match.groups()
    if sign.startswith("^"):
        return "In Python `^` is no power: write `**`."
    if {left, right} & {"list", "tuple"}:
        return (
            "Lists know no arithmetic entry by entry: go through them in a loop, or make arrays "
            "with `np.array(…)`."
        )
    if (
        "builtin_function_or_method" in (left, right)
        or "function" in (left, right)
        or "method" in (left, right)
    ):
        return (
            "One of the two sides is a function that was never called: put brackets behind its "
            "name."
        )
    if "str" in (left, right):
        return "One of the two sides is text: leave out the quotation marks."
    kinds = f"`{left}` and `{right}`"
    return f"`{sign}` does not go between {kinds}: look at what stands on either side of it."


def list_times_fraction(evidence):
    """A list times a number that is not whole, a list plus a number."""
    message = _message(evidence)
    if "can't multiply sequence" in message:
        return (
            "A list times a number repeats the list; to multiply its entries, go through them or "
            "make an array."
        )
    if re.search(r"can only concatenate (list|tuple|str)", message):
        return (
            "`+` joins two lists end to end; to add to each entry, go through them, or make arrays."
        )
    return ""


def not_iterable(evidence):
    """A number where a loop, `sum`, `max` or `zip` needs something to go through."""
    match = re.search(r"'(\w+)' object is not iterable", _message(evidence))
    if not match:
        return ""
    kind = match[1]
    if kind in ("int", "float", "int64", "float64"):
        what = _number_in(evidence) or "what stands there"
        return (
            f"A loop needs something to go through, and {what} is one number: `range(…)` counts up "
            "to it."
        )
    if "builtin_function_or_method" in kind or kind in ("function", "method"):
        return "A function cannot be gone through: call it first, with brackets behind its name."
    return f"A `{kind}` cannot be gone through like a list."


def _number_in(evidence):
    """Return, as code, the argument that is a number and stands in the loop of the line that
    failed.
    """
    line = evidence.fault.line
    for name, value in zip(evidence.names, evidence.cases[0], strict=True):
        if is_number(plain(value)) and re.search(rf"\bin\s+{name}\b|\(\s*{name}\s*[,)]", line):
            return as_code(name)
    return ""


def index_beyond_an_argument(evidence):
    """An entry behind the end of an argument, whose size is known."""
    fault = evidence.fault
    if fault.kind != "IndexError" or evidence.code is None:
        return ""
    if (indexed := _indexed(fault.expression)) is None:
        return ""
    index, name, depth = indexed
    if not evidence.exercise.hands_in_its_cases:
        return ""
    given = dict(zip(evidence.arguments, evidence.cases[_first_raised(evidence)]))
    if name not in given or not hasattr(given[name], "__len__"):
        return ""
    size = shape(plain(given[name]))
    if depth >= len(size) or not size[depth]:
        return ""
    what = f"`{name}` has" if depth == 0 else f"each row of `{name}` has"
    many = f"{size[depth]} entries, with the indices 0 to {size[depth] - 1}"
    return (
        f"Here {what} {'1 entry, with the index 0' if size[depth] == 1 else many}, and "
        f"{as_code(index)} goes beyond."
    )


def _indexed(expression):
    """Return (the last index, the name before all indices, how many indices before the last), or
    None.
    """
    with suppress(SyntaxError):
        node = ast.parse(expression, mode="eval").body
        if isinstance(node, ast.Subscript) and not isinstance(node.slice, (ast.Slice, ast.Tuple)):
            inner, depth = node.value, 0
            while isinstance(inner, ast.Subscript):
                inner, depth = inner.value, depth + 1
            if isinstance(inner, ast.Name):
                return ast.unparse(node.slice), inner.id, depth
    return None


def _first_raised(evidence):
    return next(i for i, one in enumerate(evidence.mine) if one.raised and not evidence.is_right(i))


def index_out_of_range(evidence):
    """An entry behind the end of a list."""
    fault = evidence.fault
    if fault.kind != "IndexError":
        return ""
    if "invalid index to scalar" in fault.message or "too many indices" in fault.message:
        return "There are more indices than what stands there has axes: count the brackets."
    if "only integers, slices" in fault.message:
        return "An index must be a whole number, a slice or a list of whole numbers."
    return (
        "An entry is asked for that is not there: of n entries the first has the index 0 and the "
        "last n − 1, and of a table the first index is the row."
    )


def index_of_another_kind(evidence):
    """A list with a fraction, a pair or a list as its index; a number with brackets behind it."""
    message = _message(evidence)
    if re.search(r"(list|tuple) indices must be integers or slices, not tuple", message):
        return (
            "A list of lists takes one index in each pair of brackets, `[i][j]`; only arrays take "
            "`[i, j]`."
        )
    if re.search(r"(list|tuple) indices must be integers or slices, not list", message):
        return "A list cannot take a list of positions as its index; an array can."
    if re.search(r"(list|tuple) indices must be integers", message):
        return (
            "An index must be a whole number: in `for entry in list` the entry comes itself, not "
            "its index."
        )
    if match := re.search(r"'(\w+)' object is not subscriptable", message):
        what = (
            "A function is called with round brackets"
            if "method" in match[1] or match[1] == "function"
            else ""
        )
        return (
            f"{what}."
            if what
            else f"A single `{match[1]}` has no entries, so no index can stand behind it."
        )
    return ""


def unpacking(evidence):
    """More or fewer values than names on the left."""
    pattern = r"(too many|not enough) values to unpack \(expected (\d+)(?:, got (\d+))?\)"
    match = re.search(pattern, _message(evidence))
    if not match:
        return ""
    got = (
        f"there are {match[3]}"
        if match[3]
        else "there are more"
        if match[1] == "too many"
        else "there are fewer"
    )
    return f"On the left {match[2]} names wait for {match[2]} values, and on the right {got}."


def unknown_name(evidence):
    """A name that nothing stands behind."""
    match = re.search(r"name '(\w+)' is not defined", _message(evidence))
    if not match:
        return ""
    said = ""
    with suppress(Exception):
        said = explain(match[1])
    names = ", ".join(map(as_code, evidence.exercise.parameters))
    return (
        said
        or f"`{match[1]}` is not known here: your function is given {names}, and what it makes "
        "itself."
    )


def used_too_early(evidence):
    """A local name that is read before it is assigned."""
    match = re.search(r"cannot access local variable '(\w+)'", _message(evidence))
    if match and evidence.code and _is_set_inside_and_outside(evidence.code, match[1]):
        return (
            f"`{match[1]}` is made by the outer function. Where the inner one writes `=` or `+=` "
            "behind that name, it makes one of its own, without a value yet: a list is changed by "
            f"`{match[1]}.append(…)`."
        )
    if match:
        return (
            f"`{match[1]}` is used before your function has given it a value: set it before the "
            "loop or the `if`."
        )
    return ""


def _is_set_inside_and_outside(code, name):
    """Tell whether a function gives a name a value, and a function within it does so as well."""
    functions = [part for part in ast.walk(code) if isinstance(part, ast.FunctionDef)]
    inside = {id(part) for one in functions if one is not code for part in ast.walk(one)}
    places = {
        id(part) in inside
        for part in ast.walk(code)
        if isinstance(part, ast.Name) and part.id == name and isinstance(part.ctx, ast.Store)
    }
    return len(places) == 2


def wrong_number_of_arguments(evidence):
    """A function called with too many or too few arguments: the learner's by the check, or
    another by the learner.
    """
    message = _message(evidence)
    match = re.search(r"(\w+)\(\) (takes|missing) ", message)
    if not match:
        return ""
    if evidence.exercise.takes_function and match[1] == getattr(evidence.function, "__name__", ""):
        parameters = evidence.exercise.parameters
        wanted = ", ".join(parameters)
        return (
            f"A check calls your function with {len(parameters)} arguments, `{wanted}`: give "
            "it those."
        )
    return f"`{match[1]}` is called there with too many or too few arguments."


def not_callable(evidence):
    """Round brackets behind what is no function."""
    match = re.search(r"'(\w+)' object is not callable", _message(evidence))
    if not match:
        return ""
    if match[1] in ("list", "tuple", "ndarray", "dict"):
        what = "An array" if match[1] == "ndarray" else f"A `{match[1]}`"
        return f"{what} is not called: its entries are taken with square brackets."
    if match[1] in ("int", "float", "float64", "int64"):
        return "A number is not called: if a product is meant, `*` is missing before the bracket."
    return f"A `{match[1]}` is no function: which name stands before the brackets?"


def no_such_attribute(evidence):
    """An attribute or method that this kind of thing does not have."""
    match = re.search(r"'(\w+)' object has no attribute '(\w+)'", _message(evidence))
    if not match:
        return ""
    kind, name = match.groups()
    if kind == "NoneType":
        return "What stands before the dot is None: a function without `return` hands back None."
    if kind in ("function", "method", "builtin_function_or_method"):
        return (
            "What stands before the dot is a function that was never called: put brackets behind "
            "its name."
        )
    if kind in ("list", "tuple", "float", "int") and name in _LIST_METHODS:
        return f"A `{kind}` has no `.{name}`: use {_LIST_METHODS[name]} instead."
    return (
        f"A `{kind}` has no `.{name}`: look at how it is spelt, and at what stands before the dot."
    )


def no_such_name_in_a_module(evidence):
    """`np.ln`: a name that a module does not have."""
    match = re.search(r"module '([\w.]+)' has no attribute '(\w+)'", evidence.fault.message)
    if not match:
        return ""
    module, name = match.groups()
    written = re.search(rf"(\w+)\.{name}\b", evidence.fault.line)
    before = written[1] if written else module
    nearest = _nearest_name(module, name)
    if not nearest:
        return f"`{before}` has nothing by the name of `{name}`: look at how it is spelt."
    return f"`{before}` has no `{name}`; what it has is called `{before}.{nearest}`."


def _nearest_name(module, name):
    """Return the name that a module has for what was meant, or ""."""
    known = [known for known in dir(sys.modules.get(module)) if not known.startswith("_")]
    if (other := _OTHER_NAMES.get(name)) in known:
        return other
    return next(iter(difflib.get_close_matches(name, known, 1, 0.75)), "")


_OTHER_NAMES = {
    "ln": "log",
    "lg": "log10",
    "sqr": "square",
    "root": "sqrt",
    "stdev": "std",
    "avg": "mean",
    "tg": "tan",
    "len": "size",
}


def shapes_do_not_fit(evidence):
    """Arrays whose shapes go neither together nor into a product."""
    message = _message(evidence)
    if "matmul" in message and "mismatch" in message or "not aligned" in message:
        return (
            "In a product with `@` or `np.dot` the last axis of the left side must be as long as "
            "the first axis of the right side: write the shapes of both down."
        )
    if "matmul" in message and "enough dimensions" in message:
        if "@" not in evidence.fault.line:  # the product is in what tries the answer out
            return (
                "A single number stands where a list or an array belongs: count what is asked for."
            )
        return "`@` multiplies vectors and matrices; a single number is multiplied with `*`."
    if "could not be broadcast" in message or "could not broadcast" in message:
        return (
            "The two shapes do not go together entry by entry: write both down, and see which axis "
            "differs."
        )
    if "inhomogeneous" in message:
        return "The rows differ in length, so they make no array."
    return ""


def compared_with_a_list(evidence):
    """`z > 0` for a list z."""
    match = re.search(
        r"'[<>]=?' not supported between instances of '(\w+)' and '(\w+)'", evidence.fault.message
    )
    if not match or not {match[1], match[2]} & {"list", "tuple"}:
        return ""
    return (
        "A list as a whole is neither larger nor smaller than a number: compare one entry at a "
        "time."
    )


def ambiguous_truth(evidence):
    """An array where one yes or no is needed."""
    if "truth value of an array" in _message(evidence) or "truth value is ambiguous" in _message(
        evidence
    ):
        return "`if`, `and` and `while` need one yes or no, and an array gives one for each entry."
    return ""


def arithmetic(evidence):
    """Division by zero, logarithms and roots of what has none, overflow."""
    fault = evidence.fault
    if fault.kind == "ZeroDivisionError":
        return (
            "Something is divided by 0 there: for which of the arguments does the divisor become 0?"
        )
    if any(
        sign in fault.message
        for sign in ("math domain error", "positive input", "nonnegative input")
    ):
        return (
            "`math.log` takes positive numbers only, and `math.sqrt` none below 0: which sign does "
            "yours have there?"
        )
    if fault.kind == "OverflowError":
        return "The numbers there grow beyond all bounds: does each step make them larger?"
    return ""


def complex_number(evidence):
    """A root of a number below 0, taken as a power."""
    if "complex" not in _message(evidence):
        return ""
    return (
        "A number there is complex, which is what Python makes of a number below 0 to a power such "
        "as `0.5`: which of yours has fallen below 0?"
    )


def one_number_wanted(evidence):
    """A list or an array where one number is needed."""
    message = _message(evidence)
    if any(sign in message for sign in _SIGNS_OF_MANY):
        return (
            "One number is needed there, and what stands there is several or none: a list, an "
            "array, a Tensor."
        )
    if "'float' object cannot be interpreted as an integer" in message:
        return (
            "A whole number is needed there; `/` always makes a fraction, even of 4 / 2, and `//` "
            "does not."
        )
    if (
        "cannot be interpreted as an integer" in message
        or "can be converted to a scalar index" in message
    ):
        return (
            "A whole number is needed there: `range(len(entries))` counts entries, "
            "`range(entries)` cannot."
        )
    return ""


def compared_kinds(evidence):
    """Text, None or a function held against a number."""
    match = re.search(r"not supported between instances of '(.+)' and '(.+)'", _message(evidence))
    if not match:
        return ""
    kinds = set(match.groups())
    if "NoneType" in kinds:
        return "One of the two sides is None: a function without `return` hands back None."
    if "str" in kinds:
        return "One of the two sides is text: leave out the quotation marks."
    if kinds & {"function", "builtin_function_or_method", "method"}:
        return (
            "One of the two sides is a function that was never called: put brackets behind its "
            "name."
        )
    return ""


_SIGNS_OF_MANY = (
    "must be real number, not",
    "only length-1 arrays",
    "only 0-dimensional arrays",
    "float() argument must be",
    "can only convert an array of size 1",
)


def cannot_be_changed(evidence):
    """A tuple, text or a range whose entry is assigned."""
    match = re.search(r"'(\w+)' object does not support item assignment", _message(evidence))
    if match:
        return f"A `{match[1]}` cannot be changed entry by entry: make a list of it first."
    if "read-only" in _message(evidence):
        return (
            "An array inside a Tensor cannot be changed in place; rebind it: "
            "`p.data = p.data - learning_rate * p.grad`."
        )
    return ""


def calls_itself(evidence):
    """A function that calls itself without end."""
    if evidence.fault.kind == "RecursionError":
        return "A function that calls itself needs a case in which it stops."
    return ""


def backward_twice_or_not_scalar(evidence):
    """`backward()` on something that is no single number, or is no Tensor at all."""
    fault = evidence.fault
    if fault.message.startswith("backward() starts from a single number"):
        return (
            "What is differentiated is one number, the loss: all errors together, before "
            "`backward()` is called."
        )
    if "backward" in fault.expression and "no attribute" in fault.message:
        return (
            "Only what was computed from Tensors or Values has a `backward()`, and plain numbers "
            "have none."
        )
    return ""


FINDINGS = [
    raised_by_its_own_code,
    backward_twice_or_not_scalar,
    none_in_arithmetic,
    for_other_columns,
    in_some_cases_only,
    list_times_fraction,
    operands,
    not_iterable,
    nothing_left_to_pop,
    no_such_key,
    index_beyond_an_argument,
    index_out_of_range,
    index_of_another_kind,
    unpacking,
    unknown_name,
    used_too_early,
    wrong_number_of_arguments,
    not_callable,
    no_such_attribute,
    no_such_name_in_a_module,
    shapes_do_not_fit,
    compared_with_a_list,
    ambiguous_truth,
    arithmetic,
    complex_number,
    one_number_wanted,
    compared_kinds,
    cannot_be_changed,
    calls_itself,
]
