"""course.py site --lite: Python in the browser, nothing installed.

What is compiled for the browser, NumPy and matplotlib, comes from Pyodide's public address, which
no test may ask; what needs it is not tried here.
"""

import shutil
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import nbformat
import pytest
from browser import PATIENCE
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
    mistakes={"2 * x → x * x": "That is the square of x."})"""
CELLS = {  # each with what it shows
    "import sys\nfrom learnkit import Value, flip\nprint(sys.platform)": "emscripten",
    "x = Value(3.0)\n(x * x + 2 * x).backward()\nprint('slope', x.grad)": "slope 8.0",
    "print(flip.flip((1, 0, 0, 1)))": "(1, 0, 0, 1)",
    EXERCISE + "\ndoubling.check(lambda x: x * x)": "That is the square of x.",
    "def answer(x):\n    return x + x\ndoubling.check(answer)": "✓ Correct",
    "def endless(x):\n    while True:\n        x += 1\ndoubling.check(endless)": "end",
}
DONE = """count => [...document.querySelectorAll(".jp-CodeCell .jp-InputPrompt")]
    .filter((prompt) => /\\[\\d+\\]/.test(prompt.textContent)).length >= count"""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """Where a server on this machine offers JupyterLite with one notebook."""
    notebooks, folder = tmp_path_factory.mktemp("notebooks"), tmp_path_factory.mktemp("lite")
    cells = [v4.new_code_cell(source) for source in CELLS]
    notebook = v4.new_notebook(cells=cells, metadata={"kernelspec": KERNEL})  # as copies name it
    nbformat.write(notebook, notebooks / "try.ipynb")
    lite.write_lite(folder, notebooks)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.slow
def test_in_a_browser_the_engine_and_the_checks_run_with_nothing_installed(browser, request):
    pytest.importorskip("jupyterlite_pyodide_kernel", reason="JupyterLite is not installed")
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.set_default_timeout(4 * PATIENCE)
    asked = []
    page.on("request", lambda request: asked.append(urlsplit(request.url)))
    page.goto(request.getfixturevalue("address") + "/notebooks/index.html?path=try.ipynb")
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()
    page.wait_for_function(DONE, arg=len(CELLS))
    shown = [cell.inner_text() for cell in page.locator(".jp-CodeCell .jp-Cell-outputArea").all()]
    page.close()
    assert [part in text for part, text in zip(CELLS.values(), shown)] == [True] * len(CELLS), shown
    outside = {url.hostname for url in asked if url.scheme.startswith("http")} - {"127.0.0.1"}
    assert outside <= {"cdn.jsdelivr.net"}  # for what is compiled, and for nothing else
    assert all("wasm32" in url.path for url in asked if url.hostname == "cdn.jsdelivr.net")


def test_without_npm_the_command_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(Problem, match="install Node.js"):
        lite.write_lite(tmp_path)


def test_the_option_brings_what_it_needs_and_a_link_on_each_chapter(monkeypatch, tmp_path):
    done = []
    monkeypatch.setattr(site, "prepare", done.append)
    monkeypatch.setattr(site, "run", done.append)
    site.site(["--lite", str(tmp_path / "here")])
    assert done[0] == ["lab", "site", "lite"]
    assert done[1][1:] == ["-m", "tools.site", "--lite", str(tmp_path / "here")]
    path = site.all_chapters()[0]
    link = f'href="lite/notebooks/index.html?path={path.name}"'
    assert link in all_files([path], runs=True)[f"{path.stem}.html"]
    assert link not in all_files([path])[f"{path.stem}.html"]
