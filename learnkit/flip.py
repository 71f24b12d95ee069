"""The 31-parameter network that flips a 2×2 image, with every number of its forward and backward pass exact.

The task: an image (a, b, c, d), its pixels row by row, becomes (a, c, b, d), mirrored at its main diagonal.
The network: 4 pixels, 3 hidden units with ReLU, 4 outputs; 4·3 + 3 + 3·4 + 4 = 31 parameters.
"""

import random
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, product
from math import prod
from typing import NamedTuple

IMAGES = tuple(product((0, 1), repeat=4))
IMAGE = (1, 0, 1, 1)
LEARNING_RATE = Fraction(1, 10)


def flip(image):
    """Return the image (a, b, c, d) mirrored at its main diagonal: (a, c, b, d)."""
    a, b, c, d = image
    return (a, c, b, d)


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
        """Return the parameters that `flat()` had put into one list; the network has 4 inputs and 4 outputs."""
        hidden = (len(numbers) - 4) // 9  # each hidden unit has 4 weights in, 1 bias and 4 weights out
        if hidden < 1 or len(numbers) != 9 * hidden + 4:
            raise ValueError(f"A 4-h-4 network has 9h + 4 parameters, 31 for h = 3; you gave {len(numbers)}.")
        rest = iter(numbers)
        row = lambda length: tuple(next(rest) for _ in range(length))
        W1, b1 = tuple(row(hidden) for _ in range(4)), row(hidden)
        return cls(W1, b1, tuple(row(4) for _ in range(hidden)), row(4))


def _exact(rows):
    return tuple(_exact(entry) if isinstance(entry, tuple) else Fraction(entry) for entry in rows)


START = Parameters(
    W1=_exact((("0.2", "-0.5", "0.1"), ("-0.3", "0.4", "-0.2"), ("0.1", "0.3", "0.5"), ("-0.4", "0.2", "-0.1"))),
    b1=_exact(("0.1", "-0.1", "0")),
    W2=_exact((("0.7", "-0.2", "0.1", "-0.4"), ("0.3", "0.5", "-0.6", "-0.3"), ("0.2", "-0.4", "0.1", "-0.5"))),
    b2=_exact(("0", "0.1", "-0.1", "0")),
)


def random_parameters(hidden=3, seed=0):
    """Return parameters to start training from: weights uniform between -1 and 1, biases 0.

    hidden: number of hidden units. The same seed gives the same numbers on every machine.
    """
    draw = random.Random(seed)
    weights = lambda rows, columns: tuple(tuple(draw.uniform(-1, 1) for _ in range(columns)) for _ in range(rows))
    return Parameters(weights(4, hidden), (0.0,) * hidden, weights(hidden, 4), (0.0,) * 4)


# The trace: each step is data, so that the text, the drawings, the exercises and the tests read one source.

_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def named(symbol, *position):
    """Return a name as the chapter writes it, counted from 1: named("W1", 0, 2) is "W1₁₃"."""
    return symbol + "".join(str(i + 1) for i in position).translate(_SUBSCRIPTS)


def decimal(number):
    """Return a number in decimals with a true minus sign; exact where the decimals end, else to six figures."""
    text = f"{float(number):.12g}"
    if isinstance(number, Fraction) and Fraction(text) != number:
        text = f"≈{float(number):.6g}"
    return text.replace("-", "−")


def names(hidden=3):
    """Return the names of all parameters, in the order of `Parameters.flat()`."""
    tables = ("W1", 4, hidden), ("b1", hidden), ("W2", hidden, 4), ("b2", 4)
    return [named(symbol, *position) for symbol, *size in tables for position in product(*map(range, size))]


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

    name = property(lambda self: named(self.stage, *self.position))
    exact = property(lambda self: str(self.value).replace("-", "−"))
    decimal = property(lambda self: decimal(self.value))

    def __str__(self):
        parts = self.name, self.formula, self.numbers, self.decimal
        return " = ".join(parts if self.numbers != self.decimal else parts[:3])


def _bracketed(number):
    text = decimal(number)
    return f"({text})" if number < 0 else text


def _sum(stage, position, *terms):
    """Return the step that adds products; a term is a list of factors, a factor a pair (name, number)."""
    formula = " + ".join("·".join(name for name, _ in factors) for factors in terms)
    numbers = " + ".join("·".join(_bracketed(number) for _, number in factors) for factors in terms)
    numbers = numbers.strip("()") if len(terms) == len(terms[0]) == 1 else numbers
    return Step(stage, position, formula, numbers, sum(prod(number for _, number in factors) for factors in terms))


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
    """Return the forward pass as Steps, in the order a hand would take: z, h, ŷ, the errors e, the loss L."""
    W1, b1, W2, b2 = parameters
    if len(x) != 4 or len(y) != 4:
        raise ValueError(f"An image has four pixels; here x has {len(x)} and y has {len(y)}.")
    units = range(len(b1))
    steps = [_neuron("z", j, ("x", x), ("W1", W1), ("b1", b1)) for j in units]
    for j, z in enumerate(_values(steps, "z")):
        steps.append(Step("h", (j,), f"max(0, {named('z', j)})", f"max(0, {decimal(z)})", max(z, Fraction(0))))
    h = _values(steps, "h")
    steps += [_neuron("ŷ", k, ("h", h), ("W2", W2), ("b2", b2)) for k in range(4)]
    for k, prediction in enumerate(_values(steps, "ŷ")):
        formula, numbers = f"{named('ŷ', k)} − {named('y', k)}", f"{decimal(prediction)} − {y[k]}"
        steps.append(Step("e", (k,), formula, numbers, prediction - y[k]))
    errors = _values(steps, "e")
    squares = " + ".join(named("e", k) + "²" for k in range(4)), " + ".join(_bracketed(e) + "²" for e in errors)
    return [*steps, Step("L", (), f"({squares[0]})/4", f"({squares[1]})/4", sum(e * e for e in errors) / 4)]


def _neuron(stage, j, inputs, weights, biases):
    products = [(_pick(*inputs, i), _pick(*weights, i, j)) for i in range(len(inputs[1]))]
    return _sum(stage, (j,), *products, (_pick(*biases, j),))


def backward(parameters=START, x=IMAGE, y=TARGET):
    """Return the backward pass as Steps, from the loss to the first layer; 31 of them are the gradients."""
    done = forward(parameters, x, y)
    z, h, errors = _values(done, "z"), _values(done, "h"), _values(done, "e")
    steps = [_sum("∂L/∂ŷ", (k,), (("2/4", Fraction(1, 2)), _pick("e", errors, k))) for k in range(4)]
    steps += _layer(steps, "ŷ", ("W2", parameters.W2), ("b2", parameters.b2), ("h", h))
    for j in range(len(h)):
        paths = [(_pick("∂L/∂ŷ", _values(steps, "∂L/∂ŷ"), k), _pick("W2", parameters.W2, j, k)) for k in range(4)]
        steps.append(_sum("∂L/∂h", (j,), *paths))
    for j, pulled in enumerate(_values(steps, "∂L/∂h")):
        slope = (f"ReLU′({named('z', j)})", Fraction(int(z[j] > 0)))  # by convention 0 at the kink itself
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
    """Return the gradient of the loss along every parameter, exact, in the shape of the parameters."""
    steps = backward(parameters, x, y)
    rows = lambda stage, width: tuple(zip(*[iter(_values(steps, stage))] * width))
    hidden = len(parameters.b1)
    return Parameters(rows("∂L/∂W1", hidden), _values(steps, "∂L/∂b1"), rows("∂L/∂W2", 4), _values(steps, "∂L/∂b2"))


def update(parameters=START, gradient=None, learning_rate=LEARNING_RATE):
    """Return the parameters after one step of gradient descent: θ − η·∂L/∂θ, exact if all three are."""
    gradient = gradients(parameters) if gradient is None else gradient
    pairs = zip(parameters.flat(), gradient.flat())
    return Parameters.from_flat([theta - learning_rate * slope for theta, slope in pairs])
