"""What chapter 5 says of batches and optimizers beyond the numbers that its own cells print."""

import math

import numpy as np
import pytest

from learnkit import Tensor, optim, training
from learnkit.data import houses
from learnkit.exercises import chapter_05 as practice
from learnkit.landscapes import SURFACES
from learnkit.widgets.descent.race import RACERS, _first_mounds, mounds, race

TABLE = houses()
PRICE = TABLE.price / 1000
RAW = np.column_stack([TABLE.area, TABLE.distance])
X, LABELS = practice.messages()


def with_one(inputs):
    return np.column_stack([inputs, np.ones(len(inputs))])


def descent_of(inputs, steps, share=1):
    X = with_one(inputs)
    bends = np.linalg.eigvalsh(2 * X.T @ X / len(X))
    theta, losses = np.zeros(3), []
    for _ in range(steps):
        error = X @ theta - PRICE
        losses.append(np.mean(error**2))
        theta = theta - share * 2 / (bends[0] + bends[-1]) * 2 * X.T @ error / len(X)
    return losses


def message_slopes(theta, rows=slice(None)):
    return practice.logistic_slopes(theta, X[rows], LABELS[rows])


def slope_of_100(seed=1):
    random = np.random.default_rng(seed)
    return lambda theta: message_slopes(theta, random.integers(0, 50_000, 100))


def test_in_feet_the_loss_is_level_far_above_the_floor():
    losses = descent_of(RAW, 1000)
    assert losses[400] - losses[-1] < 3 and losses[-1] > 6600


def test_in_feet_most_of_the_loss_is_thrown_across_the_steepest_direction():
    X = with_one(RAW)
    bends, directions = np.linalg.eigh(2 * X.T @ X / len(X))
    lost = directions.T @ np.linalg.lstsq(X, PRICE)[0]
    parts = bends * ((1 - 2 / (bends[0] + bends[-1]) * bends) ** 999 * lost) ** 2 / 2
    assert parts.sum() == pytest.approx(6601.6 - 570.8, abs=0.1)
    assert parts[2] / parts.sum() > 0.99 and parts[1] < 0.01


def test_in_feet_half_the_rate_is_calm_and_slow():
    assert descent_of(RAW, 1000, share=0.5)[-1] == pytest.approx(579.0, abs=0.05)
    X = with_one(RAW)
    bends, directions = np.linalg.eigh(2 * X.T @ X / len(X))
    along_the_flattest = bends[0] * (directions[:, 0] @ np.linalg.lstsq(X, PRICE)[0]) ** 2 / 2
    factor = 1 - bends[0] / (bends[0] + bends[-1])
    steps = math.log(0.01 * 570.8 / along_the_flattest) / (2 * math.log(factor))
    assert steps == pytest.approx(5.8e8, rel=0.01)


def test_in_every_unit_the_best_line_predicts_the_same():
    best = []
    for inputs in (RAW, RAW / 1000, practice.standardise(RAW)):
        X = with_one(inputs)
        best.append(X @ np.linalg.lstsq(X, PRICE)[0])
    assert best[1] == pytest.approx(best[0]) and best[2] == pytest.approx(best[0])


def test_a_square_foot_is_worth_31_dollars():
    weight = np.linalg.lstsq(with_one(practice.standardise(RAW)), PRICE)[0][0]
    assert weight == pytest.approx(21.3, abs=0.05)
    assert 1000 * weight / TABLE.area.std() == pytest.approx(31, abs=0.5)


def test_the_house_behind_the_jump_is_the_largest():
    random = np.random.default_rng(1)
    orders = [random.permutation(321) for _ in range(13)]
    assert TABLE.area[orders[12][-1]] == TABLE.area.max() == 5136


@pytest.fixture(scope="module")
def tone():
    random = np.random.default_rng(4)
    moments = random.uniform(0, 2, 100)
    return moments, np.sin(2 * moments) + 0.5 * random.normal(size=100)


def tone_slope(tone, pitch, rows):
    moments, heard = tone
    angle = pitch[:, None] * moments[rows]
    return np.mean(2 * (np.sin(angle) - heard[rows]) * np.cos(angle) * moments[rows], axis=1)


def test_the_ridge_between_the_valleys_of_the_tone_is_at_0_78(tone):
    every = np.arange(100)[None]
    starts = np.array([-0.4, 0.77, 0.79, 3.0])
    ends = training.descend(lambda pitch: tone_slope(tone, pitch, every), starts, 0.1, 2000)[-1]
    assert ends == pytest.approx([0.26, 0.26, 1.93, 1.93], abs=0.01)
    moments, heard = tone
    lows = [np.mean((np.sin(pitch * moments) - heard) ** 2) for pitch in (0.26, 1.93)]
    assert lows == pytest.approx([0.71, 0.23], abs=0.005)


def test_out_of_the_deep_valley_almost_none_gets_back(tone):
    pitch, random = np.full(400, 1.93), np.random.default_rng(3)
    for _ in range(500):
        pitch = pitch - 0.1 * tone_slope(tone, pitch, random.integers(0, 100, (400, 2)))
    assert np.mean(abs(pitch - 0.26) < 0.5) < 0.01


def test_near_the_bottom_three_in_four_messages_point_to_the_right_side():
    best = training.descend_with_momentum(message_slopes, np.zeros(4), 2.0, 0.9, 400)[-1]
    each = (1 / (1 + np.exp(-X @ (0.9 * best))) - LABELS)[:, None] * X
    right = each @ message_slopes(0.9 * best) > 0
    length = np.linalg.norm(each, axis=1)
    assert np.mean(right) == pytest.approx(0.75, abs=0.03)
    assert np.mean(length[~right]) / np.mean(length[right]) == pytest.approx(3, abs=0.2)


def test_the_best_rate_for_a_single_step_is_about_6_5():
    def loss(rate):
        z = X @ (-rate * message_slopes(np.zeros(4)))
        return np.mean(np.logaddexp(0, z) - LABELS * z)

    assert loss(6.5) < min(loss(6), loss(7))


def test_standardised_the_rare_word_would_be_a_ten():
    word = X[:, 3]
    assert (1 - word.mean()) / word.std() == pytest.approx(10, abs=0.2)


def test_the_step_of_momentum_adds_up_to_ten_slopes_that_agree():
    path = training.descend_with_momentum(lambda x: 1.0, 0.0, 1.0, 0.9, 200)
    assert path[-1] - path[-2] == pytest.approx(-10)


@pytest.mark.parametrize("slope", [1e-3, 7.0])
def test_the_first_step_of_rmsprop_is_ten_times_eta_and_of_adam_once(slope):
    by_rmsprop = practice.rmsprop(lambda x: slope, 0.0, 0.01, 0.99, 1)[1]
    assert by_rmsprop == pytest.approx(-0.1, rel=1e-3)
    assert practice.adam(lambda x: slope, 0.0, 0.01, 1)[1] == pytest.approx(-0.01, rel=1e-3)


def test_adam_without_its_correction_begins_3_16_times_too_long():
    uncorrected = practice.mend_adam.faulty(lambda x: 1.0, 0.0, 0.01, 1)
    assert uncorrected[1] == pytest.approx(-0.01 * math.sqrt(10), rel=1e-4)


@pytest.mark.parametrize(
    "path, make",
    [
        (practice.nesterov, lambda p: optim.SGD(p, 0.05, 0.9, nesterov=True)),
        (practice.rmsprop, lambda p: optim.RMSprop(p, 0.05, alpha=0.9)),
        (practice.adam, lambda p: optim.Adam(p, 0.05)),
        (practice.adamw, lambda p: optim.AdamW(p, 0.05, weight_decay=0.9)),
    ],
)
def test_what_the_learner_writes_is_what_optim_does(path, make):
    settings = (0.05, 300) if path is practice.adam else (0.05, 0.9, 300)
    theta = Tensor(np.array([-3.5, 1.2]))
    optimizer = make([theta])
    for _ in range(300):
        theta.grad = np.array([0.18, 18.0]) * theta.data
        optimizer.step()
    slope = np.array([0.18, 18.0])
    written = path(lambda x: slope * x, np.array([-3.5, 1.2]), *settings)[-1]
    assert written == pytest.approx(theta.data, rel=1e-9, abs=1e-12)


def test_the_written_schedule_is_a_warm_up_and_a_cosine_of_optim():
    optimizer = optim.SGD([Tensor([0.0])], lr=0.4)
    warm_up = optim.LinearLR(optimizer, start_factor=1 / 5, total_iters=4)
    cosine = optim.CosineAnnealingLR(optimizer, T_max=20)
    schedule = optim.SequentialLR(optimizer, [warm_up, cosine], milestones=[5])
    for step in range(26):
        assert optimizer.lr == pytest.approx(practice.learning_rate_at(step, 0.4, 5, 25))
        schedule.step()


def test_turned_by_45_degrees_a_ravine_is_the_same_to_sgd_and_another_to_adam():
    ravine = SURFACES["ill-conditioned"]
    turn = np.array([[1, -1], [1, 1]]) / math.sqrt(2)
    A = turn @ np.diag([0.18, 18.0]) @ turn.T

    def ends(matrix, start):
        found = []
        for make in RACERS.values():
            theta = Tensor(start)
            optimizer = make([theta])
            for _ in range(50):
                theta.grad = matrix @ theta.data
                optimizer.step()
            found.append(theta.data @ matrix @ theta.data / 2)
        return np.array(found)

    straight = ends(np.diag([0.18, 18.0]), np.array([-3.5, 1.2]))
    turned = ends(A, turn @ np.array([-3.5, 1.2]))
    assert turned[:3] == pytest.approx(straight[:3])
    assert turned[3:] / straight[3:] == pytest.approx([5_824, 24.8], rel=1e-3)
    assert straight == pytest.approx(
        [ravine.function(*path[-1]) for path in race(ravine, np.array([-3.5, 1.2]), RACERS, 50)]
    )


def test_in_the_ravine_momentum_swings_widest_and_three_optimizers_lead_in_turn():
    ravine = SURFACES["ill-conditioned"]
    runs = race(ravine, np.array([-3.5, 1.2]), RACERS, 50)
    across = dict(zip(RACERS, (run[:, 1] for run in runs)))
    farthest = {name: -y.min() for name, y in across.items()}
    assert max(farthest, key=farthest.get) == "momentum"
    assert farthest["momentum"] == pytest.approx(1.07, abs=0.005)
    assert across["momentum"][5:].max() == pytest.approx(0.94, abs=0.005)
    assert farthest["Nesterov"] == pytest.approx(0.85, abs=0.005)
    assert across["Nesterov"][1:].max() == pytest.approx(0.03, abs=0.001)
    heights = {name: ravine.function(*run.T) for name, run in zip(RACERS, runs)}
    leaders = [min(RACERS, key=lambda name: heights[name][step]) for step in (5, 20, 50)]
    assert leaders == ["Adam", "Nesterov", "RMSprop"]
    assert heights["Nesterov"][50] / heights["RMSprop"][50] == pytest.approx(75, abs=0.5)


def test_over_the_hill_of_the_drawn_surface_go_momentum_and_adam_alone():
    bowl = SURFACES["long bowl"]
    ground = mounds(bowl, *_first_mounds(bowl))
    ends = race(ground, np.array(bowl.start), RACERS, 60)[:, -1]
    above = ground.function(*ends.T) - ground.function(*ground.minimum)
    over = dict(zip(RACERS, above < 0.5))
    assert [name for name in RACERS if over[name]] == ["momentum", "Adam"]
    assert above[[0, 2, 3]] == pytest.approx(2.75, abs=0.005)


def test_a_pit_drawn_where_sgd_rests_catches_all_five():
    bowl = SURFACES["long bowl"]
    ground = mounds(bowl, *_first_mounds(bowl), [("pit", [(-2, 0)])])
    ends = race(ground, np.array(bowl.start), RACERS, 60)[:, -1]
    assert np.linalg.norm(ends - [-2, 0], axis=1).max() < 0.1
    above = ground.function(*ends.T) - ground.function(*ground.minimum)
    assert above == pytest.approx(1.1, abs=0.03)


def test_for_sgd_decay_and_penalty_are_the_same():
    theta = Tensor([2.0])
    theta.grad = np.array([0.3])
    optim.SGD([theta], lr=0.1, weight_decay=0.5).step()
    assert theta.data == pytest.approx(2.0 - 0.1 * 0.3 - 0.1 * 0.5 * 2.0)


def test_a_small_rate_from_the_start_leaves_the_rare_word_on_its_way():
    path = training.descend(slope_of_100(), np.zeros(4), 0.05, 3000)
    assert path[-1][3] < 1


def test_on_mini_batches_nearly_every_second_step_goes_up():
    slope, theta, rises, before = slope_of_100(3), np.array([-1.0, 1.5, -0.77, 2.87]), 0, None
    for _ in range(200):
        theta = theta - 0.5 * slope(theta)
        z = X[:5000] @ theta
        now = np.mean(np.logaddexp(0, z) - LABELS[:5000] * z)
        rises += before is not None and now > before
        before = now
    assert 70 < rises < 130


def test_the_five_runs_are_divided_by_their_first_loss_and_begin_with_the_noisy_one():
    runs = practice.five_runs(
        lambda rate: [2.0, rate], lambda rate: [4.0, 1.0], lambda start, rate: [start, rate]
    )
    assert {letter: run.tolist() for letter, run in runs.items()} == {
        "A": [1, 0.25],
        "B": [1, 0.87 / 2],
        "C": [1, 0.1 / 0.785],
        "D": [1, 0.15],
        "E": [1, 0.0025],
    }


def test_the_five_curves_are_what_the_exercise_says():
    assert practice.verdicts() == ["noisy", "diverging", "plateau", "converged", "falling"]
    assert practice.said_of(["noisy"] * 5).startswith("B rises")
    assert "five words" in practice.said_of(["up"] * 5)
    assert "list of five" in practice.said_of("noisy")
