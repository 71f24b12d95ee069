"""Let a class of simulated learners sign in at once, and say how long each of them waited.

    python workshop/load.py 40                  a hub of its own, 40 learners, chapter 4
    python workshop/load.py 40 --chapter 08     another chapter
    python workshop/load.py 40 --write          and put the row into docs/results.md
    python workshop/load.py 40 --hub http://127.0.0.1:8000
                                                a hub that runs here as a test already

Each learner signs in through the hub's form, waits for JupyterLab, opens a kernel and runs the
chapter of solutions/ cell by cell without a pause: the worst case, for a class reads in between.
It ends after --within minutes, 15 by default, and stops all it has started, also on Ctrl-C.
Needs the extra `workshop` and, for a hub of its own, `npm install -g configurable-http-proxy`.
"""

import argparse
import json
import os
import signal
import sys
import threading
import time
import uuid
from contextlib import nullcontext
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlsplit

import psutil
from hub_under_test import hub_under_test
from learner import Learner

COURSE = Path(__file__).resolve().parent.parent
RESULTS = COURSE / "docs" / "results.md"
BEGIN, END = "<!-- classes: begin -->", "<!-- classes: end -->"
HEAD = (
    "| learners | chapter | lost | JupyterLab, p50 | p95 | first result, p50 | p95 "
    "| chapter done, p50 | p95 | a cell, p50 | p95 | memory each | load before |\n"
    + "|"
    + "---:|" * 13
)


def main(arguments):
    """Run one class; the exit code says whether every learner was served."""
    asked = read(arguments)
    # being ended is answered as Ctrl-C is
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    load = os.getloadavg()[0]
    try:
        with nullcontext(asked.hub) if asked.hub else hub_under_test() as hub:
            learners, memory = hold_class(hub, asked)
    except RuntimeError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped, with all that was started.", file=sys.stderr)
        return 130
    found = row(learners, asked.chapter, memory, load)
    print(f"\n{HEAD}\n{found}")
    for learner in learners:
        if learner.lost:
            print(f"{learner.name}: {learner.lost}")
    if asked.write:
        write(found, RESULTS)
    return 1 if any(learner.lost for learner in learners) else 0


def read(arguments):
    """Return what is asked for; refuses what this test is not made for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("learners", type=int)
    parser.add_argument("--chapter", default="04")
    parser.add_argument("--hub")
    parser.add_argument("--within", type=float, default=15)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args(arguments)
    if not 1 <= asked.learners <= 200:
        parser.error("A class has 1 to 200 learners.")
    if asked.hub and urlsplit(asked.hub).hostname != "127.0.0.1":
        parser.error("Only a hub of this machine is tried, at 127.0.0.1: others serve people.")
    return asked


def hold_class(hub, asked):
    """Let all learners attend at once; return them, and the bytes each takes at the end."""
    chapter, cells = cells_of(asked.chapter)
    run, until = uuid.uuid4().hex[:6], time.monotonic() + 60 * asked.within
    learners = [
        Learner(hub, f"test-{run}-{number:03}", until) for number in range(1, asked.learners + 1)
    ]
    threads = [
        # ends with the program, whatever it waits for
        threading.Thread(target=learner.attend, args=(chapter, cells), daemon=True)
        for learner in learners
    ]
    try:
        for thread in threads:
            thread.start()
        watch(learners, threads)
        return learners, memory_each([one.name for one in learners if not one.lost])
    finally:
        if asked.hub:
            for learner in learners:
                learner.leave()


def cells_of(number):
    """Return a chapter's file name, and its code cells as pairs of source and whether an error
    belongs to it.
    """
    (path,) = (COURSE / "solutions").glob(f"{number}_*.ipynb")
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return path.name, [
        ("".join(cell["source"]), "raises-exception" in cell["metadata"].get("tags", []))
        for cell in cells
        if cell["cell_type"] == "code"
    ]


def watch(learners, threads):
    """Say how far the class is until all are done."""
    said = None
    while any(thread.is_alive() for thread in threads):
        stages = ["spawned", "first", "done", "lost"]
        counts = [sum(getattr(one, stage) is not None for one in learners) for stage in stages]
        if counts != said:
            print("JupyterLab {}, first result {}, done {}, lost {}".format(*counts), flush=True)
            said = counts
        time.sleep(1)


def memory_each(names):
    """Return the mean of what the processes of each of these learners take, in bytes.

    What several share is divided among them (PSS), so that the sum is what the machine has lost.
    """
    total = 0
    for process in psutil.process_iter():
        try:
            if process.environ().get("JUPYTERHUB_USER") in names:
                total += process.memory_full_info().pss
        except psutil.Error:  # ended meanwhile, or somebody else's
            continue
    return total / max(1, len(names))


# ------------------------------------------------------------------------------------ the report


def row(learners, chapter, memory, load):
    """Return a class as a line of the table."""
    columns = [len(learners), chapter, sum(learner.lost is not None for learner in learners)]
    for stage in ("spawned", "first", "done"):
        columns += percentiles([getattr(learner, stage) for learner in learners])
    columns += percentiles([seconds for learner in learners for seconds in learner.cells])
    columns += [f"{memory / 1e6:.0f} MB", f"{load:.1f}"]
    return "| " + " | ".join(map(str, columns)) + " |"


def percentiles(seconds):
    """Return the median and the 95th percentile of those that are there, as text."""
    seconds = [one for one in seconds if one is not None]
    if len(seconds) < 2:
        return [f"{one:.1f} s" for one in seconds * 2] or ["", ""]
    p95 = quantiles(seconds, n=20, method="inclusive")[-1]
    return [f"{median(seconds):.1f} s", f"{p95:.1f} s"]


def write(new, file):
    """Put a row into the table, in place of one of as many learners."""
    before, _, rest = file.read_text(encoding="utf-8").partition(BEGIN + "\n")
    old, _, after = rest.partition(END)
    rows = {learners_in(line): line for line in [*old.splitlines()[2:], new]}
    table = "\n".join([HEAD, *(rows[count] for count in sorted(rows))])
    file.write_text(f"{before}{BEGIN}\n{table}\n{END}{after}", encoding="utf-8")


def learners_in(line):
    return int(line.split("|")[1])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
