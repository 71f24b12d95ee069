"""How neural networks learn, from one number's slope to a classifier of digits, in code short
enough to read.

Names load on first use (PEP 562), so `import learnkit` is instant and works without NumPy.
"""

from importlib import import_module

_HOME = {
    "Value": "autograd.value",
    "Tensor": "autograd.tensor",
    "doctor": "checkup",
}
_MODULES = (
    "autograd",
    "data",
    "differentiate",
    "exercises",
    "flip",
    "glossary",
    "landscapes",
    "losses",
    "microscope",
    "nn",
    "optim",
    "practice",
    "progress",
    "summary",
    "training",
    "twin",
    "widgets",
)

__all__ = [*_HOME, *_MODULES]


def __getattr__(name):
    if name in _MODULES:
        return import_module(f"learnkit.{name}")
    if name in _HOME:
        return getattr(import_module(f"learnkit.{_HOME[name]}"), name)
    raise AttributeError(f"learnkit has no {name!r}; it offers {', '.join(__all__)}.")


def __dir__():
    return sorted(__all__)
