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
    "two valleys": Curve(
        "¼x⁴ − x² + 0.3x",
        lambda x: x**4 / 4 - x**2 + 0.3 * x,
        lambda x: x**3 - 2 * x + 0.3,
        (-2.4, 2.4),
        (-1.484, 1.332),
    ),
    "plateau": Curve(  # a well in a plain: almost level from 3 on
        "1 − exp(−x²/2)",
        lambda x: 1 - np.exp(-(x**2) / 2),
        lambda x: x * np.exp(-(x**2) / 2),
        (-4.0, 4.0),
        (0.0,),
    ),
    "sharp valley": Curve(  # curvature 40 at the bottom, so only learning rates below 2/40 settle
        "√(16x² + 0.16) − 0.4",
        lambda x: np.sqrt(16 * x**2 + 0.16) - 0.4,
        lambda x: 16 * x / np.sqrt(16 * x**2 + 0.16),
        (-1.5, 1.5),
        (0.0,),
    ),
}

SURFACES = {
    "saddle": Surface(
        "x² − y² + ¼y⁴",
        lambda x, y: x**2 - y**2 + y**4 / 4,
        lambda x, y: (2 * x, y**3 - 2 * y),
        (-2.2, 2.2),
        (0.0, 1.414),
        (1.8, 0.001),
    ),
    "ill-conditioned": Surface(  # curvatures 0.18 and 18: condition number 100
        "0.09x² + 9y²",
        lambda x, y: 0.09 * x**2 + 9 * y**2,
        lambda x, y: (0.18 * x, 18 * y),
        (-4.0, 4.0),
        (0.0, 0.0),
        (-3.5, 1.2),
    ),
}
