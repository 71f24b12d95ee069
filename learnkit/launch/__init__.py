"""How the course is started: what the command `learnkit` and course.py share.

    command       the command `learnkit`, which the installed package brings
    laying        chapters laid into a learner's folder; later editions beside what was worked in
    lab           JupyterLab, opened at the first chapter
    environment, installing, locking   .venv: what it is, how it is made, by one at a time
    serving       pages served to this machine alone
    files         notebooks as files, and whether one is as the course wrote it
    common        the Problem a user can mend, how a command ends, starting a program

Standard library only: it runs before anything is installed.
"""
