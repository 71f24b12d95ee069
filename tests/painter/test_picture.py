"""The still picture: its words stay inside it and inside their boxes, and marks at an edge are
whole.
"""

import numpy as np
import pytest
from matplotlib.figure import Figure

from learnkit.painter import picture
from learnkit.painter.scene import Arrow, Axis, Dots, Heat, Panel, Readout, Scene
from learnkit.widgets import (
    Player,
    compare_runs,
    contour_descent,
    descend_landscape,
    hard_places,
    learning_loop,
    make_runs,
    network_trace,
    roll_downhill,
)

VISUALS = {
    "contour": contour_descent,
    "loop": learning_loop,
    "compare": lambda: compare_runs(make_runs([0.02, 0.1, 0.2])),
    "places": hard_places,
    "landscape": descend_landscape,
    "roll": roll_downhill,
    "trace": network_trace,
}
ENDS = {"x": Axis(range=[0, 1]), "y": Axis(range=[0, 1])}


@pytest.fixture
def figure_of(monkeypatch):
    """The figure behind a Player's picture, after it was drawn."""
    drawn = []

    class Kept(Figure):
        def __init__(self, *arguments, **options):
            super().__init__(*arguments, **options)
            drawn.append(self)

    def make(player):
        assert player.png
        return drawn[-1]

    monkeypatch.setattr(picture, "Figure", Kept)
    return make


def inside(box, room, slack=1):
    return (
        room.x0 - slack <= box.x0 <= box.x1 <= room.x1 + slack
        and room.y0 - slack <= box.y0 <= box.y1 <= room.y1 + slack
    )


@pytest.mark.parametrize("name", VISUALS)
def test_titles_readouts_and_names_of_axes_are_whole(figure_of, name):
    figure = figure_of(VISUALS[name]())
    flat = [axes for axes in figure.axes if axes.name != "3d"]
    notes = (
        [axes._left_title for axes in figure.axes]
        + [axes.yaxis.label for axes in flat]
        + [figure._supxlabel]
    )
    for note in notes:
        assert not note.get_text() or inside(note.get_window_extent(), figure.bbox), note.get_text()


def test_a_long_title_does_not_run_into_the_next(figure_of):
    figure = figure_of(descend_landscape(lambda x, y: x**2 + 5 * y**2, rate=0.6))
    left, right, _ = (axes._left_title.get_window_extent() for axes in figure.axes)
    assert left.x1 < right.x0


def test_a_ball_that_is_out_of_the_picture_waits_at_its_edge(figure_of):
    player = roll_downhill("bowl", rate=1.2)
    player.lens.state["frame"] = 24
    [axes] = figure_of(player).axes
    [ball] = [
        line for line in axes.lines if line.get_marker() == "o" and line.get_markersize() > 12
    ]
    assert ball.get_xydata().tolist() == [[axes.get_xlim()[1], axes.get_ylim()[1]]]
    assert "out of the picture" in [note.get_text() for note in axes.texts]


def test_a_map_of_aspect_1_has_equal_axes_whatever_they_span(figure_of):
    heights = Heat(z="heights", levels=[0, 1, 2, 3], squares=True)
    ends = {"x": Axis(range=[0, 1]), "y": Axis(range=[0, 2])}
    panel = Panel(**ends, layers=[heights], aspect=1)
    player = Player(Scene(panels=[panel], description="A map."), {"heights": [[0, 1], [2, 3]]})
    box = figure_of(player).axes[0].get_window_extent()
    assert box.height == pytest.approx(2 * box.width)


@pytest.mark.parametrize("name", VISUALS)
@pytest.mark.filterwarnings("error::UserWarning")
def test_a_picture_is_drawn_without_a_warning(name):
    assert VISUALS[name]().png


@pytest.mark.parametrize("name", ["loop", "trace"])
def test_the_words_of_a_box_stay_inside_it(figure_of, name):
    player = VISUALS[name]()
    player.lens.state["frame"] = player.scene["controls"][-1]["count"] - 1  # every box has words
    axes = figure_of(player).axes[0]
    boxes = [
        patch.get_window_extent() for patch in axes.patches if patch.get_facecolor() == (1, 1, 1, 1)
    ]
    words = {}
    for note in axes.texts:
        place = axes.transData.transform(note.xy)
        around = [box for box in boxes if box.contains(*place)]
        words |= {note: around[0]} if around and note.get_text() else {}
    assert len(words) >= len(boxes) - 1 >= 5
    assert [
        note.get_text() for note, box in words.items() if not inside(note.get_window_extent(), box)
    ] == []


def test_a_mark_at_the_edge_is_whole_and_one_outside_is_not_drawn(figure_of):
    panel = Panel(layers=[Dots(at=[[1, 0.5, 1.5], [0.5, 0, 0.5]])], **ENDS)
    [axes] = figure_of(Player(Scene(panels=[panel], description="Dots."), {})).axes
    [line] = axes.lines
    assert line.get_xydata().tolist() == [[1, 0.5], [0.5, 0]] and not line.get_clip_on()


def test_a_bar_ends_where_its_number_is(figure_of):
    bar = Arrow(start=[0.5, 0], end=[0.5, 0.5], head=False, width=44)
    scene = Scene(panels=[Panel(layers=[bar], **ENDS)], description="A bar.")
    figure = figure_of(Player(scene, {}))
    [axes] = figure.axes
    pixels = np.asarray(figure.canvas.buffer_rgba())[::-1]
    column, above = axes.transData.transform((0.5, 0.53)).astype(int)
    assert pixels[above, column].tolist() == [255] * 4
    assert pixels[above - int(0.06 * axes.bbox.height), column].tolist() != [255] * 4


def test_a_long_title_and_long_readouts_get_several_lines(figure_of):
    many = [Readout(label=f"readout number {i}", text="with its words") for i in range(9)]
    panel = Panel(title="word " * 60, layers=[], **ENDS)
    scene = Scene(panels=[panel], readouts=many, description="Words.")
    figure = figure_of(Player(scene, {}))
    for note in (figure.axes[0]._left_title, figure._supxlabel):
        assert note.get_text().count("\n") >= 2 and inside(note.get_window_extent(), figure.bbox)
