"""A learner can read the whole engine in one sitting, and that is meant to stay so."""

from pathlib import Path

import pytest

ENGINE = Path(__file__).parent.parent / "learnkit" / "autograd"


@pytest.mark.parametrize("file, lines", [("value.py", 110), ("tensor.py", 200), ("graph.py", 40)])
def test_the_engine_stays_short_enough_to_read_in_one_sitting(file, lines):
    assert len((ENGINE / file).read_text(encoding="utf-8").splitlines()) <= lines
