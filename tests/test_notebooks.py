"""Every chapter in solutions/ and every learners' copy in notebooks/, as found on disk."""

import json
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy

import pytest
from browser import CHAPTERS, COPIES, ROOT, course_of
from nbclient import NotebookClient
from nbformat import v4
from notebook_checks import (
    CHAPTER_CHECKS,
    has_code_cells_of_at_most_twelve_lines,
    has_only_living_local_links,
    leaks,
    read,
    verdicts,
)

every_chapter = pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
every_copy = pytest.mark.parametrize("path", COPIES, ids=lambda path: path.stem)


@pytest.fixture
def untouched(path):
    """Skip a learners' copy that a learner works in; in CI nothing may be skipped."""
    course = course_of(ROOT)
    if course.build.is_in_use(path, course.copies.learners_copy(ROOT / "solutions" / path.name)):
        pytest.skip(f"notebooks/{path.name} holds work of yours, so it was not tested")


def run_strictly(path, folder):
    """Run a copy of a notebook in `folder` and compare every output with the stored one; return
    nbval's verdict.
    """
    shutil.copy(path, folder)
    options = [
        "--nbval",
        "--nbval-current-env",
        "--nbval-cell-timeout=120",
        "-p",
        "no:cacheprovider",
        "--color=no",
    ]
    rules = f"--nbval-sanitize-with={ROOT / 'tests' / 'sanitize.cfg'}"
    command = [sys.executable, "-m", "pytest", *options, rules, path.name]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=280)


def run_as_a_learner(path, folder):
    """Run a copy of a notebook in `folder`, stopping at the first error, and return it with its
    outputs.
    """
    notebook = read(shutil.copy(path, folder))
    resources = {"metadata": {"path": str(folder)}}
    client = NotebookClient(notebook, timeout=120, kernel_name="python3", resources=resources)
    # of its own: Playwright's event loop may be running in this one
    with ThreadPoolExecutor(1) as thread:
        thread.submit(client.execute).result()
    return notebook


@pytest.mark.legs
@pytest.mark.every(5)
@every_chapter
def test_every_stored_output_comes_out_again(path, tmp_path):
    verdict = run_strictly(path, tmp_path)
    if verdict.returncode:
        pytest.fail(verdict.stdout[-6000:], pytrace=False)


@every_chapter
@pytest.mark.parametrize("check", CHAPTER_CHECKS, ids=lambda check: check.__name__)
def test_a_chapter(path, check):
    assert list(check(read(path), path)) == []


@every_chapter
def test_a_chapter_ends_with_a_link_to_the_next_one_and_the_last_to_the_map(path):
    following = [*CHAPTERS, CHAPTERS[0]][CHAPTERS.index(path) + 1]
    ending = [cell.source for cell in read(path).cells[-3:] if cell.cell_type == "markdown"]
    assert f"]({following.name})" in "".join(ending)


@pytest.mark.slow
@every_copy
@pytest.mark.usefixtures("untouched")
def test_an_untouched_copy_runs_through_and_calls_no_exercise_attempted(path, tmp_path):
    said = verdicts(run_as_a_learner(path, tmp_path))
    assert [
        f"cell {number}: {verdict}"
        for number, verdict in said
        if not verdict.startswith("○ Not attempted")
    ] == []


@every_copy
@pytest.mark.usefixtures("untouched")
def test_a_copy_tells_no_solution(path):
    assert list(leaks(read(path), read(ROOT / "solutions" / path.name))) == []


@every_copy
@pytest.mark.usefixtures("untouched")
def test_a_copy_fits_the_screen_too(path):
    assert list(has_code_cells_of_at_most_twelve_lines(read(path), path)) == []


@every_copy
@pytest.mark.usefixtures("untouched")
def test_a_copys_cells_have_the_names_they_have_in_the_chapter(path):
    chapter, copy = (
        [cell["id"] for cell in json.loads(file.read_bytes())["cells"]]
        for file in (ROOT / "solutions" / path.name, path)
    )
    assert len(set(copy)) == len(copy) and len(set(chapter)) == len(chapter)
    assert copy == [name for name in chapter if name in copy] + ["scratch-note", "scratch"]


def test_the_copies_are_what_the_chapters_build():
    assert course_of(ROOT).main(["build", "--check"]) == 0


# ----------------------------------------------------------- that the checks find what they are for

DESCRIPTION = "A line that rises from 0 at the left to 3 at the right."


def good_chapter():
    picture = v4.new_output(
        "display_data", {"image/png": "iVBORw0KGgo=", "text/plain": DESCRIPTION}
    )
    cells = [
        v4.new_markdown_cell(
            "# A title\n\nSee [below](#The-end) and ![a dot](attachment:dot.png), where $a[i](x)$."
        ),
        v4.new_code_cell(
            "x = 1 + 2\nprint(x)", execution_count=1, outputs=[v4.new_output("stream", text="3\n")]
        ),
        v4.new_markdown_cell("## A part\n\n```\n# no heading\n```"),
        v4.new_code_cell("draw(x)", execution_count=2, outputs=[picture]),
        v4.new_markdown_cell("## The end"),
    ]
    cells[0].attachments = {"dot.png": {"image/png": "iVBORw0KGgo="}}
    return v4.new_notebook(cells=cells)


def add_code(source, **output):
    def edit(notebook):
        outputs = [v4.new_output(**output)] if output else []
        notebook.cells.append(v4.new_code_cell(source, execution_count=3, outputs=outputs))

    return edit


def add_text(source):
    return lambda notebook: notebook.cells.append(v4.new_markdown_cell(source))


def change(cell, **values):
    return lambda notebook: notebook.cells[cell].update(values)


def shows(**data):
    return add_code(
        "draw()",
        output_type="display_data",
        data={k.replace("_", "/"): v for k, v in data.items()},
    )


def judged(verdict):
    data = {"text/plain": verdict, "text/html": "<b>a verdict</b>"}
    return add_code("exercise.check(x)", output_type="execute_result", data=data)


LAST_YEAR = {"iopub.execute_input": "2025-01-31T08:15:30.123456Z"}
IMAGE = f'<img alt="{DESCRIPTION}" src="data:image/png;base64,iVBORw0KGgo=">'
HIDDEN = "\n".join(["### BEGIN SOLUTION", "#: start", "a", "", "### END SOLUTION", *"bcdefghijkl"])
BAD = [
    ("was_run_from_first_to_last", change(1, execution_count=None)),
    ("was_run_from_first_to_last", change(1, execution_count=7)),
    (
        "was_run_from_first_to_last",
        lambda notebook: [notebook.cells[i].update(outputs=[]) for i in (1, 3)],
    ),
    (
        "stored_no_error_and_no_warning",
        add_code("1 / 0", output_type="error", ename="ZeroDivisionError"),
    ),
    (
        "stored_no_error_and_no_warning",
        add_code("warn()", output_type="stream", name="stderr", text="beware"),
    ),
    ("has_headings_in_order", add_text("# Another title")),
    ("has_headings_in_order", add_text("#### Too deep")),
    (
        "has_headings_in_order",
        lambda notebook: notebook.cells.insert(0, v4.new_markdown_cell("No title")),
    ),
    (
        "describes_every_figure",
        shows(image_png="iVBORw0KGgo=", text_plain="<Figure size 640x480 with 1 Axes>"),
    ),
    ("describes_every_figure", shows(image_png="iVBORw0KGgo=")),
    ("describes_every_figure", shows(text_html="<canvas></canvas>", text_plain="Player()")),
    ("describes_every_figure", shows(text_html="<img src='dot.png'>", text_plain=DESCRIPTION)),
    (
        "has_alternative_text_for_every_image",
        change(0, source="# A title\n\n![](attachment:dot.png)"),
    ),
    ("has_alternative_text_for_every_image", add_text('Look: <img src="dot.png">')),
    ("has_only_living_local_links", add_text("[gone](gone.ipynb)")),
    ("has_only_living_local_links", add_text("[gone](#Gone)")),
    ("has_only_living_local_links", add_text("![a dot](attachment:gone.png)")),
    ("has_code_cells_of_at_most_twelve_lines", add_code(HIDDEN + "\nm")),
    ("has_no_cell_that_hides_its_value", add_code("x;\n")),
    ("has_no_cell_that_escapes_the_checks", add_code("# NBVAL_IGNORE_OUTPUT\nx")),
    ("has_no_cell_that_escapes_the_checks", change(1, metadata={"tags": ["raises-exception"]})),
    ("has_no_cell_that_escapes_the_checks", add_text("")),
    ("spells_accents_out_in_formulas", add_text("The loss of $ŷ = wx$.")),
    ("spells_accents_out_in_formulas", add_text("$$\nL = (ŷ - y)^2\n$$")),
    ("keeps_no_times", change(1, metadata={"execution": LAST_YEAR})),
    ("keeps_no_times", change(0, metadata={"tool": {"deep": [{"ended": "2025-01-31 08:15"}]}})),
    (
        "keeps_no_times",
        lambda notebook: notebook.metadata.update(papermill={"start_time": "2025-01-31T08:15:30"}),
    ),
    (
        "keeps_no_times",
        lambda notebook: notebook.cells[3].outputs[0].metadata.update(ran=LAST_YEAR),
    ),
    (
        "holds_a_picture_once",
        shows(text_html=IMAGE, image_png="iVBORw0KGgo=", text_plain=DESCRIPTION),
    ),
    ("solves_its_exercises", add_code("exercise.check(x)")),
    ("solves_its_exercises", judged("✗ Not yet. For `x = 3` yours gives `6`, expected `9`.")),
]


@pytest.mark.parametrize("name, edit", BAD)
def test_a_check_finds_its_fault_and_no_other_check_does(name, edit, tmp_path):
    notebook = good_chapter()
    edit(notebook)
    assert {
        check.__name__ for check in CHAPTER_CHECKS if list(check(notebook, tmp_path / "x.ipynb"))
    } == {name}


@pytest.mark.parametrize("edit", [lambda notebook: None, add_code(HIDDEN), judged("✓ Correct.")])
def test_the_checks_find_nothing_in_a_good_chapter(edit, tmp_path):
    notebook = good_chapter()
    edit(notebook)
    assert [
        fault for check in CHAPTER_CHECKS for fault in check(notebook, tmp_path / "x.ipynb")
    ] == []


def test_a_link_to_a_heading_of_another_chapter_is_followed(tmp_path):
    (tmp_path / "other.ipynb").write_text(v4.writes(good_chapter()))
    notebook = v4.new_notebook(
        cells=[v4.new_markdown_cell("[a](other.ipynb#A-part) [b](other.ipynb#Gone)")]
    )
    faults = list(has_only_living_local_links(notebook, tmp_path / "x.ipynb"))
    assert faults == ["cell 1 links to other.ipynb#Gone, which is not there"]


LEAKS = {
    "holds an output": change(1, outputs=[v4.new_output("stream", text="3")]),
    "holds a solution's marker": change(1, source="### END SOLUTION"),
    "is tagged solution": lambda notebook: notebook.cells[0].metadata.update(tags=["solution"]),
    "is not one for learners": change(0, id="another"),
    "holds a line of its solution": change(1, source="def f():\n    return 2 * x"),
}


@pytest.mark.parametrize("fault", LEAKS)
def test_a_leak_is_found(fault):
    solved = (
        "def f():\n    ### BEGIN SOLUTION\n    #: return ...\n    return 2 * x\n    ### END "
        "SOLUTION"
    )
    cells = [v4.new_markdown_cell("# A title", id="title"), v4.new_code_cell(solved, id="task")]
    chapter = v4.new_notebook(cells=cells)
    copy = deepcopy(chapter)
    copy.cells[1].source = "def f():\n    return ..."
    assert list(leaks(copy, chapter)) == []
    LEAKS[fault](copy)
    assert any(sentence.endswith(fault) for sentence in leaks(copy, chapter))


def shown(fresh, stored):
    """Return a cell that displays the data `fresh` and has `stored` as its stored output."""
    source = f"from IPython.display import display\ndisplay({fresh}, raw=True)"
    return v4.new_code_cell(
        source, execution_count=1, outputs=[v4.new_output("display_data", stored)]
    )


def visual(text, table):
    return {"text/plain": text, "text/html": f'<div data-learnkit-player="1">\n{table}</div>'}


def picture(description, data):
    return {"text/html": f'<img alt="{description}" src="data:image/png;base64,{data}">'}


@pytest.mark.slow
def test_strict_comparison_looks_at_everything_but_the_bytes_of_pictures(tmp_path):
    cells = {
        "the same text": shown({"text/plain": "2"}, {"text/plain": "2"}),
        "another text": shown({"text/plain": "2"}, {"text/plain": "3"}),
        "an error": v4.new_code_cell("1 / 0", execution_count=1),
        "a visual's table": shown(visual("falls", "AAAA"), visual("falls", "BBBB")),
        "a visual's sentence": shown(visual("falls", "AAAA"), visual("rises", "AAAA")),
        "a picture's bytes": shown(picture("a dot", "AAAA"), picture("a dot", "BBBB")),
        "a picture's description": shown(picture("a dot", "AAAA"), picture("a line", "AAAA")),
    }
    path = tmp_path / "fixture.ipynb"
    path.write_text(v4.writes(v4.new_notebook(cells=list(cells.values()))))
    (tmp_path / "run").mkdir()
    verdict = run_strictly(path, tmp_path / "run")
    failed = [
        name for i, name in enumerate(cells) if f"FAILED fixture.ipynb::Cell {i}" in verdict.stdout
    ]
    assert failed == ["another text", "an error", "a visual's sentence", "a picture's description"]


def test_an_error_in_an_untouched_copy_is_found(tmp_path):
    path = tmp_path / "fixture.ipynb"
    path.write_text(v4.writes(v4.new_notebook(cells=[v4.new_code_cell("1 / 0")])))
    (tmp_path / "run").mkdir()
    with pytest.raises(Exception, match="ZeroDivisionError"):
        run_as_a_learner(path, tmp_path / "run")
