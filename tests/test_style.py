"""One style for code, notebooks and text."""

import ast
import os
import re
import shutil
import subprocess
import sys
import textwrap

import pytest
from browser import CHAPTERS, COPIES, ROOT, course_of
from notebook_checks import outputs, read

fault_of = course_of(ROOT).notebooks.fault_of
NOTEBOOKS = [path for path in CHAPTERS + COPIES if not fault_of(path)]
PRETTIER = "prettier@3.6.2"
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


BLOCK = re.compile(r"(?:^|\n)\n((?:    .*(?:\n|$)|\n(?=    ))+)")  # of a docstring, indented
EXAMPLE = re.compile(r"[\w.]+(?: = |\()|def ")  # how one begins that is code and no table of words


def examples():
    """Yield (file, code) for each example in a docstring of the package."""
    documented = ast.Module | ast.ClassDef | ast.FunctionDef
    for path in sorted((ROOT / "learnkit").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            text = ast.get_docstring(node) if isinstance(node, documented) else None
            for block in map(textwrap.dedent, BLOCK.findall(text or "")):
                if EXAMPLE.match(block):
                    yield path.relative_to(ROOT).as_posix(), block


def test_every_example_in_a_docstring_is_whole_code():
    found = list(examples())
    assert len(found) >= 10
    for path, code in found:
        compile(code, path, "exec")


def unformatted(folder):
    """Return the scripts and style sheets of a folder that prettier would write otherwise, and
    what it says of those it cannot read. Skips the test where prettier cannot be had.
    """
    npx = shutil.which("npx")
    if not npx:
        pytest.skip("npx is not installed, so no script's format was checked (apt install npm)")
    command = [npx, "--yes", "--prefer-offline", PRETTIER, "--config", ROOT / ".prettierrc"]
    files = [f"{folder}/**/*.{ending}" for ending in ("js", "css")]
    quick = dict(os.environ, npm_config_fetch_retries="1", npm_config_update_notifier="false")
    try:
        result = subprocess.run(
            [*command, "--list-different", "--no-error-on-unmatched-pattern", *files],
            cwd=ROOT,
            env=quick,
            capture_output=True,
            text=True,
            timeout=120,
        )
    except subprocess.TimeoutExpired:
        pytest.skip(f"{PRETTIER} did not come within two minutes, so no format was checked")
    if "npm error" in result.stderr or "npm ERR!" in result.stderr:
        pytest.skip(f"{PRETTIER} could not be fetched, so no script's format was checked")
    return result.stdout + result.stderr


def test_scripts_and_style_sheets_are_as_prettier_writes_them():
    found = unformatted("learnkit")
    assert not found, f"Run npx {PRETTIER} --write on these:\n{found}"


def test_a_script_or_style_sheet_in_another_format_is_named(tmp_path):
    (tmp_path / "squeezed.js").write_text("const f=(x)=>{return x}\n")
    (tmp_path / "squeezed.css").write_text("a{color:red}\n")
    (tmp_path / "broken.js").write_text("const = ;\n")
    (tmp_path / "fine.js").write_text("const f = (x) => x;\n")
    found = unformatted(tmp_path)
    assert all(name in found for name in ("squeezed.js", "squeezed.css", "broken.js"))
    assert "fine.js" not in found


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
