"""What each kernel of the course runs as it starts, so that a set-up cell left out is named.

`course.py lab` names this file in PYTHONSTARTUP, and in LEARNKIT_STARTUP_BEFORE the one that stood
there before.
Nothing stays behind in the notebook's names.
"""


def _start_the_file_that_stood_there_before():
    import os
    import traceback

    path = os.environ.get("LEARNKIT_STARTUP_BEFORE", "")
    if not os.path.isfile(path):
        return
    try:
        with open(path, encoding="utf-8") as file:
            exec(compile(file.read(), path, "exec"), globals())
    except Exception:
        traceback.print_exc()  # as Python does, and goes on


def _watch_for_missing_names():
    try:
        from learnkit.practice.names import watch
    except ImportError:  # a kernel of another environment, in which the course is not installed
        return
    watch()


_start_the_file_that_stood_there_before()
_watch_for_missing_names()
del _start_the_file_that_stood_there_before, _watch_for_missing_names
