"""A clock for code that may never end: `time_limit` raises TimeIsUp in it, again and again until it gives way."""

import contextlib
import functools
import linecache
import os
import signal
import sys
import threading
import time

AGAIN = 0.05  # seconds between two rings
_NOT_THE_LEARNERS = tuple(
    os.path.join(os.path.realpath(folder), "")
    for folder in (os.path.dirname(os.path.dirname(__file__)), os.path.dirname(os.__file__), sys.prefix)
)


class TimeIsUp(BaseException):
    """Raised in code that has used up its time. No Exception, so that `except Exception` lets it pass."""


@functools.cache
def is_learners(filename):
    """Tell whether a file name is the learner's: a notebook cell or a script, not a library or learnkit itself."""
    written_in_a_cell = filename in linecache.cache and not os.path.exists(filename)
    return written_in_a_cell or (
        os.path.exists(filename) and not os.path.realpath(filename).startswith(_NOT_THE_LEARNERS)
    )


def time_limit(seconds):
    """Return a context manager that ends the code inside it after so many seconds with TimeIsUp.

    Main thread, where the system has SIGALRM: stops loops, sleeps, and loops that swallow every exception.
    Other threads, and Windows: stops whatever runs Python code, but waits for a single long sleep or C call.
    Where there are no threads (Pyodide): looks at the clock before each line of the learner's code, and raises once.
    """
    if seconds is None:
        return contextlib.nullcontext()
    if sys.platform == "emscripten":
        return _watched_lines(seconds)
    if hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread():
        return _alarm(seconds)
    return _second_thread(seconds)


@contextlib.contextmanager
def _alarm(seconds):
    rings, over = 0, False

    def ring(signum, frame):
        nonlocal rings
        if not over:
            rings += 1
            _raise_some_lines_later(frame, rings)
            raise TimeIsUp

    tracer, handler, started = sys.gettrace(), signal.signal(signal.SIGALRM, ring), time.monotonic()
    delay, interval = signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)
    try:
        try:
            yield
        finally:
            over = True
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)  # silent before the old handler is back, which may end the process
        signal.signal(signal.SIGALRM, handler or signal.SIG_DFL)
        if rings:
            sys.settrace(tracer)
        if delay:
            remaining = max(delay - (time.monotonic() - started), AGAIN)
            signal.setitimer(signal.ITIMER_REAL, remaining, interval)


def _raise_some_lines_later(frame, lines):
    """Make ready a second TimeIsUp for the case that a bare `except:` swallows the first.

    It comes so many lines later in the learner's code; each ring adds one line, until one is outside the `try`.
    """

    def count(frame, event, argument):
        nonlocal lines
        lines -= event == "line"
        if lines < 0:
            raise TimeIsUp
        return count

    while frame and frame.f_code.co_filename != __file__:
        if is_learners(frame.f_code.co_filename):
            frame.f_trace = count
        frame = frame.f_back
    sys.settrace(lambda frame, event, argument: None)  # on, but only for the frames chosen above


@contextlib.contextmanager
def _second_thread(seconds):
    import ctypes  # only here: not every Python that runs in a browser has it

    learner, over = ctypes.c_ulong(threading.get_ident()), threading.Event()
    raise_in = ctypes.pythonapi.PyThreadState_SetAsyncExc

    def ring():
        wait = seconds
        while not over.wait(wait):
            raise_in(learner, ctypes.py_object(TimeIsUp))
            wait = AGAIN

    bell = threading.Thread(target=ring, daemon=True)
    try:
        try:
            bell.start()  # inside the try: on a busy machine the first ring may come before it returns
            yield
        finally:
            over.set()
    finally:
        over.set()
        if bell.ident:
            bell.join()  # a ring still on its way arrives here at the latest, not in later code


@contextlib.contextmanager
def _watched_lines(seconds):
    end, tracer = time.monotonic() + seconds, sys.gettrace()

    def look(frame, event, argument):
        if time.monotonic() > end:
            raise TimeIsUp
        return look if is_learners(frame.f_code.co_filename) else None

    sys.settrace(look)
    try:
        yield
    finally:
        sys.settrace(tracer)
