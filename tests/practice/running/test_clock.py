import re
import signal
import sys
import threading
import time

import pytest

from learnkit.practice.exercise import Exercise
from learnkit.practice.running import clock

ONE = Exercise(
    number="1.1",
    title="One",
    minutes=1,
    kind="trace",
    solution=lambda x: 1,
    cases=[(1,), (2,)],
    seconds=0.3,
)
STOPPED = (
    r"Your code was still running after 0\.3 seconds, so it was stopped{}: look for a loop that "
    r"never ends\."
)
SOMEWHERE = re.compile(STOPPED.format(r"( in line \d+ of your code, `.+`)?"))


def loops(x):
    while True:
        pass


def prints(x):
    while True:
        print("more")


def sleeps(x):
    time.sleep(1000)


def swallows_everything(x):
    while True:
        try:
            time.sleep(0.01)
        except:  # noqa: E722
            pass


def swallows_everything_twice(x):
    while True:
        try:
            try:
                time.sleep(0.01)
            except:  # noqa: E722
                pass
        except:  # noqa: E722
            pass


def never_stops_yielding(x):
    def ones():
        while True:
            yield 1

    return sum(1 for _ in ones())


class Slow:
    @property
    def data(self):
        while True:
            pass


def slow_to_look_at(x):
    return Slow()


ENDLESS = [
    loops,
    prints,
    sleeps,
    swallows_everything,
    swallows_everything_twice,
    never_stops_yielding,
    slow_to_look_at,
]


def in_a_thread(function):
    results = []
    thread = threading.Thread(target=lambda: results.append(function()))
    thread.start()
    thread.join()
    return results[0]


@pytest.mark.parametrize("endless", ENDLESS)
def test_code_that_never_ends_is_stopped_with_a_sentence(endless):
    verdict = ONE.check(endless)
    assert verdict.state == "incorrect" and SOMEWHERE.fullmatch(verdict.message)


def test_the_verdict_shows_where_the_code_was_and_what_it_printed():
    verdict = ONE.check(prints)
    assert "in line" in verdict.message and (
        "`while True:`" in verdict.message or "`print(" in verdict.message
    )
    assert verdict.notes[0].startswith("Your code printed: `more")


WITHOUT_A_TIMER = [endless for endless in ENDLESS if endless is not sleeps]


@pytest.mark.parametrize("endless", WITHOUT_A_TIMER)
def test_code_that_never_ends_is_stopped_outside_the_main_thread_too(endless):
    def check():
        tracer = sys.gettrace()
        verdict = ONE.check(endless)
        assert sys.gettrace() is tracer
        return verdict.message

    assert SOMEWHERE.fullmatch(in_a_thread(check))


def test_code_that_no_file_holds_is_stopped_though_it_swallows_everything():
    typed = {"time": time}
    exec("def endless(x):\n while True:\n  try: time.sleep(0.01)\n  except: pass", typed)
    assert SOMEWHERE.fullmatch(ONE.check(typed["endless"]).message)
    assert SOMEWHERE.fullmatch(in_a_thread(lambda: ONE.check(typed["endless"]).message))


@pytest.mark.parametrize("endless", WITHOUT_A_TIMER)
def test_code_that_never_ends_is_stopped_where_there_are_threads_but_no_timers(
    endless, monkeypatch
):
    monkeypatch.delattr(signal, "setitimer")  # as on Windows
    assert SOMEWHERE.fullmatch(ONE.check(endless).message)


@pytest.mark.parametrize("endless", [loops, prints, never_stops_yielding])
def test_code_that_never_ends_is_stopped_where_there_are_neither_threads_nor_signals(
    endless, monkeypatch
):
    monkeypatch.setattr(sys, "platform", "emscripten")
    tracer = sys.gettrace()
    assert SOMEWHERE.fullmatch(ONE.check(endless).message)
    assert sys.gettrace() is tracer


@pytest.mark.parametrize("answer", [lambda x: 1, loops, swallows_everything, lambda x: 1 / 0])
def test_handler_timer_tracer_and_output_are_as_before(answer):
    def handler(signum, frame):
        raise AssertionError("the outer timer has no business here")

    before = signal.signal(signal.SIGALRM, handler)
    signal.setitimer(signal.ITIMER_REAL, 100, 7)
    tracer, output = sys.gettrace(), sys.stdout
    try:
        ONE.check(answer)
        assert signal.getsignal(signal.SIGALRM) is handler
        remaining, interval = signal.getitimer(signal.ITIMER_REAL)
        assert 90 < remaining <= 100 and interval == 7
        assert sys.gettrace() is tracer and sys.stdout is output
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def test_the_limit_is_for_all_cases_together():
    slow = Exercise(
        number="1",
        title="t",
        minutes=1,
        kind="trace",
        solution=lambda x: 1,
        cases=[(1,)] * 10,
        seconds=0.3,
    )
    assert SOMEWHERE.fullmatch(slow.check(lambda x: time.sleep(0.1) or 1).message)


def test_a_slow_reference_is_not_held_against_the_learner():
    patient = Exercise(
        number="1",
        title="t",
        minutes=1,
        kind="trace",
        solution=lambda: time.sleep(0.6) or 1,
        seconds=0.3,
    )
    assert patient.check(1).state == "correct"


def test_a_late_ring_of_the_second_thread_does_not_reach_later_code():
    def finishes_at_the_last_moment():
        for _ in range(20):
            try:
                with clock._second_thread(0.001):
                    time.sleep(0.001)
            except clock.TimeIsUp:
                pass
        return sum(range(100_000))

    assert in_a_thread(finishes_at_the_last_moment) == sum(range(100_000))
