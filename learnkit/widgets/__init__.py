"""Visuals that stay alive without Python: one painter, and one short file for each family of
visual.

Names load on first use, so that importing the package draws nothing and needs no matplotlib.
"""

from importlib import import_module

_HOME = {
    "Player": "player",
    "LivePlayer": "live",
    "STATES": "scene",
    "GROUPS": "scene",
    "contour_lines": "shapes",
    "edges": "shapes",
    "roll_downhill": "descent",
    "explore_loss": "surface",
    "descend_landscape": "surface",
    "hard_places": "places",
    "Place": "places",
    "contour_descent": "contour",
    "compare_runs": "compare",
    "make_runs": "runs",
    "TrainingMonitor": "training_monitor",
    "learning_loop": "loop_view",
    "graph_viewer": "graph_view",
    "network_trace": "network_view",
}

__all__ = list(_HOME)


def __getattr__(name):
    if name in _HOME:
        return getattr(import_module(f"learnkit.widgets.{_HOME[name]}"), name)
    raise AttributeError(f"learnkit.widgets has no {name!r}; it offers {', '.join(__all__)}.")


def __dir__():
    return sorted(__all__)
