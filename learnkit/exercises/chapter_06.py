"""Practice for chapter 6, three ways to differentiate: its exercises, quick checks, cards and predictions."""

import math
from numbers import Real

from learnkit import differentiate
from learnkit.practice.exercise import Exercise
from learnkit.practice.predict import Prediction
from learnkit.practice.quiz import Cards, Choice, NumberAnswer, Option
from learnkit.practice.running import refuse

# ------------------------------------------------------------------ 6.1 Three paths by hand


def path_products():
    x = 3
    a, b = x**2, 5 * x
    slope_a, slope_b = 2 * x, 5
    return [slope_a * b, slope_b * a, slope_b * 1]


def which_path_is_off(answer):
    """Say of the first wrong product of which slopes it is made, and of lists of slopes what is
    still to be done with them.
    """
    if _multiplied(answer) == path_products():
        return "Those are the slopes along each path. Multiply them: each path has one product."
    made_of = (
        "The first path has the slope of x² at x = 3, then the slope of the product along a, which is the other factor.",
        "The second path has the slope of 5x, then the slope of the product along b, which is the other factor.",
        "The third path has the slope of 5x, then the slope of a sum, which is 1.",
    )
    return first_said_of(answer, path_products(), made_of)


def _multiplied(answer):
    """Return the product of each list of a list, or None."""
    if isinstance(answer, list) and all(isinstance(path, list) for path in answer):
        return [math.prod(path) for path in answer]
    return None


def first_said_of(answer, right, sentences):
    """Return the sentence about the first entry that is not right; "" for what is no such list of
    numbers.
    """
    if not isinstance(answer, (list, tuple)) or len(answer) != len(right):
        return ""
    if not all(isinstance(entry, Real) for entry in answer):
        return ""
    pairs = zip(answer, right, sentences)
    return next((said for mine, theirs, said in pairs if mine != theirs), "")


three_paths = Exercise(
    number="6.1",
    title="Three paths by hand",
    minutes=4,
    kind="trace",
    task="Another graph: a = x², b = 5x, L = a·b + b, at x = 3. Three paths lead from x to L: through a and the "
    "product; through b and the product; and through b straight into the sum. What is the product of the slopes along "
    "each? Type the list of the three numbers, in this order.",
    solution=path_products,
    mistakes={
        (
            90,
            45,
            15,
        ): "The third path has the slopes 5 and 1. You took the value of b, 15, in place of its slope.",
        (45, 90, 5): "The first two are exchanged: the path through a comes first.",
        (
            54,
            75,
            5,
        ): "In a product each factor's slope is the *other* factor: along a it is b, along b it is a.",
        (
            6,
            5,
            5,
        ): "Those are the first slopes of the paths. Multiply each by the slopes that follow on its path.",
        (6, 5, 1): "Each path has more than one slope: multiply all of them.",
        (135, 45, 5): "The slope of x² is 2x, at x = 3 that is 6. You took the value 9.",
        (45, 45, 5): "The slope of x² is 2x, at x = 3 that is 6. You lost the 2.",
        (90, 45, 0): "The third path has the slope 5 from x to b, and 1 from b into the sum.",
        (90, 45, 1): "The third path begins with the slope from x to b, 5.",
        (90, 45, 3): "The third path has the slopes 5 and 1; where did the 3 come from?",
        (90, 50): "The two paths through b are asked for one by one.",
        (
            90,
            45,
        ): "That is right for the two paths through the product. The third goes from b straight into the sum.",
        (
            30,
            45,
            5,
        ): "Two slopes make the first product: that of x² at x = 3, which is 2x, and that of a·b along a, which is b.",
        (
            91,
            46,
            5,
        ): "Into the sum the slope is 1, and slopes along a path are multiplied: 1 is not to be added.",
        (
            90,
            75,
            5,
        ): "Along the second path the slope of the product is a = 9, since a is the other factor.",
        (90, 225, 5): "The slope from x to b is 5, and along b the slope of the product is a = 9.",
        (90, 135, 15): "The slope from x to b is 5, whatever x is.",
        (90, 45, 140): "140 is the sum of all three. The third path alone has the slopes 5 and 1.",
        (21, 14, 6): "Along a path slopes are multiplied, not added.",
        (9, 15, 15): "Those are the values of a and b. Which are the slopes along the edges?",
        140: "140 is the sum of the three. Type the list of the three products.",
        (18, 45, 5): "Along the first path the slope of the product is b = 15, the other factor.",
    },
    explain=which_path_is_off,
    hints=(
        "Values first: a = 9 and b = 15. Then the slope along every edge.",
        "x → a has the slope 2x = 6, x → b the slope 5. Into a·b: along a it is b, along b it is a. Into a sum it is 1.",
        "The first path: 6 times 15, and 1 for the sum. Now the other two.",
    ),
)

# ------------------------------------------------------------------ 6.2 The rule as a function


def slope_over_paths(paths):
    total = 0
    for path in paths:
        along = 1
        for slope in path:
            along = along * slope
        total = total + along
    return total


def any_paths(draw):
    return (
        [
            [draw.randint(-4, 6) / 2 for _ in range(draw.randint(1, 4))]
            for _ in range(draw.randint(1, 4))
        ],
    )


over_paths = Exercise(
    number="6.2",
    title="The chain rule in five lines",
    minutes=4,
    kind="complete",
    task="Write the rule. `paths` is a list of paths, and each path is the list of the slopes along its edges. Return "
    "the slope of the whole: multiply along each path, add over the paths.",
    solution=slope_over_paths,
    start="""
        def slope_over_paths(paths):
            total = 0
            for path in paths:
                along = ...
                ...
            return ...
    """,
    cases=[
        ([[3, 4, 1], [3, 1], [4, 6, 1]],),
        ([[2.0, -3.0], [0.5]],),
        ([[7, 0, 5], [2, 2]],),  # a slope of 0 blocks a path
        ([[-1.5]],),
        ([[1, 2], [3, 4], [-5, 6], [0.5, 0.5, 8]],),
        ([],),  # no path: x plays no part
        ([[2, 3], [2, 3]],),  # two paths of the same slopes
    ],
    fresh=any_paths,
    equivalent={
        "everywhere: some entries only: paths → list(paths)[::-1]": "A sum has no order.",
        "line 3: some entries only: paths → list(paths)[::-1]": "A sum has no order.",
        "line 5: some entries only: path → list(path)[::-1]": "A product has no order.",
        "line 6: changed in place: along = along * slope": "along is a number, which stays as it is.",
        "line 7: changed in place: total = total + along": "total is a number, which stays as it is.",
    },
    mistakes={
        "along = 1 → along = 0": "A product that starts at 0 stays 0. Along a path start from 1; and over the paths, products are added.",
        "along = along * slope → along = along + slope": "You add along a path. Along a path slopes are multiplied.",
        (
            "total = 0 → total = 1",
            "total = total + along → total = total * along",
        ): "You multiply over the paths too. "
        "Paths are added: each brings its own share of the change.",
        (
            "along = 1 → along = 0",
            "along = along * slope → along = along + slope",
        ): "You add everything. Along a path slopes are multiplied; only over the paths they are added.",
        "along = along * slope → along = path[0] * path[-1]": "Of each path you take the first and the last slope. A "
        "path may have one slope, or many: multiply all of them.",
        "total = total + along → total = along": "Yours keeps the last path only. Add it to what the others brought.",
        "return total → return along": "Yours returns the product of the last path. Return the sum over all of them.",
        (
            "along = along * slope → along = along + slope",
            "total = total + along → total = total * along",
            "total = 0 → total = 1",
            "along = 1 → along = 0",
        ): "You add along a path and multiply over the paths: it is the other way round.",
        "total = 0 → total = 1": "Your sum starts at 1 and is 1 too large.",
        "along = along * slope → along = slope": "Of each path you take the last slope only. Multiply all of them.",
        "for slope in path: → for slope in paths[0]:": "In every round it is the slopes of the first path that you multiply.",
        "along = along * slope → along = max(path)": "Of each path you take the largest slope. Multiply all of them.",
        (
            "            along = along * slope\n        total = total + along\n → "
            "            along = along * slope\n            total = total + along\n",
        ): "You add after every edge, so that unfinished products count as well. Add once a path is done.",
        "total = total + along → total = max(total, along)": "You keep the largest product. Every path counts: add them.",
        "total = total + along → total = total + abs(along)": "Your products have lost their signs. A path may well pull "
        "the other way.",
        "return total → return total / len(paths)": "That is the mean over the paths. Their products are added.",
    },
    hints=(
        "Two loops, one inside the other: over the paths, and over the slopes of a path.",
        "For each path begin with `along = 1`, and multiply it by each slope of the path.",
        "Once a path is done, add `along` to `total`.",
    ),
)

# ------------------------------------------------------------------ 6.3 A step to either side


def central_slope(f, x, h):
    return (f(x + h) - f(x - h)) / (2 * h)


def cube(x):
    return x * x * x


def parabola(x):
    return 3 * x * x - 2 * x + 7


def falling(x):
    return 4 - 5 * x


def quotient(x):
    return 1 / (1 + x * x)


def any_curve(draw):
    a, b, c = (draw.randint(-3, 3) for _ in range(3))

    def curve(x):
        return a * x * x * x + b * x * x + c * x + 1

    return curve, draw.randint(-6, 6) / 2, draw.choice([0.5, 0.1, 0.01])


either_side = Exercise(
    number="6.3",
    title="A step to either side",
    minutes=3,
    kind="complete",
    task="Write the central difference: how far f changes from a step h behind x to a step h ahead of it, for each unit "
    "that lies between the two.",
    solution=central_slope,
    cases=[
        (cube, 2.0, 0.1),
        (cube, 2.0, 1e-5),
        (cube, -1.0, 0.5),
        (parabola, 1.5, 0.25),
        (falling, 0.0, 0.01),
        (quotient, 0.7, 0.1),
        (quotient, 0.0, 0.5),  # level there
    ],
    fresh=any_curve,
    equivalent={},
    mistakes={
        "/ (2 * h) → / h": "Twice the slope: the two places are 2h apart.",
        "/ (2 * h) → / 2 * h": "Division and multiplication go from left to right: `/ 2 * h` halves and then multiplies by "
        "h. Put brackets around `2 * h`.",
        "f(x - h) → f(x)": "Half the change: you measure from x to x + h and divide by 2h. Step back as well.",
        "(f(x + h) - f(x - h)) / (2 * h) → (f(x + h) - f(x)) / h": "That is the forward difference: it looks ahead only.",
        "(f(x + h) - f(x - h)) / (2 * h) → (f(x) - f(x - h)) / h": "That looks behind only. Step to both sides.",
        "(f(x + h) - f(x - h)) / (2 * h) → (f(x - h) - f(x + h)) / (2 * h)": "The sign is turned: ahead minus behind.",
        "f(x + h) - f(x - h) → f(x + h) + f(x - h)": "You add the two values. A change is a difference.",
        "(f(x + h) - f(x - h)) / (2 * h) → f(x + h) - f(x - h)": "That is the change itself. Divide by how far apart the "
        "two places are.",
        "(f(x + h) - f(x - h)) / (2 * h) → f(x + h) - f(x - h) / (2 * h)": "Division binds before subtraction: put the "
        "difference in brackets.",
        "(f(x + h) - f(x - h)) / (2 * h) → f(x + h) - f(x - h) / 2 * h": "Only the second value is divided in yours: put "
        "the difference in brackets, and `2 * h` as well.",
        "(f(x + h) - f(x - h)) / (2 * h) → (f(x + h) + f(x - h)) / 2": "That is the mean of the two values. A slope is their "
        "difference, divided by the distance of the two places.",
        "(f(x + h) - f(x - h)) / (2 * h) → (f(x + h) - f(x)) / h - (f(x) - f(x - h)) / h": "You subtract the slope behind "
        "from the slope ahead. The central difference is their mean.",
        "(f(x + h) - f(x - h)) / (2 * h) → (f(x + h) - f(x - h)) / 2 * x": "Divide by how far apart the two places are, 2h. "
        "Where they lie plays no part.",
        "(f(x + h) - f(x - h)) / (2 * h) → (f(x + 2 * h) - f(x)) / (2 * h)": "You begin at x itself and look ahead only. "
        "The places lie on both sides of x.",
        "/ (2 * h) → / 2": "What you divide by comes to 2: the two places are 2h apart.",
        "/ (2 * h) → / (2 + h)": "The two places are 2 times h apart, not 2 plus h.",
        "/ (2 * h) → / (h * h)": "You divide by h². The two places are 2h apart.",
        "/ (2 * h) → * (2 * h)": "You multiply by the distance. A slope is change divided by distance.",
        "(f(x + h) - f(x - h)) / (2 * h) → (f(x + 2 * h) - f(x - 2 * h)) / (4 * h)": "You step 2h to either side. The step "
        "is h.",
        "(f(x + h) - f(x - h)) / (2 * h) → (f(x + h / 2) - f(x - h / 2)) / h": "You step h/2 to either side. The step is h.",
        "(f(x + h) - f(x - h)) / (2 * h) → abs(f(x + h) - f(x - h)) / (2 * h)": "Your slope has lost its sign, which says "
        "whether f rises or falls.",
        "(f(x + h) - f(x - h)) / (2 * h) → (f(x + h) + f(x - h) - 2 * f(x)) / (h * h)": "That is how fast the slope "
        "changes, the curvature. The slope itself is asked for.",
        "(f(x + h) - f(x - h)) / (2 * h) → (f(x + h) - f(x - h)) / (2 * x)": "Divide by the distance of the two places, 2h, "
        "not by where they lie.",
        "(f(x + h) - f(x - h)) / (2 * h) → f(2 * h) / (2 * h)": "f(x + h) − f(x − h) is not f of the difference: call f twice.",
    },
    hints=(
        "Two calls of f: one at x + h, one at x − h.",
        "Take the difference of the two values. How far apart are the two places?",
        "The difference in brackets, divided by `(2 * h)`, in brackets as well.",
    ),
)

# ------------------------------------------------------------------ 6.4 A gradient that is all zeros


def measured_gradient(loss, theta, h):
    gradient = []
    for i in range(len(theta)):
        ahead, behind = list(theta), list(theta)
        ahead[i] = ahead[i] + h
        behind[i] = behind[i] - h
        gradient.append((loss(ahead) - loss(behind)) / (2 * h))
    return gradient


def two_parameters(theta):
    return theta[0] * theta[0] * theta[1] - 3 * theta[1] * theta[1] * theta[1]


def a_squared_error(theta):
    return ((theta[0] * 2 + theta[1]) * theta[2] - 1) ** 2


def a_line(theta):
    return 4 * theta[0] + 1


def a_squared_sum(theta):
    return sum(theta) ** 2


def any_loss(draw):
    a, b, c = (draw.randint(-3, 3) for _ in range(3))

    def loss(theta):
        return a * theta[0] * theta[1] + b * theta[0] ** 3 + c * theta[1]

    return loss, [draw.randint(-4, 4) / 2, draw.randint(-4, 4) / 2], draw.choice([0.5, 0.1])


# the name of an edit, which is cut off in the middle of a word
_ONE_BY_ONE = f"line 4: one after the other: ahead, behind = (list(theta), list({'theta'[:4]}…"

mend_the_gradient = Exercise(
    number="6.4",
    title="A gradient that is all zeros",
    minutes=5,
    kind="mend",
    task="This is to return the list of the central differences of a loss along every parameter, and not to touch the "
    "`theta` it is handed. It returns zeros only. Two things are wrong, and the first hides the second. How many lists "
    "are there?",
    solution=measured_gradient,
    start="""
        def measured_gradient(loss, theta, h):
            gradient = []
            for i in range(len(theta)):
                ahead, behind = theta, theta
                ahead[i] = ahead[i] + h
                behind[i] = behind[i] - h
                gradient.append((loss(ahead) - loss(behind)) / h)
            return gradient
    """,
    given="It returns zeros: as long as both places are the same, nothing differs. `ahead` and `behind` have to be two "
    "lists, one moved ahead and one moved back.",
    cases=[
        (two_parameters, [2.0, 1.0], 0.1),
        (two_parameters, [-1.0, 3.0], 0.5),
        (a_squared_error, [0.5, -1.0, 2.0], 0.01),
        (a_line, [3.0], 0.25),
        (a_squared_error, [0.0, 0.0, 0.0], 0.5),
        (two_parameters, [0.5, -2.0], 0.001),
        (a_squared_sum, [1.0, 2.0, -0.5, 1.5], 0.1),  # every entry handed over counts
    ],
    fresh=any_loss,
    equivalent={
        "line 4: entries exchanged: ahead, behind → behind, ahead": "Both are copies of one list.",
        _ONE_BY_ONE: "Neither copy needs the other.",
        f"{_ONE_BY_ONE}, 2": "Neither copy needs the other.",
        "line 5: lines exchanged: ahead[i] = ahead[i] + h": "They change two different lists.",
        "line 5: name for another: ahead → behind, 2": "Before the next line both hold the same numbers.",
    },
    mistakes={
        "/ (2 * h) → / h": "The zeros are gone. Now every slope is twice as large as it should be: how far apart are the "
        "two places?",
        "ahead, behind = list(theta), list(theta) → ahead, behind = list(theta), theta": "You move parameters in the "
        "caller's own list, `theta`, and they stay moved. Move them in copies only.",
        "ahead, behind = list(theta), list(theta) → ahead, behind = theta, list(theta)": "You move parameters in the "
        "caller's own list, `theta`, and they stay moved. Move them in copies only.",
        (
            "ahead, behind = list(theta), list(theta) → ahead, behind = theta, list(theta)",
            "/ (2 * h) → / h",
        ): "You move parameters in the caller's own list, `theta`, and they stay moved. Move them in copies only. And look at "
        "the divisor.",
        (
            "    for i in range(len(theta)):\n        ahead, behind = list(theta), list(theta)\n → "
            "    ahead, behind = list(theta), list(theta)\n    for i in range(len(theta)):\n",
        ): "You copy once, before the loop, so that the parameters moved before stay moved. Copy anew for each parameter.",
        (
            "    for i in range(len(theta)):\n        ahead, behind = list(theta), list(theta)\n → "
            "    ahead, behind = list(theta), list(theta)\n    for i in range(len(theta)):\n",
            "/ (2 * h) → / h",
        ): "You copy once, before the loop, so that the parameters moved before stay moved: copy anew for each. And look at "
        "the divisor.",
        "ahead, behind = list(theta), list(theta) → ahead, behind = [t + h for t in theta], [t - h for t in theta]; "
        "ahead[i] = theta[i]; behind[i] = theta[i]": "You move every parameter at once, so nobody can tell whose change it "
        "was. Move one, leave the others.",
        (
            "ahead[i] = ahead[i] + h → ahead[i] = h",
            "behind[i] = behind[i] - h → behind[i] = -h",
        ): "You put the parameter itself at h and −h. It is to be moved by h from where it stands.",
        (
            "ahead[i] = ahead[i] + h → ahead[0] = ahead[0] + h",
            "behind[i] = behind[i] - h → behind[0] = behind[0] - h",
        ): "In each round it is the first parameter that you move.",
        "(loss(ahead) - loss(behind)) / (2 * h) → (loss(ahead) - loss(theta)) / (2 * h)": "You go from `theta` to h ahead of "
        "it, and divide by 2h. Go from h behind.",
        "(loss(ahead) - loss(behind)) / (2 * h) → loss(ahead) - loss(behind) / (2 * h)": "Division binds before "
        "subtraction: put the difference in brackets.",
        "(loss(ahead) - loss(behind)) / (2 * h) → loss(ahead) - loss(behind) / 2 * h": "Only the second loss is divided in "
        "yours: put the difference in brackets, and `2 * h` as well.",
        (
            "ahead[i] = ahead[i] + h → ahead[i] = ahead[i] + 2 * h",
            "behind[i] = behind[i] - h → behind[i] = behind[i] - 2 * h",
        ): "You move the parameter by 2h to either side. The step is h.",
        "/ (2 * h) → / (2 * theta[i])": "You divide by the parameter. The two places are 2h apart, wherever they lie.",
        "ahead, behind = list(theta), list(theta) → ahead, behind = list(theta) + list(theta), list(theta) + list(theta)": "`+` "
        "joins two lists, and your places have twice as many parameters as `theta`. A copy has as many.",
        "loss(ahead) - loss(behind) → loss(behind) - loss(ahead)": "The signs are turned: ahead minus behind.",
        "return gradient → return gradient[0]": "That is the slope along the first parameter. Return the whole list.",
        "(loss(ahead) - loss(behind)) / (2 * h) → loss(ahead) - loss(behind)": "Those are the changes of the loss: divide "
        "each by the distance of the two places.",
        "(loss(ahead) - loss(behind)) / (2 * h) → (loss(ahead) - loss(theta)) / h": "Those are forward differences, which "
        "look ahead only.",
        "(loss(ahead) - loss(behind)) / (2 * h) → (loss(ahead) - loss(behind)) / 2 * h": "Division and multiplication go "
        "from left to right: put brackets around `2 * h`.",
        (
            "ahead[i] + h → ahead[i] * (1 + h)",
            "behind[i] - h → behind[i] * (1 - h)",
        ): "You move each parameter by a share of itself and divide by `2 * h`. Move it by `h`, whatever its size.",
    },
    hints=(
        "After `ahead, behind = theta, theta` there is one list with three names. What does each of the next two lines do to it?",
        "`list(theta)` makes a copy. How many copies are needed, and when?",
        "Two copies in each round of the loop. Then compare the divisor with that of Exercise 6.3.",
    ),
)

# ------------------------------------------------------------------ 6.5 A product of pairs


def times(a, b):
    return (a[0] * b[0], a[0] * b[1] + a[1] * b[0])


def any_pairs(draw):
    return tuple((draw.randint(-8, 8) / 2, draw.randint(-8, 8) / 2) for _ in range(2))


product_of_pairs = Exercise(
    number="6.5",
    title="A product of pairs",
    minutes=4,
    kind="complete",
    task="Write the product. `a` and `b` are pairs (value, slope). Return the pair of their product: its value, and its "
    "slope by the product rule.",
    solution=times,
    start="""
        def times(a, b):
            return (..., ...)
    """,
    cases=[
        ((3.0, 1.0), (3.0, 1.0)),
        ((2.0, 1.0), (5.0, 0.0)),
        ((5.0, 0.0), (2.0, 1.0)),
        ((-1.5, 4.0), (0.5, -2.0)),
        ((0.0, 1.0), (7.0, 3.0)),
        ((7.0, 3.0), (0.0, 1.0)),
        ((4.0, 0.0), (2.5, 0.0)),  # two constants
    ],
    fresh=any_pairs,
    equivalent={
        "line 1: arguments exchanged throughout: def times(a, b):": "A product has no order.",
        "line 2: index one off: a[1] → a[-1]": "The second of two is the last.",
        "line 2: index one off: b[1] → b[-1]": "The second of two is the last.",
    },
    mistakes={
        "a[0] * b[1] + a[1] * b[0] → a[1] * b[1]": "The slope of a product is not the product of the slopes: for x·x at 3 "
        "yours says 1, and the slope of x² is 6.",
        "a[0] * b[1] + a[1] * b[0] → a[1] + b[1]": "You add the slopes, as in a sum. In a product each slope is multiplied "
        "by the other value.",
        "a[0] * b[1] + a[1] * b[0] → a[0] * b[1]": "Your slope leaves out what happens when `a` moves.",
        "a[0] * b[1] + a[1] * b[0] → a[1] * b[0]": "Your slope leaves out what happens when `b` moves.",
        "a[0] * b[1] + a[1] * b[0] → a[0] * a[1] + b[0] * b[1]": "Each slope is multiplied by the value of the *other* "
        "factor, not by its own.",
        "a[0] * b[1] + a[1] * b[0] → a[1] * b[0] - a[0] * b[1]": "The two parts are added. The minus belongs to a quotient.",
        "a[0] * b[1] + a[1] * b[0] → a[0] * b[1] - a[1] * b[0]": "The two parts are added.",
        "a[0] * b[1] + a[1] * b[0] → a[0] * b[0] + a[1] * b[1]": "You multiply value by value and slope by slope. A slope "
        "is multiplied by the value of the other factor.",
        "a[0] * b[1] + a[1] * b[0] → a[1]": "You hand on the slope of `a` alone. If b is not 1, the product moves by more "
        "or less than a does.",
        "a[0] * b[1] + a[1] * b[0] → b[1]": "You hand on the slope of `b` alone. If a is not 1, the product moves by more "
        "or less than b does.",
        "a[0] * b[1] + a[1] * b[0] → 2 * a[0] * a[1]": "That is right for a number times itself. Here the two factors may "
        "differ.",
        "a[0] * b[1] + a[1] * b[0] → (a[0] + b[1]) * (a[1] + b[0])": "Products first, then the sum: each slope times the "
        "other value, and both added.",
        "a[0] * b[1] + a[1] * b[0] → a[0] * b[1] + a[0] * b[1]": "Both parts of yours move `b`. In one of them `a` has to "
        "move.",
        "a[0] * b[1] + a[1] * b[0] → a[1] * b[0] + a[1] * b[0]": "Both parts of yours move `a`. In one of them `b` has to "
        "move.",
        "(a[0] * b[0], → (a[1] * b[1],": "The value of a product is the product of the values, `a[0]` and `b[0]`. You "
        "multiply the slopes.",
        "(a[0] * b[0], → (a[0] * a[1],": "Your first entry is made of `a` alone. The value of the product needs both values.",
        "(a[0] * b[0], a[0] * b[1] + a[1] * b[0]) → (a[0] * a[1], b[0] * b[1])": "Each of your entries is made of one pair. "
        "Value and slope of a product need both.",
        "(a[0] * b[0], a[0] * b[1] + a[1] * b[0]) → (a[0] + b[0], a[1] + b[1])": "That is the sum of the two pairs. Their "
        "product is asked for.",
        "(a[0] * b[0], a[0] * b[1] + a[1] * b[0]) → (a[1] * b[1], a[0] * b[0])": "In a pair the value has the index 0, the "
        "slope the index 1. And the slope of a product is not one product alone.",
        "a[0] * b[1] + a[1] * b[0] → (a[1] * b[0] - a[0] * b[1]) / b[0] ** 2": "That is the rule for a quotient. In a "
        "product nothing is divided.",
        "a[0] * b[0], → a[0] + b[0],": "The value of a product is the product of the values; yours adds them.",
        "(a[0] * b[0], a[0] * b[1] + a[1] * b[0]) → (a[0] * b[1] + a[1] * b[0], a[0] * b[0])": "Value and slope have "
        "changed places: the value comes first.",
        "(a[0] * b[0], a[0] * b[1] + a[1] * b[0]) → a[0] * b[1] + a[1] * b[0]": "That is the slope alone. Return the pair: "
        "the value, then the slope.",
        "(a[0] * b[0], a[0] * b[1] + a[1] * b[0]) → a[0] * b[0]": "That is the value alone. Return the pair: the value, "
        "then the slope.",
        "a[0] * b[1] + a[1] * b[0] → a[0] + b[0]": "You add the values. The slope of a product is value times slope of the "
        "other, for both factors, added.",
        "a[0] * b[1] + a[1] * b[0] → (a[0] + b[0]) * (a[1] + b[1])": "You multiply the sums: that has two parts too many. "
        "Each slope is multiplied by the other's value only.",
        "a[0] * b[1] + a[1] * b[0] → 2 * a[0]": "That is right where both factors are x itself. Here they may differ: use "
        "all four numbers.",
        "a[0] * b[1] + a[1] * b[0] → a[0] * b[1] * a[1] * b[0]": "The two parts are added, not multiplied.",
        "a[0] * b[1] + a[1] * b[0] → a[0] * b[1] + a[1] * b[0] + a[1] * b[1]": "One part too many: both slopes at once "
        "are the part of d², and d² = 0.",
    },
    hints=(
        "The value is easy. For the slope: what does the product do if only `a` moves, and what if only `b` does?",
        "If `a` moves by its slope, the product moves by that times the value of `b`.",
        "`a[1]` times `b[0]`, and the same the other way round, added.",
    ),
)

# ------------------------------------------------------------------ 6.6 A pass for each input


def gradient_by_duals(function, x):
    gradient = []
    for i in range(len(x)):
        duals = [differentiate.Dual(number, 0) for number in x]
        duals[i] = differentiate.Dual(x[i], 1)
        gradient.append(function(duals).slope)
    return gradient


MEASURED = (
    "You step to a place beside x and measure there. Forward mode takes no step: the function is asked "
    "at x itself, and the slope comes along in its Dual."
)


def an_area(x):
    return x[0] * x[1]


def a_neuron(x):
    return (x[0] * 0.5 + x[1] * x[2] - 1).tanh()


def a_cube(x):
    return x[0] * x[0] * x[0]


def a_mixture(x):
    return x[0] ** 2 - 3 * x[1] * x[0] + x[2] / x[1]


def a_mixture_at(place):
    """Return a_mixture, which refuses to be measured: it is to be asked at this place alone."""

    def a_mixture_without_steps(x):
        steps = [abs(getattr(dual, "value", dual) - here) for dual, here in zip(x, place)]
        if 0 < max(steps, default=0) < 0.2:
            refuse("Step", MEASURED)
        return a_mixture(x)

    return a_mixture_without_steps


def any_function(draw):
    a, b = draw.randint(1, 4), draw.randint(-3, 3)

    def function(x):
        return a * x[0] * x[1] + b * x[1] ** 2 - x[0]

    return function, [draw.randint(-6, 6) / 2, draw.randint(-6, 6) / 2]


def same_value(function, x):
    duals = [[differentiate.Dual(a, 1 if a == b else 0) for a in x] for b in x]
    return [function(row).slope for row in duals]


pass_for_each = Exercise(
    number="6.6",
    title="A pass for each input",
    minutes=6,
    kind="extend",
    task="Write forward mode for several inputs. `function` takes a list of Duals and returns a Dual; `x` is a list of "
    "plain numbers. Run the function once for each input, with the slope 1 for that one and 0 for the others. Return "
    "the list of the slopes.",
    solution=gradient_by_duals,
    start="""
        def gradient_by_duals(function, x):
            gradient = []
            for i in range(len(x)):
                duals = ...
                ...
            return ...
    """,
    cases=[
        (an_area, [2.0, 3.0]),
        (a_neuron, [0.4, -0.8, 1.5]),
        (a_cube, [2.0]),
        (a_mixture, [1.0, 2.0, -3.0]),
        (a_mixture_at([1.0, 2.0, -3.0]), [1.0, 2.0, -3.0]),
        (a_mixture, [0.0, -1.0, 0.0]),
        (an_area, [0.0, 0.0]),
    ],
    fresh=any_function,
    equivalent={
        "line 3: lines exchanged: for number in x:": "Nothing before it is needed inside.",
    },
    mistakes={
        "Dual(number, 0) → Dual(number, 1)": "Every input has the slope 1, so all of them move at once and each of your "
        "entries is the sum of all slopes. Only one may move.",
        "(function(duals).slope) → (function(duals).value)": "Those are the values of the function. Ask for `.slope`.",
        "(function(duals).slope) → (function(duals))": "Those are Duals: ask each for its `.slope`.",
        "Dual(x[i], 1) → Dual(x[i], 0)": "No input moves in yours, so that every slope is 0: give one of them the slope 1.",
        "Dual(x[i], 1) → Dual(1, 1)": "The input that moves keeps its value, `x[i]`. Only its slope is 1.",
        (
            "Dual(number, 0) → Dual(number, 1)",
            "Dual(x[i], 1) → Dual(x[i], 0)",
        ): "In yours all inputs move but one. It is that one alone which is to move.",
        (
            "Dual(number, 0) → Dual(0, number)",
            "Dual(x[i], 1) → Dual(1, x[i])",
        ): "Value and slope have changed places: `Dual(value, slope)`.",
        "duals[i] = differentiate.Dual(x[i], 1) → duals[i] = 1.0": "You put the number 1 in the place of the input. The input "
        "keeps its value, `x[i]`: the 1 is its slope.",
        "duals[i] = differentiate.Dual(x[i], 1) → duals[i] = 1": "You put the number 1 in the place of the input. The input "
        "keeps its value, `x[i]`: the 1 is its slope.",
        "Dual(number, 0) → Dual(x[i], 0)": "All Duals of a pass hold the value `x[i]` in yours. Each input keeps its own "
        "value; only the slopes differ.",
        "Dual(number, 0) → Dual(0, 0)": "The inputs that rest have the value 0 in yours. They keep their values: it is "
        "their slopes that are 0.",
        (
            "differentiate.Dual(number, 0) → (number, 0)",
            "differentiate.Dual(x[i], 1) → (x[i], 1)",
        ): "You hand over tuples, and the function computes with Duals: `differentiate.Dual(value, slope)`.",
        "Dual(x[i], 1) → Dual(1, x[i])": "Value and slope have changed places: `Dual(value, slope)`.",
        "Dual(x[i], 1) → Dual(x[i], x[i])": "Each of your slopes comes multiplied by its input. The input that moves has the slope 1, not its own size.",
        "duals[i] = → duals[0] =": "In each pass it is the first input that you replace.",
        "duals[i] = differentiate.Dual(x[i], 1) → duals[0] = differentiate.Dual(x[0], 1)": "In each pass it is the first "
        "input that moves.",
        (
            "    for i in range(len(x)):\n        duals = [differentiate.Dual(number, 0) for number in x]\n → "
            "    duals = [differentiate.Dual(number, 0) for number in x]\n    for i in range(len(x)):\n",
        ): "In the later passes the inputs of the earlier ones still move. In each pass the slope 1 belongs to one "
        "Dual alone: make the list anew each time.",
        "return gradient → return sum(gradient)": "Yours is the sum of the slopes. Each input has its own: return the list.",
        "return gradient → return gradient[::-1]": "The slopes are right and stand in reverse order.",
        "range(len(x)) → range(1)": "That is the slope along the first input alone. Go through all of them.",
        same_value: "Yours gives the slope 1 to every input whose *value* is x[i], and two inputs may be equal. What counts is the place.",
    },
    hints=(
        "In each round: a list of Duals with the slope 0, one of them replaced, then one call of the function.",
        "`[differentiate.Dual(number, 0) for number in x]` makes the list. Which entry gets the slope 1?",
        "`duals[i] = differentiate.Dual(x[i], 1)`; then append the `.slope` of what the function returns.",
    ),
)

# ------------------------------------------------------------------ 6.7 Back by hand


def walked_back():
    x, y = 1, 3
    u = x * y
    v = u + y
    slope_v = 2 * v
    slope_u = slope_v * 1
    return [slope_v, slope_u, slope_u * y, slope_v * 1 + slope_u * x]


def which_node_is_off(answer):
    """Say of the first wrong slope how it comes about."""
    comes_from = (
        "At v: the slope of v² is 2v, and v = 6.",
        "At u: what has arrived at v, times the slope of the sum u + y along u.",
        "At x: what has arrived at u, times the slope of x·y along x, which is the other factor.",
        "At y: two edges bring something, one from v and one from u. Add both.",
    )
    return first_said_of(answer, walked_back(), comes_from)


back_by_hand = Exercise(
    number="6.7",
    title="Back by hand",
    minutes=5,
    kind="trace",
    task="u = x·y, v = u + y, L = v², at x = 1, y = 3. Walk back from L, with the slope 1 there. What arrives at v, at u, "
    "at x and at y? Type the list of the four slopes of L, in this order.",
    solution=walked_back,
    mistakes={
        (
            12,
            12,
            36,
            12,
        ): "y is reached along two edges: from v and from u. Add what arrives along both.",
        (
            12,
            12,
            12,
            24,
        ): "At the product each factor's slope is the other factor: along x it is y = 3.",
        (
            12,
            12,
            12,
            48,
        ): "At the product the slopes are exchanged: along x it is y = 3, along y it is x = 1.",
        (
            12,
            12,
            12,
            36,
        ): "At the product the slopes are exchanged, and y is reached along a second edge, from v.",
        (6, 6, 18, 12): "The slope of v² is 2v, and v = 6. You took v itself.",
        (
            36,
            36,
            108,
            72,
        ): "36 is the value of L. The walk begins with the slope 1, and the slope of v² is 2v.",
        (2, 2, 6, 4): "The slope of v² is 2v. You left out v = 6.",
        (
            12,
            1,
            3,
            2,
        ): "What arrives at u is the slope along the edge, 1, times what has arrived at v, 12.",
        (12, 12, 3, 2): "Multiply by what has arrived: at u that is 12.",
        (12, 12, 36): "One number is missing: what arrives at y?",
        (36, 24): "Those are the last two, x and y. Type all four: v, u, x, y.",
        (12, 12, 24, 36): "The last two are exchanged: x comes before y.",
        (24, 36, 12, 12): "The right numbers in another order: v, u, x, y.",
        (
            24,
            36,
            12,
            12,
            1,
        ): "The right numbers in another order, and L itself is not asked for: v, u, x, y.",
        (1, 12, 12, 36, 24): "L itself, with its slope 1, is not asked for: begin with v.",
        (6, 3, 1, 3): "Those are the values. What is asked for are the slopes of L along them.",
        (12, 72, 216, 84): "Into a sum the slope is 1, whatever the sum is: u receives what v has.",
        (12, 36, 108, 48): "Into a sum the slope is 1: u receives what v has.",
        (12, 12, 36, 144): "Where two edges meet, what arrives is added, not multiplied.",
        (
            12,
            12,
            36,
            48,
        ): "Along y the slope of the product is x = 1: the two edges bring 12 and 12.",
        (
            12,
            12,
            36,
            15,
        ): "From v, y receives 12 times the slope 1; the value of y plays no part there.",
    },
    explain=which_node_is_off,
    hints=(
        "Values first: u = 3, v = 6. Then from the end: how fast does v² change with v?",
        "v has 2v = 12. Into a sum the slope is 1, so u receives 12 and y receives 12 along this edge.",
        "u hands on to x: 12 times y; and to y: 12 times x, which is added to the 12 that is there.",
    ),
)

# ------------------------------------------------------------------ 6.8 How far off, for its size


def relative_error(a, b):
    largest = max(abs(a), abs(b))
    if largest == 0:
        return 0.0
    return abs(a - b) / largest


def any_two_slopes(draw):
    return draw.randint(-20, 20) / 4, draw.choice([-3.0, -0.5, 0.25, 2.0, 7.0])


off_for_its_size = Exercise(
    number="6.8",
    title="How far off, for its size",
    minutes=3,
    kind="complete",
    task="Write the relative error of two slopes: the size of their difference, divided by the larger of their sizes. "
    "Two slopes that are both 0 agree: their relative error is 0.",
    solution=relative_error,
    start="""
        def relative_error(a, b):
            largest = ...
            return ...
    """,
    cases=[
        (12.0, 12.0006),
        (12.0006, 12.0),
        (-3.0, -2.0),
        (2.0, -2.0),  # opposite signs: 2
        (0.0, 0.5),
        (0.5, 0.0),
        (0.0, 0.0),
        (1e-9, 2e-9),
        (-4.0, 1.0),
        (1.0, -4.0),
        (-1.0, -4.0),
        (0.0, -2.0),
        (-2.0, 0.0),
    ],
    fresh=any_two_slopes,
    equivalent={
        "line 1: arguments exchanged throughout: def relative_error(a, b):": "Neither of the two comes first.",
        "line 5: order turned: a - b → b - a": "Its size is the same.",
        "line 5: size only: a - b → abs(a - b)": "A size stays as it is.",
    },
    mistakes={
        "abs(a - b) / largest → abs(a - b)": "That is the difference itself. Divide it by the larger of the two sizes.",
        "abs(a - b) / largest → abs(a) - abs(b) / largest": "Division binds before subtraction: the difference of the "
        "slopes is divided as a whole.",
        "abs(a - b) / largest → min(abs(a), abs(b)) / largest": "You divide the smaller size by the larger. How far apart "
        "are the two slopes?",
        "max(abs(a), abs(b)) → max(abs(a), abs(b), 1)": "You divide by 1 where both slopes are small. Divide by the larger "
        "of the two, however small it is.",
        "abs(a - b) / largest → abs(a - b) / (largest + 1)": "You divide by more than the larger of the two sizes. That "
        "keeps 0 out of the divisor, and changes every other answer: see to the case of two zeros on its own.",
        "abs(a - b) / largest → abs(a - b) / (largest + 1e-8)": "You divide by a little more than the larger of the two "
        "sizes. Between tiny slopes that is no longer little: see to the case of two zeros on its own.",
        "abs(a - b) / largest → (abs(a) - abs(b)) / largest": "You subtract the sizes, so 2 and −2 agree in yours, and it can "
        "be negative. Take the size of the difference.",
        "abs(a - b) / largest → (a - b) / largest": "Yours can be negative. Take the size of the difference.",
        "max(abs(a), abs(b)) → max(a, b)": "Your divisor forgets that slopes may be negative: compare their sizes.",
        "max(abs(a), abs(b)) → min(abs(a), abs(b))": "You divide by the smaller of the two sizes; the larger is asked for.",
        "max(abs(a), abs(b)) → abs(a)": "You divide by the size of the first, and it may be 0. Take the larger of the two.",
        "max(abs(a), abs(b)) → abs(b)": "You divide by the size of the second, and it may be 0. Take the larger of the two.",
        "max(abs(a), abs(b)) → abs(a) + abs(b)": "You divide by the sum of the sizes. The larger of the two is asked for.",
        "max(abs(a), abs(b)) → (abs(a) + abs(b)) / 2": "You divide by the mean of the sizes. The larger is asked for.",
        "max(abs(a), abs(b)) → abs(max(a, b))": "You pick the larger number and then take its size. Take both sizes first.",
        "abs(a - b) / largest → abs(abs(a) - abs(b)) / largest": "2 and −2 agree in yours. Subtract the slopes, not their "
        "sizes.",
        "return 0.0 → return 1.0": "Two slopes that are both 0 agree. Their relative error is 0.",
        (
            "    if largest == 0:\n        return 0.0\n → ",
        ): "Where both slopes are 0, yours divides by 0. They agree: return 0.",
        "abs(a - b) / largest → abs(a + b) / largest": "You add the slopes. How far apart are they?",
        "max(abs(a), abs(b)) → abs(a + b)": "You divide by the size of the sum, and that of 2 and −2 is 0. Take the larger of the two sizes.",
    },
    hints=(
        "`abs` takes the size of a number, `max` the larger of two.",
        "`largest = max(abs(a), abs(b))`. What if that is 0?",
        "If `largest` is 0 return 0.0, otherwise the size of `a - b` divided by `largest`.",
    ),
)

# ------------------------------------------------------------------ predictions

which_step = Prediction(
    "06-which-step",
    "You measure the slope of x³ at x = 2 by (f(x + h) − f(x)) / h, in ordinary floating point. Which of these steps "
    "comes closest to the true slope, 12?",
    options=["h = 0.01", "h = 0.0001", "h = 1e-8", "h = 1e-12", "h = 1e-16"],
    why="A large step looks too far away, and a small one compares two numbers that agree in nearly all their digits.",
)

how_many_operations = Prediction(
    "06-how-many-operations",
    "Seven layers of two tanh units are run with 57 operations. How many operations has the formula of the derivative, "
    "written out?",
    number=True,
    unit="operations",
    why="Written out, every layer holds two copies of the layer before it, and the derivative more than two.",
    least=1,
    whole=True,
)

cost_of_a_million = Prediction(
    "06-cost-of-a-million",
    "A network has 1,000,000 parameters. By the best of these ways, how many times as long as its loss alone do the loss "
    "and all 1,000,000 slopes take together?",
    options=[
        "Less than a hundred times",
        "About a thousand times",
        "About a million times",
        "About two million times",
    ],
    why="One pass forward and one pass back serve all parameters at once.",
)

# ------------------------------------------------------------------ quick checks

what_a_zero_does = Choice(
    "One edge of a graph has the slope 0. What follows?",
    [
        Option(
            "The slope of L is 0.",
            "Only if every path takes that edge. The others still bring their share.",
        ),
        Option(
            "Every path that takes this edge brings 0.",
            "A product with a factor 0 is 0, whatever the other slopes on that path are. It is as good as switched off.",
            correct=True,
        ),
        Option(
            "The edge can be left out of the product.",
            "To leave out a factor is to put 1 in its place. A 0 makes the whole product 0.",
        ),
    ],
)

why_smaller_is_worse = Choice(
    "Below h = 1e-8 the forward difference gets worse again. Why?",
    [
        Option(
            "The curve bends too much over so short a distance.",
            "The shorter the distance, the straighter the curve: that error keeps shrinking.",
        ),
        Option(
            "f(x + h) and f(x) agree in nearly all their digits, and only the rounded rest is left.",
            "Each value is rounded in its 16th digit. Divided by a tiny h, that rounding becomes large.",
            correct=True,
        ),
        Option(
            "Python stores no number as small as 1e-10.",
            "It stores 1e-300 with as many digits as 1.5. What it cannot do is tell 2 + 1e-17 from 2.",
        ),
    ],
)

passes_for_31 = NumberAnswer(
    "A network has 31 parameters. How many evaluations of its loss (forward passes) do central differences need for one gradient?",
    62,
    feedback={
        62: "Two for each parameter: one ahead, one behind. For 1,000,000 parameters it is 2,000,000.",
        31: "That would be one for each parameter. A central difference steps to both sides.",
        32: "That is for forward differences: one at the place itself, and one for each parameter.",
        63: "The place itself is not needed: only a step ahead and a step behind, for each.",
        2: "Those are the passes for one parameter. Each of the 31 needs its own.",
        1: "One pass gives one loss. A slope needs at least two.",
        93: "Three for each is one too many: the value in the middle is not needed.",
        961: "31² would be a pass for each pair of parameters. Each parameter is moved alone.",
        124: "That is four for each parameter. How many does one central difference need?",
        33: "One for each parameter and two more? Every parameter needs two of its own.",
        64: "Two for each parameter is right, and nothing else is needed.",
    },
    least=0,
    whole=True,
)

what_sharing_means = Choice(
    "The written-out derivative of seven layers has thousands of operations, the program of it that shares has about a "
    "hundred. What is the difference?",
    [
        Option(
            "The short one is an approximation.",
            "Both are exact, and give the same number.",
        ),
        Option(
            "The short one computes what stands in many places once, and looks it up there.",
            "Symbolic differentiation does not explode of itself. Written out on one line, it loses what was shared.",
            correct=True,
        ),
        Option(
            "The short one leaves out terms that are nearly 0.",
            "Nothing is left out: every operation of the long one is done, only not again and again.",
        ),
    ],
)

which_mode = Choice(
    "A simulation has 3 inputs and 1,000 outputs, and you want the slope of every output along every input. Which mode "
    "needs fewer passes?",
    [
        Option(
            "Forward mode: a pass for each input.",
            "Three passes: each finds the slopes of all outputs along one input. Reverse mode would need 1,000 walks back.",
            correct=True,
        ),
        Option(
            "Reverse mode: it is always the cheaper one.",
            "It needs a walk back for each output, here 1,000. It wins where one number, a loss, depends on many.",
        ),
        Option(
            "Both need the same number.",
            "Forward mode pays for each input, reverse mode for each output: here 3 and 1,000.",
        ),
    ],
)

what_the_check_sees = Choice(
    "At x = 0 a central difference of abs(x) measures 0. What is the slope of abs(x) there?",
    [
        Option(
            "0, because it was measured.",
            "Nowhere near 0 does abs(x) have the slope 0. The measurement is the mean of −1 and 1.",
        ),
        Option(
            "There is none: it is −1 on the left, and 1 on the right.",
            "At such a kink there is nothing to compare with. A check that disagrees there has found no mistake.",
            correct=True,
        ),
        Option(
            "1, because abs(x) is never negative.",
            "That is the slope on the right. On the left abs(x) falls.",
        ),
    ],
)

cards = Cards(
    [
        (
            "derivative, slope",
            "A sensitivity: by how much the output moves for each unit that the input moves.",
        ),
        ("chain rule", "Slopes multiply along a path, and the products of all paths add up."),
        (
            "forward difference",
            "(f(x + h) − f(x)) / h: error in proportion to h, best near h = √ε.",
        ),
        (
            "central difference",
            "(f(x + h) − f(x − h)) / 2h: error in proportion to h², best near h = ∛ε; 2 evaluations a parameter.",
        ),
        (
            "truncation error",
            "What a finite step misses because the function bends; it shrinks with the step.",
        ),
        (
            "round-off error",
            "What is left of rounding when two nearly equal numbers are subtracted and divided by a small step; it grows as the step shrinks.",
        ),
        ("machine epsilon ε", "The distance from 1 to the next float: 2.2·10⁻¹⁶."),
        (
            "complex step",
            "Im f(x + ih) / h: no two nearly equal numbers are subtracted, so a tiny step gives every digit.",
        ),
        (
            "symbolic differentiation",
            "Rules turn the formula of a function into the formula of its derivative: exact.",
        ),
        (
            "expression swell",
            "Written out, a derivative repeats what was shared and grows exponentially with depth.",
        ),
        (
            "common subexpression",
            "A part that stands in several places and need be computed only once.",
        ),
        ("dual number", "A value together with its slope: v + s·d with d² = 0."),
        ("forward mode", "Slopes travel along with the values: one pass for each input."),
        (
            "reverse mode",
            "One pass forward, then slopes walk back along every edge once: one walk for each output.",
        ),
        ("gradient check", "A gradient compared with measured slopes, by relative error."),
        (
            "kink",
            "A place where the slope on the left and that on the right differ: there is none to compare with.",
        ),
    ]
)
