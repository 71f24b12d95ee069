"""Axes made ready to paint: their ticks, the grid and the box around them, and colour scales."""

import numpy as np

from learnkit.painter.expressions import plain
from learnkit.painter.numbers import level_texts, nice_ticks, tick_text
from learnkit.painter.scene import Arrow, Text

# in 3-D, for x and y: the side of the box that is nearest to the eye, or leftmost
NEAR, LEFT = -1e9, -2e9


def ready_axis(axis, values, table):
    """An Axis as the page receives it, with its ticks as [place, text].

    Where its ends follow the state, so do its ticks: `moving` is then the expression for their
    places, `texts` the template for their texts and `words` the texts there are; values and table
    receive what these name.
    """
    page = axis.page()
    if isinstance(page["range"], dict):
        return page | _moving(page["range"], values, table) | {"ticks": []}
    ticks = page.get("ticks", nice_ticks(*page["range"]))
    return page | {"ticks": [_tick(tick) for tick in ticks]}


def _tick(tick):
    place, text = tick if isinstance(tick, list) else (tick, tick)
    return [place, text if isinstance(text, str) else tick_text(text)]


def _moving(parsed, values, table):
    name, indices, ends = _rows(parsed, values, table)
    rows, which = np.unique(ends.reshape(-1, 2), axis=0, return_inverse=True)
    found = [nice_ticks(*row) for row in rows.tolist()]
    ticks = np.full((len(found), max(map(len, found))), np.nan)
    for row, places in zip(ticks, found):
        row[: len(places)] = places
    ticks = ticks[which.ravel()].reshape(*ends.shape[:-1], -1)
    known = np.isfinite(ticks)
    words, codes = np.unique([tick_text(v) for v in ticks[known]], return_inverse=True)
    table[f"{name}_ticks"] = np.float32(ticks)
    table[f"{name}_codes"] = np.full(ticks.shape, np.nan, np.float32)
    table[f"{name}_codes"][known] = codes
    code = {"name": f"{name}_codes", "take": indices}
    values[f"{name}_texts"] = {"words": words.tolist(), "code": code}
    return {
        "moving": {"name": f"{name}_ticks", "take": indices},
        "texts": [{"value": {"name": f"{name}_texts"}}],
        "words": words.tolist(),
    }


def ready_scale(levels, values, table):
    """What stands below a colour scale, as [part, template]: the ends and every other level or
    so between them.
    """
    name, indices = "", None
    rows = np.array([levels])
    if isinstance(levels, dict):
        name, indices, array = _rows(levels, values, table)
        rows = array.reshape(-1, array.shape[-1])
    last = rows.shape[1] - 1
    shown = np.unique(np.linspace(0, last, last // 2 + 1).round().astype(int))
    texts = [level_texts(row, 3 if name else 2) for row in rows[:, shown].tolist()]
    if not name:
        return [[float(i / last), text] for i, text in zip(shown, texts[0], strict=True)]
    table[f"{name}_row"] = np.arange(len(rows), dtype=np.float32).reshape(array.shape[:-1])
    code = {"name": f"{name}_row", "take": indices}
    scale = []
    for i, words in zip(shown, zip(*texts), strict=True):
        values[f"{name}_{i}"] = {"words": list(words), "code": code}
        scale.append([float(i / last), [{"value": {"name": f"{name}_{i}"}}]])
    return scale


def _rows(parsed, values, table):
    """The (name, indices, array) behind an expression for one row of an array, if need be through
    names of values.
    """
    first = parsed
    while parsed.keys() == {"name"} and isinstance(values.get(parsed["name"]), dict):
        parsed = values[parsed["name"]]
    name, indices = parsed.get("name"), parsed.get("take", [])
    array = table.get(name)
    at = [index["kind"] for index in indices]
    if array is None or array.ndim < 2 or at != ["at"] * (array.ndim - 1):
        raise ValueError(
            f"{first['name']!r} must be a row of an array of the table, as in ends[frame]."
        )
    return name, indices, array


def _ends(axis):
    """The two ends of an axis, as numbers or, where its range follows the state, as expressions."""
    reach = axis["range"]
    if not isinstance(reach, dict):
        return reach
    indices = reach.get("take", [])
    return [reach | {"take": [*indices, {"kind": "at", "shift": i}]} for i in (0, 1)]


def _ticks(axis):
    """Where the ticks of an axis are, numbers or an expression, and what a Text says of them."""
    if "moving" in axis:
        name = axis["texts"][0]["value"]["name"]
        return axis["moving"], {"text": f"{{{name}}}"}
    return [tick for tick, _ in axis["ticks"]], {
        "texts": [plain(text) for _, text in axis["ticks"]]
    }


def frame(panel):
    """Grid lines, tick labels and names of two flat axes, as painted layers."""
    (x0, x1), (y0, y1) = _ends(panel["x"]), _ends(panel["y"])
    x, x_text = _ticks(panel["x"])
    y, y_text = _ticks(panel["y"])
    line = {"head": False, "colour": "faint", "width": 1, "halo": False}
    number = {"colour": "muted", "size": 12}
    layers = []
    if x:
        layers.append(Arrow(start=[x, y0], end=[x, y1], **line))
        layers.append(Text(at=[x, y0], align="center", dy=14, **number, **x_text))
    if y:
        layers.append(Arrow(start=[x0, y], end=[x1, y], **line))
        layers.append(Text(at=[x0, y], align="right", dx=-8, **number, **y_text))
    names = [plain(panel[axis]["label"]) for axis in "xy"]
    layers.append(Text(at=[x1, y0], text=names[0], dy=32, align="right"))
    layers.append(Text(at=[x0, y1], text=names[1], dx=4 - panel["margins"][0], dy=-16))
    return _painted(layers)


def floor(panel):
    """The outline of the floor of a box in 3-D, an upright edge, and the numbers and names of its
    axes, as painted layers.

    They stand outside the box where it is nearest to the eye, `away` pixels from the `edge` they
    belong to, and the upright edge at its left, however it is turned.
    """
    (x0, x1), (y0, y1), (z0, z1) = (_ends(panel[axis]) for axis in "xyz")
    edge = {"head": False, "colour": "muted", "width": 1, "halo": False}
    corners = [[x0, x1, x1, x0], [y0, y0, y1, y1], z0]
    next_ones = [[x1, x1, x0, x0], [y0, y1, y1, y0], z0]
    layers = [
        Arrow(start=corners, end=next_ones, **edge),
        Arrow(start=[LEFT, LEFT, z0], end=[LEFT, LEFT, z1], **edge),
    ]
    (x, x_text), (y, y_text), (z, z_text) = (_ticks(panel[axis]) for axis in "xyz")
    number = {"colour": "muted", "size": 11}
    layers.append(Text(at=[LEFT, LEFT, z], **number, **z_text, align="right", dx=-7))
    x_name, y_name, z_name = (plain(panel[axis]["label"]) for axis in "xyz")
    layers.append(Text(at=[LEFT, LEFT, z1], text=z_name, align="center", dy=-16))
    centred = number | {"align": "center"}
    x_layers = [
        Text(at=[x, NEAR, z0], **centred, **x_text),
        Text(at=[(x0 + x1) / 2, NEAR, z0], text=x_name, align="center"),
    ]
    y_layers = [
        Text(at=[NEAR, y, z0], **centred, **y_text),
        Text(at=[NEAR, (y0 + y1) / 2, z0], text=y_name, align="center"),
    ]
    return [*_painted(layers), *_beside("x", x_layers), *_beside("y", y_layers)]


def _beside(edge, layers):
    """Numbers and the name of an axis beside its edge of the floor."""
    numbers, name = _painted(layers)
    return [numbers | {"edge": edge, "away": 5}, name | {"edge": edge, "away": 22}]


def _painted(layers):
    """The layers as the page receives them: none is cut off at the edge of the axes, and each is
    known as a line, a name or a number, which is left out where there is no room.
    """
    painted = [page for layer in layers for page in layer.painted()]
    return [page | {"frame": _kind(page), "clip": False} for page in painted]


def _kind(page):
    if page["draw"] != "text":
        return "line"
    return "number" if page["colour"] == "muted" else "name"
