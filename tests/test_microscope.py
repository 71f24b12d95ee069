"""PyTorch's models seen with the course's eyes, and what stands in for PyTorch where it is not."""

import builtins

import numpy as np
import pytest

from learnkit import microscope, nn, twin, widgets
from learnkit.autograd.graph import history
from learnkit.exercises.chapter_09 import twin_task


@pytest.fixture
def torch():
    return pytest.importorskip("torch")


@pytest.fixture
def no_torch(monkeypatch):
    """A machine without PyTorch."""
    honest = builtins.__import__

    def without(name, *arguments, **keywords):
        if name.split(".")[0] == "torch":
            raise ImportError("No module named 'torch'")
        return honest(name, *arguments, **keywords)

    monkeypatch.setattr(twin, "find_spec", lambda name: None)
    monkeypatch.setattr(builtins, "__import__", without)


def test_our_walk_over_pytorchs_graph_finds_pytorchs_slopes(torch):
    module, loss = twin.small_module()
    output, names = microscope.graph_of(module, loss)
    output.backward()
    loss().backward()
    assert output.item() == pytest.approx(loss().item())
    for name, parameter in module.named_parameters():
        assert names[name].grad == pytest.approx(parameter.grad.numpy(), abs=1e-12)
    assert [node.op for node in history(output) if node.inputs] == [
        "addmm",
        "tanh",
        "addmm",
        "mse_loss",
    ]


@pytest.mark.parametrize("kind", ["used twice", "cross entropy", "softmax by hand", "broadcast"])
def test_other_graphs_are_walked_as_well(torch, kind):
    torch.manual_seed(0)
    module = torch.nn.Linear(3, 3).double()
    x = torch.arange(12.0).reshape(4, 3).double() / 6

    def loss():
        z = module(x)
        if kind == "used twice":
            return (torch.tanh(z) * z).sum() + (z**2).mean()
        if kind == "cross entropy":
            return torch.nn.functional.cross_entropy(z, torch.tensor([0, 2, 1, 0]))
        if kind == "softmax by hand":
            return -(z.exp() / z.exp().sum(dim=1, keepdim=True)).log()[:, 0].mean()
        return ((z - module.bias) @ module.weight.T).relu().mean()

    output, names = microscope.graph_of(module, loss)
    output.backward()
    loss().backward()
    for name, parameter in module.named_parameters():
        assert names[name].grad == pytest.approx(parameter.grad.numpy(), abs=1e-12)
    widgets.graph_viewer(output, names)


def test_an_operation_with_several_results_is_refused(torch):
    module = torch.nn.Linear(2, 2).double()

    def loss():
        first, second = module(torch.ones(1, 2).double()).unbind(1)
        return (first * second).sum()

    with pytest.raises(ValueError, match=r"has several results.*brackets, such as z\[:, 0\]"):
        microscope.graph_of(module, loss)


def test_a_sound_module_passes_and_is_left_as_it_was(torch):
    module, loss = twin.small_module()
    before = [p.detach().numpy().copy() for p in module.parameters()]
    check = microscope.check_module(module, loss)
    assert check.passed and len(check.names) == 9 and check.names[0] == "0.weight[0, 0]"
    for kept, parameter in zip(before, module.parameters()):
        assert (parameter.detach().numpy() == kept).all()


def test_a_module_with_a_wrong_rule_is_found_out(torch):
    class Wrong(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            return x**2

        @staticmethod
        def backward(ctx, g):
            return g  # no 2x

    module, _ = twin.small_module()
    x = torch.ones(1, 2).double()
    check = microscope.check_module(module, lambda: Wrong.apply(module(x)).sum())
    assert not check.passed and "wrong" in str(check)


def test_float32_is_refused_with_what_to_do(torch):
    module = torch.nn.Linear(1, 1)
    with pytest.raises(ValueError, match=r"float32: call .double\(\) on the module first"):
        microscope.check_module(module, lambda: module(torch.ones(1)).sum())


@pytest.fixture
def both(torch):
    """A module with two outputs, and its inputs."""

    class Two(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.one = torch.nn.Linear(2, 1)
            self.other = torch.nn.Linear(2, 1)

        def forward(self, x):
            return self.one(x), self.other(x)

    return Two().double(), torch.tensor([[1.0, 2.0], [-1.0, 0.5], [0.0, 3.0]]).double()


def test_a_module_with_two_outputs_may_use_both_or_one(both):
    module, x = both
    whole = microscope.check_module(module, lambda: (module(x)[0] * module(x)[1]).mean())
    part = microscope.check_module(module, lambda: module(x)[0].mean())
    assert whole.passed and part.passed and len(part.names) == 6
    module.other.requires_grad_(False)
    assert microscope.check_module(module, lambda: module(x)[0].mean()).names[-1] == "one.bias[0]"


@pytest.mark.parametrize(
    "what, error, words",
    [
        ("array", ValueError, r"shape \(3, 1\); a loss is one number: add .mean\(\) or .sum"),
        ("pair", TypeError, r"returned a tuple: return PyTorch's tensor, without .item"),
        ("plain", TypeError, r"returned a float: return PyTorch's tensor, without .item"),
        ("cut", ValueError, r"without a graph: compute it from .* without .detach"),
    ],
)
def test_a_loss_without_slopes_is_refused_with_what_to_do(both, what, error, words):
    module, x = both

    def loss():
        return {
            "array": module(x)[0],
            "pair": module(x),
            "plain": module(x)[0].mean().item(),
            "cut": module(x)[0].mean().detach(),
        }[what]

    for look in (microscope.check_module, microscope.graph_of):
        with pytest.raises(error, match=words):
            look(module, loss)


def test_module_and_loss_in_other_hands_are_refused(both):
    module, x = both
    for look in (microscope.check_module, microscope.graph_of):
        with pytest.raises(TypeError, match="First comes a module of PyTorch"):
            look(lambda: module(x)[0].mean(), module)
        with pytest.raises(TypeError, match="a module of PyTorch.*a Tanh of learnkit.nn"):
            look(nn.Tanh(), lambda: module(x)[0].mean())
        with pytest.raises(TypeError, match="a function that computes it anew.* this is a Tensor"):
            look(module, module(x)[0].mean())


def test_a_loss_that_is_drawn_at_random_is_refused_until_dropout_is_off(torch, both):
    inner, x = both
    module = torch.nn.Sequential(inner.one, torch.nn.Linear(1, 50).double(), torch.nn.Dropout())

    def loss():
        return module(x).mean()

    with pytest.raises(ValueError, match=r"another number each time.*call module.eval\(\)"):
        microscope.check_module(module, loss)
    module.eval()
    assert microscope.check_module(module, loss).passed


def test_a_module_without_parameters_has_nothing_to_check(torch):
    for module in (torch.nn.Tanh(), torch.nn.Linear(2, 1).double().requires_grad_(False)):
        with pytest.raises(ValueError, match="no parameters that are trained"):
            microscope.check_module(module, lambda: torch.ones(()))


def test_buffers_are_left_as_they_were(torch):
    module = torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.BatchNorm1d(3)).double()
    x = torch.tensor([[1.0, 2.0], [-1.0, 0.5], [0.0, 3.0]]).double()
    before = {name: buffer.clone() for name, buffer in module.named_buffers()}
    assert microscope.check_module(module, lambda: (module(x) ** 3).mean()).names
    assert all(torch.equal(buffer, before[name]) for name, buffer in module.named_buffers())


def test_a_loss_computed_before_a_check_can_still_walk_back(torch):
    module, loss = twin.small_module()
    before = loss()
    microscope.check_module(module, loss)
    before.backward()
    assert module[0].bias.grad is not None


def test_a_graph_can_be_walked_twice(torch):
    output, names = microscope.graph_of(*twin.small_module())
    output.backward()
    once = names["0.weight"].grad.copy()
    output.backward()
    assert names["0.weight"].grad == pytest.approx(2 * once)


def test_an_operation_of_ones_own_is_walked(torch):
    class Square(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            ctx.save_for_backward(x)
            return x**2

        @staticmethod
        def backward(ctx, g):
            return 2 * ctx.saved_tensors[0] * g

    module, _ = twin.small_module()
    x = torch.ones(1, 2).double()
    output, names = microscope.graph_of(module, lambda: Square.apply(module(x)).sum())
    output.backward()
    (module(x) ** 2).sum().backward()
    for name, parameter in module.named_parameters():
        assert names[name].grad == pytest.approx(parameter.grad.numpy())


def test_what_is_stored_is_what_pytorch_gives(torch):
    task = twin_task()
    model, _ = twin.train_in_torch(*task, lr=0.03, steps=1)
    for name, slope in twin.stored("slopes").items():
        assert slope == pytest.approx(twin.slopes_of(model)[name], abs=1e-12)
    assert twin.stored("curve") == pytest.approx(twin.train_in_torch(*task, lr=0.03, steps=200)[1])
    assert twin.stored("check") == str(microscope.check_module(*twin.small_module()))
    (ours, ours_named), (theirs, theirs_named) = (
        twin.stored("graph"),
        microscope.graph_of(*twin.small_module()),
    )
    assert [n.op for n in history(ours)] == [n.op for n in history(theirs)]
    shown = [widgets.graph_viewer(*graph) for graph in ((ours, ours_named), (theirs, theirs_named))]
    assert shown[0].description == shown[1].description
    assert shown[0].arrays["gradients"] == pytest.approx(shown[1].arrays["gradients"])


def test_the_twins_have_equal_slopes_and_curves():
    """With PyTorch, or with what it gave elsewhere: ours is held against it."""
    task = twin_task()
    ours, _ = twin.train_here(*task, lr=0.03, steps=1)
    theirs = twin.stored("slopes")
    for name, slope in twin.slopes_of(ours).items():
        assert slope == pytest.approx(theirs[name], abs=1e-12)
    assert twin.train_here(*task, lr=0.03, steps=200)[1] == pytest.approx(twin.stored("curve"))


def test_without_pytorch_the_stored_results_come_and_it_is_said(no_torch):
    assert "PyTorch is not installed; what follows was stored from PyTorch 2." in twin.version()
    assert twin.of_torch("curve", lambda: 1 / 0) == twin.stored("curve")
    output, names = twin.of_torch("graph", lambda: 1 / 0)
    output.backward()
    assert {name: p.grad.shape for name, p in names.items()} == {
        name: array.shape for name, array in twin.START.items()
    }
    assert "9 of 9" in twin.of_torch("check", lambda: 1 / 0)


def test_with_pytorch_it_is_asked(torch):
    assert twin.version().startswith("PyTorch 2") and "installed" in twin.version()
    assert twin.of_torch("curve", lambda: np.pi) == np.pi
