"""One model twice: on the course's engine, and in PyTorch line beside line.

Where PyTorch is not installed, what it gave elsewhere stands in data/twin.json, which
`python -m tools.store_twin` writes and the tests compare with PyTorch where there is one.
"""

import json
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from time import perf_counter

import numpy as np

from learnkit.autograd.tensor import Tensor
from learnkit.data import moons

START = {  # of the small module that goes under the microscope
    "0.weight": np.array([[0.5, -0.4], [0.3, 0.8]]),
    "0.bias": np.array([0.1, -0.2]),
    "2.weight": np.array([[0.7, -0.6]]),
    "2.bias": np.array([0.2]),
}


def train_here(state, x, y, lr, steps):
    """Train 2-16-1 from a state_dict; return the model and the loss before each step."""
    from learnkit import losses, nn, optim

    model = nn.Sequential(nn.Linear(2, 16), nn.Tanh(), nn.Linear(16, 1))
    model.load_state_dict(state)
    optimizer = optim.Adam(model.parameters(), lr=lr)
    curve = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = losses.binary_cross_entropy_with_logits(model(x), y)
        loss.backward()
        optimizer.step()
        curve.append(loss.item())
    return model, curve


def train_in_torch(state, x, y, lr, steps):
    """Do the same in PyTorch."""
    import torch
    from torch import nn, optim
    from torch.nn import functional as losses

    state = {name: torch.tensor(numbers) for name, numbers in state.items()}
    x, y = torch.tensor(x), torch.tensor(y)
    model = nn.Sequential(nn.Linear(2, 16), nn.Tanh(), nn.Linear(16, 1)).double()
    model.load_state_dict(state)
    optimizer = optim.Adam(model.parameters(), lr=lr)
    curve = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = losses.binary_cross_entropy_with_logits(model(x), y)
        loss.backward()
        optimizer.step()
        curve.append(loss.item())
    return model, curve


def small_module():
    """Return a module of PyTorch with nine parameters, and a function that computes its loss on
    five of the moons.
    """
    import torch

    x, y = moons(5, noise=0.1, seed=0)
    x, y = torch.tensor(x), torch.tensor(y[:, None], dtype=torch.float64)
    module = torch.nn.Sequential(torch.nn.Linear(2, 2), torch.nn.Tanh(), torch.nn.Linear(2, 1))
    module.double().load_state_dict({name: torch.tensor(a) for name, a in START.items()})

    def loss():
        return torch.nn.functional.mse_loss(module(x), y)

    return module, loss


def slopes_of(model):
    """Return {name: gradient} of a model's parameters as arrays, be it ours or PyTorch's."""
    return {name: np.asarray(p.grad).copy() for name, p in model.named_parameters()}


def torch_is_here():
    """Tell whether PyTorch is installed, without loading it."""
    return find_spec("torch") is not None


def version():
    """Say in a sentence which PyTorch is at work."""
    if torch_is_here():
        import torch

        return f"PyTorch {torch.__version__} is installed, and what follows comes from it."
    where = f"what follows was stored from PyTorch {stored('version')}"
    return f"PyTorch is not installed; {where}. With `pip install torch` it is computed here."


def of_torch(name, compute):
    """Return compute() where PyTorch is installed, else what it gave elsewhere.

    name: curve, slopes, check or graph, as in data/twin.json.
    """
    return compute() if torch_is_here() else stored(name)


def stored(name):
    """Return what PyTorch gave elsewhere, by its name."""
    kept = _file()[name]
    if name == "slopes":
        return {parameter: np.array(numbers) for parameter, numbers in kept.items()}
    return _graph(kept) if name == "graph" else kept


@cache
def _file():
    return json.loads((files("learnkit.data") / "twin.json").read_text(encoding="utf-8"))


def _graph(kept):
    """Return a graph as microscope.graph_of does, whose pulls know one backward pass, from 1."""
    nodes = []
    for data, inputs, pulled, op in kept["nodes"]:
        sources = tuple(nodes[i] for i in inputs)
        pulls = tuple(_recall(g) for g in pulled)
        nodes.append(Tensor(np.array(data), sources, pulls, op))
    return nodes[-1], {name: nodes[i] for name, i in kept["names"].items()}


def _recall(pulled):
    return lambda g: np.array(pulled)


def step_times(hidden, rows):
    """Say in a sentence how long a step of training takes, ours and PyTorch's if it is installed.

    hidden: units of the layer in the middle of 2-hidden-hidden-1; rows: of the batch.
    """
    x, y = moons(rows, noise=0.1, seed=0)
    y = y[:, None].astype(float)
    times = {"ours": _milliseconds(*_model_here(hidden), x, y)}
    if torch_is_here():
        import torch

        times["PyTorch"] = _milliseconds(*_model_there(hidden), torch.tensor(x), torch.tensor(y))
    told = ", ".join(f"{name} {time:.2f} ms" for name, time in times.items())
    return f"2-{hidden}-{hidden}-1, {rows} rows: {told} a step"


def _model_here(hidden):
    from learnkit import losses, nn, optim

    layers = nn.Linear(2, hidden), nn.Tanh(), nn.Linear(hidden, hidden), nn.Tanh()
    model = nn.Sequential(*layers, nn.Linear(hidden, 1))
    optimizer = optim.SGD(model.parameters(), lr=0.1)
    return model, optimizer, losses.binary_cross_entropy_with_logits


def _model_there(hidden):
    from torch import nn, optim
    from torch.nn.functional import binary_cross_entropy_with_logits

    layers = nn.Linear(2, hidden), nn.Tanh(), nn.Linear(hidden, hidden), nn.Tanh()
    model = nn.Sequential(*layers, nn.Linear(hidden, 1)).double()
    return model, optim.SGD(model.parameters(), lr=0.1), binary_cross_entropy_with_logits


def _milliseconds(model, optimizer, loss, x, y, seconds=0.15):
    """Return the shortest time of a step among as many as fit into so many seconds."""
    shortest, end = np.inf, perf_counter() + seconds
    while perf_counter() < end:
        begin = perf_counter()
        optimizer.zero_grad()
        loss(model(x), y).backward()
        optimizer.step()
        shortest = min(shortest, perf_counter() - begin)
    return 1000 * shortest
