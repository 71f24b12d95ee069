"""The launch links of README.md, between two marks, from [tool.learnkit] in pyproject.toml."""

from tools.common import ROOT, say
from tools.home import home_of

BEGIN = "<!-- launch links: course.py build writes them -->\n"
END = "<!-- end of launch links -->\n"
FIRST = "00_start_here"


def write_readme(arguments):
    """Write the links into README.md, or with --check only tell, and fail, if they differ."""
    path = ROOT / "README.md"
    if not path.is_file():  # notebooks alone
        return 0
    text = path.read_text(encoding="utf-8")
    missing = [mark.strip() for mark in (BEGIN, END) if mark not in text]
    if missing:
        say(f"README.md has no line {missing[0]!r}: bring it back.")
        return 1
    written = with_links(text, home_of(ROOT))
    if written == text:
        return 0
    if arguments:
        say("The launch links of README.md are not what `course.py build` writes: run it.")
        return 1
    path.write_text(written, encoding="utf-8", newline="\n")
    say("The launch links of README.md written.")
    return 0


def with_links(text, home):
    """Return the text of a README with the links that a Home gives between its two marks."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    links = home.links(FIRST)
    return before + BEGIN + (f"\n{links}\n\n" if links else "") + END + after
