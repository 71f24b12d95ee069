"""The HTML of panels, controls, readouts and status line; the script fills in texts and pictures.

An element with `data-text` says the template with that index in the scene's `texts`.
"""

from html import escape

from learnkit.painter.expressions import template

LEAST = 230  # pixels of height that axes need on the narrowest page
PRESSED = ("Play", "Step", "Reset")
KEYS = 'data-lm-suppress-shortcuts="true"'  # JupyterLab then leaves keys to the element


def markup(scene, page, lens):
    """The HTML of a Scene, and the parsed templates that its elements name by their index.

    page: the scene as the page receives it, for what is computed: controls and colour scales.
    """
    texts = []
    panels = "".join(
        _panel(scene, panel, ready["layers"], lens, texts)
        for panel, ready in zip(scene.panels, page["panels"], strict=True)
    )
    row = f' lk-row" style="--row: {scene.columns}' if scene.columns else ""
    parts = [f'<div class="lk-panels{row}">{panels}</div>']
    shown = [control for control in page["controls"] if not control.get("hidden")]
    if shown:
        controls = "".join(_control(control, texts) for control in shown)
        parts.append(f'<div class="lk-bar">{controls}</div>')
    if scene.readouts:
        readouts = "".join(_readout(readout, texts) for readout in scene.readouts)
        parts.append(f'<dl class="lk-readouts">{readouts}</dl>')
    if scene.steps is not None:
        parts.append(_steps(scene.steps))
    # then the status need only be said
    told = any(readout.wide for readout in scene.readouts)
    parts.append(f'<p class="lk-status{" lk-spoken" * told}" role="status"></p>')
    still = "" if scene.controls else " lk-still"
    return f'<div class="lk{still}">{"".join(parts)}</div>', texts


def _index(parsed, texts):
    """The index of a parsed template among the texts, to which it is added."""
    if parsed not in texts:
        texts.append(parsed)
    return texts.index(parsed)


def _text(source, texts):
    return f'data-text="{_index(template(source), texts)}"'


def _steps(steps):
    items = "".join(f"<li>{escape(step)}</li>" for step in steps)
    summary = f"<summary {KEYS}>All {len(steps)} steps as a list</summary>"
    return f'<details class="lk-steps">{summary}<ol>{items}</ol></details>'


def _panel(scene, panel, layers, lens, texts):
    title = f'<p class="lk-title" {_text(panel.title, texts)}></p>' if panel.title else ""
    moves = panel.z or panel.click
    focus = f'tabindex="0" {KEYS}' if moves else ""
    kind = "lk-turn" if panel.z else "lk-pick" if moves else ""
    look = f'class="{kind}" style="{_measures(scene, panel)}"'
    canvas = f'<canvas role="img" {_name(scene, panel, lens, texts)} {look} {focus}></canvas>'
    legend = "".join(
        _scale(layer, texts) for layer in layers if layer.get("label") and "z" in layer
    )
    below = f"{panel.caption} {_hint(panel)}".strip()
    caption = f'<p class="lk-caption" {_text(below, texts)}></p>' if below else ""
    if panel.least:
        canvas = f'<div class="lk-rolls" tabindex="0" {KEYS}>{canvas}</div>'
    style = f'style="--basis: {panel.basis}px"'
    return f"<figure {style}>{title}{canvas}{legend}{caption}</figure>"


def _measures(scene, panel):
    """The style that holds a picture within its measures."""
    style = f"aspect-ratio: {panel.aspect}; max-height: {panel.tall}px"
    if not scene.controls:
        style += f"; max-width: {panel.tall * panel.aspect:.0f}px"
    if panel.least:  # its words need as much room upwards as sideways
        return (
            f"{style}; min-width: {panel.least}px; min-height: {panel.least / panel.aspect:.0f}px"
        )
    if not scene.controls:
        style += f"; min-height: {0 if panel.bare else min(LEAST, panel.tall):.0f}px"
    return style


def _name(scene, panel, lens, texts):
    """What a screen reader says of a panel, where the controls start and afterwards: the first
    tells the whole, the others their own part.
    """
    first = panel is scene.panels[0]
    own = panel.description or (scene.description if first else panel.caption)
    told = [part.rstrip(".") for part in (panel.title, own) if part] or [scene.description]
    label = template(f"{'. '.join(told).rstrip('.')}. {_hint(panel)}".rstrip())
    return f'aria-label="{escape(lens.words(label))}" data-label="{_index(label, texts)}"'


def _hint(panel):
    """What a hand can do with the picture itself, seen below it and said of it."""
    ways = []
    if panel.z:
        ways.append("Drag the picture or press its arrow keys to turn it.")
    if panel.click:
        drag = f"Drag {panel.handles[0].label}, click" if len(panel.handles) == 1 else "Click"
        ways.append(f"{drag} the picture or press its arrow keys to choose a place.")
    return " ".join(ways)


def _scale(layer, texts):
    """The colour scale under a heat map or surface, with its levels."""
    spans = "".join(
        f'<span style="left: {100 * part:.4g}%" data-text="{_index(text, texts)}"></span>'
        for part, text in layer["scale"]
    )
    label = f"<span>{escape(layer['label'])}</span>"
    return f'<div class="lk-scale">{label}<div><i></i>{spans}</div></div>'


def _control(control, texts):
    safe = f'name="{escape(control["name"])}" {KEYS}'
    label = escape(control["label"])
    if "options" in control:
        return _choice(control, label, safe)
    if "tools" in control:
        return _drawing(control, label)
    last = control.get("first", control["count"] - 1)
    ends = f'min="0" max="{last}" step="1" value="{control["start"]}"'
    value = f'<span class="lk-value" {_text("{" + control["name"] + "}", texts)}></span>'
    slider = f'<label>{label} <input type="range" {safe} {ends}></label>{value}'
    slider = f'<span class="lk-control">{slider}</span>'
    if "frames" not in control:
        return slider
    buttons = [_button(word, word.lower(), "lk-go" * (word == "Play")) for word in PRESSED]
    buttons += [
        _button(text, "mark", "", f'data-frame="{frame}"')
        for text, frame in control["marks"].items()
    ]
    inside = "".join(buttons) + slider
    return f'<div class="lk-control" role="group" aria-label="{label}">{inside}</div>'


def _button(text, value, kind, more=""):
    look = f'type="button" value="{value}" class="{kind}" {more} {KEYS}'
    return f"<button {look}>{escape(text)}</button>"


def _choice(control, label, safe):
    options = "".join(
        f'<option value="{i}"{" selected" * (i == control["start"])}>{escape(text)}</option>'
        for i, text in enumerate(control["options"])
    )
    return (
        f'<span class="lk-control"><label>{label} <select {safe}>{options}</select></label></span>'
    )


def _drawing(control, label):
    """Buttons that take up a tool, those that take back what was drawn, and a line that says how
    to draw, or why one cannot.
    """
    tools = "".join(
        _button(tool, "tool", "", f'data-tool="{i}" aria-pressed="false"')
        for i, tool in enumerate(control["tools"])
    )
    back = _button("Undo", "undo", "lk-clear") + _button("Clear", "clear", "lk-clear")
    buttons = f'<div class="lk-control" hidden><span>{label}</span>{tools}{back}</div>'
    inside = f'{buttons}<p class="lk-note" aria-live="polite"></p>'
    return f'<div class="lk-control lk-drawing" role="group" aria-label="{label}">{inside}</div>'


def _readout(readout, texts):
    wide = ' class="lk-wide"' if readout.wide else ""
    name = f"<dt>{escape(readout.label)}</dt>"
    return f"<div{wide}>{name}<dd {_text(readout.text, texts)}></dd></div>"
