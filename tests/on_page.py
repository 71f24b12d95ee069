"""A Player on a plain page opened from disk: move its controls, and see whether its pictures
change.
"""

from contextlib import contextmanager
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe

LEVEL_A_AND_AA = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
}
LIGHT, DARK = "background: #ffffff; color: #1b1b1b", "background: #111111; color: #eeeeee"
PICTURES = "[...document.querySelectorAll('.lk canvas')].map((canvas) => canvas.toDataURL())"
TWO_FRAMES = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
SAID = """[...document.querySelector('.lk').querySelectorAll('[data-text]')].map((node) => [node.dataset.text, node.textContent])"""


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


class OnPage:
    """Players on a page: `page` is Playwright's, `faults` what it complained of or asked of the
    network.
    """

    def __init__(self, browser, folder, *players, style=LIGHT, **options):
        self.context = browser.new_context(
            viewport={"width": 1000, "height": 900}, offline=True, **options
        )
        self.page, self.faults = self.context.new_page(), []
        self.texts = players[0].scene["texts"]
        self.page.on(
            "console", lambda said: self.faults.append(said.text) if said.type == "error" else None
        )
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("request", self._follow)
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

    def _follow(self, request):
        if not request.url.startswith(("file:", "data:", "blob:")):
            self.faults.append(f"request to the outside: {request.url[:200]}")

    def pictures(self):
        """All the canvases as they are now, as data."""
        self.page.evaluate(TWO_FRAMES)
        return self.page.evaluate(PICTURES)

    def changes(self, act, *arguments, **options):
        """Whether the pictures differ after `act`."""
        before = self.pictures()
        act(*arguments, **options)
        return self.pictures() != before

    def said(self):
        """What the texts of the first player say now: {template as it was written: text}."""
        self.page.evaluate(TWO_FRAMES)
        return {written(self.texts[int(i)]): text for i, text in self.page.evaluate(SAID)}

    def set(self, name, index):
        """Put a slider or a choice where a hand would."""
        move = (
            "(node, to) => { node.value = to; node.dispatchEvent(new Event('input', { bubbles: "
            "true })) }"
        )
        self.page.locator(f"[name={name}]").evaluate(move, str(index))

    def press(self, word):
        self.page.get_by_role("button", name=word, exact=True).click()

    def accessibility_faults(self):
        violations = Axe().run(self.page, options=LEVEL_A_AND_AA).response["violations"]
        return [
            f"{rule['id']}: {node['html'][:200]}" for rule in violations for node in rule["nodes"]
        ]

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
