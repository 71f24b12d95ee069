"""The race of the ways to a gradient, over ever more parameters, drawn while it is run."""

import math
from importlib import import_module
from time import perf_counter

import numpy as np

from learnkit.differentiate import scale
from learnkit.painter.live import LivePlayer
from learnkit.painter.scene import GROUPS, Axis, Coded, Curve, Dots, Panel, Readout, Scene, Text

WAYS = ("central differences", "complex step", "forward mode", "symbolic", "reverse mode")
SIGNS = "●▲■◆★"
PATIENCE = 0.1  # seconds for each way at each size; what is not done by then is extrapolated
# of the loss and of reverse mode, in turn, as long as there is time; the fastest counts
LEAST, MOST, LONG = 5, 30, 0.6  # runs, runs, seconds
UNITS = (("ms", 1e-3), ("s", 1.0), ("min", 60.0), ("h", 3600.0), ("days", 86400.0),
         ("years", 3.156e7), ("thousand years", 3.156e10))  # fmt: skip
BELOW = (
    1.0,
    100.0,
    6000.0,
    172800.0,
    6.3e7,
    3.156e10,
    math.inf,
)  # seconds, up to which a unit is used
TICKS = ((1e-3, "1 ms"), (1.0, "1 s"), (60.0, "1 min"), (3600.0, "1 h"), (86400.0, "1 day"),
         (3.156e7, "1 year"))  # fmt: skip


def race_gradients(sizes=(100, 1_000, 10_000, 100_000, 1_000_000)):
    """Return a race: five ways to the gradient of one network, timed when it is shown.

    sizes: ascending numbers of parameters, powers of ten from 100 to 1,000,000.
    Each way has 0.1 seconds at each size; what is not done by then is extrapolated. Reverse mode
    always is run in full. SymPy writes one formula, of the loss on one example at 100 parameters,
    and the rest is extrapolated. It all takes about three seconds. Raises ValueError for other
    sizes.
    `.run()` times it without showing it; `.counts` holds the number of evaluations (or of formulas)
    by way and size; `.seconds` (5, sizes), `.is_measured` (5, sizes) and `.ratios` (sizes,), the
    time of value and gradient by reverse mode over that of the value alone.
    """
    sizes = tuple(sizes)
    if not sizes or list(sizes) != sorted(set(sizes)) or not set(sizes) <= set(scale.LAYERS):
        raise ValueError(
            "The sizes of a race ascend, and are powers of ten from 100 to 1,000,000; you gave "
            f"{sizes}."
        )
    return Race(sizes)


class Race(LivePlayer):
    """A LivePlayer that runs its race when it is shown; see `race_gradients`."""

    def __init__(self, sizes):
        self.sizes = sizes
        self.seconds = np.full((len(WAYS), len(sizes)), np.nan)
        self.is_measured = np.zeros((len(WAYS), len(sizes)), bool)
        self.ratios = np.full(len(sizes), np.nan)
        super().__init__(_scene(sizes), self._drawn())

    @property
    def counts(self):
        """How often each way evaluates the loss for one gradient; of symbolic, its formulas."""
        return {way: [_count(way, size) for size in self.sizes] for way in WAYS}

    def run(self):
        """Time every way at every size, and tell the picture of each."""
        for j, size in enumerate(self.sizes):
            task = scale.task(size)
            for i, way in enumerate(WAYS[:-1]):
                self.seconds[i, j], self.is_measured[i, j] = self._timed(way, task, j)
                self.update(**self._drawn())
            forward, reverse = _value_and_reverse(task)
            self.seconds[-1, j], self.is_measured[-1, j] = reverse, True
            self.ratios[j] = reverse / forward
            self.update(**self._drawn())
        self.flush()

    def _timed(self, way, task, j):
        """Return the seconds of one gradient, and whether all of it was run."""
        n = task.parameters
        if way == "symbolic":
            return self._symbolic(task, j), False
        one_pass = _pass_of(way, task)
        began, done = perf_counter(), 0
        while done < n and not (done and perf_counter() - began > PATIENCE):
            one_pass(done)
            done += 1
        return (perf_counter() - began) * n / done, done == n

    def _symbolic(self, task, j):
        """Return the seconds of all formulas: from one at the smallest size, n² times as many."""
        if j:
            return self.seconds[WAYS.index("symbolic"), 0] * (self.sizes[j] / self.sizes[0]) ** 2
        small = scale.task(100)
        import_module("sympy")  # not on the clock
        began = perf_counter()
        loss, symbols = scale.formula_of_one_example(small)
        loss.diff(symbols[0])
        one = perf_counter() - began
        return one * len(small.y) * 100 * (task.parameters / 100) ** 2

    def _drawn(self):
        """Return the table: points as powers of ten, durations in their units."""
        heights = np.log10(self.seconds)
        table = {"sizes": np.log10(self.sizes), "over": np.array([self._is_over])}
        table |= {"ratio": self.ratios[[self._reached]], "reached": np.array([self._reached])}
        for i in range(len(WAYS)):
            is_run = self.is_measured[i]
            known = np.flatnonzero(np.isfinite(heights[i]))
            at = known[-1] if len(known) else 0
            took, unit = _in_units(self.seconds[i, at])
            table |= {
                f"line{i}": heights[i],
                f"run{i}": np.where(is_run, heights[i], np.nan),
                f"guess{i}": np.where(is_run, np.nan, heights[i]),
                f"end{i}": np.array([table["sizes"][at], heights[i, at]]),
                f"took{i}": np.array([took]),
                f"unit{i}": np.array([unit]),
                f"stage{i}": np.array([0 if not len(known) else 1 + at]),
            }
        return table

    @property
    def _reached(self):
        known = np.flatnonzero(np.isfinite(self.ratios))
        return int(known[-1]) if len(known) else 0

    @property
    def _is_over(self):
        return int(np.isfinite(self.ratios[-1]))

    def _ipython_display_(self):
        super()._ipython_display_()
        if not self._is_over:  # shown once more, it has been run
            self.run()
            self.settle()


def _pass_of(way, task):
    """Return the function that computes the slope along the parameter at one place."""
    if way == "central differences":
        return lambda place: scale.central_pass(task, place)
    if way == "complex step":
        copies = scale.complex_copies(task)
        return lambda place: scale.complex_pass(task, copies, place)
    slopes = scale.directions(task)
    return lambda place: scale.dual_pass(task, slopes, place)


def _value_and_reverse(task):
    """Return the seconds of the loss alone, and of its value and gradient by reverse mode.

    Of several runs in turn the fastest counts: what else the machine does only adds to them.
    """
    leaves, times, start = scale.tensors(task), [], perf_counter()
    while len(times) < LEAST or (len(times) < MOST and perf_counter() - start < LONG):
        began = perf_counter()
        task.loss(task.W, task.v)
        between = perf_counter()
        scale.reverse_pass(task, leaves)
        times.append((between - began, perf_counter() - between))
    return np.min(times, axis=0)


def _count(way, size):
    return {"central differences": 2 * size, "reverse mode": 1}.get(way, size)


def _in_units(seconds):
    """Return a duration as a number and the index of its unit."""
    if not math.isfinite(seconds):
        return math.nan, 0
    unit = next(i for i, most in enumerate(BELOW) if seconds < most)
    return seconds / UNITS[unit][1], unit


# ---------------------------------------------------------------- the scene


def _scene(sizes):
    values = {}
    for i, way in enumerate(WAYS):
        values[f"in{i}"] = Coded(words=[name for name, _ in UNITS], code=f"unit{i}[0]")
        said = [f"{_evaluations(way, n)}: {{took{i}:.1f}} {{in{i}}}" for n in sizes]
        values[f"told{i}"] = Coded(words=["has not started", *said], code=f"stage{i}[0]")
    costs = [f"At {n:,} parameters, value and gradient by reverse mode take {{ratio:.1f}} times "
             "the value alone" for n in sizes]  # fmt: skip
    values["cost"] = Coded(words=costs, code="reached[0]")
    titles = ["One gradient, five ways", "Four ways pay for each parameter, one does not"]
    values["title"] = Coded(words=titles, code="over[0]")
    largest = sizes[-1]
    counts = "; ".join(f"{way}: {_evaluations(way, largest)}" for way in WAYS)
    return Scene(
        values=values,
        panels=[_panel(sizes)],
        readouts=[
            *(
                Readout(label=f"{SIGNS[i]} {way}", text=f"{{told{i}}}")
                for i, way in enumerate(WAYS)
            ),
            Readout(label="cost", text="{cost}", wide=True),
        ],
        description=(
            f"A race of five ways to one gradient, from {sizes[0]:,} to {largest:,} parameters, "
            f"in seconds. For {largest:,} parameters, {counts}."
        ),
    )


def _evaluations(way, size):
    count = _count(way, size)
    noun = "formula" if way == "symbolic" else "evaluation"
    more = " and one pass back" if way == "reverse mode" else ""
    return f"{count:,} {noun}{'s' if count > 1 else ''}{more}"


def _panel(sizes):
    low, high = math.log10(sizes[0]), math.log10(sizes[-1])
    layers = []
    for i, way in enumerate(WAYS):
        look = GROUPS[i]
        marker = {"colour": look.colour, "shape": look.shape, "size": 6}
        layers += [
            Curve(at=["sizes", f"line{i}"], colour=look.colour, width=1.6),
            Dots(at=["sizes", f"run{i}"], **marker),
            Dots(at=["sizes", f"guess{i}"], hollow=True, width=2, **marker),
            Text(at=f"end{i}", text=way, colour=look.colour, dx=11, weight=600),
        ]
    return Panel(
        title="{title}",
        caption="Filled: run in full. Hollow: extrapolated from a few passes.",
        x=Axis(
            label="parameters",
            range=[low - 0.1, high + 0.45 * (high - low) + 0.4],  # with room for names
            ticks=[[math.log10(n), f"{n:,}"] for n in sizes],
        ),
        y=Axis(
            label="time of one gradient",
            range=[-5, 13],
            ticks=[[math.log10(seconds), text] for seconds, text in TICKS],
        ),
        layers=layers,
        aspect=1.9,
        tall=380,
    )
