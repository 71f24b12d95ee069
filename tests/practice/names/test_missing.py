"""A NameError is followed by the cell to run first, in every chapter, and in a real kernel."""

import dis
import json
import os
import sys
from types import CodeType, SimpleNamespace

import pytest
from browser import CHAPTERS, COPIES, ROOT
from jupyter_client.manager import KernelManager

from learnkit.practice.names import missing
from learnkit.practice.names.cells import code_cells, names_made

PATIENCE = 120  # seconds, for a slow machine; nothing is judged by it


class Kernel:
    """What IPython tells of the cell that is running, without a kernel."""

    def __init__(self, monkeypatch):
        self.request, self.user_ns = {}, {}
        shell = SimpleNamespace(get_parent=lambda: self.request, user_ns=self.user_ns)
        monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: shell))

    def runs(self, cell="", code=""):
        self.request = {"metadata": {"cellId": cell}, "content": {"code": code}}


@pytest.fixture
def kernel(monkeypatch, learners_folder):
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    return Kernel(monkeypatch)


def code(source, id=""):
    return {
        "cell_type": "code",
        "id": id,
        "metadata": {},
        "source": source,
        "outputs": [],
        "execution_count": None,
    }


def text(source):
    return {"cell_type": "markdown", "metadata": {}, "source": source}


def save(path, *cells):
    path.write_text(
        json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    )
    return path


# ---------------------------------------------------------------- which names a cell makes

MAKING = {
    "a = b": {"a"},
    "a, (b, *c) = d": {"a", "b", "c"},
    "a = b = 1": {"a", "b"},
    "a: int = 1": {"a"},
    "def f(x):\n    y = 1": {"f"},
    "async def f(): pass": {"f"},
    "class C:\n    z = 1\n    def m(self): pass": {"C"},
    "import numpy as np, os.path": {"np", "os"},
    "from learnkit import flip, training as t": {"flip", "t"},
    "for i, j in []: k = 1": {"i", "j", "k"},
    "with open(p) as file: pass": {"file"},
    "if True: a = 1\nelse: b = 1": {"a", "b"},
    "print(n := 3)": {"n"},
    "[(last := x) for x in y]": {"last"},
    "def f():\n    global g\n    g = 1": {"f", "g"},
    "match p:\n    case [a, *rest] | {'k': b, **others}: pass": {"a", "rest", "b", "others"},
    "%matplotlib inline\n!ls\na = 1": {"a"},
    "%%time\na = 1": {"a"},
    "for i in x:\n    %time f()": {"i"},
    "### BEGIN SOLUTION\nanswer = 1\n#: answer = ...\n### END SOLUTION\ncheck(answer)": {"answer"},
}
NOT_MAKING = [
    "a += 1",
    "a: int",
    "a.b = 1",
    "a[0] = 1",
    "[x for x in y]",
    "lambda x: (y := x)",
    "from a import *",
    "f(a=1)",
    "print(a",
    "%%html\n<b>a = 1</b>",
    "\0",
    "(" * 10_000,
]


@pytest.mark.parametrize("source", MAKING)
def test_a_cell_makes_its_names(source):
    assert names_made(source) == MAKING[source]


@pytest.mark.parametrize("source", NOT_MAKING)
def test_a_cell_that_only_uses_names_makes_none(source):
    assert names_made(source) == set()


# ---------------------------------------------------------------- what is said


def test_the_cell_above_is_named_with_its_heading_and_its_first_line(kernel, learners_folder):
    cells = (
        text("# Taxi"),
        text("Then.\n\n## The *loss*, `L`\n\nText."),
        code("import os\ndef loss(w): pass", "a"),
        code("loss(1)", "b"),
    )
    save(learners_folder / "mine.ipynb", *cells)
    kernel.runs("b")
    assert (
        missing.explain("loss")
        == "`loss` is made by the cell that begins `import os`, under “The loss, L”, above this"
        " one. "
        "Run that cell first, or choose Run › Run All Above Selected Cell."
    )


def test_a_cell_below_is_named_where_none_above_makes_it(kernel, learners_folder):
    save(
        learners_folder / "mine.ipynb",
        code("print(w)", "a"),
        code("w = 1", "b"),
        code("w = 2", "c"),
    )
    kernel.runs("a")
    said = missing.explain("w")
    assert (
        said == "`w` is made by the cell that begins `w = 1`, below this one. Run that cell first."
    )


def test_of_several_cells_the_nearest_above_is_named_and_never_the_running_one(
    kernel, learners_folder
):
    cells = [code(f"w = {number}", str(number)) for number in range(4)]
    save(learners_folder / "mine.ipynb", *cells)
    kernel.runs("2")
    assert "`w = 1`" in missing.explain("w")


def test_a_name_that_only_the_running_cell_makes_is_not_explained(kernel, learners_folder):
    save(learners_folder / "mine.ipynb", code("print(width)\nwidth = 1", "a"))
    kernel.runs("a")
    assert missing.explain("width") == ""


def test_a_heading_in_a_block_of_code_is_none(kernel, learners_folder):
    save(
        learners_folder / "mine.ipynb",
        text("# Taxi\n\n```python\n# not this\n```"),
        code("w = 1", "a"),
        code("w", "b"),
    )
    kernel.runs("b")
    assert "under “Taxi”" in missing.explain("w")


def test_a_long_first_line_is_cut_and_its_backticks_cannot_break_the_sentence(
    kernel, learners_folder
):
    save(learners_folder / "mine.ipynb", code(f"w = '`{'x' * 100}'", "a"), code("w", "b"))
    kernel.runs("b")
    said = missing.explain("w")
    assert "xx…`" in said and said.count("`") == 4


def test_the_running_cell_is_known_by_its_text_where_no_id_is_told(kernel, learners_folder):
    save(learners_folder / "mine.ipynb", code("w = 1"), code("print(w)"))
    kernel.runs(code="print(w)")
    assert "above this one" in missing.explain("w")


def test_without_knowing_the_running_cell_no_side_is_told(kernel, learners_folder, monkeypatch):
    monkeypatch.setenv("JPY_SESSION_NAME", str(save(learners_folder / "mine.ipynb", code("w = 1"))))
    assert (
        missing.explain("w") == "`w` is made by the cell that begins `w = 1`. Run that cell first."
    )


@pytest.mark.parametrize(
    "typed, meant", [("lerning_rate", "learning_rate"), ("Loss", "loss"), ("pint", "print")]
)
def test_a_misspelt_name_is_told_the_one_that_exists(kernel, learners_folder, typed, meant):
    save(learners_folder / "mine.ipynb", code("loss = 1", "a"), code(typed, "b"))
    kernel.runs("b")
    kernel.user_ns["learning_rate"] = 0.1
    said = (
        f"No cell of the notebook, as it was last saved, makes `{typed}`. Did you mean `{meant}`?"
    )
    assert missing.explain(typed) == said


@pytest.mark.parametrize("name", ["W2", "y", "elephant", "_loss"])
def test_a_name_like_no_other_is_not_explained(kernel, learners_folder, name):
    save(learners_folder / "mine.ipynb", code("W1 = x = 1", "a"), code(name, "b"))
    kernel.runs("b")
    kernel.user_ns["_losses"] = 1
    assert missing.explain(name) == ""


# ---------------------------------------------------------------- which notebook it is


def test_the_notebook_is_the_one_jupyter_names(kernel, learners_folder, monkeypatch):
    save(learners_folder / "other.ipynb", code("w = 'the other'", "a"), code("w", "b"))
    mine = save(learners_folder / "mine.ipynb", code("w = 'mine'", "a"), code("w", "b"))
    kernel.runs("b")
    monkeypatch.setenv("JPY_SESSION_NAME", str(mine))
    assert "mine" in missing.explain("w")
    monkeypatch.setenv("JPY_SESSION_NAME", str(learners_folder / "renamed since.ipynb"))
    assert missing.explain("w")


def test_else_the_one_that_holds_the_running_cell(kernel, learners_folder):
    save(learners_folder / "a.ipynb", code("w = 'not here'", "x"))
    save(learners_folder / "b.ipynb", code("w = 'here'", "a"), code("w", "b"))
    save(learners_folder / "c.ipynb", code("w = 'nor here'", "y"))
    kernel.runs("b")
    assert "'here'" in missing.explain("w")


def test_else_the_one_whose_set_up_imports_the_loaded_chapter(kernel, learners_folder, monkeypatch):
    for name in [name for name in sys.modules if name.startswith("learnkit.exercises.chapter_")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "learnkit.exercises.chapter_04", None)
    save(
        learners_folder / "a.ipynb",
        code("from learnkit.exercises import chapter_03 as practice\nw = 3"),
    )
    save(
        learners_folder / "b.ipynb",
        code("from learnkit.exercises import chapter_04 as practice\nw = 4"),
    )
    kernel.runs(code="w + 1")
    assert "chapter_04" in missing.explain("w")


BROKEN = [
    b"",
    b"{",
    b"[]",
    b"null",
    b'{"cells": 3}',
    b'{"cells": [3]}',
    b'{"cells": [{}]}',
    b"\xff",
    b"[" * 100_000,
]


@pytest.mark.parametrize("content", BROKEN, ids=range(len(BROKEN)))
def test_a_broken_notebook_disturbs_nothing(kernel, learners_folder, monkeypatch, content):
    (learners_folder / "broken.ipynb").write_bytes(content)
    (learners_folder / "folder.ipynb").mkdir()
    assert missing.explain("w") == ""
    monkeypatch.setenv("JPY_SESSION_NAME", str(learners_folder / "broken.ipynb"))
    assert missing.explain("w") == ""


def test_in_plain_python_there_is_nothing_to_explain_and_nothing_to_watch(
    learners_folder, monkeypatch
):
    monkeypatch.setitem(sys.modules, "IPython", None)
    missing.watch()
    assert missing.explain("w") == ""


# ---------------------------------------------------------------- in every chapter


def all_code(compiled):
    nested = [const for const in compiled.co_consts if isinstance(const, CodeType)]
    return [compiled, *(code for inner in nested for code in all_code(inner))]


def operands(source, operations, whole):
    """Return the names that Python's own compiler reads or writes: another way than the one that
    is tested.
    """
    compiled = compile(source, "cell", "exec")
    codes = all_code(compiled) if whole else [compiled]
    return {
        step.argval
        for each in codes
        for step in dis.get_instructions(each)
        if step.opname in operations
    }


@pytest.mark.parametrize(
    "path", CHAPTERS + COPIES, ids=lambda path: f"{path.parent.name}-{path.stem}"
)
def test_every_name_of_a_chapter_is_told_its_cell(kernel, path, monkeypatch):
    monkeypatch.setenv("JPY_SESSION_NAME", str(path))
    cells, told = code_cells(path), 0
    monkeypatch.setattr(missing, "code_cells", {path: cells}.get)  # read once, not for each name
    made = [operands(cell.source, {"STORE_NAME"}, whole=False) for cell in cells]
    for at, cell in enumerate(cells):
        kernel.runs(cell.id)
        for name in operands(cell.source, {"LOAD_NAME", "LOAD_GLOBAL"}, whole=True):
            makers = [other for other, names in zip(cells[:at], made) if name in names]
            if makers:
                told += 1
                begin = missing._quoted(makers[-1].first_line)
                expected = (
                    f"`{name}` is made by the cell that begins `{begin}`, under "
                    f"“{makers[-1].heading}”, above"
                )
                assert missing.explain(name).startswith(expected)
    assert told > 10  # chapter 0 is short


# ---------------------------------------------------------------- in a real kernel


class RealKernel:
    """A kernel started in `folder`; `run` returns what a cell shows, in order: (kind of message,
    its text).
    """

    def __init__(self, folder, **environment):
        environment = {
            "PYTHONPATH": str(ROOT),
            "IPYTHONDIR": str(folder / "ipython"),
            **environment,
        }
        self.manager = KernelManager(kernel_name="python3")
        self.manager.start_kernel(cwd=str(folder), env={**os.environ, **environment})
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=PATIENCE)

    def run(self, source):
        shown = []

        def hear(message):
            content = message["content"]
            if message["msg_type"] == "error":
                shown.append(("error", "\n".join(content["traceback"])))
            elif message["msg_type"] in ("display_data", "execute_result"):
                shown.append(("display", content["data"]["text/plain"]))
            elif message["msg_type"] == "stream":
                shown.append((content["name"], content["text"]))

        reply = self.client.execute_interactive(
            source, timeout=PATIENCE, output_hook=hear, allow_stdin=False
        )
        return reply["content"], shown

    def stop(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    """A kernel as `course.py lab` starts it, its notebook beside it; the set-up cell has not
    run.
    """
    folder = tmp_path_factory.mktemp("learner")
    cells = (
        code("from learnkit.exercises import chapter_04 as practice", "setup"),
        code("practice.cards", "use"),
    )
    later = code("width = 3", "make"), code("def area():\n    return width * 2\n\n\narea()", "area")
    save(folder / "mine.ipynb", text("# Chapter"), *cells, *later)
    (folder / "before.py").write_text("from_before = 7\n1 / 0")
    startup = str(ROOT / "learnkit" / "practice" / "names" / "startup.py")
    kernel = RealKernel(
        folder, PYTHONSTARTUP=startup, LEARNKIT_STARTUP_BEFORE=str(folder / "before.py")
    )
    yield kernel
    kernel.stop()


def test_after_a_restart_the_set_up_cell_is_named_below_the_usual_traceback(real):
    reply, shown = real.run("practice.cards")
    assert (reply["ename"], reply["evalue"]) == ("NameError", "name 'practice' is not defined")
    assert [kind for kind, _ in shown] == ["error", "display"]
    assert "practice.cards" in shown[0][1] and "Traceback" in shown[0][1]
    assert shown[1][1].startswith(
        "→ Hint. `practice` is made by the cell that begins `from learnkit.exercises import"
    )


def test_starting_costs_no_numpy_leaves_no_name_and_runs_the_startup_file_of_before(real):
    _, shown = real.run(
        "import sys\nprint('numpy' in sys.modules, from_before, [n for n in dir() if 'start' in n])"
    )
    assert shown == [("stdout", "False 7 []\n")]


def test_a_name_missed_inside_a_function_is_told_its_cell_too(real):
    _, shown = real.run("def area():\n    return width * 2\n\n\narea()")
    assert [kind for kind, _ in shown] == ["error", "display"]
    assert "`width` is made by the cell that begins `width = 3`" in shown[1][1]


QUIET = [
    "elephant",
    "raise NameError('width')",
    "def f():\n    print(width)\n    width = 1\nf()",
    "exec('width', {})",
    "1 / 0",
]


@pytest.mark.parametrize("source", QUIET)
def test_other_errors_are_shown_as_always_and_nothing_is_added(real, source):
    reply, shown = real.run(source)
    assert reply["status"] == "error" and [kind for kind, _ in shown] == ["error"]


def test_the_debugger_finds_the_error_as_always(real):
    real.run("width")
    _, shown = real.run("import sys\nprint(sys.last_value)")
    assert shown == [("stdout", "name 'width' is not defined\n")]


def test_loading_a_chapter_is_enough_and_anothers_handler_stays(tmp_path):
    save(tmp_path / "mine.ipynb", code("width = 3"), code("width + 1"))
    kernel = RealKernel(tmp_path)
    try:
        kernel.run("def theirs(shell, kind, error, trace, tb_offset=None): print('theirs')")
        kernel.run("get_ipython().set_custom_exc((NameError,), theirs)\nimport learnkit.exercises")
        assert ("stdout", "theirs\n") in kernel.run("width + 1")[1]
        kernel.run("get_ipython().set_custom_exc((), None)\nlearnkit.practice.names.watch()")
        assert kernel.run("width + 1")[1][-1][0] == "display"
    finally:
        kernel.stop()
