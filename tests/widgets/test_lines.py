"""Curves over steps: each with a look and a name of its own, whole steps, a sentence with all the
numbers.
"""

import numpy as np
import pytest

from learnkit.widgets.lines import FEW, line_plot, spread


def layers(player, draw):
    own = [layer for layer in player.scene["panels"][0]["layers"] if not layer.get("frame")]
    return [layer for layer in own if layer["draw"] == draw]


def runs(count, length=40):
    return {f"run {k}": np.linspace(3, 0.1 * k, length) for k in range(count)}


def test_steps_are_whole_numbers_and_a_few_points_are_marked():
    player = line_plot({"loss": [3.0, 2.0, 1.0, 0.5, 0.25]}, "It falls", "step", "loss", start=1)
    assert [place for place, _ in player.scene["panels"][0]["x"]["ticks"]] == [1, 2, 3, 4, 5]
    assert layers(player, "curve")[0]["dots"]
    assert repr(player) == "It falls. loss over step: loss from 3.0000 to 0.2500."


def test_a_long_run_is_a_plain_line():
    [curve] = layers(line_plot({"loss": range(1, FEW + 1)}, "t", "x", "y"), "curve")
    assert not curve["dots"]


@pytest.mark.parametrize("count", [1, 4, 7, 20])
def test_every_curve_is_drawn_named_described_and_unlike_the_others(count):
    player = line_plot(runs(count), "t", "x", "y")
    curves, names = layers(player, "curve"), layers(player, "text")
    assert len({(curve["colour"], str(curve["dash"])) for curve in curves}) == count
    assert [text["text"] for text in names] == list(runs(count))
    assert [text["colour"] for text in names] == [curve["colour"] for curve in curves]
    assert all(f"run {k} from 3.0000 to " in repr(player) for k in range(count))


def test_names_do_not_cover_each_other_where_curves_end_together():
    [panel] = line_plot({f"run {k}": [k, 1.0] for k in range(15)}, "t", "x", "y").scene["panels"]
    heights = sorted(layer["at"][1] for layer in panel["layers"] if "run" in str(layer.get("text")))
    low, high = panel["y"]["range"]
    pixels = np.diff(heights) / (high - low) * (panel["tall"] - 72)
    assert len(heights) == 15 and pixels.min() >= 17.9


def test_places_are_moved_no_more_than_they_must():
    assert spread([0.0, 5.0], 1.0) == [0.0, 5.0]
    assert spread([1.0, 1.0], 1.0) == [0.5, 1.5]


def test_heights_of_powers_of_ten_are_told_as_numbers_and_others_are_gaps():
    player = line_plot({"a": [1000.0, 1.0, 0.0, 10.0]}, "t", "x", "y", log=True, level=(10, "ten"))
    texts = [text for _, text in player.scene["panels"][0]["y"]["ticks"]]
    assert texts == ["1", "10", "100", "1000"]
    np.testing.assert_allclose(player.arrays["curve0"][:, 1], [3, 0, np.nan, 1])
    assert "ten" in [text.get("text") for text in layers(player, "text")]


@pytest.mark.parametrize("log", [False, True])
@pytest.mark.parametrize(
    "numbers", [[1.0], [2.0, 2.0], [0.0], [-1.0, -2.0], [np.nan] * 3, [1.0, np.inf], [1e300, 1.0]]
)
def test_any_numbers_find_a_scale(numbers, log):
    player = line_plot({"loss": numbers}, "t", "x", "y", log=log)
    assert player.png
    low, high = player.scene["panels"][0]["y"]["range"]
    heights = player.arrays["curve0"][:, 1]
    inside = heights[np.isfinite(heights)]
    assert ((low < inside) & (inside < high)).all()


def test_what_is_not_finite_is_counted_in_the_sentence():
    said = repr(line_plot({"loss": [1.0, np.inf, np.nan]}, "t", "x", "y"))
    assert said == "t. y over x: loss from 1.0000 to –, 2 of 3 not finite."


def test_a_million_numbers_are_drawn_by_their_peaks_and_dips():
    numbers = np.ones(1_000_000)
    numbers[[123_456, 777_777]] = 5.0, -5.0
    curve = line_plot({"loss": numbers}, "t", "x", "y").arrays["curve0"]
    assert len(curve) < 500 and {5.0, -5.0} <= set(curve[:, 1].tolist())


@pytest.mark.parametrize(
    "curves, error, words",
    [
        ([1.0, 2.0], TypeError, "draws curves by name"),
        ({}, TypeError, "draws curves by name"),
        ({"a": "high"}, TypeError, "'a' is 'high'"),
        ({"a": []}, ValueError, r"at least one number each; 'a' has shape \(0,\)"),
        ({"a": [[1.0]]}, ValueError, r"'a' has shape \(1, 1\)"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_one_sentence(curves, error, words):
    with pytest.raises(error, match=words):
        line_plot(curves, "t", "x", "y")


def test_fifty_long_curves_fit_a_notebook():
    random = np.random.default_rng(0)
    fall = np.exp(-np.linspace(0, 5, 20_000))
    curves = {f"run {k}": k + fall + random.normal(0, 0.1, 20_000) for k in range(50)}
    assert len(line_plot(curves, "t", "x", "y").html) < 150_000
