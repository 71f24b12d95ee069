"""One style for code, notebooks and text."""

import subprocess
import sys

import pytest
from browser import CHAPTERS, COPIES, ROOT, course_of
from notebook_checks import outputs, read

fault_of = course_of(ROOT).notebooks.fault_of
NOTEBOOKS = [path for path in CHAPTERS + COPIES if not fault_of(path)]
STRAYS = [
    path
    for folder in ("solutions", "notebooks")
    for path in (ROOT / folder).glob("*.ipynb")
    if fault_of(path)
]


def complaints(*command, folder=ROOT):
    command = [sys.executable, "-m", *map(str, command)]
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=240)
    return "" if result.returncode == 0 else result.stdout + result.stderr


@pytest.mark.parametrize("command", [["check"], ["format", "--check"]], ids=" ".join)
def test_ruff_has_nothing_to_say_about_code_and_notebooks(command):
    strays = ", ".join(repr(path.relative_to(ROOT).as_posix()) for path in STRAYS)
    said = complaints(
        "ruff", *command, "--no-cache", "--config", f"extend-exclude = [{strays}]", "."
    )
    assert not said, said


def test_codespell_knows_every_word_of_code_and_text():
    said = complaints("codespell_lib", ".")
    assert not said, said


def words_of(path):
    """Return what a notebook says, without its pictures: letters of base64 look like misspelt
    words.
    """
    notebook = read(path)
    shown = [
        output.get("text") or output.get("data", {}).get("text/plain", "")
        for _, output in outputs(notebook)
    ]
    return "\n".join([cell.source for cell in notebook.cells] + shown)


def test_codespell_knows_every_word_of_the_notebooks(tmp_path):
    for path in NOTEBOOKS:
        (tmp_path / f"{path.parent.name}-{path.stem}.txt").write_text(words_of(path))
    said = complaints("codespell_lib", "--toml", ROOT / "pyproject.toml", tmp_path)
    assert not said, said
