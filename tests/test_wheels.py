"""A room without a network: packages are gathered into a folder, and installed from there."""

import os
import platform
import subprocess
import sys
import tomllib
from importlib.util import find_spec

import pytest
from browser import ROOT, copy_course, course_of

course = course_of(ROOT)
wheels, Problem = course.wheels, course.common.Problem


@pytest.mark.parametrize("arguments", [[], ["--help-me"], ["stick", "beos"], ["stick", "3.10"]])
def test_what_cannot_be_gathered_is_answered_by_what_can(arguments):
    with pytest.raises(Problem, match=r"linux-x86_64, .*windows, of 3.11, 3.12, .*`test`"):
        wheels.wheels(arguments)


def test_every_python_of_the_course_is_gathered_for():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["requires-python"] == f">={wheels.PYTHONS[0]}"


def test_older_wheels_run_on_a_newer_linux_and_are_gathered_too():
    assert wheels.older_than("win_amd64") == ["win_amd64"]
    tags = wheels.older_than("manylinux_2_28_aarch64")
    assert {f"manylinux_2_{minor}_aarch64" for minor in (5, 17, 28)} <= set(tags)


def test_what_builds_the_course_is_gathered_with_what_it_needs():
    names = wheels.requirements(["lab"])
    assert {"hatchling", "editables"} <= {name.partition(">")[0] for name in names}
    assert any(name.startswith("numpy") for name in names)
    assert any(name.startswith("jupyterlab") for name in names)
    assert not any(name.startswith("pytest") for name in names)


@pytest.mark.parametrize("options", [["--wheels"], ["--wheels", "nowhere"]])
def test_a_folder_without_wheels_is_refused_before_anything_is_installed(options, monkeypatch):
    monkeypatch.chdir(ROOT / "docs")
    with pytest.raises(Problem, match="holds no wheels: name the folder"):
        wheels.install_from_wheels(options)


def test_pip_and_uv_are_told_the_folder_and_jupyterlab_is_not(tmp_path, monkeypatch):
    for name in ("PIP_NO_INDEX", "PIP_FIND_LINKS", "UV_NO_INDEX", "UV_OFFLINE", "UV_FIND_LINKS"):
        monkeypatch.setenv(name, "")  # and put back what was there
    folder = tmp_path / "a stick"
    folder.mkdir()
    (folder / "numpy-2.0-py3-none-any.whl").touch()
    left = wheels.install_from_wheels(["--port", "9000", "--wheels", str(folder), "--no-browser"])
    assert left == ["--port", "9000", "--no-browser"]
    assert os.environ["PIP_NO_INDEX"] == os.environ["UV_OFFLINE"] == "1"
    assert os.environ["PIP_FIND_LINKS"] == os.environ["UV_FIND_LINKS"] == folder.as_uri()
    assert " " not in folder.as_uri()


UNREACHABLE = "http://127.0.0.1:9"
OFFLINE = {
    "PIP_INDEX_URL": UNREACHABLE + "/simple",
    "PIP_CONFIG_FILE": os.devnull,
    "PIP_NO_CACHE_DIR": "1",
    "HTTP_PROXY": UNREACHABLE,
    "HTTPS_PROXY": UNREACHABLE,
}


def this_system():
    """Return the name of the system that this is, or skip the test on one that has none."""
    machine = platform.machine().lower().replace("amd64", "x86_64")
    system = {"darwin": "macos", "win32": "windows"}.get(sys.platform, "linux")
    name = system if system == "windows" else f"{system}-{machine}"
    if name not in wheels.SYSTEMS:
        pytest.skip(f"no wheels are gathered for {name}")
    return name


@pytest.mark.slow
@pytest.mark.skipif(
    not find_spec("uv"),
    reason='uv is not installed, so no wheels were gathered (pip install -e ".[wheels]")',
)
def test_a_clean_copy_is_installed_from_the_gathered_wheels_without_any_network(
    tmp_path, monkeypatch
):
    stick, folder = tmp_path / "a stick", tmp_path / "a course"
    stick.mkdir()
    folder.mkdir()
    monkeypatch.setattr(wheels, "PYTHON", sys.executable)
    wheels.gather(stick, this_system(), "{}.{}".format(*sys.version_info), ["lab"])
    copy_course(folder)
    for name in ("learnkit", "docs", "README.md", "LICENSE"):
        (folder / name).symlink_to(ROOT / name)
    base = getattr(sys, "_base_executable", sys.executable)
    command = [base, folder / "course.py", "--wheels", stick, "--version"]
    environment = dict(os.environ, PATH="/usr/bin:/bin", **OFFLINE)
    result = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=540
    )
    assert result.returncode == 0, result.stdout[-2000:] + result.stderr
    assert result.stdout.splitlines()[-1].startswith("4.")  # JupyterLab, asked for its version
