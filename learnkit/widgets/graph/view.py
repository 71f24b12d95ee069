"""The graph viewer: an expression drawn as a graph, its values appearing forwards and its
gradients backwards.
"""

from itertools import pairwise

import numpy as np

from learnkit.autograd.graph import history
from learnkit.autograd.tensor import Tensor
from learnkit.painter.expressions import plain
from learnkit.painter.player import Player
from learnkit.painter.scene import (
    STATES,
    Arrow,
    Axis,
    Coded,
    Frames,
    Look,
    Nodes,
    Panel,
    Readout,
    Scene,
    Text,
)
from learnkit.painter.texts import counted, write_texts
from learnkit.widgets.graph.layered import layered
from learnkit.widgets.graph.names import labels, summary
from learnkit.widgets.graph.story import CARRYING, DEAD, KNOWN, WAITING, WORKED, Story

_PARTS = ("data", "grad", "inputs", "slopes", "op")  # of a number
LIMIT = 64  # more nodes are too small to read; the network of 31 parameters has 62
NUMBERS = {"columns": 8, "size": (0.62, 0.78)}
ARRAYS = {"columns": 6, "size": (0.76, 0.78)}  # their texts take more room
# where edges share a line, the last of these is painted
FOREMOST = [WAITING, DEAD, KNOWN, CARRYING, WORKED]
ON_LINES = "On each line stands the slope of its end along its beginning."
ON_EDGES = [Look(colour="muted")] * 5
ON_EDGES[WORKED] = Look(colour="vermilion", weight=600)


def graph_viewer(output, names=None, around=None, depth=3):
    """Return a Player that computes `output` node by node, then walks back and hands each node its
    gradient.

    output: a Value or a Tensor, or a number of an engine of your own that has data, grad, inputs,
        slopes and op; as long as it has no backward(), the way forward is shown. Tensors show their
        shape and the range of their entries; one that is no single number has no backward pass.
    names: {name: Value or Tensor}; whatever else is in it is ignored, so `names=vars()` will do.
    around: a node; then only what is within `depth` edges of it is shown. Without it, a graph of
        more than 64 nodes shows the 64 nearest to its output.
    Your `.grad` stays as it is: the gradients are those of one `backward()` from 0. `.arrays` holds
    edges (e, 2), indices of the shown nodes; values, gradients (n,) and slopes (e,) for Values; for
    Tensors values and gradients as (n, 2), the smallest and the largest entry. Raises TypeError if
    output is no such number or if names is no dictionary, ValueError if `around` is not part of its
    graph.
    >>> d, w, b = Value(2.0), Value(-0.5), Value(0.3)
    >>> graph_viewer((d * w + b).tanh(), names={"d": d, "w": w, "b": b})
    """
    if not hasattr(output, "inputs"):
        kind = type(output).__name__
        article = "an" if kind[0] in "aeiouAEIOU" else "a"
        raise TypeError(f"graph_viewer draws a Value or a Tensor; this is {article} {kind}.")
    if missing := [part for part in _PARTS if not hasattr(output, part)]:
        if not isinstance(output, Tensor):
            raise TypeError(f"To be drawn, a number also needs {', '.join(missing)}.")
    if not isinstance(names or {}, dict):
        raise TypeError(
            "names is a dictionary, name to node, such as {'x': x} or vars(); this is "
            f"{names!r:.60}."
        )
    order = history(output)
    if around is not None and not any(node is around for node in order):
        raise ValueError(
            "`around` must be a node that the output was computed from; this one is not."
        )
    part = nearest(order, around, depth)
    words = labels(part, output, names or {})
    story = Story(order, part, words, gradients(order))
    chosen = (
        "nearest to it; around=node, depth=3 shows others"
        if around is None
        else f"around {words[around]}"
    )
    return Player(*_scene(story, len(order), chosen))


def nearest(order, around=None, depth=3):
    """Return the nodes of a graph to show, each after its inputs: all, or the nearest to
    `around` or to the output.
    """
    if around is None and len(order) <= LIMIT:
        return order
    centre = order[-1] if around is None else around
    beside = {} if around is None else _users(order)
    distance, queue = {centre: 0}, [centre]
    for node in queue:
        if len(queue) >= LIMIT or (around is not None and distance[node] >= depth):
            break  # those behind it are as far away or farther
        for other in (*node.inputs, *beside.get(node, ())):
            if other not in distance:
                distance[other] = distance[node] + 1
                queue.append(other)
    near = set(queue[:LIMIT])
    return [node for node in order if node in near]


def _users(order):
    """Return {node: the nodes computed from it}."""
    users = {node: [] for node in order}
    for node in order:
        for source in node.inputs:
            users[source].append(node)
    return users


def gradients(order):
    """Return {node: gradient} as `backward()` of the last node finds them from 0, leaving no trace
    in the nodes.

    None where the last node is no single number, or of an engine that has no `backward()` yet.
    """
    if np.size(order[-1].data) != 1 or not hasattr(order[-1], "backward"):
        return None
    kept = [node.grad for node in order]
    try:
        for node in order:
            node.grad = None if isinstance(node, Tensor) else 0
        order[-1].backward()
        return {node: node.grad for node in order}
    finally:
        for node, grad in zip(order, kept):
            node.grad = grad


def _scene(story, total, chosen):
    layout = layered(story.inputs, **(ARRAYS if isinstance(story.output, Tensor) else NUMBERS))
    table, values = _numbers(story) | {"boxes": layout["boxes"]}, {}
    sentences = [frame["sentence"] for frame in story.frames]
    values["sentence"] = Coded(words=[plain(text) for text in sentences], code="frame")
    told = [plain(_describe(story, total, frame)) for frame in range(len(sentences))]
    values["description"] = Coded(words=told, code="frame")
    nodes = _nodes(story, layout, values, table)
    lines = _lines(story, layout["routes"], table)
    slopes = _slopes(story, layout["routes"], values, table) if story.edges else []
    table["focus"] = _focus(story, layout["boxes"])
    title = _title(story, total, chosen)
    marks = {"Forward": 0, "Backward": story.turn}
    scene = Scene(
        values=values,
        controls=[Frames(name="frame", label="step", frames=len(sentences), fps=1, marks=marks)],
        panels=[_panel(story, title, layout["boxes"], [*lines, nodes, *slopes])],
        readouts=[Readout(label="this step", text="{sentence}", wide=True)],
        status="Step {frame}. {sentence}",
        description="{description}",
        steps=sentences,
    )
    return scene, table


def _panel(story, title, boxes, layers):
    (left, low), (right, high) = boxes.min(axis=0) - 0.45, boxes.max(axis=0) + 0.5
    wide, tall = 100 * (right - left), 74 * (high - low)
    return Panel(
        title=plain(title),
        caption="" if story.slopes is None else ON_LINES,
        x=Axis(range=[left, right]),
        y=Axis(range=[low, high]),
        bare=True,
        layers=layers,
        aspect=wide / tall,
        tall=min(1.4 * tall, max(700, 0.9 * tall)),  # on a wide page
        least=round(wide),
        follow="focus[frame]",
    )


def _focus(story, boxes):
    """How far to the right each frame is at work."""
    worked = [
        [i for i, look in enumerate(frame["nodes"]) if look == WORKED] for frame in story.frames
    ]
    return np.array([boxes[nodes, 0].mean() if nodes else boxes[:, 0].min() for nodes in worked])


def _numbers(story):
    """The numbers of the graph, as a learner would ask for them."""
    arrays = isinstance(story.output, Tensor)

    def one(data):
        return (np.min(data), np.max(data)) if arrays else float(data)

    table = {"edges": np.array(story.edges, float).reshape(-1, 2)}
    table["values"] = np.array([one(node.data) for node in story.part])
    if story.gradients is not None:
        table["gradients"] = np.array([one(story.gradients[node]) for node in story.part])
    return table if arrays else table | {"slopes": np.array(story.slopes, float)}


def _nodes(story, layout, values, table):
    """The layer of boxes; echoes, which come after the nodes, show the same as the node they
    stand for.
    """
    shown = layout["shown"]
    for name in ("value", "parts", "gradient"):
        write_texts(
            values, table, name, [[frame[name][i] for i in shown] for frame in story.frames]
        )
    titles = [story.title(node) for node in story.part]
    titles += [f"… {titles[i]}" for i in shown[len(titles) :]]
    words = [plain(title) for title in titles]
    values["title"] = Coded(words=words, code=list(range(len(titles))))
    table["node_looks"] = np.array([[frame["nodes"][i] for i in shown] for frame in story.frames])
    return Nodes(
        at="boxes",
        size=layout["size"],
        lines=["{title}", "{value}", "{parts}", "{gradient}"],
        styles=STATES,
        style="node_looks[frame]",
    )


def _lines(story, routes, table):
    """Layers for the lines of the edges and for their heads."""
    layers = []
    for name, head in (("lines", False), ("heads", True)):
        users = {}  # edges that leave a node side by side share their first lines
        for edge, route in enumerate(routes):
            pieces = list(pairwise(route))
            for piece in pieces[-1:] if head else pieces[:-1]:
                if np.isfinite(piece).all():
                    users.setdefault(tuple(np.ravel(piece).tolist()), []).append(edge)
        if users:
            x0, y0, x1, y1 = (list(column) for column in zip(*users))
            table[f"{name}_looks"] = np.array(
                [_foremost(frame["edges"], users.values()) for frame in story.frames]
            )
            looks = {"styles": STATES, "style": f"{name}_looks[frame]"}
            layers.append(Arrow(start=[x0, y0], end=[x1, y1], head=head, **looks))
    return layers


def _foremost(looks, users):
    """The look of each line, of those of the edges that share it."""
    return [max((looks[edge] for edge in edges), key=FOREMOST.index) for edges in users]


def _slopes(story, routes, values, table):
    """The layer of what stands on the edges."""
    texts = [
        [story.edge_text(e, look) for e, look in enumerate(frame["edges"])]
        for frame in story.frames
    ]
    write_texts(values, table, "slope", texts)
    table["slope_looks"] = np.array([frame["edges"] for frame in story.frames])
    at = _label_places([route[-2:] for route in routes])
    looks = {"styles": ON_EDGES, "style": "slope_looks[frame]"}
    return [Text(at=at, text="{slope}", align="center", size=11, dy=-7, **looks)]


def _label_places(pieces):
    """Places along the last pieces of the edges where no two labels meet, as columns x and y."""
    taken = []
    for start, end in pieces:
        choices = []
        for t in (0.5, 0.36, 0.64, 0.22, 0.78):
            x, y = start + t * (end - start)
            room = min((max(abs(x - a) / 0.3, abs(y - b) / 0.16) for a, b in taken), default=1)
            choices.append((min(room, 1), -abs(t - 0.5), x, y))
        taken.append(max(choices)[2:])
    return [[float(place[axis]) for place in taken] for axis in (0, 1)]


def _title(story, total, chosen):
    name, count = story.words[story.output], len(story.part)
    if count < total:
        return f"{count} of the {total} nodes of {name}, those {chosen}"
    return " = ".join(story.names(story.output)) if story.output.inputs else name


def _describe(story, total, frame):
    """One sentence with the numbers of the inputs and of the output as far as they are known."""
    known = story.frames[frame]

    def said(node):
        i = story.place[node]
        gradient = known["gradient"][i] or ""
        slope = f" with {gradient.replace('grad', 'gradient')}" if "grad" in gradient else ""
        return f"{story.words[node]} = {summary(node.data)}{slope}"

    inputs = [said(node) for node in reversed(story.part) if not node.inputs]
    some = ", ".join(inputs[:8]) + (f", and {len(inputs) - 8} more" if len(inputs) > 8 else "")
    part = (
        f"{len(story.part)} of the {total} nodes"
        if len(story.part) < total
        else counted(total, "node")
    )
    end = story.words[story.output]
    if story.output in story.place and known["value"][story.place[story.output]] is not None:
        end += f" = {summary(story.output.data)}"
    edges = counted(len(story.edges), "edge")
    return f"Graph of {part} and {edges} from its inputs to {end}: {some or 'no input is shown'}."
