// The elements of a view: made in Python, which escapes every text, and put in order here.

function makePage(el, scene) {
  el.innerHTML = `<style>${CSS}</style>${scene.markup}`;
  const root = el.querySelector(".lk");
  const bar = root.querySelector(".lk-bar");
  if (bar) root.prepend(bar); // what moves the picture stands above it, in reach on a small screen
  const status = root.querySelector("[role=status]");
  const line = scene.readouts.length === 0 && scene.status.length > 0 ? statusLine(status) : null;
  status.classList.add("lk-spoken");
  const panels = [...root.querySelectorAll("canvas")].map((canvas, i) =>
    makePanel(canvas, scene.panels[i], scene.panels.length),
  );
  return { root, status, line, panels, canvases: panels.map(({ canvas }) => canvas) };
}

// Where no readout tells the numbers, the status is seen as well as said.
function statusLine(status) {
  const line = document.createElement("p");
  line.className = "lk-status";
  line.ariaHidden = "true";
  status.before(line);
  return line;
}

function makePanel(canvas, spec, many) {
  const stage = document.createElement("div");
  stage.className = "lk-stage";
  canvas.before(stage);
  stage.append(canvas);
  canvas.style.setProperty("--tall", canvas.style.maxHeight);
  canvas.style.maxHeight = "";
  if (many > 1) canvas.classList.add("lk-one-of-many");
  const layers = spec.z
    ? [...spec.layers].sort((a, b) => rankInDepth(a) - rankInDepth(b))
    : spec.layers;
  const cache = { paths: new WeakMap() };
  const camera = { ...spec.camera };
  return { spec: { ...spec, layers }, canvas, stage, cache, camera, held: new Set() };
}

// In 3-D a surface hides the floor but no words, and the names of the axes find room before their
// numbers do.
function rankInDepth({ frame, draw }) {
  const rank = ["line", "surface", "name", "number"].indexOf(frame ?? draw);
  return rank < 0 ? 4 : rank;
}

function paint(panel, lens, theme) {
  const { canvas, spec } = panel;
  const { clientWidth: width, clientHeight: height } = canvas;
  const ratio = devicePixelRatio;
  const ctx = canvas.getContext("2d");
  const [wide, tall] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width === wide && canvas.height === tall) ctx.reset();
  else Object.assign(canvas, { width: wide, height: tall });
  panel.pen = makePen({ ...panel, ctx, width, height, ratio }, lens, theme, theme.em);
  ctx.scale(ratio, ratio);
  for (const layer of spec.layers) {
    ctx.save();
    if (layer.clip) ctx.clip(panel.pen.plot);
    ctx.translate(0, layer.down ?? 0);
    LAYERS[layer.draw](panel.pen, layer);
    ctx.restore();
  }
}

// A drawing wider than its frame is moved until the place that is being told about is in view.
function follow({ spec, pen, canvas, stage }, lens) {
  if (spec.follow == null) return;
  const frame = stage.closest(".lk-rolls");
  const at = pick(lens.evaluate(spec.follow), 0);
  if (!frame || !Number.isFinite(at)) return;
  const { x } = pen.project(at, pick(lens.evaluate(spec.y.range), 0));
  const room = frame.clientWidth;
  const edge = Math.min(100, room / 4);
  const inView = x > frame.scrollLeft + edge && x < frame.scrollLeft + room - edge;
  if (!inView) frame.scrollLeft = clamp(x - room / 2, 0, canvas.clientWidth - room);
}
