"""The story of a graph: step by step, what becomes known on the way forward and on the way back."""

import numpy as np

from learnkit.autograd.tensor import Tensor
from learnkit.widgets.graph.names import bracketed, formula, number, operation, summary, whole

WAITING, KNOWN, WORKED, CARRYING, DEAD = range(5)  # codes of scene.STATES
MOST_LINES = 4


class Story:
    """The texts and looks of nodes and edges after each step, and the sentence of the step.

    A text is None until it is known.

    order: every node of the graph, each after its inputs. part: those to show. words: {node: its
        name}.
    gradients: {node: gradient}, or None where the output is no single number.
    edges: list of (from, to), places in `part`; slopes: of each edge, None for Tensors.
    frames: list of dictionaries of texts and looks; turn: the first frame of the backward pass.
    """

    def __init__(self, order, part, words, gradients):
        self.part, self.words, self.gradients, self.output = part, words, gradients, order[-1]
        self.place = {node: i for i, node in enumerate(part)}
        self.inputs = [[self.place[s] for s in node.inputs if s in self.place] for node in part]
        self.edges = [(source, i) for i, sources in enumerate(self.inputs) for source in sources]
        self.slopes = None
        if not isinstance(self.output, Tensor):
            pairs = [pair for node in part for pair in zip(node.inputs, node.slopes)]
            self.slopes = [slope for source, slope in pairs if source in self.place]
        self.received = {node: [] for node in part}
        self.total, self.stale = dict.fromkeys(part, 0), {}
        self.paths = dict.fromkeys(part, 0)
        for source in (source for node in order for source in node.inputs):
            if source in self.place:
                self.paths[source] += 1
        self.now = {name: [None] * len(part) for name in ("value", "parts", "gradient")}
        self.now |= {"nodes": [WAITING] * len(part), "edges": [WAITING] * len(self.edges)}
        self.frames = []
        self._forward()
        self.turn = len(self.frames)
        self._backward(order)

    def _show(self, sentence, nodes=(), edges=()):
        """Keep what is known now as a frame, with the nodes and edges being worked on set apart."""
        for node in self.stale:
            self._meet(node)
        self.stale.clear()
        frame = {name: list(entries) for name, entries in self.now.items()} | {"sentence": sentence}
        for name, worked in (("nodes", nodes), ("edges", edges)):
            for i in worked:
                frame[name][i] = WORKED
        self.frames.append(frame)

    def _into(self, i):
        return [edge for edge, (_, end) in enumerate(self.edges) if end == i]

    def _forward(self):
        for i, node in enumerate(self.part):
            if not self.inputs[i]:
                self._know(i, node)
        self._show(
            "The inputs are known. Step, and every other node is computed from the nodes on its "
            "left."
        )
        for i, node in enumerate(self.part):
            if self.inputs[i]:
                self._know(i, node)
                self._show(f"Forward: {self.equation(node)}.", [i], self._into(i))

    def _know(self, i, node):
        self.now["value"][i], self.now["nodes"][i] = _in_box(summary(node.data)), KNOWN
        for edge in self._into(i):
            self.now["edges"][edge] = KNOWN

    def names(self, node):
        """How a node follows from its inputs, in names: its own, and the formula if it is
        another.
        """
        return list(dict.fromkeys([self.words[node], formula(node, self.words)]))

    def equation(self, node):
        """How a node follows from its inputs, in names and then in numbers."""
        parts = self.names(node)
        if isinstance(node, Tensor):
            return " = ".join(parts) + f", shape {node.shape}, {summary(node.data)}"
        numbers = {source: bracketed(number(source.data)) for source in node.inputs}
        return " = ".join(dict.fromkeys([*parts, formula(node, numbers), number(node.data)]))

    def _backward(self, order):
        if self.gradients is None:
            return self._show(
                "No backward pass from more than one number: call .sum() or .mean() first."
                if isinstance(self.output, Tensor)
                else "Here the way back would begin; this engine has no backward() yet."
            )
        if self.output in self.place:
            self._receive(self.output, 1)
            self._meet(self.output)
            name, here = self.words[self.output], self.place[self.output]
            self._show(f"Backward: the slope of {name} along itself is 1.", [here])
        for node in reversed(order):
            lines, place = self._hand_back(node), self.place.get(node)
            if lines:
                edges = self._into(place)
                self._show(self._told(node, lines), {self.edges[edge][0] for edge in edges}, edges)
                for edge in edges:
                    passes = np.any(self.gradients[node]) and (
                        self.slopes is None or self.slopes[edge]
                    )
                    self.now["edges"][edge] = CARRYING if passes else DEAD

    def _told(self, node, lines):
        more = [f"… and {len(lines) - MOST_LINES} more inputs."] if len(lines) > MOST_LINES else []
        arrived = (
            f"Backward through {self.words[node]}, whose gradient is "
            f"{summary(self.gradients[node])}."
        )
        return "\n".join([arrived, *lines[:MOST_LINES], *more])

    def _hand_back(self, node):
        """Give each shown input slope times gradient, as `backward()` does; return a line about
        each edge that is shown.
        """
        lines, arriving = [], self.gradients[node]
        for k, source in enumerate(node.inputs):
            if source not in self.place:
                continue
            share = None
            if not isinstance(node, Tensor):
                share = node.slopes[k] * arriving if arriving else 0
            self._receive(source, share)
            if node in self.place:
                lines.append(self._line(node, k, share) + self._meet(source) + ".")
            else:  # its text is made once it is shown: a number may be used a million times
                self.stale[source] = None
        return lines

    def _line(self, node, k, share):
        """What is said of the k-th edge into a node when the gradient goes back along it."""
        source = node.inputs[k]
        name = f"∂{self.words[self.output]}/∂{whole(self.words[source])}"
        if share is None:
            return f"{name}, shape {source.shape}, arrives through {operation(node)}"
        product = f"{number(node.slopes[k])} × {bracketed(number(self.gradients[node]))}"
        return f"{name}: {product} = {number(share)}"

    def _receive(self, node, share):
        """Add a share to what a node has received: a number, or None for a Tensor, whose sum is
        told once all paths have arrived.
        """
        self.received[node].append(share)
        self.total[node] = self.gradients[node] if share is None else self.total[node] + share

    def _meet(self, node):
        """Write into a node's box what it has received, and return what there is to say where
        paths meet.
        """
        shares, total, i = self.received[node], self.total[node], self.place[node]
        met, all_paths = len(shares), max(1, self.paths[node])
        of_arrays = shares[-1] is None
        waiting = of_arrays and met < all_paths
        added = _added(shares) if not of_arrays and met > 1 else ""
        self.now["gradient"][i] = (
            f"path {met} of {all_paths}" if waiting else _in_box(f"grad {summary(total)}")
        )
        self.now["parts"][i] = _in_box(f"{_broken(added)} =") if added else None
        self.now["nodes"][i] = CARRYING if np.any(self.gradients[node]) else DEAD
        if of_arrays:
            paths = f", path {met} of {all_paths}" if all_paths > 1 else ""
            return paths if waiting else f"{paths}: {summary(total)}"
        return f"; where the paths meet, {added} = {number(total)}" if added else ""

    def title(self, node):
        """What stands at the top of a node's box; ⋯ where inputs are not shown."""
        word = self.words[node]
        if node.inputs:
            text = formula(node, self.words)
            brief = f"{word} = {text}" if len(word + text) <= 9 else f"{word}: {operation(node)}"
            word = word if word == text else brief
        hidden = "⋯ " if len(self.inputs[self.place[node]]) < len(node.inputs) else ""
        return hidden + word + (f" {node.shape}" if isinstance(node, Tensor) and node.shape else "")

    def edge_text(self, edge, look):
        """What stands on an edge: its slope once known; for Tensors the operation, while it is
        at work.
        """
        end = self.part[self.edges[edge][1]]
        if isinstance(end, Tensor):
            return operation(end) if look == WORKED else ""
        return "" if look == WAITING else number(self.slopes[edge])


def _added(shares):
    """A sum of numbers, the middle of a long one left out."""
    first, *others = shares if len(shares) <= 3 else [shares[0], shares[-1]]
    signed = [f"{'−' if share < 0 else '+'} {number(abs(share))}" for share in others]
    return " ".join([number(first), *(["+ …"] if len(shares) > 3 else []), *signed])


def _in_box(text):
    """The text of a line that is known, though what is known may be that it is no number."""
    return text.replace("–", "no number")


def _broken(text):
    return text if len(text) < 12 else text.replace(" ", "\n", 1)
