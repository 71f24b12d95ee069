"""What is skipped is said loudly, and in CI it is a failure."""

import os
import subprocess
import sys

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
    command = [sys.executable, "-m", "pytest", "-p", "conftest", "-p", "no:cacheprovider", "-c", os.devnull]
    options = ["--continue-on-collection-errors", folder]
    return subprocess.run(command + options, cwd=folder, env=environment, capture_output=True, text=True).stdout


def test_every_way_to_skip_is_a_failure_in_ci(tmp_path):
    output = run_with_our_conftest(tmp_path, CI="true")
    assert "1 failed, 3 errors" in output  # an error: it failed before the test began
    assert output.count("Skipped in CI, where everything must run: Skipped: no Chromium") >= 2


def test_elsewhere_what_is_skipped_is_said_loudly(tmp_path):
    output = run_with_our_conftest(tmp_path, CI="")
    assert "4 skipped" in output
    assert "!! NOT TESTED ON THIS MACHINE !!" in output and "\nno Chromium\nno PyTorch\n" in output
