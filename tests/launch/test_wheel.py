"""The built package: what it carries, what it says of itself, and a start where nothing is
installed yet.
"""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import zipfile
from contextlib import contextmanager
from pathlib import Path

import pytest
from browser import COPIES, ROOT, Lab, copy_front_door, end
from hatchling.build import build_wheel
from hatchling.metadata.core import ProjectMetadata
from hatchling.plugin.manager import PluginManager

from learnkit.launch.files import as_bytes, content_hash

MINUTES = 60  # seconds
NO_NETWORK = "Nothing could be downloaded, so the package was not started in an empty environment"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The package, built from the course's folder."""
    folder = tmp_path_factory.mktemp("wheel")
    before = os.getcwd()
    os.chdir(ROOT)
    try:
        return folder / build_wheel(str(folder))
    finally:
        os.chdir(before)


def test_it_carries_the_chapters_the_solutions_and_both_commands(wheel):
    with zipfile.ZipFile(wheel) as files:
        names = set(files.namelist())
        [scripts] = (files.read(name) for name in names if name.endswith("entry_points.txt"))
    for path in COPIES:
        for part in ("notebooks", "solutions"):
            assert f"learnkit/launch/course/{part}/{path.name}" in names
    for name in ("docs/summary.html", ".jupyter/overrides.json"):
        assert f"learnkit/launch/course/{name}" in names
    commands = re.findall(r"(\S+) = learnkit.launch.command:main", scripts.decode())
    assert sorted(commands) == ["learnkit", "learnkit-course"]


def test_it_weighs_less_than_five_megabytes(wheel):
    assert wheel.stat().st_size < 5e6


@pytest.fixture
def described(tmp_path):
    """A function that returns what the package says of itself, given the lines of [tool.learnkit]."""
    copy_front_door(tmp_path)
    for name in ("README.md", "LICENSE"):
        shutil.copy(ROOT / name, tmp_path)

    def describe(**setting):
        path = tmp_path / "pyproject.toml"
        text = (ROOT / "pyproject.toml").read_text()
        for name, value in setting.items():
            text = re.sub(rf'^{name} = "[^"]*"', f'{name} = "{value}"', text, flags=re.MULTILINE)
        path.write_text(text)
        return ProjectMetadata(str(tmp_path), PluginManager()).core

    return describe


def test_where_the_course_has_no_address_its_readme_has_no_link_that_leads_nowhere(described):
    core = described(repository="", site="")
    links = re.findall(r"\]\(([^)]*)\)", core.readme)
    assert links and all(link.startswith("https://") for link in links)
    assert "![" not in core.readme and "0 · Start here" in core.readme and core.urls == {}


def test_with_an_address_every_link_of_its_readme_is_absolute(described):
    core = described(repository="https://github.com/some/course", site="https://some.org/course")
    links = re.findall(r"\]\(([^)]*)\)", core.readme)
    assert all(link.startswith("https://") for link in links)
    assert "https://github.com/some/course/blob/main/docs/picture.png?raw=true" in links
    assert "https://github.com/some/course/blob/main/notebooks/00_start_here.ipynb" in links
    assert core.urls["Repository"] == "https://github.com/some/course"


@pytest.fixture(scope="module")
def empty(wheel, tmp_path_factory):
    """The Python of an environment with nothing but the course's package."""
    folder = tmp_path_factory.mktemp("empty")
    for command in (
        [sys.executable, "-m", "venv", folder],
        [folder / "bin" / "python", "-m", "pip", "install", "-q", "--no-deps", wheel],
    ):
        subprocess.run(command, check=True, timeout=5 * MINUTES)
    return folder / "bin" / "python"


@contextmanager
def started(python, folder, private):
    """Start the command as a learner does; gives a Lab once JupyterLab answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ["--no-browser", "--port", str(port), "--ServerApp.port_retries=0", "--allow-root"]
    options += ["--IdentityProvider.token=tests", f"--LabApp.user_settings_dir={private}/settings"]
    names = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    ours = ("PYTHONPATH", "LEARNKIT_MEMORY", "JUPYTERLAB_WORKSPACES_DIR", "PYTHONSTARTUP")
    environment = {name: value for name, value in os.environ.items() if name not in ours}
    environment |= {name: str(private / name.lower()) for name in names}
    environment["PIP_NO_COMPILE"] = "1"  # half a minute less
    lab = Lab(f"http://127.0.0.1:{port}", folder, private / "log.txt")
    command = [python.with_name("learnkit"), folder, *options]
    with open(lab.log, "w") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=subprocess.STDOUT)
    try:
        wait_until_it_answers(lab, process)
        yield lab
    finally:
        end(process)


def wait_until_it_answers(lab, process):
    deadline = time.monotonic() + 8 * MINUTES
    while process.poll() is None and time.monotonic() < deadline:
        try:
            return lab.request("GET", "/api")
        except OSError:
            time.sleep(0.2)
    said = lab.log.read_text()
    if "could not be installed" in said:
        pytest.skip(NO_NETWORK)
    pytest.fail(said)


def next_edition(path):
    """Change the first cell of a chapter that the package carries, as a newer package would."""
    notebook = json.loads(path.read_bytes())
    notebook["cells"][0]["source"][0] = "# A newer edition\n"
    notebook["metadata"]["learnkit"] = content_hash(notebook["cells"])
    path.write_bytes(as_bytes(notebook))


@pytest.mark.slow
def test_in_an_empty_environment_one_command_opens_chapter_0_and_a_later_start_keeps_work(
    empty, tmp_path
):
    folder, private = tmp_path / "my course", tmp_path / "private"
    private.mkdir()
    with started(empty, folder, private) as lab:
        assert lab.request("GET", "/lab/tree/notebooks/00_start_here.ipynb")
        assert "/lab/tree/notebooks/00_start_here.ipynb?token=" in lab.log.read_text()
        kernel = json.loads(lab.request("POST", "/api/kernels", b'{"name": "python3"}'))
        assert kernel["id"]
    subprocess.run(
        [folder / ".venv" / "bin" / "python", "-c", "import jupyterlab, learnkit.widgets"],
        cwd=folder,
        env={"PATH": os.environ["PATH"]},
        check=True,
        timeout=MINUTES,
    )

    edited, untouched = (folder / "notebooks" / path.name for path in COPIES[1:3])
    mine = edited.read_text().replace("*Yours from here on", "*Mine from here on")
    edited.write_text(mine)
    [carried] = Path(empty).parent.parent.glob("lib/python*/site-packages/learnkit/launch/course")
    for path in (edited, untouched):
        next_edition(carried / "notebooks" / path.name)
    with started(empty, folder, private) as lab:
        assert "Installing" not in lab.log.read_text()
        assert f"{edited.name} holds work of yours and stays" in lab.log.read_text()
    assert edited.read_text() == mine and "# A newer edition" in untouched.read_text()
    [beside] = folder.glob(f"notebooks/{edited.stem} (new *).ipynb")
    assert "# A newer edition" in beside.read_text()
