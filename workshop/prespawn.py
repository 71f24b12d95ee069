"""Start everybody's server before class, through the hub's interface, so that nobody waits.

    python3 prespawn.py http://127.0.0.1:8000 names.txt    one name a line
    python3 prespawn.py http://127.0.0.1:8000              everybody the hub knows

Works with any JupyterHub, also one on a cluster, and needs Python alone. The variable
LEARNKIT_HUB_TOKEN holds the token that the hub was started with. Eight servers start at a time;
after --within minutes, 20 by default, what is not up is named and left to itself.
"""

import argparse
import json
import os
import sys
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from urllib.parse import quote

AT_ONCE = 8
ANSWER = 60  # seconds for one answer of the hub
LOOK_AGAIN = 2  # seconds between two looks at a server


class Refused(Exception):
    """What the hub would not do, in its own words."""


class Hub:
    """A hub's interface, asked with a token."""

    def __init__(self, address, token):
        self.api = address.rstrip("/") + "/hub/api"
        self.headers = {"Authorization": f"token {token}"}

    def ask(self, method, path, body=None):
        """Send a request and return the answer, None where it has no text.

        Raises Refused with the hub's words, and OSError where there is no hub.
        """
        data = json.dumps(body).encode() if body else None
        request = urllib.request.Request(self.api + path, data, self.headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=ANSWER) as answer:
                return json.loads(answer.read() or "null")
        except urllib.error.HTTPError as error:
            raise Refused(words_of(error)) from error


def words_of(error):
    try:
        return json.loads(error.read())["message"]
    except (ValueError, KeyError):
        return str(error)


def main(arguments):
    """Start the servers; the exit code says whether all are up."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("hub")
    parser.add_argument("names", nargs="?", type=Path)
    parser.add_argument("--within", type=float, default=20)
    asked = parser.parse_args(arguments)
    if "LEARNKIT_HUB_TOKEN" not in os.environ:
        parser.error("LEARNKIT_HUB_TOKEN is not set: it holds the token the hub was started with.")
    hub = Hub(asked.hub, os.environ["LEARNKIT_HUB_TOKEN"])
    try:
        names = names_in(asked.names) if asked.names else names_known_to(hub)
        return start_all(hub, names, time.monotonic() + 60 * asked.within)
    except (Refused, OSError) as error:
        print(f"{asked.hub} did not do it: {error}", file=sys.stderr)
        return 1


def names_in(file):
    return list(dict.fromkeys(file.read_text(encoding="utf-8").split()))


def names_known_to(hub):
    return [user["name"] for user in hub.ask("GET", "/users?limit=1000")]


def start_all(hub, names, until):
    """Start these learners' servers, a few at a time, and say how far it is."""
    failed = {}
    with ThreadPoolExecutor(AT_ONCE) as pool:
        starts = {pool.submit(start, hub, name, until): name for name in names}
        for count, ended in enumerate(as_completed(starts), 1):
            if ended.exception():
                failed[starts[ended]] = ended.exception()
            print(f"\r{count - len(failed)} of {len(names)} servers are up", end="", flush=True)
    print()
    for name, why in failed.items():
        print(f"{name}: {why}", file=sys.stderr)
    return 1 if failed else 0


def start(hub, name, until):
    """Start one learner's server and wait until it is up. Raises Refused if it does not come."""
    user = f"/users/{quote(name, safe='')}"
    if time.monotonic() < until:
        try:
            known = hub.ask("GET", user)
        except Refused:  # nobody of this name has signed in yet
            known = hub.ask("POST", user)
        if "" not in known["servers"]:
            hub.ask("POST", f"{user}/server")
    while time.monotonic() < until:
        server = hub.ask("GET", user)["servers"].get("")
        if not server:
            raise Refused("the server ended as it began; the hub's log says why")
        if server["ready"]:
            return
        time.sleep(LOOK_AGAIN)
    raise Refused("not up in the time there was")


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        print("\nStopped; the servers that have started go on.", file=sys.stderr)
        os._exit(130)  # without waiting for the threads, which only look
