"""A drawing pad: you write a digit, and a trained network reads it stroke by stroke.

The network travels with the page, so that the pad reads where there is no Python. network.js does
there what network.py does here, and bitmap.js makes the 64 numbers of a drawing.
"""

from functools import cache, cached_property
from pathlib import Path

import numpy as np

from learnkit.data import digits
from learnkit.painter import player
from learnkit.painter.markup import KEYS
from learnkit.widgets.digits.network import CLASSES, PIXELS, layers_of, read, slopes
from learnkit.widgets.digits.still import still

HERE = Path(__file__).parent
SHARED = ("basics", "numbers", "theme", "host", "keys", "strokes")  # from the painter
OWN = ("network", "bitmap", "pad")
FIRST = [3, 4, 8, 7, 5, 2, 9, 6, 1, 0]  # of these digits an example each, if none are given
BARS = "".join(
    f'<div class="lkd-bar" role="listitem">{digit}<span><i></i></span><b></b></div>'
    for digit in range(CLASSES)
)
MARKUP = f"""<div class="lk lkd">
<div class="lk-bar"><div class="lk-control" role="group" aria-label="the drawing">
<button type="button" value="undo" {KEYS}>Undo</button>
<button type="button" value="clear" class="lk-go" {KEYS}>Clear</button>
<button type="button" value="next" {KEYS}>Next example</button></div></div>
<div class="lkd-row">
<figure><p class="lk-title lkd-name">Write a digit here</p>
<canvas class="lkd-pad" role="application" tabindex="0" {KEYS} aria-label="Drawing pad. Arrow keys
move a cursor, Space or Enter puts the pen down and lifts it, Backspace takes a stroke
back."></canvas>
<p class="lk-caption">Draw by mouse or finger. By keys: arrows move, Space puts the pen down and
lifts it, Backspace takes a stroke back.</p></figure>
<figure><p class="lk-title">The network reads <span class="lkd-answer"></span></p>
<div class="lkd-bars" role="list" aria-label="probability of each digit">{BARS}</div></figure>
<figure><p class="lk-title">What it sees, and the slopes</p>
<canvas class="lkd-map" role="img" aria-label="The 64 numbers"></canvas>
<p class="lk-caption"><span class="lkd-plus">+</span> more ink here raises the score of the digit it
reads, <span class="lkd-minus">−</span> lowers it; the larger the sign, the steeper.</p></figure>
</div>
<p class="lkd-seen" aria-hidden="true"></p><p class="lk-status lk-spoken" role="status"></p>
<details class="lk-steps"><summary {KEYS}>How a drawing becomes 64 numbers</summary><p>As the makers
of the data did it: your strokes are moved to the middle of 32 × 32 dots and brought to their full
height (squeezed where they are wider than 22), half of their slant is taken out, and the pen is so
thick that 313 of the 1,024 dots are ink, as many as a digit of the data has on average. Each of the
64 numbers is how many of a block of 4 × 4 dots are ink, divided by 16. Strokes on an example stay
where you put them.</p>
</details></div>"""


def drawing_pad(layers, activation="relu", examples=None):
    """Return a pad on which you write a digit and a network reads it, stroke by stroke.

    layers: the trained network, from 64 pixels to 10 scores: a list of pairs (W, b) with W (inputs,
    outputs), arrays or Tensors, or an nn.Sequential. activation: "relu", "tanh" or "sigmoid",
    between the layers; a Sequential has its own. examples: images (n, 64) from 0 to 1 to look at
    and to draw on, up to 40; ten digits of the data if left out.
    The pad shows the ten probabilities, their softmax made by the pad, and the slope of the winning
    digit's score along each pixel. It needs no Python, and stays alive in what is saved.
    `.probabilities(images)` and `.slopes(image)` are what it computes, for checks.
    Raises ValueError for a network that does not fit the data or examples that are no images,
    TypeError for what is no network.
    """
    layers, activation = layers_of(layers, activation)
    return DrawingPad(layers, activation, _images(examples))


def _images(examples):
    """Examples as counts (n, 64) from 0 to 16."""
    if examples is None:
        images, labels = digits()
        examples = [images[np.flatnonzero(labels == digit)[3]] for digit in FIRST]
    images = np.atleast_2d(np.asarray(examples, float))
    if images.ndim != 2 or images.shape[1] != PIXELS or not 1 <= len(images) <= 40:
        raise ValueError(
            f"The examples are 1 to 40 images of {PIXELS} pixels, of shape (n, {PIXELS}); these "
            f"have the shape {images.shape}."
        )
    if not ((images >= 0) & (images <= 1)).all():
        raise ValueError("The pixels of the examples lie between 0, paper, and 1, ink.")
    return np.round(16 * images)


class DrawingPad(player.Player):
    """What `drawing_pad` returns: a Player with a module of its own instead of the painter's."""

    def __init__(self, layers, activation, counts):
        self.layers, self.activation = layers, activation
        self.scene = {"markup": MARKUP, "activation": activation, "texts": [], "controls": []}
        self.arrays = {"examples": counts.astype(np.float32)}
        for i, (W, b) in enumerate(layers):
            self.arrays |= {f"W{i}": W, f"b{i}": b}
        sizes = " → ".join(str(len(part)) for part in [layers[0][0], *(b for _, b in layers)])
        self.description = (
            f"A drawing pad: the network {sizes} reads what you write. It reads the first example "
            f"as {self.probabilities(counts[0] / 16).argmax()}."
        )

    def probabilities(self, images):
        """Return the ten probabilities of each image, (n, 10). images: (n, 64) from 0 to 1."""
        return read(self.layers, self.activation, images)

    def slopes(self, image):
        """Return the digit read on an image (64,), and the slopes of its score, (64,)."""
        return slopes(self.layers, self.activation, image)

    @cached_property
    def png(self):
        """The still picture as bytes of a PNG: the first example, as the pad shows it."""
        image = self.arrays["examples"][0] / 16
        return still(image, self.probabilities(image), self.slopes(image)[1], self.description).png

    @property
    def _module(self):
        return _module()


@cache
def _module():
    """Return the pad's module and style sheets, deflated and as base64."""
    shared = [player.HERE / "script" / f"{name}.js" for name in SHARED]
    own = [HERE / f"{name}.js" for name in OWN]
    return player.joined([*shared, *own], [player.HERE / "painter.css", HERE / "pad.css"])
