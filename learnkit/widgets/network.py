"""Drawings of the 31-parameter network: its numbers, its images, and what its hidden units answer."""

from matplotlib.figure import Figure
from matplotlib.patches import Circle, Rectangle

from learnkit import flip
from learnkit.widgets.figure import BLUE, GREY, ORANGE, Picture

_HEIGHTS = {"x": (3, 2, 1, 0), "h": (2.8, 1.5, 0.2), "ŷ": (3, 2, 1, 0)}
_COLUMNS = {"x": 0.0, "h": 2.6, "ŷ": 5.2}
_LABELS = {"x": 0.204, "h": 0.245}  # how far along its line a weight is written, so that no two numbers meet


def network(parameters=flip.START, x=flip.IMAGE, y=flip.TARGET, gradients=False):
    """Return a Picture of the 4–3–4 network with every weight, bias and unit, or with the gradient of each instead.

    parameters: Parameters of three hidden units; x, y: an image and its target.
    """
    steps = flip.backward(parameters, x, y) if gradients else flip.forward(parameters, x, y)
    figure = Figure(figsize=(9, 5.9), layout="constrained")
    axes = figure.add_subplot()
    axes.set(xlim=(-0.6, 5.8), ylim=(-0.55, 3.6), aspect="equal")
    axes.set_axis_off()
    weights = flip.gradients(parameters, x, y) if gradients else parameters
    _edges(axes, weights.W1, "x", "h")
    _edges(axes, weights.W2, "h", "ŷ")
    values = {stage: [s.value for s in steps if s.stage == stage] for stage in ("h", "ŷ", "∂L/∂h", "∂L/∂ŷ", "∂L/∂z")}
    numbers = {"x": x, "h": values["∂L/∂h"] or values["h"], "ŷ": values["∂L/∂ŷ"] or values["ŷ"]}
    silent = [value == 0 for value in values["∂L/∂z"] or values["h"]]
    for stage, shown in numbers.items():
        for i, number in enumerate(shown):
            bias = {"x": None, "h": weights.b1, "ŷ": weights.b2}[stage]
            _unit(axes, stage, i, number, bias and bias[i], stage == "h" and silent[i])
    titles = ("pixels x", "∂L/∂h", "∂L/∂ŷ") if gradients else ("pixels x", "hidden units h", "predictions ŷ")
    for column, title in zip(_COLUMNS.values(), titles):
        axes.text(column, 3.45, title, ha="center", fontsize=12, fontweight="bold", color="#333333")
    return Picture(figure, _describe(weights, numbers, gradients))


def _edges(axes, weights, left, right):
    for i, row in enumerate(weights):
        for j, weight in enumerate(row):
            start, end = (_COLUMNS[left], _HEIGHTS[left][i]), (_COLUMNS[right], _HEIGHTS[right][j])
            colour, dash = (GREY, ":") if weight == 0 else (BLUE, "-") if weight > 0 else (ORANGE, "--")
            axes.plot(*zip(start, end), dash, color=colour, linewidth=0.7 + 3 * abs(float(weight)), zorder=1)
            at = [a + _LABELS[left] * (b - a) for a, b in zip(start, end)]
            box = {"boxstyle": "round,pad=0.12", "facecolor": "white", "edgecolor": "none"}
            ink = "#555555" if weight == 0 else colour
            axes.text(*at, flip.decimal(weight), ha="center", va="center", fontsize=9, color=ink, bbox=box, zorder=2)


def _unit(axes, stage, i, number, bias, silent):
    centre = _COLUMNS[stage], _HEIGHTS[stage][i]
    axes.add_patch(
        Circle(centre, 0.25, facecolor="#eeeeee" if silent else "white", edgecolor="#333333", zorder=3,
               linestyle=":" if silent else "-", linewidth=1.6)
    )  # fmt: skip
    axes.text(*centre, flip.decimal(number), ha="center", va="center", fontsize=11, zorder=4)
    label = flip.named(stage, i) + (f", bias {flip.decimal(bias)}" if bias is not None else "")
    axes.text(centre[0], centre[1] - 0.38, label, ha="center", va="center", fontsize=9, color="#333333", zorder=4)


def _describe(weights, numbers, gradients):
    lists = {stage: ", ".join(map(flip.decimal, shown)) for stage, shown in numbers.items()}
    if gradients:
        alive = sum(g != 0 for g in weights.flat())
        return (
            f"The gradients on the network: at the predictions {lists['ŷ']}, at the hidden units {lists['h']}; "
            f"{alive} of the {len(weights.flat())} parameters have a gradient that is not zero."
        )
    return (
        f"The network with its {len(weights.flat())} parameters: pixels {lists['x']}, hidden units {lists['h']}, "
        f"predictions {lists['ŷ']}."
    )


def images(columns):
    """Return a Picture of 2×2 images side by side with their numbers.

    columns: {title: four numbers, row by row}; 0 is drawn white, 1 black.
    """
    figure = Figure(figsize=(2 * len(columns), 2.4), layout="constrained")
    figure.get_layout_engine().set(h_pad=0.1)
    for axes, (title, pixels) in zip(figure.subplots(1, len(columns), squeeze=False)[0], columns.items()):
        for i, pixel in enumerate(map(float, pixels)):
            shade = min(max(pixel, 0.0), 1.0)
            corner = i % 2, 1 - i // 2
            axes.add_patch(Rectangle(corner, 1, 1, facecolor=str(1 - 0.8 * shade), edgecolor="#333333"))
            ink = "white" if shade > 0.5 else "black"
            axes.text(corner[0] + 0.5, corner[1] + 0.5, _short(pixel), color=ink, ha="center", va="center")
        axes.set(xlim=(-0.05, 2.05), ylim=(-0.05, 2.05), aspect="equal")
        axes.set_title(title, fontsize=11)
        axes.set_axis_off()
    shown = "; ".join(f"{title}: " + ", ".join(map(_short, pixels)) for title, pixels in columns.items())
    return Picture(figure, f"Images of two by two pixels, row by row. {shown}.")


def _short(number):
    """Return a number with two decimals, or none if it is whole, and no minus before a zero."""
    number = round(float(number), 2) + 0.0
    return f"{number:.0f}" if number.is_integer() else f"{number:.2f}".replace("-", "−")


def hidden_units(parameters):
    """Return a Picture of what each hidden unit answers to each of the 16 images.

    parameters: Parameters of any number of hidden units, as plain numbers.
    """
    answers = [[max(0.0, float(z)) for z in _before_relu(parameters, image)] for image in flip.IMAGES]
    count, top = len(parameters.b1), max(map(max, answers)) or 1.0
    figure = Figure(figsize=(9, 0.9 + 0.5 * count), layout="constrained")
    axes = figure.add_subplot()
    for i, row in enumerate(answers):
        for j, answer in enumerate(row):
            shade = 0.85 * answer / top
            axes.add_patch(Rectangle((i, j), 1, 1, facecolor=str(1 - shade), edgecolor="white"))
            axes.text(
                i + 0.5, j + 0.5, f"{answer:.1f}", ha="center", va="center", color="white" if shade > 0.5 else "black"
            )
    axes.set(xlim=(0, 16), ylim=(count, 0), xlabel="image, its four pixels row by row")
    axes.set_xticks([i + 0.5 for i in range(16)], ["".join(map(str, image)) for image in flip.IMAGES])
    axes.set_yticks([j + 0.5 for j in range(count)], [flip.named("h", j) for j in range(count)])
    axes.tick_params(length=0)
    axes.set_title("Each hidden unit's answer to each image")
    silent = [sum(row[j] == 0 for row in answers) for j in range(count)]
    counts = ", ".join(f"{flip.named('h', j)} for {n}" for j, n in enumerate(silent))
    return Picture(figure, f"Answers of {count} hidden units to the 16 images, from 0 to {top:.1f}; zero: {counts}.")


def _before_relu(parameters, image):
    columns = zip(*parameters.W1)
    return [sum(x * w for x, w in zip(image, column)) + b for column, b in zip(columns, parameters.b1)]
