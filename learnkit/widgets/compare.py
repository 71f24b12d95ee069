"""Several runs at once: learning rates or optimizers, side by side on one curve or surface."""

import numpy as np

from learnkit.landscapes import Surface
from learnkit.widgets.ground import as_landscape, draw, lowest, measure, named, on, seen
from learnkit.widgets.player import Player
from learnkit.widgets.scene import GROUPS

SIGNS = "●▲■◆★"  # the shapes of GROUPS, for the readouts


def compare_runs(runs, landscape="hills", log=False, low=-3.0, high=3.0):
    """Up to five runs at once, each with a ball of its own shape, beside their loss against the step.

    runs: {name: positions}, (steps + 1,) on a curve and (steps + 1, 2) on a surface; see make_runs.
    landscape: a name from learnkit.landscapes, a Curve or Surface, or a function of x or of (x, y), looked at
    from `low` to `high`. log: show the height above the lowest point on a logarithmic scale.
    Raises ValueError if there are no runs or more than five, or if they do not fit the landscape.
    `.arrays` holds path{i} for run i, loss (runs, steps + 1), and leader: at each step the run that is lowest.
    """
    ground = as_landscape(landscape, low, high)
    runs = {str(name): np.asarray(positions, float) for name, positions in runs.items()}
    _check(runs, ground)
    length = max(map(len, runs.values()))
    paths = [np.concatenate([run, np.repeat(run[-1:], length - len(run), axis=0)]) for run in runs.values()]
    floor = measure(ground, np.array(lowest(ground)))[0] if log else 0
    with np.errstate(all="ignore"):
        losses = np.array([np.nan_to_num(measure(ground, path)[0] - floor, nan=np.inf) for path in paths])
    losses = np.minimum(losses, 1e9)
    arrays, panel = draw(ground)
    alike = np.isclose(losses.min(axis=0), losses.max(axis=0))
    plotted = np.log10(np.maximum(losses, 1e-30)) if log else losses
    table = arrays | {f"path{i}": seen(ground, path) for i, path in enumerate(paths)}
    table |= {"loss": losses, "plotted": plotted, "low": losses.min(axis=0), "high": losses.max(axis=0)}
    table |= {"leader": np.where(alike, len(runs), losses.argmin(axis=0)), "steps": np.arange(length)}
    return Player(_scene(panel, ground, list(runs), plotted, log), table)


def _check(runs, ground):
    if not 1 <= len(runs) <= len(GROUPS):
        raise ValueError(f"compare_runs draws one to {len(GROUPS)} runs; this is {len(runs)}.")
    wanted = "(steps, 2)" if isinstance(ground, Surface) else "(steps,)"
    for name, run in runs.items():
        if run.ndim != 1 + isinstance(ground, Surface) or (run.ndim == 2 and run.shape[1] != 2) or not len(run):
            raise ValueError(f"The run {name!r} has shape {run.shape}; positions on this landscape are {wanted}.")


def _reach(lines, log):
    """The ends of an axis that shows every run from its start, but not where a diverging one ends."""
    top = lines[:, 0].max()
    if log:
        return [max(np.floor(lines.min()), np.floor(top) - 8), np.ceil(top + 0.3)]
    room = 0.1 * (top - lines.min()) or 1
    return [lines.min() - room, top + room]


def _label_places(lines, low, high):
    """For each run a step at which its line is far from the others, and whether its name goes above it there."""
    lines = np.clip((lines - low) / (high - low), 0, 1)
    steps = np.arange(lines.shape[1])
    places = []
    for i, line in enumerate(lines):
        others = np.delete(lines, i, axis=0)
        free = np.abs(others - line).min(axis=0, initial=0.3) - 0.5 * ((line > 0.94) | (line < 0.06))
        for step, height, _ in places:  # a name is about a third of the picture wide
            free -= (np.abs(steps - step) < len(steps) / 3) & (np.abs(line - height) < 0.1)
        step = int(np.argmax(free[: max(1, int(0.7 * len(steps)))]))
        gaps = np.append(others[:, step] - line[step], [2, -1])
        places.append((step, line[step], gaps[gaps > 0].min() > -gaps[gaps <= 0].max()))
    return places


def _power(k):
    return "1" if k == 0 else "10" + f"{k:.0f}".translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))


def _layers(ground, names, lines, low, high):
    """What is drawn on the landscape and what beside it."""
    trails, balls, beside = [], [], []
    for i, (name, (step, _, above)) in enumerate(zip(names, _label_places(lines, low, high))):
        look = GROUPS[i]
        trail = (
            {"draw": "curve", "width": 1.5, "dots": True}
            if isinstance(ground, Surface)
            else {"draw": "dots", "size": 2.6, "width": 0}
        )
        trails.append({**look, **trail, "at": on(ground, f"path{i}[:frame+1]")})
        balls.append({"draw": "dots", "at": on(ground, f"path{i}[~frame]"), "size": 8, "off": name, **look})
        text = {"draw": "text", "text": name, "dx": 6, "dy": -13 if above else 13, **look}
        beside += [
            {"draw": "curve", "at": ["steps", f"plotted[{i}]"], "width": 1.6, **look},
            {"draw": "dots", "at": ["frame", f"plotted[{i}, ~frame]"], "size": 7, **look},
            {**text, "at": [step, f"plotted[{i}, {step}]"]},
        ]
    return trails + balls, beside


def _scene(panel, ground, names, lines, log):
    what, spec = ("height above the lowest point", ".1e") if log else ("height", ".2f")
    (low, high), last = _reach(lines, log), lines.shape[1] - 1
    over, beside = _layers(ground, names, lines, low, high)
    y = {"label": what, "range": [low, high]}
    if log:
        y["ticks"] = [[k, _power(k)] for k in np.arange(low, high + 1, 1 if high - low < 7 else 2)]
    said = ", ".join(f"{name} {{now{i}:{spec}}}" for i, name in enumerate(names))
    return {
        "values": {
            **{f"now{i}": f"loss[{i}, frame]" for i in range(len(names))},
            "least": "low[frame]",
            "most": "high[frame]",
            "first": {"words": [*names, "no run"], "code": "leader[frame]"},
        },
        "controls": [{"name": "frame", "label": "step", "frames": last + 1, "fps": max(4, last / 8)}],
        "panels": [
            {
                **panel,
                "title": "After {frame} steps {first} is lowest",
                "aspect": 1.2,
                "basis": 280,
                "layers": panel["layers"] + over,
            },
            {
                "title": f"Heights reach from {{least:{spec}}} to {{most:{spec}}}",
                "x": {"label": "step", "range": [0, last]},
                "y": y,
                "aspect": 1.2,
                "basis": 280,
                "layers": beside,
            },
        ],
        "readouts": [{"label": f"{SIGNS[i]} {name}", "text": f"{{now{i}:{spec}}}"} for i, name in enumerate(names)],
        "status": f"Step {{frame}}, {what}: {said}.",
        "description": f"{len(names)} runs on {named(ground)}; {what} after {{frame}} steps: {said}.",
        "picture": {"frame": last},
    }
