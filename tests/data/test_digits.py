"""The digits: what they hold is what their source says, and they travel with the package."""

import shutil
import subprocess

import numpy as np
from browser import ROOT

from learnkit.data import digits


def test_there_are_1797_images_of_64_sixteenths_and_as_many_labels():
    images, labels = written = digits()
    assert images.shape == (1797, 64) and images.dtype == np.float64
    assert labels.shape == (1797,) and labels.dtype == np.int64
    assert (images.min(), images.max()) == (0, 1)
    assert (images * 16 == np.round(images * 16)).all()
    assert repr(written) == "1,797 digits written by hand: images, labels"


def test_every_digit_is_there_as_often_as_in_the_source():
    counts = [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    assert np.bincount(digits().labels).tolist() == counts


def test_the_first_is_a_zero_in_the_pixels_of_the_source():
    images, labels = digits()
    rows = images[0].reshape(8, 8) * 16
    assert labels[:10].tolist() == list(range(10))
    assert rows[0].tolist() == [0, 0, 5, 13, 9, 1, 0, 0]
    assert rows[7].tolist() == [0, 0, 6, 13, 10, 0, 0, 0]
    assert (images * 16).sum() == 561_718


def test_who_changes_the_arrays_changes_them_for_nobody_else():
    mine = digits()
    mine.images[:] = 0
    mine.labels[:] = 0
    assert digits().images.max() == 1 and digits().labels.max() == 9


def test_the_digits_travel_in_the_wheel_with_their_source_and_licences():
    files = [ROOT / "learnkit/data" / name for name in ("digits.npz", "README.md")]
    text = files[1].read_text(encoding="utf-8")
    assert "CC BY 4.0" in text and "Redistribution and use in source and binary forms" in text
    assert files[0].stat().st_size < 50_000
    if shutil.which("git"):
        asked = ["git", "check-ignore", *files]
        ignored = subprocess.run(asked, cwd=ROOT, capture_output=True, timeout=60)
        assert not ignored.stdout
