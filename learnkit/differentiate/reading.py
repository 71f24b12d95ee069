"""Find out whether a function reads plain numbers, which carry no slope, and computes with them."""

import dis
import functools
import inspect
import types

import numpy as np

# What takes the plain number out of a Value, a Dual or a complex number.
PLAIN = {"data", "value", "real", "imag", "item", "conj", "conjugate"}
PLAIN_OF_COMPLEX = {*PLAIN, "abs", "absolute"}


def refuse_lost_slopes(function, at, found, way, evaluate):
    """Raise TypeError if the function reads plain numbers and its slope got lost by it.

    at: the point, an array. found: the gradient that this way found there. way: its name.
    evaluate: function of a point that returns the function's number there, computed in this way.
    Reading is no fault by itself, as in `if x.data > 0`: measured slopes decide, which costs 4n +
    14 evaluations, and only for functions that read.
    """
    read = plain_reading(function, PLAIN_OF_COMPLEX if way == "complex_step" else PLAIN)
    if not read:
        return
    from learnkit.differentiate.check import check_gradient  # which measures by what needs this

    try:
        check = check_gradient(evaluate, at, found, tolerance=1e-3)
    except (ValueError, ArithmeticError):  # it cannot be measured there
        return
    if check.wrong:
        place = check.names.index(check.wrong[0])
        raise TypeError(
            f"Your function computes with `{read}`, a plain number without a slope: along "
            f"{check.wrong[0]} {way} finds {np.ravel(found)[place]:.4g}, and a measurement "
            f"{check.central[place]:.4g}. Compute with x itself."
        )


def plain_reading(function, plain):
    """Return a name of the set `plain` that the learner's function asks for, or "" without any.

    Functions it calls are read as well, if they can be seen: by a name of its module or around it.
    """
    waiting, met = [function], set()
    while waiting:
        code_owner = _written(waiting.pop())
        if code_owner is None or code_owner in met:
            continue
        met.add(code_owner)
        for code in _codes(code_owner.__code__):
            for instruction in dis.get_instructions(code):
                is_asked = instruction.opname in ("LOAD_ATTR", "LOAD_METHOD")
                is_built_in = instruction.opname == "LOAD_GLOBAL" and instruction.argval == "abs"
                if (is_asked or is_built_in) and instruction.argval in plain:
                    return instruction.argval
            names = set(code.co_names) & set(code_owner.__globals__)
            waiting.extend(code_owner.__globals__[name] for name in names)
        waiting.extend(_around(code_owner))
    return ""


def _written(function):
    """Return the function of Python behind a callable, if the learner may have written it."""
    if not callable(function) or isinstance(function, type):
        return None
    if isinstance(function, functools.partial):
        return _written(function.func)
    function = inspect.unwrap(function)
    function = getattr(function, "__func__", function)
    if not isinstance(function, types.FunctionType):
        function = getattr(type(function).__call__, "__func__", type(function).__call__)
    is_ours = (getattr(function, "__module__", None) or "").split(".")[0] in ("learnkit", "numpy")
    return None if is_ours or not isinstance(function, types.FunctionType) else function


def _codes(code):
    """Yield a function's code and the code of every function inside it."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from _codes(constant)


def _around(function):
    """Yield what the function finds in the functions around it."""
    for cell in function.__closure__ or ():
        try:
            yield cell.cell_contents
        except ValueError:  # not filled yet
            continue
