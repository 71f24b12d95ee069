"""The course's one painter: a scene in words, a table of numbers, a picture that stays alive
without Python.

A `Player` is a `scene` and a `table`. The table holds named float32 arrays, one entry for each
setting of the controls and each frame, computed once in Python. The scene says which of them to
draw. It is a dictionary:

    panels       list of panels, side by side where there is room
    controls     list of controls (may be left out)
    values       {name: expression}, or {name: {"words": [...], "code": expression}} for templates
    chosen by codes readouts     list of {"label": text, "text": template}; "wide": True for a line
    of its own, the status is then
                 said but not shown
    status       template, said to screen readers once things have come to rest, and shown below
    description  template: one sentence with its numbers, for text output, PNG and screen readers
    picture      {control: index}, where the still picture stands if not where the controls start
    steps        list of sentences, one a frame, unfolded below as a list
    dpi          of the still picture, 100 unless told; fewer where it is crowded

An *expression* names numbers: a number, a list of numbers, or a string:

    losses                    an array of the table, a value, or what a control stands at
    losses[rate, frame]       indexed by the positions of controls; also [0], [-1], [frame+1],
    clamped path[rate, :frame+1]      the rows before that index; [:] is all of them path[rate,
    ~frame]        glides between the rows while playing height(x)                 an array or value
    of shape (n, 2), a curve with evenly spaced x, read off at x

A *template* is text with {name} or {name:.3f}: an array, value or control, in Python's formats f, e
and d. In nodes, dots, arrows and text an array gives each item its own entry. A *place* (`at`,
`from`, `to`) is an expression of shape (n, 2), (n, 3) or (2,), or a list of columns: ["x",
"height(x)"], [[0, 1], [2, 2]].

Controls; `name` is what expressions call them, in expressions' brackets their index, elsewhere
their value:

    {"name", "label", "values": [...], "start": value, "format": ".2f"}    a slider
    {"name", "label", "options": [...], "start": index}                    a choice
    {"name", "label", "frames": n, "fps": 4, "marks": {text: frame}}       play, step, reset and a
                                                                           slider, and buttons that
                                                                           jump to a frame

Panels:

    title, caption       templates, above the picture and below it
    description          template for screen readers; the scene's unless told
    x, y                 {"label", "range": [low, high] or expression, "ticks": [...] or [[value,
                         text], ...]}; an expression is a row of an array, and has round ticks of
                         its own
    z                    the same makes the panel 3-D, turned by drag and arrow keys; needs a
    surface layer bare                 True leaves the axes out (graphs, rings) click
    [control or None, control or None]: clicks and drags set them to the nearest x and y aspect,
    basis        width over height, 1 for a map with equal axes; the width in
    pixels below which panels wrap tall
    the greatest height in pixels, 460 unless told least                the width below which a
    drawing is no longer shrunk, but moved sideways camera               {"azimuth", "elevation"} in
    radians

Layers are painted in order. All take `colour` (ink, muted, faint, paper, blue, orange, vermilion,
green, purple), `width`, `dash`, `alpha` and a `label` (template):

    curve     at; dots: True marks its points; NaN breaks it; label at its end
    dots      at, shape (circle, square, triangle, diamond, star), size, hollow, off (said when
    outside) arrow     from, to; head: False for a segment; gap: pixels left free at its start, for
    a ball to stand there;
              down: pixels by which it is painted lower; label at the tip, dy pixels lower, or,
              between columns of numbers, at label_at: one part of the way for each
    tangent   at, slope, length in pixels
    heat      z of shape (ny, nx) over the axes' ranges, levels (ascending); its label names the
              colour scale; an expression for levels is a row of an array
    surface   the same in 3-D; places with two coordinates lie on it
    nodes     at, size [w, h] in axis units, shape "box" or "circle", lines (templates; one with an
              unknown number, NaN, is left out)
    text      at, text or texts, align, dx, dy in pixels, size, weight, halo (of paper, in pixels)

Nodes, dots, arrows and text take `styles`, a list of looks, and `style`, an expression of codes
into it: see `STATES` for the steps of a computation and `GROUPS` for classes and runs.
`contour_lines` makes the lines of a contour plot for a curve layer, `edges` the arrows between
nodes.
"""

import base64
import hashlib
import json
import zlib
from functools import cache, cached_property
from html import escape
from pathlib import Path

import numpy as np

from learnkit.painter import scene as scenes

HERE = Path(__file__).parent
SCRIPTS = (  # parts of one module
    "basics",
    "numbers",
    "colours",
    "layers",
    "pen",
    "solid",
    "surface",
    "ball",
    "state",
    "theme",
    "clock",
    "hands",
    "handles",
    "keys",
    "texts",
    "page",
    "view",
)
# bytes that a Player may add to a notebook: the table, the painter, and the still picture
LARGEST = 150_000
SUSPECT = 50_000  # bytes of a table from which on the whole is weighed
# Every output carries the painter, so that any cell can be cut; the page keeps one copy of each
# version.
PAGE = """<div data-learnkit-player="{key}"><img alt="{sentence}"
style="max-width: 100%" src="data:image/png;base64,{png}"></div><script>(async () => {{
const inflate = (text) => new Response(
new Blob([Uint8Array.from(atob(text), (c) => c.charCodeAt(0))]).stream()
.pipeThrough(new DecompressionStream("deflate")));
const painter = await ((globalThis.learnkitPainters ??= {{}})["{version}"] ??= (async () => {{
const source = await inflate("{module}").text();
const module = new Blob([source], {{ type: "text/javascript" }});
return (await import(URL.createObjectURL(module))).default;
}})());
const data = await inflate("{data}").json();
for (const root of document.querySelectorAll('[data-learnkit-player="{key}"]:not([data-alive])')) {{
root.dataset.alive = "";
const el = Object.assign(document.createElement("div"), {{ hidden: true }});
root.append(el);
const model = {{ get: (name) => structuredClone(data[name]) }};
painter.render({{ model, el }}).then(() => {{
root.querySelector("img")?.remove(); el.hidden = false; }});
}} }})();</script>"""


def _lean(path):
    """Return a file without its indentation and whole-line comments, which no browser needs."""
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return "\n".join(line for line in lines if line and not line.startswith(("//", "/*")))


@cache
def _module():
    """Return the painter's module: the files of script/, joined, with its style sheet.

    It is deflated and as base64, a third of its text.
    """
    css = json.dumps(_lean(HERE / "painter.css"))
    parts = [f"const CSS = {css};", *(_lean(HERE / "script" / f"{name}.js") for name in SCRIPTS)]
    return _deflated("\n".join(parts).encode())


def pack(array):
    """An array as [shape, base64 of deflated float32], the form in which a page carries it."""
    # alike bytes side by side
    planes = np.ascontiguousarray(array.astype("<f4").reshape(-1, 1).view("u1").T)
    return [list(array.shape), _deflated(planes.tobytes())]


def _deflated(data):
    return base64.b64encode(zlib.compress(data, 9)).decode()


class Player:
    """A picture with controls that plays from a table: self-contained HTML with a still picture,
    and one sentence.

    scene: dictionary in the language above. table: {name: array}; `arrays` gives them back as
    float32. Raises ValueError where the scene names something that is not there, or where all of it
    is too large to be kept in a notebook.
    """

    def __init__(self, scene, table):
        self.arrays = {
            name: np.ascontiguousarray(array, dtype=np.float32) for name, array in table.items()
        }
        self.scene = scenes.complete(scene, self.arrays)
        self.lens = scenes.Lens(self.scene, self.arrays, scenes.start(self.scene))
        self.description = self.lens.words(self.scene["description"])
        self.scene["markup"] = scenes.markup(self.scene, self.lens)
        scenes.check(self.scene, self.lens)
        if len(self._data) > SUSPECT:
            self._weigh()

    def _weigh(self):
        """Refuse a Player that would make a notebook slow to open and to save."""
        size = len(_module()) + len(self._data) + 4 / 3 * len(self.png)
        if size > LARGEST:
            raise ValueError(
                f"This visual would add {size / 1000:.0f} kB to the notebook, and "
                f"{LARGEST / 1000:.0f} are allowed: take fewer steps, points or values to choose "
                "from."
            )

    def __repr__(self):
        return self.description

    @cached_property
    def png(self):
        """The still picture as bytes of a PNG, drawn by matplotlib."""
        from learnkit.painter.picture import draw

        return draw(self.scene, self.lens)

    @cached_property
    def _data(self):
        table = {name: pack(array) for name, array in self.arrays.items()}
        # a third of its text
        return _deflated(json.dumps({"scene": self.scene, "table": table}).encode())

    @cached_property
    def key(self):
        """The name by which the page's script finds its place: from the content, so that it
        never varies.
        """
        return hashlib.sha256(self._data.encode()).hexdigest()[:12]

    @cached_property
    def html(self):
        """The living picture as HTML that needs no network, no widget manager and no kernel.

        Until its script runs, and where no script may, it shows the still picture with the sentence
        as its alternative text. The notebook holds that picture here and nowhere else: GitHub and
        an untrusted notebook show this HTML without its script, and a bare image could carry no
        alternative text.
        """
        return PAGE.format(
            key=self.key,
            sentence=escape(self.description),
            png=base64.b64encode(self.png).decode(),
            version=hashlib.sha256(_module().encode()).hexdigest()[:12],
            module=_module(),
            data=self._data,
        )

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/plain": self.description, "text/html": self.html}
