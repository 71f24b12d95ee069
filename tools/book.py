"""The commands `book` and `handout`: the course, its workbook, or one chapter, as PDF to print."""

import sys
from pathlib import Path

from tools.chromium import found
from tools.common import PYTHON, ROOT, Problem, run, say
from tools.environment import EXTRAS
from tools.installing import prepare
from tools.notebooks import all_chapters
from tools.run_chapter import chapter_of


def book(arguments):
    """Print the whole course and the workbook into a folder, by default book/."""
    folder = folder_of(arguments, "book", "")
    found()  # before anything is installed
    prepare(EXTRAS["site"])
    return run([str(PYTHON), "-m", "tools.book", str(folder)])


def handout(arguments):
    """Print one chapter without its answers into a folder, by default handout/."""
    chapter = chapter_of(arguments[:1], "handout")
    folder = folder_of(arguments[1:], "handout", "after the chapter ")
    found()
    prepare(EXTRAS["site"])
    return run([str(PYTHON), "-m", "tools.book", str(folder), chapter.stem])


def folder_of(arguments, command, where):
    """Return the folder that was asked for. Raises Problem where it cannot be one."""
    if len(arguments) > 1 or any(argument.startswith("-") for argument in arguments):
        rule = f"takes {where}the name of one folder, or nothing for {command}/"
        raise Problem(f"course.py {command} {rule}.")
    folder = Path(arguments[0]).resolve() if arguments else ROOT / command
    if folder.is_file():
        raise Problem(f"{folder} is a file: give the name of a folder.")
    return folder


def main(arguments):
    """Print the book, or the handouts of the chapters named after the folder; return 0."""
    folder, *chapters = arguments
    files = handouts(chapters) if chapters else whole()
    Path(folder).mkdir(parents=True, exist_ok=True)
    for name, pdf in files:
        Path(folder, name).write_bytes(pdf)
        say(f"{Path(folder, name)} written.")
    return 0


def whole():
    """Yield (name, bytes) of the book, the workbook and its solutions."""
    from tools.chromium import printed
    from tools.pages.paper import book
    from tools.pages.printed import chapter_on_paper
    from tools.pages.workbook import workbook

    yield "workbook.pdf", printed(workbook(is_filled=False))
    yield "workbook_solutions.pdf", printed(workbook(is_filled=True))
    yield "course.pdf", book([chapter_on_paper(path) for path in all_chapters()])


def handouts(chapters):
    """Yield (name, bytes) of the chapters of these names."""
    from tools.pages.paper import handout
    from tools.pages.printed import chapter_on_paper

    for path in all_chapters():
        if path.stem in chapters:
            yield f"{path.stem}.pdf", handout(chapter_on_paper(path))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
