"""Puts practice into the page: markup that is whole without a script, and the script that wakes it.

`embed` makes HTML of one question; what it holds is readable on GitHub, in an untrusted notebook
and in print, and the files of script/ turn it into buttons and fields wherever scripts run.
`Displayed` is what shows itself in this way.
"""

import base64
import hashlib
import json
import zlib
from functools import cache
from html import escape
from pathlib import Path

from . import memory, place, wire
from .signs import SIGNS

HERE = Path(__file__).parent
# parts of one module
SCRIPTS = ("kept", "numbers", "pieces", "questions", "cards", "help", "waking")

# Every output carries the module, so that any cell can be cut; the page keeps one copy of each
# version.
SCRIPT = """<script>(async () => {{
const practice = await ((globalThis.learnkitPractice ??= {{}})["{version}"] ??= (async () => {{
const bytes = new Blob([Uint8Array.from(atob("{packed}"), (c) => c.charCodeAt(0))]).stream();
const source = await new Response(bytes.pipeThrough(new DecompressionStream("deflate"))).text();
const module = new Blob([source], {{ type: "text/javascript" }});
return (await import(URL.createObjectURL(module))).default;
}})());
{extra}
practice.wake();
}})();</script>"""
NEWS = """<script>document.dispatchEvent(
new CustomEvent("learnkit:changed", {{ detail: {{ key: "{key}" }} }}))</script>"""


def lean(source):
    """Return a script or style sheet without its indentation and whole-line comments, which no
    browser needs.
    """
    lines = (line.strip() for line in source.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith(("//", "/*")))


@cache
def _packed_module():
    """Return the module with its style sheet, deflated and as base64: four tenths of its text."""
    css = lean((HERE / "page.css").read_text(encoding="utf-8"))
    files = [(HERE / "script" / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS]
    source = lean("\n".join(files))
    whole = f"const SIGNS = {json.dumps(SIGNS)}, CSS = {json.dumps(css)};\n{source}"
    return base64.b64encode(zlib.compress(whole.encode(), 9)).decode()


def embed(kind, key, inner, rules=None, kept=True, extra=""):
    """Return HTML that script/waking.js wakes.

    kind: which of its kinds. key: under which answers are kept. inner: the markup that is whole
        without a script.
    rules: what the kind needs to judge, as JSON. kept: whether Python remembers something of it.
    extra: a script that adds a kind of its own to `practice.kinds`.
    """
    said = f" data-rules='{_attribute(rules)}'" if rules else ""
    said += " data-kept" if kept else ""
    packed = _packed_module()
    version = hashlib.sha256(packed.encode()).hexdigest()[:12]
    script = SCRIPT.format(version=version, packed=packed, extra=extra)
    opened = (
        f'<div class="lkq" style="max-width:46rem" data-learnkit="{key}" data-kind="{kind}"{said}>'
    )
    return f"{opened}{inner}</div>{script}"


def _attribute(value):
    return escape(json.dumps(value, ensure_ascii=False), quote=False).replace("'", "&#39;")


def key_of(item):
    """Return the name under which page and wire know a question: where it is kept."""
    return "/".join(memory.address(item)).replace('"', "")


class Displayed:
    """Something to answer: alive on a page, whole as still HTML, text in a terminal.

    A subclass has `_html()` and `__repr__`; if something of it is kept, also `remembered`, the
    names of that, `told(entry)`, which keeps what the page says, and `_answer()`, the HTML of what
    was answered, or "". `elsewhere` names calls that belong to another kind, each with what to
    write instead.
    """

    elsewhere = {}
    remembered = ()
    # the cell and the notebook that displayed it last: a click on the page has none of its own
    _shown_in = {}

    def __getattr__(self, name):
        if name in self.elsewhere:
            return lambda *answer, **options: self._redirected(name)
        raise AttributeError(f"A {type(self).__name__} has no `{name}`.")

    def _redirected(self, name):
        from .verdict import Verdict

        return Verdict("not attempted", self.elsewhere[name])

    def kept(self):
        """Return what is remembered of it."""
        return {
            name: value for name, value in memory.recall(self).items() if name in self.remembered
        }

    def _keep(self, **entry):
        """Keep an entry and show it on the page; return notes for the learner, none if all is
        well.
        """
        note = memory.keep(self, **({} if place.cell() else self._shown_in), **entry)
        self._update_answered()
        wire.tell(key_of(self))
        return (note,) if note else ()

    def _mimebundle(self):
        return {"text/plain": repr(self), "text/html": self._html()}

    def _ipython_display_(self):
        from IPython.display import display

        display(self._mimebundle(), raw=True)
        if self.remembered and wire.in_kernel():
            self._shown_in = place.here()
            wire.listen(key_of(self), self)
            display(self._answered(), raw=True, display_id=self._display_id)

    # The second output of the cell holds what was answered, so that the saved notebook shows it. It
    # alone is written anew: the question stays as it is, and so do the focus and the place on the
    # page.

    @property
    def _display_id(self):
        return f"learnkit-{key_of(self)}"

    def _answered(self):
        key, entry = key_of(self), _attribute(self.kept())
        answered = (
            f"<div data-learnkit-answered=\"{key}\" data-entry='{entry}'>{self._answer()}</div>"
        )
        return {"text/plain": "", "text/html": answered + NEWS.format(key=key)}

    def _update_answered(self):
        if wire.in_kernel():
            from IPython.display import update_display

            update_display(self._answered(), raw=True, display_id=self._display_id)
