"""Every public visual in real JupyterLab, shown twice: twins are independent, themes are followed
from the first change on, and a cell that is run again, hidden or deleted throws nothing.
"""

import pytest
from nbformat import v4
from on_page import ALL_ARE_ALIVE, VISUALS, Visual
from test_visuals_in_browser import FUNCTIONS

KERNEL = {
    "kernelspec": {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
}
BEGIN = """from learnkit import Value, flip, widgets

d, w, b = Value(2.0), Value(-0.5), Value(0.3)
turning = lambda x, y: [lambda at, k=k: at[:, 0] ** 2 / (9 + k) for k in range(3)]"""
ARGUMENTS = {  # of visuals that have no example of their own
    "graph_viewer": "(d * w + b).tanh(), {'d': d, 'w': w, 'b': b}",
    "switch_paths": "(d * w + b).tanh(), {'d': d, 'w': w, 'b': b}",
    "shrink_step": "lambda x: x * x * x, 2.0, 12.0",
    "compare_runs": "widgets.make_runs([0.02, 0.1, 0.3])",
    "line_plot": "{'a': [3, 2, 1], 'b': [3, 1, 0]}, 'Two runs', 'step', 'loss'",
    "images": "{'input x': flip.IMAGE}",
    "hidden_units": "flip.START",
    "heat_map": "[[1, 2], [3, 4]], [0, 1], [0, 1]",
    "watch_boundary": "turning, [[0, 0], [1, 1]], [0, 1]",
    "drawing_pad": "[([[0.1] * 10] * 64, [0] * 10)]",
    "convergence_factors": "[0.1, 0.2], [0.9, 0.8], [1, 2]",
}
MONITOR = """monitor = widgets.TrainingMonitor(30)
for step in monitor(range(30)):
    monitor.log(loss=1 / (step + 1), accuracy=step / 30)
monitor._player"""
DARK_IS = "(dark) => [...document.querySelectorAll('.lk')].every(" + (
    "(root) => root.classList.contains('lk-dark') === dark)"
)
NUMBER_OF_VISUALS = "document.querySelectorAll('.lk').length"
NAMES = sorted({*FUNCTIONS, "TrainingMonitor"})


def cell_of(name):
    """A cell that makes one visual and shows it twice."""
    if name == "TrainingMonitor":
        return MONITOR + "\ndisplay(monitor._player)"
    return f"player = widgets.{name}({ARGUMENTS.get(name, '')})\ndisplay(player)\ndisplay(player)"


class Notebook:
    """A notebook of all the visuals, open in JupyterLab; none of its cells is kept back unseen."""

    def __init__(self, opened):
        self.opened, self.page = opened, opened.page
        self.page.add_style_tag(content=".jp-Cell { content-visibility: visible !important }")

    def command(self, name, arguments="{}"):
        self.page.evaluate(f"jupyterapp.commands.execute({name!r}, {arguments})")

    def theme(self, name):
        """Change the theme, and wait until every picture has followed."""
        self.command("apputils:change-theme", f"{{ theme: {name!r} }}")
        self.page.wait_for_function(DARK_IS, arg="Dark" in name)

    def select_all(self):
        self.command("notebook:select-all")

    def in_cells(self):
        """The visuals of each cell."""
        return [
            [Visual(root) for root in cell.locator(VISUALS).all()]
            for cell in self.page.locator(".jp-CodeCell").all()[1:]
        ]


def faults_of_twins(name, first, second):
    """Sentences on two views of one visual that are not independent of each other."""
    if not (first.is_painted() and second.is_painted()):
        return [f"{name}: a canvas is empty"]
    if not first.button("step").count():
        return []
    found = []
    start = first.picture("reset")
    other = second.picture("reset")
    if first.picture("step", "step") == start:
        found.append(f"{name}: Step does not move the first view")
    if second.picture() != other:
        found.append(f"{name}: a step of the first view moves the second")
    return found


@pytest.fixture
def notebook(open_notebook, lab):
    cells = [v4.new_code_cell(source) for source in [BEGIN, *map(cell_of, NAMES)]]
    (lab.folder / "twins.ipynb").write_text(
        v4.writes(v4.new_notebook(cells=cells, metadata=KERNEL))
    )
    opened = Notebook(open_notebook("twins.ipynb"))
    yield opened
    opened.command("apputils:change-theme", "{ theme: 'JupyterLab Light' }")


def test_visuals_shown_twice_live_through_all_that_a_notebook_does_to_them(notebook):
    page, opened = notebook.page, notebook.opened
    opened.run_all()
    page.wait_for_function(ALL_ARE_ALIVE)
    assert page.evaluate(NUMBER_OF_VISUALS) == 2 * len(NAMES)
    notebook.theme("JupyterLab Dark")  # the first change
    cells = notebook.in_cells()
    faults = [
        fault
        for name, twins in zip(NAMES, cells, strict=True)
        for fault in faults_of_twins(name, *twins)
    ]
    assert faults == []
    opened.run_all()  # again
    page.wait_for_function(ALL_ARE_ALIVE)
    assert page.evaluate(NUMBER_OF_VISUALS) == 2 * len(NAMES)
    for hiding in ("hide", "show", "hide"):
        notebook.command(f"notebook:{hiding}-all-cell-outputs")
        notebook.command("apputils:change-theme", "{ theme: 'JupyterLab Light' }")
    notebook.command("notebook:show-all-cell-outputs")
    page.wait_for_function(DARK_IS, arg=False)
    notebook.select_all()
    for moving in ("cut-cell", "paste-cell-below", "delete-cell"):
        notebook.command(f"notebook:{moving}")
        notebook.theme("JupyterLab Light" if moving == "paste-cell-below" else "JupyterLab Dark")
        notebook.select_all()
    assert page.evaluate(NUMBER_OF_VISUALS) == 0
    assert opened.faults == []


def test_what_a_cell_shows_after_a_live_visual_is_seen(open_notebook, lab):
    source = "from learnkit import widgets\nimport ipywidgets\ndisplay(widgets.roll_downhill())\n"
    cells = [v4.new_code_cell(source + end) for end in ("print(7)", "ipywidgets.IntSlider()")]
    (lab.folder / "after.ipynb").write_text(
        v4.writes(v4.new_notebook(cells=cells, metadata=KERNEL))
    )
    opened = open_notebook("after.ipynb")
    opened.run_all()
    for shown in ("pre", ".widget-slider"):
        opened.page.locator(f".jp-OutputArea-child {shown}").first.wait_for(state="visible")


SOURCES = "() => jupyterapp.shell.currentWidget.model.toJSON().cells.map((cell) => cell.source)"


def test_keys_stay_in_a_visual_and_with_ctrl_they_save_the_notebook_or_run_the_cell(
    open_notebook, lab
):
    shown = ["roll_downhill()", "switch_paths((d * w + b).tanh(), {'d': d, 'w': w, 'b': b})"]
    cells = [v4.new_code_cell(BEGIN), *(v4.new_code_cell(f"widgets.{each}") for each in shown)]
    cells.append(v4.new_code_cell("widgets.drawing_pad([([[0.1] * 10] * 64, [0] * 10)])"))
    (lab.folder / "keys.ipynb").write_text(v4.writes(v4.new_notebook(cells=cells, metadata=KERNEL)))
    opened = open_notebook("keys.ipynb")
    opened.run_all()
    opened.page.wait_for_function(ALL_ARE_ALIVE)
    before = opened.page.evaluate(SOURCES)
    for place in ("input", "canvas", "button", "select", ".lk-handle:visible"):
        opened.page.locator(f".lk {place}").first.focus()
        for key in ["a", "b", "m", "x", "d", "d", "c", "v", "z"]:
            opened.page.keyboard.press(key)
        assert opened.is_saved_by("Control+s"), place
    assert opened.page.evaluate(SOURCES) == before
    for index, place in ((1, "button"), (2, ".lk-handle"), (3, "canvas")):
        opened.run_by("Control+Enter", index, place)
    assert opened.page.evaluate(SOURCES) == before and opened.faults == []


PROJECTOR = {"width": 1280, "height": 720}
ROOM = 599  # pixels below JupyterLab's bars and above the edge of the screen
READABLE = 18  # pixels of type, from the last row
OPEN, CLOSED = [600, 900], [900, 1280]  # pixels of width beside JupyterLab's left side bar
WIDTH_LIES_IN = """([least, most]) => {
    const { width } = document.querySelector(".lk").getBoundingClientRect();
    return width > least && width < most;
}"""
IN_BOXES = {  # what is drawn as boxes and circles sets words as large as these are
    "broadcast_viewer",
    "descend_landscape",
    "free_throws",
    "graph_viewer",
    "hidden_units",
    "learning_loop",
    "network_trace",
    "nudging_loop",
    "switch_paths",
}
# Note the font of every text on a canvas, in pixels of the page.
NOTE_FONTS = """() => {
    const { fillText } = CanvasRenderingContext2D.prototype;
    globalThis.fonts = new Map();
    CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {
        const px = parseFloat(this.font.match(/[\\d.]+px/));
        if (px < (fonts.get(this.canvas) ?? [99])[0]) fonts.set(this.canvas, [px, text]);
        fillText.call(this, text, ...rest);
    };
}"""
MEASURED = """async (root) => { // height at the start and at the end of a run, smallest type, smallest drawn
    const heights = [];
    const run = root.querySelector("input[name=frame]");
    for (const frame of run ? [0, 10000] : [0]) {
        if (run) {
            run.value = frame;
            run.dispatchEvent(new Event("input", { bubbles: true }));
        }
        for (let i = 0; i < 3; i++) await new Promise(requestAnimationFrame);
        heights.push(root.querySelector(".lk").getBoundingClientRect().height);
    }
    const isWritten = (node) => [...node.childNodes].some((part) => part.nodeType === 3 && part.data.trim());
    const isSeen = (node) => node.getClientRects().length && !node.closest(".lk-spoken");
    const nodes = [...root.querySelectorAll(".lk *")].filter((node) => isWritten(node) && isSeen(node));
    const types = nodes.map((node) => parseFloat(getComputedStyle(node).fontSize));
    const drawn = [...root.querySelectorAll("canvas")].map((canvas) => fonts.get(canvas)?.[0] ?? 99);
    return [Math.max(...heights), Math.min(...types, 99), Math.min(...drawn, 99)];
}"""


@pytest.mark.slow
def test_in_lab_every_visual_fits_a_projector_in_presentation_mode_and_can_be_read(
    open_notebook, lab
):
    once = [cell_of(name).rsplit("\n", 1)[0] for name in NAMES]
    cells = [v4.new_code_cell(source) for source in [BEGIN, *once]]
    (lab.folder / "shown.ipynb").write_text(
        v4.writes(v4.new_notebook(cells=cells, metadata=KERNEL))
    )
    opened = Notebook(open_notebook("shown.ipynb"))
    page = opened.page
    page.evaluate(NOTE_FONTS)
    page.set_viewport_size(PROJECTOR)
    opened.command("application:toggle-presentation-mode")
    page.locator(".jp-mod-presentationMode").first.wait_for()
    page.evaluate("jupyterapp.shell.collapseRight()")
    opened.opened.run_all()
    page.wait_for_function(ALL_ARE_ALIVE)
    for bar, place in (("expand", OPEN), ("collapse", CLOSED)):
        page.evaluate(f"jupyterapp.shell.{bar}Left()")
        page.wait_for_function(WIDTH_LIES_IN, arg=place)
        assert faults_of_a_projector(opened) == ({}, {}), bar
    assert opened.opened.faults == []


def faults_of_a_projector(opened):
    """What is too tall for it, as {name: (height, width)}, and what has too small a type."""
    too_tall, too_small = {}, {}
    for name, (visual, *_) in zip(NAMES, opened.in_cells(), strict=True):
        visual.is_painted()
        height, written, drawn = visual.root.evaluate(MEASURED)
        if height > ROOM:
            too_tall[name] = height, visual.root.bounding_box()["width"]
        if written < READABLE or (drawn < READABLE and name not in IN_BOXES):
            too_small[name] = written, drawn
    return too_tall, too_small
