"""One notebook in a process of its own: started, limited, listened to, ended."""

import contextlib
import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

PASSED_ON = ("PATH", "PYTHONPATH", "SYSTEMROOT", "LANG", "LD_LIBRARY_PATH", "VIRTUAL_ENV")


def heard_from(path, seconds, megabytes):
    """Run a notebook; return what was said of it, a list of dictionaries, and how it ended.

    It ended with "" if the whole notebook was run, else in words for the table.
    """
    word = secrets.token_hex(16)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        shutil.copy(path, Path(folder) / path.name)
        command = [sys.executable, "-m", "learnkit.verdicts.inside", path.name]
        process = subprocess.Popen(
            [*command, str(seconds), str(megabytes)],
            cwd=folder,
            env=_environment(folder),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            output, _ = process.communicate(f"{word}\n".encode(), timeout=seconds)
            ending = _ending(process.returncode)
        except subprocess.TimeoutExpired:
            ending = f"stopped after {seconds} seconds"
        finally:
            _end(process)
        if ending.startswith("stopped"):
            output, _ = process.communicate()
    said = list(_said(output.decode("utf-8", "replace"), word))
    finished = any("finished" in entry for entry in said)
    return said, "" if finished and not ending else ending or "ended itself before its last cell"


def _environment(folder):
    """Return the environment of a notebook: nothing of whoever starts this, a home of its own."""
    passed_on = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    alone = {"HOME": folder, "IPYTHONDIR": folder, "MPLCONFIGDIR": folder, "TMPDIR": folder}
    quiet = {"LEARNKIT_MEMORY": "off", "MPLBACKEND": "agg", "OPENBLAS_NUM_THREADS": "1"}
    return passed_on | alone | quiet


def _ending(code):
    if code == 0:
        return ""
    if code == -getattr(signal, "SIGXCPU", 0):
        return "stopped: it used up its time"
    return "ended by a crash, or for want of memory"


def _end(process):
    """End the process and all that it started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait(timeout=30)


def _said(output, word):
    for line in output.splitlines():
        if line.startswith(f"{word} "):
            with contextlib.suppress(ValueError):
                yield json.loads(line[len(word) :])
