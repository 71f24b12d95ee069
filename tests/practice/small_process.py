"""Runs a judging script in a process of its own, where a copy of the process is soon made."""

import json
import subprocess
import sys
from pathlib import Path


def said_by(script, *arguments):
    """Return what a script beside this file prints as JSON; fail with its errors if it fails."""
    command = [sys.executable, str(Path(__file__).with_name(script)), *map(str, arguments)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=500)
    assert ended.returncode == 0, ended.stderr[-4000:]
    return json.loads(ended.stdout)
