"""What is skipped is said loudly, and in CI it is a failure; and no test can wait without an
end.
"""

import ast
import os
import subprocess
import sys

import pytest
from browser import ROOT

SKIPS = {
    "test": "def test_it(): pytest.skip('no Chromium')",
    "fixture": "@pytest.fixture\ndef it(): pytest.skip('no Chromium')\ndef test_it(it): pass",
    "mark": "@pytest.mark.skip(reason='no PyTorch')\ndef test_it(): pass",
    "module": "pytest.skip('no PyTorch', allow_module_level=True)",
}


def run_with_our_conftest(folder, **environment):
    for name, source in SKIPS.items():
        (folder / f"test_{name}.py").write_text(f"import pytest\n{source}\n")
    environment = dict(os.environ, PYTHONPATH=str(ROOT / "tests"), **environment)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "conftest",
        "-p",
        "no:cacheprovider",
        "-c",
        os.devnull,
    ]
    options = ["--continue-on-collection-errors", folder]
    pipes = {"capture_output": True, "text": True, "timeout": 240}
    return subprocess.run(command + options, cwd=folder, env=environment, **pipes).stdout


@pytest.mark.slow
def test_every_way_to_skip_is_a_failure_in_ci(tmp_path):
    output = run_with_our_conftest(tmp_path, CI="true")
    assert "1 failed, 3 errors" in output  # an error: it failed before the test began
    assert output.count("Skipped in CI, where everything must run: Skipped: no Chromium") >= 2


@pytest.mark.slow
def test_elsewhere_what_is_skipped_is_said_loudly(tmp_path):
    output = run_with_our_conftest(tmp_path, CI="")
    assert "4 skipped" in output
    assert "!! NOT TESTED ON THIS MACHINE !!" in output and "\nno Chromium\nno PyTorch\n" in output


ENDLESS = """
def test_that_ends():
    pass

def test_that_never_ends():
    sum(iter(int, 1))  # inside C, where neither a signal nor another thread of Python gets a turn
"""


@pytest.mark.slow
def test_a_test_without_an_end_is_ended_and_named(tmp_path):
    (tmp_path / "test_endless.py").write_text(ENDLESS)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-c",
        ROOT / "pyproject.toml",
        f"--rootdir={tmp_path}",
        "-n",
        "1",
    ]
    options = ["-o", "faulthandler_timeout=2", "-p", "no:cacheprovider", tmp_path]
    result = subprocess.run(
        command + options, cwd=tmp_path, capture_output=True, text=True, timeout=240
    )
    assert "1 failed, 1 passed" in result.stdout
    assert "crashed while running 'test_endless.py::test_that_never_ends'" in result.stdout


PROCESSES = {"run", "call", "check_call", "check_output"}  # of subprocess
WAITS = {"wait", "communicate", "urlopen"}


def waits_without_a_limit(source):
    """Return the lines of Python code that wait for another process, or an answer, however long
    it takes.
    """
    found = []
    for call in ast.walk(ast.parse(source)):
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
            continue
        runs = call.func.attr in PROCESSES and getattr(call.func.value, "id", "") == "subprocess"
        # None: **options
        limits = {"timeout", None}.intersection(keyword.arg for keyword in call.keywords)
        if (runs and not limits) or (call.func.attr in WAITS and not limits and not call.args):
            found.append(call.lineno)
    return found


def test_whatever_a_test_waits_for_it_waits_with_a_limit():
    assert waits_without_a_limit(
        "subprocess.run(x)\nprocess.wait()\nsubprocess.run(x, timeout=3)"
    ) == [1, 2]
    files = {
        path: waits_without_a_limit(path.read_text(encoding="utf-8"))
        for path in (ROOT / "tests").rglob("*.py")
    }
    assert {path.name: lines for path, lines in files.items() if lines} == {}
