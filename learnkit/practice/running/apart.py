"""Runs code in a forked copy of this process, so that nothing it does can hurt the notebook.

`work_apart(work, seconds)` calls `work(send)` in the copy and returns what it sent and how it
ended. Whatever the work does, an endless call inside C, a crash of Python, `os._exit`, a list that
eats the memory, happens to the copy alone.
"""

import contextlib
import ctypes
import faulthandler
import gc
import io
import os
import pickle
import select
import signal
import sys
import time
import warnings

try:
    import resource
except ImportError:  # Windows
    resource = None

MEMORY = 50_000_000  # bytes that the work may use beyond what the process has already
GRACE = 0.5  # seconds after which work that its own clock could not end is ended from outside
_LOOK = 2  # milliseconds between two looks at the copy's memory
_FINISHED = 87  # exit status of a copy that has sent all it had; others are the work's own doing
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of Linux's prctl
_SYSTEM = ctypes.CDLL(None) if sys.platform == "linux" else None  # each copy finds it loaded

# How work ended.
FINISHED, TIME, STORAGE, LEFT, CRASHED = "finished", "time", "storage", "left", "crashed"


def is_possible():
    """Tell whether this system can run code apart.

    Linux can; macOS breaks in copies, Windows and browsers have none. There the code runs in the
    notebook's own process, and an endless call inside C, such as `sum(iter(int, 1))`, takes a
    restart of the kernel.
    """
    return sys.platform == "linux" and hasattr(os, "fork")


def work_apart(work, seconds):
    """Call `work(send)` in a copy of this process; return what it sent, a list, and how it ended.

    What is sent must be plain enough for pickle. It ended FINISHED; or by TIME, ended from outside
    after having sent nothing for `seconds` and GRACE; or by STORAGE, with more than MEMORY; or it
    LEFT the copy by itself; or it CRASHED Python.
    Raises OSError if the system cannot make a copy. KeyboardInterrupt passes, the copy is ended.
    """
    reading, writing = os.pipe()
    copy = None
    try:
        with _interrupt_held_back():
            copy = _fork(work, writing)
        received, ending = _listen(copy, reading, seconds + GRACE)
    finally:
        if copy:
            _end(copy)
        os.close(reading)
        os.close(writing)
    return list(_unpacked(received)), ending


def leave():
    """End the copy from inside it: all has been sent."""
    os._exit(_FINISHED)


@contextlib.contextmanager
def _interrupt_held_back():
    """Let Interrupt wait until the copy's number is known, so that no copy is lost.

    The copy never comes to the end of this: there Interrupt waits for ever.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _fork(work, pipe):
    chance = _state_of_chance()
    with warnings.catch_warnings():
        # A lock that another thread holds stays closed in the copy; should it wait, it is ended.
        warnings.filterwarnings("ignore", "This process .* is multi-threaded", DeprecationWarning)
        copy = os.fork()
    if copy == 0:
        _be_the_copy(work, pipe, chance)
    with contextlib.suppress(OSError):  # the copy does it too; whoever comes first
        os.setpgid(copy, copy)
    return copy


def _be_the_copy(work, pipe, chance):
    """Do the work, and leave whatever the notebook's process has open alone. Never returns."""
    status = 1
    try:
        _leave_the_notebook_alone()
        if chance:
            sys.modules["random"].setstate(chance)
        work(_sender(pipe))
        status = _FINISHED
    finally:
        os._exit(status)


def _state_of_chance():
    """Return where `random` stands; Python seeds it anew in a copy, whatever the notebook set."""
    return sys.modules["random"].getstate() if "random" in sys.modules else None


def _leave_the_notebook_alone():
    os.setpgid(0, 0)  # a group of its own, with whatever processes the work starts
    # A restarted kernel leaves no copy behind, which would hold its ports.
    _SYSTEM.prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    signal.set_wakeup_fd(-1)  # the alarm of the clock must not wake the kernel's loop
    faulthandler.disable()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    gc.freeze()  # what the copy does not collect, it does not have to copy either
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    if "torch" in sys.modules:
        # The threads of PyTorch are not there in a copy, and it would wait for them.
        sys.modules["torch"].set_num_threads(1)
    _say_nothing_to_jupyter()


def _say_nothing_to_jupyter():
    """Drop what display() and widgets send: the connection belongs to the notebook's process."""
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    session = getattr(getattr(shell, "kernel", None), "session", None)
    if session:
        session.send = lambda *message, **options: None


def _sender(pipe):
    own = os.getpid()

    def send(thing):
        if os.getpid() != own:  # a copy that the work made of the copy, and that came back from it
            leave()
        packed = memoryview(pickle.dumps(thing))
        # No clock must ring here: half a message would spoil the next.
        clocks = {signal.SIGALRM, signal.SIGPROF}
        before = signal.pthread_sigmask(signal.SIG_BLOCK, clocks)
        try:
            while packed:
                packed = packed[os.write(pipe, packed) :]
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    return send


def _listen(copy, pipe, patience):
    """Return the bytes that the copy sent until it ended, and how it ended."""
    received = bytearray()
    listener = select.poll()
    listener.register(pipe, select.POLLIN)
    before, heard = _memory(copy), time.monotonic()
    while not (ended := _has_ended(copy)):
        if listener.poll(_LOOK):
            received += os.read(pipe, 1 << 16)
            heard = time.monotonic()
        if _memory(copy) > before + MEMORY:
            return received, STORAGE
        if time.monotonic() > heard + patience:
            return received, TIME
    while listener.poll(0):
        received += os.read(pipe, 1 << 16)
    if ended.si_code != os.CLD_EXITED:
        return received, CRASHED
    return received, FINISHED if ended.si_status == _FINISHED else LEFT


def _has_ended(copy):
    """Return how the copy ended, or None while it is running; it keeps its number until `_end`."""
    return os.waitid(os.P_PID, copy, os.WEXITED | os.WNOHANG | os.WNOWAIT)


def _memory(copy):
    """Return the bytes of memory a process has for its own data, without what it has as files."""
    with open(f"/proc/{copy}/statm", "rb") as told:
        _, resident, shared, *_ = told.read().split()
    return (int(resident) - int(shared)) * resource.getpagesize()


def _end(copy):
    """End the copy and all that it started, if anything is left of them."""
    for kill in (os.killpg, os.kill):  # the second for work that moved into another group
        with contextlib.suppress(ProcessLookupError):
            kill(copy, signal.SIGKILL)
    with contextlib.suppress(ChildProcessError):  # nobody to wait for where SIGCHLD is ignored
        os.waitpid(copy, 0)


def _unpacked(received):
    stream = io.BytesIO(received)
    with contextlib.suppress(EOFError, pickle.UnpicklingError):  # the last may have been cut off
        while True:
            yield pickle.load(stream)
