"""Optimizers and schedules: PyTorch's trajectories, and small cases worked out by hand."""

from fractions import Fraction
from math import sqrt

import numpy as np
import pytest

from learnkit import Tensor, Value, optim

OPTIMIZERS = [
    ("SGD", {"lr": 0.05}),
    ("SGD", {"lr": 0.02, "momentum": 0.9}),
    ("SGD", {"lr": 0.02, "momentum": 0.9, "nesterov": True}),
    ("SGD", {"lr": 0.05, "weight_decay": 0.1}),
    ("SGD", {"lr": 0.02, "momentum": 0.8, "weight_decay": 0.1}),
    ("SGD", {"lr": 0.02, "momentum": 0.8, "weight_decay": 0.1, "nesterov": True}),
    ("SGD", {}),
    ("RMSprop", {}),
    ("RMSprop", {"lr": 0.03, "alpha": 0.9, "eps": 1e-4}),
    ("RMSprop", {"lr": 0.003, "momentum": 0.9, "weight_decay": 0.1}),
    ("Adam", {}),
    ("Adam", {"lr": 0.1}),
    ("Adam", {"lr": 0.05, "betas": (0.8, 0.95), "eps": 1e-3, "weight_decay": 0.1}),
    ("AdamW", {}),
    ("AdamW", {"lr": 0.05, "weight_decay": 0.3}),
    ("AdamW", {"lr": 0.05, "weight_decay": 0}),
]


def one_over_the_step(step):
    return 1 / (1 + step)


SCHEDULES = [
    ("StepLR", {"step_size": 30}),
    ("StepLR", {"step_size": 7, "gamma": 0.8}),
    ("ExponentialLR", {"gamma": 0.98}),
    ("CosineAnnealingLR", {"T_max": 200}),
    ("CosineAnnealingLR", {"T_max": 60, "eta_min": 0.01}),  # goes up again after 60 steps
    ("LinearLR", {}),
    ("LinearLR", {"start_factor": 0.1, "end_factor": 0.9, "total_iters": 50}),
    ("LambdaLR", {"lr_lambda": one_over_the_step}),
]
START = [np.array([[1.5, -2.0, 0.3], [0.1, 4.0, -0.7]]), np.array([0.5, -1.0])]
SCALES = [np.array([[1.0, 30.0, 0.1], [2.0, 0.01, 5.0]]), np.array([3.0, 0.5])]


def words(given):
    """A name or settings as a test's name: a function by its own, not by its place in memory."""
    if isinstance(given, str):
        return given
    return ", ".join(f"{name}={getattr(v, '__name__', v)}" for name, v in given.items()) or "usual"


every_optimizer = pytest.mark.parametrize("name, settings", OPTIMIZERS, ids=words)


def loss_of(parameters):
    """A loss with curvatures from 0.01 to 30 and a quartic part, of our Tensors or of torch's."""
    first, second = parameters
    curved, flat = SCALES if isinstance(first, Tensor) else map(first.new_tensor, SCALES)
    return (curved * (first - 1) ** 2).sum() + (flat * (second * second - 1) ** 2).mean()


def trajectory(parameters, optimizer, number, steps=200, scheduler=None):
    """Return every parameter after each step. number: turns a parameter into an array."""
    path = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss_of(parameters).backward()
        optimizer.step()
        if scheduler:
            scheduler.step()
        path.append(np.concatenate([number(p).ravel() for p in parameters]))
    return np.array(path)


def both(name, settings, schedule=None):
    """Return (ours, PyTorch's) parameters, with an optimizer and a schedule for each."""
    torch = pytest.importorskip("torch")
    ours = [Tensor(block) for block in START]
    theirs = [torch.tensor(block, requires_grad=True) for block in START]
    for parameters, module, schedules in (
        (ours, optim, optim),
        (theirs, torch.optim, torch.optim.lr_scheduler),
    ):
        optimizer = getattr(module, name)(parameters, **settings)
        yield parameters, optimizer, schedule and schedule(schedules, optimizer)


def assert_same_trajectories(name, settings, schedule=None):
    (ours, our_own, our_schedule), (theirs, their_own, their_schedule) = both(
        name, settings, schedule
    )
    path = trajectory(ours, our_own, lambda p: p.data, scheduler=our_schedule)
    expected = trajectory(
        theirs, their_own, lambda p: p.detach().numpy().copy(), scheduler=their_schedule
    )
    np.testing.assert_allclose(path, expected, rtol=1e-10, atol=1e-10)


@every_optimizer
def test_two_hundred_steps_follow_pytorch(name, settings):
    assert_same_trajectories(name, settings)


@pytest.mark.parametrize("name", ["SGD", "RMSprop", "Adam", "AdamW"])
def test_names_order_and_defaults_of_the_settings_are_those_of_pytorch(name):
    torch = pytest.importorskip("torch")
    from inspect import signature

    ours = signature(getattr(optim, name)).parameters
    theirs = signature(getattr(torch.optim, name)).parameters
    positional = [p.name for p in ours.values() if p.kind is p.POSITIONAL_OR_KEYWORD]
    assert positional == list(theirs)[: len(positional)]
    assert {p.name: p.default for p in ours.values()} == {n: theirs[n].default for n in ours}


@pytest.mark.parametrize("name, settings", SCHEDULES, ids=words)
def test_a_schedule_sets_the_learning_rates_of_pytorch(name, settings):
    def schedule(module, optimizer):
        return getattr(module, name)(optimizer, **settings)

    assert_same_trajectories("SGD", {"lr": 0.03, "momentum": 0.5}, schedule)
    rates = []
    for parameters, optimizer, scheduler in both("Adam", {"lr": 0.03}, schedule):
        rates.append([])
        for _ in range(200):
            rates[-1] += scheduler.get_last_lr()
            loss_of(parameters).backward()
            optimizer.step()
            scheduler.step()
    np.testing.assert_allclose(*rates, rtol=1e-12, atol=1e-14)


def test_a_warm_up_and_then_a_cosine_stand_in_a_row_as_in_pytorch():
    def schedule(module, optimizer):
        warm_up = module.LinearLR(optimizer, start_factor=0.1, total_iters=20)
        cosine = module.CosineAnnealingLR(optimizer, T_max=180)
        return module.SequentialLR(optimizer, [warm_up, cosine], milestones=[20])

    assert_same_trajectories("AdamW", {"lr": 0.1}, schedule)


@every_optimizer
def test_values_go_where_a_tensor_goes(name, settings):
    numbers = [1.5, -2.0, 0.3]
    values, tensor = [Value(x) for x in numbers], Tensor(numbers)
    for_values = getattr(optim, name)(values, **settings)
    for_tensor = getattr(optim, name)([tensor], **settings)
    for _ in range(50):
        for optimizer in (for_values, for_tensor):
            optimizer.zero_grad()
        a, b, c = values
        (a * a + 20 * b * b + (c * c - 1) ** 2).backward()
        weights = np.array([1.0, 20.0, 0.0])
        last = np.array([0.0, 0.0, 1.0])
        ((weights * tensor * tensor).sum() + (last * (tensor**2 - 1) ** 2).sum()).backward()
        for_values.step()
        for_tensor.step()
    np.testing.assert_allclose([p.data for p in values], tensor.data, rtol=1e-12)


# By hand, where no PyTorch is needed


def after(optimizer, p, *slopes):
    """Return where p stands after a step for each of the slopes."""
    places = []
    for slope in slopes:
        p.grad = slope
        optimizer.step()
        places.append(p.data)
    return places


def test_momentum_worked_out_by_hand_and_exactly():
    p = Value(Fraction(1))
    optimizer = optim.SGD([p], lr=Fraction(1, 10), momentum=Fraction(1, 2))
    # velocities 2, 1 + 2 = 3, 3/2 + 0
    expected = [Fraction(8, 10), Fraction(5, 10), Fraction(35, 100)]
    assert after(optimizer, p, Fraction(2), Fraction(2), Fraction(0)) == expected


def test_nesterov_steps_by_the_slope_and_half_the_velocity_to_come():
    p = Value(Fraction(1))
    optimizer = optim.SGD([p], Fraction(1, 10), Fraction(1, 2), nesterov=True)
    # 2 + 2/2 = 3, then 2 + 3/2
    assert after(optimizer, p, Fraction(2), Fraction(2)) == [Fraction(7, 10), Fraction(35, 100)]


def test_weight_decay_of_sgd_adds_to_the_slope():
    p = Value(Fraction(4))
    optimizer = optim.SGD([p], lr=Fraction(1, 10), weight_decay=Fraction(1, 2))
    assert after(optimizer, p, Fraction(1)) == [Fraction(37, 10)]  # 4 - (1 + 2)/10


def test_rmsprop_divides_by_the_root_of_the_running_mean_square():
    p = Value(1.0)
    optimizer = optim.RMSprop([p], lr=0.1, alpha=0.75, eps=0)
    # 0.25 · 16 = 4, step 4/2; 0.75 · 4 = 3, step 0
    assert after(optimizer, p, 4.0, 0.0) == pytest.approx([0.8, 0.8])


def test_the_first_step_of_adam_is_the_learning_rate_whatever_the_slope():
    for slope in (1e-3, 1.0, 1e6):
        p = Value(1.0)
        assert after(optim.Adam([p], lr=0.1), p, slope) == pytest.approx([0.9], abs=2e-6)


def test_two_steps_of_adam_worked_out_by_hand():
    p = Value(0.0)
    optimizer = optim.Adam([p], lr=1, betas=(0.5, 0.75), eps=0)
    # m: 2, 1 + 0; divided by 1/2, 3/4. s: 4, 3 + 0; divided by 1/4, 7/16
    expected = [-1, -1 - (1 / 0.75) / sqrt(3 / (7 / 16))]
    assert after(optimizer, p, 4.0, 0.0) == pytest.approx(expected)


def test_adamw_shrinks_the_parameter_apart_from_adams_formula():
    p, q = Value(2.0), Value(2.0)
    decoupled = optim.AdamW([p], lr=0.1, weight_decay=0.5)
    penalty = optim.Adam([q], lr=0.1, weight_decay=0.5)
    assert after(decoupled, p, 1.0) == pytest.approx([2 - 0.1 * 0.5 * 2 - 0.1])
    assert after(penalty, q, 1.0) == pytest.approx([2 - 0.1])  # the penalty is divided away


def test_a_warm_up_by_hand():
    optimizer = optim.SGD([Value(0.0)], lr=0.4)
    schedule = optim.LinearLR(optimizer, start_factor=0.25, total_iters=3)
    rates = [optimizer.lr]
    for _ in range(4):
        schedule.step()
        rates.append(optimizer.lr)
    assert rates == pytest.approx([0.1, 0.2, 0.3, 0.4, 0.4])


def test_half_way_the_cosine_has_come_half_way_down():
    optimizer = optim.SGD([Value(0.0)], lr=0.4)
    schedule = optim.CosineAnnealingLR(optimizer, T_max=10, eta_min=0.2)
    for _ in range(5):
        schedule.step()
    assert schedule.get_last_lr() == pytest.approx([0.3])


@every_optimizer
def test_a_parameter_without_a_slope_is_skipped_and_forgets_nothing(name, settings):
    alone, beside, idle = Tensor([1.0, 2.0]), Tensor([1.0, 2.0]), Tensor([3.0])
    one = getattr(optim, name)([alone], **settings)
    two = getattr(optim, name)([idle, beside], **settings)
    for p in (alone, beside):
        p.grad = np.array([0.5, -1.0])
    for _ in range(3):
        one.step()
        two.step()
    assert idle.data.tolist() == [3.0]
    assert beside.data.tolist() == alone.data.tolist()


@every_optimizer
def test_a_step_gives_new_data_and_changes_no_array(name, settings):
    p = Tensor([1.0, 2.0])
    before, p.grad = p.data, np.array([0.5, -1.0])
    getattr(optim, name)([p], **settings).step()
    assert before.tolist() == [1.0, 2.0] and p.data is not before
    assert p.grad.tolist() == [0.5, -1.0]


def test_zero_grad_empties_every_slope_so_that_the_next_pass_starts_anew():
    values = [Value(2.0), Value(3.0)]
    optimizer = optim.SGD(iter(values), lr=0.1)
    for _ in range(2):
        optimizer.zero_grad()
        (values[0] * values[1]).backward()
    assert [p.grad for p in values] == [3.0, 2.0]


@pytest.mark.parametrize(
    "make, error, words",
    [
        (lambda p: optim.SGD(p, lr=0.1), TypeError, r"put the Value in brackets: \[p\]"),
        (lambda p: optim.SGD(Tensor([1.0]), lr=0.1), TypeError, "put the Tensor in brackets"),
        (lambda p: optim.SGD(3.0, lr=0.1), TypeError, "a list of parameters; this is a float"),
        (lambda p: optim.Adam([]), ValueError, "at least one parameter"),
        (lambda p: optim.Adam([p, 2.0]), TypeError, "Entry 1 of the parameters is a float"),
        (lambda p: optim.Adam([[p]]), TypeError, "Entry 0 of the parameters is a list"),
        (lambda p: optim.Adam([p * 2]), ValueError, "computed from others"),
        (lambda p: optim.Adam([p, p]), ValueError, "stands twice"),
        (lambda p: optim.SGD([p], lr=-0.1), ValueError, "lr is a number from 0 on; this is -0.1"),
        (lambda p: optim.SGD([p], lr=float("nan")), ValueError, "this is nan"),
        (lambda p: optim.SGD([p], lr="0.1"), TypeError, "lr is a number; this is a str"),
        (lambda p: optim.SGD([p], momentum=-1), ValueError, "momentum is a number from 0 on"),
        (lambda p: optim.SGD([p], nesterov=True), ValueError, "give a momentum above 0"),
        (lambda p: optim.SGD([p], weight_decay=-1), ValueError, "weight_decay is a number"),
        (lambda p: optim.Adam([p], betas=0.9), TypeError, "betas are two numbers"),
        (lambda p: optim.Adam([p], betas=(0.9, 1.0)), ValueError, "below 1"),
        (lambda p: optim.StepLR(p, 3), TypeError, "the lr of an optimizer; this is a Value"),
        (lambda p: optim.StepLR(optim.SGD([p]), 0), ValueError, "at least 1; this is 0"),
        (lambda p: optim.LinearLR(optim.SGD([p]), total_iters=0.5), ValueError, "whole number"),
        (
            lambda p: optim.SequentialLR(
                optimizer := optim.SGD([p]), [optim.StepLR(optimizer, 3)], [2]
            ),
            ValueError,
            "1 schedulers and 1 milestones",
        ),
    ],
)
def test_what_cannot_work_is_refused_in_words(make, error, words):
    with pytest.raises(error, match=words):
        make(Value(1.0))
