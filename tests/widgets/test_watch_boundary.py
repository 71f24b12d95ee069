"""The boundary while a network learns: frames that are what the network says, and new ones for
points that were moved.
"""

import numpy as np
import pytest

from learnkit import Tensor, nn, optim, widgets
from learnkit.data import moons
from learnkit.losses import binary_cross_entropy_with_logits

X, Y = moons(16, noise=0.1, seed=0)


def train(x, y):
    """A small network, shown at the steps 0, 5, …, 25."""
    nn.manual_seed(0)
    model = nn.Sequential(nn.Linear(2, 4), nn.Tanh(), nn.Linear(4, 1))
    optimizer = optim.SGD(model.parameters(), lr=0.5)
    for step in range(26):
        if step % 5 == 0:
            yield step, lambda points: model(points).sigmoid()
        optimizer.zero_grad()
        binary_cross_entropy_with_logits(model(x)[:, 0], y).backward()
        optimizer.step()


def slanted(x, y):
    """One frame, without training: the probability of class 1 grows with x₁ + 2 x₂."""
    yield lambda points: 1 / (1 + np.exp(-points @ [1, 2]))


def always(value):
    return lambda x, y: [lambda points: value(points)]


def asked(player, **moved):
    """What Python answers once these controls were moved to the places nearest to some values."""
    values = {c["name"]: c["values"][c["start"]] for c in player.scene["controls"][1:]}
    return player._on_change({"frame": 0} | values | moved, None)


def test_the_maps_are_what_predict_says_of_the_plane_from_its_lower_left_corner():
    frames = widgets.boundary_frames(slanted, X, Y, window=((0, 1), (-1, 1)))
    assert frames.maps.shape == (1, 32, 32) and frames.steps.tolist() == [0]
    corners = frames.maps[0][[0, 0, -1, -1], [0, -1, 0, -1]]
    assert corners == pytest.approx(1 / (1 + np.exp([2, 1, -2, -3])))


def test_loss_and_share_are_those_of_the_points():
    frames = widgets.boundary_frames(slanted, X, Y)
    p = 1 / (1 + np.exp(-X @ [1, 2]))
    assert frames.loss == pytest.approx([-np.log(np.where(Y == 1, p, 1 - p)).mean()])
    assert frames.right == pytest.approx([((p > 0.5) == Y).mean()])


def test_a_network_is_seen_as_it_was_at_each_of_its_steps():
    frames = widgets.boundary_frames(train, X, Y)
    assert frames.steps.tolist() == [0, 5, 10, 15, 20, 25]
    assert frames.loss[-1] < frames.loss[0]
    assert len(np.unique(frames.maps[:, 5, 5])) == 6


def test_the_page_gets_these_frames_and_the_line_where_the_probability_is_a_half():
    player = widgets.watch_boundary(slanted, X, Y)
    line = player.arrays["line"][0]
    line = line[np.isfinite(line[:, 0])]
    assert len(line) > 5 and line @ [1, 2] == pytest.approx(0, abs=0.01)
    window = [player.scene["panels"][0][axis]["range"] for axis in "xy"]
    maps = widgets.boundary_frames(slanted, X, Y, window).maps
    assert player.arrays["maps"] == pytest.approx(maps, abs=1 / 128)


def test_a_point_that_is_moved_trains_the_network_anew_on_where_it_is():
    player = widgets.watch_boundary(train, X, Y)
    answer = asked(player, x3=0.5, y3=0.25)
    window = [player.scene["panels"][0][axis]["range"] for axis in "xy"]
    moved = X.copy()
    moved[3] = 0.5, 0.25
    frames = widgets.boundary_frames(train, moved, Y, window)
    assert answer["loss"] == pytest.approx(frames.loss, abs=1e-4)
    assert answer["maps"] == pytest.approx(frames.maps, abs=1 / 64)
    assert answer["points"].tolist() == [16]


def test_a_spare_point_joins_once_it_is_inside_and_any_point_leaves_for_the_strip():
    seen = []

    def noting(x, y):
        seen.append((x.copy(), y.copy()))
        yield lambda points: np.full(len(points), 0.5)

    player = widgets.watch_boundary(noting, X, Y)
    spares = player.scene["controls"][-1]["values"]
    asked(player)
    assert len(seen[-1][0]) == 16 and seen[-1][0] == pytest.approx(X, abs=1e-5)
    asked(player, x16=0.0, y16=0.0, x19=1.0, y19=0.5)
    assert seen[-1][0][16:].tolist() == [[0, 0], [1, 0.5]] and seen[-1][1][16:].tolist() == [0, 1]
    beyond = max(player.scene["controls"][1]["values"])
    asked(player, x0=beyond)
    assert seen[-1][0] == pytest.approx(X[1:], abs=1e-5) and len(spares) > 40
    with pytest.raises(ValueError, match="no point is left"):
        asked(player, **{f"x{i}": beyond for i in range(16)})


def test_a_run_of_another_length_is_brought_to_the_length_of_the_film():
    lengths = iter([3, 5, 2])

    def uneven(x, y):
        return [lambda points: np.full(len(points), 0.3)] * next(lengths)

    player = widgets.watch_boundary(uneven, X, Y)
    for last in (2, 1):
        answer = asked(player)
        assert answer["steps"].tolist() == [0, 1, last] and len(answer["maps"]) == 3


def test_it_says_how_many_points_are_on_their_own_side_and_is_small():
    player = widgets.watch_boundary(train, X, Y)
    right = round(16 * widgets.boundary_frames(train, X, Y).right[-1])
    assert repr(player) == (
        "A network learns to tell 8 ● from 8 ▲ in 6 frames: at step 25 "
        f"{right} of 16 points are on their own side of its boundary."
    )
    assert len(player.html) < 90_000


def test_tensors_columns_and_arrays_are_all_predictions():
    for form in (lambda p: p, lambda p: p[:, None], Tensor, lambda p: p.tolist()):
        quarter = always(lambda points, form=form: form(np.full(len(points), 0.25)))
        frames = widgets.boundary_frames(quarter, X, Y)
        assert (frames.maps == 0.25).all()


WRONG = {
    "scores": (always(lambda points: 9 * points[:, 0]), X, Y, ValueError, "Is a sigmoid missing"),
    "no numbers": (always(lambda p: np.full(len(p), np.nan)), X, Y, ValueError, "no numbers"),
    "one number": (always(lambda points: 0.5), X, Y, ValueError, "for each of"),
    "no frames": (lambda x, y: [], X, Y, ValueError, "yielded nothing"),
    "no generator": (lambda x, y: None, X, Y, TypeError, "a NoneType"),
    "no function": (lambda x, y: [(0, 0.5)], X, Y, TypeError, "a float is none"),
    "too many": (lambda x, y: [lambda p: 0 * p[:, 0]] * 31, X, Y, ValueError, "more than 30"),
    "three columns": (slanted, np.zeros((4, 3)), np.zeros(4), ValueError, r"\(4, 3\)"),
    "three classes": (slanted, X, np.arange(16) % 3, ValueError, "0 and 1"),
    "too many points": (slanted, np.zeros((41, 2)), np.zeros(41), ValueError, "up to 40"),
}


@pytest.mark.parametrize("train, x, y, kind, part", WRONG.values(), ids=WRONG)
def test_what_cannot_be_shown_is_refused_in_words(train, x, y, kind, part):
    with pytest.raises(kind, match=part):
        widgets.watch_boundary(train, x, y)
