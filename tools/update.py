"""The command `update`: the newest edition of the course by git, without a word of yours lost.

It merges as nbgitpuller does on a hub: what you did in notebooks/ is committed, and where both you
and the course have changed a cell, yours is kept.
"""

import shutil
import subprocess

from learnkit.launch.files import fault_of, named_as_chapters
from learnkit.launch.laying import free_name, put_aside
from tools.common import NOTEBOOKS, ROOT, Problem, say

# what a learner did is committed without a name or a signature of theirs
SETTINGS = (
    "user.name=course.py",
    "user.email=course.py@localhost",
    "commit.gpgsign=false",
    "core.quotepath=off",
)
ELSEWHERE = (
    "You have changed more than notebooks/ ({}), which this command would not merge with care: "
    "bring in what is new by `git pull`."
)
NO_GIT = "`course.py update` needs git, which is not installed: get it from git-scm.com."
NO_CLONE = "This folder is no clone by git: {}."
NO_REMOTE = "git knows no address to update this folder from: {}."
INSTEAD = "get a new copy of the course, and copy your chapters into its notebooks/"


def update(arguments):
    """Bring in what is new where this course was cloned from; return an exit code."""
    if arguments:
        raise Problem("`course.py update` takes nothing further.")
    newest = newest_edition()
    if succeeds("merge-base", "--is-ancestor", newest, "HEAD"):
        say("You have the newest edition.")
        return 0
    changed = lines("diff", "--name-only", f"{newest}...HEAD") + lines(
        "diff", "--name-only", "HEAD"
    )
    others = sorted({name for name in changed if not name.startswith("notebooks/")})
    if others:
        raise Problem(ELSEWHERE.format(", ".join(others)))
    clear_the_way(newest)
    restore_what_was_deleted()
    if lines("diff", "--name-only", "HEAD"):
        git("commit", "--no-verify", "-am", "What I did in the chapters")
    merge(newest)
    say("You have the newest edition; what you did in notebooks/ is as you left it.")
    return 0


def newest_edition():
    """Return the commit to merge, freshly fetched. Raises Problem if there is nowhere to ask."""
    if not shutil.which("git"):
        raise Problem(NO_GIT)
    if not succeeds("rev-parse", "HEAD") or lines("rev-parse", "--show-prefix") != [""]:
        raise Problem(NO_CLONE.format(INSTEAD))
    if not succeeds("rev-parse", "--abbrev-ref", "@{upstream}"):
        raise Problem(NO_REMOTE.format(INSTEAD))
    fetched = git("fetch")
    if fetched.returncode:
        raise Problem(
            f"{fetched.stderr.strip()}\nThe newest edition could not be fetched: see above."
        )
    return lines("rev-parse", "@{upstream}")[0]


def clear_the_way(newest):
    """Put aside files of the learner's that have the name of a new one."""
    for name in lines("diff", "--name-only", "--diff-filter=A", "HEAD", newest):
        path = ROOT / name
        if path.exists():
            say(f"{name} was in the way of a new file, and is now {put_aside(path).name}.")


def restore_what_was_deleted():
    deleted = lines("ls-files", "--deleted")
    if deleted:
        git("checkout", "HEAD", "--", *deleted)


def merge(newest):
    """Merge an edition: the learner's word counts where both have changed the same cell."""
    merged = git("merge", "--no-edit", "-X", "ours", newest)
    unmerged = lines("diff", "--name-only", "--diff-filter=U")
    if unmerged:
        # a file changed here and deleted there: it stays as it is here
        git("add", "--", *unmerged)
        merged = git("commit", "--no-verify", "--no-edit")
    if merged.returncode:
        git("merge", "--abort")
        raise Problem(f"{merged.stdout}{merged.stderr}git could not merge this: your work is kept.")
    put_back_what_was_torn(newest)


def put_back_what_was_torn(newest):
    """Where the merged lines are no notebook, bring the learner's back, the new one beside it."""
    for path in named_as_chapters(NOTEBOOKS):
        if fault_of(path):
            mine, new = (
                git("show", f"{edition}:notebooks/{path.name}") for edition in ("HEAD^", newest)
            )
            path.write_text(mine.stdout, encoding="utf-8", newline="\n")
            beside = free_name(path, "new")
            beside.write_text(new.stdout, encoding="utf-8", newline="\n")
            say(f"{path.name} is as you left it; beside it is the new {beside.name}.")


def published(name):
    """Return a file as bytes as it is where the course was cloned from, or in the last commit; None
    where git knows neither.
    """
    if shutil.which("git"):
        for edition in ("@{upstream}", "HEAD"):
            shown = git("show", f"{edition}:{name}")
            if shown.returncode == 0:
                return shown.stdout.encode("utf-8")
    return None


def succeeds(*arguments):
    return git(*arguments).returncode == 0


def lines(*arguments):
    return git(*arguments).stdout.splitlines()


def git(*arguments):
    """Run git in the course's folder; return what it said and its exit code."""
    settings = [part for setting in SETTINGS for part in ("-c", setting)]
    command = ["git", *settings, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
