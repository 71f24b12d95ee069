"""The few widgets practice is made of: question, buttons, a field, a status line. Works on ipywidgets 7.7.1 and 8.

Imported when something is displayed, not before. Buttons and text fields only: JupyterLab takes the arrow keys
that a radio group or a slider would need.
"""

from string import ascii_uppercase

import ipywidgets as widgets

from .verdict import marked_up

# The button of a choice covers its whole row, so that clicking the typeset text beside it counts too.
_STYLE = """<style>
.learnkit-practice { max-width: 46rem; padding: 4px; }
.learnkit-practice .widget-htmlmath { height: auto; }
.learnkit-practice .widget-htmlmath-content, .learnkit-practice label { color: var(--jp-content-font-color1, inherit);
  font-size: var(--jp-content-font-size1, 14px); line-height: 1.5; overflow-wrap: break-word; white-space: normal; }
.learnkit-practice .widget-htmlmath-content { flex: 1 1 auto; }
.learnkit-practice .jupyter-button { width: auto; min-width: 3.6em; height: auto; line-height: 1.9; font-size: inherit;
  border: 1px solid #767676; border-radius: 4px; color: inherit; background: transparent; opacity: 1; }
.learnkit-practice .jupyter-button:hover { box-shadow: none; background: rgba(128, 128, 128, 0.2); }
.learnkit-practice .jupyter-button:focus-visible { outline: 3px solid #2f8fd8; outline-offset: 1px; }
.learnkit-option { position: relative; align-items: center; border-radius: 4px; }
.learnkit-option:hover { background: rgba(128, 128, 128, 0.12); }
.learnkit-option .jupyter-button { position: static; overflow: visible; flex: none; margin-right: 8px; }
.learnkit-option .jupyter-button::after { content: ""; position: absolute; inset: 0; z-index: 1; }
.learnkit-option .widget-htmlmath { flex: 1 1 auto; }
</style>"""


def mimebundle(widget, plain, html):
    """Return what the notebook stores: the live widget, and still forms for pages that have no kernel."""
    view = {"version_major": 2, "version_minor": 0, "model_id": widget.model_id}
    return {"application/vnd.jupyter.widget-view+json": view, "text/plain": plain, "text/html": html}


def panel(*children):
    """Return the children one below the other, in practice's own style."""
    column = widgets.VBox([widgets.HTML(_STYLE, layout={"display": "none"}), *children])
    column.add_class("learnkit-practice")
    return column


def row(*children):
    """Return the children side by side, in a second line where there is no room."""
    return widgets.HBox(children, layout={"flex_flow": "row wrap", "align_items": "center"})


def paragraph(text=""):
    """Return text with `code` and $mathematics$ shown as such."""
    return widgets.HTMLMath(marked_up(text))


def button(name, act):
    """Return a button that calls `act` without arguments."""
    made = widgets.Button(description=name)
    made.on_click(lambda _: act())
    return made


class Status(widgets.HTMLMath):
    """The line below that says, and lets a screen reader say, what came of the last action."""

    def show(self, verdict):
        self.value = verdict.html()


class Choices(widgets.VBox):
    """One row for each option, a lettered button and its text; `choose` is called with the index of the option."""

    def __init__(self, texts, choose):
        self._buttons = [button(ascii_uppercase[i], lambda i=i: choose(i)) for i in range(len(texts))]
        super().__init__([_option(made, text) for made, text in zip(self._buttons, texts, strict=True)])

    def mark(self, index, sign):
        """Put a sign before the letter of one option."""
        self._buttons[index].description = f"{sign} {ascii_uppercase[index]}".strip()


def _option(made, text):
    if "$" not in text:
        made.tooltip = text.replace("`", "")  # so that a screen reader says more of the button than its letter
    option = widgets.HBox([made, paragraph(text)])
    option.add_class("learnkit-option")
    return option


class NumberField(widgets.HBox):
    """A text field with its unit and a button.

    `act` is called with what was typed when the button is pressed, `typed` when Enter is, or the field is left.
    """

    def __init__(self, name, unit, action, act, typed):
        field = widgets.Text(description=name, continuous_update=False, style={"description_width": "initial"})
        field.observe(lambda change: typed(change["new"]), "value")
        layout = {"flex_flow": "row wrap", "align_items": "center"}
        super().__init__([field, paragraph(unit), button(action, lambda: act(field.value))], layout=layout)


def card(term, meaning, turned, place):
    """Return the HTML of one card; the place it has in the stack stands above the term."""
    style = "border:1px solid #767676;border-radius:6px;padding:12px 16px;min-height:8em"
    back = f'<div style="margin-top:8px">{marked_up(meaning)}</div>' if turned else ""
    front = f'<div style="font-size:1.25em;font-weight:600;margin-top:6px">{marked_up(term)}</div>'
    return f'<div role="status" style="{style}"><div>{place}</div>{front}{back}</div>'
