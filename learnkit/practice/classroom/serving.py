"""The page of a class, served on this machine alone."""

import threading
import webbrowser
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from .board import page, room
from .folder import Folder

SAID = (
    "The page is at {}; it looks again every few seconds. On a hub it is also at "
    "…/proxy/{}/ behind your own server's address, where jupyter-server-proxy is installed. "
    "Ctrl-C ends it."
)


class Server(ThreadingHTTPServer):
    """Serves the page of the class that shares into a folder.

    Raises OSError if it is no folder or the port cannot be used; port 0 is any that is free.
    """

    daemon_threads = True

    def __init__(self, folder, port=0):
        self.folder, self.reading = Folder(folder), threading.Lock()
        super().__init__(("127.0.0.1", port), Request)

    @property
    def url(self):
        """The address of the page."""
        return f"http://127.0.0.1:{self.server_port}/"

    def entries(self):
        """Return what is shared now."""
        with self.reading:
            return self.folder.entries()


class Request(BaseHTTPRequestHandler):
    """Answers a request for the page, or for the part of it that changes."""

    timeout = 30  # seconds for a browser that says nothing

    def do_GET(self):
        asked = urlsplit(self.path)
        answer = {"/": page, "/room": room}.get(asked.path)
        if answer is None:
            return self.send_error(404)
        chapter = parse_qs(asked.query).get("chapter", [""])[0]
        content = answer(self.server.entries(), chapter).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        """Say nothing: the page asks every few seconds."""


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
