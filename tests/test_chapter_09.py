"""What chapter 9 says beyond the numbers that its own cells print, and what wrong answers are told."""

import ast
import inspect
import re
import warnings

import numpy as np
import pytest
from browser import ROOT

from learnkit import Tensor, losses, nn, optim, twin
from learnkit.autograd import tensor
from learnkit.autograd.graph import history
from learnkit.data import moons
from learnkit.exercises import chapter_09 as practice

RESULTS = (ROOT / "docs" / "results.md").read_text(encoding="utf-8")


def network(seed=0):
    """The chapter's network 2-16-16-1 at its start."""
    nn.manual_seed(seed)
    hidden = nn.Linear(2, 16), nn.Tanh(), nn.Linear(16, 16), nn.Tanh()
    return nn.Sequential(*hidden, nn.Linear(16, 1))


def loss_of(model):
    x, y = moons(200, noise=0.1, seed=0)
    return losses.binary_cross_entropy_with_logits(model(x), y[:, None].astype(float))


def ratios(ours, against):
    """{step: how much of the other's time ours takes}, by the table of measured results."""
    rows = [
        [cell.strip() for cell in line.split("|")] for line in RESULTS.splitlines() if "|" in line
    ]
    return {
        row[1]: float(row[6])
        for row in rows
        if len(row) > 8 and (row[2], row[4]) == (ours, against)
    }


def test_the_method_shown_is_the_one_in_the_engine():
    source = inspect.getsource(tensor.Tensor.tanh)
    assert "y = np.tanh(self._data)" in source
    assert 'return Tensor(y, (self,), (lambda g: g * (1 - y * y),), "tanh")' in source


def test_the_graph_of_one_step_has_18_nodes_whatever_the_width():
    assert len(history(loss_of(network()))) == 18
    wide = nn.Sequential(
        nn.Linear(2, 99), nn.Tanh(), nn.Linear(99, 99), nn.Tanh(), nn.Linear(99, 1)
    )
    assert len(history(loss_of(wide))) == 18


def test_a_linear_layer_is_three_nodes_and_its_parameters():
    ops = [node.op for node in history(nn.Linear(2, 3)(np.ones((4, 2))))]
    assert sorted(ops) == ["", "", "+", "@", "transpose"]


def test_the_engine_has_about_twenty_operations():
    named = {
        node.value
        for node in ast.walk(ast.parse(inspect.getsource(tensor)))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    known = {"abs", "exp", "log", "tanh", "sigmoid", "relu", "sum", "mean", "max", "reshape"}
    known |= {"transpose", "[]", "where", "+", "-", "*", "/", "**", "@"}
    assert known <= named and len(known) == 19


def test_on_small_networks_a_step_takes_less_time_than_pytorchs_by_the_table_of_results():
    found = ratios("Tensor", "PyTorch")
    small = [ratio for step, ratio in found.items() if step.startswith(("31", "2-16-16-1"))]
    assert len(small) == 2 and max(small) < 0.8


def test_arrays_are_more_than_fifty_times_as_fast_as_numbers_by_the_table_of_results():
    """micrograd's demo is the same network and the same points in numbers and in arrays."""
    times = dict(
        re.findall(r"\| (Value, with dot|Tensor) \| ([\d.]+) \| (?:micrograd|NumPy)", RESULTS)
    )
    assert float(times["Value, with dot"]) > 50 * float(times["Tensor"])


def test_what_the_engine_adds_to_the_bare_operations_weighs_less_on_larger_arrays():
    """Hand-written NumPy is what a compiler would leave over; its rows go from large to small."""
    large, small = ratios("Tensor", "NumPy by hand").values()
    assert 1 < large < small


def test_pytorchs_rule_leaves_it_to_the_walk_to_add_up_what_comes_back_to_a_bias():
    pytest.importorskip("torch")
    _, loss = twin.small_module()
    last = loss().grad_fn.next_functions[0][0]
    arriving = loss().grad_fn(loss().detach() * 0 + 1)
    arriving = arriving[0] if isinstance(arriving, tuple) else arriving
    assert last.next_functions[0][0].variable.shape == (1,) and arriving.shape == (5, 1)
    assert last(arriving)[0].shape == (5, 1)


def test_pytorch_only_warns_of_the_loss_that_compares_all_with_all():
    torch = pytest.importorskip("torch")
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        loss = torch.nn.functional.mse_loss(torch.ones(4, 1), torch.zeros(4))
    assert loss.shape == () and "target size" in str(said[0].message)


def test_units_that_start_alike_stay_alike_under_every_optimizer():
    for kind in (optim.SGD, optim.RMSprop, optim.Adam, optim.AdamW):
        model = network()
        model.load_state_dict({k: np.full_like(a, 0.1) for k, a in model.state_dict().items()})
        optimizer = kind(model.parameters(), lr=0.05)
        for _ in range(20):
            optimizer.zero_grad()
            loss_of(model).backward()
            optimizer.step()
        assert np.ptp(model[0].weight.data, axis=0).max() < 1e-9
        assert abs(model[0].weight.data - 0.1).max() > 0.01


def test_no_optimizer_moves_a_weight_from_the_start_at_0():
    for kind in (optim.SGD, optim.RMSprop, optim.Adam):
        model = network()
        model.load_state_dict({k: np.zeros_like(a) for k, a in model.state_dict().items()})
        optimizer = kind(model.parameters(), lr=0.05)
        for _ in range(20):
            optimizer.zero_grad()
            loss_of(model).backward()
            optimizer.step()
        state = model.state_dict()
        assert not any(state[f"{place}.weight"].any() for place in (0, 2, 4))


def test_all_eight_products_fit_where_all_lengths_are_equal():
    square = np.eye(64)
    pairs = [(a, b) for a in (square, square.T) for b in (square, square.T)]
    assert all((a @ b).shape == (64, 64) and (b @ a).shape == (64, 64) for a, b in pairs)


def test_a_sum_of_random_signs_grows_with_the_root_of_their_number():
    signs = np.random.default_rng(0).choice([-1.0, 1.0], (4000, 400))
    assert signs.sum(axis=1).std() == pytest.approx(20, rel=0.05)


# Wrong answers, written before looking at the checks: what they are told


def told(exercise, answer):
    verdict = exercise.check(answer)
    assert verdict.state != "correct"
    return verdict.message


def by_engine(g, shape):
    x = Tensor(np.zeros(shape))
    (x + np.zeros(g.shape)).backward(g)
    return x.grad


def test_answers_by_another_way_are_right():
    def in_one_go(g, shape):
        front = tuple(range(g.ndim - len(shape)))
        ones = tuple(i + len(front) for i, n in enumerate(shape) if n == 1)
        return g.sum(axis=front + ones).reshape(shape)

    def by_einsum(g, x, w):
        return np.einsum("nm,km->nk", g, w), np.einsum("nk,nm->km", x, g)

    def raveled(prediction, target):
        return np.mean((prediction.ravel() - target.ravel()) ** 2)

    assert practice.undo_broadcasting.check(in_one_go).state == "correct"
    assert practice.undo_broadcasting.check(by_engine).state == "correct"
    assert practice.backward_of_a_product.check(by_einsum).state == "correct"
    assert practice.mend_the_loss.check(raveled).state == "correct"


@pytest.mark.parametrize(
    "answer, words",
    [
        ([6, -2, 4], "what does relu make of it"),
        ([3, 0, 2], "The slope of h² is 2h"),
        (10, "A gradient has the shape of x"),
        ([0, -2, 0], "turned round"),
    ],
)
def test_a_wrong_gradient_of_three_entries_is_told_why(answer, words):
    assert words in told(practice.trace_a_pull, answer)


def test_losses_left_as_tensors_are_told_to_become_numbers():
    def train(model, x, y, learning_rate, steps):
        optimizer, curve = optim.SGD(model.parameters(), lr=learning_rate), []
        for _ in range(steps):
            optimizer.zero_grad()
            loss = losses.binary_cross_entropy_with_logits(model(x), y)
            loss.backward()
            optimizer.step()
            curve.append(loss)
        return curve

    assert "take them out, `.data`" in told(practice.training_loop, train)


def curve_of(optimizer_of, seed, disturbed):
    """Yield the losses of 200 steps of a network on the moons, from a start disturbed by so much."""
    model, draw = network(seed), np.random.default_rng(1)
    for p in model.parameters():
        p.data = p.data * (1 + disturbed * draw.normal(size=p.shape))
    optimizer = optimizer_of(model.parameters())
    for _ in range(200):
        loss = loss_of(model)
        yield loss.item()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


def steps_below(optimizer_of, seed, disturbed, height=0.05):
    """How many steps of 200 it takes until the loss is below a height."""
    curve = enumerate(curve_of(optimizer_of, seed, disturbed))
    return next((step for step, loss in curve if loss < height), 200)


def median_of_steps(optimizer_of, disturbed=0):
    return np.median([steps_below(optimizer_of, seed, disturbed) for seed in range(5)])


RACES = {
    "SGD 1": (lambda p: optim.SGD(p, lr=1), 95),
    "SGD 3.5": (lambda p: optim.SGD(p, lr=3.5), 81),
    "momentum 0.1": (lambda p: optim.SGD(p, lr=0.1, momentum=0.9), 121),
    "momentum 1": (lambda p: optim.SGD(p, lr=1, momentum=0.9), 27),
    "momentum 2": (lambda p: optim.SGD(p, lr=2, momentum=0.9), 27),
    "RMSprop 0.03": (lambda p: optim.RMSprop(p, lr=0.03), 53),
    "Adam 0.1": (lambda p: optim.Adam(p, lr=0.1), 29),
}


@pytest.mark.parametrize("name", RACES)
def test_the_race_is_run_where_rounding_does_not_decide_it(name):
    optimizer_of, steps = RACES[name]
    assert median_of_steps(optimizer_of) == median_of_steps(optimizer_of, 1e-11) == steps


@pytest.mark.parametrize("name", ["SGD 3.5", "momentum 1", "RMSprop 0.03", "Adam 0.1"])
def test_a_curve_that_is_drawn_ends_where_rounding_does_not_move_it(name):
    ends = {round([*curve_of(RACES[name][0], 0, d)][-1], 5) for d in (0, 1e-13, 1e-11)}
    assert len(ends) == 1


def test_plain_sgd_is_faster_at_larger_rates_where_rounding_decides_how_fast():
    for rate in (5, 6):
        for disturbed in (0, 1e-11, 3e-11):
            assert 40 < median_of_steps(lambda p, r=rate: optim.SGD(p, lr=r), disturbed) < 75
    five = {steps_below(lambda p: optim.SGD(p, lr=5), 0, d) for d in (0, 1e-11, 3e-11)}
    assert max(five) - min(five) >= 10


def test_sums_of_size_18_leave_tanh_hardly_any_slope():
    sums = 18.3 * np.random.default_rng(0).normal(size=100_000)
    assert 0.02 < np.mean(1 - np.tanh(sums) ** 2) < 0.06


def test_a_linear_layer_of_pytorch_is_two_nodes():
    torch = pytest.importorskip("torch")
    last = torch.nn.Linear(3, 2)(torch.ones(4, 3)).grad_fn
    before = [type(node).__name__ for node, _ in last.next_functions if node]
    assert type(last).__name__ == "AddmmBackward0" and "TBackward0" in before
