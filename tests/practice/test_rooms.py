"""The rooms of practice: one enters by the face, none needs another that needs it, nobody uses
what another keeps to itself.
"""

import ast
from importlib import import_module
from pathlib import Path

import learnkit

LEARNKIT = Path(learnkit.__file__).parent
PRACTICE = LEARNKIT / "practice"
ROOMS = {path.parent.name for path in PRACTICE.glob("*/__init__.py")}
FILES = sorted(PRACTICE.rglob("*.py"))


def module_of(path):
    """Return the dotted name of a file's module."""
    parts = path.relative_to(LEARNKIT.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path):
    """Yield (module, name) for all that a file takes from another module of practice."""
    package = module_of(path) if path.stem == "__init__" else module_of(path).rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1]
            base = above if node.level else []
            module = ".".join([*base, *(node.module or "").split(".")]).rstrip(".")
            if module.startswith("learnkit.practice"):
                yield from ((module, name.name) for name in node.names)


def room_of(module):
    """Return the room a module stands in, or the module itself if it stands in none."""
    return ".".join(module.split(".")[:3])


def target_of(module, name):
    """Return the module that is meant: `from . import wire` takes a module, not a name."""
    inner = LEARNKIT.parent.joinpath(*module.split("."), name)
    return f"{module}.{name}" if inner.is_dir() or inner.with_suffix(".py").is_file() else module


def test_a_room_is_entered_by_its_face_alone():
    intruders = [
        (str(path.relative_to(LEARNKIT)), module, name)
        for path in sorted(LEARNKIT.rglob("*.py"))
        for module, name in imports(path)
        if room_of(module).rpartition(".")[2] in ROOMS
        and room_of(module) != room_of(module_of(path))
        and not (module == room_of(module) and name in import_module(module).__all__)
    ]
    assert intruders == []


def test_nothing_imports_in_a_circle():
    needs = {}
    for path in FILES:
        needed = {room_of(target_of(module, name)) for module, name in imports(path)}
        needs.setdefault(room_of(module_of(path)), set()).update(needed)
    for module, needed in needs.items():
        needed -= {module, "learnkit.practice"}
    while free := [module for module, needed in needs.items() if not needed & needs.keys()]:
        for module in free:
            del needs[module]
    assert needs == {}


def test_no_file_uses_what_another_keeps_to_itself():
    private = [
        (str(path.relative_to(LEARNKIT)), module, name)
        for path in sorted(LEARNKIT.rglob("*.py"))
        for module, name in imports(path)
        if name.startswith("_")
    ]
    assert private == []


def test_every_room_says_what_is_in_it():
    for room in ROOMS:
        said = ast.get_docstring(ast.parse((PRACTICE / room / "__init__.py").read_text()))
        files = {path.stem for path in (PRACTICE / room).glob("*.py")} - {"__init__"}
        assert [name for name in sorted(files) if name not in said] == [], room
