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
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        say(f"README.md has no line {(BEGIN if not begin else END).strip()!r}: bring it back.")
        return 1
    links = home_of(ROOT).links(FIRST)
    written = before + begin + (f"\n{links}\n\n" if links else "") + end + after
    if written == text:
        return 0
    if arguments:
        say("The launch links of README.md are not what `course.py build` writes: run it.")
        return 1
    path.write_text(written, encoding="utf-8", newline="\n")
    say("The launch links of README.md written.")
    return 0
