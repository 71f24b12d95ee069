"""The course on one page: the seven key concepts, the rules and the symbols.

    summary.key_concepts()   # for a notebook
    summary.page()           # HTML of one printed page, A4, with nothing from outside

`python3 course.py build` writes the page to docs/summary.html.
"""

import html
import re
from typing import NamedTuple

from learnkit.glossary import SYMBOLS


class Concept(NamedTuple):
    """A key concept: its equation, its sentence, and the chapter that is about it."""

    name: str
    equation: str
    sentence: str
    chapter: int


class Rule(NamedTuple):
    """A formula: what it is for, and the chapter that derives or measures it."""

    name: str
    formula: str
    chapter: int


# In equations, _{…} lowers and ^{…} raises what stands in the brackets.
KEY_CONCEPTS = (
    Concept(
        "learning",
        "θ* = argmin L(θ)",
        "Moving the parameters so that the loss becomes small.",
        1,
    ),
    Concept(
        "loss function",
        "L = (1/n) Σ (ŷ_{i} − y_{i})^{2}",
        "Makes one number of all errors, here the mean of their squares: what is to be small is "
        "your choice.",
        2,
    ),
    Concept(
        "gradient",
        "∇L = (∂L/∂θ_{1}, …, ∂L/∂θ_{k})",
        "The slopes along all parameters; it points where the loss rises fastest.",
        4,
    ),
    Concept(
        "gradient descent",
        "θ ← θ − η∇L",
        "Every parameter goes against its own slope, again and again.",
        4,
    ),
    Concept(
        "learning rate",
        "L(θ − η∇L) ≈ L − η‖∇L‖^{2}",
        "How far a step goes: too small crawls, too large bounces or diverges; the promise on "
        "the left holds for small η.",
        4,
    ),
    Concept(
        "forward pass",
        "z = xW + b,  h = max(0, z),  ŷ = hV + c",
        "From the input, layer by layer, to the prediction; its numbers are kept for the way back.",
        8,
    ),
    Concept(
        "backward pass",
        "∂L/∂u = Σ (∂L/∂v)(∂v/∂u)",
        "From the loss back: multiply along each path, add over the paths; u hands its own on "
        "when all v that use it have answered.",
        8,
    ),
)

RULES = {
    "Losses": (
        Rule("mean squared error", "∂L/∂ŷ_{i} = 2(ŷ_{i} − y_{i})/n", 2),
        Rule("mean absolute error", "L = (1/n) Σ |ŷ_{i} − y_{i}|,  slope ±1/n", 2),
        Rule("Huber", "½e^{2} where |e| ≤ δ,  δ(|e| − ½δ) beyond", 2),
        Rule("surprise", "−ln p, where p was given to what happened", 2),
        Rule("sigmoid", "p = 1/(1 + e^{−z})", 2),
        Rule("softmax", "p_{k} = e^{zₖ} / Σ e^{zⱼ}", 2),
        Rule("binary cross-entropy", "−y ln p − (1 − y) ln(1 − p)", 2),
        Rule("cross-entropy", "L = −Σ y_{k} ln p_{k},  ∂L/∂z = p − y", 2),
    ),
    "Descent": (
        Rule("best on a bowl", "η = 2/(λ_{min} + λ_{max})", 4),
        Rule("limit on a bowl", "η < 2/λ_{max}", 4),
        Rule("one step", "distance times 1 − ηλ along curvature λ", 4),
        Rule("condition number", "κ = λ_{max}/λ_{min}", 3),
        Rule("momentum", "v ← μv + g,  θ ← θ − ηv", 5),
        Rule("Adam", "θ ← θ − η · mean/(√s + 10^{−8}),  mean and s each divided by 1 − α^t", 5),
        Rule("weight decay", "θ ← θ − ηλθ", 5),
        Rule("RMSprop", "s ← αs + (1 − α)g^{2},  θ ← θ − ηg/(√s + 10^{−8})", 5),
        Rule("standardise", "(x − mean)/(standard deviation)", 5),
    ),
    "Derivatives": (
        Rule("forward difference", "(f(x + h) − f(x))/h,  h ≈ √ε", 6),
        Rule("central difference", "(f(x + h) − f(x − h))/2h,  h ≈ ∛ε", 6),
        Rule("sum", "∂(a + b)/∂a = 1", 7),
        Rule("product", "∂(ab)/∂a = b", 7),
        Rule("ReLU", "slope 1 where z > 0,  0 where z < 0", 8),
        Rule("tanh", "slope 1 − tanh^{2} z", 7),
        Rule("z = xW", "from g along z: gW^{T} along x,  x^{T}g along W", 9),
        Rule("gradient check", "|a − b| / max(|a|, |b|), not at a kink", 6),
        Rule(
            "cost of a gradient",
            "measured 1 or 2 passes a parameter;  reverse mode 2 to 3 in all",
            6,
        ),
    ),
}


def as_html(equation):
    """Return an equation as HTML: _{…} and ^{…} become lowered and raised text."""
    escaped = html.escape(equation, quote=False)
    lowered = re.sub(r"_\{([^}]*)\}", r"<sub>\1</sub>", escaped)
    return re.sub(r"\^\{([^}]*)\}", r"<sup>\1</sup>", lowered)


def as_text(equation):
    """Return an equation as plain text: y_{i} as yᵢ where it is short, x^{2} as x^2."""
    return re.sub(r"\{([^}]*)\}", r"\1", equation)


class KeyConcepts:
    """The seven key concepts as a notebook shows them."""

    def __repr__(self):
        lines = [
            f"{one.name} (chapter {one.chapter}): {as_text(one.equation)}\n  {one.sentence}"
            for one in KEY_CONCEPTS
        ]
        return "\n".join(lines)

    def _repr_html_(self):
        return f"<div style='max-width:52rem'>{_concepts()}</div>"


def key_concepts():
    """Return the seven key concepts to be shown in a notebook."""
    return KeyConcepts()


def page():
    """Return the printable summary as one HTML document."""
    rules = "".join(_rules(title, rules) for title, rules in RULES.items())
    symbols = "".join(
        f"<tr><th scope='row'>{sign}</th><td>{said}</td></tr>" for sign, said in SYMBOLS
    )
    symbols = f"<section><h2>Symbols</h2><table>{symbols}</table></section>"
    return (
        "<!DOCTYPE html>\n<html lang='en'>\n<head>\n<meta charset='utf-8'>\n"
        "<meta name='viewport' content='width=device-width, initial-scale=1'>\n"
        f"<title>How neural networks learn, on one page</title>\n<style>{STYLE}</style>\n"
        "</head>\n<body><main>\n<h1>How neural networks learn, on one page</h1>\n"
        f"<h2>Seven key concepts</h2>\n{_concepts()}\n"
        f"<div class='columns'>{rules}{symbols}</div>\n"
        "<p class='foot'>The number behind each line is the chapter of the learnkit course that "
        "derives or measures it. Text: CC BY 4.0.</p>\n</main></body>\n</html>\n"
    )


STYLE = """
@page { size: A4; margin: 12mm; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 6mm; max-width: 198mm; background: #fff; color: #000;
  font: 9pt/1.28 "Liberation Serif", "Times New Roman", serif; }
h1 { font-size: 15pt; margin: 0 0 2mm; }
h2 { font-size: 11pt; margin: 3mm 0 1mm; border-bottom: 0.3mm solid #000; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: 0.55mm 2mm 0.55mm 0; }
tr + tr > * { border-top: 0.1mm solid #999; }
sub, sup { line-height: 0; }
.equation { white-space: nowrap; font-style: italic; }
.number { text-align: right; padding-right: 0; }
.columns { columns: 2; column-gap: 8mm; }
section { break-inside: avoid; padding-top: 3mm; }
section h2 { margin-top: 0; }
section tr > :nth-child(2):not(.number) { width: 64%; }
.foot { font-size: 8pt; margin: 3mm 0 0; }
@media print { body { padding: 0; max-width: none; } }
@media (max-width: 40rem) { .columns { columns: 1; } .equation { white-space: normal; } }
"""


def _concepts():
    head = "".join(
        f"<th scope='col' style='text-align:left'>{said}</th>"
        for said in ("concept", "equation", "in words", "chapter")
    )
    rows = "".join(
        f"<tr><th scope='row' style='text-align:left'>{one.name}</th>"
        f"<td class='equation' style='text-align:left'>{as_html(one.equation)}</td>"
        f"<td style='text-align:left'>{one.sentence}</td><td class='number'>{one.chapter}</td></tr>"
        for one in KEY_CONCEPTS
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _rules(title, rules):
    rows = "".join(
        f"<tr><th scope='row'>{one.name}</th><td>{as_html(one.formula)}</td>"
        f"<td class='number'>{one.chapter}</td></tr>"
        for one in rules
    )
    return f"<section><h2>{title}</h2><table>{rows}</table></section>"
