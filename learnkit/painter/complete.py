"""Scenes made ready for the page: parsed, with axes, colour scales and markup, and checked."""

import numpy as np

from learnkit.painter.axes import floor, frame, ready_axis, ready_scale
from learnkit.painter.expressions import expressions_in
from learnkit.painter.lens import Lens
from learnkit.painter.looks import LOOKS
from learnkit.painter.markup import markup
from learnkit.painter.scene import Choice, Drawing, Frames, Scene, Slider


def complete(scene, table):
    """A Scene as the page receives it: dictionaries, lists, texts and numbers, as in JSON.

    table: {name: array}, to which is added what axes and colour scales need whose ends follow the
    state. Raises TypeError for what is no Scene, ValueError where it names something that is not
    there.
    """
    if not isinstance(scene, Scene):
        raise TypeError(f"A Player takes a Scene; this is a {type(scene).__name__}.")
    page = scene.page() | {"looks": LOOKS}
    page["controls"] = [_control(control) for control in scene.controls]
    page["panels"] = [_panel(panel, page["values"], table) for panel in scene.panels]
    _check_names(page, table)
    _check_codes(page, table)
    lens = Lens(page, table, start(page))
    page["markup"], page["texts"] = markup(scene, page, lens)
    _check_layers(page, lens)
    return page


def start(page):
    """The state in which the scene's picture is drawn: where the controls start, but for its
    `picture`.
    """
    return {c["name"]: c["start"] for c in page["controls"]} | page["picture"]


def _control(control):
    """A control as the page receives it: `start` is an index, `count` how many there are."""
    page = control.page()
    if isinstance(control, Slider):
        page["values"] = [round(float(v), 9) for v in control.values]
        page["start"] = _nearest(page, control)
    if isinstance(control, Drawing):
        drawn = sum(len(points) for _, points in page["strokes"])
        return page | {"start": drawn, "count": control.most + 1}
    counts = {Slider: "values", Choice: "options", Frames: "frames"}
    number = page[counts[type(control)]]
    return {"start": 0} | page | {"count": number if isinstance(number, int) else len(number)}


def _nearest(page, control):
    """The index of the value that a slider starts nearest to."""
    values = page["values"]
    if not values:
        raise ValueError(f"The {control.label} has no values to choose from.")
    wanted = values[0] if control.start is None else control.start
    low, high = min(values), max(values)
    gap = (high - low) / max(1, len(values) - 1) + 1e-9  # a start may lie between two values
    if not low - gap <= wanted <= high + gap:
        raise ValueError(
            f"The {control.label} goes from {low:g} to {high:g}; it cannot start at {wanted:g}."
        )
    return int(np.argmin([abs(v - wanted) for v in values]))


def _panel(panel, values, table):
    """A panel as the page receives it, with its margins, its frame and its layers."""
    page = panel.page()
    page |= {
        axis: ready_axis(getattr(panel, axis), values, table) for axis in "xyz" if axis in page
    }
    layers = [layer for made in panel.layers for layer in made.painted()]
    for layer in layers:
        layer["clip"] &= panel.z is None
        if "z" in layer:
            layer["scale"] = ready_scale(layer["levels"], values, table)
    if panel.z is not None and not any("z" in layer for layer in layers):
        raise ValueError("A Panel with an axis z needs a Surface among its layers.")
    page["margins"] = _margins(panel, page)
    frames = [] if panel.bare else frame(page) if panel.z is None else floor(page)
    return page | {"layers": frames + layers}


def _margins(panel, page):
    """Pixels left free at the left, top, right and bottom of a picture."""
    if panel.bare:
        return [4, 4, 4, 4]
    if panel.z is not None:
        return [4, 4, 4, 30]  # below the nearest corner stands a number
    texts = page["y"].get("words", [text for _, text in page["y"]["ticks"]])
    return [18 + 7 * max(map(len, texts), default=5), 28, 16, 44]


def _check_names(page, table):
    """Refuse names that stand for nothing, and values that stand for themselves."""
    controls = {control["name"]: control for control in page["controls"]}
    known = [*table, *controls, *page["values"]]
    said = [page[part] for part in ("panels", "readouts", "status", "description")]
    for found in expressions_in([*said, *page["values"].values()]):
        if found["name"] not in known:
            raise ValueError(
                f"The scene asks for {found['name']!r}, which is no array, control or value; there "
                f"are {', '.join(known)}."
            )
        for index in found.get("take", ()):
            _check_control(index.get("name"), controls, f"an index of {found['name']}")
    for panel in page["panels"]:
        for name in panel.get("click", ()):
            _check_control(name, controls, "a click")
        for name in (name for handle in panel["handles"] for name in handle["sets"]):
            _check_control(name, controls, "a Handle")
    for name in page.get("asks", ()):
        _check_control(name, controls, "asks")
    for name in page["picture"]:
        _check_control(name, controls, "the picture")
    _check_circles(page["values"])


def _check_control(name, controls, user):
    if name is not None and name not in controls:
        known = ", ".join(controls) or "none"
        raise ValueError(
            f"The scene names {name!r} in {user}, which is no control; there are {known}."
        )


def _check_circles(values):
    """Refuse values of which one stands, by whatever way, for itself."""
    uses = {
        name: {found["name"] for found in expressions_in(value)} & values.keys()
        for name, value in values.items()
    }
    while uses:
        done = {name for name, others in uses.items() if not others}
        if not done:
            raise ValueError(f"The value {min(uses)!r} stands for itself.")
        uses = {name: others - done for name, others in uses.items() if name not in done}


def _check_codes(page, table):
    """Refuse codes for which there is no text and no look, wherever the controls stand."""
    for name, value in page["values"].items():
        if isinstance(value, dict) and "code" in value:
            _check_range(value["code"], len(value["words"]), f"texts of {name!r}", page, table)
    for layer in (layer for panel in page["panels"] for layer in panel["layers"]):
        if ("styles" in layer) != ("style" in layer):
            raise ValueError("A layer has either both styles and style, or neither of them.")
        if "styles" in layer:
            _check_range(layer["style"], len(layer["styles"]), "styles", page, table)


def _check_range(parsed, count, what, page, table):
    """Refuse codes that are not from 0 to count − 1; NaN is an unknown one."""
    while isinstance(parsed, dict) and isinstance(page["values"].get(parsed["name"]), dict):
        value = page["values"][parsed["name"]]
        parsed = value.get("code", value)
    codes = table.get(parsed["name"], 0) if isinstance(parsed, dict) else parsed
    codes = np.asarray(codes, float)
    wrong = codes[(codes < 0) | (codes >= count)]
    if wrong.size:
        raise ValueError(
            f"There are {count} {what}, for codes from 0 on; one of the codes is {wrong[0]:g}."
        )


def _check_layers(page, lens):
    """Evaluate all that the scene draws or says where it starts, so that what cannot be is found
    in Python.
    """
    for panel in page["panels"]:
        for layer in panel["layers"]:
            drawn = [
                layer.get(part, [])
                for part in ("at", "from", "to", "z", "slope", "style", "shades")
            ]
            for found in expressions_in(drawn):
                _check_expression(found, lens)
    for text in page["texts"]:
        lens.words(text)


def _check_expression(found, lens):
    try:
        lens.evaluate(found)
    except (IndexError, ValueError) as error:
        raise ValueError(f"{found['name']} cannot be read as the scene asks: {error}.") from None
