"""What only a copy of the process can stand: endless calls inside C, crashes, memory eaten up."""

import ctypes
import itertools
import os
import signal
import sys
import threading
import time
import warnings
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from learnkit.practice.running import TimeIsUp, apart, run, run_each

pytestmark = pytest.mark.skipif(not apart.is_possible(), reason="this system cannot run code apart")


def swallows_the_clock():
    signal.signal(signal.SIGALRM, signal.SIG_IGN)
    while True:
        pass


def stops_the_clock():
    signal.alarm(0)
    time.sleep(60)


def copies_itself():
    os.fork()
    time.sleep(60)


ENDLESS = [
    lambda: sum(iter(int, 1)),
    lambda: max(itertools.count()),
    lambda: 10**10**9,
    lambda: Fraction(3, 7) ** 10**9,
    lambda: Fraction(3, 7) ** 10**6,
    swallows_the_clock,
    stops_the_clock,
    copies_itself,
]


@pytest.mark.parametrize("endless", ENDLESS)
def test_what_no_clock_can_stop_is_ended_from_outside(endless):
    started = time.monotonic()
    with pytest.raises(TimeIsUp) as caught:
        run(endless, [()], 0.1)
    assert time.monotonic() - started < 5
    assert "in line" in caught.value.raised.where or caught.value.raised.where == ""


def a_growing_list():
    return list(itertools.count())


def a_growing_text():
    text = "x"
    while True:
        text += text


def a_growing_array():
    arrays = []
    while True:
        arrays.append(np.ones(10**5))


def calls_without_an_end():
    sys.setrecursionlimit(10**9)

    def deeper(n):
        return [deeper(n + 1)]

    return deeper(0)


GREEDY = [a_growing_list, a_growing_text, a_growing_array, calls_without_an_end]


@pytest.mark.parametrize("greedy", GREEDY)
def test_code_that_eats_memory_is_ended_with_a_sentence(greedy):
    (outcome,), _ = run(greedy, [()], 20)
    sentences = "Your code asked for more memory than the 50 MB it may use", "Your code made Python"
    assert outcome.raised.kind in ("MemoryError", "Crash")
    assert str(outcome.raised).startswith(sentences)


def closes_everything():
    os.closerange(0, 200)
    return 1


@pytest.mark.parametrize(
    ("deadly", "kind", "sentence"),
    [
        (lambda: os._exit(0), "SystemExit", "Your code ended Python itself, as `os._exit` does"),
        (lambda: os._exit(1), "SystemExit", "Your code ended Python itself, as `os._exit` does"),
        (
            lambda: os.kill(os.getpid(), signal.SIGKILL),
            "Crash",
            "Your code made Python itself crash",
        ),
        (lambda: os.kill(0, signal.SIGTERM), "Crash", "Your code made Python itself crash"),
        (lambda: os.abort(), "Crash", "Your code made Python itself crash"),
        (lambda: ctypes.string_at(0), "Crash", "Your code made Python itself crash"),
        (closes_everything, "SystemExit", "Your code ended Python itself"),
    ],
)
def test_code_that_ends_its_process_is_told_so(deadly, kind, sentence):
    (outcome,), _ = run(deadly, [()], 5)
    assert outcome.raised.kind == kind and str(outcome.raised).startswith(sentence)


def test_the_calls_before_the_deadly_one_are_judged():
    def dies_of_three(x):
        if x == 3:
            os._exit(0)
        return 2 * x

    outcomes, _ = run(dies_of_three, [(1,), (2,), (3,), (4,)], 5)
    assert [outcome.value for outcome in outcomes] == [2, 4, None, None]
    assert [outcome.raised is None for outcome in outcomes] == [True, True, False, False]


@pytest.mark.slow
def test_several_functions_are_all_judged_though_some_end_their_process():
    functions = [
        lambda: 1,
        lambda: os._exit(0),
        lambda: sum(iter(int, 1)),
        a_growing_list,
        lambda: 2,
    ]
    found = run_each(functions, [()], 0.2)
    assert [one and one[0].value for one in found] == [1, None, None, None, 2]


def test_large_values_come_through_the_pipe_whole():
    (outcome,), _ = run(lambda: np.arange(150_000.0), [()], 20)
    assert outcome.value == list(range(150_000))


def test_code_that_comes_back_twice_counts_once():
    outcomes, _ = run(lambda x: os.fork() and x, [(1,), (2,)], 5)
    assert [outcome.value for outcome in outcomes] == [1, 2]


def test_what_the_code_starts_ends_with_it(tmp_path):
    def starts_a_process():
        started = os.fork()
        if not started:
            time.sleep(60)
        return started

    (outcome,), _ = run(starts_a_process, [()], 5)
    for _ in range(100):
        if _is_gone(outcome.value):
            return
        time.sleep(0.02)
    raise AssertionError("the process is still there")


@pytest.mark.slow
def test_two_hundred_runs_leave_no_process_and_no_open_file():
    def files():
        return len(os.listdir("/proc/self/fd"))

    def processes():
        path = f"/proc/self/task/{threading.get_native_id()}/children"
        return Path(path).read_text()

    before = files(), processes()  # a browser of other tests may be among them
    for i in range(200):
        run(lambda i: i % 3 or os._exit(0), [(i,)], 5)
    assert (files(), processes()) == before


def test_what_counts_for_a_suspect_is_the_time_it_computes_not_the_time_that_passes():
    def waits():
        time.sleep(0.3)
        return 1

    def loops():
        while True:
            pass

    waited, looped, swift = run_each([waits, loops, lambda: 2], [()], 0.1)
    assert waited[0].value == 1 and looped is None and swift[0].value == 2


def test_nothing_the_code_writes_reaches_the_notebook(capfd):
    def writes_everywhere():
        os.write(1, b"one")
        os.system("echo two")
        print("three", file=sys.__stdout__, flush=True)
        return 1

    print("before", end="")
    outcomes, printed = run(writes_everywhere, [()], 5)
    assert outcomes[0].value == 1
    assert capfd.readouterr() == ("before", "")


def test_a_copy_of_a_process_with_threads_warns_of_nothing():
    over = threading.Event()
    thread = threading.Thread(target=over.wait)
    thread.start()
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            assert run(lambda: 1, [()], 5)[0][0].value == 1
    finally:
        over.set()
        thread.join()
    assert not caught


def test_linear_algebra_goes_on_working_after_its_threads_were_used():
    def spectrum(a):
        return float(np.linalg.eigvalsh(a + a.T)[-1]), float((a @ a).sum())

    a = np.random.default_rng(0).normal(size=(300, 300))
    expected = spectrum(a)
    (outcome,), _ = run(spectrum, [(a,)], 20)
    assert outcome.value == pytest.approx(list(expected))


def test_torch_goes_on_working_after_its_threads_were_used():
    torch = pytest.importorskip("torch")

    def total(n):
        a = torch.ones(n, n)
        return float(torch.tanh(a @ a).sum())

    expected = total(1000)
    (outcome,), _ = run(total, [(1000,)], 20)
    assert outcome.value == pytest.approx(expected)


def test_code_runs_in_this_process_where_no_copy_can_be_made(monkeypatch):
    def no_more():
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", no_more)
    seen = []
    run(seen.append, [(1,)], 5)
    assert seen == [1]


def test_a_copy_dies_with_the_process_that_waits_for_it():
    waiting = os.fork()
    if not waiting:
        try:
            os.setpgid(0, 0)
            run(lambda: sum(iter(int, 1)), [()], 30)
        finally:
            os._exit(0)
    try:
        copy = _child_of(waiting)
    finally:
        os.kill(waiting, signal.SIGKILL)
        os.waitpid(waiting, 0)
    for _ in range(200):
        if _is_gone(copy):
            return
        time.sleep(0.02)
    os.kill(copy, signal.SIGKILL)
    raise AssertionError("the copy outlived its kernel")


def _is_gone(process):
    try:
        return "zombie" in open(f"/proc/{process}/status").read()
    except OSError:
        return True


def _child_of(process):
    for _ in range(200):
        children = open(f"/proc/{process}/task/{process}/children").read().split()
        if children:
            time.sleep(0.1)  # until it has asked to die with its parent
            return int(children[0])
        time.sleep(0.02)
    raise AssertionError("no copy was made")
