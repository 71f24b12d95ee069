"""The visual of broadcasting: what is copied, and which slopes are added up where."""

import numpy as np
import pytest

from learnkit import Tensor
from learnkit.painter.expressions import template
from learnkit.widgets import broadcast_viewer
from learnkit.widgets.broadcast import PAIRS, SLOPES, STAGES, SUMMED, Sum

every_pair = pytest.mark.parametrize("pair", range(len(PAIRS)))


@pytest.fixture(scope="module")
def player():
    return broadcast_viewer()


def said(player, text, **state):
    player.lens.state |= {"shapes": 0, "stage": 0, "row": 0, "column": 0} | state
    return player.lens.words(template(text))


def drawn(array, shape):
    """An array of two axes at most, with as many rows and columns as are drawn."""
    full = np.full((4, 4), np.nan)
    full[: (1, 1, *shape)[-2], : (1, *shape)[-1]] = array
    return full


@every_pair
def test_the_entries_and_their_sums_of_slopes_are_those_that_numpy_and_loops_find(player, pair):
    left, right = PAIRS[pair]
    x, y = (np.arange(1, np.prod(s, dtype=int) + 1).reshape(s) for s in (left, right))
    total = x + 10 * y
    assert np.array_equal(
        player.arrays["entries"][pair, 2], drawn(total, total.shape), equal_nan=True
    )
    slopes = SLOPES[: total.shape[0], : total.shape[1]]
    for side, array in enumerate((x, y)):
        spread = np.broadcast_to(array, total.shape)
        for row, column in np.ndindex(total.shape):
            wanted = slopes[spread == spread[row, column]].sum()
            assert player.arrays["totals"][pair, side, row, column] == wanted


@every_pair
def test_the_totals_are_what_the_engine_puts_into_grad(player, pair):
    left, right = (Tensor(np.ones(shape)) for shape in PAIRS[pair])
    total = left + right
    total.backward(SLOPES[: total.shape[0], : total.shape[1]])
    for side, tensor in enumerate((left, right)):
        spread = np.broadcast_to(tensor.grad, total.shape)
        shown = player.arrays["totals"][pair, side]
        assert np.array_equal(shown[: total.shape[0], : total.shape[1]], spread)


def test_the_sum_of_a_chosen_entry_is_written_out(player):
    text = said(player, "{right_said}", stage=SUMMED, row=2, column=1)
    assert text == "20, slope (−1) + 4 + 2 = 5"
    assert said(player, "{left_said}", stage=SUMMED, row=2, column=1) == "10, slope 2"
    assert said(player, "{right_said}", shapes=2, stage=2) == "10, used 12 times"


def test_nothing_tells_of_a_step_before_it_has_come(player):
    for stage in range(len(STAGES)):
        texts = said(player, "{title} {description} {sentence} {right_said} {result}", stage=stage)
        assert ("= (3, 4)" in texts) == (stage >= 2)
        assert ("slopes of the right" in texts) == (stage == SUMMED)
        assert ("slope" in said(player, "{right_said}", stage=stage)) == (stage == SUMMED)


def test_a_copy_is_there_only_once_the_array_is_stretched(player):
    for stage, entries in enumerate((12 + 4, 24, 36, 36, 36, 36)):
        assert np.isfinite(player.arrays["places"][0, stage, :, 0]).sum() == entries


def test_a_choice_beyond_a_small_result_stands_for_its_last_entry():
    player = broadcast_viewer([(2, 1), (2,)])
    assert said(player, "{left_said}", stage=SUMMED, row=3, column=3) == "2, slope 1 + 4 = 5"


def test_own_shapes_are_taken_and_what_cannot_be_drawn_is_refused():
    assert Sum((2, 3), (1, 3)).shape == (2, 3)
    with pytest.raises(ValueError, match="do not fit: counted from the last axis"):
        broadcast_viewer([(3, 4), (3,)])
    for pair in ([(2, 2, 2), (2,)], [(5, 2), (2,)], [(0, 3), (3,)]):
        with pytest.raises(ValueError, match="up to two axes of 1 to 4"):
            broadcast_viewer(pair)


@pytest.mark.parametrize("pairs", [((3, 4), (4,)), (3, 4), ("ab",), (((3,), 3),), (None,)])
def test_what_is_no_pair_of_shapes_is_refused_with_how_to_write_one(pairs):
    with pytest.raises(ValueError, match=r"a bracket around its two shapes, such as \(\(3, 4\)"):
        broadcast_viewer(*pairs)


def test_scalars_and_lists_are_shapes_too():
    assert "shapes () and ()" in broadcast_viewer([(), ()]).description
    assert "shapes (2,) and ()" in broadcast_viewer([[2], []]).description


def test_it_is_small_enough_for_a_notebook(player):
    assert len(player.html) < 90_000


def test_choosing_an_entry_leaves_the_step_where_it_is(show, player):
    page = show(player)
    page.set("stage", SUMMED)
    before = page.said()
    box = page.page.locator(".lk canvas").bounding_box()
    page.page.mouse.click(box["x"] + 0.82 * box["width"], box["y"] + 0.6 * box["height"])
    after = page.said()
    assert "10, slope 2 + 1 + (−3) = 0" in before.values()
    assert "20, slope (−1) + 4 + 2 = 5" in after.values()
