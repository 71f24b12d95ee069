"""What the nodes of a graph are called: by the learner, by a short formula, or v₁, v₂, …"""

import math
from fractions import Fraction
from itertools import count

import numpy as np

from learnkit.autograd.tensor import Tensor
from learnkit.painter.numbers import digits
from learnkit.painter.texts import short

SIGNS = {"+": " + ", "-": " − ", "*": "·", "/": " ÷ ", "**": "^", "@": " @ "}
OPERATIONS = {"+": "sum", "*": "product", "/": "quotient", "**": "power"}
SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
SUPERSCRIPTS = str.maketrans("0123456789−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
# characters that a formula may have to serve as a name, or a fraction to be shown as it is
SHORT = 8


def labels(order, output, names):
    """Return {node: name} of nodes, of all their inputs and of the output.

    order: the nodes, each after those of its inputs that are among them; names: {name: node}, where
    _ hides a name.
    """
    given = {id(node): name for name, node in reversed(names.items()) if not name.startswith("_")}
    given.setdefault(id(output), "output" if "L" in names else "L")
    found, number = {}, count(1)
    known = set(order)
    ends = [output, *(source for node in order for source in node.inputs)]
    beyond = dict.fromkeys(node for node in ends if node not in known)
    for node in (*beyond, *order):
        text = formula(node, found) if node.inputs and node in known else ""
        own = text if 0 < len(text) <= SHORT else ""
        name = given.get(id(node)) or own or f"v{next(number)}".translate(SUBSCRIPTS)
        # braces mean something to the painter
        found[node] = name.replace("{", "(").replace("}", ")")
    return found


def operation(node):
    """Return the operation of a node as a word; some are words, or `@`, already."""
    return OPERATIONS.get(node.op, node.op)


def formula(node, words):
    """Return the operation of a node in the words for its inputs."""
    operands = [words[source] for source in node.inputs]
    if node.op not in SIGNS:
        return f"{node.op}({', '.join(map(_bare, operands))})"
    operands = operands if node.op == "+" else [whole(text) for text in operands]
    return SIGNS[node.op].join(operands) if len(operands) == 2 else _with_constant(node, *operands)


def number(value, figures=4):
    """Return a number as text: a Fraction as it is where that is short, – for what is not a
    number, or ∞.
    """
    if isinstance(value, Fraction) and len(str(value)) <= SHORT:
        decimal = short(value)
        return (
            decimal
            if Fraction(decimal.replace("−", "-")) == value
            else str(value).replace("-", "−")
        )
    return short(value, figures) if math.isfinite(value) else digits(float(value))


def summary(data, figures=4):
    """Return a number as it is; of an array the smallest and the largest entry."""
    ends = [np.ravel(data)[0]] if np.size(data) == 1 else [np.min(data), np.max(data)]
    return " … ".join(number(end, figures) for end in ends)


def bracketed(text):
    """Return a negative number or a fraction in brackets, as it stands inside a sum or a
    product.
    """
    return f"({text})" if text.startswith("−") or "/" in text else text


def whole(text):
    """Return a formula in brackets, so that a sign before or after it means all of it."""
    return f"({text})" if set(text) & set(" ·^") and not text.startswith("(") else text


def _bare(text):
    return text[1:-1] if text.startswith("(−") else text  # other brackets stand around it already


def _with_constant(node, operand):
    """The formula with the plain number that was the other operand, which its result and its
    slope give away.
    """
    # keeps no trace of its constants, nor of the side on which they stood
    if isinstance(node, Tensor):
        return f"{operation(node)} of {operand} and a constant"
    [source], [slope] = node.inputs, node.slopes
    if node.op == "*":
        return f"−{operand}" if slope == -1 else f"{bracketed(number(slope))}·{operand}"
    if node.op == "+":
        return f"{operand} + {number(node.data - source.data)}".replace("+ −", "− ")
    if node.op == "/":
        return _divided(node, source, slope, operand)
    # then any exponent fits
    if not node.data or not math.isfinite(node.data) or not math.isfinite(slope):
        return f"a power of {operand}"
    return operand + number(slope * source.data / node.data).translate(SUPERSCRIPTS)


def _divided(node, source, slope, operand):
    """A quotient: the slope of x ÷ c has the sign of the quotient to x, that of c ÷ x the other
    one.
    """
    if node.data and slope * source.data / node.data < 0:
        return f"{bracketed(number(node.data * source.data))} ÷ {operand}"
    return f"{operand} ÷ {bracketed(number(1 / slope if slope else math.inf))}"
