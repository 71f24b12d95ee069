"""Findings that answers to chapter 8 called for, each tried on answers to at least two exercises."""

import copy

import numpy as np

from learnkit.exercises import chapter_08
from learnkit.practice.exercise import Exercise
from learnkit.practice.plain import plain, same


def exercise(solution, cases, **options):
    usual = {"number": "1.1", "title": "Title", "minutes": 1, "kind": "complete"}
    return Exercise(**{**usual, "solution": solution, "cases": cases, **options})


def test_looking_for_a_mistake_leaves_the_cases_of_the_exercise_as_they_are():
    asked = exercise(lambda x: x**2, [(np.array([2.0, -1.0]),), (np.array([3.0, 1.0]),)])
    before = copy.deepcopy(plain(asked.cases))
    asked.check(lambda x: x + 7)
    layer = chapter_08.whole_layer
    before_layer = copy.deepcopy(plain(layer.cases))
    layer.check(lambda inputs, weights, arriving: (weights + 1, arriving + 1, inputs + 1))
    assert same(plain(asked.cases), before, 0) and same(plain(layer.cases), before_layer, 0)
