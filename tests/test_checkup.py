"""The doctor: it names each fault with what to do, says the same every time, and never raises."""

import os
import re
import subprocess
import sys
import tomllib
from types import SimpleNamespace

import nbformat
import pytest
from browser import PATIENCE, ROOT, accessibility_faults
from nbformat import v4
from on_page import DARK, LIGHT

import learnkit
from learnkit import checkup
from learnkit.practice.memory import place

BOUNDS = {"python": (3, 11), "packages": {"numpy": (2, 0), "ipywidgets": (7, 7, 1)}}


@pytest.fixture
def machine(monkeypatch, learners_folder):
    """A machine on which all is well, to be made worse: versions, what starts, where it runs."""
    found = SimpleNamespace(
        versions={"numpy": "2.1", "ipywidgets": "8.1.9", "anywidget": "0.9.9"},
        broken=set(),
        where="jupyter",
        folder=learners_folder,
    )
    monkeypatch.setattr(checkup, "_requirements", lambda: BOUNDS)
    monkeypatch.setattr(checkup, "_version", lambda name: found.versions.get(name))
    monkeypatch.setattr(checkup, "_starts", lambda name: name not in found.broken)
    monkeypatch.setattr(checkup, "where_it_runs", lambda: found.where)
    return found


def said(name):
    """What the doctor says of one thing: the finding and the remedy."""
    finding = next(each for each in learnkit.doctor().findings if each.name == name)
    return finding.said, finding.remedy


def test_the_doctor_can_be_called_again_after_its_module_was_imported():
    assert learnkit.doctor is learnkit.doctor is checkup.doctor


def test_where_all_is_well_it_says_so_and_nothing_else_is_to_be_done(machine):
    report = learnkit.doctor()
    assert [found.name for found in report.findings] == [
        *("Python", "Packages", "Kernel", "Widgets", "Progress", "Display")
    ]
    assert report.to_mend == [] and report.to_send.endswith("\nAll is well.")
    text, sent = repr(report).split("\nTo send:\n")
    *findings, short = text.splitlines()
    assert all(line.startswith("✓ ") for line in findings) and len(findings) == 6
    assert short == "All is well." and sent == report.to_send


def test_what_is_sent_says_versions_system_and_place_in_three_lines(machine):
    first, second, last = learnkit.doctor().to_send.splitlines()
    assert first.startswith("learnkit not installed, Python ") and first.endswith(", Jupyter")
    assert second.startswith("numpy 2.1, matplotlib missing, ") and last == "All is well."


def test_what_is_sent_says_what_failed_and_names_no_folder_and_no_user(machine, monkeypatch):
    def fail():
        raise PermissionError("`C:\\Users\\Ada Lovelace` and /home/ada/course")

    del machine.versions["numpy"]
    home = machine.folder / "home of Ada Lovelace"
    (home / "learnkit").mkdir(parents=True)
    (home / "learnkit" / "checkup.py").touch()
    (home / "notebooks").mkdir()
    (home / "notebooks" / ".learnkit").write_text("a file stands where the folder should")
    monkeypatch.setattr(place, "folder", lambda: home / "notebooks")
    monkeypatch.setattr(checkup, "__file__", str(home / "course of ada" / "checkup.py"))
    (home / "course of ada").mkdir()
    (home / "course of ada" / "checkup.py").touch()
    monkeypatch.setattr(checkup, "check_widgets", fail)
    fail.__doc__ = "Widgets: cannot be looked at."
    monkeypatch.setattr(checkup, "CHECKS", (*checkup.CHECKS[:3], fail, *checkup.CHECKS[4:]))
    report = learnkit.doctor()
    assert report.to_mend == ["Packages", "Kernel", "Widgets", "Progress"]
    assert "Ada Lovelace" in repr(report).partition("To send:")[0]
    assert not re.search(r"(?i)ada|lovelace|home|users|[/\\\\]", report.to_send)
    for words in (
        "numpy is missing.",
        "another copy of the course",
        "PermissionError",
        "be written",
    ):
        assert words in report.to_send


def test_what_is_stored_of_it_names_no_version_but_in_the_line_to_send(machine):
    report = learnkit.doctor()
    machine.versions = dict.fromkeys(machine.versions, "9.8.7")
    other = learnkit.doctor()
    assert "numpy 2.1" in report.to_send and "numpy 9.8.7" in other.to_send
    rules = (ROOT / "tests" / "sanitize.cfg").read_text()
    rule = re.search(r"^regex: (.*To send:.*)$", rules, re.MULTILINE)[1]
    for one, two in ((repr(report), repr(other)), (report._repr_html_(), other._repr_html_())):
        assert one != two and re.sub(rule, "", one) == re.sub(rule, "", two)


def test_an_old_python_is_named_with_the_version_to_install(machine, monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 10, 4))
    assert said("Python") == (
        "this is 3.10, and the course needs 3.11 or newer.",
        "Install Python 3.11 or newer from python.org, and start course.py with it.",
    )


def test_a_missing_package_is_named_with_the_line_that_installs_it(machine):
    del machine.versions["numpy"]
    finding, remedy = said("Packages")
    assert finding == "numpy is missing."
    assert '`%pip install "numpy>=2.0"`' in remedy and "Restart Kernel" in remedy
    assert learnkit.doctor().to_mend == ["Packages"]


@pytest.mark.parametrize("version", ["1.26.4", "1"])
def test_an_old_package_is_named_with_its_version(machine, version):
    machine.versions["numpy"] = version
    assert said("Packages")[0] == f"numpy is {version}, too old."


@pytest.mark.parametrize("version", ["2", "2.0", "2.0.0", "2.1rc1", "10.0", "2.0.post1"])
def test_a_version_that_meets_the_bound_is_no_fault(machine, version):
    machine.versions["numpy"] = version
    assert said("Packages")[1] == ""


def test_a_package_that_does_not_start_is_installed_anew(machine):
    machine.broken.add("numpy")
    finding, remedy = said("Packages")
    assert finding == "numpy is there and does not start." and "--force-reinstall" in remedy


def test_of_two_faulty_packages_both_are_named_and_one_line_mends_both(machine):
    machine.versions = {"ipywidgets": "7.6", "anywidget": "0.9.9"}
    finding, remedy = said("Packages")
    assert finding == "numpy is missing; ipywidgets is 7.6, too old."
    assert '"numpy>=2.0" "ipywidgets>=7.7.1"' in remedy


def test_a_kernel_of_another_copy_of_the_course_is_found_out(machine, monkeypatch):
    beside = machine.folder / "learnkit"
    beside.mkdir()
    (beside / "checkup.py").touch()
    monkeypatch.setattr(place, "folder", lambda: machine.folder / "notebooks")
    finding, remedy = said("Kernel")
    assert finding == f"it runs another copy of the course, in `{ROOT}`."
    assert "python3 course.py" in remedy


def test_an_extension_that_has_taken_the_explaining_of_errors_is_found_out(machine, monkeypatch):
    monkeypatch.setattr(place, "shell", lambda: SimpleNamespace(custom_exceptions=(ValueError,)))
    assert "an extension of yours" in said("Kernel")[0]
    for ours in ((), (NameError,)):
        monkeypatch.setattr(
            place, "shell", lambda ours=ours: SimpleNamespace(custom_exceptions=ours)
        )
        assert said("Kernel")[1] == ""


@pytest.mark.parametrize("where, is_fine", [("jupyter", False), ("colab", True), ("vscode", True)])
def test_widgets_of_7_are_a_fault_in_jupyterlab_4_alone(machine, where, is_fine):
    machine.versions |= {"ipywidgets": "7.7.1", "jupyterlab": "4.2"}
    machine.where = where
    finding, remedy = said("Widgets")
    assert (remedy == "") == is_fine
    if not is_fine:
        assert "none of ipywidgets 7" in finding and '"ipywidgets>=8"' in remedy


@pytest.mark.parametrize("name", ["ipywidgets", "anywidget"])
def test_widgets_that_do_not_start_cost_the_memory_and_no_more(machine, name):
    machine.broken.add(name)
    finding, remedy = said("Widgets")
    assert "does not start" in finding and "questions are judged, and forgotten" in remedy


@pytest.mark.parametrize("where, word", [("jupyter", "Copy the course"), ("colab", "Drive")])
def test_a_folder_that_cannot_be_written_is_named_with_the_way_out(machine, where, word):
    machine.where = where
    (machine.folder / ".learnkit").write_text("a file stands where the folder should")
    finding, remedy = said("Progress")
    assert "File exists" in finding and word in remedy


def test_the_try_to_write_leaves_nothing_behind(machine):
    assert said("Progress") == ("it can be kept.", "")
    assert list((machine.folder / ".learnkit").iterdir()) == []


def test_among_the_sources_nothing_is_tried_and_nothing_is_a_fault(machine, monkeypatch):
    monkeypatch.setenv("LEARNKIT_MEMORY", "off")
    assert said("Progress")[1] == "" and list(machine.folder.iterdir()) == []


def test_in_a_terminal_no_widgets_and_no_page_are_asked_for(machine):
    machine.where, machine.broken = "python", {"anywidget"}
    assert learnkit.doctor().to_mend == []
    assert "in a sentence" in said("Display")[0]


def test_a_check_that_fails_hides_no_other(machine, monkeypatch):
    def fail():
        raise RuntimeError("no such thing")

    monkeypatch.setattr(checkup, "_requirements", fail)
    report = learnkit.doctor()
    assert report.to_mend == ["Python", "Packages"]
    assert "could not be checked (RuntimeError: `no such thing`)" in repr(report)
    assert "Progress" in repr(report) and "To send:" in repr(report)


@pytest.mark.parametrize(
    "modules, environment, shell, where",
    [
        ((), {}, None, "python"),
        ((), {}, SimpleNamespace(), "ipython"),
        ((), {}, SimpleNamespace(kernel=1), "kernel"),
        ((), {"JPY_SESSION_NAME": "/a/b.ipynb"}, SimpleNamespace(kernel=1), "jupyter"),
        ((), {"VSCODE_PID": "7"}, SimpleNamespace(kernel=1), "vscode"),
        (("google.colab",), {}, SimpleNamespace(kernel=1), "colab"),
    ],
)
def test_it_knows_where_it_runs(monkeypatch, modules, environment, shell, where):
    for name in ("JPY_SESSION_NAME", "VSCODE_PID"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    for module in modules:
        monkeypatch.setitem(sys.modules, module, SimpleNamespace())
    monkeypatch.setattr(place, "shell", lambda: shell)
    assert checkup.where_it_runs() == where and where in checkup.PLACES


def test_the_bounds_are_those_of_pyproject():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    found = checkup._requirements()
    assert found["python"] == (3, 11) and found["packages"]["numpy"] == (2, 0)
    assert len(found["packages"]) == len(project["dependencies"])
    assert all(found["packages"].values())


def test_where_there_is_no_pyproject_the_bounds_are_those_noted_at_the_installation(
    monkeypatch, tmp_path
):
    noted = ["numpy>=2.0", "sympy", "jupyterlab>=4.2; extra == 'lab'"]
    monkeypatch.setattr(checkup, "PROJECT", tmp_path / "pyproject.toml")
    monkeypatch.setattr(checkup.metadata, "requires", lambda name: noted)
    monkeypatch.setattr(checkup.metadata, "metadata", lambda name: {"Requires-Python": ">=3.11"})
    assert checkup._requirements() == {
        "python": (3, 11),
        "packages": {"numpy": (2, 0), "sympy": ()},
    }


def test_it_is_imported_without_numpy_and_says_that_it_is_missing():
    code = """import sys
sys.modules["numpy"] = None
import learnkit
print(learnkit.doctor())"""
    result = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        timeout=60,
        env=dict(os.environ, PYTHONPATH=str(ROOT)),
    )
    assert "numpy is there and does not start" in result.stdout, result.stderr


# ---------------------------------------------------------------- on a page


def test_on_a_page_the_display_is_judged_by_whether_its_script_runs(machine, browser, tmp_path):
    html = '<!doctype html><html lang="en"><meta charset="utf-8"><title>A page</title>'
    file = tmp_path / "page.html"
    for style in (LIGHT, DARK):
        file.write_text(f'{html}<body style="{style}">{learnkit.doctor()._repr_html_()}')
        for scripts, words in ((True, "more than text"), (False, "this page runs no scripts")):
            context = browser.new_context(java_script_enabled=scripts, offline=True)
            page = context.new_page()
            page.goto(file.as_uri())
            assert words in page.locator("[data-learnkit-display]").inner_text()
            sent = page.locator("pre").inner_text()
            assert sent.startswith("learnkit ") and ("runs no scripts" in sent) != scripts
            if scripts:
                assert accessibility_faults(page) == []
            else:
                assert not page.get_by_role("button").is_visible()
            context.close()


def test_a_browser_that_cannot_unpack_is_told_to_be_too_old(machine, browser, tmp_path):
    (tmp_path / "page.html").write_text(
        f"<script>delete globalThis.DecompressionStream</script>{learnkit.doctor()._repr_html_()}"
    )
    page = browser.new_page()
    page.goto((tmp_path / "page.html").as_uri())
    assert "too old" in page.locator("[data-learnkit-display]").inner_text()
    assert page.locator("pre").inner_text().endswith("\nTo mend. " + checkup.OLD_BROWSER.to_send)
    page.close()


@pytest.mark.parametrize("clipboard", ["is granted", "is refused", "is missing"])
def test_copy_puts_the_lines_into_the_clipboard_or_selects_them(
    machine, browser, tmp_path, clipboard
):
    scripts = {
        "is granted": "navigator.clipboard.writeText = async (text) => (window.copied = text)",
        "is refused": "navigator.clipboard.writeText = async () => { throw 'refused' };"
        "document.execCommand = () => false",
        "is missing": "Object.defineProperty(navigator, 'clipboard', { value: undefined });"
        "document.execCommand = () => (window.copied = getSelection().toString())",
    }
    report = learnkit.doctor()
    file = tmp_path / "page.html"
    file.write_text(f"<script>{scripts[clipboard]}</script>{report._repr_html_()}")
    page = browser.new_page()
    page.goto(file.as_uri())
    page.get_by_role("button").focus()
    page.keyboard.press("Enter")
    wanted = "Selected" if clipboard == "is refused" else "Copied"
    page.get_by_role("button").filter(has_text=wanted).wait_for(timeout=10_000)
    held = "getSelection().toString()" if clipboard == "is refused" else "window.copied"
    assert page.evaluate(held).strip() == report.to_send
    page.close()


@pytest.mark.slow
def test_copy_works_in_lab_by_keyboard_and_the_page_is_no_fault_there(lab, open_notebook):
    notebook = in_lab(lab, open_notebook, "copy.ipynb")
    notebook.page.get_by_role("button", name="Copy", exact=True).focus()
    notebook.page.keyboard.press("Enter")
    notebook.page.get_by_role("button", name="Copied").wait_for(timeout=PATIENCE)
    first, *_, last = notebook.page.evaluate("navigator.clipboard.readText()").splitlines()
    assert first.startswith("learnkit ") and first.endswith(", Jupyter") and last == "All is well."


@pytest.mark.slow
def test_in_lab_a_report_keeps_its_keys_and_passes_those_of_jupyterlab_on(lab, open_notebook):
    notebook = in_lab(lab, open_notebook, "keys.ipynb")
    for part in ("pre", "button"):
        notebook.page.locator(f"[data-learnkit-doctor] {part}").focus()
        for key in ("a", "m", "d", "d"):
            notebook.page.keyboard.press(key)
        assert notebook.is_saved_by("Control+s"), part
    notebook.run_by("Control+Enter", 0, "button")
    assert notebook.page.locator(".jp-Notebook .jp-CodeCell").count() == 1
    assert notebook.faults == []


def in_lab(lab, open_notebook, name):
    """Open a notebook of one cell that asks for the report, and run it."""
    cell = v4.new_code_cell("from learnkit import doctor\n\ndoctor()")
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    nbformat.write(v4.new_notebook(cells=[cell], metadata=kernel), lab.folder / name)
    notebook = open_notebook(name, permissions=["clipboard-read"])
    notebook.run_all()
    return notebook
