"""Several runs at once: learning rates or optimizers, side by side on one curve or surface."""

import numpy as np

from learnkit.landscapes import Surface
from learnkit.painter.expressions import plain
from learnkit.painter.numbers import whole_ticks
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
    steps_in_words,
)

FORMS = (".2f", ".3f", ".1e")
SIGNS = "●▲■◆★"  # the shapes of GROUPS, for readouts and names
MOST = 1000  # steps of a run


def compare_runs(runs, landscape="hills", log=False, low=-3.0, high=3.0):
    """Up to five runs at once, each with a ball of its own shape, beside their loss against the
    step.

    runs: {name: positions}, (steps + 1,) on a curve and (steps + 1, 2) on a surface; see make_runs.
    landscape: a name from learnkit.landscapes, a Curve or Surface, or a function of x or of (x, y),
    looked at from `low` to `high`. log: show the height above the lowest point on a logarithmic
    scale. Raises ValueError if there are no runs or more than five, if one has more than 1,000
    steps, or if they do not fit the landscape. `.arrays` holds path{i} for run i, loss (runs, steps
    + 1), between ∓1e9, told, the same but as high as it is, and leader: at each step the run that
    is lowest.
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
        losses = np.array([heights_and_slopes(ground, path)[0] - floor for path in paths])
    arrays, axes, layers = landscape_layers(ground)
    table = arrays | {f"path{i}": drawable_positions(ground, path) for i, path in enumerate(paths)}
    table |= (
        {"steps": np.arange(length)}
        | steps_in_words(length - 1)[0]
        | _told(losses, largest_height(ground))
    )
    table["loss"] = np.clip(np.nan_to_num(losses, nan=np.inf), -1e9, 1e9)
    table["plotted"] = np.log10(np.maximum(table["loss"], 1e-30)) if log else table["loss"]
    reach = _reach(table["plotted"], log, -1.5 * largest_height(ground))
    table["marked"] = np.clip(table["plotted"], *reach)
    table["past"] = np.select([table["plotted"] > reach[1], table["plotted"] < reach[0]], [1, 2], 0)
    return Player(_scene(axes, layers, ground, list(runs), length - 1, reach, log), table)


def _told(losses, size):
    """What the texts say at each step: the heights, the form they take, and who leads."""
    told = capped(losses)
    losses = np.nan_to_num(losses, nan=np.inf)  # of a run that overflowed
    lowest, highest = losses.min(axis=0), losses.max(axis=0)
    alike = np.isclose(lowest, highest, atol=1e-8 * min(size, 1))
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
    if len({str(name) for name in runs}) < len(runs):
        raise ValueError("Two of these runs have one name; give each its own.")
    return {str(name): _positions(name, run, ground) for name, run in runs.items()}


def _positions(name, run, ground):
    """A run as an array, judged by its length before anything else."""
    try:
        steps = len(run) - 1
    except TypeError:
        raise TypeError(f"The run {name!r} is a list of positions, not {run!r:.60}.") from None
    if steps > MOST:
        raise ValueError(
            f"compare_runs shows {MOST:,} steps at most; the run {name!r} has {steps:,}: take some "
            f"of its positions, such as run[::{-(-steps // MOST)}]."
        )
    try:
        run = np.asarray(run, float)
    except (TypeError, ValueError):
        raise ValueError(f"The positions of the run {name!r} are not all numbers.") from None
    flat = isinstance(ground, Surface)
    if run.ndim != 1 + flat or run.shape[1:] != (2,) * flat or steps < 1:
        wanted = "(steps + 1, 2)" if flat else "(steps + 1,)"
        raise ValueError(
            f"The run {name!r} has shape {run.shape}; on this landscape it is {wanted}, with one "
            "step at least."
        )
    if not np.isfinite(run[0]).all():
        raise ValueError(f"The run {name!r} begins at {run[0]}, which is no place.")
    return run


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


def _power(k):
    return (
        "1" if k == 0 else "10" + f"{k:.0f}".translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
    )


def _layers(ground, names):
    """What is drawn on the landscape and what beside it; balls in one place are seen around one
    another. Names go along at the right, where no line has come yet.
    """
    trails, balls, lines, marks, words = [], [], [], [], []
    for i, name in enumerate(names):
        look, large = GROUPS[i], 1.6 * (len(names) - 1 - i)
        colour, shape = look.colour, look.shape
        trails.append(_trail(ground, i, look))
        at = scene_place(ground, f"path{i}[~frame]")
        balls.append(Dots(at=at, colour=colour, shape=shape, size=7 + large, off=plain(name)))
        so_far = ["steps[:frame+1]", f"plotted[{i}, :frame+1]"]
        now = ["steps[~frame]", f"marked[{i}, ~frame]"]
        lines.append(Curve(at=so_far, width=1.6, colour=colour))
        marks.append(Dots(at=now, colour=colour, shape=shape, size=6 + large))
        words.append(Text(at=now, text=f"{{name{i}}}", colour=colour, dx=13, weight=600))
    return trails + balls, lines + marks + words


def _trail(ground, i, look):
    """Where a run has been: a line on a surface, its places alone on a curve."""
    at = scene_place(ground, f"path{i}[:frame+1]")
    if isinstance(ground, Surface):
        return Curve(at=at, colour=look.colour, width=1.5, dots=True)
    return Dots(at=at, colour=look.colour, shape=look.shape, size=2.6, width=0)


def _scene(axes, layers, ground, names, last, reach, log):
    what = "height above the lowest point" if log else "height"
    forms = FORMS if log else (spec(largest_height(ground)),) * 3
    over, beside = _layers(ground, names)
    look = {"aspect": 1.2, "basis": 280}
    y = Axis(label=what, range=reach, ticks=_powers(*reach) if log else None)
    said = ", ".join(f"{{now{i}}} for {plain(name)}" for i, name in enumerate(names))
    *below, star = layers
    return Scene(
        values=_values(names, forms) | steps_in_words(last)[1],
        controls=[Frames(name="frame", label="step", frames=last + 1, fps=max(4, last / 8))],
        panels=[
            Panel(title="{first}", layers=below + _lowest(star.at) + over, **axes, **look),
            Panel(
                title=f"{what.capitalize()} at each step",
                x=step_axis(last, names),
                y=y,
                layers=beside,
                **look,
            ),
        ],
        readouts=[
            Readout(label=f"{SIGNS[i]} {name}", text=f"{{now{i}}}") for i, name in enumerate(names)
        ],
        status=f"Step {{frame}}, {what}: {said}.",
        description=(
            f"{counted(len(names), 'run')} on {plain(formula_of(ground))}; {what} after {{after}}: "
            f"{said}."
        ),
    )


def _lowest(at):
    """The lowest point: a cross, since a star and the colours stand for runs."""
    name = Text(at=at, text="lowest point", align="center", dy=18, size=12)
    return [Text(at=at, text="×", align="center", size=22), name]


def step_axis(last, names):
    """An axis of steps with room for the longest name behind the last."""
    room = min(0.8, 0.1 + 0.03 * max(map(len, names)))
    return Axis(label="step", range=[-last / 40, (1 + room) * last], ticks=whole_ticks(0, last))


def _powers(low, high):
    """Ticks of a logarithmic scale from 10^low to 10^high."""
    return [[k, _power(k)] for k in np.arange(low, high + 1, 1 if high - low < 7 else 2)]


def _values(names, forms):
    """For each run its height as it is told, its name with an arrow where its line has left the
    picture, and who leads.
    """
    values = {}
    for i, name in enumerate(map(plain, names)):
        values[f"height{i}"] = f"told[{i}, frame]"
        words = [f"{{height{i}:{form}}}" for form in forms]
        values[f"now{i}"] = Coded(words=words, code=f"form[{i}, frame]")
        words = [f"{SIGNS[i]} {name}{away}" for away in ("", " ↑", " ↓")]
        values[f"name{i}"] = Coded(words=words, code=f"past[{i}, frame]")
    names = [plain(name) for name in names]
    alike = "All are equally low" if len(names) > 1 else f"{names[0]} is alone"
    first = [f"{name} is lowest" for name in names] + [alike]
    values["first"] = Coded(words=first, code="leader[frame]")
    return values
