"""Loss surfaces: a landscape in 3-D to turn and descend, and the surface behind the fit of a line."""

import numpy as np

from learnkit.landscapes import Curve
from learnkit.widgets.descent import REGIMES, VERDICTS, regime
from learnkit.widgets.ground import as_landscape, fine, seen
from learnkit.widgets.player import Player
from learnkit.widgets.runs import descend
from learnkit.widgets.shapes import contour_lines

LANDSCAPES = ("two basins", "winding valley", "dimples", "three wells")
RATES = np.array([0.01, *np.arange(1, 31) * 0.02])
CELLS = 37


def descend_landscape(f=None, low=-3.0, high=3.0, rate=0.1, steps=40):
    """A ball that descends a loss landscape in 3-D, which you turn by dragging or with the arrow keys.

    f: a function of x and y, looked at from `low` to `high`, a name from learnkit.landscapes.SURFACES or a
    Surface; if left out, four landscapes to choose from. rate: learning rate η. steps: updates in a run.
    Raises ValueError if f is a curve.
    `.arrays` holds heights (landscapes, ny, nx), runs (landscapes, rates, steps + 1, 2), their losses, codes
    of REGIMES, and the lowest points.
    """
    names = list(LANDSCAPES) if f is None else [f if isinstance(f, str) else "yours"]
    grounds = [as_landscape(name) for name in names] if f is None else [as_landscape(f, low, high)]
    if isinstance(grounds[0], Curve):
        raise ValueError("descend_landscape draws functions of x and y; for a function of x take roll_downhill.")
    rows = [_ground_table(ground, steps) for ground in grounds]
    table = {key: np.stack([row[key] for row in rows]) for key in rows[0]} | {"steps": np.arange(steps + 1)}
    return Player(_landscape_scene(table, names, *grounds[0].range, rate, steps), table)


def _ground_table(ground, steps):
    low, high = ground.range
    heights = ground.function(*np.meshgrid(*[np.linspace(low, high, CELLS)] * 2))
    runs = descend(ground, ground.start, RATES, steps)
    losses = ground.function(*np.moveaxis(seen(ground, runs), -1, 0))
    return {
        "heights": fine(heights, np.ptp(heights)),
        "runs": seen(ground, runs),
        "losses": fine(losses, 1),
        "codes": regime(runs, low, high),
        "lowest": np.array(ground.minimum),
        "span": np.array([heights.min() - 0.1, heights.max()]),
        "levels": np.quantile(heights, np.linspace(0, 1, 12)),
    }


def _landscape_scene(table, names, low, high, rate, steps):
    choice = {"name": "landscape", "label": "landscape", "options": list(names)}
    which = "landscape" if len(names) > 1 else "0"
    path = f"runs[{which}, rate, :frame+1]"
    return {
        "values": {
            "place": f"runs[{which}, rate, frame]",
            "x": "place[0]",
            "y": "place[1]",
            "loss": f"losses[{which}, rate, frame]",
            "bottom": f"span[{which}, 0]",
            "tall": f"span[{which}]",
            "regime": {"words": REGIMES, "code": f"codes[{which}, rate]"},
            "verdict": {"words": VERDICTS, "code": f"codes[{which}, rate]"},
        },
        "controls": [
            *([choice] if len(names) > 1 else []),
            {"name": "rate", "label": "learning rate η", "values": RATES, "start": rate},
            {"name": "frame", "label": "step", "frames": steps + 1, "fps": 5},
        ],
        "panels": [
            {
                "title": "η = {rate}: {verdict}",
                "x": {"label": "x", "range": [low, high]},
                "y": {"label": "y", "range": [low, high]},
                "z": {"label": "loss", "range": "tall"},
                "aspect": 1.35,
                "basis": 310,
                "camera": {"azimuth": 0.5, "elevation": 0.75},
                "layers": [
                    {
                        "draw": "surface",
                        "z": f"heights[{which}]",
                        "levels": f"levels[{which}]",
                        "label": "loss",
                    },
                    {
                        "draw": "dots",
                        "at": f"lowest[{which}]",
                        "shape": "star",
                        "colour": "green",
                        "size": 8,
                        "label": "lowest point",
                    },
                    {"draw": "curve", "at": path, "colour": "vermilion", "width": 2.2, "dots": True},
                    {
                        "draw": "dots",
                        "at": f"runs[{which}, rate, ~frame]",
                        "colour": "vermilion",
                        "size": 8,
                        "off": "out of the picture",
                    },
                ],
            },
            {
                "title": "Loss after each step: {loss:.2f} after {frame}",
                "x": {"label": "step", "range": [0, steps]},
                "y": {"label": "loss", "range": "tall"},
                "aspect": 1.35,
                "basis": 250,
                "layers": [
                    {
                        "draw": "curve",
                        "at": ["steps", f"losses[{which}, rate]"],
                        "colour": "faint",
                        "width": 1.5,
                    },
                    {
                        "draw": "curve",
                        "at": ["steps[:frame+1]", f"losses[{which}, rate, :frame+1]"],
                        "colour": "vermilion",
                        "width": 2,
                        "dots": True,
                    },
                    {"draw": "dots", "at": ["frame", "loss"], "colour": "vermilion", "size": 6},
                ],
            },
        ],
        "readouts": [
            {"label": "step", "text": "{frame}"},
            {"label": "x", "text": "{x:.2f}"},
            {"label": "y", "text": "{y:.2f}"},
            {"label": "loss f(x, y)", "text": "{loss:.2f}"},
            {"label": "this run is", "text": "{regime}"},
        ],
        "status": "Step {frame}: x = {x:.2f}, y = {y:.2f}, loss {loss:.2f}; the run is {regime}.",
        "description": "Gradient descent with learning rate {rate} on a loss landscape"
        + (", {landscape}" if len(names) > 1 else "")
        + ": after {frame} steps x = {x:.2f}, y = {y:.2f} and the loss is {loss:.2f}; the run is {regime}.",
        "picture": {"frame": steps},
    }


def explore_loss(x=None, y=None, weights=None, biases=None, names=("x", "y")):
    """The fit of a line beside the surface of its loss: move weight and bias, or click the surface.

    x, y: data, arrays of one length; eight made-up points if left out. weights, biases: evenly spaced values
    to choose from; around the best fit if left out. names: of the data's two axes.
    `.arrays` holds losses (biases, weights), which are mean squared errors, their gradients (biases, weights,
    2), the lines fits (biases, weights, 2, 2) and the data.
    """
    if x is None:
        x = np.array([0.2, 0.6, 0.9, 1.4, 1.7, 2.1, 2.6, 2.9])
        y = 1.1 * x + 0.6 + np.array([0.25, -0.3, 0.1, 0.35, -0.4, -0.1, 0.3, -0.2])
    x, y = np.asarray(x, float), np.asarray(y, float)
    best, intercept = np.polyfit(x, y, 1)
    weights = np.asarray(weights if weights is not None else _around(best, np.std(y) / np.std(x)))
    biases = np.asarray(biases if biases is not None else _around(intercept, np.std(y) / np.std(x)))
    table = _fits(x, y, weights, biases) | {"best": np.array([best, intercept])}
    return Player(_fit_scene(table, weights, biases, names), table)


def _around(middle, reach, count=41):
    return np.round(np.linspace(middle - 1.8 * reach, middle + 1.8 * reach, count), 3)


def _fits(x, y, weights, biases):
    """On the grid of biases and weights: the loss, the tip of an arrow down its gradient, and the line."""
    w, b = np.meshgrid(weights, biases)
    errors = w[..., None] * x + b[..., None] - y
    losses = (errors**2).mean(axis=-1)
    downhill = -np.stack([2 * (errors * x).mean(axis=-1), 2 * errors.mean(axis=-1)], axis=-1)
    steep = np.linalg.norm(downhill, axis=-1, keepdims=True)
    reach = min(np.ptp(weights), np.ptp(biases))
    arrows = 0.25 * reach * downhill / (steep + np.median(steep) / 2)  # longer where it is steeper
    ends = np.array([x.min(), x.max()]) + 0.06 * np.ptp(x) * np.array([-1, 1])
    lines = np.stack(np.broadcast_arrays(ends, w[..., None] * ends + b[..., None]), axis=-1)
    levels = losses.min() + np.ptp(losses) * np.linspace(0, 1, 12) ** 2
    return {
        "losses": losses,
        "gradients": fine(-downhill, steep.max(), 10_000),
        "tips": fine(np.stack([w, b], axis=-1) + arrows, reach),
        "fits": fine(lines, min(np.ptp(x), np.ptp(y)), 1000),
        "x": x,
        "y": y,
        "levels": levels,
        "contours": contour_lines(weights, biases, losses, levels[1:-1]),
    }


def _fit_scene(table, weights, biases, names):
    x, y = table["x"], table["y"]
    room = 0.5 * np.ptp(y)
    here = ["weight", "bias"]
    return {
        "values": {
            "loss": "losses[bias, weight]",
            "line": "fits[bias, weight]",
            "predicted": "line(x)",
            "slope_w": "gradients[bias, weight, 0]",
            "slope_b": "gradients[bias, weight, 1]",
        },
        "controls": [
            {"name": "weight", "label": "weight w", "values": weights, "start": weights[len(weights) * 3 // 10]},
            {"name": "bias", "label": "bias b", "values": biases, "start": biases[len(biases) * 3 // 4]},
        ],
        "panels": [
            {
                "title": "The line ŷ = {weight}·x {bias:+.2f} on the data",
                "x": {"label": names[0], "range": [x.min() - 0.06 * np.ptp(x), x.max() + 0.06 * np.ptp(x)]},
                "y": {"label": names[1], "range": [y.min() - room, y.max() + room]},
                "aspect": 1.15,
                "basis": 270,
                "layers": [
                    {
                        "draw": "arrow",
                        "from": ["x", "y"],
                        "to": ["x", "predicted"],
                        "head": False,
                        "colour": "orange",
                        "width": 1.6,
                    },
                    {"draw": "curve", "at": "line", "colour": "blue", "width": 3},
                    {"draw": "dots", "at": ["x", "y"], "size": 5},
                ],
            },
            {
                "title": "Its loss is {loss:.3f}: the height of the surface here",
                "x": {"label": "weight w", "range": [weights[0], weights[-1]]},
                "y": {"label": "bias b", "range": [biases[0], biases[-1]]},
                "aspect": 1.15,
                "basis": 270,
                "click": ["weight", "bias"],
                "layers": [
                    {
                        "draw": "heat",
                        "z": "losses",
                        "levels": table["levels"].tolist(),
                        "label": "colour: height of the loss, the mean squared error",
                    },
                    {
                        "draw": "curve",
                        "at": "contours",
                        "colour": "paper",
                        "width": 0.8,
                        "alpha": 0.7,
                        "halo": False,
                    },
                    {
                        "draw": "dots",
                        "at": "best",
                        "shape": "star",
                        "colour": "green",
                        "size": 8,
                        "label": "lowest",
                    },
                    {
                        "draw": "arrow",
                        "from": here,
                        "to": "tips[bias, weight]",
                        "colour": "vermilion",
                        "width": 3,
                        "label": "steepest descent",
                    },
                    {"draw": "dots", "at": here, "colour": "vermilion", "size": 8},
                ],
            },
        ],
        "readouts": [
            {"label": "loss (mean squared error)", "text": "{loss:.3f}"},
            {"label": "∂loss/∂w", "text": "{slope_w:+.2f}"},
            {"label": "∂loss/∂b", "text": "{slope_b:+.2f}"},
        ],
        "status": "Weight {weight}, bias {bias}: the loss is {loss:.3f}.",
        "description": f"A line through {len(x)} points beside the surface of its loss: at weight {{weight}} "
        "and bias {bias} the mean squared error is {loss:.3f}; the lowest is "
        f"{table['losses'].min():.3f} at weight {table['best'][0]:.2f} and bias {table['best'][1]:.2f}.",
    }
