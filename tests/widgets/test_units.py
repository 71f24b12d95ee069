"""Images and hidden units: every number stands in its cell, and the sentence says what it says."""

import numpy as np
import pytest

from learnkit import flip
from learnkit.widgets import hidden_units, images


def cells(player):
    [found] = [layer for layer in player.scene["panels"][0]["layers"] if layer["draw"] == "cells"]
    return found


def test_an_image_shows_its_pixels_row_by_row_from_the_top():
    player = images({"x": (0, 1, 0.25, -0.004)})
    made = cells(player)
    assert made["texts"] == ["0", "1", "0.25", "0"]
    assert made["at"] == [[0, 1, 0, 1], [1, 1, 0, 0]]
    assert made["shades"][0] == 0 < made["shades"][2] < made["shades"][1]
    assert repr(player) == "Images of two by two pixels, row by row. x: 0, 1, 0.25, 0."


def test_numbers_beyond_0_and_1_and_unknown_ones_are_drawn_too():
    player = images({"{x}": (-3, 7, np.nan, np.inf)})
    assert player.png and "{x}: −3, 7, –, ∞" in repr(player)


def test_another_number_of_pixels_is_refused():
    with pytest.raises(ValueError, match="four pixels for each title.*'x' has 3"):
        images({"x": (1, 0, 0)})


@pytest.mark.parametrize("hidden", [1, 3, 5])
def test_each_hidden_unit_has_a_row_of_its_answers_to_the_sixteen_images(hidden):
    parameters = flip.random_parameters(hidden, seed=1)
    player = hidden_units(parameters)
    texts = np.reshape(cells(player)["texts"], (hidden, 16))
    answers = [
        [float(step.value) for step in flip.stage(flip.forward(parameters, x, x), "h")]
        for x in flip.IMAGES
    ]
    assert texts.T.tolist() == [[f"{answer:.2f}" for answer in row] for row in answers]
    silent = (texts == "0.00").sum(axis=1)
    assert all(f"{flip.named('h', j)} for {n}" in repr(player) for j, n in enumerate(silent))


def test_more_hidden_units_than_fit_a_page_are_refused():
    with pytest.raises(ValueError, match="room for 40 hidden units; yours has 41"):
        hidden_units(flip.random_parameters(41))
