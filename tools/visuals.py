"""Every visual of learnkit.widgets by its name, with an example for an author to look at.

Names can be read before the course is installed; an example is made by `made("roll_downhill")`.
"""

import math

# One row, one visual: what makes it. A new visual gets a row, or `course.py show` does not know it.
VISUALS = {
    "roll_downhill": lambda widgets: widgets.roll_downhill(),
    "contour_descent": lambda widgets: widgets.contour_descent(),
    "compare_runs": lambda widgets: widgets.compare_runs(widgets.make_runs([0.01, 0.05, 0.15])),
    "race_optimizers": lambda widgets: widgets.race_optimizers(),
    "convergence_factors": lambda widgets: widgets.convergence_factors(*a_bowl()),
    "descend_landscape": lambda widgets: widgets.descend_landscape(),
    "explore_loss": lambda widgets: widgets.explore_loss(),
    "fit_by_hand": lambda widgets: widgets.fit_by_hand(),
    "drag_outlier": lambda widgets: widgets.drag_outlier(),
    "explore_surprise": lambda widgets: widgets.explore_surprise(),
    "drag_box": lambda widgets: widgets.drag_box(),
    "hard_places": lambda widgets: widgets.hard_places(),
    "learning_loop": lambda widgets: widgets.learning_loop(),
    "nudging_loop": lambda widgets: widgets.nudging_loop(),
    "graph_viewer": lambda widgets: widgets.graph_viewer(*a_neuron()),
    "switch_paths": lambda widgets: widgets.switch_paths(*two_factors()),
    "shrink_step": lambda widgets: widgets.shrink_step(cube, 2.0, 12.0),
    "race_gradients": lambda widgets: widgets.race_gradients((100, 1_000)),
    "network_trace": lambda widgets: widgets.network_trace(),
    "broadcast_viewer": lambda widgets: widgets.broadcast_viewer(),
    "images": lambda widgets: widgets.images({"input x": [1, 0, 0, 1], "target y": [0, 1, 1, 0]}),
    "hidden_units": lambda widgets: widgets.hidden_units(the_flip().START),
    "heat_map": lambda widgets: widgets.heat_map(*a_table()),
    "line_plot": lambda widgets: widgets.line_plot(*two_curves()),
    "watch_boundary": lambda widgets: widgets.watch_boundary(two_moons, *some_moons()),
    "drawing_pad": lambda widgets: widgets.drawing_pad(a_reader()),
    "TrainingMonitor": lambda widgets: trained(widgets.TrainingMonitor(60)),
    "free_throws": lambda widgets: widgets.free_throws(),
    "GuessingGame": lambda widgets: widgets.GuessingGame(),
    "plot_guesses": lambda widgets: widgets.plot_guesses(),
}


def made(name):
    """Return the visual of this name, or None where making it has displayed it already."""
    from learnkit import widgets

    return VISUALS[name](widgets)


def a_bowl():
    """Return learning rates, the factor of a step at each, and the curvatures 1 and 4 of a bowl."""
    import numpy as np

    rates = np.linspace(0.05, 0.6, 12)
    return rates, np.maximum(abs(1 - rates), abs(1 - 4 * rates)), [1.0, 4.0]


def a_neuron():
    """Return the output of a neuron with two inputs, and the names of what it is made of."""
    from learnkit import Value

    x1, x2, w1, w2, b = (Value(number) for number in (1.0, -2.0, 0.5, 0.25, 0.1))
    return (w1 * x1 + w2 * x2 + b).tanh(), {"x₁": x1, "x₂": x2, "w₁": w1, "w₂": w2, "b": b}


def two_factors():
    """Return L = a·b + a, where a = 3x and b = x² at x = 2, and the names of what it is made of."""
    from learnkit import Value

    x = Value(2.0)
    a, b = 3 * x, x**2
    c = a * b
    return c + a, {"x": x, "a": a, "b": b, "c": c}


def cube(x):
    return x * x * x


def the_flip():
    from learnkit import flip

    return flip


def a_table():
    """Return a table of losses with the weights and biases it was computed for."""
    weights, biases = [0.0, 0.5, 1.0, 1.5, 2.0], [-1.0, 0.0, 1.0]
    return [[(w - 1.5) ** 2 + b**2 for w in weights] for b in biases], weights, biases


def two_curves():
    """Return two falling curves, a title and the names of the axes."""
    curves = {
        f"η = {rate:g}": [math.exp(-rate * step) for step in range(40)] for rate in (0.05, 0.2)
    }
    return curves, "The larger rate is sooner down", "step", "loss"


def trained(monitor):
    """Run a training loop of smoothly falling loss through a monitor, which shows itself."""
    for step in monitor(range(monitor.total)):
        loss = math.exp(-step / 20)
        monitor.log(loss=loss, accuracy=1 - loss / 2)


def some_moons():
    from learnkit.data import moons

    return moons(30, noise=0.15, seed=1)


def two_moons(x, y):
    """Train a small network on points (n, 2) in two classes; yield it at every tenth step."""
    from learnkit import nn, optim
    from learnkit.losses import binary_cross_entropy_with_logits

    nn.manual_seed(0)
    model = nn.Sequential(nn.Linear(2, 12), nn.Tanh(), nn.Linear(12, 1))
    optimizer = optim.Adam(model.parameters(), lr=0.05)
    for step in range(231):
        if step % 10 == 0:
            yield step, lambda points: model(points).sigmoid()
        optimizer.zero_grad()
        binary_cross_entropy_with_logits(model(x)[:, 0], y).backward()
        optimizer.step()


def a_reader():
    """Return the layers of a network that has learned the digits in a few seconds."""
    import numpy as np

    from learnkit import nn, optim
    from learnkit.data import digits
    from learnkit.losses import cross_entropy

    nn.manual_seed(0)
    images, labels = digits()
    model = nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10))
    optimizer = optim.Adam(model.parameters(), lr=0.01)
    random = np.random.default_rng(0)
    for _ in range(600):
        batch = random.choice(len(labels), 64, replace=False)
        optimizer.zero_grad()
        cross_entropy(model(images[batch]), labels[batch]).backward()
        optimizer.step()
    return model
