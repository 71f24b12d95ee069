"""The shrinking step and the race: the numbers they show, computed in another way."""

from fractions import Fraction

import numpy as np
import pytest
from nbformat import v4

from learnkit import differentiate
from learnkit.differentiate import scale
from learnkit.widgets import race_gradients, shrink_step
from learnkit.widgets.slopes import race as racing


def cube(x):
    return x * x * x


def test_the_errors_shown_at_whole_powers_are_those_of_the_difference_quotients():
    shown = shrink_step(cube, 2.0, 12.0).arrays
    for frame in range(0, 33, 2):
        h = float(f"1e-{frame // 2}")
        assert shown["steps"][frame] == np.float32(h)
        forward = abs((cube(2 + h) - 8) / h - 12)
        central = abs((cube(2 + h) - cube(2 - h)) / (2 * h) - 12)
        assert shown["errors"][:2, frame] == pytest.approx([forward, central], rel=1e-6)


def test_for_large_steps_the_errors_are_those_of_exact_arithmetic():
    shown = shrink_step(cube, 2.0, 12.0).arrays
    for frame in range(0, 7, 2):
        h = Fraction(1, 10 ** (frame // 2))
        exact = [6 * h + h**2, h**2, h**2]
        assert shown["errors"][:, frame] == pytest.approx([float(e) for e in exact], rel=1e-6)


def test_the_complex_step_ends_with_every_digit_and_an_error_of_0_is_drawn_at_the_bottom():
    shown = shrink_step(cube, 2.0, 12.0).arrays
    assert shown["errors"][2, 20:].max() < 4e-15
    assert (shown["heights"][shown["errors"] == 0] == -17).all()


def test_nothing_is_marked_before_the_step_has_come_there():
    marks = shrink_step(cube, 2.0, 12.0).arrays["marks"]
    assert np.isnan(marks[:, :10]).all() and np.isnan(marks[0, :15]).all()
    assert np.isfinite(marks[1, 11:]).all() and np.isfinite(marks[0, 16:]).all()


def test_a_function_without_a_number_there_is_refused():
    with pytest.raises(ValueError, match="no finite number within a step of 1 around 1"):
        shrink_step(lambda x: float("nan") * x, 1.0, 0.0)


def test_every_way_finds_the_same_gradient_of_the_network_that_is_raced():
    task = scale.task(100)
    W, v = scale.reverse_pass(task, scale.tensors(task))
    gradient = np.concatenate([W.ravel(), v])
    assert task.parameters == len(gradient) == 100
    copies, slopes = scale.complex_copies(task), scale.directions(task)
    central = [scale.central_pass(task, place) for place in range(100)]
    imaginary = [scale.complex_pass(task, copies, place) for place in range(100)]
    dual = [scale.dual_pass(task, slopes, place) for place in range(100)]
    assert central == pytest.approx(gradient, abs=1e-9)
    assert imaginary == pytest.approx(gradient, abs=1e-14)
    assert dual == pytest.approx(gradient, abs=1e-14)


def test_a_pass_leaves_the_parameters_as_they_were():
    task = scale.task(100)
    before = task.W.copy(), task.v.copy()
    slopes = scale.directions(task)
    for place in (0, 50, 99):
        scale.central_pass(task, place)
        scale.dual_pass(task, slopes, place)
    assert (task.W == before[0]).all() and (task.v == before[1]).all()
    assert not slopes[0].any() and not slopes[1].any()


def test_the_formula_that_is_timed_is_the_loss_of_one_example():
    sympy = pytest.importorskip("sympy")
    task = scale.task(100)
    loss, symbols = scale.formula_of_one_example(task)
    numbers = dict(zip(symbols, [*task.W.ravel().tolist(), *task.v.tolist()]))
    one = scale.Task(task.x[:1], task.y[:1], task.W, task.v)
    assert float(sympy.N(loss.subs(numbers))) == pytest.approx(one.loss(one.W, one.v))


@pytest.mark.parametrize("size", scale.LAYERS)
def test_a_task_has_the_number_of_parameters_that_was_asked_for(size):
    inputs, hidden = scale.LAYERS[size]
    assert inputs * hidden + hidden == size


def test_other_sizes_are_refused():
    with pytest.raises(ValueError, match="tasks of 100, 1,000"):
        scale.task(31)
    for sizes in ((), (1_000, 100), (100, 31), (100, 100)):
        with pytest.raises(ValueError, match="ascend"):
            race_gradients(sizes)


def test_the_race_counts_two_evaluations_a_parameter_one_a_parameter_and_one_for_all():
    counts = race_gradients().counts
    assert counts["central differences"] == [200, 2_000, 20_000, 200_000, 2_000_000]
    assert counts["forward mode"] == counts["complex step"] == counts["symbolic"]
    assert counts["forward mode"] == [100, 1_000, 10_000, 100_000, 1_000_000]
    assert counts["reverse mode"] == [1] * 5
    assert list(counts) == list(racing.WAYS)


def test_before_it_is_run_the_picture_tells_nothing_and_after_it_every_time():
    race = race_gradients((100, 1_000))
    before = repr(race)
    assert np.isnan(race.seconds).all() and race.arrays["over"] == [0]
    race.run()
    assert (race.seconds > 0).all() and (race.ratios > 0).all() and race.arrays["over"] == [1]
    assert race.is_measured[racing.WAYS.index("reverse mode")].all()
    assert not race.is_measured[racing.WAYS.index("symbolic")].any()
    race.settle()
    assert repr(race) == before, "its sentence holds counts, which no machine changes"
    for i in range(len(racing.WAYS)):
        drawn = np.fmax(race.arrays[f"run{i}"], race.arrays[f"guess{i}"])
        assert drawn == pytest.approx(np.log10(race.seconds[i]), abs=1e-4)


def test_what_is_not_done_in_time_is_extrapolated_from_the_passes_that_were(monkeypatch):
    ticks = iter(np.arange(0, 100, 0.1))
    monkeypatch.setattr(racing, "perf_counter", lambda: next(ticks))
    race = race_gradients((1_000,))
    seconds, is_measured = race._timed("central differences", scale.task(1_000), 0)
    assert not is_measured
    assert seconds == pytest.approx(0.2 * 1_000 / 1) or seconds == pytest.approx(0.3 * 1_000 / 2)


@pytest.mark.parametrize(
    "seconds, number, unit",
    [(0.002, 2, "ms"), (30, 30, "s"), (600, 10, "min"), (36_000, 10, "h"), (864_000, 10, "days"),
     (6.312e8, 20, "years"), (3.156e11, 10, "thousand years")],
)  # fmt: skip
def test_a_duration_is_told_in_a_unit_that_suits_it(seconds, number, unit):
    told, place = racing._in_units(seconds)
    assert (round(told, 6), racing.UNITS[place][0]) == (number, unit)


def test_operations_are_counted_written_out_and_sharing():
    sympy = pytest.importorskip("sympy")
    x, y = sympy.symbols("x y")
    assert differentiate.count_operations([(x + y) ** 2, x * (x + y)]) == (4, 3)
    assert differentiate.count_operations(sympy.tanh(x * y) + x * y) == (4, 3)
    assert differentiate.count_operations(x) == differentiate.count_operations(3) == (0, 0)


COLLECT = """async () => {
    const seen = new Set();
    for (let i = 0; i < 600 && ![...seen].some((text) => text.includes("10,000 eval")); i++) {
        await new Promise((done) => setTimeout(done, 25));
        for (const node of document.querySelectorAll(".lk [data-text]")) {
            if (/forward mode|has not started|evaluations:/.test(node.textContent)) {
                seen.add(node.textContent);
            }
        }
    }
    return [...seen];
}"""


def test_the_race_is_seen_in_lab_while_it_is_run(open_notebook, lab):
    cell = v4.new_code_cell(
        "from learnkit import widgets\nwidgets.race_gradients((100, 1_000, 10_000))"
    )
    kernel = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
    notebook = v4.new_notebook(cells=[cell], metadata={"kernelspec": kernel})
    (lab.folder / "race.ipynb").write_text(v4.writes(notebook))
    opened = open_notebook("race.ipynb")
    opened.page.evaluate("jupyterapp.commands.execute('notebook:run-all-cells') && null")
    seen = opened.page.evaluate(COLLECT)
    assert "has not started" in seen
    for size in ("100", "1,000", "10,000"):
        assert any(text.startswith(f"{size} evaluations: ") for text in seen), seen
    assert not opened.faults
