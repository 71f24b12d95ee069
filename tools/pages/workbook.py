"""The workbook of the 31-parameter network: a box for every number of chapter 8, empty or filled.

Every number comes from learnkit.flip; none is typed here.
"""

from learnkit import flip
from tools.pages.paper import filled

HOW = """
<p>Follow the network of chapter 8 through one step of learning, with a pencil. Work from top to
bottom: whatever a box needs stands above it. Put the numbers in on the line, write the result into
the box. All results but the very last are short decimals, so you need no calculator; a product
with a 0 in it is 0 and need not be worked out. In the drawing, write into each circle what you
find.</p>
"""
# the stages of each pass, their heading, and their rule in words
FORWARD = (
    (("z",), "What arrives at the hidden units", "Four products and a bias."),
    (
        ("h",),
        "Which hidden units speak",
        "The ReLU passes what is positive and makes 0 of the rest.",
    ),
    (("ŷ",), "The predictions", "Three products and a bias."),
    (("e",), "The errors", "Prediction minus target."),
    (("L",), "The loss", "The mean of the four squared errors."),
)
BACKWARD = (
    (("∂L/∂ŷ",), "Step 1: the predictions", "The slope of e² is 2e, and L is the mean of four."),
    (
        ("∂L/∂b2", "∂L/∂W2"),
        "Step 2: the second layer",
        "A bias gets what arrives at its prediction. A weight gets that times what it multiplies.",
    ),
    (("∂L/∂h",), "Step 3: back to the hidden units", "Four paths lead to each; they add up."),
    (
        ("∂L/∂z",),
        "Step 4: through the ReLU",
        "Its slope is 1 where z is positive and 0 elsewhere, at z = 0 too.",
    ),
    (
        ("∂L/∂b1", "∂L/∂W1"),
        "Step 5: the first layer",
        "The rule of step 2 once more: the inputs are the pixels now.",
    ),
)


def workbook(is_filled):
    """Return the workbook as HTML, its boxes empty or, for the solutions, filled."""
    after = flip.update()
    write = Writer(is_filled)
    title = "Workbook: the network of 31 parameters"
    parts = (
        f"<h1>{title}{': solutions' if is_filled else ''}</h1>{HOW}{given()}{drawing()}",
        f"<h2>Forward pass</h2>{write.passed('forward', flip.forward(), FORWARD)}",
        f"<h2>Backward pass: 31 slopes</h2>{write.passed('backward', flip.backward(), BACKWARD)}",
        f"<h2>Update</h2>{write.updated(after)}",
        f"<h2>Forward again</h2>{write.passed('again', flip.forward(after), FORWARD)}"
        f"{write.compared(after)}",
    )
    body = "".join(f'<section class="sheet">{part}</section>' for part in parts)
    return filled(f"{title}{': solutions' if is_filled else ''}", body)


class Writer:
    """Writes boxes: empty for learners, filled for the solutions."""

    def __init__(self, is_filled):
        self.is_filled = is_filled

    def box(self, place, value):
        """Return the box of a number; place: its name on the sheet, such as "forward/z₁"."""
        shown = flip.decimal(value) if self.is_filled else ""
        return f'<span class="box" data-box="{place}">{shown}</span>'

    def line(self, numbers):
        return f'<span class="line">{numbers if self.is_filled else ""}</span>'

    def passed(self, name, steps, parts):
        """Return a pass, a section for each heading; name: what its boxes begin with."""
        sections = []
        for stages, heading, rule in parts:
            shown = "".join(self.stage(name, flip.stage(steps, stage)) for stage in stages)
            sections.append(
                f'<section class="step"><h3>{heading}</h3><p>{rule}</p>{shown}</section>'
            )
        return "".join(sections)

    def stage(self, name, steps):
        """Return steps of one kind: sums below one another, single products in a table."""
        if len(steps[0].position) < 2 and steps[0].numbers != steps[0].decimal:
            return f"<ol>{''.join(self.sum(name, step) for step in steps)}</ol>"
        cells = {step.position: self.cell(name, step) for step in steps}
        return table(cells)

    def sum(self, name, step):
        formula = f'<span class="formula">{step.name} = {step.formula}</span>'
        box = self.box(f"{name}/{step.name}", step.value)
        return f"<li>{formula}<span>= {self.line(step.numbers)} = {box}</span></li>"

    def cell(self, name, step):
        box = self.box(f"{name}/{step.name}", step.value)
        return f"<small>{step.name} = {step.formula}</small>{box}"

    def updated(self, after):
        """Return the 31 new parameters, each with its old value and a place for its slope."""
        rate = flip.decimal(flip.LEARNING_RATE)
        rule = f"Each parameter moves against its slope: θ ← θ − η·∂L/∂θ, with η = {rate}."
        slopes = flip.gradients()
        rows = zip(flip.names(), flip.START.flat(), slopes.flat(), after.flat())
        cells = {}
        for name, old, slope, new in rows:
            slope = self.line(flip.decimal(slope))
            formula = f"<small>{name} ← {flip.decimal(old)} − {rate}·{slope}</small>"
            cells[name] = formula + self.box(f"update/{name}", new)
        return f"<p>{rule}</p>" + "".join(
            f"<h3>{symbol}</h3>{table(placed(symbol, cells))}" for symbol in after._fields
        )

    def compared(self, after):
        """Return the sentence that a learner completes at the end."""
        before, now = self.box("loss/before", flip.loss()), self.box("loss/after", flip.loss(after))
        return f'<p class="end">One step of learning took the loss from {before} to {now}.</p>'


def placed(symbol, cells):
    """Return {position: cell} of the parameters whose names begin with this symbol."""
    width = {"W1": 3, "b1": 3, "W2": 4, "b2": 4}[symbol]
    own = [cell for name, cell in cells.items() if name.startswith(symbol)]
    return {divmod(i, width): cell for i, cell in enumerate(own)}


def table(cells):
    """Return cells by their position, (column,) or (row, column), as a table."""
    rows = {}
    for position, cell in cells.items():
        rows.setdefault(position[:-1], []).append(f"<td>{cell}</td>")
    lines = "".join(f"<tr>{''.join(row)}</tr>" for row in rows.values())
    return f"<table>{lines}</table>"


def given():
    """Return what is known at the start: the image, the target and the 31 parameters."""
    known = dict(zip(flip.names(), flip.START.flat()))
    tables = "".join(
        f"<div><h3>{symbol}</h3>{table(placed(symbol, as_cells(known)))}</div>"
        for symbol in flip.START._fields
    )
    pixels = "".join(
        f"<div><h3>{heading}</h3>{table(as_pixels(symbol, image))}</div>"
        for heading, symbol, image in (("Image", "x", flip.IMAGE), ("Target", "y", flip.TARGET))
    )
    return f'<div class="given">{pixels}{tables}</div>'


def as_cells(numbers):
    return {
        name: f"<small>{name}</small><b>{flip.decimal(number)}</b>"
        for name, number in numbers.items()
    }


def as_pixels(symbol, image):
    """Return {position in the image of two by two: cell}."""
    named = as_cells({flip.named(symbol, i): pixel for i, pixel in enumerate(image)})
    return {divmod(i, 2): cell for i, cell in enumerate(named.values())}


def drawing():
    """Return the network with a circle for each number of the forward pass, as SVG."""
    layers = ("x", 4), ("h", 3), ("ŷ", 4)
    places = [
        [(60 + 190 * layer, 30 + 200 * (i + 0.5) / size) for i in range(size)]
        for layer, (_, size) in enumerate(layers)
    ]
    lines = "".join(
        f'<path d="M{x},{y} L{u},{v}"/>'
        for left, right in zip(places, places[1:])
        for x, y in left
        for u, v in right
    )
    circles = "".join(
        circle(x, y, flip.named(symbol, i), flip.IMAGE[i] if symbol == "x" else "")
        for (symbol, _), column in zip(layers, places)
        for i, (x, y) in enumerate(column)
    )
    label = "Four pixels, three hidden units, four predictions"
    shown = f'<svg viewBox="0 0 500 245" role="img" aria-label="{label}">{lines}{circles}</svg>'
    return f'<div class="drawing">{shown}</div>'


def circle(x, y, name, known):
    """Return a circle to write in, with its name above it."""
    return (
        f'<circle cx="{x}" cy="{y}" r="19"/><text x="{x}" y="{y + 5}">{known}</text>'
        f'<text class="name" x="{x + 30}" y="{y - 14}">{name}</text>'
    )
