"""The commands of course.py: which there are, and how each ends."""

import sys

from tools.bench import bench
from tools.build import build
from tools.common import Problem
from tools.lab import lab
from tools.run_chapter import run_chapter
from tools.show import show
from tools.site import site
from tools.test import test
from tools.wheels import install_from_wheels, wheels

COMMANDS = {
    "lab": lab,
    "test": test,
    "build": build,
    "run": run_chapter,
    "show": show,
    "site": site,
    "bench": bench,
    "wheels": wheels,
}
HELP = {"-h", "--help", "help"}
PASSED_ON = ("lab", "test")  # what asks for help behind these is meant for their programs


def obey(arguments, usage):
    """Do what is asked for, and return an exit code; usage: what a question for help is told."""
    asked = arguments[:1] if arguments[:1] and arguments[0] in PASSED_ON else arguments
    if HELP.intersection(asked):
        print(usage.strip())
        return 0
    if not arguments or arguments[0].startswith("-"):
        arguments = ["lab", *arguments]
    try:
        return command_named(arguments[0])(install_from_wheels(arguments[1:]))
    except Problem as problem:
        print(problem, file=sys.stderr)
        return 1
    except OSError as error:
        print(
            f"A file could not be read or written ({error}): mend that, then try again.",
            file=sys.stderr,
        )
        return 1
    except KeyboardInterrupt:
        print("\nStopped. The same command starts again.", file=sys.stderr)
        return 130


def command_named(name):
    """Return the command of this name. Raises Problem with the names there are."""
    if name not in COMMANDS:
        raise Problem(f"course.py has no command {name!r}: it knows {', '.join(COMMANDS)}.")
    return COMMANDS[name]
