"""A graph with a switch on each edge: what is left is the slope with the rest held still."""

from itertools import product

import numpy as np
import pytest

from learnkit import Tensor, Value
from learnkit.widgets import switch_paths

X = 2.0


def graph():
    x = Value(X)
    a, b = 3 * x, x**2
    c = a * b
    return c + a, {"x": x, "a": a, "b": b, "c": c}


def held(x, on):
    """L with what is switched off held at its number for x = 2; edges as the picture has them."""
    x_a, x_b, a_c, b_c, c_l, a_l = on
    a = 3 * (x if x_a else X)
    b = (x if x_b else X) ** 2
    c = (a if a_c else 6.0) * (b if b_c else 4.0)
    return (c if c_l else 24.0) + (a if a_l else 6.0)


def test_with_every_setting_of_the_switches_the_slope_is_the_one_that_a_nudge_measures():
    player = switch_paths(*graph())
    assert player.arrays["slopes"].tolist() == [3, 4, 4, 6, 1, 1]
    for on in product((0, 1), repeat=6):
        measured = (held(X + 1e-6, on) - held(X - 1e-6, on)) / 2e-6
        assert player.arrays["total"][on] == pytest.approx(measured, abs=1e-5)


def test_the_products_of_whole_paths_add_up_to_what_is_left():
    player = switch_paths(*graph())
    shares, total = player.arrays["shares"], player.arrays["total"]
    assert shares.sum(axis=-1) == pytest.approx(total)
    assert sorted(shares[1, 1, 1, 1, 1, 1].tolist()) == [3, 12, 24]
    assert shares.shape == (2,) * 6 + (3,) and player.arrays["paths"].sum() == 3 + 2 + 3


def test_its_sentence_says_the_sum_over_the_paths():
    assert repr(switch_paths(*graph())).endswith("∂L/∂x = 12 + 3 + 24 = 39.")


def test_a_negative_path_is_subtracted_and_another_input_may_be_chosen():
    w, x = Value(-2.0), Value(3.0)
    product = w * x
    player = switch_paths(product + w, {"w": w, "x": x, "p": product}, along=w)
    assert "∂L/∂w = 3 + 1 = 4." in repr(player)
    along_x = switch_paths(product + w, {"w": w, "x": x, "p": product}, along=x)
    assert repr(along_x).endswith("∂L/∂x = −2.")


def test_a_node_used_twice_has_two_edges_each_with_its_switch():
    x = Value(3.0)
    player = switch_paths(x * x, {"x": x})
    assert player.arrays["total"].tolist() == [[0, 3], [3, 6]]


def test_what_cannot_be_drawn_is_refused_in_a_sentence():
    with pytest.raises(TypeError, match="draws a Value; this is a Tensor"):
        switch_paths(Tensor(np.ones(2)))
    with pytest.raises(ValueError, match="along"):
        switch_paths(Value(1.0) * 2, along=Value(2.0))
    x = Value(1.0)
    y = x
    for _ in range(5):
        y = y * y
    with pytest.raises(
        ValueError, match="has room for 1 to 8 edges and 8 paths; this graph has 10"
    ):
        switch_paths(y)
    with pytest.raises(ValueError, match="this graph has 0 edges"):
        switch_paths(x)


def test_a_tap_and_the_keys_turn_a_switch_over(browser, tmp_path):
    from on_page import OnPage

    page = OnPage(browser, tmp_path, switch_paths(*graph()))
    try:
        view = page.page.locator(".lk").first
        knobs = view.locator(".lk-handle")
        assert knobs.count() == 6
        title = "() => document.querySelector('.lk').textContent"
        assert "12 + 3 + 24 = 39" in page.page.evaluate(title)
        knobs.nth(2).click()  # a to c
        page.page.wait_for_function(f"({title})().includes('3 + 24 = 27')")
        knobs.nth(2).press("Enter")
        page.page.wait_for_function(f"({title})().includes('12 + 3 + 24 = 39')")
        knobs.nth(3).press("ArrowLeft")  # b to c, off
        page.page.wait_for_function(f"({title})().includes('12 + 3 = 15')")
        knobs.nth(3).press("ArrowRight")
        page.page.wait_for_function(f"({title})().includes('12 + 3 + 24 = 39')")
    finally:
        page.close()
    assert not page.faults
