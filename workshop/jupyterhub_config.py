"""JupyterHub for a class on one machine, up to about 100 learners; README.md says how to start it.

What differs from JupyterHub's defaults is what a class needs in its first minute, when everybody
signs in at once: measured in docs/results.md by load.py.
"""

import asyncio
import os
import sys
from pathlib import Path

from jupyterhub.app import JupyterHub
from jupyterhub.spawner import LocalProcessSpawner, SimpleLocalProcessSpawner
from jupyterhub.utils import wait_for_http_server

c = get_config()  # noqa: F821  # put here by JupyterHub
COURSE = Path(__file__).resolve().parent.parent
ONLY_A_TEST = os.environ.get("LEARNKIT_HUB_IS_ONLY_A_TEST") == "yes"
HOUR = 3600

# ------------------------------------------------------------------------------ who may sign in
# Accounts of this machine, by their passwords: PAM. Only members of these two groups are let in,
# and each learner's server runs under the learner's own account, so nobody reads another's work.
c.JupyterHub.authenticator_class = "pam"
c.PAMAuthenticator.allowed_groups = {"learners"}
c.PAMAuthenticator.admin_groups = {"teachers"}

# -------------------------------------------------------------------------- the start of a class
# A hub starts everybody's server at once and gives up on each after 30 seconds: 40 at once share
# the processor so thinly that none is ready by then. Here a few start at a time, the others wait
# in a queue, and nobody is given up for half an hour: on two cores a hundred take ten minutes.
TURNS = asyncio.Semaphore(2 * (os.cpu_count() or 1))
ANSWERS_WITHIN = 300  # seconds of its turn in which a server must answer


class InTurn(SimpleLocalProcessSpawner if ONLY_A_TEST else LocalProcessSpawner):
    """Starts a learner's server when it is its turn, which lasts until the server answers."""

    async def start(self):
        async with TURNS:
            address, port = await super().start()
            waiting = asyncio.create_task(answers(f"http://{address}:{port}{self.server.base_url}"))
            while not waiting.done() and await self.poll() is None:
                await asyncio.wait([waiting], timeout=1)
            if await self.poll() is not None:  # known at once, where the hub would wait on
                waiting.cancel()
                raise RuntimeError("The server ended as soon as it began; the hub's log says why.")
            await waiting  # raises if the server has not answered in time
            return address, port


async def answers(url):
    """Wait until a server answers. Raises TimeoutError if it does not while it has its turn."""
    await wait_for_http_server(url, timeout=ANSWERS_WITHIN)


c.JupyterHub.spawner_class = InTurn
c.JupyterHub.concurrent_spawn_limit = 0  # who comes late waits in the queue, and is not sent away
c.Spawner.start_timeout = 1800  # seconds, the wait in the queue among them
c.Spawner.http_timeout = 120

# --------------------------------------------------------------------------- a learner's server
c.Spawner.cmd = [sys.executable, str(COURSE / "workshop" / "serve.py")]
c.Spawner.notebook_dir = "~/learnkit"
c.Spawner.default_url = "/lab/tree/00_start_here.ipynb"
c.Spawner.mem_limit = "1G"  # for each process, by serve.py: a cell that wants more gets MemoryError
c.Spawner.args = [
    f"--LabApp.app_settings_dir={COURSE / '.jupyter'}",  # turns the news pop-up off
    "--KernelManager.transport=ipc",  # over TCP a kernel takes five ports, which collide in a burst
    f"--MappingKernelManager.cull_idle_timeout={2 * HOUR}",  # outlasts a lunch
    f"--ServerApp.shutdown_no_activity_timeout={HOUR}",  # counts from the end of the last kernel
]
c.Spawner.environment = {
    # a network of this course is too small for two threads, and a class has no cores to spare
    **dict.fromkeys(["OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"], "1"),
    # explains a NameError before anything is imported, as `course.py lab` does
    "PYTHONSTARTUP": str(COURSE / "learnkit" / "practice" / "names" / "startup.py"),
}

# ------------------------------------------------------------------------------------- the hub
# Reached from this machine alone: a web server in front of it adds HTTPS, see README.md.
c.JupyterHub.bind_url = "http://127.0.0.1:8000"

# prespawn.py starts everybody's servers before class, with this token.
TOKEN = os.environ.get("LEARNKIT_HUB_TOKEN")
if TOKEN:
    c.JupyterHub.services = [{"name": "prespawn", "api_token": TOKEN}]
    c.JupyterHub.load_roles = [
        {"name": "prespawn", "services": ["prespawn"], "scopes": ["admin:users", "servers"]}
    ]

# ------------------------------------------------------------------------------------- the test
# Anybody may sign in, under any name: for load.py, on a hub that only this machine can reach.
if ONLY_A_TEST:
    c.JupyterHub.authenticator_class = "dummy"
    c.Authenticator.allow_all = True
    c.Spawner.args += ["--allow-root"]  # as in CI, where there is nobody else
    c.SimpleLocalProcessSpawner.home_dir_template = str(Path.cwd() / "homes" / "{username}")


def refuse_open_doors(chosen):
    """End with a sentence where a hub that lets everybody in is not said to be a test."""
    if "dummy" in str(chosen).lower() and not ONLY_A_TEST:
        sys.exit(
            "This hub would let anybody in under any name: its authenticator is the dummy one. "
            "Choose a real one; for a test on this machine set LEARNKIT_HUB_IS_ONLY_A_TEST=yes."
        )


# the command line counts more than this file, so it is looked at too
given = JupyterHub.instance().cli_config.JupyterHub
refuse_open_doors(given.get("authenticator_class") or c.JupyterHub.authenticator_class)
