"""Real JupyterLab in a real Chromium: start both, open a notebook, run it, and hear of
everything that goes wrong.
"""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe

from learnkit.launch import lab as launch_lab

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = (
    shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
# nothing outside can be reached
FLAGS += ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
LEVEL_A_AND_AA = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
}
TOKEN = "tests"
PATIENCE = 120_000  # milliseconds, for a slow machine; nothing is judged by it


COMPILED = shutil.ignore_patterns("__pycache__")
BEHIND_THE_DOOR = ("build", "common", "copies", "environment", "installing", "lab", "notebooks")
BEHIND_THE_DOOR += ("presenting", "wheels")


def course_of(folder):
    """Return what stands behind the front door of a copy of the course, working on its folders.

    Its modules in tools/ by their names, `jupyterlab`, which starts that, and `main(arguments)`,
    which obeys as course.py does.
    """
    ours = {name: sys.modules.pop(name) for name in list(sys.modules) if is_of_tools(name)}
    sys.path.insert(0, str(folder))
    try:
        modules = {name: import_module(f"tools.{name}") for name in BEHIND_THE_DOOR}
        obey = import_module("tools.commands").obey
    finally:
        sys.path.remove(str(folder))
        for name in filter(is_of_tools, list(sys.modules)):
            del sys.modules[name]
        sys.modules.update(ours)
    return SimpleNamespace(
        **modules, jupyterlab=launch_lab, main=lambda arguments: obey(arguments, "usage")
    )


def is_of_tools(module):
    return module.partition(".")[0] == "tools"


def copy_front_door(folder):
    """Copy course.py and what it needs before anything is installed."""
    copy_commands(folder)
    (folder / "learnkit").mkdir(exist_ok=True)
    shutil.copy(ROOT / "learnkit" / "__init__.py", folder / "learnkit")
    shutil.copytree(ROOT / "learnkit/launch", folder / "learnkit/launch", ignore=COMPILED)


def copy_commands(folder):
    """Copy course.py and its tools, which find learnkit where it is installed."""
    for name in ("course.py", "pyproject.toml"):
        shutil.copy(ROOT / name, folder)
    shutil.copytree(ROOT / "tools", folder / "tools", ignore=COMPILED)


CHAPTERS = course_of(ROOT).notebooks.all_chapters()  # without whatever else is called a notebook
COPIES = [ROOT / "notebooks" / path.name for path in CHAPTERS]


def copy_course(folder):
    """Copy what course.py and the notebooks need into `folder`, but for the package, so that
    nothing a test does is kept.
    """
    copy_commands(folder)
    shutil.copytree(ROOT / ".jupyter", folder / ".jupyter")
    for notebooks in (CHAPTERS, COPIES):
        (folder / notebooks[0].parent.name).mkdir()
        for notebook in notebooks:
            shutil.copy(notebook, folder / notebook.parent.name)
    return folder


class Lab:
    """A running JupyterLab: where it answers, the copy of the course that it serves, the file it
    logs to.
    """

    def __init__(self, url, folder, log):
        self.url, self.folder, self.log = url, folder, log

    def page_url(self, notebook, app):
        return f"{self.url}/{app}/{notebook}?reset&token={TOKEN}"

    def request(self, method, path, body=None):
        """Send a request to the server's REST interface and return the answer's bytes."""
        headers = {"Authorization": f"token {TOKEN}"}
        request = urllib.request.Request(self.url + path, data=body, method=method, headers=headers)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.read()


@contextmanager
def jupyterlab(folder, private, plain=False):
    """Serve `folder` as `course.py lab` does, with settings kept in the folder `private`; gives a
    Lab.

    plain: serve it as `jupyter lab` alone does, without the course's own options.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = [
        "--no-browser",
        f"--port={port}",
        "--ServerApp.port_retries=0",
        f"--IdentityProvider.token={TOKEN}",
    ]
    options += ["--allow-root", f"--LabApp.user_settings_dir={private}/settings"]
    options += [
        f"--LabApp.workspaces_dir={private}/workspaces",
        "--LabApp.expose_app_in_browser=True",
    ]
    options += ["--JupyterNotebookApp.expose_app_in_browser=True"]
    names = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    environment = dict(os.environ, **{name: str(private / name.lower()) for name in names})
    environment.pop("LEARNKIT_MEMORY", None)  # this is a learner's course, in a folder of its own
    own = [f"--ServerApp.root_dir={folder}"] if plain else course_of(folder).lab.lab_options()
    command = [sys.executable, "-m", "jupyterlab", *own, *options]
    lab = Lab(f"http://127.0.0.1:{port}", folder, private / "log.txt")
    with open(lab.log, "w") as log:
        server = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=log, stderr=subprocess.STDOUT
        )
    try:
        wait_until_up(lab, server)
        yield lab
    finally:
        end(server)


def end(process):
    """End a process, with force if it does not go within half a minute."""
    process.terminate()
    try:
        process.wait(timeout=30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(timeout=30)


def wait_until_up(lab, server):
    deadline = time.monotonic() + PATIENCE / 1000
    while server.poll() is None and time.monotonic() < deadline:
        try:
            return lab.request("GET", "/api")
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"JupyterLab did not start:\n{lab.log.read_text()}")


# Jupyter Server fails to list its kernels while one of them has not spoken yet, and is asked again
KERNELS_WHILE_ONE_STARTS = re.compile(r" status of 500 .*/api/kernels\?\d+\)$")
KERNEL_IS_IDLE = """() => {
    const notebook = window.jupyterapp?.shell?.currentWidget;
    return notebook?.context?.isReady && notebook.sessionContext?.session?.kernel?.status === "idle";
}"""
FAULTS_OF_CELLS = """() => jupyterapp.shell.currentWidget.model.toJSON().cells.flatMap((cell, index) => {
    if (cell.cell_type !== "code" || !String(cell.source).trim()) return [];
    const errors = cell.outputs.filter(output => output.output_type === "error");
    const faults = errors.map(error => `cell ${index + 1}: ${error.ename}: ${error.evalue}`);
    return cell.execution_count ? faults : [...faults, `cell ${index + 1} did not run`];
})"""


def listen(page):
    """Return a list that grows by everything the page complains of from now on, and by what it
    asks the outside for.
    """
    faults = []

    def hear(message):
        fault = f"console error: {message.text} ({message.location['url'][:200]})"
        if message.type == "error" and not KERNELS_WHILE_ONE_STARTS.search(fault):
            faults.append(fault)

    def follow(request):
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob", "file") and address.hostname not in (
            "127.0.0.1",
            "localhost",
        ):
            faults.append(f"request to the outside: {request.url[:200]}")

    page.on("console", hear)
    page.on("pageerror", lambda error: faults.append(f"page error: {error}"))
    page.on("request", follow)
    return faults


@contextmanager
def pages_of_their_own(browser):
    """Gives a function that opens an address in a context of its own, with Playwright's options for
    one; in the end nothing has gone wrong in any.
    """
    opened = []

    def open_page(address, **options):
        context = browser.new_context(**options)
        page = context.new_page()
        opened.append((context, listen(page)))
        page.goto(address)
        return page

    yield open_page
    for context, faults in opened:
        context.close()
        assert faults == []


def accessibility_faults(page, context=None):
    """Return the violations of WCAG levels A and AA that axe-core finds in a page, or in one
    part of it.
    """
    found = Axe().run(page, context=context, options=LEVEL_A_AND_AA).response["violations"]
    return [f"{rule['id']}: {node['html'][:200]}" for rule in found for node in rule["nodes"]]


CHANGE = """() => {
    const changed = Math.random();
    jupyterapp.shell.currentWidget.model.setMetadata("changed", changed);
    return changed;
}"""
# A cell's execution count, or nothing while it is the one that was before.
COUNT = """([index, before]) => {
    const count = jupyterapp.shell.currentWidget.content.widgets[index].model.executionCount;
    return count !== before && count;
}"""
SOON, LOOK_AGAIN = 30_000, 200  # milliseconds: JupyterLab itself saves every two minutes


def change_in(path):
    """Return the last CHANGE that a notebook's file holds, or None: also while it is written."""
    try:
        return json.loads(path.read_text("utf-8"))["metadata"].get("changed")
    except json.JSONDecodeError:
        return None


class OpenNotebook:
    """A notebook open in JupyterLab, or in another app such as Notebook 7, served at "notebooks".

    `page` is Playwright's page, `faults` what it complained of so far.
    """

    def __init__(self, page, lab, notebook, app="lab/tree"):
        self.page, self.faults = page, listen(page)
        self.lab, self.notebook = lab, notebook
        page.set_default_timeout(PATIENCE)
        page.goto(lab.page_url(notebook, app))
        page.wait_for_function(KERNEL_IS_IDLE)

    def run_all(self):
        """Run every cell, and fail on an error of a cell or of the page and on a request that
        leaves the machine.
        """
        self.page.evaluate("jupyterapp.commands.execute('notebook:run-all-cells')")
        self.page.wait_for_function(KERNEL_IS_IDLE)
        self.page.wait_for_load_state("networkidle")
        self.faults += self.page.evaluate(FAULTS_OF_CELLS)
        assert not self.faults, "\n".join(self.faults)

    def accessibility_faults(self):
        """Return the violations of WCAG levels A and AA that axe-core finds in the outputs."""
        # also what is below
        self.page.add_style_tag(content=".jp-Cell { content-visibility: visible !important }")
        return accessibility_faults(self.page, ".jp-OutputArea-output")

    def is_saved_by(self, keys):
        """Whether keys, pressed where the focus is, write a change of the notebook to its file.

        The file is looked at: an output that changes meanwhile makes the notebook unsaved again.
        And they are pressed again: while an earlier save is under way, JupyterLab lets one pass.
        """
        path = self.lab.folder / self.notebook
        wanted = self.page.evaluate(CHANGE)
        for _ in range(SOON // LOOK_AGAIN):
            self.page.keyboard.press(keys)
            self.page.wait_for_timeout(LOOK_AGAIN)
            if change_in(path) == wanted:
                return True
        return False

    def run_by(self, keys, index, place):
        """Press keys at a place in what a cell shows, and wait until they have run it once more."""
        before = self.page.evaluate(COUNT, [index])
        cell = self.page.locator(".jp-Notebook .jp-Cell").nth(index)
        cell.locator(place).first.press(keys)
        self.page.wait_for_function(COUNT, arg=[index, before], timeout=SOON)
        self.page.wait_for_function(KERNEL_IS_IDLE)

    def close(self):
        self.page.evaluate("jupyterapp.shell.currentWidget.sessionContext.shutdown()")
        self.page.close()
