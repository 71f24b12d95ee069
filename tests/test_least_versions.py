"""The oldest versions that are tried are those that pyproject.toml declares."""

import subprocess
import sys

import pytest
from browser import ROOT

from tools.least_versions import least_versions

PROJECT = {
    "dependencies": ["numpy>=2.0", "ipywidgets>=7.7.1"],
    "optional-dependencies": {
        "lab": ["jupyterlab>=4.2", "ipywidgets>=8"],
        "old": ["ipywidgets>=7.6"],
    },
}


def test_every_dependency_is_tried_in_the_oldest_version_allowed():
    assert least_versions(PROJECT) == ["numpy==2.0", "ipywidgets==7.7.1"]


def test_where_an_extra_asks_for_more_that_is_tried():
    assert least_versions(PROJECT, ["lab"]) == ["numpy==2.0", "ipywidgets==8", "jupyterlab==4.2"]
    assert least_versions(PROJECT, ["old"]) == ["numpy==2.0", "ipywidgets==7.7.1"]


def test_versions_are_compared_as_numbers():
    assert least_versions({"dependencies": ["a>=1.9", "a>=1.10"]}) == ["a==1.10"]


@pytest.mark.parametrize(
    "requirement", ["numpy", "numpy<3", "numpy==2.0.*", "numpy>=2.0,<3", "numpy~=2.0"]
)
def test_a_dependency_without_a_plain_lower_bound_is_refused(requirement):
    with pytest.raises(ValueError, match="names no oldest version"):
        least_versions({"dependencies": [requirement]})


def test_from_the_command_line_it_reads_what_the_course_declares():
    command = [sys.executable, "-m", "tools.least_versions", "lab"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    names = [line.split("==")[0] for line in run.stdout.splitlines()]
    assert names == ["numpy", "matplotlib", "ipywidgets", "anywidget", "sympy", "jupyterlab"]
