"""The command `legs`: the course tried on other versions than those in .venv.

A leg is an environment of its own under .legs/, which uv makes of what it finds on this machine and
on PyPI, and the checks that other versions can break. What needs a browser or PyTorch is checked
once, by `course.py test`.
"""

import os
import platform
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from tools.common import PYTHON, ROOT, VENV, Problem, run, say
from tools.environment import EXTRAS
from tools.installing import prepare

FOLDER = ROOT / ".legs"
PATIENCE = 3600  # seconds for one step of a leg, on a slow machine; nothing is judged by it
PYTHONS = ("3.14", "3.13", "3.12", "3.11")
COLAB = (
    "numpy==2.1.3",
    "matplotlib==3.10.0",
    "ipywidgets==7.7.1",
    "ipython==7.34",
    "ipykernel==6.17.1",
    "anywidget==0.9.21",
    "sympy==1.14",
)
COURSE = ("--editable", ".")
# in an environment of its own: JupyterLab cannot load what JupyterLite adds to it
LITE = ("--editable", ".[lab,site,lite]")
TOOLS = ("--editable", ".[test]")  # of the tests, in versions that go with what is there
CHAPTERS = ["tests/test_notebooks.py"]  # with nbval: every stored output comes out again
ENGINE = [f"tests/test_{name}.py" for name in ("differentiate", "flip", "losses", "nn", "optim")]
ENGINE += ["tests/autograd", "tests/data"]
PRACTICE = ["tests/practice/names", "tests/practice/running", "tests/practice/test_exercise.py"]
PICTURES = ["tests/painter", "tests/widgets"]
# an older processor rounds otherwise in the last places; names as OpenBLAS and NumPy print them
OLDER = {"OPENBLAS_CORETYPE": "Nehalem", "NPY_DISABLE_CPU_FEATURES": "X86_V3 X86_V4"}


def tests(*what, leaving_out=("browser", "in_lab", "torch"), marked="not slow or legs"):
    """Return the command that runs these tests; a warning that a learner would see is a fault."""
    kept = " and ".join(f"not {name}" for name in leaving_out)
    options = ["-n", "2", "--dist", "worksteal", "-m", marked, "-k", kept]
    options += ["-W", "error::UserWarning", "-W", "ignore::DeprecationWarning"]
    # a socket that is collected late would fail whatever test comes next
    options += ["-W", "ignore::pytest.PytestUnraisableExceptionWarning"]
    return ["python", "-m", "pytest", *options, *what]


@dataclass
class Leg:
    """What is tried elsewhere.

    why: a line about it. command: what is run, a program of the leg's environment.
    pythons: versions of Python of which the first at hand is taken. packages: what uv installs,
    in the highest or in the lowest versions that are allowed. settings: environment variables.
    """

    why: str
    command: list
    pythons: tuple = PYTHONS
    packages: tuple = COURSE
    versions: str = "highest"
    settings: dict = field(default_factory=dict)


LEGS = {
    "colab": Leg(
        "all chapters with the versions that Colab has",
        tests(*CHAPTERS),
        pythons=("3.13", "3.12", "3.14", "3.11"),
        packages=(*COURSE, *COLAB),
    ),
    "oldest": Leg(
        "the oldest versions that pyproject.toml allows",
        tests(*ENGINE, *PRACTICE, *PICTURES, *CHAPTERS),
        pythons=("3.11",),
        versions="lowest-direct",
    ),
    "oldest-lab": Leg(
        "the oldest JupyterLab that pyproject.toml allows, in a browser",
        tests("tests/test_browser.py", leaving_out=["torch"], marked="slow"),
        pythons=("3.11",),
        packages=("--editable", ".[lab]"),
        versions="lowest-direct",
    ),
    "newest": Leg(
        "the newest versions, on the newest Python at hand",
        tests(*ENGINE, *PRACTICE, *PICTURES, *CHAPTERS),
    ),
    "older-processor": Leg(
        "all chapters as an older processor rounds",
        tests(*CHAPTERS),
        pythons=PYTHONS[::-1],
        settings=OLDER,
    ),
    "lite": Leg(
        "JupyterLite: Python in the browser",
        tests("tests/test_lite_in_browser.py", leaving_out=["torch"], marked="slow"),
        pythons=("3.13", "3.12", "3.14", "3.11"),
        packages=LITE,
    ),
    "binder": Leg(
        "repo2docker, by which Binder and JupyterHub read the repository",
        ["repo2docker", "--debug", "--no-build", "."],
        packages=("jupyter-repo2docker",),
    ),
}
if platform.machine() not in ("x86_64", "AMD64"):
    del LEGS["older-processor"]  # its names are those of Intel's and AMD's
for version in reversed(PYTHONS):
    LEGS[f"python-{version}"] = Leg(
        f"the newest versions on Python {version}",
        tests(*ENGINE, *PRACTICE, *CHAPTERS),
        pythons=(version,),
    )


def legs(arguments):
    """Try the legs of these names, or all; without a name, list them."""
    if not arguments:
        width = max(map(len, LEGS)) + 2
        print("\n".join(f"{name:{width}}{leg.why}" for name, leg in LEGS.items()))
        return 0
    unknown = set(arguments) - {"all", *LEGS}
    if unknown:
        raise Problem(f"There is no leg {min(unknown)!r}: there are {', '.join(LEGS)}, and all.")
    prepare(EXTRAS["legs"])
    return run([str(PYTHON), "-m", "tools.legs", *arguments])


def main(arguments):
    """Try these legs, tell how each ended, and return 1 if one failed."""
    outcomes = {}
    for name in chosen(arguments):
        say(f"\n== {name}: {LEGS[name].why}")
        started = time.monotonic()
        outcomes[name] = f"{tried(LEGS[name], FOLDER / name)}, {time.monotonic() - started:.0f} s"
    say("\n" + "\n".join(f"{name:17}{outcome}" for name, outcome in outcomes.items()))
    return int(any(outcome.startswith("FAILED") for outcome in outcomes.values()))


def chosen(arguments):
    """Return the names of the legs; all leaves out the Python that `course.py test` has tried, and
    the one of the leg `newest`.
    """
    if "all" not in arguments:
        return arguments
    newest = next((version for version in PYTHONS if first_at_hand([version])), "")
    tried = {f"{sys.version_info.major}.{sys.version_info.minor}", newest}
    return [name for name in LEGS if name.removeprefix("python-") not in tried]


def tried(leg, folder):
    """Make a leg's environment in a folder, run its command there, and say how that ended."""
    python = first_at_hand(leg.pythons)
    if not python:
        return f"not tried: no Python {' or '.join(leg.pythons)} on this machine"
    further = TOOLS if leg.command[0] == "python" else ()
    command = [program_of(folder, leg.command[0]), *leg.command[1:]]
    for step in (*making(folder, python, leg.packages, further, leg.versions), command):
        code = ended(step, surroundings() | leg.settings)
        if code:
            return f"FAILED with {code} after `{' '.join(step)}`"
    return f"passed on Python {version_of(python)}"


def making(folder, python, packages, further=(), versions="highest"):
    """Return the commands that make an environment in a folder: of packages in these versions, and
    then of further ones.
    """
    install = [uv(), "pip", "install", "--quiet", "--python", str(folder)]
    commands = [
        [uv(), "venv", "--quiet", "--clear", "--python", python, str(folder)],
        [*install, "--upgrade", "--resolution", versions, *packages],
    ]
    return [*commands, [*install, *further]] if further else commands


def program_of(folder, name):
    """Return the path of a program in the environment in a folder."""
    return str(folder / PYTHON.parent.relative_to(VENV) / name)


def ended(step, environment):
    """Return the exit code of a program, or a word for one that had no end."""
    try:
        return subprocess.call(step, cwd=str(ROOT), env=environment, timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        return "time up"


def first_at_hand(versions):
    """Return the path of a Python of the first of these versions that is on this machine."""
    for version in versions:
        search = [uv(), "python", "find", "--system", "--no-project", version]
        found = subprocess.run(search, env=surroundings(), capture_output=True, timeout=60)
        if found.returncode == 0:
            return found.stdout.decode().strip()
    return None


def version_of(python):
    report = "import platform; print(platform.python_version())"
    return subprocess.check_output([python, "-c", report], timeout=60).decode().strip()


def surroundings():
    """Return the environment variables of all legs."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    pythons = [str(folder) for folder in pyenv.glob("versions/*/bin")]  # where uv does not look
    path = os.pathsep.join([*pythons, os.environ["PATH"]])
    # CI says that nothing may be skipped: that is so of the main checks
    kept = {name: value for name, value in os.environ.items() if name not in ("CI", "VIRTUAL_ENV")}
    return kept | {"PATH": path, "UV_PYTHON_DOWNLOADS": "never"}


def uv():
    """Return the path of uv, which .venv has for the legs."""
    from uv import find_uv_bin

    return find_uv_bin()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
