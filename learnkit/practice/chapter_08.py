"""Practice for chapter 8, the 31-parameter network: its exercises, quick checks, cards and predictions."""

from .exercise import Exercise, Mistake
from .predict import Prediction
from .quiz import Cards, Choice, NumberAnswer, Option


# 8.1
def second_hidden_unit():
    x = [0, 1, 1, 0]
    weights = [-0.5, 0.4, 0.3, 0.2]  # column 2 of W1: the four weights that lead into hidden unit 2
    bias = -0.1
    return sum(x_i * w_i for x_i, w_i in zip(x, weights)) + bias


forward_number = Exercise(
    number="8.1",
    title="One forward number",
    minutes=3,
    kind="trace",
    solution=second_hidden_unit,
    mistakes=[
        Mistake(lambda: 0.7, "Yours is the weighted sum alone, 0.7: add the unit's bias, b1₂ = −0.1."),
        Mistake(
            lambda: -0.1,
            "That is z₂ of the old image, [1, 0, 1, 1], or z₁ of this one: take column 2 and the image [0, 1, 1, 0].",
        ),
        Mistake(lambda: 0.1, "You took row 2 of W1. A row leaves one pixel; a column arrives at one hidden unit."),
        Mistake(lambda: 0.3, "Yours is z₃ of this image: you took column 3 of W1 instead of column 2."),
    ],
    hints=(
        "z₂ collects what arrives at hidden unit 2: one product for each pixel, and one bias.",
        "The weights that arrive at unit 2 stand in column 2 of W1: −0.5, 0.4, 0.3, 0.2. Two pixels are 0.",
        "0·(−0.5) + 1·0.4 + 1·0.3 + 0·0.2 + (−0.1)",
    ),
)


# 8.2
def output_gradient(prediction, target):
    return [2 * (p - t) / len(target) for p, t in zip(prediction, target)]


gradient_of_the_outputs = Exercise(
    number="8.2",
    title="The gradient of each output",
    minutes=4,
    kind="complete",
    solution=output_gradient,
    cases=[([0.1, -0.1, -0.05, -0.25], [1, 1, 0, 1]), ([0.5, 2.0, -1.0, 0.0], [0, 1, 1, 0]), ([3.0, 1.0], [1.0, 2.0])],
    mistakes=[
        Mistake(
            lambda prediction, target: [(p - t) / len(target) for p, t in zip(prediction, target)],
            "For every input yours is half the gradient. The derivative of e² is 2e: where did the 2 go?",
        ),
        Mistake(
            lambda prediction, target: [2 * (t - p) / len(target) for p, t in zip(prediction, target)],
            "Every sign is flipped: the error is prediction − target, so too large a prediction has a positive slope.",
        ),
        Mistake(
            lambda prediction, target: [2 * (p - t) for p, t in zip(prediction, target)],
            "Yours is the gradient of the sum of the squared errors. The loss is their mean: divide by how many there are.",
        ),
        Mistake(
            lambda prediction, target: [2 * (p - t) / 4 for p, t in zip(prediction, target)],
            "Right for four outputs, wrong for two: divide by `len(target)`, not by 4.",
        ),
        Mistake(
            lambda prediction, target: [(p - t) ** 2 / len(target) for p, t in zip(prediction, target)],
            "Those are the terms of the loss itself. The question is how fast each one changes with its prediction.",
        ),
        Mistake(
            lambda prediction, target: [p - t for p, t in zip(prediction, target)],
            "Those are the errors. The loss squares them (which brings a factor 2) and takes the mean (a factor 1/n).",
        ),
    ],
    hints=(
        "Only one term of the loss contains ŷ₁: (ŷ₁ − y₁)²/n. How fast does it change with ŷ₁?",
        "The derivative of e² is 2e, and e = ŷ − y changes one for one with ŷ.",
        "`[2 * (p - t) / len(target) for p, t in zip(prediction, target)]`",
    ),
)


# 8.3
def weight_gradients(hidden, arriving):
    return [[h * g for g in arriving] for h in hidden]


w2_block = Exercise(
    number="8.3",
    title="The W2 block",
    minutes=5,
    kind="complete",
    solution=weight_gradients,
    cases=[
        ([0, 0, 0.5], [-0.45, -0.55, -0.025, -0.625]),
        ([1.0, 2.0, 3.0], [0.5, -1.0, 0.25, 2.0]),
        ([2.0, -1.0], [1.0, 3.0]),
    ],
    mistakes=[
        Mistake(
            lambda hidden, arriving: [[h * g for h in hidden] for g in arriving],
            "Yours is the transpose: as in W2, row j belongs to hidden unit j and column k to output k.",
        ),
        Mistake(
            lambda hidden, arriving: [list(arriving) for _ in hidden],
            "Every row of yours is the gradient that arrives. A weight also scales it by its input: multiply by h.",
        ),
        Mistake(
            lambda hidden, arriving: [[h + g for g in arriving] for h in hidden],
            "You added input and arriving gradient. The weight multiplies its input, so the slopes multiply too.",
        ),
        Mistake(
            lambda hidden, arriving: [h * sum(arriving) for h in hidden],
            "You added up the outputs. Each weight leads to one output only and hears only from that one.",
        ),
        Mistake(
            lambda hidden, arriving: [[-h * g for g in arriving] for h in hidden],
            "Every sign is flipped. The minus of gradient descent comes later, in the update.",
        ),
    ],
    hints=(
        "Look at one weight alone: ŷ₂ contains h₃·W2₃₂ and nothing else with that weight. How fast does ŷ₂ change?",
        "The slope of ŷₖ along W2ⱼₖ is hⱼ. Multiply it by the gradient that arrives at ŷₖ.",
        "One row for each hidden unit: `[[h * g for g in arriving] for h in hidden]`",
    ),
)


# 8.4
def through_relu(arriving, W2, z):
    gradient = []
    for j in range(len(z)):
        pulled = sum(arriving[k] * W2[j][k] for k in range(len(arriving)))  # add up the paths that leave unit j
        gradient.append(pulled if z[j] > 0 else 0)
    return gradient


def _sums(arriving, W2):
    return [sum(g * w for g, w in zip(arriving, row)) for row in W2]


relu_gradient = Exercise(
    number="8.4",
    title="Back through the ReLU",
    minutes=7,
    kind="mend",
    solution=through_relu,
    cases=[
        (
            [-0.45, -0.55, -0.025, -0.625],
            [[0.7, -0.2, 0.1, -0.4], [0.3, 0.5, -0.6, -0.3], [0.2, -0.4, 0.1, -0.5]],
            [0, -0.1, 0.5],
        ),
        ([1.0, -2.0], [[3.0, 1.0], [0.5, 2.0], [-1.0, 4.0]], [0.3, 2.0, -0.7]),
        ([1.0, 1.0], [[-2.0, 0.5], [1.0, 4.0]], [1.0, -1.0]),
    ],
    mistakes=[
        Mistake(
            lambda arriving, W2, z: [g if g > 0 else 0 for g in _sums(arriving, W2)],
            "You cut off negative gradients. What the ReLU blocks depends on z, which went forward, not on the gradient.",
        ),
        Mistake(
            lambda arriving, W2, z: [g if n >= 0 else 0 for g, n in zip(_sums(arriving, W2), z)],
            "Yours lets the gradient through where z is exactly 0. By convention ReLU′(0) = 0: test `z > 0`.",
        ),
        Mistake(
            lambda arriving, W2, z: [g * max(n, 0) for g, n in zip(_sums(arriving, W2), z)],
            "You multiplied by ReLU(z). The chain rule asks for its slope, which is 1 wherever z > 0.",
        ),
        Mistake(
            lambda arriving, W2, z: [arriving[0] * row[0] if n > 0 else 0 for row, n in zip(W2, z)],
            "You followed only the path through the first output. Each hidden unit feeds all of them: add up the paths.",
        ),
        Mistake(
            lambda arriving, W2, z: [g if n < 0 else 0 for g, n in zip(_sums(arriving, W2), z)],
            "The wrong way round: the slope of the ReLU is 1 where z is positive and 0 where it is negative.",
        ),
    ],
    given=Mistake(
        lambda arriving, W2, z: _sums(arriving, W2),
        "For our image it is right for the third hidden unit and wrong for the first two: which factor is missing?",
    ),
    hints=(
        "Two of the three hidden units answered 0 for our image. What does the ReLU do on the way back?",
        "ReLU′(z) is 1 for z > 0 and 0 otherwise, and it stands as a factor in the chain rule.",
        "`gradient.append(pulled if z[j] > 0 else 0)`",
    ),
)


# 8.5
def layer_backward(inputs, weights, arriving):
    d_weights = inputs[:, None] * arriving  # a column times a row: every input meets every arriving slope
    d_bias = arriving
    d_inputs = weights @ arriving
    return d_weights, d_bias, d_inputs


def _layer_cases():
    import numpy as np

    random = np.random.default_rng(0)
    shapes = [(3, 4), (4, 3), (3, 3)]
    return [tuple(random.normal(size=size).round(2) for size in (m, (m, n), n)) for m, n in shapes]


whole_layer = Exercise(
    number="8.5",
    title="A whole layer at once",
    minutes=8,
    kind="complete",
    solution=layer_backward,
    cases=_layer_cases(),
    mistakes=[
        Mistake(
            lambda inputs, weights, arriving: (arriving[:, None] * inputs, arriving, weights @ arriving),
            "Your gradient of the weights is transposed: it must have the shape of `weights`, one row for each input.",
        ),
        Mistake(
            lambda inputs, weights, arriving: (inputs[:, None] * arriving, arriving.sum(), weights @ arriving),
            "You added up the gradient of the biases. There is one bias for each output, and each keeps its own slope.",
        ),
        Mistake(
            lambda inputs, weights, arriving: (inputs[:, None] * arriving, arriving, weights * arriving),
            "Your `d_inputs` still has one entry for each weight. Each input feeds every output: add up over the outputs.",
        ),
        Mistake(
            lambda inputs, weights, arriving: (weights * arriving, arriving, weights @ arriving),
            "Your gradient of the weights contains the weights. A weight's slope is its input times what arrives.",
        ),
        Mistake(
            lambda inputs, weights, arriving: (inputs[:, None] * arriving, arriving, inputs[:, None] @ arriving[None]),
            "Your `d_inputs` is the gradient of the weights again. Going back, what arrives is multiplied by the weights.",
        ),
        Mistake(
            lambda inputs, weights, arriving: (weights @ arriving, arriving, inputs[:, None] * arriving),
            "The right three arrays in another order: return `d_weights, d_bias, d_inputs`.",
        ),
    ],
    hints=(
        "Let the shapes lead: `d_weights` has the shape of `weights`, `d_bias` that of `arriving`, `d_inputs` that of `inputs`.",
        "Every input times every arriving slope is a column times a row: `inputs[:, None] * arriving`.",
        "`d_inputs` adds, for each input, weight times arriving slope over all outputs: `weights @ arriving`.",
    ),
)


# 8.6
def predict(parameters, x):
    """Return the network's outputs. parameters: Tensors W1, b1, W2, b2; x: images (count, 4)."""
    W1, b1, W2, b2 = parameters
    return (x @ W1 + b1).relu() @ W2 + b2


def train(parameters, x, y, learning_rate, steps):
    losses = []
    for _ in range(steps):
        loss = ((predict(parameters, x) - y) ** 2).mean()
        loss.backward()
        for p in parameters:
            p.data = p.data - learning_rate * p.grad
            p.grad = None
        losses.append(loss.item())
    return losses


def _training_with(update, after=None, reduce="mean"):
    """Return a training loop that differs from `train` in one place."""

    def faulty(parameters, x, y, learning_rate, steps):
        losses = []
        for _ in range(steps):
            loss = getattr((predict(parameters, x) - y) ** 2, reduce)()
            loss.backward()
            update(parameters, learning_rate)
            if after == "record":
                loss = ((predict(parameters, x) - y) ** 2).mean()
            losses.append(loss.item())
            if after == "return":
                break
        return losses[-1] if after == "last" else losses

    return faulty


def _step(parameters, learning_rate):
    for p in parameters:
        p.data = p.data - learning_rate * p.grad
        p.grad = None


def _without_clearing(parameters, learning_rate):
    for p in parameters:
        p.data = p.data - learning_rate * p.grad


def _uphill(parameters, learning_rate):
    _step(parameters, -learning_rate)


def _only_the_first(parameters, learning_rate):
    _step(parameters[:1], learning_rate)
    for p in parameters[1:]:
        p.grad = None


def _training_cases():
    import numpy as np

    from learnkit import Tensor, flip

    one = np.array([flip.IMAGE], float), np.array([flip.TARGET], float)
    every = np.array(flip.IMAGES, float), np.array([flip.flip(image) for image in flip.IMAGES], float)
    start = lambda: [Tensor(p) for p in flip.START]
    return [(start(), *one, 0.1, 5), (start(), *every, 0.2, 4), (start(), *every, 0.05, 1)]


training_loop = Exercise(
    number="8.6",
    title="The whole training loop",
    minutes=10,
    kind="complete",
    solution=train,
    cases=_training_cases(),
    mistakes=[
        Mistake(
            _training_with(_without_clearing),
            "The first two losses are right, then yours drift: the gradients of earlier steps are still in `p.grad`. "
            "Set it to None after each update.",
        ),
        Mistake(
            _training_with(_uphill),
            "Your loss rises: you step along the gradient, which points uphill. Subtract it.",
        ),
        Mistake(
            _training_with(lambda parameters, learning_rate: None),
            "Your parameters never change: the loss is the same at each step. Rebind `p.data` inside the loop.",
        ),
        Mistake(
            _training_with(_step, after="return"),
            "Yours stops after one step: is `return` indented into the loop?",
        ),
        Mistake(
            _training_with(_step, after="last"),
            "You return the last loss alone; return the list of all of them, one for each step.",
        ),
        Mistake(
            _training_with(_only_the_first),
            "Only W1 learns in your loop. Update every Tensor in `parameters`.",
        ),
        Mistake(
            _training_with(_step, reduce="sum"),
            "Yours adds up the squared errors. The loss is their mean: end with `.mean()`.",
        ),
        Mistake(
            _training_with(_step, after="record"),
            "Each of your losses is the next one's: record the loss that you differentiate, before the update.",
        ),
    ],
    hints=(
        "Four things happen at each step, in this order: forward, backward, update, clear the gradients.",
        "`loss = ((predict(parameters, x) - y) ** 2).mean()`, then `loss.backward()`; every p now has its p.grad.",
        "`for p in parameters:` rebind `p.data = p.data - learning_rate * p.grad`, then set `p.grad = None`.",
    ),
)


# 8.7
def flip_without_training():
    return [
        [1, 0, 0, 0],
        [0, 0, 1, 0],
        [0, 1, 0, 0],
        [0, 0, 0, 1],
    ]


by_hand = Exercise(
    number="8.7",
    title="Forty parameters by hand",
    minutes=5,
    kind="extend",
    solution=flip_without_training,
    mistakes=[
        Mistake(
            lambda: [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]],
            "That W2 returns every image unchanged: outputs 2 and 3 must swap their hidden units.",
        ),
        Mistake(
            lambda: [[0, 0, 0, 1], [0, 1, 0, 0], [0, 0, 1, 0], [1, 0, 0, 0]],
            "That W2 flips across the other diagonal: it swaps pixels 1 and 4 instead of 2 and 3.",
        ),
        Mistake(
            lambda: [[0, 0, 0, 1], [0, 0, 1, 0], [0, 1, 0, 0], [1, 0, 0, 0]],
            "That W2 turns the image by half a turn. The flip leaves pixels 1 and 4 where they are.",
        ),
    ],
    hints=(
        "With W1 the identity and pixels 0 or 1, each hidden unit is a copy of one pixel.",
        "Output 1 wants pixel 1, output 2 wants pixel 3, output 3 wants pixel 2, output 4 wants pixel 4.",
        "Start from the identity and exchange its rows 2 and 3.",
    ),
)


how_many_move = Prediction(
    "08-how-many-move",
    "How many of the 31 slopes will not be zero? Commit to a guess before you compute anything.",
    number=True,
)

can_it_learn_all = Prediction(
    "08-can-it-learn-all",
    "The same 31 parameters are now trained on all 16 images. Where does the mean squared error end?",
    options=[
        "It goes to 0: thirty-one parameters are plenty for sixteen small images.",
        "It gets small and keeps falling: a matter of patience.",
        "It never gets below one number above 0, whatever the start.",
    ],
)

dead_or_alive = Choice(
    "Hidden unit 2 has z₂ = −0.1. What does it pass on to the four outputs?",
    [
        Option("−0.1", "That is what arrives before the ReLU; the ReLU replaces every negative number by 0."),
        Option("0", "Its four weights in W2 are multiplied by 0: for this image they change nothing.", correct=True),
        Option("0.1", "The ReLU does not drop the sign, it drops the number: max(0, −0.1) = 0."),
    ],
)

why_row_two_is_zero = Choice(
    "Row 2 of ∂L/∂W1 is zero in every column, even for hidden unit 3, which is alive. Why?",
    [
        Option(
            "Pixel 2 is 0 in this image, and a weight's slope is its input times what arrives.",
            "With x₂ = 0 the weight is multiplied by nothing, so wiggling it changes nothing.",
            correct=True,
        ),
        Option(
            "The target's second pixel is 1.", "The target enters through the errors; it cannot single out a row of W1."
        ),
        Option(
            "The learning rate is too small.", "The learning rate scales the update. It has no part in the gradient."
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
    feedback={
        1_000_000: "That is one for each parameter. A central difference looks to both sides.",
        1_000_001: "That is the count for forward differences, which share one base point.",
        62: "That was for 31 parameters: two for each.",
        2: "Two for each parameter, and there are a million of them.",
        1: "One pass gives the loss; each of the million slopes needs two more.",
    },
)

who_is_right = Choice(
    "At the kink backprop says 0, the central difference 0.02125, the slope to the right is 0.0425. Which is the derivative?",
    [
        Option(
            "0, because backprop is exact.",
            "Backprop is exact about a choice: ReLU′(0) = 0 is a convention, not a theorem.",
        ),
        Option(
            "0.02125, because it was measured.", "It is the mean of two slopes, and the curve has it on neither side."
        ),
        Option(
            "None of them: at a kink there is a slope to the left and one to the right.",
            "Each method answers another question there, which is why they disagree.",
            correct=True,
        ),
    ],
)

cards = Cards(
    [
        ("parameter", "A number inside the model that training changes: here a weight or a bias, 31 in all."),
        ("forward pass", "From the input to the loss, remembering every number on the way."),
        (
            "backward pass",
            "From the loss back to every parameter, multiplying slopes along each path and adding over paths.",
        ),
        ("gradient", "The list of slopes of the loss, one for each parameter; it points where the loss rises fastest."),
        ("chain rule", "Slopes multiply along a path and add up over paths."),
        ("ReLU", "max(0, z): its slope is 1 where z is positive and 0 where it is negative."),
        (
            "dead unit",
            "A hidden unit that answers 0 to every input: no gradient comes back, so it never learns again.",
        ),
        (
            "kink",
            "A point where the slopes on the two sides differ, as the ReLU's do at 0. There is no one derivative there.",
        ),
        ("gradient check", "Comparing a gradient with finite differences. At a kink the comparison means nothing."),
        ("learning rate η", "How far a step goes: every parameter moves by −η times its slope."),
    ]
)
