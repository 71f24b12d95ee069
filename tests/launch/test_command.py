"""The command `learnkit`: what it understands, where it lays the chapters, which Python it takes."""

import json
from importlib import metadata
from types import SimpleNamespace

import pytest

from learnkit.launch import command, lab
from learnkit.launch.common import Problem, ended


@pytest.fixture
def started(tmp_path, monkeypatch):
    """A function that runs the command in a folder of its own; gives what it would have started."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", ["learnkit"])
    calls = []
    monkeypatch.setattr(lab, "run", lambda program, folder: calls.append((program, folder)) or 0)
    monkeypatch.setattr(command, "missing", lambda extra: [])
    for name in ("PYTHONSTARTUP", "JUPYTERLAB_WORKSPACES_DIR", "LEARNKIT_STARTUP_BEFORE"):
        monkeypatch.setenv(name, "")  # what a start sets is taken back afterwards
        monkeypatch.delenv(name)

    def start(*arguments):
        code = ended(command.open_course, *command.understood(arguments))
        return SimpleNamespace(code=code, program=calls[-1][0] if calls else None)

    return start


def test_it_lays_the_chapters_into_a_folder_and_opens_the_first(started, tmp_path, capsys):
    result = started("--no-browser", "--port", "9000", "--ip=127.0.0.1")
    folder = tmp_path / "learnkit-course"
    assert result.code == 0 and (folder / "notebooks" / "00_start_here.ipynb").is_file()
    assert f"The chapters are in {folder}." in capsys.readouterr().out
    assert f"--ServerApp.root_dir={folder}" in result.program
    assert "--LabApp.default_url=/lab/tree/notebooks/00_start_here.ipynb" in result.program
    assert result.program[-3:] == ["--no-browser", "--ip=127.0.0.1", "--port=9000"]
    assert (folder / ".jupyter" / "overrides.json").is_file()  # turns the news pop-up off


def test_the_folder_is_the_learners_choice_and_once_in_it_need_not_be_named(
    started, tmp_path, monkeypatch
):
    started("my course")
    assert (tmp_path / "my course" / "notebooks").is_dir()
    monkeypatch.chdir(tmp_path / "my course")
    assert f"--ServerApp.root_dir={tmp_path / 'my course'}" in started().program


def test_solutions_come_only_when_asked_for(started, tmp_path):
    started("a")
    started("b", "--solutions")
    assert not (tmp_path / "a" / "solutions").exists()
    assert (tmp_path / "b" / "solutions" / "00_start_here.ipynb").is_file()


def is_the_courses_own(folder):
    folder.mkdir()
    (folder / "course.py").touch()


def is_a_file(folder):
    folder.touch()


def holds_other_files(folder):
    folder.mkdir()
    (folder / "thesis.docx").touch()


@pytest.mark.parametrize(
    "make, said",
    [
        (is_the_courses_own, "start it there with `python3 course.py`"),
        (is_a_file, "is a file: name a folder."),
        (holds_other_files, "holds other files: name a new folder, or an empty one."),
    ],
)
def test_a_folder_for_something_else_is_refused_in_one_sentence(
    started, tmp_path, capsys, make, said
):
    make(tmp_path / "here")
    result = started("here")
    error = capsys.readouterr().err
    assert result.code == 1 and error.count("\n") == 1 and said in error
    assert result.program is None and not list(tmp_path.rglob("*.ipynb"))


def test_help_says_what_there_is(capsys):
    with pytest.raises(SystemExit) as end:
        command.understood(["--help"])
    assert end.value.code == 0
    said = capsys.readouterr().out
    assert all(word in said for word in ("folder", "--solutions", "--port", "--no-browser"))


class Course:
    """A stand-in for the installed distribution: its version, and where it came from."""

    version = "1.2"

    def __init__(self, origin):
        self.origin = origin

    def read_text(self, name):
        return self.origin and json.dumps(self.origin)


@pytest.mark.parametrize(
    "origin, wanted",
    [
        (None, "learnkit-course[{}]==1.2"),
        (
            {"url": "file:///a/b.whl", "archive_info": {}},
            "learnkit-course[{}] @ file:///a/b.whl",
        ),
        (
            {"url": "https://x.org/c", "vcs_info": {"vcs": "git", "commit_id": "ab12"}},
            "learnkit-course[{}] @ git+https://x.org/c@ab12",
        ),
    ],
)
def test_its_own_environment_gets_the_very_course_that_makes_it(monkeypatch, origin, wanted):
    monkeypatch.setattr(metadata, "distribution", lambda name: Course(origin))
    assert command.requirement() == wanted


@pytest.mark.parametrize(
    "versions, lacks",
    [
        ({"jupyterlab": "4.6.1", "ipywidgets": "8.1.5"}, []),
        ({"jupyterlab": "4.6.1", "ipywidgets": "7.7.1"}, ["ipywidgets"]),
        ({"jupyterlab": "3.9", "ipywidgets": "10.0"}, ["jupyterlab"]),
        ({"ipywidgets": "8.1"}, ["jupyterlab"]),
    ],
)
def test_a_jupyterlab_that_cannot_show_the_widgets_is_none(monkeypatch, versions, lacks):
    def version(name):
        if name not in versions:
            raise metadata.PackageNotFoundError(name)
        return versions[name]

    listed = ["numpy>=2.0", "jupyterlab>=4.2; extra == 'lab'", "ipywidgets>=8; extra == 'lab'"]
    monkeypatch.setattr(metadata, "requires", lambda name: listed)
    monkeypatch.setattr(metadata, "version", version)
    assert command.missing("lab") == lacks


def test_where_jupyterlab_is_missing_the_folder_gets_an_environment_with_it(monkeypatch, tmp_path):
    asked = []
    monkeypatch.setattr(command, "missing", lambda extra: ["jupyterlab"])
    monkeypatch.setattr(command, "requirement", lambda: "learnkit-course[{}]==1.2")
    monkeypatch.setattr(command, "prepare", lambda *what: asked.append(what))
    python = command.python_with_jupyterlab(tmp_path)
    [(environment, extras)] = asked
    assert python == environment.python and tmp_path / ".venv" in python.parents
    assert environment.requirement == ("learnkit-course[{}]==1.2",) and extras == ["lab"]


def test_a_problem_is_said_and_ends_in_1(capsys):
    def refuse():
        raise Problem("Say what to do.")

    assert ended(refuse) == 1 and capsys.readouterr().err == "Say what to do.\n"
