"""Moons and spirals: as many as asked for, where they belong, and the same every time."""

import numpy as np
import pytest

from learnkit.data import moons, spirals


def test_moons_without_noise_lie_on_two_half_circles():
    x, y = moons(101, noise=0, seed=3)
    assert x.shape == (101, 2) and np.bincount(y).tolist() == [51, 50]
    above, below = x[y == 0], x[y == 1]
    assert np.hypot(*above.T) == pytest.approx(1) and above[:, 1].min() >= 0
    assert np.hypot(*(below - [1, 0.5]).T) == pytest.approx(1) and below[:, 1].max() <= 0.5


def test_spirals_without_noise_turn_alike_by_equal_angles():
    x, y = spirals(90, noise=0, classes=3)
    arms = [x[y == label] for label in range(3)]
    arms = [arm[np.argsort(np.hypot(*arm.T))] for arm in arms]
    turn = 2 * np.pi / 3
    turned = arms[0] @ [[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]]
    assert turned == pytest.approx(arms[1])
    assert np.hypot(*arms[2].T)[[0, -1]] == pytest.approx([0.1, 1])


@pytest.mark.parametrize("make", [moons, spirals])
def test_a_seed_gives_the_same_numbers_and_rows_come_mixed(make):
    x, y = make(60, noise=0.1, seed=5)
    again, _ = make(60, noise=0.1, seed=5)
    other, _ = make(60, noise=0.1, seed=6)
    assert (x == again).all() and not (x == other).all()
    assert len(set(y[:10].tolist())) > 1 and y.dtype.kind == "i"


@pytest.mark.parametrize("make", [moons, spirals])
def test_what_cannot_be_made_is_refused(make):
    with pytest.raises(ValueError, match="points or more; you asked for 1"):
        make(1)
    with pytest.raises(ValueError, match="The noise is a number from 0 on"):
        make(10, noise=-1)
    for noise in ("a", None):
        with pytest.raises(ValueError, match="The noise is a number from 0 on"):
            make(10, noise=noise)
    for count in (2.5, "a", 0):
        with pytest.raises(ValueError, match="counted in whole numbers from 1 on"):
            make(count)
    for seed in (-1, 1.5, None):
        with pytest.raises(ValueError, match="A seed is a whole number from 0 on"):
            make(10, seed=seed)


def test_no_classes_are_refused():
    with pytest.raises(ValueError, match="counted in whole numbers from 1 on"):
        spirals(classes=0)
