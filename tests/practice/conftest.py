"""Fixtures for the tests of practice."""

import pytest

from learnkit.practice.running import apart


@pytest.fixture(params=["apart", "here"])
def way(request, monkeypatch):
    """Run the learner's code both ways: in a copy of the process, and, as on Windows, in this
    one.
    """
    if request.param == "apart" and not apart.is_possible():
        pytest.skip("this system cannot run code apart")
    if request.param == "here":
        monkeypatch.setattr(apart, "is_possible", lambda: False)
    return request.param
