"""What is skipped is said loudly, and in CI it is a failure."""

import os
import subprocess
import sys

import pytest
from browser import ROOT

SKIPS = {
    "a test": "def test_it(): pytest.skip('no Chromium')",
    "a fixture": "@pytest.fixture\ndef it(): pytest.skip('no Chromium')\ndef test_it(it): pass",
    "a mark": "@pytest.mark.skip(reason='no Chromium')\ndef test_it(): pass",
    "a module": "pytest.skip('no Chromium', allow_module_level=True)",
}


def run_with_our_conftest(folder, source, **environment):
    (folder / "test_it.py").write_text(f"import pytest\n{source}\ndef test_that_passes(): pass\n")
    environment = dict(os.environ, PYTHONPATH=str(ROOT / "tests"), **environment)
    command = [sys.executable, "-m", "pytest", "-p", "conftest", "-p", "no:cacheprovider", "-c", os.devnull, folder]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)


@pytest.mark.parametrize("source", SKIPS.values(), ids=SKIPS)
def test_a_skip_is_a_failure_in_ci(source, tmp_path):
    result = run_with_our_conftest(tmp_path, source, CI="true")
    assert result.returncode != 0
    assert "Skipped in CI, where everything must run" in result.stdout and "no Chromium" in result.stdout


@pytest.mark.parametrize("source", SKIPS.values(), ids=SKIPS)
def test_a_skip_elsewhere_is_said_loudly(source, tmp_path):
    result = run_with_our_conftest(tmp_path, source, CI="")
    assert "!! NOT TESTED ON THIS MACHINE !!" in result.stdout
    assert "\nno Chromium" in result.stdout
