"""Still drawings for the 31-parameter network: its images, and what its hidden units answer to
them.
"""

import math

from learnkit import flip
from learnkit.painter.expressions import plain
from learnkit.painter.numbers import digits
from learnkit.painter.player import Player
from learnkit.painter.scene import Axis, Cells, Panel, Scene, Text

NEEDS = "images draws four pixels for each title, row by row, such as {'x': (1, 0, 0, 1)}"
APART = 2.7  # widths of a pixel from one image to the next
PIXELS = 62  # of the page, for a pixel of an image
MOST_HIDDEN = 40  # rows that fit a page
ROW = 34  # pixels of the page, for a hidden unit


def images(columns):
    """Return a still Player of 2×2 images side by side with their numbers.

    columns: {title: four numbers, row by row}; the larger a number from 0 to 1, the darker its
        pixel on a light page, and the lighter on a dark one. Raises ValueError for another count.
    """
    for title, pixels in columns.items():
        if len(pixels) != 4:
            raise ValueError(f"{NEEDS}; {title!r} has {len(pixels)}.")
    numbers = [float(pixel) for pixels in columns.values() for pixel in pixels]
    starts = [APART * k for k in range(len(columns))]
    at = [
        [left + column for left in starts for column in (0, 1, 0, 1)],
        [row for _ in columns for row in (1, 1, 0, 0)],
    ]
    texts = [_short(number) for number in numbers]
    cells = Cells(at=at, size=[1, 1], shades=_shades(numbers), texts=texts)
    titles = [plain(str(title)) for title in columns]
    above = Text(at=[[left + 0.5 for left in starts], 1.75], texts=titles, align="center")
    right, top = (starts[-1] if starts else 0) + 1.8, 2
    wide, tall = right + 0.8, top + 0.6
    panel = Panel(
        x=Axis(range=[-0.8, right]),
        y=Axis(range=[-0.6, top]),
        bare=True,
        layers=[cells, above],
        aspect=wide / tall,
        tall=PIXELS * tall,
        basis=200,
    )
    shown = "; ".join(
        f"{title}: " + ", ".join(map(_short, pixels)) for title, pixels in columns.items()
    )
    description = f"Images of two by two pixels, row by row. {shown}."
    return Player(Scene(panels=[panel], description=plain(description)), {})


def _shades(numbers):
    """How dark each number is drawn; one that is not known is as light as 0."""
    return [
        0.85 * min(max(number, 0.0), 1.0) if math.isfinite(number) else 0.0 for number in numbers
    ]


def _short(number):
    """Return a number with two decimals, or none if it is whole."""
    text = digits(float(number), ".2f")
    return text.removesuffix(".00")


def hidden_units(parameters):
    """Return a still Player of what each hidden unit answers to each of the 16 images.

    parameters: Parameters of up to 40 hidden units, as plain numbers. Raises ValueError for more.
    """
    count = len(parameters.b1)
    if count > MOST_HIDDEN:
        raise ValueError(
            f"hidden_units has room for {MOST_HIDDEN} hidden units; yours has {count}."
        )
    answers = [
        [max(0.0, float(z)) for z in _before_relu(parameters, image)] for image in flip.IMAGES
    ]
    top = max((answer for row in answers for answer in row if math.isfinite(answer)), default=1)
    numbers = [row[j] for j in range(count) for row in answers]
    at = [list(range(16)) * count, [-j for j in range(count) for _ in range(16)]]
    texts = [digits(number, ".2f") for number in numbers]
    shades = _shades([number / (top or 1.0) for number in numbers])
    panel = Panel(
        title="Each hidden unit's answer to each image",
        x=Axis(
            label="image, its four pixels row by row",
            range=[-0.5, 15.5],
            ticks=[[i, "".join(map(str, image))] for i, image in enumerate(flip.IMAGES)],
        ),
        y=Axis(range=[0.5 - count, 0.5], ticks=[[-j, flip.named("h", j)] for j in range(count)]),
        layers=[Cells(at=at, size=[1, 1], shades=shades, texts=texts)],
        aspect=820 / (ROW * count + 72),
        tall=ROW * count + 72,
        least=680,
    )
    silent = [sum(f"{row[j]:.2f}" == "0.00" for row in answers) for j in range(count)]
    counts = ", ".join(f"{flip.named('h', j)} for {n}" for j, n in enumerate(silent))
    description = (
        f"Answers of {count} hidden units to the 16 images, from 0 to {top:.1f}; 0.00: {counts}."
    )
    return Player(Scene(panels=[panel], description=description), {})


def _before_relu(parameters, image):
    columns = zip(*parameters.W1)
    return [
        sum(x * w for x, w in zip(image, column)) + b for column, b in zip(columns, parameters.b1)
    ]
