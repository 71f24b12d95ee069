"""Each finding by an answer that it is for; none of them fails, whatever the answer is."""

import linecache
import random

import numpy as np
import pytest

from learnkit import Tensor
from learnkit.practice import diagnosis
from learnkit.practice.diagnosis.evidence import Evidence
from learnkit.practice.exercise import Exercise
from learnkit.practice.running import run

# ------------------------------------------------------------------------------ exercises to answer


def mean_square(numbers):
    squares = [number**2 for number in numbers]
    return sum(squares) / len(squares)


def walk(slope, x, rate, steps):
    path = [x]
    for _ in range(steps):
        x = x - rate * slope(x)
        path.append(x)
    return path


def table(rows, columns):
    return [[row * column for column in columns] for row in rows]


def sign_of(number):
    if number > 0:
        return "up"
    return "down" if number < 0 else "level"


def both_ends(numbers):
    return min(numbers), max(numbers)


def doubled(scores):
    for i in range(len(scores)):
        scores[i] = 2 * scores[i]


def loss_of(parameter):
    loss = (parameter * parameter).sum()
    loss.backward()
    return loss.item()


def some_numbers(draw):
    return ([draw.randint(-5, 5) for _ in range(draw.randint(2, 6))],)


def a_walk(draw):
    return parabola, draw.randint(-5, 5), draw.choice((0.1, 0.2, 0.3)), draw.randint(1, 5)


def parabola(x):
    return 2 * (x - 1)


def steep(x):
    return 3 * x


def exercise(solution, cases, **options):
    return Exercise(
        number="1.1",
        title="A test",
        minutes=1,
        kind="complete",
        solution=solution,
        cases=cases,
        **options,
    )


MEAN = exercise(mean_square, [([1, 2, 4],), ([-3, 0.5],), ([0, 0, 7, 1],)], fresh=some_numbers)
WALK = exercise(
    walk,
    [
        (parabola, 4.0, 0.1, 3),
        (steep, 1.0, 0.2, 5),
        (parabola, -2.0, 0.3, 1),
        (steep, 2.0, 0.1, 0),
    ],
    fresh=a_walk,
)
TABLE = exercise(table, [([1, 2, 3], [4, 5]), ([-1, 0.5], [2, 3, 7]), ([2], [5, 1])])
SIGN = exercise(sign_of, [(2,), (-3,), (0,), (0.5,)], fresh=lambda draw: (draw.randint(-3, 3),))
ENDS = exercise(both_ends, [([3, 1, 2],), ([-1, -5],), ([4, 9, 2, 7],)], returns=("low", "high"))
DOUBLED = exercise(doubled, [([1, 2, 3],), ([0.5],)])
LOSS = exercise(loss_of, [(Tensor([1.0, 2.0]),), (Tensor([3.0]),)])


def answer(code):
    """Return the last function that the code defines, as a cell of a notebook defines it."""
    filename = f"<cell {abs(hash(code))}>"
    linecache.cache[filename] = (len(code), None, code.splitlines(keepends=True), filename)
    names = {"np": np}
    exec(compile(code, filename, "exec"), names)
    return next(made for made in reversed(names.values()) if callable(made) and made is not np)


# ---------------------------------------------------------------------- one answer for each finding

READ = [
    (
        MEAN,
        "def f(numbers):\n    total = ...\n    return len(numbers)",
        "There is still a `...` in line 2",
    ),
    (
        MEAN,
        (
            "def f(numbers):\n    total = 0\n    for n in numbers:\n        total == total + n * "
            "n\n    return total"
        ),
        "`total == total + n * n` only compares",
    ),
    (
        LOSS,
        "def f(p):\n    loss = (p * p).sum()\n    return [loss.item]",
        "`loss.item` is only named there",
    ),
    (
        MEAN,
        "def f(numbers):\n    return sum(n ^ 2 for n in map(int, numbers))",
        "In Python `^` is no power",
    ),
    (
        WALK,
        (
            "def f(slope, x, rate, steps):\n    path = [x]\n    for _ in range(steps):\n        x "
            "= x - rate * slope(x)\n        path.append(x)\n        return path\n    return path"
        ),
        "Your `return` stands inside the loop",
    ),
    (
        ENDS,
        (
            "def f(numbers):\n    for n in numbers:\n        if n < 0:\n            return n, n\n        "
            "else:\n            return n, 0"
        ),
        "Every branch inside your loop returns",
    ),
    (
        WALK,
        (
            "def f(slope, x, rate, steps):\n    for _ in range(steps):\n        path = []\n        "
            "x = x - rate * slope(x)\n        path.append(x)\n    return [x, x, x]"
        ),
        "`path` is made anew in each round",
    ),
    (
        DOUBLED,
        "def f(scores):\n    for score in scores:\n        score = 2 * score",
        "Giving `score` a new value inside the loop changes nothing in `scores`",
    ),
    (
        WALK,
        (
            "def f(slope, x, rate, steps):\n    path = []\n    for _ in range(steps):\n        x = "
            "x - rate * slope(x)\n    return path"
        ),
        "`path` is made as an empty list and nothing is ever put into it",
    ),
    (
        MEAN,
        "def f(numbers):\n    numbers = [1, 2, 4]\n    return sum(n * n for n in numbers) / 3",
        "gives its argument `numbers` another value before it has used it",
    ),
    (
        WALK,
        (
            "rate = 0.1\n\ndef f(slope, x, r, steps):\n    path = [x]\n    for _ in "
            "range(steps):\n        x = x - rate * slope(x)\n        path.append(x)\n    return "
            "path"
        ),
        "Your code never uses its argument `r`; it uses `rate` of the notebook.",
    ),
    (
        MEAN,
        "data = [1, 2, 4]\n\ndef f(numbers):\n    return sum(n * n for n in data) / len(numbers)",
        "Your code reads `data` from the notebook",
    ),
    (
        MEAN,
        "def f(numbers):\n    sum(numbers) / 2\n    return max(numbers)",
        "computes a value and keeps it nowhere",
    ),
    (
        TABLE,
        "def f(rows, columns):\n    made = []\n    for r in rows:\n        "
        "made = made.append([r * c for c in columns])\n    return made",
        "`.append` changes `made` itself and gives None back, which "
        "`made = made.append([r * c for c in columns])` keeps: call it in a line of its own.",
    ),
    (
        TABLE,
        "def f(rows, columns):\n    made = [[r * c for c in columns] for r in rows]\n    "
        "return made.sort()",
        "`.sort` changes `made` itself and gives None back",
    ),
]
PROBED = [
    (
        WALK,
        "def f(slope, x, *rest):\n    return [x + 0 * slope(x)] * 4 + [rest[1]]",
        "does not depend on",
    ),
    (
        WALK,
        (
            "def f(slope, x, rate, steps):\n    path = [x]\n    for _ in range(3 + 0 * steps):\n        "
            "x = x - rate * slope(x)\n        path.append(x)\n    return path"
        ),
        "Yours does not depend on `steps`: it answers as if it were always `3`.",
    ),
    (
        MEAN,
        "def f(numbers):\n    return 7 + 0 * len(numbers)",
        "Yours does not depend on `numbers`",
    ),
    (
        TABLE,
        "def f(rows, columns):\n    return [[r * c for c in rows] for r in columns]",
        "exchanged",
    ),
]
COMPARED = [
    (
        MEAN,
        "def f(numbers):\n    print(sum(n * n for n in numbers) / len(numbers))",
        "Yours prints its result",
    ),
    (
        MEAN,
        "def f(numbers):\n    total = sum(numbers)",
        "Yours is None: does your function end with `return`?",
    ),
    (
        SIGN,
        (
            "def f(number):\n    if number > 0:\n        return 'up'\n    if number < 0:\n        "
            "return 'down'"
        ),
        "one way through your function ends without a `return`",
    ),
    (
        SIGN,
        (
            "def f(number):\n    if number == 0:\n        return None\n    return 'up' if number > 0 "
            "else 'down'"
        ),
        "one way through your function ends without a `return` of something",
    ),
    (MEAN, "def f(numbers):\n    return (n * n for n in numbers)", "Put `list(...)` around it"),
    (
        MEAN,
        "def f(numbers):\n    return str(sum(n * n for n in numbers) / len(numbers))",
        "Yours is text",
    ),
    (
        MEAN,
        "def f(numbers):\n    return [sum(n * n for n in numbers) / len(numbers)]",
        "inside a list",
    ),
    (MEAN, "def f(numbers):\n    return sum(numbers) * float('inf')", "Yours contains"),
    (
        SIGN,
        "def f(n):\n    return 'Up' if n > 0 else 'Down' if n < 0 else 'Level'",
        "but spelt otherwise",
    ),
    (
        SIGN,
        "def f(n):\n    return 'up it goes' if n > 0 else 'down' if n < 0 else 'level'",
        "says more than",
    ),
    (
        SIGN,
        "def f(n):\n    return 'rising' if n > 0 else 'down' if n < 0 else 'level'",
        "never the answer here",
    ),
    (
        WALK,
        "def f(slope, x, rate, steps):\n    return x + 0 * rate * steps * slope(x)",
        "hands back `x` as",
    ),
    (
        DOUBLED,
        "def f(scores):\n    scores = [2 * s for s in scores]",
        "leaves what it is given as it was",
    ),
    (
        MEAN,
        "def f(numbers):\n    return sum(n * n for n in numbers)",
        "`sum([number ** 2 for number in numbers])`",
    ),
    (
        WALK,
        (
            "def f(slope, x, rate, steps):\n    found = [x]\n    for _ in range(steps):\n        "
            "found.append(rate * slope(x))\n        x = x - rate * slope(x)\n    return found"
        ),
        "Yours collects `rate * slope(x)` at each step",
    ),
    (
        WALK,
        (
            "def f(slope, x, rate, steps):\n    for _ in range(steps):\n        x = x - rate * "
            "slope(x)\n    return x"
        ),
        "Yours is the last entry of the answer alone",
    ),
    (
        TABLE,
        "def f(rows, columns):\n    return [r * c for r in rows for c in columns]",
        "in one flat list",
    ),
    (
        TABLE,
        "def f(rows, columns):\n    return [[r * c for c in columns] for r in rows][::-1] + [[]]",
        "differ in",
    ),
    (ENDS, "def f(numbers):\n    return max(numbers), min(numbers)", "changed places"),
    (
        MEAN,
        "def f(numbers):\n    return -sum(n * n for n in numbers) / len(numbers)",
        "Every sign is flipped",
    ),
    (
        MEAN,
        "def f(numbers):\n    return 3 * sum(n * n for n in numbers) / len(numbers)",
        "Everywhere yours is 3 times",
    ),
    (
        MEAN,
        "def f(numbers):\n    return sum(n * n for n in numbers) / (len(numbers) - 1)",
        "`len(numbers)` − 1",
    ),
    (
        MEAN,
        "def f(numbers):\n    return sum(n * n for n in numbers) / len(numbers) + 10",
        "is 10 too large",
    ),
    (
        MEAN,
        "def f(numbers):\n    return (sum(n * n for n in numbers) / len(numbers)) ** 0.5",
        "the square root of",
    ),
    (
        MEAN,
        "def f(numbers):\n    return 1.003 * sum(n * n for n in numbers) / len(numbers)",
        "was a number rounded",
    ),
    (
        TABLE,
        (
            "def f(rows, columns):\n    made = [[r * c for c in columns] for r in rows]\n    "
            "made[0] = [0 * c for c in columns]\n    made[0][-1] *= 1\n    return made"
        ),
        "the first row",
    ),
]
RAISED = [
    (MEAN, "def f(numbers):\n    return numbers**2", "Lists know no arithmetic entry by entry"),
    (MEAN, "def f(numbers):\n    return numbers * 0.5", "A list times a number repeats the list"),
    (MEAN, "def f(numbers):\n    return numbers + 1", "`+` joins two lists end to end"),
    (
        WALK,
        "def f(slope, x, rate, steps):\n    return [x for _ in steps]",
        "`steps` is one number: `range(…)`",
    ),
    (
        MEAN,
        "def f(numbers):\n    return sorted(numbers)[len(numbers)]",
        "of n entries the first has the index 0",
    ),
    (
        MEAN,
        "def f(numbers):\n    return sum(numbers[n] for n in range(3))",
        "is a number of entries typed in?",
    ),
    (
        MEAN,
        "def f(numbers):\n    return [numbers[n] for n in numbers]",
        "`numbers` has 3 entries, with the indices 0 to 2",
    ),
    (MEAN, "def f(numbers):\n    return numbers[0, 1]", "one index in each pair of brackets"),
    (WALK, "def f(slope, x, rate, steps):\n    return x[0]", "has no entries, so no index"),
    (
        MEAN,
        "def f(numbers):\n    a, b = numbers\n    return a * b",
        "On the left 2 names wait for 2 values",
    ),
    (
        MEAN,
        "def f(numbers):\n    return total / 2",
        "`total` is not known here: your function is given `numbers`",
    ),
    (
        MEAN,
        "def f(numbers):\n    for n in numbers:\n        t = t + n\n    return t",
        "`t` is used before",
    ),
    (
        MEAN,
        (
            "def f(numbers):\n    seen = []\n\n    def look(n):\n        seen += [n]\n\n"
            "    look(numbers[0])\n    return seen"
        ),
        "`seen` is made by the outer function",
    ),
    (WALK, "def f(slope, x):\n    return x", "A check calls your function with 4 arguments"),
    (MEAN, "def f(numbers):\n    return numbers(0)", "A `list` is not called"),
    (
        WALK,
        "def f(slope, x, rate, steps):\n    return rate(x - slope(x))",
        "`*` is missing before the bracket",
    ),
    (MEAN, "def f(numbers):\n    return numbers.mean()", "A `list` has no `.mean`"),
    (MEAN, "def f(numbers):\n    return np.ones((2, 3)) @ np.ones(2)", "In a product with `@`"),
    (
        MEAN,
        "def f(numbers):\n    return np.ones(3) + np.ones(2)",
        "do not go together entry by entry",
    ),
    (MEAN, "def f(numbers):\n    return 1 if np.array(numbers) > 0 else 0", "need one yes or no"),
    (MEAN, "def f(numbers):\n    return 1 / (numbers[0] - numbers[0])", "divided by 0"),
    (
        MEAN,
        "def f(numbers):\n    t = tuple(numbers)\n    t[0] = 1\n    return t",
        "cannot be changed entry by entry",
    ),
    (MEAN, "def f(numbers):\n    return f(numbers)", "needs a case in which it stops"),
    (
        LOSS,
        "def f(p):\n    return p.data - 0.1 * p.grad",
        "`.grad` is None: only `backward()` fills it.",
    ),
    (
        LOSS,
        "def f(p):\n    p.grad = None\n    return p.data - 0.1 * p.grad",
        "only `backward()` fills it, and your code sets it to None.",
    ),
    (MEAN, "def f(numbers):\n    stack = []\n    return stack.pop()", "`pop` finds the list empty"),
    (
        MEAN,
        "def f(numbers):\n    return {'mean': 1}['sum']",
        "A dictionary is asked there for the key `'sum'`, which it lacks. It was called with",
    ),
    (
        MEAN,
        "def f(numbers):\n    for n in range(len(numbers) / 2):\n        pass",
        "A whole number is needed",
    ),
]


@pytest.mark.every(4)
@pytest.mark.parametrize(("judged", "code", "said"), [*READ, *PROBED, *COMPARED, *RAISED])
def test_the_finding_that_is_for_an_answer_speaks(judged, code, said):
    assert said in judged.check(answer(code)).message


@pytest.mark.every(7)
@pytest.mark.parametrize(
    "judged", [MEAN, WALK, TABLE, SIGN, ENDS, DOUBLED, LOSS], ids=lambda each: each.name
)
def test_the_solution_stands_in_no_sentence(judged):
    line = next(
        line for line in judged.solution_source.splitlines() if "return" in line or "=" in line
    )
    codes = [code for other, code, _ in (*READ, *PROBED, *COMPARED, *RAISED) if other is judged]
    assert not [code for code in codes if line.strip() in judged.check(answer(code)).message]


WEIRD = [
    "def f(*arguments):\n    return None",
    "def f(*arguments):\n    return ...",
    "def f(*arguments):\n    return []",
    "def f(*arguments):\n    return [[], [[]], {}]",
    "def f(*arguments):\n    return {'a': [1, None], 'b': 'text'}",
    "def f(*arguments):\n    return float('nan')",
    "def f(*arguments):\n    return [float('inf'), -1]",
    "def f(*arguments):\n    return 10**400",
    "def f(*arguments):\n    return 1 + 2j",
    "def f(*arguments):\n    return lambda: 1",
    "def f(*arguments):\n    return np.zeros((0, 3))",
    "def f(*arguments):\n    return np.zeros((2, 2, 2))",
    "def f(*arguments):\n    return True",
    "def f(*arguments):\n    return 'up'",
    "def f(*arguments):\n    return list(arguments)",
    "def f(a, b=1, *rest, c=2, **more):\n    return a",
    "def f(*arguments):\n    raise ValueError",
    "def f(*arguments):\n    raise TypeError('unsupported operand')",
    "f = lambda *arguments: 3",
    "class f:\n    def __init__(self, *arguments):\n        pass",
]


@pytest.mark.slow
@pytest.mark.parametrize(
    "judged", [MEAN, WALK, TABLE, SIGN, ENDS, DOUBLED, LOSS], ids=lambda each: each.name
)
@pytest.mark.parametrize("code", WEIRD)
def test_no_finding_fails_whatever_the_answer_is(judged, code):
    evidence = evidence_of(judged, answer(code))
    for tier in diagnosis.TIERS:
        for turn in ("FIRST", "FINDINGS", "LATE"):
            for look in getattr(tier, turn, []):
                if speaks_of_errors(tier) == bool(evidence.fault):
                    assert isinstance(look(evidence), str), look


def speaks_of_errors(tier):
    return tier is diagnosis.exceptions


def evidence_of(judged, function):
    cases = [*judged.cases, *judged.drawn(2)]
    outcomes, _ = run(function, cases, 5)
    right = judged.results(judged.reference_outcomes(cases))
    return Evidence(judged, function, cases, judged.results(outcomes), right)


def test_what_is_said_holds_in_the_cases_drawn_anew_too():
    chance = random.Random(1)
    square = exercise(lambda x: x * x, [(2,), (0,)], fresh=lambda draw: (draw.randint(3, 9),))
    # double in the fixed cases alone
    twice = square.check(lambda x: 2 * x if x < 3 else chance.random())
    assert "twice" not in twice.message and "double" not in twice.message


def test_an_argument_that_only_the_trial_knows_is_named_in_words():
    from learnkit.exercises.chapter_10 import tune_under_a_budget

    def tune(settings, budget, validation_loss, test_loss):
        tried = [validation_loss(setting) for setting in settings[:budget]]
        return settings[len(tried) // 2], test_loss(settings[len(tried) // 2])

    said = str(tune_under_a_budget.check(tune))
    assert "Yours does not depend on what `validation_loss` returns" in said
