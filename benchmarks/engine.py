"""Race the engine against micrograd, HIPS autograd, PyTorch and hand-written NumPy: python
benchmarks/engine.py

Every contender trains in a process of its own. In a shared one, micrograd's graphs, each a cyclic
knot, would be untied by Python's collector while others are on the clock, and the objects of a
large library would make every collection slower. The contenders take turns, round by round, so that
a slow minute of the machine slows all of them. Time is processor time on one thread, so that other
programs do not count; each figure is a median over the rounds.
"""

import gc
import multiprocessing
import os
import statistics
import sys
import time
from importlib.metadata import PackageNotFoundError, version
from platform import python_version

from contenders import contender

ROUNDS = 9

# Each race: a title, whether Python's collector runs, how many steps each contender takes in a
# round, and the goals. "≥" asks how many times faster the first is than the second, "≤" what part
# of the second's time it takes.
RACES = [
    (
        "micrograd's demo, collector on",
        True,
        {"demo micrograd": 2, "demo value": 20, "demo dot": 50},
        [("demo value", "demo micrograd", "≥", 12), ("demo dot", "demo micrograd", "≥", 50)],
    ),
    (
        "micrograd's demo, collector off",
        False,
        {"demo micrograd": 4, "demo value": 8},
        [("demo value", "demo micrograd", "≥", 1.7)],
    ),
    (
        "31 parameters",
        True,
        {"flip value": 1000, "flip tensor": 1000, "flip torch": 1000, "flip autograd": 300},
        [
            ("flip value", "flip torch", "≤", 0.3),
            ("flip tensor", "flip torch", "≤", 0.3),
            ("flip tensor", "flip autograd", "≤", 0.25),
        ],
    ),
    (
        "64-128-10, batch of 64, cross-entropy",
        True,
        {"digits numpy": 500, "digits tensor": 500, "digits torch": 500, "digits autograd": 200},
        [
            ("digits tensor", "digits numpy", "≤", 1.15),
            ("digits tensor", "digits torch", "≤", 0.5),
            ("digits tensor", "digits autograd", "≤", 0.25),
        ],
    ),
    (
        "2-16-16-1, 100 points, hinge loss",
        True,
        {"hinge numpy": 1000, "hinge tensor": 1000, "hinge torch": 1000, "hinge autograd": 300},
        [
            ("hinge tensor", "hinge numpy", "≤", 2.1),
            ("hinge tensor", "hinge torch", "≤", 0.5),
            ("hinge tensor", "hinge autograd", "≤", 0.25),
        ],
    ),
]
NAMES = {
    "demo value": "Value, op for op",
    "demo dot": "Value, with dot",
    "flip value": "Value, with dot",
    "micrograd": "micrograd",
    "tensor": "Tensor",
    "torch": "PyTorch",
    "autograd": "HIPS autograd",
    "numpy": "NumPy by hand",
}


def run(name, steps, collector, pipe):
    """In a process of its own: send the loss of the first step, then the seconds a step takes,
    at each request.
    """
    step = contender(name)
    pipe.send(float(step()))
    if not collector:
        gc.disable()
    while pipe.recv():
        began = time.process_time()
        for _ in range(steps):
            step()
        pipe.send((time.process_time() - began) / steps)
        if not collector:
            gc.collect()  # off the clock, or micrograd's graphs would fill the memory


def race(steps, collector=True):
    """Return the median seconds a step takes each contender; steps: how many it takes in a
    round, by its name.
    """
    start, pipes, times = multiprocessing.get_context("spawn"), {}, {name: [] for name in steps}
    for name in steps:
        pipes[name], end = start.Pipe()
        start.Process(target=run, args=(name, steps[name], collector, end), daemon=True).start()
    losses = {name: pipe.recv() for name, pipe in pipes.items()}
    if max(losses.values()) - min(losses.values()) > 1e-9:
        sys.exit(f"These should compute the same loss, but do not: {losses}.")
    for _ in range(ROUNDS):
        for name, pipe in pipes.items():
            pipe.send(True)
            times[name].append(pipe.recv())
    for pipe in pipes.values():
        pipe.send(False)
    return {name: statistics.median(seconds) for name, seconds in times.items()}


def installed():
    """Return the version of each library that races; only PyTorch may be missing."""
    versions = {}
    for package in ("numpy", "micrograd", "autograd", "torch"):
        try:
            versions[package] = version(package)
        except PackageNotFoundError:
            if package != "torch":
                sys.exit(
                    f"The benchmarks need {package}; install what they need with: pip install -e "
                    ".[bench]"
                )
            print("PyTorch is not installed; the race goes on without it.", file=sys.stderr)
    return versions


def row(title, ours, other, kind, goal, seconds):
    """Return a line of the table."""
    ratio = seconds[other] / seconds[ours] if kind == "≥" else seconds[ours] / seconds[other]
    verdict = "met" if (ratio >= goal) == (kind == "≥") else "missed"
    label = lambda name: NAMES.get(name) or NAMES[name.split()[1]]
    time_of = lambda name: f"{label(name)} | {float(f'{1e3 * seconds[name]:.3g}'):g}"
    return (
        f"| {title} | {time_of(ours)} | {time_of(other)} | {ratio:.2f} | {kind} {goal} | "
        f"{verdict} |"
    )


def main():
    os.environ.update(OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1", MKL_NUM_THREADS="1")
    versions = installed()
    here = ", ".join(f"{package} {number}" for package, number in versions.items())
    print(
        f"Python {python_version()}, {here}; {os.cpu_count()} cores; medians of {ROUNDS} rounds\n"
    )
    print(
        "| step | ours | ms | against | ms | ratio | goal | "
        "|\n|---|---|---:|---|---:|---:|---:|---|",
        flush=True,
    )
    for title, collector, steps, goals in RACES:
        seconds = race(
            {
                name: n
                for name, n in steps.items()
                if name.split()[1] != "torch" or "torch" in versions
            },
            collector,
        )
        for ours, other, kind, goal in goals:
            if other in seconds:
                print(row(title, ours, other, kind, goal, seconds), flush=True)
    seconds = race({"chain value": 1})["chain value"]
    print(
        f"\nA chain of 1,000,000 additions, forward, backward and freed: {seconds:.2f} s (goal: "
        "below 2 s)"
    )


if __name__ == "__main__":
    main()
