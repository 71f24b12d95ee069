"""The network that flips an image, at work: every number of a forward pass, a backward pass and
an update in turn.
"""

from dataclasses import dataclass
from itertools import groupby
from numbers import Real

import numpy as np

from learnkit import flip
from learnkit.painter.expressions import plain
from learnkit.painter.player import Player
from learnkit.painter.scene import (
    STATES,
    Arrow,
    Axis,
    Coded,
    Frames,
    Look,
    Nodes,
    Panel,
    Readout,
    Scene,
    Text,
)
from learnkit.painter.texts import bracketed, write_texts
from learnkit.widgets.network.board import CARRYING, ENDS, WORKED, Board, keys, rounded

MOST_HIDDEN = 4  # with more of them the weights would be written over one another
COLUMNS = {"x": 0.0, "h": 3.0, "ŷ": 6.8, "L": 8.8}
SIZES = {"x": (0.7, 0.66), "h": (1.24, 0.74), "ŷ": (1.24, 0.74), "L": (1.1, 0.5)}
# of an edge: its level beginning, and distances from the next one's ends
RUN, LEAVING, ARRIVING = 0.85, 0.2, 0.14
TITLES = {"x": "pixels", "h": "hidden units, ReLU", "ŷ": "predictions", "L": "mean squared error"}
# names in the scene
LAYERS = {"x": "input_units", "h": "hidden_units", "ŷ": "output_units", "L": "loss_unit"}
WEIGHTS = [400, 400, 600, 600, 400]  # of type: what is being worked on and gradients are bold
INKS = [Look(colour=look.ink, weight=weight) for look, weight in zip(STATES, WEIGHTS)]
INKS[WORKED].colour, INKS[CARRYING].colour = "vermilion", "blue"


@dataclass
class Moment:
    """One thing to look at: the name of its stage and the Steps done in it."""

    stage: str
    steps: list

    def arithmetic(self):
        """The steps written out: one of them in up to three lines, several in one line each."""
        if len(self.steps) > 1:
            text = "\n".join(
                f"{step.name} = {step.numbers} = {step.decimal}" for step in self.steps
            )
        else:
            [step] = self.steps
            text = "\n= ".join(
                dict.fromkeys([f"{step.name} = {step.formula}", step.numbers, step.decimal])
            )
        return rounded(text).replace("= ≈", "≈ ")


def network_trace(
    parameters=flip.START, x=flip.IMAGE, y=flip.TARGET, learning_rate=flip.LEARNING_RATE
):
    """Return a Player that steps through the forward pass, the backward pass and one update of the
    network.

    parameters: flip.Parameters with up to 4 hidden units; Fractions stay exact. x, y: image and
    target, 4 numbers each. `.arrays` holds parameters, gradients and updated, (31,) in the order of
    `Parameters.flat()`, outputs (2, 4) and losses (2,), before and after the update. Raises
    ValueError for more hidden units or another number of pixels, TypeError for what are no
    parameters.
    >>> network_trace().arrays["losses"].round(5)
    array([0.89625, 0.72575], dtype=float32)
    """
    _check(parameters, x, y, learning_rate)
    gradients = flip.gradients(parameters, x, y)
    updated = flip.update(parameters, gradients, learning_rate)
    before, after = flip.forward(parameters, x, y), flip.forward(updated, x, y)
    moments = [Moment("forward pass", [step]) for step in before]
    moments += [Moment("backward pass", [step]) for step in flip.backward(parameters, x, y)]
    moments += [
        Moment("update", row) for row in _update_rows(parameters, gradients, updated, learning_rate)
    ]
    moments += [
        Moment("forward again", list(steps))
        for _, steps in groupby(after, key=lambda step: step.stage)
    ]
    numbers = {
        "parameters": parameters.flat(),
        "gradients": gradients.flat(),
        "updated": updated.flat(),
    }
    numbers["outputs"] = [
        [step.value for step in flip.stage(steps, "ŷ")] for steps in (before, after)
    ]
    numbers["losses"] = [before[-1].value, after[-1].value]
    scene, table = _scene(Board(parameters, x, y), moments)
    return Player(
        scene, table | {name: np.array(entries, float) for name, entries in numbers.items()}
    )


def _check(parameters, x, y, learning_rate):
    """Refuse in one sentence what cannot be drawn."""
    if not isinstance(parameters, flip.Parameters):
        made = "make them with flip.Parameters or flip.random_parameters(3)"
        raise TypeError(f"parameters must be flip.Parameters; this is {parameters!r:.60}: {made}.")
    if not isinstance(learning_rate, Real):
        raise TypeError(
            f"learning_rate must be a number, such as 0.1; this is {learning_rate!r:.60}."
        )
    for name, pixels in (("x", x), ("y", y)):
        if np.ndim(pixels) != 1:
            raise ValueError(
                f"{name} must be 4 pixels in a list, such as (1, 0, 0, 1); this is {pixels!r:.60}."
            )
    if len(x) != 4 or len(y) != 4:
        raise ValueError(
            f"An image and its target have 4 pixels each; yours have {len(x)} and {len(y)}."
        )
    hidden = len(parameters.b1)
    if hidden > MOST_HIDDEN:
        raise ValueError(
            f"This drawing has room for {MOST_HIDDEN} hidden units; yours has {hidden}."
        )
    shapes = [np.shape(part) for part in parameters]
    if hidden < 1 or shapes != [(4, hidden), (hidden,), (hidden, 4), (4,)]:
        told = f"yours have the shapes {', '.join(map(str, shapes))}"
        raise ValueError(
            f"W1, b1, W2 and b2 must have the shapes (4, h), (h,), (h, 4) and (4,); {told}."
        )


def _update_rows(parameters, gradients, updated, rate):
    """The update as Steps, in rows: all weights that leave a unit, or all biases of a layer."""
    steps = []
    flat = (p.flat() for p in (parameters, gradients, updated))
    for key, old, slope, new in zip(keys(len(parameters.b1)), *flat):
        name = flip.named(key[0], *key[1])
        numbers = f"{flip.decimal(old)} − {flip.decimal(rate)}·{bracketed(flip.decimal(slope))}"
        steps.append(flip.Step(*key, f"{name} − η·∂L/∂{name}", numbers, new))
    return [
        list(row) for _, row in groupby(steps, key=lambda step: (step.stage, step.position[:-1]))
    ]


def _scene(board, moments):
    start = "The image is at the left, its target at the right. Press Play, or take one step."
    frames = [board.frame("start", start)] + [board.after(moment) for moment in moments]
    stages = [frame["stage"] for frame in frames]
    marks = {stage.capitalize(): stages.index(stage) for stage in dict.fromkeys(stages[1:])}
    titles, shown = _titles(board, moments), [*dict.fromkeys(stages)]
    sentences = [
        f"{frame['stage'].capitalize()}: {_in_one_line(frame['arithmetic'])}" for frame in frames
    ]
    values = {
        "sentence": Coded(words=[plain(text) for text in sentences], code="frame"),
        "finding": Coded(words=titles, code="stages[frame]"),
    }
    table = {"stages": np.array([shown.index(stage) for stage in stages])}
    for name in ("stage", "arithmetic", "loss"):
        write_texts(values, table, name, [frame[name] for frame in frames])
    for key, name in (LAYERS | {"weights": "weights", "biases": "biases"}).items():
        write_texts(values, table, name, [[text for text, _ in frame[key]] for frame in frames])
        table[f"{name}_looks"] = np.array([[look for _, look in frame[key]] for frame in frames])
    scene = Scene(
        values=values,
        controls=[Frames(name="frame", label="step", frames=len(frames), fps=1, marks=marks)],
        panels=[_panel(board)],
        readouts=[
            Readout(label="stage", text="{stage}"),
            Readout(label="step", text=f"{{frame}} of {len(frames) - 1}"),
            Readout(label="loss", text="{loss}"),
            Readout(label="the arithmetic", text="{arithmetic}", wide=True),
        ],
        status="Step {frame}. {sentence}",
        description=_describe(board, moments),
        steps=sentences,
        picture={"frame": marks["Update"] - 1},
    )
    return scene, table


def _in_one_line(arithmetic):
    return arithmetic.replace("\n=", " =").replace("\n≈", " ≈").replace("\n", "; ")


def _titles(board, moments):
    """What there is to see at the start and in each of the four stages."""
    (alive, count), losses = (
        _alive(moments),
        [loss.removeprefix("≈").strip() for loss in board.losses],
    )
    before, after = (step.value for moment in moments for step in moment.steps if step.stage == "L")
    change = "falls" if after < before else "rises" if after > before else "stays"
    return [
        "Before the forward pass: only the image and the parameters are known",
        f"Forward pass: from the image to a loss of {losses[0]}",
        f"Backward pass: {alive} of {count} gradients are not zero",
        f"Update: {alive} of {count} parameters have a slope to move down",
        f"Forward again: the loss {change}, from {losses[0]} to {losses[1]}",
    ]


def _alive(moments):
    """How many of the parameters' gradients are not zero, and how many there are."""
    names = {f"∂L/∂{symbol}" for symbol in ("W1", "b1", "W2", "b2")}
    slopes = [step.value for moment in moments for step in moment.steps if step.stage in names]
    return sum(slope != 0 for slope in slopes), len(slopes)


def _describe(board, moments):
    """One sentence with the count of the parameters, of the live gradients, and both losses."""
    (alive, count), losses = _alive(moments), [loss.removeprefix("≈") for loss in board.losses]
    return (
        f"The network with its {count} parameters, {alive} of whose gradients are not zero; "
        f"one update takes the loss from {losses[0]} to {losses[1]}."
    )


def _panel(board):
    """The drawing: edges and what is written on them, units, biases below them, titles above."""
    at = {}
    for kind, units in board.units.items():
        top = {1: 0.0, 2: 0.8, 3: 1.3, 4: 1.5}[len(units)]
        at |= {
            key: (COLUMNS[kind], height)
            for key, height in zip(units, np.linspace(top, -top, len(units)))
        }
    starts, bends, ends = _routes(board, at)
    places = {name: [at[key] for key in board.units[kind]] for kind, name in LAYERS.items()}
    layers = []
    for first, second in ((starts, bends), (bends, ends)):
        looks = _looks("weights", STATES)
        layers.append(Arrow(start=_columns(first), end=_columns(second), head=False, **looks))
    beside = {"at": _columns(starts + [0.09, 0]), "halo": 7, "size": 12}
    layers.append(Text(text="{weights}", **beside, **_looks("weights", INKS)))
    for kind, name in LAYERS.items():
        node = {"at": _columns(places[name]), "size": SIZES[kind], "lines": [f"{{{name}}}"]}
        layers.append(Nodes(**node, **_looks(name, STATES)))
    below = np.array(places["hidden_units"] + places["output_units"]) - [0, 0.49]
    small = {"align": "center", "size": 12}
    layers.append(Text(at=_columns(below), text="{biases}", **small, **_looks("biases", INKS)))
    heads = [list(COLUMNS.values()), 2.12]
    layers.append(Text(at=heads, texts=list(TITLES.values()), weight=600, **small))
    return Panel(
        title="{finding}",
        x=Axis(range=[-0.45, 9.5]),
        y=Axis(range=[-2.15, 2.35]),
        bare=True,
        aspect=2.05,
        tall=560,
        least=680,
        layers=layers,
    )


def _ends(edge):
    name, place = edge
    return (ENDS[name][0], place[:1]), (ENDS[name][1], place[1:])


def _routes(board, at):
    """The edges as (starts, bends, ends), (e, 2) each: level beside the unit they leave, where
    their number stands.

    Those that leave or reach one unit do so one below the other, in the order of the units at their
    other ends.
    """
    ends = [_ends(edge) for edge in board.edges]
    leaving, arriving = ([pair[side] for pair in ends] for side in (0, 1))
    routes = []
    for i, (source, target) in enumerate(ends):
        down = (leaving.count(source) - 1) / 2 - leaving[:i].count(source)
        down_there = (arriving.count(target) - 1) / 2 - arriving[:i].count(target)
        x, y = at[source][0] + SIZES[source[0]][0] / 2, at[source][1] + LEAVING * down
        run = RUN if board.edges[i][0] != "to L" else 0
        last = at[target][0] - SIZES[target[0]][0] / 2, at[target][1] + ARRIVING * down_there
        routes.append([(x, y), (x + run, y), last])
    return np.array(routes).transpose(1, 0, 2)


def _looks(name, looks):
    """The fields of a layer whose items look as the table says."""
    return {"styles": looks, "style": f"{name}_looks[frame]"}


def _columns(places):
    return [column.tolist() for column in np.asarray(places, float).T]
