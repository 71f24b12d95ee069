"""The benchmarks: what races computes the same thing, and what was found is told as it is."""

import math
import sys

import pytest
from browser import ROOT

sys.path.insert(0, str(ROOT / "benchmarks"))
import contenders  # noqa: E402
import engine  # noqa: E402
import racing  # noqa: E402
import report  # noqa: E402

SMALL = [name for name in ("micrograd", "autograd") if engine.installed(name)]
LARGE_OR_ABSENT = [name for name in report.RIVALS if name not in SMALL]
SECONDS = {
    "flip": {"flip value": 0.00004, "flip torch": 0.0002},
    "demo": {"demo value": 0.1, "demo micrograd": 1.0},
    "chain": {"chain value": 1.5},
}
RACES = [
    engine.Race("flip", {}, [engine.Goal("flip value", "flip torch", "≤", 0.3)]),
    engine.Race("demo", {}, [engine.Goal("demo value", "demo micrograd", "≥", 12)]),
]


@pytest.mark.parametrize("race", engine.RACES, ids=lambda race: race.title)
def test_all_small_contenders_of_a_race_that_are_installed_take_the_same_first_step(race):
    names = engine.taking_part(race.steps, LARGE_OR_ABSENT)
    racing.compare({name: racing.first_step(contenders.contender(name)) for name in names})


def test_a_folder_that_is_called_as_a_rival_is_no_rival(tmp_path, monkeypatch):
    (tmp_path / "jaxlike").mkdir()
    monkeypatch.syspath_prepend(tmp_path)
    assert not engine.installed("jaxlike") and not engine.installed("no_such_package")
    assert engine.installed("numpy")


@pytest.mark.parametrize("task", contenders.TASKS)
def test_pytorch_takes_the_same_first_step_in_both_precisions(task):
    pytest.importorskip("torch")
    names = [f"{task} {library}" for library in ("tensor", "torch", "torch32")]
    racing.compare({name: racing.first_step(contenders.contender(name)) for name in names})


def test_the_first_step_of_the_31_parameters_has_the_loss_and_slopes_of_chapter_8():
    loss, gradient = racing.first_step(contenders.contender("flip value"))
    assert math.isclose(loss, 0.89625) and len(gradient) == 31
    assert sum(abs(slope) > 1e-12 for slope in gradient) == 12


@pytest.mark.parametrize(
    ("other", "difference"), [((1.5, [2.0]), "0.5"), ((1.0, [2.25]), "0.25"), ((math.nan, [2]), "")]
)
def test_who_computes_something_else_does_not_race(other, difference):
    with pytest.raises(ValueError, match=f"'a' and 'b' should compute .* differ by {difference}"):
        racing.compare({"a": (1.0, [2.0]), "b": other})


def test_single_precision_may_differ_by_its_rounding_and_by_no_more():
    racing.compare({"a": (1.0, [2.0]), "b torch32": (1.0 + 1e-6, [2.0])})
    with pytest.raises(ValueError):
        racing.compare({"a": (1.0, [2.0]), "b torch32": (1.001, [2.0])})


def test_what_is_not_installed_does_not_race():
    steps = {"flip value": 1, "flip torch": 1, "flip torch32": 1, "flip jax": 1, "flip jit": 1}
    assert set(engine.taking_part(steps, ["torch"])) == {"flip value", "flip jax", "flip jit"}
    assert set(engine.taking_part(steps, ["torch", "jax"])) == {"flip value"}


def test_the_tables_say_which_goals_were_met():
    text = report.tables(RACES, SECONDS, "chain", rounds=9, cores=2)
    assert "| flip | Value | 0.04 | PyTorch | 0.2 | 0.20 | ≤ 0.3 | met |" in text
    assert "| demo | Value | 100 | micrograd | 1000 | 10.00 | ≥ 12 | missed |" in text
    assert "Chain, forward, backward and freed: 1.50 s (goal: below 2 s)." in text
    assert "| micrograd |  | 1000 |" in text


def test_the_results_are_written_between_their_marks_and_nowhere_else(tmp_path):
    file = tmp_path / "results.md"
    marks = "<!-- engine: begin -->\nold\n<!-- engine: end -->"
    file.write_text(f"# Results\n{marks}\nWhat stays.\n", "utf-8")
    for _ in range(2):
        report.write("new", RACES, SECONDS, tmp_path)
    text = file.read_text("utf-8")
    assert text.startswith("# Results\n") and text.endswith("\nWhat stays.\n")
    assert text.count("new") == 1 and "old" not in text
    assert "](engine.svg)" in text and "flip: Value 0.04, PyTorch 0.2." in text
    assert (tmp_path / "engine.svg").read_text("utf-8").count("<svg") == 1


def test_results_without_a_place_for_them_are_refused_and_left_as_they_are(tmp_path):
    file = tmp_path / "results.md"
    file.write_text("# Results\n", "utf-8")
    with pytest.raises(ValueError, match="needs the lines <!-- engine: begin -->"):
        report.write("new", RACES, SECONDS, tmp_path)
    assert file.read_text("utf-8") == "# Results\n"


@pytest.mark.parametrize("part", ["engine", "visuals"])
def test_the_documented_results_have_their_place_and_are_there(part):
    text = (ROOT / "docs" / "results.md").read_text("utf-8")
    _, begin, rest = text.partition(f"<!-- {part}: begin -->")
    found, end, _ = rest.partition(f"<!-- {part}: end -->")
    assert begin and end and "| met |" in found


def test_a_question_that_the_benchmark_does_not_know_is_answered_by_its_use(capsys):
    assert engine.main(["--wirte"]) == 2
    assert "--write" in capsys.readouterr().err
