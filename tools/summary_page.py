"""Writes the printable summary, docs/summary.html.

python -m tools.summary_page           write it, if it has changed
python -m tools.summary_page --check   only tell, and fail, if it is out of date
"""

import sys

from learnkit.summary import page
from tools.common import ROOT, say

PATH = ROOT / "docs" / "summary.html"


def main(arguments):
    """Write or compare the page; return 1 if a comparison found something."""
    content = page().encode("utf-8")
    if PATH.is_file() and PATH.read_bytes() == content:
        return 0
    if arguments == ["--check"]:
        say("docs/summary.html is not what `course.py build` writes: run it.")
        return 1
    PATH.write_bytes(content)
    say("docs/summary.html written.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
