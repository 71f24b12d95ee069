"""What stands behind course.py: one file for each command, and what they share.

    commands      the table of commands, and how each ends
    lab, test, build, show, run_chapter   the commands
    environment, installing, locking      .venv: what it is, how it is made, by one at a time
    notebooks, copies                     chapters as files, and the learners' copies made of them
    exercise_cells, minutes, chapters     solutions/, from what learnkit/exercises/ says
    visuals, visual_page                  each visual by its name, and as a page
    wheels                                packages for a room without a network
    least_versions                        the oldest versions that pyproject.toml allows

An old Python must be able to read this file, to say that it is too old.
"""

NEEDED = (3, 11)  # the oldest Python the course runs on; pyproject.toml says the same
