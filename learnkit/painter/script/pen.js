// The pen of one panel: it knows where a point of the axes lies, and how the theme looks.

const SMALLER = 0.8; // of its size, at which a text that is too wide for its node is narrowed instead
// rows by which a label moves down or up to be clear of its neighbours, the nearest first
const MOVES = [0, ...count(15).flatMap((i) => [1 + i / 2, -1 - i / 2])];
const READABLE = 14; // pixels of the root's font for which a scene states its own pixels

function makePen({ spec, camera, cache, ctx, width, height, ratio }, lens, theme, em) {
  const ranges = [spec.x, spec.y, spec.z].map((axis) => axis && lens.evaluate(axis.range).data);
  const box = boxOf(spec, ranges, width, height, em);
  const { left, top } = box;
  const pen = { ...lens, ctx, theme, em, camera, cache, box, width, height, ratio };
  pen.deep = Boolean(spec.z);
  pen.field = [left, top, box.right - left, box.bottom - top];
  pen.plot = new Path2D();
  pen.plot.rect(...pen.field);
  pen.written = [];
  pen.set = (style) => Object.assign(ctx, style);
  addProjection(pen, spec, ranges);
  addLooks(pen);
  addLines(pen);
  addWords(pen);
  addMemory(pen, spec);
  return pen;
}

// Where the axes are; a map of aspect 1 has equal axes, so that right angles are seen as such.
function boxOf({ margins, aspect, layers, z }, [rx, ry], width, height, em) {
  const [left, top, right, bottom] = margins.map((v) => v * em);
  const box = { left, top, right: width - right, bottom: height - bottom };
  const isMap = !z && aspect === 1 && layers.some(({ draw }) => draw === "heat");
  if (!isMap) return box;
  const [units, tall] = [rx[1] - rx[0], ry[1] - ry[0]];
  const unit = Math.min((box.right - left) / units, (box.bottom - top) / tall);
  const first = left + (box.right - left - unit * units) / 2;
  return { left: first, top, right: first + unit * units, bottom: top + unit * tall };
}

// From the axes to pixels and back.
function addProjection(pen, spec, [rx, ry, rz]) {
  const { box } = pen;
  const across = [box.left, box.right];
  const up = [box.bottom, box.top];
  const toX = scale(rx, ...across);
  const toY = scale(ry, ...up);
  const heights = spec.layers.find((layer) => layer.z);
  pen.project = pen.deep
    ? solid(pen, pen.evaluate(heights.z), [rx, ry, rz])
    : (x, y) => ({ x: toX(x), y: toY(y) });
  pen.invert = pen.deep
    ? onSurface(pen, [rx, ry])
    : (x, y) => [scale(across, ...rx)(x), scale(up, ...ry)(y)];
  pen.extent = ([wide, tall]) => [wide * (toX(1) - toX(0)), tall * (toY(0) - toY(1))];
  pen.holds = (x, y) => {
    const slack = 9; // of a finger
    const beside = x < box.left - slack || x > box.right + slack;
    return !beside && y > box.top - slack && y < box.bottom + slack;
  };
  pen.inside = ({ x, y }) => ({
    x: clamp(x, box.left, box.right),
    y: clamp(y, box.top, box.bottom),
  });
  pen.points = (at) => placesOf(at, pen.evaluate, pen.project);
}

// The points of a place: rows of an array, or a list of columns.
function placesOf(at, evaluate, project) {
  const points = [];
  if (!Array.isArray(at)) {
    const { shape, data } = evaluate(at);
    const size = shape.at(-1);
    for (let i = 0; i < data.length; i += size) {
      points.push(project(data[i], data[i + 1], size > 2 ? data[i + 2] : undefined));
    }
    return points;
  }
  const columns = at.map(evaluate);
  const length = Math.max(...columns.map((column) => column.data?.length ?? 1));
  for (let i = 0; i < length; i += 1) {
    points.push(project(...columns.map((column) => pick(column, i))));
  }
  return points;
}

// What items of one layer look like, by their codes.
function addLooks(pen) {
  pen.looks = (layer) => {
    layer.looks ??= layer.styles?.map((style) => ({ ...layer, ...style })) ?? [layer];
    return layer.looks;
  };
  pen.look = (layer, i) => {
    const code = layer.styles ? pick(pen.evaluate(layer.style), i) : 0;
    return pen.looks(layer)[code];
  };
}

function addLines(pen) {
  const { ctx, set, theme } = pen;
  pen.stroke = (path, { colour = "ink", width = 2, alpha = 1, dash = [], halo = pen.deep }) => {
    set({ globalAlpha: alpha, lineJoin: "round" }).setLineDash(dash);
    if (halo) set({ strokeStyle: theme("paper"), lineWidth: width + 1.8 }).stroke(path);
    set({ strokeStyle: theme(colour), lineWidth: width }).stroke(path);
  };
  pen.arrow = (p, q, style) => {
    const { gap = 0, head } = style;
    const length = Math.hypot(q.x - p.x, q.y - p.y) - gap;
    if (!finite(p) || !finite(q) || length < 0) return;
    const size = head === false || length < 1 ? 0 : clamp(length / 2, 5, 11);
    pen.stroke(arrowPath(p, q, gap, size), style);
  };
}

function arrowPath(p, q, gap, size) {
  const path = new Path2D();
  const angle = Math.atan2(q.y - p.y, q.x - p.x);
  path.moveTo(p.x + gap * Math.cos(angle), p.y + gap * Math.sin(angle));
  path.lineTo(q.x, q.y);
  for (const side of size ? [angle - 0.45, angle + 0.45] : []) {
    path.moveTo(q.x - size * Math.cos(side), q.y - size * Math.sin(side));
    path.lineTo(q.x, q.y);
  }
  return path;
}

// Text on a halo of paper. Lines with unknown numbers are left out; a node's text stays inside.
function addWords(pen) {
  const { ctx, set, theme, em } = pen;
  pen.write = (template, p, style) => {
    const { align = "left", size = 13, weight = 400, colour = "ink", ink = colour } = style;
    const lines = pen.lines(template, style.item);
    const known = lines.filter((line) => line);
    if (!known.length || !finite(p)) return;
    const [wide, tall] = style.extent ? pen.extent(style.extent).map((v) => 0.9 * v) : [9999, 9999];
    let px = Math.min(size * em, (0.76 * tall) / lines.length);
    const fontOf = () => `${weight} ${px}px ${theme()}`;
    set({ font: fontOf(), textAlign: align, textBaseline: "middle" });
    const needed = Math.max(...known.map((line) => ctx.measureText(line).width));
    const width = Math.min(wide, needed);
    px *= Math.max(SMALLER, width / needed); // smaller first, and then narrower
    set({ font: fontOf(), lineJoin: "round", globalAlpha: 1 });
    const place = { align, width, px, rows: known.length };
    const [dx, dy] = style.edge
      ? besideEdge(pen, place, style)
      : [em * (style.dx ?? 0), em * (style.dy ?? 0)];
    place.x = p.x + dx;
    place.y = p.y + dy;
    if (!findRoom(pen, place, style)) return;
    set({ strokeStyle: theme("paper"), fillStyle: theme(ink), lineWidth: style.halo ?? 3.5 });
    known.forEach((line, k) => {
      const y = place.y + (k - (known.length - 1) / 2) * px * 1.25;
      ctx.strokeText(line, place.x, y, wide);
      ctx.fillText(line, place.x, y, wide);
    });
  };
}

// Where the middle of a text stands, from its place on an edge of a solid, to be clear of it.
function besideEdge({ em, solid }, { width, px }, { edge, away }) {
  const [x, y] = solid.outwards[edge];
  const far = em * away + (Math.abs(x) * width + Math.abs(y) * px) / 2;
  return [far * x, far * y];
}

// Moves a text into the picture and beside its neighbours; false for a number of an axis for which
// there is no room.
function findRoom(pen, place, { align = "left", extent, frame, weight }) {
  if (extent) return true;
  if (align === "left") place.x = Math.max(3, Math.min(place.x, pen.width - 3 - place.width));
  if (frame && pen.deep && align === "center") {
    const half = 3 + place.width / 2;
    place.x = clamp(place.x, half, pen.width - half);
    place.y = clamp(place.y, place.px, pen.height - 0.7 * place.px);
  }
  const tall = place.rows * place.px * 1.25;
  const label = weight === 600;
  for (const move of label ? MOVES : [0]) {
    const y = place.y + move * tall;
    const room = roomOf({ ...place, y }, tall);
    const inside = move === 0 || (room.top > 0 && room.bottom < pen.height);
    if (inside && !pen.written.some((other) => overlap(room, other))) {
      place.y = y;
      pen.written.push(room);
      return true;
    }
  }
  return frame !== "number";
}

function roomOf({ x, y, align, width }, tall) {
  const left = x - { left: 0, center: width / 2, right: width }[align];
  return { left, right: left + width, top: y - tall / 2, bottom: y + tall / 2 };
}

function overlap(a, b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

// What looks as it did a frame ago is not painted anew.
function addMemory(pen, spec) {
  const { cache, ctx, width, height, ratio, camera } = pen;
  const ranges = [spec.x, spec.y].flatMap((axis) => [...pen.evaluate(axis.range).data]);
  const frame = [width, height, ratio, pen.em, ...Object.values(camera), ...ranges].join();

  // The outcome of `make`, kept as long as the layer's place holds the same numbers.
  pen.kept = (layer, make) => {
    if (pen.deep || layer.dots || Array.isArray(layer.at)) return make();
    const { buffer, byteOffset, length } = pen.evaluate(layer.at).data;
    const key = `${byteOffset},${length},${frame}`;
    const known = cache.paths.get(layer);
    if (known?.key === key && known.buffer === buffer) return known.made;
    const made = make();
    cache.paths.set(layer, { key, buffer, made });
    return made;
  };

  // A grid's picture; the second time the same is asked for, it is kept on a canvas of its own.
  pen.cached = ({ data: { buffer, byteOffset, length } }, painter) => {
    const key = `${byteOffset},${length},${frame}`;
    const same = cache.key === key && cache.buffer === buffer;
    Object.assign(cache, { key, buffer, canvas: same ? cache.canvas : null });
    if (!same) return painter(ctx);
    if (!cache.canvas) {
      cache.canvas = new OffscreenCanvas(width * ratio, height * ratio);
      const brush = cache.canvas.getContext("2d");
      brush.scale(ratio, ratio);
      painter(brush);
    }
    ctx.drawImage(cache.canvas, 0, 0, width, height);
  };
}
