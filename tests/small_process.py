"""A small process to judge in: each verdict runs code in copies of the process that asks for it.

A copy of the tests' process, with all that they have loaded, takes three times as long to make.
"""

import multiprocessing

START = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
PROCESSES = multiprocessing.get_context(START)
PROCESSES.set_forkserver_preload(["numpy", "learnkit", "learnkit.practice.authoring"])


def in_a_small_process(function, *arguments):
    """Return what a function returns in a process of its own, which ends with it.

    Where the system can, it is a copy of one that has loaded the course, and nothing else, once.
    """
    with PROCESSES.Pool(1) as pool:
        return pool.apply_async(function, arguments).get(timeout=500)
