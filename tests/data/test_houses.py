"""The houses: what they say is what their source says, and they travel with the package."""

import shutil
import subprocess
import tomllib

import numpy as np
import pytest
from browser import ROOT

from learnkit.data import houses


def test_there_are_321_houses_in_dollars_feet_and_years():
    sold = houses()
    assert len(sold) == 321 and repr(sold).startswith("321 houses: year, price, paid, area")
    assert (sold.price.min(), sold.price.max()) == (26_000, 300_000)
    assert (sold.area.min(), sold.area.max()) == (735, 5_136)
    assert (sold.distance.min(), sold.distance.max()) == (1_000, 35_000)
    assert (sold.rooms.max(), sold.baths.max(), sold.age.max()) == (10, 4, 189)
    assert all(np.isfinite(column).all() for column in vars(sold).values())


def test_the_means_are_those_of_the_source():
    sold = houses()
    means = [sold.price.mean(), sold.paid.mean(), sold.area.mean(), sold.distance.mean()]
    assert np.round(means, 1).tolist() == [83721.4, 96100.7, 2106.7, 15822.4]
    assert np.round([sold.land.mean(), sold.incinerator.mean()], 1).tolist() == [39629.9, 20715.6]


def test_a_price_is_what_was_paid_brought_to_dollars_of_1978():
    sold = houses()
    assert np.count_nonzero(sold.year == 1978) == 179
    assert np.count_nonzero(sold.year == 1981) == 142
    level = np.where(sold.year == 1981, 1.302, 1)
    assert sold.price == pytest.approx(sold.paid / level, abs=0.51)


def test_who_changes_the_arrays_changes_them_for_nobody_else():
    mine = houses()
    mine.price[:] = 0
    assert houses().price.min() == 26_000 and mine.price.base is None


def test_the_houses_travel_in_the_wheel_with_their_licence():
    hatch = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]
    wheel = hatch["build"]["targets"]["wheel"]
    # all of the package, but for what git ignores
    assert wheel["packages"] == ["learnkit"] and set(wheel) == {"packages", "force-include"}
    files = [ROOT / "learnkit/data" / name for name in ("houses.csv", "README.md")]
    assert "MIT" in files[1].read_text(encoding="utf-8")
    if shutil.which("git"):
        asked = ["git", "check-ignore", *files]
        ignored = subprocess.run(asked, cwd=ROOT, capture_output=True, timeout=60)
        assert not ignored.stdout
