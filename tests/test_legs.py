"""course.py legs: the course tried on other versions, each leg by its name."""

import sys

import pytest
from browser import ROOT

from tools import legs, test
from tools.common import Problem


@pytest.fixture
def done(monkeypatch):
    """What would be installed and run, which this test does not wait for."""
    done = []
    for module in (legs, test):
        monkeypatch.setattr(module, "prepare", done.append)
        monkeypatch.setattr(module, "run", lambda command: done.append(command[1:]) or 0)
    return done


@pytest.fixture
def steps(monkeypatch):
    """The programs that a leg would start, on a machine that has Python 3.12 and 3.13."""
    steps = []
    monkeypatch.setattr(legs, "uv", lambda: "uv")
    monkeypatch.setattr(legs, "version_of", lambda python: python)
    monkeypatch.setattr(legs, "ended", lambda step, environment: steps.append(step) or 0)
    here = ("3.13", "3.12")
    monkeypatch.setattr(
        legs, "first_at_hand", lambda wanted: next((v for v in wanted if v in here), None)
    )
    return steps


def test_without_a_name_the_legs_are_listed(done, capsys):
    assert legs.legs([]) == 0 and done == []
    shown = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in shown] == list(legs.LEGS)
    assert {"colab", "oldest", "newest", "binder", "python-3.14"} <= set(legs.LEGS)


def test_a_leg_is_run_with_what_it_needs_and_an_unknown_one_is_refused(done):
    legs.legs(["colab"])
    assert done == [["legs"], ["-m", "tools.legs", "colab"]]
    with pytest.raises(Problem, match="no leg 'collab': there are colab, oldest"):
        legs.legs(["collab"])


def test_all_checks_are_followed_by_all_legs_and_chosen_ones_by_none(done, monkeypatch):
    monkeypatch.setattr(test, "build", lambda _: 0)
    test.test(["--all"])
    assert done[-1] == ["-m", "tools.legs", "all"]
    test.test(["-k", "value"])
    assert done[-1][-2:] == ["-k", "value"]


def test_all_leaves_out_the_python_of_the_main_checks_and_that_of_the_newest_versions(steps):
    own = f"python-{sys.version_info.major}.{sys.version_info.minor}"
    assert set(legs.LEGS) - set(legs.chosen(["all"])) == {own, "python-3.13"}
    assert legs.chosen(["python-3.13"]) == ["python-3.13"]
    assert legs.chosen([own]) == [own]


def test_colab_is_tried_on_its_python_with_exactly_its_versions(steps, tmp_path):
    assert legs.tried(legs.LEGS["colab"], tmp_path) == "passed on Python 3.13"
    venv, install, tools, chapters = steps
    assert venv[-2:] == ["3.13", str(tmp_path)]
    assert {"numpy==2.1.3", "ipywidgets==7.7.1", "ipython==7.34"} < set(install)
    assert tools[-1] == ".[test]" and "--upgrade" not in tools  # which would lift its versions
    assert chapters[0].startswith(str(tmp_path)) and chapters[-1] == "tests/test_notebooks.py"


def test_the_oldest_leg_takes_the_lowest_versions(steps, tmp_path, monkeypatch):
    monkeypatch.setattr(legs, "first_at_hand", lambda wanted: wanted[0])
    assert legs.tried(legs.LEGS["oldest"], tmp_path) == "passed on Python 3.11"
    assert steps[1][steps[1].index("--resolution") + 1] == "lowest-direct"


def test_a_python_that_is_not_there_is_told_and_no_failure(steps, capsys):
    assert legs.main(["python-3.14"]) == 0 and steps == []
    assert "not tried: no Python 3.14 on this machine" in capsys.readouterr().out


def test_a_leg_that_fails_says_what_failed_and_the_next_is_tried(steps, monkeypatch, capsys):
    codes = iter([0, 2])
    monkeypatch.setattr(legs, "ended", lambda *_: next(codes, 0))
    assert legs.main(["oldest", "python-3.12", "python-3.13"]) == 1
    shown = capsys.readouterr().out
    assert "FAILED with 2 after `uv pip install" in shown and "passed on Python 3.13" in shown


def test_a_leg_without_an_end_is_ended(monkeypatch):
    monkeypatch.setattr(legs, "PATIENCE", 0.1)
    assert legs.ended([sys.executable, "-c", "while True: pass"], None) == "time up"


def test_what_a_leg_runs_is_there():
    for leg in legs.LEGS.values():
        named = [part for part in leg.command if part.startswith("tests/")]
        assert all((ROOT / part).exists() for part in named)
