"""Still figures: whole steps on the axis, a mark on each of a few points, a sentence with the
numbers.
"""

from learnkit.painter.figure import line_plot


def test_steps_are_whole_numbers_and_a_few_points_are_marked():
    picture = line_plot({"loss": [3.0, 2.0, 1.0, 0.5, 0.25]}, "It falls", "step", "loss", start=1)
    axes = picture.figure.axes[0]
    picture.figure.draw_without_rendering()
    assert all(tick == int(tick) for tick in axes.get_xticks())
    assert axes.lines[0].get_marker() == "o"
    assert repr(picture) == "It falls. loss over step: loss from 3.0000 to 0.2500."


def test_a_picture_stands_once_in_a_notebook_with_its_description():
    picture = line_plot({"loss": [3.0, 2.0]}, "It falls", "step", "loss")
    bundle = picture._repr_mimebundle_()
    assert set(bundle) == {"text/html", "text/plain"}
    assert bundle["text/html"].count("data:image/png;base64,") == 1
    assert f'alt="{picture.description}"' in bundle["text/html"]


def test_a_long_run_is_a_plain_line():
    assert (
        line_plot({"loss": range(1, 100)}, "t", "x", "y").figure.axes[0].lines[0].get_marker()
        == "None"
    )
