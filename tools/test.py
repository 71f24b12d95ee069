"""The command `test`: every check of the course."""

from tools.build import build
from tools.common import PYTHON, run
from tools.environment import EXTRAS
from tools.installing import prepare


def test(arguments):
    """Check that notebooks/ is up to date, then run the tests on two processor cores."""
    outdated = build(["--check"])
    if outdated:
        return outdated
    prepare(EXTRAS["test"])
    return run([str(PYTHON), "-m", "pytest", "-n", "2", "--dist", "worksteal"] + arguments)
