"""Small Players for tests of the painter: what is asked of every Player shows in one of them."""

from learnkit.painter.live import LivePlayer
from learnkit.painter.player import Player
from learnkit.painter.scene import Axis, Dots, Frames, Handle, Panel, Readout, Scene, Slider

FRAMES = Frames(name="frame", label="step", frames=5, fps=20)


def slider(name):
    """A slider over 0 to 4 in steps of a half."""
    values = [k / 2 for k in range(9)]
    return Slider(name=name, label=name, values=values, start=1, format=".1f")


def scene(layers, controls, **panel):
    """One square panel over 0 to 4."""
    x, y = (Axis(label=name, range=[0, 4]) for name in "xy")
    readouts = [Readout(label=each.name, text=f"{{{each.name}}}") for each in controls]
    return Scene(
        panels=[Panel(x=x, y=y, aspect=1, layers=layers, **panel)],
        controls=controls,
        readouts=readouts,
        description="A dot.",
    )


def dot():
    """A dot that moves along a line, one place each frame."""
    layer = Dots(at=["places[frame]", 1], size=9)
    return Player(scene([layer], [FRAMES]), {"places": [0, 1, 2, 3, 4]})


def ball(kind=Player):
    """A ball with a handle, at (across, up), and a run that starts where it is put."""
    place = ["across", "up"]
    handle = Handle(at=place, sets=["across", "up"], label="the ball")
    return kind(
        scene(
            [Dots(at=place, size=9)],
            [slider("across"), slider("up"), slider("rate"), FRAMES],
            handles=[handle],
            click=["across", "up"],
        ),
        {},
    )


def marked():
    """Two controls without sliders: a dot's, whose handle is quiet and of which Python is asked,
    and another's.
    """
    across, up = (Slider(name=name, label=name, values=[1, 2, 3], hidden=True) for name in "xy")
    handle = {"label": "the dot", "quiet": True}
    return LivePlayer(
        Scene(
            panels=[
                Panel(
                    x=Axis(label="x", range=[0, 4]),
                    y=Axis(label="y", range=[0, 4]),
                    aspect=1,
                    layers=[Dots(at=["x", "y"])],
                    handles=[
                        Handle(at=["x", 2], sets=["x"], live=True, **handle),
                        Handle(at=[2, "y"], sets=["y"], **handle),
                    ],
                )
            ],
            controls=[across, up],
            readouts=[Readout(label="far", text="{far}")],
            values={"far": "away"},
            asks=["x"],
            description="A dot.",
        ),
        {"away": 0},
    )


def live_ball():
    """The ball, and a Python that knows its exact place."""
    return ball(LivePlayer)
