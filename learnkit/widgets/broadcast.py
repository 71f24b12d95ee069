"""Broadcasting and its reverse: which copies an array is stretched into, and which slopes are
added up on the way back.
"""

from dataclasses import dataclass
from operator import index

import numpy as np

from learnkit.autograd.tensor import Tensor
from learnkit.painter.player import Player
from learnkit.painter.scene import (
    STATES,
    Axis,
    Choice,
    Frames,
    Look,
    Nodes,
    Panel,
    Readout,
    Scene,
    Slider,
    Text,
)
from learnkit.painter.texts import bracketed, counted, short, write_texts

PAIRS = (
    ((3, 4), (4,)),
    ((3, 4), (3, 1)),
    ((3, 4), ()),
    ((3, 1), (1, 4)),
    ((4, 1), (4,)),
)
MOST = 4  # rows and columns that can be read
STAGES = ("two arrays", "stretched", "added", "slopes arrive", "handed back", "added up")
WHOLE, COPIED, ADDED, ARRIVED, HANDED, SUMMED = range(6)
WAITING, KNOWN, WORKED, CARRYING, COPY = range(5)  # codes of STATES
APART = MOST + 1  # from the first column of one array to that of the next
# around an entry: nothing, those of the chosen left entry, of the chosen right one, of both
RINGS = [
    Look(colour="paper", width=0),
    Look(colour="blue", width=7),
    Look(colour="vermilion", width=7),
    Look(colour="purple", width=7),
]
SLOPES = np.array([[2, -1, 3, 1], [1, 4, -2, 0], [-3, 2, 1, 5], [4, 0, -1, 2]])


@dataclass
class Sum:
    """The sum of two arrays, forwards and backwards. left, right: shapes that fit each other.

    grids: the entries of left, right and result as all three are drawn, (3, rows, columns).
    sources: for left and right, which entry of the array each of its copies stands for.
    totals: the slopes of the entries of left and of right, as the engine finds them.
    """

    left: tuple
    right: tuple

    def __post_init__(self):
        shapes = self.left, self.right
        try:
            self.shape = np.broadcast_shapes(*shapes)
        except ValueError:
            raise ValueError(
                f"{self.left} and {self.right} do not fit: counted from the last axis, two lengths "
                "must be equal or one of them 1."
            ) from None
        if len(self.shape) > 2 or not 1 <= max(self.shape, default=1) <= MOST or 0 in self.shape:
            raise ValueError(
                f"The sum of {self.left} and {self.right} has shape {self.shape}; what can be "
                f"drawn has up to two axes of 1 to {MOST}."
            )
        self.rows, self.columns = (1, 1, *self.shape)[-2:]
        numbers = [
            scale * np.arange(1, np.prod(shape, dtype=int) + 1).reshape(shape)
            for shape, scale in zip(shapes, (1, 10))
        ]
        self.sources = [self._spread(np.arange(n.size).reshape(n.shape)) for n in numbers]
        self.slopes = SLOPES[: self.rows, : self.columns]
        left, right = (self._spread(n) for n in numbers)
        self.grids = np.array([left, right, left + right])
        self.totals = [t.grad.ravel() for t in self._differentiated(numbers)]

    def _spread(self, array):
        return np.broadcast_to(array, self.shape).reshape(self.rows, self.columns)

    def _differentiated(self, numbers):
        tensors = [Tensor(n) for n in numbers]
        total = tensors[0] + tensors[1]
        total.backward(self.slopes.reshape(self.shape))
        return tensors

    def copies(self, side, row, column):
        """Where the copies of the entry are that stands at row and column: a mask."""
        return self.sources[side] == self.sources[side][row, column]

    def is_first(self, side):
        """Which entries of the drawing are the array itself and no copies: a mask."""
        first = np.zeros(self.rows * self.columns, dtype=bool)
        first[np.unique(self.sources[side], return_index=True)[1]] = True
        return first.reshape(self.rows, self.columns)


def broadcast_viewer(*pairs):
    """Return a Player of sums of two arrays: stretched to one shape, added, and the slopes walked
    back, until each entry has added up those of its copies.

    pairs: each two shapes, such as ((3, 4), (4,)); left out, five that are worth a look. A shape
    has up to two axes of at most 4. A click on the result or the arrow keys choose an entry.
    `.arrays` holds entries, shares (what a copy is handed) and totals (what its entry adds up to),
    (pairs, 3, 4, 4) for left, right and result; NaN where there is none.
    Raises ValueError for shapes that do not fit each other or are too large to draw, and for what
    is no pair of shapes.
    """
    sums = [Sum(*_two_shapes(pair)) for pair in pairs or PAIRS]
    table = _numbers(sums) | _looks(sums)
    values = _texts(sums, table)
    scene = Scene(
        values=values,
        controls=_controls(sums),
        panels=[_panel()],
        readouts=[
            Readout(label="this step", text="{sentence}", wide=True),
            Readout(label="left entry", text="{left_said}"),
            Readout(label="right entry", text="{right_said}"),
        ],
        status="{sentence} Left: {left_said}. Right: {right_said}.",
        description="{description}",
    )
    return Player(scene, table)


def _two_shapes(pair):
    """Return the shapes of a pair as tuples of whole numbers."""
    try:
        left, right = (tuple(index(length) for length in shape) for shape in pair)
    except (TypeError, ValueError):
        raise ValueError(
            f"Each sum has a bracket around its two shapes, such as ((3, 4), (4,)); this is "
            f"{pair!r:.80}."
        ) from None
    return left, right


def _controls(sums):
    options = [f"{s.left} + {s.right}" for s in sums]
    across = [2 * APART + column for column in range(MOST)]
    down = [-row for row in range(MOST)]
    return [
        Choice(name="shapes", label="shapes", options=options),
        Frames(
            name="stage",
            label="step",
            frames=len(STAGES),
            fps=1,
            marks={"Backward": ARRIVED},
            lasting=True,
        ),
        Slider(name="row", label="row of the result", values=down, start=0, hidden=True),
        Slider(name="column", label="column of the result", values=across, hidden=True),
    ]


def _panel():
    cell = {"at": "places[shapes, stage]", "style": "looks[shapes, stage]"}
    return Panel(
        title="{title}",
        caption="Blue: the chosen left entry and its copies; orange: the right one and its own.",
        x=Axis(range=[-0.6, 3 * APART - 1.4]),
        y=Axis(range=[0.4 - MOST, 1.15]),
        bare=True,
        aspect=2.9,
        tall=340,
        click=["column", "row"],
        layers=[
            Nodes(
                at="places[shapes, stage]",
                size=[0.86, 0.86],
                lines=[""],
                styles=RINGS,
                style="rings[shapes, row, column]",
            ),
            Nodes(size=[0.88, 0.88], lines=["{value}", "{slope}"], styles=STATES, **cell),
            *(
                Text(at=[x, 0.85], text=text, align="center", size=14, weight=600)
                for x, text in (
                    (1.5, "{left_shape}"),
                    (1.5 + APART, "{right_shape}"),
                    (1.5 + 2 * APART, "{result}"),
                )
            ),
            Text(at=[APART - 1, "middle[shapes]"], text="+", align="center", size=20),
            Text(at=[2 * APART - 1, "middle[shapes]"], text="{equals}", align="center", size=20),
        ],
    )


def _padded(grid):
    full = np.full((MOST, MOST), np.nan)
    full[: grid.shape[0], : grid.shape[1]] = grid
    return full


def _numbers(sums):
    """What a learner would ask for, as arrays."""
    table = {"entries": np.array([[_padded(grid) for grid in s.grids] for s in sums])}
    table["shares"] = np.array([[_padded(s.slopes)] * 3 for s in sums])
    table["totals"] = np.array(
        [
            [_padded(total[source]) for total, source in zip(s.totals, s.sources)]
            + [_padded(s.slopes)]
            for s in sums
        ]
    )
    table["middle"] = np.array([(1 - s.rows) / 2 for s in sums])
    return table


def _looks(sums):
    """Where each entry is drawn at each step, how it looks, and what is around it."""
    places = np.full((len(sums), len(STAGES), 3, MOST, MOST, 2), np.nan)
    looks = np.zeros((len(sums), len(STAGES), 3, MOST, MOST))
    rings = np.zeros((len(sums), MOST, MOST, 3, MOST, MOST))
    for i, s in enumerate(sums):
        inside = np.s_[: s.rows, : s.columns]
        for stage in range(len(STAGES)):
            for part in range(3):
                shown, look = _part(s, stage, part)
                at = places[i, stage, part][inside]
                at[shown] = _grid(s, part)[shown]
                looks[i, stage, part][inside] = look
        for row, column in np.ndindex(MOST, MOST):
            chosen = min(row, s.rows - 1), min(column, s.columns - 1)
            left, right = s.copies(0, *chosen), s.copies(1, *chosen)
            for part, codes in enumerate((left * 1, right * 2, left * 1 + right * 2)):
                rings[i, row, column, part][inside] = codes
    cells = 3 * MOST * MOST
    return {
        "places": places.reshape(len(sums), len(STAGES), cells, 2),
        "looks": looks.reshape(len(sums), len(STAGES), cells),
        "rings": rings.reshape(len(sums), MOST, MOST, cells),
    }


def _grid(s, part):
    rows, columns = np.indices((s.rows, s.columns))
    return np.stack([part * APART + columns, -rows], axis=-1).astype(float)


def _part(s, stage, part):
    """Return which entries of left, right or result are there at a step, and the look of each."""
    everywhere = np.ones((s.rows, s.columns), dtype=bool)
    if part == 2:
        look = KNOWN if stage == ADDED else CARRYING
        return everywhere & (stage >= ADDED), everywhere * look
    first = s.is_first(part)
    own = KNOWN if stage < HANDED else CARRYING
    return first if stage == WHOLE else everywhere, np.where(first, own, COPY)


def _texts(sums, table):
    """The values of the scene: what entries, labels, readouts and description say."""
    values, stages = {}, range(len(STAGES))

    def say(name, index, texts):
        write_texts(values, table, name, texts, index)

    say("value", "shapes", [_entries(s).ravel() for s in sums])
    say("slope", "shapes, stage", [[_slopes(s, stage).ravel() for stage in stages] for s in sums])
    for name, told in (("sentence", _sentence), ("title", _title), ("description", _describe)):
        say(name, "shapes, stage", [[told(s, stage) for stage in stages] for s in sums])
    say("result", "shapes, stage", [[_result(s, stage) for stage in stages] for s in sums])
    say(
        "equals",
        "shapes, stage",
        [["" if stage < ADDED else "=" for stage in stages] for s in sums],
    )
    for side, name in enumerate(("left", "right")):
        say(f"{name}_shape", "shapes", [f"{name} {(s.left, s.right)[side]}" for s in sums])
        chosen = [
            [
                [[_said(s, stage, side, *at) for at in _row(r)] for r in range(MOST)]
                for stage in stages
            ]
            for s in sums
        ]
        say(f"{name}_said", "shapes, stage, row, column", chosen)
    return values


def _row(row):
    return [(row, column) for column in range(MOST)]


def _entries(s):
    """The numbers of all three drawings as texts, "" where nothing is."""
    texts = np.full((3, MOST, MOST), "", dtype=object)
    texts[:, : s.rows, : s.columns] = s.grids.astype(str)
    return texts


def _slopes(s, stage):
    """The slopes known at a step, as texts."""
    texts = np.full((3, MOST, MOST), "", dtype=object)
    inside = texts[:, : s.rows, : s.columns]
    if stage >= ARRIVED:
        inside[2] = _marked(s.slopes)
    if stage >= HANDED:
        inside[:2] = _marked(s.slopes)
    if stage == SUMMED:
        for side in (0, 1):
            first = s.is_first(side)
            inside[side][first] = _marked(s.totals[side][s.sources[side]])[first]
    return texts


def _marked(slopes):
    return np.array([[f"∂ {short(n)}" for n in row] for row in slopes], dtype=object)


def _title(s, stage):
    title = f"{s.left} + {s.right}"
    return title if stage < ADDED else f"{title} = {s.shape}"


def _result(s, stage):
    return f"result {s.shape}" if stage >= ADDED else ""


def _sentence(s, stage):
    """What happens at a step."""
    stretched = [
        f"{name} {shape} becomes {s.shape}"
        for name, shape in (("left", s.left), ("right", s.right))
        if shape != s.shape
    ]
    return (
        f"Two arrays, {s.left} and {s.right}. Step, and they are made to fit.",
        f"Stretched: {' and '.join(stretched) or 'nothing, the shapes agree'}. Dashed: copies.",
        "Added: every entry of the result is one entry of the left and one of the right.",
        "Backward: a slope arrives at every entry of the result.",
        "Handed back: the slope of a sum along either part is 1, so every copy gets that slope.",
        "Added up: an entry that was copied receives the sum of what its copies got.",
    )[stage]


def _said(s, stage, side, row, column):
    """What is known of the entry that stands behind a chosen place."""
    row, column = min(row, s.rows - 1), min(column, s.columns - 1)
    copies = s.copies(side, row, column)
    entry = f"{s.grids[side][row, column]}"
    if stage < ADDED:
        return entry
    if stage < HANDED:
        return f"{entry}, used {counted(int(copies.sum()), 'time')}"
    shares = [short(n) for n in s.slopes[copies]]
    if stage == HANDED:
        return f"{entry}, its copies got {', '.join(shares)}"
    total = short(s.totals[side][s.sources[side][row, column]])
    if len(shares) == 1:
        return f"{entry}, slope {total}"
    return f"{entry}, slope {' + '.join(map(bracketed, shares))} = {total}"


def _describe(s, stage):
    """One sentence with the numbers known so far."""
    parts = [f"A sum of arrays of shapes {s.left} and {s.right}, step {stage}: {STAGES[stage]}"]
    if stage >= ADDED:
        parts.append(f"the result has shape {s.shape}")
    if stage >= ARRIVED:
        parts.append(f"the slopes that arrive add up to {short(s.slopes.sum())}")
    if stage == SUMMED:
        for name, total in zip(("left", "right"), s.totals):
            parts.append(f"slopes of the {name}: {', '.join(short(n) for n in total)}")
    return "; ".join(parts) + "."
