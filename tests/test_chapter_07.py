"""What chapter 7 states, its engine step by step, and how its exercises judge a growing class."""

import itertools
import linecache
import math
import random

import pytest

from learnkit import Value, flip
from learnkit.exercises import chapter_07 as practice
from learnkit.exercises.chapter_07 import Number

FILES = itertools.count()
LENT = "Lent by the course until yours is right and attached:"
BEGINNING = """
import math
from learnkit.differentiate.automatic import Dual


class Number:
    pass


def as_number(x):
    return x if isinstance(x, Number) else Number(x)
"""


def run_cell(source, space):
    """Run a cell as a notebook does: its source can be read afterwards."""
    name = f"<cell {next(FILES)} of chapter 7>"
    linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
    exec(compile(source, name, "exec"), space)


@pytest.fixture
def notebook():
    """Return the names of a notebook in which the empty class has been made."""
    space = {"__name__": "__main__"}
    run_cell(BEGINNING, space)
    return space


def worked_example(kind):
    d, w, b = kind(2.0), kind(3.0), kind(-4.0)
    return (d * w + b) ** 2, [b, d, w]


def test_the_worked_example_has_the_slopes_4_12_and_8():
    loss, leaves = worked_example(Number)
    loss.backward()
    assert (loss.data, [leaf.grad for leaf in leaves]) == (4.0, [4.0, 12.0, 8.0])
    assert practice.slopes_by_hand() == [4.0, 4.0, 12.0, 8.0]


def test_with_replacing_the_counterexample_says_1_and_with_adding_4():
    def replacing(node):
        for source, slope in zip(node.inputs, node.slopes):
            source.grad = slope * node.grad

    for hand_back, right in ((replacing, 1), (practice.hand_back, 4)):
        a = Number(3.0)
        b = a + a
        c = b + b
        c.grad = 1
        hand_back(c)
        hand_back(b)
        assert a.grad == right


def test_the_nearest_first_is_a_wrong_order_and_gives_1_where_9_is_right():
    def x_grad(order):
        x = Number(3.0)
        near = x + 1
        far = near * near
        nodes = {"near": near, "far": far, "total": near + far}
        nodes["total"].grad = 1
        for name in order:
            nodes[name].hand_back()
        return x.grad

    assert (x_grad(["total", "near", "far"]), x_grad(["total", "far", "near"])) == (1, 9.0)


@pytest.mark.parametrize("seed", range(20))
def test_both_histories_are_topological_on_graphs_drawn_by_lot(seed):
    wires = practice._wires(random.Random(seed), most=12)
    for history in (practice.history, practice.long_history):
        nodes = practice.wired(Number, wires)
        assert practice.judged_order(history(nodes[-1]), nodes, wires) == practice.RIGHT_ORDER


@pytest.mark.parametrize("seed", range(20))
def test_backward_agrees_with_the_courses_engine_on_graphs_drawn_by_lot(seed):
    wires, slopes, passes = practice._with_slopes(random.Random(seed))
    grads = []
    for kind in (Number, Value):
        nodes = practice.wired(kind, wires, slopes)
        for _ in range(passes):
            nodes[-1].backward()
        grads.append([node.grad for node in nodes[:-1]])
    assert grads[0] == grads[1]


def test_a_chain_that_stops_the_recursive_walk_does_not_stop_the_other():
    start = total = Number(1.0)
    for _ in range(20_000):
        total = total + 1
    with pytest.raises(RecursionError):
        practice.history(total)
    total.backward()
    assert (total.data, start.grad) == (20_001.0, 1)


@pytest.mark.parametrize("name", practice.ENGINE_TESTS)
def test_the_engine_of_the_chapter_and_the_courses_own_pass_the_same_tests(name):
    assert practice.passes(Number, name) and practice.passes(Value, name)


def test_an_engine_that_never_ends_fails_its_tests_and_stops_nothing(monkeypatch):
    monkeypatch.setattr(practice, "PATIENCE", 1)

    class Endless(Number):
        def __add__(self, other):
            while True:
                pass

    assert not practice.passes(Endless, "a short and a long way")


def test_the_31_slopes_are_exact_on_the_engine_of_the_chapter():
    parameters = [Number(number) for number in flip.START.flat()]
    loss = flip.as_graph(flip.Parameters.from_flat(parameters))
    loss.backward()
    assert loss.data == flip.loss() and float(loss.data) == 0.89625
    assert [p.grad for p in parameters] == flip.gradients().flat()


def line_losses(step):
    w, b = Number(0.0), Number(0.0)

    def loss_of():
        total = 0
        for x, y in practice.POINTS:
            total = total + (w * x + b - y) ** 2
        return total * (1 / len(practice.POINTS))

    return [step([w, b], loss_of, 0.1) for _ in range(60)]


def test_training_settles_with_emptied_slopes_and_swings_without():
    emptied, kept = line_losses(practice.train_step), line_losses(practice.forgetful_step)
    assert max(emptied[30:]) < 0.02
    assert kept[0] == emptied[0] and kept[1] == emptied[1]
    assert max(kept[30:]) > kept[0] > 100 * min(kept)


def train_xor(draw, steps=300):
    def new(count):
        return [Number(draw()) for _ in range(count)], Number(draw())

    hidden, last = [new(2) for _ in range(3)], new(3)
    parameters = [p for weights, bias in [*hidden, last] for p in (*weights, bias)]
    assert len(parameters) == 13

    def loss_of():
        total = 0
        for x, y in practice.XOR:
            values = [practice.neuron(w, b, x) for w, b in hidden]
            total = total + (practice.neuron(*last, values) - y) ** 2
        return total * 0.25

    return [practice.train_step(parameters, loss_of, 0.2) for _ in range(steps)], hidden


def test_xor_is_learned_from_a_random_start_and_not_from_equal_or_zero_weights():
    dice = random.Random(1)
    losses, _ = train_xor(lambda: dice.uniform(-1, 1))
    assert losses[0] > 0.9 and losses[100] < 0.02 and losses[299] < 0.005
    alike, hidden = train_xor(lambda: 0.5)
    states = [[weights[0].data, weights[1].data, bias.data] for weights, bias in hidden]
    assert states[0] == states[1] == states[2] and alike[-1] > 0.5
    zero, hidden = train_xor(lambda: 0.0, 50)
    assert zero == [1.0] * 50
    assert all(p.data == 0 for weights, bias in hidden for p in (*weights, bias))


def sigmoid_loss(weights, bias, inputs, target):
    z = sum(w * x for w, x in zip(weights, inputs)) + bias
    return (1 / (1 + math.exp(-z)) - target) ** 2


@pytest.mark.parametrize("seed", range(5))
def test_the_sigmoid_neuron_agrees_with_differences_and_with_the_engine(seed):
    draw = random.Random(seed)
    weights, inputs = ([draw.uniform(-2, 2) for _ in range(3)] for _ in range(2))
    bias, target, step = draw.uniform(-1, 1), draw.choice((0, 1)), 1e-6
    d_weights, d_bias = practice.sigmoid_gradient(weights, bias, inputs, target)
    for i, slope in enumerate(d_weights):
        up, down = ([w + s * (i == j) for j, w in enumerate(weights)] for s in (step, -step))
        rise = sigmoid_loss(up, bias, inputs, target) - sigmoid_loss(down, bias, inputs, target)
        assert rise / (2 * step) == pytest.approx(slope, abs=1e-8)
    numbers, b = [Number(w) for w in weights], Number(bias)
    z = sum((w * x for w, x in zip(numbers, inputs)), b)
    (((z * 0.5).tanh() * 0.5 + 0.5 - target) ** 2).backward()
    assert [w.grad for w in numbers] == pytest.approx(d_weights)
    assert b.grad == pytest.approx(d_bias)


def test_the_engine_on_duals_gives_second_derivatives():
    assert practice.second_derivative(lambda x: x**3, 3.0) == 18.0
    assert practice.second_derivative(lambda x: x * x * x * x, -2.0) == 48.0


def test_the_courses_own_engine_refuses_a_dual():
    with pytest.raises(TypeError):
        Value(practice.Dual(3.0, 1))


def test_pytorch_adds_up_gradients_from_one_walk_to_the_next_as_well():
    torch = pytest.importorskip("torch")
    w = torch.tensor(3.0, requires_grad=True)
    for _ in range(2):
        (2.0 * w - 4.0).pow(2).backward()
    assert w.grad.item() == 16.0


# ----------------------------------------------------------------------- the learner's growing class


def test_an_empty_class_is_lent_everything_and_then_passes_every_test(notebook):
    said = practice.lend(notebook["Number"], "7.10")
    assert said.startswith(f"{LENT} remember (7.1), add (7.2)")
    assert practice.lend(notebook["Number"], "7.10") == said, "what is lent stays the course's"
    needs_no_more = [
        name for name in practice.ENGINE_TESTS if name not in ("a − 2b", "3 tanh(a) at 0")
    ]
    assert all(practice.passes(notebook["Number"], name) for name in needs_no_more)


def test_what_works_is_kept_and_only_what_is_open_or_wrong_is_lent(notebook):
    kind = notebook["Number"]
    practice.lend(kind, "7.3")
    run_cell("def power(self, exponent):\n    return Number(self.data**exponent, ...)\n", notebook)
    own, kind.__pow__ = kind.__add__, notebook["power"]
    lent = "remember (7.1), add (7.2), multiply (7.3), power (7.4)"
    assert practice.lend(kind, "7.4") == f"{LENT} {lent}."
    assert kind.__add__ is own and kind.__pow__ is not notebook["power"]


def test_a_step_that_never_ends_is_lent_and_hangs_nothing(notebook, monkeypatch):
    monkeypatch.setattr(practice, "PATIENCE", 1)
    kind = notebook["Number"]
    practice.lend(kind, "7.7")
    run_cell("def history(self):\n    while True:\n        pass\n", notebook)
    kind.history = notebook["history"]
    assert practice.lend(kind, "7.7").endswith(", hand_back (7.6), history (7.7).")


def test_what_the_learner_attaches_in_place_of_what_was_lent_is_the_learners(notebook):
    kind = notebook["Number"]
    practice.lend(kind, "7.2")
    run_cell(practice.source_of(practice.add), notebook)
    kind.__add__ = kind.__radd__ = notebook["add"]
    assert practice.lend(kind, "7.2") == f"{LENT} remember (7.1)."
    run_cell(practice.source_of(practice.remember), notebook)
    kind.__init__ = notebook["remember"]
    assert practice.lend(kind, "7.2") == "All of it is your own."


def test_an_exercise_says_which_step_comes_first(notebook):
    run_cell("def add(self, other):\n    return Number(self.data + other.data)\n", notebook)
    verdict = practice.addition.check(notebook["add"])
    assert verdict.state == "not attempted"
    assert verdict.message == "Exercise 7.1 comes first: `__init__` does not work yet."


def test_a_class_of_another_name_with_more_in_it_is_judged_as_well():
    space = {"__name__": "__main__"}
    run_cell(BEGINNING.replace("Number", "Node"), space)
    run_cell(
        "def start(self, data, inputs=(), slopes=(), op=''):\n"
        "    self.data, self.grad, self.inputs = data, 0.0, tuple(inputs)\n"
        "    self.slopes, self.op, self.label = list(slopes), op, ''\n"
        "def times(self, b):\n"
        "    b = as_number(b)\n"
        "    return Node(self.data * b.data, [self, b], [b.data, self.data], op='*')\n"
        "Node.__init__ = start\n"
        "Node.__mul__ = times\n",
        space,
    )
    assert practice.remembering.check(space["start"]).state == "correct"
    assert practice.multiplication.check(space["times"]).state == "correct"


def test_a_product_that_calls_itself_for_ever_is_told_so(notebook):
    practice.lend(notebook["Number"], "7.2")
    run_cell(
        "def multiply(self, other):\n"
        "    other = as_number(other)\n"
        "    return Number(self * other, (self, other), (other.data, self.data), '*')\n"
        "Number.__mul__ = Number.__rmul__ = multiply\n",
        notebook,
    )
    verdict = practice.multiplication.check(notebook["multiply"])
    assert verdict.state in ("incorrect", "raised an error")
    assert "for ever" in verdict.message or "calls itself" in verdict.message


def test_the_written_out_engine_is_a_file_that_passes_the_tests(notebook):
    text = practice.written_out(Number)
    space = {}
    exec(text, space)
    assert all(practice.passes(space["Number"], name) for name in practice.ENGINE_TESTS)
    practice.lend(notebook["Number"], "7.10")
    exec(practice.written_out(notebook["Number"]), space)
    assert practice.passes(space["Number"], "b = a + a, c = b + b")


WITH_HELPERS = """
import collections as kinds

START = 0


def empty(order):
    for node in order:
        node.grad = START if node.inputs else node.grad


def walk(order):
    for node in kinds.deque(reversed(order)):
        node.hand_back()


def backward(self):
    order = self.history()
    empty(order)
    self.grad = 1
    walk(order)


Number.backward = backward
Number.__neg__ = lambda self: self * -1
"""


def test_what_a_learners_function_uses_is_written_out_with_it(notebook):
    practice.lend(notebook["Number"], "7.10")
    run_cell(WITH_HELPERS, notebook)
    assert practice.walking_back.check(notebook["backward"]).state == "correct"
    exec(practice.written_out(notebook["Number"]), space := {})
    assert practice.passes(space["Number"], "two losses on one trunk")
    assert "remember (7.1)" in space["LENT"] and "backward (7.8)" not in space["LENT"]


def test_a_missing_sign_is_not_called_the_right_word(notebook):
    practice.lend(notebook["Number"], "7.1")
    run_cell(
        "def add(self, other):\n    other = as_number(other)\n"
        "    return Number(self.data + other.data, (self, other), (1, 1))\n",
        notebook,
    )
    assert "Yours always says `''` where `'+'` is right" in str(
        practice.addition.check(notebook["add"])
    )
