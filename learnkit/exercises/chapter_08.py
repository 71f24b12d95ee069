"""Practice for chapter 8, the 31-parameter network: its exercises, quick checks, cards and
predictions.
"""

import re

import numpy as np

from learnkit import Tensor, flip
from learnkit.practice.exercise import Exercise
from learnkit.practice.predict import Prediction
from learnkit.practice.quiz import Cards, Choice, NumberAnswer, Option
from learnkit.training import train


def numbers(draw, count):
    """Draw so many numbers between −3 and 3, some of them 0."""
    return [
        draw.choice((0, round(draw.uniform(-3, 3), 1), round(draw.uniform(-3, 3), 1)))
        for _ in range(count)
    ]


# 8.1
def z2():
    return 0 * -0.5 + 1 * 0.4 + 1 * 0.3 + 0 * 0.2 - 0.1


ASKED = (0, 1, 1, 0)  # no row of W1 adds up to its z₂, with whichever bias
ONE_PIXEL_OFF = [(*ASKED[:i], 1 - ASKED[i], *ASKED[i + 1 :]) for i in range(4)]
MIXED_UP = [
    (1, ASKED),
    (3, ASKED),
    (2, flip.IMAGE),
    *((2, image) for image in ONE_PIXEL_OFF),
]


def what_comes_out(number):
    """Say for which unit, image and bias a number is what arrives at a hidden unit, or which row
    of W1 was added up.
    """
    found = []
    for unit, image in [(2, ASKED), *MIXED_UP]:
        how = _with_which_bias(number, unit - 1, image)
        if how is not None:
            found.append(f"{flip.named('z', unit - 1)} of {list(image)}{how}")
    found.sort(key=lambda way: " with" in way)  # with its own bias first
    rows = _rows_added_up(number)[:1]
    said = ", and also ".join([*found[: 2 - len(rows)], *rows])
    column = " Unit 2 is reached along column 2." if rows else ""
    return f"{number:.4g} is {said}.{column}".replace("-", "−") if said else ""


def _rows_added_up(number):
    """Return which rows of W1, taken for a column, add up to a number."""
    found = []
    for bias, how in [(flip.START.b1[1], " and the bias of unit 2"), (0, "")]:
        for place, row in enumerate(flip.START.W1, start=1):
            sums = (sum(row), sum(pixel * weight for pixel, weight in zip(ASKED, row)))
            if any(abs(total + bias - number) < 1e-6 for total in sums):
                found.append(f"row {place} of W1{how}, added up")
    return found


def _with_which_bias(number, j, image):
    total = sum(pixel * row[j] for pixel, row in zip(image, flip.START.W1))
    own, of_unit_2 = flip.START.b1[j], flip.START.b1[1]
    ways = [
        (total + own, ""),
        (total, " without its bias"),
        (total - own, " with the sign of its bias turned"),
        (total + of_unit_2, " with the bias of unit 2"),
    ]
    return next((how for arriving, how in ways if abs(arriving - number) < 1e-6), None)


forward_number = Exercise(
    number="8.1",
    title="One forward number",
    minutes=3,
    kind="trace",
    task="The same network sees another image, x = [0, 1, 1, 0]. What is z₂, the number that arrives at the second "
    "hidden unit? Work it out on paper from the numbers above and type the result.",
    solution=z2,
    explain=what_comes_out,
    hints=(
        "z₂ collects what arrives at hidden unit 2: one product for each pixel, and one bias.",
        "The weights that arrive at unit 2 stand in column 2 of W1: −0.5, 0.4, 0.3, 0.2. Pixels 1 and 4 are 0.",
        "0·(−0.5) + 1·0.4 + 1·0.3 + 0·0.2 + b1₂, and the bias stands under the unit.",
    ),
)


# 8.2
def output_gradient(prediction, target):
    return [2 * (p - t) / len(target) for p, t in zip(prediction, target)]


def fresh_outputs(draw):
    count = draw.randint(1, 5)
    return numbers(draw, count), [draw.randint(0, 1) for _ in range(count)]


gradient_of_the_outputs = Exercise(
    number="8.2",
    title="The gradient of each output",
    minutes=4,
    kind="complete",
    task="Write this step as a function for any number of outputs. It returns a list with one slope for each.",
    solution=output_gradient,
    cases=[
        ([0.1, -0.1, -0.05, -0.25], [1, 1, 0, 1]),
        ([3.0, 1.0], [1.0, 2.0]),
        ([0.5, 2.0, -1.0, 0.0, 1.0], [0, 1, 1, 0, 1]),
        ([-1.5], [2.0]),
    ],
    fresh=fresh_outputs,
    mistakes={
        "2 * (p - t) → (p - t)": "For every input yours is half the gradient. The derivative of e² is 2e: where did the 2 go?",
        "p - t → t - p": "Every sign is flipped: the error is prediction − target, so too large a prediction has a positive slope.",
        " / len(target) → ": "Yours is the gradient of the sum of the squared errors. The loss is their mean: divide by how many there are.",
        "len(target) → 4": "Yours divides by 4 however many outputs there are: divide by how many there are.",
        "2 * (p - t) → (p - t) ** 2": "Those are the terms of the loss itself. The question is how fast each one changes with its prediction.",
        (
            "[2 * (p - t) → sum((p - t) ** 2",
            "target)] → target))",
        ): "That is the loss itself, one number. The question is how fast it changes with each of the predictions.",
        "2 * (p - t) / len(target) → p - t": "Those are the errors. The loss squares them (which brings a factor 2) and takes the mean (a factor 1/n).",
    },
    equivalent={"line 2: name for another: target → prediction": "both are of one length"},
    hints=(
        "Only one term of the loss contains ŷ₁: (ŷ₁ − y₁)²/n. How fast does it change with ŷ₁?",
        "The derivative of e² is 2e, and e = ŷ − y changes one for one with ŷ.",
        "`[2 * (…) / len(target) for p, t in zip(prediction, target)]`: what is the error of one output?",
    ),
)


# 8.3
def weight_gradients(hidden, arriving):
    return [[h * g for g in arriving] for h in hidden]


def fresh_block(draw):
    return numbers(draw, draw.randint(1, 4)), numbers(draw, draw.randint(1, 4))


w2_block = Exercise(
    number="8.3",
    title="The W2 block",
    minutes=5,
    kind="complete",
    task="Write the whole W2 block as a function. `hidden` is a list of numbers, of any sign, `arriving` the list of "
    "slopes ∂L/∂ŷ; either may have any length. Return a table shaped like W2: one row for each hidden unit.",
    solution=weight_gradients,
    cases=[
        ([0, 0, 0.5], [-0.45, -0.55, -0.025, -0.625]),
        ([2.0, -1.0], [1.0, 3.0]),
        ([1.0, 0.0, 2.0], [0.0, 1.5, -1.0]),
        ([1.0, 2.0, 3.0], [0.5, -1.0, 0.25, 2.0]),
        ([-1.5], [2.0, -4.0]),
    ],
    fresh=fresh_block,
    mistakes={
        "[[h * g for g in arriving] for h in hidden] → [[h * g for h in hidden] for g in arriving]": "Yours is the transpose: as in W2, row j belongs to hidden unit j and column k to output k.",
        "h * g → g": "Every row of yours is the gradient that arrives. A weight also scales it by its input: multiply by h.",
        "h * g → h": "Every column of yours is h. Multiply it by the slope that arrives at output k.",
        "h * g → h + g": "You added input and arriving gradient. The weight multiplies its input, so the slopes multiply too.",
        "h * g → -h * g": "Every sign is flipped. The minus of gradient descent comes later, in the update.",
        "[[h * g for g in arriving] for h in hidden] → sum(h * g for h, g in zip(hidden, arriving))": "Yours pairs hidden units with outputs and adds up. Every unit leads to every output, and each weight has a slope of its own.",
        "[h * g for g in arriving] → h * sum(arriving)": "You added up the outputs. Each weight leads to one output only and hears only from that one.",
        "h * g for g in arriving → h * sum(arriving) for g in arriving": "Each entry of yours adds up all slopes that arrive. A weight leads to one output and hears from that one alone.",
    },
    equivalent={
        "line 1: lines exchanged: for g in arriving:": "the row is appended first and filled afterwards"
    },
    hints=(
        "Look at one weight alone: ŷ₂ contains h₃·W2₃₂ and nothing else with that weight. How fast does ŷ₂ change?",
        "The slope of ŷₖ along W2ⱼₖ is hⱼ. Multiply it by the gradient that arrives at ŷₖ.",
        "One row for each hidden unit: `[[… for g in arriving] for h in hidden]`. What is one entry?",
    ),
)


# 8.4
def through_relu(arriving, W2, z):
    gradient = []
    for j in range(len(z)):
        pulled = sum(arriving[k] * W2[j][k] for k in range(len(arriving)))
        gradient.append(pulled if z[j] > 0 else 0)
    return gradient


def fresh_relu(draw):
    units, outputs = draw.randint(1, 4), draw.randint(1, 4)
    return (
        numbers(draw, outputs),
        [numbers(draw, outputs) for _ in range(units)],
        numbers(draw, units),
    )


relu_gradient = Exercise(
    number="8.4",
    title="Back through the ReLU",
    minutes=7,
    kind="mend",
    task="This function is to return ∂L/∂z, the slopes *before* the ReLU. One line is at fault. At z = 0 "
    "use the convention ReLU′(0) = 0.",
    solution=through_relu,
    cases=[
        (
            [-0.45, -0.55, -0.025, -0.625],
            [[0.7, -0.2, 0.1, -0.4], [0.3, 0.5, -0.6, -0.3], [0.2, -0.4, 0.1, -0.5]],
            [0, -0.1, 0.5],
        ),
        ([1.0, -2.0], [[3.0, 1.0], [0.5, 2.0], [-1.0, 4.0]], [0.001, 2.0, -0.7]),
        ([1.0, 1.0], [[-2.0, 0.5], [1.0, 4.0]], [1.0, -0.001]),
        ([0.5, -1.0, 2.0], [[1.0, 2.0, -3.0]], [1.5]),
    ],
    fresh=fresh_relu,
    mistakes={
        "z[j] > 0 → pulled > 0": "You cut off negative gradients. What the ReLU blocks depends on z, which went forward, not on the gradient.",
        "z[j] > 0 → z[j] >= 0": "Yours lets the gradient through where z is exactly 0. By convention ReLU′(0) = 0.",
        "pulled if z[j] > 0 else 0 → pulled * ((z[j] > 0) + (z[j] >= 0)) / 2": "Yours passes half the slope on where z is exactly 0. The convention asked for is ReLU′(0) = 0.",
        "z[j] > 0 → z[j] < 0": "The wrong way round: the slope of the ReLU is 1 where z is positive and 0 where it is negative.",
        "pulled if z[j] > 0 else 0 → pulled * max(z[j], 0)": "You multiplied by ReLU(z). The chain rule asks for its slope, which is 1 wherever z > 0.",
        "pulled if z[j] > 0 else 0 → pulled * z[j]": "You multiplied by z. The factor is the slope of the ReLU at z, which is 0 or 1.",
        "pulled if z[j] > 0 else 0 → pulled * ((z[j] > 0) - (z[j] < 0))": "You multiplied by the sign of z. Where z is negative the slope of the ReLU is 0, not −1.",
        "(pulled if → (1 if": "Yours is the slope of the ReLU alone. It is one factor of two: the other is what arrives at the unit from the outputs.",
        "in range(len(arriving)) → in [0]": "You followed only the path through the first output. Each hidden unit feeds all of them: add up the paths.",
        "in range(len(arriving)) → in [-1]": "You followed only the path through the last output. Each hidden unit feeds all of them: add up the paths.",
        "range(len(arriving)) → range(len(arriving)) if arriving[k] > 0": "You leave out what arrives with a negative slope. What the ReLU blocks depends on z, which went forward, not on slopes.",
    },
    equivalent={
        "everywhere: index one off: arriving[k] → arriving[k - 1]": "both factors go round by one: the same sum",
        "line 3: name for another: z → W2": "there are as many rows as z",
    },
    start="""
        def through_relu(arriving, W2, z):
            gradient = []
            for j in range(len(z)):
                pulled = sum(arriving[k] * W2[j][k] for k in range(len(arriving)))
                gradient.append(pulled)
            return gradient
    """,
    given="Compare what it says of unit 2 with what the nudge said: which factor is missing?",
    hints=(
        "Two of the three hidden units answered 0 for our image. What does the ReLU do on the way back?",
        "ReLU′(z) is 1 for z > 0 and 0 otherwise, and it stands as a factor in the chain rule.",
        "Mend the line with `append`: `gradient.append(pulled if … else 0)`. When does the slope pass?",
    ),
)


# 8.5
def layer_backward(inputs, weights, arriving):
    d_weights = np.outer(inputs, arriving)
    d_bias = arriving
    d_inputs = weights @ arriving
    return d_weights, d_bias, d_inputs


def fresh_layer(draw):
    m, n = draw.randint(1, 4), draw.randint(1, 4)
    layer = numbers(draw, m), [numbers(draw, n) for _ in range(m)], numbers(draw, n)
    return tuple(np.array(part, dtype=float) for part in layer)


def layers():
    """Both layers of the chapter, one with whole numbers, and a square one."""
    W1, W2 = (np.array(weights, dtype=float) for weights in (flip.START.W1, flip.START.W2))
    return [
        (np.array([0, 0, 0.5]), W2, np.array([-0.45, -0.55, -0.025, -0.625])),
        (np.array(flip.IMAGE), W1, np.array([0, 0, 0.44])),
        (np.array([1.0, -2]), np.array([[1.0, 2, -1], [3, -1, 1]]), np.array([2.0, -1, 3])),
        (
            np.array([0.5, -1, 2]),
            np.array([[1.0, -2, 3], [0.5, 1, -1], [-2, 4, 1.5]]),
            np.array([1.5, -2, 0.5]),
        ),
    ]


whole_layer = Exercise(
    number="8.5",
    title="A whole layer at once",
    minutes=8,
    kind="complete",
    task="Both layers went back in the same way. Write that once, for arrays: `inputs` (m numbers), `weights` (m rows, "
    "n columns) and `arriving` (n slopes at the layer's outputs). Return three arrays: the slopes of the weights, of "
    "the biases, and of the inputs.",
    solution=layer_backward,
    returns=("d_weights", "d_bias", "d_inputs"),
    cases=layers(),
    fresh=fresh_layer,
    mistakes={
        "np.outer(inputs, arriving) → np.outer(arriving, inputs)": "Your gradient of the weights is transposed: it must have the shape of `weights`, one row for each input.",
        "np.outer(inputs, arriving) → inputs @ arriving": "`@` pairs the numbers of two lists of one length and adds up. For the weights every input meets every arriving slope: a table.",
        "np.outer(inputs, arriving) → inputs * arriving": "`*` pairs the numbers of two lists of one length. For the weights every input meets every arriving slope: a table.",
        "np.outer(inputs, arriving) → weights * arriving": "Your gradient of the weights contains the weights. A weight's slope is its input times what arrives.",
        "d_bias = arriving → d_bias = arriving.sum()": "You added up the gradient of the biases. There is one bias for each output, and each keeps its own slope.",
        "d_bias = arriving → d_bias = inputs": "Your `d_bias` is the inputs. A bias is added at an output: its slope is what arrives there, times 1.",
        "d_inputs = weights @ arriving → d_inputs = weights * arriving": "Your `d_inputs` still has one entry for each weight. Each input feeds every output: add up over the outputs.",
        "d_inputs = weights @ arriving → d_inputs = (weights * arriving).sum(axis=0)": "Your `d_inputs` adds up over the inputs. Each input feeds every output: add up over the outputs.",
        "d_inputs = weights @ arriving → d_inputs = weights.T @ arriving": "Rows of `weights` belong to the inputs and columns to the outputs: going back, nothing has to be transposed.",
        "d_inputs = weights @ arriving → d_inputs = inputs @ weights": "Your `d_inputs` goes forward: it adds up inputs times weights for each output. Going back, slopes times weights are added up for each input.",
        "d_inputs = weights @ arriving → d_inputs = np.outer(inputs, arriving)": "Your `d_inputs` is the gradient of the weights again. Going back, what arrives is multiplied by the weights.",
        "d_inputs = weights @ arriving → d_inputs = (weights @ arriving) * (inputs > 0)": "Your `d_inputs` stops where the input is not positive. A layer alone has no ReLU: that is the next step back.",
        "d_inputs = weights @ arriving → d_inputs = (weights @ arriving).clip(0)": "Your `d_inputs` loses its negative slopes. A layer alone has no ReLU, and a ReLU looks at z, not at slopes.",
        "return d_weights, d_bias, d_inputs → return d_weights": "Yours returns the slopes of the weights alone: return three arrays, `d_weights, d_bias, d_inputs`.",
    },
    equivalent={
        "line 4: transposed: arriving → arriving.T": "an array of one axis is its own transpose"
    },
    start="""
        def layer_backward(inputs, weights, arriving):
            d_weights = ...
            d_bias = ...
            d_inputs = ...
            return d_weights, d_bias, d_inputs
    """,
    hints=(
        "Let the shapes lead: `d_weights` has the shape of `weights`, `d_bias` that of `arriving`, `d_inputs` that of `inputs`.",
        "Every input times every arriving slope: `np.outer(inputs, arriving)`.",
        "`d_inputs` adds, for each input, weight times arriving slope over all outputs: which of `h @ W2` and `W2 @ d` does that?",
    ),
)


# 8.6
def start():
    """Return the chapter's start, but for two biases: with its own, z is 0, and rounding decides
    who speaks.
    """
    return [Tensor(p) for p in flip.START._replace(b1=(0.05, -0.15, 0))]


def fresh_training(draw):
    images = draw.sample(flip.IMAGES, draw.randint(1, 5))
    targets = [flip.flip(image) for image in images]
    rate, steps = draw.choice((0.05, 0.1, 0.2, 0.3)), draw.randint(1, 4)
    return start(), np.array(images, dtype=float), np.array(targets, dtype=float), rate, steps


def trainings():
    """The chapter's one image, as it stands there; all sixteen; one step alone; a black image, which
    is right from the start.
    """
    every = np.array(flip.IMAGES, dtype=float)
    targets = np.array([flip.flip(image) for image in flip.IMAGES], dtype=float)
    return [
        (start(), np.array(flip.IMAGE), np.array(flip.TARGET), 0.1, 5),
        (start(), every, targets, 0.2, 4),
        (start(), every, targets, 0.05, 1),
        ([Tensor(0 * p.data) for p in start()], 0 * every[:1], 0 * targets[:1], 0.1, 3),
    ]


training_loop = Exercise(
    number="8.6",
    title="The whole training loop",
    minutes=10,
    kind="complete",
    task="Write the loop. `parameters` is a list of four Tensors; `predict(parameters, x)` from above gives the "
    "outputs. Use the mean squared error. Change a parameter by rebinding it: `p.data = p.data - …`. Return the list "
    "of the losses, one for each step, measured before that step's update, each as a plain number (`loss.item()`).",
    solution=train,
    cases=trainings(),
    fresh=fresh_training,
    mistakes={
        "\n            p.grad = None → ": "The first two losses are right, then yours drift: the gradients of earlier steps are still in `p.grad`. Set it to None after each update.",
        "\n            p.grad = None → \n        p.grad = None": "Your `p.grad = None` runs once in each step, after the inner loop, and clears the last parameter alone: the others keep their old slopes. Move it into the loop over the parameters.",
        "data - learning_rate → data + learning_rate": "Your loss rises: you step along the gradient, which points uphill. Subtract it.",
        "\n            p.data = p.data - learning_rate * p.grad → ": "Your loss is the same at each step. Inside the loop over the steps, is the forward pass run again, and `p.data` rebound?",
        "learning_rate * p.grad → p.grad": "You step by the whole slope: multiply it by `learning_rate`.",
        "in parameters: → in parameters[::2]:": "Only W1 and W2 learn in your loop. The biases b1 and b2 are parameters as well.",
        "append(loss.item()) → append(((predict(parameters, x) - y) ** 2).mean().item())": "Each of your losses is the next one's: record the loss that you differentiate, before the update.",
        ".mean() → .sum()": "Yours adds up the squared errors. The loss is their mean: end with `.mean()`.",
        ".mean() → .sum() / 4": "Right for one image, wrong for more: there are 4 squared errors for each. End with `.mean()`.",
        ".mean() → .sum() / len(x)": "Yours adds up the four outputs of each image. The loss is the mean over outputs, too: end with `.mean()`.",
    },
    equivalent={
        "line 4: order turned: predict(parameters, x) - y → y - predict(parameters, x)": "the difference is squared",
        "line 4: size only: predict(parameters, x) - y → abs(predict(parameters, x) - y)": "the difference is squared",
        "line 6: lines exchanged: for p in parameters:": "the loss is a number already, and no update changes it",
        "line 6: some entries only: parameters → list(parameters)[::-1]": "the order of the updates does not matter",
    },
    start="""
        def train(parameters, x, y, learning_rate, steps):
            losses = []
            for _ in range(steps):
                ...
            return ...
    """,
    hints=(
        "Four things happen at each step, in this order: forward, backward, update, clear the gradients.",
        "`loss = ((predict(parameters, x) - y) ** 2).mean()`, then `loss.backward()`; every p now has its p.grad.",
        "`for p in parameters:` rebind `p.data = p.data - learning_rate * p.grad`, then set `p.grad = None`.",
    ),
)


# 8.7
def W2_by_hand():
    return [[1, 0, 0, 0], [0, 0, 1, 0], [0, 1, 0, 0], [0, 0, 0, 1]]


def what_it_makes(W2):
    """Say what a table of numbers makes of the pixels (a, b, c, d), as the network of the
    exercise would.
    """
    if not isinstance(W2, list) or len(W2) == 16:  # no table, or one whose rows are not told apart
        return ""
    if len(W2) != 4 or not all(isinstance(row, list) for row in W2):
        return "W2 has four rows, one for each hidden unit, and in each the weights that lead to the four outputs."
    lengths = [len(row) for row in W2]
    if 4 in lengths and set(lengths) != {4}:
        odd = next(place for place, length in enumerate(lengths) if length != 4)
        return f"Row {odd + 1} has {lengths[odd]} entries. Each row has one for each output."
    made = ", ".join(_added_up(column) for column in zip(*W2, strict=True))
    return (
        f"From the pixels (a, b, c, d) that W2 makes ({made}); the flipped image is (a, c, b, d)."
    )


def _added_up(weights):
    """Return weights times pixels as they are written, such as a + 0.5b − c."""
    terms = [f"{weight:+.4g}{pixel}" for weight, pixel in zip(weights, "abcd") if weight]
    written = re.sub(r"([+-])1([abcd])", r"\1\2", " ".join(terms)).removeprefix("+")
    return re.sub(r" ([+-])", r" \1 ", written).replace("-", "−") or "0"


by_hand = Exercise(
    number="8.7",
    title="Forty parameters by hand",
    minutes=5,
    kind="extend",
    task="You can do without training. Take four hidden units, let W1 be the identity (1 on the diagonal, 0 elsewhere) "
    "and all biases 0. Which W2 flips every image exactly? Write it as a list of four rows.",
    solution=W2_by_hand,
    explain=what_it_makes,
    hints=(
        "With W1 the identity and pixels 0 or 1, each hidden unit is a copy of one pixel.",
        "Output 1 wants pixel 1, output 2 wants pixel 3, output 3 wants pixel 2, output 4 wants pixel 4.",
        "Start from the identity and exchange two of its rows.",
    ),
)


how_many_move = Prediction(
    "08-how-many-move",
    "How many of the 31 slopes will not be zero? Commit to a guess before you compute anything.",
    number=True,
    least=0,
    most=31,
    whole=True,
    why="4 biases, 4 weights at the outputs; 1 bias, 3 weights of unit 3.",
)

can_it_learn_all = Prediction(
    "08-can-it-learn-all",
    "The same 31 parameters are now trained on all 16 images. Where does the mean squared error end?",
    options=[
        "It goes to 0: thirty-one parameters are plenty for sixteen small images.",
        "It gets small and keeps falling: a matter of patience.",
        "It never gets below one number above 0, whatever the start.",
    ],
    outcome="It never gets below one number above 0, whatever the start.",
    why="None of the eight ends below 0.0625; the four that end higher ended with a dead unit.",
)

best_rate = Prediction(
    "08-best-rate",
    "Which of these learning rates gives the smallest loss after 100 steps on the one image?",
    options=["η = 0.001", "η = 0.1", "η = 1.5", "η = 4"],
    why="With η = 1.5 a quarter of each error is left after each step.",
)

what_passes_on = Choice(
    "Hidden unit 2 has z₂ = −0.1. What does it pass on to the four outputs?",
    [
        Option(
            "−0.1",
            "That is what arrives before the ReLU; the ReLU replaces every negative number by 0.",
        ),
        Option(
            "0",
            "Its four weights in W2 are multiplied by 0: for this image they change nothing.",
            correct=True,
        ),
        Option("0.1", "The ReLU does not drop the sign, it drops the number: max(0, −0.1) = 0."),
    ],
)

why_row_two_is_zero = Choice(
    "Row 2 of ∂L/∂W1 is zero in every column, even for hidden unit 3, which is active. Why?",
    [
        Option(
            "Pixel 2 is 0 in this image, and a weight's slope is its input times what arrives.",
            "With x₂ = 0 the weight is multiplied by 0, so wiggling it changes nothing.",
            correct=True,
        ),
        Option(
            "The target's second pixel is 1.",
            "The target enters through the errors; it cannot single out a row of W1.",
        ),
        Option(
            "The learning rate is too small.",
            "The learning rate scales the update. It has no part in the gradient.",
        ),
    ],
)

sign_of_the_step = Choice(
    "∂L/∂b1₃ = +0.44. Which way does gradient descent move b1₃?",
    [
        Option(
            "Up, because the slope is positive.",
            "A positive slope means the loss rises with b1₃: that way lies a larger loss.",
        ),
        Option(
            "Down: where the slope is positive, a smaller value lowers the loss.",
            "With η = 0.1 it goes from 0 to −0.044.",
            correct=True,
        ),
        Option("It stays: a bias is not trained.", "A bias is a parameter like any other."),
    ],
)

cost_of_differences = NumberAnswer(
    "A network has one million parameters. How many forward passes do central differences need for one gradient?",
    2_000_000,
    least=1,
    whole=True,
    feedback={
        2_000_001: "There is no pass at the base point: the two sides of each parameter are all that is needed.",
        2_000_000: "2,000,000: two for each. Reverse mode needs one forward and one backward pass for all of them.",
        3_000_000: "Three for each would be both sides and the middle, and the middle is not needed.",
        4_000_000: "That is four for each. A central difference looks to two sides, once each.",
        500_000: "That is half a pass for each parameter, and each has to be moved to both sides.",
        31_000_000: "31 is the number of parameters of our network; here there are a million.",
        1_000_000_000_000: "That is a pass for each pair of parameters. Each parameter is moved alone.",
        2_000_000_000_000: "That counts each pair of parameters. Each parameter is moved alone.",
        1_999_999: "No parameter is spared, and each of the million takes as many passes as any other.",
        2_000_002: "Two passes for each parameter are enough, and nothing else has to be measured.",
        28_000_000: "28 was the number of multiplications in one forward pass. The question is how many passes there are.",
        56_000_000: "That counts multiplications, 28 in each pass of our small network. The question is how many passes there are.",
        1_000_001: "That is what forward differences need. A central difference looks to both sides.",
        62_000_000: "62 was for all 31 parameters together, two for each.",
        1_000_000: "That is about one for each parameter, as forward differences need. A central difference looks to both sides.",
        31: "That is the number of parameters of our network; here there are a million.",
        62: "That was for 31 parameters: two for each.",
        2: "Two for each parameter, and there are a million of them.",
        1: "One pass gives the loss; each of the million slopes needs two more.",
    },
)

what_the_four_share = Choice(
    "What do W1₁₁, W1₃₁, W1₄₁ and b1₁ have in common, and no other parameter?",
    [
        Option(
            "Their slope by hand is 0.",
            "So is that of 15 other parameters, and for those the measured slope is 0 as well.",
        ),
        Option(
            "They are the largest parameters, and rounding grows with size.",
            "W2₁₁ = 0.7 is the largest, and it is not among them.",
        ),
        Option(
            "Moving one of them changes z₁, the number that arrives at hidden unit 1.",
            "The fourth weight into unit 1, W1₂₁, does not: its pixel is 0. What is special about z₁?",
            correct=True,
        ),
        Option(
            "They belong to pixels that are 0 in this image.",
            "Pixels 1, 3 and 4 are 1. The weight of pixel 2, which is 0, is the one that is missing.",
        ),
    ],
)

who_is_right = Choice(
    "At the point where z₁ is exactly 0, backprop says 0, the central difference 0.02125, and the slope to the right "
    "is 0.0425. Which is the derivative?",
    [
        Option(
            "0, because backprop is exact.",
            "Backprop is exact about a choice: ReLU′(0) = 0 is a convention, not a theorem.",
        ),
        Option(
            "0.02125, because it was measured.",
            "It is the mean of two slopes, and the curve has it on neither side.",
        ),
        Option(
            "None of them: there is one slope to the left and another to the right.",
            "Each method answers another question there, which is why they disagree.",
            correct=True,
        ),
    ],
)

what_has_it_learned = Choice(
    "All three hidden units answer 0 to this image, and the loss is near 0. "
    "What does the network now say to it, and what has it learned?",
    [
        Option(
            "It says the flipped image: it has learned to swap pixels 2 and 3.",
            "The pixels reach the outputs only through the hidden units. What is left to speak?",
        ),
        Option(
            "It says 0, 0, 0, 0: a network whose hidden units are silent says nothing.",
            "Then the loss would be (1 + 1 + 0 + 1)/4 = 0.75. An output adds its own bias to what arrives.",
        ),
        Option(
            "It says its four output biases: it has learned one answer, and nothing about images.",
            "With h = 0 the sum h·W2 + b2 is b2 alone, and the 4 slopes that are not 0 are those of b2.",
            correct=True,
        ),
        Option(
            "It says the flipped image: the hidden units had learned their part before they fell silent.",
            "What a unit has learned is in its weights, and they are multiplied by its answer, 0.",
        ),
    ],
)

cards = Cards(
    [
        (
            "parameter",
            "A number inside the model that training changes: here a weight or a bias, 31 in all.",
        ),
        ("forward pass", "From the input to the loss, remembering every number on the way."),
        (
            "backward pass",
            "From the loss back to every parameter, multiplying slopes along each path and adding over paths.",
        ),
        (
            "gradient",
            "The list of slopes of the loss, one for each parameter; it points where the loss rises fastest.",
        ),
        ("chain rule", "Slopes multiply along a path and add up over paths."),
        ("ReLU", "max(0, z): its slope is 1 where z is positive and 0 where it is negative."),
        (
            "hidden unit",
            "It adds up its weighted inputs and its bias; the ReLU decides what it passes on.",
        ),
        (
            "inactive unit",
            "A hidden unit that answers 0 to this image: no slope gets back through it.",
        ),
        (
            "dead unit",
            "A hidden unit that answers 0 to every input: no gradient comes back, so it never learns again.",
        ),
        (
            "kink",
            "A point where the slopes on the two sides differ, as the ReLU's do at 0. There is no one derivative there.",
        ),
        (
            "central difference",
            "The loss a little above minus the loss a little below, over the distance.",
        ),
        (
            "subgradient",
            "At a kink, any number between the slopes on the two sides. Backprop reports one.",
        ),
        ("logit", "An output that is read by its sign: above 0 means the answer 1."),
        (
            "gradient check",
            "Comparing a gradient with finite differences. At a kink the comparison means nothing.",
        ),
        ("learning rate η", "How far a step goes: every parameter moves by −η times its slope."),
    ]
)
