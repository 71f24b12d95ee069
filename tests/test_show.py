"""course.py show: every visual as a page of a small server, drawn anew when its files change."""

import contextlib
import io
import re
import signal
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from contextlib import contextmanager

import pytest
from browser import ROOT, copy_front_door, end
from small_process import in_a_small_process

from learnkit import widgets
from tools import visual_page
from tools.visuals import VISUALS

NO_VISUALS = {"Player", "LivePlayer", "STATES", "GROUPS", "contour_lines", "edges", "Place"}
NO_VISUALS |= {"make_runs", "guesses_needed", "by_step", "style", "throw"}
NO_VISUALS |= {"boundary_frames"}
PATIENCE = 60  # seconds, for a slow machine; nothing is judged by it
SHOWN = "learnkit/widgets/shown.py"


def test_every_visual_of_the_course_can_be_shown():
    assert set(VISUALS) == set(widgets.__all__) - NO_VISUALS


def page_of_each():
    """Return {name of a visual: its page}; IPython, which this starts, must not stay in a test."""
    pages = {}
    for name in VISUALS:
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            assert visual_page.main([name]) == 0
        pages[name] = printed.getvalue()
    return pages


@pytest.mark.slow
def test_each_visual_makes_a_page():
    for name, made in in_a_small_process(page_of_each).items():
        assert re.search("<img|<canvas|lk-|lkq", made) and "Traceback" not in made, name


def test_a_page_is_printed_for_the_server_that_asks():
    command = [sys.executable, "-m", "tools.visual_page", "roll_downhill"]
    made = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE)
    assert made.returncode == 0 and "<img" in made.stdout, made.stderr


@pytest.fixture
def small_course(tmp_path):
    """A copy of the front door whose learnkit has one visual, in a file that a test can change."""
    copy_front_door(tmp_path)
    (tmp_path / "learnkit" / "widgets").mkdir(parents=True)
    (tmp_path / "learnkit" / "__init__.py").touch()
    (tmp_path / "learnkit" / "widgets" / "__init__.py").write_text("from .shown import images\n")
    (tmp_path / SHOWN).write_text(visual_that_says("first"))
    return tmp_path


def visual_that_says(word):
    return (
        f"class Shown:\n    def _repr_html_(self):\n        return '<p>{word}</p>'\n\n\n"
        "def images(columns):\n    return Shown()\n"
    )


@contextmanager
def shown(folder, *options):
    """Serve `images` of a course, and give the process and the address of its page."""
    command = [sys.executable, "-m", "tools.show", "images", "--no-browser", *options]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    server = subprocess.Popen(command, cwd=folder, **pipes)
    watchdog = threading.Timer(PATIENCE, server.kill)  # a line that never comes is not waited for
    watchdog.start()
    try:
        said = server.stdout.readline()
        yield server, re.search(r"http://\S+/", said).group()
    finally:
        watchdog.cancel()
        end(server)
        server.stdout.close()


def fetch(url):
    with urllib.request.urlopen(url, timeout=PATIENCE) as answer:
        return answer.read().decode()


def test_a_visual_is_made_anew_once_its_file_has_changed(small_course):
    with shown(small_course) as (_, url):
        assert "<p>first</p>" in fetch(url)
        before = fetch(url + "edition")
        assert f'"{before}"' in fetch(url) and fetch(url + "edition") == before
        (small_course / SHOWN).write_text(visual_that_says("second, changed"))
        assert fetch(url + "edition") != before
        assert "<p>second, changed</p>" in fetch(url)


def test_a_new_file_and_a_deleted_one_are_noticed(small_course):
    with shown(small_course) as (_, url):
        editions = [fetch(url + "edition")]
        (small_course / "learnkit" / "new.js").touch()
        editions.append(fetch(url + "edition"))
        (small_course / "learnkit" / "new.js").unlink()
        editions.append(fetch(url + "edition"))
        assert editions[0] == editions[2] != editions[1]


@pytest.mark.parametrize(
    "mistake, said",
    [
        ("1 / 0", "ZeroDivisionError"),
        ("def (", "SyntaxError"),
        ("raise SystemExit('<b>')", "&lt;b&"),
    ],
)
def test_a_mistake_in_the_code_shows_on_the_page_until_it_is_mended(small_course, mistake, said):
    with shown(small_course) as (_, url):
        (small_course / SHOWN).write_text(mistake)
        assert said in fetch(url) and 'role="alert"' in fetch(url)
        (small_course / SHOWN).write_text(visual_that_says("mended"))
        assert "<p>mended</p>" in fetch(url)


def test_only_the_page_is_served_and_only_to_this_machine(small_course):
    with shown(small_course) as (_, url):
        assert url.startswith("http://127.0.0.1:")
        for path in ("learnkit/widgets/shown.py", "../course.py"):
            with pytest.raises(urllib.error.HTTPError, match="404"):
                fetch(url + path)


def test_a_port_that_is_taken_is_said_in_one_sentence(small_course):
    with shown(small_course) as (_, url):
        port = url.rstrip("/").rpartition(":")[2]
        command = [sys.executable, "-m", "tools.show", "images", "--no-browser", "--port", port]
        second = subprocess.run(
            command, cwd=small_course, capture_output=True, text=True, timeout=PATIENCE
        )
    assert second.returncode == 1 and second.stdout.count("\n") == 1
    assert f"Port {port} cannot be used" in second.stdout and not second.stderr


def test_ctrl_c_ends_the_server_without_a_traceback(small_course):
    with shown(small_course) as (server, url):
        fetch(url)
        server.send_signal(signal.SIGINT)
        rest, _ = server.communicate(timeout=PATIENCE)
        assert server.returncode == 0 and rest.strip() == ""


def test_without_a_name_and_with_a_wrong_one_the_names_are_listed_before_anything_is_installed(
    small_course,
):
    for arguments, code in (([], 0), (["image"], 1)):
        command = [sys.executable, small_course / "course.py", "show", *arguments]
        result = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE)
        said = result.stdout + result.stderr
        assert result.returncode == code and all(f"  {name}\n" in said for name in VISUALS)
        assert not (small_course / ".venv").exists()


def test_the_page_in_a_browser_comes_anew_by_itself(browser, small_course):
    with shown(small_course) as (_, url):
        page = browser.new_page()
        page.goto(url)
        page.get_by_text("first", exact=True).wait_for()
        (small_course / SHOWN).write_text(visual_that_says("second"))
        page.get_by_text("second", exact=True).wait_for()
        page.wait_for_function("document.getElementById('theme').onclick !== null")
        page.get_by_role("button", name="Light or dark").click()
        chosen = page.evaluate("document.documentElement.style.colorScheme")
        assert chosen in ("light", "dark")
        page.reload()
        page.wait_for_function(f"document.documentElement.style.colorScheme === '{chosen}'")
        page.close()
