"""The race of optimizers: every number it shows, against runs of our own."""

import numpy as np
import pytest
from steps import told_at, told_at_the_end

from learnkit import optim
from learnkit.landscapes import SURFACES
from learnkit.widgets import race_optimizers
from learnkit.widgets.descent.race import RACERS, mounds, race

RAVINE = SURFACES["ill-conditioned"]


def adam_by_hand(place, steps, rate):
    """The positions of Adam on the ravine, written out for two numbers."""
    place, m, s, path = np.array(place, float), np.zeros(2), np.zeros(2), []
    for t in range(1, steps + 1):
        g = np.array([0.18, 18.0]) * place
        m, s = 0.9 * m + 0.1 * g, 0.999 * s + 0.001 * g * g
        place = place - rate * (m / (1 - 0.9**t)) / (np.sqrt(s / (1 - 0.999**t)) + 1e-8)
        path.append(place)
    return np.array(path)


def heights(path):
    return RAVINE.function(*path.T)


def test_the_runs_are_those_of_the_optimizers():
    paths = race(RAVINE, np.array([-3.5, 1.2]), RACERS, 40)
    assert paths.shape == (5, 41, 2)
    assert paths[0, 1:] == pytest.approx(
        np.array([-3.5, 1.2])
        * np.array([1 - 0.05 * 0.18, 1 - 0.05 * 18]) ** np.arange(1, 41)[:, None]
    )
    assert paths[4, 1:] == pytest.approx(adam_by_hand([-3.5, 1.2], 40, 0.3))


def test_many_starts_run_at_once_as_each_does_alone():
    starts = np.array([[[1.0, 2.0], [-1.0, 0.5]]])
    together = race(RAVINE, starts, RACERS, 10)
    alone = race(RAVINE, starts[0, 1], RACERS, 10)
    assert together.shape == (5, 1, 2, 11, 2)
    assert together[:, 0, 1] == pytest.approx(alone)


def test_the_heights_told_are_those_of_the_runs_and_nothing_is_told_beforehand():
    player = race_optimizers(steps=20)
    assert told_at(player, 0).count("14.1 for") == 5
    adam = heights(adam_by_hand([-3.5, 1.2], 20, 0.3))[-1]
    assert f"{adam:.3f} for Adam" in told_at_the_end(player)


def test_the_leader_is_the_one_that_stands_lowest():
    player = race_optimizers(steps=20)
    run = player.arrays["told"][:, :, 1]
    first = player.arrays["first"][:, :, 1]
    for step in (5, 20):
        here = run[0, 2, :, step]
        assert first[0, 2, step] == (here.argmin() if (here == here.min()).sum() == 1 else 5)


def test_all_learning_rates_are_multiplied():
    slow = race(RAVINE, np.array([1.0, 1.0]), RACERS, 1, times=0.5)
    fast = race(RAVINE, np.array([1.0, 1.0]), RACERS, 1, times=2.0)
    assert (fast[:, 1] - 1) == pytest.approx(4 * (slow[:, 1] - 1))


def test_python_answers_with_the_run_from_where_the_hand_is():
    player = race_optimizers(steps=10)
    answer = player._on_change({"x0": 0.0, "y0": 0.0, "times": 1.0}, [2.5, -1.5])
    assert (answer["x0"], answer["y0"]) == (2.5, -1.5)
    expected = race(RAVINE, np.array([2.5, -1.5]), RACERS, 10)
    assert answer["paths_run"] == pytest.approx(expected, abs=8 / 250)


def test_a_hill_and_a_pit_have_the_slopes_that_their_heights_have():
    ground = mounds(SURFACES["long bowl"], (-1.0, 0.3), (1.4, -0.3))
    for x, y in ((-0.8, 0.1), (1.2, -0.5), (0.0, 0.0)):
        along_x = (ground.function(x + 1e-6, y) - ground.function(x - 1e-6, y)) / 2e-6
        along_y = (ground.function(x, y + 1e-6) - ground.function(x, y - 1e-6)) / 2e-6
        assert ground.gradient(x, y) == pytest.approx((along_x, along_y), abs=1e-6)
    assert ground.function(-1.0, 0.3) > SURFACES["long bowl"].function(-1.0, 0.3)


def test_drawn_anew_the_surface_and_the_runs_follow():
    player = race_optimizers("long bowl", steps=10, draw=True)
    places = {"hill_x": 2.0, "hill_y": 2.0, "pit_x": -2.0, "pit_y": -2.0}
    answer = player._on_change(player.values | {"x0": -1.0, "y0": -1.0} | places, None)
    ground = mounds(SURFACES["long bowl"], (2.0, 2.0), (-2.0, -2.0))
    expected = race(ground, np.array([-1.0, -1.0]), RACERS, 10)
    assert answer["paths_run"] == pytest.approx(expected, abs=6 / 250)
    assert answer["best"] == pytest.approx(ground.minimum)


def test_what_hands_draw_has_the_slopes_that_its_heights_have():
    bowl = SURFACES["long bowl"]
    drawn = [("hill", [(0.5, 0.5), (1.3, 0.5)]), ("pit", np.array([[-1.0, -1.0]]))]
    ground, before = mounds(bowl, (-1, 0.3), (1, 0), drawn), mounds(bowl, (-1, 0.3), (1, 0))
    for x, y in ((0.6, 0.7), (-1.2, -0.8)):
        along_x = (ground.function(x + 1e-6, y) - ground.function(x - 1e-6, y)) / 2e-6
        along_y = (ground.function(x, y + 1e-6) - ground.function(x, y - 1e-6)) / 2e-6
        assert ground.gradient(x, y) == pytest.approx((along_x, along_y), abs=1e-6)
    assert ground.function(0.5, 0.5) > before.function(0.5, 0.5)
    assert ground.function(-1.0, -1.0) < before.function(-1.0, -1.0)


def test_a_row_of_hills_as_the_pen_puts_them_is_an_even_ridge():
    bowl, player = SURFACES["long bowl"], race_optimizers("long bowl", steps=1, draw=True)
    [pen] = [control for control in player.scene["controls"] if "tools" in control]
    row = [(-2 + k * pen["apart"], 2.0) for k in range(6)]
    along = np.linspace(row[1][0], row[-2][0], 50)
    far = (-9, -9), (9, 9)
    ridge = mounds(bowl, *far, [("hill", row)]).function(along, 2.0) - bowl.function(along, 2.0)
    assert np.ptp(ridge) < 0.1 * ridge.mean()


def test_python_races_over_what_was_drawn_and_says_how_much_there_is():
    player = race_optimizers("long bowl", steps=10, draw=True)
    assert "with 1 hill and 1 pit; height" in player.description
    values = player.values | {"drawn": [("pit", [[2, 1], [1, 2]]), ("hill", [[0, -1]])]}
    answer = player._on_change(values, None)
    places = [(values[f"{kind}_x"], values[f"{kind}_y"]) for kind in ("hill", "pit")]
    ground = mounds(SURFACES["long bowl"], *places, values["drawn"])
    start = np.array([values["x0"], values["y0"]])
    assert answer["paths_run"] == pytest.approx(race(ground, start, RACERS, 10), abs=6 / 250)
    assert answer["best"] == pytest.approx(ground.minimum)
    assert answer["counts"].tolist() == [2, 3] and answer["pits"][1:].tolist() == [[2, 1], [1, 2]]


def test_what_was_drawn_can_be_given_again_and_is_there_as_arrays():
    drawn = [("hill", [(1, 0), (1, 1)]), ("pit", [(0, -2)])]
    player = race_optimizers("long bowl", steps=10, draw=drawn)
    assert "with 3 hills and 2 pits; height" in player.description
    assert player.arrays["hills"][1:].tolist() == [[1, 0], [1, 1]]
    again = race_optimizers("long bowl", steps=10, draw=player.values["drawn"])
    assert (again.arrays["paths"] == player.arrays["paths"]).all()
    smooth = race_optimizers("long bowl", steps=10, draw=True)
    assert (smooth.arrays["paths"] != player.arrays["paths"]).any()


def test_at_the_lowest_point_of_a_drawn_surface_the_ground_is_level():
    bowl = SURFACES["long bowl"]
    ground = mounds(bowl, (-1, 0.3), (1, 0), [("pit", [(1.13, -0.41), (1.3, -0.2)])])
    slope = np.hypot(*ground.gradient(*ground.minimum))
    assert slope < 0.05  # where the curvature is 20


def test_a_surface_to_draw_on_is_kept_in_a_notebook_with_less_than_90_kilobytes():
    assert len(race_optimizers("long bowl", steps=60, draw=True).html) < 90_000


def test_a_function_and_optimizers_of_the_learners_own_race_too():
    racers = {"slow": lambda p: optim.SGD(p, lr=0.01), "W": lambda p: optim.AdamW(p, lr=0.1)}
    player = race_optimizers(lambda x, y: x**2 + y**4, (1.0, 1.0), racers, steps=5)
    assert player.arrays["paths"].shape == (3, 3, 3, 2, 6, 2)
    assert "2 optimizers from (1.00, 1.00)" in player.description


def test_a_run_that_leaves_the_picture_is_told_as_what_it_is():
    player = race_optimizers(steps=30, optimizers={"SGD": lambda p: optim.SGD(p, lr=0.2)})
    assert "over 3e38" in told_at_the_end(player) or "e+" in told_at_the_end(player)


@pytest.mark.parametrize(
    "settings, error, words",
    [
        ({"landscape": "hills"}, ValueError, "this is a curve"),
        ({"start": (9.0, 0.0)}, ValueError, "in the picture, from -4 to 4"),
        ({"optimizers": {}}, ValueError, "these are 0"),
        ({"optimizers": [optim.SGD]}, TypeError, "takes {name: function"),
        ({"optimizers": {"a": 0.1}}, TypeError, "'a' is a function that takes the parameters"),
        ({"optimizers": {"a": lambda p: 3}}, TypeError, "returns an optimizer"),
        ({"steps": 0}, ValueError, "from 1 to 100"),
        ({"draw": "hill"}, TypeError, "draw is True, or strokes such as"),
        ({"draw": [("hole", [(0, 1)])]}, ValueError, "draws a 'hill' or a 'pit'"),
        ({"draw": [("pit", [(0, 9)])]}, ValueError, "lies in the picture, from -4 to 4"),
        ({"draw": [("pit", [(0, 0)] * 31)]}, ValueError, "room for 30 .* these are 31"),
    ],
)
def test_what_cannot_race_is_refused_in_words(settings, error, words):
    with pytest.raises(error, match=words):
        race_optimizers(**settings)
