"""Visuals that stay alive without Python: one painter, and one short file for each family of
visual.

Names load on first use, so that importing the package draws nothing and needs no matplotlib.
"""

from importlib import import_module

_HOME = {
    "Player": "painter.player",
    "LivePlayer": "painter.live",
    "STATES": "painter.scene",
    "GROUPS": "painter.scene",
    "contour_lines": "painter.shapes",
    "edges": "painter.shapes",
    "line_plot": "widgets.lines",
    "roll_downhill": "widgets.descent.roll",
    "contour_descent": "widgets.descent.contour",
    "compare_runs": "widgets.descent.compare",
    "race_optimizers": "widgets.descent.race",
    "make_runs": "widgets.descent.runs",
    "convergence_factors": "widgets.descent.convergence",
    "descend_landscape": "widgets.descent.landscape",
    "explore_loss": "widgets.loss.explore",
    "fit_by_hand": "widgets.loss.by_hand",
    "drag_outlier": "widgets.loss.outlier",
    "explore_surprise": "widgets.loss.surprise",
    "drag_box": "widgets.loss.detection",
    "heat_map": "widgets.maps",
    "hard_places": "widgets.descent.places",
    "Place": "widgets.descent.places",
    "learning_loop": "widgets.loop.view",
    "nudging_loop": "widgets.loop.nudging",
    "graph_viewer": "widgets.graph.view",
    "switch_paths": "widgets.graph.switches",
    "shrink_step": "widgets.slopes.steps",
    "race_gradients": "widgets.slopes.race",
    "network_trace": "widgets.network.view",
    "broadcast_viewer": "widgets.broadcast",
    "images": "widgets.network.units",
    "hidden_units": "widgets.network.units",
    "watch_boundary": "widgets.boundary.view",
    "boundary_frames": "widgets.boundary.frames",
    "drawing_pad": "widgets.digits.pad",
    "TrainingMonitor": "widgets.training.monitor",
    "style": "widgets.plots",
    "free_throws": "widgets.hoop",
    "throw": "widgets.hoop",
    "GuessingGame": "widgets.guess.game",
    "guesses_needed": "widgets.guess.game",
    "by_step": "widgets.guess.game",
    "plot_guesses": "widgets.guess.game",
}

__all__ = list(_HOME)


def __getattr__(name):
    if name in _HOME:
        return getattr(import_module(f"learnkit.{_HOME[name]}"), name)
    raise AttributeError(f"learnkit.widgets has no {name!r}; it offers {', '.join(__all__)}.")


def __dir__():
    return sorted(__all__)
