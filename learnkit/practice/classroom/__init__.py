"""Where a class is stuck, and over what: from the lines that it shares to a page to project.

catalogue  what the course asks: exercises by number, predictions by key
folder     the lines of a folder, read again as they grow
tally      figures from lines: tried, passed, attempts, stuck, mistakes, guesses; no single learner
board      the figures as a page;  board.css, board.js  its looks, and how it refreshes itself
serving    the page on this machine alone
participation  who took part, from the same lines, where a school asks for it
"""

from .participation import harmless, participation
from .serving import serve

__all__ = ["harmless", "participation", "serve"]
