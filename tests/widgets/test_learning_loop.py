"""The learning loop: a real model is trained, its numbers are shown, the loop closes when it has
converged.
"""

import json

import numpy as np
import pytest

from learnkit.painter.expressions import template
from learnkit.widgets.loop.nudging import nudging_loop
from learnkit.widgets.loop.training import PATIENCE, VERDICTS, houses, train
from learnkit.widgets.loop.view import TITLES, learning_loop


@pytest.fixture(scope="module")
def player():
    return learning_loop()


def scaled_houses():
    x, y = houses()
    return (x - x.mean()) / x.std(), y


def said_at(player, size, frame):
    """What the wide readout says for a batch size and frame, with its numbers."""
    player.lens.state.update(size=size, frame=frame)
    return player.lens.words(template("{sentence}"))


def test_the_gradients_are_those_of_the_mean_squared_error_of_the_batch():
    x, y = scaled_houses()
    for record in train(x, y, 32):
        batch = record["batch"]
        error = record["w"] * x[batch] + record["b"] - y[batch]
        assert record["loss"] == pytest.approx(np.mean(error**2))
        assert record["slope_w"] == pytest.approx(2 * np.mean(error * x[batch]))
        assert record["new_b"] == pytest.approx(record["b"] - 0.1 * 2 * np.mean(error))


def test_every_example_has_its_turn_before_one_comes_again():
    x, y = scaled_houses()
    first_epoch = [i for record in train(x, y, 64)[:4] for i in record["batch"]]
    assert sorted(first_epoch) == list(range(256))


def test_it_stops_at_the_first_iteration_whose_loss_has_not_fallen_by_more_than_the_tolerance():
    records = train(*scaled_houses(), 32, tolerance=0.01)
    losses = [records[0]["before"], *(record["whole"] for record in records)]
    falls = [1 - now / earlier for earlier, now in zip(losses, losses[PATIENCE:])]
    assert falls[-1] <= 0.01 and all(fall > 0.01 for fall in falls[:-1])
    assert VERDICTS[records[-1]["verdict"]] == "yes: stop"
    assert records[-1]["fall"] == pytest.approx(100 * falls[-1])


def test_the_model_it_ends_with_is_that_of_least_squares():
    x, y = scaled_houses()
    end = train(x, y, 256, tolerance=1e-6)[-1]
    slope, intercept = np.polyfit(x, y, 1)
    assert [end["new_w"], end["new_b"]] == pytest.approx([slope, intercept], rel=1e-3)


@pytest.mark.parametrize(
    ("rate", "verdict"), [(0.002, "no, but stop"), (1.2, "it diverged"), (1e300, "it diverged")]
)
def test_a_bad_learning_rate_ends_with_a_word(rate, verdict):
    player = learning_loop(learning_rate=rate, batch_sizes=[128])
    assert (
        player.scene["values"]["the_verdict"]["words"][int(player.arrays["verdict"][0, -1])]
        == verdict
    )
    assert said_at(player, 0, 10**6).startswith("Check: ")


def test_a_model_that_diverged_has_a_still_picture_too():
    assert learning_loop(learning_rate=1e300, batch_sizes=[128]).png


def test_the_stations_follow_each_other_round_the_ring(player):
    assert TITLES == [
        "sample a batch",
        "forward pass",
        "loss",
        "backward pass",
        "update",
        "converged?",
    ]
    assert player.arrays["station"][0, :8].tolist() == [0, 1, 2, 3, 4, 5, 0, 1]
    assert player.arrays["iteration"][0, [0, 5, 6, 11, 12]].tolist() == [1, 1, 2, 2, 3]


def test_a_number_is_unknown_until_its_station_is_reached(player):
    known = ~np.isnan(player.arrays["loss"][0, :6]), ~np.isnan(player.arrays["new_w"][0, :6])
    assert [list(name) for name in known] == [[False] * 2 + [True] * 4, [False] * 4 + [True] * 2]


def test_each_station_says_what_happens_with_live_numbers(player):
    x, y = scaled_houses()
    first = train(x, y, 32)[0]
    assert said_at(player, 0, 0).startswith("Sample: draw 32 of the 256 examples")
    assert f"of the batch is {first['loss']:.0f}." in said_at(player, 0, 2)
    assert f"w ← 0.00 − 0.1·(−{-first['slope_w']:.2f}) = {first['new_w']:.2f}" in said_at(
        player, 0, 4
    )


def test_the_loop_closes_with_the_number_of_iterations(player):
    x, y = scaled_houses()
    for i, size in enumerate((32, 64, 128)):
        assert said_at(player, i, 10**6).endswith(
            f"converged after {len(train(x, y, size))} iterations."
        )


def test_the_batch_that_is_drawn_has_the_size_that_was_chosen(player):
    assert player.arrays["members"].sum(axis=-1)[:, 0].tolist() == [32, 64, 128]
    assert player.scene["controls"][0]["options"] == ["32", "64", "128"]


def test_the_sentence_for_screen_readers_says_what_has_happened_so_far(player):
    assert repr(player).startswith("A straight line learns price y (1000 $) from floor area x")
    assert repr(player).endswith("batches of 32. Iteration 1. " + said_at(player, 0, 0))
    for size, frame in ((0, 1), (2, 40), (1, 10**6)):
        said = said_at(player, size, frame)
        assert player.lens.words(player.scene["description"]).endswith(said)


def test_the_notebook_shows_the_loop_where_it_begins(player):
    assert player.scene["picture"] == {}


def test_the_learners_own_data_may_be_smaller_than_a_batch():
    x = np.arange(40.0)
    player = learning_loop(x, 3 * x + 1, x_name="hours", y_name="points")
    assert player.scene["controls"][0]["options"] == ["32"]
    assert "learns points from hours" in repr(player)


@pytest.mark.parametrize(
    ("x", "y"),
    [
        (np.ones(40), np.ones(40)),
        (np.arange(40), np.arange(39)),
        ([[1, 2]], [[1, 2]]),
        ([1, np.nan], [1, 2]),
    ],
)
def test_what_cannot_be_learned_from_is_refused(x, y):
    with pytest.raises(ValueError, match="equally many finite numbers"):
        learning_loop(x, y)


def test_too_few_examples_for_any_batch_are_refused():
    with pytest.raises(ValueError, match="5 examples make no batch of 32"):
        learning_loop(np.arange(5), np.arange(5))


def test_it_adds_at_most_150_kilobytes_to_a_notebook(player):
    assert len(json.dumps(player._repr_mimebundle_())) <= 150_000


@pytest.mark.parametrize("sizes", [(), (0,), (-4, 32), 32, "32", (3.5,), None])
def test_batch_sizes_that_are_none_are_refused_in_one_sentence(sizes):
    with pytest.raises(
        TypeError, match=r"batch_sizes is a list of whole numbers from 1 on, such as \(32, 64\)"
    ):
        learning_loop(batch_sizes=sizes)


@pytest.mark.parametrize(
    "x, y", [(["a", "b"], [1, 2]), ([], []), ([1, 2], None), (None, [1, 2]), (3, 4)]
)
def test_examples_that_are_no_numbers_are_refused_in_one_sentence(x, y):
    with pytest.raises(ValueError, match="equally many finite numbers"):
        learning_loop(x, y)


@pytest.mark.parametrize("name", ["learning_rate", "tolerance"])
@pytest.mark.parametrize("number", ["fast", None, -0.1, float("nan")])
def test_a_rate_or_tolerance_that_is_no_number_is_refused_by_name(name, number):
    with pytest.raises(TypeError, match=f"{name} must be a number that is not negative"):
        learning_loop(**{name: number})


def test_one_iteration_is_no_iterations():
    player = learning_loop(learning_rate=1e9, batch_sizes=[32])
    player.lens.state.update(size=0, frame=len(TITLES) - 1)
    assert player.lens.words(template("{ending}")) == "diverged after\n1 iteration"


def test_of_many_examples_some_are_drawn_and_all_are_learned_from():
    x = np.linspace(0, 1, 5000)
    player = learning_loop(x, 2 * x + np.sin(40 * x))
    assert len(player.arrays["x"]) == 300 and player.arrays["members"].shape[-1] == 300
    assert said_at(player, 0, 0).startswith("Sample: draw 32 of the 5000 examples")
    assert len(json.dumps(player._repr_mimebundle_())) <= 150_000


def small_line():
    """Data whose smallest losses are about 0.01."""
    x = np.linspace(-1, 1, 100)
    return learning_loop(x, 2 * x + 0.1 * np.sin(50 * x), batch_sizes=(32, 64))


def parabola():
    """Data of which every loss is a large number."""
    x = np.arange(40.0)
    return learning_loop(x, 1e4 * x**2)


def perfect_line():
    """Data whose losses go to nothing."""
    x = np.arange(64.0)
    return learning_loop(x, 3 * x, tolerance=0.5)


RUNS = [
    learning_loop,
    small_line,
    parabola,
    perfect_line,
    lambda: learning_loop(learning_rate=1.2),
    lambda: learning_loop(learning_rate=1e300),
]


@pytest.mark.parametrize("make", RUNS)
def test_picture_readouts_sentence_and_chart_say_one_number(make):
    player = make()
    lens, [ring, _, losses] = player.lens, player.scene["panels"]
    boxes = [box for box in ring["layers"] if box["draw"] == "text"][:6]
    readouts = {readout["label"]: readout["text"] for readout in player.scene["readouts"]}
    line, dots = losses["layers"][-2:]
    for size in range(len(player.arrays["w"])):
        for frame in range(player.arrays["w"].shape[1]):
            lens.state.update(size=size, frame=frame)
            said, station = lens.words(readouts["this station"]), frame % 6
            inside = [lens.words(box["text"]).split("\n") for box in boxes]
            iteration = lens.words(template("{the_iteration}"))
            if said.startswith("Loss"):
                assert said.endswith(f"is {inside[2][1].removeprefix('L = ')}.")
                place, height = (lens.evaluate(part)[-1] for part in dots["at"])
                assert f"{place:.0f}" == iteration
                known = np.clip(player.arrays["loss"][size, frame], 1e-9, 1e37)
                assert height == pytest.approx(np.log10(known), abs=1e-5)
            if said.startswith("Backward"):
                assert said.endswith(f"{inside[3][1]} and {inside[3][2]}.")
            if said.startswith("Update"):
                for name, text in zip("wb", inside[4][1:], strict=True):
                    assert text == f"{name} = {lens.words(readouts[name])}"
                    assert f"= {lens.words(readouts[name])}" in said
            if said.startswith("Check") and station == 5:
                assert f"{lens.evaluate(line['at'][0])[-1]:.0f}" == iteration


def test_no_loss_is_shown_before_it_has_been_computed(player):
    lens, losses = player.lens, player.scene["panels"][2]
    whole = next(r["text"] for r in player.scene["readouts"] if r["label"].endswith("examples"))
    line, dots = losses["layers"][-2:]
    for frame in range(6):
        lens.state.update(size=0, frame=frame)
        assert (lens.words(whole) == "–") == (frame < 5)
        assert np.isnan(lens.evaluate(dots["at"][1])).all() == (frame < 2)
        assert np.isnan(lens.evaluate(line["at"][1])).all() == (frame < 5)


def test_the_smallest_loss_of_a_run_is_never_told_as_nothing():
    for make in (small_line, perfect_line):
        player = make()
        player.lens.state.update(size=0, frame=10**6)
        box = player.lens.words(player.scene["panels"][0]["layers"][6]["text"])
        assert "L = 0\n" not in box + "\n" and player.arrays["loss"][0, -1] > 0


def test_buttons_jump_to_the_beginning_of_an_iteration_and_to_the_end(player):
    marks = player.scene["controls"][1]["marks"]
    assert player.arrays["iteration"][0, marks["Iteration 10"]] == 10
    assert player.arrays["station"][0, marks["Iteration 10"]] == 0
    assert marks["End"] == player.scene["controls"][1]["count"] - 1


def test_more_batch_sizes_than_can_be_compared_are_refused():
    with pytest.raises(ValueError, match="compares up to 6 batch sizes; you gave 99"):
        learning_loop(batch_sizes=range(1, 100))


@pytest.mark.parametrize("make", [learning_loop, nudging_loop])
def test_the_axis_of_losses_holds_the_run_so_far_and_does_not_tell_its_end(make):
    arrays = make().arrays
    end, iteration = arrays["reach"][..., 1], arrays["iteration"]
    assert (iteration < end).all() and (end <= np.maximum(5, 2 * (iteration + 1))).all()
    assert (end[:, 0] == 5).all() and (np.diff(end) >= 0).all()
