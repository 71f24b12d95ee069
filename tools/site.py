"""The command `site`: all chapters as a web site that asks nothing of the network."""

import re
import sys
from importlib.util import find_spec
from pathlib import Path

from tools import legs
from tools.common import PYTHON, ROOT, Problem, run, say
from tools.environment import EXTRAS
from tools.installing import prepare
from tools.notebooks import all_chapters

PAGE = re.compile(r"index\.html|\d\d_\w+\.html")
LITE = "--lite"
OURS = "assets/alive.js"  # what tells a folder that holds a site of ours


def site(arguments):
    """Write the site into a folder, by default site/, in the course's own environment.

    --lite: with JupyterLite beside it, where chapters run in the browser.
    """
    lite = [argument for argument in arguments if argument == LITE]
    folder = chosen([argument for argument in arguments if argument != LITE])
    prepare(EXTRAS["lite" if lite else "site"])
    return run([str(PYTHON), "-m", "tools.site", *lite, str(folder)])


def chosen(arguments):
    """Return the folder that was asked for. Raises Problem for one that holds something else."""
    if len(arguments) > 1 or any(argument.startswith("-") for argument in arguments):
        raise Problem(
            "course.py site takes the name of one folder, or nothing for site/, and --lite."
        )
    folder = Path(arguments[0]).resolve() if arguments else ROOT / "site"
    if folder.is_file():
        raise Problem(f"{folder} is a file: give the name of a folder for the site.")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / OURS).is_file():
        raise Problem(f"{folder} holds something else: give the name of a new or empty folder.")
    return folder


def main(arguments):
    """Write the site into a folder, and take out pages of chapters that are gone; return 0."""
    lite = LITE in arguments
    if lite and not find_spec("jupyterlite_core"):
        return in_its_own_environment(arguments)
    from tools.pages.lite import write_lite
    from tools.pages.whole import all_files

    folder = chosen([argument for argument in arguments if argument != LITE])
    files = all_files(all_chapters(), runs=lite)
    (folder / "assets").mkdir(parents=True, exist_ok=True)
    for path in folder.glob("*.html"):
        if PAGE.fullmatch(path.name) and path.name not in files:
            path.unlink()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    if lite:
        write_lite(folder / "lite")
    say(f"{len(files)} files written: open {folder / 'index.html'}, or put the folder on a server.")
    return 0


def in_its_own_environment(arguments):
    """Write a site with JupyterLite from an environment that has it, made if need be."""
    folder = legs.FOLDER / "lite"
    say(f"Preparing JupyterLite in {folder}, an environment of its own.")
    make, *fill = legs.making(folder, sys.executable, legs.LITE)
    for step in fill if (folder / "pyvenv.cfg").is_file() else [make, *fill]:
        if run(step):
            raise Problem("JupyterLite could not be installed, for the reason above.")
    return run([legs.program_of(folder, "python"), "-m", "tools.site", *arguments])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
