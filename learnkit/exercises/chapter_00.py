"""Practice for chapter 0, start here: its exercises, quick checks, cards and predictions."""

from learnkit.practice.exercise import Exercise
from learnkit.practice.predict import Prediction
from learnkit.practice.quiz import Cards, Choice, NumberAnswer, Option
from learnkit.widgets.hoop import WITHIN, adjust, throw


# 0.1
def next_angle():
    return 35 - 0.1 * -30


def about_another_angle(angle):
    """Say of a wrong number which way it goes from 35, if it can be an angle at all."""
    if not isinstance(angle, (int, float)) or not 0 < angle < 90 or angle == 35:
        return ""
    if angle < 35:
        return "That lowers the angle. A ball that passed too low needs more of it."
    return "That raises the angle, as it should. By how much: a tenth of a degree, how many times?"


adjust_by_hand = Exercise(
    number="0.1",
    title="One adjustment by hand",
    minutes=1,
    kind="trace",
    solution=next_angle,
    task=(
        "At 35° the ball passes 30 cm too low. The rule raises the angle by 0.1° for each centimetre. What is the next "
        "angle? First be wrong on purpose: put 32 in place of `...`, and read the verdict."
    ),
    mistakes={
        32: "You went the wrong way: at 32° the ball would pass still lower. Too low asks for a larger angle.",
        3: "That is by how much the angle changes. From where does it start?",
        -3: "That is a change of the angle, and downwards. From where does it start, and which way must it go?",
        65: "You took a whole degree for each centimetre. The rule takes a tenth of one.",
        5: "You took a whole degree for each centimetre, downwards. The rule takes a tenth of one; which way?",
        35: "That is the angle before the adjustment.",
        35.1: "You added 0.1° once. The rule adds it for each of the 30 centimetres.",
        34.9: "You took off 0.1° once. The rule moves by as much for each of the 30 centimetres, and which way?",
        35.3: "You took a hundredth of a degree for each centimetre. The rule takes a tenth.",
        34.7: "You took a hundredth of a degree for each centimetre, and downwards. The rule takes a tenth.",
        335: "You multiplied 30 by 10. A tenth of a degree for each centimetre makes a change of 30 times 0.1.",
        -265: "You multiplied 30 by 10, and went down. The change is 30 times 0.1, and which way must it go?",
        41: "You moved twice as far: 0.2° for each centimetre, or two adjustments. The rule takes 0.1°, once.",
        31.5: "You took a tenth of the angle. The rule takes a tenth of a degree for each centimetre of the miss.",
        38.5: "You took a tenth of the angle. The rule takes a tenth of a degree for each centimetre of the miss.",
        3.5: "That is a tenth of the angle. The rule takes a tenth of a degree for each centimetre of the miss.",
        -30: "That is the miss. By how much does the rule move the angle for it, and from where?",
        30: "That is the size of the miss. By how much does the rule move the angle for it, and from where?",
    },
    explain=about_another_angle,
    hints=(
        "Which way first: must the angle grow or shrink for a ball that is too low?",
        "How far: 30 centimetres, and a tenth of a degree for each.",
        "35 and 3 more.",
    ),
)


# 0.2
def any_throw(draw):
    return draw.randint(20, 75), draw.randint(-90, 90), round(draw.uniform(0.02, 0.6), 2)


write_the_rule = Exercise(
    number="0.2",
    title="The rule",
    minutes=1,
    kind="complete",
    solution=adjust,
    task=(
        "Write the rule. It returns the next angle: `factor` degrees less for each centimetre too high, as many more "
        "for each too low (`miss` below 0)."
    ),
    cases=[
        (35, -30, 0.1),
        (50, 34, 0.2),
        (41, 0, 0.5),
        (44.5, -12, 0.0),
        (62, 2, 0.05),
        (38, 1, 0.3),
        (10, 60, 0.5),  # so far too high that the next throw goes down
    ],
    fresh=any_throw,
    equivalent={
        "line 1: arguments exchanged throughout: def adjust(angle, miss, factor):, 3": "A product has no order.",
    },
    mistakes={
        "angle - factor * miss → angle + factor * miss": (
            "Yours goes the wrong way: after a ball that is too high it throws still higher."
        ),
        "angle - factor * miss → -factor * miss": (
            "Yours returns by how much the angle changes. Return the next angle itself."
        ),
        "angle - factor * miss → factor * miss": (
            "Yours returns a change, and that with the wrong sign. Return the next angle itself."
        ),
        "angle - factor * miss → angle - factor * abs(miss)": (
            "Yours lowers the angle after every miss. What if the ball was too low?"
        ),
        "angle - factor * miss → angle + factor * abs(miss)": (
            "Yours raises the angle after every miss. What if the ball was too high?"
        ),
        "angle - factor * miss → angle - miss": (
            "Yours moves a whole degree for each centimetre. By how much is for `factor` to say."
        ),
        "angle - factor * miss → angle - factor": (
            "Yours moves as far after a small miss as after a large one. `factor` counts for each centimetre."
        ),
        "angle - factor * miss → angle - factor * (miss > 0) + factor * (miss < 0)": (
            "The way is right, but yours moves as far after a small miss as after a large one: `factor` counts for "
            "each centimetre."
        ),
        "angle - factor * miss → angle - factor if miss > 0 else angle + factor": (
            "Yours moves as far after a small miss as after a large one, and after none at all: `factor` counts for "
            "each centimetre."
        ),
        "angle - factor * miss → angle * factor - miss": (
            "You exchanged two of them: `factor` multiplies the miss, and the angle stays whole."
        ),
        "angle - factor * miss → (angle - factor) * miss": (
            "The brackets take `factor` off the angle first. Multiply it by the miss, and take that off the angle."
        ),
        "angle - factor * miss → angle - factor * angle": (
            "Yours takes a part of the angle off, whatever the miss was."
        ),
        "angle - factor * miss → miss - factor * angle": (
            "You exchanged two of them: the angle is moved, by a part of the miss."
        ),
        "angle - factor * miss → angle - 0.1 * miss": (
            "Yours takes 0.1 every time. `factor` may be another number."
        ),
    },
    hints=(
        "It is your sum from 0.1, with names in place of the numbers.",
        "The change is `factor` times `miss`. A ball too high makes it positive: is it added or taken off?",
        "`return angle` less the change.",
    ),
)


# 0.3
def keep_throwing(throw, angle, factor, throws):
    angles = [angle]
    for _ in range(throws):
        miss = throw(angle)
        angle = angle - factor * miss
        angles.append(angle)
    return angles


def throw_on_a_line(angle):
    """Return the miss of a ball that rises by 4 cm with each degree."""
    return 4 * (angle - 40)


def throw_on_the_moon(angle):
    """Return the miss of a ball that rises ever more slowly with each degree."""
    return 300 - 9000 / (angle + 10)


def any_practice(draw):
    start, factor = draw.randint(25, 60), round(draw.uniform(0.05, 0.3), 2)
    return draw.choice([throw_on_a_line, throw_on_the_moon]), start, factor, draw.randint(2, 6)


def misses_with(factor, throws=6):
    """Return the misses of throws from 30° on, adjusted with this factor, in whole centimetres."""
    angles = keep_throwing(throw, 30, factor, throws - 1)
    return [round(float(throw(angle))) for angle in angles]


def throws_until_in(factor):
    """Return with which throw from 30° on the ball is in: the misses before it, and one.

    Raises ValueError if it is in none of the first hundred.
    """
    angles = keep_throwing(throw, 30, factor, 99)
    is_in = [abs(throw(angle)) <= WITHIN for angle in angles]
    if not any(is_in):
        raise ValueError(
            f"With the factor {factor} none of the first {len(angles)} throws goes in; try another."
        )
    return 1 + is_in.index(True)


mend_the_loop = Exercise(
    number="0.3",
    title="A loop that does not look",
    minutes=1,
    kind="mend",
    solution=keep_throwing,
    task=(
        "This loop is to throw and adjust again and again, and return all angles. From 30°, with factor 0.1, it adds 5.7° every time. "
        "Mend it."
    ),
    start="""
        def keep_throwing(throw, angle, factor, throws):
            angles = [angle]
            miss = throw(angle)
            for _ in range(throws):
                angle = angle - factor * miss
                angles.append(angle)
            return angles
    """,
    given="It moves the angle by the same amount every time. Which line would have to be new each time?",
    cases=[
        (throw, 30, 0.1, 4),
        (throw_on_a_line, 30, 0.1, 5),
        (throw_on_a_line, 47.5, 0.2, 3),
        (throw_on_the_moon, 30, 0.05, 4),
        (throw_on_a_line, 40, 0.1, 2),  # in from the first throw on
        (throw_on_a_line, 35, 0.1, 0),  # no throw: the first angle alone
        (throw_on_a_line, 60, 1.5, 2),  # a factor so large that the arm turns downwards
    ],
    fresh=any_practice,
    equivalent={
        "line 5: changed in place: angle = angle - factor * miss": "angle is a number, which stays as it is.",
    },
    mistakes={
        "angle - factor * miss → angle + factor * miss": (
            "It looks at each throw now, and goes the wrong way: after a ball too high it throws still higher."
        ),
        "return angles → return angle": "Yours returns the last angle alone. The list of all of them is asked for.",
        (
            "angles.append(angle)\n → \n",
            "miss = throw(angle) → angles.append(angle); miss = throw(angle)",
        ): (
            "Yours puts each angle into the list before it is adjusted: the first stands there twice, the last is lost."
        ),
        "angles = [angle] → angles = []": "The list lacks the first angle, the one before any adjustment.",
        "angles.append(angle) → angles.append(miss)": "Yours collects the misses. The angles are asked for.",
        "angle - factor * miss → angle - miss": "The loop is right now, but where did the `factor` go?",
        "angle - factor * miss → angles[0] - factor * miss": (
            "Each adjustment starts from the first angle again. It starts from where the arm is now."
        ),
    },
    hints=(
        "Read it aloud, line by line, for two throws. How often does a ball fly?",
        "Each adjustment needs the miss of the throw before it. Which line makes a miss?",
        "A line that is to be done for every throw stands inside the loop, indented as the lines below it.",
    ),
)


how_many_throws = Prediction(
    "00-how-many-throws",
    "The first throw, at 30°, passes 57 cm too low. After each throw the rule moves the angle by 0.1° for each "
    "centimetre of the miss. With which throw is the ball in, at most 5 cm off?",
    number=True,
    why="Each adjustment takes away about half of the miss.",
    least=1,
    most=1000,
    whole=True,
)

start_too_steep = Prediction(
    "00-start-too-steep",
    "The same rule starts at 63°, where the ball passes 15 cm too low. What happens?",
    options=[
        "It settles at 62°, the nearest angle that goes in.",
        "It comes down to 41°, the other angle that goes in.",
        "Each throw is worse than the one before.",
    ],
    outcome="C",
    why="The rule raises the angle of a ball that is too low. Up here that makes it fall still shorter.",
)

what_to_do_first = Choice(
    "A cell ends in `NameError: name 'steps' is not defined`. What do you do first?",
    [
        Option(
            "Run the cell that makes `steps`, further up.",
            "Most often it has not run since the kernel started. The message below the error says which cell it is, or "
            "which name you may have meant.",
            correct=True,
        ),
        Option(
            "Close the notebook and open it again.",
            "The names live in the kernel, which goes on meanwhile: it would still not know this one.",
        ),
        Option(
            "Install the course again.",
            "Nothing is broken. Python has not heard of this name since its start, and that is all it says.",
        ),
    ],
)

after_a_restart = Choice(
    "You come back the next day and open a chapter that you left in the middle. What do you run?",
    [
        Option(
            "The cell where you stopped: the notebook shows all the outputs above.",
            "Those are pictures of yesterday. Today's kernel has made none of the names that your cell may need.",
        ),
        Option(
            "Everything above the cell where you stopped: Run › Run All Above Selected Cell.",
            "A new kernel knows nothing. What you solved and predicted is kept in a folder, not in the kernel.",
            correct=True,
        ),
        Option(
            "Nothing: the kernel kept all names overnight.",
            "Once it is shut down it forgets every name. What the page still shows are old outputs.",
        ),
    ],
)

which_is_the_loss = Choice(
    "Which of these is the loss?",
    [
        Option(
            "The angle, 35°.",
            "That is the parameter: what may be changed. The loss says how bad it is.",
        ),
        Option("By how much the ball missed, 30 cm.", "One number for how wrong.", correct=True),
        Option(
            "By how much the angle is raised, 3°.",
            "That is the update. It is made because of the loss.",
        ),
        Option(
            "The flight of the ball.",
            "That is the forward pass: from the parameter to what comes out.",
        ),
    ],
)

throws_to_go = NumberAnswer(
    "A ball passes 32 cm too low, and every adjustment halves the miss. After how many adjustments is it 4 cm?",
    3,
    feedback={
        3: "32, 16, 8, 4: it takes no longer to get from 32 to 16 than from 8 to 4.",
        4: "Those are four throws, and three adjustments between them.",
        2: "After two it is 8 cm.",
        8: "32 is 8 times 4. How often must it be halved?",
        7: "If each took off 4 cm, it would be 7. Each takes off half of what is left.",
        28: "That is how many centimetres must go. How often is the miss halved until they are gone?",
        1: "After one it is 16 cm.",
    },
    least=0,
    most=1000,
    whole=True,
)

who_knew_the_way = Choice(
    "From 35° the rule found the ring, and from 63° it lost it. What was wrong at 63°?",
    [
        Option(
            "The factor 0.1 was too small for so steep a throw.",
            "A larger factor is lost sooner: it goes further the wrong way.",
        ),
        Option(
            "It takes for granted that more angle lifts the ball at the ring.",
            "Below 54° that is so, above it is not. Which way is down, the slope has to tell, at each place anew.",
            correct=True,
        ),
        Option(
            "The first throw missed by too much.",
            "It missed by 15 cm. From 30°, with 57 cm, the rule got there.",
        ),
    ],
)

cards = Cards(
    [
        ("cell", "A piece of text or code. Shift+Enter runs it and goes on to the next."),
        (
            "kernel",
            "The Python that runs your cells. It knows what has run since it started, and nothing else.",
        ),
        (
            "NameError",
            "Python does not know the name: a cell above has not run, or the name is misspelt.",
        ),
        ("prediction", "A guess you commit to before the outcome; nobody judges it."),
        ("parameter", "A number that may be changed to do better; here the angle."),
        ("forward pass", "From the parameters to what comes out; here the throw."),
        ("loss", "One number that says how wrong it was; here the size of the miss."),
        (
            "gradient",
            "How the loss changes with each parameter: which way is worse, and how steeply.",
        ),
        ("update", "A small change of the parameters that makes the loss smaller."),
        (
            "learning rate",
            "How much is changed for a given slope: too little crawls, too much overshoots.",
        ),
    ]
)
