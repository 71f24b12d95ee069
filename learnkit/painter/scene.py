"""Scenes made ready for the painter: expressions, templates, axes and the markup of panels and
controls.

The language is described at the top of player.py; this module reads it in Python as
script/numbers.js reads it in the browser, so that the still picture and the sentence of a Player
come from the same numbers as the moving one.
"""

import math
import re
from html import escape

import numpy as np

# looks of nodes and edges, by code: waiting, known, being worked on, carrying a gradient, dead
STATES = [
    {"colour": "faint", "ink": "muted", "width": 1.2},
    {"colour": "ink", "ink": "ink", "width": 1.4},
    {"colour": "vermilion", "ink": "ink", "width": 3.2},
    {"colour": "blue", "ink": "ink", "width": 2.4},
    {"colour": "muted", "ink": "muted", "width": 1, "dash": [3, 4]},
]
GROUPS = [  # looks of classes or runs, by code: each its own colour and its own shape
    {"colour": "blue", "shape": "circle"},
    {"colour": "vermilion", "shape": "triangle"},
    {"colour": "green", "shape": "square"},
    {"colour": "purple", "shape": "diamond"},
    {"colour": "orange", "shape": "star"},
]
# viridis, dark for low and light for high, readable in grey and by all kinds of colour vision
PALETTE = [
    [int(colour[i : i + 2], 16) for i in (0, 2, 4)]
    for colour in (
        "440154 482475 414487 355f8d 2a788e 21918c 22a884 44bf70 7ad151 bddf26 fde725".split()
    )
]
# outlines of radius 1, as SVG paths: kinds of dots differ by shape, not by colour alone
MARKERS = {
    "circle": "M1 0A1 1 0 1 1-1 0 1 1 0 1 1 1 0z",
    "square": "M-.9-.9H.9V.9H-.9z",
    "triangle": "M0-1.2 1.1.8H-1.1z",
    "diamond": "M0-1.3 1.3 0 0 1.3-1.3 0z",
    "star": "M0-1.6.4-.5 1.5-.5.6.2 1 1.3 0 .6-1 1.3-.6.2-1.5-.5-.4-.5z",
    "box": "M-1-.8Q-1-1-.9-1H.9Q1-1 1-.8V.8Q1 1 .9 1H-.9Q-1 1-1 .8z",
}
EXPRESSION = re.compile(r"^(\w+)(?:\[(.*?)\])?(?:\((.*)\))?$")
INDEX = re.compile(r"^\s*([:~]?)\s*([a-zA-Z_]\w*)?\s*([+-]?\d+)?\s*$")
# in 3-D, for x and y: the side of the box that is nearest to the eye, or leftmost
NEAR, LEFT = -1e9, -2e9
UNCLIPPED = ("dots", "text")


def take(array, index, state):
    """One entry of the leading axis (`3`, `-1`, `name+1`, `~name`), or the rows before it
    (`:name+1`).
    """
    kind, name, shift = INDEX.match(index).groups()
    shift_by = int(shift or 0)
    at = (state[name] if name else len(array) if shift_by < 0 and not kind else 0) + shift_by
    if kind == ":":
        return array[: max(0, math.floor(at))] if name or shift else array
    return array[min(max(math.floor(at), 0), len(array) - 1)]


class Lens:
    """What the names of a scene stand for while its controls stand at `state` (indices by
    control name).
    """

    def __init__(self, scene, table, state):
        self.scene, self.table, self.state = scene, table, state
        self.controls = {control["name"]: control for control in scene["controls"]}

    def evaluate(self, source):
        """The number or array that an expression, a number or a list of numbers means."""
        if not isinstance(source, str):
            return np.asarray(source, dtype=float) if isinstance(source, list) else source
        match = EXPRESSION.match(source)
        if not match:
            raise ValueError(
                f"{source!r} is no expression; write name, name[index, :index] or name(expression)."
            )
        name, indices, argument = match.groups()
        value = self._known(name)
        for index in indices.split(",") if indices else []:
            value = take(value, index, self.state)
        if argument:
            curve, x = value, self.evaluate(argument)
            value = along(curve, x)
        return value

    def _known(self, name):
        if name in self.table:
            return self.table[name]
        if name in self.controls:
            values, index = self.controls[name].get("values"), self.state[name]
            return values[index] if values else index
        if name not in self.scene["values"]:
            known = ", ".join([*self.table, *self.controls, *self.scene["values"]])
            raise ValueError(
                f"The scene asks for {name!r}, which is no array, control or value; there are "
                f"{known}."
            )
        value = self.scene["values"][name]
        return self.evaluate(value["code"]) if isinstance(value, dict) else self.evaluate(value)

    def words(self, template, item=0):
        """The template with each {name} or {name:format} replaced by its number or word."""

        def fill(match):
            name, spec = match.groups()
            value, control = self.evaluate(name), self.controls.get(name, {})
            number = (
                value if np.ndim(value) == 0 else value[item] if item < len(value) else value[0]
            )
            value = self.scene["values"].get(name)
            words = value["words"] if isinstance(value, dict) else control.get("options")
            return (
                self.words(words[int(number)], item)
                if words
                else digits(float(number), spec or control.get("format", ""))
            )

        return re.sub(r"\{(\w+)(?::([^}]*))?\}", fill, template)


def along(curve, x):
    """The height of a curve of evenly spaced rows (x, y) at x; its end pieces go on beyond the
    ends.
    """
    at = (np.asarray(x) - curve[0, 0]) / (curve[1, 0] - curve[0, 0])
    low = np.clip(np.nan_to_num(np.floor(at)), 0, len(curve) - 2).astype(int)
    return curve[low, 1] + (at - low) * (curve[low + 1, 1] - curve[low, 1])


def digits(number, spec=""):
    """A number as text, with a true minus sign and no minus before a zero."""
    if not math.isfinite(number):
        return "–" if math.isnan(number) else "∞" if number > 0 else "−∞"
    plus, places, kind = re.match(r"(\+?)(?:\.(\d+))?([fed]?)", spec).groups()
    places = int(places) if places else 0 if number.is_integer() or kind == "d" else 3
    text = f"{number:.{places}{'e' if kind == 'e' else 'f'}}"
    text = re.sub(r"e([+-])0", r"e\1", text).replace("-", "−")
    if not re.search("[1-9]", text):  # a zero has no sign
        return text.replace("−", "")
    return plus + text if number > 0 else text


def complete(scene, table):
    """A copy of the scene with defaults, axes and markup filled in, ready for the page.

    What axes and colour scales need whose ends follow the state is added to the table.
    """
    controls = [_control(control) for control in scene.get("controls", [])]
    scene = {
        "readouts": [],
        "status": "",
        **scene,
        "controls": controls,
        "values": dict(scene.get("values", {})),
    }
    scene["looks"] = {"palette": PALETTE, "markers": MARKERS}
    scene["panels"] = [_panel(panel, scene["values"], table) for panel in scene["panels"]]
    return scene


def start(scene):
    """The state in which the scene's picture is drawn: where the controls start, but for
    scene["picture"].
    """
    return {c["name"]: c["start"] for c in scene["controls"]} | scene.get("picture", {})


def _control(control):
    control = dict(control)
    if "values" in control:
        control["values"] = [round(float(v), 9) for v in control["values"]]
        wanted = control.get("start", control["values"][0])
        low, high = min(control["values"]), max(control["values"])
        # a start may lie between two values
        gap = (high - low) / max(1, len(control["values"]) - 1) + 1e-9
        if not low - gap <= wanted <= high + gap:
            raise ValueError(
                f"The {control['label']} goes from {low:g} to {high:g}; it cannot start at "
                f"{wanted:g}."
            )
        control["start"] = int(np.argmin([abs(v - wanted) for v in control["values"]]))
        control.setdefault("format", ".2f")
    control["count"] = len(
        control.get("values") or control.get("options") or range(control.get("frames", 0))
    )
    if "frames" in control:
        control.setdefault("fps", 4)
    control.setdefault("start", 0)
    return control


def _panel(panel, values, table):
    panel = {
        "aspect": 1.6,
        "basis": 340,
        "tall": 460,
        "camera": {"azimuth": 0.6, "elevation": 0.6},
        **panel,
    }
    layers = [part for layer in panel["layers"] for part in _parts(layer)]
    layers = [
        {"clip": "z" not in panel and layer["draw"] not in UNCLIPPED, **layer} for layer in layers
    ]
    layers = [
        layer | {"scale": _scale(layer["levels"], values, table)} if "z" in layer else layer
        for layer in layers
    ]
    for axis in "xyz":
        if axis in panel:
            panel[axis] = _axis(panel[axis], values, table)
    if panel.get("bare"):
        panel["margins"], frame = [4, 4, 4, 4], []
    elif "z" in panel:
        # below the nearest corner stands a number
        panel["margins"], frame = [4, 4, 4, 30], _floor(panel)
    else:
        wide = max(
            (
                len(text)
                for text in panel["y"].get("words", [text for _, text in panel["y"]["ticks"]])
            ),
            default=5,
        )
        panel["margins"] = [18 + 7 * wide, 28, 16, 44]
        frame = _frame(panel)
    panel["layers"] = [layer | {"frame": True} for layer in frame] + layers
    return panel


def _parts(layer):
    """What the painter paints for a layer: nodes become boxes and text; labels become text."""
    if layer["draw"] == "tangent":
        return [{"length": 130, **layer}]
    looks = {key: layer[key] for key in ("style", "styles") if key in layer}
    if layer["draw"] == "nodes":
        box = {"at": layer["at"], "extent": layer["size"], **looks}
        shape = {"shape": layer.get("shape", "box"), "hollow": True, "width": 1.4}
        words = {"text": "\n".join(layer["lines"]), "align": "center", "size": 15}
        return [{"draw": "dots", **box, **shape}, {"draw": "text", **box, **words}]
    if not layer.get("label") or "z" in layer:
        return [layer]
    layer, words = dict(layer), {"draw": "text", "text": layer["label"], **looks}
    del layer["label"]
    if layer["draw"] == "curve":
        at = (
            _last(layer["at"])
            if isinstance(layer["at"], str)
            else [_last(part) for part in layer["at"]]
        )
        return [layer, {**words, "at": at, "dx": 7, "dy": -9, "weight": 600}]
    if layer["draw"] == "dots":
        size = layer.get("size", 5)
        return [
            layer,
            {**words, "at": layer["at"], "dx": size + 6, "dy": -size - 5, "weight": 600},
        ]
    if "label_at" in layer:
        part = np.array(layer.pop("label_at"))
        ends = (np.array(layer[end]) for end in ("from", "to"))
        at = [[float(v) for v in a + part * (b - a)] for a, b in zip(*ends, strict=True)]
        return [layer, {**words, "at": at, "align": "center", "size": 12}]
    return [layer, {**words, "at": layer["to"], "dy": layer.pop("dy", -14), "align": "center"}]


def _last(source):
    """The expression for the last row of what an expression names."""
    if not isinstance(source, str):
        return source[-1:] if isinstance(source, list) else source
    name, indices, argument = EXPRESSION.match(source).groups()
    if argument:
        return f"{source[: -len(argument) - 2]}({_last(argument)})"
    if not indices:
        return f"{name}[-1]"
    *leading, last = indices.split(",")
    kind, control, shift = INDEX.match(last).groups()
    if kind == ":":
        last = f"{control or ''}{int(shift or 0) - 1:+d}"
    else:
        leading, last = [*leading, last], "-1"
    return f"{name}[{', '.join([*leading, last])}]"


def _axis(axis, values, table):
    axis = {"label": "", **axis}
    if isinstance(axis["range"], str):
        return axis | _moving(axis["range"], values, table) | {"ticks": []}
    axis["range"] = [float(v) for v in axis["range"]]
    ticks = axis.get("ticks", nice_ticks(*axis["range"]))
    return axis | {
        "ticks": [t if isinstance(t, list) else [float(t), _tick_text(t)] for t in ticks]
    }


def _moving(source, values, table):
    """Ticks of an axis whose ends follow the state: an expression for their places, and a name
    for their texts.
    """
    name, indices, ends = _rows(source, values, table)
    found = [nice_ticks(*row) for row in ends]
    ticks = np.full((len(found), max(map(len, found))), np.nan)
    for row, places in zip(ticks, found):
        row[: len(places)] = places
    words, codes = np.unique(
        ["–" if np.isnan(v) else _tick_text(v) for v in ticks.flat], return_inverse=True
    )
    table |= {
        f"{name}_ticks": np.float32(ticks),
        f"{name}_codes": np.float32(codes.reshape(ticks.shape)),
    }
    values[f"{name}_texts"] = {"words": words.tolist(), "code": f"{name}_codes[{indices}]"}
    return {
        "moving": f"{name}_ticks[{indices}]",
        "texts": f"{name}_texts",
        "words": words.tolist(),
    }


def _scale(levels, values, table):
    """What stands below a colour scale, as [part, template]: the ends and every other level or
    so between them.
    """
    name, indices, rows = (
        _rows(levels, values, table) if isinstance(levels, str) else (None, "", np.array([levels]))
    )
    last = rows.shape[1] - 1
    shown = np.unique(np.linspace(0, last, last // 2 + 1).round().astype(int))
    words = [[level_text(v, 3 if name else 2) for v in rows[:, i]] for i in shown]
    if name:
        table[f"{name}_row"] = np.arange(len(rows), dtype=np.float32)
        of = f"{name}_row[{indices}]"
        values |= {f"{name}_{i}": {"words": told, "code": of} for i, told in zip(shown, words)}
    return [
        [float(i / last), f"{{{name}_{i}}}" if name else told[0]] for i, told in zip(shown, words)
    ]


def _rows(source, values, table):
    """The (name, index, array) behind an expression for one row of an array, if need be through
    names of values.
    """
    while source in values:
        source = values[source]
    name, indices, _ = EXPRESSION.match(source).groups()
    if name not in table or not indices or table[name].ndim != 2:
        raise ValueError(f"{source!r} must be a row of an array of the table, as in ends[frame].")
    return name, indices, table[name]


def _tick_text(v):
    return re.sub(r"e([+-])0", r"e\1", f"{v:.6g}").replace("-", "−")


def level_text(v, figures=2):
    """A level of a colour scale, a number, in the digits that matter."""
    return _tick_text(float(f"{v:.{figures}g}"))


def nice_ticks(low, high, wanted=6):
    """About `wanted` round numbers between low and high; the one number if they are the same."""
    if not low < high:
        return [float(low)]
    rough = (high - low) / wanted
    unit = 10.0 ** math.floor(math.log10(rough))
    step = next(m * unit for m in (1, 2, 5, 10) if m * unit >= rough * 0.999)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [float(f"{k * step:.9g}") for k in range(first, last + 1)]


def _ends(axis):
    """The two ends of an axis, as numbers or, where its range follows the state, as expressions."""
    reach = axis["range"]
    return [f"{reach}[0]", f"{reach}[1]"] if isinstance(reach, str) else reach


def _frame(panel):
    """Grid lines, tick labels and names of two flat axes, as layers."""
    x, y = panel["x"], panel["y"]
    (x0, x1), (y0, y1) = _ends(x), _ends(y)
    layers = []
    for axis, beginning, end in (
        (x, lambda at: [at, y0], lambda at: [at, y1]),
        (y, lambda at: [x0, at], lambda at: [x1, at]),
    ):
        at, text = _ticks(axis)
        if not at:
            continue
        place = {"align": "center", "dy": 14} if axis is x else {"align": "right", "dx": -8}
        line = {"draw": "arrow", "head": False, "from": beginning(at), "to": end(at)}
        layers.append({**line, "colour": "faint", "width": 1, "halo": False})
        layers.append(
            {"draw": "text", "at": beginning(at), "colour": "muted", "size": 12, **text, **place}
        )
    layers.append({"draw": "text", "at": [x1, y0], "text": x["label"], "dy": 32, "align": "right"})
    layers.append(
        {
            "draw": "text",
            "at": [x0, y1],
            "text": y["label"],
            "dx": 4 - panel["margins"][0],
            "dy": -16,
        }
    )
    return layers


def _ticks(axis):
    """Where the ticks of an axis are, numbers or an expression, and what a text layer says of
    them.
    """
    if "moving" in axis:
        return axis["moving"], {"text": f"{{{axis['texts']}}}"}
    return [tick for tick, _ in axis["ticks"]], {"texts": [text for _, text in axis["ticks"]]}


def _floor(panel):
    """The outline of the floor of a box in 3-D, an upright edge, and the numbers and names of its
    axes, as layers.

    They stand where the box is nearest to the eye, and the upright edge at its left, however it is
    turned.
    """
    (x0, x1), (y0, y1), (z0, z1) = (_ends(panel[axis]) for axis in "xyz")
    edge = {"draw": "arrow", "head": False, "colour": "muted", "width": 1, "halo": False}
    layers = [
        edge
        | {
            "from": [[x0, x1, x1, x0], [y0, y0, y1, y1], z0],
            "to": [[x1, x1, x0, x0], [y0, y1, y1, y0], z0],
        }
    ]
    layers.append(edge | {"from": [LEFT, LEFT, z0], "to": [LEFT, LEFT, z1]})
    (x, x_text), (y, y_text), (z, z_text) = (_ticks(panel[axis]) for axis in "xyz")
    number = {"draw": "text", "colour": "muted", "size": 11, "align": "center", "dy": 13}
    layers += [number | x_text | {"at": [x, NEAR, z0]}, number | y_text | {"at": [NEAR, y, z0]}]
    layers.append(number | z_text | {"at": [LEFT, LEFT, z], "align": "right", "dx": -7, "dy": 0})
    name = {"draw": "text", "align": "center", "dy": 32}
    layers.append(name | {"at": [(x0 + x1) / 2, NEAR, z0], "text": panel["x"]["label"]})
    layers.append(name | {"at": [NEAR, (y0 + y1) / 2, z0], "text": panel["y"]["label"]})
    return [*layers, name | {"at": [LEFT, LEFT, z1], "text": panel["z"]["label"], "dy": -16}]


def check(scene, lens):
    """Evaluate everything that the scene draws or says, so that a wrong name is found in Python."""
    for panel in scene["panels"]:
        for layer in panel["layers"]:
            for part in ("at", "from", "to"):
                place = layer.get(part, [])
                for source in [place] if isinstance(place, str) else place:
                    lens.evaluate(source)
            for part in ("z", "slope", "style"):
                lens.evaluate(layer.get(part, 0))
            for part in ("off", "text"):
                lens.words(layer.get(part, ""))
        lens.words(panel.get("title", "") + panel.get("caption", ""))
    for template in [scene["status"], *(readout["text"] for readout in scene["readouts"])]:
        lens.words(template)


def markup(scene, lens):
    """The HTML of panels, controls, readouts and status line; the script fills in text and
    pictures.
    """
    panels = "".join(_panel_markup(panel, _label(scene, panel), lens) for panel in scene["panels"])
    controls = "".join(_control_markup(control) for control in scene["controls"])
    readouts = "".join(_readout_markup(readout) for readout in scene["readouts"])
    parts = [f'<div class="lk-panels">{panels}</div>']
    parts += [f'<div class="lk-bar">{controls}</div>'] if controls else []
    parts += [f'<dl class="lk-readouts">{readouts}</dl>'] if readouts else []
    parts += [_steps_markup(scene["steps"])] if "steps" in scene else []
    # then the status need only be said
    shown = any(readout.get("wide") for readout in scene["readouts"])
    status = f'<p class="lk-status{" lk-spoken" * shown}" role="status"></p>'
    return f'<div class="lk">{"".join(parts)}{status}</div>'


def _steps_markup(steps):
    items = "".join(f"<li>{escape(step)}</li>" for step in steps)
    summary = (
        f'<summary data-lm-suppress-shortcuts="true">All {len(steps)} steps as a list</summary>'
    )
    return f'<details class="lk-steps">{summary}<ol>{items}</ol></details>'


def _text(template):
    return f'data-text="{escape(template)}"'


def _label(scene, panel):
    """Template of what a screen reader says of a panel: the first tells the whole, the others
    their own part.
    """
    own = panel.get("description") or (
        scene["description"] if panel is scene["panels"][0] else panel.get("caption")
    )
    label = (
        ". ".join(part.rstrip(".") for part in (panel.get("title"), own) if part)
        or scene["description"]
    )
    return f"{label.rstrip('.')}. {_hint(panel)}".rstrip()


def _hint(panel):
    """What a hand can do with the picture itself, seen below it and said of it."""
    ways = ["Drag the picture or press its arrow keys to turn it."] if "z" in panel else []
    return " ".join(
        ways
        + ["Click the picture or press its arrow keys to choose a place."]
        * bool(panel.get("click"))
    )


def _said(label, lens):
    """The name of a picture where the controls start, and the template of what it is called
    afterwards.
    """
    return f'aria-label="{escape(lens.words(label))}" data-label="{escape(label)}"'


def _panel_markup(panel, label, lens):
    title = f'<p class="lk-title" {_text(panel["title"])}></p>' if panel.get("title") else ""
    moves = "z" in panel or panel.get("click")
    focus = 'tabindex="0" data-lm-suppress-shortcuts="true"' if moves else ""
    kind = "lk-turn" if "z" in panel else "lk-pick" if moves else ""
    look = f'class="{kind}" style="aspect-ratio: {panel["aspect"]}; max-height: {panel["tall"]}px'
    look += f'; min-width: {panel["least"]}px"' if "least" in panel else '"'
    canvas = f'<canvas role="img" {_said(label, lens)} {look} {focus}></canvas>'
    legend = "".join(
        _scale_markup(layer) for layer in panel["layers"] if layer.get("label") and "z" in layer
    )
    below = f"{panel.get('caption', '')} {_hint(panel)}".strip()
    caption = f'<p class="lk-caption" {_text(below)}></p>' if below else ""
    rolls = (
        'class="lk-rolls" tabindex="0" data-lm-suppress-shortcuts="true"'
        if "least" in panel
        else ""
    )
    return (
        f'<figure {rolls} style="--basis: '
        f'{panel["basis"]}px">{title}{canvas}{legend}{caption}</figure>'
    )


def _scale_markup(layer):
    """The colour scale under a heat map or surface, with its levels."""
    spans = "".join(
        f'<span style="left: {100 * part:.4g}%" {_text(text)}></span>'
        for part, text in layer["scale"]
    )
    return (
        "<div"
        f' class="lk-scale"><span>{escape(layer["label"])}</span><div><i></i>{spans}</div></div>'
    )


def _control_markup(control):
    name, label = escape(control["name"]), escape(control["label"])
    safe = f'name="{name}" data-lm-suppress-shortcuts="true"'
    if "options" in control:
        options = "".join(
            f'<option value="{i}"{" selected" * (i == control["start"])}>{escape(text)}</option>'
            for i, text in enumerate(control["options"])
        )
        return (
            f'<span class="lk-control"><label>{label} <select'
            f" {safe}>{options}</select></label></span>"
        )
    ends = f'min="0" max="{control["count"] - 1}" step="1" value="{control["start"]}"'
    value = f'<span class="lk-value" {_text("{" + name + "}")}></span>'
    slider = f'<label>{label} <input type="range" {safe} {ends}></label>{value}'
    slider = f'<span class="lk-control">{slider}</span>'
    if "frames" not in control:
        return slider
    buttons = "".join(
        f'<button type="button" value="{word.lower()}" class="{"lk-go" * (word == "Play")}" '
        f'data-lm-suppress-shortcuts="true">{word}</button>'
        for word in ("Play", "Step", "Reset")
    )
    buttons += "".join(
        f'<button type="button" value="mark" data-frame="{frame}" '
        f'data-lm-suppress-shortcuts="true">{escape(text)}</button>'
        for text, frame in control.get("marks", {}).items()
    )
    return f'<div class="lk-control" role="group" aria-label="{label}">{buttons}{slider}</div>'


def _readout_markup(readout):
    label = f"<dt>{escape(readout['label'])}</dt>" if readout.get("label") else "<dt></dt>"
    wide = ' class="lk-wide"' if readout.get("wide") else ""
    return f"<div{wide}>{label}<dd {_text(readout['text'])}></dd></div>"
