"""What a checked function must not do: wait for somebody to type, hold a check, end the notebook.

`refuse(kind, sentence)` ends the run that is going on, and its Outcome says the sentence, even if
the learner's code swallows every exception.
"""

import builtins
import contextlib
import io
import sys

from .outcome import Raised

INPUT = (
    "A check calls your function with arguments of its own; "
    "`input()` would wait for somebody to type. Use the arguments."
)
CHECK_INSIDE = (
    "A `check` stands inside the function that it checks: move that line to the left margin, "
    "so that it runs after the function is finished."
)
_watch = None  # over the learner's code that is running in this process


class Refused(BaseException):
    """Raised in code that comes to what it must not do. No Exception: few handlers catch it."""


class Watch:
    """Remembers the first thing that was refused; `leave`, if given, ends the run on the spot."""

    def __init__(self, leave=None):
        self.leave, self.raised = leave, None

    def refuse(self, raised):
        self.raised = self.raised or raised
        if self.leave:
            self.leave(self.raised)


@contextlib.contextmanager
def refusing(leave=None):
    """Return a context manager for a run of the learner's code, with its Watch.

    leave: a function of the Raised that ends the process, where it is a copy that may be ended.
    """
    global _watch
    _watch = Watch(leave)
    try:
        with _exit_raises(), _nobody_types():
            yield _watch
    finally:
        _watch = None


def refuse(kind, sentence):
    """End the run of the learner's code that is going on, with this sentence."""
    if _watch:
        _watch.refuse(Raised.at_this_line(kind, sentence))
    raise Refused(sentence)


def refuse_inside_a_run():
    """Refuse if the learner's code is running: the check would call it, and it the check."""
    if _watch:
        refuse("CheckInside", CHECK_INSIDE)


def _refuse_input(*prompt, **options):
    refuse("InputRefused", INPUT)


class _Nobody(io.TextIOBase):
    """Stands for the keyboard."""

    read = readline = readlines = fileno = __iter__ = __next__ = _refuse_input


@contextlib.contextmanager
def _nobody_types():
    """Refuse input(), getpass and whatever else reads from the keyboard; no box for input opens."""
    with contextlib.ExitStack() as stack:
        put = stack.enter_context
        put(_attribute(builtins, "input", _refuse_input))
        put(_attribute(sys, "stdin", _Nobody()))
        if "getpass" in sys.modules:
            put(_attribute(sys.modules["getpass"], "getpass", _refuse_input))
        kernel = getattr(_shell(), "kernel", None)
        if hasattr(kernel, "_input_request"):  # behind an `input` kept under another name
            put(_attribute(kernel, "_input_request", _refuse_input))
        yield


@contextlib.contextmanager
def _exit_raises():
    """Let exit() raise SystemExit, as in plain Python; in a notebook it would end the kernel."""

    def leave():
        raise SystemExit

    shell = _shell()
    with _attribute(shell, "ask_exit", leave) if shell else contextlib.nullcontext():
        yield


def _shell():
    return sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None


@contextlib.contextmanager
def _attribute(owner, name, value):
    """Give an object or a module another attribute for a while."""
    own = vars(owner)
    before = own.get(name, owner)
    setattr(owner, name, value)
    try:
        yield
    finally:
        if before is owner:  # it had none of its own; its class's is there again
            delattr(owner, name)
        else:
            setattr(owner, name, before)
