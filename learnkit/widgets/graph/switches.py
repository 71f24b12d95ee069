"""The chain rule on a graph whose edges can be switched off: slopes multiply along a path, and
the paths add up.
"""

from itertools import product
from math import prod

import numpy as np

from learnkit.autograd.graph import history
from learnkit.autograd.value import Value
from learnkit.painter.expressions import plain
from learnkit.painter.player import Player
from learnkit.painter.scene import (
    Arrow,
    Axis,
    Coded,
    Dots,
    Handle,
    Look,
    Nodes,
    Panel,
    Readout,
    Scene,
    Slider,
    Text,
)
from learnkit.widgets.graph.layered import layered
from learnkit.widgets.graph.names import bracketed, formula, labels, number

MOST_EDGES, MOST_PATHS = 8, 8
SIZE = (0.44, 0.5)  # of a box, where columns lie 1 apart
ASIDE = np.array([0.0, -0.16])  # where the knob of an open switch lies, from the middle of its line
OFF = Look(colour="muted", width=1.2, dash=[3, 5])
ON = Look(colour="blue", width=2.6)


def switch_paths(output, names=None, along=None):
    """Return a Player of a graph with a switch on each edge, and the product along each path.

    output: a Value, computed in at most 8 edges. names: {name: Value}. along: the Value along which
    the slope is looked at; the first input if left out.
    What is switched off is held still: its end no longer hears of its beginning.
    `.arrays` holds slopes (edges,), paths (paths, edges), 1 where a path takes an edge, and, one
    axis for each edge with 0 off and 1 on, shares (2, …, 2, paths), the product along each path
    that is whole, and total (2, …, 2). Raises TypeError for what is no Value, ValueError if `along`
    plays no part in it or the graph is too large.
    """
    if not isinstance(output, Value):
        raise TypeError(f"switch_paths draws a Value; this is a {type(output).__name__}.")
    order = history(output)
    start = order[0] if along is None else along
    if not any(node is start for node in order):
        raise ValueError("`along` must be a Value that the output was computed from; it is not.")
    graph = _Graph(order, start, labels(order, output, names or {}))
    if not (1 <= len(graph.edges) <= MOST_EDGES and 1 <= len(graph.paths) <= MOST_PATHS):
        raise ValueError(
            f"switch_paths has room for 1 to {MOST_EDGES} edges and {MOST_PATHS} paths; this graph "
            f"has {len(graph.edges)} edges and {len(graph.paths)} paths."
        )
    return Player(*_drawn(graph))


class _Graph:
    """The nodes, edges and paths of a Value's graph, and what each setting of switches leaves."""

    def __init__(self, order, start, words):
        place = {node: i for i, node in enumerate(order)}
        self.order, self.words = order, [words[node] for node in order]
        self.inputs = [[place[source] for source in node.inputs] for node in order]
        self.edges = [(source, i) for i, sources in enumerate(self.inputs) for source in sources]
        self.slopes = [slope for node in order for slope in node.slopes]
        self.start = place[start]
        self.paths = self._paths_from(self.start)
        self.states = list(product((0, 1), repeat=len(self.edges)))
        self.formulas = [formula(node, words) if node.inputs else "" for node in order]

    def _paths_from(self, node):
        """Return every path from a node to the output, as lists of indices of edges."""
        if node == len(self.order) - 1:
            return [[]]
        ahead = [(edge, end) for edge, (source, end) in enumerate(self.edges) if source == node]
        return [[edge, *rest] for edge, end in ahead for rest in self._paths_from(end)]

    def share(self, path):
        """Return the product of the slopes along a path."""
        return prod(self.slopes[edge] for edge in path)

    def whole(self):
        """Return for each state and path whether all of its switches are on."""
        return [[all(state[edge] for edge in path) for path in self.paths] for state in self.states]

    @property
    def slope(self):
        return f"∂{self.words[-1]}/∂{self.words[self.start]}"


def _drawn(graph):
    """Return the scene and its table."""
    switches = [f"edge{e}" for e in range(len(graph.edges))]
    whole, products = graph.whole(), [graph.share(path) for path in graph.paths]
    shares = np.array(whole) * np.array(products, float)
    sums = [_sum([p for p, kept in zip(products, row) if kept]) for row in whole]
    said, each = sorted(set(sums)), (2,) * len(switches)
    table = {
        "slopes": graph.slopes,
        "paths": [[edge in path for edge in range(len(switches))] for path in graph.paths],
        "shares": shares.reshape(*each, -1),
        "whole": np.reshape(whole, (*each, -1)),
        "total": shares.sum(axis=1).reshape(each),
        "sums": np.reshape([said.index(text) for text in sums], each),
    }
    here = ", ".join(switches)
    values = {"sum": Coded(words=[plain(text) for text in said], code=f"sums[{here}]")}
    for k, path in enumerate(graph.paths):
        told = ["cut", plain(_product(graph, path))]
        values[f"path{k}"] = Coded(words=told, code=f"whole[{here}, {k}]")
    panel = _panel(graph, values, table)
    return _scene(graph, switches, values, panel), {
        name: np.array(rows, float) for name, rows in table.items()
    }


def _sum(kept):
    """Return the sum of the products of the paths that are left, as text."""
    if len(kept) < 2:
        return number(kept[0]) if kept else "0, as no path is left"
    signed = [f"{'−' if share < 0 else '+'} {number(abs(share))}" for share in kept[1:]]
    return f"{' '.join([number(kept[0]), *signed])} = {number(sum(kept))}"


def _product(graph, path):
    factors = [number(graph.slopes[edge]) for edge in path]
    if len(factors) == 1:
        return factors[0]
    return f"{' · '.join(map(bracketed, factors))} = {number(graph.share(path))}"


def _scene(graph, switches, values, panel):
    counts = f"{len(graph.order)} nodes with a switch on each of its {len(graph.edges)} edges"
    names = f"{len(graph.paths)} paths from {graph.words[graph.start]} to {graph.words[-1]}"
    routes = [[graph.start, *(graph.edges[edge][1] for edge in path)] for path in graph.paths]
    labels = [plain(" → ".join(graph.words[i] for i in route)) for route in routes]
    slope = plain(f"{graph.slope} = ")
    return Scene(
        values=values,
        controls=[
            Slider(name=name, label=_edge(graph, e), values=[0, 1], start=1, format="d",
                   hidden=True)
            for e, name in enumerate(switches)
        ],
        panels=[panel],
        readouts=[Readout(label=label, text=f"{{path{k}}}") for k, label in enumerate(labels)],
        status=slope + "{sum}.",
        description=plain(f"A graph of {counts}, 1 for on. Along {names}, {graph.slope} = ")
        + "{sum}.",
    )  # fmt: skip


def _edge(graph, e):
    source, end = graph.edges[e]
    return plain(f"{graph.words[source]} to {graph.words[end]}")


def _panel(graph, values, table):
    layout = layered(graph.inputs, SIZE, max(2, len(graph.order)))
    table["boxes"] = boxes = layout["boxes"]
    everyone = list(range(len(graph.order)))
    names = [f"{w} = {f}" if f and f != w else w for w, f in zip(graph.words, graph.formulas)]
    values["name"] = Coded(words=[plain(name) for name in names], code=everyone)
    known = [plain(number(node.data)) for node in graph.order]
    values["value"] = Coded(words=known, code=everyone)
    layers, handles = [], []
    for e, route in enumerate(layout["routes"]):
        drawn, handle = _switch(graph, e, np.array(route), table)
        layers += drawn
        handles.append(handle)
    (left, low), (right, high) = boxes.min(axis=0) - 0.32, boxes.max(axis=0) + 0.38
    return Panel(
        title=plain(f"{graph.slope} = ") + "{sum}",
        caption="Tap a switch, or go to it with Tab and press Enter.",
        x=Axis(range=[left, right]),
        y=Axis(range=[low, high]),
        bare=True,
        layers=[*layers, Nodes(at="boxes", size=SIZE, lines=["{name}", "{value}"])],
        handles=handles,
        aspect=2.1,
        tall=340,
    )


def _switch(graph, e, route, table):
    """Return the layers of an edge with its switch and its slope, and the handle."""
    looks = {"styles": [OFF, ON], "style": f"edge{e}"}
    layers = []
    for start, end in zip(route, route[1:]):
        head = end is route[-1] or (end == route[-1]).all()
        line = Arrow(start=start.tolist(), end=end.tolist(), head=bool(head), **looks)
        layers.append(line)
    middle = _middle(route)
    table[f"across{e}"] = [middle[0] + ASIDE[0], middle[0]]
    table[f"up{e}"] = [middle[1] + ASIDE[1], middle[1]]
    knob = [f"across{e}[edge{e}]", f"up{e}[edge{e}]"]
    layers.append(Dots(at=knob, size=7, **looks))
    above = (middle - 1.25 * ASIDE).tolist()
    slope = plain(number(graph.slopes[e]))
    layers.append(Text(at=above, text=slope, align="center", weight=600, size=15))
    return layers, Handle(at=knob, sets=[f"edge{e}"], label=_edge(graph, e))


def _middle(route):
    """Return the middle of the last piece of a line, where no other edge runs beside it."""
    return (route[-2] + route[-1]) / 2
