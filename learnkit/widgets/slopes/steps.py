"""The error of a measured slope, as the step shrinks from 1 to 1e-16."""

import numpy as np

from learnkit.painter.player import Player
from learnkit.painter.scene import (
    GROUPS,
    Arrow,
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

EXPONENTS = [-k / 2 for k in range(33)]  # of the steps: two for each power of ten
LEAST = 1e-17  # an error of 0 is drawn here
WAYS = ("forward difference", "central difference", "complex step")
BEST = ((-7.83, "√ε"), (-5.22, "∛ε"))  # powers of ten of the steps that theory calls best


def shrink_step(function, x, slope):
    """Return a Player of the errors of three measured slopes, with ever smaller steps.

    function: of one number, real or complex, made of + - * / and whole powers. x: where. slope: the
    true slope there, a number.
    Raises ValueError if the function gives no finite number within a step of 1 around x.
    `.arrays` holds steps (33,) and errors (3, 33): of forward and central difference and complex
    step.
    """
    steps = [float(f"1e{exponent:g}") if exponent == int(exponent) else 10**exponent
             for exponent in EXPONENTS]  # fmt: skip
    errors = np.array([_errors(function, x, slope, step) for step in steps]).T
    if not np.isfinite(errors).all():
        raise ValueError(f"The function gives no finite number within a step of 1 around {x:g}.")
    heights = np.log10(np.maximum(errors, LEAST))
    marks = [[place if place >= exponent else np.nan for exponent in EXPONENTS]
             for place, _ in BEST]  # fmt: skip
    table = {
        "steps": steps,
        "errors": errors,
        "exponents": EXPONENTS,
        "heights": heights,
        "marks": marks,
        "zero": (errors == 0).astype(float),
    }
    return Player(_scene(), {name: np.array(rows, float) for name, rows in table.items()})


def _errors(function, x, slope, h):
    """Return how far each of the three ways is from the true slope."""
    here, ahead, behind = function(x), function(x + h), function(x - h)
    measured = (
        (ahead - here) / h,
        (ahead - behind) / (2 * h),
        function(complex(x, h)).imag / h,
    )
    return [abs(number - slope) for number in measured]


def _scene():
    values = {"h": "steps[frame]"}
    for i in range(len(WAYS)):
        values[f"error{i}"] = f"errors[{i}, frame]"
        values[f"told{i}"] = Coded(words=[f"{{error{i}:.1e}}", "0"], code=f"zero[{i}, frame]")
    said = ", ".join(f"{way} {{told{i}}}" for i, way in enumerate(WAYS))
    return Scene(
        values=values,
        controls=[
            Frames(name="frame", label="times divided by √10", frames=len(EXPONENTS), fps=4),
        ],
        panels=[_panel()],
        readouts=[Readout(label="step h", text="{h:.1e}")]
        + [Readout(label=f"error, {way}", text=f"{{told{i}}}") for i, way in enumerate(WAYS)],
        status=f"Step {{h:.1e}}: error of {said}.",
        description=(
            "The error of a measured slope over the step, both as powers of ten, from large steps "
            f"to small ones. At the step {{h:.1e}}: {said}."
        ),
    )


def _panel():
    layers = []
    for i, (_, name) in enumerate(BEST):
        at = f"marks[{i}, frame]"
        line = {"head": False, "colour": "muted", "width": 1.5, "dash": [2, 4]}
        layers.append(Arrow(start=[at, -17.4], end=[at, 0.8], **line))
        layers.append(Text(at=[at, 1.15], text=name, align="center", weight=600, dy=4))
    for i, way in enumerate(WAYS):
        look = GROUPS[i]
        now = ["exponents[~frame]", f"heights[{i}, ~frame]"]
        so_far = ["exponents[:frame+1]", f"heights[{i}, :frame+1]"]
        layers.append(Curve(at=so_far, colour=look.colour, width=2, dash=[[], [9, 5], [2, 4]][i]))
        layers.append(Dots(at=now, colour=look.colour, shape=look.shape, size=7))
        place = {"at": [-15.9, -9.2 - 1.5 * i], "colour": look.colour, "weight": 600}
        layers.append(Text(text=f"{'●▲■'[i]} {way}", **place))
    return Panel(
        title="Step {h:.1e}",
        x=Axis(label="step h", range=[-16.2, 0.4], ticks=_powers(-16, 0)),
        y=Axis(label="error of the slope", range=[-17.5, 1.7], ticks=_powers(-16, 0)),
        layers=layers,
        aspect=1.9,
        tall=360,
    )


def _powers(low, high):
    return [[k, "1" if k == 0 else f"1e−{-k}"] for k in range(low, high + 1, 4)]
