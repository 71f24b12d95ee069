"""Tells Python what was answered on the page, and the page what Python remembers.

There is one wire for a kernel, and no output holds a view of it: a stored view would be an error
message once its kernel is gone. Where there is no kernel, nothing here does anything.
"""

import os
import sys
from pathlib import Path

_listeners = {}  # key of a question: what hears of it, with `hear_from_page(entry)` and `kept()`
_wire = None


def listen(key, listener):
    """From now on the listener hears what is answered under the key.

    listener: has `hear_from_page(entry)`, which keeps what the page says, a dictionary that may
    hold anything, and `kept()`, which returns all that is remembered.
    """
    _listeners[key] = listener
    if in_kernel():
        _open()
        if needs_a_view():
            _show()


def tell(key):
    """Tell the page what is remembered under the key, after Python itself has changed it."""
    if _wire and key in _listeners:
        _wire.send({"key": key, "entry": _listeners[key].kept()})


def in_kernel():
    """Whether this runs in a kernel, which can show more than text."""
    ipython = sys.modules.get("IPython")
    return hasattr(ipython and ipython.get_ipython(), "kernel")


def needs_a_view():
    """Whether the page's half of a wire is made only once it is displayed, as in Colab and VS
    Code.
    """
    return "google.colab" in sys.modules or "VSCODE_PID" in os.environ


def _open():
    global _wire
    if _wire is None:
        # only here: it takes a third of a second, and a terminal has no use for it
        import anywidget

        _wire = anywidget.AnyWidget(
            _esm=(Path(__file__).parent / "wire.js").read_text(encoding="utf-8")
        )
        _wire.on_msg(_hear)


def _hear(_, message, buffers):
    """Answer the page: `entry` is what was answered `at` a time, or None if the page only asks."""
    listener = _listeners.get(message.get("key"))
    if listener is None:
        return
    if isinstance(message.get("entry"), dict):
        listener.hear_from_page(message["entry"])
    _wire.send({"key": message["key"], "at": message.get("at"), "entry": listener.kept()})


def _show():
    from IPython.display import display

    display(_wire)
