"""Drive live visuals as a learner would, by mouse and by keyboard, and look whether the picture answers."""

VISUALS = "[data-learnkit-player]"
ALL_ARE_ALIVE = f"""() => [...document.querySelectorAll("{VISUALS}")].every(
    (root) => root.querySelector(".lk canvas") && !root.querySelector("img"))"""
PIXELS = """async (root) => { // one number for each canvas, once all that was asked for is painted
    for (let i = 0; i < 3; i++) await new Promise(requestAnimationFrame);
    return [...root.querySelectorAll("canvas")].map((canvas) => {
        const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
        const colours = new Uint32Array(pixels.buffer);
        return colours.some((colour) => colour !== colours[0]) &&
            colours.reduce((sum, colour) => Math.imul(sum ^ colour, 16777619), 1);
    });
}"""
STAND_AT = """(root, words) => words.forEach((word) => root.querySelector(`[value=${word}]`)?.click())"""
KEYS = {"input": ["ArrowRight", "ArrowLeft"], "select": ["ArrowDown", "ArrowUp"], "button": ["Enter"]}
KEYS |= {"canvas": ["ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"]}
ENDS = {"input": [(0.9, 0.5), (0.1, 0.5)], "canvas": [(0.3, 0.3), (0.7, 0.7)]}  # parts of the width and the height


def visuals(page):
    """Return the visuals of a page once all of them are alive."""
    page.wait_for_function(ALL_ARE_ALIVE)
    return [Visual(root) for root in page.locator(VISUALS).all()]


def by_mouse(control, kind):
    """Return what a mouse can do with a control; at one end of a scale only the other way has an effect."""
    if kind == "select":  # its list is drawn by the system, out of the page's reach
        return [lambda i=i: control.select_option(index=i) for i in range(control.locator("option").count())]
    return [lambda end=end: drag(control, end) for end in ENDS[kind]] if kind in ENDS else [control.click]


def by_keyboard(control, kind):
    """Return the keys that work a control; at one end of a scale only the other way has an effect."""
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

    def picture(self):
        """Return a fingerprint of each canvas, False for an empty one."""
        return self.root.evaluate(PIXELS)

    def button(self, word):
        return self.root.locator(f"button[value={word}]")

    def faults(self, ways=(by_mouse, by_keyboard)):
        """Return a sentence for everything that does not answer; the run comes first, while it is its author's."""
        self.root.scroll_into_view_if_needed()
        found = [] if all(self.picture()) else ["a canvas is empty"]
        for way in ways:
            found += [f"{fault} {way.__name__}" for fault in self.faults_of_controls(way)]
        return found

    def faults_of_controls(self, way):
        press = lambda button: way(button, "button")[0]()
        if self.button("play").count():
            yield from self.faults_of_the_run(lambda word: press(self.button(word)))
        for control in reversed(self.root.locator("input, select, button[value=mark], canvas[tabindex]").all()):
            kind, name = control.evaluate("(control) => [control.localName, control.name || control.textContent]")
            if not self.answers(way(control, kind)):
                yield f"{kind} {name}".strip() + " does not answer"
        for summary in self.root.locator("summary").all():
            press(summary)
            if self.root.locator("details[open]").count() == 0:
                yield "the list of all steps does not open"
            press(summary)

    def answers(self, actions):
        """Whether one of the actions changes the picture, in the middle of a run or at its start."""
        for place in (["reset", "step", "step"], ["reset"]):
            self.root.evaluate(STAND_AT, place)
            before = self.picture()
            for act in actions:
                act()
                if self.picture() != before:
                    return True
        return False

    def faults_of_the_run(self, press):
        press("reset")
        first = self.picture()
        press("step")
        if self.picture() == first:
            yield "Step changes nothing"
        press("reset")
        press("play")
        if all(self.picture() == first for _ in range(60)):
            yield "Play changes nothing"
        press("play")
        stopped = self.picture()
        if any(self.picture() != stopped for _ in range(4)):
            yield "Play does not stop"
        press("reset")
        if self.picture() != first:
            yield "Reset does not bring the first picture back"
