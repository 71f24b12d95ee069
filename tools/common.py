"""What all commands share: where things are, the Problem a user can mend, starting a program."""

import os
import signal
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOLUTIONS, NOTEBOOKS = ROOT / "solutions", ROOT / "notebooks"
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


class Problem(Exception):
    """Something the user can mend, said in one sentence."""


def run(command):
    """Run a command in the course's folder and return its exit code."""
    # Ctrl-C reaches the command too, which ends in its own way
    signal.signal(signal.SIGINT, lambda *_: None)
    process = subprocess.Popen(command, cwd=str(ROOT))
    signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    code = process.wait()
    return code if code >= 0 else 128 - code


def say(sentence):
    print(sentence, flush=True)
