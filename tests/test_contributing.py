"""CONTRIBUTING.md: every path, command and name in it exists, and its examples do what it says."""

import re
import runpy
from importlib import import_module

import numpy as np
import pytest
from browser import ROOT

from learnkit import Tensor
from learnkit.differentiate import check_gradient
from learnkit.practice.authoring import faults
from learnkit.practice.exercise import Exercise
from tools.commands import COMMANDS
from tools.visuals import VISUALS

TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
OUTSIDE_CODE = re.sub(r"```.*?```", "", TEXT, flags=re.DOTALL)
BLOCKS = re.findall(r"```(\w*)\n(.*?)```", TEXT, re.DOTALL)
COMMAND_LINES = [line for kind, text in BLOCKS if not kind for line in text.splitlines()]
QUOTED = re.findall(r"`([^`\n]+)`", OUTSIDE_CODE)
PATHS = [quoted for quoted in QUOTED if re.fullmatch(r"[\w.]+(/[\w.]*)+|\w+\.md", quoted)]
MADE_BY_THE_READER = {"learnkit/widgets/halving.py", "halving", "12"}
FRONT_DOOR = (ROOT / "course.py").read_text(encoding="utf-8")


@pytest.fixture
def made(tmp_path):
    """A function that runs the example which defines a name, and returns what is defined."""

    def run(name):
        defines = re.compile(rf"^(?:class |def )?{name}\b", re.MULTILINE)
        (source,) = (text for kind, text in BLOCKS if kind == "python" and defines.search(text))
        (tmp_path / f"{name}.py").write_text(source, encoding="utf-8")
        return runpy.run_path(str(tmp_path / f"{name}.py"), {"Exercise": Exercise})[name]

    return run


@pytest.mark.parametrize("path", sorted({*PATHS} - MADE_BY_THE_READER))
def test_every_path_leads_somewhere(path):
    assert (ROOT / path).exists()


def test_there_are_paths_and_commands_to_check():
    assert len(PATHS) > 10 and len(COMMAND_LINES) > 8


@pytest.mark.parametrize("line", COMMAND_LINES)
def test_every_command_exists_and_so_does_what_it_is_given(line):
    program, front_door, command, *given = line.split(" -k ")[0].split()
    assert (program, front_door) == ("python3", "course.py") and command in COMMANDS
    if "--all" in given:
        assert f"course.py {command} --all" in FRONT_DOOR
        given.remove("--all")
    for argument in given:
        known = argument in VISUALS or argument in MADE_BY_THE_READER or (ROOT / argument).exists()
        assert known or list((ROOT / "solutions").glob(f"{argument}_*.ipynb")), argument


@pytest.mark.parametrize("name", [name for name in QUOTED if name.startswith("learnkit.")])
def test_every_dotted_name_can_be_imported(name):
    module, _, leaf = name.rpartition(".")
    assert hasattr(import_module(module), leaf)


@pytest.mark.parametrize(
    "name, path", re.findall(r"`(\w+)` of\s+`([\w/.]+\.py)`", OUTSIDE_CODE), ids=str
)
def test_every_table_stands_in_the_file_that_is_named(name, path):
    assert re.search(rf"^{name} = ", (ROOT / path).read_text(encoding="utf-8"), re.MULTILINE)


def test_the_exercise_is_a_good_one(made):
    assert faults(made("doubling")) == []


def test_the_visual_is_made_and_refuses_no_steps(made):
    assert "halv" in repr(made("halving")()).lower()
    with pytest.raises(ValueError, match="at least one step"):
        made("halving")(steps=0)


def test_the_optimizer_reaches_the_bottom_of_a_bowl(made):
    place = Tensor(np.array([3.0, -2.0]))
    optimizer = made("Adagrad")([place], lr=1.0)
    for _ in range(300):
        optimizer.zero_grad()
        (place * place).sum().backward()
        optimizer.step()
    assert np.abs(place.data).max() < 1e-5


def test_the_slopes_of_the_layer_are_right(made):
    layer = made("Scale")(3)
    x = np.random.default_rng(0).normal(size=(4, 3))
    (layer(x) ** 2).mean().backward()
    assert [name for name, _ in layer.named_parameters()] == ["weight"]

    def loss(weight):
        return ((x * weight) ** 2).mean()

    assert check_gradient(loss, layer.weight.data, layer.weight.grad).passed
