"""Scenes and tables: what expressions and templates mean, and what a Player puts into a
notebook.
"""

import base64
import json
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from learnkit.painter.complete import complete
from learnkit.painter.expressions import expression, template
from learnkit.painter.lens import Lens
from learnkit.painter.numbers import nice_ticks
from learnkit.painter.scene import (
    Axis,
    Choice,
    Coded,
    Dots,
    Frames,
    Heat,
    Panel,
    Scene,
    Slider,
)
from learnkit.widgets import (
    Player,
    compare_runs,
    contour_lines,
    descend_landscape,
    edges,
    explore_loss,
    heat_map,
    make_runs,
    roll_downhill,
)

PAINTER = Path(__file__).parents[2] / "learnkit" / "painter"
LARGEST = 150_000  # bytes that a Player may add to a notebook
TABLE = {
    "path": np.arange(24.0).reshape(2, 4, 3),
    "curve": np.array([[0.0, 0.0], [1.0, 10.0], [2.0, 40.0]]),
    "codes": np.array([1.0, 0.0, 2.0]),
}
PANEL = Panel(x=Axis(range=[0, 1]), y=Axis(range=[0, 1]), layers=[])
SCENE = Scene(
    panels=[PANEL],
    controls=[
        Slider(name="rate", label="rate", values=[0.1, 0.5], start=0.5),
        Frames(name="frame", label="step", frames=4),
        Choice(name="kind", label="kind", options=["bowl", "saddle"]),
    ],
    values={
        "here": "path[rate, frame]",
        "fate": Coded(words=["crawls", "settles", "flies"], code="codes[frame]"),
    },
    description="One sentence.",
)


def drawing(*layers, **axes):
    """The scene with these layers in its panel, and perhaps other axes."""
    return replace(SCENE, panels=[replace(PANEL, layers=layers, **axes)])


def level_map():
    return heat_map([[1, 2], [3, 4]], [0, 1], [0, 1])


def compared():
    return compare_runs(make_runs([0.02, 0.1]))


def lens(**state):
    return Lens(complete(SCENE, TABLE), TABLE, {"rate": 1, "frame": 2, "kind": 0} | state)


def test_an_array_is_indexed_by_the_positions_of_controls():
    assert lens().evaluate(expression("path[rate, frame]")).tolist() == [18, 19, 20]
    assert lens().evaluate(expression("path[0, frame+1, 2]")) == 11
    assert lens().evaluate(expression("path[-1, -1, -1]")) == 23


def test_an_index_beyond_the_ends_means_the_end():
    assert lens(frame=3).evaluate(expression("path[rate, frame+1]")).tolist() == [21, 22, 23]


def test_a_slice_holds_the_rows_before_it():
    assert lens().evaluate(expression("path[rate, :frame+1]")).shape == (3, 3)
    assert lens().evaluate(expression("path[rate, :]")).shape == (4, 3)


def test_a_curve_is_read_off_between_its_points_and_goes_on_beyond_them():
    assert lens(rate=1).evaluate(expression("curve(rate)")) == 5
    assert lens(frame=3).evaluate(expression("curve(frame)")) == 70


def test_a_control_stands_for_its_value_and_a_name_for_its_expression():
    assert lens().evaluate(expression("rate")) == 0.5
    assert lens().evaluate(expression("here")).tolist() == [18, 19, 20]


def test_templates_name_numbers_words_and_choices():
    assert (
        lens().words(template("{rate} {rate:.3f} {frame} {kind} {fate} {here:.1f}"))
        == "0.50 0.500 2 bowl flies 18.0"
    )


def test_a_wrong_name_is_refused_with_the_names_there_are():
    with pytest.raises(ValueError, match="'pth'.*path, curve, codes"):
        Player(drawing(Dots(at="pth")), TABLE)


def test_text_in_a_scene_cannot_become_markup():
    control = Slider(name="rate", label="<b>rate</b>", values=[1, 2])
    player = Player(Scene(panels=[PANEL], controls=[control], description='<i> & "quotes"'), {})
    assert "<b>" not in player.scene["markup"] and "<i>" not in player.html


def test_arrays_come_back_as_they_were_given():
    player = Player(Scene(panels=[PANEL], description="Numbers."), TABLE)
    assert np.array_equal(player.arrays["path"], TABLE["path"])


@pytest.mark.parametrize("make", [level_map, compared])
def test_the_same_inputs_make_the_same_bytes(make):
    assert make()._repr_mimebundle_() == make()._repr_mimebundle_()


@pytest.mark.parametrize("make", [roll_downhill, explore_loss, descend_landscape])
def test_a_player_adds_at_most_150_kilobytes_to_a_notebook(make):
    bundle = make()._repr_mimebundle_()
    assert len(json.dumps(bundle, ensure_ascii=False).encode()) <= LARGEST
    assert set(bundle) == {"text/plain", "text/html"}


def test_the_picture_is_a_png_and_stands_once_in_the_html_with_its_description():
    player = explore_loss()
    page = player._repr_mimebundle_()["text/html"]
    assert player.png.startswith(b"\x89PNG")
    assert page.count(f'src="data:image/png;base64,{base64.b64encode(player.png).decode()}"') == 1
    assert f'alt="{player.description}"' in page


def test_a_visual_says_in_one_sentence_what_its_picture_shows():
    assert (
        roll_downhill()._repr_mimebundle_()["text/plain"]
        == "A ball on f(x) = 0.12x² + sin(2.4x) + 0.3cos(5x) from x = 3.00 with learning rate 0.06:"
        " after 0 steps x = 3.00, f(x) = 1.65, the slope is +1.20; the run is not over yet."
    )


def test_the_painter_asks_the_network_for_nothing():
    files = [path for path in PAINTER.rglob("*") if path.suffix in (".js", ".css")]
    assert len(files) >= 8
    for path in files:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"http|\bimport\b|url\(", text)


def test_contour_lines_keep_to_their_level():
    x = np.linspace(-2, 2, 101)
    z = x**2 + x[:, None] ** 2
    lines = contour_lines(x, x, z, [1.0])
    assert np.hypot(*lines.T) == pytest.approx(1, abs=1e-3)


def test_contour_lines_of_two_levels_are_parted_by_a_gap():
    x = np.linspace(-2, 2, 41)
    lines = contour_lines(x, x, x**2 + x[:, None] ** 2, [0.5, 1.0])
    assert np.isnan(lines).all(axis=1).sum() == 1


def test_edges_go_from_border_to_border():
    layer = edges([[0, 0], [10, 0]], [(0, 1)], size=(2, 1))
    assert layer.start == [[pytest.approx(1)], [0.0]]
    assert layer.end == [[pytest.approx(9)], [0.0]]


def test_an_axis_whose_ends_follow_the_state_has_round_numbers_for_each_state():
    table = {"ends": np.array([[-1.2, 4.9], [0.0, 1500.0]])}
    scene = Scene(
        panels=[replace(PANEL, y=Axis(label="loss", range="reach"))],
        controls=[Choice(name="kind", label="kind", options=["low", "high"])],
        values={"reach": "ends[kind]"},
        description="Two.",
    )
    player = Player(scene, table)
    axis = player.scene["panels"][0]["y"]
    for kind, texts in enumerate((["0", "2", "4"], ["0", "500", "1000", "1500"])):
        player.lens.state["kind"] = kind
        said = [player.lens.words(axis["texts"], i) for i in range(4)]
        assert [text for text in said if text != "–"] == texts
        assert np.isnan(player.lens.evaluate(axis["moving"])).sum() == 4 - len(texts)


def test_an_axis_that_follows_something_else_than_rows_of_ends_is_refused():
    with pytest.raises(ValueError, match="'curve' must be a row of an array"):
        Player(drawing(y=Axis(range="curve")), TABLE)


@pytest.mark.parametrize(
    "levels, ends",
    [
        ([0, 1, 2], ["0", "2"]),
        ([0.0, 1.0, 4.0, 1534.0], ["0", "1500"]),
        ([1.71e-15, 1.0, 2.0], ["0", "2"]),
        ([1001.0, 1002.0, 1003.0], ["1001", "1003"]),
    ],
)
def test_a_colour_scale_names_its_lowest_and_its_highest_level(levels, ends):
    heat = Heat(z="field", levels=levels, label="height")
    panel = replace(PANEL, layers=[heat])
    player = Player(Scene(panels=[panel], description="One."), {"field": np.eye(3)})
    [scale] = [layer["scale"] for layer in player.scene["panels"][0]["layers"] if "scale" in layer]
    assert [scale[0], scale[-1]] == [[0.0, ends[0]], [1.0, ends[1]]]


@pytest.mark.parametrize(("low", "high"), [(0, 1e-9), (-3, 3), (1e9, 1e9), (0, 2e12)])
def test_ticks_are_found_for_numbers_of_any_size(low, high):
    ticks = nice_ticks(low, high)
    assert (
        1 <= len(ticks) <= 8
        and min(ticks) >= low
        and max(ticks) <= high
        and len(set(ticks)) == len(ticks)
    )


def test_a_slider_that_starts_far_from_its_values_is_refused():
    with pytest.raises(ValueError, match=r"The rate goes from 0.1 to 0.5; it cannot start at 5\."):
        control = Slider(name="r", label="rate", values=[0.1, 0.5], start=5)
        complete(Scene(panels=[], controls=[control], description=""), {})


def test_what_is_too_large_for_a_notebook_is_refused_when_it_is_made():
    noise = np.random.default_rng(0).normal(size=60_000)
    with pytest.raises(
        ValueError,
        match=r"would add 3\d\d kB to the notebook, and 150 are allowed: take fewer steps",
    ):
        Player(SCENE, TABLE | {"noise": noise})
