"""The figures that chapter 4 states in its text, and the guessing game it opens with."""

import math

import numpy as np
import pytest

from learnkit import flip, training
from learnkit.exercises import chapter_04 as practice
from learnkit.landscapes import CURVES, SURFACES
from learnkit.widgets import contour_descent, convergence_factors, learning_loop
from learnkit.widgets.descent import roll as descent
from learnkit.widgets.guess.game import GuessingGame, by_step, guesses_needed, plot_guesses

HILLS = CURVES["hills"]


def price_slope(w):
    return sum(2 * (w * a - p) * a for a, p in zip(practice.AREAS, practice.PRICES)) / 5


def test_the_sign_table_is_taken_from_the_31_parameter_network():
    slopes = dict(zip(flip.names(), flip.gradients().flat()))
    assert [float(slopes[name]) for name in ("b1₃", "b2₂", "W1₂₃")] == [0.44, -0.55, 0.0]


def test_the_slope_of_w1_23_is_0_because_its_pixel_is_0_whatever_the_parameters_are():
    assert flip.IMAGE[1] == 0
    for seed in range(5):
        slopes = dict(zip(flip.names(), flip.gradients(flip.random_parameters(seed=seed)).flat()))
        assert slopes["W1₂₃"] == 0


@pytest.mark.parametrize(
    "rate, promised, kept", [(0.5, 12.5, 0.14), (0.1, 2.5, 0.83), (0.001, 0.025, 1.0)]
)
def test_a_step_lowers_the_loss_by_eta_times_the_squared_gradient_if_it_is_short(
    rate, promised, kept
):
    def loss(w, b):
        return w**2 + 3 * b**2

    fall = loss(2, 0.5) - loss(2 - rate * 4, 0.5 - rate * 3)
    assert rate * 25 == promised
    assert fall / promised == pytest.approx(kept, abs=0.005)


def test_a_short_step_keeps_the_promise_on_fifty_bowls_drawn_by_lot():
    random = np.random.default_rng(0)
    for curvatures, place in zip(random.uniform(0.1, 9, (50, 3)), random.normal(size=(50, 3))):
        gradient, rate = curvatures * place, 1e-4
        fall = (curvatures @ place**2 - curvatures @ (place - rate * gradient) ** 2) / 2
        assert 0 < fall == pytest.approx(rate * gradient @ gradient, rel=1e-3)


def test_a_step_of_5_finds_every_number_10_finds_half_of_them_and_50_jumps_past_all_but_ten():
    assert [found for found, _ in by_step((2, 5, 6, 10, 50))] == [100, 100, 84, 50, 10]


def test_a_guess_counts_from_the_first_one_and_a_number_that_is_jumped_over_is_never_found():
    assert [guesses_needed(50, 10), guesses_needed(73, 2), guesses_needed(75, 10)] == [1, 12, None]


def test_the_safe_steps_2_and_5_need_up_to_25_and_11_guesses_and_the_slope_needs_6():
    most = [max(guesses_needed(hidden, step) for hidden in range(1, 101)) for step in (2, 5)]
    halvings = max(
        math.ceil(math.log2(abs(50 - hidden) / 2)) for hidden in range(1, 101) if hidden != 50
    )
    assert [*most, halvings + 1] == [25, 11, 6]


def test_a_step_that_is_not_positive_is_refused():
    with pytest.raises(ValueError, match="larger than 0, and you gave -2"):
        guesses_needed(3, -2)


def test_the_game_says_too_low_too_high_and_found_and_remembers_the_steps_tried():
    game = GuessingGame(hidden=73)
    assert [str(game.higher()).split(".")[0] for _ in range(3)] == [
        "→ 60 is too low",
        "→ 70 is too low",
        "→ 80 is too high",
    ]
    assert "between 70 and 80" in str(game.lower())
    game.use(2)
    verdict = [game.higher() for _ in range(11)][-1]
    assert (verdict.state, verdict.notes) == ("correct", ("Step 2: 12 guesses.",))
    assert game.higher() == verdict, "a number once found stays found"


def test_a_guess_beyond_the_line_is_not_made():
    game = GuessingGame(hidden=73)
    game.use(50), game.lower()
    assert "The number lies between 1 and 100" in str(game.lower())
    assert game.trail == [50, 0]


def test_the_game_shows_no_hidden_number_before_it_is_found():
    game = GuessingGame(hidden=73)
    assert not any("73" in said for said in (repr(game), str(game.higher()), str(game.use(50))))


def test_the_picture_of_the_game_says_which_steps_find_everything():
    assert "Up to a step of 5 every number is found" in repr(plot_guesses())


def test_on_the_curve_one_ball_crawls_one_settles_and_one_bounces_between_two_walls():
    small, middle, large = (
        training.descend(HILLS.derivative, 3.0, rate, 40) for rate in (0.01, 0.09, 0.3)
    )
    assert small[10] > 2.8
    assert middle[-1] == pytest.approx(1.884, abs=1e-3)
    assert large[-2:] == [pytest.approx(1.57, abs=0.01), pytest.approx(2.49, abs=0.01)]


def test_the_words_of_the_visual_are_those_of_the_text_for_every_rate_from_x_is_3():
    words = {}
    for rate in descent.RATES:
        path = np.array(training.descend(HILLS.derivative, 3.0, rate, 24))[:, None]
        words.setdefault(descent.REGIMES[int(descent.regime(path, *HILLS.range))], []).append(
            round(rate, 2)
        )
    ends = {word: (min(rates), max(rates)) for word, rates in words.items()}
    assert ends == {
        "crawling": (0.01, 0.01),
        "converging": (0.03, 0.12),
        "bouncing": (0.15, 0.3),
        "chaotic": (0.33, 1.2),
    }


def test_at_03_both_walls_have_the_same_slope_and_a_step_is_as_long_as_they_are_apart():
    left, right = training.descend(HILLS.derivative, 3.0, 0.3, 200)[-2:]
    assert HILLS.derivative(left) == pytest.approx(-HILLS.derivative(right))
    assert abs(0.3 * HILLS.derivative(left)) == pytest.approx(abs(right - left))


def test_at_05_the_ball_ends_in_a_round_of_four_places():
    path = np.array(training.descend(HILLS.derivative, 3.0, 0.5, 100))
    assert path[-4:] == pytest.approx(path[-8:-4], abs=0.01)
    assert len(set(path[-4:].round(1))) == 4


def test_no_ball_settles_at_the_middle_of_the_slider_because_every_valley_has_a_lower_limit():
    middle = sorted(descent.RATES)[len(descent.RATES) // 2]
    assert middle == pytest.approx(0.6)
    limits = [
        2e-4 * 2 / (HILLS.derivative(x + 1e-4) - HILLS.derivative(x - 1e-4)) for x in HILLS.minima
    ]
    assert max(limits) < 0.16
    ends = np.array(training.descend(HILLS.derivative, np.linspace(-6, 6, 601), middle, 1000)[-11:])
    assert abs(np.diff(ends, axis=0)).max(axis=0).min() > 0.001


def test_the_waves_change_the_slope_by_39_at_most_so_that_only_rates_above_833_throw_the_ball_out():
    x = np.linspace(-50, 50, 1_000_001)
    assert abs(HILLS.derivative(x) - 0.24 * x).max() <= 3.9
    far = {
        rate: max(map(abs, training.descend(HILLS.derivative, 3.0, rate, 1000)))
        for rate in (1.2, 8.0, 8.3, 9.0)
    }
    assert far[1.2] < 400 and far[8.0] < 8 * 3.9 / (1 - abs(1 - 0.24 * 8)) < 400
    assert far[8.3] < 8.3 * 3.9 / (1 - abs(1 - 0.24 * 8.3)) and far[9.0] > 1e50


def test_the_slope_with_the_lost_factor_is_half_of_the_measured_one():
    faulty = sum((0.0 * a - p) * a for a, p in zip(practice.AREAS, practice.PRICES)) / 5

    def loss(w):
        return sum((w * a - p) ** 2 for a, p in zip(practice.AREAS, practice.PRICES)) / 5

    assert (loss(1e-5) - loss(-1e-5)) / 2e-5 == pytest.approx(2 * faulty)


def test_the_price_is_learned_below_the_limit_of_the_learning_rate_and_lost_above_it():
    limit = 2 / (2 * sum(area**2 for area in practice.AREAS) / 5)
    assert limit == pytest.approx(1.244, abs=5e-4)
    assert training.descend(price_slope, 0.0, 1.0, 1000)[-1] == pytest.approx(3.057, abs=5e-4)
    assert training.descend(price_slope, 0.0, 1e-5, 1000)[-1] < 0.05
    assert abs(training.descend(price_slope, 0.0, 1.5, 1000)[-1]) > 1e100
    assert np.isnan(training.descend(price_slope, 0.0, 10.0, 1000)[-1])


def test_of_four_balls_two_change_sides_one_comes_closer_and_one_goes_away():
    best = sum(a * p for a, p in zip(practice.AREAS, practice.PRICES)) / sum(
        a**2 for a in practice.AREAS
    )
    rates = (0.001, 0.1, 1.0, 1.3)
    slow, works, shaky, lost = (
        np.subtract(training.descend(price_slope, 0.0, rate, 20), best) for rate in rates
    )
    assert (slow < 0).all() and (works < 0).all()
    assert (slow[0], slow[-1], works[-1]) == pytest.approx((-3.1, -3.0, -0.1), abs=0.05)
    assert (shaky[1], lost[1]) == pytest.approx((1.9, 3.3), abs=0.05)
    for run, closer in ((shaky, True), (lost, False)):
        assert (run[1:] * run[:-1] < 0).all() and ((np.diff(abs(run)) < 0) == closer).all()


def test_on_the_map_045_zigzags_in_and_052_leaves_the_picture():
    for rate, end in ((0.45, 0.0), (0.52, np.inf)):
        y = np.abs(
            np.array(
                training.descend(
                    lambda place: np.array([0.5, 4]) * place, np.array([-2.25, 1.5]), rate, 20
                )
            )
        )
        assert (y[-1, 1] < y[0, 1]) == (end == 0) and (y[-1, 1] > 3) == (end > 0)


def test_linear_regression_recovers_the_weight_2_and_the_bias_one_half():
    np.random.seed(42)
    x = np.random.randn(100, 1)
    y = 2 * x + 0.5 + 0.1 * np.random.randn(100, 1)
    w, b, losses = practice.fit_line(x, y, learning_rate=0.1, steps=100)
    assert (w, b) == pytest.approx((2.0, 0.5), abs=0.02)
    assert len(losses) == 100 and losses[0] == pytest.approx(np.mean(y**2))
    assert losses[-1] == pytest.approx(line_loss((w, b), x, y), abs=5e-5)


def line_slopes(theta, x, y):
    error = theta[0] * x + theta[1] - y
    return 2 * np.array([np.mean(error * x), np.mean(error)])


def line_loss(theta, x, y):
    return np.mean((theta[0] * x + theta[1] - y) ** 2)


def line_losses(rate):
    return np.array(practice.fit_line(*practice.noisy_line(), rate, 100)[2])


def test_the_best_line_has_a_lower_loss_than_the_line_the_points_were_made_from():
    x, y = practice.noisy_line()
    best = np.polyfit(x.ravel(), y.ravel(), 1)
    assert best == pytest.approx((1.986, 0.501), abs=5e-4)
    assert practice.fit_line(x, y, 0.1, 100)[:2] == pytest.approx(tuple(best), abs=5e-4)
    losses = line_loss(best, x, y), line_loss((2, 0.5), x, y)
    assert losses == pytest.approx((0.0088, 0.0090), abs=5e-5) and losses[0] < losses[1]


def test_three_loss_curves_fall_converge_and_diverge_as_the_text_says():
    falling, converged, diverging = line_losses(0.001), line_losses(0.1), line_losses(1.0)
    assert (np.diff(falling) < 0).all()
    assert (falling[0], falling[-1]) == pytest.approx((3.32, 2.43), abs=5e-3)
    within = abs(converged / 0.008836 - 1) < 0.01
    assert within[31:].all() and not within[30]
    assert diverging.argmin() == 4 and diverging[4] == pytest.approx(0.37, abs=5e-3)
    assert (np.diff(diverging[4:]) > 0).all()


def test_a_run_that_looks_at_two_points_at_a_time_comes_down_and_then_goes_up_and_down():
    x, y = practice.noisy_line()
    random, theta, losses = np.random.default_rng(4), np.zeros(2), []
    for _ in range(100):
        rows = random.integers(0, 100, 2)
        losses.append(line_loss(theta, x, y))
        theta = theta - 0.3 * line_slopes(theta, x[rows], y[rows])
    level = np.array(losses[20:])
    assert (level.min(), level.max()) == pytest.approx((0.009, 0.041), abs=5e-4)
    assert (len(level) - 1, (np.diff(level) > 0).sum()) == (79, 42)
    assert np.argmax(line_losses(0.3) < 0.05) < np.argmax(np.array(losses) < 0.05)


def stops_at(losses):
    return next(step for step in range(10, len(losses)) if losses[step] > 0.99 * losses[step - 10])


def test_a_rule_that_stops_at_a_level_curve_stops_at_the_best_line_and_on_the_plateau():
    plain = CURVES["plateau"]
    losses = plain.function(np.array(training.descend(plain.derivative, 3.5, 0.5, 120)))
    assert losses[50] > 0.99 * losses[0] and losses[100] < 0.02
    assert (stops_at(line_losses(0.1)), stops_at(losses)) == (41, 10)
    assert line_losses(0.1)[41] == pytest.approx(0.0088, abs=5e-5)


def by_matrices(x, y, learning_rate, steps):
    w, b, losses = np.zeros((1, 1)), np.zeros(1), []
    for _ in range(steps):
        error = x @ w + b - y
        losses.append((error.T @ error / len(x))[0])
        w, b = (
            w - learning_rate * 2 * x.T @ error / len(x),
            b - learning_rate * 2 * np.mean(error, axis=0),
        )
    return w, b, losses


def point_by_point(x, y, learning_rate, steps):
    w = b = 0.0
    losses = np.zeros(steps)
    for step in range(steps):
        errors = [w * xi + b - yi for xi, yi in zip(x, y)]
        losses[step] = np.mean(np.square(errors))
        slope_w = sum(2 * error * xi for error, xi in zip(errors, x)) / len(x)
        w, b = w - learning_rate * slope_w, b - learning_rate * 2 * sum(errors) / len(x)
    return [w, b, losses]


@pytest.mark.parametrize("fit", [by_matrices, point_by_point])
def test_a_weight_and_a_bias_that_come_in_arrays_of_one_number_are_right(fit):
    assert practice.linear_regression.check(fit).state == "correct"


def also_of_a_round_bowl(curvatures):
    low, high = min(curvatures), max(curvatures)
    if low == high:
        return 2 / high, 1 / high, 0, 1
    return practice.convergence_of(curvatures)


def test_an_answer_that_also_knows_the_round_bowl_is_right_though_nobody_asks_for_it():
    assert also_of_a_round_bowl([4, 4]) == (0.5, 0.25, 0, 1)
    assert practice.prove_convergence.check(also_of_a_round_bowl).state == "correct"


def test_on_a_bowl_the_error_shrinks_by_the_factor_that_the_proof_promises():
    A, start = np.array([[5.5, 4.5], [4.5, 5.5]]), np.array([1.0, 0.0])
    limit, best, factor, steps = practice.convergence_of([1, 10])
    path = training.descend(lambda theta: A @ theta, start, best, steps)
    assert (limit, best, factor) == pytest.approx((0.2, 2 / 11, 9 / 11))
    assert np.linalg.norm(path[steps]) <= 1e-6 < np.linalg.norm(path[steps - 1])
    assert (
        np.linalg.norm(training.descend(lambda theta: A @ theta, start, limit * 1.01, 200)[-1]) > 1
    )


def test_the_picture_of_the_factors_says_how_far_measurement_and_theory_are_apart():
    rates = np.array([0.05, 0.1])
    assert "at most 0.010 apart" in repr(
        convergence_factors(rates, np.array([0.95, 0.91]), [1, 10])
    )


@pytest.mark.parametrize(
    "measured, curvatures, words",
    [([0.9], [1, 10], r"shapes \(2,\) and \(1,\)"), ([0.9, 0.8], [-1, 2], "positive; the least")],
)
def test_factors_that_cannot_be_drawn_are_refused(measured, curvatures, words):
    with pytest.raises(ValueError, match=words):
        convergence_factors([0.05, 0.1], measured, curvatures)


def test_a_perfect_walk_along_the_gradient_leaves_three_fifths_of_the_loss():
    place, curvatures = np.array([2.0, 0.25]), np.array([0.5, 4])
    gradient = curvatures * place
    after = place - gradient * (gradient @ gradient) / (gradient @ (curvatures * gradient))
    assert (curvatures @ after**2) / (curvatures @ place**2) == pytest.approx(0.605, abs=0.001)


def test_after_the_perfect_walk_the_minimum_is_157_away_and_short_steps_leave_one_per_cent():
    place, curvatures = np.array([2.0, 0.25]), np.array([0.5, 4])
    after = place - curvatures * place * ((0.5 * 2) ** 2 + 1) / (0.5 + 4)
    assert (np.hypot(*place), np.hypot(*after)) == pytest.approx((2.02, 1.57), abs=0.005)
    cosine = (
        (curvatures * place) @ place / np.linalg.norm(curvatures * place) / np.linalg.norm(place)
    )
    assert np.degrees(np.arccos(cosine)) == pytest.approx(38, abs=0.5)
    end = training.descend(lambda here: curvatures * here, place, 0.2, 20)[-1]
    assert (curvatures @ end**2) / (curvatures @ place**2) == pytest.approx(0.013, abs=5e-4)


def test_on_the_map_a_step_of_01_multiplies_the_distance_by_095_and_by_06():
    bowl = SURFACES["long bowl"]
    path = np.array(
        training.descend(lambda here: np.array(bowl.gradient(*here)), np.array(bowl.start), 0.1, 20)
    )
    assert path[1:] / path[:-1] == pytest.approx(np.tile([0.95, 0.6], (20, 1)))


def test_of_six_rates_on_a_bowl_of_curvatures_1_and_10_the_fastest_is_018_and_020_stops_shrinking():
    lengths = {}
    for rate in (0.10, 0.16, 0.18, 0.19, 0.20, 0.21):
        path = training.descend(lambda delta: np.array([1.0, 10.0]) * delta, np.ones(2), rate, 100)
        lengths[rate] = np.linalg.norm(path[-1])
        steep = np.abs(np.array(path)[:, 1])
        assert (np.ptp(steep) < 1e-12) == (rate == 0.20), "only there the steep part keeps its size"
    assert np.linalg.norm(path[0]) == pytest.approx(1.41, abs=5e-3)
    assert min(lengths, key=lengths.get) == 0.18
    assert lengths[0.20] == pytest.approx(1) and lengths[0.19] < 1e-3 and lengths[0.21] > 1e3
    assert practice.convergence_of([1, 10])[:2] == pytest.approx((0.2, 0.182), abs=5e-4)


def test_by_step_40_the_faster_part_is_small_but_at_045_where_28_per_cent_of_it_are_left():
    rates = np.arange(1, 24) / 40
    flat, steep = abs(1 - 0.5 * rates), abs(1 - 4 * rates)
    left = (np.minimum(flat, steep) / np.maximum(flat, steep)) ** 40
    close = rates == 0.45
    assert left[close] == pytest.approx(0.28, abs=0.005) and left[~close].max() < 0.03

    def length(step):
        return np.hypot(0.775**step, 0.8**step)

    assert 0.8 - (length(100) / length(40)) ** (1 / 60) == pytest.approx(0.0005, abs=5e-5)


def test_the_ball_of_the_map_goes_where_the_cell_says():
    bowl, player = SURFACES["long bowl"], contour_descent()
    path = training.descend(
        lambda place: np.array(bowl.gradient(*place)), np.array(bowl.start), 0.1, 20
    )
    first = {control["name"]: control["start"] for control in player.scene["controls"]}
    run = player.arrays["place"][first["x0"], first["y0"], first["rate"]]
    assert run == pytest.approx(np.array(path), abs=0.002)


def test_the_curve_has_twelve_minima_and_five_of_them_in_the_piece_that_is_seen():
    x = np.linspace(-30, 30, 600_001)
    y = HILLS.function(x)
    minima = x[1:-1][(y[1:-1] < y[:-2]) & (y[1:-1] < y[2:])]
    assert (len(minima), np.sum(abs(minima) < 6)) == (12, 5)
    assert min(minima, key=HILLS.function) == pytest.approx(-0.63, abs=0.005)


def test_in_the_valley_at_188_the_limit_lies_between_the_rate_that_settles_and_the_one_that_bounces():
    h = 1e-5
    curvature = (HILLS.derivative(1.884 + h) - HILLS.derivative(1.884 - h)) / (2 * h)
    assert (curvature, 2 / curvature) == (
        pytest.approx(13.4, abs=0.05),
        pytest.approx(0.149, abs=5e-4),
    )


def test_two_starts_a_hundredth_apart_end_in_different_valleys_after_seven_steps():
    ends = [training.descend(HILLS.derivative, start, 0.9, 7)[-1] for start in (3.0, 3.01)]
    assert ends == [pytest.approx(-1.56, abs=0.005), pytest.approx(2.42, abs=0.005)]


def test_on_the_turned_bowl_a_step_of_0575_lengthens_the_distance_and_one_of_0444_shortens_it_most():
    def factor(rate):
        return max(abs(1 - rate * 0.5), abs(1 - rate * 4))

    assert [factor(rate) for rate in (4 / 9, 0.5, 0.575)] == pytest.approx(
        [0.778, 1, 1.3], abs=5e-4
    )
    assert 0.5 * math.log(1e6) == pytest.approx(6.9, abs=0.05)


def test_the_basin_of_the_global_minimum_is_33_units_wide_and_restarts_do_what_can_be_predicted():
    starts = np.linspace(-6, 6, 12_001)
    ends = training.descend(HILLS.derivative, starts, 0.05, 500)[-1]
    basin = starts[abs(ends + 0.627) < 0.2]
    assert basin.max() - basin.min() == pytest.approx(3.3, abs=0.01)
    assert len(basin) / len(starts) == pytest.approx(0.275, abs=5e-4)
    assert 0.725**5 == pytest.approx(0.20, abs=5e-4)


def test_momentum_and_restarts_find_the_global_minimum_more_often_than_plain_descent():
    starts = np.random.default_rng(0).uniform(-6, 6, (5, 1000))
    plain = training.descend(HILLS.derivative, starts, 0.05, 100)[-1]
    rolling = training.descend_with_momentum(HILLS.derivative, starts[0], 0.05, 0.9, 500)[-1]
    best = plain[HILLS.function(plain).argmin(axis=0), np.arange(1000)]
    rates = [np.mean(abs(ends + 0.627) < 0.2) for ends in (plain, rolling, best)]
    assert rates == [
        pytest.approx(0.275, abs=0.02),
        pytest.approx(0.42, abs=0.03),
        pytest.approx(0.8, abs=0.03),
    ]


def test_the_learning_loop_on_the_points_of_the_line_stops_by_itself_after_27_rounds():
    x, y = practice.noisy_line()
    loop = learning_loop(x.ravel(), y.ravel(), batch_sizes=(32, 64))
    assert loop.arrays["iteration"].max(axis=1).tolist() == [27, 27]
    assert loop.arrays["new_w"][:, -1] == pytest.approx(1.79, abs=0.005)
    assert loop.arrays["new_b"][:, -1] == pytest.approx(0.30, abs=0.005)
