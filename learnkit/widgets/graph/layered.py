"""Places for the nodes of a graph: in columns from left to right, in an order that crosses few
edges.

The method is that of Sugiyama, Tagawa and Toda (1981), IEEE Transactions on Systems, Man, and
Cybernetics 11(2): columns, points where long edges pass through a column, a few sweeps of
barycentres. A graph with more columns than fit is broken like a line of text; what the next line
still needs stands again at its beginning, an echo.

A point is a pair (node, column): the node itself in its own column, an edge that comes from it in a
later one.
"""

from itertools import count, pairwise

import numpy as np

SWEEPS = 12


def layered(inputs, size, columns):
    """Return where to draw a graph of boxes on a grid of pitch 1, as a dictionary.

    inputs: for each node the indices of its inputs, all smaller than its own. size: (width, height)
        of a box.
    columns: how many columns fit side by side, at least 2.
    boxes: (m, 2) places of the nodes, and after them of the echoes; shown: (m,) the node that each
        box shows.
    routes: for each edge, in the order of `inputs`, its line as points (k, 2), with NaN where it
        goes on below.
    """
    column = _columns(inputs, columns)
    paths = [
        [*((source, c) for c in range(column[source], column[node])), (node, column[node])]
        for node, sources in enumerate(inputs)
        for source in sources
    ]
    points = sorted(
        {*enumerate(column), *(point for path in paths for point in path)},
        key=lambda point: (point[1], -point[0]),
    )

    def starts_line(point):
        return point[1] % columns == 0

    def boxed(point):
        return column[point[0]] == point[1] or starts_line(point)

    joined = {pair for path in paths for pair in pairwise(path) if not starts_line(pair[1])}
    heights = _heights(
        _ordered(points, joined), joined, columns, lambda point: 0.5 if boxed(point) else 0.2
    )
    at = {point: np.array([point[1] % columns, heights[point]]) for point in points}
    echoes = [point for point in points if boxed(point) and column[point[0]] != point[1]]
    return {
        "boxes": np.array([at[point] for point in [*enumerate(column), *echoes]]),
        "size": size,
        "shown": np.array([*range(len(inputs)), *(node for node, _ in echoes)]),
        "routes": _routes(paths, at, size, boxed, starts_line),
    }


def _columns(inputs, columns):
    """A column for each node: just left of its first use, so that no line runs farther than it
    must.
    """
    depth, uses = [], [[] for _ in inputs]
    for node, sources in enumerate(inputs):
        depth.append(1 + max((depth[source] for source in sources), default=-1))
        for source in sources:
            uses[source].append(node)
    for node in reversed(range(len(inputs))):  # users come later, and have moved already
        depth[node] = min((depth[user] for user in uses[node]), default=depth[node] + 1) - 1
    # a new line begins with a column for echoes
    wrapped = [d + max(0, d - 1) // (columns - 1) for d in depth]

    def first_use(node):
        return min(wrapped[user] for user in uses[node])

    return [first_use(n) - 1 if uses[n] and not inputs[n] else c for n, c in enumerate(wrapped)]


def _ordered(points, joined):
    """The points of each column, sorted by where their neighbours stand; the sweep with fewest
    crossings wins.
    """
    table = [[p for p in points if p[1] == column] for column in range(points[-1][1] + 1)]
    fewest, best = np.inf, table
    for sweep in range(SWEEPS):
        forward = sweep % 2 == 0
        beside = _neighbours(joined, before=forward, after=not forward)
        for column in table if forward else table[::-1]:
            rank = {p: (k + 0.5) / len(other) for other in table for k, p in enumerate(other)}
            column.sort(key=lambda p: np.mean([rank[q] for q in beside.get(p, [p])]))
        crossed = _crossings(table, joined)
        if crossed < fewest:
            fewest, best = crossed, [list(column) for column in table]
    return best


def _neighbours(joined, before=True, after=True):
    beside = {}
    for p, q in sorted(joined):
        for here, there in [(q, p)] * before + [(p, q)] * after:
            beside.setdefault(here, []).append(there)
    return beside


def _crossings(table, joined):
    rank = {p: k for column in table for k, p in enumerate(column)}
    by_column = {}
    for p, q in joined:
        by_column.setdefault(p[1], []).append((rank[p], rank[q]))
    return sum(
        (a - c) * (b - d) < 0
        for ends in by_column.values()
        for i, (a, b) in enumerate(ends)
        for c, d in ends[:i]
    )


def _heights(table, joined, columns, room):
    """Heights, upwards: every point near the middle of its neighbours, and no two nearer than
    their rooms together.
    """
    beside = _neighbours(joined)
    height = {p: -float(k) for column in table for k, p in enumerate(column)}
    for column in [*table, *table[::-1]] * SWEEPS:
        wanted = [np.mean([height[q] for q in beside.get(p, [p])]) for p in column]
        gaps = [room(p) + room(q) for p, q in pairwise(column)]
        height |= zip(column, _apart(wanted, gaps))
    top = 0.0
    for first in range(0, len(table), columns):  # one line of columns below the other
        line = [p for column in table[first : first + columns] for p in column]
        shift = top - max(height[p] for p in line)
        height |= {p: height[p] + shift for p in line}
        top = min(height[p] for p in line) - 1.2
    return height


def _apart(wanted, gaps):
    """The heights nearest to those wanted, by least squares, each at least its gap below the one
    before.
    """
    fallen = np.concatenate([[0], np.cumsum(gaps)])
    groups = []
    for height in np.add(wanted, fallen):
        groups.append([height, 1])
        # in the wrong order: they meet in the middle
        while len(groups) > 1 and groups[-1][0] > groups[-2][0]:
            (a, n), (b, m) = groups.pop(), groups.pop()
            groups.append([(a * n + b * m) / (n + m), n + m])
    return [height for height, n in groups for _ in range(n)] - fallen


def _routes(paths, at, size, boxed, starts_line):
    """Lines from the right side of a box, flat through the columns between, to the left side of
    another.
    """
    half, arriving = np.array([size[0] / 2, 0]), {}
    for edge, path in enumerate(paths):
        arriving.setdefault(path[-1], []).append((-at[path[-2]][1], edge))
    port = {
        edge: (k - (len(found) - 1) / 2) / len(found)
        for found in map(sorted, arriving.values())
        for k, (_, edge) in zip(count(), found)
    }
    routes = []
    for edge, (first, *between, last) in enumerate(paths):
        line = [at[first] + half]
        for point in between:
            line += [[np.nan, np.nan]] if starts_line(point) else [at[point] - half]
            line += [at[point] + half]
        routes.append(np.array([*line, at[last] - half - [0, 0.7 * size[1] * port[edge]]]))
    return routes
