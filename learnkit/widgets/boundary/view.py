"""The boundary between two classes while a network learns it, on points that can be moved."""

import numpy as np

from learnkit.painter.live import LivePlayer
from learnkit.painter.scene import (
    GROUPS,
    Axis,
    Curve,
    Dots,
    Frames,
    Handle,
    Heat,
    Panel,
    Readout,
    Scene,
    Slider,
    Text,
)
from learnkit.painter.shapes import contour_lines
from learnkit.widgets.boundary.frames import around, boundary_frames, points_and_classes

MOST = 40  # points
SPARES = (0, 0, 0, 1, 1, 1)  # classes of the points that wait to be added
STRIP = 0.16  # of the width of the map, where they wait
PLACES = 41  # along either axis, at which a point can be put
FINE = 64  # parts of a probability that a map tells apart
SIGNS = "●▲"


def watch_boundary(train, x, y):
    """Return the boundary of a network while it learns to tell two classes of points in the plane.

    train: a function train(x, y) that yields (step, predict) while it trains, as for
    boundary_frames; x: points (n, 2), at most 40; y: their classes (n,), 0 and 1.
    The colour is the probability of class 1, the line where it is a half. While there is a Python,
    points can be dragged, into the strip at the right to take them out and out of it to add them,
    and train is called anew: seed it inside, and keep it under half a second. Without one the
    frames of the first run play as a film.
    Raises ValueError for data or predictions that are none, TypeError if train yields none.
    """
    x, y = points_and_classes(x, y)
    if len(x) > MOST:
        raise ValueError(f"watch_boundary shows up to {MOST} points to drag; these are {len(x)}.")
    (left, right), up = around(x)
    edge, right = right, right + STRIP * (right - left)
    window = (left, right), up
    table, y = _table(boundary_frames(train, x, y, window), len(x)), np.r_[y, SPARES]
    x = np.concatenate([x, _waiting(edge, window)])
    frames = len(table["steps"])

    def answer(values, click):
        places = np.array([[values[f"x{i}"], values[f"y{i}"]] for i in range(len(y))])
        inside = places[:, 0] < edge
        if not inside.any():
            raise ValueError("no point is left to learn from")
        run = boundary_frames(train, places[inside], y[inside], window)
        return _table(run, inside.sum(), frames)

    return LivePlayer(_scene(table, x, y, edge, window), table, answer)


def _waiting(edge, window):
    """Where the spare points wait: one above the other in the strip, below its name."""
    (_, right), (low, high) = window
    heights = np.linspace(low, high, len(SPARES) + 3)[1:-2]
    return np.column_stack([np.full(len(SPARES), (edge + right) / 2), heights])


def _table(run, points, frames=None):
    """What a page needs of a run, brought to a number of frames."""
    kept = np.minimum(np.arange(frames or len(run.steps)), len(run.steps) - 1)
    x1, x2 = (np.linspace(*ends, run.maps.shape[-1]) for ends in run.window)
    lines = [np.round(contour_lines(x1, x2, run.maps[i], [0.5]), 3) for i in kept]
    longest = max(map(len, lines))
    blank = np.full((longest, 2), np.nan)
    return {
        "steps": run.steps[kept],
        "maps": np.round(run.maps[kept] * FINE) / FINE,
        "line": np.stack([np.concatenate([line, blank])[:longest] for line in lines]),
        "loss": np.round(run.loss[kept], 4),
        "right": np.round(run.right[kept] * points),
        "points": np.array([points]),
    }


def _scene(table, x, y, edge, window):
    frames = len(table["steps"])
    controls = [Frames(name="frame", label="frame", frames=frames, fps=3, lasting=True)]
    for i, place in enumerate(x):
        controls += [_slider(f"{axis}{i}", *both) for axis, *both in zip("xy", place, window)]
    told = "{right_now:.0f} of {count:.0f}"
    return Scene(
        controls=controls,
        asks=[control.name for control in controls[1:]],
        keeps=True,
        values={
            "step": "steps[frame]",
            "right_now": "right[frame]",
            "loss_now": "loss[frame]",
            "count": "points[0]",
        },
        panels=[_map(x, y, edge, window), _curve(table)],
        readouts=[
            Readout(label="step of training", text="{step:.0f}"),
            Readout(label="loss: mean cross-entropy, nats", text="{loss_now:.3f}"),
            Readout(label="points on their own side", text=told),
        ],
        status=f"Step {{step:.0f}}: loss {{loss_now:.3f}}, {told} points on their own side.",
        description=(
            f"A network learns to tell {np.sum(y[:-6] == 0)} {SIGNS[0]} from "
            f"{np.sum(y[:-6] == 1)} {SIGNS[1]} in {frames} frames: at step {{step:.0f}} {told} "
            "points are on their own side of its boundary."
        ),
        picture={"frame": frames - 1},
    )


def _slider(name, start, ends):
    """A hidden control for one coordinate of a point, which a handle moves."""
    values = np.linspace(*ends, PLACES + 2)[1:-1].round(3)
    values = np.unique(np.r_[values, round(float(start), 6)])
    number = int(name[1:]) + 1
    label = f"point {number}, {'across' if name[0] == 'x' else 'up'}"
    return Slider(name=name, label=label, values=values, start=start, hidden=True)


def _map(x, y, edge, window):
    layers = [
        Heat(
            z="maps[frame]",
            levels=np.linspace(0, 1, 11),
            label=f"colour: probability of {SIGNS[1]}",
        ),
        Curve(at="line[frame]", colour="ink", width=3, halo=True),
        Curve(at=[[edge, edge], list(window[1])], colour="ink", width=1.5, dash=[4, 4], halo=True),
        Text(at=[[(edge + window[0][1]) / 2], [window[1][1]]], text="spare", dy=14, align="center"),
    ]
    for i, label in enumerate(y):
        look = GROUPS[label]
        layers.append(Dots(at=[f"x{i}", f"y{i}"], colour=look.colour, shape=look.shape, size=7))
    handles = [
        Handle(
            at=[f"x{i}", f"y{i}"],
            sets=[f"x{i}", f"y{i}"],
            label=f"{'spare ' * (i >= len(y) - len(SPARES))}point {i + 1}, {SIGNS[label]}",
            quiet=True,
            live=True,
        )
        for i, label in enumerate(y)
    ]
    return Panel(
        title="Step {step:.0f}: {right_now:.0f} of {count:.0f} points on their own side",
        caption="The line is where the probability is a half. While Python runs, drag the points: "
        "the network learns anew. Those right of the dashed line do not count.",
        x=Axis(label="x₁", range=window[0]),
        y=Axis(label="x₂", range=window[1]),
        layers=layers,
        handles=handles,
        aspect=1.25,
        tall=380,
    )


def _curve(table):
    last = max(1.0, float(table["steps"][-1]))
    top = max(0.8, 1.1 * float(table["loss"].max()))
    so_far = ["steps[:frame+1]", "loss[:frame+1]"]
    return Panel(
        title="Loss so far: {loss_now:.3f}",
        x=Axis(label="step of training", range=[0, 1.03 * last]),
        y=Axis(label="loss, nats", range=[0, top]),
        layers=[
            Curve(at=so_far, colour="blue", dots=True),
            Dots(at=["step", "loss_now"], colour="blue", size=7),
        ],
        aspect=1.25,
        tall=380,
    )
