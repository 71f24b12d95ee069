"""A page whose Players are wired to a kernel that keeps what it is asked and says what it is told."""

from pathlib import Path

from learnkit.painter import live

LIVE = Path(live.__file__).with_name("live.js")

WIRE = """async (source) => {
    const page = document.querySelector("[data-learnkit-player]").dataset.learnkitPlayer;
    const file = new Blob([source], { type: "text/javascript" });
    const { default: wire } = await import(URL.createObjectURL(file));
    window.asked = [];
    window.kernel = { on: true };
    const send = (question) => {
        asked.push(question);
        if (!kernel.on) throw Error("Cannot send");
    };
    const on = (_, hear) => { kernel.tells = hear };
    wire.initialize({ model: { send, get: () => page, on, off() {} } });
}"""


def wired(page):
    """Wire all views of the first Player of a page; return the page."""
    page.page.evaluate(WIRE, LIVE.read_text(encoding="utf-8"))
    return page
