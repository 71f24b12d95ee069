"""Still drawings for the 31-parameter network: its images, and what its hidden units answer to
them.
"""

from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from learnkit import flip
from learnkit.painter.figure import Picture


def images(columns):
    """Return a Picture of 2×2 images side by side with their numbers.

    columns: {title: four numbers, row by row}; 0 is drawn white, 1 black.
    """
    figure = Figure(figsize=(2 * len(columns), 2.4), layout="constrained")
    figure.get_layout_engine().set(h_pad=0.1)
    for axes, (title, pixels) in zip(
        figure.subplots(1, len(columns), squeeze=False)[0], columns.items()
    ):
        for i, pixel in enumerate(map(float, pixels)):
            shade = min(max(pixel, 0.0), 1.0)
            corner = i % 2, 1 - i // 2
            axes.add_patch(
                Rectangle(corner, 1, 1, facecolor=str(1 - 0.8 * shade), edgecolor="#333333")
            )
            ink = "white" if shade > 0.5 else "black"
            axes.text(
                corner[0] + 0.5,
                corner[1] + 0.5,
                _short(pixel),
                color=ink,
                ha="center",
                va="center",
            )
        axes.set(xlim=(-0.05, 2.05), ylim=(-0.05, 2.05), aspect="equal")
        axes.set_title(title, fontsize=11)
        axes.set_axis_off()
    shown = "; ".join(
        f"{title}: " + ", ".join(map(_short, pixels)) for title, pixels in columns.items()
    )
    return Picture(figure, f"Images of two by two pixels, row by row. {shown}.")


def _short(number):
    """Return a number with two decimals, or none if it is whole, and no minus before a zero."""
    number = round(float(number), 2) + 0.0
    return f"{number:.0f}" if number.is_integer() else f"{number:.2f}".replace("-", "−")


def hidden_units(parameters):
    """Return a Picture of what each hidden unit answers to each of the 16 images.

    parameters: Parameters of any number of hidden units, as plain numbers.
    """
    answers = [
        [max(0.0, float(z)) for z in _before_relu(parameters, image)] for image in flip.IMAGES
    ]
    count, top = len(parameters.b1), max(map(max, answers)) or 1.0
    figure = Figure(figsize=(9, 0.9 + 0.5 * count), layout="constrained")
    axes = figure.add_subplot()
    for i, row in enumerate(answers):
        for j, answer in enumerate(row):
            shade = 0.85 * answer / top
            axes.add_patch(Rectangle((i, j), 1, 1, facecolor=str(1 - shade), edgecolor="white"))
            ink = "white" if shade > 0.5 else "black"
            axes.text(i + 0.5, j + 0.5, f"{answer:.2f}", color=ink, ha="center", va="center")
    axes.set(xlim=(0, 16), ylim=(count, 0), xlabel="image, its four pixels row by row")
    axes.set_xticks(
        [i + 0.5 for i in range(16)], ["".join(map(str, image)) for image in flip.IMAGES]
    )
    axes.set_yticks([j + 0.5 for j in range(count)], [flip.named("h", j) for j in range(count)])
    axes.tick_params(length=0)
    axes.set_title("Each hidden unit's answer to each image")
    silent = [sum(f"{row[j]:.2f}" == "0.00" for row in answers) for j in range(count)]
    counts = ", ".join(f"{flip.named('h', j)} for {n}" for j, n in enumerate(silent))
    return Picture(
        figure,
        f"Answers of {count} hidden units to the 16 images, from 0 to {top:.1f}; 0.00: {counts}.",
    )


def _before_relu(parameters, image):
    columns = zip(*parameters.W1)
    return [
        sum(x * w for x, w in zip(image, column)) + b for column, b in zip(columns, parameters.b1)
    ]
