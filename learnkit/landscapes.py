"""Named curves and surfaces to descend, each with its gradient and its minima."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Curve:
    """A function of one number: its formula as text, its derivative, where to look at it, and its minima."""

    formula: str
    function: Callable
    derivative: Callable
    range: tuple[float, float]
    minima: tuple[float, ...]


@dataclass(frozen=True)
class Surface:
    """A function of two numbers: its formula, its gradient, where to look at it, and its lowest point."""

    formula: str
    function: Callable
    gradient: Callable
    range: tuple[float, float]
    minimum: tuple[float, float]
    start: tuple[float, float]


CURVES = {
    "hills": Curve(
        "0.12x² + sin(2.4x) + 0.3cos(5x)",
        lambda x: 0.12 * x**2 + np.sin(2.4 * x) + 0.3 * np.cos(5 * x),
        lambda x: 0.24 * x + 2.4 * np.cos(2.4 * x) - 1.5 * np.sin(5 * x),
        (-6.0, 6.0),
        (-5.649, -3.141, -0.627, 1.884, 4.395),
    ),
    "bowl": Curve("x²", lambda x: x**2, lambda x: 2 * x, (-3.0, 3.0), (0.0,)),
}
