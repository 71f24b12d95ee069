"""The loss explorer: its loss is the loss, its arrow is steepest descent, hands move the line, its
place and the data, and a goal is acknowledged when it is met.
"""

import numpy as np
import pytest

from learnkit.painter.expressions import expression, template
from learnkit.widgets import explore_loss

DATA = np.array([0.0, 1.0, 2.0]), np.array([1.0, 2.0, 4.0])


def test_the_explorer_s_loss_is_the_mean_squared_error_of_its_line():
    player = explore_loss(*DATA, weights=[0.0, 1.0, 2.0], biases=[0.5, 1.5])
    for i, bias in enumerate([0.5, 1.5]):
        for j, weight in enumerate([0.0, 1.0, 2.0]):
            loss = np.mean((weight * DATA[0] + bias - DATA[1]) ** 2)
            assert player.arrays["losses"][i, j] == pytest.approx(loss)


def test_the_explorer_s_gradient_agrees_with_finite_differences_of_its_loss():
    weights, biases = np.linspace(0, 2, 5), np.linspace(-1, 2, 7)
    player = explore_loss(*DATA, weights=weights, biases=biases)
    loss = lambda w, b: np.mean((w * DATA[0] + b - DATA[1]) ** 2)  # noqa: E731
    w, b, step = weights[3], biases[2], 1e-5
    slopes = (loss(w + step, b) - loss(w - step, b), loss(w, b + step) - loss(w, b - step))
    assert player.arrays["gradients"][2, 3] == pytest.approx(
        np.array(slopes) / (2 * step), abs=0.01
    )


def test_the_arrow_points_down_the_gradient_and_is_longer_where_it_is_steeper():
    weights, biases = np.linspace(-2, 4, 31), np.linspace(-2, 4, 31)
    player = explore_loss(*DATA, weights=weights, biases=biases)
    here = np.stack(np.meshgrid(weights, biases), axis=-1)
    arrows, slopes = player.arrays["tips"] - here, player.arrays["gradients"]
    assert ((arrows * slopes).sum(axis=-1) <= 1e-6).all()
    lengths, steepness = (
        np.linalg.norm(arrows, axis=-1).ravel(),
        np.linalg.norm(slopes, axis=-1).ravel(),
    )
    order = np.argsort(steepness)[::60]
    assert (np.diff(lengths[order]) > 0).all()


HOUSES = np.linspace(60, 200, 9), 40 + 1.4 * np.linspace(60, 200, 9) + 20 * np.sin(np.arange(9))


def test_the_explorer_tells_the_gradient_to_the_last_digit_it_shows():
    player = explore_loss(*HOUSES)
    weights, biases = (control["values"] for control in player.scene["controls"][:2])
    errors = weights[7] * HOUSES[0] + biases[3] - HOUSES[1]
    slopes = 2 * (errors * HOUSES[0]).mean(), 2 * errors.mean()
    assert player.arrays["gradients"][3, 7] == pytest.approx(slopes, rel=1e-6)


def test_weight_and_bias_matter_alike_whatever_the_units():
    player = explore_loss(*HOUSES)
    losses = player.arrays["losses"]
    middle = len(losses) // 2
    along_weights, along_biases = np.ptp(losses[middle]), np.ptp(losses[:, middle])
    assert 1 / 3 < along_weights / along_biases < 3


@pytest.mark.parametrize(
    "data, words",
    [
        (([1, 1, 1], [1, 2, 3]), "these all stand at one"),
        (([1], [1]), "two places"),
        (([1, np.nan], [1, 2]), "leave out"),
        (([1, 2, 3], [1, 2]), r"shapes \(3,\) and \(2,\)"),
        (("ab", "cd"), "two arrays of numbers"),
        (([1, 2], None), "one length"),
    ],
)
def test_data_without_a_line_are_refused(data, words):
    with pytest.raises(ValueError, match=words):
        explore_loss(*data)


@pytest.mark.parametrize(
    "data",
    [([1, 2, 3], [5, 5, 5]), ([1, 2], [0, 0]), (1e3 * np.arange(5), 1e-3 * np.arange(5) ** 2)],
)
def test_level_tiny_and_huge_data_are_explored_too(data):
    player = explore_loss(*data)
    assert (
        len(set(player.scene["controls"][0]["values"])) == 41
        and np.isfinite(player.arrays["losses"]).all()
    )


@pytest.mark.parametrize("weights", [[1.0], [2.0, 1.0, 0.0], [0.0, 1.0, 5.0], []])
def test_weights_rise_evenly(weights):
    with pytest.raises(ValueError, match="weights rise evenly"):
        explore_loss(*DATA, weights=weights)


def test_the_title_writes_the_line_as_one_writes_it():
    player = explore_loss(*DATA, weights=[0.0, 1.0, 2.0], biases=[-0.5, 0.5, 1.5])
    title = player.scene["panels"][0]["title"]
    assert player.lens.words(title) == "The line ŷ = 0.00·x − 0.50; orange: its errors"
    player.lens.state["bias"] = 2
    assert player.lens.words(title) == "The line ŷ = 0.00·x + 1.50; orange: its errors"


TAXI = {"weights": np.linspace(0, 3, 61), "biases": np.linspace(0, 4, 41), "goal": 0.06}
FARES = [0.5, 1.0, 1.5, 2.0], [2.2, 2.9, 3.6, 4.3]


def everything_said(player):
    scene = player.scene
    texts = [*scene["texts"], scene["status"], scene["description"]]
    return " ".join(player.lens.words(text) for text in texts)


def test_a_goal_is_acknowledged_when_it_is_met_and_the_lowest_place_is_not_shown_before():
    player = explore_loss(*FARES, **TAXI)
    losses = player.arrays["losses"]
    met = losses < 0.06
    assert 0 < met.sum() < met.size
    for bias, weight in np.argwhere(met | (np.arange(met.size).reshape(met.shape) % 7 == 0)):
        player.lens.state |= {"bias": bias, "weight": weight}
        assert ("reached: a loss below 0.06" in everything_said(player)) == met[bias, weight]
        star = player.lens.evaluate(expression("stars[bias, weight]"))
        assert np.isfinite(star).all() == met[bias, weight]


@pytest.mark.parametrize("goal", ["low", np.nan, [1, 2]])
def test_a_goal_is_one_number(goal):
    with pytest.raises(ValueError, match="goal is a loss to get below"):
        explore_loss(goal=goal)


def test_without_a_goal_the_lowest_place_of_the_map_is_the_goal():
    player = explore_loss(*FARES)
    bias, weight = np.unravel_index(player.arrays["losses"].argmin(), (41, 41))
    assert "reached" not in everything_said(player)
    player.lens.state |= {"bias": bias, "weight": weight}
    assert "reached: none to be had here is lower" in everything_said(player)


def test_everything_says_one_loss_wherever_the_line_is():
    player = explore_loss()
    for bias in range(0, 41, 5):
        for weight in range(41):
            player.lens.state |= {"bias": bias, "weight": weight}
            loss = player.lens.words(template("{loss:.3f}"))
            assert f"the loss is {loss}." in player.lens.words(player.scene["status"])
            assert f"error is {loss}," in player.lens.words(player.scene["description"])
            line = player.lens.evaluate(expression("predicted"))
            drawn = np.mean((line - player.arrays["y"]) ** 2)
            assert drawn == pytest.approx(float(loss), rel=0.02, abs=0.02)


@pytest.mark.parametrize("options", [{}, TAXI], ids=["made up", "taxi"])
def test_the_arrow_stands_at_right_angles_to_the_contours_as_the_axes_are_equal(options):
    data = FARES if options else ()
    panel = explore_loss(*data, **options).scene["panels"][1]
    assert panel["aspect"] == 1 and "slanted" not in str(panel)


def test_where_the_axes_cannot_be_equal_it_is_said():
    panel = explore_loss(*HOUSES).scene["panels"][1]
    assert panel["aspect"] != 1 and "right angles look slanted" in str(panel)


def test_a_moved_data_point_gives_the_loss_of_the_moved_data():
    player = explore_loss(*FARES, **TAXI)
    values = {f"{axis}{i}": v for axis, row in zip("xy", FARES) for i, v in enumerate(row)}
    values |= {"weight": 1.0, "bias": 1.0, "y3": 6.5}
    news = player._on_change(values, [2.0, 6.4])
    x, y = np.array(FARES[0]), np.array([2.2, 2.9, 3.6, 6.5])
    assert news["losses"][10, 20] == pytest.approx(np.mean((1.0 * x + 1.0 - y) ** 2))
    assert news["y"].tolist() == y.tolist()
    assert set(news) <= set(player.arrays) and set(player.scene["asks"]) == set(values) - {
        "weight", "bias"
    }  # fmt: skip


def test_points_moved_to_one_place_still_have_a_loss():
    player = explore_loss(*FARES, **TAXI)
    values = {f"x{i}": 1.0 for i in range(4)} | {f"y{i}": 2.0 for i in range(4)}
    news = player._on_change(values, None)
    assert np.isfinite(news["losses"]).all() and np.isfinite(news["gradients"]).all()


@pytest.mark.parametrize("count", [13, 10_000, 50_000])
def test_many_points_are_sampled_and_it_is_said(count):
    random = np.random.default_rng(0)
    x = random.uniform(60, 200, count)
    y = 40 + 1.4 * x + 20 * random.normal(size=count)
    player = explore_loss(x, y)
    assert len(player.arrays["x"]) == min(count, 150)
    said = f"150 of {count:,} points are drawn; the loss is of them all."
    assert (said in everything_said(player)) == (count > 150)
    weights, biases = (player.scene["controls"][i]["values"] for i in (0, 1))
    loss = np.mean((weights[30] * x + biases[4] - y) ** 2)
    assert player.arrays["losses"][4, 30] == pytest.approx(loss, rel=1e-5)
    handles = player.scene["panels"][0]["handles"]
    assert {name for handle in handles for name in handle["sets"]} == {"weight", "bias"}
