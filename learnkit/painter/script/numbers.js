// Numbers: the table, expressions such as "path[rate, :frame+1]" and "height(x)", and their text.

async function unpack(packed, into) {
  // {name: [shape, base64 of deflated float32]}
  for (const [name, [shape, text]] of Object.entries(packed)) {
    const bytes = new Blob([Uint8Array.from(atob(text), (c) => c.charCodeAt(0))]).stream();
    const buffer = await new Response(
      bytes.pipeThrough(new DecompressionStream("deflate")),
    ).arrayBuffer();
    const planes = new Uint8Array(buffer),
      n = planes.length / 4; // all first bytes, then all second ones, …
    into[name] = {
      shape,
      data: new Float32Array(planes.map((_, i) => planes[(i % 4) * n + (i >> 2)]).buffer),
    };
  }
}

function take({ shape: [rows, ...shape], data }, index, state) {
  // one entry of the leading axis, or a slice
  const [, kind, name, shift] = index.match(/^\s*([:~]?)\s*([a-z_]\w*)?\s*([+-]?\d+)?\s*$/i);
  const from = name ? state[name] : shift >= 0 ? 0 : rows,
    at = from + Number(shift ?? 0); // [-1] is the last
  const size = shape.reduce((a, b) => a * b, 1),
    low = clamp(Math.floor(at), 0, rows - (kind !== ":"));
  if (kind === ":") return { shape: [low, ...shape], data: data.subarray(0, low * size) };
  const row = data.subarray(low * size, (low + 1) * size),
    after = data.subarray((low + 1) * size);
  const found = kind && after.length ? row.map((v, i) => mix(v, after[i], at)) : row; // ~ glides between rows
  return shape.length ? { shape, data: found } : found[0];
}
function along(curve, x) {
  // the height of a curve of evenly spaced rows (x, y) at x, or at each of several x
  if (x.data) return { shape: x.shape, data: x.data.map((v) => along(curve, v)) };
  const {
      shape: [rows],
      data: d,
    } = curve,
    at = (x - d[0]) / (d[2] - d[0]),
    i = clamp(Math.floor(at), 0, rows - 2);
  return d[2 * i + 1] + (at - i) * (d[2 * i + 3] - d[2 * i + 1]);
}
function digits(v, spec = "") {
  // Python's format for "", "d", ".3f", "+.2f" and ".1e"
  if (!Number.isFinite(v)) return Number.isNaN(v) ? "–" : v > 0 ? "∞" : "−∞";
  const [, plus, places, kind] = spec.match(/^(\+?)(?:\.(\d+))?([fed]?)/);
  const n = Number(places ?? (Number.isInteger(v) || kind === "d" ? 0 : 3));
  const text = (kind === "e" ? v.toExponential(n) : v.toFixed(n)).replace(/-/g, "−");
  return /[1-9]/.test(text) ? (v > 0 ? plus : "") + text : text.replace("−", ""); // a zero has no sign
}
function makeLens({ values, looks }, controls, state, tables) {
  // what names and templates stand for just now
  const seen = new Map();
  function known(name) {
    const stored = tables.find((table) => table[name]),
      { words, code } = values[name] ?? {};
    if (stored) return stored[name];
    if (name in controls) return controls[name].values?.[state[name]] ?? Math.floor(state[name]);
    return words
      ? { words, data: evaluate(code).data ?? [evaluate(code)] }
      : evaluate(values[name]);
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
  const words = (template, item = 0) =>
    template.replace(/\{(\w+)(?::([^}]*))?\}/g, (_, name, spec) => {
      const value = evaluate(name),
        list = value.words ?? controls[name]?.options,
        number = pick(value, item);
      return list ? words(list[number], item) : digits(number, spec ?? controls[name]?.format);
    });
  return { ...looks, evaluate, words, forget: () => seen.clear() };
}
