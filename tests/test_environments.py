"""pyproject.toml is the only list of dependencies; whatever repeats a part of it says the same."""

import re
import tomllib

import pytest
import yaml
from browser import ROOT, course_of

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
CONDA = yaml.safe_load((ROOT / "environment.yml").read_text())
BY_CONDA = [line for line in CONDA["dependencies"] if isinstance(line, str)]
BY_PIP = [line for group in CONDA["dependencies"] if isinstance(group, dict) for line in group["pip"]]


def name_and_bound(requirement):
    """Return ("numpy", ">=2.0") for "numpy>=2.0", and ("pip", "") for "pip"."""
    return re.fullmatch(r"([\w.-]+)\s*(.*)", requirement).groups()


def test_conda_asks_for_the_same_versions_as_pyproject():
    extras = PROJECT["optional-dependencies"].values()
    listed = dict(map(name_and_bound, PROJECT["dependencies"] + [line for extra in extras for line in extra]))
    listed |= {"python": PROJECT["requires-python"], "pip": ""}
    assert dict(map(name_and_bound, BY_CONDA)) == {name: listed.get(name) for name, _ in map(name_and_bound, BY_CONDA)}


def test_conda_installs_the_project_itself_through_pip_and_nothing_else():
    assert BY_PIP == ["-e .[lab]"]
    assert CONDA["channels"] == ["conda-forge"] and "pip" in BY_CONDA


def test_course_py_and_pyproject_need_the_same_python():
    assert PROJECT["requires-python"] == ">={}.{}".format(*course_of(ROOT).NEEDED)


@pytest.mark.parametrize("extra", ["lab", "test", "bench"])
def test_the_extras_are_there(extra):
    assert PROJECT["optional-dependencies"][extra]


def test_the_dependencies_of_the_package_are_these_five_and_leave_old_colab_its_widgets():
    assert sorted(dict(map(name_and_bound, PROJECT["dependencies"]))) == [
        "anywidget",
        "ipywidgets",
        "matplotlib",
        "numpy",
        "sympy",
    ]
    assert dict(map(name_and_bound, PROJECT["dependencies"]))["ipywidgets"] == ">=7.7.1"
