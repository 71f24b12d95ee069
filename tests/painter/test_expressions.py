"""Expressions and templates mean the same in Python and on the page: one table of cases for both.

In expressions.json null stands for NaN, and 1e999 for infinity.
"""

import json
import random
from pathlib import Path

import numpy as np
import pytest

from learnkit.painter import player
from learnkit.painter.complete import complete
from learnkit.painter.expressions import expression, last, plain, template
from learnkit.painter.lens import Lens
from learnkit.painter.numbers import digits, number_format
from learnkit.painter.scene import Axis, Choice, Coded, Frames, Panel, Scene, Slider

GIVEN = json.loads((Path(__file__).parent / "expressions.json").read_text(encoding="utf-8"))
CASES = GIVEN["cases"]
CONTROLS = {"values": Slider, "frames": Frames, "options": Choice}
PAGE = """async ([source, scene, table, cases, numbers]) => {
    const { makeLens, unpack, digits } = Function(`${source}; return { makeLens, unpack, digits }`)();
    const arrays = {};
    await unpack(table, arrays);
    const controls = Object.fromEntries(scene.controls.map((each) => [each.name, each]));
    const told = cases.map(({ state, expression, template, item }) => {
        const lens = makeLens(scene, controls, state, [{}, arrays]);
        if (template !== null) return [lens.words(template, item), lens.lines(template, item)];
        const found = lens.evaluate(expression);
        return found.data ? [...found.data] : found;
    });
    return [told, numbers.map(([number, form]) => digits(number, form))];
}"""


def array(entries):
    return np.array(entries, dtype=float).astype(np.float32)


def as_array(entries):
    """Nested lists of numbers with None for NaN, as an array."""
    return array(np.array(entries, dtype=object))


TABLE = {name: as_array(entries) for name, entries in GIVEN["table"].items()}


def scene():
    controls = [
        next(kind for field, kind in CONTROLS.items() if field in control)(**control)
        for control in GIVEN["controls"]
    ]
    values = {
        name: Coded(**value) if isinstance(value, dict) else value
        for name, value in GIVEN["values"].items()
    }
    panel = Panel(x=Axis(range=[0, 1]), y=Axis(range=[0, 1]), layers=[])
    return complete(Scene(panels=[panel], controls=controls, values=values, description=""), TABLE)


READY = scene()


def state(case):
    return {"rate": 0, "frame": 0, "kind": 0} | case.get("state", {})


def lines(case):
    """The lines of what a template says: those with an unknown number are left out."""
    known = "says" in case and case["says"].split("\n")
    written = case["template"].split("\n")
    return [
        None if "–" in said and "–" not in source and "range" not in source else said
        for said, source in zip(known, written, strict=True)
    ]


def name(case):
    shown = case.get("expression", case.get("template"))
    return f"{shown} {case.get('state', '')} {case.get('item', '')}".replace("\n", "|").strip()


@pytest.mark.parametrize("case", CASES, ids=name)
def test_in_python_every_case_of_the_table_holds(case):
    lens = Lens(READY, TABLE, state(case))
    if "template" in case:
        parsed, item = template(case["template"]), case.get("item", 0)
        assert lens.words(parsed, item) == case["says"]
        assert lens.lines(parsed, item) == lines(case)
    else:
        found = np.asarray(lens.evaluate(expression(case["expression"])), dtype=float)
        wanted = np.array(case["is"], dtype=float)
        assert found.size == wanted.size and np.array_equal(
            found.ravel(), wanted.ravel(), equal_nan=True
        )


def random_numbers(count=6000):
    """Numbers of all sizes, many of them halves that no rounding can avoid, each with a format."""
    draw = random.Random(7)
    found = []
    for _ in range(count):
        number = draw.choice(
            [
                draw.randint(-4000, 4000) / 2 ** draw.randint(0, 10),
                draw.uniform(-10, 10) * 10.0 ** draw.randint(-12, 12),
                float(np.float32(draw.uniform(-100, 100))),
                draw.randint(-99, 99) / 10.0 ** draw.randint(0, 5),
                10.0 ** draw.randint(-20, 39),
            ]
        )
        places = draw.choice(["", ".0", ".1", ".2", ".3", ".6", ".12"])
        spec = draw.choice(["", "+"]) + draw.choice(["d", places + "f", places + "e", places])
        found.append((number, spec))
    return found


def test_on_the_page_every_case_and_thousands_of_numbers_are_told_as_in_python(browser):
    source = "\n".join(
        (player.HERE / "script" / f"{part}.js").read_text(encoding="utf-8")
        for part in ("basics", "numbers")
    )
    asked = [
        {
            "state": state(case),
            "expression": expression(case["expression"]) if "expression" in case else None,
            "template": template(case["template"]) if "template" in case else None,
            "item": case.get("item", 0),
        }
        for case in CASES
    ]
    numbers = random_numbers()
    packed = {name: player.pack(entries) for name, entries in TABLE.items()}
    forms = [[number, number_format(spec)] for number, spec in numbers]
    page = browser.new_page()
    try:
        told, written = page.evaluate(PAGE, [source, READY, packed, asked, forms])
    finally:
        page.close()
    for case, found in zip(CASES, told, strict=True):
        if "template" in case:
            assert found == [case["says"], lines(case)], case
        else:
            wanted = np.ravel(np.array(case["is"], dtype=float))
            assert np.array_equal(np.ravel(found), wanted, equal_nan=True), (case, found)
    pairs = zip(numbers, written, strict=True)
    wrong = [(*asked, text) for asked, text in pairs if digits(*asked) != text]
    assert wrong == []


def test_there_are_at_least_eighty_cases():
    assert len(CASES) >= 80


@pytest.mark.parametrize(
    "source",
    ["path + 1", "a[", "a[]", "a[b c]", "a[1.5]", "a[~]", "a[frame2 1]", "a[:~b]", "a.b", "", "3a"],
)
def test_what_is_no_expression_is_refused_with_what_may_be_written(source):
    with pytest.raises(ValueError, match="is no (expression|index); write"):
        expression(source)


@pytest.mark.parametrize("source", [True, None, float("nan"), [1, "a"], [[1, 2]], float("inf")])
def test_what_is_no_number_is_refused_where_numbers_stand(source):
    with pytest.raises(ValueError, match="is no finite number"):
        expression(source)


@pytest.mark.parametrize(
    "text, words",
    [
        ("{here:.3g}", r"In {here:.3g} '.3g' is no format"),
        ("{here:2f}", "is no format"),
        ("{here:.2d}", "is no format"),
        ("{here", "a bracket alone"),
        ("here}", "a bracket alone"),
        ("{}", "a bracket alone"),
        ("{a b}", "a bracket alone"),
        ("{a[0]}", "a bracket alone"),
    ],
)
def test_what_is_no_template_is_refused(text, words):
    with pytest.raises(ValueError, match=words):
        template(text)


def test_a_learners_own_words_are_said_as_they_are():
    assert template(plain("{x} costs {{5}}")) == "{x} costs {{5}}"


@pytest.mark.parametrize(
    "source, end",
    [
        ("path", "path[-1]"),
        ("path[rate]", "path[rate, -1]"),
        ("path[:]", "path[-1]"),
        ("path[rate, :frame+1]", "path[rate, frame]"),
        ("path[:-1]", "path[-2]"),
        ("path[:3]", "path[2]"),
        ("height(path[:frame])", "height(path[frame-1])"),
    ],
)
def test_the_last_row_of_an_expression_is_found(source, end):
    assert last(expression(source)) == expression(end)


UNPACKED = """async ([source, packed]) => {
    const { unpack } = Function(`${source}; return { unpack }`)();
    const arrays = {};
    await unpack(packed, arrays);
    return Object.values(arrays).map(({ data }) => [...data].map(String));
}"""


def test_rounded_numbers_are_carried_in_fewer_bytes_and_reach_the_page_exactly(browser):
    random = np.random.default_rng(0)
    noise = random.normal(size=400)
    arrays = [
        np.round(noise, 2),
        np.round(100 * noise) / 2**7,
        np.round(1e4 * noise),
        noise,
        np.append(np.round(noise, 1), np.nan),
        noise[:3],
        np.round(100 * np.sin(np.arange(400) / 30), 1),
        np.round(1000 * np.sin(np.add.outer(np.arange(200) / 30, [0, 2]))) / 2**4,
    ]
    arrays = [array.astype(np.float32) for array in arrays]
    packed = {str(i): player.pack(array) for i, array in enumerate(arrays)}
    assert [len(form) for form in packed.values()] == [4, 4, 4, 2, 2, 2, 5, 5]
    page = browser.new_page()
    try:
        source = "\n".join(
            (player.HERE / "script" / f"{part}.js").read_text(encoding="utf-8")
            for part in ("basics", "numbers")
        )
        found = page.evaluate(UNPACKED, [source, packed])
    finally:
        page.close()
    for array, numbers in zip(arrays, found, strict=True):
        read = np.array([float(number.replace("NaN", "nan")) for number in numbers])
        assert np.array_equal(read.astype(np.float32), array.ravel(), equal_nan=True)
