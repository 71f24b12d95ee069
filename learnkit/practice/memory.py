"""Keeps what was answered until the kernel stops; a stand-in, to be replaced."""

import hashlib
import sys

_KEPT = {}


def address(item):
    """Return the chapter and the name under which an item is kept."""
    for module in [name for name in sys.modules if name.startswith("learnkit.exercises.chapter_")]:
        for name, value in vars(sys.modules[module]).items():
            if value is item:
                return module[-2:], name
    told = getattr(item, "key", None) or getattr(item, "question", None) or repr(item)
    return "", hashlib.sha256(str(told).encode()).hexdigest()[:12]


def keep(item, **entry):
    """Merge the entry into what is kept of an item; return "" or why it could not be saved."""
    _KEPT.setdefault(address(item), {}).update(entry)
    return ""


def recall(item):
    """Return what is kept of an item, {} if nothing."""
    return dict(_KEPT.get(address(item), {}))
