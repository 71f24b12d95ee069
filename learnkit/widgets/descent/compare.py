"""Several runs at once: learning rates or optimizers, side by side on one curve or surface."""

import numpy as np

from learnkit.landscapes import Surface
from learnkit.painter.expressions import plain
from learnkit.painter.player import Player
from learnkit.painter.scene import (
    GROUPS,
    Axis,
    Coded,
    Curve,
    Dots,
    Frames,
    Panel,
    Readout,
    Scene,
    Text,
)
from learnkit.painter.texts import counted, spec
from learnkit.widgets.descent.ground import (
    as_landscape,
    capped,
    drawable_positions,
    formula_of,
    heights_and_slopes,
    landscape_layers,
    largest_height,
    lowest_place,
    scene_place,
    step_axis,
    steps_in_words,
)

FORMS = (".2f", ".3f", ".1e")
SIGNS = "●▲■◆★"  # the shapes of GROUPS, for the readouts


def compare_runs(runs, landscape="hills", log=False, low=-3.0, high=3.0):
    """Up to five runs at once, each with a ball of its own shape, beside their loss against the
    step.

    runs: {name: positions}, (steps + 1,) on a curve and (steps + 1, 2) on a surface; see make_runs.
    landscape: a name from learnkit.landscapes, a Curve or Surface, or a function of x or of (x, y),
    looked at from `low` to `high`. log: show the height above the lowest point on a logarithmic
    scale. Raises ValueError if there are no runs or more than five, or if they do not fit the
    landscape. `.arrays` holds path{i} for run i, loss (runs, steps + 1), between ∓1e9, told, the
    same but infinite where it is no longer readable, and leader: at each step the run that is
    lowest.
    """
    ground = as_landscape(landscape, low, high)
    runs = _checked(runs, ground)
    length = max(map(len, runs.values()))
    paths = [
        np.concatenate([run, np.repeat(run[-1:], length - len(run), axis=0)])
        for run in runs.values()
    ]
    floor = heights_and_slopes(ground, np.array(lowest_place(ground)))[0] if log else 0
    with np.errstate(all="ignore"):
        losses = np.array(
            [
                np.nan_to_num(heights_and_slopes(ground, path)[0] - floor, nan=np.inf)
                for path in paths
            ]
        )
    large, bounded = largest_height(ground), np.clip(losses, -1e9, 1e9)
    plotted = np.log10(np.maximum(bounded, 1e-30)) if log else bounded
    arrays, axes, layers = landscape_layers(ground)
    table = arrays | {f"path{i}": drawable_positions(ground, path) for i, path in enumerate(paths)}
    table |= (
        {"plotted": plotted, "steps": np.arange(length)}
        | {"loss": bounded}
        | steps_in_words(length - 1)[0]
    )
    table |= _told(losses, large)
    return Player(_scene(axes, layers, ground, list(runs), plotted, log), table)


def _told(losses, size):
    """What the texts say at each step: the heights, the form they take, and who leads."""
    lowest, highest = losses.min(axis=0), losses.max(axis=0)
    alike = np.isclose(lowest, highest, atol=1e-8 * min(size, 1))
    told = capped(losses)
    return {
        "told": told,
        "form": _forms(told),
        "leader": np.where(alike, len(losses), losses.argmin(axis=0)),
    }


def _forms(numbers):
    """Which of FORMS suits each number."""
    return np.select([np.abs(numbers) >= 0.1, np.abs(numbers) >= 0.01, numbers == 0], [0, 1, 0], 2)


def _checked(runs, ground):
    if not hasattr(runs, "items"):
        raise TypeError(
            f"compare_runs takes {{name: positions}}, as make_runs returns it; this is {runs!r}."
        )
    if not 1 <= len(runs) <= len(GROUPS):
        raise ValueError(f"compare_runs draws one to {len(GROUPS)} runs; this is {len(runs)}.")
    runs = {str(name): np.asarray(positions, float) for name, positions in runs.items()}
    wanted = "(steps + 1, 2)" if isinstance(ground, Surface) else "(steps + 1,)"
    for name, run in runs.items():
        if (
            run.ndim != 1 + isinstance(ground, Surface)
            or (run.ndim == 2 and run.shape[1] != 2)
            or len(run) < 2
        ):
            raise ValueError(
                f"The run {name!r} has shape {run.shape}; on this landscape it is {wanted}, with "
                "one step at least."
            )
    return runs


def _reach(lines, log, least):
    """The ends of an axis that shows every run from its start, but not where a diverging one
    ends.
    """
    top = lines[:, 0].max()
    if log:
        return [max(np.floor(lines.min()), np.floor(top) - 8), np.ceil(top + 0.3)]
    bottom = max(lines.min(), least)
    room = 0.1 * abs(top - bottom) or 1
    return [bottom - room, top + room]


def _label_places(lines, low, high):
    """For each run a step at which its line is far from the others, and whether its name goes
    above it there.
    """
    lines = np.clip((lines - low) / (high - low), 0, 1)
    steps = np.arange(lines.shape[1])
    places = []
    for i, line in enumerate(lines):
        others = np.delete(lines, i, axis=0)
        free = np.abs(others - line).min(axis=0, initial=0.3)
        # a name must be free as far as it reaches
        wide = np.pad(free, (0, len(steps) // 8), mode="edge")
        free = np.lib.stride_tricks.sliding_window_view(wide, len(steps) // 8 + 1).min(axis=-1)
        free = free - 5 * ((line > 0.94) | (line < 0.06))
        for step, height, _ in places:  # a name is about a third of the picture wide
            free -= (np.abs(steps - step) < len(steps) / 3) & (np.abs(line - height) < 0.1)
        step = int(np.argmax(free[: max(1, int(0.7 * len(steps)))]))
        gaps = np.append(others[:, step] - line[step], [2, -1])
        places.append((step, line[step], gaps[gaps > 0].min() > -gaps[gaps <= 0].max()))
    return places


def _power(k):
    return (
        "1" if k == 0 else "10" + f"{k:.0f}".translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
    )


def _layers(ground, names, lines, low, high):
    """What is drawn on the landscape and what beside it; balls in one place are seen around one
    another.
    """
    trails, balls, beside, words = [], [], [], []
    for i, (name, (step, _, above)) in enumerate(zip(names, _label_places(lines, low, high))):
        look, large = GROUPS[i], 1.6 * (len(names) - 1 - i)
        colour, shape, name = look.colour, look.shape, plain(name)
        trails.append(_trail(ground, i, look))
        at = scene_place(ground, f"path{i}[~frame]")
        balls.append(Dots(at=at, colour=colour, shape=shape, size=7 + large, off=name))
        now = ["frame", f"plotted[{i}, ~frame]"]
        beside.append(Curve(at=["steps", f"plotted[{i}]"], width=1.6, colour=colour))
        beside.append(Dots(at=now, colour=colour, shape=shape, size=6 + large))
        place, dy = [step, f"plotted[{i}, {step}]"], -13 if above else 13
        words.append(Text(at=place, text=name, colour=colour, dx=6, dy=dy))
    return trails + balls, beside + words


def _trail(ground, i, look):
    """Where a run has been: a line on a surface, its places alone on a curve."""
    at = scene_place(ground, f"path{i}[:frame+1]")
    if isinstance(ground, Surface):
        return Curve(at=at, colour=look.colour, width=1.5, dots=True)
    return Dots(at=at, colour=look.colour, shape=look.shape, size=2.6, width=0)


def _scene(axes, layers, ground, names, lines, log):
    what = "height above the lowest point" if log else "height"
    forms = FORMS if log else (spec(largest_height(ground)),) * 3
    reach, last = _reach(lines, log, -1.5 * largest_height(ground)), lines.shape[1] - 1
    over, beside = _layers(ground, names, lines, *reach)
    look = {"aspect": 1.2, "basis": 280}
    y = Axis(label=what, range=reach, ticks=_powers(*reach) if log else None)
    said = ", ".join(f"{{now{i}}} for {plain(name)}" for i, name in enumerate(names))
    return Scene(
        values=_values(names, forms, what) | steps_in_words(last)[1],
        controls=[Frames(name="frame", label="step", frames=last + 1, fps=max(4, last / 8))],
        panels=[
            Panel(title="Step {frame}: {first}", layers=layers + over, **axes, **look),
            Panel(title="{ends}", x=step_axis(last), y=y, layers=beside, **look),
        ],
        readouts=[
            Readout(label=f"{SIGNS[i]} {name}:", text=f"{{now{i}}}") for i, name in enumerate(names)
        ],
        status=f"Step {{frame}}, {what}: {said}.",
        description=(
            f"{counted(len(names), 'run')} on {plain(formula_of(ground))}; {what} after {{after}}: "
            f"{said}."
        ),
        picture={"frame": last},
    )


def _powers(low, high):
    """Ticks of a logarithmic scale from 10^low to 10^high."""
    return [[k, _power(k)] for k in np.arange(low, high + 1, 1 if high - low < 7 else 2)]


def _values(names, forms, what):
    """For each run its height as it is told, who leads, and by how much."""
    values = {}
    for i in range(len(names)):
        values[f"height{i}"] = f"told[{i}, frame]"
        words = [f"{{height{i}:{form}}}" for form in forms]
        values[f"now{i}"] = Coded(words=words, code=f"form[{i}, frame]")
    names = [plain(name) for name in names]
    alike = "all are equally low" if len(names) > 1 else f"{names[0]} is alone"
    first = [f"{name} is lowest" for name in names] + [alike]
    values["first"] = Coded(words=first, code="leader[frame]")
    ends = [f"The lowest stands at {{now{i}}}" for i in range(len(names))]
    ends += [f"{what[0].upper()}{what[1:]} {{now0}}" if len(names) == 1 else "All stand at {now0}"]
    values["ends"] = Coded(words=ends, code="leader[frame]")
    return values
