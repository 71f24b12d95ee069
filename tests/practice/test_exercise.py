import random
import subprocess
import sys
from enum import StrEnum
from fractions import Fraction
from types import SimpleNamespace

import numpy as np
import pytest

from learnkit import Tensor, Value
from learnkit.practice.exercise import Exercise, Mistake
from learnkit.practice.page.signs import SIGNS
from learnkit.practice.running import ComesFirst


class Kind(StrEnum):
    SADDLE = "saddle"


def exercise(solution, cases=(), mistakes=(), **options):
    options = {"hints": ("first", "second", "third"), **options}
    return Exercise(
        number="1.1",
        title="A test",
        minutes=1,
        kind="trace",
        solution=solution,
        cases=cases,
        mistakes=mistakes,
        **options,
    )


def slope_of_square(error):
    return 2 * error


def slope_without_its_factor(error):
    return error


def outer(hidden, gradient):
    return [[h * g for g in gradient] for h in hidden]


OUTER = exercise(outer, [([1, 2], [3, 4, 5]), ([0.5, 0], [1, 2, 7])])
SLOPE = exercise(
    slope_of_square,
    [(3,), (-0.5,), (0,)],
    [Mistake(slope_without_its_factor, "The derivative of e² is 2e: where did the 2 go?")],
)
PIXELS = exercise(lambda: [0.1, -0.1, -0.05, -0.25])
LOSS = exercise(lambda: Fraction(717, 800))


def test_the_solution_is_correct():
    verdict = SLOPE.check(slope_of_square)
    assert (verdict.state, str(verdict)) == ("correct", "✓ Correct.")


def test_a_listed_mistake_is_told_its_own_sentence():
    verdict = SLOPE.check(lambda e: e)
    assert verdict.state == "incorrect"
    assert verdict.message == "The derivative of e² is 2e: where did the 2 go?"


def test_a_mistake_must_agree_in_every_case_to_be_named():
    verdict = SLOPE.check(lambda e: e if e > 0 else 7)
    assert verdict.message == "For `error = 3` yours gives `3`, expected `6`."


def length_or_zero(x):
    return len(x.data) if x else 0


def test_a_mistake_that_raises_is_recognised_by_its_error_and_by_what_it_happened_to():
    mistakes = {" if x else 0 →": "What happens without any x?"}
    safe = exercise(length_or_zero, [(None,), (SimpleNamespace(data=[1]),)], mistakes)

    def forgets_the_case(numbers):
        count = len(numbers.data)
        return count

    def stumbles_over_something_else(numbers):
        return numbers.size

    same, other = safe.check(forgets_the_case), safe.check(stumbles_over_something_else)
    assert same.state == other.state == "raised an error"
    assert same.message.endswith("What happens without any x?")
    assert "What happens" not in other.message


@pytest.mark.parametrize(
    "answer",
    [lambda e: ..., lambda e: [1, ...], lambda e: 2 * ..., lambda e: np.array([1, ...]), ...],
)
def test_an_answer_with_the_dots_still_in_it_is_not_attempted(answer):
    verdict = SLOPE.check(answer)
    assert verdict.state == "not attempted"
    assert (
        str(verdict)
        == "○ Not attempted. Put your answer in place of each `...`, then run this cell again."
    )


@pytest.mark.parametrize("answer", [..., [0.1, ..., 0, 0], (..., ...), {"z": ...}])
def test_a_value_with_the_dots_still_in_it_is_not_attempted(answer):
    assert PIXELS.check(answer).state == "not attempted"


@pytest.mark.parametrize(
    ("judged", "arguments", "sentence"),
    [
        (SLOPE, (), "Put your answer between the brackets: `check(my_function)`."),
        (LOSS, (), "Put your answer between the brackets: `check(my_answer)`."),
        (LOSS, (1, 2), "`check` takes one answer and you gave 2; put several values in one list."),
        (
            SLOPE,
            (6,),
            (
                "`check` calls your function itself: give its name alone, `check(my_function)`, "
                "without calling it."
            ),
        ),
        (
            SLOPE,
            (None,),
            (
                "`check` calls your function itself: give its name alone, `check(my_function)`, "
                "without calling it."
            ),
        ),
        (
            LOSS,
            (slope_of_square,),
            (
                "`check` wants a value here and you gave a function: if it returns just what the "
                "exercise asks for, call it, `check(slope_of_square(...))`; if not, give that "
                "instead."
            ),
        ),
    ],
)
def test_a_call_of_check_that_cannot_be_judged_says_how_to_call_it(judged, arguments, sentence):
    verdict = judged.check(*arguments)
    assert (verdict.state, verdict.message) == ("not attempted", sentence)


@pytest.mark.parametrize(
    "answer",
    [
        (0.1, -0.1, -0.05, -0.25),
        np.array([0.1, -0.1, -0.05, -0.25]),
        [Fraction(1, 10), Fraction(-1, 10), Fraction(-1, 20), Fraction(-1, 4)],
        [Value(0.1), Value(-0.1), Value(-0.05), Value(-0.25)],
        SimpleNamespace(data=np.array([0.1, -0.1, -0.05, -0.25])),
        [0.1 + 1e-9, -0.1, -0.05, -0.25],
    ],
)
def test_one_answer_may_come_as_list_tuple_array_fractions_or_engine_numbers(answer):
    assert PIXELS.check(answer).state == "correct"


@pytest.mark.parametrize(
    ("right", "mine"),
    [
        ("transpose", "transpose"),
        (True, np.bool_(True)),
        ("saddle", np.str_("saddle")),
        ("saddle", Kind.SADDLE),
        (2.0, np.array([[2.0]])),
        ([[0, 1]], [[False, True]]),
        ({"w": [1, 2], "b": 0}, {"b": 0.0, "w": np.array([1, 2])}),
        (float("nan"), float("nan")),
        (0.0, 1e-10),
        (10**40, Fraction(10**40)),
        (1 + 2j, np.complex128(1 + 2j)),
        ([], ()),
    ],
)
def test_equal_answers_of_every_kind_are_correct(right, mine):
    assert exercise(lambda: right).check(mine).state == "correct"


@pytest.mark.parametrize(
    ("right", "mine"),
    [
        ("transpose", "identity"),
        (True, 1),
        (0, True),
        (0, False),
        (1, True),
        (1.0, np.bool_(True)),
        (0.0, 1e-8),
        (1.0, 10**400),
        ({"w": 1}, {"b": 1}),
        (1, "1"),
    ],
)
def test_different_answers_of_every_kind_are_incorrect(right, mine):
    assert exercise(lambda: right).check(mine).state == "incorrect"


def test_the_tolerance_is_the_exercises_own():
    assert exercise(lambda: 100.0, tolerance=0.01).check(100.5).state == "correct"
    assert exercise(lambda: 0.3, tolerance=0).check(0.1 + 0.2).state == "incorrect"


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (lambda h, g: None, "Yours is None: does your function end with `return`?"),
        (lambda h, g: "x", "Yours is text; the answer is a list."),
        (
            lambda h, g: (h for h in h),
            "Yours is a generator; the answer is a list. Put `list(...)` around it.",
        ),
        (
            lambda h, g: outer,
            "Yours is a function; the answer is a list. Did you forget the brackets that call it?",
        ),
        (lambda h, g: h[0] * g[0], "Yours is a single number; the answer has shape (2, 3)."),
        (
            lambda h, g: [h[0] - g[0], g[1] - h[1]],
            "Yours is a list of 2 entries; the answer has shape (2, 3).",
        ),
        (
            lambda h, g: [h[:1], g],
            (
                "The rows of yours differ in length, and they should not: is each row made anew, "
                "from an empty list?"
            ),
        ),
        (
            lambda h, g: np.outer([*h, 1], [*g, 1]),
            "Yours has shape (3, 4); the answer has shape (2, 3).",
        ),
        (
            lambda h, g: np.outer(h, g).T,
            "Yours gives the answer with `hidden` and `gradient` exchanged.",
        ),
        (
            lambda h, g: -np.outer(h, g),
            "Every sign is flipped: yours is the negative of the answer.",
        ),
        (lambda h, g: np.outer(h, g) / 2, "Everywhere yours is half the answer."),
        (lambda h, g: np.outer(h, g) * 2, "Everywhere yours is twice the answer."),
        (lambda h, g: np.outer(h, g) * -2, "Everywhere yours is minus twice the answer."),
        (lambda h, g: np.outer(h, g) * 4, "Everywhere yours is 4 times the answer."),
        (lambda h, g: np.outer(h, g) / 3, "Everywhere yours is 1/3 of the answer."),
        (lambda h, g: np.outer(h, g) * np.pi, "Everywhere yours is 3.142 times the answer."),
        (
            lambda h, g: np.outer(h, g) * np.nan,
            "Yours contains nan: look for a division by zero, a log of 0, or an overflow.",
        ),
        (
            lambda h, g: np.full((2, 3), -np.inf),
            "Yours contains -inf: look for a division by zero, a log of 0, or an overflow.",
        ),
        (
            lambda h, g: np.outer(h, g) * 1.001,
            "Yours is within 1 % of the answer, but not equal: was a number rounded on the way?",
        ),
    ],
)
def test_what_is_true_of_every_case_is_said_in_one_sentence(answer, sentence):
    verdict = OUTER.check(answer)
    assert (verdict.state, verdict.message) == ("incorrect", sentence)


def test_lists_of_numbers_are_told_apart_by_their_length():
    assert PIXELS.check([1, 2, 3]).message == "Yours has 3 entries; the answer has 4."
    assert PIXELS.check([1]).message == "Yours has 1 entry; the answer has 4."


def test_what_is_true_of_some_cases_only_is_shown_by_the_first_of_them():
    verdict = OUTER.check(lambda h, g: outer(h, g) if h[1] else [[h[0], 2, 9], [0, 5, 0]])
    assert (
        verdict.message == "For `hidden = [0.5, 0]`, `gradient = [1, 2, 7]`\n"
        "yours gives `[[0.5, 2, 9], [0, 5, 0]]`,\n"
        "expected `[[0.5, 1, 3.5], [0, 0, 0]]`."
    )


def test_numbers_that_look_alike_are_shown_with_more_digits():
    third = exercise(lambda x: x / 3, [(1,), (0,)], tolerance=1e-12)
    assert (
        "yours gives `0.33333334`, expected `0.3333333333333333`"
        in third.check(lambda x: 0.33333334 if x else 1).message
    )


def test_an_answer_of_zero_is_no_multiple_of_anything():
    zero = exercise(lambda x: 0 * x, [(1,), (2,)])
    assert zero.check(lambda x: x + 3).message == "For `x = 1` yours gives `4`, expected `0`."


def test_a_single_number_is_not_called_a_multiple_of_the_answer():
    message = exercise(lambda: 4).check(2.9).message
    assert message == "That is not the answer; the hints give a nudge."


def test_the_right_value_of_a_value_exercise_is_never_shown():
    message = PIXELS.check([0.1, 7, -0.05, 4]).message
    assert message == "2 of 4 entries are right; the first that is not is `[1]`."


def test_an_argument_too_long_to_read_is_shortened():
    message = exercise(sum, [(list(range(500)),)]).check(lambda n: 7).message
    assert "[0, 1, 2, 3, 4, 5, 6, 7, … 492 more]`" in message


def test_of_a_long_answer_the_first_wrong_entry_is_shown_alone():
    long = exercise(lambda n: [[i, i * i] for i in range(n)], [(500,)])
    message = long.check(lambda n: [[i, i * i if i < 300 else i] for i in range(n)]).message
    assert message == "For `n = 500` entry `[300][1]` of yours is `300`, expected `90000`."


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (
            lambda x: x,
            "Return 3 values, `area, edge, side`; yours returns 1. Missing: `area` and `edge`.",
        ),
        (
            lambda x: (x * x, 4 * x),
            "Return 3 values, `area, edge, side`; yours returns 2. Missing: `side`.",
        ),
        (lambda x: None, "Yours is None: does your function end with `return`?"),
        (
            lambda x: (x, 4 * x, x * x),
            "The right values in another order: return `area, edge, side`.",
        ),
        (
            lambda x: (-x * x, 4 * x, x),
            (
                "`edge` and `side` are right. `area` is not right. "
                "Every sign is flipped: yours is the negative of the answer."
            ),
        ),
        (
            lambda x: (x * x, x + 9, 3),
            (
                "`area` is right.\n`edge` is not right. For `x = 2` yours gives `11`, expected "
                "`8`.\n`side` is not right. Yours does not depend on `x`: it answers as if it "
                "were always `3`."
            ),
        ),
        (lambda x: (x * x / 2, 2 * x, x / 2), "Everywhere yours is half the answer."),
    ],
)
def test_values_returned_together_are_judged_one_by_one(answer, sentence):
    square = exercise(lambda x: (x * x, 4 * x, x), [(2,), (5,)], returns=("area", "edge", "side"))
    assert square.check(answer).message == sentence


def endless(x):
    while True:
        x += 1


TWO = exercise(
    lambda x: (2 * x, x * x), [(2.0,), (5.0,)], returns=("double", "square"), seconds=0.2
)


@pytest.mark.parametrize(
    ("judged", "answer", "mistake"),
    [
        (SLOPE, lambda e: e, "authors.listed"),
        (SLOPE, lambda e: str(2 * e), "comparing.other_kind"),
        (SLOPE, lambda e: 2 * e + (e == 3) * 0.123, ""),
        (SLOPE, lambda e: exec("raise OSError"), ""),
        (SLOPE, 3, "judging.misuse"),
        (SLOPE, lambda e: ..., "judging.untouched"),
        (SLOPE, slope_of_square, ""),
        (TWO, lambda x: 2 * x, "judging.count"),
        (TWO, lambda x: (x * x, 2 * x), "judging.order"),
        (TWO, lambda x: (4 * x, 2 * x * x), "comparing.multiple"),
        (TWO, lambda x: (2 * x, ...), "judging.open"),
        (TWO, lambda x: (2 * x, -x * x), "comparing.multiple"),
        (TWO, lambda x: (2 * x, (x == 5) * 0.123), ""),
        (TWO, endless, "judging.endless"),
        (TWO, lambda x: input(), "judging.refused"),
    ],
)
def test_a_verdict_says_which_finding_knew_the_mistake_and_is_silent_where_none_did(
    judged, answer, mistake
):
    assert judged.check(answer).mistake == mistake


def test_the_right_number_in_a_list_is_called_right_and_to_be_taken_out():
    message = exercise(lambda x: x * x, [(2,), (5,)]).check(lambda x: [x * x]).message
    assert message.startswith("Yours is the right number inside a list or an array")


def test_text_where_numbers_belong_is_named():
    assert PIXELS.check(["0.1", "-0.1", "-0.05", "-0.25"]).message.startswith(
        "Yours holds text where a number belongs"
    )


def test_an_object_that_is_almost_a_number_is_judged_and_not_called_an_error_of_the_learners():
    class Symbol:
        def __float__(self):
            raise TypeError("Cannot convert expression to float")

    assert PIXELS.check([Symbol(), 1, 2, 3]).state == "incorrect"


def test_a_value_exercise_answered_with_what_print_returns_is_told_so():
    verdict = LOSS.check(None)
    assert (
        verdict.state == "not attempted"
        and "`print` shows a value but hands nothing on" in verdict.message
    )


def test_exit_in_a_checked_function_raises_and_leaves_the_notebook_running(monkeypatch):
    asked = []

    class Shell:
        def ask_exit(self):
            asked.append("exit")

    shell = Shell()
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: shell))
    verdict = SLOPE.check(lambda error: shell.ask_exit())
    assert (verdict.state, asked) == ("raised an error", [])
    shell.ask_exit()
    assert asked == ["exit"]


def test_each_case_gets_its_own_copy_and_a_change_in_place_is_wrong():
    cases = [([3, 1, 2],)]
    least = exercise(lambda numbers: min(numbers), cases)

    def sorts_in_place(numbers):
        numbers.sort()
        return numbers[0]

    verdict = least.check(sorts_in_place)
    assert cases == [([3, 1, 2],)]
    assert verdict.state == "incorrect"
    assert (
        verdict.message
        == "The result is right, but your code changes its argument `numbers` in place: work on a"
        " copy of it."
    )


def test_another_shape_and_a_tensor_taken_out_are_changes_in_place_too():
    total = exercise(lambda column: column.sum(), [(np.ones((3, 1)),)])
    first = exercise(lambda layer: layer["w"].data[0], [({"w": Tensor([2.0, 3.0])},)])

    def flattens(column):
        column.shape = (3,)
        return column.sum()

    def takes_out(layer):
        layer["w"] = layer["w"].data
        return layer["w"][0]

    for verdict in (total.check(flattens), first.check(takes_out)):
        assert "your code changes its argument" in verdict.message


def test_a_solution_that_returns_nothing_is_judged_by_what_it_does_to_its_arguments():
    def step(parameters, gradients):
        for i, g in enumerate(gradients):
            parameters[i] -= 0.1 * g

    def uphill(parameters, gradients):
        for i, g in enumerate(gradients):
            parameters[i] += 0.1 * g

    update = exercise(step, [([1.0, 2.0], [3.0, 4.0])], [Mistake(uphill, "That goes uphill.")])
    assert update.check(step).state == "correct" and not update.check(step).notes
    assert update.check(uphill).message == "That goes uphill."
    assert "leaves what it is given as it was" in update.check(lambda p, g: None).message
    assert update.check(lambda p, g: ...).state == "not attempted"


def test_a_case_the_solution_refuses_must_be_refused():
    def root(x):
        if x < 0:
            raise ValueError("x must not be negative")
        return x**0.5

    refusing = exercise(root, [(4,), (-1,)])
    assert refusing.check(root).state == "correct"
    assert (
        refusing.check(lambda x: abs(x) ** 0.5).message
        == "For `x = -1` yours gives `1`, expected `ValueError`."
    )


def test_what_the_learner_prints_is_kept_out_of_the_verdict_and_shown_below_it(capsys):
    def talkative(e):
        print("e is", e)
        return 2 * e

    verdict = SLOPE.check(talkative)
    assert verdict.state == "correct"
    assert str(verdict) == "✓ Correct.\nYour code printed: `e is 3\ne is -0.5\ne is 0`"
    assert capsys.readouterr() == ("", "")


def test_printing_without_end_is_shortened():
    note = SLOPE.check(lambda e: [print(i) for i in range(100_000)] and 2 * e).notes[0]
    assert note == "Your code printed: `0\n1\n2\n3\n4\n…`"


def test_warnings_of_the_learners_code_stay_out_of_the_notebook(recwarn):
    assert "nan" in OUTER.check(lambda h, g: np.zeros((2, 3)) / 0).message
    assert not recwarn.list


def test_an_exception_is_shown_with_its_message_and_the_line_of_the_learners_code():
    def looks_too_far(error):
        numbers = [error]
        return numbers[7]

    verdict = SLOPE.check(looks_too_far)
    line = looks_too_far.__code__.co_firstlineno + 2
    assert verdict.state == "raised an error"
    assert (
        str(verdict)
        == f"⚠ Your code raised an error. `IndexError: list index out of range` in line {line} of"
        " your code, `return numbers[7]`. An entry is asked for that is not there: of n "
        "entries the first has the index 0 and the last n − 1, and of a table the first index "
        "is the row."
    )


def test_the_line_shown_is_the_learners_even_if_a_library_raised():
    def asks_too_much(error):
        return random.sample([error], 5)

    assert "of your code, `return random.sample([error], 5)`" in SLOPE.check(asks_too_much).message


def test_a_function_with_too_few_parameters_is_told_what_it_is_called_with():
    message = OUTER.check(lambda h: h).message
    assert "takes 1 positional argument but 2 were given" in message
    assert "It was called with `hidden = [1, 2]`, `gradient = [3, 4, 5]`." in message


def test_writing_into_a_tensors_array_is_told_to_rebind():
    def in_place(e):
        frozen = np.zeros(3)
        frozen.flags.writeable = False
        frozen -= 1

    message = SLOPE.check(in_place).message
    assert "An array inside a Tensor cannot be changed in place; rebind it: " in message
    assert "`p.data = p.data - learning_rate * p.grad`" in message


class Nasty:
    """Answers no question about itself."""

    def __eq__(self, other):
        raise RuntimeError("no comparing")

    def __repr__(self):
        raise RuntimeError("no repr")

    __str__ = __repr__
    __hash__ = None


class NastyError(Exception):
    def __str__(self):
        raise RuntimeError("no message")


def raising(error):
    def learner(*arguments):
        raise error

    return learner


def recursing(*arguments):
    return recursing(*arguments)


def containing_itself(*arguments):
    endless = []
    endless.append(endless)
    return endless


@pytest.mark.every(4)
@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (recursing, "raised an error"),
        (raising(SystemExit()), "raised an error"),
        (raising(KeyboardInterrupt()), "raised an error"),
        (raising(MemoryError()), "raised an error"),
        (raising(GeneratorExit()), "raised an error"),
        (raising(NastyError()), "raised an error"),
        (raising(ValueError("line one\nline two")), "raised an error"),
        (lambda *_: Nasty(), "incorrect"),
        (lambda *_: [Nasty()] * 2, "incorrect"),
        (lambda *_: Nasty, "incorrect"),
        (lambda *_: iter([1]), "incorrect"),
        (lambda *_: {1, 2}, "incorrect"),
        (lambda *_: object(), "incorrect"),
        (lambda *_: range(10**12), "incorrect"),
        (lambda *_: np.broadcast_to(0.0, (10**6, 10**6)), "incorrect"),
        (lambda *_: 10**5000, "incorrect"),
        (lambda *_: -(10**5000), "incorrect"),
        (lambda *_: "\ud800" * 10**6, "incorrect"),
        (lambda *_: print("\ud800`$x$"), "incorrect"),
        (containing_itself, "incorrect"),
    ],
)
@pytest.mark.parametrize("judged", [SLOPE, OUTER])
def test_nothing_an_answer_does_breaks_the_check(judged, answer, state):
    verdict = judged.check(answer)
    assert verdict.state == state
    for text in (str(verdict), verdict.inner_html()):
        assert 0 < len(text.encode()) < 2500


def test_hints_come_one_at_a_time_and_then_offer_the_solution():
    asked = exercise(slope_of_square, [(1,)])
    assert [str(asked.hint()) for _ in range(5)] == [
        "→ Hint 1 of 3. first",
        "→ Hint 2 of 3. second",
        "→ Hint 3 of 3. third",
        "→ No more hints. That was the last one; `.solution()` shows one way to do it.",
        "→ No more hints. That was the last one; `.solution()` shows one way to do it.",
    ]


def test_the_solution_shown_is_the_source_of_the_reference():
    shown = SLOPE.solution()._repr_mimebundle_()
    source = "def slope_of_square(error):\n    return 2 * error\n"
    assert shown["text/plain"] == f"Exercise 1.1, one solution\n\n{source}"
    assert shown["text/markdown"] == f"**Exercise 1.1, one solution**\n\n```python\n{source}```"


def test_an_exercise_names_itself():
    assert repr(SLOPE) == "Exercise 1.1 · A test · trace · 1 min"


def test_a_verdict_is_the_same_bytes_each_time():
    first, second = (OUTER.check(lambda h, g: [[1]])._repr_mimebundle_() for _ in range(2))
    assert first == second and set(first) == {"text/plain", "text/html"}


def test_a_verdict_is_announced_and_shows_sign_word_and_escaped_text():
    verdict = SLOPE.check(lambda e: "<script>" if e else "</div>")
    assert '<div role="status"' in verdict.html()
    html = verdict.inner_html()
    assert "✗" in html and "Not yet" in html
    assert "<script>" not in html


def test_practice_and_its_checks_need_no_numpy():
    code = (
        "import sys\n"
        "from learnkit.practice.exercise import Exercise\n"
        "import learnkit.practice.quiz, learnkit.practice.predict, learnkit.practice.authoring\n"
        "e = Exercise(number='1', title='t', minutes=1, kind='trace', solution=lambda: [1, 2])\n"
        "assert e.check([1, 2]).state == 'correct'\n"
        "assert not {'numpy', 'ipywidgets', 'matplotlib'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=240)


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("state", SIGNS)
def test_the_white_word_of_every_state_stands_out_from_its_colour(state):
    assert 1.05 / (luminance(SIGNS[state][2]) + 0.05) >= 4.5


class Node:
    """A class that a learner is building: its functions are attached one by one."""


def remember_node(self, data, inputs=()):
    self.data = data
    self.inputs = inputs


def doubled(self):
    return Node(2 * self.data, (self,))


Node.__init__ = remember_node


def try_doubling(answer, data):
    kind = answer.__globals__["Node"]
    if not hasattr(kind(0), "inputs"):
        raise ComesFirst("Exercise 1.0 comes first.")
    node = kind(data)
    result = answer(node)
    return [result.data, [source is node for source in result.inputs]]


DOUBLING = exercise(
    doubled,
    [(2.0,), (-1.5,)],
    {"(self,) → ()": "Where it comes from is lost."},
    trial=try_doubling,
    returns=("data", "inputs"),
)


def test_a_piece_of_a_class_is_tried_out_and_judged_by_what_the_trial_returns():
    assert DOUBLING.names == ["data"] and DOUBLING.parameters == ["self"]
    assert DOUBLING.check(doubled).state == "correct"
    assert DOUBLING.check(lambda self: Node(self.data + self.data, [self])).state == "correct"


def test_a_tried_answer_is_told_a_listed_mistake_and_one_made_by_machine():
    lost = DOUBLING.check(lambda self: Node(2 * self.data))
    assert "Where it comes from is lost." in lost.message
    fourfold = DOUBLING.check(lambda self: Node(4 * self.data, (self,)))
    assert fourfold.message == "Yours behaves as if `2` were doubled."


def test_a_tried_answer_that_is_the_starting_code_is_not_attempted():
    def doubled(self):
        return ...

    assert DOUBLING.check(doubled).state == "not attempted"


def test_a_trial_that_misses_an_earlier_step_says_which_comes_first(monkeypatch):
    def forget(self, data, inputs=()):
        self.data = data

    monkeypatch.setattr(Node, "__init__", forget)
    verdict = DOUBLING.check(doubled)
    assert (verdict.state, verdict.message) == ("not attempted", "Exercise 1.0 comes first.")
