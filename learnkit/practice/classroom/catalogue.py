"""What the course asks: its exercises by number and its predictions by key."""

import contextlib
from functools import cache
from importlib import import_module

from ..exercise import Exercise
from ..predict import Prediction


@cache
def exercises():
    """Return {number: Exercise} of all chapters that can be loaded, in their order."""
    found = [item for item in _items() if isinstance(item, Exercise)]
    return {item.number: item for item in sorted(found, key=lambda item: in_order(item.number))}


@cache
def predictions():
    """Return {key: Prediction} of all chapters that can be loaded."""
    return {item.key: item for item in _items() if isinstance(item, Prediction)}


def in_order(number):
    """Return what exercises are sorted by: 4.10 comes after 4.9, and what has no number last."""
    parts = number.split(".")
    return [int(part) if part.isdecimal() else 10**6 for part in parts]


def chapter_of(name):
    """Return the chapter of an exercise's number, "4.1", or a prediction's key, "04-steps"."""
    number = name.partition("-" if "-" in name else ".")[0]
    return number.zfill(2) if number.isdecimal() else ""


def _items():
    for chapter in import_module("learnkit.exercises").CHAPTERS:
        with contextlib.suppress(Exception):  # one that cannot be loaded leaves the others
            yield from vars(import_module(f"learnkit.exercises.chapter_{chapter.number}")).values()
