"""What stands behind course.py: one file for each command, and what they share.

    commands      the table of commands, and how each ends
    lab, test, build, show, run_chapter, update, reset   the commands
    environment, installing               the course's .venv, which learnkit/launch/ makes
    notebooks, copies, presenting         chapters, the learners' copies made of them, saving them
    exercise_cells, minutes, chapters     solutions/, from what learnkit/exercises/ says
    teaching, schedules, mistakes         what the guide to teaching says of the chapters
    book, slides, chromium                chapters on paper and on a projector; what prints
    visuals, visual_page                  each visual by its name, and as a page
    release                               a learners' folder without the solutions of later chapters
    legs                                  the course on other versions: Colab's, the oldest, …
    home, readme, wheel_metadata          where the course lives, and the links that follow from it
    wheels                                packages for a room without a network

An old Python must be able to read this file, to say that it is too old.
"""

NEEDED = (3, 11)  # the oldest Python the course runs on; pyproject.toml says the same
