"""Views of one Player in Chromium: twins are independent, and an answer of Python reaches the
one that asked, for the state it asked about.
"""

import numpy as np
import pytest
from small import ball, dot, live_ball, marked
from wired import wired

from learnkit.painter.player import pack


@pytest.fixture
def twins(show):
    """A page with two views of one Player."""

    def twice(player):
        return wired(show(player, player))

    return twice


def said(page, view):
    """What one of the views says: {template: text}."""
    return page.said(view)


def asked(page, how_many):
    """The newest question, once Python has been asked so often."""
    page.page.wait_for_function(f"asked.length >= {how_many}")
    return page.page.evaluate("asked.at(-1)")


def answer(page, question, place, keep=False):
    arrays = dict(zip(("across", "up"), (pack(np.float32(v)) for v in place), strict=True))
    news = {"arrays": arrays, "keep": keep}
    news |= {key: question[key] for key in ("view", "number")} if question else {}
    page.page.evaluate("(news) => kernel.tells(news)", news)
    page.page.wait_for_timeout(60)  # it is unpacked


def test_a_control_of_one_view_leaves_its_twin_alone(twins):
    page = twins(ball())
    before = page.pictures()
    page.page.locator("[name=across]").nth(1).focus()
    page.page.keyboard.press("ArrowRight")
    after = page.pictures()
    assert after[0] == before[0] and after[1] != before[1]


def test_an_answer_reaches_the_view_that_asked(twins):
    page = twins(live_ball())
    page.page.locator(".lk-handle").nth(1).press("ArrowRight")
    answer(page, asked(page, 1), (2.25, 3.25))
    assert said(page, 0)["{across}"] == "1.0"
    assert said(page, 1)["{across}"] in ("2.2", "2.3")


def test_news_that_stays_reaches_all(twins):
    page = twins(live_ball())
    answer(page, None, (2.75, 3.25), keep=True)
    assert said(page, 0)["{across}"] == said(page, 1)["{across}"] == "2.8"


def test_both_views_are_answered_when_both_ask_at_once(twins):
    page = twins(live_ball())
    for view in (0, 1):
        page.page.locator(".lk-handle").nth(view).press("ArrowRight")
    first = asked(page, 1)
    answer(page, first, (2.75, 2))
    second = asked(page, 2)
    answer(page, second, (3.75, 2))
    assert {said(page, 0)["{across}"], said(page, 1)["{across}"]} == {"2.8", "3.8"}


def test_a_coarse_place_never_stands_between_two_exact_ones(twins):
    page = twins(live_ball())
    canvas = page.page.locator("canvas").first
    canvas.click(position={"x": 200, "y": 120})
    question = asked(page, 1)
    answer(page, question, (1.79, 2.2))
    page.page.evaluate(
        """() => { window.seen = new Set();
        const node = document.querySelector(".lk dd");
        new MutationObserver(() => seen.add(node.textContent))
            .observe(node, { childList: true, characterData: true, subtree: true }) }"""
    )
    for index in (3, 4):
        page.set("rate", index)
    question = asked(page, 2)
    assert question["click"] is not None
    answer(page, question, (1.79, 2.2))
    assert page.page.evaluate("[...seen].filter((text) => text !== '1.8')") == []
    assert said(page, 0)["{across}"] == "1.8"


def test_an_answer_about_an_older_state_never_replaces_a_newer_one(twins):
    page = twins(live_ball())
    page.set("across", 4)
    question = asked(page, 1)
    page.set("across", 6)
    answer(page, question, (0.1, 0.1))
    assert said(page, 0)["{across}"] == "3.0"


def test_a_python_that_stays_silent_is_not_waited_for(twins):
    page = twins(live_ball())
    page.page.locator("canvas").first.click(position={"x": 200, "y": 120})
    answer(page, asked(page, 1), (1.79, 2.2))
    page.set("rate", 5)
    page.page.locator(".lk").first.get_by_text("2.5", exact=True).first.wait_for()
    assert said(page, 0)["{rate}"] == "2.5"


def test_what_only_python_knows_is_offered_while_it_answers_and_lasts_as_long_as_it_holds(twins):
    page = show_marked(twins)
    handles = page.page.locator(".lk-handle")
    handles.nth(0).press("ArrowRight")
    question = asked(page, 1)
    news = {"arrays": {"away": pack(np.float32(7))}, "keep": False}
    page.page.evaluate(
        "(news) => kernel.tells(news)", news | {k: question[k] for k in ("view", "number")}
    )
    page.page.get_by_text("7", exact=True).wait_for()
    handles.nth(1).press("ArrowUp")  # nothing that Python is asked about
    page.page.wait_for_timeout(60)
    assert said(page, 0)["{far}"] == "7" and page.page.evaluate("asked.length") == 1


def show_marked(twins):
    """The dot's two handles, one of which waits for Python to be there."""
    page = twins(marked())
    assert page.page.locator("input").count() == 0
    page.page.locator(".lk-handle").first.wait_for(state="visible")
    return page


def test_without_python_there_is_no_handle_for_what_only_python_knows(show):
    handles = show(marked()).page.locator(".lk-handle")
    assert [handles.nth(i).is_visible() for i in (0, 1)] == [False, True]


def test_the_speed_belongs_to_one_view_and_stays(twins):
    page = twins(dot())
    speeds = page.page.get_by_label("speed")
    speeds.first.select_option("4×")
    page.page.get_by_role("button", name="Reset").first.click()
    assert [speeds.nth(i).input_value() for i in (0, 1)] == ["4", "1"]


def test_four_times_the_speed_takes_a_run_four_times_as_far(show):
    page = show(dot())
    page.page.clock.install(time=0)
    page.page.clock.pause_at(1_000_000)  # from now on no time passes but what is asked for
    reached = []
    for speed in ("½×", "4×"):
        page.press("Reset")
        page.page.get_by_label("speed").select_option(speed)
        page.press("Play")
        page.page.clock.run_for(112)
        page.page.get_by_role("button", name="Pause").or_(
            page.page.get_by_role("button", name="Play", exact=True)
        ).first.wait_for()
        reached.append(int(page.page.evaluate("document.querySelector('[name=frame]').value")))
        page.page.clock.run_for(2000)
    assert reached[0] <= 1 and reached[1] == 4


def test_everything_on_the_page_is_of_one_step_while_it_plays(show):
    page = show(dot())
    page.page.evaluate(
        """() => { window.apart = [];
        const root = document.querySelector(".lk");
        const look = () => {
            const told = [...root.querySelectorAll("dd, .lk-value")].map((n) => n.textContent);
            if (new Set([...told, root.querySelector("[name=frame]").value]).size > 1) apart.push(told);
            requestAnimationFrame(look);
        };
        requestAnimationFrame(() => requestAnimationFrame(look)) }"""
    )
    page.press("Play")
    page.page.get_by_role("button", name="Play", exact=True).wait_for()
    page.page.wait_for_function("document.querySelector('[name=frame]').value === '4'")
    assert page.page.evaluate("apart") == []
