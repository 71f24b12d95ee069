"""The course as it was before a notebook ran: what was changed in it is named, and put back."""

import contextlib
import copy
import sys
from types import FunctionType, ModuleType

from learnkit.practice.exercise import Exercise

WATCHED = ("learnkit.practice", "learnkit.exercises", "learnkit.verdicts")
# what the judge itself is made of; a notebook may add to these, as IPython does
PLAIN = ("ast", "builtins", "contextlib", "copy", "functools", "html", "inspect", "itertools")
PLAIN += ("json", "math", "numpy", "os", "pickle", "random", "re", "select", "signal", "textwrap")
OF_A_FUNCTION = ("__code__", "__defaults__", "__kwdefaults__")
OWN_STATE = {"draws", "_hints_shown"}  # of an exercise
_MISSING = object()


class Watch:
    """Takes note of the course when it is made; `restore` puts back what was changed since."""

    def __init__(self):
        modules = [module for name, module in sys.modules.items() if _is_watched(name)]
        classes = [
            value for module in modules for value in vars(module).values() if _is_ours(value, type)
        ]
        self._owners = [(owner, dict(vars(owner))) for owner in dict.fromkeys(modules + classes)]
        values = [value for _, known in self._owners for value in known.values()]
        functions = dict.fromkeys(value for value in values if _is_ours(value, FunctionType))
        self._functions = [(each, _parts(each)) for each in functions]
        exercises = {id(value): value for value in values if isinstance(value, Exercise)}
        self._exercises = [(each, _state(each)) for each in exercises.values()]
        plain = [sys.modules[name] for name in PLAIN if name in sys.modules]
        self._plain = [(module, _callables(module)) for module in plain]

    def restore(self):
        """Put everything back; return the names of what had been changed, in their order."""
        found = [*self._plain_changes(), *self._function_changes()]
        found += [name for owner, known in self._owners for name in _put_back(owner, known)]
        found += [name for each, state in self._exercises for name in _refresh(each, state)]
        return sorted(set(found))

    def _plain_changes(self):
        for module, known in self._plain:
            for name, value in known.items():
                if vars(module).get(name) is not value:
                    setattr(module, name, value)
                    yield f"{module.__name__}.{name}"

    def _function_changes(self):
        for function, parts in self._functions:
            if _parts(function) != parts:
                for name, value in zip(OF_A_FUNCTION, parts):
                    setattr(function, name, value)
                yield f"{function.__module__.rpartition('.')[2]}.{function.__qualname__}"


def _is_watched(name):
    return any(name == each or name.startswith(f"{each}.") for each in WATCHED)


def _is_ours(value, kind):
    return isinstance(value, kind) and _is_watched(getattr(value, "__module__", None) or "")


def _callables(module):
    return {name: value for name, value in vars(module).items() if callable(value)}


def _parts(function):
    return [getattr(function, name) for name in OF_A_FUNCTION]


def _put_back(owner, known):
    """Give a module or a class back what it had; yield the names of what is worth a look."""
    where = owner.__name__.rpartition(".")[2]
    now = dict(vars(owner))
    for name in [name for name in now if name not in known and not _may_come(now[name], name)]:
        delattr(owner, name)
        yield f"{where}.{name}"
    for name, value in known.items():
        if now.get(name, _MISSING) is not value:
            with contextlib.suppress(AttributeError, TypeError):  # such as a class's __dict__
                setattr(owner, name, value)
            if callable(value) or not name.startswith("_"):
                yield f"{where}.{name}"


def _may_come(value, name):
    """Whether something may be added to a module or class: modules, and Python's own notes."""
    return isinstance(value, ModuleType) or name == "__warningregistry__" or "annot" in name


def _state(exercise):
    """Return what an exercise judges by: a copy of its cases, and everything else as it is."""
    kept = {name: value for name, value in vars(exercise).items() if name in _made_with(exercise)}
    return kept | {"cases": copy.deepcopy(exercise.cases), "mistakes": dict(exercise.mistakes)}


def _made_with(exercise):
    """Return the names of what an exercise has from the start, without what it works out later."""
    return [name for name in vars(exercise) if not hasattr(type(exercise), name)]


def _refresh(exercise, state):
    """Give an exercise its own state anew; yield the names of what is worth a look."""
    now = dict(vars(exercise))
    vars(exercise).clear()
    vars(exercise).update(state, cases=copy.deepcopy(state["cases"]))
    for name in now:
        worked_out = name not in state and hasattr(getattr(type(exercise), name, None), "func")
        if name == "cases":
            same = _same_cases(now[name], state[name])
        elif name == "mistakes":
            same = now[name] == state[name]
        else:
            same = name in OWN_STATE or worked_out or now[name] is state.get(name, _MISSING)
        if not same:
            yield f"exercise {state['number']}.{name}"


def _same_cases(mine, kept):
    from learnkit.practice.plain import plain

    try:
        return repr(plain(mine)) == repr(plain(kept))
    except Exception:  # whatever was put there
        return False
