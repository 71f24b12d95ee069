"""Surprise: what a forecast costs once it is known what happened, by two losses."""

import numpy as np

from learnkit.painter.player import Player
from learnkit.painter.scene import (
    Arrow,
    Axis,
    Choice,
    Curve,
    Dots,
    Handle,
    Panel,
    Readout,
    Scene,
    Slider,
    Text,
)

FORECASTS = np.arange(1, 100) / 100
FINE = 1 / (1 + np.exp(-np.linspace(-5.5, 5.5, 141)))  # closer where the curves are steep
HAPPENED = ("it rained", "it did not rain")


def explore_surprise(start=0.5):
    """The surprise and the squared error of a forecast, whose probability is moved by hand.

    start: the probability of rain that it starts nearest to, 0.01 to 0.99.
    Raises ValueError if start is no such number.
    `.arrays` holds forecasts (99,), and for what happened, rain or none, surprises, squares and
    their slopes along the forecast (2, 99).
    """
    if not 0 < start < 1:
        raise ValueError(f"start is a probability, between 0 and 1; this is {start!r}.")
    right = np.stack([FORECASTS, 1 - FORECASTS])  # the probability of what happened
    sign = np.array([[1], [-1]])
    table = {
        "forecasts": FORECASTS,
        "surprises": -np.log(right),
        "squares": (1 - right) ** 2,
        "surprise_slopes": -sign / right,
        "square_slopes": -2 * sign * (1 - right),
        "fine": FINE,
        "surprise_curves": -np.log([FINE, 1 - FINE]),
        "square_curves": np.square([1 - FINE, FINE]),
    }
    return Player(_scene(float(start)), table)


def _scene(start):
    return Scene(
        values={
            "surprise": "surprises[happened, forecast]",
            "square": "squares[happened, forecast]",
            "surprise_slope": "surprise_slopes[happened, forecast]",
            "square_slope": "square_slopes[happened, forecast]",
        },
        controls=[
            Slider(
                name="forecast", label="forecast: probability of rain", values=FORECASTS,
                start=start,
            ),
            Choice(name="happened", label="what happened", options=list(HAPPENED)),
        ],
        panels=[_panel()],
        readouts=[
            Readout(label="cross-entropy (surprise)", text="{surprise:.3f}"),
            Readout(label="squared error", text="{square:.4f}"),
            Readout(label="slope of the cross-entropy", text="{surprise_slope:+.2f}"),
            Readout(label="slope of the squared error", text="{square_slope:+.2f}"),
        ],
        status="Forecast {forecast}: cross-entropy {surprise:.3f}, squared error {square:.4f}.",
        description=(
            "The cross-entropy and the squared error of a forecast of rain over its probability: "
            "at {forecast} the cross-entropy is {surprise:.3f} and the squared error {square:.4f}."
        ),
    )  # fmt: skip


def _panel():
    here = ["forecast", "surprise"]
    return Panel(
        title="A forecast of {forecast}: surprise {surprise:.3f}, squared error {square:.4f}",
        x=Axis(label="forecast: probability of rain", range=[0, 1]),
        y=Axis(label="loss", range=[0, 5]),
        aspect=1.9,
        tall=340,
        click=["forecast", None],
        handles=[Handle(at=here, sets=["forecast"], label="the forecast")],
        layers=[
            Arrow(
                start=["forecast", 0], end=here, head=False, colour="muted", width=1.5, dash=[3, 4]
            ),
            Curve(at=["fine", "surprise_curves[happened]"], colour="blue", width=3),
            Curve(
                at=["fine", "square_curves[happened]"], colour="vermilion", width=3, dash=[9, 5]
            ),
            Dots(at=here, colour="blue", size=9),
            Dots(at=["forecast", "square"], colour="vermilion", shape="square", size=8),
            Text(at=[0.5, 4.55], text="solid: cross-entropy", colour="blue", weight=600,
                 align="center"),
            Text(at=[0.5, 4.1], text="dashed: squared error", colour="vermilion", weight=600,
                 align="center"),
        ],
    )  # fmt: skip
