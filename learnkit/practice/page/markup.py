"""HTML that is whole without a script: marked-up text, options with letters, what unfolds."""

import html
import re


def marked_up(text):
    """Return text as HTML: `code` between backticks, lines kept, all else escaped; $...$ is for
    the typesetter.
    """
    code = r'<code style="white-space:pre-wrap">\1</code>'
    return re.sub(r"`([^`]+)`", code, html.escape(text, quote=False)).replace("\n", "<br>")


def folded(summary, inner, attributes=""):
    """Return HTML that opens on a click or on Enter, without a script."""
    inside = f'<div class="lkq-feedback">{inner}</div>'
    return (
        '<details style="margin:2px 0 '
        f'6px"{attributes}><summary>{summary}</summary>{inside}</details>'
    )


def highlighted(source):
    """Return Python source as HTML that JupyterLab and exported pages show in their own colours."""
    from pygments import formatters, highlight, lexers  # only here: it is slow to import

    return highlight(source, lexers.PythonLexer(), formatters.HtmlFormatter())


def options_html(texts, rights=(), feedback=()):
    """Return the options as a list with letters; `feedback` holds HTML for each, `rights` the
    indices of right ones.
    """
    rows = []
    for index, option in enumerate(texts):
        attributes = f' data-text="{html.escape(option)}"' + (
            " data-right" if index in rights else ""
        )
        said = folded("Feedback", feedback[index]) if feedback else ""
        rows.append(f'<li{attributes}><span class="lkq-text">{marked_up(option)}</span>{said}</li>')
    return f'<ol style="list-style:upper-alpha">{"".join(rows)}</ol>'
