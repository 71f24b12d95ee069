// Numbers: the table, what expressions such as path[rate, :frame+1] and height(x) stand for, and text.
// Python parses them (expressions.py says into what) and reads them as this file does (lens.py).

const COLUMNS = 4; // an array whose last axis is no longer is a list of points

async function unpack(packed, into) {
  // {name: [shape, base64 of deflated float32]}, or of whole numbers of a unit above the lowest,
  // or of how these differ from one to the next
  for (const [name, [shape, text, unit, lowest, differ]] of Object.entries(packed)) {
    const bytes = new Blob([Uint8Array.from(atob(text), (c) => c.charCodeAt(0))]).stream();
    const buffer = await new Response(
      bytes.pipeThrough(new DecompressionStream("deflate")),
    ).arrayBuffer();
    const planes = new Uint8Array(buffer),
      n = planes.length / 4; // all first bytes, then all second ones, … of all x, all y, …
    const columns = shape.length > 1 && shape.at(-1) <= COLUMNS ? shape.at(-1) : 1;
    const rows = n / columns;
    const from = (item) => (item % columns) * rows + Math.floor(item / columns);
    const bits = planes.map((_, i) => planes[(i % 4) * n + from(i >> 2)]).buffer;
    const steps = unit && new Uint32Array(bits);
    if (differ) addUp(steps, columns);
    const data = unit
      ? Float32Array.from(steps, (step) => (lowest + step) * unit)
      : new Float32Array(bits);
    into[name] = { shape, data };
  }
}

function addUp(steps, columns) {
  // from differences in each column: an even number is twice a rise, an odd one a fall
  for (let i = 0; i < steps.length; i += 1) {
    const change = steps[i] % 2 ? -(steps[i] + 1) / 2 : steps[i] / 2;
    steps[i] = change + (i < columns ? 0 : steps[i - columns]);
  }
}

function take({ shape: [rows, ...shape], data }, { kind, name, shift }, state) {
  // one entry of the leading axis, or the rows before one
  const size = shape.reduce((a, b) => a * b, 1);
  const cut = (low, high) => data.subarray?.(low * size, high * size) ?? data.slice(low, high);
  if (kind === "all") return { shape: [rows, ...shape], data };
  const at = shift + (name ? state[name] : shift < 0 ? rows : 0);
  if (kind === "before") {
    const length = clamp(Math.floor(at), 0, rows);
    return { shape: [length, ...shape], data: cut(0, length) };
  }
  const place = clamp(at, 0, rows - 1);
  const low = Math.floor(place);
  let row = cut(low, low + 1);
  if (kind === "glide" && place > low) {
    const next = cut(low + 1, low + 2);
    row = Float64Array.from(row, (v, i) => mix(v, next[i], place - low));
  }
  return shape.length ? { shape, data: row } : row[0];
}

function along(curve, x) {
  // the height of a curve of evenly spaced rows (x, y) at x, or at each of several x
  if (x.data) return { shape: x.shape, data: Float64Array.from(x.data, (v) => along(curve, v)) };
  const d = curve.data;
  const at = (x - d[0]) / (d[2] - d[0]);
  const i = clamp(Math.floor(at) || 0, 0, curve.shape[0] - 2);
  return d[2 * i + 1] + (at - i) * (d[2 * i + 3] - d[2 * i + 1]);
}

const LARGE = 1e7; // from here on decimals are not worth reading …
const HUGE = 1e15; // … and from here on units are not
const MOST = 3e38; // what is more, and yet finite, is told as more than this

function digits(v, { plus, places, kind = "f" } = {}) {
  // a true minus sign, and none before a zero; halves are rounded up, as toFixed does
  if (!Number.isFinite(v)) return Number.isNaN(v) ? "–" : v > 0 ? "∞" : "−∞";
  if (Math.abs(v) >= MOST) return v > 0 ? "over 3e38" : "under −3e38";
  const decimals = places ?? (Number.isInteger(v) ? 0 : 3);
  const large = kind === "f" && Math.abs(v) >= (decimals ? LARGE : HUGE);
  const told = large || kind === "e" ? v.toExponential(large ? 2 : decimals) : v.toFixed(decimals);
  const text = told.replaceAll("-", "−");
  if (!/[1-9]/.test(text)) return text.replace("−", "");
  return plus && v > 0 ? `+${text}` : text;
}

const UNKNOWN = "\0"; // stands for an unknown number until a text is shown

function makeLens({ values, looks }, controls, state, tables) {
  // what names and templates stand for just now
  const seen = new Map();

  function known(name) {
    const stored = tables.find((table) => name in table);
    if (stored) return stored[name];
    if (name in controls) {
      const index = Math.floor(state[name]);
      const { values, options: words } = controls[name];
      return words ? { words, shape: [1], data: [index] } : (values?.[index] ?? index);
    }
    const { words, code } = values[name];
    if (!words) return evaluate(values[name]);
    const codes = evaluate(code);
    return codes.data ? { ...codes, words } : { words, shape: [1], data: [codes] };
  }

  function evaluate(parsed) {
    if (typeof parsed === "number") return parsed;
    if (Array.isArray(parsed)) return { shape: [parsed.length], data: parsed };
    if (seen.has(parsed)) return seen.get(parsed);
    let value = known(parsed.name);
    for (const index of parsed.take ?? []) value = take(value, index, state);
    if (parsed.at !== undefined) value = along(value, evaluate(parsed.at));
    seen.set(parsed, value);
    return value;
  }

  function fill({ value, format }, item) {
    const found = evaluate(value);
    const number = pick(found, item);
    if (Number.isNaN(number)) return UNKNOWN;
    if (found.words) return write(found.words[number], item);
    return digits(number, format ?? controls[value.name]?.format);
  }

  function write(template, item) {
    if (typeof template === "string") return template;
    return template.map((part) => (typeof part === "string" ? part : fill(part, item))).join("");
  }

  const words = (template, item = 0) => write(template, item).replaceAll(UNKNOWN, "–");
  const lines = (template, item = 0) =>
    // null for a line in which a number is unknown
    write(template, item)
      .split("\n")
      .map((line) => (line.includes(UNKNOWN) ? null : line));
  return { ...looks, evaluate, words, lines, forget: () => seen.clear() };
}
