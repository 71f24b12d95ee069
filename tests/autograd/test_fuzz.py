"""Random graphs of Values and Tensors, compared with measured slopes and, where it is installed,
with PyTorch.

200 graphs of each kind in the usual run; LEARNKIT_FUZZ=10000 asks for more. A graph that fails is
named by its seed.
"""

import os
import random

import numpy as np
import pytest

from learnkit import Tensor, Value
from learnkit.differentiate import check_gradient
from learnkit.losses import where

GRAPHS = int(os.environ.get("LEARNKIT_FUZZ", 200))
PARTS = 10  # in which they run, so that workers can share them
CONSTANT = np.array([[0.5, -1.5, 2.0], [1.25, 0.75, -0.5]])

# What a node may be made of two others, a and b: never so large that a step of a difference gets
# lost.
OF_NUMBERS = [
    lambda a, b: a + b,
    lambda a, b: a - b,
    lambda a, b: (a * b).tanh(),
    lambda a, b: a / (b * b + 1),
    lambda a, b: 2 - a,
    lambda a, b: 0.5 + b,
    lambda a, b: -a * 0.75,
    lambda a, b: 3 / (a * a + 2),
    lambda a, b: a.tanh().exp(),
    lambda a, b: (a * a + 0.5).log(),
    lambda a, b: a.sigmoid() * b,
    lambda a, b: a.relu(),
    lambda a, b: abs(a) * 0.5,
    lambda a, b: a.tanh() ** 3,
    lambda a, b: (a * a + 0.5) ** b.tanh(),
    lambda a, b: 2 ** a.tanh(),
    lambda a, b: (a * a + 1) ** -0.5,
    lambda a, b: a.tanh() ** 2 - b.sigmoid(),
]
# The same for arrays of shape (2, 3), which they stay; `lib` calls what our engine and PyTorch call
# differently.
OF_ARRAYS = [
    lambda a, b, lib: a - a.mean(1, True),
    lambda a, b, lib: a + b.sum(0, True).tanh(),
    lambda a, b, lib: b * lib.max(a, 1).sigmoid(),
    lambda a, b, lib: a.sum().tanh() - b,
    lambda a, b, lib: (a @ b.T).tanh() @ a / 3,
    lambda a, b, lib: (a[0] @ b.T).tanh().reshape(2, 1) * b,
    lambda a, b, lib: a.reshape(3, 2).T + b,
    lambda a, b, lib: a[[1, 1]] * 0.5 - b,
    lambda a, b, lib: a[:, [2, 0, 0]].tanh(),
    lambda a, b, lib: a[:1] * b[:, 1:2].tanh(),
    lambda a, b, lib: lib.where(CONSTANT > 0, a, b),
    lambda a, b, lib: lib.array(CONSTANT) * a.tanh(),
    lambda a, b, lib: b.sigmoid() - lib.array(CONSTANT),
    lambda a, b, lib: lib.array(CONSTANT)[:, :2] @ a[:, :2].T.tanh() @ b * 0.5,
]


class Ours:
    array = staticmethod(np.array)
    where = staticmethod(where)

    @staticmethod
    def max(a, axis):
        return a.max(axis, True)


class Torchs:
    @staticmethod
    def array(a):
        return torch().tensor(a)

    @staticmethod
    def where(condition, a, b):
        return torch().where(torch().tensor(condition), a, b)

    @staticmethod
    def max(a, axis):
        return torch().amax(a, axis, True)


def torch():
    return pytest.importorskip("torch")


def recipe(seed, kinds, length):
    """Return the steps of a random graph: the number of a kind, and the two nodes that it takes."""
    draw = random.Random(seed)
    return [(draw.randrange(kinds), draw.random(), draw.random()) for _ in range(length)]


def built(steps, rules, nodes):
    """Return the last nodes of the graph that the steps build from the first nodes, added up."""
    nodes = list(nodes)
    for kind, first, second in steps:
        a, b = (nodes[int(place * len(nodes))] for place in (first, second))
        nodes.append(rules[kind](a, b))
    return nodes[-1] * nodes[-2] + nodes[-3]


def number_graph(seed):
    """Return the function of a random graph on three numbers, and a point for it."""
    steps = recipe(seed, len(OF_NUMBERS), 12)
    point = [random.Random(seed).uniform(-2, 2) for _ in range(3)]
    return lambda x: built(steps, OF_NUMBERS, x), point


def on_values(function):
    """Return the function made to take and to give plain numbers."""
    return lambda x: function([Value(number) for number in x]).data


def array_graph(seed, lib):
    """Return the function of a random graph on one array (2, 3), and a point for it."""
    rules = [lambda a, b, rule=rule: rule(a, b, lib) for rule in OF_ARRAYS] + OF_NUMBERS
    steps = recipe(seed, len(rules), 10)
    rows, column = np.array([0.3, -0.8, 1.2]), np.array([[0.6], [-1.1]])

    def function(x):
        return built(steps, rules, (x, x * lib.array(rows), x + lib.array(column))).mean()

    return function, np.random.default_rng(seed).uniform(-2, 2, (2, 3))


def seeds(part):
    return range(part, GRAPHS, PARTS)


every_part = pytest.mark.parametrize("part", range(PARTS))


@every_part
def test_the_slopes_of_random_graphs_of_values_are_those_that_are_measured(part):
    for seed in seeds(part):
        function, point = number_graph(seed)
        values = [Value(number) for number in point]
        output = function(values)
        output.backward()
        slopes = [x.grad for x in values]
        check = check_gradient(on_values(function), point, slopes, tolerance=1e-4)
        assert not check.wrong, f"seed {seed}: {check}"


@every_part
def test_the_slopes_of_random_graphs_of_values_are_those_of_pytorch(part):
    for seed in seeds(part):
        function, point = number_graph(seed)
        values = [Value(number) for number in point]
        output = function(values)
        output.backward()
        theirs = [
            torch().tensor(number, dtype=torch().float64, requires_grad=True) for number in point
        ]
        expected = function(theirs)
        expected.backward()
        slopes = [0.0 if x.grad is None else x.grad.item() for x in theirs]
        ours = [output.data, *(x.grad for x in values)]
        assert ours == pytest.approx([expected.item(), *slopes], rel=1e-9, abs=1e-12), (
            f"seed {seed}"
        )


@every_part
def test_the_gradients_of_random_graphs_of_tensors_are_those_that_are_measured(part):
    for seed in seeds(part):
        function, point = array_graph(seed, Ours)
        check = check_gradient(function, point, tolerance=1e-4)
        assert not check.wrong, f"seed {seed}: {check}"


@every_part
def test_the_gradients_of_random_graphs_of_tensors_are_those_of_pytorch(part):
    for seed in seeds(part):
        function, point = array_graph(seed, Ours)
        x = Tensor(point)
        output = function(x)
        output.backward()
        twin = torch().tensor(point, requires_grad=True)
        expected = array_graph(seed, Torchs)[0](twin)
        expected.backward()
        assert output.item() == pytest.approx(expected.item(), rel=1e-9, abs=1e-12), f"seed {seed}"
        np.testing.assert_allclose(
            x.grad, twin.grad.numpy(), rtol=1e-9, atol=1e-12, err_msg=f"seed {seed}"
        )
