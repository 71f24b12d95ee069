"""Named curves and surfaces to descend, each with its gradient and its minima."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Curve:
    """A function of one number: its formula as text, its derivative, where to look at it, and
    its minima.
    """

    formula: str
    function: Callable
    derivative: Callable
    range: tuple[float, float]
    minima: tuple[float, ...]


@dataclass(frozen=True)
class Surface:
    """A function of two numbers: its formula, its gradient, where to look at it, and its lowest
    point.
    """

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

# depth, place and width of each well
WELLS = ((1.5, -1.1, 0.7, 0.72), (0.9, 1.2, 0.9, 0.57), (0.8, 0.8, -1.3, 0.55))


def _log_cosh(t):
    return np.logaddexp(t, -t) - np.log(2)


def _winding(x, y):
    """The valley's floor follows a sine and is a little bumpy; the pull towards (1.7, ·) is
    weak.
    """
    return (
        0.7 * _log_cosh(2.4 * (y - 0.9 * np.sin(1.3 * x)))
        + 0.07 * (x - 1.7) ** 2
        - 0.09 * np.cos(3 * x)
    )


def _winding_gradient(x, y):
    across = 1.68 * np.tanh(2.4 * (y - 0.9 * np.sin(1.3 * x)))
    return 0.14 * (x - 1.7) + 0.27 * np.sin(3 * x) - 1.17 * np.cos(1.3 * x) * across, across


def _wells(x, y):
    pits = (a * np.exp(-((x - p) ** 2 + (y - q) ** 2) / w**2) for a, p, q, w in WELLS)
    return 0.12 * (x**2 + y**2) - sum(pits)


def _wells_gradient(x, y):
    pulls = [
        (2 * a / w**2 * np.exp(-((x - p) ** 2 + (y - q) ** 2) / w**2), p, q) for a, p, q, w in WELLS
    ]
    return 0.24 * x + sum(g * (x - p) for g, p, _ in pulls), 0.24 * y + sum(
        g * (y - q) for g, _, q in pulls
    )


SURFACES = {
    # Where the balls of the first four end, the curvature is 5 to 9: rates below 0.35 settle, 0.4
    # bounces.
    "two basins": Surface(
        "0.09x⁴ − 0.5x² + 0.18x + 0.62 ln cosh 3y",
        lambda x, y: 0.09 * x**4 - 0.5 * x**2 + 0.18 * x + 0.62 * _log_cosh(3 * y),
        lambda x, y: (0.36 * x**3 - x + 0.18, 1.86 * np.tanh(3 * y)),
        (-2.6, 2.6),
        (-1.750, 0.0),
        (0.45, 2.3),
    ),
    "winding valley": Surface(
        "0.7 ln cosh 2.4(y − 0.9 sin 1.3x) + 0.07(x − 1.7)² − 0.09 cos 3x",
        _winding,
        _winding_gradient,
        (-2.6, 2.6),
        (2.036, 0.427),
        (-2.2, 1.5),
    ),
    "dimples": Surface(
        "0.3(x − 0.4)² + 0.3(y + 0.3)² − 0.6 cos 3(x − 0.4) − 0.6 cos 3(y + 0.3)",
        lambda x, y: (
            0.3 * ((x - 0.4) ** 2 + (y + 0.3) ** 2)
            - 0.6 * (np.cos(3 * (x - 0.4)) + np.cos(3 * (y + 0.3)))
        ),
        lambda x, y: (
            0.6 * (x - 0.4) + 1.8 * np.sin(3 * (x - 0.4)),
            0.6 * (y + 0.3) + 1.8 * np.sin(3 * (y + 0.3)),
        ),
        (-2.6, 2.6),
        (0.4, -0.3),
        (-0.75, 2.2),
    ),
    "three wells": Surface(
        "0.12(x² + y²) less three Gaussian pits",
        _wells,
        _wells_gradient,
        (-2.6, 2.6),
        (-1.056, 0.672),
        (0.35, 2.3),
    ),
    "long bowl": Surface(  # curvatures 0.5 and 4: downhill seldom points at the lowest point
        "¼x² + 2y²",
        lambda x, y: x**2 / 4 + 2 * y**2,
        lambda x, y: (x / 2, 4 * y),
        (-3.0, 3.0),
        (0.0, 0.0),
        (-2.25, 1.5),  # one of the starts that contour_descent knows without a kernel
    ),
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
