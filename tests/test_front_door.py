"""course.py as somebody meets it: in a folder with a space in its name, started from elsewhere.

A stand-in for uv installs at once, and puts a stand-in for pytest and JupyterLab into .venv that
tells what it was asked to do.
"""

import ast
import json
import os
import runpy
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections import namedtuple
from pathlib import Path

import pytest
from browser import ROOT, copy_front_door, course_of

from learnkit.launch import installing, lab

UV = """
import os, sys, time, pathlib
root = pathlib.Path.cwd()
with open(root / "installed.txt", "a") as log:
    print(*sys.argv[1:], file=log)
print("Downloading numpy (16.1MiB)", flush=True)
time.sleep(float(os.environ.get("INSTALLING_TAKES", 0)))
if "NO_NETWORK" in os.environ:
    sys.exit("error: could not connect, are you offline?")
for packages in (root / ".venv").glob("lib/python*/site-packages"):
    for name in ["learnkit", "jupyterlab", "tornado"] + ["pytest"] * sys.argv[-1].endswith("test]"):
        (packages / (name + ".py")).write_text(pathlib.Path(__file__).with_name("program.py").read_text())
        (packages / (name + "-1.0.dist-info")).mkdir(exist_ok=True)
        files = [name + ".py", "../../../bin/" + name, "../../../share/lab, and/" + name + ".json"]
        files += [name + "_libs/" + name + ".so", "__pycache__/" + name + ".cpython-311.pyc"]
        for file in files[:-1]:
            (packages / file).parent.mkdir(parents=True, exist_ok=True)
            (packages / file).touch()
        lines = ['"' + file + '",,' if "," in file else file + ",sha256=abc,12" for file in files]
        (packages / (name + "-1.0.dist-info") / "RECORD").write_text("\\n".join(lines) + "\\n")
"""
LAUNCHER = """#!/bin/sh
exec {} {} "$@"
"""  # a line `#!` could not hold the path of a Python in a folder with a space in its name
PROGRAM = """
import os, sys, time
try:
    print("started", os.path.basename(sys.argv[0]), *sys.argv[1:], flush=True)
    time.sleep(float(os.environ.get("PROGRAM_TAKES", 0)))
except KeyboardInterrupt:
    print("asked to stop")
sys.exit(int(os.environ.get("PROGRAM_EXITS", 0)))
"""


class Course:
    """A copy of the course whose `run` starts course.py from another folder, with the stand-in
    for uv on PATH.
    """

    def __init__(self, folder, tools):
        self.folder, self.tools = folder, tools

    def start(self, *arguments, python=sys.executable, **environment):
        environment = dict(os.environ, PATH=f"{self.tools}:/usr/bin:/bin", **environment)
        command = [python, self.folder / "course.py", *arguments]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        return subprocess.Popen(
            command, cwd=self.tools, env=environment, start_new_session=True, **pipes
        )

    def run(self, *arguments, **options):
        process = self.start(*arguments, **options)
        output, errors = process.communicate(timeout=60)
        return namedtuple("Result", "code output errors")(process.returncode, output, errors)

    @property
    def installations(self):
        log = self.folder / "installed.txt"
        return log.read_text().splitlines() if log.exists() else []


def course_in(folder, tools):
    """Return a Course in `folder` with its stand-ins in `tools`; both are made."""
    tools.mkdir()
    (folder / "solutions").mkdir(parents=True)
    (folder / "notebooks").mkdir()
    copy_front_door(folder)
    (tools / "program.py").write_text(PROGRAM)
    (tools / "uv.py").write_text(UV)
    (tools / "uv").write_text(
        LAUNCHER.format(shlex.quote(sys.executable), shlex.quote(str(tools / "uv.py")))
    )
    (tools / "uv").chmod(0o755)
    return Course(folder, tools)


@pytest.fixture
def course(tmp_path):
    return course_in(tmp_path / "my course", tmp_path / "tools")


def wait_for(words, process):
    """Read what a process prints until it has printed these words; fail if it ends without them."""
    said = ""
    while words not in said:
        letter = process.stdout.read(1)
        if not letter:
            pytest.fail(f"It ended without a word of {words!r}: {said}{process.stderr.read()}")
        said += letter


def wait_until(it_is_so):
    """Wait, a minute at most, until a function says so."""
    deadline = time.monotonic() + 60
    while not it_is_so():
        assert time.monotonic() < deadline
        time.sleep(0.01)


NAMES = [
    "a course",
    "l'école",
    'the "course"',
    "курс",
    "50 % $HOME",
    "a; b & c",
    "[course]",
    "-course",
]


@pytest.mark.parametrize("name", NAMES)
def test_the_course_starts_in_a_folder_of_any_name(tmp_path, name):
    course = course_in(tmp_path / name, tmp_path / "its tools")
    for command in ("lab", "test"):
        result = course.run(command)
        assert result.code == 0 and "started" in result.output, result.errors
    assert f"--ServerApp.root_dir={course.folder}" in course.run().output
    assert len(course.installations) == 2


def test_the_first_start_installs_and_opens_the_first_chapter(course):
    for name in ("01_next.ipynb", "00_first.ipynb"):
        (course.folder / "notebooks" / name).write_text('{"cells": [], "metadata": {}}')
    result = course.run()
    assert result.code == 0, result.errors
    assert len(course.installations) == 1 and course.installations[0].endswith("--editable .[lab]")
    assert "Installing the course into .venv" in result.output and "numpy" in result.output
    assert "started jupyterlab.py" in result.output
    assert "--LabApp.default_url=/lab/tree/notebooks/00_first.ipynb" in result.output


def test_the_contents_are_opened_beside_the_chapter_until_a_learner_arranges_it_otherwise(course):
    course.run()
    workspaces = course.folder / ".jupyter" / "workspaces"
    [arrangement] = workspaces.iterdir()
    layout = json.loads(arrangement.read_text())["data"]["layout-restorer:data"]
    assert layout["left"]["current"] == "@jupyterlab/toc:plugin" in layout["left"]["widgets"]
    arrangement.write_text("as the learner left it")
    course.run()
    assert arrangement.read_text() == "as the learner left it"


def test_workspaces_kept_elsewhere_are_left_alone(course, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    assert course.run(JUPYTERLAB_WORKSPACES_DIR=str(elsewhere)).code == 0
    assert not elsewhere.exists() and not (course.folder / ".jupyter").exists()


def test_what_is_only_called_a_notebook_is_never_opened_and_stops_neither_lab_nor_test(course):
    notebooks = course.folder / "notebooks"
    (notebooks / "03_first.ipynb").write_text('{"cells": [], "metadata": {}}')
    for folder in (notebooks, course.folder / "solutions"):
        (folder / "00_folder.ipynb").mkdir()
        (folder / "._03_first.ipynb").write_bytes(b"\0\5\x16\7")
        (folder / "01_empty.ipynb").touch()
        (folder / "02_torn.ipynb").write_text('{"cells": [')
    result = course.run()
    assert "--LabApp.default_url=/lab/tree/notebooks/03_first.ipynb" in result.output
    assert result.output.count(" is ignored: it is no notebook (") == 8
    result = course.run("test")
    assert "started pytest.py" in result.output and " is ignored: " in result.output


def test_an_environment_of_the_time_when_the_course_was_called_learnkit_is_completed(course):
    project = course.folder / "pyproject.toml"
    today = project.read_text()
    project.write_text(today.replace('name = "learnkit-course"', 'name = "learnkit"'))
    course.run()
    (course.folder / ".venv" / "torch").write_text("something the user installed")
    project.write_text(today)
    result = course.run()
    assert "Bringing .venv up to date" in result.output and "started jupyterlab.py" in result.output
    assert "making a new one" not in result.output and (course.folder / ".venv" / "torch").exists()
    assert "Installing" not in course.run().output and len(course.installations) == 2


def test_the_second_start_installs_nothing(course):
    course.run()
    result = course.run()
    assert "Installing" not in result.output and "started jupyterlab.py" in result.output
    assert len(course.installations) == 1


def test_the_tests_tools_come_with_the_tests_and_only_then(course):
    assert "as well" not in course.run("lab").output
    result = course.run("test")
    assert "Installing into .venv what this command needs as well" in result.output
    assert "started pytest.py" in result.output
    assert [line.split()[-1] for line in course.installations] == [".[lab]", ".[lab,test]"]
    for command in ("lab", "test", "lab"):
        assert "Installing" not in course.run(command).output
    assert len(course.installations) == 2


def test_a_first_start_of_the_tests_installs_all_at_once(course):
    result = course.run("test")
    assert (
        "Installing the course into .venv, once" in result.output
        and "started pytest.py" in result.output
    )
    assert "Installing" not in course.run("lab").output
    assert [line.split()[-1] for line in course.installations] == [".[lab,test]"]


def test_newer_dependencies_are_installed_with_the_tests_tools_where_these_are(course):
    course.run("test")
    with open(course.folder / "pyproject.toml", "a") as file:
        file.write("\n# changed\n")
    assert "Bringing .venv up to date" in course.run("lab").output
    assert "Bringing" not in course.run("test").output
    assert [line.split()[-1] for line in course.installations] == [".[lab,test]"] * 2


def test_what_is_downloaded_is_said_for_learners_and_for_tests_apart(course):
    learners, tests = (installing.MEGABYTES[extra] for extra in ("lab", "test"))
    assert f"about {learners} MB" in course.run("lab").output
    assert f"about {tests} MB" in course.run("test").output
    shutil.rmtree(course.folder / ".venv")
    assert f"about {learners + tests} MB" in course.run("test").output
    assert f"{learners} MB" in (ROOT / "README.md").read_text()


def test_the_course_opens_though_the_tests_tools_could_not_be_had(course):
    course.run("lab")
    assert course.run("test", NO_NETWORK="yes").code == 1
    assert "Installing" not in course.run("lab", NO_NETWORK="yes").output
    assert "Installing into .venv what this command needs as well" in course.run("test").output
    assert len(course.installations) == 3


def test_the_course_opens_though_the_installation_of_the_tests_tools_was_killed(course):
    course.run("lab")
    process = course.start("test", INSTALLING_TAKES="60")
    wait_for("numpy", process)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate(timeout=30)
    result = course.run("lab", NO_NETWORK="yes")
    assert "Installing" not in result.output and "started jupyterlab.py" in result.output
    assert "making a new one" in course.run("test").output


def test_an_environment_that_could_not_be_brought_up_to_date_is_kept(course):
    course.run()
    (course.folder / ".venv" / "torch").write_text("something the user installed")
    with open(course.folder / "pyproject.toml", "a") as file:
        file.write("\n# changed\n")
    assert course.run(NO_NETWORK="yes").code == 1
    assert "started jupyterlab.py" in course.run().output
    assert (course.folder / ".venv" / "torch").exists()


@pytest.mark.every(6)
@pytest.mark.parametrize(
    "text", ["", "unfinished", "one line", "[(3, 11), 'elsewhere']\nlist", "\n\n\n\n", "{}"]
)
def test_a_note_of_the_installation_that_says_nothing_is_no_installation(course, text):
    course.run()
    (course.folder / ".venv" / "course-is-installed").write_text(text)
    assert "making a new one" in course.run().output
    assert "Installing" not in course.run().output


def test_what_follows_the_command_is_passed_on(course):
    assert (
        "--no-browser --port 9000\n" in course.run("lab", "--no-browser", "--port", "9000").output
    )
    assert "--no-browser\n" in course.run("--no-browser").output
    assert "-k value\n" in course.run("test", "-k", "value").output


def test_an_option_of_the_users_takes_the_place_of_the_courses_own(course):
    output = course.run("lab", "--LabApp.default_url=/tree").output
    assert output.count("--LabApp.default_url=") == 1 and "--LabApp.default_url=/tree\n" in output


@pytest.mark.parametrize("command", ["lab", "test"])
def test_the_exit_code_is_that_of_the_program(course, command):
    assert course.run(command, PROGRAM_EXITS="3").code == 3


def test_a_changed_list_of_dependencies_is_installed_into_the_same_environment(course):
    course.run()
    (course.folder / ".venv" / "torch").write_text("something the user installed")
    with open(course.folder / "pyproject.toml", "a") as file:
        file.write("\n# changed\n")
    assert course.run().code == 0
    assert len(course.installations) == 2 and (course.folder / ".venv" / "torch").exists()


def test_an_environment_made_by_hand_is_kept_and_completed(course):
    subprocess.run(
        [sys.executable, "-m", "venv", "--without-pip", course.folder / ".venv"],
        check=True,
        timeout=60,
    )
    (course.folder / ".venv" / "by-hand").touch()
    assert "started jupyterlab.py" in course.run().output
    assert (course.folder / ".venv" / "by-hand").exists()


def test_without_a_network_one_sentence_says_what_to_retry_and_nothing_counts_as_installed(course):
    result = course.run(NO_NETWORK="yes")
    assert result.code == 1 and "are you offline?" in result.errors
    assert result.errors.splitlines()[-1].startswith("The packages could not be installed")
    assert "run the same command again" in result.errors and "Traceback" not in result.errors
    assert "started jupyterlab.py" in course.run().output


def python_is_gone(venv):
    (venv / "bin" / "python").unlink()


def python_does_not_run(venv):
    (venv / "bin" / "python").unlink()
    (venv / "bin" / "python").write_text("not a program")


def installation_was_interrupted(venv):
    (venv / "course-is-installed").write_text("unfinished")


def the_last_line_was_never_written(venv):
    (venv / "course-is-installed").write_text("")


def a_package_of_a_package_was_removed(venv):
    next(venv.glob("lib/python*/site-packages/tornado.py")).unlink()


def a_package_was_uninstalled(venv):
    shutil.rmtree(next(venv.glob("lib/python*/site-packages/tornado-1.0.dist-info")))


def its_shared_files_were_deleted(venv):
    shutil.rmtree(venv / "share")


def a_compiled_part_was_deleted(venv):
    next(venv.glob("lib/python*/site-packages/tornado_libs/tornado.so")).unlink()


def a_command_was_deleted(venv):
    (venv / "bin" / "tornado").unlink()


def it_is_no_environment_any_more(venv):
    (venv / "pyvenv.cfg").unlink()  # its Python would install into the one it was made from


def everything_is_gone(venv):
    shutil.rmtree(venv)


def a_file_is_in_its_place(venv):
    shutil.rmtree(venv)
    venv.write_text("")


def it_points_to_a_folder_that_is_gone(venv):
    shutil.rmtree(venv)
    venv.symlink_to(venv.parent / "gone")


FAULTS = [
    python_is_gone,
    python_does_not_run,
    installation_was_interrupted,
    the_last_line_was_never_written,
    a_package_of_a_package_was_removed,
    a_package_was_uninstalled,
    its_shared_files_were_deleted,
    a_compiled_part_was_deleted,
    a_command_was_deleted,
    it_is_no_environment_any_more,
    everything_is_gone,
    a_file_is_in_its_place,
    it_points_to_a_folder_that_is_gone,
]


@pytest.mark.every(4)
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_a_broken_environment_is_repaired_by_itself(course, fault):
    course.run()
    fault(course.folder / ".venv")
    result = course.run()
    assert result.code == 0 and "started jupyterlab.py" in result.output, result.errors
    assert len(course.installations) == 2
    assert "Installing" not in course.run().output


def test_a_course_moved_to_another_folder_is_installed_anew(course):
    course.run()
    course.folder = course.folder.rename(course.folder.with_name("moved course"))
    assert "making a new one" in course.run().output
    assert "Installing" not in course.run().output


def test_the_environments_own_python_can_repair_it(course):
    course.run()
    installation_was_interrupted(course.folder / ".venv")
    result = course.run(python=course.folder / ".venv" / "bin" / "python")
    assert result.code == 0 and "started jupyterlab.py" in result.output, result.errors


def test_what_the_user_adds_or_upgrades_in_the_environment_is_left_there(course):
    course.run()
    packages = next((course.folder / ".venv").glob("lib/python*/site-packages"))
    (packages / "torch.py").touch()
    (packages / "tornado-1.0.dist-info").rename(packages / "tornado-2.0.dist-info")
    assert "Installing" not in course.run().output and (packages / "torch.py").exists()


def test_of_two_starts_at_once_the_second_waits_for_the_first(course):
    first = course.start("lab", INSTALLING_TAKES="2")
    wait_for("numpy", first)
    second = course.run()
    assert "waiting until it is done" in second.output and "started jupyterlab.py" in second.output
    assert "started jupyterlab.py" in first.communicate(timeout=30)[0]
    assert len(course.installations) == 1


def test_after_a_killed_start_the_next_one_waits_for_its_installer_too(course):
    first = course.start("lab", INSTALLING_TAKES="2")
    wait_for("numpy", first)
    first.kill()
    first.wait(timeout=30)
    result = course.run()
    assert "waiting until it is done" in result.output and "started jupyterlab.py" in result.output


WRITES = """
import pathlib, sys, time
deadline = time.monotonic() + 2
while time.monotonic() < deadline:
    (pathlib.Path(sys.argv[1]) / "lib").mkdir(parents=True, exist_ok=True)
    (pathlib.Path(sys.argv[1]) / "lib" / str(time.monotonic())).touch()
"""
LEAVES_ANOTHER_WRITING = """
import os, pathlib, subprocess, sys, time
here = pathlib.Path(__file__)
(here.parent / "pid").write_text(str(os.getpid()))
subprocess.Popen([sys.executable, here.with_name("writes.py"), *sys.argv[1:]])
time.sleep(60)
"""


@pytest.mark.parametrize("orphan", ["which is waited for", "of an orphan, which is outlasted"])
def test_after_a_start_was_killed_the_next_one_bears_with_what_it_left_writing_into_the_environment(
    course, orphan
):
    slow = course.tools / "slow"
    slow.mkdir()
    (slow / "writes.py").write_text(WRITES)
    waited_for = orphan == "which is waited for"
    (slow / "venv.py").write_text(WRITES if waited_for else LEAVES_ANOTHER_WRITING)
    first = course.start("lab", PYTHONPATH=str(slow))
    wait_until((course.folder / ".venv" / "lib").exists)
    os.kill(first.pid, signal.SIGKILL)
    if not waited_for:
        os.kill(int((slow / "pid").read_text()), signal.SIGKILL)
    first.wait(timeout=30)
    result = course.run()
    assert result.code == 0 and "started jupyterlab.py" in result.output, result.errors
    assert ("waiting until it is done" in result.output) == waited_for
    first.communicate(timeout=30)


def test_being_terminated_while_installing_ends_the_installer_too(course):
    process = course.start("lab", INSTALLING_TAKES="60")
    wait_for("numpy", process)
    process.terminate()
    process.communicate(timeout=30)
    assert process.returncode == 128 + signal.SIGTERM
    assert "waiting" not in course.run().output


@pytest.mark.slow
def test_a_real_pip_without_a_network_ends_in_one_sentence(course, tmp_path):
    (course.tools / "uv").unlink()
    offline = {
        "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
        "PIP_RETRIES": "0",
        "PIP_CONFIG_FILE": os.devnull,
    }
    result = course.run(
        PIP_CACHE_DIR=str(tmp_path / "cache"), PIP_FIND_LINKS="", PIP_EXTRA_INDEX_URL="", **offline
    )
    assert result.code == 1 and "with pip" in result.output
    assert result.errors.splitlines()[-1].startswith("The packages could not be installed")
    assert (course.folder / ".venv" / "course-is-installed").read_text() == "unfinished"


def test_ctrl_c_is_answered_by_the_program_that_runs(course):
    course.run()
    process = course.start("lab", PROGRAM_TAKES="60", PROGRAM_EXITS="5")
    wait_for("started", process)
    os.killpg(process.pid, signal.SIGINT)
    output, errors = process.communicate(timeout=30)
    assert process.returncode == 5 and "asked to stop" in output and not errors


def test_ctrl_c_while_installing_ends_quietly_and_the_next_start_begins_again(course):
    process = course.start("lab", INSTALLING_TAKES="60")
    wait_for("numpy", process)
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == 130 and "Stopped." in errors and "Traceback" not in errors
    assert "started jupyterlab.py" in course.run().output


def test_being_terminated_ends_the_program_too(course):
    course.run()
    process = course.start("lab", PROGRAM_TAKES="60")
    wait_for("started", process)
    process.terminate()
    process.communicate(timeout=30)
    assert process.returncode == 128 + signal.SIGTERM


def test_the_tests_do_not_start_while_the_learners_copies_are_out_of_date(course):
    (course.folder / "solutions" / "00_first.ipynb").write_text('{"cells": [], "metadata": {}}')
    result = course.run("test")
    assert result.code == 1 and "course.py build" in result.output and not course.installations


@pytest.mark.parametrize(
    ("arguments", "chosen"),
    [
        ((), "-m not slow"),
        (("--all",), ""),
        (("--all", "-x"), "-x"),
        (("tests/test_flip.py",), "tests/test_flip.py"),
    ],
)
def test_the_tests_that_take_long_wait_until_all_are_asked_for(course, arguments, chosen):
    said = course.run("test", *arguments).output
    assert f"-n 3 --dist worksteal {chosen}".strip() in [
        line.partition("pytest.py ")[2] for line in said.splitlines()
    ]
    assert ("were left out" in said) == (arguments == ())


@pytest.mark.parametrize(
    "edit", [('"1"', '"2"'), ('"execution_count": null', '"execution_count": 1')]
)
def test_a_chapter_a_learner_works_in_is_no_reason_not_to_test(course, monkeypatch, edit):
    monkeypatch.delenv("CI", raising=False)
    cell = {
        "cell_type": "code",
        "id": "a",
        "metadata": {},
        "execution_count": None,
        "outputs": [],
        "source": ["1"],
    }
    chapter, copy = (
        course.folder / folder / "00_first.ipynb" for folder in ("solutions", "notebooks")
    )
    chapter.write_text(json.dumps({"cells": [cell], "metadata": {}}))
    course.run("build")
    copy.write_text(copy.read_text().replace(*edit))
    result = course.run("test")
    assert "started pytest.py" in result.output
    assert (
        "notebooks/00_first.ipynb holds work of yours, so it is left alone and not tested."
        in result.output
    )
    assert course.run("test", CI="true").code == 1


def test_an_unknown_command_is_named_with_those_there_are(course):
    result = course.run("teach")
    assert result.code == 1
    known = "lab, test, build, run, show, site, book, slides, handout, update, reset, release, bench, legs, wheels"
    assert result.errors == f"course.py has no command 'teach': it knows {known}.\n"


def test_bench_installs_its_rivals_beside_what_is_there_and_races(course):
    (course.folder / "benchmarks").mkdir()
    (course.folder / "benchmarks" / "engine.py").write_text(PROGRAM)
    result = course.run("bench")
    assert course.installations[-1].split()[-1] == ".[lab,bench]"
    assert "started engine.py --write" in result.output
    assert "-m pip install torch jax" in result.output
    course.run("test")
    assert [line.split()[-1] for line in course.installations] == [
        ".[lab,bench]",
        ".[lab,test,bench]",
    ]


def test_bench_refuses_what_it_does_not_know_before_it_installs_anything(course):
    result = course.run("bench", "visuals")
    assert result.code == 1 and "takes nothing further" in result.errors
    assert course.installations == []


def test_a_course_py_without_what_stands_behind_it_says_what_is_missing(course):
    shutil.rmtree(course.folder / "tools")
    result = course.run("build")
    assert result.code == 1 and result.errors.count("\n") == 1
    assert "tools/" in result.errors and "copy the whole course" in result.errors


def test_the_front_door_and_what_stands_behind_it_need_the_standard_library_alone(course):
    result = subprocess.run(
        [sys.executable, "-I", "-S", course.folder / "course.py", "build"],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert "solutions/ holds no chapter" in result.stderr or result.returncode == 0, result.stderr


def test_what_each_kernel_runs_first_is_there():
    assert lab.STARTUP.is_file()


def test_help_lists_the_commands(course):
    for arguments in (["--help"], ["build", "--help"]):
        result = course.run(*arguments)
        assert result.code == 0 and all(
            f"course.py {name}" in result.output for name in ("test", "build", "run", "show")
        )


def test_an_old_python_can_read_course_py_and_says_what_is_needed(monkeypatch, capsys):
    for name in ("course.py", "tools/__init__.py"):
        ast.parse((ROOT / name).read_text(), feature_version=(3, 6))
    monkeypatch.syspath_prepend(ROOT)
    main = runpy.run_path(str(ROOT / "course.py"))["main"]
    monkeypatch.setattr(sys, "version_info", (3, 8, 1, "final", 0))
    assert main(["lab"]) == 1
    error = capsys.readouterr().err
    assert error.count("\n") == 1 and "needs Python 3.11 or newer and this is Python 3.8" in error


@pytest.mark.parametrize("module, uv", [("venv", "uv"), ("venv", None), ("ensurepip", None)])
def test_a_missing_module_is_named_with_the_package_that_brings_it(
    course, monkeypatch, capsys, module, uv
):
    here = course_of(course.folder)
    monkeypatch.setattr(installing, "find_spec", lambda name: None if name == module else name)
    monkeypatch.setattr(shutil, "which", lambda name: uv)
    assert here.main(["lab"]) == 1
    error = capsys.readouterr().err
    assert error.count("\n") == 1 and f"without its module {module}" in error
    assert "sudo apt install python{}.{}-venv".format(*sys.version_info) in error


def test_an_environment_that_cannot_be_made_is_said_in_one_sentence(course, monkeypatch, capsys):
    here = course_of(course.folder)
    monkeypatch.setattr(installing, "succeeds", lambda command, **options: False)
    assert here.main(["lab"]) == 1
    error = capsys.readouterr().err
    assert error.count("\n") == 1 and "could not make an environment" in error and "-venv`" in error


def test_a_file_that_cannot_be_written_is_named(course, monkeypatch, capsys):
    here = course_of(course.folder)

    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied", ".venv")

    monkeypatch.setattr(Path, "mkdir", refuse)
    assert here.main(["lab"]) == 1
    assert "Permission denied: '.venv'" in capsys.readouterr().err
