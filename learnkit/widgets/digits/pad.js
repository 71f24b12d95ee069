// The drawing pad: strokes by mouse, finger and keys, what the network reads, and its map.

const READABLE = 14; // pixels of the root's font for which sizes are stated
const GRID = 16; // places along either side for the cursor of the keyboard
const REST = 250; // milliseconds after which the reading is said
const NEAR = 0.012; // of the pad's side: a pointer that moved less has not moved
const LEAST = 0.04; // part of the largest slope from which on a slope is shown
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

async function render({ model, el }) {
  const scene = model.get("scene");
  const table = {};
  await unpack(model.get("table"), table);
  el.innerHTML = `<style>${CSS}</style>${scene.markup}`;
  const root = el.querySelector(".lk");
  const pad = makePad(root, makeNetwork(table, scene.activation), examplesOf(table.examples));
  pad.theme = makeTheme(root, () => repaint(pad));
  keepKeys(root);
  addPen(pad);
  addKeyboard(pad);
  addButtons(pad);
  new ResizeObserver(() => repaint(pad)).observe(root);
  pad.theme.dress();
  change(pad, { example: 0, strokes: [] });
}

function examplesOf({ data }) {
  const size = ROW * ROW;
  return count(data.length / size).map((i) => data.slice(i * size, (i + 1) * size));
}

function makePad(root, network, examples) {
  const part = (name) => root.querySelector(`.lkd-${name}`);
  return {
    root,
    network,
    examples: examples.map(bitmapWith),
    canvas: part("pad"),
    map: part("map"),
    bars: [...root.querySelectorAll(".lkd-bar")],
    now: { example: null, strokes: [] }, // what is drawn: on an example, or on paper
    before: [], // what it was, for Undo
    stroke: null, // the one being drawn
    cursor: [GRID / 2, GRID / 2],
    down: false, // the pen of the keyboard
  };
}

// ---------------------------------------------------------------- what is drawn

function change(pad, now) {
  if (pad.dots) pad.before.push(pad.now);
  pad.now = now;
  pad.stroke = null;
  pad.down = false;
  refresh(pad);
}

function undo(pad) {
  if (!pad.before.length) return;
  pad.now = pad.before.pop();
  pad.stroke = null;
  pad.down = false;
  refresh(pad);
}

function clear(pad) {
  if (pad.now.example !== null || pad.now.strokes.length) {
    change(pad, { example: null, strokes: [] });
  }
}

function nextExample(pad) {
  pad.shown = ((pad.shown ?? 0) + 1) % pad.examples.length;
  change(pad, { example: pad.shown, strokes: [] });
}

function beginStroke(pad, point) {
  pad.before.push(pad.now);
  pad.stroke = [point];
  pad.now = { ...pad.now, strokes: [...pad.now.strokes, pad.stroke] };
  refresh(pad);
}

function extendStroke(pad, point) {
  const [x, y] = pad.stroke.at(-1);
  if (Math.hypot(point[0] - x, point[1] - y) < NEAR) return;
  pad.stroke.push(point);
  refresh(pad);
}

// Reads the drawing anew, in the next frame.
function refresh(pad) {
  pad.request ||= requestAnimationFrame(() => {
    pad.request = 0;
    const { example, strokes } = pad.now;
    pad.dots = example === null ? bitmapOf(strokes) : drawnOn(pad.examples[example], strokes);
    pad.counts = countsOf(pad.dots);
    pad.reading = pad.network(pad.counts.map((inked) => inked / BLOCK ** 2));
    pad.root.reading = { inputs: [...pad.counts], ...pad.reading }; // for whoever looks closer
    repaint(pad);
    tell(pad);
  });
}

// ---------------------------------------------------------------- hands

function addPen(pad) {
  const { canvas } = pad;
  const placeOf = ({ clientX, clientY }) => {
    const box = canvas.getBoundingClientRect();
    return [(clientX - box.left) / box.width, (clientY - box.top) / box.height].map((v) =>
      clamp(v, 0, 1),
    );
  };
  let pointer = null; // of several fingers the first writes
  canvas.addEventListener("pointerdown", (event) => {
    if (!(event.buttons & 1) || pointer !== null) return;
    pointer = event.pointerId;
    canvas.setPointerCapture(pointer);
    pad.down = false;
    beginStroke(pad, placeOf(event));
  });
  canvas.addEventListener("pointermove", (event) => {
    if (event.pointerId !== pointer || !pad.stroke) return;
    const passed = event.getCoalescedEvents?.() ?? [];
    for (const each of passed.length ? passed : [event]) extendStroke(pad, placeOf(each));
  });
  canvas.addEventListener("lostpointercapture", () => {
    pointer = null;
    pad.stroke = null;
  });
}

// Arrow keys move a cursor; Space or Enter puts the pen down and lifts it again.
function addKeyboard(pad) {
  const { canvas } = pad;
  const place = () => pad.cursor.map((at) => (at + 0.5) / GRID);
  canvas.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    const presses = event.key === " " || event.key === "Enter";
    if (isTheirs(event)) return;
    if (!step && !presses && event.key !== "Backspace") return;
    event.preventDefault();
    if (step) {
      pad.cursor = pad.cursor.map((at, axis) => clamp(at + step[axis], 0, GRID - 1));
      if (pad.down) extendStroke(pad, place());
      else repaint(pad);
    } else if (event.key === "Backspace") {
      undo(pad);
    } else if (!event.repeat) {
      const down = !pad.down;
      if (down) beginStroke(pad, place());
      else pad.stroke = null;
      pad.down = down;
    }
    repaint(pad);
    tell(pad);
  });
  for (const event of ["focus", "blur"]) {
    canvas.addEventListener(event, () => {
      if (pad.down) pad.stroke = null;
      pad.down = false;
      repaint(pad);
    });
  }
}

function addButtons(pad) {
  const presses = { undo, clear, next: nextExample };
  pad.root.addEventListener("click", ({ target }) => presses[target.value]?.(pad));
}

// ---------------------------------------------------------------- what is seen

function repaint(pad) {
  if (!pad.reading || !pad.canvas.clientWidth) return;
  paintPad(pad, begin(pad.canvas));
  paintMap(pad, begin(pad.map));
  const { digit, probabilities } = pad.reading;
  pad.bars.forEach((bar, i) => {
    bar.classList.toggle("lkd-most", i === digit);
    bar.querySelector("i").style.width = `${100 * probabilities[i]}%`;
    say(bar.querySelector("b"), percent(probabilities[i]));
  });
}

// A canvas with nothing on it, as large as it is seen; its side is 1.
function begin(canvas) {
  const side = Math.round(canvas.clientWidth * devicePixelRatio);
  if (canvas.width !== side || canvas.height !== side)
    Object.assign(canvas, { width: side, height: side });
  const ctx = canvas.getContext("2d");
  ctx.reset();
  ctx.scale(side, side);
  return ctx;
}

function paintPad({ theme, now, examples, cursor, canvas, down }, ctx) {
  fill(ctx, theme("paper"), 0, 0, 1, 1);
  lines(ctx, theme("faint"));
  ctx.fillStyle = ctx.strokeStyle = theme("ink");
  if (now.example !== null) {
    ctx.beginPath(); // one for all dots, so that no seams are seen between them
    examples[now.example].forEach((dot, k) => {
      if (dot) ctx.rect((k % DOTS) / DOTS, Math.floor(k / DOTS) / DOTS, 1 / DOTS, 1 / DOTS);
    });
    ctx.fill();
  }
  Object.assign(ctx, { lineCap: "round", lineJoin: "round", lineWidth: 0.07 });
  for (const stroke of now.strokes) {
    ctx.beginPath();
    ctx.moveTo(...stroke[0]);
    for (const point of stroke) ctx.lineTo(...point);
    ctx.stroke();
  }
  if (document.activeElement !== canvas || !canvas.matches(":focus-visible")) return;
  const place = cursor.map((at) => (at + 0.5) / GRID);
  for (const [colour, width] of [
    ["paper", 0.022],
    [down ? "vermilion" : "blue", 0.012],
  ]) {
    Object.assign(ctx, { strokeStyle: theme(colour), lineWidth: width });
    ctx.beginPath();
    ctx.arc(...place, 0.045, 0, 7);
    ctx.stroke();
  }
}

// The 64 numbers as greys, and on each the slope of the digit's score: its sign and its size.
function paintMap({ theme, counts, reading }, ctx) {
  fill(ctx, theme("paper"), 0, 0, 1, 1);
  const largest = Math.max(...reading.slopes.map(Math.abs)) || 1;
  const cell = 1 / ROW;
  counts.forEach((inked, k) => {
    const [x, y] = [(k % ROW) * cell, Math.floor(k / ROW) * cell];
    ctx.globalAlpha = (0.75 * inked) / BLOCK ** 2;
    fill(ctx, theme("ink"), x, y, cell, cell);
    ctx.globalAlpha = 1;
  });
  lines(ctx, theme("faint"));
  counts.forEach((_, k) => {
    const middle = [((k % ROW) + 0.5) * cell, (Math.floor(k / ROW) + 0.5) * cell];
    sign(ctx, theme, middle, reading.slopes[k] / largest);
  });
}

// A plus or a minus, as long as the slope is large.
function sign(ctx, theme, [x, y], part) {
  if (Math.abs(part) < LEAST) return;
  const reach = 0.05 * Math.sqrt(Math.abs(part));
  const thick = Math.min(0.018, 0.9 * reach);
  for (const [colour, width] of [
    ["paper", thick + 0.012],
    [part > 0 ? "blue" : "vermilion", thick],
  ]) {
    Object.assign(ctx, { strokeStyle: theme(colour), lineWidth: width, lineCap: "butt" });
    const more = colour === "paper" ? 0.006 : 0;
    ctx.beginPath();
    ctx.moveTo(x - reach - more, y);
    ctx.lineTo(x + reach + more, y);
    if (part > 0) {
      ctx.moveTo(x, y - reach - more);
      ctx.lineTo(x, y + reach + more);
    }
    ctx.stroke();
  }
}

function fill(ctx, colour, ...box) {
  ctx.fillStyle = colour;
  ctx.fillRect(...box);
}

function lines(ctx, colour) {
  Object.assign(ctx, { strokeStyle: colour, lineWidth: 0.004 });
  ctx.beginPath();
  for (let i = 0; i <= ROW; i += 1) {
    ctx.moveTo(i / ROW, 0);
    ctx.lineTo(i / ROW, 1);
    ctx.moveTo(0, i / ROW);
    ctx.lineTo(1, i / ROW);
  }
  ctx.stroke();
}

// ---------------------------------------------------------------- what is said

// 100 % and 0 % are said of no probability, as none is.
function percent(probability) {
  if (probability > 0.999) return "> 99.9 %";
  if (probability < 0.001) return "< 0.1 %";
  return `${(100 * probability).toFixed(1)} %`;
}

function tell(pad) {
  const { root, reading } = pad;
  if (!reading) return;
  const text = sentence(pad);
  say(root.querySelector(".lkd-name"), nameOf(pad));
  say(root.querySelector(".lkd-answer"), isEmpty(pad) ? "–" : String(reading.digit));
  say(root.querySelector(".lkd-seen"), text);
  pad.map.ariaLabel = mapInWords(pad);
  clearTimeout(pad.settling);
  pad.settling = setTimeout(
    () => say(root.querySelector("[role=status]"), text + penInWords(pad)),
    REST,
  );
}

// What is on the pad, and how one comes to write there.
function nameOf({ now: { example, strokes } }) {
  if (example !== null)
    return strokes.length ? "The example and your ink" : "Example: Clear, then write";
  return strokes.length ? "Your drawing" : "Write a digit here";
}

function isEmpty({ counts }) {
  return !counts.some((inked) => inked);
}

function sentence(pad) {
  const { digit, probabilities } = pad.reading;
  if (isEmpty(pad)) {
    return `The paper is empty. Asked all the same, the network says ${digit}, ${percent(probabilities[digit])}: it has no word for “none of the ten”.`;
  }
  const [first, second] = ranked(probabilities);
  const drawn =
    pad.now.example === null
      ? "Your drawing"
      : pad.now.strokes.length
        ? "The example with your strokes"
        : "The example";
  return `${drawn} is read as ${first}, ${percent(probabilities[first])}; next comes ${second}, ${percent(probabilities[second])}.`;
}

function ranked(probabilities) {
  return count(probabilities.length).sort((a, b) => probabilities[b] - probabilities[a]);
}

function penInWords({ canvas, down, cursor: [x, y] }) {
  if (document.activeElement !== canvas) return "";
  return ` Cursor at column ${x + 1} of ${GRID}, row ${y + 1}, pen ${down ? "down" : "up"}.`;
}

function mapInWords({ reading: { digit, slopes } }) {
  const at = (k) => `row ${Math.floor(k / ROW) + 1}, column ${(k % ROW) + 1}`;
  const [most, least] = [Math.max(...slopes), Math.min(...slopes)];
  return `The 8 × 8 numbers that the network receives, with the slope of the score of ${digit} along each. Ink raises it most at ${at(slopes.indexOf(most))}, slope ${signed(most)}, and lowers it most at ${at(slopes.indexOf(least))}, slope ${signed(least)}.`;
}

function signed(number) {
  return `${number < 0 ? "−" : "+"}${Math.abs(number).toFixed(2)}`;
}

export default { render };
