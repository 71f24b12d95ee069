"""One glossary for the whole course: each term, the chapter that introduces it, its meaning.

glossary.GLOSSARY                # all terms, by chapter
glossary.meaning("condition number")
glossary.shown()                 # folded, for a notebook
"""

from typing import NamedTuple


class Term(NamedTuple):
    """A term, the number of the chapter that introduces it in bold, and what it means."""

    name: str
    chapter: int
    meaning: str


def _of(chapter, *pairs):
    return tuple(Term(name, chapter, meaning) for name, meaning in pairs)


GLOSSARY = (
    *_of(
        0,
        (
            "kernel",
            "The Python that runs a notebook's cells and keeps every name until it is restarted; "
            "in chapter 9, one compiled piece of work on a device.",
        ),
        ("parameter", "A number in a model that training may change; all together are written θ."),
        (
            "forward pass",
            "From the inputs through the layers to the prediction, and on to the loss where slopes "
            "are wanted.",
        ),
        ("loss", "One number, written L, that says how wrong a model is: the smaller the better."),
        (
            "gradient",
            "The list of the slopes of the loss along all parameters, written ∇L. It "
            "points where the loss rises fastest.",
        ),
        ("update", "One change of all parameters, meant to make the loss smaller."),
        ("learning rate", "The number η that a slope is multiplied by to make a step."),
    ),
    *_of(
        1,
        ("array", "Numbers in a row or a table, with which NumPy computes all at once."),
        ("weight", "A parameter that an input is multiplied by."),
        (
            "bias",
            "A parameter that is added to a weighted sum. Of a way to train (chapter 10): how far "
            "its mean prediction is from the truth.",
        ),
        ("model", "A function with parameters: ŷ = f(x; θ)."),
        ("prediction", "What a model says for an input, written ŷ."),
        ("target", "What the data say the prediction should have been, written y."),
        ("error", "Prediction minus target, ŷ − y."),
        ("mean squared error", "The mean of the squares of the errors; MSE for short."),
        ("nudge", "A tiny change of one parameter, to see what the loss does."),
        (
            "slope",
            "How much the loss, or another output, changes for each unit of a change: the "
            "same as a derivative.",
        ),
        (
            "derivative",
            "The slope of a curve at a point: what a measured slope comes to as the "
            "nudge gets smaller and smaller.",
        ),
        (
            "sensitivity",
            "Another word for a slope: how strongly an output answers a small change of an input.",
        ),
        ("learning loop", "Forward pass, loss, slopes, update, again."),
        ("converged", "Said of a run whose further steps change next to nothing."),
        ("iteration", "One round of the learning loop, one update."),
        ("argmin", "The place where a function is smallest, not its value there."),
        ("neuron", "A weighted sum of inputs, plus a bias, through an activation."),
        ("weighted sum", "Each number times its own weight, all added up."),
        ("activation", "The function that a neuron sends its sum through, such as ReLU."),
        ("ReLU", "The activation max(0, z): what is negative becomes 0."),
        ("layer", "Neurons that look at the same inputs."),
        ("hidden layer", "A layer whose answers are the inputs of another one."),
        ("unit", "Another word for a neuron of a layer."),
        ("hidden unit", "A unit of a hidden layer."),
        ("variance", "The mean squared distance from the mean: how far numbers spread."),
    ),
    *_of(
        2,
        ("mean absolute error", "The mean of the sizes of the errors; MAE for short."),
        ("outlier", "A data point far from where the others would have it."),
        ("median", "The middle one of numbers in their order."),
        ("kink", "A point where the slopes on the two sides differ."),
        (
            "Huber loss",
            "Squared for errors up to δ, straight beyond: outliers pull no harder "
            "than errors of δ.",
        ),
        ("logarithm", "The power of e that gives a number: ln turns products into sums."),
        ("surprise", "−ln p, where p is the probability that was given to what happened."),
        ("binary cross-entropy", "The mean surprise of predicted probabilities of yes."),
        ("score", "Any number that a model gives to an answer, before it becomes a probability."),
        ("logit", "A score from which a sigmoid or a softmax makes probabilities."),
        ("sigmoid", "1/(1 + e⁻ᶻ): turns a score into a probability."),
        ("saturated", "Said of a sigmoid far from 0, where it is nearly level."),
        ("softmax", "e raised to each score, divided by the sum: probabilities of classes."),
        ("one-hot label", "A target with 1 for the right class and 0 for the others."),
        ("categorical cross-entropy", "The mean surprise about the right class of several."),
        ("log-sum-exp", "ln Σ eᶻ, computed so that large scores do not overflow."),
        ("noise", "How the targets scatter around what the model should say."),
        ("Gaussian", "The bell-shaped distribution of noise that goes with the squared error."),
        (
            "Laplace",
            "The distribution of noise, with a peak and long tails, that goes with the "
            "absolute error.",
        ),
        ("likelihood", "The probability that a model gives to the data as they are."),
        ("negative log-likelihood", "Minus the logarithm of the likelihood: a loss."),
        ("Jacobian", "The table of all slopes of several numbers along several others."),
    ),
    *_of(
        3,
        ("heat map", "A table of numbers drawn as coloured squares."),
        (
            "loss surface",
            "The loss as a height over the space of the parameters, the data held fixed.",
        ),
        ("contour line", "All places with one and the same loss."),
        ("finite difference", "A slope measured with a step that is small and not 0."),
        ("steepest descent", "The direction in which the loss falls fastest: minus the gradient."),
        ("least squares", "The method that finds the smallest squared error of a line at once."),
        ("local minimum", "A place with nothing lower near it."),
        ("global minimum", "A place with nothing lower anywhere."),
        ("crawls", "Said of a run that goes the right way in steps far too small."),
        ("bounces", "Said of a run whose steps leap back and forth across a valley."),
        ("basin", "A hollow with one lowest point: all starts from which small steps end there."),
        ("critical point", "A place where every slope is 0."),
        ("curvature", "How fast the slope changes along a direction."),
        ("Hessian", "The table of all second derivatives of the loss."),
        ("eigenvalue", "Of a Hessian: the curvature along one of its main directions."),
        (
            "condition number",
            "The largest curvature divided by the smallest, κ: how badly a valley is stretched.",
        ),
        ("saddle", "A critical point with a way up in one direction and a way down in another."),
        ("plateau", "A wide stretch where all slopes are nearly 0."),
        ("ill-conditioned", "Said of a valley with a large condition number."),
        ("symmetric", "Said of a table that stays the same when rows and columns are exchanged."),
        (
            "normal distribution",
            "Another name for the Gaussian: most draws near the mean, few far away.",
        ),
        ("seed", "The number that random draws start from: the same seed, the same draws."),
        ("dead", "Said of a hidden unit that answers 0 to every input, and so gets no slope."),
        ("noise level", "The size below which a measured number counts as 0."),
        ("permutation symmetry", "Hidden units may stand in any order with the same loss."),
        ("slice", "The loss along one or two directions through the space of the parameters."),
    ),
    *_of(
        4,
        ("partial derivative", "The slope along one parameter while all others stand still."),
        ("gradient descent", "Repeat θ ← θ − η∇L: each parameter goes against its own slope."),
        ("dot product", "Two lists of numbers multiplied entry by entry and added up."),
        ("steepest ascent", "The direction of the gradient, in which the loss rises fastest."),
        ("chaotic", "Said of a run in which tiny differences at the start grow large."),
        ("diverges", "Said of a run that gets further and further away from the minimum."),
        ("explodes", "Said of a run whose first step already overshoots more than ten times."),
        ("relative error", "A difference divided by the size of what is compared."),
        ("linear regression", "Fitting a line, or a weighted sum, by the squared error."),
        ("loss curve", "The loss at each step of a run, drawn over the steps."),
        (
            "backward pass",
            "From the loss back to every parameter: all slopes at once, by the chain rule.",
        ),
        ("mini-batch", "The few examples that one step looks at."),
        (
            "eigenvector",
            "A main direction of a table such as a Hessian: multiplied by the "
            "table it only grows or shrinks.",
        ),
        ("momentum", "A velocity that keeps part of the earlier slopes."),
        (
            "random restarts",
            "Descents from several random starts, of which the lowest end is kept.",
        ),
    ),
    *_of(
        5,
        ("standardise", "Subtract the mean and divide by the standard deviation."),
        ("batch gradient descent", "Every step looks at all examples."),
        (
            "stochastic gradient descent",
            "Every step looks at one example, or a few, drawn at random; SGD for short.",
        ),
        ("epoch", "As many steps as it takes to look at every example once."),
        ("logistic model", "A weighted sum sent through a sigmoid, to predict a probability."),
        ("RMSprop", "Gradient descent with each slope divided by its own usual size."),
        ("Adam", "Momentum over the usual size of the slopes, both set right for their start."),
        ("weight decay", "Every parameter loses a small part of itself at each step."),
        ("AdamW", "Adam with weight decay kept out of its fraction."),
        ("noise floor", "The level about which a run on mini-batches goes up and down in the end."),
        ("schedule", "A plan by which the learning rate changes during a run."),
        ("warm-up", "A learning rate that grows over the first steps."),
        ("L2", "A penalty on the squares of the parameters, added to the loss."),
        ("wobble", "How far the loss goes up and down at the end of a run on mini-batches."),
    ),
    *_of(
        6,
        ("chain rule", "Slopes multiply along a path, and the products of all paths add up."),
        (
            "computation graph",
            "Numbers as nodes, with an edge from each to what was computed from it.",
        ),
        ("node", "A number, or an array, in a computation graph."),
        ("edge", "The line in a graph from an input to what was computed from it."),
        ("forward difference", "(f(x + h) − f(x))/h."),
        ("truncation error", "What a measured slope misses because the curve bends."),
        ("central difference", "(f(x + h) − f(x − h))/2h."),
        (
            "round-off error",
            "What rounding does to a measured slope; it grows as the step shrinks.",
        ),
        ("machine epsilon", "The distance from 1 to the next float, 2.2·10⁻¹⁶."),
        ("complex number", "A number u + iv, where i² = −1."),
        ("complex step", "A slope measured along i, without a difference of nearly equal numbers."),
        (
            "symbolic differentiation",
            "From the formula of a function to the formula of its derivative, by rules.",
        ),
        ("tanh", "An activation shaped like an S, from −1 to 1."),
        ("common subexpression", "A part of a formula that stands in several places."),
        ("sharing", "Computing once what stands in several places."),
        ("expression swell", "The growth of a derivative that is written out without sharing."),
        ("product rule", "(uv)′ = u′v + uv′."),
        ("forward mode", "Slopes travel along with the values: one pass for each input."),
        (
            "automatic differentiation",
            "Derivatives of a program, exact up to rounding, from the "
            "local rules of its operations.",
        ),
        ("dual number", "A value together with its slope."),
        ("reverse mode", "One pass forward, then one walk back for each output."),
        ("backpropagation", "Reverse mode applied to the loss of a network."),
        ("gradient check", "A gradient compared with measured slopes."),
    ),
    *_of(
        7,
        ("autograd", "The part of a library that records operations and finds gradients."),
        ("local slope", "How fast the result of one operation changes with one of its inputs."),
        (
            "directed acyclic graph",
            "A graph whose edges have a direction and lead round in no circle.",
        ),
        ("leaf", "A node that was not computed from others, such as a parameter."),
        ("topological order", "Every node after all of its inputs."),
        ("XOR", "One or the other, and not both: what no straight line learns."),
        ("recursive", "Said of a function that calls itself."),
    ),
    *_of(
        8,
        ("backprop", "Short for backpropagation."),
        ("inactive", "Said of a hidden unit that answers 0 to this input."),
        ("subgradient", "At a kink, any number between the slopes on the two sides."),
        ("logistic loss", "The binary cross-entropy of a score."),
    ),
    *_of(
        9,
        (
            "pull",
            "The function on an edge between arrays: it takes a gradient back through one "
            "operation.",
        ),
        ("broadcasting", "Stretching an array by copies until two shapes agree."),
        ("module", "What owns parameters: a layer, or a network of layers."),
        ("moons", "Made data: two crescents of points that no straight line separates."),
        (
            "grad_fn",
            "In PyTorch, the node behind a tensor: its operation and its rule for the way back.",
        ),
    ),
    *_of(
        10,
        ("empirical risk", "The mean loss over the training set."),
        ("expected risk", "The mean loss over all examples that the world can send."),
        ("generalisation gap", "Expected less empirical risk."),
        ("polynomial", "θ₀ + θ₁x + θ₂x² and so on, up to the degree."),
        (
            "overfitting",
            "The loss on the training set still falls while that on new data rises.",
        ),
        ("leak", "Any way by which held-out examples get a say in training."),
        ("training set", "The examples that move the parameters."),
        ("validation set", "The examples that choose a setting, such as when to stop."),
        ("test set", "The examples that choose nothing and are asked once."),
        ("early stopping", "Keeping the parameters of the lowest validation loss."),
        ("patience", "How many steps one waits for a lower validation loss."),
        ("inductive bias", "What a model takes for granted before it has seen any data."),
        ("convolution", "Weights that are shared over all places of an image."),
        ("sharpness", "How fast the loss rises around a minimum when the parameters are moved."),
        ("binary classifier", "A model that tells two classes apart."),
    ),
)

# One meaning each, in all chapters.
SYMBOLS = (
    ("x, y, ŷ", "input, target, prediction"),
    ("θ; w, b", "all parameters; a weight, a bias"),
    ("L", "loss"),
    ("∇L", "gradient of the loss"),
    ("η", "learning rate"),
    ("e = ŷ − y", "error"),
    ("p", "probability"),
    ("z, h", "weighted sum of a unit, its answer (in a measured slope, h is the step)"),
    ("λ, κ", "curvature, condition number (in weight decay, λ is its strength)"),
    ("μ, α", "what a velocity and a running mean keep of themselves"),
    ("g, v, s", "gradient, velocity, running mean of g²"),
    ("ε, δ", "machine epsilon, where Huber turns straight"),
    ("m, n", "examples in a mini-batch, in all"),
)


def meaning(name):
    """Return what a term means, whatever its capitals.

    Raises KeyError with what to do if the glossary does not have it.
    """
    for term in GLOSSARY:
        if term.name.lower() == name.lower():
            return term.meaning
    raise KeyError(f"The glossary has no {name!r}; GLOSSARY lists its terms.")


class Shown:
    """The glossary as a notebook shows it: alphabetical, folded, each term with its chapter."""

    def __init__(self, files):
        self.files = files
        self.terms = sorted(GLOSSARY, key=lambda term: term.name.lower())

    def __repr__(self):
        lines = [f"{term.name} ({term.chapter}): {term.meaning}" for term in self.terms]
        return "\n".join([f"Glossary, {len(lines)} terms, each with its chapter:", *lines])

    def _repr_html_(self):
        entries = "".join(
            f"<li><strong>{term.name}</strong> ({self._linked(term.chapter)}): {term.meaning}</li>"
            for term in self.terms
        )
        summary = f"<summary>Glossary: {len(self.terms)} terms, each with its chapter</summary>"
        return f"<details>{summary}<ul style='max-width:46rem'>{entries}</ul></details>"

    def _linked(self, chapter):
        name = self.files.get(chapter)
        return f'<a href="{name}.ipynb">chapter {chapter}</a>' if name else f"chapter {chapter}"


def shown():
    """Return the glossary to be shown in a notebook that lies beside the chapters."""
    from learnkit.exercises import CHAPTERS  # only here: the glossary itself needs nothing

    return Shown({int(chapter.number): chapter.file for chapter in CHAPTERS})
