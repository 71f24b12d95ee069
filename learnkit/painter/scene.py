"""Everything that a picture of the course consists of: a Scene, its panels, layers and controls.

A `Player` is a scene and a table. The table holds named float32 arrays, one entry for each setting
of the controls and each frame, computed once in Python. The scene says which of them to draw, in
expressions such as "path[rate, :frame+1]", and what to say, in templates such as "Step {frame}";
expressions.py explains both. Every field is given by its name, and a wrong one is refused at once:

    Scene(
        description="A ball at {height:.2f}.",
        values={"height": "heights[frame]"},
        controls=[Frames(name="frame", label="step", frames=5)],
        panels=[
            Panel(
                x=Axis(label="step", range=[0, 4]),
                y=Axis(label="height", range=[0, 1]),
                layers=[Dots(at=["frame", "height"], colour="vermilion")],
            )
        ],
    )

A place (`at`, `start`, `end`) is an expression of shape (n, 2), (n, 3) or (2,), or a list of
columns: ["x", "height(x)"], [[0, 1], [2, 2]].
"""

from dataclasses import dataclass, field

from learnkit.painter.expressions import last
from learnkit.painter.kinds import (
    Align,
    Choices,
    Colour,
    Count,
    Expression,
    Flag,
    Format,
    Index,
    Kind,
    Name,
    Nothing,
    Number,
    Numbers,
    Part,
    Place,
    Reach,
    Shape,
    Strokes,
    Template,
    Texts,
    Tick,
    Words,
    by_name,
    either,
    list_of,
    one_of,
    part,
    parts,
)


@dataclass(kw_only=True)
class Look(Part):
    """What tells one item of a layer from the others; a field left out is the layer's own."""

    colour: Colour = None
    ink: Colour = None
    """Of text, where it differs."""
    width: Number = None
    """Of lines and outlines, in pixels."""
    weight: Number = None
    """Of type: 400 is usual, 600 bold."""
    dash: Numbers = None
    """Lengths in pixels of a line's dashes and of the gaps between them."""
    shape: Shape = None
    size: Number = None
    """Radius in pixels."""


# looks of nodes and edges, by code: waiting, known, being worked on, carrying a gradient, dead
STATES = [
    Look(colour="faint", ink="muted", width=1.2),
    Look(colour="ink", ink="ink", width=1.4),
    Look(colour="vermilion", ink="ink", width=3.2),
    Look(colour="blue", ink="ink", width=2.4),
    Look(colour="muted", ink="muted", width=1, dash=[3, 4]),
]
# looks of classes or runs, by code: each its own colour and its own shape
GROUPS = [
    Look(colour="blue", shape="circle"),
    Look(colour="vermilion", shape="triangle"),
    Look(colour="green", shape="square"),
    Look(colour="purple", shape="diamond"),
    Look(colour="orange", shape="star"),
]


class Layer(Part):
    """Something that a panel paints; `draw` names its painter in layers.js and in picture.py."""

    draw = ""
    clip = True  # whether it ends at the edge of the axes

    def painted(self):
        """What the painter paints for it, as the page receives it: one layer or several."""
        return [self._own()]

    def _own(self, **more):
        return {"draw": self.draw, "clip": self.clip} | self.page() | more


@dataclass(kw_only=True)
class Curve(Layer):
    """A line through points; NaN breaks it."""

    draw = "curve"

    at: Place
    colour: Colour = "ink"
    width: Number = 2
    """In pixels."""
    dash: Numbers = None
    """Lengths in pixels of its dashes and of the gaps between them."""
    alpha: Number = 1
    """How opaque it is, from 0 to 1."""
    halo: Flag = None
    """Whether paper shows around it; left out, it does on heat maps and surfaces."""
    dots: Flag = False
    """Whether its points are marked."""
    label: Template = None
    """At its end."""

    def painted(self):
        own = self._own()
        label = own.pop("label", None)
        if not label:
            return [own]
        at = [last(c) for c in own["at"]] if isinstance(own["at"], list) else last(own["at"])
        return [own, *Text(at=at, text=self.label, dx=7, dy=-9, weight=600).painted()]


@dataclass(kw_only=True)
class Trails(Layer):
    """The paths of earlier runs, faint, with a button that clears them.

    A run leaves its path when a control other than time is set; without a page there is none.
    """

    draw = "trails"

    at: Place
    """The path of the present run, as far as it has come."""
    colour: Colour = "muted"
    width: Number = 1
    """In pixels."""
    alpha: Number = 0.5
    """How opaque they are, from 0 to 1."""
    halo: Flag = None
    """Whether paper shows around them, as a map's colours need; left out, on surfaces alone."""
    ground: Expression = 0
    """A number that says what they lie on: those of another ground are not shown meanwhile."""


@dataclass(kw_only=True)
class Dots(Layer):
    """Markers."""

    draw = "dots"
    clip = False

    at: Place
    shape: Shape = "circle"
    size: Number = 5
    """Radius in pixels."""
    colour: Colour = "ink"
    width: Number = 3
    """Of the outline, in pixels; 0 leaves it out."""
    hollow: Flag = False
    off: Template = None
    """Said at the edge, where a marker outside the picture waits; without it, none waits there."""
    label: Template = None
    """Beside each."""
    styles: parts(Look) = None
    """Looks to choose from."""
    style: Expression = None
    """Codes into styles, one for each marker."""

    def painted(self):
        own = self._own()
        label = own.pop("label", None)
        if not label:
            return [own]
        beside = {"dx": self.size + 6, "dy": -self.size - 5, "weight": 600}
        looks = {"styles": self.styles, "style": self.style}
        return [own, *Text(at=self.at, text=self.label, **beside, **looks).painted()]


@dataclass(kw_only=True)
class Arrow(Layer):
    """Arrows from each point of `start` to its partner in `end`."""

    draw = "arrow"

    start: Place
    end: Place
    head: Flag = True
    """Without it, a segment."""
    colour: Colour = "ink"
    width: Number = 2
    """In pixels."""
    dash: Numbers = None
    """Lengths in pixels of its dashes and of the gaps between them."""
    alpha: Number = 1
    """How opaque it is, from 0 to 1."""
    halo: Flag = None
    """Whether paper shows around it; left out, it does on heat maps and surfaces."""
    gap: Number = 0
    """Pixels left free at its start, for a ball to stand there."""
    down: Number = 0
    """Pixels by which it is painted lower."""
    least: Number = None
    """Pixels that it has at least: a shorter one is drawn 2, 5, 10, … times as long, and says so
    at its tip; one that 1,000 times do not make long enough is left out."""
    label: Template = None
    """At its tip."""
    styles: parts(Look) = None
    """Looks to choose from."""
    style: Expression = None
    """Codes into styles, one for each arrow."""

    def painted(self):
        own = self._own()
        label = own.pop("label", None)
        own["from"], own["to"] = own.pop("start"), own.pop("end")
        own["clip"] = not self.down  # what is painted lower may reach below the axes
        if not label:
            return [own]
        looks = {"styles": self.styles, "style": self.style}
        return [own, *Text(at=self.end, text=self.label, dy=-14, align="center", **looks).painted()]


@dataclass(kw_only=True)
class Tangent(Layer):
    """A line through one point, with a slope in units of the axes."""

    draw = "tangent"

    at: Place
    slope: Expression
    length: Number = 130
    """In pixels."""
    colour: Colour = "ink"
    width: Number = 2
    """In pixels."""
    dash: Numbers = None
    """Lengths in pixels of its dashes and of the gaps between them."""


@dataclass(kw_only=True)
class Heights(Layer):
    """Heights over the whole of the axes, coloured by their levels."""

    z: Expression
    """Heights, shape (ny, nx)."""
    levels: Expression
    """Ascending heights between which the colours change evenly; or a row of an array."""
    label: Words = None
    """Of the colour scale; without it there is none."""


@dataclass(kw_only=True)
class Heat(Heights):
    """Heights as colours."""

    draw = "heat"

    squares: Flag = False
    """One even square for each height, instead of smooth colours from the first to the last."""


@dataclass(kw_only=True)
class Surface(Heights):
    """Heights as a surface in 3-D; places with two coordinates lie on it."""

    draw = "surface"


@dataclass(kw_only=True)
class Text(Layer):
    """Text at places, the same at each or one of several."""

    draw = "text"
    clip = False

    at: Place
    text: Template = None
    texts: Texts = None
    """One for each place."""
    align: Align = "left"
    dx: Number = 0
    """Pixels by which it stands to the right of its place."""
    dy: Number = 0
    """Pixels by which it stands below its place."""
    size: Number = 13
    """In pixels."""
    weight: Number = 400
    colour: Colour = "ink"
    halo: Number = 3.5
    """Of paper around it, in pixels."""
    extent: list_of(Number, "a width and a height", 2) = None
    """In units of the axes: a text too large for it is shrunk."""
    styles: parts(Look) = None
    """Looks to choose from."""
    style: Expression = None
    """Codes into styles, one for each text."""

    def __post_init__(self):
        super().__post_init__()
        if (self.text is None) == (self.texts is None):
            raise ValueError("A Text has either a text or texts, one for each of its places.")


@dataclass(kw_only=True)
class Nodes(Layer):
    """Boxes or circles with text inside, as in a graph; a line with an unknown number is left
    out.
    """

    draw = "dots"
    clip = False

    at: Place
    size: list_of(Number, "a width and a height", 2)
    """In units of the axes."""
    lines: Texts
    shape: one_of("box", "circle") = "box"
    styles: parts(Look) = None
    """Looks to choose from."""
    style: Expression = None
    """Codes into styles, one for each node."""

    def painted(self):
        looks = {"styles": self.styles, "style": self.style}
        [box] = Dots(at=self.at, shape=self.shape, hollow=True, width=1.4, **looks).painted()
        lines = "\n".join(self.lines)
        [text] = Text(at=self.at, text=lines, align="center", size=15, **looks).painted()
        extent = {"extent": self.page()["size"]}
        return [box | extent, text | extent]


@dataclass(kw_only=True)
class Cells(Layer):
    """Filled cells with text inside, each as dark as its number: paper for 0, ink for 1."""

    draw = "cells"
    clip = False

    at: Place
    """Their middles."""
    size: list_of(Number, "a width and a height", 2)
    """In units of the axes."""
    shades: Expression
    """One for each cell, from 0 to 1."""
    texts: Texts
    """One for each cell."""


LAYERS = (Curve, Trails, Dots, Arrow, Tangent, Heat, Surface, Text, Nodes, Cells)


@dataclass(kw_only=True)
class Axis(Part):
    """One axis of a panel."""

    range: Reach
    """Its ends, low and high; or an expression for them, a row of an array."""
    label: Words = ""
    """Its name and unit."""
    ticks: list_of(Tick, "a list of places, or of pairs of a place and its text") = None
    """Places, or pairs of a place and its text; round numbers if left out."""


@dataclass(kw_only=True)
class Camera(Part):
    """From where a panel in 3-D is seen at first, in radians."""

    azimuth: Number = 0.6
    elevation: Number = 0.6


@dataclass(kw_only=True)
class Handle(Part):
    """Something to drag on the picture, which moves controls.

    Of one control with two positions it is a switch: a tap, Enter or Space turns it over.
    """

    at: list_of(Expression, "two expressions, [x, y]", 2)
    """Where it sits; the page chooses the values for which this is nearest to the pointer."""
    sets: list_of(Name, "a list of names of controls")
    """The controls that it moves."""
    label: Template
    """What a screen reader calls it."""
    quiet: Flag = False
    """Shows its ring only where a hand or the keyboard is on it; a marker shows the place."""
    live: Flag = False
    """Is there only while Python answers, for what no table can know."""


@dataclass(kw_only=True)
class Panel(Part):
    """One picture of a scene: axes, and layers painted in order."""

    x: part(Axis)
    y: part(Axis)
    z: part(Axis) = None
    """Makes the panel 3-D, turned by drag and arrow keys; it then needs a Surface."""
    layers: parts(*LAYERS)
    title: Template = ""
    """Above the picture."""
    caption: Template = ""
    """Below it."""
    description: Template = ""
    """For screen readers; the scene's unless told."""
    bare: Flag = False
    """Leaves the axes out, for graphs and rings."""
    click: list_of(either(Name, Nothing), "two names of controls, or None for one", 2) = None
    """The controls that clicks and drags set to the nearest x and y; None where there is none."""
    handles: parts(Handle) = ()
    aspect: Number = 1.6
    """Width over height; 1 for a map on which a unit is as long on either axis."""
    basis: Number = 340
    """The width in pixels below which panels wrap."""
    tall: Number = 460
    """The greatest height in pixels."""
    least: Number = None
    """The width in pixels below which it is moved sideways, and no longer shrunk."""
    follow: Expression = None
    """The x that stays in view where it is moved sideways."""
    camera: part(Camera) = field(default_factory=Camera)


@dataclass(kw_only=True)
class Slider(Part):
    """A control for a number: expressions call it by its name, in their brackets by its index."""

    name: Name
    label: Words
    values: Numbers
    start: Number = None
    """The value that it starts nearest to; the first if left out."""
    format: Format = ".2f"
    hidden: Flag = False
    """Leaves it to hands on the picture: neither slider nor number is shown."""


@dataclass(kw_only=True)
class Choice(Part):
    """A control for one of several words; expressions call its index by its name."""

    name: Name
    label: Words
    options: Choices
    start: Index = 0
    """The index that it starts at."""


@dataclass(kw_only=True)
class Frames(Part):
    """The control of time: Play, Step, Reset and a slider of frames."""

    name: Name
    label: Words
    frames: Count
    """How many there are."""
    fps: Number = 4
    """How many of them a second."""
    first: Count = None
    """How far its slider reaches at first, and twice as far whenever that is reached, so that it
    does not tell how long a run is before its end; to the last frame if left out.
    """
    marks: by_name(Index, "{text: frame}") = field(default_factory=dict)
    """Buttons that jump to a frame."""
    lasting: Flag = None
    """Whether it stays where it is when a hand on the picture sets another control; left out, a
    run starts anew."""


@dataclass(kw_only=True)
class Drawing(Part):
    """A control for what a hand draws on the first panel while Python answers: points, of several
    kinds, by strokes. Expressions call by its name how many points there are.

    Its buttons take up a tool and lay it down; a press puts down a point, a stroke a row of them.
    A hand that lifts the pen starts the run anew. Python hears of all strokes, and of what comes of
    them the page knows what Python says.
    """

    name: Name
    label: Words
    tools: Choices
    """What can be drawn: a button for each."""
    most: Count
    """How many points there can be."""
    apart: Number
    """How far the points of a stroke are from one another, in units of the axes."""
    strokes: Strokes = ()
    """What is drawn at first: pairs of a tool's index and a list of points."""


@dataclass(kw_only=True)
class Readout(Part):
    """A number or a sentence below the picture."""

    text: Template
    label: Words = ""
    wide: Flag = False
    """Gives it a line of its own; the status is then said but not shown."""


@dataclass(kw_only=True)
class Coded(Part):
    """A value that stands for one of several texts, chosen by a code; NaN is an unknown text."""

    words: Texts
    code: Expression


def _value(value):
    return value.page() if isinstance(value, Coded) else Expression.parse(value)


Values = by_name(Kind("an expression or a Coded", _value), "{name: expression or Coded}")


@dataclass(kw_only=True)
class Scene(Part):
    """Everything that a Player shows; without controls it is a still, and keeps its aspect."""

    panels: parts(Panel)
    """Side by side where there is room."""
    description: Template
    """One sentence with its numbers, for text output, PNG and screen readers."""
    controls: parts(Slider, Choice, Frames, Drawing) = ()
    values: Values = field(default_factory=dict)
    """Names for expressions, and texts chosen by codes."""
    readouts: parts(Readout) = ()
    status: Template = ""
    """Said to screen readers once things have come to rest, and shown below."""
    asks: list_of(Name, "a list of names of controls") = None
    """The controls about which a LivePlayer asks Python, whose answer lasts until they change; all
    of them if left out.
    """
    keeps: Flag = None
    """Whether Python's last answer stays until the next one, where the table knows the start alone;
    left out, it stands for nothing once a control has changed."""
    complete: Flag = None
    """Whether the table knows every state of the controls, so that Python is asked only about a
    place that a hand chose: while it computes, the page waits for the processor."""
    picture: by_name(Index, "{control: index}") = field(default_factory=dict)
    """Where the still picture stands, if not where the controls start."""
    columns: Count = None
    """How many panels stand side by side at most; as many as there is room for if left out."""
    steps: Choices = None
    """Sentences, one a frame, unfolded below as a list."""
    dpi: Number = 100
    """Of the still picture; fewer where it is crowded."""
