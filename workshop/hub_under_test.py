"""A hub that is only a test: started in a folder of its own, stopped with all it has started."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import psutil

CONFIG = Path(__file__).resolve().with_name("jupyterhub_config.py")
PATIENCE = 60  # seconds for a hub to start, and for one to stop
NO_PROXY = (
    "configurable-http-proxy, which JupyterHub runs behind, is not installed: "
    "run `npm install -g configurable-http-proxy`, then try again."
)


@contextmanager
def hub_under_test():
    """Run a hub on free ports of 127.0.0.1, and give its address.

    Raises RuntimeError with the last it said if it does not start, or if it lacks its proxy.
    """
    if not shutil.which("configurable-http-proxy"):
        raise RuntimeError(NO_PROXY)
    folder = Path(tempfile.mkdtemp(prefix="learnkit-load-"))
    address, hub, proxy = (f"http://127.0.0.1:{port}" for port in free_ports(3))
    command = [sys.executable, "-m", "jupyterhub", "-f", CONFIG]
    command += [f"--JupyterHub.bind_url={address}", f"--JupyterHub.hub_bind_url={hub}"]
    command += [f"--ConfigurableHTTPProxy.api_url={proxy}"]
    environment = dict(os.environ, LEARNKIT_HUB_IS_ONLY_A_TEST="yes")
    with open(folder / "log.txt", "w") as log:
        # in a session of its own, so that Ctrl-C reaches it only through us
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=log, stderr=log, start_new_session=True
        )
    try:
        wait_until_up(address, process, folder / "log.txt")
        yield address
    finally:
        stop(process, folder)
        shutil.rmtree(folder, ignore_errors=True)


def free_ports(count):
    """Return numbers of ports that nobody listens on."""
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


def wait_until_up(address, process, log):
    deadline = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        try:
            return urllib.request.urlopen(address + "/hub/health", timeout=5).close()
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"The hub did not start. The last it said:\n{log.read_text()[-2000:]}")


def stop(process, folder):
    """Stop a hub, then whatever still works in its folder: servers and kernels it has lost."""
    process.terminate()
    try:
        process.wait(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(timeout=PATIENCE)
    left = [one for one in psutil.process_iter() if works_in(folder, one)]
    for one in left:
        try:
            one.kill()
        except psutil.NoSuchProcess:
            pass
    psutil.wait_procs(left, timeout=PATIENCE)


def works_in(folder, process):
    """Whether a process has its working directory in this folder."""
    try:
        return Path(process.cwd()).is_relative_to(folder)
    except psutil.Error:
        return False
