"""Practice for chapter 7, an engine from an empty cell: its exercises, which judge the learner's
growing class, its quick checks, cards and predictions.

The learner's class grows by functions that are attached to it, `Number.__add__ = add`. An exercise
is handed such a function, finds the class that it belongs to, and tries both on graphs of its own.
"""

import dis
import inspect
import math
import sys
from contextlib import contextmanager

from learnkit.differentiate.automatic import Dual
from learnkit.practice.exercise import Exercise
from learnkit.practice.predict import Prediction
from learnkit.practice.quiz import Cards, Choice, NumberAnswer, Option
from learnkit.practice.running import ComesFirst, TimeIsUp, run
from learnkit.practice.sources import compiled, source_of

# ------------------------------------------------------------------- the engine, step by step


class Number:
    """A number that remembers how it was computed."""


def as_number(x):
    return x if isinstance(x, Number) else Number(x)


def remember(self, data, inputs=(), slopes=(), op=""):
    self.data = data
    self.grad = 0
    self.inputs = inputs
    self.slopes = slopes
    self.op = op


def add(self, other):
    other = as_number(other)
    return Number(self.data + other.data, (self, other), (1, 1), "+")


def multiply(self, other):
    other = as_number(other)
    return Number(self.data * other.data, (self, other), (other.data, self.data), "*")


def power(self, exponent):
    slope = exponent * self.data ** (exponent - 1)
    return Number(self.data**exponent, (self,), (slope,), "**")


def hand_back(self):
    for source, slope in zip(self.inputs, self.slopes):
        source.grad += slope * self.grad


def history(self):
    order, met = [], set()

    def visit(node):
        if node not in met:
            met.add(node)
            for source in node.inputs:
                visit(source)
            order.append(node)

    visit(self)
    return order


def backward(self):
    order = self.history()
    for node in order:
        if node.inputs:
            node.grad = 0
    self.grad = 1
    for node in reversed(order):
        node.hand_back()


def long_history(self):
    order, met, stack = [], set(), [self]
    while stack:
        node = stack.pop()
        if node is None:
            order.append(stack.pop())
        elif node not in met:
            met.add(node)
            stack += [node, None, *node.inputs]
    return order


def relu(self):
    slope = 1 if self.data > 0 else 0
    return Number(self.data * slope, (self,), (slope,), "relu")


def negative(self):
    return self * -1


def subtract(self, other):
    return self + -other


def subtract_from(self, other):
    return -self + other


def tanh(self):
    y = math.tanh(self.data)
    return Number(y, (self,), (1 - y * y,), "tanh")


Number.__init__ = remember
Number.__add__ = Number.__radd__ = add
Number.__mul__ = Number.__rmul__ = multiply
Number.__pow__ = power
Number.hand_back = hand_back
Number.history = long_history
Number.backward = backward
Number.__neg__, Number.__sub__, Number.__rsub__ = negative, subtract, subtract_from
Number.relu = relu
Number.tanh = tanh


# ----------------------------------------------------------- what of the learner's class is there


def _holds(node, data, inputs, slopes):
    return (node.data, tuple(node.inputs), tuple(node.slopes)) == (data, tuple(inputs), slopes)


def _remembers(kind):
    leaf = kind(2.0)
    node = kind(6.0, (leaf,), (3.0,), "?")
    return _holds(leaf, 2.0, (), ()) and _holds(node, 6.0, (leaf,), (3.0,)) and leaf.grad == 0


def _adds(kind):
    a, b = kind(2.0), kind(3.0)
    return _holds(a + b, 5.0, (a, b), (1, 1)) and (a + 3).data == (3 + a).data == 5.0


def _multiplies(kind):
    a, b = kind(2.0), kind(3.0)
    return _holds(a * b, 6.0, (a, b), (3.0, 2.0)) and (a * 3).data == (3 * a).data == 6.0


def _raises(kind):
    a = kind(3.0)
    return _holds(a**2, 9.0, (a,), (6.0,))


def _rectifies(kind):
    a, b = kind(3.0), kind(-3.0)
    return _holds(a.relu(), 3.0, (a,), (1,)) and _holds(b.relu(), 0.0, (b,), (0,))


def _hands_back(kind):
    source = kind(2.0)
    node = kind(6.0, (source, source), (3.0, 4.0), "?")
    node.grad = 2.0
    node.hand_back()
    return source.grad == 14.0


def _lists_history(kind):
    wires = [[], [0], [1, 0], [1, 2]]  # a number that is met on several ways
    nodes = wired(kind, wires)
    return judged_order(nodes[-1].history(), nodes, wires) == RIGHT_ORDER


def _walks_back(kind):
    nodes = wired(kind, [[], [0], [1, 1]], [[], [5.0], [1.0, 2.0]])
    nodes[-1].backward()
    nodes[-1].backward()
    return nodes[0].grad == 30.0


def _is_no_deeper_than_one(kind):
    node = kind(1.0)
    for _ in range(DEEP):
        node = kind(1.0, (node,), (1,), "?")
    return len(node.history()) == DEEP + 1


PATIENCE = 10  # seconds for what takes some milliseconds, on a machine that does much besides
DEEP = 5_000  # nodes on top of each other: more than Python lets a function call itself

STEPS = {  # exercise: (attribute, the function to attach, whether it works)
    "7.1": ("__init__", remember, _remembers),
    "7.2": ("__add__", add, _adds),
    "7.3": ("__mul__", multiply, _multiplies),
    "7.4": ("__pow__", power, _raises),
    "7.6": ("hand_back", hand_back, _hands_back),
    "7.7": ("history", history, _lists_history),
    "7.8": ("backward", backward, _walks_back),
    "7.9": ("history", long_history, _is_no_deeper_than_one),
    "7.10": ("relu", relu, _rectifies),
}
WITH_THEM = {"__add__": "__radd__", "__mul__": "__rmul__"}  # attached in the same cell


def works(kind, step):
    """Tell whether a step of the engine is there in a class, by one small trial of it."""
    try:
        return bool(STEPS[step][2](kind))
    except Exception:
        return False


def lend(kind, last):
    """Attach the course's own function wherever a step of the learner's class is still open.

    last: the number of the exercise up to which. Return a sentence that says what was lent.
    A step that hangs or crashes counts as open; it is tried in a copy of the process.
    """
    steps = list(STEPS)[: list(STEPS).index(last) + 1]
    for step in steps:
        if step not in _lent(kind) and not _works_apart(kind, step):
            _attach(kind, step)
    if lent := [named for step, named in _lent(kind).items() if step in steps]:
        return f"Lent by the course until yours is right and attached: {', '.join(lent)}."
    return "All of it is your own."


def _lent(kind):
    """Return {step: its function and number in words} for what the course has lent to a class."""
    return {
        step: f"{function.__name__} ({step})"
        for step, (attribute, function, _) in STEPS.items()
        if _file_of(vars(kind).get(attribute)) == _LENT.format(step)
    }


_LENT = "<lent: {}>"  # the file that a lent function says it comes from


def _file_of(function):
    return function.__code__.co_filename if inspect.isfunction(function) else ""


def _works_apart(kind, step):
    try:
        (outcome,), _ = run(lambda: works(kind, step), [()], PATIENCE)
    except TimeIsUp:
        return False
    return outcome.value is True


def _attach(kind, step):
    """Attach the course's function, with the learner's class for the name that it makes."""
    attribute, function, _ = STEPS[step]
    source = f"{source_of(as_number)}\n\n{source_of(function)}"
    names = {**globals(), "Number": kind}
    own = compiled(source, function.__name__, names, _LENT.format(step))
    for name in (attribute, WITH_THEM.get(attribute, attribute)):
        setattr(kind, name, own)


def class_of(answer):
    """Return the class that a function belongs to: the one it is attached to, else `Number`."""
    known = getattr(answer, "__globals__", {})
    for thing in list(known.values()):
        if isinstance(thing, type) and any(part is answer for part in vars(thing).values()):
            return thing
    if not isinstance(known.get("Number"), type):
        raise ComesFirst("The check looks for your class `Number`: run the cell that makes it.")
    return known["Number"]


def ready(answer, *steps):
    """Return the class of an answer in which these steps are there; raise ComesFirst if not."""
    kind = class_of(answer)
    for step in ("7.1", *steps):
        if not works(kind, step):
            attribute = STEPS[step][0]
            raise ComesFirst(f"Exercise {step} comes first: `{attribute}` does not work yet.")
    return kind


# ------------------------------------------------------------------- how the answers are tried


def try_remembering(remember, data, inputs, slopes, op):
    """Return what a number made by this function holds, with all arguments or with one alone; None
    if it holds nothing.
    """

    fresh = type("Number", (), {"__init__": remember})
    node = fresh(data) if inputs is None else fresh(data, inputs, slopes, op)
    return [getattr(node, name, ...) for name in KEPT] if vars(node) else None


KEPT = ("data", "grad", "inputs", "slopes", "op")


def called(answer, *arguments):
    """Call an answer. Where it calls itself without end, the line is left out: it is wherever
    Python's patience happened to end.
    """
    try:
        return answer(*arguments)
    except RecursionError:
        raise RecursionError("maximum recursion depth exceeded") from None


def for_ever(*arguments):
    """Do what an answer does that calls itself through the class it is attached to."""
    return for_ever(*arguments)


def described(node, kind, **known):
    """Return data, inputs, slopes and op of a node as plain values, the inputs by their names."""
    if node is None or node is ...:
        return node
    if not isinstance(node, kind):
        return f"a {type(node).__name__}, where a {kind.__name__} belongs"
    if any(node is given for given in known.values()):
        return "one of the inputs itself"
    if any(given.grad != 0 for given in known.values()):
        return "a number, and the grad of an input is no longer 0"
    (data,) = _plain([node.data], kind)
    return [data, _named(node.inputs, known), _plain(node.slopes, kind), node.op]


def _named(inputs, known):
    if not isinstance(inputs, (tuple, list)):
        return inputs
    names = {id(node): name for name, node in known.items()}
    return [names.get(id(node), _other_input(node)) for node in inputs]


def _other_input(node):
    return f"another number, {node.data}" if hasattr(node, "data") else f"a plain {node}"


def _plain(numbers, kind):
    """Return numbers with a text in place of each that is one of the learner's."""
    if not isinstance(numbers, (tuple, list)):
        return numbers
    return [f"a {kind.__name__}" if isinstance(one, kind) else one for one in numbers]


def try_two(answer, self, other):
    """Try an operation of two numbers. other: a number, or a text of one to hand in plain."""
    kind = ready(answer)
    left = kind(self)
    if isinstance(other, str):
        return described(called(answer, left, float(other)), kind, self=left)
    right = kind(other)
    return described(called(answer, left, right), kind, self=left, other=right)


def try_power(power, self, exponent):
    kind = ready(power)
    node = kind(self)
    return described(called(power, node, exponent), kind, self=node)


def try_relu(relu, self):
    kind = ready(relu)
    node = kind(self)
    return described(called(relu, node), kind, self=node)


def try_handing_back(hand_back, grad, slopes, inputs, before):
    """Return the grads of the inputs afterwards. inputs: the place in `before` of each input."""
    kind = ready(hand_back)
    root = kind(7.0)
    sources = [kind(3.0 + i, (root,), (1.0,), "?") for i in range(len(before))]
    for source, start in zip(sources, before):
        source.grad = start
    node = kind(1.0, tuple(sources[i] for i in inputs), tuple(slopes), "?")
    node.grad = grad
    if called(hand_back, node) is ...:
        return ...
    if root.grad != 0:
        return "further back"
    return [source.grad for source in sources] if node.grad == grad else "its own grad"


BESIDES = {
    "further back": "Yours hands on beyond the inputs of this node. It is one step, from this node to its inputs; they hand "
    "back themselves when it is their turn.",
    "its own grad": "Yours changes the `grad` of the node that hands back. That one stays as it is: only inputs receive "
    "something.",
}


def about_text(known):
    """Return an `explain` for outcomes that are text: what is known of it, else the text itself."""

    def explain(value):
        return known.get(value, f"Yours gives back {value}.") if isinstance(value, str) else ""

    return explain


def wired(kind, wires, slopes=None):
    """Return nodes wired as asked: for each the places of its inputs, all smaller than its own."""
    nodes = []
    for i, sources in enumerate(wires):
        along = tuple(slopes[i]) if slopes else (1,) * len(sources)
        inputs = tuple(nodes[j] for j in sources)
        nodes.append(kind(VALUES[i % 5], inputs, along, "?" if sources else ""))
    return nodes


VALUES = (3.0, 5.0, 2.0, 2.0, 0.5)  # in no order, and two alike: values say nothing about a graph


def bare(kind):
    """Return the class without arithmetic, with which a slip in a walk could go on for ever."""
    operations = "__add__ __radd__ __mul__ __rmul__ __pow__ __neg__ __sub__ __rsub__".split()
    return type(kind.__name__, (kind,), dict.fromkeys(operations))


RIGHT_ORDER = "every node once, after its inputs"
FAULTS = {
    "no list": "What is returned must be a list of nodes: `return order`.",
    "no node": "Something in your list is no node. The nodes themselves belong in it, not their values or names.",
    "the list is empty": "Your list stays empty: when has everything below a node been dealt with, so that it may be put in?",
    "nothing but the output": "Nothing but the output is in your list: its inputs, and theirs, belong in it too.",
    "the leaves are missing": "Numbers at the beginning, without inputs, are missing from your list. They belong in it.",
    "the output is missing": "What is missing from your list is the output, from which the walk began: it stands last.",
    "a node is missing": "In one of the graphs a node is missing from your list. The output, the inputs and "
    "whatever lies between belong in it.",
    "a node stands there twice": "In one of the graphs a node stands in your list twice. When may it be put in, and "
    "what keeps it from being put in once more?",
    "a node stands before its input": "In one of the graphs a node stands in your list before one of its inputs. When "
    "may a node be put into the list?",
    "a node of another graph": "Your list has something in it that the output was not computed from.",
}


def judged_order(order, nodes, wires):
    """Return what is wrong with an order of nodes, in the words of FAULTS, or RIGHT_ORDER."""
    if order is None or order is ...:
        return order
    if not isinstance(order, (list, tuple)):
        return "no list"
    if not all(hasattr(node, "inputs") for node in order):
        return "no node"
    place = {id(node): i for i, node in enumerate(nodes)}
    found = [place.get(id(node)) for node in order]
    needed = _reached(wires)
    if None in found or set(found) - needed:
        return "a node of another graph"
    if len(set(found)) < len(found):
        return "a node stands there twice"
    if missing := needed - set(found):
        return _what_is_missing(missing, found, wires)
    when = {node: i for i, node in enumerate(found)}
    if any(when[source] > when[node] for node in found for source in wires[node]):
        return "a node stands before its input"
    return RIGHT_ORDER


def _what_is_missing(missing, found, wires):
    output = len(wires) - 1
    if not found:
        return "the list is empty"
    if found == [output]:
        return "nothing but the output"
    if not any(wires[node] for node in missing):
        return "the leaves are missing"
    return "the output is missing" if missing == {output} else "a node is missing"


def _reached(wires):
    reached, waiting = set(), [len(wires) - 1]
    while waiting:
        node = waiting.pop()
        if node not in reached:
            reached.add(node)
            waiting += wires[node]
    return reached


def try_history(history, wires):
    """Return what is wrong with the list for a graph, whose output is its last node."""
    nodes = wired(bare(ready(history)), wires)
    return judged_order(called(history, nodes[-1]), nodes, wires)


def try_long_history(history, wires, chain):
    """As `try_history`, with a chain of further nodes on top, each computed from the last."""
    wires = [*wires, *([len(wires) - 1 + i] for i in range(chain))]
    nodes = wired(bare(ready(history)), wires)
    with usual_depth():
        order = called(history, nodes[-1])
    return judged_order(order, nodes, wires)


@contextmanager
def usual_depth():
    """Let functions call themselves 1,000 deep within this, whatever an answer sets the limit to."""
    limit, setter = sys.getrecursionlimit(), sys.setrecursionlimit
    depth, frame = 0, sys._getframe()
    while frame := frame.f_back:
        depth += 1
    setter(depth + 1_000)
    sys.setrecursionlimit = lambda depth: None
    try:
        yield
    finally:
        sys.setrecursionlimit = setter
        setter(limit)


def try_backward(backward, wires, slopes, passes):
    """Return the grad of every node after so many passes from the last one."""
    kind = ready(backward, "7.6", "7.7")
    nodes = wired(kind, wires, slopes)
    for _ in range(passes):
        if called(backward, nodes[-1]) is ...:
            return ...
    return [node.grad for node in nodes]


def _loss_of(parameters, targets):
    total = 0
    for p, target in zip(parameters, targets):
        total = (p + -target) ** 2 + total
    return total


def try_training(train_step, start, targets, learning_rate, steps, slopes_before):
    """Return the losses of some steps and where the parameters are afterwards."""
    kind = ready(train_step, "7.2", "7.3", "7.4", "7.8")
    parameters = [kind(number) for number in start]
    for p, slope in zip(parameters, slopes_before):
        p.grad = slope
    losses = []
    for _ in range(steps):
        loss = train_step(parameters, lambda: _loss_of(parameters, targets), learning_rate)
        if loss is None or loss is ...:
            return loss
        losses += _plain([loss], kind)
    if any(isinstance(p.data, kind) for p in parameters):
        return "parameters that are computed from others"
    return [losses, [p.data for p in parameters]]


def try_neuron(neuron, weights, bias, inputs):
    """Return a neuron's output and the slopes of its weights and of its bias."""
    kind = ready(neuron, "7.2", "7.3", "7.8")
    w, b = [kind(weight) for weight in weights], kind(bias)
    node = neuron(w, b, inputs)
    if node is None or node is ...:
        return node
    if not isinstance(node, kind):
        return f"a {type(node).__name__}, where a {kind.__name__} belongs"
    node.backward()
    return [node.data, [weight.grad for weight in w], b.grad]


def polynomial(coefficients):
    """Return the function c₀ + c₁x + c₂x² + … of anything that can be added and multiplied."""

    def f(x):
        total = x * 0
        for c in reversed(coefficients):
            total = total * x + c
        return total

    return f


def try_curving(second_derivative, coefficients, x):
    """Try a second derivative on a polynomial."""
    kind = ready(second_derivative, "7.2", "7.3", "7.8")
    result = second_derivative(polynomial(coefficients), x)
    return (
        f"a {kind.__name__}, where a plain number belongs" if isinstance(result, kind) else result
    )


# ------------------------------------------------------------------------------- the exercises

GIVEN = [(2.0, (), (), ""), (6.0, (2.0, 3.0), (3.0, 2.0), "*"), (-1.5, (4.0,), (-1,), "neg")]


def _some(draw):
    return draw.choice((0.0, round(draw.uniform(-3, 3), 1), round(draw.uniform(-3, 3), 1)))


def _other(draw):
    number = round(draw.uniform(-3, 3), 1)
    return draw.choice((number, number, str(number)))


remembering = Exercise(
    number="7.1",
    title="A number that remembers",
    minutes=3,
    kind="complete",
    task="Write the function that makes a number: it keeps its four arguments under their own names in `self`, and a "
    "`grad`, the slope of the output along this number, which is 0 as long as nobody has computed it.",
    solution=remember,
    trial=try_remembering,
    returns=KEPT,
    cases=[*GIVEN, (0.0, None, None, None), (7.0, None, None, None)],
    fresh=lambda draw: (_some(draw), (_some(draw),), (_some(draw),), draw.choice(("+", "*"))),
    mistakes={
        "self.grad = 0 → self.grad = 1": "`grad` starts at 1 in yours. Nothing has been computed yet: nobody knows of a slope.",
        "self.grad = 0 → self.grad = None": "`grad` starts as None in yours. Slopes will be added to it, so it starts at the number 0.",
        "self.grad = 0 → self.grad = data": "`grad` starts at the data in yours. It is a slope, and none has been computed yet.",
        (
            "self.inputs = inputs → self.inputs = slopes",
            "self.slopes = slopes → self.slopes = inputs",
        ): "`inputs` and `slopes` are exchanged.",
        "    self.op = op → \n    return data, 0, inputs, slopes, op": "`remember` returns nothing: it fills the number that it is given as `self`, line by line.",
        tuple(
            f"self.{name} = {name if name != 'grad' else 0} → pass" for name in KEPT
        ): "Nothing is kept in the number: each of its parts begins with `self.`, as in `self.data`.",
        "    self.op = op → \n    self.op = op\n    return self": "`remember` returns nothing: it fills the number that it is given as `self`, line by line.",
        "self.inputs = inputs → self.inputs = ()": "`inputs` is always empty in yours: keep what was handed in.",
        "self.slopes = slopes → self.slopes = ()": "`slopes` is always empty in yours: keep what was handed in.",
    },
    equivalent={
        "line 2: lines exchanged: self.data = data": "the order of these lines does not matter",
        "line 3: lines exchanged: self.grad = 0": "the order of these lines does not matter",
        "line 4: lines exchanged: self.inputs = inputs": "the order of these lines does not matter",
        "line 5: lines exchanged: self.slopes = slopes": "the order of these lines does not matter",
    },
    start="""
        def remember(self, data, inputs=(), slopes=(), op=""):
            self.data = data
            self.grad = ...
            self.inputs = ...
            self.slopes = ...
            self.op = ...
    """,
    hints=(
        "`self.data = data` keeps the argument `data` under the name `data` in the new number.",
        "Three more lines are made in the same way; only `grad` is no argument.",
        "`self.grad = 0`, and `self.inputs = inputs`.",
    ),
)

NODE = ("data", "inputs", "slopes", "op")
NOT_NEW = "Yours hands an input back, changed. The result is a number of its own: leave `self` as it is and make a new one, `Number(…)`."
GRAD_TOO_EARLY = "Yours sets the `grad` of an input. An operation states its result and its slopes; gradients come with the walk back."
SUM_FOR_EVER = "With a `Number` in it, a sum calls the function that you are writing, and that for ever: compute with the plain numbers, `self.data` and `other.data`."
PRODUCT_FOR_EVER = "With a `Number` in it, a product calls the function that you are writing, and that for ever: compute with the plain numbers, `self.data` and `other.data`."
POWER_FOR_EVER = "A power of a `Number` calls the function that you are writing, and that for ever: compute with the plain number, `self.data`."
PLAIN_INPUT = (
    "Your input is a plain number. Keep the `Number` itself: the way back leads through it."
)

addition = Exercise(
    number="7.2",
    title="Add",
    minutes=3,
    kind="complete",
    task="Write the sum. It returns a new `Number` and states four things: the result, the two inputs as a pair, how fast "
    'the result changes with each of the two, also as a pair, and the sign `"+"`.',
    solution=add,
    trial=try_two,
    returns=NODE,
    cases=[(2.0, 3.0), (-1.5, 4.0), (0.0, 0.0), (5.0, "2"), (-3.0, "0.5")],
    fresh=lambda draw: (_some(draw), _other(draw)),
    mistakes={
        for_ever: SUM_FOR_EVER,
        "Number(self.data + other.data → Number(self + other": SUM_FOR_EVER,
        'Number(self.data + other.data, (self, other), (1, 1), "+") → self.data + other.data': "Yours returns a plain number, which remembers nothing: wrap it, `Number(result, inputs, slopes, op)`.",
        "(1, 1) → (other.data, self.data)": "Those are the slopes of a product. If `self` grows by 0.001, by how much does the sum grow?",
        "(1, 1) → (self.data, other.data)": "Those are the inputs' own numbers. If `self` grows by 0.001, by how much does the sum grow?",
        "(1, 1) → (self.data + other.data, self.data + other.data)": "Those are the result itself, twice. If `self` grows by 0.001, by how much does the sum grow?",
        "(1, 1) → (1,)": "There are two inputs, so two slopes: a pair.",
        "(1, 1) → 1": "`slopes` is one number in yours. There are two inputs, so two slopes: a pair.",
        "(1, 1) → (1, 0)": "A slope of 0 along `other` would say that the sum does not change with it.",
        '    return Number(self.data + other.data, (self, other), (1, 1), "+") → \n    self.data = self.data + other.data\n    return self': NOT_NEW,
        "    other = as_number(other) → \n    other = as_number(other)\n    self.grad = 1": GRAD_TOO_EARLY,
        "(1, 1) → (0, 0)": "A slope of 0 would say that the sum does not change with its inputs.",
        "(1, 1) → ()": "Your `slopes` are empty: one number for each of the two inputs.",
        "(self, other), → (self.data, other.data),": "Your `inputs` are plain numbers. Keep the two `Number`s themselves: the way back leads through them.",
        "(self, other), → (other, self),": "Your `inputs` stand in the other order: first `self`, then `other`.",
        "(self, other), → (self,),": "`other` is missing from your `inputs`.",
        "(self, other), → (),": "Your `inputs` are empty: then nobody can find the way back.",
        "other = as_number(other) → pass": "With a plain number for `other` yours fails: keep the line with `as_number`.",
    },
    start="""
        def add(self, other):
            other = as_number(other)
            return Number(..., (self, other), ..., "+")
    """,
    hints=(
        "The result is made of plain numbers: `self.data` and `other.data`.",
        "Raise one input by 0.001. By how much does the sum rise? That, divided by 0.001, is the slope.",
        'The slopes are two ones: `Number(…, (self, other), (1, 1), "+")`.',
    ),
)

multiplication = Exercise(
    number="7.3",
    title="Multiply",
    minutes=2,
    kind="complete",
    task='Write the product in the same way, with the sign `"*"`. How fast does it change with `self`, and how fast with `other`?',
    solution=multiply,
    trial=try_two,
    returns=NODE,
    cases=[(2.0, 3.0), (-1.5, 4.0), (0.0, 5.0), (5.0, "2"), (-3.0, "0.5")],
    fresh=lambda draw: (_some(draw), _other(draw)),
    mistakes={
        "(other.data, self.data) → (self.data, other.data)": "The two slopes are exchanged. A product changes fast with `self` if the *other* factor is large.",
        "(other.data, self.data) → (1, 1)": "Those are the slopes of a sum. If `self` grows by 0.001 and `other` is 3, by how much does the product grow?",
        "(other.data, self.data) → (self.data * other.data, self.data * other.data)": "Both slopes are the product itself in yours. Along `self` it changes by what `self` is multiplied with, and by no more.",
        "(other.data, self.data) → (other, self)": "Your slopes are `Number`s. A slope is a plain number: take `.data`.",
        "(other.data, self.data) → (other.data,)": "There are two inputs, so two slopes: a pair.",
        for_ever: PRODUCT_FOR_EVER,
        "Number(self.data * other.data → Number(self * other": PRODUCT_FOR_EVER,
        'Number(self.data * other.data, (self, other), (other.data, self.data), "*") → self.data * other.data': "Yours returns a plain number, which remembers nothing: wrap it, `Number(result, inputs, slopes, op)`.",
        "self.data * other.data, (self → self.data + other.data, (self": "Your result is the sum.",
        "(self, other), → (self.data, other.data),": "Your `inputs` are plain numbers. Keep the two `Number`s themselves.",
        "(self, other), → (other, self),": "Your `inputs` stand in the other order: first `self`, then `other`.",
        "other = as_number(other) → pass": "With a plain number for `other` yours fails: keep the line with `as_number`.",
        "(other.data, self.data) → (2 * self.data, 2 * other.data)": "2x is the slope of x². Here one factor moves and the *other* one stays as it is.",
        "(other.data, self.data) → (self.data + other.data, self.data + other.data)": "That is how fast the product grows if both factors do. A slope asks about one input while the other one stays.",
        '    return Number(self.data * other.data, (self, other), (other.data, self.data), "*") → \n    self.data = self.data * other.data\n    return self': NOT_NEW,
        '"*" → "+"': "The sign is still that of the sum.",
    },
    start="""
        def multiply(self, other):
            other = as_number(other)
            return Number(..., (self, other), ..., "*")
    """,
    hints=(
        "Take 2 · 3 and raise the 2 by 0.001. The product rises by 0.003.",
        "So the slope along the first factor is the second factor. And along the second?",
        "`(other.data, self.data)`.",
    ),
)

raising = Exercise(
    number="7.4",
    title="Raise to a power",
    minutes=2,
    kind="complete",
    task="Write `self` to the power of a plain number `exponent`. There is one input, so `inputs` and `slopes` are tuples "
    "of one, which Python writes with a comma: `(self,)`. The derivative of $x^n$ is $n\\,x^{n-1}$.",
    solution=power,
    trial=try_power,
    returns=NODE,
    cases=[(2.0, 3), (3.0, 2), (-1.5, 3), (4.0, 0.5), (2.0, -1), (5.0, 1)],
    fresh=lambda draw: (round(draw.uniform(0.5, 3), 1), draw.choice((2, 3, -1, -2, 0.5))),
    mistakes={
        "exponent * self.data ** (exponent - 1) → exponent * self.data": "That is the slope of the square alone. The power of x that is left is exponent − 1.",
        "exponent * self.data ** (exponent - 1) → 2 * self.data": "That is the slope of the square. The exponent may be another one than 2.",
        "exponent * self.data ** (exponent - 1) → self.data ** (exponent - 1)": "The factor `exponent` is missing from the slope.",
        "exponent * self.data ** (exponent - 1) → exponent * self.data**exponent": "In the slope the exponent is smaller by 1 than in the result.",
        "exponent * self.data ** (exponent - 1) → exponent * self.data**exponent - 1": "`-` binds less than `**`: the exponent of the slope needs brackets, `(exponent - 1)`.",
        "exponent * self.data ** (exponent - 1) → self.data**exponent / exponent": "The exponent comes down as a factor, and the power of x that is left is smaller by one.",
        "exponent * self.data ** (exponent - 1) → exponent**self.data": "Base and exponent are exchanged in your slope.",
        "exponent * self.data ** (exponent - 1) → exponent * (exponent - 1) * self.data ** (exponent - 2)": "That is the slope of the slope: you differentiated once too often.",
        "exponent * self.data ** (exponent - 1) → self.data**exponent * math.log(abs(self.data))": "That is how fast the power changes with the exponent. Asked for is how fast it changes with `self`.",
        for_ever: POWER_FOR_EVER,
        "exponent * self.data ** (exponent - 1) → exponent * self ** (exponent - 1)": POWER_FOR_EVER,
        '    return Number(self.data**exponent, (self,), (slope,), "**") → \n    self.grad = slope\n    return Number(self.data**exponent, (self,), (slope,), "**")': GRAD_TOO_EARLY,
        "(self,) → (self.data,)": PLAIN_INPUT,
        "(slope,) → slope": "Yours hands on the slope alone: a tuple of one is written `(slope,)`, with a comma.",
        "(self,) → self": "Yours hands on `self` alone: a tuple of one is written `(self,)`, with a comma.",
        'Number(self.data**exponent, (self,), (slope,), "**") → self.data**exponent': "Yours returns a plain number, which remembers nothing: wrap it in a `Number`.",
    },
    start="""
        def power(self, exponent):
            slope = ...
            return Number(self.data**exponent, (self,), ..., "**")
    """,
    hints=(
        "For the square the slope is 2x: the exponent comes down as a factor, and x is left to the power of 1.",
        "The slope: the exponent times x to the power of one less. Here x is `self.data`.",
        "`slope = exponent * self.data ** (exponent - 1)`, and `(slope,)` is a tuple of one.",
    ),
)


def slopes_by_hand():
    slope_u = 1 * 2 * 2.0
    slope_p = slope_u * 1
    slope_b = slope_u * 1
    slope_d = slope_p * 3.0
    slope_w = slope_p * 2.0
    return [slope_u, slope_b, slope_d, slope_w]


def about_slopes_by_hand(value):
    """Say of wrong slopes of L = (d·w + b)² which one is wrong and what it is."""
    try:
        u, b, d, w = (float(entry) for entry in value)
    except (TypeError, ValueError):
        return ""
    if (d, w) == (8.0, 12.0):
        return "d and w are exchanged: a product changes with d by what d is multiplied with, and that is w."
    if u != 4:
        known = {
            2: "2 is u itself, or the factor 2 alone: the slope of u² is 2u.",
            1: "1 is the slope of L along itself; u² changes faster than u.",
        }
        return f"Begin with ∂L/∂u. {known.get(u, 'L = u², and its slope is 2u with u = 2.')}"
    if b != 4:
        return "∂L/∂u is right. The sum hands on what arrives to both of its inputs, times 1: look at b again."
    wrong = [name for name, mine, right in (("d", d, 12), ("w", w, 8)) if mine != right]
    arrives = "4 arrives at the product; it hands on 4 times the *other* factor."
    return f"∂L/∂u and ∂L/∂b are right. {' and '.join(wrong)}: {arrives}" if wrong else ""


by_hand = Exercise(
    number="7.5",
    title="Backward by hand",
    minutes=3,
    kind="trace",
    task="Walk back on paper: start with ∂L/∂L = 1, and at each node multiply what has arrived by the slope on the edge. "
    "Type the list of the slopes of L along u, b, d and w, in this order.",
    solution=slopes_by_hand,
    start="slopes_by_hand = [..., ..., ..., ...]",
    explain=about_slopes_by_hand,
    hints=(
        "L = u², u = 2: the edge from u to L carries 2u.",
        "u = p + b hands what arrives to p and to b, times 1. Then p = d·w, with d = 2 and w = 3.",
        "4 arrives at p. Along d the edge carries 3, along w it carries 2.",
    ),
)

handing_back = Exercise(
    number="7.6",
    title="Sum what comes back",
    minutes=2,
    kind="mend",
    task="Mend the step that hands a gradient back, so that a number which is used several times hears from all its uses.",
    solution=hand_back,
    trial=try_handing_back,
    called={"before": "what the inputs' `grad` held before"},
    explain=about_text(BESIDES),
    cases=[
        (4.0, (3.0, 2.0), (0, 1), [0, 0]),
        (1, (1, 1), (0, 0), [0]),
        (2.0, (-3.0, 1.0), (0, 1), [0, 0]),
        (2.0, (5.0,), (0,), [1.5]),
        (-1.5, (2.0, 0.0, 4.0), (2, 0, 1), [0, 1.0, -2.0]),
        (0, (3.0, 2.0), (0, 1), [1.0, 2.0]),
        (3.0, (), (), []),
    ],
    fresh=lambda draw: (
        _some(draw),
        (_some(draw), _some(draw)),
        draw.choice(((0, 1), (1, 0), (0, 0))),
        [_some(draw), _some(draw)],
    ),
    mistakes={
        "slope * self.grad → slope": "The chain rule has two factors: the slope on the edge, and what has arrived at this node, `self.grad`.",
        "slope * self.grad → self.grad": "The chain rule has two factors: what has arrived at this node, and the slope on the edge.",
        "slope * self.grad → slope + self.grad": "Along a path slopes are multiplied. Only where paths meet they are added.",
        "source.grad += slope * self.grad → source.grad += slope * source.grad": "What is handed back comes from this node: `self.grad`, not the source's own.",
        "source.grad += slope * self.grad → self.grad += slope * source.grad": "That goes the wrong way: what changes is the `grad` of the source.",
        "source.grad += slope * self.grad → pass": "No input's `grad` changes in yours. What is handed back goes there.",
        "source.grad += slope * self.grad → source.grad = -slope * self.grad": "`=-` is an `=` and a minus: yours puts the negative in place of what was there.",
        "        source.grad += slope * self.grad → \n        if source.grad == 0:\n            source.grad = slope * self.grad": "In yours only the first use counts: where `grad` is no longer 0, nothing arrives.",
        "    for source, slope in zip(self.inputs, self.slopes):\n        source.grad += slope * self.grad → \n    total = 0\n    for source, slope in zip(self.inputs, self.slopes):\n        total += slope * self.grad\n        source.grad = total": "Yours adds up over the inputs of this node. Each input has a sum of its own, over its uses.",
        "    for source, slope in zip(self.inputs, self.slopes):\n        source.grad += slope * self.grad → \n    for source in self.inputs:\n        for slope in self.slopes:\n            source.grad += slope * self.grad": "Yours hands every slope to every input. Each input has one of its own, which `zip` pairs with it.",
        "source.grad += slope * self.grad → source.grad -= slope * self.grad": "The sign is turned. The minus belongs to the step of gradient descent, not to the slope.",
        "source.grad += slope * self.grad → source.grad = max(source.grad, slope * self.grad)": "Where paths meet, what they bring is added up; nothing is left out for being smaller.",
        "source.grad += slope * self.grad → source.grad *= slope * self.grad": "Where paths meet, what they bring is added up, not multiplied.",
    },
    equivalent={
        "line 2: some entries only: zip(self.inputs, self.slopes) → list(zip(self.inputs, self.slopes))[::-…": "a sum, in another order",
    },
    start="""
        def hand_back(self):
            for source, slope in zip(self.inputs, self.slopes):
                source.grad = slope * self.grad
    """,
    given="What does a source know, afterwards, of what other uses have handed to it?",
    hints=(
        "Each use of a number is a path to the output, and over paths slopes are added.",
        "The line with `=` throws away what another use has brought before.",
        "`source.grad += …`",
    ),
)

SMALL_GRAPHS = [
    ([[], [], [], [0, 1], [3, 2], [4]],),  # L = (d·w + b)²
    ([[], [0, 0], [1, 1]],),
    ([[]],),
    ([[], [0], [0, 1], [2, 0, 1]],),
    ([[], [], [0], [0, 2], [], [3, 4], [5, 0]],),
    ([[], [0], [1], [2], [0, 3]],),
    ([[], [0], [1, 0], [1]],),  # a node beside the way
]


def _wires(draw, most=7):
    wires = [[]]
    for i in range(1, draw.randint(2, most)):
        wires.append([draw.randrange(i) for _ in range(draw.choice((0, 1, 2, 2)))])
    return wires


ordering = Exercise(
    number="7.7",
    title="Inputs before what is made of them",
    minutes=5,
    kind="complete",
    task="Complete the walk. `history` returns the list of all numbers that `self` was computed from, each once, every one "
    "*after* all of its inputs, `self` last. `visit` may call itself.",
    solution=history,
    trial=try_history,
    called={"wires": "how the numbers are wired"},
    cases=SMALL_GRAPHS,
    fresh=lambda draw: (_wires(draw),),
    explain=FAULTS.get,
    mistakes={
        "            order.append(node)\n → ": "Your list stays empty: when has everything below a node been dealt with, so that it may be put in?",
        "                visit(source)\n → \n                order.append(source)\n": "Yours lists a node's own inputs and does not go on to theirs: `visit` must call itself.",
        "                visit(source) → \n                pass": "Nothing but the output gets into your list: its inputs, and theirs, must be visited too.",
        "            order.append(node) → \n                order.append(node)": "Yours puts a node in once for each of its inputs, and one without inputs never: at which depth does `append` belong?",
        "            order.append(node) → \n        order.append(node)": "Yours puts a node into the list each time it is met. What belongs to its first meeting alone?",
    },
    equivalent={
        "line 5: name for another: met → order": "slower, and the same: no node is met again before it is in the list",
        "line 6: lines exchanged: met.add(node)": "no node is met again below itself",
        "line 7: some entries only: node.inputs → list(node.inputs)[::-1]": "another order that is right too",
    },
    start="""
        def history(self):
            order, met = [], set()

            def visit(node):
                if node not in met:
                    met.add(node)
                    ...

            visit(self)
            return order
    """,
    hints=(
        "When is a node allowed to stand in the list? When all that it was computed from stands there already.",
        "So first visit each of `node.inputs`, and put the node itself in afterwards.",
        "A loop with `visit(source)`, and below it, outside the loop, `order.append(node)`.",
    ),
)


def _with_slopes(draw):
    """Return a graph, slopes and passes; one pass where the output is a leaf, which may add up."""
    wires = _wires(draw, 6)
    slopes = [[float(draw.randint(-2, 3)) for _ in row] for row in wires]
    return wires, slopes, draw.choice((1, 2)) if wires[-1] else 1


ONLY_THE_OUTPUT = (
    "Only the output has handed on anything. Every node does, and before it may, all that comes to it must have arrived: "
    "so the output first, the beginning last."
)
ALL_ZERO = (
    "Every slope is 0 in the end. Does the walk begin with the slope of the output along itself, and does nothing empty "
    "what has arrived?"
)

walking_back = Exercise(
    number="7.8",
    title="Backward",
    minutes=4,
    kind="complete",
    task="Put it together. Fetch the history; set the `grad` of every number *that was computed*, one with inputs, to 0, so "
    "that a second walk does not start from what the first one left there; give `self` the slope along itself; then let "
    "every node hand back, the last one first. The numbers at the beginning, without inputs, keep what they have.",
    solution=backward,
    trial=try_backward,
    called={
        "wires": "how the numbers are wired",
        "slopes": "the slopes on the edges",
        "passes": "how often it is called",
    },
    cases=[
        ([[], [], [], [0, 1], [3, 2], [4]], [[], [], [], [3.0, 2.0], [1.0, 1.0], [4.0]], 1),
        ([[], [0, 0], [1, 1]], [[], [1.0, 1.0], [1.0, 1.0]], 1),
        ([[], [0, 0], [1, 1]], [[], [1.0, 1.0], [1.0, 1.0]], 2),
        ([[], [0], [1, 1], [1, 2]], [[], [1.0], [4.0, 4.0], [1.0, 1.0]], 1),
        ([[], [], [0, 1], [2], [3, 2]], [[], [], [2.0, -1.0], [0.5], [3.0, 1.0]], 3),
        ([[]], [[]], 1),
    ],
    fresh=_with_slopes,
    mistakes={
        "        if node.inputs:\n            node.grad = 0\n → \n        pass\n": "The first pass is right, the second is not: the numbers in between still hold what the first one left there, and hand it back again.",
        "        if node.inputs:\n            node.grad = 0\n → \n        node.grad = 0\n": "Yours empties the numbers at the beginning too. They keep what earlier passes left there, and a pass adds to it.",
        "node.hand_back() → pass": "Nothing has left the output. It needs its slope before the walk, and then hands back first: every node calls its own `hand_back()`.",
        (
            "        if node.inputs:\n            node.grad = 0\n → \n        pass\n",
            "        node.hand_back() → \n        node.hand_back()\n    for node in order:\n        if node.inputs:\n            node.grad = 0",
        ): "Yours empties at the end, when the gradients are there: they are to be kept, and emptied only when the next walk begins.",
        for_ever: "Yours starts a whole walk again from within a walk, and that for ever. Each node only hands back, once.",
        "node.hand_back() → node.backward()": "Each node starts a walk of its own in yours. It is to hand back once, what has arrived at it: `hand_back`.",
        "self.grad = 1 → pass": ALL_ZERO,
        "self.grad = 1 → self.grad = 0": ALL_ZERO,
        "self.grad = 1 → self.grad = self.data": "The walk starts from the slope of the output along itself, which is 1 whatever its value is.",
        "reversed(order) → order": ONLY_THE_OUTPUT,
        "in reversed(order) → in [self]": ONLY_THE_OUTPUT,
        (
            "    self.grad = 1\n → ",
            "    order = self.history()\n → \n    order = self.history()\n    self.grad = 1\n",
        ): "You set the output's own slope first, and then emptied it with the others.",
        "        node.hand_back() → \n        self.hand_back()": "In each round `self` hands back, again and again; it is the turn of `node`.",
        "node.grad = 0 → node.grad = 1": "Yours lets every computed number begin with 1. Only the output does: the others begin with 0 and wait for what arrives.",
        (
            "node.grad = 0 → node.grad = 1",
            "    self.grad = 1\n → ",
        ): "Yours lets every computed number begin with 1. Only the output does: the others begin with 0 and wait for what arrives.",
        "if node.inputs: → if not node.inputs:": "Yours empties the numbers at the beginning, and those that were computed keep what they have. It is the other way round.",
    },
    equivalent={
        "everywhere: some entries only: order → list(order)[:-1]": "the first of the history is never computed, and the last is set anyway",
        "line 3: some entries only: order → list(order)[1:]": "the first of the history is never computed, and the last is set anyway",
        "line 3: some entries only: order → list(order)[:-1]": "the first of the history is never computed, and the last is set anyway",
        "line 3: some entries only: order → list(order)[::-1]": "the first of the history is never computed, and the last is set anyway",
        "line 7: some entries only: reversed(order) → list(reversed(order))[:-1]": "the first of the history is never computed, and the last is set anyway",
    },
    start="""
        def backward(self):
            order = self.history()
            for node in order:
                ...
            self.grad = ...
            for node in reversed(order):
                ...
    """,
    hints=(
        "The slope of the output along itself is 1. Everything else starts from there.",
        "`if node.inputs:` tells a number that was computed from one at the beginning.",
        "The last line is `node.hand_back()`, in a loop over `reversed(order)`.",
    ),
)

TOO_EARLY = (
    "Yours puts a node into the list before its inputs. It has to wait, with its mark, on the stack below them: what is "
    "put there last is taken first."
)
NEVER_IN = (
    "Your list stays empty. What brings a node into it is a mark `None` on the stack, with the node right below it; and "
    "the `return` waits until the stack is empty."
)
ABOVE_ITS_MARK = (
    "Yours puts the node on its mark. When the mark comes out, what lies right below it goes into the list: so where must "
    "the node lie?"
)
STILL_RECURSIVE = "Yours calls itself for every number on the way, and Python stops that, at about a thousand. Let a list keep the place, with `while` in place of the calls."

without_recursion = Exercise(
    number="7.9",
    title="Without recursion",
    minutes=5,
    kind="extend",
    task="The same list, from a function that never calls itself. It keeps a stack of its own: a list from whose end it "
    "takes the next node. A `None` on the stack is a mark: it comes out when everything above it has been dealt with, and "
    "the node below it may go into the list. What must be put on the stack when a node is met for the first time?",
    solution=long_history,
    trial=try_long_history,
    called={"wires": "how the numbers are wired", "chain": "how long the chain is"},
    cases=[*((wires, 0) for (wires,) in SMALL_GRAPHS), ([[], [0, 0], [1, 0]], 3_500)],
    fresh=lambda draw: (_wires(draw), 0),
    explain=FAULTS.get,
    mistakes={
        "stack += [node, None, *node.inputs] → order.append(node)\n            stack += node.inputs": TOO_EARLY,
        "[node, None, *node.inputs] → [node, None]": "Nothing but the output gets into your list. Each input must get on the stack as well, and is met when it is taken from it, not before.",
        "[node, None, *node.inputs] → [*node.inputs, node, None]": TOO_EARLY,
        "[node, None, *node.inputs] → [*node.inputs]": NEVER_IN,
        "[node, None, *node.inputs] → [None, node, *node.inputs]": ABOVE_ITS_MARK,
        "[node, None, *node.inputs] → [*node.inputs, None, node]": ABOVE_ITS_MARK,
        "[node, None, *node.inputs] → [node, *node.inputs]": NEVER_IN,
        history: STILL_RECURSIVE,
        "[node, None, *node.inputs] → [[node, None, *node.inputs]]": "Yours puts one list on the stack as a single thing. The node, the mark and each input go on it one by one.",
        "[node, None, *node.inputs] → [node, None, node.inputs]": "Yours puts the tuple of inputs on the stack as one thing. Put each input on it.",
    },
    equivalent={
        "line 7: name for another: met → order": "slower, and the same list",
        "line 8: lines exchanged: met.add(node)": "the order of these lines does not matter",
    },
    start="""
        def long_history(self):
            order, met, stack = [], set(), [self]
            while stack:
                node = stack.pop()
                if node is None:
                    order.append(stack.pop())
                elif node not in met:
                    met.add(node)
                    ...
            return order
    """,
    hints=(
        "The node itself has to wait until its inputs are in the list; so it goes back on the stack, below them.",
        "The mark stands above the node and below the inputs: when it comes out, all inputs are dealt with.",
        "`stack.append(node)`, `stack.append(None)`, then each of `node.inputs`; or all at once, `stack += [node, None, *node.inputs]`.",
    ),
)

rectifying = Exercise(
    number="7.10",
    title="ReLU",
    minutes=2,
    kind="complete",
    task='One more operation: the larger of 0 and `self`, with the name `"relu"`. It has a kink at 0; there its slope is '
    "taken to be 0.",
    solution=relu,
    trial=try_relu,
    returns=NODE,
    cases=[(2.0,), (-1.5,), (0.0,), (0.001,), (-0.001,)],
    fresh=lambda draw: (_some(draw),),
    mistakes={
        "self.data > 0 → self.data >= 0": "At exactly 0 your slope is 1; the exercise asks for 0.",
        "slope = 1 if self.data > 0 else 0 → slope = max(0, self.data)": "Your slope is the result itself. Where the number is positive, the result grows just as fast as it does.",
        "slope = 1 if self.data > 0 else 0 → slope = 1 if self > 0 else 0": "Your numbers cannot be compared yet: compare `self.data`, the plain number.",
        (
            "slope = 1 if self.data > 0 else 0 → slope = self.data",
            "self.data * slope → max(0, self.data)",
        ): "Your slope is the number itself. How fast does the result grow with it, on the right of 0 and on the left?",
        "(slope,) → (1,)": "Your slope is 1 everywhere. On the left of 0 the result does not move at all.",
        "slope = 1 if self.data > 0 else 0 → slope = 1 if self.data > 0 else -1": "On the left of 0 the result stays 0 whatever the number is: what is the slope of that?",
        'Number(self.data * slope, (self,), (slope,), "relu") → self.data * slope': "Yours returns a plain number, which remembers nothing: wrap it, `Number(result, inputs, slopes, op)`.",
        '    return Number(self.data * slope, (self,), (slope,), "relu") → \n    self.data = self.data * slope\n    return self': NOT_NEW,
        for_ever: "Yours calls itself, and that for ever: compute with the plain number, `self.data`.",
        'return Number(self.data * slope, (self,), (slope,), "relu") → return self if self.data > 0 else Number(0)': "Yours hands `self` itself back, or a number without inputs. Each result is a new number that knows its input.",
        "self.data * slope → max(0, self)": "Your numbers cannot be compared yet: compare `self.data`, the plain number.",
        "(self,) → (self.data,)": PLAIN_INPUT,
        "self.data * slope → self.data": "Your result is the number as it came, below 0 too.",
        "self.data * slope → abs(self.data)": "That is the absolute value: below 0 the result is 0.",
        "slope = 1 if self.data > 0 else 0 → slope = 1 if self.data < 0 else 0": "The wrong way round: what is positive passes, what is negative becomes 0.",
    },
    equivalent={
        "line 3: factor twice: slope → slope ** 2": "the slope is 0 or 1",
        "line 3: size only: slope → abs(slope)": "the slope is 0 or 1",
    },
    start="""
        def relu(self):
            slope = ...
            return Number(..., (self,), (slope,), "relu")
    """,
    hints=(
        "Two cases: on the right of 0 the result is the number itself, elsewhere it is 0.",
        "On the right the slope is 1, elsewhere 0; and the result is the number times that.",
        "`slope = 1 if self.data > 0 else 0`.",
    ),
)


def train_step(parameters, loss_of, learning_rate):
    for p in parameters:
        p.grad = 0
    loss = loss_of()
    loss.backward()
    for p in parameters:
        p.data = p.data - learning_rate * p.grad
    return loss.data


NOTHING_MOVES = (
    "Nothing moves. Either the slopes are 0 when the step is taken (does `backward` run, and are they emptied before it?), "
    "or the step is kept nowhere: it belongs in `p.data`."
)


def one_after_the_other(parameters, loss_of, learning_rate):
    for p in parameters:
        p.grad = 0
        loss = loss_of()
        loss.backward()
        p.data = p.data - learning_rate * p.grad
    return loss.data


training = Exercise(
    number="7.11",
    title="One step of training",
    minutes=4,
    kind="complete",
    task="Write one step. `parameters` is a list of your numbers, and `loss_of()` computes the loss from what they are "
    "now. Empty the slopes, compute the loss, walk back, move every parameter's `data` downhill, and return the loss as a "
    "plain number.",
    solution=train_step,
    trial=try_training,
    called={
        "start": "where the parameters begin",
        "targets": "where the loss is lowest",
        "steps": "how many steps are taken",
        "slopes_before": "the slopes that were there before",
    },
    explain=about_text(
        {
            "parameters that are computed from others": "A parameter's `data` has become one of your numbers. It must "
            "stay a plain number: subtract from `p.data`, not from `p`."
        }
    ),
    cases=[
        ([1.0, -2.0], [0.0, 1.0], 0.1, 3, [0, 0]),
        ([0.5], [2.0], 0.25, 2, [0]),
        ([1.0, 2.0, 3.0], [1.0, 0.0, -1.0], 0.05, 4, [5.0, -1.0, 2.0]),
        ([2.0], [2.0], 0.1, 1, [0]),
    ],
    fresh=lambda draw: (
        [_some(draw), _some(draw)],
        [_some(draw), _some(draw)],
        draw.choice((0.05, 0.1, 0.2)),
        draw.randint(2, 4),
        [0, 0],
    ),
    mistakes={
        "p.grad = 0 → p.grad = None": "Your engine adds to `grad`, and to None nothing can be added: which number is an empty one?",
        "    for p in parameters:\n        p.grad = 0\n → ": "When yours walks back, the slopes of earlier walks are still in the parameters, and `backward` adds to them.",
        (
            "    for p in parameters:\n        p.grad = 0\n → ",
            "    loss.backward()\n → \n    loss.backward()\n    for p in parameters:\n        p.grad = 0\n",
        ): NOTHING_MOVES,
        "    loss.backward()\n → ": NOTHING_MOVES,
        (
            "    for p in parameters:\n        p.grad = 0\n → ",
            "        p.data = p.data - learning_rate * p.grad\n → \n        p.data = p.data - learning_rate * p.grad\n        p.grad = 0\n",
        ): "Yours empties the slopes after the move, not before the walk: what somebody else's walk has left there goes into its first step.",
        "return loss.data → return loss.grad": "Yours returns how fast the loss changes along itself, which is always 1. Asked for is the loss.",
        "learning_rate * p.grad → learning_rate * loss.data": "Yours moves every parameter by the loss itself. Each moves against a slope of its own.",
        "- learning_rate * p.grad → + learning_rate * p.grad": "Yours goes uphill: downhill is against the slope.",
        "learning_rate * p.grad → p.grad": "The learning rate is missing from your step.",
        "return loss.data → return loss": "The result is to be a plain number: yours holds the whole graph behind the loss.",
        "p.grad = 0 → p.data = 0": "You empty the parameters themselves, `p.data`. What must be emptied are their slopes.",
        "p.data - learning_rate * p.grad → p.data * learning_rate * p.grad": "The step is subtracted from where the parameter is, not multiplied with it.",
        "return loss.data → return loss_of().data": "You return the loss after the step. Asked for is the one that the slopes belong to.",
        "p.data - learning_rate * p.grad → -learning_rate * p.grad": "Yours puts the parameter at the step itself. It moves *by* that, from where it is.",
        "p.data = p.data - learning_rate * p.grad → p = p + -learning_rate * p.grad": NOTHING_MOVES,
        one_after_the_other: "Yours walks back anew for each parameter, when those before it have moved. One loss and one walk give all slopes; then all move.",
    },
    equivalent={
        "everywhere: some entries only: parameters → list(parameters)[::-1]": "each parameter is treated alone",
        "line 2: some entries only: parameters → list(parameters)[::-1]": "each parameter is treated alone",
        "line 6: some entries only: parameters → list(parameters)[::-1]": "each parameter is treated alone",
        "line 2: lines exchanged: for p in parameters:": "the slopes are empty before the walk back all the same",
    },
    start="""
        def train_step(parameters, loss_of, learning_rate):
            for p in parameters:
                ...
            loss = loss_of()
            ...
            for p in parameters:
                p.data = ...
            return loss.data
    """,
    hints=(
        "`backward` adds to what is there: what must `p.grad` be before it runs?",
        "The slopes are there after `loss.backward()`. Each parameter then moves against its own.",
        "`p.data = p.data - learning_rate * p.grad`.",
    ),
)


def neuron(weights, bias, inputs):
    total = bias
    for weight, x in zip(weights, inputs):
        total = total + weight * x
    return total.tanh()


a_neuron = Exercise(
    number="7.12",
    title="A neuron",
    minutes=3,
    kind="complete",
    task="Write a neuron: the sum of each weight times its input, plus the bias, through `tanh`. `weights` is a list of your "
    "numbers and `bias` one of them; `inputs` are plain numbers.",
    solution=neuron,
    trial=try_neuron,
    explain=about_text(
        {
            "a method, where a Number belongs": "`tanh` is only named in yours, not called: it needs its brackets."
        }
    ),
    cases=[
        ([0.5, -1.0], 0.25, [1.0, 2.0]),
        ([1.0], 0.0, [-0.5]),
        ([0.2, 0.4, -0.3], -0.1, [2.0, 0.5, 1.0]),
        ([0.3, 0.7], 1.0, [0.0, 0.0]),
    ],
    fresh=lambda draw: (
        [_some(draw), _some(draw)],
        _some(draw),
        [round(draw.uniform(-1, 1), 1), round(draw.uniform(-1, 1), 1)],
    ),
    mistakes={
        "return total.tanh() → return total": "Yours is the weighted sum: `tanh` comes last.",
        "total = bias → total = 0": "The bias is missing.",
        "total + weight * x → total + weight + x": "A weight multiplies its input.",
        "total + weight * x → weight * x": "Yours keeps only the last product: add each one to the total so far.",
        "total + weight * x → total + (weight * x).tanh()": "Yours puts each product through `tanh`. The neuron does so once, with the sum.",
        (
            "total = total + weight * x → total = (total + weight * x).tanh()",
            "return total.tanh() → return total",
        ): "Yours puts the sum through `tanh` after every product. The neuron does so once, in the end.",
        (
            "total + weight * x → total + (weight * x).tanh()",
            "return total.tanh() → return total",
        ): "Yours puts each product through `tanh`. The neuron does so once, with the sum.",
        "return total.tanh() → return math.tanh(total.data)": "Yours returns a plain number, and the way back is lost: `total.tanh()` is one of yours.",
        "return total.tanh() → return Number(math.tanh(total.data))": "Yours ends in a new number without inputs, and the way back is lost: `total.tanh()` keeps it.",
        "total + weight * x → Number(total.data) + weight * x": "`Number(total.data)` is a new number without inputs: behind it the way back is lost.",
        "total + weight * x → total + weight * x + bias": "Yours adds the bias in every round. It is added once.",
        (
            "total = bias → total = 0",
            "total + weight * x → total + weight * x + bias",
        ): "Yours adds the bias in every round. It is added once.",
        (
            "total = bias → total = as_number(0)",
            "return total.tanh() → return total.tanh() + bias",
        ): "Yours adds the bias after `tanh`. It belongs to the sum that goes through it.",
        "return total.tanh() → return total.relu()": "Here the activation is `tanh`.",
        "weight * x → weight.data * x": "The slopes of your weights are lost: with `.data` the engine never hears of them.",
    },
    equivalent={
        "line 3: arguments exchanged: zip(weights, inputs) → zip(inputs, weights)": "a product, in another order",
        "line 3: entries exchanged: weight, x → x, weight": "a product, in another order",
        "line 3: some entries only: zip(weights, inputs) → list(zip(weights, inputs))[::-1]": "a sum, in another order",
        "line 4: changed in place: total = total + weight * x": "a Number has no addition in place",
    },
    start="""
        def neuron(weights, bias, inputs):
            total = bias
            for weight, x in zip(weights, inputs):
                total = ...
            return ...
    """,
    hints=(
        "Begin with the bias and add one product after the other.",
        "`weight * x` is one of your numbers, as `multiply` takes plain numbers too.",
        "`total = total + weight * x`, and `total.tanh()` in the end.",
    ),
)


def sigmoid_gradient(weights, bias, inputs, target):
    z = sum(w * x for w, x in zip(weights, inputs)) + bias
    a = 1 / (1 + math.exp(-z))
    slope_z = 2 * (a - target) * a * (1 - a)
    d_weights = [slope_z * x for x in inputs]
    d_bias = slope_z
    return d_weights, d_bias


by_formula = Exercise(
    number="7.13",
    title="A sigmoid neuron by hand",
    minutes=4,
    kind="complete",
    task="Paper first, no engine: one neuron with $z = \\sum_i w_i x_i + b$, $a = \\sigma(z) = 1/(1+e^{-z})$ and the squared "
    "error $L = (a - y)^2$. The derivative of σ is $a\\,(1-a)$. Work out $\\partial L/\\partial w_i$ and "
    "$\\partial L/\\partial b$, then write both as a function of plain numbers.",
    solution=sigmoid_gradient,
    returns=("d_weights", "d_bias"),
    cases=[
        ([0.5, -1.0], 0.25, [1.0, 2.0], 1),
        ([2.0], 0.0, [-1.5], 0),
        ([0.3, 0.1, -0.7], 1.0, [0.0, 2.0, -1.0], 1),
        ([0.0, 0.0], 0.0, [1.0, 3.0], 0.25),
    ],
    fresh=lambda draw: (
        [_some(draw), _some(draw)],
        _some(draw),
        [round(draw.uniform(-2, 2), 1), round(draw.uniform(0.5, 2), 1)],
        draw.choice((0, 1)),
    ),
    mistakes={
        "2 * (a - target) * a * (1 - a) → (a - target) * a * (1 - a)": "Yours is half of it: the derivative of e² is 2e.",
        "2 * (a - target) * a * (1 - a) → 2 * (a - target)": "The slope of σ is missing, the second factor of the chain rule.",
        "2 * (a - target) * a * (1 - a) → a * (1 - a)": "Yours is the slope of σ alone. In front of it stands that of the squared error.",
        "2 * (a - target) * a * (1 - a) → a - target": "Yours is right for cross-entropy, not for the squared error: there the slope of σ stays as a factor.",
        "2 * (a - target) * a * (1 - a) → 2 * (a - target) * z * (1 - z)": "The slope of σ is a(1 − a), with the output a, not with z.",
        "2 * (a - target) * a * (1 - a) → 2 * (target - a) * a * (1 - a)": "Every sign is turned: the error is a − y.",
        "2 * (a - target) * a * (1 - a) → 2 * (a - target) * (1 - a * a)": "1 − a² belongs to tanh; the derivative of σ is a(1 − a).",
        "2 * (a - target) * a * (1 - a) → 2 * (a - target) * a * (1 - target)": "The slope of σ is a(1 − a): the target does not come into it.",
        "[slope_z * x for x in inputs] → [2 * (a - target) * x for x in inputs]": "In the weights' slopes that of σ is missing, the second factor of the chain rule.",
        "[slope_z * x for x in inputs] → [slope_z * w for w in weights]": "A weight's slope is what arrives at z times that weight's *input*.",
        "[slope_z * x for x in inputs] → [slope_z for x in inputs]": "Every weight has the slope of z in yours: each is also multiplied by its own input.",
        "d_bias = slope_z → d_bias = slope_z * bias": "The bias is added, so z changes with it by 1, whatever the bias is.",
        "d_bias = slope_z → d_bias = 1": "1 is the slope of z along the bias. What arrives at z comes as a factor.",
    },
    equivalent={
        "line 1: lines exchanged: for x in inputs:": "the order of these lines does not matter",
        "line 2: arguments exchanged: zip(weights, inputs) → zip(inputs, weights)": "a product, in another order",
        "line 2: entries exchanged: w, x → x, w": "a product, in another order",
        "line 4: size only: 1 - a → abs(1 - a)": "a lies between 0 and 1",
        "line 4: size only: a → abs(a)": "a lies between 0 and 1",
        "line 7: name for another: d_bias → slope_z": "they are one number",
    },
    start="""
        def sigmoid_gradient(weights, bias, inputs, target):
            z = sum(w * x for w, x in zip(weights, inputs)) + bias
            a = 1 / (1 + math.exp(-z))
            slope_z = ...
            d_weights = ...
            d_bias = ...
            return d_weights, d_bias
    """,
    hints=(
        "Three functions one after the other: z, then a = σ(z), then (a − y)². Multiply their slopes.",
        "∂L/∂a = 2(a − y), ∂a/∂z = a(1 − a). Their product is what arrives at z.",
        "z changes with wᵢ by xᵢ and with b by 1: `[slope_z * x for x in inputs]`.",
    ),
)


def second_derivative(f, x):
    a = Number(Dual(x, 1))
    f(a).backward()
    return a.grad.slope


NO_DUAL_CAME = (
    "There the `grad` is still a plain number. A `Dual` comes back only to `a`, and only by a walk that starts from what f "
    "returns."
)

curving = Exercise(
    number="7.14",
    title="Slopes of slopes",
    minutes=4,
    kind="extend",
    task="For home. Write the second derivative of a function f at x, with both modes at once: make a number of yours "
    "whose `data` is `Dual(x, 1)`, call f with it, walk back. If f is no straight line, `a.grad` is then a `Dual`: which of "
    "its two parts is it?",
    solution=second_derivative,
    trial=try_curving,
    called={"coefficients": "the function f"},
    explain=about_text(
        {
            "a Number, where a plain number belongs": "Yours wraps the result in a `Number`. Asked for is the plain number."
        }
    ),
    cases=[
        ([0.0, 0.0, 1.0], 3.0),
        ([1.0, -2.0, 0.5, 2.0], 1.5),
        ([0.0, 1.0, 0.0, 0.0, 1.0], -2.0),
        ([5.0, 1.0, -3.0], 0.0),
    ],
    fresh=lambda draw: (
        [_some(draw), _some(draw), 1.5, _some(draw)],
        round(draw.uniform(0.5, 2), 1),
    ),
    mistakes={
        "a.grad.slope → a.grad.value": "That is the first derivative. How fast does *it* change with x? The walk back and the slope of a `Dual`, both are needed.",
        "    f(a).backward()\n → \n    f(a)\n": NO_DUAL_CAME,
        "    f(a).backward()\n → \n    a.backward()\n": NO_DUAL_CAME,
        "    f(a).backward()\n    return a.grad.slope → \n    y = f(a)\n    y.backward()\n    return y.grad.slope": NO_DUAL_CAME,
        "Dual(x, 1) → x": "Without a `Dual` in it your number carries no slope forward.",
        "    f(a).backward()\n    return a.grad.slope → \n    return f(a).data.value": "That is f(x) itself. Asked for is how fast its slope changes.",
        "Dual(x, 1) → Dual(x, 0)": "Yours is always 0: a `Dual` with slope 0 stands for a number that does not move.",
        "    f(a).backward()\n    return a.grad.slope → \n    return f(a).data.slope": "That is the first derivative. How fast does *it* change with x? The walk back and the slope of a `Dual`, both are needed.",
        "a.grad.slope → a.grad": "The gradient is a `Dual`, two numbers. One of them is the second derivative.",
    },
    start="""
        def second_derivative(f, x):
            a = Number(Dual(x, 1))
            ...
            return ...
    """,
    hints=(
        "Walk back as always; `a.grad` is then a `Dual` with a `value` and a `slope`.",
        "Its value is f′(x). Its slope says how fast f′(x) changes as x does.",
        "`f(a).backward()`, then `a.grad.slope`.",
    ),
)


# ------------------------------------------------------ what an engine must be able to do


def _uses(kind):
    a = kind(3.0)
    (a * a).backward()
    return [a.grad]


def _doublings(kind):
    a = kind(3.0)
    b = a + a
    c = b + b
    c.backward()
    return [c.data, a.grad]


def _worked_example(kind):
    d, w, b = kind(2.0), kind(3.0), kind(-4.0)
    loss = (d * w + b) ** 2
    loss.backward()
    return [loss.data, d.grad, w.grad, b.grad]


def _short_and_long_way(kind):
    x = kind(3.0)
    u = x + 1
    (u + u * u).backward()
    return [x.grad]


def _sixty_doublings(kind):
    a = b = kind(1.0)
    for _ in range(60):
        b = b + b
    b.backward()
    return [a.grad / 2.0**60]


def _two_passes(kind):
    a = kind(3.0)
    b = a * a
    c = b + b
    c.backward()
    c.backward()
    return [a.grad]


def _two_losses(kind):
    a = kind(3.0)
    trunk = a * 2
    (trunk * trunk).backward()
    (trunk * 5).backward()
    return [a.grad]


def _kink(kind):
    grads = []
    for number in (2.0, 0.0, -2.0):
        a = kind(number)
        a.relu().backward()
        grads.append(a.grad)
    return grads


def _minus(kind):
    a, b = kind(3.0), kind(5.0)
    (a - b * 2).backward()
    return [a.grad, b.grad]


def _long_chain(kind):
    a = b = kind(1.0)
    for _ in range(10_000):
        b = b + 1
    b.backward()
    return [b.data, a.grad]


def _tanh(kind):
    a = kind(0.0)
    (a.tanh() * 3).backward()
    return [a.grad]


ENGINE_TESTS = {  # what is tested: (what computes it on a class, what must come out)
    "L = (d·w + b)², all slopes": (_worked_example, [4.0, 12.0, 8.0, 4.0]),
    "a · a: one number used twice": (_uses, [6.0]),
    "b = a + a, c = b + b": (_doublings, [12.0, 4.0]),
    "a short and a long way": (_short_and_long_way, [9.0]),
    "sixty doublings, 2⁶⁰ paths": (_sixty_doublings, [1.0]),
    "backward called twice": (_two_passes, [24.0]),
    "two losses on one trunk": (_two_losses, [34.0]),
    "a − 2b": (_minus, [1.0, -2.0]),
    "ReLU at 2, 0 and −2": (_kink, [1, 0, 0]),
    "3 tanh(a) at 0": (_tanh, [3.0]),
    "a chain of 10,000 additions": (_long_chain, [10_001.0, 1.0]),
}


def passes(kind, name):
    """Tell whether a class passes one of ENGINE_TESTS: in a copy of the process and within
    PATIENCE, so that an engine which never ends takes nothing with it.
    """
    compute, right = ENGINE_TESTS[name]
    try:
        (outcome,), _ = run(lambda: list(compute(kind)), [()], PATIENCE)
    except TimeIsUp:
        return False
    return outcome.value == right


def written_out(kind):
    """Return the functions attached to a class, and the class, as the text of a file of its own.

    What they use of their notebook is written with them: functions, modules and plain values. A
    lambda has no source to be written, and is left out.
    LENT in the file names the functions that are the course's.
    """
    attached = {}
    for name, part in vars(kind).items():
        if inspect.isfunction(part) and source_of(part):
            attached.setdefault(part, []).append(f"{kind.__name__}.{name}")
    functions, before = _used_by(attached, kind)
    parts = ["import math", *before, f"class {kind.__name__}:\n    pass"]
    parts += [source_of(function) for function in functions]
    parts += [f"{' = '.join(names)} = {part.__name__}" for part, names in attached.items()]
    if lent := list(_lent(kind).values()):
        parts.append(f"LENT = {lent}  # by the course")
    return "\n\n\n".join(part.rstrip() for part in parts) + "\n"


def _used_by(attached, kind):
    """Return the functions that others use and these themselves, and the lines they also need."""
    waiting, names, lines = list(attached), {function.__name__ for function in attached}, {}
    helpers = {"as_number": as_number}
    while waiting:
        function = waiting.pop(0)
        for name in _globals_of(function.__code__) - names - {kind.__name__, "math"}:
            value = function.__globals__.get(name, ...)
            names.add(name)
            if inspect.isfunction(value) and value.__name__ == name and source_of(value):
                helpers[name] = value
                waiting.append(value)
            elif line := _written(name, value):
                lines[name] = line
    return [*helpers.values(), *attached], [lines[name] for name in sorted(lines)]


def _written(name, value):
    """Return the line that gives a module or a plain value its name; "" for anything else."""
    if inspect.ismodule(value):
        return f"import {value.__name__} as {name}"
    return f"{name} = {value!r}" if isinstance(value, (bool, int, float, str)) else ""


def _globals_of(code):
    """Return the names that code reads from its notebook, those of functions inside it too."""
    found = {one.argval for one in dis.get_instructions(code) if one.opname == "LOAD_GLOBAL"}
    inside = (one for one in code.co_consts if inspect.iscode(one))
    return found.union(*map(_globals_of, inside))


# ------------------------------------------------------ a small task, and the bug in training

POINTS = ((-1.0, -1.2), (0.0, 0.9), (1.0, 3.1), (2.0, 4.8))
XOR = (((-1, -1), -1), ((-1, 1), 1), ((1, -1), 1), ((1, 1), -1))


def forgetful_step(parameters, loss_of, learning_rate):
    """Take a step as `train_step` does, but never empty the slopes."""
    loss = loss_of()
    loss.backward()
    for p in parameters:
        p.data = p.data - learning_rate * p.grad
    return loss.data


# ------------------------------------------------------------------ predictions and questions

which_grad = Prediction(
    "07-which-grad",
    "`b = a + a` and `c = b + b`. With the step that you have just seen, `c` hands back, then `b`. What does `a.grad` say?",
    number=True,
    why="`=` throws away what the other use has brought, at b and again at a: 1 · 1 is left, where c = 4a has the slope 4.",
    least=-100,
    most=100,
)

never_emptied = Prediction(
    "07-never-emptied",
    "A line is fitted to four points in 60 steps, and the slopes are never emptied between them. What does the loss do?",
    options=[
        "It falls as always: a slope more or less does no harm.",
        "It falls faster: the steps get longer.",
        "It falls at first, then goes up and down and does not settle.",
    ],
    why="Each step adds up all slopes since the start. At the bottom that sum is still large, so the line runs past it, "
    "and only slopes of the other sign, further on, turn it round.",
)


def how_it_went(losses):
    """Return the option that a run of 60 steps without emptying came to."""
    swings = max(losses[30:]) > 10 * min(losses)
    return never_emptied.options[2 if swings else 0]


what_an_edge_carries = Choice(
    "On the edge from d to d·w stands 3. What does this number say?",
    [
        Option(
            "If d grows by 0.001, the product grows by 0.003.",
            "A local slope: it speaks of one operation and knows nothing of the loss.",
            correct=True,
        ),
        Option(
            "If d grows by 0.001, the loss L grows by 0.003.",
            "That would be the gradient of d. The edge knows only the operation at its end.",
        ),
        Option("d is 3.", "d is 2. The 3 is w, and it is there because w multiplies d."),
    ],
)

why_wait = Choice(
    "`near` is used by `far` and by `total`. Why must it not hand back before `far` has?",
    [
        Option(
            "Because `far` was computed later, and has the larger value.",
            "Values do not matter here. The question is what `near.grad` holds at that moment.",
        ),
        Option(
            "Because a part of its own gradient has not arrived yet.",
            "What it hands on is its gradient times a slope, so all of its gradient must be there.",
            correct=True,
        ),
        Option(
            "Because its slopes are not known yet.",
            "The slopes on the edges were stated when the numbers were computed, on the way forward.",
        ),
    ],
)

passes_of_one_walk = NumberAnswer(
    "The network of chapter 8 has 31 parameters. How many walks back does it take to find all 31 slopes of its loss?",
    1,
    feedback={
        1: "One walk goes through every node once and leaves a slope at each of them.",
        31: "That would be one for each parameter. One walk leaves a slope at every number it passes.",
        32: "That is what a nudge needs: one run for each parameter, and one without. A walk back leaves all slopes at once.",
        62: "That is what central differences need, two runs for each parameter. A walk back leaves all slopes at once.",
        2: "One forward and one back make two passes. How many of them go back?",
    },
    least=0,
    most=1000,
    whole=True,
)

two_sums = Choice(
    "Gradients are added in two places: where paths meet within a walk, and from one walk to the next. Which could be "
    "otherwise?",
    [
        Option(
            "Neither: both follow from the chain rule.",
            "The chain rule speaks of one function. It does not know what you computed before.",
        ),
        Option(
            "Adding where paths meet: one could also keep the largest.",
            "Then `a + a` would have the slope 1. A slope is what a nudge says, and it says 2.",
        ),
        Option(
            "Adding from one walk to the next: that is a convention.",
            "Walks could as well begin by emptying everything. Adding is useful, and somebody has to remember to empty.",
            correct=True,
        ),
    ],
)

which_line_is_missing = Choice(
    "A training loop says `loss.backward()` and `optimizer.step()`, and its loss swings up and down. Which line would you "
    "look for first?",
    [
        Option(
            "`optimizer.zero_grad()`",
            "Without it every step adds up all slopes since the start.",
            correct=True,
        ),
        Option(
            "`loss.history()`",
            "`backward` fetches the history itself.",
        ),
        Option(
            "`loss.zero()`",
            "The loss is computed anew in every step; what must be emptied are the slopes of the parameters.",
        ),
    ],
)

cards = Cards(
    [
        (
            "computation graph",
            "Numbers as nodes, with an edge from each number to what was computed from it. No way leads round in a circle.",
        ),
        ("node", "A number in the graph, with its data and its gradient."),
        (
            "local slope",
            "What stands on an edge: how fast the result of one operation changes with one of its inputs.",
        ),
        ("leaf", "A number that was not computed from others: a parameter, an input, a constant."),
        ("forward pass", "Computes the numbers, and here builds the graph while it does so."),
        (
            "backward pass",
            "Walks back from the output; each node hands to each input its own gradient times the slope on the edge.",
        ),
        (
            "topological order",
            "Every node after its inputs. Walked back from its end, a node hands on when all has arrived.",
        ),
        (
            "autograd",
            "The part of a library that records operations and finds gradients by a walk back.",
        ),
        (
            "sum over paths",
            "Where several ways lead from a number to the output, what they bring is added up.",
        ),
        (
            "accumulation",
            "`backward` adds to the gradients of leaves that are there already: a convention, useful for large batches.",
        ),
        ("zero_grad", "Empties the gradients of the parameters before the next walk back."),
        ("recursion", "A function that calls itself. Python stops it at about a thousand levels."),
        (
            "symmetry of equal weights",
            "Units that start alike receive the same gradients and stay alike; random starts tell them apart.",
        ),
    ]
)
