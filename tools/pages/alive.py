"""Keeps once for the whole site what each output of a notebook carries: painter and practice.

A notebook's output is whole by itself, so that any cell can be cut. On a page one copy is enough:
what makes the module is taken out of the outputs and into a file that is loaded before them.
"""

import re

MODULE = re.compile(
    r'\(\(globalThis\.(\w+) \?\?= \{\}\)\["(\w+)"\] \?\?= (\(async \(\) => \{.*?\n\}\)\(\))\);',
    re.S,
)
INFLATE = """const inflate = (text) => new Response(
new Blob([Uint8Array.from(atob(text), (c) => c.charCodeAt(0))]).stream()
.pipeThrough(new DecompressionStream("deflate")));"""


def taken_out(shown, modules):
    """Return an output's HTML without the modules it carries, which are added to `modules`."""

    def remember(match):
        place = f'globalThis.{match[1]}["{match[2]}"]'
        modules[place] = f'(globalThis.{match[1]} ??= {{}})["{match[2]}"] = {match[3]};'
        return f"{place};"

    return MODULE.sub(remember, shown)


def as_script(modules):
    """Return the script that makes all modules, each once."""
    return "\n".join(["{", INFLATE, *modules.values(), "}", ""])
