// Three dimensions: a box that holds a surface, fitted into the canvas and seen by a camera.

const FLAT = 0.6; // height of the box, of its width
const FAR = 7; // of the eye, in half widths of the box
const REACH = 2.5; // of what is drawn outside the box, in half widths

// Returns the projection of a point of the axes; the pen learns where the surface's points lie.
function solid(pen, { shape: [rows, columns], data }, ranges) {
  const [toU, toV, toW] = ranges.map((range) => scale(range, -1, 1)); // the box is [-1, 1]³
  const heightAt = (u, v) => toW(between(data, rows, columns, u, v));
  const view = makeCamera(pen, heightAt);
  const eye = view.eye;
  const [sin, cos] = [Math.sin(pen.camera.azimuth), Math.cos(pen.camera.azimuth)];
  const end = (v) => (v < 0 ? -1 : 1);
  const side = {
    [-1e9]: [-sin, -cos].map(end), // the side of the box nearest to the eye
    [-2e9]: [-cos, sin].map(end), // the one at its left
  };
  const [u, v] = side[-1e9];
  const outwards = {
    x: outwardFrom(view, [-1, v], [1, v]),
    y: outwardFrom(view, [u, -1], [u, 1]),
  };
  pen.solid = { view, toW, heightAt, outwards };
  return (x, y, z) => {
    const u = side[x]?.[0] ?? withinReach(toU(x));
    const v = side[y]?.[1] ?? withinReach(toV(y));
    const w = z === undefined ? heightAt(u, v) : withinReach(toW(z)); // or it lies on the surface
    return { ...view.project(u, v, w), hidden: isBehind(heightAt, eye, u, v, w) };
  };
}

// The direction in the picture that leads straight away from the floor at one of its edges.
function outwardFrom({ project }, ...corners) {
  const [p, q, middle] = [...corners, [0, 0]].map(([u, v]) => ({ ...project(u, v, -1) }));
  const length = Math.hypot(q.x - p.x, q.y - p.y) || 1;
  const [x, y] = [(p.y - q.y) / length, (q.x - p.x) / length];
  const inwards = x * (middle.x - p.x) + y * (middle.y - p.y) > 0;
  return inwards ? [-x, -y] : [x, y];
}

const FINEST = 80; // places along each side of a surface among which a hand's is found
const NEAR_ENOUGH = 5; // pixels within which the surface nearest to the eye counts

// Returns the way back: the place of the surface that is seen at a point of the canvas.
function onSurface({ solid: { view, heightAt } }, ranges) {
  const [toX, toY] = ranges.map((range) => scale([-1, 1], ...range));
  return (x, y) => {
    let best = { far: Infinity, near: 0 };
    for (let i = 0; i <= FINEST * FINEST + 2 * FINEST; i += 1) {
      const u = (2 * (i % (FINEST + 1))) / FINEST - 1;
      const v = (2 * Math.floor(i / (FINEST + 1))) / FINEST - 1;
      const p = view.project(u, v, heightAt(u, v));
      const far = Math.max(NEAR_ENOUGH, Math.hypot(p.x - x, p.y - y));
      const better = far < best.far || (far === best.far && p.near > best.near);
      if (better) best = { far, near: p.near, place: [toX(u), toY(v)] };
    }
    return best.place;
  };
}

// What lies far outside the box is brought nearer, so that it is never behind the eye.
function withinReach(coordinate) {
  return clamp(coordinate, -REACH, REACH);
}

// A camera whose picture of floor and surface fills the canvas, less room for numbers and names.
function makeCamera(pen, heightAt) {
  const { azimuth, elevation } = pen.camera;
  const turn = turnedBy(azimuth, elevation);
  const seen = [];
  for (let u = -1; u <= 1; u += 0.25) {
    for (let v = -1; v <= 1; v += 0.25)
      seen.push({ ...turn(u, v, -1) }, { ...turn(u, v, heightAt(u, v)) });
  }
  const [xs, ys] = [seen.map((p) => p.x), seen.map((p) => p.y)];
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const [low, high] = [Math.min(...ys), Math.max(...ys)];
  const room = { left: 34 * pen.em, right: pen.width - 12, top: 14 * pen.em };
  room.bottom = pen.height - 36 * pen.em;
  const wide = (room.right - room.left) / (right - left);
  const size = Math.max(1, Math.min(wide, (room.bottom - room.top) / (high - low)));
  const middle = {
    x: (room.left + room.right) / 2 - (size * (left + right)) / 2,
    y: (room.top + room.bottom) / 2 + (size * (low + high)) / 2,
  };
  const project = (u, v, w) => {
    const p = turn(u, v, w);
    p.x = middle.x + size * p.x;
    p.y = middle.y - size * p.y;
    return p;
  };
  const across = -FAR * Math.cos(elevation);
  const eye = [across * Math.sin(azimuth), across * Math.cos(azimuth)];
  eye.push((FAR * Math.sin(elevation)) / FLAT);
  return { project, eye, size };
}

// What a camera sees of a point of the box: x to the right, y up, and how near it is. It is the
// same object every time, as thousands of points are asked for in every frame.
function turnedBy(azimuth, elevation) {
  const [sa, ca] = [Math.sin(azimuth), Math.cos(azimuth)];
  const [se, ce] = [Math.sin(elevation), Math.cos(elevation)];
  const seen = { x: 0, y: 0, near: 0 };
  return (u, v, w) => {
    const away = u * sa + v * ca;
    seen.near = FAR / (FAR + away * ce - FLAT * w * se);
    seen.x = seen.near * (u * ca - v * sa);
    seen.y = seen.near * (away * se + FLAT * w * ce);
    return seen;
  };
}

// A grid over [-1, 1]² between its points.
function between(data, rows, columns, u, v) {
  const c = clamp(((u + 1) / 2) * (columns - 1), 0, columns - 1.001);
  const r = clamp(((v + 1) / 2) * (rows - 1), 0, rows - 1.001);
  const i = Math.floor(r) * columns + Math.floor(c);
  const k = i + columns;
  return mix(mix(data[i], data[i + 1], c), mix(data[k], data[k + 1], c), r);
}

// Whether the surface stands on the way from a point to the eye.
function isBehind(heightAt, eye, u, v, w) {
  const [du, dv, dw] = [(eye[0] - u) / 120, (eye[1] - v) / 120, (eye[2] - w) / 120];
  for (let k = 1; k <= 36; k += 1) {
    const [pu, pv, pw] = [u + k * du, v + k * dv, w + k * dw];
    if (Math.abs(pu) > 1 || Math.abs(pv) > 1 || pw > 1) return false;
    if (heightAt(pu, pv) > pw + 0.03) return true;
  }
  return false;
}
