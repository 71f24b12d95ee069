"""Checks in a real kernel, where input(), display(), exit() and Interrupt are Jupyter's own."""

import os
import sys
import threading
import time
from pathlib import Path

import pytest
from jupyter_client import KernelManager

from learnkit.practice.running import apart
from learnkit.practice.running.refusing import CHECK_INSIDE, INPUT

ROOT = Path(__file__).parents[3]
LIMIT = 60  # seconds for one cell; none takes more than a few
SETUP = """
from getpass import getpass
from learnkit.practice.exercise import Exercise
double = Exercise(number="1", title="t", minutes=1, kind="trace", solution=lambda x: 2 * x, cases=[(1,), (2,)],
                  seconds={seconds})
ask = input
kept = "alive"
"""


class Notebook:
    """Runs cells in a kernel; `seen` is all that the last of them showed, `asked` whether a box
    for input opened.
    """

    def __init__(self, log):
        self.manager = KernelManager()
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        self.manager.start_kernel(env=environment, stderr=log, stdout=log)
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=LIMIT)

    def run(self, code):
        self.seen, self.asked = "", False
        options = {
            "output_hook": self._see,
            "stdin_hook": self._ask,
            "allow_stdin": True,
            "timeout": LIMIT,
        }
        return self.client.execute_interactive(code, **options)["content"]["status"]

    def check(self, body):
        """Check a function with this body; return the verdict's text."""
        lines = "\n".join(f"    {line}" for line in body.splitlines())
        self.run(f"def mine(x):\n{lines}\nprint('VERDICT', double.check(mine))")
        return self.seen.removeprefix("VERDICT ").strip()

    def close(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)

    def _see(self, message):
        content = message["content"]
        if message["msg_type"] in (
            "stream",
            "display_data",
            "execute_result",
            "error",
            "comm_open",
        ):
            self.seen += content.get("text") or str(content.get("ename") or content.get("data"))

    def _ask(self, message):
        self.asked = True
        self.client.input("3")


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    return tmp_path_factory.mktemp("kernel") / "log.txt"


@pytest.fixture(scope="module")
def notebook(log):
    with open(log, "w") as written:
        started = Notebook(written)
        try:
            assert started.run(SETUP.format(seconds=20)) == "ok"
            yield started
        finally:
            started.close()


@pytest.mark.parametrize("way", ["apart", "here"])
@pytest.mark.parametrize(
    "asks", ["input('x? ')", "ask()", "getpass()", "__import__('sys').stdin.read()"]
)
def test_no_box_for_input_opens_and_later_cells_run(notebook, asks, way):
    notebook.run(
        f"from learnkit.practice.running import apart; possible = apart.is_possible; way = {way!r}"
    )
    notebook.run("apart.is_possible = possible if way == 'apart' else lambda: False")
    try:
        assert INPUT in notebook.check(f"return int({asks})")
        assert not notebook.asked
    finally:
        notebook.run("apart.is_possible = possible")
    assert notebook.run("print(kept)") == "ok" and notebook.seen == "alive\n"
    notebook.run("print(input())")
    assert notebook.asked and notebook.seen == "3\n"


def test_a_check_inside_the_function_it_checks_is_refused_and_later_cells_run(notebook):
    assert CHECK_INSIDE in notebook.check("double.check(mine)\nreturn 2 * x")
    assert notebook.run("print(kept)") == "ok" and notebook.seen == "alive\n"


@pytest.mark.parametrize(
    "ends", ["exit()", "quit()", "raise SystemExit", "raise KeyboardInterrupt"]
)
def test_nothing_that_ends_a_program_ends_the_kernel(notebook, ends):
    assert notebook.check(ends).startswith("⚠ Your code raised an error.")
    assert notebook.run("print(kept)") == "ok" and notebook.seen == "alive\n"


@pytest.mark.skipif(not apart.is_possible(), reason="this system cannot run code apart")
def test_what_a_checked_function_displays_reaches_neither_the_notebook_nor_the_kernels_log(
    notebook, log
):
    body = (
        "import ipywidgets\ndisplay(ipywidgets.IntSlider(), 'hello')\nprint('printed')\nreturn "
        "2 * x"
    )
    assert notebook.check(body) == "✓ Correct.\nYour code printed: `printed\nprinted`"
    assert "fork" not in log.read_text()


@pytest.mark.skipif(not apart.is_possible(), reason="this system cannot run code apart")
@pytest.mark.parametrize(
    "deadly", ["__import__('os')._exit(0)", "__import__('os').kill(__import__('os').getpid(), 9)"]
)
def test_the_kernel_outlives_code_that_kills_its_process(notebook, deadly):
    assert notebook.check(deadly).startswith("⚠ Your code raised an error.")
    assert notebook.run("print(kept)") == "ok" and notebook.seen == "alive\n"


@pytest.mark.skipif(sys.platform == "win32", reason="Interrupt comes as a signal")
def test_interrupt_ends_an_endless_call_inside_c_at_once(notebook):
    pressing = threading.Timer(1, notebook.manager.interrupt_kernel)
    pressing.start()
    started = time.monotonic()
    try:
        assert notebook.run("double.check(lambda x: sum(iter(int, 1)))") == "error"
    finally:
        pressing.join()
    assert notebook.seen == "KeyboardInterrupt" and time.monotonic() - started < 10
    assert notebook.run("print(kept)") == "ok" and notebook.seen == "alive\n"
