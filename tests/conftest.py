"""What all tests share: the browser, the running JupyterLab, and the rule that nothing is
skipped in CI.
"""

import os
import sys
from collections import Counter
from functools import cache

import pytest
from browser import CHROMIUM, FLAGS, OpenNotebook, copy_course, jupyterlab
from on_page import opening

from learnkit.practice.exercise import Exercise
from learnkit.practice.memory import kept

# neither a test nor what it starts may write among the sources
os.environ["LEARNKIT_MEMORY"] = "off"

LABS = {"lab", "plain_lab"}  # fixtures that start JupyterLab
NO_CHROMIUM = (
    "Chromium is not installed, so nothing was tried in a browser (on Debian: apt install chromium)"
)


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch):
    """Let no test meet what another has answered."""
    monkeypatch.setattr(kept, "_unsaved", {})
    monkeypatch.setattr(kept, "_troubles", {})


@pytest.fixture(autouse=True)
def cases_drawn_alike():
    """Let each test draw the same further cases, whatever other tests have asked before."""
    for name, module in list(sys.modules.items()):
        if name.startswith("learnkit.exercises.chapter_"):
            for exercise in vars(module).values():
                if isinstance(exercise, Exercise):
                    exercise.draws = 0


@pytest.fixture
def learners_folder(tmp_path, monkeypatch):
    """The folder a learner works in, with memory on."""
    monkeypatch.delenv("LEARNKIT_MEMORY")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="session")
def browser():
    """A headless Chromium that cannot reach the network."""
    if not CHROMIUM:
        pytest.skip(NO_CHROMIUM)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def show(browser, tmp_path):
    """A function that opens Players as a page from disk; in the end nothing has gone wrong there."""
    with opening(browser, tmp_path) as on_a_page:
        yield on_a_page


@pytest.fixture(scope="session")
def lab(tmp_path_factory):
    """A running JupyterLab over a copy of the course: `lab.url`, `lab.folder`."""
    folder, private = tmp_path_factory.mktemp("course"), tmp_path_factory.mktemp("private")
    with jupyterlab(copy_course(folder), private) as running:
        yield running


@pytest.fixture
def open_notebook(browser, lab):
    """A function that opens a notebook of `lab` by its path in the course; `width` is the
    window's, in pixels.
    """
    opened = []

    def open_in_new_page(path, width=1400, **options):
        page = browser.new_page(viewport={"width": width, "height": 1000}, **options)
        opened.append(OpenNotebook(page, lab, path))
        return opened[-1]

    yield open_in_new_page
    for notebook in opened:
        notebook.close()


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items):
    """Call slow what drives JupyterLab, and most cases of a test that is marked `every`; run last
    the tests of the files that load PyTorch.

    PyTorch stays loaded, and each answer that a later test judges runs in a copy of the process,
    which takes three times as long to make of one that holds PyTorch.
    """
    cases = Counter()
    for item in items:
        test, every = item.nodeid.partition("[")[0], item.get_closest_marker("every")
        if LABS.intersection(item.fixturenames) or (every and cases[test] % every.args[0]):
            item.add_marker("slow")
        cases[test] += 1
    yield  # here pytest chooses by markers
    items.sort(key=lambda item: loads_torch(item.path))


@cache
def loads_torch(path):
    return 'importorskip("torch")' in path.read_text(encoding="utf-8")


# In CI everything must run: a skip there hides a fault. Elsewhere the summary says loudly what was
# not tested. One file is not ours to carry along: the schema that a cluster's values are held to. And
# JupyterLite stands in JupyterLab's way, so that it has an environment of its own, which is a leg.
MAY_BE_ABSENT = ("LEARNKIT_Z2JH_SCHEMA names no folder", "course.py legs lite")


def fail_if_skipped_in_ci(report):
    if report.skipped and any(reason in str(report.longrepr) for reason in MAY_BE_ABSENT):
        return report
    if report.skipped and os.environ.get("CI") and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"Skipped in CI, where everything must run: {report.longrepr[2]}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport():
    return fail_if_skipped_in_ci((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report():
    return fail_if_skipped_in_ci((yield))


def pytest_terminal_summary(terminalreporter):
    reasons = {report.longrepr[2] for report in terminalreporter.stats.get("skipped", [])}
    if reasons:
        terminalreporter.section("NOT TESTED ON THIS MACHINE", sep="!", yellow=True, bold=True)
    for reason in sorted(reasons):
        terminalreporter.write_line(reason.removeprefix("Skipped: "), yellow=True, bold=True)
