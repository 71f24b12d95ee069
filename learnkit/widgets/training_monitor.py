"""The training monitor: the loss and another measure, drawn while the learner's own loop runs."""

import math
import sys
from base64 import b64decode
from time import perf_counter

import numpy as np

from learnkit.widgets.scene import GROUPS, nice_ticks

POINTS = 400  # drawn of a run, however long it is
BLANK = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTj2FAAAAABJRU5ErkJggg==")
SHARE = 0.03  # of the loop's time, at most, goes into showing it


class TrainingMonitor:
    """Watch a training loop: a picture that grows while it runs, and stays in the notebook with a sentence.

        monitor = TrainingMonitor(100)
        for step in monitor(range(100)):
            ...
            monitor.log(loss=loss, accuracy=accuracy)

    total_steps: length of the loop, which is the width of the picture. measures: one to four names; what is called
    accuracy has a scale from 0 to 1. `.arrays` holds for each measure (n, 2): step, counted from 1, and value.
    Where no notebook is connected, a line of text counts the steps instead.
    """

    def __init__(self, total_steps, measures=("loss", "accuracy")):
        if int(total_steps) < 1 or not 1 <= len(measures) <= 4:
            raise ValueError("A TrainingMonitor needs at least one step and from one to four measures.")
        self.total, self.measures = int(total_steps), tuple(measures)
        self._start()

    def _start(self):
        self.step, self._history = 0, {name: ([], []) for name in self.measures}
        self._player, self._due = None, 0.0

    def __call__(self, items):
        """Hand on the items of the loop, and show at times what was logged about them."""
        self._start()
        try:
            for self.step, item in enumerate(items, start=1):
                yield item
                if perf_counter() > self._due:
                    self._show()
        finally:  # also after a break, an error or an interruption
            self._finish()

    def log(self, **values):
        """Note the measures of this step, numbers by name; Values, Tensors and arrays of one number will do.

        Raises ValueError for a name that is not among the measures, TypeError for what is not one number.
        """
        if not self.step:
            raise RuntimeError("Run the loop through the monitor, as in `for step in monitor(range(100)):`, then log.")
        for name, value in values.items():
            if name not in self._history:
                raise ValueError(f"This monitor watches {', '.join(self.measures)}; it was told of {name!r}.")
            number = _number(name, value)
            steps, numbers = self._history[name]
            steps.append(self.step)
            numbers.append(number)

    @property
    def arrays(self):
        """What was logged: for each measure an array (n, 2) of steps and values."""
        return {name: np.array(rows, float).T for name, rows in self._history.items()}

    def __repr__(self):
        told = [_sentence(name, *rows) for name, rows in self._history.items() if rows[0]]
        steps = f"{self.step} of {self.total} steps" if self.step < self.total else f"{self.total} steps"
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
        table = {}
        for i, (name, rows) in enumerate(self._history.items()):
            table |= _drawn(i, name, *rows)
        table["step"] = np.array([self.step])
        if self._player:
            self._player.update(**table)
            self._player.flush()
        else:
            self._player = _make_player(self._scene(), table)

    def _finish(self):
        if self.step and _in_notebook():
            self._draw()
            self._player.settle()
        elif sys.stderr.isatty():
            print("\r" + " " * 100 + "\r", end="", file=sys.stderr)
        print(self)

    def _scene(self):
        panels = [self._panel(i, name, *self._history[name]) for i, name in enumerate(self.measures)]
        names = " and ".join(self.measures)
        # without numbers, so that the text of a saved notebook is that of a new run; the sentence printed has them
        return {"panels": panels, "description": f"A training run as it goes on: {names} at each step."}

    def _panel(self, i, name, _, numbers):
        look, places = GROUPS[i], _places(name, numbers)
        spec = f".{places + 1}f"
        line = {"draw": "arrow", "head": False, "width": 1, "colour": "faint", "halo": False}
        return {
            "title": f"{name}: {{first{i}:{spec}}} at first, {{now{i}:{spec}}} after {{step}} of {self.total} steps",
            "description": f"The {name} at each step of a training run.",
            "x": {"label": "step", "range": [0, self.total]},
            "y": {"label": name, "range": [0, 1], "ticks": []},
            "aspect": 1.5,
            "basis": 280,
            "layers": [
                {**line, "from": [0, f"lines{i}"], "to": [self.total, f"lines{i}"]},
                {"draw": "text", "at": [0, f"lines{i}"], "text": f"{{ticks{i}:.{places}f}}", "align": "right", "dx": -8,
                 "colour": "muted", "size": 12},
                {"draw": "curve", "at": f"curve{i}", **look},
                {"draw": "dots", "at": f"end{i}", "size": 6, **look},
            ],
        }  # fmt: skip


def _number(name, value):
    known = value if hasattr(value, "item") else getattr(value, "data", value)  # of a Value or Tensor
    try:
        return float(known.item() if hasattr(known, "item") else known)
    except (TypeError, ValueError):
        raise TypeError(f"{name} must be one number for each step; this is {value!r:.60}.") from None


def _sentence(name, steps, numbers):
    broken = next((step for step, number in zip(steps, numbers) if not math.isfinite(number)), None)
    said = f"{name} {numbers[0]:.3g} at first, {numbers[-1]:.3g} at the end"
    return said + (f" (no finite number at step {broken})" if broken else "")


def _places(name, numbers):
    """How many decimal places tell apart the numbers of a measure that begins like this."""
    size = next((abs(number) for number in numbers if number and math.isfinite(number)), 1.0)
    return 2 if name == "accuracy" else min(max(2 - math.floor(math.log10(size)), 0), 6)


def _drawn(i, name, steps, numbers):
    """What the picture shows of one measure: heights are parts of a panel whose scale grows with the numbers."""
    every = max(1, -(-len(steps) // POINTS))
    x, y = (np.array([*row[::every], *row[-1:]], float) for row in (steps, numbers))
    good = y[np.isfinite(y)]
    most = good.max(initial=1.0 if name == "accuracy" else 0.0)
    low, high = good.min(initial=0.0), min(most, 20 * np.median(good) or most) if len(good) else 1.0  # outliers leave
    reach = 1.05 * (high - low) or 1.0
    ticks = np.array(nice_ticks(low, low + reach))
    curve = np.column_stack([x, (y - low) / reach])
    known = y if len(y) else np.array([np.nan])
    return {
        f"curve{i}": curve,
        f"end{i}": curve[-1] if len(curve) else np.full(2, np.nan),
        f"first{i}": known[:1],
        f"now{i}": known[-1:],
        f"ticks{i}": ticks,
        f"lines{i}": (ticks - low) / reach,
    }


def _in_notebook():
    """Whether this runs in a kernel, which can show more than text."""
    ipython = sys.modules.get("IPython")
    return hasattr(ipython and ipython.get_ipython(), "kernel")


def _make_player(scene, table):
    from learnkit.widgets.live import LivePlayer

    player = LivePlayer(scene, table)
    player.png = BLANK  # the still picture takes a third of a second to draw: not while the loop waits
    player._ipython_display_()
    return player
