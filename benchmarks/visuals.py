"""Measure the visuals in real JupyterLab, beside plain interact and matplotlib.

    python benchmarks/visuals.py            print what is found
    python benchmarks/visuals.py --write    and put it into docs/results.md

Roll downhill and the landscape in 3-D, as a Player and as a plain version that asks the kernel for
each picture. Both get the same treatment in one run: 120 slider moves, each timed from the event
until the first frame with the new picture has been handed over for display; then bursts, in which
pictures are counted: a slider moved in every frame (a held arrow key), the animation, and, in 3-D,
turning. The Players' bursts are counted once more with the processor slowed four-fold, as on a
phone.
"""

import json
import statistics
import sys
import tempfile
from pathlib import Path

import nbformat
from nbformat import v4
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
from browser import CHROMIUM, FLAGS, OpenNotebook, copy_course, jupyterlab  # noqa: E402
from report import put  # noqa: E402

MOVES, BURST = 120, 3.0  # slider moves that are timed; seconds of a burst
SLOWED = 4  # times, as a phone's processor
# milliseconds; frames a second, as fast and slowed (of 60, of which one may be lost to the clock);
# times the plain version; bytes in a notebook
GOALS = {"p95": 16, "frames": 59, "slowed": 45, "ratio": 3, "bytes": 90_000}
KERNEL = {
    "kernelspec": {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
}
PLAYERS = [
    "from learnkit.widgets import descend_landscape, roll_downhill\nroll_downhill()",
    "descend_landscape()",
]
PLAIN = [
    """%matplotlib inline
import matplotlib.pyplot as plt
import numpy as np
from ipywidgets import FloatSlider, IntSlider, Play, interact, jslink
from learnkit.landscapes import CURVES, SURFACES

hills, x = CURVES["hills"], np.linspace(-6, 6, 400)

def roll(rate, frame):
    run = [3.0]
    for _ in range(frame):
        run.append(run[-1] - rate * hills.derivative(run[-1]))
    plt.figure(figsize=(10, 4.4))
    plt.plot(x, hills.function(x), "k")
    plt.plot(run, hills.function(np.array(run)), "o-", mfc="w", lw=1)
    plt.plot(run[-1], hills.function(run[-1]), "o", ms=12)
    plt.xlim(-6, 6)
    plt.show()

rate = FloatSlider(0.3, min=0.01, max=1.2, step=0.01)
interact(roll, rate=rate, frame=Play(5, min=0, max=10**6, interval=16));""",
    """wells = SURFACES["three wells"]
grid = np.meshgrid(*[np.linspace(*wells.range, 37)] * 2)

def descend(rate, azimuth, frame):
    run = [np.array(wells.start)]
    for _ in range(frame % 40):
        run.append(run[-1] - rate * np.array(wells.gradient(*run[-1])))
    run = np.array(run)
    axes = plt.figure(figsize=(6, 4.4)).add_subplot(projection="3d")
    axes.plot_surface(*grid, wells.function(*grid), cmap="viridis", rcount=37, ccount=37)
    axes.plot(*run.T, wells.function(*run.T), "r.-", zorder=9)
    axes.view_init(40, azimuth)
    plt.show()

interact(descend, rate=FloatSlider(0.1, min=0.01, max=0.6, step=0.01),
         azimuth=IntSlider(0, 0, 10**4), frame=Play(5, min=0, max=10**6, interval=16));""",
]
INSTRUMENTS = """(() => {
  const bench = window.bench = { pictures: 0, root: null };
  const paint = CanvasRenderingContext2D.prototype.scale; // the painter's first call for a picture
  CanvasRenderingContext2D.prototype.scale = function (...by) {
    if (bench.root?.querySelector("canvas") === this.canvas) bench.pictures += 1;
    return paint.apply(this, by);
  };
  document.addEventListener("load", ({ target }) => {
    if (target.tagName === "IMG" && bench.root?.contains(target)) bench.pictures += 1;
  }, true);
  const shown = () => new Promise((done) => requestAnimationFrame(() => {
    const channel = new MessageChannel(); // answers after the frame has been painted
    channel.port1.onmessage = () => done(performance.now());
    channel.port2.postMessage(0);
  }));
  bench.time = async (act) => {
    const before = bench.pictures, began = performance.now();
    act();
    let ended = await shown();
    while (bench.pictures === before && ended - began < 5000) ended = await shown();
    return ended - began;
  };
  bench.count = async (seconds, act) => { // pictures a second while `act` is called in every frame
    const before = bench.pictures, began = performance.now();
    while (performance.now() - began < 1000 * seconds) { act(); await shown(); }
    return (bench.pictures - before) * 1000 / (performance.now() - began);
  };
  bench.press = (node, key) =>
    node.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  let there = 1;
  bench.move = (slider) => { // one place on, and back at the ends
    const to = Number(slider.value) + there;
    if (to > Number(slider.max) || to < Number(slider.min)) there = -there;
    slider.value = Number(slider.value) + there;
    slider.dispatchEvent(new Event("input", { bubbles: true }));
  };
  let key = "ArrowRight";
  bench.nudge = (handle) => {
    const at = Number(handle.getAttribute("aria-valuenow"));
    const [low, high] = ["min", "max"].map((end) =>
      Number(handle.getAttribute("aria-value" + end)));
    if (at >= high) key = "ArrowLeft";
    if (at <= low) key = "ArrowRight";
    bench.press(handle, key);
  };
})()"""
PLAYER_MOVE = "() => bench.move(bench.root.querySelector('[name=rate]'))"
PLAIN_MOVE = "() => bench.nudge(bench.root.querySelectorAll('.noUi-handle')[0])"
PLAIN_TURN = "() => bench.nudge(bench.root.querySelectorAll('.noUi-handle')[1])"
NOTHING = "() => {}"


def press_play(page, player):
    """Click Play in the output that is being measured."""
    page.evaluate("(word) => [...bench.root.querySelectorAll('button')].find(word === 'Play'"
                  " ? (b) => b.textContent === 'Play' : (b) => b.querySelector('.fa-play'))"
                  ".click()",
                  "Play" if player else "icon")  # fmt: skip


def measure(page, cell, player, deep):
    """The figures of the visual in the output of a cell: latencies in ms, pictures a second by
    kind of burst.
    """
    page.evaluate(f"bench.root = document.querySelectorAll('.jp-Cell-outputWrapper')[{cell}]")
    page.evaluate("bench.root.scrollIntoView()")
    page.wait_for_timeout(1500)
    move = PLAYER_MOVE if player else PLAIN_MOVE
    page.evaluate(f"bench.time({move})")
    times = [page.evaluate(f"bench.time({move})") for _ in range(MOVES)]
    return times, bursts(page, cell, player, deep)


def bursts(page, cell, player, deep):
    """Pictures a second by kind of burst, of the visual that is being measured."""
    page.wait_for_timeout(1000)
    move = PLAYER_MOVE if player else PLAIN_MOVE
    rates = {"held arrow key": page.evaluate(f"bench.count({BURST}, {move})")}
    page.wait_for_timeout(2000)
    press_play(page, player)
    rates["play"] = page.evaluate(f"bench.count({BURST}, {NOTHING})")
    page.evaluate("[...bench.root.querySelectorAll('button')].find((b) => b.textContent === 'Pause'"
                  " || b.querySelector('.fa-pause'))?.click()")  # fmt: skip
    page.wait_for_timeout(2000)
    if deep:
        rates["rotation"] = turned(page, cell, player)
    return rates


def turned(page, cell, player):
    """Pictures a second while a surface is turned."""
    if not player:
        return page.evaluate(f"bench.count({BURST}, {PLAIN_TURN})")
    page.locator(".jp-Cell-outputWrapper").nth(cell).locator("canvas").first.focus()
    page.keyboard.down("ArrowRight")
    rate = page.evaluate(f"bench.count({BURST}, {NOTHING})")
    page.keyboard.up("ArrowRight")
    return rate


def slowed(page, cell, deep):
    """Pictures a second of the Player of a cell with the processor slowed."""
    page.evaluate(f"bench.root = document.querySelectorAll('.jp-Cell-outputWrapper')[{cell}]")
    page.evaluate("bench.root.scrollIntoView()")
    processor = page.context.new_cdp_session(page)
    processor.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    rates = bursts(page, cell, True, deep)
    processor.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    return rates


def open_notebook(browser, lab, name, cells):
    notebook = v4.new_notebook(cells=[v4.new_code_cell(cell) for cell in cells], metadata=KERNEL)
    nbformat.write(notebook, lab.folder / name)
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.add_init_script(INSTRUMENTS)
    opened = OpenNotebook(page, lab, name)
    opened.run_all()
    return opened


def bytes_of_outputs():
    """What each visual adds to a notebook, as it comes without arguments or with a small
    example.
    """
    from learnkit import Value, widgets

    names = (
        "roll_downhill explore_loss descend_landscape contour_descent hard_places learning_loop "
        "network_trace"
    )
    made = {name: getattr(widgets, name)() for name in names.split()}
    made["compare_runs"] = widgets.compare_runs(widgets.make_runs([0.02, 0.1, 0.3]))
    made["graph_viewer"] = widgets.graph_viewer((Value(2.0) * Value(-0.5) + Value(0.3)).tanh())
    return {
        name: len(json.dumps(player._repr_mimebundle_(), ensure_ascii=False))
        for name, player in made.items()
    }


def rows(title, ours, plain, ours_slowed):
    """The lines of the table for one visual: four texts each, and whether the goal was met."""
    (times, rates), (plain_times, plain_rates) = ours, plain
    lines = []
    for word, pick in (("median", 0.5), ("p95", 0.95)):
        mine, other = (
            statistics.quantiles(found, n=100)[round(100 * pick) - 1]
            for found in (times, plain_times)
        )
        what = f"{title}: slider to picture, {word}"
        limit = GOALS["p95"]
        lines.append((what, f"{mine:.0f} ms", f"{other:.0f} ms", f"≤ {limit} ms", mine <= limit))
    for burst, rate in rates.items():
        other, least = plain_rates[burst], GOALS["frames"]
        met = rate >= least and rate >= GOALS["ratio"] * other
        goal = f"≥ {least} /s and 3 ×"
        lines.append((f"{title}: {burst}", f"{rate:.0f} /s", f"{other:.0f} /s", goal, met))
    for burst, rate in ours_slowed.items():
        what, least = f"{title}: {burst}, slowed {SLOWED} ×", GOALS["slowed"]
        lines.append((what, f"{rate:.0f} /s", "", f"≥ {least} /s", rate >= least))
    return lines


def main():
    if not CHROMIUM:
        sys.exit("The visuals are measured in Chromium, which is not installed.")
    course, private = (Path(tempfile.mkdtemp()) for _ in range(2))
    with jupyterlab(copy_course(course), private) as lab, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        found, slow = {}, {}
        for player, cells in ((True, PLAYERS), (False, PLAIN)):
            notebook = open_notebook(
                browser, lab, f"{'players' if player else 'plain'}.ipynb", cells
            )
            for cell in range(2):
                found[player, cell] = measure(notebook.page, cell, player, deep=cell == 1)
                if player:
                    slow[cell] = slowed(notebook.page, cell, deep=cell == 1)
            notebook.close()
        browser.close()
    lines = []
    for cell, title in enumerate(("roll downhill", "landscape in 3-D")):
        lines += rows(title, found[True, cell], found[False, cell], slow[cell])
    text = table(lines, bytes_of_outputs())
    print(text)
    if sys.argv[1:] == ["--write"]:
        put("visuals", text)


def table(lines, sizes):
    """Return what was found as Markdown."""
    told = ["| what | Player | interact and matplotlib | goal | |", "|---|---:|---:|---:|---|"]
    told += [f"| {' | '.join(texts)} | {'met' if met else 'missed'} |" for *texts, met in lines]
    told += ["", f"Bytes in a notebook, of at most {GOALS['bytes']:,} each:", ""]
    for name, size in sizes.items():
        told.append(f"- {name} {size:,}" + ", missed" * (size > GOALS["bytes"]))
    return "\n".join(told)


if __name__ == "__main__":
    main()
