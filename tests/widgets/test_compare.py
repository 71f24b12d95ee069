"""Several runs at once: made by any rule of update, compared step by step."""

import json
import math

import numpy as np
import pytest

from learnkit.painter.expressions import template
from learnkit.widgets import compare_runs, make_runs


def momentum(position, gradient, memory):
    memory["velocity"] = 0.9 * memory.get("velocity", 0) + gradient
    return position - 0.02 * memory["velocity"]


def test_a_learning_rate_makes_a_run_of_gradient_descent():
    run = make_runs([0.1, 1.05], "bowl", start=2.0, steps=5)
    assert list(run) == ["η = 0.1", "η = 1.05"]
    assert run["η = 0.1"] == pytest.approx([2 * 0.8**k for k in range(6)])
    assert run["η = 1.05"] == pytest.approx([2 * (-1.1) ** k for k in range(6)])


def test_a_rule_of_update_keeps_its_memory_through_one_run_only():
    runs = make_runs({"a": momentum, "b": momentum}, "long bowl", steps=30)
    x, y, vx, vy = -2.25, 1.5, 0.0, 0.0
    for _ in range(30):
        vx, vy = 0.9 * vx + x / 2, 0.9 * vy + 4 * y
        x, y = x - 0.02 * vx, y - 0.02 * vy
    assert runs["a"][-1] == pytest.approx([x, y]) and (runs["a"] == runs["b"]).all()


def test_a_rule_that_changes_the_position_in_place_spoils_nothing():
    def in_place(position, gradient, memory):
        position -= 0.1 * gradient
        return position

    runs = make_runs({"in place": in_place, "plain": 0.1}, "long bowl", steps=5)
    assert runs["in place"] == pytest.approx(runs["plain"])


def test_the_leader_is_the_run_that_is_lowest_at_the_step():
    player = compare_runs({"slow": [2.0, 1.9, 1.8], "fast": [2.0, 1.0, 0.5]}, "bowl")
    assert player.arrays["leader"].tolist() == [2, 1, 1]
    assert (
        repr(player) == "2 runs on f(x) = x²; height after 2 steps: 3.24 for slow, 0.25 for fast."
    )


def test_a_shorter_run_waits_where_it_ended():
    player = compare_runs({"short": [2.0, 1.0], "long": [2.0, 1.5, 1.2, 1.0]}, "bowl")
    assert player.arrays["loss"][0].tolist() == [4, 1, 1, 1]


def test_a_logarithmic_scale_shows_the_height_above_the_lowest_point():
    player = compare_runs(
        make_runs([0.1], "two valleys", start=-2.0, steps=10), "two valleys", log=True
    )
    x = -2.0
    for _ in range(10):
        x -= 0.1 * (x**3 - 2 * x + 0.3)
    height = lambda x: x**4 / 4 - x**2 + 0.3 * x  # noqa: E731
    assert player.arrays["loss"][0, -1] == pytest.approx(height(x) - height(-1.484), abs=1e-5)
    assert player.arrays["plotted"] == pytest.approx(np.log10(player.arrays["loss"]), abs=1e-4)


def test_a_diverging_run_does_not_push_the_others_out_of_sight():
    player = compare_runs(make_runs([0.1, 1.5], "bowl", start=2.5, steps=60), "bowl")
    low, high = player.scene["panels"][1]["y"]["range"]
    assert -1 < low < 0 and 6 < high < 8
    assert np.isfinite(player.arrays["loss"]).all()


def test_runs_on_a_learner_s_own_function_of_two_numbers_are_drawn():
    bowl = lambda x, y: math.cosh(x) + y * y  # noqa: E731
    player = compare_runs(make_runs([0.1, 0.4], bowl, start=(2, 1), steps=20), bowl)
    assert repr(player).startswith(
        "2 runs on f(x, y); height after 20 steps: 1.02 for η = 0.1, 1.0"
    )


def test_names_stand_apart_from_each_other():
    player = compare_runs(
        make_runs([0.01, 0.1, 0.4, 0.9], "bowl", start=2.5, steps=30), "bowl", log=True
    )
    texts = [
        layer
        for layer in player.scene["panels"][1]["layers"]
        if str(layer.get("text", "")).startswith("η")
    ]
    places = [(layer["at"][0], float(player.lens.evaluate(layer["at"][1]))) for layer in texts]
    pairs = [(a, b) for i, a in enumerate(places) for b in places[:i]]
    assert len(places) == 4 and all(
        abs(a[0] - b[0]) > 3 or abs(a[1] - b[1]) > 0.5 for a, b in pairs
    )


@pytest.mark.parametrize(
    "runs, words",
    [
        ({}, "one to five|one to 5"),
        ({str(k): [1.0] for k in range(6)}, "this is 6"),
        ({"short": [1.0]}, "with one step at least"),
        ({"flat": [[1.0, 2.0]]}, r"'flat' has shape \(1, 2\)"),
        ({"empty": []}, r"'empty' has shape \(0,\)"),
    ],
)
def test_runs_that_cannot_be_drawn_are_refused(runs, words):
    with pytest.raises(ValueError, match=words):
        compare_runs(runs, "bowl")


def test_an_unknown_landscape_is_answered_with_the_known_ones():
    with pytest.raises(ValueError, match="no landscape 'hill'; choose one of hills, bowl"):
        make_runs([0.1], "hill")


@pytest.mark.parametrize("ground", ["hills", "long bowl"])
def test_it_adds_less_than_150_kilobytes_to_a_notebook(ground):
    player = compare_runs(make_runs([0.01, 0.06, 0.1, 0.15, 0.3], ground), ground)
    assert len(json.dumps(player._repr_mimebundle_())) < 150_000


def test_a_run_that_diverged_is_told_as_high_as_it_is():
    player = compare_runs(make_runs([0.1, 1.5], "bowl", start=2.5, steps=20), "bowl")
    assert player.arrays["told"][1, 8] == pytest.approx((2.5 * 2**8) ** 2) and player.arrays[
        "told"
    ][1, -1] == pytest.approx((2.5 * 2**20) ** 2, rel=0.005)
    assert repr(player).endswith("6.87e+12 for η = 1.5.")


def test_where_there_is_no_bottom_the_picture_still_has_one():
    player = compare_runs(make_runs([0.1, 0.4], lambda x: -(x**2), start=0.1), lambda x: -(x**2))
    low, high = player.scene["panels"][1]["y"]["range"]
    assert -20 < low < high < 5 and "−4.29e+28 for η = 0.4" in repr(player)


def test_at_the_start_all_are_equally_low_and_later_one_is_named():
    player = compare_runs(make_runs([0.1, 0.3], "bowl", start=2.0, steps=3), "bowl")
    titles = []
    for player.lens.state["frame"] in (0, 1):
        titles.append([player.lens.words(panel["title"]) for panel in player.scene["panels"]])
    assert titles[0] == ["Step 0: all are equally low", "All stand at 4.00"]
    assert titles[1] == ["Step 1: η = 0.3 is lowest", "The lowest stands at 0.64"]


def test_brackets_in_the_name_of_a_run_are_shown_as_they_are():
    player = compare_runs({"θ_{0}": [1.0, 0.5], "{frame}": [1.0, 0.7]}, "bowl")
    assert repr(player).endswith("0.25 for θ_{0}, 0.49 for {frame}.")


def test_on_a_logarithmic_scale_ordinary_numbers_stay_ordinary():
    player = compare_runs({"a": [1.0, 0.91**0.5, 0.1]}, "bowl", log=True)
    said = []
    for player.lens.state["frame"] in (1, 2):
        said.append(player.lens.words(template("{now0}")))
    assert said == ["0.91", "0.010"]


@pytest.mark.parametrize(
    "call, words",
    [
        (lambda: compare_runs([[1.0, 2.0]], "bowl"), "as make_runs returns it"),
        (lambda: make_runs([0.1], "bowl", start=(1, 2)), "x, one number"),
        (lambda: make_runs([0.1], "bowl", steps=0), "from 1 to 1000"),
        (
            lambda: make_runs({"odd": lambda x, g, memory: [x, g]}, "bowl", start=1.0),
            r"shape \(\), not \(2,\)",
        ),
        (lambda: make_runs(["fast"], "bowl"), "learning rates"),
    ],
)
def test_what_makes_no_runs_is_refused_in_a_sentence(call, words):
    with pytest.raises((TypeError, ValueError), match=words):
        call()


@pytest.mark.parametrize("f", [lambda x: -(x**2), lambda x: 2 * x, lambda x: np.exp(9 * x)])
def test_a_name_stands_where_its_line_is_in_the_picture(f):
    player = compare_runs(make_runs([0.1, 1.1], f, start=1.0), f, log=True)
    low, high = player.scene["panels"][1]["y"]["range"]
    texts = [
        layer
        for layer in player.scene["panels"][1]["layers"]
        if str(layer.get("text", "")).startswith("η")
    ]
    assert len(texts) == 2 and all(
        low <= player.lens.evaluate(layer["at"][1]) <= high for layer in texts
    )
