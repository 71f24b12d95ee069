"""Practice for chapter 9, from numbers to arrays: exercises, checks, cards and predictions."""

import numpy as np

from learnkit import losses, nn, optim
from learnkit.autograd.tensor import Tensor
from learnkit.data import moons, spirals
from learnkit.practice.exercise import Exercise
from learnkit.practice.predict import Prediction
from learnkit.practice.quiz import Cards, Choice, NumberAnswer, Option


def twin_task():
    """Return what the model and its PyTorch twin start from: a state, inputs and targets."""
    nn.manual_seed(0)
    model = nn.Sequential(nn.Linear(2, 16), nn.Tanh(), nn.Linear(16, 1))
    x, y = moons(200, noise=0.1, seed=0)
    return model.state_dict(), x, y[:, None].astype(float)


def numbers(draw, *shape):
    """Return an array of numbers drawn between -3 and 3, with one decimal."""
    count = int(np.prod(shape, dtype=int))
    return np.array([round(draw.uniform(-3, 3), 1) for _ in range(count)]).reshape(shape)


# 9.1
def x_grad():
    return [6, 0, 4]


trace_a_pull = Exercise(
    number="9.1",
    title="A gradient of three entries",
    minutes=2,
    kind="trace",
    solution=x_grad,
    task=(
        "x = [3, −1, 2], h = relu(x), and L is the sum of the squares of h. What stands in `x.grad` after "
        "`L.backward()`? Type the list of three numbers."
    ),
    mistakes={
        (
            6,
            -2,
            4,
        ): "That is 2x. The second entry of x is negative: what does relu make of it, and how fast does that change?",
        (3, 0, 2): "Half of it: that is h. The slope of h² is 2h.",
        (9, 0, 4): "Those are the squares, the parts of L. How fast does each change with h?",
        (
            1,
            0,
            1,
        ): "That is the slope of relu alone. Multiply it by the slope that arrives from the squares.",
        (2, 0, 2): "The slope of h² is 2h, which is not the same for every entry.",
        (2, 2, 2): "The slope of h² is 2h, which is not the same for every entry.",
        (
            6,
            1,
            4,
        ): "Two are right. The second entry of h is 0 and stays 0 if x moves a little: its slope is 0.",
        (
            6,
            2,
            4,
        ): "Two are right. The second entry of h is 0 and stays 0 if x moves a little: its slope is 0.",
        (0, -2, 0): "The mask is turned round: relu passes a slope on where x is positive.",
        (3, -1, 2): "That is x itself. Its gradient says how fast L changes with each entry.",
        (
            9,
            1,
            4,
        ): "Those are the squares of x. The gradient says how fast L changes with each entry.",
        (12, 0, 8): "Twice too much: the slope of h² is 2h, and relu passes it on as it is.",
        (
            18,
            0,
            8,
        ): "You multiplied by h once too often: relu's own slope where x is positive is 1.",
        (-6, 0, -4): "The sign is turned. This is the gradient, not the step against it.",
        (6, 0, 2): "The last entry of h is 2, and its square has the slope 2 · 2.",
        (3, 0, 4): "The first entry of h is 3, and its square has the slope 2 · 3.",
        (6, 4): "The gradient has the shape of x: three entries. One of them is 0.",
        (1, 1, 1): "That is the slope of the sum alone. Squares and relu lie on the way to x.",
        (5, 0, 5): "The slope of a square is 2h: 2 times 3 for the first entry.",
    },
    explain=lambda value: (
        "One number is the loss or its sum. A gradient has the shape of x: a list of three numbers."
        if isinstance(value, int | float)
        else ""
    ),
    hints=(
        "Entry by entry: x → h → h² → added to L. Slopes multiply along the way.",
        "The sum hands 1 to every square, a square hands 2h to h, and relu hands on what it gets where x is positive.",
        "2 · 3 for the first. For the second, h is 0 on both sides of −1.",
    ),
)


# 9.2
def sum_to(g, shape):
    while g.ndim > len(shape):
        g = g.sum(axis=0)
    for axis, length in enumerate(shape):
        if length == 1:
            g = g.sum(axis=axis, keepdims=True)
    return g


def counting(*shape):
    """Return an array whose entries all differ, and so do their sums."""
    count = int(np.prod(shape, dtype=int))
    return (np.arange(count) ** 2 * 1.0 - 3).reshape(shape)


def any_gradient(draw):
    shape = [draw.randint(2, 4) for _ in range(draw.randint(1, 3))]
    kept = shape[draw.randint(0, len(shape)) :]
    return numbers(draw, *shape), tuple(1 if draw.random() < 0.4 else n for n in kept)


def spread_out(g, shape):
    return np.broadcast_to(g.sum(), shape)


def shrunk_first(g, shape):
    for axis, length in enumerate(shape):
        if length == 1:
            g = g.sum(axis=axis, keepdims=True)
    while g.ndim > len(shape):
        g = g.sum(axis=0)
    return g


undo_broadcasting = Exercise(
    number="9.2",
    title="The reverse of broadcasting",
    minutes=5,
    kind="complete",
    solution=sum_to,
    task=(
        "An array of shape `shape` was stretched to the shape of `g`, the gradient that comes back. Return the gradient "
        "of the array, in its own shape. First take off the axes that were added in front; then shrink every axis whose "
        "length was 1."
    ),
    start="""
        def sum_to(g, shape):
            while g.ndim > len(shape):
                g = ...
            for axis, length in enumerate(shape):
                if length == 1:
                    g = ...
            return g
    """,
    cases=[
        (counting(3, 4), (4,)),
        (counting(3, 4), (3, 1)),
        (counting(3, 4), ()),
        (counting(3, 4), (1, 4)),
        (counting(3, 4), (1, 1)),
        (counting(3, 4), (3, 4)),  # nothing was stretched
        (counting(4, 4), (4,)),  # rows and columns are as long
        (counting(4, 4), (4, 1)),
        (counting(2, 3, 4), (4,)),
        (counting(2, 3, 4), (3, 1)),
        (counting(2, 3, 4), (1, 1, 4)),
        (counting(1, 3), (1, 3)),
    ],
    fresh=any_gradient,
    mistakes={
        "g = g.sum(axis=0) → g = g.sum(axis=-1)": (
            "You take off the last axis. Broadcasting adds axes in front: it is the first that goes."
        ),
        "g = g.sum(axis=0) → g = g[0]": (
            "You keep what the first copy got and forget the others. Every copy is a path to the loss, and paths add up."
        ),
        "g = g.sum(axis=0) → g = g.mean(axis=0)": (
            "For the axes in front you take a mean. Slopes that come back along several paths are added up."
        ),
        "g.sum(axis=axis, keepdims=True) → g.sum(axis=axis)": (
            "An axis of length 1 disappears in yours. It has to stay, at length 1: `keepdims=True`."
        ),
        "g.sum(axis=axis, keepdims=True) → g.sum(axis=0, keepdims=True)": (
            "You shrink the first axis each time. The one to shrink is the one whose length was 1."
        ),
        shrunk_first: (
            "You shrink before the axes in front are off. Until then axis 0 of g is not axis 0 of the array: take those off "
            "first."
        ),
        (
            "while g.ndim > len(shape): → while False:",
            "if length == 1: → if False:",
            "return g → return g.reshape(shape)",
        ): (
            "A reshape keeps every entry, and g has more of them than the array: the slopes of copies are to be added up."
        ),
        (
            "while g.ndim > len(shape): → while False:",
            "if length == 1: → if False:",
            "return g → return np.broadcast_to(g, shape)",
        ): "That stretches once more. The way back goes the other way: the slopes of copies are added up.",
        "\n    while g.ndim > len(shape):\n        g = g.sum(axis=0) → ": (
            "Axes whose length was 1 are seen to. Those that broadcasting added in front are still there."
        ),
        spread_out: "Every entry of yours has the sum of all slopes. Each entry receives those of its own copies.",
        "g.sum(axis=axis, keepdims=True) → g.mean(axis=axis, keepdims=True)": (
            "For the axes of length 1 you take a mean. Slopes that come back along several paths are added up."
        ),
        (
            "g = g.sum(axis=0) → g = g.mean(axis=0)",
            "g.sum(axis=axis, keepdims=True) → g.mean(axis=axis, keepdims=True)",
        ): ("You take means. Slopes that come back along several paths are added up."),
        "g.sum(axis=axis, keepdims=True) → g[:1]": (
            "For an axis of length 1 you keep a first row and forget the rest. Every copy is a path to the loss, and "
            "paths add up."
        ),
        "if length == 1: → if length != 1:": (
            "You shrink the axes that were as long already. The stretched ones are those whose length was 1."
        ),
        "g = g.sum(axis=axis, keepdims=True) → pass": (
            "Axes in front are right. An axis whose length was 1 has been stretched too, and is to shrink again."
        ),
        "g.sum(axis=axis, keepdims=True) → g.sum(keepdims=True)": (
            "You sum over all axes where one is meant: `axis=axis`."
        ),
        "g.sum(axis=axis, keepdims=True) → g.max(axis=axis, keepdims=True)": (
            "You keep the largest slope of the copies. Slopes that come back along several paths are added up."
        ),
        "while g.ndim > len(shape): → if g.ndim > len(shape):": (
            "You take off one axis at most. A number that was stretched to a table has had two added, so go on while "
            "there are too many."
        ),
        ("g.sum(axis=0) → g[0]", "g.sum(axis=axis, keepdims=True) → g.take([0], axis=axis)"): (
            "You keep what came back to the first of the copies. All copies are one number: add up what came to each."
        ),
    },
    equivalent={
        "line 2: size compared: g.ndim > len(shape) → abs(g.ndim) > len(shape)": "There are no fewer than 0 axes.",
        "line 4: some entries only: enumerate(shape) → list(enumerate(shape))[::-1]": "The order of the axes is free.",
    },
    hints=(
        "Which entries of g belong to one entry of the array? Broadcasting copied it; their slopes add up.",
        "New axes stand in front, so `axis=0` goes first, as often as there are too many.",
        "An axis that was 1 long stays, at length 1: `keepdims=True`.",
    ),
)


# 9.3
def product_backward(g, x, w):
    along_x = g @ w.T
    along_w = x.T @ g
    return along_x, along_w


def any_product(draw):
    n, k, m = (draw.randint(1, 4) for _ in range(3))
    return numbers(draw, n, m), numbers(draw, n, k), numbers(draw, k, m)


backward_of_a_product = Exercise(
    number="9.3",
    title="Backward through a matrix product",
    minutes=4,
    kind="complete",
    solution=product_backward,
    task=(
        "z = x @ w, and `g` is the gradient along z, of z's shape. Return two arrays, `along_x` and `along_w`, each in "
        "the shape of its matrix. One line each."
    ),
    start="""
        def product_backward(g, x, w):
            along_x = ...
            along_w = ...
            return along_x, along_w
    """,
    returns=("along_x", "along_w"),
    cases=[
        (counting(5, 2), counting(5, 3), counting(3, 2)),
        (counting(1, 2), counting(1, 3), counting(3, 2)),  # one row
        (counting(4, 1), counting(4, 3), counting(3, 1)),  # one output
        (counting(3, 3), counting(3, 3) - 5, 2 - counting(3, 3)),  # where shapes guard nothing
        (counting(2, 2) * 0, counting(2, 2), counting(2, 2)),  # no slope arrives
    ],
    fresh=any_product,
    mistakes={
        ("along_x = g @ w.T → along_x = x.T @ g", "along_w = x.T @ g → along_w = g @ w.T"): (
            "The two are exchanged: the gradient along x is made from w, and the one along w from x."
        ),
        "g @ w.T → w @ g.T": "Your gradient along x lies on its side: it has the shape of x turned over.",
        "x.T @ g → g.T @ x": "Your gradient along w lies on its side: it has the shape of w turned over.",
        (
            "g @ w.T → w @ g.T",
            "x.T @ g → g.T @ x",
        ): "Both lie on their sides: each has its matrix's shape turned over.",
        "x.T @ g → x.T @ g / len(g)": (
            "You divide along w by the number of rows. If the loss is a mean, g has been divided already."
        ),
        ("g @ w.T → np.ones_like(g) @ w.T", "x.T @ g → x.T @ np.ones_like(g)"): (
            "You take no notice of g: every slope that arrives has to be multiplied by the slope of the product."
        ),
        ("g @ w.T → w", "x.T @ g → x"): (
            "Those are the other factors, as if one number were multiplied by another. Each is to be multiplied by g, "
            "as matrices are."
        ),
        ("g @ w.T → g @ w", "x.T @ g → x @ g"): (
            "Neither product fits. In each sum, which index runs: the first of both factors, or the last? One factor has to be "
            "turned over so that these two meet."
        ),
        "g @ w.T → g @ w.reshape(w.shape[::-1])": (
            "A reshape reads the entries on in their order and breaks the rows at other places. Turning over exchanges rows "
            "and columns."
        ),
        "return along_x, along_w → return along_x": "Only the gradient along x comes back: two arrays are asked for.",
    },
    hints=(
        "Let the shapes lead: z is (n, m), x is (n, k), w is (k, m). What can be multiplied to give (n, k)?",
        "g is (n, m) and w turned over is (m, k). And for (k, m) you need x turned over, (k, n).",
        "`g @ w.T`, and for the other x.T comes first.",
    ),
)


# 9.4
def mean_squared_error(prediction, target):
    error = prediction - target.reshape(prediction.shape)
    return (error**2).mean()


def any_forecast(draw):
    n = draw.randint(2, 5)
    shapes = draw.choice([((n, 1), (n,)), ((n,), (n, 1)), ((n, 1), (n, 1)), ((n,), (n,))])
    return tuple(numbers(draw, *shape) for shape in shapes)


def one_way_only(prediction, target):
    if prediction.shape != target.shape:
        target = target[:, np.newaxis]
    return ((prediction - target) ** 2).mean()


def other_way_only(prediction, target):
    if prediction.shape != target.shape:
        prediction = prediction[:, np.newaxis]
    return ((prediction - target) ** 2).mean()


mend_the_loss = Exercise(
    number="9.4",
    title="A loss that compares everything with everything",
    minutes=4,
    kind="mend",
    solution=mean_squared_error,
    task=(
        "This loss is right if both arrays have shape (n, 1), or both (n,). If one has (n, 1) and the other (n,), it "
        "raises no error and is wrong. Mend it so that all four ways are right; both hold n numbers in one order."
    ),
    start="""
        def mean_squared_error(prediction, target):
            error = prediction - target
            return (error**2).mean()
    """,
    given="For (n, 1) against (n,) every prediction is compared with every target.",
    cases=[
        (counting(4, 1), counting(4) + 1),
        (counting(4), 2 * counting(4, 1)),
        (counting(4, 1), 2 * counting(4, 1)),
        (counting(4), counting(4) - 1),
        (counting(1, 1), counting(1) + 2),
        (np.linspace(-1, 1, 20)[:, None] * 1.5, 2 * np.linspace(-1, 1, 20) + 0.5),
    ],
    fresh=any_forecast,
    mistakes={
        "target.reshape(prediction.shape) → target.reshape(-1, 1)": (
            "Right if the predictions have shape (n, 1). If they have shape (n,), yours still compares each with all."
        ),
        "target.reshape(prediction.shape) → target.ravel()": (
            "Right if the predictions have shape (n,). If they have shape (n, 1), yours still compares each with all."
        ),
        "prediction - target.reshape(prediction.shape) → prediction.ravel() - target": (
            "Right if the targets have shape (n,). If they have shape (n, 1), yours still compares each with all."
        ),
        "prediction - target.reshape(prediction.shape) → prediction.reshape(-1, 1) - target": (
            "Right if the targets have shape (n, 1). If they have shape (n,), yours still compares each with all."
        ),
        "target.reshape(prediction.shape) → target[:, np.newaxis]": (
            "Right if the predictions have shape (n, 1) and the targets (n,). Targets of two axes get a third in yours."
        ),
        (
            "target.reshape(prediction.shape) → target",
            "(error**2).mean() → (error**2).sum() / len(error)",
        ): "You still subtract every target from every prediction, and divide the n · n squares by n.",
        (
            "target.reshape(prediction.shape) → target",
            "(error**2).mean() → (error**2).mean() / len(error)",
        ): "You still subtract every target from every prediction. No divisor takes out what should not be in the mean.",
        (
            "target.reshape(prediction.shape) → target",
            "(error**2).mean() → np.diag(error**2).mean()",
        ): "The diagonal is right where each is compared with all. Where the shapes agree there is none to take.",
        one_way_only: (
            "Right unless the predictions have shape (n,) and the targets (n, 1): then yours still compares each with all."
        ),
        "prediction - target.reshape(prediction.shape) → prediction[:, np.newaxis] - target": (
            "Right if the predictions have shape (n,) and the targets (n, 1). Predictions of two axes get a third in yours."
        ),
        other_way_only: (
            "Right unless the predictions have shape (n, 1) and the targets (n,): then yours still compares each with all."
        ),
        "prediction - target.reshape(prediction.shape) → prediction[:, 0] - target": (
            "Right if the predictions have shape (n, 1) and the targets (n,). Predictions of shape (n,) have no column to take."
        ),
        "prediction - target.reshape(prediction.shape) → prediction - target[:, 0]": (
            "Right if the targets have shape (n, 1) and the predictions (n,). Targets of shape (n,) have no column to take."
        ),
        "prediction - target.reshape(prediction.shape) → prediction.reshape(20) - target.reshape(20)": (
            "Yours takes 20 numbers and no others. Let the length follow from the array, or write -1 for it."
        ),
        "prediction - target.reshape(prediction.shape) → np.sort(prediction.ravel()) - np.sort(target.ravel())": (
            "You sort both, so that a prediction meets another one's target. Keep the order."
        ),
        "(error**2).mean() → error.ravel()[-1] ** 2": (
            "That is the squared error of the last example alone. The loss is the mean over all."
        ),
        ".mean() → .sum()": "The shapes are right now, but this is the sum of the squared errors. The loss is their mean.",
        "prediction - target.reshape(prediction.shape) → prediction.mean() - target.mean()": (
            "You take the mean of the errors before the square: errors above and below cancel. Square each, then take the mean."
        ),
        "(error**2).mean() → abs(error).mean()": (
            "The shapes are right now, but the errors are no longer squared."
        ),
        "(error**2).mean() → (error**2)": "Those are the squared errors of all examples. The loss is their mean, one number.",
        "(error**2).mean() → (error**2).mean() ** 0.5": "That is the root of the loss, which is asked for without it.",
    },
    equivalent={
        "line 1: arguments exchanged throughout: def mean_squared_error(prediction, targ…": "the difference is squared",
        "line 2: order turned: prediction - target.reshape(prediction.… → target.reshape(prediction.shape) - pred…": "the difference is squared",
        "line 2: sign of result turned: prediction - target.reshape(prediction.… → -(prediction - target.reshape(predictio…": "the difference is squared",
        "line 2: size only: prediction - target.reshape(prediction.… → abs(prediction - target.reshape(predict…": "the difference is squared",
        "line 3: mean of rows only: (error ** 2).mean() → (error ** 2).sum() / len((error ** 2).d…": "there is one number in each row",
    },
    hints=(
        "Print `error.shape` for (4, 1) and (4,). How many errors should there be?",
        "Give both the same shape before you subtract.",
        "`target.reshape(…)` gives the target any shape that you name; which one does not have to be typed in.",
    ),
)


# 9.5
def linear(x, weight, bias, g):
    output = x @ weight.T + bias
    along_weight = g.T @ x
    along_bias = g.sum(axis=0)
    along_x = g @ weight
    return output, along_weight, along_bias, along_x


def any_layer(draw):
    n, k, m = (draw.randint(1, 4) for _ in range(3))
    return numbers(draw, n, k), numbers(draw, m, k), numbers(draw, m), numbers(draw, n, m)


linear_layer = Exercise(
    number="9.5",
    title="A linear layer, forward and backward",
    minutes=6,
    kind="extend",
    solution=linear,
    task=(
        "PyTorch keeps the weights of a layer with a row for each *output*: `weight` has shape (outputs, inputs), `bias` "
        "(outputs,), and the layer computes `x @ weight.T + bias` for `x` of shape (n, inputs). `g` is the gradient along "
        "the output. Return four arrays: the output, and the gradients along weight, bias and x, each in the shape of "
        "what it belongs to. No engine: NumPy alone."
    ),
    start="""
        def linear(x, weight, bias, g):
            output = ...
            along_weight = ...
            along_bias = ...
            along_x = ...
            return output, along_weight, along_bias, along_x
    """,
    returns=("output", "along_weight", "along_bias", "along_x"),
    cases=[
        (counting(5, 3), counting(2, 3), counting(2), counting(5, 2)),
        (counting(1, 3), counting(2, 3), counting(2), counting(1, 2)),
        (counting(4, 1), counting(3, 1), counting(3), counting(4, 3)),
        (counting(3, 3) - 9, counting(3, 3), 7 - counting(3), 4 - counting(3, 3)),
        (moons(6)[0], counting(1, 2), counting(1), counting(6, 1)),
    ],
    fresh=any_layer,
    mistakes={
        "along_weight = g.T @ x → along_weight = x.T @ g": (
            "`along_weight` lies on its side. Here weight has a row for each output: shape (outputs, inputs)."
        ),
        "g.sum(axis=0) → g": (
            "`along_bias` has a row for each example. The bias was copied to every row: what becomes of its copies' slopes?"
        ),
        "g.sum(axis=0) → g.mean(axis=0)": (
            "`along_bias` is a mean over the examples. Slopes of copies are added up; if the loss is a mean, g has been divided already."
        ),
        "g.sum(axis=0) → g.sum(axis=1)": (
            "`along_bias` has a number for each example. One for each output is meant: sum down the columns."
        ),
        "g.sum(axis=0) → g.sum()": "`along_bias` is one number. Each output has a bias of its own.",
        "g.sum(axis=0) → g.sum(axis=0, keepdims=True)": (
            "`along_bias` is a row of a table in yours, with two axes. bias has one: leave out `keepdims`."
        ),
        "g.sum(axis=0) → g[0]": (
            "`along_bias` has the slopes of the first example alone. The bias was copied to every row: add up what all "
            "copies got."
        ),
        ("g.T @ x → g.T @ x / len(x)", "g.sum(axis=0) → g.sum(axis=0) / len(x)"): (
            "You divide along weight and bias by the number of examples. If the loss is a mean, g has been divided already."
        ),
        "along_x = g @ weight → along_x = g @ weight.T": (
            "`along_x` is made with the weights turned over. The layer has turned them already: weight has a row for each output."
        ),
        (
            "along_weight = g.T @ x → along_weight = x.T @ g",
            "along_x = g @ weight → along_x = g @ weight.T",
        ): (
            "Those are the two rules for `x @ w`, where w has a column for each output. Here weight has a row for each: read "
            "them again with w turned over."
        ),
        "return output, along_weight, along_bias, along_x → return output": (
            "Only the output comes back: four arrays are asked for."
        ),
        "x @ weight.T + bias → x @ weight.T": "The output lacks its bias.",
        "x @ weight.T + bias → x @ weight + bias": (
            "The output multiplies by the weights as they are. They have a row for each output: turn them over first."
        ),
        "g.sum(axis=0) → g.sum(axis=0) * bias": "`along_bias` is multiplied by the bias. The bias is added, so its slope is 1.",
        "g.sum(axis=0) → np.ones_like(bias)": "`along_bias` takes no notice of g: every slope that arrives is handed to a copy of the bias.",
        "g.T @ x → g.T @ x / len(x)": "`along_weight` is divided by the number of examples. If the loss is a mean, g has been divided already.",
        "along_x = g @ weight → along_x = g": "`along_x` is g itself, whose shape is that of the output. Each entry of x is multiplied by a weight on its way there.",
    },
    hints=(
        "Shapes first: weight is (m, k), g is (n, m), x is (n, k). Which products give (m, k) and (n, k)?",
        "The bias is stretched over n rows, so the slopes of its copies add up along axis 0.",
        "`g.T @ x` and `g @ weight`: here the transpose has changed sides.",
    ),
)


# 9.6
def train(model, x, y, learning_rate, steps):
    optimizer = optim.SGD(model.parameters(), lr=learning_rate)
    curve = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = losses.binary_cross_entropy_with_logits(model(x), y)
        loss.backward()
        optimizer.step()
        curve.append(loss.item())
    return curve


def small_model(seed):
    """Return a network 2-3-1 with the first values of a seed."""
    nn.manual_seed(seed)
    return nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 1))


def some_moons(count, seed):
    x, y = moons(count, noise=0.1, seed=seed)
    return x, y[:, None].astype(float)


def sure_model(seed):
    """Return the same network with so large a last bias that it says class 1 of every point."""
    model = small_model(seed)
    *_, bias = model.parameters()
    bias.data = bias.data + 40
    return model


def any_training(draw):
    seed = draw.randint(0, 99)
    rate, steps = draw.choice((0.1, 0.3, 0.5, 1.0)), draw.randint(2, 5)
    return small_model(seed), *some_moons(draw.randint(4, 9), seed), rate, steps


training_loop = Exercise(
    number="9.6",
    title="A training loop for two classes",
    minutes=7,
    kind="complete",
    solution=train,
    task=(
        "Write the loop of chapter 5 for any model, if you can without looking up `trained`. `y` has shape (n, 1), as the scores `model(x)` "
        "have, and the loss is `losses.binary_cross_entropy_with_logits(scores, y)`. Return the list of the losses, each "
        "as a plain number and as it was before its step."
    ),
    start="""
        def train(model, x, y, learning_rate, steps):
            optimizer = optim.SGD(model.parameters(), lr=learning_rate)
            curve = []
            for _ in range(steps):
                ...
            return ...
    """,
    cases=[
        (small_model(0), *some_moons(6, 0), 0.5, 4),
        (small_model(1), *some_moons(9, 1), 0.1, 3),
        (small_model(2), *some_moons(5, 2), 1.0, 1),
        (small_model(3), *some_moons(5, 3), 1.0, 0),  # no step, no loss
        # class 1 everywhere, and known: every loss is nearly 0
        (sure_model(4), some_moons(5, 4)[0], np.ones((5, 1)), 0.5, 3),
    ],
    fresh=any_training,
    mistakes={
        "\n        optimizer.zero_grad() → ": (
            "The first two losses are right, then yours drift: the slopes of earlier steps are still there. Forget them "
            "once in each step."
        ),
        "\n        optimizer.step() → ": (
            "Your loss is the same at each step. Each has to compute it anew, find slopes with `backward()`, and let the "
            "optimizer step while they are there."
        ),
        "curve.append(loss.item()) → curve.append(losses.binary_cross_entropy_with_logits(model(x), y).item())": (
            "Each of your losses is the next one's: record the loss that you differentiate, before the step."
        ),
        "loss = losses.binary_cross_entropy_with_logits(model(x), y) → loss = losses.mse_loss(model(x), y)": (
            "Yours is the squared error of the scores. For two classes the loss is "
            "`binary_cross_entropy_with_logits`."
        ),
        "model(x), y) → model(x).sigmoid(), y)": (
            "You turn the scores into probabilities first. This loss takes the scores as they are, and does that itself."
        ),
        "model(x), y) → y, model(x))": "The scores come first, then the targets.",
        "model(x), y) → x, y)": "The scores are what the model makes of x: call it.",
        "loss.item() → model(x).data.mean()": "Those are scores. What is to be written down is the loss.",
        'model(x), y) → model(x), y, reduction="sum")': "Yours adds up the losses of all examples. The loss is their mean, as the function gives it.",
        "optim.SGD(model.parameters(), lr=learning_rate) → optim.SGD(model.parameters(), lr=0.1)": (
            "Yours steps by 0.1 whatever is asked for: hand `learning_rate` to the optimizer."
        ),
        "optim.SGD( → optim.Adam(": "Yours steps by Adam. The optimizer of the start code is SGD.",
    },
    equivalent={
        "line 5: lines exchanged: optimizer.zero_grad()": "The slopes may be forgotten just before or after the loss.",
        "line 8: lines exchanged: optimizer.step()": "The loss is a number already when the parameters move.",
    },
    hints=(
        "Five lines in the loop: forget the slopes, compute the loss, go back, step, write the loss down.",
        "`optimizer.zero_grad()`, then `loss = …(model(x), y)`, then `loss.backward()` and `optimizer.step()`.",
        "`curve.append(loss.item())` writes down the loss of before the step, since `loss` was computed before it.",
    ),
)


# 9.7
def accuracy(scores, classes):
    return np.mean(scores.argmax(axis=1) == classes)


def any_scores(draw):
    n, k = draw.randint(2, 6), draw.randint(2, 4)
    return numbers(draw, n, k) + np.arange(k) / 100, np.array([draw.randrange(k) for _ in range(n)])


share_right = Exercise(
    number="9.7",
    title="How many are right",
    minutes=3,
    kind="complete",
    solution=accuracy,
    task=(
        "`scores` has a row for each example and a column for each class; the class with the highest score is the "
        "answer. `classes` holds the right ones, whole numbers. Return the share of examples that are answered right."
    ),
    cases=[
        (np.array([[2.0, 1.0, 0.0], [0.0, 3.0, 1.0], [1.0, 0.0, -1.0]]), np.array([0, 1, 2])),
        (np.array([[-2.0, -1.0], [-1.0, -3.0], [-4.0, -1.0], [0.5, 0.2]]), np.array([1, 0, 0, 0])),
        (np.array([[0.0, 1.0, 5.0, 2.0]]), np.array([2])),
        (np.array([[0.0, 1.0, 5.0], [7.0, 1.0, 2.0], [0.0, 1.0, 4.0]]), np.array([1, 2, 0])),
        (np.array([[1.0, 4.0], [3.0, 2.0], [0.0, -1.0]]), np.array([1, 1, 0])),
        (spirals(9)[0] @ np.array([[1.0, -1.0, 0.3], [0.2, 0.4, -1.0]]), spirals(9)[1]),
        (np.array([[3.0, 1.0, 0.0], [0.0, 2.0, 1.0]]), np.array([1, 2])),  # each off by one
    ],
    fresh=any_scores,
    mistakes={
        "argmax(axis=1) → argmax(axis=0)": (
            "`axis=0` goes down the columns and asks which example scores highest in a class. You want the best class of each row."
        ),
        "argmax(axis=1) → argmin(axis=1)": "You take the class with the lowest score. The highest is the answer.",
        "argmax(axis=1) → max(axis=1)": "You compare the highest score itself with the class. At which place does it stand?",
        "np.mean( → np.sum(": "That is how many are right. The share is asked for: divide by how many there are.",
        "== classes → != classes": "That is the share of wrong answers.",
        "np.mean(scores.argmax(axis=1) == classes) → 100 * np.mean(scores.argmax(axis=1) == classes)": (
            "That is in per cent. A share goes from 0 to 1."
        ),
        "np.mean(scores.argmax(axis=1) == classes) → scores.argmax(axis=1) == classes": (
            "Those are the answers one by one, right or wrong. The share of True among them is asked for."
        ),
        "np.mean(scores.argmax(axis=1) == classes) → (scores.argmax(axis=1) == classes).all()": (
            "Yours says whether all are right. The share of them is asked for."
        ),
        "np.mean(scores.argmax(axis=1) == classes) → scores.argmax(axis=1)": (
            "Those are the answers. How many of them agree with `classes`?"
        ),
        "argmax(axis=1) == classes → argmax(axis=1) + 1 == classes": (
            "You count the columns from 1. The first column is class 0, as places are in NumPy."
        ),
        "scores.argmax(axis=1) == classes → scores[np.arange(len(classes)), classes]": (
            "That is a mean of the right classes' scores. An answer is right or wrong: is the highest score of its row that one?"
        ),
        "scores.argmax(axis=1) == classes → losses.softmax(scores).data[np.arange(len(classes)), classes]": (
            "That is a mean of the right classes' probabilities. An answer is right or wrong: is the highest of its row that "
            "one?"
        ),
        "np.mean(scores.argmax(axis=1) == classes) → np.any(scores.argmax(axis=1) == classes) / len(classes)": (
            "Yours counts one right answer at most. Add up all of them before you divide."
        ),
        "scores.argmax(axis=1) → (scores[:, 1] > 0)": (
            "A threshold at 0 tells two classes apart by one score. Here each class has a score: which is highest?"
        ),
        "scores.argmax(axis=1) == classes → abs(scores.argmax(axis=1) - classes)": (
            "You take how far the class is off. Classes are names: a wrong one is wrong by any distance."
        ),
        "scores.argmax(axis=1) == classes → scores[np.arange(len(classes)), classes] > 0": (
            "You ask whether the score of the right class is positive. What counts is whether it is the highest of its row."
        ),
    },
    equivalent={
        "line 2: number changed: 1 → -1": "Of two axes, the last one is 1.",
    },
    hints=(
        "In which column of each row does the highest score stand? NumPy has a function for that.",
        "`scores.argmax(axis=1)` gives one class for each row. Compare it with `classes`.",
        "The mean of True and False is the share of True.",
    ),
)


# 9.8
def state_of(layers):
    state = {}
    for position, layer in enumerate(layers):
        for name, parameter in layer.items():
            state[str(position) + "." + name] = parameter.data
    return state


def a_layer(draw, inputs, outputs):
    return {
        "weight": Tensor(numbers(draw, outputs, inputs)),
        "bias": Tensor(numbers(draw, outputs)),
    }


def any_network(draw):
    sizes = [draw.randint(1, 3) for _ in range(draw.randint(2, 4))]
    layers = []
    for inputs, outputs in zip(sizes, sizes[1:]):
        layers += [a_layer(draw, inputs, outputs), {}]
    return (layers[: draw.randint(1, len(layers))],)


def nested(layers):
    return {
        str(position): {name: p.data for name, p in layer.items()}
        for position, layer in enumerate(layers)
    }


def counted_within(layers):
    return {
        f"{place}.{name}": layer[name].data for layer in layers for place, name in enumerate(layer)
    }


def up_to_the_first_empty(layers):
    empty = [position for position, layer in enumerate(layers) if not layer]
    return state_of(layers[: empty[0]] if empty else layers)


LAYERS = [
    {"weight": Tensor(counting(3, 2)), "bias": Tensor(counting(3))},
    {},
    {"weight": Tensor(counting(1, 3)), "bias": Tensor([0.5])},
]

save_a_state = Exercise(
    number="9.8",
    title="Names for all parameters",
    minutes=4,
    kind="extend",
    solution=state_of,
    task=(
        "To be saved, a network becomes one dictionary from names to arrays. `layers` is a list of dictionaries from a "
        'name to a Tensor, such as `{"weight": …, "bias": …}`; an activation has none and is `{}`. Return one dictionary '
        'whose keys are the layer\'s position, a dot and the name, as in `"0.weight"`, and whose values are the arrays of '
        "numbers, `.data`. Positions count every layer, those without parameters too."
    ),
    cases=[
        (LAYERS,),
        ([{}, LAYERS[0]],),
        ([{"weight": Tensor(counting(2, 2) / 7)}],),  # without a bias
        ([LAYERS[0], LAYERS[0], {}, LAYERS[2]],),  # no activation between the first two
        ([],),
        ([{}],),
    ],
    fresh=any_network,
    mistakes={
        'str(position) + "." + name → name': (
            "A later layer's weight overwrites an earlier one's: the name alone says nothing about the layer."
        ),
        "str(position) → str(position + 1)": "Your positions count from 1. The first layer is 0.",
        'str(position) + "." + name → name + "." + str(position)': "Position and name are exchanged: `0.weight`, not `weight.0`.",
        'str(position) + "." + name → str(position) + name': "Between position and name stands a dot.",
        '"." → "_"': "Between position and name stands a dot.",
        "enumerate(layers) → enumerate([l for l in layers if l])": (
            "You count the layers that have parameters. Those without count as well, so that a name says where a layer stands."
        ),
        "= parameter.data → = parameter.shape": "Those are the shapes. The numbers are asked for, `.data`.",
        "= parameter.data → = parameter.data.ravel()": "Your arrays have lost their shapes: keep `.data` as it is.",
        "= parameter.data → = parameter.data.T": "Your weights are turned over: keep `.data` as it is.",
        'str(position) + "." + name → (position, name)': "Your keys are pairs. A key is one text: position, dot, name.",
        'str(position) + "." + name → "layer" + str(position) + "." + name': "A key begins with the position itself, as in `0.weight`.",
        'state[str(position) + "." + name] = parameter.data → state = {str(position) + "." + name: parameter.data}': (
            "You make a new dictionary for each parameter, and the last one is left. Put it into the one you have."
        ),
        'str(position) + "." + name → str(position)': (
            "Your keys are positions alone, so a layer's bias overwrites its weight. What else tells the two apart?"
        ),
        'str(position) + "." + name → str(position) + ".name"': (
            "Your keys end in the word `name`. What is meant is what the variable holds."
        ),
        'state[str(position) + "." + name] → state["0.weight"]': (
            "Everything goes under one key, and the last array is left. Each key is made of its own position and name."
        ),
        nested: "Yours is a dictionary of dictionaries. One is asked for, whose keys say layer and name.",
        counted_within: "You count the parameters of each layer. The number in a key is the layer's position in the list.",
        up_to_the_first_empty: "You stop at the first layer without parameters. It adds nothing, and there are more behind it.",
        "layer.items() → [(name, layer[name]) for name in ('weight', 'bias')]": (
            "You take it that each layer has a weight and a bias. An activation has neither: go through what is there."
        ),
        "= parameter.data → = layers[0][name].data": "All your arrays come from the first layer. Take each from its own.",
        "= parameter.data → = parameter.data.mean()": "Yours keeps one number of each array, its mean. Keep `.data` as it is.",
        "= parameter.data → = parameter.grad": "Those are the slopes. The numbers are asked for, `.data`.",
    },
    equivalent={
        "everywhere: some entries only: enumerate(layers) → list(enumerate(layers))[::-1]": "A dictionary is found by its names.",
        "line 3: some entries only: enumerate(layers) → list(enumerate(layers))[::-1]": "A dictionary is found by its names.",
        "line 4: some entries only: layer.items() → list(layer.items())[::-1]": "A dictionary is found by its names.",
    },
    hints=(
        "Two loops: over the layers with their positions, and over the names and Tensors of each.",
        "`enumerate(layers)` gives position and layer, `layer.items()` name and Tensor.",
        '`state[str(position) + "." + name] = …` inside both loops, `return state` after them.',
    ),
)


# Predictions

how_many_nodes = Prediction(
    "09-how-many-nodes",
    "The same network, the same 100 points, the same loss, but with arrays: each of W1, b1, W2, b2 is one Tensor. How "
    "many nodes has the graph now, those four included?",
    number=True,
    why="Four parameters and eight operations: @, +, tanh, @, +, −, ** and mean. The points are inside the arrays.",
    least=1,
    whole=True,
)

where_does_w_go = Prediction(
    "09-where-does-w-go",
    "The line is y = 2x + 0.5, exactly. Predictions have shape (20, 1), targets (20,), and NumPy does not complain. Where "
    "does w go?",
    options=[
        "To 2: a mean of more squares is lowest at the same place.",
        "To 0: the line lies flat.",
        "Nowhere: the loss grows without end.",
    ],
    why="Every prediction is pulled towards all 20 targets at once, so the best it can do is their mean.",
)


def where_w_went(w):
    """Return the option that the fitted w came to; None where the line does not lie flat."""
    return where_does_w_go.options[1] if abs(w) < 0.001 else None


what_zero_does = Prediction(
    "09-what-zero-does",
    "All weights and biases of a network 2-16-16-1 with tanh start at 0, and it is trained on the moons for 300 steps. "
    "What comes of it?",
    options=[
        "It learns as usual: the slopes push the parameters away from 0.",
        "It learns more slowly, and arrives.",
        "It stays at ln 2 = 0.6931, the loss of a coin: no parameter ever moves.",
    ],
    why="Every hidden value is 0, and so is every weight behind it: a weight's slope is one times the other.",
)


def where_zero_stays(losses):
    """Return the option that a run from 0 came to; None where it moved."""
    return what_zero_does.options[2] if abs(losses[-1] - np.log(2)) < 1e-9 else None


# Quick checks

why_a_function = Choice(
    "Why does an edge between arrays hold a function, and not all its slopes?",
    [
        Option(
            "Because a slope between arrays is not defined.",
            "It is: one slope for each pair of an entry that goes in and one that comes out.",
        ),
        Option(
            "Because the table of slopes is huge, and only its product with a gradient is needed.",
            "1,000 entries in and out make a million slopes, of which tanh needs 1,000. The function never builds the table.",
            correct=True,
        ),
        Option(
            "Because NumPy cannot store a table of slopes.",
            "It could. It would be as long and as wide as the arrays have entries.",
        ),
    ],
)

how_many_errors = NumberAnswer(
    "A prediction of shape (4, 1) less a target of shape (4,): how many entries has the difference?",
    16,
    feedback={
        16: "Stretched to four rows and four columns: every prediction less every target.",
        4: "It would be, if the shapes were equal. Count from the last axis: 1 against 4, and 4 against nothing.",
        1: "Nothing has been summed yet.",
        8: "Nothing is joined end to end: either array is stretched to fit the other.",
        5: "The lengths of axes are not added. Either array is stretched to fit the other.",
        0: "It raises no error and is not empty: try it.",
    },
    least=0,
    whole=True,
)

which_product = Choice(
    "x has shape (5, 3), w (3, 2), and g, the gradient along x @ w, has (5, 2). Which is the gradient along w?",
    [
        Option("g @ x.T", "(5, 2) @ (3, 5) does not even multiply: 2 against 3."),
        Option(
            "g.T @ x",
            "That is (2, 3): the shape of w turned over. A gradient has the shape of its parameter.",
        ),
        Option(
            "x.T @ g",
            "(3, 5) @ (5, 2) is (3, 2), the shape of w, and the sum runs over the five rows.",
            correct=True,
        ),
        Option("x @ g", "(5, 3) @ (5, 2) does not even multiply: 3 against 5."),
    ],
)

when_the_guard_sleeps = Choice(
    "Your batch has 64 rows and your layer 64 inputs and 64 outputs. What does that mean for a test of your rule?",
    [
        Option(
            "Nothing: a wrong product has a wrong shape.",
            "Not here: all eight products of two square matrices, turned over or not, have the right shape.",
        ),
        Option(
            "A wrong product may have the right shape: test with lengths that all differ.",
            "Then a product that is turned over does not fit, and a check by differences does the rest.",
            correct=True,
        ),
        Option(
            "The gradient is too large to be checked.",
            "4,096 weights take a while to check by differences, but that is not what goes wrong here.",
        ),
    ],
)

all_alike = Choice(
    "All weights start at 0.1 instead of 0. The loss falls now. How many different units does the first hidden layer have "
    "after training?",
    [
        Option(
            "16: training tells them apart.",
            "Nothing can: the same weights get the same slopes, at every step.",
        ),
        Option(
            "2: one for each class.", "Units are told apart by their starts and by nothing else."
        ),
        Option(
            "1, sixteen times over.",
            "Equal weights in and out, hence equal slopes, hence equal weights after the step.",
            correct=True,
        ),
    ],
)

why_no_softmax = Choice(
    "A network for three classes ends in `Linear(16, 3)`, without a softmax. Why?",
    [
        Option(
            "Because cross_entropy takes the scores and does the softmax itself, safely.",
            "From scores it can take the largest out first, as chapter 2 showed; from probabilities that have become 0 it cannot.",
            correct=True,
        ),
        Option(
            "Because the highest score is the answer anyway, so probabilities are never needed.",
            "For the answer they are not. The loss needs them: it charges the logarithm of one.",
        ),
        Option(
            "Because a softmax has no slope.",
            "It has, and `losses.softmax` can be differentiated.",
        ),
    ],
)

what_compiling_saves = Choice(
    "A framework compiles your training step. What can it save?",
    [
        Option(
            "The backward pass: once compiled, slopes are known.",
            "They depend on the numbers, which change with every step.",
        ),
        Option(
            "What is the same at every step: building the graph, walking it, and arrays that nobody else reads.",
            "The operations are the same each time, so they are recorded once, joined where they can be, and replayed over new numbers.",
            correct=True,
        ),
        Option(
            "The multiplications inside a matrix product.",
            "They are all needed, and a library for them is near the limit of the machine already.",
        ),
    ],
)

cards = Cards(
    [
        (
            "Tensor",
            "An array that remembers how it was computed: data, grad, inputs, and a pull for each input.",
        ),
        (
            "pull",
            "The function on an edge: it takes the gradient along a result and returns that along one input.",
        ),
        (
            "Jacobian",
            "The table of all slopes of one array's entries along another's. A pull multiplies a gradient by it without building it.",
        ),
        (
            "broadcasting",
            "Stretching an array by copies until two shapes agree, counted from the last axis.",
        ),
        ("reverse of broadcasting", "Every entry receives the sum of the slopes of its copies."),
        (
            "gradient of a matrix product",
            "For z = x @ w with the gradient g along z: g @ w.T along x, x.T @ g along w.",
        ),
        (
            "shape as a guard",
            "A gradient has the shape of its parameter: most wrong products do not even fit.",
        ),
        ("module", "What owns parameters: a layer, or a network of layers."),
        (
            "state_dict",
            "A dictionary from the name of each parameter to its numbers: what is saved and loaded.",
        ),
        ("logit", "A score before any sigmoid or softmax; the losses of classes take it as it is."),
        (
            "symmetry of units",
            "Units that start alike get equal slopes and stay alike. Random first weights tell them apart.",
        ),
        (
            "±1/√n",
            "Where the first weights of a layer with n inputs are drawn: a sum of many stays as large as one of few.",
        ),
        (
            "grad_fn",
            "In PyTorch, the node behind a tensor: the operation that made it, and its rule for the way back.",
        ),
        (
            "kernel",
            "One compiled piece of work on a device, such as a matrix product. A framework brings thousands.",
        ),
    ]
)
