"""The still picture of a scene, by matplotlib: for GitHub, PDF and untrusted notebooks."""

import io
from functools import cache

import numpy as np
from matplotlib import colormaps
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import FuncNorm, to_rgba_array
from matplotlib.figure import Figure
from matplotlib.patches import Ellipse, FancyBboxPatch, Rectangle
from matplotlib.patheffects import withStroke
from matplotlib.transforms import ScaledTranslation
from PIL import Image

from learnkit.painter.expressions import template
from learnkit.painter.looks import FACTORS, MIDDLE_GREY
from learnkit.painter.numbers import level_texts

INK = {
    "ink": "#1b1b1b", "muted": "#595959", "faint": "#d6d6d6", "paper": "#ffffff", "blue": "#0072b2",
    "orange": "#b87300", "vermilion": "#c94f00", "green": "#00805c", "purple": "#a9487f",
}  # fmt: skip
MARKS = {"circle": "o", "square": "s", "triangle": "^", "diamond": "D", "star": "*"}
# rows by which a label moves down or up to be clear of its neighbours, as on the page
MOVES = [0, *(side * (1 + i / 2) for i in range(15) for side in (1, -1))]
POINT = 0.75  # of a pixel on a page
HALO = [withStroke(linewidth=2.5, foreground="white")]


def draw(scene, lens):
    """The scene at the lens's state as the bytes of a PNG, in the palette's few colours to keep
    it small.
    """
    panels = scene["panels"]
    drawn = any(panel["bare"] for panel in panels)  # with words inside, which need room
    columns = min(2 if drawn else 3, len(panels))
    rows = -(-len(panels) // columns)
    figure = Figure(figsize=_size(scene, rows, columns), dpi=scene["dpi"], layout="constrained")
    canvas = FigureCanvasAgg(figure)
    nodes = []
    for place, panel in enumerate(panels, 1):
        # takes what is left of two
        last = rows * columns if columns == 2 and panel is panels[-1] else place
        nodes += _panel(figure, (rows, columns, (place, last)), panel, lens)
    _say(figure, scene, lens)
    _fit(figure, nodes)
    figure.set_layout_engine("none")  # it is laid out
    canvas.draw()
    small = io.BytesIO()
    picture = Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB")
    picture = picture.quantize(palette=_palette(), dither=Image.Dither.NONE)
    picture.save(small, format="png", optimize=True)
    return small.getvalue()


def _size(scene, rows, columns):
    """Width and height of the picture in inches; a still is as large as on a wide page."""
    panels = scene["panels"]
    wide, aspects = 8.4, [panel["aspect"] for panel in panels]
    if not scene["controls"]:
        pixels = max(panel["tall"] * panel["aspect"] for panel in panels)
        wide = min(wide, columns * pixels / 84)
    else:
        aspects = np.minimum(aspects, 2.2)
    tall = rows * (wide / columns) / np.mean(aspects) + (0.9 if scene["controls"] else 0.4)
    return wide, min(tall, 9)


def _say(figure, scene, lens):
    """Controls and readouts below the panels, as many in a line as there is room for."""
    said = [f"{r['label']} {lens.words(r['text'])}".strip() for r in scene["readouts"]]
    alone = [r["wide"] for r in scene["readouts"]]
    controls = [
        f"{c['label']} {lens.words(template('{' + c['name'] + '}'))}"
        for c in scene["controls"]
        if not {"frames", "tools"} & c.keys() and not c.get("hidden")
    ]
    note = figure.supxlabel("", fontsize=9)
    most = figure.bbox.width - 16
    parts = [_wrapped(note, part.split(" "), most) for part in controls + said]
    short = [
        part for part, own in zip(parts, [False] * len(controls) + alone, strict=True) if not own
    ]
    wide = [part for part, own in zip(parts[len(controls) :], alone, strict=True) if own]
    note.set_text("\n".join([_wrapped(note, short, most, "    ")] * bool(short) + wide))


def _wrapped(note, pieces, most, gap=" "):
    """The pieces in lines of at most so many pixels, measured with the type of the text `note`."""
    upright = note.get_rotation() == 0
    lines = pieces[:1]
    for piece in pieces[1:]:
        note.set_text(lines[-1] + gap + piece)
        box = note.get_window_extent()
        if (box.width if upright else box.height) <= most:
            lines[-1] = note.get_text()
        else:
            lines.append(piece)
    return "\n".join(lines)


def _fit(figure, nodes):
    """Wrap and shrink texts until they stay in the room that the layout leaves for them."""
    panels = [axes for axes in figure.axes if axes.get_subplotspec()]
    lay_out = figure.get_layout_engine().execute
    if any(axes.name == "3d" for axes in panels):
        _draw_without_layout(figure)
        figure.draw_without_rendering()
    else:
        lay_out(figure)
    for axes in figure.axes:
        if axes.name != "3d":
            _rewrap(axes.yaxis.label, axes.bbox.height)
    lay_out(figure)
    for axes in panels:
        right = [
            other.bbox.x0
            for other in panels
            if _row(other) == _row(axes) and other.bbox.x0 > axes.bbox.x0 + 1
        ]
        axes._left_title.set_visible(True)
        _rewrap(axes._left_title, min(right, default=figure.bbox.width) - axes.bbox.x0 - 8)
    lay_out(figure)
    for axes in panels:
        _part(axes)
    for note, extent in nodes:
        w, h = note.axes.transData.transform(extent) - note.axes.transData.transform((0, 0))
        box = note.get_window_extent()
        note.set_fontsize(note.get_fontsize() * min(1, 0.92 * w / box.width, 0.9 * h / box.height))


def _part(axes):
    """Move labels that would lie on one another up or down, as the page does."""
    taken = []
    for note in axes.texts:
        if note.get_gid() != "label":
            continue
        x, y = note.xyann
        tall = note.get_window_extent().height * 72 / axes.figure.dpi
        for move in MOVES:
            note.xyann = x, y + move * tall
            box = note.get_window_extent().padded(-1)
            if not any(box.overlaps(other) for other in taken):
                break
        taken.append(box)


def _draw_without_layout(figure):
    """Let boxes in 3-D find their size, which older versions of matplotlib do only as they draw.

    Until then they measure thousands of pixels, and a layout has no room for anything else.
    """
    figure.set_layout_engine("none")
    figure.draw_without_rendering()
    figure.set_layout_engine("constrained")


def _row(axes):
    return axes.get_subplotspec().rowspan.start


def _rewrap(note, most):
    if note.get_text():
        note.set_text(_wrapped(note, note.get_text().split(" "), most))


@cache
def _palette():
    """White, the inks in three strengths, steps of viridis: lines keep their colours, files stay
    small.
    """
    inks = 255 - np.outer(
        [1, 0.67, 0.33], 255 - 255 * to_rgba_array([*INK.values()])[:, :3].ravel()
    )
    steps = 255 * colormaps["viridis"](np.linspace(0, 1, 24))[:, :3]
    picture = Image.new("P", (1, 1))
    picture.putpalette(
        [255] * 3 + np.concatenate([inks.ravel(), steps.ravel()]).round().astype(int).tolist()
    )
    return picture


def _panel(figure, place, panel, lens):
    """Draw a panel; returns the texts of its nodes, each with the width and height of its node."""
    deep = "z" in panel
    axes = figure.add_subplot(*place, projection="3d" if deep else None)
    for axis in "xyz" if deep else "xy":
        low, high = (float(v) for v in lens.evaluate(panel[axis]["range"]))
        getattr(axes, f"set_{axis}lim")(low, high)
        ticks = panel[axis]["ticks"]
        # where text layers stand for ticks
        pad = 4 if ticks or isinstance(panel[axis]["range"], dict) else 36
        name = panel[axis]["label"]
        if axis == "z":  # beside its axis it would run into the next panel
            axes.text2D(1, 0.93, name, transform=axes.transAxes, fontsize=9, ha="right")
        else:
            getattr(axes, f"set_{axis}label")(name, fontsize=9, labelpad=pad)
        if isinstance(panel[axis]["range"], list) and not panel["bare"]:
            getattr(axes, f"set_{axis}ticks")(
                [at for at, _ in ticks], [words for _, words in ticks]
            )
    axes.tick_params(labelsize=8)
    if panel["title"]:
        # until it is wrapped
        axes.set_title(lens.words(panel["title"]), fontsize=10, loc="left", visible=False)
    if deep:
        axes.view_init(
            np.degrees(panel["camera"]["elevation"]), np.degrees(panel["camera"]["azimuth"]) - 90
        )
        axes.set_box_aspect((1, 1, 0.6), zoom=0.9)  # room for its names
    elif panel["bare"]:
        axes.axis("off")
    else:
        axes.grid(color=INK["faint"], linewidth=0.7)
        axes.set_axisbelow(True)
        axes.spines[["top", "right"]].set_visible(False)
    nodes = []
    for layer in panel["layers"]:
        if not layer.get("frame"):
            nodes += LAYERS[layer["draw"]](axes, layer, lens, panel) or []
    return nodes


def _points(place, lens, panel):
    """The rows of a place, one column a coordinate; heights on the surface where a 3-D place
    names none.
    """
    if isinstance(place, dict):
        rows = np.atleast_2d(lens.evaluate(place))
    else:
        rows = np.column_stack(
            np.broadcast_arrays(*(np.atleast_1d(lens.evaluate(part)) for part in place))
        )
    rows = rows.astype(float)
    if "z" in panel and rows.shape[1] == 2:
        field = next(layer for layer in panel["layers"] if "z" in layer)
        rows = np.column_stack(
            [rows, [_height(lens.evaluate(field["z"]), panel, lens, *row) for row in rows]]
        )
    return rows


def _height(grid, panel, lens, x, y):
    (x0, x1), (y0, y1) = lens.evaluate(panel["x"]["range"]), lens.evaluate(panel["y"]["range"])
    if not np.isfinite(x + y):
        return np.nan
    c = np.clip((x - x0) / (x1 - x0) * (grid.shape[1] - 1), 0, grid.shape[1] - 1.001)
    r = np.clip((y - y0) / (y1 - y0) * (grid.shape[0] - 1), 0, grid.shape[0] - 1.001)
    i, j, s, t = int(r), int(c), r % 1, c % 1
    upper = grid[i, j] * (1 - t) + grid[i, j + 1] * t
    return upper * (1 - s) + (grid[i + 1, j] * (1 - t) + grid[i + 1, j + 1] * t) * s


def _look(layer, lens, item):
    if "styles" not in layer:
        return layer
    codes = np.atleast_1d(lens.evaluate(layer["style"]))
    return layer | layer["styles"][int(codes[item] if item < len(codes) else codes[0])]


def _line(look):
    dash = look.get("dash")
    return {
        "color": INK[look["colour"]],
        "linewidth": look["width"] * 0.8,
        "linestyle": (0, tuple(dash)) if dash else "-",
        "solid_capstyle": "butt",  # a bar ends where its number is, as on the page
        "alpha": look.get("alpha", 1),
    }


def curve(axes, layer, lens, panel):
    rows = _points(layer["at"], lens, panel)
    field = any("z" in other for other in panel["layers"])
    halo = HALO if field and layer.get("halo", True) else None
    axes.plot(*rows.T, path_effects=halo, zorder=5, **_line(layer))
    if layer["dots"]:
        mark = {"shape": "circle", "size": 2, "hollow": False}
        dots(axes, layer | mark, lens, panel)


def dots(axes, layer, lens, panel):
    alike = {}  # drawing those of one look at once is many times faster
    for item, row in enumerate(_points(layer["at"], lens, panel)):
        look = _look(layer, lens, item)
        colour = INK[look["colour"]]
        fill, line = ("white", colour) if look["hollow"] else (colour, "white")
        if "extent" in look:
            _node(axes, row, look, colour)
            continue
        if look.get("off") and "z" not in panel and np.isfinite(row).all() and not _seen(axes, row):
            # it waits at the edge
            row = np.clip(row, *np.transpose([axes.get_xlim(), axes.get_ylim()]))
            side = "right" if row[0] > np.mean(axes.get_xlim()) else "left"
            _write(
                axes,
                lens.words(look["off"], item),
                row,
                (-11 if side == "right" else 11, -11),
                ha=side,
            )
        if _seen(axes, row):
            alike.setdefault((look["shape"], look["size"], fill, line), []).append(row)
    for (shape, size, fill, line), rows in alike.items():
        colours = {"markerfacecolor": fill, "markeredgecolor": line, "markeredgewidth": 0.8}
        whole = {"clip_on": "z" in panel, "zorder": 6}  # at the edge too
        axes.plot(*np.transpose(rows), MARKS[shape], markersize=1.9 * size, **whole, **colours)


def _seen(axes, row):
    """Whether a point lies in the picture, its edge included."""
    ends = [axes.get_xlim(), axes.get_ylim()]
    return all(
        low <= v <= high
        for v, (low, high) in zip(row, ends + 1e-6 * np.ptp(ends, axis=1)[:, None] * [-1, 1])
    )


def _node(axes, row, look, colour):
    (w, h), (x, y) = look["extent"], row
    style = {
        "facecolor": "white",
        "edgecolor": colour,
        "linewidth": 0.8 * look["width"],
        "linestyle": (0, tuple(look["dash"])) if look.get("dash") else "-",
        "zorder": 4,
    }
    if look["shape"] == "circle":
        axes.add_patch(Ellipse(row, w, h, **style))
    else:
        corners = f"round,pad=0,rounding_size={0.2 * min(w, h)}"
        axes.add_patch(FancyBboxPatch((x - w / 2, y - h / 2), w, h, boxstyle=corners, **style))


def trails(axes, layer, lens, panel):
    """None: a still picture has no earlier runs."""


def _drawn_out(axes, p, q, least):
    """The end of an arrow that is long enough to be seen, and how many times as long it is."""
    wide, tall = axes.transData.transform(q) - axes.transData.transform(p)
    pixels = np.hypot(wide, tall) / (POINT * axes.figure.dpi / 72)
    for factor in FACTORS:
        if factor * pixels >= least:
            return p + factor * (q - p), factor
    return p + np.nan, 1


def arrow(axes, layer, lens, panel):
    starts, ends = _points(layer["from"], lens, panel), _points(layer["to"], lens, panel)
    if not layer["head"] and "styles" not in layer:  # drawing them at once is many times faster
        ends = np.broadcast_to(ends, starts.shape)
        pieces = np.stack([starts, ends, np.full_like(starts, np.nan)], axis=1)
        axes.plot(*pieces.reshape(-1, starts.shape[1]).T, zorder=3, **_line(layer))
        return
    for item, (p, q) in enumerate(zip(starts, np.broadcast_to(ends, starts.shape), strict=True)):
        look = _look(layer, lens, item)
        if "least" in layer and "z" not in panel:
            q, factor = _drawn_out(axes, p, q, layer["least"])
            if factor > 1:
                shift = 9 * (q - p) / np.abs(q - p).max(), -POINT * layer["down"]
                _write(axes, f"{factor}×", q, shift[0] + [0, shift[1]], ha="center")
        if not np.isfinite([*p, *q]).all():
            continue
        if layer["head"] and "z" not in panel:
            style = {"arrowstyle": "-|>", "shrinkA": POINT * look["gap"], "shrinkB": 0}
            style |= {"linewidth": look["width"] * 0.8, "color": INK[look["colour"]]}
            lower = ScaledTranslation(0, -POINT * look["down"] / 72, axes.figure.dpi_scale_trans)
            place = axes.transData + lower
            drawn = axes.annotate("", q, p, place, place, arrowprops=style, zorder=3)
            drawn.set_in_layout(False)  # a long one is cut at the edge, and takes no room
        else:
            axes.plot(*np.column_stack([p, q]), zorder=3, **_line(look))


def tangent(axes, layer, lens, panel):
    [p], slope = _points(layer["at"], lens, panel), lens.evaluate(layer["slope"])
    pixels = axes.transData.transform([p, p + [1, slope]])
    dx = layer["length"] / 2 / np.hypot(*(pixels[1] - pixels[0]))
    axes.plot(
        [p[0] - dx, p[0] + dx], [p[1] - slope * dx, p[1] + slope * dx], zorder=5, **_line(layer)
    )


def _colours(levels):
    """Colours that follow the levels, evenly spaced or not."""
    ranks = np.linspace(0, 1, len(levels))
    return FuncNorm(
        (lambda v: np.interp(v, levels, ranks), lambda t: np.interp(t, ranks, levels)),
        levels[0],
        levels[-1],
    )


def heat(axes, layer, lens, panel):
    grid, levels = lens.evaluate(layer["z"]), lens.evaluate(layer["levels"])
    more = 1 if layer["squares"] else 0
    x, y = (
        np.linspace(*lens.evaluate(panel[axis]["range"]), n + more)
        for axis, n in zip("xy", grid.shape[::-1], strict=True)
    )
    if panel["aspect"] == 1:
        axes.set_aspect("equal")
    look = {"cmap": "viridis", "norm": _colours(levels)}
    if layer["squares"]:
        bands = axes.pcolormesh(x, y, grid, **look)
    else:
        bands = axes.contourf(x, y, grid, levels, extend="both", **look)
    if layer.get("label"):
        bar = axes.figure.colorbar(bands, ax=axes, shrink=0.9)
        bar.set_ticks(levels[::2], labels=level_texts(levels[::2].tolist()))
        bar.set_label(layer["label"], fontsize=9)
        bar.ax.tick_params(labelsize=8)


def surface(axes, layer, lens, panel):
    grid = lens.evaluate(layer["z"])
    x, y = (
        np.linspace(*lens.evaluate(panel[axis]["range"]), n)
        for axis, n in (("x", grid.shape[1]), ("y", grid.shape[0]))
    )
    axes.computed_zorder = False
    axes.plot_surface(
        *np.meshgrid(x, y),
        grid,
        cmap="viridis",
        norm=_colours(lens.evaluate(layer["levels"])),
        rcount=40,
        ccount=40,
        linewidth=0,
        antialiased=False,
        zorder=1,
    )


def cells(axes, layer, lens, panel):
    axes.set_box_aspect(1 / panel["aspect"])
    shades = np.atleast_1d(lens.evaluate(layer["shades"]))
    (w, h), dark = layer["size"], int(INK["ink"][1:3], 16)
    for item, (x, y) in enumerate(_points(layer["at"], lens, panel)):
        grey = 255 + float(np.clip(shades[item], 0, 1)) * (dark - 255)
        look = {"facecolor": str(grey / 255), "edgecolor": INK["muted"], "linewidth": 0.6}
        axes.add_patch(Rectangle((x - w / 2, y - h / 2), w, h, **look))
        words = lens.words(layer["texts"][item], item)
        ink = "black" if grey > MIDDLE_GREY else "white"
        axes.text(x, y, words, color=ink, fontsize=8.5, ha="center", va="center")


def text(axes, layer, lens, panel):
    nodes = []
    for item, row in enumerate(_points(layer["at"], lens, panel)):
        if not np.isfinite(row).all():
            continue
        look = _look(layer, lens, item)
        said = layer["texts"][item] if "texts" in layer else layer["text"]
        lines = [line for line in lens.lines(said, item) if line is not None]
        shift = (layer["dx"] * 0.75, -layer["dy"] * 0.75)
        style = {"ha": layer["align"], "fontsize": 0.65 * min(layer["size"], 13)}
        style["color"] = INK[look.get("ink", look["colour"])]
        style["path_effects"] = [withStroke(linewidth=0.7 * look["halo"], foreground="white")]
        note = _write(axes, "\n".join(lines), row, shift, **style)
        note.set_gid("label" if layer["weight"] == 600 and len(row) == 2 else None)
        nodes += [(note, layer["extent"])] if "extent" in layer and any(lines) else []
    return nodes


def _write(axes, words, row, shift, **style):
    style = {
        "fontsize": 8.5,
        "color": INK["ink"],
        "path_effects": HALO,
        "zorder": 7,
        "va": "center",
    } | style
    if len(row) == 3:
        return axes.text(*row, words, **style)
    return axes.annotate(
        words, row, shift, textcoords="offset points", annotation_clip=False, **style
    )


_PAINTERS = (curve, trails, dots, arrow, tangent, heat, surface, text, cells)
LAYERS = {painter.__name__: painter for painter in _PAINTERS}
