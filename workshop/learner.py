"""A simulated learner: signs in as a browser does, opens a kernel, runs a chapter cell by cell."""

import json
import time
import uuid
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import requests
import websocket

REQUEST = 60  # seconds for one answer of the hub or of a server
LOOK_AGAIN = 1  # seconds until the hub is asked again


class Lost(Exception):
    """What a learner in class would raise a hand for, in one sentence."""


@dataclass
class Learner:
    """One learner of a hub, and what the class was like: seconds from signing in, or None.

    hub: its address. name: signs in under it. until: time.monotonic() at which all patience ends.
    spawned: JupyterLab answered. first: the first cell's result. done: the last cell's. cells: the
    seconds of each cell but the first. lost: what went wrong.
    """

    hub: str
    name: str
    until: float
    spawned: float | None = None
    first: float | None = None
    done: float | None = None
    cells: list = field(default_factory=list)
    lost: str | None = None

    def __post_init__(self):
        self.session = requests.Session()

    def attend(self, chapter, cells):
        """Take part: run these cells, pairs of source and whether an error belongs to it."""
        self.started = time.monotonic()
        try:
            self.sign_in()
            self.spawned = self.seconds()
            self.open_kernel(chapter)
            for source, may_fail in cells:
                begun = self.seconds()
                self.run(source, may_fail)
                if self.first is None:
                    self.first = self.seconds()
                else:
                    self.cells.append(self.seconds() - begun)
            self.done = self.seconds()
        except (Lost, requests.RequestException, websocket.WebSocketException, OSError) as error:
            self.lost = str(error) or type(error).__name__

    def seconds(self):
        """Return how long ago the learner began, and give up where all patience has ended."""
        if time.monotonic() > self.until:
            raise Lost("the time of the whole test was over")
        return time.monotonic() - self.started

    def sign_in(self):
        """Fill in the hub's form, and wait as the page does until JupyterLab answers."""
        login = f"{self.hub}/hub/login"
        self.session.get(login, timeout=REQUEST)
        form = {"username": self.name, "password": "a test", "_xsrf": self.token("/hub/")}
        answer = self.session.post(f"{login}?next=/hub/spawn", data=form, timeout=REQUEST)
        while not urlsplit(answer.url).path.startswith(f"/user/{self.name}/lab"):
            if answer.status_code >= 400:
                raise Lost(f"the hub answered {answer.status_code} instead of a server")
            self.seconds()
            self.hear_of_the_server()
            pending = f"{self.hub}/hub/spawn-pending/{self.name}"
            answer = self.session.get(pending, timeout=REQUEST)
        if answer.status_code != 200:
            raise Lost(f"the server answered {answer.status_code} instead of JupyterLab")

    def hear_of_the_server(self):
        """Listen until the hub says that the server is ready or has failed, as its page does: a
        class that asked every second would take half of the processor.
        """
        progress = f"{self.hub}/hub/api/users/{self.name}/server/progress"
        token = {"_xsrf": self.token("/hub/")}
        with self.session.get(progress, params=token, stream=True, timeout=REQUEST) as news:
            for line in news.iter_lines():
                self.seconds()
                if line.startswith(b"data:") and {"ready", "failed"} & json.loads(line[5:]).keys():
                    return
        time.sleep(LOOK_AGAIN)  # it has ended without a word

    def token(self, path):
        """Return what the hub, or a server, wants to see again in each request that changes
        something.
        """
        for cookie in self.session.cookies:
            if (cookie.name, cookie.path) == ("_xsrf", path):
                return cookie.value
        raise Lost(f"{path} has set no cookie against forged requests")

    def open_kernel(self, chapter):
        """Open a chapter with its kernel, as JupyterLab does, and listen to it."""
        base = f"{self.hub}/user/{self.name}"
        body = {"path": chapter, "name": chapter, "type": "notebook", "kernel": {"name": "python3"}}
        headers = {"X-XSRFToken": self.token(f"/user/{self.name}/")}
        answer = self.session.post(
            f"{base}/api/sessions", json=body, headers=headers, timeout=REQUEST
        )
        if answer.status_code != 201:
            raise Lost(f"the server answered {answer.status_code} instead of a kernel")
        channels = f"{base}/api/kernels/{answer.json()['kernel']['id']}/channels"
        cookies = "; ".join(f"{one.name}={one.value}" for one in self.session.cookies)
        self.kernel = websocket.create_connection(
            channels.replace("http", "ws", 1), cookie=cookies, origin=self.hub, timeout=REQUEST
        )

    def run(self, source, may_fail):
        """Run a cell to its end. Raises Lost if the kernel dies or the cell fails."""
        sent = uuid.uuid4().hex
        self.kernel.send(json.dumps(execute_request(sent, self.name, source)))
        while True:
            self.seconds()
            message = json.loads(self.kernel.recv())
            kind, content = message["msg_type"], message["content"]
            if kind == "status" and content["execution_state"] in ("dead", "restarting"):
                raise Lost("the kernel died")
            if message["parent_header"].get("msg_id") != sent:
                continue
            if kind == "error" and not may_fail:
                raise Lost(f"a cell failed: {content['ename']}: {content['evalue']}")
            if kind == "status" and content["execution_state"] == "idle":
                return

    def leave(self):
        """Stop the learner's server, on a hub that goes on."""
        server = f"{self.hub}/hub/api/users/{self.name}/server"
        with suppress(Lost, requests.RequestException):
            headers = {"X-XSRFToken": self.token("/hub/")}
            self.session.delete(server, headers=headers, timeout=REQUEST)


def execute_request(identity, user, source):
    """Return a message of Jupyter's protocol that asks a kernel to run a cell."""
    header = {"msg_id": identity, "msg_type": "execute_request", "username": user}
    header |= {"session": user, "version": "5.3", "date": ""}
    content = {"code": source, "silent": False, "store_history": True, "allow_stdin": False}
    parts = {"parent_header": {}, "metadata": {}, "buffers": [], "channel": "shell"}
    return {"header": header, "content": content, **parts}
