"""Race the engine against micrograd, HIPS autograd, PyTorch, JAX and hand-written NumPy.

    python benchmarks/engine.py            print the tables; what is not installed does not race
    python benchmarks/engine.py --write    and put them, with a picture, into docs/results.md

`python3 course.py bench` installs what is small of it, then does the second.
"""

import os
import sys
from importlib.util import find_spec
from typing import NamedTuple

import report
from racing import ROUNDS, race


class Goal(NamedTuple):
    """What is to be reached. kind "≥": ours is so many times faster than the other; "≤": it takes
    at most such a part of the other's time.
    """

    ours: str
    other: str
    kind: str
    bound: float


class Race(NamedTuple):
    """A title, how many steps each contender takes in a round, the goals, and whether Python's
    collector runs.
    """

    title: str
    steps: dict
    goals: list
    collector: bool = True


RACES = [
    Race(
        "micrograd's demo, collector on",
        {"demo micrograd": 2, "demo value": 20, "demo dot": 50},
        [
            Goal("demo value", "demo micrograd", "≥", 12),
            Goal("demo dot", "demo micrograd", "≥", 50),
        ],
    ),
    Race(
        "micrograd's demo, collector off",
        {"demo micrograd": 4, "demo value": 8},
        [Goal("demo value", "demo micrograd", "≥", 1.7)],
        collector=False,
    ),
    Race(
        "31 parameters",
        {
            "flip value": 1000,
            "flip tensor": 1000,
            "flip torch": 1000,
            "flip torch32": 1000,
            "flip autograd": 300,
            "flip jax": 30,
            "flip jit": 1000,
        },
        [
            Goal("flip value", "flip torch", "≤", 0.3),
            Goal("flip tensor", "flip torch", "≤", 0.3),
            Goal("flip tensor", "flip autograd", "≤", 0.25),
        ],
    ),
    Race(
        "64-128-10, batch of 64, cross-entropy",
        {
            "digits tensor": 500,
            "digits numpy": 500,
            "digits torch": 500,
            "digits torch32": 500,
            "digits autograd": 200,
            "digits jax": 20,
            "digits jit": 500,
        },
        [
            Goal("digits tensor", "digits numpy", "≤", 1.15),
            Goal("digits tensor", "digits torch", "≤", 0.5),
            Goal("digits tensor", "digits autograd", "≤", 0.25),
        ],
    ),
    Race(
        "2-16-16-1, 100 points, hinge loss",
        {
            "hinge tensor": 1000,
            "hinge numpy": 1000,
            "hinge torch": 1000,
            "hinge torch32": 1000,
            "hinge autograd": 300,
            "hinge jax": 20,
            "hinge jit": 1000,
        },
        [
            Goal("hinge tensor", "hinge numpy", "≤", 2.1),
            Goal("hinge tensor", "hinge torch", "≤", 0.5),
            Goal("hinge tensor", "hinge autograd", "≤", 0.25),
        ],
    ),
]
CHAIN = Race("a chain of 1,000,000 additions", {"chain value": 1}, [])
PACKAGES = {"torch32": "torch", "jit": "jax"}  # of a library whose contender is named otherwise


def missing():
    """Return the rivals that are not installed."""
    return [package for package in report.RIVALS if not installed(package)]


def installed(package):
    """Return whether Python finds the package; a mere folder of that name is none."""
    spec = find_spec(package)
    return spec is not None and spec.origin is not None


def taking_part(steps, absent):
    """Return those of the contenders whose library is here."""

    def package(name):
        library = name.split()[1]
        return PACKAGES.get(library, library)

    return {name: count for name, count in steps.items() if package(name) not in absent}


def measured(absent):
    """Return the medians of each race, by its title, saying on the way which is running."""
    seconds = {}
    for each in [*RACES, CHAIN]:
        print(f"Racing: {each.title} …", file=sys.stderr, flush=True)
        seconds[each.title] = race(taking_part(each.steps, absent), each.collector)
    return seconds


def main(arguments):
    """Race, print, and with --write keep the results; return an exit code."""
    if arguments not in ([], ["--write"]):
        print(__doc__.strip(), file=sys.stderr)
        return 2
    absent = missing()
    if absent:
        names = ", ".join(absent)
        print(f"Not installed, so the race goes on without: {names}.", file=sys.stderr)
    seconds = measured(absent)
    text = report.tables(RACES, seconds, CHAIN.title, ROUNDS, os.cpu_count())
    print(text)
    if arguments:
        report.write(text, RACES, seconds)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
