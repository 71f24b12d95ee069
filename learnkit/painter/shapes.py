"""Arrays that scenes draw and that several visuals need: contour lines, edges from border to
border, and the points of a long run that are drawn.
"""

import numpy as np

from learnkit.painter.scene import Arrow

# of a run, however long it is: each part keeps its lowest, its highest and its first broken number
PARTS = 130


def contour_lines(x, y, z, levels, apart=0.012):
    """The lines on which z takes each of the levels, as rows (x, y) with a row of NaN between two
    lines.

    x: (nx,), y: (ny,), z: (ny, nx). Points closer than `apart` of the picture's size are thinned
        out.
    """
    import contourpy  # here, as a training loop that only thins its run should not wait for it

    generator = contourpy.contour_generator(x, y, z)
    size = np.array([np.ptp(x), np.ptp(y)])
    pieces = []
    for level in levels:
        for line in generator.lines(level):
            pieces += [_thinned(line, size, apart), np.full((1, 2), np.nan)]
    return np.concatenate(pieces[:-1]) if pieces else np.full((1, 2), np.nan)


def _thinned(line, size, apart):
    walked = np.r_[0, np.cumsum(np.linalg.norm(np.diff(line, axis=0) / size, axis=1))]
    keep = np.unique(np.searchsorted(walked, np.arange(0, walked[-1], apart)))
    return line[np.r_[keep[keep < len(line) - 1], len(line) - 1]]


def edges(positions, pairs, size, round=False, **looks):
    """An Arrow layer between nodes, from border to border.

    positions: (n, 2). pairs: list of (from, to). size: (width, height) of the nodes; round: they
        are circles. looks: further fields of the Arrow.
    """
    positions = np.asarray(positions, float)
    first, second = positions[[a for a, _ in pairs]], positions[[b for _, b in pairs]]
    way, power = second - first, 2 if round else 12
    part = (np.abs(way / np.asarray(size) * 2) ** power).sum(axis=1, keepdims=True) ** (-1 / power)
    part = np.minimum(part, 0.5)
    columns = [
        [column.tolist() for column in ends.T] for ends in (first + part * way, second - part * way)
    ]
    return Arrow(start=columns[0], end=columns[1], **looks)


def holding(values, number):
    """The values with the nearest of them moved to the number, so that a handle can start there."""
    nearest = np.abs(values - number).argmin()
    return np.where(np.arange(len(values)) == nearest, number, values)


def thinned(numbers, parts=PARTS):
    """Which of the numbers of a run are drawn, as ascending indices: all of a short one; of each
    part of a long one the lowest, the highest and the first that is not finite.

    numbers: array (n,). parts: how many a long run is cut into.
    """
    n, size = len(numbers), -(-len(numbers) // parts)
    if n <= 3 * parts:
        return np.arange(n)
    rows = np.pad(numbers, (0, -n % size), mode="edge").reshape(-1, size)
    broken = ~np.isfinite(rows)
    lowest = np.where(broken, np.inf, rows).argmin(axis=1)
    highest = np.where(broken, -np.inf, rows).argmax(axis=1)
    starts, gap = size * np.arange(len(rows)), broken.any(axis=1)
    first_broken = (starts + broken.argmax(axis=1))[gap]
    picks = [[0, n - 1], starts + lowest, starts + highest, first_broken]
    return np.unique(np.concatenate(picks).clip(0, n - 1))
