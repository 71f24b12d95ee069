"""One start at a time: a lock that the system opens when its process ends."""

import os
import time
from contextlib import contextmanager

from learnkit.launch.common import say


@contextmanager
def alone(folder):
    """Wait until nobody else works on the .venv in a folder, and keep others waiting; the system
    unlocks when a process ends.
    """
    with open(str(folder / ".venv.lock"), "w") as lock:
        waiting = False
        while not locked(lock):
            if not waiting:
                say("Another start is setting up the course: waiting until it is done.")
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
