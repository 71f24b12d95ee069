"""The command `test`: the checks of the course."""

from tools.build import build
from tools.common import PYTHON, run, say
from tools.environment import EXTRAS
from tools.installing import prepare
from tools.legs import legs

LEFT_OUT = "The checks that take long were left out: `python3 course.py test --all` runs them too."


def test(arguments):
    """Check that notebooks/ is up to date, then run the tests, three at a time.

    Three keep two processor cores busy: those that drive a page or JupyterLab wait a good deal.
    Without arguments those that take long are left out; `--all` runs every one, and the legs after
    them. Any other argument is pytest's, and what it names is run however long it takes.
    """
    outdated = build(["--check"])
    if outdated:
        return outdated
    prepare(EXTRAS["test"])
    options = [argument for argument in arguments if argument != "--all"]
    chosen = options if arguments else ["-m", "not slow"]
    code = run([str(PYTHON), "-m", "pytest", "-n", "3", "--dist", "worksteal", *chosen])
    if not arguments:
        say(LEFT_OUT)
    if arguments == ["--all"]:
        code = legs(["all"]) or code
    return code
