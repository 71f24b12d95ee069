"""Keeps once for the whole site what each output of a notebook carries: painter and practice.

A notebook's output is whole by itself, so that any cell can be cut. On a page one copy is enough:
what makes the module is taken out of the outputs and into a file that is loaded before them.
"""

import re

MODULE = re.compile(
    r'\(\(globalThis\.(\w+) \?\?= \{\}\)\["(\w+)"\] \?\?= (\(async \(\) => \{.*?\n\}\)\(\))\);',
    re.S,
)
# a question may be woken only once all of it is there: not while the page is still being read
HELPERS = """const parsed = new Promise((done) =>
document.addEventListener("DOMContentLoaded", done));
const once = (making) => Promise.all([making, parsed]).then(([module]) => module);
const inflate = (text) => new Response(
new Blob([Uint8Array.from(atob(text), (c) => c.charCodeAt(0))]).stream()
.pipeThrough(new DecompressionStream("deflate")));"""


def taken_out(shown, modules):
    """Return an output's HTML without the modules it carries, which are added to `modules`."""

    def remember(match):
        place = f'globalThis.{match[1]}["{match[2]}"]'
        modules[place] = f'(globalThis.{match[1]} ??= {{}})["{match[2]}"] = once({match[3]});'
        return f"{place};"

    return MODULE.sub(remember, shown)


def as_script(modules):
    """Return the script that makes all modules, each once."""
    return "\n".join(["{", HELPERS, *modules.values(), "}", ""])
