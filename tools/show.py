"""The command `show`: one visual in the browser, drawn anew when files of learnkit/ change.

A small server on this machine alone makes the visual in a fresh Python for each edition of the
files, so that edits count, and a mistake in them shows on the page.
"""

import argparse
import hashlib
import subprocess
import sys
import threading
import webbrowser

from learnkit.launch.serving import PageRequest, PageServer
from tools.common import PYTHON, ROOT, Problem, run, say
from tools.environment import EXTRAS
from tools.installing import prepare
from tools.visual_page import fault, page
from tools.visuals import VISUALS

ENDINGS = {".py", ".js", ".css", ".csv", ".npz"}
PATIENCE = 60  # seconds for making one visual


def show(arguments):
    """Open a visual in the course's own environment; without a name say which there are."""
    if not arguments:
        say(list_of_visuals())
        return 0
    options(arguments)
    prepare(EXTRAS["lab"])
    return run([str(PYTHON), "-m", "tools.show", *arguments])


def list_of_visuals():
    names = "\n".join(f"  {name}" for name in sorted(VISUALS, key=str.lower))
    return f"The visuals of the course; `python3 course.py show NAME` opens one:\n{names}"


def options(arguments):
    """Return what was asked for: name, port and browser. Raises Problem for a name there is not."""
    parser = argparse.ArgumentParser("course.py show")
    parser.add_argument("name", help="one of the names that `course.py show` lists")
    parser.add_argument("--port", type=int, default=0, help="by default any that is free")
    parser.add_argument("--no-browser", dest="browser", action="store_false")
    asked = parser.parse_args(arguments)
    if asked.name not in VISUALS:
        raise Problem(f"There is no visual {asked.name!r}. {list_of_visuals()}")
    return asked


class Server(PageServer):
    """Serves the page of one visual on this machine, made anew for each edition of the files."""

    def __init__(self, name, port):
        super().__init__(port, Request)
        self.name = name
        self._made = ("", "")  # the edition made last, and its page
        self._making = threading.Lock()

    def page(self):
        """Return the page as the files are now."""
        with self._making:
            now = edition()
            if self._made[0] != now:
                self._made = now, page(self.name, shown(self.name), now)
            return self._made[1]


class Request(PageRequest):
    """Answers a request for the page, or for the edition of the files."""

    def do_GET(self):
        answers = {"/": self.server.page, "/edition": edition}
        answer = answers.get(self.path)
        if answer is None:
            return self.send_error(404)
        self.send_page(answer())


def edition():
    """Return a short text that differs once a file of the course's code was changed, added or
    deleted.
    """
    files = [path for path in (ROOT / "learnkit").rglob("*") if path.suffix in ENDINGS]
    files += [ROOT / "tools" / "visuals.py"]
    state = [(str(path), stamp(path)) for path in sorted(files)]
    return hashlib.sha256(repr(state).encode()).hexdigest()[:16]


def stamp(path):
    """Return when a file was changed and its size, or nothing if it has just been deleted."""
    try:
        status = path.stat()
        return status.st_mtime_ns, status.st_size
    except OSError:
        return ()


def shown(name):
    """Return the visual as HTML, made by a fresh Python; what went wrong, if it could not be
    made.
    """
    command = [sys.executable, "-m", "tools.visual_page", name]
    try:
        made = subprocess.run(
            command, cwd=str(ROOT), capture_output=True, text=True, timeout=PATIENCE
        )
    except subprocess.TimeoutExpired:
        return fault(f"{name} was not made within {PATIENCE} seconds: look for an endless loop.")
    return made.stdout if made.returncode == 0 else fault(made.stderr)


def main(arguments):
    """Serve the visual asked for until Ctrl-C; return an exit code."""
    asked = options(arguments)
    try:
        server = Server(asked.name, asked.port)
    except OSError as error:
        print(f"Port {asked.port} cannot be used ({error.strerror}): choose another.")
        return 1
    with server:
        say(f"{asked.name} is at {server.url}, drawn anew when its files change. Ctrl-C ends it.")
        if asked.browser:
            webbrowser.open(server.url)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            say("")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
