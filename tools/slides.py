"""The command `slides`: a chapter as slides in one file, for a projector without a network."""

import sys
from pathlib import Path

from tools.book import folder_of
from tools.common import PYTHON, run, say
from tools.environment import EXTRAS
from tools.installing import prepare
from tools.notebooks import all_chapters
from tools.run_chapter import chapter_of


def slides(arguments):
    """Write one chapter as slides into a folder, by default slides/."""
    chapter = chapter_of(arguments[:1], "slides")
    folder = folder_of(arguments[1:], "slides", "after the chapter ")
    prepare(EXTRAS["site"])
    return run([str(PYTHON), "-m", "tools.slides", str(folder), chapter.stem])


def main(arguments):
    """Write the chapters named after the folder as slides; return 0."""
    from tools.pages.slides import slides

    folder, *chapters = arguments
    Path(folder).mkdir(parents=True, exist_ok=True)
    for path in all_chapters():
        if path.stem in chapters:
            file = Path(folder, f"{path.stem}.html")
            file.write_text(slides(path), encoding="utf-8", newline="\n")
            say(f"{file} written: open it in a browser.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
