// The painter: one module in the anywidget form. It projects, paints and reads controls, and holds no
// mathematics of the lessons: every number comes from a table made in Python. player.py describes scenes.

const VIRIDIS = "440154 482475 414487 355f8d 2a788e 21918c 22a884 44bf70 7ad151 bddf26 fde725"
  .split(" ").map((hex) => [0, 2, 4].map((i) => parseInt(hex.slice(i, i + 2), 16)));
const MARKERS = { // of radius 1: kinds of dots differ by shape, not by colour alone
  circle: "M1 0A1 1 0 1 1-1 0 1 1 0 1 1 1 0z", square: "M-.9-.9H.9V.9H-.9z", triangle: "M0-1.2 1.1.8H-1.1z",
  diamond: "M0-1.3 1.3 0 0 1.3-1.3 0z", star: "M0-1.6.4-.5 1.5-.5.6.2 1 1.3 0 .6-1 1.3-.6.2-1.5-.5-.4-.5z",
};
const COLOURS = ["ink", "muted", "faint", "paper", "blue", "orange", "vermilion", "green", "purple", "sky"];
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
const clamp = (v, low, high) => Math.min(high, Math.max(low, v));
const finite = (p) => p && Number.isFinite(p.x + p.y);
const count = (n, reversed) => Array.from({ length: n }, (_, i) => (reversed ? n - 1 - i : i));
const pick = (value, i) => (value.data ? value.data[i] ?? value.data[0] : value);

async function unpack([name, [shape, text]]) { // base64 of deflated float32
  const bytes = new Blob([Uint8Array.from(atob(text), (c) => c.charCodeAt(0))]).stream();
  const buffer = await new Response(bytes.pipeThrough(new DecompressionStream("deflate"))).arrayBuffer();
  return [name, { shape, data: new Float32Array(buffer) }];
}

// ---- numbers: expressions such as "path[rate, :frame+1]" and "height(x)", and their text
function take({ shape: [rows, ...shape], data }, index, state) { // one entry of the leading axis, or a slice of it
  const [, kind, name, shift] = index.match(/^\s*([:~]?)\s*([a-z_]\w*)?\s*([+-]?\d+)?\s*$/i);
  const size = shape.reduce((a, b) => a * b, 1), at = (name ? state[name] : 0) + Number(shift ?? 0);
  if (kind === ":") {
    const kept = name || shift ? clamp(Math.floor(at), 0, rows) : rows;
    return { shape: [kept, ...shape], data: data.subarray(0, kept * size) };
  }
  const row = clamp(kind ? at : Math.floor(at), 0, rows - 1), low = Math.floor(row), end = (low + 1) * size;
  let taken = data.subarray(low * size, end);
  if (row > low) taken = taken.map((v, i) => v + (row - low) * (data[end + i] - v));
  return shape.length ? { shape, data: taken } : taken[0];
}

function along(curve, x) { // the height of a curve of evenly spaced rows (x, y) at x, or at each of several x
  if (x.data) return { shape: x.shape, data: x.data.map((v) => along(curve, v)) };
  const { shape: [rows], data } = curve, at = (x - data[0]) / (data[2] - data[0]);
  const i = clamp(Math.floor(at), 0, rows - 2);
  return data[2 * i + 1] + (at - i) * (data[2 * i + 3] - data[2 * i + 1]);
}

function digits(v, spec = "") { // Python's format for "", "d", ".3f", "+.2f" and ".1e"
  if (!Number.isFinite(v)) return Number.isNaN(v) ? "–" : v > 0 ? "∞" : "−∞";
  const [, plus, places, kind] = spec.match(/^(\+?)(?:\.(\d+))?([fed]?)/);
  const n = Number(places ?? (Number.isInteger(v) || kind === "d" ? 0 : 3));
  const text = (kind === "e" ? v.toExponential(n) : v.toFixed(n)).replace(/-/g, "−");
  return /^−0[.0]*$/.test(text) ? text.slice(1) : v > 0 ? plus + text : text;
}

function makeLens(scene, controls, state, tables) { // what names and templates stand for in the present state
  const seen = new Map();
  function known(name) {
    const { words, code } = scene.values[name] ?? {}, stored = tables.find((table) => table[name]);
    if (stored) return stored[name];
    if (name in controls) return controls[name].values?.[state[name]] ?? Math.floor(state[name]);
    return words ? { words, data: evaluate(code).data ?? [evaluate(code)] } : evaluate(scene.values[name]);
  }
  function evaluate(source) {
    if (Array.isArray(source)) return { shape: [source.length], data: source };
    if (typeof source === "number" || seen.has(source)) return seen.get(source) ?? source;
    const [, name, indices, argument] = source.match(/^(\w+)(?:\[(.*?)\])?(?:\((.*)\))?$/);
    let value = known(name);
    for (const index of indices?.split(",") ?? []) value = take(value, index, state);
    if (argument) value = along(value, evaluate(argument));
    seen.set(source, value);
    return value;
  }
  const words = (template, item = 0) => template.replace(/\{(\w+)(?::([^}]*))?\}/g, (_, name, spec) => {
    const value = evaluate(name), list = value.words ?? controls[name]?.options, number = pick(value, item);
    return list ? list[number] : digits(number, spec ?? controls[name]?.format);
  });
  return { evaluate, words, forget: () => seen.clear() };
}

// ---- colours and scales
function viridis(v, levels, light = 1) { // colours follow the levels, evenly spaced or not
  let i = 0;
  while (i < levels.length - 2 && v > levels[i + 1]) i += 1;
  const t = 10 * clamp((i + (v - levels[i]) / (levels[i + 1] - levels[i])) / (levels.length - 1), 0, 0.9999);
  const [low, high] = [VIRIDIS[Math.floor(t)], VIRIDIS[Math.floor(t) + 1]];
  return `rgb(${low.map((c, k) => Math.round((c + (t % 1) * (high[k] - c)) * light)).join()})`;
}

function scale([low, high], from, to, log) {
  const f = log ? Math.log10 : (v) => v, [a, b] = [f(low), f(high)];
  const map = (v) => from + (f(v) - a) / (b - a) * (to - from);
  map.invert = (p) => { const v = a + (p - from) / (to - from) * (b - a); return log ? 10 ** v : v; };
  return map;
}

// ---- layers: each paints itself with a pen, which knows the panel's projection, theme and numbers
const LAYERS = {
  curve(pen, layer) { // `dots` marks its points
    const points = pen.points(layer.at), shown = new Path2D(), hidden = new Path2D();
    points.forEach((p, i) => {
      const q = points[i - 1], piece = p.hidden ? hidden : shown;
      if (!finite(p) || !finite(q)) return;
      if (p.hidden !== q.hidden || !finite(points[i - 2])) piece.moveTo(q.x, q.y);
      piece.lineTo(p.x, p.y);
    });
    pen.stroke(hidden, { ...layer, alpha: 0.35 }); // what a surface hides shines through it
    pen.stroke(shown, layer);
    if (layer.dots) LAYERS.dots(pen, { ...layer, size: 2.6, label: "" });
    const end = points[Math.round((layer.label_at ?? 1) * (points.length - 1))];
    if (layer.label && finite(end)) pen.write(layer.label, { x: end.x + 7, y: end.y - 9 }, { weight: 600 });
  },
  dots(pen, layer) { // a dot outside the picture waits at its edge and says `off`
    pen.points(layer.at).forEach((p, item) => {
      const { shape = "circle", colour, size = 5, label, off, hollow } = pen.look(layer, item);
      const [x, y] = pen.inside(p), away = Math.hypot(p.x - x, p.y - y) > 1, marker = new Path2D();
      if (!finite(p) || (away && !off)) return;
      const place = new DOMMatrix().translate(x, y).rotate(away ? Math.atan2(p.x - x, y - p.y) * 180 / Math.PI : 0);
      marker.addPath(new Path2D(MARKERS[away ? "triangle" : shape]), place.scale(size));
      if (size > 3) pen.stroke(marker, { colour: hollow ? colour : "paper", width: 3, halo: false });
      pen.fill(marker, hollow ? "paper" : colour, p.hidden ? 0.4 : 1);
      pen.write(away ? off : label, { x: x + size + 6, y: y - size - 5 }, { weight: 600, item });
    });
  },
  arrow(pen, layer) { // from each point of `from` to its partner in `to`; head: false leaves a segment
    const ends = pen.points(layer.to), pairs = pen.points(layer.from).map((p, i) => [p, ends[i]]);
    pairs.forEach(([p, q], i) => pen.arrow(p, q, pen.look(layer, i)));
    if (layer.label) pairs.forEach(([p, q], item) => { // afterwards, so that no line crosses them
      if (Math.hypot(q.x - p.x, q.y - p.y) < 24) return;
      const t = layer.label_at?.[item] ?? 0.5, y = p.y + t * (q.y - p.y) + (layer.dy ?? 0);
      pen.write(layer.label, { x: p.x + t * (q.x - p.x), y }, { align: "center", size: layer.size, item });
    });
  },
  tangent(pen, layer) { // a line of `length` pixels through `at`, with the slope given in units of the axes
    const [{ x, y }] = pen.points(layer.at), dx = pen.unit.x, dy = pen.evaluate(layer.slope) * pen.unit.y;
    const t = (layer.length ?? 130) / 2 / Math.hypot(dx, dy);
    pen.arrow({ x: x - t * dx, y: y - t * dy }, { x: x + t * dx, y: y + t * dy }, { ...layer, head: false });
  },
  heat(pen, { z, levels }) { // one pixel a cell, smoothed as it is enlarged
    const grid = pen.evaluate(z), [rows, columns] = grid.shape, { left, right, top, bottom } = pen.box;
    pen.cached(grid, (ctx) => {
      const small = new OffscreenCanvas(columns, rows), brush = small.getContext("2d");
      grid.data.forEach((v, i) => {
        brush.fillStyle = viridis(v, levels);
        brush.fillRect(i % columns, rows - 1 - Math.floor(i / columns), 1, 1);
      });
      const dx = (right - left) / (columns - 1), dy = (bottom - top) / (rows - 1);
      ctx.drawImage(small, left - dx / 2, top - dy / 2, columns * dx, rows * dy);
    });
  },
  surface(pen, { z, levels }) { // quads from the back to the front: a height field needs no sorting
    const grid = pen.evaluate(z), [rows, columns] = grid.shape, { azimuth } = pen.camera;
    pen.cached(grid, (ctx) => {
      const { corners, light } = pen.mesh(), across = count(columns - 1, Math.sin(azimuth) > 0);
      for (const r of count(rows - 1, Math.cos(azimuth) > 0)) for (const c of across) {
        const i = r * columns + c;
        ctx.fillStyle = ctx.strokeStyle = viridis(grid.data[i], levels, light(i));
        ctx.beginPath();
        for (const k of [i, i + 1, i + columns + 1, i + columns]) ctx.lineTo(corners[k].x, corners[k].y);
        ctx.closePath(); ctx.fill(); ctx.stroke(); // the stroke closes the seams
      }
    });
  },
  nodes(pen, layer) { // boxes or circles holding lines of text; a line with an unknown number is left out
    const [w, h] = [layer.size[0] * pen.unit.x, -layer.size[1] * pen.unit.y], round = layer.shape === "circle";
    pen.points(layer.at).forEach((p, item) => {
      const box = new Path2D(), look = pen.look(layer, item), size = Math.min(15, 0.75 * h / layer.lines.length);
      box.roundRect(p.x - w / 2, p.y - h / 2, w, h, round ? Math.min(w, h) / 2 : 6);
      pen.fill(box, look.fill ?? "paper");
      pen.stroke(box, look);
      const lines = layer.lines.filter((line) => !pen.words(line, item).includes("–")).join("\n");
      pen.write(lines, p, { item, size, align: "center", colour: look.text, fit: 0.9 * w });
    });
  },
  text(pen, layer) { // one template, or one of `texts` for each point
    pen.points(layer.at).forEach(({ x, y }, item) => {
      const place = { x: x + (layer.dx ?? 0), y: y + (layer.dy ?? 0) };
      pen.write(layer.texts?.[item] ?? layer.text, place, { ...layer, item });
    });
  },
};

// ---- the pen of one panel
function makePen({ spec, camera, ctx, cache, width, height, ratio }, lens, theme) {
  const { evaluate, words } = lens, [left, top, right, bottom] = spec.margins;
  const box = { left, top, right: width - right, bottom: height - bottom }, field = spec.layers.find((layer) => layer.z);
  const ranges = [spec.x, spec.y, spec.z ?? spec.y].map((axis) => evaluate(axis.range).data);
  const sx = scale(ranges[0], box.left, box.right, spec.x.log), sy = scale(ranges[1], box.bottom, box.top, spec.y.log);
  const pen = { ...lens, box, camera, sx, sy, unit: { x: sx(1) - sx(0), y: sy(1) - sy(0) } };
  const project = spec.z ? solid(pen, evaluate(field.z), ranges) : (x, y) => ({ x: sx(x), y: sy(y) });
  pen.inside = (p) => [clamp(p.x, box.left, box.right), clamp(p.y, box.top, box.bottom)];
  pen.look = (layer, i) => (layer.styles ? { ...layer, ...layer.styles[pick(evaluate(layer.style), i)] } : layer);
  pen.points = (at) => { // rows of an array, or a list of its columns
    const columns = Array.isArray(at) ? at.map(evaluate) : null, { shape, data } = columns ? {} : evaluate(at);
    const size = columns?.length ?? shape.at(-1), cell = (i, k) => (columns ? pick(columns[k], i) : data[i * size + k]);
    const length = columns ? Math.max(...columns.map((c) => c.data?.length ?? 1)) : data.length / size;
    return count(length).map((i) => project(...count(size).map((k) => cell(i, k))));
  };
  pen.fill = (path, colour = "ink", alpha = 1) => {
    Object.assign(ctx, { fillStyle: theme[colour], globalAlpha: alpha });
    ctx.fill(path);
  };
  pen.stroke = (path, { colour = "ink", width: thick = 2, alpha = 1, dash = [], halo = field }) => {
    ctx.setLineDash(dash);
    for (const [name, extra] of halo ? [["paper", 2.5], [colour, 0]] : [[colour, 0]]) {
      Object.assign(ctx, { strokeStyle: theme[name], lineWidth: thick + extra, globalAlpha: alpha, lineJoin: "round" });
      ctx.stroke(path);
    }
  };
  pen.arrow = (p, q, style) => {
    const path = new Path2D(), [dx, dy] = [q.x - p.x, q.y - p.y], angle = Math.atan2(dy, dx);
    const size = style.head === false ? 0 : Math.min(11, Math.hypot(dx, dy) / 2);
    path.moveTo(p.x, p.y); path.lineTo(q.x, q.y);
    for (const side of size ? [angle - 0.45, angle + 0.45] : []) {
      path.moveTo(q.x, q.y); path.lineTo(q.x - size * Math.cos(side), q.y - size * Math.sin(side));
    }
    if (finite(p) && finite(q)) pen.stroke(path, style);
  };
  pen.write = (template, p, { align = "left", size = 13, weight = 400, colour = "ink", fit = 1e4, item }) => {
    const lines = words(template ?? "", item).split("\n"), font = (px) => `${weight} ${px}px ${theme.font}`;
    ctx.font = font(size);
    const wide = Math.max(...lines.map((line) => ctx.measureText(line).width)), px = size * Math.min(1, fit / wide);
    Object.assign(ctx, { font: font(px), textAlign: align, textBaseline: "middle", lineWidth: 3.5, lineJoin: "round" });
    Object.assign(ctx, { strokeStyle: theme.paper, fillStyle: theme[colour], globalAlpha: 1 });
    const x = align === "left" ? Math.min(p.x, width - wide - 3) : p.x, first = p.y - (lines.length - 1) * px * 0.625;
    for (const ink of ["strokeText", "fillText"]) lines.forEach((line, k) => ctx[ink](line, x, first + k * px * 1.25));
  };
  pen.cached = ({ data }, painter) => { // a heat map or a surface is painted anew only when it looks different
    const key = [data.byteOffset, data.length, width, height, ratio, ...Object.values(camera)].join();
    if (cache.key !== key || cache.buffer !== data.buffer) {
      const canvas = new OffscreenCanvas(ctx.canvas.width, ctx.canvas.height), brush = canvas.getContext("2d");
      brush.scale(ratio, ratio);
      painter(brush);
      Object.assign(cache, { key, canvas, buffer: data.buffer });
    }
    ctx.drawImage(cache.canvas, 0, 0, width, height);
  };
  return pen;
}

function solid(pen, { shape: [rows, columns], data }, ranges) { // the axes' box as the cube [-1, 1]³ before a camera
  const [su, sv, sw] = ranges.map((range) => scale(range, -1, 1)), { left, right, top, bottom } = pen.box, flat = 0.6;
  const [sa, ca, se, ce] = [pen.camera.azimuth, pen.camera.elevation].flatMap((a) => [Math.sin(a), Math.cos(a)]);
  const size = Math.min((right - left) / 2.75, (bottom - top) / 2.15), toward = [-sa * ce, -ca * ce, se / flat];
  const middle = (i, n) => 2 * i / (n - 1) - 1, entry = (t, n) => clamp((t + 1) / 2 * (n - 1), 0, n - 1.001);
  const turn = (u, v, w) => {
    const away = u * sa + v * ca, up = flat * w * ce + away * se, zoom = 7 * size / (7 + away * ce - flat * w * se);
    return { x: (left + right) / 2 + zoom * (u * ca - v * sa), y: (top + bottom) / 2 - zoom * up };
  };
  const height = (u, v) => { // of the surface, between its grid points
    const c = entry(u, columns), r = entry(v, rows), i = Math.floor(r) * columns + Math.floor(c);
    const mix = (a, b, t) => a + (t % 1) * (b - a);
    return sw(mix(mix(data[i], data[i + 1], c), mix(data[i + columns], data[i + columns + 1], c), r));
  };
  const behind = (...point) => count(36).some((k) => {
    const [u, v, w] = point.map((d, axis) => d + toward[axis] * (k + 1) * 0.06);
    return Math.abs(u) < 1 && Math.abs(v) < 1 && height(u, v) > w + 0.03;
  });
  pen.mesh = () => ({
    corners: [...data].map((z, i) => turn(middle(i % columns, columns), middle(Math.floor(i / columns), rows), sw(z))),
    light: (i) => { // from a lamp over the left shoulder
      const [gx, gy] = [1, columns].map((next) => (sw(data[i + next]) - sw(data[i])) * columns / 3);
      return 0.6 + 0.45 * (1 + 0.5 * gx + 0.3 * gy) / Math.hypot(1, gx, gy);
    },
  });
  return (x, y, z) => { // a point without a height lies on the surface
    const u = su(x), v = sv(y), w = z === undefined ? height(u, v) : sw(z);
    return { ...turn(u, v, w), hidden: behind(u, v, w) };
  };
}

// ---- the whole: controls, pointer and keys, time, and Python where it listens
function render({ model, el }) {
  const scene = model.get("scene"), state = {}, table = {}, live = {};
  const controls = Object.fromEntries(scene.controls.map((control) => [control.name, control]));
  const clock = scene.controls.find((control) => control.fps), calm = matchMedia("(prefers-reduced-motion: reduce)");
  const lens = makeLens(scene, controls, state, [live, table]);
  el.innerHTML = scene.markup; // made in Python, which escapes every text in it
  const root = el.querySelector(".lk"), all = (selector) => [...root.querySelectorAll(selector)];
  const panels = all("canvas").map((canvas, i) => ({ canvas, ctx: canvas.getContext("2d"), spec: scene.panels[i],
    camera: { ...scene.panels[i].camera }, cache: {} }));
  let theme, request, before = 0, playing = false, question, waiting, settling, seen = true;

  function paint(panel) {
    const { canvas, ctx, spec, width, height } = panel, ratio = panel.ratio = devicePixelRatio || 1;
    const [w, h] = [width, height].map((v) => Math.round(v * ratio)), plot = new Path2D();
    if (canvas.width !== w || canvas.height !== h) Object.assign(canvas, { width: w, height: h });
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.clearRect(0, 0, width, height);
    const pen = panel.pen = makePen(panel, lens, theme), { left, top, right, bottom } = pen.box;
    plot.rect(left, top, right - left, bottom - top);
    for (const layer of spec.layers) {
      ctx.save();
      if (layer.clip) ctx.clip(plot);
      LAYERS[layer.draw](pen, layer);
      ctx.restore();
    }
    panel.stale = false;
  }
  function tick(now) { // the only place that paints; it comes again only while something moves
    const seconds = Math.min(0.1, (now - before) / 1000);
    [request, before] = [0, now];
    if (playing) show({ [clock.name]: state[clock.name] + seconds * clock.fps });
    for (const panel of panels) {
      if (panel.held) turn(panel, ...panel.held.map((v) => v * seconds * 1.6));
      if (panel.stale && panel.width) paint(panel);
    }
    for (const node of all("[data-text]")) say(node, node.dataset.text);
    if (playing || panels.some((panel) => panel.held)) wake();
  }
  function say(node, template) {
    const text = lens.words(template);
    if (node.textContent !== text) node.textContent = text;
  }
  function wake() {
    if (seen && theme) request ||= requestAnimationFrame(tick);
  }
  function refresh(some = panels) {
    lens.forget();
    for (const panel of some) panel.stale = true;
    clearTimeout(settling); // the status line speaks when things have come to rest
    settling = setTimeout(() => { if (theme) say(root.lastElementChild, scene.status); }, 250);
    wake();
  }
  function show(changes) {
    for (const [name, index] of Object.entries(changes)) {
      const input = root.querySelector(`[name=${name}]`);
      state[name] = clamp(index, 0, controls[name].count - 1);
      input.value = Math.floor(state[name]);
      input.setAttribute("aria-valuetext", lens.words(`{${name}}`));
    }
    if (playing && state[clock.name] >= clock.count - 1) play(false);
    refresh();
  }
  function change(changes, click) { // by hand: what Python said of another state no longer holds
    const only = Object.keys(changes).join();
    if (only !== clock?.name) for (const name of Object.keys(live)) delete live[name];
    lens.forget();
    show(changes);
    question = { state: { ...state }, click };
    ask();
  }
  function ask() { // one question at a time, then the newest: a slow Python never faces a queue
    if (waiting || !question) return;
    model.send(question);
    [waiting, question] = [true, null];
  }
  function play(on) {
    playing = on;
    root.querySelector("[value=play]").textContent = on ? "Pause" : "Play";
    before = performance.now();
    if (on && state[clock.name] >= clock.count - 1) show({ [clock.name]: 0 });
    refresh();
  }
  function turn(panel, sideways, up) {
    panel.camera.azimuth += sideways;
    panel.camera.elevation = clamp(panel.camera.elevation + up, 0.05, 1.5);
    refresh([panel]);
  }
  function point({ pen, spec }, { offsetX, offsetY }) { // sets one control or two to the values nearest to the click
    const place = [pen.sx.invert(offsetX), pen.sy.invert(offsetY)], changes = clock ? { [clock.name]: 0 } : {};
    spec.click.forEach((name, axis) => {
      const far = controls[name].values.map((v) => Math.abs(v - place[axis]));
      changes[name] = far.indexOf(Math.min(...far));
    });
    change(changes, place);
  }
  function dress() { // the host's background chooses the palette
    const paper = (node) => getComputedStyle(node).backgroundColor, rgb = (text) => text.match(/[\d.]+/g).map(Number);
    let host = root;
    while (host && /transparent|, 0\)$/.test(paper(host))) host = host.parentElement;
    const [r, g, b] = host ? rgb(paper(host)) : rgb(getComputedStyle(root).color).map((v) => 255 - v);
    root.classList.toggle("lk-dark", 0.3 * r + 0.6 * g + 0.1 * b < 128);
    root.style.setProperty("--paper", `rgb(${r} ${g} ${b})`);
    const style = getComputedStyle(root), colours = COLOURS.map((name) => [name, style.getPropertyValue(`--${name}`)]);
    theme = { font: style.fontFamily, ...Object.fromEntries(colours) };
    refresh();
  }

  const step = (to) => { play(false); change({ [clock.name]: to }); };
  const actions = { play: () => play(!playing), step: () => step(Math.floor(state[clock.name]) + 1), reset: () => step(0) };
  root.addEventListener("click", ({ target }) => actions[target.value]?.());
  root.addEventListener("input", ({ target }) => change({ [target.name]: Number(target.value) }));
  root.addEventListener("keydown", (event) => event.stopPropagation()); // the host has its own plans for keys
  root.addEventListener("transitionend", dress); // the inherited colour changed: another theme
  for (const panel of panels) {
    const { canvas, spec } = panel;
    const drag = (event) => {
      if (spec.z) turn(panel, (panel.x - event.clientX) * 0.01, (event.clientY - panel.y) * 0.01);
      else if (spec.click) point(panel, event);
      [panel.x, panel.y] = [event.clientX, event.clientY];
    };
    canvas.addEventListener("pointerdown", (event) => {
      canvas.setPointerCapture(event.pointerId);
      [panel.x, panel.y] = [event.clientX, event.clientY];
      drag(event);
    });
    canvas.addEventListener("pointermove", (event) => { if (event.buttons) drag(event); });
    canvas.addEventListener("keydown", (event) => {
      const arrow = ARROWS[event.key];
      if (!arrow) return;
      event.preventDefault();
      if (!spec.z) return spec.click?.forEach((name, axis) => change({ [name]: state[name] + arrow[axis] }));
      if (!event.repeat) turn(panel, ...arrow.map((v) => v * 0.05));
      if (event.repeat) panel.held = arrow;
    });
    for (const name of ["keyup", "blur"]) canvas.addEventListener(name, () => { panel.held = null; });
    new ResizeObserver(([{ contentRect: { width, height } }]) => {
      Object.assign(panel, { width, height });
      refresh([panel]);
    }).observe(canvas);
  }
  new IntersectionObserver((entries) => { // out of sight, nothing is painted
    seen = entries.at(-1).isIntersecting;
    wake();
  }).observe(root);
  model.on("msg:custom", ({ arrays, passing, state: moved }, buffers) => { // Python's answer, or its news
    arrays.forEach(([name, shape], i) => {
      const { buffer, byteOffset, byteLength } = buffers[i];
      (passing ? live : table)[name] = { shape, data: new Float32Array(buffer.slice(byteOffset, byteOffset + byteLength)) };
    });
    if (passing) waiting = false;
    lens.forget();
    show(moved);
    ask();
  });
  return Promise.all(Object.entries(model.get("table")).map(unpack)).then((entries) => {
    Object.assign(table, Object.fromEntries(entries));
    for (const { name, start } of scene.controls) state[name] = start;
    dress();
    show(state);
  });
}

export default { render };
