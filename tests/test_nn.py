"""Layers and networks: they compute, learn, are saved and refused as they say, and as PyTorch does."""

import numpy as np
import pytest

from learnkit import Tensor, losses, nn, optim
from learnkit.differentiate import check_gradient

X = np.array([[0.5, -1.0], [2.0, 0.0], [-0.3, 0.4]])


def small(seed=0):
    nn.manual_seed(seed)
    return nn.Sequential(nn.Linear(2, 4), nn.Tanh(), nn.Linear(4, 3), nn.ReLU(), nn.Linear(3, 1))


def in_torch(torch):
    layers = torch.nn
    model = layers.Sequential(
        layers.Linear(2, 4), layers.Tanh(), layers.Linear(4, 3), layers.ReLU(), layers.Linear(3, 1)
    )
    return model.double()


def test_a_linear_layer_is_weights_times_inputs_and_a_bias():
    layer = nn.Linear(2, 3)
    assert layer.weight.shape == (3, 2) and layer.bias.shape == (3,)
    assert layer(X).data == pytest.approx(X @ layer.weight.data.T + layer.bias.data)
    assert layer(X[0]).shape == (3,)


def test_a_layer_without_a_bias_has_one_parameter():
    layer = nn.Linear(2, 3, bias=False)
    assert [name for name, _ in layer.named_parameters()] == ["weight"]
    assert layer(np.zeros((1, 2))).data.tolist() == [[0, 0, 0]]


def test_first_values_fill_the_reach_that_pytorch_documents_and_belong_to_the_seed():
    nn.manual_seed(1)
    first = nn.Linear(100, 50)
    for parameter in first.parameters():
        assert 0.09 < abs(parameter.data).max() <= 0.1
    assert abs(first.weight.data.mean()) < 0.005
    other = nn.Linear(100, 50)
    nn.manual_seed(1)
    again = nn.Linear(100, 50)
    assert (first.weight == again.weight).all() and not (first.weight == other.weight).any()


def test_first_values_have_the_reach_of_pytorchs():
    torch = pytest.importorskip("torch")
    torch.manual_seed(0)
    theirs = torch.nn.Linear(100, 2000)
    for parameter in theirs.parameters():
        assert 0.0995 < parameter.abs().max() <= 0.1001


def test_activations_are_those_of_the_engine():
    for layer, name in ((nn.ReLU(), "relu"), (nn.Tanh(), "tanh"), (nn.Sigmoid(), "sigmoid")):
        assert (layer(X) == getattr(Tensor(X), name)()).all()
        assert layer.parameters() == []


def test_a_network_names_its_parameters_by_the_places_of_their_layers():
    names = [name for name, _ in small().named_parameters()]
    assert names == ["0.weight", "0.bias", "2.weight", "2.bias", "4.weight", "4.bias"]
    assert sum(p.data.size for p in small().parameters()) == 8 + 4 + 12 + 3 + 3 + 1


def test_every_slope_of_a_network_agrees_with_differences():
    model = small()
    target = np.array([[1.0], [0.0], [1.0]])
    for name, parameter in model.named_parameters():
        start = parameter.data

        def loss_at(values, name=name):
            model.load_state_dict(model.state_dict() | {name: values})
            return losses.binary_cross_entropy_with_logits(model(X), target).item()

        model.zero_grad()
        losses.binary_cross_entropy_with_logits(model(X), target).backward()
        gradient = np.array(parameter.grad)
        assert check_gradient(loss_at, start, gradient).passed
        loss_at(start)


def test_zero_grad_forgets_all_slopes():
    model = small()
    model(X).sum().backward()
    assert all(p.grad is not None for p in model.parameters())
    model.zero_grad()
    assert all(p.grad is None for p in model.parameters())


def test_a_module_of_ones_own_is_found_with_what_it_holds():
    class Twice(nn.Module):
        def __init__(self):
            self.inner = nn.Linear(2, 2)
            self.scale = Tensor(1.0)

        def forward(self, x):
            return self.scale * self.inner(self.inner(x))

    twice = Twice()
    assert [name for name, _ in twice.named_parameters()] == ["inner.weight", "inner.bias", "scale"]
    assert twice(X).shape == (3, 2)
    assert len(nn.Sequential(twice, twice.inner).parameters()) == 3  # each one once
    optim.Adam(twice.parameters())


def test_a_module_that_computes_nothing_is_told_so():
    with pytest.raises(NotImplementedError, match="Module has to say in forward"):
        nn.Module()(X)


def test_an_input_of_another_width_is_refused_with_both_sizes():
    with pytest.raises(ValueError, match=r"rows of 2 numbers; its input has shape \(5, 3\)"):
        small()(np.zeros((5, 3)))


def test_a_state_is_a_copy_and_comes_back_from_a_file(tmp_path):
    model, other = small(0), small(1)
    state = model.state_dict()
    model[0].weight.data = np.zeros((4, 2))
    assert state["0.weight"].any()
    nn.save(state, tmp_path / "model.npz")
    kept = nn.load(tmp_path / "model.npz")
    assert kept.keys() == state.keys()
    other.load_state_dict(kept)
    assert (other(X) == small(0)(X)).all()


@pytest.mark.parametrize(
    "change, error, words",
    [
        ({"4.bias": np.zeros(2)}, ValueError, r"4.bias has shape \(2,\), and the parameter \(1,\)"),
        ({"5.bias": np.zeros(1)}, KeyError, "lacks nothing and has 5.bias too many"),
    ],
)
def test_a_state_that_does_not_fit_changes_nothing(change, error, words):
    model = small()
    with pytest.raises(error, match=words):
        model.load_state_dict(small(1).state_dict() | change)
    assert (model(X) == small()(X)).all()


def test_a_state_that_lacks_a_name_is_refused():
    with pytest.raises(KeyError, match="lacks 4.bias, 4.weight and has nothing too many"):
        small().load_state_dict(nn.Sequential(*list(small())[:4]).state_dict())


def test_a_network_is_a_row_of_its_layers():
    model = small()
    assert len(model) == 5 and isinstance(model[1], nn.Tanh) and model[-1] is list(model)[4]


def test_a_slice_is_a_network_of_the_same_layers():
    model = small()
    begin = model[:2]
    assert isinstance(begin, nn.Sequential) and begin[0] is model[0] and len(begin) == 2
    assert (model[2:](begin(X)) == model(X)).all()
    model.note = "no layer"
    assert len(model) == 5 and model(X).shape == (3, 1)


@pytest.mark.parametrize(
    "layers, words",
    [
        ([[nn.Tanh()]], "place 0 of this Sequential stands a list: give it the layers one by one"),
        ([nn.Tanh(), nn.ReLU], r"place 1 .* stands a class: make a layer of it, ReLU\(\)"),
        ([np.tanh], "stands a ufunc: it takes layers"),
    ],
)
def test_what_is_no_layer_is_refused_with_what_to_do(layers, words):
    with pytest.raises(TypeError, match=words):
        nn.Sequential(*layers)


@pytest.mark.parametrize("sizes", [(0, 3), (2, 0), (-1, 2), (2.5, 1), ("a", 1)])
def test_a_layer_without_whole_sizes_is_refused(sizes):
    with pytest.raises(ValueError, match="whole numbers of inputs and outputs, from 1 on"):
        nn.Linear(*sizes)


@pytest.mark.parametrize("seed", [-1, 1.5, None, "a"])
def test_a_seed_is_a_whole_number(seed):
    with pytest.raises(ValueError, match="A seed is a whole number from 0 on"):
        nn.manual_seed(seed)


def test_an_input_that_is_no_table_of_numbers_is_refused_as_by_a_tensor():
    for data in ("text", None, [["a", "b"]]):
        with pytest.raises(TypeError, match="A Tensor holds real numbers"):
            small()(data)
    with pytest.raises(ValueError, match="rows of equal length"):
        small()([[1, 2], [3]])
    assert small()([[1, 2]]).shape == (1, 1) and small()([1.0, 2.0]).shape == (1,)


def test_what_was_computed_is_no_parameter():
    class Keeping(nn.Module):
        def __init__(self):
            self.scale = Tensor(2.0)

        def forward(self, x):
            self.last = self.scale * x
            return self.last

    keeping = Keeping()
    keeping(3.0)
    assert list(keeping.state_dict()) == ["scale"]


@pytest.mark.parametrize("parts", [[nn.Tanh()], (Tensor(1.0),), {"a": nn.Linear(1, 1)}])
def test_parameters_that_would_not_be_found_are_pointed_out(parts):
    model = nn.Module()
    model.parts = parts
    with pytest.raises(TypeError, match="parameters in a .*, parts, where they are not found"):
        model.parameters()
    model.parts = [1, 2.0, "text", Tensor(1.0) + 1]
    assert model.parameters() == []


@pytest.mark.parametrize("state", [None, [1, 2], "model.npz", nn.Tanh()])
def test_what_is_no_state_is_refused_with_where_one_comes_from(state, tmp_path):
    with pytest.raises(TypeError, match=r"load_state_dict takes a state.*model.state_dict\(\)"):
        small().load_state_dict(state)
    with pytest.raises(TypeError, match="nn.save takes a state"):
        nn.save(state, tmp_path / "model.npz")


def test_a_state_of_something_else_than_numbers_changes_nothing():
    model = small()
    with pytest.raises(TypeError, match="A Tensor holds real numbers"):
        model.load_state_dict(small(1).state_dict() | {"4.bias": np.array(["a"])})
    assert (model(X) == small()(X)).all()


def test_a_save_that_fails_leaves_the_file_that_was_there(tmp_path):
    nn.save(small().state_dict(), tmp_path / "model")
    with pytest.raises(TypeError, match="A Tensor holds real numbers"):
        nn.save({"weight": object()}, tmp_path / "model")
    assert nn.load(tmp_path / "model").keys() == small().state_dict().keys()


def test_another_file_is_refused_by_its_name(tmp_path):
    (tmp_path / "notes.npz").write_text("no arrays")
    (tmp_path / "empty.npz").write_text("")
    np.save(tmp_path / "one.npy", np.ones(3))
    np.savez(tmp_path / "objects.npz", a=np.array([None]))
    for name in ("notes.npz", "empty.npz", "one.npy", "objects.npz"):
        with pytest.raises(ValueError, match=f"{name} is not a file that nn.save has written"):
            nn.load(tmp_path / name)
    with pytest.raises(FileNotFoundError, match="missing.npz"):
        nn.load(tmp_path / "missing.npz")


def test_outputs_slopes_and_a_run_of_adam_are_pytorchs():
    torch = pytest.importorskip("torch")
    ours, theirs = small(), in_torch(torch)
    theirs.load_state_dict({name: torch.tensor(a) for name, a in ours.state_dict().items()})
    x, y = torch.tensor(X), torch.tensor([[1.0], [0.0], [1.0]], dtype=torch.float64)
    steps = [optim.Adam(ours.parameters(), lr=0.05), torch.optim.Adam(theirs.parameters(), lr=0.05)]
    for _ in range(30):
        for optimizer in steps:
            optimizer.zero_grad()
        assert ours(X).data == pytest.approx(theirs(x).detach().numpy(), abs=1e-10)
        losses.binary_cross_entropy_with_logits(ours(X), y.numpy()).backward()
        torch.nn.functional.binary_cross_entropy_with_logits(theirs(x), y).backward()
        for p, q in zip(ours.parameters(), theirs.parameters()):
            assert p.grad == pytest.approx(q.grad.numpy(), abs=1e-10)
        for optimizer in steps:
            optimizer.step()


def test_a_network_is_written_as_pytorch_writes_it():
    torch = pytest.importorskip("torch")
    assert repr(small()) == repr(in_torch(torch))
    nested = nn.Sequential(nn.Sequential(nn.Linear(1, 1, bias=False)), nn.Sigmoid())
    layers = torch.nn
    assert repr(nested) == repr(
        layers.Sequential(layers.Sequential(layers.Linear(1, 1, bias=False)), layers.Sigmoid())
    )
