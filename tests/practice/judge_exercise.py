"""Prints what is wrong with an exercise, as JSON: `python judge_exercise.py chapter_04 one_step`.

In a process of its own for the reason that judge_answers.py gives.
"""

import json
import sys
from importlib import import_module

from learnkit.practice.authoring import faults

if __name__ == "__main__":
    chapter, name = sys.argv[1:]
    print(json.dumps(faults(getattr(import_module(f"learnkit.exercises.{chapter}"), name))))
