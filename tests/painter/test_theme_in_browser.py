"""Themes in Chromium: however a host changes its own, the first change is followed at once."""

import pytest
from on_page import DARK
from small import ball

from learnkit.widgets import descend_landscape, roll_downhill

CHANGES = {
    "the body's style": f"document.body.style.cssText = '{DARK}'",
    "an attribute of the page": """document.head.append(Object.assign(document.createElement("style"),
        { textContent: "[data-theme=dark] body { background: #111; color: #eee !important }" }));
        document.documentElement.dataset.theme = "dark";""",
    "another style sheet": """document.body.removeAttribute("style");
        document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet",
        href: "data:text/css,body { background: %23111; color: %23eee }" }));""",
    "a style sheet in the place of another": """document.body.removeAttribute("style");
        const sheet = (text) => {
            const node = Object.assign(document.createElement("style"), { textContent: text });
            document.head.append(node);
            return node;
        };
        const old = sheet("body { background: white; color: black }");
        old.remove();
        sheet("body { background: #111; color: #eee }");""",
    "the colour of an element between": """document.querySelector("main").style.color = "#eee";
        document.querySelector("main").style.background = "#111";""",
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("make", [roll_downhill, descend_landscape])
def test_the_first_change_of_the_theme_is_followed(show, make, change):
    page = show(make())
    before = page.pictures()
    page.page.evaluate(f"() => {{ {change} }}")
    page.page.locator(".lk-dark").wait_for()
    after = page.pictures()
    assert all(new != old for new, old in zip(after, before, strict=True))


def test_a_change_back_brings_the_first_picture_back(show):
    page = show(roll_downhill())
    style = page.page.evaluate("document.body.style.cssText")
    before = page.pictures()
    page.page.evaluate(CHANGES["the body's style"])
    page.page.locator(".lk-dark").wait_for()
    page.page.evaluate("(style) => { document.body.style.cssText = style }", style)
    page.page.locator(".lk:not(.lk-dark)").wait_for()
    assert page.pictures() == before


def test_the_systems_preference_is_followed(show):
    sheet = ":root { color-scheme: light dark } body { background: Canvas; color: CanvasText }"
    page = show(roll_downhill(), style="")
    page.page.add_style_tag(content=sheet)
    page.page.emulate_media(color_scheme="dark")
    page.page.locator(".lk-dark").wait_for()


REMOVALS = {
    "cut": "root.remove()",
    "hidden": "root.style.display = 'none'",
    "moved": "document.body.prepend(root)",
    "cut and put back": "root.remove(); setTimeout(() => document.body.append(root), 30)",
    "emptied, as a cell run again does": "root.innerHTML = ''",
}


@pytest.mark.every(4)
@pytest.mark.parametrize("remove", REMOVALS.values(), ids=REMOVALS)
@pytest.mark.parametrize("make", [roll_downhill, descend_landscape, ball])
def test_a_player_that_leaves_its_place_while_it_plays_throws_nothing(show, make, remove):
    page = show(make())
    page.press("Play")
    page.page.evaluate(
        f"""async () => {{
        const root = document.querySelector("[data-learnkit-player]");
        const view = root.querySelector(".lk");
        {remove};
        view.dispatchEvent(new CustomEvent("learnkit-theme"));
        document.body.style.cssText = "{DARK}";
        await new Promise((done) => setTimeout(done, 400));
    }}"""
    )
    assert page.faults == []


def test_a_player_run_again_while_it_plays_plays_anew(show):
    page = show(roll_downhill())
    page.press("Play")
    page.page.evaluate(
        """() => {
        const root = document.querySelector("[data-learnkit-player]");
        const script = document.querySelector("main script").textContent;
        root.innerHTML = "";
        delete root.dataset.alive;
        const again = Object.assign(document.createElement("script"), { textContent: script });
        root.after(again);
    }"""
    )
    page.page.locator(".lk canvas").wait_for()
    assert page.said()["{frame}"] == "0"
    assert page.changes(page.press, "Step")
