"""`learnkit.doctor()`: is everything here that the course needs, and if not, what to do?

Standard library only, so that it can still speak where a package is missing or broken.
"""

import contextlib
import json
import os
import platform
import re
import sys
import tempfile
import tomllib
from dataclasses import dataclass
from html import escape
from importlib import import_module, metadata
from pathlib import Path

from learnkit.practice import memory
from learnkit.practice.memory import place
from learnkit.practice.page import badge, host_script, marked_up

DISTRIBUTION = "learnkit-course"
PROJECT = Path(__file__).parent.parent / "pyproject.toml"
TOLD = (
    DISTRIBUTION,
    "numpy",
    "matplotlib",
    "sympy",
    "ipywidgets",
    "anywidget",
    "jupyterlab",
    "notebook",
)
RESTART = "then choose Kernel › Restart Kernel"
PLACES = {
    "colab": "Google Colab",
    "vscode": "VS Code",
    "browser": "JupyterLite",
    "jupyter": "Jupyter",
    "kernel": "a kernel without a server",
    "ipython": "IPython in a terminal",
    "python": "Python in a terminal",
}


QUOTED = re.compile(r"`[^`]*`")  # in a finding: a folder, or an error's own words


@dataclass(frozen=True)
class Finding:
    """What one check found: its name, one sentence, and what to do if something is wrong."""

    name: str
    said: str
    remedy: str = ""

    @property
    def is_fine(self):
        return not self.remedy

    @property
    def to_send(self):
        """The sentence without what it quotes, which may hold the name of a person."""
        return f"{self.name}: {QUOTED.sub('[…]', self.said)}"


# what the page says of itself: as long as no script has run, none does
NO_SCRIPTS = Finding(
    "Display",
    "this page runs no scripts, so visuals stand still and questions have no buttons.",
    "Choose File › Trust Notebook (in VS Code: trust the folder), and run this cell again.",
)
OLD_BROWSER = Finding(
    "Display",
    "this browser is too old for the visuals.",
    "Take a Firefox, Chrome, Edge or Safari of 2023 or later.",
)
SCRIPT = """
for (const panel of document.querySelectorAll("[data-learnkit-doctor]")) {
  const fine = Boolean(globalThis.DecompressionStream);
  panel.querySelector("[data-learnkit-display]").innerHTML = fine ? FINE : OLD;
  panel.querySelector("[data-learnkit-page]").textContent = fine ? "" : OLD_TO_SEND;
  panel.onkeydown = (event) => {
    const theirs = event.ctrlKey || event.metaKey || (event.shiftKey && event.key === "Enter");
    if (theirs && event.isTrusted) tellHost(panel, event);
  };
  const [text, copy] = panel.querySelectorAll("pre, button");
  copy.hidden = false;
  copy.onclick = async () => {
    getSelection().selectAllChildren(text);
    const written = navigator.clipboard?.writeText(text.innerText); // none on a page without https
    const copied = await written?.then(() => true, () => false);
    const done = copied || document.execCommand("copy");
    copy.textContent = done ? "Copied" : "Selected: copy it with Ctrl+C";
  };
}
"""
PANEL = (
    "max-width:46rem;line-height:1.5;overflow-wrap:anywhere;"
    "color:var(--jp-content-font-color1, inherit)"
)
ROW = "margin:4px 0"
FOCUS = "data-lm-suppress-shortcuts='true'"  # JupyterLab would take the keys as its own
BLOCK = (
    "margin:0;padding:8px;border:1px solid #767676;border-radius:5px;color:inherit;"
    "background:transparent;white-space:pre-wrap;font-size:0.93em"
)
BUTTON = (
    "margin:6px 0;padding:4px 12px;border:1px solid #767676;border-radius:5px;color:inherit;"
    "background:transparent;font:inherit;cursor:pointer"
)


def doctor():
    """Check Python, packages, kernel, widgets, the progress folder and the display.

    Returns a report that shows itself: what is fine, what is not and what to do about it, and last
    a few lines to send to whoever helps or teaches. They hold versions, the system and what is
    wrong, and neither names nor folders. Never raises.
    """
    return Report([_safely(check) for check in CHECKS])


class Report:
    """What `doctor` returns: its `findings`, and `to_send`, some lines for whoever helps."""

    def __init__(self, findings):
        self.findings = findings
        faults = [found for found in findings if not found.is_fine]
        self.to_mend = [found.name for found in faults]
        state = [f"To mend. {found.to_send}" for found in faults] or ["All is well."]
        self.to_send = "\n".join([*_lines_to_send(), *state])

    def __repr__(self):
        lines = [_as_text(found) for found in self.findings]
        return "\n".join([*lines, self._in_short(), "To send:", self.to_send])

    def _in_short(self):
        if not self.to_mend:
            return "All is well."
        return f"To mend: {', '.join(self.to_mend)}. If that does not help, send what follows."

    def _repr_html_(self):
        """The same for a page; its last finding is one that only the page itself can make."""
        rows = [f"<li style='{ROW}'>{_as_html(found)}</li>" for found in self.findings[:-1]]
        last = f"<li style='{ROW}' data-learnkit-display>{_as_html(NO_SCRIPTS)}</li>"
        return (
            f"<section aria-label='Check of this machine' style='{PANEL}' data-learnkit-doctor>"
            f"<ul style='list-style:none;margin:0;padding:0'>{''.join(rows)}{last}</ul>\n"
            f"<p style='margin:6px 0'>{marked_up(self._in_short())}</p>\n"
            f"<p style='margin:6px 0 2px'>To send:</p>{self._block_to_send()}</section>\n"
            f"<script>{self._script()}</script>"
        )

    def _block_to_send(self):
        """Plain text to select, and a button that the page's script makes work."""
        of_the_page = f"<span data-learnkit-page>\nTo mend. {NO_SCRIPTS.to_send}</span>"
        return (
            f"<pre {FOCUS} tabindex='0' role='group' aria-label='To send' style='{BLOCK}'>"
            f"{escape(self.to_send)}{of_the_page}</pre>"
            f"<button {FOCUS} type='button' style='{BUTTON}' hidden>Copy</button>"
        )

    def _script(self):
        texts = {
            "OLD_TO_SEND": f"\nTo mend. {OLD_BROWSER.to_send}",
            "FINE": _as_html(self.findings[-1]),
            "OLD": _as_html(OLD_BROWSER),
        }
        own = re.sub("|".join(texts), lambda name: json.dumps(texts[name[0]]), SCRIPT)
        # a block of its own: a second report on the page declares the same names
        return f"{{{host_script()}\n{own}}}"


def _as_text(found):
    sign = "✓" if found.is_fine else "✗"
    remedy = f"\n  {found.remedy}" if found.remedy else ""
    return f"{sign} {found.name}: {found.said}{remedy}"


def _as_html(found):
    sign = badge("correct", "Fine") if found.is_fine else badge("incorrect", "To mend")
    remedy = f"<br>{marked_up(found.remedy)}" if found.remedy else ""
    return f"{sign} <b>{found.name}</b>: {marked_up(found.said)}{remedy}"


def _safely(check):
    """The finding of a check, or a word on why there is none: one that fails hides no other."""
    name = check.__doc__.partition(":")[0]
    try:
        said, remedy = check()
        return Finding(name, said, remedy)
    except Exception as error:
        words = str(error).replace("`", "'")
        said = f"could not be checked ({type(error).__name__}: `{words}`)."
        return Finding(name, said, "Send this and what follows to whoever helps you.")


# ---------------------------------------------------------------- the checks


def check_python():
    """Python: new enough for the course."""
    least = _requirements()["python"]
    if sys.version_info[: len(least)] >= least:
        return "new enough.", ""
    wanted, found = _dotted(least), _dotted(sys.version_info[:2])
    return f"this is {found}, and the course needs {wanted} or newer.", (
        f"Install Python {wanted} or newer from python.org, and start course.py with it."
    )


def check_packages():
    """Packages: those of pyproject.toml are there, new enough, and start."""
    faults = []
    for name, least in _requirements()["packages"].items():
        version = _version(name)
        if version is None:
            faults.append((name, least, f"{name} is missing"))
        elif _is_older(version, least):
            faults.append((name, least, f"{name} is {version}, too old"))
        elif not _starts(name):
            faults.append((name, least, f"{name} is there and does not start"))
    if not faults:
        return "all there, new enough, and they start.", ""
    wanted = " ".join(f'"{name}>={_dotted(least)}"' for name, least, _ in faults)
    broken = any("not start" in said for *_, said in faults)
    again = "--force-reinstall " if broken else ""
    said = "; ".join(said for *_, said in faults)
    return f"{said}.", f"Run `%pip install {again}{wanted}` in a cell of its own, {RESTART}."


def check_kernel():
    """Kernel: it runs the course beside this notebook, and explains a missing name."""
    here, beside = Path(__file__).parent, place.folder().parent / "learnkit"
    if (beside / "checkup.py").is_file() and not here.samefile(beside):
        return f"it runs another copy of the course, in `{here.parent}`.", (
            "Stop Jupyter, and start it with `python3 course.py` in the folder of this notebook."
        )
    if where_it_runs() in ("ipython", "python"):
        return "a terminal: all exercises work here, in text.", ""
    handlers = getattr(place.shell(), "custom_exceptions", (NameError,))
    if handlers and NameError not in handlers:
        return "an extension of yours explains errors, so the course cannot.", (
            "Nothing needs it. A NameError will not say which cell to run first."
        )
    return "it runs this course.", ""


def check_widgets():
    """Widgets: what is answered in the page reaches Python."""
    if where_it_runs() in ("ipython", "python"):
        return "not needed in a terminal: answer with `.check(...)` and `.commit(...)`.", ""
    old = _is_older(_version("ipywidgets") or "0", (8,))
    if old and _version("jupyterlab") and where_it_runs() == "jupyter":
        return "JupyterLab 4 shows none of ipywidgets 7.", (
            f'Run `%pip install "ipywidgets>=8"` in a cell of its own, {RESTART}, and load this '
            "page anew. Until then questions are judged, and forgotten."
        )
    if not (_starts("ipywidgets") and _starts("anywidget")):
        return "ipywidgets or anywidget does not start.", (
            f"Run `%pip install ipywidgets anywidget` in a cell of its own, {RESTART}. Until then "
            "questions are judged, and forgotten."
        )
    return "they start.", ""


def check_progress():
    """Progress: what you solve can be kept."""
    if memory.is_off():
        return "not kept here, since this is no learner's folder.", ""
    folder = place.folder() / ".learnkit"
    try:
        folder.mkdir(exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, suffix=".new"):
            return "it can be kept.", ""
    except OSError as error:
        why = error.strerror or type(error).__name__
    if where_it_runs() == "colab":
        return f"it cannot be kept ({why}).", "Choose File › Save a copy in Drive, and go on there."
    return f"it is lost when the kernel stops: `{folder}` cannot be written ({why}).", (
        "Copy the course to a folder of your own, such as Documents, and start it there."
    )


def check_display():
    """Display: the page shows more than text."""
    if where_it_runs() in ("ipython", "python"):
        return "text only: each visual says in a sentence what it shows.", ""
    return "the page shows more than text.", ""


CHECKS = (
    check_python,
    check_packages,
    check_kernel,
    check_widgets,
    check_progress,
    check_display,
)


# ---------------------------------------------------------------- what they ask


def where_it_runs():
    """Return a key of PLACES."""
    if sys.platform == "emscripten":
        return "browser"
    if "google.colab" in sys.modules:
        return "colab"
    if not hasattr(place.shell(), "kernel"):
        return "ipython" if place.shell() else "python"
    if "VSCODE_PID" in os.environ:
        return "vscode"
    return "jupyter" if place.notebook() else "kernel"


def _requirements():
    """Return the bounds of pyproject.toml: {"python": (3, 11), "packages": {"numpy": (2, 0)}}.

    They are read from that file where it lies beside the package, else from what was noted when the
    course was installed.
    """
    if PROJECT.is_file():
        project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
        python, listed = project["requires-python"], project["dependencies"]
    else:
        python = metadata.metadata(DISTRIBUTION)["Requires-Python"]
        listed = [one for one in metadata.requires(DISTRIBUTION) if "extra ==" not in one]
    found = (
        re.match(r"([\w.-]+).*?>=\s*([\d.]+)", one) or re.match(r"([\w.-]+)()", one)
        for one in listed
    )
    return {
        "python": _numbers(python),
        "packages": {match[1]: _numbers(match[2]) for match in found},
    }


def _numbers(version):
    """The numbers of a version or a bound: "2.1.0rc1" is (2, 1, 0), ">=3.11" is (3, 11)."""
    found = re.search(r"\d+(?:\.\d+)*", version)
    return tuple(int(part) for part in found[0].split(".")) if found else ()


def _is_older(version, least):
    """Whether a version such as "2" lies below a bound such as (2, 0)."""
    found = _numbers(version)
    return found + (0,) * (len(least) - len(found)) < least


def _dotted(numbers):
    return ".".join(map(str, numbers))


def _version(name):
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _starts(name):
    """Whether a package can be imported; whatever it says meanwhile is its own business."""
    try:
        with open(os.devnull, "w") as nowhere, contextlib.redirect_stderr(nowhere):
            import_module(name)
    except Exception:
        return False
    return True


def _system():
    """The operating system as people name it, and the kind of processor."""
    names = {"Darwin": f"macOS {platform.mac_ver()[0]}", "Windows": f"Windows {platform.release()}"}
    return f"{names.get(platform.system(), platform.system())} {platform.machine()}"


def _lines_to_send():
    """Two lines that tell whoever helps what they would ask first."""
    versions = {name: _version(name) for name in TOLD}
    course = versions.pop(DISTRIBUTION)
    return [
        f"learnkit {course or 'not installed'}, Python {platform.python_version()}, {_system()}, "
        f"{PLACES[where_it_runs()]}",
        ", ".join(f"{name} {version or 'missing'}" for name, version in versions.items()),
    ]
