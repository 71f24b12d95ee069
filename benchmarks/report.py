"""Says what a race found: tables in Markdown, a picture, and both put into docs/results.md."""

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from platform import python_version

DOCS = Path(__file__).resolve().parents[1] / "docs"
NAMES = {
    "value": "Value",
    "dot": "Value, with dot",
    "tensor": "Tensor",
    "numpy": "NumPy by hand",
    "micrograd": "micrograd",
    "autograd": "HIPS autograd",
    "torch": "PyTorch",
    "torch32": "PyTorch, float32",
    "jax": "JAX",
    "jit": "JAX, with jit",
}
OURS = ("Value", "Value, with dot", "Tensor")
RIVALS = ("micrograd", "autograd", "torch", "jax")  # as packages are called
CHAIN_GOAL = 2  # seconds
HEAD = (
    "| step | ours | ms | against | ms | ratio | goal | |",
    "|---|---|---:|---|---:|---:|---:|---|",
)


def label(name):
    """Return what a contender, such as "flip torch", is called."""
    return NAMES[name.split()[1]]


def tables(races, seconds, chain, rounds, cores):
    """Return the goals, the times of all contenders and the chain as Markdown.

    seconds: {title of a race: {contender: median seconds a step}}; chain: the title of the chain.
    """
    goals = [
        row(race.title, goal, seconds[race.title])
        for race in races
        for goal in race.goals
        if goal.ours in seconds[race.title] and goal.other in seconds[race.title]
    ]
    (chained,) = seconds[chain].values()
    parts = [
        f"Python {python_version()}, {', '.join(versions())}; {cores} cores; medians of {rounds} "
        "rounds.",
        "\n".join([*HEAD, *goals]),
        f"{chain[0].upper()}{chain[1:]}, forward, backward and freed: {chained:.2f} s (goal: below "
        f"{CHAIN_GOAL} s).",
        "Milliseconds a step of everyone:",
        everyone(races, seconds),
    ]
    return "\n\n".join(parts)


def row(title, goal, seconds):
    """Return a line of the table of goals."""
    ours, other = seconds[goal.ours], seconds[goal.other]
    ratio = other / ours if goal.kind == "≥" else ours / other
    verdict = "met" if (ratio >= goal.bound) == (goal.kind == "≥") else "missed"
    return (
        f"| {title} | {label(goal.ours)} | {milliseconds(ours)} | {label(goal.other)} | "
        f"{milliseconds(other)} | {ratio:.2f} | {goal.kind} {goal.bound} | {verdict} |"
    )


def everyone(races, seconds):
    """Return a table of all times: a row for each contender, a column for each race."""
    titles = [race.title for race in races]
    found = {}
    for title in titles:
        for name, time in seconds[title].items():
            found.setdefault(label(name), {})[title] = milliseconds(time)
    lines = ["| | " + " | ".join(titles) + " |", "|---|" + "---:|" * len(titles)]
    for name in NAMES.values():
        if name in found:
            cells = [found[name].get(title, "") for title in titles]
            lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def milliseconds(seconds):
    return f"{float(f'{1e3 * seconds:.3g}'):g}"


def versions():
    """Return "numpy 2.4.6" and the like for each library that is installed."""
    found = []
    for package in ("numpy", *RIVALS):
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            continue
    return found


def write(text, races, seconds, folder=DOCS):
    """Put the tables of the engine and their picture into results.md."""
    put("engine", f"{text}\n\n![{described(races, seconds)}](engine.svg)", folder)
    draw(races, seconds, folder / "engine.svg")


def put(part, text, folder=DOCS):
    """Put a text between the marks of a part of results.md; what is around them stays.

    Raises ValueError if the marks are not there.
    """
    mark, end_mark = f"<!-- {part}: begin -->", f"<!-- {part}: end -->"
    file = folder / "results.md"
    before, begin, rest = file.read_text("utf-8").partition(mark)
    _, end, after = rest.partition(end_mark)
    if not (begin and end):
        raise ValueError(
            f"{file} has no place for the results: it needs the lines {mark} and {end_mark}."
        )
    file.write_text(f"{before}{begin}\n{text}\n{end}{after}", encoding="utf-8")


def described(races, seconds):
    """Return the picture in words."""
    sentences = []
    for race in races:
        times = sorted(seconds[race.title].items(), key=lambda pair: pair[1])
        listed = ", ".join(f"{label(name)} {milliseconds(time)}" for name, time in times)
        sentences.append(f"{race.title}: {listed}.")
    return "Milliseconds a step, the fastest first. " + " ".join(sentences)


def draw(races, seconds, file):
    """Draw a panel for each race, a dot for each contender, into an SVG, the same each time."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    with rc_context({"svg.hashsalt": "engine", "svg.fonttype": "none", "font.size": 9}):
        counts = [len(seconds[race.title]) for race in races]
        figure = Figure(figsize=(8, 0.3 * sum(counts) + 0.7 * len(races)), layout="constrained")
        panels = figure.subplots(len(races), 1, height_ratios=[count + 1 for count in counts])
        for axes, race in zip(panels, races):
            panel(axes, race.title, seconds[race.title])
        panels[-1].set_xlabel("milliseconds a step (logarithmic)")
        figure.savefig(file, metadata={"Date": None})


def panel(axes, title, seconds):
    """Draw one race: ours as filled dots, the others as open ones, the fastest on top."""
    fastest_last = sorted(seconds.items(), key=lambda pair: -pair[1])
    for place, (name, time) in enumerate(fastest_last):
        is_ours = label(name) in OURS
        colour = "#0072B2" if is_ours else "#555555"
        axes.plot(1e3 * time, place, "o", color=colour, mfc=colour if is_ours else "white")
        axes.annotate(
            milliseconds(time), (1e3 * time, place), (7, 0), textcoords="offset points", va="center"
        )
    axes.set_yticks(range(len(fastest_last)), [label(name) for name, _ in fastest_last])
    axes.set_xscale("log")
    axes.xaxis.set_major_formatter("{x:g}")
    axes.xaxis.set_minor_formatter("")
    axes.margins(x=0.15, y=0.15)
    axes.set_title(title, loc="left", fontsize=10)
    axes.grid(axis="x", alpha=0.3)
