"""course.py site --lite: Python in the browser, nothing installed.

What is compiled for the browser, NumPy and matplotlib, comes from Pyodide's public address, which
no test may ask: it is left out of what is served here, and what needs it is not tried.
"""

import json
import shutil
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import nbformat
import pytest
from browser import PATIENCE, listen
from nbformat import v4

from tools import site
from tools.common import Problem
from tools.copies import KERNEL
from tools.pages import lite
from tools.pages.whole import all_files

EXERCISE = """from learnkit.practice.exercise import Exercise

def double(x):
    return 2 * x

doubling = Exercise(number="4.8", title="Twice", minutes=1, kind="complete", task="Twice x.",
    solution=double, cases=[(3,), (-0.5,), (0,)], hints=("x + x", "2 x", "`2 * …`"),
    mistakes={"2 * x → x * x": "That is the square of x."}, seconds=2)"""
CELLS = {  # each with what it shows
    "import sys\nfrom learnkit import Value, flip\nprint(sys.platform)": "emscripten",
    "x = Value(3.0)\n(x * x + 2 * x).backward()\nprint('slope', x.grad)": "slope 8.0",
    "print(flip.flip((1, 0, 0, 1)))": "(1, 0, 0, 1)",
    EXERCISE + "\ndoubling.check(lambda x: x * x)": "That is the square of x.",
    "def answer(x):\n    return x + x\ndoubling.check(answer)": "Correct",
    "def endless(x):\n    while True:\n        x += 1\ndoubling.check(endless)": "still running",
}
ENDED = """count => { // all cells have run, or one has failed and the rest will not
    const numbers = [...document.querySelectorAll(".jp-CodeCell .jp-InputPrompt")];
    return numbers.filter((prompt) => /\\[\\d+\\]/.test(prompt.textContent)).length >= count
        || document.querySelector("[data-mime-type='application/vnd.jupyter.error']");
}"""

IDLE = ".jp-Notebook-ExecutionIndicator[data-status=idle]"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """JupyterLite with one notebook, as the command writes it."""
    notebooks, folder = tmp_path_factory.mktemp("notebooks"), tmp_path_factory.mktemp("site")
    cells = [v4.new_code_cell(source) for source in CELLS]
    notebook = v4.new_notebook(cells=cells, metadata={"kernelspec": KERNEL})  # as copies name it
    nbformat.write(notebook, notebooks / "try.ipynb")
    lite.write_lite(folder / "lite", notebooks)
    return folder / "lite"


def leave_out_what_is_elsewhere(folder):
    """Take from Pyodide's list what does not lie beside it.

    Return {name: address} of what learnkit and the kernel would have asked for there.
    """
    lock = folder / "static" / "pyodide" / lite.LOCK
    listed = json.loads(lock.read_text(encoding="utf-8"))
    packages = listed["packages"]
    wanted = lite.closure(["learnkit-course", *lite.KERNEL], packages)
    elsewhere = {name: one["file_name"] for name, one in packages.items() if is_elsewhere(one)}
    listed["packages"] = {name: one for name, one in packages.items() if not is_elsewhere(one)}
    for package in listed["packages"].values():
        package["depends"] = [name for name in package["depends"] if name not in elsewhere]
    lock.write_text(json.dumps(listed), encoding="utf-8")
    return {name: elsewhere[name] for name in wanted if name in elsewhere}


def is_elsewhere(package):
    return "//" in package["file_name"]


@pytest.fixture
def address(folder):
    """Where a server on this machine offers that folder."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.slow
def test_in_a_browser_the_engine_and_the_checks_run_with_nothing_installed(browser, request):
    pytest.importorskip(
        "jupyterlite_pyodide_kernel", reason="JupyterLite is tried by course.py legs lite"
    )
    elsewhere = leave_out_what_is_elsewhere(request.getfixturevalue("folder"))
    assert "numpy" in elsewhere and all("wasm32" in file for file in elsewhere.values())
    page = browser.new_page(viewport={"width": 1280, "height": 2000})  # in it all cells are drawn
    page.set_default_timeout(PATIENCE)
    faults = listen(page)
    page.goto(request.getfixturevalue("address") + "/notebooks/index.html?path=try.ipynb")
    run_all(page)
    shown = [cell.inner_text() for cell in page.locator(".jp-CodeCell .jp-Cell-outputArea").all()]
    assert [part in text for part, text in zip(CELLS.values(), shown)] == [True] * len(CELLS), shown
    assert not any(".learnkit" in text for text in shown)  # which says what could not be kept
    page.close()
    assert [fault for fault in faults if "request to the outside" in fault] == []


def run_all(page):
    """Choose it from the menu, which no question about the kernel may cover, and wait for it."""
    page.locator(IDLE).wait_for()  # before, the choice may be lost
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()
    page.wait_for_function(ENDED, arg=len(CELLS), polling=200)
    assert not page.locator(".jp-Dialog").count()


def test_without_npm_the_command_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(Problem, match="install Node.js"):
        lite.write_lite(tmp_path)


def test_the_option_brings_what_it_needs_and_a_link_on_each_chapter(monkeypatch, tmp_path):
    done = []
    monkeypatch.setattr(site, "prepare", done.append)
    monkeypatch.setattr(site, "run", done.append)
    site.site(["--lite", str(tmp_path / "here")])
    assert done[0] == ["legs"]
    assert done[1][1:] == ["-m", "tools.site", "--lite", str(tmp_path / "here")]
    path = site.all_chapters()[0]
    link = f'href="lite/notebooks/index.html?path={path.name}"'
    assert link in all_files([path], runs=True)[f"{path.stem}.html"]
    assert link not in all_files([path])[f"{path.stem}.html"]
