"""Free throws: a ball, a miss, an angle that is adjusted, by hand and then by a rule."""

import math
from numbers import Real

import numpy as np

from learnkit.painter.player import Player
from learnkit.painter.scene import (
    STATES,
    Arrow,
    Axis,
    Coded,
    Curve,
    Dots,
    Frames,
    Handle,
    Nodes,
    Panel,
    Readout,
    Scene,
    Slider,
    Text,
    Trails,
)
from learnkit.painter.shapes import edges

GRAVITY, SPEED = 9.81, 7.5  # m/s², and m/s with which every ball leaves the hand
HAND, RING = 2.1, 3.05  # heights in metres; the rules of basketball set that of the ring
DISTANCE, RADIUS, BOARD = 4.19, 0.23, 4.57  # metres from hand to ring; half a ring; to the board
WITHIN = 5  # centimetres that a ball may be off and still goes in
LIMITS = 10, 80  # degrees that an arm can throw at
ANGLES, FACTORS = np.arange(30, 71), (0.0, 0.05, 0.1, 0.2, 0.5)
THROWS, ACROSS = 6, np.linspace(0, BOARD, 18)  # metres from the hand, where a flight is drawn
ARM = 1.1  # metres that the arrow is long
SEEN = [1.2, 4.8]  # heights in metres; so a degree looks about as it is
AIM, THROW, MISS, WAY, ADJUST = range(5)  # what a frame shows: once, then four for each throw
LOW, HIGH, IN = range(3)
RAISE, LOWER, LEAVE = range(3)
KNOWN, WORKED = 1, 2  # codes of STATES


def throw(angle):
    """Return by how many centimetres a ball passes above the middle of the ring.

    angle: in degrees, upwards from level. Negative: it passes below. Without air, the height of a
    ball over the ground it has covered is a parabola; Brancazio (1981), American Journal of
    Physics 49(4).

        throw(45)  # 17.9, about: too high
    """
    return 100 * (_height(angle, DISTANCE) - RING)


def _height(angle, x):
    """The height of the ball, in metres, x metres from the hand."""
    level = np.cos(np.radians(angle)) * SPEED
    return HAND + x * np.tan(np.radians(angle)) - GRAVITY * x**2 / (2 * level**2)


def adjust(angle, miss, factor):
    """Return the next angle: `factor` degrees less for each centimetre too high."""
    return angle - factor * miss


def free_throws(rule=adjust, angle=35, factor=0.0):
    """Return a Player of free throws, of which each is thrown at the angle that a rule makes of
    the last miss.

    rule: a function of angle (degrees), miss (cm, negative if too low) and factor that returns the
    next angle; it is held between 10 and 80 degrees. angle: of the first throw, from 30 to 70, as
    the arrow of the picture sets it. factor: from 0, with which the angle is yours alone, to 0.5.
    A miss of at most 5 cm goes in, and ends the run. `.arrays` holds `runs`, the angle of each of
    6 throws, and `misses`, both (angles, factors, throws). Raises TypeError for a rule that is no
    function or returns no number, ValueError for an angle or factor out of reach.
    """
    if not callable(rule):
        raise TypeError("The rule is a function: give its name without brackets.")
    runs, misses = _runs(rule)
    table = _table(runs, misses)
    controls = [
        Slider(name="angle", label="first angle (°)", values=ANGLES, start=angle, format=".0f"),
        Slider(name="factor", label="rule: ° for each cm", values=FACTORS, start=factor),
        Frames(name="frame", label="step", frames=1 + 4 * THROWS, fps=2),
    ]
    return Player(_scene(controls), table)


def _runs(rule):
    """Angles and misses of all throws, both of shape (angles, factors, throws)."""
    shape = len(ANGLES), len(FACTORS), THROWS
    runs, misses = np.empty(shape), np.empty(shape)
    for i, first in enumerate(ANGLES.tolist()):
        for j, factor in enumerate(FACTORS):
            angle = float(first)
            for k in range(THROWS):
                runs[i, j, k], misses[i, j, k] = angle, throw(angle)
                angle = _next(rule, angle, float(misses[i, j, k]), factor)
    return runs, misses


def _next(rule, angle, miss, factor):
    """What the rule makes of a throw, held within an arm's reach; a ball that is in stays in."""
    if abs(miss) <= WITHIN:
        return angle
    wanted = rule(angle, miss, factor)
    if isinstance(wanted, bool) or not isinstance(wanted, Real) or math.isnan(wanted):
        raise TypeError(
            "The rule returns the next angle, a number of degrees; for an angle of "
            f"{angle:g}, a miss of {miss:.0f} and the factor {factor:g} it returned {wanted!r:.40}."
        )
    return min(max(float(wanted), LIMITS[0]), LIMITS[1])


# ---------------------------------------------------------------- the table: what each frame knows


def _table(runs, misses):
    """Every array for each first angle, factor and frame; NaN before a number is known."""
    station, thrown = _stations(misses)
    now, miss, following = (
        np.take_along_axis(array, thrown, axis=-1)
        for array in (runs, misses, np.concatenate([runs[..., 1:], runs[..., -1:]], axis=-1))
    )
    arm = np.where(station == ADJUST, following, now)
    flown = np.where(station == AIM, np.nan, now)
    side = np.where(np.abs(miss) <= WITHIN, IN, np.where(miss < 0, LOW, HIGH))
    way = np.where(following > now, RAISE, np.where(following < now, LOWER, LEAVE))
    return {
        "runs": runs.round(1),
        "misses": misses.round(1),
        "station": station,
        "number": thrown + 1,
        "flown": flown.round(1),
        "arm": arm.round(1),
        "off": np.where(station >= MISS, np.abs(miss), np.nan).round(),
        "side": np.where(station >= MISS, side, np.nan),
        "way": np.where(station >= WAY, way, np.nan),
        "next": np.where(station >= ADJUST, following, np.nan).round(1),
        "said": _said(station, side, way),
        "across": ACROSS,
        "flight": _height(flown[..., None], ACROSS).clip(-5, 9).round(2),
        "looks": np.where(station[..., None] - 1 == np.arange(4), WORKED, KNOWN),
        **_curves(),
    }


def _curves():
    """What is read off at an angle: where the arm's tip is, and how high the ball passes."""
    degrees = np.arange(LIMITS[0], LIMITS[1] + 1)
    heights = {
        "tip_x": ARM * np.cos(np.radians(degrees)),
        "tip_y": HAND + ARM * np.sin(np.radians(degrees)),
        "passed": RING + throw(degrees) / 100,
    }
    return {name: np.column_stack([degrees, y]).round(3) for name, y in heights.items()}


def _stations(misses):
    """What each frame shows, and which throw it is about: both (angles, factors, frames).

    Once a ball is in, nothing follows the sight of it.
    """
    frames = np.arange(1 + 4 * THROWS)
    thrown, station = (frames - 1) // 4, (frames - 1) % 4 + 1
    thrown[0], station[0] = 0, AIM
    hit = np.abs(misses) <= WITHIN
    ends = np.where(hit.any(axis=-1), 4 * hit.argmax(axis=-1) + MISS, frames[-1])
    held = np.minimum(frames, ends[..., None])
    return station[held], thrown[held]


SENTENCES = [
    "Aim: drag the arrow, or move the first angle, and press Step to throw.",
    "Throw: forward from the angle to the ball, which passes the ring.",
    "Miss: it passes {the_off:.0f} cm too low.",
    "Miss: it passes {the_off:.0f} cm too high.",
    "It is in, with throw {the_number:d}: at most 5 cm from the middle of the ring.",
    "Which way? The rule raises the angle.",
    "Which way? The rule lowers the angle.",
    "Which way? The rule changes nothing: it is for you to aim anew.",
    "Adjust: the next throw is at {the_next:.1f}°.",
]


HEADINGS = ["Aim", "The ball flies", "{result}", "{result}", "{result}"]


def _said(station, side, way):
    """Which of SENTENCES each frame says."""
    of_station = np.array([0, 1, 2, 5, 8])[station]
    return of_station + np.where(station == MISS, side, np.where(station == WAY, way, 0))


# ---------------------------------------------------------------- the scene


def _scene(controls):
    names = ("number", "flown", "arm", "off", "side", "way", "next", "said")
    values = {f"the_{name}": f"{name}[angle, factor, frame]" for name in names}
    values |= {
        "sentence": Coded(words=SENTENCES, code="the_said"),
        "result": Coded(
            words=["{the_off:.0f} cm too low", "{the_off:.0f} cm too high", "in"], code="the_side"
        ),
        "heading": Coded(words=HEADINGS, code="station[angle, factor, frame]"),
        "direction": Coded(
            words=["raise it", "lower it", "leave it"],
            code="the_way",
        ),
    }
    return Scene(
        values=values,
        controls=controls,
        panels=[_court(), _loop()],
        readouts=[
            Readout(label="angle", text="{the_arm:.1f}°"),
            Readout(label="throw", text="{the_number:d}"),
            Readout(label="", text="{sentence}", wide=True),
        ],
        status="Throw {the_number:d}, angle {the_arm:.1f}°. {sentence}",
        description=(
            "Free throws at a ring 3.05 m high and 4.19 m away. Throw {the_number:d}, angle "
            "{the_arm:.1f}°, rule {factor}° for each centimetre. {sentence}"
        ),
        picture={"frame": MISS},
    )


def _court():
    """The ball on its way, and by how much it misses."""
    hand, ring = [[0, 0], [SEEN[0], HAND]], [DISTANCE, RING]
    tip = ["tip_x(the_arm)", "tip_y(the_arm)"]
    ball = [DISTANCE, "passed(the_flown)"]
    return Panel(
        title="{heading}",
        x=Axis(label="metres from the hand", range=[-0.4, 5]),
        y=Axis(label="height in metres", range=SEEN),
        aspect=1.2,
        basis=330,
        handles=[Handle(at=tip, sets=["angle"], label="the arm")],
        caption="Thin lines: the throws before. The bar is the ring, seen from the side.",
        layers=[
            Trails(at=["across", "flight[angle, factor, frame]"]),
            *(_earlier(ago) for ago in range(1, THROWS)),
            Curve(at=[[BOARD, BOARD], [2.9, 3.95]], width=4),
            Curve(
                at=[[DISTANCE - RADIUS, DISTANCE + RADIUS], [RING, RING]], width=5, colour="green"
            ),
            Curve(at=hand, colour="muted", width=3),
            Curve(at=["across", "flight[angle, factor, frame]"], colour="blue", width=2.5),
            Arrow(start=ring, end=ball, colour="vermilion", width=3, head=False),
            Dots(at=ball, colour="orange", size=8, off="{result}"),
            Arrow(start=[0, HAND], end=tip, width=3),
        ],
    )


def _earlier(ago):
    """The flight so many throws ago; four frames make a throw, and before the first is none."""
    at = ["across", f"flight[angle, factor, frame-{4 * ago}]"]
    return Curve(at=at, colour="muted", width=1, dash=[4, 4])


BOXES = [[-1.15, 0.85], [1.15, 0.85], [1.15, -0.85], [-1.15, -0.85]]
SIZE = (1.75, 1.0)


def _loop():
    """What every step is called, in practice and in this course; the last way closes the loop."""
    said = [
        ["throw", "forward pass", "at {the_flown:.1f}°"],
        ["miss", "loss", "{result}"],
        ["which way?", "gradient", "{direction}"],
        ["adjust", "update", "to {the_next:.1f}°"],
    ]
    pairs = [(i, (i + 1) % len(BOXES)) for i in range(len(BOXES))]
    layers = [edges(BOXES, pairs, SIZE)]
    for i, (place, lines) in enumerate(zip(BOXES, said)):
        looks = {"styles": STATES, "style": f"looks[angle, factor, frame, {i}]"}
        layers.append(Nodes(at=place, size=SIZE, lines=lines, **looks))
    layers.append(Text(at=[0, 0], text="throw {the_number:d}", align="center", size=16, weight=600))
    return Panel(
        title="The loop",
        x=Axis(range=[-2.2, 2.2]),
        y=Axis(range=[-1.6, 1.6]),
        bare=True,
        aspect=1.35,
        basis=300,
        layers=layers,
    )
