"""Prints one visual as an HTML page, as Jupyter would show it.

    python -m tools.visual_page roll_downhill > page.html

The page asks the server it came from whether files have changed, and comes anew if they have.
"""

import html
import sys

PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{name}</title>
<style>
:root {{ color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }}
body {{ margin: 0 auto; max-width: 1000px; padding: 8px 16px;
  color: light-dark(#1a1a1a, #e6e6e6); background: light-dark(#fff, #111); }}
header {{ display: flex; gap: 16px; align-items: baseline; }}
h1 {{ font-size: 1.1rem; margin: 8px 0; flex: 1; }}
pre {{ white-space: pre-wrap; overflow-wrap: anywhere; }}
.fault {{ border-left: 4px solid #b34700; padding-left: 12px; }}
</style>
</head>
<body>
<header><h1>{name}</h1><button id="theme">Light or dark</button></header>
<main>{shown}</main>
<script>
const root = document.documentElement.style;
root.colorScheme = sessionStorage.theme ?? "light dark";
document.getElementById("theme").onclick = () => {{
  const dark = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  const now = sessionStorage.theme ?? dark;
  root.colorScheme = sessionStorage.theme = now === "dark" ? "light" : "dark";
}};
const edition = "{edition}";
setInterval(async () => {{
  const now = await fetch("/edition").then((answer) => answer.text(), () => edition);
  if (now !== edition) location.reload();
}}, 500);
</script>
</body>
</html>
"""


def page(name, shown, edition):
    """Return a page of this name; shown: HTML. edition: what the server called it."""
    return PAGE.format(name=html.escape(name), shown=shown, edition=edition)


def fault(words):
    """Return HTML of what went wrong while a visual was made."""
    return f'<section class="fault" role="alert"><pre>{html.escape(words)}</pre></section>'


def main(arguments):
    """Print what Jupyter would show of the visual of this name, as HTML without a page around it;
    return 0.
    """
    from tools.visuals import made

    print("\n".join(map(as_html, displayed(lambda: made(arguments[0])))))
    return 0


def displayed(make):
    """Return the data of each output that a function and what it returns leave in a notebook."""
    from IPython.display import display
    from IPython.utils.capture import capture_output

    pretend_to_be_a_kernel()
    with capture_output(stderr=False) as captured:
        shown = make()
        if shown is not None:
            display(shown)
    places = {}  # one for each display; an update takes the place of what stood there
    for number, output in enumerate(captured.outputs):
        places[(output.transient or {}).get("display_id", number)] = output.data
    printed = [{"text/plain": captured.stdout}] if captured.stdout else []
    return [*places.values(), *printed]


def pretend_to_be_a_kernel():
    """Start IPython so that visuals show themselves as in a notebook."""
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    shell = InteractiveShell.instance(config=Config(HistoryManager={"enabled": False}))
    shell.kernel = None  # it is there, which is what they ask for


def as_html(data):
    """Return what was displayed as a page shows it."""
    return data.get("text/html") or f"<pre>{html.escape(data.get('text/plain', ''))}</pre>"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
