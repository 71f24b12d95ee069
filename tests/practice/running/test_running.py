"""What the learner's code does while it is checked: in a copy of the process, and in it itself."""

import getpass
import itertools
import os
import random
import signal
import subprocess
import sys
import threading
import time
import warnings

import numpy as np
import pytest

from learnkit import Tensor
from learnkit.practice.exercise import Exercise
from learnkit.practice.running import TimeIsUp, run, run_each, runs
from learnkit.practice.running.refusing import CHECK_INSIDE, INPUT

pytestmark = pytest.mark.usefixtures("way")


LONG = 10**8  # terms of a sum: about a second


def exercise(solution, cases=()):
    return Exercise(
        number="1.1",
        title="A test",
        minutes=1,
        kind="trace",
        solution=solution,
        cases=cases,
        seconds=2,
    )


DOUBLE = exercise(lambda x: 2 * x, [(1,), (2,)])
SQUARE = exercise(lambda x: x * x, [(3,)])
FOUR = exercise(lambda: 4)


def only(function, case=(), seconds=2):
    """Return the one Outcome of a function called once."""
    (outcome,), _ = run(function, [case], seconds)
    return outcome


def test_each_outcome_holds_the_plain_value_the_arguments_and_what_was_printed():
    def append(numbers):
        print("so far", numbers)
        numbers.append(np.float64(4))
        return tuple(numbers)

    first, second = run(append, [([1],), ([2],)], 2)[0]
    assert (first.value, first.arguments, first.changed) == ([1, 4.0], [[1, 4.0]], (0,))
    assert (first.printed, second.printed) == ("so far [1]\n", "so far [2]\n")


def test_no_cases_have_no_outcomes():
    assert run(lambda: 1, [], 2) == run(lambda: 1, []) == ([], "")
    assert run_each([lambda: 1, lambda: 2], [], 1) == [[], []]


def test_several_functions_are_run_one_by_one_and_those_that_do_not_end_are_left_out():
    def never_ends(x):
        while True:
            pass

    found = run_each([lambda x: x, never_ends, lambda x: 1 / 0, lambda x: -x], [(1,), (2,)], 0.2)
    values = [one and [outcome.value for outcome in one] for one in found]
    assert values == [[1, 2], None, [None, None], [-1, -2]]


def test_of_what_is_printed_without_end_the_first_is_kept():
    outcome = only(lambda: [print("line", i) for i in range(100_000)] and 7, seconds=60)
    assert outcome.value == 7 and len(outcome.printed) == 201
    assert run(lambda i: print(i), [(i,) for i in range(9)], 2)[1] == "0\n1\n2\n3\n4\n…"


@pytest.mark.parametrize(
    "function", [lambda: sys.stdout.close() or 3, lambda: sys.stderr.close() or 3]
)
def test_code_that_closes_its_output_does_not_close_the_notebooks(function, capsys):
    assert only(function).value == 3
    print("still here")
    assert "still here" in capsys.readouterr().out


def reads_a_key():
    return input("x? ")


def reads_a_password():
    return getpass.getpass()


def reads_everything():
    return sys.stdin.read()


def reads_lines():
    return list(sys.stdin)


def asks_again_until_it_is_a_number():
    while True:
        try:
            return int(input())
        except:  # noqa: E722
            print("again")


def does_without_an_answer():
    try:
        return int(input())
    except BaseException:
        return 7


READERS = [reads_a_key, reads_a_password, reads_everything, reads_lines]
READERS += [asks_again_until_it_is_a_number, does_without_an_answer]


@pytest.mark.parametrize("function", READERS)
def test_waiting_for_somebody_to_type_is_refused_in_one_sentence(function):
    raised = only(function).raised
    assert raised.kind == "InputRefused" and str(raised).startswith(INPUT)
    assert "in line" in str(raised) and raised.line in open(__file__).read()


def test_input_and_the_keyboard_are_back_after_a_refusal():
    before = input, getpass.getpass, sys.stdin
    only(reads_a_key)
    assert (input, getpass.getpass, sys.stdin) == before


class Checks:
    """Objects that check an answer when somebody looks at them."""

    @property
    def data(self):
        DOUBLE.check(lambda x: 2 * x)
        return 1

    def __float__(self):
        FOUR.check(4)
        return 1.0


def checks_itself(x=1):
    DOUBLE.check(checks_itself)
    return 2 * x


def checks_another(x=1):
    SQUARE.check(lambda x: x * x)
    return 2 * x


def checks_a_value(x=1):
    FOUR.check(4)
    return 2 * x


def checks_and_swallows(x=1):
    try:
        DOUBLE.check(checks_and_swallows)
    except BaseException:
        pass
    return 2 * x


def checks_in_a_property(x=1):
    return Checks()


def checks_in_its_message(x=1):
    class Mine(ValueError):
        def __str__(self):
            DOUBLE.check(lambda x: 2 * x)
            return "mine"

    raise Mine


INSIDE = [checks_itself, checks_another, checks_a_value, checks_and_swallows, checks_in_a_property]
INSIDE += [checks_in_its_message]


@pytest.mark.parametrize("function", INSIDE)
def test_a_check_inside_a_checked_function_is_refused_at_once_in_one_sentence(function):
    started = time.monotonic()
    verdict = DOUBLE.check(function)
    assert verdict.state == "raised an error" and verdict.message.startswith(CHECK_INSIDE)
    assert time.monotonic() - started < 2
    assert DOUBLE.check(lambda x: 2 * x).state == "correct"


def test_a_check_inside_is_refused_whichever_exercise_is_checked():
    assert SQUARE.check(checks_itself).message.startswith(CHECK_INSIDE)
    assert FOUR.check(Checks()).message.startswith(CHECK_INSIDE)


def test_a_check_that_a_default_argument_makes_is_an_ordinary_check():
    right = DOUBLE.check(lambda x: 2 * x)

    def with_a_default(x, verdict=right):
        return 2 * x if verdict.state == "correct" else 0

    assert DOUBLE.check(with_a_default).state == "correct"


class MyExit(SystemExit):
    pass


@pytest.mark.parametrize(
    "error", [KeyboardInterrupt, SystemExit, MyExit, GeneratorExit, BaseException, MemoryError]
)
def test_whatever_is_raised_is_an_outcome(error):
    def raises():
        raise error

    raised = only(raises).raised
    assert raised.kind == error.__name__ and raised.line == "raise error"


def test_more_memory_than_there_is_is_told_in_a_sentence():
    raised = only(lambda: np.ones(10**15)).raised
    assert str(raised).startswith("Your code asked for more memory than")
    assert "look for a list, a number or a chain of calls that grows without an end" in str(raised)


def test_a_thread_left_running_stops_nothing():
    ended = threading.Event()

    def leaves_a_thread():
        threading.Thread(target=ended.wait, daemon=True).start()
        return 3

    assert only(leaves_a_thread).value == 3
    ended.set()


def test_time_up_knows_the_line_and_what_was_printed():
    def never_ends():
        print("on my way")
        while True:
            pass

    with pytest.raises(TimeIsUp) as caught:
        run(never_ends, [()], 0.2)
    assert (
        caught.value.raised.line in ("while True:", "pass") and caught.value.printed == "on my way"
    )


def test_where_one_long_call_cannot_be_stopped_the_learner_is_told_so(way, monkeypatch):
    monkeypatch.setattr(runs, "_LATE", 0.1)
    with pytest.raises(TimeIsUp) as caught:
        run(lambda: sum(itertools.repeat(1, LONG)), [()], 0.1)
    assert ("restart the kernel" in caught.value.advice) is (way == "here")


def test_a_function_a_tensor_and_a_generator_survive_as_cases():
    def last(f, tensor, numbers):
        tensor.data = tensor.data * 2
        return f(tensor.data), list(numbers)

    tensor = Tensor(np.array([1.0, 2.0]))
    case = (np.sum, tensor, (i for i in range(3)))
    assert only(last, case).value == [6.0, [0, 1, 2]]
    assert tensor.data.tolist() == [1.0, 2.0]


def changes_everything():
    random.seed(0)
    np.random.seed(0)
    np.seterr(all="raise")
    warnings.simplefilter("error")
    os.environ["LEARNKIT_TEST"] = "changed"
    os.chdir("/")
    sys.setrecursionlimit(777)
    sys.stdout = sys.stdin = None
    return 1


def state_of_everything():
    chance = random.getstate(), np.random.get_state()[1].tolist(), np.random.get_state()[2]
    surroundings = (
        os.environ.get("LEARNKIT_TEST"),
        os.getcwd(),
        sys.getrecursionlimit(),
        sys.stdout,
        sys.stdin,
    )
    return (
        chance,
        surroundings,
        np.geterr(),
        list(warnings.filters),
        signal.getsignal(signal.SIGINT),
    )


@pytest.mark.parametrize("seconds", [2, None])
def test_a_check_leaves_everything_as_it_was(seconds):
    before = state_of_everything()
    assert only(changes_everything, seconds=seconds).value == 1
    assert state_of_everything() == before


def test_the_seed_set_in_the_notebook_counts_inside_a_check():
    random.seed(5)
    np.random.seed(5)
    expected = random.Random(5).random(), np.random.RandomState(5).rand()
    assert only(lambda: (random.random(), np.random.rand())).value == list(expected)


def test_the_authors_code_runs_in_this_process_without_a_clock():
    seen = []
    run(seen.append, [(1,), (2,)])
    assert seen == [1, 2]


@pytest.mark.parametrize("seconds", [20, None])
def test_interrupt_ends_a_check_at_once(seconds):
    def presses_interrupt():
        time.sleep(0.3)
        os.kill(main, signal.SIGINT)

    def sleeps():
        time.sleep(20)

    main = os.getpid()
    thread = threading.Thread(target=presses_interrupt)
    started, handler = time.monotonic(), signal.getsignal(signal.SIGINT)
    thread.start()
    with pytest.raises(KeyboardInterrupt):
        run(sleeps, [(), ()], seconds)
    thread.join()
    assert time.monotonic() - started < 5
    assert signal.getsignal(signal.SIGINT) is handler


SWALLOWS = """
import signal, time
from learnkit.practice.running import apart, run

def swallows():
    while True:
        try:
            time.sleep(0.01)
        except:
            pass

signal.signal(signal.SIGINT, signal.default_int_handler)
apart.is_possible = lambda: {apart}
print("ready", flush=True)
run(swallows, [()], 8)
"""


def test_interrupt_ends_a_check_of_code_that_swallows_everything(way):
    """In a process of its own: a press that comes a moment late would end the tests."""
    script = SWALLOWS.format(apart=way == "apart")
    command, started = [sys.executable, "-c", script], time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"ready\n"
        while process.poll() is None and time.monotonic() - started < 60:
            process.send_signal(signal.SIGINT)
            time.sleep(0.2)
        errors = process.stderr.read().decode()
    assert process.returncode and "Interrupt" in errors.splitlines()[-1], errors
