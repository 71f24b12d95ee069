"""Contour descent: drop a ball anywhere on a contour plot, and see why its path curves."""

import numpy as np

from learnkit.landscapes import Surface
from learnkit.widgets.ground import as_landscape, draw, measure, named, seen
from learnkit.widgets.live import LivePlayer
from learnkit.widgets.runs import descend

RATES = (0.02, 0.1, 0.45, 0.52)
STARTS = 7  # along each axis


def contour_descent(surface="long bowl", start=None, rates=RATES, rate=0.1, steps=20, low=-3.0, high=3.0):
    """A ball dropped on a contour plot by a click, and its descent, step by step, across the contour lines.

    surface: a name from learnkit.landscapes.SURFACES, a Surface, or a function of NumPy arrays x and y, looked at
    from `low` to `high`. start: (x, y) of the first drop. rates: learning rates to choose from; rate: the first.
    steps: updates in a run. Without a kernel the ball drops at the nearest of 7 × 7 starts.
    Raises ValueError if `surface` is a curve.
    `.arrays` holds, for these starts, place (x, y, rates, steps + 1, 2) and at each of their points height,
    steepness (length of the gradient) and angle (degrees between the step and the way to the lowest point).
    """
    landscape = as_landscape(surface, low, high)
    if not isinstance(landscape, Surface):
        raise ValueError("contour_descent draws functions of x and y; for a function of x take roll_downhill.")
    grid = np.linspace(*landscape.range, STARTS + 2)[1:-1]
    starts = np.stack(np.meshgrid(grid, grid, indexing="ij"), axis=-1)[:, :, None]
    ground, panel = draw(landscape)
    table = ground | _short(landscape, follow(landscape, starts, rates, steps))
    first = landscape.start if start is None else start
    scene = _scene(panel, landscape, grid, first, rates, rate, steps)
    return LivePlayer(scene, table, _answer(landscape, steps))


def _answer(landscape, steps):
    """What Python says to a change: the exact run from where the last click was, until a start is set by hand."""
    dropped = {}

    def answer(values, click):
        grid = values["x0"], values["y0"]
        if click:
            dropped.update(grid=grid, place=click)
        place = np.array(dropped["place"] if dropped.get("grid") == grid else grid)
        run = {f"{name}_run": numbers for name, numbers in follow(landscape, place, values["rate"], steps).items()}
        run["place_run"] = seen(landscape, run["place_run"], parts=1e9)
        return run | {"x0": place[0], "y0": place[1]}

    return answer


def follow(landscape, starts, rates, steps):
    """Runs of gradient descent with what the readouts say at each of their points; starts: (..., 2)."""
    runs = descend(landscape, starts, rates, steps)
    with np.errstate(all="ignore"):
        height, slope = measure(landscape, runs)
        steepness, way = np.linalg.norm(slope, axis=-1), landscape.minimum - runs
        cosine = (-slope * way).sum(axis=-1) / (steepness * np.linalg.norm(way, axis=-1))
        angle = np.where(steepness > 1e-4, np.degrees(np.arccos(np.clip(cosine, -1, 1))), np.nan)
    return {"place": runs, "height": height, "steepness": steepness, "angle": angle}


def _short(landscape, table):
    """The table in the digits that are shown, which pack well; what overflows is infinite."""
    short = {name: np.where(np.abs(numbers) < 1e5, np.round(numbers, 2), np.inf) for name, numbers in table.items()}
    return short | {"place": seen(landscape, table["place"], 2000), "angle": np.round(table["angle"])}


def _scene(panel, landscape, grid, start, rates, rate, steps):
    ball = {"draw": "dots", "colour": "vermilion", "size": 8}
    panel["layers"] += [
        {"draw": "arrow", "from": "here", "to": "best", "head": False, "colour": "green", "dash": [5, 4]},
        {"draw": "curve", "at": "place_run[:frame+1]", "colour": "vermilion", "dots": True},
        {"draw": "arrow", "from": "here", "to": "place_run[frame+1]", "colour": "vermilion", "width": 3},
        {**ball, "at": "place_run[~frame]", "off": "out of the picture"},
    ]
    heat, _, star = panel["layers"][:3]
    heat["label"], star["label"] = "colour: height f(x, y)", "lowest point"
    angles = [
        {"draw": "curve", "at": [list(range(steps + 1)), "angle_run"], "colour": "vermilion", "dots": True},
        {**ball, "at": ["frame", "angle_now"]},
    ]
    return {
        "values": {
            **{f"{name}_run": f"{name}[x0, y0, rate]" for name in ("place", "height", "steepness", "angle")},
            **{f"{name}_now": f"{name}_run[frame]" for name in ("height", "steepness", "angle")},
            "here": "place_run[frame]",
            "x": "here[0]",
            "y": "here[1]",
        },
        "controls": [
            {"name": "rate", "label": "learning rate η", "values": rates, "start": rate},
            {"name": "x0", "label": "start at x", "values": grid, "start": start[0]},
            {"name": "y0", "label": "start at y", "values": grid, "start": start[1]},
            {"name": "frame", "label": "step", "frames": steps + 1, "fps": 3},
        ],
        "panels": [
            panel
            | {
                "title": "Each step sets out at a right angle to its contour line",
                "aspect": 1,
                "tall": 540,
                "basis": 280,
                "click": ["x0", "y0"],
            },
            {
                "title": "… and so points {angle_now:.0f}° away from the lowest point",
                "x": {"label": "step", "range": [0, steps]},
                "y": {
                    "label": "angle to the lowest point, degrees",
                    "range": [-8, 184],
                    "ticks": [0, 45, 90, 135, 180],
                },
                "aspect": 1,
                "tall": 540,
                "basis": 280,
                "layers": angles,
            },
        ],
        "readouts": [
            {"label": "step", "text": "{frame}"},
            {"label": "position", "text": "({x:.2f}, {y:.2f})"},
            {"label": "height f(x, y)", "text": "{height_now:.2f}"},
            {"label": "slope: length of the gradient", "text": "{steepness_now:.2f}"},
            {"label": "angle to the lowest point", "text": "{angle_now:.0f}°"},
        ],
        "status": "Step {frame}: ({x:.2f}, {y:.2f}), height {height_now:.2f}, slope {steepness_now:.2f}, "
        "{angle_now:.0f}° from the way to the lowest point.",
        "description": f"A ball dropped on {named(landscape)} at ({{x0}}, {{y0}}) with learning rate "
        "{rate}: after {frame} steps it is at ({x:.2f}, {y:.2f}), height {height_now:.2f}, where the slope is "
        "{steepness_now:.2f} and the next step points {angle_now:.0f}° away from the lowest point.",
        "picture": {"frame": 3},
    }
