"""LivePlayer: Python answers the page, one question at a time, and never leaves it waiting."""

import zlib
from base64 import b64decode
from dataclasses import replace

import numpy as np
import pytest

from learnkit.painter import live
from learnkit.painter.scene import Axis, Drawing, Frames, Panel, Scene, Slider
from learnkit.widgets import LivePlayer, roll_downhill

SCENE = Scene(
    panels=[Panel(x=Axis(range=[0, 1]), y=Axis(range=[0, 1]), layers=[])],
    controls=[
        Slider(name="rate", label="rate", values=[0.1, 0.5]),
        Frames(name="frame", label="t", frames=3),
    ],
    description="At {frame}: {run}.",
)


def player(on_change=None):
    """A LivePlayer whose messages to the page are kept in `sent`."""
    made = LivePlayer(SCENE, {"run": [1.0, 2.0]}, on_change)
    made.sent = []
    made._wire.send = made.sent.append
    return made


def unpacked(packed):
    shape, text = packed
    planes = np.frombuffer(zlib.decompress(b64decode(text)), np.uint8).reshape(4, -1)
    return np.ascontiguousarray(planes.T).view("<f4").reshape(shape)


def ask(made, click=None, **state):
    made._answer(None, {"state": {"rate": 1, "frame": 0} | state, "click": click}, [])


def test_a_change_is_answered_with_arrays_for_that_state_alone():
    made = player(lambda values, click: {"run": [values["rate"], values["frame"]]})
    ask(made, frame=2)
    assert made.sent[0]["keep"] is False
    assert unpacked(made.sent[0]["arrays"]["run"]).tolist() == [0.5, 2.0]


def test_a_click_reaches_the_function_with_its_place():
    made = player(lambda values, click: {"run": click})
    ask(made, click=[1.25, -3.0])
    assert unpacked(made.sent[0]["arrays"]["run"]).tolist() == [1.25, -3.0]


def test_what_is_drawn_reaches_the_function_as_strokes_and_stays_in_values():
    pen = Drawing(name="drawn", label="draw", tools=["dot", "line"], most=9, apart=1)
    scene = replace(SCENE, controls=[*SCENE.controls, pen])
    made = LivePlayer(scene, {"run": [1.0, 2.0]}, lambda values, click: {})
    made._wire.send = lambda news: None
    assert made.values["drawn"] == []
    state = {"rate": 0, "frame": 0, "drawn": 2}
    made._answer(None, {"state": state, "drawn": [[1, [[0, 1], [2, 1]]]]}, [])
    assert made.values["drawn"] == [("line", [[0, 1], [2, 1]])]


def test_an_error_in_the_function_still_answers_so_that_the_page_does_not_wait():
    made = player(lambda values, click: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        ask(made)
    [news] = made.sent
    assert news["arrays"] == {} and news["keep"] is False
    assert news["fault"] == "Python could not answer: ZeroDivisionError: division by zero"


def test_an_answer_that_is_no_array_is_told_too():
    made = player(lambda values, click: {"run": "fast"})
    with pytest.raises(ValueError):
        ask(made)
    assert made.sent[-1]["fault"].startswith("Python could not answer: ValueError: ")


def test_news_comes_at_most_every_tenth_of_a_second_and_the_last_of_it_on_request(monkeypatch):
    clock = iter([10.0, 10.0, 10.05, 10.2, 10.2, 10.25])
    monkeypatch.setattr(live.time, "monotonic", lambda: next(clock))
    made = player()
    for loss in (3.0, 2.0, 1.0, 0.5):
        made.update(run=[loss])
    assert [unpacked(news["arrays"]["run"]).tolist() for news in made.sent] == [[3.0], [1.0]]
    monkeypatch.setattr(live.time, "monotonic", lambda: 11.0)
    made.flush()
    assert (
        unpacked(made.sent[-1]["arrays"]["run"]).tolist() == [0.5] and made.sent[-1]["keep"] is True
    )


def test_settling_puts_the_last_numbers_into_what_is_saved():
    made = player()
    before = made.html
    made.update(run=[7.0])
    made.settle()
    assert made.html != before and made.description == "At 0: 7."


def test_twins_do_not_share_a_wire():
    assert player().key != player().key


@pytest.mark.parametrize("view", [False, True])
def test_it_shows_a_player_that_needs_no_kernel_and_of_its_wire_a_view_only_where_one_is_needed(
    monkeypatch, view
):
    shown = []
    monkeypatch.setattr(live, "display", lambda bundle, **options: shown.append(bundle))
    monkeypatch.setattr(live.wire, "needs_a_view", lambda: view)
    made = roll_downhill()
    made._ipython_display_()
    assert shown[0] == made._repr_mimebundle_()
    views = [bundle["application/vnd.jupyter.widget-view+json"]["model_id"] for bundle in shown[1:]]
    assert len(views) == view


def test_roll_downhill_starts_where_a_hand_put_it_else_where_the_slider_stands():
    made, starts = roll_downhill(), []
    made._wire.send = lambda news: starts.append(unpacked(news["arrays"]["run"])[0])
    for state, click in (
        ({"rate": 5, "start": 12}, [1.2345, 0.0]),
        ({"rate": 9, "start": 12}, [1.2345, 0.0]),
        ({"rate": 9, "start": 13}, None),
        ({"rate": 9, "start": 12}, None),
    ):
        made._answer(None, {"state": state | {"frame": 0}, "click": click}, [])
    assert starts == pytest.approx([1.2345, 1.2345, 3.75, 3.0])
