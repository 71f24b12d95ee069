"""The 31-parameter network that flips a 2×2 image, with every number of both passes exact.

The task: an image (a, b, c, d), its pixels row by row, becomes (a, c, b, d), mirrored at its main
diagonal.
The network: 4 pixels, 3 hidden units with ReLU, 4 outputs; 4·3 + 3 + 3·4 + 4 = 31 parameters.
"""

import random
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, islice, product
from math import prod
from numbers import Integral
from typing import NamedTuple

IMAGES = tuple(product((0, 1), repeat=4))
IMAGE = (1, 0, 1, 1)
LEARNING_RATE = Fraction(1, 10)


def flip(image):
    """Return the image (a, b, c, d) mirrored at its main diagonal: (a, c, b, d)."""
    _refuse_other_size("An image has four pixels", image)
    a, b, c, d = image
    return (a, c, b, d)


def _refuse_other_size(rule, pixels):
    if not hasattr(pixels, "__len__"):
        raise TypeError(f"{rule}, in a tuple, list or array; this is {pixels!r}.")
    if len(pixels) != 4:
        raise ValueError(f"{rule}; this has {len(pixels)}.")


TARGET = flip(IMAGE)


class Parameters(NamedTuple):
    """The parameters of both layers: W1 has a row for each pixel, W2 a row for each hidden unit."""

    W1: tuple
    b1: tuple
    W2: tuple
    b2: tuple

    def flat(self):
        """Return all parameters in one list: W1 row by row, then b1, W2 row by row, b2."""
        return [*chain(*self.W1), *self.b1, *chain(*self.W2), *self.b2]

    @classmethod
    def from_flat(cls, numbers):
        """Return the parameters that `flat()` had put into one list, for 4 inputs and 4 outputs."""
        hidden = (len(numbers) - 4) // 9  # each hidden unit has 4 weights in, 1 bias, 4 weights out
        if hidden < 1 or len(numbers) != 9 * hidden + 4:
            rule = "A 4-h-4 network has 9h + 4 parameters, 31 for h = 3"
            raise ValueError(f"{rule}; you gave {len(numbers)}.")
        rest = iter(numbers)

        def row(length):
            return tuple(islice(rest, length))

        W1 = tuple(row(hidden) for _ in range(4))
        b1 = row(hidden)
        W2 = tuple(row(4) for _ in range(hidden))
        return cls(W1, b1, W2, row(4))


def _exact(rows):
    return tuple(_exact(entry) if isinstance(entry, tuple) else Fraction(entry) for entry in rows)


START = Parameters(
    W1=_exact(
        (
            ("0.2", "-0.5", "0.1"),
            ("-0.3", "0.4", "-0.2"),
            ("0.1", "0.3", "0.5"),
            ("-0.4", "0.2", "-0.1"),
        )
    ),
    b1=_exact(("0.1", "-0.1", "0")),
    W2=_exact(
        (
            ("0.7", "-0.2", "0.1", "-0.4"),
            ("0.3", "0.5", "-0.6", "-0.3"),
            ("0.2", "-0.4", "0.1", "-0.5"),
        )
    ),
    b2=_exact(("0", "0.1", "-0.1", "0")),
)


def random_parameters(hidden=3, seed=0):
    """Return parameters to start training from: weights uniform between -1 and 1, biases 0.

    hidden: number of hidden units. The same seed gives the same numbers on every machine.
    """
    if not isinstance(hidden, Integral) or hidden < 1:
        needs = "a whole number of hidden units, 1 or more"
        raise ValueError(f"A network needs {needs}; not {hidden!r}.")
    draw = random.Random(seed)

    def weights(rows, columns):
        return tuple(tuple(draw.uniform(-1, 1) for _ in range(columns)) for _ in range(rows))

    return Parameters(weights(4, hidden), (0.0,) * hidden, weights(hidden, 4), (0.0,) * 4)


# The trace: each step is data, so that text, drawings, exercises and tests read one source.

_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def named(symbol, *position):
    """Return a name as the chapter writes it, counted from 1: named("W1", 0, 2) is "W1₁₃"."""
    return symbol + "".join(str(i + 1) for i in position).translate(_SUBSCRIPTS)


def decimal(number):
    """Return a number in decimals with a true minus sign: all that there are, else six figures."""
    text = f"{float(number):.12g}"
    if isinstance(number, Fraction) and Fraction(text) != number:
        text = f"≈{float(number):.6g}"
    return text.replace("-", "−")


def names(hidden=3):
    """Return the names of all parameters, in the order of `Parameters.flat()`."""
    tables = ("W1", 4, hidden), ("b1", hidden), ("W2", hidden, 4), ("b2", 4)
    return [
        named(symbol, *position)
        for symbol, *size in tables
        for position in product(*map(range, size))
    ]


@dataclass(frozen=True)
class Step:
    """One number of a pass: its stage and position in it, how it is computed, and its exact value.

    formula and numbers state the same sum, once in names and once in numbers.
    """

    stage: str
    position: tuple
    formula: str
    numbers: str
    value: Fraction

    @property
    def name(self):
        return named(self.stage, *self.position)

    @property
    def exact(self):
        return str(self.value).replace("-", "−")

    @property
    def decimal(self):
        return decimal(self.value)

    def __str__(self):
        parts = self.name, self.formula, self.numbers, self.decimal
        return " = ".join(parts if self.numbers != self.decimal else parts[:3])


def _bracketed(number):
    text = decimal(number)
    return f"({text})" if number < 0 else text


def _sum(stage, position, *terms):
    """Return the step that adds products: terms are lists of factors, pairs (name, number)."""
    formula = " + ".join("·".join(name for name, _ in factors) for factors in terms)
    numbers = " + ".join("·".join(_bracketed(number) for _, number in factors) for factors in terms)
    numbers = numbers.strip("()") if len(terms) == len(terms[0]) == 1 else numbers
    total = sum(prod(number for _, number in factors) for factors in terms)
    return Step(stage, position, formula, numbers, total)


def _pick(symbol, values, *position):
    for i in position:
        values = values[i]
    return named(symbol, *position), values


def stage(steps, name):
    """Return the steps of one stage of a pass, such as "z" or "∂L/∂W2"."""
    return [step for step in steps if step.stage == name]


def _values(steps, name):
    return tuple(step.value for step in stage(steps, name))


def forward(parameters=START, x=IMAGE, y=TARGET):
    """Return the forward pass as Steps, in the order a hand takes: z, h, ŷ, errors e, loss L."""
    _refuse_other_sizes(parameters)
    _refuse_other_size("The image x has four pixels", x)
    _refuse_other_size("The target y has four pixels", y)
    W1, b1, W2, b2 = parameters
    units = range(len(b1))
    steps = [_neuron("z", j, ("x", x), ("W1", W1), ("b1", b1)) for j in units]
    for j, z in enumerate(_values(steps, "z")):
        formula, numbers = f"max(0, {named('z', j)})", f"max(0, {decimal(z)})"
        steps.append(Step("h", (j,), formula, numbers, max(z, Fraction(0))))
    h = _values(steps, "h")
    steps += [_neuron("ŷ", k, ("h", h), ("W2", W2), ("b2", b2)) for k in range(4)]
    for k, prediction in enumerate(_values(steps, "ŷ")):
        formula, numbers = f"{named('ŷ', k)} − {named('y', k)}", f"{decimal(prediction)} − {y[k]}"
        steps.append(Step("e", (k,), formula, numbers, prediction - y[k]))
    errors = _values(steps, "e")
    formula = " + ".join(named("e", k) + "²" for k in range(4))
    numbers = " + ".join(_bracketed(e) + "²" for e in errors)
    loss = sum(e * e for e in errors) / 4
    return [*steps, Step("L", (), f"({formula})/4", f"({numbers})/4", loss)]


def _refuse_other_sizes(parameters):
    """Raise ValueError or TypeError if these are not the tables of a 4-h-4 network."""
    if not hasattr(parameters, "W1"):
        raise TypeError(
            "The parameters are four tables W1, b1, W2, b2; of a list of all numbers they are made "
            "by flip.Parameters.from_flat(numbers)."
        )
    hidden = len(parameters.b1)
    sizes = {"W1": (4, hidden), "b1": (hidden,), "W2": (hidden, 4), "b2": (4,)}
    for name, size in sizes.items():
        table = getattr(parameters, name)
        rows = table if len(size) == 2 else (table,)
        fits = len(table) == size[0] and all(len(row) == size[-1] for row in rows)
        if not fits:
            shape = " by ".join(map(str, size))
            units = f"{hidden} hidden units (the length of b1)"
            raise ValueError(f"With {units}, {name} is {shape}; this one is not.")


def _neuron(stage, j, inputs, weights, biases):
    products = [(_pick(*inputs, i), _pick(*weights, i, j)) for i in range(len(inputs[1]))]
    return _sum(stage, (j,), *products, (_pick(*biases, j),))


def backward(parameters=START, x=IMAGE, y=TARGET):
    """Return the backward pass as Steps, from the loss back; 31 of them are the gradients."""
    done = forward(parameters, x, y)
    z, h, errors = _values(done, "z"), _values(done, "h"), _values(done, "e")
    half = ("2/4", Fraction(1, 2))
    steps = [_sum("∂L/∂ŷ", (k,), (half, _pick("e", errors, k))) for k in range(4)]
    steps += _layer(steps, "ŷ", ("W2", parameters.W2), ("b2", parameters.b2), ("h", h))
    for j in range(len(h)):
        arriving = _values(steps, "∂L/∂ŷ")
        paths = [(_pick("∂L/∂ŷ", arriving, k), _pick("W2", parameters.W2, j, k)) for k in range(4)]
        steps.append(_sum("∂L/∂h", (j,), *paths))
    for j, pulled in enumerate(_values(steps, "∂L/∂h")):
        # by convention the slope is 0 at the kink itself
        slope = (f"ReLU′({named('z', j)})", Fraction(int(z[j] > 0)))
        steps.append(_sum("∂L/∂z", (j,), ((named("∂L/∂h", j), pulled), slope)))
    return steps + _layer(steps, "z", ("W1", parameters.W1), ("b1", parameters.b1), ("x", x))


def _layer(steps, outputs, weights, biases, inputs):
    """Return the gradients of a layer's biases and weights, given those of its outputs."""
    pulled = _values(steps, f"∂L/∂{outputs}")
    arriving = [_pick(f"∂L/∂{outputs}", pulled, j) for j in range(len(pulled))]
    gradients = [_sum(f"∂L/∂{biases[0]}", (j,), (arriving[j],)) for j in range(len(pulled))]
    for i in range(len(inputs[1])):
        for j in range(len(pulled)):
            gradients.append(_sum(f"∂L/∂{weights[0]}", (i, j), (_pick(*inputs, i), arriving[j])))
    return gradients


def loss(parameters=START, x=IMAGE, y=TARGET):
    """Return the mean squared error of one image, exact."""
    return forward(parameters, x, y)[-1].value


def gradients(parameters=START, x=IMAGE, y=TARGET):
    """Return the exact gradient of the loss along every parameter, in the shape of these."""
    steps = backward(parameters, x, y)

    def rows(stage, width):
        numbers = _values(steps, stage)
        return tuple(numbers[i : i + width] for i in range(0, len(numbers), width))

    return Parameters(
        W1=rows("∂L/∂W1", len(parameters.b1)),
        b1=_values(steps, "∂L/∂b1"),
        W2=rows("∂L/∂W2", 4),
        b2=_values(steps, "∂L/∂b2"),
    )


def as_graph(parameters, x=IMAGE, y=TARGET):
    """Return the same loss as the last number of a graph, of which `backward()` finds the slopes.

    parameters: of Values, or of numbers of an engine of your own: they need +, *, ** and relu().
    """
    _refuse_other_sizes(parameters)
    W1, b1, W2, b2 = parameters
    h = [_collected(b1[j], x, W1, j).relu() for j in range(len(b1))]
    errors = [_collected(b2[k], h, W2, k) + -y[k] for k in range(4)]
    total = errors[0] ** 2
    for error in errors[1:]:
        total = total + error**2
    return total * Fraction(1, 4)


def _collected(bias, inputs, weights, j):
    total = bias
    for row, arriving in zip(weights, inputs):
        total = total + row[j] * arriving
    return total


def update(parameters=START, gradient=None, learning_rate=LEARNING_RATE):
    """Return the parameters after one step of gradient descent, θ − η·∂L/∂θ; exact if they are."""
    gradient = gradients(parameters) if gradient is None else gradient
    _refuse_other_sizes(parameters)
    _refuse_other_sizes(gradient)
    if len(parameters.b1) != len(gradient.b1):
        raise ValueError(
            f"The parameters have {len(parameters.b1)} hidden units and the gradient "
            f"{len(gradient.b1)}: they must have the same."
        )
    pairs = zip(parameters.flat(), gradient.flat())
    return Parameters.from_flat([theta - learning_rate * slope for theta, slope in pairs])
