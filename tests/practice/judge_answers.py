"""Judges every answer of a file: `judge_file(path)`, to be called in a small process.

It gives a list of {answer, state, verdict, mistake, seconds}. `judge_right_ones(path, drawn)` does
so for the right answers to exercises that draw cases, with so many cases drawn for each.
"""

import contextlib
import json
import linecache
import math
import sys
import time
from importlib import import_module

import numpy as np

from learnkit import Tensor, Value, differentiate, flip, landscapes
from learnkit.practice import exercise
from learnkit.practice.exercise import Exercise
from learnkit.practice.quiz import Choice

AT_HAND = {
    "np": np,
    "math": math,
    "Tensor": Tensor,
    "Value": Value,
    "differentiate": differentiate,
    "flip": flip,
    "landscapes": landscapes,
    "__name__": "__main__",
}


def asked_by(answer):
    return getattr(import_module(f"learnkit.exercises.{answer['chapter']}"), answer["exercise"])


def judge(answer, filename):
    asked, mine = asked_by(answer), load(answer["code"], filename)
    asked.draws = 0  # the same further cases, whatever was asked before
    started = time.perf_counter()
    verdict = asked.check(mine)
    return {
        "answer": answer,
        "state": verdict.state,
        "verdict": str(verdict),
        "mistake": mistake_of(asked, verdict),
        "seconds": time.perf_counter() - started,
    }


def load(code, filename):
    """Run the code as a cell would, with its lines at hand for tracebacks; return its ANSWER."""
    linecache.cache[filename] = (len(code), None, code.splitlines(keepends=True), filename)
    scope = dict(AT_HAND)
    exec(compile(code, filename, "exec"), scope)
    return scope["ANSWER"]


def mistake_of(asked, verdict):
    """Return the tier and finding of a verdict; a quick check has none, but may have its reason."""
    if isinstance(asked, Exercise):
        return verdict.mistake
    has_a_reason = isinstance(asked, Choice) or verdict.message in asked.feedback.values()
    return "question.feedback" if has_a_reason and verdict.state == "incorrect" else ""


def judge_right_ones(path, drawn):
    exercise.FRESH = drawn  # in this process alone
    return judge_file(path, lambda answer: answer["kind"] == "right" and draws(asked_by(answer)))


def draws(asked):
    return isinstance(asked, Exercise) and bool(asked.drawn(1))


def judge_file(path, choose=bool):
    answers = filter(choose, json.loads(path.read_text("utf-8")))
    with contextlib.redirect_stdout(sys.stderr):  # an answer may print
        return [judge(answer, f"<{path.stem} {place}>") for place, answer in enumerate(answers)]
