"""The course as a web site: chapters with what their cells showed, on pages that need no network.

`tools/site.py` is the command; cells.py and markup.py turn a notebook into HTML, alive.py takes out
what every output repeats, whole.py puts the pages together.
"""
