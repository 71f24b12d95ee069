"""Optimizers and schedules of the learning rate, with names and defaults as in PyTorch.

The slopes come from `backward()`; an optimizer moves the parameters:

    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

In the formulas θ is a parameter, g its slope and η the learning rate `lr`. Every optimizer keeps
for each parameter what it remembers of earlier steps. A parameter whose `grad` is None is skipped.
"""

import math
from numbers import Real
from types import SimpleNamespace


class Optimizer:
    """What all optimizers share. One of its own says in `remembers` what it keeps from step to
    step, all of it 0 at first, and in `moved` where a parameter goes.

    params: a list of Tensors or Values that were not computed from others; a generator will do.
    lr: η, the length of a step; it may be changed at any time. weight_decay: a number ≥ 0.
    Raises TypeError or ValueError in words for what is no list of parameters or no such number.
    """

    remembers = ()

    def __init__(self, params, lr, weight_decay=0):
        self.params = _parameters(params)
        self.lr = _not_negative("lr", lr)
        self.weight_decay = _not_negative("weight_decay", weight_decay)
        self.past = [SimpleNamespace(**dict.fromkeys(self.remembers, 0)) for _ in self.params]

    def zero_grad(self):
        """Forget the slopes of the step before, which `backward` would add to."""
        for p in self.params:
            p.grad = None

    def step(self):
        """Move every parameter that has a slope, by giving its `data` a new value."""
        for p, past in zip(self.params, self.past):
            if p.grad is not None:
                p.data = self.moved(p.data, p.grad, past)

    def moved(self, theta, g, past):
        """Return where a parameter goes from theta. g: its slope. past: what is remembered of it,
        which this call brings up to date.
        """
        raise NotImplementedError(f"{type(self).__name__} has to say where a parameter goes.")

    def decayed(self, theta, g):
        """Return the slope with that of the penalty ½ · weight_decay · θ² added."""
        return g + self.weight_decay * theta if self.weight_decay else g


class SGD(Optimizer):
    """Gradient descent, if asked for with momentum: v ← μv + g, θ ← θ − ηv.

    momentum: μ, the part of the velocity v that is kept. nesterov: step by g + μv, where the
    velocity will be, instead of v. weight_decay: added to g, times θ.
    Source: Polyak (1964), USSR Computational Mathematics and Mathematical Physics 4(5); Nesterov
    (1983), Soviet Mathematics Doklady 27(2), in the form of Sutskever et al. (2013), ICML.
    """

    remembers = ("v",)

    def __init__(self, params, lr=1e-3, momentum=0, *, weight_decay=0, nesterov=False):
        super().__init__(params, lr, weight_decay)
        self.momentum = _not_negative("momentum", momentum)
        self.nesterov = nesterov
        if nesterov and not momentum:
            raise ValueError("nesterov looks ahead along the velocity: give a momentum above 0.")

    def moved(self, theta, g, past):
        g = self.decayed(theta, g)
        if not self.momentum:
            return theta - self.lr * g
        past.v = self.momentum * past.v + g
        if self.nesterov:
            return theta - self.lr * (g + self.momentum * past.v)
        return theta - self.lr * past.v


class RMSprop(Optimizer):
    """A step of about η for every parameter, whatever the scale of its slopes: they are divided
    by their own size of late, s ← αs + (1 − α)g², θ ← θ − ηg / (√s + ε).

    alpha: the part of the mean square s that is kept. eps: ε, so that nothing is divided by 0.
    momentum: the part of a velocity of such steps that is kept. weight_decay: added to g, times θ.
    Source: Tieleman and Hinton (2012), lecture 6.5 of Neural Networks for Machine Learning.
    """

    remembers = ("s", "v")

    def __init__(self, params, lr=1e-2, alpha=0.99, eps=1e-8, weight_decay=0, momentum=0):
        super().__init__(params, lr, weight_decay)
        self.alpha = _not_negative("alpha", alpha)
        self.eps = _not_negative("eps", eps)
        self.momentum = _not_negative("momentum", momentum)

    def moved(self, theta, g, past):
        g = self.decayed(theta, g)
        past.s = self.alpha * past.s + (1 - self.alpha) * g * g
        past.v = self.momentum * past.v + g / (past.s**0.5 + self.eps)
        return theta - self.lr * past.v


class Adam(Optimizer):
    """Momentum divided as in RMSprop, both as running means that are set right for their start
    at 0: m ← β₁m + (1 − β₁)g, s ← β₂s + (1 − β₂)g², and after t steps

        θ ← θ − η · m/(1 − β₁ᵗ) / (√(s/(1 − β₂ᵗ)) + ε)

    betas: β₁ and β₂, each from 0 to below 1. eps: ε. weight_decay: added to g, times θ (L2).
    Source: Kingma and Ba (2015), International Conference on Learning Representations.
    """

    remembers = ("t", "m", "s")

    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0):
        super().__init__(params, lr, weight_decay)
        self.betas = _betas(betas)
        self.eps = _not_negative("eps", eps)

    def moved(self, theta, g, past):
        return self.adapted(theta, self.decayed(theta, g), past)

    def adapted(self, theta, g, past):
        """Return theta moved by Adam's formula, which knows nothing of weight decay."""
        beta1, beta2 = self.betas
        past.t += 1
        past.m = beta1 * past.m + (1 - beta1) * g
        past.s = beta2 * past.s + (1 - beta2) * g * g
        mean = past.m / (1 - beta1**past.t)
        mean_square = past.s / (1 - beta2**past.t)
        return theta - self.lr * mean / (mean_square**0.5 + self.eps)


class AdamW(Adam):
    """Adam with decoupled weight decay: each parameter first shrinks by η · weight_decay · θ, and
    the formula of Adam sees the slope of the loss alone.

    weight_decay: a step takes the part η · weight_decay away from each parameter.
    Source: Loshchilov and Hutter (2019), International Conference on Learning Representations.
    """

    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=1e-2):
        super().__init__(params, lr, betas, eps, weight_decay)

    def moved(self, theta, g, past):
        return self.adapted(theta - self.lr * self.weight_decay * theta, g, past)


# Schedules: each call of `step`, once an epoch or once a batch, sets the optimizer's lr.


class Scheduler:
    """What all schedules share. One of its own says in `lr_after` what the learning rate is.

    optimizer: the one whose `lr` is set, at once and by every `step`. One schedule leads it at a
    time; SequentialLR puts several in a row.
    """

    def __init__(self, optimizer):
        if not isinstance(optimizer, Optimizer):
            kind = type(optimizer).__name__
            raise TypeError(f"A schedule sets the lr of an optimizer; this is a {kind}.")
        if not hasattr(optimizer, "initial_lr"):  # which every schedule of it starts from
            optimizer.initial_lr = optimizer.lr
        self.optimizer = optimizer
        self.last_epoch = 0
        optimizer.lr = self.lr_after(0, optimizer.initial_lr)

    def step(self):
        """Count one more epoch or batch, and set the learning rate for the next."""
        self.last_epoch += 1
        self.optimizer.lr = self.lr_after(self.last_epoch, self.optimizer.initial_lr)

    def get_last_lr(self):
        """Return the learning rate that was set last, in a list as in PyTorch."""
        return [self.optimizer.lr]

    def lr_after(self, steps, lr):
        """Return the learning rate after so many calls of `step`. lr: the one at the start."""
        raise NotImplementedError(f"{type(self).__name__} has to say what the learning rate is.")


class StepLR(Scheduler):
    """η times gamma after every step_size steps: long level stretches, each followed by a drop."""

    def __init__(self, optimizer, step_size, gamma=0.1):
        self.step_size, self.gamma = _count("step_size", step_size), gamma
        super().__init__(optimizer)

    def lr_after(self, steps, lr):
        return lr * self.gamma ** (steps // self.step_size)


class ExponentialLR(Scheduler):
    """η times gamma after every step."""

    def __init__(self, optimizer, gamma):
        self.gamma = gamma
        super().__init__(optimizer)

    def lr_after(self, steps, lr):
        return lr * self.gamma**steps


class CosineAnnealingLR(Scheduler):
    """η along half a wave of the cosine, from the first lr down to eta_min after T_max steps.

    Source: Loshchilov and Hutter (2017), International Conference on Learning Representations.
    """

    def __init__(self, optimizer, T_max, eta_min=0.0):
        self.T_max, self.eta_min = _count("T_max", T_max), eta_min
        super().__init__(optimizer)

    def lr_after(self, steps, lr):
        wave = (1 + math.cos(math.pi * steps / self.T_max)) / 2
        return self.eta_min + (lr - self.eta_min) * wave


class LinearLR(Scheduler):
    """η along a straight line: a warm-up from start_factor to end_factor times the first lr, over
    total_iters steps, and level afterwards.
    """

    def __init__(self, optimizer, start_factor=1 / 3, end_factor=1.0, total_iters=5):
        self.start_factor, self.end_factor = start_factor, end_factor
        self.total_iters = _count("total_iters", total_iters)
        super().__init__(optimizer)

    def lr_after(self, steps, lr):
        done = min(steps / self.total_iters, 1)
        return lr * (self.start_factor + done * (self.end_factor - self.start_factor))


class LambdaLR(Scheduler):
    """A schedule of your own. lr_lambda: function of the number of steps, returns the factor by
    which the first lr is multiplied.
    """

    def __init__(self, optimizer, lr_lambda):
        self.lr_lambda = lr_lambda
        super().__init__(optimizer)

    def lr_after(self, steps, lr):
        return lr * self.lr_lambda(steps)


class SequentialLR(Scheduler):
    """Several schedules in a row, each counting from its own 0: say a warm-up, then a cosine.

    schedulers: of one optimizer. milestones: after how many steps each but the first takes over.
    """

    def __init__(self, optimizer, schedulers, milestones):
        self.schedulers, self.milestones = list(schedulers), list(milestones)
        if len(self.milestones) != len(self.schedulers) - 1:
            counts = f"{len(self.schedulers)} schedulers and {len(self.milestones)} milestones"
            raise ValueError(f"Between two schedulers stands one milestone; here are {counts}.")
        super().__init__(optimizer)

    def lr_after(self, steps, lr):
        begun = [0] + [milestone for milestone in self.milestones if milestone <= steps]
        return self.schedulers[len(begun) - 1].lr_after(steps - begun[-1], lr)


# What is refused, in words


def _parameters(params):
    """Return params as a list, or raise TypeError or ValueError that says what is wrong with it."""
    if hasattr(params, "backward"):
        kind = type(params).__name__
        raise TypeError(f"An optimizer takes a list of parameters; put the {kind} in brackets: [p]")
    if not hasattr(params, "__iter__"):
        kind = type(params).__name__
        raise TypeError(f"An optimizer takes a list of parameters; this is a {kind}.")
    params = list(params)
    if not params:
        raise ValueError("An optimizer needs at least one parameter; this list is empty.")
    for i, p in enumerate(params):
        if not hasattr(p, "backward"):
            kind = f"Entry {i} of the parameters is a {type(p).__name__}"
            raise TypeError(f"{kind}; an optimizer moves Values and Tensors.")
        if p.inputs:
            raise ValueError(
                f"Entry {i} of the parameters was computed from others (op {p.op!r}), and would be "
                f"computed anew: give what it was computed from."
            )
    if len(set(map(id, params))) < len(params):
        raise ValueError("A parameter stands twice in the list, and would be moved twice.")
    return params


def _not_negative(name, number):
    """Return a setting of an optimizer, or raise if it is no number from 0 on."""
    if not isinstance(number, Real):
        raise TypeError(f"{name} is a number; this is a {type(number).__name__}.")
    if not 0 <= number < math.inf:
        raise ValueError(f"{name} is a number from 0 on; this is {number}.")
    return number


def _betas(betas):
    """Return the two parts that Adam keeps, or raise if they are not two, from 0 to below 1."""
    if not (isinstance(betas, tuple | list) and len(betas) == 2):
        raise TypeError(f"betas are two numbers, such as (0.9, 0.999); this is {betas!r}.")
    for beta in betas:
        if not _not_negative("each of the betas", beta) < 1:
            raise ValueError(
                f"Each of the betas is below 1, the part that is kept; this is {beta}."
            )
    return tuple(betas)


def _count(name, number):
    """Return a number of steps, or raise if it is no whole number from 1 on."""
    if not (isinstance(number, int) and number >= 1):
        raise ValueError(f"{name} is a whole number of steps, at least 1; this is {number!r}.")
    return number
