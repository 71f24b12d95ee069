"""Scenes refuse at once, and in one sentence, what cannot stand in them."""

import json
import re
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest

from learnkit.painter import picture
from learnkit.painter.kinds import Part
from learnkit.painter.scene import (
    LAYERS,
    Arrow,
    Axis,
    Camera,
    Cells,
    Choice,
    Coded,
    Curve,
    Dots,
    Drawing,
    Frames,
    Handle,
    Heat,
    Heights,
    Layer,
    Look,
    Nodes,
    Panel,
    Readout,
    Scene,
    Slider,
    Surface,
    Tangent,
    Text,
    Trails,
)
from learnkit.widgets import Player

PAINTER = Path(picture.__file__).parent
ENDS = {"x": Axis(range=[0, 1]), "y": Axis(range=[0, 1])}
RATE = Slider(name="rate", label="rate", values=[0.1, 0.5])
FRAME = Frames(name="frame", label="step", frames=3)
TABLE = {"loss": np.arange(6.0).reshape(2, 3)}
# the fields that a part cannot do without
GIVEN = {
    Look: {},
    Curve: {"at": "loss"},
    Trails: {"at": "loss"},
    Dots: {"at": "loss"},
    Arrow: {"start": "loss", "end": "loss"},
    Tangent: {"at": "loss", "slope": 1},
    Heat: {"z": "loss", "levels": [0, 1]},
    Surface: {"z": "loss", "levels": [0, 1]},
    Text: {"at": "loss", "text": "here"},
    Nodes: {"at": "loss", "size": (1, 1), "lines": ["a"]},
    Cells: {"at": "loss", "size": (1, 1), "shades": 0, "texts": ["a"]},
    Axis: {"range": [0, 1]},
    Camera: {},
    Handle: {"at": ["rate", 0], "sets": ["rate"], "label": "ball"},
    Panel: {**ENDS, "layers": []},
    Slider: {"name": "rate", "label": "rate", "values": [1, 2]},
    Choice: {"name": "kind", "label": "kind", "options": ["a"]},
    Frames: {"name": "frame", "label": "step", "frames": 3},
    Drawing: {"name": "drawn", "label": "draw", "tools": ["a"], "most": 3, "apart": 1},
    Readout: {"text": "{frame}"},
    Coded: {"words": ["a"], "code": "frame"},
    Scene: {"panels": [], "description": "A scene."},
}
EVERY_FIELD = [(kind, field.name) for kind in GIVEN for field in fields(kind)]


def player(*layers, controls=(RATE, FRAME), **more):
    """A Player of one panel with these layers; `more` goes to the panel or to the scene."""
    own = {field.name for field in fields(Panel)}
    panel = Panel(layers=layers, **ENDS, **{name: more.pop(name) for name in own & more.keys()})
    scene = Scene(panels=[panel], controls=controls, **{"description": "A scene.", **more})
    return Player(scene, TABLE)


def test_every_part_of_a_scene_is_among_those_tried_here():
    def below(kind):
        return {kind, *(each for child in kind.__subclasses__() for each in below(child))}

    assert below(Part) - {Part, Layer, Heights} == set(GIVEN) and set(LAYERS) < set(GIVEN)


@pytest.mark.parametrize("kind", GIVEN)
def test_a_part_is_made_from_what_it_needs(kind):
    json.dumps(kind(**GIVEN[kind]).page(), allow_nan=False)


@pytest.mark.parametrize("kind, name", EVERY_FIELD)
def test_every_field_refuses_what_it_cannot_hold_and_says_its_name(kind, name):
    with pytest.raises(ValueError, match=rf"^The field {name} of {kind.__name__} takes .*\.$"):
        kind(**GIVEN[kind] | {name: object()})


@pytest.mark.parametrize("kind", GIVEN)
def test_a_field_that_is_not_there_is_refused_with_those_there_are(kind):
    known = ", ".join(field.name for field in fields(kind))
    with pytest.raises(
        TypeError, match=rf"^{kind.__name__} has no field 'nonsense'; its.* {known}"
    ):
        kind(**GIVEN[kind], nonsense=1)


@pytest.mark.parametrize("kind, name", [(k, n) for k, n in EVERY_FIELD if n in GIVEN[k]])
def test_a_field_that_is_missing_is_named(kind, name):
    rest = {field: value for field, value in GIVEN[kind].items() if field != name}
    if rest and (kind, name) != (Text, "text"):
        with pytest.raises(TypeError, match=rf"^{kind.__name__} needs {name}: "):
            kind(**rest)


@pytest.mark.parametrize(
    "make, words",
    [
        (
            lambda: Dots(at="loss", color="blue"),
            "Dots has no field 'color'; did you mean 'colour'?",
        ),
        (
            lambda: Panel(titlle="Loss", layers=[], **ENDS),
            "no field 'titlle'; did you mean 'title'?",
        ),
        (lambda: Dots(at="loss", colour="red"), "one of ink, muted, .*; 'red' is not among them"),
        (lambda: Dots(at="loss", shape="circl"), "one of circle, .*; 'circl' is not among them"),
        (lambda: Dots(at="loss", size="big"), "takes a number; 'big' is no number"),
        (lambda: Dots(at="loss", size=float("nan")), "takes a number; nan is no finite number"),
        (lambda: Dots(at="loss", hollow=1), "hollow of Dots takes True or False; 1 is neither"),
        (lambda: Readout(text="{here:.3g}"), "In {here:.3g} '.3g' is no format"),
        (lambda: Curve(at="loss[rate frame]"), "'rate frame' in .* is no index"),
        (lambda: Curve(at=["x"]), "is no place; write an expression, or"),
        (
            lambda: Panel(layers=[{"draw": "circle"}], **ENDS),
            "a list of Curve, .* 'circle'} is none",
        ),
        (lambda: Scene(panels=[], description="", controls=["rate"]), "'rate' is none"),
        (lambda: Slider(name="a rate", label="r", values=[1]), "'a rate' is no expression"),
        (lambda: Slider(name="rate", label="r", values=[1, None]), "None is no finite number"),
        (lambda: Slider(name="rate", label="r", values=[1], format=".2g"), "'.2g' is no format"),
        (
            lambda: Frames(name="frame", label="step", frames=0),
            "a whole number from 1 on; 0 is none",
        ),
        (lambda: Axis(range=[0, "x"]), "'x' is no number"),
        (lambda: Axis(range=[1, 0]), r"two ends, \[low, high\], .* \[1, 0\] is neither"),
        (lambda: Axis(range=[0, 1], ticks=[["a", 1]]), "no pair of a place and its text"),
        (lambda: Text(at="loss"), "either a text or texts"),
        (lambda: Handle(at=["x"], sets=["x"], label="ball"), r"\['x'\] has 1 entries"),
        (
            lambda: Drawing(**GIVEN[Drawing], strokes=[[(1, 2)]]),
            r"strokes of Drawing takes a list of strokes; \[\(1, 2\)\] is no pair of a tool's index",
        ),
    ],
)
def test_a_wrong_word_is_answered_with_what_may_stand_there(make, words):
    with pytest.raises((TypeError, ValueError), match=words):
        make()


@pytest.mark.parametrize(
    "make, words",
    [
        (lambda: player(Curve(at="los")), "asks for 'los', .* there are loss, rate, frame"),
        (
            lambda: player(Curve(at="loss[raet]")),
            "names 'raet' in an index of loss, .* rate, frame",
        ),
        (lambda: player(status="At {frame_}."), "asks for 'frame_'"),
        (lambda: player(values={"a": Coded(words=["{b}"], code=0)}), "asks for 'b'"),
        (lambda: player(values={"a": "b", "b": "a"}), "The value 'a' stands for itself"),
        (lambda: player(values={"a": Coded(words=["{a}"], code=0)}), "'a' stands for itself"),
        (lambda: player(click=["rat", None]), "names 'rat' in a click"),
        (lambda: player(picture={"frame_": 1}), "names 'frame_' in the picture"),
        (
            lambda: player(handles=[Handle(at=["rate", 0], sets=["rat"], label="ball")]),
            "names 'rat' in a Handle",
        ),
        (
            lambda: player(handles=[Handle(at=["rat", 0], sets=["rate"], label="ball")]),
            "asks for 'rat'",
        ),
        (
            lambda: player(Curve(at=["loss[0, 0, 0]", 1])),
            "loss cannot be read .* leave out an index",
        ),
        (
            lambda: player(values={"a": Coded(words=["b", "c"], code="loss[0, frame]")}),
            "There are 2 texts of 'a', for codes from 0 on; one of the codes is 2",
        ),
        (
            lambda: player(Dots(at=[0, 0], styles=[Look(colour="blue")], style="loss[0]")),
            "There are 1 styles, for codes from 0 on; one of the codes is 1",
        ),
        (lambda: player(Dots(at=[0, 0], styles=[Look()])), "either both styles and style"),
        (lambda: player(z=Axis(range=[0, 1])), "needs a Surface"),
        (lambda: Player({"panels": []}, {}), "A Player takes a Scene; this is a dict"),
    ],
)
def test_what_is_not_there_is_refused_when_the_scene_meets_its_table(make, words):
    with pytest.raises((TypeError, ValueError), match=words):
        make()


def test_a_handle_reaches_the_page_parsed():
    handle = Handle(at=["rate", "loss[rate, 0]"], sets=["rate"], label="the ball, at {rate}")
    [panel] = player(handles=[handle]).scene["panels"]
    index = {"kind": "at", "name": "rate", "shift": 0}
    first = {"kind": "at", "shift": 0}
    assert panel["handles"] == [
        {
            "at": [{"name": "rate"}, {"name": "loss", "take": [index, first]}],
            "sets": ["rate"],
            "label": ["the ball, at ", {"value": {"name": "rate"}}],
            "quiet": False,
            "live": False,
        }
    ]


def test_what_the_page_receives_is_json():
    scene = player(Dots(at=[np.float32(0.5), np.int64(1)], label="{rate}")).scene
    assert json.loads(json.dumps(scene, allow_nan=False)) == scene


def test_brackets_in_names_of_axes_and_in_ticks_are_shown_as_they_are():
    axis = Axis(label="price {€}", range=[0, 1], ticks=[[0, "{0}"], [1, "{rate}"]])
    made = Player(
        Scene(panels=[Panel(x=axis, y=axis, layers=[])], controls=[RATE], description="Two."), {}
    )
    texts = [layer for layer in made.scene["panels"][0]["layers"] if layer["draw"] == "text"]
    assert [text["texts"] for text in texts[:2]] == [["{0}", "{rate}"]] * 2
    assert [text["text"] for text in texts[2:]] == ["price {€}"] * 2


def test_a_part_can_be_made_from_another_one():
    assert replace(Dots(at="loss"), colour="blue") == Dots(at="loss", colour="blue")


@pytest.mark.parametrize("layer", LAYERS)
def test_every_kind_of_layer_has_a_painter_for_the_page_and_one_for_the_still_picture(layer):
    script = (PAINTER / "script" / "layers.js").read_text(encoding="utf-8")
    for painted in layer(**GIVEN[layer]).painted():
        assert painted["draw"] in picture.LAYERS
        assert re.search(rf"\b{painted['draw']}(\(pen|: \(pen)", script)
