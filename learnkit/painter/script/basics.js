// Small tools that every part of the painter uses.

const clamp = (v, low, high) => Math.min(high, Math.max(low, v));
const mix = (a, b, t) => a + (t % 1) * (b - a);
const finite = (p) => p && Number.isFinite(p.x + p.y);
const count = (n, back) => {
  const all = [...Array(n).keys()];
  return back ? all.reverse() : all;
};
const pick = (value, i) => (value.data ? (value.data[i] ?? value.data[0]) : value);
const scale =
  ([low, high], from, to) =>
  (v) =>
    from + ((v - low) / (high - low)) * (to - from);
