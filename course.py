#!/usr/bin/env python3
"""The front door of the course: it sets everything up, then does what you ask.

    python3 course.py                 open the course in JupyterLab (short for: course.py lab)
    python3 course.py test            run the checks of the course, without those that take long
    python3 course.py test --all      run every check
    python3 course.py legs            list the other versions on which the course is tried
    python3 course.py legs NAME …     try some of them, or all
    python3 course.py build           write exercises into solutions/, notebooks/ from them, docs/
    python3 course.py build --check   write nothing, list the notebooks that are out of date
    python3 course.py run 04          run a chapter of solutions/ and store what it shows
    python3 course.py show            list the visuals of the course
    python3 course.py show NAME       open a visual in the browser, drawn anew when its files change
    python3 course.py site [FOLDER]   write the chapters as a web site, by default into site/
    python3 course.py site --lite     … with Python in the browser, so that chapters run there
    python3 course.py book [FOLDER]   print the whole course and the workbook as PDF into book/
    python3 course.py slides 04       write a chapter as slides, its pictures alive, into slides/
    python3 course.py handout 04      print a chapter without its answers as PDF into handout/
    python3 course.py update          bring in the newest edition by git, and keep what you did
    python3 course.py reset 04        a clean copy of a chapter; yours is kept beside it
    python3 course.py release --until 04 FOLDER   write a learners' folder without later solutions
    python3 course.py bench           race the engine against others and write docs/results.md
    python3 course.py wheels FOLDER   gather all packages, for a room without a network
    python3 course.py --wheels FOLDER    open the course there, installed from that folder

What follows lab or test is passed on: `course.py lab --no-browser --port 9000`,
`course.py test -k value`. show takes `--no-browser` and `--port 9000` too.
"""

# Standard library only, and nothing newer than Python 3.6 in its grammar: an old Python must be
# able to read this file, to say that it is too old. What stands behind it is in tools/.

import os
import signal
import sys

MISSING = (
    "The folders tools/ and learnkit/, which stand behind course.py, are not both here: copy the "
    "whole course, then try again."
)
TOO_OLD = (
    "The course needs Python {}.{} or newer and this is Python {}.{}: install a newer one from "
    "python.org or your package manager and start course.py with it."
)


def main(arguments):
    """Run one command and return its exit code."""
    here = os.path.dirname(os.path.abspath(__file__))
    if not all(os.path.isdir(os.path.join(here, name)) for name in ("tools", "learnkit")):
        return refuse(MISSING)
    sys.path.insert(0, here)
    from tools import NEEDED

    if sys.version_info < NEEDED:
        return refuse(TOO_OLD.format(*NEEDED + sys.version_info[:2]))
    from tools.commands import obey

    return obey(arguments, __doc__)


def refuse(sentence):
    print(sentence, file=sys.stderr)
    return 1


if __name__ == "__main__":
    # whatever was begun is wound up first
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    sys.exit(main(sys.argv[1:]))
