"""pyproject.toml is the only list of dependencies; whatever repeats a part of it says the same."""

import re
import tomllib

import pytest
import yaml
from browser import ROOT

import tools
from learnkit.launch import environment

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
NEEDED = tuple(map(int, PROJECT["requires-python"].removeprefix(">=").split(".")))
CONDA = yaml.safe_load((ROOT / "environment.yml").read_text())
BY_CONDA = [line for line in CONDA["dependencies"] if isinstance(line, str)]
BY_PIP = [
    line for group in CONDA["dependencies"] if isinstance(group, dict) for line in group["pip"]
]


def name_and_bound(requirement):
    """Return ("numpy", ">=2.0") for "numpy>=2.0", and ("pip", "") for "pip"."""
    return re.fullmatch(r"([\w.-]+)\s*(.*)", requirement).groups()


def test_the_distribution_has_a_name_of_its_own():
    assert PROJECT["name"] == "learnkit-course"  # learnkit is somebody else's on PyPI


def test_conda_asks_for_the_same_versions_as_pyproject():
    extras = PROJECT["optional-dependencies"].values()
    listed = dict(
        map(name_and_bound, PROJECT["dependencies"] + [line for extra in extras for line in extra])
    )
    for name, bound in map(name_and_bound, BY_CONDA):
        assert name in ("python", "pip") or bound == listed[name]


def test_conda_asks_for_one_python_that_pyproject_accepts_and_binder_understands():
    (bound,) = [bound for name, bound in map(name_and_bound, BY_CONDA) if name == "python"]
    # repo2docker takes anything else for its own old default
    version = re.fullmatch(r"=(\d+)\.(\d+)", bound)
    assert tuple(map(int, version.groups())) >= NEEDED


def test_conda_installs_the_project_itself_through_pip_and_nothing_else():
    assert BY_PIP == ["-e .[lab]"]
    assert CONDA["channels"] == ["conda-forge"] and "pip" in BY_CONDA


def test_course_py_and_pyproject_need_the_same_python():
    assert tools.NEEDED == environment.NEEDED == NEEDED


@pytest.mark.parametrize("extra", ["", "lab"])
def test_whatever_runs_a_chapter_names_the_oldest_version_that_the_legs_try(extra):
    needed = PROJECT["optional-dependencies"][extra] if extra else PROJECT["dependencies"]
    for requirement in needed:
        assert re.fullmatch(r"[\w.-]+>=[\d.]+", requirement), requirement


@pytest.mark.parametrize(
    "extra", ["lab", "test", "site", "lite", "bench", "legs", "wheels", "workshop"]
)
def test_the_extras_are_there(extra):
    assert PROJECT["optional-dependencies"][extra]


def test_the_package_needs_five_others_and_leaves_colab_its_old_widgets():
    needed = dict(map(name_and_bound, PROJECT["dependencies"]))
    assert set(needed) == {"numpy", "matplotlib", "ipywidgets", "anywidget", "sympy"}
    assert needed["ipywidgets"] == ">=7.7.1"
