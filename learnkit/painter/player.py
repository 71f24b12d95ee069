"""The course's one painter: a scene in words, a table of numbers, a picture that stays alive
without Python.

A `Player` shows a Scene, which scene.py describes, and a table of named arrays.
"""

import base64
import hashlib
import json
import zlib
from functools import cache, cached_property
from html import escape
from pathlib import Path

import numpy as np

from learnkit.painter.complete import complete, start
from learnkit.painter.lens import Lens

HERE = Path(__file__).parent
SCRIPTS = (  # parts of one module
    "basics",
    "numbers",
    "colours",
    "layers",
    "pen",
    "state",
    "theme",
    "clock",
    "host",
    "keys",
    "hands",
    "handles",
    "trails",
    "texts",
    "page",
    "view",
)
DEEP = ("solid", "surface", "ball")  # further parts, in 3-D
DRAWING = ("strokes", "drawing")  # and where a hand draws
# bytes that a Player may add to a notebook: the table, the painter, and the still picture
LARGEST = 150_000
COLUMNS = 4  # an array whose last axis is no longer is a list of points; numbers.js knows it too
FEW = 64  # numbers, that are carried as they are
# last digits of rounded numbers, of tenths or of halves
UNITS = sorted([10.0**-k for k in range(6)] + [2.0**-k for k in range(1, 17)], reverse=True)
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
def _module(names):
    """Return the painter's module: these files of script/, joined, with its style sheet.

    It is deflated and as base64, a third of its text.
    """
    return joined([HERE / "script" / f"{name}.js" for name in names], [HERE / "painter.css"])


def joined(scripts, sheets):
    """Scripts as one module that knows the style sheets as CSS, deflated and as base64."""
    css = json.dumps("\n".join(map(_lean, sheets)))
    return _deflated("\n".join([f"const CSS = {css};", *map(_lean, scripts)]).encode())


def pack(array):
    """An array as [shape, base64 of deflated float32], the form in which a page carries it.

    Where that is shorter, as it is for most rounded numbers, they are carried as whole numbers of
    their last digit: [shape, base64, digit, lowest]; or as by how many each differs from the one
    before it, as it is for curves and runs: [shape, base64, digit, lowest, 1].
    """
    numbers = array.astype("<f4")
    forms = [[_planes(numbers)]]
    counted = _counted(numbers)
    if counted:
        steps, unit, lowest = counted
        forms.append([_planes(steps), unit, lowest])
        forms.append([_planes(_differences(steps)), unit, lowest, 1])
    return [list(array.shape), *min(forms, key=lambda form: len(form[0]))]


def _planes(numbers):
    """Numbers of four bytes as deflated base64: alike bytes side by side, so are all x, all y, …"""
    apart = np.ascontiguousarray(numbers.reshape(-1, _columns(numbers)).T)
    return _deflated(np.ascontiguousarray(apart.reshape(-1, 1).view("u1").T).tobytes())


def _columns(numbers):
    """How many columns a list of points has; 1 for what is none."""
    return numbers.shape[-1] if numbers.ndim > 1 and numbers.shape[-1] <= COLUMNS else 1


def _differences(steps):
    """Whole numbers as by how much each differs from the one before it in its column, twice that
    and for a fall one less: small either way, and never negative.
    """
    rows = steps.astype("<i4").reshape(-1, _columns(steps))
    change = np.diff(rows, axis=0, prepend=0)
    return np.where(change < 0, -2 * change - 1, 2 * change).astype("<u4").reshape(steps.shape)


def _counted(numbers):
    """Numbers as (how many units above the lowest, the unit, the lowest in units); None where they
    are not rounded, or so few that it does not matter.
    """
    if numbers.size < FEW or not np.isfinite(numbers).all():
        return None
    for unit in UNITS:
        units = np.round(numbers.astype(float) / unit)
        lowest = units.min()
        if units.max() - lowest >= 2**24:
            return None
        if (np.float32(units * unit) == numbers).all():
            return (units - lowest).astype("<u4"), unit, lowest
    return None


def _deflated(data):
    return base64.b64encode(zlib.compress(data, 9)).decode()


class Player:
    """A picture with controls that plays from a table: self-contained HTML with a still picture,
    and one sentence.

    scene: a Scene. table: {name: array}; `arrays` gives them back as float32, with what the axes
    need. `scene` is then what the page receives, and `lens` reads it. Raises ValueError where the
    scene names something that is not there, or where all of it is too large to be kept in a
    notebook, TypeError for what is no Scene.
    """

    def __init__(self, scene, table):
        self.arrays = {
            name: np.ascontiguousarray(array, dtype=np.float32) for name, array in table.items()
        }
        self._complete(scene)
        if len(self._data) > SUSPECT:
            self._weigh()

    def _complete(self, scene):
        """Make a Scene ready for the page, and the sentence, from the numbers as they are now."""
        self.scene = complete(scene, self.arrays)
        self.lens = Lens(self.scene, self.arrays, start(self.scene))
        self.description = self.lens.words(self.scene["description"])

    def _weigh(self):
        """Refuse a Player that would make a notebook slow to open and to save."""
        size = len(self._module) + len(self._data) + 4 / 3 * len(self.png)
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

    @property
    def _module(self):
        """What draws it on the page, a module whose default has `render`: the painter."""
        deep = any("z" in panel for panel in self.scene["panels"])
        draws = any("tools" in control for control in self.scene["controls"])
        return _module(SCRIPTS + DEEP * deep + DRAWING * draws)

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
            version=hashlib.sha256(self._module.encode()).hexdigest()[:12],
            module=self._module,
            data=self._data,
        )

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/plain": self.description, "text/html": self.html}
