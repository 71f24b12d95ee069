"""Layers, and networks made of layers, with the names and the order of arguments of PyTorch.

A layer owns its parameters, Tensors without inputs, and is called with its input:

    from learnkit import nn

    nn.manual_seed(0)
    model = nn.Sequential(nn.Linear(2, 16), nn.Tanh(), nn.Linear(16, 1))
    scores = model([[0.5, -1.0], [2.0, 0.0]])  # a Tensor of shape (2, 1)

The slopes come from `backward()`, the steps from `learnkit.optim`; a layer of your own is a Module.
"""

from collections.abc import Mapping
from io import BytesIO
from numbers import Integral
from pathlib import Path
from zipfile import BadZipFile

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
    if not isinstance(seed, Integral) or seed < 0:
        raise ValueError(f"A seed is a whole number from 0 on; this is {seed!r}.")
    _random = np.random.default_rng(seed)


class Module:
    """What owns parameters: a layer, or a network of layers.

    One of your own makes its Tensors and Modules in `__init__`, as attributes, and says in
    `forward` what it makes of its input. All else follows from that. A Tensor that was computed
    from others is no parameter; one in a list would not be found, which raises TypeError.
    """

    def __call__(self, *inputs):
        return self.forward(*inputs)

    def forward(self, *inputs):
        """Return what the module makes of its inputs."""
        raise NotImplementedError(f"{type(self).__name__} has to say in forward what it computes.")

    def named_parameters(self, prefix=""):
        """Yield (name, Tensor) of every parameter; that of a layer within begins with its name."""
        for name, part in vars(self).items():
            if _is_parameter(part):
                yield prefix + name, part
            elif isinstance(part, Module):
                yield from part.named_parameters(f"{prefix}{name}.")
            elif _hides_parameters(part):
                raise TypeError(
                    f"{type(self).__name__} has parameters in a {type(part).__name__}, {name}, "
                    "where they are not found: put layers into nn.Sequential, and a Tensor into an "
                    "attribute of its own."
                )

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

        Raises KeyError if names are missing or left over, ValueError if a shape does not fit, and
        TypeError if something is no state or no number; then no parameter has changed.
        """
        _expect_state("load_state_dict", state)
        own = dict(self.named_parameters())
        if own.keys() != state.keys():
            lacking = ", ".join(sorted(own.keys() - state.keys())) or "nothing"
            surplus = ", ".join(sorted(state.keys() - own.keys())) or "nothing"
            raise KeyError(f"This state lacks {lacking} and has {surplus} too many.")
        for name, parameter in own.items():
            if np.shape(state[name]) != parameter.shape:
                shapes = f"{np.shape(state[name])}, and the parameter {parameter.shape}"
                raise ValueError(f"In this state {name} has shape {shapes}.")
        numbers = {name: _tensor(state[name]).data for name in own}
        for name, parameter in own.items():
            parameter.data = numbers[name]

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
        sizes = in_features, out_features
        if not all(isinstance(size, Integral) and size > 0 for size in sizes):
            raise ValueError(
                "A Linear layer has whole numbers of inputs and outputs, from 1 on; these are "
                f"{in_features!r} and {out_features!r}."
            )
        reach = 1 / np.sqrt(in_features)
        self.in_features = in_features
        self.out_features = out_features
        self.weight = Tensor(_random.uniform(-reach, reach, (out_features, in_features)))
        self.bias = Tensor(_random.uniform(-reach, reach, out_features)) if bias else None

    def forward(self, x):
        """Return the sums, (…, out_features). x: a Tensor or an array (…, in_features)."""
        if not isinstance(x, (Tensor, np.ndarray)):
            x = Tensor(x).data  # data needs no slopes
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
    """Modules in a row: each gets what the one before it returns. model[0] is the first, and
    model[:2] a Sequential of the first two, the same ones.
    """

    def __init__(self, *modules):
        for position, module in enumerate(modules):
            _expect_module(position, module)
            setattr(self, str(position), module)

    def forward(self, x):
        for module in self:
            x = module(x)
        return x

    def __iter__(self):
        return (part for part in vars(self).values() if isinstance(part, Module))

    def __len__(self):
        return sum(1 for _ in self)

    def __getitem__(self, position):
        found = list(self)[position]
        return Sequential(*found) if isinstance(position, slice) else found


def save(state, path):
    """Write a state_dict to a file of NumPy's, under this very name; .npz is what it should end in.

    Raises TypeError for what is no state; a file that was there is then left as it is.
    """
    _expect_state("nn.save", state)
    whole = BytesIO()
    np.savez(whole, **{str(name): _tensor(array).data for name, array in state.items()})
    Path(path).write_bytes(whole.getvalue())


def load(path):
    """Return the {name: array} in a file that `save` has written. Raises ValueError for another."""
    try:
        with np.load(path) as kept:
            return dict(kept)
    except (ValueError, TypeError, EOFError, BadZipFile) as error:
        raise ValueError(f"{path} is not a file that nn.save has written.") from error


def _tensor(x):
    return x if isinstance(x, Tensor) else Tensor(x)


def _is_parameter(part):
    return isinstance(part, Tensor) and not part.inputs


def _hides_parameters(part):
    entries = part.values() if isinstance(part, dict) else part
    return isinstance(part, (list, tuple, dict)) and any(
        isinstance(entry, Module) or _is_parameter(entry) for entry in entries
    )


def _expect_module(position, module):
    """Raise TypeError for what cannot stand at a place of a Sequential."""
    if isinstance(module, Module):
        return
    if isinstance(module, (list, tuple)):
        advice = "give it the layers one by one, with a star before the list"
    elif isinstance(module, type) and issubclass(module, Module):
        advice = f"make a layer of it, {module.__name__}()"
    else:
        advice = "it takes layers, each a Module"
    kind = "class" if isinstance(module, type) else type(module).__name__
    raise TypeError(f"At place {position} of this Sequential stands a {kind}: {advice}.")


def _expect_state(asker, state):
    """Raise TypeError for what is no {name: array}."""
    if not isinstance(state, Mapping):
        raise TypeError(
            f"{asker} takes a state, {{name: array}}, as model.state_dict() and nn.load(path) "
            f"return it; this is a {type(state).__name__}."
        )
