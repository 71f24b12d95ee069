// The painter: one module in the anywidget form. It projects, paints and reads controls, and holds no
// mathematics of the lessons: every number comes from a table made in Python. player.py describes scenes.
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
const clamp = (v, low, high) => Math.min(high, Math.max(low, v));
const mix = (a, b, t) => a + (t % 1) * (b - a);
const finite = (p) => p && Number.isFinite(p.x + p.y);
const count = (n, back) => { const all = [...Array(n).keys()]; return back ? all.reverse() : all; };
const pick = (value, i) => (value.data ? value.data[i] ?? value.data[0] : value);
const scale = ([low, high], from, to) => (v) => from + (v - low) / (high - low) * (to - from);
async function unpack(packed, into) { // {name: [shape, base64 of deflated float32]}
  for (const [name, [shape, text]] of Object.entries(packed)) {
    const bytes = new Blob([Uint8Array.from(atob(text), (c) => c.charCodeAt(0))]).stream();
    const buffer = await new Response(bytes.pipeThrough(new DecompressionStream("deflate"))).arrayBuffer();
    const planes = new Uint8Array(buffer), n = planes.length / 4; // all first bytes, then all second ones, …
    into[name] = { shape, data: new Float32Array(planes.map((_, i) => planes[(i % 4) * n + (i >> 2)]).buffer) };
  }
}

// ---- numbers: expressions such as "path[rate, :frame+1]" and "height(x)", and their text
function take({ shape: [rows, ...shape], data }, index, state) { // one entry of the leading axis, or a slice
  const [, kind, name, shift] = index.match(/^\s*([:~]?)\s*([a-z_]\w*)?\s*([+-]?\d+)?\s*$/i);
  const from = name ? state[name] : shift >= 0 ? 0 : rows, at = from + Number(shift ?? 0); // [-1] is the last
  const size = shape.reduce((a, b) => a * b, 1), low = clamp(Math.floor(at), 0, rows - (kind !== ":"));
  if (kind === ":") return { shape: [low, ...shape], data: data.subarray(0, low * size) };
  const row = data.subarray(low * size, (low + 1) * size), after = data.subarray((low + 1) * size);
  const found = kind && after.length ? row.map((v, i) => mix(v, after[i], at)) : row; // ~ glides between rows
  return shape.length ? { shape, data: found } : found[0];
}
function along(curve, x) { // the height of a curve of evenly spaced rows (x, y) at x, or at each of several x
  if (x.data) return { shape: x.shape, data: x.data.map((v) => along(curve, v)) };
  const { shape: [rows], data: d } = curve, at = (x - d[0]) / (d[2] - d[0]), i = clamp(Math.floor(at), 0, rows - 2);
  return d[2 * i + 1] + (at - i) * (d[2 * i + 3] - d[2 * i + 1]);
}
function digits(v, spec = "") { // Python's format for "", "d", ".3f", "+.2f" and ".1e"
  if (!Number.isFinite(v)) return Number.isNaN(v) ? "–" : v > 0 ? "∞" : "−∞";
  const [, plus, places, kind] = spec.match(/^(\+?)(?:\.(\d+))?([fed]?)/);
  const n = Number(places ?? (Number.isInteger(v) || kind === "d" ? 0 : 3));
  const text = (kind === "e" ? v.toExponential(n) : v.toFixed(n)).replace(/-/g, "−");
  return /[1-9]/.test(text) ? (v > 0 ? plus : "") + text : text.replace("−", ""); // a zero has no sign
}
function makeLens({ values, looks }, controls, state, tables) { // what names and templates stand for just now
  const seen = new Map();
  function known(name) {
    const stored = tables.find((table) => table[name]), { words, code } = values[name] ?? {};
    if (stored) return stored[name];
    if (name in controls) return controls[name].values?.[state[name]] ?? Math.floor(state[name]);
    return words ? { words, data: evaluate(code).data ?? [evaluate(code)] } : evaluate(values[name]);
  }
  function evaluate(source) {
    if (Array.isArray(source)) return { shape: [source.length], data: source };
    if (typeof source === "number" || seen.has(source)) return seen.get(source) ?? source;
    const [, name, indices, argument] = source.match(/^(\w+)(?:\[(.*?)\])?(?:\((.*)\))?$/);
    let value = known(name);
    for (const index of indices?.split(",") ?? []) value = take(value, index, state);
    if (argument) value = along(value, evaluate(argument));
    return seen.set(source, value).get(source);
  }
  const words = (template, item = 0) => template.replace(/\{(\w+)(?::([^}]*))?\}/g, (_, name, spec) => {
    const value = evaluate(name), list = value.words ?? controls[name]?.options, number = pick(value, item);
    return list ? words(list[number], item) : digits(number, spec ?? controls[name]?.format);
  });
  return { ...looks, evaluate, words, forget: () => seen.clear() };
}

// ---- layers: each paints itself with a pen, which knows the panel's projection, theme and numbers
function shade(v, levels, palette, light = 1) { // colours follow the levels, evenly spaced or not
  const i = clamp(levels.findLastIndex((level) => v > level), 0, levels.length - 2);
  const rank = (i + (v - levels[i]) / (levels[i + 1] - levels[i])) / (levels.length - 1);
  const t = clamp(rank, 0, 0.9999) * (palette.length - 1), next = palette[Math.floor(t) + 1];
  return `rgb(${palette[Math.floor(t)].map((c, k) => Math.round(mix(c, next[k], t) * light))})`;
}
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
    if (layer.dots) LAYERS.dots(pen, { ...layer, size: 2.6, width: 0 });
  },
  dots(pen, layer) { // markers, or nodes of a graph with an extent; outside the picture they wait at its edge
    const alike = new Map(pen.looks(layer).map((look) => [look, [new Path2D(), new Path2D()]])); // in sight, hidden
    pen.points(layer.at).forEach((p, item) => {
      const look = pen.look(layer, item), { shape = "circle", size = 5, extent, off } = look;
      const x = clamp(p.x, pen.box.left, pen.box.right), y = clamp(p.y, pen.box.top, pen.box.bottom);
      const away = Math.hypot(p.x - x, p.y - y) > 1;
      if (!finite(p) || (away && !off)) return;
      const [w, h] = extent ? pen.extent(extent).map((v) => v / 2) : [size, size], r = Math.min(w, h);
      const stretch = shape === "box" ? { a: w, d: h } : { a: r, d: r };
      alike.get(look)[p.hidden ? 1 : 0].addPath(pen.markers[shape], { ...stretch, e: x, f: y });
      if (away) pen.write(off, { x, y }, { dx: 15, dy: -12, weight: 600 });
    });
    for (const [{ colour = "ink", width = 3, dash, hollow }, paths] of alike) paths.forEach((path, hidden) => {
      if (width) pen.stroke(path, { colour: hollow ? colour : "paper", width, dash, halo: false });
      pen.set({ fillStyle: pen.theme(hollow ? "paper" : colour), globalAlpha: hidden ? 0.4 : 1 }).fill(path);
    });
  },
  arrow(pen, layer) { // from each point of `from` to its partner in `to`; head: false leaves a segment
    const ends = pen.points(layer.to);
    pen.points(layer.from).forEach((p, i) => pen.arrow(p, ends[i], pen.look(layer, i)));
  },
  tangent(pen, layer) { // a line of `length` pixels through `at`, with the slope given in units of the axes
    const [{ x, y }] = pen.points(layer.at), [dx, rise] = pen.extent([1, pen.evaluate(layer.slope)]);
    const t = layer.length / 2 / Math.hypot(dx, rise), end = (t) => ({ x: x + t * dx, y: y - t * rise });
    pen.arrow(end(-t), end(t), { ...layer, head: false });
  },
  heat(pen, layer) { // one pixel a cell, smoothed as it is enlarged
    const [grid, levels] = [layer.z, layer.levels].map(pen.evaluate), [rows, columns] = grid.shape;
    pen.cached(grid, (ctx) => {
      const small = new OffscreenCanvas(columns, rows), brush = small.getContext("2d");
      grid.data.forEach((v, i) => {
        brush.fillStyle = shade(v, levels.data, pen.palette);
        brush.fillRect(i % columns, rows - 1 - Math.floor(i / columns), 1, 1);
      });
      ctx.drawImage(small, 0.5, 0.5, columns - 1, rows - 1, ...pen.field);
    });
  },
  surface(pen, layer) { // quads from the back to the front: a height field needs no sorting
    const [grid, levels] = [layer.z, layer.levels].map(pen.evaluate), [rows, columns] = grid.shape;
    pen.cached(grid, (ctx) => {
      const corners = count(rows * columns).map(pen.corner), turned = (part) => part(pen.camera.azimuth) > 0;
      for (const r of count(rows - 1, turned(Math.cos))) for (const c of count(columns - 1, turned(Math.sin))) {
        const i = r * columns + c;
        ctx.fillStyle = ctx.strokeStyle = shade(grid.data[i], levels.data, pen.palette, pen.light(i));
        ctx.beginPath();
        for (const k of [i, i + 1, i + columns + 1, i + columns]) ctx.lineTo(corners[k].x, corners[k].y);
        ctx.closePath(); ctx.fill(); ctx.stroke(); // the stroke closes the seams
      }
    });
  },
  text: (pen, layer) => pen.points(layer.at).forEach((p, item) => // one template, or one of `texts` for each point
    pen.write(layer.texts?.[item] ?? layer.text, p, { ...pen.look(layer, item), item })),
};

// ---- the pen of one panel
function makePen({ spec, camera, cache, ctx, width, height, ratio }, lens) {
  const { evaluate, words, theme } = lens, [left, top, right, bottom] = spec.margins;
  const field = spec.layers.find((layer) => layer.z), set = (style) => Object.assign(ctx, style);
  const box = { left, top, right: width - right, bottom: height - bottom };
  const [rx, ry, rz] = [spec.x, spec.y, spec.z].map((axis) => axis && evaluate(axis.range).data);
  const [h, v] = [[left, box.right], [box.bottom, top]], sx = scale(rx, ...h), sy = scale(ry, ...v);
  const pen = { ...lens, set, camera, box, field: [left, top, box.right - left, box.bottom - top], plot: new Path2D() };
  const project = rz ? solid(pen, evaluate(field.z), [rx, ry, rz]) : (x, y) => ({ x: sx(x), y: sy(y) });
  pen.plot.rect(...pen.field);
  pen.invert = (x, y) => [scale(h, ...rx)(x), scale(v, ...ry)(y)];
  pen.holds = (x, y) => x > left - 9 && x < box.right + 9 && y > top - 9 && y < box.bottom + 9; // with a finger's slack
  pen.extent = ([wide, tall]) => [wide * (sx(1) - sx(0)), tall * (sy(0) - sy(1))];
  pen.looks = (layer) => (layer.looks ??= layer.styles?.map((style) => ({ ...layer, ...style })) ?? [layer]);
  pen.look = (layer, i) => pen.looks(layer)[layer.styles ? pick(evaluate(layer.style), i) : 0];
  pen.points = (at) => { // rows of an array, or a list of columns
    const found = Array.isArray(at) ? at.map(evaluate) : evaluate(at), size = found.shape?.at(-1);
    const length = size ? found.data.length / size : Math.max(...found.map((part) => part.data?.length ?? 1));
    const part = (i, k) => (size ? found.data[i * size + k] : pick(found[k], i));
    return count(length).map((i) => project(...count(size ?? found.length).map((k) => part(i, k))));
  };
  pen.stroke = (path, { colour = "ink", width: wide = 2, alpha = 1, dash = [], halo = field }) => {
    set({ globalAlpha: alpha, lineJoin: "round" }).setLineDash(dash);
    if (halo) set({ strokeStyle: theme("paper"), lineWidth: wide + 2.5 }).stroke(path);
    set({ strokeStyle: theme(colour), lineWidth: wide }).stroke(path);
  };
  pen.arrow = (p, q, style) => {
    const path = new Path2D(), [dx, dy] = [q.x - p.x, q.y - p.y], angle = Math.atan2(dy, dx), { gap = 0 } = style;
    const length = Math.hypot(dx, dy) - gap, size = style.head === false || length < 1 ? 0 : clamp(length / 2, 5, 11);
    path.moveTo(p.x + gap * Math.cos(angle), p.y + gap * Math.sin(angle)); path.lineTo(q.x, q.y);
    for (const side of [angle - 0.45, angle + 0.45]) {
      path.moveTo(q.x - size * Math.cos(side), q.y - size * Math.sin(side)); path.lineTo(q.x, q.y);
    }
    if (finite(p) && finite(q) && length >= 0) pen.stroke(path, style);
  };
  pen.write = (template, p, style) => { // lines with unknown numbers are left out; a node's text stays inside
    const { align = "left", size = 13, weight = 400, colour = "ink", ink = colour, extent, item } = style;
    const lines = words(template, item).split("\n"), known = lines.filter((line) => !line.includes("–"));
    const [w, h] = extent ? pen.extent(extent).map((v) => 0.9 * v) : [9999, 9999];
    const px = Math.min(size, 0.85 * h / lines.length), first = p.y + (style.dy ?? 0) - (known.length - 1) * px / 1.6;
    set({ font: `${weight} ${px}px ${theme()}`, textAlign: align, textBaseline: "middle", lineJoin: "round" });
    set({ strokeStyle: theme("paper"), fillStyle: theme(ink), lineWidth: style.halo ?? 3.5, globalAlpha: 1 });
    known.forEach((line, k) => {
      const most = align === "left" ? width - 3 - ctx.measureText(line).width : width;
      const place = [line, Math.min(p.x + (style.dx ?? 0), most), first + k * px * 1.25, w];
      ctx.strokeText(...place); ctx.fillText(...place);
    });
  };
  pen.cached = ({ data: { buffer, byteOffset, length } }, painter) => { // kept if it looks as it did a frame ago
    const key = [byteOffset, length, width, height, ratio, ...Object.values(camera)].join();
    const same = cache.key === key && cache.buffer === buffer;
    Object.assign(cache, { key, buffer, canvas: same ? cache.canvas : null });
    if (!same) return painter(ctx);
    if (!cache.canvas) {
      const brush = (cache.canvas = new OffscreenCanvas(width * ratio, height * ratio)).getContext("2d");
      brush.scale(ratio, ratio);
      painter(brush);
    }
    ctx.drawImage(cache.canvas, 0, 0, width, height);
  };
  return pen;
}
function solid(pen, { shape: [rows, columns], data }, ranges) { // the axes' box is a cube [-1, 1]³
  const [su, sv, sw] = ranges.map((range) => scale(range, -1, 1)), { left, right, top, bottom } = pen.box;
  const { azimuth: a, elevation: e } = pen.camera, size = Math.min((right - left) / 3.2, (bottom - top) / 3);
  const [sa, ca, se, ce] = [Math.sin(a), Math.cos(a), Math.sin(e), Math.cos(e)], flat = 0.6;
  const eye = [-7 * sa * ce, -7 * ca * ce, 7 * se / flat], middle = (i, n) => 2 * i / (n - 1) - 1;
  const turn = (u, v, w) => {
    const away = u * sa + v * ca, zoom = 7 * size / (7 + away * ce - flat * w * se);
    const x = zoom * (u * ca - v * sa), y = zoom * (away * se + flat * w * ce) + size / 8;
    return { x: (left + right) / 2 + x, y: (top + bottom) / 2 - y };
  };
  const height = (u, v) => { // of the surface, between its grid points
    const [c, r] = [[u, columns], [v, rows]].map(([t, n]) => clamp((t + 1) / 2 * (n - 1), 0, n - 1.001));
    const i = Math.floor(r) * columns + Math.floor(c), k = i + columns;
    return sw(mix(mix(data[i], data[i + 1], c), mix(data[k], data[k + 1], c), r));
  };
  const behind = (...point) => count(36).some((k) => { // something stands on the way to the eye
    const [u, v, w] = point.map((d, axis) => d + (eye[axis] - d) * (k + 1) / 120);
    return Math.abs(u) < 1 && Math.abs(v) < 1 && height(u, v) > w + 0.03;
  });
  pen.corner = (i) => turn(middle(i % columns, columns), middle(Math.floor(i / columns), rows), sw(data[i]));
  pen.light = (i) => { // from a lamp over the left shoulder
    const [gx, gy] = [1, columns].map((next) => (sw(data[i + next]) - sw(data[i])) * columns / 3);
    return 0.6 + 0.45 * (1 + 0.5 * gx + 0.3 * gy) / Math.hypot(1, gx, gy);
  };
  const side = { [-1e9]: [-sa, -ca].map(Math.sign), [-2e9]: [-ca, sa].map(Math.sign) }; // the nearest, the left one
  return (x, y, z) => { // a point without a height lies on the surface
    const u = side[x]?.[0] ?? su(x), v = side[y]?.[1] ?? sv(y), w = z === undefined ? height(u, v) : sw(z);
    return { ...turn(u, v, w), hidden: behind(u, v, w) };
  };
}

// ---- the whole: controls, pointer and keys, time, and Python where it listens
async function render({ model, el }) {
  const scene = model.get("scene"), state = {}, table = {}, live = {}; // live: what Python says of this state
  const controls = Object.fromEntries(scene.controls.map((control) => [control.name, control]));
  const lens = makeLens(scene, controls, state, [live, table]), clock = scene.controls.find(({ fps }) => fps);
  for (const name in lens.markers) lens.markers[name] = new Path2D(lens.markers[name]);
  await unpack(model.get("table"), table);
  el.innerHTML = scene.markup; // made in Python, which escapes every text in it
  const root = el.firstElementChild, all = (tag) => root.querySelectorAll(tag), style = getComputedStyle(root);
  lens.theme = (colour) => (colour ? style.getPropertyValue(`--${colour}`) : style.fontFamily);
  const say = (node, text) => { if (node.textContent !== text) node.textContent = text; };
  const panels = scene.panels.map((spec, i) =>
    ({ spec, canvas: all("canvas")[i], cache: {}, held: new Set(), camera: { ...spec.camera } }));
  let request = 0, before = 0, playing = false, seen = true, settling;
  function paint(panel) {
    const { canvas, spec } = panel, { clientWidth: width, clientHeight: height } = canvas;
    const ratio = devicePixelRatio, ctx = canvas.getContext("2d");
    const pen = panel.pen = makePen({ ...panel, ctx, width, height, ratio }, lens);
    Object.assign(canvas, { width: width * ratio, height: height * ratio }); // and wiped
    ctx.scale(ratio, ratio);
    for (const layer of spec.layers) {
      ctx.save();
      if (layer.clip) ctx.clip(pen.plot);
      ctx.translate(0, layer.down ?? 0);
      LAYERS[layer.draw](pen, layer);
      ctx.restore();
    }
  }
  function tick(now) { // the only place that paints; it comes again only while something moves
    const seconds = Math.min(0.1, (now - before) / 1000);
    [request, before] = [0, now];
    if (playing) show({ [clock.name]: state[clock.name] + seconds * clock.fps });
    if (playing && state[clock.name] >= clock.count - 1) play(false);
    for (const panel of panels) for (const key of panel.held) turn(panel, ...ARROWS[key].map((v) => v * seconds * 1.6));
    for (const panel of panels) if (panel.canvas.clientWidth) paint(panel);
    for (const node of all("[data-text]")) say(node, lens.words(node.dataset.text));
    for (const input of all("[name]")) input.value = Math.floor(state[input.name]);
    for (const range of all("[type=range]")) range.ariaValueText = lens.words(`{${range.name}}`);
  }
  function refresh() {
    lens.forget();
    clearTimeout(settling); // the status line speaks when things have come to rest
    settling = setTimeout(() => {
      say(all("[role=status]")[0], lens.words(scene.status));
      for (const canvas of all("canvas")) canvas.ariaLabel = lens.words(canvas.dataset.label);
    }, 250);
    request ||= seen && requestAnimationFrame(tick);
  }
  function show(changes) { // new indices for controls
    for (const name in changes) state[name] = clamp(changes[name], 0, controls[name].count - 1);
    refresh();
  }
  function change(changes, click) { // by hand; whatever a click can set starts a run anew
    if (clock && scene.panels.some(({ click }) => click?.some((name) => name in changes))) changes[clock.name] = 0;
    show(changes);
    if (Object.keys(changes).join() === clock?.name) return; // a step leaves what Python said of the run
    for (const name in live) delete live[name];
    root.dispatchEvent(new CustomEvent("learnkit-change", { bubbles: true, detail: { state, click } }));
  }
  function play(on) { // for whoever wants less motion, a step
    const step = Math.floor(state[clock.name]), calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    [playing, before] = [on && !calm, performance.now()];
    say(all("[value=play]")[0], playing ? "Pause" : "Play");
    change({ [clock.name]: on && step >= clock.count - 1 ? 0 : step + (on && calm) });
  }
  function turn({ camera }, sideways, up) {
    camera.azimuth += sideways; camera.elevation = clamp(camera.elevation + up, 0.05, 1.5);
    refresh();
  }
  function point({ pen, spec }, { offsetX, offsetY }) { // sets controls to the values nearest to the click
    if (!pen.holds(offsetX, offsetY)) return; // the rest of the canvas is for labels
    const place = pen.invert(offsetX, offsetY), changes = {};
    spec.click.forEach((name, axis) => {
      const far = controls[name]?.values.map((v) => Math.abs(v - place[axis]));
      if (far) changes[name] = far.indexOf(Math.min(...far));
    });
    change(changes, place);
  }
  const dress = () => { // light text, told by its green in "rgb(…)" or "color(srgb …)", comes from a dark theme
    root.classList.toggle("lk-dark", style.color.match(/[\d.]+/g)[1] > (style.color.startsWith("rgb") ? 127 : 0.5));
    refresh();
  };
  const jump = (to) => { play(false); change({ [clock.name]: to }); };
  const press = { play: () => play(!playing), step: () => jump(state[clock.name] + 1), reset: () => jump(0) };
  press.mark = ({ dataset }) => jump(Number(dataset.frame));
  root.addEventListener("click", ({ target }) => press[target.value]?.(target));
  root.addEventListener("input", ({ target }) => change({ [target.name]: Number(target.value) }));
  root.addEventListener("keydown", (event) => { // the host has its own plans for keys, and gets those with Ctrl
    const { key, ctrlKey, metaKey, shiftKey } = event, theirs = ctrlKey || metaKey || (shiftKey && key === "Enter");
    event.stopPropagation(); // and below its own mark for "not my keys" tells it of those that are
    if (theirs && !root.parentElement.dispatchEvent(new KeyboardEvent("keydown", event))) event.preventDefault();
  });
  root.addEventListener("transitionend", dress); // the inherited colour changed: another theme
  for (const panel of panels) {
    const { canvas, spec, held } = panel;
    canvas.onpointerdown = canvas.onpointermove = (event) => {
      if (event.type === "pointerdown") canvas.setPointerCapture(event.pointerId);
      if (event.buttons & 1 && spec.click) point(panel, event);
      if (event.buttons & 1 && spec.z) turn(panel, -event.movementX / 100, event.movementY / 100);
    };
    canvas.onkeydown = (event) => {
      const arrow = ARROWS[event.key];
      if (!arrow) return;
      event.preventDefault();
      spec.click?.forEach((name, axis) => name && change({ [name]: state[name] + arrow[axis] }));
      if (spec.z && !held.has(event.key)) turn(panel, ...arrow.map((v) => v / 20));
      if (spec.z) held.add(event.key);
    };
    canvas.onkeyup = ({ key }) => held.delete(key);
    canvas.onblur = () => held.clear();
  }
  new ResizeObserver(refresh).observe(root);
  new IntersectionObserver((found) => { seen = found.at(-1).isIntersecting; dress(); }).observe(root);
  root.addEventListener("learnkit-news", ({ detail }) => // by Python
    unpack(detail.arrays, detail.keep ? table : live).then(() => show(detail.state)));
  show(Object.fromEntries(scene.controls.map(({ name, start }) => [name, start])));
  dress();
}
export default { render };
