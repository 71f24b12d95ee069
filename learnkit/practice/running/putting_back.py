"""Leaves the notebook as it was: what code that runs in its process may change for all after it.

Code that runs apart changes its own copy of all this.
"""

import contextlib
import os
import sys


@contextlib.contextmanager
def as_before():
    """Return a context manager that puts back what the code inside it changes.

    That is: where `random` and NumPy's random numbers stand, how NumPy treats errors, the folder,
    the environment, and how deep calls may go.
    """
    with contextlib.ExitStack() as stack:
        if "random" in sys.modules:
            chance = sys.modules["random"]
            stack.callback(chance.setstate, chance.getstate())
        if "numpy" in sys.modules:
            numpy = sys.modules["numpy"]
            stack.callback(numpy.random.set_state, numpy.random.get_state())
            stack.enter_context(numpy.errstate())
        stack.callback(sys.setrecursionlimit, sys.getrecursionlimit())
        stack.callback(_restore_environment, dict(os.environ))
        with contextlib.suppress(OSError):  # a folder that was deleted
            stack.callback(os.chdir, os.getcwd())
        yield


def _restore_environment(before):
    if dict(os.environ) != before:
        os.environ.clear()
        os.environ.update(before)
