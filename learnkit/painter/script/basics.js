// Small tools that every part of the painter uses.

function clamp(v, low, high) {
  return Math.min(high, Math.max(low, v));
}

function mix(a, b, t) {
  return a + (t % 1) * (b - a);
}

function finite(point) {
  return point && Number.isFinite(point.x + point.y);
}

function count(n) {
  return [...Array(n).keys()];
}

// One entry of an array, its first where there is none; a number stands for every entry.
function pick(value, i) {
  return value.data ? (value.data[i] ?? value.data[0]) : value;
}

// The straight line that takes one range to another.
function scale([low, high], from, to) {
  return (v) => from + ((v - low) / (high - low)) * (to - from);
}

function say(node, text) {
  if (node.textContent !== text) node.textContent = text;
}
