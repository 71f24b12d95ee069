"""What all commands share: the Problem a user can mend, how each ends, starting a program."""

import signal
import subprocess
import sys


class Problem(Exception):
    """Something the user can mend, said in one sentence."""


def ended(command, *arguments):
    """Run a command, a function that returns an exit code; return that or another, with a word."""
    try:
        return command(*arguments)
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


def run(command, folder):
    """Run a program in a folder and return its exit code."""
    # Ctrl-C reaches the program too, which ends in its own way
    signal.signal(signal.SIGINT, lambda *_: None)
    process = subprocess.Popen(command, cwd=str(folder))
    signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    code = process.wait()
    return code if code >= 0 else 128 - code


def say(sentence):
    print(sentence, flush=True)
