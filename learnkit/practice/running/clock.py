"""A clock for code that may never end.

`time_limit` raises TimeIsUp in it, again and again until it gives way; `interruptible` lets
Interrupt through.
"""

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
    for folder in (
        os.path.join(os.path.dirname(__file__), "..", ".."),
        os.path.dirname(os.__file__),
        sys.prefix,
    )
)


class TimeIsUp(BaseException):
    """Raised in code that has used up its time. No Exception: `except Exception` lets it pass.

    raised: where the code was, if that is known.  printed: what it had printed.
    advice: a sentence more, where the clock came late.
    """

    raised, printed, advice = None, "", ""


class Interrupted(KeyboardInterrupt):
    """Raised by Interrupt; a plain KeyboardInterrupt in the learner's code is one of its errors."""


@functools.cache
def is_learners(filename):
    """Tell whether a file is the learner's: a cell, a script, "<stdin>"; no library, no
    learnkit.
    """
    if filename.startswith("<"):
        return filename in linecache.cache or not filename.startswith("<frozen ")
    if not os.path.exists(filename):
        return filename in linecache.cache  # a cell
    return not os.path.realpath(filename).startswith(_NOT_THE_LEARNERS)


@contextlib.contextmanager
def interruptible():
    """Return a context manager that Interrupt ends, though the code inside swallow every exception.

    Such code may need the key again, or its time limit; it ends as interrupted all the same.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    presses = 0

    def press(signum, frame):
        nonlocal presses
        presses += 1
        _raise_some_lines_later(frame, presses, Interrupted)
        raise Interrupted

    tracer, handler = sys.gettrace(), signal.signal(signal.SIGINT, press)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, handler or signal.SIG_DFL)
        if presses:
            sys.settrace(tracer)
            raise Interrupted


def time_limit(seconds):
    """Return a context manager that ends the code inside it after so many seconds with TimeIsUp.

    Main thread, where the system has SIGALRM: stops loops, sleeps, and loops that swallow every
        exception.
    Other threads, and Windows: the same, but waits for a single long sleep.
    Where there are no threads (Pyodide): looks at the clock before each line of the learner's code,
        and raises once.
    Nowhere stopped: one call that computes for ever inside C, such as `sum(iter(int, 1))`; where
        code runs in a copy of the process, `apart` ends it, elsewhere only a restart of the kernel.
    """
    if seconds is None:
        return contextlib.nullcontext()
    if sys.platform == "emscripten":
        return _watched_lines(seconds)
    if hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread():
        return _alarm(seconds, signal.ITIMER_REAL, signal.SIGALRM)
    return _second_thread(seconds)


def processor_limit(seconds):
    """Return a context manager as `time_limit`, of the seconds that this process computes.

    However busy the machine is, the same code comes as far. Code that sleeps is not ended. Only for
    copies of the process: there is nobody else there who computes.
    """
    return _alarm(seconds, signal.ITIMER_PROF, signal.SIGPROF)


@contextlib.contextmanager
def _alarm(seconds, timer, sign):
    rings, over = 0, False

    def ring(signum, frame):
        nonlocal rings
        if not over:
            rings += 1
            _raise_some_lines_later(frame, rings)
            raise TimeIsUp

    tracer, handler, started = (
        sys.gettrace(),
        signal.signal(sign, ring),
        time.monotonic(),
    )
    delay, interval = signal.setitimer(timer, seconds, AGAIN)
    try:
        try:
            yield
        finally:
            over = True
    finally:
        # Silent before the old handler is back, which may end the process.
        signal.setitimer(timer, 0)
        signal.signal(sign, handler or signal.SIG_DFL)
        if rings:
            sys.settrace(tracer)
        if delay:
            remaining = max(delay - (time.monotonic() - started), AGAIN)
            signal.setitimer(timer, remaining, interval)


def _raise_some_lines_later(frame, lines, error=TimeIsUp):
    """Make ready a second error, for the case that a bare `except:` swallows the first.

    It comes so many lines later in the learner's code; each ring adds one line, until one is
    outside the `try`.
    """

    def count(frame, event, argument):
        nonlocal lines
        lines -= event == "line"
        if lines < 0:
            raise error
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
    rings, tracer = 0, sys.gettrace()

    class Ring(TimeIsUp):
        """Made in the learner's thread, where it can prepare for code that swallows it."""

        def __new__(cls, *arguments):
            if not over.is_set():
                _raise_some_lines_later(sys._getframe(1), rings)
            return super().__new__(cls, *arguments)

    def ring():
        nonlocal rings
        wait = seconds
        while not over.wait(wait):
            rings += 1
            raise_in(learner, ctypes.py_object(Ring))
            wait = AGAIN

    bell = threading.Thread(target=ring, daemon=True)
    try:
        try:
            # Inside the try: on a busy machine the first ring may come before it returns.
            bell.start()
            yield
        finally:
            over.set()
    finally:
        over.set()
        try:
            if bell.ident:
                bell.join()  # a ring still on its way arrives here at the latest, not in later code
        finally:
            if rings:
                sys.settrace(tracer)


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
