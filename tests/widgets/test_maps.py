"""Heat maps: every square tells its number, written where there is room."""

import numpy as np
import pytest

from learnkit.painter.expressions import template
from learnkit.painter.numbers import digits, level_texts
from learnkit.widgets import heat_map

WEIGHTS, BIASES = np.linspace(0, 3, 7), np.linspace(-1, 4, 6)
TABLE = np.add.outer(BIASES**2, WEIGHTS) + 0.125


def said(player, text, **state):
    player.lens.state |= state
    return player.lens.words(template(text) if isinstance(text, str) else text)


def written(player):
    """The numbers in the squares, by (bias, weight)."""
    [numbers] = [
        layer
        for layer in player.scene["panels"][0]["layers"]
        if layer["draw"] == "text" and "extent" in layer
    ]
    return np.reshape(numbers["texts"], TABLE.shape)


def test_a_square_says_in_its_readout_what_is_written_in_it():
    player = heat_map(TABLE, WEIGHTS, BIASES, digits=2)
    for row, column in np.ndindex(TABLE.shape):
        own = said(player, "{loss:.2f}", bias=row, weight=column)
        assert own == written(player)[row, column] == digits(TABLE[row, column], ".2f")
        assert f"the loss is {own}." in said(player, player.scene["status"])


def test_halves_are_rounded_up_and_told_as_the_table_has_them():
    assert written(heat_map(TABLE, WEIGHTS, BIASES, digits=3))[1, 0] == "0.125"


def test_too_many_numbers_are_left_out_and_it_is_said():
    axis = np.linspace(0, 1, 70)
    player = heat_map(np.add.outer(axis, axis**2), axis, axis)
    layers = player.scene["panels"][0]["layers"]
    assert not any("extent" in layer for layer in layers)
    assert any("4,900 numbers are too many to write" in str(t) for t in player.scene["texts"])
    assert len(player.html) < 90_000


def test_a_lowest_height_of_nearly_nothing_is_0_on_the_scale():
    table = TABLE - TABLE.min() + 1.71e-15
    [scale] = [
        layer["scale"] for layer in heat_map(table, WEIGHTS, BIASES).scene["panels"][0]["layers"]
        if "scale" in layer
    ]  # fmt: skip
    assert scale[0][1] == "0"


@pytest.mark.parametrize(
    "table, words",
    [(TABLE.T, "one row for each of 6 biases"), (np.full((6, 7), np.nan), "finite numbers")],
)
def test_what_is_no_table_of_losses_is_refused(table, words):
    with pytest.raises(ValueError, match=words):
        heat_map(table, WEIGHTS, BIASES)


def test_a_level_table_is_drawn_too():
    assert "the lowest, 2.0" in repr(heat_map(np.full((6, 7), 2.0), WEIGHTS, BIASES))


def test_the_colour_scale_rounds_as_the_squares_do():
    levels = level_texts([0.0, 0.125, 3.25])
    assert levels == ["0", "0.13", "3.3"]
