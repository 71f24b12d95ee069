import random

import pytest

from learnkit import Tensor, Value
from learnkit.autograd.graph import history, reverse


@pytest.mark.parametrize("kind", [Value, Tensor])
@pytest.mark.parametrize("seed", range(5))
def test_history_gives_every_node_once_and_after_its_inputs(kind, seed):
    generator = random.Random(seed)
    nodes = [kind(0.5) for _ in range(3)]
    for _ in range(60):
        nodes.append(generator.choice(nodes) * generator.choice(nodes[-6:]))
    order = history(nodes[-1])
    place = {node: i for i, node in enumerate(order)}
    assert len(place) == len(order)
    assert order[-1] is nodes[-1]
    assert all(place[source] < place[node] for node in order for source in node.inputs)


def test_history_holds_what_the_output_was_computed_from_and_nothing_else():
    x, y = Value(1.0), Value(2.0)
    used = x + 1
    unused = used * y
    assert history(used) == [x, used]
    assert unused not in history(used)


def test_history_of_a_leaf_is_the_leaf():
    x = Value(1.0)
    assert history(x) == [x]


def test_history_of_a_wide_node_and_of_a_deep_chain_is_complete():
    wide = Value.dot([Value(1.0) for _ in range(1000)], [Value(1.0) for _ in range(1000)])
    assert len(history(wide)) == 2001
    deep = Value(0.0)
    for _ in range(50_000):
        deep = deep + 1
    assert len(history(deep)) == 50_001


def test_a_backward_pass_clears_the_slopes_in_between_but_not_those_of_the_leaves():
    x = Value(1.0)
    middle = x * 2
    output = middle * 3
    x.grad = middle.grad = output.grad = 7
    assert reverse(output, 0) == [output, middle, x]
    assert (x.grad, middle.grad, output.grad) == (7, 0, 0)
