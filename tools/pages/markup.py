"""Text as HTML: Markdown with its formulas as MathML, and code in colours of its own."""

import html
import re
from functools import cache

import mistune
from latex2mathml.converter import convert
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

FORMULA = r"\$\$(?P<displayed>[^$]+?)\$\$|\$(?!\s)(?P<in_line>[^$]+?)(?<!\s)\$"
CHAPTER_LINK = re.compile(r"(?:\.\./notebooks/|\.\./solutions/)?(\d\d_\w+)\.ipynb(#.*)?")
SUMMARY = "summary.html"  # the page to print
OUTSIDE = re.compile(r"[a-z]+:|#")
ROOM = re.compile(r"\\\\\[\d+pt\]")  # between rows, which MathML sees to by itself
TAG = re.compile(r"<[^>]+>")


class _Renderer(mistune.HTMLRenderer):
    """Headings get the names that JupyterLab gives them; links lead to pages of the site."""

    def __init__(self):
        super().__init__(escape=False)

    def heading(self, text, level, **_):
        return f'<h{level} id="{anchor(text)}">{text}</h{level}>\n'

    def link(self, text, url, title=None):
        address = address_on_site(url)
        return super().link(text, address, title) if address else text

    def block_code(self, code, info=None):
        return python(code) if info in (None, "python") else super().block_code(code, info)

    def table(self, text):
        return f'<div class="table"><table>{text}</table></div>\n'


def anchor(text):
    """Return the name under which a heading is linked to, as JupyterLab makes it."""
    return html.escape(html.unescape(TAG.sub("", text)).strip().replace(" ", "-"))


def address_on_site(url):
    """Return where a link of a chapter leads on the site; nothing where no page of it is."""
    chapter = CHAPTER_LINK.fullmatch(url)
    if chapter:
        return f"{chapter[1]}.html{chapter[2] or ''}"
    if url.endswith(f"docs/{SUMMARY}"):
        return SUMMARY
    return url if OUTSIDE.match(url) else ""


@cache
def _parser():
    parser = mistune.create_markdown(
        renderer=_Renderer(), plugins=["table", "strikethrough"], escape=False
    )
    parser.inline.register("formula", FORMULA, _formula, before="emphasis")
    parser.renderer.register("formula", lambda _, text, display: mathml(text, display))
    return parser


def _formula(inline, match, state):
    display = "block" if match["displayed"] else "inline"
    text = match["displayed"] or match["in_line"]
    state.append_token({"type": "formula", "raw": text, "attrs": {"display": display}})
    return match.end()


@cache
def mathml(latex, display="inline"):
    """Return a formula as MathML, which every browser sets by itself."""
    return convert(ROOM.sub(r"\\\\", latex.strip()), display=display)


def markdown(source):
    """Return Markdown as HTML."""
    return _parser()(source)


def sentence(source):
    """Return Markdown of one paragraph as HTML, without the paragraph around it."""
    return markdown(source).removeprefix("<p>").removesuffix("</p>\n")


def python(source):
    """Return Python source as HTML; site.css has the colours."""
    return highlight(source.strip("\n"), PythonLexer(stripnl=False), HtmlFormatter())


def plain(text, kind="out"):
    """Return printed text as HTML."""
    without_colours = re.sub(r"\x1b\[[\d;]*m", "", text)
    return f'<pre class="{kind}">{html.escape(without_colours.rstrip(), quote=False)}</pre>\n'


def words(shown):
    """Return the text of a piece of HTML."""
    return html.unescape(TAG.sub(" ", shown))
