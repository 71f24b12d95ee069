"""Races contenders against each other, each in a process of its own, round by round.

In a shared process micrograd's graphs, each a cyclic knot, would be untied by Python's collector
while others are on the clock, and the objects of a large library would make every collection
slower. The contenders take turns, so that a slow minute of the machine slows all of them. Time is
processor time on one thread, so that other programs do not count; each figure is a median over the
rounds.
"""

import gc
import multiprocessing
import os
import statistics
import time

from contenders import RATE, contender

ROUNDS = 9
# by how much losses and gradients may differ from those of the first contender
EXACT, SINGLE_PRECISION = 1e-9, 1e-4
ONE_THREAD = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1",
    "JAX_PLATFORMS": "cpu",
}


def race(steps, collector=True, rounds=ROUNDS):
    """Return the median seconds a step takes each contender.

    steps: how many each takes in a round, by its name. collector: whether Python's runs.
    Raises ValueError if they do not compute the same loss and the same gradients.
    """
    os.environ.update(ONE_THREAD)
    start, pipes, times = multiprocessing.get_context("spawn"), {}, {name: [] for name in steps}
    for name in steps:
        pipes[name], end = start.Pipe()
        start.Process(target=run, args=(name, steps[name], collector, end), daemon=True).start()
    compare({name: pipe.recv() for name, pipe in pipes.items()})
    for _ in range(rounds):
        for name, pipe in pipes.items():
            pipe.send(True)
            times[name].append(pipe.recv())
    for pipe in pipes.values():
        pipe.send(False)
    return {name: statistics.median(seconds) for name, seconds in times.items()}


def run(name, steps, collector, pipe):
    """In a process of its own: send the first loss and gradient, then the seconds a step takes,
    at each request.
    """
    trainer = contender(name)
    pipe.send(first_step(trainer))
    if not collector:
        gc.disable()
    while pipe.recv():
        began = time.process_time()
        for _ in range(steps):
            trainer.step()
        pipe.send((time.process_time() - began) / steps)
        if not collector:
            gc.collect()  # off the clock, or micrograd's graphs would fill the memory


def first_step(trainer):
    """Take a step; return its loss and gradient, read from how far each parameter went."""
    before = trainer.parameters()
    loss = float(trainer.step())
    return loss, [(a - b) / RATE for a, b in zip(before, trainer.parameters())]


def compare(firsts):
    """Raise ValueError unless all contenders found one loss and one gradient.

    firsts: the loss and the gradient of each, by its name.
    """
    (first, (loss, gradient)), *others = firsts.items()
    for name, (other_loss, other_gradient) in others:
        allowed = SINGLE_PRECISION if "32" in name else EXACT
        differences = [abs(loss - other_loss)]
        differences += [abs(a - b) for a, b in zip(gradient, other_gradient, strict=True)]
        if not max(differences) <= allowed:
            raise ValueError(
                f"{first!r} and {name!r} should compute the same loss and gradient, but differ by "
                f"{max(differences):.2g}: what races must be equal."
            )
