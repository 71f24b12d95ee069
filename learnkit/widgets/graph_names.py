"""What the nodes of a graph are called: by the learner, by a short formula, or v₁, v₂, …"""

from itertools import count

from learnkit.autograd.tensor import Tensor
from learnkit.widgets.texts import bracketed, short

SIGNS = {"+": " + ", "-": " − ", "*": "·", "/": " ÷ ", "**": "^", "@": " @ "}
SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
SUPERSCRIPTS = str.maketrans("0123456789−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
SHORT = 8  # characters that a formula may have to serve as a name


def labels(order, output, names):
    """Return {node: name}. order: the nodes, each after its inputs; names: {name: node}, where _ hides a name."""
    given = {id(node): name for name, node in reversed(names.items()) if not name.startswith("_")}
    given.setdefault(id(output), "output" if "L" in names else "L")
    found, number = {}, count(1)
    for node in order:
        text = formula(node, found) if node.inputs else ""
        own = text if 0 < len(text) <= SHORT else ""
        name = given.get(id(node)) or own or f"v{next(number)}".translate(SUBSCRIPTS)
        found[node] = name.replace("{", "(").replace("}", ")")  # braces mean something to the painter
    return found


def formula(node, words):
    """Return the operation of a node in the words for its inputs."""
    operands = [words[source] for source in node.inputs]
    if node.op not in SIGNS:
        return f"{node.op}({', '.join(map(_bare, operands))})"
    operands = operands if node.op == "+" else [whole(text) for text in operands]
    return SIGNS[node.op].join(operands) if len(operands) == 2 else _with_constant(node, *operands)


def whole(text):
    """Return a formula in brackets, so that a sign before or after it means all of it."""
    return f"({text})" if set(text) & set(" ·^") and not text.startswith("(") else text


def _bare(text):
    return text[1:-1] if text.startswith("(−") else text  # other brackets stand around it already


def _with_constant(node, operand):
    """The formula with the plain number that was the other operand, which its result and its slope give away."""
    if isinstance(node, Tensor):  # keeps no trace of its constants, nor of the side on which they stood
        return f"{node.op} of {operand} and a constant"
    [source], [slope] = node.inputs, node.slopes
    if node.op == "*":
        return f"−{operand}" if slope == -1 else f"{bracketed(short(slope))}·{operand}"
    if node.op == "+":
        return f"{operand} + {short(node.data - source.data)}".replace("+ −", "− ")
    if node.op == "/" and slope:
        return f"{operand} ÷ {bracketed(short(1 / slope))}"
    known = node.op == "**" and node.data and slope
    return operand + (short(slope * source.data / node.data).translate(SUPERSCRIPTS) if known else "^…")
