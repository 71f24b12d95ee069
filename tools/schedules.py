"""Three ways through the course for a room, by headings: three hours, one day, eight weekly hours.

Pure data: an author edits it, `course.py build` writes it into docs/teaching.md with the minutes of
each heading, and says so where a heading is gone or an hour too full.
"""

from typing import NamedTuple


class Item(NamedTuple):
    """What stands under one heading: the chapter, the heading, exercises left out, and how."""

    chapter: int
    heading: str
    leave_out: tuple = ()
    how: str = ""


class Block(NamedTuple):
    """A stretch without a break: its title, the minutes there are, and what is done in them."""

    title: str
    minutes: int
    in_class: tuple
    at_home: tuple = ()


class Schedule(NamedTuple):
    """A schedule: its name in the guide's marks, and its blocks in their order."""

    name: str
    blocks: tuple


START_IN_FULL = (
    Item(0, "What this chapter answers"),
    Item(0, "Is everything ready?", how="the doctor has been run at home: only who has a ✗"),
    Item(0, "How a chapter works", how="everybody makes the NameError"),
    Item(0, "Free throws"),
    Item(0, "One loop for the whole course"),
    Item(0, '"Too low, so throw higher": always?', how="a show of hands first"),
)
NO_TYPING = "run it, and step; nobody types"

THREE_HOURS = Schedule(
    "three-hours",
    (
        Block(
            "First hour: what learning is",
            60,
            (
                Item(0, "Is everything ready?"),
                Item(0, "How a chapter works", how="everybody makes the NameError"),
                Item(0, "Free throws"),
                Item(0, "One loop for the whole course", ("0.3",)),
                Item(0, '"Too low, so throw higher": always?', how="a show of hands first"),
                Item(1, "What is a house worth?", ("1.1",)),
                Item(1, "First you learn", how="one drags, in fog; the room calls out"),
                Item(1, "A slope, met by nudging"),
                Item(1, "Fog on the hill"),
            ),
        ),
        Block(
            "Second hour: how far, and which way",
            50,
            (
                Item(4, "A game with a fixed step", how="first without a computer"),
                Item(4, "Downhill, one parameter at a time", ("4.2",)),
                Item(4, "Roll downhill"),
                Item(6, "A slope is a sensitivity", ("6.2",), "the switches, as a room"),
            ),
        ),
        Block(
            "Third hour: all numbers of a network",
            50,
            (
                Item(8, "Five ideas to recall"),
                Item(8, "The task: flip a 2×2 image"),
                Item(8, "The network and its numbers"),
                Item(8, "Forward, one number at a time"),
                Item(8, "Backward, one slope at a time", ("8.2", "8.3", "8.4"), "step the picture"),
                Item(8, "Training on one image", ("8.6",), "read the loop of the solution aloud"),
                Item(8, "What has it learned?"),
            ),
            at_home=(
                Item(1, "A step, and then a loop"),
                Item(8, "Training on all sixteen"),
                Item(8, "Why 0.0625: a proof in plain words"),
            ),
        ),
    ),
)

ONE_DAY = Schedule(
    "one-day",
    (
        Block(
            "First block: what learning is",
            90,
            (
                *START_IN_FULL,
                Item(1, "What is a house worth?"),
                Item(1, "First you learn", how="one drags, in fog; the room calls out"),
                Item(1, "A slope, met by nudging"),
                Item(1, "Fog on the hill"),
                Item(1, "A step, and then a loop", ("1.4",)),
            ),
        ),
        Block(
            "Second block: downhill",
            90,
            (
                Item(1, "From a line to a network", ("1.7",)),
                Item(4, "A game with a fixed step", how="first without a computer"),
                Item(4, "Downhill, one parameter at a time"),
                Item(4, "Roll downhill"),
                Item(4, "How large a step?"),
                Item(4, "Two parameters: fit a line", ("4.5",), "the room dictates the loop"),
                Item(4, "Read the loss curve"),
            ),
        ),
        Block(
            "Third block: the walk back",
            90,
            (
                Item(6, "A slope is a sensitivity", ("6.2",)),
                Item(6, "The walk back"),
                Item(6, "The race", how="name the other ways in a sentence each"),
                Item(7, "A number that remembers"),
                Item(7, "One operation at a time", ("7.4",), "the chapter lends what is missing"),
                Item(7, "Walk back by hand", ("7.5",)),
                Item(7, "A number used twice"),
                Item(7, "In which order?", ("7.7",), "show its solution, the chapter lends it"),
            ),
        ),
        Block(
            "Fourth block: thirty-one parameters",
            90,
            (
                Item(8, "Five ideas to recall"),
                Item(8, "The task: flip a 2×2 image"),
                Item(8, "The network and its numbers"),
                Item(8, "Forward, one number at a time"),
                Item(8, "Backward, one slope at a time", ("8.3",)),
                Item(8, "Four ways to the same 31 numbers", how=NO_TYPING),
                Item(8, "A puzzle", how="let the room argue before you scroll"),
                Item(8, "Training on one image", ("8.6",), "read the loop of the solution aloud"),
                Item(8, "What has it learned?"),
                Item(8, "Training on all sixteen"),
                Item(8, "Why 0.0625: a proof in plain words"),
            ),
            at_home=(
                Item(2, "How wrong is a probability?"),
                Item(7, "Slopes that nobody empties"),
                Item(10, "A world you know"),
            ),
        ),
    ),
)

EIGHT_HOURS = Schedule(
    "eight-hours",
    (
        Block(
            "Week 1: what learning is",
            60,
            (
                *START_IN_FULL,
                Item(1, "What is a house worth?", ("1.1",)),
                Item(1, "First you learn", how="one drags, in fog; the room calls out"),
                Item(1, "A slope, met by nudging"),
                Item(1, "Fog on the hill"),
            ),
            at_home=(
                Item(1, "A step, and then a loop"),
                Item(1, "A second input"),
            ),
        ),
        Block(
            "Week 2: networks and losses",
            60,
            (
                Item(1, "From a line to a network", ("1.7",)),
                Item(1, '"Start with equal numbers: that is neutral"'),
                Item(2, "From errors to one number"),
                Item(2, '"On average it is right"'),
                Item(2, "Five mornings"),
                Item(2, "How hard each error pulls"),
                Item(2, "An outlier to drag"),
                Item(2, "The wrong loss, trained until it fails"),
            ),
            at_home=(
                Item(2, "In between: Huber"),
                Item(2, "How wrong is a probability?"),
                Item(2, "From a score to a probability"),
                Item(2, "More than two classes"),
            ),
        ),
        Block(
            "Week 3: the landscape, and a step",
            60,
            (
                Item(3, "One line, four points", ("3.1",)),
                Item(3, "From a table to a map", ("3.2", "3.3")),
                Item(3, "The surface as a landscape"),
                Item(4, "A game with a fixed step", how="first without a computer"),
                Item(4, "Downhill, one parameter at a time"),
                Item(4, "Roll downhill"),
            ),
            at_home=(
                Item(3, "What makes it hard"),
                Item(3, '"The gradient is zero, so this is a minimum"'),
                Item(3, "Six hard places"),
                Item(4, "Two parameters: fit a line"),
            ),
        ),
        Block(
            "Week 4: how large a step, on how many examples",
            60,
            (
                Item(4, "How large a step?", ("4.3",)),
                Item(4, "The path on a map"),
                Item(5, "A valley made of units", ("5.1",)),
                Item(5, "How many houses a step?", ("5.3",)),
                Item(5, "50,000 messages", ("5.4",), "the vote before the table"),
            ),
            at_home=(
                Item(4, "Read the loss curve"),
                Item(5, "A better memory"),
                Item(5, "A step of its own for each parameter"),
                Item(5, "The race"),
            ),
        ),
        Block(
            "Week 5: ways to differentiate",
            60,
            (
                Item(6, "A slope is a sensitivity", ("6.2",)),
                Item(6, "The first way: measure", ("6.3", "6.4")),
                Item(6, "The walk back"),
                Item(6, "The race", how="name the other ways in a sentence each"),
            ),
            at_home=(
                Item(6, "The second way: a formula"),
                Item(6, "The third way: carry the slope along"),
                Item(6, "Trust, but measure"),
            ),
        ),
        Block(
            "Week 6: an engine of your own",
            60,
            (
                Item(7, "A number that remembers"),
                Item(7, "One operation at a time", ("7.4",), "the chapter lends what is missing"),
                Item(7, "Walk back by hand"),
                Item(7, "A number used twice"),
                Item(7, "In which order?"),
            ),
            at_home=(
                Item(7, "Long chains"),
                Item(7, "The rest of the arithmetic"),
                Item(7, "Slopes that nobody empties"),
                Item(7, "A network of your numbers"),
                Item(7, "Your engine and the course's"),
            ),
        ),
        Block(
            "Week 7: thirty-one parameters",
            60,
            (
                Item(8, "The task: flip a 2×2 image"),
                Item(8, "The network and its numbers"),
                Item(8, "Forward, one number at a time", ("8.1",)),
                Item(8, "Backward, one slope at a time", ("8.3",)),
                Item(8, "Training on one image", ("8.6",), "read the loop of the solution aloud"),
                Item(8, "What has it learned?"),
            ),
            at_home=(
                Item(8, "Four ways to the same 31 numbers"),
                Item(8, "A puzzle"),
                Item(8, "Training on all sixteen"),
                Item(8, "Why 0.0625: a proof in plain words"),
                Item(9, "A function on the edge"),
            ),
        ),
        Block(
            "Week 8: does it generalise?",
            60,
            (
                Item(10, "A world you know", ("10.1",)),
                Item(10, "Hold some examples back", ("10.2",)),
                Item(10, "Leaks", ("10.3",), "let the room defend the colleague first"),
                Item(10, "Overfitting, live", ("10.4",)),
                Item(10, "Too stiff and too flexible", ("10.5", "10.6")),
                Item(10, "A network that reads handwriting", ("10.9",), NO_TYPING),
                Item(10, "What it misreads", how="somebody draws"),
            ),
            at_home=(
                Item(10, "A classifier of moons"),
                Item(11, "Thirty questions"),
                Item(11, "Seven key concepts"),
            ),
        ),
    ),
)

SCHEDULES = (THREE_HOURS, ONE_DAY, EIGHT_HOURS)
