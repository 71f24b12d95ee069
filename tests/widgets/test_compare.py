"""Several runs at once: made by any rule of update, compared step by step."""

import json
import math

import numpy as np
import pytest
from steps import told_at, told_at_the_end

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
    said = "2 runs on f(x) = x²; height after 2 steps: 3.24 for slow, 0.25 for fast."
    assert told_at_the_end(player) == said


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
    assert told_at_the_end(player).startswith(
        "2 runs on f(x, y); height after 20 steps: 1.02 for η = 0.1, 1.0"
    )


def marks(player, frame):
    """Where the markers of all runs stand in the picture of the heights at a step, (runs, 2)."""
    player.lens.state["frame"] = frame
    dots = [layer for layer in player.scene["panels"][1]["layers"] if layer["draw"] == "dots"]
    return np.array([[player.lens.evaluate(part) for part in layer["at"]] for layer in dots])


@pytest.mark.parametrize("f", ["bowl", lambda x: -(x**2), lambda x: 2 * x, lambda x: np.exp(9 * x)])
@pytest.mark.parametrize("log", [False, True])
def test_every_run_has_its_marker_and_its_name_in_the_picture_at_every_step(f, log):
    player = compare_runs(make_runs([0.01, 0.1, 1.1], f, start=1.0, steps=20), f, log=log)
    low, high = player.scene["panels"][1]["y"]["range"]
    names = [layer for layer in player.scene["panels"][1]["layers"] if layer.get("weight") == 600]
    assert len(names) == 3
    for frame in range(21):
        x, y = marks(player, frame).T
        assert (x == frame).all() and (y >= low - 1e-6).all() and (y <= high + 1e-6).all()


def test_a_run_beyond_the_picture_says_on_which_side():
    player = compare_runs(make_runs([0.1, 1.5], "bowl", start=2.5, steps=20), "bowl")
    said = []
    for player.lens.state["frame"] in (0, 20):
        said.append([player.lens.words(template(f"{{name{i}}}")) for i in (0, 1)])
    assert said == [["● η = 0.1", "▲ η = 1.5"], ["● η = 0.1", "▲ η = 1.5 ↑"]]


def test_no_line_runs_ahead_of_its_ball_and_no_name_is_struck_through():
    player = compare_runs(make_runs([0.1, 0.3], "bowl", steps=20), "bowl")
    layers = player.scene["panels"][1]["layers"]
    for player.lens.state["frame"] in (0, 7, 20):
        frame = player.lens.state["frame"]
        for layer in layers:
            if layer["draw"] == "curve":
                assert player.lens.evaluate(layer["at"][0]).max() == frame
    right = player.scene["panels"][1]["x"]["range"][1]
    assert right > 1.2 * 20  # room for the names behind the last step


def test_colours_and_shapes_of_runs_stand_for_nothing_else():
    runs = make_runs([0.01, 0.05, 0.1, 0.2, 0.3], "bowl")
    [first, second] = compare_runs(runs, "bowl").scene["panels"]
    own = [layer for layer in first["layers"] if not layer.get("frame")]
    assert {layer["colour"] for layer in own if layer["draw"] in ("curve", "text")} == {"ink"}
    balls = [layer for layer in own if layer["draw"] == "dots" and layer.get("off")]
    assert (
        len({layer["colour"] for layer in balls}) == len({layer["shape"] for layer in balls}) == 5
    )


def test_rates_alike_to_six_digits_stay_two_runs():
    runs = make_runs([0.1, 0.1000000001, 0.3], "bowl", start=1.0, steps=3)
    assert list(runs) == ["η = 0.1", "η = 0.1000000001", "η = 0.3"]


def test_numbers_of_picture_readouts_and_sentence_are_one():
    player = compare_runs(make_runs([0.1, 0.9, 1.2], "bowl", start=2.5, steps=30), "bowl", log=True)
    for frame in range(31):
        said = told_at(player, frame)
        readouts = [player.lens.words(template(f"{{now{i}}}")) for i in range(3)]
        assert all(f"{number} for " in said for number in readouts)
        assert all(number in player.lens.words(player.scene["status"]) for number in readouts)


@pytest.mark.parametrize(
    "runs, words",
    [
        ({}, "one to 5"),
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
def test_it_adds_less_than_90_kilobytes_to_a_notebook(ground):
    player = compare_runs(make_runs([0.01, 0.06, 0.1, 0.15, 0.3], ground), ground)
    assert len(json.dumps(player._repr_mimebundle_())) < 90_000


def test_a_run_that_diverged_is_told_as_high_as_it_is():
    player = compare_runs(make_runs([0.1, 1.5], "bowl", start=2.5, steps=20), "bowl")
    assert player.arrays["told"][1, 8] == pytest.approx((2.5 * 2**8) ** 2) and player.arrays[
        "told"
    ][1, -1] == pytest.approx((2.5 * 2**20) ** 2, rel=0.005)
    assert told_at_the_end(player).endswith("6.87e+12 for η = 1.5.")


def test_where_there_is_no_bottom_the_picture_still_has_one():
    player = compare_runs(make_runs([0.1, 0.4], lambda x: -(x**2), start=0.1), lambda x: -(x**2))
    low, high = player.scene["panels"][1]["y"]["range"]
    assert -20 < low < high < 5 and "−4.29e+28 for η = 0.4" in told_at_the_end(player)


def test_at_the_start_all_are_equally_low_and_later_one_is_named():
    player = compare_runs(make_runs([0.1, 0.3], "bowl", start=2.0, steps=3), "bowl")
    titles = []
    for player.lens.state["frame"] in (0, 1):
        titles.append([player.lens.words(panel["title"]) for panel in player.scene["panels"]])
    assert titles[0] == ["All are equally low", "Height at each step"]
    assert titles[1] == ["η = 0.3 is lowest", "Height at each step"]


def test_brackets_in_the_name_of_a_run_are_shown_as_they_are():
    player = compare_runs({"θ_{0}": [1.0, 0.5], "{frame}": [1.0, 0.7]}, "bowl")
    assert told_at_the_end(player).endswith("0.25 for θ_{0}, 0.49 for {frame}.")


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
        (lambda: make_runs([0.1, 0.2, 0.1], "bowl"), "0.1 is there twice"),
        (lambda: make_runs(np.linspace(0, 1, 99), "bowl"), "up to 50 runs at once; these are 99"),
        (lambda: make_runs({"none": lambda x, g, memory: None}, "bowl"), "end it with `return`"),
        (lambda: make_runs({"word": lambda x, g, memory: "up"}, "bowl"), "the next position"),
        (lambda: compare_runs({"a": np.zeros(10**8, np.int8)}, "bowl"), r"run\[::100000\]"),
        (lambda: compare_runs({"a": 3.0}, "bowl"), "'a' is a list of positions, not 3.0"),
        (lambda: compare_runs({"a": [np.nan, 1.0]}, "bowl"), "begins at nan"),
        (lambda: compare_runs({"a": ["up", "down"]}, "bowl"), "not all numbers"),
        (lambda: compare_runs({1: [1.0, 0.5], "1": [1.0, 0.2]}, "bowl"), "one name"),
    ],
)
def test_what_makes_no_runs_is_refused_in_a_sentence(call, words):
    with pytest.raises((TypeError, ValueError), match=words):
        call()
