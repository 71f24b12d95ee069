"""The training monitor: the loss and another measure, drawn while the learner's own loop runs."""

import math
import sys
from importlib import import_module
from time import perf_counter

import numpy as np

from learnkit.painter.expressions import plain
from learnkit.painter.scene import Scene
from learnkit.painter.texts import counted
from learnkit.widgets.training.picture import drawn, panel, words

SHARE = 0.02  # of the loop's time, at most, goes into showing it while it runs
FIRST = 1.0  # seconds until it is shown first: a shorter run is shown once, at its end

NEEDS = "A TrainingMonitor needs at least one step and from one to four measures"


class TrainingMonitor:
    """Watch a training loop: a picture that grows while it runs, and stays in the notebook with a
    sentence.

        monitor = TrainingMonitor(100)
        for step in monitor(range(100)):
            ...
            monitor.log(loss=loss, accuracy=accuracy)

    total_steps: length of the loop, which is the width of the picture. measures: one to four names;
    what is called accuracy has a scale from 0 to 1. `.arrays` holds for each measure (n, 2): step,
    counted from 1, and value. Where no notebook is connected, a line of text counts the steps
    instead. What it costs: 0.3 microseconds a number logged, 0.8 a Tensor; 2 % of the time for the
    growing picture; and about 0.05 seconds at the end. A run of 3 seconds or more so stays within 5
    % if its steps take 50 microseconds or more; of faster steps, log one in a hundred.
    """

    def __init__(self, total_steps, measures=("loss", "accuracy")):
        if isinstance(measures, str):
            raise ValueError(
                f"{NEEDS}, as a list of names: write TrainingMonitor({total_steps}, "
                f"[{measures!r}])."
            )
        total = _whole(total_steps)
        if total < 1 or not 1 <= len(measures) <= 4:
            raise ValueError(f"{NEEDS}.")
        self.total, self.measures = total, tuple(measures)
        if _in_notebook():
            # here, so that the loop need not wait for it
            import_module("learnkit.widgets.training.player")
        self._start()

    def _start(self):
        self.step, self._history = 0, {name: ([], []) for name in self.measures}
        self._player, self._due = None, 0.0

    def __call__(self, items):
        """Hand on the items of the loop, and show at times what was logged about them."""
        self._start()
        self._due = perf_counter() + FIRST
        try:
            for self.step, item in enumerate(items, start=1):
                yield item
                if perf_counter() > self._due:
                    self._show()
        finally:  # also after a break, an error or an interruption
            self._finish()

    def log(self, **values):
        """Note the measures of this step, numbers by name; Values, Tensors and arrays of one number
        will do.

        Raises ValueError for a name that is not among the measures, TypeError for what is not one
        number.
        """
        if not self.step:
            raise RuntimeError(
                "Run the loop through the monitor, as in `for step in monitor(range(100)):`, then "
                "log."
            )
        for name, value in values.items():
            if name not in self._history:
                raise ValueError(
                    f"This monitor watches {', '.join(self.measures)}; it was told of {name!r}."
                )
            number = value if type(value) is float else _number(name, value)
            steps, numbers = self._history[name]
            steps.append(self.step)
            numbers.append(number)

    @property
    def arrays(self):
        """What was logged: for each measure an array (n, 2) of steps and values."""
        return {name: np.array(rows, float).T for name, rows in self._history.items()}

    def __repr__(self):
        told = [_sentence(name, *rows) for name, rows in self._history.items() if rows[0]]
        steps = f"{self.step} of " * (self.step < self.total) + counted(self.total, "step")
        return f"{steps}; " + ("; ".join(told) or "nothing was logged") + "."

    def _show(self):
        began = perf_counter()
        if not _in_notebook():
            if sys.stderr.isatty():
                print(f"\r{self!r}"[:100].ljust(100), end="", file=sys.stderr, flush=True)
        elif any(steps for steps, _ in self._history.values()):
            self._draw()
        spent = perf_counter() - began
        self._due = perf_counter() + max(0.25, spent / SHARE)

    def _draw(self):
        table = {"step": np.array([self.step])}
        for i, (name, rows) in enumerate(self._history.items()):
            table |= drawn(i, name, *rows)
        if self._player:
            self._player.update(**table)
            self._player.flush()
        else:
            from learnkit.widgets.training.player import TrainingPlayer

            self._player = TrainingPlayer(self._scene(), table)
            self._player._ipython_display_()

    def _finish(self):
        if self.step and _in_notebook():
            shown = self._player
            self._draw()
            if shown:
                shown.settle()
        elif sys.stderr.isatty():
            print("\r" + " " * 100 + "\r", end="", file=sys.stderr)
        print(self)

    def _scene(self):
        panels = [panel(i, name, self.total) for i, name in enumerate(self.measures)]
        values = {
            key: value for i in range(len(panels)) for key, value in words(i, self.total).items()
        }
        names = " and ".join(self.measures)
        # without numbers, so that the text of a saved notebook is that of a new run; the sentence
        # printed has them
        description = f"A training run as it goes on: {plain(names)} at each step."
        return Scene(panels=panels, values=values, description=description)


def _whole(number):
    try:
        return int(number)
    except (TypeError, ValueError):
        raise TypeError(
            f"total_steps is how many steps the loop has, such as 100; this is {number!r:.60}."
        ) from None


def _number(name, value):
    # of a Value or Tensor
    known = value if hasattr(value, "item") else getattr(value, "data", value)
    try:
        return float(known.item() if hasattr(known, "item") else known)
    except (TypeError, ValueError):
        raise TypeError(
            f"{name} must be one number for each step; this is {value!r:.60}."
        ) from None


def _sentence(name, steps, numbers):
    broken = next((step for step, number in zip(steps, numbers) if not math.isfinite(number)), None)
    said = f"{name} {numbers[0]:.3g} at first, {numbers[-1]:.3g} at the end"
    return said + (f" (no finite number at step {broken})" if broken else "")


def _in_notebook():
    """Whether this runs in a kernel, which can show more than text."""
    ipython = sys.modules.get("IPython")
    return hasattr(ipython and ipython.get_ipython(), "kernel")
