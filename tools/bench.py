"""The command `bench`: race the engine against what else there is, and keep what was found."""

from tools.common import PYTHON, Problem, run, say
from tools.environment import EXTRAS
from tools.installing import prepare

FURTHER = (
    "PyTorch and JAX race where they are installed; .venv takes them with "
    "`{} -m pip install torch jax`."
)


def bench(arguments):
    """Race on this machine, which should have nothing else to do, and write docs/results.md."""
    if arguments:
        raise Problem("`course.py bench` takes nothing further: it runs every race, in minutes.")
    prepare(EXTRAS["bench"])
    say(FURTHER.format(PYTHON))
    return run([str(PYTHON), "benchmarks/engine.py", "--write"])
