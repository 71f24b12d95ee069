"""The figures that chapter 10 states in its text, its digits over five seeds, and the learner's own
engine under them.
"""

import sys

import numpy as np
import pytest

from learnkit import Tensor
from learnkit.data import digits, houses
from learnkit.exercises import chapter_07, chapter_10

PLACES, EVERYWHERE = np.linspace(-1, 1, 12), np.linspace(-1, 1, 201)


def truth(x):
    return np.sin(np.pi * x)


def drawn(seed, places=PLACES):
    return truth(places) + 0.3 * np.random.default_rng(seed).normal(size=len(places))


def predictions_of(degree, sets=300):
    """Return what polynomials fitted to so many training sets say everywhere, and their losses."""
    fits = [np.polynomial.Polynomial.fit(PLACES, drawn(seed), degree) for seed in range(sets)]
    losses = [np.mean((fit(PLACES) - drawn(seed)) ** 2) for seed, fit in enumerate(fits)]
    return np.array([fit(EVERYWHERE) for fit in fits]), np.mean(losses)


def expected_risk(predictions):
    return np.mean((predictions - truth(EVERYWHERE)) ** 2) + 0.09


def test_the_training_loss_falls_with_every_degree_and_the_expected_risk_turns():
    both = [predictions_of(degree) for degree in (1, 3, 9, 11)]
    losses, risks = [loss for _, loss in both], [expected_risk(found) for found, _ in both]
    assert losses == sorted(losses, reverse=True) and losses[-1] < 1e-9
    assert risks == pytest.approx([0.32, 0.12, 0.21, 3.0], rel=0.15)


def test_the_expected_risk_of_a_formula_is_what_new_examples_of_the_world_cost():
    predictions, _ = predictions_of(3, sets=1)
    noise = 0.3 * np.random.default_rng(9).normal(size=(2000, len(EVERYWHERE)))
    measured = np.mean((predictions - truth(EVERYWHERE) - noise) ** 2)
    assert measured == pytest.approx(expected_risk(predictions), rel=0.01)


@pytest.mark.parametrize("degree", [0, 3, 9])
def test_bias_variance_and_noise_add_up_to_the_expected_risk(degree):
    predictions, _ = predictions_of(degree)
    bias, variance = chapter_10.bias_and_variance(predictions, truth(EVERYWHERE))
    assert bias + variance + 0.09 == pytest.approx(expected_risk(predictions), rel=1e-9)


def test_a_split_holds_every_row_once_and_keeps_its_pairs():
    x = np.arange(20.0).reshape(10, 2)
    x_in, y_in, x_out, y_out = chapter_10.split(x, x[:, 0], 4, seed=3)
    assert sorted([*y_in, *y_out]) == list(x[:, 0])
    assert len(y_out) == 4
    assert (x_in[:, 0] == y_in).all() and (x_out[:, 0] == y_out).all()


def test_the_house_model_prices_houses_it_has_not_seen_about_as_well_as_the_others():
    size, price = houses().area / 1000 - 2, houses().price / 1000
    gaps = []
    for seed in range(50):
        x_in, y_in, x_out, y_out = chapter_10.split(size, price, 100, seed)
        w, b = np.polyfit(x_in, y_in, 1)
        inside, outside = (np.mean((w * x + b - y) ** 2) for x, y in ((x_in, y_in), (x_out, y_out)))
        gaps.append(outside - inside)
    assert abs(np.mean(gaps)) < 60 < np.std(gaps)


def test_a_column_chosen_with_the_test_rows_in_sight_foretells_coins():
    shares = []
    for seed in range(10):
        random = np.random.default_rng(seed)
        columns, coins = random.normal(size=(100, 1000)), random.choice([-1, 1], size=100)
        best = columns[:, np.argsort(abs(columns.T @ coins))[-10:]]
        theta = np.linalg.lstsq(best[:50], coins[:50], rcond=None)[0]
        shares.append(np.mean(np.sign(best[50:] @ theta) == coins[50:]))
    assert min(shares) > 0.6 and np.mean(shares) > 0.7


def test_no_line_learns_xor_and_two_hidden_units_do():
    x = np.column_stack([chapter_10.CORNERS, np.ones(4)])
    line = np.linalg.lstsq(x, [0, 1, 1, 0], rcond=None)[0]
    assert x @ line == pytest.approx([0.5] * 4)
    parameters = map(np.array, chapter_10.xor_parameters())
    assert chapter_10.answers_of(parameters, chapter_10.CORNERS).tolist() == [0, 1, 1, 0]


def test_a_factor_between_two_layers_changes_no_answer():
    W1, b1, w2, b2 = map(np.array, chapter_10.xor_parameters())
    x = np.random.default_rng(0).normal(size=(50, 2))
    before = chapter_10.answers_of([W1, b1, w2, b2], x)
    after = chapter_10.answers_of([10 * W1, 10 * b1, w2 / 10, b2], x)
    assert after == pytest.approx(before, abs=1e-12)


def test_twenty_networks_end_just_below_their_goal():
    theta, losses = chapter_10.twenty_networks(PLACES[:, None], drawn(0)[:, None])
    assert [len(block) for block in theta] == [20] * 4
    assert (losses < 0.02).all() and losses.min() > 0.015


# ------------------------------------------------------------------------------ the digits


def scores(node, x, W1, b1, W2, b2):
    """Return the scores of a network 64-hidden-10, written with nodes of an engine."""

    def linear(x, w, b):
        pulls = lambda g: g @ w.data.T, lambda g: x.data.T @ g, lambda g: g.sum(axis=0)
        return node(x.data @ w.data + b.data, (x, w, b), pulls, "linear")

    z = linear(x, W1, b1)
    hidden = node(np.maximum(z.data, 0), (z,), (lambda g: g * (z.data > 0),), "relu")
    return linear(hidden, W2, b2)


def surprise(node, z, y):
    powers = np.exp(z.data - z.data.max(axis=1, keepdims=True))
    p, right = powers / powers.sum(axis=1, keepdims=True), (np.arange(len(y)), y)
    slopes = p.copy()
    slopes[right] -= 1
    return node(-np.log(p[right]).mean(), (z,), (lambda g: g * slopes / len(y),), "surprise")


def first_theta(hidden, random):
    W1 = random.normal(0, (2 / 64) ** 0.5, (64, hidden))
    W2 = random.normal(0, (1 / hidden) ** 0.5, (hidden, 10))
    return [W1, np.zeros(hidden), W2, np.zeros(10)]


def trained(node, x, y, seed, hidden=64, epochs=40):
    random = np.random.default_rng(seed)
    theta = first_theta(hidden, np.random.default_rng(seed))
    velocity = [0 * block for block in theta]
    for _ in range(epochs):
        for batch in np.split(random.permutation(len(x)), range(64, len(x), 64)):
            leaves = [node(block) for block in theta]
            surprise(node, scores(node, node(x[batch]), *leaves), y[batch]).backward()
            velocity = [0.9 * v + leaf.grad for v, leaf in zip(velocity, leaves)]
            theta = [block - 0.1 * v for block, v in zip(theta, velocity)]
    return theta


def share_right(theta, x, y):
    return np.mean(scores(Tensor, Tensor(x), *map(Tensor, theta)).data.argmax(axis=1) == y)


@pytest.fixture(scope="module")
def held_out():
    return chapter_10.split(*digits(), 300, seed=0)


@pytest.mark.parametrize("seed", range(5))
def test_at_least_97_of_100_digits_that_were_held_out_are_read(seed, held_out):
    x, y, x_new, y_new = held_out
    assert share_right(trained(Tensor, x, y, seed), x_new, y_new) >= 0.97


def test_the_last_rows_of_the_file_are_read_worse_than_rows_drawn_by_lot():
    x, y = digits()
    theta = trained(Tensor, x[:1500], y[:1500], seed=0)
    assert share_right(theta, x[1500:], y[1500:]) == pytest.approx(0.92, abs=0.02)


def test_held_out_by_lot_the_last_rows_are_read_better_than_that_and_worse_than_the_others():
    x, y = digits()
    order = np.random.default_rng(0).permutation(len(x))
    last, others = [], []
    for out in np.array_split(order, 6):
        kept = np.setdiff1d(order, out)
        theta = trained(Tensor, x[kept], y[kept], seed=0, epochs=20)
        right = scores(Tensor, Tensor(x[out]), *map(Tensor, theta)).data.argmax(axis=1) == y[out]
        last.extend(right[out >= 1500])
        others.extend(right[out < 1500])
    assert 0.93 < np.mean(last) < np.mean(others) - 0.01 and np.mean(others) > 0.97


@pytest.fixture
def file_of(tmp_path, monkeypatch):
    """Return a function that writes an engine to a file of a given name, where it can be found."""
    monkeypatch.syspath_prepend(str(tmp_path))

    def write(name, text):
        monkeypatch.delitem(sys.modules, name, raising=False)
        (tmp_path / f"{name}.py").write_text(text, encoding="utf-8")
        return name

    return write


def test_the_engine_that_chapter_7_keeps_reads_digits_as_well(file_of, held_out):
    name = file_of("my_engine_kept", chapter_07.written_out(chapter_07.Number))
    node, whose = chapter_10.engine(name)
    assert whose == "your own, my_engine_kept.py"
    x, y, x_new, y_new = held_out
    assert share_right(trained(node, x, y, seed=0), x_new, y_new) >= 0.97


def test_both_engines_find_the_same_slopes(file_of, held_out):
    name = file_of("my_engine_kept", chapter_07.written_out(chapter_07.Number))
    x, y = held_out[0][:20], held_out[1][:20]
    found = []
    for node in (Tensor, chapter_10.engine(name)[0]):
        leaves = [node(block) for block in first_theta(8, np.random.default_rng(0))]
        surprise(node, scores(node, node(x), *leaves), y).backward()
        found.append([leaf.grad for leaf in leaves])
    for ours, theirs in zip(*found):
        assert ours == pytest.approx(theirs, rel=1e-12)


def test_an_engine_may_multiply_in_either_order(file_of):
    text = chapter_07.written_out(chapter_07.Number)
    name = file_of("turned", text.replace("slope * self.grad", "self.grad * slope"))
    assert "self.grad * slope" in text.replace("slope * self.grad", "self.grad * slope")
    assert chapter_10.engine(name)[1] == "your own, turned.py"


@pytest.mark.parametrize(
    "name, text, said",
    [
        ("crashes", "1 / 0", "cannot be used: ZeroDivisionError"),
        ("another", "x = 1", "cannot be used: AttributeError"),
        ("empty", "class Number:\n    pass", "cannot be used: TypeError"),
        ("imports", "import no_such_module", "cannot be used: ModuleNotFoundError"),
        (
            "lacks",
            chapter_07.written_out(chapter_07.Number).replace("self.history()", "walk(self)"),
            "cannot be used: NameError(\"name 'walk' is not defined\")",
        ),
        (
            "forgets",
            chapter_07.written_out(chapter_07.Number).replace("grad += slope", "grad = slope"),
            "cannot be used: ValueError('for the sum of (2w)²",
        ),
    ],
)
def test_a_file_that_does_not_work_is_named_and_the_course_lends_its_own(name, text, said, file_of):
    node, whose = chapter_10.engine(file_of(name, text))
    assert node is Tensor and said in whose


def test_a_file_with_lent_functions_is_not_called_the_learners_own(file_of):
    text = chapter_07.written_out(chapter_07.Number) + "LENT = ['add (7.2)']\n"
    whose = chapter_10.engine(file_of("partly", text))[1]
    assert whose == "partly.py, with functions lent by the course: add (7.2)"


def test_without_a_file_the_digits_run_on_the_courses_engine():
    node, whose = chapter_10.engine("no_engine_here")
    assert node is Tensor and "there is no no_engine_here.py" in whose


def test_a_digit_resembles_those_of_its_kind_that_stand_near_it_in_the_file_most():
    x, y = digits()
    near, far = [], []
    for digit in range(10):
        rows = np.flatnonzero(y == digit)
        apart = abs(rows[:, None] - rows)
        distances = np.linalg.norm(x[rows][:, None] - x[rows], axis=2)
        near.append(distances[(apart > 0) & (apart < 60)].mean())
        far.append(distances[apart > 600].mean())
    assert np.mean(near) < 0.9 * np.mean(far)


def test_digits_moved_by_two_pixels_are_misread_and_random_ink_is_read_with_confidence(held_out):
    x, y, x_new, y_new = held_out
    theta = trained(Tensor, x, y, seed=0)
    moved = np.roll(x_new.reshape(-1, 8, 8), 2, axis=2).reshape(-1, 64)
    assert share_right(theta, moved, y_new) < 0.6
    ink = np.random.default_rng(0).uniform(size=(300, 64))
    z = scores(Tensor, Tensor(ink), *map(Tensor, theta)).data
    powers = np.exp(z - z.max(axis=1, keepdims=True))
    assert np.median(powers.max(axis=1) / powers.sum(axis=1)) > 0.6


def test_on_some_training_sets_the_flatter_networks_are_worse():
    agreement = []
    for seed in (0, 2, 5):
        y = drawn(seed)
        theta, _ = chapter_10.twenty_networks(PLACES[:, None], y[:, None])
        random, rises = np.random.default_rng(1), 0
        for _ in range(100):
            moves = [0.05 * random.normal(size=block.shape) for block in theta]
            for sign in (1, -1):
                W1, b1, W2, b2 = (block + sign * move for block, move in zip(theta, moves))
                answers = np.tanh(PLACES[:, None] @ W1 + b1) @ W2 + b2
                rises += ((answers - y[:, None]) ** 2).mean(axis=(1, 2))
        W1, b1, W2, b2 = theta
        missed = np.tanh(EVERYWHERE[:, None] @ W1 + b1) @ W2 + b2 - truth(EVERYWHERE)[:, None]
        both = rises, (missed**2).mean(axis=(1, 2))
        agreement.append(np.corrcoef(*[np.argsort(np.argsort(each)) for each in both])[0, 1])
    assert min(agreement) < -0.3 and max(agreement) > 0.3


def test_training_drives_the_scores_apart_also_for_what_is_no_digit(held_out):
    ink = np.random.default_rng(0).uniform(size=(300, 64))
    sure = []
    for epochs in (0, 1, 5, 40):
        theta = trained(Tensor, *held_out[:2], seed=0, epochs=epochs)
        z = scores(Tensor, Tensor(ink), *map(Tensor, theta)).data
        powers = np.exp(z - z.max(axis=1, keepdims=True))
        sure.append(np.median((powers / powers.sum(axis=1, keepdims=True)).max(axis=1)))
    assert sure == sorted(sure) and sure[0] < 0.25 and sure[-1] > 0.8
