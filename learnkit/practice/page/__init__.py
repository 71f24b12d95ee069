"""Practice as a page shows it, alive where scripts run and whole where they do not.

verdict    what a learner is told of an answer, with hints and solution
displayed  what every question shares: it shows itself, and what was answered is kept
embedding  markup and the script that wakes it, as one piece of HTML
markup     HTML of texts, options and what unfolds
signs      the sign, word and colour of each state
wire       between the page and Python
script/, page.css, wire.js   what runs in the browser
"""

from . import wire
from .displayed import Displayed
from .embedding import embed, host_script, key_of, shortened_source
from .markup import folded, marked_up, options_html
from .signs import badge
from .verdict import Code, Verdict

__all__ = [
    "Code",
    "Displayed",
    "Verdict",
    "badge",
    "embed",
    "folded",
    "host_script",
    "key_of",
    "marked_up",
    "options_html",
    "shortened_source",
    "wire",
]
