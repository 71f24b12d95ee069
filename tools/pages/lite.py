"""JupyterLite beside the pages: the learners' copies with Python in the browser, nothing installed.

The kernel is Pyodide. Its core comes from npm and pure wheels from PyPI, so that the kernel starts
from this folder alone; NumPy, matplotlib and whatever else is compiled for the browser is on
neither and is loaded from Pyodide's public address when a chapter first imports learnkit.
"""

import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from tools.common import NOTEBOOKS, ROOT, Problem

CORE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
LOCK = "pyodide-lock.json"  # Pyodide's list of packages: where each lies and what it imports as
KERNEL = ("micropip", "ipython", "jedi")  # what JupyterLite's kernel starts with
COURSE = ("numpy", "matplotlib", "sympy", "typing-extensions")
WIDGETS = ("ipywidgets", "anywidget", "psygnal", "comm")
PYODIDE = {"display_name": "Python (Pyodide)", "language": "python", "name": "python"}
PATIENCE = 300  # seconds for a download or a build


def write_lite(folder, notebooks=NOTEBOOKS):
    """Write JupyterLite with these notebooks into a folder.

    Raises Problem where npm is missing or a step fails.
    """
    if not shutil.which("npm"):
        raise Problem("course.py site --lite needs npm for Python in the browser: install Node.js.")
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        (work / "lite").mkdir()
        core = work / "lite" / "static" / "pyodide"
        lock = fetch_core(core, work)
        add_pure_wheels(lock, core)
        add_learnkit(lock, core)
        (core / LOCK).write_text(json.dumps(lock), encoding="utf-8")
        shutil.copy(ROOT / ".jupyter" / "overrides.json", work / "lite")
        contents = work / "contents"
        copy_notebooks(notebooks, contents)
        command = ["-m", "jupyterlite_core.app", "build", "--no-sourcemaps"]
        places = [f"--lite-dir={work / 'lite'}", f"--contents={contents}", f"--output-dir={folder}"]
        finish([sys.executable, *command, *places], work)


def copy_notebooks(notebooks, contents):
    """Copy notebooks and name the kernel that they find there, or JupyterLite asks for one."""
    contents.mkdir()
    for path in notebooks.glob("*.ipynb"):
        notebook = json.loads(path.read_text(encoding="utf-8"))
        notebook["metadata"]["kernelspec"] = PYODIDE
        (contents / path.name).write_text(json.dumps(notebook), encoding="utf-8")


def fetch_core(core, work):
    """Put Pyodide's core into a folder and return its list of packages."""
    from jupyterlite_pyodide_kernel.constants import PYODIDE_VERSION

    finish(["npm", "pack", "--silent", f"pyodide@{PYODIDE_VERSION}"], work)
    core.mkdir(parents=True)
    with tarfile.open(next(work.glob("pyodide-*.tgz"))) as archive:
        for name in CORE:
            (core / name).write_bytes(archive.extractfile(f"package/{name}").read())
        lock = json.load(archive.extractfile(f"package/{LOCK}"))
    address = f"https://cdn.jsdelivr.net/pyodide/v{PYODIDE_VERSION}/full/"
    for package in lock["packages"].values():
        package["file_name"] = address + package["file_name"]  # until we have it here
    return lock


def add_pure_wheels(lock, core):
    """Bring from PyPI whatever is pure of what the kernel and the course need, and the widgets."""
    packages = lock["packages"]
    wanted = [packages[name] for name in closure([*KERNEL, *COURSE], packages)]
    pure = [package for package in wanted if package["file_name"].endswith("-none-any.whl")]
    download([*(f"{package['name']}=={package['version']}" for package in pure), *WIDGETS], core)
    for wheel in core.glob("*.whl"):
        name = wheel.name.split("-")[0].lower().replace("_", "-").replace(".", "-")
        imports = [name.replace("-", "_")]
        known = packages.get(name, {"depends": [], "imports": imports})
        packages[name] = entry(wheel, name, known["depends"], known["imports"])


def add_learnkit(lock, core):
    """Build the wheel of the course and let `import learnkit` load it with all it needs."""
    finish([sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(core), "."], ROOT)
    wheel = next(core.glob("learnkit_course-*.whl"))
    depends = [*COURSE, *WIDGETS]
    lock["packages"]["learnkit-course"] = entry(wheel, "learnkit-course", depends, ["learnkit"])


def entry(wheel, name, depends, imports):
    """Return what a lock says of a wheel that lies beside it."""
    return {
        "name": name,
        "version": wheel.name.split("-")[1],
        "file_name": wheel.name,
        "install_dir": "site",
        "sha256": hashlib.sha256(wheel.read_bytes()).hexdigest(),
        "package_type": "package",
        "imports": imports,
        "depends": depends,
        "unvendored_tests": False,
    }


def closure(names, packages):
    """Return these packages and all they depend on."""
    found, waiting = [], list(names)
    while waiting:
        name = waiting.pop().lower().replace("_", "-")
        if name not in found:
            found.append(name)
            waiting += packages[name]["depends"]
    return found


def download(requirements, folder):
    pure = ["--only-binary=:all:", "--platform=any", "--implementation=py", "--abi=none"]
    options = ["--quiet", "--no-deps", "--python-version=3.14", *pure]
    finish([sys.executable, "-m", "pip", "download", *options, *requirements], folder)


def finish(command, folder):
    """Run a program of the build in a folder. Raises Problem with its last words if it fails."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=PATIENCE)
    if done.returncode:
        last = (done.stderr or done.stdout).strip()[-600:]
        raise Problem(f"JupyterLite could not be built, for this reason:\n{last}")
