"""The page of a class, served on this machine alone."""

import threading
import webbrowser
from functools import partial
from urllib.parse import parse_qs, urlsplit

from learnkit.launch.serving import PageRequest, PageServer

from .board import page, room
from .folder import Folder

SAID = (
    "The page is at {}; it looks again every few seconds. On a hub it is also at "
    "…/proxy/{}/ behind your own server's address, where jupyter-server-proxy is installed. "
    "Ctrl-C ends it."
)


class Server(PageServer):
    """Serves the page of the class that shares into a folder.

    Raises OSError if it is no folder or the port cannot be used; port 0 is any that is free.
    """

    def __init__(self, folder, port=0):
        self.folder, self.reading = Folder(folder), threading.Lock()
        super().__init__(port, Request)

    def entries(self):
        """Return what is shared now."""
        with self.reading:
            return self.folder.entries()


class Request(PageRequest):
    """Answers a request for the page, or for the part of it that changes."""

    def do_GET(self):
        asked = urlsplit(self.path)
        answer = {"/": page, "/room": room}.get(asked.path)
        if answer is None:
            return self.send_error(404)
        chapter = parse_qs(asked.query).get("chapter", [""])[0]
        self.send_page(answer(self.server.entries(), chapter))


def serve(folder, port=0, browser=True):
    """Serve the page of a class until Ctrl-C.

    Raises OSError if it is no folder or the port cannot be used.
    """
    with Server(folder, port) as server:
        print(SAID.format(server.url, server.server_port), flush=True)
        if browser:
            threading.Thread(target=partial(webbrowser.open, server.url), daemon=True).start()
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print()
