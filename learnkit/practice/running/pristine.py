"""Python, NumPy and the course as they were before anybody changed them, for the right answers.

A notebook may set `np.argmin` or `builtins.sum` to a function of its own, or append to a list that
an exercise reads. `remember` takes note of how things are; inside `with pristine(function):` they
are so again, and afterwards they are as the notebook has them.
"""

import contextlib
import copy
import sys
from numbers import Number

_MODULES = (
    "builtins",
    "cmath",
    "fractions",
    "functools",
    "itertools",
    "math",
    "numpy",
    "numpy.linalg",
    "numpy.random",
    "operator",
    "random",
    "statistics",
)
_COURSE = "learnkit."
_NOT_TAUGHT = tuple(_COURSE + name for name in ("practice", "widgets", "painter", "exercises"))
_MISSING = object()
_seen = {}  # module or class → {name: what stood there when it was first seen}
_known = set()  # modules that have been gone through
_others = set()  # names of modules that do not matter: a notebook may have thousands


def remember(function=None):
    """Take note of what is not yet known of Python, NumPy, the course and the function's module.

    The sooner the better: an exercise does it with its solution when it is made, before a notebook
    can see either. Lists, arrays and dictionaries of numbers and text are copied.
    """
    for module in _new_modules(function):
        known = _seen.setdefault(module, {})
        for name, value in list(vars(module).items()):
            if name not in known and not name.startswith("__"):
                known[name] = _fresh(value)
            if _is_a_class_of_the_course(value, module):
                _seen.setdefault(value, dict(vars(value)))


@contextlib.contextmanager
def pristine(function):
    """Return a context manager in which all that `remember` knows is as it was when first seen."""
    remember(function)
    changed = []
    try:
        for owner, known in _seen.items():
            now = vars(owner)
            for name, kept in known.items():
                if now.get(name, _MISSING) is not kept:
                    changed.append((owner, name, now.get(name, _MISSING)))
                    _put(owner, name, _fresh(kept))
        yield
    finally:
        for owner, name, value in changed:
            _put(owner, name, value)


def _new_modules(function):
    """Yield the modules that matter and have not been gone through, but for one half imported."""
    own = getattr(function, "__module__", None)
    if own == "__main__":  # the notebook's own names are its business
        own = None
    for name in sys.modules.keys() - _others | {own}:
        module = sys.modules.get(name)
        if name != own and name not in _MODULES and not _is_the_courses(name):
            _others.add(name)
        elif module and module not in _known:
            if not _is_being_imported(module):
                _known.add(module)
            yield module


def _is_being_imported(module):
    return getattr(getattr(module, "__spec__", None), "_initializing", False)


def _is_a_class_of_the_course(value, module):
    is_own = isinstance(value, type) and value.__module__ == module.__name__
    return is_own and _is_the_courses(module.__name__)


def _is_the_courses(name):
    return name.startswith(_COURSE) and not name.startswith(_NOT_TAUGHT)


def _fresh(value):
    """Return a copy of data that could be changed in place, and anything else itself."""
    return copy.deepcopy(value) if _is_data(value) else value


def _is_data(value):
    if isinstance(value, dict):
        return all(map(_is_plain, value.values()))
    if isinstance(value, (list, tuple, set)):
        return all(map(_is_plain, value))
    return type(value).__name__ == "ndarray"


def _is_plain(value):
    return value is None or isinstance(value, (str, Number)) or _is_data(value)


def _put(owner, name, value):
    if value is not _MISSING:
        setattr(owner, name, value)
    elif name in vars(owner):
        delattr(owner, name)


remember()
