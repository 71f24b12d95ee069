"""A Player on a page, driven as a learner would, by mouse, touch and keyboard: see whether its
pictures answer.

`opening` opens players as a page from disk with the network off; `visuals` finds those of any page.
"""

import io
from contextlib import contextmanager
from itertools import combinations
from pathlib import Path

from browser import accessibility_faults, listen
from PIL import Image

DOT = io.BytesIO()  # a still picture of one pixel
Image.new("L", (1, 1)).save(DOT, "PNG")
LIGHT, DARK = "background: #ffffff; color: #1b1b1b", "background: #111111; color: #eeeeee"
PICTURES = "[...document.querySelectorAll('.lk canvas')].map((canvas) => canvas.toDataURL())"
TWO_FRAMES = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
SAID = """(view) => [...document.querySelectorAll(".lk")[view].querySelectorAll("[data-text]")]
    .map((node) => [node.dataset.text, node.textContent])"""
VISUALS = "[data-learnkit-player]"
ALL_ARE_ALIVE = f"""() => [...document.querySelectorAll("{VISUALS}")].every(
    (root) => root.querySelector(".lk canvas") && !root.querySelector("img"))"""
PIXELS = """(root) => [...root.querySelectorAll("canvas")].map((canvas) => { // one number for each, 0 for an empty one
    const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
    const colours = new Uint32Array(pixels.buffer);
    if (colours.every((colour) => colour === colours[0])) return 0;
    let sum = 1;
    for (let i = 0; i < colours.length; i++) sum = Math.imul(sum ^ colours[i], 16777619);
    return sum;
})"""
STAND = f"""async (root, words) => {{ // press these buttons, and look once everything is painted
    for (const word of words) root.querySelector(`[value=${{word}}]`)?.click();
    for (let i = 0; i < 3; i++) await new Promise(requestAnimationFrame);
    return ({PIXELS})(root);
}}"""
CHANGES = f"""async (root, [before, frames]) => {{ // is there another picture within so many frames?
    for (let i = 0; i < frames; i++) {{
        await new Promise(requestAnimationFrame);
        if (({PIXELS})(root).join() !== before.join()) return true;
    }}
    return false;
}}"""
IN_SIGHT = """async (root) => {
    const notebook = window.jupyterapp?.shell.currentWidget?.content;
    const cell = (notebook?.widgets ?? []).findIndex((cell) => cell.node.contains(root));
    // JupyterLab 4.2 shows no cell that is out of sight: it has to bring this one
    if (cell >= 0) await notebook.scrollToItem(cell);
    root.scrollIntoView({ block: "center" });
}"""
WRITTEN = """(which) => { // texts of a canvas, as painted last: [text, left, right, top, bottom]
    const canvas = document.querySelectorAll("canvas")[which];
    const proto = CanvasRenderingContext2D.prototype;
    const { fillText, reset } = proto;
    globalThis.written = [];
    let width = canvas.width;
    proto.reset = function () {
        if (this.canvas === canvas) written.length = 0;
        reset.call(this);
    };
    proto.fillText = function (text, x, y, most) {
        fillText.call(this, text, x, y, most);
        if (this.canvas !== canvas) return;
        if (canvas.width !== width) written.length = 0; // another size empties it, too
        width = canvas.width;
        const wide = this.measureText(text).width;
        const left = x - { left: 0, center: wide / 2, right: wide }[this.textAlign];
        const half = 0.35 * parseFloat(this.font.match(/[\\d.]+px/));
        written.push([text, left, left + wide, y - half, y + half]);
    };
}"""
# the speed moves nothing, there is nothing to clear until a run has left its path, and nothing is
# drawn without Python
BUTTONS = "button:not(.lk-clear, [hidden] *)"
CONTROLS = f"input, select[name], {BUTTONS}, canvas[tabindex], .lk-handle:not([hidden])"
KIND_AND_NAME = "(control) => [control.localName, control.name || control.textContent]"
MANY_FRAMES = 90  # within which a run that plays at one step a second comes to its next
FRAMES = 20  # within which a control is answered, by Python too, on a busy machine
KEYS = {
    "input": ["ArrowRight", "ArrowLeft"],
    "select": ["ArrowDown", "ArrowUp"],
    "button": ["Enter"],
}
KEYS |= dict.fromkeys(["canvas", "div"], ["ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"])
# parts of the width and the height
ENDS = {
    "input": [(0.9, 0.5), (0.1, 0.5)],
    "canvas": [(0.3, 0.3), (0.7, 0.7)],
    "div": [(3, -2), (-3, 3)],
}


def written(template):
    """A parsed template as an author writes it."""
    if isinstance(template, str):
        return template
    return "".join(part if isinstance(part, str) else _part(**part) for part in template)


def _part(value, format=None):
    form = format or {}
    places = f".{form['places']}" if "places" in form else ""
    spec = "+" * form.get("plus", False) + places + form.get("kind", "")
    return "{" + value["name"] + f":{spec}" * bool(spec) + "}"


def touching(words):
    """Return the pairs of texts, as WRITTEN notes them, that lie on one another."""
    return [
        (one, other)
        for (one, *a), (other, *b) in combinations(words, 2)
        if a[0] < b[1] and b[0] < a[1] and a[2] < b[3] and b[2] < a[3]
    ]


class OnPage:
    """Players on a page: `page` is Playwright's, `faults` what it complained of or asked of the
    network.
    """

    def __init__(self, browser, folder, *players, style=LIGHT, **options):
        self.context = browser.new_context(
            viewport={"width": 1000, "height": 900}, offline=True, **options
        )
        self.page = self.context.new_page()
        self.faults = listen(self.page)
        self.texts = players[0].scene["texts"]
        if options.get("java_script_enabled", True):
            for player in players:  # matplotlib draws up to a second at what the script replaces
                vars(player).setdefault("png", DOT.getvalue())
        body = "".join(f"<main>{player.html}</main>" for player in players)
        head = '<meta charset="utf-8"><title>Players</title>'
        file = Path(folder) / "page.html"
        file.write_text(
            f'<!doctype html><html lang="en">{head}<body style="{style}">{body}', encoding="utf-8"
        )
        self.page.goto(file.as_uri())
        if options.get("java_script_enabled", True):
            self.page.wait_for_function("[...document.images].length === 0")
            self.page.evaluate(TWO_FRAMES)

    def pictures(self):
        """All the canvases as they are now, as data."""
        self.page.evaluate(TWO_FRAMES)
        return self.page.evaluate(PICTURES)

    def changes(self, act, *arguments, **options):
        """Whether the pictures differ after `act`."""
        before = self.pictures()
        act(*arguments, **options)
        return self.pictures() != before

    def said(self, view=0):
        """What the texts of one view say now: {template as it was written: text}."""
        self.page.evaluate(TWO_FRAMES)
        said = self.page.evaluate(SAID, view)
        return {written(self.texts[int(i)]): text for i, text in said}

    def set(self, name, index, view=0):
        """Put a slider or a choice of one view where a hand would."""
        move = (
            "(node, to) => { if (+to > node.max) node.max = to; node.value = to; "
            "node.dispatchEvent(new Event('input', { bubbles: true })) }"
        )
        self.page.locator(f"[name={name}]").nth(view).evaluate(move, str(index))

    def drag(self, handle, by):
        """Drag a handle by so many pixels."""
        handle.scroll_into_view_if_needed()
        box, mouse = handle.bounding_box(), self.page.mouse
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        mouse.move(x, y)
        mouse.down()
        mouse.move(x + by[0], y + by[1], steps=4)
        mouse.up()

    def press(self, word):
        self.page.get_by_role("button", name=word, exact=True).click()

    def accessibility_faults(self):
        return accessibility_faults(self.page)

    def close(self):
        self.context.close()


@contextmanager
def opening(browser, folder):
    """Gives a function that opens players on a page of their own; in the end no page may have
    complained.
    """
    opened = []

    def on_a_page(*players, **options):
        opened.append(OnPage(browser, folder, *players, **options))
        return opened[-1]

    yield on_a_page
    faults = [fault for page in opened for fault in page.faults]
    for page in opened:
        page.close()
    assert not faults, faults


def visuals(page):
    """Return the visuals of a page once all of them are alive."""
    page.wait_for_function(ALL_ARE_ALIVE)
    return [Visual(root) for root in page.locator(VISUALS).all()]


def by_mouse(control, kind):
    """Return what a mouse can do with a control; at one end of a scale only the other way has an
    effect.
    """
    if kind == "select":  # its list is drawn by the system, out of the page's reach
        return [
            lambda i=i: control.select_option(index=i)
            for i in range(control.locator("option").count())
        ]
    return (
        [lambda end=end: drag(control, end) for end in ENDS[kind]]
        if kind in ENDS
        else [control.click]
    )


def by_keyboard(control, kind):
    """Return the keys that work a control; at one end of a scale only the other way has an
    effect.
    """
    return [lambda key=key: control.press(key) for key in KEYS[kind]]


def drag(control, end):
    """Press the mouse in the middle of a control and release it at `end`."""
    control.scroll_into_view_if_needed()
    box, mouse = control.bounding_box(), control.page.mouse
    mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    mouse.down()
    mouse.move(box["x"] + box["width"] * end[0], box["y"] + box["height"] * end[1])
    mouse.up()


class Visual:
    """A live visual on a page; `root` is its element."""

    def __init__(self, root):
        self.root = root

    def picture(self, *words):
        """Press these buttons of a run, and return a fingerprint of each canvas, 0 for an empty
        one.
        """
        return self.root.evaluate(STAND, list(words))

    def changes(self, before, frames=3):
        """Whether the picture differs from the one before within so many frames; what was asked
        for takes up to 3.
        """
        return self.root.evaluate(CHANGES, [before, frames])

    def is_painted(self):
        """Whether every canvas shows something once it is in sight."""
        self.root.evaluate(IN_SIGHT)
        self.root.wait_for()
        return all(self.picture())

    def button(self, word):
        return self.root.locator(f"button[value={word}]")

    def faults(self, ways=(by_mouse, by_keyboard)):
        """Return a sentence for every control that does not change the picture."""
        found = [] if self.is_painted() else ["a canvas is empty"]
        # what plays comes first, while the run is its author's
        controls = self.root.locator(CONTROLS).all()[::-1]
        for way in ways:
            for control in controls:
                kind, name = control.evaluate(KIND_AND_NAME)
                frames = MANY_FRAMES if name == "Play" else FRAMES
                if not self.answers(way(control, kind), frames):
                    found.append(f"{kind} {name}".strip() + f" does not answer {way.__name__}")
            for summary in self.root.locator("summary").all():
                way(summary, "button")[0]()
                if not self.root.locator("details[open]").count():
                    found.append(f"the list of all steps does not open {way.__name__}")
                way(summary, "button")[0]()
        return found

    def answers(self, actions, frames):
        """Whether an action changes the picture, in the middle of a run or at its start."""
        for place in (["reset", "step", "step"], ["reset"]):
            before = self.picture(*place)
            for act in actions:
                act()
                if self.changes(before, frames):  # the next action may undo this one
                    return True
        return False

    def faults_of_the_run(self):
        """Return a sentence for a Play that cannot be stopped, and for a Reset that does not
        bring the start back.
        """
        first = self.picture("reset")
        self.button("play").click()
        self.changes(first, MANY_FRAMES)
        self.button("play").click()
        found = ["Play does not stop"] if self.changes(self.picture(), 30) else []
        return (
            found
            if self.picture("reset") == first
            else [*found, "Reset does not bring the first picture back"]
        )
