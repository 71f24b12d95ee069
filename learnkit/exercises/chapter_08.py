"""Practice for chapter 8, the 31-parameter network: its exercises, quick checks, cards and predictions."""

from learnkit.practice.exercise import Exercise, Mistake
from learnkit.practice.predict import Prediction
from learnkit.practice.quiz import Cards, Choice, NumberAnswer, Option
from learnkit.training import predict, train


# 8.1
def second_hidden_unit():
    return 0 * -0.5 + 1 * 0.4 + 1 * 0.3 + 1 * 0.2 - 0.1  # pixel times weight down column 2 of W1, then b1₂


forward_number = Exercise(
    number="8.1",
    title="One forward number",
    minutes=3,
    kind="trace",
    solution=second_hidden_unit,
    mistakes=[
        Mistake(lambda: 0.9, "Yours is the weighted sum alone, 0.9: add the unit's bias, b1₂ = −0.1."),
        Mistake(lambda: 1.0, "You added 0.1; the bias b1₂ is −0.1."),
        Mistake(lambda: -0.1, "That is z₂ of the old image, [1, 0, 1, 1], or the bias alone: take [0, 1, 1, 1]."),
        Mistake(lambda: -0.5, "Yours is z₁ of this image: take column 2 of W1 and the bias b1₂."),
        Mistake(lambda: 0.2, "Yours is z₃ of this image: take column 2 of W1 and the bias b1₂."),
        Mistake(lambda: 0.1, "You took row 2 of W1, or column 3. What arrives at hidden unit 2 stands in column 2."),
        Mistake(
            lambda: 0.3, "You added all four weights of column 2. Pixel 1 is 0, so its weight, −0.5, adds nothing."
        ),
        Mistake(lambda: 0.4, "The second pixel is 1 as well: its weight, 0.4, is missing from your sum."),
        Mistake(lambda: 0.5, "The third pixel is 1 as well: its weight, 0.3, is missing from your sum."),
        Mistake(lambda: 0.6, "The fourth pixel is 1 as well: its weight, 0.2, is missing from your sum."),
    ],
    hints=(
        "z₂ collects what arrives at hidden unit 2: one product for each pixel, and one bias.",
        "The weights that arrive at unit 2 stand in column 2 of W1: −0.5, 0.4, 0.3, 0.2. Only pixel 1 is 0.",
        "0·(−0.5) + 1·0.4 + 1·0.3 + 1·0.2 + b1₂, and the bias stands under the unit.",
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
        "`[2 * (…) / len(target) for p, t in zip(prediction, target)]`: what is the error of one output?",
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
        Mistake(
            lambda hidden, arriving: [[h for _ in arriving] for h in hidden],
            "Every column of yours is h. Multiply it by the slope that arrives at output k.",
        ),
        Mistake(
            lambda hidden, arriving: [[hidden[-1] * g for g in arriving] for _ in hidden],
            "All your rows are the last one, as if they were one and the same list: build a new row for each unit.",
        ),
    ],
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
        ([1.0, -2.0], [[3.0, 1.0], [0.5, 2.0], [-1.0, 4.0]], [0.01, 2.0, -0.7]),
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
            lambda arriving, W2, z: [g * n for g, n in zip(_sums(arriving, W2), z)],
            "You multiplied by z. The factor is the slope of the ReLU at z, which is 0 or 1.",
        ),
        Mistake(
            lambda arriving, W2, z: [g * ((n > 0) - (n < 0)) for g, n in zip(_sums(arriving, W2), z)],
            "You multiplied by the sign of z. Where z is negative the slope of the ReLU is 0, not −1.",
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
    start="""
        def through_relu(arriving, W2, z):
            gradient = []
            for j in range(len(z)):
                pulled = sum(arriving[k] * W2[j][k] for k in range(len(arriving)))
                gradient.append(pulled)
            return gradient
    """,
    given="For our image it is right for the third hidden unit and wrong for the first two: which factor is missing?",
    hints=(
        "Two of the three hidden units answered 0 for our image. What does the ReLU do on the way back?",
        "ReLU′(z) is 1 for z > 0 and 0 otherwise, and it stands as a factor in the chain rule.",
        "Mend the line with `append`: `gradient.append(pulled if … else 0)`. When does the slope pass?",
    ),
)


# 8.5
def layer_backward(inputs, weights, arriving):
    d_weights = inputs[:, None] * arriving  # the same as np.outer(inputs, arriving)
    d_bias = arriving
    d_inputs = weights @ arriving
    return d_weights, d_bias, d_inputs


def _layer_cases():
    import numpy as np

    by_hand = np.array([1.0, -2]), np.array([[1.0, 2, -1], [3, -1, 1]]), np.array([2.0, -1, 3])
    draw = np.random.default_rng(0).normal
    return [by_hand, *(tuple(draw(size=size).round(2) for size in (m, (m, n), n)) for m, n in [(3, 4), (3, 3)])]


def _layer_with(d_weights=None, d_bias=None, d_inputs=None):
    """Return a backward pass in which what is given, a function of the three arguments, replaces the right slopes."""

    def faulty(*layer):
        parts = zip((d_weights, d_bias, d_inputs), layer_backward(*layer))
        return tuple(wrong(*layer) if wrong else right for wrong, right in parts)

    return faulty


whole_layer = Exercise(
    number="8.5",
    title="A whole layer at once",
    minutes=8,
    kind="complete",
    solution=layer_backward,
    returns=("d_weights", "d_bias", "d_inputs"),
    cases=_layer_cases(),
    mistakes=[
        Mistake(
            _layer_with(d_weights=lambda inputs, weights, arriving: arriving[:, None] * inputs),
            "Your gradient of the weights is transposed: it must have the shape of `weights`, one row for each input.",
        ),
        Mistake(
            _layer_with(d_weights=lambda inputs, weights, arriving: weights * arriving),
            "Your gradient of the weights contains the weights. A weight's slope is its input times what arrives.",
        ),
        Mistake(
            _layer_with(d_bias=lambda inputs, weights, arriving: arriving.sum()),
            "You added up the gradient of the biases. There is one bias for each output, and each keeps its own slope.",
        ),
        Mistake(
            _layer_with(d_bias=lambda inputs, weights, arriving: inputs),
            "Your `d_bias` is the inputs. A bias is added at an output: its slope is what arrives there, times 1.",
        ),
        Mistake(
            _layer_with(d_inputs=lambda inputs, weights, arriving: weights * arriving),
            "Your `d_inputs` still has one entry for each weight. Each input feeds every output: add up over the outputs.",
        ),
        Mistake(
            _layer_with(d_inputs=lambda inputs, weights, arriving: (weights * arriving).sum(axis=0)),
            "Your `d_inputs` adds up over the inputs. Each input feeds every output: add up over the outputs, `axis=1`.",
        ),
        Mistake(
            _layer_with(d_inputs=lambda inputs, weights, arriving: weights.sum(axis=1)),
            "Your `d_inputs` adds up the weights alone. Along each path the weight is multiplied by what arrives.",
        ),
        Mistake(
            _layer_with(d_inputs=lambda inputs, weights, arriving: weights.T @ arriving),
            "Rows of `weights` belong to the inputs and columns to the outputs: `weights @ arriving`, not transposed.",
        ),
        Mistake(
            _layer_with(d_inputs=lambda inputs, weights, arriving: (weights @ arriving) * (inputs > 0)),
            "Your `d_inputs` stops where the input is not positive. A layer alone has no ReLU: that is the next step back.",
        ),
        Mistake(
            _layer_with(d_inputs=lambda inputs, weights, arriving: (weights @ arriving).clip(0)),
            "Your `d_inputs` loses its negative slopes. A layer alone has no ReLU, and a ReLU looks at z, not at slopes.",
        ),
        Mistake(
            lambda inputs, weights, arriving: inputs[:, None] * arriving,
            "Yours returns the slopes of the weights alone: return three arrays, `d_weights, d_bias, d_inputs`.",
        ),
        Mistake(
            _layer_with(d_inputs=lambda inputs, weights, arriving: inputs[:, None] * arriving),
            "Your `d_inputs` is the gradient of the weights again. Going back, what arrives is multiplied by the weights.",
        ),
    ],
    hints=(
        "Let the shapes lead: `d_weights` has the shape of `weights`, `d_bias` that of `arriving`, `d_inputs` that of `inputs`.",
        "Every input times every arriving slope: `np.outer(inputs, arriving)`.",
        "`d_inputs` adds, for each input, weight times arriving slope over all outputs: which of `h @ W2` and `W2 @ d` does that?",
    ),
)


# 8.6
def _step(parameters, learning_rate):
    for p in parameters:
        p.data = p.data - learning_rate * p.grad
        p.grad = None


def _training_with(update=_step, after=None, mean=lambda squares: squares.mean()):
    """Return a training loop that differs from `train` in one place."""

    def faulty(parameters, x, y, learning_rate, steps):
        losses = []
        for _ in range(steps):
            loss = mean((predict(parameters, x) - y) ** 2)
            loss.backward()
            update(parameters, learning_rate)
            if after == "record":
                loss = ((predict(parameters, x) - y) ** 2).mean()
            losses.append(loss.item())
            if after == "return":
                break
        return losses[-1] if after == "last" else losses[-1:] if after == "replace" else losses

    return faulty


def _clearing(which):
    def update(parameters, learning_rate):
        for p in parameters:
            p.data = p.data - learning_rate * p.grad
        for p in parameters[which]:
            p.grad = None

    return update


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
            _training_with(_clearing(slice(0))),
            "The first two losses are right, then yours drift: the gradients of earlier steps are still in `p.grad`. "
            "Set it to None after each update.",
        ),
        *(
            Mistake(
                _training_with(_clearing(some)),
                "The first two losses are right, then yours drift: some `p.grad` still holds earlier steps. "
                "Is `p.grad = None` inside the inner `for p` loop?",
            )
            for some in (slice(1), slice(3, 4))
        ),
        Mistake(
            _training_with(lambda parameters, learning_rate: _step(parameters, -learning_rate)),
            "Your loss rises: you step along the gradient, which points uphill. Subtract it.",
        ),
        Mistake(
            _training_with(lambda parameters, learning_rate: None),
            "Your loss is the same at each step: either `p.data` is never rebound, or the forward pass stands "
            "outside the loop.",
        ),
        Mistake(
            _training_with(lambda parameters, learning_rate: parameters[0].data - learning_rate * None),
            "There `p.grad` is None: call `loss.backward()` before the update, and clear the gradients only after it.",
        ),
        Mistake(
            _training_with(lambda parameters, learning_rate: _step(parameters, 1)),
            "You step by the whole slope: multiply it by `learning_rate`.",
        ),
        Mistake(
            _training_with(lambda parameters, learning_rate: _step(parameters, 0.1)),
            "Right for a learning rate of 0.1 only: use `learning_rate`.",
        ),
        Mistake(
            _training_with(_only_the_first),
            "Only W1 learns in your loop. Update every Tensor in `parameters`.",
        ),
        Mistake(
            _training_with(after="return"),
            "Yours stops after one step: is `return` indented into the loop?",
        ),
        Mistake(
            _training_with(after="last"),
            "You return the last loss alone; return the list of all of them, one for each step.",
        ),
        Mistake(
            _training_with(after="replace"),
            "Your list holds the last loss alone: you make a new list at each step. Append to one made before the loop.",
        ),
        Mistake(
            _training_with(after="record"),
            "Each of your losses is the next one's: record the loss that you differentiate, before the update.",
        ),
        Mistake(
            _training_with(mean=lambda squares: squares.sum()),
            "Yours adds up the squared errors. The loss is their mean: end with `.mean()`.",
        ),
        Mistake(
            _training_with(mean=lambda squares: (squares / 4).sum()),
            "Right for one image, wrong for sixteen: there are 64 squared errors then. End with `.mean()`.",
        ),
        Mistake(
            _training_with(mean=lambda squares: squares.sum() / len(squares.data)),
            "Yours adds up the four outputs of each image. The loss is the mean over outputs, too: end with `.mean()`.",
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


def _exchanging(*pairs):
    """Return a function that gives the identity after exchanging these rows, counted from 1."""
    rows = [[int(i == j) for j in range(4)] for i in range(4)]
    for i, j in pairs:
        rows[i - 1], rows[j - 1] = rows[j - 1], rows[i - 1]
    return lambda: rows


by_hand = Exercise(
    number="8.7",
    title="Forty parameters by hand",
    minutes=5,
    kind="extend",
    solution=flip_without_training,
    mistakes=[
        Mistake(
            _exchanging(),
            "That W2 returns every image unchanged: outputs 2 and 3 must swap their hidden units.",
        ),
        Mistake(
            _exchanging((1, 4)),
            "That W2 flips across the other diagonal: it swaps pixels 1 and 4 instead of 2 and 3.",
        ),
        Mistake(
            _exchanging((1, 4), (2, 3)),
            "That W2 turns the image by half a turn. The flip leaves pixels 1 and 4 where they are.",
        ),
        *(
            Mistake(_exchanging((i, j)), f"That W2 swaps pixels {i} and {j}. The flip swaps 2 and 3: count from 1.")
            for i, j in [(1, 2), (1, 3), (2, 4), (3, 4)]
        ),
    ],
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
)

NEVER_BELOW = "It never gets below one number above 0, whatever the start."

can_it_learn_all = Prediction(
    "08-can-it-learn-all",
    "The same 31 parameters are now trained on all 16 images. Where does the mean squared error end?",
    options=[
        "It goes to 0: thirty-one parameters are plenty for sixteen small images.",
        "It gets small and keeps falling: a matter of patience.",
        NEVER_BELOW,
    ],
)

best_rate = Prediction(
    "08-best-rate",
    "Which of these learning rates gives the smallest loss after 100 steps on the one image?",
    options=["η = 0.001", "η = 0.1", "η = 1.5", "η = 4"],
)

what_passes_on = Choice(
    "Hidden unit 2 has z₂ = −0.1. What does it pass on to the four outputs?",
    [
        Option("−0.1", "That is what arrives before the ReLU; the ReLU replaces every negative number by 0."),
        Option("0", "Its four weights in W2 are multiplied by 0: for this image they change nothing.", correct=True),
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
        2_000_001: "There is no pass at the base point: the two sides of each parameter are all that is needed.",
        2_000_000: "2,000,000: two for each. Reverse mode needs one forward and one backward pass for all of them.",
        1_000_001: "That is what forward differences need. A central difference looks to both sides.",
        62_000_000: "62 was for all 31 parameters together, two for each.",
        1_000_000: "That is about one for each parameter, as forward differences need. A central difference looks to both sides.",
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
        ("parameter", "A number inside the model that training changes: here a weight or a bias, 31 in all."),
        ("forward pass", "From the input to the loss, remembering every number on the way."),
        (
            "backward pass",
            "From the loss back to every parameter, multiplying slopes along each path and adding over paths.",
        ),
        ("gradient", "The list of slopes of the loss, one for each parameter; it points where the loss rises fastest."),
        ("chain rule", "Slopes multiply along a path and add up over paths."),
        ("ReLU", "max(0, z): its slope is 1 where z is positive and 0 where it is negative."),
        ("hidden unit", "It adds up its weighted inputs and its bias; the ReLU decides what it passes on."),
        ("inactive unit", "A hidden unit that answers 0 to this image: no slope gets back through it."),
        (
            "dead unit",
            "A hidden unit that answers 0 to every input: no gradient comes back, so it never learns again.",
        ),
        (
            "kink",
            "A point where the slopes on the two sides differ, as the ReLU's do at 0. There is no one derivative there.",
        ),
        ("central difference", "The loss a little above minus the loss a little below, over the distance."),
        (
            "subgradient",
            "At a kink, any number between the slopes on the two sides. Backprop reports one.",
        ),
        ("logit", "An output that is read by its sign: above 0 means the answer 1."),
        ("gradient check", "Comparing a gradient with finite differences. At a kink the comparison means nothing."),
        ("learning rate η", "How far a step goes: every parameter moves by −η times its slope."),
    ]
)
