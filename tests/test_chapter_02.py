"""What chapter 2 claims: each claim that no cell of it prints."""

import json

import numpy as np
import pytest
from browser import ROOT

from learnkit import losses
from learnkit.exercises import chapter_02 as practice
from learnkit.widgets import drag_outlier
from learnkit.widgets.loss.fits import fitted_line, pull_of_errors

AREAS = np.array([0.6, 0.8, 0.9, 1.1, 1.2, 1.4, 1.5, 1.7, 1.8, 2.0])
PRICES = np.array([2.1, 2.3, 2.9, 3.4, 3.5, 4.3, 4.3, 5.1, 5.2, 6.0])


@pytest.fixture(scope="module")
def chapter():
    """All code of the chapter as it stands, without exercises."""
    notebook = json.loads((ROOT / "solutions" / "02_loss_functions.ipynb").read_text("utf-8"))
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    return {cell["id"]: "".join(cell["source"]) for cell in cells}


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def with_last(price):
    return np.append(PRICES[:-1], price)


def test_the_houses_tested_here_are_the_chapters(chapter):
    names = {"np": np}
    exec(chapter["house-data"], names)
    assert names["areas"].tolist() == AREAS.tolist()
    assert names["prices"].tolist() == PRICES.tolist()


def test_one_error_of_six_costs_as_much_as_six_of_one_or_as_thirty_six():
    one, zero = np.array([6.0]), np.zeros(1)
    for loss, count in [(losses.l1_loss, 6), (losses.mse_loss, 36)]:
        assert loss(one, zero, reduction="sum").item() == count
        assert loss(np.ones(count), np.zeros(count), reduction="sum").item() == count


def test_the_median_has_the_least_mean_absolute_error_and_the_mean_the_least_squared_one():
    draw, guesses = np.random.default_rng(3), np.linspace(-3, 3, 601)
    for _ in range(20):
        times = draw.normal(size=7)
        sizes, squares = (
            np.mean(np.abs(guesses[:, None] - times) ** power, axis=1) for power in (1, 2)
        )
        assert guesses[sizes.argmin()] == pytest.approx(np.median(times), abs=0.011)
        assert guesses[squares.argmin()] == pytest.approx(np.mean(times), abs=0.011)


def test_hubers_two_parts_meet_without_a_jump_and_without_a_kink():
    for delta in (0.3, 1.0, 4.0):
        below, above = (practice.huber(delta + h, delta) for h in (-1e-9, 1e-9))
        assert below == pytest.approx(above, abs=1e-8)
        for h in (-1e-6, 1e-6):
            slope = (practice.huber(delta + h, delta) - practice.huber(delta, delta)) / h
            assert slope == pytest.approx(delta, rel=1e-5)


def test_a_wrong_price_takes_two_weights_down_by_a_quarter_and_a_third_and_then_leaves_them_alone():
    honest, wrong, nearer = (
        [fitted_line(AREAS, with_last(price), loss, 0.5)[0] for loss in ("absolute", "Huber")]
        for price in (6.0, 0.6, 3.0)
    )
    assert np.subtract(honest, wrong) == pytest.approx([0.25, 0.36], abs=0.005)
    assert nearer == pytest.approx(wrong, abs=1e-9)


def test_at_0_6_the_dragged_house_pulls_with_6_67_on_the_square_and_1_and_a_half_on_the_others():
    shown = drag_outlier(AREAS, PRICES, delta=0.5, low=0, high=10).arrays
    place = np.abs(shown["heights"] - 0.6).argmin()
    assert shown["heights"][place] == pytest.approx(0.6)
    assert shown["pulls"][place] == pytest.approx([6.67, 1, 0.5], abs=0.005)


def test_the_fits_of_the_training_loop_are_the_best_lines_but_for_the_wobble_of_mae(chapter):
    names = {"np": np, "areas": AREAS, "prices": PRICES}
    exec(chapter["fit"], names)
    for loss, within in [("squared", 1e-6), ("Huber", 1e-6), ("absolute", 0.2)]:
        for price in (6.0, 0.6):
            end = names["fit"](names["PULLS"][loss], with_last(price))[-1]
            best = fitted_line(AREAS, with_last(price), loss, 0.5)
            assert end == pytest.approx(best, abs=within)


def test_the_absolute_error_goes_to_and_fro_beside_the_best_line_however_long_it_is_trained(
    chapter,
):
    names = {"np": np, "areas": AREAS, "prices": PRICES}
    exec(chapter["fit"], names)
    for price, low, high in [(6.0, 2.727, 2.759), (0.6, 2.518, 2.572)]:
        w = names["fit"](np.sign, with_last(price), steps=20_000)[3_000:, 0]
        assert (w.min(), w.max()) == pytest.approx((low, high), abs=0.0005)
        assert w.max() < fitted_line(AREAS, with_last(price), "absolute")[0] - 0.01


def test_the_chapters_pulls_are_the_slopes_of_the_courses_losses(chapter):
    names = {"np": np, "areas": AREAS, "prices": PRICES}
    exec(chapter["fit"], names)
    errors = np.array([-3.0, -0.5, -0.2, 0.1, 0.5, 2.0])
    for loss, pull in names["PULLS"].items():
        assert pull(errors) == pytest.approx(pull_of_errors(errors, loss, 0.5))


def test_on_five_new_houses_the_squared_error_is_off_by_80_000_dollars_the_others_by_10_and_20():
    areas, prices = np.array([0.7, 1.0, 1.3, 1.6, 1.9]), np.array([2.2, 3.1, 3.9, 4.8, 5.6])
    off = []
    for loss in ("squared", "absolute", "Huber"):
        w, b = fitted_line(AREAS, with_last(0.6), loss, 0.5)
        off.append(np.mean(np.abs(w * areas + b - prices)))
    assert off == pytest.approx([0.84, 0.13, 0.20], abs=0.04)


def test_judged_by_squares_the_three_fits_to_the_wrong_price_come_in_the_same_order(chapter):
    names = {"np": np, "areas": AREAS, "prices": PRICES}
    exec(chapter["fit"], names)
    areas, prices = np.array([0.7, 1.0, 1.3, 1.6, 1.9]), np.array([2.2, 3.1, 3.9, 4.8, 5.6])
    by_size, by_square = [], []
    for loss in ("absolute", "Huber", "squared"):
        w, b = names["fit"](names["PULLS"][loss], with_last(0.6))[-1]
        by_size.append(np.mean(np.abs(w * areas + b - prices)))
        by_square.append(np.mean((w * areas + b - prices) ** 2))
    assert by_size == sorted(by_size) and by_square == sorted(by_square)


def test_the_logarithm_of_a_number_just_above_1_is_nearly_what_it_is_above_1():
    assert np.log(1.001) == pytest.approx(0.0009995, abs=5e-8)


def test_a_float_ends_between_e_to_the_709_and_e_to_the_710():
    with np.errstate(over="ignore"):
        assert np.isfinite(np.exp(709.0)) and np.isinf(np.exp(710.0))
    assert np.finfo(float).max / 1e300 == pytest.approx(1.8e8, rel=0.01)


def test_the_figures_of_surprise_are_those_of_the_losses():
    for p, surprise in [(0.95, 0.051), (0.05, 2.996), (0.3, 1.204)]:
        assert losses.binary_cross_entropy([p], [1.0]).item() == pytest.approx(surprise, abs=5e-4)
    assert losses.mse_loss([0.3], [1.0]).item() == pytest.approx(0.49)


def test_the_sigmoids_slope_is_p_times_1_less_p_and_along_the_score_cross_entropy_leaves_the_error():
    for z in (-4.0, -0.5, 0.0, 3.0):
        p, h = sigmoid(z), 1e-5
        assert (sigmoid(z + h) - sigmoid(z - h)) / (2 * h) == pytest.approx(p * (1 - p))
        for y in (0.0, 1.0):
            ahead, behind = (
                losses.binary_cross_entropy_with_logits([z + d], [y]).item() for d in (h, -h)
            )
            assert (ahead - behind) / (2 * h) == pytest.approx(p - y, abs=1e-8)


def test_at_a_score_of_minus_8_the_squared_error_has_1_500th_of_the_slope_of_the_cross_entropy():
    p = sigmoid(-8.0)
    assert 2 * (1 - p) * p * (1 - p) == pytest.approx(0.00067, abs=5e-6)
    assert 1 - p == pytest.approx(0.99966, abs=5e-6)


def test_below_an_answer_of_a_third_the_squared_error_learns_less_from_a_worse_one():
    p = np.arange(1, 1000) / 1000
    slope = 2 * (1 - p) ** 2 * p
    assert p[slope.argmax()] == pytest.approx(1 / 3, abs=0.001)
    assert (np.diff(slope[p < 1 / 3]) > 0).all() and (np.diff(slope[p > 1 / 3]) < 0).all()


@pytest.mark.parametrize("start, steps, within", [(-8.0, 1_500, 30), (-12.0, 80_000, 2_000)])
def test_the_squared_error_gets_away_from_the_saturated_sigmoid_at_last(start, steps, within):
    z, taken = start, 0
    while z < 0:
        p = 1 / (1 + np.exp(-z))
        z, taken = z + 2 * (1 - p) * p * (1 - p), taken + 1
    assert taken == pytest.approx(steps, abs=within)


def test_softmax_of_a_score_and_zero_is_the_sigmoid_and_a_shift_changes_nothing():
    for z in (-3.0, 0.5, 7.0):
        assert practice.softmax(np.array([z, 0.0]))[0] == pytest.approx(sigmoid(z))
    scores = np.array([2.0, 1.0, 0.1])
    assert practice.softmax(scores + 5) == pytest.approx(practice.softmax(scores))


def test_the_mended_surprise_is_the_librarys_at_any_size():
    for scores in ([1000.0, -1000.0], [2.0, 1.0, 0.1], [-1000.0, -1000.0, 5.0]):
        for right in range(len(scores)):
            ours = practice.surprise(np.array(scores), right)
            assert ours == pytest.approx(losses.cross_entropy([scores], [right]).item())


def test_only_a_weight_of_0_2_brings_the_sum_below_1_with_the_box_left_where_it_was():
    off = np.mean(np.abs(np.array([5.5, 3.5, 9.5, 6.5]) - [3, 2, 7, 5]))
    below = [weight for weight in (0.2, 0.5, 1.0, 2.0) if -np.log(0.95) + weight * off < 1]
    assert below == [0.2]


def test_the_two_detections_as_pairs_are_each_smaller_in_one_number():
    truth = np.array([3.0, 2.0, 7.0, 5.0])
    good, poor = np.array([3.5, 2.0, 7.5, 5.0]), np.array([5.0, 3.0, 9.0, 6.0])
    places = [np.mean(np.abs(box - truth)) for box in (good, poor)]
    assert places == pytest.approx([0.25, 1.5])
    assert [-np.log(0.4), -np.log(0.95)] == pytest.approx([0.916, 0.051], abs=5e-4)


def test_between_2_and_3_no_step_of_w_makes_both_houses_losses_smaller():
    areas, prices = np.array([1.0, 2.0]), np.array([3.0, 4.0])
    for w in np.linspace(2.05, 2.95, 10):
        first, second = 2 * (w * areas - prices) * areas
        assert first < 0 < second
    for w in (1.9, 3.1):
        assert len(set(np.sign(2 * (w * areas - prices) * areas))) == 1


def test_a_weighted_best_w_is_where_the_weighted_slopes_add_up_to_zero():
    areas, prices = np.array([1.0, 2.0]), np.array([3.0, 4.0])
    for share in (0, 0.25, 0.5, 0.75, 1):
        weights = np.array([share, 1 - share])
        w = np.sum(weights * areas * prices) / np.sum(weights * areas**2)
        assert np.sum(2 * weights * (w * areas - prices) * areas) == pytest.approx(0, abs=1e-12)
        assert 2 <= w <= 3


def test_a_hundred_times_the_noise_is_the_same_choice_so_the_figures_are_no_accident_of_one_draw():
    for seed in range(3):
        source = np.random.default_rng(seed)
        for draw, better in [(source.normal, 0), (source.laplace, 1)]:
            noise = draw(size=(4000, 25))
            misses = [np.mean(guess**2) for guess in (noise.mean(1), np.median(noise, axis=1))]
            assert np.argmin(misses) == better


def test_the_absolute_error_of_a_coin_is_least_for_the_surest_forecast_on_offer():
    throws, forecasts = np.array([1.0] * 7 + [0.0] * 3), np.arange(1, 100) / 100
    chosen = {
        name: forecasts[np.argmin([loss(p) for p in forecasts])]
        for name, loss in {
            "surprise": lambda p: practice.mean_surprise(p, throws),
            "squares": lambda p: np.mean((p - throws) ** 2),
            "sizes": lambda p: np.mean(np.abs(p - throws)),
        }.items()
    }
    assert chosen == {"surprise": 0.7, "squares": 0.7, "sizes": 0.99}


@pytest.mark.parametrize(
    "name",
    ["slopes_of_squares", "binary_surprise", "scores_to_probabilities", "mend_the_surprise"],
)
def test_answers_rounded_to_three_decimals_are_not_enough(name):
    exercise = getattr(practice, name)
    verdict = exercise.check(lambda *arguments: np.round(exercise.reference(*arguments), 3))
    assert verdict.state == "incorrect"
