"""One course.py at a time: a lock that the system opens when its process ends."""

import os
import time
from contextlib import contextmanager

from tools.common import ROOT, say


@contextmanager
def alone():
    """Wait until no other course.py works on .venv, and keep others waiting; the system unlocks
    when a process ends.
    """
    with open(str(ROOT / ".venv.lock"), "w") as lock:
        waiting = False
        while not locked(lock):
            if not waiting:
                say("Another course.py is setting up the course: waiting until it is done.")
            waiting = True
            time.sleep(0.2)
        yield lock


def locked(file):
    """Lock a file if nobody else has, and tell whether that worked."""
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    except OSError:
        return False


def holding(lock):
    """Return the options with which a process holds the lock too: should this one be killed, the
    next waits for it.
    """
    return {} if os.name == "nt" else {"pass_fds": [lock.fileno()]}
