"""What stands on the drawing of the network: the numbers known so far, and how each unit, weight
and bias looks.

A number's key is a pair (stage, position), as in flip.Step: ("W1", (0, 2)) is W1₁₃, ("∂L/∂h", (0,))
is ∂L/∂h₁.
"""

import re
from itertools import product

from learnkit import flip

WAITING, KNOWN, WORKED, CARRYING, DEAD = range(5)  # codes of scene.STATES
# what each shows
UNITS = {
    "x": ("x",),
    "h": ("z", "h", "∂L/∂h", "∂L/∂z"),
    "ŷ": ("ŷ", "y", "e", "∂L/∂ŷ"),
    "L": ("L",),
}
OWNERS = {"z": "h", "b1": "h", "e": "ŷ", "b2": "ŷ"}  # the units where other numbers belong
ENDS = {"W1": ("x", "h"), "W2": ("h", "ŷ"), "to L": ("ŷ", "L")}


def keys(hidden):
    """Return the key of every parameter, in the order of `flip.Parameters.flat()`."""
    tables = ("W1", 4, hidden), ("b1", hidden), ("W2", hidden, 4), ("b2", 4)
    return [(symbol, place) for symbol, *sizes in tables for place in product(*map(range, sizes))]


def rounded(text):
    """Return a text with its long numbers cut to six decimals."""
    return re.sub(r"\d+\.\d{7,}", lambda number: f"{float(number[0]):.6f}", text)


def brief(number):
    """Return a number as the arithmetic below the drawing ends with it, without its ≈."""
    return rounded(flip.decimal(number)).removeprefix("≈")


class Board:
    """The numbers written on the drawing so far; `after(moment)` writes more and returns a frame of
    texts and looks.

    units, edges, biases: the keys of what is drawn. losses: the losses met so far, as texts.
    """

    def __init__(self, parameters, x, y):
        hidden = len(parameters.b1)
        self.units = {
            kind: [(kind, (i,)) for i in range(n)]
            for kind, n in (("x", 4), ("h", hidden), ("ŷ", 4))
        }
        self.units["L"] = [("L", ())]
        self.biases = [key for key in keys(hidden) if key[0].startswith("b")]
        self.edges = [key for key in keys(hidden) if key[0].startswith("W")] + [
            ("to L", (k,)) for k in range(4)
        ]
        self.known = dict(zip(keys(hidden), parameters.flat()))
        for name, pixels in (("x", x), ("y", y)):
            self.known |= {(name, (i,)): pixel for i, pixel in enumerate(pixels)}
        self.losses = []

    def after(self, moment):
        """Write down what the moment computes and return the frame that shows it."""
        if moment.stage == "forward again" and moment.steps[0].stage == "z":
            kept = ("x", "y", "W1", "b1", "W2", "b2")
            self.known = {key: number for key, number in self.known.items() if key[0] in kept}
        for step in moment.steps:
            self.known[step.stage, step.position] = step.value
            if moment.stage == "update":
                del self.known[f"∂L/∂{step.stage}", step.position]
            elif step.stage == "L":
                self.losses.append(rounded(step.decimal))
        worked = {key for step in moment.steps for key in self._taking_part(step)}
        as_weights = worked if moment.steps[0].stage == "∂L/∂h" else ()
        return self.frame(moment.stage, moment.arithmetic(), worked, as_weights)

    def frame(self, stage, text, worked=(), as_weights=()):
        """Return the texts and looks of everything now. as_weights: edges that show no gradient
        though it is known.
        """
        frame = {
            "stage": stage,
            "arithmetic": text,
        }

        def look(key, usual):
            return WORKED if key in worked else usual(key)

        for kind, units in self.units.items():
            frame[kind] = [(self._unit_text(key), look(key, self._unit_look)) for key in units]
        frame["weights"] = [
            (self._weight_text(e, e in as_weights), look(e, self._edge_look)) for e in self.edges
        ]
        frame["biases"] = [
            (self._bias_text(key), look(key, self._bias_look)) for key in self.biases
        ]
        return frame

    def _taking_part(self, step):
        """The unit, bias and edges that a step works on; a product with a zero adds nothing, its
        edge stays dead.
        """
        stage, at, backward = (
            step.stage.removeprefix("∂L/∂"),
            step.position,
            step.stage.startswith("∂"),
        )
        if stage in ("W1", "W2"):
            return [(stage, at)]
        touches = {
            ("z", False): lambda name, place: name == "W1" and place[1:] == at,
            ("ŷ", False): lambda name, place: name == "W2" and place[1:] == at,
            ("L", False): lambda name, place: name == "to L",
            ("ŷ", True): lambda name, place: name == "to L" and place == at,
            ("h", True): lambda name, place: name == "W2" and place[:1] == at,
        }.get((stage, backward), lambda name, place: False)
        edges = [
            edge for edge in self.edges if touches(*edge) and (backward or self._input(edge) != 0)
        ]
        return [(OWNERS.get(stage, stage), at), (stage, at), *edges]

    def _input(self, edge):
        name, place = edge
        return self.known.get((ENDS[name][0], place[:1]))

    def _gradient(self, key):
        return self.known.get((f"∂L/∂{key[0]}" if key[0] != "to L" else "∂L/∂ŷ", key[1]))

    def _equals(self, key):
        return f"{flip.named(key[0], *key[1])} = {brief(self.known[key])}"

    def _unit_text(self, key):
        shown = [(stage, key[1]) for stage in UNITS[key[0]]]
        return "\n".join(self._equals(number) for number in shown if number in self.known)

    def _weight_text(self, key, as_weight):
        if key[0] == "to L":
            return ""
        gradient = None if as_weight else self._gradient(key)
        return brief(self.known[key]) if gradient is None else f"∂L/∂w = {brief(gradient)}"

    def _bias_text(self, key):
        return self._equals(key if self._gradient(key) is None else (f"∂L/∂{key[0]}", key[1]))

    def _unit_look(self, key):
        number = self.known.get(key)
        if number == 0 and key[0] in ("x", "h"):
            return DEAD
        return CARRYING if self._gradient(key) is not None else WAITING if number is None else KNOWN

    def _edge_look(self, key):
        gradient = self._gradient(key)
        if self._input(key) == 0 or gradient == 0:
            return DEAD
        end = {"W1": "z", "W2": "ŷ", "to L": "L"}[key[0]], key[1][1:]
        return CARRYING if gradient is not None else KNOWN if end in self.known else WAITING

    def _bias_look(self, key):
        gradient = self._gradient(key)
        return KNOWN if gradient is None else CARRYING if gradient else DEAD
