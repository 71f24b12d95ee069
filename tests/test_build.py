"""From solutions/ to notebooks/: what the copies hold, what they never hold, and what is never
overwritten.
"""

import json
import shutil
import subprocess
import sys

import nbformat
import pytest
from browser import ROOT, copy_front_door, course_of
from nbformat import v4

SOLVED = """\
def slope(error):
    ### BEGIN SOLUTION
    #: # the derivative of error ** 2
    #: return ...
    return 2 * error
    ### END SOLUTION


slope(1.5)"""
TO_SOLVE = """\
def slope(error):
    # the derivative of error ** 2
    return ...


slope(1.5)"""


def chapter():
    """A small executed chapter with one cell of every kind."""
    cells = [
        v4.new_markdown_cell("# A chapter\n\nTen minutes."),
        v4.new_code_cell("import learnkit", metadata={"tags": ["setup"]}, execution_count=1),
        v4.new_code_cell(
            SOLVED,
            execution_count=2,
            outputs=[v4.new_output("execute_result", {"text/plain": "3.0"})],
        ),
        v4.new_code_cell("print('told')", metadata={"tags": ["solution"], "scrolled": True}),
        v4.new_markdown_cell("Ask the room first.", metadata={"tags": ["instructor"]}),
    ]
    metadata = {"kernelspec": {"name": "mine", "display_name": "Mine"}, "widgets": {"state": 1}}
    return v4.new_notebook(cells=cells, metadata=metadata)


@pytest.fixture
def course(tmp_path):
    """What stands behind course.py in a course with one chapter, `save` to write one, and `copy` where
    its copy is built.
    """
    copy_front_door(tmp_path)
    for name in ("solutions", "notebooks"):
        (tmp_path / name).mkdir()
    module = course_of(tmp_path)
    module.save = lambda notebook: nbformat.write(
        notebook, tmp_path / "solutions" / "01_chapter.ipynb"
    )
    module.copy = tmp_path / "notebooks" / "01_chapter.ipynb"
    module.save(chapter())
    return module


def built(course):
    assert course.main(["build"]) == 0
    return nbformat.read(course.copy, as_version=4)


def test_a_solution_gives_way_to_the_starting_code_it_holds(course):
    assert course.copies.learners_code(SOLVED, "here") == TO_SOLVE


def test_a_solution_without_starting_code_gives_way_to_a_placeholder(course):
    source = "if True:\n    ### BEGIN SOLUTION\n    answer = 42\n    ### END SOLUTION"
    assert course.copies.learners_code(source, "here") == "if True:\n    ...  # your turn"


def test_starting_code_loses_its_prefix_and_one_space_and_keeps_its_indentation(course):
    source = (
        "### BEGIN SOLUTION\n#: for i in x:\n#:     total += ...\n#:\n    #:   # deep\nx\n### END "
        "SOLUTION"
    )
    assert (
        course.copies.learners_code(source, "here")
        == "for i in x:\n    total += ...\n\n      # deep"
    )


def test_several_solutions_in_one_cell_are_all_replaced(course):
    one = "### BEGIN SOLUTION\n#: a = ...\na = 1\n### END SOLUTION"
    assert course.copies.learners_code(f"{one}\nb = 2\n{one}", "here") == "a = ...\nb = 2\na = ..."


@pytest.mark.parametrize(
    "source",
    [
        "### BEGIN SOLUTION\nx = 1",
        "x = 1\n### END SOLUTION",
        "### BEGIN SOLUTION\n### BEGIN SOLUTION\nx = 1\n### END SOLUTION",
        "## BEGIN SOLUTION\nx = 1\n### END SOLUTION",
        "### begin solution\nx = 1\n### end solution",
        "###BEGIN SOLUTION\nx = 1\n###END SOLUTION",
    ],
)
def test_a_malformed_solution_is_named_by_notebook_and_cell(course, capsys, source):
    notebook = chapter()
    notebook.cells[3] = v4.new_code_cell(source)
    course.save(notebook)
    assert course.main(["build"]) == 1
    error = capsys.readouterr().err
    assert error.count("\n") == 1 and error.startswith("solutions/01_chapter.ipynb, cell 4: `")
    assert not course.copy.exists()


def test_the_copy_holds_no_solution_no_note_for_the_instructor_and_no_output(course):
    copy = built(course)
    nbformat.validate(copy)
    assert [cell.source for cell in copy.cells[:-2]] == [
        "# A chapter\n\nTen minutes.",
        "import learnkit",
        TO_SOLVE,
    ]
    code = [cell for cell in copy.cells if cell.cell_type == "code"]
    assert all(not cell.outputs and cell.execution_count is None for cell in code)


def test_the_copy_ends_in_an_empty_cell_for_the_learner_whatever_the_chapter_ends_in(course):
    source = chapter()
    for text in ("print('the end')", "print('a later end')"):
        source.cells.append(v4.new_code_cell(text))
        course.save(source)
        note, scratch = built(course).cells[-2:]
        assert (note.id, scratch.id, scratch.source) == ("scratch-note", "scratch", "")
        assert "Yours from here on" in note.source and built(course).cells[-3].source == text


def test_the_copy_keeps_ids_and_tags_and_no_metadata_that_comes_and_goes(course):
    source = chapter()
    course.save(source)
    copy = built(course)
    assert [cell.id for cell in copy.cells[:-2]] == [cell.id for cell in source.cells[:3]]
    assert [cell.metadata for cell in copy.cells] == [{}, {"tags": ["setup"]}, {}, {}, {}]
    assert copy.metadata.kernelspec.name == "python3" and "widgets" not in copy.metadata


def test_pictures_attached_to_a_text_cell_stay(course):
    notebook = chapter()
    notebook.cells[0].attachments = {"dot.png": {"image/png": "iVBORw0KGgo="}}
    course.save(notebook)
    assert built(course).cells[0].attachments == notebook.cells[0].attachments


def test_building_twice_gives_the_same_bytes_and_ends_in_a_newline(course, capsys):
    built(course)
    once = course.copy.read_bytes()
    course.copy.unlink()
    built(course)
    assert course.copy.read_bytes() == once and once.endswith(b"}\n") and b"\r" not in once
    capsys.readouterr()
    built(course)
    assert capsys.readouterr().out == ""


def test_check_lists_what_is_out_of_date_and_writes_nothing(course, capsys):
    assert course.main(["build", "--check"]) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[-1] == "notebooks/01_chapter.ipynb is not what `course.py build` writes: run it."
    assert not course.copy.exists()
    built(course)
    assert course.main(["build", "--check"]) == 0
    notebook = chapter()
    notebook.cells[0].source = "# Another title"
    course.save(notebook)
    before = course.copy.read_bytes()
    assert course.main(["build", "--check"]) == 1 and course.copy.read_bytes() == before


def type_into(path):
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[-1].source = "my own attempt"
    nbformat.write(notebook, path)


@pytest.fixture
def two_chapters(course, monkeypatch):
    """A course of two built chapters, outside CI; `course.other` is the second copy."""
    monkeypatch.delenv("CI", raising=False)
    shutil.copy(
        course.common.SOLUTIONS / "01_chapter.ipynb", course.common.SOLUTIONS / "02_other.ipynb"
    )
    course.other = course.common.NOTEBOOKS / "02_other.ipynb"
    built(course)
    return course


def bytes_of_copies(course):
    return {path.name: path.read_bytes() for path in course.common.NOTEBOOKS.iterdir()}


@pytest.mark.parametrize("arguments", [[], ["--check"]], ids=["build", "check"])
def test_a_copy_whose_chapter_is_missing_is_left_alone_with_a_word(two_chapters, capsys, arguments):
    (two_chapters.common.SOLUTIONS / "02_other.ipynb").unlink()
    before = bytes_of_copies(two_chapters)
    capsys.readouterr()
    assert two_chapters.main(["build", *arguments]) == 0
    assert bytes_of_copies(two_chapters) == before
    (said,) = capsys.readouterr().out.splitlines()
    assert said.startswith(
        "notebooks/02_other.ipynb is left alone, as there is no solutions/02_other.ipynb"
    )
    assert said.endswith(
        "bring that back, or delete the copy if the chapter was renamed or given up."
    )


def test_the_work_of_a_learner_in_a_chapter_that_was_renamed_stays_with_a_word(
    two_chapters, capsys
):
    type_into(two_chapters.other)
    mine = two_chapters.other.read_bytes()
    (two_chapters.common.SOLUTIONS / "02_other.ipynb").rename(
        two_chapters.common.SOLUTIONS / "02_renamed.ipynb"
    )
    capsys.readouterr()
    assert two_chapters.main(["build"]) == 0
    assert two_chapters.other.read_bytes() == mine
    assert (two_chapters.common.NOTEBOOKS / "02_renamed.ipynb").exists()
    said, written = capsys.readouterr().out.splitlines()
    assert (
        said.startswith("notebooks/02_other.ipynb is left alone") and "holds work of yours" in said
    )
    assert written == "notebooks/02_renamed.ipynb written."


def chapters_are_deleted(solutions):
    for path in solutions.iterdir():
        path.unlink()


def is_a_file(solutions):
    shutil.rmtree(solutions)
    solutions.write_text("")


@pytest.mark.parametrize(
    "loss", [shutil.rmtree, chapters_are_deleted, is_a_file], ids=lambda loss: loss.__name__
)
@pytest.mark.parametrize("arguments", [[], ["--check"]], ids=["build", "check"])
def test_without_any_chapter_nothing_is_built_or_deleted_and_one_sentence_says_why(
    two_chapters, capsys, loss, arguments
):
    type_into(two_chapters.other)
    loss(two_chapters.common.SOLUTIONS)
    before = bytes_of_copies(two_chapters)
    capsys.readouterr()
    assert two_chapters.main(["build", *arguments]) == 1
    assert bytes_of_copies(two_chapters) == before
    said = capsys.readouterr()
    assert said.err.count("\n") == 1 and said.out == ""
    assert said.err.startswith(
        "solutions/ holds no chapter to build from, so notebooks/ is left as it is"
    )


TORN = [
    "",
    "<<<<<<< HEAD",
    '{"cells": [',
    "[]",
    "{}",
    '{"cells": [1], "metadata": {}}',
    '{"cells": [{}], "metadata": {}}',
]


@pytest.mark.parametrize("content", TORN)
def test_a_chapter_that_cannot_be_read_is_named_and_every_copy_stays(two_chapters, capsys, content):
    (two_chapters.common.SOLUTIONS / "02_other.ipynb").write_text(content)
    before = bytes_of_copies(two_chapters)
    capsys.readouterr()
    assert two_chapters.main(["build"]) == 1
    assert bytes_of_copies(two_chapters) == before
    error = capsys.readouterr().err
    assert error.count("\n") == 1 and error.startswith("solutions/02_other.ipynb is no notebook (")


@pytest.mark.parametrize("content", TORN)
def test_what_is_no_notebook_among_the_copies_is_left_alone(two_chapters, content):
    stray = two_chapters.common.NOTEBOOKS / "03_stray.ipynb"
    stray.write_text(content)
    built(two_chapters)
    assert stray.read_text() == content
    two_chapters.other.write_text(content)
    assert two_chapters.main(["build"]) == 1 and two_chapters.other.read_text() == content


def is_a_folder(path):
    path.mkdir()


def is_empty(path):
    path.touch()


def is_torn(path):
    path.write_text('{"cells": [')


def is_no_text(path):
    path.write_bytes(b"\0\5\x16\7\0\2\0\0Mac OS X        \xff\xfe")


def is_without_metadata(path):
    path.write_text('{"cells": [], "nbformat": 4, "nbformat_minor": 5}')


def is_nested_without_end(path):
    path.write_text("[" * 100_000)


def has_a_cell_of_numbers(path):
    path.write_text(
        '{"cells": [{"cell_type": "code", "metadata": {}, "source": 3}], "metadata": {}}'
    )


def leads_nowhere(path):
    path.symlink_to("gone.ipynb")


NO_NOTEBOOKS = [
    is_a_folder,
    is_empty,
    is_torn,
    is_no_text,
    is_without_metadata,
    is_nested_without_end,
    has_a_cell_of_numbers,
    leads_nowhere,
]
STRAY_NAMES = [
    "._01_chapter.ipynb",
    "01_chapter-Copy1.ipynb",
    "Untitled.ipynb",
    "00_before.ipynb",
    ".ipynb",
]


@pytest.mark.parametrize("name", STRAY_NAMES)
@pytest.mark.parametrize("make", NO_NOTEBOOKS, ids=lambda make: make.__name__)
def test_what_is_only_called_a_notebook_is_ignored_with_a_word(two_chapters, capsys, make, name):
    for folder in (two_chapters.common.SOLUTIONS, two_chapters.common.NOTEBOOKS):
        make(folder / name)
    capsys.readouterr()
    for arguments in ([], ["--check"]):
        assert two_chapters.main(["build", *arguments]) == 0
        said = capsys.readouterr()
        assert said.err == "" and len(said.out.splitlines()) == 2
        for folder in ("solutions", "notebooks"):
            assert f"{folder}/{name} is ignored: it is no notebook (" in said.out
    assert (
        two_chapters.jupyterlab.start_page(two_chapters.common.NOTEBOOKS).name == "01_chapter.ipynb"
    )
    assert [path.name for path in two_chapters.notebooks.all_chapters()] == [
        "01_chapter.ipynb",
        "02_other.ipynb",
    ]


@pytest.mark.parametrize(
    "name", ["01_chapter-Copy1.ipynb", "01_chapter (2).ipynb", "00 first.ipynb", "._00_a.ipynb"]
)
def test_a_copy_of_a_chapter_under_another_name_is_ignored_with_a_word(
    two_chapters, capsys, monkeypatch, name
):
    monkeypatch.setenv("CI", "true")
    for folder in (two_chapters.common.SOLUTIONS, two_chapters.common.NOTEBOOKS):
        shutil.copy(folder / "01_chapter.ipynb", folder / name)
    capsys.readouterr()
    assert two_chapters.main(["build", "--check"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert [line.split(" is ignored: ")[0] for line in said] == [
        f"solutions/{name}",
        f"notebooks/{name}",
    ]
    assert (
        two_chapters.jupyterlab.start_page(two_chapters.common.NOTEBOOKS).name == "01_chapter.ipynb"
    )


def test_a_notebook_of_the_learners_own_is_never_the_start_page_where_there_is_a_chapter(
    two_chapters, capsys
):
    nbformat.write(v4.new_notebook(), two_chapters.common.NOTEBOOKS / "00_my_notes.ipynb")
    nbformat.write(v4.new_notebook(), two_chapters.common.NOTEBOOKS / "my notes.ipynb")
    capsys.readouterr()
    assert two_chapters.main(["build"]) == 0
    assert capsys.readouterr().out == ""
    assert (
        two_chapters.jupyterlab.start_page(two_chapters.common.NOTEBOOKS).name == "01_chapter.ipynb"
    )


@pytest.mark.parametrize("make", NO_NOTEBOOKS, ids=lambda make: make.__name__)
def test_a_copy_that_is_damaged_stops_no_test_and_is_not_the_start_page(two_chapters, capsys, make):
    first = two_chapters.common.NOTEBOOKS / "01_chapter.ipynb"
    first.unlink()
    make(first)
    assert two_chapters.main(["build", "--check"]) == 0
    assert "notebooks/01_chapter.ipynb is ignored: it is no notebook (" in capsys.readouterr().out
    assert (
        two_chapters.jupyterlab.start_page(two_chapters.common.NOTEBOOKS).name == "02_other.ipynb"
    )


def test_without_any_notebook_there_is_no_start_page(course):
    assert course.jupyterlab.start_page(course.common.NOTEBOOKS) is None
    assert "--LabApp.default_url=/lab" in course.lab.lab_options()


def test_in_ci_a_copy_forgotten_when_its_chapter_was_renamed_is_a_fault(two_chapters, monkeypatch):
    (two_chapters.common.SOLUTIONS / "02_other.ipynb").unlink()
    monkeypatch.setenv("CI", "true")
    assert two_chapters.main(["build", "--check"]) == 1
    type_into(two_chapters.other)
    assert two_chapters.main(["build", "--check"]) == 0


def test_what_a_learner_typed_is_never_overwritten(course, capsys):
    built(course)
    type_into(course.copy)
    mine = course.copy.read_bytes()
    assert course.main(["build"]) == 1 and course.copy.read_bytes() == mine
    assert "holds work of yours and was left alone" in capsys.readouterr().out


def test_a_renamed_attempt_and_a_notebook_of_ones_own_are_left_alone(course):
    built(course)
    type_into(course.copy)
    course.copy.rename(course.copy.with_name("my attempt.ipynb"))
    nbformat.write(v4.new_notebook(), course.copy.with_name("my notes.ipynb"))
    built(course)
    names = ["01_chapter.ipynb", "my attempt.ipynb", "my notes.ipynb"]
    assert sorted(path.name for path in course.common.NOTEBOOKS.iterdir()) == names


def only_counted(copy):
    copy.cells[1].execution_count = 1


def opened_and_saved(copy):
    copy.metadata.language_info["version"] = "3.13.1"
    copy.cells[0].metadata["trusted"] = True


@pytest.mark.parametrize("edit", [only_counted, opened_and_saved], ids=lambda edit: edit.__name__)
def test_a_copy_in_which_nobody_left_anything_is_built_again(course, edit):
    fresh = built(course)
    before = course.copy.read_bytes()
    edit(fresh)
    nbformat.write(fresh, course.copy)
    built(course)
    assert course.copy.read_bytes() == before


def an_output(copy):
    copy.cells[1].update(execution_count=1, outputs=[v4.new_output("stream", text="ran")])


def an_error(copy):
    copy.cells[2].outputs = [v4.new_output("error", ename="NameError", evalue="x", traceback=[])]


def code_turned_into_text(copy):
    copy.cells[2] = v4.new_markdown_cell(copy.cells[2].source, id=copy.cells[2].id)


def text_turned_into_code(copy):
    copy.cells[0] = v4.new_code_cell(copy.cells[0].source, id=copy.cells[0].id)


def text_turned_raw(copy):
    copy.cells[0] = v4.new_raw_cell(copy.cells[0].source, id=copy.cells[0].id)


def an_attached_picture(copy):
    copy.cells[0].attachments = {"mine.png": {"image/png": "iVBORw0KGgo="}}


def a_cell_less(copy):
    del copy.cells[0]


def cells_in_another_order(copy):
    copy.cells.reverse()


WORK = [
    an_output,
    an_error,
    code_turned_into_text,
    text_turned_into_code,
    text_turned_raw,
    an_attached_picture,
    a_cell_less,
    cells_in_another_order,
]


@pytest.mark.parametrize("edit", WORK, ids=lambda edit: edit.__name__)
def test_whatever_a_learner_changed_in_a_copy_is_kept(course, capsys, monkeypatch, edit):
    monkeypatch.delenv("CI", raising=False)
    copy = built(course)
    edit(copy)
    nbformat.write(copy, course.copy)
    mine = course.copy.read_bytes()
    notebook = chapter()
    notebook.cells[0].source = "# A newer edition"
    course.save(notebook)
    assert course.main(["build"]) == 1 and course.copy.read_bytes() == mine
    assert "holds work of yours and was left alone" in capsys.readouterr().out
    assert course.main(["build", "--check"]) == 0
    assert "left alone and not tested" in capsys.readouterr().out


def quiz():
    """A chapter as nbconvert stores it: a widget in its live and in its readable form, and an
    output without data.
    """
    live = {"application/vnd.jupyter.widget-view+json": {"model_id": "1"}}
    shown = v4.new_output(
        "execute_result", {**live, "text/html": "<p>A quiz</p>"}, execution_count=1
    )
    notebook = chapter()
    notebook.cells[1].outputs = [v4.new_output("stream", text="3"), shown]
    return notebook


def is_still(path):
    """Whether a stored quiz has kept its readable form, and nothing that asks for the kernel of
    its day.
    """
    notebook = nbformat.read(path, as_version=4)
    return (
        notebook.cells[1].outputs[1].data == {"text/html": "<p>A quiz</p>"}
        and "widgets" not in notebook.metadata
    )


def test_building_takes_live_widgets_out_of_a_chapter_and_leaves_the_rest_as_it_is(course, capsys):
    course.save(quiz())
    path = course.common.SOLUTIONS / "01_chapter.ipynb"
    built(course)
    assert is_still(path)
    once = path.read_bytes()
    capsys.readouterr()
    built(course)
    assert path.read_bytes() == once and capsys.readouterr().out == ""
    course.save(quiz())
    assert course.main(["build", "--check"]) == 1 and not is_still(path)
    assert (
        "solutions/01_chapter.ipynb is not what `course.py build` writes" in capsys.readouterr().out
    )


RAN_AT = {
    "iopub.execute_input": "2025-01-31T08:15:30.123456Z",
    "shell.execute_reply": "2025-01-31T08:15:31Z",
}


@pytest.mark.parametrize("where", ["notebook", "code", "text"])
def test_building_takes_out_when_a_chapter_was_run_and_keeps_what_else_is_noted(course, where):
    notebook = chapter()
    part = {"notebook": notebook, "code": notebook.cells[1], "text": notebook.cells[0]}[where]
    part.metadata.update(execution=RAN_AT, slideshow={"slide_type": "slide"})
    course.save(notebook)
    built(course)
    text = (course.common.SOLUTIONS / "01_chapter.ipynb").read_text()
    assert "2025" not in text and "slide_type" in text and '"setup"' in text


def test_an_unknown_option_of_build_is_refused(course, capsys):
    assert course.main(["build", "--all"]) == 1
    assert "takes --check or nothing" in capsys.readouterr().err


SETTING = """
[tool.learnkit]
repository = "https://github.com/some/course"
branch = "spring"
site = "https://some.org/course"
"""
README = "# A course\n\n<!-- launch links: course.py build writes them -->\n{}<!-- end of launch links -->\n\nMore.\n"
BINDER = "https://mybinder.org/v2/gh/some/course/spring?urlpath=lab/tree/notebooks/{}.ipynb"
COLAB = "https://colab.research.google.com/github/some/course/blob/spring/notebooks/{}.ipynb"
WEB_PAGE = "https://some.org/course/{}.html"


def tell_where_it_lives(course, setting):
    (course.common.ROOT / "pyproject.toml").write_text(f'[project]\nname = "learnkit"\n{setting}')


def test_without_an_address_no_link_is_added(course):
    readme = course.common.ROOT / "README.md"
    readme.write_text(README.format(""))
    for setting in ("", '[tool.learnkit]\nrepository = ""\nbranch = "main"\nsite = ""\n'):
        tell_where_it_lives(course, setting)
        assert built(course).cells[0].source == "# A chapter\n\nTen minutes."
        assert built(course).cells[1].source == "import learnkit"
        assert readme.read_text() == README.format("")


def test_with_an_address_the_copy_links_to_binder_colab_and_the_page_and_installs_itself(course):
    tell_where_it_lives(course, SETTING)
    title, setup, *_ = built(course).cells
    lines = title.source.splitlines()
    assert [lines[0], lines[1], lines[3:]] == ["# A chapter", "", ["", "Ten minutes."]]
    for link in (BINDER, COLAB, WEB_PAGE):
        assert f"({link.format('01_chapter')})" in lines[2]
    install = "%pip install -q --no-deps git+https://github.com/some/course@spring"
    assert f"\n    {install}\n" in setup.source and setup.source.endswith("\nimport learnkit")
    assert course.main(["build", "--check"]) == 0


def test_the_readme_gets_the_same_links_and_loses_them_with_the_address(course, capsys):
    readme = course.common.ROOT / "README.md"
    readme.write_text(README.format(""))
    tell_where_it_lives(course, SETTING)
    assert course.main(["build", "--check"]) == 1
    assert "The launch links of README.md are not what" in capsys.readouterr().out
    built(course)
    for link in (BINDER, COLAB, WEB_PAGE):
        assert f"({link.format('00_start_here')})" in readme.read_text()
    assert course.main(["build", "--check"]) == 0
    tell_where_it_lives(course, "")
    built(course)
    assert readme.read_text() == README.format("")


def test_a_site_alone_is_linked_alone(course):
    tell_where_it_lives(course, '[tool.learnkit]\nsite = "https://some.org/course/"\n')
    title, setup, *_ = built(course).cells
    said = f"With nothing installed: read it [as a web page]({WEB_PAGE.format('01_chapter')})."
    assert title.source.splitlines()[2] == said and setup.source == "import learnkit"


@pytest.mark.parametrize(
    "setting", ['repository = "https://example.org/course"', 'site = "some.org/course"']
)
def test_an_address_that_no_link_could_be_made_of_is_refused_in_one_sentence(
    course, capsys, setting
):
    tell_where_it_lives(course, f"[tool.learnkit]\n{setting}\n")
    assert course.main(["build"]) == 1
    error = capsys.readouterr().err
    assert error.count("\n") == 1 and error.startswith("pyproject.toml names '")


def test_a_readme_that_lost_its_marks_is_named_and_left_alone(course, capsys):
    (course.common.ROOT / "README.md").write_text("# A course\n")
    assert course.main(["build"]) == 1
    assert "README.md has no line '<!-- launch links" in capsys.readouterr().out
    assert (course.common.ROOT / "README.md").read_text() == "# A course\n"


@pytest.mark.parametrize("there", ["nothing", "another learnkit", "the course"])
def test_the_set_up_cell_installs_the_course_unless_it_is_there_itself(course, tmp_path, there):
    tell_where_it_lives(course, SETTING)
    notebook = chapter()
    notebook.cells[1].source = "from learnkit import practice"
    course.save(notebook)
    code = (
        built(course)
        .cells[1]
        .source.replace(
            "%pip install -q --no-deps git+https://github.com/some/course@spring", "install()"
        )
    )
    packages = tmp_path / "packages"
    packages.mkdir()
    if there == "another learnkit":
        (packages / "learnkit.py").write_text("__version__ = '0.0.0'")
    if there == "the course":
        (packages / "learnkit").symlink_to(ROOT / "learnkit")
    install = (
        f"def install(): print('installing'); os.symlink({str(ROOT / 'learnkit')!r}, 'learnkit')"
    )
    command = [
        sys.executable,
        "-S",
        "-c",
        f"import os\n{install}\n{code}\nprint(practice.__name__)",
    ]
    run = subprocess.run(command, cwd=packages, env={}, capture_output=True, text=True, timeout=60)
    installing = [] if there == "the course" else ["installing"]
    assert run.stdout.split() == [*installing, "learnkit.practice"], run.stderr


def save_through_jupyterlab(lab, name, notebook):
    body = json.dumps({"type": "notebook", "format": "json", "content": notebook}).encode()
    return json.loads(lab.request("PUT", f"/api/contents/solutions/{name}", body))


def test_saving_a_solution_in_jupyterlab_writes_the_learners_copy(lab):
    save_through_jupyterlab(lab, "90_saved.ipynb", chapter())
    copy = nbformat.read(lab.folder / "notebooks" / "90_saved.ipynb", as_version=4)
    assert copy.cells[-3].source == TO_SOLVE


def test_a_malformed_solution_does_not_break_saving(lab):
    notebook = chapter()
    notebook.cells[2].source = "### BEGIN SOLUTION"
    assert (
        save_through_jupyterlab(lab, "91_malformed.ipynb", notebook)["name"] == "91_malformed.ipynb"
    )
    assert (lab.folder / "solutions" / "91_malformed.ipynb").exists()
    assert not (lab.folder / "notebooks" / "91_malformed.ipynb").exists()
    assert (
        "solutions/91_malformed.ipynb, cell 3: `### BEGIN SOLUTION` has no" in lab.log.read_text()
    )


def test_saving_a_solution_does_not_overwrite_what_a_learner_typed(lab):
    save_through_jupyterlab(lab, "92_typed.ipynb", chapter())
    type_into(lab.folder / "notebooks" / "92_typed.ipynb")
    notebook = chapter()
    notebook.cells[0].source = "# Another title"
    save_through_jupyterlab(lab, "92_typed.ipynb", notebook)
    assert "my own attempt" in (lab.folder / "notebooks" / "92_typed.ipynb").read_text()
