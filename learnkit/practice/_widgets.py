"""The few widgets practice is made of: question, buttons, a field, a status line. Works on ipywidgets 7.7.1 and 8.

Imported when something is displayed, not before. Buttons and text fields only: JupyterLab takes the arrow keys
that a radio group or a slider would need.
"""

from string import ascii_uppercase

import ipywidgets as widgets

from ._presentation import marked_up

# The button of a choice covers its whole row, so that clicking the typeset text beside it counts too.
_STYLE = """<style>
.learnkit-practice { max-width: 48rem; padding: 4px; }
.learnkit-practice .widget-html-content { line-height: 1.5; font-size: var(--jp-content-font-size1, 14px);
  color: var(--jp-content-font-color1, inherit); white-space: normal; overflow-wrap: break-word; height: auto; }
.learnkit-practice .widget-html { height: auto; }
.learnkit-practice .jupyter-button { width: auto; min-width: 2.6rem; height: auto; min-height: 30px; line-height: 1.5;
  border: 1px solid currentColor; border-radius: 3px; color: inherit; background: transparent; opacity: 1; }
.learnkit-practice .jupyter-button:focus-visible { outline: 3px solid #2f8fd8; outline-offset: 1px; }
.learnkit-practice .jupyter-button:hover { box-shadow: none; text-decoration: underline; }
.learnkit-option { position: relative; align-items: center; border-radius: 3px; }
.learnkit-option:hover { background: rgba(128, 128, 128, 0.16); }
.learnkit-option .jupyter-button { position: static; overflow: visible; flex: none; }
.learnkit-option .jupyter-button::after { content: ""; position: absolute; inset: 0; cursor: pointer; }
.learnkit-option .widget-html { flex: 1 1 auto; }
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
    made.tooltip = text.replace("$", "").replace("`", "")  # so that the button's letter is not all one hears
    option = widgets.HBox([made, paragraph(text)])
    option.add_class("learnkit-option")
    return option


class NumberField(widgets.HBox):
    """A text field with its unit and a button; `act` is called with what was typed."""

    def __init__(self, name, unit, action, act):
        self.field = widgets.Text(description=name, continuous_update=False, style={"description_width": "initial"})
        self.go = button(action, lambda: act(self.field.value))
        super().__init__([self.field, paragraph(unit), self.go], layout={"flex_flow": "row wrap"})


def card(term, meaning, turned, place):
    """Return the HTML of one card; the place it has in the stack stands above the term."""
    style = "border:1px solid currentColor;border-radius:6px;padding:12px 16px;min-height:7.5em;max-width:40rem"
    back = f'<div style="margin-top:8px">{marked_up(meaning)}</div>' if turned else ""
    front = f'<div style="font-size:1.25em;font-weight:600;margin-top:6px">{marked_up(term)}</div>'
    return f'<div role="status" style="{style}"><div>{place}</div>{front}{back}</div>'
