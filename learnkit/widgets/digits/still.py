"""The drawing pad without a page: an example, its ten probabilities and its map, as one picture."""

import numpy as np

from learnkit.painter.player import Player
from learnkit.painter.scene import Arrow, Axis, Cells, Panel, Scene, Text

SIDE = 8
GREY = 0.45  # of ink, so that a sign can be read on it
LEAST = 0.04  # part of the largest slope from which on a slope is shown


def still(image, probabilities, slopes, description):
    """Return a still Player of one image (64,), its probabilities (10,) and its slopes (64,)."""
    k = np.arange(SIDE * SIDE)
    table = {
        "x": k % SIDE + 0.5,
        "y": SIDE - 0.5 - k // SIDE,
        "ink": image,
        "pale": GREY * image,
        "zero": np.zeros(len(probabilities)),
        "up": 9.0 - np.arange(len(probabilities)),
        "sure": probabilities,
    }
    small = np.abs(slopes) < LEAST * np.abs(slopes).max()
    signs = ["" if none else "+" if slope > 0 else "−" for none, slope in zip(small, slopes)]
    digit = int(probabilities.argmax())
    panels = [
        _grid("An example", "ink", [""] * len(signs)),
        _bars(digit, probabilities),
        _grid(f"Where ink raises (+) or lowers (−) the score of {digit}", "pale", signs),
    ]
    return Player(Scene(panels=panels, description=description.rstrip(".") + "."), table)


def _grid(title, shades, texts):
    cells = Cells(at=["x", "y"], size=[1, 1], shades=shades, texts=texts)
    ends = Axis(range=[0, SIDE])
    return Panel(title=title, x=ends, y=ends, bare=True, aspect=1, tall=280, layers=[cells])


def _bars(digit, probabilities):
    texts = [_percent(probability) for probability in probabilities]
    return Panel(
        title=f"The network reads {digit}",
        x=Axis(label="probability", range=[0, 1.3], ticks=[0, 0.5, 1]),
        y=Axis(range=[-0.6, 9.6], ticks=[[9 - i, str(i)] for i in range(len(texts))]),
        aspect=1,
        tall=280,
        layers=[
            Arrow(start=["zero", "up"], end=["sure", "up"], head=False, width=12, colour="blue"),
            Text(at=["sure", "up"], texts=texts, dx=6),
        ],
    )


def _percent(probability):
    """A probability in words; of none 0 or 100 % is said, as none is."""
    if probability > 0.999:
        return "> 99.9 %"
    return "< 0.1 %" if probability < 0.001 else f"{100 * probability:.1f} %"
