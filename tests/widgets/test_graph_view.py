"""The graph viewer: its numbers are those of backward(), it leaves the learner's alone, and its
drawing can be read.
"""

import json
import math
from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest

from learnkit import Tensor, Value
from learnkit.autograd.graph import history
from learnkit.painter.expressions import template
from learnkit.widgets.graph.layered import layered
from learnkit.widgets.graph.story import CARRYING, DEAD, WORKED
from learnkit.widgets.graph.view import graph_viewer

NOTEBOOK_LIMIT = 150_000  # bytes a Player may add to a notebook


def one_neuron():
    d, w, b = Value(2.0), Value(-0.5), Value(0.3)
    return (d * w + b).tanh(), {"d": d, "w": w, "b": b}


def chain(length):
    x = Value(0.5)
    for _ in range(length - 1):
        x = x.tanh()
    return x


def layers_of_neurons(*sizes):
    """An output with many nodes: tanh neurons without `dot`, each weight a node of its own."""
    units = [Value(float(i + 1)) for i in range(sizes[0])]
    for size in sizes[1:]:
        units = [
            sum((u * Value(0.1 * j - 0.2) for u in units), Value(0.1)).tanh() for j in range(size)
        ]
    return units[0]


def bytes_in_a_notebook(player):
    return len(json.dumps(player._repr_mimebundle_()))


def described(player, frame=None):
    """The sentence for screen readers at a frame, at the last unless told."""
    last = len(player.scene["steps"]) - 1
    player.lens.state["frame"] = last if frame is None else frame
    return player.lens.words(player.scene["description"])


def inputs_of(output):
    order = history(output)
    place = {node: i for i, node in enumerate(order)}
    return [[place[source] for source in node.inputs] for node in order]


def crossings(routes):
    """How many pairs of pieces of lines cross, away from their ends."""
    pieces = [
        (p, q) for route in routes for p, q in zip(route, route[1:]) if np.isfinite([p, q]).all()
    ]

    def side(p, q, r):
        return np.sign(round((q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]), 9))

    cross = lambda p, q, r, s: (
        side(p, q, r) * side(p, q, s) < 0 and side(r, s, p) * side(r, s, q) < 0
    )
    return sum(cross(*a, *b) for a, b in combinations(pieces, 2))


def test_values_gradients_and_slopes_are_those_of_the_engine():
    output, names = one_neuron()
    arrays = graph_viewer(output, names).arrays
    output.backward()
    order = history(output)
    assert arrays["values"] == pytest.approx([node.data for node in order])
    assert arrays["gradients"] == pytest.approx([node.grad for node in order])
    assert arrays["slopes"] == pytest.approx([slope for node in order for slope in node.slopes])
    # every edge ends in an operation
    assert [order[int(end)].inputs[0] for _, end in arrays["edges"]]


def test_the_learners_gradients_stay_as_they_were():
    output, names = one_neuron()
    output.backward()
    before = [node.grad for node in history(output)]
    player = graph_viewer(output, names)
    assert [node.grad for node in history(output)] == before
    w = history(output).index(names["w"])
    # of one pass, not of two
    assert player.arrays["gradients"][w] == pytest.approx(names["w"].grad)


def test_the_gradients_of_tensors_stay_as_they_were_and_their_range_is_shown():
    W = Tensor([[1.0, -2.0], [0.5, 3.0]])
    output = ((np.ones(2) @ W) ** 2).sum()
    output.backward()
    kept = W.grad
    player = graph_viewer(output, {"W": W})
    assert W.grad is kept
    assert player.arrays["gradients"][0] == pytest.approx([kept.min(), kept.max()])
    assert "W (2, 2)" in player.scene["values"]["title"]["words"]


def test_where_paths_meet_the_sum_is_written_out():
    a = Value(3.0)
    steps = graph_viewer((a + a) * a, {"a": a}).scene["steps"]
    assert "where the paths meet, 6 + 3 + 3 = 12" in steps[-1]


def test_the_steps_go_forward_then_backward_with_the_learners_names():
    steps = graph_viewer(*one_neuron()).scene["steps"]
    assert steps[1] == "Forward: d·w = 2·(−0.5) = −1."
    assert steps[3] == "Forward: L = tanh(d·w + b) = tanh(−0.7) = −0.6044."
    assert steps[-1].endswith("∂L/∂d: −0.5 × 0.6347 = −0.3174.\n∂L/∂w: 2 × 0.6347 = 1.269.")


def test_all_steps_stand_below_as_a_list_and_the_same_sentence_is_said():
    player = graph_viewer(*one_neuron())
    assert (
        player.scene["markup"].count("<li>")
        == len(player.scene["steps"])
        == player.scene["controls"][0]["count"]
    )
    assert player.scene["values"]["sentence"]["words"] == player.scene["steps"]
    assert player.scene["status"] == template("Step {frame}. {sentence}")


def test_the_sentence_for_screen_readers_has_the_numbers_known_so_far():
    player = graph_viewer(*one_neuron())
    graph = "Graph of 6 nodes and 5 edges from its inputs to L"
    assert repr(player) == f"{graph}: d = 2, w = −0.5, b = 0.3."
    assert described(player, 3) == f"{graph} = −0.6044: d = 2, w = −0.5, b = 0.3."
    assert (
        described(player) == f"{graph} = −0.6044: d = 2 with gradient −0.3174, w = −0.5 with "
        "gradient 1.269, b = 0.3 with gradient 0.6347."
    )


def test_nothing_of_the_result_is_told_before_it_is_computed():
    player = graph_viewer(*one_neuron())
    assert player.scene["panels"][0]["title"] == "L = tanh(d·w + b)"
    assert player.scene["picture"] == {}


def test_boxes_edges_and_sentences_say_one_number():
    x = Value(1 / 3)
    player = graph_viewer((x * 7.77777) ** 2 / 13, {"x": x})
    assert player.arrays["values"][-1] == pytest.approx(0.51704, abs=1e-5)
    boxes = set(player.scene["values"]["value"]["words"])
    told = {step.rstrip(".").rpartition(" = ")[2] for step in player.scene["steps"][1:4]}
    assert told < boxes and "0.517" in told
    slopes = set(player.scene["values"]["slope"]["words"])
    assert {
        line.split(": ")[1].split(" × ")[0]
        for line in player.scene["steps"][-1].split("\n")
        if "×" in line
    } <= slopes


@pytest.mark.parametrize(
    "make, word",
    [
        (lambda v, w: v * w, "product"),
        (lambda v, w: v + w, "sum"),
        (lambda v, w: v / w, "quotient"),
        (lambda v, w: v**w, "power"),
    ],
)
def test_what_a_node_does_is_a_word_where_its_formula_is_too_long(make, word):
    long, other = Value(2.0), Value(3.0)
    names = {"a_long_name": long, "another_one": other}
    titles = graph_viewer(make(long, other) + 1, names).scene["values"]["title"]["words"]
    assert f"v₁: {word}" in titles
    W = Tensor([1.0, 2.0])
    shown = graph_viewer(((W**2) * 3).sum(), {"W": W}).scene
    assert not any("*" in text for text in [*shown["values"]["title"]["words"], *shown["steps"]])


def test_plain_numbers_of_an_operation_are_read_back():
    x = Value(3.0)
    steps = graph_viewer(((1 - x * 2) / 4) ** 3, {"x": x}).scene["steps"]
    assert steps[1].startswith("Forward: 2·x = 2·3 = 6")
    assert "+ 1" in steps[3] and "÷ 4" in steps[4] and "³" in steps[5]


def test_names_may_be_everything_the_learner_has():
    x = Value(1.0)
    everything = {"np": np, "_": x, "table": np.ones(3), "x": x, "y": Value(2.0)}
    assert "x" in graph_viewer(x.exp(), everything).scene["values"]["title"]["words"]


def test_braces_in_a_name_do_no_harm():
    x = Value(1.0)
    assert "x(1) = 1" in repr(graph_viewer(x.exp(), {"x{1}": x}))


def test_a_tree_is_drawn_without_a_crossing():
    units = [Value(float(i)) for i in range(16)]
    while len(units) > 1:
        units = [a * b for a, b in zip(units[::2], units[1::2])]
    assert crossings(layered(inputs_of(units[0]), (0.6, 0.7), 8)["routes"]) == 0


@pytest.mark.parametrize("output", [layers_of_neurons(2, 3, 1), chain(40), one_neuron()[0]])
def test_no_two_boxes_overlap_and_edges_lead_to_the_right(output):
    inputs = inputs_of(output)
    layout = layered(inputs, (0.6, 0.7), 8)
    for a, b in combinations(layout["boxes"], 2):
        assert abs(a[0] - b[0]) > 0.99 or abs(a[1] - b[1]) > 0.99
    for route in layout["routes"]:
        after_break = np.isnan(route[:-1, 0]) | np.isnan(route[1:, 0])
        assert (np.diff(route[:, 0])[~after_break] > 0).all()
    assert layout["boxes"][:, 0].max() < 8


def test_a_long_chain_goes_on_below_with_an_echo_of_the_node_it_comes_from():
    layout = layered(inputs_of(chain(12)), (0.6, 0.7), 8)
    assert layout["shown"].tolist() == [*range(12), 7]


def test_sixty_four_nodes_are_all_shown_and_more_are_cut_with_a_word():
    assert len(graph_viewer(chain(64)).arrays["values"]) == 64
    player = graph_viewer(chain(65))
    assert len(player.arrays["values"]) == 64
    assert player.scene["panels"][0]["title"].startswith(
        "64 of the 65 nodes of L, those nearest to it; around=node"
    )


def test_an_edge_with_slope_zero_passes_nothing_back_and_looks_dead():
    player = graph_viewer((Value(-1.0) * 3).relu())
    assert player.arrays["heads_looks"][-1].tolist() == [WORKED, DEAD]
    assert player.arrays["node_looks"][-1].tolist() == [WORKED, DEAD, CARRYING]


def test_the_part_around_a_node_can_be_asked_for():
    output = chain(100)
    middle = history(output)[50]
    player = graph_viewer(output, {"middle": middle}, around=middle, depth=2)
    assert len(player.arrays["values"]) == 5
    assert "around middle" in player.scene["panels"][0]["title"]
    gradient = player.arrays["gradients"][2]
    output.backward()
    assert gradient == pytest.approx(middle.grad)


def test_a_graph_of_a_hundred_thousand_nodes_is_no_trouble():
    assert "64 of the 100000 nodes" in repr(graph_viewer(chain(100_000)))


def test_a_single_value_is_a_graph_of_one_node():
    player = graph_viewer(Value(2.0))
    assert (
        described(player)
        == "Graph of 1 node and 0 edges from its inputs to L = 2: L = 2 with gradient 1."
    )
    assert player.html and player.png


def test_more_than_one_number_has_a_forward_pass_only():
    player = graph_viewer(Tensor([1.0, 2.0]) * 3)
    assert "call .sum() or .mean() first" in player.scene["steps"][-1]
    assert "gradients" not in player.arrays


def test_anything_else_is_refused_in_one_sentence():
    with pytest.raises(TypeError, match="draws a Value or a Tensor; this is a float"):
        graph_viewer(1.5)
    with pytest.raises(ValueError, match="`around` must be a node"):
        graph_viewer(Value(1.0).exp(), around=Value(1.0))


@pytest.mark.parametrize(
    "output", [one_neuron()[0], layers_of_neurons(2, 2, 1), layers_of_neurons(3, 4, 4, 1)]
)
def test_it_adds_at_most_150_kilobytes_to_a_notebook(output):
    assert bytes_in_a_notebook(graph_viewer(output)) <= NOTEBOOK_LIMIT


def forward(output, **names):
    """What is said when the output becomes known, without the word before it."""
    steps = graph_viewer(output, names).scene["steps"]
    return [step for step in steps if step.startswith("Forward")][-1].removeprefix("Forward: ")


def test_fractions_stay_fractions_where_they_are_short():
    third, half = Value(Fraction(1, 3)), Value(Fraction(-1, 2))
    assert forward(third**2, a=third) == "L = a² = (1/3)² = 1/9."
    assert forward(third * half, a=third, b=half) == "L = a·b = (1/3)·(−0.5) = −1/6."
    assert "a = 1/3 with gradient 2/3" in described(graph_viewer(third**2, {"a": third}))
    assert "= 0.3333." in forward(Value(Fraction(33_333_333, 100_000_000)) * 1)


@pytest.mark.parametrize("power", [0.5, 2, 3])
def test_a_power_of_zero_keeps_its_exponent_to_itself(power):
    x = Value(0.0)
    player = graph_viewer(x**power, {"x": x})
    assert forward(x**power, x=x) == "L = a power of x = a power of 0 = 0."
    assert "^" not in player.scene["panels"][0]["title"] + "".join(
        player.scene["values"]["title"]["words"]
    )


def test_a_number_divided_by_a_value_is_told_from_a_value_divided_by_a_number():
    x = Value(3.0)
    assert forward(6 / x, x=x) == "L = 6 ÷ x = 6 ÷ 3 = 2."
    assert forward(x / -6, x=x) == "L = x ÷ (−6) = 3 ÷ (−6) = −0.5."
    assert forward(x / math.inf, x=x) == "L = x ÷ ∞ = 3 ÷ ∞ = 0."


def test_what_is_no_number_or_infinite_is_said_so():
    x, y = Value(math.inf), Value(math.nan)
    assert forward(x * 2, x=x) == "L = 2·x = 2·∞ = ∞."
    player = graph_viewer(y * 2, {"y": y})
    assert (
        player.scene["steps"][-2].startswith("Backward")
        and forward(y * 2, y=y) == "L = 2·y = 2·– = –."
    )
    # a line of a box with – would be left out
    assert "no number" in player.scene["values"]["value"]["words"]
    said = (
        "".join(player.scene["steps"])
        + described(player)
        + described(graph_viewer(x * 2, {"x": x}))
    )
    assert "nan" not in said and "inf" not in said


@pytest.mark.parametrize("thing, words", [(1, "an int"), ([1], "a list"), (None, "a NoneType")])
def test_what_is_refused_has_the_right_article(thing, words):
    with pytest.raises(TypeError, match=f"this is {words}\\."):
        graph_viewer(thing)


def test_names_that_are_no_dictionary_are_refused():
    with pytest.raises(TypeError, match=r"such as {'x': x} or vars\(\); this is \['a'\]"):
        graph_viewer(Value(1.0).exp(), names=["a"])


def test_a_long_sum_is_a_staircase_without_long_lines():
    weights = [Value(0.1 * i) for i in range(16)]
    total = weights[0]
    for i, weight in enumerate(weights[1:], start=1):
        total = total + weight * float(i)
    layout = layered(inputs_of(total), (0.62, 0.78), 8)
    assert max(np.nansum(np.abs(np.diff(route[:, 0]))) for route in layout["routes"]) < 3
    low, high = layout["boxes"][:, 1].min(), layout["boxes"][:, 1].max()
    assert high - low < 20  # boxes, one below the other: about a screen


class Own:
    """A number of a learner's own engine: no more than the five names that a node needs."""

    def __init__(self, data, inputs=(), slopes=(), op=""):
        self.data, self.grad = data, 0
        self.inputs, self.slopes, self.op = inputs, slopes, op


def own_product():
    a, b = Own(2.0), Own(3.0)
    return Own(6.0, (a, b), (3.0, 2.0), "*"), {"a": a, "b": b}


def test_an_engine_of_ones_own_is_drawn_forward_as_long_as_it_has_no_backward():
    product, names = own_product()
    player = graph_viewer(product, names=names)
    assert player.arrays["edges"].shape == (2, 2) and "gradients" not in player.arrays
    assert "no backward() yet" in str(player.scene)


def test_an_engine_of_ones_own_with_backward_shows_its_gradients_and_keeps_them():
    class Walking(Own):
        def backward(self):
            self.grad = 1
            for source, slope in zip(self.inputs, self.slopes):
                source.grad += slope

    a = Walking(2.0)
    product = Walking(6.0, (a, Walking(3.0)), (3.0, 2.0), "*")
    a.grad = 7.0
    player = graph_viewer(product, names={"a": a})
    assert sorted(player.arrays["gradients"]) == [1.0, 2.0, 3.0] and a.grad == 7.0


def test_a_number_without_slopes_is_refused_in_one_sentence():
    product, _ = own_product()
    del product.slopes
    with pytest.raises(TypeError, match="a number also needs slopes"):
        graph_viewer(product)


def test_a_number_that_is_used_tens_of_thousands_of_times_is_summed_once():
    x = total = Value(1.0)
    for _ in range(30_000):
        total = total + x
    view = graph_viewer(total, names={"x": x})
    assert repr(view).startswith("Graph of 64 of the 30001 nodes")
    assert "30000 more" not in view.html and view.arrays["gradients"].max() == 30_001
