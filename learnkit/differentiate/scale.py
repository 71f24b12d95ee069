"""One loss with as many parameters as you like, and each way to its gradient, pass by pass.

A pass is what a way repeats for each parameter, so that the time of a whole gradient can be told
from that of a few passes: at a million parameters nobody waits for the rest.
"""

from dataclasses import dataclass

import numpy as np

from learnkit.autograd.tensor import Tensor

LAYERS = {  # inputs and hidden units by the number of parameters
    100: (9, 10),
    1_000: (39, 25),
    10_000: (99, 100),
    100_000: (399, 250),
    1_000_000: (999, 1_000),
}
EXAMPLES = 256
STEP, IMAGINARY = 1e-5, 1e-20


@dataclass(frozen=True, eq=False)
class Task:
    """A network with one hidden layer of tanh, its squared error on 256 examples as the loss.

    x: (256, inputs). y: (256,). W: (inputs, hidden), v: (hidden,): the parameters.
    """

    x: np.ndarray
    y: np.ndarray
    W: np.ndarray
    v: np.ndarray

    @property
    def parameters(self):
        """How many there are."""
        return self.W.size + self.v.size

    def loss(self, W, v):
        """Return the mean squared error, for arrays that are real or complex."""
        error = np.tanh(self.x @ W) @ v - self.y
        return (error * error).sum() / len(self.y)


def task(parameters):
    """Return the Task with so many parameters, 100 to 1,000,000 by powers of ten.

    Raises ValueError for any other number.
    """
    if parameters not in LAYERS:
        sizes = ", ".join(f"{size:,}" for size in LAYERS)
        raise ValueError(f"There are tasks of {sizes} parameters; you asked for {parameters!r}.")
    inputs, hidden = LAYERS[parameters]
    random = np.random.default_rng(parameters)
    x = random.normal(size=(EXAMPLES, inputs)) / np.sqrt(inputs)
    y = random.normal(size=EXAMPLES)
    W = random.normal(size=(inputs, hidden))
    return Task(x, y, W, random.normal(size=hidden) / np.sqrt(hidden))


def central_pass(task, place):
    """Return the slope along one parameter by two evaluations, a step to either side."""
    with _nudged([task.W, task.v], place, STEP) as moved:
        ahead = task.loss(*moved)
    with _nudged([task.W, task.v], place, -STEP) as moved:
        behind = task.loss(*moved)
    return (ahead - behind) / (2 * STEP)


class _nudged:
    """Parameters of which the entry at one place is moved, inside a `with` block."""

    def __init__(self, arrays, place, step):
        W, v = arrays
        self.arrays, self.step = arrays, step
        inside = place < W.size
        self.flat, self.place = (W.flat, place) if inside else (v.flat, place - W.size)

    def __enter__(self):
        self.before = self.flat[self.place]
        self.flat[self.place] = self.before + self.step
        return self.arrays

    def __exit__(self, *error):
        self.flat[self.place] = self.before


def complex_copies(task):
    """Return W and v as complex arrays, for `complex_pass`."""
    return [task.W.astype(complex), task.v.astype(complex)]


def complex_pass(task, copies, place):
    """Return the slope along one parameter by one evaluation, an imaginary step away."""
    with _nudged(copies, place, 1j * IMAGINARY) as moved:
        return task.loss(*moved).imag / IMAGINARY


def directions(task):
    """Return slopes of 0 for W and v, in which `dual_pass` sets one to 1."""
    return [np.zeros_like(task.W), np.zeros_like(task.v)]


def dual_pass(task, slopes, place):
    """Return the slope along one parameter by one evaluation in which a slope travels along."""
    with _nudged(slopes, place, 1.0) as (dW, dv):
        h = np.tanh(task.x @ task.W)
        dh = (1 - h * h) * (task.x @ dW)
        error = h @ task.v - task.y
        return 2 * error @ (dh @ task.v + h @ dv) / len(error)


def tensors(task):
    """Return W and v as Tensors, which a training loop makes once, for `reverse_pass`."""
    return [Tensor(task.W), Tensor(task.v)]


def reverse_pass(task, leaves):
    """Return all slopes, those of W and then of v, by one evaluation and one backward pass."""
    W, v = leaves
    W.grad = v.grad = None
    error = (task.x @ W).tanh() @ v - task.y
    ((error * error).sum() / len(task.y)).backward()
    return W.grad, v.grad


def formula_of_one_example(task):
    """Return the loss on the first example as a formula of SymPy, and the parameters' symbols."""
    import sympy

    W = np.array(sympy.symbols(f"w0:{task.W.size}")).reshape(task.W.shape)
    v = np.array(sympy.symbols(f"v0:{task.v.size}"))
    x, target = task.x[0].tolist(), task.y[0].item()
    sums = [sympy.Add(*(a * w for a, w in zip(x, column))) for column in W.T]
    says = sympy.Add(*(sympy.tanh(z) * weight for z, weight in zip(sums, v)))
    return (says - target) ** 2, [*W.flat, *v]
