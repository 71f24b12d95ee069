"""Stored outputs as VS Code's notebook renderer shows them, worked by mouse and keyboard.

VS Code is not started: a page imitates it. Each fact about VS Code that the imitation rests on is
told where it is used, marked "VS Code:"; they were read in its source: the webview's page, the
notebook's page within it, and the built-in renderer.
"""

import json
from functools import cache

import pytest
from browser import CHAPTERS, accessibility_faults, listen
from on_page import FRAMES, Visual

PLACE = "http://127.0.0.1/vscode"  # answered by the tests themselves
THEMES = {  # its own themes Dark Modern, Light Modern and Dark High Contrast
    "vscode-dark": {"editor-background": "#1f1f1f", "editor-foreground": "#cccccc"},
    "vscode-light": {"editor-background": "#ffffff", "editor-foreground": "#3b3b3b"},
    "vscode-high-contrast": {"editor-background": "#000000", "editor-foreground": "#ffffff"},
}
# VS Code: keys pressed in a webview reach the window of its frame first; what bubbles up to that
# window is sent to the workbench, which looks for a shortcut by the key's old number.
WORKBENCH = """<!doctype html><html lang="en"><title>Workbench</title><body style="margin: 0">
<script>
const heard = [];
function listen(frame) {
  frame.contentWindow.addEventListener("keydown", (event) => {
    heard.push(`${event.ctrlKey ? "Ctrl+" : ""}${event.key} ${event.keyCode}`);
    // VS Code: the browser's own answer to the keys for save, find, undo and print is prevented
    if (event.ctrlKey && "sfzyp".includes(event.key)) event.preventDefault();
  });
}
</script>
<iframe name="webview" title="Notebook" src="/vscode/webview" onload="listen(this)"
  sandbox="allow-same-origin allow-pointer-lock allow-scripts allow-downloads"
  style="width: 900px; height: 4000px; border: 0"></iframe>"""
# VS Code: one frame holds the outputs of all cells. Nothing of Jupyter is there: no RequireJS, no
# class or colour of JupyterLab. Its styles lie in a layer below those of an output; those for
# tables do not. The text has the editor's colour, the ground is the editor's, seen through.
WEBVIEW = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Notebook</title>
POLICY<style>
@layer vscode-default {
  body { margin: 0; color: var(--vscode-editor-foreground); font: 13px sans-serif }
  img { max-width: 100%; max-height: 100% }
  code { padding: 1px 3px; color: #d0d0d0; background: #3c3c3c }
  .vscode-light code { color: #3b3b3b; background: #0000001f }
  a { color: #4daafc }
  .vscode-light a { color: #005fb8 }
}
html { background: var(--vscode-editor-background) } /* where a test of contrast finds it */
table, tr, th, td { border: none !important; text-align: right }
tr:nth-child(even) { background: #82828214 }
.output { box-sizing: border-box; padding: 8px; font-size: 14px; overflow-x: auto }
</style></head><body role="document" style="overflow: hidden">
<div id="container" class="widgetarea" style="position: absolute; width: 100%; top: 0"></div>"""
# VS Code: HTML becomes the content of a new element, whose scripts stay as they lie. Each is then
# made anew with its text and a few attributes, appended and taken out at once, so that a script
# has no place in the page. The first element of an output can have the focus.
SHOW = """([id, html]) => {
  const output = Object.assign(document.createElement("div"), { className: "output", id });
  const made = document.createElement("div");
  made.innerHTML = html;
  output.append(made);
  document.getElementById("container").append(output);
  for (const lying of [...made.querySelectorAll("script")]) {
    const script = document.createElement("script");
    script.text = lying.innerText;
    for (const name of ["type", "src", "nonce", "nomodule", "async"]) {
      if (lying.hasAttribute(name)) script.setAttribute(name, lying.getAttribute(name));
    }
    made.append(script);
    script.remove();
  }
  made.tabIndex = 0;
}"""
# VS Code: a theme is a class and an attribute of the body, and variables in the style of the page.
DRESS = """([name, colours]) => {
  document.body.classList.remove("vscode-dark", "vscode-light", "vscode-high-contrast");
  document.body.classList.add(name);
  document.body.dataset.vscodeThemeKind = name;
  for (const [colour, value] of Object.entries(colours)) {
    document.documentElement.style.setProperty(`--vscode-${colour}`, value);
  }
}"""
# VS Code: with the experimental setting notebook.experimental.enableCsp, off unless somebody turns
# it on, scripts come from the page itself and from VS Code's own address alone.
STRICT = """<meta http-equiv="Content-Security-Policy" content="default-src 'none';
script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; img-src data:">"""


@cache
def stored():
    """The HTML outputs of all chapters with solutions: (source of the cell, data of an output)."""
    return [
        ("".join(cell["source"]), {kind: "".join(text) for kind, text in output["data"].items()})
        for chapter in CHAPTERS
        for cell in json.loads(chapter.read_text(encoding="utf-8"))["cells"]
        for output in cell.get("outputs", [])
        if "text/html" in output.get("data", {})
    ]


def output_of(call):
    """The HTML that was stored first for a cell whose source ends in a call."""
    return next(data["text/html"] for source, data in stored() if source.rstrip().endswith(call))


class Notebook:
    """A notebook's outputs in the imitation: `frame` is Playwright's, `faults` what went wrong."""

    def __init__(self, browser, policy=""):
        self.context = browser.new_context(viewport={"width": 1000, "height": 900}, offline=True)
        self.context.add_init_script("Math.random = () => 0.73")  # nothing is drawn by lot
        self.shown = 0
        self.page = self.context.new_page()
        self.page.set_default_timeout(30_000)
        self.faults = listen(self.page)
        self.pages = {PLACE: WORKBENCH, f"{PLACE}/webview": WEBVIEW.replace("POLICY", policy)}
        self.page.route(f"{PLACE}**", self.serve)
        self.page.goto(PLACE)
        self.frame = self.page.frame("webview")
        self.dress("vscode-dark")

    def serve(self, route):
        route.fulfill(content_type="text/html", body=self.pages[route.request.url])

    def dress(self, theme):
        self.frame.evaluate(DRESS, [theme, THEMES[theme]])

    def show(self, html):
        """Show an output below the others."""
        self.shown += 1
        self.frame.evaluate(SHOW, [f"output-{self.shown}", html])
        return self.frame.locator(f"#output-{self.shown}")

    def show_again(self, html):
        """Show an output, take it out, as VS Code may do far out of sight, and show it anew."""
        take_out(self.show(html))
        return self.show(html)

    def visual(self, html):
        """Show a visual and wait until it is alive."""
        output = self.show_again(html)
        output.locator("canvas").first.wait_for()
        return Visual(output.locator("[data-learnkit-player]"))

    def heard(self):
        """The keys that have reached the workbench."""
        return self.page.evaluate("heard")


def take_out(output):
    output.evaluate("(node) => node.closest('.output').remove()")


@pytest.fixture
def notebook(browser):
    opened = Notebook(browser)
    yield opened
    opened.context.close()
    assert opened.faults == []


# the second asks Python where there is a kernel
PLAYER, LIVE = "widgets.free_throws()", "widgets.descend_landscape()"


@pytest.mark.parametrize("call", [PLAYER, pytest.param(LIVE, marks=pytest.mark.slow)])
def test_a_visual_plays_and_its_slider_answers_the_keyboard(notebook, call):
    visual = notebook.visual(html := output_of(call))
    visual.button("play").click()
    take_out(visual.root)  # while it plays
    visual = notebook.visual(html)
    assert visual.is_painted() and visual.faults_of_the_run() == []
    slider = visual.root.get_by_role("group").get_by_role("slider")
    for key in ("ArrowRight", "End", "Home"):
        before = visual.picture()
        slider.press(key)
        assert visual.changes(before, FRAMES), key
    before = visual.picture("reset")
    visual.button("step").press("Enter")
    assert visual.changes(before, FRAMES)
    assert notebook.heard() == []


@pytest.mark.slow
@pytest.mark.parametrize("call", [PLAYER, LIVE])
def test_every_control_of_a_visual_answers_to_mouse_and_keyboard(notebook, call):
    assert notebook.visual(output_of(call)).faults() == []
    assert notebook.heard() == []


def test_shortcuts_pressed_in_a_visual_reach_the_workbench_with_their_number(notebook):
    visual = notebook.visual(output_of(PLAYER))
    visual.root.get_by_role("slider").first.press("Control+s")
    assert notebook.heard()[-1] == "Ctrl+s 83"


def answer_a_choice(question):
    right = question.locator(".lkq-option").filter(has_text="Run the cell that makes")
    others = question.locator(".lkq-option").filter(has_not_text="Run the cell that makes")
    others.first.click()
    question.get_by_role("button", name="Check").click()
    said(question, "Not yet")
    right.focus()
    right.press("Enter")
    said(question, "Correct")


def answer_with_a_number(question):
    field = question.get_by_label("Your answer")
    field.fill("4")
    question.get_by_role("button", name="Check").click()
    said(question, "three adjustments between them")
    field.press("Delete")  # which in VS Code deletes a cell, if it hears of it
    field.press_sequentially("3")
    field.press("Enter")
    said(question, "Correct")


def predict_an_option(question):
    question.locator(".lkq-option").first.click()
    question.get_by_role("button", name="Commit").click()
    said(question, "Your guess: A")
    question.get_by_role("button", name="Change my guess").press("Enter")
    question.locator(".lkq-option").first.press("ArrowDown")
    question.locator(".lkq-option").nth(1).press("Enter")
    said(question, "Your guess: B")


def predict_a_number(question):
    field = question.get_by_label("Your guess")
    field.fill("12")
    question.get_by_role("button", name="Commit").click()
    said(question, "Your guess: 12")
    question.get_by_role("button", name="Change my guess").press("Enter")
    field.press_sequentially("9")
    field.press("Enter")
    said(question, "Your guess: 9")


def turn_cards(question):
    said(question, "Card 1 of")
    question.get_by_role("button", name="Turn").click()
    said(question, "A piece of text or code.")
    question.locator(".lkq-card").press("ArrowRight")
    said(question, "Card 2 of")
    question.locator(".lkq-card").press("Enter")
    said(question, "The Python that runs your cells.")


def open_the_solution(question):
    question.get_by_role("button", name="Solution").press("Enter")
    said(question, "next_angle = 35")


def play_the_guessing_game(question):
    question.get_by_role("button", name="Higher").click()
    question.locator("circle").nth(1).wait_for()
    question.get_by_role("button", name="Lower").press("Enter")
    question.locator("circle").nth(2).wait_for()


def said(question, words):
    question.get_by_text(words).locator("visible=true").first.wait_for()


QUESTIONS = {
    "practice.what_to_do_first": answer_a_choice,
    "practice.throws_to_go": answer_with_a_number,
    "practice.start_too_steep": predict_an_option,
    "practice.how_many_throws": predict_a_number,
    "practice.cards": turn_cards,
    "practice.adjust_by_hand.check(next_angle)": open_the_solution,
    "widgets.GuessingGame()": play_the_guessing_game,
}


@pytest.mark.every(4)
@pytest.mark.parametrize(("call", "work"), QUESTIONS.items(), ids=QUESTIONS)
def test_a_question_answers_to_mouse_and_keyboard_and_keeps_its_keys(notebook, call, work):
    work(notebook.show_again(output_of(call)).locator(".lkq"))
    assert notebook.heard() == []


def test_what_was_answered_is_still_there_when_the_output_comes_back(notebook):
    html = output_of("practice.what_to_do_first")
    answer_a_choice((output := notebook.show(html)).locator(".lkq"))
    take_out(output)
    said(notebook.show(html).locator(".lkq"), "Correct")


@pytest.mark.slow
def test_one_page_of_outputs_is_readable_in_every_theme_and_visuals_follow_it(notebook):
    visual = notebook.visual(output_of(PLAYER))
    for call in [*QUESTIONS, "progress()"]:
        notebook.show(output_of(call))
    notebook.frame.locator(".lkq:not([data-awake])").first.wait_for(state="detached")
    pictures = []
    for theme in THEMES:
        notebook.dress(theme)
        state = ":not(.lk-dark)" if theme == "vscode-light" else ".lk-dark"
        visual.root.locator(f".lk{state}").wait_for()
        pictures.append(visual.picture())
        assert accessibility_faults(notebook.frame, "#container") == [], theme
    dark, light, dark_again = pictures
    assert dark != light != dark_again


def test_a_link_of_the_map_is_a_file_beside_the_notebook(notebook):
    # VS Code: it opens such a link itself, if it is an element of HTML and not of a drawing
    first = notebook.show(output_of("progress()")).get_by_role("link").first
    assert first.evaluate("(link) => link instanceof HTMLAnchorElement")
    assert first.get_attribute("href") == CHAPTERS[0].name


def test_where_scripts_may_load_nothing_pictures_and_questions_are_still_read(browser):
    strict = Notebook(browser, policy=STRICT)
    assert strict.show(output_of(PLAYER)).get_by_role("img").is_visible()
    question = strict.show(output_of("practice.what_to_do_first"))
    assert question.get_by_text("What do you do first?").is_visible()
    assert question.get_by_text("Close the notebook and open it again.").is_visible()
    strict.context.close()


def test_where_the_folder_is_not_trusted_every_output_has_words_instead():
    # VS Code: in Restricted Mode HTML is not shown at all, and the text beside it is
    silent = [
        source
        for source, data in stored()
        if "data-learnkit-answered" not in data["text/html"]
        and (not data["text/plain"].strip() or " object at 0x" in data["text/plain"])
    ]
    assert silent == []
