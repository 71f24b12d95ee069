"""Puts practice into the page: markup that is whole without a script, and the script that wakes it.

`embed` makes HTML of one question; what it holds is readable on GitHub, in an untrusted notebook
and in print, and the files of script/ turn it into buttons and fields wherever scripts run.
"""

import base64
import hashlib
import json
import zlib
from functools import cache
from html import escape
from pathlib import Path

from .. import memory
from .signs import SIGNS

HERE = Path(__file__).parent
HOST = HERE.parents[1] / "painter" / "script" / "host.js"
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


def shortened_source(source):
    """Return a script or style sheet without its indentation and whole-line comments, which no
    browser needs.
    """
    lines = (line.strip() for line in source.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith(("//", "/*")))


def host_script():
    """Return the painter's script that passes a key on to the host, for whatever keeps keys."""
    return shortened_source(HOST.read_text(encoding="utf-8"))


@cache
def _packed_module():
    """Return the module with its style sheet, deflated and as base64: four tenths of its text."""
    css = shortened_source((HERE / "page.css").read_text(encoding="utf-8"))
    files = [(HERE / "script" / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS]
    own = shortened_source("\n".join(files))
    source = f"{host_script()}\n{own}"
    whole = f"const SIGNS = {json.dumps(SIGNS)}, CSS = {json.dumps(css)};\n{source}"
    return base64.b64encode(zlib.compress(whole.encode(), 9)).decode()


def embed(kind, key, inner, rules=None, kept=True, extra=""):
    """Return HTML that script/waking.js wakes.

    kind: which of its kinds. key: under which answers are kept. inner: the markup that is whole
        without a script.
    rules: what the kind needs to judge, as JSON. kept: whether Python remembers something of it.
    extra: a script that adds a kind of its own to `practice.kinds`.
    """
    said = f" data-rules='{as_attribute(rules)}'" if rules else ""
    said += " data-kept" if kept else ""
    packed = _packed_module()
    version = hashlib.sha256(packed.encode()).hexdigest()[:12]
    script = SCRIPT.format(version=version, packed=packed, extra=extra)
    opened = (
        f'<div class="lkq" style="max-width:46rem" data-learnkit="{key}" data-kind="{kind}"{said}>'
    )
    return f"{opened}{inner}</div>{script}"


def as_attribute(value):
    """Return a value as JSON that stands between single quotes in HTML."""
    return escape(json.dumps(value, ensure_ascii=False), quote=False).replace("'", "&#39;")


def key_of(item):
    """Return the name under which page and wire know a question: where it is kept."""
    return "/".join(memory.address(item)).replace('"', "")
