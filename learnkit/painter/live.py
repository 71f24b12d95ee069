"""Players that Python answers: a click anywhere instead of on a grid, a training run while it
runs.
"""

import time
from collections import Counter
from pathlib import Path

import anywidget
import numpy as np
import traitlets
from IPython.display import display

from learnkit.painter.complete import start
from learnkit.painter.player import Player, pack
from learnkit.practice.page import wire

PAUSE = 0.1  # seconds between two pieces of news
_made = Counter()


class _Wire(anywidget.AnyWidget):
    """The connection of one LivePlayer; it shows nothing."""

    _esm = Path(__file__).parent / "live.js"
    key = traitlets.Unicode().tag(sync=True)


class LivePlayer(Player):
    """A Player that asks Python while there is a kernel, and plays from its table where there is
    none.

    on_change: called with the values of the controls, {name: value}, and the place [x, y] that a
    hand chose on the picture, or None once its controls were set otherwise. The value of a Drawing
    is a list of strokes, pairs of a tool's word and its points. It returns {name:
    array}, which stand for names of the scene until the next change, or None. It should remember
    nothing: each view of the player asks for itself, and an answer reaches no other. An error in
    it is told in a line below the picture, and in full in JupyterLab's log. `update` brings news
    that stays, such as the next losses of a training run. `values` are those that it was asked
    about last, or the first ones.

        def answer(values, click):
            return {"run": descend(values["rate"])}

        player = LivePlayer(scene, table, on_change=answer)
    """

    def __init__(self, scene, table, on_change=None):
        super().__init__(scene, table)
        self._on_change, self._news, self._told = on_change, {}, 0.0
        self._outlet, self._asked = None, scene
        self.values = self._values({"state": start(self.scene)})
        _made[self.key] += 1
        self._twin = f"-{_made[self.key]}"  # twins must not hear each other's answers
        self.key += self._twin
        self._wire = _Wire(key=self.key)
        self._wire.on_msg(self._answer)

    def update(self, **arrays):
        """Show new numbers, name=array, at most every tenth of a second; `flush` shows the last
        of them.
        """
        self._news |= arrays
        if time.monotonic() - self._told > PAUSE:
            self.flush()

    def flush(self):
        """Show the news that is still waiting."""
        if self._news:
            self._tell(self._news, keep=True)
            self.arrays.update(
                (name, np.asarray(array, np.float32)) for name, array in self._news.items()
            )
            self._news, self._told = {}, time.monotonic()

    def settle(self):
        """Put the present numbers into the saved output, as those of a run that is over.

        It is then what a player made of these numbers would be, with its labels and its key, and
        no more news reaches it.
        """
        self.flush()
        for stale in ("png", "html", "_data", "key"):
            self.__dict__.pop(stale, None)
        self._complete(self._asked)
        self.key += self._twin
        if self._outlet:
            self._outlet.update(self._repr_mimebundle_(), raw=True)

    def _answer(self, _, message, buffers):
        try:
            self.values = self._values(message)
            changed = self._on_change(self.values, message.get("click")) if self._on_change else {}
            self._tell(changed or {}, to=message)
        # the page must not wait for ever, and says what went wrong; the log says where
        except Exception as error:
            fault = f"Python could not answer: {type(error).__name__}: {error}"
            self._tell({}, to=message, fault=fault)
            raise

    def _values(self, message):
        found = {}
        for control in self.scene["controls"]:
            index = int(message["state"][control["name"]])
            found[control["name"]] = control["values"][index] if "values" in control else index
            if "tools" in control:
                strokes = message.get("drawn", control["strokes"])
                found[control["name"]] = [(control["tools"][i], points) for i, points in strokes]
        return found

    def _tell(self, arrays, keep=False, to=None, fault=None):
        """Send arrays to every view, or only to the view and about the question of `to`."""
        packed = {name: pack(np.asarray(array, np.float32)) for name, array in arrays.items()}
        news = {"arrays": packed, "keep": keep}
        if to:
            news |= {key: to[key] for key in ("view", "number") if key in to}
        if fault:
            news["fault"] = fault
        self._wire.send(news)

    def _ipython_display_(self):
        self._outlet = display(self._repr_mimebundle_(), raw=True, display_id=True)
        if wire.needs_a_view():
            view, _ = self._wire._repr_mimebundle_()
            display(view | {"text/plain": ""}, raw=True)
