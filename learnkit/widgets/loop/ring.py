"""What every learning loop shows: a ring of six stations, stepped round, and the model beside it.

A run is a list of records, one for each iteration; a table holds every number of every run at
every frame, one frame for each station.
"""

import numpy as np

from learnkit.painter.scene import (
    STATES,
    Axis,
    Choice,
    Coded,
    Curve,
    Dots,
    Frames,
    Nodes,
    Panel,
    Text,
)
from learnkit.painter.shapes import edges
from learnkit.painter.texts import spec
from learnkit.widgets.loop.training import VERDICTS

KNOWN, WORKED = 1, 2  # codes of STATES
ENDINGS = ["repeat until\nconverged"] * 3
ENDINGS += [
    f"{what} after\n{{the_iteration}} {{iterations}}"
    for what in ("converged", "stopped", "diverged")
]
RING = [[-1.0, 1.05], [1.0, 1.05], [1.75, 0.0], [1.0, -1.05], [-1.0, -1.05], [-1.75, 0.0]]
SIZE = (1.42, 0.8)
LARGEST = 1e37  # of what a table of float32 holds; beyond it numbers are ∞
FIRST_REACH = 5  # iterations: the axis of losses at first, then twice as many, and again
BASIS = 165  # of the pictures beside the ring: two in a row on a phone
MOST_DRAWN = 300  # examples: more fill the picture, and the notebook


def frames_of(runs, frame):
    """Return every number of `frame(run, f)` for every run and frame, as arrays by name, and how
    the ring looks there.

    A run that ends earlier than others stays at its last frame.
    """
    frames = len(RING) * max(map(len, runs))
    rows = [[frame(run, min(f, len(RING) * len(run) - 1)) for f in range(frames)] for run in runs]
    table = {
        name: np.array([[row[name] for row in run] for run in rows], float) for name in rows[0][0]
    }
    for array in table.values():
        beyond = np.abs(array) > LARGEST
        array[beyond] = np.copysign(np.inf, array[beyond])
    here = table["station"][..., None] == np.arange(len(RING))
    looks = np.where(here, WORKED, KNOWN)
    return table | {
        "station_looks": looks,
        "way_looks": np.roll(looks, -1, axis=-1),  # the way that leads to the station
        "many": table["iteration"] != 1,
        "reach": reach(table["iteration"]),
    }


def lines(x, weights, biases, origin=0.0):
    """The two ends of each line weight · (x − origin) + bias, over the whole of x."""
    ends = np.array([x.min(), x.max()])
    with np.errstate(invalid="ignore"):  # ∞ − ∞ is no height, and is not drawn
        heights = weights[..., None] * (ends - origin) + biases[..., None]
    return np.stack(np.broadcast_arrays(ends, heights), axis=-1)


def drawn(count):
    """Which of so many examples are drawn, evenly chosen ones of many, as ascending indices."""
    return np.unique(np.linspace(0, count - 1, min(count, MOST_DRAWN)).round().astype(int))


def reach(iterations):
    """The ends of an axis that is always longer than the run so far, and does not tell its end."""
    ends = FIRST_REACH * 2.0 ** np.ceil(np.log2(np.maximum(1, (iterations + 1) / FIRST_REACH)))
    return np.stack([np.zeros_like(ends), ends], axis=-1)


def number_format(table):
    """The format of parameters and of slopes, which suits the largest parameter met."""
    most = np.abs([table["new_w"], table["new_b"]])
    return spec(np.nanmax(most, initial=0))


def values(table, choice, titles, sentences, endings=ENDINGS):
    """What a scene knows of a run: each number by its name with `the_` before it, and the texts.

    choice: the control that chooses among the runs. sentences: one for each of the table's `said`.
    """
    here = f"{choice}, frame"
    numbers = (name for name, array in table.items() if array.ndim == 2)
    return {f"the_{name}": f"{name}[{here}]" for name in numbers} | {
        "title": Coded(words=titles, code=f"station[{here}]"),
        "the_verdict": Coded(words=VERDICTS, code=f"verdict[{here}]"),
        "iterations": Coded(words=["iteration", "iterations"], code=f"many[{here}]"),
        "ending": Coded(words=endings, code=f"ended[{here}]"),
        "sentence": Coded(words=sentences, code=f"said[{here}]"),
    }


def controls(choice, label, options, frames):
    """The choice among the runs, and the steps round the ring."""
    marks, first = iteration_marks(frames), FIRST_REACH * len(RING)
    return [
        Choice(name=choice, label=label, options=options),
        Frames(name="frame", label="station", frames=frames, fps=2, first=first, marks=marks),
    ]


def iteration_marks(frames):
    """Buttons that jump to the beginning of some iterations, and to the end."""
    starts = {f"Iteration {i}": (i - 1) * len(RING) for i in (2, 10)}
    return {text: frame for text, frame in starts.items() if frame < frames} | {"End": frames - 1}


def ring(told, choice):
    """The stations and the ways between them; the last way closes the loop.

    told: what `stations` returns. choice: the control that chooses among the runs.
    """
    pairs = [(i, (i + 1) % len(RING)) for i in range(len(RING))]
    layers = [edges(RING, pairs, SIZE, styles=STATES, style=f"way_looks[{choice}, frame]")]
    for i, (place, (title, (lines, _))) in enumerate(zip(RING, told.items())):
        looks = {"styles": STATES, "style": f"station_looks[{choice}, frame, {i}]"}
        layers.append(Nodes(at=place, size=SIZE, lines=[title, *lines], **looks))
    middle = {"at": [0, 0], "align": "center"}
    layers.append(Text(text="iteration {the_iteration}", size=16, weight=600, dy=-14, **middle))
    layers.append(Text(text="{ending}", dy=20, **middle))
    return Panel(
        title="The loop: {title}",
        x=Axis(range=[-2.5, 2.5]),
        y=Axis(range=[-1.6, 1.6]),
        bare=True,
        aspect=1.45,
        basis=310,
        layers=layers,
    )


def fit(table, names, title, choice, **dots):
    """The examples, and the line of this frame. names: of the axes. dots: how the examples look."""
    x, y = table["x"], table["y"]
    aside, above = 0.05 * np.ptp(x), 0.05 * (np.ptp(y) or 1)
    return Panel(
        title=title,
        x=Axis(label=names[0], range=[x.min() - aside, x.max() + aside]),
        y=Axis(label=names[1], range=[min(0, y.min() - above), max(0, y.max() + above)]),
        basis=BASIS,
        aspect=1.15,
        layers=[
            Dots(at=["x", "y"], **dots),
            Curve(at=f"line[{choice}, ~frame]", colour="vermilion", width=3),
        ],
    )
