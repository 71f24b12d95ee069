"""A still figure that carries one sentence saying what it shows."""

import base64
import html
import io

from PIL import Image

# Okabe and Ito's, dark enough on white
BLUE, ORANGE, GREEN, GREY = "#0072b2", "#d55e00", "#007a5a", "#767676"


def png(figure):
    """Return a Figure as the bytes of a PNG of 128 colours, a quarter of the size with all of
    them.
    """
    drawn, packed = io.BytesIO(), io.BytesIO()
    figure.savefig(drawn, dpi=150, format="png")
    Image.open(drawn).convert("RGB").quantize(128).save(packed, "PNG", optimize=True)
    return packed.getvalue()


class Picture:
    """A matplotlib Figure as an image with a description, for screen readers and for terminals.

    description: one sentence with the figure's numbers, computed from the same data.
    """

    def __init__(self, figure, description):
        self.figure, self.description = figure, description

    def __repr__(self):
        return self.description

    def _repr_mimebundle_(self, include=None, exclude=None):
        encoded = base64.b64encode(png(self.figure)).decode()
        width = round(self.figure.get_figwidth() * 88)
        image = (
            f'<img data-learnkit-picture src="data:image/png;base64,{encoded}" '
            f'alt="{html.escape(self.description)}" width="{width}" '
            'style="max-width:100%;height:auto">'
        )
        return {"text/html": image, "text/plain": self.description}
