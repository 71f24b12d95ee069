"""The commands of course.py: which there are."""

from learnkit.launch.common import ended
from tools.bench import bench
from tools.book import book, handout
from tools.build import build
from tools.common import Problem
from tools.lab import lab
from tools.legs import legs
from tools.release import release
from tools.reset import reset
from tools.run_chapter import run_chapter
from tools.show import show
from tools.site import site
from tools.slides import slides
from tools.test import test
from tools.update import update
from tools.wheels import install_from_wheels, wheels

COMMANDS = {
    "lab": lab,
    "test": test,
    "build": build,
    "run": run_chapter,
    "show": show,
    "site": site,
    "book": book,
    "slides": slides,
    "handout": handout,
    "update": update,
    "reset": reset,
    "release": release,
    "bench": bench,
    "legs": legs,
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
    return ended(lambda: command_named(arguments[0])(install_from_wheels(arguments[1:])))


def command_named(name):
    """Return the command of this name. Raises Problem with the names there are."""
    if name not in COMMANDS:
        raise Problem(f"course.py has no command {name!r}: it knows {', '.join(COMMANDS)}.")
    return COMMANDS[name]
