"""Layers, and networks made of layers, with the names and the order of arguments of PyTorch.

A layer owns its parameters, Tensors without inputs, and is called with its input:

    from learnkit import nn

    nn.manual_seed(0)
    model = nn.Sequential(nn.Linear(2, 16), nn.Tanh(), nn.Linear(16, 1))
    scores = model([[0.5, -1.0], [2.0, 0.0]])  # a Tensor of shape (2, 1)

The slopes come from `backward()`, the steps from `learnkit.optim`; a layer of your own is a Module.
"""

import numpy as np

from learnkit.autograd.tensor import Tensor

__all__ = [
    "Linear",
    "Module",
    "ReLU",
    "Sequential",
    "Sigmoid",
    "Tanh",
    "load",
    "manual_seed",
    "save",
]

_random = np.random.default_rng(0)


def manual_seed(seed):
    """Let the layers made from now on draw the first values that belong to this whole number."""
    global _random
    _random = np.random.default_rng(seed)


class Module:
    """What owns parameters: a layer, or a network of layers.

    One of your own makes its Tensors and Modules in `__init__`, as attributes, and says in
    `forward` what it makes of its input. All else follows from that.
    """

    def __call__(self, *inputs):
        return self.forward(*inputs)

    def forward(self, *inputs):
        """Return what the module makes of its inputs."""
        raise NotImplementedError(f"{type(self).__name__} has to say in forward what it computes.")

    def named_parameters(self, prefix=""):
        """Yield (name, Tensor) of every parameter; that of a layer within begins with its name."""
        for name, part in vars(self).items():
            if isinstance(part, Tensor):
                yield prefix + name, part
            elif isinstance(part, Module):
                yield from part.named_parameters(f"{prefix}{name}.")

    def parameters(self):
        """Return the list of all parameters; one that is used twice stands in it once."""
        return list(dict.fromkeys(parameter for _, parameter in self.named_parameters()))

    def zero_grad(self):
        """Forget all slopes, which `backward` would add to."""
        for parameter in self.parameters():
            parameter.grad = None

    def state_dict(self):
        """Return {name: array} with a copy of the numbers in every parameter."""
        return {name: parameter.data.copy() for name, parameter in self.named_parameters()}

    def load_state_dict(self, state):
        """Put numbers into the parameters. state: {name: array}, as state_dict returns it.

        Raises KeyError if names are missing or left over, ValueError if a shape does not fit; then
        no parameter has changed.
        """
        own = dict(self.named_parameters())
        if own.keys() != state.keys():
            lacking = ", ".join(sorted(own.keys() - state.keys())) or "nothing"
            surplus = ", ".join(sorted(state.keys() - own.keys())) or "nothing"
            raise KeyError(f"This state lacks {lacking} and has {surplus} too many.")
        for name, parameter in own.items():
            if np.shape(state[name]) != parameter.shape:
                shapes = f"{np.shape(state[name])}, and the parameter {parameter.shape}"
                raise ValueError(f"In this state {name} has shape {shapes}.")
        for name, parameter in own.items():
            parameter.data = state[name]

    def __repr__(self):
        lines = [
            f"  ({name}): {part!r}".replace("\n", "\n  ")
            for name, part in vars(self).items()
            if isinstance(part, Module)
        ]
        return "\n".join([f"{type(self).__name__}(", *lines, ")"]) if lines else self._line()

    def _line(self):
        return f"{type(self).__name__}()"


class Linear(Module):
    """A weighted sum and a bias for each output: x @ weight.T + bias.

    in_features, out_features: how many numbers a row of x has, and how many it then has.
    weight: (out_features, in_features), a row for each output; bias: (out_features,), or None.
    Both start evenly drawn between ±1/√in_features, as PyTorch draws them (the documentation of
    torch.nn.Linear), so that a sum of many inputs is no larger than one of few.
    """

    def __init__(self, in_features, out_features, bias=True):
        reach = 1 / np.sqrt(in_features)
        self.in_features = in_features
        self.out_features = out_features
        self.weight = Tensor(_random.uniform(-reach, reach, (out_features, in_features)))
        self.bias = Tensor(_random.uniform(-reach, reach, out_features)) if bias else None

    def forward(self, x):
        """Return the sums, (…, out_features). x: a Tensor or an array (…, in_features)."""
        x = x if isinstance(x, Tensor) else np.asarray(x)  # data needs no slopes
        if x.shape[-1:] != (self.in_features,):
            raise ValueError(
                f"This layer takes rows of {self.in_features} numbers; its input has shape "
                f"{x.shape}."
            )
        sums = x @ self.weight.T
        return sums if self.bias is None else sums + self.bias

    def _line(self):
        sizes = f"in_features={self.in_features}, out_features={self.out_features}"
        return f"Linear({sizes}, bias={self.bias is not None})"


class ReLU(Module):
    """max(x, 0) of every entry."""

    def forward(self, x):
        return _tensor(x).relu()


class Tanh(Module):
    """tanh of every entry: between -1 and 1."""

    def forward(self, x):
        return _tensor(x).tanh()


class Sigmoid(Module):
    """1 / (1 + exp(-x)) of every entry x: between 0 and 1."""

    def forward(self, x):
        return _tensor(x).sigmoid()


class Sequential(Module):
    """Modules in a row: each gets what the one before it returns. model[0] is the first."""

    def __init__(self, *modules):
        for position, module in enumerate(modules):
            setattr(self, str(position), module)

    def forward(self, x):
        for module in self:
            x = module(x)
        return x

    def __iter__(self):
        return iter(vars(self).values())

    def __len__(self):
        return len(vars(self))

    def __getitem__(self, position):
        return list(self)[position]


def save(state, path):
    """Write a state_dict to a file of NumPy's, whose name ends in .npz."""
    with open(path, "wb") as file:
        np.savez(file, **state)


def load(path):
    """Return the {name: array} in a file that `save` has written."""
    with np.load(path) as kept:
        return dict(kept)


def _tensor(x):
    return x if isinstance(x, Tensor) else Tensor(x)
