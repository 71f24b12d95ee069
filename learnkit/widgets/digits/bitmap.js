// From strokes to the 64 numbers, as the makers of the data did it: a bitmap of 32 × 32 dots, in
// which the digit has one size, one place and one amount of ink; a number counts a block's dots.

const DOTS = 32;
const BLOCK = 4;
const ROW = DOTS / BLOCK;
const INK = 313; // dots of ink that a digit of the data has, on average
const WIDEST = 22; // dots; a wider drawing is squeezed …
const SQUEEZED = 2; // … to a half, at most
const STRAIGHTEN = 0.5; // part of the slant that is taken out
const PEN = [1.2, 5.5]; // the least and the largest radius, in dots
const ADDED = 2; // the radius with which an example is drawn on
const LARGER = 4; // times that a small drawing is enlarged, at most

// Strokes, lists of [x, y] from 0 to 1, brought to the size and place of the data, in dots.
function brought(strokes, radius) {
  const upright = straightened(strokes);
  const points = upright.flat();
  const ends = [0, 1].map((axis) => {
    const along = points.map((point) => point[axis]);
    return [Math.min(...along), Math.max(...along)];
  });
  const [wide, tall] = ends.map(([low, high]) => Math.max(high - low, 1e-6));
  const height = Math.min((DOTS - 2 * radius) / tall, LARGER * DOTS);
  const across = Math.min(height, (WIDEST - 2 * radius) / wide);
  const zoom = [across, Math.min(height, SQUEEZED * across)];
  const middle = ends.map(([low, high]) => (low + high) / 2);
  return upright.map((stroke) =>
    stroke.map((point) => point.map((v, axis) => (v - middle[axis]) * zoom[axis] + DOTS / 2)),
  );
}

function straightened(strokes) {
  const points = strokes.flatMap(evenly);
  const mean = [0, 1].map((axis) => average(points.map((point) => point[axis])));
  const along = average(points.map(([x, y]) => (x - mean[0]) * (y - mean[1])));
  const down = average(points.map(([, y]) => (y - mean[1]) ** 2));
  const slant = STRAIGHTEN * clamp(along / Math.max(down, 1e-9), -0.5, 0.5);
  return strokes.map((stroke) => stroke.map(([x, y]) => [x - slant * (y - mean[1]), y]));
}

// Points along a stroke, as close to each other in its quick parts as in its slow ones.
function evenly(stroke) {
  return stroke.flatMap(([x, y], i) => {
    if (!i) return [[x, y]];
    const [x0, y0] = stroke[i - 1];
    const parts = Math.ceil(DOTS * Math.hypot(x - x0, y - y0));
    return count(parts).map((k) => [
      between(x0, x, (k + 1) / parts),
      between(y0, y, (k + 1) / parts),
    ]);
  });
}

function between(from, to, part) {
  return from + part * (to - from);
}

function average(numbers) {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

// How far the middle of each dot is from the nearest stroke.
function distances(strokes) {
  const squares = new Float64Array(DOTS * DOTS).fill(Infinity);
  for (const stroke of strokes) {
    stroke.forEach((to, i) => approach(squares, stroke[Math.max(0, i - 1)], to));
  }
  return squares.map(Math.sqrt);
}

// Lowers the squares of the distances to those from one straight part of a stroke.
function approach(squares, [x0, y0], [x1, y1]) {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const length = dx * dx + dy * dy;
  for (let k = 0; k < squares.length; k += 1) {
    const x = (k % DOTS) + 0.5 - x0;
    const y = Math.floor(k / DOTS) + 0.5 - y0;
    const part = length && clamp((x * dx + y * dy) / length, 0, 1);
    const square = (x - part * dx) ** 2 + (y - part * dy) ** 2;
    if (square < squares[k]) squares[k] = square;
  }
}

// The bitmap of strokes: the pen is as thick as it takes for the ink of the data.
function bitmapOf(strokes) {
  if (!strokes.length) return new Uint8Array(DOTS * DOTS);
  let radius = 2;
  let far;
  for (let round = 0; round < 4; round += 1) {
    far = distances(brought(strokes, radius));
    radius = clamp(far.slice().sort()[INK - 1], ...PEN);
  }
  return Uint8Array.from(far, (distance) => (distance <= radius ? 1 : 0));
}

// A bitmap with these counts: in each block the dots towards the darker neighbours are ink.
function bitmapWith(counts) {
  const dots = new Uint8Array(DOTS * DOTS);
  counts.forEach((inked, block) => {
    const corner = [(block % ROW) * BLOCK, Math.floor(block / ROW) * BLOCK];
    const places = count(BLOCK * BLOCK).map((k) => {
      const [x, y] = [corner[0] + (k % BLOCK), corner[1] + Math.floor(k / BLOCK)];
      return { at: y * DOTS + x, dark: darkness(counts, x, y) };
    });
    places.sort((a, b) => b.dark - a.dark || a.at - b.at);
    for (const { at } of places.slice(0, inked)) dots[at] = 1;
  });
  return dots;
}

// The counts between the middles of four blocks, as a smooth height.
function darkness(counts, x, y) {
  const [u, v] = [(x + 0.5) / BLOCK - 0.5, (y + 0.5) / BLOCK - 0.5];
  const [left, top] = [Math.floor(u), Math.floor(v)];
  const known = (i, j) => (Math.min(i, j) < 0 || Math.max(i, j) >= ROW ? 0 : counts[j * ROW + i]);
  const row = (j) => between(known(left, j), known(left + 1, j), u - left);
  return between(row(top), row(top + 1), v - top);
}

// An example with strokes on it: both are where they were drawn.
function drawnOn(dots, strokes) {
  const far = distances(strokes.map((stroke) => stroke.map(([x, y]) => [x * DOTS, y * DOTS])));
  return dots.map((dot, k) => dot || (far[k] <= ADDED ? 1 : 0));
}

function countsOf(dots) {
  const counts = new Float64Array(ROW * ROW);
  dots.forEach((dot, k) => {
    const [x, y] = [k % DOTS, Math.floor(k / DOTS)];
    counts[Math.floor(y / BLOCK) * ROW + Math.floor(x / BLOCK)] += dot;
  });
  return counts;
}
