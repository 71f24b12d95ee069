"""The training monitor: hands on the loop, keeps what is logged, shows it now and then, and
leaves one sentence.
"""

import io
import json

import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient
from PIL import Image

from learnkit.painter import live
from learnkit.painter.expressions import template
from learnkit.painter.scene import Scene
from learnkit.widgets import TrainingMonitor
from learnkit.widgets.training import monitor as training_monitor
from learnkit.widgets.training.monitor import SHARE
from learnkit.widgets.training.picture import drawn, panel, words
from learnkit.widgets.training.player import INK, TrainingPlayer


def run(monitor, steps=100, stop=None):
    for step in monitor(range(steps)):
        monitor.log(loss=2.0 / (step + 1), accuracy=step / steps)
        if step == stop:
            break
    return monitor


@pytest.fixture
def notebook(monkeypatch):
    """A notebook that keeps what is displayed in it and what the page is told."""
    shown = []

    class Outlet:
        def update(self, bundle, raw):
            shown[0] = bundle

    def display(bundle, raw, display_id=False):
        shown.append(bundle)
        return Outlet()

    monkeypatch.setattr(training_monitor, "_in_notebook", lambda: True)
    monkeypatch.setattr("learnkit.painter.live.display", display)
    return shown


def test_the_loop_gets_its_items_unchanged():
    monitor = TrainingMonitor(3)
    assert list(monitor("abc")) == ["a", "b", "c"]


def test_what_was_logged_can_be_had_as_arrays():
    arrays = run(TrainingMonitor(100)).arrays
    assert arrays["loss"].shape == arrays["accuracy"].shape == (100, 2)
    assert arrays["loss"][:2].tolist() == [[1, 2.0], [2, 1.0]]


def test_a_finished_run_leaves_one_sentence_without_times(capsys):
    run(TrainingMonitor(100))
    said = "100 steps; loss 2 at first, 0.02 at the end; accuracy 0 at first, 0.99 at the end.\n"
    assert capsys.readouterr() == (said, "")


def test_a_loop_that_is_left_early_says_so(capsys):
    run(TrainingMonitor(100), stop=24)
    assert capsys.readouterr().out.startswith("25 of 100 steps; loss 2 at first, 0.08 at the end")


def test_an_error_in_the_loop_passes_through_and_the_sentence_is_still_said(capsys):
    with pytest.raises(ZeroDivisionError):
        for step in TrainingMonitor(10)(range(10)):
            1 / (3 - step)
    assert capsys.readouterr().out == "4 of 10 steps; nothing was logged.\n"


def test_a_number_that_is_none_is_told_with_its_step(capsys):
    monitor = TrainingMonitor(3, ["loss"])
    for step in monitor(range(3)):
        monitor.log(loss=[1.0, float("nan"), float("inf")][step])
    assert "loss 1 at first, inf at the end (no finite number at step 2)" in capsys.readouterr().out


def test_a_measure_may_be_logged_at_some_steps_only():
    monitor = TrainingMonitor(10)
    for step in monitor(range(10)):
        monitor.log(loss=1.0)
        if step % 5 == 0:
            monitor.log(accuracy=0.5)
    assert monitor.arrays["accuracy"].tolist() == [[1, 0.5], [6, 0.5]]


def test_values_and_arrays_of_one_number_are_numbers():
    class Value:
        data = 0.25

    monitor = TrainingMonitor(1)
    for _ in monitor(range(1)):
        monitor.log(loss=Value(), accuracy=np.array(0.5))
    assert monitor.arrays["loss"][0, 1] == 0.25 and monitor.arrays["accuracy"][0, 1] == 0.5


@pytest.mark.parametrize(
    "told, error, words",
    [
        ({"acc": 0.5}, ValueError, "watches loss, accuracy; it was told of 'acc'"),
        ({"loss": [1.0, 2.0]}, TypeError, "loss must be one number for each step"),
        ({"loss": "low"}, TypeError, "loss must be one number for each step"),
    ],
)
def test_what_cannot_be_logged_is_refused_by_name(told, error, words):
    monitor = TrainingMonitor(1)
    with pytest.raises(error, match=words):
        for _ in monitor(range(1)):
            monitor.log(**told)


def test_logging_outside_of_a_monitored_loop_says_how_to_start_one():
    with pytest.raises(RuntimeError, match=r"for step in monitor\(range\(100\)\)"):
        TrainingMonitor(10).log(loss=1.0)


def test_a_second_loop_starts_afresh():
    monitor = run(TrainingMonitor(100))
    assert len(run(monitor, steps=40).arrays["loss"]) == 40


def test_in_a_notebook_the_picture_is_in_the_saved_output_with_a_text_that_never_varies(
    notebook, capsys
):
    run(TrainingMonitor(100))
    first = notebook[0]["text/plain"]
    assert first == "A training run as it goes on: loss and accuracy at each step."
    assert (
        "after {step} of 100 steps" not in first
        and "data-learnkit-player" in notebook[0]["text/html"]
    )
    assert len(json.dumps(notebook[0])) < 150_000
    assert capsys.readouterr().out.startswith("100 steps; loss 2 at first")


def test_the_picture_thins_out_a_long_run_but_keeps_its_ends(notebook):
    monitor = run(TrainingMonitor(100_000), steps=100_000)
    curve = monitor._player.arrays["curve0"]
    assert len(curve) <= 402 and curve[0, 0] == 1 and curve[-1, 0] == 100_000


def test_pauses_between_two_updates_keep_their_share_of_the_time_small(notebook, monkeypatch):
    clock = iter(np.arange(0, 1000, 0.2))
    monkeypatch.setattr(training_monitor, "perf_counter", lambda: next(clock))
    monitor = TrainingMonitor(10)
    monitor.step = 1
    monitor.log(loss=1.0)
    monitor._show()  # each look at this clock takes 0.2 seconds
    assert monitor._due - 0.4 == pytest.approx(0.2 / SHARE)


def test_a_monitor_without_steps_or_measures_is_refused():
    for arguments in ((0,), (10, ()), (10, "abcde")):
        with pytest.raises(ValueError, match="at least one step and from one to four measures"):
            TrainingMonitor(*arguments)


def test_two_runs_of_a_notebook_leave_the_same_text(tmp_path):
    source = "from learnkit.widgets import TrainingMonitor\nmonitor = TrainingMonitor(30)\n"
    source += "for step in monitor(range(30)):\n    monitor.log(loss=1 / (step + 1))"
    texts = []
    for _ in range(2):
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
        NotebookClient(notebook, kernel_name="python3").execute(cwd=tmp_path)
        outputs = notebook.cells[0].outputs
        texts.append(
            [
                output["text"] if "text" in output else output["data"]["text/plain"]
                for output in outputs
            ]
        )
    assert (
        texts[0] == texts[1] and texts[0][-1] == "30 steps; loss 1 at first, 0.0333 at the end.\n"
    )


@pytest.mark.parametrize(
    "numbers", [[-5.0, -3.0, -1.0], [0.0], [7.0, 7.0], [float("nan")], [], [2.0, 1e30]]
)
def test_any_numbers_find_a_scale(numbers):
    arrays = drawn(0, "loss", list(range(1, len(numbers) + 1)), numbers)
    lines = arrays["lines0"]
    assert (np.diff(arrays["ticks0"]) > 0).all() and lines.min() >= 0 and lines.max() <= 1.001
    inside = [
        height for height, number in zip(arrays["curve0"][:, 1], numbers) if abs(number) < 1e9
    ]
    assert all(0 <= height <= 1 for height in inside)


def said(numbers, name="loss", total=50):
    """The title and the tick labels of the picture of a run."""
    table = drawn(0, name, list(range(1, len(numbers) + 1)), numbers) | {
        "step": np.array([len(numbers)])
    }
    scene = Scene(panels=[panel(0, name, total)], values=words(0, total), description="A run.")
    player = TrainingPlayer(scene, table)
    ticks = [player.lens.words(template("{tick0}"), item) for item in range(len(table["ticks0"]))]
    return player.lens.words(player.scene["panels"][0]["title"]), ticks


@pytest.mark.parametrize(
    "numbers, title",
    [
        ([0.0000199, 3.98], "loss: 1.99e−5 at first, 3.980 after 2 of 50 steps"),
        ([1e8, 0.02], "loss: 1.00e+8 at first, 0.0200 after 2 of 50 steps"),
        ([1.0, 0.5, np.nan, np.nan], "loss: 1.000 at first, not a number since step 3"),
        ([1.0, np.nan, 2.0, np.inf], "loss: 1.000 at first, ∞ since step 4"),
        ([1.0, 1e300], "loss: 1.000 at first, ∞ since step 2"),
        ([], "loss: – at first, – after 0 of 50 steps"),
    ],
)
def test_the_title_suits_each_number_and_says_how_a_run_ended(numbers, title):
    assert said(numbers)[0] == title


@pytest.mark.parametrize(
    "size", [1e-30, 2e-9, 3e-5, 0.004, 0.7, 5.0, 42.0, 9_000.0, 3e5, 7e12, 1e30]
)
@pytest.mark.parametrize("sign", [1, -1])
def test_tick_labels_of_any_size_differ_and_fit_the_margin(size, sign):
    ticks = said([sign * size, sign * size / 3])[1]
    # figures, signs and letters beside the two figures told
    wide = 4 if size in (1e-30, 7e12, 1e30) else 3
    assert len(set(ticks)) == len(ticks) >= 3 and max(map(len, ticks)) <= 4 + wide + (sign < 0)


def test_the_last_finite_number_carries_the_marker():
    arrays = drawn(0, "loss", [1, 2, 3, 4], [4.0, 2.0, np.nan, np.nan])
    assert arrays["end0"][0] == 2 and np.isfinite(arrays["end0"]).all()


def test_a_long_run_keeps_its_peaks_its_dips_and_its_gaps():
    numbers = np.ones(50_000)
    numbers[[12_345, 23_456, 34_567]] = 3.0, 0.25, np.nan
    curve = drawn(0, "loss", range(1, 50_001), numbers)["curve0"]
    assert {12_346, 23_457, 34_568} <= set(curve[:, 0]) and np.isnan(
        curve[curve[:, 0] == 34_568, 1]
    ).all()
    assert (np.diff(curve[:, 0]) > 0).all()


def test_the_still_picture_shows_the_end_of_the_run_without_matplotlib(notebook):
    from learnkit.painter import picture

    monitor = run(TrainingMonitor(100))
    pixels = np.asarray(Image.open(io.BytesIO(monitor._player.png)).convert("RGB")).reshape(-1, 3)
    colours = {"#" + bytes(pixel).hex() for pixel in np.unique(pixels, axis=0)}
    assert INK.items() <= picture.INK.items()
    assert {INK["blue"], INK["vermilion"]} <= colours


def test_a_run_that_is_shown_while_it_goes_on_ends_in_the_saved_output(notebook, monkeypatch):
    monkeypatch.setattr(training_monitor, "FIRST", 0.0)
    monitor = run(TrainingMonitor(100))
    assert (
        monitor._player.arrays["step"] == 100 and "data-learnkit-player" in notebook[0]["text/html"]
    )


def test_how_long_a_run_took_leaves_no_trace_in_what_is_saved(notebook, monkeypatch):
    saved = []
    for first in (0.0, 1000.0):  # seconds until it is shown first: on its way, at its end
        monkeypatch.setattr(training_monitor, "FIRST", first)
        live._made.clear()
        notebook.clear()
        run(TrainingMonitor(100))
        saved.append(notebook[0])
    assert saved[0] == saved[1]


def test_one_step_is_no_steps(capsys):
    monitor = TrainingMonitor(1)
    list(monitor(range(1)))
    assert capsys.readouterr().out == "1 step; nothing was logged.\n"


def test_one_name_instead_of_a_list_of_names_is_refused_with_what_to_write():
    with pytest.raises(ValueError, match=r"write TrainingMonitor\(3, \['loss'\]\)"):
        TrainingMonitor(3, "loss")
    with pytest.raises(
        TypeError, match="total_steps is how many steps the loop has, such as 100; this is 'x'"
    ):
        TrainingMonitor("x")


def test_a_run_of_less_than_a_second_is_drawn_once_at_its_end(notebook, monkeypatch):
    steps, clock = [], iter(np.arange(0, 1000, 0.009))
    monkeypatch.setattr(training_monitor, "perf_counter", lambda: next(clock))
    monkeypatch.setattr(TrainingMonitor, "_draw", lambda monitor: steps.append(monitor.step))
    run(TrainingMonitor(100))
    assert steps == [100]
