"""A PyTorch model under the microscope: its graph as Tensors of ours, its slopes checked.

PyTorch is needed to look at its models, and for nothing else of the course:

    from learnkit import microscope, widgets

    module = torch.nn.Linear(2, 1).double()
    inputs, targets = torch.ones(3, 2).double(), torch.zeros(3, 1).double()

    def loss():
        return torch.nn.functional.mse_loss(module(inputs), targets)

    print(microscope.check_module(module, loss))
    widgets.graph_viewer(*microscope.graph_of(module, loss))
"""

import re

import numpy as np

from learnkit.autograd.tensor import Tensor
from learnkit.differentiate import check_gradient

__all__ = ["check_module", "graph_of"]


def check_module(module, loss):
    """Return a GradientCheck of every parameter of a PyTorch module.

    loss: function without arguments that computes a number with the module, the same one each time.
    The slopes that PyTorch finds are compared with central differences; parameters and buffers are
    left as they are, and a parameter that is not trained (requires_grad is False) is left out.
    Raises ValueError unless they are float64, as differences take many digits: call
    `module.double()`, and give it inputs of that kind. Raises it also for a loss that is drawn at
    random, or that cannot be differentiated.
    """
    import torch

    _expect_module(module)
    named = {name: p for name, p in module.named_parameters() if p.requires_grad}
    if not named:
        raise ValueError("This module has no parameters that are trained: nothing can be checked.")
    for name, parameter in named.items():
        if parameter.dtype != torch.float64:
            raise ValueError(f"{name} is {parameter.dtype}: call .double() on the module first.")
    start = np.concatenate([p.detach().numpy().ravel() for p in named.values()])
    buffers = [(buffer, buffer.clone()) for buffer in module.buffers()]

    def loss_at(theta):
        _put(named.values(), theta)
        with torch.no_grad():
            return loss().item()

    names = [f"{name}{list(at)}" for name, p in named.items() for at in np.ndindex(tuple(p.shape))]
    try:
        first = _one_number(_called(loss))
        slopes = torch.autograd.grad(first, list(named.values()), allow_unused=True)
        if not np.isclose(loss_at(start), first.item(), rtol=1e-9, atol=0, equal_nan=True):
            raise ValueError(
                "loss() gives another number each time, so there is nothing to compare: call "
                "module.eval(), which switches dropout off, and draw nothing at random."
            )
        parts = [
            np.zeros(p.numel()) if slope is None else slope.numpy().ravel()  # None: it is not used
            for p, slope in zip(named.values(), slopes)
        ]
        return check_gradient(loss_at, start, np.concatenate(parts), names=names)
    finally:
        _put(named.values(), start)
        for buffer, kept in buffers:
            buffer.data.copy_(kept)


def _expect_module(module):
    import torch

    if not isinstance(module, torch.nn.Module):
        raise TypeError(
            "First comes a module of PyTorch, then the function that computes its loss; this is a "
            f"{type(module).__name__} of {type(module).__module__}."
        )


def _called(loss):
    if not callable(loss) or hasattr(loss, "named_parameters"):
        raise TypeError(
            "The loss is a function that computes it anew, such as lambda: mse_loss(module(x), y); "
            f"this is a {type(loss).__name__}."
        )
    return loss()


def _one_number(output):
    """Return what a loss has computed, or raise unless it is one number with a graph behind it."""
    from torch import Tensor as TorchTensor

    if not isinstance(output, TorchTensor):
        raise TypeError(
            f"loss() returned a {type(output).__name__}: return PyTorch's tensor, without .item()."
        )
    if output.numel() != 1:
        raise ValueError(
            f"loss() returned an array of shape {tuple(output.shape)}; a loss is one number: add "
            ".mean() or .sum()."
        )
    if output.grad_fn is None:
        raise ValueError(
            "loss() returned a number without a graph: compute it from what the module makes of "
            "its input, without .detach() and torch.no_grad()."
        )
    return output


def _put(parameters, theta):
    """Give parameters the numbers of a flat array, one after the other."""
    import torch

    begin = 0
    for parameter in parameters:
        part = theta[begin : begin + parameter.numel()].reshape(tuple(parameter.shape))
        parameter.data.copy_(torch.tensor(part))  # .data: a graph made before can still walk back
        begin += parameter.numel()


def graph_of(module, loss):
    """Return what `loss()` computes, as a Tensor with its whole graph, and {name: Tensor} of the
    module's parameters.

    Values and rules are PyTorch's own: a Tensor's pull asks the operation that PyTorch has
    recorded. So `backward()` of the result is our walk over PyTorch's graph. An operation whose
    result PyTorch keeps to itself, such as turning the weights of a layer, belongs to the one after
    it. Raises ValueError for an operation with several results, and for a loss that is not one
    number with a graph behind it.
    """
    _expect_module(module)
    seen = {}
    output = _watched(loss, seen)
    names = {parameter: name for name, parameter in module.named_parameters()}
    nodes, named = {}, {}
    for function in _in_order(output.grad_fn, seen):
        if hasattr(function, "variable"):  # where the gradient of a leaf is gathered
            leaf = function.variable
            nodes[function] = Tensor(leaf.detach().numpy())
            if leaf in names:
                named[names[leaf]] = nodes[function]
        else:
            result = seen[function]
            edges = [(nodes[source], pull) for source, pull in _edges(function, seen)]
            inputs, pulls = zip(*[(node, _of_arrays(pull, result)) for node, pull in edges])
            data = np.array(result.detach().numpy(), dtype=np.float64)
            nodes[function] = Tensor(data, inputs, pulls, _operation(function))
    return nodes[output.grad_fn], named


def _watched(loss, seen):
    """Run the loss, and write down the result of each operation by what goes back through it."""
    from torch import Tensor as TorchTensor
    from torch.overrides import TorchFunctionMode

    class Watch(TorchFunctionMode):
        def __torch_function__(self, function, types, args=(), kwargs=None):
            result = function(*args, **(kwargs or {}))
            if isinstance(result, TorchTensor) and result.grad_fn is not None:
                seen[result.grad_fn] = result
            return result

    with Watch():
        output = _called(loss)
    _one_number(output)
    seen[output.grad_fn] = output
    return output


def _edges(function, seen):
    """Return (function before, pull) for each input of an operation; what was not seen is passed
    through.
    """
    rule = function if callable(function) else function.apply  # apply: of torch.autograd.Function
    found = []
    for place, (source, output) in enumerate(function.next_functions):
        if source is None:
            continue
        if output:
            raise ValueError(
                f"{source.name()} has several results, which cannot be shown here: take the parts "
                "of an array by brackets, such as z[:, 0]."
            )

        def pull(g, place=place):
            pulled = rule(g)
            return pulled[place] if isinstance(pulled, tuple) else pulled

        if source in seen or hasattr(source, "variable"):
            found.append((source, pull))
        else:
            found += [(s, _one_after_the_other(pull, p)) for s, p in _edges(source, seen)]
    return found


def _one_after_the_other(first, second):
    return lambda g: second(first(g))


def _in_order(end, seen):
    """Return the operations and leaves from which `end` was computed, each after its inputs."""
    order, stack = {}, [(end, False)]
    while stack:
        function, is_done = stack.pop()
        if is_done:
            order[function] = True
        elif function not in order:
            stack.append((function, True))
            if not hasattr(function, "variable"):
                stack += [(source, False) for source, _ in _edges(function, seen)]
    return list(order)


def _of_arrays(pull, result):
    """Return a pull of PyTorch's as one that takes and returns arrays."""
    import torch

    def pull_of_arrays(g):
        pulled = pull(torch.tensor(np.asarray(g), dtype=result.dtype))
        return np.array(pulled.detach().numpy(), dtype=np.float64)

    return pull_of_arrays


def _operation(function):
    """Return the name of an operation: AddmmBackward0 is addmm."""
    words = re.sub(r"Backward\d*$", "", function.name())
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", words).lower()
